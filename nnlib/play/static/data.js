// The data sets of nnlib/play/data.py, drawn from the same random numbers.
(() => {
  "use strict";

  const { Random } = globalThis.nnplay;
  const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
  const polar = (radius, angle) => [radius * Math.cos(angle), radius * Math.sin(angle)];

  // Each of n points as [x1, x2, class], before noise; a set's view is the middle of its map, and how far it reaches.
  const SETS = {
    spiral: {
      draw: (random, n) => times(n, (i) => [Math.sqrt(random.random()), i % 2]).map(([radius, label]) =>
        [...polar(radius, 2 * Math.PI * 1.25 * radius + Math.PI * label), label]),
      scale: 3, // after the noise
    },
    circles: {
      draw(random, n) {
        const [angles, inner, outer] = [[0, 2 * Math.PI], [0, 1.3], [1.9, 3]].map((ends) => times(n, () => random.uniform(...ends)));
        return times(n, (i) => [...polar(i % 2 ? inner[i] : outer[i], angles[i]), i % 2]);
      },
    },
    xor: {
      draw(random, n) {
        const sizes = times(2 * n, () => random.uniform(0.25, 2.9));
        const X = sizes.map((size) => size * random.choice([-1, 1]));
        return times(n, (i) => [(X[2 * i] * X[2 * i + 1] > 0 ? 1 : -1) * (i % 2 ? -1 : 1) * X[2 * i], X[2 * i + 1], i % 2]);
      },
    },
    moons: {
      draw: (random, n) => times(n, () => Math.PI * random.random()).map((angle, i) =>
        i % 2 ? [1 - Math.cos(angle), 0.5 - Math.sin(angle), 1] : [...polar(1, angle), 0]),
      view: [0.5, 0.25, 1.9],
    },
    blobs: {
      draw: (random, n, classes) => times(n, (i) => [...polar(1, (2 * Math.PI * (i % classes)) / classes), i % classes]),
      view: [0, 0, 2],
    },
    gate: { draw: () => times(4, (i) => [i >> 1, i & 1, (i >> 1) ^ (i & 1)]), view: [0.5, 0.5, 1.1] },
  };

  function points(name, n, noise, seed, classes = 2) {
    const random = new Random(seed), { draw, scale = 1 } = SETS[name];
    const moved = (x) => scale * (x + random.normal(0, noise));
    const drawn = draw(random, n, classes);
    return name === "gate" ? drawn : drawn.map(([x1, x2, label]) => [moved(x1), moved(x2), label]);
  }

  // Points as a network takes them: the classes as 0 and 1 for one output, or one-hot.
  function matrices(rows, outputs) {
    const N = rows.length, X = Float64Array.from(rows.flatMap(([x1, x2]) => [x1, x2])), Y = new Float64Array(outputs * N);
    rows.forEach(([, , label], r) => (Y[r * outputs + (outputs > 1 ? label : 0)] = outputs > 1 ? 1 : label));
    return { X, Y, N };
  }

  const view = (name) => SETS[name]?.view ?? [0, 0, 3.3];

  Object.assign(globalThis.nnplay, { points, matrices, view });
})();
