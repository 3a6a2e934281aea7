"""The experiments of notebook 06: bands on frozen trains, a lesson in slowed time, scaling, and
what the boxes print.
"""
import itertools

import numpy as np
import pytest

from course_utils import STDP, Panel, correlated_trains, poisson_trains, with_buttons
from course_utils.models.stdp import replay, shared_pairs
from course_utils.notebook_06.competition import Competition
from course_utils.notebook_06.exercises import check
from course_utils.notebook_06.experiments import (
    Bands,
    CrossCorrelogram,
    SpikePair,
    SteadyStateWeights,
    TeachingSession,
)
from course_utils.panel import Touch, with_clock
from tools.panels import SOURCES, panels

RULE = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
GROUP, PLACE = np.repeat(range(2), 5), np.append(np.zeros(5, int), range(5))


def trains(correlation, lag=0.0, seconds=60):
    """A synchronous group of five and a wave of five, the same random numbers for every lag."""
    rng = np.random.default_rng(6)
    return (correlated_trains(5, 10, 1000 * seconds, correlation, rng, jitter=2)
            + correlated_trains(5, 10, 1000 * seconds, correlation, rng, lag=lag, jitter=2))


@pytest.fixture(scope="module")
def bands():
    return Bands(counts={c: CrossCorrelogram(trains(c))
                         for c in (0, 0.25, 0.5, 0.75)}, group=GROUP, place=PLACE)


# Bands


@pytest.mark.parametrize("step", [-6, -1, 0, 3, 6])
def test_moved_counts_are_the_counts_of_moved_trains(bands, step):
    moved = bands.but(step=step).frozen()
    counted = SteadyStateWeights(counts=CrossCorrelogram(trains(0.5, step)), lag=moved.lag,
                                 rule=RULE)
    assert np.nanmax(np.abs(moved.weights() - counted.weights())) < 0.002


def test_ties_move_with_the_trains():
    counts = CrossCorrelogram([np.array([10.0, 50.05]), np.array([10.0, 57.55])], step=0.1)
    shift = np.array(
        [[0, 30], [-30, 0]])  # the first train 3 ms later: its tie now comes after the other's
    sums = counts.sums(20, shift)
    assert sums[0, 1] == pytest.approx(np.exp(-3 / 20) + np.exp(-43.05 / 20), rel=3e-3)
    assert sums[1, 0] == pytest.approx(np.exp(-4.5 / 20) + np.exp(-44.55 / 20), rel=3e-3)
    assert counts.sums(20, 0 * shift) == pytest.approx(counts.sums(20))


def test_bands_follow_theory_and_the_rule_itself(bands):
    long = Bands(counts={0.5: CrossCorrelogram(trains(0.5, seconds=300))}, group=GROUP,
                 place=PLACE)
    frozen = long.frozen()
    W, moved = frozen.weights(), trains(0.5, 4, 300)
    lags, means = frozen.by_lag(W)
    assert np.sqrt(np.mean((means - long.against_lag(lags))**2)) < 0.02
    off = ~np.eye(10, dtype=bool)
    assert (RULE.learn(moved, moved, 0.3) - W)[off].mean() == pytest.approx(0, abs=0.006)
    assert long.sentence(
        frozen, W).startswith("c = 0.5, lag 4 ms.") and "bright" in long.sentence(frozen, W)
    assert "invisible" in (none := bands.but(correlation=0)).sentence(
        none.frozen(),
        none.frozen().weights())


def touch(kind, label, x, y):
    return Touch(
        kind,
        type("Axes", (), {"get_label": lambda self: label, "get_ylim": lambda self:
                          (0.0, 4.4)})(), x, y)


def test_the_ring_holds_lag_and_correlation(bands):
    lag, w = bands.ring()
    assert lag == 20 and w == pytest.approx(bands.against_lag(20.0))
    assert bands.touched(touch("drag", "lags", lag, w)) == bands
    assert bands.touched(touch("drag", "lags", -26, 0.0)).step == -5
    assert bands.touched(touch("drag", "lags", 10, 1.0)).correlation == 0.75
    assert bands.touched(touch("drag", "lags", 10, bands.rule.fixed_point())).correlation == 0
    level = bands.but(**{"rule.tau_minus": 17})
    assert level.touched(
        touch("drag", "lags", 0,
              0.9)).correlation == 0.5, "where no correlation shows, none is chosen"
    assert bands.touched(touch("drag", "", 10, 1.0)) is bands
    assert bands.touched(Touch("lag +", None, 0, 0)).step == 5
    assert bands.but(step=-6).touched(Touch("lag −", None, 0, 0)).step == -6
    assert bands.touched(Touch("c −", None, 0, 0)).correlation == 0.25
    assert bands.but(correlation=0.75).touched(Touch("c +", None, 0, 0)).correlation == 0.75
    with pytest.raises(ValueError, match="correlation of Bands must be one that was counted"):
        bands.but(correlation=0.3)


# A lesson in slowed time


def test_a_spike_is_tapped_dragged_and_taken_away():
    lesson = TeachingSession(pairs=0)
    held = lesson.touched(touch("down", "lanes", 100, 3.0))
    assert held.tapped_pre == (100,) and held.held and lesson.touched(
        touch("down", "weight", 100, 0.5)) == lesson
    moved = held.touched(touch("drag", "lanes", 130.04, 3.0)).touched(
        touch("up", "lanes", 130, 3.0))
    assert moved.tapped_pre == (130.0,) and not moved.held
    again = moved.touched(touch("down", "lanes", 131, 3.0))
    assert again.touched(touch("drag", "lanes", 60, 3.0)).touched(touch(
        "up", "lanes", 60, 3.0)).tapped_pre == (60,)
    assert again.touched(touch("up", "lanes", 131, 3.0)).tapped_pre == ()
    assert moved.touched(touch("down", "lanes", 140, 1.0)).tapped_post == (140,)
    assert lesson.drag(5) is lesson and lesson.release() is lesson


def test_what_is_to_come_has_not_happened():
    lesson = TeachingSession(dt=10)
    before, after = lesson.but(now=49), lesson.but(now=50)
    assert before.weight()[1][-1] == 0.5 and after.weight()[1][-1] == pytest.approx(
        0.5 + 0.12 * np.exp(-0.5) * 0.5)
    assert [len(train)
            for train in before.past()] == [1, 0] and "49 ms have passed" in before.sentence()
    t = np.linspace(0, 600, 601)
    assert np.isnan(after.lanes(t)[1][t > 50]).all() and np.isfinite(
        after.lanes(t)[1][t <= 50]).all()
    assert "passed" not in lesson.sentence() and lesson.but(
        now=0).weight()[0].tolist() == [0, 0]
    assert lesson.but(now=300).touched(Touch("post spike", None, 0, 0)).tapped_post == (300.0,)


def test_the_clock_carries_the_slider_and_the_buttons_fire():
    def view(fig):
        line, = fig.subplots().plot([0, 1], [0, 1], animated=True)

        def update(lesson):
            line.set_ydata([0, lesson.weight()[1][-1]])
            return lesson.sentence()

        return update

    panel = Panel(TeachingSession(), view, "now", grab=TeachingSession.touched)
    rows = len(panel.children)
    assert with_clock(panel, "now", step=3, interval=100) is panel and len(
        panel.children) == rows + 1
    clock = panel.children[-3].children[1]
    assert 25 <= clock.interval / clock.step <= 50  # how much slower than life
    clock.value = 123
    assert panel.sliders["now"].value == panel.record.now == 123
    with_buttons(panel, "At this moment:", {"pre spike": ""})
    panel.children[-3].children[1].click()
    assert panel.record.tapped_pre == (123.0,)
    panel.reset()
    assert panel.record == TeachingSession() and clock.value == 600


# Scaling


def test_scaling_brings_a_silenced_neuron_back_by_one_factor():
    w = 0.48 * np.random.default_rng(1).random(1000)
    still = Competition(rate=6.5, g_max=0.03, A_plus=1e-9)
    alone, scaled = still.run(40, 2, w), still.but(scaling=0.05).run(40, 2, w)
    assert np.sum(alone.spikes > 20e3) / 20 < 1 and np.sum(
        scaled.spikes > 20e3) / 20 == pytest.approx(30, abs=3)
    assert np.ptp(scaled.w / w) < 1e-4 and np.median(scaled.w / w) == pytest.approx(
        1.5, abs=0.1)
    assert alone.w == pytest.approx(w, abs=1e-5)


def test_scaling_holds_a_rule_that_would_run_away_and_keeps_what_it_learned():
    larger = Competition(ratio=0.9, correlation=0.02, target=20.0)
    free, scaled = larger.run(60, 1), larger.but(scaling=0.1).run(60, 1)
    rates = [np.sum(end.spikes > 40e3) / 20 for end in (free, scaled)]
    assert rates[0] > 350 and 15 < rates[1] < 30 and free.winners() > 0.95
    halves = [(end.w[end.correlated].mean(), end.w[~end.correlated].mean())
              for end in (free, scaled)]
    assert np.subtract(*halves[0]) < 0.02 and np.subtract(*halves[1]) > 0.2


# What the boxes say


def updates(with_pre, with_post):
    return (lambda w, y, gap: w + RULE.A_plus * np.exp(with_pre * gap / 17) * (1 - w) * y
            if y else w,
            lambda w, x, gap: w - RULE.A_minus * np.exp(with_post * gap / 34) * w * x
            if x else w, 17, 34)


def test_dark_bands_come_from_swapped_roles_without_the_factor():
    rng = np.random.default_rng(7)
    first, second = (correlated_trains(8, 10, 100e3, 0.4, rng, jitter=2) for _ in range(2))
    contrast = {}
    for name, signs in {
            "none": (0, 0), "growing LTP": (1, -1), "growing LTD": (-1, 1), "double": (-1, -1)
    }.items():
        with np.errstate(all="ignore"):
            within, between = (np.mean(
                [replay(*pair, 0.5, *updates(*signs))[1][-1500:]
                 for pair in pairs])
                               for pairs in ([(first[k], first[k - 1])
                                              for k in range(8)], list(zip(first, second))))
        contrast[name] = within - between
    assert contrast["none"] < -0.03 and contrast["growing LTD"] > 0.03 and abs(
        contrast["double"]) < 0.02
    assert not abs(contrast["growing LTP"]) < 1


def test_with_traces_that_jump_by_one_over_tau_amplitudes_decide():
    pre, post = (poisson_trains(20, 10, 200e3, seed) for seed in (64, 65))
    for A_plus, A_minus in ((0.2, 0.2), (0.2, 0.1)):
        rule = STDP(A_plus=A_plus / 17, A_minus=A_minus / 34, tau_plus=17, tau_minus=34)
        assert rule.fixed_point() == pytest.approx(A_plus / (A_plus + A_minus))
        assert rule.learn(pre, post, 0.5).mean() == pytest.approx(rule.fixed_point(), abs=0.01)


def test_the_harder_the_bounds_the_more_correlated_inputs_win():
    rng = np.random.default_rng(66)
    trains = correlated_trains(8, 10, 200e3, 0.3, rng, jitter=2) + poisson_trains(
        8, 10, 200e3, rng)
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
    assert (np.exp(50 / 20), np.exp(-50 / 20), np.exp(200 / 20)) == pytest.approx(
        (12.2, 0.082, 22026), rel=2e-3)
    grow, fade = lambda w, y, gap: w + 0.01 * np.exp(gap / 20) * (1 - w
                                                                  ) * y, lambda w, x, gap: w
    assert [replay([gap], [0.0], 0.5, grow, fade, 20, 20)[1][-1]
            for gap in (1, 1000)] == pytest.approx([0.505, 0.505])
    gain = [0.01 * np.exp(gap * (1 / 17 - 1 / 34)) for gap in (156.6, 180.1)]
    assert gain == pytest.approx([1, 2],
                                 rel=2e-3)  # above 1 a step overshoots, above 2 it diverges


def test_how_slow_an_additive_rule_and_how_wrong_a_decay_by_euler_is():
    additive = STDP(A_plus=0.005, A_minus=0.005 * 1.05, mu=0)
    drift = additive.A_plus * additive.tau_plus - additive.A_minus * additive.tau_minus  # ms
    assert -0.5 / (10 * 10 * drift / 1000) == pytest.approx(1000)  # s from 0.5 to 0
    assert -1 / np.log(1 - 1 / 20) == pytest.approx(
        19.496, abs=1e-3)  # ms: what tau = 20 ms becomes at a step of 1 ms


def test_the_nearest_sum_is_judged_to_twelve_digits():
    exact = check("nearest pairs",
                  lambda rule, pre, post, w: rule.weight_after(pre, post, w, pairing="nearest"))
    close = check(
        "nearest pairs",
        lambda rule, pre, post, w: rule.weight_after(pre, post, w, pairing="nearest") *
        (1 + 1e-9))
    assert exact.state == "right" and close.state != "right"


# The panels of the notebook


def test_the_panels_offer_rule_and_spikes_to_the_hand_and_to_the_keyboard():
    source, = SOURCES.glob("06_*.py")
    pair, matrix, _, lesson, competition = (found.panel for found in panels(source))
    rule = {"rule.A_plus", "rule.A_minus", "rule.tau_plus", "rule.tau_minus"}
    assert set(pair.sliders) == set(matrix.sliders) == rule and {"rate", "ratio"} <= set(
        competition.sliders)
    assert isinstance(
        pair.record,
        SpikePair) and competition.record.inputs == 1000 and "now" in lesson.sliders
    seen = {pair.picture.value}
    for kind in ("−5 ms", "−5 ms", "−1 ms", "+5 ms"):
        pair.touch(None, 0, 0, kind)
        seen.add(pair.picture.value)
    assert len(seen) == 5 and pair.record.dt == 4
    pair.touch(pair.figure.axes[1], -20.0, 1.0)
    assert pair.record.dt == -20 and "before" in pair.readout.value
    pictures = set()
    for (lag, w), kind in itertools.product([(15.0, 0.5), (-15.0, 0.2)],
                                            ("drag", "c −", "lag +")):
        matrix.touch(matrix.figure.axes[2] if kind == "drag" else None, lag, w, kind)
        pictures.add(matrix.picture.value)
        assert not matrix.readout.value.startswith("Not drawn"), matrix.readout.value
    assert len(pictures) == 6
