// A slider under a pointer. Its stops stand where their values are, which no browser's own slider can do; and a finger
// that begins a swipe on it means the page, until it moves sideways.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const SLOP = 8; // pixels that a finger may move and still mean a tap

  nn.parts.push((explorer) => {
    for (const control of explorer.controls.filter(({ slides }) => slides)) {
      marked(control);
      held(explorer, control);
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

  function held(explorer, control) {
    const { input } = control;
    let down = null; // {x, y, sure}: the pointer on it; a finger is not sure at first
    let finger = false;

    const move = (event) => {
      const box = input.getBoundingClientRect();
      const thumb = parseFloat(getComputedStyle(input.parentElement, "::after").width);
      const x = (event.clientX - box.left - thumb / 2) / (box.width - thumb);
      const place = control.free ? between(control.at, x) : nearest(control.at, x);
      if (place !== control.place) explorer.set({ [control.name]: place });
    };

    input.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      finger = event.pointerType === "touch";
      down = { x: event.clientX, y: event.clientY, sure: !finger };
      if (finger) return;
      input.setPointerCapture(event.pointerId);
      input.focus({ preventScroll: true });
      move(event);
    });
    input.addEventListener("pointermove", (event) => {
      if (!down) return;
      if (!down.sure) {
        const [across, along] = [Math.abs(event.clientX - down.x), Math.abs(event.clientY - down.y)];
        if (along > SLOP && along >= across) down = null;
        if (!down || across <= SLOP) return;
        down.sure = true;
      }
      move(event);
    });
    input.addEventListener("pointerup", (event) => {
      if (down) {
        move(event); // a tap, or where the drag ends
        input.focus({ preventScroll: true });
      }
      down = null;
    });
    for (const end of ["pointercancel", "lostpointercapture"]) input.addEventListener(end, () => (down = null));

    // What the browser's own slider makes of a mouse, and of a finger that has just touched it, is no value.
    input.addEventListener("mousedown", (event) => event.button === 0 && event.preventDefault());
    for (const end of ["touchend", "touchcancel"]) {
      input.addEventListener(end, () => setTimeout(() => (finger = false)), { passive: true });
    }
    for (const kind of ["input", "change"]) {
      input.addEventListener(kind, (event) => {
        if (!finger || !event.isTrusted) return;
        event.stopImmediatePropagation();
        input.value = String(control.kept);
      });
    }
  }

  // Where x is, in stops: 2.5 is halfway from the third to the fourth.
  function between(places, x) {
    const within = Math.min(Math.max(x, 0), 1);
    const below = Math.max(0, places.findLastIndex((place, number) => place <= within && number < places.length - 1));
    return below + (within - places[below]) / (places[below + 1] - places[below]);
  }

  function nearest(places, x) {
    const far = places.map((place) => Math.abs(place - x));
    return far.indexOf(Math.min(...far));
  }
})();
