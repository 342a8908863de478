// What can be set, the values that controls offer, and a reading of settings that came from elsewhere: each may be
// anything, and what it cannot be is said in a sentence. The same limits as in nnlib/play/presets.py.
(() => {
  "use strict";

  const { named, short, grouped } = globalThis.nnplay;
  const ALL = 1e7; // a batch of all points, however many there are
  const LIMITS = { layers: 6, neurons: 8, points: 1000, classes: 4, reach: 100, epochs: 20000 };
  const NOISE = { spiral: 0.02, circles: 0, xor: 0, moons: 0.1, blobs: 0.3, gate: 0, own: 0 };
  const SPEEDS = { 0: "a batch/s", 1: "1 epoch/s", 3: "3 epochs/s", 10: "10 epochs/s", 30: "30 epochs/s", 100: "100 epochs/s", "-1": "at full speed" };

  // The controls: their label, their values, and how one is written. What trains can change it; all else begins anew.
  const choice = (label, values, text = named) => ({ label, values, text });
  const scale = (label, values, text = short) => ({ label, values, text, slider: true });
  const CONTROLS = {
    data: choice("data", ["spiral", "circles", "xor", "moons", "blobs", "gate", "own"]),
    classes: scale("classes of the blobs", [2, 3, 4]),
    points: scale("points", [20, 40, 80, 160, 400]),
    noise: scale("noise", [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]),
    layers: { label: "hidden layers" },
    activation: choice("activation", ["tanh", "sigmoid", "relu", "leaky_relu", "prelu", "swish", "linear", "step"]),
    cost: choice("cost", ["cross_entropy", "quadratic", "mse", "mae"]),
    init: choice("first weights", ["xavier", "he", "normal", "uniform", "zeros", "equal"]),
    optimizer: choice("optimizer", ["sgd", "momentum", "adam"]),
    learning_rate: scale("learning rate η", [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]),
    batch_size: scale("batch", [1, 5, 10, 20, 50, ALL], (n) => (n >= ALL ? "all" : grouped(n))),
    l2: scale("L2 strength λ", [0, 0.0001, 0.001, 0.01, 0.1]),
    speed: choice("how fast it trains", [0, 1, 3, 10, 30, 100, -1], (speed) => SPEEDS[speed]),
  };
  const WHILE = ["optimizer", "learning_rate", "batch_size", "l2"]; // what may change while it trains
  const KEPT = [...Object.keys(CONTROLS), "own", "seed"]; // what a link and a reload keep

  const refuse = (name, value, expected) => {
    throw new RangeError(`${name} is ${String(JSON.stringify(value)).slice(0, 60)}; ${expected} is expected.`);
  };
  const number = (low, high, whole = false) => (name, x) =>
    (typeof x === "number" && x >= low && x <= high && (!whole || Number.isInteger(x))) ||
    refuse(name, x, `a ${whole ? "whole " : ""}number from ${short(low)} to ${short(high)}`);
  const known = (name, x) => CONTROLS[name].values.includes(x) || refuse(name, x, `one of ${CONTROLS[name].values.join(", ")}`);

  const CHECKS = {
    ...Object.fromEntries(["data", "activation", "cost", "init", "optimizer", "speed"].map((name) => [name, known])),
    classes: number(2, LIMITS.classes, true),
    points: number(4, LIMITS.points, true),
    noise: number(0, 2),
    learning_rate: number(1e-9, 1000),
    batch_size: number(1, ALL, true),
    l2: number(0, 10),
    seed: number(0, Number.MAX_SAFE_INTEGER, true),
    layers(name, sizes) {
      if (!Array.isArray(sizes) || sizes.length > LIMITS.layers) refuse(name, sizes, `a list of at most ${LIMITS.layers} sizes`);
      for (const n of sizes) number(1, LIMITS.neurons, true)("a hidden layer's size", n);
    },
    own(name, rows) {
      if (!Array.isArray(rows) || rows.length > LIMITS.points) refuse(name, rows?.length, `a list of at most ${grouped(LIMITS.points)} points`);
      for (const row of rows) {
        if (!Array.isArray(row) || row.length !== 3) refuse("a point", row, "[x1, x2, class]");
        for (const x of row.slice(0, 2)) number(-LIMITS.reach, LIMITS.reach)("a point's place", x);
        number(0, LIMITS.classes - 1, true)("a point's class", row[2]);
      }
    },
  };

  function checked(changes) { // the same object, or a RangeError that says what is wrong
    if (typeof changes !== "object" || changes === null || Array.isArray(changes)) refuse("what was kept", changes, "an object of settings");
    for (const [name, value] of Object.entries(changes)) {
      if (!KEPT.includes(name)) throw new RangeError(`There is no setting ${name.slice(0, 40)}.`);
      CHECKS[name](name, value);
    }
    return changes;
  }

  // Output and cost of nnlib.Network for so many outputs.
  function ends({ cost, rule }, outputs) {
    if (rule === "perceptron") return { output: "step", cost: "quadratic" };
    if (cost !== "cross_entropy") return { output: "sigmoid", cost };
    return outputs > 1 ? { output: "softmax", cost: "categorical_cross_entropy" } : { output: "sigmoid", cost: "binary_cross_entropy" };
  }

  Object.assign(globalThis.nnplay, { ALL, LIMITS, NOISE, CONTROLS, WHILE, KEPT, checked, ends, number });
})();
