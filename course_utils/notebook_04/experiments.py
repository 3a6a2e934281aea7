"""Experiments on a fibre that a hand can change: touch a dendrite, fire an axon from both ends,
warm it, watch dye spread.

Each record holds what the sliders set and gives what the pictures need; the models do the work.
Lengths in µm, times in ms, V in mV from rest, as everywhere; the axon's stimulus is in µA,
since a squid axon takes thousands of nA.
"""
from functools import lru_cache

import numpy as np

from ..model import Record, parameter
from ..models.cable import Axon, Cable, green_function, simulate_cable, steady_voltage
from ..models.hodgkin_huxley import HodgkinHuxley
from ..spikes import spike_times
from ..stimuli import step

__all__ = ["Dendrite", "Dye", "FiredAxon", "TwoEnds", "reached"]


class Dendrite(Record):
    """A sealed passive dendrite and an electrode: a current that flows into one place for 60 ms
    of 100.
    """

    place: float = parameter(0.3, "1", r"x_0/\ell", 0, 1,
                             "where the electrode is, as a part of the length",
                             domain="probability")
    current: float = parameter(0.1, "nA", "I_0", 0.02, 0.12,
                               "the electrode's current, depolarising")
    radius: float = parameter(2.0, "µm", "a", 1.6, 6, "radius", scale="log", domain="positive")
    length: float = parameter(4000.0, "µm", r"\ell", 2000, 8000, "length", domain="positive")

    duration = 60.0  # ms that the current flows
    t = np.arange(0, 100.5, 0.5)

    @property
    def cable(self):
        """The `Cable`."""
        return Cable(length=self.length, radius=self.radius, compartments=120)

    @property
    def x0(self):
        """The electrode's place in µm."""
        return self.place * self.length

    def run(self):
        """What the current does: the `Run` of the cable."""
        return simulate_cable(self.cable, self.t,
                              [(self.x0, step(self.t, self.current, duration=self.duration))])

    def steady(self):
        """V (n,) if the current never stopped."""
        return steady_voltage(self.cable, [(self.x0, self.current)])

    def endless(self, x):
        """V at x (µm) if the cable went on for ever in both directions: I R / 2 times e^(-|x -
        x0| / lambda).
        """
        cable = self.cable.but(
            length=40 * self.cable.length_constant)  # coth 40 is 1: as good as endless
        return self.current * cable.input_resistance / 2 * np.exp(
            -np.abs(x - self.x0) / cable.length_constant)


class TwoEnds(Record):
    """The same shock at each end of 6 cm of squid axon; beside it the same fibre with its
    channels blocked, a passive one.
    """

    delay: float = parameter(0.0, "ms", r"\Delta", -3, 3,
                             "the right end is stimulated this much later than the left")
    place: float = parameter(0.4, "1", r"x/\ell", 0, 1,
                             "where the electrode listens, as a part of the length",
                             domain="probability")
    current: float = parameter(5.0, "µA", "I_0", 1, 10, "strength of both shocks, 0.3 ms long",
                               domain="nonnegative")
    temperature: float = parameter(18.5, "°C", "T", 12, 30, "temperature of the axon")

    length, compartments, first, pulse = 60_000.0, 101, 0.5, 0.3
    t = np.linspace(0, 7.5, 251)
    t_passive = np.linspace(0, 7.5, 76)

    @property
    def axon(self):
        """The active `Axon`."""
        return Axon(cell=HodgkinHuxley(temperature=self.temperature), length=self.length,
                    compartments=self.compartments)

    @property
    def cable(self):
        """The same fibre with nothing but its leak, a `Cable`."""
        axon = self.axon
        return Cable(length=axon.length, radius=axon.radius, rho=axon.rho, g_m=axon.cell.g_L,
                     c_m=axon.cell.C_m, compartments=axon.compartments)

    @property
    def starts(self):
        """When the left and the right shock begin, ms."""
        return self.first + max(0.0, -self.delay), self.first + max(0.0, self.delay)

    def shock(self, x, start, t):
        """One injection, as `simulate_cable` takes it."""
        return x, step(t, 1000 * self.current, start, self.pulse)

    def active(self):
        """The `Run` of the axon after both shocks."""
        shocks = [
            self.shock(x, start, self.t) for x, start in zip((0, self.length), self.starts)
        ]
        return simulate_cable(self.axon, self.t, shocks)

    def alone(self):
        """The `Run` of the axon after a shock at the left end alone, at `first`."""
        return _one_shock(self.but(delay=0.0, place=0.5))

    def passive(self):
        """V (T, n) of the passive fibre at `t_passive` after each shock alone: from the left,
        from the right.
        """
        return tuple(
            simulate_cable(self.cable, self.t_passive, [self.shock(x, start, self.t_passive)]).V
            for x, start in zip((0, self.length), self.starts))

    def heard_alone(self):
        """V (T,) at the electrode if only the left, and if only the right shock were given to
        the axon.
        """
        run, (k,) = self.alone(), self.axon.compartments_at(self.place * self.length)[:1]
        return tuple(
            np.interp(self.t - start + self.first, self.t, run.V[:, place], left=run.V[0,
                                                                                       place])
            for start, place in zip(self.starts, (k, -1 - k)))

    def meeting(self):
        """Where and when the two spikes meet, (µm, ms); None where one crosses before the other
        starts, or none travels.

        Both travel at one speed theta, so they meet at (length + theta delay) / 2.
        """
        early, late = reached(self.alone(), [0.2 * self.length, 0.8 * self.length])
        speed = 0.6 * self.length / (late - early)
        x = (self.length + speed * self.delay) / 2
        return (x, self.starts[0] - self.first + early +
                (x - 0.2 * self.length) / speed) if 0 < x < self.length else None


@lru_cache(maxsize=8)
def _one_shock(ends):
    """The run after one shock, kept: moving the delay or the electrode does not change it."""
    return simulate_cable(ends.axon, ends.t, [ends.shock(0.0, ends.first, ends.t)])


class FiredAxon(Record):
    """One shock at the left end of 6 cm of squid axon whose thickness and temperature you
    choose.
    """

    current: float = parameter(20.0, "µA", "I_0", 1, 50, "strength of the shock, 0.3 ms long",
                               scale="log", domain="nonnegative")
    radius: float = parameter(238.0, "µm", "a", 100, 950, "radius", scale="log",
                              domain="positive")
    temperature: float = parameter(18.5, "°C", "T", 6.3, 36, "temperature of the axon")

    t = np.linspace(0, 9, 401)

    @property
    def axon(self):
        """The `Axon`."""
        return Axon(cell=HodgkinHuxley(temperature=self.temperature), length=60_000,
                    radius=self.radius, compartments=121)

    def run(self):
        """What the shock does: the `Run` of the axon."""
        return simulate_cable(self.axon, self.t,
                              [(0.0, step(self.t, 1000 * self.current, 0.5, 0.3))])


def reached(run, x, level=0.5):
    """When V first passes `level` of its highest value at the places x (µm) of an axon's run,
    ms; nan where it stays small.

    A spike has passed where V rises above 15 mV.
    """
    times = []
    for place in np.atleast_1d(x):
        V = run.V[:, run.model.compartments_at(place)[0]]
        found = spike_times(run.t, V, max(level * V.max(), 7.5)) if V.max() > 15 else []
        times.append(found[0] if len(found) else np.nan)
    return np.array(times)


class Dye(Record):
    """A drop of dye, or of charge, put at X = 0 of an endless tube at T = 0; lengths in lambda,
    times in tau_m.
    """

    T: float = parameter(0.3, "1", "T", 0.08, 3,
                         "time since the drop, in membrane time constants", scale="log",
                         domain="positive")
    X: float = parameter(1.5, "1", "X", 0, 3, "where you watch, in length constants",
                         domain="nonnegative")
    leak: float = parameter(1.0, "1", "k", 0, 2,
                            "leak: 0 is dye in a tight tube, 1 is the membrane",
                            domain="nonnegative")

    def density(self, X, T):
        """How much is there: Green's function with the leak `leak` instead of 1."""
        return green_function(X, T) * np.exp((1 - self.leak) * T)

    def peak_time(self):
        """When it is highest at X: 2 k T² + T - X²/2 = 0, where the slope in time vanishes."""
        X2, k = self.X**2, self.leak
        return (np.sqrt(1 + 4 * k * X2) - 1) / (4 * k) if k > 1e-9 else X2 / 2
