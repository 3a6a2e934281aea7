"""A recorded neuron: the receptor cell of a locust under ten seconds of one sound, and neurons
fitted to it by maximum likelihood.

The sound never repeats, so there are no trials: models are fitted on the even seconds and judged
on the odd ones. Steps last 1 ms. Rokem, Watzl, Gollisch, Stemmler, Herz and Samengo, J.
Neurophysiol. 95:2541 (2006), 10.1152/jn.00891.2005; source and licence stand in the data files.
"""
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..checks import finite_array
from ..model import Record, parameter
from ..models.firing import logistic
from ..models.galves_locherbach import GalvesLocherbach
from ..spikes import as_generator

__all__ = [
    "HearingNeuron", "bits_per_spike", "fitted", "log_likelihood", "met", "near_repeats",
    "odd_seconds", "raster", "recorded_sound", "recorded_spikes", "rescaled_intervals",
    "rescaling_distance"
]

DATA = Path(__file__).with_name("data")
SLOW = 300.0  # ms after which a drift of the threshold has risen by log 2
TWO_SEARCHES = 2  # a simplex search that is started again from its end does not stop early


def recorded_spikes():
    """The times (929,) of the recorded spikes in ms."""
    return np.loadtxt(DATA / "receptor_200Hz_spikes.csv")


def recorded_sound():
    """The level of the sound in each ms (10000,), in units of its standard deviation of 6 dB."""
    text = (DATA / "receptor_200Hz_envelope.txt").read_text(encoding="ascii")
    letters = "".join(line for line in text.splitlines() if not line.startswith("#"))
    decibel = 0.4 * (np.frombuffer(letters.encode(), np.uint8) - 36.0) - 36
    return (decibel + 18) / 6


def raster(times, steps=10_000):
    """The spikes as a raster (steps, 1) of steps of 1 ms; ValueError where a step holds two."""
    times = finite_array("times", times, "times in ms")
    spikes = np.zeros((steps, 1), bool)
    spikes[np.floor(times + 1e-9).astype(int)] = True
    if spikes.sum() != len(times):
        raise ValueError("times holds two spikes in one step of 1 ms: shorter steps are needed")
    return spikes


def odd_seconds(steps=10_000):
    """Which steps (steps,) lie in the seconds 1, 3, 5, ..., on which models are judged."""
    return np.arange(steps) // 1000 % 2 == 1


def later(sound, delay):
    """The sound (T,) as it arrives a number of steps later, silent before that."""
    return np.concatenate([np.zeros(delay), sound[:len(sound) - delay]])


class HearingNeuron(Record):
    """A Galves-Löcherbach neuron to which the sound arrives as input, `delay` steps later:

        V(t+1) = (1 - X(t)) (leak V(t) + I_ext + weight x(t - delay))

    It fires with the logistic function of V minus the threshold, which may drift upwards.
    """

    leak: float = parameter(0.4923, "1", r"\mu", 0, 0.95, "leak factor", domain="probability")
    I_ext: float = parameter(8.563, "1", r"I_\mathrm{ext}", 0, 20, "constant input per step")
    weight: float = parameter(1.2428, "1", "w", 0, 3, "weight of the sound")
    threshold: float = parameter(18.795, "1", r"\theta", 5, 30, "threshold")
    slope: float = parameter(1.0, "1", "s", 0.5, 4, "slope of the firing probability",
                             scale="log", domain="positive")
    drift: float = parameter(0.0, "1", "c", 0, 1, "drift of the threshold")
    delay: int = parameter(5, "ms", "d", 0, 10, "delay of the sound", scale="integer")

    @property
    def network(self):
        """The `GalvesLocherbach` network of this one neuron."""
        return GalvesLocherbach(W=[[0.0]], phi=logistic(self.threshold, self.slope),
                                leak=self.leak, I_ext=self.I_ext)

    def potentials(self, spikes, sound):
        """V (T,) before each step, given the neuron's own spikes (T, 1) and the sound (T,).

        Each interval between spikes begins anew at V = 0, so all of them run side by side.
        """
        network, arriving = self.network, self.weight * later(sound, self.delay)
        after = np.append(0, np.flatnonzero(spikes) + 1)
        first = after[after < len(spikes)]
        length = np.diff(np.append(first, len(spikes)))
        V, now = np.zeros(len(spikes)), np.zeros(len(first))
        for k in range(length.max()):
            alive = length > k
            V[first[alive] + k] = now[alive]
            now[alive] = network.next_potential(now[alive], False, arriving[first[alive] + k])
        return V

    def probability(self, spikes, sound):
        """The probability (T,) to fire in each step, given all spikes and sound before it."""
        V = self.potentials(spikes, sound)
        return self.network.probability(V - self.drift * np.log1p(np.arange(len(V)) / SLOW))

    def simulate(self, sound, trials, rng):
        """Rasters (T, trials) of a number of trials under the same sound."""
        network, rng = self.network, as_generator(rng)
        spikes, V = np.zeros((len(sound), trials), bool), np.zeros(trials)
        for t, heard in enumerate(self.weight * later(sound, self.delay)):
            spikes[t] = rng.random(trials) < network.probability(V)
            V = network.next_potential(V, spikes[t], heard)
        return spikes

    def without_randomness(self, sound, threshold):
        """The raster (T,) of the same potential with a hard threshold."""
        spikes, V = np.zeros(len(sound), bool), 0.0
        for t, heard in enumerate(self.weight * later(sound, self.delay)):
            spikes[t] = V >= threshold
            V = 0.0 if spikes[t] else self.leak * V + self.I_ext + heard
        return spikes

    def run(self):
        """The `Judged` probability of the recorded spikes under these parameters."""
        spikes, sound = raster(recorded_spikes()), recorded_sound()
        p = self.probability(spikes, sound)
        return Judged(p, bits_per_spike(p, spikes, odd_seconds()))


class Judged(NamedTuple):
    """The probability to fire in each step (T,), and the bits per spike on the odd seconds."""

    p: np.ndarray
    bits: float

    def sentence(self):
        """The score in words."""
        return (f"On the odd seconds this neuron gains {self.bits:.3f} bits per spike over a coin "
                "of the same rate.")


# Scores


def log_likelihood(p, spikes, where):
    """The natural log-likelihood of the raster (T, 1) in the steps `where`, given p (T,)."""
    fired = np.ravel(spikes)
    return float(np.log(np.where(fired, p, 1 - p)[where]).sum())


def bits_per_spike(p, spikes, where):
    """How many bits per spike p (T,) gains in the steps `where` over a coin with the probability
    of all other steps.
    """
    fired = np.ravel(spikes)
    coin = np.full(len(fired), fired[~where].mean())
    gained = log_likelihood(p, spikes, where) - log_likelihood(coin, spikes, where)
    return gained / fired[where].sum() / np.log(2)


def fitted(neuron, spikes, sound, where, free=("leak", "I_ext", "weight", "threshold")):
    """The neuron with the values of its `free` parameters that make the spikes (T, 1) in the
    steps `where` most likely.

    I_ext and threshold slide along a ridge on which the balance I_ext/(1 - leak) - threshold is
    constant, so the search uses this balance in place of I_ext.
    """
    from scipy.optimize import minimize

    def changed(q):
        found = dict(zip(free, map(float, q)))
        threshold = found.get("threshold", neuron.threshold)
        found["I_ext"] = (found["I_ext"] + threshold) * (1 - found.get("leak", neuron.leak))
        return neuron.but(**found)

    def cost(q):
        if not 0 <= q[free.index("leak")] < 1:
            return np.inf
        p = changed(q).probability(spikes, sound)
        return -log_likelihood(np.clip(p, 1e-300, 1 - 1e-16), spikes, where)

    start = [neuron.get(name) for name in free]
    start[free.index("I_ext")] = neuron.I_ext / (1 - neuron.leak) - neuron.threshold
    for _ in range(TWO_SEARCHES):
        start = minimize(cost, start, method="Nelder-Mead",
                         options={"xatol": 1e-6, "fatol": 1e-8, "maxfev": 4000}).x
    return changed(start)


# Time rescaling


def rescaled_intervals(p, spikes, where):
    """(a, b): the ranges (K,) in 0 ... 1 in which the rescaled intervals lie that end in `where`.

    Under a right model an interval's summed hazard -log(1 - p) is exponential, so that one minus
    its exponential is spread evenly. In steps the place of a spike inside its step is unknown;
    therefore each interval is a range. Haslinger, Pipa and Brown, Neural Comput. 22:2477 (2010),
    10.1162/NECO_a_00015.
    """
    hazard = -np.log1p(-p)
    total = np.append(0.0, np.cumsum(hazard))
    fired = np.flatnonzero(spikes)
    before = (total[fired[1:]] - total[fired[:-1] + 1])[where[fired[1:]]]
    step = hazard[fired[1:]][where[fired[1:]]]
    return -np.expm1(-before), -np.expm1(-before - step)


def rescaling_distance(a, b):
    """The largest distance of the mean distribution function of ranges a ... b (K,) from the
    diagonal.
    """
    at = np.unique(np.concatenate([a, b]))
    below = np.clip((at[:, None] - a) / np.maximum(b - a, 1e-15), 0, 1).mean(axis=1)
    return float(np.abs(below - at).max())


# What would come again


def met(spikes, others):
    """The fraction of the spikes (T,) that have one of the others (T,) in the same step or in a
    neighbouring one.
    """
    spikes, others = np.ravel(spikes), np.ravel(others)
    near = others | np.append(False, others[:-1]) | np.append(others[1:], False)
    return float(near[spikes].mean())


def near_repeats(spikes, sound, lags=range(4, 13), apart=50):
    """The fraction of spikes (T,) that came again at the other moment, at least `apart` ms away,
    whose sound at these lags (ms) was most alike, within 1 ms; and the fraction by chance.
    """
    spikes = np.ravel(spikes)
    heard = np.column_stack([later(sound, lag) for lag in lags])
    t = np.arange(len(spikes))
    near = spikes | np.append(False, spikes[:-1]) | np.append(spikes[1:], False)
    again = []
    for s in np.flatnonzero(spikes):
        if s < 30:
            continue
        distance = ((heard - heard[s])**2).sum(axis=1)
        distance[(np.abs(t - s) < apart) | (t < 30)] = np.inf
        again.append(near[distance.argmin()])
    return float(np.mean(again)), float(near.mean())
