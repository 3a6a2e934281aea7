"""All-to-all networks of up to a few thousand neurons on frozen noise, fast enough to be turned by hand."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..firing import clipped_linear
from ..galves_locherbach import GalvesLocherbach
from ..model import Record, parameter
from ..populations import population_map, population_path

__all__ = ["Chatter", "EdgeOfChatter"]

STEPS, MOST, ROWS = 160, 4000, 200                            # steps shown, neurons at most, rows of the picture


class Chatter(NamedTuple):
    """What a network did: `spikes` (steps, N) bool, `rate` (steps,) the share that fired, `woken` (steps,) bool, and
    `avalanches`, the number of spikes that followed each waking, up to the next silent step.
    """

    spikes: np.ndarray
    rate: np.ndarray
    woken: np.ndarray
    avalanches: np.ndarray


class EdgeOfChatter(Record):
    """N neurons, each with weight W/N to all others and phi = clipped_linear; 30 % of them fire first.

    After a silent step one neuron is woken, so that a quiet network shows its avalanches. All chance is frozen: the same
    random number decides the same neuron in the same step, whatever the parameters are.
    """

    gain_weight: float = parameter(1.5, "1", r"\Gamma W", 0, 3, "gain times weight", domain="nonnegative")
    leak: float = parameter(0.0, "1", r"\mu", 0, 0.95, "what is left of V after a step", domain="probability")
    threshold: float = parameter(0.0, "1", r"V_T", 0, 0.3, "potential below which no neuron fires", domain="nonnegative")
    N: int = parameter(2000, "1", "N", 100, 2000, "neurons", scale="integer", domain="positive")
    start: float = parameter(0.3, "1", r"\rho_0", 0, 1, "share that fires first", domain="probability")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20, "which chance the network meets", scale="integer")

    def __post_init__(self):
        super().__post_init__()
        if self.N > MOST:
            raise ValueError(f"N must be at most {MOST} here, not {self.N}; try GalvesLocherbach(...).simulate")

    @property
    def phi(self):
        """The firing probability: its gain is 1, so that the weight is Gamma W."""
        return clipped_linear(self.threshold)

    def run(self):
        """The `Chatter` of 160 steps."""
        from scipy.sparse import csc_array
        model = GalvesLocherbach(W=csc_array((self.N, self.N)), phi=self.phi, leak=self.leak)
        chance, sleeper = _noise(self.seed)
        levels = model.phi.inverse(chance[:, :self.N])
        spikes, woken = np.empty((STEPS, self.N), bool), np.zeros(STEPS, bool)
        V, fired = np.full(self.N, self.threshold + self.start), 1
        for t, level in enumerate(levels):
            X = np.greater(V, level, out=spikes[t])
            if not fired:
                X[int(sleeper[t] * self.N)] = woken[t] = True
            fired = np.count_nonzero(X)
            V = model.next_potential(V, X, self.gain_weight * fired / self.N)
        counts, wakings = spikes.sum(axis=1), np.flatnonzero(woken)
        sizes = np.add.reduceat(counts, wakings) if wakings.size else wakings
        return Chatter(spikes, counts / self.N, woken, sizes)

    def theory(self):
        """The share that fires in each step (160,) for infinitely many neurons."""
        return population_path(self.phi, self.gain_weight, self.leak, self.threshold + self.start, STEPS)

    def next_share(self, rho):
        """The mean-field map at rho: its shape is the curve of the cobweb, its crossings are the stationary rates."""
        return population_map(rho, self.phi, self.gain_weight, self.leak)


def density(spikes, rows=ROWS):
    """The share that fired among neighbouring neurons, (rows, steps); one row per neuron where there are fewer."""
    N = spikes.shape[1]
    edges = np.linspace(0, N, min(rows, N) + 1).astype(int)
    counted = np.add.reduceat(np.ascontiguousarray(spikes.T), edges[:-1], axis=0, dtype=np.int16)
    return counted / np.diff(edges)[:, None]


@lru_cache(maxsize=4)
def _noise(seed):
    """Random numbers (steps, most neurons) that decide who fires, and (steps,) that choose whom to wake."""
    rng = np.random.default_rng(seed)
    chance, sleeper = rng.random((STEPS, MOST), dtype=np.float32), rng.random(STEPS)
    for numbers in (chance, sleeper):
        numbers.flags.writeable = False
    return chance, sleeper
