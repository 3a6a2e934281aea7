"""The nbgrader assignments: the blank earns nothing, the right answer its point, and each
misconception nothing. The cells are run as nbgrader would run them.
"""
import importlib
from pathlib import Path

import nbformat
import pytest

from course_utils.questions.texts import with_texts
from tools.build_nbgrader import assignment
from tools.normalise import read
from tools.panels import SOURCES, run_through

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
KEYS = {"grade", "grade_id", "locked", "schema_version", "solution", "task"}


def graded(notebook):
    """The cells of an assignment that nbgrader knows."""
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("solved", [False, True], ids=["release", "source"])
def test_the_metadata_are_those_of_nbgrader(path, solved):
    notebook = assignment(read(path), solved)
    nbformat.validate(notebook)
    cells = graded(notebook)
    identities = [cell.metadata.nbgrader.grade_id for cell in cells]
    assert len(set(identities)) == len(identities) and cells
    for cell in cells:
        told = cell.metadata.nbgrader
        assert set(told) == KEYS | ({"points"} if told.grade else set())
        assert told.grade == told.locked != told.solution and told.schema_version == 3
    known = set(exercises_of(path.stem[:2]))
    asked = {name for name in known for cell in cells if f"check({name!r}," in cell.source}
    assert asked == known, "an exercise is not graded"
    assert not any("<details><summary>A solution" in cell.source for cell in notebook.cells)


def exercises_of(number):
    module = importlib.import_module(f"course_utils.notebook_{number}.exercises")
    return with_texts(number, module.EXERCISES)


def earns(cell, judged):
    """Whether a grading cell gives its point when `check` says what `judged(name)` says."""
    names = {"check": lambda name, answer: judged(name)}
    code = cell.source.replace(cell.source.split(", ", 1)[1].split("\n")[0], "None)")
    try:
        exec(code, names)
    except AssertionError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_blank_right_and_each_misconception_are_marked(path):
    exercises = exercises_of(path.stem[:2])
    answers = run_through(SOURCES / f"{path.stem}.py").answers
    for cell in graded(assignment(read(path))):
        if not cell.metadata.nbgrader.grade:
            continue
        name = next(each for each in exercises if f"check({each!r}," in cell.source)
        exercise = exercises[name]
        assert not earns(cell, lambda name, each=exercise: each.judge(...))
        assert earns(cell, lambda name, each=exercise: each.judge(answers[name]))
        for key, wrong in exercise.wrong.items():
            if not callable(wrong) or exercise.inputs:
                assert not earns(cell, lambda name, each=exercise, wrong=wrong: each.judge(wrong)
                                 ), f"{name}: {key}"
