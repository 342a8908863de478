// The controls: native elements, each with its label, that change one setting and show it when it changes by itself.
(() => {
  "use strict";

  const { nnslider } = globalThis, { CONTROLS, LIMITS, make, button, grouped } = globalThis.nnplay;
  const THUMB = 16; // pixels: about as wide as a browser draws it

  function control(live, name) {
    if (name === "layers") return layers(live);
    return CONTROLS[name].slider ? slider(live, name) : menu(live, name);
  }

  function menu(live, name) {
    const { label, values, text } = CONTROLS[name], id = `${live.id}-${name}`;
    const select = make("select", { id, autocomplete: "off", onchange: () => live.change(name, values[select.value]) });
    live.syncs.push(() => offer(select, withOwn(values, live.settings[name]), text, live.settings[name]));
    return make("div", { class: "nl-control" }, make("label", { for: id }, label), select);
  }

  const withOwn = (values, value) => (values.includes(value) ? values : [...values, value].sort((a, b) => a - b));

  function offer(select, values, text, value) {
    if (select.length !== values.length) select.replaceChildren(...values.map((each, i) => make("option", { value: i }, text(each))));
    select.value = values.indexOf(value);
  }

  function slider(live, name) { // over its values; one that a preset or a link gives besides stands among them
    const { label, text } = CONTROLS[name], id = `${live.id}-${name}`, output = make("output", { for: id, "aria-live": "off" });
    let values = CONTROLS[name].values;
    const place = () => values.indexOf(live.settings[name]), to = (place) => live.change(name, values[place]);
    const input = make("input", { type: "range", id, min: 0, autocomplete: "off", oninput: () => to(input.value) });
    const reach = (next) => next !== place() && next in values && to(next);
    nnslider.slide(input, { move: (x) => reach(Math.round(x * (values.length - 1))), kept: place, thumb: () => THUMB });
    nnslider.onWheel(input, (by) => reach(place() + by));
    const whole = make("div", { class: "nl-control nl-slider" }, make("label", { for: id }, label), output, input);
    live.syncs.push(() => {
      values = withOwn(CONTROLS[name].values, live.settings[name]);
      input.max = values.length - 1;
      input.value = place();
      output.textContent = text(live.settings[name]);
      input.setAttribute("aria-valuetext", output.textContent);
      input.style.setProperty("--at", input.value / input.max);
      whole.hidden = name === "classes" ? live.settings.data !== "blobs" : ["points", "noise"].includes(name) && ["own", "gate"].includes(live.settings.data);
    });
    return whole;
  }

  function layers(live) {
    const output = make("output", { class: "nl-number" }), { label } = CONTROLS.layers;
    const by = (change) => () => live.change("layers", change(live.settings.layers));
    const less = button("−", "a hidden layer less", by((sizes) => sizes.slice(0, -1)), "nl-square");
    const more = button("+", "a hidden layer more", by((sizes) => [...sizes, sizes.at(-1) ?? 4]), "nl-square");
    live.syncs.push(() => {
      const { length } = live.settings.layers;
      output.textContent = length;
      [less.disabled, more.disabled] = [!length, length >= LIMITS.layers];
    });
    return make("div", { class: "nl-control", role: "group", "aria-label": label }, make("span", {}, label), make("div", { class: "nl-row" }, less, output, more));
  }

  function transport(live) {
    const play = make("button", { type: "button", class: "nl-play", onclick: () => (live.playing ? live.pause() : live.play()) }, make("i", { "aria-hidden": "true" }), make("span"));
    const again = button("restart", "from the same first weights", () => live.restart());
    const other = button("other start", "other random first weights", () => live.other());
    const step = button("step", "train on one batch", () => live.step());
    const epoch = button("epoch", "train for one epoch", () => live.epoch());
    const count = make("output", { class: "nl-count", "aria-live": "off" }, make("span"), make("small"));
    const speed = menu(live, "speed");
    speed.classList.add("nl-speed");
    live.paints.push(() => {
      const { model } = live;
      play.lastChild.textContent = live.playing ? "Pause" : "Play";
      play.classList.toggle("nl-playing", live.playing);
      for (const each of [play, step, epoch]) each.disabled = !model.trainable;
      count.firstChild.textContent = `epoch ${grouped(model.epoch)}`;
      count.lastChild.textContent = model.middle ? `batch ${Math.ceil(model.training.at / model.training.size)} of ${model.batches}` : "";
    });
    return make("div", { class: "nl-bar" }, play, speed, step, epoch, again, other, count);
  }

  // The buttons over the stage: a neuron each, to be chosen, and a neuron less or more below each hidden layer.
  function overlay(live) {
    const { stage, settings } = live, { columns, box, gap, top, high, stacked } = stage.place, { layers } = settings;
    const focus = live.overlay.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const parts = [];
    columns.forEach((column, l) => column.forEach(([x, y], j) => {
      const at = `${l},${j}`, last = l === columns.length - 1;
      const what = !l ? `input x${j + 1}` : last ? `output${column.length > 1 ? ` ${j + 1}` : ""}` : `neuron ${j + 1} of layer ${l}`;
      const dead = live.model.dead[l][j] ? ", dead" : "";
      parts.push(placed(make("button", {
        type: "button", class: "nl-neuron", "data-at": at, tabindex: -1, "aria-pressed": String(stage.chosen?.join() === at), "aria-label": `${what}${dead}`,
        onclick: () => live.choose(l, j), onpointerenter: () => live.point([l, j]), onpointerleave: () => live.point(null),
      }), x - box / 2, y - box / 2, box));
    }));
    if (settings.controls.includes("layers")) {
      layers.forEach((n, i) => {
        const to = (size) => () => live.change("layers", layers.with(i, size));
        const less = button("−", `layer ${i + 1}: a neuron less`, to(n - 1), "nl-small"), more = button("+", `layer ${i + 1}: a neuron more`, to(n + 1), "nl-small");
        [less.disabled, more.disabled, less.dataset.at, more.dataset.at] = [n <= 1, n >= LIMITS.neurons, `${i}−`, `${i}+`];
        const order = stacked ? [more, less] : [less, more];
        parts.push(placed(make("div", { class: `nl-size${stacked ? " nl-stacked" : ""}` }, ...order), columns[i + 1][0][0], top + high + 4));
      });
    }
    live.overlay.replaceChildren(...parts);
    live.overlay.style.setProperty("--nl-gap", `${gap - 2}px`);
    const neurons = [...live.overlay.querySelectorAll(".nl-neuron")];
    (neurons.find((each) => each.dataset.at === live.roving) ?? neurons[0]).tabIndex = 0;
    if (focus) [...parts.flatMap((part) => [part, ...part.children])].find((each) => each.dataset.at === focus)?.focus();
  }

  function placed(element, x, y, size) {
    Object.assign(element.style, { left: `${x}px`, top: `${y}px` }, size ? { width: `${size}px`, height: `${size}px` } : {});
    return element;
  }

  function rove(live, event) { // arrow keys go from neuron to neuron
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key], { at } = event.target.dataset;
    if (!by || !at?.includes(",")) return;
    event.preventDefault();
    const [l, j] = at.split(",").map(Number), { sizes, L } = live.model.net, layer = Math.max(0, Math.min(L, l + by[0]));
    live.roving = `${layer},${Math.max(0, Math.min(sizes[layer] - 1, j + by[1]))}`;
    for (const neuron of live.overlay.querySelectorAll(".nl-neuron")) {
      neuron.tabIndex = neuron.dataset.at === live.roving ? 0 : -1;
      if (!neuron.tabIndex) neuron.focus();
    }
  }

  Object.assign(globalThis.nnplay, { controls: { control, transport, overlay, rove } });
})();
