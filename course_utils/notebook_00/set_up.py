"""The check that a new computer is ready: versions, a slider that must move a picture, and a
second of computing.
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

from ..models.hodgkin_huxley import HodgkinHuxley
from ..panel import Picture
from ..solve import simulate
from ..tables import Table

__all__ = ["set_up_check"]

RUN, COMFORTABLE = 100.0, 12  # ms of model time, and how many of them a second should hold
BAR = 24, 320  # rows and columns of the bar that the slider moves


def set_up_check():
    """Return a widget that tells which versions run, how fast they are, and holds a slider that
    must move its bar.
    """
    slider = widgets.IntSlider(20, 0, 100, description="move me")
    bar = Picture(value=_bar(20), alt="a bar, 20 of 100")
    heard = widgets.HTML(
        "<p>3. Move the slider. <b>If no slider and no bar shows</b>, restart JupyterLab after "
        "<code>pip install -r requirements.txt</code> and reload the page.</p>")

    def follow(change):
        bar.value, bar.alt = _bar(change["new"]), f"a bar, {change['new']} of 100"
        heard.value = (
            f"<p>3. ✓ Python heard {change['new']}. <b>If the bar stands still</b>, press the "
            "reload key of your "
            "browser: page and kernel have lost each other.</p>")

    slider.observe(follow, "value")
    tables = widgets.HTML(_versions()._repr_html_() + f"<p>2. {escape(_speed())}</p>")
    return widgets.VBox([tables, heard, widgets.HBox([slider, bar])])


def _versions():
    """The Table of what is installed, what is needed and what to do."""
    declared = metadata("course-utils")
    needed = [
        re.match(r"([\w-]+)\W*([\d.]*)", line).groups()
        for line in declared.get_all("Requires-Dist", [])
        if "extra" not in line
    ]
    found = [("python", _least(declared), ".".join(map(str, sys.version_info[:3])))]
    found += [(name, least, _version(name)) for name, least in needed]
    return Table("1. Versions", ("package", "found", "needed", "verdict"),
                 [(name, have or "none", f"{least} or later", _verdict(name, have, least))
                  for name, least, have in found])


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
    """What a second of Hodgkin-Huxley says about this computer, a sentence."""
    t = np.arange(0, RUN, 0.01)
    begun, runs = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < seconds:
        simulate(HodgkinHuxley(), t)
        runs += 1
    rate = runs / spent
    said = f"This computer simulates {rate:.0f} × {RUN:.0f} ms of a Hodgkin-Huxley membrane in a second. "
    if rate >= COMFORTABLE:
        return "✓ " + said + "Every panel will follow your hand."
    return "✗ " + said + (
        "Panels will lag: close other programs and kernels, or let a panel settle before you "
        "move it again."
    )


def _bar(value):
    """A PNG of a bar filled to `value` of 100."""
    rows, columns = BAR
    pixels = np.full((rows, columns, 3), 235, np.uint8)
    pixels[:, :round(columns * value / 100)] = 0, 114, 178
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "png")
    return png.getvalue()
