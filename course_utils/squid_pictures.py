"""Pictures of the squid membrane: its circuit, a spike with all that makes it, and the story of one bit.

Every function draws into given Axes; those that return an updater move what they drew.
"""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from .one_bit import END, kick_map
from .plots import COLOR, LINES

__all__ = ["bit_axes", "bit_story", "kick_chart", "kick_stems", "membrane_circuit", "spike_stack"]

INK, FAT, TAIL = "#333333", "#F0D9A8", "#C9A45C"
BRANCHES = (                                                  # (x, colour, conductance, battery, plus inside, gated)
    (8.15, COLOR["I_Na"], r"$\bar g_\mathrm{Na}m^3h$", r"$E_\mathrm{Na}$", True, True),
    (9.45, COLOR["I_K"], r"$\bar g_\mathrm{K}n^4$", r"$E_\mathrm{K}$", False, True),
    (10.75, COLOR["I_L"], r"$\bar g_\mathrm{L}$", r"$E_\mathrm{L}$", True, False))


# ------------------------------------------------------------------------------------------------ membrane and circuit
def membrane_circuit(ax):
    """Draw a piece of membrane with three kinds of channels, and beside it the circuit that stands for it."""
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
        ax.add_patch(FancyBboxPatch((x + side * 0.21 - 0.12, 1.25), 0.24, 1.5, facecolor=color, edgecolor=INK, lw=0.8,
                                    boxstyle="round,pad=0,rounding_size=0.1", alpha=0.9, zorder=3))
    ax.text(x, 1.02, f"${gates}$" if gates else "always open", ha="center", va="center", fontsize=9, color=color)


def _ions(ax):
    """Sodium, plentiful outside, and potassium, plentiful inside."""
    rng = np.random.default_rng(3)
    for name, color, outside, inside in (("Na$^+$", COLOR["I_Na"], 11, 2), ("K$^+$", COLOR["I_K"], 2, 11)):
        for count, low in ((outside, 2.95), (inside, 0.38)):
            for k in range(count):
                place = 0.25 + (k + rng.uniform(0.1, 0.9)) * 5.0 / count, low + rng.uniform(0, 0.62) * (1 if low > 1 else 0.6)
                ax.text(*place, name, color=color, fontsize=7.5, ha="center", va="center",
                        fontweight="bold" if count > 2 else "normal")


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
    ax.add_patch(FancyArrowPatch((left - 0.75, top), (left - 0.75, bottom), arrowstyle="-|>", mutation_scale=14,
                                 color=COLOR["stimulus"], lw=1.8, shrinkA=0, shrinkB=0))
    ax.text(left - 0.83, 1.3, r"$I_\mathrm{ext}$", color=COLOR["stimulus"], ha="right", va="center")
    for branch in BRANCHES:
        _branch(ax, top, bottom, *branch)
    for y, text in ((top, "outside: counts as 0"), (bottom, "inside: $V$")):
        ax.plot([10.75], [y], "o", color=INK, ms=4)
        ax.text(8.8, y + (0.22 if y == top else -0.25), text, fontsize=9, ha="center", va="center", color=INK)


def _branch(ax, top, bottom, x, color, conductance, battery, plus_inside, gated):
    """One kind of channel as a resistor in series with a battery."""
    zigzag = np.linspace(3.25, 2.45, 9)
    ax.plot([x, x], [top, 3.25], color=INK, lw=1.4)
    ax.plot(x + np.array([0, 1, -1, 1, -1, 1, -1, 1, 0]) * 0.12, zigzag, color=color, lw=1.8)
    ax.plot([x, x], [2.45, 1.42], color=INK, lw=1.4)
    ax.plot([x, x], [1.28, bottom], color=INK, lw=1.4)
    if gated:
        ax.add_patch(FancyArrowPatch((x - 0.28, 2.55), (x + 0.28, 3.15), arrowstyle="-|>", mutation_scale=9, color=INK, lw=0.9))
    long, short = (1.28, 1.42) if plus_inside else (1.42, 1.28)
    ax.plot([x - 0.22, x + 0.22], [long, long], color=INK, lw=1.4)
    ax.plot([x - 0.11, x + 0.11], [short, short], color=INK, lw=3)
    ax.text(x + 0.18, 2.2, conductance, color=color, fontsize=9.5, va="center")
    ax.text(x + 0.3, 1.35, battery, color=color, va="center")


# ------------------------------------------------------------------------------------------------------------- a spike
def spike_stack(axes, run, animated=False):
    """Draw V, the gates and the currents of a Hodgkin-Huxley run into three Axes; returns update(run)."""
    drawn = {}
    for ax, names, label in zip(axes, (["V"], ["m", "h", "n"], ["I_Na", "I_K", "I_L"]),
                                ("$V$ (mV)", "open gates", "current out\n(µA/cm²)")):
        for name in names:
            text = f"${name[0]}_\\mathrm{{{name[2:]}}}$" if "_" in name else f"${name}$"
            drawn[name], = ax.plot([], [], LINES.get(name, "-"), color=COLOR[name], label=text, animated=animated)
        ax.set(ylabel=label, xlim=(run.t[0], run.t[-1]))
        ax.legend(ncols=3, loc="upper right", handlelength=1.6, borderaxespad=0.0) if len(names) > 1 else None
    axes[0].set(ylim=(-25, 125))
    axes[1].set(ylim=(-0.03, 1.25), yticks=(0, 0.5, 1))
    axes[2].set(ylim=(-1000, 1250), xlabel="time (ms)")
    for ax in axes[:-1]:
        ax.tick_params(labelbottom=False)

    def update(run):
        values = {name: getattr(run, name) for name in run.model.states} | run.model.currents(run)._asdict()
        for name, line in drawn.items():
            line.set_data(run.t, values[name])
    update(run)
    return update


# ------------------------------------------------------------------------------------------------------------- one bit
def bit_axes(fig):
    """The four Axes of the story of one bit, by name: trace over kicks at the left, map over plane at the right."""
    left, right = fig.add_gridspec(1, 2, width_ratios=[1.7, 1])
    left, right = left.subgridspec(2, 1, height_ratios=[2.6, 1]), right.subgridspec(2, 1, height_ratios=[1.15, 1])
    places = {"trace": left[0], "kicks": left[1], "map": right[0], "plane": right[1]}
    return {name: fig.add_subplot(place, label=name) for name, place in places.items()}


def bit_story(trace, plane=None, animated=False):
    """Draw what two kicks do: V over time with the bits above, and the (V, n) plane; returns update(story)."""
    line, = trace.plot([], [], color=COLOR["V"], lw=1.5, animated=animated)
    spots, = trace.plot([], [], "^", color=COLOR["stimulus"], mec=INK, mew=0.6, ms=9, animated=animated)
    held = [trace.axvspan(0, 1, color=COLOR["stimulus"], alpha=0.13, lw=0, animated=animated, zorder=0) for _ in range(2)]
    digits = [trace.text(x, 124, "", fontsize=17, fontweight="bold", ha="center", va="center", color=INK, animated=animated)
              for x in (4, 48, 140)]
    for digit in digits:
        digit.set_in_layout(False)
    trace.set(xlim=(0, END), ylim=(-20, 138), ylabel="$V$ (mV)", yticks=(0, 50, 100))
    if plane is not None:
        before, = plane.plot([], [], color=COLOR["ghost"], lw=1.2, animated=animated)
        after, = plane.plot([], [], color=COLOR["V"], lw=1.6, animated=animated)
        jump, = plane.plot([], [], "-o", color=COLOR["stimulus"], lw=2.5, ms=5, markevery=[1], mec=INK, mew=0.6,
                           animated=animated, zorder=5)
        still, = plane.plot([], [], "o", mfc="white", mec=INK, ms=6, animated=animated, zorder=4)
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
    stems, = ax.plot([], [], color=COLOR["stimulus"], lw=3, animated=animated, solid_capstyle="butt")
    heads, = ax.plot([], [], "o", color=COLOR["stimulus"], mec=INK, mew=0.8, ms=9, animated=animated)
    labels = [ax.text(0, 0, "", fontsize=9, va="center", color=INK, animated=animated) for _ in range(2)]
    for label in labels:
        label.set_in_layout(False)
    ax.axhline(0, color=INK, lw=0.8)
    ax.set(xlim=(0, END), ylim=(-19, 19), yticks=(-10, 0, 10), xlabel="time (ms)", ylabel="kick (mV)")

    def update(story):
        times, sizes = [kick.t for kick in story.kicks], [kick.after - kick.before for kick in story.kicks]
        stems.set_data(np.repeat(times, 3), np.ravel([[0, size, np.nan] for size in sizes]))
        heads.set_data(times, sizes)
        for label, time, size in zip(labels, times, sizes):
            label.set(position=(time + 3.5, size), text=f"{size:+.2f}")
    return update


def kick_chart(ax, I_ext=8.0, animated=False):
    """Draw what a second kick does at each phase and size: the shift of the rhythm in colour, the kicks that erase.

    Returns update(record), which marks the record's kick and covers the chart where it holds for another current.
    """
    phase, kick, shift = kick_map(I_ext)
    ax.set_facecolor(COLOR["stimulus"])
    ax.pcolormesh(phase, kick, shift, cmap=plt.get_cmap("twilight", 16), vmin=-0.5, vmax=0.5, shading="nearest", rasterized=True)
    here, = ax.plot([], [], "o", mfc="white", mec=INK, mew=1.2, ms=9, animated=animated)
    cover = ax.axvspan(0, 1, color="white", alpha=0.75, animated=animated, zorder=2)
    ax.set(xlim=(0, 1), ylim=(-16, 16), xlabel="phase of the second kick (cycles)", ylabel="its size (mV)",
           xticks=(0, 0.25, 0.5, 0.75, 1), title="orange kicks erase")

    def update(record):
        here.set_data([record.phase], [record.erase])
        cover.set_visible(record.I_ext != I_ext)
    return update
