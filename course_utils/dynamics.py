"""Fixed points, Hopf points, limit cycles and phases of any `Model`, from its `rhs` alone.

Currents and states are in the model's own units, periods in its unit of time, phases in cycles. A limit cycle is found
by integrating from far away until the orbit repeats, and is then closed by Newton's method on the return map of a
section (Guckenheimer and Holmes 1983, 10.1007/978-1-4612-1140-2); bistable models keep both: their rest and their cycle.
"""
from collections import namedtuple
from functools import lru_cache
from itertools import combinations, product

import numpy as np

from .model import finite_array, having, number, whole_number
from .solve import EXAMPLE, Run, simulate
from .steady import crossing, equilibrium_curve, is_stable, jacobian

__all__ = ["asymptotic_phase", "fixed_points", "floquet_multiplier", "hopf_currents", "kicked_run", "limit_cycle", "period",
           "phase_response", "phase_sensitivity", "unstable_cycle"]

DEFAULT_THRESHOLD = {"v": 0.0, "V": 20.0}                     # what marks phase 0, by the name of the first state
FAR_STARTS = (2, -2, 6, -6, 20, 0.5)                          # first state beside the fixed point, in units of 1 + |x*|
NEAR_STARTS = (0.1, 0.01, 0.001)                              # the same for a cycle round a stable fixed point
SETTLED, STIFF = 1e-2, 0.25                                   # smaller swings have come to rest; step times fastest rate
MOST_GHOSTS = 2                                               # starts that may linger where a cycle has just vanished
LANDING = 0.05                                                # turns in which a kick's fastest part is over
EXPLODED = 1e6                                                # no state of a neuron gets here: backwards in time orbits do

Cycle = namedtuple("Cycle", "period state")                   # state(t) -> (n, *t.shape), t counted from the threshold


# ---------------------------------------------------------------------------------------------------- equilibria
def fixed_points(model):
    """All fixed points at `model.I_ext`: a list of state tuples, sorted by the first state."""
    return _single(model).fixed_states(model.I_ext)


def hopf_currents(model):
    """The currents at which a fixed point changes stability through a complex pair: a tuple, ascending, maybe empty.

    The fixed points are followed over all currents. At a Hopf point two eigenvalues add up to zero without being real,
    so the product of all sums of two changes sign there.
    """
    _single(model)
    x, _, _ = equilibrium_curve(model)
    sums = _pair_sums(model, x)
    test = sums.prod(axis=-1).real
    left = np.flatnonzero(test[:-1] * test[1:] < 0)
    x = crossing(lambda z: _pair_sums(model, z).prod(axis=-1).real, x[left], x[left + 1])
    return tuple(sorted(float(model.held(np.array([z]))[-1][0]) for z in x if _is_oscillating(model, z)))


def _linearised(model, x):
    """The Jacobians (U, n, n) at the equilibria whose first state is x (U,); nan where they are not finite."""
    *others, I = model.held(x)
    with np.errstate(all="ignore"):
        matrix = jacobian(lambda state: np.array(np.broadcast_arrays(*model.rhs(tuple(state), I))), (x, *others))
    matrix[~np.isfinite(matrix).all(axis=(1, 2))] = np.nan
    return matrix


def _pair_sums(model, x):
    """The sums of two eigenvalues, (U, pairs), at the equilibria x (U,); nan where the Jacobian is not finite."""
    matrix = _linearised(model, x)
    bad = np.isnan(matrix).any(axis=(1, 2))
    values = np.linalg.eigvals(np.where(bad[:, None, None], 0, matrix)).astype(complex)
    values[bad] = np.nan
    pairs = list(combinations(range(values.shape[-1]), 2))
    return np.stack([values[:, i] + values[:, j] for i, j in pairs] or [np.ones(len(x), complex)], axis=-1)


def _is_oscillating(model, x):
    """Whether the two eigenvalues at x that add up to zero are a complex pair, no real saddle."""
    values = np.linalg.eigvals(_linearised(model, np.array([x]))[0])
    nearest = min(combinations(values, 2), key=lambda pair: abs(sum(pair)))
    return abs(nearest[0].imag) > 1e-6 * np.abs(values).max()


def _single(model):
    """The model, if each of its parameters is one number; otherwise an error that names the one that is not."""
    if varying := list(having("model", model, "rhs", EXAMPLE).sweeps().items()):
        name, values = varying[0]
        raise ValueError(f"{name} must be one number here, not an array of shape {values.shape}; call this once for each value")
    return model


# --------------------------------------------------------------------------------------------------- limit cycles
def period(model, threshold=None):
    """The period of the stable limit cycle at `model.I_ext`, accurate to about 1e-9.

    threshold: its upward crossings by the first state mark a turn, by default the middle of the cycle's range. Raises
    ValueError where there is no cycle, and where the cycle doesn't cross the threshold.
    """
    return _stable_cycle(model, threshold).period


def limit_cycle(model, threshold=None, points=1001):
    """One turn of the stable limit cycle at `model.I_ext`: a `Run`, t from 0 to the period.

    threshold: t = 0 where the first state crosses it upwards, by default in the middle of the cycle's range. points:
    how many times. Raises ValueError where there is no cycle.
    """
    return _turn(model, _stable_cycle(model, threshold), whole_number("points", points, 2))


def unstable_cycle(model, points=1001):
    """One turn of an unstable limit cycle round a stable fixed point of a planar model: a `Run`, t from 0 to the period.

    It is found by running time backwards, which turns its repulsion into attraction. Raises ValueError where there is
    none, TypeError for a model with more than two states.
    """
    points = whole_number("points", points, 2)
    if len(_single(model).states) != 2:
        raise TypeError(f"unstable_cycle needs a model with two states; {type(model).__name__} has {len(model.states)}")
    slope, fixed = _slope(model), fixed_points(model)
    stable = [point for point in fixed if is_stable(model, point, model.I_ext)]
    for point, near in product(stable, NEAR_STARTS):
        start = np.array(point)
        start[0] += near * (1 + abs(start[0]))
        found, _ = _cycle_from(lambda t, y: [-d for d in slope(t, y)], start, _slowest_turn(model, fixed))
        if found:
            back = _from_threshold(found, None, model)
            return _turn(model, _backwards(back), points)
    raise ValueError(f"no unstable cycle at I_ext = {model.I_ext:g} round a stable fixed point")


def _backwards(cycle):
    """The same cycle with time reversed."""
    return Cycle(cycle.period, lambda t: cycle.state(-t))


def floquet_multiplier(model):
    """By how much a small distance from the stable cycle shrinks in one turn: the largest nontrivial multiplier.

    For two states from the divergence of the flow, which also gives the tiniest values; otherwise from the linearised
    flow over one turn, which is good to about 1e-6. Raises ValueError where there is no cycle.
    """
    cycle = _stable_cycle(model)
    if len(model.states) == 2:
        t = np.linspace(0, cycle.period, 4001)
        return float(np.exp(np.trapezoid(np.trace(_along(model, cycle, t), axis1=1, axis2=2), t)))
    values = np.linalg.eigvals(_solved(lambda t, M: _at(model, cycle, t) @ M, cycle.period, np.eye(len(model.states)))[-1])
    return float(np.abs(np.delete(values, np.argmin(np.abs(values - 1)))).max())


def _along(model, cycle, t):
    """The Jacobians (T, n, n) of the vector field along the cycle at t (T,)."""
    return jacobian(lambda state: np.array(np.broadcast_arrays(*model.rhs(tuple(state), model.I_ext))), cycle.state(t))


def _at(model, cycle, t):
    """The Jacobian (n, n) of the vector field on the cycle at one time t."""
    return _along(model, cycle, np.array([t]))[0]


def _solved(slope, duration, start, times=None):
    """The solution (T, *start.shape) of an equation for an array, from 0 to `duration` (negative: backwards)."""
    from scipy.integrate import solve_ivp
    shape = np.shape(start)
    found = solve_ivp(lambda t, y: slope(t, y.reshape(shape)).ravel(), (0, duration), np.ravel(start), method="DOP853",
                      rtol=1e-9, atol=1e-12, t_eval=times)
    return found.y.T.reshape(-1, *shape)


def _turn(model, cycle, points):
    """One turn of a cycle as a `Run`."""
    t = np.linspace(0, cycle.period, points)
    return Run(model, t, zip(model.states, cycle.state(t)))


def _slope(model):
    """The vector field as scipy calls it: slope(t, y)."""
    rhs, I_ext = model.rhs, model.I_ext
    return lambda t, y: rhs(tuple(y.tolist()), I_ext)


def _stable_cycle(model, threshold=None):
    """The stable `Cycle` at `model.I_ext`; t = 0 at the threshold."""
    return _from_threshold(_found_cycle(_single(model)), threshold, model)


@lru_cache(maxsize=32)
def _found_cycle(model):
    """The stable `Cycle` at `model.I_ext`, from starts far from the fixed points; kept, since several functions need it."""
    fixed = fixed_points(model)
    anchors = [np.array(point) for point in fixed] or [np.zeros(len(model.states))]
    longest, ghosts = _slowest_turn(model, fixed), 0
    for far, anchor in product(FAR_STARTS, anchors):
        start = anchor.copy()
        start[0] += far * (1 + abs(anchor[0]))
        found, misses = _cycle_from(_slope(model), start, longest)
        if found:
            return found
        ghosts += misses > 0
        if ghosts == MOST_GHOSTS:
            break
    raise ValueError(f"{type(model).__name__} has no stable cycle at I_ext = {model.I_ext:g}: every orbit tried comes "
                     f"to rest{_where(fixed, model)}; a cycle needs another current, see hopf_currents(model)")


def _where(fixed, model):
    """Where the fixed points are, for an error message."""
    name = next(iter(model.states))
    return f" (fixed points at {name} = {', '.join(f'{point[0]:.4g}' for point in fixed)})" if fixed else ""


def _slowest_turn(model, fixed):
    """A stretch of time that is long for this model: four turns or time constants of its slowest fixed point."""
    values = [np.linalg.eigvals(jacobian(lambda x: model.rhs(x, model.I_ext), point)) for point in fixed]
    return 8 * np.pi / min([np.abs(v).min() for v in values] + [np.inf]) if values else 100.0


def _cycle_from(slope, start, longest, rounds=40):
    """(cycle, misses): the `Cycle` on which the orbit from `start` ends, t = 0 at the middle of its range, or None.

    misses counts how often the orbit seemed to repeat and could not be closed. That is what it does for a long time just
    beyond the currents where two cycles meet and vanish; so after each miss the next attempt waits twice as long.
    """
    y, before, misses, repeats = start, (np.inf, -np.inf), 0, 0
    for _ in range(rounds):
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
            if repeats >= 2 ** misses:
                if cycle := _closed(slope, y, (low + high) / 2, longest):
                    return cycle, misses
                misses += 1
        before = low, high
    return None, misses


def _onwards(slope, y, longest):
    """scipy's solution from y at 1000 times up to `longest`; its status is 1 where it is stopped because it explodes."""
    from scipy.integrate import solve_ivp

    def explodes(_, y):
        return np.abs(y).max() - EXPLODED
    explodes.terminal = True
    return solve_ivp(slope, (0, longest), y, method="LSODA", rtol=1e-8, atol=1e-10, events=explodes,
                     t_eval=np.linspace(0, longest, 1000))


def _closed(slope, y, level, longest):
    """The stable `Cycle` near y, closed by Newton's method on the return map of x = level; None where that fails."""
    if not (made := _next_turn(slope, y, level, longest)):
        return None
    point, before = made.state(made.period), np.inf
    for _ in range(20):
        if not (made := _next_turn(slope, point, level, longest)):
            return None
        gap = (made.state(made.period) - point)[1:]
        size = np.max(np.abs(gap) / (1 + np.abs(point[1:])), initial=0)
        if size < 1e-10:
            return made
        change = gap
        if size > 0.1 * before:                               # the orbit closes in too slowly by itself
            matrix = _return_map_slope(slope, point, made, level, longest)
            if matrix is None or np.abs(np.linalg.eigvals(matrix)).max() >= 1:
                return None
            change = np.linalg.solve(np.eye(len(gap)) - matrix, gap)
        point, before = np.array([level, *(point[1:] + change)]), size
    return None


def _return_map_slope(slope, point, made, level, longest):
    """The derivative (n-1, n-1) of the return map at a point of the section; None where an orbit doesn't return."""
    columns = []
    for k in range(1, len(point)):
        beside = point.copy()
        beside[k] += 1e-6 * (1 + abs(point[k]))
        if not (other := _next_turn(slope, beside, level, longest)):
            return None
        columns.append((other.state(other.period) - made.state(made.period))[1:] / (beside[k] - point[k]))
    return np.array(columns).T


def _next_turn(slope, start, level, longest):
    """The orbit from `start` down through x = level and up through it again, as a `Cycle`; None where it doesn't."""
    legs, t, y = [], 0.0, np.asarray(start, float)
    for direction in (-1, 1):
        leg = _until(slope, t, y, level, direction, longest)
        if not leg.t_events[0].size:
            return None
        legs.append(leg.sol)
        t, y = float(leg.t_events[0][0]), leg.y_events[0][0]
    turnaround = legs[0].t_max
    return Cycle(t, lambda when: np.where(np.asarray(when) <= turnaround, legs[0](np.minimum(when, turnaround)),
                                          legs[1](np.maximum(when, turnaround))))


def _until(slope, t, y, level, direction, longest):
    """scipy's solution from (t, y) until the first state crosses `level` in the given direction, kept continuous."""
    from scipy.integrate import solve_ivp

    def crosses(_, y):
        return y[0] - level
    crosses.terminal, crosses.direction = True, direction
    return solve_ivp(slope, (t, t + longest), y, method="DOP853", rtol=1e-12, atol=1e-13, events=crosses,
                     dense_output=True)


def _from_threshold(cycle, threshold, model):
    """The same cycle with t = 0 where the first state crosses the threshold upwards; t may then be any time."""
    name, T = next(iter(model.states)), cycle.period
    if threshold is None:
        return Cycle(T, lambda t: cycle.state(np.mod(t, T)))
    threshold = number("threshold", threshold)
    t = np.linspace(0, T, 2001)
    x = cycle.state(t)[0]
    rising = np.flatnonzero((x[:-1] < threshold) & (x[1:] >= threshold))
    if not rising.size:
        raise ValueError(f"threshold {threshold:g} is never crossed: on the cycle {name} runs from {x.min():.4g} to "
                         f"{x.max():.4g}")
    left = rising[:1]
    shift = crossing(lambda z: cycle.state(z)[0] - threshold, t[left], t[left + 1])[0]
    return Cycle(T, lambda t: cycle.state(np.mod(t + shift, T)))


# ---------------------------------------------------------------------------------------------------------- phase
def phase_response(model, kick, phases, threshold=None):
    """By how many cycles a kick shifts the rhythm, advance positive, in (-0.5, 0.5]; nan where it stops the cycle.

    kick: added to the first state; phases: where on the cycle, in cycles from the threshold's upward crossing; numbers
    or arrays that broadcast, and so does the result. threshold: by default 0 for v, 20 mV for V, for other models the
    middle of the cycle's range. The shift is read off the later crossings, after the orbit has returned to the cycle.
    Raises ValueError where there is no cycle.
    """
    kick, phases = np.broadcast_arrays(finite_array("kick", kick), finite_array("phases", phases, "numbers in cycles"))
    cycle, threshold = _marked_cycle(model, threshold)
    start = cycle.state(phases.ravel() * cycle.period)
    start[0] += kick.ravel()
    shift = _wrapped(_phases_of(model, cycle, threshold, start) - phases.ravel()).reshape(phases.shape)
    return shift if shift.ndim else float(shift)


def kicked_run(model, kicks, turns, threshold=None, steps=400):
    """(run, shift): a `Run` over `turns` cycles with kicks on the way, and the shift in cycles that they leave behind.

    It starts on the stable cycle at phase 0. kicks: pairs (when in cycles, size added to the first state), in any order;
    at that time the run shows the state after the kick. turns: leave some after the last kick, so that the orbit is back
    on its cycle. steps: per cycle. The shift is that of the last upward crossing of the threshold (as in
    `phase_response`) against the same run without kicks, an advance positive, in (-0.5, 0.5]; nan where firing stops.
    """
    cycle, threshold = _marked_cycle(model, threshold)
    turns, steps = number("turns", turns, "positive"), whole_number("steps", steps, 10)
    t = np.linspace(0, turns * cycle.period, round(turns * steps) + 1)
    sizes = np.zeros(len(t))
    for when, size in _pairs(kicks):
        if not 0 <= when < turns:
            raise ValueError(f"kicks must lie between 0 and turns = {turns:g} cycles, but one is at {when:g}")
        sizes[round(when * steps)] += size
    run, last = _through(model, t, cycle.state(0.0), sizes, threshold)
    if not last > t[-1] - 1.5 * cycle.period:
        return run, np.nan
    return run, float(_wrapped((_last_without_kicks(model, threshold, turns, steps) - last) / cycle.period))


def _pairs(kicks):
    """The kicks as an array (K, 2) of times and sizes, or an error."""
    pairs = finite_array("kicks", list(kicks) if np.iterable(kicks) else kicks, "pairs (when in cycles, size)")
    if pairs.size and (pairs.ndim != 2 or pairs.shape[1] != 2):
        raise ValueError(f"kicks must be pairs (when in cycles, size), but has shape {pairs.shape}")
    return pairs.reshape(-1, 2)


@lru_cache(maxsize=32)
def _last_without_kicks(model, threshold, turns, steps):
    """The time of the last crossing of `kicked_run` when nothing kicks: near a whole number of periods."""
    cycle, threshold = _marked_cycle(model, threshold)
    t = np.linspace(0, turns * cycle.period, round(turns * steps) + 1)
    return _through(model, t, cycle.state(0.0), np.zeros(len(t)), threshold)[1]


def _through(model, t, state, sizes, threshold):
    """(run, time of its last upward crossing) from `state` with the kicks `sizes` (T,) to the first state."""
    ends = [0, *np.flatnonzero(sizes).tolist(), len(t) - 1]
    values, crossed = np.empty((len(model.states), len(t))), np.nan
    for first, last in zip(ends, ends[1:]):
        state = (state[0] + sizes[first], *state[1:])
        if last > first:
            part = simulate(model, t[first:last + 1], state)
            piece = np.array([getattr(part, name) for name in model.states])
            values[:, first:last + 1], state = piece, part.last
            found = _last_crossing(model, part.t, piece[..., None], threshold)[0]
            crossed = found if np.isfinite(found) else crossed
    return Run(model, t, zip(model.states, values)), crossed


def asymptotic_phase(model, state, threshold=None):
    """The phase in [0, 1) on the stable cycle that orbits from `state` end with; nan where they come to rest.

    state: one number or array per state, of any common batch shape, which the result has too: starts of one phase lie
    on one isochron (Winfree 1974, 10.1007/BF02339491). threshold: what marks phase 0, as in `phase_response`.
    """
    names = list(_single(model).states)
    if not np.iterable(state) or isinstance(state, str | dict) or len(state) != len(names):
        raise TypeError(f"state must hold one number or array per state: {', '.join(names)}")
    start = np.broadcast_arrays(*(finite_array(f"{name} in state", x) for name, x in zip(names, state)))
    cycle, threshold = _marked_cycle(model, threshold)
    phase = _phases_of(model, cycle, threshold, np.array([x.ravel() for x in start])).reshape(start[0].shape)
    return phase if phase.ndim else float(phase)


def phase_sensitivity(model, phases, threshold=None):
    """The infinitesimal phase response Z (n, *phases.shape), advance in units of time per unit of each state.

    It is the solution of dZ/dt = -J^T Z with Z . F = 1 that repeats itself after a turn (Brown, Moehlis and Holmes 2004,
    10.1162/089976604322860668), found by integrating backwards, where it is the attracting one.
    """
    phases = finite_array("phases", phases, "numbers in cycles")
    cycle, _ = _marked_cycle(model, threshold)
    T, n = cycle.period, len(model.states)

    def field(t):
        return np.array(model.rhs(tuple(cycle.state(t)), model.I_ext))

    def back(s, Z):                                           # s = -t, so that dZ/ds = +J^T Z
        return _at(model, cycle, -s).T @ Z
    Z = field(0.0) / (field(0.0) @ field(0.0))
    for _ in range(2 if n == 2 else 6):
        Z = _solved(back, T, Z)[-1]
        Z = Z / (Z @ field(0.0))
    order = np.unique(np.mod(-phases.ravel(), 1.0))
    found = _solved(back, T, Z, order * T)
    found = found / np.sum(found * field(-order * T).T, axis=1, keepdims=True)
    return found[np.searchsorted(order, np.mod(-phases.ravel(), 1.0))].T.reshape(n, *phases.shape)


def _marked_cycle(model, threshold):
    """The stable `Cycle` and the threshold that marks its phase 0."""
    return _marked(_single(model), None if threshold is None else number("threshold", threshold))


@lru_cache(maxsize=32)
def _marked(model, threshold):
    """What `_marked_cycle` returns, kept."""
    cycle = _stable_cycle(model)
    x = cycle.state(np.linspace(0, cycle.period, 2001))[0]
    default = DEFAULT_THRESHOLD.get(next(iter(model.states)), np.inf)
    if threshold is None:
        threshold = default if x.min() < default < x.max() else (x.min() + x.max()) / 2
    return _from_threshold(cycle, threshold, model), float(threshold)


def _wrapped(shift):
    """A shift in cycles, brought into (-0.5, 0.5]."""
    return 0.5 - np.mod(0.5 - shift, 1.0)


def _phases_of(model, cycle, threshold, start, tolerance=1e-5, longest=40):
    """The asymptotic phases (lanes,) of the starts (n, lanes), nan for those that come to rest.

    All lanes run on together, beside one that starts on the cycle at phase 0: what the solver's step does to the period
    is the same for both. A short first stretch takes far starts in finer steps. A lane is done when its phase no longer
    changes from one stretch to the next.
    """
    phase = np.full(start.shape[1], np.nan)
    going, before = np.arange(start.shape[1]), np.full(start.shape[1], np.nan)
    state = np.column_stack([start, cycle.state(0.0)])
    landing = simulate(model, _stretch(model, cycle, state, LANDING), tuple(state))
    state = np.array(landing.last)
    stretch = _stretch(model, cycle, state)
    resting = [np.array(point) for point in fixed_points(model) if is_stable(model, point, model.I_ext)]
    swing = np.ptp(_sampled(cycle), axis=1)
    for _ in range(longest):
        run = simulate(model, stretch, tuple(state))
        values = np.array([getattr(run, name) for name in model.states])
        state, crossed = values[:, -1], _last_crossing(model, stretch, values, threshold)
        now = np.mod((crossed[-1] - crossed[:-1]) / cycle.period, 1.0)
        same = np.abs(_wrapped(now - before)) < tolerance
        phase[going[same]] = now[same]
        still = [(np.abs(state[:, :-1] - point[:, None]) < SETTLED * swing[:, None]).all(axis=0) for point in resting]
        keep = ~(same | np.any(still, axis=0)) if still else ~same
        if not keep.any():
            break
        state, going, before = state[:, [*np.flatnonzero(keep), -1]], going[keep], now[keep]
    return phase


@lru_cache(maxsize=32)
def _sampled(cycle):
    """The states (n, 201) over one turn of a cycle, kept: the panels ask for them at every move."""
    return cycle.state(np.linspace(0, cycle.period, 201))


def _stretch(model, cycle, start, turns=1.25):
    """Times over so many turns, in steps that are short beside the fastest rate on the cycle and at the start."""
    on_cycle = _sampled(cycle)
    with np.errstate(all="ignore"):
        matrix = jacobian(lambda state: np.array(np.broadcast_arrays(*model.rhs(tuple(state), model.I_ext))),
                          np.column_stack([on_cycle, start]))
    rates = np.abs(np.linalg.eigvals(matrix[np.isfinite(matrix).all(axis=(1, 2))]))
    steps = int(np.ceil(turns * cycle.period * max(rates.max() / STIFF, 160 / cycle.period)))
    return np.linspace(0, turns * cycle.period, steps + 1)


def _last_crossing(model, t, values, threshold):
    """The time of each lane's last upward crossing of the threshold, by the cubic through a step's ends; else nan.

    values: (n, T, lanes).
    """
    above = values[0] >= threshold
    rising = ~above[:-1] & above[1:]
    lanes = np.flatnonzero(rising.any(axis=0))
    k = len(rising) - 1 - np.argmax(rising[::-1, lanes], axis=0)
    ends = values[:, [k, k + 1], lanes]                       # (n, 2, lanes)
    h = t[k + 1] - t[k]
    (x0, x1), (d0, d1) = ends[0], np.broadcast_to(model.rhs(tuple(ends), model.I_ext)[0], ends[0].shape) * h

    def beyond(s):
        return (1 - s) ** 2 * ((1 + 2 * s) * x0 + s * d0) + s * s * ((3 - 2 * s) * x1 + (s - 1) * d1) - threshold
    crossed = np.full(values.shape[2], np.nan)
    crossed[lanes] = t[k] + h * crossing(beyond, np.zeros(len(k)), np.ones(len(k)))
    return crossed
