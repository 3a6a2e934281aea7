"""From hazard to intervals: a neuron that forgets everything at its own spike makes a renewal
process.

The *hazard* h_k is the probability to fire k steps after the last spike, given silence
until then. It decides the distribution of the intervals, f_k = h_k (1 - h_1) ...
(1 - h_{k-1}). Cox, Renewal Theory (1962).
"""
from typing import NamedTuple

import numpy as np

from ..checks import as_bits, finite_array, whole_number
from ..model import Record, parameter
from ..models.firing import clipped_linear, logistic
from ..spikes import as_generator
from .firing_functions import escape_rate, heaviside, probit

__all__ = ["SingleNeuron", "interval_distribution", "intervals", "survival"]

# the five usual forms of phi, by threshold and slope
SHAPES = {
    "logistic": logistic,
    "probit": probit,
    "escape rate": escape_rate,
    "clipped linear": clipped_linear,
    "heaviside": lambda threshold, slope: heaviside(threshold),
}
LONG = 100_000  # steps: a law whose tail is longer is cut off here


class IntervalStatistics(NamedTuple):
    """The mean interval in steps, its coefficient of variation, and the most frequent interval.
    """

    mean: float
    cv: float
    mode: int


def survival(hazards):
    """The probability (K,) to be silent for at least k steps after a spike, k = 1 ... K."""
    return np.cumprod(1 - _hazards(hazards))


def interval_distribution(hazards):
    """The probability (K,) that the next interval is k steps long, k = 1 ... K: fire at k,
    after silence until then.
    """
    return _hazards(hazards) * np.append(1.0, survival(hazards)[:-1])


def law_statistics(law):
    """Mean, CV and mode of the probabilities (K,) of the intervals 1 ... K, an
    `IntervalStatistics`; they must sum to 1.
    """
    law = finite_array("law", law, "the probabilities of the intervals 1, 2, ...")
    if abs(law.sum() - 1) > 1e-9:
        raise ValueError(f"law must hold probabilities that sum to 1, not to {law.sum():.6g}; "
                         "does the neuron ever fire, and are there enough steps?")
    k = np.arange(1, len(law) + 1)
    mean = law @ k
    return IntervalStatistics(float(mean), float(np.sqrt(law @ (k - mean)**2) / mean),
                              int(k[np.argmax(law)]))


def intervals(spikes):
    """The intervals in steps between successive spikes of a raster (steps,) or (steps, N), all
    neurons together (K,).
    """
    raster = as_bits("spikes", spikes, "a raster of 0 and 1")
    if raster.ndim not in (1, 2):
        raise ValueError(
            f"spikes must be a raster (steps,) or (steps, N), but has shape {raster.shape}")
    columns = raster.reshape(len(raster), -1).T
    return np.concatenate([np.diff(np.flatnonzero(column)) for column in columns])


class Intervals(NamedTuple):
    """What the panel of a `SingleNeuron` shows: `V` and hazards `h` (120,) of the steps since a
    spike, the distribution `f` (120,) that they give, and a `sample` (3000,) of intervals, 0
    where a neuron stays silent for all 120 steps; `name` of the firing function.
    """

    V: np.ndarray
    h: np.ndarray
    f: np.ndarray
    sample: np.ndarray
    name: str

    def sentence(self):
        """What is seen, in numbers."""
        fired = self.sample[self.sample > 0]
        count, steps = len(self.sample), len(self.h)
        if len(fired) < 0.95 * count:
            return (f"{self.name}: {count - len(fired)} of {count} neurons are still silent "
                    f"after {steps} steps, too many for a mean or a CV. The hazard ends at "
                    f"{self.h[-1]:.2g} per step.")
        return (f"{self.name}: the mean interval is {fired.mean():.1f} steps, the shortest one "
                f"{fired.min()}. The CV is {fired.std() / fired.mean():.3f} (a regular train has "
                "0, a Bernoulli train nearly 1).")


class SingleNeuron(Record):
    """One Galves-Löcherbach neuron that gets the same input at each step, so that its intervals
    are independent.
    """

    shape: str = parameter("logistic", "1", r"\varphi",
                           doc="firing function: the form of φ(V)", choices=tuple(SHAPES))
    slope: float = parameter(4.0, "1", "s", 0.5, 20, "slope: steepness of φ", scale="log",
                             domain="positive")
    threshold: float = parameter(2.0, "1", r"\theta", 0, 4,
                                 "threshold: potential at the steepest point of φ")
    leak: float = parameter(0.9, "1", r"\mu", 0, 0.95,
                            "leak factor: fraction of V that is kept from one step to the next "
                            "(0 forgets at once, 1 does not leak)", domain="probability")
    I_ext: float = parameter(0.2, "1", "I", 0.05, 0.5, "input: in each step")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20,
                          "random seed: the same seed gives the same random numbers",
                          scale="integer")

    @property
    def phi(self):
        """The firing probability, a `FiringFunction`."""
        return SHAPES[self.shape](self.threshold, self.slope)

    def run(self):
        """The `Intervals` of 3000 neurons, watched for 120 steps."""
        h = self.hazards(120)
        return Intervals(self.potentials(120), h, interval_distribution(h),
                         self.sample(3000, 120), self.shape)

    def potentials(self, steps):
        """V (steps,) after k = 1 ... steps steps of silence: 0, I, I (1 + leak), ..., because
        the input in the step of the spike is lost.

        Derived in notebook 05, section 2, step 4.
        """
        kept = float(self.leak)**np.arange(steps - 1)
        return self.I_ext * np.concatenate([[0.0], np.cumsum(kept)])

    def hazards(self, steps):
        """The probability (steps,) to fire k steps after a spike, given silence until then."""
        return self.phi(self.potentials(whole_number("steps", steps, low=1)))

    def statistics(self):
        """The exact `IntervalStatistics`; ValueError where the neuron may never fire again."""
        steps = 1000
        while (silent := survival(self.hazards(steps))[-1]) > 1e-17 and steps < LONG:
            steps *= 10
        if silent > 1e-12:
            raise ValueError(
                f"after {steps} steps this neuron is still silent with probability "
                f"{silent:.3g}: raise I_ext or leak, or lower the threshold")
        return law_statistics(interval_distribution(self.hazards(steps)))

    def sample(self, count, steps):
        """The given number of intervals (count,), each neuron watched step by step; 0 where it
        is silent for all `steps` steps.
        """
        noise = as_generator(self.seed).random((steps, count))
        fires = noise < self.hazards(steps)[:, None]
        return np.where(fires.any(axis=0), fires.argmax(axis=0) + 1, 0)


def _hazards(hazards):
    h = finite_array("hazards", hazards, "probabilities from 0 to 1, one per step")
    if h.ndim != 1 or ((h < 0) | (h > 1)).any():
        raise ValueError(
            "hazards must be a row of probabilities from 0 to 1, one per step since the last "
            "spike"
        )
    return h
