"""Pictures of fibres: the circuit of a slice, V along a fibre in space and time, the fibre
itself as a coloured band.

Every function draws into given Axes, computes nothing and returns its updater, as those of
`plots`.
"""
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from ..plots import COLOR
from ..spikes import spike_times
from .experiments import reached

__all__ = [
    "VOLTAGE_MAP", "circuit", "convergence", "fired_axon", "kymograph", "spreading_dye",
    "surface", "touched_dendrite", "tube", "two_ends", "voltage_and_current"
]

VOLTAGE_MAP = LinearSegmentedColormap.from_list(
    "voltage", ["#FFFFFF", "#CDE6F5", COLOR["sky"], COLOR["V"], "#00253F"])


def kymograph(ax, low=0.0, high=100.0, log=False, animated=False, **style):
    """Draw V along a fibre against time, place to the right and time upwards; returns update(x,
    t, V).

    low, high: V in mV at the ends of the colour scale; log: whether that scale is logarithmic.
    V (T, n) at the times t (T,) and places x (n,) in µm; the axis is in mm.
    """
    norm = (LogNorm if log else Normalize)(low, high, clip=True)
    image = ax.imshow(
        VOLTAGE_MAP([[0.0]]), **
        {"origin": "lower", "aspect": "auto", "interpolation": "nearest", "animated": animated}
        | style)
    for spine in ax.spines.values(
    ):  # what moves is drawn last: the frame must stay on top of it
        spine.set_animated(animated)
    ax.set(xlabel="$x$ (mm)", ylabel="$t$ (ms)", autoscale_on=False)

    def update(x, t, V):
        image.set_data(VOLTAGE_MAP(norm(np.maximum(V, low)),
                                   bytes=True))  # in colours: a third of the time to draw
        edge = (x[1] - x[0]) / 2
        image.set_extent([(x[0] - edge) / 1000, (x[-1] + edge) / 1000, t[0], t[-1]])

    return update


def tube(ax, low=0.0, high=100.0, animated=False, **style):
    """Draw a fibre as a band, coloured by V and as thick as it is; returns update(x, radius,
    V), x and radius in µm.
    """
    image = ax.imshow(
        [[low]], **{
            "cmap": VOLTAGE_MAP, "norm": Normalize(low, high, clip=True), "aspect": "auto",
            "interpolation": "bilinear", "animated": animated
        } | style)
    edges = [ax.plot([], [], color="#444444", lw=1, animated=animated)[0] for _ in range(2)]
    ax.set(autoscale_on=False, yticks=[])

    def update(x, radius, V):
        x, half = x / 1000, (x[1] - x[0]) / 2000
        outline = np.repeat(np.broadcast_to(radius, x.shape), 2)
        ends = np.column_stack([x - half, x + half]).ravel()
        image.set_data(np.asarray(V)[None])
        image.set_extent([ends[0], ends[-1], -outline.max(), outline.max()])
        image.set_clip_path(
            Path(
                np.vstack(
                    [np.column_stack([ends, outline]),
                     np.column_stack([ends, -outline])[::-1]])), ax.transData)
        for sign, edge in zip((1, -1), edges):
            edge.set_data(ends, sign * outline)

    return update


def voltage_and_current(ax, x, V, current):
    """Draw V (mV) at the places x (µm), and against a second axis the current (pA) between
    neighbours, dashed.
    """
    ax.plot(x / 1000, V, color=COLOR["V"])
    twin = ax.twinx()
    twin.plot((x[1:] + x[:-1]) / 2000, current, "--", color=COLOR["stimulus"])
    ax.set(xlabel="$x$ (mm)", ylabel="$V$ (mV)", ylim=(0, 6))
    twin.set(ylim=(0, 105))
    twin.set_ylabel("axial current (pA)", color="#9A6B00")


INK, PALE = "#333333", "#E6EBF2"


def circuit(ax):
    """Draw a cable as a circuit: axial resistors in series inside, a capacitor beside a
    conductance to the outside.
    """
    slices, middle = 3, 1
    ax.add_patch(Rectangle((-0.5, 0.62), slices, 0.76, fc=PALE, ec="none"))
    ax.plot([-0.5, slices - 0.5], [-1.0, -1.0], color=INK, lw=1.2)
    for k in range(slices):
        ax.plot([k, k], [1.0, 0.5], color=INK, lw=1.2)
        ax.plot([k - 0.18, k + 0.18], [0.5, 0.5], color=INK, lw=1.2)
        _capacitor(ax, k - 0.18)
        _resistor(ax, (k + 0.18, 0.5), (k + 0.18, -0.8), COLOR["purple"])
        ax.plot([k - 0.18, k + 0.18], [-0.8, -0.8], color=INK, lw=1.2)
        ax.plot([k, k], [-0.8, -1.0], color=INK, lw=1.2)
        ax.plot(k, 1.0, "o", color=COLOR["V"], ms=7, zorder=5)
        _resistor(ax, (k - 0.5, 1.0), (k, 1.0), COLOR["green"])
        _resistor(ax, (k, 1.0), (k + 0.5, 1.0), COLOR["green"])
        ax.text(k - 0.04, 1.5, f"$V(x{('-dx', '', '+dx')[k]})$", color=COLOR["V"], ha="center")
    ax.annotate("", (middle - 0.35, 1.2), (middle - 0.65, 1.2),
                arrowprops={"arrowstyle": "-|>", "lw": 1.4, "color": INK})
    for place, text, color, side in (((middle - 0.72, 1.2), "$I_a$", INK,
                                      "center"), ((middle + 0.5, 1.22), r"$\rho\,dx/\pi a^2$",
                                                  COLOR["green"], "center"),
                                     ((middle - 0.34, -0.15), "$2\\pi a\\,dx\\,c_m$",
                                      COLOR["V"], "right"),
                                     ((middle + 0.3, -0.15), "$2\\pi a\\,dx\\,g_m$",
                                      COLOR["purple"], "left"), ((-0.55, 1.0), "inside", INK,
                                                                 "right"),
                                     ((-0.55, -1.0), "outside, one potential", INK, "right")):
        ax.text(*place, text, color=color, ha=side, va="center")
    ax.annotate("", (middle + 0.02, 1.06), (middle + 0.26, 1.72),
                arrowprops={"arrowstyle": "-|>", "lw": 1.8, "color": COLOR["stimulus"]})
    ax.text(middle + 0.28, 1.72, "$i_\\mathrm{inj}\\,dx$", color="#9A6B00", va="center")
    ax.set(xlim=(-1.5, slices - 0.1), ylim=(-1.25, 1.95))
    ax.axis("off")


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


def surface(ax, x, t, V, high):
    """Draw V (T, n) over place (mm) and time (ms) as a surface in 3-D axes."""
    ax.plot_surface(*np.meshgrid(x / 1000, t), V, cmap=VOLTAGE_MAP, norm=Normalize(
        -0.25 * high, high), rstride=1, cstride=1, linewidth=0.25, edgecolor="#FFFFFF",
                    antialiased=True)
    ax.set(xlabel="$x$ (mm)", ylabel="$t$ (ms)", zlabel="$V$ (mV)",
           xlim=(x[0] / 1000, x[-1] / 1000), ylim=(t[0], t[-1]), zlim=(0, high))
    ax.set_box_aspect((1.5, 1.3, 0.85), zoom=0.98)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.pane.set_alpha(0)


def convergence(ax, h, curves):
    """Draw errors (mV) against step lengths h (ms) on logarithmic axes, beside guides of slope
    1 and 2.

    curves: {name: (errors, order)}, errors like h; either is None where it is not known yet,
    and a note says so if no errors are known.
    """
    h = np.asarray(h)
    for order, height in ((1, 0.02),
                          (2, 1e-3)):  # mV at the longest step: beside what is to be expected
        guide = height * (h / h.max())**order
        ax.loglog(h, guide, ":", color=COLOR["theory"], lw=1.2)
        ax.text(h.min() * 0.93, guide.min(), f"slope {order}", ha="right", va="center")
    drawn = {name: pair for name, pair in curves.items() if np.shape(pair[0]) == h.shape}
    for (name, (error, order)), style, color in zip(drawn.items(), ("o-", "s--"),
                                                    (COLOR["V"], COLOR["vermillion"])):
        told = order is not None and np.ndim(order) == 0
        ax.loglog(h, error, style, color=color,
                  label=f"{name}: order {order:.2f}" if told else name)
    if drawn:
        ax.legend(loc="upper left")
    else:
        ax.text(0.5, 0.9, "your errors will stand here", transform=ax.transAxes, ha="center",
                color="#666666")
    ax.set(xlabel="step $h$ (ms)", ylabel="largest error (mV)",
           xlim=(h.min() / 1.8, h.max() * 1.3), ylim=(1e-6, 1), xticks=h,
           xticklabels=[f"{each:g}" for each in h])
    ax.minorticks_off()


# What the panels of the cable notebook show: view(fig) draws once and returns update(record)


def _dendrite_axes(fig):
    """(updater of the fibre, Axes of V along it, Axes of V against time) of `touched_dendrite`.
    """
    fig.set_layout_engine("none")
    grid = fig.add_gridspec(2, 2, width_ratios=(3, 2), height_ratios=(1, 4), hspace=0.12,
                            wspace=0.24, left=0.07, right=0.98, top=0.95, bottom=0.14)
    band, along, clock = (fig.add_subplot(place)
                          for place in (grid[0, 0], grid[1, 0], grid[:, 1]))
    fibre = tube(band, 0, 10, animated=True)
    band.set(xlim=(-0.1, 8.1), ylim=(-6.5, 6.5), xticks=[])
    for side in band.spines.values():
        side.set_visible(False)
    along.set(xlim=(-0.1, 8.1), ylim=(0, 16), xlabel="place $x$ (mm)", ylabel="$V$ (mV)")
    clock.set(xlim=(0, 100), ylim=(0, 16), xlabel="time $t$ (ms)", ylabel="$V$ (mV)")
    clock.axvspan(0, 60, color=COLOR["stimulus"], alpha=0.12, lw=0)
    clock.text(2, 15.4, "current on", color="#9A6B00", va="top", fontsize=9)
    return fibre, along, clock


def touched_dendrite(fig):
    """Draw a `Dendrite`: the fibre coloured by its steady V, V along it, and V against time at
    three places.
    """
    (fibre, along, clock), moving = _dendrite_axes(fig), {"animated": True}
    endless, = along.plot([], [], "--", color=COLOR["theory"], lw=1.2, label="an endless cable",
                          **moving)
    early = [along.plot([], [], color=COLOR["sky"], lw=1, **moving)[0] for _ in range(3)]
    early[0].set_label("after 1, 4, 12 ms")
    steady, = along.plot([], [], color=COLOR["V"], lw=2.4, label="steady", **moving)
    needle, = along.plot([], [], color=COLOR["stimulus"], lw=1.6, marker="v", ms=9,
                         markevery=[1], clip_on=False, **moving)
    heard = [
        clock.plot([], [], style, color=color, label=name, **moving)[0]
        for style, color, name in (("-", COLOR["V"], "electrode"),
                                   ("--", COLOR["purple"], "left end"), (":", COLOR["green"],
                                                                         "right end"))
    ]
    along.legend(handles=[steady, early[0], endless], loc="upper right")
    clock.legend(handles=heard, loc="upper right")
    X = np.linspace(0, 8000, 400)

    def update(dendrite):
        run, V = dendrite.run(), dendrite.steady()
        x = run.model.x
        fibre(x, dendrite.radius, V)
        steady.set_data(x / 1000, V)
        endless.set_data(X / 1000, dendrite.endless(X))
        for line, k in zip(early, (2, 8, 24)):
            line.set_data(x / 1000, run.V[k])
        needle.set_data([dendrite.x0 / 1000] * 2, [0, 15.4])
        at = run.model.compartments_at(dendrite.x0)[0]
        for line, k in zip(heard, (at, 0, -1)):
            line.set_data(run.t, run.V[:, k])
        late = np.interp(V[0] / 2, run.V[:121, 0], run.t[:121])
        return (
            f"λ = {run.model.length_constant / 1000:.2f} mm. Under the electrode at "
            f"{dendrite.x0 / 1000:.2f} mm V settles at "
            f"{V[at]:.1f} mV, {V[at] / dendrite.endless(x[at]):.2f} times that of an endless "
            "cable; at the left end at "
            f"{V[0]:.2f} mV, half of it after {late:.0f} ms.")

    return update


def two_ends(fig):
    """Draw `TwoEnds`: the active and the passive fibre in space and time, and what the
    electrode hears in each.
    """
    fig.set_layout_engine("none")
    grid = fig.add_gridspec(2, 3, width_ratios=(3, 3, 2.6), hspace=0.3, wspace=0.34, left=0.06,
                            right=0.985, top=0.91, bottom=0.14)
    active, passive, above, below = (fig.add_subplot(place)
                                     for place in (grid[:, 0], grid[:, 1], grid[0, 2], grid[1,
                                                                                            2]))
    spikes, pulses = kymograph(active, animated=True), kymograph(passive, 0.1, 100, log=True,
                                                                 animated=True)
    active.set(xlim=(0, 60), ylim=(0, 7.5), title="active: spikes annihilate")
    passive.set(xlim=(0, 60), ylim=(0, 7.5), title="passive: pulses pass and add", ylabel="")
    above.set(xlim=(0, 7.5), ylim=(-15, 205), yticks=(0, 50, 100), xticklabels=[],
              ylabel="$V$ (mV)", title="active, at the electrode")
    below.set(xlim=(0, 7.5), ylim=(-0.05, 1.25), xlabel="$t$ (ms)", ylabel="$V$ / highest",
              title="passive, at the electrode")
    draw_active, draw_passive = _fibre_marks(active, passive), _heard(above, below)

    def update(ends):
        run, parts, x = ends.active(), ends.passive(), ends.axon.x
        k = ends.axon.compartments_at(ends.place * ends.length)[0]
        spikes(x, run.t[::3], run.V[::3])
        pulses(x, ends.t_passive, parts[0] + parts[1])
        place = ends.meeting()
        draw_active(ends, x[k], place)
        draw_passive(ends, run, parts, k)
        return _told(ends, run, k, parts, place)

    return update


def _fibre_marks(active, passive):
    """What stands on the two kymographs of `two_ends`: the electrode, the launches, the paths
    and where they meet.
    """
    moving = {"animated": True}
    needles = [
        ax.axvline(color=COLOR["vermillion"], lw=1.2, ls="--", **moving)
        for ax in (active, passive)
    ]
    launched = [
        ax.plot([], [], "^", ms=9, color=COLOR["stimulus"], clip_on=False, **moving)[0]
        for ax in (active, passive)
    ]
    paths = [
        active.plot([], [], ":", color=COLOR["ghost"], lw=1.4, **moving)[0] for _ in range(2)
    ]
    met, = active.plot([], [], "o", ms=13, mfc="none", mec=COLOR["vermillion"], mew=1.6,
                       **moving)

    def update(ends, x, place):
        for needle in needles:
            needle.set_xdata([x / 1000] * 2)
        for mark in launched:
            mark.set_data([0.8, 59.2], ends.starts)
        met.set_data(*([place[0] / 1000], [place[1]]) if place else ([], []))
        for path, start, along in zip(paths, ends.starts, ([0.1, 0.9], [0.9, 0.1])):
            arrivals = reached(ends.alone(), np.array([0.1, 0.9]) * ends.length)
            path.set_data(60 * np.array(along), arrivals + start - ends.first)

    return update


def _heard(above, below):
    """The traces of `two_ends` at the electrode: each launch alone in grey, both in blue."""
    moving = {"animated": True}
    alone = [[
        ax.plot([], [], style, color=COLOR["ghost"], lw=1.4, **moving)[0]
        for style in ("--", ":")
    ]
             for ax in (above, below)]
    both = [ax.plot([], [], color=COLOR["V"], **moving)[0] for ax in (above, below)]
    above.legend(handles=[both[0],
                          *alone[0]], labels=["both shocks", "left alone", "right alone"],
                 loc="upper right", fontsize=8, borderaxespad=0)

    def update(ends, run, parts, k):
        added = (parts[0] + parts[1])[:, k]
        scale = max(added.max(), 1e-9)
        for line, V in zip(alone[0], ends.heard_alone()):
            line.set_data(run.t, V)
        for line, V in zip(alone[1], parts):
            line.set_data(ends.t_passive, V[:, k] / scale)
        both[0].set_data(run.t, run.V[:, k])
        both[1].set_data(ends.t_passive, added / scale)

    return update


def _told(ends, run, k, parts, place):
    """The sentence below `two_ends`."""
    passed = len(spike_times(run.t, run.V[:, k], 40.0))
    one, other = (V[:, k].max() for V in parts)
    where = f"{ends.axon.x[k] / 1000:.0f} mm"
    if place:
        fate = f"Two spikes meet {place[0] / 1000:.0f} mm from the left at {place[1]:.1f} ms and end there"
    elif run.V[:, 50].max() < 40:
        fate = "The shocks are too weak for spikes"
    else:
        fate = "One spike has crossed before the other shock comes"
    return (
        f"{fate}; past {where} {'runs' if passed == 1 else 'run'} {passed} of 2. In the "
        "passive fibre both pulses reach "
        f"{where}, {one:.2g} and {other:.2g} mV high; their sum is highest with "
        f"{(parts[0] + parts[1])[:, k].max():.2g} mV."
    )


def fired_axon(fig):
    """Draw a `FiredAxon`: V in space and time, and against time at three places."""
    fig.set_layout_engine("none")
    grid = fig.add_gridspec(1, 2, width_ratios=(3, 2.4), wspace=0.22, left=0.07, right=0.98,
                            top=0.93, bottom=0.14)
    space, clock = (fig.add_subplot(place) for place in grid)
    spikes = kymograph(space, animated=True)
    space.set(xlim=(0, 60), ylim=(0, 9))
    clock.set(xlim=(0, 9), ylim=(-15, 115), xlabel="$t$ (ms)", ylabel="$V$ (mV)")
    places = np.array([15_000, 30_000, 45_000])
    colors = (COLOR["V"], COLOR["green"], COLOR["purple"])
    lines = [
        clock.plot([], [], style, color=color, label=f"{x / 1000:g} mm", animated=True)[0]
        for style, color, x in zip(("-", "--", "-."), colors, places)
    ]
    marks = [
        space.plot([], [], "o", ms=8, mfc="none", mec=COLOR["vermillion"], mew=1.4,
                   animated=True)[0] for _ in places
    ]
    law, = space.plot([], [], "--", color=COLOR["theory"], lw=1.2,
                      label=r"18.73 m/s $\times\sqrt{a/238\,\mathrm{µm}}$", animated=True)
    space.legend(handles=[law], loc="upper right").set_animated(
        True)  # on top of the picture, which moves
    clock.legend(handles=lines, loc="upper right")

    def update(shot):
        run = shot.run()
        spikes(run.model.x, run.t[::3], run.V[::3])
        arrivals = reached(run, places)
        for mark, line, x, t in zip(marks, lines, places, arrivals):
            line.set_data(run.t, run.V[:, run.model.compartments_at(x)[0]])
            mark.set_data([x / 1000], [t])
        start, speed = (arrivals[0] if np.isfinite(arrivals[0]) else
                        1.5), 18.73 * np.sqrt(shot.radius / 238)
        law.set_data([15, 60], [start, start + 45 / speed])
        heights = [run.V[:, run.model.compartments_at(x)[0]].max() for x in places]
        if np.isfinite(arrivals).all():
            speed = (places[2] - places[0]) / (arrivals[2] - arrivals[0]) / 1000
            return (
                f"The spike travels at {speed:.1f} m/s, "
                f"{speed / np.sqrt(shot.radius / 238):.1f} m/s times the root of "
                f"a / 238 µm; it is {heights[2]:.0f} mV high.")
        if run.V[:, 0].max() < 50 and heights[0] < 15:
            return f"The shock is too weak for a spike: {heights[0]:.2g} mV are left after 15 mm."
        return (
            f"No spike has come through after 9 ms: the highest V is {heights[0]:.2g} mV at 15 "
            f"mm, {heights[1]:.2g} mV at "
            f"30 mm, {heights[2]:.2g} mV at 45 mm.")

    return update


def spreading_dye(fig):
    """Draw `Dye`: the tube, how much is where at one moment, and how much comes past one place.
    """
    fig.set_layout_engine("none")
    grid = fig.add_gridspec(2, 2, width_ratios=(3, 2.4), height_ratios=(1, 4), hspace=0.12,
                            wspace=0.22, left=0.07, right=0.98, top=0.95, bottom=0.14)
    band, space, clock = (fig.add_subplot(place)
                          for place in (grid[0, 0], grid[1, 0], grid[:, 1]))
    fibre = tube(band, 0, 1, animated=True)
    band.set(xlim=(-4, 4), ylim=(-2, 2), xticks=[])
    for side in band.spines.values():
        side.set_visible(False)
    space.set(xlim=(-4, 4), ylim=(0, 1.05), xlabel="place $X$ (length constants)", ylabel="$G$")
    clock.set(xlim=(0, 3), ylim=(0, 0.4), xlabel="time $T$ (time constants)",
              ylabel="$G$ at the place watched")
    X, T = np.linspace(-4, 4, 401), np.linspace(0.01, 3, 300)
    moving = {"animated": True}
    under, = space.fill([0], [0], color=COLOR["sky"], alpha=0.35, lw=0, **moving)
    beneath, = clock.fill([0], [0], color=COLOR["sky"], alpha=0.35, lw=0, **moving)
    tight, = space.plot([], [], "--", color=COLOR["theory"], lw=1.2, label="dye without leak",
                        **moving)
    now, = space.plot([], [], color=COLOR["V"], lw=2.4, label="with leak", **moving)
    watched, = space.plot([], [], "o", ms=9, color=COLOR["vermillion"], **moving)
    past, = clock.plot([], [], color=COLOR["V"], **moving)
    moment, = clock.plot([], [], "o", ms=9, color=COLOR["vermillion"], label="now", **moving)
    top, = clock.plot([], [], "^", ms=8, color=COLOR["theory"], label="peak, closed form",
                      **moving)
    space.legend(handles=[now, tight], loc="upper right")
    clock.legend(handles=[moment, top], loc="upper right")

    def update(dye):
        here, peak = dye.density(dye.X, dye.T), dye.peak_time()
        fibre(1000 * X, 1.0, dye.density(X, dye.T))
        now.set_data(X, dye.density(X, dye.T))
        under.set_xy(np.vstack([[X[0], 0], np.column_stack([X, now.get_ydata()]), [X[-1], 0]]))
        tight.set_data(X, dye.but(leak=0.0).density(X, dye.T))
        watched.set_data([dye.X], [here])
        past.set_data(T, dye.density(dye.X, T))
        beneath.set_xy(np.vstack([[0, 0], np.column_stack([T, past.get_ydata()]), [3, 0]]))
        moment.set_data([dye.T], [here])
        top.set_data(*([peak], [dye.density(dye.X, peak)]) if peak > 0 else ([], []))
        return (
            f"After {dye.T:.2f} time constants the dye has spread over "
            f"±{np.sqrt(2 * dye.T):.2f} λ (standard deviation) and "
            f"{np.exp(-dye.leak * dye.T):.0%} of it is left; at X = {dye.X:.2f} it is highest "
            f"at T = {peak:.2f}."
        )

    return update
