// A number, a vector or a matrix, and the order in which mistakes are looked for: nnlib/exercises/numbers.py.

const CLOSE = 0.02;
const shape = (x) => (Array.isArray(x) ? [x.length, ...shape(x[0])] : []);
const flat = (x) => [x].flat(9);
const map = (x, f) => (Array.isArray(x) ? x.map((y) => map(y, f)) : f(x));
const transposed = (x) => x[0].map((_, j) => x.map((row) => row[j]));
const up = (x) => flat(x).sort((p, q) => p - q);
const same = (x, y) => shape(x).join() === shape(y).join();

function unitsOf(part, target) {
  const all = flat(target);
  const largest = Math.max(...all.map(Math.abs)) || 1;
  return all.map((v) => {
    if (part.d === null && v === Math.round(v)) return 1e-9;
    const power = Number((Math.abs(v) || largest).toExponential(6).split("e")[1]);
    return 10 ** (power - (part.d ?? 3) + 1) * (1 + 1e-6);
  });
}

function agrees(part, x, target) {
  const [values, units] = [flat(target), unitsOf(part, target)];
  return same(x, target) && flat(x).every((v, i) => Math.abs(v - values[i]) <= units[i]);
}

function like(a, x) {
  const s = shape(x);
  if (!Array.isArray(a) && flat(x).length === 1) return flat(x)[0];
  return shape(a).length === 1 && s.length === 2 && s.includes(1) ? flat(x) : x;
}

function verdict(part, x) {
  const a = part.a;
  x = like(a, x);
  if (agrees(part, x, a)) return say("right");
  for (const [text, value] of part.w) if (agrees(part, x, like(a, value))) return ["hint", text];
  const any = flat(a).some(Boolean);
  const times = (factor) => any && agrees(part, x, map(a, (v) => v * factor));
  if (times(-1)) return say("hint", "sign");
  if (shape(a).length === 2 && shape(x).length === 2 && agrees(part, transposed(x), a)) return say("hint", "transposed");
  if (!same(x, a)) return wrongShape(x, a);
  if (times(2)) return say("hint", "twice");
  if (times(0.5)) return say("hint", "half");
  const [values, all] = [flat(x), flat(a)];
  if (all.length > 1 && agrees(part, up(x), up(a))) return say("hint", "order");
  if (part.u === "%" ? times(0.01) : times(100))
    return say("hint", part.u === "%" ? "share" : all.every((v) => Math.abs(v) <= 1) ? "percent" : "ten");
  if (times(10) || times(0.1)) return say("hint", "ten");
  const units = unitsOf(part, a);
  const off = values.map((v, i) => Math.abs(v - all[i]));
  if (part.d !== null && off.every((o, i) => o <= CLOSE * Math.abs(all[i]) + units[i]))
    return say("near", "near", { digits: `${part.d ?? 3} digit${part.d === 1 ? "" : "s"}` });
  const good = off.map((o, i) => o <= units[i]);
  if (good.includes(true))
    return say("part", "part", { good: good.filter(Boolean).length, count: all.length, first: good.indexOf(false) + 1 });
  return say("no");
}

function wrongShape(x, a) {
  const [s, wanted] = [shape(x), shape(a)];
  const came = s.length > 1 ? s.join(" × ") : flat(x).length === 1 ? "one" : flat(x).length;
  if (wanted.length > 1) return say("shape", "shape", { shape: wanted.join(" × "), came });
  return say("shape", wanted.length ? "several" : "one", { count: flat(a).length, came });
}

function number(value) {
  if (!value) return "0";
  const [mantissa, power] = value.toExponential(3).split("e").map(Number);
  const text = power > -5 && power < 6 ? String(Number(value.toPrecision(4))) : `${mantissa}e${power}`;
  return text.replaceAll("-", "−");
}

const shown = (x) => (shape(x).length === 2 ? x : [flat(x)]).map((row) => row.map(number).join(", ")).join("; ");

function judgeNumbers(part, text) {
  const found = readings(text, shape(part.a).length, part.u, part.d === null && flat(part.a).every(Number.isInteger));
  const verdicts = found.map((value) => [...verdict(part, value), value]);
  for (const kinds of [["right"], ["hint"], ["near", "part", "no"], ["shape"]]) {
    const best = verdicts.find(([kind]) => kinds.includes(kind));
    if (!best) continue;
    const [kind, said, value] = best;
    const read = found.length > 1 && kind !== "right" ? " " + say("read", "read", { numbers: shown(value) })[1] : "";
    return [kind, said + read];
  }
  return say("unreadable", "numbers");
}
