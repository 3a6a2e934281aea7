"""Pictures of the squid membrane: its circuit, its spikes, rates and clamp currents, its phase
planes, one bit's story.

Every function draws into given Axes; those that return an updater move what they drew.
"""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from ..plots import COLOR, LINES, traces
from .experiments import END, kick_map

__all__ = [
    "bit_axes", "bit_story", "clamp_traces", "kick_chart", "kick_stems", "membrane_circuit",
    "membrane_plane", "rate_curve", "rate_curves", "spike_stack", "swing_curve",
    "voltage_and_current"
]

INK, FAT, TAIL = "#333333", "#F0D9A8", "#C9A45C"
BRANCHES = (  # (x, colour, conductance, battery, plus inside, gated)
    (8.15, COLOR["I_Na"], r"$\bar g_\mathrm{Na}m^3h$", r"$E_\mathrm{Na}$", True,
     True), (9.45, COLOR["I_K"], r"$\bar g_\mathrm{K}n^4$", r"$E_\mathrm{K}$", False, True),
    (10.75, COLOR["I_L"], r"$\bar g_\mathrm{L}$", r"$E_\mathrm{L}$", True, False))


# ------------------------------------------------------------------------------------------------
# membrane and circuit
def membrane_circuit(ax):
    """Draw a piece of membrane with three kinds of channels, and beside it the circuit that
    stands for it.
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
    for side in (-1, 1):
        ax.add_patch(
            FancyBboxPatch((x + side * 0.21 - 0.12, 1.25), 0.24, 1.5, facecolor=color,
                           edgecolor=INK, lw=0.8, boxstyle="round,pad=0,rounding_size=0.1",
                           alpha=0.9, zorder=3))
    words = f"${gates}$".replace(" ", r"\,") if gates else "always open"
    ax.text(x, 1.02, words, ha="center", va="center", fontsize=9, color=color)


def _ions(ax):
    """Sodium, plentiful outside, and potassium, plentiful inside."""
    rng = np.random.default_rng(3)
    sodium, potassium = ("Na$^+$", COLOR["I_Na"]), ("K$^+$", COLOR["I_K"])
    for low, high, many, few in ((2.95, 3.6, sodium, potassium), (0.38, 0.75, potassium,
                                                                  sodium)):
        for slot in range(13):  # one slot each, so that no two overlap
            name, color = few if slot in (3, 9) else many
            ax.text(0.25 + 0.4 * slot + rng.uniform(-0.03, 0.03), rng.uniform(
                low, high), name, color=color, fontsize=7.5, ha="center", va="center",
                    fontweight="normal" if slot in (3, 9) else "bold")


def _circuit(ax):
    """The capacitor, the three branches and the stimulus between two rails."""
    top, bottom, left = 3.75, 0.35, 6.95
    ax.plot([left - 0.75, 10.75], [top, top], color=INK, lw=1.4)
    ax.plot([left - 0.75, 10.75], [bottom, bottom], color=INK, lw=1.4)
    for low, high in ((bottom, 1.95), (2.1, top)):
        ax.plot([left, left], [low, high], color=INK, lw=1.4)
    for y in (1.95, 2.1):
        ax.plot([left - 0.25, left + 0.25], [y, y], color=COLOR["V"], lw=3)
    ax.text(left + 0.32, 2.02, "$C_m$", va="center", color=COLOR["V"])
    ax.add_patch(
        FancyArrowPatch((left - 0.75, top), (left - 0.75, bottom), arrowstyle="-|>",
                        mutation_scale=14, color=COLOR["stimulus"], lw=1.8, shrinkA=0,
                        shrinkB=0))
    ax.text(left - 0.83, 1.3, r"$I_\mathrm{ext}$", color=COLOR["stimulus"], ha="right",
            va="center")
    for branch in BRANCHES:
        _branch(ax, top, bottom, *branch)
    for y, text in ((top, "outside: counts as 0"), (bottom, "inside: $V$")):
        ax.plot([10.75], [y], "o", color=INK, ms=4)
        ax.text(8.8, y + (0.22 if y == top else -0.25), text, fontsize=9, ha="center",
                va="center", color=INK)


def _branch(ax, top, bottom, x, color, conductance, battery, plus_inside, gated):
    """One kind of channel as a resistor in series with a battery."""
    zigzag = np.linspace(3.25, 2.45, 9)
    ax.plot([x, x], [top, 3.25], color=INK, lw=1.4)
    ax.plot(x + np.array([0, 1, -1, 1, -1, 1, -1, 1, 0]) * 0.12, zigzag, color=color, lw=1.8)
    ax.plot([x, x], [2.45, 1.42], color=INK, lw=1.4)
    ax.plot([x, x], [1.28, bottom], color=INK, lw=1.4)
    if gated:
        ax.add_patch(
            FancyArrowPatch((x - 0.28, 2.55), (x + 0.28, 3.15), arrowstyle="-|>",
                            mutation_scale=9, color=INK, lw=0.9))
    long, short = (1.28, 1.42) if plus_inside else (1.42, 1.28)
    ax.plot([x - 0.22, x + 0.22], [long, long], color=INK, lw=1.4)
    ax.plot([x - 0.11, x + 0.11], [short, short], color=INK, lw=3)
    ax.text(x + 0.18, 2.2, conductance, color=color, fontsize=9.5, va="center")
    ax.text(x + 0.3, 1.35, battery, color=color, va="center")


# -------------------------------------------------------------------------------------------------------------
# a spike
STACK = (  # (names, label of the axis, limits, ticks), from the top
    (("V",), "$V$ (mV)", (-25, 125), (0, 50, 100)), (("m", "h", "n"), "open gates",
                                                      (-0.03, 1.25), (0, 0.5, 1)),
    (("g_Na", "g_K"), "conductance\n(mS/cm²)", (-1, 44), (0, 20, 40)),
    (("I_Na", "I_K", "I_L"), "current out\n(µA/cm²)", (-1000, 1250), (-1000, 0, 1000)))


def spike_stack(axes, run, animated=False):
    """Draw V, the gates and the currents of a Hodgkin-Huxley run into three Axes; returns
    update(run).

    axes: three, or four to have the conductances between gates and currents.
    """
    drawn = {}
    for ax, (names, label, limits, ticks) in zip(
            axes, STACK if len(axes) == 4 else STACK[:2] + STACK[3:]):
        for name in names:
            text = f"${name[0]}_\\mathrm{{{name[2:]}}}$" if "_" in name else f"${name}$"
            kind = name.replace("g_",
                                "I_")  # a conductance looks like the current that it carries
            drawn[name], = ax.plot([], [], LINES.get(kind, "-"), color=COLOR[kind], label=text,
                                   animated=animated)
        ax.set(ylabel=label, xlim=(run.t[0], run.t[-1]), ylim=limits, yticks=ticks)
        ax.legend(ncols=3, loc="upper right", handlelength=1.6,
                  borderaxespad=0.0) if len(names) > 1 else None
    axes[-1].set(xlabel="time (ms)")
    if animated:  # room for twice the channels
        axes[-1].set(ylim=(-2000, 2800), yticks=(-2000, 0, 2000))
    for ax in axes[:-1]:
        ax.tick_params(labelbottom=False)

    def update(run):
        values = _through_time(run)
        for name, line in drawn.items():
            line.set_data(run.t, values[name])

    update(run)
    return update


def _through_time(run):
    """{name: (T,)} of all that a Hodgkin-Huxley run knows: its states, conductances and
    currents.
    """
    states = {name: getattr(run, name) for name in run.model.states}
    (g_Na, _), (g_K, _), _ = run.model.channels(*states.values())
    return states | {"g_Na": g_Na, "g_K": g_K} | run.model.currents(run)._asdict()


def voltage_and_current(axes, runs, currents, titles):
    """Draw runs in the upper row of Axes (2, N), the currents that made them below; a first
    lane of two is grey, dashed.
    """
    for column, (above, below) in enumerate(axes.T):
        run, current = runs[column], currents[column]
        traces(above, run, lw=1.4)
        if run.V.ndim == 2:
            above.lines[0].set(color="#666666", ls="--")
        above.set(title=titles[column], ylim=(-20, 120), yticks=(0, 50, 100), xlabel="",
                  ylabel="")
        below.plot(run.t, current, color=COLOR["stimulus"])
        below.set(xlabel="time (ms)", xticks=(0, 50, 100),
                  ylim=(current.min() - 1, 1.15 * current.max() + 1))
        above.tick_params(labelleft=column == 0)
    axes[0, 0].set_ylabel("$V$ (mV)")
    axes[1, 0].set_ylabel("$I_\\mathrm{ext}$\n(µA/cm²)")


def clamp_traces(left, right, t):
    """Draw the currents and gates of a voltage clamp over t (T,) in ms; returns update(run)."""
    labels = {
        "I_Na": "sodium", "I_K": "potassium", "all": "all together", "m": "$m$", "h": "$h$",
        "n": "$n$"
    }
    styles = LINES | {"all": ":"}
    lines = {
        name: (right if len(name) == 1 else left).plot([], [], styles.get(
            name, "-"), color=COLOR.get(name, COLOR["theory"]), label=label, animated=True)[0]
        for name, label in labels.items()
    }
    left.set(xlim=(0, t[-1]), ylim=(-2600, 6200), xlabel="time (ms)",
             ylabel="current out (µA/cm²)")
    right.set(xlim=(0, t[-1]), ylim=(-0.02, 1.02), xlabel="time (ms)", ylabel="open gates")
    left.legend(loc="upper right", ncols=3, fontsize=8)
    right.legend(loc="center right")

    def update(run):
        for name, line in lines.items():
            line.set_data(t,
                          run.I_Na + run.I_K + run.I_L if name == "all" else getattr(run, name))

    return update


# -------------------------------------------------------------------------------------------------
# rates, phase planes
def rate_curve(ax, currents, rate, low, high):
    """Draw the steady rate over currents (N,), and 0 Hz as open squares where rest is stable:
    below low, above high.
    """
    silent = currents[(currents < low) | (currents > high)]
    ax.plot(currents[rate > 0], rate[rate > 0], "o", color=COLOR["V"], ms=3, label="firing")
    ax.plot(silent, 0 * silent, "s", mfc="white", mec=COLOR["V"], ms=4,
            label="silent, and stable")
    ax.set(xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="rate (Hz)", ylim=(-4, 185))


def swing_curve(ax, cell, currents, V, low, high):
    """Draw the range of V (T, N) over currents (N,), and a membrane's rest: dashed between low
    and high, where unstable.
    """
    ax.fill_between(currents, V.min(axis=0), V.max(axis=0), color=COLOR["V"], alpha=0.25, lw=0,
                    label="range of $V$")
    rest = np.linspace(0, 23, 200)
    current = cell.steady_current(rest)
    unstable = (current > low) & (current < high)
    ax.plot(np.where(unstable, np.nan, current), rest, color=COLOR["theory"],
            label="rest, stable")
    ax.plot(np.where(unstable, current, np.nan), rest, "--", color=COLOR["theory"],
            label="rest, unstable")
    ax.set(xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="$V$ (mV)", xlim=(0, 170),
           ylim=(-15, 118))
    ax.legend()


def rate_curves(ax, currents, rates, animated=False):
    """Draw several models' rates {name: (N,)} over currents (N,); returns update(I_ext), which
    marks where that lies.
    """
    for (name, rate), style in zip(rates.items(), ("-", "--", ":")):
        ax.plot(currents, rate, style, color=COLOR["V"], label=name)
    here, = ax.plot([], [], color=COLOR["stimulus"], lw=1.5, animated=animated)
    dots, = ax.plot([], [], "o", color=COLOR["stimulus"], mec=INK, ms=7, animated=animated)
    ax.set(xlim=(currents[0], currents[-1]), ylim=(-12, 300),
           xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="rate (Hz)")
    ax.legend(ncols=3, loc="upper left")

    def update(I_ext):
        here.set_data([I_ext, I_ext], [-12, 300])
        dots.set_data([I_ext] * len(rates),
                      [np.interp(I_ext, currents, rate) for rate in rates.values()])

    return update


def membrane_plane(ax, title, animated=False):
    """Draw the plane of V and n for a membrane: its path, and where V and n stand still;
    returns update(run).
    """
    v = np.linspace(-11.5, 114.5, 90)
    orbit, = ax.plot([], [], color=COLOR["V"], lw=1.5, animated=animated)
    settled, = ax.plot([], [], ":", color=COLOR["n"], lw=1.8, label="$dn/dt=0$",
                       animated=animated)
    still, = ax.plot([], [], "--", color=COLOR["theory"], lw=1.2, label="$dV/dt=0$",
                     animated=animated)
    start, = ax.plot([], [], "o", mfc="white", mec=COLOR["V"], ms=5, animated=animated)
    ax.set(title=title, xlim=(-15, 120), ylim=(0.2, 1.0), xlabel="$V$ (mV)")

    def update(run):
        orbit.set_data(run.V, run.n)
        start.set_data(run.V[:1], run.n[:1])
        settled.set_data(v, run.model.steady_gates(v)[-1])
        if len(run.model.states) == 2:  # in the full model m and h move where dV/dt is 0
            still.set_data(v, run.model.nullclines(v)[0])

    return update


# -------------------------------------------------------------------------------------------------------------
# one bit
def bit_axes(fig):
    """The four Axes of the story of one bit, by name: trace over kicks at the left, map over
    plane at the right.
    """
    left, right = fig.add_gridspec(1, 2, width_ratios=[1.7, 1])
    left, right = left.subgridspec(2, 1, height_ratios=[2.6, 1]), right.subgridspec(
        2, 1, height_ratios=[1.15, 1])
    places = {"trace": left[0], "kicks": left[1], "map": right[0], "plane": right[1]}
    return {name: fig.add_subplot(place, label=name) for name, place in places.items()}


def bit_story(trace, plane=None, animated=False):
    """Draw what two kicks do: V over time with the bits above, and the (V, n) plane; returns
    update(story).
    """
    line, = trace.plot([], [], color=COLOR["V"], lw=1.5, animated=animated)
    spots, = trace.plot([], [], "^", color=COLOR["stimulus"], mec=INK, mew=0.6, ms=9,
                        animated=animated)
    held = [
        trace.axvspan(0, 1, color=COLOR["stimulus"], alpha=0.13, lw=0, animated=animated,
                      zorder=0) for _ in range(2)
    ]
    digits = [
        trace.text(x, 124, "", fontsize=17, fontweight="bold", ha="center", va="center",
                   color=INK, animated=animated) for x in (4, 48, 140)
    ]
    for digit in digits:
        digit.set_in_layout(False)
    trace.set(xlim=(0, END), ylim=(-20, 138), ylabel="$V$ (mV)", yticks=(0, 50, 100))
    if plane is not None:
        before, = plane.plot([], [], color=COLOR["ghost"], lw=1.2, animated=animated)
        after, = plane.plot([], [], color=COLOR["V"], lw=1.6, animated=animated)
        jump, = plane.plot([], [], "-o", color=COLOR["stimulus"], lw=2.5, ms=5, markevery=[1],
                           mec=INK, mew=0.6, animated=animated, zorder=5)
        still, = plane.plot([], [], "o", mfc="white", mec=INK, ms=6, animated=animated,
                            zorder=4)
        plane.set(xlim=(-13, 32), ylim=(0.33, 0.56), xlabel="$V$ (mV)", ylabel="$n$",
                  title="the state at the second kick")

    def update(story):
        line.set_data(story.t, story.V)
        spots.set_data([kick.t for kick in story.kicks], [-14, -14])
        for digit, bit in zip(digits, story.bits):
            digit.set_text(str(bit))
        first, second = (kick.t for kick in story.kicks)
        digits[1].set_x((first + second) / 2)
        for span, bit, start, end in zip(held, story.bits[1:], (first, second), (second, END)):
            span.set(visible=bool(bit), x=start, width=end - start)
        if plane is not None:
            _, kick = story.kicks
            cut = int(np.searchsorted(story.t, second, side="right")) - 1
            late = int(np.searchsorted(story.t, second - 1.2 * story.cycle))
            before.set_data(story.V[late:cut], story.n[late:cut])
            after.set_data(story.V[cut:], story.n[cut:])
            jump.set_data([kick.before, kick.after], [story.n[cut]] * 2)
            still.set_data([story.rest[0]], [story.rest[1]])

    return update


def kick_stems(ax, animated=False):
    """Draw the two kicks as stems, their size over their time; returns update(story)."""
    stems, = ax.plot([], [], color=COLOR["stimulus"], lw=3, animated=animated,
                     solid_capstyle="butt")
    heads, = ax.plot([], [], "o", color=COLOR["stimulus"], mec=INK, mew=0.8, ms=9,
                     animated=animated)
    labels = [
        ax.text(0, 0, "", fontsize=9, va="center", color=INK, animated=animated)
        for _ in range(2)
    ]
    for label in labels:
        label.set_in_layout(False)
    ax.axhline(0, color=INK, lw=0.8)
    ax.set(xlim=(0, END), ylim=(-19, 19), yticks=(-10, 0, 10), xlabel="time (ms)",
           ylabel="kick (mV)")

    def update(story):
        times, sizes = [kick.t for kick in story.kicks], [
            kick.after - kick.before for kick in story.kicks
        ]
        stems.set_data(np.repeat(times, 3), np.ravel([[0, size, np.nan] for size in sizes]))
        heads.set_data(times, sizes)
        for label, time, size in zip(labels, times, sizes):
            label.set(position=(time + 3.5, size), text=f"{size:+.2f}")

    return update


def kick_chart(ax, I_ext=8.0, animated=False):
    """Draw what a second kick does at each phase and size: the shift of the rhythm in colour,
    the kicks that erase.

    Returns update(record), which marks the record's kick and covers the chart where it holds
    for another current.
    """
    phase, kick, shift = kick_map(I_ext)
    ax.set_facecolor(COLOR["stimulus"])
    tiles = ax.pcolormesh(phase, kick, shift, cmap=plt.get_cmap("twilight_shifted", 17),
                          vmin=-0.5, vmax=0.5, shading="nearest", rasterized=True)
    ax.contour(phase, kick, np.isnan(shift), [0.5], colors=INK, linewidths=1.2)
    ax.figure.colorbar(tiles, ax=ax, ticks=(-0.5, 0, 0.5), label="later | earlier (cycles)",
                       aspect=30, pad=0.03)
    here, = ax.plot([], [], "o", mfc="white", mec=INK, mew=1.2, ms=9, animated=animated)
    cover = ax.axvspan(0, 1, color="white", alpha=0.75, animated=animated, zorder=2)
    ax.set(xlim=(0, 1), ylim=(-16, 16), xlabel="phase of the second kick (cycles)",
           ylabel="its size (mV)", xticks=(0, 0.25, 0.5, 0.75, 1), title="orange kicks erase")

    def update(record):
        here.set_data([record.phase], [record.erase])
        cover.set_visible(record.I_ext != I_ext)

    return update
