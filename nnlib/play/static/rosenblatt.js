// Rosenblatt's rule, as nnlib.Perceptron goes through its rows: a point a step, in their order, a correction a mistake.
// And the bound on its mistakes, R²/γ², as nnlib/play/perceptron.py finds it.
(() => {
  "use strict";

  const TURNS = 20000, CLOSE = 1e-9;
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

  class Rosenblatt { // as Training: batch() is a point, and true at an epoch's end
    constructor(net, { X, Y, N }) {
      Object.assign(this, { net, X, Y, N, size: 1, at: 0, made: 0, last: 0, before: 0 });
    }

    batch() {
      const { net: { W: [, w], b: [, b] }, X, at } = this, x = X.subarray(2 * at, 2 * at + 2), y = 2 * this.Y[at] - 1;
      if (y * (w[0] * x[0] + w[1] * x[1] + b[0]) <= 0) {
        for (let i = 0; i < 2; i++) w[i] += y * x[i];
        b[0] += y;
        this.made++;
      }
      this.at = (at + 1) % this.N;
      if (!this.at) [this.last, this.before] = [this.made - this.before, this.made];
      return !this.at;
    }
  }

  function bound({ X, Y, N }) { // null where no line parts the kinds
    const points = Array.from({ length: N }, (_, r) => [X[2 * r], X[2 * r + 1], 1].map((x) => (2 * Y[r] - 1) * x));
    const share = points.map((_, r) => (r ? 0 : 1)), along = new Float64Array(N);
    let nearest = [...points[0]], square = dot(nearest, nearest), least = 0;
    for (let turn = 0; turn < TURNS; turn++) {
      points.forEach((point, r) => (along[r] = dot(point, nearest)));
      least = along.indexOf(Math.min(...along));
      const most = share.reduce((most, part, r) => (part > 0 && (most < 0 || along[r] > along[most]) ? r : most), -1);
      square = dot(nearest, nearest);
      if (square - along[least] <= CLOSE * square || square < CLOSE) break;
      const way = points[most].map((x, i) => x - points[least][i]), part = Math.min(share[most], (along[most] - along[least]) / dot(way, way));
      share[most] -= part;
      share[least] += part;
      nearest = nearest.map((x, i) => x - part * way[i]);
    }
    square = dot(nearest, nearest);
    if (!(Math.min(...points.map((point) => dot(point, nearest))) > 0.5 * square)) return null;
    return Math.floor(Math.max(...points.map((point) => dot(point, point))) / square + 1e-6);
  }

  Object.assign(globalThis.nnplay, { Rosenblatt, bound });
})();
