// <figure class="nn-live">: puts the parts together, keeps time, and tells the reader what happens.
(() => {
  "use strict";

  const { Model, Stage, LIMITS, WHILE, CONTROLS, NOISE, make, fixed, python } = globalThis.nnplay;
  const { colours, plots, controls, keeping, panels, neuron, own, map } = globalThis.nnplay;
  const TRAIN_MS = 7; // of the 16 that a frame has
  const TOLD = [10, 30, 100, 300, 1000, 3000, 10000]; // epochs that are read out while it trains,
  const QUIET_MS = 5000; // not too often
  const CALM_MS = 500; // between pictures, for readers who ask for less motion

  class Live {
    constructor(figure) {
      Object.assign(this, { figure, id: figure.id, syncs: [], paints: [], kind: 1, ghost: null, playing: false });
      this.preset = JSON.parse(figure.querySelector(".nn-preset").textContent);
      this.settings = structuredClone(this.preset);
      this.calm = matchMedia("(prefers-reduced-motion: reduce)");
      this.canvas = make("canvas", { role: "img" });
      this.renew();
      this.build();
      this.listen();
      this.stage.rough = true; // something to see at once, and the rest a moment later
      this.recall();
      this.stage.rough = false;
      setTimeout(() => this.paint());
    }

    // What is trained -----------------------------------------------------------------------------------------

    renew() { // a model of the settings, untrained unless the preset says so
      this.model = new Model(this.settings);
      this.stage ??= new Stage(this.model, this.canvas);
      this.stage.model = this.model;
      this.stage.fit();
    }

    recall() { // what a reload or a link kept; else the preset
      let said = "";
      try {
        const kept = keeping.saved(this) ?? keeping.linked(this);
        if (kept) keeping.restored(this, kept);
        else this.trainBefore();
      } catch (error) {
        said = `${error.message} The figure stands as at first.`;
        this.settings = structuredClone(this.preset);
        this.renew();
        this.trainBefore();
      }
      this.refresh();
      this.note(said);
      if (this.model.behind.length) this.tick();
    }

    trainBefore() {
      if (!this.model.trainable) return;
      while (this.model.epoch < this.preset.epochs) this.model.batch();
      if (this.preset.epochs) this.model.measure();
    }

    change(name, value) {
      const { settings } = this;
      settings[name] = value;
      if (name === "data") settings.noise = NOISE[value];
      if (!WHILE.includes(name) && name !== "speed") return this.anew();
      if (name === "l2") this.model.penalise();
      this.refresh();
    }

    keepGhost() {
      if (this.model.costs.length > 1) this.ghost = this.model.costs;
    }

    anew(act = () => this.renew()) {
      this.pause();
      this.keepGhost();
      act();
      this.refresh();
    }

    restart() { this.anew(() => this.model.restart()); }

    other() {
      this.settings.seed = (this.settings.seed + 1) % Number.MAX_SAFE_INTEGER;
      this.anew();
    }

    replace(rows) { // the reader's own points; it goes on learning meanwhile
      this.settings.own = rows;
      this.model.replace(rows);
      this.stage.fit();
      if (!this.model.trainable) this.pause();
      this.refresh();
    }

    edited(why) {
      this.model.hold(why);
      this.refresh();
    }

    choose(l, j) {
      const { chosen } = this.stage;
      this.stage.chosen = chosen && chosen[0] === l && chosen[1] === j ? null : [l, j];
      [this.stage.pointed, this.roving] = [null, `${l},${j}`];
      this.refresh();
    }

    point(at) {
      this.stage.pointed = at;
      this.paint();
    }

    step() {
      this.pause();
      this.model.batch();
      this.model.measure();
      this.refresh();
    }

    epoch() {
      this.pause();
      while (!this.model.batch());
      this.model.measure();
      this.refresh();
    }

    // Time ----------------------------------------------------------------------------------------------------

    play() {
      if (!this.model.trainable || this.playing) return;
      if (this.model.diverged) return this.refresh();
      [this.playing, this.due, this.before, this.until] = [true, 0, performance.now(), this.model.epoch + LIMITS.epochs];
      this.caption.setAttribute("aria-live", "off");
      this.note("");
      this.tick();
    }

    pause() {
      if (!this.playing) return;
      this.playing = false;
      this.refresh();
    }

    // The next picture, if there is anything to train and anybody to see it.
    tick() {
      if (this.waiting || !(this.playing || this.model.behind.length)) return;
      if (!this.seen || document.hidden) return (this.before = null);
      this.waiting = true;
      const next = () => {
        this.waiting = false;
        this.frame(performance.now());
      };
      if (this.calm.matches) setTimeout(next, CALM_MS);
      else requestAnimationFrame(next);
    }

    frame(now) {
      const { model, settings } = this, before = model.epoch, catching = model.behind.length > 0;
      const seconds = Math.min(now - (this.before ?? now), this.calm.matches ? 2 * CALM_MS : 100) / 1000, batches = model.batches;
      this.before = now;
      if (catching || settings.speed < 0) this.due = Infinity;
      else this.due = Math.min(this.due + seconds * (settings.speed ? settings.speed * batches : 1), Math.max(batches * settings.speed, 1));
      if (!(this.due > 0)) this.due = 0;
      let trained = 0;
      for (; this.due >= 1 && performance.now() - now < TRAIN_MS; this.due--) {
        model.batch();
        trained++;
        if (catching && !model.behind.length) break;
      }
      if (this.due === Infinity) this.due = 0;
      if (trained) this.look(before);
      this.timing?.(performance.now() - now, model.epoch - before);
      this.tick();
    }

    look(before) { // at what was trained
      const { model } = this;
      model.measure();
      if (model.diverged || model.epoch >= this.until) {
        model.behind = [];
        return this.playing ? this.pause() : this.refresh();
      }
      if (!this.playing && !model.behind.length) return this.refresh();
      this.paint();
      if (TOLD.some((epoch) => before < epoch && model.epoch >= epoch)) this.say(`epoch ${model.epoch}, cost ${fixed(model.now.cost)}`);
    }

    reset() { // all as at first
      [this.settings, this.ghost, this.stage.chosen] = [structuredClone(this.preset), null, null];
      this.pause();
      this.renew();
      this.trainBefore();
      this.refresh();
    }

    // What the reader is told -----------------------------------------------------------------------------------

    say(text) {
      const now = performance.now();
      if (this.playing && now - (this.said ?? -Infinity) < QUIET_MS) return;
      [this.said, this.status.textContent] = [now, text];
    }

    note(text) { // something is not as it was asked for
      this.notice.textContent = text;
      this.notice.hidden = !text;
    }

    paint() {
      if (!this.stage.place) return;
      this.colours ??= colours(this.figure);
      this.stage.paint(this.colours, this.playing);
      plots.costs(this.costs, this.model, this.ghost, this.colours);
      if (this.gradients) plots.gradients(this.gradients, this.model, this.colours);
      for (const paint of this.paints) paint();
      const text = this.model.sentence;
      if (this.text.textContent !== text) this.text.textContent = text;
    }

    refresh() { // after whatever was not a frame of training
      for (const sync of this.syncs) sync();
      this.arrange();
      this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
      this.canvas.setAttribute("aria-label", `The network and its map of the plane. ${this.model.sentence}`);
      this.gradients?.setAttribute("aria-label", `size of the gradient: ${plots.spoken(this.model)}`);
      if (this.code.closest("details").open) this.code.textContent = python(this.model);
      if (this.ready) keeping.save(this);
    }

    arrange() {
      const { map: side, mapX, mapY, height } = this.stage.arrange(this.stageElement.clientWidth || 640);
      this.stageElement.style.height = `${height}px`;
      Object.assign(this.map.style, { left: `${mapX}px`, top: `${mapY}px`, width: `${side}px`, height: `${side}px` });
      controls.overlay(this);
      this.paint();
    }

    // The parts -------------------------------------------------------------------------------------------------

    build() {
      const { figure, preset } = this, caption = (this.caption = figure.querySelector(".nn-caption"));
      for (const still of figure.querySelectorAll("img, noscript")) still.remove();
      this.text = caption.firstElementChild;
      this.overlay = make("div", { class: "nl-overlay", role: "group", "aria-label": "neurons: arrow keys go from one to the next" });
      this.map = map(this);
      this.stageElement = make("div", { class: "nl-stage" }, this.canvas, this.overlay, this.map);
      [this.status, this.notice] = [make("div", { class: "nl-unseen", role: "status" }), make("p", { class: "nl-notice", role: "alert", hidden: true })];
      const fields = (names, label) => make("fieldset", { class: "nl-controls", "aria-label": label }, ...names.map((name) => controls.control(this, name)));
      const above = preset.controls.filter((name) => name !== "speed"), folded = Object.keys(CONTROLS).filter((name) => name !== "speed" && !above.includes(name));
      figure.prepend(controls.transport(this), fields(above, "What is trained"), this.notice, own(this), this.stageElement, neuron(this), panels.curves(this));
      figure.append(panels.settings(this, fields(folded, "More settings")), panels.program(this), this.status);
      const goal = make("strong", { class: "nl-goal", role: "status" });
      caption.before(goal);
      this.paints.push(() => {
        goal.hidden = !this.model.goal;
        if (goal.textContent !== this.model.goal) goal.textContent = this.model.goal;
        goal.classList.toggle("nl-reached", this.model.reached !== null);
      });
      this.ready = true;
    }

    listen() {
      const again = () => {
        this.colours = null;
        this.arrange();
      };
      new ResizeObserver(() => this.stageElement.clientWidth !== this.stage.place?.width && this.arrange()).observe(this.stageElement);
      new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
      for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", again);
      new IntersectionObserver(([entry]) => {
        this.seen = entry.isIntersecting;
        this.tick();
      }).observe(this.stageElement);
      document.addEventListener("visibilitychange", () => (document.hidden ? keeping.save(this) : this.tick()));
      addEventListener("load", again); // Safari may run scripts before it has the style sheet
      addEventListener("pagehide", () => keeping.save(this));
      addEventListener("hashchange", () => location.hash.startsWith(`#${this.id}=`) && (this.pause(), this.recall()));
      this.overlay.addEventListener("keydown", (event) => controls.rove(this, event));
    }
  }

  // In a notebook the figure stands in a frame, which takes its height, and the notebook's light or dark.
  function fitFrame(figure) {
    const frame = window.frameElement, around = frame?.ownerDocument;
    if (!keeping.framed || !around) return;
    const dark = around.body.dataset.jpThemeLight === "false" || /dark/.test(`${around.body.className} ${around.documentElement.getAttribute("theme")}`);
    if (dark) document.documentElement.dataset.theme = "dark";
    new ResizeObserver(() => (frame.height = figure.offsetHeight + 4)).observe(figure);
  }

  const start = () => document.querySelectorAll("figure.nn-live").forEach((figure) => {
    fitFrame(figure);
    figure.live = new Live(figure);
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  Object.assign(globalThis.nnplay, { Live });
})();
