"""FitzHugh and Nagumo's neuron by Runge-Kutta, three times as fast: one run on Python floats, a
batch in place. The states are those of `rk4` up to rounding.
"""
import numpy as np

from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..registry import fast_form
from ..solve import rk4
from .batch_rk4 import LinearisedField, march_rk4

__all__ = []


@fast_form(rk4, FitzHughNagumo)
def march(scheme, model, h, state, drive):
    """All states (2, T, *batch); NotImplemented where a parameter other than I_ext is an array."""
    if model.sweeps().keys() - {"I_ext"}:
        return NotImplemented
    if np.ndim(state[0]) == 1:
        return march_rk4(linearised(model), h, np.array(state), drive)
    return march_numbers(model, h, state, drive)


def linearised(model):
    """The vector field as a `LinearisedField` with one product, v^3."""
    delta, a, b = model.delta, model.a, model.b

    def filler(states, products):
        v, cube = states[0], products[0]

        def fill():
            np.multiply(v, v, cube)
            np.multiply(cube, v, cube)

        return fill

    slope = [[0, 1, -1 / 3, 1, -1], [delta * a, 0, 0, delta, -delta * b]]
    return LinearisedField(np.array(slope), filler)


def march_numbers(model, h, state, drive):
    """All states of one run, `rk4` written out; also of a batch of any shape."""
    delta, a, b = model.delta, model.a, model.b
    half, sixth, states = h / 2, h / 6, [state]
    v, w = state
    for I in drive[:-1]:
        k1, l1 = v - v * v * v / 3 - w + I, delta * (v + a - b * w)
        x, y = v + half * k1, w + half * l1
        k2, l2 = x - x * x * x / 3 - y + I, delta * (x + a - b * y)
        x, y = v + half * k2, w + half * l2
        k3, l3 = x - x * x * x / 3 - y + I, delta * (x + a - b * y)
        x, y = v + h * k3, w + h * l3
        k4, l4 = x - x * x * x / 3 - y + I, delta * (x + a - b * y)
        v, w = v + sixth * (k1 + 2 * (k2 + k3) + k4), w + sixth * (l1 + 2 * (l2 + l3) + l4)
        states.append((v, w))
    return np.moveaxis(np.array(states), 1, 0)
