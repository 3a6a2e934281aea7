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

Besides, this file says to which layer and to which notebook each test belongs, so that `make
test NB=03` runs those of one notebook, and prints at the end what each layer took.
"""
import base64
import io
import os
import re
from collections import Counter

import pytest

FIGURE_RMS = float(os.environ.get("COURSE_FIGURE_RMS", "inf"))
OUTPUT_TIMEOUT = 60  # seconds to wait for an output message
SIZE_TOLERANCE = 4  # pixels by which a figure's sides may differ
# figures that don't keep their limit yet: an xfail, not a failure
LOOSE: set = set()

# layer: {test file: the notebooks whose matter it tests; "each" where the test's own name says it}
LAYERS = {
    "science": {
        "five_brains": "00", "introduction": "00", "passive_membrane": "00 02",
        "engineering_the_neuron": "01", "mcculloch_pitts": "01",
        "hodgkin_huxley": "02", "hodgkin_huxley_cycles": "02", "neural_biophysics": "02",
        "dynamics": "03", "fitzhugh_nagumo": "03",
        "axon": "04", "cable": "04", "fibres": "04",
        "avalanches": "05", "galves_locherbach": "05", "recorded": "05",
        "plasticity": "06", "stdp": "06",
        "capstone": "07", "conclusion": "07", "gains": "07",
        "model": "", "registry": "", "solve": "", "spikes": "", "stimuli": "", "tables": ""
    },
    "panels": {"panel": "", "panels": "each", "plots": "", "accessibility": "each"},
    "notebooks": {
        "build_twice": "", "editions": "", "errata": "07", "guard": "", "lab": "",
        "notebooks": "each", "sections": "each", "set_up": "00"
    },
    "exercises": {"exercises": "each", "folded": "each", "judging": "", "nbgrader": "each",
                  "scores": "", "solutions": "each",
                  "warm_ups": ""},
    "browser": {"baking": "", "browser": "", "clients": "", "core_tasks": "", "formulas": "each",
                "lite": "", "pages": "", "site": ""},
    "faults": {"faults": "", "warnings": ""},
    "referees": {"referees": "", "tree": "04"},
    "layout": {
        "adoption": "", "architecture": "", "english": "", "examples": "", "installation": "",
        "layout": "", "minutes": "each", "moved": "", "mutants": "", "words": ""
    },
}
LAYERS["science"] |= {f"rows_0{k}": f"0{k}" for k in range(7)}
LAYERS["panels"] |= {f"panel_numbers_0{k}": f"0{k}" for k in range(8)}
# Seeds of the random settings of each panel: few in make check, more in make test, 20 in a release
SETTINGS = [*range(2), *(pytest.param(k, marks=pytest.mark.slow) for k in range(2, 5)),
            *(pytest.param(k, marks=pytest.mark.release) for k in range(5, 20))]
TOLD = {file: (layer, chapters) for layer, files in LAYERS.items()
        for file, chapters in files.items()}


def pytest_addoption(parser):
    """`--all-notebooks`: the browser test opens all of them instead of one."""
    parser.addoption("--all-notebooks", action="store_true",
                     help="drive every notebook in the browser")


def pytest_configure(config):
    """Prepare the environment that the notebooks' kernels inherit."""
    for k in range(8):
        config.addinivalue_line("markers", f"notebook_{k:02d}: tests what notebook {k:02d} uses")
    os.environ["COURSE_SCORES"] = ""
    os.environ["OMP_NUM_THREADS"] = "1"
    if getattr(config.option, "nbval", False):
        from nbval.kernel import RunningKernel
        RunningKernel.execute_cell_input = run_as_jupyterlab
    if os.environ.get("COURSE_NEEDS_BROWSER") == "1" and not find_chromium():
        raise pytest.UsageError("COURSE_NEEDS_BROWSER=1, and there is no Chromium on this machine")


def find_chromium():
    """The path of a Chromium, or None; the guard's own tests have no tools beside them."""
    try:
        from tools.browser import find_chromium as find
    except ImportError:
        return None
    return find()


def run_as_jupyterlab(kernel, source, allow_stdin=None):
    """Start a cell the way JupyterLab does; without store_history IPython ignores a trailing
    semicolon.
    """
    return kernel.kc.execute(source, store_history=True, allow_stdin=allow_stdin,
                             stop_on_error=False)


def pytest_collection_modifyitems(items):
    """Mark each test with its notebooks; let cells wait longer than nbval's five seconds."""
    for item in items:
        for chapter in chapters_of(item.nodeid):
            item.add_marker(f"notebook_{chapter}")
        if hasattr(item, "output_timeout"):
            item.output_timeout = OUTPUT_TIMEOUT


def told(nodeid):
    """(layer, notebooks) of a test; a cell of a notebook belongs to the layer of its file."""
    path = nodeid.partition("::")[0].rpartition("/")[2]
    if path.endswith(".ipynb"):
        return f"notebook {path[:2]}", ""
    return TOLD.get(path.removeprefix("test_").removesuffix(".py"), ("not listed", ""))


def chapters_of(nodeid):
    """The numbers of the notebooks that a test belongs to."""
    chapters = told(nodeid)[1]
    if chapters == "each":
        return re.findall(r"(?<!\d)0[0-7](?=_|\b)", nodeid.partition("[")[2])[:1]
    return chapters.split()


@pytest.fixture
def keep(record_property):
    """A function that reports a figure for the summary and fails where it exceeds its limit."""
    def within(what, value, limit, worst=""):
        said = f"{what}: {value:g} of at most {limit:g}"
        record_property("figure", said)
        if value > limit and what in LOOSE:
            pytest.xfail(f"{said}. {worst}")
        assert value <= limit, f"{said}. {worst}"
    return within


def pytest_terminal_summary(terminalreporter):
    """Print the figures that tests reported, and the seconds that each layer took."""
    stats = terminalreporter.stats
    reports = [report for kind in ("passed", "failed", "xfailed", "skipped", "error", "")
               for report in stats.get(kind, ()) if hasattr(report, "duration")]
    figures_kept = sorted({
        value for report in reports for name, value in report.user_properties
        if name == "figure" and not value.endswith(": 0 of at most 0")
    })
    if figures_kept:
        terminalreporter.section("figures and their limits")
        terminalreporter.write_line("\n".join(figures_kept))
    seconds = Counter()
    for report in reports:
        seconds[told(report.nodeid)[0]] += report.duration
    terminalreporter.section("seconds by layer")
    for layer, spent in seconds.most_common():
        terminalreporter.write_line(f"{layer:12} {spent:7.1f}")



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
