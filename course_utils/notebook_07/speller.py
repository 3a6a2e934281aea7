"""A network that learns to spell: Galves-Löcherbach neurons, connected by STDP, repeat the
order that a teacher showed.

One group of neurons represents each letter of a word. In a training trial the teacher
makes the groups fire one after the other; the rule of `stdp` changes the weights;
afterwards no neuron may receive more than a fixed total. Then the teacher is gone: one
letter is fired, and the network continues by itself, or does not.

Nothing is written anew here: the neurons are `GalvesLocherbach`, the rule is `STDP`, and
the swapped rule `learn_swapped`.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..checks import whole_number
from ..model import Record, parameter
from ..models.firing import logistic
from ..models.galves_locherbach import GalvesLocherbach
from ..models.stdp import STDP, learn_swapped

__all__ = ["Recall", "Speller", "Spelling", "input_from", "training_trial"]

SIZE = 10  # neurons per letter
SILENCE = 20  # steps before and after a word, so that trials don't mix
TAUGHT = 0.9  # firing probability in a step when driven by the teacher
CUED = 0.95  # firing probability of each neuron of the letter that starts a recall
STEPS = 25  # length of a recall


class Recall(NamedTuple):
    """The response to a cue: `spikes` (steps, N) bool, `spelled` the letters in the order in
    which they came, `score` the share of the word that came in order.

    Where letters came in the same step, dots separate the steps: "S·YN·A".
    """

    spikes: np.ndarray
    spelled: str
    score: float


class Spelling(NamedTuple):
    """A trained network and its two recalls: `from_first` and `from_last`, each a `Recall`; the
    `weights` W[post, pre] (N, N); `next_input` (letters - 1,), the mean input of each letter's
    neurons from the letter before; `skip_input` (K,), the input of each single neuron from the
    letter before that one; `critical`, the input that fires a neuron.
    """

    from_first: Recall
    from_last: Recall
    weights: np.ndarray
    next_input: np.ndarray
    skip_input: np.ndarray
    critical: float
    word: str
    trials: int

    def sentence(self):
        """What the network spells from both cues, and the inputs that decide it."""
        letters = len(self.word)
        skip = f"{self.skip_input.max():.3f}" if self.skip_input.size else "none"
        return (
            f"After {self.trials} training trials: cued with {self.word[0]} it spells "
            f"{self.from_first.spelled}, {letters * self.from_first.score:.0f} of {letters} "
            f"letters in order; cued with {self.word[-1]} it spells {self.from_last.spelled}, "
            f"{letters * self.from_last.score:.0f} in reverse order. An input above "
            f"{self.critical:.3f} fires a neuron; the weakest letter gets "
            f"{self.next_input.min():.3f}, the strongest single neuron {skip} too early.")


class Speller(Record):
    """A network that is taught a word and asked to repeat it.

    word: two letters or more, each of which gets ten neurons. stdp: the rule, an `STDP`
    in steps of 1 ms; spikes in the same step don't interact.
    """

    may_vary = ()

    rule: str = parameter("right", "1", r"\mathrm{rule}", doc="learning rule",
                          choices=("right", "swapped"))
    trials: int = parameter(60, "1", r"\mathrm{trials}", 0, 200,
                            "training trials: passes through the word", scale="integer",
                            domain="range")
    J: float = parameter(38.0, "1", "J", 10, 80, "gain: factor of the learned weights",
                         domain="positive")
    inhibition: float = parameter(8.0, "1", r"g_\mathrm{inh}", 0, 20,
                                  "inhibition: of every neuron by ten spikes", domain="nonnegative")
    threshold: float = parameter(4.0, "1", r"\theta", 1, 8,
                                 "threshold: potential of the firing probability 1/2")
    slope: float = parameter(2.0, "1", r"\beta", 0.5, 5,
                             "slope: steepness of the firing probability", domain="positive")
    leak: float = parameter(0.3, "1", r"\mu", 0, 0.9, "leak factor: fraction of V kept per step",
                            domain="probability")
    interval: int = parameter(15, "ms", "T", 5, 40, "letter interval: between letters in training",
                              scale="integer", domain="range")
    background: float = parameter(0.003, "1", "b", 0, 0.01,
                                  "background probability: of firing in a step without the teacher",
                                  domain="probability")
    homeostasis: str = parameter("on", "1", r"\mathrm{homeostasis}",
                                 doc="homeostasis: limit of 1 on the total input of a neuron",
                                 choices=("on", "off"))
    seed: int = parameter(0, "1", r"\mathrm{seed}", 0, 99, "random seed",
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
        """W[post, pre] (N, N) after the training trials, read-only."""
        teaching = len(self.word), self.interval, self.background, self.seed
        return trained(*teaching, self.stdp, self.rule, self.homeostasis).after(self.trials)

    @property
    def network(self):
        """The `GalvesLocherbach` network: J times the learned weights, and inhibition from
        every neuron to every other.
        """
        W = self.J * self.weights - self.inhibition / SIZE
        np.fill_diagonal(W, 0.0)
        return GalvesLocherbach(W=W, phi=logistic(self.threshold, self.slope), leak=self.leak)

    @property
    def critical_input(self):
        """The input from the ten spikes of a letter that lifts a neuron to its threshold.

        Inhibition and input of earlier letters count as far as the neuron keeps them.
        Derived in notebook 07, section "Further · Where the network spells", step 3.
        """
        tau = self.stdp.tau_plus if self.rule == "right" else self.stdp.tau_minus
        q = np.exp(-self.interval / tau)
        inhibition = self.inhibition / (1 - self.leak)
        return (self.threshold + inhibition) * (1 - self.leak * q) / self.J

    def input_along(self, back=1):
        """`input_from` in the direction in which this rule lays connections: forwards, or with
        the swapped rule backwards.
        """
        W = self.weights if self.rule == "right" else self.weights[::-1, ::-1]
        return input_from(W, back)

    def run(self):
        """The `Spelling`: both recalls, and the inputs that decide them."""
        skip = self.input_along(2).ravel() if len(self.word) > 2 else np.empty(0)
        return Spelling(self.recall(0), self.recall(-1), self.weights,
                        self.input_along(1).mean(axis=1), skip, self.critical_input,
                        self.word, self.trials)

    def recall(self, cue=0):
        """The `Recall` after the letter at position `cue` was fired: forwards from the first
        letter, backwards from the last.

        Each neuron of the cued letter starts at the potential at which it fires with
        probability 0.95; all others start at 0. Its score counts the letters that come in
        the order of the word, or in reverse where the last letter is the cue.
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
        spellers = [self.but(seed=seed) for seed in seeds]
        return tuple(np.transpose([[each.recall(cue).score for cue in (0, -1)]
                                   for each in spellers]))


def training_trial(letters, interval, background, rng):
    """The spikes (steps, N) of one training trial: group k is driven in step 20 + k interval,
    all other neurons and steps have the background probability.
    """
    steps = 2 * SILENCE + (letters - 1) * interval + 1
    probability = np.full((steps, letters * SIZE), background)
    for k in range(letters):
        probability[SILENCE + k * interval, k * SIZE:(k + 1) * SIZE] = TAUGHT
    return rng.random(probability.shape) < probability


class Training:
    """The training of one network, each trial run when it is first asked for, and the weights
    after each.
    """
    def __init__(self, letters, interval, background, seed, stdp, rule, homeostasis):
        self.stdp, self.rule = stdp, rule
        self.limited = homeostasis == "on"
        self.rng = np.random.default_rng([seed, 0])
        self.show = lambda: training_trial(letters, interval, background, self.rng)
        W = self.rng.uniform(0.5, 1.5, (letters * SIZE, letters * SIZE))
        np.fill_diagonal(W, 0.0)
        self.weights = [frozen(W / W.sum(axis=1, keepdims=True))]

    def after(self, trials):
        """W[post, pre] (N, N) after the given number of trials, read-only."""
        while len(self.weights) <= trials:
            neuron, step = self.show().T.nonzero()
            firsts = np.searchsorted(neuron, range(1, len(self.weights[0])))
            trains = np.split(step * 1.0, firsts)
            W = changed(self.weights[-1], trains, self.stdp, self.rule)
            if self.limited:
                W = W / np.maximum(W.sum(axis=1, keepdims=True), 1.0)
            self.weights.append(frozen(W))
        return self.weights[trials]


trained = lru_cache(maxsize=16)(Training)  # 100 trials of a word of eight letters take 5 MB


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
    letters = np.array(list(word))
    groups = ["".join(letters[first == step]) for step in np.unique(first[first < steps])]
    return ("" if all(len(group) == 1 for group in groups) else "·").join(groups)


def ordered_prefix(first, steps):
    """The share of the letters that came one after the other, counted from the first one on.
    """
    count = 0
    for k, step in enumerate(first):
        if step >= steps or k and step <= first[k - 1]:
            break
        count = k + 1
    return count / len(first)


def input_from(W, back=1):
    """The input of each neuron from the letter `back` places before its own, (letters - back,
    10), from W[post, pre].
    """
    letters = len(W) // SIZE
    blocks = W.reshape(letters, SIZE, letters, SIZE).sum(axis=3)
    return np.array([blocks[k, :, k - back] for k in range(back, letters)])
