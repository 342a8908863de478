// What moves a control: its own input, the arrow keys, the buttons for a step, the wheel (see nnlib/play/static/slider.js).
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

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
      globalThis.nnslider.onWheel(input.type === "checkbox" ? box : input, step);
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
})();
