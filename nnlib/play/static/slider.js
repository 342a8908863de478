// A slider under a pointer and a wheel, of a network that trains or of an explorer (see _ext/nnbook/explorers.py): a
// finger that begins a swipe on it means the page, until it moves sideways.
(() => {
  "use strict";

  const SLOP = 8; // pixels that a finger may move and still mean a tap
  const PIXELS_A_STEP = 60; // wheel travel for one step of a control; a mouse's notch is about 100
  const GESTURE_MS = 250; // wheel events closer together than this are one movement of the hand

  // ``move`` gets where on the track the pointer is, from 0 to 1; ``kept`` is the value that the slider was given last.
  function slide(input, { move, kept, thumb }) {
    let down = null; // {x, y, sure}: the pointer on it; a finger is not sure at first
    let finger = false;

    const moved = (event) => {
      const box = input.getBoundingClientRect(), width = thumb();
      move(Math.min(Math.max((event.clientX - box.left - width / 2) / (box.width - width), 0), 1));
    };

    input.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      finger = event.pointerType === "touch";
      down = { x: event.clientX, y: event.clientY, sure: !finger };
      if (finger) return;
      input.setPointerCapture(event.pointerId);
      input.focus({ preventScroll: true });
      moved(event);
    });
    input.addEventListener("pointermove", (event) => {
      if (!down) return;
      if (!down.sure) {
        const [across, along] = [Math.abs(event.clientX - down.x), Math.abs(event.clientY - down.y)];
        if (along > SLOP && along >= across) down = null;
        if (!down || across <= SLOP) return;
        down.sure = true;
      }
      moved(event);
    });
    input.addEventListener("pointerup", (event) => {
      if (down) {
        moved(event); // a tap, or where the drag ends
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
        input.value = String(kept());
      }, { capture: true });
    }
  }

  // The wheel moves the control that has been chosen: up or right is more. Over any other it scrolls the page, since
  // whoever reads on does not mean to change what happens to lie under the pointer.
  function onWheel(target, step) {
    let travel = 0;
    let last = -Infinity;
    target.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || !target.contains(document.activeElement)) return; // with Ctrl it zooms
        event.preventDefault();
        const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
        const pixels = (sideways ? event.deltaX : -event.deltaY) * (event.deltaMode === 0 ? 1 : PIXELS_A_STEP);
        if (!pixels) return;
        const fresh = event.timeStamp - last > GESTURE_MS || Math.sign(pixels) !== Math.sign(travel || pixels);
        last = event.timeStamp;
        travel = fresh ? 0 : travel + pixels;
        if (fresh || Math.abs(travel) >= PIXELS_A_STEP) {
          step(Math.sign(pixels));
          travel = Math.sign(pixels) * Number.MIN_VALUE; // spent, but it still knows its direction
        }
      },
      { passive: false },
    );
  }

  globalThis.nnslider = { slide, onWheel };
})();
