// The theme's buttons that would call a script from their HTML, which the pages' policy does not allow.
(() => {
  "use strict";
  const DOES = { print: () => print(), "full-screen": () => toggleFullScreen() }; // the theme's own

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-press]");
    if (button) DOES[button.dataset.press]();
  });
})();
