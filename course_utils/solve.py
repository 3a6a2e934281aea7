"""From a vector field to a trajectory: schemes that make one step, and `simulate`, the loop
around them.

A *scheme* is called as `scheme(model, h)` and returns `advance(state, I_ext) -> state`, one
step of length h. States are tuples; they hold Python floats for a single run and arrays for a
batch, and the same lines serve both.

Here are the schemes for any `Model`. The two that make use of a membrane's form are in
`models/membrane.py`: `splitting`, the default of Hodgkin and Huxley's cells, with its step of the
gates (`gate_factors`, `relaxed`) and its step of the voltage (`Splitting.new_voltage`), and
`exponential_euler`.
"""
import math
from collections.abc import Mapping, Set
from contextlib import suppress
from time import perf_counter

import numpy as np

from .checks import advise, finite_array, fits_in_memory, number, require, short
from .registry import entered

__all__ = [
    "EXAMPLE", "Run", "advise_on_step", "checked_start", "checked_times", "euler", "rk4",
    "simulate", "step_lengths"
]

EXAMPLE = "a model, such as FitzHughNagumo()"
OVERFLOWS = OverflowError, ZeroDivisionError  # Python floats raise where arrays give inf or nan
EXPLODED = 1e12  # no state gets here, in whatever unit
LOOK = 512  # steps from one look at the state to the next
SEARCH = 2.0  # seconds in which `simulate` looks for a step that would do


def euler(model, h):
    """A step of forward Euler, order 1: `advance(state, I_ext)` follows the slope at the start.

    >>> from course_utils import FitzHughNagumo, euler
    >>> v, w = euler(FitzHughNagumo(), 0.1)((0.0, 0.0), 0.5)
    >>> round(v, 6), round(w, 6)
    (0.05, 0.0056)

    Derived in notebook 00, section 3.
    """
    rhs = require("model", model, "rhs", EXAMPLE).rhs
    h = number("h", h, "positive")

    def advance(state, I_ext):
        slope = rhs(state, I_ext)
        return tuple(x + h * k for x, k in zip(state, slope))

    return advance


def rk4(model, h):
    """A step of the classical Runge-Kutta scheme, order 4 (Kutta 1901): `advance(state, I_ext)`
    weighs four slopes.

    >>> from course_utils import FitzHughNagumo, rk4
    >>> v, w = rk4(FitzHughNagumo(), 0.1)((0.0, 0.0), 0.5)
    >>> round(v, 6), round(w, 6)
    (0.052288, 0.005788)
    """
    rhs = require("model", model, "rhs", EXAMPLE).rhs
    h = number("h", h, "positive")

    def advance(state, I_ext):
        k1 = rhs(state, I_ext)
        k2 = rhs([x + h / 2 * k for x, k in zip(state, k1)], I_ext)
        k3 = rhs([x + h / 2 * k for x, k in zip(state, k2)], I_ext)
        k4 = rhs([x + h * k for x, k in zip(state, k3)], I_ext)
        slopes = zip(state, k1, k2, k3, k4)
        return tuple([x + h / 6 * (a + 2 * (b + c) + d) for x, a, b, c, d in slopes])

    return advance


class Run:
    """What `simulate` returns: `.model`, `.t` (T,) and one attribute per state, (T, *batch).

    `ax.plot(run.t, run.V)` draws a line for each element of the batch. values: {name: array},
    or a function that makes the array and is called when it is first asked for.

    >>> from course_utils import HodgkinHuxley, simulate
    >>> run = simulate(HodgkinHuxley(), [0.0, 0.1, 0.2])
    >>> run.V.shape, run.states.shape
    ((3,), (4, 3))
    """

    def __init__(self, model, t, values):
        self.model = model
        self.t = t
        self._values = dict(values)

    def __getattr__(self, name):
        values = self.__dict__.get("_values", {})
        if name not in values:
            raise AttributeError(f"no state {name!r}; this run has t, {', '.join(values)}")
        if callable(values[name]):
            values[name] = values[name]()
        return values[name]

    def __dir__(self):
        return [*super().__dir__(), *self._values]

    @property
    def states(self):
        """All states in one array (states, T, *batch), in the model's order."""
        return np.array([getattr(self, name) for name in self.model.states])

    @property
    def last(self):
        """The state at the last time, a tuple as `simulate` takes it for its start."""
        return tuple(getattr(self, name)[-1] for name in self.model.states)

    def __repr__(self):
        shape = getattr(self, next(iter(self._values))).shape
        return (f"Run of {type(self.model).__name__}: t from {self.t[0]:g} to "
                f"{_with_unit(self.t[-1], self.model)}, states {', '.join(self._values)} of "
                f"shape {shape}")


def simulate(model, t, start=None, I_ext=None, scheme=None):
    """The `Run` of a model through the times t.

    t: (T,) increasing, T >= 2; each interval is one step. start: one value or one batch array per
    state, in order or as a dict by name, by default `model.rest()`. I_ext: None for the model's
    own, a number, (T,) or (T, *batch), held from t[k] to t[k+1]. scheme: by default the model's
    own, else `rk4`. Raises TypeError or ValueError for what it can't take, and ValueError where the
    solution blows up: the message says when, and which step would do.
    Derived in notebook 00, section 3.

    >>> import numpy as np
    >>> from course_utils import HodgkinHuxley, simulate, spike_times
    >>> run = simulate(HodgkinHuxley(I_ext=10.0), np.arange(0, 50, 0.01))
    >>> spike_times(run.t, run.V, 50).round(2).tolist()
    [1.84, 16.75, 31.4, 46.03]
    """
    t, state, drive = _checked(model, t, start, I_ext)
    steps = step_lengths(t).tolist()
    if scheme is None:
        advise_on_step(model, max(steps))
        scheme = getattr(model, "scheme", rk4)
    require("scheme", scheme, "__call__", "a scheme, such as rk4")
    if (found := _by_fast_form(scheme, model, steps, state, drive)) is not None:
        return Run(model, t, zip(model.states, found))
    advance = {h: require("scheme(model, h)", scheme(model, h), "__call__",
                          "a function advance(state, I_ext)")
               for h in set(steps)}  # prepared once for each length
    states = np.full((len(state), *drive.shape), np.nan)
    states[:, 0] = state
    state, currents = _floats(state, drive)
    with np.errstate(all="ignore"), suppress(*OVERFLOWS):
        for k, h in enumerate(steps):
            state = advance[h](state, currents[k])
            states[:, k + 1] = state
            if not k % LOOK and not _goes_on(state, model):
                break
    if not _is_sane(states[:, -1]):
        raise ValueError(_blow_up(scheme, model, t, states, drive))
    return Run(model, t, zip(model.states, states))


def advise_on_step(model, h):
    """A warning where the longest step h is too coarse for the model's own scheme."""
    if h > 1.001 * getattr(model, "longest_step", np.inf):
        advise(f"a step of {h:.3g} {model.time_unit} is coarse for a membrane: the run stays "
               "stable, but its spikes come late or are lost; take "
               f"{model.longest_step:g} or less")


def _by_fast_form(scheme, model, steps, state, drive):
    """The states by the second expression of this loop, where there is one, the grid is even and
    the solution stays finite; else None.
    """
    form = entered(scheme, model)
    if form is None or len(set(steps)) > 1:
        return None
    with np.errstate(all="ignore"):
        found = form(scheme, model, steps[0], *_floats(state, drive))
    if found is NotImplemented or not all(_is_sane(x[-1]) for x in found if not callable(x)):
        return None
    return found


def _goes_on(state, model):
    """Whether to go on from this state; TypeError where a scheme returned something else."""
    if not isinstance(state, tuple | list) or len(state) != len(model.states):
        raise TypeError("scheme(model, h) must return advance(state, I_ext), and that a tuple "
                        f"with one value for each of {', '.join(model.states)}, not {short(state)}")
    return _is_sane(state)


def _floats(state, drive):
    """State and currents of a single run as Python floats, which are faster; of a batch as they
    are.
    """
    if drive.ndim > 1:
        return tuple(state), drive
    return tuple(map(float, state)), drive.tolist()


def checked_times(t):
    """`t` as an array of at least two increasing times, or an error that says what is wrong
    with it.
    """
    t = finite_array("t", t, "an increasing array of at least two times")
    if t.ndim != 1 or len(t) < 2:
        raise ValueError(
            f"t must be an increasing array of at least two times, but has shape {t.shape}; "
            "try np.arange(0, 50, 0.01)")
    for k in np.flatnonzero(np.diff(t) <= 0):
        raise ValueError(
            f"t must increase, but t[{k + 1}] = {t[k + 1]:g} comes after t[{k}] = {t[k]:g}")
    return t


def step_lengths(t):
    """The length of each step, (T - 1,); one and the same number where the grid is even up to
    rounding.
    """
    steps = np.diff(t)
    even = (t[-1] - t[0]) / (len(t) - 1)
    return np.full_like(steps, even) if np.allclose(steps, even, rtol=1e-6, atol=0) else steps


def _checked(model, t, start, I_ext):
    """(times, start (states, *batch), current (T, *batch)), or an error that names what is wrong
    with one of them.
    """
    t = checked_times(t)
    start = checked_start(require("model", model, "states", EXAMPLE), start)
    drive = _checked_drive(model, I_ext, len(t))
    batch = _batch_shape(model, start, drive)
    missing = (1,) * (len(batch) + 1 - drive.ndim)
    drive = drive.reshape(len(drive), *missing, *drive.shape[1:])
    fits_in_memory("the number of times in t", len(t), 8 * len(start) * math.prod(batch))
    start = np.array([np.broadcast_to(x, batch) for x in start])
    getattr(model, "check_start", dict)(zip(model.states, start))
    model.field(start, drive[0])  # which says so where its rhs is no vector field
    return t, start, np.broadcast_to(drive, (len(t), *batch))


def checked_start(model, start):
    """The value of each state at the start, a list of arrays, or an error that names one; at rest
    where none is given.
    """
    wanted = f"one value (or batch array) per state: {', '.join(model.states)}"
    if start is None:
        start = model.rest()
    if isinstance(start, Mapping):
        if start.keys() != model.states.keys():
            raise ValueError(f"start must hold {wanted}; it names {', '.join(map(str, start))}")
        start = [start[name] for name in model.states]
    if isinstance(start, str | bytes | Set | type) or not hasattr(start, "__len__"):
        raise TypeError(f"start must hold {wanted}; it is {start!r}")
    if len(start) != len(model.states):
        raise ValueError(
            f"start must hold {wanted}; it has {len(start)} of {len(model.states)}")
    return [finite_array(f"{name} in start", x, "a finite number or an array of them")
            for name, x in zip(model.states, start)]


def _checked_drive(model, I_ext, times):
    """The input current with time first: (1, *batch) where it is constant, (T, *batch) where it
    was given.
    """
    if I_ext is None:
        return np.asarray(model.I_ext, float)[None]
    I_ext = finite_array("I_ext", I_ext)
    if I_ext.ndim == 0:
        return I_ext[None]
    if len(I_ext) != times:
        raise ValueError(
            f"I_ext must hold one value per time, shape ({times},) or ({times}, *batch), but "
            f"has shape {I_ext.shape}; for several constant currents use model.but(I_ext=...)")
    return I_ext


def _batch_shape(model, start, drive):
    """The common batch shape of the start, the drive and the parameters that are arrays."""
    arrays = {f"{name} in start": x for name, x in zip(model.states, start)}
    arrays |= model.sweeps() | {"I_ext": drive[0]}
    try:
        return np.broadcast_shapes(*map(np.shape, arrays.values()))
    except ValueError:
        given = ", ".join(f"{name} {np.shape(x)}" for name, x in arrays.items() if np.ndim(x))
        raise ValueError(f"the batch shapes don't fit together: {given}") from None


def _with_unit(number, model):
    """A time with the model's unit, where it has one."""
    return f"{number:.4g}" + ("" if model.time_unit == "1" else f" {model.time_unit}")


def _is_sane(x):
    """Whether all numbers are finite and no larger than a state can be."""
    return bool((np.abs(x) < EXPLODED).all())


def _blow_up(scheme, model, t, states, drive):
    """The sentence for a solution that exploded: when, and which step would do."""
    wild = ~(np.abs(states) < EXPLODED).all(axis=(0, *range(2, states.ndim)))
    h = float(step_lengths(t).max())
    said = (f"the solution blew up at t = {_with_unit(t[np.argmax(wild)], model)} with a step of "
            f"{h:.4g}; ")
    tested, left = h, f"; smaller ones were not tested to the end, after {SEARCH:g} s"
    deadline = perf_counter() + SEARCH
    with suppress(TimeoutError):
        for parts in (2, 4, 8, 16, 32, 64):
            if _survives(scheme, model, t, states[:, 0], drive, parts, deadline):
                return said + f"try a step of {h / parts:.3g} or less"
            tested = h / parts
        left = ""
    return said + (f"no step down to {tested:.2g} would do{left}: look at the parameters, the "
                   "start and the input, and at the signs")


def _survives(scheme, model, t, start, drive, parts, deadline):
    """Whether the solution stays finite to the end when each step is divided into `parts`;
    TimeoutError where the deadline passes before that is known.
    """
    steps = step_lengths(t).tolist()
    advance = {h: scheme(model, h / parts) for h in set(steps)}
    state, currents = _floats(start, drive)
    with np.errstate(all="ignore"), suppress(*OVERFLOWS):
        for h, current in zip(steps, currents):
            for _ in range(parts):
                if perf_counter() > deadline:
                    raise TimeoutError
                state = advance[h](state, current)
            if not _is_sane(state):
                return False
        return True
    return False
