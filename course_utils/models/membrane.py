"""A patch of membrane with gated channels, and the schemes that make use of its form.

A `Membrane` brings three things: its capacitance, the rates of its gates, and its channels as
pairs (conductance, reversal potential). Then everything is linear in its own unknown: with V
held, each gate relaxes exponentially; with the gates held, V obeys a linear equation.
`splitting` alternates the two, for one patch, a batch or an axon.
"""
from functools import cache, lru_cache
from itertools import chain
from typing import ClassVar, NamedTuple

import numpy as np

from ..checks import number, require
from ..fast.batch_rk4 import march_rk4
from ..model import Model
from ..solve import rk4

__all__ = ["Membrane", "exponential_euler", "rk4_from_table", "splitting"]

EXAMPLE = "a Membrane, such as HodgkinHuxley()"


class Membrane(Model):
    """A model whose first state is V in mV and whose other states are gates, fractions from 0
    to 1.

    A subclass declares `C_m`, `I_ext`, `states`, `rates` and `channels`; the vector field
    follows from them.
    """

    rate_parameters: ClassVar[tuple] = ("temperature",)  # the parameters that enter `rates`
    channels_follow_V: ClassVar[bool] = False  # whether a conductance depends on V at once

    def rates(self, V):
        """{gate: (alpha, beta)}, opening and closing rates in 1/ms at V in mV."""
        raise NotImplementedError

    def channels(self, V, *gates):
        """((g, E), ...): conductance in mS/cm² and reversal potential in mV of each kind of
        channel.
        """
        raise NotImplementedError

    def rhs(self, state, I_ext):
        """dV/dt in mV/ms and the derivative of each gate in 1/ms."""
        V, *gates = state
        I_ion = sum([g * (V - E) for g, E in self.channels(V, *gates)])
        return ((I_ext - I_ion) / self.C_m, *[
            alpha * (1 - x) - beta * x for x, (alpha, beta) in zip(gates,
                                                                   self.rates(V).values())
        ])

    def held(self, V):
        """The steady gates at V and the current that holds V there."""
        return (*self.steady_gates(V), self.steady_current(V))

    def steady_gates(self, V):
        """The gates' steady values at V, in the order of the states."""
        return tuple(alpha / (alpha + beta) for alpha, beta in self.rates(V).values())

    def steady_current(self, V):
        """The outward ionic current at V once all gates have settled, µA/cm²: a fixed point has
        I_ext equal to it.
        """
        return sum(g * (V - E) for g, E in self.channels(V, *self.steady_gates(V)))

    def form(self):
        """The vector field as a `Form` whose rates are read from a table, for `rk4_from_table`;
        None where it has none.
        """
        return None

    def voltage_mover(self, splitting, V, gates):
        """A function of I_ext that moves V (*batch) by one step of `splitting`, in place, the
        gates being rows of an array.
        """
        def move(I_ext):
            """V one step later, in place."""
            V[...] = splitting.new_voltage(V, gates, I_ext)

        return move

    def march_floats(self, splitting, V, gates, drive):
        """[(V, *gates), ...] after each step of `splitting` on Python floats, cut short where V
        blows up.

        The gates are those at the middle of each step, as they are when it starts.
        """
        table, new_voltage, states, kinds = splitting.full, splitting.new_voltage, [], range(
            len(gates))
        offset, decay, more, faster = (slice(i * len(gates), (i + 1) * len(gates))
                                       for i in range(4))
        for current in drive:
            V = new_voltage(V, gates, current)
            states.append((V, *gates))
            place = (V - LOW) * PER_MV
            if 0 <= place < table.last:
                k = int(place)
                row, part = table.rows[k] or table.row(k), place - k
                a, d, da, dd = row[offset], row[decay], row[more], row[faster]
                gates = [a[i] + part * da[i] + (d[i] + part * dd[i]) * gates[i] for i in kinds]
            elif -1e4 < V < 1e4:
                gates = [float(x) for x in relaxed(gate_step(self, V, splitting.h), gates)]
            else:
                break
        return states


class GateStep(NamedTuple):
    """How gates relax in one step at constant V: x becomes `offset + decay * x`; both (gates,
    *batch).
    """

    offset: np.ndarray
    decay: np.ndarray


def gate_step(cell, V, h):
    """The exact `GateStep` of length h at V, from the cell's rates."""
    steps = []
    for alpha, beta in cell.rates(V).values():
        total = alpha + beta
        decay = np.exp(-h * total)
        steps.append((alpha / total * (1 - decay), decay))
    return GateStep(*(np.array(part) for part in zip(*steps)))


LOW, HIGH, PER_MV = -150.0, 250.0, 50.0  # the table's range in mV and its rows per mV
RATES_PER_MV = 20.0  # rows per mV of the table of rates
TOGETHER = 30_000  # numbers that the last half step takes at once


class GateTable:
    """`gate_step` read from a table between -150 and 250 mV, interpolated linearly; exact
    outside.

    The interpolation is off by at most 1e-6 (tested).
    """
    def __init__(self, cell, h):
        self.cell, self.h = cell, h
        V = np.linspace(LOW, HIGH, round((HIGH - LOW) * PER_MV) + 1)
        values = np.concatenate(gate_step(cell, V, h))  # (2 gates, rows): offsets, then decays
        self.gates, self.last = len(values) // 2, len(V) - 1
        self.both = np.concatenate([values, np.diff(
            values, append=values[:, -1:])])  # and what a row adds
        self.rows = [None] * self.last  # as tuples of floats, where `row` was asked

    def row(self, k):
        """Row k as a tuple of floats, for the loop over single steps: offsets, decays and what
        the next row adds.
        """
        self.rows[k] = row = tuple(self.both[:, k].tolist())
        return row

    def covers(self, V):
        """Which elements of V lie in the table."""
        return (V >= LOW) & ((V - LOW) * PER_MV < self.last)

    def __call__(self, V):
        """The `GateStep` at an array V."""
        place = (V - LOW) * PER_MV
        row = place.astype(np.intp)
        values, slopes = np.split(self.both.take(row, axis=1, mode="clip"), 2)
        step = values + slopes * (place - row)
        if (outside := ~self.covers(V)).any():
            step[:, outside] = np.concatenate(gate_step(self.cell, V[outside], self.h))
        return GateStep(step[:self.gates], step[self.gates:])

    def relaxer(self, shape):
        """A function (V, gates) that relaxes gates (gates, *shape) in place, for V in the
        table; allocates nothing.
        """
        place, row, found = np.empty(shape), np.empty(shape, np.intp), np.empty(
            (2, 2, self.gates, *shape))
        offsets, decays = np.moveaxis(
            found, 1, 0)  # each (2, gates, *shape): in the row, and what a row adds
        flat = found.reshape(-1, *shape)

        def relax(V, gates):
            """The gates one step later, in place."""
            np.multiply(np.subtract(V, LOW, place), PER_MV, place)
            np.copyto(row, place, casting="unsafe")
            self.both.take(row, axis=1, out=flat, mode="clip")
            np.subtract(place, row, place)
            np.multiply(decays, gates, decays)
            np.add(offsets, decays, offsets)
            np.multiply(offsets[1], place, offsets[1])
            np.add(offsets[0], offsets[1], gates)

        return relax


@lru_cache(maxsize=32)
def _table(kind, h, rate_values):
    return GateTable(kind(**dict(rate_values)), h)


def gate_steps(cell, h):
    """A function V -> `GateStep`: a table built once per step and rates, or the formula where
    rates are a sweep.
    """
    values = _rate_values(cell)
    if any(np.ndim(value) for _, value in values):
        return lambda V: gate_step(cell, V, h)
    return _table(type(cell), h, values)


def _rate_values(cell):
    """The parameters that enter a cell's rates, ((name, value), ...): what a table is kept
    under.
    """
    return tuple((name, getattr(cell, name)) for name in cell.rate_parameters)


def relaxed(step, gates):
    """The gates after a `GateStep`, as a tuple."""
    return tuple(offset + decay * x for offset, decay, x in zip(step.offset, step.decay, gates))


class Splitting:
    """One step of the symmetric splitting: gates by half a step, V by a whole one, gates by the
    other half.

    Gates relax exactly at constant V; V follows the implicit midpoint rule (Crank-Nicolson for
    constant conductances). Second order in h and free of a stability limit (Hines 1984,
    10.1016/0020-7101(84)90008-4; Strang 1968, 10.1137/0705041). `middle(stiffness, source)`
    solves stiffness * V = source for V at the middle of the step: a division for a patch, a
    tridiagonal system for an axon.
    """
    def __init__(self, cell, h, middle=lambda stiffness, source: source / stiffness):
        self.cell, self.h, self.middle = cell, h, middle
        self.twice = 2 * cell.C_m / h
        self.half, self.full = gate_steps(cell, h / 2), gate_steps(cell, h)

    def __call__(self, state, I_ext):
        """The state one step later."""
        V, *gates = state
        gates = relaxed(self.half(np.asarray(V)), gates)
        V = self.new_voltage(V, gates, I_ext)
        state = (V, *relaxed(self.half(np.asarray(V)), gates))
        return tuple(map(float, state)) if np.ndim(V) == 0 else state

    def new_voltage(self, V, gates, I_ext):
        """V one step later, with the gates as they are at the middle of the step."""
        source, at = self.twice * V + I_ext, V
        for _ in range(2 if self.cell.channels_follow_V else 1):
            stiffness, drive = self.twice, source
            for g, E in self.cell.channels(at, *gates):
                stiffness, drive = stiffness + g, drive + g * E
            at = self.middle(stiffness, drive)
        return 2 * at - V

    def march(self, state, drive):
        """All states under `drive` (T, *batch): as repeated steps, with the half steps joined.

        V (T, *batch) is an array; each gate is a function that makes its array, since often
        nobody asks.
        """
        V, gates = state[0], np.array(relaxed(self.half(np.asarray(state[0])), state[1:]))
        if not isinstance(self.full, GateTable):
            return self._march_exactly(state, V, gates, drive)
        if type(V) is float:
            return self._march_floats(state, V, tuple(gates.tolist()), drive)
        states = self._march_in_place(state, V.copy(), gates.copy(), drive)
        return self._gates_later(states) if self.full.covers(
            states[0]).all() else self._march_exactly(state, V, gates, drive)

    def _march_exactly(self, state, V, gates, drive):
        """The loop of `march` for any rates and any V."""
        states = np.empty((len(state), len(drive), *np.shape(V)))
        states[:, 0] = state
        for k in range(1, len(drive)):
            V = self.new_voltage(V, gates, drive[k - 1])
            states[0, k], states[1:, k] = V, gates
            gates = relaxed(self.full(np.asarray(V)), gates)
        return self._gates_later(states)

    def _march_in_place(self, state, V, gates, drive):
        """The loop of `march` for a batch whose V stays in the table."""
        states = np.empty((len(state), len(drive), *V.shape))
        states[:, 0] = state
        relax, move = self.full.relaxer(V.shape), self.cell.voltage_mover(self, V, gates)
        for k in range(1, len(drive)):
            move(drive[k - 1])
            states[0, k], states[1:, k] = V, gates
            relax(V, gates)
        return states

    def _march_floats(self, state, V, gates, drive):
        """The loop of `march` for one run, on Python floats and the table's rows."""
        found = self.cell.march_floats(self, V, gates, drive[:-1])
        states = np.full((len(drive), len(state)), np.nan)
        states[0] = state
        states[1:len(found) + 1].flat = np.fromiter(chain.from_iterable(found), float,
                                                    len(found) * len(state))
        return self._gates_later(np.ascontiguousarray(states.T))

    def _gates_later(self, states):
        """V, then for each gate a function that makes it: brought from the middle of the steps
        to their ends, all at once.
        """
        block = max(1, TOGETHER // states[0, 0].size)

        @cache
        def finished():
            """V and the gates at the ends of the steps."""
            for first in range(1, states.shape[1], block):
                V, *gates = states[:, first:first + block]
                states[1:, first:first + block] = relaxed(self.half(V), gates)
            return states

        return [states[0], *(lambda k=k: finished()[k] for k in range(1, len(states)))]


def splitting(cell, h):
    """The `Splitting` scheme for one patch of membrane, or a batch of patches: the default of
    every `Membrane`.
    """
    return Splitting(require("cell", cell, "channels", EXAMPLE), number("h", h, "positive"))


@lru_cache(maxsize=16)
def _rate_table(kind, rate_values):
    """Opening rates, sums of rates, and what the next row adds to each (4 gates, rows), in
    1/ms.
    """
    V = np.linspace(LOW, HIGH, round((HIGH - LOW) * RATES_PER_MV) + 1)
    opening, closing = np.moveaxis([*kind(**dict(rate_values)).rates(V).values()], 1, 0)
    rates = np.concatenate([opening, opening + closing])
    return np.concatenate([rates, np.diff(rates, append=rates[:, -1:])])


def rate_reader(cell, V, rates):
    """A function that fills rates (2 gates, n) with opening rates and sums of rates at V (n,),
    interpolated linearly.
    """
    table, place, row = _rate_table(type(cell), _rate_values(cell)), np.empty_like(V), np.empty(
        V.shape, np.intp)
    found = np.empty((len(table), len(V)))
    values, slopes = np.split(found, 2)

    def read():
        """The rates at V, in place."""
        np.multiply(np.subtract(V, LOW, place), RATES_PER_MV, place)
        np.copyto(row, place, casting="unsafe")
        table.take(row, axis=1, out=found, mode="clip")
        np.multiply(slopes, np.subtract(place, row, place), slopes)
        np.add(values, slopes, rates)

    return read


def rk4_from_table(cell, h):
    """`rk4` for many lanes (n,) that differ in I_ext and state, with rates interpolated in a
    table: for f-I curves.

    At h = 0.08 ms each spike of Hodgkin-Huxley lanes at 200 currents from 0 to 20 µA/cm² is
    right to 0.02 ms for 500 ms (tested), in a fifth of the time that `splitting` takes for 0.03
    ms. Where the cell has no `form`, for a sweep of another parameter and where V leaves -150
    to 250 mV it is `rk4` itself. Like that, it blows up from about h = 0.09 on.
    """
    advance = rk4(require("cell", cell, "channels", EXAMPLE), h)
    form = None if cell.sweeps().keys() - {"I_ext"} else cell.form()

    def march(start, drive):
        """All states of a run, or None where the table doesn't serve."""
        if form is None or np.ndim(start[0]) != 1:
            return None
        states = march_rk4(form, h, start, drive)
        return states if ((states[0] >= LOW) & (states[0] < HIGH)).all() else None

    advance.march = march
    return advance


def exponential_euler(cell, h):
    """Gates and V each exactly, with the others held at the start of the step: stable, but only
    of order 1.
    """
    h = number("h", h, "positive")
    gates_at = gate_steps(require("cell", cell, "channels", EXAMPLE), h)

    def advance(state, I_ext):
        """The state one step later."""
        V, *gates = state
        channels = cell.channels(V, *gates)
        g = sum([g for g, _ in channels])
        V_inf = (sum([g * E for g, E in channels]) + I_ext) / g
        V_new = V_inf + (V - V_inf) * np.exp(-h / cell.C_m * g)
        return (V_new, *relaxed(gates_at(np.asarray(V)), gates))

    return advance


Membrane.scheme = staticmethod(splitting)
