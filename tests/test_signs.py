"""One meaning a sign, everywhere: a superscript in brackets is a layer, a bare one a power; λ is L2's alone.

The finder reads what a reader sees: the notebooks' text, strings, comments and results, the appendix, and the
package's docstrings, strings and comments. It knows

* a layer written as a power. A bare letter (l, L, k, ...), 0 or 1 is never a power of w, a, z, b or δ. A bare
  2 or more is one, unless it stands where only a layer can: with an index after it, under ∂, alone in an
  activation function, at the start of an equation, inside a bracket that is itself squared, with ⊙ or a
  transpose, beside another layer's sign, or beside the word 'layer'. δ, b and the matrices are squared only
  where a sum, a mean or an index in front says so;
* λ as a curvature;
* 'behind' as a direction in a network, which readers took both ways;
* on the chapters' pages, the lecture decks, which have pages of their own.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from tools import notebooks

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
PAGES = [
    *notebooks.stored(),
    *sorted((ROOT / "appendix").glob("*.md")),
    *(ROOT / name for name in ("README.md", "TEACHING.md", "CONTRIBUTING.md")),
]
MODULES = sorted((ROOT / "nnlib").rglob("*.py"))

#: Of a file, by a part of what the finder says of it: why it is right as it stands.
ALLOWED: dict[str, dict[str, str]] = {}


class Piece(NamedTuple):
    """Something to read, and where it stands."""

    place: str
    text: str


# Reading ----------------------------------------------------------------------------------------------


def pieces(path: Path) -> Iterator[Piece]:
    """What a file gives its readers to read."""
    if path.suffix == ".py":
        yield from of_code(path.read_text(encoding="utf-8"), "line ")
    elif path.suffix == ".md":
        yield from of_page(path.stem, path.read_text(encoding="utf-8"))
    else:
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            place = f"cell {number}"
            if cell.cell_type == "markdown":
                yield Piece(place, unquoted(path.stem, cell.source))
                continue
            for piece in of_code(TransformerManager().transform_cell(cell.source), "line "):
                yield piece._replace(place=f"{place}, {piece.place}")
            for output in cell.get("outputs", []):
                for said in (output.get("text"), output.get("data", {}).get("text/plain")):
                    if said:
                        yield Piece(f"{place}, result", said)


def of_page(name: str, text: str) -> Iterator[Piece]:
    """A page, paragraph by paragraph, with the lines they begin on."""
    line = 1
    for part in re.split(r"(\n{2,})", unquoted(name, text)):
        if part.strip():
            yield Piece(f"line {line}", part)
        line += part.count("\n")


#: Pages that print the decks' own letters: in columns that name decks alone, where they say 'Printed', and in
#: sentences that say what a deck writes.
WITH_QUOTES = ("notation", "errata", "decks")
QUOTED = re.compile(
    r"\*\*Printed(?s:.*?)(?=\*\*Right|\n\n|\Z)|^>.*$|\bS[0-4]\b[^.;|]*?\b(?:write|print)s?\b[^.;|]*",
    re.MULTILINE,
)


def without_decks_columns(page: str) -> str:
    """A page without the columns that are headed by decks, or 'printed'."""
    lines, decks = page.split("\n"), set[int]()
    for number, line in enumerate(lines):
        if not line.startswith("|"):
            decks = set()
            continue
        cells = re.split(r"(?<!\\)\|", line)
        if number == 0 or not lines[number - 1].startswith("|"):
            decks = {at for at, head in enumerate(cells) if re.search(r"\bS[0-4]\b|\bprinted\b", head)}
            decks = {at for at in decks if "this book" not in cells[at]}
        lines[number] = "|".join("" if at in decks else cell for at, cell in enumerate(cells))
    return "\n".join(lines)


def unquoted(name: str, text: str) -> str:
    """The text without what the page on errata and that on the decks give as printed on a slide."""
    if name not in WITH_QUOTES:
        return text
    text = without_decks_columns(text)
    return QUOTED.sub(lambda found: "\n" * found[0].count("\n"), text)


def of_code(code: str, place: str) -> Iterator[Piece]:
    """Strings and comments of Python code; an f-string with what is filled in as ``FILLED``, or a layer."""
    tree = ast.parse(code)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield Piece(f"{place}{node.lineno}", "".join(map(filled, node.values)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield Piece(f"{place}{node.lineno}", node.value)
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield Piece(f"{place}{token.start[0]}", token.string)


FILLED = "\0"


def filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    call = part.value if isinstance(part, ast.FormattedValue) else None
    name = getattr(call, "func", None)
    return "ˡ" if getattr(name, "id", getattr(name, "attr", "")) == "raised" else FILLED


def formulas(piece: Piece) -> Iterator[tuple[str, str, bool]]:
    """Each formula of a piece, the words around it, and whether it is TeX; outside of dollars, each line."""
    text = re.sub(r"(?ms)^(`{3,}|:{3,})\{math\}(.*?)^\1", r"$$\2$$", piece.text)
    at = 0
    for found in re.finditer(r"\$\$(.+?)\$\$|\$([^$]+)\$", text, re.DOTALL):
        for line in text[at : found.start()].split("\n"):
            yield written_out(line), "", False
        words = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 40]
        yield written_out(found[1] or found[2]), re.sub(r"\s+", " ", " … ".join(words)), True
        at = found.end()
    for line in text[at:].split("\n"):
        yield written_out(line), "", False


GREEK = {"δ": r"\delta ", "λ": r"\lambda ", "∂": r"\partial ", "σ": r"\sigma ", "Σ": r"\sum ", "⊙": r"\odot "}


def written_out(text: str) -> str:
    """Unicode as TeX: ``δ⁽ᴸ⁾ = w²ᵀ`` is ``\\delta ^{(L)} = w^{2T}``."""
    parts = []
    for kind, run in runs(text):
        plain = unicodedata.normalize("NFKC", run) if kind else run
        parts.append(f"{kind}{{{plain}}}" if kind else "".join(GREEK.get(letter, letter) for letter in plain))
    return "".join(parts).replace("′", "'")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in stretches that stand high ("^"), low ("_"), or on the line ("")."""
    kinds = {"<super": "^", "<sub": "_"}
    start, before = 0, ""
    for at, letter in enumerate(text):
        now = kinds.get(unicodedata.decomposition(letter).split(">")[0], "")
        if now != before:
            if text[start:at]:
                yield before, text[start:at]
            start, before = at, now
    yield before, text[start:]


# Layers and powers ------------------------------------------------------------------------------------

LAYERED = {"w", "a", "z", "b", "W", "A", "Z", "B", r"\delta", r"\Delta"}
NEVER_SQUARED = LAYERED - {"w", "a", "z"}
TRANSPOSED = {"T", r"\top", r"\intercal", "*", r"\ast", r"\star", r"\prime", r"\circ"}
OPERATORS = {r"\sum", r"\prod", r"\int", r"\times", r"\rvert", r"\rVert", r"\right", "R"}
SUBSCRIPT = r"(?:_(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[^\s{}]))?"
SIGN = re.compile(
    r"(?:\\(?:hat|bar|tilde|vec|mathbf|boldsymbol)\s*\{?\s*)?(?P<base>\\[A-Za-z]+|[A-Za-z])\}?\s*"
    rf"(?P<before>{SUBSCRIPT})'*\s*\^\s*(?P<power>\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|\\[A-Za-z]+|.)"
    rf"(?P<after>{SUBSCRIPT})"
)
WORD = re.compile(r"\\(?:text|mathrm|mathit|operatorname|begin|end|label|textcolor)\*?\{[^{}]*\}")
A_SQUARE = re.compile(
    r"(?:\\sum|\\overline|\\bar|\\mathbb\s*\{?E\}?|\\langle|\\[lr]?[Vv]ert|\\lVert|mean|average|sum|RMS)"
    r"[\s\\,!;_{(\[]*(?:\{[^{}]*\}|[A-Za-z,]{1,3}(?=[\s}]))?[\s\\,!;}{(\[]*$"
)


class Sign(NamedTuple):
    """A letter with a superscript, as it stands in a formula."""

    base: str
    power: str
    before: str  # an index in front of the superscript, as in w_1^2
    after: str  # and one after it, as in w^2_{ji}
    start: int
    end: int

    @property
    def bracketed(self) -> bool:
        return self.power.startswith("(") or not self.power

    @property
    def a_number(self) -> bool:
        return self.power.isdecimal()


COMMAND = re.compile(r"\\(?:[A-Za-z]+|.?)", re.DOTALL)


def signs(formula: str, *, tex: bool) -> Iterator[Sign]:
    """Every letter with a superscript. In TeX letters side by side are a product, elsewhere a word."""
    formula = WORD.sub(lambda word: " " * len(word[0]), formula)
    at = 0
    while at < len(formula):
        found = SIGN.match(formula, at)
        in_a_word = not tex and re.match(r"[A-Za-z]{2}", formula[max(0, at - 1) : at + 1])
        if found and not in_a_word:
            power = found["power"].strip("{} ")
            yield Sign(found["base"], power, found["before"], found["after"], at, found.end())
        if found:
            at = max(found.start("power"), at + 1)  # a superscript may hold signs of its own
        else:
            at = COMMAND.match(formula, at).end() if formula[at] == "\\" else at + 1  # type: ignore[union-attr]


def a_layer_as_a_power(formula: str, around: str = "", tex: bool = True) -> str:
    """Why a formula seems to write a layer without its brackets; empty where it does not."""
    found = list(signs(formula, tex=tex))
    bare = [sign for sign in found if not sign.bracketed and sign.base not in OPERATORS]
    for sign in bare:
        if reason := plainly_a_layer(sign):
            return said(formula, sign, reason)
    company = any(sign.bracketed and sign.base in LAYERED for sign in found)
    company |= bool(re.search(r"\\odot|[)\]]\s*\^\s*\{?\s*(?:T\b|\\top)", formula))
    company |= any(sign.power in TRANSPOSED for sign in found)
    for sign in bare:
        reason = seemingly_a_layer(formula, sign, around, company=company)
        if reason and sign.base in LAYERED and sign.a_number and not squared(formula, sign):
            return said(formula, sign, reason)
    return ""


def said(formula: str, sign: Sign, reason: str) -> str:
    place = re.sub(r"\s+", " ", formula[max(0, sign.start - 20) : sign.end + 20].strip())
    return f"{formula[sign.start : sign.end]} in {place!r}: {reason}"


def plainly_a_layer(sign: Sign) -> str:
    power = sign.power
    if re.fullmatch(r"(?:n\s*,\s*)?(?:[lLℓ]|\\ell)\s*(?:[-+−]\s*\d+)?", power):
        return "a layer's letter without brackets"
    if sign.base not in LAYERED or power in TRANSPOSED:
        return ""
    if power in ("0", "1", FILLED) or re.match(r"\\?[A-Za-z]|n,|\d+\s*T", power):
        return "nobody takes this power, so it is a layer"
    return "an index after it, so it is a layer" if sign.after and sign.a_number else ""


def squared(formula: str, sign: Sign) -> bool:
    """Whether a sum, a mean or a norm says that a square is meant."""
    return bool(A_SQUARE.search(formula[: sign.start]))


def seemingly_a_layer(formula: str, sign: Sign, around: str, *, company: bool) -> str:
    before, after = formula[: sign.start].rstrip(), formula[sign.end :].lstrip()
    if sign.base in NEVER_SQUARED and not sign.before:
        return "squares of this letter are written with a sum, a mean or an index"
    if company and not sign.before:
        return "beside the sign of a layer, ⊙ or a transpose"
    if before.endswith((r"\partial", "∂")):
        return "a derivative by it"
    if re.search(r"(?:\bf|\\sigma|σ|tanh|ReLU|softmax)\s*'*\s*\($", before) and after.startswith(")"):
        return "what an activation function takes"
    if re.search(r"(?:^|[,;:&\\]|\\quad)\s*$", before) and re.match(r"&?\s*=\s*[^=]", after):
        return "an equation that says what it is"
    if re.search(r"(?:\(|\\\||Vert)[^()]*$", before) and re.match(r"[^()]*?(?:\)|\\\||Vert)\s*\^", after):
        return "in a bracket that is squared"
    alone = re.fullmatch(r"(?:.*[^)\s]\s*=)?", before, re.DOTALL) and not after
    named = re.search(r"\blayers?\b|\bmatri(?:x|ces)\b", around) and not re.search(
        r"squar|power|cube", around
    )
    return "beside the word for it" if alone and named else ""


# λ, 'behind', decks -----------------------------------------------------------------------------------


def a_curvature(text: str) -> str:
    """Where λ seems to be a curvature."""
    if found := re.search(r"\\lambda\s*_\s*\{?\s*(?:\\?max|\\?min|\\text|\\mathrm|\d|[ijkn]\b)", text):
        return f"{found[0]}: curvatures are c"
    if found := re.search(
        r"(?:\d|\\beta\s*\))\s*/\s*\(?\\lambda|\\frac\s*\{?\s*\d\s*\}?\s*\{?\\lambda", text
    ):
        return f"{found[0]}: the limit is 2/c"
    for clause in re.split(r"[.;:?!]\s|\n\n|\|", text):
        if r"\lambda" in clause and re.search(r"curvature|eigenval|eigvals|kappa|κ", clause):
            return f"{clause.strip()[:60]}: curvatures are c"
    return ""


NETWORK = r"layers?|neurons?|units?|weights?|gates?|activations?|nodes?|delta|errors?|gradients?|network"
#: Before the word: somebody is behind in a race, or an idea stands behind something.
COMPARED = re.compile(
    r"\b(?:points?|per ?cent|epochs?|steps?|little|far|fall\w*|fell|left|leav\w+|lag\w*|stay\w*|just|well|"
    r"half|close|time|ideas?|reason\w*|thought|story|theory|mathematics|courses?|hidden|wait\w*|the other)"
    r"(?: is| are| was| were)? $|(?:%|\d\$?) $",
    re.IGNORECASE,
)
ONE_BEFORE = re.compile(
    rf"\b(?:{NETWORK})\b(?: (?:that|which|is|are|lies?|stands?|comes?))* $", re.IGNORECASE
)
ONE_AFTER = re.compile(rf" (?:\w+ ){{0,3}}(?:{NETWORK}|sum|sigmoid|softmax|ReLU)\b", re.IGNORECASE)
ANY_BEFORE = re.compile(r"(?:\b(?:everything|anything|nothing|all|ones?)|\$) $", re.IGNORECASE)
ANY_AFTER = re.compile(r" (?:it|them|this|that)\b")


def behind(text: str) -> str:
    """Where 'behind' seems to be a direction in a network."""
    for sentence in re.split(r"(?<=[.?!])\s|\n\n", text):
        for found in re.finditer(r"\bbehind\b", sentence, re.IGNORECASE):
            before, after = sentence[: found.start()], sentence[found.end() :]
            surely = ONE_BEFORE.search(before) or ONE_AFTER.match(after)
            perhaps = ANY_BEFORE.search(before) or ANY_AFTER.match(after)
            if not COMPARED.search(before) and (surely or (perhaps and re.search(NETWORK, sentence))):
                return f"{(before[-40:] + found[0] + after[:25]).strip()!r}: say 'next' or 'before'"
    return ""


CLOSING = (
    "Students of the five courses behind this book find their way in {ref}`the table of sources <coverage>`."
)
DECKS = re.compile(
    r"\bS[0-4]\b|\b[Dd]ecks?\b|\b[Ss]lides\b|\b(?:the|a|this|that|each|every|one|lecture|same|on) slide\b|"
    r"\b[Ll]ecturers?\b|\b[Ll]ectures?\b|\bSellie\b|\bLindseth\b|errata-[sw]\d"
)


def a_deck(text: str) -> str:
    """Where a chapter speaks of the lecture decks."""
    text = re.sub(r"\{ref\}`(?:coverage|decks|[^`<]*<(?:coverage|decks)>)`", "", text.replace(CLOSING, ""))
    found = next((one for one in DECKS.finditer(text) if not slides_down(text, one)), None)
    return f"{text[max(0, found.start() - 30) : found.end() + 30]!r}" if found else ""


def slides_down(text: str, found: re.Match[str]) -> bool:
    """'It slides down the slope' is no lecture's."""
    return found[0].lower() == "slides" and bool(
        re.match(r"\s+(?:down|along|into|off|to|back|past)\b", text[found.end() :])
    )


# All of it --------------------------------------------------------------------------------------------


def strays(path: Path, read: Iterator[Piece] | None = None) -> list[str]:
    """Every sign of a file that breaks the rule, and where."""
    found = []
    for piece in read or pieces(path):
        heard = [a_layer_as_a_power(*each) for each in formulas(piece)]
        plain = " ".join(written_out(piece.text).split(" "))
        heard += [a_curvature(plain), behind(re.sub(r"(?<!\n)\n(?!\n)", " ", plain))]
        if path in CHAPTERS or path == notebooks.LANDING:
            heard.append(a_deck(piece.text))
        found += [
            f"{piece.place}: {each}" for each in dict.fromkeys(heard) if each and not allowed(path, each)
        ]
    return found


def allowed(path: Path, stray: str) -> bool:
    return any(part in stray for part in ALLOWED.get(path.name, {}))


@pytest.mark.parametrize("path", [*PAGES, *MODULES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sign_has_one_meaning(path: Path) -> None:
    assert strays(path) == []


# That the finder can fail -----------------------------------------------------------------------------

STRAYS = [
    "$a^l = f(z^l)$",
    "$\\delta^L = a^L - y$",
    "$w^{l+1}$",
    "$a^{n,l}$",
    "$w^1$ is 3×2",
    "$a^0 = x$",
    "$w^2_{ji}$ leads to $j$",
    "$\\delta^2_1$",
    "$\\partial C/\\partial w^2 = 0.5$",
    "$\\frac{\\partial C}{\\partial a^4}$",
    "$f'(z^2)$",
    "$w^2 = (1, -3)$",
    "$z^{(2)} = w^2 a^{(1)}$",
    "$(w^2)^T \\delta$",
    "$\\delta\\, w^3 \\odot f'$",
    "$\\tfrac12 (a^2 - y)^2$",
    "$\\frac12 \\|a^2 - y\\|^2$",
    "the output layer says $\\hat y = a^3$",
    "it is the matrix of the second layer, $w^2$, with one row",
    "$b^2$ has three entries",
    "$\\delta^2$ is ten times larger",
    "$\\hat{a}^L$",
    "$\\nabla_{z^l} C$",
    "δᴸ = a − y",
    "w¹ x + b¹",
    "backwards: δ²",
    "the output: a² = σ(z²)",
    "∂C/∂w² = 0.3",
    "zˡ and aˡ",
    "δ^L, the output's",
    "w²ᵀ δ",
    "```{math}\n:label: eq-x\nz^l = w^l a^{l-1}\n```",
]

POWERS = [
    "$a^{(l)} = f(z^{(l)})$ and $(w^{(l+1)})^T \\delta^{(l+1)} \\odot f'(z^{(l)})$",
    "the bowl $w^2$, whose slope is $2w$",
    "$\\frac14 w^4 - w^2 + 0.3 w + 1.5$",
    "$\\frac12 (w_1^2 + c\\, w_2^2)$",
    "$C = \\frac1N \\sum_n C_n + \\frac\\lambda2 \\sum w^2$",
    "$\\frac\\lambda2 \\sum w^2$ has the slope $\\lambda w^{(l)}$",
    "tanh has the slope $1 - a^2$",
    "$\\delta = a^2 (1 - a)$ and $2a - 3a^2 = 0$",
    "$\\overline{\\delta^2}$, the mean of the squares, and $\\overline{z^2} = n v\\, \\overline{a^2}$",
    "$\\sum_j \\delta_j^2$",
    "$(a^{(L)} - y)^2$ and $(0.25)^L$ and $0.25^L$ and $4^{-L}$",
    "$\\prod_{l=1}^{L} f'(z^{(l)})$ and $\\sum_{n=1}^N C_n$",
    "$k \\le R^2/\\gamma^2$, $e^{-z}$, $x^2$, $\\beta_1^t$, $\\tanh^2 z$, $\\mathbb{R}^{n_l}$",
    "$\\lVert w^{(1)} \\rVert^2$ and $w_1^2 + w_2^2 + w^{(1)}$",
    "w⁴ − w² + 0.3w",
    "2w²/(1 + w²)",
    "in a hidden layer of tanh the slope is $1 - a^2$, and with $f(z) = z^2$ a layer draws parabolas",
    "1 − a², 3.1×10⁻⁵, ε², width², R²/γ², 10³⁰",
    "a⁽²⁾ = σ(z⁽²⁾), δ⁽ᴸ⁾, (w⁽²⁾)ᵀ",
    "$a^{(2)}$ is layer 2's activation and $a^2$ a square",
]


def pieces_of(text: str) -> list[str]:
    return [reason for each in formulas(Piece("", text)) if (reason := a_layer_as_a_power(*each))]


@pytest.mark.parametrize("text", STRAYS)
def test_a_layer_without_brackets_is_found(text: str) -> None:
    assert pieces_of(text) != []


@pytest.mark.parametrize("text", POWERS)
def test_a_power_passes(text: str) -> None:
    assert pieces_of(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("below $2/\\lambda$ it converges", True),
        ("$\\lambda_{\\max}$", True),
        ("2/λₘₐₓ = 0.45", True),
        ("where $\\lambda$ is its curvature", True),
        ("$\\frac{2}{\\lambda}$", True),
        ("below $2/c$ it converges, with λ = 0.1 or without", False),
        ("$w \\leftarrow (1 - \\eta\\lambda) w$", False),
        ("λ is the strength of L2; a curvature is $c$", False),
        ("`key=lambda at: curvature[at]`", False),
    ],
)
def test_lambda_is_no_curvature(text: str, found: bool) -> None:
    assert bool(a_curvature(written_out(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It stays random, and every layer behind it learns from noise.", True),
        ("The layers behind are random, too.", True),
        ("The minus is lost there, and everything behind it has the wrong error.", True),
        ("Put a sigmoid behind that neuron.", True),
        ("Each weight's slope is the δ behind it times what came in.", True),
        ("The neurons that stand behind a hidden layer", True),
        ("Deeper networks are a little behind, by 0.3 points.", False),
        ("Ten networks fall more than 0.3 points behind it.", False),
        ("Which cost is first, and how far is the other behind?", False),
        ("The idea behind the hidden layer is old.", False),
        ("In wide layers it is a factor of $2^7 = 128$ behind He.", False),
        ("What is only true waits behind the exercises.", False),
        ("They are the buttons behind the rocket.", False),
        (CLOSING, False),
    ],
)
def test_behind_is_no_direction(text: str, found: bool) -> None:
    assert bool(behind(" ".join(written_out(text).split(" ")))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("S0 says that", True),
        ("on the slide it is 0.44", True),
        ("Which decks this covers", True),
        ("the lecturer's own words", True),
        ("{ref}`errata-s0-bias`", True),
        (CLOSING + " And S4's.", True),
        (CLOSING, False),
        ("Move the slider, and the ball slides down the slope.", False),
        ("their examples are worked in {ref}`decks`", False),
        ("$S_1$ and $w_{S1x}$", False),
    ],
)
def test_a_chapter_names_no_deck(text: str, found: bool) -> None:
    assert bool(a_deck(text)) == found


def test_what_is_quoted_is_not_ours() -> None:
    table = "| S1 writes | in this book |\n|---|---|\n| $w^2$, $\\delta^L$ | $\\delta^{(L)}$ |\n"
    assert next(of_page("notation", table)).text.count("delta") == 1
    wrong = "| | S0, this book | S3 |\n|---|---|---|\n| its error | $\\delta^l$ | $\\delta^{(l+1)}$ |\n"
    assert r"\delta^l$" in next(of_page("notation", wrong)).text
    said = unquoted("errata", "**Printed:** $\\delta^2 = 1$. **Right:** $\\delta^{(2)} = 0$.")
    assert said == "**Right:** $\\delta^{(2)} = 0$."
    assert "w" not in unquoted(
        "notation", "S0 and S1 leave the brackets out and write $w^2$; ours are there."
    )
    assert unquoted("perceptron", "**Printed:** $w^2$") == "**Printed:** $w^2$"


def test_strings_comments_and_results_are_read() -> None:
    code = 'f"w{raised(l)}, w⁽{raised(l)}⁾, {x}"  # a¹\nname = "z²"\n'
    assert [piece.text for piece in of_code(code, "")] == [f"wˡ, w⁽ˡ⁾, {FILLED}", "z²", "# a¹"]
    read = [Piece("cell 3, result", "a¹ = 0.495"), Piece("cell 4", "the bowl $w^2$")]
    assert strays(CHAPTERS[0], iter(read)) == [
        "cell 3, result: a^{1} in 'a^{1} = 0.495': nobody takes this power, so it is a layer"
    ]


def test_an_exception_has_a_reason() -> None:
    assert all(reason for reasons in ALLOWED.values() for reason in reasons.values())
