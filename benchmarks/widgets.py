"""How quickly explorers answer, live and at build time: ``python benchmarks/widgets.py [chapter ...]``.

For every explorer of every chapter: the time from moving a control to the new image in a kernel (median and
95th percentile over random moves, each to a frame not seen before), and the time to draw all its frames for
the static page, one after the other (measured on a sample, and scaled). All of it is processor time on one
thread. ``build_times.py`` says which share of a build the frames are.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from test_explorers_grid import CHAPTERS, made_in  # noqa: E402

from nnlib.explore import Explorer  # noqa: E402
from nnlib.explore.choices import name_of  # noqa: E402
from nnlib.explore.drawing import draw_frame  # noqa: E402

MOVES = 40  # of each explorer


def latencies(explorer: Explorer) -> list[float]:
    """Milliseconds from a moved control to the new image, for moves to frames that were not yet drawn."""
    live, found, sent = explorer.live, [], 0.0

    def stop(_change: object) -> None:
        nonlocal sent
        sent = time.process_time()

    live.image.observe(stop, names="value")
    grid = [values for values in explorer.choices if values != explorer.choices.start]
    for values in random.Random(0).sample(grid, min(MOVES, len(grid))):
        now = {name: control.value for name, control in live.controls.items()}
        moved = [name for name in values if values[name] != now[name]]
        for name in moved[:-1]:  # all but the last of the controls: without a redraw
            live.controls[name].unobserve(live._redraw, names="value")
            live.controls[name].value = values[name]
            live.controls[name].observe(live._redraw, names="value")
        begin = time.process_time()
        live.controls[moved[-1]].value = values[moved[-1]]
        found.append(1000 * (sent - begin))
    return found


def seconds_to_draw(explorer: Explorer) -> float:
    """Seconds for all frames of the static page, one process."""
    grid = list(explorer.choices)
    sample = random.Random(1).sample(grid, min(10, len(grid)))
    begin = time.process_time()
    for values in sample:
        draw_frame(explorer.draw, values)
    return (time.process_time() - begin) / len(sample) * len(grid)


def main() -> None:
    wanted = sys.argv[1:]
    print(f"{'chapter':20s} {'explorer':28s} {'frames':>6s} {'median':>7s} {'95 %':>7s} {'build':>7s}")
    all_moves: list[float] = []
    book = 0.0
    for chapter in CHAPTERS:
        if (wanted and chapter.stem not in wanted) or not chapter.exists():
            continue
        total, frames = 0.0, 0
        with redirect_stdout(StringIO()):  # the chapter's own
            made = made_in(chapter)
        for explorer in made:
            if not isinstance(explorer, Explorer):
                continue
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                moves = latencies(explorer)
                seconds = seconds_to_draw(explorer)
            all_moves += moves
            total, frames = total + seconds, frames + len(explorer.choices)
            median, slow = np.percentile(moves, [50, 95])
            print(
                f"{chapter.stem:20s} {name_of(explorer.draw):28s} {len(explorer.choices):6d} "
                f"{median:4.0f} ms {slow:4.0f} ms {seconds:5.1f} s",
                flush=True,
            )
        book += total
        print(f"{chapter.stem:20s} {'in all':28s} {frames:6d} {'':7s} {'':7s} {total:5.1f} s", flush=True)
    if all_moves:
        median, slow = np.percentile(all_moves, [50, 95])
        print(f"{len(all_moves)} moves: median {median:.0f} ms, 95 % {slow:.0f} ms; frames {book:.0f} s")


if __name__ == "__main__":
    main()
