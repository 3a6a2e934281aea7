"""Questions of notebook 01, with the misconceptions that they bring to light."""
import numpy as np

from ..models.mcculloch_pitts import (
    McCullochPittsUnit,
    ThresholdUnit,
    cascade,
    corners,
    function_number,
)
from ..questions.check import Exercise, Prediction, teacher
from .counting import GATES

__all__ = ["EXERCISES", "PREDICTIONS", "check", "predict"]

SQUARE, CUBE = corners(2), corners(3)


def _gate(answer):
    """The name of the gate that the unit (w1, w2, theta) computes."""
    w1, w2, theta = answer
    return GATES[function_number(ThresholdUnit([w1, w2], theta)(SQUARE))]


def _updated(v, x, target):
    return v + (target - int(v @ x >= 0)) * x


def _example(rng):
    """Weights with a bias, an input with a constant 1 behind it, and a label."""
    return rng.integers(-2, 3, 3), np.append(rng.integers(0, 2, 2), 1), int(rng.integers(0, 2))


def _distance(w, theta, x):
    return (w @ x - theta) / np.linalg.norm(w)


def _sums(answer):
    """What the sum unit (four weights, theta) answers to the eight inputs, behind the right
    carry unit.
    """
    weights, theta = answer
    return cascade(CUBE, ThresholdUnit([1, 1, 1], 2), ThresholdUnit(weights, theta))[:, 1]


def _second_unit(answer):
    """What the 1943 unit (synapses, theta, inhibitory) answers to the four inputs, behind an
    AND of the two inputs.
    """
    return cascade(SQUARE, McCullochPittsUnit([1, 1], 2), McCullochPittsUnit(*answer))[:,
                                                                                    1].tolist()


EXERCISES = {
    "NAND": Exercise(
        right=lambda answer: _gate(answer) == "NAND",
        expects="Three numbers are wanted: w1, w2, theta.", why=
        "Both weights are negative: each input pulls the sum down, and only both together pull "
        "it below the threshold. "
        "Many triples do this, a whole region of them.", wrong={
            "Your unit answers AND. NAND is its opposite: on which side of the line should it "
            "fire?": lambda
            answer: _gate(answer) == "AND",
            "Your unit fires for no input alone. NAND also fires for one active input: is the "
            "threshold low enough?": lambda
            answer: _gate(answer) == "NOR",
            "Your unit always fires. For the input 11 its sum equals theta exactly, and "
            "equality counts as firing.": lambda
            answer: _gate(answer) == "always" and np.isclose(answer[0] + answer[1], answer[2]),
            "Your unit never fires. What is the sum for the input 00, and is theta below it?": lambda
            answer: _gate(answer) == "never",
            "One of the two inputs has no say in your unit. For NAND each input alone must "
            "leave the sum at theta or above.": lambda
            answer: _gate(answer) in ("not x1", "not x2", "x1", "x2"),
            "Your unit fires for 11, where NAND is silent. Which sign must a weight have to "
            "pull the sum down?": lambda
            answer: SQUARE[-1] @ answer[:2] >= answer[2],
        }),
    "the proof": Exercise(
        right=lambda k, R, gamma: (k * gamma, np.sqrt(k) * R,
                                   (R / gamma)**2), inputs=lambda rng:
        (rng.integers(2, 40), rng.uniform(1, 3), rng.uniform(0.1, 0.5)), expects=
        "Return three expressions in k, R and gamma: the least projection, the greatest "
        "length, the most mistakes.",
        why=
        "The projection grows like k, the length only like the square root of k: they must "
        "collide, and they do at "
        "k = (R/gamma)². No step depends on the number of examples or on their order.", wrong={
            "The length: squares add up, lengths don't. Step 2 bounds |v|² after one mistake; "
            "what is |v|² after k?": lambda
            k, R, gamma: (k * gamma, k * R, (R / gamma)**2),
            "The length: one mistake allows R, but k mistakes were made.": lambda k, R, gamma:
            (k * gamma, R, (R / gamma)**2),
            "You gave |v|²; the second line asks for |v|.": lambda k, R, gamma:
            (k * gamma, k * R**2, (R / gamma)**2),
            "The first two lines are right. Set the one below the other and divide by sqrt(k): "
            "is what stands there k yet?": lambda
            k, R, gamma: (k * gamma, np.sqrt(k) * R, R / gamma),
            "The last line is upside down: a narrower margin must allow more mistakes.": lambda
            k, R, gamma: (k * gamma, np.sqrt(k) * R, (gamma / R)**2),
            "The projection: each of the k mistakes adds at least gamma, so the gains add up.": lambda
            k, R, gamma: (gamma, np.sqrt(k) * R, (R / gamma)**2),
        }),
    "Rosenblatt's rule": Exercise(
        right=_updated, inputs=_example, expects="Return the new v, an array of three numbers.",
        why=
        "target - y is +1 where the unit should have fired and didn't, -1 where it fired and "
        "shouldn't have, 0 where it "
        "was right: then nothing changes.", wrong={
            "After your update the sum for this example has moved away from its label: look at "
            "the sign.": lambda
            v, x, target: v - (target - int(v @ x >= 0)) * x,
            "Your rule strengthens whatever is active when the label is 1, also where the unit "
            "was right. What is compared "
            "with the label?": lambda v, x, target: v + target * x,
            "Your rule changes all three weights alike. Which inputs were silent, and should "
            "their weights change?": lambda
            v, x, target: v + (target - int(v @ x >= 0)),
            "Your rule never takes anything back. What if the unit fires and shouldn't?": lambda
            v, x, target: v + max(target - int(v @ x >= 0), 0) * x,
            "Your rule changes v also where the unit was right. Where does its answer y come "
            "in?": lambda
            v, x, target: v + (2 * target - 1) * x,
            "At a sum of exactly 0 the unit fires: v @ x >= 0.": lambda v, x, target: v +
            (target - int(v @ x > 0)) * x,
            "The unit answers 0 or 1. You compared the label with the sum.": lambda v, x,
            target: v + (target - v @ x) * x,
            "You returned the change. What is the new v?": lambda v, x, target:
            (target - int(v @ x >= 0)) * x,
        }),
    "distance": Exercise(
        right=_distance, inputs=lambda rng:
        (rng.uniform(-2, 2, 3), rng.uniform(-2, 2), rng.uniform(0, 1, 3)), expects=
        "Return one number: how far x lies beyond the plane, negative on the silent side.", why=
        "Along w the sum grows by |w| for each unit of length; so what x has above theta, "
        "divided by |w|, is a length.",
        wrong={
            "That is the sum above threshold, not a length: double all weights and theta, and "
            "the same plane gives twice "
            "your number.": lambda w, theta, x: w @ x - theta,
            "The length of w comes from the squares of its entries (Pythagoras), not from "
            "their sizes added up.": lambda
            w, theta, x: (w @ x - theta) / np.abs(w).sum(),
            "theta is a sum, not a length: it must be divided as well.": lambda w, theta, x: w
            @ x / np.linalg.norm(w) - theta,
            "Your number is positive on the silent side: turn the sign round.": lambda w, theta,
            x: -_distance(w, theta, x),
            "You divided by |w|². Double w and theta: a length must stay as it was.": lambda w,
            theta, x: (w @ x - theta) / (w @ w),
            "A sign is wanted too: which side of the plane does x lie on?": lambda w, theta, x:
            abs(_distance(w, theta, x)),
        }),
    "the sum bit": Exercise(
        right=lambda answer: (_sums(answer) == CUBE.sum(axis=1) % 2).all(), expects=
        "A pair is wanted: four weights (for x1, x2, x3 and the carry) and one threshold.", why=
        "The carry takes away what it has already counted: two of the ones. What is left is 0 "
        "or 1, the last binary digit.",
        wrong={
            "Without any input your unit fires: is the threshold above 0?": lambda answer:
            _sums(answer)[0] == 1,
            "Your sum bit is 1 wherever any input is: the carry takes nothing away. Which sign "
            "must its weight have?": lambda
            answer: answer[0][3] >= 0 and _sums(answer)[1:].all(),
            "Two active inputs still give 1: the carry takes away too little. How many ones "
            "does it stand for?": lambda
            answer: _sums(answer)[CUBE.sum(axis=1) == 2].all(),
            "Three active inputs should give 1 and give 0: the carry takes away too much.": lambda
            answer: not _sums(answer)[7],
        }),
    "NAND of 1943": Exercise(
        right=lambda answer: _second_unit(answer) == [1, 1, 1, 0], expects=
        "Three things are wanted: synapses (three whole numbers), theta, inhibitory (three of "
        "0 and 1).",
        why=
        "The second unit is active by itself, at threshold 0, until the AND in front of it "
        "vetoes. So a net of 1943 "
        "units makes what one such unit can't, and NAND units together make every function.",
        wrong={
            "Without any input your unit is silent, but NAND fires there. Which whole "
            "threshold needs no input at all?": lambda
            answer: _second_unit(answer)[0] == 0,
            "Your unit always fires: nothing silences it. Which of its three inputs is active "
            "for 11 alone?": lambda
            answer: _second_unit(answer) == [1, 1, 1, 1],
            "One active input already silences your unit. Which of its inputs should have no "
            "veto?": lambda
            answer: not all(_second_unit(answer)[1:3]),
        }),
    "without a threshold": Exercise(
        right=6, expects=
        "One whole number is wanted. Count them by a loop over weights, as above, with theta = "
        "0.",
        why=
        "The line must pass through the origin, and 00 always fires. Two weights of one sign "
        "give one function each, two "
        "of opposite signs give two each. The constant input (bias) buys the other eight.",
        wrong={
            "Half of the fourteen answer 1 to the input 00, but one of those seven needs a "
            "threshold below 0. Which?": 7,
            "That is the count with a threshold. Here theta is held at 0: what does every such "
            "unit answer to 00?": 14,
            "So many functions answer 1 to the input 00, but one unit doesn't compute all of "
            "them. Count by trying weights.": 8,
        }),
}

PREDICTIONS = {
    "how many of sixteen": Prediction(
        "There are 16 functions of two bits. You may choose any real weights and any "
        "threshold. How many of the 16 can one "
        "unit compute?", ("8", "11", "14", "all 16"), 2,
        "All but XOR and its opposite, XNOR. The unit of 1943 itself, with its equal weights, "
        "computes 11."
    ), "a hundred repetitions": Prediction(
        "The equation of section 1 has weights 0. You show the unit the four inputs a hundred "
        "times, each with the answer that "
        "AND gives. What does the unit compute afterwards?",
        ("AND", "something closer to AND", "what it computed before"), 2,
        "The equation has no place where a weight changes. Learning needs a second equation, "
        "and that one is Rosenblatt's."
    ), "one label": Prediction(
        "The perceptron has learned AND after 11 mistakes. You flip one single label, that of "
        "00, and let it start "
        "again. It ...",
        ("settles sooner", "settles later, with more mistakes", "never settles"), 2,
        "The labels are now those of XNOR, which no line parts. There is no ceiling any more, "
        "and the weights go round in "
        "a circle for ever."),
    "more inputs": Prediction(
        "With two inputs one unit computes 14 of 16 functions, that is 87.5 %. What is the "
        "share with four inputs?",
        ("about 99 %", "about 90 %", "about 50 %", "about 3 %"), 3,
        "1882 of 65536. Units gain functions with each input, but the number of all functions "
        "is squared by each input."
    ), "two quiet units": Prediction(
        "Two units of 1943 veto each other; each fires whenever nothing vetoes it. Both start "
        "silent, and no input comes. "
        "What do they do?", ("both stay silent", "one of them wins",
                             "both fire, both fall silent, and so on for ever"), 2,
        "Both see silence and fire together; then both are vetoed together. With one common "
        "clock nothing breaks the tie."
    ),
}

check, predict = teacher("01", EXERCISES, PREDICTIONS)
