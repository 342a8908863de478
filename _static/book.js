// What a page of the book does by itself.
(() => {
  "use strict";

  const SMALLEST = 0.7; // of its size, below which a formula is hard to read

  // A formula that is wider than the page is set smaller. What even then does not fit scrolls by itself, and the
  // keyboard must be able to reach it.
  function makeReachable() {
    for (const formula of document.querySelectorAll("div.math")) {
      formula.style.fontSize = "";
      const fits = formula.clientWidth / formula.scrollWidth;
      if (fits < 1) formula.style.fontSize = `${Math.max(fits * 0.99, SMALLEST)}em`;
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
      else formula.removeAttribute("tabindex");
    }
    // The theme does so for code, but not for what was folded when the page came.
    for (const code of document.querySelectorAll("details[open] pre")) if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
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
  addEventListener("DOMContentLoaded", unfold);
  addEventListener("hashchange", unfold);

  // Paper is light, whatever the screen is; what follows the theme, figures and formulas, follows here, too.
  let theme;
  addEventListener("beforeprint", () => {
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
  });
  addEventListener("afterprint", () => { document.documentElement.dataset.theme = theme; });
})();
