// Where the reader draws: by mouse, by finger, or by keys. A drawing is a list of strokes; see drawing.js.
(() => {
  "use strict";

  const { make, sheet, PEN, SIDE, INK_LEVELS } = globalThis.nnplay;
  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const NEAR = 0.01; // of the frame: a stroke's points need not be nearer
  const LIMITS = { strokes: 60, points: 3000 };
  const HELP = "Draw a digit here. By keys: arrow keys move the pen, with Shift in small steps; Space puts it on the paper and lifts it; Delete takes the last stroke back.";
  const within = (x) => Math.min(1, Math.max(0, x));
  const tidy = (x) => Math.round(1000 * within(x)) / 1000;

  function pad(live) {
    const canvas = make("canvas", { role: "img", "aria-hidden": "true" });
    const element = make("div", { class: "nl-pad", tabindex: "0", role: "application", "aria-label": HELP }, canvas);
    let stroke = null; // that is being drawn
    const pen = { at: null, down: false };

    const place = (event) => {
      const box = element.getBoundingClientRect();
      return [tidy((event.clientX - box.left) / box.width), tidy((event.clientY - box.top) / box.height)];
    };
    const begin = (at) => {
      if (live.row) live.strokes = [];
      live.row = null;
      if (live.strokes.length >= LIMITS.strokes) return live.say("That is a lot of strokes: clear the drawing.");
      live.strokes.push((stroke = [at]));
      live.drawing();
    };
    const go = (at) => {
      const last = stroke.at(-1);
      if (Math.hypot(at[0] - last[0], at[1] - last[1]) < NEAR || live.strokes.flat().length >= LIMITS.points) return;
      stroke.push(at);
      live.drawing();
    };
    const end = () => {
      if (!stroke) return;
      [stroke, pen.down] = [null, false];
      live.drawn();
    };

    element.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      element.setPointerCapture(event.pointerId);
      pen.at = null;
      begin(place(event));
    });
    element.addEventListener("pointermove", (event) => {
      if (stroke && !pen.down) for (const each of event.getCoalescedEvents?.() ?? [event]) go(place(each));
    });
    for (const name of ["pointerup", "pointercancel", "blur"]) element.addEventListener(name, () => {
      if (name === "blur") pen.at = null;
      end();
      live.paint();
    });
    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const by = KEYS[event.key], { key } = event;
      pen.at ??= [0.5, 0.2];
      if (by) {
        pen.at = pen.at.map((x, i) => tidy(x + by[i] * (event.shiftKey ? 0.02 : 0.08)));
        if (pen.down) go(pen.at);
      } else if (key === " " || key === "Enter") {
        if (pen.down) end();
        else [pen.down] = [true, begin(pen.at)];
      } else if (key === "Delete" || key === "Backspace") {
        end();
        live.takeBack();
      } else return;
      event.preventDefault();
      live.paint();
      const [x, y] = pen.at.map((part) => Math.round(100 * part));
      live.say(`pen ${pen.down ? "down" : "up"}, ${x} % across, ${y} % down${pen.down || !live.model.shown ? "" : `. ${live.reading}`}`);
    });

    live.paints.push(() => {
      const side = element.clientWidth || 200, g = sheet(canvas, side, side), { colours } = live;
      if (live.row) squares(g, live.row.pixels, side, colours.ink);
      g.strokeStyle = g.fillStyle = colours.ink;
      g.lineWidth = (PEN / SIDE) * side;
      g.lineCap = g.lineJoin = "round";
      for (const each of live.row ? [] : live.strokes) {
        g.beginPath();
        each.forEach(([x, y], i) => g[i ? "lineTo" : "moveTo"](side * x, side * y));
        if (each.length === 1) g.lineTo(side * each[0][0] + 0.01, side * each[0][1]);
        g.stroke();
      }
      if (!pen.at) return;
      g.beginPath();
      g.arc(side * pen.at[0], side * pen.at[1], 8, 0, 7);
      g.lineWidth = 2.5;
      g.strokeStyle = colours.accent;
      g.stroke();
    });
    return element;
  }

  function squares(g, pixels, side, colour) { // 8 × 8 of them, the more ink the darker
    const edge = (i) => Math.round((side / 8) * i);
    g.fillStyle = colour;
    pixels.forEach((ink, i) => {
      g.globalAlpha = ink / INK_LEVELS;
      const [x, y, right, low] = [i % 8, i >> 3, (i % 8) + 1, (i >> 3) + 1].map(edge);
      g.fillRect(x, y, right - x, low - y);
    });
    g.globalAlpha = 1;
  }

  Object.assign(globalThis.nnplay, { pad, squares, PAD: LIMITS });
})();
