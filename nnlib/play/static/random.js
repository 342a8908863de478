// numpy's random numbers: default_rng(seed) with its random, uniform, normal, choice and permutation, digit by digit.
// So a seed means the same points, weights and batches here and in Python. (PCG64: O'Neill 2014. Normal numbers:
// the ziggurat of Marsaglia and Tsang 2000 with 256 layers. Whole numbers: Lemire 2019.)
(() => {
  "use strict";

  const hash = (constant, multiplier) => (value) => {
    value = (value ^ constant) >>> 0;
    constant = Math.imul(constant, multiplier) >>> 0;
    value = Math.imul(value, constant) >>> 0;
    return (value ^ (value >>> 16)) >>> 0;
  };

  // numpy's SeedSequence: from one whole number to eight well-mixed ones of 32 bits.
  function seedWords(seed) {
    const entropy = [seed >>> 0, Math.floor(seed / 2 ** 32)].slice(0, seed < 2 ** 32 ? 1 : 2);
    const mixed = hash(0x43b0d7e5, 0x931e8875);
    const pool = [0, 1, 2, 3].map((i) => mixed(entropy[i] ?? 0));
    for (let from = 0; from < 4; from++) {
      for (let to = 0; to < 4; to++) {
        if (from === to) continue;
        const value = (Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, mixed(pool[from]))) >>> 0;
        pool[to] = (value ^ (value >>> 16)) >>> 0;
      }
    }
    const out = hash(0x8b51f9dd, 0x58f38ded);
    return Array.from({ length: 8 }, (_, i) => out(pool[i % 4]));
  }

  // The ziggurat's layers: their edges x, the height of the curve there, and where a draw is inside for certain.
  const R = 3.6541528853610088, AREA = 0.004928673233974655, BITS = 2 ** 52;
  const edge = new Float64Array(256), height = new Float64Array(256), inside = new Float64Array(256);
  const curve = (x) => Math.exp(-0.5 * x * x);
  edge[0] = AREA / curve(R);
  edge[255] = R;
  for (let i = 254; i > 0; i--) edge[i] = Math.sqrt(-2 * Math.log(AREA / edge[i + 1] + curve(edge[i + 1])));
  for (let i = 0; i < 256; i++) {
    height[i] = i ? curve(edge[i]) : 1;
    inside[i] = i === 1 ? 0 : Math.floor(((i ? edge[i - 1] : R) / edge[i]) * BITS);
  }

  const MULTIPLIER = [0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360]; // 16 bits each, lowest first

  class Random {
    constructor(seed) {
      const words = seedWords(seed); // each 64 bits: its lower half first
      const wide = (high, low) => [low, low + 1, high, high + 1].flatMap((i) => [words[i] & 0xffff, words[i] >>> 16]);
      const start = wide(0, 2), stream = wide(4, 6);
      this.add = stream.map((part, i) => ((part << 1) & 0xffff) | (i ? stream[i - 1] >>> 15 : 1));
      this.state = new Uint16Array(8);
      this.sum = new Uint32Array(9);
      this.halved = false;
      this.advance();
      for (let i = 0, carry = 0; i < 8; i++) {
        carry += this.state[i] + start[i];
        this.state[i] = carry;
        carry >>>= 16;
      }
      this.advance();
    }

    advance() { // state ← state · MULTIPLIER + add, in 128 bits
      const { state, add, sum } = this;
      sum.set(add);
      sum[8] = 0;
      for (let i = 0; i < 8; i++) {
        for (let j = 0; i + j < 8; j++) {
          const product = Math.imul(state[i], MULTIPLIER[j]);
          sum[i + j] += product & 0xffff;
          sum[i + j + 1] += product >>> 16;
        }
      }
      for (let i = 0, carry = 0; i < 8; i++) {
        carry += sum[i];
        state[i] = carry;
        carry >>>= 16;
      }
    }

    draw() { // 64 bits, in two halves: upper and lower
      this.advance();
      const s = this.state, turn = s[7] >>> 10, by = turn & 31;
      let upper = (s[6] ^ s[2]) | ((s[7] ^ s[3]) << 16), lower = (s[4] ^ s[0]) | ((s[5] ^ s[1]) << 16);
      if (turn & 32) [upper, lower] = [lower, upper];
      this.upper = (by ? (upper >>> by) | (lower << (32 - by)) : upper) >>> 0;
      this.lower = (by ? (lower >>> by) | (upper << (32 - by)) : lower) >>> 0;
    }

    bits32() { // a draw serves twice
      this.halved = !this.halved;
      if (!this.halved) return this.kept;
      this.draw();
      this.kept = this.upper;
      return this.lower;
    }

    random() { // uniform on [0, 1)
      this.draw();
      return (this.upper * 2 ** 21 + (this.lower >>> 11)) / 2 ** 53;
    }

    uniform(low, high) {
      return low + (high - low) * this.random();
    }

    below(limit) { // as permutation draws: the lowest bits, again while they are too large
      const mask = 2 ** (32 - Math.clz32(limit)) - 1;
      for (;;) {
        const value = (this.bits32() & mask) >>> 0;
        if (value <= limit) return value;
      }
    }

    choice(values) { // as integers and choice draw
      const count = values.length;
      if (count === 1) return values[0];
      for (;;) {
        const product = BigInt(this.bits32()) * BigInt(count);
        if (Number(product & 0xffffffffn) >= 2 ** 32 % count) return values[Number(product >> 32n)];
      }
    }

    normal(mean = 0, sd = 1) {
      return mean + sd * this.standard();
    }

    standard() {
      for (;;) {
        this.draw();
        const { upper, lower } = this;
        const layer = lower & 0xff, steps = (upper & 0x1fffffff) * 2 ** 23 + (lower >>> 9);
        const sign = lower & 0x100 ? -1 : 1, x = sign * steps * (edge[layer] / BITS);
        if (steps < inside[layer]) return x;
        if (layer) {
          if ((height[layer - 1] - height[layer]) * this.random() + height[layer] < curve(x)) return x;
          continue;
        }
        for (;;) {
          const far = -Math.log1p(-this.random()) / R, down = -Math.log1p(-this.random());
          if (2 * down > far * far) return (lower & 0x20000 ? -1 : 1) * (R + far);
        }
      }
    }

    permutation(n) {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = this.below(i), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
      return order;
    }
  }

  globalThis.nnplay = Object.assign(globalThis.nnplay ?? {}, { Random });
})();
