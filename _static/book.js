// A formula that is wider than the page scrolls by itself: the keyboard must be able to reach it.
(() => {
  "use strict";

  function makeReachable() {
    for (const formula of document.querySelectorAll("mjx-container[display]")) {
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
      else formula.removeAttribute("tabindex");
    }
  }

  addEventListener("load", () => window.MathJax?.startup?.promise.then(makeReachable));
  addEventListener("resize", makeReachable);
})();
