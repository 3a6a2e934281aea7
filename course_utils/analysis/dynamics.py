"""Fixed points, Hopf points and limit cycles of any `Model`, from its `rhs` alone.

Currents and states are in the model's own units, periods in its unit of time. A limit cycle is
found by integrating from far away until the orbit repeats, and is then closed by Newton's
method on the return map of a section (Guckenheimer and Holmes 1983, 10.1007/978-1-4612-1140-2);
bistable models keep both: their rest and their cycle.
"""
from collections import namedtuple
from contextlib import suppress
from functools import lru_cache
from itertools import combinations, product

import numpy as np

from ..checks import number, require
from ..equilibria import equilibrium_curve, jacobian, root_between
from ..solve import EXAMPLE

__all__ = [
    "SETTLED", "Cycle", "cycle_from", "fixed_points", "from_threshold", "hopf_currents",
    "period", "single", "slowest_turn", "stable_cycle"
]

FAR_STARTS = (2, -2, 6, -6, 20, 0.5)  # first state beside the fixed point, in units of 1 + |x*|
SETTLED = 1e-2  # smaller swings have come to rest
MOST_GHOSTS = 2  # starts that may linger where a cycle has just vanished
MOST_SLOPES = 200_000  # evaluations of rhs from one start: some seconds
STANDSTILL = 1e-11  # of the fastest rate at a fixed point: less is 0 up to rounding
EXPLODED = 1e6  # no state of a neuron gets here: backwards in time orbits do

# state(t) -> (n, *t.shape), t counted from the threshold
Cycle = namedtuple("Cycle", "period state")


def fixed_points(model):
    """All fixed points at `model.I_ext`: a list of state tuples, sorted by the first state.

    They are looked for where the first state is between -300 and 300, and where nothing is found
    between -1e6 and 1e6; a model may give them in closed form instead.

    >>> from course_utils import FitzHughNagumo, fixed_points
    >>> [(round(v, 4), round(w, 4)) for v, w in fixed_points(FitzHughNagumo(I_ext=0.5))]
    [(-0.8048, -0.1311)]
    """
    return single(model).fixed_states(model.I_ext)


def hopf_currents(model):
    """The currents at which a fixed point changes stability through a complex pair: a tuple,
    ascending, maybe empty.

    The fixed points are followed over all currents. At a Hopf point two eigenvalues add up to
    zero without being real, so the product of all sums of two changes sign there.

    >>> from course_utils import HodgkinHuxley, hopf_currents
    >>> [round(I, 4) for I in hopf_currents(HodgkinHuxley())]
    [9.7754, 154.5224]
    """
    single(model)
    x, *_ = equilibrium_curve(model)
    test = _product_of_sums(model, x)
    left = np.flatnonzero(test[:-1] * test[1:] < 0)
    x = root_between(lambda z: _product_of_sums(model, z), x[left], x[left + 1])
    currents = [model.clamped_at(np.array([z]))[-1].item() for z in x if _is_oscillating(model, z)]
    return tuple(sorted(currents))


def _eigenvalues(model, x):
    """The eigenvalues (U, n), complex, at the equilibria whose first state is x (U,); nan where
    the Jacobian is not finite.
    """
    *others, I = model.clamped_at(x)
    with np.errstate(all="ignore"):
        matrix = jacobian(lambda state: model.field(state, I), (x, *others))
    values = np.full(matrix.shape[:2], np.nan, complex)
    finite = np.isfinite(matrix).all(axis=(1, 2))
    values[finite] = np.linalg.eigvals(matrix[finite])
    return values


def _product_of_sums(model, x):
    """The product (U,) of all sums of two eigenvalues at the equilibria x (U,)."""
    values = _eigenvalues(model, x).T
    sums = [first + second for first, second in combinations(values, 2)]
    return np.prod(sums, axis=0).real if sums else np.ones(len(x))


def _is_oscillating(model, x):
    """Whether the two eigenvalues at x that add up to zero are a complex pair, no real saddle.
    """
    values = _eigenvalues(model, np.array([x]))[0]
    nearest = min(combinations(values, 2), key=lambda pair: abs(sum(pair)))
    return abs(nearest[0].imag) > 1e-6 * np.abs(values).max()


def single(model):
    """The model, if each of its parameters is one number; otherwise an error that names the one
    that is not.
    """
    for name, values in require("model", model, "rhs", EXAMPLE).sweeps().items():
        raise ValueError(
            f"{name} must be one number here, not an array of shape {values.shape}; call this "
            "once for each value"
        )
    return model


def period(model, threshold=None):
    """The period of the stable limit cycle at `model.I_ext`, accurate to about 1e-9.

    threshold: its upward crossings by the first state mark a turn, by default the middle of the
    cycle's range. Raises ValueError where there is no cycle, and where the cycle doesn't cross
    the threshold.

    >>> from course_utils import FitzHughNagumo, period
    >>> round(period(FitzHughNagumo(I_ext=0.5)), 3)
    39.474
    """
    return stable_cycle(model, threshold).period


def _slope(model):
    """The vector field as scipy calls it: slope(t, y)."""
    rhs, I_ext = model.rhs, model.I_ext
    return lambda t, y: rhs(tuple(y.tolist()), I_ext)


def stable_cycle(model, threshold=None):
    """The stable `Cycle` at `model.I_ext`; t = 0 at the threshold."""
    return from_threshold(_found_cycle(single(model)), threshold)


@lru_cache(maxsize=32)
def _found_cycle(model):
    """The stable `Cycle` at `model.I_ext`, from starts far from the fixed points; kept, since
    several functions need it.
    """
    fixed = fixed_points(model)
    longest = slowest_turn(model, fixed)
    ghosts = 0
    for far, anchor in product(FAR_STARTS, fixed or [np.zeros(len(model.states))]):
        start = np.array(anchor)
        start[0] += far * (1 + abs(start[0]))
        found, misses = cycle_from(_slope(model), start, longest)
        if found:
            return found
        ghosts += misses > 0
        if ghosts == MOST_GHOSTS:
            break
    places = ", ".join(f"{point[0]:.4g}" for point in fixed)
    raise ValueError(
        f"{type(model).__name__} has no stable cycle at I_ext = {model.I_ext:g}: every orbit tried "
        f"comes to rest (fixed points at {next(iter(model.states))} = {places or 'none'}); a cycle "
        "needs another current, see hopf_currents(model)")


def slowest_turn(model, fixed):
    """A stretch of time that is long for this model: four turns or time constants of its slowest
    fixed point, 100 where there is none. A rate of 0 has no turn: it marks where two fixed points
    meet.
    """
    values = [np.abs(np.linalg.eigvals(jacobian(model.field, point))) for point in fixed]
    rates = [rate for each in values for rate in each if rate > STANDSTILL * each.max()]
    return 8 * np.pi / min(rates) if rates else 100.0


def cycle_from(slope, start, longest):
    """(cycle, misses): the `Cycle` on which the orbit from `start` ends, t = 0 at the middle of
    its range, or None.

    misses counts how often the orbit seemed to repeat and could not be closed. That is what it
    does for a long time just beyond the currents where two cycles meet and vanish; so after
    each miss the next attempt waits twice as long.
    """
    slope = _patient(slope)
    y = start
    before = np.inf, -np.inf
    misses = repeats = 0
    for _ in range(40):
        found = _onwards(slope, y, longest)
        if found.status != 0 or not np.isfinite(found.y).all():
            return None, misses
        y, late = found.y[:, -1], found.y[0, 500:]
        low, high = late.min(), late.max()
        swing = high - low
        if swing < SETTLED * (1 + abs(low)) and swing < before[1] - before[0]:
            return None, misses
        if max(abs(low - before[0]), abs(high - before[1])) < 0.02 * swing:
            repeats += 1
            if repeats >= 2**misses:
                with suppress(NoTurn):
                    return _closed(slope, y, (low + high) / 2, longest), misses
                misses += 1
        before = low, high
    return None, misses


def _patient(slope):
    """The same vector field, which ends a search that takes too long."""
    left = iter(range(MOST_SLOPES))

    def counted(t, y):
        with suppress(OverflowError):
            if next(left, None) is not None:
                return slope(t, y)
        raise ValueError(
            f"no stable cycle was found with {MOST_SLOPES:,} evaluations of rhs: some rates "
            "of this model are far faster than others; try parameters nearer to each other in size")

    return counted


def _onwards(slope, y, longest):
    """scipy's solution from y at 1000 times up to `longest`; its status is 1 where it is
    stopped because it explodes.
    """
    from scipy.integrate import solve_ivp

    def explodes(_, y):
        """Zero where the orbit leaves all that a neuron reaches."""
        return np.abs(y).max() - EXPLODED

    explodes.terminal = True
    return solve_ivp(slope, (0, longest), y, method="LSODA", rtol=1e-8, atol=1e-10,
                     events=explodes, t_eval=np.linspace(0, longest, 1000))


class NoTurn(Exception):
    """Of an orbit that does not return, or not to where it came from."""


def _closed(slope, y, level, longest):
    """The stable `Cycle` near y, closed by Newton's method on the return map of x = level; NoTurn
    where that fails.
    """
    made = _next_turn(slope, y, level, longest)
    point, before = made.state(made.period), np.inf
    point[0] = level  # up to rounding it is there
    for _ in range(20):
        made = _next_turn(slope, point, level, longest)
        gap = (made.state(made.period) - point)[1:]
        size = np.max(np.abs(gap) / (1 + np.abs(point[1:])), initial=0)
        if size < 1e-10:
            return made
        change = gap
        if size > 0.1 * before:  # the orbit closes in too slowly by itself
            matrix = _return_map_slope(slope, point, made, level, longest)
            if np.abs(np.linalg.eigvals(matrix)).max() >= 1:
                break
            change = np.linalg.solve(np.eye(len(gap)) - matrix, gap)
        point, before = np.array([level, *(point[1:] + change)]), size
    raise NoTurn


def _return_map_slope(slope, point, made, level, longest):
    """The derivative (n-1, n-1) of the return map at a point of the section."""
    columns = []
    for k in range(1, len(point)):
        beside = point.copy()
        beside[k] += 1e-6 * (1 + abs(point[k]))
        other = _next_turn(slope, beside, level, longest)
        columns.append((other.state(other.period) - made.state(made.period))[1:] /
                       (beside[k] - point[k]))
    return np.array(columns).T


def _next_turn(slope, start, level, longest):
    """The orbit from `start` until x rises through the level, from a start on it until x does
    so again: a `Cycle`; NoTurn where it doesn't.
    """
    from scipy.integrate import solve_ivp

    def rises(_, y):
        """Zero at the level."""
        return y[0] - level

    rises.direction = 1
    rises.terminal = 2 if start[0] == level else 1  # a start on the level is the first time
    turn = solve_ivp(slope, (0, 2 * longest), start, method="DOP853", rtol=1e-12, atol=1e-13,
                     events=rises, dense_output=True)
    if turn.status != 1:
        raise NoTurn
    return Cycle(float(turn.t[-1]), turn.sol)


def from_threshold(cycle, threshold):
    """The same cycle with t = 0 where the first state crosses the threshold upwards; t may then
    be any time.
    """
    T = cycle.period
    shift = 0.0
    if threshold is not None:
        threshold = number("threshold", threshold)
        t = np.linspace(0, T, 2001)
        x = cycle.state(t)[0]
        left = np.flatnonzero((x[:-1] < threshold) & (x[1:] >= threshold))[:1]
        if not left.size:
            raise ValueError(
                f"threshold {threshold:g} is never crossed: on the cycle the first state runs from "
                f"{x.min():.4g} to {x.max():.4g}")
        shift = root_between(lambda z: cycle.state(z)[0] - threshold, t[left], t[left + 1])[0]
    return Cycle(T, lambda t: cycle.state(np.mod(t + shift, T)))
