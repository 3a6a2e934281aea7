"""Drawings of the introduction: a neuron, the unit that stands in for it, and the map of the
course.

Vector art of our own: every function draws into given Axes and computes nothing about models.
"""
import numpy as np
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, FancyBboxPatch, Polygon

from ..plots import COLOR

__all__ = ["course_map", "five_answers", "neuron", "threshold_unit"]

CELL, PALE, INK = "#7A8CA3", "#E6EBF2", "#333333"

DENDRITES = (  # (root angle in degrees, length, bend, depth of branching)
    (112, 0.95, 10, 3), (150, 1.15, -12, 3), (188, 1.05, 8, 3), (226, 1.00, -8, 3), (262, 0.85,
                                                                                     12, 2))

NOTEBOOKS = (  # (number, title, the question it answers, what it needs)
    ("00", "Introduction", "What is replaced when\na neuron becomes a unit?", ()),
    ("01", "Engineering\nthe neuron", "What can a threshold\ncompute and learn?",
     ("00",)), ("02", "Neural\nbiophysics", "How does a membrane\nmake a spike?", ("00",)),
    ("03", "From biophysics\nto dynamics", "Why do two variables\nsuffice, and for what?",
     ("02",)), ("04", "Cable\ntheory", "How does a signal get\nfrom here to there?", ("02",)),
    ("05", "Stochastic\nneurons", "What does chance add,\nand where does it enter?", ("01",)),
    ("06", "Learning:\nSTDP", "How does order in time\nbecome a connection?",
     ("05",)), ("07", "Conclusion", "Which model for which\nquestion?", ("03", "04", "06")),
)
PLACES = {
    "00": (0, 1), "01": (1, 0), "02": (1, 2), "03": (2, 2.6), "04": (2, 1.4), "05": (2, 0),
    "06": (3, 0), "07": (4, 1)
}


def neuron(
    ax,
    symbols=("collect input", "adds it up", "carries the spike away", "onto the next cell")):
    """Draw a neuron with dendrites, soma, axon and a synapse onto the next cell, each named,
    with a word or a symbol below.
    """
    rng = np.random.default_rng(4)
    for angle, length, bend, depth in DENDRITES:
        _branch(ax, rng, np.zeros(2), np.radians(angle), length, np.radians(bend), 9.0, depth)
    axon = np.array([[0.3, -0.05], [1.4, -0.32], [2.6, 0.28], [4.0, 0.0]])
    _tapered(ax, _bezier(axon), 6.0, 3.4)
    for end in ([4.62, 0.42], [4.74, 0.02], [4.60, -0.42]):
        _tapered(ax, _bezier(np.array([axon[-1], [4.3, 0.0], [4.3, end[1]], end])), 3.0, 2.0)
        ax.add_patch(Ellipse(end, 0.17, 0.2, color=CELL, zorder=3))
    _next_dendrite(ax)
    ax.add_patch(Polygon(_soma(), closed=True, facecolor=CELL, edgecolor=INK, lw=0.8, zorder=4))
    ax.add_patch(Circle((-0.02, 0.03), 0.17, facecolor=PALE, edgecolor=INK, lw=0.8, zorder=5))
    for name, symbol, place, at in zip(
        ("dendrites", "soma", "axon", "synapse"), symbols,
        ((-2.95, 0.75), (0.62, 1.32), (2.15, 1.05), (3.9, 1.6)),
        ((-1.02, 0.72), (0.12, 0.30), (2.1, 0.07), (4.80, 0.50))):
        ax.annotate(f"{name}\n{symbol}", at, place, ha="center", va="center", fontsize=9.5,
                    color=INK, zorder=9,
                    arrowprops={"arrowstyle": "-", "color": INK, "lw": 0.8, "shrinkB": 0})
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
    ax.text(1.9, -0.78, "its f-I curve", ha="center", va="top", color=COLOR["V"], fontsize=9.5)
    _arrow(ax, (2.65, 0), (3.35, 0), INK)
    ax.text(3.5, 0, "$y$", ha="left", va="center")
    ax.set(xlim=(-2.7, 3.9), ylim=(-1.5, 1.5), aspect="equal")
    ax.axis("off")


def course_map(ax, notebooks=NOTEBOOKS, places=PLACES):
    """Draw the eight notebooks as boxes with their questions; an arrow leads from a notebook to
    those that need it.
    """
    wide, high = 0.84, 0.84
    for number, title, question, needs in notebooks:
        x, y = places[number]
        ax.add_patch(
            FancyBboxPatch((x - wide / 2, y - high / 2), wide, high,
                           boxstyle="round,pad=0.0,rounding_size=0.07", facecolor=PALE,
                           edgecolor=CELL, lw=1.2))
        ax.text(x - wide / 2 + 0.05, y + high / 2 - 0.06,
                f"{number}  " + title.replace("\n", "\n      "), fontsize=9, fontweight="bold",
                va="top", color=INK)
        _emblem(ax, number, x, y)
        ax.text(x, y - 0.28, question, fontsize=7.8, ha="center", va="center", color=INK,
                style="italic")
        for other in needs:
            x0, y0 = places[other]
            _arrow(ax, (x0 + wide / 2, y0 + 0.25 * np.sign(y - y0)),
                   (x - wide / 2, y - 0.2 * np.sign(y - y0)), COLOR["V"])
    ax.set(xlim=(-0.5, 4.5), ylim=(-0.5, 3.1))
    ax.axis("off")


def five_answers(fig, answers, animated=False):
    """Draw one current above what five models make of it, on one axis of time; returns
    update(answers).

    The first Axes of the figure hold the current, in µA/cm², linear up to 2 and logarithmic
    above.
    """
    look = {"animated": animated, "zorder": 3, "solid_joinstyle": "round"}
    fig.set_size_inches(8.6, 5.9)
    axes = fig.subplots(6, 1, sharex=True, height_ratios=(1.9, 0.5, 1.2, 1, 1, 1))
    _current_axes(axes[0])
    lines = [(name, *ax.plot([], [], color=color, lw=1.4, **look))
             for name, ax, color in (("I_ext", axes[0], COLOR["stimulus"]), ("unit", axes[1],
                                                                             INK),
                                     ("V", axes[2], COLOR["V"]), ("v", axes[3], COLOR["v"]))]
    along = [
        axes[4].plot([], [], style, color=COLOR["V"], lw=1.4, label=label, **look)[0]
        for style, label in (("-", "at 0"), ("--", "λ"), (":", "2λ"))
    ]
    fills = [(name,
              line.axes.fill([0], [0], color=line.get_color(), alpha=0.22, lw=0,
                             animated=animated)[0]) for name, line in lines[:2]]
    spikes, = axes[5].plot([], [], "|", color=INK, ms=4.5, mew=1.1, **look)
    titles = ("current\n(µA/cm²,\nlog above 2)", "threshold unit\n(0 or 1)",
              "Hodgkin-Huxley\n$V$ (mV)", "FitzHugh-Nagumo\n$v$",
              "passive cable\n$V$ (mV, log\nabove 3)",
              f"Galves-Löcherbach\n{answers.raster.shape[1]} neurons")
    for ax, title in zip(axes, titles):
        ax.text(-0.065, 0.5, title, transform=ax.transAxes, ha="right", va="center")
    for ax, limits in zip(
            axes[1:],
        ((-0.25, 1.25), (-20, 118), (-2.9, 3.7), (-30, 2000), (-1, answers.raster.shape[1]))):
        ax.set_ylim(limits)
    axes[4].set_yscale("symlog", linthresh=3)
    axes[4].set(yticks=(0, 10, 100), yticklabels=("0", "10", "100"))
    axes[4].minorticks_off()
    axes[4].legend(loc="lower right", ncols=3, borderaxespad=0, borderpad=0, handlelength=1.4)
    axes[5].set(yticks=(), xlabel="time (ms)", xlim=(0, answers.t[-1]))

    def update(answers):
        for name, line in lines:
            line.set_data(answers.t, getattr(answers, name))
        for name, fill in fills:
            fill.set_xy(
                np.column_stack([
                    answers.t[[0, *range(len(answers.t)), -1]],
                    np.pad(getattr(answers, name), 1)
                ]))
        for line, V in zip(along, answers.cable.T):
            line.set_data(answers.t, V)
        spikes.set_data(*np.nonzero(answers.raster))

    update(answers)
    return update


def _current_axes(ax):
    """The Axes of the current, with the three values at which the squid membrane changes its
    mind.
    """
    ax.set_yscale("symlog", linthresh=2, linscale=0.6)
    ax.set(ylim=(-6, 260), yticks=(-2, 0, 2, 10, 100),
           yticklabels=("-2", "0", "2", "10", "100"))
    ax.axhline(0, color=COLOR["ghost"], lw=0.6)
    for level, meaning in ((2.24, "first spike"), (6.26, "lasting train"), (154.5, "silence")):
        ax.axhline(level, color=COLOR["theory"], lw=0.8, ls="--")
        ax.text(0.998, level, f"{meaning}: {level:g}", transform=ax.get_yaxis_transform(),
                ha="right", va="bottom", fontsize=8)


def _emblem(ax, number, x, y):
    """Draw what a notebook is about, in one small curve in the middle of its box."""
    s = np.linspace(0, 1, 200)
    turn, side = 2 * np.pi * s, 2 * s - 1
    ticks = np.random.default_rng(5).random((2, 34))
    curves = {  # each in the unit square
        "00": (s, np.maximum(0, 1.8 * s - 0.8)), "01": (s, s > 0.5),
        "02": (s, 0.15 + 0.85 * np.exp(-((s - 0.4) / 0.035)**2)
               - 0.15 * np.exp(-((s - 0.53) / 0.09)**2)),
        "03": (0.5 + 0.3 * np.cos(turn), 0.5 + 0.45 * np.sin(turn) + 0.12 * np.cos(turn)**3),
        "04": (s, np.exp(-5 * np.abs(side))), "05": (ticks[0], np.round(4 * ticks[1]) / 4),
        "06": (s, 0.5 + 0.5 * np.sign(side) * np.exp(-4 * np.abs(side))), "07": (np.linspace(
            0.1, 0.9, 9), np.linspace(0, 1, 9))
    }
    across, up = curves[number]
    style = {"ls": "", "marker": "|", "ms": 4, "mew": 1.2} if number in ("05",
                                                                         "07") else {"lw": 1.6}
    ax.plot(x - 0.3 + 0.6 * across, y - 0.14 + 0.22 * up, color=COLOR["V"], **style)


def _arrow(ax, start, end, color):
    ax.add_patch(
        FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=11, color=color, lw=1.3,
                        shrinkA=2, shrinkB=2))


def _bezier(points, samples=60):
    """A cubic Bezier curve (samples, 2) of four points."""
    s = np.linspace(0, 1, samples)[:, None]
    return ((1 - s)**3 * points[0] + 3 * s * (1 - s)**2 * points[1] + 3 * s**2 *
            (1 - s) * points[2] + s**3 * points[3])


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
    a = np.linspace(0, 2 * np.pi, 90)
    r = 0.40 + 0.11 * np.exp(-((
        (a + np.pi) % (2 * np.pi) - np.pi) / 0.5)**2) + 0.02 * np.cos(5 * a)
    return np.stack([r * np.cos(a), r * np.sin(a)], axis=1)


def _next_dendrite(ax):
    """Draw the dendrite of the next cell, opposite to the endings of the axon."""
    ax.plot([5.15, 4.98, 5.0, 4.9], [-1.3, -0.4, 0.4, 1.2], color=COLOR["green"], lw=5,
            solid_joinstyle="round", zorder=1, alpha=0.55)
    for y in (0.42, 0.02, -0.42):
        ax.plot([4.86, 4.98], [y, y], color=COLOR["green"], lw=4, alpha=0.8, zorder=2)
