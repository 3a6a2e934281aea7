"""One step of a network that a learner wrote, measured; and the exact values from the chain."""
import numpy as np

from ..models.firing import logistic
from ..models.galves_locherbach import GalvesLocherbach

__all__ = ["THREE", "exact_statistics", "joint_probabilities", "measured"]

THREE = GalvesLocherbach(W=[[0, 2.5, -1.5], [1, 0, 2], [-2, 1.5, 0]], phi=logistic(1.2))


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
    return _six(X.mean(axis=0), X.T @ X / steps, X[1:].T @ X[:-1] / (steps - 1))


def exact_statistics(network):
    """The same six numbers of a network of at least two neurons, from its exact chain."""
    return _six(network.rates(), *joint_probabilities(network))


def _six(rates, same, later):
    return [float(p) for p in (*rates, later[0, 0], same[0, 1], later[0, 1])]


def joint_probabilities(network):
    """(same, later), each (N, N), exact: the probabilities that i and j fire in one step, and
    that i fires one step after j.
    """
    states = network.states()
    weighted = network.stationary()[:, None] * states
    return states.T @ weighted, (network.transition_matrix() @ states).T @ weighted
