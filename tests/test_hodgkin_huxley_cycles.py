"""Where rest and rhythm of the Hodgkin-Huxley membrane begin and end: Hopf points, the fold of
cycles, Floquet, the bit.

Reference values: root finding or shooting at tolerance 1e-10, independent of this package.
"""
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

from course_utils.analysis.dynamics import (
    fixed_points,
    hopf_currents,
    period,
)
from course_utils.analysis.phases import phase_response
from course_utils.equilibria import jacobian
from course_utils.models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
)
from course_utils.notebook_03.cycles import limit_cycle
from course_utils.notebook_03.phases import floquet_multiplier
from course_utils.solve import simulate
from course_utils.spikes import spike_times

CELL = HodgkinHuxley()
HOPF = 9.775438, 154.522434
FOLD = 6.260321275

# --- Hopf points
# ------------------------------------------------------------------------------------------


@cache
def hopf(cell):
    return hopf_currents(cell)


def test_hopf_points():
    assert hopf(CELL) == pytest.approx(HOPF, abs=1e-5)
    assert hopf(CELL) == pytest.approx((9.775437995393, 154.522433665808),
                                       abs=1e-6)  # digits of computer-assisted proofs


@pytest.mark.parametrize("which, V, turn", [(0, 5.345856, 10.717883), (1, 21.941908, 5.911239)])
def test_voltage_and_period_at_the_hopf_points(which, V, turn):
    cell = CELL.but(I_ext=hopf(CELL)[which])
    (state,) = fixed_points(cell)
    values = np.linalg.eigvals(jacobian(lambda x: cell.rhs(x, cell.I_ext), state))
    pair = values[np.abs(values.imag) > 0.1]
    assert state[0] == pytest.approx(V, abs=1e-5)
    assert pair.real == pytest.approx([0, 0], abs=1e-7)
    assert 2 * np.pi / pair.imag.max() == pytest.approx(turn, abs=1e-5)


def test_the_leak_reversal_moves_every_bifurcation_by_its_current():
    moved = hopf(CELL.but(E_L=10.6))
    assert moved == pytest.approx((9.779338, 154.526334), abs=1e-5)
    assert np.subtract(moved, hopf(CELL)) == pytest.approx([0.3 * 0.013] * 2, abs=1e-9)


def test_without_leak_the_hopf_points_move():
    assert hopf(CELL.but(g_L=0.0)) == pytest.approx((6.177874, 159.197196), abs=1e-5)


@pytest.mark.parametrize("temperature, currents", [(18.5, (18.559826, 151.578692)),
                                                   (25.0, (33.595, 129.220)),
                                                   (28.0, (52.707, 100.872)), (30.0, ())])
def test_hopf_points_close_in_with_temperature(temperature, currents):
    assert hopf(CELL.but(temperature=temperature)) == pytest.approx(currents, abs=1e-3)


@pytest.mark.parametrize("h0, slope, current", [(0.8, 1.0, 8.812773), (0.85, 1.0, 6.809095),
                                                (0.89, 1.1, 6.752633),
                                                (0.870806, 1.074289, 7.081777)])
def test_lower_hopf_point_of_the_reductions(h0, slope, current):
    assert hopf(ReducedHodgkinHuxley(h0=h0, slope=slope))[0] == pytest.approx(current, abs=1e-4)


def test_the_trimmed_model_has_no_hopf_point_and_no_cycle():
    for changes in ({}, {"g_L": 0.3}, {"g_Na": 0.0}):
        trimmed = TrimmedHodgkinHuxley(**changes)
        assert hopf_currents(trimmed) == ()
        with pytest.raises(ValueError, match="no stable cycle"):
            period(trimmed)


# --- cycles
# ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_periods_and_floquet_multiplier_of_the_stable_cycle():
    assert period(CELL) == pytest.approx(14.63620999, rel=1e-7)
    assert period(CELL.but(I_ext=8.0)) == pytest.approx(16.0077128, abs=1e-6)
    assert floquet_multiplier(CELL.but(I_ext=8.0)) == pytest.approx(0.0709, abs=1e-3)


def test_the_limit_cycle_closes():
    run = limit_cycle(CELL, threshold=20.0)
    assert run.V[0] == pytest.approx(20.0, abs=1e-6)
    assert [getattr(run, name)[0] - getattr(run, name)[-1] for name in "Vmhn"] == pytest.approx(
        [0] * 4, abs=1e-8)


def next_crossing(state, I):
    """The state and the time where V next passes 20 mV upwards, from a state (4,) with V = 20.
    """
    def level(t, y):
        return y[0] - 20

    level.direction = 1
    found = solve_ivp(lambda t, y: CELL.rhs(tuple(y.tolist()), I), (0, 30), state,
                      method="DOP853", rtol=1e-9, atol=1e-11, events=level)
    k = np.flatnonzero(found.t_events[0] > 5)[0]
    return found.y_events[0][k], found.t_events[0][k]


def cycle_through(n, guess):
    """(m, h, I) of the cycle, stable or not, that passes 20 mV with this n: Newton's method on
    the return map.
    """
    def gap(x):
        m, h, current = x
        return (next_crossing(np.array([20.0, m, h, n]), current)[0] - (20.0, m, h, n))[1:]

    x = np.array(guess)
    for _ in range(6):
        here = gap(x)
        if np.abs(here).max() < 1e-9:
            break
        matrix = np.column_stack([(gap(x + step) - here) / 1e-5 for step in 1e-5 * np.eye(3)])
        x = x - np.linalg.solve(matrix, here)
    return x


@pytest.mark.slow
def test_the_fold_of_cycles_and_its_period():
    """Along the branch of cycles the current has a minimum: there the stable and the unstable
    cycle meet.
    """
    run = limit_cycle(CELL.but(I_ext=6.3), threshold=20.0)
    m, h, start = (getattr(run, name)[0] for name in "mhn")
    places, found = start + 0.0076 + 0.0008 * np.arange(5), []
    guess = cycle_through(start + 0.0035, (m, h, 6.3))
    for n in places:
        guess = tuple(cycle_through(n, guess))
        found.append(guess)
    currents = np.array(found)[:, 2]
    best = int(np.argmin(currents))
    assert 0 < best < 4, currents  # the branch turns inside what was followed
    curve = np.polynomial.Polynomial.fit(places, currents, 4)
    n_fold = minimize_scalar(curve, bounds=(places[0], places[-1]), method="bounded",
                             options={"xatol": 1e-10}).x
    m, h, current = cycle_through(n_fold, found[best])
    assert current == pytest.approx(FOLD, abs=1e-5)
    assert next_crossing(np.array([20.0, m, h, n_fold]), current)[1] == pytest.approx(
        19.8952406, abs=1e-5)


def test_the_window_in_which_rest_and_firing_coexist():
    assert hopf(CELL)[0] - FOLD == pytest.approx(3.515, abs=1e-3)
    with pytest.raises(ValueError, match="no stable cycle"):
        period(CELL.but(I_ext=6.2))
    assert 19 < period(CELL.but(I_ext=6.27)) < 19.9


# --- kicks on the cycle
# ------------------------------------------------------------------------------------------


def test_which_kicks_stop_the_cycle_at_8():
    """All rows of the reference table, by phase and size in mV."""
    table = {
        0.55: ((4, 8, 12), (-8, 2)), 0.60: ((4, 6, 8), (-8, 12)), 0.65: ((4,), (-4, 8)),
        0.85: ((-2, -4), (4, -8)), 0.90: ((-4, -6), (4,)), 0.95: ((-6, -8, -12), (4, -2))
    }
    stop = [(phase, kick) for phase, (stops, _) in table.items() for kick in stops]
    go_on = [(phase, kick) for phase, (_, goes) in table.items() for kick in goes]
    phases, kicks = np.array(stop + go_on).T
    shift = phase_response(CELL.but(I_ext=8.0), kicks, phases)
    assert np.isnan(shift).tolist() == [True] * len(stop) + [False] * len(go_on)


# --- the rest of the reference numbers
# -----------------------------------------------------------------------------


def test_the_rheobase_does_not_depend_on_what_counts_as_a_spike():
    t = np.arange(0, 60, 0.01)
    run = simulate(CELL.but(I_ext=np.array([2.2401, 2.2406])), t, start=tuple(
        np.full(2, x) for x in CELL.rest()))
    for criterion in (20, 35, 50, 65, 80):
        assert [len(spikes) for spikes in spike_times(t, run.V, criterion)] == [0, 1]


@pytest.mark.parametrize("interval, threshold", [(5.0, 223.44), (6.0, 104.45)])
def test_early_second_pulses_need_a_hundred_times_as_much(interval, threshold):
    t = np.arange(0, 40, 0.005)
    heights = threshold * np.array([1 - 2e-3, 1 + 2e-3])
    first = np.where(t < 1 - 1e-9, 20.0, 0.0)[:, None]
    second = np.where(
        (t >= interval - 1e-9) & (t < interval + 1 - 1e-9), 1.0, 0.0)[:, None] * heights
    run = simulate(CELL, t, start=tuple(np.full(2, x) for x in CELL.rest()),
                   I_ext=first + second)
    assert [len(spikes) for spikes in spike_times(t, run.V, 50)] == [1, 2]
