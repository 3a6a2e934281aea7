"""The numbers that the panels of notebook 06 show, against plain loops that share no code with
the course, at random settings over all their sliders.
"""
import math
import re

import numpy as np
import pytest

from conftest import SETTINGS
from course_utils import correlated_trains
from course_utils.notebook_06.competition import Competition
from course_utils.notebook_06.experiments import (
    Bands,
    CrossCorrelogram,
    SpikePair,
    TeachingSession,
    Wave,
)

RANGES = {"rule.A_plus": (0.001, 0.015), "rule.A_minus": (0.001, 0.015),
          "rule.tau_plus": (5, 50), "rule.tau_minus": (5, 50)}


def drawn(record, rng, ranges):
    """The record with a random value for each slider: of its own range, or of a given one."""
    values = {}
    for name, ends in ranges.items():
        declared = record.declared(name)
        low, high = ends or (declared.low, declared.high)
        whole = declared.scale == "integer"
        values[name] = int(rng.integers(low, high + 1)) if whole else rng.uniform(low, high)
    return record.but(**values)


def numbers(sentence):
    """All numbers of a sentence."""
    return [float(word) for word in re.findall(r"[-+]?\d+\.?\d*", sentence.replace("−", "-"))]


def learned(rule, pre, post, w):
    """The weight after all spikes, pair by pair, with soft bounds: [w after each event]."""
    path = []
    for now, kind in sorted([(t, 0) for t in pre] + [(s, 1) for s in post]):
        if kind:
            x = sum(math.exp(-(now - t) / rule.tau_plus) for t in pre if t <= now)
            w = min(1.0, w + rule.A_plus * (1 - w) * x)
        else:
            y = sum(math.exp(-(now - s) / rule.tau_minus) for s in post if s < now)
            w = max(0.0, w - rule.A_minus * w * y)
        path.append((now, w))
    return path


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_pair_of_spikes_at_random_settings(seed):
    rng = np.random.default_rng(seed)
    pair = drawn(SpikePair(), rng, RANGES | {"dt": None})
    outcome = pair.run()
    rule, pre, post = pair.rule, [100.0], [100.0 + pair.dt]
    (_, _), (_, w) = learned(rule, pre, post, 0.5)
    assert outcome.change == pytest.approx(w - 0.5, abs=1e-12)
    sixty = [1000.0 * k + t for k in range(60) for t in pre]
    far = learned(rule, sixty, [t + pair.dt for t in sixty], 0.5)
    assert outcome.after_sixty == pytest.approx(far[-1][1], abs=1e-9)
    assert f"{abs(w - 0.5):.5f}" in outcome.sentence()
    k = 500
    since = outcome.trains.t[k] - pair.dt
    y = math.exp(-since / rule.tau_minus) if since >= 0 else 0
    assert outcome.trains.y[k] == pytest.approx(y, abs=1e-12)


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_teaching_session_at_random_settings(seed):
    rng = np.random.default_rng(seed)
    session = drawn(TeachingSession(), rng, dict.fromkeys(("now", "pairs", "interval", "dt")))
    for neuron in ("pre", "post"):
        session = session.tap(neuron, rng.uniform(0, 600))
    outcome = session.run()
    start = [40 + session.interval * k for k in range(session.pairs)]
    added = [t for neuron, t in session.added if neuron == "pre"]
    pre = sorted([t for t in start if t <= 600] + added)
    post = sorted([t + session.dt for t in start if t + session.dt <= 600]
                  + [t for neuron, t in session.added if neuron == "post"])
    pre, post = ([t for t in train if t <= session.now] for train in (pre, post))
    w = learned(session.rule, pre, post, 0.5)
    assert outcome.weights[-1] == pytest.approx(w[-1][1] if w else 0.5, abs=1e-12)
    assert f"{len(pre)} pre and {len(post)} post spikes" in outcome.sentence()
    k = min(2 * session.now, 1100)
    x = sum(math.exp(-(outcome.trains.t[k] - t) / 20) for t in pre if t <= outcome.trains.t[k])
    assert outcome.trains.x[k] == pytest.approx(x, abs=1e-12)


def shared_mean(tau, L, s):
    """The mean of exp(-S/tau) over S >= 0, S normal, by a fine sum."""
    u = (np.arange(400_000) + 0.5) * 1e-3
    return np.sum(np.exp(-u / tau - (u - L)**2 / (2 * s * s))) * 1e-3 / (math.sqrt(2 * math.pi) * s)


def steady_weight(rule, r, c, L, s):
    """The weight at which potentiation and depression of correlated trains balance."""
    up = rule.A_plus * (r * r * rule.tau_plus + c * r * shared_mean(rule.tau_plus, L, s))
    down = rule.A_minus * (r * r * rule.tau_minus + c * r * shared_mean(rule.tau_minus, -L, s))
    return up / (up + down)


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_wave_at_random_settings(seed):
    rng = np.random.default_rng(seed)
    wave = drawn(Wave(), rng, dict.fromkeys(("correlation", "step", "rule.tau_minus"))
                 | {"jitter": (0.3, 30)})
    outcome = wave.run()
    for later, earlier in ((1, 0), (0, 1), (7, 3)):
        L = wave.step * (later - earlier)
        w = steady_weight(wave.rule, 0.01, wave.correlation, L, math.sqrt(2) * wave.jitter)
        assert outcome.W[later, earlier] == pytest.approx(w, abs=1e-5)
    assert f"{outcome.W[1, 0]:.3f}" in outcome.sentence()


def small_bands(seconds, c, lag=0.0):
    """A synchronous group of three and a wave of three."""
    rng = np.random.default_rng(8)
    group = correlated_trains(3, 10, 1000 * seconds, c, rng, jitter=2)
    return group + correlated_trains(3, 10, 1000 * seconds, c, rng, lag=lag, jitter=2)


@pytest.fixture(scope="module")
def bands():
    counts = {c: CrossCorrelogram(small_bands(20, c), step=1.0) for c in (0, 0.25, 0.5, 0.75)}
    return Bands(counts=counts, duration=20.0, group=np.repeat(range(2), 3),
                 place=np.append(np.zeros(3, int), range(3)))


@pytest.mark.parametrize("seed", SETTINGS)
def test_bands_at_random_settings(bands, seed):
    """Pair by pair: sums of exponentials over all pairs of spikes, and Euler's steps in time."""
    rng = np.random.default_rng(seed)
    ranges = {"seconds": None, "step": None}
    bands = drawn(bands.but(correlation=float(rng.choice([0, 0.25, 0.5, 0.75]))), rng,
                  RANGES | ranges)
    outcome, rule = bands.run(), bands.rule
    trains = small_bands(20, bands.correlation, bands.step)
    for post, pre in ((0, 1), (3, 4), (5, 3), (0, 5)):
        lag = np.subtract.outer(trains[post], trains[pre])
        up = rule.A_plus * np.exp(-lag[(lag >= 0) & (lag < 300)] / rule.tau_plus).sum()
        down = rule.A_minus * np.exp(lag[(lag < 0) & (lag > -300)] / rule.tau_minus).sum()
        w, parts = 0.5, 20_000
        for _ in range(parts):
            w += (up * (1 - w) - down * w) * bands.seconds / 20 / parts
        assert outcome.together[0][post, pre] == pytest.approx(w, abs=0.006)
        up, down = (rule.A_plus * np.exp(lag[(lag < 0) & (lag > -300)] / rule.tau_minus).sum(),
                    rule.A_minus * np.exp(-lag[(lag >= 0) & (lag < 300)] / rule.tau_plus).sum())
        steady = up / (up + down) if up + down else 0.5
        w = steady + (0.5 - steady) * math.exp(-(up + down) * bands.seconds / 20)
        assert outcome.together[1][post, pre] == pytest.approx(w, abs=0.006)
    within = np.nanmean([outcome.together[0][i, j] for i in range(3) for j in range(3)])
    if bands.step and bands.correlation:
        assert f"w = {within:.3f}" in outcome.sentence()
    up, down = rule.A_plus * rule.tau_plus, rule.A_minus * rule.tau_minus
    assert f"{up / (up + down):.3f}" in outcome.sentence()


def competed(c, seconds, h=0.1):
    """(weights, output spikes in ms) of a competition: every step, every input spike."""
    rng, steps = np.random.default_rng(c.seed), round(1000 / h)
    w = rng.random(c.inputs)
    x, y, g, V, fired = np.zeros(c.inputs), 0.0, 0.0, c.reset, []
    A_minus = c.ratio * c.A_plus * c.tau_plus / c.tau_minus
    for second in range(seconds):
        times, inputs = c.input_spikes(steps, h, rng)
        at = np.searchsorted(times, np.arange(steps + 1))
        for k in range(steps):
            x *= math.exp(-h / c.tau_plus)
            y *= math.exp(-h / c.tau_minus)
            for i in inputs[at[k]:at[k + 1]]:
                g += c.g_max * w[i]
                w[i] = max(w[i] - A_minus * y, 0)
                x[i] += 1
            kept = math.exp(-h / c.tau_m * (1 + g))
            V = kept * V + (1 - kept) * (c.E_rest + g * c.E_e) / (1 + g)
            g *= math.exp(-h / c.tau_e)
            if V >= c.threshold:
                w = np.minimum(w + c.A_plus * x, 1)
                y, V = y + 1, c.reset
                fired.append(h * (second * steps + k + 1))
    return w, np.array(fired)


@pytest.mark.parametrize("seed", SETTINGS)
def test_a_competition_at_random_settings(seed):
    """Fewer and stronger inputs than in the panel, so that a loop over all of them is quick."""
    rng = np.random.default_rng(seed)
    ranges = {"rate": (8, 20), "ratio": (1.04, 1.15), "correlation": (0, 0.02)}
    home = Competition(A_plus=0.01, inputs=100, g_max=0.15, seed=seed)
    c = drawn(home, rng, ranges).but(seconds=3)
    outcome = c.run()
    w, spikes = competed(c, 3)
    assert outcome.spikes == pytest.approx(spikes, abs=1e-9)
    assert outcome.w == pytest.approx(w, abs=1e-12)
    assert f"{np.mean(w < 0.1):.0%} of the weights are below" in outcome.sentence()
    assert f"fires at {np.sum(spikes > 1500) / 1.5:.0f} Hz" in outcome.sentence()
