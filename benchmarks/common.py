"""The numbers of the benchmarks' workloads, the same for the course and its peers."""
import numpy as np
from worker import crossings

__all__ = [
    "AXON_DURATION", "COMPETITION", "DENDRITE", "FHN_STARTS", "FI_CURRENTS", "MATRIX",
    "NETWORK", "SPARSE", "SQUID_AXON", "crossings", "grid_trains", "network_weights",
    "sparse_targets"
]

FI_CURRENTS = np.linspace(0, 20, 200)  # µA/cm²
FHN_STARTS = tuple(
    grid.ravel() for grid in np.meshgrid(np.linspace(-2.5, 2.5, 20), np.linspace(-1, 2, 20)))
DENDRITE = {
    "length": 10_000.0, "radius": 1.0, "rho": 100.0, "g_m": 0.05, "c_m": 1.0, "current": 0.1
}  # µm, Ω cm, nA
SQUID_AXON = {"length": 100_000.0, "radius": 238.0, "rho": 35.4,
              "current": 2243.1}  # nA: 150 µA/cm² over 1 % of the length
AXON_DURATION = 20.0  # ms
NETWORK = {
    "largest": 0.01, "threshold": 4.0, "slope": 1 / 0.8, "leak": 0.9, "I_ext": 0.1,
    "steps": 10_000
}
SPARSE = {"neurons": 10_000, "targets": 100,
          "weight": 0.05}  # a fifth of them inhibits four times as strongly
MATRIX = {"A_plus": 0.005, "A_minus": 0.00525, "rate": 10.0, "duration": 100_000}  # Hz, ms
COMPETITION = {"rate": 15.0, "A_plus": 0.01, "g_max": 0.01, "ratio": 1.05}


def network_weights(n=1000):
    """Weights (n, n), W[post, pre]: four fifths of the neurons excite, one fifth inhibits four
    times as strongly.
    """
    W = np.random.default_rng(1).uniform(0, NETWORK["largest"], (n, n))
    W[:, 4 * n // 5:] *= -4
    np.fill_diagonal(W, 0)
    return W


def sparse_targets():
    """Whom each neuron of the sparse network reaches (neurons, targets), never itself, and its
    weight (neurons,).
    """
    n, rng = SPARSE["neurons"], np.random.default_rng(1)
    targets = np.array([rng.choice(n - 1, SPARSE["targets"], replace=False) for _ in range(n)])
    targets += targets >= np.arange(n)[:, None]
    return targets, np.where(np.arange(n) < 4 * n // 5, SPARSE["weight"], -4 * SPARSE["weight"])


def grid_trains(seed, n=100):
    """n Poisson trains on a grid of 1 ms, at most one spike per bin: a list of arrays of times
    in ms.
    """
    rng = np.random.default_rng(seed)
    fired = rng.random((MATRIX["duration"], n)) < MATRIX["rate"] / 1000
    return [np.flatnonzero(column).astype(float) for column in fired.T]
