// The controls of an explorer, each with one list of values. A control is moved by its place in that list, whatever
// kind it is.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  nn.Control = class {
    constructor(input) {
      const { name, values, texts, stride, at } = input.dataset;
      this.input = input;
      this.box = input.closest(".nn-control");
      this.name = name;
      this.values = values.split("|"); // as Python writes them
      this.texts = texts ? texts.split("|") : this.values; // as a reader sees them
      if (input.options) this.texts = [...input.options].map((option) => option.text);
      this.stride = Number(stride);
      this.last = this.values.length - 1;
      this.slides = input.type === "range";
      this.numbers = this.values.every((value) => value !== "" && !Number.isNaN(Number(value))); // or words
      this.at = at?.split(" ").map(Number); // where on its track each value stands, from 0 to 1
      this.start = this.place;
      this.kept = this.place; // where it was put last, whatever the input has taken for itself since
      this.moved = false;
    }

    get label() {
      return this.box.querySelector("label").firstChild.textContent;
    }

    get place() {
      return this.input.type === "checkbox" ? Number(this.input.checked) : Number(this.input.value);
    }

    set(place) {
      if (this.input.type === "checkbox") this.input.checked = Boolean(place);
      else this.input.value = String(place);
    }

    // Between its stops, too: where Python draws.
    get free() {
      return this.slides && this.input.step !== "1";
    }

    // What stands beside a slider and is read out with it.
    tell(text) {
      this.moved = true;
      this.kept = this.place;
      if (!this.slides) return;
      const below = Math.floor(this.place);
      const [from, to = from] = this.at.slice(below);
      this.input.setAttribute("aria-valuetext", text);
      this.input.parentElement.style.setProperty("--x", from + (to - from) * (this.place - below));
      this.box.querySelector("output").textContent = text;
    }

    // The place of a value that somebody wrote, or the nearest; null where there is nothing like it.
    placeOf(asked) {
      const exact = this.values.indexOf(asked);
      if (exact >= 0 || !this.numbers) return exact >= 0 ? exact : null;
      const number = asked.trim() === "" ? NaN : Number(asked.replace("−", "-").replace(",", "."));
      if (Number.isNaN(number)) return null;
      const far = this.values.map((value) => Math.abs(Number(value) - number));
      return far.indexOf(Math.min(...far));
    }
  };
})();
