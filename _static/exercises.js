// The forms under the exercises answer back. The page carries each answer, each usual mistake and all words, packed;
// the rules are those of nnlib/exercises, file by file, and a test lets both judge the same answers. Nothing is sent.
(() => {
  "use strict";

  // ---- expressions: what nnlib/exercises/expressions.py reads, and by the same grammar. No eval: a page may forbid it.

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

  // ---- readings: nnlib/exercises/readings.py

  const BRACKETS = { __proto__: null, "(": ")", "[": "]", "{": "}" };
  const TIDYING = [
    [/, *dtype=[^)]*/g, ""],
    [/(?:np\.|numpy\.)?(?:array|matrix) *(?=\()/g, ""],
    [/[^,;\n=≈~]*[=≈~]/g, ""],
    [/ and | by /g, ","],
    [/(?<=[0-9)\]}]) *(?:°|(?!pi\b)[A-Za-z]{2,}[A-Za-z ]*)\.?(?= *(?:[,;\n]|$))/g, ""],
    [/\.(?= *$)/g, ""],
    [/\s*([*/^])\s*/g, "$1"],
    [/(?<=[^\s,;([{]) ([-+]) (?=\S)/g, "$1"],
    [/(^|[\s,;([{])([-+]) +(?=[0-9.(])/g, "$1$2"],
    [/([A-Za-zσ√]) +(?=[0-9.(√])/g, "$1"],
  ];
  const GROUPED = /(?<![0-9.,])[1-9][0-9]{0,2}(?:[,'. ][0-9]{3})+(?![0-9])/g;

  const attempt = (read) => {
    try {
      return read();
    } catch {
      return null;
    }
  };

  function split(text, separators) {
    const parts = [""];
    let depth = 0;
    for (const c of text) {
      depth += "([{".includes(c) - ")]}".includes(c);
      if (depth === 0 && separators.includes(c)) parts.push("");
      else parts[parts.length - 1] += c;
    }
    return parts.map((part) => part.trim()).filter(Boolean);
  }

  const bracketed = (text) => text.length > 1 && BRACKETS[text[0]] === text.at(-1);

  function unwrapped(text) {
    text = text.trim();
    if (!bracketed(text)) return text;
    let depth = 0;
    for (const c of text.slice(0, -1)) {
      depth += "([{".includes(c) - ")]}".includes(c);
      if (depth === 0) return text; // (1, 4), (9, 0): two brackets
    }
    return unwrapped(text.slice(1, -1));
  }

  function rowsOf(text) {
    const rows = split(text, ";\n");
    if (rows.length > 1) return rows;
    const parts = split(text, ",; \n");
    return parts.every(bracketed) ? parts : [text];
  }

  const entries = (text) => split(text, ",; \n");

  function numbers(text, dimensions) {
    return attempt(() => {
      if (dimensions === 0) return evaluate(unwrapped(text));
      const inside = unwrapped(text);
      if (dimensions === 1) {
        const found = entries(inside).map((part) => evaluate(unwrapped(part)));
        return found.length ? found : null;
      }
      const rows = rowsOf(inside).map((row) => entries(unwrapped(row.replace(/^[ ,]+|[ ,]+$/g, ""))).map((e) => evaluate(e)));
      return rows.length && rows[0].length && rows.every((row) => row.length === rows[0].length) ? rows : null;
    });
  }

  function readings(text, dimensions, unit = "", whole = false) {
    text = text.replaceAll("%", unit === "%" ? "" : "/100");
    if (dimensions === 1 && /^[([]? *[0-9]+(?: *[x×-] *[0-9]+)+ *[)\]]?$/.test(text.trim()))
      text = text.replace(/[x×-]/g, ",");
    text = TIDYING.reduce((t, [pattern, instead]) => t.replace(pattern, instead), plain(text)).trim();
    const commas = text.replace(/(?<=[0-9]),(?=[0-9])/g, ".");
    const groups = text.replace(GROUPED, (number) => number.replace(/[,'. ]/g, ""));
    const pointsFirst = dimensions && !(/[0-9],[0-9]/.test(text) && /[; \n]/.test(text) && !text.includes(", "));
    const counted = whole && !dimensions && groups !== text; // 100,000 has no decimals
    const ways = counted ? [groups] : pointsFirst ? [text, commas, groups] : [commas, text, groups];
    let found = ways.map((way) => numbers(way, dimensions)).filter((value) => value !== null);
    if (!dimensions && !found.length) found = ways.map((way) => numbers(way, 1)).filter((value) => value !== null);
    const seen = new Set();
    return found.filter((value) => !seen.has(JSON.stringify(value)) && seen.add(JSON.stringify(value)));
  }

  // ---- numbers: nnlib/exercises/numbers.py

  const CLOSE = 0.02;
  const shape = (x) => (Array.isArray(x) ? [x.length, ...shape(x[0])] : []);
  const flat = (x) => [x].flat(9);
  const map = (x, f) => (Array.isArray(x) ? x.map((y) => map(y, f)) : f(x));
  const transposed = (x) => x[0].map((_, j) => x.map((row) => row[j]));
  const up = (x) => flat(x).sort((p, q) => p - q);
  const same = (x, y) => shape(x).join() === shape(y).join();

  let words = {};
  const say = (kind, word = kind, values = {}) => [kind, words[word].replace(/\{(\w+)\}/g, (_, name) => values[name])];

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
    if (part.d && off.every((o, i) => o <= CLOSE * Math.abs(all[i]) + units[i]))
      return say("near", "near", { digits: `${part.d} digit${part.d > 1 ? "s" : ""}` });
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

  // ---- the other kinds: nnlib/exercises/kinds.py

  function judgeFormula(part, typed) {
    const letters = Object.keys(part.at);
    let text = plain(typed.slice(typed.lastIndexOf("=") + 1)).replace(/([A-Za-zσ√]) +(?=[0-9.(√])/g, "$1");
    for (const letter of letters)
      if (letter.length > 1) {
        const index = [...letter.slice(1)].map((c) => (/[₀-₉]/.test(c) ? "₀₁₂₃₄₅₆₇₈₉".indexOf(c) : c)).join("");
        text = text.replace(new RegExp(`${letter[0]}_?${index}(?![0-9])`, "g"), letter);
      }
    const places = part.a.map((_, i) => Object.fromEntries(letters.map((letter) => [letter, part.at[letter][i]])));
    const x = attempt(() => places.map((place) => evaluate(text, place)));
    if (!x) return say("unreadable", "formula", { letters: letters.join(" and "), letter: letters[0] });
    const alike = (v, y) => Math.abs(v - y) <= 1e-9 + 1e-6 * Math.abs(y);
    const all = (y) => x.every((v, i) => alike(v, y[i]));
    if (all(part.a)) return say("right");
    for (const [said, y] of part.w) if (all(y)) return ["hint", said];
    for (const [word, factor] of [["sign", -1], ["twice", 2], ["half", 0.5]])
      if (all(part.a.map((v) => v * factor))) return say("hint", word);
    const place = places[x.findIndex((v, i) => !alike(v, part.a[i]))];
    return say("no", "elsewhere", { place: letters.map((letter) => `${letter} = ${place[letter]}`).join(", ") });
  }

  function judgeRules(part, text) {
    const letters = part.n.split(" ");
    const verdicts = readings(text, 1).map((values) => {
      if (values.length !== letters.length)
        return say("shape", letters.length === 1 ? "one" : "several", { count: letters.length, came: values.length === 1 ? "one" : values.length });
      const given = Object.fromEntries(letters.map((letter, i) => [letter, values[i]]));
      const broken = part.w.find(([, rule]) => !attempt(() => holds(rule, given)));
      return broken ? ["hint", broken[0]] : say("right");
    });
    const fitting = verdicts.filter(([kind]) => kind !== "shape");
    return fitting.find(([kind]) => kind === "right") ?? fitting[0] ?? verdicts[0] ?? say("unreadable", "numbers");
  }

  function judge(part, text) {
    if (!text.trim()) return say("empty");
    if (part.k === "n") return judgeNumbers(part, text);
    if (part.k === "f") return judgeFormula(part, text);
    if (part.k === "r") return judgeRules(part, text);
    if (part.k === "e") return ["points", `${words.points} ${part.p.map((p, i) => `(${i + 1}) ${p}`).join(" ")}`];
    if (text === part.a) return say("right");
    return ["hint", part.w.find(([, option]) => option === text)[0]];
  }

  globalThis.nnJudge = (part, text, spoken) => {
    words = spoken;
    return judge(part, text);
  };

  // ---- the page: one live region for all forms, and messages at their fields

  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  let answers = null; // unpacked when a reader first comes near
  const load = () => (answers ??= unpack(document.querySelector("script.nn-answers").textContent));

  const status = () => document.querySelector(".nn-status");
  function announce(text) {
    status().textContent = "";
    setTimeout(() => (status().textContent = text), 20); // the same words a second time are news, too
  }

  const controls = (part) => [...part.querySelectorAll("input:not([type=checkbox]), textarea")];
  const target = (part) => controls(part).find((input) => input.checked) ?? controls(part)[0];
  const typed = (part) => {
    const input = target(part);
    return input.type === "radio" && !input.checked ? "" : input.value;
  };

  function show(part, kind, text) {
    const message = part.querySelector(".nn-said");
    message.textContent = text;
    message.dataset.kind = kind;
    const settled = ["right", "empty", "points"].includes(kind);
    for (const input of controls(part)) settled ? input.removeAttribute("aria-invalid") : input.setAttribute("aria-invalid", "true");
  }

  // Words are compared by their writer: the points appear when something has been written.
  function showPoints(part, points) {
    if (part.querySelector(".nn-points")) return;
    const group = document.createElement("fieldset");
    group.className = "nn-points";
    group.append(Object.assign(document.createElement("legend"), { textContent: words.points }));
    for (const point of points) {
      const line = document.createElement("label");
      line.append(Object.assign(document.createElement("input"), { type: "checkbox" }), ` ${point}`);
      group.append(line);
    }
    part.append(group);
  }

  // What has been done is remembered by progress.js.
  function settle(form) {
    const right = [...form.querySelectorAll("[data-part]")].every((part) => {
      const points = [...part.querySelectorAll("input[type=checkbox]")];
      return part.querySelector(".nn-said").dataset.kind === "right" || (points.length > 0 && points.every((point) => point.checked));
    });
    form.dispatchEvent(new CustomEvent("nn-checked", { bubbles: true, detail: right }));
  }

  async function check(form) {
    const exercise = (await load())[form.dataset.exercise];
    const results = [...form.querySelectorAll("[data-part]")].map((part) => {
      const spec = exercise[part.dataset.part];
      const [kind, text] = judge(spec, typed(part));
      if (kind === "points") showPoints(part, spec.p);
      show(part, kind, kind === "empty" || kind === "points" ? "" : text);
      const name = part.querySelector("label, legend").textContent;
      return { part, kind, text, name };
    });
    const tried = results.filter(({ kind }) => kind !== "empty");
    const judged = results.filter(({ kind }) => kind !== "points");
    const right = judged.filter(({ kind }) => kind === "right").length;
    const rest = tried.filter(({ kind }) => kind !== "right").map(({ name, text }) => `${name}: ${text}`);
    const count = judged.length ? [`${right} of ${judged.length} right.`] : [];
    announce(tried.length ? [...count, ...rest].join(" ") : words.empty);
    if (tried.length) settle(form);
    // The focus stays in a field that is not right yet, or goes to the first such field.
    const open = tried.filter(({ kind }) => kind !== "right" && kind !== "points");
    if (open.length && !open.some(({ part }) => part.contains(document.activeElement))) target(open[0].part).focus();
  }

  function enhance(form) {
    form.hidden = false;
    form.addEventListener("focusin", () => load(), { once: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(form);
    });
    form.addEventListener("change", ({ target: { type } }) => type === "checkbox" && settle(form));
    form.addEventListener("reset", () => {
      for (const part of form.querySelectorAll("[data-part]")) show(part, "empty", "");
      for (const points of form.querySelectorAll(".nn-points")) points.remove();
      announce("Cleared.");
    });
  }

  function start() {
    const forms = document.querySelectorAll("form.nn-check");
    if (!forms.length || typeof DecompressionStream === "undefined") return;
    const region = Object.assign(document.createElement("p"), { className: "nn-status" });
    region.setAttribute("role", "status");
    words = JSON.parse(document.querySelector("script.nn-words").textContent);
    forms[0].closest("article, main, body").append(region);
    forms.forEach(enhance);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
