"""The splitting scheme with the gates' factors read from a table, and its half steps joined.

What a gate does in one step depends on V alone. So a table over V, built once per step and
temperature, replaces the exponentials. Gates are carried from middle to middle of the steps,
one whole step a time, and brought to the ends of the steps afterwards, when somebody asks.
"""
from functools import cache, lru_cache, partial
from itertools import chain

import numpy as np

from ..models.cable import Axon
from ..models.hodgkin_huxley import ReducedHodgkinHuxley, TrimmedHodgkinHuxley
from ..models.membrane import gate_factors, splitting
from ..registry import fast_form

__all__ = ["HIGH", "LOW", "PER_MV", "GateTable", "enter_membrane", "gate_table"]

LOW, HIGH, PER_MV = -150.0, 250.0, 50.0  # the table's range in mV and its rows per mV
TOGETHER = 30_000  # numbers that the last half step takes at once


class GateTable:
    """A step of length h of the gates: x becomes offset(V) + decay(V) x, interpolated linearly
    in V. Off by at most 1e-6 (tested).
    """

    def __init__(self, cell, h):
        V = np.linspace(LOW, HIGH, round((HIGH - LOW) * PER_MV) + 1)
        x_inf, decay = np.moveaxis(np.array(gate_factors(cell, V, h)), 1, 0)
        values = np.concatenate([x_inf * (1 - decay), decay])  # (2 gates, rows)
        slopes = np.diff(values, append=values[:, -1:])  # what the next row adds
        self.both = np.concatenate([values, slopes])
        self.gates = len(x_inf)
        self.last = len(V) - 1
        self.rows = [None] * self.last  # as tuples of floats, where `row` was asked

    def row(self, k):
        """Row k as a tuple of floats: offsets, decays and what the next row adds to each."""
        self.rows[k] = row = tuple(self.both[:, k].tolist())
        return row

    def covers(self, V):
        """Whether all of V lies in the table."""
        return bool(((V >= LOW) & ((V - LOW) * PER_MV < self.last)).all())

    def relaxed(self, V, gates):
        """The gates (gates, *batch) one step later, at V (*batch) in the table."""
        place = (V - LOW) * PER_MV
        row = place.astype(np.intp)
        values, slopes = np.split(self.both.take(row, axis=1, mode="clip"), 2)
        offset, decay = np.split(values + slopes * (place - row), 2)
        return offset + decay * gates

    def relaxer(self, shape):
        """A function (V, gates) that does the same in place and allocates nothing."""
        place, row = np.empty(shape), np.empty(shape, np.intp)
        found = np.empty((2, 2, self.gates, *shape))
        offsets, decays = np.moveaxis(found, 1, 0)  # each: in the row, and what a row adds
        flat = found.reshape(-1, *shape)

        def relax(V, gates):
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
def gate_table(kind, temperature, h):
    """The `GateTable` of a kind of membrane, kept."""
    return GateTable(kind(temperature=temperature), h)


def enter_membrane(kind, march_floats, voltage_mover):
    """Enter `march` with these two loops for patches and axons of a kind of membrane."""
    for scheme in (splitting, Axon.scheme):
        fast_form(scheme, kind)(partial(march, march_floats, voltage_mover))


def march(march_floats, voltage_mover, scheme, cell, h, state, drive):
    """All states by `splitting`: V (T, *batch), and for each gate a function that makes it;
    NotImplemented for a sweep of temperatures and where V leaves the table.
    """
    V = np.asarray(state[0])
    if np.ndim(cell.temperature):
        return NotImplemented
    half, full = (gate_table(type(cell), cell.temperature, step) for step in (h / 2, h))
    if not full.covers(V):
        return NotImplemented
    step, gates = scheme(cell, h), half.relaxed(V, np.array(state[1:]))
    states = np.empty((len(state), len(drive), *V.shape))
    states[:, 0] = state
    if V.ndim:
        march_in_place(states, full, voltage_mover(step, V := V.copy(), gates), V, gates, drive)
    else:
        found = march_floats(step, full, float(V), gates.tolist(), drive[:-1])
        if found is None:
            return NotImplemented
        states[:, 1:] = np.fromiter(chain.from_iterable(found), float).reshape(-1, len(state)).T
    return gates_later(states, half) if full.covers(states[0]) else NotImplemented


def march_in_place(states, table, move, V, gates, drive):
    """The loop for a batch: fills `states` with V and the gates at the middle of the steps."""
    relax = table.relaxer(V.shape)
    for k in range(1, len(drive)):
        move(drive[k - 1])
        states[0, k] = V
        states[1:, k] = gates
        relax(V, gates)


def march_floats(step, table, V, gates, drive):
    """The loop for one run: [(V, *gates), ...] after each step, gates at its middle; None where
    V leaves the table.
    """
    states, kinds = [], range(table.gates)
    offset, decay, more, faster = (slice(i * table.gates, (i + 1) * table.gates)
                                   for i in range(4))
    for current in drive:
        V = step.new_voltage(V, gates, current)
        states.append((V, *gates))
        place = (V - LOW) * PER_MV
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
            part[1:] = half.relaxed(part[0], part[1:])
        return states

    return [states[0], *(lambda k=k: finished()[k] for k in range(1, len(states)))]


for kind in (ReducedHodgkinHuxley, TrimmedHodgkinHuxley):
    enter_membrane(kind, march_floats, voltage_mover)
