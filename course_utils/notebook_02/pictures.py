"""Pictures of the squid membrane: its circuit, its spikes and rates, its phase planes, one
bit.

Every function draws into given Axes and computes nothing; those that return an updater
move what they drew.
"""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from ..plots import COLOR, LINES
from .experiments import END, WRITE_AT, CurrentStep

__all__ = [
    "bench", "bit_axes", "bit_plane", "bit_story", "kick_chart", "kick_stems",
    "membrane_circuit", "membrane_plane", "rate_curves", "spike_stack", "swing_curve"
]

INK = "#333333"
FAT = "#F0D9A8"
TAIL = "#C9A45C"
BRANCHES = (  # (x, colour, conductance, battery, plus inside, gated)
    (8.15, COLOR["I_Na"], r"$\bar g_\mathrm{Na}m^3h$", r"$E_\mathrm{Na}$", True, True),
    (9.45, COLOR["I_K"], r"$\bar g_\mathrm{K}n^4$", r"$E_\mathrm{K}$", False, True),
    (10.75, COLOR["I_L"], r"$\bar g_\mathrm{L}$", r"$E_\mathrm{L}$", True, False))


# --------------------------------------------------------------------------------------
# membrane and circuit
def membrane_circuit(ax):
    """Draw a piece of membrane with three kinds of channels, and next to it the circuit
    that is equivalent to it.
    """
    for x in np.arange(0.0, 5.3, 0.2):
        if min(abs(x - centre) for centre in (1.0, 2.6, 4.2)) > 0.36:
            _lipid(ax, x)
    _channel(ax, 1.0, COLOR["I_Na"], "m m m h")
    _channel(ax, 2.6, COLOR["I_K"], "n n n n")
    _channel(ax, 4.2, COLOR["I_L"], "")
    _ions(ax)
    for y, text in ((3.95, "outside"), (0.1, "inside")):
        ax.text(0.0, y, text, fontsize=9.5, style="italic", color=INK, va="center")
    _circuit(ax)
    ax.set(xlim=(-0.1, 11.7), ylim=(-0.15, 4.2), aspect="equal")
    ax.axis("off")


def _lipid(ax, x):
    """A pair of lipid molecules at x, heads outward."""
    for head, tail in ((2.62, 2.08), (1.38, 1.92)):
        for side in (-0.04, 0.04):
            ax.plot([x + side, x + 1.6 * side], [head, tail], color=TAIL, lw=1.1, zorder=1)
        ax.add_patch(Circle((x, head), 0.1, facecolor=FAT, edgecolor=TAIL, lw=0.8, zorder=2))


def _channel(ax, x, color, gates):
    """A channel protein at x with its pore and the letters of its gates."""
    looks = {"facecolor": color, "edgecolor": INK, "lw": 0.8, "alpha": 0.9, "zorder": 3,
             "boxstyle": "round,pad=0,rounding_size=0.1"}
    for side in (-1, 1):
        corner = x + side * 0.21 - 0.12, 1.25
        ax.add_patch(FancyBboxPatch(corner, 0.24, 1.5, **looks))
    words = f"${gates}$".replace(" ", r"\,") if gates else "always open"
    ax.text(x, 1.02, words, ha="center", va="center", fontsize=9, color=color)


def _ions(ax):
    """Sodium, plentiful outside, and potassium, plentiful inside."""
    rng = np.random.default_rng(3)
    sodium = "Na$^+$", COLOR["I_Na"]
    potassium = "K$^+$", COLOR["I_K"]
    layers = ((2.95, 3.6, sodium, potassium), (0.38, 0.75, potassium, sodium))
    for low, high, many, few in layers:
        for slot in range(13):  # one slot each, so that no two overlap
            rare = slot in (3, 9)
            name, color = few if rare else many
            x = 0.25 + 0.4 * slot + rng.uniform(-0.03, 0.03)
            ax.text(x, rng.uniform(low, high), name, color=color, fontsize=7.5, ha="center",
                    va="center", fontweight="normal" if rare else "bold")


def _circuit(ax):
    """The capacitor, the three branches and the stimulus between two rails."""
    top, bottom, left = 3.75, 0.35, 6.95
    for y in (top, bottom):
        ax.plot([left - 0.75, 10.75], [y, y], color=INK, lw=1.4)
    for low, high in ((bottom, 1.95), (2.1, top)):
        ax.plot([left, left], [low, high], color=INK, lw=1.4)
    for y in (1.95, 2.1):
        ax.plot([left - 0.25, left + 0.25], [y, y], color=COLOR["V"], lw=3)
    ax.text(left + 0.32, 2.02, "$C_m$", va="center", color=COLOR["V"])
    _arrow(ax, (left - 0.75, top), (left - 0.75, bottom), color=COLOR["stimulus"], lw=1.8,
           mutation_scale=14, shrinkA=0, shrinkB=0)
    ax.text(left - 0.83, 1.3, r"$I_\mathrm{ext}$", color=COLOR["stimulus"], ha="right",
            va="center")
    for branch in BRANCHES:
        _branch(ax, top, bottom, *branch)
    for y, away, text in ((top, 0.22, "outside"), (bottom, -0.25, "inside: $V$, from rest")):
        ax.plot([10.75], [y], "o", color=INK, ms=4)
        ax.text(8.8, y + away, text, fontsize=9, ha="center", va="center", color=INK)


def _branch(ax, top, bottom, x, color, conductance, battery, plus_inside, gated):
    """One kind of channel as a resistor in series with a battery."""
    zigzag = np.array([0, 1, -1, 1, -1, 1, -1, 1, 0]) * 0.12
    ax.plot(x + zigzag, np.linspace(3.25, 2.45, 9), color=color, lw=1.8)
    for ends in ((top, 3.25), (2.45, 1.42), (1.28, bottom)):
        ax.plot([x, x], ends, color=INK, lw=1.4)
    if gated:
        _arrow(ax, (x - 0.28, 2.55), (x + 0.28, 3.15), color=INK, lw=0.9, mutation_scale=9)
    long, short = (1.28, 1.42) if plus_inside else (1.42, 1.28)
    ax.plot([x - 0.22, x + 0.22], [long, long], color=INK, lw=1.4)
    ax.plot([x - 0.11, x + 0.11], [short, short], color=INK, lw=3)
    ax.text(x + 0.18, 2.2, conductance, color=color, fontsize=9.5, va="center")
    ax.text(x + 0.3, 1.35, battery, color=color, va="center")


def _arrow(ax, start, end, **looks):
    ax.add_patch(FancyArrowPatch(start, end, arrowstyle="-|>", **looks))


# --------------------------------------------------------------------------------------
# a spike
STACK = {  # name: (states or currents, label of the axis, limits, ticks)
    "voltage": (("V",), "$V$ (mV)", (-25, 125), (0, 50, 100)),
    "gates": (("m", "h", "n"), "open gates", (-0.03, 1.25), (0, 0.5, 1)),
    "conductances": (("g_Na", "g_K"), "conductance\n(mS/cm²)", (-1, 44), (0, 20, 40)),
    "currents": (("I_Na", "I_K", "I_L"), "current out\n(µA/cm²)", (-1000, 1250),
                 (-1000, 0, 1000)),
}


def spike_stack(axes, run, parts=tuple(STACK), animated=False):
    """Draw a Hodgkin-Huxley run into an Axes for each of the `parts`; returns update(run)."""
    drawn = {}
    for ax, part in zip(axes, parts):
        names, label, limits, ticks = STACK[part]
        for name in names:
            drawn[name] = _labelled(ax, name, animated)
        ax.set(ylabel=label, xlim=(run.t[0], run.t[-1]), ylim=limits, yticks=ticks)
        ax.tick_params(labelbottom=False)
        if len(names) > 1:
            ax.legend(ncols=3, loc="upper right", handlelength=1.6, borderaxespad=0.0)
    ax.set(xlabel="time (ms)")
    ax.tick_params(labelbottom=True)

    def update(run):
        values = _through_time(run)
        for name, line in drawn.items():
            line.set_data(run.t, values[name])

    update(run)
    return update


def _labelled(ax, name, animated):
    """An empty line for a state, conductance or current, in its colour and style."""
    text = f"${name[0]}_\\mathrm{{{name[2:]}}}$" if "_" in name else f"${name}$"
    kind = name.replace("g_", "I_")  # a conductance looks like the current that it carries
    style = LINES.get(kind, "-")
    return ax.plot([], [], style, color=COLOR[kind], label=text, animated=animated)[0]


def _through_time(run):
    """{name: (T,)} of the states, conductances and currents of a Hodgkin-Huxley run."""
    states = {name: getattr(run, name) for name in run.model.states}
    (g_Na, _), (g_K, _), _ = run.model.channels(*states.values())
    return states | {"g_Na": g_Na, "g_K": g_K} | run.model.currents(run)._asdict()


def step_response(axes, result, animated=True):
    """Draw a `StepResponse` into three Axes, with a bar where the current flows and a line
    at E_Na; returns update(result). The limits of the currents follow their size.
    """
    move = spike_stack(axes, result.shown(), ("voltage", "gates", "currents"), animated)
    voltage, _, currents = axes
    looks = {"animated": animated}
    bar, = voltage.plot([], [], color=COLOR["stimulus"], lw=6, solid_capstyle="butt", **looks)
    reversal, = voltage.plot([], [], "--", color=COLOR["theory"], lw=1.2, **looks)
    name = voltage.text(60, 0, r"$E_\mathrm{Na}$", ha="right", va="bottom", **looks)
    voltage.text(0.4, -20, r"$I_\mathrm{ext}$", color=COLOR["stimulus"], va="bottom")
    voltage.set(ylim=(-27, 158), label="voltage")

    def update(result):
        run, pulse = result.shown(), result.record
        move(run)
        bar.set_data([pulse.onset, pulse.end], [-21, -21])
        reversal.set_data([0, 60], [run.model.E_Na] * 2)
        name.set_y(run.model.E_Na + 4)  # clear of the line
        top = _round_up(max(np.abs(line.get_ydata()).max() for line in currents.lines))
        currents.set(ylim=(-1.05 * top, 1.4 * top), yticks=(-top, 0, top))

    update(result)
    return update


def bench(fig):
    """The view of a `CurrentStep`: voltage, gates and currents, one above the other."""
    fig.set_size_inches(8.8, 5.0)
    axes = fig.subplots(3, 1, sharex=True, height_ratios=[1.5, 1, 1])
    move = step_response(axes, CurrentStep().run())
    return lambda _, response: move(response)


def _round_up(size):
    """The next larger of 5, 20, 50, 200, 500, 1000, 2000 ..."""
    ladder = [first * 10.0**power for power in range(6) for first in (1, 2, 5)]
    return next((step for step in ladder if step >= size and step >= 5), ladder[-1])


# --------------------------------------------------------------------------------------
# rates, phase planes
def swing_curve(ax, cell, currents, V, low, high):
    """Draw the range of V (T, N) over currents (N,), and a membrane's rest: dashed between
    low and high, where unstable.
    """
    ax.fill_between(currents, V.min(axis=0), V.max(axis=0), color=COLOR["V"], alpha=0.25, lw=0,
                    label="range of $V$")
    rest = np.linspace(0, 23, 200)
    current = cell.steady_current(rest)
    unstable = (current > low) & (current < high)
    for where, style, label in ((~unstable, "-", "stable"), (unstable, "--", "unstable")):
        ax.plot(np.where(where, current, np.nan), rest, style, color=COLOR["theory"],
                label=f"rest, {label}")
    ax.set(xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="$V$ (mV)", xlim=(0, 170),
           ylim=(-15, 118))
    ax.legend()


def rate_curves(ax, currents, rates, animated=False):
    """Draw several models' rates {name: (N,)} over currents (N,); returns update(I_ext,
    here), which marks the current and each model's rate there, {name: Hz}.
    """
    for (name, rate), style in zip(rates.items(), ("-", "--", ":")):
        ax.plot(currents, rate, style, color=COLOR["V"], label=name)
    looks = {"color": COLOR["stimulus"], "animated": animated}
    line, = ax.plot([], [], lw=1.5, **looks)
    dots, = ax.plot([], [], "o", mec=INK, ms=7, **looks)
    ax.set(xlim=(currents[0], currents[-1]), ylim=(-12, 300),
           xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="rate (Hz)")
    ax.legend(ncols=3, loc="upper left")

    def update(I_ext, here):
        line.set_data([I_ext, I_ext], [-12, 300])
        dots.set_data([I_ext] * len(here), list(here.values()))

    return update


def V_nullcline(cell, V):
    """n where dV/dt = 0 at V in mV (U,) for a membrane with the states V and n; nan where no n
    from 0 to 1 does it.

    Between the reversal potentials of potassium and sodium the outward current grows with n.
    """
    from scipy.optimize import elementwise

    found = elementwise.find_root(lambda n, V: cell.rhs((V, n), cell.I_ext)[0],
                                  (np.zeros_like(V), np.ones_like(V)), args=(V,))
    return np.where(found.success, found.x, np.nan)


def membrane_plane(ax, title, animated=False):
    """Draw the plane of V and n for a membrane: its trajectory, its nullclines, its fixed
    points; returns update(run, fixed).

    fixed: a list of states. The full model has no V-nullcline in this plane: where
    dV/dt = 0 depends on m and h as well.
    """
    v = np.linspace(-11.5, 114.5, 90)
    looks = {"animated": animated}
    orbit, = ax.plot([], [], color=COLOR["V"], lw=1.5, **looks)
    settled, = ax.plot([], [], ":", color=COLOR["n"], lw=1.8, label="$dn/dt=0$", **looks)
    still, = ax.plot([], [], "--", color=COLOR["theory"], lw=1.2, label="$dV/dt=0$", **looks)
    start, = ax.plot([], [], "s", mfc="white", mec=COLOR["V"], ms=5, label="start", **looks)
    points, = ax.plot([], [], "o", mfc="white", mec=INK, ms=6, mew=1.4, zorder=4,
                      label="fixed point", **looks)
    ax.set(title=title, xlim=(-15, 120), ylim=(0.2, 1.0), xlabel="$V$ (mV)")

    def update(run, fixed):
        orbit.set_data(run.V, run.n)
        start.set_data(run.V[:1], run.n[:1])
        settled.set_data(v, run.model.steady_gates(v)[-1])
        points.set_data([state[0] for state in fixed], [state[-1] for state in fixed])
        if len(run.model.states) == 2:
            still.set_data(v, V_nullcline(run.model, v))

    return update


# --------------------------------------------------------------------------------------
# one bit
def bit_axes(fig):
    """The four Axes of one bit, by name: trace over kicks at the left, map over plane at
    the right.
    """
    left, right = fig.add_gridspec(1, 2, width_ratios=[1.7, 1])
    left = left.subgridspec(2, 1, height_ratios=[2.6, 1])
    right = right.subgridspec(2, 1, height_ratios=[1.15, 1], hspace=0.07)
    places = {"trace": left[0], "kicks": left[1], "map": right[0], "plane": right[1]}
    return {name: fig.add_subplot(place, label=name) for name, place in places.items()}


def bit_story(ax, animated=False):
    """Draw V over time with the three bits above it, shaded where a bit is 1; returns
    update(outcome).
    """
    looks = {"animated": animated}
    line, = ax.plot([], [], color=COLOR["V"], lw=1.5, **looks)
    spots, = ax.plot([], [], "^", color=COLOR["stimulus"], mec=INK, mew=0.6, ms=9, **looks)
    spans = [ax.axvspan(0, 1, color=COLOR["stimulus"], alpha=0.13, lw=0, zorder=0, **looks)
             for _ in range(2)]
    digits = [ax.text(x, 124, "", fontsize=15, fontweight="bold", ha="center", va="center",
                      color=INK, in_layout=False, **looks) for x in (0.55 * WRITE_AT, 48, 140)]
    ax.set(xlim=(0, END), ylim=(-20, 138), ylabel="$V$ (mV)", yticks=(0, 50, 100))

    def update(outcome):
        first, second = (kick.t for kick in outcome.kicks)
        line.set_data(outcome.t, outcome.V)
        spots.set_data([first, second], [-14, -14])
        for digit, bit in zip(digits, outcome.bits):
            digit.set_text(str(bit))
        digits[1].set_x((first + second) / 2)
        ends = ((first, second), (second, END))
        for span, bit, (start, end) in zip(spans, outcome.bits[1:], ends):
            span.set(visible=bool(bit), x=start, width=end - start)

    return update


def bit_plane(ax, animated=False):
    """Draw the (V, n) plane at the second kick: the last cycle, the jump, the trajectory
    afterwards and the fixed point; returns update(outcome).
    """
    looks = {"animated": animated}
    before, = ax.plot([], [], color=COLOR["ghost"], lw=1.2, **looks)
    after, = ax.plot([], [], color=COLOR["V"], lw=1.6, **looks)
    jump, = ax.plot([], [], "-o", color=COLOR["stimulus"], lw=2.5, ms=5, markevery=[1],
                    mec=INK, mew=0.6, zorder=5, **looks)
    still, = ax.plot([], [], "o", mfc="white", mec=INK, ms=6, zorder=4, **looks)
    ax.set(xlim=(-13, 32), ylim=(0.33, 0.56), xlabel="$V$ (mV)", ylabel="$n$",
           title="the state at the second kick")

    def update(outcome):
        t, V, n = outcome.t, outcome.V, outcome.n
        kick = outcome.kicks[1]
        cut = int(np.searchsorted(t, kick.t, side="right")) - 1
        late = int(np.searchsorted(t, kick.t - 1.2 * outcome.cycle))
        before.set_data(V[late:cut], n[late:cut])
        after.set_data(V[cut:], n[cut:])
        jump.set_data([kick.before, kick.after], [n[cut], n[cut]])
        still.set_data(*([x] for x in outcome.rest))

    return update


def kick_stems(ax, animated=False):
    """Draw the kicks as stems, their size over their time; returns update(outcome)."""
    looks = {"animated": animated}
    stems, = ax.plot([], [], color=COLOR["stimulus"], lw=3, solid_capstyle="butt", **looks)
    heads, = ax.plot([], [], "o", color=COLOR["stimulus"], mec=INK, mew=0.8, ms=9, **looks)
    labels = [ax.text(0, 0, "", fontsize=9, va="center", color=INK, in_layout=False, **looks)
              for _ in range(2)]
    ax.axhline(0, color=INK, lw=0.8)
    ax.set(xlim=(0, END), ylim=(-19, 19), yticks=(-10, 0, 10), xlabel="time (ms)",
           ylabel="kick (mV)")

    def update(outcome):
        times = [kick.t for kick in outcome.kicks]
        sizes = [kick.after - kick.before for kick in outcome.kicks]
        stems.set_data(np.repeat(times, 3), np.ravel([[0, size, np.nan] for size in sizes]))
        heads.set_data(times, sizes)
        for label, time, size in zip(labels, times, sizes):
            label.set(position=(time + 3.5, size), text=f"{size:+.2f}")

    return update


def kick_chart(ax, chart, animated=False):
    """Draw a `KickMap`: the phase shift in colour, and in orange the kicks that erase.

    Returns update(record), which marks the record's kick and covers the chart where it
    was computed for another current.
    """
    ax.set_facecolor(COLOR["stimulus"])
    tiles = ax.pcolormesh(chart.phase, chart.kick, chart.shift, vmin=-0.5, vmax=0.5,
                          cmap=plt.get_cmap("twilight_shifted", 17), shading="nearest",
                          rasterized=True)
    ax.contour(chart.phase, chart.kick, np.isnan(chart.shift), [0.5], colors=INK,
               linewidths=1.2)
    ax.figure.colorbar(tiles, ax=ax, ticks=(-0.5, 0, 0.5), label="later | earlier (cycles)",
                       aspect=30, pad=0.03)
    here, = ax.plot([], [], "o", mfc="white", mec=INK, mew=1.2, ms=9, animated=animated)
    cover = ax.axvspan(0, 1, color="white", alpha=0.75, animated=animated, zorder=2)
    ax.set(xlim=(0, 1), ylim=(-16, 16), xlabel="phase of the second kick (cycles)",
           ylabel="its size (mV)", xticks=(0, 0.25, 0.5, 0.75, 1), title="orange kicks erase")

    def update(record):
        here.set_data([record.phase], [record.erase])
        cover.set_visible(record.I_ext != chart.I_ext)

    return update
