"""Units that answer 0 or 1: the threshold unit, what it can compute, and Rosenblatt's rule.

Nothing here has a physical unit: inputs and outputs are bits, weights and thresholds are
numbers. A function of n bits is named by its truth table read as a binary number,
f(0...00) first: for two inputs AND is 0001 = 1, XOR 0110 = 6.
"""
from dataclasses import dataclass
from itertools import product

import numpy as np

from ..checks import as_bits, finite_array, number, whole_number

__all__ = [
    "Learning", "ThresholdUnit", "bits_for", "corners", "examples", "function_number",
    "functions_of_threshold_units", "learn_perceptron", "one_of_each", "reaches",
    "threshold_functions"
]

ROUNDING = 4 * np.finfo(float).eps  # 0.7 + 0.1 counts as 0.8
ENOUGH = {1: 1, 2: 1, 3: 2, 4: 3}  # n: integer weights up to this give every function

# Bits and truth tables


def corners(n):
    """All inputs of n bits, (2**n, n), counted upwards: for n = 2 they are 00, 01, 10, 11."""
    if whole_number("n", n, 1) > 20:
        raise ValueError(f"n must be at most 20, not {n}: there are 2^{n} inputs of {n} bits")
    return np.array(list(product((0, 1), repeat=n)))


def function_number(table):
    """The number of a function from its truth table (..., 2**n), f(0...00) as highest digit."""
    table = as_bits("table", table)
    return (table << np.arange(table.shape[-1])[::-1]).sum(-1)


def bits_for(name, values, n):
    """Bits (..., n) for a unit with n inputs."""
    array = as_bits(name, values)
    if array.ndim == 0 or array.shape[-1] != n:
        raise ValueError(f"{name} must hold {n} bits for {n} weights, shape (..., {n}), but has "
                         f"shape {array.shape}")
    return array


def reaches(total, theta, scale):
    """Whether a sum reaches theta up to rounding; `scale` is the size of what was added up."""
    return total - theta >= -ROUNDING * scale


# Units


@dataclass(frozen=True, eq=False)
class ThresholdUnit:
    """A unit with real weights: `ThresholdUnit(w, theta)(x)` is 1 where w.x >= theta, else 0.

    w: (n,) weights. theta: the threshold. x: (..., n) of 0 and 1; the result is (...,). A
    sum that equals theta up to rounding fires. Raises ValueError where w and x differ in
    length or x holds anything but 0 and 1.
    Derived in notebook 01, section 1.

    >>> AND = ThresholdUnit(w=[1, 1], theta=2)
    >>> AND([[0, 0], [0, 1], [1, 0], [1, 1]]).tolist()
    [0, 0, 0, 1]
    """

    w: np.ndarray
    theta: float

    def __post_init__(self):
        w = finite_array("w", self.w, "a list of weights")
        if w.ndim != 1 or not len(w):
            raise ValueError(
                f"w must be a list of weights, one for each input, but has shape {w.shape}")
        object.__setattr__(self, "w", w)
        object.__setattr__(self, "theta", number("theta", self.theta))

    def __call__(self, x):
        x = bits_for("x", x, len(self.w))
        size = x @ np.abs(self.w) + abs(self.theta)
        return reaches(x @ self.w, self.theta, size).astype(int)


# Counting


def functions_of_threshold_units(n):
    """The numbers, ascending, of all functions of n bits that one threshold unit computes.

    Every such function is reached by whole weights up to 1, 1, 2, 3 (n = 1 to 4) and a
    threshold halfway between whole numbers; all of them are tried. Raises ValueError for
    larger n.
    """
    if whole_number("n", n, 1) not in ENOUGH:
        raise ValueError(f"n must be at most 4: with {n} inputs there are 2^(2^{n}) functions to "
                         "try; the sequence OEIS A000609 lists the counts for n up to 9")
    most = ENOUGH[n]
    weights = np.array(list(product(range(-most, most + 1), repeat=n)))
    thresholds = np.arange(-n * most, n * most + 2) - 0.5
    tables = (weights @ corners(n).T)[:, None, :] >= thresholds[:, None]
    return np.unique(function_number(tables))


def threshold_functions(n):
    """How many functions of n bits one threshold unit computes, counted for n from 1 to 4.

    Raises ValueError for larger n; the message says how many functions there are to try.
    Derived in notebook 01, section 3.

    >>> [threshold_functions(n) for n in (1, 2, 3)]
    [4, 14, 104]
    """
    return len(functions_of_threshold_units(n))


# Learning


@dataclass(frozen=True, eq=False)
class Learning:
    """What `learn_perceptron` returns.

    w (n,), b: the weights and the bias at the end. mistakes: how many presentations
    changed them. epochs: passes through the data, the last one without a mistake counted.
    converged: whether there was such a pass. history: (epochs * N + 1, n + 1), row k
    holding w and b after k presentations. changed: (epochs * N,), whether presentation k
    was a mistake.
    """

    w: np.ndarray
    b: float
    mistakes: int
    epochs: int
    converged: bool
    history: np.ndarray
    changed: np.ndarray


def learn_perceptron(x, y, max_epochs=100, start=None):
    """What Rosenblatt's rule learns from examples x (N, n), labels y (N,) of 0, 1: a `Learning`.

    It starts from zero weights, or from `start` (n + 1,), weights and bias, and takes the
    examples in the given order. The unit answers 1 where w.x + b >= 0; an example answered
    wrongly is added to the weights (label 1) or subtracted (label 0). It stops after an
    epoch without a mistake, or after `max_epochs`: then the data were not separated so far,
    which does not prove that they can't be. The perceptron: Rosenblatt, Psychol. Rev. 65:386
    (1958), 10.1037/h0042519; this rule: Principles of Neurodynamics (1962).
    Derived in notebook 01, section 5.

    >>> learned = learn_perceptron([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])
    >>> learned.w.tolist(), learned.b, learned.mistakes, learned.epochs
    ([2.0, 1.0], -3.0, 11, 6)
    """
    x, y = examples(x, y)
    whole_number("max_epochs", max_epochs, 1)
    *w, b = one_of_each("start", x.shape[1] + 1, start)
    w = np.array(w)
    history = [[*w, b]]
    changed = []
    epochs = 0
    converged = False
    while epochs < max_epochs and not converged:
        for example, label in zip(x, y.tolist()):
            answer = int(w @ example + b >= 0)
            error = label - answer  # +1: should have fired; -1: should not have; 0: right
            w = w + error * example
            b = b + float(error)
            history.append([*w, b])
            changed.append(error != 0)
        epochs += 1
        converged = not any(changed[-len(y):])
    return Learning(w, b, sum(changed), epochs, converged, np.array(history), np.array(changed))


def one_of_each(name, n, values=None):
    """`values` (n,) as a list of floats, by default zeros."""
    array = finite_array(name, np.zeros(n) if values is None else values)
    if array.shape != (n,):
        raise ValueError(f"{name} must hold {n} numbers, the weights and the bias, but has shape "
                         f"{array.shape}")
    return array.tolist()


def examples(x, y):
    """Examples (N, n) and their labels (N,), or an error that says which of them doesn't fit."""
    x = finite_array("x", x, "one row of numbers for each example")
    if x.ndim != 2 or not x.size:
        raise ValueError("x must hold one row of numbers for each example, shape (N, n), but has "
                         f"shape {x.shape}")
    y = as_bits("y", y)
    if y.shape != x.shape[:1]:
        raise ValueError(f"y must hold one label, 0 or 1, for each of the {len(x)} examples in x, "
                         f"shape ({len(x)},), but has shape {y.shape}")
    return x, y
