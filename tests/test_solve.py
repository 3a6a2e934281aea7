"""From a vector field to a trajectory: any Model, batch and loop alike, orders of convergence,
an independent oracle.
"""
from typing import ClassVar

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_utils import fast
from course_utils.analysis.dynamics import fixed_points, hopf_currents, period
from course_utils.analysis.phases import phase_response
from course_utils.checks import CourseWarning
from course_utils.equilibria import jacobian
from course_utils.fast.hodgkin_huxley import voltage_mover
from course_utils.fast.membrane import gate_table, relaxed
from course_utils.model import Model, parameter
from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
)
from course_utils.models.membrane import (
    Splitting,
    exponential_euler,
    gate_factors,
    splitting,
)
from course_utils.notebook_00.membranes import PassiveMembrane
from course_utils.notebook_03.cycles import limit_cycle
from course_utils.solve import Run, euler, rk4, simulate
from course_utils.spikes import spike_times

CELL = HodgkinHuxley()
REST = CELL.rest()


class MorrisLecar(Model):
    """The barnacle muscle fibre of Morris and Lecar 1981, with the Hopf parameters of Rinzel
    and Ermentrout.
    """

    states: ClassVar = {"V": "mV", "w": "1"}

    I_ext: float = parameter(120.0, "µA/cm²", r"I_\mathrm{ext}", 0, 250, "stimulus")
    g_Ca: float = parameter(4.4, "mS/cm²", r"g_\mathrm{Ca}", 0, 8, "calcium conductance",
                            domain="nonnegative")

    def rhs(self, state, I_ext):
        """dV/dt and dw/dt, for floats and for arrays."""
        V, w = state
        m = 0.5 * (1 + np.tanh((V + 1.2) / 18))
        w_inf = 0.5 * (1 + np.tanh((V - 2) / 30))
        ions = self.g_Ca * m * (V - 120) + 8.0 * w * (V + 84) + 2.0 * (V + 60)
        return ((I_ext - ions) / 20, 0.04 * np.cosh((V - 2) / 60) * (w_inf - w))


# --- any Model
# ------------------------------------------------------------------------------------------


def test_any_model_is_simulated_and_analysed_from_its_rhs_alone():
    muscle = MorrisLecar()
    (V, w), = fixed_points(muscle)
    assert np.abs(muscle.rhs((V, w), 120.0)).max() < 1e-10
    low, high = hopf_currents(muscle)
    assert (low, high) == (pytest.approx(93.86, abs=0.1), pytest.approx(
        212.02, abs=0.1))  # Rinzel and Ermentrout 1998
    T = period(muscle)
    t = np.arange(0, 600, 0.05)
    assert np.diff(spike_times(t,
                               simulate(muscle, t, start=(-20.0, 0.1)).V,
                               0))[2:] == pytest.approx(T, rel=1e-4)
    assert np.allclose(limit_cycle(muscle, threshold=0.0).V[[0, -1]], 0, atol=1e-6)
    assert np.isfinite(phase_response(muscle, 2.0, [0.3, 0.6])).all()


def test_the_rest_of_any_model_is_a_zero_of_its_rhs():
    for model in (MorrisLecar(), FitzHughNagumo(), HodgkinHuxley(), ReducedHodgkinHuxley(),
                  TrimmedHodgkinHuxley(), PassiveMembrane()):
        assert np.abs(model.rhs(model.rest(), 0.0)).max() < 1e-9, type(model).__name__


def test_a_batch_of_any_model_is_its_loop():
    t, currents = np.arange(0, 50, 0.05), np.array([60.0, 120.0, 240.0])
    together = simulate(MorrisLecar(I_ext=currents), t, start=(-30.0, np.array([0.0, 0.1,
                                                                                0.2])))
    for k, (I, w) in enumerate(zip(currents, (0.0, 0.1, 0.2))):
        alone = simulate(MorrisLecar(I_ext=I), t, start=(-30.0, w))
        assert together.V[:, k] == pytest.approx(alone.V,
                                                 abs=1e-10) and alone.V.shape == t.shape


# --- batch and loop
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", [HodgkinHuxley(), ReducedHodgkinHuxley(),
             TrimmedHodgkinHuxley()], ids=lambda cell: type(cell).__name__)
@pytest.mark.parametrize("scheme", [None, rk4, euler, exponential_euler])
def test_batch_equals_loop(cell, scheme):
    """A sweep of two parameters, a shape of two axes, a current that changes in time."""
    t = np.arange(0, 6, 0.005)
    current = np.where(t < 2, 3.0, 30.0)
    C_m, g_K = np.array([[1.0], [1.3]]), np.array([30.0, 36.0, 40.0])
    start = (0.0, *cell.steady_gates(0.0))
    together = simulate(cell.but(C_m=C_m, g_K=g_K), t, start=start, I_ext=current,
                        scheme=scheme)
    assert together.V.shape == (len(t), 2, 3)
    for i, j in np.ndindex(2, 3):
        alone = simulate(cell.but(C_m=float(C_m[i, 0]), g_K=float(g_K[j])), t, start=start,
                         I_ext=current, scheme=scheme)
        for name in cell.states:
            assert getattr(together, name)[:, i, j] == pytest.approx(
                getattr(alone, name), abs=1e-7), name


def test_a_sweep_of_temperatures_equals_its_loop():
    t, temperatures = np.arange(0, 10, 0.01), np.array([6.3, 18.5])
    together = simulate(CELL.but(temperature=temperatures), t, start=tuple(
        np.full(2, x) for x in REST))
    for k, T in enumerate(temperatures):
        assert together.V[:, k] == pytest.approx(
            simulate(CELL.but(temperature=float(T)), t, start=REST).V, abs=2e-3)


def test_a_current_that_changes_is_held_over_each_step_in_a_sweep_of_temperatures():
    """There rates are no table, and the loop is another one."""
    t, current = np.arange(0, 1, 0.1), np.array([50.0, -20.0] * 5)
    together = simulate(CELL.but(temperature=np.array([6.3, 12.0])), t, REST, current)
    for k, T in enumerate((6.3, 12.0)):
        advance, state = splitting(CELL.but(temperature=T), 0.1), REST
        for n, I in enumerate(current):
            assert together.V[n, k] == pytest.approx(state[0], abs=2e-3)
            state = advance(state, I)
    assert abs(together.V[2, 0] - together.V[1, 0]) > 1


def test_a_current_per_lane_is_held_from_each_time_to_the_next():
    t = np.arange(0, 4, 0.5)
    I = np.array([[1.0, 2.0], [0.0, 4.0]] * 4)
    run = simulate(PassiveMembrane(), t, start=(0.0,), I_ext=I)
    V = np.zeros(2)
    for k in range(len(t) - 1):
        assert run.V[k] == pytest.approx(V, abs=1e-12)
        V = 10 * I[k] + (V - 10 * I[k]) * np.exp(-0.05)


def test_splitting_in_long_strides_equals_step_by_step():
    """The fast loop joins the half steps; `advance` makes them one by one."""
    t, advance = np.arange(0, 20, 0.02), splitting(CELL, 0.02)
    run, state = simulate(CELL, t, start=REST), REST
    for _ in t[:-1]:
        state = advance(state, CELL.I_ext)
    assert run.last == pytest.approx(state, abs=1e-5)


# --- second expressions beside the plain ones
# -------------------------------------------------------------------------------


class OpenSodium(HodgkinHuxley):
    """A membrane that no longer is the one of 1952: its sodium channels do not inactivate."""
    def channels(self, V, m, h, n):
        """As there, with h at 0.1."""
        return super().channels(V, m, 0.1, n)


class SlowV(HodgkinHuxley):
    """Half as fast in V: an equation of its own, the channels as they are."""
    def rhs(self, state, I_ext):
        """As there, dV/dt halved."""
        slope, *gates = super().rhs(state, I_ext)
        return (slope / 2, *gates)


CURRENTS = np.array([4.0, 7.0, 12.0])
THREE = (np.array([0.0, 5.0, 20.0]), 0.06, np.array([0.6, 0.5, 0.4]), 0.35)
OTHER = CELL.but(C_m=1.3, g_L=0.5, E_K=-10.0, E_L=9.0, g_Na=100.0, temperature=9.0)


def both_ways(*arguments):
    """(the run as it is, the same by the plain loop)."""
    quick = simulate(*arguments)
    with fast.off():
        return quick, simulate(*arguments)


@pytest.mark.parametrize("cell, start", [
    (CELL, REST), (OTHER, (3.0, 0.1, 0.5, 0.4)), (CELL, THREE), (OTHER, THREE),
    (CELL.but(g_K=np.array([30.0, 36.0, 40.0])), THREE),
    (CELL, tuple(np.full((2, 2), x) for x in REST)),
    (ReducedHodgkinHuxley(), (5.0, 0.3)),
    (ReducedHodgkinHuxley(), (np.array([0.0, 5.0]), 0.3)),
    (TrimmedHodgkinHuxley(), (0.0, 0.3)), (TrimmedHodgkinHuxley(), (np.zeros(2), 0.3)),
])
def test_gates_from_a_table_are_the_gates(cell, start):
    """V within 2e-3 mV and gates within 2e-5 through a spike, which is 100 mV high."""
    t = np.arange(0, 12, 0.01)
    quick, plain = both_ways(cell, t, start, 10 + 5 * np.sin(t))
    assert not np.array_equal(quick.V, plain.V)
    assert quick.V == pytest.approx(plain.V, abs=2e-3)
    for gate in list(cell.states)[1:]:
        assert getattr(quick, gate) == pytest.approx(getattr(plain, gate), abs=2e-5), gate


@pytest.mark.parametrize("h", [0.05, 0.02])
def test_rates_from_a_table_give_rk4(h):
    """All states of a batch, through a spike: off by what the table's interpolation leaves."""
    t = np.arange(0, 15, h)
    drive = CURRENTS + 5 * np.sin(t)[:, None]
    for cell in (CELL, OTHER):
        quick, plain = both_ways(cell, t, THREE, drive, rk4)
        assert plain.V.max() > 80 and quick.V == pytest.approx(plain.V, abs=1e-3)
        for gate in "mhn":
            assert getattr(quick, gate) == pytest.approx(getattr(plain, gate), abs=1e-5), gate
        assert not np.array_equal(quick.V, plain.V)  # it did go by the table


@pytest.mark.parametrize("scheme, cell, start", [
    (rk4, CELL, REST), (rk4, CELL.but(g_K=np.array([30.0, 36.0, 40.0])), THREE),
    (rk4, OpenSodium(), THREE), (rk4, SlowV(), THREE),
    (rk4, ReducedHodgkinHuxley(), (np.array([0.0, 5.0]), 0.3)),
    (rk4, CELL, (np.array([255.0, 0.0, 5.0]), *THREE[1:])),
    (rk4, CELL, tuple(np.full((2, 2), x) for x in REST)),
    (None, OpenSodium(), REST), (None, OpenSodium(), THREE), (None, SlowV(), REST),
    (None, CELL, (300.0, *REST[1:])), (exponential_euler, CELL, REST), (euler, CELL, THREE),
    (None, CELL.but(temperature=np.array([6.3, 9.0, 12.0])), THREE),
])
def test_where_no_table_serves_the_loop_is_the_plain_one(scheme, cell, start):
    quick, plain = both_ways(cell, np.arange(0, 5, 0.02), start, None, scheme)
    for name in cell.states:
        assert np.array_equal(getattr(quick, name), getattr(plain, name)), name


def test_one_line_switches_the_second_expressions_off_and_a_with_only_for_its_block():
    t = np.arange(0, 5, 0.02)
    as_ever = simulate(CELL, t).V
    with fast.off():
        plain = simulate(CELL, t).V
        with fast.off():
            assert np.array_equal(simulate(CELL, t).V, plain)
        assert np.array_equal(simulate(CELL, t).V, plain)
    assert np.array_equal(simulate(CELL, t).V, as_ever) and not np.array_equal(plain, as_ever)


def test_every_element_of_an_f_i_curve_is_right_to_a_fiftieth_of_a_millisecond():
    """Next to the onset a spike time is most sensitive: there the table shows, if anywhere."""
    currents = np.linspace(0, 20, 200)[[*range(58, 68), *range(80, 200, 20)]]
    cell = HodgkinHuxley(I_ext=currents)
    coarse, fine = np.arange(0, 500, 0.08), np.arange(0, 500, 0.02)
    quick = simulate(cell, coarse, scheme=rk4).V
    with fast.off():
        plain = simulate(cell, fine, scheme=rk4).V
    for one, other in zip(quick.T, plain.T):
        one, other = spike_times(coarse, one, 50), spike_times(fine, other, 50)
        assert len(one) == len(other) and one == pytest.approx(other, abs=0.02)


def test_a_table_of_gates_is_off_by_a_millionth():
    table = gate_table(HodgkinHuxley, 6.3, 0.05)
    V = np.array([-150.0, -149.999, 40.003, 249.99, 249.999])
    gates = np.full((3, 5), 0.3)
    x_inf, decay = np.moveaxis(np.array(gate_factors(CELL, V, 0.05)), 1, 0)
    assert relaxed(table, V, gates) == pytest.approx(x_inf + (0.3 - x_inf) * decay, abs=1e-6)
    assert table.covers(V) and not table.covers(np.array([-150.01, 0.0]))
    assert not table.covers(np.array([250.0])) and not table.covers(np.array([np.nan]))


def test_too_long_a_step_by_the_table_is_told():
    with pytest.raises(ValueError, match=r"blew up at t = .* try a step of 0.05 or less"):
        simulate(CELL.but(I_ext=CURRENTS), np.arange(0, 50, 0.1), scheme=rk4)


def test_the_fast_ways_are_taken(monkeypatch):
    """They give the same numbers, so only a trap on the plain ways can tell."""
    def plain(*_):
        raise AssertionError("the plain way")

    monkeypatch.setattr(Splitting, "new_voltage", plain)
    t = np.arange(0, 20, 0.02)
    one, three = simulate(CELL, t), simulate(CELL.but(I_ext=np.full(3, 10.0)), t)
    assert one.V.max() > 90 and three.V[:, 2] == pytest.approx(one.V, abs=1e-6)
    with pytest.raises(AssertionError, match="the plain way"):
        simulate(OpenSodium(), t)


@pytest.mark.parametrize("cell",
                         [CELL, CELL.but(C_m=0.8, g_L=0.4, E_L=8.0, g_K=30.0, E_Na=100.0)])
def test_the_voltage_moved_in_place_is_the_new_voltage(cell):
    step = splitting(cell, 0.03)
    V, gates = np.array([-20.0, 3.0, 60.0]), np.random.default_rng(3).random((3, 3))
    wanted = step.new_voltage(V, gates, CURRENTS)
    voltage_mover(step, V, gates)(CURRENTS)
    assert V == pytest.approx(wanted, abs=1e-11) and np.abs(wanted).max() > 10


@pytest.mark.parametrize(
    "start",
    [REST, tuple(np.full(3, x) for x in REST),
     tuple(np.full((2, 2), x) for x in REST)])
def test_gates_are_at_the_same_times_as_V_whenever_they_are_asked_for(start):
    """They are made when first asked for; then each is the one of the step-by-step run, and
    stays.
    """
    t, advance = np.arange(0, 6, 0.02), splitting(CELL, 0.02)
    run, state = simulate(CELL, t, start=start, I_ext=15.0), start
    for _ in t[:-1]:
        state = advance(state, 15.0)
    n = run.n
    assert run.n is n and run.n[-1] == pytest.approx(state[3], abs=1e-5)
    assert run.m[-1] == pytest.approx(state[1], abs=1e-4) and run.h[-1] == pytest.approx(
        state[2], abs=1e-5)
    assert [x[0] for x in (run.m, run.h, run.n)] == [pytest.approx(x) for x in start[1:]]


def test_the_rest_of_equal_models_is_looked_for_once(monkeypatch):
    calls = []
    monkeypatch.setattr(HodgkinHuxley, "fixed_states",
                        lambda self, I_ext: calls.append(I_ext) or [REST])
    odd = CELL.but(g_K=36.123456)
    assert odd.rest() == odd.but(I_ext=77.0).rest() == REST and calls == [0.0]
    assert odd.but(g_K=36.123457).rest() == REST and len(calls) == 2


# --- accuracy
# ------------------------------------------------------------------------------------------


def exact(model, start, duration):
    """The state after `duration` by an eighth-order Runge-Kutta scheme at tight tolerance."""
    found = solve_ivp(lambda t, y: model.rhs(tuple(y), model.I_ext), (0, duration), start,
                      method="DOP853", rtol=1e-12, atol=1e-13)
    return found.y[:, -1]


LADDERS = [  # (model, start, duration, first step)
    (HodgkinHuxley(), (5.0, 0.1, 0.55, 0.35), 2.0, 0.02),
    (HodgkinHuxley(temperature=12.0), (5.0, 0.1, 0.55, 0.35), 1.0, 0.01),
    (ReducedHodgkinHuxley(), (5.0, 0.35), 2.0, 0.005), (MorrisLecar(), (-20.0, 0.1), 20.0, 0.4),
    (FitzHughNagumo(), (0.5, 0.0), 10.0, 0.2)
]
ORDERS = [(scheme, order, *ladder)
          for ladder in LADDERS
          for scheme, order in ((euler, 1), (rk4, 4), (exponential_euler, 1), (splitting, 2))
          if scheme in (euler, rk4) or hasattr(ladder[0], "channels")]


@pytest.mark.parametrize(
    "scheme, order, model, start, duration, h", ORDERS, ids=[
        f"{scheme.__name__}-{type(model).__name__}-{k}" for k, (scheme, _, model,
                                                                *_) in enumerate(ORDERS)
    ])
def test_orders_of_convergence(scheme, order, model, start, duration, h):
    """Halving the step divides the error by 2 to the order."""
    wanted, errors = exact(model, start, duration), []
    for step in (h, h / 2, h / 4):
        t = np.linspace(0, duration, round(duration / step) + 1)
        errors.append(
            np.abs(np.array(simulate(model, t, start=start, scheme=scheme).last)
                   - wanted).max())
    slopes = np.log2(np.array(errors[:-1]) / errors[1:])
    floor = 2e-6 if scheme is splitting else 0  # what its table of gates leaves
    assert errors[-1] < 1 and (slopes[-1] > order - 0.25 or errors[-1] < floor), (errors,
                                                                                  slopes)


def test_a_whole_spike_train_against_the_oracle():
    t = np.linspace(0, 60, 6001)
    found = solve_ivp(lambda _, y: CELL.rhs(tuple(y), 10.0), (0, 60), REST, method="DOP853",
                      rtol=1e-10, atol=1e-12, t_eval=t)
    run = simulate(CELL, t, start=REST)
    ours, theirs = spike_times(t, run.V, 50), spike_times(t, found.y[0], 50)
    assert ours == pytest.approx(theirs, abs=0.01) and len(ours) == 4
    assert np.abs(simulate(CELL, t, start=REST, scheme=rk4).V - found.y[0]).max() < 1e-3


@pytest.mark.parametrize("model, state", [(CELL, (12.0, 0.2, 0.4, 0.5)),
                                          (ReducedHodgkinHuxley(), (12.0, 0.5)),
                                          (TrimmedHodgkinHuxley(), (50.0, 0.5)),
                                          (MorrisLecar(), (-10.0, 0.2)),
                                          (FitzHughNagumo(), (0.3, 0.1))],
                         ids=lambda x: type(x).__name__ * isinstance(x, Model))
def test_jacobians_against_finite_differences(model, state):
    def rhs(x):
        return np.array(model.rhs(tuple(x), model.I_ext), float)

    rough = np.empty((len(state), len(state)))
    for k in range(len(state)):
        step = np.zeros(len(state))
        step[k] = 1e-6
        rough[:, k] = (rhs(np.array(state) + step) - rhs(np.array(state) - step)) / 2e-6
    found = jacobian(rhs, state)
    assert found == pytest.approx(rough, rel=1e-4, abs=1e-6)
    if hasattr(model, "jacobian"):
        assert model.jacobian(state) == pytest.approx(found, rel=1e-6, abs=1e-8)


def test_the_splitting_scheme_stays_stable_at_any_step():
    with pytest.warns(CourseWarning, match="a step of 1 ms is coarse"):
        run = simulate(CELL, np.arange(0, 200, 1.0), start=REST)
    assert -60 < run.V.min() and run.V.max() < 130
    for gate in "mhn":
        assert (getattr(run, gate) >= 0).all() and (getattr(run, gate) <= 1).all()


def test_uneven_times_are_steps_of_their_own():
    t = np.concatenate([np.arange(0, 5, 0.01), np.arange(5, 20, 0.02)])
    uneven, even = simulate(CELL, t, start=REST), simulate(CELL, np.arange(0, 20, 0.01),
                                                           start=REST)
    assert uneven.V[-1] == pytest.approx(np.interp(t[-1], even.t, even.V), abs=0.05)


# --- what a Run is
# ------------------------------------------------------------------------------------------


def test_a_run_has_its_states_and_says_what_it_has():
    run = simulate(CELL, np.arange(0, 5, 0.05))
    assert isinstance(run, Run) and run.model is CELL and run.V.shape == run.t.shape
    assert {"V", "m", "h", "n"} <= set(dir(run)) and "states V, m, h, n" in repr(run)
    assert run.last == tuple(getattr(run, name)[-1] for name in CELL.states)
    with pytest.raises(AttributeError, match="no state 'w'; this run has t, V, m, h, n"):
        run.w  # noqa: B018
    again = simulate(CELL, np.arange(5, 8, 0.05), start=run.last)
    assert again.V[0] == run.V[-1]


def test_nothing_that_is_given_is_changed():
    t, start, current = np.arange(
        0, 5, 0.05), [np.zeros(2), *(np.full(2, x) for x in REST[1:])], np.ones((100, 2))
    copies = t.copy(), [x.copy() for x in start], current.copy()
    simulate(CELL, t, start=start, I_ext=current)
    assert np.array_equal(t, copies[0]) and all(map(
        np.array_equal, start, copies[1])) and np.array_equal(current, copies[2])


# --- what is refused, and how
# ------------------------------------------------------------------------------------------

T = np.arange(0, 5, 0.05)


@pytest.mark.parametrize(
    "arguments, words",
    [({"t": [0.0]}, r"t must be an increasing array of at least two times.* shape \(1,\)"),
     ({"t": [0.0, 1.0, 1.0]}, r"t must increase, but t\[2\] = 1 comes after t\[1\] = 1"),
     ({"t": [0.0, np.nan]}, "t must be .* nan or an infinite value"),
     ({"t": "soon"}, "t must be .* not 'soon'"),
     ({"t": T[None]}, r"t must be .* shape \(1, 100\)"),
     ({"start": (0.0, 0.1)}, "start must hold one value .*V, m, h, n; it has 2 of 4"),
     ({"start": 0.0}, "start must hold .* it is 0.0"),
     ({"start": "rest"}, "start must hold .* it is 'rest'"),
     ({"start": {0.0, 0.1, 0.6, 0.3}}, "start must hold one value .*V, m, h, n; it is {"),
     ({"start": {"V": 0.0, "m": 0.1}}, "start must hold one value .*V, m, h, n; it names V, m"),
     ({"start": (0.0, 0.1, 60, 0.3)}, "h in start must be from 0 to 1, .* not 60.0"),
     ({"start": (0.0, [0.1, -1e-9], 0.6, 0.3)}, "m in start must be from 0 to 1"),
     ({"start": (0.0, 0.1, np.nan, 0.3)}, "h in start must be a finite number"),
     ({"start": (0.0, 0.1, "x", 0.3)}, "h in start must be a finite number .* not 'x'"),
     ({"start": (np.zeros(2), 0.1, np.zeros(3), 0.3)
       }, r"batch shapes don't fit together: V in start \(2,\), h in start \(3,\)"),
     ({"I_ext": np.zeros(7)
       }, r"I_ext must hold one value per time, shape \(100,\) .* has shape \(7,\)"),
     ({"I_ext": np.inf}, "I_ext must be finite numbers"),
     ({"I_ext": "strong"}, "I_ext must be finite numbers, not 'strong'"),
     ({"I_ext": np.zeros((100, 2)), "start": (np.zeros(3), 0.1, 0.6, 0.3)}, r"I_ext \(2,\)"), ])
def test_bad_input_is_refused_in_a_sentence(arguments, words):
    with pytest.raises((ValueError, TypeError), match=words):
        simulate(CELL, **{"t": T} | arguments)


@pytest.mark.parametrize("scheme, h, words", [
    (euler, 0.1,
     r"blew up at t = \d+\.?\d* ms with a step of 0\.1; try a step of 0\.05 or less"),
    (rk4, 0.1, r"blew up at t = \d+\.?\d* ms with a step of 0\.1; try a step of 0\.05 or less")
])
@pytest.mark.parametrize("lanes", [None, 3])
def test_a_blow_up_says_when_and_which_step_would_do(scheme, h, words, lanes):
    start = REST if lanes is None else tuple(np.full(lanes, x) for x in REST)
    with pytest.raises(ValueError, match=words):
        simulate(CELL, np.arange(0, 50, h), start=start, scheme=scheme)
    simulate(CELL, np.arange(0, 50, 0.05), start=start, scheme=scheme)


def test_the_start_may_go_by_name_in_any_order():
    by_name = dict(reversed(list(zip(CELL.states, REST))))
    assert np.array_equal(simulate(CELL, T, by_name).V, simulate(CELL, T, REST).V)
    assert simulate(CELL, T, (0.0, 0.0, 1.0, 0.5)).m[0] == 0


def test_a_class_in_place_of_a_model_is_told():
    for call in (lambda: simulate(HodgkinHuxley, T), lambda: rk4(FitzHughNagumo, 0.1),
                 lambda: splitting(HodgkinHuxley, 0.1), lambda: period(HodgkinHuxley)):
        with pytest.raises(TypeError, match=r"not the class \w+: write \w+\(\.\.\.\)"):
            call()


def test_the_search_for_a_step_ends_soon_and_advises_only_what_it_has_tried(monkeypatch):
    monkeypatch.setattr("course_utils.solve.SEARCH", 0.0)
    with pytest.raises(ValueError, match="no step down to 0.1 would do; smaller ones were not"):
        simulate(CELL, np.arange(0, 50, 0.1), scheme=euler)


def test_a_blow_up_that_no_step_cures_says_so():
    class Explosive(Model):
        states: ClassVar = {"x": "1"}
        I_ext: float = parameter(0.0, "1", "I", -1, 1, "input")

        def rhs(self, state, I_ext):
            return (state[0] * state[0] + 1 + I_ext,)

    with pytest.raises(
            ValueError,
            match="no step down to .* would do: look at the parameters, the start and the input"
    ):
        simulate(Explosive(), np.arange(0, 5, 0.01), start=(1.0,))


def test_what_a_scheme_or_a_parameter_needs_is_said():
    with pytest.raises(
            ValueError,
            match="g_K of HodgkinHuxley must be a number that is 0 or more in mS/cm², not -1"):
        CELL.but(g_K=-1)
    with pytest.raises(ValueError,
                       match="C_m of HodgkinHuxley must be a number above 0 in µF/cm², not 0"):
        HodgkinHuxley(C_m=0)
    with pytest.raises(NotImplementedError, match=r"define rhs\(self, state, I_ext\)"):

        class Empty(Model):
            states: ClassVar = {"x": "1"}
            I_ext: float = parameter(0.0, "1", "I", -1, 1, "input")

        simulate(Empty(), T, start=(0.0,))


@pytest.mark.parametrize("h, would_do", [(35.0, "17.5"), (70.0, "17.5"), (140.0, "17.5"),
                                         (300.0, "18.8")])
def test_a_blow_up_names_the_first_step_of_half_a_quarter_and_so_on_that_would_do(h, would_do):
    """Euler on V' = (20 - V)/10 stays finite for steps up to 20 ms, where each step mirrors the
    distance to 20.
    """
    membrane = PassiveMembrane(R=10.0, C_m=1.0, I_ext=2.0)
    with pytest.raises(
            ValueError, match=
            rf"blew up at t = .* ms with a step of {h:.4g}; try a step of {would_do} or less"):
        simulate(membrane, h * np.arange(1001), scheme=euler)


def test_a_solution_that_explodes_in_its_very_last_step_is_refused():
    def exploding(model, h):
        return lambda state, I_ext: (np.inf,)

    with pytest.raises(ValueError,
                       match=r"blew up at t = 1 ms .* no step down to 0\.016 would do"):
        simulate(PassiveMembrane(), [0.0, 1.0], scheme=exploding)
