"""Each section of each notebook needs the import cell alone: a learner may start anywhere. In a
release each section is also run so, without a warning.
"""
import contextlib
import io
import subprocess
import sys
import warnings

import matplotlib
import pytest

from tools.panels import SOURCES, run_cell, sections

NOTEBOOKS = pytest.mark.parametrize("source", sorted(SOURCES.glob("[0-9]*.py")),
                                    ids=lambda source: source.stem)


def undefined(code):
    """What ruff says of names in a program that nothing defines; empty where there are none."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select=F821", "--quiet",
               "--output-format=concise", "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@NOTEBOOKS
def test_a_section_uses_no_name_of_another(source):
    imports, parts = sections(source)
    for heading, cells in parts:
        said = undefined("\n".join([imports, *(code for _, code in cells)]))
        assert not said, f"{heading} needs what another section defines: {said}"


def test_a_name_of_another_section_is_seen():
    assert undefined("import numpy as np\nnp.exp(1)") == ""
    assert "`run`" in undefined("import numpy as np\nprint(run.t)")


@pytest.mark.release
@NOTEBOOKS
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
