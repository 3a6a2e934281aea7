"""Cycles as notebook 03 asks for them: one turn of the stable one, and of the unstable one, and the
period of the one of a very slow w.
"""
from itertools import product

import numpy as np

from ..analysis.dynamics import (
    Cycle,
    cycle_from,
    fixed_points,
    from_threshold,
    single,
    slowest_turn,
    stable_cycle,
)
from ..checks import require, whole_number
from ..equilibria import is_stable
from ..solve import Run

__all__ = ["limit_cycle", "relaxation_period", "unstable_cycle"]

STARTS = (0.1, 0.01, 0.001)  # first state beside the fixed point, in units of 1 + |x*|


def limit_cycle(model, threshold=None, points=1001):
    """One turn of the stable limit cycle at `model.I_ext`: a `Run`, t from 0 to the period.

    threshold: t = 0 where the first state crosses it upwards, by default in the middle of the
    cycle's range. points: how many times. Raises ValueError where there is no cycle.
    """
    return _one_turn(model, stable_cycle(model, threshold), whole_number("points", points, 2))


def _one_turn(model, cycle, points):
    """One turn of a cycle as a `Run`."""
    t = np.linspace(0, cycle.period, points)
    return Run(model, t, zip(model.states, cycle.state(t)))


def unstable_cycle(model, points=1001):
    """One turn of an unstable limit cycle round a stable fixed point of a planar model: a
    `Run`, t from 0 to the period.

    It is found by running time backwards, which turns its repulsion into attraction.
    Raises ValueError where there is none, TypeError for a model with more than two
    states.
    """
    points = whole_number("points", points, 2)
    if len(single(model).states) != 2:
        raise TypeError(
            f"unstable_cycle needs a model with two states; {type(model).__name__} has "
            f"{len(model.states)}")
    fixed = fixed_points(model)
    stable = [point for point in fixed if is_stable(model, point, model.I_ext)]

    def backwards(t, y):
        """The vector field with time reversed."""
        return [-slope for slope in model.rhs(tuple(y.tolist()), model.I_ext)]

    for point, near in product(stable, STARTS):
        start = np.array(point)
        start[0] += near * (1 + abs(start[0]))
        found, _ = cycle_from(backwards, start, slowest_turn(model, fixed))
        if found:
            return _one_turn(model, _mirrored(from_threshold(found, None)), points)
    raise ValueError(f"no unstable cycle at I_ext = {model.I_ext:g} round a stable fixed point")


def _mirrored(cycle):
    """The same cycle with time reversed."""
    return Cycle(cycle.period, lambda t: cycle.state(-t))


def relaxation_period(neuron):
    """delta times the period of a `FitzHughNagumo` in the limit delta -> 0: the time on the two
    slow branches, since the jumps take none.

    Raises ValueError where an orbit would stop on an outer branch of the cubic, so that
    there is no such cycle.
    """
    from scipy.integrate import quad

    require("neuron", neuron, "delta", "a FitzHughNagumo()")

    def time_along(v):
        """delta dt/dv on the cubic."""
        w = neuron.rhs((v, 0.0), neuron.I_ext)[0]
        return neuron.delta * (1 - v * v) / neuron.rhs((v, w), neuron.I_ext)[1]

    if stops := [v for v, _ in neuron.fixed_states(neuron.I_ext) if abs(v) >= 1]:
        raise ValueError(
            f"at I_ext = {neuron.I_ext:g} the w-nullcline crosses an outer branch of the cubic "
            f"at v = {stops[0]:.4g}: the orbit stops there; try a current nearer to a/b")
    return quad(time_along, -2, -1)[0] + quad(time_along, 2, 1)[0]
