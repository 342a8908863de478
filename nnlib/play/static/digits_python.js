// The run of a network that reads digits, as a program of nnlib's: the same rows, weights and batches.
(() => {
  "use strict";

  const { TIMES } = globalThis.nnplay;
  const wide = (items) => items.map((item) => `    ${item},`);

  function digitsPython(model, toText) {
    const { settings: s, shown } = model, legs = model.legs.filter((leg) => leg.epochs), drawn = legs.at(-1)?.drawn ?? 0;
    const decoded = "[int(ink, 17) for ink in each]", middle = model.middle ? " (the page is within the next epoch)" : "";
    const lines = [
      "import numpy as np", "", "import nnlib", "", "X, labels = nnlib.load_digits()", "order = np.random.default_rng(0).permutation(len(X))",
      "held_back, rows = order[:360], order[360:]", "learned, Y = X[rows], nnlib.one_hot(labels[rows], 10)",
    ];
    if (drawn) {
      const some = model.drawn.slice(0, drawn);
      lines.push("# your drawings, a digit from 0 to g for each pixel", "drawn = [", ...wide(some.map(({ pixels }) => `"${toText(pixels)}"`)), "]",
        `drawn = np.repeat([${decoded} for each in drawn], ${TIMES}, axis=0)`,
        `labels_drawn = np.repeat([${some.map(({ label }) => label).join(", ")}], ${TIMES})`, "learned = np.vstack([learned, drawn])", "Y = np.vstack([Y, nnlib.one_hot(labels_drawn, 10)])");
    }
    lines.push("net = nnlib.Network(", ...wide(["[64, 30, 10]", 'hidden="relu"', 'output="softmax"', 'cost="categorical_cross_entropy"', 'init="he"', `l2=${s.l2}`, `rng=${s.seed}`]), ")");
    if (legs.length > 1) lines.push("order = np.random.default_rng(0)");
    for (const { drawn: n, epochs } of legs) {
      const upto = n < drawn ? `[:${TIMES * (n - drawn)}]` : "";
      lines.push("nnlib.fit(", ...wide([
        "net", `learned${upto} / 16`, `Y${upto}`, `epochs=${epochs}`, `batch_size=${s.batch_size}`, `optimizer=nnlib.Adam(${s.learning_rate})`, `rng=${legs.length > 1 ? "order" : 0}`,
      ]), ")");
    }
    lines.push('print(f"cost {net.cost(learned / 16, Y):.3g}")', "right = net.classify(X[held_back] / 16) == labels[held_back]", 'print(f"right {right.mean():.4f}")');
    if (shown) lines.push("seen = np.array([", `    [int(ink, 17) for ink in "${toText(shown.pixels)}"]`, "])", 'print(f"read as {net.classify(seen / 16)[0]}")');
    if (model.data) lines.push(`# the page: cost ${+model.cost().toPrecision(3)}, right ${model.now.right.toFixed(4)}${middle}`);
    if (shown) lines.push(`# the page: read as ${model.read(shown.pixels).digit}`);
    return lines.join("\n");
  }

  Object.assign(globalThis.nnplay, { digitsPython });
})();
