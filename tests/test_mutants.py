"""The tool that breaks code: what is caught, what survives, and what is only late."""
from pathlib import Path

import pytest

from tools import mutants

TOY = """
def count(n):
    steps = 0
    while n > 0:
        n = n - 1
        steps = steps + 1
    return steps


def untested(n):
    return n * 2
"""
TEST = """
from course_utils.toy import count


def test_count():
    assert count(3) == 3
"""


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """The mutations of a toy project by line number and rule, and a copy of it."""
    for name, text in {"course_utils/toy.py": TOY, "course_utils/__init__.py": "",
                       "tests/test_toy.py": TEST, "pyproject.toml": MARKERS}.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(mutants, "ROOT", tmp_path / "project")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # a quick start
    copy = mutants.project_copy(tmp_path / "copy")
    found = mutants.mutations([tmp_path / "project" / "course_utils" / "toy.py"])
    return {mutants.describe(each).split(":", 1)[1]: each for each in found}, copy


MARKERS = """[tool.pytest.ini_options]
markers = ["slow", "browser", "release"]
"""
WRONG = "6: steps = steps + 1  ->  steps = steps - 1"
ENDLESS = "5: n = n - 1  ->  n = n + 1"
UNSEEN = "11: return n * 2  ->  return n / 2"


@pytest.mark.slow
def test_a_late_mutant_is_not_counted_as_caught(toy, capsys):
    every, copy = toy
    found = mutants.judged([every[WRONG], every[ENDLESS], every[UNSEEN]], [copy], 6)
    assert [said for _, said in found] == [mutants.CAUGHT, mutants.LATE, mutants.SURVIVED]
    share, said = mutants.summary(found, len(every))
    assert share == pytest.approx(1 / 3) and "1 ran out of time even alone" in said
    assert f"alone: {mutants.LATE}" in capsys.readouterr().out
    assert (copy / "course_utils" / "toy.py").read_text() == TOY, "the copy was left broken"


def test_a_mutant_that_was_late_among_others_is_judged_alone(toy, monkeypatch):
    every, copy = toy
    said = iter([mutants.LATE, mutants.SURVIVED, mutants.CAUGHT])
    seconds = []
    monkeypatch.setattr(mutants, "verdict",
                        lambda mutation, copy, limit: seconds.append(limit) or next(said))
    found = mutants.judged([every[WRONG], every[UNSEEN]], [copy], 10)
    assert [verdict for _, verdict in found] == [mutants.CAUGHT, mutants.SURVIVED]
    assert seconds == [10, 10, 30]


def test_tests_that_are_broken_are_no_catch(toy):
    _, copy = toy
    (copy / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--nonsense'")
    with pytest.raises(RuntimeError, match="pytest ended with 4"):
        mutants.passes("toy", copy)


def test_the_modules_to_break_and_their_own_tests_exist():
    stems = {path.stem for path in mutants.modules()}
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert len(stems) >= 15
    assert set(mutants.OWN_TESTS) <= stems
    assert {name for names in mutants.OWN_TESTS.values() for name in names} <= tests
    assert set(mutants.NOT_OURS) <= tests


@pytest.mark.parametrize("module, part", mutants.EQUIVALENT)
def test_what_is_said_to_change_nothing_still_stands_there(module, part):
    texts = [path.read_text(encoding="utf-8") for path in mutants.modules([module])]
    assert any(part in text for text in texts)
