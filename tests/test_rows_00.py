"""A short pulse and a long step, the exact value from two steps of Euler, and the unit f(I) beside
the neuron: reference numbers of notebook 00, in closed form and step by step.
"""
import numpy as np
import pytest
from scipy.optimize import brentq

from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.notebook_00.membranes import IntegrateAndFire, PassiveMembrane
from course_utils.solve import euler, rk4, simulate

# --- A short pulse, a long step


def after_pulse(d, **changes):
    """V at the end of a pulse of 2 µA/cm² and d ms from rest."""
    return PassiveMembrane(I_ext=2.0, **changes).exact(d)


@pytest.mark.parametrize("d, ratio", [(0.5, 1.033512), (2, 1.135890), (5, 1.345323),
                                      (20, 2.250427), (100, 2.996182)])
def test_three_times_the_resistance_matters_only_for_long_pulses(d, ratio):
    """A short pulse gives charge over capacitance, whatever the resistance."""
    assert after_pulse(d, R=15.0) / after_pulse(d, R=5.0) == pytest.approx(ratio, abs=1e-6)
    t = np.linspace(0, d, 11)
    by_steps = [simulate(PassiveMembrane(I_ext=2.0, R=R), t, (0.0,)).V[-1] for R in (5.0, 15.0)]
    assert by_steps[1] / by_steps[0] == pytest.approx(ratio, abs=1e-6)


def share_of_R(x):
    """d ln V / d ln R at the end of a pulse of x time constants."""
    return 1 - x / np.expm1(x)


@pytest.mark.parametrize("x, share", [(0.1, 0.049167), (1.0, 0.418023), (3.0, 0.842813),
                                      (1.256431, 0.5)])
def test_the_shares_of_resistance_and_capacitance_add_up_to_one(x, share):
    def slope(name):
        more, less = (after_pulse(10 * x, **{name: base * f})
                      for f in (1 + 1e-5, 1 - 1e-5)
                      for base in [getattr(PassiveMembrane(), name)])
        return np.log(more / less) / 2e-5

    assert share_of_R(x) == pytest.approx(share, abs=1e-6)
    assert slope("R") == pytest.approx(share, abs=1e-6)
    assert slope("R") - slope("C_m") == pytest.approx(1, abs=1e-6)


def test_both_matter_alike_at_1_26_time_constants():
    assert brentq(lambda x: share_of_R(x) - 0.5, 0.1, 5) == pytest.approx(1.256431, abs=1e-6)


@pytest.mark.parametrize("d, charge", [(0.1, 15.0751), (1.0, 15.7625), (10.0, 23.7297)])
def test_the_charge_that_reaches_the_threshold_nears_theta_times_C(d, charge):
    cell = IntegrateAndFire()
    current = cell.theta / cell.but(I_ext=1.0).exact(d)
    assert current * d == pytest.approx(charge, abs=1e-4)
    assert current * d > cell.theta * cell.C_m


# --- The exact value from two steps of Euler


def charged(h):
    """V after one time constant by Euler."""
    return simulate(PassiveMembrane(), np.linspace(0, 10, round(10 / h) + 1), (0.0,),
                    scheme=euler).V[-1]


def test_twice_the_finer_value_less_the_coarser_is_nearly_exact():
    """The error halves with the step, so the difference of two values is that of the finer one."""
    exact = PassiveMembrane().exact(10.0)
    coarse, middle, fine = charged(1.0), charged(0.5), charged(0.25)
    assert (coarse, middle, fine) == pytest.approx((13.026431, 12.830282, 12.735351), abs=1e-6)
    order = np.log2((coarse - middle) / (middle - fine))
    assert order == pytest.approx(1.0470, abs=1e-4)
    assert 2 * fine - middle == pytest.approx(12.640421, abs=1e-6)
    assert 2 * fine - middle - exact == pytest.approx(-0.00199, abs=1e-5)
    assert fine - exact == pytest.approx(0.092940, abs=1e-6)
    assert middle - fine == pytest.approx(0.094930, abs=1e-6)


def test_the_step_for_a_wanted_error():
    """A thousandth of a mV takes a step of 0.002634 ms, and then the error is 0.000969 mV."""
    h = 0.25 * 0.001 / (charged(0.5) - charged(0.25))
    assert h == pytest.approx(0.002634, abs=1e-6)
    steps = np.ceil(10 / h)
    assert charged(10 / steps) - PassiveMembrane().exact(10.0) == pytest.approx(0.000969, abs=1e-6)


def test_the_same_for_two_equations():
    start = FitzHughNagumo(I_ext=0.0).rest()

    def v(h, scheme=euler):
        t = np.linspace(0, 10, round(10 / h) + 1)
        return simulate(FitzHughNagumo(I_ext=0.5), t, start, scheme=scheme).v[-1]

    assert v(0.01, rk4) == pytest.approx(1.57015711, abs=1e-8)
    assert (v(0.1), v(0.05)) == pytest.approx((1.573533, 1.571857), abs=1e-6)
    assert 2 * v(0.05) - v(0.1) == pytest.approx(1.570181, abs=1e-6)


# --- A unit that puts out f(I), beside the neuron


def rate(high, low, D, total):
    """The rate in Hz while the current alternates, D ms high and D ms low, counted over at least
    `total` ms after as many: event by event.
    """
    cell = IntegrateAndFire()
    tau, cycles = cell.time_constant, max(4, int(np.ceil(total / (2 * D))))
    end, skip = 4 * D * cycles, 2 * D * cycles
    V, t, spikes, I, switch = 0.0, 0.0, 0, high, D
    while t < end:
        V_inf = cell.R * I
        wait = tau * np.log((V_inf - V) / (V_inf - cell.theta)) if V_inf > cell.theta else np.inf
        if t + wait <= switch:
            t, V = t + wait, cell.V_reset
            spikes += skip <= t < end
        else:
            V = V_inf + (V - V_inf) * np.exp(-(switch - t) / tau)
            t, switch, I = switch, switch + D, low if I == high else high
    return 1000 * spikes / (end - skip)


LENGTHS = (0.1, 1, 4, 8, 16, 50, 200, 1000)
ANSWERS = {(2.4, 1.0): (50.977, 46.728, (46.95, 50.00, 52.08, 62.50, 62.50, 50.00, 50.00, 51.00)),
           (2.2, 0.4): (43.663, 0.0, (0, 0, 0, 31.25, 31.25, 40.00, 42.50, 43.50))}


@pytest.mark.parametrize("currents", ANSWERS)
def test_the_unit_gives_one_rate_at_every_alternation(currents):
    """It averages f over the two currents; the mean current gives another rate."""
    unit, mean, _ = ANSWERS[currents]
    cell = IntegrateAndFire(I_ext=np.array([*currents, sum(currents) / 2]))
    assert cell.rate()[:2].mean() == pytest.approx(unit, abs=1e-3)
    assert cell.rate()[2] == pytest.approx(mean, abs=1e-3)


@pytest.mark.parametrize("currents, D", [
    pytest.param(currents, D, marks=() if D in (8, 16) else pytest.mark.slow)
    for currents in ANSWERS for D in LENGTHS])
def test_the_neuron_locks_to_an_alternation(currents, D):
    """Fast alternations are averaged, slow ones followed; between, it locks to them and may exceed
    both answers.
    """
    wanted = ANSWERS[currents][2][LENGTHS.index(D)]
    assert rate(*currents, D, 60_000.0) == pytest.approx(wanted, abs=0.02)


def ripple(high, low, D):
    """The largest V of an alternation without a threshold."""
    return 10 * (low + (high - low) / (1 + np.exp(-D / 10)))


def test_where_a_mean_below_the_rheobase_begins_to_fire():
    """When the ripple's peak reaches theta: D = tau ln((theta/R - I0) / (I1 - theta/R))."""
    D = 10 * np.log((1.5 - 0.4) / (2.2 - 1.5))
    assert D == pytest.approx(4.519851, abs=1e-6)
    assert brentq(lambda D: ripple(2.2, 0.4, D) - 15, 0.01, 50) == pytest.approx(D, abs=1e-9)
    assert rate(2.2, 0.4, D - 0.01, 2000.0) == 0 < rate(2.2, 0.4, D + 0.01, 2000.0)
