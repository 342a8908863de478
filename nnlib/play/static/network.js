// The equations of nnlib in plain JavaScript, to be read beside activations.py, costs.py, initializers.py, network.py,
// optimizers.py and training.py: the same names, the same order, the same defaults. A matrix is one array, row by row.
(() => {
  "use strict";

  // a = f(z), and the slope f'(z) from whichever of z and a is cheaper; leak is the layer's own, learned by PReLU.
  const sigmoid = (z) => 0.5 * Math.tanh(0.5 * z) + 0.5;
  const ACTIVATIONS = {
    step: { f: (z) => (z >= 0 ? 1 : 0), prime: () => 0 },
    linear: { f: (z) => z, prime: () => 1 },
    sigmoid: { f: sigmoid, prime: (z, a) => a * (1 - a) },
    tanh: { f: Math.tanh, prime: (z, a) => 1 - a * a },
    relu: { f: (z) => Math.max(z, 0), prime: (z, a) => Math.sign(a) },
    leaky_relu: { f: (z) => (z > 0 ? z : 0.01 * z), prime: (z) => (z > 0 ? 1 : 0.01) },
    prelu: { f: (z, leak) => (z > 0 ? z : leak * z), prime: (z, a, leak) => (z > 0 ? 1 : leak) },
    swish: { f: (z) => z * sigmoid(z), prime: (z, a) => ((s) => s + a * (1 - s))(sigmoid(z)) },
    softmax: {}, // depends on the whole row: see softmax and softmaxVjp
  };

  // Of one output: C(a, y) and its slope, where a row has n. With logits: C from z, exact where C would meet ln 0.
  const inside = (a) => Math.min(Math.max(a, Number.EPSILON), 1 - Number.EPSILON);
  const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  const COSTS = {
    quadratic: { value: (a, y) => 0.5 * (a - y) ** 2, prime: (a, y) => a - y, canonical: "linear" },
    mse: { value: (a, y, n) => (a - y) ** 2 / n, prime: (a, y, n) => (2 * (a - y)) / n },
    mae: { value: (a, y, n) => Math.abs(a - y) / n, prime: (a, y, n) => Math.sign(a - y) / n },
    binary_cross_entropy: {
      value: (a, y) => -(y * Math.log(inside(a)) + (1 - y) * Math.log1p(-inside(a))),
      prime: (a, y) => (inside(a) - y) / (inside(a) * (1 - inside(a))),
      canonical: "sigmoid",
      logits: (z, y) => y * softplus(-z) + (1 - y) * softplus(z),
    },
    categorical_cross_entropy: {
      value: (a, y) => -y * Math.log(inside(a)),
      prime: (a, y) => -y / inside(a),
      canonical: "softmax",
      logits: (z, y, total) => y * (total - z), // total = ln of the sum of the row's e^z
    },
  };

  // Starting weights: from a generator and a shape to a function that draws them one by one. Biases start at 0.
  const INITIALIZERS = {
    zeros: () => () => 0,
    equal: () => () => 0.5, // nnlib.initializers.constant(0.5)
    uniform: (random) => () => random.uniform(-1, 1),
    normal: (random) => () => random.normal(0, 1),
    xavier: (random, n, m) => () => random.normal(0, Math.sqrt(2 / (m + n))),
    he: (random, n, m) => () => random.normal(0, Math.sqrt(2 / m)),
  };

  // What a forward and a backward pass compute, with room for so many rows: Z[l], A[l], delta[l].
  class Pass {
    constructor(sizes, rows) {
      for (const name of ["Z", "A", "delta"]) this[name] = sizes.map((n) => new Float64Array(n * rows));
      this.total = new Float64Array(rows);
    }
  }

  // W[l], b[l] and leak[l], layers numbered from 1: views into one vector.
  class Parameters {
    constructor(sizes, names) {
      const shapes = sizes.slice(1).map((n, l) => [n, sizes[l]]), take = (length) => this.flat.subarray(at, (at += length));
      let at = 0;
      this.flat = new Float64Array(shapes.reduce((sum, [n, m]) => sum + n * m + n, 0) + names.filter((f) => f === "prelu").length);
      [this.W, this.b] = [[null], [null]];
      for (const [n, m] of shapes) [this.W, this.b].forEach((layers, i) => layers.push(take(i ? n : n * m)));
      this.leak = names.map((name) => (name === "prelu" ? take(1) : null));
    }
  }

  class Network {
    constructor({ sizes, hidden = "sigmoid", output = "sigmoid", cost = "quadratic", init = "xavier", l2 = 0 }, random) {
      const L = sizes.length - 1, names = [null, ...Array(L - 1).fill(hidden), output], start = INITIALIZERS[init];
      Object.assign(this, { sizes, L, names, l2, cost: COSTS[cost], canonical: COSTS[cost].canonical === output });
      [this.parameters, this.gradient] = [new Parameters(sizes, names), new Parameters(sizes, names)];
      Object.assign(this, { W: this.parameters.W, b: this.parameters.b, leak: this.parameters.leak, f: names.map((f) => ACTIVATIONS[f]) });
      for (let l = 1; l <= L; l++) this.W[l].set(this.W[l].map(start(random, sizes[l], sizes[l - 1])));
      for (const leak of this.leak) leak?.fill(0.25);
    }

    forward(X, N, p = new Pass(this.sizes, N)) { // N rows of X; the prediction is p.A[L]
      const { sizes, L, W, b, f, names, leak } = this;
      p.A[0] = X;
      for (let l = 1; l <= L; l++) {
        const z = p.Z[l], a = p.A[l], n = sizes[l], alpha = leak[l]?.[0];
        weighted(p.A[l - 1], W[l], b[l], z, N, sizes[l - 1], n); // z^(l) = w^(l) a^(l-1) + b^(l)
        if (names[l] === "softmax") softmax(z, a, p.total, N, n);
        else for (let k = 0; k < n * N; k++) a[k] = f[l].f(z[k], alpha); // a^(l) = f(z^(l))
      }
      return p;
    }

    backward(p, Y, N) { // from a forward pass and targets Y to the gradient of the cost, L2 term included
      const { sizes, L, W, f, names, leak, l2, gradient } = this;
      gradient.flat.fill(0);
      for (let l = L; l > 0; l--) {
        const n = sizes[l], z = p.Z[l], a = p.A[l], delta = p.delta[l], alpha = leak[l]?.[0];
        if (l === L && this.canonical) {
          for (let k = 0; k < n * N; k++) delta[k] = a[k] - Y[k]; // BP1, for the pairs in which f' cancels
        } else {
          if (l === L) for (let k = 0; k < n * N; k++) delta[k] = this.cost.prime(a[k], Y[k], n);
          else product(p.delta[l + 1], W[l + 1], delta, N, sizes[l + 1], n); // BP1, BP2: what comes from above ...
          if (leak[l]) for (let k = 0; k < n * N; k++) gradient.leak[l][0] += (delta[k] * Math.min(z[k], 0)) / N;
          if (names[l] === "softmax") softmaxVjp(delta, a, N, n);
          else for (let k = 0; k < n * N; k++) delta[k] *= f[l].prime(z[k], a[k], alpha); // ... times f'(z)
        }
        average(delta, p.A[l - 1], gradient.W[l], gradient.b[l], N, sizes[l - 1], n); // BP3, BP4
        if (l2) for (let k = 0; k < n * sizes[l - 1]; k++) gradient.W[l][k] += l2 * W[l][k];
      }
    }

    costs(p, Y, N) { // the mean cost of the rows of a forward pass, without the L2 term
      const n = this.sizes[this.L], z = p.Z[this.L], a = p.A[this.L], { value } = this.cost, logits = this.canonical && this.cost.logits;
      let sum = 0;
      for (let k = 0; k < n * N; k++) sum += logits ? logits(z[k], Y[k], p.total[Math.floor(k / n)]) : value(a[k], Y[k], n);
      return sum / N;
    }

    penalty() { // λ/2 Σ w², biases left out
      return this.l2 ? 0.5 * this.l2 * this.W.slice(1).reduce((sum, W) => W.reduce((part, w) => part + w * w, sum), 0) : 0;
    }
  }

  // Matrices: A of shape (N, m), w (n, m), b (n), z and delta (N, n). Written out, since a page has no numpy.
  function weighted(A, w, b, z, N, m, n) { // z = A wᵀ + b
    for (let r = 0, k = 0; r < N; r++) {
      for (let j = 0, at = 0; j < n; j++, k++) {
        let sum = 0;
        for (let i = 0, row = r * m; i < m; i++) sum += w[at++] * A[row++];
        z[k] = sum + b[j];
      }
    }
  }

  function product(delta, w, into, N, n, m) { // into = delta w
    into.fill(0, 0, N * m);
    for (let r = 0, k = 0; r < N; r++) {
      for (let j = 0, at = 0; j < n; j++, k++) for (let i = 0, row = r * m; i < m; i++) into[row++] += delta[k] * w[at++];
    }
  }

  function average(delta, A, gradW, gradb, N, m, n) { // gradW = deltaᵀ A / N, gradb = the mean of delta's rows
    for (let r = 0, k = 0; r < N; r++) {
      for (let j = 0, at = 0; j < n; j++, k++) {
        const share = delta[k] / N;
        gradb[j] += share;
        for (let i = 0, row = r * m; i < m; i++) gradW[at++] += share * A[row++];
      }
    }
  }

  function softmax(z, a, total, N, n) { // the largest exponent is made 0: no overflow, the same quotient
    for (let r = 0; r < N; r++) {
      const row = z.subarray(r * n, (r + 1) * n), top = Math.max(...row), sum = row.reduce((sum, z) => sum + Math.exp(z - top), 0);
      for (let k = r * n; k < (r + 1) * n; k++) a[k] = Math.exp(z[k] - top) / sum;
      total[r] = top + Math.log(sum);
    }
  }

  function softmaxVjp(g, a, N, n) { // g ← a (g − Σ g a), row by row
    for (let r = 0; r < N; r++) {
      let dot = 0;
      for (let k = r * n; k < (r + 1) * n; k++) dot += g[k] * a[k];
      for (let k = r * n; k < (r + 1) * n; k++) g[k] = a[k] * (g[k] - dot);
    }
  }

  // Optimizers: how a step changes parameters w by their gradient g.
  const OPTIMIZERS = {
    sgd(w, g, { learning_rate: eta, momentum = 0 }, v = w.map(() => 0)) {
      return () => { for (let k = 0; k < w.length; k++) w[k] += v[k] = momentum * v[k] - eta * g[k]; };
    },
    adam(w, g, { learning_rate: eta, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }, m = w.map(() => 0), v = w.map(() => 0), t = 0) {
      return () => {
        const c = Math.sqrt((1 - beta2 ** ++t) / (1 - beta2)), step = (eta * c * (1 - beta1)) / (1 - beta1 ** t);
        for (let k = 0; k < w.length; k++) { // m and v without their 1 - beta, which stand in c and step
          m[k] = beta1 * m[k] + g[k];
          v[k] = beta2 * v[k] + g[k] * g[k];
          w[k] -= (m[k] / (Math.sqrt(v[k]) + epsilon * c)) * step;
        }
      };
    },
  };

  // nnlib.fit, a batch a call: the rows in a new order each epoch, the last batch with those that are left.
  class Training {
    constructor(net, { X, Y, N }, { batch_size, optimizer, ...how }, random) {
      const size = Math.min(batch_size, N), step = OPTIMIZERS[optimizer](net.parameters.flat, net.gradient.flat, how);
      Object.assign(this, { net, X, Y, N, size, step, random, at: 0, epochs: 0, p: new Pass(net.sizes, size) });
      [this.x, this.y] = [X, Y].map((all) => new Float64Array((all.length / N) * size));
    }

    batch() { // true at the end of an epoch, whose cost, over its batches as they were seen, is then this.cost
      const { net, p, x, y, at, N } = this, rows = Math.min(this.size, N - at);
      if (!at) [this.order, this.sum] = [this.random.permutation(N), 0];
      for (const [all, some] of [[this.X, x], [this.Y, y]]) {
        const m = all.length / N;
        for (let k = 0; k < rows * m; k++) some[k] = all[this.order[at + Math.floor(k / m)] * m + (k % m)];
      }
      net.forward(x, rows, p);
      this.sum += (net.costs(p, y, rows) + net.penalty()) * rows;
      net.backward(p, y, rows);
      this.step();
      this.at = at + rows < N ? at + rows : 0;
      if (!this.at) [this.cost, this.epochs] = [this.sum / N, this.epochs + 1];
      return !this.at;
    }
  }

  Object.assign(globalThis.nnplay, { ACTIVATIONS, COSTS, INITIALIZERS, OPTIMIZERS, Pass, Network, Training });
})();
