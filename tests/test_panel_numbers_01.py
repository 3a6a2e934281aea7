"""The numbers that the panels of notebook 01 show, against solvers that share no code with the
course, at random settings over all their sliders.
"""
import itertools
import re

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from conftest import SETTINGS
from course_utils.notebook_01.counting import GATES
from course_utils.notebook_01.experiments import TeachingSession, ThreeInputUnit, TwoInputUnit


def at_random(record, names, rng):
    """A copy whose parameters are drawn between the ends of their sliders."""
    ends = {name: record.declared(name) for name in names}
    return record.but(**{name: rng.uniform(each.low, each.high) for name, each in ends.items()})


def answers(weights, theta):
    """The unit's answers, input by input."""
    found = []
    for x in itertools.product((0, 1), repeat=len(weights)):
        total = 0.0
        for w, bit in zip(weights, x):
            total += w * bit
        found.append(1 if total >= theta else 0)
    return found


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_unit_with_two_inputs(seed):
    unit = at_random(TwoInputUnit(), ("w1", "w2", "theta"), np.random.default_rng(seed))
    result = unit.run()
    wanted = answers([unit.w1, unit.w2], unit.theta)
    assert result.fires.tolist() == wanted
    assert result.gate == int("".join(map(str, wanted)), 2)
    for row, column in np.random.default_rng(seed).integers(0, 81, (20, 2)):
        there = [-2 + column * 0.05, -2 + row * 0.05]
        assert result.same[row, column] == (answers(there, unit.theta) == wanted)
    away = float(re.search(r"lies ([\d.]+) from", result.sentence())[1])
    slope = np.hypot(unit.w1, unit.w2)
    assert away == pytest.approx(abs(unit.theta) / slope, abs=0.006)


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_unit_with_three_inputs(seed):
    unit = at_random(ThreeInputUnit(), ("w1", "w2", "w3", "theta"), np.random.default_rng(seed))
    result = unit.run()
    wanted = answers([unit.w1, unit.w2, unit.w3], unit.theta)
    assert result.fires.tolist() == wanted
    assert f"{sum(wanted)} of 8" in result.sentence()
    assert f"function {int(''.join(map(str, wanted)), 2)} " in result.sentence()


def taught(x, y, steps, start=(0.0, 0.0, 0.0)):
    """(weights, whether each presentation was a mistake) of the rule, by hand; it stops after
    an epoch without a mistake.
    """
    v, mistakes = list(start), []
    for k in range(steps):
        if k and k % len(y) == 0 and not any(mistakes[-len(y):]):
            break
        (a, b), target = x[k % len(y)], y[k % len(y)]
        error = target - (1 if v[0] * a + v[1] * b + v[2] >= 0 else 0)
        v = [v[0] + error * a, v[1] + error * b, v[2] + error]
        mistakes.append(error != 0)
    return v, mistakes


def separable(x, y):
    """Whether a line separates the labels, by linear programming."""
    signed = [-(2 * label - 1) * np.append(point, 1) for point, label in zip(x, y)]
    found = linprog(np.zeros(3), A_ub=np.array(signed), b_ub=-np.ones(len(y)),
                    bounds=[(None, None)] * 3)
    return found.status == 0


def widest_margin(x, y):
    """The best margin, from the shortest vector that separates the examples by 1."""
    signed = np.array([(2 * label - 1) * np.append(p, 1) for p, label in zip(x, y)])
    start = linprog(np.zeros(3), A_ub=-signed, b_ub=-np.ones(len(y)),
                    bounds=[(None, None)] * 3).x
    found = minimize(lambda v: v @ v, start, jac=lambda v: 2 * v, method="SLSQP",
                     options={"ftol": 1e-12, "maxiter": 1000},
                     constraints={"type": "ineq", "fun": lambda v: signed @ v - 1,
                                  "jac": lambda v: signed})
    return 1 / np.linalg.norm(found.x)


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_perceptron_and_its_bound(seed):
    rng = np.random.default_rng(seed)
    session = at_random(TeachingSession(), ("w1", "w2", "b") if seed % 2 else (), rng)
    session = session.but(gate=GATES[rng.integers(16)], step=int(rng.integers(61)))
    session = session.moved(3, *rng.uniform(-0.5, 1.5, 2))
    result = session.run()
    x = [(0, 0), (0, 1), (1, 0), tuple(session.places[3])]
    y = [int(bit) for bit in f"{GATES.index(session.gate):04b}"]
    start = session.w1, session.w2, session.b
    v, mistakes = taught(x, y, session.step, start)
    assert result.v == pytest.approx(v)
    assert f"and {sum(mistakes)} mistake" in result.sentence()
    wrong = [(v[0] * a + v[1] * b + v[2] >= 0) != label for (a, b), label in zip(x, y)]
    assert result.wrong.tolist() == wrong and f"{sum(wrong)} of 4 points" in result.sentence()
    assert np.isfinite(result.bound) == separable(x, y)
    if np.isfinite(result.bound):
        assert len(taught(x, y, 4000, start)[1]) < 4000
        assert sum(taught(x, y, 4000, start)[1]) <= result.bound + 1e-6
    if np.isfinite(result.bound) and not any(start):
        longest = max(a * a + b * b + 1 for a, b in x)
        margin = np.sqrt(longest / result.bound)
        assert margin == pytest.approx(widest_margin(x, y), rel=1e-5)
