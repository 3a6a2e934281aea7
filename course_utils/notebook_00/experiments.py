"""One current into five models at once: a threshold unit, two membranes, a cable, and neurons
that fire by chance.

The current is given once, in µA/cm² over milliseconds. Each model takes it in its own unit, and
the translation is part of the experiment: nothing but the two numbers below ties a model
without units to one with them.
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
from ..models.passive_membrane import PassiveMembrane
from ..solve import euler, simulate
from ..spikes import spike_times
from ..stimuli import noise, pulses, ramp, step

__all__ = ["Answers", "EulerExperiment", "FHN_CURRENT", "FHN_TIME", "FiveBrains", "SHAPES"]

FHN_CURRENT = 1 / 20  # FitzHugh-Nagumo's 0.5 stands for 10 µA/cm²
FHN_TIME = 2.7  # its units of time for 1 ms: both cycle in 14.6 ms there
CABLE_CURRENT = 0.01  # nA into the end of the dendrite for 1 µA/cm²
COPIES = 14  # neurons of chance that all get the same current
STEP, LENGTH, START = 0.05, 200.0, 10.0  # ms: time step, what is shown, when the current begins
BIN = 1.0  # ms: how finely a current is drawn by hand
STRONGEST = -20.0, 250.0  # µA/cm²: what the electrode gives, whatever is asked of it
SHAPES = ("step", "pulses", "ramp", "noise", "drawn")
CENTRES = (np.arange(round(LENGTH / BIN))
           + 0.5) * BIN  # the middle of each bin of a drawing, ms
DOODLE = np.clip(
    np.interp(CENTRES, (10, 30, 50, 60, 75, 80, 115, 119, 180),
              (0, 1.2, 0.5, 1.3, 0, -0.5, -0.5, 0, 0)), -1,
    2)  # a current that is there before the first own drawing


class Answers(NamedTuple):
    """What five models made of one current: `t` (T,) and `I_ext` (T,), then one entry for each
    model.

    unit (T,) 0 or 1; V (T,) of Hodgkin-Huxley and v (T,) of FitzHugh-Nagumo with their spike
    times in ms; cable (T, 3), V in mV at 0, 1 and 2 length constants; raster (steps, copies) of
    the Galves-Löcherbach neurons, one row per ms.
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

    @property
    def swing(self):
        """How far V of Hodgkin-Huxley runs between 110 and 160 ms, in mV: large for spikes, 0
        at rest and in block.
        """
        late = self.V[(self.t >= 110) & (self.t < 160)]
        return float(np.ptp(late))

    def sentence(self):
        """What is seen, in words and numbers."""
        far, count = self.cable.max(axis=0), len(self.V_spikes)
        return (
            f"At most {self.I_ext.max():.4g} µA/cm². The threshold unit says "
            f"{self.unit.max()}. Hodgkin-Huxley fires "
            f"{count} spike{'s' * (count != 1)} and swings by {self.swing:.1f} mV between 110 "
            "and 160 ms; "
            f"FitzHugh-Nagumo fires {len(self.v_spikes)}. The cable reaches {far[0]:.3g}, "
            f"{far[1]:.3g} and {far[2]:.3g} "
            f"mV at 0, λ and 2λ. The {self.raster.shape[1]} neurons of chance fire "
            f"{self.raster.sum()} spikes in all."
        )


class FiveBrains(Record):
    """One current, shaped by parameters or drawn by hand, and the five models that receive it.

    drawn: (200,) the current drawn by hand, one value per ms, in parts of `amplitude`. pen:
    where the hand was last, (ms, µA/cm²), or None.
    """

    amplitude: float = parameter(10.0, "µA/cm²", "I", 1, 200, "size of the current",
                                 scale="log")
    shape: str = parameter("step", "1", r"\mathrm{shape}", doc="how the current runs in time",
                           choices=SHAPES)
    duration: float = parameter(150.0, "ms", "d", 1, 180, "how long it flows, from 10 ms on",
                                domain="positive")
    threshold: float = parameter(2.2403, "µA/cm²", r"\theta", 0.5, 20,
                                 "threshold of the threshold unit", scale="log")
    seed: int = parameter(1, "1", r"\mathrm{seed}", 0, 20,
                          "which chance the stochastic neurons meet", scale="integer",
                          domain="nonnegative")
    drawn: object = None
    pen: object = None

    def __post_init__(self):
        super().__post_init__()
        drawn = finite_array("drawn", DOODLE if self.drawn is None else self.drawn)
        if drawn.shape != CENTRES.shape:
            raise ValueError(
                f"drawn must hold {len(CENTRES)} numbers, one per ms, but has shape "
                f"{drawn.shape}"
            )
        object.__setattr__(self, "drawn", drawn)

    @property
    def t(self):
        """The times (T,) in ms."""
        return np.arange(round(LENGTH / STEP) + 1) * STEP

    def current(self, t):
        """The current (T,) in µA/cm² at the times t in ms."""
        when = {"start": START, "duration": self.duration}
        if self.shape == "drawn":
            wanted = self.amplitude * self.drawn[np.clip((t / BIN).astype(int), 0,
                                                         len(CENTRES) - 1)]
        elif self.shape == "noise":
            wanted = step(t, self.amplitude, **when) + noise(t, self.amplitude / 2, self.seed,
                                                             hold=2.0, **when)
        else:
            wanted = {"step": step, "pulses": pulses, "ramp": ramp}[self.shape](
                t, self.amplitude, **when)
        return np.clip(wanted, *STRONGEST)

    def draw(self, x, y, kind="drag"):
        """A copy whose current is redrawn to pass x (ms), y (µA/cm²); what a pointer does with
        a pen.

        kind: "down" sets the pen on the paper, "drag" draws from where it was, "up" draws and
        lifts it.
        """
        x, y, pen = number("x", x, unit="ms"), number(
            "y", y, unit="µA/cm²"), None if kind == "down" else self.pen
        (x0, y0), (x1, y1) = sorted([pen or (x, y), (x, y)])
        touched = (CENTRES >= x0 - BIN / 2) & (CENTRES <= x1 + BIN / 2)
        line = np.interp(CENTRES, [x0, max(x1, x0 + 1e-9)], [y0, y1])
        drawn = np.where(touched, line, self.current(CENTRES)) / self.amplitude
        return self.but(shape="drawn", drawn=drawn, pen=None if kind == "up" else (x, y))

    def answers(self):
        """What the five models make of the current, an `Answers`."""
        t = self.t
        I_ext = self.current(t)
        V, v = simulate(HodgkinHuxley(), t, I_ext=I_ext).V, _fitzhugh_nagumo(t, I_ext)
        return Answers(t, I_ext, (I_ext >= self.threshold).astype(int), V,
                       spike_times(t, V, 50.0), v, spike_times(t, v, 0.0),
                       _along_a_dendrite(t, I_ext), self._by_chance())

    def _by_chance(self):
        """The raster (200, copies) of neurons whose potential follows the current with a memory
        of about 10 ms.
        """
        neurons = GalvesLocherbach(W=np.zeros((COPIES, COPIES)), phi=logistic(6.0, 0.8),
                                   leak=0.9)
        steps = np.arange(round(LENGTH))
        chance = np.random.default_rng(self.seed).random((len(steps), COPIES))
        V, fired = np.zeros(COPIES), []
        for arriving, u in zip(0.1 * self.current(steps + 0.5), chance):
            fired.append(u < neurons.phi(V))
            V = neurons.next_potential(V, fired[-1], arriving)
        return np.array(fired)


def _fitzhugh_nagumo(t, I_ext):
    """v (T,) at the times t in ms."""
    return simulate(FitzHughNagumo(), FHN_TIME * t, I_ext=FHN_CURRENT * I_ext).v


def _along_a_dendrite(t, I_ext, every=10):
    """V (T, 3) in mV at 0, 1 and 2 length constants of a dendrite into whose left end the
    current goes.
    """
    dendrite = Cable(length=4000.0, radius=2.0, rho=100.0, g_m=0.05, c_m=1.0, compartments=80)
    run = simulate_cable(dendrite, t[::every], [(0.0, CABLE_CURRENT * I_ext[::every])])
    places = np.searchsorted(dendrite.x,
                             [0.0, dendrite.length_constant, 2 * dendrite.length_constant])
    return np.stack([np.interp(t, t[::every], run.V[:, k]) for k in places], axis=1)


class EulerExperiment(Record):
    """A passive membrane under a step of current, computed by Euler's rule with steps of length
    h.
    """

    cell: PassiveMembrane = PassiveMembrane()
    h: float = parameter(6.0, "ms", "h", 0.5, 25, "step of Euler's rule", domain="positive")

    @property
    def factor(self):
        """1 - h/tau: what one step makes of the distance to the steady voltage."""
        return 1 - self.h / self.cell.time_constant

    def run(self, duration=100.0):
        """The Run of Euler's rule from V = 0, until `duration` in ms is passed."""
        return simulate(self.cell,
                        np.arange(int(np.ceil(duration / self.h)) + 1) * self.h, scheme=euler)

    def regime(self):
        """What the factor does to the solution, in words."""
        words = ((0, "creeps towards its goal"), (-1, "overshoots, rings and settles"),
                 (-np.inf, "blows up"))
        if np.isclose(self.factor, [0, -1], atol=1e-12).any():
            return "lands on its goal at once" if self.factor > -0.5 else "rings for ever"
        return next(said for above, said in words if self.factor > above)
