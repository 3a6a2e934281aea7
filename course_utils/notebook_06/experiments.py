"""Experiments of notebook 06: records whose `run()` returns what a picture shows.

One pair of spikes, a synapse that is taught by hand, weight matrices on frozen trains, a
wave in theory, and one synapse that drives its neuron. Pre spikes are the presynaptic
ones, post spikes the postsynaptic ones; matrices are W[post, pre]; times are in ms.
"""
import heapq
from dataclasses import field
from typing import NamedTuple

import numpy as np

from ..checks import fits_in_memory, number, require
from ..model import Record, parameter
from ..models.stdp import STDP, trace
from ..spikes import as_generator, merged, poisson_trains, spike_train

__all__ = [
    "Bands", "CrossCorrelogram", "SpikePair", "SteadyStateWeights", "TeachingSession",
    "TracedTrains", "Wave", "driven_weight", "traced_trains",
]

BIOLOGICAL = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)


class TracedTrains(NamedTuple):
    """A pre and a post train with their traces.

    `x`, `y`: the traces of the pre and of the post spikes at the times `t`. `x_read`: the
    pre trace as each post spike reads it; `y_read`: the post trace as each pre spike
    reads it.
    """

    t: np.ndarray
    pre: np.ndarray
    x: np.ndarray
    y_read: np.ndarray
    post: np.ndarray
    y: np.ndarray
    x_read: np.ndarray


def traced_trains(rule, pre, post, t):
    """The `TracedTrains` of two spike trains, at increasing times t; equal times potentiate."""
    return TracedTrains(
        t, np.asarray(pre), trace(pre, t, rule.tau_plus),
        trace(post, pre, rule.tau_minus, side="left"),
        np.asarray(post), trace(post, t, rule.tau_minus), trace(pre, post, rule.tau_plus))


# One pair of spikes


class PairOutcome(NamedTuple):
    """The change of the weight by one pair, the weight after sixty, and the two traces."""

    dt: float
    w: float
    change: float
    after_sixty: float
    trains: TracedTrains

    def sentence(self):
        """The pair, the trace that is read, and both changes, in words and numbers."""
        read = f"post spike reads the pre trace x = {self.trains.x_read[0]:.3f}"
        if self.dt < 0:
            read = f"pre spike reads the post trace y = {self.trains.y_read[0]:.3f}"
        order = "at the same time as the pre spike"
        if self.dt:
            order = f"{abs(self.dt):.3g} ms {'after' if self.dt > 0 else 'before'} the pre spike"
        return (
            f"Post spike {order}: the {read}, and "
            f"w = {self.w:.3g} {'falls' if self.dt < 0 else 'rises'} by "
            f"{abs(self.change):.5f}. Sixty such pairs bring w to {self.after_sixty:.3f}.")


class SpikePair(Record):
    """One pre spike at 0 ms, one post spike at `dt`, and the rule that this pair meets."""

    BUTTONS = {
        f"{step} ms": f"move the post spike by {step} ms" for step in ("−5", "−1", "+1", "+5")
    }

    rule: STDP = STDP()
    dt: float = parameter(10.0, "ms", r"\Delta t", -60, 60,
                          "spike-time difference: t_post − t_pre")
    w: float = parameter(0.5, "1", "w", 0.02, 0.98, "initial weight: before the pair",
                         domain="probability")

    def run(self):
        """The `PairOutcome`."""
        t = np.linspace(-70, 110, 721)
        origin = 100.0  # spike times must not be negative
        trains = traced_trains(self.rule, [origin], [origin + self.dt], origin + t)
        trains = trains._replace(t=t, pre=np.zeros(1), post=np.array([self.dt]))
        change = float(self.rule.window(self.dt, self.w))
        return PairOutcome(self.dt, self.w, change, self.after(60), trains)

    def after(self, pairings):
        """The weight after this number of pairs, far apart."""
        w = self.w
        for _ in range(pairings):
            w = np.clip(w + self.rule.window(self.dt, w), self.rule.w_min, self.rule.w_max)
        return float(w)

    def touched(self, touch):
        """The pair after the post spike was dragged, in either Axes, or moved by a button."""
        dt = touch.x
        if touch.kind in self.BUTTONS:
            dt = self.dt + float(touch.kind.removesuffix(" ms").replace("−", "-"))
        return self.but(dt=float(np.clip(dt, -60, 60)))


# A synapse that is taught by hand


class SessionOutcome(NamedTuple):
    """A teaching session until now: trains, spikes to come, weights after each event."""

    now: float
    ended: bool
    trains: TracedTrains
    coming: tuple
    times: np.ndarray
    weights: np.ndarray

    def sentence(self):
        """The spikes so far and what they did to the weight, in words and numbers."""
        start, *_, end = self.weights
        spikes = len(self.trains.pre) + len(self.trains.post)
        sentence = f"{len(self.trains.pre)} pre and {len(self.trains.post)} post spikes: "
        if not self.ended:
            sentence = f"After {self.now:.0f} ms, {sentence}"
        if abs(end - start) < 5e-4:
            return f"{sentence}the weight stayed at {start:.3g}."
        return (f"{sentence}the weight {'rose' if end > start else 'fell'} from {start:.3g} to "
                f"{end:.3f}, {(end - start) / spikes:+.4f} a spike.")


class TeachingSession(Record):
    """A synapse that is taught by hand: regular pairs of spikes, and single ones that you add.

    The clock is at `now`; later spikes have not happened yet. added: (neuron, time) of
    each single spike, the neuron "pre" or "post". grabbed: (neuron, time, whether it has
    been moved) of the spike under the pointer; empty while none is.
    """

    BUTTONS = {"pre spike": "the pre neuron fires at this moment",
                         "post spike": "the post neuron fires at this moment"}

    rule: STDP = STDP(A_plus=0.12, A_minus=0.14)
    pairs: int = parameter(3, "1", "n", 0, 8, "number of pairs: regular pairs of a pre and a "
                           "post spike", scale="integer", domain="range")
    interval: float = parameter(100.0, "ms", "T", 15, 120,
                                "pair interval: time from one pair to the next",
                                domain="positive")
    dt: float = parameter(10.0, "ms", r"\Delta t", -20, 20,
                          "spike-time difference: t_post − t_pre in each pair")
    now: int = parameter(600, "ms", "t", 0, 600, "elapsed time: later spikes are grey",
                         scale="integer", domain="nonnegative")
    w: float = parameter(0.5, "1", "w", 0, 1, "initial weight: before the session",
                         domain="probability")
    added: tuple = ()
    grabbed: tuple = ()
    duration: float = 600.0

    def run(self):
        """The `SessionOutcome`."""
        trains = self.trains()
        past = [train[train <= self.now] for train in trains]
        coming = tuple(train[train > self.now] for train in trains)
        t = np.linspace(0, self.duration, 1201)
        traced = traced_trains(self.rule, *past, t)
        future = np.where(t > self.now, np.nan, 0.0)
        traced = traced._replace(x=traced.x + future, y=traced.y + future)
        times, w = self.rule.trajectory(*past, self.w)
        w = np.append(self.w, w)
        return SessionOutcome(self.now, self.now >= self.duration, traced, coming,
                              np.concatenate([[0], times, [self.now]]), np.append(w, w[-1]))

    def trains(self):
        """(pre, post): regular and added spikes together, past and to come."""
        start = 40 + self.interval * np.arange(self.pairs)
        return tuple(
            np.sort([*train[train <= self.duration], *(t for n, t in self.added if n == neuron)])
            for neuron, train in (("pre", start), ("post", start + self.dt)))

    def tap(self, neuron, time):
        """The session with one more spike of "pre" or "post"; a tap on an added spike takes it
        away.
        """
        return self.press(neuron, time).release()

    def press(self, neuron, time):
        """Take hold of an added spike within 5 ms of this time, or of a new one."""
        for other, old in self.added:
            if other == neuron and abs(old - time) < 5:
                return self.but(grabbed=(neuron, old, False))
        return self._holding(neuron, time)

    def drag(self, time):
        """Move the spike that is grabbed to another time."""
        if not self.grabbed:
            return self
        return self._without_grabbed()._holding(self.grabbed[0], time)

    def release(self):
        """Let go of the spike; an old one that was not moved is taken away."""
        if not self.grabbed:
            return self
        moved = self.grabbed[2]
        return (self if moved else self._without_grabbed()).but(grabbed=())

    def _holding(self, neuron, time):
        time = round(float(np.clip(time, 0, self.duration)), 1)
        return self.but(added=(*self.added, (neuron, time)), grabbed=(neuron, time, True))

    def _without_grabbed(self):
        return self.but(added=tuple(each for each in self.added if each != self.grabbed[:2]))

    def touched(self, touch):
        """The session after a button, or the pointer in the Axes "spikes" (pre above post)."""
        if touch.kind in self.BUTTONS:
            return self.tap(touch.kind.split()[0], self.now)
        if touch.kind == "up":
            return self.release()
        if touch.kind == "drag":
            return self.drag(touch.x)
        if touch.axes.get_label() != "spikes":
            return self
        return self.press("pre" if touch.y > np.mean(touch.axes.get_ylim()) else "post", touch.x)


# Weight matrices on frozen trains


class CrossCorrelogram:
    """The lags between all spikes of several trains, counted once and used for every rule.

    `counts[later, earlier, k]`: pairs of spikes with a lag between `lags[k]` and
    `lags[k]` + `step`, the first train minus the second, up to `reach`; `tied[post,
    pre]`: pairs at equal times, which `counts` leaves out.
    """

    def __init__(self, trains, step=1.0, reach=300.0):
        trains = [spike_train(f"trains[{k}]", train) for k, train in enumerate(trains)]
        self.n = len(trains)
        self.step = step
        bins = round(reach / step)
        self.lags = step * np.arange(-bins, bins)
        times, neuron = merged(trains)
        later = np.zeros(self.n * self.n * bins, int)
        tied = np.zeros(self.n * self.n)
        ahead = 1  # compare each spike with the next one, then with the one after, ...
        while ahead < len(times) and ((lag := times[ahead:] - times[:-ahead]) < reach).any():
            pair = neuron[ahead:] * self.n + neuron[:-ahead]
            near = (lag > 0) & (lag < reach)
            place = pair[near] * bins + (lag[near] / step).astype(int)
            later += np.bincount(place, minlength=len(later))
            tied += np.bincount(pair[lag == 0], minlength=len(tied))
            ahead += 1
        later = later.reshape(self.n, self.n, bins).astype(np.float32)
        earlier = later.transpose(1, 0, 2)[:, :, ::-1]
        self.counts = np.concatenate([earlier, later], axis=2)
        self.tied = tied.reshape(self.n, self.n) + tied.reshape(self.n, self.n).T

    def sums(self, tau, shift=0):
        """The sum (n, n) of exp(-lag/tau) over all pairs in which the first train fires later.

        shift: by how many times `step` each first train is moved later against each
        second one, so that the trains of a wave need no new count: one whole number, or
        (n, n).
        """
        shift = np.broadcast_to(shift, (self.n, self.n))
        total = self.counts @ self._mean_fading(tau, 0)
        for moved in np.unique(shift[shift != 0]):
            pairs = shift == moved
            total[pairs] = self.counts[pairs] @ self._mean_fading(tau, moved)
            if moved > 0:
                total[pairs] += self.tied[pairs] * np.exp(-moved * self.step / tau)
        return total.astype(float)

    def _mean_fading(self, tau, moved):
        """The mean of exp(-lag/tau) over each bin, 0 before lag 0, after a shift by bins."""
        lag = self.lags + moved * self.step
        mean = tau / self.step * -np.expm1(-self.step / tau)
        return (mean * np.exp(-np.maximum(lag, 0) / tau) * (lag >= 0)).astype(np.float32)


class SteadyStateWeights(NamedTuple):
    """The weights between neurons whose trains were counted, to first order in the amplitudes.

    lag[post, pre]: by how many ms the post neuron repeats what it shares with the pre
    neuron, nan where they share nothing. shift[post, pre]: by how many bins of `counts`
    the post train is moved later than the pre train.
    """

    counts: CrossCorrelogram
    lag: np.ndarray
    rule: STDP = STDP()
    shift: np.ndarray | int = 0

    def weights(self, passes=np.inf):
        """(right, swapped): W[post, pre] after both rules learned the trains `passes` times,
        from 0.5 on, nan on the diagonal.

        In the steady state potentiation, summed over all pairs of the two trains, balances
        depression. The distance from it shrinks as exp(-passes (up + down)) where mu = 1.
        """
        still = np.equal(self.shift, 0) * self.counts.tied  # in a tie the pre spike comes first
        causal = self.counts.sums(self.rule.tau_plus, self.shift) + still
        acausal = self.counts.sums(self.rule.tau_minus, self.shift).T
        return self._learned(causal, acausal, passes), self._learned(acausal, causal, passes)

    def _learned(self, potentiating, depressing, passes):
        nothing = 1e-12  # without any pair the two still have a ratio
        up = self.rule.A_plus * potentiating + nothing
        down = self.rule.A_minus * depressing + nothing
        steady = self.rule.balance(up, down)
        W = steady + (0.5 - steady) * np.exp(-passes * (up + down))
        np.fill_diagonal(W, np.nan)
        return W

    def unrelated(self, W):
        """The mean weight between neurons that share no spikes."""
        return W[np.isnan(self.lag)].mean()

    def synchronous(self, W):
        """The mean weight between neurons that share spikes without a lag."""
        return np.nanmean(W[self.lag == 0])

    def contrast(self, W):
        """The mean weight within synchronous groups minus that of unrelated neurons."""
        return round(self.synchronous(W) - self.unrelated(W), 3) + 0

    def by_lag(self, W):
        """(lags, mean weight at each): all lags that occur."""
        lags = np.unique(self.lag[~np.isnan(self.lag)])
        return lags, np.array([np.nanmean(W[self.lag == lag]) for lag in lags])

    def sentence(self, W):
        """The weights within synchronous groups and between unrelated neurons, in words."""
        ratio = self.rule.tau_minus / self.rule.tau_plus
        difference = self.contrast(W)
        return (
            f"τ− is {ratio:.2f} times τ+. Synchronous groups have w = {self.synchronous(W):.3f}, "
            f"unrelated neurons {self.unrelated(W):.3f} (theory {self.rule.fixed_point():.3f}), so "
            f"the bands are {_shade(difference)} (difference {difference:+.3f}).")


class BandsOutcome(NamedTuple):
    """Weights under the right and the swapped rule, and those of the right one by lag.

    `alone`, `together`: (right, swapped), each W[post, pre], of the trains without and with
    correlation. `background`: (right, swapped), the steady-state weight of unrelated neurons.
    `theory`: steady-state weights at the lags `t`; `ring`: the point that the hand can grab.
    """

    bands: "Bands"
    synapses: SteadyStateWeights
    alone: tuple
    together: tuple
    background: tuple
    lags: np.ndarray
    means: np.ndarray
    t: np.ndarray
    theory: np.ndarray
    ring: tuple

    def shown(self):
        """The four matrices as they are coloured, from -1 (dark) to 1 (bright): without and with
        correlation, right rule, then swapped rule.
        """
        for alone, together, background in zip(self.alone, self.together, self.background):
            for W in (alone, together):
                yield 2 * W - 1 if self.bands.colour == "w" else 4 * (W - background)

    def sentence(self):
        """Correlation, lag, time and what the two kinds of neurons learned, in words."""
        bands = self.bands
        right, swapped = self.together
        difference = self.synapses.contrast(swapped)
        return (f"c = {bands.correlation:g}, lag {bands.step} ms, {bands.seconds} s of learning. "
                f"{self.synapses.sentence(right)} Under the swapped rule they are "
                f"{_shade(difference)} ({difference:+.3f}).")


class Bands(Record):
    """Synchronous groups and a wave on frozen trains, counted at several correlations.

    counts: {correlation: the `CrossCorrelogram` of `duration` seconds of trains in which
    the wave, too, is synchronous}, in bins of 1 ms. group, place: of each neuron, the
    group whose spikes it shares, and its number in the wave (0 in a synchronous group).
    """

    BUTTONS = {
        "lag −": "each neuron of the wave fires 1 ms earlier",
        "lag +": "each neuron of the wave fires 1 ms later",
        "w | w − w*": "colour the weights, or their difference from those of unrelated neurons",
    }

    counts: dict = field(default_factory=dict)
    group: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    place: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    rule: STDP = BIOLOGICAL
    correlation: float = parameter(0.5, "1", "c", 0, 0.75, choices=(0, 0.25, 0.5, 0.75), doc=
                                   "correlation: fraction of spikes that two trains share")
    step: int = parameter(4, "ms", "L", -6, 6, "lag: between neighbouring neurons of the wave",
                          scale="integer", domain="range")
    seconds: int = parameter(300, "s", "t", 0, 300, "learning time: all weights start at 0.5",
                             scale="integer", domain="range")
    colour: str = parameter("w − w*", symbol=r"\mathrm{colour}", choices=("w", "w − w*"),
                            doc="colour scale: the weight, or its difference from unrelated")
    jitter: float = 2.0
    rate: float = 10.0
    duration: float = 300.0

    def run(self):
        """The `BandsOutcome`."""
        synapses = self.synapses()
        passes = self.seconds / self.duration
        together = synapses.weights(passes)
        alone = synapses._replace(counts=self.counts[0], shift=0).weights(passes)
        mirror = self.rule.but(tau_plus=self.rule.tau_minus, tau_minus=self.rule.tau_plus)
        t = np.linspace(-60, 60, 481)
        ring = (5.0 * self.step, float(self.against_lag(5.0 * self.step)))
        return BandsOutcome(self, synapses, alone, together,
                            (self.rule.fixed_point(), mirror.fixed_point()),
                            *synapses.by_lag(together[0]), t, self.against_lag(t), ring)

    def synapses(self):
        """The `SteadyStateWeights` at this rule, correlation and lag."""
        shift = self.step * (self.place[:, None] - self.place)
        lag = np.where(self.group[:, None] == self.group, shift, np.nan)
        return SteadyStateWeights(self.counts[self.correlation], lag, self.rule, shift)

    def against_lag(self, lag):
        """The steady-state weight in theory at these lags (ms)."""
        return self.rule.correlated_fixed_point(self.rate, self.correlation, lag, self.jitter)

    def touched(self, touch):
        """The bands after a button, or after the ring was dragged in the Axes "lags"."""
        if touch.kind == "w | w − w*":
            return self.but(colour="w − w*" if self.colour == "w" else "w")
        step = self.step
        if touch.kind in self.BUTTONS:
            step += 1 if touch.kind == "lag +" else -1
        elif touch.axes.get_label() == "lags":
            step = round(touch.x / 5)  # the ring is at the weight of neurons five places apart
        return self.but(step=int(np.clip(step, -6, 6)))


def _shade(difference):
    """How a weight looks in the matrix that differs so much from those of unrelated neurons."""
    return "invisible" if abs(difference) < 0.005 else "bright" if difference > 0 else "dark"


# A wave in theory


class WaveOutcome(NamedTuple):
    """The matrix of a wave, and its weights against the lag, in theory."""

    wave: "Wave"
    W: np.ndarray
    background: float
    t: np.ndarray
    theory: np.ndarray

    def sentence(self):
        """The weights to the next and to the previous neuron of the wave, in words."""
        step = self.wave.step
        apart = self.background
        onward, back = self.wave.against_lag(np.array([step, -step]))
        if not step:
            tie = "" if self.wave.jitter else (
                " Without jitter every shared pair is a tie, and a tie potentiates.")
            return (f"All neurons are synchronous: w = {onward:.3f}, {_shade(onward - apart)} "
                    f"against unrelated neurons ({apart:.3f}, {onward - apart:+.3f}).{tie}")
        order = f"{abs(step):.3g} ms {'after' if step > 0 else 'before'} the previous one"
        return (f"Each neuron fires {order}. Synapses onto the next neuron: w = {onward:.3f}, "
                f"{_shade(onward - apart)}. Synapses back: {back:.3f}, {_shade(back - apart)} "
                f"(unrelated neurons {apart:.3f}).")


class Wave(Record):
    """Neurons that share spikes, each of them `step` ms later than the one before, in theory."""

    rule: STDP = BIOLOGICAL
    correlation: float = parameter(0.3, "1", "c", 0, 0.9, domain="probability", doc=
                                   "correlation: fraction of spikes that two trains share")
    step: float = parameter(2.0, "ms", "L", -6, 6,
                            "lag: between neighbouring neurons of the wave")
    jitter: float = parameter(1.0, "ms", r"\sigma", 0, 30,
                              "jitter: standard deviation of the random shift of each spike",
                              domain="nonnegative")
    rate: float = parameter(10.0, "Hz", "r", 2, 40, "firing rate: of each neuron",
                            domain="positive")
    n: int = 40

    def run(self):
        """The `WaveOutcome`."""
        k = np.arange(self.n)
        W = self.against_lag(self.step * (k[:, None] - k))
        np.fill_diagonal(W, np.nan)
        t = np.linspace(-80, 80, 641)
        return WaveOutcome(self, W, self.rule.fixed_point(), t, self.against_lag(t))

    against_lag = Bands.against_lag


# One synapse that drives its neuron


def driven_weight(rule, seconds, rng, gain=0.8):
    """(times of all events, weight after each) of a synapse that drives its neuron, from 0.5 on.

    Pre and post spikes both come at 10 Hz; in addition each pre spike causes a post spike
    with probability gain * w, after a time drawn from the exponential density of mean 5 ms.
    rng: Generator or seed.
    """
    require("rule", rule, "tau_plus", "an STDP rule, such as STDP()")
    rng = as_generator(rng)
    gain = number("gain", gain, "nonnegative")
    duration = 1000 * number("seconds", seconds, "nonnegative")
    fits_in_memory("seconds", seconds, 20_000)
    pre, by_itself = poisson_trains(2, 10.0, duration, rng)
    # sorted, so that it is a heap already
    queue = sorted([(t, False) for t in pre.tolist()] + [(t, True) for t in by_itself.tolist()])
    x = y = now = 0.0
    w = 0.5
    story = []
    while queue:
        before = now
        now, is_post = heapq.heappop(queue)
        x *= np.exp((before - now) / rule.tau_plus)
        y *= np.exp((before - now) / rule.tau_minus)
        if is_post:
            w = rule.at_post(w, x)
            y += 1
        else:
            if rng.random() < gain * w:
                heapq.heappush(queue, (now + rng.exponential(5.0), True))
            w = rule.at_pre(w, y)
            x += 1
        story.append((now, w))
    return tuple(np.reshape(story, (-1, 2)).T)
