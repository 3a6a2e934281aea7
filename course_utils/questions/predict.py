"""Questions that you answer before you look."""
import re
from dataclasses import dataclass
from hashlib import sha256

import ipywidgets as widgets

from ..panel import Picture
from .scores import load_scores, save_score

__all__ = ["CONFIDENCE", "Prediction", "Question"]

CONFIDENCE = ("a guess", "fairly sure", "certain")
LAST = re.compile(r"(none|neither|nothing|in neither|it depends)\b")  # stands below the others
SALT = "10"  # where one place is right too often, a test names another


@dataclass(frozen=True)
class Prediction:
    """A question with choices: `right` is the index of the true one, `because` says why.

    order: "hash" mixes the choices in a way that the question's name fixes; "scale" keeps the
    order of numbers that grow, or turns it round; "written" leaves all as written.
    """

    question: str
    choices: tuple
    right: int
    because: str
    order: str = "hash"

    def shown(self, name):
        """The order in which the choices are shown, a list of indices, the same for a name each
        time; what begins like "neither" comes last.

        Whoever writes a question puts the right choice in the middle; here chance places it.
        """
        def drawn(text):
            return sha256(f"{SALT}\n{name}\n{text}".encode()).digest()

        indices = list(range(len(self.choices)))
        if self.order == "written":
            return indices
        if self.order == "hash":
            indices.sort(key=lambda k: drawn(self.choices[k]))
        elif drawn("downwards")[0] % 2:
            indices.reverse()
        return sorted(indices, key=lambda k: bool(LAST.match(self.choices[k])))


class Question(widgets.VBox):
    """A Prediction as a widget: choose, say how sure you are, commit; then you see what is
    right and why.

    A committed choice can't be changed. It is kept under `name` (scores.py says where), and shows
    as committed when the question is asked again.
    """

    asks = "Predict."

    def __init__(self, name, prediction):
        self.name, self.prediction, self.order = name, prediction, prediction.shown(name)
        self.choice = widgets.RadioButtons(
            options=[prediction.choices[k] for k in self.order], value=None
        ).add_class("course-choices")
        self.sure = widgets.ToggleButtons(options=CONFIDENCE, value=None,
                                          style={"button_width": "7em"})
        self.commit = widgets.Button(description="Commit", button_style="primary",
                                     disabled=True)
        self.answer = widgets.HTMLMath()
        for control in (self.choice, self.sure):
            control.observe(lambda _: setattr(self.commit, "disabled", not self.is_complete),
                            "index")
        self.commit.on_click(lambda _: self._committed())
        super().__init__([
            widgets.HTMLMath(f"<b>{self.asks}</b> {prediction.question}"), self.choice,
            widgets.HBox([widgets.Label("How sure?"), self.sure, self.commit]
                         ).add_class("course-buttons"), self.answer,
            Picture()  # says so when the kernel is gone
        ])
        kept = load_scores().get(name, {})
        if kept.get("chosen") in self.order and kept.get("sure") in CONFIDENCE:
            self.choice.index = self.order.index(kept["chosen"])
            self.sure.value = kept["sure"]
            self._tell()

    def __repr__(self):
        return "(question: run this cell)"

    @property
    def is_complete(self):
        """Whether a choice and a certainty were given: without both, calibration would count
        answers nobody gave.
        """
        return self.choice.index is not None and self.sure.index is not None

    @property
    def chosen(self):
        """The index of the choice, as written: so it outlives another order."""
        return self.order[self.choice.index]

    def _committed(self):
        if self.is_complete:
            self._tell()
            right = self.chosen == self.prediction.right
            score = {"chosen": self.chosen, "right": right, "sure": self.sure.value}
            if said := save_score(self.name, score):
                self.answer.value += f"<p>{said}</p>"

    def _tell(self):
        for control in (self.choice, self.sure, self.commit):
            control.disabled = True
        self.answer.value = self.told(self.chosen == self.prediction.right)

    def told(self, right):
        """What shows after the commit: whether the choice was right, what is, and why."""
        true = self.prediction.choices[self.prediction.right]
        return f"<b>{'As you said.' if right else f'It is: {true}.'}</b> {self.prediction.because}"
