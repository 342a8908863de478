"""What students type into the search field, and the sections of which one should come first.

Both halves were written before they were ranked. The synonyms and the weights of the search were chosen by
looking at ``TYPED``; nobody looked at ``HELD_BACK`` for that, and so it says how well the search does with what
is typed tomorrow. What somebody missed goes into ``TYPED``, and the search is mended by it. Once somebody has
looked at what is missed of ``HELD_BACK``, it belongs to ``TYPED``, too, and a new half is written.
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

HELD_BACK: Table = {
    "sigmoid saturation": ("chapters/activations#activations-saturation",),
    "zero centered": ("chapters/activations#activations-zero-centred",),
    "leaky relu": ("chapters/activations#activations-relu",),
    "which activation function should i use": (
        "chapters/activations#activations-choose",
        "chapters/activations#activations-outputs",
    ),
    "softmax overflow": ("chapters/activations#activations-softmax-overflow",),
    "binary cross entropy": (
        "chapters/cost_functions#costs-cross-entropy",
        "chapters/cost_functions#costs-pairs",
    ),
    "mae vs mse": ("chapters/cost_functions#costs-quadratic",),
    "maximum likelihood": (
        "chapters/cost_functions#costs-likelihood",
        "chapters/cost_functions#costs-likelihoods",
    ),
    "learning slowdown": ("chapters/cost_functions#costs-slow-neuron",),
    "partial derivatives": ("chapters/gradient_descent#gd-gradient",),
    "momentum vs adam": ("chapters/gradient_descent#gd-momentum",),
    "epoch vs batch": ("chapters/gradient_descent#gd-batches",),
    "l2 regularization": ("chapters/gradient_descent#gd-l2", "chapters/digits#digits-overfitting"),
    "four equations of backpropagation": ("chapters/backpropagation#bp-equations",),
    "backprop for a batch": ("chapters/backpropagation#bp-algorithm",),
    "why transpose the weight matrix": (
        "chapters/backpropagation#bp-bp2",
        "chapters/backpropagation#bp-transpose",
        "chapters/backpropagation#bp-transpose-figure",
    ),
    "who invented backpropagation": ("chapters/backpropagation#bp-history",),
    "time complexity of backprop": ("chapters/backpropagation#bp-cost",),
    "hadamard product": ("chapters/backpropagation#bp-bp1",),
    "history of the perceptron": ("chapters/perceptron#perceptron-history",),
    "biological neuron": ("chapters/perceptron#perceptron-biology",),
    "decision boundary": ("chapters/perceptron#perceptron-line",),
    "perceptron convergence theorem": ("chapters/perceptron#perceptron-bound",),
    "gradient clipping": ("chapters/vanishing_gradients#vg-exploding",),
    "data leakage": ("chapters/digits#digits-leak",),
    "keras callbacks": ("chapters/keras#keras-callbacks",),
    "what are logits": ("chapters/cost_functions#costs-logits",),
    "nearest neighbour": ("chapters/digits#digits-five-splits",),
    "hyperparameter tuning": ("chapters/digits#digits-held-out",),
    "f1 score": ("chapters/digits#digits-confusion",),
    "sgd noise": ("chapters/gradient_descent#gd-noise", "chapters/gradient_descent#gd-batches"),
}
