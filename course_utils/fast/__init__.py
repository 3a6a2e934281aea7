"""Second expressions of some loops, for speed alone: you need not read this.

Each is entered in a table by exact type and held to the plain form by a test. One line
takes the plain loops instead, for the whole session or, after `with`, for a block:

    from course_utils import fast
    fast.off()
"""
from contextlib import ExitStack

from ..registry import SWITCH
from . import cable, fitzhugh_nagumo, galves_locherbach, hodgkin_huxley, membrane, stdp

__all__ = [
    "cable", "fitzhugh_nagumo", "galves_locherbach", "hodgkin_huxley", "membrane", "off", "stdp"
]


def off():
    """Plain loops from now on; what it returns ends that when used as `with fast.off():`."""
    before = ExitStack()
    before.callback(SWITCH.update, on=SWITCH["on"])
    SWITCH["on"] = False
    return before
