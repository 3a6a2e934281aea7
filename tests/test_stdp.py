"""Spike-timing-dependent plasticity: the rule, its exact traces, every reference number, and
every refusal.
"""
import itertools
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils import STDP, correlated_trains, poisson_trains, registry
from course_utils.fast.stdp import accumulate
from course_utils.models.stdp import learn_swapped, replay, trace
from course_utils.notebook_06.competition import Competition
from course_utils.notebook_06.experiments import driven_weight
from course_utils.notebook_06.theory import grid_fixed_point, nearest_fixed_point

RULE = STDP()
SLOW = STDP(A_plus=0.005, A_minus=0.006)
BIOLOGICAL = SLOW.but(tau_plus=17, tau_minus=34)
WAYS = list(itertools.product(["potentiate", "depress", "ignore"], ["all", "nearest"]))


def pair_sum(rule, pre, post, w, ties="potentiate", pairing="all"):
    """The rule by its definition: all pairs, grouped by the later spike, with the weight as it
    was before that spike.
    """
    first = {"potentiate": 0, "depress": 1, "ignore": 0}[ties]
    for now, kind in sorted([(t, first) for t in pre] + [(t, 1 - first) for t in post]):
        is_post = (kind == 1 - first)
        other = pre if is_post else post
        tied = ties == ("potentiate" if is_post else "depress")
        known = [t for t in other if t < now or (tied and t == now)]
        known = known[-1:] if pairing == "nearest" else known
        tau = rule.tau_plus if is_post else rule.tau_minus
        met = sum(math.exp(-(now - t) / tau) for t in known)
        w += rule.A_plus * (rule.w_max - w)**rule.mu * met if is_post else -rule.A_minus * (
            w - rule.w_min)**rule.mu * met
        w = min(max(w, rule.w_min), rule.w_max)
    return w


def drift(rule, w, r_pre, r_post):
    """dw/dt in 1/s under independent Poisson trains of r_pre and r_post Hz."""
    up = rule.A_plus * rule.tau_plus * (rule.w_max - w)**rule.mu
    down = rule.A_minus * rule.tau_minus * (w - rule.w_min)**rule.mu
    return r_pre * r_post * (up - down) / 1000


def trains_with_ties(rng, rate=20, duration=2000):
    """A pre and a post train in which every fourth post spike ties with a pre spike."""
    pre, post = poisson_trains(2, rate, duration, rng)
    if len(pre):
        post[::4] = rng.choice(pre, len(post[::4]))
    return pre, np.sort(post)


# The rule


@pytest.mark.parametrize("mu", [0, 0.3, 1])
@pytest.mark.parametrize("ties, pairing", WAYS)
def test_traces_are_the_pair_sum(mu, ties, pairing):
    rule, rng = RULE.but(mu=mu), np.random.default_rng(1)
    for _ in range(200 if (ties, pairing) == ("potentiate", "all") else 40):
        pre, post = trains_with_ties(rng)
        w = rng.uniform(0.1, 0.9)
        assert rule.weight_after(pre, post, w, ties, pairing) == pytest.approx(
            pair_sum(rule, pre, post, w, ties, pairing), abs=1e-12)


@given(st.lists(st.integers(0, 60), max_size=12), st.lists(st.integers(0, 60), max_size=12),
       st.sampled_from(["potentiate", "depress", "ignore"]), st.sampled_from(["all",
                                                                              "nearest"]),
       st.sampled_from([0, 0.5, 1]))
@settings(max_examples=150, deadline=None)
def test_traces_are_the_pair_sum_with_many_ties(pre, post, ties, pairing, mu):
    rule = STDP(A_plus=0.02, A_minus=0.03, tau_plus=7, tau_minus=15, mu=mu)
    pre, post = sorted(map(float, pre)), sorted(map(float, post))
    assert rule.weight_after(pre, post, 0.4, ties, pairing) == pytest.approx(
        pair_sum(rule, pre, post, 0.4, ties, pairing), abs=1e-12)


def one_pair_after_the_other(rule, pre, post, w):
    """Another rule: each pair acts with the weight that the pair before it has left."""
    pairs = sorted((max(t, s), s - t) for t in pre for s in post)
    for _, dt in pairs:
        w = min(max(w + rule.window(dt, w), 0), 1)
    return w


@pytest.mark.slow
def test_additive_pairs_may_be_applied_one_by_one_but_soft_ones_may_not():
    rng, far = np.random.default_rng(2), []
    for _ in range(30):
        pre, post = trains_with_ties(rng)
        additive = RULE.but(mu=0, A_plus=0.001, A_minus=0.0012)
        assert additive.weight_after(pre, post, 0.5) == pytest.approx(
            one_pair_after_the_other(additive, pre, post, 0.5), abs=1e-12)
        far.append(
            abs(
                RULE.weight_after(pre, post, 0.5)
                - one_pair_after_the_other(RULE, pre, post, 0.5)))
    assert 1e-5 < max(far) < 2e-3


def test_one_pair():
    assert RULE.weight_after([50], [60], 0.5) - 0.5 == pytest.approx(+0.0030326533, abs=1e-9)
    assert RULE.weight_after([60], [50], 0.5) - 0.5 == pytest.approx(-0.0036391840, abs=1e-9)
    assert RULE.window(10, 0.5) == pytest.approx(+0.0030326533, abs=1e-9)
    assert RULE.window([-10, 0, 10], 0.5) == pytest.approx([-0.0036391840, 0.005, 0.0030326533],
                                                           abs=1e-9)


def test_a_tie_is_potentiation_depression_or_nothing():
    change = {
        ties: RULE.weight_after([50], [50], 0.5, ties) - 0.5
        for ties in ("potentiate", "depress", "ignore")
    }
    assert change == pytest.approx({"potentiate": 0.005, "depress": -0.006, "ignore": 0},
                                   abs=1e-12)


def test_mu_joins_additive_and_soft_steps():
    for mu in (0, 0.3, 1):
        rule = STDP(w_min=0.5, w_max=3, mu=mu)
        assert rule.window(5, 1.0) == pytest.approx(0.01 * math.exp(-0.25) * 2**mu)
        assert rule.window(-5, 1.0) == pytest.approx(-0.012 * math.exp(-0.25) * 0.5**mu)


@given(st.integers(0, 2**20), st.integers(0, 100))
@settings(max_examples=30, deadline=None)
def test_only_differences_of_times_count(shift, seed):
    pre, post = (np.round(train * 64) / 64
                 for train in trains_with_ties(np.random.default_rng(seed)))  # sums are exact
    assert RULE.weight_after(pre + shift, post + shift, 0.5) == pytest.approx(
        RULE.weight_after(pre, post, 0.5), abs=1e-12)


@pytest.mark.parametrize("pairing", ["all", "nearest"])
@pytest.mark.parametrize("ties, mirrored", [("potentiate", "depress"),
                                            ("depress", "potentiate")])
def test_exchanging_the_neurons_mirrors_the_rule(ties, mirrored, pairing):
    """Pre and post exchanged, the two branches exchanged, w turned into 1 - w: the same
    learning, upside down.
    """
    rule, rng = STDP(A_plus=0.02, A_minus=0.03, tau_plus=12,
                     tau_minus=31), np.random.default_rng(4)
    other = STDP(A_plus=0.03, A_minus=0.02, tau_plus=31, tau_minus=12)
    for _ in range(10):
        pre, post = trains_with_ties(rng)
        assert rule.weight_after(pre, post, 0.3, ties, pairing) == pytest.approx(
            1 - other.weight_after(post, pre, 0.7, mirrored, pairing), abs=1e-12)


def test_reversed_time_turns_potentiation_into_depression():
    rule = STDP(A_plus=0.01, A_minus=0.01, mu=0)
    pre = np.arange(100.0, 3000, 200)
    assert rule.weight_after(pre, pre + 7, 0.5) > 0.55
    assert rule.weight_after(3100 - pre[::-1], 3100 - (pre + 7)[::-1], 0.5) == pytest.approx(
        1 - rule.weight_after(pre, pre + 7, 0.5), abs=1e-12)


def test_trajectory_tells_all_events():
    times, w = RULE.trajectory([10, 30], [20, 30], 0.5)
    assert np.array_equal(
        times, [10, 20, 30, 30]) and w[0] == 0.5 and w[-1] == RULE.weight_after([10, 30],
                                                                                [20, 30], 0.5)
    for pre, post in (([], []), ([5.0], []), ([], [5.0])):
        times, w = RULE.trajectory(pre, post, 0.25)
        assert len(times) == len(w) == len(pre) + len(post) and RULE.weight_after(
            pre, post, 0.25) == 0.25
    assert type(RULE.weight_after([], [], 1)) is float


def test_the_weight_is_clipped_where_soft_bounds_would_overshoot():
    pre, post = poisson_trains(2, 100, 50e3, 8)
    for mu in (0, 0.5, 1):
        w = STDP(A_plus=0.5, A_minus=0.6, mu=mu).trajectory(pre, post, 0.5)[1]
        assert w.min() >= 0 and w.max() <= 1
    bare = replay(pre, post, 0.5, lambda w, y, gap: w - 0.6 * w * y, lambda w, x, gap: w + 0.5 *
                  (1 - w) * x, 20, 20)[1]
    assert bare.min() < 0 and bare.max() > 1
    gentle = replay(pre, post, 0.5, lambda w, y, gap: w - 0.12 * w * y,
                    lambda w, x, gap: w + 0.1 * (1 - w) * x, 20, 20)[1]
    assert 0 < gentle.min() and gentle.max() < 1
    assert 5 < trace(pre, post, 34).max() < 12


def test_trace_is_the_sum_of_exponentials_whatever_lies_between():
    for spikes, tau in (([3.0, 4.0, 500.0, 90_000.0], 20.0), ([0.0, 1e-4,
                                                               2e-4], 1e-3), (poisson_trains(
                                                                   1, 30, 9e4, 1)[0], 0.7)):
        at = np.sort(np.concatenate([spikes, np.linspace(0, 1e5, 300)]))
        for side in ("left", "right"):
            known = [np.asarray(spikes)[:np.searchsorted(spikes, t, side)] for t in at]
            exact = [math.fsum(np.exp(-(t - s) / tau)) for t, s in zip(at, known)]
            assert trace(spikes, at, tau, side) == pytest.approx(exact, abs=1e-12)
            last = [math.exp(-(t - s[-1]) / tau) if len(s) else 0 for t, s in zip(at, known)]
            assert trace(spikes, at, tau, side, "nearest") == pytest.approx(last, abs=1e-12)
    assert len(trace([], [], 20)) == 0 and np.array_equal(trace([], [5.0], 20), [0])


# Matrices


@pytest.mark.parametrize("mu", [0, 0.4, 1])
@pytest.mark.parametrize("ties, pairing", WAYS)
def test_a_matrix_learns_as_its_synapses_do(mu, ties, pairing):
    rng, rule = np.random.default_rng(3), STDP(A_plus=0.03, A_minus=0.02, w_min=-1, w_max=2,
                                               mu=mu, tau_plus=9)
    pre = [np.round(train) for train in poisson_trains(4, 30, 3000, rng)] + [np.empty(0)]
    post = [np.round(train) for train in poisson_trains(3, 30, 3000, rng)]
    W = rng.uniform(-1, 2, (3, 5))
    learned = rule.learn(pre, post, W, ties, pairing)
    single = [[rule.weight_after(pre[j], post[i], W[i, j], ties, pairing)
               for j in range(5)]
              for i in range(3)]
    assert learned == pytest.approx(np.array(single), abs=1e-12) and learned.shape == (3, 5)


class AsWritten(STDP):
    """The same rule under another type: the plain loop."""


@pytest.mark.parametrize("mu, w_min, A_plus", [(0, 0, 0.03), (0.4, 0, 0.03), (1, 0, 0.03),
                                               (1, -0.5, 0.9), (0.4, -0.5, 0.9)])
@pytest.mark.parametrize("ties, pairing", WAYS)
def test_the_fast_form_of_learning_is_the_plain_loop(mu, w_min, A_plus, ties, pairing):
    values = {"mu": mu, "w_min": w_min, "A_plus": A_plus, "A_minus": 0.02, "tau_minus": 34}
    rng = np.random.default_rng(3)
    pre, post = ([np.round(train) for train in poisson_trains(n, 30, 30_000, rng)] for n in (5, 4))
    times = [0, 12_345.0, 12_345.0, 30_000, 1e9]
    fast, plain = (kind(**values).learn(pre, post, 0.5, ties, pairing, times)
                   for kind in (STDP, AsWritten))
    assert fast.shape == plain.shape == (5, 4, 5)
    assert fast == pytest.approx(plain, abs=2e-14 if mu else 1e-13)
    fast, plain = (kind(**values).learn(pre, pre, 0.5, ties, pairing) for kind in (STDP, AsWritten))
    assert fast == pytest.approx(plain, abs=1e-13) and (np.diag(plain) == 0.5).all()


def test_switched_off_the_fast_form_of_learning_is_not_used(monkeypatch):
    from course_utils.fast import stdp
    monkeypatch.setattr(stdp, "Traces", None)
    with pytest.raises(TypeError):
        RULE.learn([[1.0]], [[2.0]], 0.5)
    monkeypatch.setattr(registry, "FAST_FORMS", {})
    assert RULE.learn([[1.0]], [[2.0]], 0.5)[0, 0] > 0.5


def test_the_same_neurons_keep_their_diagonal():
    trains = [np.round(train) for train in poisson_trains(6, 20, 4000, 5)]
    W = np.full((6, 6), 0.5)
    learned, naive = RULE.learn(trains, trains, W), RULE.learn(trains, list(trains), W)
    off = ~np.eye(6, dtype=bool)
    assert (np.diag(learned) == 0.5).all() and np.array_equal(learned[off], naive[off])
    assert (np.diag(naive) > 0.51).all() and (W == 0.5).all()


def test_history_passes_through_the_weights_on_the_way():
    pre, post = poisson_trains(3, 20, 5000, 1), poisson_trains(2, 20, 5000, 2)
    story = RULE.history(pre, post, 0.5, [0, 1000, 1000, 2500, 5000, 1e9])
    assert story.shape == (6, 2, 3) and (story[0] == 0.5).all() and np.array_equal(
        story[1], story[2])
    assert story[-1] == pytest.approx(RULE.learn(pre, post, 0.5), abs=1e-13)
    cut = [[train[train <= 2500] for train in trains] for trains in (pre, post)]
    assert story[3] == pytest.approx(RULE.learn(*cut, 0.5), abs=1e-13)
    with pytest.raises(ValueError, match="times"):
        RULE.history(pre, post, 0.5, [100, 50])


def clock_driven(rule, pre_steps, post_steps, steps, W):
    """The plain way, on a clock of 1 ms: every step, every synapse; equal steps potentiate."""
    W, x, y = W.copy(), np.zeros(W.shape[1]), np.zeros(W.shape[0])
    for t in range(steps):
        x *= math.exp(-1 / rule.tau_plus)
        y *= math.exp(-1 / rule.tau_minus)
        sent, fired = (np.array([t in spikes
                                 for spikes in trains], float)
                       for trains in (pre_steps, post_steps))
        W -= rule.A_minus * np.outer(y, sent) * (W - rule.w_min)
        x += sent
        W += rule.A_plus * np.outer(fired, x) * (rule.w_max - W)
        y += fired
    return W


def test_events_equal_the_clock_on_its_grid():
    rng = np.random.default_rng(6)
    pre, post = ([np.unique(np.floor(train))
                  for train in poisson_trains(n, 40, 1500, rng)]
                 for n in (5, 4))
    W = rng.uniform(size=(4, 5))
    clock = clock_driven(RULE, [set(map(int, train)) for train in pre],
                         [set(map(int, train)) for train in post], 1501, W)
    assert RULE.learn(pre, post, W) == pytest.approx(clock, abs=1e-12)


def test_a_large_matrix_needs_little_memory():
    trains = poisson_trains(100, 10, 100e3, 1)
    tracemalloc.start()
    SLOW.learn(trains, trains, 0.5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6


# What to expect under Poisson trains


def settled(rule, pre, post, seconds, first, **how):
    """Mean and variance of all weights over the last part of a run, sampled every 5 s from
    `first` on.
    """
    W = rule.history(pre, post, rule.fixed_point(), 1000 * np.arange(first, seconds + 1, 5.0),
                     **how)
    return W.mean(), W.var()


@pytest.mark.parametrize(
    "rates, changes, mean, variance",
    [((10, 10), {}, 0.45444, 6.75e-4), ((20, 5), {}, 0.45424, 6.75e-4),
     ((10, 10), {"A_minus": 0.006, "tau_plus": 17, "tau_minus": 34}, 0.45440, 5.04e-4), ])
def test_independent_trains_end_at_the_fixed_point(rates, changes, mean, variance):
    rule, rng, seconds = RULE.but(**changes), np.random.default_rng(11), 350
    pre, post = (poisson_trains(40, rate, seconds * 1000, rng) for rate in rates)
    measured = settled(rule, pre, post, seconds, 120)
    assert measured[0] == pytest.approx(
        rule.fixed_point(), abs=0.0015) and measured[0] == pytest.approx(mean, abs=0.002)
    assert measured[1] == pytest.approx(
        rule.variance(), rel=0.05) and measured[1] == pytest.approx(variance, rel=0.06)


def test_fast_trains_add_six_percent_of_variance():
    rng = np.random.default_rng(12)
    pre, post = (poisson_trains(40, 40, 80e3, rng) for _ in range(2))
    mean, variance = settled(RULE, pre, post, 80, 10)
    assert mean == pytest.approx(0.45433, abs=0.0015) and variance == pytest.approx(
        7.15e-4, rel=0.04)


def test_closed_forms_of_the_drift():
    assert RULE.fixed_point() == pytest.approx(5 / 11, abs=1e-12)
    assert RULE.variance() == pytest.approx(6.762e-4, abs=1e-7)
    assert RULE.but(A_minus=0.006, tau_plus=17, tau_minus=34).variance() == pytest.approx(
        5.071e-4, abs=1e-7)
    assert drift(RULE, 0.5, 10, 10) == pytest.approx(-0.002, abs=1e-12)
    k = -(drift(RULE, 0.6, 10, 10) - drift(RULE, 0.5, 10, 10)) / 0.1
    assert k == pytest.approx(0.044, abs=1e-12) and 1 / k == pytest.approx(22.7, abs=0.05)
    assert STDP(w_min=-1, w_max=3).fixed_point() == pytest.approx(-1 + 4 * 5 / 11)
    assert STDP(w_min=-1, w_max=3).variance() == pytest.approx(16 * RULE.variance())
    with pytest.raises(ValueError, match="mu"):
        STDP(mu=0).fixed_point()


@pytest.mark.parametrize("mu", [0.2, 0.5])
def test_mean_and_spread_between_soft_and_hard(mu):
    rule, rng = STDP(A_plus=0.01, A_minus=0.0105, mu=mu), np.random.default_rng(13)
    pre, post = (poisson_trains(20, 40, 60e3, rng) for _ in range(2))
    mean, variance = settled(rule, pre, post, 60, 15)
    assert mean == pytest.approx(rule.fixed_point(), abs=0.01) and variance == pytest.approx(
        rule.variance(), rel=0.15)


def test_gutigs_family():
    balance = [STDP(mu=mu).balance(1, 1.05) for mu in (0.02, 0.05, 0.1, 0.2, 0.5, 1)]
    assert balance == pytest.approx([0.0802, 0.2737, 0.3804, 0.4393, 0.4756, 0.4878], abs=1e-4)
    assert STDP(mu=1e-4).balance(1, 1.05) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("h, expected", [(0.1, 0.45579), (0.5, 0.46075), (1, 0.46697),
                                         (5, 0.51691)])
def test_a_clock_biases_the_weight(h, expected):
    assert grid_fixed_point(RULE, h) == pytest.approx(expected, abs=1e-5)
    if h >= 1:
        rng = np.random.default_rng(14)
        pre, post = ([
            np.flatnonzero(rng.random(int(3e5 / h)) < h * 0.01) * h for _ in range(20)
        ] for _ in range(2))
        assert settled(RULE, pre, post, 300, 120)[0] == pytest.approx(expected, abs=0.003)


def test_nearest_pairing_depends_on_the_rates():
    assert nearest_fixed_point(RULE, 50, 10) == pytest.approx(1 / 3, abs=1e-9)
    assert nearest_fixed_point(RULE, 10, 50) == pytest.approx(25 / 43, abs=1e-9)
    rng = np.random.default_rng(15)
    pre, post = poisson_trains(20, 50, 120e3, rng), poisson_trains(20, 10, 120e3, rng)
    assert settled(RULE, pre, post, 120, 30, pairing="nearest")[0] == pytest.approx(
        0.33244, abs=0.003)
    assert settled(RULE, post, pre, 120, 30, pairing="nearest")[0] == pytest.approx(
        0.58209, abs=0.003)


@pytest.mark.parametrize("lag, jitter, theory, simulated", [(5, 0, 0.643727, 0.6441),
                                                            (-5, 0, 0.277636, 0.2775),
                                                            (0, 0, 0.675676, 0.6761),
                                                            (0, 5, 0.454545, 0.4538)])
def test_correlated_trains(lag, jitter, theory, simulated):
    assert SLOW.correlated_fixed_point(10, 0.3, lag, jitter) == pytest.approx(theory, abs=1e-6)
    trains = correlated_trains(40, 10, 500e3, 0.3, np.random.default_rng(16), jitter=jitter)
    pre, post = ([train + shift
                  for train in half]
                 for half, shift in ((trains[:20], 10), (trains[20:], 10 + lag)))
    mean = settled(SLOW, pre, post, 500, 130)[0]
    assert mean == pytest.approx(theory, abs=0.005) and mean == pytest.approx(
        simulated, abs=0.006)


def test_the_published_fit_of_sixty_pairings():
    rule = STDP(A_plus=0.777 / 60, A_minus=0.273 / 60, tau_plus=16.8, tau_minus=33.7)
    areas = 60 * rule.A_plus * rule.tau_plus, 60 * rule.A_minus * rule.tau_minus
    assert areas == pytest.approx((13.0536, 9.2001), abs=1e-4)
    assert (rule.A_plus, rule.A_minus) == pytest.approx((0.01295, 0.00455), abs=1e-5)
    assert rule.fixed_point() == pytest.approx(0.586581, abs=1e-5)


# The bands


def lag_means(W, steps):
    return np.array([np.diag(W, -k).mean() for k in steps])


def test_a_wave_of_lags():
    trains = correlated_trains(40, 10, 300e3, 0.3, np.random.default_rng(17), lag=2)
    W = BIOLOGICAL.history(trains, trains, 0.5, 1000 * np.arange(60, 301, 5.0)).mean(axis=0)
    steps = [-10, -5, -1, 1, 5, 10, 20]
    theory = BIOLOGICAL.correlated_fixed_point(10, 0.3, 2.0 * np.array(steps))
    assert theory == pytest.approx([0.219, 0.201, 0.185, 0.517, 0.452, 0.392, 0.327], abs=6e-4)
    assert lag_means(W, steps) == pytest.approx(
        [0.225, 0.202, 0.184, 0.519, 0.453, 0.388, 0.333], abs=0.025)
    every = np.array([k for k in range(-35, 36) if k])
    theory, measured = BIOLOGICAL.correlated_fixed_point(10, 0.3, 2.0 * every), lag_means(
        W, every)
    assert np.sqrt(np.mean(
        (measured - theory)**2)) < 0.02 and np.corrcoef(measured, theory)[0, 1] > 0.98


GROUP = np.repeat(range(4), 10)
WITHIN, BETWEEN = (GROUP[:, None] == GROUP) & ~np.eye(40, dtype=bool), GROUP[:, None] != GROUP


@pytest.mark.parametrize("taus, right, swapped, theory",
                         [((17, 34), (0.333, 0.299), (0.583, 0.622), (0.3314, 0.2941)),
                          ((20, 20), (0.456, 0.457), (0.456, 0.457), (0.4545, 0.4545)),
                          ((34, 17), (0.582, 0.621), (0.333, 0.300), (0.5835, 0.6250))])
def test_synchronous_groups(taus, right, swapped, theory):
    rule, rng = SLOW.but(tau_plus=taus[0], tau_minus=taus[1]), np.random.default_rng(18)
    trains = [
        train for _ in range(4)
        for train in correlated_trains(10, 10, 250e3, 0.2, rng, jitter=2)
    ]
    assert (rule.correlated_fixed_point(10, 0.2,
                                        jitter=2), rule.fixed_point()) == pytest.approx(
                                            theory, abs=1e-4)
    for W, expected in ((rule.learn(trains, trains, theory[1]), right), (learn_swapped(
            rule, trains, trains, 0.5), swapped)):
        assert (W[WITHIN].mean(), W[BETWEEN].mean()) == pytest.approx(expected, abs=0.01)


def test_exact_synchrony_follows_the_tie_rule():
    rng = np.random.default_rng(19)
    trains = [train for _ in range(4) for train in correlated_trains(10, 10, 250e3, 0.2, rng)]
    W, swapped = BIOLOGICAL.learn(trains, trains, 0.4), learn_swapped(
        BIOLOGICAL, trains, trains, 0.5)
    assert (W[WITHIN].mean(), W[BETWEEN].mean()) == pytest.approx((0.476, 0.299), abs=0.012)
    assert (swapped[WITHIN].mean(), swapped[BETWEEN].mean()) == pytest.approx((0.434, 0.625),
                                                                              abs=0.012)


@given(st.floats(0.3, 8), st.floats(8, 40), st.floats(8, 40), st.floats(0.1, 0.6),
       st.floats(0.002, 0.02))
@settings(max_examples=60, deadline=None)
def test_bands_are_bright_where_depression_lasts_longer(jitter, tau_plus, tau_minus,
                                                        correlation, A_minus):
    rule = STDP(A_minus=A_minus, tau_plus=tau_plus, tau_minus=tau_minus)
    band = rule.correlated_fixed_point(10, correlation, jitter=jitter) - rule.fixed_point()
    assert np.sign(round(band, 12)) == np.sign(round(tau_minus - tau_plus,
                                                     12)) or abs(tau_minus - tau_plus) < 1e-6


# The article's rule

READINGS = {"pre - post": (1, -1), "post - pre": (-1, 1), "distance": (-1, -1), "none": (0, 0)}


def printed(reading):
    """The article's updates under one reading of its factor exp(sign gap / tau), gap to the
    partner's last spike.
    """
    with_pre, with_post = READINGS[reading]
    return (lambda w, y, gap: w + 0.01 * (1 - w) * y * math.exp(with_pre * gap / 20)
            if y else w, lambda w, x, gap: w - 0.012 * w * x * math.exp(with_post * gap / 20)
            if x else w, 20, 20)


@pytest.mark.parametrize("dt, expected",
                         [(10, (-0.0022072766, -0.006, -0.0022072766, -0.0036391840)),
                          (-10, (0.005, 0.0018393972, 0.0018393972, 0.0030326533))])
def test_every_reading_of_the_printed_rule_reverses_a_pair(dt, expected):
    changes = [
        replay([50], [50 + dt], 0.5, *printed(reading))[1][-1] - 0.5 for reading in READINGS
    ]
    assert changes == pytest.approx(expected, abs=1e-9)
    assert all(np.sign(change) == -np.sign(RULE.window(dt, 0.5)) for change in changes)


def test_sixty_pairs_under_the_printed_rule():
    start = 1000.0 * np.arange(60)
    before = [replay(start, start + 10, 0.5, *printed(reading))[1][-1] for reading in READINGS]
    after = [replay(start + 10, start, 0.5, *printed(reading))[1][-1] for reading in READINGS]
    assert before == pytest.approx([0.609786, 0.242319, 0.383427, 0.322566], abs=1e-6)
    assert after[:3] == pytest.approx([0.726422, 0.340491, 0.599196], abs=1e-6)
    assert RULE.weight_after(start + 10, start, 0.5) == pytest.approx(0.322566, abs=1e-6)
    mirror = 1 - 0.5 * (1 - 0.01 * math.exp(-0.5))**60
    assert RULE.weight_after(start, start + 10, 0.5) == pytest.approx(
        mirror, abs=1e-9) == pytest.approx(after[3], abs=1e-9)


def test_a_causal_synapse_under_the_printed_rule():
    rng = np.random.default_rng(21)
    pre, chance = poisson_trains(2, [10, 5], 200e3, rng)
    post = np.sort(np.append(pre[rng.random(len(pre)) < 0.5] + 5, chance))
    late = {
        reading: replay(pre, post, 0.5, *printed(reading))[1][-1000:].mean()
        for reading in READINGS
    }
    right = RULE.trajectory(pre, post, 0.5)[1][-1000:].mean()
    assert right == pytest.approx(0.71, abs=0.03) and late["none"] == pytest.approx(
        0.22, abs=0.03)
    assert late["pre - post"] > 0.6 > 0.25 > late["none"] > late["distance"] > late["post - pre"]


def test_the_growing_factor_diverges_at_unequal_time_constants():
    pre, post = poisson_trains(2, 10, 100e3, 22)
    with np.errstate(all="ignore"):
        w = replay(pre, post, 0.5, lambda w, y, gap: w + 0.01 *
                   (1 - w) * y * np.exp(min(gap, 1e4) / 17),
                   lambda w, x, gap: w - 0.006 * w * x * np.exp(-gap / 34), 17, 34)[1]
    assert not np.abs(w).max() < 1e6
    right = STDP(A_minus=0.006, tau_plus=17, tau_minus=34).trajectory(pre, post, 0.45)[1]
    assert 0.3 < right.min() and right.max() < 0.6


def test_learn_swapped_is_the_printed_rule_without_its_factor():
    trains = [np.round(train) for train in poisson_trains(3, 30, 3000, 23)]
    rule = STDP(tau_plus=17, tau_minus=34)
    W = learn_swapped(rule, trains, trains, 0.5)
    for i, j in itertools.permutations(range(3), 2):
        w = replay(trains[j], trains[i], 0.5, lambda w, y, gap: w + 0.01 * (1 - w) * y,
                   lambda w, x, gap: w - 0.012 * w * x, 17, 34)[1][-1]
        assert W[i, j] == pytest.approx(w, abs=1e-12)


# Records and refusals


@pytest.mark.parametrize(
    "word, call",
    [("A_minus", lambda: STDP(A_minus=-0.012)), ("A_plus", lambda: STDP(A_plus=-1)),
     ("A_plus", lambda: STDP(A_plus=0)), ("tau_plus", lambda: STDP(tau_plus=0)),
     ("tau_minus", lambda: STDP(tau_minus=-5)), ("mu", lambda: STDP(mu=1.5)),
     ("tau_plus", lambda: STDP(tau_plus=[20, 30])), ("A_minus", lambda: STDP(A_minus="small")),
     ("mu", lambda: STDP(mu=np.nan)), ("w_min", lambda: STDP(w_min=1, w_max=0.5)),
     ("w_min", lambda: STDP(w_min=1)), ("w ", lambda: RULE.weight_after([1], [2], 1.5)),
     ("w ", lambda: RULE.weight_after([1], [2], -0.1)),
     ("w ", lambda: RULE.weight_after([1], [2], np.nan)),
     ("w ", lambda: RULE.weight_after([1], [2], [0.5, 0.5])),
     ("w ", lambda: RULE.weight_after([1], [2], "heavy")), ("w ", lambda: RULE.window(1, 2)),
     ("dt", lambda: RULE.window("a", 0.5)),
     ("pre", lambda: RULE.weight_after([2, 1], [2], 0.5)),
     ("pre", lambda: RULE.weight_after([-1], [2], 0.5)),
     ("post", lambda: RULE.weight_after([1], [np.nan], 0.5)),
     ("post", lambda: RULE.weight_after([1], [[1, 2]], 0.5)),
     ("ties", lambda: RULE.weight_after([1], [2], 0.5, ties="maybe")),
     ("pairing", lambda: RULE.learn([], [], 0.5, pairing="some")),
     ("ties", lambda: RULE.weight_after([1], [2], 0.5, ties=[1])),
     ("W ", lambda: RULE.learn([[1]], [[2]], [[2.0]])),
     ("W ", lambda: RULE.learn([[1], [2]], [[2]], np.full((2, 1), 0.5))),
     ("pre_trains", lambda: RULE.learn(3, [[2]], 0.5)),
     ("correlation", lambda: RULE.correlated_fixed_point(10, 1.2)),
     ("rate", lambda: RULE.correlated_fixed_point(-10, 0.2)),
     ("jitter", lambda: RULE.correlated_fixed_point(10, 0.2, jitter=-1)),
     ("lag", lambda: RULE.correlated_fixed_point(10, 0.2, "x")),
     ("h ", lambda: grid_fixed_point(RULE, 0)),
     ("r_post", lambda: nearest_fixed_point(RULE, 10, 0)),
     ("seconds", lambda: Competition().run(-1, 1)), ("rng", lambda: Competition().run(1, "x")),
     ("w ", lambda: Competition(inputs=100).run(1, 1, w=np.full(100, 2.0))),
     ("w ", lambda: Competition().run(1, 1, w=[0.5])),
     (r"post_trains\[1\]", lambda: RULE.learn([[1]], [[2], [3, 1]], 0.5)),
     ("W ", lambda: RULE.learn([[1]], [[2]], "x")), ])
def test_refusals_name_what_is_wrong(word, call):
    with pytest.raises((ValueError, TypeError), match=word):
        call()


def test_a_negative_amplitude_is_told_where_the_sign_is():
    with pytest.raises(ValueError, match="give it positive"):
        STDP(A_minus=-0.012)


def test_empty_trains_are_fine():
    assert RULE.learn([], [], 0.5).shape == (0, 0) and RULE.learn(
        [[]], [[], []], 0.5).tolist() == [[0.5], [0.5]]


# Beyond pairs on given trains


def test_a_driven_synapse_ends_higher():
    rule = STDP(A_plus=0.004, A_minus=0.0048)
    times, w = driven_weight(rule, 6000, 1)
    assert (np.diff(times) >= 0).all() and len(times) == len(w)
    assert w[times > 3e5].mean() == pytest.approx(0.6657, abs=0.0125)
    assert driven_weight(rule, 3000, 1, gain=0.0)[1][-20000:].mean() == pytest.approx(
        rule.fixed_point(), abs=0.02)
    drift = np.poly1d([0.008, 0.01]) * np.poly1d(
        [-0.176, 0.08]) + 0.8 * 0.004 * 20 / 25 * np.poly1d([-1, 1, 0])
    assert max(drift.roots) == pytest.approx(0.6657, abs=1e-4)


def triplet_change(pre, post):
    """The minimal triplet rule with its visual-cortex set, from traces alone."""
    grown = 6.5e-3 * trace(pre, post, 16.8) * trace(post, post, 114, side="left")
    return grown.sum() - 7.1e-3 * trace(post, pre, 33.7, side="left").sum()


def test_no_amplitudes_let_pairs_fit_the_frequencies():
    """Sjöström, Turrigiano and Nelson (2001), 10.1016/S0896-6273(01)00542-6: mean and standard
    error at five frequencies.
    """
    mean = np.array([-0.04, 0.14, 0.29, 0.53, 0.56, -0.29, -0.41, -0.34, 0.56, 0.75])
    error = np.array([0.05, 0.10, 0.14, 0.11, 0.26, 0.08, 0.11, 0.10, 0.32, 0.19])
    starts = [(1000 / f * np.arange(60) + 10 * (dt < 0), dt)
              for dt in (10, -10)
              for f in (0.1, 10, 20, 40, 50)]
    areas = [(trace(pre, pre + dt, 16.8).sum(), -trace(pre + dt, pre, 33.7, side="left").sum())
             for pre, dt in starts]
    amplitudes = np.linalg.lstsq(areas / error[:, None], mean / error, rcond=None)[0]
    assert (amplitudes > 0).all() and (np.abs(areas @ amplitudes - mean) > 3 * error).sum() == 6


def test_triplets_depend_on_frequency_and_pairs_fall_with_it():
    pairs = STDP(A_plus=6.5e-3, A_minus=7.1e-3, tau_plus=16.8, tau_minus=33.7, mu=0, w_min=-9,
                 w_max=9)
    starts = [1000 / f * np.arange(60) for f in (0.1, 1, 10, 20, 40, 50)]
    causal, acausal = ([
        triplet_change(start + (dt < 0) * 10, start + (dt > 0) * 10) for start in starts
    ] for dt in (10, -10))
    assert causal == pytest.approx([0.000, 0.00003, 0.1186, 0.2278, 0.5321, 0.7627], abs=1e-4)
    assert acausal == pytest.approx([-0.3166, -0.3166, -0.3322, -0.3417, 0.1737, 0.7492],
                                    abs=1e-4)
    additive = [pairs.weight_after(start, start + 10, 0) for start in starts]
    assert (additive[0], additive[-1]) == pytest.approx(
        (0.2151, -0.3743), abs=1e-4) and (np.diff(additive) <= 1e-12).all()
    assert 7.1e-3 * 33.7 / (6.5e-3 * 16.8 * 0.114) == pytest.approx(19.2, abs=0.1)


def clocked_competition(c, seconds, seed, w, h=0.1):
    """The plain way: every step, every input."""
    rng, steps = np.random.default_rng(seed), round(1000 / h)
    w, x, y, g, V, fired = w.copy(), np.zeros(c.inputs), 0.0, 0.0, c.reset, []
    for second in range(seconds):
        times, neuron = c.input_spikes(steps, h, rng)
        for k in range(steps):
            x *= math.exp(-h / c.tau_plus)
            y *= math.exp(-h / c.tau_minus)
            for i in neuron[slice(*np.searchsorted(times, [k, k + 1]))]:
                g += c.g_max * w[i]
                w[i] = max(w[i] - c.A_minus * y, 0)
                x[i] += 1
            kept = math.exp(-h / c.tau_m * (1 + g))
            V = kept * V + (1 - kept) * (c.E_rest + g * c.E_e) / (1 + g)
            g *= math.exp(-h / c.tau_e)
            if V >= c.threshold:
                w, y, V = np.minimum(w + c.A_plus * x, 1), y + 1, c.reset
                fired.append(h * (second * steps + k + 1))
    return w, np.array(fired)


def test_competition_equals_the_clock_step_by_step():
    c = Competition(inputs=60, g_max=0.25, A_plus=0.02, correlation=0.02)
    w = np.random.default_rng(3).random(60)
    clock, end = clocked_competition(c, 2, 5, w), c.run(2, 5, w)
    assert len(end.spikes) > 50 and end.spikes == pytest.approx(clock[1], abs=1e-9)
    assert end.w == pytest.approx(clock[0], abs=1e-12) and end.correlated.sum() == 30


@pytest.mark.slow
def test_competing_weights_split_and_regulate_the_rate():
    slow, fast = Competition(rate=10).run(120, 1), Competition(rate=30).run(120, 1)
    assert slow.losers() > 0.2 and slow.winners(
    ) > 0.15 and fast.losers() > 0.6 > 0.2 > fast.winners()
    rate = [np.sum(end.spikes > 80e3) / 40 for end in (slow, fast)]
    assert 25 < rate[0] < 45 and 30 < rate[1] < 60 and fast.w.mean() < 0.25 < 0.4 < slow.w.mean(
    )
    shared = Competition(correlation=0.02).run(100, 1)
    assert shared.w[shared.correlated].mean() > 0.9 > 0.4 > shared.w[~shared.correlated].mean()
    assert "correlated half" in shared.sentence() and "mean weight 0." in slow.sentence()


@pytest.mark.parametrize("rows", [1, 2, 15, 16, 17, 32, 33, 100])
@pytest.mark.parametrize("jump", [np.add, np.maximum])
def test_what_is_accumulated_in_blocks_is_accumulated_row_by_row(rows, jump):
    level = np.random.default_rng(rows).random((rows, 3))
    wanted = jump.accumulate(level, axis=0)
    accumulate(jump, level)
    assert level == pytest.approx(wanted, abs=1e-12)


def test_soft_bounds_in_a_sweep_are_those_of_one_synapse():
    """Bounds other than 0 and 1, and steps so large that some are cut off."""
    rule = STDP(A_plus=0.6, A_minus=0.7, w_min=-0.5, w_max=2.0)
    pre, post = poisson_trains(2, 40, 300, 1), poisson_trains(3, 40, 300, 2)
    W = rule.learn(pre, post, 0.3)
    for i, j in np.ndindex(3, 2):
        assert W[i, j] == pytest.approx(rule.weight_after(pre[j], post[i], 0.3), abs=1e-12)


def test_the_weight_that_is_farthest_out_is_the_one_that_is_told():
    for W, told in (([[1.2, -0.4]], "-0.4"), ([[1.4, -0.2]], "1.4")):
        with pytest.raises(ValueError,
                           match=f"W must lie from w_min = 0 to w_max = 1, but holds {told};"):
            STDP().learn([[1.0], [2.0]], [[3.0]], W)
