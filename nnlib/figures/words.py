"""Numbers and names as a reader sees them: a real minus sign, no −0, no needless digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, log10

#: Names that are not read as they are written. Any other is read with its underscores as spaces.
WORDS = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "prelu": "PReLU",
    "mse": "mean squared error",
    "mae": "mean absolute error",
    "binary_cross_entropy": "binary cross-entropy",
    "categorical_cross_entropy": "categorical cross-entropy",
    "cross_entropy": "cross-entropy",
    "sgd": "SGD",
    "adam": "Adam",
    "xavier": "Xavier",
    "he": "He",
    "and": "AND",
    "or": "OR",
    "xor": "XOR",
}
#: What a sentence calls a cost, where that is more than its name.
_COSTS = {"quadratic": "quadratic cost", "mae": "absolute error"}


def named(name: str) -> str:
    """``leaky_relu`` is "leaky ReLU"."""
    return WORDS.get(name, name.replace("_", " "))


def cost_named(name: str) -> str:
    """``quadratic`` is "quadratic cost", for a sentence."""
    return _COSTS.get(name, named(name))


def short(value: float) -> str:
    """A number as it was given, without trailing zeros."""
    return f"{value:g}".replace("-", "−") if value else "0"


def fixed(value: float, decimals: int = 2, sign: str = "") -> str:
    """A number with its decimals, and never −0.00; with ``sign="+"``, a plus before a positive one."""
    text = f"{value:{sign}.{decimals}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def number(value: float, digits: int = 3) -> str:
    """A number to some significant digits: 0 for what is only rounding, 3.1×10⁻⁵ for what is tiny or huge."""
    if abs(value) < 1e-9:
        return "0"
    text = f"{value:.{digits}g}"
    return power(value, digits) if "e" in text else text.replace("-", "−")


def power(value: float, digits: int = 2) -> str:
    """A number below 0.001 or from 10,000 on as 3.1×10⁻⁵; an ordinary one as it is."""
    if abs(value) < 1e-9:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return f"{float(f'{value:.{digits}g}'):g}".replace("-", "−")
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{mantissa.replace('-', '−')}×10{raised(int(exponent))}"


def ten(exponent: int, plain: bool = False) -> str:
    """A power of ten: 10⁻³, 1, 10⁴; or ``plain``, 0.001."""
    return f"{10.0**exponent:g}" if plain or exponent in (0, 1) else f"10{raised(exponent)}"


def scientific(value: float, decimals: int = 1) -> str:
    """A positive number as 3.1×10⁻¹², however small or ordinary it is; a power of ten as 10⁻⁸."""
    mantissa, exponent = f"{value:.{decimals}e}".split("e")
    return f"{mantissa}×10{raised(int(exponent))}".removeprefix("1×")


def size(value: float) -> str:
    """A positive number to two digits: 0.0021, 36, 7,800, 4.3×10⁻⁶."""
    if 1e-3 <= value < 1e4:
        return f"{value:.2g}" if value < 10 else f"{float(f'{value:.2g}'):,.0f}"
    return scientific(value)


def rounded(value: float) -> str:
    """A positive number to two digits, with their zeros: 0.50, 21; fewer if it is out of all proportion."""
    if value < 1e-4:
        return "less than 0.0001"
    if value >= 1e4:
        return f"about {power(value, 1)}"
    digits = 1 - floor(log10(value))
    return f"{round(value, digits):.{digits}f}" if digits > 0 else size(value)


def raised(exponent: int) -> str:
    """An exponent: −3 is ⁻³."""
    return str(exponent).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))


def lowered(index: int) -> str:
    """An index: 12 is ₁₂."""
    return str(index).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def percent(share: float, decimals: int = 0) -> str:
    """A share in per cent, without a useless .0."""
    text = f"{100 * share:.{decimals}f}"
    return f"{text.removesuffix('.' + '0' * decimals)} %"


def count(n: int, thing: str) -> str:
    """ "1 epoch", "2 epochs"."""
    return f"{n:,} {thing}" + ("" if n == 1 else "s")


def listed(values: Iterable[float], decimals: int = 2) -> str:
    """Numbers with their decimals, and commas between them."""
    return ", ".join(fixed(value, decimals) for value in values)


def span(values: Iterable[float], decimals: int = 0) -> str:
    """From the lowest to the highest: "81 to 95"; a single number where both are written alike."""
    ends = sorted(values)
    low, high = (f"{end:,.{decimals}f}" for end in (ends[0], ends[-1]))
    return low if low == high else f"{low} to {high}"


def vector(values: Iterable[float]) -> str:
    """A vector, its numbers as short as they are."""
    return "(" + ", ".join(short(round(float(value), 6)) for value in values) + ")"


def joined(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def sentence(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]
