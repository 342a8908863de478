// Formulas as readers type them: what nnlib/exercises/expressions.py reads, by the same grammar. No eval: a page may
// forbid it.

const FRACTIONS = { "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅙": "1/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8" }; // prettier-ignore
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
const TOKEN = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[A-Za-zΑ-Ωα-ω]+[₀-₉]*|[<>]=|\S/g;
const sigmoid = (z) => (1 + Math.tanh(z / 2)) / 2;
const FUNCTIONS = { __proto__: null, "√": Math.sqrt, sqrt: Math.sqrt, exp: Math.exp, ln: Math.log, log: Math.log, tanh: Math.tanh, abs: Math.abs, max: Math.max, min: Math.min, step: (z) => Number(z >= 0), "σ": sigmoid, sigmoid }; // prettier-ignore
const CONSTANTS = { __proto__: null, e: Math.E, "π": Math.PI, pi: Math.PI };

const plain = (text) =>
  text
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+/g, (s) => `^(${[...s].map((c) => "0123456789+-"[SUPERSCRIPTS.indexOf(c)]).join("")})`)
    .replace(/([0-9]*) ?([½⅓⅔¼¾⅕⅙⅛⅜⅝⅞])/g, (_, whole, part) => `(${whole}+${FRACTIONS[part]})`)
    .replace(/[−–‒—]/g, "-")
    .replace(/[×·⋅∙]/g, "*")
    .replace(/[÷∕⁄]/g, "/")
    .replace(/’/g, "'")
    .replace(/[\t\u00a0\u2007\u2009\u200a\u202f]/g, " ")
    .replaceAll("**", "^")
    .trim();

const fail = () => {
  throw new SyntaxError("unreadable");
};
const finite = (x) => (Number.isFinite(x) ? x : fail());

function evaluate(text, letters = {}) {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const take = (token) => tokens[at] === token && ++at;
  const close = () => take(")") || fail();
  function sum() {
    let x = product();
    for (;;) {
      if (take("+")) x += product();
      else if (take("-")) x -= product();
      else return finite(x);
    }
  }
  function product() {
    let x = signed();
    for (;;) {
      if (take("*")) x *= signed();
      else if (take("/")) x = finite(x / signed());
      else if (/^[A-Za-zΑ-Ωα-ω√(]/.test(tokens[at] ?? "")) x *= power(); // 2a, 2(1 + a)
      else return finite(x);
    }
  }
  const signed = () => (take("-") ? -signed() : take("+") ? signed() : power());
  function power() {
    const x = atom();
    return take("^") ? finite(x ** signed()) : x;
  }
  function inner() {
    if (!take("(")) return [power()]; // √2, ln 3
    const values = [sum()];
    while (take(",")) values.push(sum());
    close();
    return values;
  }
  function atom() {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const x = sum();
      close();
      return x;
    }
    if (/^[0-9.]/.test(token)) return finite(/[0-9]/.test(token) ? Number(token) : NaN);
    if (Object.hasOwn(letters, token)) return letters[token];
    if (token in FUNCTIONS) {
      const values = inner();
      const several = FUNCTIONS[token] === Math.max || FUNCTIONS[token] === Math.min;
      return several === values.length > 1 ? finite(FUNCTIONS[token](...values)) : fail();
    }
    if (token in CONSTANTS) return CONSTANTS[token];
    if (token && [...token].every((c) => Object.hasOwn(letters, c)))
      return [...token].reduce((x, c) => x * letters[c], 1); // ay is a times y
    return fail();
  }
  const x = sum();
  return at < tokens.length ? fail() : x;
}

function holds(condition, letters) {
  const [left, sign, right] = condition.split(/(<=|>=|<|>)/);
  const [a, b] = [evaluate(left, letters), evaluate(right, letters)];
  return { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[sign];
}
