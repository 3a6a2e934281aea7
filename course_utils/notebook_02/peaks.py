"""The highest point of a voltage trace, between its samples."""
import numpy as np

from ..spikes import checked_trace

__all__ = ["peak"]


def peak(t, V):
    """The time and the height of the highest point of V (T,), both floats.

    They are those of the parabola through the three highest samples; t (T,) has equal steps
    there. At either end of the trace the sample itself is returned.
    """
    t, V = checked_trace(t, V)
    if V.ndim != 1:
        raise ValueError(f"V must hold one voltage for each time in t, but has shape {V.shape}")
    k = int(np.argmax(V))
    if k in (0, len(V) - 1):
        return float(t[k]), float(V[k])
    bend, slope, top = np.polyfit([-1, 0, 1], V[k - 1:k + 2], 2)
    shift = -slope / (2 * bend)
    return float(t[k] + shift * (t[k + 1] - t[k])), float(top + slope * shift / 2)
