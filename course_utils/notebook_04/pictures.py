"""Pictures of fibres: the circuit of a slice, V along a fibre in space and time, the fibre
itself as a coloured band, errors against steps; and the axes of a panel's view.

Every function draws into given Axes or a Figure and computes nothing; what moves is
returned, as a line or as an updater.
"""
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from ..plots import COLOR

__all__ = [
    "VOLTAGE_MAP", "circuit", "convergence", "fibre_axes", "kymograph", "moving",
    "touched_dendrite", "tube", "two_ends"
]

VOLTAGE_MAP = LinearSegmentedColormap.from_list(
    "voltage", ["#FFFFFF", "#CDE6F5", COLOR["sky"], COLOR["V"], "#00253F"])


def kymograph(ax, low=0.0, high=100.0, log=False, animated=False, **style):
    """Draw V along a fibre against time, position to the right and time upwards; returns
    update(x, t, V).

    low, high: V in mV at the ends of the colour scale; log: whether that scale is
    logarithmic. V (T, n) at the times t (T,) and positions x (n,) in µm; the axis is in
    mm.
    """
    norm = (LogNorm if log else Normalize)(low, high, clip=True)
    style = {"origin": "lower", "aspect": "auto", "interpolation": "nearest"} | style
    image = ax.imshow(VOLTAGE_MAP([[0.0]]), animated=animated, **style)
    for spine in ax.spines.values():
        spine.set_animated(animated)  # what moves is drawn last: the frame must stay on top
    ax.set(xlabel="$x$ (mm)", ylabel="$t$ (ms)", autoscale_on=False)

    def update(x, t, V):
        # drawn as colours, which takes a third of the time
        image.set_data(VOLTAGE_MAP(norm(np.maximum(V, low)), bytes=True))
        half = (x[1] - x[0]) / 2
        image.set_extent([(x[0] - half) / 1000, (x[-1] + half) / 1000, t[0], t[-1]])

    return update


def tube(ax, low=0.0, high=100.0, animated=False, **style):
    """Draw a fibre as a band, coloured by V and as thick as it is; returns update(x, radius,
    V), x and radius in µm.
    """
    style = {"cmap": VOLTAGE_MAP, "aspect": "auto", "interpolation": "bilinear"} | style
    image = ax.imshow([[low]], norm=Normalize(low, high, clip=True), animated=animated, **style)
    edges = [ax.plot([], [], color="#444444", lw=1, animated=animated)[0] for _ in range(2)]
    ax.set(autoscale_on=False, yticks=[])

    def update(x, radius, V):
        x, half = x / 1000, (x[1] - x[0]) / 2000
        outline = np.repeat(np.broadcast_to(radius, x.shape), 2)
        ends = np.column_stack([x - half, x + half]).ravel()
        upper = np.column_stack([ends, outline])
        lower = np.column_stack([ends, -outline])
        image.set_data(np.asarray(V)[None])
        image.set_extent([ends[0], ends[-1], -outline.max(), outline.max()])
        image.set_clip_path(Path(np.vstack([upper, lower[::-1]])), ax.transData)
        for edge, points in zip(edges, (upper, lower)):
            edge.set_data(*points.T)

    return update


def moving(ax, style="-", **look):
    """An empty line in `ax` that a panel moves: a Line2D, drawn anew with each picture."""
    return ax.plot([], [], style, animated=True, **look)[0]


def fibre_axes(fig, wspace=0.24):
    """Three Axes in a figure: the fibre above V along it, and V against time at the side.

    An experiment tells them apart by their labels, "fibre", "fibre" and "time".
    """
    fig.set_layout_engine("none")
    grid = fig.add_gridspec(2, 2, width_ratios=(3, 2.2), height_ratios=(1, 4), hspace=0.12,
                            wspace=wspace, left=0.07, right=0.98, top=0.95, bottom=0.14)
    band = fig.add_subplot(grid[0, 0], label="fibre", xticks=[])
    band.spines[:].set_visible(False)
    along = fig.add_subplot(grid[1, 0], label="fibre")
    return band, along, fig.add_subplot(grid[:, 1], label="time")


def touched_dendrite(fig):
    """The view of a `Dendrite`: the fibre coloured by its steady V, V along it, and V against
    time at three positions.
    """
    band, along, clock = fibre_axes(fig)
    fibre = tube(band, 0, 10, animated=True)
    band.set(xlim=(-0.1, 8.1), ylim=(-6.5, 6.5))
    along.set(xlim=(-0.1, 8.1), ylim=(0, 16), xlabel="position $x$ (mm)", ylabel="$V$ (mV)")
    clock.set(xlim=(0, 100), ylim=(0, 16), xlabel="time $t$ (ms)", ylabel="$V$ (mV)")
    clock.axvspan(0, 60, color=COLOR["stimulus"], alpha=0.12, lw=0)
    clock.text(2, 15.4, "current on", color="#9A6B00", va="top", fontsize=9)
    steady = moving(along, color=COLOR["V"], lw=2.4, label="steady state")
    infinite = moving(along, "--", color=COLOR["theory"], lw=1.2, label="infinite cable")
    early = [moving(along, color=COLOR["sky"], lw=1, label=label)
             for label in ("after 1, 4, 12 ms", None, None)]
    needle = moving(along, "-v", color=COLOR["stimulus"], lw=1.6, ms=9, markevery=[1],
                    clip_on=False)
    places = {"electrode": ("-", "V"), "left end": ("--", "purple"), "right end": (":", "green")}
    recorded = [moving(clock, style, color=COLOR[color], label=name)
                for name, (style, color) in places.items()]
    along.legend(loc="upper right", fontsize=8, borderpad=0)
    clock.legend(loc="upper right")

    def update(dendrite, result):
        x = result.x / 1000
        fibre(result.x, dendrite.radius, result.steady)
        steady.set_data(x, result.steady)
        infinite.set_data(x, result.infinite)
        needle.set_data([dendrite.x0 / 1000] * 2, [0, 15.4])
        for line, k in zip(early, (2, 8, 24)):
            line.set_data(x, result.V[k])
        for line, k in zip(recorded, (result.electrode, 0, -1)):
            line.set_data(result.t, result.V[:, k])

    return update


def _collision_axes(fig):
    """The active fibre, the passive one, and V at the electrode in each: four Axes."""
    fig.set_layout_engine("none")
    grid = fig.add_gridspec(2, 3, width_ratios=(3, 3, 2.6), hspace=0.3, wspace=0.34, left=0.06,
                            right=0.985, top=0.91, bottom=0.19)
    active = fig.add_subplot(grid[:, 0], label="fibre", title="active fibre")
    passive = fig.add_subplot(grid[:, 1], label="fibre", title="passive fibre")
    above = fig.add_subplot(grid[0, 2], label="time", title="active, at the electrode")
    below = fig.add_subplot(grid[1, 2], label="time", title="passive, at the electrode")
    for ax in (active, passive):
        ax.set(xlim=(0, 60), ylim=(0, 7.5))
    above.set(xlim=(0, 7.5), ylim=(-15, 205), yticks=(0, 50, 100), xticklabels=[],
              ylabel="$V$ (mV)")
    below.set(xlim=(0, 7.5), ylim=(-0.05, 1.25), xlabel="$t$ (ms)", ylabel="$V$ / maximum")
    return active, passive, above, below


def two_ends(fig):
    """The view of `TwoEnds`: the active and the passive fibre in space and time, and V at the
    electrode in each.
    """
    active, passive, above, below = _collision_axes(fig)
    spikes = kymograph(active, animated=True)
    pulses = kymograph(passive, 0.1, 100, log=True, animated=True)
    passive.set_ylabel("")
    marks = [(moving(ax, "--", color=COLOR["vermillion"], lw=1.2),
              moving(ax, "^", ms=9, color=COLOR["stimulus"], clip_on=False))
             for ax in (active, passive)]
    paths = [moving(active, ":", color=COLOR["ghost"]) for _ in range(2)]
    met = moving(active, "o", ms=13, mfc="none", mec=COLOR["vermillion"])
    looks = ("--", COLOR["ghost"]), (":", COLOR["ghost"]), ("-", COLOR["V"])
    lines = [[moving(ax, style, color=color) for style, color in looks]
             for ax in (above, below)]
    fig.legend(lines[0], ("left alone", "right alone", "both pulses"), fontsize=8, ncols=3,
               loc="lower right", borderpad=0)

    def update(ends, result):
        spikes(result.x, result.t[::3], result.V[::3])
        pulses(result.x, result.t_passive, result.V_passive)
        for needle, start in marks:
            needle.set_data([result.x[result.k] / 1000] * 2, [0, 7.5])
            start.set_data([0.8, 59.2], result.starts)
        for line, (x, t) in zip(paths, result.paths):
            line.set_data(x / 1000, t)
        x, t = result.meeting or (np.nan, np.nan)
        met.set_data([x / 1000], [t])
        for line, V in zip(lines[0], (*result.V_alone, result.V[:, result.k])):
            line.set_data(result.t, V)
        both = result.V_passive[:, result.k]
        for line, V in zip(lines[1], (*result.V_passive_alone, both)):
            line.set_data(result.t_passive, V / max(both.max(), 1e-9))

    return update


INK = "#333333"
PALE = "#E6EBF2"  # inside the fibre


def circuit(ax):
    """Draw a cable as a circuit: axial resistors in series inside, a capacitor and a
    conductance, in parallel, to the outside.
    """
    slices, middle = 3, 1
    ax.add_patch(Rectangle((-0.5, 0.62), slices, 0.76, fc=PALE, ec="none"))
    ax.plot([-0.5, slices - 0.5], [-1.0, -1.0], color=INK, lw=1.2)
    for k, place in enumerate(("-dx", "", "+dx")):
        _slice(ax, k)
        ax.text(k - 0.04, 1.5, f"$V(x{place})$", color=COLOR["V"], ha="center")
    arrow = {"arrowstyle": "-|>", "lw": 1.6}
    ax.annotate("", (middle - 0.35, 1.2), (middle - 0.65, 1.2),
                arrowprops=arrow | {"color": INK})
    ax.annotate("", (middle + 0.02, 1.06), (middle + 0.26, 1.72),
                arrowprops=arrow | {"color": COLOR["stimulus"]})
    for x, y, text, color, side in (
        (middle - 0.72, 1.2, "$I_a$", INK, "center"),
        (middle + 0.5, 1.22, r"$\rho\,dx/\pi a^2$", COLOR["green"], "center"),
        (middle - 0.34, -0.15, r"$2\pi a\,dx\,c_m$", COLOR["V"], "right"),
        (middle + 0.3, -0.15, r"$2\pi a\,dx\,g_m$", COLOR["purple"], "left"),
        (middle + 0.28, 1.72, r"$i_\mathrm{inj}\,dx$", "#9A6B00", "left"),
        (-0.55, 1.0, "inside", INK, "right"),
        (-0.55, -1.0, "outside, one potential", INK, "right"),
    ):
        ax.text(x, y, text, color=color, ha=side, va="center")
    ax.set(xlim=(-1.5, slices - 0.1), ylim=(-1.25, 1.95))
    ax.axis("off")


def _slice(ax, k):
    """One slice of the circuit, its node at x = k."""
    wire = {"color": INK, "lw": 1.2}
    left, right = k - 0.18, k + 0.18
    ax.plot([k, k], [1.0, 0.5], **wire)
    ax.plot([left, right], [0.5, 0.5], **wire)
    ax.plot([left, right], [-0.8, -0.8], **wire)
    ax.plot([k, k], [-0.8, -1.0], **wire)
    ax.plot(k, 1.0, "o", color=COLOR["V"], ms=7, zorder=5)
    _capacitor(ax, left)
    _resistor(ax, (right, 0.5), (right, -0.8), COLOR["purple"])
    _resistor(ax, (k - 0.5, 1.0), (k, 1.0), COLOR["green"])
    _resistor(ax, (k, 1.0), (k + 0.5, 1.0), COLOR["green"])


def _resistor(ax, start, end, color, teeth=6, height=0.07):
    """A zigzag from start to end with a quarter of plain wire at each side."""
    start, end = np.array(start), np.array(end)
    along = end - start
    across = np.array([-along[1], along[0]]) / np.hypot(*along)
    part = np.linspace(0.25, 0.75, teeth + 1)
    swing = np.where(np.arange(teeth + 1) % 2, 1, -1) * height * (part > 0.25) * (part < 0.75)
    points = start + np.outer(part, along) + np.outer(swing, across)
    ax.plot(*np.vstack([start, points, end]).T, color=color, lw=1.4)


def _capacitor(ax, x, top=0.5, bottom=-0.8, gap=0.06, width=0.11):
    middle = (top + bottom) / 2
    for y, plate in ((top, middle + gap), (bottom, middle - gap)):
        ax.plot([x, x], [y, plate], color=COLOR["V"], lw=1.4)
        ax.plot([x - width, x + width], [plate, plate], color=COLOR["V"], lw=2)


GUIDES = {1: 0.02, 2: 1e-3}  # order: mV at the longest step, near the errors to be expected


def convergence(ax, h, curves):
    """Draw errors (mV) against step lengths h (ms) on logarithmic axes, with guides of slope 1
    and 2.

    curves: {name: (errors, order)}, errors like h; either is None where it is not known
    yet, and a note says so if no errors are known.
    """
    h = np.asarray(h)
    for order, height in GUIDES.items():
        guide = height * (h / h.max())**order
        ax.loglog(h, guide, ":", color=COLOR["theory"], lw=1.2)
        ax.text(h.min() * 0.93, guide.min(), f"slope {order}", ha="right", va="center")
    looks = (("o-", COLOR["V"]), ("s--", COLOR["vermillion"]))
    drawn = [(name, *pair) for name, pair in curves.items() if np.shape(pair[0]) == h.shape]
    for (name, error, order), (style, color) in zip(drawn, looks):
        known = order is not None and np.ndim(order) == 0
        label = f"{name}: order {order:.2f}" if known else name
        ax.loglog(h, error, style, color=color, label=label)
    if drawn:
        ax.legend(loc="upper left")
    else:
        ax.text(0.5, 0.9, "your errors will appear here", transform=ax.transAxes, ha="center",
                color="#666666")
    ax.set(xlabel="step $h$ (ms)", ylabel="largest error (mV)", ylim=(1e-6, 1), xticks=h,
           xlim=(h.min() / 1.8, h.max() * 1.3), xticklabels=[f"{each:g}" for each in h])
    ax.minorticks_off()
