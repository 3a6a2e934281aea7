"""Pictures of runs and models: every function draws into given Axes, computes nothing and
returns its updater.

An updater takes the next Run (or Model) and moves what was drawn, so that a static figure
and a panel's view share one function. Importing this module sets the course's style.
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
    "COLOR", "LINES", "STANDARD_DPI", "darken_words", "label_panels", "path", "show",
    "traces"
]

plt.style.use(Path(__file__).with_name("course.mplstyle"))

# Okabe and Ito; a quantity keeps its colour
COLOR = {
    "V": "#0072B2", "v": "#0072B2", "stimulus": "#E69F00", "theory": "#000000", "ghost": "#999999",
    "vermillion": "#D55E00", "green": "#009E73", "purple": "#CC79A7", "sky": "#56B4E9",
    "m": "#D55E00", "h": "#CC79A7", "n": "#009E73", "w": "#009E73",
    "I_Na": "#D55E00", "I_K": "#009E73", "I_L": "#CC79A7",
}
STANDARD_DPI = 100
READABLE = 4.5  # contrast of words on white
# so that greyscale tells them apart
LINES = {"h": "--", "w": "--", "n": "-.", "I_K": "--", "I_L": ":"}


def show(fig, alt):
    """Show a static figure as a palette PNG, its alt text in the output's metadata and as a
    caption below; close it.

    fig: a matplotlib Figure. alt: a sentence that says what is seen and what it means.

    >>> fig, ax = plt.subplots()
    >>> show(fig, "Nothing is drawn yet.")  # doctest: +ELLIPSIS
    {'image/png': ...'text/plain': 'Nothing is drawn yet.'}
    >>> plt.fignum_exists(fig.number)
    False
    """
    darken_words(fig)
    png = io.BytesIO()
    fig.savefig(png, format="png")
    plt.close(fig)
    picture = base64.b64encode(with_palette(png.getvalue())).decode()
    display({"image/png": picture, "text/plain": alt}, raw=True,
            metadata={"image/png": {"alt": alt}})
    caption = f"<p style='max-width:50em'><small><em>{escape(alt)}</em></small></p>"
    display({"text/html": caption, "text/plain": alt}, raw=True)


def projector(scale=1.5):
    """Draw all figures and panels that follow for a projector: larger by `scale`, with all type
    and lines; `projector(1)` goes back.

    >>> projector()
    >>> plt.figure().dpi
    150.0
    >>> projector(1)
    """
    plt.rcParams["figure.dpi"] = plt.rcParams["savefig.dpi"] = scale * STANDARD_DPI


def with_palette(png, colors=64):
    """A PNG's bytes with at most `colors` colours: line art shrinks to a third and looks the
    same.

    A strip with every `COLOR` is put below the picture while its colours are chosen, so that a
    small mark keeps its own.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    wide, high = picture.size
    own = dict.fromkeys(COLOR.values())
    side = wide // len(own)
    canvas = Image.new("RGB", (wide, high + side))
    canvas.paste(picture)
    for k, color in enumerate(own):
        canvas.paste(color, (k * side, high, (k + 1) * side, high + side))
    few = canvas.quantize(colors, kmeans=1, dither=Image.Dither.NONE)
    small = io.BytesIO()
    few.crop((0, 0, wide, high)).save(small, "png", optimize=True)
    return small.getvalue()


def contrast(color):
    """How well a colour parts from white, from 1 to 21, by the formula of WCAG 2.2; words need 4.5,
    lines 3.
    """
    rgb = np.array(to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055)**2.4)
    return 1.05 / (linear @ (0.2126, 0.7152, 0.0722) + 0.05)


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

    The axes are labelled from the model's units. A batch draws one line per trial.

    >>> from course_utils import FitzHughNagumo, simulate
    >>> fig, ax = plt.subplots()
    >>> update = traces(ax, simulate(FitzHughNagumo(), np.arange(0, 100, 0.1)), "w")
    >>> ax.get_ylabel()
    '$w$'
    >>> plt.close(fig)
    """
    names = states or list(run.model.states)[:1]
    lines = {}
    for name in names:
        usual = {"color": COLOR.get(name), "label": f"${name}$", "animated": animated}
        lines[name] = ax.plot(run.t, getattr(run, name), LINES.get(name, "-"), **usual | style)
    unit = run.model.time_unit
    ax.set(xlim=(run.t[0], run.t[-1]), xlabel="time" + (f" ({unit})" if unit != "1" else ""))
    if len(names) == 1 and names[0] in run.model.states:
        ax.set_ylabel(run.model.axis_label(names[0]))

    def update(run):
        for name, drawn in lines.items():
            for line, y in zip(drawn, _lanes(run, name)):
                line.set_data(run.t, y)

    return update


def path(ax, run, x, y, animated=False, **style):
    """Draw one state of a Run against another, a trajectory in the phase plane; returns
    update(run).
    """
    usual = {"color": COLOR["V"], "animated": animated}
    lines = ax.plot(getattr(run, x), getattr(run, y), **usual | style)
    ax.set(xlabel=run.model.axis_label(x), ylabel=run.model.axis_label(y))

    def update(run):
        for line, *along in zip(lines, _lanes(run, x), _lanes(run, y)):
            line.set_data(*along)

    return update


def _lanes(run, state):
    """A state of a Run, one row for each element of its batch."""
    return getattr(run, state).reshape(len(run.t), -1).T


def label_panels(axes):
    """Write a, b, c ... at the upper left of each Axes, as journals do.

    >>> fig, axes = plt.subplots(1, 2)
    >>> label_panels(axes)
    >>> [ax.texts[0].get_text() for ax in axes]
    ['a', 'b']
    >>> plt.close(fig)
    """
    for letter, ax in zip("abcdefghij", np.ravel(axes)):
        ax.text(-0.02, 1.02, letter, transform=ax.transAxes, fontweight="bold", ha="right",
                va="bottom")
