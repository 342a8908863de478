// What is trained to read digits: 64-30-10 on the real ones, and on the reader's own. Nothing here is drawn.
(() => {
  "use strict";

  const { Random, Network, Training, Pass, count, grouped, percent } = globalThis.nnplay;
  const SIZES = [64, 30, 10], KINDS = { hidden: "relu", output: "softmax", cost: "categorical_cross_entropy", init: "he" };
  const HELD_BACK = 360, INK_LEVELS = 16;
  const TIMES = 10; // a drawing stands so often among 1,437 digits: once would hardly be heard
  const here = document.currentScript?.src; // beside this script lie the data
  let asked = null;

  // The digits, when somebody asks for them: a script, since pages from disk may fetch nothing.
  function load() {
    return (asked ??= new Promise((done, failed) => {
      if (globalThis.nnplay.digits) return done();
      const script = document.createElement("script"), address = new URL(here);
      address.pathname = address.pathname.replace(/[^/]*$/, "play-digits-data.js");
      script.src = address.href;
      script.onload = done;
      script.onerror = () => failed(new RangeError("The digits could not be loaded: is the page still there? Reload it, and try again."));
      document.head.append(script);
    }).then(unpacked).catch((error) => {
      asked = null;
      throw error;
    }));
  }

  function unpacked() { // the rows to learn from, and those held back, as nnlib/play/digits.py deals them
    const { pixels, labels } = globalThis.nnplay.digits, order = [...new Random(0).permutation(labels.length)];
    const part = (rows) => rows.map((row) => ({ pixels: Float64Array.from(pixels.slice(64 * row, 64 * row + 64), (c) => parseInt(c, 17)), label: +labels[row] }));
    return { learned: part(order.slice(HELD_BACK)), back: part(order.slice(0, HELD_BACK)) };
  }

  function matrices(rows) {
    const N = rows.length, X = new Float64Array(64 * N), Y = new Float64Array(10 * N);
    rows.forEach(({ pixels, label }, r) => {
      for (let i = 0; i < 64; i++) X[64 * r + i] = pixels[i] / INK_LEVELS;
      Y[10 * r + label] = 1;
    });
    return { X, Y, N };
  }

  function largest(A, at = 0) {
    let best = 0;
    for (let k = 1; k < 10; k++) if (A[at + k] > A[at + best]) best = k;
    return best;
  }

  // A run is a start and legs: so many epochs with the data and so many drawings.
  class DigitsModel {
    constructor(settings, example) {
      Object.assign(this, { settings, example, drawn: [], data: null });
      this.begin();
    }

    begin() { // anew
      const s = this.settings;
      this.net = new Network({ sizes: SIZES, ...KINDS, l2: s.l2 }, new Random(s.seed));
      this.one = new Pass(SIZES, 1);
      Object.assign(this, { legs: [], training: null, random: new Random(0), behind: [], now: { cost: NaN, right: NaN } });
      this.measure();
    }

    restart() { this.begin(); }

    get epoch() { return this.legs.reduce((sum, leg) => sum + leg.epochs, 0); }
    get middle() { return (this.training?.at ?? 0) > 0; }
    get batches() { return Math.ceil((this.data?.learned.length ?? 1437) / this.settings.batch_size); }
    get trainable() { return true; }
    get diverged() { return this.legs.length > 0 && !this.net.parameters.flat.every(Number.isFinite); }

    use(data) {
      this.data ??= data;
      this.back ??= Object.assign(matrices(data.back), { pass: new Pass(SIZES, HELD_BACK) });
      this.measure();
    }

    batch() { // as Model.batch: true at an epoch's end; a drawing that comes meanwhile counts from the next epoch on
      if (!this.middle) {
        const drawn = this.behind[0]?.drawn ?? this.drawn.length;
        if (!this.training || drawn !== this.legs.at(-1).drawn) {
          const { optimizer = "adam", learning_rate, batch_size } = this.settings;
          this.legs.push({ drawn, epochs: 0 });
          this.learned = matrices([...this.data.learned, ...this.drawn.slice(0, drawn).flatMap((each) => Array(TIMES).fill(each))]);
          this.training = new Training(this.net, this.learned, { optimizer, learning_rate, batch_size }, this.random);
        }
      }
      if (!this.training.batch()) return false;
      this.legs.at(-1).epochs += 1;
      if (this.behind.length && !--this.behind[0].epochs) this.behind.shift();
      return true;
    }

    measure() {
      if (!this.back) return;
      const { X, N, pass } = this.back, { A } = this.net.forward(X, N, pass);
      const right = this.data.back.filter(({ label }, r) => largest(A[2], 10 * r) === label).length / N;
      this.now = { right, cost: this.training?.cost ?? NaN };
    }

    cost() { // of all that it learns from, L2 term included
      const { X, Y, N } = this.learned ?? matrices(this.data.learned), pass = this.net.forward(X, N);
      return this.net.costs(pass, Y, N) + this.net.penalty();
    }

    read(pixels) { // what it makes of 64 numbers from 0 to 16: ten outputs, thirty hidden neurons, the digit
      const { A } = this.net.forward(Float64Array.from(pixels, (x) => x / INK_LEVELS), 1, this.one), digit = largest(A[2]);
      return { outputs: A[2], hidden: A[1], digit, sure: A[2][digit] };
    }

    get sentence() { // as nnlib/play/digits.py says it
      const { epoch, now, example, shown } = this, { seed } = this.settings;
      const right = Number.isNaN(now.right) && !epoch && seed === example.seed ? example.right : now.right;
      if (this.diverged) return `A network 64-30-10, after ${count(epoch, "epoch")}: the training diverged. Restart.`;
      const first = `A network 64-30-10, ${epoch ? `after ${count(epoch, "epoch")}` : "before training"}`;
      const share = Number.isNaN(right) ? "." : `, reads ${percent(right)} of ${grouped(HELD_BACK)} digits held back.`;
      const what = shown?.label === undefined ? "Your drawing" : `This ${shown.label}, held back,`;
      const reads = shown ? (({ digit, sure }) => ` ${what} it reads as ${digit}, and is ${percent(sure)} sure.`)(this.read(shown.pixels)) : " Draw a digit, and it reads that, too.";
      return first + share + reads;
    }
  }

  Object.assign(globalThis.nnplay, { DigitsModel, load, largest, INK_LEVELS, TIMES });
})();
