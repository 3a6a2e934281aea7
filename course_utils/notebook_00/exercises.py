"""Exercises of notebook 00, and the pre-test whose ideas notebook 07 asks about again. Their
words are in questions.toml.
"""
import ipywidgets as widgets
import numpy as np

from ..questions.check import Exercise, teacher
from ..questions.predict import Question
from ..questions.texts import predictions
from .experiments import CENTRES, FiveBrains

__all__ = ["EXERCISES", "PRETEST", "AskedTwice", "check", "predict"]


def _euler_step(V, h, tau, V_inf):
    return V + h / tau * (V_inf - V)


def _interval(R, C_m, I_ext, theta):
    return R * C_m * np.log(R * I_ext / (R * I_ext - theta))


def _precedence(R, C_m, I_ext, theta):
    """The interval as it comes out where theta/R*I is typed for theta/(R*I)."""
    return -R * C_m * np.log(1 - theta / R * I_ext)


STARTS, SLOPES = {"R", "theta"}, {"C_m", "theta"}  # what moves the start, what the slope


def _parts(answer):
    """Whether the names of what moves the start, and of what changes the slope, are right."""
    start, slope = answer
    return set(start) == STARTS, set(slope) == SLOPES


def _has_other_names(answer):
    return not {name for part in answer for name in part} <= STARTS | SLOPES


def _said(question, *words):
    """Whether an answer gives one of these words to a question."""
    return lambda answer: list(answer)[question - 1] in words


def _euler_error(h):
    """The error in mV of Euler's rule after 10 ms, for the membrane of the notebook."""
    if not 0 < h:
        raise ValueError(f"h must be a step above 0 ms, not {h}")
    steps = max(1, round(10 / h))
    return 20 * (np.exp(-1) - (1 - 1 / steps)**steps)


def _responses(answer):
    """(the threshold unit's highest answer, the squid's spikes) to a step (level, begin, end)."""
    level, begin, end = map(float, answer)
    drawn = np.where((CENTRES > begin) & (CENTRES < end), level, 0.0)
    answers = FiveBrains(amplitude=1.0, shape="drawn", drawn=drawn).run()
    return int(answers.unit.max()), len(answers.V_spikes)


def _squid_alone(answer):
    unit, spikes = _responses(answer)
    return unit == 0 and spikes > 0


EXERCISES = {
    "the same curve": Exercise(
        right=[False, True, True, False, True],
        wrong={
            "count": _said(1, True),
            "delay": _said(2, False),
            "pulse": _said(3, False),
            "weakest": _said(4, True),
            "rebound": _said(5, False),
        }),
    "the squid alone": Exercise(
        right=_squid_alone,
        wrong={
            "unit": lambda answer: _responses(answer)[0] == 1,
            "positive": lambda answer: _responses(answer)[1] == 0 and answer[0] >= 0,
            "unended": lambda answer: _responses(answer)[1] == 0 and answer[2] > 190,
            "weak": lambda answer: _responses(answer)[1] == 0,
        }),
    "a wanted error": Exercise(
        right=lambda h: 0.01 <= _euler_error(h) <= 0.02,
        wrong={
            "one_step": lambda h: h > 5,
            "unhalved": lambda h: 0.02 < _euler_error(h) <= 0.04,
            "long": lambda h: _euler_error(h) > 0.02,
            "short": lambda h: _euler_error(h) < 0.01,
        }),
    "where the unit agrees": Exercise(
        right=[True, False, True, False],
        wrong={
            "slow": _said(1, False),
            "fast": _said(2, True),
            "small": _said(3, False),
            "large": _said(4, True),
        }),
    "which parameter decides": Exercise(
        right=["C_m", "R", "C_m", "both"],
        wrong={
            "slope": _said(1, "R", "both"),
            "long": _said(2, "C_m", "both"),
            "short": _said(3, "R", "both"),
            "middle": _said(4, "R", "C_m"),
        }),
    "Euler step": Exercise(
        right=_euler_step,
        inputs=lambda rng: (rng.uniform(0, 10), rng.uniform(0.1, 5), rng.uniform(5, 15),
                            rng.uniform(15, 25)),
        wrong={
            "exact": lambda V, h, tau, V_inf: V_inf + (V - V_inf) * np.exp(-h / tau),
            "change": lambda V, h, tau, V_inf: h / tau * (V_inf - V),
            "sign": lambda V, h, tau, V_inf: V - h / tau * (V_inf - V),
            "no_tau": lambda V, h, tau, V_inf: V + h * (V_inf - V),
            "times_tau": lambda V, h, tau, V_inf: V + h * tau * (V_inf - V),
            "no_h": lambda V, h, tau, V_inf: V + (V_inf - V) / tau,
            "tau_alone": lambda V, h, tau, V_inf: V + tau * (V_inf - V),
            "leftover": lambda V, h, tau, V_inf: (1 - h / tau) * (V_inf - V),
            "leak_alone": lambda V, h, tau, V_inf: (1 - h / tau) * V,
        }),
    "firing interval": Exercise(
        right=_interval,
        inputs=lambda rng: (rng.uniform(8, 12), rng.uniform(0.5, 2), rng.uniform(3, 5),
                            rng.uniform(0.5, 1.5)),  # so low that no slip gives nan
        wrong={
            "sign": lambda *given: -_interval(*given),
            "rate": lambda *given: 1000 / _interval(*given),
            "no_tau": lambda R, C_m, *given: _interval(R, C_m, *given) / (R * C_m),
            "no_R_in_log": lambda R, C_m, I_ext, theta:
                R * C_m * np.log(I_ext / (I_ext - theta)),
            "quotient": lambda R, C_m, I_ext, theta: R * C_m * np.log(R * I_ext / theta),
            "precedence": _precedence,
            "log10": lambda *given: _interval(*given) / np.log(10),
            "no_C_m": lambda R, C_m, *given: _interval(R, 1, *given),
        }),
    "what moves the curve": Exercise(
        right=lambda answer: all(_parts(answer)),
        wrong={
            "names": _has_other_names,
            "both": lambda answer: not any(_parts(answer)),
            "start": lambda answer: not _parts(answer)[0],
            "slope": lambda answer: not _parts(answer)[1],
        }),
}

PRETEST = predictions("00", "pretest")


class AskedTwice(Question):
    """A question of the pre-test: the choice is kept, and whether it was right is not said
    before notebook 07 has asked about the same idea.
    """
    def told(self, right):
        """Only that the choice is kept."""
        return "Kept. Notebook 07 asks about the same idea again and then compares your answers."


check, _ask = teacher("00", EXERCISES)


def predict(name):
    """Ask one of this notebook's questions, or all eight of the "pre-test"."""
    if name != "pre-test":
        return _ask(name)
    return widgets.VBox(
        [AskedTwice(f"00: pre-test, {each}", question) for each, question in PRETEST.items()])
