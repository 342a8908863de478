// What a page of the book does by itself.
(() => {
  "use strict";

  // A formula that is wider than the page scrolls by itself: the keyboard must be able to reach it.
  function makeReachable() {
    for (const formula of document.querySelectorAll("mjx-container[display]")) {
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
      else formula.removeAttribute("tabindex");
    }
  }

  // A link to a folded section opens it; one to something inside is opened by the browser.
  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target?.closest("section")?.querySelector(":scope > details.nn-fold");
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  }

  addEventListener("load", () => window.MathJax?.startup?.promise.then(makeReachable));
  addEventListener("resize", makeReachable);
  addEventListener("toggle", makeReachable, true);
  addEventListener("DOMContentLoaded", unfold);
  addEventListener("hashchange", unfold);
})();
