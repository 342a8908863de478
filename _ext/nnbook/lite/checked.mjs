// Pyodide, each of its own files checked before it runs: a CDN that is broken into cannot run its code here.
// (The packages are checked by Pyodide itself, against the hashes in the site's pyodide-lock.json.)
// The build writes where the files are, and what they must be.
const FOLDER = "{{folder}}";
const INTEGRITY = {{integrity}};

const folder = new URL(FOLDER, import.meta.url).href;

async function get(name) {
  try {
    return await fetch(folder + name, { integrity: INTEGRITY[name] });
  } catch {
    throw new Error(`${folder}${name} could not be had, or is not the file that this book was tested with.`);
  }
}

// What was checked is what runs: the module is not asked for a second time.
async function module(name) {
  const source = new Blob([await (await get(name)).blob()], { type: "text/javascript" });
  const url = URL.createObjectURL(source);
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

// Pyodide fetches the two others itself.
const plain = globalThis.fetch;
globalThis.fetch = (what, options) => {
  const url = String(what.url ?? what);
  const integrity = url.startsWith(folder) ? INTEGRITY[url.slice(folder.length)] : undefined;
  return plain(what, integrity ? { ...options, integrity } : options);
};

export async function loadPyodide(options) {
  const [pyodide, machine] = await Promise.all([module("pyodide.mjs"), module("pyodide.asm.mjs")]);
  return pyodide.loadPyodide({ ...options, indexURL: folder, createPyodideModule: machine.default });
}
