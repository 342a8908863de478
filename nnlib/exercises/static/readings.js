// Typed answers read as numbers: nnlib/exercises/readings.py.

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
