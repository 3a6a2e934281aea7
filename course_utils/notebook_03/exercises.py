"""Questions of notebook 03: phase plane, Hopf points, kicks and phases."""
from numbers import Real

import numpy as np

from ..analysis.dynamics import hopf_currents
from ..analysis.phases import phase_response, wrapped
from ..model import Model
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..questions.check import Exercise, Prediction, teacher

__all__ = ["EXERCISES", "PREDICTIONS", "check", "predict"]

FIRST = 0.5, 0.87  # size and time of the first kick of "undo a kick"


def _cubic(I_ext, a, b):
    return 3 * (1 / b - 1), 3 * (a / b - I_ext)


def _hopf(b, delta):
    v = np.sqrt(1 - b * delta)
    return v, (1 / b - 1) * v + v**3 / 3


def left_over(when):
    """The shift in cycles that +0.5 at 0.87 and -0.5 at `when` leave behind at I_ext = 0.5; nan
    for no time.
    """
    if not isinstance(when, Real) or isinstance(when, bool) or not 5 <= when <= 20:
        return np.nan
    neuron = FitzHughNagumo()
    first = phase_response(neuron, *FIRST)
    return first + phase_response(neuron, -0.5, np.mod(when + first, 1.0))


def _shift(never, kicked, T):
    return wrapped((never - kicked) / T)


def _is_model_with(currents):
    """Whether an answer is a Model of one's own with as many Hopf currents as `currents`
    allows, and no cubic if it has some.
    """
    def judge(answer):
        """Whether the answer is such a model."""
        return (isinstance(answer, Model) and not _is_of_the_course(answer)
                and not _is_cubic(answer) and currents(len(hopf_currents(answer))))

    return judge


def _is_of_the_course(answer):
    return type(answer).__module__.startswith("course_utils.")


def _is_cubic(answer):
    """Whether the first derivative of a Model is a cubic in its first state: fourth differences
    vanish, third ones don't.
    """
    if not isinstance(answer, Model) or _is_of_the_course(answer):
        return False
    x = np.linspace(-1.5, 1.5, 13)
    slope = np.broadcast_to(
        answer.rhs((x, *[np.zeros(13)] * (len(answer.states) - 1)), answer.I_ext)[0], x.shape)
    third = np.diff(slope, 3)
    return bool(
        np.abs(third).max() > 1e-6
        and np.abs(np.diff(third)).max() < 1e-6 * np.abs(third).max())


EXERCISES = {
    "fixed-point cubic": Exercise(
        right=_cubic, inputs=lambda rng:
        (rng.uniform(-0.2, 1.8), rng.uniform(0.3, 1), rng.uniform(0.3, 0.95)),
        expects="Return the pair (p, q) of v³ + p v + q = 0.", why=
        "Both nullclines give w; set them equal, multiply by 3, collect the powers of v. For 0 "
        "< b ≤ 1 the factor p is "
        "not negative, the cubic rises everywhere, and there is one fixed point for every "
        "current.",
        wrong={
            "Nearly: the cubic must begin with 1 · v³. You left the factor 1/3 on it.": lambda
            I, a, b: (1 / b - 1, a / b - I),
            "Check the sign of the current: it lifts the v-nullcline, and that belongs on the "
            "other side.": lambda
            I, a, b: (3 * (1 / b - 1), 3 * (a / b + I)),
            "You multiplied the line by b where it must be divided: w = (v + a)/b.": lambda I,
            a, b: (3 * (b - 1), 3 * (a * b - I)),
            "You multiplied by b on the way: then b stands before v³. Divide all by it.": lambda
            I, a, b: (3 * (1 - b), 3 * (a - b * I)),
            "The p is right. In q the line has lost a factor: all of v + a is divided by b.": lambda
            I, a, b: (3 * (1 / b - 1), 3 * (a - I)),
            "All signs are turned round: bring everything to the side on which v³ is positive.": lambda
            I, a, b: (-3 * (1 / b - 1), -3 * (a / b - I)),
        }),
    "Hopf point": Exercise(
        right=_hopf, inputs=lambda rng: (rng.uniform(0.3, 0.95), rng.uniform(0.02, 0.3)),
        expects=
        "Return the pair: where the trace vanishes (the positive v), and how far the current "
        "lies from a/b there.",
        why=
        "The trace 1 - v² - b δ vanishes at v = ±sqrt(1 - b δ). The w-nullcline and the "
        "v-nullcline then give the "
        "current: I = a/b ± ((1/b - 1) v + v³/3). As δ → 0 the Hopf points move to the folds "
        "of the cubic, v = ±1.",
        wrong={
            "That is the fold of the cubic. The trace has a second term: the recovery holds "
            "itself back.": lambda
            b, d: (1.0, (1 / b - 1) + 1 / 3),
            "Check a sign: with self-inhibition of w the trace vanishes before the fold, not "
            "beyond it.": lambda
            b, d: (np.sqrt(1 + b * d), (1 / b - 1) * np.sqrt(1 + b * d) + (1 + b * d)**1.5 / 3),
            "The v is right. For the current, the v-nullcline alone is not enough: w must lie "
            "on the line too.": lambda
            b, d: (_hopf(b, d)[0], _hopf(b, d)[0] - _hopf(b, d)[0]**3 / 3),
            "The v is right. In the current the cubic term has lost its factor 1/3.": lambda b,
            d: (_hopf(b, d)[0], (1 / b - 1) * _hopf(b, d)[0] + _hopf(b, d)[0]**3),
            "The brackets are right. Of the two v the positive one is wanted.": lambda b, d:
            (-_hopf(b, d)[0], _hopf(b, d)[1]),
            "The v is right. In the brackets a sign: does -v + v³/3 pull the same way as v/b?": lambda
            b, d: (_hopf(b, d)[0], (1 / b - 1) * _hopf(b, d)[0] - _hopf(b, d)[0]**3 / 3),
            "You forgot the square root: the trace gives v².": lambda b, d:
            (1 - b * d, (1 / b - 1) * (1 - b * d) + (1 - b * d)**3 / 3),
        }),
    "undo a kick": Exercise(
        right=lambda when: bool(abs(left_over(when)) < 0.01), expects=
        "Give a time in cycles between 9.5 and 11.5. The panel's read-out shows what is left.",
        why=
        "The second kick meets a neuron that is already early. It undoes the first only at the "
        "phases where it delays "
        "by just as much. A kick of the opposite sign undoes nothing by itself: its phase does "
        "the work.",
        wrong={
            "There the second kick advances the rhythm too. Look for phases at which a "
            "negative kick delays.": lambda
            when: bool(left_over(when) > 0.105),
            "There the second kick does little: the shift is nearly that of the first. Where "
            "is the neuron more sensitive?": lambda
            when: bool(left_over(when) > 0.08),
            "A delay, but too small. Keep going in the direction in which the left-over "
            "shrinks.": lambda
            when: bool(left_over(when) > 0),
            "Too much: the rhythm is now late. A slightly different time will do.": lambda when:
            bool(left_over(when) < 0),
        }),
    "where the kind changes": Exercise(
        right=lambda delta: (1 - np.sqrt(1 - delta)) / delta, inputs=lambda rng:
        (rng.uniform(0.02, 0.6),),
        expects="Return the b between 0 and 1 at which 2b - 1 - b² δ changes its sign.", why=
        "The quadratic equation δ b² - 2 b + 1 = 0 has one root near 1/2 and one near 2/δ. "
        "Above the first the Hopf "
        "point is subcritical: the cycle is there before rest has lost its stability.", wrong={
            "Check the formula for the roots: the 2 before b comes out of the square root as "
            "well.": lambda
            delta: (1 - np.sqrt(1 - delta)) / (2 * delta),
            "That is the other root of the quadratic equation; it lies far above 1.": lambda
            delta: (1 + np.sqrt(1 - delta)) / delta,
            "That is the limit of small delta. Here delta is given.": lambda delta: 0.5,
            "Check the sign of the constant in the equation: what is under the root?": lambda
            delta: (np.sqrt(1 + delta) - 1) / delta,
        }),
    "measure a shift": Exercise(
        right=_shift, inputs=lambda rng:
        (rng.uniform(100, 140), rng.uniform(60, 180), rng.uniform(35, 45)),
        expects="Return the shift in cycles, an advance positive, between -0.5 and 0.5.", why=
        "Earlier is an advance, so never - kicked; over T it is in cycles; and since whole "
        "cycles cannot be seen in a "
        "rhythm, the answer is wrapped into half a cycle either way.", wrong={
            "An advance means that the kicked spike comes earlier: check the sign.": lambda
            never, kicked, T: _shift(kicked, never, T),
            "Two things: which way is an advance, and where do whole cycles go?": lambda never,
            kicked, T: (kicked - never) / T,
            "That is a time. The shift is wanted in cycles.": lambda never, kicked, T: T *
            _shift(never, kicked, T),
            "Good in cycles, but whole cycles are invisible in a rhythm: bring it between -0.5 "
            "and 0.5.": lambda
            never, kicked, T: (never - kicked) / T,
            "Bring it between -0.5 and 0.5, not between 0 and 1: a small delay is no large "
            "advance.": lambda
            never, kicked, T: np.mod((never - kicked) / T, 1.0),
        }),
    "a model of your own": Exercise(
        right=_is_model_with(lambda count: count > 0),
        expects="Give an instance of your own Model, with parameters for which it can fire.",
        why=
        "It has a Hopf point, found from your vector field alone. Now ask for its period and "
        "its phase response.",
        wrong={
            "That model has no Hopf point at any current. Does its recovery pull the right "
            "way, and slowly enough?": _is_model_with(
                lambda count: count == 0),
            "That model comes with the course. Write one of your own, with another curve in "
            "place of the cubic.": _is_of_the_course,
            "Its fast equation is still a cubic in its first state. Which other curve goes up, "
            "down and up again?": _is_cubic,
            "That is the class. Give an instance: write brackets after its name.": lambda
            answer: isinstance(answer, type) and issubclass(answer, Model),
        }),
}

PREDICTIONS = {
    "a step of 0.2": Prediction(
        "The neuron is at rest without input. Then a current of 0.2 is switched on and stays "
        "on. What does v do?",
        ("it rises a little and settles: no spike", "one spike, then it settles",
         "it fires for as long as the current lasts"), 1,
        "Steps of 0.1, 0.2 and 0.5 do the three things, in this order: one spike and endless "
        "firing have different thresholds."
    ), "just below the Hopf point": Prediction(
        "The fixed point loses its stability at I = 0.3313. You hold the current a little "
        "lower, at 0.328, where it is still "
        "stable. Can the neuron fire for ever?",
        ("no: a stable fixed point draws every orbit to it",
         "yes: it depends on where it starts", "yes, from any start, only more slowly"), 1,
        "Stability says what happens nearby. From far away the orbit ends on a cycle that "
        "exists from I = 0.3242 on. In "
        "between the neuron has two behaviours at one current."),
    "two opposite kicks": Prediction(
        "A firing neuron receives a kick of +0.5, and about ten cycles later one of -0.5. Then "
        "you do it again with the two "
        "kicks exchanged. By how much is the rhythm shifted at the end?",
        ("by nothing: the two cancel, in either order",
         "by something, and by the same in either order",
         "by something, and by another amount in the other order"), 2,
        "Each kick acts through the phase that it meets. One order leaves the rhythm 0.10 "
        "cycle early, the other 0.08 late."
    ), "a canard": Prediction(
        "With b = 0.4 the cycle is born small, at I = -0.0433. You raise the current in tiny "
        "steps. How does the size of the "
        "cycle grow?",
        ("in proportion to the current", "like a square root, evenly up to the full spike",
         "like a square root at first, then all at once"), 2,
        "From a third of a spike to a full one the current changes by 0.0002. The orbit "
        "follows the repelling middle branch "
        "of the cubic for a while: a canard."),
    "a kick of 3": Prediction(
        "A kick of +0.1 shifts the phase by 0.03 cycle at most. What does a kick of +3 do, "
        "given at all phases in turn?",
        ("shifts about thirty times as large",
         "the new phase hardly depends on the old one any more", "it stops the firing"), 1,
        "The kick throws the state to the right of everything, whatever its phase was: there "
        "the colours of the plane hardly "
        "change. Such a reset is called type 0."),
    "noise": Prediction(
        "Two hundred copies of the neuron start in phase, each with noise of its own. After 10 "
        "cycles their phases are spread by "
        "0.075 cycle (standard deviation). After 40 cycles the spread is about ...",
        ("the same: the cycle is stable", "twice as large", "four times as large"), 1,
        "Nothing pulls the phase back, so the small errors add up like the steps of a random "
        "walk: the variance grows in "
        "proportion to time, the spread with its square root."),
}

check, predict = teacher("03", EXERCISES, PREDICTIONS)
