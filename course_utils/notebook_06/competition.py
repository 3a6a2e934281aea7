"""A thousand inputs compete for one neuron: additive plasticity on a leaky neuron.

The neuron has conductance inputs: tau_m dV/dt = E_rest - V + g (E_e - V). An input spike
adds g_max times its weight to g, which fades with tau_e; at `threshold` the neuron fires
and V is set to `reset`. The weights (0 to 1) follow the additive pair rule, clipped, all
to all. Song, Miller and Abbott, Nat. Neurosci. 3:919 (2000), 10.1038/78829. Synaptic
scaling multiplies all weights by one slowly changing factor: Turrigiano, Leslie, Desai,
Rutherford and Nelson, Nature 391:892 (1998), 10.1038/36103.
"""
from typing import NamedTuple

import numpy as np

from ..checks import number, whole_number, within
from ..model import Record, parameter
from ..spikes import as_generator

__all__ = ["Competition", "Outcome"]

FEWEST_AHEAD = 40  # steps of voltage computed before a spike is looked for
MOST_AHEAD = 300


class Outcome(NamedTuple):
    """The end of a competition: weights (N,), which inputs are correlated (N,), the output's
    spike times in ms, and the learning time in s.
    """

    w: np.ndarray
    correlated: np.ndarray
    spikes: np.ndarray
    seconds: float

    def losers(self):
        """The fraction of weights below 0.1."""
        return float(np.mean(self.w < 0.1))

    def winners(self):
        """The fraction of weights above 0.9."""
        return float(np.mean(self.w > 0.9))

    def rate(self, since=0.0):
        """The output rate in Hz from `since` (s) to the end."""
        return float(np.sum(self.spikes > 1000 * since) / (self.seconds - since))

    def sentence(self):
        """Mean weights, losers, winners and the output rate of the second half, in words."""
        mean = f"mean weight {self.w.mean():.2f}"
        if self.correlated.any():
            mean = (f"mean weight {self.w[self.correlated].mean():.2f} of the correlated half, "
                    f"{self.w[~self.correlated].mean():.2f} of the rest")
        return (f"After {self.seconds:g} s: {mean}. {self.losers():.0%} of the weights are below "
                f"0.1 and {self.winners():.0%} above 0.9; the output fires at "
                f"{self.rate(self.seconds / 2):.0f} Hz.")


class Competition(Record):
    """The setting; `run` lets it learn. The area of depression is `ratio` times that of
    potentiation.

    Once a second synaptic scaling multiplies all weights by 1 + scaling (1 - output
    rate / target).
    """

    may_vary = ()

    rate: float = parameter(10.0, "Hz", "r", 5, 40, "input rate: of each input",
                            domain="range")
    ratio: float = parameter(1.05, "1", r"A_-\tau_-/A_+\tau_+", 0.9, 1.3,
                             "area ratio: A₋τ₋ divided by A₊τ₊", domain="positive")
    correlation: float = parameter(0.0, "1", "c", 0, 0.1, "correlation: fraction of spikes that "
                                   "half of the inputs have in common", domain="probability")
    A_plus: float = parameter(0.005, "1", "A_+", 0.001, 0.02, "potentiation amplitude",
                              domain="positive")
    g_max: float = parameter(0.015, "1", r"g_\mathrm{max}", 0.005, 0.3, "maximal synaptic "
                             "conductance: of a weight of 1, relative to the leak",
                             domain="range")
    scaling: float = parameter(0.0, "1", "s", 0, 0.2,
                               "scaling rate: per second, 0 switches scaling off",
                               domain="nonnegative")
    target: float = parameter(30.0, "Hz", r"r_\mathrm{target}", 10, 60,
                              "target rate: output rate at which scaling stops",
                              domain="positive")
    seconds: int = parameter(60, "s", "t", 3, 60, "learning time", scale="integer",
                             domain="range")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 99,
                          "random seed: the same seed gives the same input spikes",
                          scale="integer", domain="nonnegative")
    inputs: int = parameter(1000, "1", "N", 10, 1000, "number of inputs", scale="integer",
                            domain="range")
    tau_plus: float = parameter(20.0, "ms", r"\tau_+", 5, 50,
                                "pre-trace time constant: of the trace of input spikes",
                                domain="positive")
    tau_minus: float = parameter(20.0, "ms", r"\tau_-", 5, 50,
                                 "post-trace time constant: of the trace of output spikes",
                                 domain="positive")
    tau_m: float = parameter(10.0, "ms", r"\tau_m", 5, 30, "membrane time constant",
                             domain="range")
    tau_e: float = parameter(5.0, "ms", r"\tau_e", 1, 10, "synaptic time constant",
                             domain="range")
    E_rest: float = parameter(-74.0, "mV", r"E_\mathrm{rest}", -80, -60, "resting potential",
                              domain="range")
    E_e: float = parameter(0.0, "mV", "E_e", -10, 10, "excitatory reversal potential",
                           domain="range")
    threshold: float = parameter(-54.0, "mV", r"V_\theta", -60, -45, "spike threshold")
    reset: float = parameter(-60.0, "mV", r"V_\mathrm{reset}", -75, -56,
                             "reset voltage: after a spike")

    def __post_init__(self):
        super().__post_init__()
        if self.reset >= self.threshold:
            raise ValueError(
                f"reset of Competition must lie below the threshold of {self.threshold:g} mV, "
                f"not {self.reset:g}")
        if 0 < self.correlation < 1e-4:  # the shared spikes are drawn from rate / correlation
            raise ValueError("correlation of Competition must be 0 or from 0.0001 to 1, not "
                             f"{self.correlation:g}")

    @property
    def A_minus(self):
        """The depression amplitude."""
        return self.ratio * self.A_plus * self.tau_plus / self.tau_minus

    def run(self, seconds=None, rng=None, w=None, h=0.1):
        """The `Outcome` after some whole seconds, by default the record's own.

        rng: a Generator or a seed, by default the record's; w: the first weights, by
        default random; h: the step in ms. In each step the input spikes act first, then
        the voltage moves, then the output may fire.
        """
        seconds = whole_number("seconds", self.seconds if seconds is None else seconds)
        rng = as_generator(self.seed if rng is None else rng)
        h = number("h", h, "positive", "ms")
        w = rng.random(self.inputs) if w is None else within("w", w, "probability").copy()
        if w.shape != (self.inputs,):
            raise ValueError(f"w must be {self.inputs} weights, one per input, but has shape "
                             f"{w.shape}")
        neuron = LearningNeuron(self, w, h)
        spikes = []
        one_second = round(1000 / h)
        for start in range(0, seconds * one_second, one_second):
            fired = neuron.fire(*self.input_spikes(one_second, h, rng), one_second)
            spikes += [start + step for step in fired]
            factor = 1 + self.scaling * (1 - len(fired) / self.target)
            neuron.w = np.clip(neuron.w * factor, 0, 1)
        correlated = np.arange(self.inputs) < self.inputs // 2 * (self.correlation > 0)
        return Outcome(neuron.w, correlated, h * np.array(spikes), float(seconds))

    def input_spikes(self, steps, h, rng):
        """(step, input) of all input spikes, sorted by step; half of the inputs share spikes
        where correlation > 0.
        """
        expected = self.rate * h / 1000 * steps  # spikes of each input
        sharing = self.inputs // 2 if self.correlation else 0
        counts = rng.poisson(expected, self.inputs - sharing)
        times = [rng.integers(0, steps, counts.sum())]
        inputs = [np.repeat(np.arange(sharing, self.inputs), counts)]
        if sharing:
            mother = rng.integers(0, steps, rng.poisson(expected / self.correlation))
            kept, who = np.nonzero(rng.random((len(mother), sharing)) < self.correlation)
            times.append(mother[kept])
            inputs.append(who)
        times = np.concatenate(times)
        order = np.argsort(times, kind="stable")
        return times[order], np.concatenate(inputs)[order]


class LearningNeuron:
    """Voltage, traces and weights of a competition while they change.

    Equal to a loop over all steps and all inputs, but it computes a whole stretch of
    steps at once, as if the output did not fire in it, and keeps what comes before the
    first spike. That is possible because no weight rises between two output spikes: each
    input spike finds the weight at the start of the stretch minus what earlier spikes of
    its input took away.
    """

    def __init__(self, setting, w, h):
        self.setting = setting
        self.h = h
        self.w = w
        self.x = np.zeros(len(w))
        self.y = self.g = 0.0
        self.V = setting.reset

    def fire(self, times, inputs, steps):
        """The steps at whose ends the output fires, while input spikes arrive for `steps`."""
        fired = []
        now = first = 0
        done = MOST_AHEAD
        while now < steps:
            ahead = min(max(FEWEST_AHEAD, 2 * done), MOST_AHEAD, steps - now)
            last = np.searchsorted(times, now + ahead)
            done, fires, used = self.stretch(times[first:last] - now, inputs[first:last], ahead)
            now += done
            first += used
            if fires:
                fired.append(now)
        return fired

    def stretch(self, t, i, ahead):
        """Move on by `ahead` steps, or to the first output spike: (steps done, whether the
        output fires at their end, input spikes used).
        """
        c = self.setting
        h = self.h
        loss = c.A_minus * self.y * np.exp(-h / c.tau_minus * (t + 1))
        found = np.maximum(self.w[i] - sums_of_earlier(i, loss), 0)
        g, V = self.voltage(np.bincount(t, c.g_max * found, ahead))
        crossed = V >= c.threshold
        fires = bool(crossed.any())
        done = int(crossed.argmax()) + 1 if fires else ahead
        used = np.searchsorted(t, done)
        self.depress(t[:used], i[:used], loss[:used], done)
        self.g = g[done - 1] * np.exp(-h / c.tau_e)
        self.V = V[done - 1]
        if fires:
            self.w = np.minimum(self.w + c.A_plus * self.x, 1)
            self.y += 1
            self.V = c.reset
        return done, fires, used

    def voltage(self, arriving):
        """(g in each step, V after each step) without a spike, exact for g held over a step."""
        c = self.setting
        h = self.h
        fade = np.exp(-h / c.tau_e * np.arange(len(arriving)))
        g = fade * (self.g + np.cumsum(arriving / fade))
        kept = np.exp(-h / c.tau_m * (1 + g))  # V -> kept V + (1 - kept) V_inf
        V_inf = (c.E_rest + g * c.E_e) / (1 + g)
        product = np.cumprod(kept)
        return g, product * (self.V + np.cumsum((1 - kept) * V_inf / product))

    def depress(self, t, i, loss, done):
        """Depress the inputs i that fired in the steps t; let the traces fade for `done`."""
        c = self.setting
        h = self.h
        n = len(self.w)
        self.w = np.maximum(self.w - np.bincount(i, loss, n), 0)
        new = np.bincount(i, np.exp(-h / c.tau_plus * (done - 1 - t)), n)
        self.x = self.x * np.exp(-h / c.tau_plus * done) + new
        self.y *= np.exp(-h / c.tau_minus * done)


def sums_of_earlier(i, loss):
    """For each spike the sum of the losses of earlier spikes of the same input."""
    order = np.argsort(i, kind="stable")
    before = np.cumsum(loss[order]) - loss[order]
    is_first = np.append(True, np.diff(i[order]) != 0)[:len(i)]
    sums = np.empty(len(i))
    sums[order] = before - np.maximum.accumulate(np.where(is_first, before, 0))
    return sums
