// An explorer of the page: <figure class="nn-explorer"> as nnlib/explore/static.py writes it. Here is its setting, and
// what shows the frame of a setting; whatever a reader can do to it is a part of its own, in the files beside this one.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  nn.LOST = "The pictures of this figure could not be loaded: move a control to try again, or reload the page.";

  nn.PIXELS_A_POINT = 4 / 3;

  // What the picture shows, in words: see nnlib/explore/described.py
  const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
  nn.describedIn = (svg) => (svg.match(/<desc>([^<]*)<\/desc>/)?.[1] ?? "").replace(/&(?:amp|lt|gt);/g, (sign) => SIGNS[sign]);

  // Its width and height in points.
  nn.sizeOf = (svg) => svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/).slice(1).map(Number);

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
      // For a page that runs Python: there a slider also stands between its stops. {draws(), text(control), leave(control)}
      this.free = null;
      figure.nnExplorer = this;
      nn.phone.addEventListener("change", () => this.frame && this.refresh());
    }

    control(name) {
      return this.controls.find((control) => control.name === name);
    }

    // {bias: 2, gate: 0}: the places of the controls.
    get places() {
      return Object.fromEntries(this.controls.map((control) => [control.name, control.place]));
    }

    // {bias: "0.5", gate: "AND"}: values as Python writes them.
    get setting() {
      return Object.fromEntries(this.controls.map((control) => [control.name, this.#valueOf(control)]));
    }

    settingOf(places) {
      return Object.fromEntries(this.controls.map(({ name, values }) => [name, values[places[name]]]));
    }

    numberOf(places) {
      return this.controls.reduce((sum, { name, stride }) => sum + places[name] * stride, 0);
    }

    // "gate AND, bias b −0.5": as the controls say it.
    get inWords() {
      return this.controls.map((control) => `${control.label} ${this.#textOf(control)}`).join(", ");
    }

    #textOf(control) {
      return this.free?.text(control) ?? control.texts[Math.round(control.place)];
    }

    #valueOf(control) {
      return this.free?.text(control)?.replace("\u2212", "-") ?? control.values[Math.round(control.place)];
    }

    // Moves controls, shows their frame, and tells whoever listens by whom: "hand", "play", "link" ...
    set(places, by = "hand") {
      for (const [name, place] of Object.entries(places)) {
        const control = this.control(name);
        this.free?.leave(control);
        control.set(place);
        this.label(control);
      }
      return this.redraw(by);
    }

    // One step of a control; at its end it stays where it is, and from between two stops it goes to the next one.
    move(control, by, who = "hand") {
      const { place } = control;
      const to = Number.isInteger(place) ? place + by : by > 0 ? Math.ceil(place) : Math.floor(place);
      return this.set(to >= 0 && to <= control.last ? { [control.name]: to } : {}, who);
    }

    label(control) {
      control.tell(this.#textOf(control));
    }

    // What plays, stops.
    stop() {
      this.#tell("moved", "hand");
    }

    on(event, hear) {
      this.figure.addEventListener(`nn-${event}`, ({ detail }) => hear(detail));
    }

    #tell(event, detail) {
      this.figure.dispatchEvent(new CustomEvent(`nn-${event}`, { detail }));
    }

    // Show the frame of the controls as they stand.
    redraw(by = "hand") {
      this.#tell("moved", by);
      return this.refresh();
    }

    // The same, where nothing was moved: the page has another width.
    async refresh() {
      const turn = ++this.#wanted;
      if (this.free?.draws()) return;
      let frame;
      try {
        frame = await this.source.frame(this.numberOf(this.places), this.setting);
      } catch {
        this.caption.textContent = nn.LOST;
        return;
      }
      if (turn === this.#wanted) this.show(frame.picture, () => frame.svg, frame.caption); // else the reader has moved on
    }

    // ``picture`` tells pictures apart; null is unlike any other.
    show(picture, draw, caption) {
      const svg = draw();
      this.frame = { picture, svg, caption };
      if (picture === null || picture !== this.#shown) {
        const old = this.#url;
        this.#url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
        this.image.parentElement.querySelector("source")?.remove(); // the picture of a width, before any was moved
        this.image.src = this.#url;
        [this.image.width, this.image.height] = nn.sizeOf(svg).map((points) => Math.round(points * nn.PIXELS_A_POINT));
        this.image.alt = nn.describedIn(svg);
        if (old) URL.revokeObjectURL(old);
        this.#shown = picture;
      }
      if (this.caption.textContent !== caption) this.caption.textContent = caption; // read out once
      this.#tell("shown", this.frame);
    }

    // What stands there, also before anything was moved.
    async current() {
      return this.frame ?? this.source.frame(this.numberOf(this.places), this.setting);
    }
  };
})();
