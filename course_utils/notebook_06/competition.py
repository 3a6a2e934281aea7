"""A thousand inputs compete for one neuron: additive plasticity on a leaky neuron with
conductance inputs.

The neuron: tau_m dV/dt = E_rest - V + g (E_e - V); an input spike adds g_max times its weight
to g, which fades with tau_e; at `threshold` it fires and V goes to `reset`. The weights (0 to
1) follow the additive pair rule, clipped, all to all. Song, Miller and Abbott, Nat. Neurosci.
3:919 (2000), 10.1038/78829. Synaptic scaling, slow and the same factor for all: Turrigiano,
Leslie, Desai, Rutherford and Nelson, Nature 391:892 (1998), 10.1038/36103; beside plasticity of
pairs: van Rossum, Bi and Turrigiano, J. Neurosci. 20:8812 (2000),
10.1523/JNEUROSCI.20-23-08812.2000.
"""
from types import SimpleNamespace
from typing import ClassVar, NamedTuple

import numpy as np

from ..checks import finite_array, number, whole_number
from ..model import Record, parameter
from ..spikes import as_generator

__all__ = ["Competition", "Outcome"]

FEWEST_AHEAD, MOST_AHEAD = 40, 300  # steps of voltage computed before a spike is looked for


class Outcome(NamedTuple):
    """How a competition ended: weights (N,), which inputs are correlated (N,), the output's
    spike times in ms, and how long.
    """

    w: np.ndarray
    correlated: np.ndarray
    spikes: np.ndarray
    seconds: float

    def losers(self):
        """The share of weights below 0.1."""
        return float(np.mean(self.w < 0.1))

    def winners(self):
        """The share of weights above 0.9."""
        return float(np.mean(self.w > 0.9))

    def sentence(self):
        """What is seen, in words and numbers."""
        second_half = self.spikes[self.spikes > self.seconds * 500]
        halves = (
            f"correlated half {self.w[self.correlated].mean():.2f}, rest "
            f"{self.w[~self.correlated].mean():.2f}"
            if self.correlated.any() else f"{self.w.mean():.2f}")
        return (
            f"After {self.seconds:g} s: mean weight {halves}; {self.losers():.0%} of the "
            "weights below 0.1, "
            f"{self.winners():.0%} above 0.9; output {2 * len(second_half) / self.seconds:.0f} "
            "Hz."
        )


class Competition(Record):
    """The setting; `run` lets it learn. The area of depression is `ratio` times that of
    potentiation.

    Once a second synaptic scaling multiplies all weights by 1 + scaling (1 - output rate /
    target).
    """

    may_vary: ClassVar = ()

    rate: float = parameter(10.0, "Hz", "r", 5, 40, "rate of each input", domain="positive")
    ratio: float = parameter(1.05, "1", r"A_-\tau_-/A_+\tau_+", 0.9, 1.3,
                             "area of depression over potentiation", domain="positive")
    correlation: float = parameter(0.0, "1", "c", 0, 0.1, "shared share of half of the inputs",
                                   domain="probability")
    A_plus: float = parameter(0.005, "1", "A_+", 0.001, 0.02, "step of potentiation",
                              domain="positive")
    g_max: float = parameter(0.015, "1", r"g_\mathrm{max}", 0.005, 0.03,
                             "conductance of a weight of 1, over the leak's", domain="positive")
    scaling: float = parameter(0.0, "1", "s", 0, 0.2, "synaptic scaling per second, 0 for none",
                               domain="nonnegative")
    target: float = parameter(30.0, "Hz", r"r_\mathrm{target}", 10, 60,
                              "output rate that scaling seeks", domain="positive")
    seconds: int = parameter(60, "s", "t", 3, 60, "how long a panel lets it learn",
                             scale="integer", domain="positive")
    inputs: int = parameter(1000, "1", "N", 100, 1000, "number of inputs", scale="integer",
                            domain="positive")
    tau_plus: float = parameter(20.0, "ms", r"\tau_+", 5, 50, "memory of input spikes",
                                domain="positive")
    tau_minus: float = parameter(20.0, "ms", r"\tau_-", 5, 50, "memory of output spikes",
                                 domain="positive")
    tau_m: float = parameter(10.0, "ms", r"\tau_m", 5, 30, "membrane", domain="positive")
    tau_e: float = parameter(5.0, "ms", r"\tau_e", 1, 10, "conductance", domain="positive")
    E_rest: float = parameter(-74.0, "mV", r"E_\mathrm{rest}", -80, -60, "rest")
    E_e: float = parameter(0.0, "mV", "E_e", -10, 10, "reversal of the inputs")
    threshold: float = parameter(-54.0, "mV", r"V_\theta", -60, -45, "threshold")
    reset: float = parameter(-60.0, "mV", r"V_\mathrm{reset}", -75, -56,
                             "voltage after a spike")

    def __post_init__(self):
        super().__post_init__()
        if self.reset >= self.threshold:
            raise ValueError(
                f"reset of Competition must lie below the threshold of {self.threshold:g} mV, "
                f"not {self.reset:g}"
            )

    @property
    def A_minus(self):
        """The step of depression."""
        return self.ratio * self.A_plus * self.tau_plus / self.tau_minus

    def run(self, seconds, rng, w=None, h=0.1):
        """The `Outcome` after so many whole seconds. rng: a Generator or a seed; w: first
        weights, else random; h: step, ms.

        In each step input spikes come first, then the voltage moves, then the output may fire.
        """
        rng, seconds, h = as_generator(rng), whole_number("seconds", seconds), number(
            "h", h, "positive", "ms")
        w = rng.random(self.inputs) if w is None else finite_array("w", w).copy()
        if w.shape != (self.inputs,) or ((w < 0) | (w > 1)).any():
            raise ValueError(
                f"w must be {self.inputs} weights from 0 to 1, one per input, but has shape "
                f"{w.shape}"
            )
        state = SimpleNamespace(w=w, x=np.zeros(self.inputs), y=0.0, V=self.reset, g=0.0)
        spikes, second = [], round(1000 / h)
        for start in range(0, seconds * second, second):
            times, neuron = self.input_spikes(second, h, rng)
            fired = self._advance(state, times, neuron, second, h)
            spikes += [start + k for k in fired]
            state.w = np.clip(state.w * (1 + self.scaling * (1 - len(fired) / self.target)), 0,
                              1)
        correlated = np.arange(self.inputs) < self.inputs // 2 * (self.correlation > 0)
        return Outcome(state.w, correlated, h * np.array(spikes), float(seconds))

    def input_spikes(self, steps, h, rng):
        """(step, input) of all input spikes, sorted by step; half of the inputs share spikes
        where correlation > 0.
        """
        p, c, half = self.rate * h / 1000, self.correlation, self.inputs // 2 if self.correlation else 0
        counts = rng.poisson(p * steps, self.inputs - half)
        times = [rng.integers(0, steps, counts.sum())]
        neuron = [np.repeat(np.arange(half, self.inputs), counts)]
        if half:
            mother = rng.integers(0, steps, rng.poisson(p * steps / c))
            kept, who = np.nonzero(rng.random((len(mother), half)) < c)
            times.append(mother[kept])
            neuron.append(who)
        times, neuron = np.concatenate(times), np.concatenate(neuron)
        order = np.argsort(times, kind="stable")
        return times[order], neuron[order]

    def _advance(self, s, times, neuron, steps, h):
        """Let the input spikes of a stretch act on the state; the steps at whose ends the
        output fires.
        """
        fired, now, first, done = [], 0, 0, MOST_AHEAD
        while now < steps:
            ahead = min(max(FEWEST_AHEAD, 2 * done), MOST_AHEAD, steps - now)
            last = np.searchsorted(times, now + ahead)
            t, i = times[first:last] - now, neuron[first:last]
            loss = self.A_minus * s.y * np.exp(-h / self.tau_minus * (t + 1))
            seen = np.maximum(s.w[i] - _earlier(i, loss), 0)  # the weight that each spike finds
            g, V = self._voltage(s, np.bincount(t, self.g_max * seen, ahead), h)
            crossed = V[1:] >= self.threshold
            k = int(crossed.argmax())
            done = k + 1 if crossed[k] else ahead
            n = np.searchsorted(t, done)
            self._learn(s, t[:n], i[:n], loss[:n], done, h)
            s.g, s.V = g[done - 1] * np.exp(-h / self.tau_e), V[done]
            if crossed[k]:
                s.w = np.minimum(s.w + self.A_plus * s.x, 1)
                s.y, s.V = s.y + 1, self.reset
                fired.append(now + done)
            now, first = now + done, first + n
        return fired

    def _voltage(self, s, arriving, h):
        """(g in each step, V before the first and after each step), as if the output did not
        fire.
        """
        fade = np.exp(-h / self.tau_e * np.arange(len(arriving)))
        g = fade * (s.g + np.cumsum(arriving / fade))
        a = np.exp(-h / self.tau_m *
                   (1 + g))  # V -> a V + (1 - a) V_inf, exact for g held over the step
        P = np.cumprod(a)
        V = P * (s.V + np.cumsum((1 - a) * (self.E_rest + g * self.E_e) / (1 + g) / P))
        return g, np.append(s.V, V)

    def _learn(self, s, t, i, loss, done, h):
        """Depress the inputs that fired, and let the traces fade to the end of the step `done -
        1`.
        """
        s.w = np.maximum(s.w - np.bincount(i, loss, len(s.w)), 0)
        s.x = s.x * np.exp(-h / self.tau_plus * done) + np.bincount(
            i, np.exp(-h / self.tau_plus * (done - 1 - t)), len(s.w))
        s.y *= np.exp(-h / self.tau_minus * done)


def _earlier(i, loss):
    """For each spike the sum of the losses of earlier spikes of the same input."""
    order = np.argsort(i, kind="stable")
    total = np.cumsum(loss[order]) - loss[order]
    starts = np.append(True, i[order][1:] != i[order][:-1])[:len(i)]
    before = np.empty(len(i))
    before[order] = total - np.maximum.accumulate(np.where(starts, total, 0))
    return before
