"""Spike-timing-dependent plasticity: how a synapse changes with the order of two spikes.

A pair of spikes with dt = t_post - t_pre changes the weight by +A_plus exp(-dt/tau_plus)
(w_max - w)^mu where dt >= 0, and by -A_minus exp(dt/tau_minus) (w - w_min)^mu where
dt < 0. All pairs count. Two traces form the sum over pairs exactly: x follows the pre
spikes, y the post spikes. Each jumps by 1 at its own spikes and fades with its own time
constant, and

    a pre spike meets y:    w <- w - A_minus (w - w_min)^mu y    (depression)
    a post spike meets x:   w <- w + A_plus (w_max - w)^mu x     (potentiation)

These are `at_pre` and `at_post`; `learn` moves the traces. Times are exact, in ms; there is no
grid. Matrices are W[post, pre]. Rates are in Hz.
Song, Miller and Abbott, Nat. Neurosci. 3:919 (2000), 10.1038/78829; the exponent mu:
Gütig, Aharonov, Rotter and Sompolinsky, J. Neurosci. 23:3697 (2003),
10.1523/JNEUROSCI.23-09-03697.2003.
"""
import math
from numbers import Real

import numpy as np

from ..checks import finite_array, number, require
from ..model import Record, parameter
from ..registry import has_fast_form
from ..spikes import spike_train

__all__ = [
    "PAIRINGS", "POST_MEETS_X", "PRE_MEETS_Y", "STDP", "TIES", "X_JUMPS", "Y_JUMPS", "chosen",
    "learn_swapped", "replay", "trace"
]

# what a spike does, and in which order the spikes of one moment do it
PRE_MEETS_Y = "a pre spike meets y"
X_JUMPS = "x jumps"
POST_MEETS_X = "a post spike meets x"
Y_JUMPS = "y jumps"
LOOK = "the weights are noted"
TIES = {
    "potentiate": (PRE_MEETS_Y, X_JUMPS, POST_MEETS_X, Y_JUMPS, LOOK),
    "depress": (POST_MEETS_X, Y_JUMPS, PRE_MEETS_Y, X_JUMPS, LOOK),
    "ignore": (PRE_MEETS_Y, POST_MEETS_X, X_JUMPS, Y_JUMPS, LOOK),
}
# how a spike acts on its trace: it adds 1, or it sets the trace to 1
PAIRINGS = {"all": lambda trace: trace + 1.0, "nearest": lambda trace: 1.0}


def chosen(name, value, table):
    """The entry `value` of a table, or a ValueError that names `name` and lists the entries."""
    if not isinstance(value, str) or value not in table:
        raise ValueError(f"{name} must be {' or '.join(map(repr, table))}, not {value!r}")
    return table[value]


def in_order(pre_trains, post_trains, ties, looks=()):
    """All that happens, a list of (time, what, number of the neuron), in order of time."""
    order = chosen("ties", ties, TIES)
    trains = {PRE_MEETS_Y: pre_trains, X_JUMPS: pre_trains, POST_MEETS_X: post_trains,
              Y_JUMPS: post_trains, LOOK: [looks]}
    acts = sorted((float(t), place, k) for place, what in enumerate(order)
                  for k, train in enumerate(trains[what]) for t in train)
    return [(t, order[place], k) for t, place, k in acts]


def replay(pre, post, w, at_pre, at_post, tau_x, tau_y, ties="potentiate", pairing="all"):
    """Any rule with two traces, spike by spike: (times of all spikes, weight after each).

    at_pre(w, y, gap) and at_post(w, x, gap) return the new weight; x is the trace of the
    pre spikes with time constant tau_x, y that of the post spikes with tau_y, gap the ms
    since the partner's last spike (inf before its first).
    Derived in notebook 06, section 2, step 5.
    """
    pre = spike_train("pre", pre)
    post = spike_train("post", post)
    w = number("w", w)
    tau_x = number("tau_x", tau_x, "positive")
    tau_y = number("tau_y", tau_y, "positive")
    jump = chosen("pairing", pairing, PAIRINGS)
    for name, rule in (("at_pre", at_pre), ("at_post", at_post)):
        require(name, rule, "__call__", "a function of the weight, the trace and the gap")
    x = y = now = 0.0
    last_pre = last_post = -math.inf
    times = []
    weights = []
    for t, what, _ in in_order([pre], [post], ties):
        x = x * math.exp((now - t) / tau_x)
        y = y * math.exp((now - t) / tau_y)
        now = t
        if what == X_JUMPS:
            x = jump(x)
            last_pre = t
        elif what == Y_JUMPS:
            y = jump(y)
            last_post = t
        else:
            w = at_pre(w, y, t - last_post) if what == PRE_MEETS_Y else at_post(w, x, t - last_pre)
            times.append(t)
            weights.append(w)
    return np.array(times), np.array(weights, float)


def trace(spikes, at, tau, side="right", pairing="all"):
    """The trace of one train at times `at` (m,), sorted: sum of exp(-(t - s)/tau) over spikes s.

    It is what a post spike at each of these times would meet. side: "right" where a spike
    at t itself counts, "left" where it does not. pairing: "nearest" for the last spike alone.
    Derived in notebook 06, section 2, step 4.
    """
    spikes = spike_train("spikes", spikes)
    at = spike_train("at", at)
    tau = number("tau", tau, "positive")
    ties = chosen("side", side, {"right": "potentiate", "left": "depress"})
    met = []
    replay(spikes, at, 0.0, lambda w, y, gap: w, lambda w, x, gap: met.append(x), tau, tau, ties,
           pairing)
    return np.array(met, float)


class STDP(Record):
    """Pair-based plasticity of a weight w between w_min and w_max.

    mu = 1: soft bounds, a step is proportional to the distance to the bound; mu = 0:
    additive; between: Gütig's family. Whatever mu is, the weight is clipped to its
    bounds, because soft bounds alone don't hold it once A times a trace passes 1.

    >>> rule = STDP()
    >>> round(rule.weight_after([50], [60], w=0.5), 6)  # pre before post: potentiation
    0.503033
    >>> rule.learn([[50], [70]], [[60]], W=0.5).round(4).tolist()  # W[post, pre]
    [[0.503, 0.4964]]
    """

    may_vary = ()

    A_plus: float = parameter(0.01, "1", "A_+", 0.001, 0.05, "potentiation amplitude",
                              "positive")
    A_minus: float = parameter(0.012, "1", "A_-", 0.001, 0.05,
                               "depression amplitude: a positive number, the rule subtracts it",
                               "positive")
    tau_plus: float = parameter(20.0, "ms", r"\tau_+", 5, 50,
                                "pre-trace time constant: how fast a pre spike is forgotten",
                                "positive")
    tau_minus: float = parameter(20.0, "ms", r"\tau_-", 5, 50,
                                 "post-trace time constant: how fast a post spike is forgotten",
                                 "positive")
    w_min: float = parameter(0.0, "1", r"w_\mathrm{min}", 0, 1, "lowest weight")
    w_max: float = parameter(1.0, "1", r"w_\mathrm{max}", 0, 1, "highest weight")
    mu: float = parameter(1.0, "1", r"\mu", 0, 1,
                          "bound exponent: 1 gives soft bounds, 0 an additive rule",
                          "probability")

    def __post_init__(self):
        for name in ("A_plus", "A_minus"):
            value = getattr(self, name)
            if isinstance(value, Real) and value < 0:
                raise ValueError(
                    f"{name} of STDP must be above 0, not {value!r}: give it positive; the sign "
                    "is in the rule, which adds A_plus and subtracts A_minus")
        super().__post_init__()
        if self.w_min >= self.w_max:
            raise ValueError(f"w_min of STDP must be below w_max, but is {self.w_min:g} against "
                             f"{self.w_max:g}")

    # The rule

    def window(self, dt, w):
        """The change of the weight w by one pair with dt = t_post - t_pre in ms, any shape.

        Derived in notebook 06, section 1.
        """
        dt = finite_array("dt", dt, "times in ms")
        w = self._weights("w", w)
        potentiation = self.A_plus * (self.w_max - w)**self.mu * np.exp(-np.abs(dt) / self.tau_plus)
        depression = self.A_minus * (w - self.w_min)**self.mu * np.exp(-np.abs(dt) / self.tau_minus)
        return np.where(dt >= 0, potentiation, -depression)[()]

    def at_pre(self, w, y, gap=None):
        """The weight after a pre spike that meets the trace y of the post spikes: depression.

        Derived in notebook 06, section 2, step 3.
        """
        return np.maximum(w - self.A_minus * (w - self.w_min)**self.mu * y, self.w_min)

    def at_post(self, w, x, gap=None):
        """The weight after a post spike that meets the trace x of the pre spikes: potentiation.

        Derived in notebook 06, section 2, step 2.
        """
        return np.minimum(w + self.A_plus * (self.w_max - w)**self.mu * x, self.w_max)

    def trajectory(self, pre, post, w, ties="potentiate", pairing="all"):
        """(times of all spikes, weight after each) of one synapse that starts at w.

        pre, post: sorted spike times in ms. ties: what equal times do; "potentiate" (the
        pre spike first, then the post spike), "depress" (the post spike first), "ignore"
        (the two don't interact). Times that differ by rounding, such as 0.1 + 0.2 and
        0.3, are not a tie. pairing: "all", or "nearest": each spike meets the last spike of
        its partner alone.
        Derived in notebook 06, section 2, step 5.
        """
        w = self._weights("w", w)
        if w.ndim:
            raise ValueError(f"w must be one weight, but has shape {w.shape}; for many synapses "
                             "there is learn")
        return replay(pre, post, float(w), self.at_pre, self.at_post, self.tau_plus,
                      self.tau_minus, ties, pairing)

    def weight_after(self, pre, post, w, ties="potentiate", pairing="all"):
        """The weight of one synapse after all spikes, a float; see `trajectory`."""
        return float(np.append(w, self.trajectory(pre, post, w, ties, pairing)[1])[-1])

    @has_fast_form
    def learn(self, pre_trains, post_trains, W, ties="potentiate", pairing="all", times=None):
        """W[post, pre] after all spikes.

        pre_trains, post_trains: lists of sorted spike times in ms. Where both are the
        same object the neurons are the same and have no synapse onto themselves: the
        diagonal is left alone. W: (n_post, n_pre), or one number. times: increasing;
        where they are given, W at each of them, (len(times), n_post, n_pre). ties,
        pairing: see `trajectory`.
        Derived in notebook 06, section 2, step 5.
        """
        pre, post, W, looks = self.ready(pre_trains, post_trains, W, times)
        jump = chosen("pairing", pairing, PAIRINGS)
        own = np.diag(W).copy()
        x = np.zeros(len(pre))
        y = np.zeros(len(post))
        now = 0.0
        noted = []
        for t, what, k in in_order(pre, post, ties, looks):
            if what == LOOK:
                if pre_trains is post_trains:
                    np.fill_diagonal(W, own)
                noted.append(W.copy())
                continue
            x *= math.exp((now - t) / self.tau_plus)  # both traces fade
            y *= math.exp((now - t) / self.tau_minus)
            now = t
            if what == PRE_MEETS_Y:
                W[:, k] = self.at_pre(W[:, k], y)
            elif what == POST_MEETS_X:
                W[k] = self.at_post(W[k], x)
            elif what == X_JUMPS:
                x[k] = jump(x[k])
            else:
                y[k] = jump(y[k])
        return noted[0] if times is None else np.array(noted)

    def history(self, pre_trains, post_trains, W, times, ties="potentiate", pairing="all"):
        """W[post, pre] after all spikes up to each of some times: (len(times), n_post, n_pre)."""
        return self.learn(pre_trains, post_trains, W, ties, pairing, times)

    def ready(self, pre_trains, post_trains, W, times=None):
        """(pre trains, post trains, a copy of W, the times at which to note it), all checked."""
        pre = _trains("pre_trains", pre_trains)
        post = pre if post_trains is pre_trains else _trains("post_trains", post_trains)
        W = self._weights("W", W)
        if W.shape not in ((), (len(post), len(pre))):
            raise ValueError(
                f"W must be W[post, pre] with shape ({len(post)}, {len(pre)}), one row per post "
                f"train and one column per pre train, but has shape {W.shape}")
        looks = [np.inf] if times is None else spike_train("times", times, "times in ms")
        return pre, post, np.array(np.broadcast_to(W, (len(post), len(pre)))), looks

    # What to expect of it, for Poisson trains and small steps

    def balance(self, potentiation, depression):
        """The weight at which potentiation (w_max - w)^mu = depression (w - w_min)^mu.

        The two may be arrays. Raises ValueError at mu = 0: there the drift doesn't depend
        on the weight, so that nothing holds it between its bounds.
        Derived in notebook 06, section 3, step 5.
        """
        if self.mu == 0:
            raise ValueError("mu must be above 0 for a fixed point: at mu = 0 the weight runs to "
                             "one of its bounds")
        odds = np.exp(np.minimum(np.log(np.divide(depression, potentiation)) / self.mu, 700.0))
        return (self.w_min + (self.w_max - self.w_min) / (1 + odds))[()]

    def fixed_point(self):
        """The mean weight in the long run under independent Poisson trains of any rates.

        Derived in notebook 06, section 3, step 5.
        """
        return float(self.balance(self.A_plus * self.tau_plus, self.A_minus * self.tau_minus))

    def variance(self):
        """The variance of the weight around `fixed_point`, to first order in the amplitudes.

        The shot noise of the two traces, a^2 tau_plus + b^2 tau_minus, over twice what
        pulls the weight back; the rates cancel.
        """
        w = self.fixed_point()
        high = self.w_max - w
        low = w - self.w_min
        a = self.A_plus * high**self.mu
        b = self.A_minus * low**self.mu
        pull = self.mu * (a * self.tau_plus / high + b * self.tau_minus / low)
        return (a * a * self.tau_plus + b * b * self.tau_minus) / (4 * pull)

    def correlated_fixed_point(self, rate, correlation, lag=0.0, jitter=0.0):
        """The mean weight in the long run between two `correlated_trains` of equal rate (Hz).

        lag: post minus pre of a shared spike, ms, any shape; jitter: its standard
        deviation on each of the two, ms. To the areas of all random pairs, rate^2 A
        tau, the shared pairs add correlation * rate * A * E[exp(-|S|/tau)] on the side
        where S = post - pre lies; S = 0 exactly is a tie and potentiates.
        Derived in notebook 06, section 4.
        """
        r = number("rate", rate, "positive", "Hz") / 1000
        correlation = number("correlation", correlation, "probability")
        lag = finite_array("lag", lag, "times in ms")
        jitter = number("jitter", jitter, "nonnegative", "ms")
        after = shared_pairs(lag, self.tau_plus, jitter, tied=1.0)
        before = shared_pairs(-lag, self.tau_minus, jitter, tied=0.0)
        return self.balance(self.A_plus * (r * r * self.tau_plus + correlation * r * after),
                            self.A_minus * (r * r * self.tau_minus + correlation * r * before))

    def _weights(self, name, w):
        w = finite_array(name, w, f"weights from {self.w_min:g} to {self.w_max:g}")
        if ((w < self.w_min) | (w > self.w_max)).any():
            worst = w.flat[np.argmax(np.abs(w - (self.w_min + self.w_max) / 2))]
            raise ValueError(
                f"{name} must lie from w_min = {self.w_min:g} to w_max = {self.w_max:g}, "
                f"but holds {worst:g}; clip it, or change the bounds")
        return w


def shared_pairs(lag, tau, jitter, tied):
    """E[exp(-S/tau); S > 0] for S normal around `lag` with sd sqrt(2) jitter; `tied` at S = 0."""
    if not jitter**2:  # none, or so little that its square vanishes
        return np.where(lag > 0, np.exp(-np.abs(lag) / tau), tied * (lag == 0))
    from scipy.special import log_ndtr

    s = np.sqrt(2) * jitter
    return np.exp(-lag / tau + (s / tau)**2 / 2 + log_ndtr(lag / s - s / tau))


def learn_swapped(rule, pre_trains, post_trains, W, ties="depress"):
    """W[post, pre] under the rule with swapped roles: pre spikes potentiate, post spikes depress.

    It is the right rule seen in a mirror: exchange pre with post, and the two time
    constants. ties: what equal times do, as in `STDP.learn`; "depress" is the printed
    order, in which the pre spike acts first and the post spike meets it.
    """
    require("rule", rule, "tau_minus", "an STDP rule, such as STDP()")
    _, _, W, _ = rule.ready(pre_trains, post_trains, W)  # refused under the names they have here
    mirror = rule.but(tau_plus=rule.tau_minus, tau_minus=rule.tau_plus)
    return mirror.learn(post_trains, pre_trains, W.T, ties).T


def _trains(name, trains):
    if isinstance(trains, str) or not np.iterable(trains):
        raise TypeError(f"{name} must be a list of spike trains, not {trains!r}")
    return [spike_train(f"{name}[{k}]", train) for k, train in enumerate(trains)]
