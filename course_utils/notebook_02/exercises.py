"""Exercises of notebook 02: a fault in a rate, a dose, thresholds, two kicks, a proof.

In the optional sections: less sodium, a staircase, inactivation, a slow gate, a line.

Their words are in `questions.toml`.
"""
import numpy as np

from ..model import Model
from ..models.hodgkin_huxley import HodgkinHuxley, alpha_n
from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from ..solve import simulate
from ..spikes import spike_times
from .experiments import ClampExperiment, OneBit

__all__ = ["EXERCISES", "check", "predict", "recall"]

CELL = HodgkinHuxley()


# a rate with one wrong sign
def _closing(sign, scale=1.0):
    """The closing rate of n with a sign in its exponent, times a factor."""
    return lambda V: scale * 0.125 * np.exp(sign * V / 80)


REPAIRED = Exercise(
    right=_closing(-1), inputs=lambda rng: (rng.uniform(-100, 60),),
    wrong={
        "unchanged": _closing(+1),
        "before the rate": _closing(+1, -1.0),
        "both signs": _closing(-1, -1.0),
        "opening rate": alpha_n,
    })


# a dose: the answer is a membrane, and judged by its spikes
def spikes_of(cell, duration=100.0):
    """The number of spikes (crossings of 50 mV) in `duration` ms after the current is
    switched on.
    """
    run = simulate(cell, np.linspace(0, duration, round(duration / 0.02) + 1))
    return len(spike_times(run.t, run.V, 50))


def _only_sodium(cell):
    """Whether an answer is the standard membrane with another g_Na."""
    return (isinstance(cell, HodgkinHuxley) and cell == CELL.but(g_Na=cell.g_Na)
            and np.ndim(cell.g_Na) == 0)


def _dosed(judge):
    """A predicate on an answer: `judge` of its number of spikes and of that at 1 mS/cm²
    more.
    """
    return lambda cell: _only_sodium(cell) and judge(spikes_of(cell),
                                                     spikes_of(cell.but(g_Na=cell.g_Na + 1)))


WEAKEST_DOSE = Exercise(
    right=_dosed(lambda here, above: here == 1 < above),
    wrong={
        "still a train": _dosed(lambda here, above: here > 1),
        "none left": _dosed(lambda here, above: here == 0),
        "too strong": _dosed(lambda here, above: here == 1 == above),
        "more than g_Na": lambda cell: isinstance(cell, Model) and not _only_sodium(cell),
        "a number": lambda cell: isinstance(cell, int | float),
    })


# the two derivatives that make the divergence of the trimmed field
def _divergence(n, alpha, beta, g_Na, g_K, C_m):
    return -(g_K * n**4 + g_Na) / C_m, -(alpha + beta)


def _field(rng):
    return *rng.uniform(0.1, 0.9, 3), rng.uniform(50, 150), rng.uniform(10, 50), 1.5


def _signed(first, second):
    """Both derivatives, each times a sign."""
    return lambda *field: tuple(np.multiply(_divergence(*field), (first, second)))


DIVERGENCE = Exercise(
    right=_divergence, inputs=_field,
    wrong={
        "F sign": _signed(-1, 1),
        "G sign": _signed(1, -1),
        "both signs": _signed(-1, -1),
        "exchanged": lambda *field: _divergence(*field)[::-1],
        "product": lambda n, a, b, g, k, C: (-(k * n**4 + g) / C, a - b),
        "capacitance": lambda n, a, b, g, k, C: (-(k * n**4 + g), -(a + b)),
        "sodium": lambda n, a, b, g, k, C: (-k * n**4 / C, -(a + b)),
        "power": lambda n, a, b, g, k, C: (-(4 * k * n**3 + g) / C, -(a + b)),
        "sum": lambda *field: sum(_divergence(*field)),
    })


# statements to judge: one truth value for each
def _judged(answers, *keys):
    """An Exercise on statements with these truth values; the first that is judged wrongly
    is hinted at, each by its key.
    """
    def missed(k):
        return lambda given: bool(given[k]) != answers[k]

    return Exercise(right=answers, wrong={key: missed(k) for k, key in enumerate(keys)})


THRESHOLDS = _judged([False, True, False, True], "spike is train", "ramp like step",
                     "inhibition prevents", "current decides")
LABORATORIES = _judged([False, True, True, False], "rest stays stable",
                       "no effect of waiting", "down as up", "one step for many")


# a bit that inhibition writes and erases
def _kicked(judge):
    return lambda bit: isinstance(bit, OneBit) and judge(bit)


def _inhibitory(bit):
    return bit.write < 0 and bit.erase < 0


INHIBITION = Exercise(
    right=_kicked(lambda bit: (bit.I_ext == 8 and _inhibitory(bit)
                               and bit.run().bits == (0, 1, 0))),
    wrong={
        "another current": _kicked(lambda bit: bit.I_ext != 8),
        "upward": _kicked(lambda bit: not _inhibitory(bit)),
        "not written": _kicked(lambda bit: not bit.run().bits[1]),
        "not erased": _kicked(lambda bit: bit.run().bits[2]),
    })


# numbers that are found by trying
def _between(measured, low, high, below, above):
    """An Exercise on a number whose `measured` must lie between low and high."""
    return Exercise(right=lambda x: low <= measured(float(x)) <= high,
                    wrong={below: lambda x: measured(float(x)) < low,
                           above: lambda x: measured(float(x)) > high})


def sodium_peak(factor):
    """The height in mV of the spike at 10 µA/cm² with this factor on outside sodium."""
    E_Na = 115 + 24.081 * np.log(factor)
    return simulate(CELL.but(E_Na=E_Na), np.arange(0, 20, 0.02)).V.max()


def sodium_left(V):
    """The fraction of the sodium peak at +50 mV that 40 ms at V leave."""
    t = np.arange(0, 4, 0.005)
    hold = ClampExperiment(V_command=50.0, V_hold=V, duration=40.0)
    return hold.measure(t).I_Na.min() / hold.but(duration=0.0).measure(t).I_Na.min()


# a variable of another speed
SPEEDS = Exercise(
    right=["steady state", "keep", "freeze", "freeze"],
    wrong={
        "reversed": ["freeze", "keep", "steady state", "steady state"],
        "too careful": ["steady state", "keep", "keep", "freeze"],
    })


# a straight line for h
def _cloud(rng):
    n = rng.uniform(0.35, 0.75, 40)
    return n, rng.uniform(0.8, 0.95) - rng.uniform(0.8, 1.2) * n + rng.normal(0, 0.003, 40)


def _line(n, h):
    slope, h0 = np.polyfit(n, h, 1)
    return h0, -slope


STRAIGHT_LINE = Exercise(
    right=_line, inputs=_cloud,
    wrong={
        "sign of s": lambda n, h: np.polyfit(n, h, 1)[::-1],
        "as polyfit": lambda n, h: np.polyfit(n, h, 1),
        "notebook's": lambda n, h: (0.85, 1.0),
        "order": lambda n, h: _line(n, h)[::-1],
        "one point": lambda n, h: (h[np.argmin(n)] + n.min(), 1.0),
        "n from h": lambda n, h: _line(h, n),
    })

EXERCISES = {
    "a wrong sign": REPAIRED, "one spike only": WEAKEST_DOSE,
    "three thresholds": THRESHOLDS, "inhibition alone": INHIBITION,
    "divergence": DIVERGENCE,
    "less sodium": _between(sodium_peak, 79, 81, "too small", "too large"),
    "two laboratories": LABORATORIES,
    "half inactivated": _between(sodium_left, 0.49, 0.51, "too much", "too little"),
    "how fast": SPEEDS, "straight line": STRAIGHT_LINE,
    "a short release": Exercise(right=5.1, tolerance=0.1, wrong={
        "sign": lambda width: width < 0,
        "still silent": lambda width: width < 5,
        "not the shortest": lambda width: True,
    })
}

check, predict = teacher("02", EXERCISES)
recall = warm_ups("02", {
    "strength of a veto": {
        "right": lambda n, theta: n - theta + 1,
        "wrong": {"threshold": lambda n, theta: theta, "equal": lambda n, theta: n - theta},
    },
})
