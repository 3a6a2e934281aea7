"""Pictures of runs and models: every function draws into given Axes, computes nothing and returns its updater.

An updater takes the next Run (or Model) and moves what was drawn, so that a static figure and a panel's view share one
function. Importing this module sets the course's style.
"""
import base64
import io
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from PIL import Image

__all__ = ["COLOR", "label_panels", "path", "show", "traces"]

plt.style.use(Path(__file__).with_name("course.mplstyle"))

COLOR = {                                                     # Okabe and Ito; a quantity keeps its colour
    "V": "#0072B2", "v": "#0072B2", "stimulus": "#E69F00", "theory": "#000000", "ghost": "#999999",
    "vermillion": "#D55E00", "green": "#009E73", "purple": "#CC79A7", "sky": "#56B4E9",
    "m": "#D55E00", "h": "#CC79A7", "n": "#009E73", "w": "#009E73",
    "I_Na": "#D55E00", "I_K": "#009E73", "I_L": "#CC79A7",
}
LINES = {"h": "--", "w": "--", "n": "-.", "I_K": "--", "I_L": ":"}   # so that greyscale tells them apart


def show(fig, alt):
    """Show a static figure as a palette PNG, its alt text in the output's metadata and as a caption below; close it.

    fig: a matplotlib Figure. alt: a sentence that says what is seen and what it means.
    """
    png = io.BytesIO()
    fig.savefig(png, format="png")
    plt.close(fig)
    display({"image/png": base64.b64encode(with_palette(png.getvalue())).decode(), "text/plain": alt}, raw=True,
            metadata={"image/png": {"alt": alt}})
    caption = f"<p style='max-width:50em'><small><em>{escape(alt)}</em></small></p>"
    display({"text/html": caption, "text/plain": alt}, raw=True)


def with_palette(png, colors=64):
    """A PNG's bytes with at most `colors` colours: line art shrinks to a third and looks the same."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(colors, dither=Image.Dither.NONE)
    small = io.BytesIO()
    picture.save(small, "png", optimize=True)
    return small.getvalue()


def traces(ax, run, *states, animated=False, **style):
    """Draw states of a Run against time, by default the first; returns update(run).

    The axes are labelled from the model's units. A batch draws one line per lane.
    """
    names = states or list(run.model.states)[:1]
    lines = {name: ax.plot(run.t, getattr(run, name), LINES.get(name, "-"),
                           **{"color": COLOR.get(name), "label": f"${name}$", "animated": animated} | style)
             for name in names}
    unit = run.model.time_unit
    ax.set(xlim=(run.t[0], run.t[-1]), xlabel="time" + (f" ({unit})" if unit != "1" else ""),
           ylabel=run.model.axis_label(names[0]) if len(names) == 1 and names[0] in run.model.states else "")

    def update(run):
        for name, drawn in lines.items():
            values = getattr(run, name).reshape(len(run.t), -1)
            for line, y in zip(drawn, values.T):
                line.set_data(run.t, y)
    return update


def path(ax, run, x, y, animated=False, **style):
    """Draw one state of a Run against another, a trajectory in the phase plane; returns update(run)."""
    lines = ax.plot(getattr(run, x), getattr(run, y), **{"color": COLOR["V"], "animated": animated} | style)
    ax.set(xlabel=run.model.axis_label(x), ylabel=run.model.axis_label(y))

    def update(run):
        across, up = (getattr(run, name).reshape(len(run.t), -1).T for name in (x, y))
        for line, *point in zip(lines, across, up):
            line.set_data(*point)
    return update


def label_panels(axes):
    """Write a, b, c ... at the upper left of each Axes, as journals do."""
    for letter, ax in zip("abcdefghij", np.ravel(axes)):
        ax.text(-0.02, 1.02, letter, transform=ax.transAxes, fontweight="bold", ha="right", va="bottom")


# Threshold units

def examples(ax, animated=False, **style):
    """Draw points with a label: 1 a full disc, 0 an empty one; returns update(x, y) with x (N, 2) and y (N,)."""
    look = {"ls": "", "marker": "o", "ms": 13, "mec": COLOR["green"], "mew": 2, "zorder": 3, "animated": animated}
    kinds = [(1, *ax.plot([], [], **look | {"mfc": COLOR["green"]} | style)),
             (0, *ax.plot([], [], **look | {"mfc": "white"} | style))]

    def update(x, y):
        for label, drawn in kinds:
            drawn.set_data(*np.asarray(x)[np.asarray(y) == label].T)
    return update


def half_plane(ax, animated=False, reach=100.0, **style):
    """Draw where w.x + b >= 0, shaded, and its edge; returns update(w, b). Without weights it is all or nothing."""
    region, = ax.fill([0], [0], **{"color": COLOR["green"], "alpha": 0.15, "lw": 0, "animated": animated} | style)
    edge, = ax.plot([], [], color=COLOR["green"], lw=2, animated=animated)

    def update(w, b):
        length = np.hypot(*w)
        normal = np.array(w) / length if length else np.array([1.0, 0.0])
        along = np.array([-normal[1], normal[0]]) * reach
        foot = -b / length * normal if length else -normal * reach
        depth = normal * reach * (2 if length or b >= 0 else 0)
        region.set_xy([foot - along, foot + along, foot + along + depth, foot - along + depth])
        edge.set_data(*np.transpose([foot - along, foot + along] if length else [foot, foot]))
    return update


def wiring(ax, nodes, links):
    """Draw a network: nodes {name: (x, y, text)} as circles, links [(from, to, weight)] as arrows with their weight."""
    for source, target, weight in links:
        (x0, y0, _), (x1, y1, _) = nodes[source], nodes[target]
        color = COLOR["green"] if weight > 0 else COLOR["vermillion"]
        ax.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "-|>" if weight > 0 else "-[", "color": color,
                                                        "shrinkA": 16, "shrinkB": 18, "lw": 1.6,
                                                        "linestyle": "-" if weight > 0 else "--"})
        ax.text(0.62 * x0 + 0.38 * x1, 0.62 * y0 + 0.38 * y1, f"{weight:+g}", color=color, ha="center", va="center",
                bbox={"fc": "white", "ec": "none", "pad": 1})
    for x, y, text in nodes.values():
        ax.text(x, y, text, ha="center", va="center", bbox={"boxstyle": "circle,pad=0.35", "fc": "white", "ec": "#444444"})
    ax.axis("off")
