"""A capacitor in parallel with a resistor, the passive membrane, and the same with a threshold,
the integrate-and-fire neuron.

Voltages are counted from rest, depolarisation positive; the stimulus is positive inward.
With R in kΩ·cm² and C_m in µF/cm² the product R C_m is in ms, and with I in µA/cm² the
product R I is in mV.
"""

import numpy as np

from ..checks import finite_array, number, require
from ..model import Model, exp, parameter

__all__ = ["IntegrateAndFire", "PassiveMembrane"]


def exact_step(membrane, h):
    """The scheme without error for a passive membrane: V relaxes exponentially while the
    current is held.

    It has no stability limit: a step of any length lands on the solution.
    """
    require("membrane", membrane, "time_constant", "a PassiveMembrane()")
    decay = exp(-number("h", h, "positive") / membrane.time_constant)

    def advance(state, I_ext):
        V_inf = membrane.R * I_ext
        return (V_inf + (state[0] - V_inf) * decay,)

    return advance


class PassiveMembrane(Model):
    """A patch of membrane without gates: one capacitor, one resistor, V in mV from rest."""

    states = {"V": "mV"}
    scheme = staticmethod(exact_step)

    I_ext: float = parameter(2.0, "µA/cm²", r"I_\mathrm{ext}", 0, 5,
                             "injected current: inward positive")
    R: float = parameter(10.0, "kΩ·cm²", "R", 2, 20, "resistance of a unit area",
                         domain="positive")
    C_m: float = parameter(1.0, "µF/cm²", "C_m", 0.5, 2, "capacitance per area",
                           domain="positive")

    def rhs(self, state, I_ext):
        """dV/dt in mV/ms: what the stimulus brings less what leaks out, divided by the
        capacitance.

        Derived in notebook 00, section 3.
        """
        V, = state
        return ((I_ext - V / self.R) / self.C_m,)

    @property
    def time_constant(self):
        """R C_m in ms: how long V takes to cover 63 % of its way."""
        return self.R * self.C_m

    @property
    def steady_voltage(self):
        """R I_ext in mV: where V ends."""
        return self.R * self.I_ext

    def clamped_at(self, V):
        """The current in µA/cm² that holds V."""
        return (V / self.R,)

    def rest(self):
        """V without input: 0 mV, the level from which it is counted."""
        return (np.zeros(np.broadcast_shapes(np.shape(self.R), np.shape(self.C_m)))[()],)

    def exact(self, t, V0=0.0):
        """V in mV at the times t in ms, from V0 at t = 0, under the constant I_ext."""
        t = finite_array("t", t, "times in ms")
        V0 = finite_array("V0", V0, "a voltage in mV")
        distance = (V0 - self.steady_voltage) * np.exp(-t / self.time_constant)
        return self.steady_voltage + distance


class IntegrateAndFire(PassiveMembrane):
    """A passive membrane that fires where V reaches theta and starts again at V_reset (threshold:
    Lapicque, 1907).
    """

    theta: float = parameter(15.0, "mV", r"\theta", 5, 30, "threshold", domain="positive")
    V_reset: float = parameter(0.0, "mV", r"V_\mathrm{reset}", -10, 4,
                               "reset voltage: V just after a spike")
    t_ref: float = parameter(0.0, "ms", r"t_\mathrm{ref}", 0, 5,
                             "refractory period: V stays at V_reset for so long",
                             domain="nonnegative")

    def __post_init__(self):
        super().__post_init__()
        if np.any(np.greater_equal(self.V_reset, self.theta)):
            raise ValueError(
                f"V_reset of IntegrateAndFire must lie below theta = {self.theta} mV, not at "
                f"{self.V_reset} mV: at or above it the neuron would fire for ever at one "
                "instant")

    def rate(self):
        """The firing rate in Hz under the constant I_ext, an array where a parameter is one; 0
        at and below the rheobase theta / R.

        From the time that V takes from V_reset to theta, tau
        ln((V_inf - V_reset) / (V_inf - theta)), after the refractory period. Derived in
        notebook 00, section 4.
        """
        V_inf = np.asarray(self.steady_voltage, float)
        fires = V_inf > self.theta
        above = np.where(fires, V_inf - self.theta, 1.0)
        interval = self.time_constant * np.log((above + self.theta - self.V_reset) / above)
        return np.where(fires, 1000 / (self.t_ref + interval), 0.0)[()]
