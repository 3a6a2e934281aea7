"""Questions of notebook 06: windows, traces, fixed points, bands; ties, soft bounds, triplets.
"""
import numpy as np

from ..models.stdp import STDP
from ..questions.check import Exercise, Prediction, teacher

__all__ = ["EXERCISES", "PREDICTIONS", "check", "predict"]


def _rule(rng):
    """Four random numbers of a rule: A_plus, A_minus, tau_plus, tau_minus."""
    return rng.uniform(0.005, 0.02), rng.uniform(0.005, 0.02), rng.uniform(10, 25), rng.uniform(
        26, 50)


def _window(dt, w, A_plus, A_minus, tau_plus, tau_minus):
    if dt >= 0:
        return A_plus * np.exp(-dt / tau_plus) * (1 - w)
    return -A_minus * np.exp(dt / tau_minus) * w


def _hard_window(dt, w, A_plus, A_minus, tau_plus, tau_minus):
    return A_plus * np.exp(-dt / tau_plus) if dt >= 0 else -A_minus * np.exp(dt / tau_minus)


def _printed_window(dt, w, A_plus, A_minus, tau_plus, tau_minus):
    return A_plus * np.exp(dt / tau_plus) * (1 - w) if dt >= 0 else -A_minus * np.exp(
        dt / tau_minus) * w


def _pre_spike(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x, y = x * np.exp(-gap / tau_plus), y * np.exp(-gap / tau_minus)
    return w - A_minus * w * y, x + 1, y


def _swapped_pre_spike(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x, y = x * np.exp(-gap / tau_plus), y * np.exp(-gap / tau_minus)
    return w - A_minus * w * x, x + 1, y


def _pre_spike_that_jumps_y(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x, y = x * np.exp(-gap / tau_plus), y * np.exp(-gap / tau_minus)
    return w - A_minus * w * y, x, y + 1


def _pre_spike_without_decay(w, x, y, gap, A_minus, tau_plus, tau_minus):
    return w - A_minus * w * y, x + 1, y


def _pre_spike_twice_decayed(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x, y = x * np.exp(-gap / tau_plus), y * np.exp(-gap / tau_minus)
    return w - A_minus * w * y * np.exp(-gap / tau_minus), x + 1, y


def _fixed_point(A_plus, A_minus, tau_plus, tau_minus):
    return A_plus * tau_plus / (A_plus * tau_plus + A_minus * tau_minus)


def _pre_spike_with_crossed_times(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x, y = x * np.exp(-gap / tau_minus), y * np.exp(-gap / tau_plus)
    return w - A_minus * w * y, x + 1, y


def _pre_spike_that_raises(w, x, y, gap, A_minus, tau_plus, tau_minus):
    x, y = x * np.exp(-gap / tau_plus), y * np.exp(-gap / tau_minus)
    return w + A_minus * (1 - w) * y, x + 1, y


def _window_with_rooms_exchanged(dt, w, *p):
    return _window(dt, 1 - w, *p)


def _window_with_a_negative_tie(dt, w, A_plus, A_minus, tau_plus, tau_minus):
    return _window(dt, w, A_plus, A_minus, tau_plus, tau_minus) if dt else -A_minus * w


def _hides_its_bands(rule):
    """Whether a rule's synchronous groups are as strong as all else, and all else is at three
    quarters.
    """
    return _invisible(rule) and _high(rule)


def _invisible(rule):
    return isinstance(
        rule,
        STDP) and abs(rule.correlated_fixed_point(10, 0.3, jitter=2)
                      - rule.fixed_point()) < 0.003


def _high(rule):
    return isinstance(rule, STDP) and abs(rule.fixed_point() - 0.75) < 0.003


def _grid_potentiation(A_plus, tau_plus, h):
    return A_plus / (1 - np.exp(-h / tau_plus))


def _balance(alpha, mu):
    return 1 / (1 + alpha**(1 / mu))


def _nearest_sum(rule, pre, post, w):
    return rule.weight_after(pre, post, w, pairing="nearest")


def _oldest_sum(rule, pre, post, w):
    """Each spike meets the partner's first spike in place of its last one."""
    for now, is_post in sorted([(t, 0) for t in pre] + [(s, 1) for s in post]):
        known = [t for t in pre if t <= now] if is_post else [s for s in post if s < now]
        w += (rule.window(now
                          - known[0], w) if is_post else rule.window(known[0]
                                                                     - now, w)) if known else 0
    return w


def _trains_with_ties(rng):
    """A rule, a pre and a post train on a clock of 1 ms, in which every third post spike ties
    with a pre spike, and a weight.
    """
    pre, post = (np.unique(rng.integers(0, 600, 14)).astype(float) for _ in range(2))
    post[::3] = rng.choice(pre, len(post[::3]))
    A_plus, A_minus, tau_plus, tau_minus = _rule(rng)
    rule = STDP(A_plus=A_plus, A_minus=A_minus, tau_plus=tau_plus, tau_minus=tau_minus,
                mu=rng.choice([0.0, 0.3, 1.0]))
    return rule, list(pre), sorted(post), rng.uniform(0.3, 0.7)


def _spread(A_plus, A_minus, tau_plus, tau_minus):
    w = _fixed_point(A_plus, A_minus, tau_plus, tau_minus)
    a, b = A_plus * (1 - w), A_minus * w
    return np.sqrt((a * a * tau_plus + b * b * tau_minus) /
                   (4 * (A_plus * tau_plus + A_minus * tau_minus)))


def _threshold(A2_minus, A3_plus, tau_plus, tau_minus, tau_y):
    return 1000 * A2_minus * tau_minus / (A3_plus * tau_plus * tau_y)


def _firing_order(W):
    return np.argsort(W.sum(axis=1) - W.sum(axis=0))


def _shuffled_wave(rng):
    """The weights of nine neurons that fire one after the other, in an unknown order, with some
    noise.
    """
    place = rng.permutation(9)
    W = STDP(A_minus=0.006, tau_plus=17, tau_minus=34).correlated_fixed_point(
        10, 0.3, 5.0 * (place[:, None] - place), 1.0)
    return W + rng.normal(0, 0.003, (9, 9))


EXERCISES = {
    "window": Exercise(
        right=_window, inputs=lambda rng:
        (rng.choice([-1, -1, 0, 1]) * rng.uniform(5, 50), rng.uniform(0.2, 0.8), *_rule(rng)),
        expects="Return one number: the change of w by one pair.", why=
        "Both branches fade with the distance of the two spikes; each shrinks with the room "
        "that is left on its side.",
        wrong={
            "One of your branches grows with the distance of the two spikes. Try dt = 50 ms "
            "and dt = -50 ms.": _printed_window,
            "Both orders strengthen your synapse. Which sign does post before pre need?": lambda
            *p: abs(_window(*p)),
            "Your change does not depend on w: where are the soft bounds?": _hard_window,
            "Which room has a weight that rises, and which one that falls?": _window_with_rooms_exchanged,
            "Everything but one case: what does the rule do at dt = 0?": _window_with_a_negative_tie,
            "Your window is the mirror image: dt > 0 means that the post spike came later.": lambda
            dt, *p: _window(-dt, *p),
        }),
    "pre spike": Exercise(
        right=_pre_spike, inputs=lambda rng:
        (rng.uniform(0.2, 0.8), *rng.uniform(0.2, 2, 2), rng.uniform(5, 30),
         rng.uniform(0.01, 0.05), rng.uniform(10, 25), rng.uniform(26, 50)),
        expects="Return three numbers, (w, x, y), as they are just after the pre spike.", why=
        "Let both traces fade, read the post trace with the weight as it was, and only then "
        "let the pre trace jump.",
        wrong={
            "The pre spike read its own trace. Which trace remembers the spikes of the other "
            "neuron?": _swapped_pre_spike,
            "Something jumped that should not: this is a pre spike.": _pre_spike_that_jumps_y,
            "The traces were read as they were after the last event. What happened to them in "
            "the gap?": _pre_spike_without_decay,
            "The trace already holds the exponential. You counted it twice.": _pre_spike_twice_decayed,
            "Which time constant belongs to which trace?": _pre_spike_with_crossed_times,
            "Your pre spike strengthens the synapse. It came after the post spikes that y "
            "remembers.": _pre_spike_that_raises,
            "Only the weight came back, or not all three numbers.": lambda *p: _pre_spike(*p)[0
                                                                                              ],
        }),
    "depression": Exercise(
        right=lambda r_pre, r_post, A_minus, tau_minus, w: r_pre * r_post * A_minus * tau_minus
        * w, inputs=lambda rng: (*rng.uniform(0.005, 0.05, 2), rng.uniform(0.005, 0.02),
                                 rng.uniform(10, 40), rng.uniform(0.2, 0.8)), expects=
        "Return how much w loses per ms, a positive number; the rates are in spikes per ms.",
        why=
        "Pre spikes come at r_pre, each meets the mean post trace r_post tau_minus, and takes "
        "A_minus w of it.",
        wrong={
            "A loss was asked for, as a positive number: the minus sign stands in the drift.": lambda
            r, s, A, tau, w: -r * s * A * tau * w,
            "Which room does depression have? At w = 0 it must stop.": lambda r, s, A, tau, w: r
            * s * A * tau * (1 - w),
            "What do the pre spikes meet? A mean trace is a rate times a time.": lambda r, s, A,
            tau, w: r * s * A * w,
            "One rate is missing: how often does a pre spike come, and how high is the trace "
            "that it meets?": lambda
            r, s, A, tau, w: r * A * tau * w,
        }),
    "fixed point": Exercise(
        right=_fixed_point, inputs=_rule,
        expects="Return the weight between 0 and 1 at which the drift is zero.", why=
        "Where the two areas, each times its room, are equal, the drift is zero. The rates "
        "drop out of it.",
        wrong={
            "Amplitudes alone do not decide: a long memory collects more pairs.": lambda a, b,
            s, t: a / (a + b),
            "You found the share of depression. At w = 1 only depression acts, so it cannot be "
            "there that w ends.": lambda
            a, b, s, t: b * t / (a * s + b * t),
            "Which time constant belongs to which amplitude?": lambda a, b, s, t: a * t /
            (a * t + b * s),
            "That is a ratio of areas; it may pass 1. Each area has its own room in the "
            "bracket.": lambda
            a, b, s, t: a * s / (b * t),
        }),
    "invisible bands": Exercise(
        right=_hides_its_bands, expects=
        "Give STDP(A_plus=..., A_minus=..., tau_plus=..., tau_minus=...) with numbers of your "
        "own.",
        why=
        "Equal time constants multiply both areas by the same factor, so synchrony leaves no "
        "mark; the amplitudes then "
        "put the whole matrix where you want it.", wrong={
            "The bands are gone. Now the background: which ratio of areas puts it at 0.75?": _invisible,
            "The background is at 0.75, but the bands still show. What do they depend on?": _high,
            "The bands still show, and unrelated neurons are not at 0.75. Begin with the bands.": lambda
            rule: isinstance(rule, STDP),
        }),
    "shared pairs": Exercise(
        right=lambda A_plus, tau_plus, r, c, lag: A_plus *
        (r * r * tau_plus + c * r * np.exp(-lag / tau_plus)), inputs=lambda rng:
        (rng.uniform(0.005, 0.02), rng.uniform(10, 30), rng.uniform(0.005, 0.03),
         rng.uniform(0.1, 0.5), rng.uniform(1, 30)),
        expects="Return the potentiation per ms, for rates r in spikes per ms.", why=
        "Pairs by chance fill the whole area; the shared pairs, c r of them per ms, all sit at "
        "one lag.",
        wrong={
            "The shared pairs are missing.": lambda A, tau, r, c, lag: A * r * r * tau,
            "Only the shared pairs are there. Chance goes on beside them.": lambda A, tau, r, c,
            lag: A * c * r * np.exp(-lag / tau),
            "Of the shared spikes there are c r per ms, not c r squared: they come as pairs "
            "already.": lambda
            A, tau, r, c, lag: A * (r * r * tau + c * r * r * np.exp(-lag / tau)),
            "Check the units of the two terms: a single pair at one lag has no area.": lambda A,
            tau, r, c, lag: A * tau * (r * r + c * r * np.exp(-lag / tau)),
        }),
    "clocked potentiation": Exercise(
        right=_grid_potentiation, inputs=lambda rng:
        (rng.uniform(0.005, 0.02), rng.uniform(10, 30), rng.uniform(0.5, 6)),
        expects="Return the sum over all lags on the grid, in the unit of A_plus.", why=
        "A geometric series from lag 0 on. It exceeds the area A tau / h of continuous time by "
        "about half a term.",
        wrong={
            "Your series begins at lag h. Equal steps count as potentiation here.": lambda A,
            tau, h: A / (np.exp(h / tau) - 1),
            "That is the area of continuous time in units of h. The grid's sum is larger.": lambda
            A, tau, h: A * tau / h,
            "A sum has no factor h: it counts pairs, one lag after the other.": lambda A, tau,
            h: h * _grid_potentiation(A, tau, h),
        }),
    "between soft and hard": Exercise(
        right=_balance, inputs=lambda rng: (rng.uniform(1.02, 1.3), rng.uniform(0.1, 0.9)),
        expects="Return the weight at which (1 - w)^mu = alpha w^mu.", why=
        "Take the root of order mu on both sides: (1 - w)/w = alpha^(1/mu). The smaller mu, "
        "the further a small "
        "imbalance pushes.", wrong={
            "That is the answer for mu = 1.": lambda alpha, mu: 1 / (1 + alpha),
            "Take the root, not the power.": lambda alpha, mu: 1 / (1 + alpha**mu),
            "More depression cannot end higher. Which side of the equation falls with w?": lambda
            alpha, mu: 1 - _balance(alpha, mu),
        }),
    "nearest pairs": Exercise(
        right=_nearest_sum, inputs=_trains_with_ties, tolerance=1e-12, expects=
        "Return the weight after all spikes, one number; rule.window(dt, w) is the change by "
        "one pair.",
        why=
        "Your sum and the traces agree within 1e-12, on trains with ties and with three "
        "exponents. A trace that is set "
        "to 1 remembers the last spike and nothing else.", wrong={
            "All earlier spikes of the partner still count. Which one of them is the nearest?": lambda
            rule, pre, post, w: rule.weight_after(pre, post, w),
            "Everything but the ties: a pre and a post spike at the same time are a pair with "
            "dt = 0.": lambda
            rule, pre, post, w: rule.weight_after(pre, post, w, "ignore", "nearest"),
            "At equal times your post spike acts first, so the tie became depression.": lambda
            rule, pre, post, w: rule.weight_after(pre, post, w, "depress", "nearest"),
            "You took the partner's first spike of all, not its last one before this event.": _oldest_sum,
            "Who is who? dt is the time of the post spike minus that of the pre spike.": lambda
            rule, pre, post, w: rule.weight_after(post, pre, w, pairing="nearest"),
        }),
    "spread": Exercise(
        right=_spread, inputs=_rule,
        expects="Return the standard deviation of w around its fixed point.", why=
        "Noise over pull. Both amplitudes enter as squares above and once below, so the spread "
        "grows with their root.",
        wrong={
            "That is the variance.": lambda *p: _spread(*p)**2,
            "The fixed point is not at one half: use it.": lambda a, b, s, t: np.sqrt(
                (a * a * s + b * b * t) / 16 / (a * s + b * t)),
            "Each shot noise brings its own time constant.": lambda a, b, s, t: np.sqrt(
                ((a * (1 - _fixed_point(a, b, s, t)))**2 +
                 (b * _fixed_point(a, b, s, t))**2) / 4 / (a * s + b * t)),
        }),
    "firing order": Exercise(
        right=_firing_order, inputs=lambda rng: (_shuffled_wave(rng),), expects=
        "Return the numbers of the neurons, as an array, the one that fires first at its head.",
        why=
        "What a neuron sends stands in its column, what it receives in its row. Leaders have a "
        "bright column and a dark row.",
        wrong={
            "That is the order backwards: the last to fire stands at its head. In W[post, "
            "pre], what does a row hold?": lambda
            W: _firing_order(W)[::-1],
            "You ranked the neurons: the place of each in the order. Wanted is the order "
            "itself.": lambda
            W: np.argsort(_firing_order(W)),
            "You returned how much each neuron leads. Sort the neurons by it.": lambda W: W.sum(
                axis=0) - W.sum(axis=1),
        }),
    "triplet threshold": Exercise(
        right=_threshold, inputs=lambda rng: (rng.uniform(0.004, 0.01), rng.uniform(
            0.004, 0.01), rng.uniform(10, 20), rng.uniform(25, 40), rng.uniform(80, 150)),
        expects="Return a rate in Hz; all time constants are in ms.", why=
        "Potentiation grows with the square of the post rate, depression with its first power: "
        "they cross at one rate.",
        wrong={
            "That is in spikes per ms.": lambda *p: _threshold(*p) / 1000,
            "Upside down: look at the unit.": lambda *p: 1000 / (_threshold(*p) / 1000),
            "A rate needs one more time below the line than above: which trace did you leave "
            "out?": lambda
            a, b, s, t, u: 1000 * a * t / (b * s),
        }),
}

PREDICTIONS = {
    "across the partner": Prediction(
        "Post fires 5 ms after pre. You drag the post spike slowly back in time, across the "
        "pre spike, to 5 ms before it. "
        "What does the change of the weight do on the way?",
        ("it shrinks, passes smoothly through zero, and turns negative",
         "it grows up to the coincidence, and there flips its sign",
         "it stays as it is: the two still fire together"), 1,
        "The window is largest where the spikes are closest and flips its sign there. One "
        "tenth of a millisecond decides "
        "between cause and consequence. \"Fire together, wire together\" can't say this: it "
        "has no order."
    ), "unequal amplitudes": Prediction(
        "Both neurons fire at random and know nothing of each other. $A_+ = 0.010$, $A_- = "
        "0.005$: potentiation has twice "
        "the amplitude. $\\tau_+ = 17$ ms, $\\tau_- = 51$ ms. Where does the weight go from "
        "0.5?",
        ("up: each potentiation is larger",
         "down: each spike is remembered longer for depression",
         "nowhere: unrelated spikes teach nothing"), 1,
        "A post spike is remembered three times as long as a pre spike and collects three "
        "times as many chance pairs: what "
        "counts is amplitude times time constant, 0.010 x 17 = 0.17 ms against 0.005 x 51 = "
        "0.255 ms. The derivation that "
        "follows says where the weight comes to rest."),
    "bands": Prediction(
        "Ten neurons fire in near synchrony, with 2 ms of jitter. $\\tau_- = 34$ ms is twice "
        "$\\tau_+ = 17$ ms, and "
        "$A_-\\tau_-$ is larger than $A_+\\tau_+$. Compared with synapses between unrelated "
        "neurons, those within "
        "the group become", ("stronger", "weaker", "the same: synchrony has no order"), 0,
        "Half of the shared pairs lie on each side of lag 0, near the top of its window. "
        "Beside what chance gave already, that "
        "is more for the side with the shorter time constant, which collects fewer chance "
        "pairs: here potentiation. The "
        "amplitudes drop out, and with them the areas."),
    "finer clock": Prediction(
        "Independent Poisson trains of 10 Hz drive the rule of section 1 to 0.4545. Now you "
        "round all spike times to a clock of "
        "1 ms; two spikes in the same step count as potentiation. The mean weight is",
        ("the same within 0.001", "larger by about 0.012", "smaller by about 0.012"), 1,
        "Two spikes in one step had either order, with equal chance; the clock makes all of "
        "them potentiate, with the full "
        "$A_+$. That is a bias: a longer run doesn't remove it, only a finer clock, or exact "
        "times."
    ), "twice the step": Prediction(
        "You double both amplitudes, $A_+$ and $A_-$. Under independent Poisson trains the "
        "long-run mean of the weight and "
        "the spread around it (standard deviation)",
        ("both double", "mean stays, spread grows by 1.41", "mean stays, spread doubles",
         "mean doubles, spread stays"), 1,
        "The balance of areas does not move. Noise brings A squared, the pull back brings A: "
        "the variance doubles."
    ), "larger potentiation": Prediction(
        "A thousand inputs compete again, but now potentiation has the larger area: 1 against "
        "0.9. Half of the inputs share "
        "a few spikes. Nothing else holds the neuron back. After 40 s",
        ("the correlated half is near 1, the rest near 0", "nearly all weights are near 1",
         "the weights stay where chance put them"), 1,
        "Chance pairs, too, now potentiate. Larger weights make the neuron fire faster, faster "
        "firing makes more pairs: a loop "
        "that runs away, and at the ceiling nothing is left of what was learned."),
    "busier inputs": Prediction(
        "A thousand inputs compete for one neuron. Each starts to fire three times as often, "
        "at 30 in place of 10 Hz. After "
        "learning, the output fires",
        ("about three times as often", "a little more often", "less often"), 1,
        "From about 32 to about 41 Hz: more inputs lose, and the mean weight falls from 0.48 "
        "to 0.16. The rule itself "
        "regulates the rate."),
    "faster pairs": Prediction(
        "In cortical slices sixty pairs with pre 10 ms before post are repeated at 0.1, then "
        "at 50 Hz. The measured "
        "potentiation grows with frequency. What does the pair rule say?",
        ("it grows too", "it does not depend on frequency",
         "it falls, and turns into depression"), 2,
        "At 50 Hz the next pre spike comes 10 ms after each post spike: depression pairs come "
        "in. The pair rule is not wrong "
        "about order, but blind to frequency; a triplet rule is needed."),
}

check, predict = teacher("06", EXERCISES, PREDICTIONS)
