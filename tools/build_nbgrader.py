"""The exercises as nbgrader assignments: one per notebook, in the folders that nbgrader expects.

    python tools/build_nbgrader.py     # writes nbgrader_course/release and nbgrader_course/source

Only nbgrader's cell metadata are needed for that, not nbgrader. An exercise becomes two cells: the
answer, which a student edits, and a locked cell that asks `check` and gives the points. nbgrader
puts the locked cells of `source` into what a student hands in, so those of both forms are the same,
and a solution stands below its stub, between the marks that `nbgrader generate_assignment` clears.
The solutions ship in the open package, so these marks are formative.
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
CONFIG = '''# For nbgrader: `cd nbgrader_course`, then `nbgrader generate_assignment NAME`.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "computational_neuroscience"
c.ClearSolutions.code_stub = {"python": "# your answer stands above"}
c.ClearSolutions.enforce_metadata = True
c.ExecutePreprocessor.timeout = 600
'''
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"  # what stands between is cleared by nbgrader


def assignment(notebook, solved=False):
    """A notebook as an assignment: each exercise an answer cell and locked cells that grade it,
    the same ones in both forms; the solutions left out, or `solved` below the stubs.
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
    asked = _asked(cell.source)
    lines = [CALLS.sub("", cell.source)]
    for name, given in asked.items():
        if _has_dots(given):  # the answer stands in the call itself
            asked[name] = ast.parse(_variable(name), mode="eval").body
            lines.append(f"{_variable(name)} = {ast.unparse(given)}")
    first = next(iter(asked))
    if solved and first in solutions:
        lines += [BEGIN, _solution(solutions[first], asked), END]
    made = [_code("\n".join(lines).strip(), f"answer-{_identity(first)}", solution=True)]
    for name, given in asked.items():
        made.append(_code(f"verdict = check({name!r}, {ast.unparse(given)})\n"
                          'assert verdict.state == "right", verdict',
                          f"points-{_identity(name)}", points=POINTS))
    return made


def _asked(code):
    """{exercise: the answer that is handed to `check`, as a tree}."""
    return {node.args[0].value: node.args[1] for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check"
            and len(node.args) == 2}


def _has_dots(tree):
    return any(getattr(node, "value", None) is Ellipsis for node in ast.walk(tree))


def _solution(code, asked):
    """A solution without its calls of `check`, which gives its answers the names of the stub."""
    lines = [CALLS.sub("", code)]
    for name, answer in _asked(code).items():
        lines += _named(asked[name], answer)
    return "\n".join(lines).strip()


def _named(wanted, answer):
    """The lines that make what is `wanted` by a grading cell, both trees, be this answer."""
    if ast.dump(wanted) == ast.dump(answer):
        return []
    if _is_target(wanted):
        return [f"{ast.unparse(wanted)} = {ast.unparse(answer)}"]
    parts = [getattr(each, "args", getattr(each, "elts", ())) for each in (wanted, answer)]
    if type(wanted) is not type(answer) or not parts[0]:
        raise ValueError(f"a solution hands {ast.unparse(answer)} to check, its stub "
                         f"{ast.unparse(wanted)}: give both the same form")
    return [line for both in zip(*parts, strict=True) for line in _named(*both)]


def _is_target(tree):
    """Whether a tree is a name, or names in a list or tuple, so that it can be assigned to."""
    if isinstance(tree, ast.Starred):
        return _is_target(tree.value)
    if isinstance(tree, ast.List | ast.Tuple):
        return all(map(_is_target, tree.elts))
    return isinstance(tree, ast.Name)


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
    COURSE.mkdir(exist_ok=True)
    written = [COURSE / "nbgrader_config.py"]
    written[0].write_text(CONFIG, encoding="utf-8")
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
