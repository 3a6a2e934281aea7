"""Turn notebooks/source/*.py into executed, normalised notebooks/*.ipynb. One way: the .py
files are the ones to edit.

    python tools/build_notebooks.py                                   # all of them
    python tools/build_notebooks.py notebooks/source/04_cable_theory.py    # some of them
    python tools/build_notebooks.py --check           # exit 1 where the two disagree

A cell that raises, warns or writes to stderr stops the build, and so does a solution that
`check` does not call right: the message names the cell. Solutions are run where they stand and
published as folded text, see solutions.py.
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

import jupytext
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from normalise import normalise, read, tags, text_of
from solutions import NotSolved, folded, unfolded

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "notebooks" / "source"
LARGEST = 500_000  # bytes: what a repository viewer still renders quickly
SECONDS_PER_CELL = 300
REPORT = ("Did you find a mistake, or a sentence that you could not follow? "
          "[Please report it](../CONTRIBUTING.md#report-a-mistake).")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def notebook_of(source):
    """The path of the .ipynb that belongs to a source file."""
    return source.resolve().parent.parent / source.with_suffix(".ipynb").name


def parse(source):
    """The notebook that a source file describes, not yet executed; below its links stands where
    to report a mistake.
    """
    notebook = jupytext.read(source, fmt="py:percent")
    notebook.metadata["kernelspec"] = KERNEL
    for cell in notebook.cells:
        cell.source = cell.source.strip("\n")
    if notebook.cells[-1].cell_type == "markdown":
        notebook.cells[-1].source += f"\n\n{REPORT}"
    return notebook


def execute(notebook, folder):
    """Run all cells in `folder` with the course's package importable, one thread, and no scores
    kept.
    """
    with tempfile.TemporaryDirectory() as home:
        client = NotebookClient(notebook, timeout=SECONDS_PER_CELL, kernel_name="python3",
                                record_timing=False, store_widget_state=False,
                                coalesce_streams=True, extra_arguments=["--log-level=ERROR"],
                                resources={"metadata": {"path": folder}})
        return client.execute(env=build_environment(home))


def build_environment(home):
    """The environment variables that a notebook's kernel runs with; `home` stands in for the
    user's IPython folder.
    """
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {
        "PYTHONPATH": path, "IPYTHONDIR": home, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0",
        "COURSE_SCORES": ""
    }


def complaints(notebook):
    """What may not stand in a finished notebook: a list of sentences, each with the cell it is
    about.
    """
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                found.append(
                    f"{_first_line(cell)} raised {output['ename']}: {output['evalue']}")
            if output.get("name") == "stderr":
                found.append(f"{_first_line(cell)} wrote to stderr: {output['text'].strip()}")
    if (size := len(text_of(notebook).encode())) > LARGEST:
        found.append(f"the notebook has {size:,} bytes; at most {LARGEST:,} are allowed")
    return found


def _first_line(cell):
    """How a message names a cell: by its first line."""
    return f"the cell that begins {next(iter(cell.source.splitlines()), '')!r}"


def built(source):
    """The executed notebook of a source file in normal form, its solutions folded; nothing is
    written.
    """
    return normalise(folded(execute(parse(source), str(notebook_of(source).parent))))


def build(source):
    """Write the .ipynb of one source file; return the complaints (then nothing is written)."""
    try:
        notebook = built(source)
    except (CellExecutionError, NotSolved) as error:
        return [str(error)]
    found = complaints(notebook)
    if not found:
        notebook_of(source).write_text(text_of(notebook), encoding="utf-8")
    return found


def differences(source):
    """Where a source file and its .ipynb disagree: a list of sentences, empty where they agree.
    """
    target = notebook_of(source)
    if not target.exists():
        return ["it was never built"]
    stored, wanted = read(target), parse(source)
    found = complaints(stored)
    if text_of(normalise(stored)) != target.read_text(encoding="utf-8"):
        found.append("it is not in normal form: it was saved by something else than this tool")
    stored = unfolded(stored)
    if len(stored.cells) != len(wanted.cells):
        found.append(f"it has {len(stored.cells)} cells, its source {len(wanted.cells)}")
    for old, new in zip(stored.cells, wanted.cells):
        if (old.cell_type, old.source, tags(old)) != (new.cell_type, new.source, tags(new)):
            return [*found, f"{_first_line(new)} differs from its source"]
    return found


def main(arguments=None):
    """Build or check the notebooks named on the command line; the number of those that failed.
    """
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sources", nargs="*", type=Path,
                         help="notebooks/source/*.py, by default all")
    options.add_argument("--check", action="store_true",
                         help="write nothing; fail where source and notebook disagree")
    chosen = options.parse_args(arguments)
    failed = 0
    for source in chosen.sources or sorted(SOURCES.glob("[0-9]*.py")):
        found = differences(source) if chosen.check else build(source)
        failed += bool(found)
        print(f"{notebook_of(source).name}: {'; '.join(found) or 'ok'}", flush=True)
    if failed and chosen.check:
        print("Edit notebooks/source/*.py, then run: make notebooks")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
