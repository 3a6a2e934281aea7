"""The learner's own copies: made once, cleared, told of newer editions, never lost."""
import json
import os
import subprocess
import sys

import pytest

from course_utils import lab


def notebook(*sources):
    """A notebook with one executed code cell for each source."""
    cells = [{
        "cell_type": "code", "id": f"c{k}", "metadata": {}, "source": source,
        "execution_count": k, "outputs": [{"output_type": "stream", "name": "stdout",
                                           "text": "the answer is 42\n"}]
    } for k, source in enumerate(sources)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def course(tmp_path):
    """The folder of a course with two notebooks."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_first.ipynb").write_text(notebook("x = 1"))
    (tmp_path / "notebooks" / "03_third.ipynb").write_text(notebook("y = 2"))
    return tmp_path


def run(course, *replace):
    """What is said when the learner starts the lab."""
    return list(lab.copies(course / "notebooks", course / "my_notebooks", replace))


def test_copies_are_made_once_and_without_outputs(course):
    said = run(course)
    assert said == ["00_first.ipynb: copied.", "03_third.ipynb: copied."]
    own = course / "my_notebooks" / "03_third.ipynb"
    assert "the answer is 42" not in own.read_text() and "y = 2" in own.read_text()
    assert run(course) == []


def test_what_the_learner_wrote_is_kept_and_a_newer_edition_is_told(course):
    run(course)
    own = course / "my_notebooks" / "03_third.ipynb"
    mine = own.read_text().replace("y = 2", "y = 2  # my answer")
    own.write_text(mine)
    assert run(course) == []
    (course / "notebooks" / "03_third.ipynb").write_text(notebook("y = 3"))
    (message,) = run(course)
    assert "03_third.ipynb" in message and "older edition" in message
    assert message.endswith("--replace 03") and own.read_text() == mine


def test_a_run_that_only_changes_outputs_is_no_new_edition(course):
    run(course)
    path = course / "notebooks" / "00_first.ipynb"
    path.write_text(path.read_text().replace("42", "43"))
    assert run(course) == []


@pytest.mark.parametrize("number", ["03", "3"])
def test_replacing_keeps_the_old_file(course, number):
    run(course)
    own = course / "my_notebooks" / "03_third.ipynb"
    for k, mine in enumerate(("mine", "mine again")):
        own.write_text(mine)
        (message,) = run(course, number)
        kept = course / "my_notebooks" / f"03_third.old{k or ''}.ipynb"
        assert kept.read_text() == mine and kept.name in message
        assert "y = 2" in own.read_text()


def test_a_number_that_is_none_is_told(course):
    assert run(course, "9")[0] == "There is no notebook 09: nothing to replace."


@pytest.mark.parametrize("text", ["", '{"cells": [', "[]", "null", '{"metadata": []}', "\xff"])
def test_a_copy_that_was_cut_short_is_told_and_left(course, text):
    run(course)
    own = course / "my_notebooks" / "03_third.ipynb"
    own.write_text(text, encoding="latin-1")
    assert "can't be read" in run(course)[0]
    assert own.read_text(encoding="latin-1") == text


def test_a_full_disk_leaves_no_half_copy(course, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")
    monkeypatch.setattr(lab.os, "replace", full)
    with pytest.raises(OSError):
        run(course)
    assert not list((course / "my_notebooks").glob("*.ipynb"))


def start(course, *arguments):
    """What the command prints in the folder of the course."""
    done = subprocess.run([sys.executable, "-m", "course_utils.lab", "--copies-only", *arguments],
                          cwd=course, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(lab.TREE)})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_does_what_its_flags_say(course):
    assert "00_first.ipynb: copied." in start(course)
    assert "Your copies in my_notebooks are kept as they are." in start(course)
    assert "kept as 03_third.old.ipynb" in start(course, "--replace", "3")
    said = start(course, "--replace", "0", "--replace", "3")
    assert "00_first.old.ipynb" in said and "03_third.old1.ipynb" in said


def test_jupyterlab_opens_the_first_copy_and_keeps_scores_beside_it(course, monkeypatch):
    seen = {}
    monkeypatch.chdir(course)
    monkeypatch.setenv("COURSE_SCORES", "")
    monkeypatch.delenv("COURSE_SCORES")
    monkeypatch.setattr(lab.subprocess, "call",
                        lambda command: seen.update(command=command, scores=lab.os.environ.get(
                            "COURSE_SCORES")) or 0)
    assert lab.main(["--", "--no-browser"]) == 0
    own = course / "my_notebooks"
    assert seen["command"][2:] == ["jupyterlab", str(own / "00_first.ipynb"), "--no-browser"]
    assert seen["scores"] == str(own / "scores.json")


def test_elsewhere_the_course_is_found_around_the_package_or_missed_with_a_sentence(
        tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert lab.notebooks() == lab.TREE / "notebooks"
    monkeypatch.setattr(lab, "TREE", tmp_path)
    with pytest.raises(SystemExit, match="Change to the folder of the course"):
        lab.notebooks()
