"""Pictures of stochastic networks: who fired, the map of the mean field, who is connected to
whom, four layers in space.

Every function draws into given Axes, computes nothing and returns its updater.
"""
import numpy as np

from ..plots import COLOR

__all__ = ["cobweb", "graph", "layers", "raster"]


def raster(ax, animated=False, color=COLOR["V"]):
    """Draw who fired as an image, time across; returns update(share), share (rows, steps) from
    0 to 1 (or a bool raster).
    """
    ink = np.array([int(color[k:k + 2], 16) for k in (1, 3, 5)])
    image = ax.imshow(np.full((1, 1, 3), 255, np.uint8), aspect="auto", origin="lower",
                      interpolation="nearest", animated=animated, zorder=0)

    def update(share):
        """Show the share (rows, steps) that fired."""
        share = np.asarray(share, float)
        x = np.clip((share - 0.2) / 0.6, 0,
                    1)  # a single spike must be seen, and few told from many
        shade = (0.3 * (share > 0) + 0.7 * x * x * (3 - 2 * x))[:, :, None]
        image.set_data((255 - shade * (255 - ink)).astype(np.uint8))
        image.set_extent([-0.5, share.shape[1] - 0.5, 0, 1])

    return update


def cobweb(ax, animated=False):
    """Draw a map of the unit interval: its curve, the staircase from a start, and observed
    pairs; returns an updater.

    update(next_share, start, rate=None): next_share a function of an array, start where the
    staircase begins, rate (T,) the observed shares, drawn as points (rate[t], rate[t+1]).
    """
    ax.plot([0, 1], [0, 1], color=COLOR["ghost"], lw=1)
    curve, = ax.plot([], [], "--", color=COLOR["theory"], animated=animated, label="mean field")
    stairs, = ax.plot([], [], "-", color=COLOR["stimulus"], lw=1.2, animated=animated,
                      label="staircase from the start")
    seen, = ax.plot([], [], ".", color=COLOR["V"], ms=3, animated=animated, label="network")
    ax.set(xlim=(0, 0.8), ylim=(0, 0.8), xlabel=r"$\rho(t)$", ylabel=r"$\rho(t+1)$",
           aspect="equal")
    rho = np.linspace(0, 1, 401)

    def update(next_share, start, rate=None):
        """Show the map, the staircase from the start and the network's rate."""
        after = next_share(rho)
        curve.set_data(rho, after)
        x = [start]
        for _ in range(60):
            x.append(np.interp(x[-1], rho, after))
        stairs.set_data(np.repeat(x, 2)[:-1], np.concatenate([[0.0], np.repeat(x[1:], 2)]))
        if rate is not None:
            seen.set_data(rate[:-1], rate[1:])

    return update


def graph(ax):
    """Draw neurons on a ring and the links between them; returns update(W, truth), matrices (N,
    N) [post, pre].

    Arrows excite, flat ends inhibit; a link that `truth` does not have is dotted, one that only
    `truth` has is grey.
    """
    from matplotlib.patches import FancyArrowPatch
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.3, 1.3), aspect="equal")
    ax.axis("off")
    drawn = []

    def update(W, truth):
        W, truth = np.asarray(W), np.asarray(truth)
        angles = np.pi / 2 - 2 * np.pi * np.arange(len(W)) / len(W)
        places = np.column_stack([np.cos(angles), np.sin(angles)])
        for artist in drawn:
            artist.remove()
        drawn[:] = [
            ax.text(*place, i, ha="center", va="center", zorder=3,
                    bbox={"boxstyle": "circle", "fc": "white", "ec": "#444444"})
            for i, place in enumerate(places, 1)
        ]
        for post, pre in np.argwhere((W != 0) | (truth != 0)):
            value, real = W[post, pre] or truth[post, pre], truth[post, pre] != 0
            color = COLOR["ghost"] if W[post,
                                        pre] == 0 else COLOR["V" if value > 0 else "vermillion"]
            drawn.append(
                ax.add_patch(
                    FancyArrowPatch(
                        places[pre], places[post],
                        arrowstyle="-|>" if value > 0 else "|-|,widthA=0,widthB=0.4",
                        mutation_scale=12, connectionstyle="arc3,rad=0.16", shrinkA=13,
                        shrinkB=13, color=color, lw=1.6 if real else 1.3,
                        ls="-" if real else ":")))

    return update


def layers(ax, animated=False):
    """Draw the spikes of a `LayeredNetwork` as a cloud in a box (time, neurons, layers);
    returns update(network).
    """
    frames, = ax.plot([], [], color="#888888", lw=0.7, animated=animated, zorder=1)
    cells = [
        ax.plot([], [], ".", ms=1.6, mew=0, color=COLOR[c], animated=animated, label=name,
                zorder=2)[0] for c, name in (("V", "excitatory"), ("vermillion", "inhibitory"))
    ]
    words = [
        ax.text(0, 0, word, ha=ha, va=va, fontsize=9, animated=animated)
        for word, ha, va in (*((f"layer {k}", "right", "center")
                               for k in (1, 2, 3, 4)), ("time, 180 steps →", "center", "top"),
                             ("1000 neurons →", "left", "top"))
    ]
    ax.set(xlim=(-1.2, 1.15), ylim=(-1.25, 1.15))
    ax.axis("off")
    corners = np.array([(0, 0), (180, 0), (180, 1000), (0, 1000), (0, 0), (np.nan, np.nan)])

    def update(network):
        spikes = network.run()
        x, y = network.project(*spikes)
        for line, chosen in zip(cells, (spikes.place < 800, spikes.place >= 800)):
            line.set_data(x[chosen], y[chosen])
        frames.set_data(*network.project(*np.array([(t, layer, place)
                                                    for layer in range(4)
                                                    for t, place in corners]).T))
        spots = [(-6, layer, -25) for layer in range(4)] + [(70, 3.25, -60), (186, 3.05, 450)]
        for word, *at in zip(words, *network.project(*np.array(spots, float).T)):
            word.set_position(at)
        for word in words[:4]:
            word.set_visible(network.elevation < 75)  # from above the layers lie on one another
        words[4].set_visible(network.azimuth < 75)  # from the side nothing is seen of time

    return update
