"""The figures of the digits chapter: what their captions and pictures say, checked by other means."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from sklearn.metrics import confusion_matrix, log_loss, root_mean_squared_error
from sklearn.preprocessing import StandardScaler

import nnlib
from nnlib.figures import digits as figures
from nnlib.figures import digits_runs as runs

EXTREMES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    *[
        (figures.reading, {"image": image, "epoch": epoch})
        for image in (1, 10, 11, 16)
        for epoch in (0, 1, 40)
    ],
    (figures.gallery, {}),
    (figures.pixels, {"standardised": False}),
    (figures.pixels, {"standardised": True}),
    (figures.folds, {}),
    *[
        (figures.training, {"learning_rate": rate, "activation": activation, "l2": l2})
        for rate in (0.0003, 0.03)
        for activation in ("relu", "sigmoid")
        for l2 in (0.0, 0.01)
    ],
    *[(figures.memorising, {"percent_wrong": wrong, "l2": l2}) for wrong in (0, 90) for l2 in (0.0, 0.1)],
    (figures.splits, {"scores": {"64-30-10": (97.5, 98.0, 96.5), "64-16-16-10": (95.0, 97.0, 96.0)}}),
    *[(figures.mistakes, {"epoch": epoch}) for epoch in (0, 2, 40)],
    *[(figures.neuron, {"neuron": neuron, "l2": l2}) for neuron in (1, 30) for l2 in (0.0, 0.01)],
    *[(figures.completion, {"image": image}) for image in (1, 10)],
]


def numbers(caption: str) -> list[float]:
    return [
        float(number.replace("−", "-").replace(",", "")) for number in re.findall(r"−?[\d,]*\.?\d+", caption)
    ]


def validation() -> tuple[np.ndarray, np.ndarray]:
    """Validation images, standardised by scikit-learn, and their labels."""
    X, labels = runs.images()
    scaler = StandardScaler().fit(X[runs.parts().training])
    return scaler.transform(X[runs.parts().validation]), labels[runs.parts().validation]


def outputs(net: nnlib.Network, X: np.ndarray) -> np.ndarray:
    """The 64-30-10 network's outputs, written out."""
    hidden = np.maximum(X @ net.W[1].T + net.b[1], 0)
    exponentials = np.exp(hidden @ net.W[2].T + net.b[2])
    return exponentials / exponentials.sum(axis=1, keepdims=True)


# Rows and runs ----------------------------------------------------------------------------


def test_rows_are_dealt_once() -> None:
    training, held_back, test = runs.parts()
    assert np.array_equal(np.sort(np.concatenate([training, held_back, test])), np.arange(1797))
    assert sorted(runs.shuffled()) == sorted(training)
    share = np.bincount(runs.images().labels) / 5
    for rows in (held_back, test):
        assert np.abs(np.bincount(runs.images().labels[rows]) - share).max() < 1


def test_no_figure_looks_at_the_test_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    X, labels = runs.images()
    spoiled = X.copy()
    spoiled[runs.parts().test] = 16 - spoiled[runs.parts().test]
    before = runs.small_run.__wrapped__(0.003, "relu", 0.0)
    monkeypatch.setattr(runs, "images", lambda: nnlib.data.Examples(spoiled, labels))
    after = runs.small_run.__wrapped__(0.003, "relu", 0.0)
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_snapshots_are_the_chapters_training() -> None:
    X, labels = runs.images()
    rows = runs.parts().training
    net = nnlib.Network(
        [64, 30, 10], "relu", output="softmax", cost="categorical_cross_entropy", init="he", l2=0.001, rng=0
    )
    assert np.array_equal(runs.snapshots()[0].parameters, net.parameters)
    inputs, targets = StandardScaler().fit_transform(X[rows]), nnlib.one_hot(labels[rows], 10)
    nnlib.fit(net, inputs, targets, epochs=40, optimizer=nnlib.Adam(learning_rate=0.003), rng=0)
    assert np.allclose(runs.snapshots()[40].parameters, net.parameters, atol=1e-6)
    assert not np.allclose(runs.snapshots()[20].parameters, net.parameters, atol=1e-3)


@pytest.mark.parametrize("l2", [0.0, 0.01])
def test_curves_are_costs_without_the_penalty(l2: float) -> None:
    X, labels = runs.images()
    rows, held_back = runs.shuffled()[: runs.SMALL], runs.parts().validation
    scaler = nnlib.Standardizer().fit(X[rows])  # scikit-learn's leaves a pixel that never varied as it is
    net = nnlib.Network(
        [64, 60, 60, 10],
        "tanh",
        output="softmax",
        cost="categorical_cross_entropy",
        init="xavier",
        l2=l2,
        rng=0,
    )
    costs: list[tuple[float, float]] = []

    def look(epoch: int, net: nnlib.Network) -> None:
        costs.append(tuple(  # type: ignore[arg-type]
            log_loss(labels[part], net.predict(scaler.transform(X[part])), labels=range(10))
            for part in (rows, held_back)
        ))  # fmt: skip

    nnlib.fit(
        net, scaler.transform(X[rows]), nnlib.one_hot(labels[rows], 10), epochs=5, batch_size=20,
        optimizer=nnlib.Adam(learning_rate=0.003), rng=0, each_epoch=look,
    )  # fmt: skip
    curves = runs.small_run(0.003, "tanh", l2)
    assert np.allclose(np.transpose([curves.cost, curves.val_cost])[:5], costs, rtol=1e-6)


@pytest.mark.parametrize("share", [0, 20, 90])
def test_so_many_labels_are_wrong(share: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, np.ndarray] = {}
    monkeypatch.setattr(
        runs, "_curves", lambda net, rows, labels, *rest: seen.update(rows=rows, labels=labels)
    )
    runs.spoiled_run.__wrapped__(share, 0.0)
    wrong = seen["labels"] != runs.images().labels[seen["rows"]]
    assert wrong.sum() == 400 * share / 100
    assert set(seen["labels"]) <= set(range(10))


# What the captions say ----------------------------------------------------------------------------


@pytest.mark.parametrize("image", [1, 4, 10, 11, 14, 16])
@pytest.mark.parametrize("epoch", [0, 1, 40])
def test_reading(image: int, epoch: int) -> None:
    X, labels = validation()
    figure, caption = figures.reading(image, epoch)
    bars = figure.axes[1].patches[:10]
    drawn = np.array([bar.get_width() for bar in bars])
    row = np.abs(outputs(runs.snapshots()[epoch], X) - drawn).sum(axis=1).argmin()
    assert drawn == pytest.approx(outputs(runs.snapshots()[epoch], X)[row], abs=1e-9)
    assert f"image {image}, a" in caption
    assert f"read as {drawn.argmax()} with an output of" in caption
    assert caption.endswith("right.") == (drawn.argmax() == labels[row])
    if epoch == 40:  # what the chapter says of its sixteen images
        assert caption.endswith("right.") == (image <= 10)
    if image <= 10:
        assert labels[row] == image - 1


def test_image_13_is_read_wrong_and_sure() -> None:
    assert "> 0.99: wrong, 4 gets < 0.01" in figures.reading(13, 40)[1]


def test_pixels_are_those_of_the_slide() -> None:
    standardised = StandardScaler().fit_transform(runs.images().X)[0]
    caption = figures.pixels(True)[1]
    assert numbers(caption.split("first row")[1].rstrip(".")) == pytest.approx(standardised[:8], abs=5e-4)
    texts = [float(text.get_text().replace("−", "-")) for text in figures.pixels(True)[0].axes[0].texts]
    assert texts == pytest.approx(standardised, abs=5.1e-3)
    plain = [float(text.get_text()) for text in figures.pixels(False)[0].axes[0].texts]
    assert plain == list(runs.images().X[0])


def test_training_marks_the_lowest_validation_cost() -> None:
    figure, caption = figures.training(0.01, "relu", 0.0)
    curves = runs.small_run(0.01, "relu", 0.0)
    best = min(range(60), key=lambda epoch: curves.val_cost[epoch])
    marked = figure.axes[0].lines[-1].get_xydata()
    assert marked == pytest.approx(np.array([[best + 1, curves.val_cost[best]]]))
    assert f"lowest after epoch {best + 1}, {curves.val_cost[best]:.2f}" in caption
    assert curves.val_cost[-1] > 1.3 * curves.val_cost[best]  # overfitting, to be seen
    cured = runs.small_run(0.01, "relu", 0.003)
    assert cured.val_cost.min() < 0.7 * curves.val_cost.min()
    assert cured.cost[-1] > curves.cost[-1]


def test_training_says_when_there_is_no_turn() -> None:
    assert "still falls at epoch 60" in figures.training(0.0003, "sigmoid", 0.0)[1]


def test_memorising_wrong_labels() -> None:
    plain, held = runs.spoiled_run(20, 0.0), runs.spoiled_run(20, 0.1)
    assert plain.accuracy[-1] == 1
    assert plain.val_accuracy[-1] < plain.val_accuracy.max() - 0.03
    assert 0.7 < held.accuracy[-1] < 0.85
    assert held.val_accuracy[-1] > plain.val_accuracy.max()
    guess = runs.spoiled_run(90, 0.0)
    assert guess.accuracy[-1] == 1
    assert guess.val_accuracy[-1] < 0.2
    caption = figures.memorising(20, 0.0)[1]
    assert f"{100 * plain.val_accuracy[-1]:.1f} % on validation" in caption


@pytest.mark.parametrize("epoch", [0, 2, 40])
def test_mistakes(epoch: int) -> None:
    X, labels = validation()
    says = outputs(runs.snapshots()[epoch], X).argmax(axis=1)
    counts = confusion_matrix(labels, says)
    assert np.array_equal(figures.confusion(labels, says), counts)
    figure, caption = figures.mistakes(epoch)
    cells = {text.get_position(): int(text.get_text()) for text in figure.axes[0].texts}
    assert all(cells.get((said, digit), 0) == count for (digit, said), count in np.ndenumerate(counts))
    assert f"{(says != labels).sum()} of {len(labels)} validation images" in caption
    off = counts - np.diag(np.diag(counts))
    digit, said, times = re.findall(r"an? (\d) read as (\d), (\d+) time", caption)[0]
    assert off[int(digit), int(said)] == off.max() == int(times)


@pytest.mark.parametrize(("neuron", "l2"), [(1, 0.0), (5, 0.01), (30, 0.01)])
def test_neuron(neuron: int, l2: float) -> None:
    net = runs.snapshots(l2)[40]
    X, labels = runs.images()
    figure, caption = figures.neuron(neuron, l2)
    assert np.array_equal(figure.axes[0].images[0].get_array().ravel(), net.W[1][neuron - 1])
    heights = [bar.get_height() for bar in figure.axes[-1].patches]
    assert heights == pytest.approx(net.W[2][:, neuron - 1])
    inputs = StandardScaler().fit_transform(X[runs.parts().training])
    order = np.argsort(inputs @ net.W[1][neuron - 1])
    most = ", ".join(str(label) for label in labels[runs.parts().training][order[::-1][:4]])
    assert f"excited most by images of {most}." in caption
    assert np.abs(net.W[1]).max() < 1
    assert np.abs(heights).max() < figures.OUTPUT_LIMIT


def test_l2_clears_the_blank_pixels() -> None:
    blank = figures.rarely_inked()
    assert 10 <= len(blank) <= 30
    start, plain, held = (
        np.abs(net.W[1][:, blank]).mean()
        for net in (runs.snapshots(0.0)[0], runs.snapshots(0.0)[40], runs.snapshots(0.01)[40])
    )
    assert start == pytest.approx(0.14, abs=0.02)
    assert plain > start - 0.02
    assert held < 0.1 * start


@pytest.mark.parametrize("image", [1, 5, 10])
def test_completion(image: int) -> None:
    figure, caption = figures.completion(image)
    real, drawn, mean = (np.asarray(axes.images[0].get_array()) for axes in figure.axes)
    assert np.array_equal(real[:4], drawn[:4])
    assert np.array_equal(real[:4], mean[:4])
    assert mean[4:].ravel() == pytest.approx(runs.images().X[runs.parts().training, 32:].mean(axis=0))
    said = numbers(caption)[-2:]
    assert said[1] == pytest.approx(root_mean_squared_error(real[4:].ravel(), mean[4:].ravel()), abs=0.051)
    assert said[0] == pytest.approx(root_mean_squared_error(real[4:].ravel(), drawn[4:].ravel()), abs=0.3)


def test_splits_says_mean_and_spread() -> None:
    caption = figures.splits({"a": [90, 92, 94], "b": [97, 97, 97]})[1]
    assert caption == "Five splits each. a: mean 92.0 %, spread 2.0; b: mean 97.0 %, spread 0.0."


def test_folds_and_gallery() -> None:
    parts = [text.get_text() for text in figures.folds()[0].axes[0].texts]
    assert (parts.count("test"), parts.count("validation"), parts.count("training")) == (5, 5, 15)
    assert "1,797" in figures.gallery()[1]


# What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.reading(0, 40), "image is 0; 1 to 16 is expected"),
        (lambda: figures.reading(17, 40), "image is 17; 1 to 16 is expected"),
        (lambda: figures.reading(1, 4), "epoch is 4; one of 0, 1, 2, 3, 5, 10, 20, 40 is expected"),
        (lambda: figures.mistakes(-1), "epoch is -1"),
        (lambda: figures.neuron(31, 0.0), "neuron is 31; 1 to 30 is expected"),
        (lambda: figures.completion(99), "image is 99"),
        (lambda: figures.training(-1.0, "relu", 0.0), "learning_rate is -1"),
        (lambda: figures.training(0.01, "softplus", 0.0), "no activation 'softplus'"),
        (lambda: figures.memorising(101, 0.0), "percent_wrong is 101; 0 to 100 is expected"),
    ],
)
def test_bad_values_are_refused(draw: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        draw()


# How they look ----------------------------------------------------------------------------


def shown(figure: Figure) -> list[Text]:
    """The texts that are drawn: not the labels of ticks that lie outside their axes."""
    hidden = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            hidden |= {
                id(t.label1) for t in axis.get_major_ticks() if not low - 1e-9 <= t.get_loc() <= high + 1e-9
            }
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden
    ]


@pytest.mark.parametrize(("draw", "values"), EXTREMES, ids=lambda value: getattr(value, "__name__", ""))
def test_no_text_is_cut_or_covered(draw: Callable[..., tuple[Figure, str]], values: dict[str, Any]) -> None:
    figure, _ = draw(**values)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in shown(figure)]
    outside = [
        word
        for word, box in boxes
        if box.x0 < -1 or box.y0 < -1 or box.x1 > figure.bbox.x1 + 1 or box.y1 > figure.bbox.y1 + 1
    ]
    assert outside == []
    covered = [
        (word, other)
        for place, (word, box) in enumerate(boxes)
        for other, second in boxes[place + 1 :]
        if box.shrunk(0.9, 0.7).overlaps(second.shrunk(0.9, 0.7))
    ]
    assert covered == []
