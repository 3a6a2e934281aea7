"""What is accepted: numbers, arrays and domains, and the sentences that refuse the rest."""
import sys
import warnings
from numbers import Integral

import numpy as np

__all__ = [
    "CourseWarning", "DOMAINS", "advise", "as_bits", "finite_array", "fits_in_memory", "number",
    "require", "scalar_or_per", "short", "whole_number", "within"
]


class CourseWarning(UserWarning):
    """A value that is allowed, and hardly meant: another unit, or another convention.

    >>> issubclass(CourseWarning, UserWarning)
    True
    """


def advise(sentence):
    """A `CourseWarning` that points at the line of the caller outside the package."""
    level = 1
    while sys._getframe(level).f_globals.get("__name__", "").startswith(f"{__package__}."):
        level += 1
    warnings.warn(sentence, CourseWarning, stacklevel=level + 1)


NO_NUMBERS = "bcSUMm"  # numpy's kinds of bool, complex, bytes, texts, dates and durations
MOST = 10**6  # steps, points, trials: more would take minutes, and is hardly meant
LEAST, LARGEST = 1e-100, 1e100  # sizes whose products neither vanish nor overflow
MOST_BYTES = 1e9  # of one result; whoever has more memory may raise it

# domain: (what is allowed in words, test on an array)
DOMAINS = {
    "real": ("a finite number", np.isfinite),
    "positive": ("a number above 0", lambda x: x > 0),
    "nonnegative": ("a number that is 0 or more", lambda x: x >= 0),
    "probability": ("a number from 0 to 1", lambda x: (x >= 0) & (x <= 1)),
    "temperature": ("a temperature between -273.15 and 100", lambda x: abs(x + 86.575) < 186.575),
    "range": ("a finite number", np.isfinite),  # `parameter` says from where to where
}


def finite_array(name, values, allowed="finite numbers", refused=NO_NUMBERS):
    """`values` as an array of floats; a ValueError or TypeError that names `name` where that
    can't be: nan, infinite or masked values, and the `refused` kinds of numpy.
    """
    try:
        given = np.asanyarray(values)
        if values is None or given.dtype.kind in refused:
            raise TypeError
        array = np.asarray(given, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{name} must be {allowed}, not {short(values)}") from None
    if np.ma.is_masked(given):
        raise ValueError(f"{name} must be {allowed}, but some are masked: give values in their "
                         f"place, as in {name}.filled(0.0)")
    if not (np.abs(array) <= LARGEST).all():
        raise ValueError(f"{name} must be {allowed}, but it holds nan or an infinite value, or one "
                         f"beyond {LARGEST:g}: {short(values)}")
    return array


def as_bits(name, values, allowed="0 or 1, or an array of them"):
    """`values`, 0 and 1 or bool, as an array of int, or an error that names `name`."""
    array = finite_array(name, values, allowed, NO_NUMBERS[1:])
    for other in array[(array != 0) & (array != 1)]:
        raise ValueError(f"{name} must hold only 0 and 1 (silent, fired), but it holds {other:g}")
    return array.astype(int)


def scalar_or_per(name, values, shape, thing, what="number"):
    """`values` as an array of floats: one number, or one per `thing`, of this shape; an error
    that names `name` elsewhere.
    """
    array = finite_array(name, values, f"one {what} or one per {thing}")
    if array.shape not in ((), shape):
        raise ValueError(
            f"{name} must be one {what} or one per {thing}, shape {shape}, but has shape "
            f"{array.shape}")
    return array


def whole_number(name, value, low=0, most: float = MOST):
    """`value` as an int from `low` to `most`; a ValueError or TypeError that names `name` where
    that can't be.
    """
    is_whole = isinstance(value, Integral) and not isinstance(value, bool)
    if is_whole and low <= value <= most:
        return int(value)
    raise (ValueError if is_whole else TypeError)(
        f"{name} must be a whole number from {low} to {most}, not {short(value)}")


def fits_in_memory(name, count, bytes_each):
    """None, where `count` things of the given bytes each stay below `MOST_BYTES`.

    Raises ValueError that names `name` elsewhere.
    """
    if count * bytes_each > MOST_BYTES:
        raise ValueError(
            f"{name} must be at most {MOST_BYTES / bytes_each:.3g}, not {short(count)}: the result "
            f"would take {count * bytes_each / 1e9:.3g} GB of memory, and the limit is "
            f"{MOST_BYTES / 1e9:g} GB (course_utils.checks.MOST_BYTES)")


def within(name, value, domain, unit=""):
    """`value` as an array of a domain of `DOMAINS`; a ValueError or TypeError that names `name`
    where that can't be, or where its inverse overflows.
    """
    words, allowed = DOMAINS[domain]
    words += f" in {unit}" if unit else ""
    array = finite_array(name, value, words)
    if not allowed(array).all():
        raise ValueError(f"{name} must be {words}, not {short(value)}")
    if domain == "positive" and (array < LEAST).any():
        raise ValueError(f"{name} must be {words}, {LEAST:g} at least, not {short(value)}")
    return array


def number(name, value, domain="real", unit=""):
    """`value` as a float of a domain of `DOMAINS`; a ValueError or TypeError that names `name`
    where that can't be.
    """
    array = within(name, value, domain, unit)
    if array.ndim:
        raise TypeError(f"{name} must be {DOMAINS[domain][0]}, not an array of shape "
                        f"{array.shape}")
    return float(array)


def require(name, value, attribute, example):
    """`value`, if it has what it will be asked for; else a TypeError that names `name` and
    shows an example.
    """
    if isinstance(value, type):
        raise TypeError(f"{name} must be {example}, not the class {value.__name__}: write "
                        f"{value.__name__}(...), with brackets")
    if not hasattr(value, attribute):
        raise TypeError(f"{name} must be {example}, not {short(value)}")
    return value


def short(value):
    """`repr` of what was given, cut to one line, for an error message."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."
