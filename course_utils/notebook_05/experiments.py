"""Two networks that a panel shows: all-to-all connections on frozen noise, and four layers whose
activity is a cloud of points in a box.

Each is a record of what the sliders set; `run()` returns a result that holds what is
drawn, and its `sentence()` says what is seen.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..model import Record, parameter
from ..models.firing import clipped_linear, logistic
from ..models.galves_locherbach import GalvesLocherbach
from ..models.populations import mean_field, population_map
from .mean_field import population_path

__all__ = ["CriticalNetwork", "LayeredNetwork", "density"]

# --- One population, everybody connected to everybody

STEPS = 160
MOST = 4000  # neurons
ROWS = 200  # of the picture


class NetworkActivity(NamedTuple):
    """What a `CriticalNetwork` did, and what infinitely many neurons would do.

    `spikes` (steps, N) bool; `rate` (steps,), the fraction that fired; `restarted`
    (steps,) bool; `avalanches`, the number of spikes that followed each restart, up to
    the next silent step. `expected` (steps,): the mean field's fraction. `curve` (rho,
    next rho) and `stairs` (x, y): the mean-field map and the cobweb from the first
    fraction. `edge`: where silence loses its stability, None with a threshold.
    """

    spikes: np.ndarray
    rate: np.ndarray
    restarted: np.ndarray
    avalanches: np.ndarray
    expected: np.ndarray
    curve: tuple
    stairs: tuple
    branching_parameter: float
    edge: float | None

    def sentence(self):
        """What is seen, in numbers."""
        edge = "" if self.edge is None else f" (silence is stable below {self.edge:.2f})"
        where = f"ΓW = {self.branching_parameter:.2f}{edge}: "
        if self.avalanches.size:
            most = self.avalanches.max()
            return where + (f"the network fell silent and was restarted {self.avalanches.size} "
                            f"times; the largest avalanche that followed has {most} "
                            f"spike{'s' if most > 1 else ''}.")
        even, odd = self.rate[-20::2].mean(), self.rate[-19::2].mean()
        if abs(even - odd) > 0.05:
            return where + (f"the fraction of active neurons alternates between "
                            f"{max(even, odd):.3f} and {min(even, odd):.3f}.")
        late = self.rate[-50:]
        return where + (f"activity sustains itself; in the last 50 steps a fraction of "
                        f"{late.mean():.3f} ± {late.std():.3f} of the neurons fires.")


class CriticalNetwork(Record):
    """N neurons, each with the weight W/N to all others and phi = `clipped_linear`.

    After a silent step one neuron is restarted, that is, made to fire, so that a quiet
    network shows its avalanches. The noise is frozen: the same random number decides the
    same neuron in the same step, whatever the parameters are.
    """

    branching_parameter: float = parameter(
        1.5, "1", r"\Gamma W", 0, 3, "branching parameter: spikes that one spike causes on "
        "average in a silent network without leak", domain="nonnegative")
    leak: float = parameter(0.0, "1", r"\mu", 0, 0.95,
                            "leak factor: fraction of V that is kept from one step to the next "
                            "(0 forgets at once, 1 does not leak)", domain="probability")
    threshold: float = parameter(0.0, "1", r"V_T", 0, 0.3,
                                 "threshold: no neuron fires below it; in units of 1/Γ",
                                 domain="range")
    N: int = parameter(2000, "1", "N", 100, 2000, "number of neurons", scale="integer",
                       domain="positive")
    start: float = parameter(0.3, "1", r"\rho_0", 0, 1,
                             "initial activity: fraction of neurons that fire in the first step",
                             domain="probability")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20,
                          "random seed: the same seed gives the same random numbers",
                          scale="integer")

    def __post_init__(self):
        super().__post_init__()
        if self.N > MOST:
            raise ValueError(f"N must be at most {MOST} here, not {self.N}; try "
                             "GalvesLocherbach(...).simulate")

    @property
    def phi(self):
        """The firing probability: its gain is 1, so that the weight is Γ W."""
        return clipped_linear(self.threshold)

    def run(self):
        """The `NetworkActivity` of 160 steps."""
        spikes, restarted = self._raster()
        counts = spikes.sum(axis=1)
        restarts = np.flatnonzero(restarted)
        sizes = np.add.reduceat(counts, restarts) if restarts.size else restarts
        rho = np.linspace(0, 1, 401)
        edge = None if self.threshold else 1 - self.leak
        return NetworkActivity(spikes, counts / self.N, restarted, sizes, self.expected(),
                               (rho, self.next_fraction(rho)), self.staircase(),
                               self.branching_parameter, edge)

    def _raster(self):
        """The spikes (steps, N) and in which steps a neuron was restarted (steps,)."""
        from scipy.sparse import csc_array
        model = GalvesLocherbach(W=csc_array((self.N, self.N)), phi=self.phi, leak=self.leak)
        noise, chosen = _noise(self.seed)
        spikes = np.empty((STEPS, self.N), bool)
        restarted = np.zeros(STEPS, bool)
        V, fired = np.full(self.N, self.threshold + self.start), 1
        for t, level in enumerate(model.phi.inverse(noise[:, :self.N])):
            X = np.greater(V, level, out=spikes[t])
            if not fired:
                X[int(chosen[t] * self.N)] = restarted[t] = True
            fired = np.count_nonzero(X)
            V = model.next_potential(V, X, self.branching_parameter * fired / self.N)
        return spikes, restarted

    def expected(self):
        """The fraction that fires in each step (160,) for infinitely many neurons."""
        return population_path(self.phi, self.branching_parameter, self.leak,
                               self.threshold + self.start, STEPS)

    def next_fraction(self, rho):
        """The mean-field map at rho: the curve of the cobweb; its crossings with the diagonal
        are the stationary fractions.
        """
        return population_map(rho, self.phi, self.branching_parameter, self.leak)

    def staircase(self, turns=60):
        """The cobweb (x, y) from the first fraction: up to the map, over to the diagonal."""
        rho = np.linspace(0, 1, 401)
        after = self.next_fraction(rho)
        path = [self.start]
        for _ in range(turns):
            path.append(np.interp(path[-1], rho, after))
        return np.repeat(path, 2)[:-1], np.concatenate([[0.0], np.repeat(path[1:], 2)])

    def stationary(self):
        """All stationary fractions for infinitely many neurons."""
        return mean_field(self.phi, self.branching_parameter, self.leak)


def density(spikes, rows=ROWS):
    """The fraction that fired among neighbouring neurons, (rows, steps); one row per neuron
    where there are fewer.
    """
    N = spikes.shape[1]
    edges = np.linspace(0, N, min(rows, N) + 1).astype(int)
    by_neuron = np.ascontiguousarray(spikes.T)
    counted = np.add.reduceat(by_neuron, edges[:-1], axis=0, dtype=np.int16)
    return counted / np.diff(edges)[:, None]


@lru_cache(maxsize=4)
def _noise(seed):
    """Random numbers (steps, most neurons) that decide who fires, and (steps,) that choose whom
    to restart.
    """
    rng = np.random.default_rng(seed)
    return rng.random((STEPS, MOST), dtype=np.float32), rng.random(STEPS)


# --- Four layers, each with 800 excitatory and 200 inhibitory neurons on a ring. A neuron
# receives from 20 excitatory and 20 inhibitory neurons near its place in its own layer, and
# from 20 excitatory ones near the same place in the layer before.

LAYERS = 4
EXCITATORY = 800
INHIBITORY = 200
SIZE = EXCITATORY + INHIBITORY
SENDERS = 20
LAYER_STEPS = 180
REACH = {"own": 20, "inhibition": 5, "down": 10}  # s.d. of a sender's distance, in neurons
MOST_DRAWN = 30_000  # spikes


class LayeredActivity(NamedTuple):
    """A `LayeredNetwork` seen from one side: screen coordinates, each (x, y).

    `excitatory` and `inhibitory`: their spikes. `frames`: the outlines of the four
    layers, with nan between them. `labels`: {text: (x, y, whether it is seen from here)}.
    `counts` (4,): the spikes of each layer, of which one in `every` is drawn.
    """

    excitatory: tuple
    inhibitory: tuple
    frames: tuple
    labels: dict
    counts: np.ndarray
    every: int
    azimuth: float
    elevation: float

    def sentence(self):
        """What is seen, in numbers."""
        counts = ", ".join(str(count) for count in self.counts)
        drawn = f" (one in {self.every} is drawn)" if self.every > 1 else ""
        return (f"Seen from {self.azimuth:.0f}° to the side and {self.elevation:.0f}° above. "
                f"Layers 1 to 4 have {counts} spikes in 180 steps{drawn}.")


class LayeredNetwork(Record):
    """Four layers that pass waves down, and the angles from which their activity is seen."""

    down: float = parameter(0.25, "1", r"w_\mathrm{down}", 0, 0.4,
                            "feedforward weight: from one layer to the next",
                            domain="nonnegative")
    inhibition: float = parameter(0.8, "1", r"w_\mathrm{inh}", 0.4, 1.6,
                                  "inhibitory weight: within each layer, its size",
                                  domain="nonnegative")
    azimuth: float = parameter(28.0, "°", r"\alpha", 0, 90, "viewing azimuth")
    elevation: float = parameter(22.0, "°", r"\beta", 0, 90, "viewing elevation")
    grabbed: object = None  # where the pointer that turns it was last

    def model(self):
        """The `GalvesLocherbach` network."""
        own, inhibition, down = _connections()
        W = 0.5 * own - self.inhibition * inhibition + self.down * down
        drive = np.where(np.arange(LAYERS * SIZE) < SIZE, 0.08, 0.024)
        return GalvesLocherbach(W=W, phi=logistic(2.0, 5.0), leak=0.9, I_ext=drive)

    def run(self):
        """The `LayeredActivity` of 180 steps; turning simulates nothing anew."""
        spikes = self.spikes()
        every = 1 + len(spikes[0]) // MOST_DRAWN  # too many to draw are thinned out evenly
        step, layer, place = (each[::every] for each in spikes)
        x, y = self.project(step, layer, place)
        inhibits = place >= EXCITATORY
        outline = [(0, 0), (180, 0), (180, 1000), (0, 1000), (0, 0), (np.nan, np.nan)]
        corners = [(t, layer, p) for layer in range(LAYERS) for t, p in outline]
        frames = self.project(*np.array(corners).T)
        return LayeredActivity((x[~inhibits], y[~inhibits]), (x[inhibits], y[inhibits]), frames,
                               self._labels(), np.bincount(spikes[1], minlength=LAYERS), every,
                               self.azimuth, self.elevation)

    def spikes(self):
        """(step, layer, place) of every spike, each (K,); places from 800 on are inhibitory."""
        return _spikes(self.but(azimuth=0.0, elevation=0.0, grabbed=None))

    def project(self, step, layer, place):
        """Where points of (step, layer, place) appear on the screen: x and y, in units of the
        box's edges.
        """
        a, b = np.radians([self.azimuth, self.elevation])
        x = 1.6 * (np.asarray(step) / LAYER_STEPS - 0.5)
        y = np.asarray(place) / SIZE - 0.5
        z = 0.75 * (1 - np.asarray(layer) / 1.5)
        depth = y * np.cos(a) - x * np.sin(a)
        return x * np.cos(a) + y * np.sin(a), z * np.cos(b) + depth * np.sin(b)

    def _labels(self):
        """{text: (x, y, seen)}; an axis that points to the viewer has no label."""
        x, y = self.project([0, 180, 0], [0, 0, 0], [0, 0, 1000])
        _, time, place = np.hypot(x - x[0], y - y[0]) > 0.3  # long enough to be labelled
        apart = self.elevation < 75  # from above the layers lie on one another
        side = -25 if self.azimuth < 80 else 1230  # away from the ticks of time
        spots = {f"layer {k + 1}": (-6, k, side, apart) for k in range(LAYERS)}
        spots |= {str(step): (step, 3.12, -40, time) for step in (0, 60, 120, 180)}
        spots |= {"time (steps)": (90, 3.35, -160, time), "1000 neurons": (222, 3.1, 480, place)}
        return {text: (*map(float, self.project(*spot)), bool(seen))
                for text, (*spot, seen) in spots.items()}

    def touched(self, touch):
        """A copy turned by what the pointer moved since it was last `grabbed`: a width of the
        box is a sixth of a full turn.
        """
        x0, y0 = self.grabbed or (touch.x, touch.y)
        azimuth = self.azimuth - 60 * (touch.x - x0)
        elevation = self.elevation - 60 * (touch.y - y0)
        grabbed = None if touch.kind == "up" else (touch.x, touch.y)
        return self.but(azimuth=float(np.clip(azimuth, 0, 90)),
                        elevation=float(np.clip(elevation, 0, 90)), grabbed=grabbed)


@lru_cache(maxsize=4)
def _spikes(network):
    raster = network.model().simulate(LAYER_STEPS, 2, keep_V=False).spikes
    step, neuron = np.nonzero(raster)
    return step, neuron // SIZE, neuron % SIZE


@lru_cache(maxsize=1)
def _connections():
    """Three sparse matrices of ones: excitatory and inhibitory connections within the layers,
    and those to the next layer.
    """
    rng = np.random.default_rng(1)
    pairs = {"own": [], "inhibition": [], "down": []}
    for layer in range(LAYERS):
        everyone = np.arange(layer * SIZE, (layer + 1) * SIZE)
        excitatory, inhibitory = everyone[:EXCITATORY], everyone[EXCITATORY:]
        pairs["own"].append(_near(excitatory, everyone, REACH["own"], rng))
        pairs["inhibition"].append(_near(inhibitory, everyone, REACH["inhibition"], rng))
        if layer:
            pairs["down"].append(_near(excitatory - SIZE, everyone, REACH["down"], rng))
    return [_matrix(np.concatenate(each)) for each in pairs.values()]


def _near(senders, receivers, reach, rng):
    """Pairs (receiver, sender), (K, 2): 20 senders for each receiver, near its place on the
    ring.
    """
    excitatory = np.arange(EXCITATORY) / EXCITATORY
    inhibitory = np.arange(INHIBITORY) / INHIBITORY
    place = np.concatenate([excitatory, inhibitory])[receivers % SIZE]
    around = place[:, None] + rng.normal(0, reach / EXCITATORY, (SIZE, SENDERS))
    chosen = senders[np.round(around * len(senders)).astype(int) % len(senders)]
    pairs = np.column_stack([np.repeat(receivers, SENDERS), chosen.ravel()])
    return pairs[pairs[:, 0] != pairs[:, 1]]


def _matrix(pairs):
    from scipy.sparse import csc_array
    return csc_array((np.ones(len(pairs)), pairs.T), shape=(LAYERS * SIZE, LAYERS * SIZE))
