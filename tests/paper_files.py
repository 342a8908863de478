"""A small built book for the tests of ``tools.paper``, and what they read of a PDF and of an EPUB."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
HTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
CONFIG = "title: A Small Book\nauthor: its authors\ncopyright: '2031'\nsphinx: {config: {language: en}}\n"
TOC = "root: intro\nparts:\n  - caption: Chapters\n    chapters:\n      - file: chapters/one\n"
SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='10'%3E"
    "%3Crect SIZE/%3E%3C/svg%3E"
)
PAGE = "<!doctype html><html><head>{head}</head><body><nav>Menu</nav><article>{text}</article></body></html>"

INTRO = f"""
<section id="a-small-book"><h1>A Small Book<a class="headerlink" href="#a-small-book">#</a></h1>
<figure class="nn-live" id="nn-live-1"><script type="application/json">{{"a": 1}}</script>
<img class="nn-frame" src="{SVG.replace("SIZE", "width='3'")}" alt="" width="20" height="10">
<figcaption class="nn-caption" aria-live="polite"><span>Before training the cost is 0.74.</span></figcaption>
</figure>
<section id="where"><h2>Where</h2>
<p>See <a href="chapters/one.html#ex-one">an exercise</a>, <a href="chapters/one.html">a chapter</a>,
<a href="licenses.txt">licences</a> and <a href="https://example.org/x">elsewhere</a>.</p></section></section>
"""
CHAPTER = f"""
<section id="one"><span id="first"></span><h1><span class="section-number">1. </span>One</h1>
<details class="sd-dropdown"><summary><span>Where it runs</span></summary>
<div><p>Everywhere.</p></div></details>
<div class="cell"><div class="cell_output"><div class="output"><figure class="nn-explorer" id="neuron">
<fieldset class="nn-controls"><label for="neuron-b">bias</label><output>-0.5</output>
<button>Play</button></fieldset>
<picture><source media="(width < 30rem)" srcset="narrow.svg" width="15" height="10"><img class="nn-frame"
src="{SVG.replace("SIZE", "height='4'")}" alt="" width="20" height="10" loading="lazy"></picture>
<noscript><p>This figure has controls, which need JavaScript. It is shown for bias b −0.5.</p></noscript>
<script type="application/gzip" class="nn-frames">H4sIAAAA</script>
<figcaption class="nn-caption" data-longest="Far longer"><span>With b = −0.5 it is AND.</span></figcaption>
</figure></div></div>
<details class="admonition hide above-input"><summary><p>The code of this figure</p></summary>
<div class="cell_input"><div class="highlight"><pre>explore(figures.neuron)</pre></div></div></details></div>
<section id="asking"><h2><span class="section-number">1.1. </span>Asking</h2>
<form class="nn-check" hidden><p>Your bet</p><button>Check</button></form>
<p>How many? <span class="math"><math><mi>σ</mi><mo>=</mo><mn scriptlevel="2">2</mn></math></span></p>
<details class="sd-dropdown"><summary><span>So many</span></summary><div><p>Forty-two.</p></div></details>
<div class="math" id="equation-a">
<span class="eqno">(1.1)<a class="headerlink" href="#equation-a">#</a></span>
<math display="block"><mi>η</mi></math></div>
<table><tbody><tr>{"<td>a wide cell indeed</td>" * 14}</tr></tbody></table>
<div class="cell"><details class="admonition hide above-input"><summary><p>The code</p></summary>
<div class="cell_input"><pre><span class="nb">print</span><span class="p">(</span>{"x" * 190}<span
class="p">)</span></pre></div></details></div>
</section>
<section id="exercises"><h2><span class="section-number">1.2. </span>Exercises</h2>
<div class="exercise admonition" id="ex-one"><p class="admonition-title">Exercise 1.1 (By hand)</p>
<section><p>Take one step.</p></section><form class="nn-check"><button>Check</button></form></div>
<div class="solution dropdown admonition" id="chapters/one-solution-1">
<p class="admonition-title">Solution to<a href="#ex-one"> Exercise 1.1 (By hand)</a></p>
<section><p>The step is 2.4.</p></section></div></section>
<section id="checks"><details class="nn-fold"><summary>
<h2><span class="section-number">1.3. </span>Checks</h2></summary>
<p>All of it, computed.</p></details></section></section>
"""


def small_site(folder: Path, address: str = "") -> Path:
    """A book of two pages, as the build writes them; the folder."""
    site = folder / "_build" / "html"
    (site / "chapters").mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "_toc.yml").write_text(TOC)
    shutil.copytree(ROOT / "_ext" / "nnbook" / "formulas" / "temml", site / "_static" / "formulas")
    head = f'<link rel="canonical" href="{address}intro.html" />' if address else ""
    (site / "intro.html").write_text(PAGE.format(head=head, text=INTRO), encoding="utf-8")
    (site / "chapters" / "one.html").write_text(PAGE.format(head="", text=CHAPTER), encoding="utf-8")
    return folder


class Printed(NamedTuple):
    """A PDF's text, page by page; its outline: level, title, page from 1; how much of each page is light."""

    pages: list[str]
    outline: list[tuple[int, str, int]]
    light: list[float]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.pages).split())


def read_pdf(path: Path) -> Printed:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        pictures = [np.asarray(page.render(scale=0.4).to_pil().convert("L")) for page in document]
        outline = []
        for mark in document.get_toc():
            place = mark.get_dest()
            outline.append((mark.level, mark.get_title(), place.get_index() + 1 if place else 0))
    return Printed(pages, outline, [float((picture > 230).mean()) for picture in pictures])


class Packed(NamedTuple):
    """An EPUB: its files, its pages in their order, and what is wrong with it."""

    files: dict[str, bytes]
    pages: dict[str, ElementTree.Element]
    wrong: list[str]

    @property
    def text(self) -> str:
        return " ".join(" ".join(word for page in self.pages.values() for word in page.itertext()).split())


def read_epub(path: Path) -> Packed:
    with zipfile.ZipFile(path) as archive:
        first, files = archive.infolist()[0], {name: archive.read(name) for name in archive.namelist()}
        wrong = [] if archive.testzip() is None else ["the archive is damaged"]
    if (first.filename, first.compress_type) != ("mimetype", zipfile.ZIP_STORED):
        wrong.append("the type is not what comes first, as it is")
    if files["mimetype"] != b"application/epub+zip":
        wrong.append("it has another type")
    container = ElementTree.fromstring(files["META-INF/container.xml"])
    (rootfile,) = [
        element.attrib["full-path"] for element in container.iter() if "full-path" in element.attrib
    ]
    folder = str(PurePosixPath(rootfile).parent)
    package = ElementTree.fromstring(files[rootfile])
    named = {item.attrib["id"]: item.attrib for item in package.iter(f"{OPF}item")}
    there = {f"{folder}/{item['href']}" for item in named.values()}
    apart = {"mimetype", "META-INF/container.xml", rootfile}
    wrong += [f"{name} is in the manifest only" for name in there - files.keys()]
    wrong += [f"{name} is not in the manifest" for name in files.keys() - there - apart]
    order = [named[item.attrib["idref"]]["href"] for item in package.iter(f"{OPF}itemref")]
    pages = {name: ElementTree.fromstring(files[f"{folder}/{name}"]) for name in order}
    ids = {name: [e.attrib["id"] for e in page.iter() if "id" in e.attrib] for name, page in pages.items()}
    wrong += [f"{name} has an id twice" for name, found in ids.items() if len(found) != len(set(found))]
    for name, page in pages.items():
        for element in page.iter():
            link = element.attrib.get("href") or element.attrib.get("src") or ""
            target, _, place = unquote(link).partition("#")
            if not link or ":" in target:
                continue
            if f"{folder}/{target or name}" not in files or (place and place not in ids[target or name]):
                wrong.append(f"{name} links to {link}")
    return Packed(files, pages, wrong)
