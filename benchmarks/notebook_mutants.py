"""How many mathematical mistakes in the package do the notebooks alone catch?

    python benchmarks/notebook_mutants.py           every mistake below: ten minutes on two cores
    python benchmarks/notebook_mutants.py 7 19      some of them, by number

Each is put into a copy of the book, whose notebooks run and are compared with what they store, one after the
other until one differs. (``make mutants`` asks the unit tests, of every line.)
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.copies import copied, outcome

PARTS = ("nnlib", "tools", "_ext", "chapters", "appendix", "intro.ipynb", "pyproject.toml", "conftest.py")

MISTAKES = [
    # activations
    ("activations.py", "return (z >= 0).astype", "return (z > 0).astype"),
    ("activations.py", "return 0.5 * np.tanh(0.5 * z) + 0.5", "return 0.5 * np.tanh(z) + 0.5"),
    ("activations.py", "return a * (1 - a)", "return a * (1 + a)"),
    ("activations.py", "return 1 - a * a", "return 1 - a"),
    ("activations.py", "return np.maximum(z, 0)", "return np.maximum(z, 0.01)"),
    ("activations.py", "return np.sign(a)", "return 0.5 * np.sign(a)"),
    ("activations.py", "return np.where(z > 0, z, leak * z)", "return np.where(z > 0, z, -leak * z)"),
    ("activations.py", "np.where(z > 0, 1, leak * np", "np.where(z > 0, 1, 0 * np"),
    ("activations.py", "return np.minimum(z, 0)", "return np.maximum(z, 0)"),
    ("activations.py", "return s + a * (1 - s)", "return s + a * (1 + s)"),
    ("activations.py", "return z * _sigmoid(z)", "return z * _sigmoid(2 * z)"),
    ("activations.py", "return e / np.add.reduce(e, axis=-1,", "return e / np.maximum.reduce(e, axis=-1,"),
    ("activations.py", "leak: float = 0.01", "leak: float = 0.1"),
    # costs
    ("costs.py", "return 0.5 * ((A - Y) ** 2).sum(axis=1)", "return ((A - Y) ** 2).sum(axis=1)"),
    ("costs.py", "return A - Y\n", "return Y - A\n"),
    ("costs.py", "return ((A - Y) ** 2).mean(axis=1)", "return ((A - Y) ** 2).sum(axis=1)"),
    ("costs.py", "return 2 * (A - Y) / A.shape[1]", "return (A - Y) / A.shape[1]"),
    ("costs.py", "return np.abs(A - Y).mean(axis=1)", "return np.abs(A - Y).sum(axis=1)"),
    ("costs.py", "return np.sign(A - Y) / A.shape[1]", "return np.sign(Y - A) / A.shape[1]"),
    ("costs.py", "(Y * np.log(A) + (1 - Y) * np.log1p(-A))", "(Y * np.log(A) + Y * np.log1p(-A))"),
    ("costs.py", "return (A - Y) / (A * (1 - A))", "return (A - Y) / A"),
    ("costs.py", "+ (1 - Y) * np.logaddexp(0, Z)", "+ (1 - Y) * np.logaddexp(0, -Z)"),
    ("costs.py", "return -(Y * np.log(_inside(A)))", "return -(Y * np.log2(_inside(A)))"),
    ("costs.py", "return -Y / _inside(A)", "return -Y * _inside(A)"),
    ("costs.py", "np.exp(Z).sum(axis=1)) - (Y * Z)", "np.exp(Z).sum(axis=1)) + (Y * Z)"),
    # the network
    ("network.py", "Z[l] += b[l]", "Z[l] -= b[l]"),
    ("network.py", "delta[l] = A[L] - Y  #", "delta[l] = (A[L] - Y) / 2  #"),
    ("network.py", "np.dot(delta[l + 1], W[l + 1])", "np.dot(delta[l + 1], np.abs(W[l + 1]))"),
    ("network.py", "share = delta[l] / N", "share = delta[l]"),
    ("network.py", "np.dot(ones, share, out=grad_b[l])", "np.dot(ones, 2 * share, out=grad_b[l])"),
    ("network.py", "np.dot(share.T, A[l - 1], out", "np.dot(share.T, np.abs(A[l - 1]), out"),
    ("network.py", "gradient += self.l2 * w", "gradient += 2 * self.l2 * w"),
    ("network.py", "return 0.5 * self.l2 * sum", "return self.l2 * sum"),
    # optimizers and schedules
    ("optimizers.py", "            w -= self.learning_rate * g", "            w += self.learning_rate * g"),
    ("optimizers.py", "        v *= self.momentum", "        v *= self.momentum**2"),
    ("optimizers.py", "        v += np.multiply(g, g, out=s)", "        v += np.abs(g)"),
    ("optimizers.py", "(1 - self.beta2)) ** 0.5", "(1 - self.beta2))"),
    ("optimizers.py", "(1 - self.beta1) / (1 - self.beta1**self.steps)", "(1 - self.beta1)"),
    ("schedules.py", "start * factor ** (", "start * factor * ("),
    ("schedules.py", "return start / (1 + decay *", "return start / (1 + 2 * decay *"),
    # first weights
    ("initializers.py", "(2 / (n_in + n_out)) ** 0.5", "(1 / (n_in + n_out)) ** 0.5"),
    ("initializers.py", "(2 / n_in) ** 0.5", "(1 / n_in) ** 0.5"),
    ("initializers.py", "rng.uniform(low, high, shape)", "rng.uniform(low, 2 * high, shape)"),
    # perceptron
    ("perceptron.py", "w = w + self.learning_rate * sign * x", "w = w + self.learning_rate * x"),
    ("perceptron.py", "b += self.learning_rate * sign", "b += sign"),
    ("perceptron.py", "z = w @ x + b", "z = w @ x - b"),
    # data, accuracy
    ("data.py", "u.std(axis=0), 1.0)", "u.var(axis=0), 1.0)"),
    ("outputs.py", "return (output.range[0] + output.range[1]) / 2", "return output.range[1] / 3"),
]


def catcher(number: int, copy: Path) -> str:
    """The notebook that differs with a mistake; "" if none does."""
    name, right, wrong = MISTAKES[number]
    path = copy / "nnlib" / name
    source = path.read_text(encoding="utf-8")
    if source.count(right) != 1:
        raise SystemExit(f"nnlib/{name} has {source.count(right)} places with {right!r}; one is expected")
    path.write_text(source.replace(right, wrong), encoding="utf-8")
    try:
        return first_that_differs(copy)
    finally:
        path.write_text(source, encoding="utf-8")


def first_that_differs(copy: Path) -> str:
    notebooks = ["intro.ipynb", *sorted(f"chapters/{path.name}" for path in copy.glob("chapters/*.ipynb"))]
    for notebook in notebooks:
        done = outcome(copy, notebook)
        if done.returncode == 1:
            return notebook
        if done.returncode:
            raise SystemExit(f"{notebook} did not run:\n{done.stdout[-2000:]}{done.stderr[-1000:]}")
    return ""


@contextmanager
def copies(count: int) -> Iterator[SimpleQueue[Path]]:
    with tempfile.TemporaryDirectory() as folder:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(count):
            (target := Path(folder) / str(number)).mkdir()
            free.put(copied(target, PARTS))
        yield free


def main() -> int:
    asked = [int(number) for number in sys.argv[1:]] or range(len(MISTAKES))
    cores = os.cpu_count() or 1
    with copies(cores) as free, ThreadPoolExecutor(cores) as pool:

        def tried(number: int) -> str:
            copy = free.get()
            try:
                return catcher(number, copy)
            finally:
                free.put(copy)

        copy = free.get()
        if found := first_that_differs(copy):
            print(f"{found} differs without a mistake.", file=sys.stderr)
            return 2
        free.put(copy)
        caught = 0
        for number, found in zip(asked, pool.map(tried, asked), strict=True):
            name, right, wrong = MISTAKES[number]
            caught += bool(found)
            print(
                f"{number:2} {found or 'NOBODY':34} {name}: {right.strip()}  ->  {wrong.strip()}", flush=True
            )
    print(f"{caught} of {len(asked)} caught, {caught / len(asked):.0%}")
    return 0 if caught >= 0.95 * len(asked) else 1


if __name__ == "__main__":
    sys.exit(main())
