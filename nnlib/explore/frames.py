"""Every frame of an explorer, at build time: from the disk cache, or drawn by one or more processes."""

from __future__ import annotations

import gc
import os
import sys
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from tqdm import tqdm

from nnlib.explore import cache
from nnlib.explore.choices import Choices, Values, call_text
from nnlib.explore.drawing import Draw, Frame, draw_frame
from nnlib.explore.pack import pack, unpack
from nnlib.explore.svg import pixel_size
from nnlib.figures import style

ALONE_SECONDS = 1.0  # how long one process draws before help is considered
WORTH_SECONDS = 4.0  # work left for which starting further processes (about a second each) pays
MAX_PROCESSES = 4
Part = tuple[list[Frame], list[warnings.WarningMessage]]  # frames of another process, and what it warned of

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def packed_frames(draw: Draw, choices: Choices) -> tuple[bytes, list[Frame]]:
    """All frames of an explorer in the order of its choices, packed and as they are.

    Raises:
        ValueError: if ``draw`` does not return figures of one size and captions.
    """
    key = cache.key_of(draw, choices)
    kept = cache.load(key)
    if kept is not None:
        try:
            return kept, unpack(kept)
        except ValueError:
            pass  # a damaged entry: draw again
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        frames = draw_all(draw, choices)
    data = pack(frames)
    _repeat(heard)
    if not heard:  # frames that warn are drawn, and heard, every time
        cache.store(key, data)
    return data, frames


def draw_all(draw: Draw, choices: Choices, processes: int | None = None) -> list[Frame]:
    """Draw every frame, with up to ``processes`` (default: the cores) once it turns out to take long.

    Raises:
        ValueError: if ``draw`` does not return figures of one size and captions.
    """
    todo = list(choices)
    if processes is None:
        processes = min(_cores(), MAX_PROCESSES)
    may_share = processes > 1 and cache.is_importable(draw) and _main_is_quiet()
    # What a frame needs (a trained network, say) often serves every value of the last control: no cut there.
    run = len(choices.controls[-1].values) if len(choices.controls) > 1 else 1
    frames: list[Frame] = []
    with _progress(draw, len(todo)) as bar, _old_things_set_aside():
        begin = time.perf_counter()
        while len(frames) < len(todo):
            spent = time.perf_counter() - begin
            left = len(todo) - len(frames)
            at_seam = frames and len(frames) % run == 0
            if may_share and at_seam and spent > ALONE_SECONDS and spent / len(frames) * left > WORTH_SECONDS:
                for part, heard in _draw_shared(draw, todo[len(frames) :], run, processes):
                    frames += part
                    _repeat(heard)
                    bar.update(len(part))
            else:
                frames.append(draw_frame(draw, todo[len(frames)]))
                bar.update()
    _check_sizes(draw, todo, frames)
    return frames


def _draw_shared(draw: Draw, todo: Sequence[Values], run: int, processes: int) -> Iterator[Part]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes, not forks: a kernel runs threads, and a fork copies their locks but not the threads.
    runs_a_part = max(1, len(todo) // (run * processes * 4))
    parts = [todo[i : i + run * runs_a_part] for i in range(0, len(todo), run * runs_a_part)]
    with (
        _one_thread_each(),
        ProcessPoolExecutor(min(processes, len(parts)), mp_context=get_context("spawn")) as pool,
    ):
        for_phone = [style.is_narrow()] * len(parts)
        yield from pool.map(_draw_part, [draw] * len(parts), parts, for_phone)


def _cores() -> int:
    # Those this process may use, where the system says so: a container often has fewer than the machine.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _draw_part(draw: Draw, part: Sequence[Values], for_phone: bool) -> Part:
    with warnings.catch_warnings(record=True) as heard, _old_things_set_aside(), style.narrow(for_phone):
        warnings.simplefilter("always")
        frames = [draw_frame(draw, values) for values in part]
    return frames, heard


def _repeat(heard: Iterable[warnings.WarningMessage]) -> None:
    for one in heard:
        warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


@contextmanager
def _old_things_set_aside() -> Iterator[None]:
    # Figures are full of cycles, so the garbage collector runs often: a seventh of the time went into looking
    # through all that was there before the first of them.
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    # Several processes on all cores: BLAS threads on top would only get in each other's way.
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _main_is_quiet() -> bool:
    # A fresh process imports the main module. A notebook's has no file, a `python -m` one guards itself;
    # a plain script might run from the start again.
    main = sys.modules["__main__"]
    return getattr(main, "__spec__", None) is not None or not hasattr(main, "__file__")


@contextmanager
def _progress(draw: Draw, total: int) -> Iterator[tqdm[Any]]:
    stream, own = _terminal()
    name = getattr(draw, "__name__", "frames")
    try:
        with tqdm(
            desc=f"drawing {name}",
            total=total,
            unit="frame",
            delay=2,
            mininterval=1,
            leave=False,
            file=stream,
        ) as bar:
            yield bar
    finally:
        if own:
            stream.close()


def _terminal() -> tuple[TextIO, bool]:
    # In a kernel, what is written to sys.stderr becomes part of the page. ipykernel keeps a copy of the real
    # one, or leaves that one alone.
    if not hasattr(sys.stderr, "pub_thread"):
        return sys.stderr, False
    real = getattr(sys.stderr, "_original_stdstream_copy", None)
    if isinstance(real, int):
        return os.fdopen(os.dup(real), "w", encoding="utf-8"), True
    return sys.__stderr__ or sys.stderr, False


def _check_sizes(draw: Draw, todo: Sequence[Values], frames: Sequence[Frame]) -> None:
    first = pixel_size(frames[0].svg)
    for values, frame in zip(todo, frames, strict=True):
        size = pixel_size(frame.svg)
        if size != first:
            raise ValueError(
                f"every frame of an explorer must have the same size, or the page jumps: "
                f"{call_text(draw, todo[0])} is {first[0]} × {first[1]} pixels, "
                f"{call_text(draw, values)} {size[0]} × {size[1]}"
            )
