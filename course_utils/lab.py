"""Open your own copy of the notebooks in JupyterLab: `python -m course_utils.lab`, on every system.

    python -m course_utils.lab                  # copy what is missing, then open the first notebook
    python -m course_utils.lab --replace 03     # take notebook 03 anew; yours is kept next to it
    python -m course_utils.lab --copies-only    # don't start JupyterLab

The copies are in my_notebooks, next to the course's notebooks. They are made once,
without outputs, and are never overwritten. What is written after `--` goes to JupyterLab.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from .files import set_aside, write_whole

__all__: list[str] = []  # it is run, not imported

TREE = Path(__file__).resolve().parent.parent  # of an installation in place


def notebooks():
    """The folder that holds the course's notebooks, here or around the package."""
    for place in (Path.cwd(), *Path.cwd().parents, TREE):
        if list(place.glob("notebooks/00_*.ipynb")):
            return place / "notebooks"
    raise SystemExit("There is no folder 'notebooks' here. Change to the folder of the course "
                     "(the one that holds README.md) and try again.")


def cleared(path):
    """The text of a notebook without its outputs, and the edition that it is of, which it names."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    text = json.dumps([[cell["cell_type"], cell["source"]] for cell in notebook["cells"]])
    newest = hashlib.sha256(text.encode()).hexdigest()[:12]
    notebook["metadata"]["course_edition"] = newest
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", newest


def edition(path):
    """The edition that a copy is of: "" where it doesn't say, None where it can't be read."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook["metadata"].get("course_edition", "")
    except Exception:  # whatever was left of it
        return None


def copies(source, own, replace=()):
    """Make what copies are missing in the folder `own` and take anew those of the notebooks
    `replace` (numbers as text), with the learner's kept next to them; yields a sentence on each.
    """
    own.mkdir(exist_ok=True)
    numbers = {number.zfill(2) for number in replace}
    paths = sorted(source.glob("[0-9][0-9]_*.ipynb"))
    for unknown in sorted(numbers - {path.name[:2] for path in paths}):
        yield f"There is no notebook {unknown}: nothing to replace."
    for path in paths:
        copy = own / path.name
        text, newest = cleared(path)
        if not copy.exists():
            write_whole(copy, text)
            yield f"{copy.name}: copied."
        elif path.name[:2] in numbers:
            kept = set_aside(copy, f"{copy.stem}.old", copy.suffix)
            write_whole(copy, text)
            yield f"{copy.name}: taken anew, and yours is kept as {kept.name}."
        elif (found := edition(copy)) != newest:
            state = "can't be read" if found is None else "is of an older edition"
            yield (f"{copy.name}: your copy {state} and is left as it is. To take it anew and keep "
                   f"yours next to it: python -m course_utils.lab --replace {path.name[:2]}")


def main(arguments=None):
    """Make the copies, say what was done, open JupyterLab; returns its exit code."""
    options = argparse.ArgumentParser(prog="python -m course_utils.lab", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--replace", metavar="NN", action="append", default=[],
                         help="number of a notebook to take anew; may be said several times")
    options.add_argument("--copies-only", action="store_true", help="don't start JupyterLab")
    options.add_argument("lab", nargs="*", help="arguments for JupyterLab, after --")
    chosen = options.parse_args(arguments)
    source = notebooks()
    own = source.parent / "my_notebooks"
    print("\n".join(copies(source, own, chosen.replace))
          or f"Your copies in {own.name} are kept as they are.")
    if chosen.copies_only:
        return 0
    if find_spec("jupyterlab") is None:
        raise SystemExit("JupyterLab is missing: python -m pip install -r requirements.txt")
    os.environ.setdefault("COURSE_SCORES", str(own / "scores.json"))
    first = str(min(own.glob("00_*.ipynb")))
    return subprocess.call([sys.executable, "-m", "jupyterlab", first, *chosen.lab])


if __name__ == "__main__":
    sys.exit(main())
