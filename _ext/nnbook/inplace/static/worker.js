// Python, in a thread of its own that cannot reach the page: it runs cells, one at a time, and draws explorers' frames.
import { interrupts, listen } from "./interrupts.js";
import { bytesNow, bytesOf, download, moduleOf } from "./loading.js";

const SITE = "import site; site.getsitepackages()[0]";
// A cell with one of these words waits for the archive that draws; another one, that needs it all the same, gets it.
const DRAWS = /\b(matplotlib|pyplot|plt|pylab|figures|explore|show|play|PIL)\b/;
const say = (kind, content = {}) => self.postMessage({ kind, ...content });
let python = null;
let book = null; // nnbook_page
let drawing = null; // {late, bytes, coming}
let current = null; // the cell that is running
let warmth = "not yet"; // whether what draws, and what the chapters import, is there: it is imported while the reader reads
let resting = null;
const REST = 1000; // ms in which nothing was asked

function unpack(bytes) {
  python.unpackArchive(bytes, "zip", { extractDir: python.runPython(SITE) });
}

async function load(home, about) {
  const named = Object.fromEntries(about.files.map((file) => [file.name, file]));
  download(about.files, home, say);
  const base = new URL(about.base, home).href;
  const elsewhere = new URL(base).origin !== self.location.origin;
  const [{ loadPyodide }, machine] = await Promise.all([
    moduleOf(about.start, home),
    elsewhere ? moduleOf(named["pyodide.asm.mjs"], home) : null,
  ]);
  python = await loadPyodide({
    indexURL: base,
    stdLibURL: new URL(named.stdlib.url, home).href,
    lockFileContents: { info: about.info, packages: {} },
    packages: [],
    env: { MPLBACKEND: "agg", MATPLOTLIBRC: about.look, NNLIB_STATIC: "1" },
    ...(machine ? { createPyodideModule: machine.default } : {}),
  });
  say("starting");
  for (const bytes of await Promise.all([bytesOf(named.numpy, home), bytesOf(named.nnlib, home)])) unpack(bytes);
  python.setInterruptBuffer(interrupts);
  return named.matplotlib;
}

async function drawn() {
  if (drawing.late.done) return;
  await drawing.coming;
  drawing.late.arrive();
}

const tasks = {
  async start({ home, about }) {
    say("begun");
    const file = await load(home, about);
    book = python.pyimport("nnbook_page.desk");
    book.open((kind, text) => say(kind, { id: current, text }));
    const bytes = { now: null };
    const late = book.Late(about.later, () => (bytes.now ? unpack(bytes.now) : book.unpack(bytesNow(file, home))));
    const coming = bytesOf(file, home).then((came) => (bytes.now = came), () => {});
    drawing = { late, coming };
    say("ready", { python: book.version });
    coming.then(() => {
      warmth = bytes.now ? "can be" : "cannot be";
      rest();
    });
  },
  async warm() {
    warmth = "is";
    await drawn();
    book.warm();
  },
  async run({ id, place, name, code, stop }) {
    current = id;
    if (DRAWS.test(code)) await drawn();
    listen(stop);
    const begin = performance.now();
    const ok = await book.run(code, name, place);
    listen(null);
    say("done", { id, ok, seconds: (performance.now() - begin) / 1000, memory: python._module.HEAPU8.length });
  },
  before({ id, codes, place }) {
    say("answer", { id, places: JSON.parse(book.before(JSON.stringify(codes), place)) });
  },
  needs({ id, codes }) {
    say("answer", { id, needs: JSON.parse(book.needs(JSON.stringify(codes))) });
  },
  async frame({ id, draw, values, narrow, stop }) {
    await drawn();
    listen(stop);
    const text = book.frame(draw, values, narrow);
    listen(null);
    say("answer", { id, ...JSON.parse(text) });
  },
  async figure({ id, draw, narrow }) {
    await drawn();
    say("answer", { id, html: book.figure(draw, narrow) });
  },
};

// One after the other: what is awaited inside one of them must not let the next one in. (Only the start goes on while
// others run: it then waits for a download.)
let turn = Promise.resolve();
function enqueue(task) {
  const done = turn.then(() => tasks[task.op](task)).catch((problem) => {
    const text = String(problem?.message ?? problem);
    say("broken", { id: task.id, op: task.op, text, fatal: Boolean(problem?.pyodide_fatal_error) });
  });
  if (task.op === "start") return;
  clearTimeout(resting);
  turn = done.then(rest);
}
function rest() {
  clearTimeout(resting);
  if (warmth === "can be") resting = setTimeout(() => enqueue({ op: "warm" }), REST);
}
self.onmessage = ({ data }) => enqueue(data);
