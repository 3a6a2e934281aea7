"""The small file in which a learner's choices are kept: scores.json, next to the open notebook.

COURSE_SCORES names another file, or none where it is empty; without it, only a notebook's kernel
keeps anything. The file is made by the first press on Commit; from then on it also holds the
latest verdict on each exercise. It contains neither a name nor a time.

It is whole at every moment (a new file takes the place of the old one), written by one kernel at
a time (a lock file next to it), and never thrown away: one that can't be read is set aside.
"""
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path

from ..files import set_aside, write_whole
from ..moved import listed

__all__ = ["hand_in", "keep_verdict", "load_scores", "save_score", "where_kept"]

NAME, HANDED_IN = "scores.json", "hand_in.json"
EXERCISES = "exercises"  # the entry that holds the verdicts
ENCODINGS = "utf-8-sig", "utf-16", "latin-1"  # as written here, and as editors save it


def load_scores():
    """{question: {"chosen", "right", "sure"}} of what was committed; empty where there is no
    readable file. Names of the first edition are given their new ones.
    """
    scores = {}
    with suppress(OSError):
        scores = _read(_file()) or {}
    new = listed("scores")
    return {new.get(name, name): score for name, score in scores.items()
            if isinstance(score, dict) and "right" in score}


def save_score(name, score):
    """Keep the first score committed under a name; returns a sentence for the learner where
    that did not go well, else "".
    """
    def enter(scores):
        return scores.setdefault(name, score) == score

    file = _file()
    if not file:
        return ""
    try:
        return _changed(file, enter)
    except OSError as error:
        return f"This choice could not be kept: {error.strerror or error}."


def keep_verdict(name, state):
    """Keep the state of the latest verdict on an exercise and the number of tries; nothing
    where no choice was committed yet, or where that fails.
    """
    def enter(scores):
        kept = scores[EXERCISES] = _verdicts(scores)
        kept[name] = {"state": state, "tries": kept.get(name, {}).get("tries", 0) + 1}
        return True

    file = _file()
    if state != "blank" and file and file.exists():
        with suppress(OSError, TypeError):
            _changed(file, enter)


def _verdicts(scores):
    kept = scores.get(EXERCISES)
    return {name: verdict for name, verdict in (kept if isinstance(kept, dict) else {}).items()
            if isinstance(verdict, dict)}


def where_kept():
    """What is kept of a learner and where, a sentence or two."""
    file = _file()
    if file is None:
        return "Nothing that you commit is kept here: the variable COURSE_SCORES is empty."
    return (f"Your predictions are kept in the file {_place(file)}, on this computer alone. It is "
            "made when you first press Commit. To forget all of it, delete the file.")


def hand_in():
    """Write one file with what was committed and the verdicts on exercises, to hand in; returns
    a sentence that says where it is.
    """
    file = _file()
    kept = _read(file) if file else {}
    if not kept:
        return "Nothing is kept yet, so there is nothing to hand in. " + where_kept()
    scores, verdicts = load_scores(), _verdicts(kept)
    made = file.with_name(HANDED_IN)
    whole = {"scores": scores, EXERCISES: verdicts}
    write_whole(made, json.dumps(whole, indent=1, ensure_ascii=False))
    right = sum(verdict.get("state") == "right" for verdict in verdicts.values())
    return (f"Hand in the file {_place(made)}. It holds {len(scores)} committed choices and the "
            f"verdicts on {len(verdicts)} exercises, {right} of them right; no name and no time.")


def _changed(file, change):
    """Change the scores in a file; `change(scores)` says whether that is to be kept. Returns what
    the learner must know, else "".
    """
    said = ""
    with _locked(file):
        scores = _read(file)
        if scores is None:
            aside = set_aside(file, f"{file.name}.unreadable")
            scores, said = {}, f"Your earlier choices can't be read; they wait in {aside.name}."
        if not change(scores):
            return "An earlier choice of yours is kept."
        write_whole(file, json.dumps(scores, indent=1, ensure_ascii=False))
    return said


def _file():
    """The file of scores, or None where none is kept."""
    from IPython import get_ipython

    name = os.environ.get("COURSE_SCORES", NAME if get_ipython() else "")
    return Path(name).resolve() if name else None


def _place(file):
    """How a learner finds a file: by its name where it is next to the notebook."""
    beside = file.parent == Path.cwd().resolve()
    return f"{file.name} next to this notebook" if beside else str(file)


def _read(file):
    """The scores in a file, {} where there is none yet, None where it can't be read."""
    data = file.read_bytes() if file and file.exists() else b""
    for encoding in ENCODINGS if data.strip() else ():
        with suppress(ValueError, RecursionError):
            scores = json.loads(data.decode(encoding))
            return scores if isinstance(scores, dict) else None
    return None if data.strip() else {}


@contextmanager
def _locked(file):
    """Hold the lock of a file; the system lets go of it when a kernel dies."""
    with open(file.with_name(file.name + ".lock"), "ab") as lock:
        if os.name == "nt":
            import msvcrt
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
