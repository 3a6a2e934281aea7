"""From a vector field to a trajectory: schemes that make one step, and `simulate`, the loop
around them.

A *scheme* is called as `scheme(model, h)` and returns `advance(state, I_ext) -> state`, one
step of length h. States are tuples; they hold Python floats for a single run and arrays for a
batch, and the same lines serve both.
"""
import numpy as np

from .checks import finite_array, number, require

__all__ = ["Run", "euler", "rk4", "simulate"]

EXAMPLE = "a model, such as FitzHughNagumo()"


def euler(model, h):
    """Forward Euler, order 1: follow the slope at the start of the step."""
    rhs, h = require("model", model, "rhs", EXAMPLE).rhs, number("h", h, "positive")

    def advance(state, I_ext):
        slope = rhs(state, I_ext)
        return tuple(x + h * k for x, k in zip(state, slope))

    return advance


def rk4(model, h):
    """The classical Runge-Kutta scheme, order 4 (Kutta, 1901)."""
    rhs, h = require("model", model, "rhs", EXAMPLE).rhs, number("h", h, "positive")

    def advance(state, I_ext):
        k1 = rhs(state, I_ext)
        k2 = rhs([x + h / 2 * k for x, k in zip(state, k1)], I_ext)
        k3 = rhs([x + h / 2 * k for x, k in zip(state, k2)], I_ext)
        k4 = rhs([x + h * k for x, k in zip(state, k3)], I_ext)
        return tuple(
            [x + h / 6 * (a + 2 * (b + c) + d) for x, a, b, c, d in zip(state, k1, k2, k3, k4)])

    return advance


class Run:
    """What `simulate` returns: `.model`, `.t` (T,) and one attribute per state, each (T,
    *batch).

    `ax.plot(run.t, run.V)` draws a line per lane of the batch. A value may be a function that
    makes the array: it is called when the state is first asked for.
    """
    def __init__(self, model, t, values):
        self.model, self.t, self._values = model, t, dict(values)

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
    def last(self):
        """The state at the last time, a tuple as `simulate` takes it for its start."""
        return tuple(getattr(self, name)[-1] for name in self.model.states)

    def seen_as(self, model):
        """The same run, told of another model with the same states."""
        return Run(model, self.t, self._values)

    def __repr__(self):
        shape = getattr(self, next(iter(self._values))).shape
        return (f"Run of {type(self.model).__name__}: t from {self.t[0]:g} to {self.t[-1]:g} "
                f"{self.model.time_unit}, states {', '.join(self._values)} of shape {shape}")


def simulate(model, t, start=None, I_ext=None, scheme=None):
    """Return the `Run` of a model through the times t.

    t: (T,) increasing, T >= 2; each interval is one step. start: one value or one batch array
    per state, by default `model.rest()`. I_ext: None for the model's own, a float, (T,) or (T,
    *batch); it is held from t[k] to t[k+1]. scheme: by default the model's own, otherwise
    `rk4`.

    Raises ValueError where a shape is wrong, and where the solution blows up: the message says
    when, and which step would do.
    """
    t = checked_times(t)
    start = _checked_start(require("model", model, "states", EXAMPLE), start)
    drive = _checked_drive(model, I_ext, len(t))
    batch = _batch_shape(model, start, drive)
    scheme = scheme or getattr(model, "scheme", rk4)
    drive = np.broadcast_to(
        drive.reshape(len(drive),
                      *(1,) * (len(batch) + 1 - drive.ndim), *drive.shape[1:]),
        (len(t), *batch))
    if batch == ():
        start, drive = tuple(map(float, start)), drive.tolist()
    else:
        start = tuple(np.array(np.broadcast_to(x, batch)) for x in start)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        states = _march(scheme, model, t, start, drive)
        if not all(np.isfinite(x[-1]).all() for x in states if not callable(x)):
            raise ValueError(_blow_up(scheme, model, t, start, drive, states))
    return Run(model, t, zip(model.states, states))


def checked_times(t):
    """`t` as an array of at least two increasing times, or an error that says what is wrong
    with it.
    """
    t = finite_array("t", t, "an increasing array of at least two times")
    if t.ndim != 1 or len(t) < 2:
        raise ValueError(
            f"t must be an increasing array of at least two times, but has shape {t.shape}; "
            "try np.arange(0, 50, 0.01)")
    if (late := np.flatnonzero(np.diff(t) <= 0)).size:
        k = late[0]
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


def _checked_start(model, start):
    if start is None:
        return [np.asarray(x, float) for x in model.rest()]
    wanted = f"one value (or batch array) per state: {', '.join(model.states)}"
    if isinstance(start, (str, bytes)) or not hasattr(start, "__len__"):
        raise TypeError(f"start must hold {wanted}; it is {start!r}")
    if len(start) != len(model.states):
        raise ValueError(
            f"start must hold {wanted}; it has {len(start)} of {len(model.states)}")
    return [
        finite_array(f"{name} in start", x, "a finite number or an array of them")
        for name, x in zip(model.states, start)
    ]


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
            "has shape "
            f"{I_ext.shape}; for one constant current per lane use model.but(I_ext=...)")
    return I_ext


def _batch_shape(model, start, drive):
    """The common batch shape of the start, the drive and the parameters that are arrays."""
    shapes = {f"{name} in start": np.shape(x) for name, x in zip(model.states, start)}
    shapes |= {
        name: np.shape(getattr(model, name))
        for name in model.parameters()
        if name != "I_ext"
    }
    shapes["I_ext"] = drive.shape[1:]
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        given = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ValueError(f"the batch shapes don't fit together: {given}") from None


def _march(scheme, model, t, start, drive):
    """All states at all times, one array (T, *batch) per state; nan from where a float
    overflowed.

    A scheme whose advance has a `march(state, drive)` of its own runs the whole stretch by
    itself, where all steps are equal. It may return None where it can't, and functions that
    make the arrays of all states but the first.
    """
    steps = step_lengths(t)
    advance_by = {h: scheme(model, float(h)) for h in np.unique(steps)}
    only = advance_by[steps[0]]
    if len(advance_by) == 1 and hasattr(only, "march") and (found := only.march(
            start, drive)) is not None:
        return found
    states = [np.full((len(t), *np.shape(x)), np.nan) for x in start]
    state = start
    try:
        for k in range(len(t)):
            for x, value in zip(states, state):
                x[k] = value
            if k < len(steps):
                state = advance_by[steps[k]](state, drive[k])
    except OVERFLOWS:
        pass  # what is left stays nan: simulate reports it
    return states


OVERFLOWS = (
    OverflowError, ZeroDivisionError)  # what Python floats raise where arrays give inf or nan


def _blow_up(scheme, model, t, start, drive, states):
    """The sentence for a solution that became infinite: when, and which step would do."""
    finite = np.array([
        np.isfinite(x.reshape(len(t), -1)).all(axis=1) for x in states if not callable(x)
    ]).all(axis=0)
    first, h = int(np.argmin(finite)), float(step_lengths(t).max())
    said = f"the solution blew up at t = {t[first]:.4g} {model.time_unit} with a step of {h:.4g}; "
    for parts in (2, 4, 8, 16, 32, 64):
        if _survives(scheme, model, t, start, drive, parts):
            return said + f"try a step of {h / parts:.3g} or less"
    return said + f"no step down to {h / 64:.2g} would do: look at the parameters, the start and the input"


def _survives(scheme, model, t, start, drive, parts):
    """Whether the solution stays finite when each step is divided into `parts`."""
    steps = step_lengths(t)
    advance_by = {h: scheme(model, float(h) / parts) for h in np.unique(steps)}
    state = start
    try:
        for h, current in zip(steps, drive):
            for _ in range(parts):
                state = advance_by[h](state, current)
            if not all(np.isfinite(x).all() for x in state):
                return False
    except OVERFLOWS:
        return False
    return True
