// <figure class="nn-live" data-kind="digits">: a network that learns to read digits, and reads what its reader draws.
(() => {
  "use strict";

  const { Trainer, DigitsModel, begin, load, prepared, pad, PAD, squares, colours, controls, keeping, panels } = globalThis.nnplay;
  const { sheet, make, button, count, percent, number, digitsPython, TIMES } = globalThis.nnplay;
  const LEG = 40; // epochs that Play trains: about a second
  const MOST_DRAWN = 200;
  const ACROSS = 6, NEURONS = 30; // hidden neurons, and how many stand in a row
  const TEXT = /^[0-9a-g]{64}$/; // 64 numbers from 0 to 16
  const toText = (pixels) => [...pixels].map((ink) => ink.toString(17)).join("");
  const toPixels = (text) => Float64Array.from(text, (c) => parseInt(c, 17));

  class Reader extends Trainer {
    constructor(figure) {
      super(figure);
      const { pixels, label } = this.preset.example;
      this.example = { pixels: toPixels(pixels), label };
      this.fresh();
      this.renew();
      this.build();
      this.watch(this.stage, () => this.stage.clientWidth !== this.width);
      this.recall();
    }

    fresh() { Object.assign(this, { strokes: [], row: this.example, at: 0, fit: true }); } // what is shown at first

    // What is trained -----------------------------------------------------------------------------------------

    renew() {
      this.model ??= new DigitsModel(this.settings, this.preset.example);
      this.model.settings = this.settings;
      this.model.begin();
      this.see();
    }

    withData(act) { // the digits are loaded when they are first needed
      const { model } = this;
      if (model.data) return act();
      return load().then((data) => {
        model.use(data);
        act();
      }, (error) => this.note(error.message));
    }

    trainBefore() {
      const { epochs } = this.preset;
      if (epochs) this.catchUp([{ drawn: 0, epochs }]);
    }

    catchUp(legs) {
      this.model.behind = legs;
      if (legs.length) this.withData(() => this.tick());
    }

    tick() { if (this.model.data) super.tick(); }

    play() {
      this.withData(() => {
        super.play();
        this.until = this.model.epoch + LEG;
      });
    }

    step() { this.withData(() => super.step()); }
    epoch() { this.withData(() => super.epoch()); }
    other() { this.withData(() => super.other()); }

    change(name, value) {
      this.settings[name] = value;
      this.refresh();
    }

    reset() {
      this.pause();
      this.settings = structuredClone(this.preset);
      this.model.drawn = [];
      this.fresh();
      this.renew();
      this.trainBefore();
      this.refresh();
    }

    // What is read --------------------------------------------------------------------------------------------

    see() { // the drawing, or the digit held back, as the network gets it
      if (this.row) this.model.shown = this.row;
      else this.model.shown = this.strokes.length ? { pixels: prepared(this.strokes, this.fit) } : null;
    }

    get reading() {
      const { digit, sure } = this.model.read(this.model.shown.pixels);
      return `read as ${digit}, ${percent(sure)} sure`;
    }

    drawing() { // a stroke grows
      this.caption.setAttribute("aria-live", "off");
      this.see();
      this.paint();
    }

    drawn() { // a stroke is done, or taken back
      this.see();
      this.refresh();
      if (this.model.shown) this.say(this.reading);
    }

    takeBack() {
      if (!this.row) this.strokes.pop();
      this.row = null;
      this.drawn();
    }

    clear() {
      [this.strokes, this.row] = [[], null];
      this.drawn();
    }

    another() {
      this.withData(() => {
        const { back } = this.model.data;
        this.at = (this.at + 1) % back.length;
        [this.strokes, this.row] = [[], back[this.at]];
        this.drawn();
      });
    }

    teach(label) {
      const { drawn, shown } = this.model;
      if (drawn.length >= MOST_DRAWN) return this.say(`At most ${count(MOST_DRAWN, "drawing")}.`);
      drawn.push({ pixels: shown.pixels.slice(), label });
      this.refresh();
      this.say(`added as a ${label}; play on, and it learns from it`);
    }

    // What is kept --------------------------------------------------------------------------------------------

    get program() { return digitsPython(this.model, toText); }

    get state() {
      const { model, strokes, row, at, fit, settings } = this, legs = [...model.legs, ...model.behind].filter((leg) => leg.epochs);
      return {
        set: [settings.seed, settings.speed], legs: legs.map(({ drawn, epochs }) => [drawn, epochs]),
        drawn: model.drawn.map(({ pixels, label }) => [label, toText(pixels)]), strokes, fit, at: row ? at : null,
      };
    }

    restore(kept) { // or a RangeError that says what is wrong
      const wrong = (what) => { throw new RangeError(`${what} cannot be read.`); }, list = (x, what) => (Array.isArray(x) ? x : wrong(what));
      const { set, legs, drawn, strokes, fit, at } = kept ?? {}, [seed, speed] = list(set, "What was kept");
      number(0, Number.MAX_SAFE_INTEGER, true)("the seed", seed);
      number(-1, 100, true)("the speed", speed);
      for (const each of list(legs, "How the run went")) {
        list(each, "How the run went");
        number(0, MOST_DRAWN, true)("the number of drawings", each[0]);
        number(1, 20000, true)("the number of epochs", each[1]);
      }
      for (const each of list(drawn, "A drawing")) if (!Array.isArray(each) || !TEXT.test(each[1]) || !(each[0] in [...Array(10)])) wrong("A drawing");
      const point = (p) => Array.isArray(p) && p.length === 2 && p.every((x) => x >= 0 && x <= 1);
      for (const each of list(strokes, "A drawing")) if (!Array.isArray(each) || !each.length || !each.every(point)) wrong("A drawing");
      if (drawn.length > MOST_DRAWN || strokes.flat().length > 2 * PAD.points) wrong("So large a drawing");
      Object.assign(this.settings, { seed, speed });
      this.model.drawn = drawn.map(([label, text]) => ({ pixels: toPixels(text), label }));
      [this.strokes, this.fit, this.row] = [strokes, fit !== false, null];
      this.renew();
      if (at === 0) this.row = this.example;
      else if (at > 0) this.withData(() => {
        this.row = this.model.data.back[(this.at = at)] ?? this.example;
        this.see();
        this.refresh();
      });
      this.see();
      this.catchUp(legs.map(([n, epochs]) => ({ drawn: Math.min(n, drawn.length), epochs })));
    }

    // What is seen --------------------------------------------------------------------------------------------

    arrange() {
      this.width = this.stage.clientWidth;
      this.paint();
    }

    paint() {
      this.colours ??= colours(this.figure);
      super.paint();
    }

    build() {
      const { figure, id } = this, part = (name, title, ...inside) => make("div", { class: `nl-part-${name}` }, make("p", { class: "nl-legend" }, title), ...inside);
      this.input = make("canvas", { role: "img" });
      this.inner = make("canvas", { role: "img" });
      this.bars = Array.from({ length: 10 }, (_, digit) => make("li", {}, make("span", {}, `${digit}`), make("i", { "aria-hidden": "true" }), make("b")));
      const tools = make("div", { class: "nl-row" }, button("clear", "an empty sheet", () => this.clear()), button("undo", "take the last stroke back", () => this.takeBack()),
        button("a digit held back", "one that it has not learned from", () => this.another()));
      this.stage = make("div", { class: "nl-digits" },
        part("pad", "draw a digit here", pad(this), tools), part("see", "what it sees", this.input),
        part("inside", "its 30 hidden neurons: weights, and how active", this.inner),
        part("says", "what it says", make("ol", { class: "nl-outputs", start: 0 }, ...this.bars)));
      figure.prepend(controls.transport(this), this.notice, this.stage, this.teaching());
      const fit = make("input", { type: "checkbox", id: `${id}-fit`, autocomplete: "off", onchange: () => {
        this.fit = fit.checked;
        this.drawn();
      } });
      this.syncs.push(() => (fit.checked = this.fit));
      const whole = make("div", { class: "nl-control nl-check" }, fit, make("label", { for: fit.id }, "make my drawing like the data: upright, as large as its frame, its lines as thick"));
      figure.append(make("div", { class: "nl-row nl-foot" }, whole, button("all as at first", "forget all changes", () => this.reset())), panels.program(this), this.status);
      this.paints.push(() => this.paintSeen(), () => this.paintHidden(), () => this.paintOutputs());
      this.ready = true;
    }

    teaching() { // a drawing becomes one of the digits that it learns from
      const id = `${this.id}-label`, label = make("select", { id, autocomplete: "off" }, ...Array.from({ length: 10 }, (_, digit) => make("option", {}, `${digit}`)));
      const add = button("add to the training data", "it learns from this drawing, too", () => this.teach(label.selectedIndex)), told = make("span");
      this.syncs.push(() => {
        const { shown, drawn } = this.model;
        label.disabled = add.disabled = !shown || shown === this.row;
        told.textContent = drawn.length ? `${count(drawn.length, "drawing")} among the digits it learns from, each ${TIMES} times` : "";
      });
      return make("div", { class: "nl-row nl-teach" }, make("label", { for: id }, "my drawing is a"), make("div", { class: "nl-control" }, label), add, told);
    }

    paintSeen() {
      const width = Math.min(112, this.input.parentElement.clientWidth || 112), g = sheet(this.input, width, width), { shown } = this.model;
      this.input.style.width = `${width}px`;
      if (shown) squares(g, shown.pixels, width, this.colours.ink);
      g.strokeStyle = this.colours.line;
      g.strokeRect(0.5, 0.5, width - 1, width - 1);
      this.input.setAttribute("aria-label", shown ? `ink, row by row: ${Array.from({ length: 8 }, (_, r) => [...shown.pixels.slice(8 * r, 8 * r + 8)].join(" ")).join("; ")}` : "nothing yet");
    }

    paintHidden() { // each neuron's weights as a picture, blue above 0 and orange below; under it a bar, its activation
      const width = Math.min(264, this.inner.parentElement.clientWidth || 264), pitch = width / ACROSS, box = pitch - 6, { net, shown } = this.model, { field } = this.colours;
      const g = sheet(this.inner, width, (pitch + 4) * (NEURONS / ACROSS)), W = net.W[1], active = shown ? [...this.model.read(shown.pixels).hidden] : [], most = Math.max(1e-12, ...active);
      this.inner.style.width = `${width}px`;
      const tile = (this.tile ??= new ImageData(8, 8)), pixels = new Uint32Array(tile.data.buffer), small = (this.small ??= Object.assign(document.createElement("canvas"), { width: 8, height: 8 }));
      const into = (this.into ??= small.getContext("2d"));
      g.imageSmoothingEnabled = false;
      for (let j = 0; j < NEURONS; j++) {
        const w = W.subarray(64 * j, 64 * j + 64), large = w.reduce((large, x) => Math.max(large, Math.abs(x)), 1e-12), x = (j % ACROSS) * pitch, y = Math.floor(j / ACROSS) * (pitch + 4);
        w.forEach((x, i) => (pixels[i] = field[Math.round(127.5 + 127.5 * (x / large))]));
        into.putImageData(tile, 0, 0);
        g.drawImage(small, x, y, box, box);
        g.strokeStyle = this.colours.line;
        g.strokeRect(x + 0.5, y + 0.5, box - 1, box - 1);
        g.fillStyle = this.colours.ink;
        if (active[j] > 0) g.fillRect(x, y + box + 1, Math.max(1, (box * active[j]) / most), 4);
      }
      const order = active.map((_, j) => j).filter((j) => active[j] > 0).sort((a, b) => active[b] - active[a]);
      this.inner.setAttribute("aria-label", shown ? `${order.length} of 30 neurons are active, most of all numbers ${order.slice(0, 3).map((j) => j + 1).join(", ")}` : "30 neurons");
    }

    paintOutputs() {
      const { shown } = this.model, read = shown && this.model.read(shown.pixels);
      this.bars.forEach((bar, digit) => {
        const share = read ? read.outputs[digit] : 0;
        bar.children[1].style.setProperty("--share", share);
        bar.children[2].textContent = read ? percent(share) : "";
        bar.classList.toggle("nl-best", read?.digit === digit);
      });
    }
  }

  begin('figure.nn-live[data-kind="digits"]', Reader);

  Object.assign(globalThis.nnplay, { Reader });
})();
