"""The active axon: its speeds against the exact travelling waves, and what spikes do when they
meet, warm up or meet a step.

Exact speeds come from shooting on the travelling wave's ordinary equation; two of them have
been proved by others.
"""
import re
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_utils.model import parameter
from course_utils.models.cable import Axon, Cable, conduction_speed, simulate_cable
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.models.membrane import Membrane
from course_utils.solve import rk4, simulate
from course_utils.spikes import spike_times

WARM = HodgkinHuxley(temperature=18.5)
SQUID = Axon(cell=WARM)
SIX_CM = Axon(cell=WARM, length=60_000.0, compartments=120)


def shock(t, current=5000.0, start=0.0, length=0.3):
    """A current (T,) in nA."""
    return np.where((t >= start - 1e-9) & (t < start + length - 1e-9), current, 0.0)


def K_of(speed):
    """K in 1/ms of a speed in m/s on the squid axon: the travelling wave's only number."""
    return (1000 * speed)**2 / SQUID.diffusivity


# --- speed
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("temperature, K, exact", [(18.5, 10.438051060, 18.731888248),
                                                   (6.3, 4.510632438, 12.313756720)])
def test_speed_of_the_squid_axon(temperature, K, exact):
    speed = conduction_speed(Axon(cell=HodgkinHuxley(temperature=temperature)))
    assert speed == pytest.approx(exact, rel=1e-3)  # the chapter allows 1 %
    assert K_of(speed) == pytest.approx(K, rel=2e-3) and K_of(exact) == pytest.approx(
        K, rel=1e-7)


def test_speed_is_within_1_percent_of_the_hand_computation_of_1952():
    assert conduction_speed(SQUID) == pytest.approx(18.8, rel=0.01)


def test_speed_with_the_other_leak_reversal():
    assert conduction_speed(Axon(cell=WARM.but(E_L=10.6))) == pytest.approx(18.732140, rel=1e-3)


@pytest.mark.parametrize("factor, exact", [(1 / 4, 9.344421), (4, 37.377736)])
def test_speed_grows_as_the_root_of_the_radius(factor, exact):
    speed = conduction_speed(SQUID.but(radius=238 * factor))
    assert speed == pytest.approx(exact,
                                  rel=3e-3)  # `exact` is on a grid that is itself 0.23 % slow
    assert speed / conduction_speed(SQUID) == pytest.approx(np.sqrt(factor), rel=1e-9)


def test_speed_falls_as_the_root_of_the_resistivity_and_ignores_length_and_grid():
    assert conduction_speed(SQUID.but(rho=4 * 35.4)) == pytest.approx(
        conduction_speed(SQUID) / 2, rel=1e-9)
    assert conduction_speed(SQUID.but(length=30_000.0,
                                      compartments=17)) == conduction_speed(SQUID)


@pytest.mark.parametrize("temperature, exact", [(15, 16.8097), (20, 19.5490), (30, 23.4319),
                                                (32, 22.9921), (33, 22.0790)])
def test_speed_at_other_temperatures(temperature, exact):
    assert conduction_speed(Axon(cell=HodgkinHuxley(temperature=temperature))) == pytest.approx(
        exact, rel=2e-3)


def test_speed_is_highest_near_30_degrees():
    speeds = {
        T: conduction_speed(Axon(cell=HodgkinHuxley(temperature=T)))
        for T in (28, 29.5, 31)
    }
    assert max(speeds, key=speeds.get) == 29.5


def test_heat_block():
    assert conduction_speed(Axon(cell=HodgkinHuxley(temperature=33.6))) > 20
    for temperature in (33.8, 34, 36):
        with pytest.raises(ValueError,
                           match="no spike propagates along this axon: it dies out"):
            conduction_speed(Axon(cell=HodgkinHuxley(temperature=temperature)))


# --- an independent oracle: the travelling wave's own equation, shot at from rest as Hodgkin
# and Huxley did ----------


def wave(cell, K):
    """The right-hand side of V'' = K (V' + I_ion / C_m) and the gates, as a system for V, V',
    m, h, n.
    """
    def rhs(_, state):
        V, slope, *gates = state
        current = sum(g * (V - E) for g, E in cell.channels(V, *gates))
        flows = (alpha * (1 - x) - beta * x
                 for (alpha, beta), x in zip(cell.rates(V).values(), gates))
        return [slope, K * (slope + current / cell.C_m), *flows]

    return rhs


def runs_away(cell, K):
    """Whether V goes to +infinity (1) or to -infinity (-1) when it leaves its rest for a spike
    with this K (1/ms).
    """
    rest, rhs = np.insert(cell.rest(), 1, 0.0), wave(cell, K)
    slopes = np.array(
        [np.subtract(rhs(0, rest + d), rhs(0, rest - d)) / 2e-6 for d in 1e-6 * np.eye(5)]).T
    growth, modes = np.linalg.eig(slopes)
    leaving = modes[:, growth.real.argmax()].real

    def up(_, state):
        return state[0] - 130

    def down(_, state):
        return state[0] + 40

    up.terminal = down.terminal = True
    shot = solve_ivp(rhs, (0, 60), rest + 1e-3 * leaving / leaving[0], "LSODA", rtol=1e-8,
                     atol=1e-9, events=(up, down))
    assert shot.status == 1, "V stayed finite"
    return 1 if len(shot.t_events[0]) else -1


def speed_by_shooting(temperature, guess):
    """The speed in m/s, within 7 % of the guess, between whose K's V runs away to either side.
    """
    cell = HodgkinHuxley(temperature=temperature)
    low, high = K_of(0.965 * guess), K_of(1.035 * guess)
    first = runs_away(cell, low)
    assert runs_away(cell, high) != first
    for _ in range(18):
        middle = np.sqrt(low * high)
        low, high = (middle, high) if runs_away(cell, middle) == first else (low, middle)
    return np.sqrt(middle * SQUID.diffusivity) / 1000


@pytest.mark.parametrize("temperature, fast, slow", [(15, 16.8097, 4.3652),
                                                     (20, 19.5490, 6.0888),
                                                     (30, 23.4319, 11.9337),
                                                     (32, 22.9921, 14.3936),
                                                     (33, 22.0790, 16.3079)])
def test_the_fast_and_the_slow_pulse_found_by_shooting(temperature, fast, slow):
    assert speed_by_shooting(temperature, fast) == pytest.approx(fast, abs=2e-4)
    assert speed_by_shooting(temperature, slow) == pytest.approx(slow, abs=2e-4)


@pytest.mark.parametrize("temperature, exact", [(18.5, 18.731888248), (6.3, 12.313756720)])
def test_the_proved_speeds_found_by_shooting(temperature, exact):
    assert speed_by_shooting(temperature, exact) == pytest.approx(exact, rel=2e-6)


def test_fast_and_slow_pulse_merge_at_the_heat_block():
    def pulses(temperature):
        cell = HodgkinHuxley(temperature=temperature)
        return any(runs_away(cell, K_of(speed)) < 0 for speed in np.arange(19.3, 19.81, 0.05))

    assert pulses(33.67) and not pulses(33.71)  # 33.69 within 0.02


GRIDS = [(0.1, 0.01, 18.561996), (0.05, 0.005, 18.688850), (0.025, 0.0025, 18.721104)]


@cache
def speed_on_a_grid(axon, dx_cm, h):
    """The speed in m/s between 8 and 14 cm of 20 cm, at 50 mV, after a strong pulse of 1 ms at
    one end.
    """
    axon = axon.but(length=200_000.0, compartments=round(20 / dx_cm))
    t = np.arange(0, 11.5, h)
    V = simulate_cable(axon, t, [(0, shock(t, 50_000.0, length=1.0))]).V
    first, last = (spike_times(t, V[:, np.searchsorted(axon.x, 1e4 * cm)], 50.0)[0]
                   for cm in (8, 14))
    distance = axon.x[np.searchsorted(axon.x, 14e4)] - axon.x[np.searchsorted(axon.x, 8e4)]
    return distance / (last - first) / 1000


@pytest.mark.parametrize(
    "dx, h, speed", [*GRIDS[:2], pytest.param(*GRIDS[2], marks=pytest.mark.slow)])
def test_speed_on_the_reference_grids(dx, h, speed):
    assert speed_on_a_grid(SQUID, dx, h) == pytest.approx(speed, rel=1e-3)


@pytest.mark.slow
def test_speed_on_the_finest_reference_grid_and_its_order():
    assert speed_on_a_grid(SQUID, 0.0125, 0.00125) == pytest.approx(18.729190, rel=1e-3)
    errors = [speed_on_a_grid(SQUID, dx, h) - 18.731888248 for dx, h, _ in GRIDS]
    assert np.log2(np.array(errors[:-1]) / errors[1:]) == pytest.approx([2, 2], abs=0.1)


def test_order_of_the_axon_with_a_point_current():
    def V_at(n):
        axon = SIX_CM.but(compartments=n, length=20_000.0)
        t = np.linspace(0, 1.2, n + 1)
        return np.interp(5000.0, axon.x,
                         simulate_cable(axon, t, [(0, np.full(n + 1, 3000.0))]).V[-1])

    values = np.array([V_at(n) for n in (60, 120, 240, 480)])
    steps = np.abs(np.diff(values))
    assert np.log2(steps[:-1] / steps[1:]) == pytest.approx([2, 2], abs=0.3)


@pytest.mark.parametrize(
    "axon, why", [(Axon(cell=WARM, radius=np.full(200, 238.0)), "axon must have one radius"),
                  (Axon(cell=WARM.but(g_Na=0.0)), "no spike propagates along this axon"),
                  (Axon(cell=WARM.but(g_Na=20.0)), "no spike propagates along this axon"), ])
def test_speed_where_there_is_none(axon, why):
    with pytest.raises(ValueError, match=why):
        conduction_speed(axon)


def test_speed_of_something_else_is_refused():
    for other in (Cable(), WARM, 18.8):
        with pytest.raises(TypeError, match="axon must be an Axon"):
            conduction_speed(other)


# --- the equation is the membrane's
# ------------------------------------------------------------------------------------------


def test_an_axon_agrees_with_the_equations_by_an_independent_scheme():
    axon = Axon(cell=WARM, length=6000.0, radius=np.linspace(300.0, 150.0, 12), compartments=12)
    t = np.arange(0, 2.0, 0.001)
    area, between = 1e-5 * axon.area, axon.coupling

    class Coupled(HodgkinHuxley):
        def rhs(self, state, I_ext):
            flow = between * (state[0][:-1] - state[0][1:])
            inward = (np.pad(flow, (1, 0)) - np.pad(flow, (0, 1))) / area
            return super().rhs(state, I_ext + inward)

    drive = np.zeros((len(t), 12))
    drive[:, 0] = shock(t, 3000.0) / area[0]
    start = [np.full(12, x) for x in WARM.rest()]
    oracle = simulate(Coupled(temperature=18.5), t, start, drive, scheme=rk4)
    run = simulate_cable(axon, t, [(0.0, shock(t, 3000.0))])
    assert run.V.max() > 80
    for name, tolerance in (("V", 5e-3), ("m", 1e-4), ("h", 1e-4), ("n", 1e-4)):
        assert np.abs(getattr(run, name) - getattr(oracle, name)).max() < tolerance


def test_a_short_thick_axon_is_one_patch():
    axon = Axon(cell=WARM, length=200.0, radius=500.0, compartments=5)
    t = np.arange(0, 8, 0.01)
    current = shock(t, 20 * 1e-5 * axon.area.sum(), length=8.0)  # 20 µA/cm² in all
    patch = simulate(WARM, t, I_ext=20.0)
    assert simulate_cable(axon, t, [(100.0, current)]).V[:, 2] == pytest.approx(
        patch.V, abs=0.2)


def test_an_axon_with_a_leak_alone_is_the_passive_cable():
    cell = WARM.but(g_Na=0.0, g_K=0.0)
    axon = Axon(cell=cell, length=30_000.0, compartments=100)
    cable = Cable(length=30_000.0, radius=238.0, rho=35.4, g_m=cell.g_L, c_m=cell.C_m,
                  compartments=100)
    t = np.arange(0, 5, 0.005)
    difference = (simulate_cable(axon, t, [(12_000.0, 500.0)]).V - cell.E_L
                  - simulate_cable(cable, t, [(12_000.0, 500.0)]).V)
    assert np.abs(difference).max() < 0.02 and np.abs(
        difference[20:]).max() < 1e-3  # the switch rings for a moment
    assert axon.diffusivity == pytest.approx(cable.length_constant**2 / cable.time_constant)


class MorrisLecar(Membrane):
    """Another membrane, with one gate and an instantaneous calcium conductance."""

    states = {"V": "mV", "w": "1"}
    rate_parameters = ()
    channels_follow_V = True
    I_ext: float = parameter(0.0, "µA/cm²", "I", -50, 200, "stimulus")
    C_m: float = parameter(20.0, "µF/cm²", "C_m", 1, 40, "capacitance")

    def rates(self, V):
        opening, speed = (1 + np.tanh((V - 2) / 30)) / 2, 0.04 * np.cosh((V - 2) / 60)
        return {"w": (speed * opening, speed * (1 - opening))}

    def channels(self, V, w):
        return (4.4 * (1 + np.tanh((V + 1.2) / 18)) / 2, 120.0), (8.0 * w, -84.0), (2.0, -60.0)


def test_any_membrane_makes_an_axon():
    axon = Axon(cell=MorrisLecar(), length=60_000.0, compartments=60)
    run = simulate_cable(axon, np.arange(0, 20, 0.05), [])
    assert run.V == pytest.approx(run.V[0, 0], abs=1e-3) and run.w.shape == (400, 60)


def test_without_a_stimulus_an_axon_rests_whatever_its_cells_own_current():
    run = simulate_cable(Axon(cell=WARM.but(I_ext=50.0), compartments=20), np.arange(
        0, 5, 0.02), [])
    assert np.abs(run.V - WARM.rest()[0]).max() < 2e-6  # as exact as the table of gates


def test_an_axon_starts_from_the_profile_given():
    start = np.where(SIX_CM.x < 6000, 80.0, 0.0)
    run = simulate_cable(SIX_CM, np.arange(0, 5, 0.02), [], start=start)
    assert (run.V[0] == start).all() and run.V[:, -10].max() > 85


# --- what spikes do
# ------------------------------------------------------------------------------------------

T = np.arange(0, 8, 0.02)


def test_a_spike_keeps_its_shape_where_a_passive_pulse_dies():
    passive = Cable(length=60_000.0, radius=238.0, rho=35.4, g_m=0.3, c_m=1.0, compartments=120)
    heights = [[simulate_cable(fibre, T, [(0, shock(T))]).V[:, k].max()
                for k in (30, 60, 90)]
               for fibre in (SIX_CM, passive)]
    assert heights[0] == pytest.approx([90.5] * 3, abs=0.2)
    assert heights[1] == pytest.approx([1.62, 0.268, 0.0522], rel=0.02)


def test_the_passive_peak_of_a_steady_current_dies_as_an_exponential():
    passive = Cable(length=100_000.0, radius=238.0, rho=35.4, g_m=0.3, c_m=1.0,
                    compartments=1000)
    V = simulate_cable(passive, [0.0, 100.0], [(0, 100.0)]).V[-1]
    places = np.searchsorted(passive.x, np.array([0.5, 1, 1.5, 2]) * passive.length_constant)
    assert np.diff(np.log(V[places])) / np.diff(passive.x[places]) == pytest.approx(
        -1 / passive.length_constant, rel=1e-3)


@pytest.mark.parametrize("delay", [-1.5, 0.0, 1.0])
def test_two_spikes_annihilate(delay):
    early, late = max(0.0, -delay), max(0.0, delay)
    run = simulate_cable(SIX_CM, T, [(0, shock(T, start=early)),
                                     (60_000.0, shock(T, start=late))])
    assert all(len(spike_times(T, run.V[:, k], 40.0)) == 1
               for k in range(2, 118))  # every place fires once
    assert run.V[T > 5.5].max() < 5


def test_one_spike_alone_crosses_and_ends_at_the_sealed_end():
    run = simulate_cable(SIX_CM, T, [(0, shock(T))])
    assert all(len(spike_times(T, run.V[:, k], 40.0)) == 1 for k in range(2, 120))
    assert 95 < run.V[:,
                      -1].max() < 110  # a sealed end lifts the peak, and nothing is reflected


def test_a_second_shock_in_the_wake_fails():
    run = simulate_cable(SIX_CM, T, [(0, shock(T) + shock(T, start=1.5))])
    assert len(spike_times(T, run.V[:, 90], 40.0)) == 1


def test_a_weak_shock_makes_no_spike():
    run = simulate_cable(SIX_CM, T, [(0, shock(T, 2000.0))])
    assert run.V[:, 30].max() < 1


def across_a_step(ratio, current=20_000.0):
    """The highest V at 15 and at 45 mm of 6 cm whose second half is `ratio` times as thick."""
    axon = SIX_CM.but(compartments=200,
                      radius=238.0 * np.where(np.arange(200) < 100, 1.0, ratio))
    V = simulate_cable(axon, T, [(0, shock(T, current))]).V
    return V[:, 50].max(), V[:, 150].max()


def test_a_widening_delays_or_stops_a_spike_and_a_narrowing_does_not():
    assert across_a_step(4) == pytest.approx((90.5, 90), abs=1)
    assert across_a_step(5)[1] > 80 and across_a_step(5.5)[1] < 10
    assert across_a_step(7)[0] > 85 and across_a_step(7)[1] < 5
    assert across_a_step(1 / 7)[1] == pytest.approx(90.5, abs=1)


def test_a_radius_array_of_equal_entries_is_the_scalar():
    array = SIX_CM.but(radius=np.full(120, 238.0))
    runs = [simulate_cable(axon, T, [(0, shock(T))]) for axon in (SIX_CM, array)]
    assert np.array_equal(runs[0].V, runs[1].V) and np.array_equal(runs[0].h, runs[1].h)


def test_an_axon_answers_symmetrically():
    left, right = (simulate_cable(SIX_CM, T, [(x, shock(T))]).V for x in (0.0, 60_000.0))
    assert left == pytest.approx(right[:, ::-1], abs=1e-7)


def test_charge_balances_along_a_spike():
    """What flows into the membrane as capacitive and ionic current is what was injected:
    nothing leaves the ends.
    """
    run = simulate_cable(SIX_CM, T, [(0, shock(T))])
    capacitive = 1e-5 * (np.diff(run.V, axis=0) / np.diff(T)[:, None]) @ SIX_CM.area
    middle = [(x[1:] + x[:-1]) / 2 for x in (run.V, run.m, run.h, run.n)]
    ionic = 1e-5 * sum(g * (middle[0] - E) for g, E in WARM.channels(*middle)) @ SIX_CM.area
    assert capacitive + ionic == pytest.approx(shock(T)[:-1], abs=0.02 * np.abs(ionic).max())


# --- what a learner can get wrong
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, said",
    [({"length": 0.0}, "length of Axon must be a number above 0 in µm"),
     ({"length": -1.0}, "length of Axon"),
     ({"radius": np.ones(7)}, r"shape \(200,\), but has shape \(7,\)"),
     ({"radius": np.nan}, "radius of Axon"), ({"rho": 0.0}, "rho of Axon"),
     ({"compartments": 2}, "compartments of Axon must be 3 or more, not 2; try 200"),
     ({"cell": "squid"}, "cell of Axon must be a membrane such as HodgkinHuxley"),
     ({"cell": HodgkinHuxley(g_Na=np.array([100.0, 120.0]))}, "its g_Na is an array"), ])
def test_bad_parameters_are_named(values, said):
    with pytest.raises((ValueError, TypeError), match=said):
        SQUID.but(**values)


@pytest.mark.parametrize("injections, said", [([(60_001.0, 1.0)], "from 0 to 60000 µm"),
                                              ([(0, np.nan)], "current in injections"),
                                              ([(0, np.ones(3))], re.escape("shape (400,)")),
                                              ("all", "a list of pairs")])
def test_bad_injections_are_named(injections, said):
    with pytest.raises((ValueError, TypeError), match=said):
        simulate_cable(SIX_CM, T, injections)


def test_a_scheme_for_an_axon_and_a_bad_start_are_refused():
    with pytest.raises(ValueError, match="an Axon has its own"):
        simulate_cable(SIX_CM, T, [], scheme=rk4)
    with pytest.raises(
            ValueError,
            match=r"V in start must be one number or one per compartment, shape \(120,\)"):
        simulate_cable(SIX_CM, T, [], start=np.ones(119))


def test_gates_may_start_elsewhere_than_at_rest():
    cell = SIX_CM.cell
    gates = {name: a / (a + b) for name, (a, b) in cell.rates(-20.0).items()}
    run = simulate_cable(SIX_CM, T[:5], [], start={"V": -20.0, "h": gates["h"]})
    assert (run.V[0] == -20).all() and run.h[0] == pytest.approx(gates["h"])
    assert run.m[0] == pytest.approx(cell.rest()[1])
    for start, said in (({"x": 0.0}, "it names .*x"), ({"h": np.ones(7)}, "h in start")):
        with pytest.raises(ValueError, match=said):
            simulate_cable(SIX_CM, T, [], start=start)
