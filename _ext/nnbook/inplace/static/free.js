// An explorer whose frames Python draws: its sliders take any value, and a field takes the number itself.
// What lies between two stops is drawn by Python; the stops have their frames in the page. One frame is asked for at a
// time, and what the reader passed over meanwhile is not drawn.
import { label, make } from "./dom.js";

const STEP = "0.01"; // of a slider, in stops
const FACTOR = 1.9; // where values grow at least by this factor from stop to stop, so do those between them
const ARROWS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

const byFactor = (from, to) => from > 0 && to / from >= FACTOR;

export function valueAt(place, { values, whole }) {
  const below = Math.min(Math.floor(place), values.length - 2);
  const [from, to] = [Number(values[below]), Number(values[below + 1])];
  const part = place - below;
  const value = byFactor(from, to) ? from * (to / from) ** part : from + (to - from) * part;
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}

export function placeOf(value, { values }) {
  const rising = Number(values.at(-1)) > Number(values[0]);
  let below = 0;
  while (below < values.length - 2 && (rising ? value >= Number(values[below + 1]) : value <= Number(values[below + 1]))) below++;
  const [from, to] = [Number(values[below]), Number(values[below + 1])];
  const part = byFactor(from, to) && value > 0 ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return below + Math.min(1, Math.max(0, part));
}

// A number as JSON writes it for Python, to which 1 and 1.0 are not the same.
const written = (value, { whole }) => (Number.isInteger(value) && !whole ? value.toFixed(1) : String(value));

export class Free {
  #asked = false;
  #wanted = 0;
  #ended = false;

  // ``frame(values)`` asks Python, with the values as a JSON object's text.
  constructor(explorer, abouts, frame) {
    this.explorer = explorer;
    this.frame = frame;
    this.hasFrames = Boolean(explorer.figure.querySelector("script.nn-frames"));
    this.parts = new Map(explorer.controls.map((control, i) => [control, { about: abouts[i], exact: null }]));
    for (const [control, part] of this.parts) if (part.about.free && control.slides) this.#open(control, part);
    explorer.free = this;
    explorer.figure.classList.add("nn-free");
  }

  #open(control, part) {
    const { input } = control;
    const { about } = part;
    input.step = about.whole ? "any" : STEP;
    // The arrow keys go from stop to stop, as they always do.
    part.keys = (event) => {
      const by = ARROWS[event.key];
      if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.explorer.move(control, by);
    };
    input.addEventListener("keydown", part.keys);
    part.field = label(make("input", { type: "number", className: "nn-any", step: "any" }), `${about.label}, any value`);
    part.field.value = Number(this.#token(control, part));
    part.field.addEventListener("change", () => this.#type(control, part));
    part.output = input.closest(".nn-control").querySelector("output");
    part.output.hidden = true;
    part.output.after(part.field);
  }

  #type(control, part) {
    const value = Number(part.field.value);
    if (part.field.value.trim() === "" || !Number.isFinite(value)) return void (part.field.value = Number(this.#token(control, part)));
    this.explorer.stop();
    const exact = part.about.whole ? Math.round(value) : value;
    const stop = part.about.values.findIndex((token) => Number(token) === exact);
    control.set(stop >= 0 ? stop : placeOf(exact, part.about));
    part.exact = stop >= 0 ? null : exact;
    this.explorer.label(control);
    this.explorer.redraw();
  }

  #token(control, { about, exact }) {
    const place = control.place;
    if (exact !== null) return written(exact, about);
    if (Number.isInteger(place)) return about.values[place];
    return written(valueAt(place, about), about);
  }

  atStops() {
    return [...this.parts].every(([control, { exact }]) => exact === null && Number.isInteger(control.place));
  }

  values() {
    const pairs = [...this.parts].map(([control, part]) => `${JSON.stringify(part.about.name)}: ${this.#token(control, part)}`);
    return `{${pairs.join(", ")}}`;
  }

  // What the explorer asks: the words for a control's value, and whether the frame comes from here.
  text(control) {
    const part = this.parts.get(control);
    if (part.field) part.field.value = Number(this.#token(control, part));
    const stop = part.exact === null && Number.isInteger(control.place);
    return stop ? undefined : this.#token(control, part).replace("-", "\u2212");
  }

  leave(control) {
    this.parts.get(control).exact = null;
  }

  draws() {
    this.#wanted++;
    if (this.hasFrames && this.atStops()) return false;
    this.ask();
    return true;
  }

  async ask() {
    if (this.#asked) return;
    this.#asked = true;
    const { explorer } = this, { figure, caption } = explorer;
    figure.classList.add("nn-waiting");
    let turn;
    do {
      turn = this.#wanted;
      const frame = await this.frame(this.values());
      if (this.#ended || (this.hasFrames && this.atStops() && turn !== this.#wanted)) break; // a stop has its own frame
      if (frame.problem) caption.textContent = `This cannot be drawn; the picture is the one before. ${frame.problem}`;
      else explorer.show(null, () => frame.svg, frame.caption);
    } while (turn !== this.#wanted);
    figure.classList.remove("nn-waiting");
    this.#asked = false;
  }

  // Python is gone, or the cell is the book's again.
  end() {
    this.#ended = true;
    const { explorer } = this;
    explorer.free = null;
    explorer.figure.classList.remove("nn-free", "nn-waiting");
    for (const [control, part] of this.parts) {
      if (!part.field) continue;
      part.field.remove();
      part.output.hidden = false;
      control.input.removeEventListener("keydown", part.keys);
      control.input.step = "1";
      explorer.label(control);
    }
    if (this.hasFrames) explorer.redraw();
  }
}
