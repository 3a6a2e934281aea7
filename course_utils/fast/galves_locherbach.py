"""`GalvesLocherbach.simulate` in chunks: random thresholds, sums over those that fired alone.

phi^-1 turns each random number U into a threshold, and a neuron fires where V exceeds it.
In a large network most thresholds are far above any V: they are not even drawn. Dense and
sparse weights add the columns of the few neurons that fired. Below 500 neurons the raster
is that of the plain loop, draw by draw.
"""
import numpy as np

from ..models.galves_locherbach import Activity, GalvesLocherbach
from ..registry import fast_form

DRAWN_AT_ONCE = 250_000  # random numbers per chunk: they stay in the cache
MANY = 500  # neurons, from which on most of them are never needed
FEW = 1 / 16  # the fraction of the random numbers that is drawn first


@fast_form(GalvesLocherbach.simulate, GalvesLocherbach)
def simulate(network, steps, rng, start=None, keep_V=True):
    """The `Activity` of the given number of steps."""
    V, rng = network.ready(steps, rng, start, keep_V)
    spikes = np.empty((steps, network.N), bool)
    potentials = np.empty((steps, network.N)) if keep_V else None
    march = dense_march(network) if in_one_product(network) else plain_march(network)
    chunk = max(1, DRAWN_AT_ONCE // network.N)
    calm = True  # no neuron has passed the ceiling of the thresholds that are drawn first
    for first in range(0, steps, chunk):
        block = slice(first, min(first + chunk, steps))
        seen = potentials[block] if keep_V else None
        thresholds = drawn_thresholds(network, rng, spikes[block].shape)
        after = march(V, thresholds.low(), spikes[block], seen) if calm else None
        if after is None or thresholds.was_missed(spikes[block]):
            after = march(V, thresholds.all(), spikes[block], seen)
        V = after
        calm = not thresholds.was_missed(spikes[block])
    return Activity(spikes, potentials)


def in_one_product(network):
    """Whether a network is large, dense and of one leak, with a phi that knows its inverse."""
    return (network.N >= MANY and hasattr(network.phi, "inverse")
            and np.ndim(network.leak) == 0 and not hasattr(network.W, "tocsc"))


def plain_march(network):
    """march(V, thresholds, spikes, potentials) for a chunk, by the model's own equation.

    It returns V after the chunk; spikes (steps, N) and, unless it is None, potentials are
    filled.
    """
    arriving = synapses(network.W)
    knows_inverse = hasattr(network.phi, "inverse")

    def march(V, thresholds, spikes, potentials):
        for t, threshold in enumerate(thresholds):
            if potentials is not None:
                potentials[t] = V
            if knows_inverse:
                X = np.greater(V, threshold, out=spikes[t])
            else:
                X = np.less(threshold, network.probability(V), out=spikes[t])
            V = network.next_potential(V, X, arriving(X))
        return V

    return march


def dense_march(network):
    """The same for a large dense network: leak V, what arrives and I_ext in one product.

    The rows of its matrix are the columns of W, of which those that fired count, then V
    and I_ext, which always count.
    """
    N = network.N
    rows = np.vstack([network.W.T, np.zeros(N), np.broadcast_to(network.I_ext, N)])
    rows = np.ascontiguousarray(rows)
    factors = np.append(np.ones(N), [network.leak, 1.0])
    counts = np.ones(N + 2, bool)
    now = rows[N]
    X = counts[:N]

    def march(V, thresholds, spikes, potentials):
        now[:] = V
        for t, threshold in enumerate(thresholds):
            if potentials is not None:
                potentials[t] = now
            np.greater(now, threshold, out=X)
            spikes[t] = X
            summed = counts.nonzero()[0]
            np.dot(factors[-len(summed):], rows.take(summed, 0), now)
            np.copyto(now, 0.0, where=X)
        return now.copy()

    return march


def drawn_thresholds(network, random, shape):
    """The random thresholds of a chunk of this shape (steps, N)."""
    sparse = network.N >= MANY and hasattr(network.phi, "inverse")
    return (SparseRandomThresholds if sparse else RandomThresholds)(network.phi, random, shape)


class RandomThresholds:
    """The thresholds of a chunk, (steps, N): phi^-1(U), or U itself where phi has no inverse."""

    def __init__(self, phi, random, shape):
        self.phi = phi
        self.random = random
        self.shape = shape

    def low(self):
        """Thresholds that serve as long as no V exceeds the ceiling; here there are none."""
        return ()

    def was_missed(self, spikes):
        """Whether a raster that was made with `low()` needs thresholds above the ceiling."""
        return True

    def all(self):
        """All thresholds."""
        return self.threshold(self.random.random(self.shape))

    def threshold(self, U):
        """phi^-1(U); U = 0 gives -inf without a warning."""
        if not hasattr(self.phi, "inverse"):
            return U
        with np.errstate(divide="ignore"):
            return self.phi.inverse(U)


class SparseRandomThresholds(RandomThresholds):
    """The same for a large network, of which most neurons are far from firing.

    The places where U is below `FEW` are drawn first, by the gaps between them. At all
    others the threshold lies above the ceiling phi^-1(FEW); these U are drawn only if
    some V gets there.
    """

    def __init__(self, phi, random, shape):
        super().__init__(phi, random.spawn(1)[0], shape)
        self.places = drawn_places(random, shape[0] * shape[1], FEW)
        self.found = self.threshold(FEW * random.random(len(self.places)))
        self.ceiling = self.threshold(np.array(FEW))

    def low(self):
        """Thresholds that are right below the ceiling; the ceiling itself at all other places."""
        return self._filled(np.full(self.shape, self.ceiling))

    def was_missed(self, spikes):
        """Whether a neuron fired at a place that was not drawn: its V passed the ceiling."""
        return np.count_nonzero(spikes) > np.count_nonzero(spikes.reshape(-1)[self.places])

    def all(self):
        """All thresholds."""
        return self._filled(self.threshold(FEW + (1 - FEW) * self.random.random(self.shape)))

    def _filled(self, thresholds):
        thresholds.reshape(-1)[self.places] = self.found
        return thresholds


def drawn_places(random, size, fraction):
    """The places among `size` that are drawn, each with probability `fraction`, ascending.

    The gaps between them have a geometric distribution.
    """
    places = []
    last = -1
    while last < size:
        count = int(1.02 * fraction * (size - last)) + 100
        gaps = np.ceil(random.standard_exponential(count) / -np.log1p(-fraction))
        places.append(last + np.cumsum(np.maximum(gaps, 1), dtype=float).astype(np.intp))
        last = int(places[-1][-1])
    places = np.concatenate(places)
    return places[:np.searchsorted(places, size)]


def synapses(W):
    """A function X (N,) -> W X (N,) that adds the columns of those that fired; W dense or CSC."""
    if hasattr(W, "tocsc"):
        return sparse_synapses(W)
    columns = np.ascontiguousarray(W.T)
    few = len(W) // 8

    def arriving(X):
        fired = X.nonzero()[0]
        if fired.size > few:
            return W @ X.astype(float)
        return np.add.reduce(columns.take(fired, 0), 0)

    return arriving


def sparse_synapses(W):
    """As `synapses`, for CSC weights.

    Where all neurons have about as many targets, it reads one row of a table per neuron,
    filled up with weight 0.
    """
    lengths = np.diff(W.indptr)
    longest = int(lengths.max(initial=0))
    if longest * len(lengths) > 2 * W.nnz:
        return uneven_synapses(W, lengths)
    used = np.arange(longest) < lengths[:, None]
    targets = np.zeros(used.shape, np.intp)
    weights = np.zeros(used.shape)
    targets[used] = W.indices
    weights[used] = W.data

    def arriving(X):
        fired = X.nonzero()[0]
        return np.bincount(targets.take(fired, 0).ravel(), weights.take(fired, 0).ravel(),
                           W.shape[0])

    return arriving


def uneven_synapses(W, lengths):
    """As `sparse_synapses`, where a few neurons have most of the targets."""

    def arriving(X):
        fired = X.nonzero()[0]
        count = lengths[fired]
        before = np.cumsum(count) - count
        place = np.repeat(W.indptr[fired] - before, count) + np.arange(count.sum())
        return np.bincount(W.indices[place], W.data[place], W.shape[0])

    return arriving
