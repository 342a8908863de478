// Where the browser keeps nothing (all of a site's data are refused) or nothing more, everything works all the same and
// lasts as long as the page: the theme's scripts take it for granted that there is a storage.
(() => {
  "use strict";

  class Forgetful {
    getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }
    setItem(key, value) { this[key] = `${value}`; }
    removeItem(key) { delete this[key]; }
  }

  for (const name of ["localStorage", "sessionStorage"]) {
    const forgetful = new Forgetful();
    try {
      Object.assign(forgetful, window[name]); // what is kept can still be read
      window[name].setItem("nnbook-kept", "");
      window[name].removeItem("nnbook-kept");
    } catch {
      Object.defineProperty(window, name, { value: forgetful });
    }
  }
})();
