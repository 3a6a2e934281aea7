"""What is right in the exercises of notebook 05, and the wrong answers that meet a hint; the
words are in questions.toml.
"""
import numpy as np

from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from .one_step import THREE, exact_statistics
from .renewal import interval_distribution, survival

__all__ = ["EXERCISES", "check", "predict", "recall"]

# --- Section 2: from hazard to intervals


INTERVALS = Exercise(
    right=interval_distribution, inputs=lambda rng: (rng.uniform(0.05, 0.6, 6),),
    wrong={
        "hazard": lambda h: h,
        "one factor too many": lambda h: h * survival(h),
        "silent up to k": survival,
        "silent before k": lambda h: interval_distribution(h) / h,
    })

# --- Section 3: one step of the network. The statistics of three wrong versions, each from its
# own chain; tests run the versions

ONE_STEP = Exercise(
    right=exact_statistics(THREE), tolerance=0.08,
    wrong={
        "in place": [0.3013, 0.3193, 0.2352, 0.0697, 0.1043, 0.1626],
        "in place, backwards": [0.3028, 0.3224, 0.2303, 0.0701, 0.1615, 0.0808],
        "input kept": [0.4129, 0.4369, 0.2677, 0.1458, 0.1504, 0.3118],
        "transposed": [0.2423, 0.3837, 0.3263, 0.0561, 0.0814, 0.1285],
        "drawn again": [0.3428, 0.3629, 0.2690, 0.1014, 0.1029, 0.1460],
    })

FAULTY_STEP = Exercise(
    right=[4, 4, 6],
    wrong={
        "other line": lambda answer: answer[0] != 4,
        "rates": lambda answer: min(answer[1:]) < 4,
        "same step": lambda answer: 5 in answer[1:],
    })

# --- The likelihood of a raster


def _log_factors(X, p):
    return np.where(X, np.log(p), np.log(1 - p))


def _log_likelihood(X, p):
    return _log_factors(X, p).sum()


LIKELIHOOD = Exercise(
    right=_log_likelihood,
    inputs=lambda rng: (rng.random((8, 3)) < 0.4, rng.uniform(0.1, 0.9, (8, 3))),
    wrong={
        "spikes alone": lambda X, p: (X * np.log(p)).sum(),
        "no logarithm": lambda X, p: np.exp(_log_likelihood(X, p)),
        "sign": lambda X, p: -_log_likelihood(X, p),
        "per step": lambda X, p: _log_factors(X, p).sum(axis=1),
        "not added": _log_factors,
    })

HALF_THE_LEAK = Exercise(right=62.5, tolerance=0.03, wrong={"no difference": -3650.1})

# --- Section 5: the mean field

def _near_two(answer):
    return abs(answer[0] - 2) < 0.05


ANOTHER_PHI = Exercise(
    right=[2.0, 0.5], tolerance=0.01,
    wrong={
        "linear": [1.0, 0.0],
        "swapped": lambda answer: answer[0] <= 1 < answer[1],
        "silent fraction": lambda answer: _near_two(answer) and answer[1] == 0,
        "one of the pair": _near_two,
        "not the lowest": lambda answer: answer[0] > 2,
        "too low": lambda answer: answer[0] < 2,
    })

# --- Leak, threshold, and two states

TWO_FOLDS = Exercise(
    right=[2.89894, 5.45336], tolerance=0.004,
    wrong={
        "rates": lambda answer: max(answer) < 1,
        "lowest first": lambda answer: answer[0] > answer[1],
        "coarse": [3.0, 4.0],
    })

# --- A dead time and a coin, two neurons that share an input

DEAD_TIME = Exercise(
    right=[5, 0.25], tolerance=0.02,
    wrong={
        "swapped": [0.25, 5],
        "mean": lambda answer: abs(answer[0] + 1 / answer[1] - 9) > 0.3,
        "deviation": lambda answer: True,
    })

OPPOSITE = Exercise(
    right=[-1, 1, 1, 0],
    wrong={
        "given the past": [-1, 1, 1, -1],
        "later": [-1, -1, -1, 0],
        "not connected": [-1, 0, 0, 0],
        "same step": lambda answer: answer[0] != -1,
    })

# --- A recorded neuron

SHUFFLED = Exercise(right=0.31, tolerance=0.15,
                    wrong={"not shuffled": 2.264, "cv": 0.533, "short windows": 0.363})

SHARPER = Exercise(
    right=[1.25, 4.0],
    wrong={
        "fitted": lambda answer: answer[0] == 1,
        "still gains": lambda answer: answer[1] in (1.5, 2),
        "swapped": [4.0, 1.25],
    })

EXERCISES = {
    "interval law": INTERVALS,
    "one step": ONE_STEP,
    "faulty step": FAULTY_STEP,
    "likelihood": LIKELIHOOD,
    "half the leak": HALF_THE_LEAK,
    "another phi": ANOTHER_PHI,
    "two folds": TWO_FOLDS,
    "dead time": DEAD_TIME,
    "opposite effects": OPPOSITE,
    "shuffled intervals": SHUFFLED,
    "sharper": SHARPER,
}

check, predict = teacher("05", EXERCISES)
recall = warm_ups("05", {})
