"""Spike-timing-dependent plasticity: how a synapse reads the order of two spikes.

A pair of spikes with dt = t_post - t_pre changes the weight by +A_plus exp(-dt/tau_plus) (w_max
- w)^mu where dt >= 0 and by -A_minus exp(dt/tau_minus) (w - w_min)^mu where dt < 0. All pairs
count. Two traces do the sum's bookkeeping exactly: x remembers the pre spikes, y the post
spikes; each jumps by 1 at its own spike and fades with its own time constant, and

    a pre spike meets y:    w <- w - A_minus (w - w_min)^mu y        (the post spikes came
    first: depression) a post spike meets x:   w <- w + A_plus (w_max - w)^mu x         (the pre
    spikes came first: potentiation)

Times are exact, in ms; there is no grid. Matrices are W[post, pre]. Rates are in Hz. Song,
Miller and Abbott, Nat. Neurosci. 3:919 (2000), 10.1038/78829; the exponent mu: Gütig, Aharonov,
Rotter and Sompolinsky, J. Neurosci. 23:3697 (2003), 10.1523/JNEUROSCI.23-09-03697.2003.
"""
from numbers import Real
from typing import ClassVar, NamedTuple

import numpy as np

from ..checks import finite_array, number, require
from ..model import Record, parameter
from ..spikes import spike_train

__all__ = ["STDP", "learn_swapped", "replay", "trace"]

MOST_AT_ONCE = 2000  # events per window: their traces stay in the cache
ROWS_PER_BLOCK = 16
LONGEST_WINDOW = 500  # in time constants: e^500 is still a number


class Tie(NamedTuple):
    """What equal times mean: which event is done first, and which spikes of that very moment
    each trace holds.
    """

    pre_first: bool
    x_side: str  # "right": a post spike sees the pre spike of its moment
    y_side: str  # "left": a pre spike doesn't see the post spike of its own


TIES = {
    "potentiate": Tie(True, "right", "left"), "depress": Tie(False, "left", "right"),
    "ignore": Tie(True, "left", "left")
}
PAIRINGS = {"all": np.add,
            "nearest": np.maximum}  # how a spike acts on its trace: one more, or back to one


def _chosen(name, value, table):
    if not isinstance(value, str) or value not in table:
        raise ValueError(f"{name} must be {' or '.join(map(repr, table))}, not {value!r}")
    return table[value]


class Traces:
    """The traces of n trains, read at increasing times: exact, whatever lies between the
    readings.
    """
    def __init__(self, trains, tau, side, jump):
        self.tau, self.side, self.jump = tau, side, jump
        self.spikes, self.neuron = merged(trains)
        self.value, self.now, self.done = np.zeros(len(trains)), 0.0, 0

    def at(self, t):
        """The traces (m, n) at times t (m,), m >= 1, sorted, no earlier than the last ones
        read.

        All is counted from t[0]: a spike at s adds exp((s - t[0])/tau) for good, and the common
        factor exp(-(t - t[0])/tau) lets everything fade at once. So a sum runs down the spikes,
        and no loop over them.
        """
        count = np.searchsorted(self.spikes, t, self.side)  # the spikes that each reading knows
        new = slice(self.done, count[-1])
        level = np.zeros((new.stop - new.start + 1, len(self.value)))
        level[0] = self.value * np.exp((self.now - t[0]) / self.tau)
        level[np.arange(1, len(level)), self.neuron[new]] = np.exp(
            (self.spikes[new] - t[0]) / self.tau)
        accumulate(self.jump, level)
        fade = np.exp((t[0] - t) / self.tau)
        self.value, self.now, self.done = level[-1] * fade[-1], t[-1], count[-1]
        return level[count - new.start] * fade[:, None]


def accumulate(jump, level):
    """`jump.accumulate(level, axis=0)` in place and twice as fast: blocks of rows side by side
    don't wait for each sum.
    """
    whole = len(level) // ROWS_PER_BLOCK * ROWS_PER_BLOCK
    if whole:
        blocks = level[:whole].reshape(-1, ROWS_PER_BLOCK, level.shape[1])
        for k in range(1, ROWS_PER_BLOCK):
            jump(blocks[:, k - 1], blocks[:, k], out=blocks[:, k])
        before = jump.accumulate(blocks[:-1, -1], axis=0)
        jump(blocks[1:], before[:, None], out=blocks[1:])
    rest = level[max(whole - 1, 0):]
    jump.accumulate(rest, axis=0, out=rest)


def merged(trains):
    """All spikes of some trains as one sorted train, and the number of the train that each
    belongs to.
    """
    times = np.concatenate([np.empty(0), *trains])
    number = np.repeat(np.arange(len(trains)), [len(train) for train in trains])
    order = np.argsort(times, kind="stable")
    return times[order], number[order]


def windows(times, tau):
    """Slices of sorted times, each short enough to be read from a `Memory` at once."""
    start = 0
    while start < len(times):
        end = np.searchsorted(times, times[start] + LONGEST_WINDOW * tau, "right")
        yield (part := slice(start, min(int(end), start + MOST_AT_ONCE)))
        start = part.stop


def trace(spikes, at, tau, side="right", pairing="all"):
    """The trace of one train at times `at` (m,), sorted: the sum of exp(-(t - s)/tau) over its
    spikes s before t.

    side "right" lets a spike at t itself count, "left" does not. pairing "nearest": the last
    spike alone.
    """
    memory = Traces([spike_train("spikes", spikes)], number("tau", tau, "positive"), side,
                    _chosen("pairing", pairing, PAIRINGS))
    at = spike_train("at", at)
    return np.concatenate(
        [np.empty(0), *(memory.at(at[part])[:, 0] for part in windows(at, tau))])


def replay(pre, post, w, at_pre, at_post, tau_x, tau_y, ties="potentiate", pairing="all"):
    """Any rule with two traces, spike by spike: (times of all events, weight after each).

    at_pre(w, y, gap) and at_post(w, x, gap) return the new weight; x is the trace of the pre
    spikes with time constant tau_x, y that of the post spikes with tau_y, gap the ms since the
    partner's last spike (inf before its first).
    """
    tie, pre, post = _chosen("ties", ties, TIES), spike_train("pre", pre), spike_train(
        "post", post)
    w, tau_x, tau_y = number("w", w), number("tau_x", tau_x, "positive"), number(
        "tau_y", tau_y, "positive")
    for name, rule in ("at_pre", at_pre), ("at_post", at_post):
        require(name, rule, "__call__", "a function of the weight, the trace and the gap")
    times, is_post = _in_order(pre, post, tie)
    met, gap = np.empty(len(times)), np.empty(len(times))
    for mine, own, other, tau, side in ((is_post, post, pre, tau_x, tie.x_side),
                                        (~is_post, pre, post, tau_y, tie.y_side)):
        met[mine] = trace(other, own, tau, side, pairing)
        gap[mine] = own - np.concatenate([[-np.inf], other])[np.searchsorted(other, own, side)]
    weights = []
    for with_post, level, since in zip(is_post.tolist(), met.tolist(), gap.tolist()):
        w = (at_post if with_post else at_pre)(w, level, since)
        weights.append(w)
    return times, np.array(weights, float)


def _in_order(pre, post, tie):
    """The times of all events in the order in which they act, and which of them are post
    spikes.
    """
    times = np.concatenate([pre, post] if tie.pre_first else [post, pre])
    order = np.argsort(times, kind="stable")
    return times[order], (order >= len(pre)) if tie.pre_first else (order < len(post))


class STDP(Record):
    """Pair-based plasticity of a weight w between w_min and w_max.

    mu = 1: soft bounds, a step is proportional to the room that is left; mu = 0: additive;
    between: Gütig's family. Whatever mu is, the weight is clipped to its bounds: soft bounds
    alone don't hold it once A times a trace passes 1.
    """

    may_vary: ClassVar = ()

    A_plus: float = parameter(0.01, "1", "A_+", 0.001, 0.05, "step of potentiation",
                              domain="positive")
    A_minus: float = parameter(0.012, "1", "A_-", 0.001, 0.05,
                               "step of depression, given positive", domain="positive")
    tau_plus: float = parameter(20.0, "ms", r"\tau_+", 5, 50,
                                "how long a pre spike is remembered", domain="positive")
    tau_minus: float = parameter(20.0, "ms", r"\tau_-", 5, 50,
                                 "how long a post spike is remembered", domain="positive")
    w_min: float = parameter(0.0, "1", r"w_\mathrm{min}", 0, 1, "lowest weight")
    w_max: float = parameter(1.0, "1", r"w_\mathrm{max}", 0, 1, "highest weight")
    mu: float = parameter(1.0, "1", r"\mu", 0, 1, "softness of the bounds: 1 soft, 0 additive",
                          domain="probability")

    def __post_init__(self):
        for name in ("A_plus", "A_minus"):
            value = getattr(self, name)
            if isinstance(value, Real) and value < 0:
                raise ValueError(
                    f"{name} of STDP must be above 0, not {value!r}: give it positive; "
                    "the sign is in the rule, which adds A_plus and subtracts A_minus")
        super().__post_init__()
        if self.w_min >= self.w_max:
            raise ValueError(
                f"w_min of STDP must be below w_max, but is {self.w_min:g} against "
                f"{self.w_max:g}"
            )

    # The rule

    def window(self, dt, w):
        """The change of the weight w by one pair of spikes with dt = t_post - t_pre in ms (any
        shape).
        """
        dt, w = finite_array("dt", dt, "times in ms"), self._weights("w", w)
        later = np.abs(dt)
        potentiation = self.A_plus * np.exp(-later / self.tau_plus) * (self.w_max - w)**self.mu
        depression = self.A_minus * np.exp(-later / self.tau_minus) * (w - self.w_min)**self.mu
        return np.where(dt >= 0, potentiation, -depression)[()]

    def at_pre(self, w, y, gap=None):
        """The weight after a pre spike that meets the trace y of the post spikes: depression.
        """
        room = w - self.w_min
        lowered = w - self.A_minus * room**self.mu * y
        return max(lowered, self.w_min) if type(w) is float else np.maximum(lowered, self.w_min)

    def at_post(self, w, x, gap=None):
        """The weight after a post spike that meets the trace x of the pre spikes: potentiation.
        """
        room = self.w_max - w
        raised = w + self.A_plus * room**self.mu * x
        return min(raised, self.w_max) if type(w) is float else np.minimum(raised, self.w_max)

    def trajectory(self, pre, post, w, ties="potentiate", pairing="all"):
        """(times of all events, weight after each) of one synapse that starts at w.

        pre, post: sorted spike times in ms. ties: what equal times do; "potentiate" (the pre
        event first, then the post event), "depress" (the post event first), "ignore" (the two
        spikes don't interact). pairing: "all", or "nearest": each spike meets the partner's
        last one alone.
        """
        w = self._weights("w", w)
        if w.ndim:
            raise ValueError(
                f"w must be one weight, but has shape {w.shape}; for many synapses there is "
                "learn"
            )
        return replay(pre, post, float(w), self.at_pre, self.at_post, self.tau_plus,
                      self.tau_minus, ties, pairing)

    def weight_after(self, pre, post, w, ties="potentiate", pairing="all"):
        """The weight of one synapse after all spikes, a float; see `trajectory`."""
        return float(np.append(w, self.trajectory(pre, post, w, ties, pairing)[1])[-1])

    def learn(self, pre_trains, post_trains, W, ties="potentiate", pairing="all"):
        """W[post, pre] after all events.

        pre_trains, post_trains: lists of sorted spike times in ms. Where both are the same
        object the neurons are the same, and no neuron has a synapse onto itself: the diagonal
        is left alone. W: (n_post, n_pre), or one number.
        """
        return self.history(pre_trains, post_trains, W, [np.inf], ties, pairing)[0]

    def history(self, pre_trains, post_trains, W, times, ties="potentiate", pairing="all"):
        """W[post, pre] after all events up to each of some increasing times: (len(times),
        n_post, n_pre).
        """
        tie, jump = _chosen("ties", ties, TIES), _chosen("pairing", pairing, PAIRINGS)
        if (np.diff(times := np.atleast_1d(np.asarray(times, float)))
                < 0).any() or np.isnan(times).any():
            raise ValueError(
                "times must increase, so that the history can be told in one go, but is "
                f"{times}"
            )
        same = pre_trains is post_trains
        pre_trains, post_trains = _trains("pre_trains", pre_trains), _trains(
            "post_trains", post_trains)
        W = self._matrix(W, len(post_trains), len(pre_trains))
        (pre, sender), (post, receiver) = merged(pre_trains), merged(post_trains)
        events, is_post = _in_order(pre, post, tie)
        number = np.empty(len(events), int)
        number[is_post], number[~is_post] = receiver, sender
        x = Traces(pre_trains, self.tau_plus, tie.x_side, jump)
        y = Traces(post_trains, self.tau_minus, tie.y_side, jump)
        diagonal, kept, start = np.diag(W).copy(), [], 0
        for end in np.searchsorted(events, times, "right"):
            for part in windows(events[start:end], min(self.tau_plus, self.tau_minus)):
                part = slice(start + part.start, start + part.stop)
                self._sweep(W, events[part], is_post[part], number[part], x, y)
            if same:
                np.fill_diagonal(W, diagonal)
            kept.append(W.copy())
            start = end
        return np.array(kept)

    def _sweep(self, W, events, is_post, number, x, y):
        """Let some events act on W in place: a spike changes its column as sender or its row as
        receiver.
        """
        met_x = x.at(events[is_post]) if is_post.any() else np.empty((0, W.shape[1]))
        met_y = y.at(events[~is_post]) if not is_post.all() else np.empty((0, W.shape[0]))
        if self.mu == 1:
            return self._soft_sweep(W, is_post.tolist(), number.tolist(), met_x, met_y)
        met_x, met_y = iter(met_x), iter(met_y)
        for with_post, k in zip(is_post.tolist(), number.tolist()):
            if with_post:
                W[k] = self.at_post(W[k], next(met_x))
            else:
                W[:, k] = self.at_pre(W[:, k], next(met_y))

    def _soft_sweep(self, W, is_post, number, x, y):
        """The same for mu = 1, four times faster.

        Counted from w_min, a post spike makes w <- w (1 - g) + range g and a pre spike w <- w
        (1 - g), g cut off at 1.
        """
        W -= self.w_min
        up = np.minimum(self.A_plus * x, 1)
        raised, kept = iter(zip(
            1 - up, (self.w_max - self.w_min) * up)), iter(1 - np.minimum(self.A_minus * y, 1))
        rows, columns, multiply, add = list(W), list(W.T), np.multiply, np.add
        for with_post, k in zip(is_post, number):
            if with_post:
                row, (factor, gain) = rows[k], next(raised)
                multiply(row, factor, row)
                add(row, gain, row)
            else:
                column = columns[k]
                multiply(column, next(kept), column)
        W += self.w_min

    # What to expect of it, for Poisson trains and small steps

    def balance(self, potentiation, depression):
        """The weight at which potentiation (w_max - w)^mu = depression (w - w_min)^mu; the two
        may be arrays.

        ValueError at mu = 0: there the drift doesn't depend on the weight, so nothing holds it
        between its bounds.
        """
        if self.mu == 0:
            raise ValueError(
                "mu must be above 0 for a fixed point: at mu = 0 the weight runs to one of its "
                "bounds"
            )
        odds = np.exp(np.minimum(np.log(np.divide(depression, potentiation)) / self.mu, 700.0))
        return (self.w_min + (self.w_max - self.w_min) / (1 + odds))[()]

    def fixed_point(self):
        """The mean weight in the long run under independent Poisson trains of any rates: the
        areas A tau decide.
        """
        return float(self.balance(self.A_plus * self.tau_plus, self.A_minus * self.tau_minus))

    def drift(self, w, r_pre, r_post):
        """dw/dt in 1/s at the weight w (any shape) under independent Poisson trains of r_pre
        and r_post Hz.
        """
        up = self.A_plus * self.tau_plus * (self.w_max - w)**self.mu
        down = self.A_minus * self.tau_minus * (w - self.w_min)**self.mu
        return r_pre * r_post * (up - down) / 1000

    def variance(self):
        """The variance of the weight around `fixed_point`, to first order in the amplitudes;
        free of the rates.

        The shot noise of the two traces, a^2 tau_plus + b^2 tau_minus, over twice what pulls
        the weight back.
        """
        w = self.fixed_point()
        high, low = self.w_max - w, w - self.w_min
        a, b = self.A_plus * high**self.mu, self.A_minus * low**self.mu
        pull = self.mu * (a * self.tau_plus / high + b * self.tau_minus / low)
        return (a * a * self.tau_plus + b * b * self.tau_minus) / (4 * pull)

    def correlated_fixed_point(self, rate, correlation, lag=0.0, jitter=0.0):
        """The mean weight in the long run between two `correlated_trains` of equal rate (Hz).

        lag: post minus pre of a shared spike, ms, any shape; jitter: its standard deviation on
        each of the two, ms. To the areas of all pairs by chance, rate^2 A tau, the shared pairs
        add correlation * rate * A * E[exp(-|S|/tau)] on the side where S = post - pre lies; S =
        0 exactly is a tie and potentiates.
        """
        r, correlation = number("rate", rate, "positive", "Hz") / 1000, number(
            "correlation", correlation, "probability")
        lag, jitter = finite_array("lag", lag, "times in ms"), number(
            "jitter", jitter, "nonnegative", "ms")
        after, before = (shared_pairs(lag, tau, jitter, tied)
                         for lag, tau, tied in ((lag, self.tau_plus, 1.0),
                                                (-lag, self.tau_minus, 0.0)))
        return self.balance(self.A_plus * (r * r * self.tau_plus + correlation * r * after),
                            self.A_minus * (r * r * self.tau_minus + correlation * r * before))

    def nearest_fixed_point(self, r_pre, r_post):
        """The mean weight in the long run with pairing "nearest", independent Poisson trains of
        r_pre and r_post Hz.
        """
        r_pre, r_post = number("r_pre", r_pre, "positive", "Hz"), number(
            "r_post", r_post, "positive", "Hz")
        x, y = r_pre * self.tau_plus / 1000, r_post * self.tau_minus / 1000
        return float(
            self.balance(r_post * self.A_plus * x / (1 + x), r_pre * self.A_minus * y /
                         (1 + y)))

    def grid_fixed_point(self, h):
        """The mean weight in the long run when time goes in steps of h ms and equal steps count
        as potentiation.
        """
        h = number("h", h, "positive", "ms")
        up, down = (np.exp(-h / tau) for tau in (self.tau_plus, self.tau_minus))
        return float(self.balance(self.A_plus / (1 - up), self.A_minus * down / (1 - down)))

    # What a learner may hand in

    def _weights(self, name, w):
        w = finite_array(name, w, f"weights from {self.w_min:g} to {self.w_max:g}")
        if ((w < self.w_min) | (w > self.w_max)).any():
            worst = w.flat[np.argmax(np.abs(w - (self.w_min + self.w_max) / 2))]
            raise ValueError(
                f"{name} must lie from w_min = {self.w_min:g} to w_max = {self.w_max:g}, "
                f"but holds {worst:g}; clip it, or change the bounds")
        return w

    def _matrix(self, W, n_post, n_pre):
        W = self._weights("W", W)
        if W.shape not in ((), (n_post, n_pre)):
            raise ValueError(
                f"W must be W[post, pre] with shape ({n_post}, {n_pre}), one row per post "
                "train and one "
                f"column per pre train, but has shape {W.shape}")
        return np.array(np.broadcast_to(W, (n_post, n_pre)))


def shared_pairs(lag, tau, jitter, tied):
    """E[exp(-S/tau); S > 0] for S normal around `lag` with standard deviation sqrt(2) jitter;
    `tied` where S = 0.
    """
    if not jitter:
        return np.where(lag > 0, np.exp(-np.abs(lag) / tau), np.where(lag == 0, tied, 0.0))
    from scipy.special import log_ndtr
    s = np.sqrt(2) * jitter
    return np.exp(-lag / tau + (s / tau)**2 / 2 + log_ndtr(lag / s - s / tau))


def learn_swapped(rule, pre_trains, post_trains, W, ties="depress"):
    """W[post, pre] under the rule with the roles of the two spikes swapped: pre spikes
    potentiate, post spikes depress.

    It is the right rule seen in a mirror: exchange pre with post, and the two time constants.
    ties: what equal times do, as in `STDP.learn`; "depress" is the printed order, in which the
    pre event acts first and the post event meets it.
    """
    require("rule", rule, "tau_minus", "an STDP rule, such as STDP()")
    for name, trains in ("pre_trains", pre_trains), ("post_trains", post_trains):
        _trains(name, trains)  # refused under the name that it has here
    mirror = rule.but(tau_plus=rule.tau_minus, tau_minus=rule.tau_plus)
    return mirror.learn(post_trains, pre_trains, np.transpose(W), ties).T


def _trains(name, trains):
    try:
        trains = list(trains)
    except TypeError:
        raise TypeError(f"{name} must be a list of spike trains, not {trains!r}") from None
    return [spike_train(f"{name}[{k}]", train) for k, train in enumerate(trains)]
