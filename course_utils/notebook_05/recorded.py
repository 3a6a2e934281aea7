"""A recorded neuron: the receptor cell of a locust under ten seconds of one sound, and neurons
fitted to it by maximum likelihood.

The sound never repeats, so there are no trials: models are fitted on the even seconds and judged
on the odd ones. Steps last 1 ms. Rokem, Watzl, Gollisch, Stemmler, Herz and Samengo, J.
Neurophysiol. 95:2541 (2006), 10.1152/jn.00891.2005; source and licence are in the data files.
"""
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..model import Record, parameter
from ..models.firing import logistic
from ..models.galves_locherbach import GalvesLocherbach
from ..spikes import as_generator

__all__ = [
    "DrivenNeuron", "bits_per_spike", "fitted", "most_alike", "nearby",
    "odd_seconds", "raster", "recorded_sound", "recorded_spikes", "rescaled"
]

DATA = Path(__file__).with_name("data")
SLOW = 300.0  # ms after which a drift of the threshold has risen by log 2


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
    spikes = np.zeros((steps, 1), bool)
    spikes[np.floor(np.add(times, 1e-9)).astype(int)] = True
    if spikes.sum() != len(times):
        raise ValueError("times holds two spikes in one step of 1 ms: shorter steps are needed")
    return spikes


def odd_seconds(steps=10_000):
    """Which steps (steps,) lie in the seconds 1, 3, 5, ..., on which models are judged."""
    return np.arange(steps) // 1000 % 2 == 1


def later(sound, delay):
    """The sound (T,) as it arrives a number of steps later, silent before that."""
    return np.concatenate([np.zeros(delay), sound[:len(sound) - delay]])


class DrivenNeuron(Record):
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
    delay: int = parameter(5, "ms", "d", 0, 10, "delay of the sound", scale="integer",
                           domain="range")

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
        """Rasters (T, trials) of a number of trials under the same sound. With an endless slope
        the threshold is hard, and nothing is random.
        """
        network, rng = self.network, as_generator(rng)
        spikes, V = np.zeros((len(sound), trials), bool), np.zeros(trials)
        for t, arriving in enumerate(self.weight * later(sound, self.delay)):
            spikes[t] = rng.random(trials) < network.probability(V)
            V = network.next_potential(V, spikes[t], arriving)
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
        return (f"On the odd seconds the score of this neuron is {self.bits:.3f} bits per spike "
                "(a coin of the same rate has 0).")


# Scores


def log_likelihood(p, spikes, where):
    """The natural log-likelihood of the raster (T, 1) in the steps `where`, given p (T,). What
    p calls impossible counts as a chance of 1e-300.
    """
    fired = np.ravel(spikes)
    chance = np.where(fired, p, 1 - p)[where]
    return float(np.log(np.maximum(chance, 1e-300)).sum())


def bits_per_spike(p, spikes, where):
    """How many bits per spike p (T,) gains in the steps `where` over a coin with the probability
    of all other steps.
    """
    fired = np.ravel(spikes)
    coin = np.full(len(fired), fired[~where].mean())
    gained = log_likelihood(p, spikes, where) - log_likelihood(coin, spikes, where)
    return gained / fired[where].sum() / np.log(2)


def fitted(neuron, spikes, sound, where, *more):
    """The neuron with the leak, the input, the threshold and `more` parameters that make the
    spikes (T, 1) in the steps `where` most likely.

    I_ext and threshold slide along a ridge on which the balance I_ext/(1 - leak) - threshold is
    constant, so the search uses this balance in place of I_ext. It is started again from its
    end, because a simplex may stop early.
    """
    from scipy.optimize import minimize

    def changed(q):
        leak, balance, threshold, *others = map(float, q)
        return neuron.but(leak=leak, I_ext=(balance + threshold) * (1 - leak),
                          threshold=threshold, **dict(zip(more, others)))

    def cost(q):
        if not 0 <= q[0] < 1:
            return np.inf
        p = changed(q).probability(spikes, sound)
        return -log_likelihood(p, spikes, where)

    balance = neuron.I_ext / (1 - neuron.leak) - neuron.threshold
    found = [neuron.leak, balance, neuron.threshold, *map(neuron.get, more)]
    for _ in range(2):
        found = minimize(cost, found, method="Nelder-Mead",
                         options={"xatol": 1e-3, "fatol": 1e-3, "maxfev": 4000}).x
    return changed(found)


def rescaled(p, spikes, where):
    """(u, F): the distribution function of the rescaled intervals that end in `where`, at
    rising points u. Under a right model F is near u.

    Under a right model an interval's summed hazard -log(1 - p) is exponential, so that one minus
    its exponential is spread evenly over 0 ... 1. In steps the place of a spike inside its step
    is unknown; therefore each interval is a range a ... b, and F is the mean over all ranges.
    Haslinger, Pipa and Brown, Neural Comput. 22:2477 (2010), 10.1162/NECO_a_00015.
    """
    hazard = -np.log1p(-p)
    total = np.append(0.0, np.cumsum(hazard))
    fired = np.flatnonzero(spikes)
    last, begin = fired[1:][where[fired[1:]]], fired[:-1][where[fired[1:]]] + 1
    a, b = -np.expm1(total[begin] - total[[last, last + 1]])
    u = np.unique([a, b])
    return u, np.clip((u[:, None] - a) / np.maximum(b - a, 1e-15), 0, 1).mean(axis=1)


# What would come again


def nearby(spikes):
    """Which steps (T,) have a spike of the raster (T,) or (T, 1), or one in the step before or
    after.
    """
    return np.convolve(np.ravel(spikes), np.ones(3), "same") > 0


def most_alike(steps, sound, lags=range(4, 13), apart=50):
    """For each of the steps (K,) the other step, at least `apart` ms away, before which the
    sound was most alike at these lags (ms).
    """
    from scipy.spatial.distance import cdist
    before = np.column_stack([later(sound, lag) for lag in lags])
    distance = cdist(before[steps], before)
    distance[np.abs(np.subtract.outer(steps, range(len(sound)))) < apart] = np.inf
    return distance.argmin(axis=1)
