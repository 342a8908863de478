// A link to what the reader sees: #neuron?gate=AND&bias=-0.5 is the explorer with this id, set to these values. What
// was moved since is kept in the history's entry, so that going back or reloading shows it again.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const [MOST, WITHIN_MS] = [60, 30_000]; // browsers refuse more than a hundred changes of an entry in half a minute
  const LATER_MS = 700;
  const touched = new Set();
  let changes = []; // when the entry was changed lately
  let timer = null;

  nn.linkOf = (explorer) => `#${explorer.id}?${new URLSearchParams(explorer.setting)}`;

  // Of an address: the id and the values it asks for; null if it is not such a link. Some mails send "?" as "%3F".
  function read(hash) {
    const [, id, asked] = hash.replace(/^(#[^?=&%]+)%3F/i, "$1?").match(/^#([^?=&]+)\?(.*)$/s) ?? [];
    return id ? { id, asked: new URLSearchParams(asked) } : null;
  }

  // The places that a link asks for, and a sentence for each value that is not to be had.
  function understood(explorer, asked) {
    const places = Object.fromEntries(explorer.controls.map((control) => [control.name, control.start]));
    const sorry = [];
    for (const [name, value] of asked) {
      const control = explorer.control(name);
      const said = value.length > 40 ? `${value.slice(0, 40)}…` : value;
      if (!control) {
        sorry.push(`The link sets “${name.slice(0, 40)}”, which this figure does not have.`);
        continue;
      }
      const place = control.placeOf(value);
      places[name] = place ?? control.start;
      const shown = control.texts[places[name]];
      if (place === null) sorry.push(`The link asks for ${control.label} “${said}”, which this figure does not know: here it is ${shown}.`);
      else if (control.numbers && Number(control.values[place]) !== Number(value.replace("−", "-").replace(",", "."))) {
        sorry.push(`The link asks for ${control.label} ${said}, which is not drawn: this is the nearest, ${shown}.`);
      }
    }
    return { places, sorry: sorry.join(" ") };
  }

  function goTo(figure) {
    for (let fold = figure.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const bring = () => {
      const { top, bottom } = figure.getBoundingClientRect();
      const bar = parseFloat(getComputedStyle(figure).scrollMarginTop); // what the page's bar takes
      if (top >= bar && bottom <= innerHeight) return; // it is in sight
      figure.scrollIntoView({ block: figure.offsetHeight < innerHeight ? "center" : "start" });
    };
    bring();
    if (document.readyState !== "complete") addEventListener("load", bring, { once: true }); // letters and pictures are there
  }

  function notHere(id) {
    const note = document.createElement("p");
    note.className = "nn-note nn-elsewhere";
    note.setAttribute("role", "status");
    note.textContent = `The link leads to a figure, “${id.slice(0, 40)}”, that this page does not have.`;
    (document.querySelector("article.bd-article h1, main h1") ?? document.body.firstElementChild).after(note);
  }

  // What the address asks for, unless the history remembers something later.
  function follow(explorers, remembered = {}) {
    document.querySelector(".nn-elsewhere")?.remove();
    const link = read(location.hash);
    if (!link) return;
    const explorer = explorers.find(({ id }) => id === link.id);
    if (!explorer) return notHere(link.id);
    if (remembered[link.id]) return;
    const { places, sorry } = understood(explorer, link.asked);
    explorer.set(places, "link");
    explorer.say(sorry);
    goTo(explorer.figure);
  }

  function recall(explorers, remembered) {
    for (const explorer of explorers) {
      const values = remembered[explorer.id];
      if (!values) continue;
      const { places } = understood(explorer, new URLSearchParams(values));
      touched.add(explorer);
      explorer.set(places, "history");
    }
  }

  function remember(hash) {
    clearTimeout(timer);
    changes.push(performance.now());
    const explorers = Object.fromEntries([...touched].map(({ id, setting }) => [id, setting]));
    try {
      history.replaceState({ ...history.state, explorers }, "", hash);
    } catch {} // a browser that allows no more changes for now: the next one will do
  }

  nn.restore = (explorers) => {
    const remembered = history.state?.explorers ?? {};
    recall(explorers, remembered);
    follow(explorers, remembered);
    addEventListener("popstate", () => {
      const known = history.state?.explorers;
      if (known) return recall(explorers, known);
      follow(explorers);
      if (touched.size) remember(); // a link within the page has made this entry: what stands goes along
    });
  };

  nn.parts.push((explorer) => {
    explorer.on("moved", (by) => {
      touched.add(explorer);
      clearTimeout(timer);
      changes = changes.filter((time) => performance.now() - time < WITHIN_MS);
      const renew = () => {
        const named = read(location.hash)?.id === explorer.id; // an address that names it goes with it
        remember(named && by !== "link" && by !== "history" ? nn.linkOf(explorer) : undefined);
      };
      if (changes.length < MOST) renew();
      else timer = setTimeout(renew, LATER_MS);
    });
  });

  nn.tools.push({
    name: "link",
    word: "Copy |link",
    title: "Copy a link to this figure as it stands now",
    order: 2,
    async use(explorer) {
      touched.add(explorer);
      remember(nn.linkOf(explorer));
      try {
        await navigator.clipboard.writeText(location.href);
        explorer.say("Copied: the link shows this figure as it stands now.");
      } catch {
        explorer.say("The link to this figure, as it stands now, is in the address bar.");
      }
    },
  });
})();
