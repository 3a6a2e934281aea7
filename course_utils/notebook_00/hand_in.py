"""What is kept of a learner: where it is, and one file of it to hand in."""
import json
from pathlib import Path

from ..files import write_whole
from ..questions.scores import EXERCISES, load_scores, read, score_file, verdicts

__all__ = ["hand_in", "where_kept"]

HANDED_IN = "hand_in.json"


def where_kept():
    """What is kept of a learner and where, a sentence or two."""
    file = score_file()
    if file is None:
        return "Nothing that you commit is kept here: the variable COURSE_SCORES is empty."
    return (f"Your predictions are kept in the file {_place(file)}, on this computer alone. It is "
            "made when you first press Commit. To forget all of it, delete the file.")


def hand_in():
    """Write one file with what was committed and the verdicts on exercises, to hand in; returns
    a sentence that says where it is.
    """
    file = score_file()
    kept = read(file) if file else {}
    if not kept:
        return "Nothing is kept yet, so there is nothing to hand in. " + where_kept()
    scores = load_scores()
    judged = verdicts(kept)
    made = file.with_name(HANDED_IN)
    whole = {"scores": scores, EXERCISES: judged}
    write_whole(made, json.dumps(whole, indent=1, ensure_ascii=False))
    right = sum(verdict.get("state") == "right" for verdict in judged.values())
    return (f"Hand in the file {_place(made)}. Committed choices: {len(scores)}. "
            f"Exercises with a verdict: {len(judged)}, right: {right}. No name, no time.")


def _place(file):
    """How a learner finds a file: by its name where it is next to the notebook."""
    beside = file.parent == Path.cwd().resolve()
    return f"{file.name} next to this notebook" if beside else str(file)
