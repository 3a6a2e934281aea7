"""How an answer is judged: not answered yet, a hint for a known misconception, or right and
why. Nothing here raises.

An answer is a value (a number, an array, a text, a model) or a function. Functions are compared
at random arguments, so that a constant that fits one case does not pass. A right answer in
another form (an array of one number, a number as text) is right; what can't be meant so is told
which form is wanted.
"""
import dis
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from inspect import isclass, signature

import numpy as np

from .forms import WrongForm, article, is_blank, same, short
from .predict import Prediction, Question
from .texts import predictions, with_texts

__all__ = ["Exercise", "Prediction", "Verdict", "teacher"]

TRIES = 6  # random arguments at which a function is compared
MOST_PARTS = 6  # of an answer that is judged part by part
NOTHING_DONE = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


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
            with redirect_stdout(io.StringIO()):  # a function may print at each trial
                return self._judge_function(answer) if self.inputs else self._judge_value(answer)
        except (Exception, SystemExit) as error:  # a learner's mistake is never a traceback
            said = f"{type(error).__name__}: {error}. {self.expects}".strip()
            return Verdict("error", said)

    def _judge_value(self, answer):
        def matches(other):
            return other(answer) if callable(other) else same(answer, other, self.tolerance)

        wanted = [] if callable(self.right) else [self.right]
        if is_blank(answer):
            return self._blank([answer], wanted)
        return self._compare(matches, [answer], wanted)

    def _judge_function(self, answer):
        if is_blank(answer):
            return self._blank()
        if not callable(answer) or isclass(answer):
            return Verdict("wrong", "A function is wanted here, one that works for any arguments; "
                           f"you gave {article(answer)}.")
        rng = np.random.default_rng(7)
        cases = [self.inputs(rng) for _ in range(TRIES)]
        try:
            given = [answer(*deepcopy(each)) for each in cases]  # an answer may work in place
        except Exception:
            if leaves_blank(answer):
                return self._blank()
            raise
        wanted = [self.right(*each) for each in cases]
        if all(is_blank(value) for value in given):
            return self._blank(given, wanted) if leaves_blank(answer) else Verdict(
                "wrong", "Your function gives nothing back: end it with `return` and the result. "
                "What is printed is seen, but not given back.")

        def matches(other):
            found = wanted if other is self.right else [other(*each) for each in cases]
            return all(same(*both, self.tolerance) for both in zip(given, found))

        verdict = self._compare(matches, given, wanted)
        return verdict if verdict.state != "wrong" else Verdict(
            "wrong", verdict.text + self._example(given, wanted, cases))

    def _compare(self, matches, given, wanted):
        """The Verdict, with `matches(other)` saying whether the answer is as `other`."""
        try:
            if matches(self.right):
                return Verdict("right", self.why)
            wrong = Verdict("wrong", self.expects + self._parts(given, wanted))
        except WrongForm as error:
            told = f"{error} {self.expects}".strip()
            wrong = Verdict("wrong", told + self._parts(given, wanted))
        except Exception as error:  # a predicate that can't read this answer
            wrong = Verdict("error", f"{type(error).__name__}: {error}. {self.expects}".strip())
        key = next((key for key, other in self.wrong.items() if _quietly(matches, other)), None)
        return wrong if key is None else Verdict("hint", self.hints.get(key, key))

    def _blank(self, given=(), wanted=()):
        told = self.expects or "Replace the dots by your answer."
        return Verdict("blank", told + self._parts(given, wanted))

    def _parts(self, given, wanted):
        """Which parts of an answer are right, as in " Part by part: 1 ✓, 2 ✗, 3 ○."; "" for an
        answer in one piece.
        """
        try:
            counts = {len(each) for each in (*given, *wanted)}
        except TypeError:
            return ""
        if len(counts) != 1 or not 2 <= (count := counts.pop()) <= MOST_PARTS:
            return ""
        marks = [self._mark([each[k] for each in given], [each[k] for each in wanted])
                 for k in range(count)]
        told = ", ".join(f"{k} {mark}" for k, mark in enumerate(marks, 1))
        return "" if set(marks) == {"○"} else f" Part by part: {told}."

    def _mark(self, given, wanted):
        """✓, ✗ or, where it is missing, ○ for one part of an answer, compared in all cases."""
        if all(map(is_blank, given)):
            return "○"
        return "✓" if _quietly(lambda _: all(
            same(*both, self.tolerance) for both in zip(given, wanted)), None) else "✗"

    def _example(self, given, wanted, cases):
        """A case that the learner's function gets wrong, with what it returns but not what is
        right; "" if too long to say.
        """
        wrong = [not _quietly(lambda both: same(*both, self.tolerance), both)
                 for both in zip(given, wanted)]
        first = wrong.index(True)
        words = [short(number) for number in (*cases[first], given[first])]
        if "" in words:
            return ""
        told = ", ".join(f"{name} = {word}"
                         for name, word in zip(signature(self.right).parameters, words))
        return f" Try one case by hand: for {told} your function returns {words[-1]}."


def _quietly(matches, other):
    try:
        return matches(other)
    except Exception:  # a misconception that can't be formed is not this one
        return False


def leaves_blank(function):
    """Whether a function is a stub still: dots stand in it, or it does nothing at all."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    done = {instruction.opname for instruction in dis.get_instructions(code)}
    return Ellipsis in code.co_consts or done <= NOTHING_DONE


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
