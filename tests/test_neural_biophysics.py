"""Notebook 02: its experiments, the judges of its exercises, and the numbers it prints that
stand nowhere else.
"""
import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.integrate import solve_ivp
from scipy.optimize import curve_fit

from course_utils.analysis.dynamics import fixed_points, hopf_currents
from course_utils.model import parameter
from course_utils.models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    alpha_n,
    beta_n,
    voltage_clamp,
)
from course_utils.notebook_02.exercises import (
    CELL,
    check,
    sodium_left,
    sodium_peak,
    spikes_of,
)
from course_utils.notebook_02.experiments import (
    END,
    WRITE_AT,
    ClampExperiment,
    CurrentStep,
    OneBit,
    ThreeModels,
    firing_rates,
    kick_map,
    spike_peaks,
)
from course_utils.notebook_02.peaks import peak
from course_utils.notebook_02.pictures import (
    V_nullcline,
    bit_axes,
    bit_plane,
    bit_story,
    kick_stems,
    membrane_circuit,
    membrane_plane,
    rate_curves,
    spike_stack,
    step_response,
)
from course_utils.notebook_02.potassium import POTASSIUM_1952
from course_utils.panel import Touch
from course_utils.solve import rk4, simulate
from course_utils.spikes import spike_times, steady_rate
from tools.panels import SOURCES, panels

BIT = OneBit()

# --- one bit
# ------------------------------------------------------------------------------------------


def pointed(record, place, x, y):
    """The record after the pointer was at x, y in the Axes of this name."""
    axes = Figure().add_subplot(label=place)
    return record.touched(Touch("drag", axes, x, y))


def test_the_experiment_of_the_notebook_writes_and_erases():
    outcome = BIT.run()
    first, second = outcome.kicks
    assert outcome.bits == (0, 1, 0) and len(outcome.spikes) == 4
    assert first.t == WRITE_AT and first.before == pytest.approx(4.646624, abs=1e-5)
    assert first.after - first.before == pytest.approx(3.81)
    assert second.after - second.before == pytest.approx(6.0)
    assert outcome.cycle == pytest.approx(16.0077, abs=1e-2)
    assert (second.t - outcome.spikes[-1]) / outcome.cycle == pytest.approx(0.60, abs=2e-3)
    assert "erased it: silence" in outcome.sentence()
    assert "Bits: 0 1 0." in outcome.sentence()
    assert len(outcome.t) == len(outcome.V) == len(outcome.n)
    assert (np.diff(outcome.t) >= 0).all() and outcome.t[-1] == pytest.approx(END)


@pytest.mark.parametrize("changes, bits", [
    ({"write": 3.80}, (0, 0, 1)), ({"write": -8.0}, (0, 1, 0)),
    ({"write": -4.0, "erase": 1.0}, (0, 0, 0)), ({"erase": -6.0}, (0, 1, 1)),
    ({"erase": -6.0, "phase": 0.95}, (0, 1, 0)), ({"erase": 4.0, "phase": 0.65}, (0, 1, 0)),
    ({"phase": 0.2}, (0, 1, 1)), ({"erase": 16.0}, (0, 1, 1)), ({"I_ext": 6.0}, (0, 0, 0)),
    ({"I_ext": 10.0}, (0, 1, 1)), ({"write": 0.0, "erase": 3.81}, (0, 0, 1)),
    ({"write": 0.0, "erase": 3.80}, (0, 0, 0))])
def test_other_kicks(changes, bits):
    assert BIT.but(**changes).run().bits == bits


def test_the_outcome_is_that_of_one_membrane():
    """The pieces joined are what one simulation with two jumps gives."""
    outcome, cell = BIT.run(), HodgkinHuxley(I_ext=8.0)
    rest = cell.fixed_states(8.0)[0]
    assert outcome.V[0] == rest[0] and outcome.rest == (rest[0], rest[3])
    between = (outcome.t > WRITE_AT) & (outcome.t < outcome.kicks[1].t)
    t = np.arange(0, 80, 0.04)
    run = simulate(cell, t, start=(rest[0] + 3.81, *rest[1:]))
    expected = np.interp(outcome.t[between] - WRITE_AT, t, run.V)
    assert outcome.V[between] == pytest.approx(expected, abs=1e-6)


def test_pulled_stems_and_a_dragged_dot_stay_in_range():
    second = BIT.run().kicks[1]
    assert pointed(BIT, "kicks", WRITE_AT + 2, 5.5).write == 5.5
    assert pointed(BIT, "kicks", 3.0, 99.0).write == 16.0
    there = pointed(BIT, "kicks", second.t, -7.0)
    assert there.erase == -7.0 and there.write == BIT.write
    assert there.phase == pytest.approx(0.60, abs=2e-3)
    assert pointed(BIT, "kicks", 170.0, 3.0).phase == 1.0
    assert pointed(BIT, "kicks", 60.0, 3.0).phase == 0.0
    assert pointed(BIT, "map", 0.9, -5.0) == BIT.but(phase=0.9, erase=-5.0)
    assert pointed(BIT, "map", -1.0, 40.0) == BIT.but(phase=0.0, erase=16.0)
    assert pointed(BIT, "trace", 30.0, 40.0) == BIT


def test_the_chart_has_two_islands_and_agrees_with_the_story():
    _, phase, kick, shift = kick_map()
    assert shift.shape == (len(kick), len(phase))
    erased = np.isnan(shift)
    positive, negative = erased[kick > 0].any(axis=0), erased[kick < 0].any(axis=0)
    assert (phase[positive].min(), phase[positive].max()) == pytest.approx((0.50, 0.65),
                                                                           abs=0.035)
    assert (phase[negative].min(), phase[negative].max()) == pytest.approx((0.84, 0.98),
                                                                           abs=0.035)
    assert not (positive & negative).any() and not erased[np.abs(kick) < 0.5].any()
    for p, k in ((0.6, 6.0), (0.55, 8.0), (0.9, -5.0), (0.3, 6.0), (0.6, -6.0), (0.75, 10.0)):
        i, j = np.argmin(np.abs(kick - k)), np.argmin(np.abs(phase - p))
        tried = BIT.but(phase=phase[j], erase=kick[i]).run()
        assert erased[i, j] == (tried.bits[2] == 0), (p, k)


def test_eight_neurons_keep_a_letter_and_forget_it_by_excitation():
    cell, t = HodgkinHuxley(I_ext=8.0), np.arange(0, 250, 0.02)
    bits = np.array([int(digit) for digit in f"{ord('k'):08b}"])
    V, *gates = (np.full(8, x) for x in cell.fixed_states(8.0)[0])
    kept = simulate(cell, t, start=(V + 3.81 * bits, *gates))
    assert [len(s) > 0 and s[-1] > 225
            for s in spike_times(t, kept.V, 50)] == bits.astype(bool).tolist()
    k = round((spike_times(t, kept.V[:, bits.argmax()], 20)[-2] + 0.6 * 16.0077) / 0.02)
    states = [getattr(kept, name)[k] for name in cell.states]
    after = simulate(cell, t, start=(states[0] + 6.0 * bits, *states[1:]))
    assert after.V[1000:].max() < 20


# --- the table of 1952
# ------------------------------------------------------------------------------------------


def test_the_columns_of_the_1952_table_agree_with_one_another_and_with_the_printed_rates():
    """Table 1 prints alpha and beta as well: what its other columns give must round to them."""
    V, g_K, n_inf, tau = POTASSIUM_1952
    printed_alpha = [
        0.915, 0.866, 0.748, 0.610, 0.524, 0.419, 0.310, 0.241, 0.192, 0.150, 0.095, 0.085
    ]
    printed_beta = [
        0.037, 0.043, 0.052, 0.057, 0.064, 0.069, 0.075, 0.071, 0.072, 0.072, 0.096, 0.105
    ]
    assert (g_K / 24.31)**0.25 == pytest.approx(n_inf, abs=1.1e-3)
    assert n_inf / tau == pytest.approx(
        printed_alpha, abs=7e-4) and (1 - n_inf) / tau == pytest.approx(printed_beta, abs=7e-4)
    assert ">109</td>" in POTASSIUM_1952._repr_html_()
    assert ">20.70</td>" in POTASSIUM_1952._repr_html_()


def test_the_printed_rates_pass_close_to_the_measured_ones():
    V, _, n_inf, tau = POTASSIUM_1952
    error = alpha_n(V) * tau / n_inf - 1
    assert 0.04 < np.sqrt(np.mean(error**2)) < 0.06
    assert np.abs(alpha_n(V) / (alpha_n(V) + beta_n(V)) - n_inf).max() < 0.07
    fitted, _ = curve_fit(lambda V, A, V0, k: A * (V0 - V) / np.expm1((V0 - V) / k), V,
                          n_inf / tau, p0=(0.01, 12, 8), sigma=n_inf / tau)
    assert fitted == pytest.approx([0.0093, 7.7, 9.5], rel=0.02)


def test_charge_of_a_spike_and_nernst():
    ions = 1e-6 * 0.1 / 1.602177e-19
    assert ions == pytest.approx(6.24e11, rel=1e-3)
    assert ions / (400e-6 * 238e-4 / 2 * 6.02214e23) == pytest.approx(2.2e-7, rel=2e-2)
    RT_F = 8.314462618 * 279.45 / 96485.33212 * 1000
    assert (RT_F, RT_F * np.log(20 / 400)) == (pytest.approx(
        24.081, abs=1e-3), pytest.approx(-72.1, abs=0.05))


# --- the clamp, the planar models, the rate
# ------------------------------------------------------------------------


@pytest.mark.parametrize("V, duration, share", [
    (-20, 5.0, 1.3625), (8, 2.0, 0.9075), (15, 40.0, 0.2856), (30, 2.0, 0.5352)])
def test_a_conditioning_pulse_of_some_voltage_and_duration(V, duration, share):
    t = np.arange(0, 4, 0.002)
    alone = ClampExperiment(V_command=50.0).measure(t).I_Na.min()
    run = ClampExperiment(V_command=50.0, V_hold=V, duration=duration).measure(t)
    assert run.I_Na.min() / alone == pytest.approx(share, rel=1e-3)


def test_the_clamp_experiment_starts_from_the_voltage_it_held():
    t = np.arange(0, 8, 0.01)
    held = ClampExperiment(V_hold=20.0)
    run = held.measure(t)
    assert (run.m[0], run.h[0], run.n[0]) == pytest.approx(CELL.steady_gates(20.0), abs=1e-12)
    assert np.abs(
        run.I_Na).max() < np.abs(ClampExperiment().measure(t).I_Na).max() / 5  # h had shut
    assert ClampExperiment(V_command=115.0).measure(t).I_Na == pytest.approx(0, abs=1e-9)
    assert ClampExperiment().measure(t).I_Na.min() == pytest.approx(-1082.343, abs=0.05)
    assert run.I_K == pytest.approx(
        voltage_clamp(CELL, 40, t, start=(20.0, *CELL.steady_gates(20.0))).I_K)


@pytest.mark.parametrize(
    "cell",
    [ReducedHodgkinHuxley(),
     TrimmedHodgkinHuxley(),
     ReducedHodgkinHuxley(I_ext=60.0, h0=0.8)])
def test_nullclines_of_the_planar_models(cell):
    V = np.linspace(-11, 114, 60)
    still, settled = V_nullcline(cell, V), cell.steady_gates(V)[0]
    assert cell.rhs((V, settled), cell.I_ext)[1] == pytest.approx(0, abs=1e-12)
    found = np.isfinite(still)
    assert found.any() and np.abs(cell.rhs(
        (V[found], still[found]), cell.I_ext)[0]).max() < 1e-9
    for x, n in zip(V[~found], np.zeros(60)):  # where there is none, V moves one way at every n
        sign = np.sign(cell.rhs((x, np.linspace(0, 1, 50)), cell.I_ext)[0])
        assert abs(sign.sum()) == 50, (x, n)


def test_the_trimmed_nullcline_is_the_printed_quotient():
    cell, V = TrimmedHodgkinHuxley(I_ext=10.0), np.array([92.0, 100.0, 110.0])
    assert V_nullcline(cell, V)**4 == pytest.approx((120 * (115 - V) + 10) / (36 * (V + 12)),
                                                     rel=1e-9)


def test_the_steady_rate_counts_small_oscillations_and_not_none():
    t = np.arange(0, 1000, 0.5)
    assert steady_rate(t, 10 * np.sin(2 * np.pi * t / 20 - 1)) == pytest.approx(50, rel=1e-5)
    waves = np.stack(
        [0.5 * np.sin(t), np.zeros_like(t), 5 * np.sin(2 * np.pi * t / 40)], axis=1)
    assert steady_rate(t, waves) == pytest.approx([0, 0, 25], rel=1e-4)
    assert steady_rate(t, np.where(t < 100, 0.0, 5.0)) == 0


def test_a_shunt_silences_without_moving_the_rest():
    class Shunted(HodgkinHuxley):
        g_s: float = parameter(0.0, "mS/cm²", "g_s", 0, 2, "synaptic conductance",
                               domain="nonnegative")

        def channels(self, V, m, h, n):
            return (*super().channels(V, m, h, n), (self.g_s, 0.0))

    assert abs(Shunted(g_s=0.8).rest()[0] - CELL.rest()[0]) < 2e-3
    assert spikes_of(Shunted()) == spikes_of(CELL) == 7 and spikes_of(Shunted(g_s=0.4)) == 1
    assert [hopf_currents(Shunted(g_s=g))[0] for g in (0.2, 0.4, 0.8)] == pytest.approx(
        [14.837, 20.360, 33.011], abs=1e-3)


def test_a_mean_h_latches():
    class MeanH(HodgkinHuxley):
        def channels(self, V, m, h, n):
            return super().channels(V, m, 0.3, n)

    run = simulate(MeanH(), np.arange(0, 200, 0.02), start=CELL.rest())
    assert len(spike_times(run.t, run.V, 50)) == 1 and run.V[-1] == pytest.approx(61.5, abs=0.1)


# --- numbers that the notebook prints or its captions say
# -------------------------------------------------------------


def test_sodium_channels_open_before_potassium_channels():
    run = simulate(CELL, np.arange(0, 12, 0.002), scheme=rk4)
    (g_Na, _), (g_K, _), _ = CELL.channels(run.V, run.m, run.h, run.n)
    assert peak(run.t, g_Na) == (pytest.approx(2.25, abs=0.01), pytest.approx(32.72, abs=0.01))
    assert peak(run.t, g_K) == (pytest.approx(3.72, abs=0.01), pytest.approx(12.71, abs=0.01))
    currents = CELL.currents(run)
    assert currents.I_Na.min() == pytest.approx(
        -793, abs=2) and currents.I_K.max() == pytest.approx(837, abs=2)


def test_m_is_faster_than_h_and_n_at_every_voltage():
    V = np.linspace(-40, 120, 161)
    tau = {gate: 1 / (alpha + beta) for gate, (alpha, beta) in CELL.rates(V).items()}
    lead = np.minimum(tau["h"], tau["n"]) / tau["m"]
    assert lead.min() > 3 and lead[V == 0][0] > 20
    assert np.abs(V[[tau["h"].argmax(), tau["n"].argmax()]]).max() < 15 and max(
        x.max() for x in tau.values()) < 9.5


def test_between_one_spike_and_a_train_lie_a_few_that_die_out():
    """The spikes in 600 ms after a step, and that those at 6.3 have not ended."""
    t = np.arange(0, 600, 0.02)
    trains = spike_times(t,
                         simulate(HodgkinHuxley(I_ext=np.array([2.25, 5, 6, 6.2, 6.3])), t).V,
                         50)
    assert [len(train) for train in trains] == [1, 1, 2, 3, 32]
    assert trains[3][-1] < 50 and 600 - trains[4][-1] < np.diff(trains[4])[-1]


def test_three_rate_curves():
    """Reduced: faster at every current that makes it fire, and no block; trimmed: no rate at
    all; full: 154.5.
    """
    t, currents = np.arange(0, 250, 0.025), np.array(
        [0, 4.5, 5, 6.25, 6.5, 10, 20, 50, 100, 153, 155, 160.0])
    V, _, _, n = CELL.rest()
    starts = ((HodgkinHuxley(), CELL.rest()), (ReducedHodgkinHuxley(), (V, n)),
              (TrimmedHodgkinHuxley(), (V, n)))
    full, reduced, trimmed = (steady_rate(t,
                                          simulate(cell.but(I_ext=currents), t, start=start).V,
                                          since=150, least_swing=4) for cell, start in starts)
    assert (full > 0).tolist() == [False] * 4 + [True] * 6 + [False] * 2 and not trimmed.any()
    assert (reduced > 0).tolist() == [False] * 2 + [True] * 10 and (reduced > full)[2:].all()
    assert 50 < full[4] < 56 and full.max() == pytest.approx(
        168.7, abs=0.5) and reduced.max() == pytest.approx(288, abs=2)
    assert reduced[5] / full[5] == pytest.approx(1.243, abs=4e-3)


def test_hopf_points_that_only_the_notebook_prints():
    assert hopf_currents(ReducedHodgkinHuxley()) == pytest.approx((6.809, 410.7), abs=0.05)
    assert hopf_currents(HodgkinHuxley(temperature=26.0)) == pytest.approx((38.01, 122.23),
                                                                           abs=5e-3)


def test_a_pulse_of_1_ms_and_where_a_strong_current_ends():
    t = np.arange(0, 40, 0.01)
    run = simulate(CELL, t, I_ext=np.where(t[:, None] < 1 - 1e-9, [6.90, 6.93], 0.0))
    assert [len(train) for train in spike_times(t, run.V, 50)] == [0, 1]
    (state,) = fixed_points(HodgkinHuxley(I_ext=160.0))
    t = np.arange(0, 120, 0.01)
    block = simulate(CELL, t, I_ext=np.where(t < 5, 0.0, 160.0))
    assert len(spike_times(t, block.V, 50)) == 1 and block.V[-1] == pytest.approx(
        22.08, abs=0.01)
    assert state[0] == pytest.approx(22.237, abs=1e-3)  # where it rings down to
    assert fixed_points(TrimmedHodgkinHuxley(I_ext=150.0, g_Na=0.0))[0][0] == pytest.approx(
        18.967724, abs=1e-6)


def test_the_impedance_is_what_a_small_current_meets():
    t = np.arange(0, 400, 0.02)
    currents = 0.1 * np.sin(2 * np.pi * np.array([10, 67, 200]) * t[:, None] / 1000)
    swing = np.ptp(simulate(CELL, t, I_ext=currents).V[t > 200], axis=0) / 0.2
    assert swing == pytest.approx([0.922, 2.425, 0.780], abs=2e-3)


@pytest.mark.parametrize("step, period", [(0.05, 14.645), (0.025, 14.638)])
def test_period_of_the_default_scheme(step, period):
    """Second order: a step of half the size leaves a quarter of the error."""
    t = np.arange(0, 150, step)
    assert np.diff(spike_times(t,
                               simulate(CELL, t).V, 40))[3:].mean() == pytest.approx(
                                   period, abs=1e-3)


# --- the drug bench and the three models
# -----------------------------------------------------------------------------


def at(I_ext, temperature, **changes):
    """The result of the drug bench at a current and a temperature."""
    return CurrentStep(cell=HodgkinHuxley(I_ext=I_ext, temperature=temperature, **changes)).run()


@pytest.mark.parametrize("I_ext, temperature, count, last", [
    (20.0, 25.9, 21, 50.9411), (20.0, 26.0, 21, 50.0362), (30.0, 26.2, 27, 50.997),
    (30.0, 26.3, 27, 50.4842), (40.0, 25.2, 29, 52.0979), (60.0, 18.9, 21, 56.405),
    (20.0, 22.5, 18, 67.6905), (40.0, 10.8, 9, 75.4859), (10.0, 21.6, 12, 52.2602)])
def test_the_bench_counts_warm_spikes(I_ext, temperature, count, last):
    """Maxima of V located as events by DOP853; where all lie above 50 mV, no rise is missed
    by that level either.
    """
    found = at(I_ext, temperature)
    assert len(found.times) == count and f"{count} spikes" in found.sentence()
    dying = (I_ext, temperature) == (10.0, 21.6)  # where small errors grow from turn to turn
    assert found.heights[-1] == pytest.approx(last, abs=0.9 if dying else 0.03)
    assert len(spike_times(found.run.t, found.run.V, 50)) - count in (0, 1)


def test_the_bench_says_the_range_of_the_voltage_and_where_nothing_fires():
    found = at(10.0, 6.3)
    assert "V stays between -10.1 and 105.3 mV, at least 9.7 mV below E_Na" in found.sentence()
    assert "no spike" in at(1.0, 6.3).sentence() and "1 spike," in at(4.0, 6.3).sentence()
    assert at(10.0, 30.0).run.t[1] < 0.02 / 13 and len(at(10.0, 30.0).shown().t) < 4500
    t = np.linspace(0, 10, 1001)
    assert spike_peaks(15 * np.cos(2 * np.pi * t)) == pytest.approx(100 * np.arange(1, 10))
    assert not len(spike_peaks(9 * np.cos(2 * np.pi * t)))


def test_the_scale_of_the_currents_follows_them():
    axes = Figure().subplots(3, 1)
    move = step_response(axes, at(10.0, 6.3), animated=False)
    assert axes[2].get_ylim() == pytest.approx((-1050, 1400))
    move(at(1.0, 6.3))
    assert axes[2].get_ylim() == pytest.approx((-10.5, 14))
    bar, reversal = axes[0].lines[-2:]
    assert list(bar.get_xdata()) == [5, 60] and list(reversal.get_ydata()) == [115, 115]
    move(CurrentStep(onset=10.0, width=2.0, cell=HodgkinHuxley(E_Na=90.0)).run())
    assert list(bar.get_xdata()) == [10, 12] and list(reversal.get_ydata()) == [90, 90]


@pytest.mark.parametrize("I_ext, E_Na, words", [
    (10.0, 115.0, "at least 9.7 mV below E_Na = 115.0 mV, where the sodium current is zero"),
    (10.0, 60.0, "at least 8.2 mV below E_Na = 60.0 mV"),
    (230.0, 115.0, "mV below E_Na"),  # the border is at 236.36
    (238.0, 115.0, "mV above E_Na = 115.0 mV, where the sodium current flows outward")])
def test_only_a_stimulus_lifts_the_voltage_above_E_Na(I_ext, E_Na, words):
    assert words in at(I_ext, 6.3, E_Na=E_Na).sentence()


def test_a_pulse_of_any_onset_and_duration():
    """A short pulse needs a charge; a long one outward fires when it ends; a part of a time step
    counts for its part.
    """
    def spikes(I_ext, **pulse):
        return len(CurrentStep(cell=HodgkinHuxley(I_ext=I_ext), **pulse).run().times)

    assert [spikes(I, width=1.0) for I in (6.90, 6.93)] == [0, 1]
    assert [spikes(I, width=0.5, onset=12.34) for I in (13.2, 13.3)] == [0, 1]
    assert [spikes(I, width=0.213) for I in (30.5, 30.8)] == [0, 1]  # 6.53 nC/cm²
    assert [spikes(I, width=30.0) for I in (-2.7, -2.9, -5.0)] == [0, 1, 1]
    assert spikes(50.0, width=0.0) == 0 and CurrentStep(onset=50.0).end == 60.0
    said = CurrentStep(width=50.0, cell=HodgkinHuxley(I_ext=-5.0)).run().sentence()
    assert "no complete spike" in said  # it is at its peak when the record ends


def test_the_ends_of_the_pulse_can_be_dragged():
    pulse = CurrentStep(onset=10.0, width=20.0)
    moved = pointed(pulse, "voltage", 12.0, -20.0)
    assert (moved.onset, moved.end) == (12.0, 30.0)
    moved = pointed(pulse, "voltage", 40.0, 50.0)
    assert (moved.onset, moved.end) == (10.0, 40.0)
    assert pointed(pulse, "voltage", 99.0, 0.0).end == 60.0
    none = pulse.but(width=0.0)
    assert pointed(none, "voltage", 3.0, 0.0) == none
    assert pointed(none, "voltage", 14.0, 0.0).end == 14
    assert pointed(CurrentStep(), "voltage", -1.0, 0.0).width == 55.0
    assert pointed(pulse.but(onset=48.0, width=12.0), "voltage", 52.0, 0.0).onset == 50.0
    assert pointed(pulse, "gates", 40.0, 0.5) == pulse


def test_three_models_say_what_still_swings():
    said = ThreeModels(I_ext=154.0).run().sentence()
    assert "full 0 Hz, V still swings by 9.3 mV, but less and less" in said
    said = ThreeModels(I_ext=0.0).run().sentence()
    assert "full 0 Hz, V ends at 0.0 mV" in said and "trimmed 0 Hz, V ends at 89.9" in said
    currents, rates = firing_rates()
    assert list(rates) == ["full", "reduced", "trimmed"] and len(currents) == 217
    assert "full 68 Hz" in ThreeModels().run().sentence()


# --- the judges that take many answers
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("answer, state, words",
                         [(HodgkinHuxley(g_Na=102.0), "right", "one spike still takes off"),
                          (HodgkinHuxley(g_Na=101.6), "right", "rhythm"),
                          (HodgkinHuxley(g_Na=80.0), "hint", "Go on to the border"),
                          (HodgkinHuxley(g_Na=60.0), "hint", "Go on to the border"),
                          (HodgkinHuxley(g_Na=103.0), "hint", "fires more than once"),
                          (HodgkinHuxley(), "hint", "fires more than once"),
                          (HodgkinHuxley(g_Na=115.0), "hint", "fires more than once"),
                          (HodgkinHuxley(g_Na=5.0), "hint", "does not fire at all"),
                          (HodgkinHuxley(g_Na=80.0, I_ext=11.0), "hint", "change g_Na alone"),
                          (HodgkinHuxley(g_K=60.0), "hint", "change g_Na alone"),
                          (TrimmedHodgkinHuxley(), "hint", "change g_Na alone"),
                          (80.0, "hint", "That is a number"),
                          (HodgkinHuxley(g_Na=[80.0, 90.0]), "hint", "change g_Na alone")])
def test_the_dose(answer, state, words):
    verdict = check("one spike only", answer)
    assert verdict.state == state and words in verdict.text


@pytest.mark.parametrize("answer, state, words", [
    ([False, True, False, True], "right", "history decides"),
    (np.array([False, True, False, True]), "right", "history"),
    ([True, True, False, True], "hint", "statement 1"),
    ([False, False, True, True], "hint", "statement 2"),
    ([False, True, True, False], "hint", "statement 3"),
    ([False, True, False, False], "hint", "statement 4"),
    ([False, True, False, ...], "blank", "Part by part: 1 ✓, 2 ✓, 3 ✓"),
    ([False, True], "wrong", "you gave a list of 2")])
def test_the_statements_on_thresholds(answer, state, words):
    verdict = check("three thresholds", answer)
    assert verdict.state == state and words in verdict.text, verdict


def test_the_statements_on_thresholds_are_as_true_as_said():
    t = np.arange(0, 600, 0.02)
    assert len(spike_times(t, simulate(HodgkinHuxley(I_ext=5.0), t).V, 50)) == 1
    slow = simulate(CELL, t, I_ext=np.minimum(0.1 * t, 5.0))
    assert slow.V.max() < 5
    release = simulate(CELL, t, I_ext=np.where(t < 50, -5.0, 0.0))
    assert len(spike_times(t, release.V, 50)) == 1
    assert BIT.but(write=0.0, erase=0.0).run().bits == (0, 0, 0)  # both at 8 µA/cm²
    assert BIT.but(erase=0.0).run().bits == (0, 1, 1)


@pytest.mark.parametrize("answer, state, words", [
    (BIT.but(write=-8, erase=-5, phase=0.9), "right", "downward kick"),
    (BIT.but(write=-8, erase=-4, phase=0.87), "right", "downward kick"),
    (BIT, "hint", "must be negative"), (BIT.but(write=-8), "hint", "must be negative"),
    (BIT.but(write=-4, erase=-5, phase=0.9), "hint", "anode break"),
    (BIT.but(write=-8, erase=-5, phase=0.3), "hint", "orange island"),
    (BIT.but(write=-8, erase=-5, phase=0.9, I_ext=7.5), "hint", "at 8 µA/cm²"),
    (-8.0, "wrong", "OneBit(write=..., erase=..., phase=...)")])
def test_a_bit_that_inhibition_writes_and_erases(answer, state, words):
    verdict = check("inhibition alone", answer)
    assert verdict.state == state and words in verdict.text, verdict


@pytest.mark.parametrize("name, answer, state", [
    ("less sodium", 0.33, "right"), ("less sodium", "0.332", "right"),
    ("less sodium", 0.3, "hint"), ("less sodium", 0.4, "hint"), ("less sodium", 88.5, "hint"),
    ("half inactivated", 9.2, "right"), ("half inactivated", 9.0, "right"),
    ("half inactivated", 15, "hint"), ("half inactivated", 5, "hint"),
    ("half inactivated", "nine", "error"),
    ("two laboratories", [False, True, True, False], "right"),
    ("two laboratories", [True, True, True, False], "hint"),
    ("two laboratories", [False, True, True, True], "hint"),
    ("a short release", 5.1, "right"), ("a short release", 4.5, "hint"),
    ("a short release", 8, "hint"), ("a short release", -5.1, "hint"),
    ("how fast", ["steady state", "keep", "freeze", "freeze"], "right"),
    ("how fast", ["Steady state", "Keep", "freeze", "freeze"], "right"),
    ("how fast", ["keep", "keep", "keep", "keep"], "wrong")])
def test_the_exercises_of_the_optional_sections(name, answer, state):
    assert check(name, answer).state == state


def test_what_these_exercises_measure():
    assert sodium_peak(0.4) == pytest.approx(84.32, abs=0.05)
    assert sodium_left(8.0) == pytest.approx(0.5577, rel=2e-3)


@pytest.mark.parametrize("I_ext, width", [(-18.85, 1.0), (-4.0, 5.09), (-2.85, 30.0)])
def test_inhibitory_pulses_that_a_spike_follows(I_ext, width):
    """A short one needs a charge of 19 nC/cm², a long one a current."""
    def spikes(cell):
        return len(CurrentStep(cell=cell, width=width).run().times)

    assert spikes(HodgkinHuxley(I_ext=I_ext)) == 1
    assert spikes(HodgkinHuxley(I_ext=0.97 * I_ext)) == 0


# --- the fault in a rate


class Faulty(HodgkinHuxley):
    """The membrane with the wrong sign in the closing rate of n."""

    def rates(self, V):
        opening, _ = super().rates(V)["n"]
        return super().rates(V) | {"n": (opening, 0.125 * np.exp(V / 80))}


def test_a_membrane_with_a_wrong_sign_still_rests_and_fires():
    """Against DOP853 below; at 3 µA/cm² it fires repeatedly, the right one once."""
    t = np.arange(0, 300, 0.02)
    assert Faulty().rest()[0] == pytest.approx(0.0049, abs=1e-4)
    run = simulate(Faulty(), t)
    assert run.V.max() == pytest.approx(108.2, abs=0.1)
    assert steady_rate(t, run.V, since=150) == pytest.approx(70.7, abs=0.1)
    counts = [len(spike_times(t, simulate(kind(I_ext=3.0), t).V, 50))
              for kind in (Faulty, HodgkinHuxley)]
    assert counts == [13, 1]
    assert hopf_currents(Faulty()) == pytest.approx((3.802, 76.844), abs=1e-3)


def test_the_wrong_sign_by_an_independent_solver():
    cell = Faulty()
    run = solve_ivp(lambda t, y: cell.rhs(y.tolist(), 10.0), (0, 120), cell.rest(),
                    method="DOP853", rtol=1e-9, atol=1e-11, dense_output=True)
    t = np.linspace(0, 120, 60_001)
    spikes = spike_times(t, run.sol(t)[0], 40)
    assert 1000 / np.diff(spikes)[-1] == pytest.approx(70.71, abs=0.05)


# --- the pictures
# ------------------------------------------------------------------------------------------


def test_the_pictures_show_what_they_are_given():
    fig = Figure()
    axes = bit_axes(fig)
    assert [axes[name].get_label() for name in axes] == ["trace", "kicks", "map", "plane"]
    outcome = BIT.run()
    for draw, place in ((bit_story, "trace"), (bit_plane, "plane"), (kick_stems, "kicks")):
        draw(axes[place])(outcome)
    assert np.array_equal(axes["trace"].lines[0].get_ydata(), outcome.V)
    assert [text.get_text() for text in axes["trace"].texts] == ["0", "1", "0"]
    assert list(axes["kicks"].lines[1].get_ydata()) == pytest.approx([3.81, 6.0])
    run = simulate(CELL, np.arange(0, 10, 0.02))
    stack = fig.subplots(3, 1)
    spike_stack(stack, run, ("voltage", "gates", "currents"))
    assert np.array_equal(stack[0].lines[0].get_ydata(), run.V)
    assert [line.get_label() for line in stack[2].lines] == [
        r"$I_\mathrm{Na}$", r"$I_\mathrm{K}$", r"$I_\mathrm{L}$"
    ]
    membrane_circuit(fig.add_subplot())


def test_a_fourth_row_holds_the_conductances():
    run, axes = simulate(CELL, np.arange(0, 10, 0.02)), Figure().subplots(4, 1)
    spike_stack(axes, run)
    (g_Na, _), (g_K, _), _ = CELL.channels(run.V, run.m, run.h, run.n)
    sodium, potassium = axes[2].lines
    assert sodium.get_ydata() == pytest.approx(g_Na) and potassium.get_ydata() == pytest.approx(
        g_K)
    assert [line.get_color()
            for line in axes[2].lines] == [line.get_color() for line in axes[3].lines[:2]]
    assert [line.get_label()
            for line in axes[2].lines] == [r"$g_\mathrm{Na}$", r"$g_\mathrm{K}$"]
    for ax in axes:  # nothing is cut off
        low, high = ax.get_ylim()
        assert all(
            low < line.get_ydata().min() and line.get_ydata().max() < high for line in ax.lines)


def test_the_current_is_marked_on_every_curve_and_only_planar_models_have_a_V_nullcline():
    fig = Figure()
    rates, plane = fig.subplots(1, 2)
    rate_curves(rates, np.array([0.0, 10.0, 20.0]),
                {"full": np.array([0.0, 68.0, 86.0]), "trimmed": np.zeros(3)})(
                    15.0, {"full": 77.0, "trimmed": 0.0})
    line, dots = rates.lines[-2:]
    assert list(line.get_xdata()) == [15, 15] and list(dots.get_ydata()) == [77, 0]
    update, t = membrane_plane(plane, "V and n"), np.arange(0, 5, 0.02)
    orbit, settled, still, start, points = plane.lines
    update(simulate(CELL, t), fixed_points(CELL))
    assert points.get_xdata() == pytest.approx([fixed_points(CELL)[0][0]])
    assert len(orbit.get_xdata()) == len(t) and len(start.get_xdata()) == 1 and len(
        still.get_xdata()) == 0
    update(simulate(ReducedHodgkinHuxley(), t), [])
    assert len(still.get_xdata()) == len(settled.get_xdata()) > 50


def test_the_hand_in_the_picture_of_the_notebook():
    """Dragging the dot and pulling the stems of the notebook's own panel."""
    source = SOURCES / "02_neural_biophysics.py"
    panel, = (found.panel for found in panels(source, lambda code: "Panel(OneBit" in code)
              if isinstance(found.panel.record, OneBit))
    axes = {ax.get_label(): ax for ax in panel.figure.axes}
    before = panel.picture.value
    panel.touch(axes["map"], 0.9, -5.0)
    assert (panel.record.phase,
            panel.record.erase) == (0.9, -5.0) and panel.sliders["erase"].value == -5.0
    assert panel.picture.value != before and "Bits: 0 1 0." in panel.readout.value
    panel.touch(axes["kicks"], 10.0, -8.0)
    assert panel.record.write == -8.0 and panel.readout.value.startswith(
        "At 8.00 µA/cm² a kick of -8.00 mV wrote a 1")
    panel.touch(axes["plane"], 5.0, 0.4)
    assert panel.record.write == -8.0
    panel.reset()
    assert panel.record == OneBit() and panel.picture.value == before
