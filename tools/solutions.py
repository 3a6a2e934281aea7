"""Solutions: code in the source, folded text in the notebook.

In notebooks/source/*.py a solution is a code cell tagged `solution`, below the stub that asks
the question. The build runs it there. What it publishes is a Markdown cell of the same tag: the
code and the verdict inside <details>. So Run All runs no solution; JupyterLab, a repository's
viewer and nbconvert show one line until it is opened; and nothing depends on it.
tests/test_solutions.py turns the published cells into code again, runs them, and wants the same
text.
"""
import re
from html import escape, unescape

import nbformat

from normalise import HIDDEN, tags

__all__ = [
    "BLANK", "RIGHT", "NotSolved", "code_of", "faults", "folded", "names_asked", "said_by",
    "unfolded"
]

RIGHT, BLANK = "✓ Right.", "○ Not answered yet."
PUBLISHED = re.compile(
    r"<details><summary>A solution</summary>\n\n```python\n(?P<code>.*?)\n```\n\n"
    r"(?P<said>.*)</details>", re.S)


class NotSolved(ValueError):
    """A solution that can't be published."""


def names_asked(cell):
    """The names of the exercises that a cell's code asks `check` about."""
    return [name for _, name in re.findall(r"""check\(\s*(["'])(.+?)\1""", cell.source)]


def said_by(cell):
    """What a code cell printed and showed as text, in one piece."""
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "")
             for output in cell.get("outputs", [])
             if "image/png" not in output.get("data", {})]
    return "\n".join(text.rstrip("\n") for text in texts)


def faults(notebook):
    """What keeps the solutions of an executed notebook from being published: a list of
    sentences.
    """
    found, stub = [], None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if HIDDEN in tags(cell):
                found += _faults_of(cell, stub)
            stub = cell
    return found


def _faults_of(cell, stub):
    """The faults of one solution below its stub."""
    if not names_asked(cell):
        return [f"a solution asks no check: {cell.source.splitlines()[0]!r}"]
    name = names_asked(cell)[-1]
    if RIGHT not in said_by(cell):
        return [f"the solution of {name!r} is not right: {said_by(cell) or 'it shows nothing'}"]
    if stub is None or name not in names_asked(stub) or BLANK not in said_by(stub):
        return [f"above the solution of {name!r} there is no unanswered stub of the same name"]
    if "```" in cell.source:
        return ["a solution can't hold three backticks: it stands in a fence of them"]
    return []


def folded(notebook):
    """A copy of an executed notebook in which each solution is a folded Markdown cell;
    NotSolved where one is not right.
    """
    if found := faults(notebook):
        raise NotSolved("; ".join(found))
    return _with_solutions(notebook, "code", _folded)


def unfolded(notebook):
    """A copy of a published notebook with its solutions as code cells again, their verdict as
    their output.
    """
    return _with_solutions(notebook, "markdown", _unfolded)


def _with_solutions(notebook, kind, changed):
    copy = nbformat.from_dict(notebook)
    copy.cells = [changed(cell) if cell.cell_type == kind and HIDDEN in tags(cell) else cell
                  for cell in copy.cells]
    return copy


def _folded(cell):
    printed, _, why = said_by(cell).partition(RIGHT)
    prints = f"It prints\n\n```text\n{printed.rstrip()}\n```\n\n" if printed.strip() else ""
    text = (f"<details><summary>A solution</summary>\n\n```python\n{cell.source}\n```\n\n{prints}"
            f"<p><b>{RIGHT}</b> {escape(why.strip(), quote=False)}</p>\n\n</details>")
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": tags(cell)})


def code_of(cell):
    """The code in a published solution."""
    return PUBLISHED.fullmatch(cell.source)["code"]


def _unfolded(cell):
    told = PUBLISHED.fullmatch(cell.source)["said"]
    mark, why = re.search(r"<p><b>(.*?)</b> (.*?)</p>", told, re.S).groups()
    verdict = nbformat.v4.new_output("display_data", {"text/plain": unescape(f"{mark} {why}")})
    return nbformat.v4.new_code_cell(code_of(cell), metadata={"tags": tags(cell)},
                                     outputs=[verdict])
