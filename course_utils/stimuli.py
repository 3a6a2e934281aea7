"""Currents to send into a neuron: a step, pulses, a ramp, noise. Each is an array over the
times given.

All are 0 before `start`; the values are in the unit of `amplitude`.
"""
import numpy as np

from .checks import finite_array, number

__all__ = ["noise", "pulses", "ramp", "step"]


def step(t, amplitude, start=0.0, duration=np.inf):
    """A current (T,) that is `amplitude` from `start` for `duration` (units of t), 0 elsewhere.
    """
    t = _times(t)
    return np.where(_on(t, start, duration), amplitude, 0.0)


def pulses(t, amplitude, start=0.0, duration=np.inf, width=2.0, interval=15.0):
    """A train (T,) of pulses: each `width` long, one every `interval`, from `start` for
    `duration` (units of t).
    """
    t = _times(t)
    width, interval = number("width", width, "positive"), number("interval", interval,
                                                                 "positive")
    inside = np.mod(np.round(t - start, 9), interval) < width
    return np.where(_on(t, start, duration) & inside, amplitude, 0.0)


def ramp(t, amplitude, start=0.0, duration=50.0):
    """A current (T,) that grows from 0 at `start` to `amplitude` after `duration` (units of t),
    then 0 again.
    """
    t = _times(t)
    duration = number("duration", duration, "positive")
    return np.where(_on(t, start, duration), amplitude * (t - start) / duration, 0.0)


def noise(t, amplitude, rng, start=0.0, duration=np.inf, hold=1.0):
    """A random current (T,): normal with mean 0 and standard deviation `amplitude`, a new value
    every `hold`.

    rng: a `numpy.random.Generator` or a seed; the same seed gives the same current on the same
    times.
    """
    t = _times(t)
    hold = number("hold", hold, "positive")
    place = np.maximum(np.floor(np.round((t - start) / hold, 9)), 0).astype(int)
    values = np.random.default_rng(rng).normal(size=place.max() + 1)
    return np.where(_on(t, start, duration), amplitude * values[place], 0.0)


def _times(t):
    t = finite_array("t", t, "an array of times")
    if t.ndim != 1 or not len(t):
        raise ValueError(f"t must be an array of times, shape (T,), but has shape {t.shape}")
    return t


def _on(t, start, duration):
    """Where the current flows; rounded so that a step of the grid that falls on an edge counts
    as it reads.
    """
    since = np.round(t - start, 9)
    return (since >= 0) & (since < duration)
