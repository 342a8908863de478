"""The book's look: its inks can be read and told apart, its canvas keeps its measures, it leaves no trace."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure

from nnlib.figures import style

Array = npt.NDArray[np.floating]

INKS = {
    "ink": style.INK,
    "muted": style.MUTED,
    "positive": style.POSITIVE,
    "negative": style.NEGATIVE,
    "gradient": style.GRADIENT,
    "prediction": style.PREDICTION,
}
#: Meanings that stand side by side in a figure.
PAIRS = [*combinations(["positive", "negative", "gradient", "prediction"], 2)]

#: How the rare two-cone eyes see linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
VISION = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "normal": np.eye(3).tolist(),
}

PAGE = "#ffffff"
BOOK = (Path(__file__).parent.parent / "_static" / "book.css").read_text(encoding="utf-8")
DARK_PAGE = re.findall(r'data-theme="dark"\] \{[^}]*--pst-color-background: (#\w+);', BOOK)[0]


def linear(color: str | Array) -> Array:
    """sRGB to linear light."""
    c = np.asarray(to_rgb(color) if isinstance(color, str) else color)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def encoded(light: Array) -> Array:
    """Linear light to sRGB."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def contrast(one: str | Array, other: str | Array) -> float:
    """WCAG 2's contrast ratio."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) + 0.05 for c in (one, other))
    return high / low


def inverted(color: str) -> Array:
    """What the rule for dark mode makes of a colour: invert(1) hue-rotate(180deg), as CSS defines them."""
    luma, ones = np.array([0.213, 0.715, 0.072]), np.ones(3)
    rotate = 2 * np.outer(ones, luma) - np.eye(3)  # by 180 degrees around the greys
    return np.asarray(np.clip(rotate @ (1 - np.array(to_rgb(color))), 0, 1))


def lab(light: Array) -> Array:
    """Linear light to CIE L*a*b*, in which distances are as seen."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.maximum(np.array(to_xyz) @ light / [0.9505, 1, 1.089], 0.001))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


class TestInks:
    @pytest.mark.parametrize("name", INKS)
    def test_contrast_on_the_page(self, name: str) -> None:
        assert contrast(INKS[name], PAGE) >= 4.5

    @pytest.mark.parametrize("name", INKS)
    def test_contrast_in_dark_mode(self, name: str) -> None:
        assert contrast(inverted(INKS[name]), DARK_PAGE) >= 4.5

    @pytest.mark.parametrize("name", ["ink", "positive"])
    def test_on_the_area_of_class_1(self, name: str) -> None:
        assert contrast(INKS[name], style.POSITIVE_AREA) >= 4.5

    @pytest.mark.parametrize("name", ["ink", "negative"])
    def test_on_the_area_of_class_0(self, name: str) -> None:
        assert contrast(INKS[name], style.NEGATIVE_AREA) >= 4

    @pytest.mark.parametrize("eyes", ["normal", "protanopia", "deuteranopia"])
    def test_weights_below_and_above_zero_are_far_apart_for_all_eyes(self, eyes: str) -> None:
        seen = [lab(np.array(VISION[eyes]) @ linear(ink)) for ink in (style.POSITIVE, style.NEGATIVE)]
        assert np.linalg.norm(seen[0] - seen[1]) > 45

    @pytest.mark.parametrize(("one", "other"), PAIRS)
    @pytest.mark.parametrize("eyes", VISION)
    def test_meanings_can_be_told_apart(self, one: str, other: str, eyes: str) -> None:
        seen = [lab(np.array(VISION[eyes]) @ linear(INKS[name])) for name in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 9  # closest: blue and purple for protanopes, by lightness

    def test_a_series_never_speaks_by_colour_alone(self) -> None:
        for key in ("color", "linestyle", "marker"):
            assert len({str(line[key]) for line in style.SERIES}) == len(style.SERIES)

    def test_class_1_is_the_colour_above_zero_and_training_solid_against_validation(self) -> None:
        np.testing.assert_allclose(style.WEIGHTS(1.0)[:3], to_rgb(style.POSITIVE), atol=1e-6)
        np.testing.assert_allclose(style.WEIGHTS(0.0)[:3], to_rgb(style.NEGATIVE), atol=1e-6)
        np.testing.assert_allclose(style.WEIGHTS(0.5)[:3], 1, atol=0.01)
        assert style.TRAINING != style.VALIDATION

    @pytest.mark.parametrize("name", ["HEIGHTS", "PAPER"])
    def test_maps_darken_steadily(self, name: str) -> None:
        light = [
            linear(np.array(getattr(style, name)(x)[:3])) @ [0.2126, 0.7152, 0.0722]
            for x in np.linspace(0, 1, 30)
        ]
        assert (np.diff(light) < 0).all()


class TestCanvas:
    def test_margins_are_in_inches_wherever_the_axes_stand(self) -> None:
        for height in (2.4, 4.0):
            figure, axes = style.canvas(height=height, left=0.6, right=0.2, bottom=0.5, top=0.3)
            box = axes.get_position()
            np.testing.assert_allclose(figure.get_size_inches(), [style.WIDTH, height])
            np.testing.assert_allclose([box.x0 * style.WIDTH, (1 - box.x1) * style.WIDTH], [0.6, 0.2])
            np.testing.assert_allclose([box.y0 * height, (1 - box.y1) * height], [0.5, 0.3])

    def test_gaps_are_in_inches(self) -> None:
        _, axes = style.canvas(2, 2, height=5, hspace=0.8, wspace=0.9)
        boxes = [[ax.get_position() for ax in row] for row in axes]
        assert (boxes[0][1].x0 - boxes[0][0].x1) * style.WIDTH == pytest.approx(0.9)
        assert (boxes[0][0].y0 - boxes[1][0].y1) * 5 == pytest.approx(0.8)

    def test_further_arguments_reach_matplotlib(self) -> None:
        _, axes = style.canvas(1, 2, sharey=True, gridspec_kw={"width_ratios": [1, 3]})
        assert axes[0].get_shared_y_axes().joined(axes[0], axes[1])
        widths = [ax.get_position().width for ax in axes]
        assert widths[1] == pytest.approx(3 * widths[0])

    def test_for_a_phone_it_is_narrower_and_takes_what_is_otherwise_there(self) -> None:
        how = {"height": 3, "left": 0.6, "narrow": {"rows": 2, "cols": 1, "height": 5, "bottom": 0.4}}
        wide, (left, right) = style.canvas(1, 2, **how)
        with style.narrow():
            assert style.is_narrow()
            narrow, (above, below) = style.canvas(1, 2, **how)
        assert not style.is_narrow()
        np.testing.assert_allclose(wide.get_size_inches(), [style.WIDTH, 3])
        np.testing.assert_allclose(narrow.get_size_inches(), [style.NARROW, 5])
        assert left.get_position().y0 == right.get_position().y0
        assert above.get_position().x0 == below.get_position().x0 == pytest.approx(0.6 / style.NARROW)
        assert below.get_position().y0 * 5 == pytest.approx(0.4)

    def test_a_mosaic_may_be_another_for_a_phone(self) -> None:
        with style.narrow():
            _, axes = style.canvas(mosaic=[["a", "b"]], narrow={"mosaic": [["a"], ["b"]]})
        assert axes["a"].get_position().y0 > axes["b"].get_position().y1

    def test_it_is_wide_again_after_an_error(self) -> None:
        with pytest.raises(ZeroDivisionError), style.narrow():
            print(1 / 0)
        assert style.width() == style.WIDTH

    def test_type_is_large_enough_on_a_phone(self) -> None:
        pixels_an_inch = 286 / style.NARROW
        with style.style():
            for name in (
                "font.size",
                "axes.titlesize",
                "axes.labelsize",
                "xtick.labelsize",
                "legend.fontsize",
            ):
                assert mpl.rcParams[name] / 72 * pixels_an_inch >= 12


def sketch(width: float = 1.0) -> style.Frame:
    """A frame to try the style on."""
    figure, axes = style.canvas()
    axes.plot([0, 1], [0, width])
    axes.set_title("a title")
    return figure, f"to {width}"


class TestStyled:
    def test_the_page_shows_through(self) -> None:
        figure, caption = style.styled(sketch)(2.0)
        assert caption == "to 2.0"
        assert to_rgba(figure.get_facecolor())[3] == 0
        assert to_rgba(figure.axes[0].get_facecolor())[3] == 0
        assert not figure.axes[0].spines["top"].get_visible()
        assert figure.axes[0].title.get_position()[0] == 0.5  # the title stands at the left, not here
        assert figure.axes[0].title.get_text() == ""

    def test_whoever_draws_matplotlibs_own_settings_stay(self) -> None:
        before = dict(mpl.rcParams)
        style.styled(sketch)()
        assert dict(mpl.rcParams) == before
        with pytest.raises(ZeroDivisionError):
            style.styled(lambda: 1 / 0)()  # type: ignore[arg-type,return-value]
        assert dict(mpl.rcParams) == before

    def test_settings_of_the_readers_own_do_not_reach_it(self) -> None:
        with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "axes.spines.top": True}):
            figure, _ = style.styled(sketch)()
        assert to_rgba(figure.axes[0].get_facecolor())[3] == 0
        assert not figure.axes[0].spines["top"].get_visible()
        assert figure.axes[0].xaxis.label.get_fontsize() == 11

    def test_it_keeps_the_functions_name_and_words(self) -> None:
        marked = style.styled(sketch)
        assert (marked.__name__, marked.__doc__, marked.__module__) == ("sketch", sketch.__doc__, __name__)

    def test_svg_is_the_same_every_time(self) -> None:
        def draw() -> str:
            figure, _ = style.styled(sketch)()
            out = StringIO()
            with style.style():
                figure.savefig(out, format="svg", metadata={"Date": None})
            return out.getvalue()

        assert draw() == draw()

    def test_no_pyplot(self) -> None:
        code = (
            "import sys; from nnlib.figures import style; style.styled(lambda: (style.canvas()[0], ''))(); "
            "print('matplotlib.pyplot' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"

    def test_a_canvas_is_a_figure_that_no_one_else_holds(self) -> None:
        figure, _ = style.canvas()
        assert type(figure) is Figure
