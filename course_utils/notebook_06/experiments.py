"""Experiments with plastic synapses: a pair of spikes, a lesson by hand, matrices on frozen
trains, a driven neuron.
"""
import heapq
from dataclasses import field
from typing import ClassVar

import numpy as np

from ..checks import number, require
from ..model import Record, parameter
from ..models.stdp import STDP, trace
from ..spikes import as_generator, merged, poisson_trains, spike_train

__all__ = [
    "Bands", "SteadyStateWeights", "CrossCorrelogram", "TeachingSession", "SpikePair", "Wave",
    "driven_weight"
]


class SpikePair(Record):
    """One pre spike at 0, one post spike at `dt`, and the rule that reads their order."""

    rule: STDP = STDP()
    dt: float = parameter(10.0, "ms", r"\Delta t", -60, 60, "post minus pre")
    w: float = parameter(0.5, "1", "w", 0.02, 0.98, "weight before the pair",
                         domain="probability")

    def change(self):
        """What this pair adds to the weight."""
        return float(self.rule.window(self.dt, self.w))

    def lanes(self, t):
        """(pre spikes, their trace x at times t, post spikes, their trace y, x that post meets,
        y that pre meets).
        """
        x, y = ((t >= spike) * np.exp(-np.maximum(t - spike, 0) / tau)
                for spike, tau in ((0.0, self.rule.tau_plus), (self.dt, self.rule.tau_minus)))
        level = self.reading()[1]
        return [0.0], x, [self.dt], y, [level * (self.dt >= 0)], [level * (self.dt < 0)]

    def reading(self):
        """(time, level) at which the later spike reads the trace of the earlier one."""
        tau = self.rule.tau_plus if self.dt >= 0 else self.rule.tau_minus
        return max(self.dt, 0.0), float(np.exp(-abs(self.dt) / tau))

    def sentence(self):
        """What is seen, in words and numbers."""
        order = f"{abs(self.dt):.3g} ms {'after' if self.dt > 0 else 'before'}" if self.dt else "exactly with"
        reader, read = ("post", "pre trace x") if self.dt >= 0 else ("pre", "post trace y")
        return (
            f"Post fires {order} pre: the {reader} spike reads the {read} = "
            f"{self.reading()[1]:.3f}, so w = {self.w:.3g} "
            f"{'rises' if self.dt >= 0 else 'falls'} by {abs(self.change()):.5f}; sixty such "
            "pairs take it to "
            f"{self.after(60):.3f}.")

    def after(self, pairings):
        """The weight after so many pairings, far apart."""
        w = self.w
        for _ in range(pairings):
            w = float(
                np.clip(w + self.rule.window(self.dt, w), self.rule.w_min, self.rule.w_max))
        return w


class TeachingSession(Record):
    """A synapse to be taught by hand: regular pairs of spikes, and single spikes that were
    tapped in addition.

    Time stands at `now`: what comes later has not happened yet. held: the lane and the time of
    the spike under the pointer, and whether it has been moved; empty while nothing is held.
    """

    rule: STDP = STDP(A_plus=0.12, A_minus=0.14)
    pairs: int = parameter(3, "1", r"\mathrm{pairs}", 0, 8,
                           "regular pairs of a pre and a post spike", scale="integer")
    interval: float = parameter(100.0, "ms", r"\mathrm{interval}", 15, 120,
                                "time from one pair to the next", domain="positive")
    dt: float = parameter(10.0, "ms", r"\Delta t", -20, 20, "post minus pre in each pair")
    now: int = parameter(600, "ms", r"\mathrm{now}", 0, 600, "time that has passed",
                         scale="integer", domain="nonnegative")
    w: float = parameter(0.5, "1", "w", 0, 1, "weight before the lesson", domain="probability")
    tapped_pre: tuple = ()
    tapped_post: tuple = ()
    held: tuple = ()
    duration: float = 600.0

    def trains(self):
        """(pre, post), the regular and the tapped spikes together, those of the future too."""
        start = 40 + self.interval * np.arange(self.pairs)
        regular = (train[train <= self.duration] for train in (start, start + self.dt))
        return tuple(
            np.sort(np.append(train, taps))
            for train, taps in zip(regular, (self.tapped_pre, self.tapped_post)))

    def past(self):
        """(pre, post), the spikes until now."""
        return tuple(train[train <= self.now] for train in self.trains())

    def tap(self, lane, time):
        """The lesson with one more spike in the lane "pre" or "post"; a tap on a tapped spike
        takes it away.
        """
        lesson = self.press(lane, time)
        return lesson.release() if lesson.held else lesson

    def press(self, lane, time):
        """Take hold of the tapped spike at this time in the lane "pre" or "post", or of a new
        one.
        """
        time = round(float(np.clip(time, 0, self.duration)), 1)
        taps = getattr(self, f"tapped_{lane}")
        near = [tap for tap in taps if abs(tap - time) < 5]
        if near:
            return self.but(held=(lane, near[0], False))
        return self.but(**{f"tapped_{lane}": tuple(sorted((*taps, time)))},
                        held=(lane, time, True))

    def drag(self, time):
        """Move the spike that is held to another time in its lane."""
        if not self.held:
            return self
        lane, old, _ = self.held
        time = round(float(np.clip(time, 0, self.duration)), 1)
        rest = [tap for tap in getattr(self, f"tapped_{lane}") if tap != old]
        return self.but(**{f"tapped_{lane}": tuple(sorted((*rest, time)))},
                        held=(lane, time, True))

    def release(self):
        """Let go of the spike: one that was there before and has not been moved is taken away.
        """
        if not self.held:
            return self
        lane, time, moved = self.held
        rest = tuple(tap for tap in getattr(self, f"tapped_{lane}") if moved or tap != time)
        return self.but(**{f"tapped_{lane}": rest}, held=())

    def touched(self, touch):
        """The lesson after the pointer was used in the Axes "lanes" (pre above, post below), or
        a button at this moment.
        """
        if touch.axes is None:
            return self.tap(touch.kind.split()[0], self.now)
        if touch.kind == "up":
            return self.release()
        if touch.kind == "drag":
            return self.drag(touch.x)
        lane = "pre" if touch.y > np.mean(touch.axes.get_ylim()) else "post"
        return self.press(lane, touch.x) if touch.axes.get_label() == "lanes" else self

    def lanes(self, t):
        """(pre spikes, their trace x at times t, post spikes, their trace y, x that post meets,
        y that pre meets), until now.
        """
        (pre, post), tau_x, tau_y = self.past(), self.rule.tau_plus, self.rule.tau_minus
        future = np.where(t > self.now, np.nan, 0.0)
        return (pre, trace(pre, t, tau_x) + future, post, trace(post, t, tau_y) + future,
                trace(pre, post, tau_x), trace(post, pre, tau_y, side="left"))

    def weight(self):
        """(times, weights) as a staircase, from 0 until now."""
        times, w = self.rule.trajectory(*self.past(), self.w)
        return np.concatenate([[0], times, [self.now]]), np.concatenate(
            [[self.w], w, [w[-1] if len(w) else self.w]])

    def sentence(self):
        """What is seen, in words and numbers."""
        (pre, post), end = self.past(), self.weight()[1][-1]
        when, spent = f"{self.now} ms have passed, " * (self.now
                                                        < self.duration), len(pre) + len(post)
        if abs(end - self.w) < 5e-4:
            return f"{when}{len(pre)} pre and {len(post)} post spikes: the weight stayed at {self.w:.3g}."
        return (
            f"{when}{len(pre)} pre and {len(post)} post spikes: the weight "
            f"{'rose' if end > self.w else 'fell'} from "
            f"{self.w:.3g} to {end:.3f}, {(end - self.w) / spent:+.4f} a spike.")


class CrossCorrelogram:
    """How often one train of many fires so many ms after another: counted once, good for every
    rule.

    `counts[later * n + earlier, k]` pairs of spikes have a lag between k and k + 1 times
    `step`, for lags up to `reach`; `tied[post, pre]` pairs have none.
    """
    def __init__(self, trains, step=1.0, reach=300.0):
        trains = [spike_train(f"trains[{k}]", train) for k, train in enumerate(trains)]
        self.n, self.step, self.bins = len(trains), step, round(reach / step)
        times, number = merged(trains)
        size = self.n * self.n * self.bins
        counts, tied, ahead = np.zeros(size, np.int32), np.zeros(self.n * self.n), 1
        while ahead < len(times) and ((lag := times[ahead:] - times[:-ahead]) < reach).any():
            pair = number[ahead:] * self.n + number[:-ahead]  # the later train, the earlier one
            near = (lag < reach) & (lag > 0)
            counts += np.bincount(pair[near] * self.bins + (lag[near] / step).astype(int),
                                  minlength=size).astype(np.int32)
            tied += np.bincount(pair[lag == 0], minlength=len(tied))
            ahead += 1
        self.counts = counts.reshape(self.n * self.n, self.bins).astype(np.float32)
        self.tied = tied.reshape(self.n, self.n) + tied.reshape(self.n, self.n).T

    def sums(self, tau, shift=None):
        """The sum of exp(-lag/tau) over all pairs in which the first train fired later: (later,
        earlier).

        shift: whole numbers of `step` (n, n) by which each first train is moved behind each
        second one before, so that the trains of a wave need no new count. Shifted by nothing,
        ties don't count; shifted later they do.
        """
        fade = np.exp(-self.step / tau * np.arange(self.bins + 1))
        mean = ((fade[:-1] - fade[1:]) * tau / self.step).astype(
            np.float32)  # of the exponential over each bin
        if shift is None:
            return (self.counts @ mean).reshape(self.n, self.n).astype(float)
        total, shift = np.empty(self.n * self.n), np.ravel(shift)
        for moved in np.unique(shift):
            rows = np.flatnonzero(shift == moved)
            total[rows] = self._moved(rows, moved, mean, fade)
        return total.reshape(self.n, self.n)

    def _moved(self, rows, moved, mean, fade):
        """The sums of some pairs (rows of `counts`) after the first train of each is moved
        later by so many bins.
        """
        if moved <= 0:
            return self.counts[rows, -moved:] @ mean[:self.bins + moved]
        # the same two trains, the other one later
        mirror = rows % self.n * self.n + rows // self.n
        overtaken = self.counts[mirror, :moved] @ mean[:moved][::-1]
        return fade[moved] * (self.counts[rows] @ mean + self.tied.ravel()[rows]) + overtaken


class SteadyStateWeights(Record):
    """Where all weights between the same neurons end up, on average, for trains whose lags are
    counted already.

    `counts` is the `CrossCorrelogram` of the trains. To first order in the amplitudes the mean
    weight of each synapse is where its potentiation, summed over all pairs of its two trains,
    balances its depression. So a new rule costs two products and no new learning. lag[post,
    pre]: by how many ms the post neuron repeats what it shares with the pre neuron, nan where
    they share nothing. shift[post, pre]: by how many bins of `counts` the post train is moved
    behind the pre train.
    """

    counts: CrossCorrelogram
    lag: np.ndarray
    rule: STDP = STDP()
    shift: np.ndarray | None = None

    def weights(self):
        """W[post, pre], with nan on the diagonal: no neuron has a synapse onto itself."""
        still = 1 if self.shift is None else self.shift == 0
        up = self.rule.A_plus * (self.counts.sums(self.rule.tau_plus, self.shift)
                                 + still * self.counts.tied)
        down = self.rule.A_minus * self.counts.sums(self.rule.tau_minus, self.shift).T
        W = self.rule.balance(up + 1e-12,
                              down + 1e-12)  # without any pair the two still have a ratio
        np.fill_diagonal(W, np.nan)
        return W

    def unrelated(self, W):
        """The weights between neurons that share nothing."""
        return W[np.isnan(self.lag)]

    def synchronous(self, W):
        """The weights between neurons that share spikes without a lag."""
        return W[(self.lag == 0) & ~np.isnan(W)]

    def by_lag(self, W):
        """(the lags that occur, the mean weight at each)."""
        lags = np.unique(self.lag[~np.isnan(self.lag)])
        return lags, np.array([np.nanmean(W[self.lag == lag]) for lag in lags])

    def sentence(self, W):
        """What is seen, in words and numbers."""
        together, apart = self.synchronous(W).mean(), self.unrelated(W).mean()
        return (
            f"τ− is {self.rule.tau_minus / self.rule.tau_plus:.2f} times τ+. Synchronous "
            f"groups: w = {together:.3f}, "
            f"unrelated neurons {apart:.3f} (theory {self.rule.fixed_point():.3f}): the bands "
            f"are {_shade(together - apart)} "
            f"({round(together - apart, 3) + 0:+.3f}).")


class Bands(Record):
    """Synchronous groups and a wave on frozen trains, at several correlations; the wave's lag
    from neuron to neuron is free.

    counts: {correlation: the `CrossCorrelogram` of the trains while the wave, too, is
    synchronous}, in bins of 1 ms. group, place: of each neuron, the group whose spikes it
    shares, and its number in the wave (0 in a synchronous group).
    """

    BUTTONS: ClassVar = {
        "lag −": "each neuron of the wave 1 ms earlier",
        "lag +": "each neuron of the wave 1 ms later", "c −": "a smaller correlation",
        "c +": "a larger correlation"
    }

    counts: dict = field(default_factory=dict)
    group: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    place: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    rule: STDP = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
    correlation: float = parameter(0.5, "1", "c", 0, 0.75,
                                   "share of common spikes in each group", domain="probability")
    step: int = parameter(4, "ms", r"\mathrm{lag}", -6, 6,
                          "lag from one neuron of the wave to the next", scale="integer")
    jitter: float = 2.0
    rate: float = 10.0

    def __post_init__(self):
        super().__post_init__()
        if self.counts and self.correlation not in self.counts:
            raise ValueError(
                "correlation of Bands must be one that was counted, "
                f"{', '.join(map(str, self.counts))}, not "
                f"{self.correlation:g}; count its trains, too")

    def frozen(self):
        """The `SteadyStateWeights` at this rule, correlation and lag."""
        shift = self.step * (self.place[:, None] - self.place)
        lag = np.where(self.group[:, None] == self.group, shift, np.nan)
        return SteadyStateWeights(counts=self.counts[self.correlation], lag=lag, shift=shift,
                                  rule=self.rule)

    def against_lag(self, lag, correlation=None):
        """What theory says of the weight at these lags (ms), at this or at another correlation.
        """
        correlation = self.correlation if correlation is None else correlation
        return self.rule.correlated_fixed_point(self.rate, correlation, lag, self.jitter)

    def ring(self):
        """(lag, weight) of the wave's neurons that are five apart: what the hand takes hold of.
        """
        return 5.0 * self.step, float(self.against_lag(5.0 * self.step))

    def pulled(self, lag, w):
        """The bands whose ring lies next to a lag (ms) and a weight, among the correlations
        that were counted.
        """
        step = int(np.clip(round(lag / 5), -6, 6))
        choices = list(self.counts)
        offered = np.array([self.against_lag(5.0 * step, c) for c in choices])
        if np.ptp(offered) < 0.01:  # all correlations look the same here: keep this one
            return self.but(step=step)
        return self.but(step=step, correlation=choices[int(np.argmin(np.abs(offered - w)))])

    def touched(self, touch):
        """The bands after the pointer or one of the `BUTTONS` was used; the pointer moves the
        ring, in the Axes "lags".
        """
        if touch.kind in self.BUTTONS:
            name, way = touch.kind.split()[0], 1 if touch.kind.endswith("+") else -1
            if name == "lag":
                return self.but(step=int(np.clip(self.step + way, -6, 6)))
            known = sorted(self.counts)
            return self.but(correlation=known[int(
                np.clip(known.index(self.correlation) + way, 0,
                        len(known) - 1))])
        return self.pulled(touch.x, touch.y) if touch.axes.get_label() == "lags" else self

    def sentence(self, frozen, W):
        """What is seen, in words and numbers."""
        return f"c = {self.correlation:g}, lag {self.step} ms. {frozen.sentence(W)}"


def _shade(difference):
    """How a weight shows in the matrix that differs so much from those of unrelated neurons."""
    return "invisible" if abs(difference) < 0.005 else "bright" if difference > 0 else "dark"


class Wave(Record):
    """What theory says of neurons that share spikes, each `step` ms later than the one before.
    """

    rule: STDP = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
    correlation: float = parameter(0.3, "1", "c", 0, 0.9, "share of common spikes",
                                   domain="probability")
    step: float = parameter(2.0, "ms", r"\mathrm{lag}", -6, 6,
                            "lag from one neuron to the next")
    jitter: float = parameter(1.0, "ms", r"\sigma", 0, 30,
                              "standard deviation of each spike's shift", domain="nonnegative")
    rate: float = parameter(10.0, "Hz", "r", 2, 40, "rate of each neuron", domain="positive")
    n: int = 40

    def against_lag(self, lag):
        """The mean weight at these lags (ms)."""
        return self.rule.correlated_fixed_point(self.rate, self.correlation, lag, self.jitter)

    def weights(self):
        """W[post, pre], with nan on the diagonal."""
        apart = self.against_lag(self.step * np.arange(1 - self.n, self.n))
        k = np.arange(self.n)
        W = apart[k[:, None] - k + self.n - 1]
        np.fill_diagonal(W, np.nan)
        return W

    def sentence(self):
        """What is seen, in words and numbers."""
        apart = self.rule.fixed_point()
        onward, back = self.against_lag(np.array([self.step, -self.step]))
        if not self.step:
            tie = " Without jitter every shared pair is a tie, and a tie potentiates." if not self.jitter else ""
            return (
                f"All neurons in synchrony: w = {onward:.3f}, {_shade(onward - apart)} against "
                "unrelated neurons "
                f"({apart:.3f}, {onward - apart:+.3f}).{tie}")
        order = f"{abs(self.step):.3g} ms {'after' if self.step > 0 else 'before'}"
        return (
            f"Each neuron fires {order} the previous one. Synapses to the next: w = "
            f"{onward:.3f}, {_shade(onward - apart)}; "
            f"back: {back:.3f}, {_shade(back - apart)}; unrelated neurons {apart:.3f}.")


def driven_weight(rule, seconds, rng, w=0.5, rate=10.0, background=10.0, gain=0.8,
                  response=5.0):
    """(times of all events, weight after each) of a synapse that drives its neuron.

    Pre spikes come at `rate` Hz, post spikes at `background` Hz; besides, each pre spike causes
    a post spike with probability gain * w, after a time drawn from the exponential density of
    mean `response` ms. rng: Generator or seed.
    """
    require("rule", rule, "tau_plus", "an STDP rule, such as STDP()")
    rng, w, gain = as_generator(rng), number("w", w), number("gain", gain, "nonnegative")
    duration, response = 1000 * number("seconds", seconds, "nonnegative"), number(
        "response", response, "positive")
    rates = number("rate", rate, "nonnegative"), number("background", background, "nonnegative")
    pre, chance = poisson_trains(2, rates, duration, rng)
    queue = [(t, 0) for t in pre.tolist()] + [(t, 1) for t in chance.tolist()]
    heapq.heapify(queue)
    x = y = now = 0.0
    times, weights = [], []
    while queue:
        before, (now, is_post) = now, heapq.heappop(queue)
        x, y = x * np.exp((before - now) / rule.tau_plus), y * np.exp(
            (before - now) / rule.tau_minus)
        if is_post:
            w, y = rule.at_post(w, x), y + 1
        else:
            if rng.random() < gain * w:
                heapq.heappush(queue, (now + rng.exponential(response), 1))
            w, x = rule.at_pre(w, y), x + 1
        times.append(now)
        weights.append(w)
    return np.array(times), np.array(weights)
