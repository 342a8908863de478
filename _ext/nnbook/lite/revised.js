// A reader who has been here before sees their own copy of the chapter, kept in this browser. Where the chapter has
// been corrected since, they are told and choose, and nothing that they wrote is lost either way.
(() => {
  "use strict";

  const about = JSON.parse(document.getElementById("nnbook-loading").textContent);
  const root = new URL("../", location.href.replace(/[^/]*([?#].*)?$/, ""));
  const path = new URLSearchParams(location.search).get("path") ?? "";
  const version = about.versions[path];
  const known = `nnbook-version:${root.pathname}${path}`;
  const taken = `nnbook-taken:${root.pathname}${path}`;

  const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
  const remember = () => localStorage.setItem(known, version);
  const sources = (notebook) => JSON.stringify(notebook.cells.map((cell) => [cell.source].flat().join("")));

  function show(sentence, buttons) {
    const bar = Object.assign(document.createElement("aside"), { id: "nnbook-revised", className: "nnbook-bar" });
    bar.setAttribute("role", "status");
    bar.setAttribute("aria-label", "This chapter's version");
    bar.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    for (const [name, act] of Object.entries(buttons)) {
      const button = Object.assign(document.createElement("button"), { textContent: name });
      button.addEventListener("click", async () => (await act(), bar.remove()));
      bar.append(button);
    }
    document.body.append(bar);
  }

  async function take(contents, mine) {
    const minute = new Date().toISOString().slice(0, 16).replace("T", " ").replace(":", ".");
    const kept = path.replace(/\.ipynb$/, ` (yours, ${minute}).ipynb`);
    await contents.save(kept, { type: "notebook", format: "json", content: mine.content });
    await contents.delete(path); // of this browser: the site's own is what is found from now on
    remember();
    sessionStorage.setItem(taken, kept.split("/").pop());
    location.reload();
  }

  async function look() {
    const kept = sessionStorage.getItem(taken);
    if (kept) {
      sessionStorage.removeItem(taken);
      show(`This is the corrected chapter. Yours is kept beside it, as ${kept}.`, { Close: () => {} });
    }
    if (!version || localStorage.getItem(known) === version) return;
    while (!window.jupyterapp?.serviceManager?.isReady) await pause(200);
    const { contents } = window.jupyterapp.serviceManager;
    const [mine, theirs] = await Promise.all([
      contents.get(path, { content: true }),
      fetch(new URL(`files/${path}`, root), { cache: "no-cache" }).then((answer) => answer.json()),
    ]);
    if (sources(mine.content) === sources(theirs)) return remember();
    show("This chapter has been corrected since you opened it here. You see your own copy, with all that you wrote.", {
      "Take the new one": () => take(contents, mine),
      "Keep mine": remember,
    });
  }

  // Where the browser keeps nothing, there is no copy to be outdated.
  addEventListener("DOMContentLoaded", () => look().catch((problem) => console.warn(`No look for a newer chapter: ${problem}`)));
})();
