"""Exercises of notebook 06 as far as they are code; their words are in questions.toml."""
import numpy as np

from ..models.stdp import STDP
from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups

__all__ = ["EXERCISES", "check", "predict", "recall"]

SLIDERS = {"A_plus": (0.001, 0.015), "A_minus": (0.001, 0.015),
           "tau_plus": (5, 50), "tau_minus": (5, 50)}


def _numbers_of_a_rule(rng):
    """(A_plus, A_minus, tau_plus, tau_minus), random."""
    return (*rng.uniform(0.005, 0.02, 2), rng.uniform(10, 25), rng.uniform(26, 50))


# pre spike


def _state_before_a_pre_spike(rng):
    _, A_minus, tau_plus, tau_minus = _numbers_of_a_rule(rng)
    return (rng.uniform(0.2, 0.8), *rng.uniform(0.2, 2, 2), rng.uniform(5, 30),
            3 * A_minus, tau_plus, tau_minus)


def _pre_spike(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x = x * np.exp(-gap / tau_plus)
    y = y * np.exp(-gap / tau_minus)
    return w - A_minus * w * y, x + 1, y


def _reading(level):
    """The right step, but w falls by A_minus level(w, x, y), with the faded traces x and y."""
    def step(w, x, y, gap, A_minus, tau_plus, tau_minus):
        _, new_x, new_y = _pre_spike(w, x, y, gap, A_minus, tau_plus, tau_minus)
        return w - A_minus * level(w, new_x - 1, new_y), new_x, new_y

    return step


def _jumping(dx, dy):
    """The right step, but with other jumps of the traces."""
    return lambda *state: np.add(_pre_spike(*state), (0, dx - 1, dy))


def _reads_an_old_trace(w, x, y, gap, A_minus, *taus):
    return w - A_minus * w * y, *_pre_spike(w, x, y, gap, A_minus, *taus)[1:]


def _never_fades(w, x, y, gap, A_minus, *taus):
    return w - A_minus * w * y, x + 1, y


def _returns_an_old_x(w, x, *p):
    new_w, _, new_y = _pre_spike(w, x, *p)
    return new_w, x + 1, new_y


def _exchanges_time_constants(*p):
    return _pre_spike(*p[:-2], p[-1], p[-2])


# find the fault


def _exposes(answer):
    """Whether the trains of (line, pre, post) show that line 7 reads the wrong trace.

    It reads the pre trace just after its jump, so any pre spike depresses too much.
    """
    _, pre, post = answer
    return 0 < len(pre) <= 2 and len(post) <= 2


# fixed point, invisible bands


def _fixed_point(A_plus, A_minus, tau_plus, tau_minus):
    return A_plus * tau_plus / (A_plus * tau_plus + A_minus * tau_minus)


def _rule_of(answer):
    """The rule that a learner describes: a dict of its numbers, or an STDP."""
    return STDP(**answer) if isinstance(answer, dict) else answer


def _is_in_range(answer):
    rule = _rule_of(answer)
    numbers = {name: getattr(rule, name) for name in SLIDERS}
    return rule == STDP(**numbers) and all(low <= numbers[name] <= high
                                           for name, (low, high) in SLIDERS.items())


def _hides_the_bands(answer):
    rule = _rule_of(answer)
    within = rule.correlated_fixed_point(10, 0.75, jitter=2)
    return _is_in_range(rule) and abs(within - rule.fixed_point()) < 0.002


def _has_the_background(answer):
    return _is_in_range(answer) and abs(_rule_of(answer).fixed_point() - 0.75) < 0.003


# nearest pairs, firing order, again and again


def _nearest_sum(rule, pre, post, w):
    return rule.weight_after(pre, post, w, pairing="nearest")


def _trains_with_ties(rng):
    """A rule, a pre and a post train in whole ms with ties, and a weight."""
    pre, post = (np.unique(rng.integers(0, 600, 14)).astype(float) for _ in range(2))
    post[::3] = rng.choice(pre, len(post[::3]))
    A_plus, A_minus, tau_plus, tau_minus = _numbers_of_a_rule(rng)
    rule = STDP(A_plus=A_plus, A_minus=A_minus, tau_plus=tau_plus, tau_minus=tau_minus,
                mu=rng.choice([0.0, 0.3, 1.0]))
    return rule, list(pre), sorted(post), rng.uniform(0.3, 0.7)


def _firing_order(W):
    return np.argsort(W.sum(axis=1) - W.sum(axis=0))


def _shuffled_wave(rng):
    """The noisy weights of nine neurons that fire in turn, in an unknown order."""
    place = rng.permutation(9)
    rule = STDP(A_minus=0.006, tau_plus=17, tau_minus=34)
    W = rule.correlated_fixed_point(10, 0.3, 5.0 * (place[:, None] - place), 1.0)
    return (W + rng.normal(0, 0.003, (9, 9)),)


def _net(rate, s=15.0, tau_plus=17.0, tau_minus=34.0):
    """Gain less loss in a cycle of the same pair, s ms apart, repeated at a rate in Hz."""
    P = 1000 / rate
    gain = 0.010 * np.exp(-s / tau_plus) / (1 - np.exp(-P / tau_plus))
    return gain - 0.006 * np.exp((s - P) / tau_minus) / (1 - np.exp(-P / tau_minus))


EXERCISES = {
    "pre spike": Exercise(
        right=_pre_spike,
        inputs=_state_before_a_pre_spike,
        wrong={
            "own trace": _reading(lambda w, x, y: w * x),
            "wrong jump": _jumping(0, 1),
            "both jump": _jumping(1, 1),
            "no fading": _never_fades,
            "old trace": _reads_an_old_trace,
            "old x": _returns_an_old_x,
            "time constants": _exchanges_time_constants,
            "no weight": _reading(lambda w, x, y: y),
            "sign": _reading(lambda w, x, y: -(1 - w) * y),
            "order": lambda *state: np.roll(_pre_spike(*state), -1),
        }),
    "find the fault": Exercise(
        right=lambda answer: answer[0] == 7 and _exposes(answer),
        wrong={
            "harmless order": lambda answer: answer[0] in (4, 6),
            "another line": _exposes,
            "no evidence": lambda answer: answer[0] == 7,
            "neither": lambda answer: answer[0] in (1, 2, 3, 5),
        }),
    "fixed point": Exercise(
        right=_fixed_point,
        inputs=_numbers_of_a_rule,
        wrong={
            "amplitudes": lambda a, b, s, t: a / (a + b),
            "depression": lambda a, b, s, t: b * t / (a * s + b * t),
            "time constants": lambda a, b, s, t: a * t / (a * t + b * s),
            "ratio": lambda a, b, s, t: a * s / (b * t),
        }),
    "invisible bands": Exercise(
        right=lambda answer: _hides_the_bands(answer) and _has_the_background(answer),
        wrong={
            "background": _hides_the_bands,
            "bands": _has_the_background,
            "both": _is_in_range,
            "range": lambda answer: isinstance(_rule_of(answer), STDP),
        }),
    "nearest pairs": Exercise(
        right=_nearest_sum,
        inputs=_trains_with_ties,
        tolerance=1e-12,
        wrong={
            "all": lambda rule, pre, post, w: rule.weight_after(pre, post, w),
            "ties": lambda rule, *p: rule.weight_after(*p, "ignore", "nearest"),
            "tie order": lambda rule, *p: rule.weight_after(*p, "depress", "nearest"),
            "roles": lambda rule, pre, post, w: _nearest_sum(rule, post, pre, w),
        }),
    "firing order": Exercise(
        right=_firing_order,
        inputs=_shuffled_wave,
        wrong={
            "backwards": lambda W: _firing_order(W)[::-1],
            "ranks": lambda W: np.argsort(_firing_order(W)),
            "leads": lambda W: W.sum(axis=0) - W.sum(axis=1),
        }),
    "again and again": Exercise(
        right=lambda rate: _net(0.99 * rate) > 0 > _net(1.01 * rate),
        wrong={
            "period": lambda rate: _net(990 / rate) < 0 < _net(1010 / rate),
            "half-way": lambda rate: abs(rate - 1000 / 30) < 0.5,
            "too low": lambda rate: _net(rate) > 0,
            "too high": lambda rate: _net(rate) < 0,
        }),
    "too early a look": Exercise(right=67, tolerance=0.05, wrong={"settled": 104}),
    "per cent": Exercise(right=[False, False, True, True],
                         wrong={"two rules": [True, False, True, True]}),
    "one cause removed": Exercise(right=[0, 1, 0, -1], wrong={"always": [0, -1, -1, 1]}),
}

check, predict = teacher("06", EXERCISES)
recall = warm_ups("06", {
    "silent for a while": {
        "right": lambda p, n: 1 / p,
        "wrong": {"due": lambda p, n: 1 / p - n, "longer": lambda p, n: 1 / p + n},
    },
    "too long a step": {
        "right": lambda R, C: 2 * R * C,
        "wrong": {"rings": lambda R, C: R * C, "ratio": lambda R, C: 2 * R / C},
    },
})
