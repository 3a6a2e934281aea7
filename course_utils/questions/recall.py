"""Warm-ups: questions on earlier notebooks that return, with other numbers each time.

A notebook draws a few from its own and from those of other notebooks that name it in `also`.

Their words are in the table `[recalls."name"]` of a notebook's `questions.toml`: question, why,
hints {key: sentence}, choices (without them a number is wanted), `of`, the objective to which it
returns ("02.3" is the third of notebook 02), and `draw`, {name: list of values}. A value of "case"
is a table of several values that belong together. Each text may use what was drawn, as in
"R = {R} kΩ·cm²", and the answer as {right}.

`right` and `wrong` {key: misconception} are numbers or indices of choices, or functions of what
was drawn, which are in the code; a case may hold its own `right`. A question
of other notebooks, too, needs no functions.
"""
import ipywidgets as widgets
import numpy as np

from ..panel import Picture
from .check import Exercise
from .texts import each_leaf, texts

__all__ = ["WarmUp", "filled", "warm_ups"]

TOLERANCE = 0.02  # relative, for sums that are done in the head
AT_ONCE = 3  # warm-ups: about three minutes
NOTEBOOKS = [f"{k:02d}" for k in range(1, 8)]  # those that open with warm-ups


def filled(words, rng):
    """A warm-up with values drawn from `rng`: its texts completed, its functions called."""
    drawn = {name: each[rng.integers(len(each))] for name, each in words["draw"].items()}
    drawn |= drawn.pop("case", {})
    right = drawn.pop("right", words.get("right"))
    right = right(**drawn) if callable(right) else right

    def told(leaf):
        if isinstance(leaf, str):
            return leaf.format(right=right, **drawn)
        return leaf(**drawn) if callable(leaf) else leaf

    return each_leaf(words | {"draw": drawn, "right": right}, told)


class WarmUp(widgets.VBox):
    """One warm-up as a widget. It is judged like an exercise, as often as you like; `given` is
    what was answered, a text or the index of a choice.
    """

    def __init__(self, words, rng):
        self.words, self.asked = words, filled(words, rng)
        choices = self.asked.get("choices")
        self.answer = widgets.RadioButtons(
            options=choices, value=None
        ).add_class("course-choices") if choices else widgets.Text(description="A number:")
        self.check = widgets.Button(description="Check", button_style="primary")
        self.check.on_click(lambda _: self.judge())
        self.verdict = widgets.HTMLMath()
        super().__init__([
            widgets.HTMLMath(f"<b>From notebook {self.asked['of'][:2]}.</b> "
                             f"{self.asked['question']}"),
            self.answer, self.check, self.verdict
        ])

    def judge(self):
        """Show and return the Verdict on the answer."""
        verdict = Exercise(
            **{name: self.asked[name] for name in ("right", "why", "wrong", "hints")},
            tolerance=TOLERANCE).judge(getattr(self.answer, "index", self.answer.value))
        self.verdict.value = verdict._repr_html_()
        return verdict


def warm_ups(notebook, functions):
    """The function `recall(seed=None, count=3)` that a notebook imports.

    functions: {name: {"right": function, "wrong": {key: function}}} where these are code.
    """
    def recall(seed=None, count=AT_ONCE):
        """Ask what earlier notebooks taught, with new numbers each time."""
        rng = np.random.default_rng(seed)
        words = [words | functions.get(name, {}) for each in NOTEBOOKS
                 for name, words in texts(each)["recalls"].items()
                 if each == notebook or notebook in words.get("also", ())]
        return widgets.VBox([
            *(WarmUp(words[k], rng) for k in rng.permutation(len(words))[:count]), Picture(),
            widgets.HTML("Run this cell again for other questions.")
        ])

    return recall
