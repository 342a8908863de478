// Which cells run, in which order, and what is said of it meanwhile.
import * as bar from "./bar.js";
import { button } from "./dom.js";
import { releaseAll } from "./explorers.js";
import { Output } from "./outputs.js";

const QUICK = 300; // ms: what is done by then needs no words
const LOST = "all variables are gone, and the cells above run again where they are needed";

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const lastLine = (text) => (text ?? "").trim().split("\n").at(-1);

export class Running {
  python = null;
  #start; // makes a Python
  #starting = null;
  #idle; // says what can be done when nothing runs
  #queue = [];
  #asked = null; // the cell for which the queue runs
  #busy = null;
  #code = ""; // as the busy cell runs it
  #whole = false; // all cells were asked for
  #only = false; // the reader does not want to wait for what stands above
  #later = []; // cells that were asked for meanwhile

  constructor(cells, start, idle) {
    this.cells = cells;
    this.#start = start;
    this.#idle = idle;
    const printed = cells.map((cell) => cell.original);
    for (const cell of cells) cell.basis = printed;
  }

  get busy() {
    return this.#busy !== null || this.#queue.length > 0;
  }

  async started() {
    if (this.python?.runs) return;
    this.#starting ??= this.#start();
    try {
      this.python = await this.#starting;
    } finally {
      this.#starting = null;
    }
  }

  // Python alone, for what the reader may do next. Whether it came.
  async begin(sentence) {
    if (this.busy || this.#starting || this.python?.runs) return true;
    try {
      await this.started();
    } catch {
      this.#drop();
      return false;
    }
    this.#done(sentence);
    return true;
  }

  get #codes() {
    return this.cells.map((cell) => (cell.skipped ? "" : cell.code));
  }

  // A cell, and before it those above that it needs and that have not run as they now are.
  async run(cell) {
    if (cell.skipped || this.#queue.includes(cell) || this.#later.includes(cell)) return;
    if (cell === this.#busy) return this.#again(cell);
    cell.wait();
    if (this.busy || this.#starting) return void this.#later.push(cell);
    this.#queue = [cell]; // from now on others wait
    this.#asked = cell;
    this.#whole = false;
    try {
      await this.started();
    } catch {
      return this.#drop();
    }
    const { places = [] } = await this.python.ask("before", { codes: this.#codes, place: cell.place });
    const first = places.map((place) => this.cells[place]).filter((one) => !one.skipped);
    for (const one of first) one.wait();
    this.#queue = [...first, cell];
    return this.#next();
  }

  #again(cell) { // changed while it runs
    if (cell.code === this.#code) return;
    this.#later.push(cell);
    this.#tell(cell);
  }

  async runAll() {
    if (this.busy) return;
    this.#queue = this.cells.filter((cell) => !cell.skipped && (!cell.extra || cell.edited));
    this.#asked = this.#queue.at(-1);
    this.#whole = true;
    for (const one of this.#queue) one.wait();
    try {
      await this.started();
    } catch {
      return this.#drop();
    }
    return this.#next();
  }

  async stop() {
    if (!this.#busy) return;
    bar.tell("Stopping …");
    await this.python.stop();
  }

  #buttons() {
    const parts = [button("Stop", () => this.stop(), { className: "nn-main" })];
    if (this.#busy && this.#busy !== this.#asked && !this.#whole)
      parts.push(button(`Only ${this.#asked.name}`, () => ((this.#only = true), this.stop())));
    return parts;
  }

  #drop() {
    for (const one of [...this.#queue, ...this.#later]) one.unwait();
    this.#queue = [];
    this.#later = [];
  }

  #tell(cell) {
    if (this.#busy === cell) bar.tell(this.#progress(cell), ...this.#buttons());
  }

  #progress(cell) {
    const left = this.#queue.length;
    if (this.#later.includes(cell)) return `${capital(cell.name)} is running as it was, and then as it is now.`;
    if (!left) return `${capital(cell.name)} is running.`;
    if (this.#whole) return `${capital(cell.name)} is running, and ${left} more wait.`;
    const rest = left === 1 ? "which is next" : `with ${left - 1} more between them`;
    return `${capital(this.#asked.name)} needs what stands above: ${cell.name} is running, ${rest}.`;
  }

  async #next() {
    const cell = this.#queue.shift();
    if (!cell) return this.#done();
    const { code } = cell;
    [this.#busy, this.#code] = [cell, code];
    cell.wrong(0);
    cell.set("running");
    const output = new Output(cell, this.python);
    const slow = setTimeout(() => this.#tell(cell), this.#queue.length ? 0 : QUICK);
    const { place, name } = cell;
    const done = await this.python.run({ place, name, code }, (kind, text) => output.hear(kind, text));
    clearTimeout(slow);
    if (done.ended) output.error({ text: this.#ended(done.ended), line: null, name: "ended" });
    await output.end();
    this.#busy = null;
    const stopped = output.failed?.name === "KeyboardInterrupt";
    cell.set(done.ok ? "ran" : done.ended ? "ended" : stopped ? "stopped" : "failed", done.seconds);
    const other = cell.based !== code;
    cell.based = code;
    cell.basis = this.cells.map((one) => one.based);
    cell.stale = false;
    cell.mark();
    if (other) this.restale();
    if (done.ok) return this.#next();
    return this.#failed(cell, output.failed, done);
  }

  #ended(why) {
    if (why === "stopped") return `Stopped. It was inside one long operation that could not hear, so Python was ended with it: ${LOST}.`;
    return `Python could not go on (${why.split("\n")[0]}): ${LOST}.`;
  }

  async #failed(cell, failed, done) {
    const asked = this.#asked;
    if (done.ended) releaseAll(); // explorers of a Python that is gone
    if (this.#only && cell !== asked) {
      this.#only = false;
      for (const one of this.#queue) if (one !== asked) one.unwait();
      this.#queue = [asked];
      if (done.ended) await this.started();
      return this.#next();
    }
    this.#only = false;
    this.#drop();
    const last = lastLine(failed?.text);
    if (done.ended === "stopped") return this.#idle(`${capital(cell.name)} was stopped, and Python with it: ${LOST}.`);
    if (done.ended) return this.#idle(last);
    if (cell.state === "stopped") return this.#idle(`${capital(cell.name)} was stopped. All variables are kept.`);
    if (cell === asked) return this.#idle(`${capital(cell.name)}: ${last}`);
    bar.tell(`${capital(cell.name)} failed, so ${asked.name} was not run: ${last}`, button(`Show ${cell.name}`, () => cell.show()));
  }

  #done(sentence) {
    this.#only = false;
    this.#idle(sentence);
    const next = this.#later.shift();
    if (next) {
      next.unwait();
      this.run(next);
    }
  }

  // What was computed from other code than now stands above it, is marked. (A result belongs to the code that made it.)
  async restale() {
    if (!this.python?.runs) return;
    const { needs } = await this.python.ask("needs", { codes: this.cells.map((cell) => (cell.skipped ? "" : cell.based)) });
    if (!needs) return;
    for (const cell of this.cells) {
      if (!cell.seen || cell.skipped) continue;
      cell.stale = needs[cell.place].some((place) => cell.basis[place] !== this.cells[place].based);
      cell.mark();
    }
  }

  leave() {
    this.python?.end("left");
    this.#drop();
    releaseAll();
  }
}
