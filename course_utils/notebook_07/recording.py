"""Recordings that were made by the course and are labelled so: a current clamp to practise on
before one analyses one's own.
"""
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..models.hodgkin_huxley import HodgkinHuxley
from ..notebook_00.waveforms import noise
from ..solve import simulate
from ..spikes import spike_times
from ..stimuli import step

__all__ = ["EXAMPLE", "far_electrode", "lost_header", "true_spikes"]

EXAMPLE = Path(__file__).with_name("data") / "synthetic_current_clamp.csv"
AREA = 1e-5  # cm² of membrane: 1 µA/cm² is 10 pA
EVERY = 20  # steps of 0.01 ms from sample to sample, that is, 5 kHz


@lru_cache
def simulated(density, seed):
    """(t, V, I) of a Hodgkin-Huxley membrane: ms, mV from rest, µA/cm² of the command.

    A step of -2 µA/cm² from 20 to 60 ms is followed by one of `density` from 100 to 275 ms. A
    hidden current of 1 µA/cm² (standard deviation), new in each ms, is added to both.
    """
    t = np.arange(27_501) * 0.01
    command = step(t, -2.0, 20, 40) + step(t, density, 100, 175)
    run = simulate(HodgkinHuxley(), t, I_ext=command + noise(t, 1.0, seed))
    return t[:-1:EVERY], run.V[:-1:EVERY], command[:-1:EVERY]


def synthetic_recording(density=10.0, seed=11):
    """(time, voltage, current) in s, V and A, as a rig writes them; each (1375,).

    The electrode adds white noise of 0.5 mV. The voltage is absolute, with rest at -65 mV. With
    the defaults it is the file `EXAMPLE`.
    """
    t, V, command = simulated(density, seed)
    seen = V - 65 + np.random.default_rng(seed + 1).normal(0, 0.5, len(t))
    return t * 1e-3, seen * 1e-3, command * AREA * 1e-6


def lost_header():
    """An array (1375, 3) without names and units: s, nA and mV against the bath."""
    time, voltage, current = synthetic_recording(density=15.0, seed=21)
    return np.column_stack([time, current * 1e9, voltage * 1e3])


def far_electrode():
    """(t, V) of an electrode that sees 15 % of the voltage, in ms and in mV from rest, with
    1.5 mV of noise.
    """
    t, V, _ = simulated(10.0, seed=31)
    return t.copy(), 0.15 * V + np.random.default_rng(32).normal(0, 1.5, len(t))


def true_spikes():
    """The times (12,) in ms of the spikes behind `far_electrode`, from its noiseless voltage."""
    t, V, _ = simulated(10.0, seed=31)
    return spike_times(t, V, 50.0)
