"""One step of a network that a learner wrote, measured, and probabilities from an exact chain."""
import numpy as np

from ..models.firing import logistic
from ..models.galves_locherbach import GalvesLocherbach

__all__ = ["EXACT", "THREE", "joint_probabilities", "measured"]

THREE = GalvesLocherbach(W=[[0, 2.5, -1.5], [1, 0, 2], [-2, 1.5, 0]], phi=logistic(1.6),
                         leak=0.6, I_ext=0.4)
# What `measured` nears with ever more steps, from the chain of the last patterns: notebook 05,
# "The exact chain of a small network"
EXACT = [0.3654, 0.3897, 0.2632, 0.0614, 0.1019, 0.2304]


def measured(step, steps=20_000):
    """Six statistics of what `step(V, rng)`, which returns X and the next V, does with three
    neurons: the three rates, then how often neuron 1 fires twice running, neurons 1 and 2 fire
    in the same step, and neuron 1 fires one step after neuron 2. The dots where `step` returns
    nothing.
    """
    V = np.zeros(3)
    rng = np.random.default_rng(1)
    X = np.empty((steps, 3))
    for t in range(steps):
        made = step(V, rng)
        if made is None:
            return ...
        X[t], V = made
    same, later = X.T @ X / steps, X[1:].T @ X[:-1] / (steps - 1)
    return [*same.diagonal(), later[0, 0], same[0, 1], later[0, 1]]


def joint_probabilities(network):
    """(same, later), each (N, N), exact: the probabilities that i and j fire in one step, and
    that i fires one step after j.
    """
    states = network.states()
    weighted = network.stationary()[:, None] * states
    return states.T @ weighted, (network.transition_matrix() @ states).T @ weighted
