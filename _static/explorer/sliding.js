// A slider under a pointer (see nnlib/play/static/slider.js): its stops stand where their values are, which no browser's
// own slider can do.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  nn.parts.push((explorer) => {
    for (const control of explorer.controls.filter(({ slides }) => slides)) {
      marked(control);
      globalThis.nnslider.slide(control.input, {
        move(x) {
          const place = control.free ? between(control.at, x) : nearest(control.at, x);
          if (place !== control.place) explorer.set({ [control.name]: place });
        },
        kept: () => control.kept,
        thumb: () => parseFloat(getComputedStyle(control.input.parentElement, "::after").width),
      });
    }
  });

  // A tick for each value: the slider stops at these and nowhere else.
  function marked({ input, at }) {
    const range = input.closest(".nn-range");
    if (!range.classList.contains("nn-ticks")) return;
    const tick = "linear-gradient(var(--nn-tick), var(--nn-tick))";
    const places = at.map((x) => `calc(var(--nn-thumb) / 2 - 1px + (100% + 2px - var(--nn-thumb)) * ${x}) 50%`);
    input.parentElement.style.background = places.map((place) => `${tick} ${place} / 2px 0.7rem no-repeat`).join(", ");
  }

  // Where x is, in stops: 2.5 is halfway from the third to the fourth.
  function between(places, x) {
    const below = Math.max(0, places.findLastIndex((place, number) => place <= x && number < places.length - 1));
    return below + (x - places[below]) / (places[below + 1] - places[below]);
  }

  function nearest(places, x) {
    const far = places.map((place) => Math.abs(place - x));
    return far.indexOf(Math.min(...far));
  }
})();
