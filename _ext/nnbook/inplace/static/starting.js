// Python's start as the reader sees it: how much has come, that it is ready, or why it is not and what else there is.
import * as bar from "./bar.js";
import { button, link, make } from "./dom.js";
import { Python } from "./python.js";

// Set in a browser that has run Python: its files are most likely still there, and it starts by itself from now on.
// run.js looks for it, too, but not on this page's first visit: nothing is loaded before somebody pressed "Run".
const USED = "nnbook-python";
const [ON, OFF] = ["on", "off"];

function choice() {
  try {
    return localStorage.getItem(USED);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function choose(value) {
  try {
    localStorage.setItem(USED, value);
  } catch {
    // then it is asked for on each page
  }
}

export const startsByItself = () => choice() === ON && !navigator.connection?.saveData;

export function switchOff() {
  const box = make("input", { type: "checkbox", checked: choice() === ON });
  box.addEventListener("change", () => choose(box.checked ? ON : OFF));
  return make("label", { hidden: choice() === null }, box, " Start by itself on every page");
}

// The menu of the page's head has them.
function otherWays() {
  const links = document.querySelectorAll(".dropdown-launch-buttons .dropdown-menu a:not([href^='#'])");
  return [...links].slice(0, 3).map((way) => link(way.textContent.trim(), way.href));
}

export async function startPython(home, about, again) {
  const python = new Python(home, about);
  const megabytes = Math.round(python.total / 1e6);
  bar.tell(choice() ? "Python is being started." : `Python is being loaded into this browser: ${megabytes} MB, the first time only.`);
  bar.progress(0, python.total);
  try {
    await python.start((got, total) => {
      bar.progress(got, total);
      if (got === null) bar.tell("Python is being started.");
    });
  } catch (problem) {
    const why = navigator.onLine === false ? "this computer is offline" : String(problem.message).split("\n")[0];
    bar.fail(
      `Python could not be loaded: ${why}. The page is as it was, and its figures' controls work without Python. There are other ways to run it:`,
      button("Try again", again, { className: "nn-main" }),
      ...otherWays(),
    );
    throw problem;
  }
  bar.progress(null);
  if (!choice()) choose(ON);
  return python;
}
