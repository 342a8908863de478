// What is asked, and which entries of the index answer it.
const STOP = new Set((
  "a about am an and are as at be been but by can could did do does for from get has have how i if in into is it its " +
  "me my need of on or our s should so t than that the their them then there these they this to too use using vs " +
  "versus was we were what when where which who why will with would you your"
).split(" "));
const FIELDS = {title: 5, terms: 5, about: 4, above: 1.5, text: 1};
const NAMED = 4; // how much more an entry counts that the glossary names for just what is asked
const TYPED = 0.5; // what a word counts that the book calls something else
const BEGUN = {prefix: 0.3, fuzzy: 0}; // of a word that may go on; the book has it as it is
const UNKNOWN = {prefix: 0.7, fuzzy: 0.4}; // of a word that it begins, and of one that is near it
const NEAR = 0.2; // of a word's letters may be others
const ARTICLES = new Set(["a", "an", "the"]);
const AT_ONCE = 50; // entries, of which a slow phone takes in that many between two frames

// The index as the build has written it, made ready to be asked, without stopping the page for it.
async function indexed({pages, entries, synonyms}) {
  const known = new Map(); // and as they are written
  const folds = new Map();
  const fold = word => {
    if (!folds.has(word)) folds.set(word, folded(word));
    if (!known.has(folds.get(word))) known.set(folds.get(word), word.toLowerCase());
    return folds.get(word);
  };
  const mini = new MiniSearch({
    fields: Object.keys(FIELDS), tokenize: words, processTerm: fold,
    searchOptions: {boost: FIELDS, tokenize: term => [term], processTerm: term => term},
  });
  const places = entries.map(([page, anchor, title, above, terms, about, text, weight = 1], id) => {
    const [address, name] = pages[page];
    const around = anchor ? [name, ...above] : [];
    return {
      id, address, anchor, title: anchor ? title : name, around, above: around.join(" "), about, text, weight,
      terms: terms.join(" "), names: terms.map(key),
    };
  });
  const rows = synonyms.map(([typed, meant]) => ({typed: bare(typed).map(folded), meant}));
  rows.sort((a, b) => b.typed.length - a.typed.length); // the longest phrase first
  await mini.addAllAsync(places, {chunkSize: AT_ONCE});
  const glossary = new Map(places.filter(({anchor}) => anchor.startsWith("term-"))
    .map(({title, text}) => [key(title), `${title}: ${text}`]));
  return {mini, known, places, rows, glossary};
}

function key(phrase) {
  return words(phrase).map(folded).join(" ");
}

// A phrase's words, without the articles: "choose the learning rate" is "choose a learning rate".
function bare(phrase) {
  const all = words(phrase).map(word => word.toLowerCase());
  const some = all.filter(word => !ARTICLES.has(word));
  return some.length ? some : all;
}

// A question's words, each with what else it may be: {word, typed, joined, called, stop}. `called`: the book calls it
// something else, and what it says is in `meant`.
function understood(question, {known, rows}) {
  const typed = bare(question);
  const asked = typed.map(word => ({word: folded(word), typed: word, stop: STOP.has(word)}));
  const meant = [];
  for (const row of rows) {
    const at = asked.findIndex((_, i) => row.typed.every((word, j) => asked[i + j]?.word === word && !asked[i + j].called));
    if (at < 0) continue;
    meant.push(row.meant);
    asked.slice(at, at + row.typed.length).forEach(one => Object.assign(one, {called: true, stop: false}));
  }
  for (let i = 0; i + 1 < typed.length; i++) { // two words that the book writes as one
    const joined = folded(typed[i] + typed[i + 1]);
    if (known.has(joined)) asked[i].joined = asked[i + 1].joined = joined;
  }
  const other = words(meant.join(" ")).map(word => word.toLowerCase()).filter(word => !STOP.has(word))
    .map(word => ({word: folded(word)}));
  const content = [...asked.filter(one => !one.stop), ...other];
  return {asked: content.length ? content : asked, meant};
}

// Where each word is looked for, as MiniSearch is asked: [query, the word that it is for].
function queries(asked, known) {
  const found = [];
  asked.forEach((one, i) => {
    const boostTerm = () => one.called ? TYPED : 1;
    const {word, joined} = one;
    const may = (i === asked.length - 1 && word.length > 2) ? {prefix: true, weights: BEGUN} : {};
    if (known.has(word)) found.push([{queries: [word], boostTerm, ...may}, one]);
    else if (!one.called && !joined) {
      const begins = one.typed.length > 2 && [...known.keys()].some(other => other.startsWith(one.typed));
      const fuzzy = word.length > 4 && NEAR;
      found.push([begins ? {queries: [one.typed], prefix: true, boostTerm, weights: UNKNOWN}
        : {queries: [word], fuzzy, boostTerm, weights: UNKNOWN}, one]);
      one.guessed = !begins;
      const shorter = [...word].map((_, end) => word.slice(0, end)).filter(part => part.length > 3 && known.has(part)).pop();
      if (shorter) found.push([{queries: [shorter], boostTerm}, one]); // leakage: leak
    }
    if (joined) found.push([{queries: [joined], boostTerm}, one]);
  });
  return found;
}

// What is found, best first: {found: [{place, terms, score, text}], meant: what the book says for what was typed,
// text: the place's own or, where that says no such word, what the glossary says that sends its readers there,
// near: words that it does not have, and what it has that is written nearly so: a map}.
function search(question, {mini, known, places, rows, glossary}) {
  const {asked, meant} = understood(question, {known, rows});
  const looked = queries(asked, known);
  const results = mini.search({combineWith: "OR", queries: looked.map(([query]) => query)});
  const answers = results.map(({queryTerms}) =>
    new Set(looked.filter(([query]) => queryTerms.includes(query.queries[0])).map(([, one]) => one)));
  const must = asked.filter(one => !one.called);
  // A word tells the more, the fewer entries answer it.
  const tells = new Map(must.map(one =>
    [one, Math.log(1 + places.length / (1 + answers.filter(answered => answered.has(one)).length))]));
  const told = ones => ones.reduce((sum, one) => sum + tells.get(one), 0);
  const phrases = [key(question), must.map(({word}) => word).join(" "), ...asked.map(({joined}) => joined)];
  // How much of the question is a word for which the glossary sends its readers here.
  const named = ({names}) => Math.max(0, ...names.filter(name => phrases.some(phrase => ` ${phrase} `.includes(` ${name} `)))
    .map(name => told(must.filter(({word, joined}) => [word, joined].some(one => name.split(" ").includes(one)))) / told(must)));
  const said = match => Object.values(match).some(fields => fields.includes("title") || fields.includes("text"));
  const found = results.map(({id, score, match}, i) => {
    const place = places[id];
    const share = must.length ? told(must.filter(one => answers[i].has(one))) / told(must) : 1;
    const counts = score * (0.1 + share) ** 2 * place.weight * (1 + (NAMED - 1) * named(place) ** 2);
    const terms = Object.keys(match);
    const word = said(match) ? undefined : place.names.find(name => name.split(" ").some(one => terms.includes(one)));
    return {place, terms, score: counts, text: glossary.get(word) ?? place.text};
  });
  const near = new Map(asked.filter(one => one.guessed).map(({typed}) => [typed, new Set()]));
  for (const [query, {guessed, typed}] of looked) {
    if (guessed) mini.search(query).flatMap(({terms}) => terms).forEach(term => near.get(typed).add(known.get(term)));
  }
  return {found: found.sort((a, b) => b.score - a.score), meant, near};
}
