// A control that counts can play, from its first value to its last. Whatever else the reader does stops it.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const PLAY_MS = 6000; // what a control that plays takes from its first value to its last ...
  const FRAME_MS = [100, 800]; // ... if that leaves each frame at least and at most so long
  const CALM_MS = 500; // with reduced motion it steps: two pictures a second, and as many left out as that takes
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  nn.parts.push((explorer) => {
    let playing = null;

    function stop() {
      if (!playing) return;
      clearInterval(playing.timer);
      name(playing.button, "play");
      playing = null;
    }

    function play(control, button) {
      const [least, most] = FRAME_MS;
      const by = calm.matches ? Math.ceil((control.last * CALM_MS) / PLAY_MS) : 1;
      const next = () => {
        const left = control.last - control.place;
        if (left <= by) stop(); // before the last frame, whose caption is read out
        explorer.move(control, Math.min(by, left), "play");
      };
      const place = control.place;
      if (place === control.last || (place && !control.moved)) explorer.move(control, -place, "play"); // from the start
      else next();
      if (control.place === control.last) return;
      const timer = setInterval(next, Math.min(most, Math.max(calm.matches ? CALM_MS : least, PLAY_MS / control.last)));
      playing = { button, timer };
      name(button, "pause");
    }

    function name(button, action) {
      button.title = `${action} ${button.dataset.of}`;
      button.setAttribute("aria-label", button.title);
      button.classList.toggle("nn-playing", action === "pause");
      explorer.caption.parentElement.setAttribute("aria-live", action === "pause" ? "off" : "polite");
    }

    explorer.on("moved", (by) => by !== "play" && stop());
    for (const control of explorer.controls) {
      const button = control.box.querySelector("button.nn-play");
      button?.addEventListener("click", () => {
        const pause = playing?.button === button;
        stop();
        if (!pause) play(control, button);
      });
    }
  });
})();
