"""The time from a key on a slider to the new picture in a real JupyterLab: every panel, and
`interact` with a new figure.

Both draw the same view of the same record. Each panel is made as in its notebook, by the import
cell and the panel's section.
"""
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import nbformat
from drags import with_panel

from browser import Notebook, chromium, jupyterlab

INTERACT = """import matplotlib.pyplot as plt
from ipywidgets import interact as _interact
_name, _slider = next((name, slider) for name, slider in _panel.sliders.items() if slider.ends)
_kept = [name for name in ("value", "min", "max", "step") if name in _slider.keys]
_same = type(_slider)(**{name: getattr(_slider, name) for name in _kept})

def _redraw(value):
    figure = plt.figure(figsize=_panel.figure.get_size_inches())
    _panel.view(figure)(_panel.record.but(**{_name: value}))
    plt.show()

_interact(_redraw, value=_same);
"""
PRESSES = 11


class Latency(NamedTuple):
    """The median milliseconds of one panel's first slider: as a Panel, and by `interact` with a
    new figure.
    """

    notebook: str
    section: str
    panel: float
    interact: float


def latencies():
    """Yield a `Latency` for each panel that follows the hand; those drawn on release and those
    without a slider are left out.
    """
    with tempfile.TemporaryDirectory() as folder, chromium() as page, jupyterlab(
            folder) as address:
        for k, (notebook, section, codes) in enumerate(with_interact()):
            made = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(code.strip()) for code in codes])
            made.metadata["kernelspec"] = {
                "display_name": "Python 3", "language": "python", "name": "python3"
            }
            nbformat.write(made, Path(folder, f"latency_{k}.ipynb"))
            Notebook(page, address, f"latency_{k}.ipynb").run_all()
            panel, other = (page.locator(".jp-CodeCell").nth(len(codes) - back)
                            for back in (3, 1))
            if panel.locator(".widget-hslider").count():
                yield Latency(notebook, section, median(page, panel, ".course-stage img"),
                              median(page, other, ".jp-OutputArea-output img"))


def with_interact():
    """Yield (notebook, section, cells of code) for each live panel: what makes it, and the same
    view by `interact`.
    """
    for notebook, section, codes in with_panel():
        yield notebook, section, [*codes, "_panel = Out[max(Out)]", INTERACT]


def median(page, cell, picture):
    """The median time in ms from a key on the cell's first slider to another address of one of
    its pictures: a panel's first one is a sketch.
    """
    slider, taken = cell.locator(".widget-hslider .noUi-handle").first, []
    slider.scroll_into_view_if_needed()
    slider.focus()
    for k in range(PRESSES):
        page.wait_for_timeout(600)
        before, start = addresses(cell, picture), time.perf_counter()
        page.keyboard.press("ArrowRight" if k % 2 else "ArrowLeft")
        while time.perf_counter() - start < 5 and addresses(cell, picture) in ([], before):
            pass
        taken.append(1e3 * (time.perf_counter() - start))
    return statistics.median(taken)


def addresses(cell, picture):
    """The addresses of a cell's pictures."""
    return cell.evaluate("(cell, css) => [...cell.querySelectorAll(css)].map(img => img.src)",
                         picture)
