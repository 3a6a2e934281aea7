"""Experiments with plastic synapses, as records that a panel can hold: one pair of spikes, and a matrix on frozen trains."""
import numpy as np

from .model import Record, parameter
from .spikes import spike_train
from .stdp import STDP, merged

__all__ = ["FrozenMatrix", "LagCounts", "SpikePair"]


class SpikePair(Record):
    """One pre spike at 0, one post spike at `dt`, and the rule that reads their order."""

    rule: STDP = STDP()
    dt: float = parameter(10.0, "ms", r"\Delta t", -60, 60, "post minus pre")
    w: float = parameter(0.5, "1", "w", 0.02, 0.98, "weight before the pair", domain="probability")

    def change(self):
        """What this pair adds to the weight."""
        return float(self.rule.window(self.dt, self.w))

    def lanes(self, t):
        """(pre spikes, their trace x at times t, post spikes, their trace y), as `plots.spike_lanes` draws them."""
        x, y = ((t >= spike) * np.exp(-np.maximum(t - spike, 0) / tau)
                for spike, tau in ((0.0, self.rule.tau_plus), (self.dt, self.rule.tau_minus)))
        return [0.0], x, [self.dt], y

    def reading(self):
        """(time, level) at which the later spike reads the trace of the earlier one."""
        tau = self.rule.tau_plus if self.dt >= 0 else self.rule.tau_minus
        return max(self.dt, 0.0), float(np.exp(-abs(self.dt) / tau))

    def sentence(self):
        """What is seen, in words and numbers."""
        order = f"{abs(self.dt):.3g} ms {'after' if self.dt > 0 else 'before'}" if self.dt else "exactly with"
        reader, read = ("post", "pre trace x") if self.dt >= 0 else ("pre", "post trace y")
        return (f"Post fires {order} pre: the {reader} spike reads the {read} = {self.reading()[1]:.3f}, so w = {self.w:.3g} "
                f"{'rises' if self.dt >= 0 else 'falls'} by {abs(self.change()):.5f}; sixty such pairs take it to "
                f"{self.after(60):.3f}.")

    def after(self, pairings):
        """The weight after so many pairings, far apart."""
        w = self.w
        for _ in range(pairings):
            w = float(np.clip(w + self.rule.window(self.dt, w), self.rule.w_min, self.rule.w_max))
        return w


class LagCounts:
    """How often one train of many fires so many ms after another: counted once, good for every rule.

    `counts[later * n + earlier, k]` pairs of spikes have a lag between k and k + 1 times `step`, for lags up to `reach`;
    `tied[post, pre]` pairs have none.
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
            counts += np.bincount(pair[near] * self.bins + (lag[near] / step).astype(int), minlength=size).astype(np.int32)
            tied += np.bincount(pair[lag == 0], minlength=len(tied))
            ahead += 1
        self.counts = counts.reshape(self.n * self.n, self.bins).astype(np.float32)
        self.tied = tied.reshape(self.n, self.n) + tied.reshape(self.n, self.n).T

    def sums(self, tau):
        """The sum of exp(-lag/tau) over all pairs in which the first train fired later: (later, earlier)."""
        edges = np.exp(-self.step / tau * np.arange(self.bins + 1))
        weight = (edges[:-1] - edges[1:]) * tau / self.step   # the mean of the exponential over each bin
        return (self.counts @ weight.astype(np.float32)).reshape(self.n, self.n).astype(float)


class FrozenMatrix(Record):
    """Where all weights between the same neurons end up, on average, for trains whose lags are counted already.

    `counts` is the `LagCounts` of the trains. To first order in the amplitudes the mean weight of each synapse is where its
    potentiation, summed over all pairs of its two trains, balances its depression. So a new rule costs two products and
    no new learning. lag[post, pre]: by how many ms the post neuron repeats what it shares with the pre neuron, nan
    where they share nothing.
    """

    counts: LagCounts
    lag: np.ndarray
    rule: STDP = STDP()

    def weights(self):
        """W[post, pre], with nan on the diagonal: no neuron has a synapse onto itself."""
        up = self.rule.A_plus * (self.counts.sums(self.rule.tau_plus) + self.counts.tied)
        down = self.rule.A_minus * self.counts.sums(self.rule.tau_minus).T
        W = self.rule.balance(up + 1e-12, down + 1e-12)       # without any pair the two still have a ratio
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
        word = "invisible" if abs(together - apart) < 0.005 else "bright" if together > apart else "dark"
        return (f"τ− is {self.rule.tau_minus / self.rule.tau_plus:.2f} times τ+. Synchronous groups: w = {together:.3f}, "
                f"unrelated neurons {apart:.3f} (theory {self.rule.fixed_point():.3f}): the bands are {word} "
                f"({round(together - apart, 3) + 0:+.3f}).")
