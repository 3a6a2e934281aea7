"""What every notebook promises: its header, rhythm, figures, errata, exercises, foot; and that
its output is fresh and small.

The stored outputs themselves are compared by nbval; here the form is checked, and that source
and .ipynb agree.
"""
import ast
import base64
import io
import json
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from tools.build_notebooks import LARGEST, differences, notebook_of, parse
from tools.normalise import FOLDED, HIDDEN, WIDGET_LINE, read, tags
from tools.solutions import unfolded

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "notebooks" / "source").glob("[0-9]*.py"))
IGNORED = "nbval-ignore-output"
TAGS = {FOLDED, HIDDEN, IGNORED, "instructor", "raises-exception"}
LARGEST_FIGURE, MOST_COLORS = 40_000, 64

LEAST = {  # notebook: (exercises, predictions)
    "00": (3, 3), "01": (5, 4), "02": (5, 4), "03": (5, 4), "04": (5, 4), "05": (5, 4),
    "06": (6, 5), "07": (3, 1)
}
ERRATA = {  # notebook: the errata that change a result; each has its box and its experiment
    "01": ("E5", "E6"), "02": ("E14", "E18", "E19", "E20", "E21", "E22"), "03": ("E26", "E27"),
    "04": ("E29", "E30"), "05": ("E34", "E35", "E38"),
    "06": ("E40", "E41", "E42", "E43", "E44", "E45", "E49")
}
# notebook: words that the alt text of our version of the article's figure holds
ARTICLE_FIGURES = {
    "01": ("dendrites", "axon"), "02": ("equivalent circuit", "capacitor"),
    "03": ("limit cycle", "oscillation"), "04": ("surface",), "05": ("3-D", "layers"),
    "06": ("weight matri",)
}

pytestmark = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


@cache
def cells(source):
    """The cells of a notebook as built."""
    return read(notebook_of(source)).cells


def code(source):
    return [cell for cell in cells(source) if cell.cell_type == "code"]


def with_solutions(source):
    """The code cells of a notebook, its published solutions among them."""
    return [cell for cell in unfolded(read(notebook_of(source))).cells
            if cell.cell_type == "code"]


def prose(source):
    return [cell for cell in cells(source) if cell.cell_type == "markdown"]


def number(source):
    return source.stem[:2]


def last_statement(cell):
    """The code of the last statement of a cell."""
    return ast.get_source_segment(cell.source, ast.parse(cell.source).body[-1])


def pictures(source):
    """(cell, output) of every figure that is stored."""
    return [(cell, output)
            for cell in code(source)
            for output in cell.outputs
            if "image/png" in output.get("data", {})]


def sections(source):
    """[(heading, its cells)], the first one being what stands before any heading."""
    found = [("", [])]
    for cell in cells(source):
        heading = re.match(r"## (.+)", cell.source) if cell.cell_type == "markdown" else None
        if heading:
            found.append((heading[1], []))
        found[-1][1].append(cell)
    return found


def test_source_and_notebook_agree(source):
    assert differences(source) == []


def test_only_known_tags_are_used_and_widgets_alone_are_ignored(source):
    for cell in cells(source):
        assert set(tags(cell)) <= TAGS, cell.source
        if IGNORED in tags(cell):
            shown = last_statement(cell)
            widget = r"panel$|(with_\w+|Panel|predict|recall|button)\("
            assert re.match(widget, shown), cell.source
            assert all(WIDGET_LINE in json.dumps(output)
                       for output in cell.outputs), "an ignored cell shows more than a widget"


def test_it_opens_with_the_question_and_the_imports(source):
    first = cells(source)[0].source
    assert re.match(rf"# {number(source)} · ", first)
    for word in ("**The question", "**You will be able to", "**Time", "**You need"):
        assert word in first or word in cells(source)[1].source, f"the header card lacks {word}"
    imports = code(source)[0].source
    assert all(
        re.match(r"(import|from|    |\)|#|$)", line) for line in imports.splitlines()), imports


def test_it_has_its_exercises_and_predictions(source):
    text = "\n".join(cell.source for cell in code(source))
    exercises, predictions = LEAST[number(source)]
    solved = [cell for cell in with_solutions(source) if HIDDEN in tags(cell)]
    assert len(set(re.findall(r"check\(\s*[\"']([^\"']+)", text))) >= exercises
    assert len(set(re.findall(r"predict\(\s*[\"']([^\"']+)", text))) >= predictions
    assert len(solved) >= exercises


def test_a_blank_says_so_and_a_solution_is_right(source):
    """Each solution follows the stub that asks the same question, and binds none of its names.
    """
    for k, cell in enumerate(with_solutions(source)):
        asked = re.findall(r"check\(\s*[\"']([^\"']+)", cell.source)
        said = "".join(
            output["data"]["text/plain"]
            for output in cell.outputs
            if "Verdict" in str(type(output)) or "text/plain" in output.get("data", {}))
        if asked and HIDDEN in tags(cell):
            assert "✓ Right." in said, (cell.source, said)
            stub = with_solutions(source)[k - 1]
            assert asked[
                -1] in stub.source, f"the cell before the solution of {asked} does not ask it"
            assert not bound(cell.source) & bound(stub.source), cell.source
        elif asked:
            assert "○ Not answered yet." in said, (cell.source, said)


def bound(text):
    return set(re.findall(r"^(?:def )?([A-Za-z_]\w*)(?= *[=(][^=])", text,
                          re.M)) - {"check", "print", "show", "display"}


def test_every_figure_is_small_and_has_its_alt_text_twice(source):
    assert pictures(source), "no figure"
    for cell, output in pictures(source):
        png = base64.b64decode(output["data"]["image/png"])
        alt = output["metadata"].get("image/png", {}).get("alt", "")
        assert len(alt) > 40, cell.source
        assert any(alt in other["data"].get("text/plain", "") and "text/html" in other["data"]
                   for other in cell.outputs
                   if "data" in other), f"no caption below: {alt}"
        assert len(png) <= LARGEST_FIGURE, f"{len(png)} bytes: {alt}"
        assert len(Image.open(io.BytesIO(png)).getcolors() or range(999)) <= MOST_COLORS, alt


def test_every_panel_stands_after_a_static_figure_of_its_section(source):
    seen = 0
    for heading, found in sections(source):
        drawn = False
        for cell in found:
            if cell.cell_type == "code":
                drawn = drawn or any("image/png" in output.get("data", {})
                                     for output in cell.outputs)
                if re.search(r"\bPanel\(", cell.source):
                    assert drawn, f"{heading}: the page shows nothing before its panel"
                    seen += 1
    assert seen, "no panel"


def test_each_erratum_that_matters_has_its_box_and_its_experiment(source):
    for erratum in ERRATA.get(number(source), ()):
        boxes = [
            k for k, cell in enumerate(cells(source))
            if cell.cell_type == "markdown"
            and re.search(r"\*\*The article (says|states)", cell.source)
            and re.search(rf"\b{erratum}\b", cell.source)
        ]
        assert boxes, f"no box for {erratum}"
        assert any(cell.cell_type == "code" and IGNORED not in tags(cell) and cell.outputs
                   for cell in cells(source)[boxes[0] + 1:boxes[0]
                                             + 4]), f"no experiment after the box of {erratum}"


def test_the_articles_figures_have_ours(source):
    alts = [
        output["metadata"].get("image/png", {}).get("alt", "").lower()
        for _, output in pictures(source)
    ]
    words = ARTICLE_FIGURES.get(number(source), ())
    assert not words or any(word.lower() in alt
                            for alt in alts
                            for word in words), f"no figure speaks of {words}"


def test_it_ends_with_questions_references_the_instructors_box_and_links(source):
    text = "\n".join(cell.source for cell in prose(source))
    assert "## What you saw" in text and "## Questions to close" in text and "## References" in text
    assert "https://doi.org/10." in text
    assert sum("instructor" in tags(cell) for cell in prose(source)) == 1
    links = re.findall(r"\]\((\d\d_\w+\.ipynb)", text)
    assert links and all((ROOT / "notebooks" / link).exists() for link in links), links
    neighbours = {f"{int(number(source)) + step:02d}" for step in (-1, 1)} & set(LEAST)
    assert neighbours <= {
        link[:2]
        for link in re.findall(r"\]\((\d\d_\w+\.ipynb)",
                               prose(source)[-1].source)
    }


def test_further_sections_come_after_the_core(source):
    headings = [heading for heading, _ in sections(source)]
    core_end = headings.index("What you saw")
    assert not any(heading.startswith("Further") for heading in headings[:core_end])
    assert all(
        re.match(r"Further|Questions to close|References|For instructors", heading)
        for heading in headings[core_end + 1:]), headings


def test_the_notebook_is_small_quiet_and_names_no_machine(source):
    text = notebook_of(source).read_text(encoding="utf-8")
    assert len(text.encode()) <= LARGEST
    assert "widgets" not in json.loads(text)["metadata"]
    outputs = json.dumps([cell.outputs for cell in code(source)])
    assert not re.search(r'"/(home|root|tmp|work|Users)/',
                         outputs) and '"stderr"' not in outputs
    assert all(cell.execution_count for cell in code(source)), "a cell was never executed"


def test_the_source_holds_no_long_cell(source):
    """A list of imports, one name a line, counts as the line it would be."""
    for cell in parse(source).cells:
        if cell.cell_type == "code" and FOLDED not in tags(cell):
            code = re.sub(r"^from .* import \(\n(?: .*\n)*\)$", "", cell.source, flags=re.M)
            assert len(code.splitlines()) <= 32, code[:80]
