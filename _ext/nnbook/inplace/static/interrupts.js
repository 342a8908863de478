// How Python hears "Stop" while it is busy. It looks now and then into a buffer, which would have to be shared memory,
// and that needs headers that a static host does not send. But any object with a 0 will do: this one asks, from time to
// time, whether an address still exists that the page made for the cell, and takes back when the reader stops it.
const EVERY = 100; // ms between two looks
const SIGINT = 2; // a KeyboardInterrupt in the reader's code

let address = null;
let looked = 0;

function exists(url) {
  const look = new XMLHttpRequest();
  try {
    look.open("GET", url, false);
    look.send();
    return look.status === 200;
  } catch {
    return false;
  }
}

export const interrupts = {
  get 0() {
    const now = performance.now();
    if (!address || now - looked < EVERY) return 0;
    looked = now;
    if (exists(address)) return 0;
    address = null;
    return SIGINT;
  },
  set 0(_handled) {},
};

// Where looking is not allowed at all, nothing follows from it: the page then ends Python as a whole.
export function listen(url) {
  address = url && exists(url) ? url : null;
  looked = performance.now();
}
