// Below the network: the cost after every epoch, with the run before as a ghost, and the gradient layer by layer.
(() => {
  "use strict";

  const { sheet, raised, short, grouped } = globalThis.nnplay;
  const HEIGHT = 128, TICKS = [0, 3, 10, 30, 100, 300, 1000, 3000, 10000, 30000];

  function costs(canvas, model, ghost, colours) {
    const width = canvas.parentElement.clientWidth || 400, g = sheet(canvas, width, HEIGHT), left = 42, right = width - 10, low = HEIGHT - 22, top = 10;
    const last = Math.max(10, model.costs.length - 1, ghost ? ghost.length - 1 : 0);
    const across = (epoch) => left + ((right - left) * Math.log1p(epoch / 3)) / Math.log1p(last / 3); // room for the first epochs
    let most = 0.1;
    for (const run of [model.costs, ghost ?? []]) for (const both of run) for (const cost of both ?? []) if (cost > most) most = model.perceptron ? cost : Math.min(cost, 4);
    const up = (cost) => low - (low - top) * Math.min(1, cost / most);
    g.font = `12px ${colours.font}`;
    g.textBaseline = "middle";
    g.fillStyle = colours.muted;
    g.strokeStyle = colours.line;
    g.textAlign = "right";
    const step = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50].find((step) => most / step <= 3) ?? 100;
    for (let cost = 0; cost <= most; cost += step) {
      line(g, [left, up(cost)], [right, up(cost)]);
      g.fillText(short(+cost.toFixed(2)), left - 7, up(cost));
    }
    g.textAlign = "center";
    let end = -Infinity;
    for (const epoch of TICKS) {
      if (epoch > last || across(epoch) - end < 36) continue;
      end = across(epoch);
      g.fillText(grouped(epoch), end, HEIGHT - 9);
    }
    const curve = (run, which, colour, dash) => {
      let before = -9, y = 0;
      g.beginPath();
      run.forEach((both, epoch) => {
        const x = across(epoch);
        if (!Number.isFinite(both?.[which]) || (x - before < 0.6 && epoch < run.length - 1)) return;
        g[before < 0 ? "moveTo" : "lineTo"](x, (y = up(both[which])));
        before = x;
      });
      g.strokeStyle = colour;
      g.lineWidth = 1.9;
      g.setLineDash(dash);
      g.stroke();
      g.setLineDash([]);
      if (before < 0 || run !== model.costs) return;
      g.beginPath();
      g.arc(before, y, 3.4, 0, 7);
      g.fillStyle = colour;
      g.fill();
    };
    g.save();
    if (ghost) curve(ghost, 0, colours.muted, [2, 3]);
    if (model.newRows.length || model.rival) curve(model.costs, 1, colours.negative, [5, 3]);
    curve(model.costs, 0, colours.positive, []);
    g.restore();
  }

  function gradients(canvas, model, colours) {
    const width = canvas.parentElement.clientWidth || 200, g = sheet(canvas, width, HEIGHT), { L } = model.net;
    const left = 54, right = width - 12, low = HEIGHT - 22, [least, most] = [-7, 1];
    const across = (size) => left + (right - left) * Math.min(1, Math.max(0, (Math.log10(size) - least) / (most - least)));
    const row = Math.min(22, (low - 6) / L);
    g.font = `12px ${colours.font}`;
    g.textBaseline = "middle";
    g.strokeStyle = colours.line;
    g.fillStyle = colours.muted;
    g.textAlign = "center";
    for (const power of [-6, -4, -2, 0]) {
      const x = across(10 ** power);
      line(g, [x, 4], [x, low]);
      g.fillText(power ? `10${raised(power)}` : "1", x, HEIGHT - 9);
    }
    for (let l = 1; l <= L; l++) {
      const y = 4 + (l - 1) * row;
      g.textAlign = "left";
      g.fillStyle = colours.ink;
      g.fillText(l === L ? "output" : `layer ${l}`, 4, y + row / 2);
      if (model.gradients[l] === null) continue;
      g.fillStyle = colours.gradient;
      g.fillRect(left, y + 3, Math.max(1, across(model.gradients[l]) - left), row - 6);
    }
  }

  function line(g, from, to) {
    g.beginPath();
    g.moveTo(...from);
    g.lineTo(...to);
    g.lineWidth = 1;
    g.stroke();
  }

  // The gradients as a sentence, for those who do not see the bars.
  const spoken = (model) => model.gradients.slice(1).map((size, i) =>
    `${i + 1 === model.net.L ? "output" : `layer ${i + 1}`} ${size === null ? "not yet known" : size.toExponential(0)}`).join(", ");

  Object.assign(globalThis.nnplay, { plots: { costs, gradients, spoken } });
})();
