"""A patch of membrane with gated channels, and the schemes that make use of its form.

A `Membrane` brings three things: its capacitance, the rates of its gates, and its channels as
pairs (conductance, reversal potential). Then everything is linear in its own unknown: at
constant V each gate relaxes exponentially; at constant gates V obeys a linear equation.
`splitting` alternates the two, for one patch, a batch or an axon: `relaxed` is the step of a
gate, `Splitting.new_voltage` that of V.
"""
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..checks import advise, number, require, short
from ..model import Model, exp

__all__ = [
    "EXAMPLE", "FROM_REST", "Membrane", "Splitting", "exponential_euler", "gate_factors", "relaxed",
    "splitting"
]

EXAMPLE = "a Membrane, such as HodgkinHuxley()"


FROM_REST = ("is it an absolute potential? Here V is counted from rest: -65 mV is 0, so add 65 to "
             "each potential")


class Membrane(Model):
    """A model whose first state is V in mV and whose other states are gates, fractions from 0
    to 1.

    A subclass declares `C_m`, `I_ext`, `states`, `rates` and `channels`; the vector field
    follows from them.
    """

    longest_step = 0.1  # ms; a longer one misses spikes
    channels_follow_V = False  # whether a conductance depends on V at once

    def rates(self, V):
        """{gate: (alpha, beta)}, opening and closing rates in 1/ms at V in mV."""
        raise NotImplementedError("define rates(self, V): {gate: (alpha, beta)}")

    def channels(self, V, *gates):
        """((g, E), ...): conductance in mS/cm² and reversal potential in mV of each kind of
        channel.
        """
        raise NotImplementedError("define channels(self, V, *gates): ((g, E), ...)")

    def check_start(self, start):
        """Raises ValueError where a gate of `start`, pairs (name, value), is not a fraction; warns
        where V is counted from elsewhere.
        """
        (_, V), *gates = start
        for name, x in gates:
            if np.any((x < 0) | (x > 1)):
                raise ValueError(f"{name} in start must be from 0 to 1, the share of open gates, "
                                 f"not {short(x.tolist())}; at rest at V they are steady_gates(V)")
        lowest = min(np.min(E) for _, E in self.channels(V, *(x for _, x in gates)))
        if np.min(V) < lowest - 30:
            advise(f"V = {np.min(V):g} mV in start lies far below all reversal potentials (the "
                   f"lowest is {lowest:g} mV): {FROM_REST}")

    def rhs(self, state, I_ext):
        """dV/dt in mV/ms and the derivative of each gate in 1/ms.

        Derived in notebook 02, section 3.
        """
        V, *gates = state
        I_ion = sum([g * (V - E) for g, E in self.channels(V, *gates)])
        opening = [
            alpha * (1 - x) - beta * x for x, (alpha, beta) in zip(gates, self.rates(V).values())
        ]
        return ((I_ext - I_ion) / self.C_m, *opening)

    def clamped_at(self, V):
        """The steady gates at V and the current in µA/cm² that holds V there."""
        return (*self.steady_gates(V), self.steady_current(V))

    def steady_gates(self, V):
        """The gates' steady values at V, in the order of the states.

        Derived in notebook 02, section 2.
        """
        return tuple(alpha / (alpha + beta) for alpha, beta in self.rates(V).values())

    def steady_current(self, V):
        """The outward ionic current at V once all gates have settled, µA/cm²: a fixed point has
        I_ext equal to it.
        """
        return sum(g * (V - E) for g, E in self.channels(V, *self.steady_gates(V)))


def gate_factors(cell, V, h):
    """[(x_inf, decay), ...]: where each gate tends at V, and which share of its distance from
    there is left after h ms.

    Derived in notebook 02, section 2.
    """
    return [(alpha / (alpha + beta), exp(-h * (alpha + beta)))
            for alpha, beta in cell.rates(V).values()]


def relaxed(gates, factors):
    """The gates after a time at constant V, exactly, from their `gate_factors`."""
    return [x_inf + (x - x_inf) * decay for x, (x_inf, decay) in zip(gates, factors)]


@dataclass
class Splitting:
    """One step of length h: gates by half a step, V by a whole one, gates by the other half.

    Gates relax exactly at constant V; V follows Crank-Nicolson at constant gates. Second order
    in h and free of a stability limit (Hines 1984, 10.1016/0020-7101(84)90008-4; Strang 1968,
    10.1137/0705041). `middle(stiffness, source)` solves stiffness * V = source for V at the
    middle of the step: a division for a patch, a tridiagonal system for an axon.
    """

    cell: Membrane
    h: float
    middle: Callable = lambda stiffness, source: source / stiffness

    def __call__(self, state, I_ext):
        """The state one step later."""
        V, *gates = state
        gates = relaxed(gates, gate_factors(self.cell, V, self.h / 2))
        V = self.new_voltage(V, gates, I_ext)
        gates = relaxed(gates, gate_factors(self.cell, V, self.h / 2))
        return (V, *gates)

    def new_voltage(self, V, gates, I_ext):
        """V one step later at constant gates, by Crank-Nicolson: backward Euler to the middle of
        the step, 2 C_m/h (V_mid - V) = I_ext - sum of g (V_mid - E), and as far again.
        """
        twice = 2 * self.cell.C_m / self.h
        V_mid = V
        for _ in range(2 if self.cell.channels_follow_V else 1):
            stiffness = twice
            source = twice * V + I_ext
            for g, E in self.cell.channels(V_mid, *gates):
                stiffness = stiffness + g
                source = source + g * E
            V_mid = self.middle(stiffness, source)
        return 2 * V_mid - V


def splitting(cell, h):
    """A step of `Splitting` for one patch of membrane, or a batch of patches, order 2: gates
    exactly, V by Crank-Nicolson. The default of every `Membrane`.

    >>> from course_utils import HodgkinHuxley, splitting
    >>> advance = splitting(HodgkinHuxley(), 0.01)
    >>> V, m, h, n = advance(HodgkinHuxley().rest(), 10.0)
    >>> round(V, 4)
    0.1033
    """
    return Splitting(require("cell", cell, "channels", EXAMPLE), number("h", h, "positive"))


def exponential_euler(cell, h):
    """A step in which gates and V relax exactly, each with the others as they are at its start:
    stable, but only of order 1.

    >>> from course_utils import HodgkinHuxley, exponential_euler
    >>> advance = exponential_euler(HodgkinHuxley(), 0.01)
    >>> V, m, h, n = advance(HodgkinHuxley().rest(), 10.0)
    >>> round(V, 4)
    0.1033
    """
    h = number("h", h, "positive")
    require("cell", cell, "channels", EXAMPLE)

    def advance(state, I_ext):
        V, *gates = state
        channels = cell.channels(V, *gates)
        g_total = sum([g for g, _ in channels])
        V_inf = (sum([g * E for g, E in channels]) + I_ext) / g_total
        V_new = V_inf + (V - V_inf) * exp(-h / cell.C_m * g_total)
        return (V_new, *relaxed(gates, gate_factors(cell, V, h)))

    return advance


Membrane.scheme = staticmethod(splitting)
