// Says how far Python is: how much has been downloaded, that it is ready, or why it will not come and what to
// do instead. The files are fetched here, where their progress can be seen; the kernel, which asks for the same
// ones, then finds them in the browser's cache.
(() => {
  "use strict";

  const SILENCE = 15_000; // ms without a single byte: nothing will come
  const SLOW = 30_000; // ms to start what has been downloaded; a busy machine needs more
  const PATIENCE = 240_000;
  const AT_ONCE = 4;

  const about = JSON.parse(document.getElementById("nnbook-loading").textContent);
  const root = new URL("../", location.href.replace(/[^/]*([?#].*)?$/, ""));
  const path = new URLSearchParams(location.search).get("path") ?? "";
  const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
  const total = about.files.reduce((sum, file) => sum + file.bytes, 0);

  const bar = document.createElement("aside");
  bar.id = "nnbook-python";
  bar.className = "nnbook-bar";
  bar.setAttribute("role", "status");
  bar.setAttribute("aria-label", "Python");

  function show(sentence, ...parts) {
    const text = document.createElement("p");
    text.textContent = sentence;
    bar.replaceChildren(text, ...parts);
  }

  function button(name, act, className = "") {
    const made = Object.assign(document.createElement("button"), { textContent: name, className });
    made.addEventListener("click", act);
    return made;
  }

  function link(name, url) {
    return Object.assign(document.createElement("a"), { textContent: name, href: url });
  }

  const progress = Object.assign(document.createElement("progress"), { max: total, value: 0 });
  progress.setAttribute("aria-label", "downloaded");

  // The number changes often: screen readers are told of the beginning and the end only.
  const counted = document.createElement("span");
  counted.setAttribute("aria-hidden", "true");

  function count(bytes) {
    progress.value += bytes;
    counted.textContent = `${megabytes(Math.min(progress.value, total))} of ${megabytes(total)} MB`;
  }

  const underWay = new Set();

  async function download(file, stop, heard) {
    underWay.add(file);
    const url = new URL(file.url, root);
    const answer = await fetch(url, { signal: stop.signal });
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    let received = 0;
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      heard();
      const bytes = Math.min(value.length, file.bytes - received); // never more than was announced
      received += bytes;
      count(bytes);
    }
    count(file.bytes - received);
    if (file.integrity) await check(file, url);
    underWay.delete(file);
  }

  class Wrong extends Error {}

  // From the cache, so that the download itself could show its progress.
  async function check({ integrity }, url) {
    try {
      await fetch(url, { integrity, cache: "force-cache" });
    } catch {
      throw new Wrong(url.pathname.replace(/.*\//, ""));
    }
  }

  async function downloadAll() {
    const stop = new AbortController();
    let timer;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(new Error("no answer")), SILENCE);
    };
    heard();
    const waiting = [...about.files].sort((a, b) => b.bytes - a.bytes);
    const worker = async () => {
      while (waiting.length) await download(waiting.shift(), stop, heard);
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } catch (error) {
      stop.abort();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

  function session() {
    const widget = window.jupyterapp?.shell?.currentWidget;
    return widget?.context?.sessionContext;
  }

  // JupyterLite's kernel has no state before Python runs.
  async function pythonRuns() {
    while (!["idle", "busy"].includes(session()?.session?.kernel?.status)) await pause(200);
  }

  function within(milliseconds, promise) {
    const late = pause(milliseconds).then(() => {
      throw new Error("it did not start");
    });
    return Promise.race([promise, late]);
  }

  function ready() {
    const close = () => bar.remove();
    const runAll = () => {
      close();
      const notebook = window.jupyterapp.shell.currentWidget.content;
      window.jupyterapp.commands.execute("notebook:run-all-cells");
      // Jupyter goes to the last cell at once; the reader begins at the first, and is not moved from there later.
      notebook.activeCellIndex = 0;
      notebook.scrollToItem(0);
    };
    show(
      "Python is ready, in this browser. Shift+Enter runs a cell.",
      button("Run all cells", runAll, "main"),
      button("Close", close),
    );
  }

  function fail(reason) {
    bar.classList.add("failed");
    bar.setAttribute("role", "alert");
    const page = new URL(`../${path.replace(/\.ipynb$/, ".html")}`, root);
    show(
      `Python could not be loaded: ${reason}. No cell will run here. The chapter's page has the same figures ` +
        "to move, without Python; to run the code, use one of the other ways or your own machine (README).",
      link("The chapter's page", page),
      ...about.ways.map((way) => link(way.name, way.url.replaceAll("{path}", path))),
      button("Try again", () => location.reload(), "main"),
    );
    stopKernel();
  }

  // Without one, no cell can wait for ever. It may only be about to be asked for.
  async function stopKernel() {
    while (!session()?.session) await pause(200);
    await session().shutdown();
  }

  async function load() {
    if (location.protocol === "file:") return fail("a page opened from disk may not; it needs a web server");
    if (!window.WebAssembly) return fail("this browser does not run WebAssembly (a strict mode switches it off)");
    show(`Python is being loaded into this browser: ${megabytes(total)} MB, the first time only.`, progress, counted);
    count(0);
    try {
      await downloadAll();
    } catch (error) {
      if (error instanceof Wrong) return fail(`${error.message} is not the file that this book was tested with`);
      const where = [...new Set([...underWay].map((file) => new URL(file.url, root).host))];
      return fail(`no answer from ${where.join(" or ")} (offline, or blocked)`);
    }
    show("Python is being started: some seconds.");
    const slow = setTimeout(() => show("Python is being started. This computer seems to be busy."), SLOW);
    try {
      await within(PATIENCE, pythonRuns());
    } catch {
      return fail("it was downloaded but did not start");
    } finally {
      clearTimeout(slow);
    }
    ready();
  }

  addEventListener("DOMContentLoaded", () => {
    document.body.append(bar);
    load();
  });
})();
