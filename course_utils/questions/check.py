"""How an answer is judged: not answered yet, a hint for a known misconception, or right and
why. Nothing here raises.

An answer is a value (a number, an array, a text, a model) or a function. Functions are compared
at random arguments, so that a constant that fits one case does not pass. A right answer in
another form (an array of one number, a number as text) is right. An answer that
can't be meant so gets a sentence on the form that is wanted, and one of several parts is judged
part by part.
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

from .forms import WrongForm, article, is_blank, parts, quietly, same, short
from .predict import Prediction, Question
from .scores import keep_verdict
from .texts import predictions, with_texts

__all__ = ["Exercise", "Prediction", "Verdict", "teacher"]

TRIES = 6  # random arguments at which a function is compared
DOES_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


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
    arguments. equally: other right values or functions, in a tuple. wrong: {key: wrong value,
    wrong function or predicate}. tolerance: relative.

    The words come from `questions.toml`: why it is right, what it expects, and hints, {key:
    sentence}, one for each misconception; a hint must not hold the answer.
    """

    right: object
    why: str = ""
    wrong: dict = field(default_factory=dict)
    inputs: Callable | None = None
    equally: tuple = ()
    tolerance: float = 1e-3
    expects: str = ""
    hints: dict = field(default_factory=dict)

    def judge(self, answer):
        """The Verdict on an answer; whatever it does, nothing is raised."""
        try:
            with redirect_stdout(io.StringIO()):  # a function may print at each trial
                return self._judge(answer)
        except (Exception, SystemExit) as error:  # a learner's mistake is never a traceback
            return self._verdict("error", _told(error))

    def _judge(self, answer):
        if not self.inputs or is_blank(answer):
            return self._compare(answer, [()], [answer])
        if not callable(answer) or isclass(answer):
            return Verdict("wrong", "A function is wanted here, one that works for any "
                           f"arguments; you gave {article(answer)}.")
        rng = np.random.default_rng(7)
        cases = [self.inputs(rng) for _ in range(TRIES)]
        given = [_called(answer, case) for case in cases]
        if all(value is None for value in given) and not is_stub(answer):
            return Verdict("wrong", "Your function gives nothing back: end it with `return` and "
                           "the result. A printed value is shown, but it is not returned.")
        return self._compare(answer, cases, given)

    def _compare(self, answer, cases, given):
        """The Verdict on what an answer gave in all cases; a value is a single case."""
        def found(other):
            return [other(*case) for case in cases] if self.inputs else [other]

        def matches(other):
            if callable(other) and not self.inputs:
                return other(answer)
            return all(same(*both, self.tolerance) for both in zip(given, found(other)))

        judged = quietly(lambda: parts(given, found(self.right), self.tolerance)) or ""
        if all(map(is_blank, given)):
            return self._verdict("blank", "" if self.expects else "Replace the dots.", judged)
        try:
            if any(map(matches, (self.right, *self.equally))):
                return Verdict("right", self.why)
            wrong = self._verdict("wrong", "", judged, self._example(cases, given))
        except WrongForm as error:
            wrong = self._verdict("wrong", str(error), judged)
            if not self.inputs:  # no hint can mean an answer of another form
                return wrong
        except Exception as error:  # a predicate that can't read this answer
            wrong = self._verdict("error", _told(error))
        for key, other in self.wrong.items():
            if quietly(matches, other):
                return Verdict("hint", self.hints.get(key, key))
        return wrong

    def _verdict(self, state, said, *more):
        """A Verdict that also says what is expected."""
        return Verdict(state, " ".join(filter(None, (said, self.expects, *more))))

    def _example(self, cases, given):
        """A case that the learner's function gets wrong, with what it returns but not what is
        right; "" if too long to say.
        """
        for case, value in zip(cases, given) if self.inputs else ():
            if not quietly(same, value, self.right(*case), self.tolerance):
                *words, returned = map(short, (*case, value))
                named = zip(signature(self.right).parameters, words)
                told = ", ".join(f"{name} = {word}" for name, word in named)
                return "" if "" in (*words, returned) else (
                    f"Try one case by hand: for {told} your function returns {returned}.")
        return ""


def _told(error):
    return f"{type(error).__name__}: {error}."


def _called(function, case):
    """What a learner's function returns; the dots where it is a stub that can't run."""
    try:
        return function(*deepcopy(case))  # it may work in place
    except Exception:
        if is_stub(function):
            return ...
        raise


def is_stub(function):
    """Whether a function is not written yet: it still contains dots, or it does nothing at all."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    done = {instruction.opname for instruction in dis.get_instructions(code)}
    return Ellipsis in code.co_consts or done <= DOES_NOTHING


def teacher(notebook, exercises):
    """The two functions that a notebook imports, `check(name, answer)` and `predict(name)`.

    notebook: its number, as in "05"; the words of its questions are in `questions.toml` in
    its folder. exercises: {name: Exercise}.
    """
    exercises, asked = with_texts(notebook, exercises), predictions(notebook)

    def unknown(kind, name, known):
        return Verdict("blank", f"No {kind} is called {name!r}; there are: {', '.join(known)}.")

    def check(name, answer=...):
        """Judge an answer to one of this notebook's exercises; returns a Verdict.

        Nothing is raised. An answer whose loop never ends is stopped by Interrupt the kernel.
        """
        if str(name) not in exercises:
            return unknown("exercise", name, exercises)
        verdict = exercises[name].judge(answer)
        keep_verdict(f"{notebook}: {name}", verdict.state)
        return verdict

    def predict(name):
        """Ask one of this notebook's questions; your choice is kept before the answer shows."""
        if str(name) not in asked:
            return unknown("question", name, asked)
        return Question(f"{notebook}: {name}", asked[name])

    return check, predict
