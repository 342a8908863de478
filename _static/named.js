// What others' scripts leave without a name, or in the way: the buttons that open a solution, and those that copy code.
(() => {
  "use strict";

  const SHOWS = "button.toggle-button";
  const COPIES = "button.copybtn";

  // "Click to show: Solution to Exercise 1.1", as it is seen.
  function name(button) {
    const title = button.closest(".admonition-title")?.textContent.replace(/\s+/g, " ").trim();
    button.setAttribute("aria-label", `${button.dataset.toggleHint}: ${title}`);
  }

  function named(button) {
    name(button);
    new MutationObserver(() => name(button)).observe(button, { attributeFilter: ["data-toggle-hint"] });
  }

  const copies = [];

  function passed(button) {
    button.type = "button";
    button.tabIndex = -1;
    button.setAttribute("aria-label", button.dataset.tooltip);
    button.addEventListener("click", () => setTimeout(() => {
      button.focus({ preventScroll: true }); // what copies had taken the focus, and is gone
      say(button.dataset.tooltip);
    }));
    copies.push(button);
  }

  // The Tab key goes past the buttons that copy, until the focus or the caret is in their code. In a cell that runs the
  // code's is then one step back from Run, and one on from an editor; and from there the result's can be reached.
  function reach() {
    const at = document.activeElement;
    const caret = getSelection().anchorNode;
    for (const button of copies) {
      const code = button.parentElement;
      const step = button.closest(".cell_input") || at.matches(COPIES);
      const near = code.contains(at) || code.contains(caret) || (step && button.closest("div.cell")?.contains(at));
      button.tabIndex = near ? 0 : -1;
    }
  }

  let status;

  // The button's own word, "Copied!", is a picture for those who do not see it.
  function say(words) {
    status.textContent = "";
    setTimeout(() => (status.textContent = words), 50);
  }

  function start() {
    status = document.createElement("p");
    status.className = "nn-aloud";
    status.setAttribute("role", "status");
    document.body.append(status);
    const met = new WeakSet();
    const meet = () => {
      for (const [kind, make] of [[SHOWS, named], [COPIES, passed]]) {
        for (const button of document.querySelectorAll(kind)) {
          if (!met.has(button)) make(button);
          met.add(button);
        }
      }
    };
    meet();
    document.addEventListener("focusin", reach);
    document.addEventListener("selectionchange", reach);
    addEventListener("load", () => { // the buttons come when their scripts are there
      meet();
      setTimeout(meet, 500);
    });
  }

  if (document.readyState === "complete") start();
  else addEventListener("DOMContentLoaded", start);
})();
