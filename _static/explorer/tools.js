// The row of tools below an explorer, and the line in which it says what a tool has done. One stop of the Tab key: the
// arrow keys go from tool to tool.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  // {word: "Reset", title: "...", order: 1, use: (explorer, button) => ..., fits: (explorer) => true}
  nn.tools = [];

  nn.Explorer.prototype.say = function (sentence) {
    if (this.note.textContent !== sentence) this.note.textContent = sentence;
  };

  // Of "Copy |link", a phone shows the second word.
  function worded(word) {
    const [first, second] = word.split("|");
    if (!second) return [word];
    const wide = document.createElement("span");
    wide.className = "nn-first";
    wide.textContent = first;
    return [wide, second];
  }

  nn.parts.push((explorer) => {
    const row = document.createElement("div");
    row.className = "nn-tools";
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-label", "Tools of this figure");
    explorer.note = document.createElement("p");
    explorer.note.className = "nn-note";
    explorer.note.setAttribute("role", "status");

    for (const tool of nn.tools.toSorted((a, b) => a.order - b.order)) {
      if (tool.fits && !tool.fits(explorer)) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = `nn-tool nn-tool-${tool.name}`;
      button.append(...worded(tool.word));
      button.title = tool.title;
      button.tabIndex = row.children.length ? -1 : 0;
      button.addEventListener("click", () => tool.use(explorer, button));
      tool.made?.(explorer, button);
      row.append(button);
    }

    row.addEventListener("keydown", (event) => {
      const buttons = [...row.children];
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      buttons.at(to % buttons.length).focus();
    });
    row.addEventListener("focusin", ({ target }) => {
      for (const button of row.children) button.tabIndex = button === target ? 0 : -1;
    });
    explorer.on("moved", (by) => by === "hand" && explorer.say(""));
    explorer.figure.append(row, explorer.note); // below, so that no tool moves away under the pointer
  });

  nn.tools.push({
    name: "reset",
    word: "Reset",
    title: "Show this figure as it was at first",
    order: 1,
    use: (explorer) => explorer.set(Object.fromEntries(explorer.controls.map((control) => [control.name, control.start]))),
  });
})();
