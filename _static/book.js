// What a page of the book does by itself.
(() => {
  "use strict";

  const SMALLEST = 0.7; // of its size, below which a formula is hard to read

  // What is folded has no width until the browser lays all of it out.
  const OPEN = ":not(details:not([open]) *, .admonition.toggle-hidden *)";

  const CODE = "pre, .cell_output > .output, .pst-scrollable-table-container";

  // A formula that is wider than the page is set smaller. What even then does not fit scrolls by itself, and the
  // keyboard must be able to reach it. (First all are read, then all are set: else each is laid out for itself.)
  function fit(formulas) {
    const widths = () => formulas.map(({ clientWidth, scrollWidth }) => clientWidth / scrollWidth);
    for (const formula of formulas) formula.style.fontSize = "";
    widths().forEach((fits, i) => { if (fits < 1) formulas[i].style.fontSize = `${Math.max(fits * 0.99, SMALLEST)}em`; });
    widths().forEach((fits, i) => {
      if (fits < 1) formulas[i].tabIndex = 0;
      else formulas[i].removeAttribute("tabindex");
    });
  }

  function makeReachable() {
    fit([...document.querySelectorAll(`div.math${OPEN}`)]);
    // The theme does so for code, but not for what was folded when the page came (_ext/nnbook/theme_script.py).
    const unfolded = document.querySelectorAll(`:is(details, .admonition.toggle) :is(${CODE})${OPEN}`);
    for (const code of [...unfolded].filter((code) => code.scrollWidth > code.clientWidth)) code.tabIndex = 0;
  }

  // A link to a folded section opens it; one to something inside is opened by the browser.
  function unfold() {
    let name;
    try {
      name = decodeURIComponent(location.hash.slice(1));
    } catch { // no address at all: a % that stands for nothing
      return;
    }
    const target = document.getElementById(name);
    const fold = target?.closest("section")?.querySelector(":scope > details.nn-fold");
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  }

  addEventListener("DOMContentLoaded", makeReachable);
  addEventListener("load", makeReachable); // in their own letters now
  addEventListener("resize", makeReachable);
  addEventListener("toggle", makeReachable, true);
  addEventListener("click", ({ target }) => target.closest?.(".admonition.toggle > .admonition-title") && makeReachable());
  addEventListener("DOMContentLoaded", unfold);
  addEventListener("hashchange", unfold);

  // Paper is light, whatever the screen is; what follows the theme, figures and formulas, follows here, too.
  let theme;
  addEventListener("beforeprint", () => {
    fit([...document.querySelectorAll("div.math")]); // on paper nothing is folded
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
  });
  addEventListener("afterprint", () => { document.documentElement.dataset.theme = theme; });
})();
