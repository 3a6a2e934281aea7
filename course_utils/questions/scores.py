"""The small file in which a learner's choices are kept, the one that COURSE_SCORES names.

It is whole at every moment (a new file takes the place of the old one), written by one kernel at
a time (a lock file beside it), and never thrown away: one that can't be read is set aside.
"""
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path

from ..moved import listed

__all__ = ["load_scores", "save_score"]

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
    file, said = _file(), ""
    if file is None:
        return said
    try:
        with _locked(file):
            scores = _read(file)
            if scores is None:
                aside = _free(file)
                os.replace(file, aside)
                scores, said = {}, f"Your earlier choices can't be read; they wait in {aside.name}."
            if scores.setdefault(name, score) != score:
                return "An earlier choice of yours is kept."
            _write(file, json.dumps(scores, indent=1, ensure_ascii=False))
    except OSError as error:
        return f"This choice could not be kept: {error.strerror or error}."
    return said


def _file():
    name = os.environ.get("COURSE_SCORES", "")
    return Path(name).resolve() if name else None


def _read(file):
    """The scores in a file, {} where there is none yet, None where it can't be read."""
    data = file.read_bytes() if file and file.exists() else b""
    for encoding in ENCODINGS if data.strip() else ():
        with suppress(ValueError, RecursionError):
            scores = json.loads(data.decode(encoding))
            return scores if isinstance(scores, dict) else None
    return None if data.strip() else {}


def _free(file):
    """A name beside the file that nothing has yet."""
    names = (file.with_name(f"{file.name}.unreadable{k or ''}") for k in range(10**6))
    return next(name for name in names if not name.exists())


def _write(file, text):
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with open(new, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, file)
    finally:
        new.unlink(missing_ok=True)


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
