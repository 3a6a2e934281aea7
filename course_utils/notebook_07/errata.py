"""The errata of the article that the course retells: 53 claims, the corrections, and how the
course shows them. The rows themselves are in errata.toml.

Class A changes a result and has its box and its experiment in a notebook; class B leaves
something open or loose; class C is notation, history or a slip. Every row retells in our
words what the article states.
"""
import tomllib
from html import escape
from importlib.resources import files
from typing import NamedTuple

from ..notebook_00.course import NOTEBOOKS
from ..tables import LEFT

__all__ = ["ERRATA", "Erratum", "Ledger", "errata"]

CLASSES = {"A": "changes a result", "B": "open or loose", "C": "notation, history, slip"}
HEAD = ("number", "class", "the article states", "verdict", "correct is", "evidence")


class Erratum(NamedTuple):
    """One claim: its number, class A, B or C, the notebook that treats it, the verdict, what
    the article says, what is right, and the evidence.
    """

    number: int
    kind: str
    notebook: str
    verdict: str
    says: str
    right: str
    evidence: str

    @property
    def link(self):
        """The address of the notebook that holds the experiment."""
        return NOTEBOOKS[self.notebook].file + ".ipynb"


ROWS = tomllib.loads(
    files(__package__).joinpath("errata.toml").read_text(encoding="utf-8"))
ERRATA = tuple(Erratum(int(name[1:]), **row) for name, row in ROWS.items())


class Ledger:
    """Some `ERRATA` as tables that open by a click, one per notebook, each row with a link to
    its experiment.
    """
    def __init__(self, rows):
        self.rows = tuple(rows)

    def __len__(self):
        return len(self.rows)

    def __repr__(self):
        return "\n".join(f"E{row.number} ({row.kind}, {row.verdict}): {row.right}"
                         for row in self.rows)

    def _repr_html_(self):
        found = {notebook: [row for row in self.rows if row.notebook == notebook]
                 for notebook in NOTEBOOKS}
        return "".join(_table(notebook, rows) for notebook, rows in found.items() if rows)


def _table(notebook, rows):
    count = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    name = f"{notebook} {NOTEBOOKS[notebook].title}: {count}"
    body = "".join(_line("td", [_link(row), row.kind, *map(
        escape, (row.says, row.verdict, row.right, row.evidence))]) for row in rows)
    return (f"<details><summary><b>{escape(name)}</b></summary>"
            f"<table>{_line('th', HEAD)}{body}</table></details>")


def _link(row):
    return f'<a href="{row.link}">E{row.number}</a>'


def _line(tag, cells):
    made = "".join(f'<{tag} style="{LEFT}">{cell}</{tag}>' for cell in cells)
    return f"<tr>{made}</tr>"


def errata(kind=None, notebook=None):
    """The `Ledger` of all errata, of one class ("A", "B", "C"), or of one notebook ("02")."""
    for name, value, known in (("kind", kind, CLASSES), ("notebook", notebook, NOTEBOOKS)):
        if value not in (None, *known):
            raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")
    return Ledger(
        row for row in ERRATA if kind in (None, row.kind) and notebook in (None, row.notebook))
