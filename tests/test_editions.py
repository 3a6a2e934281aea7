"""The students' edition and the instructor's pages."""
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


def test_the_instructors_page_holds_plan_exercises_and_questions(notebook):
    page = editions.instructors_page(notebook)
    assert page.startswith(
        "# 99 · Test") and "50 minutes" in page and "- slope" in page and "Why not?" in page
    assert "### slope\n\n```python\ncheck('slope', 3)\n```\n\n✓ Right. It is 3." in page
