"""What is right in the exercises of notebook 05, and the wrong answers that meet a hint; the
words stand in questions.toml.
"""
import numpy as np

from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups

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
        "geometric": lambda h: h * (1 - h)**np.arange(len(h)),
        "product of h": lambda h: h * np.concatenate([[1.0], np.cumprod(h)[:-1]]),
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
        "mean": lambda X, p: _log_factors(X, p).mean(),
        "bits": lambda X, p: _log_likelihood(X, p) / np.log(2),
        "sign": lambda X, p: -_log_likelihood(X, p),
        "per step": lambda X, p: _log_factors(X, p).sum(axis=1),
        "per neuron": lambda X, p: _log_factors(X, p).sum(axis=0),
        "not added": _log_factors,
        "logarithm of a sum": lambda X, p: np.log(np.where(X, p, 1 - p).sum()),
        "swapped": lambda X, p: _log_likelihood(~np.asarray(X, bool), p),
    })

# --- Section 5: the mean field

STABLE_FRACTION = Exercise(
    right=lambda branching_parameter: max(0.0, 1 - 1 / branching_parameter),
    inputs=lambda rng: (rng.choice([rng.uniform(0.3, 0.9), rng.uniform(1.1, 1.9)]),),
    wrong={
        "negative": lambda m: 1 - 1 / m,
        "sign turned": lambda m: abs(1 - 1 / m),
        "silence": lambda m: 0.0,
        "multiplier": lambda m: 2 - m,
        "one rho": lambda m: m / (1 + m),
        "one step early": lambda m: 1 / m,
    })


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

# --- The exact chain of a small network


def _sigma(u):
    return 1 / (1 + np.exp(-u))


def _patterns(p1, p2):
    """The probabilities of 00, 01, 10, 11."""
    return np.array([(1 - p1) * (1 - p2), (1 - p1) * p2, p1 * (1 - p2), p1 * p2])


def _row(W12, W21, theta):
    """From 01: neuron 2 fired, so it is reset, and only neuron 1 receives something."""
    return _patterns(_sigma(W12 - theta), _sigma(-theta))


ROW = Exercise(
    right=_row,
    inputs=lambda rng: (rng.uniform(-2, 3), rng.uniform(-2, 3), rng.uniform(0.3, 2)),
    wrong={
        "transposed": lambda W12, W21, theta: _row(W21, W12, theta),
        "other neuron": lambda W12, W21, theta: _row(W21, W12, theta)[[0, 2, 1, 3]],
        "no reset": lambda W12, W21, theta: _patterns(_sigma(W12 - theta), _sigma(W21 - theta)),
        "never fires": lambda W12, W21, theta: _patterns(_sigma(W12 - theta), 0.0),
        "other order": lambda W12, W21, theta: _row(W12, W21, theta)[[0, 2, 1, 3]],
    })

# --- Leak, threshold, and two states; avalanches

TWO_FOLDS = Exercise(
    right=[2.89894, 5.45336], tolerance=0.004,
    wrong={
        "rates": lambda answer: max(answer) < 1,
        "lowest first": lambda answer: answer[0] > answer[1],
        "coarse": [3.0, 4.0],
        "lower": lambda answer: abs(answer[0] - 2.89894) < 0.01,
        "upper": lambda answer: abs(answer[1] - 5.45336) < 0.015,
    })

MEAN_AVALANCHE = Exercise(
    right=lambda m: 1 / (1 - m), inputs=lambda rng: (rng.uniform(0.1, 0.95),),
    wrong={
        "without the first": lambda m: m / (1 - m),
        "one generation": lambda m: 1 + m,
        "two generations": lambda m: 1 + m + m * m,
        "exponential": np.exp,
    })

EXERCISES = {
    "interval law": INTERVALS,
    "likelihood": LIKELIHOOD,
    "stationary rate": STABLE_FRACTION,
    "another phi": ANOTHER_PHI,
    "row of the chain": ROW,
    "two folds": TWO_FOLDS,
    "mean avalanche": MEAN_AVALANCHE,
}

check, predict = teacher("05", EXERCISES)
recall = warm_ups("05", {})
