"""The panels of the notebooks, made without a browser: for the tests, the benchmarks and the
static pages.

Each section of a notebook runs after its import cell alone; so a panel is had by running those
two.
"""
import ast
import contextlib
import io
import os
from pathlib import Path
from typing import NamedTuple

import jupytext
import matplotlib
from IPython.core.inputtransformer2 import TransformerManager

__all__ = ["SOURCES", "FoundPanel", "panels", "run_cell", "sections", "widgets_of"]

SOURCES = Path(__file__).resolve().parent.parent / "notebooks" / "source"


class FoundPanel(NamedTuple):
    """A panel and where it stands: the notebook's name, the section's heading, and the cell's
    number (from 0).
    """

    notebook: str
    section: str
    cell: int
    panel: object


def sections(source):
    """The code of a notebook's source file: (imports, [(heading, [(number, code), ...]), ...]).
    """
    found, imports = [("", [])], None
    for number, cell in enumerate(jupytext.read(source, fmt="py:percent").cells):
        if cell.cell_type == "markdown":
            headings = [line[3:] for line in cell.source.splitlines() if line.startswith("## ")]
            found.extend((heading, []) for heading in headings)
        elif imports is None:
            imports = cell.source
        else:
            found[-1][1].append((number, cell.source))
    return imports or "", found


def panels(source, wanted=lambda code: "Panel(" in code):
    """All FoundPanels of a notebook's source file, made by running the sections that hold one.
    """
    imports, parts = sections(source)
    found = []
    with _quiet_kernel():
        for heading, cells in parts:
            if any(wanted(code) for _, code in cells):
                names = {"__name__": "__main__"}
                run_cell(imports, names)
                values = [(number, run_cell(code, names)) for number, code in cells]
                found += [
                    FoundPanel(Path(source).stem, heading, number, value)
                    for number, value in values
                    if type(value).__name__ == "Panel"
                ]
    return found


def widgets_of(source):
    """[(cell's number, widget)] of all cells of a notebook's source file that show one: panels,
    questions, buttons.
    """
    imports, parts = sections(source)
    found = []
    with _quiet_kernel():
        for _, cells in parts:
            if any(shows in code for _, code in cells
                   for shows in ("Panel(", "predict(", "recall(", "button(")):
                names = {"__name__": "__main__"}
                run_cell(imports, names)
                values = [(number, run_cell(code, names)) for number, code in cells]
                found += [(number, value) for number, value in values if hasattr(value, "comm")]
    return found


def run_cell(code, names):
    """Run a cell's code in the namespace `names` and return the value of its last expression,
    or None.
    """
    tree = ast.parse(TransformerManager().transform_cell(code))
    last = ast.Expression(
        tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(last, "<cell>", "eval"), names) if last else None


@contextlib.contextmanager
def _quiet_kernel():
    """Conditions like in a kernel that nobody looks at: no window, nothing printed, no scores
    kept.
    """
    scores = os.environ.get("COURSE_SCORES")
    os.environ["COURSE_SCORES"] = ""
    matplotlib.use("agg")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        del os.environ["COURSE_SCORES"]
        if scores is not None:
            os.environ["COURSE_SCORES"] = scores
