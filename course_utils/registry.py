"""Faster second expressions of some loops: how they are entered, and when they are used.

The models hold the plain loops. `fast/` enters a second expression of some of them here,
by the exact type of the model; a subclass, which may have changed the equations, gets the
plain loop. This line takes the plain loops everywhere, for the session or, after `with`,
for a block:

    from course_utils import fast
    fast.off()
"""
from functools import wraps

__all__ = ["FAST_FORMS", "SWITCH", "entered", "fast_form", "has_fast_form"]

FAST_FORMS: dict = {}  # (the plain form, type of its model): the fast form
SWITCH = {"on": True}


def fast_form(plain, *kinds):
    """A decorator that enters a function as fast form of `plain` for these types, exactly.

    The fast form takes the arguments of the plain one and returns the same values; it
    returns NotImplemented for arguments that it does not serve.
    """
    def enter(form):
        FAST_FORMS.update({(plain, kind): form for kind in kinds})
        return form

    return enter


def entered(plain, model):
    """The fast form of `plain` for a model of exactly this type; None where there is none, or
    where `fast.off()` asked for the plain loops.
    """
    key = getattr(plain, "__func__", plain), type(model)
    return FAST_FORMS.get(key) if SWITCH["on"] else None


def has_fast_form(plain):
    """The function `plain`, in whose place a fast form is called where one is entered.

    Its first argument decides: the model, or the instance where `plain` is a method.
    """
    @wraps(plain)
    def either(first, *others, **named):
        form = entered(either, first)
        result = NotImplemented if form is None else form(first, *others, **named)
        return plain(first, *others, **named) if result is NotImplemented else result

    return either
