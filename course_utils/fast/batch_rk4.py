"""The Runge-Kutta scheme for a large batch, in place.

For hundreds of elements a call to numpy costs more than its arithmetic, so the number of
calls decides. Most of a vector field is linear; what is not are a few products of its
states. So the products are made in place, and all the rest of a stage is one matrix times
the rows known so far.
"""
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

__all__ = ["LinearisedField", "march_rk4"]


class LinearisedField(NamedTuple):
    """A vector field as dy/dt = slope @ (1, I_ext, products, y).

    slope: (states, 2 + products + states). filler(states, products), given the rows of
    states to read and the rows of products to write, each (count, batch), returns a
    function that fills the latter in place.
    """

    slope: np.ndarray
    filler: Callable


def march_rk4(field, h, start, drive):
    """All states (states, T, batch) as repeated steps of `rk4` give them, up to rounding.

    start: (states, batch). drive: (T, batch).
    """
    n = len(field.slope)
    first = field.slope.shape[1] - n  # where the rows of states begin: y, then stages p, q, r
    known = np.ones((first + 4 * n, drive.shape[1]))
    y, p, q, r = (slice(first + k * n, first + (k + 1) * n) for k in range(4))
    known[y] = start

    def slope(place):
        """The vector field of the states in these rows, as a matrix for all rows."""
        matrix = np.zeros((n, len(known)))
        matrix[:, :first], matrix[:, place] = np.split(field.slope, [first], axis=1)
        return matrix

    def state(place):
        """The states in these rows themselves, as such a matrix."""
        return np.eye(n, len(known), place.start)

    last = (state(p) + 2 * state(q) + state(r) - state(y)) / 3 + h / 6 * slope(r)
    moves = [(state(y) + h / 2 * slope(y), y, p), (state(y) + h / 2 * slope(p), p, q),
             (state(y) + h * slope(q), q, r), (last, r, y)]
    stages = [(field.filler(known[at], known[2:first]), matrix[:, :at.stop].copy(),
               known[:at.stop], known[to]) for matrix, at, to in moves]
    found = np.empty((len(drive), n, drive.shape[1]))
    found[0] = start
    for k in range(1, len(drive)):
        known[1] = drive[k - 1]
        for fill, matrix, rows, target in stages:
            fill()
            np.dot(matrix, rows, target)
        found[k] = known[y]
    return np.moveaxis(found, 1, 0)
