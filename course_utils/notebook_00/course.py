"""The eight notebooks of the course, as `course.toml` lists them."""
import tomllib
from importlib.resources import files
from typing import NamedTuple

__all__ = ["NOTEBOOKS", "Notebook"]


class Notebook(NamedTuple):
    """One notebook: its file (without the ending), title, the question it answers, the numbers
    of those it builds on, and its place (column, row) on the map.
    """

    file: str
    title: str
    question: str
    needs: tuple
    place: tuple


NOTEBOOKS = {  # number: Notebook
    number: Notebook(**row)
    for number, row in tomllib.loads(
        files(__package__).joinpath("course.toml").read_text(encoding="utf-8")).items()
}
