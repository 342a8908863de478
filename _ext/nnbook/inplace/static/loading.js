// In the worker: Python's files, all asked for at once, and how much of them has come.
const plain = self.fetch.bind(self);
const STEP = 1e5; // bytes between two messages
const SILENCE = 10_000; // ms in which a host has sent nothing, of no file: no answer will come

// Each file by its address: a promise of its response. The response itself goes to whoever needs it, and a copy is
// counted: only what comes from the network as it is has its compiled code kept by the browser.
const coming = new Map();

self.fetch = (what, options) => coming.get(String(what?.url ?? what))?.() ?? plain(what, options);

export function download(files, home, say) {
  // At once, whatever else still waits.
  const failed = (problem, url) => {
    const silent = problem instanceof TypeError; // what fetch throws where nothing answers
    say("missing", { text: silent ? `no answer from ${new URL(url).host}` : problem.message });
  };
  for (const file of files) {
    const url = new URL(file.url, home).href;
    const answer = begin(url, file, say);
    answer.catch((problem) => failed(problem, url));
    coming.set(url, async () => unpacked((await answer).clone(), file));
  }
}

// The archives of the site's own are compressed as a whole (archives.py).
function unpacked(response, { url }) {
  return url.endsWith(".pack") ? new Response(response.body.pipeThrough(new DecompressionStream("gzip"))) : response;
}

const heard = new Map(); // by host: when it was last asked, or sent something
const hear = (url) => heard.set(new URL(url).host, performance.now());
const quiet = (url) => performance.now() - heard.get(new URL(url).host);
const turn = (ms) => new Promise((resume) => setTimeout(resume, ms));

async function silence(url) {
  hear(url);
  do {
    while (quiet(url) < SILENCE) await turn(SILENCE - quiet(url));
    await turn(500); // in which what came while this thread was busy is seen
  } while (quiet(url) < SILENCE);
  throw new TypeError("silent");
}

async function begin(url, file, say) {
  const response = await Promise.race([plain(url), silence(url)]);
  hear(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  if (!file.integrity || new URL(url).origin === self.location.origin) {
    count(url, file, response.clone(), say).catch(() => {});
    return response;
  }
  // From elsewhere: checked before it runs. A checked response comes as a whole, so it is counted first.
  await count(url, file, response, say);
  return plain(url, { integrity: file.integrity, cache: "force-cache" }).catch(() => {
    throw new Error(`${url} is not the file that this book was tested with`);
  });
}

async function count(url, file, response, say) {
  let [got, told] = [0, 0];
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    hear(url);
    got = done ? file.bytes : Math.min(got + value.length, file.bytes);
    const sent = (got / file.bytes) * file.sent;
    if (done || sent - told > STEP) {
      say("progress", { bytes: sent - told });
      told = sent;
    }
    if (done) return;
  }
}

export async function bytesOf(file, home) {
  return (await self.fetch(new URL(file.url, home).href)).arrayBuffer();
}

// At once, and whatever else waits: for what is imported before it has come. Still compressed.
export function bytesNow(file, home) {
  const request = new XMLHttpRequest();
  request.open("GET", new URL(file.url, home).href, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${file.name} could not be loaded: it answers ${request.status}`);
  return request.response;
}

// A module of Pyodide's. From elsewhere, what was checked is what runs: it is not asked for a second time.
export async function moduleOf({ url, integrity }, home) {
  const address = new URL(url, home);
  if (address.origin === self.location.origin) return import(address.href);
  const response = await plain(address.href, { integrity }).catch(() => {
    throw new Error(`${address.href} could not be had, or is not the file that this book was tested with`);
  });
  const copy = URL.createObjectURL(new Blob([await response.blob()], { type: "text/javascript" }));
  try {
    return await import(copy);
  } finally {
    URL.revokeObjectURL(copy);
  }
}
