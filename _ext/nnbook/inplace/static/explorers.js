// Explorers of cells that have run: Python draws their frames, at any value.
import { Free } from "./free.js";

// The figure that is printed there stays as long as its cell is the book's own.
export async function attach(output, { draw, controls }, python) {
  const { cell } = output;
  const { phone } = globalThis.nnexplore;
  const printed = cell.printed.map((node) => node.querySelector?.("figure.nn-explorer")).find(Boolean);
  let figure = printed;
  if (printed && !cell.edited) output.keep();
  else {
    const { html, problem } = await python.ask("figure", { draw, narrow: phone.matches });
    if (problem) return output.error({ text: problem, line: null, name: "figure" });
    figure = output.add(html);
    figure.dispatchEvent(new CustomEvent("nn-new", { bubbles: true }));
  }
  release(figure);
  const free = new Free(figure.nnExplorer, controls, (values) => python.ask("frame", { draw, values, narrow: phone.matches }));
  await free.ask(); // what the reader sees has been computed here
}

export function release(figure) {
  figure.nnExplorer?.free?.end();
}

export function releaseAll(place = document) {
  for (const figure of place.querySelectorAll("figure.nn-explorer")) release(figure);
}
