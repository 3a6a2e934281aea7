"""What only the notebook on dynamics asks of a limit cycle: runs with kicks on the way, the
phase of any state, the infinitesimal phase response, how fast a neighbour returns.

Phases are in cycles, counted from the threshold's upward crossing.
"""
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ..analysis.dynamics import single, stable_cycle
from ..analysis.phases import last_crossing, marked_cycle, phases_of, wrapped
from ..checks import finite_array, fits_in_memory, number, whole_number
from ..equilibria import jacobian
from ..solve import Run, simulate

__all__ = ["asymptotic_phase", "floquet_multiplier", "infinitesimal_prc", "kicked_run"]


def kicked_run(model, kicks, turns, threshold=None, steps=400):
    """(run, shift): a `Run` over `turns` cycles with kicks on the way, and the shift in cycles
    that they leave behind.

    It starts on the stable cycle at phase 0. kicks: pairs (when in cycles, size added to
    the first state), in any order; at that time the run shows the state after the kick.
    turns: leave some after the last kick, so that the orbit is back on its cycle. steps:
    per cycle. The shift is that of the last upward crossing of the threshold (as in
    `phase_response`) against the same run without kicks, an advance positive, in (-0.5,
    0.5]; nan where firing stops.
    """
    cycle, threshold = marked_cycle(model, threshold)
    turns = number("turns", turns, "positive")
    steps = whole_number("steps", steps, 10)
    fits_in_memory("turns", turns, 100 * steps)
    t = np.linspace(0, turns * cycle.period, round(turns * steps) + 1)
    sizes = np.zeros(len(t))
    for when, size in _pairs(kicks):
        if not 0 <= when < turns:
            raise ValueError(
                f"kicks must lie between 0 and turns = {turns:g} cycles, but one is at {when:g}")
        sizes[round(when * steps)] += size
    run, last = _through(model, t, cycle.state(0.0), sizes, threshold)
    if not last > t[-1] - 1.5 * cycle.period:
        return run, np.nan
    never = _last_without_kicks(model, threshold, turns, steps)
    return run, float(wrapped((never - last) / cycle.period))


def _pairs(kicks):
    """The kicks as an array (K, 2) of times and sizes, or an error."""
    lazy = np.iterable(kicks) and not isinstance(kicks, np.ndarray)
    given = list(kicks) if lazy else kicks
    pairs = finite_array("kicks", given, "pairs (when in cycles, size)")
    if pairs.size and (pairs.ndim != 2 or pairs.shape[1] != 2):
        raise ValueError(
            f"kicks must be pairs (when in cycles, size), but has shape {pairs.shape}")
    return pairs.reshape(-1, 2)


@lru_cache(maxsize=32)
def _last_without_kicks(model, threshold, turns, steps):
    """The time of the last crossing of `kicked_run` when nothing kicks: near a whole number of
    periods.
    """
    cycle, threshold = marked_cycle(model, threshold)
    t = np.linspace(0, turns * cycle.period, round(turns * steps) + 1)
    return _through(model, t, cycle.state(0.0), np.zeros(len(t)), threshold)[1]


def _through(model, t, state, sizes, threshold):
    """(run, time of its last upward crossing) from `state` with the kicks `sizes` (T,) to the
    first state.
    """
    values, parts = np.empty((len(model.states), len(t))), []
    for first, last in pairwise([0, *np.flatnonzero(sizes).tolist(), len(t) - 1]):
        state = (state[0] + sizes[first], *state[1:])
        if last > first:
            part = simulate(model, t[first:last + 1], state)
            values[:, first:last + 1] = part.states
            state = part.last
            parts.append(part)
    found = (last_crossing(model, part.t, part.states[..., None], threshold)[0]
             for part in reversed(parts))
    return Run(model, t, zip(model.states, values)), next(filter(np.isfinite, found), np.nan)


def asymptotic_phase(model, state, threshold=None):
    """The phase in [0, 1) on the stable cycle that orbits from `state` end with; nan where they
    come to rest.

    state: one number or array per state, of any common batch shape, which the result has
    too: starts of one phase lie on one isochron (Winfree 1974, 10.1007/BF02339491).
    threshold: what marks phase 0, as in `phase_response`.
    """
    names = list(single(model).states)
    refused = not np.iterable(state) or isinstance(state, str | bytes | dict | set)
    if refused or len(state) != len(names):
        raise TypeError(f"state must hold one number or array per state: {', '.join(names)}")
    start = [finite_array(f"{name} in state", x) for name, x in zip(names, state)]
    start = np.array(np.broadcast_arrays(*start))
    cycle, threshold = marked_cycle(model, threshold)
    found = phases_of(model, cycle, threshold, start.reshape(len(names), -1))
    phase = found.reshape(start.shape[1:])
    return phase if phase.ndim else float(phase)


def infinitesimal_prc(model, phases, threshold=None):
    """The infinitesimal phase response Z (n, *phases.shape), advance in units of time per unit
    of each state.

    It is the solution of dZ/dt = -J^T Z with Z . F = 1 that repeats itself after a turn
    (Brown, Moehlis and Holmes 2004, 10.1162/089976604322860668), found by integrating
    backwards, where it is the attracting one.
    """
    phases = finite_array("phases", phases, "numbers in cycles")
    cycle, _ = marked_cycle(model, threshold)
    T, n = cycle.period, len(model.states)

    def field(t):
        """The vector field on the cycle at t."""
        return model.field(cycle.state(t))

    def back(s, Z):  # s = -t, so that dZ/ds = +J^T Z
        """dZ/ds, backwards in time."""
        return jacobian_on(model, cycle, -s).T @ Z

    Z = field(0.0) / (field(0.0) @ field(0.0))
    for _ in range(2 if n == 2 else 6):
        Z = integrated(back, T, Z)(T)
        Z = Z / (Z @ field(0.0))
    s = np.mod(-phases.ravel(), 1.0) * T
    found = integrated(back, T, Z)(s)
    return (found / np.sum(found * field(-s), axis=0)).reshape(n, *phases.shape)


def floquet_multiplier(model):
    """By how much a small distance from the stable cycle shrinks in one turn: the largest
    nontrivial multiplier.

    For two states from the divergence of the flow, which also gives the tiniest values;
    otherwise from the linearised flow over one turn, which is good to about 1e-6. Raises
    ValueError where there is no cycle.
    """
    cycle = stable_cycle(model)
    if len(model.states) == 2:
        t = np.linspace(0, cycle.period, 4001)
        divergence = np.trace(jacobian_on(model, cycle, t), axis1=1, axis2=2)
        return float(np.exp(np.trapezoid(divergence, t)))
    start = np.eye(len(model.states))
    flow = integrated(lambda t, M: jacobian_on(model, cycle, t) @ M, cycle.period, start)
    values = np.linalg.eigvals(flow(cycle.period))
    return float(np.abs(np.delete(values, np.argmin(np.abs(values - 1)))).max())


def jacobian_on(model, cycle, t):
    """The Jacobian (*t.shape, n, n) of the vector field on the cycle at the times t."""
    return jacobian(model.field, cycle.state(t))


def integrated(slope, duration, start):
    """The solution of an equation for an array, from 0 to `duration`: a function of t that
    returns (*start.shape, *t.shape).
    """
    from scipy.integrate import solve_ivp

    shape = np.shape(start)
    found = solve_ivp(lambda t, y: slope(t, y.reshape(shape)).ravel(), (0, duration),
                      np.ravel(start), method="DOP853", rtol=1e-9, atol=1e-12,
                      dense_output=True)
    return lambda t: found.sol(t).reshape(*shape, *np.shape(t))
