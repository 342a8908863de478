"""On a chapter's page, buttons for the ways to run it, and nnlib's own wheel among the downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import inplace, lite, repository


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_buttons, priority=502)  # after the theme's own buttons


def add_buttons(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if not str(context.get("page_source_suffix", "")).endswith("ipynb"):
        return
    light = repository.runs_anywhere(Path(app.env.doc2path(page)))
    # The chapter on Keras needs TensorFlow, which Colab has.
    found = [way for way in repository.ways(app.config) if light or way.name == "Colab"]
    links = [button(way, way.url(f"{page}.ipynb")) for way in found]
    if here := lite.address(app, page):
        tip = f"Python in this browser: about {lite.megabytes()} MB, once"
        logo = repository.LOGOS.format("jupyterlite.svg")
        own = repository.Way("Open as a notebook", logo, tip, context["pathto"](here, 1))
        links.insert(0, button(own, own.template))
    if first := inplace.first_cell(app, context.get("body", "")):
        tip = f"Each cell where it stands, with Python in this browser: about {inplace.MEGABYTES} MB, once"
        page_itself = repository.Way("Run this page here", "fas fa-play", tip, f"#{first}")
        links.insert(0, button(page_itself, page_itself.template))
    if wheel := lite.package(app, page):
        tip = "The package nnlib, which a downloaded chapter needs beside it"
        link = {"type": "link", "text": ".whl", "tooltip": tip, "icon": "fas fa-cube"}
        for group in context["header_buttons"]:
            if group.get("label") == "download-buttons":
                group["buttons"].append(link | {"url": context["pathto"](wheel, 1)})
    if links:
        tip = "Run this chapter"
        group = {"type": "group", "tooltip": tip, "icon": "fas fa-rocket", "label": "launch-buttons"}
        context["header_buttons"].insert(0, group | {"buttons": links})


def button(way: repository.Way, url: str) -> dict[str, str]:
    return {"type": "link", "text": way.name, "tooltip": way.tip, "icon": way.logo, "url": url}
