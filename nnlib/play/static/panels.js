// Below the network: curves with their legend, the folded settings, and the folded program.
(() => {
  "use strict";

  const { make, button, fixed, percent, named, keeping } = globalThis.nnplay;

  function curves(live) {
    const { panels } = live.preset, legend = make("p", { class: "nl-legend" }), parts = [];
    live.costs = make("canvas", { role: "img", "aria-label": "the cost after every epoch" });
    parts.push(make("div", { class: "nl-plot nl-wide", hidden: !panels.includes("cost") }, legend, live.costs));
    if (panels.includes("gradients")) {
      live.gradients = make("canvas", { role: "img" });
      parts.push(make("div", { class: "nl-plot" }, make("p", { class: "nl-legend" }, "size of the gradient"), live.gradients));
    }
    const row = (kind) => make("span", { class: `nl-key nl-${kind}` }, make("i", { "aria-hidden": "true" }), make("span"));
    const [learned, fresh, ghost] = ["learned", "fresh", "ghost"].map(row);
    const perceptron = live.preset.rule === "perceptron";
    legend.append(perceptron ? "mistakes in each epoch " : live.preset.against ? "points it learns from on the wrong side: " : "cost ", learned, fresh, ghost);
    live.paints.push(() => {
      const { now, newRows, trainable } = live.model, numbers = (cost, right) => `${fixed(cost, 3)}, ${percent(right)} right`;
      learned.lastChild.textContent = perceptron ? `${live.model.training?.made ?? 0} in all` : `learned from${trainable ? ` ${numbers(now.cost, now.right)}` : ""}`;
      fresh.lastChild.textContent = `new ${numbers(now.newCost, now.newRight)}`;
      ghost.lastChild.textContent = "the run before";
      const { rival, settings } = live.model, wrong = (name, { right }) => `${named(name)} ${percent(1 - right)}`;
      if (rival) {
        const [[name, other]] = Object.entries(settings.against);
        [learned.lastChild.textContent, fresh.lastChild.textContent] = [wrong(settings[name], now), wrong(other, rival.now)];
      }
      [fresh.hidden, ghost.hidden] = [!newRows.length, !live.ghost];
    });
    return make("div", { class: "nl-plots" }, ...parts);
  }

  const fold = (title, attributes, ...inside) => make("details", { class: "nl-fold", ...attributes }, make("summary", {}, title), ...inside);

  function settings(live, fields) {
    const id = `${live.id}-new`, show = make("input", { type: "checkbox", id, autocomplete: "off", onchange: () => {
      live.stage.showNew = show.checked;
      live.paint();
    } });
    fields.append(make("div", { class: "nl-control nl-check" }, show, make("label", { for: id }, "show the new points")));
    const link = button("copy a link to this", "a link to these settings and this moment", () => copy(live, link, () => keeping.link(live)));
    link.hidden = keeping.framed;
    const reset = button("all as at first", "forget all changes", () => live.reset());
    return fold("More settings", {}, fields, make("div", { class: "nl-row nl-foot" }, link, reset));
  }

  function program(live) {
    live.code = make("code");
    const write = () => (live.code.textContent = live.program), words = "With nnlib, this book's package: the same points, weights and batches, and so the same numbers.";
    const element = button("copy", "copy the program", () => copy(live, element, () => live.program));
    const whole = fold("The same in Python", { ontoggle: () => whole.open && write() },
      make("div", { class: "nl-row nl-foot" }, make("span", {}, words), element), make("pre", { tabindex: "0", "aria-label": "the program" }, live.code));
    return whole;
  }

  async function copy(live, element, text) { // what was copied, or a sentence that says why not
    const before = element.textContent;
    try {
      const copied = text();
      await navigator.clipboard.writeText(copied).catch(() => byHand(copied, element));
      element.textContent = "copied";
      setTimeout(() => (element.textContent = before), 1500);
    } catch (error) {
      live.note(error.message);
    }
  }

  function byHand(text, near) { // where there is no clipboard, as in pages opened from disk
    const area = make("textarea", { class: "nl-unseen" });
    area.value = text;
    near.after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    near.focus();
  }

  Object.assign(globalThis.nnplay, { panels: { curves, settings, program, fold } });
})();
