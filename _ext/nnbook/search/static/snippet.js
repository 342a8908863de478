// The piece of a section's text that shows best why it was found.
const WIDTH = 190; // letters
const LEAD = 70; // letters from a sentence's beginning to the word

// [{text, mark}]: the piece, with the words that were looked for marked.
function snippet(text, wanted) {
  const all = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  const hits = all.filter(word => wanted.has(folded(word[0])));
  const start = hits.length ? beginning(text, best(hits, text)) : 0;
  const end = start + WIDTH >= text.length ? text.length : text.lastIndexOf(" ", start + WIDTH);
  const parts = [{text: start > 0 && !/[.?!:…] $/.test(text.slice(0, start)) ? "… " : ""}];
  let at = start;
  for (const word of hits) {
    if (word.index < at || word.index + word[0].length > end) continue;
    parts.push({text: text.slice(at, word.index)}, {text: word[0], mark: true});
    at = word.index + word[0].length;
  }
  parts.push({text: text.slice(at, end) + (end < text.length ? " …" : "")});
  return parts.filter(part => part.text);
}

// Where the most different words stand close together; of equals, where the fewest formulas are missing.
function best(hits, text) {
  let most = 0, place = 0;
  for (const {index} of hits) {
    const near = hits.filter(hit => hit.index >= index && hit.index < index + WIDTH - LEAD);
    const different = new Set(near.map(hit => folded(hit[0]))).size;
    const missing = text.slice(index, index + WIDTH - LEAD).split("…").length - 1;
    const good = different - missing / WIDTH;
    if (good > most) [most, place] = [good, index];
  }
  return place;
}

// A sentence's beginning, where one is near before the word; else the beginning of a word.
function beginning(text, place) {
  const before = text.slice(0, place);
  const sentence = Math.max(...[". ", "? ", "! ", ": ", "… "].map(stop => before.lastIndexOf(stop) + 2));
  if (sentence > 1 && place - sentence <= LEAD) return sentence;
  if (place <= LEAD) return 0;
  return text.indexOf(" ", place - LEAD / 2) + 1;
}

// The words of a text, as they stand there, that are the same as those that were looked for.
function asWritten(text, wanted) {
  return [...new Set(words(text).filter(word => wanted.has(folded(word))).map(word => word.toLowerCase()))];
}
