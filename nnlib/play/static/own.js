// The map as a place to point at, by mouse, finger or keys; and the reader's own points, put there or pasted as CSV.
(() => {
  "use strict";

  const { make, button, count, fixed, KINDS, LIMITS, ALL } = globalThis.nnplay;
  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const NEAR = 0.045; // of the map: so near, a click means the point that is there

  function map(live) {
    const help = "Map of the plane. Arrow keys move a pointer. With your own points, 1 to 4 put a point of that kind there, Enter the kind chosen, and Delete takes the nearest away.";
    const element = make("div", { class: "nl-map", tabindex: "0", role: "application", "aria-label": help });
    const { stage } = live, place = (event) => {
      const box = element.getBoundingClientRect(), [x, y, reach] = live.model.view;
      return [x + reach * ((2 * (event.clientX - box.left)) / box.width - 1), y - reach * ((2 * (event.clientY - box.top)) / box.height - 1)];
    };
    const spot = (at) => {
      stage.spot = at;
      live.paint();
    };
    element.addEventListener("pointermove", (event) => spot(place(event)));
    element.addEventListener("pointerleave", () => document.activeElement !== element && spot(null));
    element.addEventListener("blur", () => spot(null));
    element.addEventListener("click", (event) => put(live, place(event), live.kind));
    element.addEventListener("contextmenu", (event) => {
      if (live.settings.data !== "own") return;
      event.preventDefault();
      put(live, place(event), null);
    });
    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const by = KEYS[event.key], [x, y, reach] = live.model.view, { key } = event;
      stage.spot ??= [x, y];
      if (by) stage.spot = stage.spot.map((value, i) => Math.max([x, y][i] - reach, Math.min([x, y][i] + reach, value + (by[i] * reach) / (event.shiftKey ? 4 : 20))));
      else if (key === "Enter" || key === " ") put(live, stage.spot, live.kind);
      else if (["1", "2", "3", "4"].includes(key)) put(live, stage.spot, key - 1, true);
      else if (key === "Delete" || key === "Backspace") put(live, stage.spot, null);
      else return;
      event.preventDefault();
      live.paint();
      live.say(`(${stage.spot.map((value) => fixed(value, 1)).join(", ")}), ${count(live.model.rows.length, "point")}`);
    });
    return element;
  }

  function put(live, [x, y], kind, add = false) { // a point of a kind; or takes away what is there already
    if (live.settings.data !== "own") return;
    if (live.model.perceptron && kind > 1) return live.say("A perceptron says 0 or 1: two kinds of points.");
    const rows = [...live.settings.own], { view } = live.model, far = rows.map(([a, b]) => Math.hypot(a - x, b - y));
    const nearest = far.indexOf(Math.min(...far)), there = far[nearest] < NEAR * view[2];
    if (kind === null || (there && !add)) rows.splice(nearest, nearest < 0 ? 0 : 1);
    else if (rows.length < LIMITS.points) rows.push([+x.toFixed(2), +y.toFixed(2), kind]);
    else return live.say(`At most ${count(LIMITS.points, "point")}.`);
    live.replace(rows);
  }

  function read(text) { // CSV: x1, x2, class a line; a header may stand above. Rows, or a sentence that says what is wrong.
    const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    const rows = lines.map((line) => line.split(/\s*[,;\t]\s*|\s+/).map(Number));
    if (rows.length && rows[0].some(Number.isNaN) && rows.length > 1) [rows.shift(), lines.shift()];
    if (!rows.length) throw new RangeError("There are no points: write a line for each, as 0.5, 1.2, 1.");
    if (rows.length > LIMITS.points) throw new RangeError(`${count(rows.length, "line")}; at most ${count(LIMITS.points, "point")} are expected.`);
    const wrong = rows.findIndex((row) => row.length !== 3 || !row.every(Number.isFinite) || !(row[2] in KINDS));
    if (wrong >= 0) throw new RangeError(`“${lines[wrong].slice(0, 40)}” is no point: x₁, x₂ and a class from 0 to ${KINDS.length - 1} are expected.`);
    const most = Math.max(...rows.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]));
    const scale = most > LIMITS.reach || (most > 0 && most < 0.1) ? 3 / most : 1; // made to fit the map
    return { rows: rows.map(([x, y, label]) => [+(x * scale).toFixed(3), +(y * scale).toFixed(3), label]), scale };
  }

  function own(live) {
    const kinds = KINDS.map((kind, label) => make("button", { type: "button", class: `nl-button nl-kind nl-kind-${label}`, title: kind, "aria-label": kind, onclick: () => {
      live.kind = label;
      live.paint();
    } }, make("i", { "aria-hidden": "true" })));
    const text = make("textarea", { rows: 4, placeholder: "0.5, 1.2, 1", spellcheck: "false", "aria-label": "points as lines of x1, x2, class" });
    const said = make("p", { role: "status" });
    const take = button("take these points", "replace the points by these", () => {
      try {
        const { rows, scale } = read(text.value);
        live.replace(rows);
        said.textContent = `${count(rows.length, "point")}${scale === 1 ? "" : `, multiplied by ${+scale.toPrecision(2)} to fit the map`}.`;
      } catch (error) {
        said.textContent = error.message;
      }
    });
    const copy = button("write mine here", "the points as CSV", () => (text.value = live.settings.own.map((row) => row.join(", ")).join("\n")));
    const clear = button("remove all", "remove all points", () => live.replace([]));
    const whole = make("div", { class: "nl-own", hidden: true },
      make("div", { class: "nl-row", role: "group", "aria-label": "a click puts there" }, make("span", {}, "a click puts"), ...kinds, clear),
      make("details", {}, make("summary", {}, "Paste points"), make("p", {}, "A line a point: x₁, x₂ and its class, 0 to 3."), text, make("div", { class: "nl-row" }, take, copy), said));
    live.paints.push(() => {
      whole.hidden = live.settings.data !== "own";
      kinds.slice(2).forEach((kind) => (kind.hidden = live.model.perceptron));
      kinds.forEach((kind, label) => kind.setAttribute("aria-pressed", String(live.kind === label)));
    });
    return whole;
  }

  Object.assign(globalThis.nnplay, { map, own, readPoints: read, ALL });
})();
