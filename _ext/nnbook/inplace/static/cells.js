// The page's cells: what the book has in them, what the reader has made of it, and how they look.
import { button, label, make } from "./dom.js";
import { releaseAll } from "./explorers.js";
import { edits, forget, keep } from "./store.js";

const STATES = { waiting: "waiting", running: "running …", failed: "failed", stopped: "stopped", ended: "stopped, and Python with it" };
let editor = null; // the module, once it has come

export class Cell {
  view = null;
  state = "printed"; // or waiting, running, ran, failed, stopped, ended
  stale = false;
  seconds = 0;

  constructor(element, place) {
    this.element = element;
    this.place = place;
    this.seen = element.localName !== "script";
    const told = this.seen ? null : JSON.parse(element.textContent);
    this.id = told ? `cell-${told.id}` : element.id;
    this.pre = element.querySelector("div.cell_input pre");
    this.html = this.pre?.innerHTML;
    this.original = told ? told.code : this.pre.textContent.replace(/\n$/, "");
    this.code = this.original;
    this.based = this.original; // the code that the output below it comes from
    this.extra = element.classList.contains("nn-try"); // an exercise's, for the reader to fill
    this.verb = this.extra ? "Check" : "Run";
    this.skipped = element.classList.contains("tag_skip-execution");
  }

  get edited() {
    return this.code !== this.original;
  }

  dress(act) {
    if (!this.seen) return;
    this.act = act; // {run, stop, reset, written}
    const { element } = this;
    this.input = element.querySelector("div.cell_input");
    this.output = element.querySelector("div.cell_output") ?? element.appendChild(make("div", { className: "cell_output docutils container" }));
    this.printed = [...this.output.childNodes];
    this.tools = this.input.querySelector(".nn-tools") ?? this.input.appendChild(make("div", { className: "nn-tools" }));
    this.status = make("span", { className: "nn-state", id: `${this.id}-state` });
    this.resets = button("Reset", () => this.act.reset(this), { className: "nn-reset", hidden: true });
    label(this.resets, `Reset ${this.name} to the book's code and output`);
    for (const old of this.tools.querySelectorAll(".nn-run, .nn-no")) old.remove(); // run.js's own
    this.runs = button(this.verb, () => (this.state === "running" ? this.act.stop() : this.act.run(this)), { className: "nn-run", title: "Shift+Enter" });
    if (this.skipped) this.tools.append(this.status);
    else this.tools.append(this.status, this.resets, this.runs);
    this.note = "";
    this.mark();
  }

  // Text that the reader wrote here before, if the cell was the same then; else it is said that it has been revised.
  recall() {
    const mine = edits()[this.id];
    if (!mine || typeof mine.code !== "string" || this.skipped) return;
    this.code = mine.code;
    this.note = mine.from === this.original ? "" : "the book's cell has been revised since";
  }

  mount(module) {
    editor = module;
    if (!this.seen || this.skipped || this.view) return;
    const look = getComputedStyle(this.pre);
    const place = make("div", { className: "nn-editor" });
    for (const name of ["fontFamily", "fontSize", "lineHeight", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"])
      place.style.setProperty(`--${name}`, look[name]);
    this.view = editor.makeEditor({
      parent: place,
      text: this.code,
      label: `Code of ${this.name}. Shift+Enter runs it; Escape, then Tab leaves it.`,
      describedBy: this.status.id,
      run: () => this.act.run(this),
      changed: (code) => this.write(code),
    });
    this.pre.hidden = true;
    this.pre.after(place);
    this.copyable();
  }

  write(code) {
    this.code = code;
    keep(this);
    this.copyable();
    this.mark();
    this.act.written();
  }

  // The button that copies a cell takes the text of the book's own element.
  copyable() {
    if (this.edited) this.pre.textContent = `${this.code}\n`;
    else this.pre.innerHTML = this.html;
  }

  reset() {
    const wrote = this.edited;
    this.code = this.original;
    if (this.view && wrote) editor.setText(this.view, this.original);
    this.wrong(0);
    forget([this.id]);
    this.note = "";
    this.copyable();
    this.output.replaceChildren(...this.printed);
    releaseAll(this.output);
    Object.assign(this, { state: "printed", stale: false, based: this.original });
    this.mark();
  }

  wrong(line) {
    if (this.view) editor.markLine(this.view, line ?? 0);
  }

  // Its turn will come; if it does not, what stands below is what stood there before.
  wait() {
    this.before = { state: this.state, seconds: this.seconds };
    this.set("waiting");
  }

  unwait() {
    if (this.state === "waiting") this.set(this.before.state, this.before.seconds);
  }

  set(state, seconds = 0) {
    Object.assign(this, { state, seconds });
    this.mark();
  }

  mark() {
    if (!this.seen || !this.status) return;
    const { element, edited, state } = this;
    element.classList.toggle("nn-edited", edited);
    element.dataset.state = state;
    element.classList.toggle("nn-stale", this.stale);
    if (this.skipped) {
      this.status.textContent = "needs TensorFlow, which does not run in a browser: the printed results";
      return;
    }
    const running = state === "running";
    this.resets.hidden = running || (!edited && state === "printed");
    this.runs.textContent = running ? "Stop" : this.verb;
    label(this.runs, `${running ? "Stop" : this.verb} ${this.name}`);
    const ran = `ran in ${this.seconds < 0.1 ? "under 0.1" : this.seconds.toFixed(1)} s`;
    const said = state === "printed" ? "" : state === "ran" ? ran : STATES[state];
    const stale = this.stale ? "from before a change above" : "";
    this.status.textContent = [`${this.name}:`, [edited && "changed by you", this.note, said, stale].filter(Boolean).join(", ")].filter((part) => part !== "").join(" ").replace(/:\s*$/, "");
  }

  show() {
    for (let fold = this.element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const fold of this.element.querySelectorAll("details.hide")) fold.open = true;
    this.element.closest(".admonition.toggle-hidden")?.querySelector("button.toggle-button")?.click();
    this.element.scrollIntoView({ block: "center" });
  }
}

// All of a page, in its order, with those that it does not show.
export function collect() {
  const found = [...document.querySelectorAll("article.bd-article :is(div.cell[id^=cell-], script.nn-unseen)")];
  const cells = found.map((element, place) => new Cell(element, place));
  let [number, exercise] = [0, 0];
  for (const cell of cells) {
    if (cell.extra) cell.name = `cell E${++exercise}`;
    else cell.name = cell.seen ? `cell ${++number}` : `cell hidden-${number + 1}`;
  }
  return cells;
}

// Editors are made where the reader is, not for 50 cells at once.
export function mountNear(cells, module) {
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) cells.find((cell) => cell.input === target)?.mount(module);
    },
    { rootMargin: "400px" },
  );
  for (const cell of cells) if (cell.seen && !cell.skipped) near.observe(cell.input);
}

export function changedByReader(cells) {
  return cells.filter((cell) => cell.seen && cell.edited).length;
}

