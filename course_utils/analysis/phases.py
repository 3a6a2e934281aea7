"""Phases: where on its limit cycle a state of any `Model` will end, and what a kick does to it.

Phases are in cycles, counted from the threshold's upward crossing.
"""
from functools import lru_cache

import numpy as np

from ..checks import finite_array, number, whole_number
from ..equilibria import is_stable, jacobian
from ..solve import simulate
from .dynamics import SETTLED, fixed_points, from_threshold, single, stable_cycle

__all__ = ["last_crossing", "marked_cycle", "phase_response", "phases_of", "wrapped"]

DEFAULT_THRESHOLD = {"v": 0.0, "V": 20.0}  # what marks phase 0, by the name of the first state
LANDING = 0.05  # turns in which a kick's fastest part is over
STIFF = 0.25  # a step times the fastest rate
MOST_STEPS = 200_000  # after a kick: some seconds
SAME_PHASE = 1e-5  # cycles: less is no change from one stretch to the next
MOST_STRETCHES = 40


def phase_response(model, kick, phases, threshold=None):
    """By how many cycles a kick shifts the rhythm, advance positive, in (-0.5, 0.5]; nan where
    it stops the cycle.

    kick: added to the first state; phases: where on the cycle, in cycles from the
    threshold's upward crossing; numbers or arrays that broadcast, and so does the result.
    threshold: by default 0 for v, 20 mV for V, for other models the middle of the cycle's
    range. The shift is read off the later crossings, after the orbit has returned to the
    cycle. Raises ValueError where there is no cycle.

    >>> from course_utils import FitzHughNagumo, phase_response
    >>> phase_response(FitzHughNagumo(), 0.5, [0.3, 0.87]).round(3).tolist()
    [-0.034, 0.1]
    """
    kick = finite_array("kick", kick)
    kick, phases = np.broadcast_arrays(kick, finite_array("phases", phases, "numbers in cycles"))
    cycle, threshold = marked_cycle(model, threshold)
    start = cycle.state(phases.ravel() * cycle.period)
    start[0] += kick.ravel()
    reached = phases_of(model, cycle, threshold, start).reshape(phases.shape)
    shift = wrapped(reached - phases)
    return shift if shift.ndim else float(shift)


def marked_cycle(model, threshold):
    """The stable `Cycle` and the threshold that marks its phase 0."""
    return _marked(single(model), None if threshold is None else number("threshold", threshold))


@lru_cache(maxsize=32)
def _marked(model, threshold):
    cycle = stable_cycle(model)
    x = cycle.state(np.linspace(0, cycle.period, 2001))[0]
    default = DEFAULT_THRESHOLD.get(next(iter(model.states)), np.inf)
    if threshold is None:
        threshold = default if x.min() < default < x.max() else (x.min() + x.max()) / 2
    return from_threshold(cycle, threshold), float(threshold)


def wrapped(shift):
    """A shift in cycles, brought into (-0.5, 0.5]."""
    return 0.5 - np.mod(0.5 - shift, 1.0)


def phases_of(model, cycle, threshold, start):
    """The asymptotic phases (batch,) of the starts (n, batch), nan for those that come to rest.

    All starts run on together, with one that starts on the cycle at phase 0: what the
    solver's step does to the period is the same for both. A short first stretch takes far
    starts in finer steps. A start is done when its phase no longer changes from one
    stretch to the next.
    """
    phase = np.full(start.shape[1], np.nan)
    before = phase
    going = np.arange(len(phase))
    state = np.column_stack([start, cycle.state(0.0)])
    landing = simulate(model, _stretch(model, cycle, state, LANDING), tuple(state))
    state = np.array(landing.last)
    stretch = _stretch(model, cycle, state)
    swing = np.ptp(_sampled(cycle), axis=1)[:, None]
    resting = [np.array(point)[:, None] for point in fixed_points(model)
               if is_stable(model, point, model.I_ext)]
    for _ in range(MOST_STRETCHES):
        run = simulate(model, stretch, tuple(state))
        state = np.array(run.last)
        crossed = last_crossing(model, stretch, run.states, threshold)
        now = np.mod((crossed[-1] - crossed[:-1]) / cycle.period, 1.0)
        done = np.abs(wrapped(now - before)) < SAME_PHASE
        phase[going[done]] = now[done]
        for point in resting:
            done |= (np.abs(state[:, :-1] - point) < SETTLED * swing).all(axis=0)
        if done.all():
            break
        state = state[:, [*np.flatnonzero(~done), -1]]
        going = going[~done]
        before = now[~done]
    return phase


@lru_cache(maxsize=32)
def _sampled(cycle):
    """The states (n, 201) over one turn of a cycle, kept: the panels ask for them at every
    move.
    """
    return cycle.state(np.linspace(0, cycle.period, 201))


def _stretch(model, cycle, start, turns=1.25):
    """Times over this number of turns, in steps that are short compared with the fastest
    rate on the cycle and at the start.
    """
    on_cycle = _sampled(cycle)
    with np.errstate(all="ignore"):
        matrix = jacobian(model.field, np.column_stack([on_cycle, start]))
    rates = np.abs(np.linalg.eigvals(matrix[np.isfinite(matrix).all(axis=(1, 2))]))
    duration = turns * cycle.period
    steps = int(np.ceil(duration * max(rates.max() / STIFF, 160 / cycle.period)))
    whole_number("the number of steps that such a kick needs", steps, most=MOST_STEPS)
    return np.linspace(0, duration, steps + 1)


def last_crossing(model, t, values, threshold):
    """The time of each trial's last upward crossing of the threshold, else nan: t is taken as
    a cubic of x in between, with the slopes of a step's ends.

    values: (n, T, batch).
    """
    above = values[0] >= threshold
    rising = ~above[:-1] & above[1:]
    crossing = np.flatnonzero(rising.any(axis=0))
    k = len(rising) - 1 - np.argmax(rising[::-1, crossing], axis=0)
    ends = values[:, [k, k + 1], crossing]  # (n, 2, crossing)
    h = t[k + 1] - t[k]
    x0, x1 = ends[0]
    d0, d1 = model.field(ends)[0] * h
    y = (threshold - x0) / (x1 - x0)
    s = y * y * (3 - 2 * y) + y * (1 - y) * (x1 - x0) * ((1 - y) / d0 - y / d1)
    crossed = np.full(values.shape[2], np.nan)
    crossed[crossing] = t[k] + h * np.clip(s, 0, 1)
    return crossed
