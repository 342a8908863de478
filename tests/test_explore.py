"""nnlib.explore: the choices and their checks, the frames and their packing, the static page's HTML."""

import base64
import gzip
import html
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import explore_draws
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

import nnlib
import nnlib.explore
from nnlib.explore import cache, collect, explore, frames, grid, show
from nnlib.explore.choices import label, read_choices, text
from nnlib.explore.described import description_of
from nnlib.explore.drawing import Frame, draw_frame, draw_png
from nnlib.explore.pack import pack, unpack
from nnlib.explore.scale import positions
from nnlib.explore.svg import pixel_size, to_svg
from nnlib.figures.style import narrow

RATES = [0.01, 0.1, 1.0, 1.1]


# Choices --------------------------------------------------------------------------------------------


def test_the_kind_of_a_control_follows_from_its_values():
    choices = read_choices(
        explore_draws.curve,
        {
            "epoch": range(3),
            "activation": ["relu", "tanh"],
            "bias": np.array([-1.0, 1.0]),
            "noise": [False, True],
        },
    )
    assert [control.kind for control in choices.controls] == ["slider", "menu", "slider", "checkbox"]
    assert choices.controls[2].values == (-1.0, 1.0)
    assert all(type(value) is float for value in choices.controls[2].values)
    assert [control.counted for control in choices.controls] == [True, False, False, False]


def test_frames_are_every_combination_the_last_control_fastest():
    choices = read_choices(explore_draws.descent, {"learning_rate": RATES, "start": [-1, 2, 3]})
    everything = list(choices)
    assert len(choices) == len(everything) == 12
    assert everything[:4] == [
        {"learning_rate": 0.01, "start": -1},
        {"learning_rate": 0.01, "start": 2},
        {"learning_rate": 0.01, "start": 3},
        {"learning_rate": 0.1, "start": -1},
    ]
    assert choices.strides == [3, 1]
    assert list(grid(explore_draws.descent, learning_rate=RATES, start=[-1, 2, 3])) == everything


def test_default_says_where_controls_start():
    choices = read_choices(
        explore_draws.descent, {"learning_rate": RATES, "start": [-1, 2, 3]}, {"learning_rate": np.float64(1)}
    )
    assert choices.start == {"learning_rate": 1.0, "start": -1}
    assert list(choices)[choices.start_index] == choices.start


def numpy_only(x):
    return Figure(), str(x)


@pytest.mark.parametrize(("default", "start"), [({}, 1), ({"noise": False}, 0)])
def test_a_checkbox_is_off_before_on_whichever_it_starts_with(default, start):
    choices = {"epoch": [0, 1], "activation": ["relu", "tanh"], "noise": [True, False]}
    noise = read_choices(explore_draws.curve, choices, default).controls[-1]
    assert (noise.values, noise.start) == ((False, True), start)


@pytest.mark.parametrize(
    ("choices", "default", "message"),
    [
        ({}, None, "explore needs at least one parameter to choose; for one fixed frame there is nnlib.show"),
        (
            {"learning_rate": RATES, "speed": [1, 2]},
            None,
            "descent has no parameter 'speed'; its parameters are learning_rate, start",
        ),
        ({"start": [1, 2]}, None, "descent also needs learning_rate, which has no default value"),
        ({"learning_rate": []}, None, "learning_rate has no values; a control needs at least two"),
        (
            {"learning_rate": [0.1]},
            None,
            "learning_rate has one value, 0.1; a control needs at least two (give draw a default instead)",
        ),
        (
            {"learning_rate": [0.1, "high"]},
            None,
            "learning_rate must be all numbers, all strings or [False, True]; got [0.1, 'high']",
        ),
        (
            {"learning_rate": [0, True]},
            None,
            "learning_rate must be all numbers, all strings or [False, True]; got [0, True]",
        ),
        (
            {"learning_rate": [0.1, None]},
            None,
            "learning_rate must be all numbers, all strings or [False, True]; got [0.1, None]",
        ),
        (
            {"learning_rate": [1, 0.1, 1.0]},
            None,
            "learning_rate has the value 1.0 twice; every choice must be different",
        ),
        (
            {"learning_rate": [0.1, float("nan")]},
            None,
            "learning_rate has the value nan; the numbers of a slider must be finite",
        ),
        ({"learning_rate": 0.1}, None, "learning_rate must be a list of values; got 0.1"),
        ({"learning_rate": "high"}, None, "learning_rate must be a list of values; got 'high'"),
        (
            {"learning_rate": RATES},
            {"learning_rate": 0.2},
            "default learning_rate=0.2 is not one of its choices: 0.01, 0.1, 1.0, 1.1",
        ),
        (
            {"learning_rate": RATES},
            {"learning_rate": True},
            "default learning_rate=True is not one of its choices: 0.01, 0.1, 1.0, 1.1",
        ),
        (
            {"learning_rate": RATES},
            {"start": 2.0},
            "default names 'start', which is not one of the choices: learning_rate",
        ),
        (
            {"learning_rate": RATES},
            0.1,
            "default must be a dict of starting values such as {'learning_rate': 0.1}; got 0.1",
        ),
        (
            {"learning_rate": range(50), "start": range(41)},
            None,
            "50 × 41 choices make 2,050 frames; an explorer may have at most 2,000",
        ),
    ],
)
def test_bad_choices_are_refused_with_the_reason(choices, default, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        explore(explore_draws.descent, default=default, **choices)


def test_draw_must_be_a_function():
    with pytest.raises(
        ValueError, match=r"^draw must be a function that returns \(Figure, caption\); got 'descent'$"
    ):
        explore("descent", learning_rate=RATES)


def test_show_checks_its_names_too():
    with pytest.raises(ValueError, match=r"^descent also needs learning_rate"):
        show(explore_draws.descent)
    with pytest.raises(ValueError, match=r"^descent has no parameter 'speed'"):
        show(explore_draws.descent, learning_rate=0.1, speed=2)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (None, "must return (Figure, caption); it returned None of type NoneType"),
        (Figure(), "must return (Figure, caption); it returned"),
        ((1, "caption"), "must return a matplotlib Figure and a caption; its first value is 1 of type int"),
        ((Figure(), 3), "must return a caption, a str; its second value is 3 of type int"),
        ((Figure(), "  "), "returned an empty caption; it must be a sentence with the numbers that matter"),
    ],
)
@pytest.mark.parametrize("transport", [draw_frame, draw_png])
def test_what_draw_returns_is_checked(transport, result, message):
    def draw(x):
        return result

    with pytest.raises(ValueError, match=re.escape(f"draw(x=0.5) {message}")):
        transport(draw, {"x": 0.5})


def test_an_error_in_draw_says_which_frame():
    with pytest.raises(RuntimeError, match="no frame <3>") as caught:
        frames.draw_all(
            explore_draws.fails, read_choices(explore_draws.fails, {"frame": range(5)}), processes=1
        )
    assert caught.value.__notes__ == ["while drawing fails(frame=3)"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1, "0.1"),
        (1.0, "1"),
        (-2.5, "−2.5"),
        (1e-5, "10⁻⁵"),
        (-2.5e-4, "−2.5×10⁻⁴"),
        (1e-9, "10⁻⁹"),
        (0.0, "0"),
        (60000, "60000"),
        (0.30000000000000004, "0.30000000000000004"),
        ("leaky_relu", "leaky ReLU"),
        ("two_moons", "two moons"),
        (True, "on"),
    ],
)
def test_values_are_written_out_exactly(value, expected):
    assert text(value) == expected


def test_labels_are_the_fields_words():
    assert label("learning_rate") == "learning rate η"
    assert label("l2") == "L2 strength λ"
    assert label("number_of_neurons") == "number of neurons"


# SVG ------------------------------------------------------------------------------------------------


def test_svg_is_the_same_in_every_process():
    code = (
        "import sys, explore_draws; from nnlib.explore.drawing import draw_frame\n"
        "sys.stdout.buffer.write(draw_frame(explore_draws.descent, {'learning_rate': 0.1}).svg.encode())"
    )
    environment = os.environ | {"PYTHONPATH": os.path.dirname(__file__), "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    here = draw_frame(explore_draws.descent, {"learning_rate": 0.1}).svg
    assert other.stdout.decode() == here
    assert "dc:date" not in here
    assert "<!--" not in here


def test_svg_rounds_coordinates_and_nothing_else():
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.plot(np.linspace(0, 1, 9), np.linspace(0, 1, 9) ** 3, "o-")
    axes.set_title("$w^2$ and text")
    svg = to_svg(figure)
    paths = re.findall(r' d="([^"]*)"', svg)
    decimals = [number for path in paths for number in re.findall(r"\.(\d+)", path)]
    assert decimals
    assert max(map(len, decimals)) <= 2
    places = re.findall(r'<use xlink:href="#m[0-9a-f]+" x="([^"]*)" y="([^"]*)"', svg)
    assert len(places) > 9
    assert all(re.fullmatch(r"\d+(\.\d)?", number) for place in places for number in place)
    assert "scale(0.015625)" in svg, "glyphs keep their scale, or all text shrinks"
    ET.fromstring(svg)
    referenced = set(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    assert referenced
    assert referenced <= set(re.findall(r' id="([^"]+)"', svg))


def test_rounding_moves_no_point_by_more_than_a_tenth_of_a_pixel():
    x = np.linspace(0, 1, 50)
    figure = Figure(figsize=(5.4, 3.2))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 1), ylim=(-1, 1))
    with mpl.rc_context({"path.simplify": False}):
        axes.plot(x, np.sin(40 * x))
    line = max(re.findall(r' d="([^"]*)"', to_svg(figure)), key=lambda path: path.count("L"))
    drawn = np.array(re.findall(r"[ML] (\S+) (\S+)", line), dtype=float)
    exact = np.column_stack([x * 388.8, (1 - np.sin(40 * x)) / 2 * 230.4])
    assert drawn.shape == exact.shape
    assert np.abs(drawn - exact).max() <= 0.051


def test_pixel_size_is_that_of_the_figure():
    assert pixel_size(to_svg(Figure(figsize=(5, 2.5)))) == (480, 240)
    with pytest.raises(ValueError, match="expected an SVG with a viewBox"):
        pixel_size("<svg>")


# Packing --------------------------------------------------------------------------------------------


def test_unpack_gives_back_what_was_packed():
    everything = [Frame("<a>\nb\nb\nc", "one"), Frame("b\nd\n<a>", "two"), Frame("<a>\nb\nb\nc", "τρία")]
    data = pack(everything)
    assert unpack(data) == everything
    content = json.loads(gzip.decompress(data))
    assert content["lines"] == ["<a>", "b", "c", "d"]
    assert content["frames"] == [0, 1, 0], "identical pictures are stored once"
    assert data == pack(everything), "no time stamp in the bytes"


def test_unpack_refuses_other_bytes():
    good = pack([Frame("a", "b")])
    for bad in (b"", b"frames", good[:-9], gzip.compress(b"[]"), gzip.compress(b'{"lines": []}')):
        with pytest.raises(ValueError, match="expected packed frames"):
            unpack(bad)


@pytest.mark.slow
@pytest.mark.slow
def test_a_grid_of_frames_costs_far_less_than_its_frames_one_by_one():
    choices = read_choices(
        explore_draws.descent, {"learning_rate": [i / 10 for i in range(1, 7)], "start": range(8)}
    )
    everything = frames.draw_all(explore_draws.descent, choices)
    singly = sum(len(gzip.compress(frame.svg.encode(), 9)) for frame in everything)
    assert len(pack(everything)) < 20_000
    assert len(pack(everything)) < singly / 10


# Drawing all frames ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_several_processes_draw_the_same_frames_in_the_same_order(monkeypatch):
    monkeypatch.setattr(frames, "ALONE_SECONDS", 0)
    monkeypatch.setattr(frames, "WORTH_SECONDS", 0)
    monkeypatch.setattr(frames, "_main_is_quiet", lambda: True)
    choices = read_choices(explore_draws.where, {"frame": range(12)})
    captions = [frame.caption for frame in frames.draw_all(explore_draws.where, choices, processes=1)]
    assert captions == [f"frame {i} by process {os.getpid()}" for i in range(12)]

    two = read_choices(explore_draws.descent, {"learning_rate": RATES, "start": [1, 2, 3]})
    before = dict(os.environ)
    shared = frames.draw_all(explore_draws.descent, two, processes=2)
    assert shared == frames.draw_all(explore_draws.descent, two, processes=1)
    assert dict(os.environ) == before

    drawn = frames._draw_shared(explore_draws.where, list(choices), run=3, processes=2)
    captions = [frame.caption for part, heard in drawn for frame in part if not heard]
    assert [caption.split(" by ")[0] for caption in captions] == [f"frame {i}" for i in range(12)]
    assert str(os.getpid()) not in " ".join(captions)


def test_a_function_that_others_cannot_import_is_drawn_here(monkeypatch):
    monkeypatch.setattr(frames, "ALONE_SECONDS", 0)
    monkeypatch.setattr(frames, "WORTH_SECONDS", 0)
    choices = read_choices(numpy_only, {"x": range(4)})
    local = lambda x: (Figure(), str(x))  # noqa: E731
    assert [frame.caption for frame in frames.draw_all(local, choices, processes=2)] == ["0", "1", "2", "3"]
    assert not cache.is_importable(local)
    assert cache.is_importable(explore_draws.descent)


def test_frames_of_different_sizes_are_refused():
    def growing(size):
        return Figure(figsize=(4, size)), "A figure."

    with pytest.raises(
        ValueError, match=r"growing\(size=2\) is 384 × 192 pixels, growing\(size=3\) 384 × 288"
    ):
        frames.draw_all(growing, read_choices(growing, {"size": [2, 3]}))


def test_long_drawing_shows_progress_and_short_does_not(capsys):
    frames.draw_all(explore_draws.slow, read_choices(explore_draws.slow, {"frame": range(40)}), processes=1)
    assert "drawing slow" in capsys.readouterr().err
    frames.draw_all(explore_draws.slow, read_choices(explore_draws.slow, {"frame": range(3)}), processes=1)
    assert capsys.readouterr().err == ""


# The disk cache -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_FRAME_CACHE", str(tmp_path / "frames"))
    return tmp_path / "frames"


@pytest.fixture
def calls(monkeypatch):
    """The values of every frame that is really drawn."""
    made = []

    def counted(draw, values):
        made.append(values)
        return draw_frame(draw, values)

    monkeypatch.setattr(frames, "draw_frame", counted)
    return made


def test_frames_are_drawn_once_and_then_read_from_disk(folder, calls):
    choices = read_choices(explore_draws.twins, {"side": ["left", "right"]})
    first = frames.packed_frames(explore_draws.twins, choices)
    assert len(calls) == 2
    assert frames.packed_frames(explore_draws.twins, choices) == first
    assert len(calls) == 2
    other = read_choices(explore_draws.twins, {"side": ["left", "upper"]})
    assert frames.packed_frames(explore_draws.twins, other) != first
    assert len(calls) == 4


def test_without_a_folder_nothing_is_kept(monkeypatch, calls):
    monkeypatch.delenv("NNLIB_FRAME_CACHE", raising=False)
    choices = read_choices(explore_draws.twins, {"side": ["left", "right"]})
    frames.packed_frames(explore_draws.twins, choices)
    frames.packed_frames(explore_draws.twins, choices)
    assert len(calls) == 4


def test_a_damaged_entry_is_drawn_again(folder, calls):
    choices = read_choices(explore_draws.twins, {"side": ["left", "right"]})
    first = frames.packed_frames(explore_draws.twins, choices)
    (entry,) = folder.iterdir()
    entry.write_bytes(first[0][:50])
    assert frames.packed_frames(explore_draws.twins, choices) == first
    assert len(calls) == 4
    assert entry.read_bytes() == first[0]


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_frames_that_warn_are_not_kept(folder, monkeypatch, processes):
    """Else a build that fails on a warning would pass when it is simply run again."""
    monkeypatch.setattr(frames, "ALONE_SECONDS", 0)
    monkeypatch.setattr(frames, "WORTH_SECONDS", 0)
    monkeypatch.setattr(frames, "_cores", lambda: processes)
    monkeypatch.setattr(frames, "_main_is_quiet", lambda: True)
    choices = read_choices(explore_draws.warns, {"frame": range(6)})
    for _ in range(2):
        with pytest.warns(UserWarning, match="frame 5 is not to be trusted"):
            frames.packed_frames(explore_draws.warns, choices)
    assert not folder.exists()


def test_the_key_holds_all_that_a_frame_depends_on(monkeypatch):
    choices = read_choices(explore_draws.twins, {"side": ["left", "right"]})
    keys = {cache.key_of(explore_draws.twins, choices)}
    keys.add(
        cache.key_of(explore_draws.twins, read_choices(explore_draws.twins, {"side": ["right", "left"]}))
    )
    keys.add(cache.key_of(explore_draws.where, read_choices(explore_draws.where, {"frame": [1, 2]})))
    keys.add(cache.key_of(explore_draws.where, read_choices(explore_draws.where, {"frame": [1.0, 2.0]})))
    with narrow():
        keys.add(cache.key_of(explore_draws.twins, choices))
    monkeypatch.setattr(cache.np, "__version__", "0")
    keys.add(cache.key_of(explore_draws.twins, choices))
    monkeypatch.setattr(cache.mpl, "__version__", "0")
    keys.add(cache.key_of(explore_draws.twins, choices))
    monkeypatch.setattr(cache, "_fingerprint", lambda: "another nnlib")
    keys.add(cache.key_of(explore_draws.twins, choices))
    assert len(keys) == 8
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
    assert cache.key_of(lambda side: None, choices) is None


def test_the_fingerprint_follows_every_file_of_the_package(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").write_text("x = 1")
    (tmp_path / "digits.csv").write_text("1,2")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path)

    def fingerprint():
        cache._fingerprint.cache_clear()
        return cache._fingerprint()

    try:
        first = fingerprint()
        assert fingerprint() == first
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "__pycache__" / "b.pyc").write_bytes(b"")
        (tmp_path / "exercises").mkdir()
        (tmp_path / "exercises" / "hints.py").write_text("x = 1")
        assert fingerprint() == first
        (tmp_path / "digits.csv").write_text("1,3")
        assert fingerprint() != first
        (tmp_path / "digits.csv").write_text("1,2")
        (tmp_path / "a" / "b.py").rename(tmp_path / "b.py")
        assert fingerprint() != first
    finally:
        cache._fingerprint.cache_clear()


def test_entries_nobody_uses_are_dropped_after_a_month(folder):
    folder.mkdir()
    used, forgotten, not_ours = (folder / name for name in ("used.frames", "forgotten.frames", "notes.txt"))
    for path in (used, forgotten, not_ours):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - 31 * 24 * 3600,) * 2)
    assert cache.load("used") == b"x"
    cache.store("new", b"y")
    assert {path.name for path in folder.iterdir()} == {"used.frames", "new.frames", "notes.txt"}


# The static page ------------------------------------------------------------------------------------


@pytest.fixture
def static(monkeypatch):
    monkeypatch.setenv("NNLIB_STATIC", "1")
    monkeypatch.delenv("NNLIB_FRAME_CACHE", raising=False)


class Tags(HTMLParser):
    """Every start tag with its attributes, and whether all are closed in order."""

    VOID = frozenset({"img", "input", "source"})

    def __init__(self, source):
        super().__init__()
        self.tags = []
        self.open = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def bundle(made):
    data, _metadata = made._repr_mimebundle_()
    return data


def explore_curve():
    return explore(
        explore_draws.curve,
        default={"activation": "tanh", "bias": 0.5},
        epoch=[0, 1, 2],
        activation=["relu", "tanh"],
        bias=[-1.0, 0.5, 3.0],
        noise=[True, False],
    )


def test_the_html_of_an_explorer(static):
    made = explore_curve()
    data = bundle(made)
    assert set(data) == {"text/html", "text/plain"}
    page = Tags(data["text/html"])
    (figure,) = page.all("figure")
    assert figure["class"] == "nn-explorer"

    expected = draw_frame(explore_draws.curve, {"epoch": 0, "activation": "tanh", "bias": 0.5, "noise": True})
    (image,) = page.all("img")
    prefix = "data:image/svg+xml,"
    assert image["src"].startswith(prefix)
    assert unquote(image["src"].removeprefix(prefix)) == expected.svg
    assert not set(image["src"]) & set("#<>\"'%\n") - {"%"}
    assert image["alt"] == description_of(expected.svg) == "A picture without words."
    assert expected.caption == data["text/plain"]
    assert (image["width"], image["height"]) == ("518", "307")

    with narrow():
        for_a_phone = draw_frame(explore_draws.curve, made.choices.start)
    (source,) = page.all("source")
    assert source["media"] == "(width < 30rem) and (orientation: portrait)"
    assert unquote(source["srcset"].removeprefix(prefix)) == for_a_phone.svg
    assert not set(source["srcset"]) & {" ", "\n"}, "where an address of a srcset would end"
    assert (source["width"], source["height"]) == ("317", "307")

    (caption,) = page.all("figcaption")
    assert caption["aria-live"] == "polite"
    assert f"<span>{html.escape(expected.caption)}</span></figcaption>" in data["text/html"]

    (fieldset,) = page.all("fieldset")
    assert "disabled" in fieldset, "until the script is there"
    epoch, bias, noise = page.all("input")
    (activation,) = page.all("select")
    assert (epoch["type"], epoch["min"], epoch["max"], epoch["step"], epoch["value"]) == (
        "range",
        "0",
        "2",
        "1",
        "0",
    )
    assert (bias["value"], bias["aria-valuetext"], bias["data-texts"]) == ("1", "0.5", "−1|0.5|3")
    assert (bias["data-name"], bias["data-values"], bias["data-at"]) == ("bias", "-1.0|0.5|3.0", "0 0.375 1")
    assert (activation["data-values"], noise["data-values"]) == ("relu|tanh", "false|true")
    assert noise["type"] == "checkbox"
    assert "checked" in noise
    assert [option.get("value") for option in page.all("option") if "selected" in option] == ["1"]
    assert [control["data-stride"] for control in (epoch, activation, bias, noise)] == ["12", "6", "2", "1"]

    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids) == 5
    assert {attributes["for"] for attributes in page.all("label")} == set(ids) - {figure["id"]}
    buttons = [attributes["aria-label"] for attributes in page.all("button")]
    assert buttons == ["play epoch", "previous epoch", "next epoch"]
    assert (
        "This figure has controls, which need JavaScript. "
        "It is shown for epoch 0, activation tanh, bias b 0.5, noise on." in data["text/html"]
    )


def test_the_html_holds_every_frame_in_order_wide_and_for_a_phone(static):
    made = explore_curve()
    found = re.findall(
        r'<script type="application/gzip" class="nn-frames"( data-narrow)?>([^<]+)</script>',
        bundle(made)["text/html"],
    )
    assert [attribute for attribute, _ in found] == ["", " data-narrow"]
    wide, for_a_phone = [unpack(base64.b64decode(text)) for _, text in found]
    assert wide == [draw_frame(explore_draws.curve, values) for values in made.choices]
    with narrow():
        assert for_a_phone == [draw_frame(explore_draws.curve, values) for values in made.choices]
    assert len(wide) == 36
    assert [frame.caption for frame in wide] == [frame.caption for frame in for_a_phone]


def test_a_draw_function_that_knows_one_width_is_drawn_once(static):
    for made in (explore(explore_draws.where, frame=[1, 2]), show(explore_draws.where, frame=1)):
        page = bundle(made)["text/html"]
        assert "<picture>" not in page
        assert "data-narrow" not in page


def test_a_fixed_figure_has_a_picture_for_a_phone_too(static):
    page = Tags(bundle(show(explore_draws.descent, learning_rate=0.1))["text/html"])
    (source,), (image,) = page.all("source"), page.all("img")
    assert (source["width"], image["width"]) == ("317", "518")


def test_other_processes_draw_as_wide():
    made = explore(explore_draws.curve, epoch=[0, 1, 2, 3], activation=["relu", "tanh"])
    with narrow():
        alone = frames.draw_all(made.draw, made.choices, processes=1)
    part, _ = frames._draw_part(made.draw, list(made.choices), for_phone=True)
    assert part == alone


def test_a_slider_with_two_stops_is_a_switch_and_one_that_counts_is_not(static):
    made = explore(explore_draws.curve, epoch=[0, 5], activation=["relu", "tanh"], bias=[-1.0, 0.5])
    page = Tags(bundle(made)["text/html"])
    epoch, bias = page.all("input")
    assert (epoch["type"], bias["type"], bias["role"]) == ("range", "checkbox", "switch")
    assert (bias["data-values"], bias["data-texts"], "checked" in bias) == ("-1.0|0.5", "−1|0.5", False)
    assert [control.kind for control in made.choices.controls] == ["slider", "menu", "slider"], (
        "live as before"
    )


def test_an_explorer_is_called_by_its_functions_name(static, monkeypatch):
    monkeypatch.setattr("nnlib.explore.static._names", Counter())
    nameless = lambda side: explore_draws.twins(side)  # noqa: E731
    made = [
        explore(draw, side=["left", "right"]) for draw in (explore_draws.twins, explore_draws.twins, nameless)
    ]
    pages = [Tags(bundle(one)["text/html"]) for one in made]
    assert [page.all("figure")[0]["id"] for page in pages] == ["twins", "twins-2", "lambda"]
    assert pages[1].all("select")[0]["id"] == "twins-2-side"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 3, 10], [0, 0.3, 1]),
        ([5, 4, 1], [0, 0.25, 1]),
        ([0.001, 0.01, 1.0], [0, 1 / 3, 1]),
        ([1e-1, 1e-2, 1e-4], [0, 1 / 3, 1]),
        ([0, 1, np.e**2], [0, 1 / 3, 1]),
        ([-100, -1, 0, 1, 100], [0, 0.411, 0.5, 0.589, 1]),
        ([0.01, 0.02, 0.5, 0.98, 0.99], [0, 0.0765, 0.5, 0.9235, 1]),
        ([3, 1, 2], [0, 0.5, 1]),
        ([2, 7], [0, 1]),
    ],
)
def test_stops_stand_at_their_values(values, expected):
    assert positions(values) == pytest.approx(expected, abs=1e-3)


def test_ids_are_unique_on_a_page_and_stay_when_a_cell_is_shown_twice(static):
    first, second = explore_curve(), explore_curve()
    pages = [bundle(first)["text/html"], bundle(second)["text/html"]]
    ids = [attributes["id"] for page in pages for _, attributes in Tags(page).tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert bundle(first)["text/html"] == pages[0]


def test_the_html_of_a_figure(static):
    data = bundle(show(explore_draws.descent, learning_rate=0.1))
    frame = draw_frame(explore_draws.descent, {"learning_rate": 0.1})
    page = Tags(data["text/html"])
    assert page.all("figure") == [{"class": "nn-figure"}]
    (image,) = page.all("img")
    assert unquote(image["src"]).endswith(frame.svg)
    assert image["alt"] == description_of(frame.svg) != ""
    assert frame.caption == data["text/plain"]
    assert html.escape(frame.caption) in data["text/html"]


# Around it ------------------------------------------------------------------------------------------


def test_nnlib_explore_is_a_function_whatever_was_imported_before():
    for first in (
        "",
        "import nnlib.explore.choices",
        "from nnlib.explore import grid",
        "import nnlib.explore",
    ):
        code = (
            f"{first}\nimport nnlib, explore_draws\nfrom nnlib import explore, show\n"
            "print(repr(nnlib.explore(explore_draws.descent, learning_rate=[0.1, 1.0])))\n"
            "print(explore(explore_draws.descent, default={'learning_rate': 1}, learning_rate=[0.1, 1.0]))\n"
            "print(repr(nnlib.show(explore_draws.descent, learning_rate=1.0)))\n"
        )
        environment = os.environ | {"PYTHONPATH": os.path.dirname(__file__)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
        assert done.stderr == ""
        assert done.stdout.splitlines() == [
            "explore(descent, learning_rate=[0.1, 1.0])",
            "explore(descent, learning_rate=[0.1, 1.0])",
            "show(descent(learning_rate=1.0))",
        ]


def test_importing_nnlib_brings_in_neither_matplotlib_nor_ipywidgets():
    code = "import sys, nnlib; print({'matplotlib', 'ipywidgets', 'nnlib.explore'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_built_book_needs_no_ipywidgets():
    code = (
        "import sys; sys.modules['ipywidgets'] = None\nimport explore_draws\n"
        "from nnlib.explore import explore\nmade = explore(explore_draws.twins, side=['left', 'right'])\n"
        "print(made._repr_mimebundle_()[0]['text/plain'])"
    )
    environment = os.environ | {"PYTHONPATH": os.path.dirname(__file__), "NNLIB_STATIC": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "The left twin.", done.stderr


def test_collect_gathers_what_was_made_within_it():
    explore(explore_draws.descent, learning_rate=RATES)
    with collect() as outer:
        one = explore(explore_draws.descent, learning_rate=RATES)
        with collect() as inner:
            two = show(explore_draws.descent, learning_rate=0.1)
        three = nnlib.explore(explore_draws.descent, learning_rate=RATES)
    explore(explore_draws.descent, learning_rate=RATES)
    assert outer == [one, two, three]
    assert inner == [two]
    assert len(list(three.choices)) == 4
