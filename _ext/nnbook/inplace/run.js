// "Run" on every cell. What runs it, an editor and Python, is loaded only when it is pressed: _ext/nnbook/inplace.
// A classic script: from disk, a browser blocks a module without a word.
(() => {
  "use strict";

  const { dataset, src } = document.currentScript;
  const home = new URL(dataset.inplace, new URL("../", src));
  const WITHOUT = {
    disk: "From disk, a browser runs no Python: open the book's website, or make book.",
    wasm: "This browser runs no WebAssembly (a strict mode switches it off), and so no Python.",
  };
  let page = null;

  function say(cell, sentence) {
    let note = cell.querySelector(".nn-tools > .nn-no");
    if (!note) {
      note = Object.assign(document.createElement("p"), { className: "nn-no" });
      note.setAttribute("role", "alert");
      cell.querySelector(".nn-tools").prepend(note);
    }
    note.textContent = sentence;
  }

  const load = () => (page ??= import(new URL("page.js", home)).then((module) => module.open(home)));

  async function run(cell, act) {
    if (location.protocol === "file:") return say(cell, WITHOUT.disk);
    if (!window.WebAssembly || !window.Worker) return say(cell, WITHOUT.wasm);
    try {
      act(await load());
    } catch (problem) {
      page = null;
      say(cell, `This cell cannot run: ${navigator.onLine ? "this page's server does not answer" : "this computer is offline"}. Its printed results stand below.`);
      console.warn(problem);
    }
  }

  function start() {
    const cells = [...document.querySelectorAll("div.cell[id^=cell-]:not(.tag_skip-execution)")];
    for (const cell of cells) {
      const tools = Object.assign(document.createElement("div"), { className: "nn-tools" });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "nn-run" });
      button.textContent = cell.classList.contains("nn-try") ? "Check" : "Run";
      button.title = `Run this cell here. The first one loads Python into your browser: ${dataset.size} MB, once.`;
      button.setAttribute("aria-label", `${button.textContent} this cell`);
      button.addEventListener("click", () => run(cell, (opened) => opened.run(cell.id)));
      tools.append(button);
      cell.querySelector(".cell_input").append(tools);
    }
    document.addEventListener("click", (event) => {
      const item = event.target.closest?.('.dropdown-launch-buttons a[href^="#cell-"]'); // Run this page here
      const cell = item && document.getElementById(item.hash.slice(1));
      if (!cell) return;
      event.preventDefault();
      cell.scrollIntoView({ block: "center" });
      run(cell, (opened) => opened.run(cell.id));
    });
    const key = `nnbook-cells:${location.pathname}`;
    try {
      if (cells.length && localStorage.getItem(key)) run(cells[0], (opened) => opened.remember());
    } catch {
      // a browser that keeps nothing
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
