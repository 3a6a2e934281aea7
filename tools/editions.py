"""The students' edition (no solutions, no instructor's boxes, no outputs) and the instructor's
pages, made from the notebooks.

    python tools/editions.py       # writes student_edition/*.ipynb and instructor_pages/*.md
"""
import re
from pathlib import Path

import nbformat

from normalise import HIDDEN, read, tags, text_of
from solutions import names_asked, said_by, unfolded

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {HIDDEN, "instructor"}


def for_students(notebook):
    """A copy of a notebook without the cells that are the instructor's alone, and without
    outputs, which answer predictions.
    """
    copy = nbformat.from_dict(notebook)
    copy.cells = [cell for cell in copy.cells if not LEFT_OUT & set(tags(cell))]
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return copy


def instructors_page(notebook):
    """The instructor's page of a notebook as Markdown: its title, its questions to close, its
    instructor's box, its answer key.
    """
    title = next(
        line for line in notebook.cells[0].source.splitlines() if line.startswith("# "))
    parts = [cell.source for cell in notebook.cells if "instructor" in tags(cell)]
    closing = [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and re.match(r"## Questions to close", cell.source)
    ]
    exercises = re.findall(r"check\(\s*[\"']([^\"']+)", "\n".join(
        cell.source for cell in notebook.cells))
    listed = "\n".join(f"- {name}" for name in dict.fromkeys(exercises))
    key = [f"### {names_asked(cell)[-1]}\n\n```python\n{cell.source}\n```\n\n{said_by(cell)}"
           for cell in unfolded(notebook).cells
           if cell.cell_type == "code" and HIDDEN in tags(cell)]
    checked = f"## Exercises that check themselves\n\n{listed}"
    return "\n\n".join([title, *parts, checked, "## Answer key", *key, *closing]) + "\n"


def main():
    """Write both editions; returns the paths written."""
    written = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        notebook = read(path)
        for folder, name, text in (("student_edition", path.name, text_of(
                for_students(notebook))), ("instructor_pages", path.with_suffix(".md").name,
                                           instructors_page(notebook))):
            target = ROOT / folder / name
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
            written.append(target)
    return written


if __name__ == "__main__":
    for made in main():
        print(made.relative_to(ROOT))
