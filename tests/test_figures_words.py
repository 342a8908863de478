"""Numbers and names as a reader sees them."""

from __future__ import annotations

import pytest

from nnlib.figures import words


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.short(-0.5), "−0.5"),
        (words.short(-0.0), "0"),
        (words.short(1000.0), "1000"),
        (words.fixed(-0.004), "0.00"),
        (words.fixed(-1.005, 1), "−1.0"),
        (words.fixed(0.5, sign="+"), "+0.50"),
        (words.number(2 / 3), "0.667"),
        (words.number(0.0), "0"),
        (words.number(-1e-17), "0"),
        (words.number(2.0), "2"),
        (words.number(-0.4), "−0.4"),
        (words.number(159.3), "159"),
        (words.number(-3.0e-5), "−3.00×10⁻⁵"),
        (words.number(2.5e8), "2.50×10⁸"),
        (words.power(3.14e-5), "3.1×10⁻⁵"),
        (words.power(-0.25), "−0.25"),
        (words.power(1234.0), "1200"),
        (words.ten(-12), "10⁻¹²"),
        (words.ten(0), "1"),
        (words.ten(-3, plain=True), "0.001"),
        (words.scientific(4.86e-7), "4.9×10⁻⁷"),
        (words.scientific(1e-8, 0), "10⁻⁸"),
        (words.size(0.00213), "0.0021"),
        (words.size(36.4), "36"),
        (words.size(99.7), "100"),
        (words.size(7776.0), "7,800"),
        (words.size(72_000.0), "7.2×10⁴"),
        (words.size(4.31e-6), "4.3×10⁻⁶"),
        (words.rounded(0.0316), "0.032"),
        (words.rounded(0.5), "0.50"),
        (words.rounded(2.04), "2.0"),
        (words.rounded(21.3), "21"),
        (words.rounded(345.0), "340"),
        (words.rounded(5e-5), "less than 0.0001"),
        (words.rounded(8.3e4), "about 8×10⁴"),
        (words.raised(-12), "⁻¹²"),
        (words.lowered(10), "₁₀"),
        (words.percent(0.125), "12 %"),
        (words.percent(0.125, 1), "12.5 %"),
        (words.percent(1.0, 1), "100 %"),
        (words.count(1, "epoch"), "1 epoch"),
        (words.count(2000, "epoch"), "2,000 epochs"),
        (words.listed([0.1, -0.26]), "0.10, −0.26"),
        (words.span([4803.4, 95.2, 81.0]), "81 to 4,803"),
        (words.span([0.104, 0.12, 0.1], 2), "0.10 to 0.12"),
        (words.span([10.2, 9.9]), "10"),
        (words.vector([-1.0, 0.1 + 0.2]), "(−1, 0.3)"),
        (words.joined(["a"]), "a"),
        (words.joined(["a", "b", "c"]), "a, b and c"),
        (words.sentence("xor ends"), "Xor ends"),
        (words.named("leaky_relu"), "leaky ReLU"),
        (words.named("step_decay"), "step decay"),
        (words.cost_named("quadratic"), "quadratic cost"),
        (words.cost_named("binary_cross_entropy"), "binary cross-entropy"),
    ],
)
def test_what_a_reader_sees(said: str, expected: str) -> None:
    assert said == expected
