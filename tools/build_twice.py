"""Build every notebook anew and compare it with the stored one, byte by byte: two builds of one
source are the same.

    python tools/build_twice.py                                        # all of them; exit 1
    where one differs python tools/build_twice.py notebooks/source/04_cable_theory.py    # some
    of them

Where they differ it builds once more, to tell a notebook that changes from run to run from a
stored one that is stale. Nothing is written.
"""
import argparse
import sys
from itertools import zip_longest
from pathlib import Path

from build_notebooks import SOURCES, built, notebook_of
from normalise import read, text_of


def where(old, new):
    """Where two notebooks differ: a sentence about the first cell that does, None where they
    are the same.
    """
    for k, (a, b) in enumerate(zip_longest(old.cells, new.cells)):
        if a is None or b is None:
            return f"one has {k} cells, the other more"
        name = f"cell {k}, which begins {next(iter(b.source.splitlines()), '')!r}"
        if (a.cell_type, a.source, a.metadata) != (b.cell_type, b.source, b.metadata):
            return f"{name}: source or tags"
        for i, (x, y) in enumerate(zip_longest(a.get("outputs", []), b.get("outputs", []))):
            if x != y:
                return f"{name}: output {i}, {_kinds(x, y)}"
    return None if text_of(old) == text_of(new) else "the files, outside all cells"


def _kinds(x, y):
    """What differs between two outputs, in words."""
    if x is None or y is None:
        return "which one of them lacks"
    if x["output_type"] == "stream":
        lines = zip_longest(str(x.get("text")).splitlines(), str(y.get("text")).splitlines())
        return "printed " + next(
            (f"{a!r} and {b!r}" for a, b in lines if a != b), "the same to another stream")
    mine, other = x.get("data", {}), y.get("data", {})
    return ", ".join(
        sorted(kind for kind in {*mine, *other}
               if mine.get(kind) != other.get(kind))) or "its metadata"


def verdict(source, build=built):
    """None where a new build gives the stored bytes, else a sentence that says what differs."""
    target = notebook_of(source)
    if not target.exists():
        return "it was never built"
    stored, first = read(target), build(source)
    if text_of(first) == target.read_text(encoding="utf-8"):
        return None
    second = build(source)
    if text_of(first) != text_of(second):
        return f"it changes from build to build: {where(first, second)}"
    return ("two new builds agree, and the stored one is another (run make notebooks): "
            f"{where(stored, first)}")


def main(arguments=None):
    """Compare the notebooks named on the command line; the number of those that differ."""
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sources", nargs="*", type=Path,
                         help="notebooks/source/*.py, by default all")
    failed = 0
    for source in options.parse_args(arguments).sources or sorted(SOURCES.glob("[0-9]*.py")):
        found = verdict(source)
        failed += bool(found)
        print(f"{notebook_of(source).name}: {found or 'the same bytes'}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
