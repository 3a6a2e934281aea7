"""The forms of an answer: whether two agree, and the sentence that says which form is wanted."""
from inspect import isclass
from numbers import Number

import numpy as np

__all__ = ["WrongForm", "article", "is_blank", "same", "short"]


class WrongForm(TypeError):
    """An answer that can't be meant as what is wanted; its text says so."""


def is_blank(answer):
    """Whether an answer is missing: None, the dots, an empty text, or a list that holds one of
    these.
    """
    if answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip()):
        return True
    if isinstance(answer, dict):
        answer = list(answer.values())
    return isinstance(answer, list | tuple) and any(map(is_blank, answer))


def same(answer, wanted, tolerance):
    """Whether an answer is what is wanted: numbers and arrays within a relative tolerance, all
    else exactly. WrongForm where the two can't be compared.
    """
    if isinstance(wanted, str | bool | np.bool_):
        given = _alone(answer)
        kind = str if isinstance(wanted, str) else bool | np.bool_
        if not isinstance(given, kind):
            raise WrongForm(f"{article(wanted).capitalize()} is wanted, you gave "
                            f"{article(answer)}.")
        return _plain(given) == _plain(wanted)
    if isinstance(wanted, list | tuple) and not _is_numbers(wanted):
        if not isinstance(answer, list | tuple | np.ndarray) or len(answer) != len(wanted):
            raise WrongForm(f"{len(wanted)} entries are wanted, you gave {article(answer)}.")
        return all(same(*both, tolerance) for both in zip(answer, wanted))
    if isinstance(wanted, Number | np.ndarray | list | tuple):
        given, wanted = _numbers(answer, np.asarray(wanted, float)), np.asarray(wanted, float)
        floor = 1e-3 * tolerance * np.abs(wanted).max(initial=0) + 1e-12
        return bool(np.allclose(given, wanted, rtol=tolerance, atol=floor))
    if isclass(answer) and isinstance(wanted, answer):
        raise WrongForm(f"You gave the class: write {answer.__name__}(...), with brackets.")
    return bool(answer == wanted)


def _plain(value):
    return value.strip().lower() if isinstance(value, str) else bool(value)


def _alone(answer):
    """What an array or a list of one thing holds; all else as it is."""
    if isinstance(answer, np.ndarray) and answer.size == 1:
        return answer.item()
    return answer[0] if isinstance(answer, list | tuple) and len(answer) == 1 else answer


def _is_numbers(values):
    return all(isinstance(value, Number | np.ndarray) or
               isinstance(value, list | tuple) and _is_numbers(value) for value in values)


def _numbers(answer, wanted):
    """An answer as floats in the shape of the array `wanted`, or WrongForm."""
    form = "A number is" if wanted.ndim == 0 else (
        f"{wanted.size} numbers are" if wanted.ndim == 1 else
        f"Numbers in {' × '.join(map(str, wanted.shape))} rows and columns are")
    try:
        given = np.asarray(answer)
        if np.ma.is_masked(answer) or given.dtype.kind in "mM":
            raise TypeError
        if given.dtype.kind == "c":
            given = np.where(given.imag == 0, given.real, "complex")
        given = given.astype(float)
    except (TypeError, ValueError):
        raise WrongForm(f"{form} wanted, you gave {article(answer)}.") from None
    if given.size == wanted.size == 1:
        return given.reshape(wanted.shape)
    if given.shape != wanted.shape:
        raise WrongForm(f"{form} wanted, you gave {article(answer)}.")
    return given


def article(answer):
    """What an answer is, in words, as in "a text"."""
    if np.ma.is_masked(answer):
        return "an array with masked values"
    if isclass(answer):
        return f"the class {answer.__name__} itself"
    if callable(answer):
        return "a function"
    if isinstance(answer, np.ndarray) and answer.ndim:
        return f"an array of shape {answer.shape}"
    if isinstance(answer, list | tuple):
        return f"a {type(answer).__name__} of {len(answer)}"
    words = {str: "a text", bool: "True or False", np.bool_: "True or False",
             complex: "a complex number", int: "a number", float: "a number"}
    return next((words[kind] for kind in type(answer).__mro__ if kind in words),
                f"a {type(answer).__name__}")


def short(value):
    """A number, or a few of them, in three digits; "" for all else."""
    try:
        numbers = np.asarray(value, float)
    except (TypeError, ValueError):
        return ""
    if numbers.size > 4 or numbers.ndim > 1:
        return ""
    words = [f"{each:.3g}" for each in numbers.ravel()]
    return words[0] if numbers.ndim == 0 else f"({', '.join(words)})"
