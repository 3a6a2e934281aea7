"""The exercises as nbgrader assignments: one per notebook, in the folders that nbgrader expects.

    python tools/build_nbgrader.py     # writes nbgrader_course/release and nbgrader_course/source

Only nbgrader's cell metadata are needed for that, not nbgrader. An exercise becomes two cells: the
answer, which a student edits, and a locked cell that asks `check` and gives the points. The
solutions ship in the open package, so these marks are formative.
"""
import ast
import hashlib
import re
from pathlib import Path

import nbformat

from normalise import HIDDEN, read, tags, text_of
from solutions import names_asked, unfolded

__all__ = ["assignment", "main"]

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "nbgrader_course"
LEFT_OUT = {"instructor"}
SCHEMA = 3  # of nbgrader's cell metadata
POINTS = 1
CALLS = re.compile(r"\n*(?:^check\(.*|^for verdict in .*(?:\n    .*)*)\Z", re.M | re.S)
NOTE = ("**About these marks.** Each exercise gives one point when `check` says that it is right. "
        "The right answers ship in the open package, so the marks are formative: they show where "
        "you stand.")


def assignment(notebook, solved=False):
    """A notebook as an assignment: each exercise an answer cell and a locked cell that grades it;
    the solutions left out, or `solved` in the place of the answers.
    """
    made = nbformat.v4.new_notebook(metadata=notebook.metadata, nbformat_minor=5)
    cells = [cell for cell in unfolded(notebook).cells if not LEFT_OUT & set(tags(cell))]
    solutions = {name: cell.source for cell in cells
                 if cell.cell_type == "code" and HIDDEN in tags(cell)
                 for name in names_asked(cell)}
    made.cells = [cells[0], nbformat.v4.new_markdown_cell(NOTE, id="about-marks")]
    for cell in cells[1:]:
        if HIDDEN in tags(cell):
            continue
        if cell.cell_type == "code" and names_asked(cell):
            made.cells += _graded(cell, solutions, solved)
        else:
            made.cells.append(_cleared(cell))
    return made


def _cleared(cell):
    kept = nbformat.from_dict(cell)
    if kept.cell_type == "code":
        kept.outputs, kept.execution_count = [], None
    return kept


def _graded(cell, solutions, solved):
    """The answer cell and the grading cells of a stub."""
    tree = ast.parse(cell.source)
    calls = {call.args[0].value: ast.unparse(call.args[1]) for call in _checks(tree)}
    answer = CALLS.sub("", cell.source)
    if not answer.strip() or answer == cell.source:  # the answer stands in the call itself
        names = list(calls)
        answer = "\n".join(f"{_variable(name)} = {calls[name]}" for name in names)
        calls = {name: _variable(name) for name in names}
    first = next(iter(calls))
    if solved and first in solutions:
        answer, calls = _solution(solutions[first])
    made = [_code(answer, f"answer-{_identity(first)}", solution=True)]
    for name, given in calls.items():
        made.append(_code(f"verdict = check({name!r}, {given})\n"
                          'assert verdict.state == "right", verdict',
                          f"points-{_identity(name)}", points=POINTS))
    return made


def _checks(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "check" and len(node.args) == 2]


def _solution(code):
    """A solution without its calls of `check`, and {exercise: the name of its answer}."""
    given = {call.args[0].value: ast.unparse(call.args[1]) for call in _checks(ast.parse(code))}
    lines = [f"{_variable(name)} = {answer}" for name, answer in given.items()]
    return "\n".join([CALLS.sub("", code), *lines]).strip(), {
        name: _variable(name) for name in given}


def _variable(name):
    return "answer_" + re.sub(r"\W+", "_", name).strip("_").lower()


def _identity(name):
    """A name that nbgrader and Jupyter take as a cell's."""
    return f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}-" + hashlib.sha256(
        name.encode()).hexdigest()[:6]


def _code(source, identity, solution=False, points=None):
    """A code cell with nbgrader's metadata: an answer, or a locked cell worth points."""
    graded = points is not None
    metadata = {"grade": graded, "grade_id": identity, "locked": graded, "schema_version": SCHEMA,
                "solution": solution, "task": False}
    if graded:
        metadata["points"] = points
    return nbformat.v4.new_code_cell(source, id=identity[:64], metadata={"nbgrader": metadata})


def main():
    """Write the assignments; returns the paths written."""
    written = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        for folder, solved in ("release", False), ("source", True):
            target = COURSE / folder / path.stem / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text_of(assignment(read(path), solved)), encoding="utf-8")
            written.append(target)
    return written


if __name__ == "__main__":
    for made in main():
        print(made.relative_to(ROOT))
