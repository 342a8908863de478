"""How quickly explorers answer, live and at build time: ``python benchmarks/widgets.py [chapter ...]``.

For every explorer of every chapter: the time from moving a control to the new image in a kernel, and the time
to draw all its frames for the static page, one after the other (measured on a sample, and scaled). All of it
is processor time on one thread. ``build_times.py`` says which share of a build the frames are.

The moves are random, one control at a time, each to a frame not seen before, and nothing is trained yet.
Before each the reader looks for up to ``LOOK`` seconds, in which an explorer that was slow draws ahead;
"rushed" is the 95th percentile for a reader who never looks.
"""

from __future__ import annotations

import asyncio
import functools
import gc
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
from training_speed import restart_with  # noqa: E402

from nnlib.explore import Explorer  # noqa: E402
from nnlib.explore.choices import name_of  # noqa: E402
from nnlib.explore.drawing import draw_frame  # noqa: E402
from nnlib.explore.live import LiveExplorer  # noqa: E402

MOVES = 40  # of each explorer
LOOK = 2.0  # seconds


async def latencies(explorer: Explorer, look: float) -> list[float]:
    """Milliseconds from a moved control to the new image, along a random walk."""
    forget_what_was_trained()
    live, chance, found, sent = LiveExplorer(explorer.draw, explorer.choices), random.Random(0), [], 0.0
    seen = [explorer.choices.start]

    def stop(_change: object) -> None:
        nonlocal sent
        sent = time.process_time()

    live.image.observe(stop, names="value")
    while len(found) < MOVES:
        if look and live.drawing_ahead and not live.drawing_ahead.done():
            await asyncio.wait([live.drawing_ahead], timeout=look)
        unseen = [values for values in explorer.choices.reachable(seen[-1]) if values not in seen]
        if not unseen:
            break
        then = chance.choice(unseen)
        (moved,) = (name for name in then if then[name] != seen[-1][name])
        seen.append(then)
        sent = begin = time.process_time()
        live.controls[moved].value = then[moved]
        found.append(1000 * (sent - begin))
    return found


def forget_what_was_trained() -> None:
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and str(thing.__module__).startswith("nnlib."):
            thing.cache_clear()


def seconds_to_draw(explorer: Explorer) -> float:
    """Seconds for all frames of the static page, one process."""
    grid = list(explorer.choices)
    sample = random.Random(1).sample(grid, min(10, len(grid)))
    begin = time.process_time()
    for values in sample:
        draw_frame(explorer.draw, values)
    return (time.process_time() - begin) / len(sample) * len(grid)


def main() -> None:
    restart_with(1)
    wanted = sys.argv[1:]
    heads = "".join(f" {word:>7s}" for word in ("median", "95 %", "rushed", "build"))
    print(f"{'chapter':20s} {'explorer':28s} frames{heads}")
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
                rushed = np.percentile(asyncio.run(latencies(explorer, 0)), 95)
                moves = asyncio.run(latencies(explorer, LOOK))
                seconds = seconds_to_draw(explorer)
            all_moves += moves
            total, frames = total + seconds, frames + len(explorer.choices)
            median, slow = np.percentile(moves, [50, 95])
            print(
                f"{chapter.stem:20s} {name_of(explorer.draw):28s} {len(explorer.choices):6d} "
                f"{median:4.0f} ms {slow:4.0f} ms {rushed:4.0f} ms {seconds:5.1f} s",
                flush=True,
            )
        book += total
        print(
            f"{chapter.stem:20s} {'in all':28s} {frames:6d} {'':7s} {'':7s} {'':7s} {total:5.1f} s",
            flush=True,
        )
    if all_moves:
        median, slow = np.percentile(all_moves, [50, 95])
        print(f"{len(all_moves)} moves: median {median:.0f} ms, 95 % {slow:.0f} ms; frames {book:.0f} s")


if __name__ == "__main__":
    main()
