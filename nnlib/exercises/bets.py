"""Where a chapter asks for a bet on what its figure will do: below the figure, the paragraph that asks has the label.

The answer stays in the text. ``tests/test_bets.py`` asks the figures whether it is still true.
"""

from __future__ import annotations

from nnlib.exercises.kinds import Choice, Part
from nnlib.exercises.numbers import Numbers

BETS: dict[str, dict[str, Part]] = {
    "bet-perceptron-gates": dict(
        gates=Choice(
            "4 of 4 right, by one straight line",
            "AND and OR",
            {
                "OR is hardly another task than AND. Shift the line.": "only AND",
                "Do you see a straight line with both dots of XOR on one side, and both squares on the other?": "all three",
                "Look at where the dots of XOR lie, and where its squares.": "OR and XOR",
            },
        )
    ),
    "bet-perceptron-place": dict(
        place=Numbers(
            "row and column of the weight 6",
            [3, 2],
            {
                "You exchanged them: the row is where the line arrives.": [2, 3],
                "A row has two entries here, one for each input, and not three.": [2, 1],
                "That is where it would be without the rows before.": [1, 2],
            },
            digits=None,
        )
    ),
    "bet-activations-layers": dict(
        order=Choice(
            "what keeps most and what keeps least, twelve layers deep",
            "tanh most, sigmoid least",
            {
                "Its slope is 1, but look at the centre, which it gives up.": "ReLU most, sigmoid least",
                "Look at the slope of the sigmoid, which is at most a quarter.": "ReLU most, tanh least",
                "Its values lie close together, and its slope is small everywhere.": "sigmoid most, ReLU least",
            },
        )
    ),
    "bet-activations-xor": dict(
        starts=Choice(
            "of ten starts with two neurons, how many find a solution",
            "about half",
            {
                "Two neurons are enough to do it, and some starts lead there.": "none or one",
                "Two neurons are just enough, and a bad start has nothing to spare.": "eight or nine",
                "That a solution exists does not mean that every walk arrives.": "all ten",
            },
        )
    ),
    "bet-costs-epochs": dict(
        longer=Choice(
            "how long the quadratic cost takes, compared with cross-entropy",
            "over ten times as long",
            {
                "It has the same error, but look at the slope that it must pass.": "about as long",
                "At an output of 0.98 the sigmoid's slope is a fiftieth.": "about twice as long",
                "That is the difference in the middle, where the sigmoid is steepest.": "about four times as long",
            },
        )
    ),
    "bet-gd-rates": dict(
        once=Numbers(
            "the rate that reaches the bottom in a single step",
            0.5,
            {
                "That jumps to the other side, as far out as before.": 1,
                "That stops short of the bottom.": 0.3,
                "That overshoots, and zigzags in.": 0.9,
            },
        ),
        never=Numbers(
            "the lowest rate on the slider at which you never arrive",
            1,
            {
                "There you never arrive, but a lower one fails as well.": 1.1,
                "It zigzags for a while. Does it arrive?": 0.9,
                "That arrives at once.": 0.5,
            },
        ),
        twins=Numbers(
            "the two that arrive equally late, the lower one first",
            [0.1, 0.9],
            {
                "The higher one never arrives.": [0.9, 1],
                "The first creeps, and the second flies off.": [0.01, 1.1],
                "One of these needs a single step.": [0.3, 0.5],
                "The lower one is late by far.": [0.01, 0.9],
            },
        ),
    ),
    "bet-bp-gates": dict(
        move=Choice(
            "which move lifts r most",
            "lower x or y",
            {
                "That lifts r, and another move lifts it more.": "raise z",
                "The other factor is negative: r would fall.": "raise x or y",
                "The other factor is positive: r would fall.": "lower z",
            },
        )
    ),
    "bet-vanishing-depth": dict(
        four=Choice(
            "how many times smaller with four hidden layers of sigmoid",
            "about 400",
            {
                "That is two thirds: as if each layer took off an amount, and not a share.": "about 4,900",
                "That is half, and a layer costs more than a factor of √2.": "about 3,700",
                "So little is left to lose when two layers are gone?": "about 20",
            },
        )
    ),
    "bet-digits-five": dict(
        read=Choice(
            "when it reads the 5, and for how long",
            "after 1, and not for good",
            {
                "Go on to the end.": "after 1, and from then on",
                "Look at the first epoch.": "after 10, and from then on",
                "It never saw this image in training, and reads it all the same.": "never",
            },
        )
    ),
    "bet-keras-together": dict(
        together=Choice(
            "from the same weights, through 450 steps",
            "they stay together",
            {
                "They might, if either computed something else. Do they?": "they part at once",
                "Rounding does differ, in the seventh digit. Is that enough?": "they part towards the end",
                "A faster library takes the same steps, only sooner.": "Keras gets ahead",
            },
        )
    ),
}
