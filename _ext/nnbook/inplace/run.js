// "Run" on every cell. What runs it, an editor and Python, comes when it is pressed: _ext/nnbook/inplace.
// A classic script: from disk, a browser blocks a module without a word.
(() => {
  "use strict";

  const { dataset, src } = document.currentScript;
  const home = new URL(dataset.inplace, new URL("../", src));
  const WHY = {
    disk: "From disk, a browser runs no Python: open the book's website, or make book.",
    wasm: "This browser runs no WebAssembly (a strict mode switches it off), and so no Python.",
  };
  const make = (tag, more) => Object.assign(document.createElement(tag), more);
  let page = null;

  function say(cell, words) {
    let note = cell.querySelector(".nn-tools > .nn-no");
    if (!note) {
      note = make("p", { className: "nn-no" });
      note.setAttribute("role", "alert");
      cell.querySelector(".nn-tools").prepend(note);
    }
    note.textContent = words;
  }

  const load = () => (page ??= import(new URL("page.js", home)).then((module) => module.open(home)));

  async function run(cell) {
    if (location.protocol === "file:") return say(cell, WHY.disk);
    if (!window.WebAssembly || !window.Worker) return say(cell, WHY.wasm);
    try {
      (await load()).run(cell.id);
    } catch (problem) {
      page = null;
      say(cell, `This cell cannot run: ${navigator.onLine ? "this page's server does not answer" : "this computer is offline"}. Its printed results stand below.`);
      console.warn(problem);
    }
  }

  function start() {
    const cells = [...document.querySelectorAll("div.cell[id^=cell-]:not(.tag_skip-execution)")];
    for (const cell of cells) {
      const tools = make("div", { className: "nn-tools" });
      const textContent = cell.classList.contains("nn-try") ? "Check" : "Run";
      const title = `Run this cell here. The first one loads Python into your browser: ${dataset.size} MB, once.`;
      const button = make("button", { type: "button", className: "nn-run", textContent, title });
      button.setAttribute("aria-label", `${textContent} this cell`);
      button.onclick = () => run(cell);
      tools.append(button);
      cell.querySelector(".cell_input").append(tools);
    }
    document.addEventListener("click", (event) => {
      const item = event.target.closest('.dropdown-launch-buttons a[href^="#cell-"]'); // Run this page here
      const cell = item && document.getElementById(item.hash.slice(1));
      if (!cell) return;
      event.preventDefault();
      cell.scrollIntoView({ block: "center" });
      run(cell);
    });
    // For those who wrote here, or have run Python.
    try {
      const kept = localStorage[`nnbook-cells:${location.pathname}`] ?? localStorage["nnbook-python"];
      if (cells.length && kept && kept !== "off") load().then((opened) => opened.comeBack()).catch(() => (page = null));
    } catch {
      // none is kept
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
