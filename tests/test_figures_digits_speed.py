"""The figure of training times, and what the stored measurement says about nnlib's speed."""

from __future__ import annotations

import re

import pytest

from nnlib.explore.drawing import drawn
from nnlib.figures import digits_speed as figures


def test_all_eighteen_settings_were_measured_for_everybody() -> None:
    times = figures.measured()["milliseconds"]
    wanted = [
        f"{shape}-{batch}-{kind}" for shape in "ABC" for batch in (10, 32, 256) for kind in ("sgd", "adam")
    ]
    assert list(times) == wanted
    for setting in times.values():
        assert set(setting) == {"nnlib", "products alone", figures.FLOOR, *figures.PEERS}
        assert min(setting.values()) > 0


@pytest.mark.parametrize("peer", ["scikit-learn", "PyTorch"])
def test_it_was_faster_than_the_peers_in_every_setting(peer: str) -> None:
    assert min(figures.ratios(peer).values()) >= 1.15
    assert figures.mean_ratio(peer) >= 2.5


def test_the_mean_is_geometric(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"milliseconds": {"a": {"nnlib": 1.0, "Keras": 2.0}, "b": {"nnlib": 4.0, "Keras": 32.0}}}
    monkeypatch.setattr(figures, "measured", lambda: content)
    assert figures.ratios("Keras") == {"a": 2.0, "b": 8.0}
    assert figures.mean_ratio("Keras") == pytest.approx(4.0)


def test_the_figure_shows_them_and_the_caption_says_them() -> None:
    figure, caption = drawn(figures.speed, {})
    (axes,) = figure.axes
    lines = {line.get_label(): line for line in axes.lines}
    for peer in figures.PEERS:
        assert list(lines[peer].get_xdata()) == list(figures.ratios(peer).values())
        low, high = axes.get_xlim()
        assert low < min(lines[peer].get_xdata()) < max(lines[peer].get_xdata()) < high
        said = re.search(rf"{peer} ([\d.]+) to ([\d.]+) \(mean ([\d.]+)\)", caption)
        assert said is not None
        assert float(said[3]) == pytest.approx(figures.mean_ratio(peer), abs=0.051)
