"""4000 Galves-Löcherbach neurons in four layers, and their activity as a cloud of points that
can be turned.

Each layer has 800 excitatory and 200 inhibitory neurons on a ring. A neuron hears 20 excitatory
and 20 inhibitory neurons near its place in its own layer, and 20 excitatory ones near the same
place in the layer before.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..model import Record, parameter
from ..models.firing import clipped_linear, logistic
from ..models.galves_locherbach import GalvesLocherbach
from ..models.populations import population_map
from .mean_field import population_path

__all__ = ["NetworkActivity", "CriticalNetwork", "LAYERS", "LayeredNetwork", "Spikes"]

LAYERS, EXCITATORY, INHIBITORY, SENDERS, LAYER_STEPS = 4, 800, 200, 20, 180
SIZE = EXCITATORY + INHIBITORY
REACH = {"own": 20, "inhibition": 5,
         "down": 10}  # standard deviation of a sender's distance, in neurons
MOST_DRAWN = 30_000


class Spikes(NamedTuple):
    """One entry per spike (K,): its `step`, the `layer` 0 ... 3, and the `place` of its neuron
    in the layer, 0 ... 999.

    Places from 800 on are inhibitory neurons.
    """

    step: np.ndarray
    layer: np.ndarray
    place: np.ndarray


class LayeredNetwork(Record):
    """Four layers that pass waves down, and the angles from which their activity is seen."""

    down: float = parameter(0.25, "1", r"w_\mathrm{down}", 0, 0.4,
                            "weight from the layer before", domain="nonnegative")
    inhibition: float = parameter(0.8, "1", r"w_\mathrm{inh}", 0.4, 1.6, "inhibitory weight",
                                  domain="nonnegative")
    azimuth: float = parameter(28.0, "°", r"\alpha", 0, 90, "turned about the vertical")
    elevation: float = parameter(22.0, "°", r"\beta", 0, 90, "seen from above")
    held: object = None  # where the hand that turns it was last

    def model(self):
        """The `GalvesLocherbach` network."""
        own, inhibition, down = _links()
        drive = np.where(np.arange(LAYERS * SIZE) < SIZE, 0.08, 0.024)
        return GalvesLocherbach(W=0.5 * own - self.inhibition * inhibition + self.down * down,
                                phi=logistic(2.0, 5.0), leak=0.9, I_ext=drive)

    def run(self):
        """The `Spikes` of 180 steps; what was simulated last is remembered, so that turning is
        quick.
        """
        return _spikes(self.but(azimuth=0.0, elevation=0.0, held=None))

    def project(self, step, layer, place):
        """Where points of (step, layer, place) appear on the screen: x and y (K,), in units of
        the box's edges.
        """
        a, b = np.radians([self.azimuth, self.elevation])
        x, y, z = np.asarray(step) / LAYER_STEPS - 0.5, np.asarray(place) / SIZE - 0.5, 0.75 * (
            1 - np.asarray(layer) / 1.5)
        return 1.6 * x * np.cos(a) + y * np.sin(a), z * np.cos(b) + (
            y * np.cos(a) - 1.6 * x * np.sin(a)) * np.sin(b)

    def drag(self, x, y, lift=False):
        """A copy turned by what the hand moved since it was last at `held`, a width of the box
        by a quarter turn.
        """
        x0, y0 = self.held or (x, y)
        azimuth, elevation = self.azimuth - 60 * (x - x0), self.elevation - 60 * (y - y0)
        return self.but(azimuth=float(np.clip(azimuth, 0, 90)), elevation=float(
            np.clip(elevation, 0, 90)), held=None if lift else (x, y))


@lru_cache(maxsize=4)
def _spikes(network):
    raster = network.model().simulate(LAYER_STEPS, 2, keep_V=False).spikes
    step, neuron = np.nonzero(raster)
    keep = slice(
        None, None,
        1 + len(step) // MOST_DRAWN)  # a storm is thinned out evenly, so that it can be drawn
    return Spikes(step[keep], neuron[keep] // SIZE, neuron[keep] % SIZE)


@lru_cache(maxsize=1)
def _links():
    """Three sparse matrices of ones: excitatory and inhibitory links within the layers, and
    links to the next layer.
    """
    rng = np.random.default_rng(1)
    links = {"own": [], "inhibition": [], "down": []}
    for layer in range(LAYERS):
        first = layer * SIZE
        everyone = np.arange(first, first + SIZE)
        excitatory, inhibitory = everyone[:EXCITATORY], everyone[EXCITATORY:]
        links["own"].append(_near(excitatory, everyone, REACH["own"], rng))
        links["inhibition"].append(_near(inhibitory, everyone, REACH["inhibition"], rng))
        if layer:
            links["down"].append(_near(excitatory - SIZE, everyone, REACH["down"], rng))
    return [_matrix(np.concatenate(pairs)) for pairs in links.values()]


def _near(senders, receivers, reach, rng):
    """Pairs (receiver, sender), (K, 2): 20 senders for each receiver, near its place on the
    ring.
    """
    place = np.concatenate(
        [np.arange(EXCITATORY) / EXCITATORY,
         np.arange(INHIBITORY) / INHIBITORY])
    around = place[receivers % SIZE][:, None] + rng.normal(0, reach / EXCITATORY,
                                                           (SIZE, SENDERS))
    chosen = senders[np.round(around * len(senders)).astype(int) % len(senders)]
    pairs = np.column_stack([np.repeat(receivers, SENDERS), chosen.ravel()])
    return pairs[pairs[:, 0] != pairs[:, 1]]


def _matrix(pairs):
    from scipy.sparse import csc_array
    return csc_array((np.ones(len(pairs)), pairs.T), shape=(LAYERS * SIZE, LAYERS * SIZE))


STEPS, MOST, ROWS = 160, 4000, 200  # steps shown, neurons at most, rows of the picture


class NetworkActivity(NamedTuple):
    """What a network did: `spikes` (steps, N) bool, `rate` (steps,) the share that fired,
    `woken` (steps,) bool, and `avalanches`, the number of spikes that followed each waking, up
    to the next silent step.
    """

    spikes: np.ndarray
    rate: np.ndarray
    woken: np.ndarray
    avalanches: np.ndarray


class CriticalNetwork(Record):
    """N neurons, each with weight W/N to all others and phi = clipped_linear; 30 % of them fire
    first.

    After a silent step one neuron is woken, so that a quiet network shows its avalanches. All
    chance is frozen: the same random number decides the same neuron in the same step, whatever
    the parameters are.
    """

    branching_parameter: float = parameter(1.5, "1", r"\Gamma W", 0, 3, "gain times weight",
                                           domain="nonnegative")
    leak: float = parameter(0.0, "1", r"\mu", 0, 0.95, "what is left of V after a step",
                            domain="probability")
    threshold: float = parameter(0.0, "1", r"V_T", 0, 0.3,
                                 "potential below which no neuron fires", domain="nonnegative")
    N: int = parameter(2000, "1", "N", 100, 2000, "neurons", scale="integer", domain="positive")
    start: float = parameter(0.3, "1", r"\rho_0", 0, 1, "share that fires first",
                             domain="probability")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20, "which chance the network meets",
                          scale="integer")

    def __post_init__(self):
        super().__post_init__()
        if self.N > MOST:
            raise ValueError(
                f"N must be at most {MOST} here, not {self.N}; try "
                "GalvesLocherbach(...).simulate"
            )

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
            V = model.next_potential(V, X, self.branching_parameter * fired / self.N)
        counts, wakings = spikes.sum(axis=1), np.flatnonzero(woken)
        sizes = np.add.reduceat(counts, wakings) if wakings.size else wakings
        return NetworkActivity(spikes, counts / self.N, woken, sizes)

    def theory(self):
        """The share that fires in each step (160,) for infinitely many neurons."""
        return population_path(self.phi, self.branching_parameter, self.leak,
                               self.threshold + self.start, STEPS)

    def next_share(self, rho):
        """The mean-field map at rho: its shape is the curve of the cobweb, its crossings are
        the stationary rates.
        """
        return population_map(rho, self.phi, self.branching_parameter, self.leak)


def density(spikes, rows=ROWS):
    """The share that fired among neighbouring neurons, (rows, steps); one row per neuron where
    there are fewer.
    """
    N = spikes.shape[1]
    edges = np.linspace(0, N, min(rows, N) + 1).astype(int)
    counted = np.add.reduceat(np.ascontiguousarray(spikes.T), edges[:-1], axis=0,
                              dtype=np.int16)
    return counted / np.diff(edges)[:, None]


@lru_cache(maxsize=4)
def _noise(seed):
    """Random numbers (steps, most neurons) that decide who fires, and (steps,) that choose whom
    to wake.
    """
    rng = np.random.default_rng(seed)
    chance, sleeper = rng.random((STEPS, MOST), dtype=np.float32), rng.random(STEPS)
    for numbers in (chance, sleeper):
        numbers.flags.writeable = False
    return chance, sleeper
