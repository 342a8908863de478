// What is trained: the points, the network, the run so far. Nothing here is drawn.
(() => {
  "use strict";

  const { Random, Network, Training, Pass, points, matrices, view, Rosenblatt, bound } = globalThis.nnplay;
  const { WHILE, LIMITS, ends, named, sentence, count, fixed, percent, short } = globalThis.nnplay;
  const NEW_POINTS = 400, MOMENTUM = 0.9;
  const DIES = "relu"; // 0 wherever z < 0, with no slope to bring it back
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  // A run is a start and legs. The start is the seed's weights at epoch 0, or weights that were changed by hand. A leg is
  // a call of nnlib.fit: so many epochs, with one optimizer, rate, batch and L2. So any run can be written as a program.
  class Model {
    constructor(settings) {
      this.settings = settings;
      this.begin();
    }

    begin() { // anew: points, network, epoch 0
      const s = this.settings, own = s.data === "own";
      const drawn = (n, seed) => (own ? s.own : points(s.data, n, s.noise, seed, s.classes));
      this.rows = drawn(s.points, 0);
      this.newRows = own || s.data === "gate" ? [] : drawn(NEW_POINTS, 1);
      const classes = this.rows.reduce((most, row) => Math.max(most, row[2] + 1), 2);
      this.outputs = classes > 2 ? classes : 1;
      [this.learned, this.fresh] = [this.rows, this.newRows].map((rows) => matrices(rows, this.outputs));
      this.net = new Network({ sizes: [2, ...s.layers, this.outputs], hidden: s.activation, init: s.rule === "perceptron" ? "zeros" : s.init, l2: s.l2, ...ends(s, this.outputs) }, new Random(s.seed));
      this.perceptron = s.rule === "perceptron";
      this.bound = this.perceptron && this.rows.length && this.outputs === 1 ? bound(this.learned) : null;
      this.passes = [this.learned, this.fresh].map(({ N }) => new Pass(this.net.sizes, N));
      this.point = new Pass(this.net.sizes, 1);
      this.view = own ? [0, 0, Math.max(3.3, ...s.own.map(([x, y]) => 1.1 * Math.max(Math.abs(x), Math.abs(y))))] : view(s.data);
      this.start = null;
      this.rival = s.against ? new Model({ ...s, ...s.against, against: null, goal: null }) : null; // one thing is different
      this.again();
    }

    again() { // from the same weights
      const { start } = this;
      if (start) this.net.parameters.flat.set(start.weights);
      [this.legs, this.training, this.random, this.reached] = [[], null, new Random(0), null];
      [this.costs, this.gradients] = [[], this.net.W.map(() => null)];
      [this.behind, this.changed] = [[], false];
      if (this.rival) {
        this.rival.start = start;
        this.rival.again();
      }
      this.measure();
    }

    restart() {
      const start = this.start;
      if (!start || start.epoch || !this.epoch) return this.begin(); // weights set by hand before training are kept, once
      return this.again();
    }

    get epoch() {
      return (this.start?.epoch ?? 0) + this.legs.reduce((sum, leg) => sum + leg.epochs, 0);
    }

    get middle() { return (this.training?.at ?? 0) > 0; } // of an epoch
    get batches() { return Math.max(1, this.perceptron ? this.learned.N : Math.ceil(this.learned.N / this.settings.batch_size)); }
    get trainable() { return this.rows.length > 0 && !(this.perceptron && this.outputs > 1); }
    get finished() { return this.perceptron && this.epoch > 0 && !this.middle && this.training?.last === 0; } // an epoch without a mistake
    get diverged() { return !this.perceptron && !Number.isFinite(this.now.cost); }

    how() { // what the next epoch is trained with
      const s = this.settings, [ahead] = this.behind;
      return ahead?.how ?? Object.fromEntries(WHILE.map((name) => [name, s[name]]));
    }

    batch() { // one step, of a rival too; true at an epoch's end. What was changed meanwhile counts from the next epoch on.
      if (this.rival) {
        Object.assign(this.rival.settings, this.how(), this.settings.against);
        this.rival.batch();
      }
      if (this.perceptron && !this.training) {
        this.legs.push({ how: this.how(), epochs: 0 });
        this.training = new Rosenblatt(this.net, this.learned);
      } else if (!this.perceptron && !this.middle) {
        const how = this.how(), last = this.legs.at(-1);
        if (!this.training || !same(how, last.how)) {
          const { optimizer, ...rest } = how;
          this.net.l2 = how.l2;
          this.legs.push({ how, epochs: 0 });
          const kind = optimizer === "momentum" ? { optimizer: "sgd", momentum: MOMENTUM } : { optimizer };
          this.training = new Training(this.net, this.learned, { ...rest, ...kind }, this.random);
        }
      }
      if (!this.training.batch()) return false;
      this.legs.at(-1).epochs += 1;
      if (this.behind.length && !--this.behind[0].epochs) this.behind.shift();
      if (this.epoch >= 1.04 * this.measured) this.measure(); // so that the curve has its bends, however fast it goes
      for (let l = 1; l <= this.net.L; l++) { // the gradient's size, evened out a little
        const size = Math.hypot(...this.net.gradient.W[l]) / Math.sqrt(this.net.W[l].length);
        this.gradients[l] = this.gradients[l] === null ? size : 0.8 * this.gradients[l] + 0.2 * size;
      }
      return true;
    }

    measure() { // how good it is now, on the points that it learns from and on new ones
      const { net, passes } = this, last = net.L;
      const [now, fresh] = [this.learned, this.fresh].map(({ X, Y, N }, i) => {
        if (!N) return { cost: NaN, right: NaN };
        const { A } = net.forward(X, N, passes[i]);
        let right = 0;
        for (let r = 0; r < N; r++) right += this.named(A[last], r) === this.named(Y, r);
        const cost = this.perceptron ? (this.training?.last ?? NaN) : net.costs(passes[i], Y, N) + net.penalty();
        return { cost, right: right / N };
      });
      this.now = { ...now, newCost: fresh.cost, newRight: fresh.right };
      this.dead = net.sizes.map((size, l) => Array.from({ length: size }, (_, j) => {
        if (!l || l === last || net.names[l] !== DIES || !this.learned.N) return false;
        for (let r = 0; r < this.learned.N; r++) if (passes[0].A[l][r * size + j] > 0) return false;
        return true;
      }));
      this.rival?.measure();
      if (!this.middle) this.costs[(this.measured = this.epoch)] = this.rival ? [1 - now.right, 1 - this.rival.now.right] : [now.cost, fresh.cost];
      const goal = this.settings.goal, share = this.newRows.length ? fresh.right : now.right;
      const kept = goal && (!goal.neurons || this.neurons <= goal.neurons) && (!goal.epochs || this.epoch <= goal.epochs);
      if (kept && this.epoch && share >= goal.right) this.reached ??= this.epoch;
    }

    get neurons() { return this.settings.layers.reduce((sum, n) => sum + n, 0); }

    named(A, r) { // the class that row r says, as nnlib's classify
      const n = this.outputs;
      if (n === 1) return A[r] >= 0.5 ? 1 : 0;
      let best = 0;
      for (let k = 1; k < n; k++) if (A[r * n + k] > A[r * n + best]) best = k;
      return best;
    }

    at(place) { return this.net.forward(Float64Array.from(place), 1, this.point); } // what it says of one place

    penalise() { // a change of L2 shows at once where nothing is trained yet
      if (this.legs.length) return;
      this.net.l2 = this.settings.l2;
      this.measure();
    }

    hold(why) { // from here on, these weights are the start: they were changed by hand, or the points were
      this.start = { epoch: this.epoch, weights: this.net.parameters.flat.slice(), why };
      if (this.rival) { // from here on they differ in one thing again, not in two
        this.rival.net.parameters.flat.set(this.start.weights);
        this.rival.hold(why);
      }
      [this.legs, this.training, this.random, this.behind] = [[], null, new Random(0), []];
      this.penalise();
    }

    replace(rows) { // other points: the network goes on from what it knows, if it still fits
      const { epoch, costs, net, outputs, start } = this, weights = net.parameters.flat;
      this.settings.own = rows;
      this.begin();
      if (this.outputs !== outputs || (!epoch && !start)) return;
      this.net.parameters.flat.set(weights);
      [this.start, this.costs] = [{ epoch, weights: weights.slice(), why: "points" }, costs];
      this.measure();
    }

    // What it is in words -------------------------------------------------------------------------------------

    get title() {
      const { layers, data, activation, learning_rate } = this.settings, one = this.neurons === 1;
      const hidden = layers.length ? `${layers.join(" + ")} neuron${one ? "" : "s"} (${named(activation)})` : "no hidden layer";
      return sentence(`${named(data)}, ${hidden}, learning rate ${short(learning_rate)}`);
    }

    get sentence() { // as nnlib/play/runs.py says it, and what there is to say besides
      if (!this.trainable) return "Click on the map to put points of two kinds there. Then press Play.";
      if (this.perceptron) return this.outputs > 1 ? "A perceptron says 0 or 1: take two kinds of points." : this.rosenblatt;
      const { now, epoch } = this, fresh = this.newRows.length, dead = this.dead.flat().filter(Boolean).length;
      const when = epoch || this.middle ? `after ${count(epoch, "epoch")}` : "before training";
      if (this.diverged) return `${this.title}: ${when} the cost is no number any more, the training diverged. Try a smaller learning rate, and restart.`;
      const total = fresh ? `of ${count(fresh, "new point")}` : `of the ${count(this.rows.length, "point")}`;
      const side = this.outputs === 1 ? "on the right side of the line" : "given the right class";
      const parts = [`${this.title}: ${when} the cost is ${fixed(now.cost)}; ${total}, ${percent(fresh ? now.newRight : now.right)} are ${side}.`];
      if (this.rival) parts.push(`A rival from the same weights, with ${named(Object.values(this.settings.against)[0])}: ${percent(this.rival.now.newRight)}.`);
      if (dead) parts.push(`${count(dead, "neuron")} ${dead === 1 ? "is" : "are"} dead, 0 at every point learned from.`);
      return parts.join(" ");
    }

    get rosenblatt() { // as nnlib/play/perceptron.py says it
      const { training, epoch, start, bound: most } = this, n = count(this.rows.length, "point");
      const atMost = most === null ? "no line parts them" : start ? "no bound, since it did not start at 0" : `at most ${count(most, "mistake")}`;
      if (!training) return `A perceptron before its first step, ${start ? "its weights kept" : "every weight 0"}; ${n}, ${atMost}.`;
      const now = `${count(training.made, "mistake")} so far${epoch ? `, ${training.last} in the last epoch` : ""}`;
      return `A perceptron after ${count(epoch, "epoch")}: ${now}; of the ${n}, ${percent(this.now.right)} are on the right side; ${atMost}.`;
    }

    get goal() {
      const { goal } = this.settings;
      if (!goal) return "";
      const within = [goal.neurons && `with at most ${count(goal.neurons, "hidden neuron")}`, goal.epochs && `within ${count(goal.epochs, "epoch")}`];
      const what = `${percent(goal.right)} of the ${this.newRows.length ? "new " : ""}points right ${within.filter(Boolean).join(", ")}`.trim();
      return this.reached ? `Goal reached after ${count(this.reached, "epoch")}: ${what}.` : `Goal: ${what}.`;
    }
  }

  Model.most = LIMITS.epochs;
  Object.assign(globalThis.nnplay, { Model, NEW_POINTS, MOMENTUM });
})();
