"""One neuron stores a bit: a membrane at a current where silence and firing both last, and two
kicks of its voltage.

The first kick writes; the second comes at a chosen phase of the rhythm, and erases where it
hits the right moment. Phase 0 is where V passes 20 mV upwards; one cycle is the last interval
between spikes before the kick.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..analysis.phases import phase_response
from ..model import Record, parameter
from ..models.hodgkin_huxley import HodgkinHuxley, voltage_clamp
from ..solve import simulate
from ..spikes import spike_times

__all__ = ["ClampExperiment", "Kick", "OneBit", "KickOutcome", "kick_map"]

H, END = 0.04, 180.0  # ms: time step, and how long the story is
WRITE_AT, LISTEN = 10.0, 70.0  # ms: the first kick; the second follows the next spike
CROSSED, ONE_CYCLE = 20.0, 16.0077  # mV that mark phase 0; ms, the cycle at 8 µA/cm²
SILENT = 1.7  # cycles without a spike at the end: the bit is 0


class Kick(NamedTuple):
    """A jump of the voltage: when (ms), from which V, and to which (mV)."""

    t: float
    before: float
    after: float


class KickOutcome(NamedTuple):
    """What came of two kicks: `t` (T,), `V` (T,), `n` (T,), `spikes` in ms, the kicks, the
    cycle (ms), the bits.

    bits: three digits, before the first kick, between the two, and at the end. rest: (V, n) of
    the fixed point.
    """

    t: np.ndarray
    V: np.ndarray
    n: np.ndarray
    spikes: np.ndarray
    kicks: tuple
    cycle: float
    bits: tuple
    rest: tuple


class OneBit(Record):
    """A Hodgkin-Huxley membrane under a constant current that starts at its fixed point and is
    kicked twice.
    """

    write: float = parameter(3.81, "mV", r"\Delta V_1", -12, 16, "first kick, at 10 ms")
    erase: float = parameter(6.0, "mV", r"\Delta V_2", -16, 16,
                             "second kick, some cycles later")
    phase: float = parameter(0.60, "cycles", r"\varphi", 0, 1,
                             "when in the cycle the second kick comes", domain="probability")
    I_ext: float = parameter(8.0, "µA/cm²", r"I_\mathrm{ext}", 5, 11,
                             "constant stimulus, inward positive")

    def play(self):
        """The `Story` of this record."""
        cell = HodgkinHuxley(I_ext=self.I_ext)
        V, n, state, written, heard, cycle = _written(self.I_ext, self.write)
        at = H * round((heard + self.phase * cycle) / H)
        k = round((at - WRITE_AT) / H)
        state = tuple(float(x) for x in state[:, k])
        second = Kick(at, state[0], state[0] + self.erase)
        later = simulate(cell, _times(at, END), start=(second.after, *state[1:]))
        quiet = round(WRITE_AT / H)
        t = np.concatenate([_times(0.0, WRITE_AT), _times(WRITE_AT, at), later.t])
        V = np.concatenate([V[:quiet + 1 + k + 1], later.V])
        n = np.concatenate([n[:quiet + 1 + k + 1], later.n])
        spikes = spike_times(np.arange(len(V)), V,
                             CROSSED)  # V jumps where t stands still, so count samples
        spikes = np.interp(spikes, np.arange(len(V)), t)
        bits = (0, _fires(spikes, at, cycle), _fires(spikes, END, cycle))
        return KickOutcome(t, V, n, spikes, (written, second), cycle, bits, (V[0], n[0]))

    def pulled(self, t, size):
        """A copy whose kick near the time t (ms) has this size (mV); pulled sideways the second
        one changes its phase.
        """
        if t < (WRITE_AT + LISTEN) / 2:
            return self.but(write=float(np.clip(size, -12, 16)))
        *_, heard, cycle = _written(self.I_ext, self.write)
        return self.aimed((t - heard) / cycle, size)

    def aimed(self, phase, size):
        """A copy whose second kick comes at this phase (cycles) and has this size (mV), both
        within their ranges.
        """
        return self.but(phase=float(np.clip(phase, 0, 1)), erase=float(np.clip(size, -16, 16)))

    def tell(self, story):
        """The story in one sentence."""
        first, second = story.kicks
        last = {(1, 0): "erased it: silence", (1, 1): "did not erase it: it fires on",
                (0, 1): "wrote a 1 by itself",
                (0, 0): "left nothing that lasts: silence"}[story.bits[1:]]
        return (
            f"At {self.I_ext:.2f} µA/cm² a kick of {self.write:+.2f} mV "
            f"{'wrote a 1' if story.bits[1] else 'wrote nothing that lasts'} "
            f"({np.sum(story.spikes < second.t)} spikes up to the second kick); "
            f"{self.erase:+.1f} mV at phase "
            f"{self.phase:.2f}, from {second.before:.1f} mV, {last}. Bits: "
            f"{' '.join(map(str, story.bits))}."
        )


@lru_cache(maxsize=16)
def _written(I_ext, kick):
    """The story up to any second kick: (V, n, states after the first kick, that kick, the spike
    heard, the cycle).
    """
    cell = HodgkinHuxley(I_ext=I_ext)
    rest = cell.fixed_states(I_ext)[0]
    first = Kick(WRITE_AT, rest[0], rest[0] + kick)
    run = simulate(cell, _times(WRITE_AT, LISTEN + 3 * ONE_CYCLE),
                   start=(first.after, *rest[1:]))
    spikes = spike_times(run.t, run.V, CROSSED)
    next_one = int(np.searchsorted(spikes, LISTEN))
    cycle, heard = ONE_CYCLE, LISTEN
    if 1 <= next_one < len(spikes):
        cycle, heard = spikes[next_one] - spikes[next_one - 1], spikes[next_one]
    quiet = np.ones(round(WRITE_AT / H) + 1)
    states = np.array([getattr(run, name) for name in cell.states])
    return (np.concatenate([rest[0] * quiet, run.V]), np.concatenate(
        [rest[3] * quiet, run.n]), states, first, float(heard), float(cycle))


def _times(start, end):
    return start + H * np.arange(round((end - start) / H) + 1)


def _fires(spikes, end, cycle):
    """1 where the last spike before `end` is no longer ago than the silence that counts, else
    0.
    """
    before = spikes[spikes <= end]
    return int(before.size > 0 and end - before[-1] < SILENT * cycle)


@lru_cache(maxsize=4)
def kick_map(I_ext=8.0, phases=61, kicks=49):
    """What a second kick does to the rhythm, each one tried: (phases (P,), kicks (K,) in mV,
    shift (K, P) in cycles).

    The shift is an advance where positive; nan marks the kicks that erase, after which the
    membrane comes to rest; see `phase_response`.
    """
    phase, kick = np.linspace(0, 1, phases), np.linspace(-16, 16, kicks)
    return phase, kick, phase_response(HodgkinHuxley(I_ext=I_ext), kick[:, None], phase)


class ClampExperiment(Record):
    """A membrane that was held at one voltage for long, and is then stepped to another."""

    V_command: float = parameter(40.0, "mV", r"V_\mathrm{command}", -40, 140,
                                 "voltage of the step, from rest")
    V_hold: float = parameter(0.0, "mV", r"V_\mathrm{hold}", -40, 60,
                              "voltage held for long before, from rest")
    cell: HodgkinHuxley = HodgkinHuxley()

    def measure(self, t):
        """The `Run` of the step at the times t (T,) in ms, with the currents that the clamp has
        to supply.
        """
        return voltage_clamp(self.cell, self.V_command, t,
                             start=(self.V_hold, *self.cell.steady_gates(self.V_hold)))
