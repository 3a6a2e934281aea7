"""Pictures of the phase plane: nullclines, fixed points, 400 trajectories, phases and kicks, and
the bifurcation diagram.

Every function draws into given Axes and computes nothing; those that return an updater
move what they drew.
"""
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from ..checks import require
from ..plots import COLOR, path
from .experiments import FINE, FRAME

__all__ = [
    "bifurcation_diagram", "isochrons", "jumps", "nullclines", "phase_portrait", "transition"
]

AROUND = (  # the circle of phases, back to its first colour
    "#0072B2", "#56B4E9", "#009E73", "#B9D66B", "#F0E442", "#E69F00", "#D55E00", "#CC79A7",
    "#6A5ACD", "#0072B2")
PHASE_COLORS = LinearSegmentedColormap.from_list("phase", AROUND, 20)


def nullclines(ax, model, animated=False):
    """Draw where dv/dt = 0 (solid) and where dw/dt = 0 (dashed) over the width of the Axes;
    returns update(model).
    """
    require("model", model, "nullclines", "a model with nullclines, such as FitzHughNagumo()")
    v = np.linspace(*ax.get_xlim(), 201)
    looks = {"lw": 1.6, "animated": animated}
    cubic, = ax.plot([], [], "-", color=COLOR["sky"], label="$dv/dt = 0$", **looks)
    line, = ax.plot([], [], "--", color=COLOR["w"], label="$dw/dt = 0$", **looks)
    ax.set(xlabel=model.axis_label("v"), ylabel=model.axis_label("w"))

    def update(model):
        for drawn, w in zip((cubic, line), model.nullclines(v)):
            drawn.set_data(v, w)

    update(model)
    return update


def equilibria(ax, animated=False):
    """Mark stable fixed points by a disc, unstable ones by a ring; returns update(stable,
    unstable).
    """
    drawn = [ax.plot([], [], "o", color="black", mfc=fill, ms=7, mew=1.6, zorder=5,
                     animated=animated)[0] for fill in ("black", "white")]

    def update(*kinds):
        for marks, points in zip(drawn, kinds):
            marks.set_data(*(np.transpose(points) if points else ([], [])))

    return update


def trajectories(ax, steps=6, animated=False):
    """Draw the first steps of many trajectories, each a stroke with a dot at its end, and where
    they are at last; returns update(run).
    """
    looks = {"animated": animated}
    strokes, = ax.plot([], [], color="#BDBDBD", lw=0.8, zorder=1, **looks)
    heads, = ax.plot([], [], "o", color="#8C8C8C", ms=2.2, mew=0, zorder=1, **looks)
    ends, = ax.plot([], [], "o", color=COLOR["purple"], ms=8, mew=0, alpha=0.6, zorder=1.5,
                    **looks)

    def update(run):
        first = [np.pad(x[:steps + 1], ((0, 1), (0, 0)), constant_values=np.nan).T.ravel()
                 for x in (run.v, run.w)]  # a gap after each stroke
        strokes.set_data(*first)
        heads.set_data(run.v[steps], run.w[steps])
        ends.set_data(run.v[-1], run.w[-1])

    return update


def phase_portrait(ax, portrait, animated=False):
    """Draw a `Portrait`: nullclines, trajectories, one run from its start, the fixed points;
    returns update(portrait).
    """
    ax.set(xlim=FRAME[0], ylim=FRAME[1])
    many = trajectories(ax, animated=animated)
    one = path(ax, portrait.run, "v", "w", animated, zorder=2)
    lines = nullclines(ax, portrait.model, animated)
    points = equilibria(ax, animated)
    start, = ax.plot([], [], "s", color=COLOR["v"], mfc="white", ms=7, mew=1.8, zorder=6,
                     animated=animated)
    ax.legend(handles=[line for line in ax.lines if line.get_label().startswith("$d")],
              ncols=2, loc="lower left", bbox_to_anchor=(0, 0.99), borderaxespad=0)

    def update(portrait):
        many(portrait.trajectories)
        one(portrait.run)
        lines(portrait.model)
        points(portrait.stable, portrait.unstable)
        start.set_data(portrait.run.v[:1], portrait.run.w[:1])

    update(portrait)
    return update


def bifurcation_diagram(ax, branches):
    """Draw branches (I, v, kind), each with I and v (N,) and a kind: "rest, stable",
    "rest, unstable", "cycle" or "unstable cycle".
    """
    looks = {
        "rest, stable": ("black", "-"), "rest, unstable": ("black", ":"),
        "cycle": (COLOR["v"], "-"), "unstable cycle": (COLOR["vermillion"], "--")
    }
    for I, v, kind in branches:
        color, style = looks[kind]
        ax.plot(I, v, style, color=color)
    ax.set(xlabel="$I_\\mathrm{ext}$", ylabel="$v$", ylim=(-2.2, 2.2))


def isochrons(ax, found, bar=True):
    """Paint the plane by asymptotic phase, twenty colours with isochrons between them; found:
    an `IsochronMap`.
    """
    looks = {
        "origin": "lower", "extent": (found.v[0], found.v[-1], found.w[0], found.w[-1]),
        "aspect": "auto", "interpolation": "nearest", "zorder": 0
    }
    image = ax.imshow(found.phase, cmap=PHASE_COLORS, vmin=0, vmax=1, **looks)
    count = PHASE_COLORS.N
    band = np.floor(found.phase * count) % count
    steps = [np.diff(band, axis=axis, append=band.take([-1], axis)) % count for axis in (0, 1)]
    lines = np.isin(steps, (1, count - 1)).any(axis=0)  # not where the bands crowd
    ax.imshow(np.dstack([np.ones((*lines.shape, 3)), 0.75 * lines]), **looks)
    ax.set(xlabel="$v$", ylabel="$w$")
    if bar:
        ax.figure.colorbar(image, ax=ax, label="phase (cycles)", ticks=np.linspace(0, 1, 6),
                           pad=0.02)


def jumps(ax, pairs, animated=False):
    """Draw kicks as lines from the point before to the point after, which bears the kick's
    number; returns update(pairs).
    """
    looks = {"animated": animated}
    drawn = []
    for number, _ in enumerate(pairs, 1):
        line, = ax.plot([], [], color="black", lw=2.4, zorder=5, **looks)
        disc, = ax.plot([], [], "o", color="black", ms=12, zorder=6, **looks)
        digit, = ax.plot([], [], marker=f"${number}$", ls="", color="white", ms=6.5, mew=0.4,
                         zorder=7, **looks)
        drawn.append((line, disc, digit))

    def update(pairs):
        for (line, *marks), (before, after) in zip(drawn, pairs):
            line.set_data(*zip(before, after))
            for mark in marks:
                mark.set_data(*zip(after))

    return update


def transition(ax, animated=False):
    """Draw the phase transition curve of a `KickedOnce`, dotted where it is too steep to be
    resolved, and its chosen phase; returns update(result).
    """
    looks = {"animated": animated}
    ax.plot([0, 1], [0, 1], color=COLOR["ghost"], lw=0.8)
    curve, = ax.plot([], [], ".-", color=COLOR["purple"], ms=4, lw=1.2, **looks)
    steep, = ax.plot([], [], ":", color=COLOR["purple"], lw=2, **looks)
    here, = ax.plot([], [], "o", color=COLOR["stimulus"], mec="black", ms=9, **looks)
    ax.set(xlim=(0, 1), ylim=(-0.7, 1.7), xlabel="old phase (cycles)",
           ylabel="new phase (cycles)")

    def update(result):
        after = result.cliff + 1
        curve.set_data(np.insert(result.old, after, np.nan),
                       np.insert(result.new, after, np.nan))
        steep.set_data(result.old[after - 1:after + 1], result.new[after - 1:after + 1])
        here.set_data([result.phase], [result.here()])

    return update


def tongue_map(ax, found, animated=False):
    """Paint the mean shift per kick over P/T and kick size (see `tongues`), and mark one point;
    returns update(ratio, size).
    """
    ratio, size, pull = found
    edge = np.abs(pull).max()
    image = ax.imshow(pull, origin="lower", extent=(*ratio[[0, -1]], *size[[0, -1]]),
                      aspect="auto", cmap="RdBu_r", vmin=-edge, vmax=edge)
    ax.figure.colorbar(image, ax=ax, label="mean shift per kick (cycles)", pad=0.02)
    ax.set(xlabel="interval of the kicks $P/T$ (cycles)", ylabel="kick $\\Delta v$")
    dot, = ax.plot([], [], "o", color=COLOR["stimulus"], mec="black", ms=9, animated=animated)
    return lambda ratio, size: dot.set_data([ratio], [size])


def cobweb(ax, animated=False):
    """Draw the phase map of a `Locking`, its cobweb, and the full equations' phases of arrival;
    returns update(result).
    """
    looks = {"animated": animated}
    ax.plot([0, 1], [0, 1], color=COLOR["ghost"], lw=0.8)
    curve, = ax.plot([], [], color=COLOR["purple"], label="phase map", **looks)
    web, = ax.plot([], [], "--", color=COLOR["theory"], lw=0.8, label="its cobweb", **looks)
    full, = ax.plot([], [], "o", color=COLOR["v"], mfc="none", ms=6, label="full equations",
                    **looks)
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="phase at one kick (cycles)",
           ylabel="phase at the next (cycles)")
    ax.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0), columnspacing=1)

    def update(result):
        curve.set_data(*_torn(FINE, np.mod(FINE + result.shift + result.ratio, 1.0)))
        twice = np.repeat(result.mapped, 2)
        web.set_data(*_torn(twice[:-1], twice[1:]))
        full.set_data(result.full[:-1], result.full[1:])

    return update


def _torn(x, y):
    """x and y, with a gap where a phase leaps from 1 to 0."""
    leap = np.abs(np.diff([x, y], prepend=[x[:1], y[:1]])).max(axis=0) > 0.5
    return x, np.where(leap, np.nan, y)
