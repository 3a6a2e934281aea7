"""Two currents that only notebook 00 sends into a neuron; step and noise are in `stimuli`."""
import numpy as np

from ..checks import number
from ..stimuli import since_start

__all__ = ["pulses", "ramp"]


def pulses(t, amplitude, start=0.0, duration=np.inf, width=2.0, interval=15.0):
    """A train (T,) of pulses, each `width` long, one every `interval` (units of t)."""
    since, amplitude, on = since_start(t, amplitude, start, duration)
    width = number("width", width, "positive")
    interval = number("interval", interval, "positive")
    return np.where(on & (np.mod(since, interval) < width), amplitude, 0.0)


def ramp(t, amplitude, start=0.0, duration=50.0):
    """A current (T,) that grows from 0 at `start` to `amplitude` after `duration`, then is 0."""
    duration = number("duration", duration, "positive")
    since, amplitude, on = since_start(t, amplitude, start, duration)
    return np.where(on, amplitude * since / duration, 0.0)
