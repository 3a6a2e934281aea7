"""Experiments with the squid membrane: a pulse of current, a voltage clamp, three models
side by side, and one neuron that stores a bit.

A record holds what can be set. `record.run()` returns the result, and `result.sentence()`
says in numbers what it shows.
"""
from functools import lru_cache
from typing import ClassVar, NamedTuple

import numpy as np

from ..analysis.dynamics import fixed_points
from ..analysis.phases import phase_response
from ..model import Record, parameter
from ..models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    voltage_clamp,
)
from ..models.membrane import gate_factors, relaxed
from ..solve import Run, simulate
from ..spikes import spike_times, steady_rate

__all__ = [
    "END", "WRITE_AT", "ClampExperiment", "CurrentStep", "OneBit", "ThreeModels",
    "firing_rates", "kick_map"
]


# --------------------------------------------------------------------------------------
# a pulse of current
STEP_END = 60.0  # ms
STEP = 0.02  # ms, a step that serves at 6.3 °C
RISE = 20.0  # mV by which V rises in a spike
SHOWN = 2000  # samples that a picture can show


def spike_peaks(V, rise=RISE):
    """The indices of the maxima of V (T,) that lie more than `rise` mV above the minimum
    before them.

    No fixed level serves for a warm membrane, because its spikes shrink.
    """
    peaks = np.flatnonzero((V[1:-1] > V[:-2]) & (V[1:-1] >= V[2:])) + 1
    lows = np.minimum.reduceat(V, [0, *peaks])[:-1]
    return peaks[V[peaks] - lows > rise]


class StepResponse(NamedTuple):
    """The response to a pulse of current: the `CurrentStep`, the `Run`, and the times (ms)
    and heights (mV) of the spikes.
    """

    record: Record
    run: Run
    times: np.ndarray
    heights: np.ndarray

    def shown(self):
        """The `Run` at about 2000 of its times, as many as a picture can show."""
        run, every = self.run, max(1, len(self.run.t) // SHOWN)
        states = {name: getattr(run, name)[::every] for name in run.model.states}
        return Run(run.model, run.t[::every], states)

    def sentence(self):
        """The setting, the number of spikes with peaks and intervals, and the range of V."""
        pulse, cell, V = self.record, self.run.model, self.run.V
        return (f"{cell.I_ext:.1f} µA/cm² between {pulse.onset:.1f} and {pulse.end:.1f} ms at "
                f"{cell.temperature:.1f} °C, with {cell.g_Na / 1.2:.0f} % of the sodium and "
                f"{cell.g_K / 0.36:.0f} % of the potassium channels: {self._spikes()}. "
                f"V stays between {V.min():.1f} and {V.max():.1f} mV, "
                f"{self._below(cell.E_Na - V.max())}.")

    def _spikes(self):
        count = len(self.times)
        if count == 0:
            return "no spike" if np.ptp(self.run.V) < RISE else "no complete spike"
        if count == 1:
            return f"1 spike, its peak at {self.heights[0]:.1f} mV"
        return (f"{count} spikes, their peaks between {self.heights.min():.1f} and "
                f"{self.heights.max():.1f} mV, the last two {np.diff(self.times)[-1]:.2f} ms "
                "apart")

    def _below(self, gap):
        E = f"E_Na = {self.run.model.E_Na:.1f} mV"
        return (f"at least {gap:.1f} mV below {E}, where the sodium current is zero" if gap >= 0
                else f"up to {-gap:.1f} mV above {E}, where the sodium current flows outward")


class CurrentStep(Record):
    """A current clamp: a membrane at rest that receives a rectangular pulse of I_ext."""

    onset: float = parameter(5.0, "ms", r"t_\mathrm{on}", 0, 50, "pulse onset",
                             domain="nonnegative")
    width: float = parameter(55.0, "ms", "d", 0, 55, "pulse duration",
                             domain="nonnegative")
    cell: HodgkinHuxley = HodgkinHuxley()

    @property
    def end(self):
        """The time in ms at which the pulse ends, at most 60."""
        return min(self.onset + self.width, STEP_END)

    def run(self):
        """The `StepResponse` from 0 to 60 ms.

        Warm gates are faster, so the time step shrinks with the temperature factor.
        """
        faster = max(1.0, 3**((self.cell.temperature - 6.3) / 10))
        steps = 12 * int(np.ceil(STEP_END / 12 / STEP * faster))  # 5 ms is on the grid
        t = np.linspace(0, STEP_END, steps + 1)
        on = np.clip(np.minimum(t + t[1], self.end) - np.maximum(t, self.onset), 0, t[1])
        run = simulate(self.cell, t, I_ext=self.cell.I_ext * on / t[1])
        peaks = spike_peaks(run.V)
        return StepResponse(self, run, t[peaks], run.V[peaks])

    def touched(self, touch):
        """A copy whose pulse begins or ends at the pointer, whichever is closer."""
        if touch.axes.get_label() != "voltage":
            return self
        onset, end = self.onset, self.end
        if abs(touch.x - onset) < abs(touch.x - end):
            onset = float(np.clip(touch.x, 0, self.declared("onset").high))
        else:
            end = min(touch.x, STEP_END)
        width = float(np.clip(end - onset, 0, self.declared("width").high))
        return self.but(onset=onset, width=width)


# --------------------------------------------------------------------------------------
# a voltage clamp
class ClampedCurrents(NamedTuple):
    """The currents of a voltage clamp: the `Run`, the two voltages in mV, and how long (ms)
    the first was held.
    """

    run: Run
    V_hold: float
    duration: float
    V_command: float

    def sentence(self):
        """The two voltages, the largest sodium current and the last potassium current."""
        run = self.run
        k = np.argmax(np.abs(run.I_Na))
        size = abs(run.I_Na[k])
        way = "in" if run.I_Na[k] < 0 else "out"
        sodium = (f"flows {way}, at most {size:.0f} µA/cm² after {run.t[k]:.2f} ms"
                  if size >= 0.5 else "does not flow")
        return (f"{self.duration:g} ms at {self.V_hold:.0f}, then {self.V_command:.0f} mV: "
                f"the sodium current {sodium}, and the potassium current reaches "
                f"{round(run.I_K[-1])} µA/cm². At the step h was {run.h[0]:.2f}.")


class ClampExperiment(Record):
    """A two-pulse voltage clamp: from long at 0 mV a membrane is held at a conditioning
    voltage for some time, and is then stepped to a command.
    """

    V_command: float = parameter(40.0, "mV", r"V_\mathrm{command}", -40, 140,
                                 "command voltage: relative to rest")
    V_hold: float = parameter(0.0, "mV", r"V_\mathrm{hold}", -40, 60,
                              "conditioning voltage: before the step, relative to rest",
                              domain="range")
    duration: float = parameter(200.0, "ms", "t_c", 0, 200, "conditioning time",
                                domain="nonnegative")
    cell: HodgkinHuxley = HodgkinHuxley()

    def measure(self, t):
        """The `Run` of the step at the times t (T,) in ms, with the currents that the
        clamp has to supply.
        """
        factors = gate_factors(self.cell, self.V_hold, self.duration)
        gates = relaxed(self.cell.steady_gates(0.0), factors)
        return voltage_clamp(self.cell, self.V_command, t, start=(self.V_hold, *gates))

    def run(self):
        """The `ClampedCurrents` over 12 ms."""
        t = np.arange(0, 12, 0.03)
        return ClampedCurrents(self.measure(t), self.V_hold, self.duration, self.V_command)


# --------------------------------------------------------------------------------------
# three models side by side
WATCHED = {  # model: (ms, step in ms) in the phase planes
    "full": (60, 0.04), "reduced": (40, 0.025), "trimmed": (9, 0.01)
}
STILL = 0.5  # mV: a smaller late swing is none


@lru_cache(maxsize=1)
def _models():
    """{name: (model, start)} of the three models, from the full model's rest."""
    V, m, h, n = HodgkinHuxley().rest()
    return {
        "full": (HodgkinHuxley(), (V, m, h, n)),
        "reduced": (ReducedHodgkinHuxley(), (V, n)),
        "trimmed": (TrimmedHodgkinHuxley(), (V, n)),
    }


@lru_cache(maxsize=1)
def firing_rates():
    """(currents (N,) in µA/cm², {model: rates (N,) in Hz}) after a step from rest.

    A swing of V below 4 mV between 150 and 250 ms counts as rest.
    """
    currents = np.concatenate([np.arange(-5, 12, 0.25), np.arange(12, 161.0)])
    t = np.arange(0, 250, 0.025)
    rates = {}
    for name, (model, start) in _models().items():
        run = simulate(model.but(I_ext=currents), t, start=start)
        rates[name] = steady_rate(t, run.V, since=150, least_swing=4)
    return currents, rates


class ThreeResponses(NamedTuple):
    """The responses of three models to one current: {model: `Run`}, {model: rate in Hz}
    and {model: list of fixed points}.
    """

    I_ext: float
    runs: dict
    rates: dict
    fixed: dict

    def sentence(self):
        """The current, and for each model its rate or where V is at the end."""
        each = "; ".join(f"{name} {self._fate(name)}" for name in self.runs)
        return f"At {self.I_ext:.0f} µA/cm²: {each}."

    def _fate(self, name):
        V = self.runs[name].V
        late = V[len(V) // 2:]
        if self.rates[name]:
            return f"{self.rates[name]:.0f} Hz, V swings by {np.ptp(late):.0f} mV"
        if len(spike_peaks(late, STILL)):
            return f"0 Hz, V still swings by {np.ptp(late):.1f} mV, but less and less"
        return f"0 Hz, V ends at {V[-1]:.1f} mV"


class ThreeModels(Record):
    """The full, the reduced and the trimmed model after the same step of current."""

    I_ext: float = parameter(10.0, "µA/cm²", r"I_\mathrm{ext}", -5, 160,
                             "injected current: inward positive")

    def run(self):
        """The `ThreeResponses` to this current."""
        currents, rates = firing_rates()
        runs = {}
        for name, (model, start) in _models().items():
            end, step = WATCHED[name]
            runs[name] = simulate(model.but(I_ext=self.I_ext), np.arange(0, end, step), start)
        here = {name: np.interp(self.I_ext, currents, rate) for name, rate in rates.items()}
        fixed = {name: fixed_points(run.model) for name, run in runs.items()}
        return ThreeResponses(self.I_ext, runs, here, fixed)


# --------------------------------------------------------------------------------------
# one bit
H, END = 0.04, 180.0  # ms: time step, and how long the experiment lasts
WRITE_AT, WAIT = 10.0, 70.0  # ms: the first kick; the second follows the spike after WAIT
PHASE_ZERO = 20.0  # mV, passed upwards at phase 0
USUAL_CYCLE = 16.0077  # ms, at 8 µA/cm²
SILENT = 1.7  # cycles without a spike at the end: the bit is 0
KICKS = {"write": (-12.0, 16.0), "erase": (-16.0, 16.0)}  # mV


class Kick(NamedTuple):
    """A jump of the voltage: when (ms), from which V, and to which (mV)."""

    t: float
    before: float
    after: float


class KickOutcome(NamedTuple):
    """The outcome of two kicks: `t`, `V`, `n` (T,), the spike times and the cycle in ms.

    bits: three digits, before the first kick, between the two, and at the end. rest: (V,
    n) of the fixed point. record: the `OneBit` that was run.
    """

    record: Record
    t: np.ndarray
    V: np.ndarray
    n: np.ndarray
    spikes: np.ndarray
    kicks: tuple
    cycle: float
    bits: tuple
    rest: tuple

    def sentence(self):
        """Both kicks, the effect of each, and the three bits."""
        bit, (_, second) = self.record, self.kicks
        wrote = "wrote a 1" if self.bits[1] else "wrote nothing that lasts"
        effect = {
            (1, 0): "erased it: silence", (1, 1): "did not erase it: it fires on",
            (0, 1): "wrote a 1 by itself", (0, 0): "left nothing that lasts: silence"
        }[self.bits[1:]]
        return (f"At {bit.I_ext:.2f} µA/cm² a kick of {bit.write:+.2f} mV {wrote} "
                f"({np.sum(self.spikes < second.t)} spikes up to the second kick); "
                f"{bit.erase:+.1f} mV at phase {bit.phase:.2f}, from {second.before:.1f} mV, "
                f"{effect}. Bits: {' '.join(map(str, self.bits))}.")


class OneBit(Record):
    """A Hodgkin-Huxley membrane under a constant current that starts at its fixed point and
    is kicked twice.

    The first kick writes. The second comes at a chosen phase of the rhythm: phase 0 is
    where V passes 20 mV upwards, and one cycle is the last interval between spikes before
    the kick.
    """

    ONE_WAY: ClassVar = ("kicks",)  # a drag there changes a size or a phase

    write: float = parameter(3.81, "mV", r"\Delta V_1", *KICKS["write"],
                             doc="first kick: instantaneous change of V at 10 ms", domain="range")
    erase: float = parameter(6.0, "mV", r"\Delta V_2", *KICKS["erase"],
                             doc="second kick: instantaneous change of V, some cycles later",
                             domain="range")
    phase: float = parameter(0.60, "cycles", r"\varphi", 0, 1, "phase of the second kick",
                             domain="probability")
    I_ext: float = parameter(8.0, "µA/cm²", r"I_\mathrm{ext}", 5, 11,
                             "injected current: inward positive", domain="range")

    def run(self):
        """The `KickOutcome` of both kicks, from 0 to 180 ms."""
        wrote = _first_kick(self.I_ext, self.write)
        at = H * round((wrote.spike + self.phase * wrote.cycle) / H)
        quiet, k = round(WRITE_AT / H) + 1, round((at - WRITE_AT) / H)
        V, *gates = (float(x) for x in wrote.states[:, k])
        second = Kick(at, V, V + self.erase)
        later = simulate(HodgkinHuxley(I_ext=self.I_ext), _times(at, END),
                         start=(second.after, *gates))
        rest = wrote.rest[0], wrote.rest[3]
        V, n = (np.concatenate([np.full(quiet, still), before[:k + 1], after])
                for still, before, after in zip(rest, wrote.states[[0, 3]], (later.V, later.n)))
        t = np.concatenate([_times(0.0, WRITE_AT), _times(WRITE_AT, at), later.t])
        spikes = _crossings(t, V)
        bits = 0, _fires(spikes, at, wrote.cycle), _fires(spikes, END, wrote.cycle)
        return KickOutcome(self, t, V, n, spikes, (wrote.kick, second), wrote.cycle, bits, rest)

    def touched(self, touch):
        """A copy changed by the pointer: the dot in the map, or the stem of a kick."""
        place = touch.axes.get_label()
        if place == "map":
            return self._with("erase", touch.y).but(phase=float(np.clip(touch.x, 0, 1)))
        if place != "kicks":
            return self
        if touch.x < (WRITE_AT + WAIT) / 2:
            return self._with("write", touch.y)
        wrote = _first_kick(self.I_ext, self.write)
        phase = (touch.x - wrote.spike) / wrote.cycle
        return self._with("erase", touch.y).but(phase=float(np.clip(phase, 0, 1)))

    def _with(self, kick, size):
        """A copy with one kick of this size, within its range."""
        return self.but(**{kick: float(np.clip(size, *KICKS[kick]))})


class FirstKick(NamedTuple):
    """The states after the first kick, (4, T), before any second one.

    spike: the time (ms) of the first spike after WAIT; cycle: the interval (ms) before
    it.
    """

    rest: tuple
    kick: Kick
    states: np.ndarray
    spike: float
    cycle: float


@lru_cache(maxsize=16)
def _first_kick(I_ext, size):
    """The `FirstKick` of this size (mV), kept while only the second kick changes."""
    cell = HodgkinHuxley(I_ext=I_ext)
    rest = cell.fixed_states(I_ext)[0]
    kick = Kick(WRITE_AT, rest[0], rest[0] + size)
    run = simulate(cell, _times(WRITE_AT, WAIT + 3 * USUAL_CYCLE), (kick.after, *rest[1:]))
    states = run.states
    spikes = spike_times(run.t, run.V, PHASE_ZERO)
    k = int(np.searchsorted(spikes, WAIT))
    if not 1 <= k < len(spikes):
        return FirstKick(rest, kick, states, WAIT, USUAL_CYCLE)
    return FirstKick(rest, kick, states, float(spikes[k]), float(spikes[k] - spikes[k - 1]))


def _times(start, end):
    return start + H * np.arange(round((end - start) / H) + 1)


def _crossings(t, V):
    """The spike times in ms; at a kick t stands still, so samples are counted first."""
    samples = np.arange(len(V))
    return np.interp(spike_times(samples, V, PHASE_ZERO), samples, t)


def _fires(spikes, end, cycle):
    """1 if the last spike before `end` is so recent that the rhythm goes on, else 0."""
    before = spikes[spikes <= end]
    return int(before.size > 0 and end - before[-1] < SILENT * cycle)


class KickMap(NamedTuple):
    """The effect of a second kick: `shift` (K, P) in cycles, by kick (K,) in mV and phase
    (P,).

    The shift is an advance where positive. nan marks the kicks that erase: after them the
    membrane comes to rest.
    """

    I_ext: float
    phase: np.ndarray
    kick: np.ndarray
    shift: np.ndarray


@lru_cache(maxsize=4)
def kick_map(I_ext=8.0, phases=61, kicks=49):
    """The `KickMap` at this current, each kick tried; see `phase_response`."""
    phase, kick = np.linspace(0, 1, phases), np.linspace(*KICKS["erase"], kicks)
    shift = phase_response(HodgkinHuxley(I_ext=I_ext), kick[:, None], phase)
    return KickMap(I_ext, phase, kick, shift)
