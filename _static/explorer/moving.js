// What moves a control: its own input, the arrow keys, the buttons for a step, the wheel.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const PIXELS_A_STEP = 60; // wheel travel for one step of a control; a mouse's notch is about 100
  const GESTURE_MS = 250; // wheel events closer together than this are one movement of the hand
  const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

  nn.parts.push((explorer) => {
    for (const control of explorer.controls) {
      const { input, box } = control;
      const step = (by) => explorer.move(control, by);
      input.addEventListener("input", () => {
        explorer.free?.leave(control);
        explorer.label(control);
        explorer.redraw();
      });
      onWheel(input.type === "checkbox" ? box : input, step);
      if (input.type === "checkbox") {
        // A switch is a slider with two stops: the arrow keys move it too.
        input.addEventListener("keydown", (event) => {
          const by = KEYS[event.key];
          if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
          event.preventDefault();
          step(by);
        });
      }
      for (const button of box.querySelectorAll("button.nn-step")) {
        button.addEventListener("click", () => step(Number(button.dataset.by)));
      }
    }
  });

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
})();
