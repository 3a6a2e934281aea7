"""Pictures of threshold units: the plane of their inputs, that of their weights, the cube, what
a perceptron learns.

Every function draws into given Axes, computes nothing and returns its updater.
"""
from itertools import product

import numpy as np
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.patches import FancyArrowPatch

from ..plots import COLOR

__all__ = [
    "cube", "examples", "gate_square", "half_plane", "mistakes_chart", "teaching", "unit_square",
    "weight_plane", "weighted_sums", "wiring"
]


def unit_square(ax, room=0.5):
    """Prepare Axes for the plane of two inputs, with room around the four corners."""
    ax.set(xlim=(-room, 1 + room), ylim=(-room, 1 + room), xticks=(0, 1), yticks=(0, 1),
           xlabel="$x_1$", aspect="equal")
    ax.set_ylabel("$x_2$", rotation=0, labelpad=2)


def examples(ax, animated=False, color=COLOR["green"], size=13):
    """Draw points with a label: 1 a full disc, 0 an empty one; returns update(x, y) with x (N,
    2) and y (N,).
    """
    look = {"ms": size, "mec": color, "mew": 2, "zorder": 3, "animated": animated}
    full, = ax.plot([], [], "o", mfc=color, **look)
    empty, = ax.plot([], [], "o", mfc="white", **look)

    def update(x, y):
        x, y = np.asarray(x), np.asarray(y)
        full.set_data(*x[y == 1].T)
        empty.set_data(*x[y == 0].T)

    return update


def half_plane(ax, animated=False, color=COLOR["green"], reach=100.0):
    """Draw where w.x + b >= 0, shaded, and its edge; returns update(w, b). Without weights it
    is all or nothing.
    """
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
    """Draw a function of two bits: a square whose full corners are 1, with the line w.x + b =
    0, given as (w1, w2, b).
    """
    unit_square(ax, 0.4)
    ax.set(xticks=(), yticks=(), xlabel="", ylabel="")
    ax.set_title(title, fontsize=8.5, color=color, loc="center", pad=3)
    ax.spines[:].set(visible=True, color=color, lw=1.5, ls=frame)
    if line is not None:
        half_plane(ax, color=color)(line[:2], line[2])
    examples(ax, color=color, size=8)([(0, 0), (0, 1), (1, 0), (1, 1)], table)


def weighted_sums(ax, reach=4.0, animated=False):
    """Draw the truth table: inputs, their sums and the threshold, answers; returns
    update(sums, theta, fires).
    """
    ax.set(xlim=(-reach, reach + 1), ylim=(3.6, -0.6), yticks=range(4),
           yticklabels=("$x$ = 00", "01", "10", "11"), xlabel="$w_1x_1+w_2x_2$")
    ax.axvline(0, color=COLOR["ghost"], lw=0.8)
    above, = ax.fill([0], [0], color=COLOR["green"], alpha=0.15, lw=0, animated=animated)
    edge, = ax.plot([], [], color=COLOR["green"], lw=2, animated=animated)
    name = ax.text(0, -0.7, r"$\theta$", color=COLOR["green"], ha="center", va="bottom",
                   animated=animated)
    stems, = ax.plot([], [], color=COLOR["ghost"], lw=1.2, animated=animated)
    dots = examples(ax, animated, size=10)
    ax.text(reach + 0.6, -0.7, "$y$", ha="center", va="bottom")
    answers = [ax.text(reach + 0.6, row, "", ha="center", va="center", animated=animated)
               for row in range(4)]

    def update(sums, theta, fires):
        above.set_xy([(theta, -0.6), (theta, 3.6), (reach + 1, 3.6), (reach + 1, -0.6)])
        edge.set_data([theta, theta], [-0.6, 3.6])
        name.set_x(theta)
        ends = [(end, row) for row, total in enumerate(sums) for end in (0, total, np.nan)]
        stems.set_data(*np.transpose(ends))
        dots(np.column_stack([sums, range(4)]), fires)
        for answer, fired in zip(answers, fires):
            answer.set_text(str(fired))

    return update


def weight_plane(ax, reach=2.0, animated=False):
    """Draw the plane of two weights, cut where the gate changes; returns update(w1, w2, theta,
    same).

    same: (n, n) of 0 and 1 over the whole plane, rows for w2 upwards: 1 where the gate is
    the one at (w1, w2).
    """
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="$w_1$", aspect="equal")
    ax.set_ylabel("$w_2$", rotation=0, labelpad=4)
    tint = ListedColormap([(1, 1, 1, 0), (*to_rgb(COLOR["sky"]), 0.4)])
    here = ax.imshow(np.zeros((2, 2)), tint, vmin=0, vmax=1, origin="lower",
                     extent=(-reach, reach, -reach, reach), interpolation="nearest",
                     animated=animated)
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
    """Draw the mistakes so far against the examples presented, and their bound; returns
    update(changed, upto, bound, before=None).

    changed: (K,) whether presentation k was a mistake, none after them. upto: how many
    have been presented. bound: a number, or infinite; then `before`, an earlier bound, is
    drawn in grey.
    """
    ax.set(xlim=(0, steps), ylim=(0, highest), xlabel="examples presented",
           ylabel="mistakes so far")
    style = {"drawstyle": "steps-post", "animated": animated}
    future, = ax.plot([], [], color=COLOR["ghost"], lw=1.4, ls=":", **style)
    past, = ax.plot([], [], color=COLOR["purple"], lw=2.4, **style)
    now, = ax.plot([], [], "o", ms=8, color=COLOR["purple"], animated=animated, clip_on=False)
    line, = ax.plot([], [], ls="--", lw=1.6, animated=animated)
    name = ax.text(0.02 * steps, 0, "", va="bottom", fontsize=9.5, animated=animated)

    def update(changed, upto, bound, before=None):
        counted = np.append(0, np.cumsum(np.append(changed, np.zeros(steps)))[:steps])
        future.set_data(range(steps + 1), counted)
        past.set_data(range(upto + 1), counted[:upto + 1])
        now.set_data([upto], [counted[upto]])
        text, height, color = _bound_line(bound, before)
        inside = height < 0.93 * highest
        line.set_data([0, steps], [height if inside else np.nan] * 2)
        line.set_color(color)
        name.set_y((height if inside else 0.93 * highest) + 0.01 * highest)
        name.set_text(text + (r" $\uparrow$" if np.isfinite(height) and not inside else ""))

    return update


def _bound_line(bound, before):
    """(words, height, colour) of the line of the mistake bound."""
    if np.isfinite(bound):
        return f"mistake bound: {bound:,.0f}", bound, COLOR["theory"]
    words = "not linearly separable: no bound"
    return words, before if before else np.inf, COLOR["ghost"]


def teaching(fig):
    """Draw a perceptron and its examples, its weights, and the mistakes it makes; returns
    update(session, result), with `result` as TeachingSession.run gives it.
    """
    square, weights, chart = fig.subplots(1, 3, width_ratios=(1, 1, 1.15))
    unit_square(square, room=0.7)
    plane = half_plane(square, animated=True)
    normal = _vector(square, COLOR["purple"])
    dots = examples(square, animated=True)
    look = {"ls": "", "mfc": "none", "animated": True}
    wrong, = square.plot([], [], "o", ms=22, mec=COLOR["vermillion"], mew=2.5, **look)
    upcoming, = square.plot([], [], "D", ms=25, mec=COLOR["ghost"], mew=1.2, **look)
    chosen, = square.plot([], [], "s", ms=29, mec=COLOR["purple"], mew=1.5, **look)
    square.set_title("points", loc="center")
    vector = _weight_vector(weights)
    count = mistakes_chart(chart, 60, 62, animated=True)
    chart.set_box_aspect(0.87)

    def update(session, result):
        w, b = result.v[:2], result.v[2]
        plane(w, b)
        size = np.hypot(*w)
        foot = -b * w / size**2 if size else w
        normal(foot, 0.35 * w / size if size else w)
        dots(result.x, result.y)
        for marker, which in ((wrong, result.wrong), (upcoming, [result.next]),
                              (chosen, [] if result.chosen is None else [result.chosen])):
            marker.set_data(*result.x[which].T)
        vector(result.path[:, :2], result.change[:2])
        count(result.learning.changed, result.step, result.bound, result.before)

    return update


def _weight_vector(ax, reach=3.0):
    """Draw the plane of the weights of a perceptron; returns update(path, change): where the
    weights (k + 1, 2) have been, an arrow to where they are, and one for the next change (2,).
    """
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="$w_1$", aspect="equal")
    ax.set_ylabel("$w_2$", rotation=0, labelpad=2)
    ax.set_title("weights", loc="center")
    for line in (ax.axhline, ax.axvline):
        line(0, color=COLOR["ghost"], lw=0.8)
    trail, = ax.plot([], [], ".-", color=COLOR["ghost"], lw=1.2, ms=5, animated=True)
    vector = _vector(ax, COLOR["purple"])
    step = _vector(ax, COLOR["vermillion"])
    tip, = ax.plot([], [], "o", ms=8, color=COLOR["purple"], mec="white", animated=True)

    def update(path, change):
        trail.set_data(*path.T)
        vector(np.zeros(2), path[-1])
        step(path[-1], change)
        tip.set_data(*path[-1:].T)

    return update


def _vector(ax, color):
    """Draw an arrow; returns update(start, change), which hides it where the change is 0."""
    arrow = FancyArrowPatch((0, 0), (1, 1), arrowstyle="-|>", mutation_scale=14, color=color,
                            lw=2, shrinkA=0, shrinkB=0, animated=True, zorder=3)
    ax.add_patch(arrow)

    def update(start, change):
        arrow.set_positions(start, start + change)
        arrow.set_visible(bool(np.any(change)))

    return update


def cube(ax, animated=False):
    """Draw the cube of three inputs and a plane that cuts it; returns update(table, w, theta).

    table: (8,) the outputs for 000 to 111. w (3,), theta: the plane w.x = theta; w None
    where there is none.
    """
    corners = np.array(list(product((0, 1), repeat=3)))
    edges = [np.array([p, p + step]) for p in corners for step in np.eye(3, dtype=int)
             if (p + step).max() == 1]
    for edge in edges:
        hidden = (edge == (0, 1, 0)).all(axis=1).any()  # the corner behind all faces
        ax.plot(*_oblique(edge).T, color=COLOR["ghost"], lw=1.1, ls=":" if hidden else "-",
                zorder=1)
    plane, = ax.fill([0], [0], fc=(*to_rgb(COLOR["green"]), 0.2), ec=COLOR["green"], lw=1.6,
                     zorder=2, animated=animated)
    dots = examples(ax, animated, size=10)
    ax.set(xlim=(-0.2, 1.65), ylim=(-0.2, 1.55), aspect="equal")
    ax.axis("off")

    def update(table, w, theta):
        dots(_oblique(corners), table)
        plane.set_xy(_oblique(_cut(edges, np.asarray((0, 0, 0) if w is None else w), theta)))

    return update


def _oblique(points):
    """Points (N, 3) of the cube as the plane of the paper shows them (N, 2): x1 to the right,
    x3 up, x2 backwards.
    """
    return points @ np.array([[1.0, 0.0], [0.42, 0.33], [0.0, 1.0]])


def _cut(edges, w, theta):
    """The corners (N, 3) of the polygon in which the plane w.x = theta cuts the cube, in order;
    a point where it misses.
    """
    at = np.array([p + (theta - p @ w) / ((q - p) @ w) * (q - p) for p, q in edges
                   if (p @ w - theta) * (q @ w - theta) < 0])
    if len(at) < 3:
        return np.zeros((1, 3))
    flat = _oblique(at) - _oblique(at.mean(axis=0))
    return at[np.argsort(np.arctan2(*flat.T))]


def wiring(ax, nodes, connections):
    """Draw a network: nodes {name: (x, y, text)} as circles, connections [(from, to, weight)]
    as arrows with their weight.
    """
    for source, target, weight in connections:
        start = np.array(nodes[source][:2])
        end = np.array(nodes[target][:2])
        color, head, style = ((COLOR["green"], "-|>", "-") if weight > 0 else
                              (COLOR["vermillion"], "-[", "--"))
        arrow = {"arrowstyle": head, "color": color, "shrinkA": 16, "shrinkB": 18, "lw": 1.6,
                 "linestyle": style}
        ax.annotate("", end, start, arrowprops=arrow)
        ax.text(*(0.62 * start + 0.38 * end), f"${weight:+g}$", color=color, ha="center",
                va="center", bbox={"fc": "white", "ec": "none", "pad": 1})
    circle = {"boxstyle": "circle,pad=0.35", "fc": "white", "ec": "#444444"}
    for x, y, text in nodes.values():
        ax.text(x, y, text, ha="center", va="center", bbox=circle)
    ax.axis("off")
