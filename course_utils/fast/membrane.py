"""The splitting scheme with the gates' factors read from a table, and its half steps joined.

What a gate does in one step depends on V alone. So a table over V, built once per step
and temperature, replaces the exponentials. Gates are carried from middle to middle of the
steps, one whole step a time, and brought to the ends of the steps afterwards, when
somebody asks.
"""
from functools import cache, lru_cache, partial
from itertools import chain

import numpy as np

from ..models.cable import Axon
from ..models.hodgkin_huxley import ReducedHodgkinHuxley, TrimmedHodgkinHuxley
from ..models.membrane import gate_factors, splitting
from ..registry import fast_form

__all__ = ["LOW", "VoltageTable", "enter_membrane", "voltages"]

LOW, HIGH = -150.0, 250.0  # the range of all tables in mV
TOGETHER = 30_000  # numbers that the last half step takes at once


def voltages(per_mV):
    """Voltages from -150 to 250 mV, so many per mV."""
    return np.linspace(LOW, HIGH, round((HIGH - LOW) * per_mV) + 1)


class VoltageTable:
    """Functions of V between -150 and 250 mV, from their values (functions, rows) at
    `voltages(per_mV)`, interpolated linearly.
    """

    def __init__(self, values, per_mV):
        slopes = np.diff(values, append=values[:, -1:])  # what the next row adds
        self.both = np.concatenate([values, slopes])
        self.per_mV = per_mV
        self.last = values.shape[1] - 1
        self.rows = [None] * self.last  # as tuples of floats, where `row` was asked

    def row(self, k):
        """Row k as a tuple of floats: the values, and what the next row adds to each."""
        self.rows[k] = row = tuple(self.both[:, k].tolist())
        return row

    def covers(self, V):
        """Whether all of V lies in the table."""
        return bool(((V >= LOW) & ((V - LOW) * self.per_mV < self.last)).all())

    def reader(self, V, out):
        """A function that fills out (functions, *batch) with the values at V (*batch), in place.
        """
        place, row = np.empty(V.shape), np.empty(V.shape, np.intp)
        found = np.empty((len(self.both), *V.shape))
        values, slopes = np.split(found, 2)

        def read():
            np.multiply(np.subtract(V, LOW, place), self.per_mV, place)
            np.copyto(row, place, casting="unsafe")
            self.both.take(row, axis=1, out=found, mode="clip")
            np.multiply(slopes, np.subtract(place, row, place), slopes)
            np.add(values, slopes, out)

        return read

    def __call__(self, V):
        """The values (functions, *batch) at V (*batch)."""
        out = np.empty((len(self.both) // 2, *V.shape))
        self.reader(V, out)()
        return out


@lru_cache(maxsize=32)
def gate_table(kind, temperature, h):
    """The table, kept, of offset(V) for each gate, then decay(V) for each: a step of length h
    makes offset + decay x of the gate x. Off by at most 1e-6 (tested).
    """
    cell, per_mV = kind(temperature=temperature), 50.0
    factors = np.array(gate_factors(cell, voltages(per_mV), h))
    x_inf, decay = factors[:, 0], factors[:, 1]
    return VoltageTable(np.concatenate([x_inf * (1 - decay), decay]), per_mV)


def relaxed(table, V, gates):
    """The gates (gates, *batch) after the step of a `gate_table` at V (*batch)."""
    offset, decay = np.split(table(V), 2)
    return offset + decay * gates


def enter_membrane(kind, march_floats, voltage_mover):
    """Enter `march` with these two loops for patches and axons of a kind of membrane."""
    for scheme in (splitting, Axon.scheme):
        fast_form(scheme, kind)(partial(march, march_floats, voltage_mover))


def march(march_floats, voltage_mover, scheme, cell, h, state, drive):
    """All states by `splitting`: V (T, *batch), and for each gate a function that makes it;
    NotImplemented for a sweep of temperatures and where V leaves the table.
    """
    V = np.array(state[0])
    if np.ndim(cell.temperature):
        return NotImplemented
    half, full = (gate_table(type(cell), cell.temperature, step) for step in (h / 2, h))
    if not full.covers(V):
        return NotImplemented
    step, gates = scheme(cell, h), relaxed(half, V, np.array(state[1:]))
    states = np.empty((len(state), len(drive), *V.shape))
    states[:, 0] = state
    if V.ndim:
        march_in_place(states, full, voltage_mover(step, V, gates), V, gates, drive)
    else:
        found = march_floats(step, full, float(V), gates.tolist(), drive[:-1])
        if found is None:
            return NotImplemented
        states[:, 1:] = np.fromiter(chain.from_iterable(found), float).reshape(-1, len(state)).T
    return gates_later(states, half) if full.covers(states[0]) else NotImplemented


def march_in_place(states, table, move, V, gates, drive):
    """The loop for a batch: fills `states` with V and the gates at the middle of the steps."""
    factors = np.empty((2 * len(gates), *V.shape))
    offset, decay = np.split(factors, 2)
    read = table.reader(V, factors)
    for k in range(1, len(drive)):
        move(drive[k - 1])
        states[0, k] = V
        states[1:, k] = gates
        read()
        np.multiply(decay, gates, gates)
        np.add(offset, gates, gates)


def march_floats(step, table, V, gates, drive):
    """The loop for one run: [(V, *gates), ...] after each step, gates at its middle; None where
    V leaves the table.
    """
    states, kinds, per_mV = [], range(len(gates)), table.per_mV
    offset, decay, more, faster = (slice(i * len(gates), (i + 1) * len(gates)) for i in range(4))
    for current in drive:
        V = step.new_voltage(V, gates, current)
        states.append((V, *gates))
        place = (V - LOW) * per_mV
        if not 0 <= place < table.last:
            return None
        k = int(place)
        row, part = table.rows[k] or table.row(k), place - k
        a, d, da, dd = row[offset], row[decay], row[more], row[faster]
        gates = [a[i] + part * da[i] + (d[i] + part * dd[i]) * gates[i] for i in kinds]
    return states


def voltage_mover(step, V, gates):
    """A function of I_ext that moves V (*batch) by one step, in place."""
    def move(I_ext):
        V[...] = step.new_voltage(V, gates, I_ext)

    return move


def gates_later(states, half):
    """V, then for each gate a function that makes it: brought from the middle of the steps to
    their ends, all at once.
    """
    block = max(1, TOGETHER // states[0, 0].size)

    @cache
    def finished():
        for first in range(1, states.shape[1], block):
            part = states[:, first:first + block]
            part[1:] = relaxed(half, part[0], part[1:])
        return states

    return [states[0], *(lambda k=k: finished()[k] for k in range(1, len(states)))]


for kind in (ReducedHodgkinHuxley, TrimmedHodgkinHuxley):
    enter_membrane(kind, march_floats, voltage_mover)
