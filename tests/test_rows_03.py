"""Kicked every cycle, loops and their fixed points, and rhythms that are none: reference numbers of
notebook 03, computed independently by the phase map and by the full equations.
"""
from functools import cache

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.interpolate import CubicSpline
from scipy.optimize import brentq

from course_utils.analysis.dynamics import fixed_points, hopf_currents, period
from course_utils.analysis.phases import phase_response
from course_utils.equilibria import is_stable, jacobian
from course_utils.model import Model, parameter
from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.notebook_03.cycles import limit_cycle
from course_utils.notebook_03.experiments import resetting_type
from course_utils.notebook_03.phases import (
    asymptotic_phase,
    floquet_multiplier,
    infinitesimal_prc,
)
from course_utils.solve import simulate

NEURON = FitzHughNagumo(I_ext=0.5)


# --- Kicked every cycle


def border(kick, near, slope=0.0, width=0.01):
    """(phase, P/T) at the end of a range of 1:1 locking: there the shift has this slope, 0 or -2.

    The new phase after a kick has the slope 1 or -1 there, so that a neighbour no longer returns.
    near: where to look; the curve is fitted closer and closer.
    """
    x = np.linspace(-1, 1, 9)
    for closer in (1, 5, 25):
        h = width / closer
        shift = np.unwrap(phase_response(NEURON, kick, near + h * x), period=1)
        curve = np.polynomial.Polynomial.fit(x, shift, 6)
        roots = (curve.deriv() - slope * h).roots()
        root = roots[np.argmin(abs(roots))].real
        near += h * root
    return near % 1, 1 - curve(root)


RANGES = {  # kick: near which phases the range ends, its ends in P/T
    0.1: ((0.8735, 0.3133), (0.971309, 1.011343)),
    0.05: ((0.8832, 0.3098), (0.985701, 1.005789)),
    0.2: ((0.8530, 0.7463), (0.942351, 1.023134)),
    0.4: ((0.8105, 0.7508), (0.884286, 1.089607)),
    -0.2: ((0.2895, 0.9283), (0.974461, 1.055707)),
}
SLOW = pytest.mark.slow


@pytest.mark.parametrize("kick", [0.1, *(pytest.param(k, marks=SLOW) for k in RANGES if k != 0.1)])
def test_the_range_of_one_kick_a_cycle_ends_where_the_shift_is_largest(kick):
    """A rhythm of kicks is followed where the shift that it needs, 1 - P/T, is one that the kick
    can give, from the largest advance to the largest delay.
    """
    near, ends = RANGES[kick]
    for phase, end in zip(near, ends):
        assert border(kick, phase)[1] == pytest.approx(end, abs=1e-5)
    shift = phase_response(NEURON, kick, np.arange(200) / 200)
    assert 1 - shift.max() == pytest.approx(ends[0], abs=2e-4) and 1 - shift.max() >= ends[0]
    assert 1 - shift.min() == pytest.approx(ends[1], abs=2e-3) and 1 - shift.min() <= ends[1]
    assert (np.gradient(shift, 1 / 200) > -2).all()


@pytest.mark.slow
@pytest.mark.parametrize("kick, near, slope, end, tolerance", [
    (1.0, 0.6843, 0, 0.714185, 1e-5), (1.0, 0.6404, -2, 1.082390, 1e-5),
    (-1.5, 0.1453, 0, 0.7279, 1e-4), (-1.5, 0.9811, -2, 1.169980, 1e-5),
    (3.0, 0.4776, -2, 0.3325, 1e-4), (3.0, 0.4133, -2, 1.154946, 1e-5)])
def test_for_strong_kicks_one_border_is_a_period_doubling(kick, near, slope, end, tolerance):
    """Where the slope of the shift reaches -2, a neighbour comes back on the other side."""
    assert resetting_type(NEURON, kick) == 0
    found = border(kick, near, slope, 0.0005)[1]
    assert (found - end + 0.5) % 1 - 0.5 == pytest.approx(0, abs=tolerance)


def test_the_range_of_a_weak_kick_is_proportional_to_it():
    """To first order the shift is the kick times the sensitivity over the period: for 0.1 that
    gives 0.97151 to 1.01181.
    """
    Z = infinitesimal_prc(NEURON, np.linspace(0, 1, 2001))[0]
    ends = 1 - 0.1 * np.array([Z.max(), Z.min()]) / period(NEURON)
    assert ends == pytest.approx([0.97151, 1.01181], abs=1e-5)


def test_the_cycle_is_reached_again_before_the_next_kick():
    assert floquet_multiplier(NEURON) == pytest.approx(2.3e-17, rel=0.02)


LOBES = [((0.8736, 0.971309), (0.0527, 0.999568)), ((0.1797, 0.998750), (0.3134, 1.011343)),
         ((0.4178, 1.000429), (0.7438, 1.009648))]


@pytest.mark.parametrize("lobe", [
    LOBES[1], *(pytest.param(each, marks=SLOW) for each in LOBES[::2])])
def test_delays_have_two_lobes_so_that_two_locks_coexist(lobe):
    """The falling parts of the curve of kick 0.1, where a lock is stable."""
    for phase, end in lobe:
        assert border(0.1, phase) == (pytest.approx(phase, abs=1e-4), pytest.approx(end, abs=1e-5))


def kicked(ratio, starts, kicks):
    """The phases (starts,) at which the last of so many kicks of 0.1 arrives, by the full
    equations: they come every `ratio` cycles, the first at the phases `starts`.
    """
    run = limit_cycle(NEURON, 0.0, 20_001)
    k = np.round(np.array(starts) * 20_000).astype(int)
    state = run.states[:, k]
    t = np.linspace(0, ratio * period(NEURON), 601)
    for _ in range(kicks):
        state = simulate(NEURON, t, (state[0] + 0.1, state[1])).states[:, -1]
    return asymptotic_phase(NEURON, tuple(state), 0.0)


def test_the_start_decides_between_two_locks():
    """Kicks of 0.1 every 1.00504 cycles end at phase 0.26200 or at 0.67428."""
    assert kicked(1.00504, [0.25, 0.66], 100) == pytest.approx([0.26200, 0.67428], abs=1e-4)


@pytest.mark.slow
def test_kicks_a_little_fast_arrive_at_one_phase():
    assert kicked(0.98544, [0.2, 0.6, 0.95], 200) == pytest.approx([0.94563] * 3, abs=1e-4)


@cache
def new_phase(kick):
    """The new phase after a kick against the old one: a function of any number of cycles."""
    old = np.arange(801) / 800
    shift = phase_response(NEURON, kick, old[:-1])
    shift = CubicSpline(old, [*shift, shift[0]], bc_type="periodic")
    return lambda phase: phase + shift(phase % 1)


@pytest.mark.parametrize("kick, low, high", [
    (0.1, 0.486060, 0.506804), pytest.param(0.2, 0.472259, 0.513468, marks=SLOW),
    pytest.param(0.3, 0.458868, 0.522797, marks=SLOW)])
def test_two_kicks_a_cycle(kick, low, high):
    """Two kicks lead back to the same phase where g(g(phase) + p) + p - 1 = phase has a root."""
    g, old = new_phase(kick), np.arange(8000) / 8000

    def missing(p):
        return g(g(old) + p) + p - 1 - old

    assert brentq(lambda p: missing(p).max(), 0.4, 0.6) == pytest.approx(low, abs=1e-5)
    assert brentq(lambda p: missing(p).min(), 0.4, 0.6) == pytest.approx(high, abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("kick, ratio, starts", [(3.0, 0.338, 0.5), (-1.5, 0.730, 0.15)])
def test_strong_kicks_that_come_too_soon_lock_later_than_the_map_says(kick, ratio, starts):
    """There a kick meets a state that is not back on the cycle: the full equations lock from 0.338
    and from 0.730, where the map has 0.3325 and 0.7279.
    """
    run = limit_cycle(NEURON, 0.0, 20_001)
    k = np.round((starts + np.linspace(0, 0.25, 6)) % 1 * 20_000).astype(int)

    def locks(ratio):
        t, state, seen = np.linspace(0, ratio * period(NEURON), 1601), run.states[:, k], []
        for _ in range(260):
            state = simulate(NEURON, t, (state[0] + kick, state[1])).states[:, -1]
            seen.append(state)
        return bool((np.abs(np.diff(seen[-6:], axis=0)).max(axis=(0, 1)) < 1e-3).any())

    assert locks(ratio + 0.003) and not locks(ratio - 0.004)


# --- Loops and what they enclose


def test_the_loop_runs_counter_clockwise_round_its_fixed_point():
    """Right of the line w grows, so with v to the right and w upwards the enclosed area is
    positive; the direction of the field makes one turn.
    """
    run = limit_cycle(NEURON, points=20_001)
    area = (run.v[:-1] * np.diff(run.w) - run.w[:-1] * np.diff(run.v)).sum() / 2
    assert area == pytest.approx(4.948608, abs=1e-5)
    dv, dw = NEURON.rhs((run.v, run.w), 0.5)
    assert np.ptp(np.unwrap(np.arctan2(dw, dv))[[0, -1]]) == pytest.approx(2 * np.pi, abs=1e-3)
    (v, w), = fixed_points(NEURON)
    assert turns_round(run, v, w) == 1


def turns_round(run, v, w):
    """How often a closed orbit goes round a point."""
    angle = np.unwrap(np.arctan2(run.w - w, run.v - v))
    return round((angle[-1] - angle[0]) / (2 * np.pi))


def test_a_cycle_round_three_fixed_points_has_index_one():
    """A node or spiral counts +1, a saddle -1; together they are 1 inside any closed orbit."""
    model = FitzHughNagumo(a=0.0, b=1.2, delta=0.08, I_ext=0.0)
    cycle = limit_cycle(model, points=4001)
    assert cycle.t[-1] == pytest.approx(42.767139, abs=1e-4)
    points = fixed_points(model)
    assert [v for v, _ in points] == pytest.approx([-0.707107, 0, 0.707107], abs=1e-6)
    matrices = [model.jacobian(point) for point in points]
    assert np.linalg.det(matrices) == pytest.approx([0.032, -0.016, 0.032])
    assert [np.trace(matrix) for matrix in matrices] == pytest.approx([0.404, 0.904, 0.404])
    assert sum(np.sign(np.linalg.det(matrices))) == 1
    assert all(turns_round(cycle, *point) == 1 for point in points)


@pytest.mark.parametrize("b, delta, currents", [
    (0.5, 1.0, (0.575042089, 2.224957911)), (0.5, 1.9, (1.172666422, 1.627333578)),
    (0.6, 1.6, (1.030666667, 1.302666667)), (0.5, 2.0001, ()), (0.6, 1.7, ())])
def test_no_current_makes_rest_unstable_beyond_delta_1_over_b(b, delta, currents):
    """The trace of the matrix is largest at v = 0, where it is 1 - b delta. Below, the two Hopf
    currents are 2 ((1/b - 1) s + s^3 / 3) apart, s^2 = 1 - b delta.
    """
    found = hopf_currents(FitzHughNagumo(b=b, delta=delta))
    assert found == pytest.approx(currents, abs=1e-8)
    if currents:
        s = np.sqrt(1 - b * delta)
        assert np.ptp(found) == pytest.approx(2 * ((1 / b - 1) * s + s**3 / 3), abs=1e-9)


# --- Rhythms that are none


class Quadratic(Model):
    """v squared in place of the cubic: nothing bends the orbit back."""

    states = {"v": "1", "w": "1"}
    time_unit = "1"
    I_ext: float = parameter(0.0)

    def rhs(self, state, I_ext):
        v, w = state
        return v * v - w + I_ext, 0.08 * (v + 0.7 - 0.8 * w)


def explodes(I, beside):
    """When v passes a million, from the fixed point + `beside` in v."""
    v = (1 / 0.8 - np.sqrt(1 / 0.64 - 4 * (I - 0.7 / 0.8))) / 2
    assert Quadratic().rhs((v, (v + 0.7) / 0.8), I) == pytest.approx((0, 0), abs=1e-12)

    def high(_, y):
        return y[0] - 1e6

    high.terminal = True
    run = solve_ivp(lambda t, y: Quadratic().rhs(y, I), (0, 3000), [v + beside, (v + 0.7) / 0.8],
                    method="DOP853", rtol=1e-10, atol=1e-12, events=high)
    return run.t[-1] + 1e-6 if run.status == 1 else np.inf


def test_a_hopf_point_is_no_proof_of_a_rhythm():
    """With v^2 for v - v^3/3 the rest loses its stability and v runs to infinity: there is no
    cycle.
    """
    model = Quadratic()
    I, = hopf_currents(model)
    assert pytest.approx(0.913976, abs=1e-9) == I
    assert I == pytest.approx((0.032 + 0.7) / 0.8 - 0.032**2)
    assert len(fixed_points(model.but(I_ext=1.2656))) == 2
    assert fixed_points(model.but(I_ext=1.2657)) == []
    assert explodes(I + 0.05, 0.01) == pytest.approx(76.692, abs=0.01)
    with pytest.raises(ValueError, match="no stable cycle"):
        period(model.but(I_ext=I + 0.05))


@pytest.mark.slow
def test_near_the_hopf_point_it_only_takes_longer():
    assert explodes(0.913976 + 0.01, 0.01) == pytest.approx(309.107, abs=0.01)
    assert explodes(0.913976 - 0.02, 0.02) == np.inf


class WithoutReset(Model):
    """0.04 v^2 + 5 v + 140 - u + I with its slow variable, and without its reset."""

    states = {"v": "mV", "u": "1"}
    I_ext: float = parameter(0.0)

    def rhs(self, state, I_ext):
        v, u = state
        return 0.04 * v * v + 5 * v + 140 - u + I_ext, 0.02 * (0.2 * v - u)


def test_a_quadratic_neuron_needs_its_reset():
    """Hopf point at 3.7975, fixed points merge at 4."""
    model = WithoutReset()
    assert hopf_currents(model) == pytest.approx((3.7975,), abs=1e-6)
    assert len(fixed_points(model.but(I_ext=3.99))) == 2
    assert fixed_points(model.but(I_ext=4.01)) == []
    stable = [is_stable(model, point, 3.0) for point in fixed_points(model.but(I_ext=3.0))]
    assert stable == [True, False]
    saddle = jacobian(model.but(I_ext=3.0).field, fixed_points(model.but(I_ext=3.0))[1])
    assert np.linalg.det(saddle) < 0


def test_a_reset_makes_a_rhythm_without_any_fixed_point():
    """dv/dt = v^2 + I, reset from +r to -r, has the period 2/sqrt(I) arctan(r/sqrt(I)), which nears
    pi/sqrt(I); every positive kick shortens it.
    """
    I, r = 0.04, 20.0

    def time(low, high):
        return quad(lambda v: 1 / (v * v + I), low, high, points=[0] if low < 0 < high else None)[0]

    T = time(-r, r)
    assert T == pytest.approx(15.607967, abs=1e-6)
    assert T == pytest.approx(2 / np.sqrt(I) * np.arctan(r / np.sqrt(I)))
    assert T < np.pi / np.sqrt(I) < 15.71
    for v in (-5.0, -0.1, 0.0, 0.1, 5.0):
        assert time(-r, v) + time(v + 0.1, r) < T
