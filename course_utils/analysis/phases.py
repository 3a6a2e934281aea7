"""Phases: where on its limit cycle a state of any `Model` will end, and what a kick does to it.

Phases are in cycles, counted from the threshold's upward crossing.
"""
from functools import lru_cache

import numpy as np

from ..checks import finite_array, number, whole_number
from ..equilibria import is_stable, jacobian, root_between
from ..solve import Run, simulate
from .dynamics import (
    SETTLED,
    fixed_points,
    from_threshold,
    integrated,
    jacobian_at,
    single,
    stable_cycle,
)

__all__ = ["asymptotic_phase", "kicked_run", "phase_response", "infinitesimal_prc"]

DEFAULT_THRESHOLD = {"v": 0.0, "V": 20.0}  # what marks phase 0, by the name of the first state
LANDING = 0.05  # turns in which a kick's fastest part is over
STIFF = 0.25  # a step times the fastest rate


def phase_response(model, kick, phases, threshold=None):
    """By how many cycles a kick shifts the rhythm, advance positive, in (-0.5, 0.5]; nan where
    it stops the cycle.

    kick: added to the first state; phases: where on the cycle, in cycles from the threshold's
    upward crossing; numbers or arrays that broadcast, and so does the result. threshold: by
    default 0 for v, 20 mV for V, for other models the middle of the cycle's range. The shift is
    read off the later crossings, after the orbit has returned to the cycle. Raises ValueError
    where there is no cycle.
    """
    kick, phases = np.broadcast_arrays(finite_array("kick", kick),
                                       finite_array("phases", phases, "numbers in cycles"))
    cycle, threshold = _marked_cycle(model, threshold)
    start = cycle.state(phases.ravel() * cycle.period)
    start[0] += kick.ravel()
    shift = _wrapped(_phases_of(model, cycle, threshold, start) - phases.ravel()).reshape(
        phases.shape)
    return shift if shift.ndim else float(shift)


def kicked_run(model, kicks, turns, threshold=None, steps=400):
    """(run, shift): a `Run` over `turns` cycles with kicks on the way, and the shift in cycles
    that they leave behind.

    It starts on the stable cycle at phase 0. kicks: pairs (when in cycles, size added to the
    first state), in any order; at that time the run shows the state after the kick. turns:
    leave some after the last kick, so that the orbit is back on its cycle. steps: per cycle.
    The shift is that of the last upward crossing of the threshold (as in `phase_response`)
    against the same run without kicks, an advance positive, in (-0.5, 0.5]; nan where firing
    stops.
    """
    cycle, threshold = _marked_cycle(model, threshold)
    turns, steps = number("turns", turns, "positive"), whole_number("steps", steps, 10)
    t = np.linspace(0, turns * cycle.period, round(turns * steps) + 1)
    sizes = np.zeros(len(t))
    for when, size in _pairs(kicks):
        if not 0 <= when < turns:
            raise ValueError(
                f"kicks must lie between 0 and turns = {turns:g} cycles, but one is at {when:g}"
            )
        sizes[round(when * steps)] += size
    run, last = _through(model, t, cycle.state(0.0), sizes, threshold)
    if not last > t[-1] - 1.5 * cycle.period:
        return run, np.nan
    return run, float(
        _wrapped((_last_without_kicks(model, threshold, turns, steps) - last) / cycle.period))


def _pairs(kicks):
    """The kicks as an array (K, 2) of times and sizes, or an error."""
    pairs = finite_array("kicks",
                         list(kicks) if np.iterable(kicks) else kicks,
                         "pairs (when in cycles, size)")
    if pairs.size and (pairs.ndim != 2 or pairs.shape[1] != 2):
        raise ValueError(
            f"kicks must be pairs (when in cycles, size), but has shape {pairs.shape}")
    return pairs.reshape(-1, 2)


@lru_cache(maxsize=32)
def _last_without_kicks(model, threshold, turns, steps):
    """The time of the last crossing of `kicked_run` when nothing kicks: near a whole number of
    periods.
    """
    cycle, threshold = _marked_cycle(model, threshold)
    t = np.linspace(0, turns * cycle.period, round(turns * steps) + 1)
    return _through(model, t, cycle.state(0.0), np.zeros(len(t)), threshold)[1]


def _through(model, t, state, sizes, threshold):
    """(run, time of its last upward crossing) from `state` with the kicks `sizes` (T,) to the
    first state.
    """
    ends = [0, *np.flatnonzero(sizes).tolist(), len(t) - 1]
    values, crossed = np.empty((len(model.states), len(t))), np.nan
    for first, last in zip(ends, ends[1:]):
        state = (state[0] + sizes[first], *state[1:])
        if last > first:
            part = simulate(model, t[first:last + 1], state)
            piece = part.states
            values[:, first:last + 1], state = piece, part.last
            found = _last_crossing(model, part.t, piece[..., None], threshold)[0]
            crossed = found if np.isfinite(found) else crossed
    return Run(model, t, zip(model.states, values)), crossed


def asymptotic_phase(model, state, threshold=None):
    """The phase in [0, 1) on the stable cycle that orbits from `state` end with; nan where they
    come to rest.

    state: one number or array per state, of any common batch shape, which the result has too:
    starts of one phase lie on one isochron (Winfree 1974, 10.1007/BF02339491). threshold: what
    marks phase 0, as in `phase_response`.
    """
    names = list(single(model).states)
    if not np.iterable(state) or isinstance(state, str | dict) or len(state) != len(names):
        raise TypeError(f"state must hold one number or array per state: {', '.join(names)}")
    start = np.broadcast_arrays(*(finite_array(f"{name} in state", x)
                                  for name, x in zip(names, state)))
    cycle, threshold = _marked_cycle(model, threshold)
    phase = _phases_of(model, cycle, threshold, np.array([x.ravel() for x in start])).reshape(
        start[0].shape)
    return phase if phase.ndim else float(phase)


def infinitesimal_prc(model, phases, threshold=None):
    """The infinitesimal phase response Z (n, *phases.shape), advance in units of time per unit
    of each state.

    It is the solution of dZ/dt = -J^T Z with Z . F = 1 that repeats itself after a turn (Brown,
    Moehlis and Holmes 2004, 10.1162/089976604322860668), found by integrating backwards, where
    it is the attracting one.
    """
    phases = finite_array("phases", phases, "numbers in cycles")
    cycle, _ = _marked_cycle(model, threshold)
    T, n = cycle.period, len(model.states)

    def field(t):
        """The vector field on the cycle at t."""
        return model.field(cycle.state(t))

    def back(s, Z):  # s = -t, so that dZ/ds = +J^T Z
        """dZ/ds, backwards in time."""
        return jacobian_at(model, cycle, -s).T @ Z

    Z = field(0.0) / (field(0.0) @ field(0.0))
    for _ in range(2 if n == 2 else 6):
        Z = integrated(back, T, Z)[-1]
        Z = Z / (Z @ field(0.0))
    order = np.unique(np.mod(-phases.ravel(), 1.0))
    found = integrated(back, T, Z, order * T)
    found = found / np.sum(found * field(-order * T).T, axis=1, keepdims=True)
    return found[np.searchsorted(order, np.mod(-phases.ravel(), 1.0))].T.reshape(
        n, *phases.shape)


def _marked_cycle(model, threshold):
    """The stable `Cycle` and the threshold that marks its phase 0."""
    return _marked(single(model), None if threshold is None else number("threshold", threshold))


@lru_cache(maxsize=32)
def _marked(model, threshold):
    """What `_marked_cycle` returns, kept."""
    cycle = stable_cycle(model)
    x = cycle.state(np.linspace(0, cycle.period, 2001))[0]
    default = DEFAULT_THRESHOLD.get(next(iter(model.states)), np.inf)
    if threshold is None:
        threshold = default if x.min() < default < x.max() else (x.min() + x.max()) / 2
    return from_threshold(cycle, threshold, model), float(threshold)


def _wrapped(shift):
    """A shift in cycles, brought into (-0.5, 0.5]."""
    return 0.5 - np.mod(0.5 - shift, 1.0)


def _phases_of(model, cycle, threshold, start, tolerance=1e-5, longest=40):
    """The asymptotic phases (lanes,) of the starts (n, lanes), nan for those that come to rest.

    All lanes run on together, beside one that starts on the cycle at phase 0: what the solver's
    step does to the period is the same for both. A short first stretch takes far starts in
    finer steps. A lane is done when its phase no longer changes from one stretch to the next.
    """
    phase = np.full(start.shape[1], np.nan)
    going, before = np.arange(start.shape[1]), np.full(start.shape[1], np.nan)
    state = np.column_stack([start, cycle.state(0.0)])
    landing = simulate(model, _stretch(model, cycle, state, LANDING), tuple(state))
    state = np.array(landing.last)
    stretch = _stretch(model, cycle, state)
    resting = [
        np.array(point)
        for point in fixed_points(model)
        if is_stable(model, point, model.I_ext)
    ]
    swing = np.ptp(_sampled(cycle), axis=1)
    for _ in range(longest):
        run = simulate(model, stretch, tuple(state))
        values = run.states
        state, crossed = values[:, -1], _last_crossing(model, stretch, values, threshold)
        now = np.mod((crossed[-1] - crossed[:-1]) / cycle.period, 1.0)
        same = np.abs(_wrapped(now - before)) < tolerance
        phase[going[same]] = now[same]
        still = [(np.abs(state[:, :-1] - point[:, None]) < SETTLED * swing[:, None]).all(axis=0)
                 for point in resting]
        keep = ~(same | np.any(still, axis=0)) if still else ~same
        if not keep.any():
            break
        state, going, before = state[:, [*np.flatnonzero(keep), -1]], going[keep], now[keep]
    return phase


@lru_cache(maxsize=32)
def _sampled(cycle):
    """The states (n, 201) over one turn of a cycle, kept: the panels ask for them at every
    move.
    """
    return cycle.state(np.linspace(0, cycle.period, 201))


def _stretch(model, cycle, start, turns=1.25):
    """Times over so many turns, in steps that are short beside the fastest rate on the cycle
    and at the start.
    """
    on_cycle = _sampled(cycle)
    with np.errstate(all="ignore"):
        matrix = jacobian(model.field, np.column_stack([on_cycle, start]))
    rates = np.abs(np.linalg.eigvals(matrix[np.isfinite(matrix).all(axis=(1, 2))]))
    steps = int(np.ceil(turns * cycle.period * max(rates.max() / STIFF, 160 / cycle.period)))
    return np.linspace(0, turns * cycle.period, steps + 1)


def _last_crossing(model, t, values, threshold):
    """The time of each lane's last upward crossing of the threshold, by the cubic through a
    step's ends; else nan.

    values: (n, T, lanes).
    """
    above = values[0] >= threshold
    rising = ~above[:-1] & above[1:]
    lanes = np.flatnonzero(rising.any(axis=0))
    k = len(rising) - 1 - np.argmax(rising[::-1, lanes], axis=0)
    ends = values[:, [k, k + 1], lanes]  # (n, 2, lanes)
    h = t[k + 1] - t[k]
    x0, x1 = ends[0]
    d0, d1 = model.field(ends)[0] * h

    def beyond(s, x0, x1, d0, d1):
        """How far the cubic at s, from 0 to 1 in the step, lies above the threshold."""
        start = (1 + 2 * s) * x0 + s * d0
        end = (3 - 2 * s) * x1 + (s - 1) * d1
        return (1 - s)**2 * start + s * s * end - threshold

    crossed = np.full(values.shape[2], np.nan)
    crossed[lanes] = t[k] + h * root_between(beyond, np.zeros(len(k)), np.ones(len(k)), x0, x1, d0, d1)
    return crossed
