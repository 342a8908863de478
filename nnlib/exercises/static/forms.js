// The forms in the page: one live region for all of them, and messages at their fields.

// All hints, and the exercises without them.
async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const packed = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const [hints, exercises] = await new Response(packed).json();
  let at = 0;
  for (const part of Object.values(exercises).flatMap(Object.values))
    if (part.w) part.w = part.w.map((value) => [hints[at++], value]);
  return exercises;
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

// The parts that Python judges, in the cell below: their kinds, or undefined for what it has not seen.
const byPython = {}; // by exercise
const codeOf = (form) => form.querySelector(".nn-by-python"); // which parts these are, in words
const codeKinds = (form) => codeOf(form)?.dataset.parts.split(" ").map((name) => byPython[form.dataset.exercise]?.[name]) ?? [];

// What has been done is remembered by progress.js; a bet is no exercise.
function settle(form) {
  if ("bet" in form.dataset) return;
  const fields = [...form.querySelectorAll("[data-part]")].every((part) => {
    const points = [...part.querySelectorAll("input[type=checkbox]")];
    return part.querySelector(".nn-said").dataset.kind === "right" || (points.length > 0 && points.every((point) => point.checked));
  });
  const code = codeKinds(form);
  if (fields && code.includes(undefined)) return; // half of it is right, and the other half is open
  const right = fields && code.every((kind) => kind === "right");
  form.dispatchEvent(new CustomEvent("nn-checked", { bubbles: true, detail: right }));
}

// "python": it is at work on the rest ("asked"), or has just come back with it ("told").
async function check(form, python = "") {
  const stored = (await load())[form.dataset.exercise];
  const exercise = form.dataset.seed ? drawn(stored, Number(form.dataset.seed))[0] : stored;
  const results = [...form.querySelectorAll("[data-part]")].map((part) => {
    const spec = exercise[part.dataset.part];
    const [kind, text] = judge(spec, typed(part));
    if (kind === "points") showPoints(part, spec.p);
    show(part, kind, kind === "empty" || kind === "points" ? "" : text);
    const name = part.querySelector("label, legend").textContent;
    return { part, kind, text, name };
  });
  const tried = results.filter(({ kind }) => kind !== "empty");
  const code = codeKinds(form);
  const kinds = [...results.map(({ kind }) => kind).filter((kind) => kind !== "points"), ...code];
  const rest = tried.filter(({ kind }) => kind !== "right").map(({ name, text }) => `${name}: ${text}`);
  const count = kinds.length ? [`${kinds.filter((kind) => kind === "right").length} of ${kinds.length} right.`] : [];
  const open = python !== "asked" && tried.length > 0 && code.includes(undefined);
  if (code.length) codeOf(form).hidden = !open;
  if (open) rest.push(codeOf(form).textContent);
  announce(tried.length ? [...count, ...rest].join(" ") : words.empty);
  if (tried.length && python !== "asked") settle(form);
  if (python === "told") return; // the reader is in the cell
  // The focus stays in a field that is not right yet, or goes to the first such field.
  const wrong = tried.filter(({ kind }) => kind !== "right" && kind !== "points");
  if (wrong.length && !wrong.some(({ part }) => part.contains(document.activeElement))) target(wrong[0].part).focus();
}

// Other numbers at each visit, or those of the link's seed. The sentence that states them is in the exercise, and the
// one that works them out in the solution.
async function renew(form, seed) {
  const label = form.dataset.exercise;
  form.dataset.seed = seed;
  const [, ...sentences] = drawn((await load())[label], seed);
  document.querySelectorAll(`[data-drawn="${label}"]`).forEach((place, i) => (place.textContent = sentences[i]));
  Object.assign(form.querySelector(".nn-link"), { href: `?seed=${seed}#${label}`, textContent: `Link to numbers ${seed}` });
  return sentences[0];
}

function drawNumbers(form) {
  const seeds = Number(form.dataset.seeds);
  const asked = new URLSearchParams(location.search).get("seed");
  const anyOf = (many) => Math.floor(Math.random() * many);
  renew(form, /^\d+$/.test(asked) && asked < seeds ? Number(asked) : anyOf(seeds));
  form.querySelector(".nn-new").addEventListener("click", async () => {
    form.reset();
    const other = (Number(form.dataset.seed) + 1 + anyOf(seeds - 1)) % seeds;
    announce(await renew(form, other));
  });
}

function enhance(form) {
  form.hidden = false;
  form.addEventListener("focusin", () => load(), { once: true });
  if (form.dataset.seeds) drawNumbers(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Where the page runs Python, the code is checked along.
    const asked = !dispatchEvent(new CustomEvent("nn-check-code", { detail: form.dataset.exercise, cancelable: true }));
    check(form, asked ? "asked" : "");
  });
  form.addEventListener("change", ({ target: { type } }) => type === "checkbox" && settle(form));
  form.addEventListener("reset", () => {
    for (const part of form.querySelectorAll("[data-part]")) show(part, "empty", "");
    for (const points of form.querySelectorAll(".nn-points")) points.remove();
    if (codeOf(form)) codeOf(form).hidden = true;
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
  addEventListener("nn-code-checked", ({ detail: { label, kinds } }) => {
    byPython[label] = { ...byPython[label], ...kinds };
    const form = [...forms].find(({ dataset }) => dataset.exercise === label);
    if (form && [...form.querySelectorAll("[data-part]")].some(typed)) check(form, "told");
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
