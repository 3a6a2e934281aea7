"""Questions that you answer before you look, and the small file in which your choices are kept.
"""
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import ipywidgets as widgets

__all__ = ["Prediction", "Question", "load_scores", "order", "save_score"]

CONFIDENCE = ("a guess", "fairly sure", "certain")


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


LAST = re.compile(r"(none|neither|nothing|in neither|it depends)\b")  # stands below the others
SALT = "7"  # take another where test_exercises finds one place right too often


def order(name, asked):
    """The order in which a Prediction's choices are shown: a list of indices, the same for a
    name each time.

    Whoever writes a question puts the right choice in the middle; here chance places it. What
    begins like "neither" comes last.
    """
    def drawn(text):
        return hashlib.sha256(f"{SALT}\n{name}\n{text}".encode()).digest()

    indices = list(range(len(asked.choices)))
    if asked.order == "written":
        return indices
    if asked.order == "hash":
        indices.sort(key=lambda k: drawn(asked.choices[k]))
    elif drawn("downwards")[0] % 2:
        indices.reverse()
    return sorted(indices, key=lambda k: bool(LAST.match(asked.choices[k])))


class Question(widgets.VBox):
    """A Prediction as a widget: choose, say how sure you are, commit; then you see what is
    right and why.

    A committed choice can't be changed. It is kept under `name` in the file that COURSE_SCORES
    names.
    """

    asks = "Predict."

    def __init__(self, name, prediction):
        self.name, self.prediction, self.order = name, prediction, order(name, prediction)
        self.choice = widgets.RadioButtons(
            options=[prediction.choices[k] for k in self.order], value=None,
            layout={"width": "max-content", "max_width": "100%"})
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
            widgets.HBox([widgets.Label("How sure?"), self.sure, self.commit]), self.answer
        ])

    @property
    def is_complete(self):
        """Whether a choice and a certainty were given: without both, calibration would count
        answers nobody gave.
        """
        return self.choice.index is not None and self.sure.index is not None

    def _committed(self):
        if not self.is_complete:
            return
        chosen = self.order[self.choice.index]  # kept as written, so that another order may come
        for control in (self.choice, self.sure, self.commit):
            control.disabled = True
        right = chosen == self.prediction.right
        self.answer.value = self.told(right)
        save_score(self.name, {"chosen": chosen, "right": right, "sure": self.sure.value})

    def told(self, right):
        """What shows after the commit: whether the choice was right, what is, and why."""
        word = "As you said." if right else f"It is: {self.prediction.choices[self.prediction.right]}."
        return f"<b>{word}</b> {self.prediction.because}"


def _file():
    name = os.environ.get("COURSE_SCORES", "")
    return Path(name) if name else None


def load_scores():
    """{question: {"chosen", "right", "sure"}} of what was committed; empty where there is no
    readable file.
    """
    try:
        scores = json.loads(_file().read_text(encoding="utf-8"))
    except (AttributeError, OSError, ValueError):
        return {}
    scores = scores if isinstance(scores, dict) else {}
    return {
        name: score
        for name, score in scores.items()
        if isinstance(score, dict) and "right" in score
    }


def save_score(name, score):
    """Keep the first score committed under a name; where the file can't be written nothing
    happens.
    """
    if _file() is None:
        return
    scores = load_scores()
    scores.setdefault(name, score)
    try:
        _file().write_text(json.dumps(scores, indent=1, ensure_ascii=False), encoding="utf-8")
    except OSError:
        pass
