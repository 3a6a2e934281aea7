"""The Hodgkin-Huxley membrane, the article's trimmed version of it, and the reduction that
works.

Voltages are counted from rest, depolarisation positive; ionic currents are positive outward,
the stimulus inward. Rates and conductances: Hodgkin and Huxley, J. Physiol. 117:500 (1952),
10.1113/jphysiol.1952.sp004764, with the sign of V turned round.
"""
from collections import namedtuple
from typing import ClassVar, NamedTuple

import numpy as np

from ..checks import require, scalar_or_per
from ..fast.batch_rk4 import Form
from ..model import exp, parameter, vtrap
from ..solve import Run, checked_times
from .membrane import LOW, PER_MV, Membrane, gate_step, rate_reader, relaxed

__all__ = [
    "POTASSIUM_1952", "HodgkinHuxley", "PotassiumTable", "ReducedHodgkinHuxley",
    "TrimmedHodgkinHuxley", "alpha_n", "beta_n", "voltage_clamp"
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


RATES = {"m": (alpha_m, beta_m), "h": (alpha_h, beta_h), "n": (alpha_n, beta_n)}


class PotassiumTable(NamedTuple):
    """What a voltage clamp showed of the potassium conductance: one entry per voltage."""

    V: np.ndarray  # mV from rest, depolarisation positive
    g_K: np.ndarray  # mS/cm² in the end
    n_inf: np.ndarray  # fourth root of g_K over its largest value, 24.31 mS/cm²
    tau_n: np.ndarray  # ms

    def _repr_html_(self):
        head = "".join(f"<th>{h}</th>" for h in ("$V$ (mV)", "$g_K$ (mS/cm²)", r"$n_\infty$",
                                                 r"$\tau_n$ (ms)"))
        rows = "".join(
            f"<tr><td>{V:g}</td><td>{g:.2f}</td><td>{n:.3f}</td><td>{tau:.2f}</td></tr>"
            for V, g, n, tau in zip(*self))
        return f"<table><caption>Potassium conductance of a squid axon, 1952</caption><tr>{head}</tr>{rows}</table>"


# Hodgkin and Huxley 1952, 10.1113/jphysiol.1952.sp004764, table 1: axon 17, 6 to 7 °C
POTASSIUM_1952 = PotassiumTable(
    V=np.array([109, 100, 88, 76, 63, 51, 38, 32, 26, 19, 10, 6.0]), g_K=np.array(
        [20.70, 20.00, 18.60, 17.00, 15.30, 13.27, 10.29, 8.62, 6.84, 5.00, 1.47, 0.98]),
    n_inf=np.array(
        [0.961, 0.953, 0.935, 0.915, 0.891, 0.859, 0.806, 0.772, 0.728, 0.674, 0.496, 0.448]),
    tau_n=np.array([1.05, 1.10, 1.25, 1.50, 1.70, 2.05, 2.60, 3.20, 3.80, 4.50, 5.25, 5.25]))


class SquidMembrane(Membrane):
    """What the three membranes share: their parameters, rates and search for the rest."""

    I_ext: float = parameter(10.0, "µA/cm²", r"I_\mathrm{ext}", -5, 160,
                             "stimulus, inward positive")
    C_m: float = parameter(1.0, "µF/cm²", "C_m", 0.5, 2, "capacitance per area",
                           domain="positive")
    g_Na: float = parameter(120.0, "mS/cm²", r"\bar g_\mathrm{Na}", 0, 240,
                            "maximal sodium conductance", domain="nonnegative")
    g_K: float = parameter(36.0, "mS/cm²", r"\bar g_\mathrm{K}", 0, 72,
                           "maximal potassium conductance", domain="nonnegative")
    g_L: float = parameter(0.3, "mS/cm²", r"\bar g_\mathrm{L}", 0, 1, "leak conductance",
                           domain="nonnegative")
    E_Na: float = parameter(115.0, "mV", r"E_\mathrm{Na}", 50, 150,
                            "sodium reversal potential, from rest")
    E_K: float = parameter(-12.0, "mV", r"E_\mathrm{K}", -40, 0,
                           "potassium reversal potential, from rest")
    E_L: float = parameter(10.613, "mV", r"E_\mathrm{L}", -20, 40,
                           "leak reversal potential, from rest")
    temperature: float = parameter(6.3, "°C", "T", 0, 35,
                                   "temperature; rates triple every 10 °C")

    def rates(self, V):
        """{gate: (alpha, beta)} in 1/ms at V in mV, times 3^((T - 6.3)/10)."""
        faster = 3**((self.temperature - 6.3) / 10)
        return {
            gate: (faster * alpha(V), faster * beta(V))
            for gate, (alpha, beta) in RATES.items()
            if gate in self.states
        }

    def currents(self, run):
        """The ionic currents of a run, outward positive, in µA/cm²: a named tuple I_Na, I_K,
        I_L of (T, *batch).
        """
        states = [getattr(run, name) for name in self.states]
        return Currents(*(g * (run.V - E) for g, E in self.channels(*states)))


class HodgkinHuxley(SquidMembrane):
    """The squid axon membrane of 1952: V in mV from rest and the gates m, h, n."""

    states: ClassVar = {"V": "mV", "m": "1", "h": "1", "n": "1"}

    def channels(self, V, m, h, n):
        """Sodium, potassium and leak: three gates m and one h, four gates n, no gate."""
        return ((self.g_Na *
                 (m * m * m) * h, self.E_Na), (self.g_K *
                                               (n * n * n * n), self.E_K), (self.g_L, self.E_L))

    def _is_changed(self):
        """Whether a subclass brings equations of its own, so that what is written out below
        isn't true of it.
        """
        kind = type(self)
        return kind.channels is not HodgkinHuxley.channels or kind.rhs is not HodgkinHuxley.rhs

    def opener(self, m, h, n, m3h, n4):
        """A function that writes m^3 h and n^4, the open shares of the channels, into arrays,
        in place.
        """
        def fill():
            """m^3 h and n^4, in place."""
            np.multiply(m, m, m3h)
            np.multiply(m3h, m, m3h)
            np.multiply(m3h, h, m3h)
            np.multiply(n, n, n4)
            np.multiply(n4, n4, n4)

        return fill

    def form(self):
        """The same vector field as a `Form` of ten products, the rates being read from a table:
        see `rk4_from_table`.
        """
        if self._is_changed():
            return None
        # its columns: 1, I_ext; the rates alpha of m, h, n; (alpha + beta) m, h, n; m^3 h, n^4;
        # m^3 h V, n^4 V; V, m, h, n
        slope = np.zeros((4, 16))
        slope[0, :2] = self.g_L * self.E_L, 1
        slope[
            0,
            8:13] = self.g_Na * self.E_Na, self.g_K * self.E_K, -self.g_Na, -self.g_K, -self.g_L
        slope[0] /= self.C_m
        slope[1:, 2:5], slope[1:, 5:8] = np.eye(3), -np.eye(3)

        def filler(states, products):
            """What fills the rows of products."""
            (V, *gates), (m3h, n4, m3h_V, n4_V) = states, products[6:]
            read, open_channels = rate_reader(self, V, products[:6]), self.opener(
                *gates, m3h, n4)

            def fill():
                """All ten products, in place."""
                read()
                np.multiply(products[3:6], states[1:], products[3:6])
                open_channels()
                np.multiply(m3h, V, m3h_V)
                np.multiply(n4, V, n4_V)

            return fill

        return Form(slope, filler)

    def voltage_mover(self, splitting, V, gates):
        """The same as `Membrane.voltage_mover`, with this membrane's channels written out, for
        lanes (n,).
        """
        if self._is_changed() or V.ndim != 1 or self.sweeps().keys() - {"I_ext"}:
            return super().voltage_mover(splitting, V, gates)
        known, twice = np.ones((5, len(V))), splitting.twice  # 1, I_ext, m^3 h, n^4, V
        matrix = np.array(
            [[twice + self.g_L, 0, self.g_Na, self.g_K, 0],
             [self.g_L * self.E_L, 1, self.g_Na * self.E_Na, self.g_K * self.E_K, twice]])
        fill, both = self.opener(*gates, *known[2:4]), np.empty((2, len(V)))

        def move(I_ext):
            """V one step later, in place."""
            known[1], known[4] = I_ext, V
            fill()
            np.dot(matrix, known, both)
            np.subtract(2 * splitting.middle(*both), V, V)

        return move

    def march_floats(self, splitting, V, gates, drive):
        """The same numbers as `Membrane.march_floats`, with this membrane's channels written
        out: twice as fast.
        """
        if self._is_changed():
            return super().march_floats(splitting, V, gates, drive)
        table, twice, (m, h, n), start, states = splitting.full, splitting.twice, gates, V, []
        rows, keep = table.rows, states.append
        g_Na, g_K, g_L, E_Na, E_K, leak = self.g_Na, self.g_K, self.g_L, self.E_Na, self.E_K, self.g_L * self.E_L
        for current in drive:
            sodium, potassium = g_Na * (m * m * m) * h, g_K * (n * n * n * n)
            V = 2 * ((twice * V + current + sodium * E_Na + potassium * E_K + leak) /
                     (twice + sodium + potassium + g_L)) - V
            keep((V, m, h, n))
            place = (V - LOW) * PER_MV
            if not 0 <= place < table.last:
                return super().march_floats(splitting, start, gates, drive)
            k = int(place)
            am, ah, an, dm, dh, dn, more_am, more_ah, more_an, more_dm, more_dh, more_dn = rows[
                k] or table.row(k)
            part = place - k
            m = am + part * more_am + (dm + part * more_dm) * m
            h = ah + part * more_ah + (dh + part * more_dh) * h
            n = an + part * more_an + (dn + part * more_dn) * n
        return states


class PlanarMembrane(SquidMembrane):
    """What the two membranes with the states V and n share."""

    states: ClassVar = {"V": "mV", "n": "1"}

    def nullclines(self, V):
        """(n where dV/dt = 0, n where dn/dt = 0) at V in mV (U,), between the potassium and
        sodium reversals.

        There the outward current grows with n, so the first is found by bisection; nan where no
        n from 0 to 1 does it.
        """
        V = np.atleast_1d(np.asarray(V, float))
        low, high = np.zeros_like(V), np.ones_like(V)

        def rises(n):
            """Whether V rises at n."""
            return self.rhs((V, n), self.I_ext)[0] > 0

        none = ~rises(low) | rises(high)
        for _ in range(50):
            middle = (low + high) / 2
            rising = rises(middle)
            low, high = np.where(rising, middle, low), np.where(rising, high, middle)
        return np.where(none, np.nan, middle), self.steady_gates(V)[0]


class TrimmedHodgkinHuxley(PlanarMembrane):
    """The article's trimmed system: m^3 h replaced by 1, no leak. It cannot spike (Bendixson).
    """

    g_L: float = parameter(0.0, "mS/cm²", r"\bar g_\mathrm{L}", 0, 1, "leak conductance",
                           domain="nonnegative")

    def channels(self, V, n):
        """Sodium that is always open, potassium and leak."""
        return ((self.g_Na, self.E_Na), (self.g_K *
                                         (n * n * n * n), self.E_K), (self.g_L, self.E_L))


class ReducedHodgkinHuxley(PlanarMembrane):
    """The reduction that works: m follows V at once, h = h0 - slope n, the leak is kept (Rinzel
    1985).
    """

    channels_follow_V: ClassVar = True

    h0: float = parameter(0.85, "1", "h_0", 0.7, 1, "h where n is 0")
    slope: float = parameter(1.0, "1", "s", 0.5, 1.5, "how much h falls as n rises by 1")

    def channels(self, V, n):
        """Sodium whose activation is always at its steady value, potassium and leak."""
        alpha, beta = alpha_m(V), beta_m(V)
        m = alpha / (alpha + beta)
        return ((self.g_Na * (m * m * m) * (self.h0 - self.slope * n), self.E_Na),
                (self.g_K * (n * n * n * n), self.E_K), (self.g_L, self.E_L))


def voltage_clamp(cell, V_command, t, start=None):
    """Return the `Run` of a membrane whose V is held: gates relax exactly, currents are what
    the clamp measures.

    V_command: mV, one number or (T,), held from t[k] to t[k+1]. t: (T,) ms. start: V and the
    gates at t[0], by default `cell.rest()`; only its gates count. The run also has I_Na, I_K
    and I_L in µA/cm², outward positive, at V_command.
    """
    t, cell = checked_times(t), require("cell", cell, "channels",
                                        "a Membrane, such as HodgkinHuxley()")
    V = np.broadcast_to(scalar_or_per("V_command", V_command, t.shape, "time", "voltage in mV"),
                        t.shape)
    gates = [np.array((cell.rest() if start is None else start)[1:], float)]
    steps = {}
    for held_at, h in zip(V[:-1].tolist(), np.diff(t).round(12).tolist()):
        step = steps.setdefault((held_at, h), gate_step(cell, held_at, h))
        gates.append(np.array(relaxed(step, gates[-1])))
    run = Run(cell, t, zip(cell.states, (V, *np.array(gates).T)))
    return Run(
        cell, t,
        [*zip(cell.states, (V, *np.array(gates).T)), *cell.currents(run)._asdict().items()])
