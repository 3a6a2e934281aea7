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


def test_updaters_move_the_lines_of_a_batch_and_labels_come_from_the_model():
    cell = HodgkinHuxley(I_ext=np.array([5.0, 10.0]))
    fig, (left, right) = plt.subplots(1, 2)
    update, update_path = plots.traces(left, simulate(cell, T)), plots.path(
        right, simulate(cell, T), "V", "n")
    assert left.get_ylabel() == "$V$ (mV)" and left.get_xlabel(
    ) == "time (ms)" and right.get_ylabel() == "$n$"
    run = simulate(cell.but(I_ext=np.array([20.0, 30.0])), T)
    update(run)
    update_path(run)
    for lane in range(2):
        assert np.array_equal(left.lines[lane].get_ydata(), run.V[:, lane])
        assert np.array_equal(right.lines[lane].get_xdata(), run.V[:, lane])
    plt.close(fig)
