"""Infinitely many Galves-Löcherbach neurons: each receives w times the share that fired."""
import numpy as np

from ..checks import finite_array, number
from .firing import check_link, probability

__all__ = ["mean_field", "population_map", "population_path", "waiting_time"]

MOST_STEPS = 5_000  # of a waiting time, before its tail counts as geometric
RATES = np.concatenate(
    [np.geomspace(1e-9, 0.01, 250, endpoint=False),
     np.linspace(0.01, 1, 500)])


def waiting_time(phi, drive, leak=0.0, V=0.0):
    """The mean number of steps until a neuron fires whose potential starts at V and gets the
    same `drive` at each step.

    drive: one number or an array; the result has its shape, inf where the neuron never fires.
    From the reset, V = 0, this is the mean interval between spikes.
    """
    drive, leak = finite_array("drive", drive), number("leak", leak, "probability")
    V = np.broadcast_to(finite_array("V", V), drive.shape)
    silent, total = np.ones(drive.shape), np.zeros(drive.shape)
    for _ in range(MOST_STEPS):
        later = leak * V + drive
        if (np.abs(later - V) <= 1e-16 * np.abs(later)).all() or (silent < 1e-18).all():
            break
        total += silent  # sum over k of the probability to be silent for k steps
        silent = silent * (1 - probability(phi, V))
        V = later
    fires = probability(phi, V)  # from here on the same at each step: a geometric tail
    return total + np.where(silent > 0, silent / np.where(fires > 0, fires, 1), 0) + np.where(
        (silent > 0) & (fires == 0), np.inf, 0)


def population_map(rho, phi, w, leak=0.0):
    """The share of infinitely many neurons that fires in the next step, when the share `rho`
    fires in this one.

    Each neuron receives w rho. Those that fired are at V = 0; the others fire with the mean
    probability that a steady rho gives them. At leak 0 this is the exact mean field, (1 - rho)
    phi(w rho) + rho phi(0); with leak its dynamics is a summary, but its fixed points are exact
    (see `mean_field`).
    """
    rho = finite_array("rho", rho, "a share from 0 to 1 or an array of them")
    drive = number("w", w) * rho
    return rho * probability(phi, np.zeros(
        ())) + (1 - rho) / waiting_time(phi, drive, leak, V=drive)


def population_path(phi, w, leak, start, steps):
    """The share that fires in each of so many steps (steps,), exact for infinitely many neurons
    and any leak.

    start: the potential of all neurons before the first step. Neurons that fired last in the
    same step stay equal, so one potential and one share for each such group are enough.
    """
    V, share, fired = np.zeros(steps + 1), np.zeros(steps + 1), np.empty(steps)
    V[0], share[0] = start, 1.0
    for t in range(steps):
        p = probability(phi, V[:t + 1])
        fired[t] = share[:t + 1] @ p
        share[:t + 1] *= 1 - p
        V[:t + 1] = leak * V[:t + 1] + w * fired[t]
        share[t + 1] = fired[t]  # the new group: reset, V = 0
    return fired


def mean_field(phi, w, leak=0.0):
    """All stationary firing probabilities of infinitely many neurons, a sorted array of numbers
    in [0, 1].

    Each neuron receives w times the share that fires. The rate rho solves rho E = 1 with E the
    mean interval that the drive w rho gives. 0 is among them where phi(0) = 0. Brochini et al.
    2016, 10.1038/srep35831.
    """
    w, leak = number("w", w), number("leak", leak, "probability")
    reach = w / (1 - leak) if leak < 1 else 20 * w
    check_link(phi, min(reach, 0.0), max(reach, 0.0))

    def gap(rho):
        return population_map(rho, phi, w, leak) / rho - 1

    silent = [0.0] if probability(phi, 0.0) == 0 else []
    return np.array(silent + sorted(_roots(gap, RATES)))


def _roots(f, x):
    """All zeros of a function of an array between the points x, those included where it touches
    zero; no jumps.
    """
    y = f(x)
    found = list(x[y == 0])
    for k in np.flatnonzero(y[:-1] * y[1:] < 0):
        found += _crossing(f, x[k], x[k + 1])
    lowest = np.flatnonzero((np.abs(y[1:-1]) < np.abs(y[:-2]))
                            & (np.abs(y[1:-1]) <= np.abs(y[2:]))) + 1
    for k in lowest[(y[lowest] * y[lowest - 1] > 0) & (y[lowest] * y[lowest + 1] > 0)]:
        found += _touch(f, x[k - 1], x[k + 1], np.sign(y[k]))
    return [float(root) for root in found]


def _crossing(f, low, high):
    """The zero between two points of opposite sign, in a list; none where f jumps over zero
    there.
    """
    for _ in range(10):
        x = np.linspace(low, high, 65)
        y = f(x)
        k = np.flatnonzero(y[:-1] * y[1:] <= 0)[0]
        low, high = x[k:k + 2]
    best = x[k + int(np.abs(y[k + 1]) < np.abs(y[k]))]
    return [best] if np.abs(y[k:k + 2]).max() < 1e-6 else []


def _touch(f, low, high, sign):
    """The zeros between two points where |f| has a minimum: none, one where it touches, or a
    close pair.
    """
    first, last = low, high
    for _ in range(8):
        x = np.linspace(low, high, 65)
        y = sign * f(x)
        k = int(np.argmin(y))
        if y[k] < -1e-13:
            return _crossing(f, first, x[k]) + _crossing(f, x[k], last)
        low, high = x[max(k - 1, 0)], x[min(k + 1, 64)]
    return [x[k]] if y[k] < 1e-11 and first > 1e-6 else [
    ]  # near 0 every critical curve hugs the diagonal
