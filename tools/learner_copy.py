"""The learner's own copy of the notebooks: my_notebooks/, outputs cleared, never overwritten
without asking.

    python tools/learner_copy.py                   # copy what is missing
    python tools/learner_copy.py --replace 02      # take notebook 02 anew; asks first
"""
import argparse
from pathlib import Path

import nbformat

from normalise import read, text_of

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "my_notebooks"


def cleared(path):
    """The text of a notebook without its outputs: what is printed below a question gives its
    answer away.
    """
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return text_of(nbformat.from_dict(notebook))


def copy_missing(replace=None, ask=input):
    """Write the copies that are missing, and the one whose number is `replace` if the learner
    agrees; returns their names.
    """
    OWN.mkdir(exist_ok=True)
    written = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        own = OWN / path.name
        wanted = replace is not None and path.name.startswith(f"{replace}_")
        if own.exists() and not (wanted and ask(
                f"Replace your {own.name}, answers and all? [y/N] ").strip().lower() == "y"):
            continue
        own.write_text(cleared(path), encoding="utf-8")
        written.append(own.name)
    return written


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--replace", metavar="NN", help="number of a notebook to take anew")
    made = copy_missing(options.parse_args().replace)
    print(f"{len(made)} notebooks copied to my_notebooks"
          if made else "Your copies in my_notebooks are kept as they are")
