"""Each section of each notebook runs after the import cell alone, without a warning: a learner
may start anywhere.
"""
import contextlib
import io
import warnings

import matplotlib
import pytest

from tools.panels import SOURCES, run_cell, sections


@pytest.mark.slow
@pytest.mark.parametrize("source", sorted(SOURCES.glob("[0-9]*.py")),
                         ids=lambda source: source.stem)
def test_sections_stand_alone(source, monkeypatch):
    monkeypatch.setenv("COURSE_SCORES", "")
    matplotlib.use("agg")
    imports, parts = sections(source)
    for heading, cells in parts:
        names = {"__name__": "__main__"}
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("error")
            run_cell(imports, names)
            for number, code in cells:
                try:
                    run_cell(code, names)
                except NameError as error:
                    pytest.fail(
                        f"{heading}, cell {number}, needs what another section defines: {error}"
                    )
