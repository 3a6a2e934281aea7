"""Statistics of spike trains, counted from 0 to a duration, both ends included."""
import numpy as np

from ..checks import advise, fits_in_memory, number
from ..spikes import FASTEST, spike_train

__all__ = ["count_correlation", "fano_factor", "firing_rate", "interval_cv"]


def inside(name, train, duration):
    """`train` as a spike train (K,) within 0..duration.

    Raises ValueError for spikes beyond it, and warns where the times seem to be in seconds.
    """
    train = spike_train(name, train)
    if (train > duration).any():
        raise ValueError(
            f"{name} holds a spike at {train[-1]:g} ms, after the duration of {duration:g} ms: "
            "give the duration of the whole recording, or cut the train and count it from 0")
    if len(train) > 2 and len(train) > FASTEST * duration / 1000:
        advise(
            f"{name} holds {len(train)} spikes in {duration:g} ms: are its times in seconds? "
            "Times are in ms; multiply train and duration by 1000")
    return train


def firing_rate(train, duration):
    """The rate of a train in Hz, a float: spikes per `duration` in ms."""
    duration = number("duration", duration, "positive", "ms")
    return len(inside("train", train, duration)) / duration * 1000


def interval_cv(train):
    """The coefficient of variation of the intervals, a float.

    It is 1 for a Poisson train and 0 for a regular one; nan below three spikes.
    """
    intervals = np.diff(spike_train("train", train))
    if len(intervals) < 2 or not intervals.any():
        return np.nan
    return float(intervals.std() / intervals.mean())


def spike_counts(trains, duration, window):
    """How many spikes of each train fall into each whole window, (n, windows).

    duration, window: in ms. What remains after the last whole window is left out.
    """
    duration = number("duration", duration, "nonnegative", "ms")
    window = number("window", window, "positive", "ms")
    windows = int(duration / window * (1 + 1e-12))
    if not windows:
        raise ValueError(f"window must not be longer than the duration of {duration:g} ms, but "
                         f"is {window:g} ms")
    if not np.iterable(trains):
        raise TypeError(f"trains must be a list of spike trains, not {trains!r}")
    fits_in_memory("the number of windows, duration / window,", windows, 50)
    edges = window * np.arange(windows + 1)
    counts = [np.histogram(inside(f"trains[{k}]", train, duration), edges)[0]
              for k, train in enumerate(trains)]
    return np.array(counts, int).reshape(len(counts), windows)


def fano_factor(train, duration, window):
    """Variance over mean of the counts in windows of this length (ms), a float.

    It is 1 for a Poisson train, and nan where no spike or only one window is left.
    """
    counts = spike_counts([spike_train("train", train)], duration, window)[0]
    if not counts.any() or len(counts) < 2:
        return np.nan
    return float(counts.var(ddof=1) / counts.mean())


def count_correlation(trains, duration, window):
    """The matrix (n, n) of correlations between the trains' counts in windows of this length.

    It holds nan in the row and the column of a train whose counts don't vary.
    """
    counts = spike_counts(trains, duration, window)
    centred = counts - counts.mean(axis=1, keepdims=True)
    covariance = centred @ centred.T
    size = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        return covariance / np.outer(size, size)
