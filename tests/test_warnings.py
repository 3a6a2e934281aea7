"""What is allowed and hardly meant gets one sentence, and the nearest legitimate use none.

Warnings are errors in all tests: a call outside `warned` is silent.
"""
import time
from typing import ClassVar

import numpy as np
import pytest
from matplotlib.figure import Figure

import course_utils as cu
from course_utils.checks import CourseWarning
from course_utils.models.membrane import Membrane
from course_utils.notebook_03.pictures import nullclines

T = np.arange(0, 60, 0.01)
SQUID = cu.HodgkinHuxley()
GATES = (0.05, 0.6, 0.32)
FHN = cu.FitzHughNagumo()


def warned(words):
    """Expects one kind of `CourseWarning`."""
    return pytest.warns(CourseWarning, match=words)


@pytest.mark.parametrize("absolute, from_rest", [
    (lambda: cu.simulate(SQUID, T, (-65.0, *GATES)),
     lambda: cu.simulate(SQUID, T, (-40.0, *GATES))),
    (lambda: SQUID.but(E_K=-77.0, E_Na=50.0), lambda: SQUID.but(E_K=-40.0, E_Na=50.0)),
])
def test_absolute_potentials_are_told(absolute, from_rest):
    with warned("counted from rest: -65 mV is 0, so add 65 to each potential"):
        absolute()
    from_rest()


def test_a_membrane_of_absolute_potentials_may_start_at_minus_65():
    class Absolute(Membrane):
        states: ClassVar = {"V": "mV"}
        I_ext: float = cu.parameter(0.0, "µA/cm²", "I", 0, 9, "stimulus")
        C_m: float = cu.parameter(1.0, "µF/cm²", "C", 0.5, 2, "capacitance")

        def rates(self, V):
            return {}

        def channels(self, V):
            return ((0.3, -70.0),)

    assert cu.simulate(Absolute(), T, (-65.0,)).V[-1] == pytest.approx(-70, abs=1e-3)


def test_potentials_of_the_sign_of_1952_are_told():
    with warned("E_Na lies below E_K.*turn the sign of each potential"):
        SQUID.but(E_Na=-115.0, E_K=12.0)
    SQUID.but(E_Na=0.0, E_K=0.0)


@pytest.mark.parametrize("threshold", [0.0, -20.0])
def test_a_threshold_in_the_hyperpolarisation_is_told(threshold):
    run = cu.simulate(SQUID, T)
    with warned("threshold .* falls below rest"):
        cu.spike_times(T, run.V, threshold)
    first = cu.spike_times(T, run.V, 5.0)[0]
    assert first < cu.spike_times(T, run.V, 50.0)[0] < first + 2
    assert len(cu.spike_times(T, run.V - 65, 0.0)) == 4  # a trace of absolute potentials
    assert len(cu.spike_times(T, np.cos(T), 0.0)) == 9  # a trace that begins at its peak
    assert not len(cu.spike_times(T, 0 * T, -1.0))  # a silent one


def test_a_coarse_step_is_told_for_the_default_scheme():
    with warned("a step of 0.25 ms is coarse .* take 0.1 or less"):
        cu.simulate(SQUID, np.arange(0, 60, 0.25))
    cu.simulate(SQUID, np.arange(0, 60, 0.1))
    cu.simulate(SQUID, np.arange(0, 60, 0.25), scheme=cu.splitting)  # a scheme that is named
    cu.simulate(FHN, np.arange(0, 60, 0.5))


def test_seconds_for_ms_are_told():
    V = cu.simulate(SQUID, T).V
    for ask in (cu.steady_rate, lambda t, V: cu.spike_times(t, V, 50.0)):
        with warned("is t in seconds"):
            ask(T / 1000, V)
    assert 60 < cu.steady_rate(T, V) < 80
    noise = np.random.default_rng(1).normal(50, 1, 2000)
    with warned("is it noise that crosses"):
        cu.spike_times(T[:2000], noise, 50.0)
    cu.spike_times(T[:2000], noise, 50.0, dead_time=1.0)


@pytest.mark.parametrize("threshold", [50.0, -20.0])
@pytest.mark.parametrize("rest", [0, -65])
def test_volts_for_mV_are_told(rest, threshold):
    V = cu.simulate(SQUID, T).V + rest
    with warned("is it in volts") as said:
        cu.spike_times(T, V / 1000, threshold)
    assert len(said) == 1


def test_a_single_spike_in_volts_is_told_where_rest_is_absolute():
    V = cu.simulate(SQUID, T, (20.0, *GATES), I_ext=0.0).V
    with warned("brief peaks of 0.12: is it in volts"):
        cu.spike_times(T, (V - 65) / 1000, 50.0)


@pytest.mark.parametrize("swing", [0.06, 0.1, 0.15, 0.5, 0.9])
@pytest.mark.parametrize("level", [0.0, -0.06, 5.0])
def test_ringing_below_threshold_is_no_trace_in_volts(swing, level):
    ringing = np.sin(2 * np.pi * T / 12) / 2
    dying = ringing * np.exp(-T / 20)
    noisy = ringing * np.random.default_rng(3).uniform(0.5, 1.5, len(T))
    for wave in (ringing, dying, noisy):
        assert not len(cu.spike_times(T, level + swing * wave / np.ptp(wave), 150.0))


@pytest.mark.parametrize("I_ext", [0.0, 0.02, 0.05, 0.1, 0.2, 1.0])
def test_a_small_response_in_mV_is_no_trace_in_volts(I_ext):
    assert not len(cu.spike_times(T, cu.simulate(SQUID, T, I_ext=I_ext).V, 50.0))


def test_a_coarse_step_is_told_for_an_axon():
    axon = cu.Axon(cell=SQUID, compartments=20)
    with warned("a step of 0.5 ms is coarse"):
        cu.simulate_cable(axon, np.arange(0, 5, 0.5), [(0.0, 10.0)])
    cu.simulate_cable(axon, np.arange(0, 5, 0.1), [(0.0, 10.0)])


def test_the_search_for_a_step_is_short_where_rhs_is_slow():
    class Slow(cu.Model):
        states: ClassVar = {"x": "1"}
        I_ext: float = cu.parameter(0.0, "1", "I", 0, 1, "input")

        def rhs(self, state, I_ext):
            until = time.process_time() + 0.05
            while time.process_time() < until:
                pass
            return (state[0] * state[0],)

    start = time.process_time()
    with pytest.raises(ValueError, match="no step down to .* would do; .* after 2 s"):
        cu.simulate(Slow(), [0.0, 1.0, 2.0, 3.0, 4.0], (2.0,))
    assert time.process_time() - start < 4  # the run itself, at most 0.85 s, and 2 s of search


def test_own_models_without_nullclines_are_refused_by_name():
    class Cubic(cu.Model):
        states: ClassVar = {"v": "1", "w": "1"}
        I_ext: float = cu.parameter(0.5, "1", "I", 0, 1, "input")

        def rhs(self, state, I_ext):
            return FHN.rhs(state, I_ext)

    with pytest.raises(TypeError, match="model must be a model with nullclines, such as"):
        nullclines(Figure().subplots(), Cubic())
    nullclines(Figure().subplots(), FHN)


def test_the_class_in_place_of_an_instance_is_told():
    with pytest.raises(TypeError, match=r"not the class FitzHughNagumo: write FitzHughNagumo\("):
        cu.Panel(cu.FitzHughNagumo, lambda fig: None)


def test_a_warning_points_at_the_line_that_called():
    with warned("counted from rest") as said:
        cu.simulate(SQUID, T, (-65.0, *GATES))
    assert {warning.filename for warning in said} == {__file__}


class Turned(cu.Model):
    """Hodgkin and Huxley with the sign of the ionic currents turned."""

    states: ClassVar = {"V": "mV", "m": "1", "h": "1", "n": "1"}
    I_ext: float = cu.parameter(0.0, "µA/cm²", "I", 0, 1, "stimulus")

    def rhs(self, state, I_ext):
        slope, *gates = SQUID.rhs(state, 0.0)
        return (I_ext - slope, *gates)


@pytest.mark.parametrize("h", [0.01, 0.005])
def test_a_diverging_model_is_refused_without_false_advice(h):
    start = time.process_time()
    with pytest.raises(ValueError, match="blew up at t = .* ms with") as said:
        cu.simulate(Turned(), np.arange(0, 30, h), (0.0, *GATES))
    assert "or less" not in str(said.value)
    assert time.process_time() - start < 6  # the run itself, and 2 s of search


def test_large_states_that_are_meant_are_kept():
    class Growing(cu.Model):
        states: ClassVar = {"x": "1"}
        time_unit: ClassVar = "1"
        I_ext: float = cu.parameter(0.0, "1", "I", 0, 1, "input")

        def rhs(self, state, I_ext):
            return (state[0] + I_ext,)

    run = cu.simulate(Growing(), np.arange(0, 25, 0.01), (1.0,))
    assert run.x[-1] > 1e10
    assert "t from 0 to 24.99, states x" in repr(run)
    with pytest.raises(ValueError, match=r"blew up at t = \d+\.\d+ with a step"):
        cu.simulate(Growing(), np.arange(0, 50, 0.01), (1.0,))


@pytest.mark.parametrize("scheme, words", [
    ("rk4", "scheme must be a scheme, such as rk4"),
    (lambda model, h: None, "must be a function advance"),
    (lambda model, h: lambda state, I_ext: None, "one value for each of v, w, not None"),
    (lambda model, h: lambda state, I_ext: (1.0,), "one value for each of v, w"),
])
def test_a_scheme_that_is_none_is_told(scheme, words):
    with pytest.raises(TypeError, match=words):
        cu.simulate(FHN, T, scheme=scheme)
    cu.simulate(FHN, T, scheme=lambda model, h: lambda state, I_ext: list(state))


@pytest.mark.parametrize("returned", [None, 1.0, (1.0, 2.0)])
def test_a_vector_field_that_is_none_is_told(returned):
    class Own(cu.Model):
        states: ClassVar = {"x": "1"}
        I_ext: float = cu.parameter(0.0, "1", "I", 0, 1, "input")

        def rhs(self, state, I_ext):
            return returned

    for ask in (lambda: cu.simulate(Own(), T, (0.0,)), lambda: cu.fixed_points(Own())):
        with pytest.raises(TypeError, match="rhs of Own must return a tuple with one derivative"):
            ask()


def test_a_run_that_would_not_fit_into_memory_is_refused():
    with pytest.raises(ValueError, match="the number of times in t must be at most"):
        cu.simulate(cu.HodgkinHuxley(I_ext=np.zeros(10_000)), np.arange(0, 1000, 0.01))


@pytest.mark.parametrize("call", [
    lambda size: cu.HodgkinHuxley(C_m=size), lambda size: cu.FitzHughNagumo(delta=size),
    lambda size: cu.Cable(g_m=size).input_resistance])
def test_sizes_that_overflow_are_refused(call):
    with pytest.raises(ValueError, match="a number above 0.*, 1e-100 at least, not 5e-324"):
        call(5e-324)
    with pytest.raises(ValueError, match="an infinite value, or one beyond 1e.100: 1e.300"):
        call(1e300)
    call(1e-9)


def test_a_fixed_point_far_away_is_found():
    (V, *_), = cu.fixed_points(cu.HodgkinHuxley(I_ext=1e5))
    assert float(cu.HodgkinHuxley().steady_current(V)) == pytest.approx(1e5)


def test_a_search_for_a_cycle_ends():
    with pytest.raises(ValueError, match="evaluations of rhs: some rates"):
        cu.period(cu.FitzHughNagumo(delta=1e10))
    assert cu.period(cu.FitzHughNagumo(delta=0.005)) > 0
