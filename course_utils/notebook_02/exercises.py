"""Exercises of notebook 02: the membrane equation, gates, a dose, the trimmed model, the clamp.

Their words stand in `questions.toml`.
"""
import numpy as np

from ..model import Model
from ..models.hodgkin_huxley import HodgkinHuxley, alpha_n
from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from ..solve import simulate
from ..spikes import spike_times

__all__ = ["EXERCISES", "check", "predict", "recall"]

CELL = HodgkinHuxley()


# the first equation: dV/dt in mV/ms
def _slope(V, g_Na, g_K, I_ext, g_L=0.3, E=(115.0, -12.0, 10.613)):
    ionic = g_Na * (V - E[0]) + g_K * (V - E[1]) + g_L * (V - E[2])
    return I_ext - ionic


def _membrane(rng):
    return rng.uniform(-20, 110), *rng.uniform(1, 40, 2), rng.uniform(5, 60)


def _slope_with(**changes):
    return lambda V, g_Na, g_K, I_ext: _slope(V, g_Na, g_K, I_ext, **changes)


FIRST_EQUATION = Exercise(
    right=lambda V, g_Na, g_K, I_ext: _slope(V, g_Na, g_K, I_ext), inputs=_membrane,
    wrong={
        "no leak": _slope_with(g_L=0.0),
        "all signs": lambda *given: -_slope(*given),
        "ionic sign": lambda *given: 2 * given[-1] - _slope(*given),
        "stimulus sign": lambda *given: _slope(*given) - 2 * given[-1],
        "no stimulus": lambda *given: _slope(*given) - given[-1],
        "exchanged": lambda V, g_Na, g_K, I_ext: _slope(V, g_K, g_Na, I_ext),
        "maximal": lambda V, g_Na, g_K, I_ext: _slope(V, 120.0, 36.0, I_ext),
        "no driving force": _slope_with(E=(0.0, 0.0, 0.0)),
        "potassium sign": _slope_with(E=(115.0, 12.0, 10.613)),
        "from outside": _slope_with(E=(50.0, -77.0, -54.4)),
    })


# the two states of a gate
def _settled(alpha, beta):
    return alpha / (alpha + beta), 1 / (alpha + beta)


SETTLED_GATE = Exercise(
    right=_settled, inputs=lambda rng: tuple(rng.uniform(0.1, 3, 2)),
    wrong={
        "closed": lambda a, b: (b / (a + b), 1 / (a + b)),
        "rate": lambda a, b: (a / (a + b), a + b),
        "closing too": lambda a, b: (a / (a + b), 1 / a),
        "opening too": lambda a, b: (a / (a + b), 1 / b),
        "times add": lambda a, b: (a / (a + b), 1 / a + 1 / b),
        "order": lambda a, b: (1 / (a + b), a / (a + b)),
        "one only": lambda a, b: a / (a + b),
        "ratio": lambda a, b: (a / b, 1 / (a + b)),
    })


# a dose: the answer is a membrane, and judged by its spikes
def spikes_of(cell, duration=100.0):
    """The number of spikes (crossings of 50 mV) in `duration` ms after the current is switched
    on.
    """
    run = simulate(cell, np.linspace(0, duration, round(duration / 0.02) + 1))
    return len(spike_times(run.t, run.V, 50))


def _only_sodium(cell):
    """Whether an answer is the standard membrane with another g_Na."""
    return (isinstance(cell, HodgkinHuxley) and cell == CELL.but(g_Na=cell.g_Na)
            and np.ndim(cell.g_Na) == 0)


def _dosed(judge):
    """A predicate on an answer: `judge` of its number of spikes and of that at 1 mS/cm² more.
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


# the clamp
def _peaks(rng):
    V = np.arange(80.0, 141.0, 20)
    return V, np.round(rng.uniform(8, 12) * (V - rng.uniform(95, 125)), 3)


REVERSAL = Exercise(
    right=lambda V, peaks: np.interp(0, peaks, V), inputs=_peaks, tolerance=2e-3,
    wrong={
        "largest": lambda V, peaks: V[np.argmax(np.abs(peaks))],
        "nearest": lambda V, peaks: V[np.argmin(np.abs(peaks))],
        "table": lambda V, peaks: 115.0,
        "interp": lambda V, peaks: np.interp(0, V, peaks),
    })


def _nernst(c_out, c_in, temperature):
    return 8.314462618 * (temperature + 273.15) / 96485.33212 * 1000 * np.log(c_out / c_in)


NERNST = Exercise(
    right=_nernst,
    inputs=lambda rng: (rng.uniform(5, 50), rng.uniform(100, 500), rng.uniform(0, 37)),
    wrong={
        "ratio": lambda o, i, T: -_nernst(o, i, T),
        "volts": lambda o, i, T: _nernst(o, i, T) / 1000,
        "ratio, volts": lambda o, i, T: -_nernst(o, i, T) / 1000,
        "celsius": lambda o, i, T: _nernst(o, i, T - 273.15),
        "no logarithm": lambda o, i, T: _nernst(np.e, 1, T) * o / i,
        "log10": lambda o, i, T: _nernst(o, i, T) / np.log(10),
    })


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
    "first equation": FIRST_EQUATION, "settled gate": SETTLED_GATE,
    "one spike only": WEAKEST_DOSE, "divergence": DIVERGENCE, "reversal": REVERSAL,
    "Nernst": NERNST, "a wrong sign": REPAIRED, "straight line": STRAIGHT_LINE
}

check, predict = teacher("02", EXERCISES)
recall = warm_ups("02", {
    "strength of a veto": {
        "right": lambda n, theta: n - theta + 1,
        "wrong": {"threshold": lambda n, theta: theta, "equal": lambda n, theta: n - theta},
    },
})
