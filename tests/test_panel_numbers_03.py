"""The numbers that the panels of notebook 03 show, against a solver that shares no code with the
course, at random settings over all their sliders.
"""
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from conftest import SETTINGS
from course_utils.notebook_03.experiments import (
    KickedRhythm,
    OneKick,
    OneStart,
    PhasePlane,
    TwoKicks,
    tongues,
)

USUAL = (0.5, 0.08, 0.7, 0.8)  # I_ext, delta, a, b


def field(I, delta, a, b):
    """The equations, written out once more, as scipy calls them."""
    return lambda t, y: [y[0] - y[0]**3 / 3 - y[1] + I, delta * (y[0] + a - b * y[1])]


def solved(parameters, start, end, **options):
    return solve_ivp(field(*parameters), (0, end), start, method="DOP853", rtol=1e-11,
                     atol=1e-11, **options)


def upwards(t, y):
    return y[0]


upwards.direction = 1


@cache
def usual_cycle():
    """(state at phase 0, period) at the usual parameters."""
    found = solved(USUAL, (1.0, 0.0), 600, events=upwards)
    return found.y_events[0][-1], float(np.diff(found.t_events[0])[-1])


def last_crossing(kicks, cycles):
    """When v last passes 0 upwards, in cycles, from phase 0 with kicks (when, size) on the way.
    """
    state, T = usual_cycle()
    now, crossed = 0.0, []
    for when, size in [*sorted(kicks), (cycles, 0.0)]:
        if when > now:
            found = solved(USUAL, state, (when - now) * T, events=upwards)
            crossed += [now + t / T for t in found.t_events[0] if t > 1e-6]
            state = found.y[:, -1]
        state, now = state + [size, 0.0], when
    return crossed[-1]


def shift_by(kicks, cycles=20.5):
    """The shift in cycles that kicks leave behind, in (-0.5, 0.5]."""
    late = round(cycles - 0.5) - last_crossing(kicks, cycles)
    return 0.5 - np.mod(0.5 - late, 1.0)


def drawn(home, rng, **ranges):
    """A record with every slider at a random place."""
    values = {}
    for name, ends in ranges.items():
        low, high = ends or (home.declared(name.replace("__", ".")).low,
                             home.declared(name.replace("__", ".")).high)
        values[name.replace("__", ".")] = float(rng.uniform(low, high))
    return home.but(**values)


@pytest.mark.parametrize("seed", SETTINGS)
def test_the_phase_plane(seed):
    record = drawn(PhasePlane(), np.random.default_rng(seed), neuron__I_ext=None,
                   neuron__delta=(0.02, 0.6), neuron__a=None, neuron__b=None, v0=None, w0=None)
    neuron, found = record.neuron, record.run()
    parameters = neuron.I_ext, neuron.delta, neuron.a, neuron.b
    exact = solved(parameters, (record.v0, record.w0), 200.0, t_eval=found.run.t)
    assert found.run.v == pytest.approx(exact.y[0], abs=2e-3)
    assert found.run.w == pytest.approx(exact.y[1], abs=2e-3)
    for lane in np.random.default_rng(seed).integers(0, 400, 3):
        start = found.trajectories.v[0, lane], found.trajectories.w[0, lane]
        end = solved(parameters, start, 200.0).y[:, -1]
        assert found.trajectories.v[-1, lane] == pytest.approx(end[0], abs=0.03)
    v, w = np.array(found.stable + found.unstable).T
    assert np.abs(field(*parameters)(0, (v, w))).max() < 1e-9
    for kind, points in (("stable", found.stable), ("unstable", found.unstable)):
        for v, w in points:
            matrix = [[1 - v * v, -1], [neuron.delta, -neuron.b * neuron.delta]]
            grows = np.linalg.eigvals(matrix).real.max() > 0
            assert grows == (kind == "unstable")
            assert f"({v:.3f}, {w:.3f}) is {kind}" in found.sentence()


@pytest.mark.parametrize("seed", SETTINGS)
def test_one_start(seed):
    record = drawn(OneStart(), np.random.default_rng(seed), neuron__I_ext=None, v0=None)
    found = record.run()
    roots = np.roots([0.8 / 3, 0, 0.2, 0.7 - 0.8 * record.neuron.I_ext])
    v = float(roots[np.abs(roots.imag) < 1e-9].real[0])
    start = record.v0, (v + 0.7) / 0.8
    exact = solved((record.neuron.I_ext, *USUAL[1:]), start, 200.0, t_eval=found.run.t).y[0]
    assert found.run.v == pytest.approx(exact, abs=2e-3)
    assert found.low == pytest.approx(exact[1000:].min(), abs=2e-3)
    assert found.high == pytest.approx(exact[1000:].max(), abs=2e-3)


@pytest.mark.parametrize("seed", SETTINGS)
def test_two_kicks(seed):
    rng = np.random.default_rng(seed)
    record = drawn(TwoKicks(), rng, size=None, first=None, second=(9.5, 11.5))
    record = record.but(order=str(rng.choice(["+ then −", "− then +"])))
    found = record.run()
    (t1, size), (t2, _) = found.kicks
    assert abs(t1 - record.first) <= 0.0025 + 1e-9 and abs(t2 - record.second) <= 0.0025 + 1e-9
    assert abs(size) == record.size and (size > 0) == record.order.startswith("+")
    for shift, sign in ((found.shift, 1), (found.other_shift, -1)):
        exact = shift_by([(t1, sign * size), (t2, -sign * size)])
        away = abs(0.5 - np.mod(0.5 - (shift - exact), 1.0))
        assert away < 2e-3, (record, shift, exact)


@pytest.mark.parametrize("seed", SETTINGS)
def test_one_kick(seed):
    record = drawn(OneKick(), np.random.default_rng(seed), size=(-1.2, 3.0), phase=None)
    found = record.run()
    phase = round(record.phase * 400) / 400  # a kick falls on one of 400 steps of the cycle
    assert found.shift == pytest.approx(shift_by([(phase, record.size)]), abs=1e-3)
    near = np.random.default_rng(seed).integers(0, len(found.old) - 1, 3)
    for old, new in zip(found.old[near], found.new[near]):
        exact = old + shift_by([(old, record.size)])
        away = abs(0.5 - np.mod(0.5 - (new - exact), 1.0))
        assert away < 1e-3 or 0.74 < old < 0.78 or 0.6 < old < 0.7, (record, old)


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_rhythm_of_kicks(seed):
    """Map and full equations arrive where an independent solver says, kick by kick."""
    record = drawn(KickedRhythm(), np.random.default_rng(seed), ratio=None, size=None,
                   first=(0, 0.95))
    ratio, size, first, found = record.ratio, record.size, record.first, record.run()
    state, T = usual_cycle()
    state = solved(USUAL, state, first * T).y[:, -1]
    for k in range(3):
        shift = state + [size, 0.0]
        state = solved(USUAL, shift, ratio * T).y[:, -1]
        late = solved(USUAL, state, 6.5 * T, events=upwards).t_events[0]
        phase = np.mod(-late[-1] / T, 1.0)
        for arrival in (found.full[k + 1], found.mapped[k + 1]):
            assert abs(0.5 - np.mod(0.5 - (arrival - phase), 1.0)) < 3e-3
    assert f"{found.per_kick():.4f} cycles per kick" in found.sentence()


def test_the_ranges_of_locking_and_the_tongues():
    """The reference ranges of 1:1, one 3:2 lock, and the same locks in the painted plane."""
    for size, low, high in ((0.1, 0.971309, 1.011343), (-0.2, 0.974461, 1.055707)):
        assert KickedRhythm(size=size).run().one_to_one() == pytest.approx((low, high), abs=2e-4)
    assert KickedRhythm(ratio=0.66, size=0.3).run().per_kick() == pytest.approx(2 / 3, abs=1e-4)
    ratio, size, pull = tongues(KickedRhythm().neuron)
    cycles = (pull + ratio)[np.argmin(abs(size - 0.2))]
    locked = ratio[abs(cycles - 1) < 1e-4]
    assert (locked.min(), locked.max()) == pytest.approx((0.942351, 1.023134), abs=0.006)
