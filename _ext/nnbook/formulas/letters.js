// The formulas' letters, asked for before the style sheet names them: when they come late, tables jump.
(() => {
  "use strict";

  // A page opened from disk may not ask for them in this way; it has them at once.
  if (location.protocol === "file:") return;
  const link = document.createElement("link");
  link.href = document.currentScript.src.replace(/_static\/.*/, "_static/formulas/latinmodernmath.woff2");
  Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  document.head.append(link);
})();
