"""Every displayed formula of the chapters is evaluated, and compared with nnlib and central differences."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import formula_networks as networks
import formula_worlds as worlds
import nbformat
import numpy as np
import pytest
from latex_values import NotRead, World, false_statements

ROOT = Path(__file__).resolve().parent.parent
FENCED = re.compile(r"^`{3,}\{math\}\n(?::[^\n]*\n)*(.*?)^`{3,}", re.M | re.S)
DOLLARS = re.compile(r"\$\$(.+?)\$\$", re.S)
TIMES = 5
ENTROPY = "categorical_cross_entropy"
act, net, chain = worlds.activation, networks.columns([3, 2, 2]), networks.columns([1, 1])

#: Where a formula's letters have their values; each formula is known by how it begins, or by a part of it.
WORLDS: list[tuple[str, str, Callable[[np.random.Generator], World]]] = [
    ("activations", r"3\,(2x + 1) - 4 =", act("sigmoid")),
    ("activations", r"&w^{(2)} \bigl(w^{(1)} x", net),
    ("activations", r"\sigma(z) = \frac{1}{1", act("sigmoid")),
    ("activations", r"\sigma'(z) &= \frac{0 \cdot u", act("sigmoid")),
    ("activations", r"\sigma'(z) = \sigma(z)", act("sigmoid")),
    ("activations", r"\tanh z = 2\,\sigma(2z) - 1", act("tanh")),
    ("activations", r"\tanh' z &=", act("tanh")),
    ("activations", r"\operatorname{ReLU}(z)", act("relu")),
    ("activations", r"\operatorname{LReLU}(z)", act("leaky_relu")),
    ("activations", r"a_j = \frac{e^{z_j}}", worlds.softmax),
    ("activations", r"\sinh z &=", act("tanh")),
    ("activations", r"2\,\sigma(2z) - 1 &=", act("tanh")),
    ("activations", r"\operatorname{swish}(z)", act("swish")),
    ("backpropagation", r"\begin{gathered} z^{(L)} = w^{(L)}", chain),
    ("backpropagation", r"\frac{\partial C}{\partial w^{(L)}} = \underbrace", chain),
    ("backpropagation", r"\delta^{(l)}_j = \frac{\partial C_n}{\partial z^{(l)}_j}", net),
    ("backpropagation", r"\delta^{(2)} &= (a^{(2)} - y)\,", networks.columns([3, 2, 1])),
    ("backpropagation", r"\delta^{(L)} = \nabla_a C \odot", net),
    ("backpropagation", r"\underbrace{\frac{\partial C_n}{\partial z^{(l+1)}_k}}", net),
    ("backpropagation", r"\delta^{(l)} = \bigl( (w^{(l+1)})^T", net),
    ("backpropagation", r"\frac{\partial C_n}{\partial b^{(l)}} = \delta^{(l)}", net),
    ("backpropagation", r"\frac{\partial C_n}{\partial w^{(l)}} &= \delta^{(l)}\,", net),
    ("backpropagation", r"\hat g_i = \frac{C(", worlds.check),
    ("backpropagation", r"\delta^{(l)} &= \nabla_{z^{(l)}} C_n", net),
    ("backpropagation", r"\begin{bmatrix} 1.5 & 1 \end{bmatrix}", worlds.plain),
    ("backpropagation", r"\sum_k g_k a_k 1_{k=j}", worlds.backward_of_softmax),
    ("cost_functions", r"C_n = \tfrac12 \sum_j", worlds.quadratic),
    ("cost_functions", r"C = \frac1N \sum_{n=1}^{N} C_n .", networks.example("sigmoid", "quadratic", 0.0)),
    ("cost_functions", r"\frac{\partial C_n}{\partial a_j} = \frac{\partial}{", worlds.quadratic),
    ("cost_functions", r"\underbrace{(a - y)}_{\partial C/\partial a}", networks.neuron("quadratic")),
    (
        "cost_functions",
        r"\frac{\partial C_n}{\partial a} \cdot a(1 - a)",
        networks.neuron("binary_cross_entropy"),
    ),
    ("cost_functions", r"C_n = -[\, y \ln a", networks.neuron("binary_cross_entropy")),
    ("cost_functions", r"\delta &= \frac{a - y}{a(1 - a)}", networks.neuron("binary_cross_entropy")),
    ("cost_functions", r"C_n &= -y \ln \frac{e^z}", networks.neuron("binary_cross_entropy")),
    ("cost_functions", r"\frac{7(a - 1) + 3a}", act("sigmoid")),
    ("cost_functions", r"C_n &= -\sum_j y_j \ln a_j", worlds.softmax),
    ("cost_functions", r"C_n &= -\ln a_{\text{right}}", worlds.softmax),
    ("cost_functions", r"-\ln \sigma(z) &=", act("sigmoid")),
    ("cost_functions", r"-\ln a_j &=", worlds.softmax),
    ("digits", r"x'_i = \frac{x_i - \mu_i}", worlds.standardizer),
    (
        "digits",
        r"\delta^{(L)} &= A^{(L)} - Y \\ \delta",
        networks.rows("softmax", ENTROPY),
    ),
    (
        "digits",
        r"C &= \frac1N \sum_n C_n + \frac\lambda2",
        networks.example("softmax", "categorical_cross_entropy"),
    ),
    ("digits", r"a^{(L)} &= z^{(L)}", networks.one_example("linear", "quadratic")),
    ("gradient_descent", r"w \leftarrow w - \eta\, C'(w)", worlds.stepped("descent")),
    ("gradient_descent", r"w - \eta\, c\, w &=", worlds.shrinking),
    ("gradient_descent", r"C(w_1, w_2) =", worlds.bowl),
    ("gradient_descent", r"\nabla C = \left( \frac{", worlds.bowl),
    ("gradient_descent", r"\nabla C = \frac1N", networks.example("sigmoid", "quadratic", 0.0)),
    ("gradient_descent", r"\theta \leftarrow \theta - \eta\, \nabla C(\theta) .", worlds.stepped("descent")),
    ("gradient_descent", r"u \leftarrow \beta u", worlds.stepped("momentum")),
    ("gradient_descent", r"\theta \leftarrow \theta - \eta\, \frac{\hat m}", worlds.stepped("adam")),
    ("gradient_descent", r"m &\leftarrow \beta_1 m", worlds.corrected),
    (
        "gradient_descent",
        r"C = \frac1N \sum_n C_n + \frac{\lambda}{2}",
        networks.example("sigmoid", "quadratic"),
    ),
    ("gradient_descent", r"w &\leftarrow w - \eta \left( \frac1N", networks.example("sigmoid", "quadratic")),
    ("perceptron", r"z &= w_1 x_1 + \dots", worlds.perceptron),
    ("perceptron", r"\lVert p + q \rVert^2", worlds.perceptron),
    ("perceptron", r"w &\leftarrow w + \eta\, y\, x", worlds.perceptron),
    ("perceptron", r"y z_{\text{new}}", worlds.perceptron),
    ("perceptron", r"\lVert v \rVert^2 \le k R^2", worlds.perceptron),
    ("perceptron", r"u \cdot v \ge k \gamma", worlds.perceptron),
    ("perceptron", r"k \le \frac{R^2}{\gamma^2}", worlds.perceptron),
    ("perceptron", r"w^{(1)} x + b^{(1)} &= \begin{pmatrix}", worlds.plain),
    ("perceptron", r"{\small A^{(1)} (w^{(2)})^{T} =", worlds.plain),
    ("perceptron", r"z^{(l)} &= w^{(l)} a^{(l-1)} + b^{(l)}", net),
    ("perceptron", r"{\small w^{(1)} x = \begin{pmatrix}", worlds.plain),
    ("perceptron", r"Z^{(l)} &= A^{(l-1)} (w^{(l)})^{T}", networks.rows("sigmoid", "quadratic")),
    ("perceptron", r"&w^{(2)} (w^{(1)} x + b^{(1)})", net),
    ("vanishing_gradients", r"\frac{\partial C}{\partial b^{(1)}} = {}&", networks.columns([1, 1, 1, 1, 1])),
    ("vanishing_gradients", r"\sigma'(z) &= a (1 - a)", act("sigmoid")),
    ("vanishing_gradients", r"\delta^{(l)}_j = f'(z^{(l)}_j) \sum", net),
    ("vanishing_gradients", r"\delta^{(2)} &= (\hat y - y)\, w^{(3)}", networks.deep_rows),
    ("vanishing_gradients", r"v = \frac{2}{n_{in} + n_{out}}", worlds.variance("xavier")),
    ("vanishing_gradients", r"v = \frac{2}{n_{in}}", worlds.variance("he")),
]

GIVEN = "the numbers of a worked example, which a cell of Checks computes"
RULE = "a rule of calculus in general; what the chapter gets by it is evaluated"
ROUGH = "a rule of thumb, right on average and not at a point"
#: Those that are not evaluated, and why.
NOT: list[tuple[str, str, str]] = [
    ("activations", r"g(x) = 0.5 + 0.3", "a curve to learn, drawn to be wavy: it states nothing of nnlib"),
    ("backpropagation", r"r(x + h) \approx r(x)", "a limit: true the better, the smaller h"),
    ("backpropagation", r"\frac{\partial r}{\partial x} = \frac{\partial r}{\partial q}", GIVEN),
    ("backpropagation", r"\sum_{\text{wires } s", RULE),
    ("backpropagation", r"z^{(1)} &= 0.4 \cdot 0.1", GIVEN),
    ("backpropagation", r"\delta^{(2)} &= (0.5124 - 1)", GIVEN),
    (
        "backpropagation",
        r"\begin{bmatrix} \delta_1 & \delta_2 & \cdots",
        "rows for any N, with dots; BP4 of a batch is evaluated",
    ),
    (
        "backpropagation",
        r"\frac{\lVert g - \hat g \rVert}",
        "it states nothing; test_network compares gradient_check",
    ),
    ("backpropagation", r"w^{(1)} = \begin{bmatrix} 1 & 0.5", GIVEN),
    ("backpropagation", r"w^{(1)} = \begin{bmatrix} 0.5 & 0.25", GIVEN),
    ("backpropagation", r"w^{(1)} &= \begin{bmatrix} 0.4825", GIVEN),
    ("backpropagation", r"\delta^{(L)}_j = \sum_k \frac{\partial C_n}{\partial a^{(L)}_k}", RULE),
    ("cost_functions", r"\delta_j = \frac{\partial C_n}{\partial z_j} = \sum_k", RULE),
    (
        "gradient_descent",
        r"0 < \eta < \frac{2}{c_{\max}}",
        "a condition; test_optimizers tries both sides of it",
    ),
    (
        "gradient_descent",
        r"\frac{\kappa - 1}{\kappa + 1}",
        "a rate of convergence, in the limit of many steps",
    ),
    ("keras", r"\text{here} \quad Z^{(l)}", "Keras's layout of weights, which test_keras compares"),
    ("keras", r"c = \frac{\lambda}{2r}", "what to tell Keras, which test_keras compares"),
    ("keras", r"\text{here} \quad & \eta", "it states nothing; test_keras compares the two steps"),
    ("perceptron", r"w_1 x_1 + w_2 x_2 + b = 0", "where a line is, and true only there"),
    ("perceptron", r"(0, 0) \to 0:", "conditions that no weights meet: XOR"),
    ("perceptron", r"\sum_l n_l\, (n_{l-1} + 1)", "a count, which test_network compares"),
    ("vanishing_gradients", r"&\text{typical } \delta", ROUGH),
    ("vanishing_gradients", r"\text{forwards } \text{ms}(z)", ROUGH),
]


def displayed() -> list[tuple[str, str]]:
    """Every displayed formula: its chapter and its TeX, on one line."""
    found = []
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                hits = [*FENCED.finditer(cell.source), *DOLLARS.finditer(cell.source)]
                found += [(path.stem, " ".join(hit[1].split())) for hit in sorted(hits, key=re.Match.start)]
    return found


FORMULAS = displayed()


def world_of(chapter: str, tex: str) -> Callable[[np.random.Generator], World] | None:
    made = [world for where, part, world in WORLDS if where == chapter and part in tex]
    reasons = [reason for where, part, reason in NOT if where == chapter and part in tex]
    advice = (
        f"a displayed formula in {chapter} has to be in WORLDS or, with a reason, in NOT, and once: {tex}"
    )
    assert len(made) + len(reasons) == 1, advice
    return made[0] if made else None


@pytest.mark.parametrize(("chapter", "tex"), FORMULAS)
def test_a_formula_says_what_nnlib_computes(chapter: str, tex: str) -> None:
    world = world_of(chapter, tex)
    if world is not None:
        for seed in range(TIMES):
            assert false_statements(tex, world(np.random.default_rng(seed))) == [], f"false at point {seed}"


def test_the_lists_are_of_formulas_that_are_there() -> None:
    assert len(FORMULAS) > 80
    assert len(NOT) < len(FORMULAS) / 3
    entries = [(where, part) for where, part, _ in [*WORLDS, *NOT]]
    gone = [entry for entry in entries if not any(entry[0] == c and entry[1] in tex for c, tex in FORMULAS)]
    assert len(gone) < 8, f"take out what no chapter shows any more: {gone}"
    seen = [slip for slip in SLIPS if any(slip[0] == c and slip[1] in tex for c, tex in FORMULAS)]
    assert len(seen) >= 10, "formulas have changed: put slips into others"


#: A slip of the pen, in each kind of formula: it has to be seen.
SLIPS = [
    ("activations", r"\sigma(z)\,\bigl(1 - \sigma(z)\bigr)", r"\sigma(z)\,\bigl(1 + \sigma(z)\bigr)"),
    ("activations", r"= (1 + a)(1 - a) = 1 - a^2", r"= (1 + a)(1 - a) = 1 - a"),
    ("activations", r"= s + a\,(1 - s)", r"= s + a\,(1 + s)"),
    (
        "activations",
        r"\begin{cases} 1 & z > 0 \\ \alpha & z \le 0",
        r"\begin{cases} 1 & z > 0 \\ -\alpha & z \le 0",
    ),
    ("backpropagation", r"\Bigr) f'(z^{(l)}_j)", r"\Bigr) f'(z^{(l+1)}_j)"),
    (
        "backpropagation",
        r"= \bigl( (w^{(l+1)})^T \delta^{(l+1)} \bigr)",
        r"= \bigl( (w^{(l+1)})^T \delta^{(l)} \bigr)",
    ),
    ("cost_functions", r"C_n = \tfrac12 \sum_j (a_j - y_j)^2", r"C_n = \sum_j (a_j - y_j)^2"),
    ("cost_functions", r"C_n = -[\, y \ln a + (1 - y)", r"C_n = -[\, y \ln a + (1 + y)"),
    (
        "cost_functions",
        r"= \ln \sum_k e^{z_k} - z_{\text{right}}",
        r"= \ln \sum_k e^{z_k} + z_{\text{right}}",
    ),
    ("cost_functions", r"= -\frac{y_j}{a_j}", r"= \frac{y_j}{a_j}"),
    ("digits", r"+ \frac\lambda2 \sum w^2", r"+ \lambda \sum w^2"),
    ("gradient_descent", r"= (2w_1 + w_2,\; w_1 + 4w_2)", r"= (2w_1 + w_2,\; w_1 + 2w_2)"),
    ("gradient_descent", r"\beta u - \eta\, \nabla C", r"\beta u + \eta\, \nabla C"),
    ("gradient_descent", r"\hat m &= m / (1 - \beta_1^t)", r"\hat m &= m / (1 - \beta_1)"),
    ("gradient_descent", r"(1 - \eta\lambda)\, w", r"(1 - \lambda)\, w"),
    ("perceptron", r"b &\leftarrow b + \eta\, y", r"b &\leftarrow b - \eta\, y"),
    ("vanishing_gradients", r"v = \frac{2}{n_{in} + n_{out}}", r"v = \frac{1}{n_{in} + n_{out}}"),
    ("vanishing_gradients", r"\tfrac1N\, (\delta^{(1)})^T x", r"\tfrac1N\, (\delta^{(2)})^T x"),
]


@pytest.mark.parametrize(("chapter", "right", "wrong"), SLIPS)
def test_a_slip_is_seen(chapter: str, right: str, wrong: str) -> None:
    found = [tex for where, tex in FORMULAS if where == chapter and right in tex]
    if not found:
        pytest.skip(f"{chapter} shows no such formula any more")
    for tex in found[:1]:
        world = world_of(chapter, tex)
        assert world is not None
        made = [world(np.random.default_rng(seed)) for seed in range(TIMES)]
        assert any(is_seen(tex.replace(right, wrong), each) for each in made)


def is_seen(tex: str, world: World) -> bool:
    """Whether a formula is false here, or its shapes, or the two sides of a brace, do not agree."""
    try:
        return bool(false_statements(tex, world))
    except AssertionError:
        return True
    except ValueError as problem:
        return "shape" in str(problem) or "dimension" in str(problem)


@pytest.mark.parametrize("tex", [r"a = \oint z", r"a = \frac{z}", "a z", r"a = b_{q}"])
def test_what_is_not_in_the_grammar_is_refused(tex: str) -> None:
    with pytest.raises(NotRead):
        false_statements(tex, {"a": 1.0, "z": 2.0, "b": 3.0, "new": {}})
