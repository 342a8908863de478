"""Drawing a network from its matrices: every weight in its place, by sign and size."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from nnlib.figures.networks import draw_network, layout, network
from nnlib.figures.style import FAINT, GRADIENT, NEGATIVE, POSITIVE

W6 = [np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([[7.0, 8, 9]])]


def axes():
    return Figure().subplots()


def lines(ax):
    """The drawn edges as {(source xy, target xy): line}."""
    return {
        ((line.get_xdata()[0], line.get_ydata()[0]), (line.get_xdata()[1], line.get_ydata()[1])): line
        for line in ax.lines
        if len(line.get_xdata()) == 2
    }


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_w6_has_a_line_for_every_weight_and_its_number_on_it():
    ax = axes()
    layers = draw_network(ax, W6, write_weights=True)
    assert [len(layer) for layer in layers] == [2, 3, 1]
    assert len(lines(ax)) == 9
    assert [text for text in texts(ax) if text] == [str(n) for n in range(1, 10)]


def test_a_weight_stands_between_its_two_neurons():
    ax = axes()
    W = [np.array([[0.0, 0], [0, 0], [0, -2.0]]), np.zeros((1, 3))]
    layers = draw_network(ax, W)
    source, target = layers[0][1], layers[1][2]
    edge = lines(ax)[(source.x, source.y), (target.x, target.y)]
    assert to_hex(edge.get_color()) == NEGATIVE
    assert edge.get_linestyle() != "-"
    others = [line for line in lines(ax).values() if line is not edge]
    assert {to_hex(line.get_color()) for line in others} == {FAINT}


def test_width_grows_with_size_and_colour_tells_the_sign():
    ax = axes()
    draw_network(ax, [np.array([[0.5, -1.0]])])
    small, large = ax.lines[0], ax.lines[1]
    assert (to_hex(small.get_color()), to_hex(large.get_color())) == (POSITIVE, NEGATIVE)
    assert large.get_linewidth() > small.get_linewidth()


def test_values_names_and_biases_are_written():
    ax = axes()
    draw_network(
        ax,
        W6,
        [np.array([0.1, -0.2, 0]), np.array([0.5])],
        values=[None, np.array([0.25, -0.001, 1]), None],
        names=[["x₁", "x₂"], None, ["ŷ"]],
        layer_names=["input", "hidden", "output"],
    )
    assert texts(ax) == [
        *["x₁", "x₂"],
        *["0.25", "b = 0.1", "0", "b = −0.2", "1", "b = 0"],
        *["ŷ", "b = 0.5"],
        *["input", "hidden", "output"],
    ]


def test_a_large_layer_shows_its_first_and_last_neurons_and_dots():
    first, *_ = layout([784, 10], most=6)
    assert [neuron.index for neuron in first] == [0, 1, 2, 781, 782, 783]
    heights = [neuron.y for neuron in first]
    assert heights == sorted(heights, reverse=True)
    assert sum(heights) == 0
    ax = axes()
    draw_network(ax, [np.ones((16, 784)), np.ones((10, 16))])
    assert texts(ax).count("⋮") == 3


def test_neighbours_never_overlap():
    for layer in layout([1, 2, 6, 7, 8, 784], most=6):
        assert (np.diff([neuron.y for neuron in layer]) <= -1).all()


def test_matrices_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"W\[2\] has shape \(1, 2\); \(neurons, 3\) is expected"):
        draw_network(axes(), [np.ones((3, 2)), np.ones((1, 2))])
    with pytest.raises(ValueError, match="W is empty"):
        draw_network(axes(), [])


def test_network_is_a_figure_of_its_own_that_counts_its_parameters():
    figure, caption = network(W6, [np.zeros(3), np.zeros(1)], layer_names=["input", "hidden", "output"])
    assert caption == "A 2-3-1 network with 9 weights and 4 biases."
    written = texts(figure.axes[0])
    assert {str(n) for n in range(1, 10)} <= set(written)
    assert written.count("b = 0") == 4
    assert all(text.get_fontsize() >= 10 for text in figure.axes[0].texts)
    assert network(W6)[1] == "A 2-3-1 network with 9 weights."
    assert network(W6, caption="mine")[1] == "mine"
    with pytest.raises(ValueError, match=r"W\[2\] has shape"):
        network([np.ones((3, 2)), np.ones((1, 2))])


def test_gradients_stand_beside_their_weights_and_notes_above_their_neurons():
    ax = axes()
    W = [np.array([[0.6, -0.4], [-0.8, 0.2]]), np.array([[0.7, -0.6]])]
    gradients = [np.array([[-0.0149, -0.0075], [0.0107, 0.0053]]), None]
    layers = draw_network(
        ax, W, write_weights=True, gradients=gradients, notes=[None, ["first", "second"], None]
    )
    written = {text.get_text(): text for text in ax.texts}
    for weight, gradient, side in (
        ("0.6", "∂ −0.0149", 1),  # the upper level line
        ("−0.4", "∂ −0.0075", 1),  # rises
        ("−0.8", "∂ 0.0107", -1),  # falls
        ("0.2", "∂ 0.0053", -1),
    ):
        (x, y), (beside, height) = written[weight].get_position(), written[gradient].get_position()
        assert x == beside
        assert 0 < side * (height - y) < 0.2
        assert to_hex(written[gradient].get_color()) == GRADIENT
    assert sum(text.startswith("∂") for text in written) == 4
    for neuron, note in zip(layers[1], ("first", "second"), strict=True):
        x, y = written[note].get_position()
        assert (x, y > neuron.y) == (neuron.x, True)
