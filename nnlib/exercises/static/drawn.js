// Exercises whose numbers are drawn from a seed: nnlib/exercises/drawn.py.

const [PRIME, FACTOR] = [2 ** 31 - 1, 48271];

function calculated({ n, l }, seed, replaced = {}) {
  let state = ((seed + 1) * FACTOR) % PRIME;
  const found = {};
  for (const [name, those] of Object.entries(n)) {
    state = (state * FACTOR) % PRIME;
    found[name] = those[Math.floor((state * those.length) / PRIME)];
  }
  for (const [name, line] of Object.entries({ ...l, ...replaced })) found[name] = evaluate(line, found);
  return found;
}

// An exercise's parts with the numbers of a seed, and its two sentences with them.
function drawn({ "": how, ...parts }, seed) {
  const values = calculated(how, seed);
  function judged(part) {
    const digits = (part.d === undefined ? 3 : (part.d ?? 5)) + 2;
    const answer = (what, given) => {
      const found = what.split(";").map((each) => Number(evaluate(each, given).toPrecision(digits)));
      return found.length > 1 ? found : found[0];
    };
    const made = (mistake) => (mistake.trim ? answer(mistake, values) : answer(part.a, calculated(how, seed, mistake)));
    return { ...part, a: answer(part.a, values), w: part.w.map(([hint, mistake]) => [hint, made(mistake)]) };
  }
  const sentences = how.t.map((text) => text.replace(/\{([^}]*)\}/g, (_, each) => number(evaluate(each, values))));
  return [Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, judged(part)])), ...sentences];
}

// For the tests, which ask Python the same.
globalThis.nnJudge = (part, text, spoken) => {
  words = spoken;
  return judge(part, text);
};
globalThis.nnDrawn = drawn;
