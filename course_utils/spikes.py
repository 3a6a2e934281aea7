"""Spike trains: read off a voltage trace, drawn at random, and measured.

A spike train is a sorted array of times in ms; several trains are a list of such arrays. Rates
are in Hz.
"""
import numpy as np

from .checks import finite_array, number, scalar_or_per, whole_number

__all__ = [
    "as_generator", "correlated_trains", "count_correlation", "fano_factor", "firing_rate",
    "interval_cv", "merged", "peak", "poisson_trains", "spike_counts", "spike_times", "spike_train",
    "steady_rate"
]

MOST_MOTHER_SPIKES = 1e8  # more than this would not fit into memory


def spike_times(t, V, threshold):
    """The times at which V crosses the threshold upwards, between two samples by linear
    interpolation.

    t: (T,) increasing. V: (T,), then one array of times is returned; or (T, n), then a list of
    n arrays. A sample that lies on the threshold counts as above it.
    """
    t, V = finite_array("t", t, "an array of times"), finite_array("V", V,
                                                                   "an array of voltages")
    threshold = float(finite_array("threshold", threshold, "one number"))
    if (np.diff(t) <= 0).any():
        raise ValueError("t must increase")
    if t.ndim != 1 or V.ndim not in (1, 2) or len(V) != len(t):
        raise ValueError(
            f"V must be (T,) or (T, n) with one row per time, but t has shape {t.shape} and V "
            f"{V.shape}"
        )
    if V.ndim == 2:
        return [spike_times(t, lane, threshold) for lane in V.T]
    k = np.flatnonzero((V[:-1] < threshold) & (V[1:] >= threshold))
    return t[k] + (threshold - V[k]) / (V[k + 1] - V[k]) * (t[k + 1] - t[k])


def peak(t, V):
    """The time and the height of the highest point of V (T,), from the parabola through the
    three highest samples.

    t: (T,) with equal steps around the peak. At either end of the trace the sample itself is
    returned.
    """
    t, V = finite_array("t", t, "an array of times"), finite_array("V", V,
                                                                   "an array of voltages")
    if t.ndim != 1 or not len(t) or V.shape != t.shape:
        raise ValueError(
            f"V must hold one voltage for each time in t, but t has shape {t.shape} and V "
            f"{V.shape}"
        )
    k = int(np.argmax(V))
    if k in (0, len(V) - 1):
        return float(t[k]), float(V[k])
    before, top, after = V[k - 1:k + 2]
    shift = (before - after) / (2 * (before - 2 * top + after))
    return float(t[k] + shift * (t[k + 1] - t[k])), float(top - (before - after) * shift / 4)


def steady_rate(t, V, since=0.0, least_swing=2.0):
    """The rate in Hz at which V oscillates after `since`: of its upward crossings of the middle
    of its range.

    t: (T,) ms. V: (T,) in mV, then one number is returned; or (T, n), then an array (n,). 0
    where V swings less than `least_swing` or crosses less than twice. It also counts
    oscillations that are too small to be called spikes.
    """
    t, V = finite_array("t", t, "an array of times"), finite_array("V", V,
                                                                   "an array of voltages")
    since = number("since", since, "nonnegative", "ms")
    least_swing = number("least_swing", least_swing, "nonnegative", "mV")
    if V.ndim == 2:
        return np.array([steady_rate(t, lane, since, least_swing) for lane in V.T])
    late = t >= since
    if not late.any():
        raise ValueError(f"since must lie before the last time {t[-1]:g}, but is {since:g}")
    V = V[late]
    crossings = spike_times(t[late], V, (V.max() + V.min()) / 2)
    if len(crossings) < 2 or np.ptp(V) < least_swing:
        return 0.0
    return float(1000 * (len(crossings) - 1) / (crossings[-1] - crossings[0]))


def spike_train(name, times):
    """`times` as a sorted array of floats (K,); a ValueError that names `name` where they are
    no spike train.
    """
    times = finite_array(name, times, "spike times in ms")
    if times.ndim != 1:
        raise ValueError(
            f"{name} must be one row of spike times in ms, but has shape {times.shape}")
    if (times < 0).any():
        raise ValueError(
            f"{name} holds the negative time {times.min():g} ms; spike times are 0 or more, "
            "so shift all trains by the same amount")
    if (late := np.flatnonzero(times[1:] < times[:-1])).size:
        k = late[0]
        raise ValueError(
            f"{name} must be sorted, but {times[k + 1]:g} ms comes after {times[k]:g} ms; try "
            "np.sort"
        )
    return times


def merged(trains):
    """All spikes of some trains as one sorted train, and the number of each spike's train."""
    times = np.concatenate([np.empty(0), *trains])
    number = np.repeat(np.arange(len(trains)), [len(train) for train in trains])
    order = np.argsort(times, kind="stable")
    return times[order], number[order]


def as_generator(rng):
    """`rng` as a `numpy.random.Generator`: one that is given is used as it is, a whole number
    is a seed.
    """
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, (int, np.integer)) and not isinstance(rng, bool) and rng >= 0:
        return np.random.default_rng(rng)
    raise TypeError(
        f"rng must be a numpy Generator or a seed (a whole number, 0 or more), not {rng!r}; "
        "try np.random.default_rng(1)")


def poisson_trains(n, rate, duration, rng):
    """A list of n independent Poisson trains between 0 and `duration`.

    rate: in Hz, one number or one per train. duration: in ms. rng: a Generator or a seed.
    """
    n, duration, rng = whole_number("n", n), number("duration", duration, "nonnegative",
                                                    "ms"), as_generator(rng)
    rate = scalar_or_per("rate", rate, (n,), "train", "number in Hz")
    if (rate < 0).any():
        raise ValueError(f"rate must be 0 or more in Hz, not {rate.min():g}")
    counts = rng.poisson(rate * duration / 1000, n)
    times = rng.uniform(0, duration, counts.sum())
    return [np.sort(train) for train in np.split(times, np.cumsum(counts)[:-1])] if n else []


def correlated_trains(n, rate, duration, correlation, rng, lag=0.0, jitter=0.0):
    """A list of n Poisson trains that share spikes: each keeps a share `correlation` of one
    common mother process.

    The mother has rate/correlation, so that every train has `rate` in Hz, and the spike counts
    of two trains have this correlation in windows that are long against lag and jitter (in
    windows of any length without them). Train k is later by k * lag; jitter is the standard
    deviation of an independent Gaussian shift of every spike; both in ms, as is `duration`.
    What falls outside 0..duration is dropped. Correlation 0 gives independent trains.
    """
    n, rng, correlation = whole_number("n", n), as_generator(rng), number(
        "correlation", correlation, "probability")
    rate, duration = number("rate", rate, "nonnegative", "Hz"), number(
        "duration", duration, "nonnegative", "ms")
    lag, jitter = number("lag", lag, unit="ms"), number("jitter", jitter, "nonnegative", "ms")
    if correlation and rate / correlation * duration / 1000 > MOST_MOTHER_SPIKES:
        raise ValueError(
            f"correlation {correlation:g} is so small that the common process would hold more "
            "than "
            f"{MOST_MOTHER_SPIKES:g} spikes; try correlation=0, which gives independent trains")
    mother = poisson_trains(1, rate / correlation, duration, rng)[0] if correlation else None
    trains = []
    for k in range(n):
        own = (poisson_trains(1, rate, duration, rng)[0]
               if mother is None else mother[rng.random(len(mother)) < correlation])
        times = np.sort(own + k * lag + jitter * rng.standard_normal(len(own)))
        trains.append(times[(times >= 0) & (times <= duration)])
    return trains


def firing_rate(train, duration):
    """The rate of a train in Hz: spikes per `duration` in ms."""
    return len(spike_train("train", train)) / number("duration", duration, "positive",
                                                     "ms") * 1000


def interval_cv(train):
    """Standard deviation over mean of the intervals: 1 for a Poisson train, 0 for a clock; nan
    below three spikes.
    """
    intervals = np.diff(spike_train("train", train))
    return float(intervals.std()
                 / intervals.mean()) if len(intervals) > 1 and intervals.any() else np.nan


def spike_counts(trains, duration, window):
    """How many spikes of each train fall into each whole window, (n, windows); `duration` and
    `window` in ms.
    """
    duration, window = number("duration", duration, "nonnegative", "ms"), number(
        "window", window, "positive", "ms")
    windows = int(duration / window * (1 + 1e-12))
    if not windows:
        raise ValueError(
            f"window must not be longer than the duration of {duration:g} ms, but is "
            f"{window:g} ms"
        )
    edges = window * np.arange(windows + 1)
    if not np.iterable(trains):
        raise TypeError(f"trains must be a list of spike trains, not {trains!r}")
    trains = [spike_train(f"trains[{k}]", train) for k, train in enumerate(trains)]
    return np.array([np.diff(np.searchsorted(train, edges)) for train in trains]).reshape(
        len(trains), windows)


def fano_factor(train, duration, window):
    """Variance over mean of the spike counts in windows of this length: 1 for a Poisson train.
    """
    counts = spike_counts([spike_train("train", train)], duration, window)[0]
    return float(counts.var(ddof=1)
                 / counts.mean()) if counts.any() and len(counts) > 1 else np.nan


def count_correlation(trains, duration, window):
    """The matrix (n, n) of correlations between the trains' spike counts in windows of this
    length, in ms.
    """
    return np.corrcoef(spike_counts(trains, duration, window))
