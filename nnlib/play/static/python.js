// The run as a program of nnlib's: the same points, weights and batches, and so the same numbers.
(() => {
  "use strict";

  const { ends, count, MOMENTUM } = globalThis.nnplay;
  const list = (values) => `[${values.join(", ")}]`;
  const number = (x) => (Number.isNaN(x) ? "float('nan')" : String(x).replace("Infinity", "float('inf')"));

  const optimizers = {
    adam: (rate) => `nnlib.Adam(${rate})`,
    sgd: (rate) => `nnlib.SGD(${rate})`,
    momentum: (rate) => `nnlib.SGD(${rate}, momentum=${MOMENTUM})`,
  };

  function array(name, values) { // a long one over several lines
    const lines = [""];
    for (const value of values) {
      if (lines.at(-1).length + value.length > 72) lines.push("");
      lines[lines.length - 1] += `${value}, `;
    }
    if (lines.length === 1) return [`${name} = np.array([${values.join(", ")}])`];
    return [`${name} = np.array([`, ...lines.map((line) => `    ${line.trimEnd()}`), "])"];
  }

  function data(model) {
    const s = model.settings;
    if (s.data === "gate") return ['X, labels = nnlib.gate("XOR")'];
    if (s.data !== "own") {
      const classes = s.data === "blobs" ? `, classes=${s.classes}` : "";
      return [`X, labels = nnlib.play.points("${s.data}", ${s.points}, noise=${s.noise}${classes}, rng=0)`];
    }
    return [
      ...array("X", model.rows.map(([x, y]) => list([x, y]))),
      ...array("labels", model.rows.map((row) => String(row[2]))),
    ];
  }

  function network(model) {
    const s = model.settings, { output, cost } = ends(s, model.outputs), first = model.legs[0]?.how ?? s;
    const init = s.init === "equal" ? "nnlib.initializers.constant(0.5)" : `"${s.init}"`;
    return [
      "net = nnlib.Network(", `    ${list(model.net.sizes)},`,
      ...(model.net.L > 1 ? [`    hidden="${s.activation}",`] : []),
      `    output="${output}",`, `    cost="${cost}",`, `    init=${init},`,
      ...(first.l2 ? [`    l2=${first.l2},`] : []), `    rng=${s.seed},`, ")",
    ];
  }

  const WHY = { weights: "weights that were changed by hand", points: "the weights as they were when the points changed" };

  function training(model) {
    const legs = model.legs.filter((leg) => leg.epochs), lines = [];
    if (model.start) {
      const when = model.start.epoch ? `, after ${count(model.start.epoch, "epoch")}` : "";
      lines.push(`# ${WHY[model.start.why]}${when}`, ...array("net.parameters", [...model.start.weights].map(number)));
    }
    if (legs.length > 1) lines.push("order = np.random.default_rng(0)");
    legs.forEach(({ how, epochs }, i) => {
      if (i && how.l2 !== legs[i - 1].how.l2) lines.push(`net.l2 = ${how.l2}`);
      lines.push(
        `optimizer = ${optimizers[how.optimizer](how.learning_rate)}`,
        "nnlib.fit(", `    net, X, Y, epochs=${epochs}, batch_size=${Math.min(how.batch_size, model.learned.N)},`,
        `    optimizer=optimizer, rng=${legs.length > 1 ? "order" : 0},`, ")",
      );
    });
    return lines;
  }

  function perceptron(model) {
    const { start, epoch, training } = model, lines = ["neuron = nnlib.Perceptron(2)"], flat = start && [...start.weights].map(number);
    if (start) lines.push(`# ${WHY[start.why]}`, `neuron.w, neuron.b = np.array(${list(flat.slice(0, 2))}), ${flat[2]}`);
    if (model.legs.at(-1)?.epochs) lines.push(`neuron.fit(X, labels, max_epochs=${model.legs.at(-1).epochs})`);
    return ["import numpy as np", "", "import nnlib", "", ...data(model), ...lines, "print(sum(neuron.mistakes), neuron.w.round(6), round(neuron.b, 6))",
      `# the page: ${training?.made ?? 0} mistakes${model.middle ? " (it is within the next epoch)" : `, after ${count(epoch, "epoch")}`}`].join("\n");
  }

  function python(model) {
    if (model.perceptron && model.trainable) return perceptron(model);
    const several = model.outputs > 1, lines = [
      ...data(model),
      several ? `Y = nnlib.one_hot(labels, ${model.outputs})` : "Y = labels[:, None].astype(float)",
      ...network(model), ...training(model),
      'print(f"cost {net.cost(X, Y):.3g}")', // and what the page says
    ];
    if (!model.trainable) return "# There are no points to learn from yet.";
    const needs = lines.some((line) => line.includes("np.")) ? ["import numpy as np", ""] : [];
    const middle = model.middle ? ` (the page is ${count(model.training.at, "point")} into the next epoch)` : "";
    return [...needs, "import nnlib", "", ...lines, `# the page: cost ${digits(model.now.cost)}${middle}`].join("\n");
  }

  const digits = (cost) => (Number.isFinite(cost) ? String(+cost.toPrecision(3)) : "no number");

  Object.assign(globalThis.nnplay, { python });
})();
