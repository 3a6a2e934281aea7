"""The passive cable against closed forms, the chapter's reference numbers, and what must hold
for any cable.

Reference values are closed forms, or the exact solution of the equation on a line; tolerances
are the chapter's.
"""
import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp
from scipy.optimize import minimize_scalar

from course_utils.models.cable import Cable, crank_nicolson, modal_solution, simulate_cable
from course_utils.notebook_04.theory import (
    backward_euler,
    forward_euler,
    green_function,
    half_time,
    length_constant_at,
    stable_step,
    steady_voltage,
    step_response,
)

COURSE = Cable(length=2000.0, radius=2.0, rho=100.0, g_m=0.05, c_m=1.0)
LAMBDA = COURSE.length_constant
SECOND = Cable(length=500.0, radius=1.0, rho=50.0, g_m=0.08, c_m=0.8)
ENDLESS = 112.53953952  # MΩ, of the semi-infinite course cable
ONE_LAMBDA = COURSE.but(length=LAMBDA)
STEPPED = np.where(np.arange(200) < 100, 4.0, 1.0)  # µm: a step in the radius half way
TAPERED = np.linspace(4.0, 0.5, 200)
SCHEMES = (modal_solution, crank_nicolson, backward_euler)


def grid(duration, steps):
    return np.linspace(0, duration, steps + 1)


def orders(errors):
    """The order of convergence between neighbours, for grids of which each is twice as fine as
    the one before.
    """
    return np.log2(np.abs(errors[:-1])) - np.log2(np.abs(errors[1:]))


def charge(cable, V):
    """The charge in pC that a profile V (..., n) holds on the membrane."""
    return V @ cable.capacitance


# --- constants and the steady state
# ------------------------------------------------------------------------------------------


def test_length_and_time_constant_of_the_course_cable():
    assert LAMBDA == pytest.approx(np.sqrt(0.02) * 1e4,
                                   rel=1e-12) and COURSE.time_constant == 20


def test_length_and_time_constant_of_the_second_cable():
    assert SECOND.length_constant == pytest.approx(
        1118.034, rel=1e-6) and SECOND.time_constant == pytest.approx(10)


def test_the_printed_length_constant_is_a_diffusivity():
    printed = (2e-4) / (2 * 100 * 1e-6)  # cm, Ω cm, F/cm²: a/(2 rho c_m) in cm²/s
    assert printed == pytest.approx(1.0)
    assert printed * COURSE.time_constant / 1000 == pytest.approx(
        (LAMBDA / 1e4)**2) == pytest.approx(0.02)
    second = 1e-6 / (2 * 0.5 * 0.8e-2)  # m, Ω m, F/m²
    assert second == pytest.approx(1.25e-4) and (SECOND.length_constant
                                                 / 1e6)**2 == pytest.approx(1.25e-6)


def test_counted_per_length_the_length_constant_is_the_same_and_mixed_it_is_not():
    per_length = 2 * np.pi * 2e-4 * 5e-5  # S/cm: the circumference in cm times S/cm²
    assert np.sqrt(np.pi * 2e-4**2 / (100 * per_length)) == pytest.approx(
        LAMBDA / 1e4, rel=1e-12)
    assert np.sqrt(2e-4 / (2 * 100 * per_length)) > 20 * LAMBDA / 1e4


def test_the_printed_sign_owes_a_charge_and_the_right_one_keeps_it():
    cable, t = COURSE.but(compartments=100), np.linspace(0, 1, 1001)
    for sign in (1, -1):  # 1 pC within 1 ms; the printed minus turns the current round
        run = simulate_cable(cable, t, [(1010.0, sign * 1.0)], scheme=forward_euler)
        assert run.V[-1, 50] == pytest.approx(sign * 13.96, abs=0.01)
        assert charge(cable, run.V[-1]) == pytest.approx(sign * 20 * (1 - np.exp(-1 / 20)),
                                                         rel=1e-4)


def test_reach_does_not_depend_on_the_capacitance_and_delay_does():
    slow = COURSE.but(c_m=2.0)
    assert steady_voltage(slow, [(0, 0.1)]) == pytest.approx(steady_voltage(COURSE, [(0, 0.1)]),
                                                             rel=1e-12)
    assert slow.time_constant == 2 * COURSE.time_constant


@pytest.mark.parametrize("ends, resistance", [("sealed", 147.7683864),
                                              (("sealed", "killed"), 85.709455)])
def test_input_resistance_of_one_length_constant(ends, resistance):
    assert ONE_LAMBDA.but(ends=ends).input_resistance == pytest.approx(resistance, rel=1e-6)


def test_input_resistance_of_an_endless_cable():
    long = COURSE.but(length=20 * LAMBDA)
    assert long.input_resistance == pytest.approx(ENDLESS, rel=1e-6)
    assert long.input_resistance / 2 == pytest.approx(56.269770, rel=1e-6)


def extrapolated(of, n=100):
    """The limit of of(compartments), an array that is off by order 1 and 2 in the compartment's
    length.
    """
    coarse, middle, fine = (np.asarray(of(k * n)) for k in (1, 2, 4))
    once = 2 * middle - coarse, 2 * fine - middle
    return (4 * once[1] - once[0]) / 3


def test_steady_voltage_of_a_sealed_cable_reaches_the_closed_form():
    def ends_of(n):
        V = steady_voltage(ONE_LAMBDA.but(compartments=n), [(0, 0.1)])
        return V[0], V[-1]

    near, far = extrapolated(ends_of)
    assert near / 0.1 == pytest.approx(147.7683864, rel=1e-6) and far / near == pytest.approx(
        0.6480542737, rel=1e-6)


def test_steady_voltage_of_a_killed_cable_reaches_the_closed_form():
    killed = ONE_LAMBDA.but(ends=("sealed", "killed"))
    near = extrapolated(lambda n: steady_voltage(killed.but(compartments=n), [(0, 0.1)])[0])
    assert near / 0.1 == pytest.approx(85.709455, rel=1e-6)


def test_second_cable_under_a_steady_current():
    L = SECOND.length / SECOND.length_constant
    near = 0.1 * SECOND.input_resistance
    assert (near, near / np.cosh(L)) == pytest.approx((42.4066, 38.4928), abs=1e-3)

    def ends_of(n):
        return simulate_cable(SECOND.but(compartments=n), [0.0, 1000.0], [(0, 0.1)]).V[-1,
                                                                                       [0, -1]]

    assert extrapolated(ends_of, 50) == pytest.approx((42.4066, 38.4928), abs=1e-3)


@pytest.mark.parametrize("place", [0.0, 0.3, 1.0])
def test_a_long_cable_is_endless(place):
    long = COURSE.but(length=24 * LAMBDA, compartments=2400)
    x0 = (12 + place) * LAMBDA
    V = steady_voltage(long, [(x0, 0.1)])
    near = np.abs(long.x - x0) < 4 * LAMBDA
    theory = 0.1 * ENDLESS / 2 * np.exp(-np.abs(long.x - x0) / LAMBDA)
    assert V[near] == pytest.approx(
        theory[near], rel=6e-3)  # the cusp at the electrode is cut off: 0.5 dx / lambda
    away = near & (np.abs(long.x - x0) > 0.1 * LAMBDA)
    assert V[away] == pytest.approx(theory[away], rel=3e-4)


def test_a_sealed_profile_is_a_hyperbolic_cosine_and_a_killed_one_a_sine():
    X = ONE_LAMBDA.x / LAMBDA
    for ends, shape in (("sealed", np.cosh), (("sealed", "killed"), np.sinh)):
        V = steady_voltage(ONE_LAMBDA.but(ends=ends), [(0, 0.1)])
        assert V[1:] / V[1] == pytest.approx(shape(1 - X[1:]) / shape(1 - X[1]), rel=2e-5)


@pytest.mark.parametrize("frequency, share", [(10, 0.876053), (100, 0.383397)])
def test_length_constant_of_a_sinusoid(frequency, share):
    assert length_constant_at(COURSE, frequency) / LAMBDA == pytest.approx(share, abs=1e-6)


def test_a_simulated_sinusoid_fades_as_its_length_constant_says():
    long = COURSE.but(length=6 * LAMBDA, compartments=240)
    t = grid(140, 2800)
    run = simulate_cable(long, t, [(0, 0.1 * np.sin(2 * np.pi * 0.1 * t))])
    swing = np.ptp(run.V[-200:], axis=0)  # over the last period at 100 Hz
    near = (long.x > 0.3 * LAMBDA) & (long.x < 1.3 * LAMBDA)
    slope = np.polyfit(long.x[near], np.log(swing[near]), 1)[0]
    assert -1 / slope == pytest.approx(length_constant_at(COURSE, 100), rel=2e-3)
    assert length_constant_at(COURSE, 0) == LAMBDA


# --- in time
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k, ratio", [(0, 1), (1, 0.0919996684), (2, 0.0247045230)])
def test_modes_of_a_sealed_cable_relax_with_their_time_constants(k, ratio):
    def relative_time_constant(n):
        cable = ONE_LAMBDA.but(compartments=n)
        start = np.cos(k * np.pi * cable.x / cable.length)
        return -0.05 / np.log(
            simulate_cable(cable, [0.0, 1.0], [], start=start).V[-1, 0] / start[0])

    coarse, fine = relative_time_constant(1000), relative_time_constant(2000)
    assert (4 * fine - coarse) / 3 == pytest.approx(ratio,
                                                    abs=1e-9)  # the compartments are of order 2


@pytest.mark.parametrize("X, value", [(0, 0.8427007929), (1, 0.2336124405), (2, 0.0503856185)])
def test_step_response_at_one_time_constant(X, value):
    assert step_response(X, 1.0) == pytest.approx(value, abs=1e-9)


def test_step_response_at_the_electrode_is_the_error_function():
    from scipy.special import erf
    T = np.linspace(0.01, 9, 50)
    assert step_response(0.0, T) == pytest.approx(erf(np.sqrt(T)), abs=1e-14)


def test_step_response_does_not_overflow_far_away_where_the_textbook_form_does():
    from scipy.special import erfc
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert step_response(800.0, 1.0) == 0.0 and step_response(30.0, 100.0) == pytest.approx(
            np.exp(-30), rel=1e-6)
    with np.errstate(over="ignore", invalid="ignore"):
        assert np.isnan(np.exp(np.float64(800)) * erfc(400.0))  # inf times 0


def test_step_response_is_what_the_solver_gives_on_a_long_cable():
    long = COURSE.but(length=16 * LAMBDA, compartments=1600)
    x0 = 8 * LAMBDA
    V = simulate_cable(long, [0.0, 20.0], [(x0, 0.1)]).V[-1]
    for X in (1, 2):
        at = np.interp(x0 + X * LAMBDA, long.x, V)
        assert at / (0.1 * ENDLESS / 2) == pytest.approx(step_response(X, 1.0), rel=3e-4)


@pytest.mark.parametrize("X, T", [(0, 0.227468212), (1, 0.739818646), (2, 1.243256822),
                                  (5, 2.746606255), (10, 5.248133962)])
def test_half_time(X, T):
    assert half_time(X) == pytest.approx(T, abs=1e-6)


def test_half_time_grows_by_half_a_time_constant_per_length_constant():
    assert half_time(30.0) == pytest.approx(30 / 2 + 1 / 4, abs=1e-3)
    assert 1 / (half_time(6) - half_time(5)) == pytest.approx(1.998088, abs=1e-4)
    assert 2 * LAMBDA / COURSE.time_constant / 1000 == pytest.approx(0.1414, abs=1e-4)  # mm/ms


def test_green_function_peaks_where_the_closed_form_says():
    found = minimize_scalar(lambda T: -green_function(1.0, T), bounds=(0.01, 2),
                            options={"xatol": 1e-12})
    assert found.x == pytest.approx(
        (np.sqrt(5) - 1) / 4, abs=1e-7) == pytest.approx(0.3090169944, abs=1e-7)
    assert green_function(1.0, 0.3090169944) == pytest.approx(0.1659005761, abs=1e-9)


@pytest.mark.parametrize("X", [0.5, 1.0, 2.0])
def test_green_function_has_the_centroid_and_area_of_the_closed_form(X):
    area = quad(lambda T: green_function(X, T), 0, np.inf, epsabs=1e-12)[0]
    moment = quad(lambda T: T * green_function(X, T), 0, np.inf, epsabs=1e-12)[0]
    assert area == pytest.approx(np.exp(-X) / 2, rel=1e-9) and moment / area == pytest.approx(
        (X + 1) / 2, rel=1e-9)


def test_green_function_is_what_a_drop_of_charge_becomes():
    long = COURSE.but(length=16 * LAMBDA, compartments=1600)
    start = np.zeros(1600)
    start[800] = 1.0
    V = simulate_cable(long, [0.0, 10.0], [], start=start).V[-1]
    X = (long.x - long.x[800]) / LAMBDA
    density = V / (long.dx / LAMBDA)
    near = np.abs(X) < 3
    assert density[near] == pytest.approx(green_function(X, 0.5)[near], rel=1e-3)
    assert V.sum() == pytest.approx(np.exp(-0.5), rel=1e-6)


# --- convergence
# ------------------------------------------------------------------------------------------


def cosine_error(scheme, n):
    """Sup error at T = 0.1 for the start cos(pi X) on a sealed cable of one length constant, n
    compartments and steps.

    The centres of the compartments miss the ends, where the error is largest: it is scaled to
    them.
    """
    cable = ONE_LAMBDA.but(compartments=n)
    wave = np.cos(np.pi * cable.x / cable.length)
    V = simulate_cable(cable, grid(2.0, n), [], scheme=scheme, start=wave).V[-1]
    return np.abs(V - wave * np.exp(-(1 + np.pi**2) * 0.1)).max() / wave.max()


def test_crank_nicolson_is_of_order_2_on_a_smooth_start():
    errors = [cosine_error(crank_nicolson, n) for n in (10, 20, 40, 80, 160)]
    assert errors[0] == pytest.approx(2.383e-3, abs=1e-6) and errors[-1] == pytest.approx(
        9.284e-6, abs=1e-9)
    assert orders(errors) == pytest.approx([2.003, 2.001, 2.000, 2.000], abs=1e-3)


def test_backward_euler_is_of_order_1():
    errors = [cosine_error(backward_euler, n) for n in (20, 40, 80, 160)]
    assert orders(errors) == pytest.approx([1.0, 1.0, 1.0], abs=0.1)


FLUX = 0.352986716035  # V at X = T = 0.5 for -dV/dX = 1 at the sealed end X = 0


def flux_solution(X=0.5, T=0.5, L=1.0):
    k = np.arange(1, 200)
    q = 1 + (k * np.pi / L)**2
    return np.cosh(L - X) / np.sinh(L) - np.exp(-T) / L - (2 / L * np.cos(k * np.pi * X / L) / q
                                                           * np.exp(-q * T)).sum()


def test_exact_solution_of_a_point_current_at_the_end():
    assert flux_solution() == pytest.approx(FLUX, abs=1e-11)


def flux_error(scheme, n):
    cable = ONE_LAMBDA.but(compartments=n)
    run = simulate_cable(cable, grid(10.0, n), [(0, 1 / ENDLESS)], scheme=scheme)
    return run.V[-1,
                 n // 2 - 1:n // 2 + 1].mean() - FLUX  # X = 0.5 lies between two compartments


@pytest.mark.parametrize("scheme, order", [(crank_nicolson, 2), (modal_solution, 2),
                                           (backward_euler, 1)])
def test_order_with_a_point_current(scheme, order):
    errors = [flux_error(scheme, n) for n in (20, 40, 80, 160)]
    assert orders(errors)[-2:] == pytest.approx([order] * 2, abs=0.1)
    slope = np.polyfit(np.log([20, 40, 80, 160]), np.log(np.abs(errors)), 1)[0]
    assert -slope == pytest.approx(order, abs=0.15)


def stepped(n):
    """V in each half of a cable of which the right half is half as thick, a steady current at
    the left end.
    """
    cable = COURSE.but(compartments=n, radius=np.where(np.arange(n) < n // 2, 2.0, 1.0))
    run = simulate_cable(cable, grid(10.0, n // 2), [(0, 0.1)])
    return np.array([np.interp(x, cable.x, run.V[-1]) for x in (500.0, 1500.0)])


def test_order_with_a_stepped_radius_and_a_point_current():
    values = np.array([stepped(n) for n in (40, 80, 160, 320, 640)])
    found = orders(np.abs(np.diff(values, axis=0)))
    assert (found > 1.8).all() and found[-1] == pytest.approx([2, 2], abs=0.1)


@pytest.mark.parametrize("scheme", [crank_nicolson, backward_euler])
def test_schemes_agree_with_an_independent_solver_for_any_radius(scheme):
    cable = COURSE.but(compartments=60, radius=np.linspace(3, 0.5, 60))
    diagonal, side = cable.conductance()
    G = np.diag(diagonal) + np.diag(side, 1) + np.diag(side, -1)
    source = np.zeros(60)
    source[cable.compartments_at(310.0), ] = 0.1
    oracle = solve_ivp(lambda t, V: (source - G @ V) / cable.capacitance, (0, 15), np.zeros(60),
                       "Radau", rtol=1e-9, atol=1e-11)
    V = simulate_cable(cable, grid(15, 3000), [(310.0, 0.1)], scheme=scheme).V[-1]
    assert V == pytest.approx(oracle.y[:, -1], rel=3e-4 if scheme is backward_euler else 1e-6)


def test_crank_nicolson_does_not_ring_after_a_switch():
    t = grid(20.0, 20)  # steps of 1 ms: 40 times the limit of forward Euler
    run = simulate_cable(COURSE, t, [(1000.0, np.where(t < 10, 0.1, 0.0))],
                         scheme=crank_nicolson)
    at = run.V[:, 100]
    assert (np.diff(at[:11]) > 0).all() and (np.diff(at[10:]) < 0).all()


def test_schemes_agree_on_an_uneven_grid():
    t = np.concatenate([np.linspace(0, 1, 200), np.linspace(1.02, 20, 500)])
    reference = simulate_cable(COURSE, t, [(700.0, 0.1)], scheme=modal_solution).V
    assert simulate_cable(COURSE, t, [(700.0, 0.1)],
                          scheme=crank_nicolson).V[-1] == pytest.approx(
                              reference[-1], rel=1e-5)


def test_modes_are_exact_at_any_step():
    once = simulate_cable(COURSE, [0.0, 30.0], [(700.0, 0.1)]).V[-1]
    often = simulate_cable(COURSE, grid(30, 77), [(700.0, 0.1)]).V[-1]
    assert once == pytest.approx(often, rel=1e-12)


@pytest.mark.parametrize("ends",
                         ["sealed", "killed", ("sealed", "killed"), ("killed", "sealed")])
def test_modes_know_each_kind_of_end(ends):
    cable = COURSE.but(ends=ends, compartments=50)
    by_modes = simulate_cable(cable, grid(12, 600), [(300.0, 0.1)], scheme=modal_solution).V[-1]
    by_steps = simulate_cable(cable, grid(12, 600), [(300.0, 0.1)], scheme=crank_nicolson).V[-1]
    assert by_modes == pytest.approx(by_steps, rel=1e-5)


def test_the_limit_of_forward_euler_is_known():
    cable = COURSE.but(length=5 * LAMBDA, compartments=100)  # dx = lambda / 20
    uniform = 2 * cable.time_constant / (1 + 4 * (cable.length_constant / cable.dx)**2)
    assert uniform == pytest.approx(0.024984, abs=1e-6)
    assert stable_step(cable) == pytest.approx(uniform, rel=1e-3)


@pytest.mark.parametrize("radius", [2.0, np.linspace(4.0, 0.5, 100)])
def test_forward_euler_is_stable_up_to_its_limit_and_told_beyond(radius):
    cable = COURSE.but(length=5 * LAMBDA, compartments=100, radius=radius)
    limit = stable_step(cable)
    steps = np.arange(3000)
    V = simulate_cable(cable, steps * 0.99 * limit, [(0, 0.1)], scheme=forward_euler).V
    assert np.abs(V[-1]).max() < 100
    said = "blew up at t = .* ms with a step of .*; try a step of"
    with pytest.raises(ValueError, match=said) as told:
        simulate_cable(cable, steps * 1.01 * limit, [(0, 0.1)], scheme=forward_euler)
    advised = float(re.search("try a step of ([0-9.e-]+)", str(told.value)).group(1))
    assert 0.97 * limit < advised < limit


def test_a_little_above_the_limit_the_zigzag_can_still_be_seen():
    cable = COURSE.but(length=5 * LAMBDA, compartments=100)
    t = np.arange(601) * 1.01 * stable_step(cable)
    V = simulate_cable(cable, t, [(cable.length / 2, 0.1)], scheme=forward_euler).V[-1]
    assert 0.5 < np.abs(np.diff(V)).max() < 100


def test_forward_euler_is_right_where_it_is_stable():
    cable = COURSE.but(compartments=40)
    t = np.arange(0, 10.001, stable_step(cable) / 8)
    V = [
        simulate_cable(cable, t, [(0, 0.1)], scheme=scheme).V[-1]
        for scheme in (forward_euler, modal_solution)
    ]
    assert V[0] == pytest.approx(V[1], rel=1e-3)


# --- what holds for any cable
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_charge_is_conserved(scheme):
    cable = COURSE.but(g_m=1e-12)  # no leak worth the name: all charge stays
    t = grid(10.0, 100)
    run = simulate_cable(cable, t, [(123.0, np.where(t < 4.05, 0.1, 0.0))], scheme=scheme)
    assert charge(cable, run.V)[[0, 20, 50, -1]] == pytest.approx([0, 0.2, 0.41, 0.41],
                                                                  abs=1e-9)


@pytest.mark.parametrize("radius", [2.0, STEPPED, TAPERED],
                         ids=["uniform", "stepped", "tapered"])
def test_charge_leaks_with_the_time_constant_for_any_profile_of_the_radius(radius):
    cable = COURSE.but(radius=radius)
    t = grid(40.0, 4000)
    run = simulate_cable(cable, t, [(123.0, np.where(t < 9.995, 0.1, 0.0))],
                         scheme=crank_nicolson)
    at_10 = 0.1 * 20 * (1 - np.exp(-10 / 20))  # dQ/dt = I - Q / tau, whatever the shape
    assert charge(cable, run.V)[[1000, -1]] == pytest.approx([at_10, at_10 * np.exp(-1.5)],
                                                             rel=1e-5)


def test_current_is_conserved_at_each_junction():
    for radius in (STEPPED, TAPERED):
        cable = COURSE.but(radius=radius)
        V = steady_voltage(cable, [(505.0, 0.1)])
        leak = 1e-5 * cable.g_m * cable.area * V
        across = np.concatenate([[0.0], cable.axial_current(V),
                                 [0.0]])  # sealed: nothing at the two ends
        entering = -np.diff(across)
        entering[cable.compartments_at(505.0), ] += 0.1
        assert entering == pytest.approx(leak, abs=1e-13) and leak.sum() == pytest.approx(
            0.1, rel=1e-12)


def test_current_through_a_step_of_the_radius_bends_the_slope():
    cable = COURSE.but(radius=STEPPED)
    V = steady_voltage(cable, [(0, 0.1)])
    drop = -np.diff(V)  # drop[99] is across the step itself
    ratio = (2 * drop[98] - drop[97]) / (2 * drop[100] - drop[101])
    assert ratio == pytest.approx(
        1 / 16, rel=0.01)  # both extrapolated to the step: the slope goes as 1 / a²


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_flows_through_a_sealed_end(scheme):
    V = simulate_cable(COURSE.but(compartments=400), grid(10, 200), [(700.0, 0.1)],
                       scheme=scheme).V[-1]
    for edge, inner in ((V[:3], V[1] - V[2]), (V[::-1][:3], V[-2] - V[-3])):
        slope = (-2 * edge[0] + 3 * edge[1] - edge[2])  # dV/dx at the end face itself, times dx
        assert abs(slope) < 0.01 * abs(inner)


def test_a_killed_end_is_at_0():
    V = steady_voltage(COURSE.but(ends="killed", compartments=400), [(1000.0, 0.1)])
    for edge in (V[:2], V[::-1][:2]):
        assert 1.5 * edge[0] - 0.5 * edge[1] == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("radius, scheme", [(2.0, modal_solution), (2.0, crank_nicolson),
                                            (STEPPED + STEPPED[::-1], crank_nicolson)])
def test_a_symmetric_cable_answers_symmetrically(radius, scheme):
    cable = COURSE.but(radius=radius)
    V = simulate_cable(cable, grid(10, 50), [(1000.0, 0.1)], scheme=scheme).V
    assert pytest.approx(V, rel=1e-9, abs=1e-12) == V[:, ::-1]
    left = simulate_cable(cable, grid(10, 50), [(300.0, 0.1)], scheme=scheme).V
    right = simulate_cable(cable, grid(10, 50), [(1700.0, 0.1)], scheme=scheme).V
    assert left == pytest.approx(right[:, ::-1], rel=1e-9, abs=1e-12)


@settings(deadline=None, max_examples=30)
@given(st.floats(0, 2000), st.floats(0, 2000), st.sampled_from([2.0, "stepped", "tapered"]))
def test_reciprocity(x, y, radius):
    cable = COURSE.but(radius={"stepped": STEPPED, "tapered": TAPERED}.get(radius, radius))
    t = grid(8, 16)
    at_x, at_y = ([
        simulate_cable(cable, t, [(place, 0.1)]).V[:,
                                                   cable.compartments_at(other), ].mean(axis=1)
    ] for place, other in ((x, y), (y, x)))
    assert at_x[0] == pytest.approx(at_y[0], rel=1e-8, abs=1e-12)


@settings(deadline=None, max_examples=20)
@given(st.floats(0.1, 2), st.floats(-2, -0.1), st.sampled_from([*SCHEMES, forward_euler]))
def test_superposition(one, other, scheme):
    t = grid(10, 40) if scheme is not forward_euler else grid(0.02, 40)
    on = np.where(t > t[10], 0.1, 0.0)
    alone = [simulate_cable(COURSE, t, [(x, on)], scheme=scheme).V for x in (200.0, 1500.0)]
    both = simulate_cable(COURSE, t, [(200.0, one * on), (1500.0, other * on)], scheme=scheme)
    assert both.V == pytest.approx(one * alone[0] + other * alone[1], abs=1e-10)
    doubled = simulate_cable(COURSE, t, [(200.0, on), (200.0, on)], scheme=scheme).V
    assert doubled == pytest.approx(2 * alone[0], abs=1e-10)


def test_superposition_of_a_switch_and_a_sinusoid_holds_within_the_error_of_a_smoothed_step():
    t = grid(10, 400)
    swing, switch = (200.0, 0.1 * np.sin(t)), (1500.0, np.where(t > 3, 0.1, 0.0))
    alone = [
        simulate_cable(COURSE, t, [each], scheme=crank_nicolson).V for each in (swing, switch)
    ]
    both = simulate_cable(COURSE, t, [swing, switch], scheme=crank_nicolson).V
    assert both == pytest.approx(sum(alone), abs=2e-3)


@pytest.mark.parametrize("ends", ["sealed", "killed", ("sealed", "killed")])
def test_an_array_of_equal_radii_is_the_scalar(ends):
    t = grid(20, 100)
    scalar = COURSE.but(ends=ends)
    array = scalar.but(radius=np.full(200, 2.0))
    for scheme in (crank_nicolson, backward_euler, forward_euler):
        times = t if scheme is not forward_euler else t / 1e4
        assert np.array_equal(
            simulate_cable(scalar, times, [(700.0, 0.1)], scheme=scheme).V,
            simulate_cable(array, times, [(700.0, 0.1)], scheme=scheme).V)
    assert array.length_constant.shape == (200,) and (array.length_constant == LAMBDA).all()
    assert steady_voltage(array, [(0, 0.1)]) == pytest.approx(
        steady_voltage(scalar, [(0, 0.1)]), rel=1e-13)


def test_a_current_at_a_border_is_shared_and_elsewhere_enters_one_compartment():
    assert COURSE.compartments_at(0.0) == (0,) and COURSE.compartments_at(2000.0) == (199,)
    assert COURSE.compartments_at(10.0) == (0, 1) and COURSE.compartments_at(14.0) == (1,)
    shared = simulate_cable(COURSE, grid(1, 10), [(10.0, 0.1)]).V[-1]
    single = [simulate_cable(COURSE, grid(1, 10), [(x, 0.1)]).V[-1] for x in (5.0, 15.0)]
    assert shared == pytest.approx(sum(single) / 2, rel=1e-12)


def test_without_injections_the_cable_rests_and_the_model_is_in_the_run():
    run = simulate_cable(COURSE, grid(5, 10), [])
    assert (run.V == 0).all() and run.V.shape == (11, 200) and run.model is COURSE


def test_a_current_is_held_over_its_step():
    t = grid(2.0, 2)
    early = simulate_cable(COURSE, t, [(0, np.array([0.1, 0.0, 0.0]))]).V
    late = simulate_cable(COURSE, t, [(0, np.array([0.0, 0.0, 7.0]))]).V
    assert early[1, 0] > 1 and (late == 0).all()


def test_nothing_given_is_changed():
    t, current, start = grid(0.004, 10), np.full(11, 0.1), np.ones(200)
    kept = [each.copy() for each in (t, current, start)]
    for scheme in (*SCHEMES, forward_euler):
        simulate_cable(COURSE, t, [(3.0, current), (3.0, current)], scheme=scheme, start=start)
    assert all(np.array_equal(a, b) for a, b in zip(kept, (t, current, start)))


# --- what a learner can get wrong
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, said",
    [({"length": 0}, "length of Cable must be a number above 0 in µm, not 0"),
     ({"length": -5.0}, "length of Cable"), ({"length": np.nan}, "length of Cable"),
     ({"length": [100.0, 200.0]}, "length of Cable must be one number"),
     ({"radius": 0}, "radius of Cable must be a number above 0"),
     ({"radius": np.ones(199)}, r"one per compartment, shape \(200,\), but has shape \(199,\)"),
     ({"radius": np.where(np.arange(200) == 7, -1.0, 1.0)}, "radius of Cable"),
     ({"radius": "thick"}, "radius of Cable"), ({"rho": -1}, "rho of Cable"),
     ({"g_m": 0}, "g_m of Cable"), ({"c_m": np.inf}, "c_m of Cable"),
     ({"compartments": 2}, "compartments of Cable must be 3 or more, not 2"),
     ({"compartments": 10.5}, "compartments of Cable must be a whole number"),
     ({"ends": "open"}, "ends of Cable must be one of 'sealed'"),
     ({"ends": ("sealed", "cut")}, "ends of Cable"),
     ({"lenght": 3.0}, "no parameter lenght; it has length"), ])
def test_bad_parameters_are_named(values, said):
    with pytest.raises((ValueError, TypeError), match=said):
        COURSE.but(**values) if "lenght" not in values else Cable(**values)


@pytest.mark.parametrize(
    "injections, said",
    [([(2000.1, 0.1)], "from 0 to 2000 µm, the fibre's length, not 2000.1"),
     ([(-1.0, 0.1)], "x in injections"), ([(np.nan, 0.1)], "x in injections"),
     ([(0, np.nan)], "current in injections must be one current in nA"),
     ([(0, np.full(10, np.inf))], "current in injections"),
     ([(0, np.ones(4))], r"shape \(11,\), but has shape \(4,\)"),
     ([(0, "much")], "current in injections"), ((0, 0.1), "a list of pairs"),
     (0.1, "a list of pairs"), ([([1.0, 2.0], 0.1)], "one place"), ])
def test_bad_injections_are_named(injections, said):
    with pytest.raises((ValueError, TypeError), match=said):
        simulate_cable(COURSE, grid(1, 10), injections)


@pytest.mark.parametrize("t, said", [([0.0], "at least two"),
                                     ([0.0, 1.0, 0.5], "must increase"),
                                     ([0.0, np.nan], "t must be"), ("now", "t must be")])
def test_bad_times_are_named(t, said):
    with pytest.raises((ValueError, TypeError), match=said):
        simulate_cable(COURSE, t, [])


def test_bad_starts_schemes_and_fibres_are_named():
    with pytest.raises(
            ValueError,
            match=r"V in start must be one number or one per compartment, shape \(200,\)"):
        simulate_cable(COURSE, [0.0, 1.0], [], start=np.ones(3))
    with pytest.raises(ValueError, match="V in start must be a finite number"):
        simulate_cable(COURSE, [0.0, 1.0], [], start=np.nan)
    with pytest.raises(TypeError, match="cable_or_axon must be a Cable or an Axon"):
        simulate_cable("cable", [0.0, 1.0], [])


@pytest.mark.parametrize("cable, why", [(COURSE.but(radius=STEPPED), "the radius varies"),
                                        (COURSE.but(ends="killed"), "the left end is killed")])
def test_input_resistance_without_a_closed_form_is_refused(cable, why):
    with pytest.raises(ValueError, match=why):
        cable.input_resistance  # noqa: B018


def test_ends_may_be_given_as_a_pair_or_a_word():
    assert COURSE.but(ends=("killed", "killed")).end_pair == ("killed", "killed") and COURSE.but(
        ends=["sealed", "killed"]).end_pair == ("sealed", "killed")


class AsWritten(Cable):
    """The same cable under another type: the plain expression."""


@pytest.mark.parametrize("ends",
                         ["sealed", "killed", ("sealed", "killed"), ("killed", "sealed")])
def test_the_fast_form_of_the_modal_solution_is_the_plain_one(ends):
    t = np.concatenate([grid(10.0, 40), [10.01, 25.0]])
    current = [(130.0, np.where(t < 5, 0.1, 0.0)), (1500.0, 0.02)]
    start = np.linspace(0, 3, 120)
    fast, plain = (simulate_cable(kind(ends=ends, compartments=120), t, current, start=start).V
                   for kind in (Cable, AsWritten))
    assert fast == pytest.approx(plain, abs=1e-11)


def test_the_modal_solution_knows_any_profile_of_the_radius():
    cable = COURSE.but(radius=TAPERED, ends=("sealed", "killed"))
    exact = simulate_cable(cable, [0.0, 12.0], [(700.0, 0.1)], scheme=modal_solution).V[-1]
    fine = simulate_cable(cable, grid(12.0, 4000), [(700.0, 0.1)], scheme=crank_nicolson).V[-1]
    assert exact == pytest.approx(fine, rel=1e-5)


def test_the_half_time_of_many_distances_at_once():
    X = np.array([[0.0, 1.0], [2.0, 5.0]])
    assert half_time(X) == pytest.approx(np.vectorize(half_time)(X), abs=1e-12)
    for bad in (-1.0, [1.0, -0.5], "far", np.nan):
        with pytest.raises((ValueError, TypeError), match="X"):
            half_time(bad)


def test_a_fibre_that_does_not_fit_into_memory_is_refused_and_a_long_one_is_not():
    with pytest.raises(ValueError, match="compartments of Cable must be at most .* memory"):
        Cable(compartments=10**8)
    with pytest.raises(ValueError, match="number of times in t must be at most .* memory"):
        simulate_cable(Cable(compartments=100_000), np.arange(0, 100, 0.01), [])
    run = simulate_cable(Cable(compartments=20_000), np.arange(0, 10, 0.1), [])
    assert run.V.shape[1] == 20_000


def test_a_start_by_name_is_that_by_position():
    profile = np.linspace(0, 5, 200)
    t = grid(5.0, 50)
    assert np.array_equal(simulate_cable(COURSE, t, [], start={"V": profile}).V,
                          simulate_cable(COURSE, t, [], start=profile).V)
    with pytest.raises(ValueError, match="per state: V; it names V, m"):
        simulate_cable(COURSE, t, [], start={"m": 0.1})
