"""The nbgrader assignments: the blank earns nothing, the right answer its point, and each
misconception nothing. The cells are run as nbgrader would run them.
"""
import ast
import importlib
import itertools
import time
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_utils.model import Record
from course_utils.questions.texts import with_texts
from tools import build_nbgrader
from tools.build_nbgrader import assignment
from tools.normalise import read
from tools.panels import SOURCES, quiet_kernel, run_cell, run_through

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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_both_forms_grade_with_the_same_cells(path):
    """nbgrader puts the grading cells of the source into what was handed in."""
    blank, solved = (assignment(read(path), each) for each in (False, True))
    assert [cell.id for cell in blank.cells if cell.cell_type == "code"] == [
        cell.id for cell in solved.cells if cell.cell_type == "code"]
    for ours, theirs in zip(graded(blank), graded(solved), strict=True):
        if ours.metadata.nbgrader.grade:
            assert ours.source == theirs.source and "..." not in ours.source
        else:
            stub, begin, solution = theirs.source.partition(build_nbgrader.BEGIN)
            assert stub.strip() == ours.source and begin and solution.strip()


@pytest.mark.parametrize("wanted, answer, lines", [
    ("x", "3.0", ["x = 3.0"]), ("x", "x", []), ("(a, b)", "[1, 2]", ["a, b = [1, 2]"]),
    ("[*s, e]", "found", ["[*s, e] = found"]), ("g(step)", "g(mine)", ["step = mine"]),
    ("(M(), a, f)", "(M(), 2, h)", ["a = 2", "f = h"])])
def test_a_solution_takes_the_names_of_its_stub(wanted, answer, lines):
    trees = [ast.parse(each, mode="eval").body for each in (wanted, answer)]
    assert [each.replace("(a, b)", "a, b") for each in build_nbgrader._named(*trees)] == lines


def test_a_solution_of_another_form_than_its_stub_is_refused():
    with pytest.raises(ValueError, match="the same form"):
        build_nbgrader._named(*(ast.parse(each, mode="eval").body for each in ("f(x)", "3")))


SECONDS = 5  # for the search of answers that earn a hint
WORDS = ("R", "C_m", "theta", "both", "up", "down", "left", "right", "keep", "freeze",
         "steady state", *(f"0{k}" for k in range(8)))


def changed(value, rng):
    """Another value of the same kind as a part of an answer."""
    if isinstance(value, bool | np.bool_):
        return not value
    if isinstance(value, int | float | np.number):
        other = [0, 1, -1, 2, -value, value / 2, value * 2, value + 1, value - 1, 10 * value,
                 value / 10, 1 / value if value else 5, *(value * (1 + share) for share in (
                     -0.3, -0.1, -0.02, 0.02, 0.1, 0.3)), rng.uniform(-200, 200)]
        return type(value)(other[rng.integers(len(other))])
    if isinstance(value, str):
        return str(rng.choice(WORDS))
    if isinstance(value, Record):
        name = str(rng.choice([each for each in vars(value) if not each.startswith("_")]))
        try:
            return value.but(**{name: changed(getattr(value, name), rng)})
        except Exception:  # the model refuses it
            return value
    if isinstance(value, list | tuple | np.ndarray) and len(value):
        if isinstance(value, list) and rng.random() < 0.2:  # fewer or more
            return value[:-1] if rng.random() < 0.5 else [*value, value[0]]
        parts = list(value)
        for k in rng.permutation(len(parts))[:rng.integers(1, len(parts) + 1)]:
            parts[k] = changed(parts[k], rng)
        return np.array(parts) if isinstance(value, np.ndarray) else type(value)(parts)
    if isinstance(value, dict):
        name = str(rng.choice(list(value)))
        return value | {name: changed(value[name], rng)}
    return value


def misconceptions(exercise, right):
    """{hint: an answer that earns it}: the values that are known, and for those that are told by
    a predicate what a search around the right answer finds.
    """
    found = {}
    for key, wrong in exercise.wrong.items():
        if not callable(wrong) or exercise.inputs:
            found[exercise.hints[key]] = wrong
    rng, until, answer = np.random.default_rng(5), time.process_time() + SECONDS, right
    while len(found) < len(exercise.hints) and time.process_time() < until:
        answer = changed(answer if rng.random() < 0.5 else right, rng)
        verdict = exercise.judge(answer)
        if verdict.state == "hint":
            found.setdefault(verdict.text, answer)
    return found


def does(code, names):
    """Run a cell; whether it raised nothing."""
    try:
        run_cell(code, names)
    except Exception:
        return False
    return True


@pytest.mark.release
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_assignment_run_as_a_whole_marks_blank_right_and_each_misconception(path):
    """The notebook that is handed out runs from top to bottom; each exercise is graded blank,
    with each misconception in the place of the answer, and with the solution.
    """
    exercises, names = exercises_of(path.stem[:2]), {"__name__": "__main__"}
    answers = run_through(SOURCES / f"{path.stem}.py").answers
    blank, solved = (assignment(read(path), each).cells for each in (False, True))
    counts = {"blank": 0, "right": 0, "misconceptions": 0, "not found": 0}
    with quiet_kernel():
        for k, cell in enumerate(blank):
            told = cell.metadata.get("nbgrader")
            if cell.cell_type != "code" or told and told.grade:
                continue
            assert does(cell.source, names), cell.source
            marks = list(itertools.takewhile(
                lambda each: each.metadata.get("nbgrader", {}).get("grade"), blank[k + 1:]))
            for mark in marks:
                assert not does(mark.source, names), mark.source
                assert names["verdict"].state == "blank"
                counts["blank"] += 1
            for mark in marks:
                name, wanted = next(iter(build_nbgrader._asked(mark.source).items()))
                found = misconceptions(exercises[name], answers[name])
                for hint, wrong in found.items():
                    names["wrong"] = wrong
                    try:
                        run_cell("\n".join(build_nbgrader._named(wanted, ast.Name("wrong"))), names)
                        code = mark.source
                    except (TypeError, ValueError):  # no name of the stub's can hold it
                        code = mark.source.replace(ast.unparse(wanted), "wrong")
                    assert not does(code, names), f"{name}: {hint}"
                    assert names["verdict"].text == hint
                counts["misconceptions"] += len(found)
                counts["not found"] += len(exercises[name].hints) - len(found)
            if marks:
                assert does(solved[k].source, names), solved[k].source
            for mark in marks:
                assert does(mark.source, names), f"{mark.source}: {names['verdict']}"
                counts["right"] += 1
    assert counts["right"] == counts["blank"] == len(exercises)
    print(path.stem, counts)
