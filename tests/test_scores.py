"""Nothing of a learner's is lost: the file of committed choices under all that may happen to it."""
import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

import build_notebooks
import gains
from course_utils.notebook_00.exercises import AskedTwice
from course_utils.notebook_00.hand_in import hand_in, where_kept
from course_utils.notebook_01.exercises import check
from course_utils.questions import scores
from course_utils.questions.predict import Prediction, Question
from course_utils.questions.scores import keep_verdict, load_scores, save_score

WHICH = Prediction("which?", ("x", "y", "z"), 1, "since y")
TWENTY = {f"0{k % 8}: question {k}": {"chosen": k % 3, "right": k % 3 == 1, "sure": "certain"}
          for k in range(20)}
TEXT = json.dumps(TWENTY | {"é": {"chosen": 0, "right": False, "sure": "a guess"}},
                  ensure_ascii=False)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The file that COURSE_SCORES names; it does not exist yet."""
    monkeypatch.setenv("COURSE_SCORES", str(tmp_path / "scores.json"))
    return tmp_path / "scores.json"


def commit(question, choice, sure=0):
    question.choice.index = question.order.index(choice)
    question.sure.index = sure
    question.commit.click()


def test_without_a_file_nothing_is_kept_or_told(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_SCORES", "")
    monkeypatch.chdir(tmp_path)
    assert save_score("a", {"right": True}) == "" and load_scores() == {}
    question = Question("02: threshold", WHICH)
    commit(question, 1)
    assert "<p>" not in question.answer.value and list(tmp_path.iterdir()) == []


def test_the_first_choice_is_kept_and_shows_as_committed_after_a_restart(file):
    commit(Question("02: threshold", WHICH), 1)
    assert load_scores() == {"02: threshold": {"chosen": 1, "right": True, "sure": "a guess"}}
    again = Question("02: threshold", WHICH)
    assert again.chosen == 1 and again.sure.value == "a guess" and again.commit.disabled
    assert "As you said" in again.answer.value and again.choice.disabled
    assert Question("02: other", WHICH).answer.value == ""
    assert save_score("02: threshold", {"chosen": 0, "right": False, "sure": "certain"}) == (
        "An earlier choice of yours is kept.")
    assert load_scores()["02: threshold"]["right"]
    commit(AskedTwice("00: twice", WHICH), 1)
    assert "since y" not in AskedTwice("00: twice", WHICH).answer.value


@pytest.mark.parametrize("kept", [
    {"chosen": 7, "right": True, "sure": "certain"}, {"chosen": 1, "right": True},
    {"chosen": [1], "right": True, "sure": "certain"}, {"chosen": 1, "right": True, "sure": 3}])
def test_a_score_that_says_nothing_sensible_is_not_shown(file, kept):
    file.write_text(json.dumps({"a": kept}), encoding="utf-8")
    assert Question("a", WHICH).answer.value == ""


@pytest.mark.parametrize("data", [
    TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"), TEXT.encode("latin-1")],
    ids=["utf-8", "byte order mark", "utf-16", "latin-1"])
def test_a_file_that_an_editor_saved_is_read_and_kept(file, data):
    file.write_bytes(data)
    assert len(load_scores()) == 21 and load_scores()["é"]["chosen"] == 0
    assert save_score("new", {"right": True}) == ""
    assert set(load_scores()) == {*TWENTY, "é", "new"}


@pytest.mark.parametrize("data", [
    TEXT[:-1].encode(), b"<<<<<<< HEAD\n" + TEXT.encode(), b"[1, 2]", b"\x00\xff\xfe",
    b"[" * 200_000], ids=["cut off", "conflict", "a list", "bytes", "a nest"])
def test_a_file_that_can_not_be_read_is_set_aside_whole_and_told(file, data):
    for k in range(2):
        file.write_bytes(data)
        assert load_scores() == {}
        said = save_score(f"new {k}", {"right": True})
        aside = file.with_name(f"scores.json.unreadable{k or ''}")
        assert aside.name in said and aside.read_bytes() == data
        assert load_scores() == {f"new {k}": {"right": True}}


@pytest.mark.parametrize("empty", [b"", b"\n", b"{}"])
def test_an_empty_file_is_a_fresh_one(file, empty):
    file.write_bytes(empty)
    assert save_score("a", {"right": True}) == "" and load_scores() == {"a": {"right": True}}


def test_a_commit_that_is_not_kept_is_told(file, monkeypatch, tmp_path):
    save_score("old", {"right": True})

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(scores.os, "fsync", full)
        question = Question("02: threshold", WHICH)
        commit(question, 1)
        assert "could not be kept: No space left on device" in question.answer.value
    assert load_scores() == {"old": {"right": True}} and len(list(tmp_path.iterdir())) == 2
    for elsewhere in (tmp_path / "no folder" / "scores.json", tmp_path):
        monkeypatch.setenv("COURSE_SCORES", str(elsewhere))
        assert "could not be kept" in save_score("a", {"right": True}) and load_scores() == {}


def test_a_link_stays_a_link(file, tmp_path, monkeypatch):
    save_score("old", {"right": True})
    link = tmp_path / "link.json"
    link.symlink_to(file)
    monkeypatch.setenv("COURSE_SCORES", str(link))
    save_score("new", {"right": True})
    assert link.is_symlink() and set(json.loads(file.read_text(encoding="utf-8"))) == {"old", "new"}


def test_names_of_the_first_edition_are_read(file):
    file.write_text('{"00: pre-test, thicker insulation": {"right": true}}', encoding="utf-8")
    assert load_scores() == {"00: pre-test, length constant": {"right": True}}


COMMITS = """
import sys
from course_utils.questions.scores import save_score
for k in range(int(sys.argv[2])):
    save_score(f"{sys.argv[1]}: {k}", {"chosen": 0, "right": True, "sure": "certain"})
"""


def kernel(name, count):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", COMMITS, name, str(count)], env=environment)


def test_two_kernels_that_write_at_once_lose_nothing(file):
    both = [kernel(name, 40) for name in "ab"]
    assert [each.wait(60) for each in both] == [0, 0]
    assert len(load_scores()) == 80


def test_a_kernel_that_is_killed_while_it_writes_loses_nothing(file):
    save_score("before", {"right": True})
    writing = kernel("a", 100_000)
    try:
        deadline = time.time() + 30
        while len(load_scores()) < 5 and time.time() < deadline:
            time.sleep(0.01)
    finally:
        writing.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        writing.wait()
    assert len(load_scores()) >= 5 and "before" in load_scores()
    assert save_score("after", {"right": True}) == "" and "after" in load_scores()


# Where nothing is said: a file beside the notebook, and only in a notebook

@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The file that a notebook's kernel in this folder keeps; it does not exist yet."""
    monkeypatch.delenv("COURSE_SCORES", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("IPython.get_ipython", object)
    return tmp_path / "scores.json"


def test_a_kernel_keeps_choices_beside_its_notebook_and_says_so(beside):
    assert "scores.json next to this notebook" in where_kept() and "delete the file" in where_kept()
    question = Question("02: threshold", WHICH)
    assert not beside.exists()
    commit(question, 1)
    assert Question("02: threshold", WHICH).commit.disabled
    beside.unlink()
    assert not Question("02: threshold", WHICH).answer.value


@pytest.mark.parametrize("shell, name", [(lambda: None, None), (object, "")])
def test_outside_of_a_kernel_or_switched_off_nothing_is_kept(beside, monkeypatch, shell, name):
    monkeypatch.setattr("IPython.get_ipython", shell)
    if name is not None:
        monkeypatch.setenv("COURSE_SCORES", name)
    commit(Question("02: threshold", WHICH), 1)
    assert "Nothing that you commit is kept" in where_kept() and not beside.exists()
    assert "nothing to hand in" in hand_in()


def test_verdicts_are_kept_from_the_first_commit_on(beside):
    check("without a threshold", 6)
    assert not beside.exists()
    commit(Question("02: threshold", WHICH), 0)
    for answer in (..., 3, [7], "fourteen", 6, ...):
        check("without a threshold", answer)
    kept = json.loads(beside.read_text(encoding="utf-8"))
    assert kept["exercises"] == {
        "01: without a threshold": {"state": "right", "tries": 4}}
    assert set(load_scores()) == {"02: threshold"}


@pytest.mark.parametrize("damaged", ['{"exercises": 3}', '{"exercises": {"03: count": 7}}', "{"])
def test_a_verdict_that_can_not_be_kept_disturbs_nobody(beside, damaged):
    beside.write_text(damaged, encoding="utf-8")
    keep_verdict("03: count", "right")
    assert "hand" in hand_in()


def test_one_file_holds_what_is_handed_in_and_the_instructors_tool_reads_it(beside, tmp_path):
    commit(Question("00: pre-test, one bit", WHICH), 0)
    commit(Question("07: parallel post-test, one bit", WHICH), 1)
    keep_verdict("03: count", "wrong")
    said = hand_in()
    assert "hand_in.json next to this notebook" in said and "Committed choices: 2." in said
    assert "Exercises with a verdict: 1, right: 0." in said
    made = tmp_path / "hand_in.json"
    assert gains.paired([gains.answers(made)]) == {"one bit": [(False, True)]}
    assert gains.answers(made) == gains.answers(beside)
    assert json.loads(made.read_text())["exercises"]["03: count"] == {"state": "wrong", "tries": 1}


COMMITTING = """
from course_utils.questions.predict import Prediction, Question
question = Question("02: x", Prediction("?", ("a", "b"), 0, ""))
question.choice.index = question.sure.index = 0
question.commit.click()
"""


def test_a_build_writes_nothing_and_a_learners_kernel_does(tmp_path, monkeypatch):
    """The same cell in a real kernel, started as the build does and as JupyterLab does."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(COMMITTING)])
    monkeypatch.delenv("COURSE_SCORES", raising=False)
    environment = build_notebooks.build_environment
    build_notebooks.execute(made, str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(build_notebooks, "build_environment", lambda home: {
        name: value for name, value in environment(home).items() if name != "COURSE_SCORES"})
    build_notebooks.execute(made, str(tmp_path))
    assert (tmp_path / "scores.json").exists()
