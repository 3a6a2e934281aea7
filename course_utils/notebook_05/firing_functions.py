"""Three more firing probabilities: Poisson events within a step, Gaussian noise, no noise."""
import numpy as np

from ..checks import number
from ..models.firing import FiringFunction

__all__ = ["escape_rate", "heaviside", "probit"]


def escape_rate(threshold=0.0, slope=1.0, step=1.0):
    """The `FiringFunction` V -> 1 - exp(-step lambda), with lambda = exp(slope (V - threshold)).

    It is the probability of at least one event of a Poisson process with the rate lambda.
    Because lambda is a rate and no probability, it alone stays consistent for shorter
    steps.
    """
    threshold = number("threshold", threshold)
    slope = number("slope", slope, "positive")
    step = number("step", step, "positive")
    return FiringFunction(
        f"escape_rate(threshold={threshold:g}, slope={slope:g}, step={step:g})",
        lambda V: -np.expm1(-step * np.exp(np.minimum(slope * (V - threshold), 700.0))),
        lambda U: threshold + np.log(-np.log1p(-U) / step) / slope)


def probit(threshold=0.0, slope=1.0):
    """The `FiringFunction` V -> Phi(slope (V - threshold)): Gaussian noise on a threshold.

    Phi is the standard normal distribution function.
    """
    from scipy.special import ndtr, ndtri

    threshold = number("threshold", threshold)
    slope = number("slope", slope, "positive")
    return FiringFunction(
        f"probit(threshold={threshold:g}, slope={slope:g})",
        lambda V: ndtr(slope * (V - threshold)),
        lambda U: threshold + ndtri(U) / slope)


def heaviside(threshold=0.0):
    """The `FiringFunction` V -> 1 where V >= threshold, else 0: a threshold unit with a reset."""
    threshold = number("threshold", threshold)
    just_below = np.nextafter(threshold, -np.inf)
    return FiringFunction(
        f"heaviside(threshold={threshold:g})",
        lambda V: (V >= threshold).astype(float),
        lambda U: np.full_like(U, just_below))
