"""The ledger: complete, classed as the course classes it, and every class-A row has its
experiment where it points.
"""
import re
from pathlib import Path

import pytest

from course_utils.notebook_00.course import NOTEBOOKS
from course_utils.notebook_07.errata import CLASSES, ERRATA, errata

SOURCES = Path(__file__).parent.parent / "notebooks" / "source"
CLASS_A = {5, 6, 14, *range(18, 23), 26, 27, 29, 30, 34, 35, 38, *range(40, 46), 49}
CLASS_C = {7, 10, 15, 16, 17, 25, 36, 37, 39, 46, 47}


def test_all_rows_stand_once_and_say_something():
    assert [row.number for row in ERRATA] == list(range(1, 54))
    for row in ERRATA:
        assert all(len(text) > 4
                   for text in (row.verdict, row.says, row.right, row.evidence)), row.number
        assert row.notebook in NOTEBOOKS and row.kind in CLASSES


def test_the_classes_are_those_of_the_course():
    assert {row.number for row in errata("A").rows} == CLASS_A
    assert {row.number for row in errata("C").rows} == CLASS_C
    assert len(errata()) == 53 == sum(len(errata(kind)) for kind in CLASSES)


@pytest.mark.parametrize("row", [row for row in ERRATA if row.kind != "C"],
                         ids=lambda row: f"E{row.number}")
def test_a_row_points_to_a_notebook_that_treats_it(row):
    source = SOURCES / f"{NOTEBOOKS[row.notebook].file}.py"
    if not source.exists():
        pytest.skip(f"{source.name} is not written yet")
    assert re.search(
        rf"\bE{row.number}\b",
        source.read_text(encoding="utf-8")), f"{source.name} never mentions E{row.number}"


def test_the_page_links_every_row_and_escapes_what_it_shows():
    page = errata()._repr_html_()
    assert len(re.findall(r'<a href="\d\d_\w+\.ipynb">E\d+</a>', page)) == 53
    assert page.count("<details>") == len({row.notebook
                                           for row in ERRATA}) and "0.3313 &lt; I" in page
    assert "E43 (A, roles swapped)" in repr(errata("A", "06"))


@pytest.mark.parametrize("arguments, said", [({"kind": "D"}, "kind"),
                                             ({"notebook": 2}, "notebook")])
def test_what_is_refused_is_named(arguments, said):
    with pytest.raises(ValueError, match=said):
        errata(**arguments)
