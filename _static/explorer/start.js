// Brings the explorers of a page to life: a part after the other for each, then what the address asks for.
(() => {
  "use strict";
  const nn = globalThis.nnexplore;

  const OLD = "The controls of this figure need a browser from 2023 or later.";

  // On a phone nothing says that a hand is coming, and the picture that stands there cannot be read for its handles.
  async function bring(explorer) {
    await explorer.source.near();
    if (!nn.phone.matches) return;
    await explorer.image.decode().catch(() => {}); // it is there: what is on its way is not broken off
    if (!explorer.frame) await explorer.refresh();
  }

  // A screen ahead of the reader, frames are brought.
  const coming = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        coming.unobserve(target);
        bring(target.nnExplorer).catch(() => {}); // told when they are needed
      }
    },
    { rootMargin: "100% 0px" },
  );

  nn.explorers = [];

  function enhance(figure) {
    const explorer = new nn.Explorer(figure);
    nn.explorers.push(explorer);
    for (const part of nn.parts) part(explorer);
    coming.observe(figure);
    // Unpack when the reader's hand comes near, so that the first move is as quick as the others.
    for (const near of ["pointerenter", "focusin"]) {
      figure.addEventListener(near, () => explorer.source.ready().catch(() => {}), { once: true });
    }
    figure.querySelector("fieldset.nn-controls").disabled = false;
    figure.classList.add("nn-ready");
  }

  function start() {
    const figures = document.querySelectorAll("figure.nn-explorer");
    if (typeof DecompressionStream === "undefined") {
      for (const figure of figures) {
        const note = document.createElement("p");
        note.textContent = OLD;
        figure.querySelector(".nn-caption").before(note);
      }
      return;
    }
    figures.forEach(enhance);
    nn.restore?.(nn.explorers);
  }

  document.addEventListener("nn-new", ({ target }) => enhance(target)); // a figure that running Python has made

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
