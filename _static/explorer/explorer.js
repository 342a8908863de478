// An explorer of the page: <figure class="nn-explorer"> as nnlib/explore/static.py writes it. Here is its setting, and
// what shows the frame of a setting; whatever a reader can do to it is a part of its own, in the files beside this one.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  nn.LOST = "The pictures of this figure could not be unpacked; please reload the page.";

  nn.Explorer = class {
    #url = null;
    #shown = null; // the picture that stands there
    #wanted = 0;

    constructor(figure) {
      this.figure = figure;
      this.id = figure.id;
      this.image = figure.querySelector("img.nn-frame");
      this.caption = figure.querySelector(".nn-caption > span");
      this.controls = [...figure.querySelectorAll("[data-stride]")].map((input) => new nn.Control(input));
      this.source = new nn.Frames(figure);
    }

    control(name) {
      return this.controls.find((control) => control.name === name);
    }

    // {bias: "0.5", gate: "AND"}: values as Python writes them.
    get setting() {
      return this.settingOf(this.places);
    }

    settingOf(places) {
      return Object.fromEntries(this.controls.map(({ name, values }) => [name, values[places[name]]]));
    }

    // {bias: 2, gate: 0}: the places of the controls.
    get places() {
      return Object.fromEntries(this.controls.map((control) => [control.name, control.place]));
    }

    // "gate AND, bias b −0.5": as the controls say it.
    get inWords() {
      return this.controls.map((control) => `${control.label} ${control.texts[control.place]}`).join(", ");
    }

    get number() {
      return this.numberOf(this.places);
    }

    numberOf(places) {
      return this.controls.reduce((sum, { name, stride }) => sum + places[name] * stride, 0);
    }

    // Moves controls, shows their frame, and tells whoever listens by whom: "hand", "play", "link" ...
    move(places, by = "hand") {
      for (const [name, place] of Object.entries(places)) this.control(name).place = place;
      return this.show(by);
    }

    on(event, hear) {
      this.figure.addEventListener(`nn-${event}`, ({ detail }) => hear(detail));
    }

    #tell(event, detail) {
      this.figure.dispatchEvent(new CustomEvent(`nn-${event}`, { detail }));
    }

    // Show the frame of the controls as they stand.
    async show(by = "hand") {
      this.#tell("moved", by);
      const turn = ++this.#wanted;
      let frame;
      try {
        frame = await this.source.frame(this.number, this.setting);
      } catch {
        this.caption.textContent = nn.LOST;
        return;
      }
      if (turn !== this.#wanted) return; // the reader has moved on
      this.frame = frame;
      if (frame.picture !== this.#shown) {
        const old = this.#url;
        this.#url = URL.createObjectURL(new Blob([frame.svg], { type: "image/svg+xml" }));
        this.image.src = this.#url;
        if (old) URL.revokeObjectURL(old);
        this.#shown = frame.picture;
      }
      if (this.caption.textContent !== frame.caption) this.caption.textContent = frame.caption; // read out once
      this.#tell("shown", frame);
    }
  };
})();
