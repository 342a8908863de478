// <figure class="nn-live">: a network and its map of the plane. Puts the parts together.
(() => {
  "use strict";

  const { Model, Stage, Trainer, begin, WHILE, CONTROLS, NOISE, make, python } = globalThis.nnplay;
  const { colours, plots, controls, keeping, panels, neuron, own, map } = globalThis.nnplay;

  class Live extends Trainer {
    constructor(figure) {
      super(figure);
      Object.assign(this, { kind: 1, ghost: null });
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

    get program() { return python(this.model); }
    get state() { return keeping.state(this); }

    restore(kept) { keeping.restored(this, kept); }

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

    reset() { // all as at first
      [this.settings, this.ghost, this.stage.chosen] = [structuredClone(this.preset), null, null];
      this.pause();
      this.renew();
      this.trainBefore();
      this.refresh();
    }

    // What is seen ----------------------------------------------------------------------------------------------

    paint() {
      if (!this.stage.place) return;
      this.colours ??= colours(this.figure);
      this.stage.paint(this.colours, this.playing);
      plots.costs(this.costs, this.model, this.ghost, this.colours);
      if (this.gradients) plots.gradients(this.gradients, this.model, this.colours);
      super.paint();
    }

    refresh() { // after whatever was not a frame of training
      super.refresh();
      this.canvas.setAttribute("aria-label", "The network, and its map of the plane");
      this.gradients?.setAttribute("aria-label", `size of the gradient: ${plots.spoken(this.model)}`);
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
      const { figure, preset, caption } = this;
      this.overlay = make("div", { class: "nl-overlay", role: "group", "aria-label": "neurons: arrow keys go from one to the next" });
      this.map = map(this);
      this.stageElement = make("div", { class: "nl-stage" }, this.canvas, this.overlay, this.map);
      const fields = (names, label) => make("fieldset", { class: "nl-controls", "aria-label": label }, ...names.map((name) => controls.control(this, name)));
      const above = preset.controls.filter((name) => name !== "speed"), folded = preset.rule === "perceptron" ? [] : Object.keys(CONTROLS).filter((name) => name !== "speed" && !above.includes(name));
      figure.prepend(controls.transport(this), ...(above.length ? [fields(above, "What is trained")] : []), this.notice, own(this), this.stageElement, neuron(this), panels.curves(this));
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
      this.watch(this.stageElement, () => this.stageElement.clientWidth !== this.stage.place?.width);
      this.overlay.addEventListener("keydown", (event) => controls.rove(this, event));
    }
  }

  begin("figure.nn-live:not([data-kind])", Live);

  Object.assign(globalThis.nnplay, { Live });
})();
