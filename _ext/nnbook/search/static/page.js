// The page of results: finds while one types, and says how much.
const AT_FIRST = 10;
const PAUSE = 150; // ms
const FAINT = 0.02; // of the best result's score: what is below answers something else
const MOST_MARKED = 12;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function address({address, anchor, title, text}, wanted) {
  const marked = asWritten(`${title} ${text}`, wanted).slice(0, MOST_MARKED);
  return address + (marked.length ? `?highlight=${marked.map(encodeURIComponent).join("+")}` : "")
    + (anchor ? `#${anchor}` : "");
}

function item({place, terms, text}) {
  const wanted = new Set(terms);
  const link = element("a", {href: address(place, wanted)});
  for (const above of place.around) link.append(element("span", {class: "nn-above"}, above), " › ");
  link.append(element("span", {class: "nn-title"}, place.title));
  const shown = snippet(text, wanted).map(part => part.mark ? element("mark", {}, part.text) : part.text);
  return element("li", {}, link, ...(shown.length ? [element("p", {}, ...shown)] : []));
}

function start() {
  const field = document.getElementById("search-input");
  const form = field.form;
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const help = document.getElementById("search-help");
  const ready = indexed(globalThis.nnBookIndex);
  let timer, last, rest = [];

  async function find() {
    clearTimeout(timer);
    const question = field.value.trim();
    if (question === last) return;
    last = question;
    history.replaceState(null, "", question ? `?q=${encodeURIComponent(question)}` : location.pathname);
    const index = await ready;
    if (question === last) show(question, index);
  }

  function show(question, index) {
    const {found, meant, near} = search(question, index);
    const shown = found.filter(({score}) => score >= FAINT * found[0].score);
    list.replaceChildren(...shown.slice(0, AT_FIRST).map(item));
    rest = shown.slice(AT_FIRST);
    more.hidden = rest.length === 0;
    more.textContent = `Show all ${shown.length}`;
    help.hidden = !question || shown.length > 0;
    status.textContent = question ? said(question, shown.length, meant, near) : "";
  }

  function said(question, count, meant, near) {
    if (count === 0) return `Nothing in the book answers to “${question}”.`;
    const number = count === 1 ? "One place" : `${count} places`;
    const guessed = [...near].map(([word, words]) =>
      `The book does not have “${word}”.${words.size ? ` Near it: ${[...words].join(", ")}.` : ""} `).join("");
    const other = meant.length ? ` In the book’s words: ${meant.join("; ")}.` : "";
    return `${guessed}${number} for “${question}”.${other}`;
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    find();
  });
  more.addEventListener("click", () => {
    const added = rest.map(item);
    list.append(...added);
    more.hidden = true;
    added[0].querySelector("a").focus();
  });
  // With the arrows from the field into the results, through them, and back.
  form.parentElement.addEventListener("keydown", event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const stops = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });

  field.value = new URLSearchParams(location.search).get("q") ?? field.value;
  field.focus();
  find();
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
