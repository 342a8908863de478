// How numbers and names are written, as in nnlib/figures/words.py, and the page's small tools.
(() => {
  "use strict";

  const NAMES = {
    relu: "ReLU", leaky_relu: "leaky ReLU", prelu: "PReLU", xor: "XOR", gate: "the XOR gate", own: "your own points",
    cross_entropy: "cross-entropy", mse: "mean squared error", mae: "mean absolute error", xavier: "Xavier", he: "He",
    zeros: "all 0", equal: "all 0.5", sgd: "gradient descent", momentum: "momentum 0.9", adam: "Adam",
  };
  const named = (name) => NAMES[name] ?? String(name);
  const signed = (text) => text.replaceAll("-", "−");
  const sentence = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  const count = (n, thing) => `${grouped(n)} ${thing}${n === 1 ? "" : "s"}`;
  const lowered = (n) => [...String(n)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
  const raised = (n) => [...String(n)].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])).join("");
  const fixed = (x, digits = 2) => (Number.isFinite(x) ? signed(x.toFixed(digits).replace(/^-(0\.?0*)$/, "$1")) : "no number");

  function percent(share) { // halves to the even number, as Python rounds
    const exact = 100 * share, whole = Math.round(exact);
    return `${whole - exact === 0.5 && whole % 2 ? whole - 1 : whole} %`;
  }

  function short(x) { // a number as it was given
    if (x === 0 || (Math.abs(x) >= 1e-4 && Math.abs(x) < 1e6)) return signed(String(x));
    const [mantissa, exponent] = x.toExponential().split("e");
    return signed(mantissa) + `×10${raised(Number(exponent))}`;
  }

  // An element with its attributes ("onclick": a listener) and what is in it.
  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...inside);
    return element;
  }

  const button = (text, title, onclick, kind = "") =>
    make("button", { type: "button", class: `nl-button ${kind}`, title, "aria-label": /^\p{L}/u.test(text) ? null : title, onclick }, text);

  Object.assign(globalThis.nnplay, { named, sentence, grouped, count, lowered, raised, fixed, percent, short, make, button });
})();
