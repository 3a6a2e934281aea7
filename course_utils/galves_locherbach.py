"""The Galves-Löcherbach network: neurons that fire by chance, and whose memory ends at their own last spike.

Time goes in whole steps (nominally 1 ms). Neuron i fires in step t with probability phi(V_i(t)), independently of the
others given the past, and then

    V_i(t+1) = 0                                          if it fired,
    V_i(t+1) = leak V_i(t) + sum_j W_ij X_j(t) + I_ext    if it did not.

So the input that arrives in the step of one's own spike is lost. Galves and Löcherbach, J. Stat. Phys. 151:896 (2013),
10.1007/s10955-013-0733-9; this form: Brochini et al., Sci. Rep. 6:35831 (2016), 10.1038/srep35831.
"""
from typing import NamedTuple

import numpy as np

from .model import Record, finite_array, number, parameter, whole_number
from .spikes import as_generator

__all__ = ["Activity", "GalvesLocherbach", "Link", "clipped_linear", "escape_rate", "heaviside", "logistic", "mean_field",
           "population_map", "population_path", "probit", "waiting_time"]

MOST_IN_CHAIN = 12                                            # neurons in the exact chain: 4096 states, 134 MB
MOST_STEPS = 5_000                                            # of a waiting time, before its tail counts as geometric
RATES = np.concatenate([np.geomspace(1e-9, 0.01, 250, endpoint=False), np.linspace(0.01, 1, 500)])
DRAWN_AT_ONCE = 250_000                                       # random numbers per chunk: they stay in the cache
FEW, MANY = 1 / 16, 500                                       # the share of them that is drawn first, from which N on


class Link:
    """A firing probability phi: V -> [0, 1] that knows its inverse.

    Drawing U below phi(V) is the same event as drawing phi^-1(U) below V, so a network can turn all its random numbers
    into thresholds at once, before the dynamics needs them.
    """

    def __init__(self, name, phi, inverse):
        self.name, self.phi, self.inverse = name, phi, inverse

    def __call__(self, V):
        """The probability to fire at V, an array of the same shape."""
        return self.phi(np.asarray(V, float))

    def __repr__(self):
        return self.name


def logistic(threshold=0.0, slope=1.0):
    """The `Link` V -> 1 / (1 + exp(-slope (V - threshold))); slope above 0."""
    threshold, slope = number("threshold", threshold), number("slope", slope, "positive")
    return Link(f"logistic(threshold={threshold:g}, slope={slope:g})",
                lambda V: 1 / (1 + np.exp(-np.maximum(slope * (V - threshold), -700.0))),
                lambda U: threshold + np.log(U / (1 - U)) / slope)


def clipped_linear(threshold=0.0, gain=1.0):
    """The `Link` V -> gain (V - threshold), cut off at 0 and 1; gain above 0."""
    threshold, gain = number("threshold", threshold), number("gain", gain, "positive")
    return Link(f"clipped_linear(threshold={threshold:g}, gain={gain:g})",
                lambda V: np.clip(gain * (V - threshold), 0.0, 1.0),
                lambda U: threshold + U / gain)


def escape_rate(threshold=0.0, slope=1.0, step=1.0):
    """The `Link` V -> 1 - exp(-step lambda), lambda = exp(slope (V - threshold)): at least one event of a Poisson process.

    It alone stays consistent as the step of time shrinks, because lambda is a rate per time and no probability.
    """
    threshold, slope = number("threshold", threshold), number("slope", slope, "positive")
    step = number("step", step, "positive")
    return Link(f"escape_rate(threshold={threshold:g}, slope={slope:g}, step={step:g})",
                lambda V: -np.expm1(-step * np.exp(np.minimum(slope * (V - threshold), 700.0))),
                lambda U: threshold + np.log(-np.log1p(-U) / step) / slope)


def probit(threshold=0.0, slope=1.0):
    """The `Link` V -> the standard normal distribution function at slope (V - threshold): Gaussian noise on a threshold."""
    from scipy.special import ndtr, ndtri
    threshold, slope = number("threshold", threshold), number("slope", slope, "positive")
    return Link(f"probit(threshold={threshold:g}, slope={slope:g})",
                lambda V: ndtr(slope * (V - threshold)), lambda U: threshold + ndtri(U) / slope)


def heaviside(threshold=0.0):
    """The `Link` V -> 1 where V >= threshold, else 0: no chance is left, a threshold unit with a reset."""
    threshold = number("threshold", threshold)
    just_below = np.nextafter(threshold, -np.inf)
    return Link(f"heaviside(threshold={threshold:g})", lambda V: (V >= threshold).astype(float),
                lambda U: np.full_like(U, just_below))


class Chance:
    """The random numbers of some steps: `all()`, one level (steps, N) per neuron and step.

    A `Link` turns each U into the level phi^-1(U) that V has to exceed; for another phi the levels are the U themselves.
    """

    ceiling = -np.inf                                         # up to this V `low()` is enough

    def __init__(self, phi, random, shape):
        self.phi, self.random, self.shape = phi, random, shape

    def low(self):
        """Levels that serve as long as no V exceeds the ceiling."""
        return ()

    def all(self):
        """All levels."""
        return self.level(self.random.random(self.shape))

    def level(self, U):
        """phi^-1(U); U = 0 gives -inf without a warning."""
        if not hasattr(self.phi, "inverse"):
            return U
        with np.errstate(divide="ignore"):
            return self.phi.inverse(U)


class SparseChance(Chance):
    """The same for a large network. Most of its neurons are far from firing, and most of the U never matter.

    So the places where U is below `FEW` are drawn first, by the gaps between them; the other U only if some V exceeds the
    level that belongs to FEW.
    """

    def __init__(self, phi, random, shape):
        super().__init__(phi, random.spawn(1)[0], shape)
        self.places = drawn_places(random, shape[0] * shape[1], FEW)
        self.found, self.ceiling = self.level(FEW * random.random(len(self.places))), self.level(np.array(FEW))

    def low(self):
        """Levels that are right below the ceiling and infinite above it."""
        return self._filled(np.full(self.shape, np.inf))

    def all(self):
        """All levels."""
        return self._filled(self.level(FEW + (1 - FEW) * self.random.random(self.shape)))

    def _filled(self, levels):
        levels.reshape(-1)[self.places] = self.found
        return levels


def drawn_places(random, size, share):
    """The places among `size` that are drawn, each with probability `share`: the gaps between them are geometric."""
    places, last = [], -1
    while last < size:
        count = int(1.02 * share * (size - last)) + 100
        gaps = np.ceil(random.standard_exponential(count) / -np.log1p(-share))
        places.append(last + np.cumsum(np.maximum(gaps, 1), dtype=float).astype(np.intp))
        last = int(places[-1][-1])
    places = np.concatenate(places)
    return places[:np.searchsorted(places, size)]


class Activity(NamedTuple):
    """What a network did: `spikes` (steps, N) bool, and `V` (steps, N), V[t] being what decided spikes[t] (or None)."""

    spikes: np.ndarray
    V: np.ndarray | None = None


class GalvesLocherbach(Record):
    """A network of N neurons that fire with probability phi(V) and forget everything at their own spike.

    W: weights (N, N), W[post, pre], dense or scipy.sparse, with a zero diagonal. phi: any nondecreasing function of an
    array of potentials into [0, 1], checked where it is used; a `Link` is faster. leak: the factor of V per step (0:
    one-step memory, 1: no leak). I_ext: input per step. leak and I_ext may be arrays (N,), one value per neuron.
    """

    W: object
    phi: object
    leak: float = parameter(0.0, "1", r"\mu", 0, 0.95, "what is left of V after a step", domain="probability")
    I_ext: float = parameter(0.0, "1", r"I_\mathrm{ext}", -1, 1, "input per step")

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "W", _weights(self.W))
        if not callable(self.phi):
            raise TypeError(f"phi must be a function of the potential, as in phi=logistic(1.0), not {self.phi!r}")
        for name in ("leak", "I_ext"):
            if np.shape(getattr(self, name)) not in ((), (self.N,)):
                raise ValueError(f"{name} must be one number or one per neuron, shape ({self.N},), "
                                 f"but has shape {np.shape(getattr(self, name))}")

    @property
    def N(self):
        """The number of neurons."""
        return self.W.shape[0]

    def next_potential(self, V, X, arriving):
        """V one step later: 0 where the neuron fired (X), else leak V + what arrives + I_ext. This is the model.

        V, X, arriving: (..., N); arriving is W X, the weights from the neurons that fired.
        """
        after = self.leak * V + arriving
        after += self.I_ext
        np.copyto(after, 0.0, where=np.asarray(X, bool))
        return after

    def probability(self, V):
        """phi(V), of the shape of V; ValueError where it leaves [0, 1] or decreases, TypeError where it takes no array."""
        return _probability(self.phi, V)

    def simulate(self, steps, rng, start=None, keep_V=True):
        """The `Activity` of so many steps: spikes (steps, N) and V (steps, N), V[t] having decided spikes[t].

        rng: a numpy Generator or a seed; the same seed gives the same raster on every machine. start: V before the
        first step, (N,) or one number, by default 0. keep_V=False leaves V out, for long runs.
        """
        steps, V, random = whole_number("steps", steps), self._start(start), as_generator(rng)
        self._check_phi(V)
        arriving = synapses(self.W)
        spikes = np.empty((steps, self.N), bool)
        potentials = np.empty((steps, self.N)) if keep_V else None
        chunk, calm = max(1, DRAWN_AT_ONCE // self.N), True
        for first in range(0, steps, chunk):
            block = slice(first, min(first + chunk, steps))
            seen = potentials[block] if keep_V else None
            chance = self._chance(random, spikes[block].shape)
            after, top = self._march(V, chance.low(), arriving, spikes[block], seen) if calm else (V, np.inf)
            if top > chance.ceiling:
                after, top = self._march(V, chance.all(), arriving, spikes[block], seen)
            V, calm = after, top <= chance.ceiling
        return Activity(spikes, potentials)

    def _march(self, V, levels, arriving, spikes, potentials):
        """V after the steps of one chunk and the highest V on the way; `levels` decide who fires, see `Chance`."""
        top, is_link = V.copy(), hasattr(self.phi, "inverse")
        for t, level in enumerate(levels):
            if potentials is not None:
                potentials[t] = V
            X = np.greater(V, level, out=spikes[t]) if is_link else np.less(level, self.probability(V), out=spikes[t])
            V = self.next_potential(V, X, arriving(X))
            np.maximum(top, V, out=top)
        return V, top.max()

    def potentials(self, spikes):
        """V (steps, N) as it was before each step of a raster (steps, N), from V = 0 before the first."""
        spikes = self._raster(spikes)
        arriving = (self.W @ spikes.T.astype(float)).T
        V = np.zeros((len(spikes), self.N))
        for t in range(len(spikes) - 1):
            V[t + 1] = self.next_potential(V[t], spikes[t], arriving[t])
        return V

    def log_likelihood(self, spikes):
        """The natural logarithm of the probability of a raster (steps, N) of 0 and 1, the first step included.

        V is 0 before the first step; -inf where the raster can't happen.
        """
        from scipy.special import xlog1py, xlogy
        spikes = self._raster(spikes)
        p = self.probability(self.potentials(spikes))
        return float((xlogy(spikes, p) + xlog1py(1.0 - spikes, -p)).sum())

    def transition_matrix(self):
        """The exact chain P (2^N, 2^N) of the pattern X(t), rows "from", columns "to"; leak 0 and N <= 12.

        Patterns are counted in binary with neuron 1 as the highest digit: 00, 01, 10, 11.
        """
        self._check_chain()
        X = self.states()
        p = self.probability(self.next_potential(0.0, X, (self.W @ X.T.astype(float)).T))
        self._check_phi(0.0)
        P = np.ones((len(X), 1))
        for fires in p.T:                                     # each neuron draws on its own: one factor per neuron
            P = (P[:, :, None] * np.stack([1 - fires, fires], axis=1)[:, None, :]).reshape(len(X), -1)
        return P

    def states(self):
        """All patterns (2^N, N) of 0 and 1 in the order of `transition_matrix`."""
        self._check_chain()
        return (np.arange(2 ** self.N)[:, None] >> np.arange(self.N - 1, -1, -1)) & 1

    def stationary(self):
        """The stationary law (2^N,) of the exact chain; ValueError where there is more than one."""
        from scipy.sparse.csgraph import connected_components
        P = self.transition_matrix()
        groups, label = connected_components(P > 0, connection="strong")
        escapes = [(P[np.ix_(label == g, label != g)] > 0).any() for g in range(groups)]
        if groups - sum(escapes) > 1:
            raise ValueError(f"this chain has {groups - sum(escapes)} sets of patterns that it never leaves, so it has "
                             "more than one stationary law: which one it ends in depends on the start")
        inside = label == escapes.index(False)
        law, P = np.zeros(len(P)), P[np.ix_(inside, inside)]
        law[inside] = np.linalg.solve(np.eye(len(P)) - P.T + 1, np.ones(len(P)))   # + 1: the law sums to 1
        return law

    def rates(self):
        """The stationary firing probability of each neuron (N,), exact."""
        return self.stationary() @ self.states()

    def entropy_rate(self):
        """The new information per step of the stationary chain, in bit: what can't be foretold from the step before."""
        from scipy.special import xlogy
        P = self.transition_matrix()
        return float(-self.stationary() @ xlogy(P, P).sum(axis=1) / np.log(2))

    def _chance(self, random, shape):
        """The `Chance` of a chunk of steps."""
        sparse = self.N >= MANY and hasattr(self.phi, "inverse")
        return (SparseChance if sparse else Chance)(self.phi, random, shape)

    def _check_phi(self, start):
        """Look at phi over the potentials that one step's input can reach: ValueError where it is no such function."""
        size = abs(self.W).sum(axis=1)
        total = self.W.sum(axis=1)
        ends = np.concatenate([np.ravel(start), [0.0], *(np.ravel((total + sign * size) / 2 + self.I_ext)
                                                         for sign in (-1, 1))])
        _check_link(self.phi, ends.min(), ends.max())

    def _check_chain(self):
        if np.any(self.leak):
            raise ValueError(f"the exact chain needs leak 0, not {self.leak!r}: with leak the potential remembers more "
                             "than one step; try model.but(leak=0.0), or simulate")
        if self.N > MOST_IN_CHAIN:
            digits = np.log10(8) + self.N * np.log10(4) - 9
            memory = f"{10 ** digits:.3g} GB" if digits < 6 else f"10^{digits:.0f} GB"
            raise ValueError(f"the exact chain of N = {self.N} neurons has 2^{self.N} patterns and its matrix would take "
                             f"{memory} of memory; at most {MOST_IN_CHAIN} neurons (0.134 GB) are allowed; try simulate")

    def _start(self, start):
        V = finite_array("start", 0.0 if start is None else start, "one potential or one per neuron")
        if V.shape not in ((), (self.N,)):
            raise ValueError(f"start must be one potential or one per neuron, shape ({self.N},), but has shape {V.shape}")
        return np.array(np.broadcast_to(V, self.N))

    def _raster(self, spikes):
        """`spikes` as a bool array (steps, N), or an error that says what is wrong with it."""
        given = finite_array("spikes", spikes, "a raster of 0 and 1")
        if given.ndim != 2 or given.shape[1] != self.N:
            raise ValueError(f"spikes must be a raster with one row per step and one column per neuron, shape (steps, "
                             f"{self.N}), but has shape {given.shape}")
        if not np.isin(given, (0, 1)).all():
            raise ValueError("spikes must hold only 0 and 1 (silent, fired)")
        return given.astype(bool)


def _probability(phi, V):
    """phi(V) as an array of the shape of V, or an error that says in what phi is no probability."""
    if not callable(phi):
        raise TypeError(f"phi must be a function of the potential, as in phi=logistic(1.0), not {phi!r}")
    V = np.asarray(V, float)
    try:
        p = np.array(np.broadcast_to(np.asarray(phi(V), float), V.shape))
    except (TypeError, ValueError) as error:
        raise TypeError(f"phi must take an array of potentials and return a probability for each ({error}); "
                        "try np.exp in place of math.exp and np.where in place of if") from None
    if not ((p >= 0) & (p <= 1)).all():
        worst = np.argmax(np.where(np.isnan(p), np.inf, np.abs(p - 0.5)))
        raise ValueError(f"phi must be a probability, from 0 to 1, but phi({V.flat[worst]:.4g}) = {p.flat[worst]:.4g}; "
                         "try logistic or clipped_linear")
    return p


def _check_link(phi, low, high):
    """Look at phi between two potentials: ValueError where it leaves [0, 1] or decreases."""
    V = np.linspace(low, high, 501)
    p = _probability(phi, V)
    if (falls := np.flatnonzero(np.diff(p) < -1e-12)).size:
        k = falls[0]
        raise ValueError(f"phi must not decrease, but phi({V[k]:.4g}) = {p[k]:.6g} and "
                         f"phi({V[k + 1]:.4g}) = {p[k + 1]:.6g}; is a sign turned round?")


# Infinitely many neurons: each receives w times the share that fired

def waiting_time(phi, drive, leak=0.0, V=0.0):
    """The mean number of steps until a neuron fires whose potential starts at V and gets the same `drive` at each step.

    drive: one number or an array; the result has its shape, inf where the neuron never fires. From the reset, V = 0,
    this is the mean interval between spikes.
    """
    drive, leak = finite_array("drive", drive), number("leak", leak, "probability")
    V = np.broadcast_to(finite_array("V", V), drive.shape)
    silent, total = np.ones(drive.shape), np.zeros(drive.shape)
    for _ in range(MOST_STEPS):
        later = leak * V + drive
        if (np.abs(later - V) <= 1e-16 * np.abs(later)).all() or (silent < 1e-18).all():
            break
        total += silent                                       # sum over k of the probability to be silent for k steps
        silent = silent * (1 - _probability(phi, V))
        V = later
    fires = _probability(phi, V)                              # from here on the same at each step: a geometric tail
    return total + np.where(silent > 0, silent / np.where(fires > 0, fires, 1), 0) + np.where(
        (silent > 0) & (fires == 0), np.inf, 0)


def population_map(rho, phi, w, leak=0.0):
    """The share of infinitely many neurons that fires in the next step, when the share `rho` fires in this one.

    Each neuron receives w rho. Those that fired are at V = 0; the others fire with the mean probability that a steady
    rho gives them. At leak 0 this is the exact mean field, (1 - rho) phi(w rho) + rho phi(0); with leak its dynamics is
    a summary, but its fixed points are exact (see `mean_field`).
    """
    rho = finite_array("rho", rho, "a share from 0 to 1 or an array of them")
    drive = number("w", w) * rho
    return rho * _probability(phi, np.zeros(())) + (1 - rho) / waiting_time(phi, drive, leak, V=drive)


def population_path(phi, w, leak, start, steps):
    """The share that fires in each of so many steps (steps,), exact for infinitely many neurons and any leak.

    start: the potential of all neurons before the first step. Neurons that fired last in the same step stay equal, so
    one potential and one share for each such group are enough.
    """
    V, share, fired = np.zeros(steps + 1), np.zeros(steps + 1), np.empty(steps)
    V[0], share[0] = start, 1.0
    for t in range(steps):
        p = _probability(phi, V[:t + 1])
        fired[t] = share[:t + 1] @ p
        share[:t + 1] *= 1 - p
        V[:t + 1] = leak * V[:t + 1] + w * fired[t]
        share[t + 1] = fired[t]                               # the new group: reset, V = 0
    return fired


def mean_field(phi, w, leak=0.0):
    """All stationary firing probabilities of infinitely many neurons, a sorted array of numbers in [0, 1].

    Each neuron receives w times the share that fires. The rate rho solves rho E = 1 with E the mean interval that the
    drive w rho gives. 0 is among them where phi(0) = 0. Brochini et al. 2016, 10.1038/srep35831.
    """
    w, leak = number("w", w), number("leak", leak, "probability")
    reach = w / (1 - leak) if leak < 1 else 20 * w
    _check_link(phi, min(reach, 0.0), max(reach, 0.0))

    def gap(rho):
        return population_map(rho, phi, w, leak) / rho - 1
    silent = [0.0] if _probability(phi, 0.0) == 0 else []
    return np.array(silent + sorted(_roots(gap, RATES)))


def _roots(f, x):
    """All zeros of a function of an array between the points x, those included where it touches zero; no jumps."""
    y = f(x)
    found = list(x[y == 0])
    for k in np.flatnonzero(y[:-1] * y[1:] < 0):
        found += _crossing(f, x[k], x[k + 1])
    lowest = np.flatnonzero((np.abs(y[1:-1]) < np.abs(y[:-2])) & (np.abs(y[1:-1]) <= np.abs(y[2:]))) + 1
    for k in lowest[(y[lowest] * y[lowest - 1] > 0) & (y[lowest] * y[lowest + 1] > 0)]:
        found += _touch(f, x[k - 1], x[k + 1], np.sign(y[k]))
    return [float(root) for root in found]


def _crossing(f, low, high):
    """The zero between two points of opposite sign, in a list; none where f jumps over zero there."""
    for _ in range(10):
        x = np.linspace(low, high, 65)
        y = f(x)
        k = np.flatnonzero(y[:-1] * y[1:] <= 0)[0]
        low, high = x[k:k + 2]
    best = x[k + int(np.abs(y[k + 1]) < np.abs(y[k]))]
    return [best] if np.abs(y[k:k + 2]).max() < 1e-6 else []


def _touch(f, low, high, sign):
    """The zeros between two points where |f| has a minimum: none, one where it touches, or a close pair."""
    first, last = low, high
    for _ in range(8):
        x = np.linspace(low, high, 65)
        y = sign * f(x)
        k = int(np.argmin(y))
        if y[k] < -1e-13:
            return _crossing(f, first, x[k]) + _crossing(f, x[k], last)
        low, high = x[max(k - 1, 0)], x[min(k + 1, 64)]
    return [x[k]] if y[k] < 1e-11 and first > 1e-6 else []    # near 0 every critical curve hugs the diagonal


def synapses(W):
    """A function X (N,) -> W X (N,) that adds only the columns of the neurons that fired; W dense or CSC."""
    if _is_sparse(W):
        return _sparse_synapses(W)
    columns, few, ones = np.ascontiguousarray(W.T), len(W) // 8, np.ones(len(W))

    def arriving(X):
        fired = X.nonzero()[0]
        return W @ X.astype(float) if fired.size > few else np.dot(ones[:fired.size], columns.take(fired, 0))
    return arriving


def _sparse_synapses(W):
    """As `synapses`; where all neurons have about as many links, one row of a table per sender, filled up with weight 0."""
    lengths = np.diff(W.indptr)
    longest = int(lengths.max(initial=0))
    if longest * len(lengths) > 2 * W.nnz:
        return _uneven_synapses(W, lengths)
    used = np.arange(longest) < lengths[:, None]
    targets, weights = np.zeros(used.shape, np.intp), np.zeros(used.shape)
    targets[used], weights[used] = W.indices, W.data

    def arriving(X):
        fired = X.nonzero()[0]
        return np.bincount(targets.take(fired, 0).ravel(), weights.take(fired, 0).ravel(), W.shape[0])
    return arriving


def _uneven_synapses(W, lengths):
    def arriving(X):
        fired = X.nonzero()[0]
        count = lengths[fired]
        place = np.repeat(W.indptr[fired] - (np.cumsum(count) - count), count) + np.arange(count.sum())
        return np.bincount(W.indices[place], W.data[place], W.shape[0])
    return arriving


def _is_sparse(W):
    return hasattr(W, "tocsc")


def _weights(W):
    """W as a read-only array of floats or a CSC array, square and with a zero diagonal, or an error."""
    if _is_sparse(W):
        W = W.tocsc().astype(float)
        W.sum_duplicates()
        finite_array("W", W.data, "finite weights")
    else:
        W = finite_array("W", W, "a square array of finite weights, W[post, pre]").copy()
        W.flags.writeable = False
    if W.ndim != 2 or W.shape[0] != W.shape[1] or not W.shape[0]:
        raise ValueError(f"W must be square, one row and one column per neuron, W[post, pre], but has shape {W.shape}")
    if (own := np.flatnonzero(W.diagonal())).size:
        k = own[0]
        raise ValueError(f"W must have a zero diagonal (no neuron excites itself), but W[{k}, {k}] = {W.diagonal()[k]:g}; "
                         "try np.fill_diagonal(W, 0)")
    return W
