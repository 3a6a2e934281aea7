"""The passive membrane and the integrate-and-fire neuron against closed forms and the
introduction's reference numbers.
"""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.notebook_00.membranes import IntegrateAndFire, PassiveMembrane, exact_step
from course_utils.solve import euler, rk4, simulate

CELL = PassiveMembrane()  # V_inf = 20 mV, tau = 10 ms


def by_euler(h, until):
    return simulate(CELL, np.arange(round(until / h) + 1) * h, start=(0.0,), scheme=euler)


def test_default_has_the_introductions_time_constant_and_steady_voltage():
    assert (CELL.time_constant, CELL.steady_voltage) == (10, 20)


def test_exact_voltage_after_one_time_constant():
    assert CELL.exact(10.0) == pytest.approx(12.642411, abs=1e-6)
    assert simulate(CELL, [0.0, 10.0]).V[-1] == pytest.approx(12.642411, abs=1e-6)


def test_first_three_euler_values_at_one_ms():
    assert by_euler(1.0, 3).V[1:] == pytest.approx([2.0, 3.8, 5.42], abs=1e-12)


@pytest.mark.parametrize("h, error", [(1, 0.384020), (0.5, 0.187870), (0.25, 0.092940),
                                      (0.125, 0.046226)])
def test_euler_error_after_one_time_constant(h, error):
    assert by_euler(h, 10).V[-1] - CELL.exact(10.0) == pytest.approx(error, abs=1e-6)


def test_euler_is_of_first_order():
    errors = [by_euler(h, 10).V[-1] - CELL.exact(10.0) for h in (0.02, 0.01)]
    assert errors[0] / errors[1] == pytest.approx(2, abs=1e-3)


def test_euler_below_tau_is_monotone():
    V = by_euler(9.0, 90).V
    assert (np.diff(V) > 0).all() and V[-1] < 20


def test_euler_at_tau_lands_on_the_steady_voltage_in_one_step():
    assert by_euler(10.0, 40).V[1:] == pytest.approx([20] * 4, abs=1e-12)


def test_euler_between_tau_and_twice_tau_rings_and_settles():
    away = by_euler(18.0, 18 * 60).V - 20
    assert (away[1:] * away[:-1] < 0).all() and abs(away[-1]) < 1e-4


def test_euler_at_twice_tau_rings_for_ever():
    assert by_euler(20.0, 100).V == pytest.approx([0, 40, 0, 40, 0, 40], abs=1e-9)


def test_euler_beyond_twice_tau_diverges():
    away = np.abs(by_euler(21.0, 21 * 30).V - 20)
    assert (np.diff(away) > 0).all()


def test_exact_step_is_the_closed_form_at_any_step():
    for h in (0.1, 7.0, 35.0):
        t = np.arange(8) * h
        assert simulate(CELL, t).V == pytest.approx(CELL.exact(t), abs=1e-12)


@given(st.floats(0.1, 50), st.floats(-30, 60), st.floats(-5, 5))
def test_two_half_steps_are_one_step(h, V, I_ext):
    half, whole = exact_step(CELL, h / 2), exact_step(CELL, h)
    assert half(half((V,), I_ext), I_ext) == pytest.approx(whole((V,), I_ext), abs=1e-9)


def test_the_vector_field_is_the_slope_of_the_closed_form():
    slope = (CELL.exact(3 + 1e-5) - CELL.exact(3 - 1e-5)) / 2e-5
    assert CELL.rhs((CELL.exact(3.0),), CELL.I_ext)[0] == pytest.approx(slope, rel=1e-8)
    t = np.linspace(0, 30, 301)
    assert simulate(CELL, t, scheme=rk4).V == pytest.approx(CELL.exact(t), abs=1e-7)


def test_rest_and_hold():
    assert CELL.rest() == (0.0,)
    assert CELL.clamped_at(12.0)[0] == pytest.approx(1.2)
    sweep = CELL.but(R=np.array([5.0, 10.0]))
    assert sweep.rest()[0].shape == (2,)
    assert simulate(sweep, [0.0, 5.0, 500.0]).V[-1] == pytest.approx([10, 20])


@pytest.mark.parametrize("I_ext", [1.6, 2.0, 3.0, 5.0])
def test_the_rate_is_one_over_the_time_from_the_reset_to_the_threshold(I_ext):
    cell = IntegrateAndFire(I_ext=I_ext, V_reset=-3.0)
    t = np.linspace(0, 100, 100_001)
    V = simulate(cell, t, start=(cell.V_reset,), scheme=rk4).V
    interval = np.interp(cell.theta, V, t)
    assert cell.rate() == pytest.approx(1000 / interval, rel=1e-6)


def test_a_refractory_period_is_added_to_each_interval():
    """The exercise of the Lausanne course, counted from rest: 76.4 Hz with 2 ms."""
    cell = IntegrateAndFire(R=10.0, C_m=0.8, theta=15.0, I_ext=2.0, t_ref=2.0)
    assert cell.rate() == pytest.approx(1000 / (2 + 8 * np.log(4)))
    assert cell.rate() == pytest.approx(76.4, abs=0.05)
    assert cell.but(t_ref=0.0).rate() == pytest.approx(90.2, abs=0.05)
    assert cell.but(I_ext=1e6).rate() == pytest.approx(500, rel=1e-4)  # never above 1 / t_ref
    assert cell.but(I_ext=1.5).rate() == 0
    with pytest.raises(ValueError, match="t_ref"):
        cell.but(t_ref=-1.0)


def test_at_and_below_theta_over_R_it_never_fires():
    assert IntegrateAndFire(I_ext=1.499).rate() == IntegrateAndFire(I_ext=1.5).rate() == 0
    assert 0 < IntegrateAndFire(I_ext=1.5 + 1e-9).rate() < 10


def test_rate_of_a_sweep():
    rates = IntegrateAndFire(I_ext=np.array([1.0, 1.5, 2.0])).rate()
    assert rates == pytest.approx([0, 0, 1000 / (10 * np.log(4))])


def test_threshold_at_the_reset_is_refused():
    with pytest.raises(ValueError, match="V_reset"):
        IntegrateAndFire(theta=5.0, V_reset=5.0)


@pytest.mark.parametrize("values, word", [({"R": 0}, "R"), ({"C_m": -1}, "C_m"),
                                          ({"I_ext": "high"}, "I_ext"), ({"R": np.nan}, "R"),
                                          ({"theta": 0}, "theta"),
                                          ({"capacity": 1}, "capacity")])
def test_bad_parameters_are_named(values, word):
    with pytest.raises((ValueError, TypeError), match=word):
        IntegrateAndFire(**values)
