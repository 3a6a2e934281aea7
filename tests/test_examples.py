"""Every name that the package gathers has an example that runs; examples print what they say."""
import doctest
import importlib
import inspect

import matplotlib.pyplot as plt
import numpy as np
import pytest
from test_architecture import MODULES, public_names

import course_utils

FINDER, OPTIONS = doctest.DocTestFinder(recurse=False), doctest.ELLIPSIS
KNOWN = {"np": np, "plt": plt} | {name: getattr(course_utils, name) for name in public_names()}
HAVE_NONE = {"COLOR"}  # a table of colours


def examples(thing, name):
    """The examples in a docstring, as one DocTest without any where there are none."""
    return FINDER.find(thing, name, globs=KNOWN)[0]


def run(test):
    """Run examples as in a notebook, after the cell that imports numpy, pyplot and the names."""
    plt.switch_backend("agg")
    said = []
    failed, _ = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=said.append)
    assert not failed, "".join(said)


@pytest.mark.parametrize("name", sorted(set(public_names()) - HAVE_NONE))
def test_every_public_name_has_an_example_that_runs(name, keep):
    test = examples(getattr(course_utils, name), name)
    keep(f"{name} without an example", int(not test.examples), 0)
    run(test)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_all_other_examples_run(name):
    module = importlib.import_module(f"course_utils.{name}")
    for test in doctest.DocTestFinder(exclude_empty=True).find(module, name, extraglobs=KNOWN):
        if test.examples:
            run(test)


def test_an_example_that_prints_something_else_is_seen():
    def wrong():
        """>>> 1 + 1
        3
        """
    with pytest.raises(AssertionError, match="Expected"):
        run(examples(wrong, "wrong"))
    assert inspect.getdoc(wrong)
