"""Pictures of stochastic networks: who fired, the map of the mean field, four layers in space.

Every function draws into given Axes, computes nothing and returns its updater.
"""
import numpy as np

from ..plots import COLOR

__all__ = ["cobweb", "layers", "raster"]


def raster(ax, animated=False, color=COLOR["V"]):
    """Draw who fired as an image, time across; returns update(share), share (rows, steps) from 0 to 1 (or a bool raster)."""
    ink = np.array([int(color[k:k + 2], 16) for k in (1, 3, 5)])
    image = ax.imshow(np.full((1, 1, 3), 255, np.uint8), aspect="auto", origin="lower", interpolation="nearest",
                      animated=animated, zorder=0)

    def update(share):
        share = np.asarray(share, float)
        x = np.clip((share - 0.2) / 0.6, 0, 1)                # a single spike must be seen, and few told from many
        shade = (0.3 * (share > 0) + 0.7 * x * x * (3 - 2 * x))[:, :, None]
        image.set_data((255 - shade * (255 - ink)).astype(np.uint8))
        image.set_extent([-0.5, share.shape[1] - 0.5, 0, 1])
    return update


def cobweb(ax, animated=False):
    """Draw a map of the unit interval: its curve, the staircase from a start, and observed pairs; returns an updater.

    update(next_share, start, rate=None): next_share a function of an array, start where the staircase begins, rate (T,)
    the observed shares, drawn as points (rate[t], rate[t+1]).
    """
    ax.plot([0, 1], [0, 1], color=COLOR["ghost"], lw=1)
    curve, = ax.plot([], [], "--", color=COLOR["theory"], animated=animated, label="mean field")
    stairs, = ax.plot([], [], "-", color=COLOR["stimulus"], lw=1.2, animated=animated, label="staircase from the start")
    seen, = ax.plot([], [], ".", color=COLOR["V"], ms=3, animated=animated, label="network")
    ax.set(xlim=(0, 0.8), ylim=(0, 0.8), xlabel=r"$\rho(t)$", ylabel=r"$\rho(t+1)$", aspect="equal")
    rho = np.linspace(0, 1, 401)

    def update(next_share, start, rate=None):
        after = next_share(rho)
        curve.set_data(rho, after)
        x = [start]
        for _ in range(60):
            x.append(np.interp(x[-1], rho, after))
        stairs.set_data(np.repeat(x, 2)[:-1], np.concatenate([[0.0], np.repeat(x[1:], 2)]))
        if rate is not None:
            seen.set_data(rate[:-1], rate[1:])
    return update


def layers(ax, animated=False):
    """Draw the spikes of a `LayeredNetwork` as a cloud in a box (time, neurons, layers); returns update(network)."""
    frames, = ax.plot([], [], color="#888888", lw=0.7, animated=animated, zorder=1)
    cells = [ax.plot([], [], ".", ms=1.6, mew=0, color=COLOR[c], animated=animated, label=name, zorder=2)[0]
             for c, name in (("V", "excitatory"), ("vermillion", "inhibitory"))]
    words = [ax.text(0, 0, word, ha=ha, va=va, fontsize=9, animated=animated)
             for word, ha, va in (*((f"layer {k}", "right", "center") for k in (1, 2, 3, 4)),
                                  ("time, 180 steps →", "center", "top"), ("1000 neurons →", "left", "top"))]
    ax.set(xlim=(-1.2, 1.15), ylim=(-1.25, 1.15))
    ax.axis("off")
    corners = np.array([(0, 0), (180, 0), (180, 1000), (0, 1000), (0, 0), (np.nan, np.nan)])

    def update(network):
        spikes = network.run()
        x, y = network.project(*spikes)
        for line, chosen in zip(cells, (spikes.place < 800, spikes.place >= 800)):
            line.set_data(x[chosen], y[chosen])
        frames.set_data(*network.project(*np.array([(t, layer, place) for layer in range(4) for t, place in corners]).T))
        spots = [(-6, layer, 0) for layer in range(4)] + [(70, 3.25, -60), (186, 3.05, 450)]
        for word, *at in zip(words, *network.project(*np.array(spots, float).T)):
            word.set_position(at)
        for word in words[:4]:
            word.set_visible(network.elevation < 75)          # from above the layers lie on one another
    return update
