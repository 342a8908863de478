"""A web font with the characters that the site's pages use, and no others."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from fontTools import subset


def subset_font(source: Path, target: Path, characters: Collection[int]) -> None:
    options = subset.Options(flavor="woff2", notdef_outline=True, layout_features=["*"])
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
