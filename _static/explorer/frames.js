// Where an explorer's pictures come from: every frame was drawn when the book was built and lies packed in the page.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  // {lines, pictures, frames, captions}: see nnlib/explore/pack.py
  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  // What an explorer asks for a frame, by its number and its setting. Whoever can draw more takes this one's place.
  nn.Frames = class {
    #script;
    #pack = null;

    constructor(figure) {
      this.#script = figure.querySelector("script.nn-frames");
    }

    // Unpacked once, before or when it is first needed.
    ready() {
      return (this.#pack ??= unpack(this.#script.textContent));
    }

    async frame(number, _setting) {
      const { lines, pictures, frames, captions } = await this.ready();
      const picture = frames[number];
      let line = 0;
      const svg = () => pictures[picture].map((step) => lines[(line += step)]).join("\n");
      return { picture, caption: captions[number], svg: svg() };
    }
  };
})();
