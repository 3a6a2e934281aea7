"""CPU time of one step of every slider of every panel, without a browser."""
import statistics
import time
from typing import NamedTuple

from panels import SOURCES, panels

STEPS = 21


class Step(NamedTuple):
    """One slider's steps: CPU milliseconds, the median and the longest."""

    notebook: str
    section: str
    slider: str
    median: float
    worst: float
    in_motion: float


def values(slider, steps=STEPS):
    """So many values over a slider's range, or all choices of a menu in turn."""
    if slider.ends is None:
        return [slider.options[k % len(slider.options)] for k in range(steps)]
    low, high = slider.ends
    if getattr(slider, "base", None):
        return [low * (high / low)**(k / (steps - 1)) for k in range(steps)]
    grid = [low + (high - low) * k / (steps - 1) for k in range(steps)]
    return list(map(round, grid)) if isinstance(slider.value, int) else grid


def steps_of(panel, name):
    """CPU milliseconds of each move of a slider over its range: with the picture at rest, and
    with a sketch as in motion.
    """
    slider = panel.sliders[name]

    def at_rest(value):
        slider.value = value

    def in_motion(value):
        panel._answer({name: value}, [], False, n=1, t=0.0)

    return [timed(move, values(slider), panel) for move in (at_rest, in_motion)]


def timed(move, wanted, panel):
    taken = []
    for value in wanted:
        start = time.process_time()
        move(value)
        taken.append(1e3 * (time.process_time() - start))
    panel.reset()
    return taken[1:]


def measured():
    """Yield a `Step` for each slider of each panel of each notebook."""
    for source in sorted(SOURCES.glob("[0-9]*.py")):
        for notebook, section, _, panel in panels(source):
            for name in panel.sliders:
                taken, sketched = steps_of(panel, name)
                yield Step(notebook[:2], section, name, statistics.median(taken), max(taken),
                           statistics.median(sketched))
