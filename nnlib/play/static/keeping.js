// What is kept: in a link to this state, and over a reload. Both hold what differs from the preset, and how the run went,
// so that it can be run again; weights that were changed by hand are held as they are.
(() => {
  "use strict";

  const { KEPT, WHILE, LIMITS, checked, number } = globalThis.nnplay;
  const LONGEST = 6000; // characters that a link may have
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const toText = (weights) => btoa(String.fromCharCode(...new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)));
  const toWeights = (text) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);

  function state({ settings, model, preset }) {
    const set = Object.fromEntries(KEPT.filter((name) => !same(settings[name], preset[name])).map((name) => [name, settings[name]]));
    const { start } = model, legs = [...model.legs, ...model.behind].filter((leg) => leg.epochs);
    return {
      set,
      ...(legs.length ? { legs: legs.map(({ how, epochs }) => [epochs, ...WHILE.map((name) => how[name])]) } : {}),
      ...(start ? { start: [start.epoch, start.why, toText(start.weights)] } : {}),
    };
  }

  // Back to a state that was kept. Whatever it is, it is a sentence (a RangeError) or the figure stands as it was kept.
  function restored(live, kept) {
    const { set = {}, legs = [], start } = kept ?? {};
    checked(set);
    if (!Array.isArray(legs) || legs.length > 1000) throw new RangeError("How the run went cannot be read.");
    const behind = legs.map((leg) => {
      if (!Array.isArray(leg)) throw new RangeError("How the run went cannot be read.");
      const [epochs, ...values] = leg, how = Object.fromEntries(WHILE.map((name, i) => [name, values[i]]));
      number(1, LIMITS.epochs, true)("the number of epochs", epochs);
      return { how: checked(how), epochs };
    });
    const all = behind.reduce((sum, leg) => sum + leg.epochs, 0);
    if (all > LIMITS.epochs) number(0, LIMITS.epochs)("the number of epochs", all);
    live.settings = Object.assign(structuredClone(live.preset), structuredClone(set));
    live.renew();
    if (start) hold(live.model, start);
    live.model.behind = behind;
  }

  function hold(model, start) {
    const [epoch, why, text] = Array.isArray(start) ? start : [], { flat } = model.net.parameters;
    number(0, Number.MAX_SAFE_INTEGER, true)("the number of epochs", epoch);
    let weights = null;
    try {
      weights = toWeights(text);
    } catch { /* said below */ }
    if (weights?.length !== flat.length || !weights.every(Number.isFinite)) throw new RangeError(`The weights cannot be read; ${flat.length} numbers are expected.`);
    model.start = { epoch, why: why === "points" ? "points" : "weights", weights };
model.again();
  }

  function link(live) { // or a sentence, where it would be too long
    const address = `${location.href.split("#")[0]}#${live.id}=${encodeURIComponent(JSON.stringify(state(live)))}`;
    if (address.length > LONGEST) throw new RangeError("This is too much for a link: copy your points as text, under Paste points.");
    return address;
  }

  function linked(live) { // what the page's address says of this figure
    const [, text] = location.hash.match(new RegExp(`^#${live.id}=(.*)$`)) ?? [];
    if (text === undefined) return null;
    try {
      return JSON.parse(decodeURIComponent(text));
    } catch {
      throw new RangeError("The link cannot be read: a part of it is missing.");
    }
  }

  const framed = location.protocol === "about:"; // in a notebook, where no page is reloaded
  const key = (live) => `nnplay ${location.pathname} ${live.id}`;

  function save(live) {
    if (framed) return;
    try {
      sessionStorage.setItem(key(live), JSON.stringify({ hash: location.hash, state: live.state, preset: live.preset }));
    } catch { /* full, or not allowed here */ }
  }

  function saved(live) { // of this page, opened by this link, with this preset
    if (framed) return null;
    try {
      const kept = JSON.parse(sessionStorage.getItem(key(live)));
      return kept && kept.hash === location.hash && same(kept.preset, live.preset) ? kept.state : null;
    } catch {
      return null;
    }
  }

  Object.assign(globalThis.nnplay, { keeping: { framed, state, restored, link, linked, save, saved } });
})();
