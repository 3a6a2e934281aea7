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

from browser import Notebook, chromium, jupyterlab
from panels import SOURCES, sections

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
        for k, (notebook, section, codes) in enumerate(with_panel()):
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
                yield Latency(notebook, section, median(page, panel, "img.course-picture"),
                              median(page, other, ".jp-OutputArea-output img"))


def with_panel():
    """Yield (notebook, section, cells of code) for each live panel: what makes it, and the same
    view by `interact`.
    """
    for source in sorted(SOURCES.glob("[0-9]*.py")):
        imports, parts = sections(source)
        for heading, cells in parts:
            codes = [code for _, code in cells]
            for k, code in enumerate(codes):
                if "Panel(" in code and ".slow" not in code:
                    yield source.stem[:2], heading, [
                        imports, *codes[:k + 1], "_panel = Out[max(Out)]", INTERACT
                    ]


def median(page, cell, picture):
    """The median time in ms from a key on the cell's first slider to another address of its
    picture.
    """
    slider, image, taken = cell.locator(".widget-hslider .noUi-handle").first, cell.locator(
        picture).first, []
    slider.scroll_into_view_if_needed()
    slider.focus()
    for k in range(PRESSES):
        page.wait_for_timeout(600)
        before, start = image.get_attribute("src"), time.perf_counter()
        page.keyboard.press("ArrowRight" if k % 2 else "ArrowLeft")
        while time.perf_counter() - start < 5:
            found = cell.locator(picture).first
            if found.count() and found.get_attribute("src", timeout=5000) != before:
                break
        taken.append(1e3 * (time.perf_counter() - start))
    return statistics.median(taken)
