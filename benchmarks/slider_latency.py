"""The time from a key on a slider to the new picture in a real JupyterLab: a Panel, and `interact` with a new figure."""
import statistics
import tempfile
import time
from pathlib import Path

import nbformat

from browser import Notebook, chromium, jupyterlab

IMPORTS = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from course_utils import HodgkinHuxley, Panel, simulate, traces
t = np.arange(0, 100, 0.025)
"""
PANEL = """
def view(fig):
    ax = fig.subplots()
    ax.set_ylim(-20, 120)
    move = traces(ax, simulate(HodgkinHuxley(), t), "V", animated=True)

    def update(cell):
        move(simulate(cell, t))
        return f"{cell.I_ext:.2f}"
    ax.set_ylim(-20, 120)
    return update

Panel(HodgkinHuxley(), view, ("I_ext", 0, 20))
"""
INTERACT = """
def draw(I_ext):
    fig, ax = plt.subplots(figsize=(8.6, 3.6))
    traces(ax, simulate(HodgkinHuxley(I_ext=I_ext), t), "V")
    ax.set_ylim(-20, 120)
    plt.show()

interact(draw, I_ext=FloatSlider(10.0, min=0, max=20, step=0.1));
"""
PRESSES = 25


def latencies():
    """{way: median milliseconds} of the two ways."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code.strip()) for code in (IMPORTS, PANEL, INTERACT)])
    made.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    with tempfile.TemporaryDirectory() as folder, chromium() as page:
        nbformat.write(made, Path(folder, "latency.ipynb"))
        with jupyterlab(folder) as address:
            notebook = Notebook(page, address, "latency.ipynb")
            notebook.run_all()
            panel, other = page.locator(".jp-CodeCell").nth(1), page.locator(".jp-CodeCell").nth(2)
            return {"Panel": median(page, panel, "img.course-picture"),
                    "interact and a new figure": median(page, other, ".jp-OutputArea-output img")}


def median(page, cell, picture):
    """The median time in ms from a key on the cell's slider to another address of its picture."""
    slider, image, taken = cell.locator(".widget-hslider .noUi-handle").first, cell.locator(picture).first, []
    slider.scroll_into_view_if_needed()
    slider.focus()
    for k in range(PRESSES):
        page.wait_for_timeout(700)
        before, start = image.get_attribute("src"), time.perf_counter()
        page.keyboard.press("ArrowRight" if k % 2 else "ArrowLeft")
        while time.perf_counter() - start < 5:
            found = cell.locator(picture).first
            if found.count() and found.get_attribute("src", timeout=5000) != before:
                break
        taken.append(1e3 * (time.perf_counter() - start))
    return statistics.median(taken)
