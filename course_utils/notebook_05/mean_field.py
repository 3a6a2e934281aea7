"""The mean field in time: infinitely many neurons, sorted by the step of their last spike."""
import numpy as np

from ..models.firing import probability

__all__ = ["population_path"]


def population_path(phi, w, leak, start, steps):
    """The fraction that fires in each step (steps,), exact for infinitely many neurons.

    start: the potential of all neurons before the first step. Neurons that fired last in
    the same step stay equal, so one potential and one fraction for each such group are
    enough.
    """
    V = np.zeros(steps + 1)
    fraction = np.zeros(steps + 1)
    fired = np.empty(steps)
    V[0] = start
    fraction[0] = 1.0
    for t in range(steps):
        p = probability(phi, V[:t + 1])
        fired[t] = fraction[:t + 1] @ p
        fraction[:t + 1] *= 1 - p
        V[:t + 1] = leak * V[:t + 1] + w * fired[t]
        fraction[t + 1] = fired[t]  # the new group: reset, V = 0
    return fired
