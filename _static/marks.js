// The words that somebody searched for, marked where a result leads: ?highlight=random+weights#vg-symmetry
(() => {
  "use strict";

  const LEFT_OUT = "math, pre, script, style, svg, form, figure, button, [aria-live]";
  const SEEN = {opacityProperty: true, visibilityProperty: true};

  // Takes the words out of the address, so that a copied link has no marks.
  function wanted() {
    const url = new URL(location.href);
    const found = url.searchParams.get("highlight")?.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (!url.searchParams.has("highlight")) return found;
    url.searchParams.delete("highlight");
    history.replaceState(history.state, "", url);
    return found;
  }

  // What the address names: a section, an exercise, a word with what explains it, or the whole page.
  function places() {
    let target;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { // no address at all: a % that stands for nothing
    }
    if (!target) return [document.querySelector(".bd-article")];
    if (target.matches("dt")) return [target, target.nextElementSibling ?? target];
    return [target.matches("span") ? target.closest("section") ?? target : target];
  }

  function mark(place, words) {
    const edge = "[\\p{L}\\p{N}]";
    const pattern = new RegExp(`(?<!${edge})(?:${words.join("|")})(?!${edge})`, "giu");
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (pattern.test(text.data) && !text.parentElement.closest(LEFT_OUT)) found.push(text);
      pattern.lastIndex = 0;
    }
    for (const text of found) {
      for (const word of [...text.data.matchAll(pattern)].reverse()) {
        text.splitText(word.index + word[0].length);
        const span = document.createElement("span");
        span.className = "highlighted";
        span.append(text.splitText(word.index));
        text.after(span);
      }
    }
  }

  // The first one that can be seen, else the first, in folds that are opened for it.
  function goTo(marks) {
    const first = marks.find(e => e.checkVisibility(SEEN)) ?? marks[0];
    for (let fold = first.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const {top, bottom} = first.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) first.scrollIntoView({block: "center"});
  }

  addEventListener("DOMContentLoaded", () => {
    const words = wanted();
    const article = document.querySelector(".bd-article");
    if (!words.length || !article) return;
    places().forEach(place => mark(place, words));
    const marks = [...article.querySelectorAll(".highlighted")];
    if (!marks.length) return;
    addEventListener("load", () => setTimeout(() => goTo(marks))); // after the browser has gone to the section
    addEventListener("keydown", event => {
      if (event.key === "Escape") marks.forEach(e => e.classList.remove("highlighted"));
    });
  });
})();
