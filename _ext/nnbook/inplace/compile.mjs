// node compile.mjs PYODIDE INFO WORK PROGRAM SITE: runs a Python program in Pyodide, which sees the folder WORK as /given.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [release, info, work, program, site] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${release}/pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: `${release}/`,
  lockFileContents: { info: JSON.parse(info), packages: {} },
  packages: [],
});
python.FS.mkdir("/given");
python.FS.mount(python.FS.filesystems.NODEFS, { root: work }, "/given");
python.globals.set("SITE", `/${site}`);
python.runPython(readFileSync(program, "utf8"));
