"""Pictures of runs and models: every function draws into given Axes, computes nothing and returns its updater.

An updater takes the next Run (or Model) and moves what was drawn, so that a static figure and a panel's view share one
function. Importing this module sets the course's style.
"""
import base64
import io
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, to_rgb
from matplotlib.text import Text
from PIL import Image

__all__ = ["COLOR", "contrast", "cube", "darken_words", "examples", "gate_square", "half_plane", "label_panels",
           "mistakes_chart", "path", "show", "traces", "unit_square", "weight_plane", "weighted_sums", "wiring"]

plt.style.use(Path(__file__).with_name("course.mplstyle"))

COLOR = {                                                     # Okabe and Ito; a quantity keeps its colour
    "V": "#0072B2", "v": "#0072B2", "stimulus": "#E69F00", "theory": "#000000", "ghost": "#999999",
    "vermillion": "#D55E00", "green": "#009E73", "purple": "#CC79A7", "sky": "#56B4E9",
    "m": "#D55E00", "h": "#CC79A7", "n": "#009E73", "w": "#009E73",
    "I_Na": "#D55E00", "I_K": "#009E73", "I_L": "#CC79A7",
}
READABLE = 4.5                                                # contrast of words on white
LINES = {"h": "--", "w": "--", "n": "-.", "I_K": "--", "I_L": ":"}   # so that greyscale tells them apart


def show(fig, alt):
    """Show a static figure as a palette PNG, its alt text in the output's metadata and as a caption below; close it.

    fig: a matplotlib Figure. alt: a sentence that says what is seen and what it means.
    """
    darken_words(fig)
    png = io.BytesIO()
    fig.savefig(png, format="png")
    plt.close(fig)
    display({"image/png": base64.b64encode(with_palette(png.getvalue())).decode(), "text/plain": alt}, raw=True,
            metadata={"image/png": {"alt": alt}})
    caption = f"<p style='max-width:50em'><small><em>{escape(alt)}</em></small></p>"
    display({"text/html": caption, "text/plain": alt}, raw=True)


def with_palette(png, colors=64):
    """A PNG's bytes with at most `colors` colours: line art shrinks to a third and looks the same."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(colors, kmeans=1, dither=Image.Dither.NONE)
    small = io.BytesIO()
    picture.save(small, "png", optimize=True)
    return small.getvalue()


def contrast(color, ground="white"):
    """How well two colours part, from 1 to 21, by the formula of WCAG 2.2; words need 4.5, lines 3."""
    light = []
    for each in (color, ground):
        rgb = np.array(to_rgb(each))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        light.append(linear @ (0.2126, 0.7152, 0.0722) + 0.05)
    return max(light) / min(light)


def darken_words(fig):
    """Make the palette's light colours readable where a figure's words are set in them; white words stay."""
    for words in fig.findobj(Text):
        rgb = np.array(to_rgb(words.get_color()))
        if rgb.min() < 1:
            while contrast(rgb) < READABLE:
                rgb = 0.97 * rgb
            words.set_color(tuple(rgb))


def traces(ax, run, *states, animated=False, **style):
    """Draw states of a Run against time, by default the first; returns update(run).

    The axes are labelled from the model's units. A batch draws one line per lane.
    """
    names = states or list(run.model.states)[:1]
    lines = {name: ax.plot(run.t, getattr(run, name), LINES.get(name, "-"),
                           **{"color": COLOR.get(name), "label": f"${name}$", "animated": animated} | style)
             for name in names}
    unit = run.model.time_unit
    ax.set(xlim=(run.t[0], run.t[-1]), xlabel="time" + (f" ({unit})" if unit != "1" else ""),
           ylabel=run.model.axis_label(names[0]) if len(names) == 1 and names[0] in run.model.states else "")

    def update(run):
        for name, drawn in lines.items():
            values = getattr(run, name).reshape(len(run.t), -1)
            for line, y in zip(drawn, values.T):
                line.set_data(run.t, y)
    return update


def path(ax, run, x, y, animated=False, **style):
    """Draw one state of a Run against another, a trajectory in the phase plane; returns update(run)."""
    lines = ax.plot(getattr(run, x), getattr(run, y), **{"color": COLOR["V"], "animated": animated} | style)
    ax.set(xlabel=run.model.axis_label(x), ylabel=run.model.axis_label(y))

    def update(run):
        across, up = (getattr(run, name).reshape(len(run.t), -1).T for name in (x, y))
        for line, *point in zip(lines, across, up):
            line.set_data(*point)
    return update


def label_panels(axes):
    """Write a, b, c ... at the upper left of each Axes, as journals do."""
    for letter, ax in zip("abcdefghij", np.ravel(axes)):
        ax.text(-0.02, 1.02, letter, transform=ax.transAxes, fontweight="bold", ha="right", va="bottom")


# Threshold units

def unit_square(ax, room=0.5):
    """Prepare Axes for the plane of two inputs, with room around the four corners."""
    ax.set(xlim=(-room, 1 + room), ylim=(-room, 1 + room), xticks=(0, 1), yticks=(0, 1), xlabel="$x_1$", aspect="equal")
    ax.set_ylabel("$x_2$", rotation=0, labelpad=2)


def examples(ax, animated=False, color=COLOR["green"], size=13):
    """Draw points with a label: 1 a full disc, 0 an empty one; returns update(x, y) with x (N, 2) and y (N,)."""
    kinds = [(label, *ax.plot([], [], "o", ms=size, mfc=fill, mec=color, mew=2, zorder=3, animated=animated))
             for label, fill in ((1, color), (0, "white"))]

    def update(x, y):
        for label, drawn in kinds:
            drawn.set_data(*np.asarray(x)[np.asarray(y) == label].T)
    return update


def half_plane(ax, animated=False, color=COLOR["green"], reach=100.0):
    """Draw where w.x + b >= 0, shaded, and its edge; returns update(w, b). Without weights it is all or nothing."""
    region, = ax.fill([0], [0], color=color, alpha=0.15, lw=0, animated=animated)
    edge, = ax.plot([], [], color=color, lw=2, animated=animated)

    def update(w, b):
        length = np.hypot(*w)
        normal = np.array(w) / length if length else np.array([1.0, 0.0])
        along = np.array([-normal[1], normal[0]]) * reach
        foot = -b / length * normal if length else -normal * reach
        depth = normal * reach * (2 if length or b >= 0 else 0)
        region.set_xy([foot - along, foot + along, foot + along + depth, foot - along + depth])
        edge.set_data(*np.transpose([foot - along, foot + along] if length else [foot, foot]))
    return update


def gate_square(ax, table, title, line=None, color="#444444", frame="-"):
    """Draw a function of two bits: a square whose full corners are 1, with the line w.x + b = 0, given as (w1, w2, b)."""
    unit_square(ax, 0.4)
    ax.set(xticks=(), yticks=(), xlabel="", ylabel="")
    ax.set_title(title, fontsize=8.5, color=color, loc="center", pad=3)
    ax.spines[:].set(visible=True, color=color, lw=1.5, ls=frame)
    if line is not None:
        half_plane(ax, color=color)(line[:2], line[2])
    examples(ax, color=color, size=8)([(0, 0), (0, 1), (1, 0), (1, 1)], table)


def weighted_sums(ax, reach=4.0, animated=False):
    """Draw what the inputs 00, 01, 10 and 11 add up to, beside the threshold; returns update(sums, theta, fires)."""
    ax.set(xlim=(-reach, reach), ylim=(3.6, -0.6), yticks=range(4), yticklabels=("$x$ = 00", "01", "10", "11"),
           xlabel="$w_1x_1+w_2x_2$")
    ax.axvline(0, color=COLOR["ghost"], lw=0.8)
    above, = ax.fill([0], [0], color=COLOR["green"], alpha=0.15, lw=0, animated=animated)
    edge, = ax.plot([], [], color=COLOR["green"], lw=2, animated=animated)
    name = ax.text(0, -0.7, r"$\theta$", color=COLOR["green"], ha="center", va="bottom", animated=animated)
    stems, = ax.plot([], [], color=COLOR["ghost"], lw=1.2, animated=animated)
    dots = examples(ax, animated, size=10)

    def update(sums, theta, fires):
        above.set_xy([(theta, -0.6), (theta, 3.6), (reach, 3.6), (reach, -0.6)])
        edge.set_data([theta, theta], [-0.6, 3.6])
        name.set_x(theta)
        stems.set_data(*np.transpose([(end, row) for row, total in enumerate(sums) for end in (0, total, np.nan)]))
        dots(np.column_stack([sums, range(4)]), fires)
    return update


def weight_plane(ax, reach=2.0, animated=False):
    """Draw the plane of two weights, cut where the gate changes; returns update(w1, w2, theta, same).

    same: (n, n) of 0 and 1 over the whole plane, rows for w2 upwards: 1 where the gate is the one at (w1, w2).
    """
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="$w_1$", aspect="equal")
    ax.set_ylabel("$w_2$", rotation=0, labelpad=4)
    tint = ListedColormap([(1, 1, 1, 0), (*to_rgb(COLOR["sky"]), 0.4)])
    here = ax.imshow(np.zeros((2, 2)), tint, vmin=0, vmax=1, extent=(-reach, reach, -reach, reach), origin="lower",
                     interpolation="nearest", animated=animated)
    cuts, = ax.plot([], [], color="#444444", lw=1, animated=animated)
    dot, = ax.plot([], [], "o", ms=11, color=COLOR["purple"], mec="white", animated=animated)

    def update(w1, w2, theta, same):
        far, gap = 2 * reach, np.nan
        cuts.set_data([theta, theta, gap, -far, far, gap, -far, far],
                      [-far, far, gap, theta, theta, gap, theta + far, theta - far])
        here.set_data(same)
        dot.set_data([w1], [w2])
    return update


def mistakes_chart(ax, steps, highest, animated=False):
    """Draw the mistakes so far against the examples presented, and their ceiling; returns update(changed, upto, ceiling).

    changed: (K,) whether presentation k was a mistake, none after them. upto: how many have been presented. ceiling: a
    number, or infinite.
    """
    ax.set(xlim=(0, steps), ylim=(0, highest), xlabel="examples presented, $k$", ylabel="mistakes so far")
    style = {"drawstyle": "steps-post", "animated": animated}
    future, = ax.plot([], [], color=COLOR["ghost"], lw=1.4, ls=":", **style)
    past, = ax.plot([], [], color=COLOR["purple"], lw=2.4, **style)
    now, = ax.plot([], [], "o", ms=8, color=COLOR["purple"], animated=animated)
    bar, = ax.plot([], [], color=COLOR["theory"], ls="--", lw=1.6, animated=animated)
    name = ax.text(0.02 * steps, 0, "", va="bottom", fontsize=9.5, animated=animated)

    def update(changed, upto, ceiling):
        counted = np.append(0, np.cumsum(np.append(changed, np.zeros(steps)))[:steps])
        future.set_data(range(steps + 1), counted)
        past.set_data(range(upto + 1), counted[:upto + 1])
        now.set_data([upto], [counted[upto]])
        inside = ceiling < 0.93 * highest
        bar.set_data([0, steps], [ceiling if inside else np.nan] * 2)
        name.set_y((ceiling if inside else 0.93 * highest) + 0.01 * highest)
        name.set_text("no line parts these labels: no ceiling" if np.isinf(ceiling) else
                      rf"ceiling $(R/\gamma)^2$ = {ceiling:,.0f}" + ("" if inside else r" $\uparrow$"))
    return update


def cube(ax, animated=False):
    """Draw the cube of three inputs and a plane that cuts it; returns update(table, w, theta).

    table: (8,) the outputs for 000 to 111. w (3,), theta: the plane w.x = theta; w None where there is none.
    """
    corners = np.array([(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    edges = [np.array([p, p + step]) for p in corners for step in np.eye(3, dtype=int) if (p + step).max() == 1]
    for edge in edges:
        hidden = (edge == (0, 1, 0)).all(axis=1).any()        # the corner behind all faces
        ax.plot(*_oblique(edge).T, color=COLOR["ghost"], lw=1.1, ls=":" if hidden else "-", zorder=1)
    plane, = ax.fill([0], [0], fc=(*to_rgb(COLOR["green"]), 0.2), ec=COLOR["green"], lw=1.6, zorder=2, animated=animated)
    dots = examples(ax, animated, size=10)
    ax.set(xlim=(-0.2, 1.65), ylim=(-0.2, 1.55), aspect="equal")
    ax.axis("off")

    def update(table, w, theta):
        dots(_oblique(corners), table)
        plane.set_xy(_oblique(_cut(edges, np.zeros(3) if w is None else np.asarray(w), theta)))
    return update


def _oblique(points):
    """Points (N, 3) of the cube as the plane of the paper shows them (N, 2): x1 to the right, x3 up, x2 backwards."""
    return points @ np.array([[1.0, 0.0], [0.42, 0.33], [0.0, 1.0]])


def _cut(edges, w, theta):
    """The corners (N, 3) of the polygon in which the plane w.x = theta cuts the cube, in order; a point where it misses."""
    at = [p + (theta - p @ w) / ((q - p) @ w) * (q - p) for p, q in edges if (p @ w - theta) * (q @ w - theta) < 0]
    if len(at) < 3:
        return np.zeros((1, 3))
    flat = _oblique(np.array(at)) - _oblique(np.mean(at, axis=0))
    return np.array(at)[np.argsort(np.arctan2(*flat.T))]


def wiring(ax, nodes, links):
    """Draw a network: nodes {name: (x, y, text)} as circles, links [(from, to, weight)] as arrows with their weight."""
    for source, target, weight in links:
        (x0, y0, _), (x1, y1, _) = nodes[source], nodes[target]
        color = COLOR["green"] if weight > 0 else COLOR["vermillion"]
        ax.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "-|>" if weight > 0 else "-[", "color": color,
                                                        "shrinkA": 16, "shrinkB": 18, "lw": 1.6,
                                                        "linestyle": "-" if weight > 0 else "--"})
        ax.text(0.62 * x0 + 0.38 * x1, 0.62 * y0 + 0.38 * y1, f"${weight:+g}$", color=color, ha="center", va="center",
                bbox={"fc": "white", "ec": "none", "pad": 1})
    for x, y, text in nodes.values():
        ax.text(x, y, text, ha="center", va="center", bbox={"boxstyle": "circle,pad=0.35", "fc": "white", "ec": "#444444"})
    ax.axis("off")


# Plasticity: pre spikes in the colour of the stimulus, post spikes in that of the neuron

def plasticity_window(ax, reach=80.0, highest=0.012, animated=False):
    """Draw the window of a plasticity rule and its areas, potentiation right of 0, depression left; returns update(rule, w)."""
    later = np.linspace(0, reach, 200)
    branches = [(later, ax.plot([], [], color=COLOR["green"], animated=animated, label="post after pre")[0]),
                (-later[:0:-1], ax.plot([], [], "--", color=COLOR["vermillion"], animated=animated, label="post before pre")[0])]
    areas = [ax.fill([0], [0], color=line.get_color(), alpha=0.18, lw=0, animated=animated)[0] for _, line in branches]
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


def spike_lanes(ax, t, room=1.25, animated=False):
    """Draw two trains with their traces, pre above post, over times t; returns update(pre, x, post, y, x_met, y_met).

    pre, post: spike times; x, y: the traces at the times t; x_met: what each post spike meets of x, y_met: what each pre
    spike meets of y, drawn as a dotted line from the spike to a disc or a square. A trace of 1 is as high as a spike.
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
        read_x, read_y = (np.where(np.asarray(met) > 0.02, met, np.nan) for met in (x_met, y_met))  # nothing met: no mark
        discs.set_data(post, room + read_x)
        squares.set_data(pre, read_y)
        ends = [*zip(np.ones(len(post)), room + read_x), *zip(np.full(len(pre), room), read_y)]
        sight.set_data(np.repeat([*post, *pre], 3), [level for pair in ends for level in (*pair, np.nan)])
    return update


def weight_matrix(ax, size, reach=0.15, animated=False):
    """Draw W[post, pre], bright above and dark below a middle value, nan white; returns update(W, middle)."""
    picture = ax.imshow(np.zeros((size, size)), cmap="cividis", vmin=-reach, vmax=reach, animated=animated,
                        interpolation="nearest", origin="upper", extent=(0.5, size + 0.5, size + 0.5, 0.5))
    ax.set(xlabel="pre neuron", ylabel="post neuron", xticks=[1, size // 2, size], yticks=[1, size // 2, size])

    def update(W, middle):
        picture.set_data(W - middle)
    update.picture = picture
    return update


# Stochastic neurons

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


# The phase plane

PHASE_COLORS = LinearSegmentedColormap.from_list("phase", [   # round the circle and back to where it began
    "#0072B2", "#56B4E9", "#009E73", "#B9D66B", "#F0E442", "#E69F00", "#D55E00", "#CC79A7", "#6A5ACD", "#0072B2"], 20)


def nullclines(ax, model, animated=False):
    """Draw where dv/dt = 0 (solid) and where dw/dt = 0 (dashed) over the width of the Axes; returns update(model)."""
    v = np.linspace(*ax.get_xlim(), 201)
    lines = [ax.plot(v, w, style, color=color, lw=1.6, animated=animated, label=label) for w, style, color, label in zip(
        model.nullclines(v), ("-", "--"), (COLOR["sky"], COLOR["w"]), ("$dv/dt = 0$", "$dw/dt = 0$"))]
    ax.set(xlabel=model.axis_label("v"), ylabel=model.axis_label("w"))

    def update(model):
        for (line,), w in zip(lines, model.nullclines(v)):
            line.set_data(v, w)
    return update


def equilibria(ax, stable, unstable, animated=False):
    """Mark stable fixed points by a disc, unstable ones by a ring; returns update(stable, unstable)."""
    drawn = [ax.plot([], [], "o", color="black", mfc=fill, ms=7, mew=1.6, zorder=5, animated=animated)[0]
             for fill in ("black", "white")]

    def update(*kinds):
        for marks, points in zip(drawn, kinds):
            marks.set_data(*(np.transpose(points) if points else ([], [])))
    update(stable, unstable)
    return update


def crowd(ax, run, x, y, steps=6, animated=False):
    """Draw the first steps of all lanes, a field of directions, and where they are at the end; returns update(run)."""
    field, = ax.plot([], [], color="#BDBDBD", lw=0.8, animated=animated, zorder=1)
    ends, = ax.plot([], [], "o", color=COLOR["purple"], ms=8, mew=0, alpha=0.6, animated=animated, zorder=1.5)

    def update(run):
        values = [getattr(run, name) for name in (x, y)]
        field.set_data(*(np.pad(each[:steps + 1], ((0, 1), (0, 0)), constant_values=np.nan).T.ravel() for each in values))
        ends.set_data(*(each[-1] for each in values))
    update(run)
    return update


def phase_portrait(ax, portrait, animated=False):
    """Draw a phase plane: nullclines, the crowd, one run from its start, the fixed points; returns update(portrait)."""
    ax.set(xlim=(-2.6, 2.6), ylim=(-1.3, 2.7))
    parts = [crowd(ax, portrait.crowd, "v", "w", animated=animated), path(ax, portrait.run, "v", "w", animated, zorder=2)]
    lines = nullclines(ax, portrait.model, animated)
    ax.legend(*map(list, zip(*((line, line.get_label()) for line in ax.lines if line.get_label().startswith("$d")))),
              ncols=2, loc="lower left", bbox_to_anchor=(0, 0.99), borderaxespad=0)
    points = equilibria(ax, portrait.stable, portrait.unstable, animated)
    start, = ax.plot([], [], "s", color=COLOR["v"], mfc="white", ms=7, mew=1.8, zorder=6, animated=animated)

    def update(portrait):
        for part, run in zip(parts, (portrait.crowd, portrait.run)):
            part(run)
        lines(portrait.model)
        points(portrait.stable, portrait.unstable)
        start.set_data(portrait.run.v[:1], portrait.run.w[:1])
    update(portrait)
    return update


def isochrons(ax, found, bar=True):
    """Paint the plane by asymptotic phase, twenty colours with isochrons between them; found: an IsochronMap."""
    place = {"origin": "lower", "extent": (found.v[0], found.v[-1], found.w[0], found.w[-1]), "aspect": "auto",
             "interpolation": "nearest", "zorder": 0}
    image = ax.imshow(found.phase, cmap=PHASE_COLORS, vmin=0, vmax=1, **place)
    band = np.floor(found.phase * PHASE_COLORS.N) % PHASE_COLORS.N
    steps = [np.diff(band, axis=axis, append=band.take([-1], axis)) % PHASE_COLORS.N for axis in (0, 1)]
    lines = np.any([(step == 1) | (step == PHASE_COLORS.N - 1) for step in steps], axis=0)   # not where the bands crowd
    ax.imshow(np.dstack([np.ones((*lines.shape, 3)), 0.75 * lines]), **place)
    ax.set(xlabel="$v$", ylabel="$w$")
    if bar:
        ax.figure.colorbar(image, ax=ax, label="phase (cycles)", ticks=np.linspace(0, 1, 6), pad=0.02)


def jumps(ax, pairs, animated=False):
    """Draw kicks as lines from the point before to the point after, which bears the kick's number; returns update(pairs)."""
    pairs = list(pairs)
    drawn = [[ax.plot([], [], color="black", lw=2.4, animated=animated, zorder=5)[0],
              ax.plot([], [], "o", color="black", ms=12, animated=animated, zorder=6)[0],
              ax.plot([], [], marker=f"${number}$", ls="", color="white", ms=6.5, mew=0.4, animated=animated, zorder=7)[0]]
             for number, _ in enumerate(pairs, 1)]

    def update(pairs):
        for (line, *end), (before, after) in zip(drawn, pairs):
            line.set_data(*zip(before, after))
            for mark in end:
                mark.set_data(*zip(after))
    update(pairs)
    return update


def weight_histogram(ax, styles, animated=False):
    """Draw how weights between 0 and 1 are distributed, several kinds {name: style}; returns update({name: weights})."""
    edges = np.linspace(0, 1, 51)
    lines = {name: ax.plot([], [], drawstyle="steps-post", label=name, animated=animated, **style)[0]
             for name, style in styles.items()}
    ax.set(xlim=(0, 1), ylim=(0, 1.4), yticks=[0, 0.5, 1], xlabel="weight $w$", ylabel="share of the synapses")
    ax.spines["left"].set_bounds(0, 1)                        # above it: the legend

    def update(weights):
        for name, line in lines.items():
            counts = np.histogram(weights[name], edges)[0]
            line.set_data(edges, np.append(counts, 0) / max(1, counts.sum()))
    return update


def weight_against_lag(ax, reach=45.0, animated=False):
    """Draw mean weights against the lag of the two neurons, with theory; returns update(lags, means, t, theory, unrelated)."""
    points, = ax.plot([], [], "o", ms=4.5, color=COLOR["w"], label="mean weight", animated=animated)
    curve, = ax.plot([], [], "--", lw=1.4, color=COLOR["theory"], label="theory", animated=animated)
    level, = ax.plot([], [], color=COLOR["ghost"], lw=1.2, label="unrelated", animated=animated)
    ax.set(xlim=(-reach, reach), ylim=(0, 1.4), yticks=[0, 0.5, 1], xlabel="lag post − pre (ms)", ylabel="weight $w$")
    ax.spines["left"].set_bounds(0, 1)                        # above it: the legend

    def update(lags, means, t, theory, unrelated):
        points.set_data(lags, means)
        curve.set_data(t, theory)
        level.set_data([-reach, reach], [unrelated, unrelated])
    return update
