"""The students' edition, the instructor's pages and the learner's own copy."""
import nbformat
import pytest

from tools import editions, learner_copy
from tools.normalise import text_of

MARKDOWN, CODE = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell


@pytest.fixture
def notebook():
    output = nbformat.v4.new_output("stream", text="○ Not answered yet.")
    return nbformat.v4.new_notebook(cells=[
        MARKDOWN("# 99 · Test\n\n**The question.** Why?"),
        CODE("check('slope', ...)", outputs=[output], execution_count=1),
        CODE("check('slope', 3)", metadata={"tags": ["solution"]}),
        MARKDOWN("## Questions to close\n\n1. Why not?"),
        MARKDOWN("## For instructors\n\n50 minutes: ...", metadata={"tags": ["instructor"]})
    ])


def test_students_get_neither_solutions_nor_the_instructors_box(notebook):
    text = text_of(editions.for_students(notebook))
    assert "check('slope', ...)" in text
    assert "check('slope', 3)" not in text and "For instructors" not in text
    assert len(notebook.cells) == 5, "the original was changed"


def test_the_instructors_page_holds_plan_exercises_and_questions(notebook):
    page = editions.instructors_page(notebook)
    assert page.startswith(
        "# 99 · Test") and "50 minutes" in page and "- slope" in page and "Why not?" in page


def test_a_learners_copy_is_cleared_made_once_and_replaced_only_when_agreed(
        notebook, tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / "99_test.ipynb")
    monkeypatch.setattr(learner_copy, "ROOT", tmp_path)
    monkeypatch.setattr(learner_copy, "OWN", tmp_path / "my_notebooks")
    assert learner_copy.copy_missing() == ["99_test.ipynb"]
    own = tmp_path / "my_notebooks" / "99_test.ipynb"
    assert "Not answered yet" not in own.read_text(encoding="utf-8")
    own.write_text("mine", encoding="utf-8")
    assert learner_copy.copy_missing() == [] and own.read_text(encoding="utf-8") == "mine"
    assert learner_copy.copy_missing(
        "99", ask=lambda question: "n") == [] and own.read_text(encoding="utf-8") == "mine"
    assert learner_copy.copy_missing("99", ask=lambda question: "y") == ["99_test.ipynb"]
