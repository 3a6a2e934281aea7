"""Closed forms of the infinite cable, the steady state, and two Euler schemes for comparison.

In closed forms X = x / lambda and T = t / tau_m.
"""
import math

import numpy as np

from ..checks import finite_array, within
from ..models.cable import steady_voltage, steps_of

__all__ = [
    "backward_euler", "forward_euler", "green_function", "half_time", "length_constant_at",
    "steady_voltage", "step_response"
]

TOO_MUCH = 1e6  # mV


def green_function(X, T):
    """e^(-T - X^2 / 4T) / sqrt(4 pi T): V at distance X, a time T > 0 after a charge 1 at X = 0.

    X, T: numbers or arrays that broadcast.
    """
    X = finite_array("X", X, "a distance in length constants")[()]
    T = within("T", T, "positive")[()]
    return np.exp(-T - X * X / (4 * T)) / np.sqrt(4 * math.pi * T)


def step_response(X, T):
    """V(X, T) / V(0, infinity) after a steady current was switched on at X = 0; X >= 0, T > 0.

    The second term of the textbook formula, e^X erfc(...), overflows at large X; erfcx
    carries the factor inside.
    """
    from scipy.special import erfc, erfcx

    X = within("X", X, "nonnegative")[()]
    T = within("T", T, "positive")[()]
    root = np.sqrt(T)
    near = X / (2 * root) - root
    far = X / (2 * root) + root
    return (np.exp(-X) * erfc(near) - np.exp(-X * X / (4 * T) - T) * erfcx(far)) / 2


def half_time(X):
    """The time T at which the step response at X >= 0 is half of its final value e^-X.

    It is close to X/2 + 1/4. X: a number or an array, of whose shape the result is.
    """
    from scipy.optimize import elementwise

    X = within("X", X, "nonnegative")
    found = elementwise.find_root(lambda T, X: step_response(X, T) - np.exp(-X) / 2,
                                  (np.full_like(X, 1e-3), X + 2), args=(X,))
    return found.x[()]


def length_constant_at(cable, frequency):
    """How far a sinusoid of `frequency` in Hz reaches before it has shrunk by e, in µm."""
    angle = 2 * math.pi * frequency / 1000 * cable.time_constant
    return cable.length_constant * math.sqrt(2 / (1 + math.hypot(1, angle)))


def backward_euler(cable, t, where, current, start):
    """V (T, n) by two backward-Euler half steps a step: never rings, but only of order 1."""

    def step(half, V, k):
        return half(half(V, where, current[k]), where, current[k])

    return steps_of(cable, t, start, step)


def forward_euler(cable, t, where, current, start):
    """V (T, n) by forward Euler: order 1, and stable only for steps up to `stable_step`.

    Raises ValueError where V blows up: the message says when, and which step would do.
    """
    diagonal, side = cable.conductance()

    def step(factor, V, k):
        out = diagonal * V
        out[1:] += side * V[:-1]
        out[:-1] += side * V[1:]
        out[where] -= current[k]
        return V - factor * out

    with np.errstate(over="ignore", invalid="ignore"):
        V = steps_of(cable, t, start, step, lambda cable, h: h / cable.capacitance)
    if not (fine := (np.abs(V) < TOO_MUCH).all(axis=1)).all():
        raise ValueError(
            f"the solution blew up at t = {t[np.argmin(fine)]:.4g} ms with a step of "
            f"{np.diff(t).max():.4g}; try a step of {0.99 * stable_step(cable):.3g} or less")
    return V


def stable_step(cable):
    """The longest step in ms at which forward Euler is stable, 2 / the fastest rate of a mode.

    For a uniform cable of many compartments it is 2 tau / (1 + 4 lambda^2 / dx^2).
    """
    from scipy.linalg import eigvalsh_tridiagonal

    diagonal, side = cable.conductance()
    root = np.sqrt(cable.capacitance)
    last = cable.compartments - 1
    fastest = eigvalsh_tridiagonal(diagonal / root**2, side / root[1:] / root[:-1], select="i",
                                   select_range=(last, last))
    return float(2 / fastest[0])
