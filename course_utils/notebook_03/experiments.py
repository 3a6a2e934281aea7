"""Experiments with a FitzHugh-Nagumo neuron: its phase plane, one start at one current, and the
phase of a firing neuron: isochrons, one kick, two kicks in both orders, noise.

A record holds what can be set. `record.run()` returns the result, and `result.sentence()`
says in numbers what it shows. Phases and times of kicks are in cycles from the upward
crossing of v = 0.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..analysis.dynamics import fixed_points, period
from ..analysis.phases import phase_response, wrapped
from ..checks import finite_array, number, require, whole_number
from ..equilibria import is_stable
from ..model import Record, parameter
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..solve import Run, simulate
from ..spikes import spike_times
from .cycles import limit_cycle
from .phases import asymptotic_phase, kicked_run

__all__ = [
    "FINE", "FRAME", "IsochronMap", "KickedRhythm", "OneKick", "OneStart", "PhasePlane",
    "TwoKicks", "isochron_map", "noisy_phases", "resetting_type", "tongues", "winding_number"
]

# -----------------------------------------------------------------------------------------
# the phase plane
FRAME = (-2.6, 2.6), (-1.3, 2.7)  # v and w in every phase plane
SLOW_TURNS = 12  # four times delta times a usual period
ALIKE = 0.1  # in v: a run that ends this close to a fixed point ends there
GRID = np.meshgrid(np.linspace(-2.5, 2.5, 20), np.linspace(-1.2, 2.6, 20))
STARTS = tuple(x.ravel() for x in GRID)  # 400 initial conditions
STEPS = {"←": (-0.1, 0), "→": (0.1, 0), "↓": (0, -0.1), "↑": (0, 0.1)}


class Portrait(NamedTuple):
    """A phase plane: one run, 400 trajectories, and the fixed points (v, w) by stability."""

    model: FitzHughNagumo
    run: Run
    trajectories: Run
    stable: list
    unstable: list

    def sentence(self):
        """The fixed points, how the run ends, and how many trajectories still oscillate."""
        start = f"({self.run.v[0]:.2f}, {self.run.w[0]:.2f})"
        return (f"I_ext = {self.model.I_ext:.4g}: {self._fixed()}. From {start} the run "
                f"{ending(self.run)}. {self._others()}")

    def _fixed(self):
        found = sorted([(point, "stable") for point in self.stable]
                       + [(point, "unstable") for point in self.unstable])
        named = [f"({v:.3f}, {w:.3f}) is {kind}" for (v, w), kind in found]
        if len(found) > 1:
            return f"{len(found)} fixed points: {', '.join(named)}"
        pair = np.linalg.eigvals(self.model.jacobian(found[0][0]))
        values = (f"{pair[0].real:.3f} ± {abs(pair[0].imag):.3f}i" if np.iscomplexobj(pair)
                  else f"{pair.max():.3f} and {pair.min():.3f}")
        return f"the fixed point {named[0]}, eigenvalues {values}"

    def oscillating(self):
        """Which of the 400 trajectories (400,) swing by more than 1 in v during the second half
        of the time.
        """
        return np.ptp(_late(self.trajectories), axis=0) > 1

    def _others(self):
        """How many trajectories oscillate, with their period where the run itself has none."""
        still = self.oscillating()
        said = f"{still.sum()} of the 400 trajectories still oscillate at the end"
        if not still.any() or np.ptp(_late(self.run)) >= 1:
            return said + "."
        v = self.trajectories.v[:, still.argmax()]
        turns = np.diff(spike_times(self.trajectories.t, v, 0.0))
        return said + (f", with period {turns[-1]:.3g}." if turns.size else ".")


def ending(run):
    """The end of a `Run` of a FitzHugh-Nagumo neuron in words: at rest, in a spiral, or on a
    cycle, and with which period.
    """
    run = _long_enough(run)
    before, after = map(np.ptp, np.array_split(run.v, 4)[2:])
    if after < 0.02:
        return f"ends near v = {run.v[-1]:.3f}"
    if before < 1 and abs(after - before) > 0.005 * after:
        way = "less and less" if after < before else "more and more"
        return f"swings {way} around the fixed point, by {after:.2f} at the end"
    late = _late(run)
    turns = np.diff(spike_times(run.t, run.v, (late.min() + late.max()) / 2))
    return f"oscillates with period {turns[-1]:.4g}" if turns.size else "makes no full turn"


def _late(run):
    """v in the second half of a run."""
    return run.v[len(run.t) // 2:]


def _long_enough(run):
    """The run or, where w is so slow that a quarter of it holds no full turn, what follows
    after it.
    """
    turns = np.arange(0, SLOW_TURNS / run.model.delta, 0.2)
    return run if turns[-1] < run.t[-1] else simulate(run.model, turns, run.last)


class PhasePlane(Record):
    """A neuron and the start of one run, among 400 other starts on a grid."""

    neuron: FitzHughNagumo = FitzHughNagumo()
    v0: float = parameter(-1.2, "1", "v_0", *FRAME[0], doc="initial v")
    w0: float = parameter(-0.62, "1", "w_0", *FRAME[1], doc="initial w")
    now: int = parameter(25, "1", "t", 0, 200, "time of the point", scale="integer")

    BUTTONS = {
        "←": "start at a smaller v", "→": "start at a larger v", "↓": "start at a smaller w",
        "↑": "start at a larger w"
    }

    def run(self):
        """The `Portrait` over 200 units of time."""
        neuron, start = self.neuron, (self.v0, self.w0)
        found = neuron.fixed_states(neuron.I_ext)
        stable = [point for point in found if is_stable(neuron, point, neuron.I_ext)]
        unstable = [point for point in found if point not in stable]
        return Portrait(neuron, simulate(neuron, np.linspace(0, 200, 2001), start),
                        simulate(neuron, np.linspace(0, 200, 801), STARTS), stable, unstable)

    def touched(self, touch):
        """A copy whose start was dragged in the plane or moved by an arrow button."""
        if touch.axes is None:
            dv, dw = STEPS[touch.kind]
            return self.started_at(round(self.v0 + dv, 6), round(self.w0 + dw, 6))
        return self.started_at(touch.x, touch.y) if touch.axes.get_label() == "plane" else self

    def started_at(self, v, w):
        """A copy started at (v, w), or as near to it as the frame allows."""
        return self.but(v0=float(np.clip(v, *FRAME[0])), w0=float(np.clip(w, *FRAME[1])))


class StartedOnce(NamedTuple):
    """A run from one start at one current, and its smallest and largest v later on."""

    run: Run
    low: float
    high: float

    def sentence(self):
        """The current, the start and the end of the run."""
        run = self.run
        return f"I_ext = {run.model.I_ext:.4f}: from v = {run.v[0]:.2f} the run {ending(run)}."


class OneStart(Record):
    """A neuron that starts at v0, with w at its value at the fixed point."""

    neuron: FitzHughNagumo = FitzHughNagumo(I_ext=0.328)
    v0: float = parameter(-0.9, "1", "v_0", -2, 2, "initial v")

    def run(self):
        """The `StartedOnce` over 200 units of time."""
        (_, w), *_ = fixed_points(self.neuron)
        run = simulate(self.neuron, np.linspace(0, 200, 2001), (self.v0, w))
        late = _late(run)
        return StartedOnce(run, late.min(), late.max())

    def touched(self, touch):
        """A copy with the current and the start at which a diagram was touched."""
        if touch.axes.get_label() == "trace":
            return self
        current, v0 = np.clip((touch.x, touch.y), (-0.2, -2.0), (1.8, 2.0))
        return self.but(v0=float(v0), **{"neuron.I_ext": float(current)})


# -----------------------------------------------------------------------------------------
# phases of the plane
PAINTED = (-3.1, 2.7), (-1.0, 2.0)  # v and w: the cycle and where kicks reach
CROWDED = 0.97  # mean of nine neighbours on the phase circle: 1 where all agree


class IsochronMap(NamedTuple):
    """Asymptotic phases (len(w), len(v)) in cycles on a grid over the plane; nan where a
    trajectory comes to rest.
    """

    v: np.ndarray
    w: np.ndarray
    phase: np.ndarray


@lru_cache(maxsize=4)
def isochron_map(neuron, points=61, fine=6):
    """The `IsochronMap` of a firing FitzHugh-Nagumo neuron: `points` starts a side, `fine`
    times as many pixels.

    Between the starts the phase is interpolated around the circle, as cosine and sine.
    Where the phases crowd together each pixel is a start of its own.
    """
    from scipy.ndimage import uniform_filter, zoom

    coarse = asymptotic_phase(neuron, np.meshgrid(*_raster(points)), 0.0)
    turn = np.exp(2j * np.pi * coarse)
    mean = uniform_filter(turn.real, 3) + 1j * uniform_filter(turn.imag, 3)
    turn = zoom(turn.real, fine, order=1) + 1j * zoom(turn.imag, fine, order=1)
    phase = np.mod(np.angle(turn) / (2 * np.pi), 1.0)
    exact = zoom(np.abs(mean) < CROWDED, fine, order=0)
    v, w = _raster(points * fine)
    phase[exact] = asymptotic_phase(neuron, [x[exact] for x in np.meshgrid(v, w)], 0.0)
    return IsochronMap(v, w, phase)


def _raster(points):
    """The values of v and of w on a raster over the painted plane."""
    return [np.linspace(*ends, points) for ends in PAINTED]


def early_or_late(shift):
    """A shift in cycles, in words."""
    if not round(shift, 3):
        return "where it was"
    return f"{abs(shift):.3f} cycle {'early' if shift > 0 else 'late'}"


# -----------------------------------------------------------------------------------------
# two kicks
PLUS_FIRST, MINUS_FIRST = ORDERS = "+ then −", "− then +"
TURNS = 14  # cycles that are run; the last kick comes well before
PER_CYCLE = 200  # steps; a kick comes at the nearest one


class KickedTwice(NamedTuple):
    """The outcome of two kicks: the run in the chosen order, the one in the other order, the
    one without, and both shifts in cycles.
    """

    kicks: tuple
    run: Run
    other: Run
    never: Run
    shift: float
    other_shift: float
    period: float

    def jumps(self):
        """The jump of each kick: two pairs of (v, w), before and after."""
        for when, size in self.kicks:
            k = np.searchsorted(self.run.t, when * self.period - 1e-9)
            v, w = float(self.run.v[k]), float(self.run.w[k])
            yield (v - size, w), (v, w)

    def sentence(self):
        """The kicks, and the shift in both orders."""
        said = ", then ".join(f"{size:+.2f} at {when:g} cycles" for when, size in self.kicks)
        return (f"Kicks {said} leave the rhythm {early_or_late(self.shift)}; in the other order "
                f"{early_or_late(self.other_shift)}.")


class TwoKicks(Record):
    """Two kicks of equal size and opposite sign to a neuron that fires, ten cycles apart."""

    neuron: FitzHughNagumo = FitzHughNagumo()
    size: float = parameter(0.5, "1", r"\Delta v", 0.05, 1.0, "kick size: of both kicks")
    first: float = parameter(0.87, "cycles", "t_1", 0.0, 1.0, "time of the first kick",
                             domain="nonnegative")
    second: float = parameter(10.35, "cycles", "t_2", 9.5, 11.5, "time of the second kick",
                              domain="nonnegative")
    order: str = parameter(PLUS_FIRST, "1", r"\pm", doc="order of the kicks", choices=ORDERS)

    ENDS = {"first": (0.0, 1.0), "second": (9.5, 11.5)}

    def kicks(self, order):
        """The two kicks as `kicked_run` takes them, each on a step of the run."""
        sign = 1 if order == PLUS_FIRST else -1
        first, second = (round(when * PER_CYCLE) / PER_CYCLE
                         for when in (self.first, self.second))
        return (first, sign * self.size), (second, -sign * self.size)

    def run(self):
        """The `KickedTwice` over 14 cycles."""
        chosen, other = (self.kicks(order) for order in sorted(ORDERS, key=self.order.__ne__))
        (run, shift), (swapped, other_shift), (never, _) = (
            kicked_run(self.neuron, kicks, TURNS, 0.0, PER_CYCLE)
            for kicks in (chosen, other, ()))
        return KickedTwice(chosen, run, swapped, never, shift, other_shift,
                           period(self.neuron))

    def touched(self, touch):
        """A copy with the nearer kick moved along the axis of the kicks, as far as it may go.
        """
        if touch.axes.get_label() != "kicks":
            return self
        name = min(self.ENDS, key=lambda name: abs(getattr(self, name) - touch.x))
        when = round(touch.x * PER_CYCLE) / PER_CYCLE
        return self.but(**{name: float(np.clip(when, *self.ENDS[name]))})


# -----------------------------------------------------------------------------------------
# one kick
EVEN = np.arange(120) / 120  # phases of the kick
NEAR = 10.0**np.arange(-4.5, -1.9, 0.5)
BESIDE = np.concatenate([-NEAR, NEAR])  # cycles from where the kick ends near the fixed point


class KickedOnce(NamedTuple):
    """The outcome of one kick: the run with and without it, and its shift in cycles.

    old, new: the phase transition curve, both (N,) in cycles; `new` is unwrapped, so that
    it ends `resetting` cycles above its start. cliff: the index at which its steepest
    step begins.
    """

    size: float
    phase: float
    run: Run
    never: Run
    shift: float
    old: np.ndarray
    new: np.ndarray
    cliff: int
    resetting: int

    def here(self):
        """The new phase at the chosen one, on the curve."""
        near = np.interp(self.phase, self.old, self.new)
        exact = self.phase + self.shift
        return exact + round(near - exact)

    def sentence(self):
        """The kick, its shift, and the type of resetting."""
        kind = ("type 1: over one cycle of old phases the new phase climbs by one cycle"
                if self.resetting else
                "type 0: over one cycle of old phases the new phase returns to where it began")
        return (f"A kick of {self.size:+.3f} at phase {self.phase:.2f} leaves the rhythm "
                f"{early_or_late(self.shift)}. This size is of {kind}.")


class OneKick(Record):
    """One kick to a neuron that fires: its size, and the phase at which it comes."""

    neuron: FitzHughNagumo = FitzHughNagumo()
    size: float = parameter(0.1, "1", r"\Delta v", -1.0, 3.0, "kick size")
    phase: float = parameter(0.87, "cycles", r"\varphi", 0.0, 1.0, "phase of the kick",
                             domain="nonnegative")

    def run(self):
        """The `KickedOnce` over four cycles."""
        (run, shift), (never, _) = (kicked_run(self.neuron, kicks, 4, 0.0)
                                    for kicks in ([(self.phase, self.size)], ()))
        return KickedOnce(self.size, self.phase, run, never, shift,
                          *transition_curve(self.neuron, self.size))

    def touched(self, touch):
        """A copy with the phase at which the curve was touched."""
        if touch.axes.get_label() != "curve":
            return self
        return self.but(phase=float(np.clip(touch.x, 0, 1)))


@lru_cache(maxsize=64)
def transition_curve(neuron, size):
    """(old, new, cliff, resetting type) of a kick: see `KickedOnce`.

    Phases are added near the one at which the kick takes the state closest to the fixed
    point, where all phases meet. The steepest step climbs or falls as the resetting type says.
    """
    old = np.union1d(EVEN, np.mod(_closest(neuron, size) + BESIDE, 1.0))
    shift = phase_response(neuron, size, old, 0.0)
    steps, kind = _steps(old, shift), resetting_type(neuron, size)
    cliff = int(np.argmax(np.abs(steps) / np.diff(np.append(old, 1.0))))
    steps[cliff] += kind - round(steps.sum())
    new = old[0] + shift[0] + np.append(0.0, np.cumsum(steps))
    return np.append(old, 1.0), new, cliff, kind


def _closest(neuron, size):
    """The phase at which a kick takes the state closest to the fixed point."""
    (v, w), cycle = fixed_points(neuron)[0], _fine_cycle(neuron)
    k = np.argmin((cycle.v + size - v)**2 + (cycle.w - w)**2)
    return cycle.t[k] / cycle.t[-1]


def _steps(old, shift):
    """The change (N,) of the new phase from each phase to the next, the shorter way around."""
    new = old + shift
    return wrapped(np.diff(np.append(new, new[0] + 1)))


def resetting_type(neuron, kick):
    """The resetting type of a kick: 1 (weak) or 0 (strong).

    It is the number of cycles by which the new phase grows while the old one grows by
    one. It is 1 as long as the cycle, moved by the kick, still encloses the fixed point,
    the one point without a phase (Winfree 1980, 10.1007/978-3-662-22492-2). It is read
    from the angle under which the fixed point sees the moved cycle.
    """
    require("neuron", neuron, "nullclines", "a FitzHughNagumo")
    (v, w), cycle = fixed_points(neuron)[0], _fine_cycle(neuron)
    moved, still = (np.unwrap(np.arctan2(cycle.w - w, cycle.v + size - v))
                    for size in (number("kick", kick), 0.0))
    return round((moved[-1] - moved[0]) / (still[-1] - still[0]))


@lru_cache(maxsize=8)
def _fine_cycle(neuron):
    """The cycle in steps so small that the angle in `resetting_type` turns by less than half a
    turn in each.
    """
    return limit_cycle(neuron, 0.0, 4001)


def winding_number(phases, shifts):
    """The winding number as counted from measured shifts, right only where the curve is nowhere
    steeper than the samples.

    phases: ascending from 0 to below 1. Between two of them the new phase is taken to go
    the shorter way around.
    """
    phases = finite_array("phases", phases, "numbers in cycles")
    shifts = finite_array("shifts", shifts, "numbers in cycles")
    if phases.ndim != 1 or len(phases) < 3 or shifts.shape != phases.shape:
        raise ValueError("phases and shifts must be two rows of numbers of one length, 3 or "
                         f"more; they have shapes {phases.shape} and {shifts.shape}")
    return round(float(_steps(phases, shifts).sum()))


# -----------------------------------------------------------------------------------------
# a kick in every cycle
RATIOS, SIZES = (0.4, 1.2), (-0.4, 0.4)  # P/T and kicks: all of type 1
MANY, LATE = 40, 12  # kicks of a run; the last ones, whole turns of 2, 3 or 4, are judged
KICK_STEPS = 121  # from one kick to the next
FINE = np.linspace(0, 1, 1601)  # phases between which the phase map is straight


@lru_cache(maxsize=2)
def _shifts(neuron):
    """The shift in cycles by a kick, a function of its size and its phase: a spline through a
    table of 17 sizes and 100 phases.
    """
    from scipy.interpolate import RectBivariateSpline

    sizes, phases = np.linspace(*SIZES, 17), np.arange(-8, 109) / 100  # past one cycle
    table = phase_response(neuron, sizes[:, None], phases[8:-9], 0.0)
    return RectBivariateSpline(sizes, phases, np.pad(table, ((0, 0), (8, 9)), "wrap"))


@lru_cache(maxsize=2)
def tongues(neuron, ratios=321, sizes=121, kicks=120):
    """(P/T (N,), size (M,), pull (M, N)): the mean shift in cycles per kick, by the phase map,
    over the later half of the kicks. Where it falls straight with P/T, the rhythm is locked.
    """
    ratio, size = np.linspace(*RATIOS, ratios), np.linspace(*SIZES, sizes)
    shift = _shifts(neuron)(size, FINE)
    phase, pull = np.full((sizes, ratios), 0.3), 0.0
    for k in range(kicks):
        place = np.mod(phase, 1.0) * (len(FINE) - 1)
        left = place.astype(int)
        low, high = (np.take_along_axis(shift, left + step, 1) for step in (0, 1))
        moved = low + (place - left) * (high - low)
        phase = phase + moved + ratio
        pull = pull + moved * (k >= kicks // 2)
    return ratio, size, pull / (kicks - kicks // 2)


class Locking(NamedTuple):
    """A rhythm that is kicked again and again: the shift by a kick at each phase of `FINE`, and
    the phases at which the kicks arrive, by the phase map and by the full equations.
    """

    size: float
    ratio: float
    shift: np.ndarray
    mapped: np.ndarray
    full: np.ndarray

    def per_kick(self):
        """Cycles per kick in the last twelve intervals, by the full equations."""
        late = self.full[-LATE - 1:]
        return self.ratio + wrapped(np.diff(late) - self.ratio).mean()

    def one_to_one(self):
        """The smallest and the largest P/T for which the map has a fixed point."""
        return 1 - self.shift.max(), 1 - self.shift.min()

    def sentence(self):
        """The kicks, the cycles per kick, the last phases of arrival, the range of locking."""
        low, high = self.one_to_one()
        last = ", ".join(f"{phase:.3f}" for phase in self.full[-3:])
        return (f"Kicks of {self.size:+.3f} every {self.ratio:.4f} cycles: the neuron completes "
                f"{self.per_kick():.4f} cycles per kick, and the last three kicks arrive at phases "
                f"{last}. One cycle per kick is possible for P/T between {low:.4f} and {high:.4f}.")


class KickedRhythm(Record):
    """A firing neuron that is kicked at equal intervals, the first time at a chosen phase."""

    neuron: FitzHughNagumo = FitzHughNagumo()
    ratio: float = parameter(0.96, "1", "P/T", *RATIOS, doc="interval of the kicks: in cycles")
    size: float = parameter(0.2, "1", r"\Delta v", *SIZES, doc="kick size")
    first: float = parameter(0.3, "cycles", r"\varphi_0", 0.0, 1.0, "phase of the first kick",
                             domain="nonnegative")

    def run(self):
        """The `Locking` after 40 kicks."""
        shift, mapped = _shifts(self.neuron)(self.size, FINE)[0], [self.first]
        for _ in range(MANY):
            here = np.mod(mapped[-1], 1.0)
            mapped.append(here + np.interp(here, FINE, shift) + self.ratio)
        return Locking(self.size, self.ratio, shift, np.mod(mapped, 1.0), self._arrivals())

    def _arrivals(self):
        """The phases (41,) of arrival by the full equations: those of the nearest points of the
        cycle, to which the state returns between two kicks.
        """
        cycle = _fine_cycle(self.neuron)
        T, k = cycle.t[-1], round(self.first % 1 * (len(cycle.t) - 1))
        t = np.linspace(0, self.ratio * T, KICK_STEPS)
        states = [(cycle.v[k], cycle.w[k])]
        for _ in range(MANY):
            v, w = states[-1]
            states.append(simulate(self.neuron, t, (v + self.size, w)).last)
        v, w = np.transpose(states)[..., None]
        return cycle.t[np.argmin((cycle.v - v)**2 + (cycle.w - w)**2, axis=1)] / T

    def touched(self, touch):
        """A copy with the interval and the kick at which the painted plane was touched."""
        if touch.axes.get_label() != "tongues":
            return self
        ratio, size = np.clip((touch.x, touch.y), *np.transpose((RATIOS, SIZES)))
        return self.but(ratio=float(ratio), size=float(size))


# -----------------------------------------------------------------------------------------
# noise
def noisy_phases(neuron, strength, turns, copies, rng, steps=400):
    """Phases (len(turns), copies) in cycles after the given turns, of noisy copies against one
    without noise.

    All start at phase 0. strength: sigma of the white noise in dv/dt = ... + sigma xi(t),
    in v per root of time, by the scheme of Euler and Maruyama with `steps` per turn.
    turns: ascending whole numbers. A phase is the one that the state would end with if
    the noise stopped then. For weak noise the variance grows by sigma^2 <Z_v^2> / T per
    turn.
    """
    require("neuron", neuron, "jacobian", "a FitzHughNagumo()")
    require("rng", rng, "standard_normal", "a numpy Generator")
    turns = [whole_number("turns", n, 1) for n in np.atleast_1d(turns).tolist()]
    copies = whole_number("copies", copies, 1, most=10_000)
    h = period(neuron) / whole_number("steps", steps, 10, most=10_000)
    noisy = np.append(np.ones(copies), 0.0)  # the last copy is the one without noise
    size = number("strength", strength, "probability") * np.sqrt(h) * noisy
    v, w = (np.full(copies + 1, x[0]) for x in limit_cycle(neuron, 0.0).states)
    phases, done = [], 0
    for n in turns:
        for _ in range((n - done) * steps):
            dv, dw = neuron.rhs((v, w), neuron.I_ext)
            v, w = v + h * dv + size * rng.standard_normal(copies + 1), w + h * dw
        phase, done = asymptotic_phase(neuron, (v, w), 0.0), n
        phases.append(wrapped(phase[:-1] - phase[-1]))
    return np.array(phases)
