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

  // The Tab key goes past the copy buttons of a cell that runs, until something in the cell has the focus: then that of
  // the code is one step back from Run, and one on from an editor; and from there that of the result can be reached.
  function passed(button) {
    const cell = button.closest("div.cell");
    button.type = "button";
    button.setAttribute("aria-label", button.dataset.tooltip);
    button.addEventListener("click", () => setTimeout(() => {
      button.focus({ preventScroll: true }); // what copies had taken the focus, and is gone
      say(button.dataset.tooltip);
    }));
    if (!cell?.querySelector(".nn-run")) return;
    button.tabIndex = -1;
    const code = Boolean(button.closest(".cell_input"));
    cell.addEventListener("focusin", ({ target }) => {
      if (code || target.matches(COPIES)) button.tabIndex = 0;
    });
    cell.addEventListener("focusout", ({ relatedTarget }) => {
      if (!cell.contains(relatedTarget)) button.tabIndex = -1;
    });
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
    addEventListener("load", () => { // the buttons come when their scripts are there
      meet();
      setTimeout(meet, 500);
    });
  }

  if (document.readyState === "complete") start();
  else addEventListener("DOMContentLoaded", start);
})();
