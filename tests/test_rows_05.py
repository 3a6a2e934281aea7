"""One step of the network, right and wrong, dead steps with a coin, and a common input: reference
numbers of notebook 05, exact from chains of spike patterns and met by simulation.
"""
from functools import cache

import numpy as np
import pytest

from course_utils.models.firing import logistic
from course_utils.models.galves_locherbach import GalvesLocherbach
from course_utils.notebook_05.renewal import interval_distribution, law_statistics

PHI = logistic(1.2)
W = np.array([[0, 2.5, -1.5], [1.0, 0, 2.0], [-2.0, 1.5, 0]])
NETWORK = GalvesLocherbach(W=W, phi=PHI)
PATTERNS = NETWORK.states()  # 000, 001, ... 111


# --- One step, as learners write it, of many networks at once: V, X and u[0] are (copies, 3)


def right(V, X, u):
    """All from the old V and X: (V and X after the step, what is recorded)."""
    X = (u[0] < PHI(V)).astype(int)
    return (1 - X) * (X @ W.T), X, X


def in_place(order):
    """One loop over the neurons that overwrites X as it goes."""
    def step(V, X, u):
        X = X.copy()
        for i in order:
            X[:, i] = u[0][:, i] < PHI(np.where(X[:, i], 0.0, X @ W[i]))
        return V, X, X

    return step


def reset_first(V, X, u):
    """Reset, then add: the input of the own spike's step is kept."""
    X = (u[0] < PHI(V)).astype(int)
    return X @ W.T, X, X


def drawn_again(V, X, u):
    """One draw acts, another one, made after the update, is recorded."""
    acting = (u[0] < PHI(V)).astype(int)
    V = (1 - acting) * (acting @ W.T)
    return V, acting, (u[1] < PHI(V)).astype(int)


# --- The same as chains


def chain_of(probability):
    """The chain of a network whose neurons fire with these probabilities (3,) after a pattern."""
    p = np.array([probability(x) for x in PATTERNS])[:, None]
    return np.prod(np.where(PATTERNS, p, 1 - p), axis=-1)


def chain_in_place(order):
    P = np.ones((8, 8))
    for a, x in enumerate(PATTERNS):
        for b, y in enumerate(PATTERNS):
            now = x.copy()
            for i in order:
                fires = PHI(0.0 if now[i] else W[i] @ now)
                P[a, b] *= fires if y[i] else 1 - fires
                now[i] = y[i]
    return P


def stationary(P):
    values, vectors = np.linalg.eig(P.T)
    law = vectors[:, np.argmax(values.real)].real
    return law / law.sum()


def moments(P, law=None, patterns=PATTERNS):
    """Rates (n,), means of X_i X_j in one step, and of X_i(t) X_j(t + 1), (n, n)."""
    law = stationary(P) if law is None else law
    weighted = patterns.T * law
    return law @ patterns, weighted @ patterns, weighted @ P @ patterns


def statistics(rates, now, later):
    """Three rates, how often 1 fires twice running, the covariance of 1 and 2 in one step, and of
    1 with 2 one step before.
    """
    product = rates[0] * rates[1]
    return [*rates, later[0, 0], now[0, 1] - product, later[1, 0] - product]


def statistics_drawn_again():
    """What is recorded has the probabilities of what acts, and is drawn independently of it."""
    p = PHI((1 - PATTERNS) * (PATTERNS @ W.T))
    P, law = NETWORK.transition_matrix(), NETWORK.stationary()
    rates, now, _ = moments(P, law)
    return statistics(rates, now, (p.T * law) @ P @ p)


VERSIONS = {  # name: (its step, its statistics exactly, the reference)
    "right": (right, lambda: statistics(*moments(NETWORK.transition_matrix())), (
        0.3428464579, 0.3628632256, 0.2690088339, 0.0793604581, -0.0214779971, 0.0858881844)),
    "in place, 1 2 3": (
        in_place((0, 1, 2)), lambda: statistics(*moments(chain_in_place((0, 1, 2)))), (
            0.3012637182, 0.3193348284, 0.2352035942, 0.0697350844, 0.0081218355, 0.0663699038)),
    "in place, 3 2 1": (
        in_place((2, 1, 0)), lambda: statistics(*moments(chain_in_place((2, 1, 0)))), (
            0.3028011253, 0.3224276132, 0.2302880621, 0.0700909560, 0.0638480546, -0.0168007035)),
    "reset first": (
        reset_first, lambda: statistics(*moments(chain_of(lambda x: PHI(W @ x)))), (
            0.4128867912, 0.4368544875, 0.2676534800, 0.1457543009, -0.0299483434, 0.1314732963)),
    "drawn again": (drawn_again, statistics_drawn_again, (
        0.3428464579, 0.3628632256, 0.2690088339, 0.1014491607, -0.0214779971, 0.0215593774)),
}


@pytest.mark.parametrize("version", VERSIONS)
def test_each_wrong_step_gives_itself_away_in_a_statistic(version):
    """Drawn again has perfect rates: only what spans two steps shows it."""
    _, exact, reference = VERSIONS[version]
    assert exact() == pytest.approx(reference, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_each_step_does_what_its_chain_says(version):
    step, _, reference = VERSIONS[version]
    copies, rng = 4000, np.random.default_rng(1)
    V, X, seen = np.zeros((copies, 3)), np.zeros((copies, 3), int), []
    for _ in range(200):
        V, X, recorded = step(V, X, rng.random((2, copies, 3)))
        seen.append(recorded)
    late = np.array(seen[100:], float)
    now, later = (np.einsum("tci,tcj->ij", a, b) / a[..., 0].size
                  for a, b in ((late, late), (late[:-1], late[1:])))
    assert statistics(late.mean(axis=(0, 1)), now, later) == pytest.approx(reference, abs=0.004)


def test_in_place_depends_on_the_numbering_and_a_cyclic_renumbering_leaves_the_rates():
    rates = {order: moments(chain_in_place(order))[0]
             for order in ((0, 1, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))}
    assert rates[1, 2, 0] == pytest.approx(rates[0, 1, 2], abs=1e-12)
    assert rates[2, 0, 1] == pytest.approx(rates[0, 1, 2], abs=1e-12)
    assert abs(rates[2, 1, 0] - rates[0, 1, 2]).max() > 1e-3


def test_one_step_by_hand():
    model = NETWORK.but(leak=0.5, I_ext=0.2)
    V, X = np.array([0.8, -0.3, 1.5]), np.array([1, 0, 1])
    assert model.next_potential(V, X, W @ X) == pytest.approx([0, 3.05, 0])
    assert 0.5 * (1 - X) * V + W @ X + 0.2 == pytest.approx([-1.3, 3.05, -1.8])  # input kept
    assert 0.5 * V + W @ X + 0.2 == pytest.approx([-0.9, 3.05, -1.05])  # no reset
    assert model.next_potential(V, X, W.T @ X) == pytest.approx([0, 4.05, 0])  # transposed


# --- Dead steps and a coin

DEAD = {  # r, p: mean, CV, Fano factor in long windows, in 200 and in 20 steps, CV of a coin
    (1, 0.2): (6, 0.7453559925, 0.5555555556, 0.5567129630, 0.5671296296, 0.9128709292),
    (3, 0.2): (8, 0.5590169944, 0.3125, 0.3163281250, 0.3507793991, 0.9354143467),
    (9, 0.2): (14, 0.3194382825, 0.1020408163, 0.1124817785, 0.2143782444, 0.9636241117),
}


def window_fano(r, p, window):
    """The exact Fano factor of the counts in windows of so many steps."""
    hazards = np.append(np.zeros(r), np.full(window, p))
    law = interval_distribution(hazards)[:window]
    again = np.zeros(window)  # the probability of a spike k + 1 steps after one
    for k in range(window):
        again[k] = law[k] + law[:k] @ again[:k][::-1]
    rate, lag = 1 / (r + 1 / p), np.arange(1, window)
    pairs = (window - lag) @ (again[:-1] - rate)
    return 1 - rate + 2 * pairs / window


@pytest.mark.parametrize("r, p", DEAD)
def test_dead_steps_and_a_coin(r, p):
    """A shift by r changes no variance: mean r + 1/p, CV sqrt(1 - p) / (1 + r p), and in long
    windows a Fano factor of the CV squared; in one step it is 1 - rate.
    """
    mean, cv, long, *windows, coin = DEAD[r, p]
    found = law_statistics(interval_distribution(np.append(np.zeros(r), np.full(400, p))))
    assert (found.mean, found.cv) == pytest.approx((mean, cv), abs=1e-9)
    assert (r + 1 / p, np.sqrt(1 - p) / (1 + r * p), cv**2) == pytest.approx((mean, cv, long))
    assert [window_fano(r, p, n) for n in (200, 20)] == pytest.approx(windows, abs=1e-9)
    assert window_fano(r, p, 1) == pytest.approx(1 - 1 / mean)
    plain = law_statistics(interval_distribution(np.full(2000, 1 / mean)))
    assert plain.cv == pytest.approx(coin, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("r, p", DEAD)
def test_dead_steps_and_a_coin_when_drawn(r, p):
    intervals = r + np.random.default_rng(3).geometric(p, 600_000)
    counts = np.bincount(np.cumsum(intervals) // 200)[1:-1]
    mean, cv, _, fano, *_ = DEAD[r, p]
    assert intervals.mean() == pytest.approx(mean, rel=0.005)
    assert intervals.std() / intervals.mean() == pytest.approx(cv, rel=0.01)
    assert counts.var() / counts.mean() == pytest.approx(fano, abs=0.02)


# --- A common input

COMMON = {  # weights C -> A, C -> B: rates, corr(A, B), B after A, A after B, A after C, A with C
    (2.5, 2.5): (0.3693849234, 0.3709501777, 0.3709501777, 0.1556069520, -0.0550863991,
                 -0.0550863991, 0.3772580603, -0.0825028618),
    (3.0, -2.0): (0.3693849234, 0.3868392526, 0.1743386893, -0.0793034932, 0.0136075578,
                  0.0320417004, 0.4168124156, -0.0911530349),
}


@cache
def common_input(to_A, to_B):
    """Neurons C, A, B: C drives the two others, and nothing else is connected."""
    weights = np.zeros((3, 3))
    weights[1:, 0] = to_A, to_B
    return GalvesLocherbach(W=weights, phi=PHI, I_ext=np.array([1.0, 0, 0]))


@pytest.mark.parametrize("weights", COMMON)
def test_two_neurons_that_share_an_input(weights):
    """They are correlated in one step, and one step apart, too: the reset ties each neuron to its
    own last step.
    """
    model = common_input(*weights)
    rates, now, later = moments(model.transition_matrix(), model.stationary())
    scale = np.sqrt(np.outer(rates * (1 - rates), rates * (1 - rates)))
    now, later = ((each - np.outer(rates, rates)) / scale for each in (now, later))
    found = [*rates, now[1, 2], later[1, 2], later[2, 1], later[0, 1], now[0, 1]]
    assert found == pytest.approx(COMMON[weights], abs=1e-9)


def before(model):
    """(probabilities to fire (8, 3), stationary law (8,)) of each pattern one step before."""
    p = np.array([model.probability(model.next_potential(0.0, x, model.W @ x)) for x in PATTERNS])
    return p, model.stationary()


def covariance(law, p):
    return law @ (p[:, 1] * p[:, 2]) - (law @ p[:, 1]) * (law @ p[:, 2])


@pytest.mark.parametrize("weights", COMMON)
def test_all_correlation_within_a_step_is_shared_past(weights):
    """Given the whole pattern before, the two are independent, so the covariance of the spikes is
    that of the probabilities.
    """
    model = common_input(*weights)
    p, law = before(model)
    rates, now, _ = moments(model.transition_matrix(), law)
    assert now[1, 2] - rates[1] * rates[2] == pytest.approx(covariance(law, p), abs=1e-12)
    both = model.transition_matrix() @ (PATTERNS[:, 1] * PATTERNS[:, 2])
    assert both == pytest.approx(p[:, 1] * p[:, 2], abs=1e-15)


@pytest.mark.parametrize("c, correlation", [(1, 0.0352418269), (0, 0.0)])
def test_the_common_neuron_alone_is_not_the_whole_past(c, correlation):
    """Given only that C fired, a correlation is left: A and B may both have been reset."""
    p, law = before(common_input(2.5, 2.5))
    chosen = PATTERNS[:, 0] == c
    law = law[chosen] / law[chosen].sum()
    rates = law @ p[chosen]
    size = np.sqrt(np.prod(rates[1:] * (1 - rates[1:])))
    assert covariance(law, p[chosen]) / size == pytest.approx(correlation, abs=1e-9)


@pytest.mark.slow
def test_a_long_run_has_the_correlation_of_the_chain():
    model, rng = common_input(2.5, 2.5), np.random.default_rng(5)
    V, seen = np.zeros((20_000, 3)), []
    for _ in range(250):
        X = rng.random(V.shape) < model.probability(V)
        V = model.next_potential(V, X, X @ model.W.T)
        seen.append(X)
    _, A, B = np.moveaxis(np.array(seen[50:]), -1, 0)  # four million steps
    assert np.corrcoef(A.ravel(), B.ravel())[0, 1] == pytest.approx(0.1556069520, abs=0.002)
    later = np.corrcoef(A[:-1].ravel(), B[1:].ravel())[0, 1]
    assert later == pytest.approx(-0.0550863991, abs=0.002)
