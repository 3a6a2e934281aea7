"""The all-to-all network without leak, as one number: how many of N neurons fire. Avalanches,
extinction, exponents.

Each neuron receives W/N from each that fired, phi is `clipped_linear()` with gain Gamma,
and mu = 0. Then the number k that fires is a Markov chain: those that fired are silent,
and each of the other N - k fires with probability Gamma W k/N. At Gamma W = 1 and for N
without bound it becomes the branching process in which a spike has a Poisson number of
offspring with mean 1; Harris, The Theory of Branching Processes (1963).
"""
from typing import NamedTuple

import numpy as np

from ..checks import finite_array, number, whole_number, within
from ..spikes import as_generator

__all__ = [
    "borel", "exponent_of", "extinction_time", "fit_exponent",
    "population_counts", "sample_avalanches", "duration_survival", "escape_probability"
]


class Avalanches(NamedTuple):
    """`sizes` (count,): all spikes, the first included; `durations` (count,): steps with a
    spike.
    """

    sizes: np.ndarray
    durations: np.ndarray

MOST_N = 10**9  # neurons of a sampled network


class Fit(NamedTuple):
    """An exponent and its standard error."""

    exponent: float
    error: float


def population_counts(N, branching_parameter, start, steps, rng):
    """How many of N neurons fire in each step, (steps + 1, *copies), from `start` firing ones.

    branching_parameter and start: one number, or one per copy of the network.
    """
    N, rng = whole_number("N", N, 1, MOST_N), as_generator(rng)
    m = within("branching_parameter", branching_parameter, "nonnegative")
    start = finite_array("start", start, f"a whole number from 0 to N = {N}")
    if ((start < 0) | (start > N) | (start != np.round(start))).any():
        raise ValueError(f"start must be a whole number from 0 to N = {N}, or one per copy")
    copies = np.broadcast_shapes(start.shape, np.shape(m))
    counts = [np.array(np.broadcast_to(start, copies), int)]
    for _ in range(whole_number("steps", steps)):
        counts.append(_offspring(counts[-1], N, m, rng))
    return np.array(counts)


def _offspring(k, N, m, rng):
    """How many fire after k fired: each of the N - k others with probability m k / N."""
    return rng.binomial(N - k, np.minimum(1.0, m * k / N))


def sample_avalanches(count, N, branching_parameter, rng, longest=10_000):
    """The given number of `Avalanches`, each started by one spike in a silent network of N
    neurons.

    One that is still active after `longest` steps is cut off there.
    """
    N, rng = whole_number("N", N, 1, MOST_N), as_generator(rng)
    m = number("branching_parameter", branching_parameter, "nonnegative")
    count = whole_number("count", count, most=10**7)
    longest = whole_number("longest", longest, low=1)
    sizes, durations, k = (np.ones(count, int) for _ in range(3))
    active = np.arange(count)
    for step in range(2, longest + 1):
        k = _offspring(k, N, m, rng)
        active, k = active[k > 0], k[k > 0]
        if not active.size:
            break
        sizes[active] += k
        durations[active] = step
    return Avalanches(sizes, durations)


def borel(n, mean=1.0):
    """P(size = n) of an avalanche in infinitely many neurons, whose spikes have a Poisson
    number of offspring (Borel).
    """
    from scipy.special import gammaln
    n = finite_array("n", n, "whole numbers, 1 or more")
    mean = number("mean", mean, "positive")
    if (n < 1).any() or (n % 1).any():
        raise ValueError("n must hold whole numbers, 1 or more: an avalanche has at least the "
                         "spike that began it")
    return np.exp(-mean * n + (n - 1) * np.log(mean * n) - gammaln(n + 1))


def duration_survival(steps, mean=1.0):
    """P(duration > t) for t = 0 ... steps, (steps + 1,), in infinitely many neurons; t P -> 2
    at the critical point.
    """
    q = np.zeros(whole_number("steps", steps) + 1)
    mean = number("mean", mean, "nonnegative")
    for t in range(steps):
        q[t + 1] = np.exp(mean * (q[t] - 1))
    return 1 - q


def escape_probability(mean):
    """The probability that an avalanche never ends in infinitely many neurons: 1 - q with q =
    exp(mean (q - 1)).
    """
    from scipy.special import lambertw
    mean = number("mean", mean, "nonnegative")
    return float(1 + lambertw(-mean * np.exp(-mean)).real / mean) if mean > 1 else 0.0


def fit_exponent(values, low, high):
    """The exponent a of P(x) ~ x^-a for whole numbers low <= x <= high, by maximum likelihood,
    a `Fit`.

    The error is that of the curvature at the maximum. Clauset, Shalizi & Newman, SIAM
    Rev. 51:661 (2009), 10.1137/070710111, with both ends cut off.
    """
    low, high = _ends(low, high)
    values = finite_array("values", values, "sizes or durations")
    used = values[(values >= low) & (values <= high)]
    if len(np.unique(used)) < 2:
        raise ValueError(
            f"between low = {low} and high = {high} there are {len(used)} of {values.size} "
            "values, all equal or none: an exponent needs at least two different ones")
    exponent, variance = _most_likely(np.log(used).mean(), low, high)
    return Fit(exponent, float(1 / np.sqrt(len(used) * variance)))


def exponent_of(law, low, high):
    """The exponent (a float) that `fit_exponent` tends to with ever more values; law (n,): the
    probabilities of 1 ... n.
    """
    low, high = _ends(low, high)
    law = finite_array("law", law, "the probabilities of 1, 2, ...")
    if law.ndim != 1 or len(law) < high:
        raise ValueError(f"law must be a row of at least high = {high} probabilities, but has "
                         f"shape {law.shape}")
    p = law[low - 1:high] / law[low - 1:high].sum()
    return _most_likely(p @ np.log(np.arange(low, high + 1)), low, high)[0]


def _most_likely(mean, low, high):
    """The exponent that maximises the likelihood, given the mean logarithm of the values, and
    the variance of ln x under it.
    """
    from scipy.optimize import minimize_scalar
    x = np.log(np.arange(low, high + 1))
    exponent = minimize_scalar(lambda a: a * mean + np.log(np.exp(-a * x).sum()),
                               bracket=(1.0, 2.0)).x
    p = np.exp(-exponent * x)
    p /= p.sum()
    return float(exponent), p @ x**2 - (p @ x)**2


def _ends(low, high):
    low, high = whole_number("low", low, low=1), whole_number("high", high, low=2)
    if high <= low:
        raise ValueError(f"high must be above low = {low}, not {high}")
    return low, high


def extinction_time(N, branching_parameter, start=None):
    """The exact mean number of steps until no neuron fires, from `start` firing neurons
    (default: a third of them).

    It solves t = 1 + Q t over the N states that fire; N up to 2000.
    """
    from scipy.stats import binom
    N = whole_number("N", N, 1, most=2000)
    m = number("branching_parameter", branching_parameter, "nonnegative")
    start = whole_number("start", max(1, N // 3) if start is None else start, low=1)
    if start > N:
        raise ValueError(f"start must be at most N = {N}, not {start}")
    k = np.arange(1, N + 1)
    Q = binom.pmf(k[None, :], (N - k)[:, None], np.minimum(1.0, m * k / N)[:, None])
    try:
        return float(np.linalg.solve(np.eye(N) - Q, np.ones(N))[start - 1])
    except np.linalg.LinAlgError:
        raise ValueError(f"with a branching_parameter of {m:g} activity never ends") from None
