"""The Hodgkin-Huxley membrane, the article's trimmed version of it, and the reduction that
works.

Voltages are counted from rest, depolarisation positive; ionic currents are positive outward,
the stimulus inward. Rates and conductances: Hodgkin and Huxley, J. Physiol. 117:500 (1952),
10.1113/jphysiol.1952.sp004764, with the sign of V reversed.

`Membrane` in `membrane.py` puts rates and channels together: the vector field (`Membrane.rhs`), and
a step of the splitting scheme, that of the gates (`gate_factors`, `relaxed`) and that of the
voltage (`Splitting.new_voltage`).
"""
from collections import namedtuple
from functools import cache

import numpy as np

from ..checks import advise, require, scalar_or_per, short
from ..model import exp, parameter, vtrap
from ..solve import Run, checked_start, checked_times
from .membrane import EXAMPLE, FROM_REST, Membrane, gate_factors, relaxed

__all__ = [
    "HodgkinHuxley", "ReducedHodgkinHuxley", "TrimmedHodgkinHuxley", "alpha_n", "beta_n",
    "voltage_clamp"
]

Currents = namedtuple("Currents", "I_Na I_K I_L")


def alpha_n(V):
    """Opening rate of the gate n, 1/ms; 0.1 at V = 10 mV, where the printed quotient is 0/0."""
    return 0.1 * vtrap((10 - V) / 10)


def beta_n(V):
    """Closing rate of the gate n, 1/ms."""
    return 0.125 * exp(-V / 80)


def alpha_m(V):
    """Opening rate of the gate m, 1/ms; 1 at V = 25 mV, where the printed quotient is 0/0."""
    return vtrap((25 - V) / 10)


def beta_m(V):
    """Closing rate of the gate m, 1/ms."""
    return 4 * exp(-V / 18)


def alpha_h(V):
    """Rate at which the inactivation gate h recovers, 1/ms."""
    return 0.07 * exp(-V / 20)


def beta_h(V):
    """Rate at which the inactivation gate h closes, 1/ms."""
    return 1 / (exp((30 - V) / 10) + 1)


class SquidMembrane(Membrane):
    """What the three membranes share: their parameters, rates and search for the rest."""

    I_ext: float = parameter(10.0, "µA/cm²", r"I_\mathrm{ext}", -5, 160,
                             "injected current: inward positive")
    C_m: float = parameter(1.0, "µF/cm²", "C_m", 0.5, 2, "capacitance per area",
                           "positive")
    g_Na: float = parameter(120.0, "mS/cm²", r"\bar g_\mathrm{Na}", 0, 240,
                            "maximal sodium conductance", "nonnegative")
    g_K: float = parameter(36.0, "mS/cm²", r"\bar g_\mathrm{K}", 0, 72,
                           "maximal potassium conductance", "nonnegative")
    g_L: float = parameter(0.3, "mS/cm²", r"\bar g_\mathrm{L}", 0, 1, "leak conductance",
                           "nonnegative")
    E_Na: float = parameter(115.0, "mV", r"E_\mathrm{Na}", 50, 150,
                            "sodium reversal potential: from rest")
    E_K: float = parameter(-12.0, "mV", r"E_\mathrm{K}", -40, 0,
                           "potassium reversal potential: from rest")
    E_L: float = parameter(10.613, "mV", r"E_\mathrm{L}", -20, 40,
                           "leak reversal potential: from rest")
    temperature: float = parameter(6.3, "°C", "T", 0, 35,
                                   "temperature: rates triple every 10 °C",
                                   "temperature")

    def __post_init__(self):
        super().__post_init__()
        if np.any(np.less(self.E_K, -60)):
            advise(f"E_K = {np.min(self.E_K):g} mV lies far below rest: {FROM_REST}")
        if np.any(np.less(self.E_Na, self.E_K)):
            advise("E_Na lies below E_K: does depolarisation count as negative, as in 1952? Here "
                   "it is positive, so turn the sign of each potential")

    @property
    def temperature_factor(self):
        """How much faster than at 6.3 °C every gate is: three times for ten degrees more.

        Derived in notebook 02, section 3.
        """
        return 3**((self.temperature - 6.3) / 10)

    def currents(self, run):
        """The ionic currents of a run, outward positive, in µA/cm²: a named tuple I_Na, I_K,
        I_L of (T, *batch).
        """
        return Currents(*(g * (run.V - E) for g, E in self.channels(*run.states)))


class HodgkinHuxley(SquidMembrane):
    """The squid axon membrane of 1952: V in mV from rest and the gates m, h, n.

    C_m dV/dt = I_ext - the sum of g (V - E) over the channels, and for each gate
    dx/dt = alpha (1 - x) - beta x (`Membrane.rhs` puts them together).

    >>> from course_utils import HodgkinHuxley
    >>> [round(x, 4) for x in HodgkinHuxley(temperature=18.5).rest()]
    [0.0036, 0.053, 0.596, 0.3177]
    """

    states = {"V": "mV", "m": "1", "h": "1", "n": "1"}

    def rates(self, V):
        """{gate: (alpha, beta)}, opening and closing rates in 1/ms at V in mV.

        Derived in notebook 02, section 3.
        """
        q = self.temperature_factor
        return {
            "m": (q * alpha_m(V), q * beta_m(V)),
            "h": (q * alpha_h(V), q * beta_h(V)),
            "n": (q * alpha_n(V), q * beta_n(V)),
        }

    def channels(self, V, m, h, n):
        """Sodium, potassium and leak: three gates m and one h, four gates n, no gate.

        Derived in notebook 02, section 3.
        """
        return (
            (self.g_Na * (m * m * m) * h, self.E_Na),
            (self.g_K * (n * n * n * n), self.E_K),
            (self.g_L, self.E_L),
        )


class PlanarMembrane(SquidMembrane):
    """What the two membranes with the states V and n share."""

    states = {"V": "mV", "n": "1"}

    def rates(self, V):
        """{"n": (alpha, beta)}, opening and closing rate in 1/ms at V in mV."""
        q = self.temperature_factor
        return {"n": (q * alpha_n(V), q * beta_n(V))}


class TrimmedHodgkinHuxley(PlanarMembrane):
    """The article's trimmed system: m^3 h replaced by 1, no leak. It cannot spike (Bendixson).

    >>> from course_utils import TrimmedHodgkinHuxley
    >>> V, n = TrimmedHodgkinHuxley().rest()
    >>> round(V, 2)
    89.92
    """

    g_L: float = parameter(0.0, "mS/cm²", r"\bar g_\mathrm{L}", 0, 1, "leak conductance",
                           "nonnegative")

    def channels(self, V, n):
        """Sodium that is always open, potassium and leak.

        Derived in notebook 02, section 7.
        """
        return (
            (self.g_Na, self.E_Na),
            (self.g_K * (n * n * n * n), self.E_K),
            (self.g_L, self.E_L),
        )


class ReducedHodgkinHuxley(PlanarMembrane):
    """The reduction that works: m follows V at once, h = h0 - slope n, the leak is kept (Rinzel
    1985).

    >>> from course_utils import ReducedHodgkinHuxley
    >>> V, n = ReducedHodgkinHuxley().rest()
    >>> round(V, 2)
    -0.11
    """

    channels_follow_V = True

    h0: float = parameter(0.85, "1", "h_0", 0.7, 1, "intercept: h where n is 0")
    slope: float = parameter(1.0, "1", "s", 0.5, 1.5, "slope: how much h falls as n rises by 1")

    def channels(self, V, n):
        """Sodium, whose activation is at its steady value and whose inactivation is h0 - s n,
        potassium and leak.

        Derived in notebook 02, section 7.
        """
        alpha, beta = alpha_m(V), beta_m(V)
        m = alpha / (alpha + beta)
        h = self.h0 - self.slope * n
        return (
            (self.g_Na * (m * m * m) * h, self.E_Na),
            (self.g_K * (n * n * n * n), self.E_K),
            (self.g_L, self.E_L),
        )


def voltage_clamp(cell, V_command, t, start=None):
    """The `Run` of a membrane whose V is held: gates relax exactly, currents are what the clamp
    measures.

    V_command: mV, one number or (T,), held from t[k] to t[k+1]. t: (T,) ms. start: V and the
    gates at t[0], by default `cell.rest()`; only its gates count. The run also has I_Na, I_K
    and I_L in µA/cm², outward positive, at V_command.

    >>> import numpy as np
    >>> from course_utils import HodgkinHuxley, voltage_clamp
    >>> run = voltage_clamp(HodgkinHuxley(), 40.0, np.linspace(0, 10, 101))
    >>> round(float(run.I_Na.min()))
    -1082

    Derived in notebook 02, section 2.
    """
    t = checked_times(t)
    cell = require("cell", cell, "channels", EXAMPLE)
    V = scalar_or_per("V_command", V_command, t.shape, "time", "voltage in mV")
    if np.abs(V).max() > 1000:  # far below, rates overflow
        raise ValueError(f"V_command must lie within 1000 mV of rest, not {short(V_command)}")
    V = np.broadcast_to(V, t.shape)
    factors = cache(lambda V, h: gate_factors(cell, V, h))
    start = checked_start(cell, start)
    cell.check_start(zip(cell.states, start))
    gates = [start[1:]]
    for V_held, h in zip(V[:-1].tolist(), np.diff(t).round(12).tolist()):
        gates.append(relaxed(gates[-1], factors(V_held, h)))
    states = dict(zip(cell.states, (V, *np.array(gates, float).T)))
    currents = cell.currents(Run(cell, t, states))
    return Run(cell, t, states | currents._asdict())
