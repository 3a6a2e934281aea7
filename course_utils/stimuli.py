"""A step of current to send into a neuron, an array over the times; noise, pulses and a ramp are
in `notebook_00/waveforms.py`.

All are 0 before `start`; the values are in the unit of `amplitude`.
"""
import numpy as np

from .checks import finite_array, number

__all__ = ["since_start", "step"]


def step(t, amplitude, start=0.0, duration=np.inf):
    """A current (T,) that is `amplitude` from `start` for `duration` (units of t), 0 elsewhere."""
    _, amplitude, on = since_start(t, amplitude, start, duration)
    return np.where(on, amplitude, 0.0)


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
