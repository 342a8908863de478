// Brings the book's explorers to life: <figure class="nn-explorer"> as nnlib/explore/static.py writes it.
// Every frame was drawn when the book was built and lies packed in the page; nothing is fetched, nothing is computed.
(() => {
  "use strict";

  const PIXELS_A_STEP = 60; // wheel travel for one step of a control; a mouse's notch is about 100
  const GESTURE_MS = 250; // wheel events closer together than this are one movement of the hand
  const PLAY_MS = 6000; // what a control that plays takes from its first value to its last ...
  const FRAME_MS = [100, 800]; // ... if that leaves each frame at least and at most so long

  // {lines, pictures, frames, captions}: see nnlib/explore/pack.py
  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  function svgOf(pack, picture) {
    let line = 0;
    return pack.pictures[picture].map((step) => pack.lines[(line += step)]).join("\n");
  }

  // One way to read and move every kind of control: the place of its value in its list of values.
  function placesOf(input) {
    if (input.type !== "checkbox") {
      const last = input.type === "range" ? Number(input.max) : input.options.length - 1;
      return { last, get: () => Number(input.value), set: (place) => (input.value = String(place)) };
    }
    return { last: 1, get: () => Number(input.checked), set: (place) => (input.checked = Boolean(place)) };
  }

  function enhance(figure) {
    const image = figure.querySelector("img.nn-frame");
    const caption = figure.querySelector(".nn-caption > span");
    const controls = [...figure.querySelectorAll("[data-stride]")].map((input) => ({
      input,
      stride: Number(input.dataset.stride),
      ...placesOf(input),
    }));

    let packed = null;
    const frames = () => (packed ??= unpack(figure.querySelector("script.nn-frames").textContent));
    let url = null;
    let shown = null;
    let wanted = 0;

    async function redraw() {
      const turn = ++wanted;
      let pack;
      try {
        pack = await frames();
      } catch {
        caption.textContent = "The pictures of this figure could not be unpacked; please reload the page.";
        return;
      }
      if (turn !== wanted) return; // the reader has moved on
      const frame = controls.reduce((sum, control) => sum + control.get() * control.stride, 0);
      const picture = pack.frames[frame];
      if (picture !== shown) {
        const old = url;
        url = URL.createObjectURL(new Blob([svgOf(pack, picture)], { type: "image/svg+xml" }));
        image.src = url;
        if (old) URL.revokeObjectURL(old);
        shown = picture;
      }
      caption.textContent = pack.captions[frame];
    }

    function label(control) {
      control.moved = true;
      if (control.input.type !== "range") return;
      const text = control.input.dataset.texts.split("|")[control.get()];
      control.input.setAttribute("aria-valuetext", text);
      control.input.closest(".nn-range").style.setProperty("--at", control.get());
      control.input.closest(".nn-control").querySelector("output").textContent = text;
    }

    function step(control, by) {
      const place = control.get() + by;
      if (place < 0 || place > control.last) return;
      control.set(place);
      label(control);
      redraw();
    }

    // A control that counts can play. Whatever else the reader does stops it.
    let playing = null;

    function stop() {
      if (!playing) return;
      clearInterval(playing.timer);
      name(playing.button, "play");
      playing = null;
    }

    function play(control, button) {
      const [least, most] = FRAME_MS;
      const next = () => {
        if (control.get() >= control.last - 1) stop(); // before the last frame, whose caption is read out
        step(control, 1);
      };
      const place = control.get();
      if (place === control.last || (place && !control.moved)) step(control, -place); // from the start
      else next();
      if (control.get() === control.last) return;
      const timer = setInterval(next, Math.min(most, Math.max(least, PLAY_MS / control.last)));
      playing = { button, timer };
      name(button, "pause");
    }

    function name(button, action) {
      button.title = `${action} ${button.dataset.of}`;
      button.setAttribute("aria-label", button.title);
      button.classList.toggle("nn-playing", action === "pause");
      caption.parentElement.setAttribute("aria-live", action === "pause" ? "off" : "polite");
    }

    function move(control, by) {
      stop();
      step(control, by);
    }

    for (const control of controls) {
      const { input } = control;
      input.addEventListener("input", () => {
        stop();
        label(control);
        redraw();
      });
      onWheel(input.type === "checkbox" ? input.closest(".nn-control") : input, (by) => move(control, by));
      if (input.type === "checkbox") {
        // A switch is a slider with two stops: the arrow keys move it too.
        input.addEventListener("keydown", (event) => {
          const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
          if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
          event.preventDefault();
          move(control, by);
        });
      }
      for (const button of input.closest(".nn-control").querySelectorAll("button.nn-step")) {
        button.addEventListener("click", () => move(control, Number(button.dataset.by)));
      }
      const button = input.closest(".nn-control").querySelector("button.nn-play");
      button?.addEventListener("click", () => {
        const pause = playing?.button === button;
        stop();
        if (!pause) play(control, button);
      });
    }

    // Unpack when the reader comes near, so that the first move is as quick as the others.
    for (const near of ["pointerenter", "focusin"]) {
      figure.addEventListener(near, () => frames().catch(() => {}), { once: true });
    }
    figure.querySelector("fieldset.nn-controls").disabled = false;
    figure.classList.add("nn-ready");
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

  function start() {
    const figures = document.querySelectorAll("figure.nn-explorer");
    if (typeof DecompressionStream === "undefined") {
      for (const figure of figures) {
        const note = document.createElement("p");
        note.textContent = "The controls of this figure need a browser from 2023 or later.";
        figure.querySelector(".nn-caption").before(note);
      }
      return;
    }
    figures.forEach(enhance);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
