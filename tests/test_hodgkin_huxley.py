"""The Hodgkin-Huxley chapter in numbers: rest, cycles, steps, pulses, shocks, clamp,
temperature, the two reductions.

Reference values were computed independently by an eighth-order Runge-Kutta scheme at tolerance
1e-10 or by closed form. Thresholds are bracketed: just below there is no spike, just above
there is one.
"""
from functools import cache

import numpy as np
import pytest

from course_utils import registry
from course_utils.checks import CourseWarning
from course_utils.equilibria import fixed_states, is_stable, jacobian
from course_utils.models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    voltage_clamp,
)
from course_utils.models.membrane import exponential_euler
from course_utils.notebook_02.peaks import peak
from course_utils.solve import euler, rk4, simulate
from course_utils.spikes import spike_times

CELL = HodgkinHuxley()
REST = CELL.rest()
SILENT = CELL.but(I_ext=0.0)
H = 0.01  # ms; splitting is then within the tolerances below
FINE = 0.0025  # ms; for heights of peaks to 1e-3 mV


def times(duration, h=H):
    return np.linspace(0, duration, round(duration / h) + 1)


def kicked(kick, state=REST):
    """The state with V moved by `kick`, one number or one per lane."""
    return (state[0] + kick, *(np.broadcast_to(x, np.shape(kick)) for x in state[1:]))


def fires(run, after=0.0):
    """For each lane whether V crosses 50 mV upwards later than `after` (ms)."""
    return [bool((spikes > after).any()) for spikes in spike_times(run.t, run.V, 50)]


def around(threshold, tolerance):
    """Pairs just below and just above each threshold, one lane each, flat."""
    return np.multiply.outer(threshold, [1 - tolerance, 1 + tolerance]).ravel()


def pulse(t, start, length, height):
    """A rectangular pulse (T, lanes); each argument one number or one per lane."""
    start, length, height = np.broadcast_arrays(start, length, height)
    k = np.arange(len(t))[:, None]
    on, off = (np.round(x / (t[1] - t[0])) for x in (start, start + length))
    return np.where((k >= on) & (k < off), height, 0.0)


# --- rates, rest, linearisation
# ------------------------------------------------------------------------------------------


def test_rates_at_0_mV():
    rates = CELL.rates(0.0)
    wanted = {"n": (0.058197671, 0.125), "m": (0.223563725, 4), "h": (0.07, 0.047425873)}
    for gate, (alpha, beta) in wanted.items():
        assert rates[gate] == pytest.approx((alpha, beta), abs=1e-9)


def test_steady_gates_and_time_constants_at_0_mV():
    m, h, n = CELL.steady_gates(0.0)
    assert (n, m, h) == pytest.approx((0.317676914, 0.052932485, 0.596120754), abs=1e-9)
    tau = {gate: 1 / sum(rates) for gate, rates in CELL.rates(0.0).items()}
    assert (tau["n"], tau["m"], tau["h"]) == pytest.approx((5.458585, 0.236767, 8.516011),
                                                           abs=1e-6)


@pytest.mark.parametrize("voltage", [float, np.array], ids=["float", "array"])
def test_rates_are_exact_at_the_removable_singularities(voltage):
    assert CELL.rates(voltage(10.0))["n"][0] == 0.1
    assert CELL.rates(voltage(25.0))["m"][0] == 1.0
    for d in (1e-12, 1e-9, 1e-6,
              1e-3):  # series: alpha_n(10 + d) = 0.1 + 0.005 d + d^2 / 12000 ...
        assert CELL.rates(voltage(10.0 + d))["n"][0] == pytest.approx(
            0.1 + 0.005 * d + d * d / 12000, abs=1e-13)
        assert CELL.rates(voltage(25.0 + d))["m"][0] == pytest.approx(
            1 + 0.05 * d + d * d / 1200, abs=1e-12)


def test_the_naive_quotient_fails_where_ours_does_not():
    def naive(V):
        return 0.01 * (10 - V) / (np.exp((10 - V) / 10) - 1)

    with np.errstate(invalid="ignore"):
        assert np.isnan(naive(np.float64(10.0)))
    assert naive(10 + 1e-12) == pytest.approx(0.0999778, abs=1e-6)


def test_rest():
    assert REST[0] == pytest.approx(0.003620669, abs=1e-6)
    m, h, n = REST[1:]
    assert (n, m, h) == pytest.approx((0.317732400, 0.052955087, 0.595994125), abs=1e-6)


@pytest.mark.parametrize("E_L, V", [(10.6, 0.000277566), (10.599, 0.000020330),
                                    (10.7, 0.025947548)])
def test_rest_depends_on_the_leak_reversal(E_L, V):
    assert CELL.but(E_L=E_L).rest()[0] == pytest.approx(V, abs=1e-6)


def test_leak_reversal_that_makes_the_rest_exactly_0():
    others = CELL.but(g_L=0.0).steady_current(
        0.0)  # the leak has to carry what sodium and potassium leave
    assert others / CELL.g_L == pytest.approx(10.5989209694, abs=1e-8)


def test_eigenvalues_at_rest():
    found = np.sort_complex(np.linalg.eigvals(jacobian(lambda x: CELL.rhs(x, 0.0), REST)))
    wanted = np.sort_complex(
        [-4.675027, -0.202639 + 0.383225j, -0.202639 - 0.383225j, -0.120665])
    assert np.abs(found - wanted).max() < 1e-5


def test_slope_and_chord_conductance_at_rest():
    d = 1e-4
    slope = (CELL.steady_current(REST[0] + d) - CELL.steady_current(REST[0] - d)) / (2 * d)
    assert slope == pytest.approx(1.166894971, abs=1e-5)
    assert sum(g for g, _ in CELL.channels(*REST)) == pytest.approx(0.677521, abs=1e-5)


def test_impedance_resonates_at_67_Hz():
    J = jacobian(lambda x: CELL.rhs(x, 0.0), REST)

    def impedance(f_Hz):
        return abs(np.linalg.inv(2j * np.pi * f_Hz / 1000 * np.eye(4) - J)[0, 0]) / CELL.C_m

    f = np.linspace(66.5, 66.9, 401)
    at, top = peak(f, np.array([impedance(each) for each in f]))
    assert impedance(0.0) == pytest.approx(0.856975156, abs=1e-5)
    assert (at, top) == (pytest.approx(66.686744, abs=1e-3), pytest.approx(
        2.423341059, abs=1e-5))
    assert top / impedance(0.0) == pytest.approx(2.827784, abs=1e-5)


def test_stimulus_and_leak_reversal_enter_only_together():
    state = (12.0, 0.1, 0.5, 0.4)
    shifted = CELL.but(E_L=10.6).rhs(state, 7.0 + 0.3 * 0.013)
    assert CELL.rhs(state, 7.0) == pytest.approx(shifted, rel=1e-14)


def test_fixed_point_at_8():
    (state,) = fixed_states(CELL, 8.0)
    assert state[0] == pytest.approx(4.646624, abs=1e-5)
    assert is_stable(CELL, state, 8.0)


# --- constant current from rest
# ------------------------------------------------------------------------------------------

STEPS = np.array([5, 6, 6.2, 6.25, 6.3, 7, 8, 10, 15, 20, 30, 50, 75, 100, 120, 150])


@cache
def long_steps():
    """600 ms after each of STEPS, all in one run."""
    t = times(600, H / 2)
    run = simulate(CELL.but(I_ext=STEPS), t, start=kicked(np.zeros(len(STEPS))))
    return t, run.V


def steady_rate(t, V, since):
    """The rate in Hz of upward crossings of the mid-level after `since`."""
    late = t >= since
    V = V[late]
    crossings = spike_times(t[late], V, (V.max() + V.min()) / 2)
    return 1000 * (len(crossings) - 1) / (crossings[-1] - crossings[0])


@pytest.mark.parametrize("I, spikes", [(5, 1), (6, 2), (6.2, 3)])
def test_spikes_in_600_ms_below_the_firing_range(I, spikes):
    t, V = long_steps()
    assert len(spike_times(t, V[:, STEPS == I][:, 0], 50)) == spikes


def test_eight_spikes_just_below_the_firing_range():
    t = times(600, H / 4)  # 0.01 below the fold of cycles: a finer step is needed
    assert len(spike_times(t, simulate(CELL.but(I_ext=6.25), t, start=REST).V, 50)) == 8


def test_firing_at_6_3_does_not_end():
    t, V = long_steps()
    assert spike_times(t, V[:, STEPS == 6.3][:, 0], 50)[-1] > 580


@pytest.mark.parametrize("I, spikes", [(6.2, 3), (6.3, 16), (10, 21)])
def test_spikes_in_300_ms(I, spikes):
    t, V = long_steps()
    assert (spike_times(t, V[:, STEPS == I][:, 0], 50) <= 300).sum() == spikes


@pytest.mark.parametrize("I, rate", [(6.3, 52.370822), (7, 58.327063), (8, 62.469886),
                                     (10, 68.323699), (15, 78.649129), (20, 86.470053),
                                     (30, 98.745214), (50, 117.035988), (75, 134.118642),
                                     (100, 147.269533), (120, 156.252637), (150, 167.853564)])
def test_steady_rate(I, rate):
    t, V = long_steps()
    assert steady_rate(t, V[:, STEPS == I][:, 0], 400) == pytest.approx(rate, rel=1e-4)


def test_period_at_10():
    t, V = long_steps()
    assert 1000 / steady_rate(t, V[:, STEPS == 10][:, 0], 400) == pytest.approx(
        14.63620999, rel=1e-4)


@pytest.mark.parametrize("I, low, high", [(75, -0.3, 58.1), (100, 4.5, 45.0),
                                          (150, 17.81, 26.02)])
def test_oscillations_shrink_at_strong_currents(I, low, high):
    t, V = long_steps()
    late = V[t > 500][:, STEPS == I]
    assert (late.min(), late.max()) == (pytest.approx(low,
                                                      abs=0.06), pytest.approx(high, abs=0.06))


def test_the_cycle_at_10_in_numbers():
    run = simulate(CELL, times(300), start=REST)
    late = run.t > 300 - 2 * 14.6362
    m, h, n = (getattr(run, gate)[late] for gate in "mhn")
    m_inf = CELL.steady_gates(run.V[late])[0]
    assert (h.min(), h.max()) == pytest.approx((0.0688, 0.4594), abs=1e-4)
    assert ((n + h).min(), (n + h).max()) == pytest.approx((0.7807, 0.8502), abs=1e-4)
    assert np.abs(m - m_inf).max() == pytest.approx(0.4355, abs=1e-3)
    cycle = slice(-1464, None)
    slope, h0 = np.polyfit(n[cycle], h[cycle], 1)
    assert (n + h)[cycle].mean() == pytest.approx(0.8337, abs=1e-4)
    assert np.sqrt(np.mean((h0 + slope * n - h)[cycle]**2)) == pytest.approx(0.0124, abs=1e-4)
    assert (h0, slope) == pytest.approx((0.870806, -1.074289), abs=2e-3)
    assert np.corrcoef(n[cycle], h[cycle])[0, 1] == pytest.approx(-0.99548, abs=1e-3)
    assert peak(run.t[run.t > 250], run.V[run.t > 250])[1] == pytest.approx(95.4, abs=0.05)


# --- one neuron stores a bit
# ------------------------------------------------------------------------------------------


def test_kicks_that_start_endless_firing_at_8():
    fixed = fixed_states(CELL, 8.0)[0]
    kicks = np.array([3.80577, 3.80777, -4.0, -8.0])
    run = simulate(CELL.but(I_ext=8.0), times(300), start=kicked(kicks, fixed))
    assert fires(run, after=250) == [False, True, False, True]


def test_kicks_on_the_cycle_at_8_that_stop_it():
    cell = CELL.but(I_ext=8.0)
    run = simulate(cell, times(400, H / 4), start=kicked(20.0))
    start, end = spike_times(run.t, run.V, 20)[-3:-1]
    assert end - start == pytest.approx(16.0077128, abs=1e-4)
    stop = [(0.55, 4), (0.55, 8), (0.55, 12), (0.60, 4), (0.60, 6), (0.60, 8), (0.65, 4),
            (0.85, -2), (0.85, -4), (0.90, -4), (0.90, -6), (0.95, -6), (0.95, -12)]
    go_on = [(0.2, 6), (0.4, 6), (0.60, -6), (0.60, 16), (0.75, 6), (0.85, 6), (0.90, 6)]
    phases, kicks = np.array(stop + go_on).T
    state = [
        np.interp(start + phases * (end - start), run.t, getattr(run, name))
        for name in cell.states
    ]
    later = simulate(cell, times(400, 2 * H), start=(state[0] + kicks, *state[1:]))
    assert fires(later, after=100) == [False] * len(stop) + [True] * len(go_on)


# --- steps, pulses, ramps, shocks
# ------------------------------------------------------------------------------------------


def test_rheobase_for_a_single_spike():
    run = simulate(CELL.but(I_ext=np.array([2.240234, 2.240434])), times(60), start=kicked(
        np.zeros(2)))
    assert fires(run) == [False, True]


def test_peaks_after_a_step():
    t = times(60, FINE)
    V = simulate(CELL.but(I_ext=np.array([2.24, 2.3, 10])), t, start=kicked(np.zeros(3))).V
    assert V[:, 0].max() == pytest.approx(10.135, abs=1e-2)
    assert peak(t, V[:, 1])[1] == pytest.approx(99.412440, abs=1e-3)
    assert peak(t, V[:, 2]) == (pytest.approx(2.137956,
                                              abs=1e-3), pytest.approx(105.263919, abs=1e-3))


def test_strength_duration():
    lengths = np.repeat([0.1, 0.2, 0.5, 2, 5, 10], 2)
    heights = around([65.127, 32.658, 13.275, 3.859359, 2.351105, 2.240364], 1e-3)
    t = times(35)
    run = simulate(CELL, t, start=kicked(np.zeros(12)), I_ext=pulse(t, 0, lengths, heights))
    assert fires(run) == [False, True] * 6


def test_two_equal_pulses():
    heights, intervals = np.repeat([10, 20, 30], 2), np.array(
        [14.50, 14.55, 10.60, 10.65, 8.85, 8.90])
    t = times(45)
    run = simulate(CELL, t, start=kicked(np.zeros(6)),
                   I_ext=pulse(t, 0, 1, heights) + pulse(t, intervals, 1, heights))
    assert [len(s) for s in spike_times(run.t, run.V, 50)] == [1, 2] * 3


def test_threshold_of_a_second_pulse():
    intervals = np.array([8.0, 10, 15, 20, 30])
    heights = around([43.593, 23.537, 7.768, 5.916, 7.022], 1e-3)
    t, onset = times(60), np.repeat(intervals, 2)
    run = simulate(CELL, t, start=kicked(np.zeros(10)),
                   I_ext=pulse(t, 0, 1, 20) + pulse(t, onset, 1, heights))
    assert [len(s) for s in spike_times(run.t, run.V, 50)] == [1, 2] * 5
    alone = simulate(CELL, t, start=kicked(np.zeros(1)), I_ext=pulse(t, 0, 1, [5.95]))
    assert fires(alone) == [False]  # 20 ms after a spike less is needed: supernormal


def test_anode_break():
    held = np.repeat([5.0, 20, 50, 200], 2)
    currents = -np.add.outer([4.0435, 2.7917, 2.7833, 2.7828], [-1e-3, 1e-3]).ravel()
    t = times(240)
    run = simulate(CELL, t, start=kicked(np.zeros(8)), I_ext=pulse(t, 0, held, currents))
    assert fires(run) == [False, True] * 4


def test_rebound_after_minus_5():
    t = times(80, FINE * 2)
    V = simulate(CELL, t, start=REST, I_ext=np.where(t < 50 - 1e-9, -5.0, 0.0)).V
    assert V[t < 50].min() == pytest.approx(-7.937377, abs=1e-2)
    assert V[np.isclose(t, 50)][0] == pytest.approx(-6.969687, abs=1e-2)
    assert peak(t, V) == (pytest.approx(55.000, abs=1e-2), pytest.approx(108.610859, abs=1e-2))


def test_slow_ramp_needs_four_times_the_step():
    t = times(40)
    run = simulate(CELL, t, start=REST, I_ext=0.3 * t)
    assert 0.3 * spike_times(t, run.V, 50)[0] == pytest.approx(10.48, abs=0.01)


@pytest.mark.parametrize("temperature, threshold", [(6.3, 6.505071), (18.5, 7.383458)])
def test_smallest_shock_that_fires(temperature, threshold):
    kicks = threshold + np.array([-1e-3, 1e-3])
    assert fires(
        simulate(SILENT.but(temperature=temperature), times(25, 0.005),
                 start=kicked(kicks))) == [False, True]


@cache
def shocks():
    """The four shocks of the 1952 figures, in mV."""
    return simulate(SILENT, times(25, FINE / 2.5), start=kicked(np.array([90.0, 15, 7, 6])))


def test_the_1952_shocks():
    assert shocks().V[0] == pytest.approx(REST[0] + np.array([90, 15, 7, 6]))
    run = shocks()
    assert [lane.max() > 80 for lane in run.V.T] == [True, True, True, False]
    assert peak(run.t, run.V[:, 0]) == (pytest.approx(
        0.29756, abs=1e-2), pytest.approx(108.536596, abs=1e-2))
    assert peak(run.t, run.V[:, 2]) == (pytest.approx(
        3.39122, abs=1e-2), pytest.approx(102.118576, abs=1e-2))


def test_shape_of_the_spike_after_a_shock_of_15():
    run, lane = shocks(), 1
    t, V = run.t, run.V[:, lane]
    at, top = peak(t, V)
    assert (at, top) == (pytest.approx(1.1593099, abs=1e-2), pytest.approx(
        105.4103538, abs=1e-2))
    half = REST[0] + (top - REST[0]) / 2
    width = spike_times(t, -V, -half)[0] - spike_times(t, V, half)[0]
    assert width == pytest.approx(1.4749949, abs=1e-2)
    at, low = peak(t, -V)
    assert (at, -low) == (pytest.approx(4.027, abs=1e-2), pytest.approx(-11.181091, abs=1e-2))
    slope = CELL.rhs([getattr(run, name)[:, lane] for name in CELL.states], 0.0)[0]
    assert (slope.max(), slope.min()) == pytest.approx((310.872, -68.921), abs=1e-2)
    assert V[np.argmax(slope)] == pytest.approx(74.78, abs=0.5)


# --- voltage clamp
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("V, current, at", [(40, -1082.1277, 0.986403), (120, 226.8155, None)])
def test_peak_sodium_current_in_clamp(V, current, at):
    t = times(8, 0.005)
    run = voltage_clamp(CELL, V, t)
    when, size = peak(t, np.sign(current) * run.I_Na)
    assert np.sign(current) * size == pytest.approx(current, rel=1e-3)
    assert at is None or when == pytest.approx(at, abs=1e-3)


def test_clamp_depends_on_its_start():
    t = times(8, 0.005)
    run = voltage_clamp(CELL, 40, t, start=(0.0, *CELL.steady_gates(0.0)))
    assert run.I_Na.min() == pytest.approx(-1082.343, abs=5e-3)


def test_clamp_is_exact_at_any_step():
    coarse, fine = (voltage_clamp(CELL, 40, times(8, h)) for h in (0.5, 0.005))
    assert coarse.I_Na == pytest.approx(fine.I_Na[::100], rel=1e-12)


def test_clamp_with_a_command_per_time():
    t = times(20, 0.1)
    run = voltage_clamp(CELL, np.where(t < 5, 0.0, 60.0), t)
    until, after = voltage_clamp(CELL, 0.0, t[t < 5.05]), None
    assert run.n[50] == pytest.approx(until.n[-1], rel=1e-12)
    after = voltage_clamp(CELL, 60.0, t[50:], start=tuple(
        getattr(run, name)[50] for name in CELL.states))
    assert run.I_K[50:] == pytest.approx(after.I_K, rel=1e-9)


def test_currents_are_those_of_the_vector_field():
    run = simulate(CELL, times(20), start=REST)
    I_Na, I_K, I_L = CELL.currents(run)
    total = CELL.I_ext - CELL.C_m * CELL.rhs([getattr(run, name)
                                              for name in CELL.states], CELL.I_ext)[0]
    assert I_Na + I_K + I_L == pytest.approx(total, abs=1e-10)
    assert I_Na.min(
    ) < -500 and I_K.max() > 500  # outward positive: sodium flows in, potassium out


# --- temperature
# ------------------------------------------------------------------------------------------


def test_rest_does_not_depend_on_temperature():
    assert CELL.but(temperature=25.0).rest() == pytest.approx(REST, abs=1e-12)


@pytest.mark.parametrize("temperature, height", [(6.3, 106.30), (18.5, 95.50), (26, 73.44),
                                                 (30, 48.15), (32, 19.15)])
def test_first_peak_at_20_fails_gradually_with_temperature(temperature, height):
    t = times(8, FINE / 2.5)
    run = simulate(CELL.but(I_ext=20.0, temperature=temperature), t, start=REST)
    assert peak(t, run.V)[1] == pytest.approx(height, abs=0.02)


def test_trains_at_20_end_between_26_and_28_degrees():
    t = times(200, 0.02)
    run = simulate(CELL.but(I_ext=20.0, temperature=np.array([26.0, 28.0])), t, start=kicked(
        np.zeros(2)))
    late = run.V[t > 150]
    assert np.ptp(late, axis=0)[0] > 30 and np.ptp(late, axis=0)[1] < 1


@pytest.mark.parametrize("temperature, rate", [(6.3, 86.5), (18.5, 253.8)])
def test_steady_rate_at_20_and_temperature(temperature, rate):
    t = times(200)
    V = simulate(CELL.but(I_ext=20.0, temperature=temperature), t, start=REST).V
    assert steady_rate(t, V, 100) == pytest.approx(rate, abs=0.2)


# --- fixed steps
# ------------------------------------------------------------------------------------------


def period_by(scheme, h):
    """The mean interval of upward 40 mV crossings in 300 ms, transient left out."""
    t = times(300, h)
    spikes = spike_times(t, simulate(CELL, t, start=REST, scheme=scheme).V, 40)
    return np.diff(spikes[3:]).mean()


@pytest.mark.parametrize("scheme, h, period", [(rk4, 0.05, 14.6352), (rk4, 0.025, 14.6361),
                                               (rk4, 0.01, 14.6362), (euler, 0.05, 14.6136),
                                               (euler, 0.025, 14.6258), (euler, 0.01, 14.6322),
                                               (exponential_euler, 0.1, 15.374),
                                               (exponential_euler, 0.05, 15.002),
                                               (exponential_euler, 0.025, 14.819),
                                               (exponential_euler, 0.01, 14.709)])
def test_period_by_other_schemes(scheme, h, period):
    assert period_by(scheme, h) == pytest.approx(period, abs=2e-3)


@pytest.mark.parametrize("scheme", [rk4, euler])
def test_explicit_schemes_blow_up_at_a_step_of_a_tenth(scheme):
    with pytest.raises(ValueError, match=r"blew up at t = .* try a step of 0\.05"):
        simulate(CELL, times(50, 0.1), start=REST, scheme=scheme)


# --- the article's trimmed model
# ------------------------------------------------------------------------------------------

TRIMMED = TrimmedHodgkinHuxley(I_ext=0.0)


@pytest.mark.parametrize("changes, I, V", [({}, 0, 89.921937274), ({}, 10, 89.982889785),
                                           ({}, 150, 90.836413713),
                                           ({"g_L": 0.3}, 0, 89.777186782),
                                           ({"g_Na": 0.0}, 0, -12.0),
                                           ({"g_Na": 0.0}, 10, 3.201383)])
def test_fixed_point_of_the_trimmed_model(changes, I, V):
    (state,) = fixed_states(TRIMMED.but(**changes), I)
    assert state[0] == pytest.approx(V, abs=1e-6)
    assert is_stable(TRIMMED.but(**changes), state, I)


def test_trimmed_model_at_rest():
    V, n = TRIMMED.rest()
    assert n == pytest.approx(0.951647837, abs=1e-6)
    eigenvalues = np.linalg.eigvals(jacobian(lambda x: TRIMMED.rhs(x, 0.0), (V, n)))
    assert np.sort(eigenvalues.real) == pytest.approx([-149.444, -0.922301], abs=1e-3)


def test_trimmed_model_overshoots_once_and_never_spikes():
    t = times(30, FINE / 5)
    run = simulate(TRIMMED, t, start=(0.0, CELL.steady_gates(0.0)[2]))
    at, top = peak(t, run.V)
    assert (at, top) == (pytest.approx(0.0672, abs=1e-3), pytest.approx(114.3838, abs=1e-2))
    assert (np.diff(run.V[t > 0.1]) <= 1e-9).all()
    assert run.V[-1] == pytest.approx(89.9219, abs=1e-3)


@pytest.mark.parametrize("kick", [-80.0, -40.0, 20.0])
def test_trimmed_model_returns_without_overshoot(kick):
    V, n = TRIMMED.rest()
    run = simulate(TRIMMED, times(20, FINE), start=(V + kick, n))
    assert (np.sign(kick) * (run.V - V)).min() > -0.05


def test_bendixson_the_trimmed_field_contracts_everywhere():
    V, n = np.meshgrid(np.linspace(-100, 200, 31), np.linspace(0, 1, 21))
    for cell in (TRIMMED, TRIMMED.but(g_L=0.3), TRIMMED.but(
            g_Na=0.0, g_K=5.0), TRIMMED.but(g_Na=7.0, g_K=1.0)):
        J = jacobian(lambda x, cell=cell: cell.rhs(x, 0.0), (V, n))
        assert (np.trace(J, axis1=-2, axis2=-1) < 0).all()
        alpha, beta = cell.rates(V)["n"]
        formula = -(cell.g_K * n**4 + cell.g_Na + cell.g_L) / cell.C_m - (alpha + beta)
        assert np.trace(J, axis1=-2, axis2=-1) == pytest.approx(formula, rel=1e-6)


def test_bendixson_does_not_hold_for_the_reduction_that_works():
    cell = ReducedHodgkinHuxley()
    V, n = np.meshgrid(np.linspace(-20, 110, 66), np.linspace(0.2, 0.8, 31))
    trace = np.trace(jacobian(lambda x: cell.rhs(x, 0.0), (V, n)), axis1=-2, axis2=-1)
    assert trace.min() < 0 < trace.max()


# --- the reduction that works
# ------------------------------------------------------------------------------------------

REDUCTIONS = {(0.8, 1.0): (84.429, 112.265), (0.85, 1.0): (84.939, 109.630),
              (0.89, 1.1): (87.604, 113.811), (0.870806, 1.074289): (86.937, 113.261),
              (0.9138, 1.0): (83.478, 104.803)}


@cache
def reduced_runs():
    """All reductions at 10 and 20, in one run of 250 ms."""
    h0, slope = np.repeat(np.array(list(REDUCTIONS)), 2, axis=0).T
    cell = ReducedHodgkinHuxley(h0=h0, slope=slope, I_ext=np.tile([10.0, 20.0],
                                                                  len(REDUCTIONS)))
    t = times(250)
    return t, simulate(cell, t, start=(np.zeros(len(h0)), np.full(len(h0), REST[3]))).V


@pytest.mark.parametrize("which", REDUCTIONS)
def test_rates_of_the_reductions(which):
    t, V = reduced_runs()
    k = 2 * list(REDUCTIONS).index(which)
    assert [steady_rate(t, V[:, lane], 100) for lane in (k, k + 1)] == pytest.approx(
        REDUCTIONS[which], rel=1e-3)


@pytest.mark.parametrize("h0, slope, V", [(0.8, 1.0, -0.1923838), (0.89, 1.1, -0.0943801),
                                          (0.870806, 1.074289, -0.11332)])
def test_rest_of_the_reductions(h0, slope, V):
    assert ReducedHodgkinHuxley(h0=h0, slope=slope).rest()[0] == pytest.approx(V, abs=1e-4)


def test_matching_h_to_the_rest_makes_three_fixed_points():
    found = fixed_states(ReducedHodgkinHuxley(h0=0.9138), 0.0)
    assert [state[0] for state in found] == pytest.approx([0.00375, 20.439, 32.360], abs=1e-2)


def test_the_reduction_fires_a_quarter_too_fast_and_too_high():
    t = times(200, 0.005)
    cell = ReducedHodgkinHuxley()
    run = simulate(cell, t, start=(REST[0], REST[3]))
    assert steady_rate(t, run.V, 100) / 68.3237 == pytest.approx(1.243, abs=0.002)
    assert peak(t[t < 8], run.V[t < 8])[1] == pytest.approx(112.7, abs=0.15)
    assert peak(t[t > 150], run.V[t > 150])[1] == pytest.approx(110.6, abs=0.1)


# --- what each gate is for: counter-examples to the article
# ---------------------------------------------------------


class FrozenInactivation(HodgkinHuxley):
    """h stays at its value at rest."""
    def channels(self, V, m, h, n):
        """As in the full model, h at rest."""
        return super().channels(V, m, REST[2], n)


class FrozenPotassium(HodgkinHuxley):
    """n stays at its value at rest."""
    def channels(self, V, m, h, n):
        """As in the full model, n at rest."""
        return super().channels(V, m, h, REST[3])


class InstantActivation(HodgkinHuxley):
    """m follows V at once."""

    channels_follow_V = True

    def channels(self, V, m, h, n):
        """As in the full model, m at its steady value."""
        return super().channels(V, self.steady_gates(V)[0], h, n)


@pytest.mark.parametrize("kind, latch", [(FrozenInactivation, 78.737),
                                         (FrozenPotassium, 55.527)])
def test_without_inactivation_or_potassium_one_spike_then_a_latch(kind, latch):
    run = simulate(kind(), times(300), start=REST)
    assert len(spike_times(run.t, run.V, 50)) == 1
    assert run.V[-1] == pytest.approx(latch, abs=1e-2)


def test_with_instant_activation_it_keeps_firing():
    run = simulate(InstantActivation(), times(300, H / 4), start=REST)
    assert steady_rate(run.t, run.V, 150) == pytest.approx(84.434, abs=0.02)
    assert peak(run.t, run.V)[1] == pytest.approx(113.013, abs=0.05)


def test_without_leak_it_still_spikes():
    cell = CELL.but(g_L=0.0)
    assert cell.rest()[0] == pytest.approx(-10.878073, abs=1e-5)
    t = times(300)
    assert steady_rate(t, simulate(cell, t).V, 150) == pytest.approx(70.766, abs=0.02)


def test_rates_from_rest_mixed_with_absolute_reversals_do_not_spike():
    with pytest.warns(CourseWarning, match="E_K = -77 mV .* add 65 to each potential"):
        cell = CELL.but(E_Na=50.0, E_K=-77.0, E_L=-54.4)
        V, m, h, n = cell.rest()
        run = simulate(cell, times(100, 0.02))
    assert (V, n) == (pytest.approx(-54.4, abs=1e-4), pytest.approx(0.0042, abs=1e-4))
    assert run.V.max() < 50


def test_a_changed_channel_is_not_overruled_by_the_fast_loop(monkeypatch):
    class Blocked(HodgkinHuxley):
        def channels(self, V, m, h, n):
            return ((0.0 * m, self.E_Na), *super().channels(V, m, h, n)[1:])

    t = times(20)
    blocked = simulate(Blocked(), t, start=REST).V
    monkeypatch.setattr(registry, "FAST_FORMS", {})
    assert blocked == pytest.approx(simulate(CELL.but(g_Na=0.0), t, start=REST).V, abs=1e-12)
