"""The figure of training times, and what the stored measurement says about nnlib's speed."""

from __future__ import annotations

import re

import pytest

from nnlib.explore.drawing import drawn
from nnlib.figures import digits_speed as figures


def test_all_eighteen_settings_were_measured_for_everybody() -> None:
    times = figures.measured()
    wanted = [
        f"{shape}-{batch}-{kind}" for shape in "ABC" for batch in (10, 32, 256) for kind in ("sgd", "adam")
    ]
    assert list(times) == wanted
    for setting in times.values():
        assert set(setting) == {"nnlib", "products alone", figures.BY_HAND, *figures.PEERS}
        assert min(setting.values()) > 0


@pytest.mark.parametrize("peer", ["scikit-learn", "PyTorch"])
def test_it_was_faster_than_the_peers_in_every_setting(peer: str) -> None:
    assert min(figures.ratios(peer).values()) >= 1.15
    assert figures.mean_ratio(peer) >= 2.5


def test_the_mean_is_geometric(monkeypatch: pytest.MonkeyPatch) -> None:
    times = {"a": {"nnlib": 1.0, "Keras": 2.0}, "b": {"nnlib": 4.0, "Keras": 32.0}}
    monkeypatch.setattr(figures, "measured", lambda threads: times)
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


@pytest.mark.parametrize("shape", "BC")
def test_with_784_inputs_it_was_close_to_the_same_steps_by_hand(shape: str) -> None:
    over = {name: 1 / ratio for name, ratio in figures.ratios(figures.BY_HAND).items() if name[0] == shape}
    assert len(over) == 6
    assert max(over.values()) <= 1.3


def test_with_64_inputs_and_small_batches_it_was_near_them() -> None:
    times = figures.ratios(figures.BY_HAND)
    assert all(1 / times[f"A-{batch}-{kind}"] <= 1.5 for batch in (10, 32) for kind in ("sgd", "adam"))


def test_two_threads_were_measured_too() -> None:
    assert list(figures.measured(2)) == list(figures.measured())
    assert all(set(ms) >= {"nnlib", "scikit-learn", "PyTorch"} for ms in figures.measured(2).values())


def test_time_grows_in_proportion_to_rows_and_at_last_to_depth() -> None:
    times = figures.grown()["rows"]
    for value, ms in zip(times["values"], times["milliseconds"], strict=True):
        assert ms / value == pytest.approx(times["milliseconds"][-1] / times["values"][-1], rel=0.3)
    assert figures.doubled("rows") == pytest.approx(2, abs=0.2)
    assert figures.doubled("depth") == pytest.approx(2, abs=0.25)
    assert 2 < figures.doubled("width") <= 4.2
    assert figures.doubled("batch") < 1.1


def test_growth_is_drawn_as_it_was_measured() -> None:
    figure, caption = drawn(figures.growth, {})
    for axes, (name, times) in zip(figure.axes, figures.grown().items(), strict=True):
        assert list(axes.lines[0].get_xdata()) == times["values"]
        assert list(axes.lines[0].get_ydata()) == times["milliseconds"]
        low, high = axes.get_ylim()
        assert low <= min(times["milliseconds"]) < max(times["milliseconds"]) <= high
        assert axes.get_xlabel() == figures.NAMES[name]
        assert name in caption


def test_keras_is_charged_for_one_start_of_fit_an_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A start of 50 ms and 1 ms a batch, as the benchmark times it: 200 batches, multiplied up."""
    own = {"nnlib": 10.0}
    times = {
        f"A-{size}-sgd": own | {"Keras": 50.0 + batches} for size, batches in ((10, 180), (32, 57), (256, 8))
    }
    times["B-32-sgd"] = own | {"Keras": (50.0 + 200) * 60_000 / (200 * 32)}
    monkeypatch.setattr(figures, "measured", lambda: times)
    assert figures.start_of_fit("sgd") == pytest.approx(50)
    found = figures.keras_with_one_start()
    assert found["A-10-sgd"] == pytest.approx(23)
    assert found["B-32-sgd"] == pytest.approx((50 + 60_000 / 32) / 10)
