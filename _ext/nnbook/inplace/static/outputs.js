// What a cell prints and shows, in the place of its printed output.
import { attach } from "./explorers.js";
import { make } from "./dom.js";

const EXPLORER = "application/vnd.nnlib.explorer+json";

// The page's policy allows no styles that are written into HTML; set one by one they are.
function fill(box, html) {
  box.innerHTML = html.replaceAll(' style="', ' data-style="');
  for (const element of box.querySelectorAll("[data-style]")) {
    element.style.cssText = element.dataset.style;
    delete element.dataset.style;
  }
}

export class Output {
  #stream = null;
  #any = false;
  #turn = Promise.resolve(); // figures take a moment, and all stays in its order
  failed = null;

  constructor(cell, python) {
    this.cell = cell;
    this.python = python;
    this.parts = make("div", { className: "nn-output" });
    this.parts.setAttribute("translate", "no");
  }

  hear(kind, text) {
    const show = () => {
      if (kind === "stdout" || kind === "stderr") this.#text(kind, text);
      else if (kind === "display") return this.#bundle(JSON.parse(text));
      else if (kind === "checked") dispatchEvent(new CustomEvent("nn-code-checked", { detail: JSON.parse(text) })); // forms.js
      else if (kind === "error") this.error(JSON.parse(text));
    };
    // What cannot be shown must not keep the cells behind it waiting.
    this.#turn = this.#turn.then(show).catch((problem) => this.error({ text: `The page could not show this: ${problem.message}`, line: null, name: "page" }));
  }

  // The page stands still until there is something new.
  #first() {
    if (this.#any || !this.cell.seen) return;
    this.#any = true;
    this.cell.output.style.minHeight = `${this.cell.output.offsetHeight}px`;
    this.cell.output.replaceChildren(this.parts);
  }

  #text(kind, text) {
    this.#first();
    if (this.#stream?.dataset.kind !== kind) {
      this.#stream = make("pre");
      this.#stream.dataset.kind = kind;
      const look = kind === "stdout" ? "stream" : "stream stderr";
      this.parts.append(make("div", { className: `output ${look} highlight-myst-ansi notranslate` }, make("div", { className: "highlight" }, this.#stream)));
    }
    // A carriage return goes back to the line's beginning, as progress bars do.
    if (!text.includes("\r") && !this.#stream.dataset.turned) return void this.#stream.append(text);
    this.#stream.dataset.turned = "1";
    this.#stream.textContent = (this.#stream.textContent + text).replace(/\r\n/g, "\n").replace(/^.*\r(?=.)/gm, "");
  }

  async #bundle(data) {
    this.#stream = null;
    if (!this.cell.seen) return;
    if (data[EXPLORER]) return attach(this, data[EXPLORER], this.python);
    this.#first();
    const box = make("div", { className: "output" });
    if (data["text/html"]) {
      box.classList.add("text_html");
      fill(box, data["text/html"]); // nnlib's own figures alone: see nnbook_page/display.py
    } else if (data["image/svg+xml"]) {
      const image = make("img", { className: "nn-frame dark-light", alt: data["text/plain"] ?? "figure" });
      image.src = URL.createObjectURL(new Blob([data["image/svg+xml"]], { type: "image/svg+xml" }));
      image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
      box.append(image);
    } else {
      box.classList.add("text_plain");
      box.append(make("div", { className: "highlight-myst-ansi notranslate" }, make("div", { className: "highlight" }, make("pre", { textContent: `${data["text/plain"]}\n` }))));
    }
    this.parts.append(box);
  }

  // The figure that is printed there stays, its frames still at hand.
  keep() {
    this.#any = true;
    const { output, printed } = this.cell;
    if (printed.some((node) => !node.isConnected)) output.replaceChildren(...printed);
  }

  // Another figure, made of HTML that nnlib wrote.
  add(html) {
    this.#first();
    const box = make("div", { className: "output text_html" });
    fill(box, html);
    this.parts.append(box);
    return box.firstElementChild;
  }

  error(about) {
    this.#stream = null;
    this.failed = about;
    this.#first();
    const box = make("div", { className: "output traceback nn-error notranslate" });
    box.append(make("div", { className: "highlight" }, make("pre", { textContent: about.text })));
    this.parts.append(box);
    this.cell.wrong(about.line);
  }

  async end() {
    await this.#turn;
    if (!this.#any && this.cell.seen) this.cell.output.replaceChildren(); // it has nothing to say
    if (this.cell.seen) this.cell.output.style.minHeight = "";
    for (const pre of this.parts.querySelectorAll("pre")) if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0; // to be scrolled by keys
  }
}
