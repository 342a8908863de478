"""The first picture of the figure that reads digits: a digit, the hidden neurons, the ten outputs."""

from __future__ import annotations

import numpy as np

from nnlib.figures.seen import seen
from nnlib.figures.style import INK, MUTED, PAPER, PREDICTION, WIDTH, Frame, canvas, styled
from nnlib.play.digits import INK_LEVELS, DigitsRun
from nnlib.play.picture import FIELD, Field

# Lengths in inches.
STAGE, DIGIT, BOX, PITCH, ACROSS = 2.3, 1.75, 0.26, 0.31, 6
NEURONS_LEFT = DIGIT + 0.25
BARS_LEFT = NEURONS_LEFT + ACROSS * PITCH + 0.12
BAR = WIDTH - BARS_LEFT - 0.3
TOP = STAGE - 0.34


@styled
def picture(run: DigitsRun) -> Frame:
    """The network reading the first of the digits held back."""
    pixels = run.X[run.held_back[0]]
    figure, stage = canvas(height=STAGE, left=0, right=0, bottom=0, top=0)
    stage.set(xlim=(0, WIDTH), ylim=(0, STAGE))
    stage.axis("off")
    of = run.net.forward(pixels[None] / INK_LEVELS)
    titles = {0.1: "a digit", NEURONS_LEFT: "30 hidden neurons", BARS_LEFT: "what it says"}
    for x, title in titles.items():
        stage.text(x, TOP + 0.1, title, ha="left", va="bottom", fontsize=10, color=MUTED)

    extent = (0.1, 0.1 + DIGIT, TOP - DIGIT, TOP)
    Field(stage, pixels.reshape(8, 8) / 8 - 1, extent, PAPER, interpolation="nearest")
    (hidden,), (outputs,) = of.A[1], of.A[2]
    for j, w in enumerate(run.net.W[1]):
        x, y = NEURONS_LEFT + PITCH * (j % ACROSS), TOP - BOX - (PITCH + 0.06) * (j // ACROSS)
        values = (w / max(np.abs(w).max(), 1e-12)).reshape(8, 8)
        Field(stage, values, (x, x + BOX, y, y + BOX), FIELD, interpolation="nearest")
        if hidden[j] > 0:
            stage.barh(y - 0.035, BOX * hidden[j] / hidden.max(), 0.03, left=x, color=INK)
    heights = TOP - 0.1 - 0.2 * np.arange(10)
    stage.barh(heights, BAR * outputs, 0.13, left=BARS_LEFT + 0.2, color=PREDICTION)
    for digit, y in enumerate(heights):
        stage.text(BARS_LEFT, y, str(digit), ha="left", va="center", fontsize=10)
    seen(
        stage,
        "On the left an image of eight by eight squares; in the middle five rows of six small ones, the "
        "weights of the hidden neurons, with a bar under each that is on; on the right ten bars, one a "
        "digit.",
    )
    return figure, run.caption
