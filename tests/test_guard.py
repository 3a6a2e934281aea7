"""The guard of conftest.py, proven on small notebooks that must pass or fail; plain nbval is
the control.
"""
import os
import re
import shutil
import subprocess
import sys
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


# what: (maker of the notebook, cells that fail under plain nbval, cells that fail with the
# guard)
NOTEBOOKS = {
    "good": (lambda: executed(*CELLS), 0, 0),
    "never executed": (lambda: notebook(*CELLS), 0, 3),
    "a cell added, not run": (lambda: with_cell_added(executed(*CELLS)), 0, 1),
    "edited, old output kept": (lambda: changed(executed(*CELLS), 1, source="print(f'{1 / "
                                                                            "6:.3g}')"), 1, 1),
    "output cleared, count kept": (lambda: changed(executed(*CELLS), 1, outputs=[]), 1, 1),
    "figure upside down": (
        lambda: changed(executed(*CELLS), 2, source=CELLS[2].replace("[1, 3, 2]", "[-1, -3, -2]")),
        0, 1),
    "figure with one label more": (
        lambda: changed(executed(*CELLS), 2, source=f"plt.xlabel('time (ms)')\n{CELLS[2]}"), 0, 1),
    "cell skipped": (lambda: changed(executed(*CELLS), 1, metadata={"tags": ["nbval-skip"]}), 0, 1),
    "trailing semicolon": (lambda: executed(CELLS[0], "plt.plot([1, 2]);"), 1, 0),
    "address in a repr": (lambda: executed("object()"), 1, 0),
}


def failing_cells(folder, *arguments):
    """How many cells of the notebook in `folder` fail; an error unless nbval really ran."""
    command = [
        sys.executable, "-m", "pytest", "--nbval", "-q", "-rf", "--color=no", "-p",
        "no:cacheprovider", *arguments
    ]
    done = subprocess.run([*command, "nb.ipynb"], cwd=folder, capture_output=True, text=True,
                          check=False,
                          env=os.environ | {"COURSE_FIGURE_RMS": LIMIT, "MPLBACKEND": "",
                                            "COURSE_NEEDS_BROWSER": ""})
    assert re.search(r"\d+ (passed|failed)", done.stdout), done.stdout + done.stderr
    return len(re.findall(r"^FAILED", done.stdout, re.M))


@pytest.mark.slow
@pytest.mark.parametrize("what", NOTEBOOKS)
def test_guard_and_plain_nbval(what, tmp_path):
    make, plain, guarded = NOTEBOOKS[what]
    nbformat.write(make(), tmp_path / "nb.ipynb")
    assert failing_cells(tmp_path) == plain
    shutil.copy(ROOT / "conftest.py", tmp_path)
    assert failing_cells(tmp_path,
                         f"--nbval-sanitize-with={ROOT / 'tests' / 'sanitize.cfg'}") == guarded
