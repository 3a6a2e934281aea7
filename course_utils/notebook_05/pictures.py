"""Pictures of stochastic networks: who fired, the map of the mean field, who is connected to
whom, four layers in space.

Every function draws into given Axes and computes nothing; what moves returns its updater.
"""
import numpy as np
from matplotlib.patches import FancyArrowPatch

from ..plots import COLOR

__all__ = ["cobweb", "graph", "layers", "raster"]


def raster(ax, animated=False, color=COLOR["V"]):
    """Draw who fired as an image, time to the right; returns update(fraction), fraction (rows,
    steps) from 0 to 1 (or a bool raster).
    """
    ink = np.array([int(color[k:k + 2], 16) for k in (1, 3, 5)])
    image = ax.imshow(np.full((1, 1, 3), 255, np.uint8), aspect="auto", origin="lower",
                      interpolation="nearest", animated=animated, zorder=0)

    def update(fraction):
        fraction = np.asarray(fraction, float)
        # a single spike must be visible, and few distinguishable from many
        x = np.clip((fraction - 0.2) / 0.6, 0, 1)
        shade = 0.3 * (fraction > 0) + 0.7 * x * x * (3 - 2 * x)
        image.set_data((255 - shade[:, :, None] * (255 - ink)).astype(np.uint8))
        image.set_extent([-0.5, fraction.shape[1] - 0.5, 0, 1])

    return update


def cobweb(ax, animated=False):
    """Draw a map of the unit interval, its cobweb and a network; returns update(result).

    result has `curve` (rho, next rho), `stairs` (x, y) and `rate` (T,), whose pairs (rate[t],
    rate[t+1]) are drawn as points.
    """
    ax.plot([0, 1], [0, 1], color=COLOR["ghost"], lw=1)
    curve, = ax.plot([], [], "--", color=COLOR["theory"], animated=animated, label="mean field")
    stairs, = ax.plot([], [], "-", color=COLOR["stimulus"], lw=1.2, animated=animated,
                      label="cobweb from the start")
    seen, = ax.plot([], [], ".", color=COLOR["V"], ms=3, animated=animated, label="network")
    ax.set(xlim=(0, 0.8), ylim=(0, 0.8), xlabel=r"$\rho(t)$", ylabel=r"$\rho(t+1)$",
           aspect="equal")

    def update(result):
        curve.set_data(*result.curve)
        stairs.set_data(*result.stairs)
        seen.set_data(result.rate[:-1], result.rate[1:])

    return update


def graph(ax, W, truth):
    """Draw neurons on a ring and the connections between them, matrices (N, N) [post, pre].

    Arrows excite, flat ends inhibit; a connection that `truth` does not have is dotted, one
    that only `truth` has is grey.
    """
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.3, 1.3), aspect="equal")
    ax.axis("off")
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(W)) / len(W)
    places = np.column_stack([np.cos(angles), np.sin(angles)])
    for number, place in enumerate(places, 1):
        ax.text(*place, number, ha="center", va="center", zorder=3,
                bbox={"boxstyle": "circle", "fc": "white", "ec": "#444444"})
    for post, pre in np.argwhere((W != 0) | (truth != 0)):
        ax.add_patch(_arrow(places[pre], places[post], W[post, pre], truth[post, pre]))


def _arrow(start, end, weight, truth):
    """The arrow of one connection, found with this weight (0: missed) and truly of that one."""
    color = "V" if weight > 0 else "vermillion" if weight < 0 else "ghost"
    head = "-|>" if (weight or truth) > 0 else "|-|,widthA=0,widthB=0.4"
    look = {"lw": 1.6, "ls": "-"} if truth else {"lw": 1.3, "ls": ":"}
    return FancyArrowPatch(start, end, arrowstyle=head, mutation_scale=12, shrinkA=13,
                           shrinkB=13, connectionstyle="arc3,rad=0.16", color=COLOR[color],
                           **look)


def layers(ax, animated=False):
    """Draw the spikes of four layers as a cloud in a box (time, neurons, layers); returns
    update(result), a `LayeredActivity`.
    """
    frames, = ax.plot([], [], color="#888888", lw=0.7, animated=animated, zorder=1)
    looks = {"excitatory": COLOR["V"], "inhibitory": COLOR["vermillion"]}
    clouds = [ax.plot([], [], ".", ms=2, mew=0, color=color, animated=animated, label=name,
                      zorder=2)[0] for name, color in looks.items()]
    texts = {}
    ax.set(xlim=(-1.28, 1.36), ylim=(-1.45, 1.25))  # room for the labels from every side
    ax.axis("off")
    ax.legend(loc="upper left", markerscale=4, fontsize=9, frameon=False)

    def update(result):
        clouds[0].set_data(*result.excitatory)
        clouds[1].set_data(*result.inhibitory)
        frames.set_data(*result.frames)
        for label, (x, y, seen) in result.labels.items():
            side = "right" if label.startswith("layer") else "center"
            if label not in texts:
                texts[label] = ax.text(0, 0, label, ha=side, va="center", fontsize=9,
                                       animated=animated, in_layout=False)
            text = texts[label]
            text.set_position((x, y))
            text.set_visible(seen)

    return update
