"""Files that a learner must not lose: written whole or not at all, set aside and never overwritten.
"""
import os
from itertools import count

__all__ = ["set_aside", "write_whole"]


def write_whole(path, text):
    """Write a text under another name, and then let it take the place of the file at once."""
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open(part, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def set_aside(path, begins, ends=""):
    """The new path of a file that was renamed, to the first free name that begins and ends so."""
    for k in count():
        name = path.with_name(f"{begins}{k or ''}{ends}")
        if not name.exists():
            return path.rename(name)
