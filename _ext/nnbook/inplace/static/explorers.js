// Explorers of cells that have run: Python draws their frames, at any value.
// The figure that is printed there stays as long as its cell is the book's own.
export async function attach(output, { draw, controls }, python) {
  const { cell } = output;
  const printed = cell.printed.map((node) => node.querySelector?.("figure.nn-explorer")).find(Boolean);
  let figure = printed;
  if (printed && !cell.edited) output.keep();
  else {
    const { html, problem } = await python.ask("figure", { draw });
    if (problem) return output.error({ text: problem, line: null, name: "figure" });
    figure = output.add(html);
    figure.dispatchEvent(new CustomEvent("nn-new", { bubbles: true }));
  }
  const frame = (values) => python.ask("frame", { draw, values });
  figure.dispatchEvent(new CustomEvent("nn-free", { detail: { controls, frame } }));
}
