"""Three currents to send into a neuron, next to the step of `stimuli`: noise, pulses and a ramp."""
import numpy as np

from ..checks import fits_in_memory, number
from ..spikes import as_generator
from ..stimuli import since_start

__all__ = ["noise", "pulses", "ramp"]


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
