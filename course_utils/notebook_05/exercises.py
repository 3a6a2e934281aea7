"""What is right in the exercises of notebook 05, and the wrong answers that meet a hint; the
words are in questions.toml.
"""
import numpy as np

from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from .one_step import EXACT
from .renewal import interval_distribution, survival

__all__ = ["EXERCISES", "check", "predict", "recall"]


def _log_factors(X, p):
    return np.where(X, np.log(p), np.log(1 - p))


def _log_likelihood(X, p):
    return _log_factors(X, p).sum()


def _near_two(answer):
    return abs(answer[0] - 2) < 0.05


EXERCISES = {
    # section 2: from hazard to intervals
    "interval law": Exercise(
        right=interval_distribution, inputs=lambda rng: (rng.uniform(0.05, 0.6, 6),),
        wrong={
            "hazard": lambda h: h,
            "one factor too many": lambda h: h * survival(h),
            "silent up to k": survival,
            "silent before k": lambda h: interval_distribution(h) / h,
        }),
    # section 3: the statistics of seven wrong versions; tests run them, and compute most of
    # them from a chain
    "one step": Exercise(
        right=EXACT, tolerance=0.08,
        wrong={
            "no leak": [0.3274, 0.3450, 0.2583, 0.0550, 0.0812, 0.2061],
            "no input": [0.2830, 0.2989, 0.1808, 0.0475, 0.0658, 0.1613],
            "half drawn": [0.2566, 0.3034, 0.2576, 0.0431, 0.0739, 0.0763],
            "at once": [0.2911, 0.3647, 0.2556, 0.0488, 0.1378, 0.1380],
            "input kept": [0.4935, 0.5120, 0.2395, 0.1909, 0.2019, 0.3766],
            "transposed": [0.2237, 0.4009, 0.3514, 0.0376, 0.0702, 0.1225],
            "drawn again": [0.3654, 0.3897, 0.2632, 0.1125, 0.1019, 0.1699],
        }),
    "faulty step": Exercise(
        right=[4, 4, 6],
        wrong={
            "other line": lambda answer: answer[0] != 4,
            "rates": lambda answer: min(answer[1:]) < 4,
            "same step": lambda answer: 5 in answer[1:],
        }),
    # section 4 and the exact chain: the likelihood of a raster
    "half the leak": Exercise(right=62.5, tolerance=0.03, wrong={"no difference": -3650.1}),
    "likelihood": Exercise(
        right=_log_likelihood,
        inputs=lambda rng: (rng.random((8, 3)) < 0.4, rng.uniform(0.1, 0.9, (8, 3))),
        wrong={
            "spikes alone": lambda X, p: (X * np.log(p)).sum(),
            "no logarithm": lambda X, p: np.exp(_log_likelihood(X, p)),
            "sign": lambda X, p: -_log_likelihood(X, p),
            "per step": lambda X, p: _log_factors(X, p).sum(axis=1),
            "not added": _log_factors,
        }),
    # section 5: the mean field
    "another phi": Exercise(
        right=[2.0, 0.5], tolerance=0.01,
        wrong={
            "linear": [1.0, 0.0],
            "swapped": lambda answer: answer[0] <= 1 < answer[1],
            "silent fraction": lambda answer: _near_two(answer) and answer[1] == 0,
            "one of the pair": _near_two,
            "not the lowest": lambda answer: answer[0] > 2,
            "too low": lambda answer: True,
        }),
    # leak, threshold, and two states
    "two folds": Exercise(
        right=[2.89894, 5.45336], tolerance=0.004,
        wrong={
            "rates": lambda answer: max(answer) < 1,
            "lowest first": lambda answer: answer[0] > answer[1],
            "coarse": [3.0, 4.0],
        }),
    # a dead time and a coin, two neurons that share an input
    "dead time": Exercise(
        right=[5, 0.25], tolerance=0.02,
        wrong={
            "swapped": [0.25, 5],
            "mean": lambda answer: abs(answer[0] + 1 / answer[1] - 9) > 0.3,
            "deviation": lambda answer: True,
        }),
    "opposite effects": Exercise(
        right=[-1, 1, 1, 0],
        wrong={
            "given the past": [-1, 1, 1, -1],
            "later": [-1, -1, -1, 0],
            "not connected": [-1, 0, 0, 0],
            "same step": lambda answer: answer[0] != -1,
        }),
    # a recorded neuron
    "shuffled intervals": Exercise(
        right=0.31, tolerance=0.15,
        wrong={"not shuffled": 2.264, "cv": 0.533, "short windows": 0.363}),
    "inside the band": Exercise(
        right=[False, True, True, False],
        wrong={"a proof": lambda answer: answer[0], "more bits": lambda answer: answer[3]}),
    "sharper": Exercise(
        right=[1.25, 4.0],
        wrong={
            "fitted": lambda answer: answer[0] == 1,
            "still gains": lambda answer: answer[1] in (1.5, 2),
            "swapped": [4.0, 1.25],
        }),
}

check, predict = teacher("05", EXERCISES)
recall = warm_ups("05", {})
