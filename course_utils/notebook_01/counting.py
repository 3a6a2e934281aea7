"""Which functions a unit computes, and how widely a line separates examples."""
import math
from itertools import product

import numpy as np

from ..checks import finite_array, whole_number
from ..models.mcculloch_pitts import (
    corners,
    examples,
    function_number,
    one_of_each,
    reaches,
)
from .units import McCullochPittsUnit

__all__ = [
    "GATES", "best_margin", "cover_count", "gate_number", "mcculloch_pitts_functions",
    "perceptron_bound"
]

GATES = ("never", "AND", "x1 and not x2", "x1", "x2 and not x1", "x2", "XOR", "OR", "NOR",
         "XNOR", "not x2", "x1 or not x2", "not x1", "x2 or not x1", "NAND", "always")


def gate_number(w1, w2, theta):
    """The number of the gate of a unit with two real weights; arrays give a map of gates.

    The four inputs 00, 01, 10, 11 reach the sums 0, w2, w1 and w1 + w2: the gate changes
    where theta crosses one of them.
    """
    values = map(finite_array, ("w1", "w2", "theta"), (w1, w2, theta))
    w1, w2, theta = np.broadcast_arrays(*values)
    sums = np.stack([0 * w1, w2, w1, w1 + w2], axis=-1)
    scale = np.abs(w1) + np.abs(w2) + np.abs(theta)
    return function_number(reaches(sums, theta[..., None], scale[..., None]))


def mcculloch_pitts_functions(n, synapses=1, lowest=1):
    """The numbers, ascending, of all functions of n bits that one neuron of 1943 computes.

    synapses: the most excitatory synapses one input may make. lowest: the lowest
    threshold allowed; at 1 a neuron without input is silent, as in 1943, at 0 it may fire
    by itself.
    """
    if whole_number("n", n, 1) > 4 or whole_number("synapses", synapses) > 4:
        raise ValueError(f"n and synapses must be at most 4, not {n} and {synapses}: there would "
                         "be too many to try")
    found = set()
    for roles in product(range(-1, synapses + 1), repeat=n):  # -1: inhibitory
        veto = np.array(roles) < 0
        excitatory = np.maximum(roles, 0)
        for theta in range(whole_number("lowest", lowest), excitatory.sum() + 2):
            table = McCullochPittsUnit(excitatory, theta, veto)(corners(n))
            found.add(int(function_number(table)))
    return np.array(sorted(found))


def cover_count(N, d):
    """How many of the 2**N labellings of N points a plane through the origin separates.

    The points are in general position in d dimensions. Cover, IEEE Trans. Electron.
    Comput. EC-14:326 (1965), 10.1109/PGEC.1965.264137.
    """
    N = whole_number("N", N, 1)
    return 2 * sum(math.comb(N - 1, k) for k in range(whole_number("d", d, 1)))


def best_margin(x, y):
    """The widest margin gamma by which a unit vector (w, b) separates the examples, and (w, b).

    gamma is the least of s (w.x + b) over the examples, s = +1 for label 1 and -1 for 0.
    Where nothing separates them the margin is 0 and the vector nan. Found exactly, as the
    shortest v with s (v.(x, 1)) >= 1 for every example, by non-negative least squares
    (Lawson & Hanson, Solving Least Squares Problems, 1974, chapter 23).
    """
    from scipy.optimize import nnls

    x, y = examples(x, y)
    signed = np.where(y, 1, -1)[:, None] * np.column_stack([x, np.ones(len(x))])
    longest = np.linalg.norm(signed, axis=1).max()
    system = np.vstack([signed.T / longest, np.ones(len(y))])
    target = np.append(np.zeros(len(system) - 1), 1)
    rest = system @ nnls(system, target)[0] - target  # 0 where no plane separates the examples
    if -rest[-1] < 1e-10:
        return 0.0, np.full(len(rest) - 1, np.nan)
    shortest = -rest[:-1] / rest[-1]
    length = np.linalg.norm(shortest)
    return float(longest / length), shortest / length


def perceptron_bound(x, y, start=None):
    """The mistake bound of Rosenblatt's rule; infinite where nothing separates the examples.

    From zero weights it is (R/gamma)**2, where R is the length of the longest (x, 1) and gamma
    the margin of `best_margin` (Novikoff, Symp. Math. Theory of Automata 12:615, 1962). From
    `start`, weights and bias, it is the largest k with u.v + k gamma <= sqrt(|v|**2 + k R**2).
    """
    x, y = examples(x, y)
    gamma, u = best_margin(x, y)
    if not gamma:
        return math.inf
    v = np.array(one_of_each("start", len(u), start))
    R2 = 1 + (x * x).sum(axis=1).max()
    half = R2 / 2 - gamma * (u @ v)
    rest = gamma**2 * (v @ v - (u @ v)**2)
    return float((half + np.sqrt(half**2 + rest)) / gamma**2)
