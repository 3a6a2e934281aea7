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

__all__ = [
    "EXERCISES", "keep_verdict", "load_scores", "read", "save_score", "score_file", "verdicts"
]

NAME = "scores.json"
EXERCISES = "exercises"  # the entry that holds the verdicts
ENCODINGS = "utf-8-sig", "utf-16", "latin-1"  # as written here, and as editors save it


def load_scores():
    """{question: {"chosen", "right", "sure"}} of what was committed; empty where there is no
    readable file. Names of the first edition are given their new ones.
    """
    scores = {}
    with suppress(OSError):
        scores = read(score_file()) or {}
    new = listed("scores")
    return {new.get(name, name): score for name, score in scores.items()
            if isinstance(score, dict) and "right" in score}


def save_score(name, score):
    """Keep the first score committed under a name; returns a sentence for the learner where
    that did not go well, else "".
    """
    def enter(scores):
        return scores.setdefault(name, score) == score

    file = score_file()
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
        kept = scores[EXERCISES] = verdicts(scores)
        kept[name] = {"state": state, "tries": kept.get(name, {}).get("tries", 0) + 1}
        return True

    file = score_file()
    if state != "blank" and file and file.exists():
        with suppress(OSError, TypeError):
            _changed(file, enter)


def verdicts(scores):
    """{exercise: {"state", "tries"}} of the scores in a file."""
    kept = scores.get(EXERCISES)
    return {name: verdict for name, verdict in (kept if isinstance(kept, dict) else {}).items()
            if isinstance(verdict, dict)}


def _changed(file, change):
    """Change the scores in a file; `change(scores)` says whether that is to be kept. Returns what
    the learner must know, else "".
    """
    said = ""
    with _locked(file):
        scores = read(file)
        if scores is None:
            aside = set_aside(file, f"{file.name}.unreadable")
            scores, said = {}, f"Your earlier choices can't be read; they wait in {aside.name}."
        if not change(scores):
            return "An earlier choice of yours is kept."
        write_whole(file, json.dumps(scores, indent=1, ensure_ascii=False))
    return said


def score_file():
    """The file of scores, or None where none is kept."""
    from IPython import get_ipython

    name = os.environ.get("COURSE_SCORES", NAME if get_ipython() else "")
    return Path(name).resolve() if name else None


def read(file):
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
