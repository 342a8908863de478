// Light or dark, before the page is first drawn. The theme says "auto" until its own script has come.
(() => {
  "use strict";

  const { dataset } = document.documentElement;
  if (dataset.theme === "auto") dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})();
