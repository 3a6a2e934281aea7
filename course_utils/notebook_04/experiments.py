"""Experiments on a fibre that a hand can change: an electrode on a dendrite, pulses at both ends
of an axon, one pulse into a warm or thick axon, dye that spreads.

Each is a record of what the sliders set; `run()` returns a result that holds what is
drawn, and its `sentence()` says what is seen. Lengths are in µm, times in ms and V in mV
from rest; the axon's pulses are in µA, because a squid axon takes thousands of nA.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..model import Record, parameter
from ..models.cable import Axon, Cable, simulate_cable
from ..models.hodgkin_huxley import HodgkinHuxley
from ..spikes import spike_times
from ..stimuli import step
from .theory import green_function, steady_voltage

__all__ = ["Dendrite", "Dye", "FiredAxon", "TwoEnds", "reached"]

PULSE = 0.3  # ms: duration of every pulse into an axon
FIRST = 0.5  # ms: when the first pulse begins
AXON = 60_000.0  # µm: length of every axon here


def fine_times(t, temperature):
    """The even times t (T,), with one or two more between each two where the axon is warm (°C)
    and its gates are fast. With these a peak is right to 2 % and its time to 0.05 ms.
    """
    count = 1 + (temperature > 22) + (temperature > 32)
    return np.linspace(t[0], t[-1], count * (len(t) - 1) + 1)


class TouchedDendrite(NamedTuple):
    """V (T, n) in mV at the times t (T,) and positions x (n,) around an electrode; `steady`
    and `infinite` (n,) are its limit and that of an infinite cable.
    """

    x: np.ndarray
    t: np.ndarray
    V: np.ndarray
    steady: np.ndarray
    infinite: np.ndarray
    electrode: int  # the compartment that receives the current
    length_constant: float

    def sentence(self):
        """What is seen, in numbers."""
        k = self.electrode
        on = self.t <= Dendrite.duration
        half = np.interp(self.steady[0] / 2, self.V[on, 0], self.t[on])
        return (f"λ = {self.length_constant / 1000:.2f} mm. At the electrode "
                f"({self.x[k] / 1000:.2f} mm) the steady V is {self.steady[k]:.1f} mV, "
                f"{self.steady[k] / self.infinite[k]:.2f} times that of an infinite cable. "
                f"At the left end it is {self.steady[0]:.2f} mV, and half of that is "
                f"reached after {half:.0f} ms.")


class Dendrite(Record):
    """A sealed passive dendrite with one electrode, whose current flows for 60 of 100 ms."""

    position: float = parameter(0.3, "1", r"x_0/\ell", 0, 1,
                                "electrode position: fraction of the length from the left end",
                                domain="probability")
    current: float = parameter(0.1, "nA", "I_0", 0.02, 0.12, "injected current: depolarising")
    radius: float = parameter(2.0, "µm", "a", 1.6, 6, "radius", scale="log", domain="positive")
    length: float = parameter(4000.0, "µm", r"\ell", 2000, 8000, "cable length",
                              domain="positive")

    duration = 60.0  # ms that the current flows
    t = np.arange(0, 100.5, 0.5)

    @property
    def cable(self):
        """The `Cable`."""
        return Cable(length=self.length, radius=self.radius, compartments=120)

    @property
    def x0(self):
        """The electrode's position in µm."""
        return self.position * self.length

    def run(self):
        """The `TouchedDendrite`: what the current does, and what it would do in the limit."""
        cable = self.cable
        current = step(self.t, self.current, duration=self.duration)
        V = simulate_cable(cable, self.t, [(self.x0, current)]).V
        steady = steady_voltage(cable, [(self.x0, self.current)])
        electrode = cable.compartments_at(self.x0)[0]
        return TouchedDendrite(cable.x, self.t, V, steady, self.infinite(cable.x), electrode,
                               cable.length_constant)

    def infinite(self, x):
        """The steady V (mV) at x (µm) on an infinite cable: I R / 2 times e^(-|x - x0| / λ)."""
        cable = self.cable
        long = cable.but(length=40 * cable.length_constant)  # coth 40 is 1: as good as infinite
        V_0 = self.current * long.input_resistance / 2
        return V_0 * np.exp(-np.abs(x - self.x0) / cable.length_constant)

    def touched(self, touch):
        """A copy whose electrode is where the pointer is; time axes are only for looking."""
        if touch.axes.get_label() == "time":
            return self
        return self.but(position=float(np.clip(1000 * touch.x / self.length, 0, 1)))


class Collision(NamedTuple):
    """Both pulses in the active fibre, V (T, n) at t (T,), and in the passive one, V_passive
    (T', n) at t_passive (T',); x (n,) in µm.

    V_alone and V_passive_alone hold V at the electrode, compartment k, after the left
    pulse alone and after the right one. `starts`: when the pulses begin. `paths`: for
    each spike alone, (x, t) at a tenth and at nine tenths of the fibre. `meeting`: (x, t)
    or None.
    """

    x: np.ndarray
    t: np.ndarray
    V: np.ndarray
    t_passive: np.ndarray
    V_passive: np.ndarray
    k: int
    V_alone: tuple
    V_passive_alone: tuple
    starts: tuple
    paths: tuple
    meeting: tuple | None

    def sentence(self):
        """What is seen, in numbers."""
        where = f"{self.x[self.k] / 1000:.0f} mm"
        count = len(spike_times(self.t, self.V[:, self.k], 40.0))
        spikes = ("no spike passes", "one spike passes", "two spikes pass")[min(count, 2)]
        left, right = (V.max() for V in self.V_passive_alone)
        both = self.V_passive[:, self.k].max()
        return (f"{self._fate()}; at {where} {spikes}. In the passive fibre the two pulses "
                f"arrive there with {left:.2g} and {right:.2g} mV, and their sum has its "
                f"maximum at {both:.2g} mV.")

    def _fate(self):
        if self.meeting:
            x, t = self.meeting
            return f"Two spikes meet {x / 1000:.0f} mm from the left end at {t:.1f} ms and vanish"
        if self.V[:, len(self.x) // 2].max() < 40:
            return "The pulses are too weak to start spikes"
        return "One spike has crossed the axon before the other pulse comes"


class TwoEnds(Record):
    """The same current pulse at both ends of 6 cm of squid axon, and of the same fibre with its
    channels blocked, which is passive.
    """

    delay: float = parameter(0.0, "ms", r"\Delta", -3, 3,
                             "delay: time from the left to the right pulse")
    position: float = parameter(0.4, "1", r"x/\ell", 0, 1,
                                "recording position: fraction of the length from the left end",
                                domain="probability")
    current: float = parameter(5.0, "µA", "I_0", 1, 10,
                               "pulse amplitude: current of each 0.3 ms pulse",
                               domain="nonnegative")
    temperature: float = parameter(18.5, "°C", "T", 12, 30, "temperature of the axon")

    t = np.linspace(0, 7.5, 251)
    t_passive = np.linspace(0, 7.5, 76)

    @property
    def axon(self):
        """The active `Axon`."""
        return Axon(cell=HodgkinHuxley(temperature=self.temperature), length=AXON,
                    compartments=101)

    @property
    def cable(self):
        """The same fibre with nothing but its leak, a `Cable`."""
        axon = self.axon
        return Cable(length=axon.length, radius=axon.radius, rho=axon.rho, g_m=axon.cell.g_L,
                     c_m=axon.cell.C_m, compartments=axon.compartments)

    @property
    def starts(self):
        """When the left and the right pulse begin, ms."""
        return FIRST + max(0.0, -self.delay), FIRST + max(0.0, self.delay)

    def run(self):
        """The `Collision`."""
        axon, k = self.axon, self.axon.compartments_at(self.position * AXON)[0]
        left, right = self.passive()
        V = self.active().V
        V = V[::len(V) // (len(self.t) - 1)]
        return Collision(axon.x, self.t, V, self.t_passive, left + right, k,
                         self._recorded_alone(k), (left[:, k], right[:, k]), self.starts,
                         self._paths(), self.meeting())

    def active(self):
        """The `Run` of the axon after both pulses."""
        t = fine_times(self.t, self.temperature)
        return simulate_cable(self.axon, t, self._pulses(t))

    def passive(self):
        """V (T, n) of the passive fibre at `t_passive` after the left pulse alone, and after
        the right one.
        """
        return tuple(simulate_cable(self.cable, self.t_passive, [pulse]).V
                     for pulse in self._pulses(self.t_passive))

    def meeting(self):
        """Where and when the two spikes meet, (µm, ms); None where one has crossed before the
        other starts, or where none propagates.

        Both have the same speed θ, so they meet at (length + θ delay) / 2.
        """
        early, late = reached(self._one_pulse(), [0.2 * AXON, 0.8 * AXON])
        speed = 0.6 * AXON / (late - early)
        x = (AXON + speed * self.delay) / 2
        if not 0 < x < AXON:
            return None
        return x, self.starts[0] - FIRST + early + (x - 0.2 * AXON) / speed

    def touched(self, touch):
        """A copy with the electrode where the pointer is, or, near the right end of a fibre,
        with the right pulse when it is.
        """
        if touch.axes.get_label() == "time":
            return self
        if touch.x > 52:
            return self.but(delay=float(np.clip(touch.y - FIRST, -3, 3)))
        return self.but(position=float(np.clip(1000 * touch.x / AXON, 0, 1)))

    def _pulses(self, t):
        """The two injections, as `simulate_cable` takes them."""
        return [(x, step(t, 1000 * self.current, start, PULSE))
                for x, start in zip((0.0, AXON), self.starts)]

    def _one_pulse(self):
        """The `Run` after a pulse at the left end alone, at `FIRST`."""
        return _one_pulse(self.but(delay=0.0, position=0.5))

    def _recorded_alone(self, k):
        """V (T,) in compartment k of the axon after the left pulse alone, and after the right
        one: the same spike, seen from its own end and later.
        """
        run = self._one_pulse()
        return tuple(np.interp(self.t - start + FIRST, run.t, V, left=V[0])
                     for start, V in zip(self.starts, (run.V[:, k], run.V[:, -1 - k])))

    def _paths(self):
        """For each spike alone, x (2,) and t (2,) at a tenth and at nine tenths of its way."""
        way = np.array([0.1, 0.9]) * AXON
        arrivals = reached(self._one_pulse(), way)
        return tuple((x, arrivals + start - FIRST)
                     for x, start in zip((way, AXON - way), self.starts))


@lru_cache(maxsize=8)
def _one_pulse(ends):
    """The run after one pulse, kept: neither the delay nor the electrode changes it."""
    t = fine_times(ends.t, ends.temperature)
    return simulate_cable(ends.axon, t, ends._pulses(t)[:1])


class Propagation(NamedTuple):
    """V (T, n) of an axon at t (T,) and x (n,), when V reaches half of its maximum at each of
    `positions` (3,), V there (3, T), and the speed (m/s) that the square-root law predicts.
    """

    x: np.ndarray
    t: np.ndarray
    V: np.ndarray
    positions: np.ndarray
    arrivals: np.ndarray
    recorded: np.ndarray
    predicted: float

    @property
    def speed(self):
        """The speed (m/s) between the first and the last position; nan where no spike comes."""
        way, time = np.diff(self.positions[[0, -1]]), np.diff(self.arrivals[[0, -1]])
        return float(way[0] / time[0] / 1000)

    def sentence(self):
        """What is seen, in numbers."""
        heights = self.recorded.max(axis=1)
        if np.isfinite(self.arrivals).all():
            return (f"The spike propagates at {self.speed:.1f} m/s; at 18.5 °C the square-root "
                    f"law predicts {self.predicted:.1f} m/s for this radius. At 45 mm the "
                    f"spike is {heights[2]:.0f} mV high.")
        if self.V[:, 0].max() < 50 and heights[0] < 15:
            return (f"This current pulse is too weak to start a spike in an axon of this "
                    f"radius: {heights[0]:.2g} mV are left after 15 mm.")
        return (f"No spike has come through after 9 ms: the maximum of V is "
                f"{heights[0]:.2g} mV at 15 mm, {heights[1]:.2g} mV at 30 mm and "
                f"{heights[2]:.2g} mV at 45 mm.")


class FiredAxon(Record):
    """One pulse at the left end of 6 cm of squid axon of any radius and temperature."""

    current: float = parameter(20.0, "µA", "I_0", 1, 50,
                               "pulse amplitude: current of the 0.3 ms pulse", scale="log",
                               domain="nonnegative")
    radius: float = parameter(238.0, "µm", "a", 100, 950, "radius", scale="log",
                              domain="positive")
    temperature: float = parameter(18.5, "°C", "T", 6.3, 36, "temperature of the axon")

    t = np.linspace(0, 9, 401)
    positions = np.array([15_000.0, 30_000.0, 45_000.0])  # µm: where V is recorded

    @property
    def axon(self):
        """The `Axon`."""
        return Axon(cell=HodgkinHuxley(temperature=self.temperature), length=AXON,
                    radius=self.radius, compartments=121)

    def run(self):
        """The `Propagation` of what the pulse starts."""
        t = fine_times(self.t, self.temperature)
        run = simulate_cable(self.axon, t, [(0.0, step(t, 1000 * self.current, FIRST, PULSE))])
        V = run.V[::len(t) // (len(self.t) - 1)]
        at = [self.axon.compartments_at(x)[0] for x in self.positions]
        predicted = 18.73 * float(np.sqrt(self.radius / 238))
        return Propagation(self.axon.x, self.t, V, self.positions,
                           reached(run, self.positions), V.T[at], predicted)


def reached(run, x, level=0.5):
    """The times (ms) at which V first passes `level` of its maximum at the positions x (µm) of
    an axon's run, (len(x),); nan where V stays below 15 mV, so that no spike has passed.
    """
    times = []
    for position in np.atleast_1d(x):
        V = run.V[:, run.model.compartments_at(position)[0]]
        found = spike_times(run.t, V, max(level * V.max(), 7.5)) if V.max() > 15 else []
        times.append(found[0] if len(found) else np.nan)
    return np.array(times)


class SpreadDye(NamedTuple):
    """The density now over X (n,), with the leak and `tight` without; the density at the
    position watched over T (m,); that `now`; and the (T, density) of its `peak`.
    """

    X: np.ndarray
    along: np.ndarray
    tight: np.ndarray
    T: np.ndarray
    passing: np.ndarray
    now: float
    peak: tuple
    dye: "Dye"

    def sentence(self):
        """What is seen, in numbers."""
        dye = self.dye
        return (f"After {dye.T:.2f} time constants the dye has spread over "
                f"±{np.sqrt(2 * dye.T):.2f} λ (standard deviation), and "
                f"{np.exp(-dye.leak * dye.T):.0%} of it is left. At X = {dye.X:.2f} the "
                f"density has its maximum at T = {self.peak[0]:.2f}.")


class Dye(Record):
    """A drop of dye, or of charge, put at X = 0 of an infinite tube at T = 0; lengths in λ,
    times in τ_m.
    """

    T: float = parameter(0.3, "1", "T", 0.08, 3,
                         "time: in membrane time constants after the injection", scale="log",
                         domain="range")
    X: float = parameter(1.5, "1", "X", 0, 3,
                         "distance: from the injection, in length constants",
                         domain="nonnegative")
    leak: float = parameter(1.0, "1", "k", 0, 2,
                            "relative leak: multiplies the membrane conductance; 0 is dye in "
                            "an impermeable tube, 1 the cable", domain="nonnegative")

    def run(self):
        """The `SpreadDye`."""
        X, T = np.linspace(-4, 4, 401), np.linspace(0.01, 3, 300)
        peak = self.peak_time()
        height = self.density(self.X, peak) if peak > 0 else np.nan
        return SpreadDye(X, self.density(X, self.T), self.but(leak=0.0).density(X, self.T), T,
                         self.density(self.X, T), self.density(self.X, self.T), (peak, height),
                         self)

    def density(self, X, T):
        """The density at X and T: Green's function with the leak k in place of 1."""
        return green_function(X, T) * np.exp((1 - self.leak) * T)

    def peak_time(self):
        """When the density at X has its maximum: the root of 2 k T² + T - X²/2 = 0."""
        X2, k = self.X**2, self.leak
        return (np.sqrt(1 + 4 * k * X2) - 1) / (4 * k) if k > 1e-9 else X2 / 2

    def touched(self, touch):
        """A copy that watches where the pointer is, or is at the time where it is."""
        if touch.axes.get_label() == "time":
            return self.but(T=float(np.clip(touch.x, 0.08, 3)))
        return self.but(X=float(np.clip(abs(touch.x), 0, 3)))
