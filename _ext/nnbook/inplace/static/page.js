// The page's code, running where it stands. run.js loads this when a reader presses "Run".
import * as bar from "./bar.js";
import { changedByReader, collect, mountNear } from "./cells.js";
import { button } from "./dom.js";
import { saveNotebook } from "./notebook.js";
import { Running } from "./running.js";
import { startPython, startsByItself, switchOff } from "./starting.js";
import { forget } from "./store.js";

export async function open(home) {
  const cells = collect();
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("page.css", home) }));
  const [editor, about] = await Promise.all([import("./editor.min.js"), load(new URL("python.json", home))]);
  const running = new Running(cells, () => startPython(home, about, () => running.run(last)), idle);
  let last = null;

  function run(cell) {
    last = cell;
    running.run(cell);
  }

  function idle(sentence = "Python runs here. Change a cell, and press Shift+Enter.") {
    const parts = [button("Run all", () => running.runAll())];
    if (changedByReader(cells)) parts.push(button("Reset all", resetAll), button("Save as a notebook", take));
    bar.tell(sentence, ...parts, switchOff());
  }

  function take() {
    saveNotebook(cells).catch((problem) => idle(`The notebook could not be had: ${problem.message}.`));
  }

  function written() {
    if (running.python?.runs && !running.busy) idle();
  }

  async function reset(cell) {
    cell.reset();
    cell.basis = cells.map((one) => one.original);
    await running.restale();
    written();
  }

  async function resetAll() {
    forget(Object.values(cells).map((cell) => cell.id));
    for (const cell of cells) {
      if (cell.seen && !cell.skipped) cell.reset();
      cell.basis = cells.map((one) => one.original);
    }
    await running.restale();
    if (running.python?.runs) idle("All cells are as the book has them.");
    else bar.tell("All cells are as the book has them.");
  }

  // For a reader who comes back, or goes on to another page.
  async function comeBack() {
    const count = changedByReader(cells);
    const said = count ? `You changed ${count === 1 ? "a cell" : `${count} cells`} of this page.` : undefined;
    const remember = () => count && bar.tell(said, button("Forget my changes", resetAll));
    remember();
    if (!startsByItself()) return;
    await seen(); // reading comes first
    if ((await running.begin(said)) || last) return;
    bar.bar.remove(); // nobody has asked for it
    remember();
  }

  for (const cell of cells) {
    cell.dress({ run, reset, written, stop: () => running.stop() });
    cell.recall();
    cell.mark();
  }
  mountNear(cells, editor);
  freeWhenTouched(cells, running);
  // An exercise's form: what the reader wrote in its cell is checked with it.
  addEventListener("nn-check-code", (event) => {
    const cell = cells.find(({ id }) => id === `cell-try-${event.detail}`);
    if (!cell?.edited || !running.python?.runs || running.busy) return;
    event.preventDefault();
    run(cell);
  });
  addEventListener("pagehide", () => running.leave()); // its memory is free for the next page
  return { run: (id) => run(cells.find((cell) => cell.id === id)), comeBack };
}

// The page has been loaded and is looked at.
function seen() {
  const there = () => document.readyState === "complete" && !document.hidden;
  return new Promise((resolve) => {
    const look = () => there() && resolve();
    addEventListener("load", look);
    document.addEventListener("visibilitychange", look);
    look();
  });
}

// An explorer's cell runs by itself when a reader who has started Python reaches for its controls.
function freeWhenTouched(cells, running) {
  for (const cell of cells) {
    const controls = cell.seen && cell.element.querySelector("figure.nn-explorer .nn-controls");
    for (const reach of controls ? ["pointerenter", "focusin"] : []) {
      controls.addEventListener(reach, () => {
        if (cell.state === "printed" && !cell.edited && running.python?.runs && !running.busy) running.run(cell);
      });
    }
  }
}

async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
}
