// The stage: the network with a picture of what each neuron says, and the map of what it says of the plane.
(() => {
  "use strict";

  const { Pass, CLASSES, mark, sheet, named, lowered, fixed } = globalThis.nnplay;
  const GRIDS = [24, 36, 48]; // the plane is asked at so many places, across and down: fewer where that takes long
  const DRAW_MS = 6; // what a picture may take while it trains
  const TOUCH = matchMedia("(pointer: coarse), (width < 36rem)"); // as in play.css: a finger needs 44 pixels

  class Stage {
    constructor(model, canvas) {
      Object.assign(this, { model, canvas, chosen: null, pointed: null, spot: null, fine: GRIDS.length - 1, showNew: false, took: DRAW_MS });
      this.tiles = {};
    }

    get shown() { return this.pointed ?? this.chosen; } // [layer, neuron] whose picture the map shows; null: the output
    get settled() { return { l: this.shown?.[0] ?? this.model.net.L, j: this.shown?.[1] ?? 0 }; }

    fit() { // the same neuron is still chosen, if it is still there
      const { sizes } = this.model.net;
      if (this.chosen && !(this.chosen[1] < (sizes[this.chosen[0]] ?? 0))) this.chosen = null;
      [this.pointed, this.pass] = [null, null];
    }

    arrange(width) { // where everything stands, in CSS pixels
      const { sizes, L } = this.model.net, beside = width >= 560, most = Math.max(...sizes), top = 28;
      const [row, button, pair] = TOUCH.matches ? [44, 44, 89] : [30, 26, 62];
      const map = Math.round(beside ? Math.min(312, width * 0.43) : Math.min(width, 330));
      const high = Math.max(beside ? map : 72, most * row), area = beside ? width - map - 18 : width;
      const pitch = Math.min(high / most, 46), box = Math.round(Math.min(32, pitch - 5, (2 * area) / (3 * (L + 1)))), left = 26 + box / 2, gap = (area - box / 2 - 4 - left) / L;
      const columns = sizes.map((n, l) => Array.from({ length: n }, (_, j) => [left + gap * l, top + high / 2 + pitch * (j - (n - 1) / 2)]));
      const stacked = gap < pair; // the buttons below a layer stand one below the other
      const below = (stacked ? 2 * button : button) + 8, mapX = beside ? width - map - 1 : (width - map) / 2, mapY = beside ? top : top + high + below + 24;
      this.place = { width, height: beside ? top + high + below : mapY + map + 6, beside, map, mapX, mapY, box, gap, columns, top, high, stacked, area };
      return this.place;
    }

    plane(side) { // the places at which the plane is asked, row by row from the top
      const [x, y, reach] = this.model.view, key = [x, y, reach, side].join();
      if (this.asked !== key) {
        this.asked = key;
        this.places = Float64Array.from({ length: 2 * side * side }, (_, k) => {
          const at = k >> 1;
          return k % 2 ? y - reach * ((2 * Math.floor(at / side)) / (side - 1) - 1) : x + reach * ((2 * (at % side)) / (side - 1) - 1);
        });
      }
      return this.places;
    }

    paint(colours, training) {
      const begin = performance.now(), { net } = this.model, { width, height } = this.place;
      const side = (this.side = GRIDS[this.rough ? 0 : training ? this.fine : GRIDS.length - 1]);
      if (this.pass?.side !== side) this.pass = Object.assign(new Pass(net.sizes, side * side), { side });
      net.forward(this.plane(side), side * side, this.pass);
      this.colours = colours;
      const g = (this.g = sheet(this.canvas, width, height));
      g.font = `13px ${colours.font}`;
      for (let l = 1; l <= net.L; l++) this.paintWeights(l);
      for (let l = 0; l <= net.L; l++) this.paintNeurons(l);
      this.paintTitles();
      this.paintMap();
      if (!training) return;
      this.took = 0.9 * this.took + 0.1 * (performance.now() - begin);
      if (this.took > 1.5 * DRAW_MS) [this.fine, this.took] = [Math.max(0, this.fine - 1), DRAW_MS];
      if (this.took < 0.4 * DRAW_MS) [this.fine, this.took] = [Math.min(GRIDS.length - 1, this.fine + 1), DRAW_MS];
    }

    paintWeights(l) { // a line a weight, in eight widths, dashed where it is negative; those of one look in one stroke
      const { g, colours, place, model, shown } = this, { W, sizes } = model.net, { columns, box } = place, m = sizes[l - 1], looks = [];
      const most = W[l].reduce((most, w) => Math.max(most, Math.abs(w)), 1e-12);
      W[l].forEach((w, k) => {
        const i = k % m, j = Math.floor(k / m), [x, y] = columns[l - 1][i], [end, height] = columns[l][j];
        const near = !shown || (shown[0] === l && shown[1] === j) || (shown[0] === l - 1 && shown[1] === i);
        const path = (looks[Math.min(8, Math.ceil((8 * Math.abs(w)) / most)) + (w > 0 ? 9 : 0) + (near ? 18 : 0)] ??= new Path2D());
        const from = x + box / 2, to = end - box / 2, bend = (to - from) / 2.2;
        path.moveTo(from, y);
        path.bezierCurveTo(from + bend, y, to - bend, height, to, height);
      });
      looks.forEach((path, look) => {
        const share = (look % 9) / 8, positive = Math.floor(look / 9) % 2;
        g.lineWidth = 0.4 + 3.6 * share;
        g.strokeStyle = positive ? colours.positive : colours.negative;
        g.globalAlpha = (0.25 + 0.7 * share) * (look < 18 ? 0.25 : 1);
        g.setLineDash(positive ? [] : [5, 3]);
        g.stroke(path);
      });
      g.globalAlpha = 1;
      g.setLineDash([]);
    }

    paintNeurons(l) {
      const { g, colours, place, model, pass, side } = this, { net } = model, n = net.sizes[l], { box } = place, last = l === net.L;
      place.columns[l].forEach(([x, y], j) => {
        let most = 1e-12;
        for (let k = j; k < n * side * side; k += n) most = Math.max(most, Math.abs(pass.A[l][k]));
        const [left, top] = [x - box / 2, y - box / 2], chosen = this.chosen?.[0] === l && this.chosen[1] === j;
        g.drawImage(last ? this.tile(pass.A[l], j, n, 0.5, 0.5, 3) : this.tile(pass.A[l], j, n, 0, most, 3), left, top, box, box);
        g.strokeStyle = chosen ? colours.accent : colours.ink;
        g.lineWidth = chosen ? 3 : 1;
        g.strokeRect(left, top, box, box);
        if (last && n > 1) mark(g, j, x + box / 2 - 4, y - box / 2 + 4, 3.2, colours[CLASSES[j]], colours.page);
        if (!model.dead[l][j]) return;
        g.beginPath();
        for (const [from, to] of [[top, top + box], [top + box, top]]) {
          g.moveTo(left, from);
          g.lineTo(left + box, to);
        }
        g.lineWidth = 1.5;
        g.stroke();
      });
    }

    // Values on the grid as a small picture; by: every so many places.
    tile(values, offset, stride, middle, most, by = 1, field = this.colours.field) {
      const across = this.side, size = Math.floor(across / by), tile = (this.tiles[size] ??= new Tile(size)), half = by >> 1;
      for (let r = 0, p = 0; r < size; r++) {
        for (let c = 0; c < size; c++, p++) {
          const value = (values[((r * by + half) * across + c * by + half) * stride + offset] - middle) / most;
          tile.pixels[p] = field[Math.max(0, Math.min(255, Math.round(127.5 + 127.5 * value)))];
        }
      }
      return tile.painted();
    }

    areas(A, n) { // the class that is said, in its colour, paler where it is less sure
      const size = this.side, tile = (this.tiles[size] ??= new Tile(size));
      for (let p = 0; p < size * size; p++) {
        const best = this.model.named(A, p), sure = (A[p * n + best] - 1 / n) / (1 - 1 / n);
        tile.pixels[p] = this.colours.areas[best][Math.max(60, Math.min(255, Math.round(255 * sure)))];
      }
      return tile.painted();
    }

    paintTitles() {
      const { g, colours, place, model } = this, { net } = model, { columns, mapX, mapY, map, box } = place, { l, j } = this.settled;
      g.textBaseline = "alphabetic";
      g.fillStyle = colours.muted;
      g.textAlign = "left";
      g.fillText("inputs", 8, 16);
      g.textAlign = "center";
      if (net.L > 1) g.fillText(`${named(net.names[1])} neurons`, (columns[1][0][0] + columns[net.L - 1][0][0]) / 2, 16);
      const neuron = l === 0 ? `x${lowered(j + 1)}` : l === net.L ? `output${net.sizes[l] > 1 ? ` ${j + 1}` : ""}` : `neuron ${j + 1} of layer ${l}`;
      g.fillText(this.shown ? `what ${neuron} says` : "what the network says", mapX + map / 2, mapY - 12);
      g.fillStyle = colours.ink;
      g.textAlign = "right";
      columns[0].forEach(([x, y], i) => g.fillText(`x${lowered(i + 1)}`, x - box / 2 - 5, y + 4));
    }

    paintMap() {
      const { g, colours, place, model, pass, side } = this, { map, mapX, mapY } = place, { l, j } = this.settled, { net } = model;
      const n = net.sizes[l], A = pass.A[l], last = l === net.L, several = last && n > 1 && !this.shown;
      let most = 1e-12;
      if (!last) for (let k = j; k < n * side * side; k += n) most = Math.max(most, Math.abs(A[k]));
      const half = map / (side - 1) / 2; // the outermost places lie on the edge
      g.save();
      g.beginPath();
      g.rect(mapX, mapY, map, map);
      g.clip();
      g.drawImage(several ? this.areas(A, n) : this.tile(A, j, n, last ? 0.5 : 0, last ? 0.5 : most), mapX - half, mapY - half, map + 2 * half, map + 2 * half);
      g.strokeStyle = colours.ink;
      g.lineWidth = 1.6;
      if (several) for (let c = 0; c < n; c++) this.contour((p) => lead(A, p * n, n, c), c);
      else if (last && net.names[l] !== "step") this.contour((p) => A[p * n + j] - 0.5);
      else if (l) this.contour((p) => pass.Z[l][p * n + j]); // the line along which a neuron bends: z = 0
      else this.contour((p) => A[p * n + j]);
      if (this.showNew) for (const row of model.newRows) this.paintPoint(row, true);
      for (const row of model.rows) this.paintPoint(row);
      if (this.spot) this.paintSpot(l, j);
      g.restore();
      g.strokeStyle = colours.ink;
      g.lineWidth = 1;
      g.strokeRect(mapX, mapY, map, map);
    }

    on([x, y]) { // a place of the plane, on the map
      const { map, mapX, mapY } = this.place, [middle, height, reach] = this.model.view;
      return [mapX + (map / 2) * ((x - middle) / reach + 1), mapY + (map / 2) * (1 - (y - height) / reach)];
    }

    paintPoint(row, hollow = false) {
      const { g, colours } = this;
      mark(g, row[2], ...this.on(row), hollow ? 3 : 3.5, colours[CLASSES[row[2]]], hollow ? "transparent" : colours.page, hollow);
    }

    paintSpot(l, j) { // the place that the reader points at, and what is said of it
      const { g, colours, place, model } = this, { map, mapX, mapY } = place, [x, y] = this.on(this.spot);
      const text = `(${this.spot.map((x) => fixed(x)).join(", ")}): ${fixed(model.at(this.spot).A[l][j])}`;
      g.strokeStyle = colours.ink;
      g.lineWidth = 1.4;
      g.beginPath();
      for (const [dx, dy] of [[9, 0], [0, 9]]) {
        g.moveTo(x - dx, y - dy);
        g.lineTo(x + dx, y + dy);
      }
      g.stroke();
      g.textAlign = "left";
      g.fillStyle = colours.page;
      g.globalAlpha = 0.9;
      g.fillRect(mapX, mapY + map - 22, g.measureText(text).width + 14, 22);
      g.globalAlpha = 1;
      g.fillStyle = colours.ink;
      g.fillText(text, mapX + 7, mapY + map - 7);
    }

    contour(height) { // the line where it is 0: marching squares
      const { g, side, place } = this, { map, mapX, mapY } = place, cell = map / (side - 1), corner = [0, 0, 0, 0];
      g.beginPath();
      for (let r = 0; r < side - 1; r++) {
        for (let c = 0; c < side - 1; c++) {
          const k = r * side + c;
          [corner[0], corner[1], corner[2], corner[3]] = [height(k), height(k + 1), height(k + side + 1), height(k + side)];
          const up = (corner[0] >= 0) + (corner[1] >= 0) + (corner[2] >= 0) + (corner[3] >= 0);
          if (up === 0 || up === 4) continue;
          let pen = "moveTo";
          for (let edge = 0; edge < 4; edge++) {
            const a = corner[edge], b = corner[(edge + 1) % 4];
            if (a >= 0 === b >= 0) continue;
            const t = a / (a - b), dx = [t, 1, 1 - t, 0][edge], dy = [0, t, 1, 1 - t][edge];
            g[pen](mapX + (c + dx) * cell, mapY + (r + dy) * cell);
            pen = pen === "moveTo" ? "lineTo" : "moveTo";
          }
        }
      }
      g.stroke();
    }
  }

  class Tile {
    constructor(size) {
      this.canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
      this.g = this.canvas.getContext("2d");
      this.image = this.g.createImageData(size, size);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }

    painted() {
      this.g.putImageData(this.image, 0, 0);
      return this.canvas;
    }
  }

  function lead(A, at, n, c) { // how far an output is above the largest of the others
    let other = -Infinity;
    for (let k = 0; k < n; k++) if (k !== c) other = Math.max(other, A[at + k]);
    return A[at + c] - other;
  }

  Object.assign(globalThis.nnplay, { Stage });
})();
