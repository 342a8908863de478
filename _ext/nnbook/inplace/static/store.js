// What a reader wrote, kept in this browser: by page and by cell, each with the text that it was made from. Read again
// before each change, so that two tabs with the same page keep both their cells. Where nothing can be kept, it lasts
// as long as the page.
const KEY = `nnbook-cells:${location.pathname}`;
let memory = {};

export function edits() {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? memory : (JSON.parse(text) ?? {});
  } catch {
    return memory; // refused, or damaged
  }
}

function save(all) {
  memory = all;
  try {
    if (Object.keys(all).length) localStorage.setItem(KEY, JSON.stringify(all));
    else localStorage.removeItem(KEY);
  } catch {
    // as in a private window
  }
}

export function keep({ id, code, original }) {
  const { [id]: _, ...others } = edits();
  save(code === original ? others : { ...others, [id]: { code, from: original } });
}

export function forget(ids) {
  save(Object.fromEntries(Object.entries(edits()).filter(([id]) => !ids.includes(id))));
}
