// Replays in JavaScript what nnlib computed, and says how far the page's engine is from it. The tests run this in V8, by
// Playwright's node; make test-browsers in SpiderMonkey and JavaScriptCore too.
function parity({ Random, Network, Training, points, matrices }, golden, atOnce = Infinity) {
  const report = { draws: 0, bits: 0, normal: 0, start: 0, small: 0, cost: 0, data: 0, one: {}, free: {} };
  const apart = (a, b, size = Math.max(...b.map(Math.abs)) || 1) =>
    b.reduce((most, value, k) => Math.max(most, Object.is(a[k], value) ? 0 : Math.min(Math.abs(a[k] - value) / size, 1e9)), 0);
  const worse = (name, by) => (report[name] = Math.max(report[name], Number.isNaN(by) ? 1e9 : by)); // JSON knows no infinity
  const enough = () => Math.max(report.bits, report.normal, report.start, report.small, report.cost, report.data) > atOnce;

  for (const { seed, draws } of golden.random) {
    const random = new Random(seed);
    for (const [kind, values] of draws) {
      const draw = { random: () => random.random(), uniform: () => random.uniform(-2.5, 3), normal: () => random.normal(1, 2), choice: () => random.choice([0, 1, 2]) };
      const found = kind === "permutation" ? [...random.permutation(values.length)] : values.map(draw[kind]);
      report.draws += values.length;
      if (kind === "normal") worse("normal", apart(found, values));
      else worse("bits", values.filter((value, k) => value !== found[k]).length);
      if (enough()) return report;
    }
  }

  for (const { data, n, noise, seed, classes, X, labels } of golden.data) {
    const rows = points(data, n, noise, seed, classes);
    worse("data", apart(rows.flatMap(([x1, x2]) => [x1, x2]), X));
    worse("data", rows.filter((row, r) => row[2] !== labels[r]).length);
    if (enough()) return report;
  }

  function rows({ X, labels, data, n, noise, seed, classes, outputs, both }) {
    const drawn = data ? points(data, n, noise, seed, classes) : labels.map((label, r) => [X[2 * r], X[2 * r + 1], label]);
    const made = matrices(drawn, outputs);
    if (both) made.Y = made.Y.map((y) => 2 * y - 1);
    return made;
  }
  const begin = ({ network, data, how, order, seed }, start) => {
    const net = new Network(network, new Random(seed));
    const drawn = apart(net.parameters.flat, start);
    return { net, drawn, training: new Training(net, rows(data), how, new Random(order)) };
  };
  const epoch = (training) => { while (!training.batch()); };

  for (const { config, start, kept, cost } of golden.small) {
    const { net, training, drawn } = begin(config, start);
    worse("start", drawn);
    kept.forEach((parameters, e) => {
      epoch(training);
      worse("small", apart(net.parameters.flat, parameters));
      worse("cost", apart([training.cost], [cost[e]]));
    });
    if (enough()) return report;
  }

  for (const { name, config, start, kept, cost } of golden.long) {
    const { net, training } = begin(config, start), found = {};
    for (let e = 1; e <= cost.length; e++) {
      epoch(training);
      if (kept[e]) found[e] = apart(net.parameters.flat, kept[e]);
    }
    report.free[name] = found;
  }
  for (const { name, config, from, to, order } of golden.one) { // a single epoch, from where nnlib was
    const { net } = begin(config, from);
    net.parameters.flat.set(from);
    epoch(new Training(net, rows(config.data), config.how, new Random(order)));
    report.one[name] = Math.max(report.one[name] ?? 0, apart(net.parameters.flat, to));
  }
  return report;
}

if (typeof require === "function") { // {golden, variants: {name: [source, ...]}, atOnce} from a file: a report for each
  const vm = require("vm"), { golden, variants, atOnce } = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
  const reports = Object.entries(variants).map(([name, sources]) => {
    delete globalThis.nnplay; // not in contexts of their own, which are ten times slower
    for (const source of sources) vm.runInThisContext(source);
    return [name, parity(globalThis.nnplay, golden, atOnce ?? Infinity)];
  });
  console.log(JSON.stringify(Object.fromEntries(reports)));
}
