// One bar at the foot of the window: what Python is doing, and what can be done about it.
import { label, make } from "./dom.js";

const words = make("p");
words.setAttribute("role", "status");
const meter = label(make("progress", { hidden: true }), "downloaded");
const count = make("span", { className: "nn-count" });
count.setAttribute("aria-hidden", "true"); // it changes often; the words say the beginning and the end
const buttons = make("span", { className: "nn-buttons" });
export const bar = label(make("aside", { className: "nn-python" }, words, meter, count, buttons), "Python on this page");

export function tell(sentence, ...made) {
  if (!bar.isConnected) document.querySelector("article.bd-article").after(bar);
  bar.classList.remove("nn-failed");
  if (words.textContent !== sentence) words.textContent = sentence;
  buttons.replaceChildren(...made);
}

export function fail(sentence, ...made) {
  tell(sentence, ...made);
  bar.classList.add("nn-failed");
  progress(null);
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(0);

export function progress(got, total) {
  meter.hidden = got === null;
  count.textContent = got === null ? "" : `${megabytes(got)} of ${megabytes(total)} MB`;
  if (got !== null) Object.assign(meter, { max: total, value: got });
}
