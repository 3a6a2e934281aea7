"""Building twice gives the same bytes, and where it doesn't the tool says which cell and what.
"""
import nbformat
import pytest

from tools import build_twice
from tools.build_notebooks import built
from tools.normalise import normalise, text_of

CELL = "# %%\nprint('x = 1.234')\n\n# %%\n{1, 2}\n"


@pytest.fixture
def source(tmp_path):
    """A notebook's source file in a folder like that of the course."""
    (tmp_path / "notebooks" / "source").mkdir(parents=True)
    path = tmp_path / "notebooks" / "source" / "99_page.py"
    path.write_text(CELL, encoding="utf-8")
    return path


def notebook(*printed):
    """A notebook with one code cell per text, each of which printed that text."""
    cells = [
        nbformat.v4.new_code_cell(
            "print(x)", outputs=[nbformat.v4.new_output(
                "stream", text=text)], execution_count=1) for text in printed
    ]
    return normalise(nbformat.v4.new_notebook(cells=cells))


def store(source, stored):
    build_twice.notebook_of(source).write_text(text_of(stored), encoding="utf-8")


def test_two_builds_of_a_notebook_are_the_same(source):
    store(source, built(source))
    assert build_twice.verdict(source) is None


def test_normalising_twice_changes_nothing():
    once = notebook("a", "b")
    assert text_of(normalise(once)) == text_of(once)


def test_a_notebook_that_was_never_built_is_told(source):
    assert build_twice.verdict(source, build=None) == "it was never built"


def test_a_stale_notebook_and_one_that_changes_are_told_apart(source):
    store(source, notebook("seed 1\n"))
    said = build_twice.verdict(source, build=lambda _: notebook("seed 2\n"))
    for part in ("the stored one is another", "cell 0, which begins 'print(x)'",
                 "'seed 1' and 'seed 2'"):
        assert part in said
    drawn = iter([notebook("a\n", "b\n"), notebook("a\n", "c\n")])
    said = build_twice.verdict(source, build=lambda _: next(drawn))
    assert "changes from build to build" in said and "cell 1" in said and "'b' and 'c'" in said


@pytest.mark.parametrize("old, new, told",
                         [(("a",), ("a", "b"), "one has 1 cells"), (("a",), ("a",), None),
                          (("one\ntwo\n",), ("one\ntoo\n",), "'two' and 'too'")])
def test_the_first_difference_is_named(old, new, told):
    said = build_twice.where(notebook(*old), notebook(*new))
    assert said is told if told is None else told in said


def test_pictures_and_metadata_are_compared():
    def shown(png, alt):
        output = nbformat.v4.new_output("display_data", {"image/png": png},
                                        metadata={"image/png": {"alt": alt}})
        return normalise(
            nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell("show(fig)", outputs=[output])]))

    assert "image/png" in build_twice.where(shown("AAAA", "a line"), shown("BBBB", "a line"))
    assert "metadata" in build_twice.where(shown("AAAA", "a line"), shown("AAAA", "a curve"))


def test_the_command_counts_what_differs(source, capsys, monkeypatch):
    store(source, notebook("old\n"))
    monkeypatch.setattr(build_twice, "SOURCES", source.parent)
    monkeypatch.setattr(build_twice, "verdict", lambda source: "it is stale")
    assert build_twice.main([]) == 1 and build_twice.main([str(source)]) == 1
    assert "99_page.ipynb: it is stale" in capsys.readouterr().out
