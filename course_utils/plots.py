"""Pictures of runs and models: every function draws into given Axes, computes nothing and
returns its updater.

An updater takes the next Run (or Model) and moves what was drawn, so that a static figure and a
panel's view share one function. Importing this module sets the course's style.
"""
import base64
import io
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

__all__ = [
    "COLOR", "LINES", "contrast", "darken_words", "label_panels", "path", "show", "traces",
    "with_palette"
]

plt.style.use(Path(__file__).with_name("course.mplstyle"))

# Okabe and Ito; a quantity keeps its colour
COLOR = {
    "V": "#0072B2", "v": "#0072B2", "stimulus": "#E69F00", "theory": "#000000", "ghost": "#999999",
    "vermillion": "#D55E00", "green": "#009E73", "purple": "#CC79A7", "sky": "#56B4E9",
    "m": "#D55E00", "h": "#CC79A7", "n": "#009E73", "w": "#009E73",
    "I_Na": "#D55E00", "I_K": "#009E73", "I_L": "#CC79A7",
}
READABLE = 4.5  # contrast of words on white
LINES = {"h": "--", "w": "--", "n": "-.", "I_K": "--",
         "I_L": ":"}  # so that greyscale tells them apart


def show(fig, alt):
    """Show a static figure as a palette PNG, its alt text in the output's metadata and as a
    caption below; close it.

    fig: a matplotlib Figure. alt: a sentence that says what is seen and what it means.
    """
    darken_words(fig)
    png = io.BytesIO()
    fig.savefig(png, format="png")
    plt.close(fig)
    display(
        {
            "image/png": base64.b64encode(with_palette(png.getvalue())).decode(),
            "text/plain": alt
        }, raw=True, metadata={"image/png": {"alt": alt}})
    caption = f"<p style='max-width:50em'><small><em>{escape(alt)}</em></small></p>"
    display({"text/html": caption, "text/plain": alt}, raw=True)


def with_palette(png, colors=64):
    """A PNG's bytes with at most `colors` colours: line art shrinks to a third and looks the
    same.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(colors, kmeans=1,
                                                                  dither=Image.Dither.NONE)
    small = io.BytesIO()
    picture.save(small, "png", optimize=True)
    return small.getvalue()


def contrast(color, ground="white"):
    """How well two colours part, from 1 to 21, by the formula of WCAG 2.2; words need 4.5,
    lines 3.
    """
    light = []
    for each in (color, ground):
        rgb = np.array(to_rgb(each))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055)**2.4)
        light.append(linear @ (0.2126, 0.7152, 0.0722) + 0.05)
    return max(light) / min(light)


def darken_words(fig):
    """Make the palette's light colours readable where a figure's words are set in them; white
    words stay.
    """
    for words in fig.findobj(Text):
        rgb = np.array(to_rgb(words.get_color()))
        if rgb.min() < 1:
            while contrast(rgb) < READABLE:
                rgb = 0.97 * rgb
            words.set_color(tuple(rgb))


def traces(ax, run, *states, animated=False, **style):
    """Draw states of a Run against time, by default the first; returns update(run).

    The axes are labelled from the model's units. A batch draws one line per lane.
    """
    names = states or list(run.model.states)[:1]
    lines = {
        name: ax.plot(
            run.t, getattr(run, name), LINES.get(name, "-"),
            **{"color": COLOR.get(name), "label": f"${name}$", "animated": animated} | style)
        for name in names
    }
    unit = run.model.time_unit
    ax.set(
        xlim=(run.t[0], run.t[-1]), xlabel="time" + (f" ({unit})" if unit != "1" else ""),
        ylabel=run.model.axis_label(names[0])
        if len(names) == 1 and names[0] in run.model.states else "")

    def update(run):
        for name, drawn in lines.items():
            values = getattr(run, name).reshape(len(run.t), -1)
            for line, y in zip(drawn, values.T):
                line.set_data(run.t, y)

    return update


def path(ax, run, x, y, animated=False, **style):
    """Draw one state of a Run against another, a trajectory in the phase plane; returns
    update(run).
    """
    lines = ax.plot(getattr(run, x), getattr(run, y),
                    **{"color": COLOR["V"], "animated": animated} | style)
    ax.set(xlabel=run.model.axis_label(x), ylabel=run.model.axis_label(y))

    def update(run):
        across, up = (getattr(run, name).reshape(len(run.t), -1).T for name in (x, y))
        for line, *point in zip(lines, across, up):
            line.set_data(*point)

    return update


def label_panels(axes):
    """Write a, b, c ... at the upper left of each Axes, as journals do."""
    for letter, ax in zip("abcdefghij", np.ravel(axes)):
        ax.text(-0.02, 1.02, letter, transform=ax.transAxes, fontweight="bold", ha="right",
                va="bottom")
