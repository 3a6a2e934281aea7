"""The guard around nbval: what makes `pytest --nbval notebooks` a real check.

nbval on its own compares nothing in a cell that was never executed, ignores a trailing
semicolon, never looks at figures, waits five seconds at most for an output, and honours tags
and comments that switch its checks off. Here
  - a cell that was never executed fails, and so does one that is skipped;
  - cells run as JupyterLab runs them, so that `plt.plot(...);` shows the same in both;
  - figures are compared by the root mean square of their pixels' differences (0..255) where
  COURSE_FIGURE_RMS gives a limit;
  - kernels run with one thread and keep no scores.
tests/test_guard.py proves each point on small notebooks, plain nbval being the control.
"""
import base64
import io
import os

import pytest

FIGURE_RMS = float(os.environ.get("COURSE_FIGURE_RMS", "inf"))
OUTPUT_TIMEOUT = 60  # seconds to wait for an output message
SIZE_TOLERANCE = 4  # pixels by which a figure's sides may differ


def pytest_addoption(parser):
    """`--all-notebooks`: the browser test opens all of them instead of one."""
    parser.addoption("--all-notebooks", action="store_true",
                     help="drive every notebook in the browser")


def pytest_configure(config):
    """Prepare the environment that the notebooks' kernels inherit."""
    os.environ.pop("COURSE_SCORES", None)
    os.environ["OMP_NUM_THREADS"] = "1"
    if getattr(config.option, "nbval", False):
        from nbval.kernel import RunningKernel
        RunningKernel.execute_cell_input = run_as_jupyterlab


def run_as_jupyterlab(kernel, source, allow_stdin=None):
    """Start a cell the way JupyterLab does; without store_history IPython ignores a trailing
    semicolon.
    """
    return kernel.kc.execute(source, store_history=True, allow_stdin=allow_stdin,
                             stop_on_error=False)


def pytest_collection_modifyitems(items):
    """Let notebook cells wait longer for a late output than nbval's fixed five seconds."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = OUTPUT_TIMEOUT


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail a notebook's cell that is skipped; after a run, one that had nothing to compare or
    whose figures changed.
    """
    cell = getattr(item, "cell", None)
    if cell is not None and item.options["skip"]:
        pytest.fail("this cell is skipped: it checks nothing", pytrace=False)
    result = yield
    if cell is not None and cell.source.strip():
        if cell.execution_count is None:
            pytest.fail(
                "this cell was never executed, so there is nothing to compare: run make "
                "notebooks",
                pytrace=False)
        if item.options["check"] and FIGURE_RMS < float("inf"):
            compare_figures(figures(cell.outputs), figures(item.test_outputs or ()))
    return result


def figures(outputs):
    """The PNG figures among some outputs, as arrays (rows, columns, 3) from 0 to 255."""
    from matplotlib.image import imread
    pngs = (output["data"]["image/png"]
            for output in outputs
            if "image/png" in output.get("data", {}))
    return [255 * imread(io.BytesIO(base64.b64decode(png)))[..., :3] for png in pngs]


def compare_figures(stored, now):
    """Fail the test where the figures of a run differ from the stored ones."""
    if len(stored) != len(now):
        pytest.fail(f"this cell drew {len(now)} figures, the notebook holds {len(stored)}",
                    pytrace=False)
    for k, (old, new) in enumerate(zip(stored, now)):
        if max(abs(i - j) for i, j in zip(old.shape, new.shape)) > SIZE_TOLERANCE:
            pytest.fail(
                f"figure {k} has {new.shape[:2]} pixels, the notebook holds {old.shape[:2]}",
                pytrace=False)
        rows, columns = (min(i, j) for i, j in zip(old.shape[:2], new.shape[:2]))
        rms = float(((old[:rows, :columns] - new[:rows, :columns])**2).mean()**0.5)
        if rms > FIGURE_RMS:
            pytest.fail(f"figure {k} changed: RMS {rms:.1f} > {FIGURE_RMS:g}", pytrace=False)
