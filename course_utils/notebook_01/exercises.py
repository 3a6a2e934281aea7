"""Exercises of notebook 01, with the misconceptions that they reveal. Their words are in
questions.toml.
"""
from fractions import Fraction
from functools import partial

import numpy as np

from ..checks import as_bits
from ..models.mcculloch_pitts import ThresholdUnit, corners, function_number
from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups
from .counting import GATES
from .units import McCullochPittsUnit, cascade

__all__ = ["EXERCISES", "check", "predict", "recall"]

SQUARE = corners(2)
CUBE = corners(3)
ONES = CUBE.sum(axis=1)


def _gate(answer):
    """The name of the gate that the unit (w1, w2, theta) computes."""
    w1, w2, theta = answer
    return GATES[function_number(ThresholdUnit([w1, w2], theta)(SQUARE))]


def _sum_at_11(answer):
    return answer[0] + answer[1]


RATES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 2, 5, 10)  # of learning, beside 1


def _updated(v, x, target, rate=1):
    return v + rate * (target - int(v @ x >= 0)) * x


def _example(rng):
    """Weights with a bias, an input with a constant 1 as its last entry, and a label."""
    return rng.integers(-2, 3, 3), np.append(rng.integers(0, 2, 2), 1), int(rng.integers(0, 2))


def _proof(k, R, gamma):
    return k * gamma, np.sqrt(k) * R, (R / gamma)**2


def _with(line, wrong):
    """The three lines of the proof, of which one is `wrong(k, R, gamma)`."""
    def lines(k, R, gamma):
        right = list(_proof(k, R, gamma))
        right[line] = wrong(k, R, gamma)
        return tuple(right)

    return lines


def _distance(w, theta, x):
    return (w @ x - theta) / np.linalg.norm(w)


def _sums(answer):
    """The answers of the sum unit (four weights, theta) to the eight inputs, where it also sees
    the carry.
    """
    weights, theta = answer
    return cascade(CUBE, ThresholdUnit([1, 1, 1], 2), ThresholdUnit(weights, theta))[:, 1]


def _second_neuron(answer):
    """The answers of the 1943 neuron (synapses, theta, inhibitory) to the four inputs, where it
    sees x1, x2, a constant 1 and the AND of x1 and x2.
    """
    inputs = np.column_stack([SQUARE, np.ones(4, int)])
    first = McCullochPittsUnit([1, 1, 0], 2)
    return cascade(inputs, first, McCullochPittsUnit(*answer))[:, 1].tolist()


def _on_paper(answer):
    """What is wrong with a case (weights, inputs, threshold) in which rounding should decide:
    "tenths", "far" or "lucky"; "" where floating-point and exact sums answer differently.
    """
    weights, x, theta = answer
    terms = [Fraction(str(weight)) * int(bit) for weight, bit in zip(weights, x, strict=True)]
    theta = Fraction(str(theta))
    if any(10 * each % 1 for each in (*terms, theta)):
        return "tenths"
    if sum(terms) != theta:
        return "far"
    total = 0.0
    for term in terms:
        total += float(term)
    return "" if total < theta else "lucky"


def _selected(x):
    """The answer of the selector to three bits: x2 where x1 is 1, else x3."""
    return x[2 - x[0]]


def _labels(answer):
    """The answers of the selector to the inputs in both parts of a certificate."""
    return [[_selected(as_bits("x", x)) for x in part] for part in answer]


def _sums_agree(answer):
    ones, zeros = np.array(answer).sum(axis=1)
    return (ones == zeros).all()


def _claimed(number, answer):
    """Whether the claim with this number is judged so."""
    return lambda claims: list(claims)[number - 1] == answer


EXERCISES = {
    "five claims": Exercise(
        right=[True, False, True, False, True],
        wrong={
            "not_both": _claimed(1, False),
            "silent_net": _claimed(2, True),
            "or_not": _claimed(3, False),
            "fractions": _claimed(4, True),
            "moved": _claimed(5, False),
        }),
    "the same mistakes": Exercise(
        right=[4, -2, 1],
        wrong={"as_before": [2, -1, 0.5], "divided": [1, -0.5, 0.25], "zero": [0, 0, 0]}),
    "a case that fails": Exercise(
        right=lambda answer: not _on_paper(answer),
        wrong={key: lambda answer, key=key: _on_paper(answer) == key
               for key in ("tenths", "far", "lucky")}),
    "a certificate": Exercise(
        right=lambda answer: _labels(answer) == [[1, 1], [0, 0]] and _sums_agree(answer),
        wrong={
            "exchanged": lambda answer: _labels(answer) == [[0, 0], [1, 1]],
            "labels": lambda answer: _labels(answer) != [[1, 1], [0, 0]],
            "sums": lambda answer: not _sums_agree(answer),
        }),
    "NAND": Exercise(
        right=lambda answer: _gate(answer) == "NAND",
        wrong={
            "and": lambda answer: _gate(answer) == "AND",
            "nor": lambda answer: _gate(answer) == "NOR",
            "equality": lambda answer: _gate(answer) == "always"
                and np.isclose(_sum_at_11(answer), answer[2]),
            "never": lambda answer: _gate(answer) == "never",
            "one_input": lambda answer: _gate(answer) in ("not x1", "not x2", "x1", "x2"),
            "fires_at_11": lambda answer: _sum_at_11(answer) >= answer[2],
        }),
    "the proof": Exercise(
        right=_proof,
        inputs=lambda rng: (rng.integers(2, 40), rng.uniform(1, 3), rng.uniform(0.1, 0.5)),
        wrong={
            "length_adds": _with(1, lambda k, R, gamma: k * R),
            "length_once": _with(1, lambda k, R, gamma: R),
            "length_squared": _with(1, lambda k, R, gamma: k * R**2),
            "no_square": _with(2, lambda k, R, gamma: R / gamma),
            "reciprocal": _with(2, lambda k, R, gamma: (gamma / R)**2),
            "with_k": _with(2, lambda k, R, gamma: k * (R / gamma)**2),
            "projection_once": _with(0, lambda k, R, gamma: gamma),
        }),
    "Rosenblatt's rule": Exercise(
        right=_updated,
        inputs=_example,
        equally=tuple(partial(_updated, rate=rate) for rate in RATES),
        wrong={
            "sign": lambda *given: _updated(*given, rate=-1),
            "hebb": lambda v, x, target: v + target * x,
            "no_x": lambda v, x, target: v + (target - int(v @ x >= 0)),
            "only_up": lambda v, x, target: v + max(target - int(v @ x >= 0), 0) * x,
            "always": lambda v, x, target: v + (2 * target - 1) * x,
            "strict": lambda v, x, target: v + (target - int(v @ x > 0)) * x,
            "sum": lambda v, x, target: v + (target - v @ x) * x,
            "change": lambda v, x, target: _updated(v, x, target) - v,
        }),
    "strong enough": Exercise(
        right=[15, 22, True],
        wrong={
            "all_inputs": lambda answer: list(answer)[:2] == [20, 25],
            "threshold": lambda answer: list(answer)[:2] == [6, 4],
            "equality": lambda answer: list(answer)[:2] == [14, 21],
            "shared": lambda answer: list(answer) == [15, 22, False],
        }),
    "distance": Exercise(
        right=_distance,
        inputs=lambda rng: (rng.uniform(-2, 2, 3), rng.uniform(-2, 2), rng.uniform(0, 1, 3)),
        wrong={
            "sum": lambda w, theta, x: w @ x - theta,
            "sizes": lambda w, theta, x: (w @ x - theta) / np.abs(w).sum(),
            "theta": lambda w, theta, x: w @ x / np.linalg.norm(w) - theta,
            "sign": lambda *given: -_distance(*given),
            "squared": lambda w, theta, x: (w @ x - theta) / (w @ w),
            "absolute": lambda *given: abs(_distance(*given)),
        }),
    "the sum bit": Exercise(
        right=lambda answer: (_sums(answer) == ONES % 2).all(),
        wrong={
            "fires_at_000": lambda answer: _sums(answer)[0] == 1,
            "nothing": lambda answer: answer[0][3] >= 0 and _sums(answer)[1:].all(),
            "too_little": lambda answer: _sums(answer)[ONES == 2].all(),
            "too_much": lambda answer: not _sums(answer)[7],
        }),
    "NAND of 1943": Exercise(
        right=lambda answer: answer[1] >= 1 and _second_neuron(answer) == [1, 1, 1, 0],
        wrong={
            "by_itself": lambda answer: answer[1] < 1,
            "silent": lambda answer: _second_neuron(answer)[0] == 0,
            "always": lambda answer: _second_neuron(answer) == [1, 1, 1, 1],
            "too_many": lambda answer: not all(_second_neuron(answer)[1:3]),
        }),
    "without a threshold": Exercise(right=6, wrong={"half": 7, "all": 14, "at_00": 8}),
}

check, predict = teacher("01", EXERCISES)
recall = warm_ups("01", {
    "rheobase": {
        "right": lambda R, C, theta: theta / R,
        "wrong": {"capacitance": lambda R, C, theta: theta / (R * C),
                  "inverse": lambda R, C, theta: R / theta},
    },
})
