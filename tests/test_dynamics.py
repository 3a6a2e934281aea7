"""Fixed points, Hopf points, cycles and phases of models other than FitzHugh-Nagumo: nothing
here may know one by name.

A Stuart-Landau oscillator gives every answer in closed form; Morris-Lecar and Hodgkin-Huxley
are checked against an independent solver and against published and independently computed
numbers.
"""
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from course_utils.analysis.dynamics import (
    fixed_points,
    hopf_currents,
    period,
    slowest_turn,
)
from course_utils.analysis.phases import phase_response
from course_utils.equilibria import equilibrium_curve, is_stable, jacobian
from course_utils.model import Model, parameter
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_00.membranes import PassiveMembrane
from course_utils.notebook_03.cycles import limit_cycle, unstable_cycle
from course_utils.notebook_03.phases import (
    asymptotic_phase,
    floquet_multiplier,
    infinitesimal_prc,
    kicked_run,
)
from course_utils.solve import rk4, simulate
from course_utils.spikes import spike_times


class StuartLandau(Model):
    """A round cycle of radius sqrt(mu) about (I_ext, 0), gone round at the rate omega + shear
    (mu - r^2).
    """

    states = {"x": "1", "y": "1"}
    I_ext: float = parameter(0.3)
    mu: float = parameter(1.0)
    omega: float = parameter(2.0, domain="positive")
    shear: float = parameter(0.5)

    def rhs(self, state, I_ext):
        x, y = state
        x = x - I_ext
        grow = self.mu - x * x - y * y
        turn = self.omega + self.shear * grow
        return grow * x - turn * y, turn * x + grow * y

    def phase(self, x, y):
        """Phase in cycles from the upward crossing of the centre, the angle -pi/2, with the
        twist of the isochrons.
        """
        x = x - self.I_ext
        angle = np.arctan2(y, x) - self.shear * np.log(np.hypot(x, y) / np.sqrt(self.mu))
        return np.mod((angle + np.pi / 2) / (2 * np.pi), 1.0)


class MorrisLecar(Model):
    """Morris and Lecar, Biophys. J. 35:193 (1981), 10.1016/S0006-3495(81)84782-0."""

    states = {"V": "mV", "n": "1"}
    I_ext: float = parameter(100.0, "µA/cm²")
    phi: float = parameter(0.04, "1/ms", domain="positive")

    def rhs(self, state, I_ext):
        V, n = state
        m_inf, n_inf = (1 + np.tanh((V + 1.2) / 18)) / 2, (1 + np.tanh((V - 2) / 30)) / 2
        current = 4.4 * m_inf * (V - 120) + 8 * n * (V + 84) + 2 * (V + 60)
        return (I_ext - current) / 20, self.phi * np.cosh((V - 2) / 60) * (n_inf - n)


ROUND = StuartLandau()
SQUID = HodgkinHuxley()
BARNACLE = MorrisLecar()


def turned(shift):
    """A shift in cycles, brought near 0."""
    return np.mod(np.asarray(shift) + 0.5, 1.0) - 0.5


# --- all in closed form
# ------------------------------------------------------------------------------------------


def test_a_round_cycle():
    assert fixed_points(ROUND) == [pytest.approx((0.3, 0.0), abs=1e-9)]
    assert hopf_currents(ROUND) == ()  # unstable at every current
    assert period(ROUND) == pytest.approx(np.pi, rel=1e-9)
    assert floquet_multiplier(ROUND) == pytest.approx(np.exp(-2 * np.pi), rel=1e-5)
    run = limit_cycle(ROUND, 0.3, 101)
    assert np.hypot(run.x - 0.3, run.y) == pytest.approx(np.ones(101), abs=1e-8)
    assert (run.x[0], run.y[0]) == pytest.approx((0.3, -1.0), abs=1e-8)


def test_the_phases_of_a_round_cycle():
    rng = np.random.default_rng(2)
    x, y = rng.uniform(-1.5, 2, (2, 3, 4))
    assert turned(asymptotic_phase(ROUND, (x, y), 0.3) - ROUND.phase(x, y)) == pytest.approx(
        np.zeros((3, 4)), abs=2e-5)
    phases = np.linspace(0, 0.95, 20)
    angle = 2 * np.pi * phases - np.pi / 2
    for kick in (0.4, -0.7, 1.5):
        wanted = turned(ROUND.phase(0.3 + np.cos(angle) + kick, np.sin(angle)) - phases)
        assert turned(phase_response(ROUND, kick, phases, 0.3) - wanted) == pytest.approx(
            np.zeros(20), abs=2e-5)


def test_the_sensitivity_of_a_round_cycle():
    phases = np.linspace(0, 1, 11)
    angle, b = 2 * np.pi * phases - np.pi / 2, ROUND.shear
    wanted = np.array([-np.sin(angle) - b * np.cos(angle),
                       np.cos(angle) - b * np.sin(angle)]) / ROUND.omega
    assert infinitesimal_prc(ROUND, phases, 0.3) == pytest.approx(wanted, abs=1e-6)


def test_an_isochron_is_a_set_of_starts_of_one_phase():
    r = np.array([0.2, 0.5, 1.0, 2.0])
    angle = 0.7 + ROUND.shear * np.log(r)
    found = asymptotic_phase(ROUND, (0.3 + r * np.cos(angle), r * np.sin(angle)), 0.3)
    assert found == pytest.approx(np.full(4, found[2]), abs=2e-5)


def test_numbers_in_give_numbers_out_and_arrays_broadcast():
    assert isinstance(phase_response(ROUND, 0.1, 0.2), float) and isinstance(
        asymptotic_phase(ROUND, (1.0, 1.0)), float)
    assert phase_response(ROUND, np.array([[0.1], [0.2]]), np.array([0.0, 0.3,
                                                                     0.6])).shape == (2, 3)
    assert np.shape(infinitesimal_prc(ROUND, 0.25)) == (2,)


class CubicSpring(Model):
    """Van der Pol's oscillator on a cubic spring: at the fixed point one rate is 0, the other 1."""

    states = {"x": "1", "y": "1"}
    I_ext: float = parameter(0.0, "1", "I", -1, 1, "force")

    def rhs(self, state, I_ext):
        x, y = state
        return y, I_ext - x * x * x + (1 - x * x) * y


def test_a_rate_of_zero_does_not_make_the_search_for_a_cycle_endless():
    spring = CubicSpring()
    stretch = slowest_turn(spring, fixed_points(spring))
    assert stretch == pytest.approx(8 * np.pi, rel=1e-6) and slowest_turn(spring, []) == 100
    run = simulate(spring, np.arange(0, 60, 0.01), (1.0, 0.0), scheme=rk4)
    turns = spike_times(run.t, run.x, 0.0)
    assert period(spring) == pytest.approx(turns[-1] - turns[-2], rel=1e-6)


def test_a_damped_system_has_neither_hopf_point_nor_cycle():
    calm = StuartLandau(mu=-0.5)
    assert hopf_currents(calm) == () and is_stable(calm, fixed_points(calm)[0], 0.3)
    with pytest.raises(
            ValueError,
            match=r"StuartLandau has no stable cycle at I_ext = 0.3: .*fixed points at x = 0.3"
    ):
        period(calm)
    membrane = PassiveMembrane()
    assert hopf_currents(membrane) == () and len(fixed_points(membrane)) == 1


# --- Morris-Lecar
# ------------------------------------------------------------------------------------------


def barnacle_trace(V):
    """The trace of the linearisation at the equilibrium with voltage V, and its current, by
    hand.
    """
    n = (1 + np.tanh((V - 2) / 30)) / 2
    I = 4.4 * (1 + np.tanh((V + 1.2) / 18)) / 2 * (V - 120) + 8 * n * (V + 84) + 2 * (V + 60)
    J = jacobian(lambda x: BARNACLE.rhs(x, I), (V, n))
    return np.trace(J), I


def test_hopf_points_of_morris_lecar():
    wanted = [
        barnacle_trace(brentq(lambda V: barnacle_trace(V)[0], *ends))[1]
        for ends in ((-30, -20), (0, 20))
    ]
    assert hopf_currents(BARNACLE) == pytest.approx(wanted, abs=1e-6)
    assert hopf_currents(BARNACLE) == pytest.approx((93.858, 212.019), abs=2e-3)


def test_the_cycle_of_morris_lecar_against_an_independent_solver():
    def crossing(_, y):
        return y[0]

    crossing.direction = 1
    found = solve_ivp(lambda _, y: BARNACLE.rhs(y, 100.0), (0, 1500), (-20.0, 0.1),
                      method="DOP853", rtol=1e-11, atol=1e-12, events=crossing)
    assert period(BARNACLE) == pytest.approx(np.diff(found.t_events[0])[-1], rel=1e-7)
    assert limit_cycle(BARNACLE, 0.0).n[0] == pytest.approx(found.y_events[0][-1][1], abs=1e-7)


def test_rest_and_firing_side_by_side_in_morris_lecar():
    both = BARNACLE.but(I_ext=90.0)
    (point,) = fixed_points(both)
    assert is_stable(both, point, 90.0) and period(both) > 80
    border = unstable_cycle(both)
    assert border.V.min() < point[0] < border.V.max() and np.ptp(border.V) < np.ptp(
        limit_cycle(both).V)


def test_phases_of_morris_lecar():
    phases = np.array([0.1, 0.4, 0.7, 0.9])
    linear = infinitesimal_prc(BARNACLE, phases)[0] / period(BARNACLE)
    assert phase_response(BARNACLE, 0.02, phases) == pytest.approx(0.02 * linear, rel=0.05,
                                                                   abs=3e-6)
    turn = limit_cycle(BARNACLE, 20.0, 11)
    off = asymptotic_phase(BARNACLE, (turn.V, turn.n), 20.0) - np.arange(11) / 10
    assert turned(off) == pytest.approx(np.zeros(11), abs=2e-5)


def test_the_equilibria_of_a_model_that_knows_none_in_closed_form():
    x, n, I = equilibrium_curve(BARNACLE)
    for k in range(0, len(x), 200):
        assert BARNACLE.rhs((x[k], n[k]), I[k]) == pytest.approx((0, 0), abs=1e-6)


# --- Hodgkin-Huxley
# ------------------------------------------------------------------------------------------


def test_hopf_points_of_hodgkin_huxley():
    low, high = hopf_currents(SQUID)
    assert (low, high) == pytest.approx((9.775437995393, 154.522433665808), abs=1e-6)
    for I, V, T in ((low, 5.345856, 10.717883), (high, 21.941908, 5.911239)):
        (point,) = fixed_points(SQUID.but(I_ext=I))
        values = np.linalg.eigvals(jacobian(lambda x, I=I: SQUID.rhs(x, I), point))
        assert point[0] == pytest.approx(V, abs=1e-5)
        assert 2 * np.pi / np.abs(values.imag).max() == pytest.approx(T, abs=1e-5)


def test_hopf_points_with_another_leak_and_without_it():
    assert hopf_currents(SQUID.but(E_L=10.6)) == pytest.approx((9.779338, 154.526334), abs=1e-5)
    assert hopf_currents(SQUID.but(g_L=0.0)) == pytest.approx((6.177874, 159.197196), abs=1e-5)


@pytest.mark.parametrize("temperature, wanted", [(18.5, (18.559826, 151.578692)),
                                                 (25, (33.595, 129.220)),
                                                 (28, (52.707, 100.872)), (30, ())])
def test_hopf_points_move_together_and_vanish_with_warmth(temperature, wanted):
    assert hopf_currents(SQUID.but(temperature=temperature)) == pytest.approx(wanted, abs=1e-3)


@pytest.mark.parametrize("I, wanted", [(8, 16.0077128), (10, 14.63620999)])
def test_periods_of_hodgkin_huxley(I, wanted):
    assert period(SQUID.but(I_ext=I)) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("I, rate", [(6.3, 52.370822), (20, 86.470053), (75, 134.118642),
                                     (150, 167.853564)])
def test_rates_of_hodgkin_huxley_where_the_oscillation_shrinks_too(I, rate):
    assert 1000 / period(SQUID.but(I_ext=I)) == pytest.approx(rate, rel=1e-6)


def test_the_floquet_multiplier_of_hodgkin_huxley():
    assert floquet_multiplier(SQUID.but(I_ext=8.0)) == pytest.approx(0.0709, abs=1e-4)


def test_the_fixed_point_beside_the_cycle():
    (point,) = fixed_points(SQUID.but(I_ext=8.0))
    assert point[0] == pytest.approx(4.646624, abs=1e-5) and is_stable(SQUID, point, 8.0)


@pytest.mark.slow
def test_the_saddle_node_of_cycles_of_hodgkin_huxley():
    edge = 6.260321275
    assert period(SQUID.but(I_ext=edge + 5e-6)) == pytest.approx(
        19.8952406, abs=0.02)  # like a square root there
    with pytest.raises(ValueError, match="no stable cycle"):
        period(SQUID.but(I_ext=edge - 1e-5))


def test_no_cycle_a_little_farther_down_is_said_soon():
    with pytest.raises(ValueError, match="no stable cycle at I_ext = 6.25"):
        period(SQUID.but(I_ext=6.25))


def test_kicks_that_stop_hodgkin_huxley():
    stops = [(0.55, 8), (0.60, 4), (0.60, 6), (0.60, 8), (0.85, -4), (0.90, -4), (0.95, -8)]
    goes_on = [(0.20, 6), (0.60, 20), (0.85, -12), (0.40, -4)]
    phases, kicks = np.array(stops + goes_on).T
    found = np.isnan(phase_response(SQUID.but(I_ext=8.0), kicks, phases))
    assert list(found) == [True] * len(stops) + [False] * len(goes_on)


def test_the_phase_response_of_hodgkin_huxley_is_the_shift_of_its_spikes():
    cell = SQUID.but(I_ext=10.0)
    for phase, kick in ((0.2, 3.0), (0.8, 1.0), (0.6, -2.0)):
        _, shift = kicked_run(cell, [(phase, kick)], 8, steps=3000)
        assert phase_response(cell, kick, phase) == pytest.approx(shift, abs=5e-4)


# --- what is refused
# ------------------------------------------------------------------------------------------


def test_a_threshold_beside_the_cycle_is_refused():
    for threshold in (5.0, -5.0):
        with pytest.raises(
                ValueError, match=
                f"threshold {threshold:g} is never crossed: on the cycle the first state runs from "
                    "-0.7 to "
                "1.3"
        ):
            period(ROUND, threshold)


@pytest.mark.parametrize("wrong", ["high", np.nan, np.inf, {}])
def test_nonsense_is_refused_by_name(wrong):
    for name, call in {
            "threshold": lambda: period(ROUND, wrong),
            "kick": lambda: phase_response(ROUND, wrong, 0.5),
            "phases": lambda: phase_response(ROUND, 0.1, wrong),
            "turns": lambda: kicked_run(ROUND, [], wrong),
            "kicks": lambda: kicked_run(ROUND, [(0.1, wrong)], 2)
    }.items():
        with pytest.raises((TypeError, ValueError), match=f"{name} must be"):
            call()


def test_what_must_be_one_number_or_above_0_is_refused_otherwise():
    with pytest.raises(
            TypeError,
            match=r"threshold must be a finite number, not an array of shape \(2,\)"):
        period(ROUND, [0.1, 0.2])
    for turns in (0, -3):
        with pytest.raises(ValueError, match=f"turns must be a number above 0, not {turns}"):
            kicked_run(ROUND, [], turns)


class WithShadow(StuartLandau):
    """The same beside a third state that fades by itself."""

    states = {"x": "1", "y": "1", "z": "1"}
    fading: float = parameter(0.4)

    def rhs(self, state, I_ext):
        x, y, z = state
        return (*super().rhs((x, y), I_ext), -self.fading * z)


def test_multipliers_of_two_and_three_states():
    """In one turn of pi the distance from the circle shrinks by e^(-2 pi), the third state by
    e^(-fading pi).
    """
    for fading, slowest in ((0.4, 0.4), (1.5, 1.5), (9.0, 2.0)):
        assert floquet_multiplier(WithShadow(fading=fading)) == pytest.approx(
            np.exp(-slowest * np.pi), rel=1e-4)
    assert floquet_multiplier(ROUND.but(mu=9.0)) == pytest.approx(np.exp(-18 * np.pi),
                                                                  rel=1e-4)  # 2.8e-25


@pytest.mark.parametrize("function", [
    fixed_points, hopf_currents, period, limit_cycle, unstable_cycle, floquet_multiplier,
    lambda m: phase_response(m, 0.1, 0.2), lambda m: infinitesimal_prc(m, 0.2),
    lambda m: asymptotic_phase(m, (1.0, 1.0)), lambda m: kicked_run(m, [], 2)
])
def test_arrays_where_one_number_is_needed_are_refused(function):
    with pytest.raises(ValueError, match="mu must be one number here, not an array of shape"):
        function(StuartLandau(mu=np.array([1.0, 2.0])))


def test_unstable_cycles_need_two_states():
    with pytest.raises(
            TypeError,
            match="unstable_cycle needs a model with two states; HodgkinHuxley has 4"):
        unstable_cycle(SQUID)
