// Colours and shapes: the page's own, read again when it turns light or dark.
(() => {
  "use strict";

  const CLASSES = ["negative", "positive", "third", "fourth"]; // as nnlib/figures/style.py colours them
  const KINDS = ["orange square", "blue circle", "green triangle", "purple diamond"];
  const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function bytes(colour) { // any CSS colour as red, green, blue
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }

  const packed = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r; // as ImageData wants it
  const mixed = (from, to, share) => from.map((part, i) => Math.round(part * (1 - share) + to[i] * share));

  function ramp(stops) { // 256 colours by way of the stops
    const field = new Uint32Array(256);
    for (let k = 0; k < 256; k++) {
      const at = (k / 255) * (stops.length - 1), low = Math.min(stops.length - 2, Math.floor(at));
      field[k] = packed(mixed(stops[low], stops[low + 1], at - low));
    }
    return field;
  }

  function colours(element) {
    const style = getComputedStyle(element), get = (name) => style.getPropertyValue(`--nl-${name}`).trim() || "gray gray"; // before the style sheet is there
    const names = ["ink", "muted", "line", "page", "accent", "positive", "negative", "third", "fourth", "gradient"];
    const found = Object.fromEntries(names.map((name) => [name, get(name)]));
    const page = bytes(get("ground"));
    return {
      ...found,
      font: style.fontFamily,
      field: ramp(get("field").split(" ").map(bytes)), // from -1, by 0, to 1
      areas: CLASSES.map((name) => ramp([page, mixed(page, bytes(found[name]), 0.55)])), // how sure it is of a class
    };
  }

  // A point of a class: class 0 is a hollow square, as in every figure. A new one is an outline alone.
  function mark(g, label, x, y, size, colour, edge, hollow = false) {
    g.beginPath();
    if (label === 0) g.rect(x - 0.87 * size, y - 0.87 * size, 1.74 * size, 1.74 * size);
    else if (label === 1) g.arc(x, y, size, 0, 7);
    else {
      const corners = label === 2 ? [[0, -1.25], [1.15, 0.8], [-1.15, 0.8]] : [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]];
      corners.forEach(([dx, dy], i) => g[i ? "lineTo" : "moveTo"](x + dx * size, y + dy * size));
      g.closePath();
    }
    const line = hollow || label === 0;
    g.fillStyle = line ? edge : colour;
    g.strokeStyle = line ? colour : edge;
    g.lineWidth = hollow ? 1.1 : line ? 2 : 1;
    g.fill();
    g.stroke();
  }

  // A canvas of so many CSS pixels, empty and sharp.
  function sheet(canvas, width, height) {
    const ratio = Math.min(2, devicePixelRatio || 1), size = [width, height].map((length) => Math.round(length * ratio));
    if (canvas.width !== size[0] || canvas.height !== size[1]) {
      [canvas.width, canvas.height] = size;
      canvas.style.height = `${height}px`;
    }
    const g = canvas.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    return g;
  }

  Object.assign(globalThis.nnplay, { CLASSES, KINDS, colours, mark, sheet });
})();
