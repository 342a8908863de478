"""The picture of a shared link: the page's own first figure, as its notebook has stored it, and its title."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
from PIL import Image, ImageDraw, ImageFont
from sphinx.application import Sphinx

WIDTH, HEIGHT = 1200, 630  # what the networks that show such pictures ask for
MARGIN, HEADING = 48, 60
BLUE, INK = "#0072b2", "#1a1a1a"
FOLDER = "_static/shared"
FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


class Picture(NamedTuple):
    path: str  # in the site
    words: str


def of_page(app: Sphinx, page: str, title: str) -> Picture | None:
    """Draw it. A page without a figure shows the book's first one, and a book without any shows none."""
    for source in (page, app.config.root_doc):
        figure = first_figure(Path(app.env.doc2path(source)))
        if figure is None:
            continue
        name = f"{FOLDER}/{page.replace('/', '-')}.png"
        path = Path(app.outdir, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn(Image.open(BytesIO(figure[0])), title, app.config.html_title))
        return Picture(name, figure[1])
    return None


def first_figure(source: Path) -> tuple[bytes, str] | None:
    """The first stored picture of a notebook, and its words."""
    if source.suffix != ".ipynb":
        return None
    for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            data: dict[str, Any] = output.get("data", {})
            if "image/png" in data:
                alt = cell["metadata"].get("mystnb", {}).get("image", {}).get("alt", "")
                return base64.b64decode(data["image/png"]), alt or "".join(data.get("text/plain", ""))
    return None


def drawn(figure: Image.Image, title: str, book: str) -> bytes:
    card = Image.new("RGB", (WIDTH, HEIGHT), "white")
    brush = ImageDraw.Draw(card)
    brush.rectangle((0, 0, WIDTH, 10), fill=BLUE)
    brush.text((MARGIN, MARGIN), title, fill=INK, font=fitting(brush, title, 46, WIDTH - 2 * MARGIN))
    if title != book:
        brush.text(
            (WIDTH - MARGIN, HEIGHT - 24), book, fill=BLUE, font=ImageFont.truetype(FONT, 26), anchor="rs"
        )
    top = MARGIN + HEADING + 16
    width, height = WIDTH - 2 * MARGIN, HEIGHT - top - (64 if title != book else 24)
    scale = min(width / figure.width, height / figure.height)
    size = round(figure.width * scale), round(figure.height * scale)
    picture = figure.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    card.paste(picture, ((WIDTH - size[0]) // 2, top + (height - size[1]) // 2), picture)
    file = BytesIO()
    card.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def fitting(brush: ImageDraw.ImageDraw, text: str, size: int, width: int) -> ImageFont.FreeTypeFont:
    """The font at the size asked for, or smaller where a title is long."""
    font = ImageFont.truetype(FONT, size)
    length = brush.textlength(text, font)
    return font if length <= width else ImageFont.truetype(FONT, size * width / length)
