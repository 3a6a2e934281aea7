"""The panels of the notebooks, made without a browser: for the tests, the benchmarks and the
static pages.

Each section of a notebook runs after its import cell alone; so a panel is had by running those
two.
"""
import ast
import contextlib
import io
import os
from pathlib import Path
from typing import NamedTuple

import jupytext
import matplotlib
from IPython.core.inputtransformer2 import TransformerManager

__all__ = [
    "SOURCES", "FoundPanel", "RunThrough", "joint", "panels", "paths", "quiet_kernel", "run_cell",
    "run_through", "sections", "widgets_of"
]

SOURCES = Path(__file__).resolve().parent.parent / "notebooks" / "source"


class FoundPanel(NamedTuple):
    """A panel and where it stands: the notebook's name, the section's heading, and the cell's
    number (from 0).
    """

    notebook: str
    section: str
    cell: int
    panel: object


def sections(source):
    """The code of a notebook's source file: (imports, [(heading, [(number, code), ...]), ...]).
    """
    found, imports = [("", [])], None
    for number, cell in enumerate(jupytext.read(source, fmt="py:percent").cells):
        if cell.cell_type == "markdown":
            headings = [line[3:] for line in cell.source.splitlines() if line.startswith("## ")]
            found.extend((heading, []) for heading in headings)
        elif imports is None:
            imports = cell.source
        else:
            found[-1][1].append((number, cell.source))
    return imports or "", found


def panels(source, wanted=lambda code: "Panel(" in code):
    """All FoundPanels of a notebook's source file, made by running the sections that hold one.
    """
    imports, parts = sections(source)
    found = []
    with quiet_kernel():
        for heading, cells in parts:
            if any(wanted(code) for _, code in cells):
                names = {"__name__": "__main__"}
                run_cell(imports, names)
                values = [(number, run_cell(code, names)) for number, code in cells]
                found += [
                    FoundPanel(Path(source).stem, heading, number, value)
                    for number, value in values
                    if type(value).__name__ == "Panel"
                ]
    return found


def widgets_of(source):
    """[(cell's number, widget)] of all cells of a notebook's source file that show one: panels,
    questions, buttons.
    """
    return run_through(source).widgets


class RunThrough(NamedTuple):
    """What a notebook's sections made: `widgets` [(cell's number, widget)]; `answers` {exercise:
    the last answer that was checked, which is the solution's}; `names` {exercise: what its
    section knows}.
    """

    widgets: list
    answers: dict
    names: dict


WARM_UPS = 6  # from which a page draws
SHOWS = ("Panel(", "predict(", "recall(", "button(", "check(")


def run_through(source):
    """The RunThrough of a notebook's source file: each section that shows a widget or checks an
    answer is run after the import cell alone.
    """
    imports, parts = sections(source)
    found = RunThrough([], {}, {})
    with quiet_kernel():
        for _, cells in parts:
            if any(shows in code for _, code in cells for shows in SHOWS):
                names = {"__name__": "__main__"}
                run_cell(imports, names)
                _record(found, names)
                values = [(number, run_cell(code, names)) for number, code in cells]
                found.widgets.extend(
                    (number, value) for number, value in values if hasattr(value, "comm"))
    return found


def _record(found, names):
    """Let `check` in these names also note what was answered, and `recall` ask the same each
    time.
    """
    check, recall = names.get("check"), names.get("recall")
    if recall is not None:
        names["recall"] = lambda seed=0, count=WARM_UPS: recall(seed, count)
    if check is None:
        return

    def noted(name, answer=...):
        found.answers[name] = answer
        found.names[name] = names
        return check(name, answer)

    names["check"] = noted


def run_cell(code, names):
    """Run a cell's code in the namespace `names` and return the value of its last expression,
    or None.
    """
    tree = ast.parse(TransformerManager().transform_cell(code))
    last = ast.Expression(
        tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(last, "<cell>", "eval"), names) if last else None


@contextlib.contextmanager
def quiet_kernel():
    """Conditions like in a kernel that nobody looks at: no window, nothing printed, no scores
    kept.
    """
    scores = os.environ.get("COURSE_SCORES")
    os.environ["COURSE_SCORES"] = ""
    matplotlib.use("agg")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        del os.environ["COURSE_SCORES"]
        if scores is not None:
            os.environ["COURSE_SCORES"] = scores


# Which controls of a panel move together on the static pages, by notebook folder and record: the
# groups that the tasks of its notebook need, and the values of those whose own grid won't do.
NEAR_ZERO = (-60.0, -40.0, -20.0, -10.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0,
             10.0, 20.0, 40.0, 60.0)
THRESHOLDS = (1.0, 1.5, 2.0, 2.2, 2.3, 3.0, 5.0, 6.2, 6.3, 7.0, 10.0, 15.0, 30.0, 60.0, 100.0,
              150.0, 154.0, 155.0, 160.0, 200.0)
JOINT = {
    "00 EulerExperiment": ([("h", "cell.R"), ("h", "cell.C_m"), ("cell.R", "cell.C_m")], {
        "h": (0.5, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 18.0, 20.0, 22.0, 25.0),
        "cell.R": (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0),
        "cell.C_m": (0.5, 0.6, 0.8, 1.0, 1.5, 2.0)}),
    "00 FiveBrains": ([("amplitude", "shape")], {"amplitude": THRESHOLDS}),
    "01 TwoInputUnit": ([("w1", "w2", "theta")], {
        "w1": (-2.0, -1.0, 0.0, 1.0, 2.0), "w2": (-2.0, -1.0, 0.0, 1.0, 2.0),
        "theta": (-2.0, -1.5, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5)}),
    "01 TeachingSession": ([("gate", "step"), ("w1", "w2", "step")], {
        "step": (0, 3, 4, 5, 6, 8, 12, 20, 40, 53, 54, 60),
        "w1": (-2.0, 0.0, 2.0), "w2": (-2.0, 0.0, 2.0)}),
    "02 CurrentStep": ([("width", "cell.I_ext")], {
        "width": (0.5, 1.0, 2.0, 5.0, 15.0, 30.0), "cell.I_ext": (
            -5.0, 0.0, 2.0, 4.0, 6.0, 6.9, 7.0, 8.0, 13.0, 13.2, 13.3, 15.0, 20.0, 40.0, 80.0,
            120.0, 160.0)}),
    "02 OneBit": ([("erase", "phase")], {
        "erase": (-16.0, -8.0, 2.0, 2.2, 4.0, 6.0, 10.0, 16.0),
        "phase": (0.0, 0.2, 0.4, 0.5, 0.6, 0.62, 0.7, 0.8, 0.92),
        "write": (-12.0, -8.0, -4.0, 0.0, 2.0, 3.0, 3.5, 6.0, 10.0, 16.0),
        "I_ext": (5.0, 6.0, 6.2, 6.3, 7.0, 9.0, 9.7, 9.8, 10.0, 11.0)}),
    "02 ClampExperiment": ([("V_command", "V_hold"), ("V_hold", "duration")], {}),
    "03 PhasePlane": ([("neuron.I_ext", "v0"), ("v0", "w0")], {
        "neuron.I_ext": (0.0, 0.3, 0.4, 0.8, 1.4, 1.42, 1.44, 1.5),
        "v0": (-1.8, -1.1, -0.8, -0.64, -0.63, -0.4, 0.4, 1.6), "w0": (-1.0, -0.2, 0.6, 1.6),
        "neuron.delta": (0.02, 0.04, 0.15, 0.3, 0.6), "neuron.a": (0.0, 0.35, 1.0),
        "neuron.b": (0.4, 0.6, 0.95), "now": tuple(range(0, 201, 20))}),
    "03 TwoKicks": ([("second", "order"), ("first", "order"), ("size", "order")], {
        "second": tuple(round(9.5 + k / 20, 2) for k in range(41))}),
    "04 Dendrite": ([("position", "radius"), ("position", "length")], {}),
    "04 TwoEnds": ([("delay", "position")], {
        "delay": (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 1.6, 1.7, 2.0, 3.0),
        "position": (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0),
        "current": (1.0, 1.5, 2.0, 2.2, 2.4, 2.5, 2.6, 2.8, 3.0, 4.0, 6.0, 8.0, 10.0)}),
    "05 SingleNeuron": ([("slope", "leak"), ("shape", "threshold")], {}),
    "05 CriticalNetwork": ([("branching_parameter", "threshold"),
                            ("branching_parameter", "leak")], {
        "branching_parameter": (0.0, 0.3, 0.5, 0.7, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6, 1.7, 1.72, 1.74,
                                1.76, 1.8, 2.0, 2.2, 2.6, 3.0),
        "threshold": (0.0, 0.05, 0.1, 0.2, 0.3), "leak": (0.0, 0.1, 0.3, 0.5, 0.7, 0.95)}),
    "05 LayeredNetwork": ([("azimuth", "elevation")], {
        "azimuth": (0.0, 10.0, 20.0, 45.0, 60.0, 75.0, 90.0),
        "elevation": (0.0, 10.0, 40.0, 60.0, 75.0, 90.0),
        "down": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.35, 0.4),
        "inhibition": (0.4, 0.5, 0.6, 0.7, 1.0, 1.2, 1.4, 1.6)}),
    "06 SpikePair": ([("dt", "rule.A_plus"), ("dt", "rule.A_minus"), ("dt", "rule.tau_plus"),
                      ("dt", "rule.tau_minus"), ("dt", "w")], {
        "dt": NEAR_ZERO, "w": (0.02, 0.3, 0.7, 0.9)}),
    "06 Bands": ([("rule.tau_minus", "rule.tau_plus"),
                  ("rule.tau_minus", "rule.A_plus", "rule.A_minus"),
                  ("colour", "rule.A_plus", "rule.A_minus"), ("correlation", "seconds")], {
        "rule.tau_minus": (10.0, 17.0, 22.0, 34.0, 50.0),
        "rule.tau_plus": (10.0, 17.0, 34.0, 50.0), "rule.A_plus": (0.003, 0.009, 0.015),
        "rule.A_minus": (0.001, 0.003, 0.015), "seconds": (0, 10, 20, 50, 100, 300),
        "step": (-6, -4, -2, 0, 2, 4, 6)}),
    "07 Chooser": ([("wanted", "also")], {}),
    "07 Speller": ([("rule", "trials"), ("rule", "J"), ("rule", "inhibition")], {
        "trials": (0, 5, 10, 15, 20, 22, 23, 24, 30, 40, 60, 80, 100),
        "J": (10.0, 20.0, 26.0, 30.0, 32.0, 35.0, 38.0, 42.0, 46.0, 50.0, 60.0, 80.0)}),
}


NEXT = ("Next point",) * 4  # the corner 11 is the fourth
PATHS = {  # rows of presses that a task needs, so that there are frames for them
    "01 TeachingSession": [(*NEXT, "←", "←", "↓", "↓"), (*NEXT, "↓", "↓", "←", "←"),
                           (*NEXT, "Flip"), ("Add", "Flip")],
}


def key_of(panel):
    """A panel's key in these tables: its notebook and the class of its record."""
    folder = type(panel.record).__module__.rpartition("notebook_")[2][:2]
    return f"{folder} {type(panel.record).__name__}"


def paths(panel):
    """The rows of presses for which a panel has frames in any case."""
    return PATHS.get(key_of(panel), [])


def joint(panel):
    """(groups of names, {name: values}) of the controls of a panel that move together; where
    nothing is declared, or not everything declared exists, its first two sliders.
    """
    record = panel.record
    groups, values = JOINT.get(key_of(panel), ([], {}))
    try:
        for name in (*(name for group in groups for name in group), *values):
            record.declared(name)
        found = groups
    except Exception:
        found, values = [], {}
    return (found or [tuple(panel.sliders)[:2]] if len(panel.sliders) > 1 else []), values
