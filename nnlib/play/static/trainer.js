// What every figure does in which a network trains: it keeps time, keeps its state, and tells the reader what happens.
// A figure of its own kind has a model, and says how it is built, arranged and painted.
(() => {
  "use strict";

  const { LIMITS, make, fixed, keeping } = globalThis.nnplay;
  const TRAIN_MS = 7; // of the 16 that a frame has
  const TOLD = [10, 30, 100, 300, 1000, 3000, 10000]; // epochs that are read out while it trains,
  const QUIET_MS = 5000; // not too often
  const CALM_MS = 500, CALM_TRAIN_MS = 60; // between pictures, and of that, for readers who ask for less motion

  class Trainer {
    constructor(figure) {
      Object.assign(this, { figure, id: figure.id, syncs: [], paints: [], playing: false });
      this.preset = JSON.parse(figure.querySelector(".nn-preset").textContent);
      this.settings = structuredClone(this.preset);
      this.calm = matchMedia("(prefers-reduced-motion: reduce)");
      this.caption = figure.querySelector(".nn-caption");
      this.text = this.caption.firstElementChild;
      this.status = make("div", { class: "nl-unseen", role: "status" });
      this.notice = make("p", { class: "nl-notice", role: "alert", hidden: true });
      for (const still of figure.querySelectorAll("img, noscript")) still.remove();
    }

    // What is trained -----------------------------------------------------------------------------------------

    recall() { // what a reload or a link kept; else the preset
      let said = "";
      try {
        const kept = keeping.saved(this) ?? keeping.linked(this);
        if (kept) this.restore(kept);
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

    keepGhost() {} // of the run before

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
      if (this.model.diverged || this.model.finished) return this.refresh();
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
      const budget = this.calm.matches ? CALM_TRAIN_MS : TRAIN_MS;
      let trained = 0;
      for (; this.due >= 1 && performance.now() - now < budget; this.due--) {
        model.batch();
        trained++;
        if (catching ? !model.behind.length : model.epoch >= this.until) break;
      }
      if (this.due === Infinity) this.due = 0;
      if (trained) this.look(before);
      this.timing?.(performance.now() - now, model.epoch - before);
      this.tick();
    }

    look(before) { // at what was trained
      const { model } = this;
      model.measure();
      if (model.diverged || model.finished || model.epoch >= this.until) {
        model.behind = [];
        return this.playing ? this.pause() : this.refresh();
      }
      if (!this.playing && !model.behind.length) return this.refresh();
      this.paint();
      if (TOLD.some((epoch) => before < epoch && model.epoch >= epoch)) this.say(`epoch ${model.epoch}, cost ${fixed(model.now.cost)}`);
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
      for (const paint of this.paints) paint();
      const text = this.model.sentence;
      if (this.text.textContent !== text) this.text.textContent = text;
    }

    refresh() { // after whatever was not a frame of training
      for (const sync of this.syncs) sync();
      this.arrange();
      this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
      if (this.code.closest("details").open) this.code.textContent = this.program;
      if (this.ready) keeping.save(this);
    }

    watch(element, changed) { // its size, the page's colours, and whether it is seen
      const again = () => {
        this.colours = null;
        this.arrange();
      };
      new ResizeObserver(() => changed() && this.arrange()).observe(element);
      new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
      for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", again);
      new IntersectionObserver(([entry]) => {
        this.seen = entry.isIntersecting;
        this.tick();
      }).observe(element);
      document.addEventListener("visibilitychange", () => (document.hidden ? keeping.save(this) : this.tick()));
      addEventListener("load", again); // Safari may run scripts before it has the style sheet
      addEventListener("pagehide", () => keeping.save(this));
      addEventListener("hashchange", () => location.hash.startsWith(`#${this.id}=`) && (this.pause(), this.recall()));
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

  function begin(figures, Kind) {
    const start = () => document.querySelectorAll(figures).forEach((figure) => {
      fitFrame(figure);
      figure.live = new Kind(figure);
    });
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }

  Object.assign(globalThis.nnplay, { Trainer, begin });
})();
