"""The check that a new computer is ready: versions, a slider that must move a picture, a second
of computing, and where predictions are kept.
"""
import io
import re
import sys
import time
from html import escape
from importlib.metadata import PackageNotFoundError, metadata, version

import ipywidgets as widgets
import numpy as np
from PIL import Image

from ..buttons import button
from ..models.hodgkin_huxley import HodgkinHuxley
from ..panel import Picture
from ..solve import simulate
from ..tables import Table
from .hand_in import hand_in, where_kept

__all__ = ["set_up_check"]

RUN, COMFORTABLE = 100.0, 12  # ms of model time, and how many of them a second should hold
BAR = 24, 320  # rows and columns of the bar that the slider moves


def set_up_check():
    """A widget with the versions that run, the speed of this computer, a slider that must move
    its bar, and the place where predictions are kept.
    """
    slider = widgets.IntSlider(20, 0, 100, description="move me")
    bar = Picture(value=_bar(20), alt="a bar, 20 of 100")
    advice = widgets.HTML(
        "<p>3. Move the slider. <b>If no slider and no bar shows</b>, restart JupyterLab after "
        "<code>pip install -r requirements.txt</code> and reload the page.</p>")

    def follow(change):
        bar.value = _bar(change["new"])
        bar.alt = f"a bar, {change['new']} of 100"
        advice.value = (
            f"<p>3. ✓ Python received {change['new']}. <b>If the bar does not move</b>, press the "
            "reload key of your browser, because page and kernel have lost each other.</p>")

    slider.observe(follow, "value")
    tables = widgets.HTML(_versions()._repr_html_() + f"<p>2. {escape(_speed())}</p>")
    kept = widgets.HTML(f"<p>4. {escape(where_kept())}</p>")
    return widgets.VBox([tables, advice, widgets.HBox([slider, bar]), kept,
                         button("Make one file to hand in", hand_in)])


def _versions():
    """The Table of what is installed, what is needed and what to do."""
    declared = metadata("course-utils")
    lines = [line for line in declared.get_all("Requires-Dist", []) if "extra" not in line]
    needed = [re.match(r"([\w-]+)\W*([\d.]*)", line).groups() for line in lines]
    found = [("python", _least(declared), ".".join(map(str, sys.version_info[:3])))]
    found += [(name, least, _version(name)) for name, least in needed]
    rows = [(name, have or "none", f"{least} or later", _verdict(name, have, least))
            for name, least, have in found]
    return Table("1. Versions", ("package", "found", "needed", "verdict"), rows)


def _least(declared):
    return declared["Requires-Python"].lstrip(">= ")


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _verdict(name, have, least):
    if _numbers(have) >= _numbers(least):
        return "✓"
    if name == "python":
        return "✗ install a newer Python, then make a new environment"
    return f"✗ pip install -U {name}, then restart the kernel"


def _numbers(text):
    """The leading numbers of a version, as a tuple: '2.1.0rc1' gives (2, 1, 0)."""
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _speed(seconds=1.0):
    """How much of a Hodgkin-Huxley membrane this computer simulates in a second, a sentence."""
    t = np.arange(0, RUN, 0.01)
    begun = time.perf_counter()
    runs = 0
    while (spent := time.perf_counter() - begun) < seconds:
        simulate(HodgkinHuxley(), t)
        runs += 1
    rate = runs / spent
    measured = (f"This computer simulates {rate:.0f} × {RUN:.0f} ms of a Hodgkin-Huxley membrane "
                "in a second. ")
    if rate >= COMFORTABLE:
        return "✓ " + measured + "Every panel will follow your hand."
    return "✗ " + measured + (
        "Panels will lag: close other programs and kernels, or let a panel settle before you "
        "move it again.")


def _bar(value):
    """A PNG of a bar filled to `value` of 100."""
    rows, columns = BAR
    pixels = np.full((rows, columns, 3), 235, np.uint8)
    pixels[:, :round(columns * value / 100)] = 0, 114, 178
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "png")
    return png.getvalue()
