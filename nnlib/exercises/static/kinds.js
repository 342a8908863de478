// What an exercise can ask for besides numbers: nnlib/exercises/kinds.py. An answer gets its kind and its words.

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
