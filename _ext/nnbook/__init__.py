"""The book's own Sphinx extension: what a plain ``jupyter-book build .`` needs, one concept a module."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from . import (
    access,
    below,
    buttons,
    docstrings,
    exercises,
    explorers,
    folding,
    folds,
    formulas,
    found,
    frames,
    icons,
    inplace,
    joined,
    kernels,
    lite,
    look,
    markup,
    paper,
    play,
    policy,
    progress,
    repository,
    search,
    setting,
    stored,
    streams,
    theme_script,
    unfinished,
)

PARTS = (
    *(kernels, look, unfinished, repository, buttons, formulas, explorers, frames, play, icons, markup),
    *(folding, folds, below, stored, streams, exercises, progress, docstrings, lite, found, inplace),
    *(search, setting, access, theme_script),
    *(policy, joined, paper),
)


def setup(app: Sphinx) -> dict[str, Any]:
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
