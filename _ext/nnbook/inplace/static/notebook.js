// What a reader has made of a page, as a notebook file to take along: the chapter's own notebook, with the reader's code in
// its cells. A cell that has been changed has no printed result there, since the one that is stored belongs to other code.
import { make } from "./dom.js";

export async function saveNotebook(cells) {
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  const page = location.pathname.slice(root.pathname.length).replace(/\.html$/, "");
  const answer = await fetch(new URL(`_sources/${page}.ipynb`, root));
  if (!answer.ok) throw new Error(`the chapter's notebook answers ${answer.status}`);
  const notebook = await answer.json();
  const changed = new Map(cells.filter((cell) => cell.edited).map((cell) => [cell.id.replace("cell-", ""), cell.code]));
  for (const cell of notebook.cells) {
    if (!changed.has(cell.id)) continue;
    cell.source = changed.get(cell.id);
    Object.assign(cell, { outputs: [], execution_count: null });
  }
  // What was written for an exercise has no cell there yet.
  for (const { id, code } of cells.filter((cell) => cell.extra && cell.edited))
    notebook.cells.push({ cell_type: "code", id: id.slice(0, 64), metadata: {}, execution_count: null, outputs: [], source: code });
  const url = URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1)], { type: "application/x-ipynb+json" }));
  make("a", { href: url, download: `${page.split("/").at(-1)}-mine.ipynb` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
