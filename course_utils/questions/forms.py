"""The forms of an answer: whether two agree, and the sentence that says which form is wanted."""
from inspect import isclass
from numbers import Number

import numpy as np

__all__ = ["WrongForm", "article", "is_blank", "parts", "quietly", "same", "short"]

MOST_PARTS = 6  # of an answer that is judged part by part
SEVERAL = list | tuple | np.ndarray
KINDS = {"str": "a text", "bool": "True or False", "int": "a number", "float": "a number",
         "complex": "a complex number", "function": "a function"}


class WrongForm(TypeError):
    """An answer that can't be meant as what is wanted; its text says so."""

    def __init__(self, wanted, answer):
        super().__init__(f"{wanted} wanted, you gave {article(answer)}.")


def quietly(matches, *arguments):
    """What a comparison says, and False where it can't be made."""
    try:
        return matches(*arguments)
    except Exception:
        return False


def is_blank(answer):
    """Whether an answer is missing: None, the dots, an empty text, or a list that holds one of
    these.
    """
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list | tuple):
        return any(map(is_blank, answer))
    return answer is None or answer is Ellipsis or isinstance(answer, str) and not answer.strip()


def same(answer, wanted, tolerance):
    """Whether an answer is what is wanted: numbers and arrays within a relative tolerance,
    everything else exactly. WrongForm where the two can't be compared.
    """
    if isinstance(wanted, str | bool | np.bool_):
        given = np.ravel(answer).tolist()
        kind = str if isinstance(wanted, str) else bool
        if len(given) != 1 or not isinstance(given[0], kind):
            raise WrongForm(f"{article(wanted).capitalize()} is", answer)
        return str(given[0]).strip().lower() == str(wanted).strip().lower()
    if isinstance(wanted, list | tuple) and not all(map(_is_numeric, wanted)):
        if not isinstance(answer, SEVERAL) or len(answer) != len(wanted):
            raise WrongForm(f"{len(wanted)} entries are", answer)
        return all(same(*both, tolerance) for both in zip(answer, wanted))
    if _is_numeric(wanted):
        things = "truth values" if np.asarray(wanted).dtype == bool else "numbers"
        wanted = np.asarray(wanted, float)
        form = f"{wanted.size} {things} are" if wanted.ndim else "A number is"
        floor = 1e-3 * tolerance * np.abs(wanted).max(initial=0) + 1e-12
        return np.allclose(_numbers(answer, wanted.shape, form), wanted, rtol=tolerance, atol=floor)
    if isclass(answer) and isinstance(wanted, answer):
        raise WrongForm(f"An example, {answer.__name__}(...) with brackets, is", answer)
    return bool(answer == wanted)


def _is_numeric(value):
    return isinstance(value, Number | np.ndarray) or isinstance(value, list | tuple) and all(
        map(_is_numeric, value))


def _numbers(answer, shape, form):
    """An answer as floats in this shape, or WrongForm."""
    try:
        given = np.asarray(answer)
        if np.ma.is_masked(answer) or given.dtype.kind in "mMS":
            raise TypeError
        if given.dtype.kind == "c":
            given = np.where(given.imag == 0, given.real, "complex")
        given = given.astype(float)
        if given.size == 1:
            given = given.reshape(shape)
    except (TypeError, ValueError, OverflowError):
        raise WrongForm(form, answer) from None
    if given.shape != shape:
        raise WrongForm(form, answer)
    return given


def article(answer):
    """What an answer is, in words, as in "a text"."""
    if np.ma.is_masked(answer):
        return "an array with masked values"
    if isclass(answer):
        return "the class itself"
    if isinstance(answer, np.ndarray) and answer.ndim:
        return f"an array of shape {answer.shape}"
    if isinstance(answer, list | tuple):
        return f"a {type(answer).__name__} of {len(answer)}"
    kind = type(answer).__name__
    return KINDS.get(kind.rstrip("_0123456789"), f"a {kind}")


def parts(given, wanted, tolerance):
    """Which parts of an answer are right in all cases, as in "Part by part: 1 ✓, 2 ✗, 3 ○."; ""
    for an answer in one piece.
    """
    sizes = {len(each) if isinstance(each, SEVERAL) and getattr(each, "ndim", 1) else 0
             for each in (*given, *wanted)}
    if len(sizes) > 1 or not 2 <= max(sizes) <= MOST_PARTS:
        return ""
    marks = []
    for mine, true in zip(zip(*given), zip(*wanted)):
        agree = all(quietly(same, *both, tolerance) for both in zip(mine, true))
        marks.append("○" if all(map(is_blank, mine)) else "✓" if agree else "✗")
    told = ", ".join(f"{k} {mark}" for k, mark in enumerate(marks, 1))
    return "" if set(marks) == {"○"} else f"Part by part: {told}."


def short(value):
    """A number, or a few of them, in three digits; "" for everything else."""
    numbers = quietly(np.asarray, value, float)
    if numbers is False or numbers.size > 4 or numbers.ndim > 1:
        return ""
    words = [f"{each:.3g}" for each in numbers.ravel()]
    return f"({', '.join(words)})" if numbers.ndim else words[0]
