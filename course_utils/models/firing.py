"""Firing probabilities phi: the probability to fire in one step, as a function of V."""
import numpy as np

from ..checks import number, require

__all__ = [
    "FUNCTION", "FiringFunction", "check_firing_function", "clipped_linear", "logistic",
    "probability"
]

FUNCTION = "a function of the potential, as in phi=logistic(1.0)"


class FiringFunction:
    """A firing probability phi: V -> [0, 1] that knows its inverse.

    To draw U below phi(V) is the same event as to draw phi^-1(U) below V. A network can
    therefore turn its random numbers into thresholds before the dynamics needs them.
    """

    def __init__(self, name, phi, inverse):
        self.name = name
        self.phi = phi
        self.inverse = inverse

    def __call__(self, V):
        """The probability to fire at V, an array of the same shape."""
        return self.phi(np.asarray(V, float))

    def __repr__(self):
        return self.name


def logistic(threshold=0.0, slope=1.0):
    """The `FiringFunction` V -> 1 / (1 + exp(-slope (V - threshold))), with a slope above 0.

    Derived in notebook 05, section 3.

    >>> phi = logistic(threshold=1.0, slope=2.0)
    >>> float(phi(1.0))
    0.5
    """
    threshold = number("threshold", threshold)
    slope = number("slope", slope, "positive")
    return FiringFunction(
        f"logistic(threshold={threshold:g}, slope={slope:g})",
        lambda V: 1 / (1 + np.exp(-np.maximum(slope * (V - threshold), -700.0))),
        lambda U: threshold + np.log(U / (1 - U)) / slope)


def clipped_linear(threshold=0.0, gain=1.0):
    """The `FiringFunction` V -> gain (V - threshold), clipped to 0 and 1, with a gain above 0.

    Derived in notebook 05, section 5.

    >>> phi = clipped_linear(threshold=0.5, gain=2.0)
    >>> phi([0.0, 0.75, 2.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    threshold = number("threshold", threshold)
    gain = number("gain", gain, "positive")
    return FiringFunction(
        f"clipped_linear(threshold={threshold:g}, gain={gain:g})",
        lambda V: np.clip(gain * (V - threshold), 0.0, 1.0),
        lambda U: threshold + U / gain)


def probability(phi, V):
    """phi(V), an array of the shape of V.

    Raises TypeError where phi takes no array, and ValueError where phi(V) is not a
    probability.
    """
    require("phi", phi, "__call__", FUNCTION)
    V = np.asarray(V, float)
    try:
        p = np.asarray(phi(V)).astype(float, casting="same_kind")
        p = np.array(np.broadcast_to(p, V.shape))
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"phi must take an array of potentials and return a probability for each ({error}); "
            "try np.exp in place of math.exp and np.where in place of if") from None
    if not ((p >= 0) & (p <= 1)).all():
        worst = np.argmax(np.where(np.isnan(p), np.inf, np.abs(p - 0.5)))
        raise ValueError(
            f"phi must be a probability, from 0 to 1, but phi({V.flat[worst]:.4g}) = "
            f"{p.flat[worst]:.4g}; try logistic or clipped_linear")
    return p


def check_firing_function(phi, low, high):
    """None, after a look at phi between two potentials.

    Raises ValueError where phi leaves [0, 1] or decreases.
    """
    V = np.linspace(low, high, 501)
    p = probability(phi, V)
    for k in np.flatnonzero(np.diff(p) < -1e-12):
        raise ValueError(
            f"phi must not decrease, but phi({V[k]:.4g}) = {p[k]:.6g} and "
            f"phi({V[k + 1]:.4g}) = {p[k + 1]:.6g}; is a sign reversed?")
