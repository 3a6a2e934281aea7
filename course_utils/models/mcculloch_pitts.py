"""Units that answer 0 or 1: the threshold unit, the unit of 1943, networks of both, and the
rule by which one learns.

Nothing here has a physical unit: inputs and outputs are bits, weights and thresholds are
numbers. A function of n bits is named by its truth table read as a binary number, f(0...00)
first: for two inputs AND is 0001 = 1, XOR 0110 = 6.
"""
import math
from dataclasses import dataclass
from itertools import product

import numpy as np

from ..checks import finite_array, whole_number

__all__ = [
    "GATES", "Learning", "McCullochPittsUnit", "ThresholdUnit", "as_bits", "best_margin",
    "corners", "cover_count", "mcculloch_pitts_functions", "functions_of_threshold_units",
    "gate_number", "learn_perceptron", "function_number", "perceptron_bound", "run_loop",
    "truth_table", "threshold_functions", "wire"
]

GATES = ("never", "AND", "x1 and not x2", "x1", "x2 and not x1", "x2", "XOR", "OR", "NOR",
         "XNOR", "not x2", "x1 or not x2", "not x1", "x2 or not x1", "NAND", "always")
ROUNDING = 4 * np.finfo(float).eps  # 0.7 + 0.1 counts as 0.8
ENOUGH = {1: 1, 2: 1, 3: 2, 4: 3}  # n: integer weights up to this give every function

# Bits and truth tables


def corners(n):
    """All inputs of n bits, (2**n, n), counted upwards: for n = 2 they are 00, 01, 10, 11."""
    return np.array(list(product((0, 1), repeat=whole_number("n", n, 1))))


def function_number(table):
    """The number of a function from its truth table (..., 2**n), f(0...00) as the highest
    binary digit.
    """
    table = as_bits("table", table)
    return (table.astype(np.int64) << np.arange(table.shape[-1])[::-1]).sum(-1)


def truth_table(number, n=2):
    """The truth table (2**n,) of the function with this number, one output for each row of
    `corners(n)`.
    """
    if not 0 <= whole_number("number", number) < 2**2**whole_number("n", n, 1):
        raise ValueError(
            f"number must be a whole number from 0 to {2 ** 2 ** n - 1} for {n} inputs, not "
            f"{number!r}"
        )
    return int(number) >> np.arange(2**n)[::-1] & 1


def as_bits(name, values):
    """`values` as an array of 0 and 1, or an error that names `name`."""
    array = finite_array(name, values, "0 or 1, or an array of them")
    if not np.isin(array, (0, 1)).all():
        raise ValueError(f"{name} must hold 0 and 1 only (a spike or none), but it holds "
                         f"{array[~np.isin(array, (0, 1))].flat[0]:g}")
    return array.astype(int)


def _bits_for(name, values, n):
    """Bits (..., n) for a unit with n inputs."""
    array = as_bits(name, values)
    if array.ndim == 0 or array.shape[-1] != n:
        raise ValueError(
            f"{name} must hold {n} bits for {n} weights, shape (..., {n}), but has shape "
            f"{array.shape}"
        )
    return array


def _reaches(total, theta, scale):
    """Whether a sum reaches the threshold, rounding allowed for; `scale` is the size of what
    was added up.
    """
    return total - theta >= -ROUNDING * scale


# Units


@dataclass(frozen=True, eq=False)
class ThresholdUnit:
    """A unit with real weights: `ThresholdUnit(w, theta)(x)` is 1 where w.x >= theta, else 0.

    w: (n,) weights. theta: the threshold. x: (..., n) of 0 and 1; the result is (...,). A sum
    that equals theta up to rounding fires. Raises ValueError where w and x differ in length or
    x holds anything but 0 and 1.
    """

    w: np.ndarray
    theta: float

    def __post_init__(self):
        w, theta = finite_array("w", self.w, "a list of weights"), finite_array(
            "theta", self.theta, "a finite number")
        if w.ndim != 1 or not len(w):
            raise ValueError(
                f"w must be a list of weights, one for each input, but has shape {w.shape}")
        if theta.ndim:
            raise ValueError(
                f"theta must be one number, the threshold, but has shape {theta.shape}")
        object.__setattr__(self, "w", w)
        object.__setattr__(self, "theta", float(theta))

    def __call__(self, x):
        x = _bits_for("x", x, len(self.w))
        return _reaches(x @ self.w, self.theta,
                        x @ np.abs(self.w) + abs(self.theta)).astype(int)


@dataclass(frozen=True, eq=False)
class McCullochPittsUnit:
    """The unit of 1943: equal excitatory weights, a whole threshold, absolute inhibition.

    synapses: (n,) how many excitatory synapses, each of weight 1, an input makes. theta: how
    many must be active. inhibitory: (n,) 1 where an input vetoes. `unit(x)` is what the unit
    answers one time step after x: 1 where no inhibitory input is active and the active
    excitatory synapses number at least theta. x: (..., n) of 0 and 1.

    McCulloch & Pitts, Bull. Math. Biophys. 5:115 (1943), 10.1007/BF02478259.
    """

    synapses: np.ndarray
    theta: int
    inhibitory: np.ndarray = ()

    def __post_init__(self):
        synapses, theta = finite_array("synapses", self.synapses), finite_array(
            "theta", self.theta)
        if synapses.ndim != 1 or (synapses < 0).any() or (synapses % 1).any():
            raise ValueError(
                "synapses must hold one whole number, 0 or more, for each input: the unit of "
                "1943 has no "
                f"other weights; given: {synapses.tolist()}")
        if theta.ndim or theta < 0 or theta % 1:
            raise ValueError(f"theta must be a whole number, 0 or more, not {theta.tolist()}")
        veto = 0 * synapses if np.size(self.inhibitory) == 0 else self.inhibitory
        veto = _bits_for("inhibitory", veto, len(synapses))
        for name, value in ("synapses",
                            synapses.astype(int)), ("theta", int(theta)), ("inhibitory", veto):
            object.__setattr__(self, name, value)

    def __call__(self, x):
        x = _bits_for("x", x, len(self.synapses))
        return ((x @ self.synapses >= self.theta) & (x @ self.inhibitory == 0)).astype(int)


def gate_number(w1, w2, theta):
    """The number of the gate that a unit with two real weights and this threshold computes;
    arrays give a map of gates.

    The four inputs 00, 01, 10, 11 reach the sums 0, w2, w1 and w1 + w2: the gate changes where
    theta crosses one of them.
    """
    w1, w2, theta = np.broadcast_arrays(
        *map(finite_array, ("w1", "w2", "theta"), (w1, w2, theta)))
    sums = np.stack([0 * w1, w2, w1, w1 + w2], axis=-1)
    scale = np.abs(w1) + np.abs(w2) + np.abs(theta)
    return function_number(_reaches(sums, theta[..., None], scale[..., None]))


# Networks


def wire(x, *units):
    """The outputs (..., units) of units wired in a row: each sees the inputs x (..., n) and all
    outputs before its own.

    XOR from two units: `wire(x, ThresholdUnit([1, 1], 2), ThresholdUnit([1, 1, -2], 1))[...,
    -1]`.
    """
    x = as_bits("x", x)
    seen = x
    for unit in units:
        seen = np.concatenate([seen, unit(seen)[..., None]], axis=-1)
    return seen[..., x.shape[-1]:]


def run_loop(units, x, start=None):
    """The outputs (T + 1, units) of units that also see each other, one time step late.

    x: (T, n) inputs. At each step every unit sees the n inputs and then the outputs of all
    units. start: the outputs before the first step, by default all 0.
    """
    if isinstance(units,
                  str | bytes) or not np.iterable(units) or not all(map(callable, units)):
        raise TypeError(
            f"units must be a list of units, such as ThresholdUnit([1, 1], 2), not {units!r}")
    x = as_bits("x", x)
    if x.ndim != 2:
        raise ValueError(
            "x must hold one row of inputs for each time step, shape (T, n), but has shape "
            f"{x.shape}"
        )
    outputs = [_bits_for("start", np.zeros(len(units)) if start is None else start, len(units))]
    for row in x:
        seen = np.concatenate([row, outputs[-1]])
        outputs.append(np.array([unit(seen) for unit in units]))
    return np.array(outputs)


# Counting


def functions_of_threshold_units(n):
    """The numbers, ascending, of all functions of n bits that one threshold unit computes, for
    n from 1 to 4.

    Every such function is reached by whole weights up to 1, 1, 2, 3 (n = 1 to 4) and a
    threshold halfway between whole numbers; they are all tried.
    """
    if whole_number("n", n, 1) not in ENOUGH:
        many = str(2**2**int(n)) if n < 7 else f"2^{2 ** int(n)}" if n < 64 else f"2^(2^{n})"
        raise ValueError(
            f"n must be at most 4: with {n} inputs there are {many} functions to try; "
            "the sequence OEIS A000609 lists the counts for n up to 9")
    most = ENOUGH[n]
    weights = np.array(list(product(range(-most, most + 1), repeat=n)))
    thresholds = np.arange(-n * most, n * most + 2) - 0.5
    tables = (weights @ corners(n).T)[:, None, :] >= thresholds[:, None]
    return np.unique(function_number(tables))


def threshold_functions(n):
    """How many functions of n bits one threshold unit computes, counted for n from 1 to 4: 4,
    14, 104, 1882.

    Raises ValueError for larger n; the message says how many functions there are to try.
    """
    return len(functions_of_threshold_units(n))


def mcculloch_pitts_functions(n, synapses=1, lowest=0):
    """The numbers, ascending, of all functions of n bits that one unit of 1943 computes.

    synapses: the most excitatory synapses one input may make. lowest: the lowest threshold
    allowed; at 0 a unit can be active without any input, at 1 it can't.
    """
    if whole_number("n", n, 1) > 4 or whole_number("synapses", synapses) > 4:
        raise ValueError(
            f"n and synapses must be at most 4, not {n} and {synapses}: there would be too "
            "many to try"
        )
    found = set()
    for roles in product(range(-1, synapses + 1), repeat=n):  # -1: inhibitory
        roles = np.array(roles)
        excitatory = np.maximum(roles, 0)
        for theta in range(whole_number("lowest", lowest), excitatory.sum() + 2):
            found.add(
                int(
                    function_number(
                        McCullochPittsUnit(excitatory, theta, roles < 0)(corners(n)))))
    return np.array(sorted(found))


def cover_count(N, d):
    """How many of the 2**N labellings of N points in general position a plane through the
    origin of d dimensions parts.

    Cover, IEEE Trans. Electron. Comput. EC-14:326 (1965), 10.1109/PGEC.1965.264137.
    """
    return 2 * sum(
        math.comb(whole_number("N", N, 1) - 1, k) for k in range(whole_number("d", d, 1)))


# Learning


@dataclass(frozen=True, eq=False)
class Learning:
    """What `learn_perceptron` returns.

    w (n,), b: the weights and the bias at the end. mistakes: how many presentations changed
    them. epochs: passes through the data, the last one without a mistake counted. converged:
    whether there was such a pass. history: (epochs * N + 1, n + 1), row k holding w and b after
    k presentations. changed: (epochs * N,), whether presentation k was a mistake.
    """

    w: np.ndarray
    b: float
    mistakes: int
    epochs: int
    converged: bool
    history: np.ndarray
    changed: np.ndarray


def learn_perceptron(x, y, max_epochs=100):
    """Return what Rosenblatt's rule learns from the examples x (N, n) with labels y (N,) of 0
    and 1: a `Learning`.

    From zero weights, in the given order: the unit answers 1 where w.x + b >= 0, and an example
    answered wrongly is added (label 1) to the weights or subtracted (label 0). Stops after a
    pass without a mistake, or after `max_epochs` passes: then the data were not separated
    within that many, which is no proof that they can't be.

    Rosenblatt, Psychol. Rev. 65:386 (1958), 10.1037/h0042519.
    """
    x, y = _examples(x, y)
    whole_number("max_epochs", max_epochs, 1)
    biased = np.column_stack([x, np.ones(len(x))])
    weights, history, changed, epochs, clean = np.zeros(biased.shape[1]), [], [], 0, False
    history.append(weights)
    while epochs < max_epochs and not clean:
        for example, label in zip(biased, y):
            wrong = label - int(example @ weights
                                >= 0)  # +1: should have fired; -1: should not; 0: right
            weights = weights + wrong * example
            history.append(weights)
            changed.append(wrong != 0)
        epochs, clean = epochs + 1, not any(changed[-len(y):])
    return Learning(weights[:-1], float(weights[-1]), sum(changed), epochs, clean,
                    np.array(history), np.array(changed))


def best_margin(x, y):
    """The widest margin gamma by which a unit vector (w, b) parts the examples, and that vector
    (n + 1,).

    gamma is the least of s (w.x + b) over the examples, s = +1 for label 1 and -1 for 0. Where
    nothing parts them the margin is 0 and the vector nan. Found exactly, as the shortest v with
    s (v.(x, 1)) >= 1 for every example, by non-negative least squares (Lawson & Hanson, Solving
    Least Squares Problems, 1974, chapter 23).
    """
    from scipy.optimize import nnls

    x, y = _examples(x, y)
    signed = np.where(y, 1, -1)[:, None] * np.column_stack([x, np.ones(len(x))])
    longest = np.linalg.norm(signed, axis=1).max()
    system = np.vstack([signed.T / longest, np.ones(len(y))])
    target = np.append(np.zeros(len(system) - 1), 1)
    rest = system @ nnls(system, target)[0] - target  # 0 where no plane parts the examples
    if -rest[-1] < 1e-10:
        return 0.0, np.full(len(rest) - 1, np.nan)
    shortest = -rest[:-1] / rest[-1]
    return float(longest / np.linalg.norm(shortest)), shortest / np.linalg.norm(shortest)


def perceptron_bound(x, y):
    """The most mistakes Rosenblatt's rule can make on these examples, (R/gamma)**2; infinite
    where nothing parts them.

    R is the length of the longest (x, 1), gamma the margin of `best_margin`. Novikoff, Symp.
    Math. Theory of Automata 12:615 (1962).
    """
    gamma, _ = best_margin(x, y)
    x, _ = _examples(x, y)
    return float((1 + (x * x).sum(axis=1).max()) / gamma**2) if gamma else math.inf


def _examples(x, y):
    """Examples (N, n) and their labels (N,), or an error that says which of them doesn't fit.
    """
    x = finite_array("x", x, "one row of numbers for each example")
    if x.ndim != 2 or not x.size:
        raise ValueError(
            "x must hold one row of numbers for each example, shape (N, n), but has shape "
            f"{x.shape}"
        )
    y = as_bits("y", y)
    if y.shape != x.shape[:1]:
        raise ValueError(
            f"y must hold one label, 0 or 1, for each of the {len(x)} examples in x, shape "
            f"({len(x)},), but has shape {y.shape}")
    return x, y
