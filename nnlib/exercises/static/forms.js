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

// What has been done is remembered by progress.js; a bet is no exercise.
function settle(form) {
  if ("bet" in form.dataset) return;
  const right = [...form.querySelectorAll("[data-part]")].every((part) => {
    const points = [...part.querySelectorAll("input[type=checkbox]")];
    return part.querySelector(".nn-said").dataset.kind === "right" || (points.length > 0 && points.every((point) => point.checked));
  });
  form.dispatchEvent(new CustomEvent("nn-checked", { bubbles: true, detail: right }));
}

async function check(form) {
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
