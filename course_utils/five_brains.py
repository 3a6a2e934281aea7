"""One current into five models at once: a threshold unit, two membranes, a cable, and neurons that fire by chance.

The current is given once, in µA/cm² over milliseconds. Each model takes it in its own unit, and the translation is part of
the experiment: nothing but the two numbers below ties a model without units to one with them.
"""
from typing import NamedTuple

import numpy as np

from .cable import Cable, simulate_cable
from .fitzhugh_nagumo import FitzHughNagumo
from .galves_locherbach import GalvesLocherbach, logistic
from .hodgkin_huxley import HodgkinHuxley
from .model import Record, parameter
from .solve import simulate
from .spikes import spike_times
from .stimuli import noise, pulses, ramp, step

__all__ = ["FHN_CURRENT", "FHN_TIME", "SHAPES", "Answers", "FiveBrains"]

FHN_CURRENT = 1 / 20                                          # FitzHugh-Nagumo's 0.5 stands for 10 µA/cm²
FHN_TIME = 2.7                                                # its units of time for 1 ms: both cycle in 14.6 ms there
CABLE_CURRENT = 0.01                                          # nA into the end of the dendrite for 1 µA/cm²
COPIES = 14                                                   # neurons of chance that all get the same current
STEP, LENGTH, START = 0.05, 100.0, 10.0                       # ms: time step, what is shown, when the current begins
BIN = 0.5                                                     # ms: how finely a current is drawn by hand
SHAPES = ("step", "pulses", "ramp", "noise", "drawn")


class Answers(NamedTuple):
    """What five models made of one current: `t` (T,) and `I_ext` (T,), then one entry for each model.

    unit (T,) 0 or 1; V (T,) of Hodgkin-Huxley and v (T,) of FitzHugh-Nagumo with their spike times in ms; cable (T, 3), V in
    mV at 0, 1 and 2 length constants; raster (steps, copies) of the Galves-Löcherbach neurons, one row per ms.
    """

    t: np.ndarray
    I_ext: np.ndarray
    unit: np.ndarray
    V: np.ndarray
    V_spikes: np.ndarray
    v: np.ndarray
    v_spikes: np.ndarray
    cable: np.ndarray
    raster: np.ndarray


class FiveBrains(Record):
    """One current, shaped by parameters or drawn by hand, and the five models that receive it.

    drawn: (200,) the current drawn by hand, one value per half millisecond, in parts of `amplitude`. pen: where the hand
    was last, (ms, part of amplitude), or None.
    """

    amplitude: float = parameter(10.0, "µA/cm²", "I", 1, 200, "size of the current", scale="log")
    shape: str = parameter("step", "1", r"\mathrm{shape}", doc="how the current runs in time", choices=SHAPES)
    duration: float = parameter(70.0, "ms", "d", 1, 90, "how long it flows, from 10 ms on", domain="positive")
    threshold: float = parameter(2.2403, "µA/cm²", r"\theta", 0.5, 20, "threshold of the threshold unit", scale="log")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20, "which chance the stochastic neurons meet", scale="integer")
    drawn: object = None
    pen: object = None

    def __post_init__(self):
        super().__post_init__()
        bins = np.zeros(round(LENGTH / BIN)) if self.drawn is None else np.array(self.drawn, float)
        if bins.shape != (round(LENGTH / BIN),) or not np.isfinite(bins).all():
            raise ValueError(f"drawn must hold {round(LENGTH / BIN)} finite numbers, one per half millisecond")
        object.__setattr__(self, "drawn", bins)

    @property
    def t(self):
        """The times (T,) in ms."""
        return np.arange(round(LENGTH / STEP) + 1) * STEP

    def current(self, t):
        """The current (T,) in µA/cm² at the times t in ms."""
        when = {"start": START, "duration": self.duration}
        if self.shape == "drawn":
            return self.amplitude * self.drawn[np.minimum((t / BIN).astype(int), len(self.drawn) - 1)]
        if self.shape == "noise":
            return step(t, self.amplitude, **when) + noise(t, self.amplitude, self.seed, hold=2.0, **when)
        return {"step": step, "pulses": pulses, "ramp": ramp}[self.shape](t, self.amplitude, **when)

    def draw(self, x, y, lift=False):
        """A copy with the current drawn on to x (ms), y (µA/cm²) from where the pen was; `lift` takes the pen off."""
        centres = (np.arange(len(self.drawn)) + 0.5) * BIN
        drawn = self.drawn if self.shape == "drawn" else self.current(centres) / self.amplitude
        x0, y0 = self.pen or (x, y / self.amplitude)
        (low, at_low), (high, at_high) = sorted([(x0, y0), (x, y / self.amplitude)])
        touched = (centres >= low - BIN / 2) & (centres <= high + BIN / 2)
        line = np.interp(centres, [low, max(high, low + 1e-9)], [at_low, at_high])
        return self.but(shape="drawn", drawn=np.where(touched, line, drawn), pen=None if lift else (x, y / self.amplitude))

    def answers(self):
        """What the five models make of the current, an `Answers`."""
        t = self.t
        I_ext = self.current(t)
        squid = simulate(HodgkinHuxley(), t, I_ext=I_ext)
        v = _fitzhugh_nagumo(t, I_ext)
        return Answers(t, I_ext, (I_ext >= self.threshold).astype(int), squid.V, spike_times(t, squid.V, 50.0),
                       v, spike_times(t, v, 0.0), _along_a_dendrite(t, I_ext), self._by_chance())

    def _by_chance(self):
        """The raster (100, copies) of neurons whose potential follows the current with a memory of about 10 ms."""
        neurons = GalvesLocherbach(W=np.zeros((COPIES, COPIES)), phi=logistic(6.0, 0.8), leak=0.9)
        steps = np.arange(round(LENGTH))
        chance = np.random.default_rng(self.seed).random((len(steps), COPIES))
        V, fired = np.zeros(COPIES), []
        for arriving, u in zip(0.1 * self.current(steps + BIN), chance):
            fired.append(u < neurons.phi(V))
            V = neurons.next_potential(V, fired[-1], arriving)
        return np.array(fired)


def _fitzhugh_nagumo(t, I_ext, every=5):
    """v (T,): computed on a coarser grid, which a dimensionless step of 0.7 allows, and interpolated."""
    run = simulate(FitzHughNagumo(), FHN_TIME * t[::every], I_ext=FHN_CURRENT * I_ext[::every])
    return np.interp(t, t[::every], run.v)


def _along_a_dendrite(t, I_ext, every=10):
    """V (T, 3) in mV at 0, 1 and 2 length constants of a dendrite into whose left end the current goes."""
    dendrite = Cable(length=4000.0, radius=2.0, rho=100.0, g_m=0.05, c_m=1.0, compartments=80)
    run = simulate_cable(dendrite, t[::every], [(0.0, CABLE_CURRENT * I_ext[::every])])
    places = np.searchsorted(dendrite.x, [0.0, dendrite.length_constant, 2 * dendrite.length_constant])
    return np.stack([np.interp(t, t[::every], run.V[:, k]) for k in places], axis=1)
