"""The experiments and exercises of notebook 06, and what its boxes print."""
import itertools
import math
import re

import numpy as np
import pytest

from course_utils import STDP, Panel, correlated_trains, poisson_trains
from course_utils.models.stdp import learn_swapped, replay, shared_pairs, trace
from course_utils.notebook_06 import pictures
from course_utils.notebook_06.competition import Competition
from course_utils.notebook_06.exercises import check
from course_utils.notebook_06.experiments import (
    Bands,
    CrossCorrelogram,
    SpikePair,
    SteadyStateWeights,
    TeachingSession,
    Wave,
)
from course_utils.panel import Touch, with_clock
from tools.panels import SOURCES, panels

RULE = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
GROUP = np.repeat(range(2), 5)
PLACE = np.append(np.zeros(5, int), range(5))


def trains(correlation, lag=0.0, seconds=60):
    """A synchronous group of five and a wave of five, the same random numbers for every lag."""
    rng = np.random.default_rng(6)
    group = correlated_trains(5, 10, 1000 * seconds, correlation, rng, jitter=2)
    return group + correlated_trains(5, 10, 1000 * seconds, correlation, rng, lag=lag, jitter=2)


def bands_of(seconds, *correlations):
    """The bands of these trains."""
    return Bands(counts={c: CrossCorrelogram(trains(c, seconds=seconds)) for c in correlations},
                 group=GROUP, place=PLACE, duration=seconds)


@pytest.fixture(scope="module")
def bands():
    return bands_of(60, 0, 0.25, 0.5, 0.75)


def touch(kind, label, x, y):
    """What the pointer does in Axes of this name whose y goes from 0 to 4.4."""
    axes = type("Axes", (), {"get_label": lambda self: label,
                             "get_ylim": lambda self: (0.0, 4.4)})
    return Touch(kind, axes(), x, y)


def pressed(label):
    """The touch of a button."""
    return Touch(label, None, np.nan, np.nan)


# One pair


def test_a_pair_of_spikes_and_its_sentence():
    pair = SpikePair()
    outcome = pair.run()
    assert outcome.change == pytest.approx(0.0030327, abs=1e-7)
    assert outcome.trains.x_read == pytest.approx([math.exp(-0.5)])
    assert outcome.after_sixty == pytest.approx(1 - 0.5 * (1 - 0.01 * math.exp(-0.5))**60)
    assert "10 ms after" in outcome.sentence() and "rises by 0.00303" in outcome.sentence()
    before = pair.but(dt=-10).run().sentence()
    assert "10 ms before" in before and "falls" in before and "post trace y = 0.607" in before
    assert "same time" in pair.but(dt=0).run().sentence()


def test_the_post_spike_is_dragged_and_pushed():
    pair = SpikePair()
    assert pair.touched(touch("drag", "", -20.0, 1.0)).dt == -20
    assert pair.touched(touch("drag", "", 99.0, 1.0)).dt == 60
    assert [pair.touched(pressed(label)).dt for label in SpikePair.BUTTONS] == [5, 9, 11, 15]


# Bands


@pytest.mark.parametrize("step", [-6, -1, 0, 3, 6])
def test_moved_counts_are_the_counts_of_moved_trains(bands, step):
    moved = bands.but(step=step).synapses()
    counted = SteadyStateWeights(CrossCorrelogram(trains(0.5, step)), moved.lag, RULE)
    assert np.nanmax(np.abs(np.subtract(moved.weights(), counted.weights()))) < 0.002


def test_ties_move_with_the_trains():
    counts = CrossCorrelogram([np.array([10.0, 50.05]), np.array([10.0, 57.55])], step=0.1)
    shift = np.array([[0, 30], [-30, 0]])  # 3 ms: the tie of the first train comes later now
    sums = counts.sums(20, shift)
    assert sums[0, 1] == pytest.approx(np.exp(-3 / 20) + np.exp(-43.05 / 20), rel=3e-3)
    assert sums[1, 0] == pytest.approx(np.exp(-4.5 / 20) + np.exp(-44.55 / 20), rel=3e-3)
    assert counts.sums(20, 0 * shift) == pytest.approx(counts.sums(20))


def test_a_cross_correlogram_holds_the_sums_over_pairs():
    trains = poisson_trains(3, 40, 3000, 3)
    trains[1] = np.sort(np.append(trains[1], trains[0][::2]))
    counts = CrossCorrelogram(trains, step=0.1, reach=200)
    half = len(trains[0][::2])
    assert counts.tied.tolist() == [[0, half, 0], [half, 0, 0], [0, 0, 0]]
    exact = [[sum(math.exp(-(t - s) / 20) for t in a for s in b if 0 < t - s < 200)
              for b in trains] for a in trains]
    assert counts.sums(20) == pytest.approx(np.array(exact), rel=1e-3)


def test_steady_state_weights_are_where_learning_ends():
    rng = np.random.default_rng(20)
    group = np.repeat(range(4), 10)
    trains = [train for _ in range(4)
              for train in correlated_trains(10, 10, 300e3, 0.3, rng, jitter=2)]
    lag = np.where(group[:, None] == group, 0.0, np.nan)
    synapses = SteadyStateWeights(CrossCorrelogram(trains), lag, RULE)
    (W, swapped), learned = synapses.weights(), RULE.learn(trains, trains, 0.3)
    off = ~np.eye(40, dtype=bool)
    assert (W - learned)[off].mean() == pytest.approx(0, abs=0.002)
    assert (W - learned)[off].std() == pytest.approx(RULE.variance()**0.5, rel=0.2)
    assert (swapped - learn_swapped(RULE, trains, trains, 0.3))[off].mean() == pytest.approx(
        0, abs=0.003)
    assert synapses.synchronous(W) == pytest.approx(
        RULE.correlated_fixed_point(10, 0.3, jitter=2), abs=0.003)
    assert "bright" in synapses.sentence(W)
    short = synapses._replace(rule=RULE.but(tau_minus=8.5))
    assert "dark" in short.sentence(short.weights()[0])


def test_bands_follow_theory_and_the_rule_itself(bands):
    outcome = bands_of(300, 0, 0.5).run()
    theory = outcome.bands.against_lag(outcome.lags)
    assert np.sqrt(np.mean((outcome.means - theory)**2)) < 0.02
    off, moved = ~np.eye(10, dtype=bool), trains(0.5, 4, 300)
    assert (RULE.learn(moved, moved, 0.3) - outcome.together[0])[off].mean() == pytest.approx(
        0, abs=0.006)
    assert outcome.sentence().startswith("c = 0.5, lag 4 ms, 300 s of learning.")
    assert "bright" in outcome.sentence()
    assert re.search(r"swapped rule they are dark \(-0.07\d\)", outcome.sentence())
    assert "invisible" in bands.but(correlation=0).run().sentence()


def test_weights_relax_as_the_rule_lets_them():
    bands = bands_of(300, 0, 0.5)
    moved, off = trains(0.5, 4, 300), ~np.eye(10, dtype=bool)
    related = (GROUP[:, None] == GROUP) & off
    for seconds, W in zip((20, 100), RULE.history(moved, moved, 0.5, [20e3, 100e3])):
        outcome = bands.but(seconds=seconds).run()
        found, _ = outcome.together
        assert found[related].mean() == pytest.approx(W[related].mean(), abs=0.012)
        assert found[off & ~related].mean() == pytest.approx(W[off & ~related].mean(), abs=0.006)
    assert np.nanmax(np.abs(np.subtract(bands.but(seconds=0).run().together, 0.5))) < 1e-12


def test_correlated_weights_fall_faster_and_end_higher():
    """Two groups of eight trains from 0.8: the closed form against its published values."""
    k_related, k_unrelated = 0.048076, 0.0289
    up = RULE.correlated_fixed_point(10, 0.4, jitter=3)
    assert (up, RULE.fixed_point()) == pytest.approx((0.349097, 0.294118), abs=1e-6)
    for t, unrelated, related in ((10, 0.673030, 0.627896), (50, 0.413377, 0.389847),
                                  (200, 0.295680, 0.349127)):
        assert 0.294118 + (0.8 - 0.294118) * math.exp(-k_unrelated * t) == pytest.approx(
            unrelated, abs=2e-6)
        assert up + (0.8 - up) * math.exp(-k_related * t) == pytest.approx(related, abs=1e-5)


def test_the_ring_holds_the_lag_alone(bands):
    lag, w = bands.run().ring
    assert lag == 20 and w == pytest.approx(bands.against_lag(20.0))
    assert bands.touched(touch("drag", "lags", lag, w)) == bands
    for x, step in ((-26, -5), (-99, -6), (10, 2)):
        moved = bands.touched(touch("drag", "lags", x, 1.0))
        assert moved.step == step and moved.correlation == bands.correlation
    assert bands.touched(touch("drag", "", 10, 1.0)) == bands
    assert bands.touched(pressed("lag +")).step == 5
    assert bands.but(step=-6).touched(pressed("lag −")).step == -6
    colour = bands.touched(pressed("w | w − w*"))
    assert colour.colour == "w" and colour.touched(pressed("w | w − w*")) == bands
    outcome = colour.run()
    matrices = outcome.alone[0], outcome.together[0], outcome.alone[1], outcome.together[1]
    for shown, level, W in zip(outcome.shown(), bands.run().shown(), matrices):
        assert shown == pytest.approx(2 * W - 1, nan_ok=True)
        assert abs(np.nanmean(level)) < 0.5  # each against its own unrelated neurons
    with pytest.raises(ValueError, match="correlation of Bands must be one of 0, 0.25"):
        bands.but(correlation=0.3)


def test_a_wave_in_theory_is_the_closed_form():
    wave = Wave(jitter=0)
    W = wave.run().W
    assert W[5, 0] == RULE.correlated_fixed_point(10, 0.3, 10.0)
    assert W[0, 5] == RULE.correlated_fixed_point(10, 0.3, -10.0)
    assert np.isnan(np.diag(W)).all() and "back: 0." in wave.run().sentence()
    assert "a tie potentiates" in wave.but(step=0).run().sentence()
    assert "dark" in Wave(step=0, rule=RULE.but(tau_minus=10)).run().sentence()


def test_ten_milliseconds_of_jitter_halve_the_contrast():
    contrast = [Wave(step=0, jitter=jitter).against_lag(0.0) - RULE.fixed_point()
                for jitter in (1, 10)]
    assert contrast == pytest.approx([0.054, 0.027], abs=5e-4)


# A teaching session


def test_a_spike_is_tapped_dragged_and_taken_away():
    session = TeachingSession(pairs=0)
    grabbed = session.touched(touch("down", "spikes", 100, 3.0))
    assert grabbed.added == (("pre", 100),) and grabbed.grabbed
    assert session.touched(touch("down", "weight", 100, 0.5)) == session
    moved = grabbed.touched(touch("drag", "spikes", 130.04, 3.0))
    moved = moved.touched(touch("up", "spikes", 130, 3.0))
    assert moved.added == (("pre", 130.0),) and not moved.grabbed
    again = moved.touched(touch("down", "spikes", 131, 3.0))
    dragged = again.touched(touch("drag", "spikes", 60, 3.0))
    assert dragged.touched(touch("up", "spikes", 60, 3.0)).added == (("pre", 60),)
    assert again.touched(touch("up", "spikes", 131, 3.0)).added == ()
    assert moved.touched(touch("down", "spikes", 140, 1.0)).added[-1] == ("post", 140)
    assert session.drag(5) is session and session.release() is session
    assert session.tap("pre", 300).tap("pre", 302) == session


def test_later_spikes_have_not_happened():
    session = TeachingSession(dt=10)
    before, after = session.but(now=49).run(), session.but(now=50).run()
    assert before.weights[-1] == 0.5
    assert after.weights[-1] == pytest.approx(0.5 + 0.12 * np.exp(-0.5) * 0.5)
    assert len(before.trains.pre) == 1 and len(before.trains.post) == 0
    assert [len(train) for train in before.coming] == [2, 3]
    assert before.sentence().startswith("After 49 ms, 1 pre and 0 post spikes")
    late = after.trains.t > 50
    assert np.isnan(after.trains.x[late]).all() and np.isfinite(after.trains.x[~late]).all()
    assert "After" not in session.run().sentence()
    assert session.but(now=0).run().times.tolist() == [0, 0]
    assert session.but(now=300).touched(pressed("post spike")).added == (("post", 300.0),)


def test_the_sentence_says_how_the_weight_moved():
    assert "rose" in TeachingSession().run().sentence()
    assert "fell" in TeachingSession(dt=-10).run().sentence()
    assert "stayed at 0.5" in TeachingSession(pairs=0).run().sentence()


@pytest.mark.parametrize("interval, end", [(70, 0.708), (20, 0.505), (15, 0.451)])
def test_eight_pairs_in_ever_quicker_succession(interval, end):
    outcome = TeachingSession(pairs=8, dt=10, interval=interval).run()
    assert outcome.weights[-1] == pytest.approx(end, abs=5e-4)


def test_five_spikes_bring_the_weight_above_seven_tenths():
    session = TeachingSession(pairs=0)
    for neuron, time in (("pre", 100), ("pre", 105), ("pre", 110), ("post", 111),
                         ("post", 116)):
        session = session.tap(neuron, time)
    outcome = session.run()
    assert outcome.weights[-1] > 0.7 and len(outcome.trains.pre) + len(outcome.trains.post) == 5


def test_the_clock_carries_the_slider_and_the_buttons_fire():
    def view(fig):
        return pictures.teaching_session(*fig.subplots(2, 1), animated=True)

    panel = Panel(TeachingSession(), view, "now")
    clock = with_clock(panel, "now", step=3, interval=100)
    clock = next(child for row in panel.children for child in getattr(row, "children", ())
                 if type(child).__name__ == "Play")
    assert 25 <= clock.interval / clock.step <= 50  # how much slower than life
    clock.value = 123
    assert panel.sliders["now"].value == panel.record.now == 123
    panel.touch(None, np.nan, np.nan, "pre spike")
    assert panel.record.added == (("pre", 123.0),)
    panel.reset()
    assert panel.record == TeachingSession() and clock.value == 600


# Scaling


def test_scaling_brings_a_silenced_neuron_back_by_one_factor():
    w = 0.48 * np.random.default_rng(1).random(1000)
    still = Competition(rate=6.5, g_max=0.03, A_plus=1e-9)
    alone, scaled = still.run(40, 2, w), still.but(scaling=0.05).run(40, 2, w)
    assert alone.rate(20) < 1 and scaled.rate(20) == pytest.approx(30, abs=3)
    assert np.ptp(scaled.w / w) < 1e-4
    assert np.median(scaled.w / w) == pytest.approx(1.5, abs=0.1)
    assert alone.w == pytest.approx(w, abs=1e-5)


def test_scaling_holds_a_rule_that_would_run_away_and_keeps_what_it_learned():
    larger = Competition(ratio=0.9, correlation=0.02, target=20.0)
    free, scaled = larger.run(60, 1), larger.but(scaling=0.1).run(60, 1)
    assert free.rate(40) > 350 and 15 < scaled.rate(40) < 30 and free.winners() > 0.95
    lead = [end.w[end.correlated].mean() - end.w[~end.correlated].mean()
            for end in (free, scaled)]
    assert lead[0] < 0.02 and lead[1] > 0.2


# What the boxes and tables print


def updates(rule, signs):
    """The right rule (None), or the swapped one with factors exp(sign gap/tau)."""
    A, B, tau, sigma = rule.A_plus, rule.A_minus, rule.tau_plus, rule.tau_minus
    if signs is None:
        return rule.at_pre, rule.at_post, tau, sigma
    return (lambda w, y, gap: w + A * np.exp(signs[0] * gap / tau) * (1 - w) * y if y else w,
            lambda w, x, gap: w - B * np.exp(signs[1] * gap / sigma) * w * x if x else w,
            tau, sigma)


@pytest.mark.slow
@pytest.mark.parametrize("tau_plus, tau_minus, expected", [
    (17, 34, (0.042, -0.053, None, 0.069, -0.012)),
    (20, 20, (-0.002, -0.010, -0.120, 0.092, -0.023)),
    (34, 17, (-0.050, 0.040, -0.092, None, -0.029))])
def test_several_programs_make_dark_bands(tau_plus, tau_minus, expected):
    rule = RULE.but(tau_plus=tau_plus, tau_minus=tau_minus)
    rng = np.random.default_rng(63)
    first, second = (correlated_trains(10, 10, 120e3, 0.4, rng, jitter=2) for _ in range(2))
    pairs = [(first[k], first[k - 1]) for k in range(10)], list(zip(first, second))
    for signs, contrast in zip((None, (0, 0), (1, -1), (-1, 1), (-1, -1)), expected):
        with np.errstate(all="ignore"):
            within, between = (np.mean([replay(*each, 0.5, *updates(rule, signs))[1][-1500:]
                                        for each in kind]) for kind in pairs)
        if contrast is None:
            assert not max(abs(within), abs(between)) < 1
        else:
            assert within - between == pytest.approx(contrast, abs=0.01)


def test_with_traces_that_jump_by_one_over_tau_amplitudes_decide():
    pre, post = (poisson_trains(20, 10, 200e3, seed) for seed in (64, 65))
    for A_plus, A_minus in ((0.2, 0.2), (0.2, 0.1)):
        rule = STDP(A_plus=A_plus / 17, A_minus=A_minus / 34, tau_plus=17, tau_minus=34)
        assert rule.fixed_point() == pytest.approx(A_plus / (A_plus + A_minus))
        assert rule.learn(pre, post, 0.5).mean() == pytest.approx(rule.fixed_point(), abs=0.01)


def test_the_harder_the_bounds_the_more_correlated_inputs_win():
    rng = np.random.default_rng(66)
    trains = (correlated_trains(8, 10, 200e3, 0.3, rng, jitter=2)
              + poisson_trains(8, 10, 200e3, rng))
    together, off = np.arange(16) < 8, ~np.eye(16, dtype=bool)
    within = together[:, None] & together & off
    lead = []
    for mu in (1, 0.5, 0.2, 0):
        rule = STDP(A_plus=0.02, A_minus=0.011, tau_plus=17, tau_minus=34, mu=mu)
        W = rule.learn(trains, trains, 0.5)
        lead.append(W[within].mean() - W[off & ~within].mean())
        if mu >= 0.5:
            assert W[within].mean() == pytest.approx(
                rule.correlated_fixed_point(10, 0.3, jitter=2), abs=0.015)
            assert W[off & ~within].mean() == pytest.approx(rule.fixed_point(), abs=0.015)
    assert (np.diff(lead) > 0).all() and lead[0] < 0.08 and lead[-1] > 0.7


@pytest.mark.parametrize("L, sigma", [(5, 2), (0, 5), (-5, 10), (30, 1)])
def test_the_mean_over_the_jitter_is_the_integral(L, sigma):
    u, s = np.linspace(0, 400, 400_001), np.sqrt(2) * sigma
    values = np.exp(-u / 17 - (u - L)**2 / (2 * s * s)) / (np.sqrt(2 * np.pi) * s)
    assert shared_pairs(L, 17, sigma, 1.0) == pytest.approx(np.trapezoid(values, u), rel=1e-6)


def test_the_growing_branch():
    grown = np.exp(50 / 20), np.exp(-50 / 20), np.exp(200 / 20)
    assert grown == pytest.approx((12.2, 0.082, 22026), rel=2e-3)

    def grow(w, y, gap):
        return w + 0.01 * np.exp(gap / 20) * (1 - w) * y

    ends = [replay([gap], [0.0], 0.5, grow, lambda w, x, gap: w, 20, 20)[1][-1]
            for gap in (1, 1000)]
    assert ends == pytest.approx([0.505, 0.505])
    gain = [0.01 * np.exp(gap * (1 / 17 - 1 / 34)) for gap in (156.6, 180.1)]
    assert gain == pytest.approx([1, 2], rel=2e-3)  # above 1 overshoots, above 2 diverges


def test_how_slow_an_additive_rule_and_how_wrong_a_decay_by_euler_is():
    additive = STDP(A_plus=0.005, A_minus=0.005 * 1.05, mu=0)
    drift = additive.A_plus * additive.tau_plus - additive.A_minus * additive.tau_minus  # ms
    assert -0.5 / (10 * 10 * drift / 1000) == pytest.approx(1000)  # s from 0.5 to 0
    became = -1 / np.log(1 - 1 / 20)  # ms: tau = 20 ms at a step of 1 ms
    assert became == pytest.approx(19.496, abs=1e-3)


@pytest.mark.parametrize("w0, A_plus, w_star", [
    (0.2, 0.00359322, 0.252613), (0.3, 0.00672669, 0.387534), (0.5, 0.02469957, 0.699099)])
def test_a_relative_change_needs_the_weight_before(w0, A_plus, w_star):
    """The fit of Bi and Poo (2001): sixty soft steps from w0, at lag 0."""
    A = 1 - (1 - 0.777 * w0 / (1 - w0))**(1 / 60)
    B = 1 - (1 - 0.273)**(1 / 60)
    rule = STDP(A_plus=A, A_minus=B, tau_plus=16.8, tau_minus=33.7)
    assert A == pytest.approx(A_plus, abs=1e-8)
    assert rule.fixed_point() == pytest.approx(w_star, abs=1e-6)
    times = 1e4 * np.arange(60)
    assert rule.weight_after(times, times, w0) == pytest.approx(1.777 * w0, abs=1e-9)


def test_the_best_pair_rule_has_a_chi_square_of_76():
    frequencies = (0.1, 10, 20, 40, 50)
    mean = np.array([-0.04, 0.14, 0.29, 0.53, 0.56, -0.29, -0.41, -0.34, 0.56, 0.75])
    error = np.array([0.05, 0.10, 0.14, 0.11, 0.26, 0.08, 0.11, 0.10, 0.32, 0.19])
    areas = []
    for dt, f in itertools.product((10, -10), frequencies):
        pre = 1000 / f * np.arange(60) + max(-dt, 0)
        post = pre + dt
        areas.append((trace(pre, post, 16.8).sum(), -trace(post, pre, 33.7, "left").sum()))
    areas = np.array(areas)
    best = np.linalg.lstsq(areas / error[:, None], mean / error, rcond=None)[0]
    assert (best > 0).all()
    assert np.sum(((areas @ best - mean) / error)**2) == pytest.approx(76, abs=0.5)


# Exercises


def test_the_nearest_sum_is_judged_to_twelve_digits():
    def exact(rule, pre, post, w):
        return rule.weight_after(pre, post, w, pairing="nearest")

    assert check("nearest pairs", exact).state == "right"
    assert check("nearest pairs", lambda *p: exact(*p) * (1 + 1e-9)).state != "right"


@pytest.mark.parametrize("answer, state, words", [
    (dict(A_plus=0.009, A_minus=0.003, tau_plus=20, tau_minus=20), "right", "equal time"),
    (STDP(A_plus=0.009, A_minus=0.003), "right", "equal time"),
    (dict(A_plus=0.009, A_minus=0.006, tau_plus=40, tau_minus=20), "hint", "still visible"),
    (dict(A_plus=0.01, A_minus=0.012, tau_plus=20, tau_minus=20), "hint", "Which ratio"),
    (dict(A_plus=0.01, A_minus=0.012, tau_plus=20, tau_minus=50), "hint", "invisible first"),
    (STDP(A_plus=.003, A_minus=.0015, tau_plus=1e5, tau_minus=.667e5), "hint", "sliders"),
    (STDP(A_plus=3, A_minus=1), "hint", "sliders"),
    (STDP(A_plus=.01, A_minus=1e-9, tau_minus=34, w_max=0.75), "hint", "sliders"),
    (dict(A_plus=..., A_minus=0.003, tau_plus=20, tau_minus=20), "blank", ""),
    (dict(A_plus="much", A_minus=0.003, tau_plus=20, tau_minus=20), "error", "A_plus of STDP"),
    (0.75, "error", "four dots")])
def test_the_bands_must_be_hidden_within_the_sliders(answer, state, words):
    verdict = check("invisible bands", answer)
    assert verdict.state == state and words in verdict.text


@pytest.mark.parametrize("answer, state, words", [
    ((7, [10], []), "right", "own spikes"), ((7, [5, 9], [7]), "right", "own spikes"),
    ((7, [], [10]), "hint", "Which train"), ((5, [10], []), "hint", "another line"),
    ((6, [10], []), "hint", "no harm"), ((1, [], []), "hint", "simplest trains"),
    ((7, [1, 2, 3], []), "hint", "more than two"), ((..., [...], [...]), "blank", ""),
    (7, "error", "Give three things in brackets")])
def test_the_fault_needs_its_line_and_its_evidence(answer, state, words):
    verdict = check("find the fault", answer)
    assert verdict.state == state and words in verdict.text


# The panels of the notebook


def test_the_panels_offer_rule_and_spikes_to_the_hand_and_to_the_keyboard():
    source, = SOURCES.glob("06_*.py")
    pair, matrix, _, session, competition = (found.panel for found in panels(source))
    rule = {"rule.A_plus", "rule.A_minus", "rule.tau_plus", "rule.tau_minus"}
    assert set(pair.sliders) == rule | {"w"}
    assert set(matrix.sliders) == rule | {"correlation", "seconds"}
    assert {"rate", "ratio"} <= set(competition.sliders) and "now" in session.sliders
    assert isinstance(pair.record, SpikePair) and competition.record.inputs == 1000
    seen = {pair.picture.value}
    for kind in ("−5 ms", "−5 ms", "−1 ms", "+5 ms"):
        pair.touch(None, np.nan, np.nan, kind)
        seen.add(pair.picture.value)
    assert len(seen) == 5 and pair.record.dt == 4
    pair.touch(pair.figure.axes[1], -20.0, 1.0)
    assert pair.record.dt == -20 and "before" in pair.readout.value
    pictures = set()
    for lag, kind in itertools.product((15.0, -15.0), ("drag", "w | w − w*", "lag +")):
        matrix.touch(matrix.figure.axes[2] if kind == "drag" else None, lag, 0.5, kind)
        pictures.add(matrix.picture.value)
        assert not matrix.readout.value.startswith("Not drawn"), matrix.readout.value
    assert len(pictures) == 6
