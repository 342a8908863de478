"""The page's engine computes what nnlib computes, and its tests can fail."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import play_golden
import pytest

import nnlib
from nnlib.play.data import NOISE, points

pytestmark = pytest.mark.slow

CLOSE = 1e-10  # what is checked after a step or an epoch; what is found is about 1e-15
#: Something wrong in every part of the engine: the file, what stands there, what should not.
MUTANTS = [
    ("random", "value <= limit", "value < limit"),
    ("random", "this.kept = this.upper", "this.kept = this.lower"),
    ("random", "sign * steps", "steps"),
    ("random", "BigInt(count)", "BigInt(count - 1)"),
    ("random", "(R + far)", "R"),
    ("random", "by ? (upper >>> by) | (lower << (32 - by)) : upper", "(upper >>> by) | (lower << (32 - by))"),
    ("random", "seed < 2 ** 32 ? 1 : 2", "1"),
    ("data", "1.25 * radius", "radius"),
    ("data", "0.5 - Math.sin(angle)", "-Math.sin(angle)"),
    ("data", "X[2 * i + 1] > 0 ? 1 : -1", "X[2 * i + 1] < 0 ? 1 : -1"),
    ("data", "[1.9, 3]", "[1.8, 3]"),
    ("data", "(2 * Math.PI * (i % classes)) / classes", "(2 * Math.PI * i) / classes + 0.1"),
    ("network", "z >= 0 ? 1 : 0", "z > 0 ? 1 : 0"),
    ("network", "Math.sign(a) }", "1 }"),
    ("network", "(z > 0 ? z : 0.01 * z)", "(z > 0 ? z : 0.0101 * z)"),
    ("network", "(z) => (z > 0 ? 1 : 0.01)", "(z) => (z >= 0 ? 1 : 0.01)"),
    ("network", "(z, a, leak) => (z > 0 ? 1 : leak)", "(z, a, leak) => (z >= 0 ? 1 : leak)"),
    ("network", "s + a * (1 - s)", "s + s * (1 - s)"),
    ("network", "a * (1 - a)", "a * (1 - a * a)"),
    ("network", "1 - a * a", "1 - a"),
    ("network", "(2 * (a - y)) / n", "(a - y) / n"),
    ("network", "Math.sign(a - y) / n", "Math.sign(a - y)"),
    ("network", "y * (total - z)", "-y * z"),
    ("network", "0.5 * (a - y) ** 2", "(a - y) ** 2"),
    ("network", "(1 - y) * softplus(z)", "softplus(z)"),
    ("network", "(inside(a) * (1 - inside(a)))", "inside(a)"),
    ("network", "-y / inside(a)", "-y"),
    ("network", "Math.sqrt(2 / (m + n))", "Math.sqrt(2 / m)"),
    ("network", "Math.sqrt(2 / m)", "Math.sqrt(1 / m)"),
    ("network", "leak?.fill(0.25)", "leak?.fill(0.2)"),
    ("network", "Math.min(z[k], 0)", "Math.max(z[k], 0)"),
    ("network", "delta[k] = a[k] - Y[k]", "delta[k] = Y[k] - a[k]"),
    ("network", "a[k] * (g[k] - dot)", "a[k] * g[k]"),
    ("network", "l2 * W[l][k]", "2 * l2 * W[l][k]"),
    ("network", "0.5 * this.l2", "this.l2"),
    ("network", "sum + b[j]", "sum + b[j] * (N > 1)"),
    ("network", "into.fill(0, 0, N * m)", "into.fill(0, 0, m)"),
    ("network", "momentum * v[k] - eta", "momentum * v[k] - (1 - momentum) * eta"),
    ("network", "beta2 = 0.999", "beta2 = 0.99"),
    ("network", "epsilon = 1e-8", "epsilon = 1e-7"),
    ("network", "epsilon * c", "epsilon"),
    ("network", "Math.min(this.size, N - at)", "this.size"),
    ("network", "this.sum / N", "this.sum / this.size"),
]


@pytest.fixture(scope="module", autouse=True)
def _divergence_is_meant():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="training diverged")
        yield


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    return play_golden.golden()


@pytest.fixture(scope="module")
def report(golden: dict[str, Any]) -> dict[str, Any]:
    return play_golden.in_node(golden, {"engine": play_golden.sources()})["engine"]


def test_random_numbers_are_numpys_to_the_bit(golden: dict[str, Any], report: dict[str, Any]) -> None:
    assert len(golden["random"]) >= 10
    assert report["draws"] > 40_000
    assert report["bits"] == 0
    assert report["normal"] <= 1e-12  # its tables are computed, not shipped


def test_points_and_first_weights_are_nnlibs(report: dict[str, Any]) -> None:
    assert report["data"] <= 1e-12
    assert report["start"] <= 1e-12


def test_every_part_computes_what_nnlib_computes(golden: dict[str, Any], report: dict[str, Any]) -> None:
    assert len(golden["small"]) >= 300
    assert report["small"] <= CLOSE
    assert report["cost"] <= CLOSE


def test_nothing_is_left_out(golden: dict[str, Any]) -> None:
    networks = [each["config"]["network"] for each in golden["small"]]
    assert {net["hidden"] for net in networks} | {net["output"] for net in networks} == set(nnlib.ACTIVATIONS)
    assert {net["cost"] for net in networks} == set(nnlib.COSTS)
    assert {net["init"] for net in networks} == {*nnlib.INITIALIZERS, "equal"}
    assert {each["config"]["data"]["data"] for each in golden["small"]} == set(NOISE)
    assert [2, 1] in [net["sizes"] for net in networks]
    assert {1, 3, 10, 56, 10**7} == {each["config"]["how"]["batch_size"] for each in golden["small"]}


def test_an_epoch_from_anywhere_ends_where_nnlibs_does(report: dict[str, Any]) -> None:
    assert len(report["one"]) >= 9
    assert max(report["one"].values()) <= CLOSE, report["one"]


def test_runs_part_no_faster_than_nnlibs_own(golden: dict[str, Any], report: dict[str, Any]) -> None:
    """From another rounding nnlib goes its own way as well, at once where training is chaotic."""
    for name, found in report["free"].items():
        own = 0.0
        for epoch, apart in found.items():
            own = max(own, golden["own"][name][int(epoch)])
            assert apart <= 10 * max(own, 1e-15), (name, epoch)
    assert golden["own"]["wild"][200] > 0.1, "there is a chaotic run among them"


def test_wherever_it_is_wrong_it_is_found(golden: dict[str, Any]) -> None:
    assert len(MUTANTS) >= 25
    changed = {"as it is": play_golden.sources()}
    for name, right, wrong in MUTANTS:
        source = (play_golden.STATIC / f"{name}.js").read_text(encoding="utf-8")
        assert source.count(right) == 1, (
            f"{name}.js has changed: {right!r} stands there {source.count(right)} times"
        )
        changed[f"{right} → {wrong}"] = play_golden.sources({name: source.replace(right, wrong)})
    short = golden | {"long": [], "one": []}
    found = play_golden.in_node(short, changed, CLOSE)
    wrong = {
        name: max(each["bits"], each["normal"], each["start"], each["small"], each["cost"], each["data"])
        for name, each in found.items()
    }
    assert wrong.pop("as it is") <= CLOSE
    assert [name for name, by in wrong.items() if by <= CLOSE] == []


def test_network_js_is_as_short_as_it_says() -> None:
    lines = (play_golden.STATIC / "network.js").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 220
    assert max(map(len, lines)) <= 140


class TestPoints:
    @pytest.mark.parametrize("data", [name for name in NOISE if name != "gate"])
    def test_are_half_and_half(self, data: str) -> None:
        X, labels = points(data, 400, rng=1)
        assert X.shape == (400, 2)
        assert labels.mean() == 0.5

    def test_are_what_their_names_say(self) -> None:
        X, labels = points("xor", 400, rng=1)
        assert np.array_equal(X[:, 0] * X[:, 1] < 0, labels == 1)
        X, labels = points("circles", 400, rng=1)
        assert np.array_equal(np.hypot(*X.T) < 1.6, labels == 1)
        X, _ = points("spiral", 160, rng=0)
        assert np.array_equal(X, 3 * nnlib.spirals(160, 0.02, turns=1.25, rng=0).X)
        assert set(points("blobs", 30, classes=3, rng=0).labels) == {0, 1, 2}

    def test_noise_moves_them(self) -> None:
        still, moved = points("circles", 400, rng=1).X, points("circles", 400, noise=0.5, rng=1).X
        assert np.std(moved - still) == pytest.approx(0.5, rel=0.1)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (dict(data="moon"), "there is no set of points 'moon'; the names are spiral, circles"),
            (dict(data="moons", n=1), "n is 1; a whole number of at least 2 is expected"),
            (dict(data="moons", noise=-1), "noise is -1; a number at least 0 is expected"),
        ],
    )
    def test_refuse_what_they_cannot_be(self, given: dict[str, Any], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            points(**given)
