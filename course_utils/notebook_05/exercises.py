"""What is right in the exercises of notebook 05, and the wrong answers that meet a hint; the
words stand in questions.toml.
"""
import numpy as np

from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from .one_step import THREE, exact_statistics

__all__ = ["EXERCISES", "check", "predict", "recall"]

# --- Section 2: from hazard to intervals


def _silent_before(h):
    """The probability (K,) to be silent at the steps before step k = 1 ... K."""
    return np.concatenate([[1.0], np.cumprod(1 - h)[:-1]])


INTERVALS = Exercise(
    right=lambda h: h * _silent_before(h), inputs=lambda rng: (rng.uniform(0.05, 0.6, 6),),
    wrong={
        "hazard": lambda h: h,
        "one factor too many": lambda h: h * np.cumprod(1 - h),
        "silent up to k": lambda h: np.cumprod(1 - h),
        "silent before k": _silent_before,
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

# --- Section 4: the likelihood of a raster


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
    "likelihood": LIKELIHOOD,
    "another phi": ANOTHER_PHI,
    "two folds": TWO_FOLDS,
    "shuffled intervals": SHUFFLED,
    "sharper": SHARPER,
}

check, predict = teacher("05", EXERCISES)
recall = warm_ups("05", {})
