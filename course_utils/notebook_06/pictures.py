"""Pictures of plasticity: windows, traces and weights.

Pre spikes have the colour of the stimulus, post spikes that of the neuron. Every function
draws into given Axes, computes nothing and returns its updater.
"""
import numpy as np

from ..plots import COLOR

__all__ = [
    "plasticity_window", "spike_trains", "teaching_session", "weight_against_lag",
    "weight_matrix",
]

DARK = "#444444"


def plasticity_window(ax, highest=0.012, animated=False):
    """Draw the window of a rule and its two areas; returns update(rule, w)."""
    later = np.linspace(0, 80, 200)
    branches = [(later, "-", COLOR["green"], "post after pre"),
                (-later[:0:-1], "--", COLOR["vermillion"], "post before pre")]
    drawn = []
    for dt, dashes, color, label in branches:
        line, = ax.plot([], [], dashes, color=color, label=label, animated=animated)
        area, = ax.fill([0], [0], color=color, alpha=0.18, lw=0, animated=animated)
        drawn.append((dt, line, area))
    ax.axhline(0, color=DARK, lw=0.8)
    ax.axvline(0, color=DARK, lw=0.8)
    ax.set(xlim=(-80, 80), ylim=(-highest, highest), ylabel=r"$\Delta w$ of one pair",
           xlabel=r"$\Delta t = t_\mathrm{post} - t_\mathrm{pre}$ (ms)")

    def update(rule, w):
        for dt, line, area in drawn:
            change = rule.window(dt, w)
            line.set_data(dt, change)
            area.set_xy(np.column_stack([[dt[0], *dt, dt[-1]], [0, *change, 0]]))

    return update


def spike_trains(ax, xlim, room=1.25, animated=False):
    """Draw two trains with their traces, pre above post; returns update(traced_trains).

    A trace of 1 is as high as a spike. A dotted line leads from a spike up or down to the
    trace of the other neuron that it reads: to a disc on the pre trace, to a square on
    the post trace.
    """
    rows = {}
    for neuron, color, base in (("pre", COLOR["stimulus"], room), ("post", COLOR["V"], 0.0)):
        line, = ax.plot([], [], color=color, lw=1.4, animated=animated)
        spikes, = ax.plot([], [], color=color, lw=2.6, animated=animated)
        ax.axhline(base, color=DARK, lw=0.6)
        rows[neuron] = (line, spikes, base)
    ax.set(xlim=xlim, ylim=(-0.05, 2 * room), yticks=[0.45, 0.45 + room], xlabel="time (ms)",
           yticklabels=["post\nand trace $y$", "pre\nand trace $x$"])
    ax.tick_params(axis="y", length=0)
    ax.set_label("spikes")
    sight, = ax.plot([], [], ":", color=DARK, lw=1, animated=animated)
    discs, = ax.plot([], [], "o", color=COLOR["green"], ms=7, animated=animated)
    squares, = ax.plot([], [], "s", color=COLOR["vermillion"], ms=6, animated=animated)

    def update(trains):
        for neuron, times, level in (("pre", trains.pre, trains.x),
                                     ("post", trains.post, trains.y)):
            line, spikes, base = rows[neuron]
            line.set_data(trains.t, base + level)
            spikes.set_data(*_strokes(times, base, base + 1))
        x_read, y_read = (np.where(read > 0.02, read, np.nan)  # nothing to read: no mark
                          for read in (trains.x_read, trains.y_read))
        discs.set_data(trains.post, room + x_read)
        squares.set_data(trains.pre, y_read)
        sight.set_data(*np.hstack([_strokes(trains.post, 1, room + x_read),
                                   _strokes(trains.pre, room, y_read)]))

    return update


def _strokes(times, low, high):
    """(x, y) of one line that draws a vertical stroke at each time, from low to high."""
    ends = np.broadcast_arrays(low, high, np.nan, times)[:3]
    return np.repeat(times, 3), np.column_stack(ends).ravel()


def teaching_session(top, bottom, room=2.2, animated=False):
    """Draw a teaching session: trains with traces above, weight below; returns
    update(session, outcome).

    Spikes that are still to come are short grey strokes; a thin line marks the present.
    """
    trains = spike_trains(top, (0, 600), room, animated)
    coming, = top.plot([], [], color=COLOR["ghost"], lw=1.6, animated=animated)
    stairs, = bottom.step([], [], where="post", color=COLOR["w"], animated=animated)
    present = [ax.axvline(600, color=DARK, lw=0.9, animated=animated) for ax in (top, bottom)]
    bottom.axhline(0.5, color=COLOR["ghost"], lw=0.8)
    bottom.set(xlabel="time (ms)", ylabel="weight $w$", xlim=(0, 600), ylim=(0, 1))
    top.set(xlabel="")

    def update(session, outcome):
        trains(outcome.trains)
        pre, post = outcome.coming
        coming.set_data(*np.hstack([_strokes(pre, room, room + 0.5), _strokes(post, 0, 0.5)]))
        stairs.set_data(outcome.times, outcome.weights)
        for line in present:
            line.set_xdata([outcome.now, outcome.now])

    return update


def weight_matrix(ax, size, reach=0.25, animated=False):
    """Draw a matrix [post, pre]: bright at `reach`, dark at -`reach`, nan white; returns
    update(values).
    """
    picture = ax.imshow(np.zeros((size, size)), cmap="cividis", vmin=-reach, vmax=reach,
                        animated=animated, interpolation="nearest",
                        extent=(0.5, size + 0.5, size + 0.5, 0.5))
    ticks = [1, size // 2, size]
    ax.set(xlabel="pre neuron", ylabel="post neuron", xticks=ticks, yticks=ticks)
    return picture.set_data


def weight_against_lag(ax, animated=False):
    """Draw mean weights against the lag of the two neurons, with theory; returns
    update(bands_outcome).
    """
    points, = ax.plot([], [], "o", ms=4.5, color=COLOR["w"], label="mean weight",
                      animated=animated)
    curve, = ax.plot([], [], "--", lw=1.4, color=COLOR["theory"], animated=animated,
                     label="steady state, theory")
    level, = ax.plot([], [], color=COLOR["ghost"], lw=1.2, label="unrelated", animated=animated)
    ring, = ax.plot([], [], "o", ms=12, mfc="none", mew=2.2, color=COLOR["stimulus"],
                    animated=animated)
    ax.set(xlim=(-60, 60), ylim=(0, 1), yticks=[0, 0.5, 1],
           xlabel="lag, post − pre (ms)", ylabel="weight $w$")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, fontsize="small")
    ax.set_label("lags")

    def update(outcome):
        points.set_data(outcome.lags, outcome.means)
        curve.set_data(outcome.t, outcome.theory)
        level.set_data([-60, 60], [outcome.background[0]] * 2)
        ring.set_data(*np.transpose([outcome.ring]))

    return update
