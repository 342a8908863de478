// The page's code, running where it stands: which cells run, in which order, and what is said of it.
import * as bar from "./bar.js";
import { Cell, changedByReader, codes, collect, mountNear } from "./cells.js";
import { button, link } from "./dom.js";
import { releaseAll } from "./explorers.js";
import { Output } from "./outputs.js";
import { Python } from "./python.js";
import { forget } from "./store.js";

let home = null;
let about = null; // python.json: what Python is made of
let python = null;
let starting = null;
let queue = [];
let asked = null; // the cell for which the queue runs
let busy = null;
const cells = collect();
const USED = "nnbook-python";

export async function open(where) {
  home = where;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("page.css", home) }));
  const [editor, told] = await Promise.all([
    import("./editor.min.js"),
    fetch(new URL("python.json", home)).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`python.json answers ${answer.status}`)))),
  ]);
  about = told;
  for (const cell of cells) {
    cell.dress({ run, stop, changed });
    cell.recall();
    cell.mark();
  }
  mountNear(cells, editor);
  return { run: (id) => run(cells.find((cell) => cell.id === id)), remember };
}

// For a reader who comes back.
function remember() {
  const count = changedByReader(cells);
  if (count) bar.tell(`You changed ${count === 1 ? "a cell" : `${count} cells`} of this page.`, button("Forget my changes", resetAll));
}

function changed(cell) {
  if (cell instanceof Cell) staleBelow(cell);
  if (!busy && python?.runs) idle();
}

// ---- Python ------------------------------------------------------------------------------------------------------------

function started() {
  return (starting ??= start().catch((problem) => {
    starting = null;
    throw problem;
  }));
}

async function start() {
  python = new Python(home, about);
  const megabytes = Math.round(python.total / 1e6);
  const known = localStorageHas(USED);
  bar.tell(known ? "Python is being started." : `Python is being loaded into this browser: ${megabytes} MB, the first time only.`);
  bar.progress(0, python.total);
  try {
    await python.start((got, total) => {
      bar.progress(got, total);
      if (got === null) bar.tell("Python is being started.");
    });
  } catch (problem) {
    const why = navigator.onLine === false ? "this computer is offline" : String(problem.message).split("\n")[0];
    bar.fail(
      `Python could not be loaded: ${why}. The page is as it was, and its figures' controls work without Python. There are other ways to run it:`,
      button("Try again", () => run(asked ?? cells.find((cell) => cell.seen)), { className: "nn-main" }),
      ...otherWays(),
    );
    throw problem;
  }
  bar.progress(null);
  try {
    localStorage.setItem(USED, "1");
  } catch {
    // a browser that keeps nothing
  }
}

function localStorageHas(key) {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function otherWays() {
  const links = document.querySelectorAll(".dropdown-launch-buttons .dropdown-menu a[href]");
  return [...links].slice(0, 3).map((way) => link(way.textContent.trim(), way.href));
}

// ---- running -----------------------------------------------------------------------------------------------------------

async function run(cell) {
  if (busy || queue.length) return void bar.tell(`${capital(busy?.name ?? "A cell")} is still running.`, ...whileRunning());
  asked = cell;
  cell.set("waiting");
  try {
    await started();
  } catch {
    cell.set("printed");
    return;
  }
  const { places, problem } = await python.ask("before", { codes: codes(cells), place: cell.place });
  const first = problem ? [] : places.map((place) => cells[place]).filter((one) => !one.skipped);
  queue = [...first, cell];
  for (const one of queue) one.set("waiting");
  next();
}

async function next() {
  const cell = queue.shift();
  if (!cell) return idle();
  busy = cell;
  cell.wrong(0);
  cell.set("running");
  const mine = { code: cell.code };
  const output = new Output(cell, python);
  // What is done in a moment needs no words.
  const slow = setTimeout(() => busy === cell && bar.tell(progress(cell), ...whileRunning()), queue.length ? 0 : 300);
  const done = await python.run({ ...cell, code: cell.code }, (kind, text) => output.hear(kind, text));
  clearTimeout(slow);
  if (done.ended) output.error(ended(done.ended));
  await output.end();
  busy = null;
  const stopped = output.failed?.name === "KeyboardInterrupt";
  cell.stale = false;
  cell.set(done.ok ? "ran" : done.ended ? "ended" : stopped ? "stopped" : "failed", done.seconds);
  if (mine.code !== cell.based) await staleBelow(cell);
  cell.based = mine.code;
  if (done.ok) return next();
  giveUp(cell, output, done);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function progress(cell) {
  const left = queue.length;
  if (!left) return `${capital(cell.name)} is running.`;
  return `${capital(cell.name)} is running, which ${asked.name} needs: ${left === 1 ? "that one is next" : `${left} more, then it is done`}.`;
}

function whileRunning() {
  const parts = [button("Stop", stop, { className: "nn-main" })];
  if (queue.length && asked) parts.push(button(`Only ${asked.name}`, () => skip()));
  return parts;
}

// The reader does not want to wait for what stands above.
function skip() {
  for (const one of queue.slice(0, -1)) one.set("printed");
  queue = queue.slice(-1);
  stop({ keepQueue: true });
}

function ended(why) {
  const lost = "Python was ended with it, and all variables are gone: the cells above run again where they are needed.";
  const text = why === "stopped" ? `Stopped. It was inside one long operation that could not hear. ${lost}` : `Python could not go on (${why.split("\n")[0]}). ${lost}`;
  return { text, line: null, name: "ended" };
}

function giveUp(cell, output, done) {
  const left = queue;
  const kept = done.kept ?? false;
  queue = [];
  for (const one of left) one.set("printed");
  if (done.ended) fresh();
  const last = (output.failed?.text ?? "").trim().split("\n").at(-1);
  if (skipping && left.length) {
    skipping = false;
    queue = left.slice(-1);
    for (const one of queue) one.set("waiting");
    return done.ended ? started().then(next) : next();
  }
  skipping = false;
  if (cell.state === "stopped") return idle(`${capital(cell.name)} was stopped. All variables are kept.`);
  if (done.ended) return idle(done.ended === "stopped" ? `${capital(cell.name)} was stopped, and Python with it: all variables are gone.` : last);
  const shows = button(`Show ${cell.name}`, () => cell.show());
  if (left.length || cell !== asked) bar.tell(`${capital(cell.name)} failed, so ${asked.name} was not run: ${last}`, shows);
  else idle(`${capital(cell.name)}: ${last}`);
  return kept;
}

let skipping = false;

async function stop({ keepQueue = false } = {}) {
  if (!busy) return;
  skipping = keepQueue;
  bar.tell("Stopping …");
  await python.stop();
}

// A new Python, for which nothing has run.
function fresh() {
  starting = null;
  for (const cell of cells) if (cell.seen && ["ran", "failed", "stopped"].includes(cell.state)) cell.stale = false;
  releaseAll();
}

// What hangs on a cell that has changed was computed from something else.
async function staleBelow(cell) {
  if (!python?.runs) return;
  const { places = [] } = await python.ask("after", { codes: codes(cells), place: cell.place });
  for (const place of places) {
    const below = cells[place];
    if (below.skipped || !below.seen || below === busy) continue;
    below.stale = true;
    below.mark();
  }
}

// ---- what can be done when nothing runs ------------------------------------------------------------------------------------

function idle(sentence = "Python runs here. Change a cell, and press Shift+Enter.") {
  const parts = [button("Run all", runAll)];
  if (changedByReader(cells)) parts.push(button("Reset all", resetAll));
  bar.tell(sentence, ...parts);
}

async function runAll() {
  if (busy || queue.length) return;
  await started();
  queue = cells.filter((cell) => !cell.skipped);
  asked = queue.at(-1);
  for (const one of queue) one.set("waiting");
  bar.tell("All cells are run.", ...whileRunning());
  next();
}

function resetAll() {
  forget(cells.map((cell) => cell.id));
  for (const cell of cells) if (cell.seen && !cell.skipped) cell.reset();
  if (python?.runs) idle("All cells are as the book has them.");
  else bar.tell("All cells are as the book has them.");
}
