"""What students type into the search field, and the sections of which one should come first.

Both halves were written before anything was ranked. The synonyms and the weights of the search were chosen
by looking at ``TYPED``; nobody looked at ``HELD_BACK`` for that, and so it says how well the search does with
what is typed tomorrow. What somebody missed goes into ``TYPED``, and the search is mended by it.
"""

from __future__ import annotations

#: By what was typed: ``page#anchor`` of the sections that answer it (``page`` alone: its beginning).
Table = dict[str, tuple[str, ...]]

#: Those that must hold, whatever else does not.
ALWAYS = (
    "back propagation",
    "why random weights",
    "learning rate too high",
    "softmax vs sigmoid",
    "gradient vanishing",
    "dropout",
    "MNIST",
    "XOR",
    "dead relu",
    "overfitting",
)

TYPED: Table = {
    "back propagation": ("chapters/backpropagation",),
    "why random weights": ("chapters/vanishing_gradients#vg-symmetry",),
    "learning rate too high": ("chapters/gradient_descent#gd-rate",),
    "softmax vs sigmoid": (
        "chapters/activations#activations-outputs",
        "chapters/cost_functions#costs-multiclass",
    ),
    "gradient vanishing": ("chapters/vanishing_gradients", "chapters/vanishing_gradients#vg-chain"),
    "dropout": ("chapters/digits#digits-overfitting",),
    "MNIST": ("chapters/digits", "chapters/digits#digits-data"),
    "XOR": ("chapters/perceptron#perceptron-xor",),
    "dead relu": ("chapters/activations#activations-dying", "chapters/vanishing_gradients#vg-dead"),
    "overfitting": ("chapters/digits#digits-overfitting",),
    "chain rule": ("chapters/backpropagation#bp-chain-rule-section",),
    "cross entropy": ("chapters/cost_functions#costs-cross-entropy",),
    "momentum": ("chapters/gradient_descent#gd-momentum",),
    "loss function": ("chapters/cost_functions",),
    "what is a bias": ("chapters/perceptron#perceptron-weighted-sum",),
    "one hot encoding": ("chapters/digits#digits-one-hot", "chapters/activations#activations-outputs"),
    "train test split": ("chapters/digits#digits-held-out",),
    "gradient checking": ("chapters/backpropagation#bp-check",),
    "stochastic gradient descent": ("chapters/gradient_descent#gd-batches",),
    "exploding gradients": ("chapters/vanishing_gradients#vg-exploding",),
    "confusion matrix": ("chapters/digits#digits-confusion",),
    "why do we need activation functions": ("chapters/activations#activations-why", "chapters/activations"),
    "xavier init": ("chapters/vanishing_gradients#vg-init",),
    "local minima": ("chapters/gradient_descent#gd-starts",),
    "loss is nan": ("chapters/gradient_descent#gd-nan",),
    "early stopping": ("chapters/digits#digits-overfitting",),
}

HELD_BACK: Table = {
    "backprop algorithm": ("chapters/backpropagation#bp-algorithm", "chapters/backpropagation"),
    "matrix dimensions": ("chapters/perceptron#perceptron-shapes",),
    "adam optimizer": ("chapters/gradient_descent#gd-adam",),
    "mini batch size": ("chapters/gradient_descent#gd-batches",),
    "weight decay": ("chapters/gradient_descent#gd-l2",),
    "he initialization": ("chapters/vanishing_gradients#vg-init",),
    "logistic regression": ("chapters/perceptron#perceptron-logistic",),
    "linear separability": ("chapters/perceptron#perceptron-xor",),
    "mean squared error": ("chapters/cost_functions#costs-quadratic",),
    "relu": ("chapters/activations#activations-relu",),
    "derivative of sigmoid": ("chapters/activations#activations-sigmoid-slope",),
    "universal approximation theorem": ("chapters/activations#activations-universal",),
    "normalize data": ("chapters/digits#digits-standardise",),
    "validation set": ("chapters/digits#digits-held-out",),
    "learning rate decay": ("chapters/gradient_descent#gd-schedules",),
    "tensorflow": ("chapters/keras", "chapters/keras#keras-fit"),
    "numpy code from scratch": ("chapters/digits#digits-recipe",),
    "cross validation": ("chapters/digits#digits-five-splits",),
    "how many parameters": ("chapters/perceptron#perceptron-shapes",),
    "hidden layer": ("chapters/perceptron#perceptron-layers", "chapters/activations#activations-hidden"),
    "batch normalization": ("chapters/vanishing_gradients#vg-after",),
    "softmax derivative": (
        "chapters/activations#activations-softmax-slope",
        "chapters/backpropagation#bp-softmax",
    ),
    "perceptron learning rule": ("chapters/perceptron#perceptron-rule",),
    "skip connections": ("chapters/vanishing_gradients#vg-after",),
    "log likelihood": (
        "chapters/cost_functions#costs-likelihood",
        "chapters/cost_functions#costs-multiclass",
    ),
    "multi label classification": (
        "chapters/cost_functions#costs-multiclass",
        "chapters/activations#activations-outputs",
    ),
    "saddle point": ("chapters/gradient_descent#gd-starts",),
    "tensorboard": ("chapters/keras#keras-tensorboard",),
    "error of a neuron": ("chapters/backpropagation#bp-delta",),
    "precision and recall": ("chapters/digits#digits-confusion", "chapters/digits#ex-digits-recall"),
}
