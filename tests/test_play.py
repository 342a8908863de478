"""nnlib.play: what a preset may be, what nnlib says of it, and how it reaches a reader."""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import sys
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from matplotlib.collections import LineCollection
from PIL import Image
from play_golden import STATIC

import nnlib
from nnlib.play import Playground, digits_picture
from nnlib.play.digits import DigitsRun
from nnlib.play.picture import PIXELS, picture
from nnlib.play.presets import SETTINGS
from nnlib.play.runs import Run
from nnlib.play.scripts import DIGITS_SCRIPTS, SCRIPTS, digits_data, digits_script, script, style

VIEW = "application/vnd.jupyter.widget-view+json"


def run(**preset: Any) -> Run:
    return nnlib.play(**preset).run


@pytest.fixture(scope="module")
def spiral() -> Run:
    return run(epochs=80)


@pytest.fixture(scope="module")
def trained() -> DigitsRun:
    made = nnlib.play(data="digits", epochs=5).run
    assert isinstance(made, DigitsRun)
    return made


class TestPresets:
    def test_everything_has_a_value_by_itself(self) -> None:
        preset = nnlib.play().preset
        assert list(preset) == list(SETTINGS)
        assert json.loads(json.dumps(preset)) == preset

    def test_each_set_of_points_has_its_noise(self) -> None:
        noise = {data: nnlib.play(data=data).preset["noise"] for data in ("spiral", "moons", "own")}
        assert noise == {"spiral": 0.02, "moons": 0.1, "own": 0.0}
        assert nnlib.play(data="moons", noise=0).preset["noise"] == 0

    @pytest.mark.parametrize(
        ("preset", "said"),
        [
            ({"date": 1}, "play has no setting 'date'; the settings are data, classes, points"),
            ({"data": "spirals"}, "data is 'spirals'; one of spiral, circles, xor"),
            ({"activation": "softmax"}, "activation is 'softmax'; one of step, linear"),
            ({"layers": 8}, "layers is 8; a list is expected"),
            ({"layers": "88"}, "layers is '88'; a list is expected"),
            ({"layers": [9]}, "a hidden layer's size is 9; at most 8 is expected"),
            ({"layers": [0]}, "a hidden layer's size is 0; a whole number of at least 1"),
            ({"layers": [2] * 7}, "layers has 7 hidden layers; at most 6 are expected"),
            ({"learning_rate": 0}, "learning_rate is 0; a number above 0"),
            ({"learning_rate": float("nan")}, "learning_rate is nan; a number"),
            ({"points": 10**6}, "points is 1000000; at most 1,000 is expected"),
            ({"batch_size": 2.5}, "batch_size is 2.5; a whole number"),
            ({"speed": 7}, "speed is 7; one of 0, 1, 3"),
            ({"controls": ["rate"]}, "one of the controls is 'rate'; one of data, classes"),
            ({"panels": "cost"}, "panels is 'cost'; a list is expected"),
            ({"own": [[1, 2]]}, r"own has the point \[1, 2\]; \[x1, x2, class\] is expected"),
            ({"own": [[1, 2, 4]]}, "a point's class is 4; at most 3 is expected"),
            ({"own": [[1, 1e9, 0]]}, "a point's place is 1000000000.0; a number"),
            ({"goal": 0.95}, r"goal is 0.95; a dict as \{'right': 0.95, 'neurons': 8\}"),
            ({"goal": {"right": 2}}, "the goal's right is 2; a number above 0 and at most 1"),
            ({"goal": {"right": 0.9, "layers": 2}}, "goal is"),
            ({"against": {"seed": 2}}, r"against is \{'seed': 2\}; a dict as \{'cost': 'quadratic'\}"),
            ({"against": {"cost": "least"}}, "against's cost is 'least'; one of cross_entropy"),
            ({"data": "own", "against": {"cost": "mse"}}, "against needs new points"),
            ({"data": "own", "epochs": 5}, "epochs is 5; points to learn from are expected"),
            ({"data": "digits", "layers": [8]}, "play with digits has no setting 'layers'; the settings are"),
            ({"data": "digits", "l2": -1}, "l2 is -1; a number"),
            ({"rule": "perceptron", "layers": [3]}, r"layers is \[3\]; rule='perceptron' has layers=\[\]"),
            ({"rule": "perceptron", "own": [[0, 0, 2]]}, "own has more than two classes"),
        ],
    )
    def test_what_is_wrong_is_said(self, preset: dict[str, Any], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            nnlib.play(**preset)

    def test_numpys_numbers_are_numbers(self) -> None:
        preset = nnlib.play(layers=np.array([3, 2]), seed=np.int64(4), learning_rate=np.float64(0.1)).preset
        assert json.loads(json.dumps(preset))["layers"] == [3, 2]

    def test_repr_says_what_was_asked_for(self) -> None:
        assert repr(nnlib.play()) == "play(data='spiral')"
        assert repr(nnlib.play(data="moons", layers=[2])) == "play(data='moons', layers=[2])"


class TestRun:
    def test_is_the_network_that_the_landing_page_writes_out(self, spiral: Run) -> None:
        X, labels = nnlib.spirals(160, noise=0.02, turns=1.25, rng=0)
        how = {"output": "sigmoid", "cost": "binary_cross_entropy"}
        net = nnlib.Network([2, 8, 8, 1], hidden="tanh", **how, rng=1)
        adam = nnlib.Adam(learning_rate=0.03)
        nnlib.fit(net, 3 * X, labels[:, None], epochs=80, batch_size=20, optimizer=adam, rng=0)
        assert np.array_equal(net.parameters, spiral.net.parameters)

    def test_the_caption_says_what_was_measured(self, spiral: Run) -> None:
        assert spiral.new is not None
        right = (spiral.net.classify(spiral.new.X) == spiral.new.labels).mean()
        assert spiral.caption == (
            "Spiral, 8 + 8 neurons (tanh), learning rate 0.03: "
            f"after 80 epochs the cost is {spiral.cost:.2f}; "
            f"of 400 new points, {100 * right:.0f} % are on the right side of the line."
        )

    @pytest.mark.parametrize(
        ("preset", "said"),
        [
            ({"layers": []}, "Spiral, no hidden layer, learning rate 0.03: before training the cost is"),
            (
                {"layers": [1], "data": "xor", "epochs": 1},
                "XOR, 1 neuron (tanh), learning rate 0.03: after 1 epoch the",
            ),
            ({"data": "gate"}, "of the 4 points, 50 % are on the right side of the line."),
            ({"data": "blobs", "classes": 3}, " % are given the right class."),
            ({"data": "own"}, "Click on the map to put points of two kinds there. Then press Play."),
            ({"data": "own", "own": [[0, 1, 0]]}, "of the 1 point, "),
        ],
    )
    def test_the_caption_of(self, preset: dict[str, Any], said: str) -> None:
        assert said in run(**preset).caption

    @pytest.mark.parametrize("cost", ["cross_entropy", "quadratic", "mse", "mae"])
    @pytest.mark.parametrize("classes", [2, 3])
    def test_several_classes_have_an_output_each(self, cost: str, classes: int) -> None:
        made = run(data="blobs", classes=classes, cost=cost, epochs=2)
        assert made.net.sizes[-1] == made.outputs == (1 if classes == 2 else 3)
        assert np.isfinite(made.cost)

    @pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
    @pytest.mark.parametrize("init", ["zeros", "equal", "uniform", "normal", "xavier", "he"])
    def test_every_optimizer_and_first_weight_trains(self, optimizer: str, init: str) -> None:
        made = run(
            data="moons", layers=[3], optimizer=optimizer, init=init, epochs=2, l2=0.01, batch_size=10**7
        )
        assert len(made.history.cost) == 2


class TestDigits:
    """64-30-10, which learns from all digits but those held back."""

    def test_is_the_network_that_the_page_writes_out(self, trained: DigitsRun) -> None:
        X, labels = nnlib.load_digits()
        order = np.random.default_rng(0).permutation(len(X))
        rows, how = order[360:], {"output": "softmax", "cost": "categorical_cross_entropy", "init": "he"}
        net = nnlib.Network([64, 30, 10], "relu", **how, l2=0.001, rng=1)
        Y, adam = nnlib.one_hot(labels[rows], 10), nnlib.Adam(0.003)
        nnlib.fit(net, X[rows] / 16, Y, epochs=5, batch_size=32, optimizer=adam, rng=0)
        assert np.array_equal(net.parameters, trained.net.parameters)

    def test_the_caption_says_what_was_measured(self, trained: DigitsRun) -> None:
        right = (
            trained.net.classify(trained.X[trained.held_back] / 16) == trained.labels[trained.held_back]
        ).mean()
        assert f"after 5 epochs, reads {100 * right:.0f} % of 360 digits held back." in trained.caption
        assert right > 0.9
        before = nnlib.play(data="digits").run
        assert before.caption.startswith("A network 64-30-10, before training, reads 1")

    def test_the_page_gets_what_it_shows_first(self, trained: DigitsRun) -> None:
        example = trained.page["example"]
        assert [int(ink, 17) for ink in example["pixels"]] == trained.X[trained.held_back[0]].tolist()
        assert example["label"] == trained.labels[trained.held_back[0]]
        assert 0 < example["right"] < 0.3, "before training"

    def test_the_data_are_load_digits(self, trained: DigitsRun) -> None:
        data = json.loads(digits_data().removeprefix("globalThis.nnplay.digits = ").removesuffix(";"))
        assert [int(ink, 17) for ink in data["pixels"]] == trained.X.ravel().tolist()
        assert [*map(int, data["labels"])] == trained.labels.tolist()

    def test_the_picture_has_the_digit_and_a_field_for_every_hidden_neuron(self, trained: DigitsRun) -> None:
        figure, said = digits_picture.picture(trained)
        stage = figure.axes[0]
        assert said == trained.caption
        assert len(stage.images) == 31
        assert np.array_equal(
            stage.images[0].get_array(), trained.X[trained.held_back[0]].reshape(8, 8) / 8 - 1
        )


class TestPicture:
    def test_there_is_a_line_for_every_weight_dashed_where_it_is_negative(self, spiral: Run) -> None:
        stage = picture(spiral)[0].axes[0]
        lines = [one for one in stage.collections if type(one) is LineCollection]
        weights = np.concatenate([W.ravel() for W in spiral.net.W])
        assert sum(len(one.get_segments()) for one in lines) == weights.size
        dashes = [dash for one in lines for _, dash in one.get_linestyle()]
        assert sum(dash is not None for dash in dashes) == (weights < 0).sum()

    def test_the_picture_of_a_neuron_is_its_activation(self, spiral: Run) -> None:
        inputs, first, _, _, answer = (image.get_array() for image in picture(spiral)[0].axes[0].images)
        assert inputs.shape == (2 * (PIXELS + 2), PIXELS + 2)
        assert first.shape == (8 * (PIXELS + 2), PIXELS + 2)
        assert np.all(np.diff(inputs[1, 1 : PIXELS + 1]) > 0)  # x₁ grows to the right
        assert np.all(np.diff(inputs[PIXELS + 3 : 2 * PIXELS + 3, 1]) < 0)  # x₂ upwards, and row 0 is the top
        corner = 2 * spiral.net.predict([[-3.2, 3.2]])[0, 0] - 1
        assert answer[0, 0] == pytest.approx(corner, abs=0.05)

    @pytest.mark.parametrize(
        "preset",
        [
            {"layers": []},
            {"layers": [8] * 6},
            {"data": "blobs", "classes": 4},
            {"data": "own"},
            {"init": "zeros"},
        ],
    )
    def test_is_drawn_of(self, preset: dict[str, Any]) -> None:
        made = run(**preset)
        assert picture(made)[1] == made.caption


class TestCarriers:
    def bundle(self, playground: Playground) -> dict[str, Any]:
        return playground._repr_mimebundle_()[0]

    def test_the_page_gets_preset_picture_and_caption(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NNLIB_STATIC", "1")
        made = nnlib.play(goal={"right": 0.95})
        bundle = self.bundle(made)
        html = bundle["text/html"]
        assert bundle["text/plain"] == made.run.caption
        assert html.startswith('<figure class="nn-live" id="nn-live-')
        (preset,) = re.findall(r'<script type="application/json" class="nn-preset">(.*?)</script>', html)
        assert json.loads(preset) == made.preset
        assert f'aria-live="polite"><span>{made.run.caption}</span>' in html
        assert "data:image/svg+xml" in html
        assert "<noscript>" in html
        assert len(gzip.compress(html.encode())) < 12_000

    def test_a_kernel_gets_a_frame_that_trains_beside_picture_and_text(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("NNLIB_STATIC", raising=False)
        made = nnlib.play(layers=[2])
        bundle = self.bundle(made)
        assert set(bundle) == {VIEW, "image/png", "text/plain"}
        assert bundle["text/plain"] == made.run.caption
        assert Image.open(BytesIO(base64.b64decode(bundle["image/png"]))).width > 1000
        assert self.bundle(made) == bundle
        value = _instances[bundle[VIEW]["model_id"]].value
        document = unescape(re.search(r'srcdoc="(.*?)"', value, re.S)[1])
        assert document.count("<script>") == 1
        assert json.dumps(made.preset) in document
        assert script() in document
        assert "</script>" not in script()

    @pytest.mark.parametrize("text", [script(), digits_script()], ids=["plane", "digits"])
    def test_nothing_that_a_strict_policy_forbids(self, text: str) -> None:
        assert not re.search(
            r"\beval\(|new Function|innerHTML|insertAdjacentHTML|\bfetch\(|import\(|XMLHttpRequest", text
        )
        assert not re.search(r"""\bstyle(=|")""", text)

    def test_what_is_left_out_of_the_scripts_is_no_code(self) -> None:
        assert "//" not in re.sub(r"https?://", "", script() + digits_script())
        assert style().count("{") == style().count("}")

    def test_the_wheel_brings_the_pages_side(self, wheel: Path) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        assert {
            f"nnlib/play/static/{name}"
            for name in ("play.css", *(f"{s}.js" for s in SCRIPTS + DIGITS_SCRIPTS))
        } <= names

    def test_no_file_is_too_long_to_read(self) -> None:
        for name in SCRIPTS + DIGITS_SCRIPTS:
            lines = (STATIC / f"{name}.js").read_text(encoding="utf-8").splitlines()
            assert len(lines) <= 300, name

    def test_needs_no_more_than_numpy_for_its_points(self) -> None:
        code = "import sys, nnlib; nnlib.play.points('spiral', rng=0); assert 'matplotlib' not in sys.modules"
        subprocess.run([sys.executable, "-c", code], check=True)

    @pytest.mark.parametrize("first", ["import nnlib", "import nnlib.play", "import nnlib.play.presets"])
    def test_can_be_called_in_whatever_order_it_is_imported(self, first: str) -> None:
        code = f"{first}; import nnlib; assert callable(nnlib.play); assert nnlib.play.points"
        subprocess.run([sys.executable, "-c", code], check=True)
