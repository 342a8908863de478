// Where an explorer's pictures come from: every frame was drawn when the book was built, for a wide page and for a phone,
// and lies packed in the page, or in a file beside it.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  // Where the page shows the pictures that are drawn for a phone: see PHONE in nnlib/explore/static.py
  nn.phone = matchMedia("(width < 30rem) and (orientation: portrait)");

  // A file is a script, since a page that is opened from disk may ask for nothing else: see _ext/nnbook/frames.py
  function brought(address) {
    const script = document.createElement("script");
    script.src = address;
    return new Promise((done, failed) => {
      script.onload = () => done(nn.packs[address.match(/(\w+)\.js$/)[1]]);
      script.onerror = () => failed(new Error(address));
      document.head.append(script);
    }).finally(() => script.remove());
  }

  // {lines, pictures, frames, captions}: see nnlib/explore/pack.py
  async function unpacked(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  // The frames of one width. Each step is taken once, before or when it is first needed; what failed is tried again.
  class Pack {
    #done = {};

    constructor(element) {
      const { src, narrow } = element.dataset;
      this.narrow = narrow !== undefined;
      this.steps = {
        bring: async () => src && brought(src),
        open: async () => unpacked(src ? await this.to("bring") : element.textContent),
      };
    }

    to(step) {
      return (this.#done[step] ??= this.steps[step]().catch((error) => {
        delete this.#done[step];
        throw error;
      }));
    }
  }

  // What an explorer asks for a frame, by its number and its setting. Whoever can draw more takes this one's place.
  nn.Frames = class {
    #packs;

    constructor(figure) {
      this.#packs = [...figure.querySelectorAll("script.nn-frames")].map((element) => new Pack(element));
    }

    get #fitting() {
      return this.#packs.findLast(({ narrow }) => !narrow || nn.phone.matches);
    }

    // Bring the frames here: the reader is not far.
    async near() {
      await this.#fitting?.to("bring");
    }

    async ready() {
      await this.#fitting?.to("open");
    }

    async frame(number, _setting) {
      const pack = this.#fitting;
      const { lines, pictures, frames, captions } = await pack.to("open");
      const picture = frames[number];
      let line = 0;
      const svg = () => pictures[picture].map((step) => lines[(line += step)]).join("\n");
      return { picture: `${this.#packs.indexOf(pack)} ${picture}`, caption: captions[number], svg: svg() };
    }
  };
})();
