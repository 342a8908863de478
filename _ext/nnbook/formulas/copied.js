// Formulas that are copied as text are copied as TeX: their own characters would come one to a line. What takes more
// than text gets the page's MathML.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || !event.clipboardData || event.defaultPrevented) return;
  const copied = document.createElement("div");
  for (let i = 0; i < selection.rangeCount; i++) copied.append(whole(selection.getRangeAt(i)).cloneContents());
  const formulas = copied.querySelectorAll("math[data-tex]");
  if (!formulas.length) return;
  event.clipboardData.setData("text/html", copied.innerHTML);
  for (const formula of formulas) {
    const mark = formula.getAttribute("display") === "block" ? "$$" : "$";
    formula.replaceWith(`${mark}${formula.dataset.tex}${mark}`);
  }
  event.clipboardData.setData("text/plain", textOf(copied));
  event.preventDefault();
});

// A selection that begins or ends within a formula has all of it.
function whole(range) {
  const formulaOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("math");
  const [first, last] = [formulaOf(range.startContainer), formulaOf(range.endContainer)];
  const grown = range.cloneRange();
  if (first) grown.setStartBefore(first);
  if (last) grown.setEndAfter(last);
  return grown;
}

// As lines, which only a part of the page has.
function textOf(element) {
  Object.assign(element.style, { position: "fixed", left: "-200vw", width: "100vw" });
  document.body.append(element);
  const text = element.innerText;
  element.remove();
  return text;
}
