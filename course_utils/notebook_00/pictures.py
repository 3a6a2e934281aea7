"""Drawings of the introduction: a neuron, the unit that replaces it, and the map of the
course.

Vector art of our own: every function draws into given Axes and computes nothing about
models.
"""
from textwrap import fill

import numpy as np
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, FancyBboxPatch, Polygon

from ..plots import COLOR
from .course import NOTEBOOKS

__all__ = ["course_map", "five_answers", "neuron", "threshold_unit"]

CELL, PALE, INK = "#7A8CA3", "#E6EBF2", "#333333"

DENDRITES = (  # (root angle in degrees, length, bend, depth of branching)
    (112, 0.95, 10, 3),
    (150, 1.15, -12, 3),
    (188, 1.05, 8, 3),
    (226, 1.00, -8, 3),
    (262, 0.85, 12, 2),
)
ANCHORS = {  # part of a neuron: where its name is, and where its line ends
    "dendrites": ((-2.95, 0.75), (-1.02, 0.72)),
    "soma": ((0.62, 1.32), (0.12, 0.30)),
    "axon": ((2.15, 1.05), (2.1, 0.07)),
    "synapse": ((3.9, 1.6), (4.80, 0.50)),
}
WHAT_PARTS_DO = ("collect input", "adds it up", "carries the spike away", "onto the next cell")


def neuron(ax, symbols=WHAT_PARTS_DO):
    """Draw a neuron with dendrites, soma, axon and a synapse onto the next cell, each named,
    with a word or a symbol below.
    """
    rng = np.random.default_rng(4)
    for angle, length, bend, depth in DENDRITES:
        _branch(ax, rng, np.zeros(2), np.radians(angle), length, np.radians(bend), 9.0, depth)
    axon = np.array([[0.3, -0.05], [1.4, -0.32], [2.6, 0.28], [4.0, 0.0]])
    _tapered(ax, _bezier(axon), 6.0, 3.4)
    for end in ([4.62, 0.42], [4.74, 0.02], [4.60, -0.42]):
        ending = np.array([axon[-1], [4.3, 0.0], [4.3, end[1]], end])
        _tapered(ax, _bezier(ending), 3.0, 2.0)
        ax.add_patch(Ellipse(end, 0.17, 0.2, color=CELL, zorder=3))
    _next_dendrite(ax)
    edge = {"edgecolor": INK, "lw": 0.8}
    ax.add_patch(Polygon(_soma(), closed=True, facecolor=CELL, zorder=4, **edge))
    ax.add_patch(Circle((-0.02, 0.03), 0.17, facecolor=PALE, zorder=5, **edge))
    line = {"arrowstyle": "-", "color": INK, "lw": 0.8, "shrinkB": 0}
    for (name, (place, at)), symbol in zip(ANCHORS.items(), symbols):
        ax.annotate(f"{name}\n{symbol}", at, place, ha="center", va="center", fontsize=9.5,
                    color=INK, zorder=9, arrowprops=line)
    _arrow(ax, (1.0, -0.72), (3.4, -0.72), COLOR["V"])
    ax.text(2.2, -0.90, "direction of the spike", color=COLOR["V"], ha="center", va="top",
            fontsize=9.5)
    ax.set(xlim=(-3.6, 5.4), ylim=(-1.75, 1.95), aspect="equal")
    ax.axis("off")


def threshold_unit(ax, weights=("$w_1$", "$w_2$", "$w_3$")):
    """Draw the artificial unit: inputs times weights, a sum, a curve, one number out."""
    heights = np.linspace(1, -1, len(weights))
    for height, weight, name in zip(heights, weights, ("$x_1$", "$x_2$", "$x_3$")):
        ax.add_patch(Circle((-2.2, height), 0.24, facecolor=PALE, edgecolor=INK, lw=1.0))
        ax.text(-2.2, height, name, ha="center", va="center")
        _arrow(ax, (-1.92, height), (-0.5, 0.28 * height), INK)
        ax.text(-1.42, 0.74 * height + 0.24, weight, ha="center", va="center", color=INK)
    ax.add_patch(Circle((0, 0), 0.5, facecolor="white", edgecolor=INK, lw=1.2))
    ax.text(0, 0, r"$\Sigma$", ha="center", va="center", fontsize=15)
    _arrow(ax, (0.55, 0), (1.15, 0), INK)
    ax.add_patch(
        FancyBboxPatch((1.25, -0.5), 1.3, 1.0, boxstyle="round,pad=0.05", facecolor="white",
                       edgecolor=INK))
    ax.plot([1.35, 1.75, 2.45], [-0.35, -0.35, 0.38], color=COLOR["V"], lw=2)
    ax.text(1.9, -0.78, "a curve", ha="center", va="top", color=COLOR["V"], fontsize=9.5)
    _arrow(ax, (2.65, 0), (3.35, 0), INK)
    ax.text(3.5, 0, "$y$", ha="left", va="center")
    ax.set(xlim=(-2.7, 3.9), ylim=(-1.5, 1.5), aspect="equal")
    ax.axis("off")


def course_map(ax, notebooks=NOTEBOOKS):
    """Draw the eight notebooks as boxes with their questions; an arrow leads from a notebook to
    those that build on it.
    """
    side = 0.84
    style = {"boxstyle": "round,pad=0.0,rounding_size=0.07", "facecolor": PALE,
             "edgecolor": CELL, "lw": 1.2}
    for number, notebook in notebooks.items():
        x, y = notebook.place
        corner = x - side / 2, y - side / 2
        ax.add_patch(FancyBboxPatch(corner, side, side, **style))
        ax.text(corner[0] + 0.05, y + side / 2 - 0.06,
                fill(f"{number}  {notebook.title}", 19, subsequent_indent=6 * " "),
                fontsize=9, fontweight="bold", va="top", color=INK)
        _emblem(ax, number, x, y)
        ax.text(x, y - 0.28, fill(notebook.question, 22), fontsize=7.8, ha="center",
                va="center", color=INK, style="italic")
        for other in notebook.needs:
            _arrow(ax, *_between(notebooks[other].place, (x, y), side / 2), COLOR["V"])
    ax.set(xlim=(-0.5, 4.5), ylim=(-0.5, 3.1))
    ax.axis("off")


def _between(start, end, half):
    """The ends of an arrow between two boxes: from edge to edge, downwards within a column."""
    (x0, y0), (x1, y1) = start, end
    if x0 == x1:
        return (x0, y0 - half), (x1, y1 + half)
    return (x0 + half, y0 + 0.25 * np.sign(y1 - y0)), (x1 - half, y1 - 0.2 * np.sign(y1 - y0))


BRAINS = (  # (title, y limits) of the Axes below the current
    ("threshold unit\n(0 or 1)", (-0.25, 1.25)),
    ("Hodgkin-Huxley\n$V$ (mV)", (-20, 118)),
    ("FitzHugh-Nagumo\n$v$", (-2.9, 3.7)),
    ("passive cable\n$V$ (mV, log\nabove 3)", (-30, 2000)),
    ("Galves-Löcherbach\n{} neurons", (-1, 14)),
)


def five_answers(fig, answers, animated=False):
    """Draw one current above the responses of five models, on one axis of time; returns
    update(answers).

    The first Axes of the figure hold the current, in µA/cm², linear up to 2 and
    logarithmic above.
    """
    fig.set_size_inches(8.6, 5.9)
    axes = fig.subplots(6, 1, sharex=True, height_ratios=(1.9, 0.5, 1.2, 1, 1, 1))
    _current_axes(axes[0])
    _brain_axes(axes[1:], answers)
    look = {"animated": animated, "zorder": 3, "solid_joinstyle": "round"}
    colors = {"I_ext": COLOR["stimulus"], "unit": INK, "V": COLOR["V"], "v": COLOR["v"]}
    lines = {name: ax.plot([], [], color=color, lw=1.4, **look)[0]
             for (name, color), ax in zip(colors.items(), axes)}
    fills = {name: lines[name].axes.fill([0], [0], color=colors[name], alpha=0.22, lw=0,
                                         animated=animated)[0] for name in ("I_ext", "unit")}
    along = [axes[4].plot([], [], style, color=COLOR["V"], lw=1.4, label=label, **look)[0]
             for style, label in (("-", "at 0"), ("--", "λ"), (":", "2λ"))]
    axes[4].legend(loc="lower right", ncols=3, borderaxespad=0, borderpad=0, handlelength=1.4)
    spikes, = axes[5].plot([], [], "|", color=INK, ms=4.5, mew=1.1, **look)

    def update(answers):
        t = answers.t
        for name, line in lines.items():
            line.set_data(t, getattr(answers, name))
        for name, area in fills.items():
            area.set_xy(np.column_stack([[t[0], *t, t[-1]], np.pad(getattr(answers, name), 1)]))
        for line, V in zip(along, answers.cable.T):
            line.set_data(t, V)
        spikes.set_data(*np.nonzero(answers.raster))

    update(answers)
    return update


def _brain_axes(axes, answers):
    """The Axes of the five models: titles at the left, limits, one axis of time below."""
    for ax, (title, limits) in zip(axes, BRAINS):
        ax.text(-0.065, 0.5, title.format(answers.raster.shape[1]), transform=ax.transAxes,
                ha="right", va="center")
        ax.set_ylim(limits)
    cable, raster = axes[-2:]
    cable.set_yscale("symlog", linthresh=3)
    cable.set(yticks=(0, 10, 100), yticklabels=("0", "10", "100"))
    cable.minorticks_off()
    raster.set(yticks=(), xlabel="time (ms)", xlim=(0, answers.t[-1]))


LEVELS = (  # µA/cm² of a long step, and what begins there
    (2.24, "a spike or two"), (6.26, "a train"), (154.5, "silence"))


def _current_axes(ax):
    """The Axes of the current, with the three values at which the squid membrane changes its
    response to a long step.
    """
    ax.text(-0.065, 0.5, "current\n(µA/cm², log\nabove 2; dashed:\nfor a long step)",
            transform=ax.transAxes, ha="right", va="center")
    ax.set_yscale("symlog", linthresh=2, linscale=0.6)
    ax.set(ylim=(-6, 260), yticks=(-2, 0, 2, 10, 100),
           yticklabels=("-2", "0", "2", "10", "100"))
    ax.axhline(0, color=COLOR["ghost"], lw=0.6)
    for level, meaning in LEVELS:
        ax.axhline(level, color=COLOR["theory"], lw=0.8, ls="--")
        ax.text(0.998, level, f"{level:g}: {meaning}", transform=ax.get_yaxis_transform(),
                ha="right", va="bottom", fontsize=8)


def _emblem(ax, number, x, y):
    """Draw what a notebook is about, in one small curve in the middle of its box."""
    across, up = _curve(number)
    dots = {"ls": "", "marker": "|", "ms": 4, "mew": 1.2}
    style = dots if number in ("05", "07") else {"lw": 1.6}
    ax.plot(x - 0.3 + 0.6 * across, y - 0.14 + 0.22 * up, color=COLOR["V"], **style)


def _curve(number):
    """The emblem of a notebook, x and y in the unit square."""
    s = np.linspace(0, 1, 200)
    turn = 2 * np.pi * s
    side = 2 * s - 1
    spike = np.exp(-((s - 0.4) / 0.035)**2)
    undershoot = np.exp(-((s - 0.53) / 0.09)**2)
    ticks = np.random.default_rng(5).random((2, 34))
    return {
        "00": (s, np.maximum(0, 1.8 * s - 0.8)),
        "01": (s, s > 0.5),
        "02": (s, 0.15 + 0.85 * spike - 0.15 * undershoot),
        "03": (0.5 + 0.3 * np.cos(turn), 0.5 + 0.45 * np.sin(turn) + 0.12 * np.cos(turn)**3),
        "04": (s, np.exp(-5 * np.abs(side))),
        "05": (ticks[0], np.round(4 * ticks[1]) / 4),
        "06": (s, 0.5 + 0.5 * np.sign(side) * np.exp(-4 * np.abs(side))),
        "07": (np.linspace(0.1, 0.9, 9), np.linspace(0, 1, 9)),
    }[number]


def _arrow(ax, start, end, color):
    ax.add_patch(
        FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=11, color=color, lw=1.3,
                        shrinkA=2, shrinkB=2))


def _bezier(points, samples=60):
    """A cubic Bezier curve (samples, 2) of four points."""
    s = np.linspace(0, 1, samples)[:, None]
    weights = (1 - s)**3, 3 * s * (1 - s)**2, 3 * s**2 * (1 - s), s**3
    return sum(weight * point for weight, point in zip(weights, points))


def _tapered(ax, curve, thick, thin):
    """Draw a curve whose width falls from `thick` to `thin` points."""
    for a, b, width in zip(curve[:-1], curve[1:], np.linspace(thick, thin, len(curve) - 1)):
        ax.plot(*np.transpose([a, b]), color=CELL, lw=width, solid_capstyle="round", zorder=2)


def _branch(ax, rng, start, angle, length, bend, width, depth):
    """Draw a dendrite and, where it ends, two thinner ones."""
    end_angle = angle + bend
    middle = start + 0.55 * length * np.array([np.cos(angle), np.sin(angle)])
    end = middle + 0.5 * length * np.array([np.cos(end_angle), np.sin(end_angle)])
    _tapered(ax, _bezier(np.array([start, middle, middle, end]), 18), width, 0.55 * width)
    if depth > 1:
        for side in (-1, 1):
            turn = side * np.radians(rng.uniform(18, 34))
            _branch(ax, rng, end, end_angle + turn, length * rng.uniform(0.55, 0.75),
                    0.6 * turn, 0.5 * width, depth - 1)


def _soma():
    """The outline (n, 2) of the cell body: a circle with a bulge towards the axon."""
    a = np.linspace(-np.pi, np.pi, 90)
    r = 0.40 + 0.11 * np.exp(-(a / 0.5)**2) + 0.02 * np.cos(5 * a)
    return np.stack([r * np.cos(a), r * np.sin(a)], axis=1)


def _next_dendrite(ax):
    """Draw the dendrite of the next cell, opposite to the endings of the axon."""
    ax.plot([5.15, 4.98, 5.0, 4.9], [-1.3, -0.4, 0.4, 1.2], color=COLOR["green"], lw=5,
            solid_joinstyle="round", zorder=1, alpha=0.55)
    for y in (0.42, 0.02, -0.42):
        ax.plot([4.86, 4.98], [y, y], color=COLOR["green"], lw=4, alpha=0.8, zorder=2)
