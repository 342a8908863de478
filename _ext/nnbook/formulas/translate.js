// Reads lines of JSON, {tex, display}, and answers each with {mathml} or {error}: Temml on Node.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { runInThisContext } = require("node:vm");

runInThisContext(readFileSync(join(__dirname, "temml", "temml.min.js"), "utf-8"));

function answer({ tex, display }) {
  try {
    // In a line, a formula may go on in the next one after a relation, as in TeX.
    const options = { displayMode: display, wrap: display ? "none" : "tex", throwOnError: true };
    return { mathml: temml.renderToString(tex, options) };
  } catch (error) {
    return { error: error.message };
  }
}

require("node:readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => console.log(JSON.stringify(answer(JSON.parse(line)))));
