"""The students' edition and the instructor's pages."""
import re

import nbformat
import pytest

from tools import editions
from tools.build_notebooks import REPORT
from tools.normalise import read, text_of

MARKDOWN, CODE = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell


PUBLISHED = """<details><summary>A solution</summary>

```python
check('slope', 3)
```

<p><b>✓ Right.</b> It is 3.</p>

</details>"""


@pytest.fixture
def notebook():
    output = nbformat.v4.new_output("stream", text="○ Not answered yet.")
    return nbformat.v4.new_notebook(cells=[
        MARKDOWN("# 99 · Test\n\n**The question.** Why?"),
        CODE("check('slope', ...)", outputs=[output], execution_count=1),
        MARKDOWN(PUBLISHED, metadata={"tags": ["solution"]}),
        MARKDOWN("## Questions to close\n\n1. Why not?"),
        MARKDOWN("## For instructors\n\n50 minutes: ...", metadata={"tags": ["instructor"]})
    ])


def test_every_notebook_ends_with_where_to_report_a_mistake():
    """The address itself stands in one file, and every edition leads there."""
    anchor = REPORT.split("(../")[1].split(")")[0]
    file, _, heading = anchor.partition("#")
    text = (editions.ROOT / file).read_text(encoding="utf-8")
    assert f"## {heading.replace('-', ' ').capitalize()}\n" in text and "/issues>" in text
    for path in sorted((editions.ROOT / "notebooks").glob("[0-9]*.ipynb")):
        assert editions.for_students(read(path)).cells[-1].source.endswith(REPORT), path.name


def test_students_get_neither_solutions_nor_the_instructors_box(notebook):
    text = text_of(editions.for_students(notebook))
    assert "check('slope', ...)" in text and "Not answered yet" not in text
    assert "check('slope', 3)" not in text and "For instructors" not in text
    assert len(notebook.cells) == 5, "the original was changed"


WORDS = {
    "exercises": {"slope": {"expects": "A number.", "why": "It is 3.",
                            "hints": {"upside_down": "Which of the two do you divide by?"}}},
    "predictions": {"rise": {"question": "Does it rise?", "choices": ["yes", "no"], "right": 0,
                             "because": "The slope is 3."}},
    "posttest": {"fall": {"question": "Does it fall?", "choices": ["yes", "no"], "right": 1,
                          "because": "It rises."}}
}


def test_the_instructors_page_holds_plan_exercises_and_questions(notebook):
    page = editions.instructors_page(notebook)
    assert page.startswith(
        "# 99 · Test") and "50 minutes" in page and "Why not?" in page
    assert "```python\ncheck('slope', 3)\n```\n\n✓ Right. It is 3." in page


def test_an_exercise_comes_with_task_minutes_solution_and_hints(notebook):
    notebook.cells.insert(1, MARKDOWN("## 1 · Lines\n\nText.\n\n### Exercise · find the fault\n\n"
                                      "Find the slope."))
    page = editions.instructors_page(notebook, WORDS)
    task = page.split("### slope, 7 minutes")[1]
    for part in ("*1 · Lines*", "> Find the slope.", "check('slope', 3)",
                 "| upside down | Which of the two do you divide by? |"):
        assert part in task, part
    assert "> Text." not in page


def test_a_prediction_comes_with_its_answer_and_the_figure_that_decides_it(notebook):
    figure = CODE("# Figure: a line\nshow(fig, ...)", outputs=[nbformat.v4.new_output(
        "display_data", data={"image/png": ""}, metadata={"image/png": {"alt": "It rises."}})])
    printing = CODE("print(3)", outputs=[nbformat.v4.new_output("stream", text="slope 3\n")])
    asked, heading = CODE('predict("rise")'), MARKDOWN("## 2 · Another section")
    for cells, decider in (([asked, printing, figure], "Figure: a line. It rises."),
                           ([asked, printing], "the cell that prints `slope 3`"),
                           ([asked, heading, figure], "")):
        notebook.cells[1:1] = cells
        page = editions.instructors_page(notebook, WORDS)
        assert "Does it rise?\n\n- **yes**\n- no\n\nThe slope is 3." in page
        assert (f"*Decided by* {decider}\n" in page) == bool(decider)
        del notebook.cells[1:1 + len(cells)]
    assert "## Post-test" in page and "- **no**" in page


@pytest.mark.parametrize("path", sorted((editions.ROOT / "notebooks").glob("[0-9]*.ipynb")),
                         ids=lambda path: path.stem)
def test_a_real_page_is_complete(path):
    """Each exercise has its solution and hints, each prediction what decides it, and the box
    has both plans and an answer to each misconception.
    """
    notebook, words = read(path), editions.texts(path.stem[:2])
    source = path.parent / "source" / f"{path.stem}.py"
    page = editions.instructors_page(notebook, words, source)
    tasks = editions.tasks(notebook)
    assert {task.name for task in tasks} == set(words["exercises"])
    for task in tasks:
        assert "✓ Right." in task.solution and len(task.text) > 40, task.name
        assert all(hint in page for hint in words["exercises"][task.name].get("hints", {}).values())
    assert set(editions.deciders(notebook)) >= set(words["predictions"])
    assert "| sitting | part |" in page
    for part in ("**50 minutes.**", "**90 minutes.**", "**Misconceptions"):
        assert part in page, part


@pytest.mark.parametrize("path", sorted((editions.ROOT / "notebooks").glob("[0-9]*.ipynb")),
                         ids=lambda path: path.stem)
def test_each_misconception_has_an_answer(path, keep):
    """As in "*Hebb's rule is symmetric:* ask which cell fires first in ..."."""
    page = editions.instructors_page(read(path))
    listed = re.search(r"\*\*Misconceptions, and what to answer\.\*\* (.+?)\n\n", page, re.S)
    answers = re.findall(r"\*[^*]+(?::\*|\*:) ", listed[1]) if listed else []
    keep(f"misconceptions left without an answer in {path.stem[:2]}", max(0, 3 - len(answers)), 0)
