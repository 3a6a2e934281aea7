"""How an answer is judged: not answered yet, a hint for a known misconception, or right and
why. Nothing here raises.

An answer is a value (a number, an array, a text, a model) or a function. Functions are compared
at random arguments, so that a constant that fits one case does not pass.
"""
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from inspect import signature
from numbers import Number

import numpy as np

from .predict import Prediction, Question
from .texts import predictions, with_texts

__all__ = ["Exercise", "Prediction", "Verdict", "teacher"]

TRIES = 6  # random arguments at which a function is compared


@dataclass(frozen=True)
class Verdict:
    """What `check` says: state "blank", "error", "hint", "wrong" or "right", and the text for
    the learner.
    """

    state: str
    text: str

    MARKS = {
        "blank": "○ Not answered yet.", "error": "✗ That stopped with an error.",
        "hint": "✗ Not yet.", "wrong": "✗ Not yet.", "right": "✓ Right."
    }
    COLORS = {"blank": "#666666", "right": "#007A5A"}

    def __repr__(self):
        return f"{self.MARKS[self.state]} {self.text}"

    def _repr_html_(self):
        color = self.COLORS.get(self.state, "#B34700")
        return (
            f'<div style="border-left:4px solid {color};padding:0.3em 0.8em;max-width:50em">'
            f'<b style="color:{color}">{self.MARKS[self.state]}</b> {escape(self.text)}</div>')


@dataclass(frozen=True)
class Exercise:
    """One exercise: what is right, and the known misconceptions.

    right: a value; for a function exercise the right function; or a predicate on the answer
    where many are right. inputs: for a function exercise, `inputs(rng)` returns a tuple of
    arguments. wrong: {key: wrong value, wrong function or predicate}. tolerance: relative.

    The words come from `questions.toml`: why it is right, what it expects, and hints, {key:
    sentence}, one for each misconception; a hint must not hold the answer.
    """

    right: object
    why: str = ""
    wrong: dict = field(default_factory=dict)
    inputs: Callable | None = None
    tolerance: float = 1e-3
    expects: str = ""
    hints: dict = field(default_factory=dict)

    def judge(self, answer):
        """The Verdict on an answer; whatever it does, nothing is raised."""
        try:
            return self._judge_function(answer) if self.inputs else self._judge_value(answer)
        except Exception as error:  # a learner's mistake is never a traceback
            return Verdict("error", f"{type(error).__name__}: {error}. {self.expects}".strip())

    def _judge_value(self, answer):
        if is_blank(answer):
            return Verdict("blank", self.expects or "Replace the dots by your answer.")
        return self._compare(lambda other: other(answer)
                             if callable(other) else same(answer, other, self.tolerance))

    def _judge_function(self, answer):
        if is_blank(answer):
            return Verdict("blank", self.expects or "Replace the dots by your answer.")
        if not callable(answer):
            return Verdict(
                "wrong",
                "A function is wanted here, one that works for any arguments; this is a value.")
        rng = np.random.default_rng(7)
        arguments = [self.inputs(rng) for _ in range(TRIES)]
        given = [answer(*deepcopy(each)) for each in arguments]  # an answer may work in place
        if all(is_blank(value) for value in given):
            return Verdict("blank", self.expects or "Replace the dots by your answer.")
        verdict = self._compare(lambda other: all(
            same(value, other(*each), self.tolerance) for value, each in zip(given, arguments)))
        return verdict if verdict.state != "wrong" else Verdict(
            "wrong", verdict.text + self._example(given, arguments))

    def _example(self, given, arguments):
        """A case that the learner's function gets wrong, with what it returns but not what is
        right; "" if too long to say.
        """
        value, each = next((value, each)
                           for value, each in zip(given, arguments)
                           if not same(value, self.right(*each), self.tolerance))
        words = [_short(number) for number in (*each, value)]
        if "" in words:
            return ""
        case = ", ".join(
            f"{name} = {word}" for name, word in zip(signature(self.right).parameters, words))
        return f" Try one case by hand: for {case} your function returns {words[-1]}."

    def _compare(self, matches):
        """The Verdict, with `matches(other)` saying whether the answer is as `other`."""
        if matches(self.right):
            return Verdict("right", self.why)
        key = next((key for key, wrong in self.wrong.items() if _quietly(matches, wrong)), None)
        if key is None:
            return Verdict("wrong", self.expects or "Look at the units and the signs.")
        return Verdict("hint", self.hints.get(key, key))


def _quietly(matches, wrong):
    try:
        return matches(wrong)
    except Exception:  # a misconception that can't be formed is not this one
        return False


def _short(value):
    """A number, or a few of them, in three digits; "" for all else."""
    try:
        numbers = np.asarray(value, float)
    except (TypeError, ValueError):
        return ""
    if numbers.size > 4 or numbers.ndim > 1:
        return ""
    return f"{numbers[()]:.3g}" if numbers.ndim == 0 else f"({', '.join(f'{each:.3g}' for each in numbers)})"


def is_blank(answer):
    """Whether an answer is missing: None, the dots, an empty text, or a list that holds one of
    these.
    """
    if answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip()):
        return True
    return isinstance(answer, list | tuple | dict) and any(
        map(is_blank,
            answer.values() if isinstance(answer, dict) else answer))


def same(answer, other, tolerance):
    """Whether two answers agree: numbers and arrays within a relative tolerance, all else
    exactly.
    """
    if isinstance(other, str) or isinstance(answer, str):
        return isinstance(answer, str) and isinstance(
            other, str) and answer.strip().lower() == other.strip().lower()
    if isinstance(other, bool | np.bool_):
        return isinstance(answer, bool | np.bool_) and answer == other
    if isinstance(other, Number | np.ndarray | list | tuple):
        given, wanted = _numbers(answer), np.asarray(other, float)
        if given.shape != wanted.shape:
            return False
        scale = np.abs(wanted).max(initial=0)
        return bool(
            np.allclose(given, wanted, rtol=tolerance, atol=tolerance * scale * 1e-3 + 1e-12))
    return answer == other


def _numbers(answer):
    try:
        return np.asarray(answer, float)
    except (TypeError, ValueError):
        raise TypeError("a number is wanted, or numbers in rows of equal length") from None


def teacher(notebook, exercises, asked=None):
    """The two functions that a notebook imports, `check(name, answer)` and `predict(name)`.

    notebook: its number, as in "05"; the words of its questions stand in `questions.toml` in
    its folder. exercises: {name: Exercise}.
    """
    if asked is None:
        exercises, asked = with_texts(notebook, exercises), predictions(notebook)

    def check(name, answer):
        """Judge an answer to one of this notebook's exercises; returns a Verdict."""
        if name not in exercises:
            return Verdict(
                "error", f"No exercise is called {name!r}; there are: {', '.join(exercises)}.")
        return exercises[name].judge(answer)

    def predict(name):
        """Ask one of this notebook's questions; your choice is kept before the answer shows."""
        if name not in asked:
            return Verdict("error",
                           f"No question is called {name!r}; there are: {', '.join(asked)}.")
        return Question(f"{notebook}: {name}", asked[name])

    return check, predict
