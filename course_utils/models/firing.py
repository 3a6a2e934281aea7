"""When chance decides who fires: firing probabilities phi, and the random numbers as levels
that V has to exceed.
"""
import numpy as np

from ..checks import number

__all__ = [
    "RandomThresholds", "FiringFunction", "SparseRandomThresholds", "check_link",
    "clipped_linear", "drawn_places", "escape_rate", "heaviside", "logistic", "probability",
    "probit"
]

FEW = 1 / 16  # the share of the random numbers that is drawn first


class FiringFunction:
    """A firing probability phi: V -> [0, 1] that knows its inverse.

    Drawing U below phi(V) is the same event as drawing phi^-1(U) below V, so a network can turn
    all its random numbers into thresholds at once, before the dynamics needs them.
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
    return FiringFunction(
        f"logistic(threshold={threshold:g}, slope={slope:g})", lambda V: 1 /
        (1 + np.exp(-np.maximum(slope * (V - threshold), -700.0))),
        lambda U: threshold + np.log(U / (1 - U)) / slope)


def clipped_linear(threshold=0.0, gain=1.0):
    """The `Link` V -> gain (V - threshold), cut off at 0 and 1; gain above 0."""
    threshold, gain = number("threshold", threshold), number("gain", gain, "positive")
    return FiringFunction(f"clipped_linear(threshold={threshold:g}, gain={gain:g})",
                          lambda V: np.clip(gain * (V - threshold), 0.0, 1.0),
                          lambda U: threshold + U / gain)


def escape_rate(threshold=0.0, slope=1.0, step=1.0):
    """The `Link` V -> 1 - exp(-step lambda), lambda = exp(slope (V - threshold)): at least one
    event of a Poisson process.

    It alone stays consistent as the step of time shrinks, because lambda is a rate per time and
    no probability.
    """
    threshold, slope = number("threshold", threshold), number("slope", slope, "positive")
    step = number("step", step, "positive")
    return FiringFunction(
        f"escape_rate(threshold={threshold:g}, slope={slope:g}, step={step:g})",
        lambda V: -np.expm1(-step * np.exp(np.minimum(slope * (V - threshold), 700.0))),
        lambda U: threshold + np.log(-np.log1p(-U) / step) / slope)


def probit(threshold=0.0, slope=1.0):
    """The `Link` V -> the standard normal distribution function at slope (V - threshold):
    Gaussian noise on a threshold.
    """
    from scipy.special import ndtr, ndtri
    threshold, slope = number("threshold", threshold), number("slope", slope, "positive")
    return FiringFunction(f"probit(threshold={threshold:g}, slope={slope:g})",
                          lambda V: ndtr(slope * (V - threshold)),
                          lambda U: threshold + ndtri(U) / slope)


def heaviside(threshold=0.0):
    """The `Link` V -> 1 where V >= threshold, else 0: no chance is left, a threshold unit with
    a reset.
    """
    threshold = number("threshold", threshold)
    just_below = np.nextafter(threshold, -np.inf)
    return FiringFunction(f"heaviside(threshold={threshold:g})", lambda V:
                          (V >= threshold).astype(float), lambda U: np.full_like(U, just_below))


class RandomThresholds:
    """The random numbers of some steps: `all()`, one level (steps, N) per neuron and step.

    A `Link` turns each U into the level phi^-1(U) that V has to exceed; for another phi the
    levels are the U themselves.
    """
    def __init__(self, phi, random, shape):
        self.phi, self.random, self.shape = phi, random, shape

    def low(self):
        """Levels that serve as long as no V exceeds the ceiling; here there are none."""
        return ()

    def was_missed(self, spikes):
        """Whether a raster that was made with `low()` needs levels above the ceiling."""
        return True

    def all(self):
        """All levels."""
        return self.level(self.random.random(self.shape))

    def level(self, U):
        """phi^-1(U); U = 0 gives -inf without a warning."""
        if not hasattr(self.phi, "inverse"):
            return U
        with np.errstate(divide="ignore"):
            return self.phi.inverse(U)


class SparseRandomThresholds(RandomThresholds):
    """The same for a large network. Most of its neurons are far from firing, and most of the U
    never matter.

    So the places where U is below `FEW` are drawn first, by the gaps between them. At all
    others the level lies above the ceiling, the level of FEW itself; these U are drawn only if
    some V gets there.
    """
    def __init__(self, phi, random, shape):
        super().__init__(phi, random.spawn(1)[0], shape)
        self.places = drawn_places(random, shape[0] * shape[1], FEW)
        self.found, self.ceiling = self.level(
            FEW * random.random(len(self.places))), self.level(np.array(FEW))

    def low(self):
        """Levels that are right below the ceiling, and the ceiling itself at all other places.
        """
        return self._filled(np.full(self.shape, self.ceiling))

    def was_missed(self, spikes):
        """Whether a neuron fired at a place that was not drawn, so that its V passed the
        ceiling.
        """
        return np.count_nonzero(spikes) > np.count_nonzero(spikes.reshape(-1)[self.places])

    def all(self):
        """All levels."""
        return self._filled(self.level(FEW + (1 - FEW) * self.random.random(self.shape)))

    def _filled(self, levels):
        levels.reshape(-1)[self.places] = self.found
        return levels


def drawn_places(random, size, share):
    """The places among `size` that are drawn, each with probability `share`: the gaps between
    them are geometric.
    """
    places, last = [], -1
    while last < size:
        count = int(1.02 * share * (size - last)) + 100
        gaps = np.ceil(random.standard_exponential(count) / -np.log1p(-share))
        places.append(last + np.cumsum(np.maximum(gaps, 1), dtype=float).astype(np.intp))
        last = int(places[-1][-1])
    places = np.concatenate(places)
    return places[:np.searchsorted(places, size)]


def probability(phi, V):
    """phi(V) as an array of the shape of V, or an error that says in what phi is no
    probability.
    """
    if not callable(phi):
        raise TypeError(
            f"phi must be a function of the potential, as in phi=logistic(1.0), not {phi!r}")
    V = np.asarray(V, float)
    try:
        p = np.array(np.broadcast_to(np.asarray(phi(V), float), V.shape))
    except (TypeError, ValueError) as error:
        raise TypeError(
            "phi must take an array of potentials and return a probability for each "
            f"({error}); "
            "try np.exp in place of math.exp and np.where in place of if") from None
    if not ((p >= 0) & (p <= 1)).all():
        worst = np.argmax(np.where(np.isnan(p), np.inf, np.abs(p - 0.5)))
        raise ValueError(
            f"phi must be a probability, from 0 to 1, but phi({V.flat[worst]:.4g}) = "
            f"{p.flat[worst]:.4g}; "
            "try logistic or clipped_linear")
    return p


def check_link(phi, low, high):
    """Look at phi between two potentials: ValueError where it leaves [0, 1] or decreases."""
    V = np.linspace(low, high, 501)
    p = probability(phi, V)
    if (falls := np.flatnonzero(np.diff(p) < -1e-12)).size:
        k = falls[0]
        raise ValueError(f"phi must not decrease, but phi({V[k]:.4g}) = {p[k]:.6g} and "
                         f"phi({V[k + 1]:.4g}) = {p[k + 1]:.6g}; is a sign turned round?")
