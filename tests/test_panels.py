"""Every panel of every notebook, driven without a browser: each slider at its ends and in all
corners.
"""
import itertools
import re
import warnings

import numpy as np
import pytest
from matplotlib.transforms import Bbox

from tools.panels import SOURCES, panels

FOUND = {}


def panel_ids():
    """The notebooks that hold panels: the panels themselves are made once, when first needed.
    """
    return [
        source for source in sorted(SOURCES.glob("[0-9]*.py"))
        if "Panel(" in source.read_text(encoding="utf-8")
    ]


def panels_of(source):
    if source not in FOUND:
        with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise",
                                                    divide="raise"):
            warnings.simplefilter("error")
            FOUND[source] = panels(source)
    return FOUND[source]


def ends(slider):
    """The values to try: both ends of a slider, all choices of a menu."""
    return slider.ends or slider.options


def set_to(panel, name, value):
    """Move a slider and return what is then in its picture's data axes."""
    panel.sliders[name].value = value
    return inside_axes(panel)


def inside_axes(panel):
    """The pixels of the panel's picture inside its Axes, as bytes."""
    pixels = np.asarray(panel._canvas.buffer_rgba())
    height = pixels.shape[0]
    boxes = [axes.bbox.extents.round().astype(int) for axes in panel.figure.axes]
    return b"".join(pixels[height - top:height - bottom, left:right].tobytes()
                    for left, bottom, right, top in boxes)


def assert_sound(panel, where):
    sentence = panel.readout.value
    assert sentence and not sentence.startswith("Not drawn"), f"{where}: {sentence!r}"
    assert not {"nan", "inf"} & set(sentence.lower().replace(
        "=", " ").split()), f"{where}: {sentence}"
    assert panel.picture.alt == sentence


@pytest.mark.parametrize("source", panel_ids(), ids=lambda source: source.stem)
def test_panels_are_alive_at_the_ends_and_sound_in_the_corners(source):
    found = panels_of(source)
    assert found, "the notebook names Panel but its sections show none"
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        for _, section, cell, panel in found:
            assert panel.sliders, f"{section}: a panel without sliders can't be moved by keyboard"
            for name, slider in panel.sliders.items():
                where = f"{section}, cell {cell}, {name}"
                check_slider(panel, name, slider, where)
            check_corners(panel, f"{section}, cell {cell}")


LARGEST_LEGEND = 0.1  # of its Axes


@pytest.mark.parametrize("source", panel_ids(), ids=lambda source: source.stem)
def test_sliders_are_named_in_words_and_legends_leave_room_for_the_data(source):
    for _, section, cell, panel in panels_of(source):
        where = f"{section}, cell {cell}"
        for name, slider in panel.sliders.items():
            declared = panel.record.declared(name)
            words = slider.title.partition(" $")[0]
            assert re.match(r"[A-Za-z][A-Za-z -]{2,}", words), f"{where}: {slider.title!r}"
            assert declared.unit in ("1", *re.findall(r"\(([^()]*)\)$", slider.title)), where
        for axes in panel.figure.axes:
            legend = axes.get_legend()
            share = legend and covered(axes.bbox, legend.get_window_extent())
            assert not legend or share <= LARGEST_LEGEND, f"{where}: a legend takes {share:.0%}"


def covered(box, other):
    """The share of a box that another covers."""
    common = Bbox.intersection(box, other)
    return common.width * common.height / (box.width * box.height) if common else 0.0


def check_slider(panel, name, slider, where):
    home, first, picture = slider.value, inside_axes(panel), panel.picture.value
    seen = {home: first}
    for value in ends(slider):
        seen[value] = set_to(panel, name, value)
        assert_sound(panel, f"{where} = {value}")
    values = list(seen)
    for a, b in itertools.combinations(values, 2):
        assert seen[a] != seen[b], f"{where}: the picture is the same at {a} and {b}"
    set_to(panel, name, home)
    assert panel.picture.value == picture, (
        f"{where}: going back to {home} does not restore the picture")


def check_corners(panel, where):
    picture = panel.picture.value
    for corner in itertools.product(*((ends(s)[0], ends(s)[-1])
                                      for s in panel.sliders.values())):
        for name, value in zip(panel.sliders, corner):
            panel.sliders[name].value = value
        assert_sound(panel, f"{where}, corner {corner}")
    panel.reset()
    assert panel.picture.value == picture, f"{where}: Reset does not restore the picture"
