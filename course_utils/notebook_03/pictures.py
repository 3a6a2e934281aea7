"""Pictures of the phase plane: nullclines, fixed points, a crowd of runs, phases and kicks.

Every function draws into given Axes, computes nothing and returns its updater.
"""
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from ..plots import COLOR, path
from .phase_plane import FRAME

__all__ = [
    "PHASE_COLORS", "crowd", "equilibria", "isochrons", "jumps", "nullclines", "phase_portrait"
]

PHASE_COLORS = LinearSegmentedColormap.from_list(
    "phase",
    [  # round the circle and back to where it began
        "#0072B2", "#56B4E9", "#009E73", "#B9D66B", "#F0E442", "#E69F00", "#D55E00", "#CC79A7",
        "#6A5ACD", "#0072B2"
    ],
    20)


def nullclines(ax, model, animated=False):
    """Draw where dv/dt = 0 (solid) and where dw/dt = 0 (dashed) over the width of the Axes;
    returns update(model).
    """
    v = np.linspace(*ax.get_xlim(), 201)
    lines = [
        ax.plot(v, w, style, color=color, lw=1.6, animated=animated, label=label)
        for w, style, color, label in zip(model.nullclines(v), ("-", "--"), (
            COLOR["sky"], COLOR["w"]), ("$dv/dt = 0$", "$dw/dt = 0$"))
    ]
    ax.set(xlabel=model.axis_label("v"), ylabel=model.axis_label("w"))

    def update(model):
        for (line,), w in zip(lines, model.nullclines(v)):
            line.set_data(v, w)

    return update


def equilibria(ax, stable, unstable, animated=False):
    """Mark stable fixed points by a disc, unstable ones by a ring; returns update(stable,
    unstable).
    """
    drawn = [
        ax.plot([], [], "o", color="black", mfc=fill, ms=7, mew=1.6, zorder=5,
                animated=animated)[0] for fill in ("black", "white")
    ]

    def update(*kinds):
        for marks, points in zip(drawn, kinds):
            marks.set_data(*(np.transpose(points) if points else ([], [])))

    update(stable, unstable)
    return update


def crowd(ax, run, x, y, steps=6, animated=False):
    """Draw the first steps of all lanes, a field of directions with a dot ahead, and where they
    end; returns update(run).
    """
    field, = ax.plot([], [], color="#BDBDBD", lw=0.8, animated=animated, zorder=1)
    heads, = ax.plot([], [], "o", color="#8C8C8C", ms=2.2, mew=0, animated=animated, zorder=1)
    ends, = ax.plot([], [], "o", color=COLOR["purple"], ms=8, mew=0, alpha=0.6,
                    animated=animated, zorder=1.5)

    def update(run):
        values = [getattr(run, name) for name in (x, y)]
        field.set_data(*(np.pad(each[:steps + 1], ((0, 1),
                                                   (0, 0)), constant_values=np.nan).T.ravel()
                         for each in values))
        heads.set_data(*(each[steps] for each in values))
        ends.set_data(*(each[-1] for each in values))

    update(run)
    return update


def phase_portrait(ax, portrait, animated=False):
    """Draw a phase plane: nullclines, the crowd, one run from its start, the fixed points;
    returns update(portrait).
    """
    ax.set(xlim=FRAME[0], ylim=FRAME[1])
    parts = [
        crowd(ax, portrait.crowd, "v", "w", animated=animated),
        path(ax, portrait.run, "v", "w", animated, zorder=2)
    ]
    lines = nullclines(ax, portrait.model, animated)
    ax.legend(
        *map(
            list,
            zip(*((line, line.get_label())
                  for line in ax.lines
                  if line.get_label().startswith("$d")))), ncols=2, loc="lower left",
        bbox_to_anchor=(0, 0.99), borderaxespad=0)
    points = equilibria(ax, portrait.stable, portrait.unstable, animated)
    start, = ax.plot([], [], "s", color=COLOR["v"], mfc="white", ms=7, mew=1.8, zorder=6,
                     animated=animated)

    def update(portrait):
        for part, run in zip(parts, (portrait.crowd, portrait.run)):
            part(run)
        lines(portrait.model)
        points(portrait.stable, portrait.unstable)
        start.set_data(portrait.run.v[:1], portrait.run.w[:1])

    update(portrait)
    return update


def isochrons(ax, found, bar=True):
    """Paint the plane by asymptotic phase, twenty colours with isochrons between them; found:
    an IsochronMap.
    """
    place = {
        "origin": "lower", "extent": (found.v[0], found.v[-1], found.w[0], found.w[-1]),
        "aspect": "auto", "interpolation": "nearest", "zorder": 0
    }
    image = ax.imshow(found.phase, cmap=PHASE_COLORS, vmin=0, vmax=1, **place)
    band = np.floor(found.phase * PHASE_COLORS.N) % PHASE_COLORS.N
    steps = [
        np.diff(band, axis=axis, append=band.take([-1], axis)) % PHASE_COLORS.N
        for axis in (0, 1)
    ]
    lines = np.any([(step == 1) | (step == PHASE_COLORS.N - 1) for step in steps],
                   axis=0)  # not where the bands crowd
    ax.imshow(np.dstack([np.ones((*lines.shape, 3)), 0.75 * lines]), **place)
    ax.set(xlabel="$v$", ylabel="$w$")
    if bar:
        ax.figure.colorbar(image, ax=ax, label="phase (cycles)", ticks=np.linspace(0, 1, 6),
                           pad=0.02)


def jumps(ax, pairs, animated=False):
    """Draw kicks as lines from the point before to the point after, which bears the kick's
    number; returns update(pairs).
    """
    pairs = list(pairs)
    drawn = [[
        ax.plot([], [], color="black", lw=2.4, animated=animated, zorder=5)[0],
        ax.plot([], [], "o", color="black", ms=12, animated=animated, zorder=6)[0],
        ax.plot([], [], marker=f"${number}$", ls="", color="white", ms=6.5, mew=0.4,
                animated=animated, zorder=7)[0]
    ] for number, _ in enumerate(pairs, 1)]

    def update(pairs):
        for (line, *end), (before, after) in zip(drawn, pairs):
            line.set_data(*zip(before, after))
            for mark in end:
                mark.set_data(*zip(after))

    update(pairs)
    return update
