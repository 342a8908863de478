// Parts of a page, made.
export function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function button(text, act, properties = {}) {
  const made = make("button", { type: "button", textContent: text, ...properties });
  made.addEventListener("click", act);
  return made;
}

export const link = (text, href) => make("a", { textContent: text, href });

export function label(element, text) {
  element.setAttribute("aria-label", text);
  return element;
}
