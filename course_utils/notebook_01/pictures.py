"""Pictures of threshold units: the plane of their inputs, that of their weights, the cube, what
a perceptron learns.

Every function draws into given Axes, computes nothing and returns its updater.
"""
import numpy as np
from matplotlib.colors import ListedColormap, to_rgb

from ..plots import COLOR

__all__ = [
    "cube", "examples", "gate_square", "half_plane", "mistakes_chart", "unit_square",
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
    kinds = [(label, *ax.plot([], [], "o", ms=size, mfc=fill, mec=color, mew=2, zorder=3,
                              animated=animated)) for label, fill in ((1, color), (0, "white"))]

    def update(x, y):
        for label, drawn in kinds:
            drawn.set_data(*np.asarray(x)[np.asarray(y) == label].T)

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
    """Draw the truth table: inputs, what they add up to beside the threshold, answers; returns
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
    answers = [
        ax.text(reach + 0.6, row, "", ha="center", va="center", animated=animated)
        for row in range(4)
    ]

    def update(sums, theta, fires):
        above.set_xy([(theta, -0.6), (theta, 3.6), (reach + 1, 3.6), (reach + 1, -0.6)])
        for answer, fired in zip(answers, fires):
            answer.set_text(str(fired))
        edge.set_data([theta, theta], [-0.6, 3.6])
        name.set_x(theta)
        stems.set_data(*np.transpose([(end, row)
                                      for row, total in enumerate(sums)
                                      for end in (0, total, np.nan)]))
        dots(np.column_stack([sums, range(4)]), fires)

    return update


def weight_plane(ax, reach=2.0, animated=False):
    """Draw the plane of two weights, cut where the gate changes; returns update(w1, w2, theta,
    same).

    same: (n, n) of 0 and 1 over the whole plane, rows for w2 upwards: 1 where the gate is the
    one at (w1, w2).
    """
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="$w_1$", aspect="equal")
    ax.set_ylabel("$w_2$", rotation=0, labelpad=4)
    tint = ListedColormap([(1, 1, 1, 0), (*to_rgb(COLOR["sky"]), 0.4)])
    here = ax.imshow(np.zeros(
        (2, 2)), tint, vmin=0, vmax=1, extent=(-reach, reach, -reach, reach), origin="lower",
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
    """Draw the mistakes so far against the examples presented, and their ceiling; returns
    update(changed, upto, ceiling).

    changed: (K,) whether presentation k was a mistake, none after them. upto: how many have
    been presented. ceiling: a number, or infinite.
    """
    ax.set(xlim=(0, steps), ylim=(0, highest), xlabel="examples presented, $k$",
           ylabel="mistakes so far")
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
        name.set_text("no line parts these labels: no ceiling" if np.
                      isinf(ceiling) else rf"ceiling $(R/\gamma)^2$ = {ceiling:,.0f}"
                      + ("" if inside else r" $\uparrow$"))

    return update


def cube(ax, animated=False):
    """Draw the cube of three inputs and a plane that cuts it; returns update(table, w, theta).

    table: (8,) the outputs for 000 to 111. w (3,), theta: the plane w.x = theta; w None where
    there is none.
    """
    corners = np.array([(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    edges = [
        np.array([p, p + step])
        for p in corners
        for step in np.eye(3, dtype=int)
        if (p + step).max() == 1
    ]
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
        plane.set_xy(_oblique(_cut(edges, np.zeros(3) if w is None else np.asarray(w), theta)))

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
    at = [
        p + (theta - p @ w) / ((q - p) @ w) * (q - p)
        for p, q in edges
        if (p @ w - theta) * (q @ w - theta) < 0
    ]
    if len(at) < 3:
        return np.zeros((1, 3))
    flat = _oblique(np.array(at)) - _oblique(np.mean(at, axis=0))
    return np.array(at)[np.argsort(np.arctan2(*flat.T))]


def wiring(ax, nodes, links):
    """Draw a network: nodes {name: (x, y, text)} as circles, links [(from, to, weight)] as
    arrows with their weight.
    """
    for source, target, weight in links:
        (x0, y0, _), (x1, y1, _) = nodes[source], nodes[target]
        color = COLOR["green"] if weight > 0 else COLOR["vermillion"]
        ax.annotate(
            "", (x1, y1), (x0, y0), arrowprops={
                "arrowstyle": "-|>" if weight > 0 else "-[", "color": color, "shrinkA": 16,
                "shrinkB": 18, "lw": 1.6, "linestyle": "-" if weight > 0 else "--"
            })
        ax.text(0.62 * x0 + 0.38 * x1, 0.62 * y0 + 0.38 * y1, f"${weight:+g}$", color=color,
                ha="center", va="center", bbox={"fc": "white", "ec": "none", "pad": 1})
    for x, y, text in nodes.values():
        ax.text(x, y, text, ha="center", va="center",
                bbox={"boxstyle": "circle,pad=0.35", "fc": "white", "ec": "#444444"})
    ax.axis("off")
