"""Exercises of notebook 03: directions in the plane, Hopf points, growth rates, kicks, loops, a
model of your own.

`questions.toml` has their words.
"""
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ..analysis.dynamics import fixed_points, hopf_currents, period
from ..analysis.phases import phase_response
from ..model import Model
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from .experiments import KickedRhythm

__all__ = ["EXERCISES", "check", "predict", "recall"]


# where the state moves from four points of the phase plane
POINTS = {"A": (-0.5, -0.6), "B": (1.1, 1.6), "C": (1.7, 0.5622), "D": (-1.7, 0.4378)}


# the Hopf points
def _brackets(v, b):
    return (1 / b - 1) * v + v**3 / 3


def _hopf(b, delta):
    v = np.sqrt(1 - b * delta)
    return v, _brackets(v, b)


def _at(other):
    """Both answers as they follow from another v, a function of b and delta."""
    return lambda b, d: (other(b, d), _brackets(other(b, d), b))


# kicks
FIRST = 0.5, 0.87  # size and time of the first kick of "undo a kick"


def left_over(when):
    """The shift in cycles that +0.5 at 0.87 and -0.5 at `when` leave behind at I_ext = 0.5; nan
    for a time that is none.
    """
    try:
        when = np.nan if isinstance(when, bool) else float(np.squeeze(when))
    except (TypeError, ValueError):
        return np.nan
    return _both_shifts(when) if 5 <= when <= 20 else np.nan


@lru_cache
def _both_shifts(when):
    neuron = FitzHughNagumo()
    first = phase_response(neuron, *FIRST)
    return first + phase_response(neuron, -0.5, np.mod(when + first, 1.0))


# the growth rate at many currents
def _growth(currents, values=lambda J: np.linalg.eigvals(J).real.max()):
    """`values` of the Jacobian at the fixed point for each current."""
    neurons = (FitzHughNagumo(I_ext=float(I)) for I in currents)
    return np.array([values(neuron.jacobian(fixed_points(neuron)[0])) for neuron in neurons])


CURRENTS = np.linspace(0, 1.75, 36)


# a rhythm that is kicked again and again
@lru_cache(maxsize=8)
def cycles_per_kick(answer):
    """The cycles per kick of a `KickedRhythm` with the usual neuron; nan for anything else."""
    usual = isinstance(answer, KickedRhythm) and answer.neuron == FitzHughNagumo()
    return answer.run().per_kick() if usual else np.nan


def _follows(cycles):
    """A predicate on an answer: it completes `cycles` cycles per kick."""
    return lambda answer: abs(cycles_per_kick(answer) - cycles) < 2e-4


def _coincides(answer):
    """Whether the kicks come at two thirds of the neuron's own period, locked or not."""
    return isinstance(answer, KickedRhythm) and abs(answer.ratio - 2 / 3) < 0.002


# a model of your own: judged by what it does
@lru_cache(maxsize=16)
def _hopf_points(model):
    return hopf_currents(model)


@lru_cache(maxsize=16)
def _has_a_cycle(model):
    """Whether a stable cycle is found at the model's current, or near its Hopf points."""
    points = _hopf_points(model)
    near = [point + side * 0.05 * (1 + abs(point)) for point in points for side in (-1, 1)]
    between = [(low + high) / 2 for low, high in pairwise(points)]
    return any(map(_fires, (model.but(I_ext=I) for I in (*near, *between, model.I_ext))))


def _fires(model):
    try:
        return period(model) > 0
    except ValueError:
        return False


def _is_own(answer):
    """Whether an answer is a Model that does not come with the course."""
    return isinstance(answer, Model) and not _is_of_the_course(answer)


def _is_of_the_course(answer):
    return type(answer).__module__.startswith("course_utils.")


def _first_slopes(answer):
    """The derivative of the first state at 13 of its values, all others at 0."""
    x = np.linspace(-1.5, 1.5, 13)
    others = [np.zeros(13)] * (len(answer.states) - 1)
    return np.broadcast_to(answer.rhs((x, *others), answer.I_ext)[0], x.shape)


def _is_cubic(answer):
    """Whether the first derivative of a Model is a cubic in its first state: fourth differences
    vanish, third ones don't.
    """
    third = np.diff(_first_slopes(answer), 3)
    largest = np.abs(third).max()
    return bool(largest > 1e-6 and np.abs(np.diff(third)).max() < 1e-6 * largest)


def _refuses_arrays(answer):
    try:
        _first_slopes(answer)
    except TypeError:
        return True
    return False


def _has_current(answer):
    return "I_ext" in answer.parameters()


EXERCISES = {
    "directions": Exercise(
        right=["right", "left", "up", "down"],
        wrong={
            "clockwise": ["left", "right", "down", "up"],
            "nullclines reversed": ["left", "right", "up", "down"],
            "line reversed": ["right", "left", "down", "up"],
        }),
    "Hopf point": Exercise(
        right=_hopf, inputs=lambda rng: (rng.uniform(0.3, 0.95), rng.uniform(0.02, 0.3)),
        wrong={
            "fold": _at(lambda b, d: 1.0),
            "plus": _at(lambda b, d: np.sqrt(1 + b * d)),
            "no b": _at(lambda b, d: np.sqrt(1 - d)),
            "no root": _at(lambda b, d: 1 - b * d),
            "cubic alone": lambda b, d: (_hopf(b, d)[0], _hopf(b, d)[0] - _hopf(b, d)[0]**3 / 3),
        }),
    "undo a kick": Exercise(
        right=lambda when: abs(left_over(when)) < 0.01,
        wrong={
            "advances": lambda when: left_over(when) > 0.105,
            "does little": lambda when: left_over(when) > 0.08,
            "too small": lambda when: left_over(when) > 0,
            "too much": lambda when: left_over(when) < 0,
        }),
    "memory": Exercise(
        right=[False, True, False, True, False],
        wrong={"all": [True] * 5, "none": [False] * 5}),
    "two cycles for three kicks": Exercise(
        right=lambda answer: _follows(2 / 3)(answer) and not _coincides(answer),
        wrong={
            "coincidence": _coincides,
            "a pair": lambda answer: isinstance(answer, list | tuple),
            "one for one": _follows(1),
            "not locked": lambda answer: cycles_per_kick(answer) > 0,
        }),
    "loops": Exercise(
        right=[True, False, False, True, False],
        wrong={"any number": [True] * 5, "one only": [True, False, False, False, False],
               "saddles": [True, True, False, True, False]}),
    "growth rate": Exercise(
        right=_growth(CURRENTS),
        wrong={
            "trace": _growth(CURRENTS, np.trace),
            "smaller": _growth(CURRENTS, lambda J: np.linalg.eigvals(J).real.min()),
        }),
    "a model of your own": Exercise(
        right=lambda answer: (_is_own(answer) and _has_current(answer) and not _is_cubic(answer)
                              and len(_hopf_points(answer)) > 0 and _has_a_cycle(answer)),
        wrong={
            "class": lambda answer: isinstance(answer, type) and issubclass(answer, Model),
            "course's": _is_of_the_course,
            "no current": lambda answer: _is_own(answer) and not _has_current(answer),
            "no arrays": lambda answer: _is_own(answer) and _refuses_arrays(answer),
            "cubic": lambda answer: _is_own(answer) and _is_cubic(answer),
            "no Hopf point": lambda answer: _is_own(answer) and not _hopf_points(answer),
            "no cycle": lambda answer: _is_own(answer) and not _has_a_cycle(answer),
        }),
    "a narrow range": Exercise(
        right=lambda delta: 0 < np.ptp(hopf_currents(FitzHughNagumo(delta=delta))) < 0.1,
        wrong={"stable": lambda delta: delta >= 1.25, "too wide": lambda delta: True}),
    "evidence": Exercise(
        right=[False, True, False, False, True],
        wrong={"Hopf": lambda answer: answer[0] or answer[3],
               "rectangle": lambda answer: not answer[4]}),
}

check, predict = teacher("03", EXERCISES)
recall = warm_ups("03", {
    "ringing": {
        "right": lambda R, C: R * C,
        "wrong": {"blows up": lambda R, C: 2 * R * C, "ratio": lambda R, C: R / C},
    },
})
