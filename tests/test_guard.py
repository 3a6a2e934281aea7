"""The guard of conftest.py, proven on small notebooks that must pass or fail; plain nbval is
the control.
"""
import copy
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
CELLS = ("import matplotlib.pyplot as plt", "print(f'{1 / 7:.3g}')",
         "plt.plot([1, 3, 2])\nplt.show()")
CELL = nbformat.v4.new_code_cell
LIMIT = re.search(r"COURSE_FIGURE_RMS=(\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))[1]


def notebook(*sources):
    """A notebook that was never run."""
    return nbformat.v4.new_notebook(cells=[CELL(source) for source in sources])


def executed(*sources):
    """A notebook with the outputs of its run."""
    return NotebookClient(notebook(*sources), kernel_name="python3",
                          extra_arguments=["--log-level=ERROR"]).execute()


def changed(made, index, **values):
    """The notebook with one cell changed after its run."""
    made.cells[index].update(values)
    return made


def with_cell_added(made):
    """The notebook with a cell that was added after its run."""
    made.cells.append(CELL("print('added afterwards', 1 / 3)"))
    return made


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """{what: (cells that fail under plain nbval, cells that fail with the guard)}."""
    folder = tmp_path_factory.mktemp("guard")
    good = executed(*CELLS)
    for what, (make, _, _) in NOTEBOOKS.items():
        nbformat.write(make(copy.deepcopy(good)), folder / f"{what}.ipynb")
    plain = failing_cells(folder)
    shutil.copy(ROOT / "conftest.py", folder)
    guarded = failing_cells(folder,
                            f"--nbval-sanitize-with={ROOT / 'tests' / 'sanitize.cfg'}")
    return {what: (plain[what], guarded[what]) for what in NOTEBOOKS}


# what: (maker from the good notebook, cells that fail under plain nbval, cells that fail with
# the guard)
NOTEBOOKS = {
    "good": (lambda good: good, 0, 0),
    "never executed": (lambda _: notebook(*CELLS), 0, 3),
    "a cell added, not run": (with_cell_added, 0, 1),
    "edited, old output kept": (lambda good: changed(good, 1, source="print(f'{1 / 6:.3g}')"),
                                1, 1),
    "output cleared, count kept": (lambda good: changed(good, 1, outputs=[]), 1, 1),
    "figure upside down": (
        lambda good: changed(good, 2, source=CELLS[2].replace("[1, 3, 2]", "[-1, -3, -2]")),
        0, 1),
    "figure with one label more": (
        lambda good: changed(good, 2, source=f"plt.xlabel('time (ms)')\n{CELLS[2]}"), 0, 1),
    "cell skipped": (lambda good: changed(good, 1, metadata={"tags": ["nbval-skip"]}), 0, 1),
    "trailing semicolon": (lambda _: executed(CELLS[0], "plt.plot([1, 2]);"), 1, 0),
    "address in a repr": (lambda _: executed("object()"), 1, 0),
}


def failing_cells(folder, *arguments):
    """How many cells of each notebook in `folder` fail; an error unless nbval really ran."""
    command = [
        sys.executable, "-m", "pytest", "--nbval", "-q", "-rfp", "--color=no", "-p",
        "no:cacheprovider", *arguments
    ]
    done = subprocess.run([*command, "."], cwd=folder, capture_output=True, text=True,
                          check=False,
                          env=os.environ | {"COURSE_FIGURE_RMS": LIMIT, "MPLBACKEND": "",
                                            "COURSE_NEEDS_BROWSER": ""})
    ran = Counter(re.findall(r"^(?:FAILED|PASSED) (.+)\.ipynb", done.stdout, re.M))
    assert set(ran) == set(NOTEBOOKS), done.stdout + done.stderr
    return Counter(re.findall(r"^FAILED (.+)\.ipynb", done.stdout, re.M))


@pytest.mark.slow
@pytest.mark.parametrize("what", NOTEBOOKS)
def test_guard_and_plain_nbval(what, failures):
    assert failures[what] == NOTEBOOKS[what][1:]
