// Hands on the thing itself: where a picture says that something can be held, dragging it moves its controls, from one
// drawn stop to the next. The keyboard has the controls.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const SLOP = 8; // pixels that a finger moves before it is sure to mean the handle and not the page

  // <metadata>w1,w2*:120,88 prediction:96,140</metadata>: see nnlib/explore/handles.py
  nn.handlesIn = (svg) => {
    const [, words] = svg.match(/<metadata>([^<]*)<\/metadata>/) ?? [];
    return (words?.split(" ") ?? []).map((word) => {
      const [, names, free, x, y] = word.match(/^([^*:]*)(\*?):(-?\d+),(-?\d+)$/);
      return { names: names.split(","), free: Boolean(free), x: Number(x), y: Number(y) };
    });
  };

  nn.parts.push((explorer) => {
    const { figure, image } = explorer;
    const svg = decodeURIComponent(image.getAttribute("src"));
    let [wide, high, held] = [0, 0, nn.handlesIn(svg)]; // the picture's size in CSS pixels, and what can be held
    const usable = [];
    const dots = held.map(({ names, free }) => {
      const dot = document.createElement("span");
      const controls = names.map((name) => explorer.control(name)).filter(Boolean);
      dot.className = `nn-handle${free ? " nn-handle-free" : ""}`;
      dot.title = `Drag to move ${controls.map(({ label }) => label).join(" and ")}`;
      dot.setAttribute("aria-hidden", "true");
      dot.hidden = true;
      usable.push(controls.length > 0 && figure.querySelector("script.nn-frames") !== null);
      return dot;
    });
    if (!dots.length) return;

    // The picture within its image, which may be wider or higher: its left and top in the figure, and its scale.
    function stands() {
      const look = getComputedStyle(image);
      const [left, right, top, bottom] = ["Left", "Right", "Top", "Bottom"].map((side) => parseFloat(look[`padding${side}`]));
      const [w, h] = [image.offsetWidth - left - right, image.offsetHeight - top - bottom];
      const scale = Math.min(w / wide, h / high);
      return {
        x: image.offsetLeft + left + (w - wide * scale) / 2,
        y: image.offsetTop + top + (h - high * scale) / 2,
        scale,
      };
    }

    const within = (at, most) => Math.min(Math.max(at, 0), most);

    function place() {
      const { x, y, scale } = stands();
      dots.forEach((dot, number) => {
        const at = held[number]; // out of sight: at the picture's edge
        dot.style.left = `${x + within(at.x, wide) * scale}px`;
        dot.style.top = `${y + within(at.y, high) * scale}px`;
      });
    }

    // Each setting of a handle's controls that is drawn, the others as they are, and where the handle stands then.
    async function stopsOf(number) {
      let settings = [{}];
      for (const name of held[number].names) {
        const control = explorer.control(name);
        if (control) settings = settings.flatMap((one) => control.values.map((_, place) => ({ ...one, [name]: place })));
      }
      const now = explorer.places;
      return Promise.all(
        settings.map(async (places) => {
          const all = { ...now, ...places };
          const frame = await explorer.source.frame(explorer.numberOf(all), explorer.settingOf(all));
          return { places, ...nn.handlesIn(frame.svg)[number] };
        }),
      );
    }

    function nearest(stops, x, y, free) {
      const now = explorer.places;
      const far = ({ x: a, y: b }) => (free ? Math.hypot(a - x, b - y) : Math.abs(a - x));
      const moved = ({ places }) => Object.keys(places).filter((name) => places[name] !== now[name]).length;
      return stops.toSorted((a, b) => far(a) - far(b) || moved(a) - moved(b))[0].places;
    }

    // Where one control goes freely: the nearest point on the way from stop to stop.
    function along(stops, x, y, free) {
      const names = Object.keys(stops[0].places);
      if (names.length > 1 || !explorer.control(names[0]).free) return null;
      let [best, place] = [Infinity, 0];
      for (let number = 0; number < stops.length - 1; number++) {
        const [a, b] = [stops[number], stops[number + 1]];
        const [dx, dy] = [b.x - a.x, free ? b.y - a.y : 0];
        const part = within(((x - a.x) * dx + (free ? (y - a.y) * dy : 0)) / (dx * dx + dy * dy || 1), 1);
        const far = Math.hypot(a.x + part * dx - x, free ? a.y + part * dy - y : 0);
        if (far < best) [best, place] = [far, number + part];
      }
      return { [names[0]]: place };
    }

    // Of handles that lie on each other, the one whose middle is nearest.
    function closest(event) {
      const far = dots.map((dot) => {
        const box = dot.getBoundingClientRect();
        return dot.hidden ? Infinity : Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
      });
      return far.indexOf(Math.min(...far));
    }

    let drag = null;

    function pointed(event) {
      const { x, y, scale } = stands();
      const box = figure.getBoundingClientRect();
      return [event.clientX - box.left - figure.clientLeft, event.clientY - box.top - figure.clientTop].map(
        (at, side) => (at - [x, y][side]) / scale,
      );
    }

    function start(event) {
      if (event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      const number = closest(event);
      const [x, y] = pointed(event);
      const { free } = held[number];
      const sure = free || event.pointerType !== "touch";
      drag = { number, free, sure, from: [event.clientX, event.clientY], stops: null, at: [x, y] };
      drag.off = [within(held[number].x, wide) - x, within(held[number].y, high) - y]; // from where it was taken
      dots[number].classList.add("nn-dragged");
      event.target.setPointerCapture(event.pointerId);
      const mine = drag;
      stopsOf(number).then(
        (stops) => {
          mine.stops = stops;
          if (mine.moved) move(mine);
        },
        () => explorer.say(nn.LOST),
      );
      explorer.control(held[number].names[0])?.input.focus({ preventScroll: true });
    }

    function moving(event) {
      if (!drag) return;
      if (!drag.sure) {
        const [across, along] = [event.clientX - drag.from[0], event.clientY - drag.from[1]].map(Math.abs);
        if (along > SLOP && along >= across) return end();
        if (across <= SLOP) return;
        drag.sure = true;
      }
      drag.moved = true;
      drag.at = pointed(event);
      move(drag);
    }

    function move({ stops, at, off, free }) {
      if (!stops) return; // still unpacked: then
      const [x, y] = at.map((each, side) => each + off[side]);
      const places = along(stops, x, y, free) ?? nearest(stops, x, y, free);
      const now = explorer.places;
      if (Object.keys(places).some((name) => places[name] !== now[name])) explorer.set(places);
    }

    function end() {
      for (const dot of dots) dot.classList.remove("nn-dragged");
      drag = null;
    }

    for (const dot of dots) {
      dot.addEventListener("pointerdown", start);
      dot.addEventListener("pointermove", moving);
      for (const over of ["pointerup", "pointercancel", "lostpointercapture"]) dot.addEventListener(over, end);
    }
    // The focus of a control is seen at its handle, too.
    figure.addEventListener("focusin", ({ target }) => mark(target));
    figure.addEventListener("focusout", () => mark(null));
    function mark(target) {
      dots.forEach((dot, number) => {
        dot.classList.toggle("nn-chosen", held[number].names.some((name) => explorer.control(name)?.input === target));
      });
    }

    function hold({ svg }) {
      [wide, high] = nn.sizeOf(svg).map((points) => points * nn.PIXELS_A_POINT);
      held = nn.handlesIn(svg);
      dots.forEach((dot, number) => (dot.hidden = !usable[number]));
      place();
    }

    explorer.on("shown", hold);
    nn.phone.addEventListener("change", () => explorer.frame ?? explorer.refresh());
    (image.closest("picture") ?? image).after(...dots);
    if (!nn.phone.matches) hold({ svg }); // else another picture stands there: see start.js
    new ResizeObserver(place).observe(image);
    new ResizeObserver(place).observe(figure);
  });
})();
