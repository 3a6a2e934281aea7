"""The students' edition (no solutions, no instructor's boxes, no outputs) and the instructor's
pages, made from the notebooks.

    python tools/editions.py       # writes student_edition/*.ipynb and instructor_pages/*.md

An instructor's page holds the minutes of the core, the box for instructors (plans, misconceptions
and what to answer), each exercise with its task, minutes, solution and hints, each prediction with
its answer and the figure that decides it, the items of the tests, and the questions to close.
"""
import re
from pathlib import Path
from typing import NamedTuple

import nbformat

from course_utils.questions.texts import texts
from minutes import EXERCISE_MINUTES, exercise_kind, sittings
from normalise import HIDDEN, read, tags, text_of
from solutions import names_asked, said_by, unfolded

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {HIDDEN, "instructor"}
TESTS = {"pretest": "Pre-test", "posttest": "Post-test"}


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


class Task(NamedTuple):
    """An exercise as it is found in a notebook: its name, section, text and solution."""

    name: str
    section: str
    text: str
    solution: str

    @property
    def minutes(self):
        """Its kind and minutes in words, "" where no heading names a kind."""
        kind = exercise_kind(self.text)
        return f", {EXERCISE_MINUTES[kind]} minutes" if kind in EXERCISE_MINUTES else ""


def walk(notebook):
    """(cell, its section, the text above it) of all cells, solutions as code."""
    section = text = ""
    for cell in unfolded(notebook).cells:
        if cell.cell_type == "markdown":
            section = (re.findall(r"^## (.+)", cell.source, re.M) or [section])[-1]
            alone = "\n" not in cell.source.strip()  # a heading: its text stands in the cell above
            text = f"{text}\n\n{cell.source}" if alone else cell.source
        yield cell, section, text


def tasks(notebook):
    """The `Task` of each exercise that the notebook checks, in order."""
    found = {}
    for cell, section, text in walk(notebook):
        for name in names_asked(cell) if cell.cell_type == "code" else ():
            if HIDDEN in tags(cell):
                solved = f"```python\n{cell.source}\n```\n\n{said_by(cell)}"
                found[name] = found[name]._replace(solution=solved)
            else:
                found.setdefault(name, Task(name, section, last_part(text), "(none)"))
    return list(found.values())


def last_part(text):
    """The text from its last heading on; all of it where nothing follows the heading."""
    part = re.split(r"^(?=#{2,4} )", text, flags=re.M)[-1].strip()
    return part if "\n" in part else text.strip()


def deciders(notebook):
    """{prediction: what decides it}: the first figure or table below it in its section, with its
    caption, else the first thing that a cell prints there.
    """
    found, waiting, before = {}, [], ""
    for cell, section, _ in walk(notebook):
        if cell.cell_type != "code":
            continue
        waiting = waiting if section == before else []
        before = section
        title = re.match(r"# ((?:Figure|Table|Panel): .+)", cell.source)
        if title:
            found |= dict.fromkeys(waiting, title[1] + caption(cell))
            waiting = []
        elif waiting and said_by(cell) and "predict(" not in cell.source:
            said = said_by(cell).splitlines()[0].strip()
            found |= {name: f"the cell that prints `{said}`" for name in waiting
                      if name not in found}
        waiting += re.findall(r"predict\(\"([^\"]+)\"", cell.source)
    return found


def caption(cell):
    """The caption below a figure, as ". Caption", or ""."""
    alts = [output.metadata["image/png"]["alt"] for output in cell.get("outputs", [])
            if "image/png" in output.get("metadata", {})]
    return "".join(f". {alt}" for alt in alts)


def exercise(task, words):
    """An exercise's part of the page: task, solution, and a hint for each misconception."""
    hints = "".join(f"| {key.replace('_', ' ')} | {hint} |\n"
                    for key, hint in words.get("hints", {}).items())
    table = f"\n\n| misconception | hint |\n|---|---|\n{hints}" if hints else ""
    quoted = "\n".join(f"> {line}" for line in task.text.splitlines())
    return (f"### {task.name}{task.minutes}\n\n*{task.section}*\n\n{quoted}\n\n{task.solution}"
            f"{table}")


def prediction(name, words, decider=""):
    """A prediction's part of the page: question, choices, the right one, why, and the figure."""
    choices = "\n".join(f"- {'**' * (k == words['right'])}{choice}{'**' * (k == words['right'])}"
                        for k, choice in enumerate(words["choices"]))
    seen = f"\n\n*Decided by* {decider}" if decider else ""
    return f"### {name}\n\n{words['question']}\n\n{choices}\n\n{words['because']}{seen}"


def minutes_table(source):
    """The minutes of the core by part, as Markdown; "" without a source file."""
    if not source or not source.exists():
        return ""
    rows = "".join(f"| {number} | {part.kind} | {part.count} | {part.minutes:.0f} |\n"
                   for number, sitting in enumerate(sittings(source), 1) for part in sitting)
    head = "| sitting | part | count | minutes |\n|---|---|---|---|\n"
    return f"## Minutes of the core\n\n{head}{rows}"


def instructors_page(notebook, words=None, source=None):
    """The instructor's page of a notebook as Markdown.

    words: the tables of the notebook's questions.toml; source: its source file, for the minutes.
    """
    words = words or {}
    title = next(line for line in notebook.cells[0].source.splitlines() if line.startswith("# "))
    boxes = [cell.source for cell in notebook.cells if "instructor" in tags(cell)]
    hints = words.get("exercises", {})
    exercises = [exercise(task, hints.get(task.name, {})) for task in tasks(notebook)]
    decided = deciders(notebook)
    predictions = [prediction(name, each, decided.get(name, ""))
                   for name, each in words.get("predictions", {}).items()]
    items = [part for table, heading in TESTS.items() if table in words
             for part in (f"## {heading}", *(prediction(*each) for each in words[table].items()))]
    closing = [last_part_from(cell.source, "## Questions to close") for cell in notebook.cells
               if "## Questions to close" in cell.source]
    parts = [title, minutes_table(source), *boxes, "## Exercises", *exercises,
             *(["## Predictions", *predictions] if predictions else []), *items, *closing]
    return "\n\n".join(filter(None, parts)) + "\n"


def last_part_from(text, heading):
    """The text from a heading of the second level to the next one."""
    return re.split(r"^(?=## )", text[text.index(heading):], flags=re.M)[1].strip()


def main():
    """Write both editions; returns the paths written."""
    written = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        notebook = read(path)
        page = instructors_page(notebook, texts(path.stem[:2]),
                                path.parent / "source" / f"{path.stem}.py")
        for folder, name, text in (("student_edition", path.name, text_of(
                for_students(notebook))), ("instructor_pages", f"{path.stem}.md", page)):
            target = ROOT / folder / name
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
            written.append(target)
    return written


if __name__ == "__main__":
    for made in main():
        print(made.relative_to(ROOT))
