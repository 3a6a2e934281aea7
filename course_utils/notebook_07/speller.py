"""A network that learns to spell: Galves-Löcherbach neurons, connected by STDP, repeat the
order that a teacher showed.

One group of neurons stands for each letter of a word. In a trial the teacher makes the groups
fire one after the other; the rule of `stdp` changes the weights; afterwards no neuron may
receive more than a fixed total. Then the teacher is gone: one letter is fired, and the network
goes on by itself, or doesn't.

Nothing is written anew here: the neurons are `GalvesLocherbach`, the rule is `STDP`, and the
swapped rule `learn_swapped`.
"""
from functools import lru_cache
from typing import ClassVar, NamedTuple

import numpy as np

from ..checks import whole_number
from ..model import Record, parameter
from ..models.firing import logistic
from ..models.galves_locherbach import GalvesLocherbach
from ..models.stdp import STDP, learn_swapped

__all__ = ["Recall", "Speller", "first_steps", "lesson", "links", "ordered_prefix"]

SIZE = 10  # neurons per letter
SILENCE = 20  # steps before and after a word, so that trials don't mix
TAUGHT = 0.9  # chance to fire in a step when driven by the teacher
CUED = 0.95  # chance of each neuron of the letter that starts a recall
STEPS = 25  # how long a recall is watched


class Recall(NamedTuple):
    """What the network made of a cue: `spikes` (steps, N) bool, `spelled` the letters in the
    order in which they came, `score`.

    Where letters came in the same step, dots separate the steps: "S·YN·A".
    """

    spikes: np.ndarray
    spelled: str
    score: float


class Speller(Record):
    """A network that is taught a word and asked to repeat it.

    word: two letters or more, each of which gets ten neurons. stdp: the rule, an `STDP` in
    steps of 1 ms; spikes in the same step don't interact. seed: the chance that teacher and
    network meet; the same seed gives the same spikes.
    """

    may_vary: ClassVar = ()

    rule: str = parameter("right", "1", r"\mathrm{rule}", doc="which spike does what",
                          choices=("right", "swapped"))
    trials: int = parameter(60, "1", r"\mathrm{trials}", 0, 100, "how often the word is taught",
                            scale="integer", domain="nonnegative")
    J: float = parameter(38.0, "1", "J", 10, 80, "gain of the learned weights",
                         domain="positive")
    inhibition: float = parameter(8.0, "1", r"g_\mathrm{inh}", 0, 20,
                                  "inhibition by ten spikes anywhere", domain="nonnegative")
    threshold: float = parameter(4.0, "1", r"\theta", 1, 8,
                                 "potential at which a neuron fires with chance 1/2")
    slope: float = parameter(2.0, "1", r"\beta", 0.5, 5, "steepness of the firing probability",
                             domain="positive")
    leak: float = parameter(0.3, "1", r"\mu", 0, 0.9, "what is left of V after a step",
                            domain="probability")
    interval: int = parameter(15, "ms", "T", 5, 40, "from letter to letter when taught",
                              scale="integer", domain="positive")
    background: float = parameter(0.003, "1", "b", 0, 0.01,
                                  "chance to fire in a step without the teacher's drive",
                                  domain="probability")
    homeostasis: str = parameter("on", "1", r"\mathrm{homeostasis}",
                                 doc="whether a neuron's total input is limited to 1",
                                 choices=("on", "off"))
    seed: int = parameter(0, "1", r"\mathrm{seed}", 0, 99, "which chance is met",
                          scale="integer", domain="nonnegative")
    stdp: STDP = STDP(A_plus=0.01, A_minus=0.012, tau_plus=12.0, tau_minus=12.0, mu=0.0)
    word: str = "SYNAPTIC"

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.word, str) or not 2 <= len(self.word) <= 12:
            raise ValueError(
                "word must be a text of 2 to 12 letters, as in Speller(word='SYNAPTIC'), not "
                f"{self.word!r}"
            )
        if not isinstance(self.stdp, STDP):
            raise TypeError(
                f"stdp must be an STDP, as in STDP(mu=0.0, tau_plus=12.0), not {self.stdp!r}")

    @property
    def weights(self):
        """W[post, pre] (N, N) after the trials, read-only."""
        teaching = len(self.word), self.interval, self.background, self.seed
        return school(*teaching, self.stdp, self.rule, self.homeostasis).after(self.trials)

    @property
    def network(self):
        """The `GalvesLocherbach` network: J times the learned weights, and inhibition from
        every neuron to every other.
        """
        W = self.J * self.weights - self.inhibition / SIZE
        np.fill_diagonal(W, 0.0)
        return GalvesLocherbach(W=W, phi=logistic(self.threshold, self.slope), leak=self.leak)

    @property
    def critical_link(self):
        """The input from ten spikes that lifts a neuron to its threshold, inhibition included:
        (theta + g_inh)/J.
        """
        return (self.threshold + self.inhibition) / self.J

    def strengths(self, back=1):
        """`links` along the way in which this rule lays them: forwards, or with the swapped
        rule backwards.
        """
        return links(self.weights if self.rule == "right" else self.weights[::-1, ::-1], back)

    def recall(self, cue=0):
        """The `Recall` after the letter at position `cue` was fired: forwards from the first
        letter, backwards from the last.

        Each neuron of the cued letter starts at the potential at which it fires with chance
        0.95; all others start at 0. Its score counts the letters that come in the order of the
        word, or in reverse where the last letter is the cue.
        """
        letters = len(self.word)
        if not -letters <= whole_number("cue", cue, -letters) < letters:
            raise ValueError(
                f"cue must be the position of a letter, 0 to {letters - 1} (or -1 for the "
                f"last), not {cue}"
            )
        cue %= letters
        network = self.network
        start = np.where(np.arange(network.N) // SIZE == cue, network.phi.inverse(CUED), 0.0)
        spikes = network.simulate(STEPS, np.random.default_rng([self.seed, 1 + cue]), start,
                                  keep_V=False).spikes
        first = first_steps(spikes)
        in_order = first[::-1] if cue == letters - 1 else first
        return Recall(spikes, spell(self.word, first, len(spikes)),
                      ordered_prefix(in_order, len(spikes)))

    def scores(self, seeds):
        """(forwards, backwards): the scores of both recalls for each seed, two arrays."""
        recalls = [(each.recall(0).score, each.recall(-1).score)
                   for each in (self.but(seed=seed) for seed in seeds)]
        return tuple(np.array(recalls).T)


def lesson(letters, interval, background, rng):
    """The spikes (steps, N) of one trial: group k fires in step 20 + k interval, all else by
    rare chance.
    """
    chance = np.full((2 * SILENCE + (letters - 1) * interval + 1, letters * SIZE), background)
    for k in range(letters):
        chance[SILENCE + k * interval, k * SIZE:(k + 1) * SIZE] = TAUGHT
    return rng.random(chance.shape) < chance


class Training:
    """The lessons of one network, each taught when it is first asked for, and the weights after
    each.
    """
    def __init__(self, letters, interval, background, seed, stdp, rule, homeostasis):
        self.stdp, self.rule, self.limited = stdp, rule, homeostasis == "on"
        self.rng = np.random.default_rng([seed, 0])
        self.show = lambda: lesson(letters, interval, background, self.rng)
        W = self.rng.uniform(0.5, 1.5, (letters * SIZE, letters * SIZE))
        np.fill_diagonal(W, 0.0)
        self.weights = [frozen(W / W.sum(axis=1, keepdims=True))]

    def after(self, trials):
        """W[post, pre] (N, N) after so many lessons, read-only."""
        while len(self.weights) <= trials:
            trains = [np.flatnonzero(train) * 1.0 for train in self.show().T]
            W = changed(self.weights[-1], trains, self.stdp, self.rule)
            self.weights.append(
                frozen(W
                       / np.maximum(W.sum(axis=1, keepdims=True), 1.0) if self.limited else W))
        return self.weights[trials]


school = lru_cache(maxsize=16)(Training)  # 100 lessons of a word of eight letters take 5 MB


def frozen(W):
    """The array, made read-only: it is kept and handed out more than once."""
    W.flags.writeable = False
    return W


def changed(W, trains, stdp, rule):
    """W[post, pre] after one trial under the right or the swapped rule; spikes of the same step
    don't interact.
    """
    if rule == "right":
        return stdp.learn(trains, trains, W, ties="ignore")
    return learn_swapped(stdp, trains, trains, W, ties="ignore")


def first_steps(spikes):
    """The first step in which at least half of each group fired, (letters,); the number of
    steps where that never was.
    """
    active = spikes.reshape(len(spikes), -1, SIZE).sum(axis=2) >= SIZE / 2
    return np.where(active.any(axis=0), active.argmax(axis=0), len(spikes))


def spell(word, first, steps):
    """The letters in the order of the steps (letters,) in which each came first; a step of
    `steps` or more is never.
    """
    groups = [
        "".join(np.array(list(word))[first == step]) for step in np.unique(first[first < steps])
    ]
    return ("" if all(len(group) == 1 for group in groups) else "·").join(groups)


def ordered_prefix(first, steps):
    """How many letters from the first one on came one after the other, divided by their number.
    """
    count = 0
    while count < len(first) and first[count] < steps and (count == 0
                                                           or first[count] > first[count - 1]):
        count += 1
    return count / len(first)


def links(W, back=1):
    """The input that each neuron gets from the letter `back` places before its own, (letters -
    back, 10), from W[post, pre].
    """
    letters = len(W) // SIZE
    blocks = W.reshape(letters, SIZE, letters, SIZE).sum(axis=3)
    return np.array([blocks[k, :, k - back] for k in range(back, letters)])
