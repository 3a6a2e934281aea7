"""4000 Galves-Löcherbach neurons in four layers, and their activity as a cloud of points that can be turned.

Each layer has 800 excitatory and 200 inhibitory neurons on a ring. A neuron hears 20 excitatory and 20 inhibitory neurons
near its place in its own layer, and 20 excitatory ones near the same place in the layer before.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..firing import logistic
from ..galves_locherbach import GalvesLocherbach
from ..model import Record, parameter

__all__ = ["LAYERS", "LayeredNetwork", "Spikes"]

LAYERS, EXCITATORY, INHIBITORY, SENDERS, STEPS = 4, 800, 200, 20, 180
SIZE = EXCITATORY + INHIBITORY
REACH = {"own": 20, "inhibition": 5, "down": 10}              # standard deviation of a sender's distance, in neurons
MOST_DRAWN = 30_000


class Spikes(NamedTuple):
    """One entry per spike (K,): its `step`, the `layer` 0 ... 3, and the `place` of its neuron in the layer, 0 ... 999.

    Places from 800 on are inhibitory neurons.
    """

    step: np.ndarray
    layer: np.ndarray
    place: np.ndarray


class LayeredNetwork(Record):
    """Four layers that pass waves down, and the angles from which their activity is seen."""

    down: float = parameter(0.25, "1", r"w_\mathrm{down}", 0, 0.4, "weight from the layer before", domain="nonnegative")
    inhibition: float = parameter(0.8, "1", r"w_\mathrm{inh}", 0.4, 1.6, "inhibitory weight", domain="nonnegative")
    azimuth: float = parameter(28.0, "°", r"\alpha", 0, 90, "turned about the vertical")
    elevation: float = parameter(22.0, "°", r"\beta", 0, 90, "seen from above")
    held: object = None                                       # where the hand that turns it was last

    def model(self):
        """The `GalvesLocherbach` network."""
        own, inhibition, down = _links()
        drive = np.where(np.arange(LAYERS * SIZE) < SIZE, 0.08, 0.024)
        return GalvesLocherbach(W=0.5 * own - self.inhibition * inhibition + self.down * down,
                                phi=logistic(2.0, 5.0), leak=0.9, I_ext=drive)

    def run(self):
        """The `Spikes` of 180 steps; what was simulated last is remembered, so that turning is quick."""
        return _spikes(self.but(azimuth=0.0, elevation=0.0, held=None))

    def project(self, step, layer, place):
        """Where points of (step, layer, place) appear on the screen: x and y (K,), in units of the box's edges."""
        a, b = np.radians([self.azimuth, self.elevation])
        x, y, z = np.asarray(step) / STEPS - 0.5, np.asarray(place) / SIZE - 0.5, 0.75 * (1 - np.asarray(layer) / 1.5)
        return 1.6 * x * np.cos(a) + y * np.sin(a), z * np.cos(b) + (y * np.cos(a) - 1.6 * x * np.sin(a)) * np.sin(b)

    def drag(self, x, y, lift=False):
        """A copy turned by what the hand moved since it was last at `held`, a width of the box by a quarter turn."""
        x0, y0 = self.held or (x, y)
        azimuth, elevation = self.azimuth - 60 * (x - x0), self.elevation - 60 * (y - y0)
        return self.but(azimuth=float(np.clip(azimuth, 0, 90)), elevation=float(np.clip(elevation, 0, 90)),
                        held=None if lift else (x, y))


@lru_cache(maxsize=4)
def _spikes(network):
    raster = network.model().simulate(STEPS, 2, keep_V=False).spikes
    step, neuron = np.nonzero(raster)
    keep = slice(None, None, 1 + len(step) // MOST_DRAWN)     # a storm is thinned out evenly, so that it can be drawn
    return Spikes(step[keep], neuron[keep] // SIZE, neuron[keep] % SIZE)


@lru_cache(maxsize=1)
def _links():
    """Three sparse matrices of ones: excitatory and inhibitory links within the layers, and links to the next layer."""
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
    """Pairs (receiver, sender), (K, 2): 20 senders for each receiver, near its place on the ring."""
    place = np.concatenate([np.arange(EXCITATORY) / EXCITATORY, np.arange(INHIBITORY) / INHIBITORY])
    around = place[receivers % SIZE][:, None] + rng.normal(0, reach / EXCITATORY, (SIZE, SENDERS))
    chosen = senders[np.round(around * len(senders)).astype(int) % len(senders)]
    pairs = np.column_stack([np.repeat(receivers, SENDERS), chosen.ravel()])
    return pairs[pairs[:, 0] != pairs[:, 1]]


def _matrix(pairs):
    from scipy.sparse import csc_array
    return csc_array((np.ones(len(pairs)), pairs.T), shape=(LAYERS * SIZE, LAYERS * SIZE))
