"""The Galves-Löcherbach network: stochastic neurons whose memory ends at their own last spike.

Time goes in whole steps (nominally 1 ms). In step t neuron i fires with probability
phi(V_i(t)), independently of the others given the past, and then

    V_i(t+1) = 0                                          if it fired,
    V_i(t+1) = leak V_i(t) + sum_j W_ij X_j(t) + I_ext    if it did not.

`GalvesLocherbach.simulate` draws, `next_potential` resets and leaks. The input that arrives in
the step of a neuron's own spike is therefore lost. Galves and
Löcherbach, J. Stat. Phys. 151:896 (2013), 10.1007/s10955-013-0733-9; this form: Brochini
et al., Sci. Rep. 6:35831 (2016), 10.1038/srep35831.
"""
from typing import NamedTuple

import numpy as np

from ..checks import as_bits, finite_array, fits_in_memory, require, scalar_or_per, whole_number
from ..model import Record, parameter
from ..registry import has_fast_form
from ..spikes import as_generator
from .firing import FUNCTION, check_firing_function, probability

__all__ = ["Activity", "GalvesLocherbach"]

MOST_IN_CHAIN = 12  # neurons in the exact chain: 4096 states, 134 MB


class Activity(NamedTuple):
    """What a network did: `spikes` (steps, N) bool, and `V` (steps, N) or None.

    V[t] is the potential that decided spikes[t].
    """

    spikes: np.ndarray
    V: np.ndarray | None = None


class GalvesLocherbach(Record):
    """A network of N neurons that fire with probability phi(V) and forget all at their own spike.

    W: weights (N, N), W[post, pre], dense or scipy.sparse, with a zero diagonal. phi: any
    nondecreasing function of an array of potentials into [0, 1], checked where it is
    used. leak: the factor of V per step (0: one-step memory, 1: no leak). I_ext: input
    per step. leak and I_ext may be arrays (N,), one value per neuron.

    >>> from course_utils import logistic
    >>> pair = GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(1.0))
    >>> pair.simulate(5, rng=3).spikes.astype(int).tolist()
    [[1, 1], [0, 0], [1, 0], [0, 1], [0, 1]]
    >>> pair.rates().round(4).tolist()
    [0.3673, 0.3274]
    """

    W: object
    phi: object
    leak: float = parameter(0.0, "1", r"\mu", 0, 0.95,
                            "leak factor: fraction of V that is kept from one step to the next",
                            "probability")
    I_ext: float = parameter(0.0, "1", r"I_\mathrm{ext}", -1, 1, "input per step")

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "W", _weights(self.W))
        require("phi", self.phi, "__call__", FUNCTION)
        for name in ("leak", "I_ext"):
            scalar_or_per(name, getattr(self, name), (self.N,), "neuron")

    @property
    def N(self):
        """The number of neurons."""
        return self.W.shape[0]

    def next_potential(self, V, X, arriving):
        """V (..., N) one step later: 0 where the neuron fired, else leak V + arriving + I_ext.

        X (..., N): who fired. arriving (..., N): W X, the weights of the synapses that
        they have onto each neuron.
        Derived in notebook 05, section 3.
        """
        return np.where(X, 0.0, self.leak * V + arriving + self.I_ext)

    def probability(self, V):
        """phi(V), of the shape of V.

        Raises ValueError where it is not a probability, TypeError where phi takes no array.
        """
        return probability(self.phi, V)

    @has_fast_form
    def simulate(self, steps, rng, start=None, keep_V=True):
        """The `Activity` of the given number of steps: spikes (steps, N) and V (steps, N).

        V[t] is the potential that decided spikes[t]. rng: a numpy Generator or a seed;
        the same seed gives the same raster. start: V before the first step, (N,) or one
        number, by default 0. keep_V=False leaves V out, for long runs.
        Derived in notebook 05, section 3.
        """
        V, rng = self.ready(steps, rng, start, keep_V)
        spikes = np.empty((steps, self.N), bool)
        potentials = np.empty((steps, self.N)) if keep_V else None
        for t in range(steps):
            if keep_V:
                potentials[t] = V
            spikes[t] = rng.random(self.N) < self.probability(V)  # each neuron draws by itself
            V = self.next_potential(V, spikes[t], self.W @ spikes[t])  # reset, or leak + input
        return Activity(spikes, potentials)

    def ready(self, steps, rng, start=None, keep_V=True):
        """V (N,) before the first step and the Generator, after a check of all arguments."""
        whole_number("steps", steps)
        fits_in_memory("steps", steps, self.N * (9 if keep_V else 1))
        start = scalar_or_per("start", 0.0 if start is None else start, (self.N,), "neuron",
                              "potential")
        self._check_phi(start)
        return np.array(np.broadcast_to(start, self.N)), as_generator(rng)

    def potentials(self, spikes, arriving=None):
        """V (steps, N) before each step of a raster (steps, N), from V = 0 before the first.

        arriving: input from outside that changes with time, (steps, N) or (steps, 1).
        Derived in notebook 05, section 4.
        """
        spikes = self._raster(spikes)
        arriving = finite_array("arriving", 0.0 if arriving is None else arriving)
        if arriving.shape not in ((), spikes.shape, (len(spikes), 1)):
            raise ValueError(
                f"arriving must hold one row of input per step, shape {spikes.shape} or "
                f"({len(spikes)}, 1), but has shape {arriving.shape}")
        total = (self.W @ spikes.T.astype(float)).T + arriving
        V = np.zeros(spikes.shape)
        for t in range(len(spikes) - 1):
            V[t + 1] = self.next_potential(V[t], spikes[t], total[t])
        return V

    def log_likelihood(self, spikes, arriving=None):
        """The natural logarithm of the probability of a raster (steps, N) of 0 and 1.

        V is 0 before the first step, which counts; the result is -inf where the raster is
        impossible. arriving: input from outside that changes with time, (steps, N) or
        (steps, 1); what arrives in step t enters V in step t + 1, like the spikes of step
        t.
        Derived in notebook 05, section 4.
        """
        from scipy.special import xlog1py, xlogy

        spikes = self._raster(spikes)
        p = self.probability(self.potentials(spikes, arriving))
        return float((xlogy(spikes, p) + xlog1py(1.0 - spikes, -p)).sum())

    def transition_matrix(self):
        """The exact chain P (2^N, 2^N) of the pattern X(t), rows "from", columns "to".

        Patterns are counted in binary with neuron 1 as the highest digit: 00, 01, 10, 11.
        Raises ValueError where there is a leak, or more than 12 neurons.
        """
        X = self.states()
        p = self.probability(self.next_potential(0.0, X, (self.W @ X.T.astype(float)).T))
        self._check_phi(0.0)
        P = np.ones((len(X), 1))
        for fires in p.T:  # each neuron draws by itself: one factor per neuron
            factor = np.stack([1 - fires, fires], axis=1)
            P = (P[:, :, None] * factor[:, None, :]).reshape(len(X), -1)
        return P

    def states(self):
        """All patterns (2^N, N) of 0 and 1 in the order of `transition_matrix`."""
        if np.any(self.leak):
            raise ValueError(
                f"the exact chain needs leak 0, not {self.leak!r}: with leak the potential "
                "remembers more than one step; try model.but(leak=0.0), or simulate")
        if self.N > MOST_IN_CHAIN:
            memory = 8e-9 * 4.0**min(self.N, 500)
            raise ValueError(
                f"the exact chain of N = {self.N} neurons has 2^{self.N} patterns and its matrix "
                f"would take {memory:.3g} GB of memory; at most {MOST_IN_CHAIN} neurons "
                "(0.134 GB) are allowed; try simulate")
        return (np.arange(2**self.N)[:, None] >> np.arange(self.N)[::-1]) & 1

    def stationary(self):
        """The stationary distribution (2^N,) of the exact chain.

        Raises ValueError where there is more than one.
        """
        from scipy.sparse.csgraph import connected_components

        P = self.transition_matrix()
        groups, label = connected_components(P > 0, connection="strong")
        escapes = [(P[np.ix_(label == g, label != g)] > 0).any() for g in range(groups)]
        if groups - sum(escapes) > 1:
            raise ValueError(
                f"this chain has {groups - sum(escapes)} sets of patterns that it never leaves, "
                "so it has more than one stationary distribution: the start decides where it ends")
        inside = label == escapes.index(False)
        stays = P[np.ix_(inside, inside)]
        distribution = np.zeros(len(P))
        balance = np.eye(len(stays)) - stays.T + 1  # + 1: the probabilities sum to 1
        distribution[inside] = np.linalg.solve(balance, np.ones(len(stays)))
        return distribution

    def rates(self):
        """The stationary firing probability of each neuron (N,), exact."""
        return self.stationary() @ self.states()

    def entropy_rate(self):
        """The entropy per step of the stationary chain, given the step before, in bit."""
        from scipy.special import xlogy

        P = self.transition_matrix()
        return float(-self.stationary() @ xlogy(P, P).sum(axis=1) / np.log(2))

    def _check_phi(self, start):
        """Look at phi over the potentials that one step's input can reach."""
        size = abs(self.W).sum(axis=1)
        total = self.W.sum(axis=1)
        lowest = (total - size) / 2 + self.I_ext
        highest = (total + size) / 2 + self.I_ext
        check_firing_function(self.phi, min(0.0, np.min(start), lowest.min()),
                              max(0.0, np.max(start), highest.max()))

    def _raster(self, spikes):
        """`spikes` as a bool array (steps, N), or an error that says what is wrong with it."""
        given = as_bits("spikes", spikes, "a raster of 0 and 1")
        if given.ndim != 2 or given.shape[1] != self.N:
            raise ValueError(
                "spikes must be a raster with one row per step and one column per neuron, "
                f"shape (steps, {self.N}), but has shape {given.shape}")
        return given.astype(bool)


def _weights(W):
    """W as a read-only array of floats or a CSC array, or an error that says what is wrong."""
    if hasattr(W, "tocsc"):
        W = W.tocsc().astype(float)
        W.sum_duplicates()
        finite_array("W", W.data, "finite weights")
    else:
        W = finite_array("W", W, "a square array of finite weights, W[post, pre]").copy()
        W.flags.writeable = False
    if W.ndim != 2 or W.shape[0] != W.shape[1] or not W.shape[0]:
        raise ValueError(
            "W must be square, one row and one column per neuron, W[post, pre], but has shape "
            f"{W.shape}")
    for k in np.flatnonzero(W.diagonal()):
        raise ValueError(
            f"W must have a zero diagonal (no neuron excites itself), but W[{k}, {k}] = "
            f"{W.diagonal()[k]:g}; try np.fill_diagonal(W, 0)")
    return W
