// The neuron that is chosen: its equation with the numbers of this moment, and its weights and bias to change.
(() => {
  "use strict";

  const { make, button, named, lowered, fixed } = globalThis.nnplay;

  function neuron(live) {
    const panel = make("section", { class: "nl-neuron-panel", hidden: true, "aria-label": "the chosen neuron" });
    let made = "", fields = [], title, equation, here;

    function build(l, j) {
      const { net } = live.model, m = net.sizes[l - 1];
      [title, equation, here] = [make("strong"), make("p", { class: "nl-equation" }), make("p")];
      const close = button("×", "close", () => live.choose(l, j), "nl-square nl-close");
      const weights = Array.from({ length: m }, (_, i) => field(`w${lowered(i + 1)}`, `weight of ${source(l, i)}`, net.W[l], j * m + i));
      fields = [...weights, field("b", "bias", net.b[l], j)];
      panel.replaceChildren(make("div", { class: "nl-row" }, title, close), equation, here, make("div", { class: "nl-weights" }, ...fields.map((each) => each.label)));
    }

    function field(sign, name, array, k) {
      const input = make("input", { type: "number", step: "0.1", "aria-label": name, oninput: () => {
        const value = input.valueAsNumber;
        input.setAttribute("aria-invalid", String(!(Math.abs(value) <= 1e6)));
        if (!(Math.abs(value) <= 1e6)) return;
        array[k] = value;
        live.edited("weights");
      } });
      return { input, value: () => array[k], label: make("label", {}, make("span", {}, sign), input) };
    }

    const source = (l, i) => (l === 1 ? `x${lowered(i + 1)}` : `a${lowered(i + 1)}`);

    live.paints.push(() => {
      const { model, stage } = live, { net } = model, chosen = stage.chosen?.[0] ? stage.chosen : null;
      panel.hidden = !chosen;
      if (!chosen) return (made = "");
      const [l, j] = chosen, key = [l, j, ...net.sizes].join();
      if (made !== key || fields[0].net !== net) build(l, j);
      [made, fields[0].net] = [key, net];
      const m = net.sizes[l - 1], last = l === net.L, name = last ? `output${net.sizes[l] > 1 ? ` ${j + 1}` : ""}` : `neuron ${j + 1} of layer ${l}`;
      for (const { input, value } of fields) if (input !== document.activeElement) input.value = value().toFixed(3);
      const terms = Array.from({ length: m }, (_, i) => `${fixed(net.W[l][j * m + i])} ${source(l, i)}`);
      const f = net.names[l] === "softmax" ? "the share of e^z" : `${named(net.names[l])}(z)`;
      title.textContent = name + (model.dead[l][j] ? ": dead, 0 at every point it learns from, so nothing changes its weights" : "");
      equation.textContent = `z = ${[...terms, fixed(net.b[l][j])].join(" + ").replaceAll("+ −", "− ")},  a = ${f}`;
      const p = stage.spot && model.at(stage.spot);
      here.textContent = p ? `At (${stage.spot.map((x) => fixed(x)).join(", ")}): z = ${fixed(p.Z[l][j])}, a = ${fixed(p.A[l][j])}` : "Point at the map to put numbers in.";
    });
    return panel;
  }

  Object.assign(globalThis.nnplay, { neuron });
})();
