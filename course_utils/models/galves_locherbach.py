"""The Galves-Löcherbach network: neurons that fire by chance, and whose memory ends at their
own last spike.

Time goes in whole steps (nominally 1 ms). Neuron i fires in step t with probability
phi(V_i(t)), independently of the others given the past, and then

    V_i(t+1) = 0                                          if it fired,
    V_i(t+1) = leak V_i(t) + sum_j W_ij X_j(t) + I_ext    if it did not.

So the input that arrives in the step of one's own spike is lost. Galves and Löcherbach, J.
Stat. Phys. 151:896 (2013), 10.1007/s10955-013-0733-9; this form: Brochini et al., Sci. Rep.
6:35831 (2016), 10.1038/srep35831.
"""
from typing import NamedTuple

import numpy as np

from ..checks import finite_array, scalar_or_per, whole_number
from ..model import Record, parameter
from ..spikes import as_generator
from .firing import RandomThresholds, SparseRandomThresholds, check_link, probability

__all__ = ["Activity", "GalvesLocherbach", "synapses"]

MOST_IN_CHAIN = 12  # neurons in the exact chain: 4096 states, 134 MB
DRAWN_AT_ONCE = 250_000  # random numbers per chunk: they stay in the cache
MANY = 500  # neurons, from which on most of them are never needed


class Activity(NamedTuple):
    """What a network did: `spikes` (steps, N) bool, and `V` (steps, N), V[t] being what decided
    spikes[t] (or None).
    """

    spikes: np.ndarray
    V: np.ndarray | None = None


class GalvesLocherbach(Record):
    """A network of N neurons that fire with probability phi(V) and forget everything at their
    own spike.

    W: weights (N, N), W[post, pre], dense or scipy.sparse, with a zero diagonal. phi: any
    nondecreasing function of an array of potentials into [0, 1], checked where it is used; a
    `Link` is faster. leak: the factor of V per step (0: one-step memory, 1: no leak). I_ext:
    input per step. leak and I_ext may be arrays (N,), one value per neuron.
    """

    W: object
    phi: object
    leak: float = parameter(0.0, "1", r"\mu", 0, 0.95, "what is left of V after a step",
                            domain="probability")
    I_ext: float = parameter(0.0, "1", r"I_\mathrm{ext}", -1, 1, "input per step")

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "W", _weights(self.W))
        if not callable(self.phi):
            raise TypeError(
                "phi must be a function of the potential, as in phi=logistic(1.0), not "
                f"{self.phi!r}"
            )
        for name in ("leak", "I_ext"):
            scalar_or_per(name, getattr(self, name), (self.N,), "neuron")

    @property
    def N(self):
        """The number of neurons."""
        return self.W.shape[0]

    def next_potential(self, V, X, arriving):
        """V one step later: 0 where the neuron fired (X), else leak V + what arrives + I_ext.
        This is the model.

        V, X, arriving: (..., N); arriving is W X, the weights from the neurons that fired.
        """
        return np.where(X, 0.0, self.leak * V + arriving + self.I_ext)

    def probability(self, V):
        """phi(V), of the shape of V; ValueError where it leaves [0, 1] or decreases, TypeError
        where it takes no array.
        """
        return probability(self.phi, V)

    def simulate(self, steps, rng, start=None, keep_V=True):
        """The `Activity` of so many steps: spikes (steps, N) and V (steps, N), V[t] having
        decided spikes[t].

        rng: a numpy Generator or a seed; the same seed gives the same raster on every machine.
        start: V before the first step, (N,) or one number, by default 0. keep_V=False leaves V
        out, for long runs.
        """
        steps, V, random = whole_number("steps", steps), self._start(start), as_generator(rng)
        self._check_phi(V)
        march = self._marcher()
        spikes = np.empty((steps, self.N), bool)
        potentials = np.empty((steps, self.N)) if keep_V else None
        chunk, calm = max(1, DRAWN_AT_ONCE // self.N), True
        for first in range(0, steps, chunk):
            block = slice(first, min(first + chunk, steps))
            seen = potentials[block] if keep_V else None
            chance = self._chance(random, spikes[block].shape)
            after = march(V, chance.low(), spikes[block], seen) if calm else None
            if after is None or chance.was_missed(spikes[block]):
                after = march(V, chance.all(), spikes[block], seen)
            V, calm = after, not chance.was_missed(spikes[block])
        return Activity(spikes, potentials)

    def _marcher(self):
        """march(V, levels, spikes, potentials), which runs the steps of one chunk and returns V
        after them.

        The levels decide who fires, see `Chance`; spikes (steps, N) and, unless it is None,
        potentials are filled.
        """
        is_link = hasattr(self.phi, "inverse")
        as_written = type(self).next_potential is GalvesLocherbach.next_potential and np.ndim(
            self.leak) == 0
        if self.N >= MANY and is_link and as_written and not _is_sparse(self.W):
            return self._dense_marcher()
        arriving = synapses(self.W)

        def march(V, levels, spikes, potentials):
            """V after the chunk, by the model's equation."""
            for t, level in enumerate(levels):
                if potentials is not None:
                    potentials[t] = V
                X = np.greater(V, level, out=spikes[t]) if is_link else np.less(
                    level, self.probability(V), out=spikes[t])
                V = self.next_potential(V, X, arriving(X))
            return V

        return march

    def _dense_marcher(self):
        """The same for a large dense network: leak V, what arrives and I_ext are summed in one
        product.

        Its rows are the columns of W that belong to those that fired, then V, then I_ext: the
        two that always count.
        """
        rows = np.ascontiguousarray(
            np.vstack([self.W.T,
                       np.zeros(self.N),
                       np.broadcast_to(self.I_ext, self.N)]))
        factors, counts = np.append(np.ones(self.N), [self.leak, 1.0]), np.ones(
            self.N + 2, bool)
        now, X = rows[self.N], counts[:self.N]

        def march(V, levels, spikes, potentials):
            """V after the chunk, in place."""
            now[:] = V
            for t, level in enumerate(levels):
                if potentials is not None:
                    potentials[t] = now
                np.greater(now, level, out=X)
                spikes[t] = X
                summed = counts.nonzero()[0]
                np.dot(factors[-len(summed):], rows.take(summed, 0), now)
                np.copyto(now, 0.0, where=X)
            return now.copy()

        return march

    def potentials(self, spikes):
        """V (steps, N) as it was before each step of a raster (steps, N), from V = 0 before the
        first.
        """
        spikes = self._raster(spikes)
        arriving = (self.W @ spikes.T.astype(float)).T
        V = np.zeros((len(spikes), self.N))
        for t in range(len(spikes) - 1):
            V[t + 1] = self.next_potential(V[t], spikes[t], arriving[t])
        return V

    def log_likelihood(self, spikes):
        """The natural logarithm of the probability of a raster (steps, N) of 0 and 1, the first
        step included.

        V is 0 before the first step; -inf where the raster can't happen.
        """
        from scipy.special import xlog1py, xlogy
        spikes = self._raster(spikes)
        p = self.probability(self.potentials(spikes))
        return float((xlogy(spikes, p) + xlog1py(1.0 - spikes, -p)).sum())

    def transition_matrix(self):
        """The exact chain P (2^N, 2^N) of the pattern X(t), rows "from", columns "to"; leak 0
        and N <= 12.

        Patterns are counted in binary with neuron 1 as the highest digit: 00, 01, 10, 11.
        """
        self._check_chain()
        X = self.states()
        p = self.probability(self.next_potential(0.0, X, (self.W @ X.T.astype(float)).T))
        self._check_phi(0.0)
        P = np.ones((len(X), 1))
        for fires in p.T:  # each neuron draws on its own: one factor per neuron
            P = (P[:, :, None] * np.stack([1 - fires, fires], axis=1)[:, None, :]).reshape(
                len(X), -1)
        return P

    def states(self):
        """All patterns (2^N, N) of 0 and 1 in the order of `transition_matrix`."""
        self._check_chain()
        return (np.arange(2**self.N)[:, None] >> np.arange(self.N - 1, -1, -1)) & 1

    def stationary(self):
        """The stationary law (2^N,) of the exact chain; ValueError where there is more than
        one.
        """
        from scipy.sparse.csgraph import connected_components
        P = self.transition_matrix()
        groups, label = connected_components(P > 0, connection="strong")
        escapes = [(P[np.ix_(label == g, label != g)] > 0).any() for g in range(groups)]
        if groups - sum(escapes) > 1:
            raise ValueError(
                f"this chain has {groups - sum(escapes)} sets of patterns that it never "
                "leaves, so it has "
                "more than one stationary law: which one it ends in depends on the start")
        inside = label == escapes.index(False)
        law, P = np.zeros(len(P)), P[np.ix_(inside, inside)]
        law[inside] = np.linalg.solve(np.eye(len(P)) - P.T + 1, np.ones(
            len(P)))  # + 1: the law sums to 1
        return law

    def rates(self):
        """The stationary firing probability of each neuron (N,), exact."""
        return self.stationary() @ self.states()

    def entropy_rate(self):
        """The new information per step of the stationary chain, in bit: what can't be foretold
        from the step before.
        """
        from scipy.special import xlogy
        P = self.transition_matrix()
        return float(-self.stationary() @ xlogy(P, P).sum(axis=1) / np.log(2))

    def _chance(self, random, shape):
        """The `Chance` of a chunk of steps."""
        sparse = self.N >= MANY and hasattr(self.phi, "inverse")
        return (SparseRandomThresholds if sparse else RandomThresholds)(self.phi, random, shape)

    def _check_phi(self, start):
        """Look at phi over the potentials that one step's input can reach: ValueError where it
        is no such function.
        """
        size = abs(self.W).sum(axis=1)
        total = self.W.sum(axis=1)
        ends = np.concatenate([
            np.ravel(start), [0.0],
            *(np.ravel((total + sign * size) / 2 + self.I_ext) for sign in (-1, 1))
        ])
        check_link(self.phi, ends.min(), ends.max())

    def _check_chain(self):
        if np.any(self.leak):
            raise ValueError(
                f"the exact chain needs leak 0, not {self.leak!r}: with leak the potential "
                "remembers more "
                "than one step; try model.but(leak=0.0), or simulate")
        if self.N > MOST_IN_CHAIN:
            digits = np.log10(8) + self.N * np.log10(4) - 9
            memory = f"{10 ** digits:.3g} GB" if digits < 6 else f"10^{digits:.0f} GB"
            raise ValueError(
                f"the exact chain of N = {self.N} neurons has 2^{self.N} patterns and its "
                "matrix would take "
                f"{memory} of memory; at most {MOST_IN_CHAIN} neurons (0.134 GB) are allowed; "
                "try simulate"
            )

    def _start(self, start):
        start = scalar_or_per("start", 0.0 if start is None else start, (self.N,), "neuron",
                              "potential")
        return np.array(np.broadcast_to(start, self.N))

    def _raster(self, spikes):
        """`spikes` as a bool array (steps, N), or an error that says what is wrong with it."""
        given = finite_array("spikes", spikes, "a raster of 0 and 1")
        if given.ndim != 2 or given.shape[1] != self.N:
            raise ValueError(
                "spikes must be a raster with one row per step and one column per neuron, "
                "shape (steps, "
                f"{self.N}), but has shape {given.shape}")
        if not np.isin(given, (0, 1)).all():
            raise ValueError("spikes must hold only 0 and 1 (silent, fired)")
        return given.astype(bool)


def synapses(W):
    """A function X (N,) -> W X (N,) that adds only the columns of the neurons that fired; W
    dense or CSC.
    """
    if _is_sparse(W):
        return _sparse_synapses(W)
    columns, few = np.ascontiguousarray(W.T), len(W) // 8

    def arriving(X):
        """W X, from the columns of those that fired where these are few."""
        fired = X.nonzero()[0]
        return W @ X.astype(float) if fired.size > few else np.add.reduce(
            columns.take(fired, 0), 0)

    return arriving


def _sparse_synapses(W):
    """As `synapses`; where all neurons have about as many links, one row of a table per sender,
    filled up with weight 0.
    """
    lengths = np.diff(W.indptr)
    longest = int(lengths.max(initial=0))
    if longest * len(lengths) > 2 * W.nnz:
        return _uneven_synapses(W, lengths)
    used = np.arange(longest) < lengths[:, None]
    targets, weights = np.zeros(used.shape, np.intp), np.zeros(used.shape)
    targets[used], weights[used] = W.indices, W.data

    def arriving(X):
        """W X from the table of the senders."""
        fired = X.nonzero()[0]
        return np.bincount(
            targets.take(fired, 0).ravel(),
            weights.take(fired, 0).ravel(), W.shape[0])

    return arriving


def _uneven_synapses(W, lengths):
    def arriving(X):
        """W X from the columns of the senders."""
        fired = X.nonzero()[0]
        count = lengths[fired]
        place = np.repeat(W.indptr[fired] -
                          (np.cumsum(count) - count), count) + np.arange(count.sum())
        return np.bincount(W.indices[place], W.data[place], W.shape[0])

    return arriving


def _is_sparse(W):
    return hasattr(W, "tocsc")


def _weights(W):
    """W as a read-only array of floats or a CSC array, square and with a zero diagonal, or an
    error.
    """
    if _is_sparse(W):
        W = W.tocsc().astype(float)
        W.sum_duplicates()
        finite_array("W", W.data, "finite weights")
    else:
        W = finite_array("W", W, "a square array of finite weights, W[post, pre]").copy()
        W.flags.writeable = False
    if W.ndim != 2 or W.shape[0] != W.shape[1] or not W.shape[0]:
        raise ValueError(
            "W must be square, one row and one column per neuron, W[post, pre], but has shape "
            f"{W.shape}"
        )
    if (own := np.flatnonzero(W.diagonal())).size:
        k = own[0]
        raise ValueError(
            f"W must have a zero diagonal (no neuron excites itself), but W[{k}, {k}] = "
            f"{W.diagonal()[k]:g}; "
            "try np.fill_diagonal(W, 0)")
    return W
