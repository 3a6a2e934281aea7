"""`STDP.learn` in windows of spikes: all traces that they meet are read at once.

Counted from the start of a window, a spike at s adds exp(s/tau) for good, and the common
factor exp(-t/tau) lets all traces fade at once. A cumulative sum down the spikes
therefore replaces the loop over them, and only the steps of the weights remain, each for
a row or a column.
"""
import numpy as np

from ..models.stdp import (
    PAIRINGS,
    POST_MEETS_X,
    PRE_MEETS_Y,
    STDP,
    TIES,
    X_JUMPS,
    Y_JUMPS,
    chosen,
)
from ..registry import fast_form
from ..spikes import merged

MOST_AT_ONCE = 2000  # spikes per window: their traces stay in the cache
ROWS_PER_BLOCK = 16
LONGEST_WINDOW = 500  # in time constants: e^500 is still a number
JUMPS = {"all": np.add, "nearest": np.maximum}


@fast_form(STDP.learn, STDP)
def learn(rule, pre_trains, post_trains, W, ties="potentiate", pairing="all", times=None):
    """W[post, pre] after all spikes, or at each of some times."""
    pre, post, W, looks = rule.ready(pre_trains, post_trains, W, times)
    chosen("pairing", pairing, PAIRINGS)
    order = chosen("ties", ties, TIES)
    events, is_post, number = all_events(pre, post, order)
    x = Traces(pre, rule.tau_plus, side(order, X_JUMPS, POST_MEETS_X), JUMPS[pairing])
    y = Traces(post, rule.tau_minus, side(order, Y_JUMPS, PRE_MEETS_Y), JUMPS[pairing])
    own = np.diag(W).copy()
    sweep = {1: soft_sweep, 0: hard_sweep}.get(rule.mu, any_sweep)
    noted = []
    start = 0
    for end in np.searchsorted(events, looks, "right"):
        for part in windows(events, start, end, min(rule.tau_plus, rule.tau_minus)):
            with_post = is_post[part]
            met_x = x.at(events[part][with_post])
            met_y = y.at(events[part][~with_post])
            sweep(rule, W, with_post.tolist(), number[part].tolist(), met_x, met_y)
        if pre_trains is post_trains:
            np.fill_diagonal(W, own)
        noted.append(W.copy())
        start = end
    return noted[0] if times is None else np.array(noted)


def side(order, jumps, meets):
    """The side of `searchsorted` on which spikes of the very moment are met, or are not."""
    return "right" if order.index(jumps) < order.index(meets) else "left"


def all_events(pre, post, order):
    """(times, which are post spikes, number of the neuron) of all spikes, in their order."""
    kinds = [False, True] if order.index(PRE_MEETS_Y) < order.index(POST_MEETS_X) else [True, False]
    trains = {False: merged(pre), True: merged(post)}
    times, number = (np.concatenate(parts) for parts in zip(*(trains[kind] for kind in kinds)))
    is_post = np.repeat(kinds, [len(trains[kind][0]) for kind in kinds])
    sort = np.argsort(times, kind="stable")
    return times[sort], is_post[sort], number[sort]


def windows(times, start, end, tau):
    """Slices of sorted times from start to end, each short enough for `Traces.at`."""
    while start < end:
        last = int(np.searchsorted(times, times[start] + LONGEST_WINDOW * tau, "right"))
        stop = min(last, start + MOST_AT_ONCE, int(end))
        yield slice(start, stop)
        start = stop


class Traces:
    """The traces of n trains, read at increasing times, whatever lies between the readings."""

    def __init__(self, trains, tau, side, jump):
        self.tau = tau
        self.side = side
        self.jump = jump
        self.spikes, self.neuron = merged(trains)
        self.value = np.zeros(len(trains))
        self.now = 0.0
        self.done = 0

    def at(self, t):
        """The traces (m, n) at times t (m,), sorted, no earlier than the last ones read."""
        if not len(t):
            return np.empty((0, len(self.value)))
        count = np.searchsorted(self.spikes, t, self.side)  # the spikes that each reading knows
        new = slice(self.done, count[-1])
        level = np.zeros((new.stop - new.start + 1, len(self.value)))
        level[0] = self.value * np.exp((self.now - t[0]) / self.tau)
        rows = np.arange(1, len(level))
        level[rows, self.neuron[new]] = np.exp((self.spikes[new] - t[0]) / self.tau)
        accumulate(self.jump, level)
        fade = np.exp((t[0] - t) / self.tau)
        self.value = level[-1] * fade[-1]
        self.now = t[-1]
        self.done = count[-1]
        return level[count - new.start] * fade[:, None]


def accumulate(jump, level):
    """`jump.accumulate(level, axis=0)` in place and twice as fast.

    Blocks of rows side by side don't wait for each sum.
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


def any_sweep(rule, W, is_post, number, met_x, met_y):
    """Let the spikes of a window act on W in place."""
    met_x = iter(met_x)
    met_y = iter(met_y)
    for with_post, k in zip(is_post, number):
        if with_post:
            W[k] = rule.at_post(W[k], next(met_x))
        else:
            W[:, k] = rule.at_pre(W[:, k], next(met_y))


def hard_sweep(rule, W, is_post, number, met_x, met_y):
    """The same for mu = 0, where no step depends on the weight."""
    raised = iter(rule.A_plus * met_x)
    lowered = iter(rule.A_minus * met_y)
    rows = list(W)
    columns = list(W.T)
    for with_post, k in zip(is_post, number):
        if with_post:
            np.minimum(rows[k] + next(raised), rule.w_max, out=rows[k])
        else:
            np.maximum(columns[k] - next(lowered), rule.w_min, out=columns[k])


def soft_sweep(rule, W, is_post, number, met_x, met_y):
    """The same for mu = 1, four times faster.

    Counted from w_min, a post spike makes w <- w (1 - g) + range g and a pre spike w <- w
    (1 - g), where g is cut off at 1.
    """
    W -= rule.w_min
    up = np.minimum(rule.A_plus * met_x, 1)
    raised = iter(zip(1 - up, (rule.w_max - rule.w_min) * up))
    kept = iter(1 - np.minimum(rule.A_minus * met_y, 1))
    rows = list(W)
    columns = list(W.T)
    multiply = np.multiply
    add = np.add
    for with_post, k in zip(is_post, number):
        if with_post:
            row = rows[k]
            factor, gain = next(raised)
            multiply(row, factor, row)
            add(row, gain, row)
        else:
            multiply(columns[k], next(kept), columns[k])
    W += rule.w_min
