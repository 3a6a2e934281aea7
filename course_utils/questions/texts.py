"""The words of a notebook's questions, read from the file `questions.toml` in its folder.

The file has two tables. `[predictions."name"]`: question, choices, right (the index of
the true choice, from 0, as written), because, and order where "hash" won't do.
`[exercises."name"]`: expects, why, and hints, a table {key: sentence} with the keys that
`Exercise.wrong` has in the code. Line breaks inside a text count as spaces.
"""
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from .predict import Prediction

__all__ = ["each_leaf", "predictions", "texts", "with_texts"]

FOLDER = Path(__file__).resolve().parent.parent


@cache
def texts(notebook):
    """All tables of a notebook's `questions.toml`, a dict of dicts; notebook as in "05"."""
    file = FOLDER / f"notebook_{notebook}" / "questions.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return each_leaf(tables, lambda leaf: " ".join(leaf.split()) if isinstance(leaf, str) else leaf)


def predictions(notebook, table="predictions"):
    """{name: Prediction} of one table of a notebook's file; empty where there is no such table.
    """
    needed = "question", "choices", "right", "because"
    made = {}
    for name, words in texts(notebook).get(table, {}).items():
        _agree(f'{table} "{name}" of notebook {notebook}', words, needed, ["order"])
        made[name] = Prediction(**words)
    return made


def with_texts(notebook, exercises):
    """The exercises {name: Exercise} of a notebook with their words; ValueError where code and
    file don't name the same exercises and hints.
    """
    said = texts(notebook).get("exercises", {})
    _agree(f"exercises of notebook {notebook}", said, exercises)
    for name, exercise in exercises.items():
        where = f'exercise "{name}" of notebook {notebook}'
        _agree(where, said[name], ["expects", "why"], ["hints"])
        _agree(f"hints of {where}", said[name].get("hints", {}), exercise.wrong)
    return {name: replace(exercise, **said[name]) for name, exercise in exercises.items()}


def _agree(where, written, needed, allowed=()):
    """Refuse names in the file that the code does not know, and those that it needs and misses.
    """
    if odd := {*written, *allowed} ^ {*needed, *allowed}:
        raise ValueError(f"{where}: questions.toml and the code differ in "
                         f"{', '.join(map(repr, sorted(odd)))}; there are {', '.join(needed)}")


def each_leaf(value, change):
    """The same tables and lists with `change` made to all that is neither of the two."""
    if isinstance(value, dict):
        return {name: each_leaf(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [each_leaf(each, change) for each in value]
    return change(value)
