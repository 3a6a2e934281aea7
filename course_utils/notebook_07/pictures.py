"""Pictures of the conclusion: models against phenomena and cost, the ledger, and the network
that spells.

Every function draws into given Axes, computes nothing, and returns its updater.
"""
import numpy as np
from matplotlib import colormaps

from ..plots import COLOR

__all__ = [
    "abilities", "gain_map", "ledger_wall", "letter_colors", "link_strip", "realism",
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

    cue: the position of the letter that is fired first; a triangle at the left edge marks it.
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
    letters = len(word)
    image = ax.imshow(np.zeros(
        (10 * letters, 10 * letters)), cmap=colormaps["Blues"].resampled(16), vmin=0, vmax=most,
                      animated=animated, interpolation="nearest",
                      extent=(0, 10 * letters, 10 * letters, 0))
    middles = 10 * np.arange(letters) + 5
    ax.set(xlabel="from", ylabel="to", xticks=middles, xticklabels=list(word), yticks=middles,
           yticklabels=list(word))
    ax.tick_params(length=0)
    ax.grid(False)
    return lambda W: image.set_data(W)


def link_strip(ax, animated=False):
    """Draw each letter's links, to the next one and to the one after it, and what a link needs;
    returns update(speller).
    """
    dots = [
        ax.plot([], [], marker, color=COLOR["V"], mfc=fill, ms=6, mew=1.2, animated=animated,
                zorder=3)[0] for marker, fill in (("o", COLOR["V"]), ("o", "white"))
    ]
    need = ax.axhline(1, color=COLOR["theory"], ls="--", lw=1.4, animated=animated)
    ax.set(yscale="log", ylim=(0.04, 3), xlim=(-0.7, 1.7), xticks=(0, 1),
           xticklabels=("$s_1$", "$s_2$"), ylabel="weight of a link")
    ax.set_yticks((0.1, 1), ("0.1", "1"))
    ax.grid(False)

    def update(speller):
        for back, drawn in enumerate(dots, 1):
            strengths = speller.strengths(back).mean(axis=1)
            drawn.set_data(np.full(len(strengths), back - 1), np.maximum(strengths, 0.045))
        need.set_ydata([speller.critical_link] * 2)

    return update


def gain_map(ax, gains, inhibitions, scores, low, high):
    """Draw the score (inhibitions, gains) as shades, and by lines the gains (inhibitions,)
    between which theory spells.
    """
    ax.pcolormesh(gains, inhibitions, scores, cmap="Blues", vmin=0, vmax=1.15,
                  shading="nearest")
    ax.plot(low, inhibitions, "--", color=COLOR["theory"], lw=2)
    ax.plot(high, inhibitions, "-", color=COLOR["theory"], lw=2)
    for x, y, text, ink in ((0.2, 0.88, "nothing follows the cue",
                             "black"), (0.6, 0.6, "the whole word", "white"),
                            (0.84, 0.12, "letters are skipped", "black")):
        ax.text(x, y, text, color=ink, ha="center", va="center", fontsize=11, fontweight="bold",
                transform=ax.transAxes)
    ax.set(xlabel="weight gain $J$", ylabel=r"inhibition $g_\mathrm{inh}$",
           xlim=(gains[0], gains[-1]), ylim=(inhibitions[0], inhibitions[-1]))


# Models against questions


def abilities(ax, kinds, phenomena, animated=False):
    """Draw which kind (columns, cheap to costly) shows which phenomenon (rows) by dots; returns
    update(chooser).

    The update frames the rows that are wanted, solid and dashed, and shades the columns that
    show both, the cheapest most.
    """
    names, rows = list(kinds), list(phenomena)
    column = {name: k for k, name in enumerate(names)}
    dots = [(column[name], k) for k, able in enumerate(phenomena.values()) for name in able]
    ax.plot(*np.transpose(dots), "o", color=COLOR["V"], ms=6, mew=0, zorder=3,
            animated=animated)
    width = len(names) - 0.5
    frames = [
        ax.plot([], [], style, color=color, lw=1.8, animated=animated, zorder=4)[0]
        for style, color in (("-", COLOR["vermillion"]), ("--", COLOR["purple"]))
    ]
    shades = [
        ax.fill([0], [0], color=COLOR["stimulus"], lw=0, alpha=0, animated=animated,
                zorder=1)[0] for _ in names
    ]
    for k, shade in enumerate(shades):
        shade.set_xy([(k - 0.45, -0.6), (k + 0.45, -0.6), (k + 0.45, len(rows) - 0.4),
                      (k - 0.45, len(rows) - 0.4)])
    ax.set(xlim=(-0.5, width), ylim=(len(rows) - 0.4, -0.6), yticks=range(len(rows)),
           yticklabels=rows, xticks=range(len(names)))
    ax.set_xticklabels([_in_two_lines(name) for name in names], fontsize=7.5)
    ax.tick_params(axis="y", labelsize=8.5, length=0)
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    ax.grid(False)

    def update(chooser):
        for frame, wanted in zip(frames, (chooser.wanted, chooser.also)):
            left, right, k = -0.45, width - 0.1, rows.index(wanted)
            frame.set_data([left, right, right, left, left],
                           k + 0.42 * np.array([-1, -1, 1, 1, -1]))
        frames[1].set_visible(chooser.also != chooser.wanted)
        for name, shade in zip(names, shades):
            shade.set_alpha(0.0 if name not in chooser.able else 0.6 if name ==
                            chooser.able[0] else 0.18)

    return update


def _in_two_lines(name):
    for cut in ("-", " "):
        if cut in name:
            before, after = name.split(cut, 1)
            return before + cut.strip() + "\n" + after.replace(" with", "\nwith").replace(
                " axon", "\naxon")
    return name


# where a name stands beside its disc, if not above
LABELS = {
    "Galves-Löcherbach": ((9, -3), "left", "top"), "Galves-Löcherbach with STDP": ((-9, 0), "right", "center"),
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


def ledger_wall(ax, errata, notebooks):
    """Draw every erratum as a tile in the row of its notebook, with its number, the darker the
    more it matters.
    """
    looks = {
        "A": (COLOR["vermillion"], "white"), "B": (COLOR["sky"], "black"),
        "C": ("#E3E3E3", "black")
    }
    rows = [
        notebook for notebook in notebooks if any(row.notebook == notebook for row in errata)
    ]
    for y, notebook in enumerate(rows):
        for x, row in enumerate(row for row in errata if row.notebook == notebook):
            fill, ink = looks[row.kind]
            ax.fill([x + 0.04, x + 0.96, x + 0.96, x + 0.04],
                    [y + 0.06, y + 0.06, y + 0.94, y + 0.94], color=fill, lw=0)
            ax.text(x + 0.5, y + 0.5, f"E{row.number}", color=ink, ha="center", va="center",
                    fontsize=9)
    longest = max(sum(row.notebook == notebook for row in errata) for notebook in rows)
    y = len(rows) - 0.5
    for x, (kind, text) in zip(
        (3.1, 6.9, 10.2),
        (("A", "changes a result"), ("B", "open or loose"), ("C", "notation, history"))):
        ax.fill([x, x + 0.4, x + 0.4, x], [y - 0.2, y - 0.2, y + 0.2, y + 0.2],
                color=looks[kind][0], lw=0)
        ax.text(x + 0.55, y, f"{kind}: {text}", va="center", fontsize=9)
    ax.set(xlim=(0, longest), ylim=(len(rows), 0), yticks=np.arange(len(rows)) + 0.5, xticks=[],
           yticklabels=[f"{notebook}  {notebooks[notebook][1]}" for notebook in rows])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.grid(False)
