"""The FitzHugh-Nagumo chapter in numbers: fixed points, Hopf points, cycles, canards,
thresholds, phases, two kicks.

Reference values were computed independently by an eighth-order Runge-Kutta scheme at tolerance
1e-10 or by closed form. Thresholds are bracketed: just below there is no spike, just above
there is one.
"""
import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from course_utils import fast
from course_utils.analysis.dynamics import (
    fixed_points,
    hopf_currents,
    period,
)
from course_utils.analysis.phases import phase_response, wrapped
from course_utils.equilibria import is_stable, jacobian
from course_utils.model import Model, parameter
from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_03.cycles import limit_cycle, relaxation_period, unstable_cycle
from course_utils.notebook_03.exercises import CURRENTS, EXERCISES, POINTS, check, left_over
from course_utils.notebook_03.experiments import (
    FRAME,
    OneKick,
    OneStart,
    PhasePlane,
    TwoKicks,
    ending,
    isochron_map,
    noisy_phases,
    resetting_type,
    winding_number,
)
from course_utils.notebook_03.phases import floquet_multiplier, infinitesimal_prc, kicked_run
from course_utils.panel import Panel, Touch
from course_utils.questions.texts import texts
from course_utils.solve import rk4, simulate

NEURON = FitzHughNagumo()
SILENT = NEURON.but(I_ext=0.0)
FOLD = 0.324178523  # the lowest current with a stable cycle
SYMMETRIC = 2 * 0.7 / 0.8  # I and this minus I are mirror images


def at(I_ext, **others):
    return FitzHughNagumo(I_ext=I_ext, **others)


def size(run):
    """Peak to peak of v."""
    return float(np.ptp(run.v))


def fires(model):
    try:
        return period(model) > 0
    except ValueError:
        return False


# --- fixed points and Hopf points
# ------------------------------------------------------------------------------------------


def test_fixed_points_and_eigenvalues():
    assert NEURON.rest() == pytest.approx((-1.199408035244, -0.624260044055), abs=1e-9)
    (point,) = fixed_points(NEURON)
    assert point == pytest.approx((-0.804847747008, -0.131059683760), abs=1e-9)
    pair = sorted(np.linalg.eigvals(NEURON.jacobian(point)), key=lambda z: z.imag)
    assert pair == pytest.approx([0.1441100521 - 0.1915468774j, 0.1441100521 + 0.1915468774j],
                                 abs=1e-8)


def test_hopf_points_their_v_and_their_period():
    low, high = hopf_currents(NEURON)
    assert (low, high) == pytest.approx((0.331281337455, 1.418718662545), abs=1e-9)
    for I, v in ((low, -0.967470929796), (high, 0.967470929796)):
        (point,) = fixed_points(at(I))
        assert point[0] == pytest.approx(v, abs=1e-9)
        pair = np.linalg.eigvals(NEURON.jacobian(point))
        assert np.abs(pair.real).max() < 1e-9
        assert np.abs(pair.imag).max() == pytest.approx(0.275506805724, abs=1e-9)
    assert 2 * np.pi / 0.275506805724 == pytest.approx(22.805916865, abs=1e-7)


@pytest.mark.parametrize("changes, wanted",
                         [({"delta": 1 / 9}, (0.346477963, 1.403522037)),
                          ({"b": 0.4}, (-0.043266889, 3.5 + 0.043266889)),
                          ({"b": 0.4, "delta": 0.02}, (-0.073329296, 3.5 + 0.073329296))])
def test_hopf_points_of_other_parameters(changes, wanted):
    assert hopf_currents(NEURON.but(**changes)) == pytest.approx(wanted, abs=1e-8)


@given(a=st.floats(0, 1.2), b=st.floats(0.2, 0.99), delta=st.floats(0.005, 0.6))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_hopf_points_are_the_closed_form_wherever_it_holds(a, b, delta):
    v = np.sqrt(1 - b * delta)
    away = (1 / b - 1) * v + v**3 / 3
    assert hopf_currents(FitzHughNagumo(a=a, b=b, delta=delta)) == pytest.approx(
        (a / b - away, a / b + away), abs=1e-7)


@given(a=st.floats(-1, 1.2), b=st.floats(0.05, 1), I=st.floats(-2, 4))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_cardano_gives_the_one_fixed_point(a, b, I):
    p, q = 3 * (1 / b - 1), 3 * (a / b - I)
    s = np.sqrt(q * q / 4 + p**3 / 27)
    alpha = np.cbrt(
        -q / 2 - np.copysign(s, q))  # of the two roots the one whose terms don't cancel
    if abs(q) > 1e-3 or p > 1e-3:  # at the cusp the root is threefold and its digits are few
        found = FitzHughNagumo(a=a, b=b).fixed_states(I)
        assert [v for v, _ in found] == pytest.approx([alpha - p / (3 * alpha)], abs=1e-9)


@pytest.mark.parametrize("I, q", [(0.0, 2.625), (0.5, 1.125)])
def test_cardano_the_roots_and_fixed_points_agree(I, q):
    r = np.sqrt(q * q / 4 + 0.75**3 / 27)
    roots = np.roots([1, 0, 0.75, q])
    (real,) = roots.real[np.abs(roots.imag) < 1e-9]
    (v, _), = fixed_points(at(I))
    assert np.cbrt(-q / 2 + r) + np.cbrt(-q / 2 - r) == pytest.approx(
        v, abs=1e-12) and real == pytest.approx(v, abs=1e-12)


def test_beyond_b_1_there_can_be_three_fixed_points_and_all_hold():
    model = FitzHughNagumo(a=0.7, b=1.5, I_ext=0.5)
    found = fixed_points(model)
    assert len(found) == 3 and found == sorted(found)
    for point in found:
        assert model.rhs(point, 0.5) == pytest.approx((0, 0), abs=1e-12)


@given(v=st.floats(-3, 3), delta=st.floats(0.005, 0.6), b=st.floats(0.1, 1.5))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_jacobian_is_the_derivative_of_the_vector_field(v, delta, b):
    model = FitzHughNagumo(delta=delta, b=b)
    assert model.jacobian((v, 0.3)) == pytest.approx(
        jacobian(lambda x: model.rhs(x, 0.5), (v, 0.3)), abs=1e-9)


def test_jacobians_of_a_batch():
    v = np.linspace(-2, 2, 5)
    assert np.array_equal(NEURON.jacobian((v, v)), [NEURON.jacobian((x, x)) for x in v])


def test_the_delta_beyond_which_the_fixed_point_is_stable():
    (v, _), = fixed_points(NEURON)
    assert (1 - v * v) / 0.8 == pytest.approx(0.440275130, abs=1e-8)
    for delta, stable in ((0.44027, False), (0.44028, True)):
        assert is_stable(at(0.5, delta=delta), fixed_points(NEURON)[0], 0.5) == stable


def lyapunov(b, delta):
    """The first Lyapunov coefficient at the Hopf point (Guckenheimer and Holmes 1983, eq.
    3.4.11), v and w made normal.
    """
    v, omega = np.sqrt(1 - b * delta), np.sqrt(delta * (1 - b * b * delta))
    f_xx, f_xxx = -2 * v, -2.0  # of -v x^2 - x^3/3 in the equation of v
    g_xx = -b * delta / omega * f_xx
    return f_xxx / 16 - f_xx * g_xx / (16 * omega)


def test_the_kind_of_hopf_point():
    for b in np.linspace(0.1, 0.99, 30):
        for delta in (0.01, 0.08, 0.4):
            assert np.sign(lyapunov(b, delta)) == np.sign(2 * b - 1 - b * b * delta)
            assert lyapunov(b, delta) == pytest.approx((2 * b - 1 - b * b * delta) /
                                                       (8 * (1 - b * b * delta)), abs=1e-12)
    assert (1 - np.sqrt(1 - 0.08)) / 0.08 == pytest.approx(0.510421, abs=1e-6)
    assert (lyapunov(0.8, 0.08), lyapunov(0.4, 0.08)) == pytest.approx((0.0723, -0.0269),
                                                                       abs=5e-5)
    assert lyapunov(0.510420, 0.08) < 0 < lyapunov(0.510422, 0.08) < lyapunov(0.8, 0.08)


def test_the_kind_of_hopf_point_as_seen_in_the_cycles():
    low = hopf_currents(FitzHughNagumo(b=0.4))[0]
    assert size(limit_cycle(at(
        low + 1e-4, b=0.4))) < 0.25 and not fires(at(low - 1e-4, b=0.4))  # born small
    assert size(limit_cycle(
        at(hopf_currents(NEURON)[0] - 1e-4))) > 3.5  # there before, and large


# --- cycles
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("I, wanted", [(0.34, 46.791900), (0.4, 42.443411), (0.5, 39.474414980),
                                       (0.6, 37.891997), (0.7, 36.978752), (0.875, 36.418303),
                                       (1.0, 36.698794), (1.2, 38.575843), (1.4, 45.610501)])
def test_periods(I, wanted):
    assert period(at(I)) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("I, mirrored", [(1.4, 0.35), (1.41, 0.34)])
def test_periods_of_mirror_images(I, mirrored):
    assert I + mirrored == pytest.approx(SYMMETRIC)
    assert period(at(I)) == pytest.approx(period(at(mirrored)), rel=1e-6)


def test_the_lowest_and_the_highest_current_with_a_stable_cycle():
    for edge, step in ((FOLD, 1e-6), (SYMMETRIC - FOLD, -1e-6)):
        assert fires(at(edge + step)) and not fires(at(edge - step))
    assert SYMMETRIC - FOLD == pytest.approx(1.425821477, abs=1e-9)
    assert hopf_currents(NEURON)[0] - FOLD == pytest.approx(0.007103, abs=1e-6)


def test_stable_and_unstable_cycle_side_by_side():
    model = at(0.33)
    assert period(model) == pytest.approx(48.810210, abs=1e-4)
    border = unstable_cycle(model)
    # 0.24981 from both sides: time run backwards to its end, and bisection of starts by whether
    # they fire
    assert size(border) == pytest.approx(0.24981, abs=1e-4)
    v, w = (getattr(border, name)[0] for name in "vw")
    (v0, w0), = fixed_points(model)
    for factor, fired in ((0.97, False), (1.03, True)):
        run = simulate(model, np.arange(0, 3000, 0.2), (v0 + factor * (v - v0), w0 + factor *
                                                        (w - w0)))
        assert (run.v.max() > 1) == fired


@pytest.mark.parametrize("I, unstable, stable", [(0.3241795, 1.48, 3.59),
                                                 (0.3242785, 1.04, 3.68)])
def test_the_canard_explosion_of_the_standard_set_lies_on_the_unstable_branch(
        I, unstable, stable):
    assert size(unstable_cycle(at(I))) == pytest.approx(unstable, abs=0.006)
    assert size(limit_cycle(at(I))) == pytest.approx(stable, abs=0.006)


@pytest.mark.parametrize("passes, I", [(1, -0.03724607), (3, -0.03705223)])
def test_the_canard_that_can_be_watched(passes, I):
    below, above = (size(limit_cycle(at(I + d, b=0.4))) for d in (-1e-7, 1e-7))
    assert below < passes < above


def test_a_canard_too_narrow_to_be_watched():
    below, above = (size(limit_cycle(at(-0.07201139 + d, b=0.4, delta=0.02)))
                    for d in (-1e-8, 1e-8))
    assert below < 1 and above > 3


def test_the_extremes_of_the_cycle_and_its_state_at_phase_0():
    run = limit_cycle(NEURON, 0.0, 20001)
    found = (run.v.min(), run.v.max(), run.w.min(), run.w.max())
    assert found == pytest.approx((-1.97040675, 1.85211747, -0.24574181, 1.39377262), abs=1e-5)
    assert run.v[0] == pytest.approx(0, abs=1e-9) and run.w[0] == pytest.approx(
        -0.156636987, abs=1e-8)


def test_the_relaxation_limit():
    assert relaxation_period(NEURON) == pytest.approx(1.951964906, abs=1e-6)
    for delta, wanted in ((0.01, 2.266480), (0.08, 3.157953)):
        assert delta * period(at(0.5, delta=delta)) == pytest.approx(wanted, abs=1e-6)
    assert 0.001 * period(at(0.5, delta=0.001)) == pytest.approx(relaxation_period(NEURON),
                                                                 rel=0.04)
    with pytest.raises(ValueError, match="outer branch"):
        relaxation_period(SILENT)


def test_the_floquet_multiplier():
    assert floquet_multiplier(NEURON) == pytest.approx(2.3e-17, rel=0.01)


# --- thresholds
# ------------------------------------------------------------------------------------------


def test_the_smallest_kick_from_rest_that_fires():
    v, w = SILENT.rest()
    for kick, fired in ((0.555465053 - 1e-5, False), (0.555465053 + 1e-5, True)):
        assert (simulate(SILENT, np.arange(0, 60, 0.02), (v + kick, w)).v.max() > 1) == fired


def test_the_smallest_step_that_fires_and_the_three_answers_to_a_step():
    t = np.arange(0, 200, 0.02)
    for I, fired in ((0.143546327 - 1e-5, False), (0.143546327 + 1e-5, True)):
        assert (simulate(at(I), t, SILENT.rest()).v.max() > 1) == fired
    steps = at(np.array([0.1, 0.2, 0.5]))
    above = simulate(steps, np.arange(0, 200, 0.1), SILENT.rest()).v > 0
    assert list((~above[:-1] & above[1:]).sum(axis=0)) == [0, 1, 5]


# --- phases
# ------------------------------------------------------------------------------------------


@cache
def sensitivity():
    phases = np.linspace(0, 1, 4001)
    return phases, infinitesimal_prc(NEURON, phases)[0]


def test_phase_sensitivity():
    Z = infinitesimal_prc(NEURON, np.array([0, 0.2, 0.4, 0.6, 0.8]))[0]
    assert Z == pytest.approx([1.1668154, 0.4240353, -0.2039203, -0.7180573, 0.1761934],
                              abs=1e-4)
    phases, Z = sensitivity()
    down, up = np.flatnonzero(np.diff(np.sign(Z)))
    assert (phases[down], phases[up]) == pytest.approx((0.219966, 0.798594), abs=3e-4)
    assert (Z.max(), phases[Z.argmax()]) == pytest.approx((11.2450, 0.8930), abs=1e-2)
    assert (Z.min(), phases[Z.argmin()]) == pytest.approx((-4.6635, 0.3060), abs=1e-2)


def test_zeros_of_the_phase_sensitivity():
    near = np.array([0.219966 - 1e-4, 0.219966 + 1e-4, 0.798594 - 1e-4, 0.798594 + 1e-4])
    assert list(np.sign(infinitesimal_prc(NEURON, near)[0])) == [1, -1, -1, 1]


def test_direct_phase_response():
    phases = np.arange(0, 1, 0.0025)
    shifts = phase_response(NEURON, 0.1, phases)
    assert (shifts.max(), shifts.min()) == pytest.approx((0.02869, -0.01134), abs=2e-4)
    assert (phases[shifts.argmax()], phases[shifts.argmin()]) == pytest.approx((0.873, 0.3125),
                                                                               abs=0.003)


def test_small_kicks_act_as_the_sensitivity_says():
    phases = np.array([0.05, 0.3, 0.5, 0.7, 0.88])
    expected = infinitesimal_prc(NEURON, phases)[0] * 1e-3 / period(NEURON)
    assert phase_response(NEURON, 1e-3, phases) == pytest.approx(expected, rel=0.02, abs=2e-7)


@pytest.mark.parametrize("kick, wanted", [(0.1, 1), (1, 1), (-0.5, 1), (-1, 1), (3, 0)])
def test_winding_numbers_counted_at_sixty_phases(kick, wanted):
    phases = np.arange(60) / 60
    assert winding_number(phases, phase_response(NEURON, kick, phases)) == wanted


def counted_finely(kick, steps=0.2):
    """The winding number from phases that are added until the new phase moves by less than
    `steps` between two.
    """
    phases = np.arange(61) / 60
    new = phases + phase_response(NEURON, kick, phases)
    for _ in range(45):
        moves = np.abs(np.mod(np.diff(new) + 0.5, 1) - 0.5)
        if not (wide := np.flatnonzero(moves > steps)).size:
            break
        between = (phases[wide] + phases[wide + 1]) / 2
        phases = np.insert(phases, wide + 1, between)
        new = np.insert(new, wide + 1, between + phase_response(NEURON, kick, between))
    return winding_number(phases[:-1], (new - phases)[:-1])


@pytest.mark.parametrize("kick, wanted", [(0.1, 1), (0.4, 1), (-1, 1), (1.5, 0), (2, 0), (3, 0),
                                          (-2.5, 0)])
def test_winding_numbers_by_geometry_are_those_of_fine_enough_samples(kick, wanted):
    assert resetting_type(NEURON, kick) == counted_finely(kick) == wanted


def test_type_0_begins_where_the_moved_cycle_touches_the_fixed_point():
    (v, w), = fixed_points(NEURON)
    cycle = limit_cycle(NEURON, 0.0, 20001)
    borders = sorted(v - cycle.v[np.flatnonzero(np.diff(np.sign(cycle.w - w)))])
    assert borders == pytest.approx([-1.0651, 0.4853], abs=3e-4)
    assert [resetting_type(NEURON, k)
            for k in (-1.07, -1.06, 0.48, 0.49, 1.0)] == [0, 1, 1, 0, 0]


def test_two_kicks_in_both_orders():
    for first, wanted in ((0.5, 0.1017), (-0.5, -0.0784)):
        run, shift = kicked_run(NEURON, [(0.87, first), (10.35, -first)], 22)
        assert shift == pytest.approx(wanted, abs=2e-4)
        one = phase_response(NEURON, first, 0.87)
        assert one + phase_response(NEURON, -first, np.mod(10.35 + one, 1)) == pytest.approx(
            shift, abs=1e-5)
        assert run.t[-1] == pytest.approx(22 * period(NEURON))


def test_a_shift_lasts_and_kicks_may_come_in_any_order_or_together():
    shifts = [kicked_run(NEURON, [(0.87, 0.5)], turns)[1] for turns in (3, 10, 20)]
    assert shifts == pytest.approx([phase_response(NEURON, 0.5, 0.87)] * 3, abs=1e-5)
    both = [(10.35, -0.5), (0.87, 0.5)]
    assert kicked_run(NEURON, both, 14)[1] == kicked_run(NEURON, both[::-1], 14)[1]
    assert kicked_run(NEURON, [(0.87, 0.25), (0.87, 0.25)], 4)[1] == kicked_run(
        NEURON, [(0.87, 0.5)], 4)[1]
    assert kicked_run(NEURON, [], 4)[1] == 0


def test_a_kick_switches_the_bistable_neuron_on_and_another_one_off():
    model = at(0.328)
    (v, w), = fixed_points(model)
    assert is_stable(model, (v, w), 0.328)
    for kick, fired in ((0.05, False), (0.6, True)):
        run = simulate(model, np.arange(0, 1000, 0.2), (v + kick, w))
        assert (run.v[-500:].max() > 1) == fired
    assert np.isnan(phase_response(model, 0.2, 0.63)) and np.isnan(
        kicked_run(model, [(1.63, 0.2)], 8)[1])
    assert np.isfinite(phase_response(model, 0.2, 0.3))


def test_the_phase_map_agrees_with_the_phases_of_its_starts():
    found = isochron_map(NEURON, 31, 3)
    cycle = limit_cycle(NEURON, 0.0, 21)
    for k in (2, 9, 15):
        row, column = (np.abs(axis - x[k]).argmin()
                       for axis, x in ((found.w, cycle.w), (found.v, cycle.v)))
        assert abs((found.phase[row, column] - k / 20 + 0.5) % 1 - 0.5) < 0.06
    assert found.phase.min() >= 0 and found.phase.max() < 1


def test_noise_makes_the_phase_diffuse_as_linear_theory_says():
    strength, turns = 0.04, [4, 16]
    phases, Z = sensitivity()
    rate = strength**2 * np.mean(Z**2) / period(NEURON)
    found = noisy_phases(NEURON, strength, turns, 400, np.random.default_rng(5), steps=200)
    assert found.shape == (2, 400)
    assert found.var(axis=1) == pytest.approx(rate * np.array(turns),
                                              rel=0.25)  # 3.5 standard errors
    assert np.abs(noisy_phases(NEURON, 0.0, [2], 3, np.random.default_rng(5))).max() < 1e-4


# --- the article
# ------------------------------------------------------------------------------------------


class FitzHugh1961(Model):
    """FitzHugh's own equations."""

    states = {"x": "1", "y": "1"}
    I_ext: float = parameter(-0.4)

    def rhs(self, state, z):
        x, y = state
        return 3 * (y + x - x * x * x / 3 + z), -(x - 0.7 + 0.8 * y) / 3


def test_fitzhughs_own_equations_are_these_in_other_letters():
    s = np.linspace(0, 50, 5001)
    his, ours = simulate(FitzHugh1961(), s, (1.0, 0.2)), simulate(at(0.4, delta=1 / 9), 3 * s,
                                                                  (-1.0, 0.2))
    assert ours.v == pytest.approx(-his.x, abs=1e-10) and ours.w == pytest.approx(
        his.y, abs=1e-10)
    assert hopf_currents(FitzHugh1961()) == pytest.approx(
        [-I for I in hopf_currents(at(0.4, delta=1 / 9))[::-1]], abs=1e-8)


def test_two_of_four_numbers_are_no_state():
    """From one V and n Hodgkin and Huxley's neuron fires or doesn't: h decides."""
    V, m, h, n = HodgkinHuxley().rest()
    run = simulate(HodgkinHuxley(I_ext=0.0), np.arange(0, 40, 0.01),
                   (V + 10, m, np.array([h, h / 2]), n))
    assert run.V.max(axis=0) == pytest.approx([104.4, V + 10], abs=0.1)


# --- the fast scheme
# ------------------------------------------------------------------------------------------

T = np.linspace(0, 60, 601)


@pytest.mark.parametrize("start", [(-1.0, 0.5),
                                   (np.linspace(-2.5, 2.5, 7), np.linspace(-1, 2, 7)),
                                   (np.linspace(-2, 2, 6).reshape(2, 3), 0.1),
                                   (np.array([0.3]), np.array([0.2]))],
                         ids=["one", "batch", "grid", "batch of one"])
def test_the_fast_scheme_is_rk4_up_to_rounding(start):
    for model, drive in ((NEURON, None), (at(0.5, delta=0.6, a=0.1, b=1.4), 0.3 + np.sin(T))):
        quick = simulate(model, T, start, drive)
        with fast.off():
            plain = simulate(model, T, start, drive)
        assert quick.v == pytest.approx(plain.v, abs=1e-10)
        assert quick.w == pytest.approx(plain.w, abs=1e-10)


@pytest.mark.parametrize("model", [
    at(np.array([0.1, 0.5, 1.6])),
    FitzHughNagumo(delta=np.array([0.02, 0.08, 0.3])),
    FitzHughNagumo(b=np.array([0.5, 0.8, 1.2]), a=np.array([0.7, 0.6, 0.5]))
])
def test_a_sweep_is_its_single_runs(model):
    run = simulate(model, T, (-1.0, 0.3))
    for k in range(3):
        lane = {
            name: float(np.broadcast_to(getattr(model, name), 3)[k])
            for name in model.parameters()
        }
        assert run.v[:, k] == pytest.approx(
            simulate(FitzHughNagumo(**lane), T, (-1.0, 0.3)).v, abs=1e-10)


def test_the_scheme_also_takes_uneven_steps_and_reports_a_blow_up():
    t = np.cumsum(np.tile([0.05, 0.1], 50))
    assert np.array_equal(
        simulate(NEURON, t, (0.0, 0.0)).v,
        simulate(NEURON, t, (0.0, 0.0), scheme=rk4).v)
    for start in ((3.0, 0.0), (np.array([0.0, 3.0]), np.zeros(2))):
        with pytest.raises(ValueError, match="blew up at t = .* try a step of"):
            simulate(NEURON, np.arange(0, 40, 2.0), start)


def test_the_order_of_the_scheme():
    exact = simulate(NEURON, np.linspace(0, 20, 8001), (-1.0, 0.0)).v[-1]
    errors = [
        abs(simulate(NEURON, np.linspace(0, 20, n + 1), (-1.0, 0.0)).v[-1] - exact)
        for n in (100, 200)
    ]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(4, abs=0.5)


def test_against_an_independent_solver():
    from scipy.integrate import solve_ivp
    t = np.arange(0, 100, 0.1)
    wanted = solve_ivp(
        lambda _, y: [y[0] - y[0]**3 / 3 - y[1] + 0.5, 0.08 * (y[0] + 0.7 - 0.8 * y[1])],
        (0, t[-1]), (-1.2, -0.6), method="DOP853", rtol=1e-11, atol=1e-12, t_eval=t).y
    run = simulate(NEURON, t, (-1.2, -0.6))
    assert run.v == pytest.approx(wanted[0], abs=1e-4) and run.w == pytest.approx(
        wanted[1], abs=1e-4)


# --- what is refused
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delta", [0, -0.08, float("nan"), float("inf")])
def test_a_delta_that_is_no_positive_number_is_refused(delta):
    with pytest.raises(ValueError, match="delta of FitzHughNagumo must be a number above 0"):
        FitzHughNagumo(delta=delta)


@pytest.mark.parametrize("name", ["I_ext", "delta", "a", "b"])
@pytest.mark.parametrize("value", ["0.5", None, True, [[1], [2, 3]], np.nan, {"v": 1}])
def test_every_parameter_refuses_what_is_no_number(name, value):
    with pytest.raises((TypeError, ValueError), match=f"{name} of FitzHughNagumo must be"):
        FitzHughNagumo(**{name: value})


def test_the_nullcline_at_b_0_is_refused_and_the_rest_still_works():
    upright = FitzHughNagumo(b=0.0)
    with pytest.raises(ValueError,
                       match=r"at b = 0 the w-nullcline is the vertical line v = -a = -0.7"):
        upright.nullclines(0.0)
    assert fixed_points(upright) == [pytest.approx((-0.7, -0.7 + 0.343 / 3 + 0.5))]
    v, w = NEURON.nullclines(np.array([-1.0, 0.0]))
    assert v == pytest.approx([-2 / 3 + 0.5, 0.5]) and w == pytest.approx([-0.375, 0.875])


@pytest.mark.parametrize("function", [
    period, limit_cycle, floquet_multiplier, lambda m: phase_response(m, 0.1, 0.5),
    lambda m: infinitesimal_prc(m, 0.5), lambda m: kicked_run(m, [], 3)
])
def test_what_needs_a_cycle_says_that_there_is_none(function):
    with pytest.raises(
            ValueError,
            match="FitzHughNagumo has no stable cycle at I_ext = 0.1: .*hopf_currents"):
        function(at(0.1))
    with pytest.raises(ValueError, match="I_ext must be one number here, not an array"):
        function(at(np.array([0.4, 0.5])))


def test_there_is_no_unstable_cycle_round_an_unstable_point():
    with pytest.raises(ValueError, match="no unstable cycle at I_ext = 0.5"):
        unstable_cycle(NEURON)


def test_kicks_outside_the_run_are_refused():
    with pytest.raises(ValueError, match="kicks must lie between 0 and turns = 5"):
        kicked_run(NEURON, [(7, 0.1)], 5)


# --- the experiments of the notebook
# ------------------------------------------------------------------------------------------


def pointed(record, place, x, y=0.0):
    """The record after the pointer was at x, y in the Axes of this name."""
    return record.touched(Touch("drag", Figure().add_subplot(label=place), x, y))


def test_the_phase_plane_says_what_it_shows():
    found = PhasePlane().run()
    assert found.trajectories.v.shape[1] == 400 and found.oscillating().all()
    assert found.stable == [] and found.unstable == fixed_points(NEURON)
    assert ("the fixed point (-0.805, -0.131) is unstable, eigenvalues 0.144 ± 0.192i. From "
            "(-1.20, -0.62) the run oscillates with period 39.47. 400 of the 400 trajectories "
            "still oscillate at the end.") in found.sentence()
    silent = PhasePlane(neuron=at(0.1)).run()
    assert not silent.oscillating().any() and "is stable" in silent.sentence()
    assert "the run ends near v = -1.138. 0 of the 400" in silent.sentence()
    assert 0 < PhasePlane(neuron=at(0.3245)).run().oscillating().sum() < 400


def test_each_of_three_fixed_points_is_named_with_its_stability():
    found = PhasePlane(neuron=at(0.5, b=1.5)).run()
    assert len(found.stable) == 2 and len(found.unstable) == 1
    assert ("3 fixed points: (-0.946, -0.164) is stable, (-0.101, 0.399) is unstable, "
            "(1.047, 1.164) is stable") in found.sentence()
    assert "ends near v = 1.047" in found.sentence()


def test_the_sentence_gives_the_period_of_the_cycle_also_where_the_run_itself_comes_to_rest():
    ringing = PhasePlane(neuron=at(0.328), v0=-0.9, w0=-0.338).run()
    assert "swings less and less around the fixed point, by 0.1" in ringing.sentence()
    said = f"still oscillate at the end, with period {period(at(0.328)):.3g}."
    assert said in ringing.sentence()


@pytest.mark.parametrize("changes", [{"I_ext": 0.4}, {"I_ext": 1.4}, {"delta": 0.04},
                                     {"delta": 0.02}, {"a": 0.4}, {"b": 0.6}])
def test_the_period_in_the_sentence_is_that_of_the_cycle_however_slow(changes):
    neuron = NEURON.but(**changes)
    said = ending(PhasePlane(neuron=neuron).run().run)
    found = float(said.removeprefix("oscillates with period "))
    assert found == pytest.approx(period(neuron), rel=4e-4)


def test_small_steady_cycles_and_growing_ones_are_told_apart():
    growing = PhasePlane(neuron=at(0.333), v0=-0.9, w0=-0.34).run().run
    assert ending(growing).startswith("swings more and more")
    steady = limit_cycle(at(-0.038, b=0.4), -1.0)
    run = PhasePlane(neuron=at(-0.038, b=0.4), v0=steady.v[0], w0=steady.w[0]).run().run
    assert np.ptp(run.v) < 1 and ending(run) == f"oscillates with period {steady.t[-1]:.4g}"


def test_a_start_can_be_dragged_but_not_out_of_the_frame():
    home = PhasePlane()
    assert pointed(home, "plane", 0.5, 1.0) == PhasePlane(v0=0.5, w0=1.0)
    assert pointed(home, "plane", 9.0, -9.0) == PhasePlane(v0=FRAME[0][1], w0=FRAME[1][0])
    assert pointed(home, "trace", 9.0, -9.0) == home
    at_the_edge = PhasePlane(v0=2.55).touched(Touch("→", None, np.nan, np.nan))
    assert at_the_edge.v0 == FRAME[0][1]


def test_the_buttons_of_the_phase_plane_move_its_start():
    def view(fig):
        fig.subplots().plot([], [], animated=True)
        return lambda record, result: f"{record.v0:g} {record.w0:g}"

    panel = Panel(PhasePlane(), view, "neuron.I_ext")
    rows = [row for row in panel.children if hasattr(row, "children")]
    buttons = {each.description: each for row in rows for each in row.children
               if getattr(each, "description", "") in PhasePlane.BUTTONS}
    assert [each.tooltip for each in buttons.values()] == list(PhasePlane.BUTTONS.values())
    for label in "→↑↑":
        buttons[label].click()
    assert panel.readout.value == panel.picture.alt == "-1.1 -0.42"
    assert panel.record == PhasePlane(v0=-1.1, w0=-0.42)
    panel.reset()
    assert panel.record == PhasePlane()


def test_one_start_at_one_current():
    found = OneStart().run()
    assert found.run.w[0] == pytest.approx(fixed_points(at(0.328))[0][1])
    assert (found.low, found.high) == (found.run.v[1000:].min(), found.run.v[1000:].max())
    assert "I_ext = 0.3280: from v = -0.90 the run swings less and less" in found.sentence()
    moved = pointed(OneStart(), "corner", 0.33, -5.0)
    assert (moved.neuron.I_ext, moved.v0) == (0.33, -2.0)
    assert pointed(OneStart(), "trace", 0.33, -5.0) == OneStart()


def test_two_kicks_as_the_panel_shows_them():
    found, swapped = TwoKicks().run(), TwoKicks(order="− then +").run()
    assert (found.shift, found.other_shift) == pytest.approx((0.1017, -0.0784), abs=2e-4)
    assert (swapped.shift, swapped.other_shift) == (found.other_shift, found.shift)
    said = "leave the rhythm 0.102 cycle early; in the other order 0.078 cycle late."
    assert said in found.sentence()
    (before, after), _ = found.jumps()
    assert after[0] - before[0] == pytest.approx(0.5) and after[1] == before[1]
    assert pointed(TwoKicks(), "kicks", 0.4) == TwoKicks(first=0.4)
    assert pointed(TwoKicks(), "kicks", 13) == TwoKicks(second=11.5)
    assert pointed(TwoKicks(), "plane", 13) == TwoKicks()


def test_a_kick_comes_when_the_sentence_says():
    """A dragged kick falls on a step of the run, and what is run is what is said."""
    dragged = pointed(TwoKicks(size=0.493, second=10.97), "kicks", 0.748)
    assert dragged.first == 0.75
    found = TwoKicks(size=0.493, first=0.748, second=10.97).run()
    assert found.kicks[0][0] == 0.75 and "at 0.75 cycles" in found.sentence()


def test_one_kick_as_the_panel_shows_it():
    weak, strong = OneKick().run(), OneKick(size=3.0).run()
    assert weak.shift == pytest.approx(0.0287, abs=2e-4)
    assert "type 1" in weak.sentence() and "type 0" in strong.sentence()
    assert pointed(OneKick(), "curve", 0.3).phase == 0.3
    assert pointed(OneKick(), "trace", 0.3) == OneKick()


@pytest.mark.parametrize("size, kind", [(0.1, 1), (0.4, 1), (0.48, 1), (0.485, 1), (0.486, 0),
                                        (0.49, 0), (0.5, 0), (1.0, 0), (3.0, 0), (-1.0, 1)])
def test_the_transition_curve_ends_as_its_type_says(size, kind):
    """It is continuous but for one steep step, which climbs below the border and falls
    beyond it.
    """
    found = OneKick(size=size).run()
    assert found.resetting == kind and found.new[-1] - found.new[0] == pytest.approx(kind)
    steps = np.diff(found.new)
    if abs(size - 0.4853) > 0.01:  # close to the border several steps stay steep
        assert (np.abs(np.delete(steps, found.cliff)) < 0.35).all()
    direct = phase_response(NEURON, size, found.old[:-1], 0.0) + found.old[:-1]
    assert np.abs(wrapped(found.new[:-1] - direct)).max() < 1e-6
    assert wrapped(found.here() - found.phase - found.shift) == pytest.approx(0, abs=1e-9)


# --- exercises with more than one right answer
# ---------------------------------------------------------------------------


def test_undo_a_kick():
    assert check("undo a kick", 9.83).state == check("undo a kick", 10.84).state == "right"
    assert check("undo a kick", np.array(9.83)).state == "right"
    assert check("undo a kick", [9.83]).state == "right"
    hints = [check("undo a kick", when) for when in (10.2, 10.04, 9.8, 9.87)]
    assert [hint.state for hint in hints] == ["hint"] * 4 and len({hint.text
                                                                   for hint in hints}) == 4
    assert check("undo a kick", 40).state == "wrong" and np.isnan(
        left_over("soon")) and np.isnan(left_over(True))


def test_the_directions_are_those_of_the_vector_field():
    """C and D are on the cubic; at A and B v changes more than three times as fast as w."""
    right = []
    for v, w in POINTS.values():
        dv, dw = NEURON.rhs((v, w), 0.5)
        assert abs(dv) < 1e-3 or abs(dv) > 3 * abs(dw)
        right.append(("left", "right")[int(dv > 0)] if abs(dv) > 1e-3 else
                     ("down", "up")[int(dw > 0)])
    assert check("directions", right).state == "right"
    assert check("directions", [word.upper() for word in right]).state == "right"
    half = check("directions", ["right", "left", "down", "left"])
    assert half.state == "wrong" and "1 ✓, 2 ✓, 3 ✗, 4 ✗" in half.text


def test_the_growth_rates_are_judged_at_all_currents():
    """Where the eigenvalues are complex it is half the trace; else the larger real one."""
    rates = []
    for I in CURRENTS:
        (v, _), = fixed_points(at(I))
        trace, det = 1 - v * v - 0.8 * 0.08, 0.08 * (1 - 0.8 + 0.8 * v * v)
        rates.append(trace / 2 + np.sqrt(max(trace * trace / 4 - det, 0)))
    assert check("growth rate", rates).state == "right"
    assert check("growth rate", np.array(rates) / 2).state == "wrong"
    assert np.interp(0.5, CURRENTS, rates) == pytest.approx(0.144, abs=5e-4)
    crossings = CURRENTS[np.flatnonzero(np.diff(np.sign(rates)))]
    assert crossings == pytest.approx([0.3, 1.4])


def test_a_model_of_your_own():
    class Mirror(FitzHugh1961):
        pass

    class Tent(Model):
        states = {"x": "1", "y": "1"}
        I_ext: float = parameter(0.0)

        def rhs(self, state, I_ext):
            x, y = state
            return 3 * np.tanh(x) - x - y + I_ext, 0.1 * (2 * x - y)

    class Damped(Model):
        states = {"x": "1", "y": "1"}
        I_ext: float = parameter(0.0)

        def rhs(self, state, I_ext):
            x, y = state
            return -x - y + I_ext, x - y

    class Explodes(Tent):
        """Izhikevich's fast equation without a reset: a Hopf point and no cycle."""

        def rhs(self, state, I_ext):
            x, y = state
            return x * x - y + I_ext, 0.1 * (2 * x - y)

    class Nameless(Model):
        states = {"x": "1"}
        drive: float = parameter(0.0)

        def rhs(self, state, drive):
            return (drive - state[0],)

    class OneByOne(Tent):
        def rhs(self, state, I_ext):
            x, y = state
            return 3 * math.tanh(x) - x - y + I_ext, 0.1 * (2 * x - y)

    assert check("a model of your own", Tent()).state == "right"
    said = {"no Hopf point": Damped(), "course's": NEURON, "class": Damped, "cubic": Mirror(),
            "no cycle": Explodes(), "no current": Nameless(), "no arrays": OneByOne()}
    hints = texts("03")["exercises"]["a model of your own"]["hints"]
    for key, answer in said.items():
        verdict = check("a model of your own", answer)
        assert (verdict.state, verdict.text) == ("hint", hints[key]), key
    assert check("a model of your own", HodgkinHuxley()).text == hints["course's"]
    assert set(said) == set(EXERCISES["a model of your own"].wrong)


@pytest.mark.parametrize("name, answer, state", [
    ("a narrow range", 1.22, "right"), ("a narrow range", 1.206, "right"),
    ("a narrow range", 1.2, "hint"), ("a narrow range", 0.08, "hint"),
    ("a narrow range", 1.26, "hint"), ("evidence", [False, True, False, False, True], "right"),
    ("evidence", [True, True, False, False, True], "hint"),
    ("evidence", [False, True, False, True, True], "hint"),
    ("evidence", [False, True, False, False, False], "hint"),
    ("evidence", [False, False, False, False, True], "wrong")])
def test_the_exercises_on_what_makes_a_rhythm(name, answer, state):
    assert check(name, answer).state == state
