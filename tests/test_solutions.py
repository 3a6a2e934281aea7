"""The published solutions: safe to look at and to run past, and right.

Each stands in its notebook as folded text. Here it becomes code again, is run below its stub,
and must be called right; and what then would be published is what stands there. The
misconceptions are tried in test_exercises.py.
"""
import ast
import contextlib
import io
import json
import re
from pathlib import Path

import matplotlib
import nbformat
import pytest

from tools import build_notebooks
from tools.editions import for_students
from tools.normalise import FOLDED, HIDDEN, read, tags, text_of
from tools.panels import SOURCES, run_cell, sections
from tools.solutions import BLANK, RIGHT, NotSolved, code_of, faults, folded, unfolded

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("[0-9]*.ipynb"))
CODE, MARKDOWN = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
SHOWS = re.compile(r"^(panel = |)(Panel|predict|button)\(|\A# (Figure|Table|Panel): ", re.M)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def solutions(notebook):
    return [cell for cell in notebook.cells if HIDDEN in tags(cell)]


def needed(notebook):
    """The part of a notebook that its solutions need: the imports and, of each section, what
    stands above its last solution.

    Panels, questions, buttons and cells that only draw are left out: what they show can't matter
    to a solution.
    """
    part, section = [next(cell for cell in notebook.cells if cell.cell_type == "code")], []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.M):
            section = []
        elif (cell.cell_type == "code" and cell is not part[0]
              and not {"nbval-ignore-output", FOLDED} & {*tags(cell)}):
            section.append(cell)
            if HIDDEN in tags(cell):
                part, section = part + section, []
    return nbformat.v4.new_notebook(cells=part, metadata=notebook.metadata)


@pytest.mark.slow
@each_notebook
def test_each_published_solution_is_right_and_says_what_is_published(path):
    published = read(path)
    part = needed(unfolded(published))
    ran = folded(build_notebooks.execute(part, str(path.parent)))
    assert [cell.source for cell in solutions(ran)] == [
        cell.source for cell in solutions(published)]


def filled_carelessly(stub):
    """What a stub becomes when its dots are deleted, or when the template in its comment takes
    their place: those forms that are Python.
    """
    template = re.sub(r"\.\.\.\s*#\s*(\S.*)", r"\1", stub)
    for text in (stub, template):
        for dots in (r",?\s*\.\.\.", r"\w+=\.\.\.,?\s*|\.\.\.,?\s*", r"\.\.\."):
            form = re.sub(dots, "", text)
            with contextlib.suppress(SyntaxError):
                ast.parse(form)
                yield form


@pytest.mark.parametrize("stub, forms", [
    ("check('a', ...)", ["check('a')", "check('a', )"]),
    ("a = ...  # STDP(mu=0.0, ...)\ncheck('a', a)", ["a = STDP(mu=0.0)\ncheck('a', a)"]),
    ("a = ...  # Cell(g=...)\ncheck('a', a)", ["a = Cell()\ncheck('a', a)"]),
    ("def f(x):\n    return ...", ["def f(x):\n    return"])])
def test_careless_forms_of_a_stub(stub, forms):
    found = [re.sub(r"[ \t]+(\n|$)", r"\1", form) for form in filled_carelessly(stub)]
    assert set(forms) <= set(found), found


@pytest.mark.slow
@pytest.mark.parametrize("source", sorted(SOURCES.glob("[0-9]*.py")),
                         ids=lambda source: source.stem)
def test_a_stub_that_is_filled_without_thought_is_not_right(source, monkeypatch):
    monkeypatch.setenv("COURSE_SCORES", "")
    imports, parts = sections(source)
    matplotlib.use("agg")
    tried = 0
    for _, cells in parts:
        names = {"__name__": "__main__"}
        stubs = [code for _, code in cells if "check(" in code and "..." in code]
        if stubs:
            run_cell(imports, names)
        for _, code in cells:
            if not stubs:
                break  # what follows the last one can't matter to it
            if code in stubs:
                stubs.remove(code)
                for form in filled_carelessly(code):
                    verdict = None
                    with contextlib.suppress(Exception):  # it may stop with an error
                        verdict = run_cell(form, dict(names))
                    assert getattr(verdict, "state", "") != "right", form
                    tried += 1
            if not SHOWS.search(code):
                with contextlib.redirect_stdout(io.StringIO()):
                    run_cell(code, names)
    assert tried


@each_notebook
def test_nothing_that_is_seen_or_run_gives_a_solution_away(path):
    notebook = read(path)
    assert len(solutions(notebook)) >= 2
    for cell in solutions(notebook):
        assert cell.cell_type == "markdown"
        assert cell.source.splitlines()[0] == "<details><summary>A solution</summary>"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert RIGHT not in json.dumps(cell.outputs, ensure_ascii=False), cell.source


def names_in(code):
    """(names that a cell's code uses, names that it binds)"""
    plain = [line for line in code.splitlines() if not line.lstrip().startswith(("%", "!", "?"))]
    nodes = list(ast.walk(ast.parse(re.sub(r"\?+$", "", "\n".join(plain), flags=re.M))))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(each.asname or each.name).split(".")[0] for each in node.names}
    return used, bound


@each_notebook
def test_no_cell_uses_a_name_that_a_solution_alone_binds(path):
    by_solutions, before = set(), set()
    for cell in unfolded(read(path)).cells:
        if cell.cell_type == "code":
            used, bound = names_in(cell.source)
            if HIDDEN in tags(cell):
                by_solutions |= bound - before
            else:
                by_solutions -= bound
                assert not used & by_solutions, f"{used & by_solutions} in {cell.source[:80]!r}"
                before |= bound


@each_notebook
def test_the_students_edition_holds_no_solution(path):
    text = text_of(for_students(read(path)))
    for code in map(code_of, solutions(read(path))):
        assert len(code) <= 60 or json.dumps(code, ensure_ascii=False)[1:-1] not in text
    assert "A solution" not in text and RIGHT not in text


def shown(text):
    data = {"text/plain": text, "text/html": f"<b>{text}</b>"}
    return [nbformat.v4.new_output("execute_result", data, execution_count=1)]


@pytest.fixture
def executed():
    return nbformat.v4.new_notebook(cells=[
        MARKDOWN("## 1 · Slope"),
        CODE("slope = ...\ncheck('slope', slope)", outputs=shown(f"{BLANK} A number.")),
        CODE("check('slope', 3)", metadata={"tags": [HIDDEN]},
             outputs=shown(f"{RIGHT} a < b*c*d, so 3 & no more."))])


def test_a_solution_is_folded_and_comes_back(executed):
    published = folded(executed)
    cell = published.cells[2]
    assert cell.cell_type == "markdown" and tags(cell) == [HIDDEN]
    assert "```python\ncheck('slope', 3)\n```" in cell.source
    assert f"<p><b>{RIGHT}</b> a &lt; b*c*d, so 3 &amp; no more.</p>" in cell.source
    back = unfolded(published)
    assert back.cells[2].source == executed.cells[2].source and faults(back) == []
    assert folded(back).cells[2].source == cell.source


@pytest.mark.parametrize("number, spoilt, complaint", [
    (2, {"outputs": shown("✗ Not yet. The sign.")}, "is not right: ✗ Not yet. The sign."),
    (2, {"outputs": []}, "'slope' is not right: it shows nothing"),
    (2, {"source": "3"}, "asks no check"),
    (1, {"source": "check('size', ...)"}, "no unanswered stub of the same name"),
    (1, {"outputs": shown(f"{RIGHT} Yes.")}, "no unanswered stub of the same name"),
    (2, {"source": 'check("slope", """```""")'}, "three backticks")])
def test_what_is_not_right_is_not_published(executed, number, spoilt, complaint):
    executed.cells[number].update(spoilt)
    with pytest.raises(NotSolved, match=re.escape(complaint)):
        folded(executed)


WRONG = '''# %%
from course_utils.notebook_01.exercises import check

# %%
check("NAND", (..., ..., ...))

# %% tags=["solution"]
check("NAND", ANSWER)
'''


@pytest.mark.slow
@pytest.mark.parametrize("answer, published", [
    ("(-1, -1, -1.5)", True), ("(1, 1, 1.5)", False), ("(..., -1, -1)", False),
    ("undefined", False)])
def test_the_build_writes_nothing_where_a_solution_is_wrong(tmp_path, answer, published):
    source = tmp_path / "source" / "98_wrong.py"
    source.parent.mkdir()
    source.write_text(WRONG.replace("ANSWER", answer), encoding="utf-8")
    found = build_notebooks.build(source)
    assert bool(found) != published and (tmp_path / "98_wrong.ipynb").exists() == published, found
    if published:
        assert build_notebooks.differences(source) == []
        source.write_text(WRONG.replace("ANSWER", "(-2, -1, -2.5)"), encoding="utf-8")
        assert "differs from its source" in build_notebooks.differences(source)[0]
