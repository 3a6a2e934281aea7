"""An open cell computes, a folded one draws: so nothing that is seen before it is run tells a
result.

Captions, titles, read-outs and reference values stand in cells tagged `folded`. JupyterLab shows
their first line alone: a comment that says what comes out, never what is found.
"""
import re
import symtable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.build_notebooks import notebook_of, parse
from tools.normalise import FOLDED, asked_above, read, tags

SOURCES = sorted((Path(__file__).parent.parent / "notebooks" / "source").glob("[0-9]*.py"))
DRAWS = re.compile(r"\bshow\(|\bPanel\(|\bplt\.|\bset_title\(|\btitle=|\.legend\(")
FIRST = re.compile(r"# (Figure|Panel|Table): [^\d]{5,80}")

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


def drawing(source):
    """The code cells of a source file, below the imports, that draw or are folded."""
    code = [cell for cell in parse(source).cells if cell.cell_type == "code"]
    return [cell for cell in code[1:] if DRAWS.search(cell.source) or FOLDED in tags(cell)]


@each_source
def test_what_draws_is_folded_and_its_first_line_tells_no_result(source):
    for cell in drawing(source):
        assert FOLDED in tags(cell), f"this cell draws and is open: {cell.source[:80]!r}"
        first = cell.source.splitlines()[0]
        assert FIRST.fullmatch(first), first


@each_source
def test_a_folded_cell_below_a_prediction_keeps_its_output_until_it_is_run(source):
    asked = False
    for cell in read(notebook_of(source)).cells:
        asked = asked_above(cell, asked)
        wanted = {}
        if FOLDED in tags(cell):
            wanted = {"source_hidden": True} | ({"outputs_hidden": True} if asked else {})
        assert cell.metadata.get("jupyter", {}) == wanted, cell.source[:80]


def names(code):
    """The names that a cell gives to the notebook, and those that it takes from it."""
    def asked(table):
        at_top = table.get_type() == "module"
        own = {each.get_name() for each in table.get_symbols()
               if each.is_referenced() and (at_top or each.is_global())}
        return own.union(*map(asked, table.get_children()))

    top = symtable.symtable(code, "cell", "exec")
    given = {each.get_name() for each in top.get_symbols()
             if each.is_assigned() or each.is_imported()}
    return given, asked(top) - given


def taken_from_folded(cells):
    """[(name, first line of the cell that takes it)] where only a folded cell gives a name."""
    origin, found = {}, []
    for cell in cells:
        given, asked = names(cell.source)
        found += [(name, cell.source.splitlines()[0]) for name in asked
                  if FOLDED in origin.get(name, ())]
        origin |= dict.fromkeys(given, tags(cell))
    return found


@each_source
def test_what_a_later_cell_needs_is_never_folded(source):
    code = [cell for cell in parse(source).cells if cell.cell_type == "code"]
    assert taken_from_folded(code) == []


def test_a_name_from_a_folded_cell_is_found():
    def cell(code, *words):
        return SimpleNamespace(source=code, metadata={"tags": list(words)})

    folded = cell("run = 3\nfor k in range(run):\n    print(k)", FOLDED)
    takes = cell("def view(fig, k):\n    return run + k")
    assert taken_from_folded([folded, takes]) == [("run", "def view(fig, k):")]
    assert taken_from_folded([folded, cell("run = 4"), takes]) == []


@pytest.mark.parametrize("line, good", [
    ("# Figure: the three rasters, and below them the share that fires", True),
    ("# Table: rates, measured and exact", True),
    ("# Figure: at 3 two groups take turns", False),
    ("fig, ax = plt.subplots()", False), ("# 14 of 16", False), ("", False)])
def test_a_first_line_names_what_comes_out(line, good):
    assert bool(FIRST.fullmatch(line)) == good
