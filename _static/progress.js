// Remembers which exercises are done, in this browser alone and under one key, which has the book's path in it: two
// books on one server do not mix. A file takes it elsewhere. Where nothing can be stored it lasts as long as the page.
(() => {
  "use strict";

  const PAUSES = [2, 7, 21, 60]; // days until an exercise is worth another look: longer each time
  const MOST = 5; // such links at a time
  const DAY = 864e5;
  const CONTENTS = ".bd-sidebar-primary a.internal";
  const QUESTIONS = ".bd-article ol a.internal"; // the chapters on the landing page

  function start() {
    const told = document.querySelector("script.nn-exercises");
    if (!told) return; // the page of search results
    const { counts, titles } = JSON.parse(told.textContent);
    const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
    const key = `nnbook-exercises:${root.pathname}`;
    const here = location.pathname.slice(root.pathname.length);
    let memory = {};

    const today = () => Math.floor((Date.now() - new Date().getTimezoneOffset() * 6e4) / DAY);

    // {"chapters/digits.html#ex-…": [the day it was done or null, how often it was right after a pause, the next day]}
    const fits = ([place, record]) =>
      place.split("#")[0] in counts && Array.isArray(record) && record.length === 3 && record[1] in PAUSES && Number.isInteger(record[2]);
    const renamed = ([place, record]) => [place.replace(/#(costs|digits)-ex-/, "#ex-$1-"), record]; // as they once were
    const sound = (found) => Object.fromEntries(Object.entries(found ?? {}).filter(fits).map(renamed));

    function load() {
      try {
        const text = localStorage.getItem(key);
        return text === null ? memory : sound(JSON.parse(text));
      } catch {
        return memory; // refused, or damaged
      }
    }

    function save(records) {
      memory = records;
      try {
        if (Object.keys(records).length) localStorage.setItem(key, JSON.stringify(records));
        else localStorage.removeItem(key);
      } catch {
        // as in a private window
      }
      show();
    }

    // Right for the first time: again in two days. Right again when that day has come: later. Wrong: in two days.
    // What is tried again before its day changes nothing.
    function note(place, right) {
      const [on, pause, due] = load()[place] ?? [null, 0, 0];
      if (on !== null && today() < due) return;
      const next = right && on !== null ? Math.min(pause + 1, PAUSES.length - 1) : 0;
      save({ ...load(), [place]: [right ? (on ?? today()) : on, next, today() + PAUSES[next]] });
    }

    const isDone = (record) => record !== undefined && record[0] !== null;

    function show() {
      const records = load();
      for (const form of document.querySelectorAll("form.nn-check")) {
        const buttons = form.querySelector(".nn-buttons");
        const mark = buttons.querySelector(".nn-done") ?? buttons.appendChild(Object.assign(document.createElement("span"), { className: "nn-done" }));
        mark.textContent = isDone(records[`${here}#${form.dataset.exercise}`]) ? "✓ done" : "";
      }
      const done = Object.keys(records).filter((place) => isDone(records[place]));
      for (const link of document.querySelectorAll(titles ? `${CONTENTS}, ${QUESTIONS}` : CONTENTS)) {
        const page = new URL(link.href, location.href).pathname.slice(root.pathname.length);
        if (!(page in counts)) continue;
        const many = done.filter((place) => place.startsWith(`${page}#`)).length;
        const mark = link.querySelector(".nn-done") ?? link.appendChild(Object.assign(document.createElement("span"), { className: "nn-done" }));
        mark.textContent = many ? ` ${many}/${counts[page]} ✓` : "";
      }
      if (titles) summarise(records, done.filter((place) => place in titles).length);
    }

    const box = document.querySelector("section.nn-progress");

    function summarise(records, done) {
      const due = Object.keys(titles).filter((place) => records[place]?.[2] <= today());
      due.sort((a, b) => records[a][2] - records[b][2]);
      const known = Object.keys(titles).length;
      box.querySelector(".nn-count").textContent = done || due.length
        ? `${done} of ${known} exercises done, remembered in this browser only.${due.length ? " Worth another look today:" : ""}`
        : `There are ${known} exercises that answer. Which of them you have done is remembered in this browser only.`;
      box.querySelector("ul").replaceChildren(
        ...due.slice(0, MOST).map((place) => {
          const item = document.createElement("li");
          item.append(Object.assign(document.createElement("a"), { href: place, textContent: titles[place] }));
          return item;
        }),
      );
      for (const button of box.querySelectorAll("button")) button.disabled = !Object.keys(records).length;
    }

    addEventListener("nn-checked", ({ target, detail }) => note(`${here}#${target.dataset.exercise}`, detail));
    addEventListener("storage", show); // another tab
    if (box) {
      box.hidden = false;
      box.querySelector("[data-do=save]").addEventListener("click", () => {
        const url = URL.createObjectURL(new Blob([JSON.stringify(load(), null, 1)], { type: "application/json" }));
        Object.assign(document.createElement("a"), { href: url, download: "exercises.json" }).click();
        URL.revokeObjectURL(url);
      });
      box.querySelector("[data-do=erase]").addEventListener("click", () => save({}));
      const file = box.querySelector("input[type=file]");
      file.addEventListener("change", async () => {
        try {
          save({ ...load(), ...sound(JSON.parse(await file.files[0].text())) });
        } catch {
          box.querySelector(".nn-count").textContent = "This file has no exercises in it.";
        }
        file.value = "";
      });
    }
    show();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
