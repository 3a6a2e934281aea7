"""Currents to send into a neuron: a step or noise, each an array over the times.

All are 0 before `start`; the values are in the unit of `amplitude`.
"""
import numpy as np

from .checks import finite_array, fits_in_memory, number
from .spikes import as_generator

__all__ = ["noise", "since_start", "step"]


def step(t, amplitude, start=0.0, duration=np.inf):
    """A current (T,) that is `amplitude` from `start` for `duration` (units of t), 0 elsewhere."""
    _, amplitude, on = since_start(t, amplitude, start, duration)
    return np.where(on, amplitude, 0.0)


def noise(t, amplitude, rng, start=0.0, duration=np.inf, hold=1.0):
    """A normal random current (T,) of mean 0, standard deviation `amplitude`.

    hold: how long each value is held (units of t). rng: a `numpy.random.Generator` or a
    seed; the same seed gives the same current on the same times.
    """
    since, amplitude, on = since_start(t, amplitude, start, duration)
    place = np.maximum(np.floor(np.round(since / number("hold", hold, "positive"), 9)), 0)
    fits_in_memory("the number of values, each held for hold,", place.max(), 100)
    values = as_generator(rng).normal(size=int(place.max()) + 1)
    return np.where(on, amplitude * values[place.astype(int)], 0.0)


def since_start(t, amplitude, start, duration):
    """The times since the start (T,), the amplitude, and where the current is on (T,).

    Times are rounded so that a step of the grid that falls on an edge counts as it reads.
    """
    t = finite_array("t", t, "an array of times")
    if t.ndim != 1 or not len(t):
        raise ValueError(f"t must be an array of times, shape (T,), but has shape {t.shape}")
    if duration != np.inf:
        duration = number("duration", duration, "nonnegative")
    since = np.round(t - number("start", start), 9)
    return since, finite_array("amplitude", amplitude), (since >= 0) & (since < duration)
