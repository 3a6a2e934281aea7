"""Static figures: their alt text, their size, and updaters that move what was drawn."""
import io

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from course_utils import plots
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.solve import simulate

T = np.arange(0, 5, 0.02)


def test_show_displays_a_small_palette_png_with_its_alt_text_twice_and_closes_the_figure(
        monkeypatch):
    shown = []
    monkeypatch.setattr(plots, "display", lambda data, raw, metadata=None: shown.append(
        (data, metadata)))
    fig, ax = plt.subplots()
    plots.traces(ax, simulate(HodgkinHuxley(), T), "V")
    plots.show(fig, "One spike & its shape")
    picture, caption = shown
    assert picture[1]["image/png"]["alt"] == picture[0]["text/plain"] == "One spike & its shape"
    assert "One spike &amp; its shape" in caption[0]["text/html"]
    assert not plt.fignum_exists(fig.number)


def test_a_palette_keeps_the_picture_and_makes_it_smaller():
    fig, ax = plt.subplots()
    ax.plot(np.sin(np.linspace(0, 20, 500)))
    full = io.BytesIO()
    fig.savefig(full)
    plt.close(fig)
    small = plots.with_palette(full.getvalue())
    a, b = (np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)
            for data in (full.getvalue(), small))
    assert len(small) < 40_000 and np.abs(a - b).mean() < 1


def test_a_small_mark_keeps_its_colour_in_the_palette():
    """A vermillion square beside much orange, as in notebook 06, once became orange."""
    fig, ax = plt.subplots(layout="constrained")
    ax.imshow(np.linspace(0, 1, 400).reshape(20, 20), cmap="YlOrBr")
    ax.plot([3], [3], "s", color=plots.COLOR["vermillion"], ms=6)
    full = io.BytesIO()
    fig.savefig(full)
    plt.close(fig)
    small = np.asarray(Image.open(io.BytesIO(plots.with_palette(full.getvalue()))).convert("RGB"))
    assert (small == (0xD5, 0x5E, 0x00)).all(axis=2).sum() > 20


def drawn(lines):
    return [np.column_stack(line.get_data()) for line in lines]


def test_what_is_drawn_first_and_after_an_update_is_the_run():
    cell = HodgkinHuxley(I_ext=np.array([5.0, 10.0]))
    first = simulate(cell, T)
    later = simulate(cell.but(I_ext=np.array([20.0, 30.0])), T)
    fig, (left, right) = plt.subplots(1, 2)
    updates = plots.traces(left, first, "V", "n"), plots.path(right, first, "V", "n")
    for run in (first, later):
        for state, lines in (("V", left.lines[:2]), ("n", left.lines[2:])):
            for lane, line in enumerate(drawn(lines)):
                assert np.array_equal(line, np.column_stack([T, getattr(run, state)[:, lane]]))
        for lane, line in enumerate(drawn(right.lines)):
            assert np.array_equal(line, np.column_stack([run.V[:, lane], run.n[:, lane]]))
        for update in updates:
            update(later)
    assert len(left.lines) == 4 and len(right.lines) == 2
    plt.close(fig)


def test_labels_come_from_the_model():
    run = simulate(HodgkinHuxley(), T)
    fig, (left, middle, right) = plt.subplots(1, 3)
    plots.traces(left, run)
    plots.traces(middle, run, "m", "h")
    plots.path(right, run, "V", "n")
    assert left.get_ylabel() == "$V$ (mV)" and left.get_xlabel() == "time (ms)"
    assert middle.get_ylabel() == "" and [line.get_label() for line in middle.lines] == [
        "$m$", "$h$"]
    assert right.get_xlabel() == "$V$ (mV)" and right.get_ylabel() == "$n$"
    plt.close(fig)
