"""Infinitely many Galves-Löcherbach neurons: each receives w times the fraction that fired."""
import numpy as np

from ..checks import finite_array, number
from .firing import check_firing_function, probability

__all__ = ["mean_field", "population_map", "waiting_time"]

MOST_STEPS = 5_000  # of a waiting time, before its tail counts as geometric
RATES = np.concatenate(
    [np.geomspace(1e-9, 0.01, 250, endpoint=False), np.linspace(0.01, 1, 500)])


def waiting_time(phi, drive, leak=0.0, V=0.0):
    """The mean number of steps until a neuron fires that gets the same `drive` in each step.

    drive: one number or an array; the result has its shape, and is inf where the neuron
    never fires. V: its potential at the start. From the reset, V = 0, this is the mean
    interval.
    Derived in notebook 05, section 2.
    """
    drive = finite_array("drive", drive)
    leak = number("leak", leak, "probability")
    V = np.broadcast_to(finite_array("V", V), drive.shape)
    silent = np.ones(drive.shape)  # the probability to be silent for so many steps
    total = np.zeros(drive.shape)
    for _ in range(MOST_STEPS):
        later = leak * V + drive
        if (np.abs(later - V) <= 1e-16 * np.abs(later)).all() or (silent < 1e-18).all():
            break
        total += silent
        silent = silent * (1 - probability(phi, V))
        V = later
    with np.errstate(all="ignore"):  # inf where it never fires
        tail = np.where(silent > 0, silent / probability(phi, V), 0.0)  # geometric from here on
    return total + tail


def population_map(rho, phi, w, leak=0.0):
    """The fraction of infinitely many neurons that fires one step after a fraction `rho` fired.

    Each neuron receives w rho. Those that fired are at V = 0; the others fire with the
    mean probability that a steady rho gives them. At leak 0 this is the exact mean field,
    (1 - rho) phi(w rho) + rho phi(0). With a leak its dynamics is a summary, but its
    fixed points are exact (see `mean_field`).
    Derived in notebook 05, section 5.
    """
    rho = finite_array("rho", rho, "a fraction from 0 to 1 or an array of them")
    drive = number("w", w) * rho
    reset = probability(phi, np.zeros(()))
    return rho * reset + (1 - rho) / waiting_time(phi, drive, leak, V=drive)


def mean_field(phi, w, leak=0.0):
    """All stationary firing probabilities of infinitely many neurons, a sorted array in [0, 1].

    Each neuron receives w times the fraction that fires. The rate rho solves rho E = 1,
    where E is the mean interval under the drive w rho; 0 is among them where phi(0) = 0.
    Brochini et al. 2016, 10.1038/srep35831.
    Derived in notebook 05, section 5.

    >>> from course_utils import clipped_linear
    >>> mean_field(clipped_linear(gain=1.0), w=1.5).round(4).tolist()
    [0.0, 0.3333]
    """
    w = number("w", w)
    leak = number("leak", leak, "probability")
    reach = w / (1 - leak) if leak < 1 else 20 * w
    check_firing_function(phi, min(reach, 0.0), max(reach, 0.0))
    silent = [0.0] if probability(phi, 0.0) == 0 else []
    return np.array(silent + _zeros(lambda rho: population_map(rho, phi, w, leak) / rho - 1, RATES))


def _zeros(f, x):
    """All zeros of a function of an array between the points x, ascending; no jumps.

    Where |f| has a minimum between points of the same sign, f may touch zero there, or
    cross it twice: the minimum then becomes one of the points.
    """
    from scipy.optimize import elementwise

    y = f(x)
    same = np.sign(y[1:-1])
    size = np.abs(y)
    low = (same * y[:-2] > size[1:-1]) & (same * y[2:] >= size[1:-1])
    k = np.flatnonzero(low) + 1
    least = elementwise.find_minimum(lambda x, sign: sign * f(x), (x[k - 1], x[k], x[k + 1]),
                                     args=(np.sign(y[k]),))
    touches = (np.abs(least.f_x) < 1e-11) & (x[k - 1] > 1e-6)  # near 0 all critical curves do
    below = (least.f_x < -1e-13) & ~touches
    x = np.sort(np.concatenate([x, least.x[below]]))
    y = f(x)
    k = np.flatnonzero(y[:-1] * y[1:] < 0)
    crossing = elementwise.find_root(f, (x[k], x[k + 1]))
    crosses = np.abs(crossing.f_x) < 1e-6  # elsewhere f jumps over zero
    return sorted(np.concatenate([x[y == 0], least.x[touches], crossing.x[crosses]]).tolist())
