"""The scores of the whole course: what the learner knew before and after it, and how well the
learner's certainty matches the answers.
"""
from html import escape

import numpy as np

from ..notebook_00.course import NOTEBOOKS
from ..notebook_00.exercises import PRETEST
from ..notebook_00.hand_in import hand_in, where_kept
from ..questions.predict import CONFIDENCE
from ..questions.scores import load_scores
from ..tables import Table

__all__ = ["Scoreboard", "hand_in", "my_scores"]

BEFORE = "00: pre-test, "
AFTER = "07: parallel post-test, "
NONE_KEPT = "No choices were found in the folder of this notebook."


class Scoreboard:
    """What the learner committed over the course: pre- and post-test, predictions by notebook,
    and by confidence.

    scores: as `load_scores` returns them. Where there are none, it says how they are kept.
    """
    def __init__(self, scores):
        self.scores = {name: score for name, score in scores.items()
                       if isinstance(score["right"], bool | np.bool_)}

    def gain(self):
        """(ideas asked about twice, right before, right after)."""
        pairs = [(self.scores[BEFORE + each]["right"], self.scores[AFTER + each]["right"])
                 for each in PRETEST
                 if BEFORE + each in self.scores and AFTER + each in self.scores]
        return len(pairs), sum(before for before, _ in pairs), sum(after for _, after in pairs)

    def by_notebook(self):
        """{notebook: (right, answered)} of the predictions, without the two tests and the
        statements.
        """
        found = {number: [] for number in NOTEBOOKS}
        for name, score in self.scores.items():
            number = name.split(":")[0]
            if number in found and "-test, " not in name and ": statement" not in name:
                found[number].append(score["right"])
        return {number: (sum(right), len(right)) for number, right in found.items() if right}

    def by_confidence(self):
        """{confidence: (right, answered)} over all that was committed."""
        found = {word: [score["right"] for score in self.scores.values()
                        if score.get("sure") == word] for word in CONFIDENCE}
        return {word: (sum(right), len(right)) for word, right in found.items()}

    def gain_sentence(self):
        """The gain from pre- to post-test in words and numbers."""
        twice, before, after = self.gain()
        if not twice:
            return ("Answer the pre-test of notebook 00 and the post-test here, and your gain "
                    "appears in this place.")
        counts = (f"Of {twice} questions you answered {before} right before the course and "
                  f"{after} after it.")
        if before == twice:
            return counts + " There was nothing left to gain."
        if after < before:
            return counts + " Look again at the ideas where your answer was right before."
        return counts + f" That is {(after - before) / (twice - before):.0%} of the possible gain."

    def calibration_sentence(self):
        """How well the learner's words of confidence match the answers."""
        shares = {word: right / answered
                  for word, (right, answered) in self.by_confidence().items() if answered}
        if len(shares) < 2:
            return ("Use more than one degree of confidence, and your calibration appears in "
                    "this place.")
        word, share = list(shares.items())[-1]
        start = f"Of the answers that you called {word!r}, {share:.0%} were right. "
        if (np.diff(list(shares.values())) <= 0).any():
            return start + ("This fraction does not rise with your certainty: look at the answers "
                            "of which you were sure and that were wrong.")
        if word == "certain" and share < 0.8:
            return start + ("This fraction rises with your certainty, but \"certain\" promises "
                            "more than that.")
        return start + "This fraction rises with your certainty, which is a good guide."

    def _repr_html_(self):
        if not self.scores:
            return f"<p>{escape(f'{NONE_KEPT} {where_kept()}')}</p>"
        judged = [score["right"] for name, score in self.scores.items()
                  if name.startswith("07: statement")]
        by_notebook = {f"{number} {NOTEBOOKS[number].title}": counts
                       for number, counts in self.by_notebook().items()}
        return (f"<p><b>{self.gain_sentence()}</b></p><p>Of the twenty statements you judged "
                f"{len(judged)}, {sum(judged)} of them right.</p>"
                + _table("Predictions", "notebook", by_notebook)
                + _table("Calibration, over all answers", "your word", self.by_confidence())
                + f"<p>{self.calibration_sentence()}</p>")


def _table(caption, head, counts):
    rows = [(name, right, answered, bar(right, answered))
            for name, (right, answered) in counts.items()]
    return Table(caption, (head, "right", "of", ""), rows)._repr_html_()


def bar(right, answered):
    """The share of right answers as ten blocks and a percentage; empty if none was answered."""
    if not answered:
        return ""
    full = round(10 * right / answered)
    return "█" * full + "░" * (10 - full) + f" {right / answered:.0%}"


def my_scores():
    """The `Scoreboard` of the file in which this learner's answers are kept."""
    return Scoreboard(load_scores())
