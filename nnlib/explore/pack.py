"""All frames of an explorer in one small block of bytes, which the reader's browser unpacks."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from nnlib.explore.drawing import Frame

# Matplotlib writes one segment of a path a line, and most lines of a frame stand in its neighbours too. gzip
# cannot see that (it looks back 32 KB, a frame is larger). So each distinct line is kept once, and a picture
# is a list of line numbers, each as its distance from the one before: mostly ones, which gzip makes tiny.


def pack(frames: Iterable[Frame]) -> bytes:
    """Frames as gzipped JSON: ``lines``, ``pictures`` (steps from line to line), ``frames``, ``captions``.

    ``frames`` holds the picture's number of each frame: identical pictures are stored once.
    """
    lines: dict[str, int] = {}
    pictures: dict[str, int] = {}
    steps: list[list[int]] = []
    order: list[int] = []
    captions: list[str] = []
    for svg, caption in frames:
        if svg not in pictures:
            pictures[svg] = len(pictures)
            steps.append(_steps([lines.setdefault(line, len(lines)) for line in svg.split("\n")]))
        order.append(pictures[svg])
        captions.append(caption)
    content = {"lines": list(lines), "pictures": steps, "frames": order, "captions": captions}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def unpack(data: bytes) -> list[Frame]:
    """The frames of :func:`pack`.

    Raises:
        ValueError: if the bytes are not those of a whole pack.
    """
    try:
        content: dict[str, Any] = json.loads(gzip.decompress(data))
        lines: list[str] = content["lines"]
        pictures = ["\n".join(lines[number] for number in accumulate(steps)) for steps in content["pictures"]]
        captions: list[str] = content["captions"]
        return [
            Frame(pictures[number], caption)
            for number, caption in zip(content["frames"], captions, strict=True)
        ]
    except (OSError, EOFError, zlib.error, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"expected packed frames; got {len(data)} bytes that are not ({error})") from error


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
