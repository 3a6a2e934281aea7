"""Pictures of the conclusion: models against phenomena and cost, the ledger, and the network
that spells.

Every function draws into given Axes, computes nothing, and returns its updater.
"""
from textwrap import fill

import numpy as np
from matplotlib import colormaps

from ..plots import COLOR

__all__ = [
    "abilities", "gain_map", "input_strip", "ledger_wall", "letter_colors", "realism",
    "spelling", "weight_matrix"
]

SHOWN = 15  # steps of a recall that are shown: a word takes eight


def letter_colors(letters):
    """One colour per letter, dark to light in the order of the word, so that greyscale keeps
    the order: (letters, 4).
    """
    return colormaps["viridis"](np.linspace(0.05, 0.93, letters))


def spelling(ax, word, cue, animated=False):
    """Draw a recall: time across, one row per neuron, a colour per letter, the spelled word on
    top; returns update(recall).

    cue: the position of the letter that is fired first; a triangle at the left edge marks
    it.
    """
    letters = len(word)
    paper = np.zeros((10 * letters, SHOWN, 4))  # see-through
    image = ax.imshow(paper, aspect="auto", interpolation="nearest", animated=animated,
                      zorder=1, extent=(-0.5, SHOWN - 0.5, 10 * letters, 0))
    ax.set_title(" ", fontsize=17)  # keeps room for the word
    said = ax.text(0.5, 1.03, "", transform=ax.transAxes, ha="center", va="bottom", fontsize=15,
                   fontweight="bold", family="monospace", animated=animated)
    for edge in range(10, 10 * letters, 10):
        ax.axhline(edge, color="#DDDDDD", lw=0.6, zorder=2)
    ax.plot(-0.5, 10 * (range(letters)[cue] + 0.5), ">", color=COLOR["stimulus"], ms=11,
            clip_on=False, zorder=3)
    ax.set(xlabel="step (ms)", xlim=(-0.5, SHOWN - 0.5), xticks=range(0, SHOWN, 2),
           yticks=10 * np.arange(letters) + 5, yticklabels=list(word))
    ax.tick_params(axis="y", length=0, pad=9)
    ax.grid(False)
    colors = np.repeat(letter_colors(letters), 10, axis=0)

    def update(recall):
        spikes = recall.spikes[:SHOWN].T
        picture = paper.copy()
        picture[spikes] = colors[spikes.nonzero()[0]]
        image.set_data(picture)
        said.set_text(recall.spelled)

    return update


def weight_matrix(ax, word, animated=False, most=0.08):
    """Draw W[post, pre] in shades of blue, letters as ticks; returns update(W)."""
    size = 10 * len(word)
    image = ax.imshow(np.zeros((size, size)), cmap=colormaps["Blues"].resampled(16), vmin=0,
                      vmax=most, animated=animated, interpolation="nearest",
                      extent=(0, size, size, 0))
    middles = range(5, size, 10)
    ax.set(xlabel=f"from (white 0, dark {most:g})", ylabel="to", xticks=middles,
           xticklabels=list(word), yticks=middles, yticklabels=list(word))
    ax.tick_params(length=0)
    ax.grid(False)
    return lambda W: image.set_data(W)


def input_strip(ax, animated=False):
    """Draw the input of each letter from the one before, that of single neurons from the one
    before it, and what fires a neuron; returns update(next_input, skip_input, critical).
    """
    look = {"marker": "o", "ls": "", "color": COLOR["V"], "animated": animated, "zorder": 3}
    full, = ax.plot([], [], ms=6, **look)
    empty, = ax.plot([], [], ms=4, mfc="white", mew=0.8, **look)
    need = ax.axhline(1, color=COLOR["theory"], ls="--", lw=1.4, animated=animated)
    ax.set(yscale="log", ylim=(0.04, 3), xlim=(-0.7, 1.7), xticks=(0, 1),
           xticklabels=("$s_1$", "$s_2$"), ylabel="input")
    ax.set_yticks((0.1, 1), ("0.1", "1"))
    ax.tick_params(axis="x", labelsize=11)
    ax.grid(False)

    def update(next_input, skip_input, critical):
        for place, drawn, values in ((0, full, next_input), (1, empty, skip_input)):
            drawn.set_data(np.full(len(values), place), np.maximum(values, 0.045))
        need.set_ydata([critical, critical])

    return update


REGIMES = (  # (x, y, words, colour) in fractions of the map of gains
    (0.2, 0.88, "nothing follows the cue", "black"),
    (0.6, 0.6, "the whole word", "white"),
    (0.84, 0.12, "letters are skipped", "black"),
)


def gain_map(ax, gains, inhibitions, scores, low, high):
    """Draw the score (inhibitions, gains) as shades, and by lines the gains (inhibitions,)
    between which theory spells.
    """
    ax.pcolormesh(gains, inhibitions, scores, cmap="Blues", vmin=0, vmax=1.15,
                  shading="nearest")
    ax.plot(low, inhibitions, "--", color=COLOR["theory"], lw=2)
    ax.plot(high, inhibitions, "-", color=COLOR["theory"], lw=2)
    for x, y, words, ink in REGIMES:
        ax.text(x, y, words, color=ink, ha="center", va="center", fontsize=11,
                fontweight="bold", transform=ax.transAxes)
    ax.set(xlabel="weight gain $J$", ylabel=r"inhibition $g_\mathrm{inh}$",
           xlim=(gains[0], gains[-1]), ylim=(inhibitions[0], inhibitions[-1]))


# Models against questions


def abilities(ax, kinds, phenomena, animated=False):
    """Draw by dots which kind (columns, cheap to costly) shows which phenomenon (rows); returns
    update(advice).

    The update frames the rows that are wanted, solid and dashed, and shades the columns
    that show both, the cheapest most.
    """
    names = list(kinds)
    rows = list(phenomena)
    dots = [(names.index(name), k) for k, able in enumerate(phenomena.values()) for name in able]
    ax.plot(*np.transpose(dots), "o", color=COLOR["V"], ms=6, mew=0, zorder=3,
            animated=animated)
    look = {"lw": 1.8, "animated": animated, "zorder": 4}
    frames = [ax.plot([], [], "-", color=COLOR["vermillion"], **look)[0],
              ax.plot([], [], "--", color=COLOR["purple"], **look)[0]]
    top, bottom = -0.6, len(rows) - 0.4
    shades = [ax.fill([k - 0.45, k + 0.45, k + 0.45, k - 0.45], [top, top, bottom, bottom],
                      color=COLOR["stimulus"], lw=0, alpha=0, animated=animated, zorder=1)[0]
              for k in range(len(names))]
    _ability_axes(ax, names, rows)

    def update(advice):
        left, right = -0.45, len(names) - 0.6
        for frame, wanted in zip(frames, (advice.wanted, advice.also)):
            across = [left, right, right, left, left]
            frame.set_data(across, rows.index(wanted) + 0.42 * np.array([-1, -1, 1, 1, -1]))
        frames[1].set_visible(advice.also != advice.wanted)
        for name, shade in zip(names, shades):
            shade.set_alpha(0.18 if name in advice.able[1:] else
                            0.6 if name in advice.able else 0.0)

    return update


def _ability_axes(ax, names, rows):
    """The Axes of the table of dots, the kinds on top."""
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(rows) - 0.4, -0.6), yticks=range(len(rows)),
           yticklabels=rows, xticks=range(len(names)))
    ax.set_xticklabels([fill(name.replace("-", "- "), 12).replace("- ", "-") for name in names],
                       fontsize=7.5)
    ax.tick_params(axis="y", labelsize=8.5, length=0)
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    ax.grid(False)


LABELS = {  # where a name stands beside its disc, if not above
    "Galves-Löcherbach": ((9, -3), "left", "top"),
    "Galves-Löcherbach with STDP": ((-9, 0), "right", "center"),
    "FitzHugh-Nagumo": ((9, 0), "left", "center"),
}


def realism(ax, kinds, shown):
    """Draw how many phenomena a kind shows against its operations per ms (log), named; open
    where the count is ours.
    """
    for name, kind in kinds.items():
        cited = kind.counted != "counted here"
        ax.plot(kind.operations, shown[name], "o", ms=9, color=COLOR["V"],
                mfc=COLOR["V"] if cited else "white", mew=1.6)
        side, ha, va = LABELS.get(name, ((0, 8), "center", "bottom"))
        ax.annotate(name, (kind.operations, shown[name]), side, textcoords="offset points",
                    ha=ha, va=va, fontsize=8.5)
    ax.set(xscale="log", xlim=(0.4, 6e5), ylim=(0, 12), xlabel="operations per neuron and ms",
           ylabel="phenomena it shows")


LOOKS = {  # class: (colour of a tile, of its number, words, place of the key)
    "A": (COLOR["vermillion"], "white", "changes a result", 3.1),
    "B": (COLOR["sky"], "black", "open or loose", 6.9),
    "C": ("#E3E3E3", "black", "notation, history", 10.2),
}


def ledger_wall(ax, errata, notebooks):
    """Draw every erratum as a tile in the row of its notebook, with its number, the darker the
    more it matters.
    """
    found = {number: [row for row in errata if row.notebook == number] for number in notebooks}
    found = {number: rows for number, rows in found.items() if rows}
    for y, rows in enumerate(found.values()):
        for x, row in enumerate(rows):
            color, ink, *_ = LOOKS[row.kind]
            ax.fill(*_square(x + 0.04, y + 0.06, 0.92, 0.88), color=color, lw=0)
            ax.text(x + 0.5, y + 0.5, f"E{row.number}", color=ink, ha="center", va="center",
                    fontsize=9)
    y = len(found) - 0.5
    for kind, (color, _, words, x) in LOOKS.items():
        ax.fill(*_square(x, y - 0.2, 0.4, 0.4), color=color, lw=0)
        ax.text(x + 0.55, y, f"{kind}: {words}", va="center", fontsize=9)
    names = [f"{number}  {notebooks[number].title}" for number in found]
    ax.set(xlim=(0, max(map(len, found.values()))), ylim=(len(found), 0), xticks=[],
           yticks=np.arange(len(found)) + 0.5, yticklabels=names)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.grid(False)


def _square(x, y, wide, high):
    return [x, x + wide, x + wide, x], [y, y, y + high, y + high]
