"""Experiments on the phase of a firing neuron: its isochrons, one kick, two kicks in both
orders, noise.

A record says what the hand can set; its `result()` holds what is seen and says it in a
sentence. Phases and times are in cycles from the upward crossing of v = 0.
"""
from functools import lru_cache
from typing import ClassVar, NamedTuple

import numpy as np

from ..analysis.dynamics import fixed_points, limit_cycle, period
from ..analysis.phases import phase_response, wrapped
from ..checks import finite_array, number, require, whole_number
from ..model import Record, parameter
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..solve import Run
from .phases import asymptotic_phase, kicked_run

__all__ = [
    "IsochronMap", "OneKick", "TwoKicks", "winding_number", "isochron_map", "noisy_phases",
    "resetting_type"
]

PLUS_FIRST, MINUS_FIRST = "+ then −", "− then +"
PAINTED = (-3.1, 2.7), (
    -1.0, 2.0)  # v and w of the isochron map: the cycle and where kicks reach
CROWDED = 0.97  # mean of nine neighbours on the phase circle: 1 where all agree
TURNS = 14  # cycles that a panel runs; the last kick comes well before


class IsochronMap(NamedTuple):
    """Asymptotic phases (len(w), len(v)) in cycles on a grid over the plane; nan where an orbit
    comes to rest.
    """

    v: np.ndarray
    w: np.ndarray
    phase: np.ndarray


@lru_cache(maxsize=4)
def isochron_map(neuron, points=61, fine=6):
    """The `IsochronMap` of a firing FitzHugh-Nagumo neuron: `points` starts a side, `fine`
    times as many pixels.

    Between the starts the phase is interpolated round the circle, as cosine and sine; where the
    phases crowd together each pixel is a start of its own.
    """
    from scipy.ndimage import uniform_filter, zoom
    turn = np.exp(2j * np.pi * asymptotic_phase(neuron, np.meshgrid(*_raster(points)), 0.0))
    crowded = np.abs(uniform_filter(turn.real, 3) + 1j * uniform_filter(turn.imag, 3)) < CROWDED
    turn = zoom(turn.real, fine, order=1) + 1j * zoom(turn.imag, fine, order=1)
    v, w = _raster(points * fine)
    phase, exact = np.mod(np.angle(turn) / (2 * np.pi), 1.0), zoom(crowded, fine, order=0)
    phase[exact] = asymptotic_phase(neuron, [x[exact] for x in np.meshgrid(v, w)], 0.0)
    return IsochronMap(v, w, phase)


def _raster(points):
    """The values of v and of w that make a raster over the painted plane."""
    return [np.linspace(*ends, points) for ends in PAINTED]


def early_or_late(shift):
    """A shift in cycles, in words."""
    return f"{abs(shift):.3f} cycle {'early' if shift > 0 else 'late'}" if round(
        shift, 3) else "where it was"


class KickedTwice(NamedTuple):
    """What two kicks did: the run in the chosen order, the one in the other order, the one
    without, and both shifts.
    """

    kicks: tuple
    run: Run
    other: Run
    never: Run
    shift: float
    other_shift: float
    period: float

    def jumps(self):
        """Where each kick took the state: two pairs of (v, w), before and after."""
        for when, size in self.kicks:
            k = np.searchsorted(self.run.t, when * self.period - 1e-9)
            v, w = float(self.run.v[k]), float(self.run.w[k])
            yield (v - size, w), (v, w)

    def sentence(self):
        """What is seen, in words and numbers."""
        said = ", then ".join(f"{size:+.2f} at {when:.2f} cycles" for when, size in self.kicks)
        return f"Kicks {said} leave the rhythm {early_or_late(self.shift)}; in the other order {early_or_late(self.other_shift)}."


class TwoKicks(Record):
    """Two kicks of equal size and opposite sign to a neuron that fires, ten cycles apart, in
    one order or the other.
    """

    neuron: FitzHughNagumo = FitzHughNagumo()
    size: float = parameter(0.5, "1", r"\Delta v", 0.05, 1.0, "size of both kicks")
    first: float = parameter(0.87, "cycles", "t_1", 0.0, 1.0, "when the first kick comes",
                             domain="nonnegative")
    second: float = parameter(10.35, "cycles", "t_2", 9.5, 11.5, "when the second kick comes",
                              domain="nonnegative")
    order: str = parameter(PLUS_FIRST, "1", r"\mathrm{order}", doc="signs of the two kicks",
                           choices=(PLUS_FIRST, MINUS_FIRST))

    ENDS: ClassVar = {"first": (0.0, 1.0), "second": (9.5, 11.5)}

    def kicks(self, order):
        """The two kicks as `kicked_run` takes them."""
        sign = 1 if order == PLUS_FIRST else -1
        return (self.first, sign * self.size), (self.second, -sign * self.size)

    def moved_to(self, when):
        """The same with the nearer kick moved to a time, as far as it may go."""
        name = min(self.ENDS, key=lambda name: abs(getattr(self, name) - when))
        return self.but(**{name: float(np.clip(when, *self.ENDS[name]))})

    def result(self):
        """The `KickedTwice` over 14 cycles."""
        orders = [self.order, *({PLUS_FIRST, MINUS_FIRST} - {self.order})]
        (run, shift), (other, other_shift), (never, _) = (kicked_run(
            self.neuron, kicks, TURNS, 0.0, 200) for kicks in (*map(self.kicks, orders), ()))
        return KickedTwice(self.kicks(self.order), run, other, never, shift, other_shift,
                           period(self.neuron))


class KickedOnce(NamedTuple):
    """What one kick did: the shifts over all phases, the shift at the one chosen, the runs with
    and without it.
    """

    phases: np.ndarray
    shifts: np.ndarray
    phase: float
    shift: float
    run: Run
    never: Run
    size: float
    winding: int

    def sentence(self):
        """What is seen, in words and numbers."""
        kind = ("type 1: the moved cycle still goes round the fixed point"
                if self.winding else "type 0: the moved cycle misses the fixed point")
        return (
            f"A kick of {self.size:+.2f} at phase {self.phase:.2f} leaves the rhythm "
            f"{early_or_late(self.shift)}; over all "
            f"phases the shift runs from {self.shifts.min():+.3f} to {self.shifts.max():+.3f} "
            f"({kind})."
        )


class OneKick(Record):
    """One kick to a neuron that fires: its size and the phase at which it comes."""

    neuron: FitzHughNagumo = FitzHughNagumo()
    size: float = parameter(0.1, "1", r"\Delta v", -1.0, 3.0, "size of the kick")
    phase: float = parameter(0.87, "cycles", r"\varphi", 0.0, 1.0, "when it comes",
                             domain="nonnegative")

    PHASES: ClassVar = np.arange(40) / 40

    def result(self):
        """The `KickedOnce` over four cycles."""
        (run, shift), (never, _) = (kicked_run(self.neuron, kicks, 4, 0.0)
                                    for kicks in ([(self.phase, self.size)], ()))
        return KickedOnce(self.PHASES, _response(self.neuron, self.size), self.phase, shift,
                          run, never, self.size, resetting_type(self.neuron, self.size))


@lru_cache(maxsize=64)
def _response(neuron, size):
    """The shifts at all phases of `OneKick`, kept while only its phase moves."""
    return phase_response(neuron, size, OneKick.PHASES, 0.0)


def resetting_type(neuron, kick):
    """How often the new phase runs round while the old one does so once: 1 for weak kicks (type
    1), 0 for strong ones (type 0).

    It is 1 as long as the cycle, moved by the kick, still goes round the fixed point, the one
    point without a phase (Winfree 1980, 10.1007/978-3-662-22492-2). Read from the angle under
    which the fixed point sees the moved cycle.
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

    phases: ascending from 0 to below 1. Between two of them the new phase is taken to go the
    shorter way round.
    """
    phases, shifts = finite_array("phases", phases, "numbers in cycles"), finite_array(
        "shifts", shifts, "numbers in cycles")
    if phases.ndim != 1 or len(phases) < 3 or shifts.shape != phases.shape:
        raise ValueError(
            "phases and shifts must be two rows of numbers of one length, 3 or more; they have "
            "shapes "
            f"{phases.shape} and {shifts.shape}")
    new = phases + shifts
    steps = np.diff(np.append(new, new[0] + 1))
    return round(float(np.sum(wrapped(steps))))


def noisy_phases(neuron, strength, turns, copies, rng, steps=400):
    """Phases (len(turns), copies) in cycles, after so many turns, of noisy copies against one
    without noise.

    All start at phase 0. strength: sigma of the white noise in dv/dt = ... + sigma xi(t), in v
    per root of time, by the scheme of Euler and Maruyama with `steps` per turn. turns:
    ascending whole numbers. A phase is the one that the state would end with if the noise
    stopped then. For weak noise the variance grows by sigma^2 <Z_v^2> / T per turn.
    """
    if not np.iterable(turns) or isinstance(turns, str | bytes):
        raise TypeError(f"turns must be ascending whole numbers in a list, not {turns!r}")
    require("neuron", neuron, "jacobian", "a FitzHughNagumo()"), require(
        "rng", rng, "standard_normal", "a numpy Generator")
    turns = [whole_number("turns", n, 1) for n in turns]
    copies, steps = whole_number("copies", copies, 1), whole_number("steps", steps, 10)
    cycle, h = limit_cycle(neuron, 0.0), period(neuron) / steps
    size = number("strength", strength) * np.sqrt(h) * np.append(np.ones(copies), 0.0)
    state, done, phases = (np.full(copies + 1, cycle.v[0]), np.full(copies + 1,
                                                                    cycle.w[0])), 0, []
    for n in turns:
        for _ in range((n - done) * steps):
            dv, dw = neuron.rhs(state, neuron.I_ext)
            state = state[0] + h * dv + size * rng.standard_normal(copies
                                                                   + 1), state[1] + h * dw
        phase, done = asymptotic_phase(neuron, state, 0.0), n
        phases.append(wrapped(phase[:-1] - phase[-1]))
    return np.array(phases)
