// Python from the page's side: its start and its end, and what is asked of it.
const PAUSE = 25_000; // ms without a further byte; the thread that counts them also compiles what has come
const SLOW_START = 60_000; // ms that a busy machine may take to start what has come
const NO_ANSWER = 2_000; // ms that a cell may take to hear "Stop"; after that Python itself is ended

export class Python {
  #worker = null;
  #waiting = new Map(); // questions by number
  #asked = 0;
  #running = null; // {id, stop, hear}

  constructor(home, about) {
    this.home = home;
    this.about = about;
    this.total = about.files.reduce((sum, file) => sum + file.sent, 0);
  }

  // Loads it and starts it. `told` hears how many bytes have come, then null when it is starting.
  start(told) {
    let got = 0;
    let patience;
    return new Promise((resolve, reject) => {
      const fail = (reason) => {
        clearTimeout(patience);
        this.end(reason);
        reject(new Error(reason));
      };
      const wait = (ms, reason) => {
        clearTimeout(patience);
        patience = setTimeout(() => fail(reason), ms);
      };
      const silent = "no answer from its server";
      wait(PAUSE, silent);
      this.#worker = new Worker(new URL("worker.js", this.home), { type: "module", name: "Python" });
      this.#worker.onerror = (event) => fail(event.message || "its script could not be loaded");
      this.#worker.onmessage = ({ data }) => {
        if (data.kind === "progress") {
          got += data.bytes;
          told(Math.min(got, this.total), this.total);
          const complete = got > this.total * 0.99;
          wait(complete ? SLOW_START : PAUSE, complete ? "it did not start" : silent);
        } else if (data.kind === "begun") {
          wait(PAUSE, silent);
        } else if (data.kind === "starting") {
          told(null);
          wait(SLOW_START, "it did not start");
        } else if (data.kind === "ready") {
          clearTimeout(patience);
          this.#worker.onerror = null;
          resolve(data);
          this.#worker.onmessage = ({ data }) => this.#hear(data);
        } else if (data.kind === "missing" || (data.kind === "broken" && data.op === "start")) fail(data.text);
        else this.#hear(data);
      };
      this.#worker.postMessage({ op: "start", home: this.home.href, about: this.about });
    });
  }

  get runs() {
    return this.#worker !== null;
  }

  ask(op, content = {}) {
    if (!this.#worker) return Promise.resolve({ problem: "Python is not running." });
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ op, id, ...content });
    });
  }

  // Runs a cell; `hear` gets what it prints and shows. Resolves to {ok, seconds}, or {ended} if Python did not survive it.
  async run(cell, hear) {
    const stop = URL.createObjectURL(new Blob(["go on"], { type: "text/plain" }));
    const done = new Promise((finish) => (this.#running = { stop, hear, finish }));
    const answer = this.ask("run", { place: cell.place, name: cell.name, code: cell.code, stop });
    this.#running.id = this.#asked;
    answer.then(this.#running.finish);
    const result = await done;
    URL.revokeObjectURL(stop);
    this.#running = null;
    return result;
  }

  // Whether all variables were kept.
  async stop() {
    const mine = this.#running;
    if (!mine) return true;
    URL.revokeObjectURL(mine.stop);
    await new Promise((resume) => setTimeout(resume, NO_ANSWER));
    if (this.#running !== mine) return true;
    this.end("stopped"); // it is inside one long operation, and cannot hear
    return false;
  }

  end(reason) {
    this.#worker?.terminate();
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve({ problem: "Python was ended.", ended: reason });
    this.#waiting.clear();
  }

  #hear(data) {
    const resolve = this.#waiting.get(data.id);
    if (data.kind === "answer" || data.kind === "done" || data.kind === "broken") {
      this.#waiting.delete(data.id);
      if (data.kind === "broken" && (data.fatal || /memory|RuntimeError|unreachable|call stack/i.test(data.text))) {
        resolve?.({ ended: data.text });
        this.end(data.text);
      } else resolve?.(data.kind === "broken" ? { problem: data.text } : data);
    } else if (this.#running && data.id === this.#running.id) this.#running.hear(data.kind, data.text);
  }
}
