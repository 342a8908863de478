// Words as they are compared: by what they have in common, "networks" with "network", "normalized" with "normalising".
const SIMPLE = {
  analyses: "analysis", axes: "axis", biases: "bias", bias: "bias", indices: "index", indexes: "index",
  losses: "loss", matrices: "matrix", maxima: "maximum", minima: "minimum", vertices: "vertex",
};

function words(text) {
  return text.normalize("NFKC").match(/[\p{L}\p{N}]+/gu) ?? [];
}

function folded(word) {
  let w = word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  if (Object.hasOwn(SIMPLE, w)) return SIMPLE[w];
  if (!/^[a-z]{4,}$/.test(w)) return w;
  w = w.replace(/(?<=...)i[sz](?:ations?|ers?|ed|es|ing|e)$/, "is");
  w = w.replace(/ies$/, "y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/(?<![si])s$/, "");
  w = w.replace(/(?<=[aeiouy].*[^aeiouy])(?:ing|ed)$/, "").replace(/(?<=...)abilit(?:y|ie)$/, "able");
  return w.replace(/([^aeiouylsz])\1$/, "$1").replace(/(?<=...)e$/, "");
}
