"""Spike trains: read off a voltage trace, or drawn at random.

A spike train is a sorted array of times in ms; several trains are a list of such arrays. Rates
are in Hz.
"""
import numpy as np

from .checks import advise, finite_array, fits_in_memory, number, whole_number
from .solve import checked_times

__all__ = [
    "FASTEST", "as_generator", "checked_trace", "correlated_trains", "merged", "poisson_trains",
    "spike_times", "spike_train", "steady_rate"
]

UNDERSHOOT = 0.12  # the part of V's range that is no spike but the hyperpolarisation after it
FASTEST = 2000.0  # Hz: no neuron fires at such a rate
MOST_MOTHER_SPIKES = 3e7  # more than this would not fit into memory


def spike_times(t, V, threshold, dead_time=0.0):
    """The times at which V crosses the threshold upwards, interpolated between two samples.

    t: (T,) increasing. V: (T,), then one array of times is returned; or (T, n), then a list of n
    arrays. A sample on the threshold counts as above it. dead_time: for noisy recordings, how
    long after a spike no crossing counts, in the unit of t.

    >>> spike_times([0, 1, 2, 3, 4], [0, 4, 0, 4, 0], threshold=1).tolist()
    [0.25, 2.25]
    >>> spike_times([0, 1, 2, 3, 4], [0, 4, 0, 4, 0], threshold=1, dead_time=3).tolist()
    [0.25]
    """
    t, V = checked_trace(t, V)
    threshold = number("threshold", threshold)
    dead_time = number("dead_time", dead_time, "nonnegative")
    if V.ndim == 2:
        return [spike_times(t, trace, threshold, dead_time) for trace in V.T]
    if abs(threshold) > 20 * np.abs(V).max() and _looks_like_spikes_in_volts(V):
        advise(f"V never comes near the threshold {threshold:g}, but rises from rest in brief "
               f"peaks of {np.ptp(V):.2g}: is it in volts? It is in mV; multiply it by 1000")
    elif V.min() < V[0] >= threshold < V.min() + UNDERSHOOT * np.ptp(V):
        advise(f"threshold {threshold:g} lies no higher than V begins, where it falls below rest: "
               "crossings come after the spikes: is V counted from rest? Then take about 50 mV")
    spikes = _outside_dead_time(_crossings(t, V, threshold), dead_time)
    if len(spikes) > 1 and 1000 * (len(spikes) - 1) > FASTEST * np.ptp(spikes):
        advise(f"V crosses the threshold more than {FASTEST:g} times a second: is t in seconds? It "
               "is in ms; multiply it by 1000. Or is it noise that crosses? Then give dead_time")
    return spikes


def _crossings(t, V, threshold):
    """The times (K,) of upward crossings of V (T,)."""
    k = np.flatnonzero((V[:-1] < threshold) & (V[1:] >= threshold))
    return t[k] + (threshold - V[k]) / (V[k + 1] - V[k]) * (t[k + 1] - t[k])


def _looks_like_spikes_in_volts(V):
    """Whether V (T,) has the swing of a spike in volts and brief peaks: once where it rests near
    -0.065, as in absolute volts, else again and again. What rings in mV is half of the time above
    the middle, and a single response dies away.
    """
    rest, low, swing = np.median(V), V.min(), np.ptp(V)
    peaks = len(_crossings(V, V, low + 0.8 * swing))
    is_brief = rest < low + 0.3 * swing
    return 0.05 < swing < 0.2 and is_brief and (-0.1 < rest < -0.04 or peaks > 1)


def _outside_dead_time(times, dead_time):
    """The times without those that follow the last one kept by less than dead_time."""
    if not dead_time:
        return times
    kept = []
    for time in times:
        if not kept or time - kept[-1] >= dead_time:
            kept.append(time)
    return np.array(kept)


def checked_trace(t, V):
    """t (T,) and V, (T,) or (T, n), as arrays."""
    t = checked_times(t)
    V = finite_array("V", V, "an array of voltages")
    if V.ndim not in (1, 2) or len(V) != len(t):
        raise ValueError(f"V must be (T,) or (T, n) with one row per time, but t has shape "
                         f"{t.shape} and V {V.shape}")
    return t, V


def steady_rate(t, V, since=0.0, least_swing=2.0):
    """The rate in Hz at which V oscillates after `since`, a float, or (n,) for V (T, n).

    t: (T,) ms. V: (T,) or (T, n) in mV. Counted are upward crossings of the middle of its range,
    so that oscillations count that are too small to be spikes. 0 where V swings less than
    `least_swing` or crosses less than twice.

    >>> t = np.arange(0, 1000, 0.1)
    >>> round(steady_rate(t, 40 * np.sin(2 * np.pi * t / 50)), 3)
    20.0
    """
    t, V = checked_trace(t, V)
    since = number("since", since, "nonnegative", "ms")
    least_swing = number("least_swing", least_swing, "nonnegative", "mV")
    if V.ndim == 2:
        return np.array([steady_rate(t, trace, since, least_swing) for trace in V.T])
    late = t >= since
    if not late.any():
        raise ValueError(f"since must lie before the last time {t[-1]:g}, but is {since:g}")
    V = V[late]
    if np.ptp(V) < least_swing:
        return 0.0
    crossings = spike_times(t[late], V, (V.max() + V.min()) / 2)
    if len(crossings) < 2:
        return 0.0
    return float(1000 * (len(crossings) - 1) / np.ptp(crossings))


def spike_train(name, times, what="spike times in ms"):
    """`times` as a sorted array of floats (K,), or a ValueError that names `name`."""
    times = finite_array(name, times, what)
    if times.ndim != 1:
        raise ValueError(
            f"{name} must be one row of {what}, but has shape {times.shape}")
    if (times < 0).any():
        raise ValueError(f"{name} holds the negative time {times.min():g} ms; times are 0 "
                         "or more, so shift all trains by the same amount")
    for k in np.flatnonzero(np.diff(times) < 0):
        raise ValueError(f"{name} must be sorted, but {times[k + 1]:g} ms comes after "
                         f"{times[k]:g} ms; try np.sort")
    return times


def merged(trains):
    """All spikes of some trains as one sorted train, and the number of each spike's train."""
    times = np.concatenate([np.empty(0), *trains])
    number = np.repeat(np.arange(len(trains)), list(map(len, trains)))
    order = np.argsort(times, kind="stable")
    return times[order], number[order]


def as_generator(rng):
    """`rng` as a `numpy.random.Generator`: as it is, or made from a whole number, the seed."""
    if isinstance(rng, np.random.Generator):
        return rng
    return np.random.default_rng(
        whole_number("rng, where it is not a numpy Generator but a seed,", rng, most=1e18))


def poisson_trains(n, rate, duration, rng, dead_time=0.0):
    """A list of n independent Poisson trains between 0 and `duration`.

    rate: in Hz, one number or one per train; where it varies in time, one row of rates for all
    trains, shape (1, bins), or one row per train, (n, bins), for equal bins of the duration.
    duration: in ms. rng: a Generator or a seed. dead_time: for how long after a spike there is
    no other one, in ms; the trains keep their rate, because in between they fire at rate / (1 -
    rate dead_time). That is exact where the rate varies little within a dead time, and at the
    very start, before any spike, it is the rate in between that holds.

    >>> trains = poisson_trains(2, rate=20.0, duration=1000.0, rng=1)
    >>> [len(train) for train in trains]
    [17, 25]
    >>> [train] = poisson_trains(1, [[0.0, 50.0]], 1000.0, rng=1, dead_time=5.0)
    >>> bool(train.min() > 500 and np.diff(train).min() >= 5)
    True
    """
    n = whole_number("n", n)
    duration = number("duration", duration, "nonnegative", "ms")
    dead_time = number("dead_time", dead_time, "nonnegative", "ms")
    rng = as_generator(rng)
    rate = finite_array("rate", rate, "a number in Hz, one per train, or a row of them per train")
    rows = rate if rate.ndim == 2 else rate.reshape(-1, 1)
    if len(rows) not in (1, n) or not rate.size and n:
        raise ValueError(f"rate must be one number in Hz or one per train, shape ({n},), or rows "
                         f"of rates in time, (1, bins) or ({n}, bins), but has shape {rate.shape}")
    busy = rows * dead_time / 1000
    if (rows < 0).any() or (busy >= 1).any():
        raise ValueError("rate must be 0 or more in Hz, and below 1 / dead_time, but it runs from "
                         f"{rate.min():g} to {rate.max():g}")
    rows = np.broadcast_to(rows / (1 - busy), (n, rows.shape[1]))
    fits_in_memory("duration", duration, n * rows.max(initial=0) / 1000 * 24)
    counts = rng.poisson(rows.mean(axis=1) * duration / 1000, n)
    trains = np.split(rng.uniform(0, duration, counts.sum()), np.cumsum(counts)[:-1])
    return [_outside_dead_time(np.sort(_at_rate(row, train, duration)), dead_time)
            for row, train in zip(rows, trains)]


def _at_rate(rate, times, duration):
    """Times of an even rate, moved to where a rate (bins,) has its share of the whole."""
    if len(rate) == 1:
        return times
    passed = np.append(0, np.cumsum(rate))
    edges = np.linspace(0, duration, len(passed))
    return np.interp(times / duration * passed[-1], passed, edges)


def correlated_trains(n, rate, duration, correlation, rng, lag=0.0, jitter=0.0):
    """A list of n Poisson trains that share spikes of one common mother process.

    Each keeps a fraction `correlation` of its spikes. The mother has rate/correlation, so that
    every train has `rate` in Hz; the spike counts of two trains have this correlation in windows
    that are long against lag and jitter (in windows of any length without them). Train k is
    later by k * lag; jitter is the standard deviation of an independent Gaussian shift of every
    spike; both in ms, as is `duration`. What falls outside 0..duration is dropped. Correlation 0
    gives independent trains.

    >>> first, second = correlated_trains(2, 20.0, 1000.0, correlation=1.0, rng=1, lag=5.0)
    >>> bool(np.allclose(second, first[:len(second)] + 5))
    True
    """
    n = whole_number("n", n)
    rng = as_generator(rng)
    correlation = number("correlation", correlation, "probability")
    rate = number("rate", rate, "nonnegative", "Hz")
    duration = number("duration", duration, "nonnegative", "ms")
    lag = number("lag", lag, unit="ms")
    jitter = number("jitter", jitter, "nonnegative", "ms")
    fits_in_memory("n", n, rate * duration / 1000 * 8)
    if correlation and rate / correlation * duration / 1000 > MOST_MOTHER_SPIKES:
        raise ValueError(
            f"correlation {correlation:g} is so small that the common process would hold more "
            f"than {MOST_MOTHER_SPIKES:g} spikes; try correlation=0, which gives independent "
            "trains")
    mother = poisson_trains(1, rate / correlation, duration, rng)[0] if correlation else None
    trains = []
    for k in range(n):
        own = (poisson_trains(1, rate, duration, rng)[0] if mother is None
               else mother[rng.random(len(mother)) < correlation])
        times = np.sort(own + k * lag + jitter * rng.standard_normal(len(own)))
        trains.append(times[(times >= 0) & (times <= duration)])
    return trains
