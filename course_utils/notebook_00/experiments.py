"""One current into five models at once, and Euler's rule on a passive membrane.

The current is given once, in µA/cm² over milliseconds. Each model takes it in its own
unit, and the translation is part of the experiment: nothing but the numbers below ties a
model without units to one that has them.
"""
from typing import NamedTuple

import numpy as np

from ..checks import finite_array, number
from ..model import Record, parameter
from ..models.cable import Cable, simulate_cable
from ..models.firing import logistic
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..models.galves_locherbach import GalvesLocherbach
from ..models.hodgkin_huxley import HodgkinHuxley
from ..solve import euler, simulate
from ..spikes import spike_times
from ..stimuli import step
from .membranes import PassiveMembrane
from .waveforms import noise, pulses, ramp

__all__ = ["CENTRES", "Answers", "EulerExperiment", "EulerSteps", "FiveBrains"]

FHN_CURRENT = 1 / 20  # FitzHugh-Nagumo's 0.5 stands for 10 µA/cm²
FHN_TIME = 2.7  # its units of time for 1 ms: both models have a period of 14.6 ms there
CABLE_CURRENT = 0.01  # nA into the end of the dendrite for 1 µA/cm²
GL_INPUT = 0.1  # membrane potential that 1 µA/cm² adds in 1 ms
COPIES = 14  # stochastic neurons that all receive the same current
STEP, LENGTH, START = 0.05, 200.0, 10.0  # ms: time step, what is shown, start of the current
LATE = 50.0  # ms: the last part of the current, in which the swing of V is measured
BIN = 1.0  # ms: how finely a current is drawn by hand
STRONGEST = -20.0, 250.0  # µA/cm²: what the electrode gives, whatever is asked of it
SHAPES = ("step", "pulses", "ramp", "noise", "drawn")
CENTRES = (np.arange(round(LENGTH / BIN)) + 0.5) * BIN  # the middle of each bin of a drawing, ms
DOODLE = np.clip(  # the current that is there before anybody has drawn one, as (ms, share)
    np.interp(CENTRES, (10, 30, 50, 60, 75, 80, 115, 119, 180),
              (0, 1.2, 0.5, 1.3, 0, -0.5, -0.5, 0, 0)), -1, 2)


class Answers(NamedTuple):
    """The responses of five models to one current: `t` (T,) and `I_ext` (T,), then one entry
    for each model.

    unit (T,) 0 or 1; V (T,) of Hodgkin-Huxley and v (T,) of FitzHugh-Nagumo with their
    spike times in ms; cable (T, 3), V in mV at 0, 1 and 2 length constants; raster
    (steps, copies) of the Galves-Löcherbach neurons, one row per ms. swing: the
    difference between the highest and the lowest V of Hodgkin-Huxley in the last 50 ms of
    the current, in mV (large for spikes, 0 at rest and in depolarisation block); None
    where the current is shorter.
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
    swing: float | None

    def sentence(self):
        """The spikes, voltages and counts of the five models, in words."""
        at_0, at_1, at_2 = self.cable.max(axis=0)
        swing = "" if self.swing is None else (
            f" and varies by {self.swing:.1f} mV in the last {LATE:.0f} ms of the current")
        return (
            f"The current reaches {self.I_ext.max():.4g} µA/cm². The threshold unit gives "
            f"{self.unit.max()}. Hodgkin-Huxley fires {_count(len(self.V_spikes))}{swing}, whereas "
            f"FitzHugh-Nagumo fires {_count(len(self.v_spikes))}. The cable reaches {at_0:.3g}, "
            f"{at_1:.3g} and {at_2:.3g} mV at 0, λ and 2λ. The {self.raster.shape[1]} "
            f"stochastic neurons fire {_count(int(self.raster.sum()))} together.")


def _count(spikes):
    return f"{spikes} spike{'s' * (spikes != 1)}"


class FiveBrains(Record):
    """One current, shaped by parameters or drawn by hand, and the five models that receive it.

    drawn: (200,) the current drawn by hand, one value per ms, as a share of `amplitude`.
    pen: where the hand was last, (ms, µA/cm²), or None.
    """

    BUTTONS = {"Clear the drawing": "start from an empty sheet: no current at all"}

    amplitude: float = parameter(10.0, "µA/cm²", "I", 1, 200, "current amplitude",
                                 scale="log")
    shape: str = parameter("step", "1", r"\mathrm{shape}",
                           doc="stimulus shape: the time course of the current",
                           choices=SHAPES)
    duration: float = parameter(150.0, "ms", "d", 1, 180,
                                "stimulus duration: from 10 ms on; a drawing keeps its own",
                                domain="positive")
    threshold: float = parameter(2.2403, "µA/cm²", r"\theta", 0.5, 20,
                                 "threshold: of the threshold unit", scale="log")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20,
                          "random seed: of the stochastic neurons", scale="integer",
                          domain="nonnegative")
    drawn: object = None
    pen: object = None

    def __post_init__(self):
        super().__post_init__()
        drawn = finite_array("drawn", DOODLE if self.drawn is None else self.drawn)
        if drawn.shape != CENTRES.shape:
            raise ValueError(f"drawn must hold {len(CENTRES)} numbers, one per ms, but has "
                             f"shape {drawn.shape}")
        object.__setattr__(self, "drawn", drawn)

    @property
    def t(self):
        """The times (T,) in ms."""
        return np.arange(round(LENGTH / STEP) + 1) * STEP

    def current(self, t):
        """The current (T,) in µA/cm² at the times t in ms."""
        when = {"start": START, "duration": self.duration}
        if self.shape == "drawn":
            bins = np.clip((t / BIN).astype(int), 0, len(CENTRES) - 1)
            wanted = self.amplitude * self.drawn[bins]
        elif self.shape == "noise":
            fluctuation = noise(t, self.amplitude / 2, self.seed, hold=2.0, **when)
            wanted = step(t, self.amplitude, **when) + fluctuation
        else:
            shapes = {"step": step, "pulses": pulses, "ramp": ramp}
            wanted = shapes[self.shape](t, self.amplitude, **when)
        return np.clip(wanted, *STRONGEST)

    def draw(self, x, y, kind="drag"):
        """A copy whose current is redrawn to pass x (ms), y (µA/cm²), as a pointer draws with a
        pen.

        kind: "down" sets the pen on the paper, "drag" draws from where it was, "up" draws
        and lifts it.
        """
        x = number("x", x, unit="ms")
        y = number("y", y, unit="µA/cm²")
        pen = None if kind == "down" else self.pen
        (x0, y0), (x1, y1) = sorted([pen or (x, y), (x, y)])
        under_the_pen = (CENTRES >= x0 - BIN / 2) & (CENTRES <= x1 + BIN / 2)
        line = np.interp(CENTRES, [x0, max(x1, x0 + 1e-9)], [y0, y1])
        drawn = np.where(under_the_pen, line, self.current(CENTRES)) / self.amplitude
        return self.but(shape="drawn", drawn=drawn, pen=None if kind == "up" else (x, y))

    def touched(self, touch):
        """A copy after a button of `BUTTONS`, or after the pointer in the panel of the current,
        the first Axes of the picture.
        """
        if touch.kind in self.BUTTONS:
            return self.but(shape="drawn", drawn=0 * CENTRES, pen=None)
        if touch.axes is touch.axes.figure.axes[0]:
            return self.draw(touch.x, touch.y, touch.kind)
        return self

    def run(self):
        """The responses of the five models, as `Answers`."""
        t = self.t
        I_ext = self.current(t)
        V = simulate(HodgkinHuxley(), t, I_ext=I_ext).V
        v = simulate(FitzHughNagumo(), FHN_TIME * t, I_ext=FHN_CURRENT * I_ext).v
        return Answers(t, I_ext, (I_ext >= self.threshold).astype(int), V,
                       spike_times(t, V, 50.0), v, spike_times(t, v, 0.0),
                       _along_a_dendrite(t, I_ext), self._raster(), self._late_swing(t, V))

    def _late_swing(self, t, V):
        """The range of V (T,) in mV over the last 50 ms of the current; None if it is shorter.
        """
        end = LENGTH if self.shape == "drawn" else min(LENGTH, START + self.duration)
        if end - START < LATE:
            return None
        return float(np.ptp(V[(t >= end - LATE) & (t < end)]))

    def _raster(self):
        """The raster (200, copies) of neurons whose potential follows the current with a time
        constant of about 10 ms.
        """
        neurons = GalvesLocherbach(W=np.zeros((COPIES, COPIES)), phi=logistic(6.0, 0.8),
                                   leak=0.9)
        steps = np.arange(round(LENGTH))
        draws = np.random.default_rng(self.seed).random((len(steps), COPIES))
        V, raster = np.zeros(COPIES), []
        for arriving, u in zip(GL_INPUT * self.current(steps + 0.5), draws):
            fired = u < neurons.phi(V)
            raster.append(fired)
            V = neurons.next_potential(V, fired, arriving)
        return np.array(raster)


def _along_a_dendrite(t, I_ext, every=10):
    """V (T, 3) in mV at 0, 1 and 2 length constants of a dendrite into whose left end the
    current flows.
    """
    dendrite = Cable(length=4000.0, radius=2.0, rho=100.0, g_m=0.05, c_m=1.0, compartments=80)
    run = simulate_cable(dendrite, t[::every], [(0.0, CABLE_CURRENT * I_ext[::every])])
    places = np.searchsorted(dendrite.x, dendrite.length_constant * np.arange(3))
    return np.stack([np.interp(t, t[::every], run.V[:, k]) for k in places], axis=1)


class EulerSteps(NamedTuple):
    """A step response by Euler's rule: `t` (T,) in ms and `V` (T,) in mV, with the exact
    solution `exact_V` at `exact_t`; `regime`, the kind of the solution in words; `h` the
    step, `tau` the time constant and `steady` the steady-state voltage.
    """

    t: np.ndarray
    V: np.ndarray
    exact_t: np.ndarray
    exact_V: np.ndarray
    regime: str
    h: float
    tau: float
    steady: float

    def sentence(self):
        """The step in units of the time constant, the factor of one step, and the regime."""
        return (f"The step h = {self.h:.3g} ms is {self.h / self.tau:.3g} τ, so each step "
                f"multiplies the distance to {self.steady:.3g} mV by "
                f"{1 - self.h / self.tau:.3g}. Euler's solution {self.regime}.")


class EulerExperiment(Record):
    """A passive membrane under a step of current, computed by Euler's rule with steps of length
    h.
    """

    cell: PassiveMembrane = PassiveMembrane()
    h: float = parameter(6.0, "ms", "h", 0.5, 25, "time step of Euler's rule",
                         domain="range")

    @property
    def factor(self):
        """1 - h/tau: the factor by which one step multiplies the distance to the steady-state
        voltage.
        """
        return 1 - self.h / self.cell.time_constant

    def run(self, duration=100.0):
        """The `EulerSteps` from V = 0, until `duration` in ms is passed."""
        t = np.arange(int(np.ceil(duration / self.h)) + 1) * self.h
        fine = np.linspace(0, duration, 400)
        return EulerSteps(t, simulate(self.cell, t, scheme=euler).V, fine,
                          self.cell.exact(fine), self.regime(), self.h,
                          self.cell.time_constant, self.cell.steady_voltage)

    def touched(self, touch):
        """A copy whose first step ends at the pointer's time."""
        return self.but(h=float(np.clip(touch.x, 0.5, 25)))

    def regime(self):
        """The kind of the solution, which the factor decides, in words."""
        if np.isclose(self.factor, 0, atol=1e-12):
            return "reaches the steady-state voltage in one step"
        if np.isclose(self.factor, -1, atol=1e-12):
            return "rings indefinitely"
        if self.factor > 0:
            return "approaches the steady-state voltage from one side"
        return "overshoots, rings and settles" if self.factor > -1 else "blows up"
