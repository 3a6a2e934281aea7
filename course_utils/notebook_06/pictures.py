"""Pictures of plasticity: its window, two trains with their traces, and what becomes of many
weights.

Pre spikes have the colour of the stimulus, post spikes that of the neuron.

Every function draws into given Axes, computes nothing and returns its updater.
"""
import numpy as np

from ..plots import COLOR

__all__ = [
    "lesson_lanes", "plasticity_window", "spike_trains", "weight_against_lag",
    "weight_histogram", "weight_matrix"
]


def plasticity_window(ax, reach=80.0, highest=0.012, animated=False):
    """Draw the window of a plasticity rule and its areas, potentiation right of 0, depression
    left; returns update(rule, w).
    """
    later = np.linspace(0, reach, 200)
    branches = [(later,
                 ax.plot([], [], color=COLOR["green"], animated=animated,
                         label="post after pre")[0]),
                (-later[:0:-1],
                 ax.plot([], [], "--", color=COLOR["vermillion"], animated=animated,
                         label="post before pre")[0])]
    areas = [
        ax.fill([0], [0], color=line.get_color(), alpha=0.18, lw=0, animated=animated)[0]
        for _, line in branches
    ]
    ax.axhline(0, color="#444444", lw=0.8)
    ax.axvline(0, color="#444444", lw=0.8)
    ax.set(xlim=(-reach, reach), ylim=(-highest, highest), ylabel=r"$\Delta w$ of one pair",
           xlabel=r"$\Delta t = t_\mathrm{post} - t_\mathrm{pre}$ (ms)")

    def update(rule, w):
        for (dt, line), area in zip(branches, areas):
            change = rule.window(dt, w)
            line.set_data(dt, change)
            area.set_xy(np.column_stack([[dt[0], *dt, dt[-1]], [0, *change, 0]]))

    return update


def spike_trains(ax, t, room=1.25, animated=False):
    """Draw two trains with their traces, pre above post, over times t; returns update(pre, x,
    post, y, x_met, y_met).

    pre, post: spike times; x, y: the traces at the times t; x_met: what each post spike meets
    of x, y_met: what each pre spike meets of y, drawn as a dotted line from the spike to a disc
    or a square. A trace of 1 is as high as a spike.
    """
    lanes = []
    for color, base in ((COLOR["stimulus"], room), (COLOR["V"], 0.0)):
        line, = ax.plot([], [], color=color, lw=1.4, animated=animated)
        spikes, = ax.plot([], [], color=color, lw=2.6, animated=animated)
        ax.axhline(base, color="#444444", lw=0.6)
        lanes.append((line, spikes, base))
    ax.set(xlim=(t[0], t[-1]), ylim=(-0.05, 2 * room), yticks=[0.45, 0.45 + room],
           yticklabels=["post\nand trace $y$", "pre\nand trace $x$"])
    ax.tick_params(axis="y", length=0)
    sight, = ax.plot([], [], ":", color="#444444", lw=1, animated=animated)
    discs, = ax.plot([], [], "o", color=COLOR["green"], ms=7, animated=animated)
    squares, = ax.plot([], [], "s", color=COLOR["vermillion"], ms=6, animated=animated)

    def update(pre, x, post, y, x_met, y_met):
        for (line, spikes, base), times, level in zip(lanes, (pre, post), (x, y)):
            line.set_data(t, base + np.asarray(level))
            spikes.set_data(np.repeat(times, 3), np.tile([base, base + 1, np.nan], len(times)))
        read_x, read_y = (np.where(np.asarray(met) > 0.02, met, np.nan)
                          for met in (x_met, y_met))  # nothing met: no mark
        discs.set_data(post, room + read_x)
        squares.set_data(pre, read_y)
        ends = [*zip(np.ones(len(post)), room + read_x), *zip(np.full(len(pre), room), read_y)]
        sight.set_data(np.repeat([*post, *pre], 3),
                       [level for pair in ends for level in (*pair, np.nan)])

    return update


def lesson_lanes(top, bottom, t, room=2.2, animated=False):
    """Draw a lesson: its two trains with their traces above, the weight below, until now;
    returns update(lesson).

    Spikes that are still to come are short grey lines; a thin line stands at the present.
    """
    lanes = spike_trains(top, t, room, animated)
    ahead, = top.plot([], [], color=COLOR["ghost"], lw=1.6, animated=animated)
    stairs, = bottom.step([], [], where="post", color=COLOR["w"], animated=animated)
    front = [
        ax.axvline(t[-1], color="#444444", lw=0.9, animated=animated) for ax in (top, bottom)
    ]
    bottom.axhline(0.5, color=COLOR["ghost"], lw=0.8)
    bottom.set(xlabel="time (ms)", ylabel="weight $w$", xlim=(t[0], t[-1]), ylim=(0, 1))
    top.set_label("lanes")

    def update(lesson):
        lanes(*lesson.lanes(t))
        coming = [(time, base)
                  for train, base in zip(lesson.trains(), (room, 0))
                  for time in train
                  if time > lesson.now]
        ahead.set_data([x for time, _ in coming for x in (time, time, np.nan)],
                       [y for _, base in coming for y in (base, base + 0.5, np.nan)])
        stairs.set_data(*lesson.weight())
        for line in front:
            line.set_xdata([lesson.now, lesson.now])
        return lesson.sentence()

    return update


def weight_matrix(ax, size, reach=0.15, animated=False):
    """Draw W[post, pre], bright above and dark below a middle value, nan white; returns
    update(W, middle).
    """
    picture = ax.imshow(np.zeros((size, size)), cmap="cividis", vmin=-reach, vmax=reach,
                        animated=animated, interpolation="nearest", origin="upper",
                        extent=(0.5, size + 0.5, size + 0.5, 0.5))
    ax.set(xlabel="pre neuron", ylabel="post neuron", xticks=[1, size // 2, size],
           yticks=[1, size // 2, size])

    def update(W, middle):
        picture.set_data(W - middle)

    update.picture = picture
    return update


def weight_histogram(ax, styles, animated=False):
    """Draw how weights between 0 and 1 are distributed, several kinds {name: style}; returns
    update({name: weights}).
    """
    edges = np.linspace(0, 1, 51)
    lines = {
        name: ax.plot([], [], drawstyle="steps-post", label=name, animated=animated, **style)[0]
        for name, style in styles.items()
    }
    ax.set(xlim=(0, 1), ylim=(0, 1.4), yticks=[0, 0.5, 1], xlabel="weight $w$",
           ylabel="share of the synapses")
    ax.spines["left"].set_bounds(0, 1)  # above it: the legend

    def update(weights):
        for name, line in lines.items():
            counts = np.histogram(weights[name], edges)[0]
            line.set_data(edges, np.append(counts, 0) / max(1, counts.sum()))

    return update


def weight_against_lag(ax, reach=60.0, animated=False):
    """Draw mean weights against the lag of the two neurons, with theory; returns update(lags,
    means, t, theory, unrelated, ring).

    ring: (lag, weight) of a point of the theory that the hand may take hold of.
    """
    points, = ax.plot([], [], "o", ms=4.5, color=COLOR["w"], label="mean weight",
                      animated=animated)
    curve, = ax.plot([], [], "--", lw=1.4, color=COLOR["theory"], label="theory",
                     animated=animated)
    level, = ax.plot([], [], color=COLOR["ghost"], lw=1.2, label="unrelated", animated=animated)
    handle, = ax.plot([], [], "o", ms=12, mfc="none", mew=2.2, color=COLOR["stimulus"],
                      animated=animated)
    ax.set(xlim=(-reach, reach), ylim=(0, 1.4), yticks=[0, 0.5, 1],
           xlabel="lag post − pre (ms)", ylabel="weight $w$")
    ax.spines["left"].set_bounds(0, 1)  # above it: the legend
    ax.set_label("lags")

    def update(lags, means, t, theory, unrelated, ring):
        points.set_data(lags, means)
        curve.set_data(t, theory)
        level.set_data([-reach, reach], [unrelated, unrelated])
        handle.set_data([ring[0]], [ring[1]])

    return update
