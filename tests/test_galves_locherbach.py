"""The stochastic network: exact chains, likelihood, mean field, intervals, and every reference
number of its chapter.
"""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from course_utils import GalvesLocherbach, clipped_linear, logistic, mean_field, registry
from course_utils.fast import galves_locherbach
from course_utils.fast.galves_locherbach import (
    FEW,
    SparseRandomThresholds,
    drawn_places,
    synapses,
)
from course_utils.models.populations import population_map, waiting_time
from course_utils.notebook_05.firing_functions import escape_rate, heaviside, probit
from course_utils.notebook_05.mean_field import population_path
from course_utils.notebook_05.renewal import (
    SHAPES,
    SingleNeuron,
    interval_distribution,
    intervals,
    law_statistics,
    survival,
)

FIRST = {"W": [[0, 2], [1, 0]], "phi": logistic(1.0)}
RASTER = np.array([[int(c) for c in row] for row in ("0110010001", "1010000110")]).T


class Kept(GalvesLocherbach):
    """Another model: the input of the step of one's own spike is kept."""
    def next_potential(self, V, X, arriving):
        return np.where(X, 0.0, self.leak * V) + arriving + self.I_ext


class NoReset(GalvesLocherbach):
    """The article's sum as printed: nothing ends the memory."""
    def next_potential(self, V, X, arriving):
        return self.leak * V + arriving + self.I_ext


# Exact chains


def test_two_neurons_exactly():
    pair = GalvesLocherbach(**FIRST)
    np.testing.assert_allclose(
        pair.stationary(), [0.4198299624, 0.2128616128, 0.2528138154, 0.1144946094], atol=1e-10)
    np.testing.assert_allclose(pair.rates(), [0.3673084248, 0.3273562222], atol=1e-10)
    eigenvalues = np.sort(np.linalg.eigvals(pair.transition_matrix()).real)
    np.testing.assert_allclose(eigenvalues, [-0.3341091756, 0, 0.1476855079, 1], atol=1e-9)
    assert pair.entropy_rate() == pytest.approx(1.7203480664, abs=1e-9)


def test_three_neurons_exactly():
    ring = np.zeros((3, 3))
    ring[1, 0] = ring[2, 1] = ring[0, 2] = 3
    np.testing.assert_allclose(
        GalvesLocherbach(W=ring, phi=logistic(2.0)).rates(), 0.2395010455, atol=1e-9)
    mixed = GalvesLocherbach(W=[[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]], phi=logistic(1.0))
    np.testing.assert_allclose(mixed.rates(), [0.2901539286, 0.3778363603, 0.3639138497],
                               atol=1e-9)


@pytest.mark.release
def test_the_chain_agrees_with_twenty_million_steps():
    copies = 20_000
    W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
    post, pre = np.nonzero(W)
    shift = 3 * np.arange(copies)[:, None]
    many = csc_array((np.tile(W[post, pre],
                              copies), ((post + shift).ravel(), (pre + shift).ravel())))
    network = GalvesLocherbach(W=many, phi=logistic(1.0))
    seen = np.mean([
        network.simulate(400, seed, keep_V=False).spikes[20:].mean(axis=0).reshape(
            copies, 3).mean(axis=0) for seed in range(3)
    ], axis=0)
    np.testing.assert_allclose(seen, [0.2901539286, 0.3778363603, 0.3639138497], atol=2e-4)


def test_the_chain_agrees_with_a_long_simulation():
    X = GalvesLocherbach(**FIRST).simulate(40_000, 1, keep_V=False).spikes
    seen = np.bincount(X @ [2, 1], minlength=4) / len(X)
    np.testing.assert_allclose(seen, GalvesLocherbach(**FIRST).stationary(), atol=0.01)
    pairs = np.zeros((4, 4))
    np.add.at(pairs, (X[:-1] @ [2, 1], X[1:] @ [2, 1]), 1)
    np.testing.assert_allclose(pairs / pairs.sum(axis=1, keepdims=True),
                               GalvesLocherbach(**FIRST).transition_matrix(), atol=0.02)


def counted_rates(kind, most):
    """The exact rates of two neurons without leak, W12 = 1, W21 = 0.5: V counts inputs, 0 ...
    most of them.

    Built from the model's own line and probability. With `kept` input a count of 1 follows a
    spike.
    """
    pair = kind(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=1.0)
    size = most + 1
    a, b = np.divmod(np.arange(size * size), size)
    V = np.column_stack([1.0 * a, 0.5 * b])
    p = pair.probability(V)
    P = np.zeros((size * size, size * size))
    for X in ((0, 0), (0, 1), (1, 0), (1, 1)):
        X = np.array(X)
        after = pair.next_potential(V, X, pair.W @ X)
        counts = np.minimum(np.round(after / [1.0, 0.5]).astype(int), most)
        P[np.arange(size * size), counts[:, 0] * size + counts[:, 1]] += np.prod(
            np.where(X, p, 1 - p), axis=1)
    law = np.linalg.solve(np.eye(len(P)) - P.T + 1, np.ones(len(P)))
    return law @ p


def test_memory_without_leak_ends_at_the_own_spike():
    np.testing.assert_allclose(counted_rates(GalvesLocherbach, 30),
                               [0.1855078260, 0.1662215115], atol=1e-8)
    np.testing.assert_allclose(counted_rates(Kept, 30), [0.2040586008, 0.1791169355], atol=1e-8)


def test_without_the_reset_the_rates_go_to_one():
    printed = NoReset(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=1.0).simulate(
        4000, 1, keep_V=False).spikes
    right = GalvesLocherbach(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=1.0).simulate(
        20_000, 1, keep_V=False).spikes
    assert printed[2000:].mean() > 0.999
    np.testing.assert_allclose(right.mean(axis=0), [0.18551, 0.16622], atol=0.012)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_rows_of_the_chain_sum_to_one_and_the_stationary_law_stays(N, seed):
    W = np.random.default_rng(seed).normal(0, 3, (N, N))
    np.fill_diagonal(W, 0)
    network = GalvesLocherbach(W=W, phi=logistic(0.5))
    P, law = network.transition_matrix(), network.stationary()
    np.testing.assert_allclose(P.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(law @ P, law, atol=1e-12)
    assert law.sum() == pytest.approx(1) and (P >= 0).all()
    assert 0 <= network.entropy_rate() <= N + 1e-12


def follows_the_sum(kind, seed):
    """Whether `kind` keeps the definition, V the faded sum of all input since the own last
    spike, on a random network.
    """
    rng = np.random.default_rng(seed)
    N, steps, leak = int(rng.integers(2, 6)), 40, float(rng.uniform(0, 1))
    W, drive = rng.normal(0, 1, (N, N)) * (1 - np.eye(N)), rng.normal(0, 0.3, N)
    X = rng.random((steps, N)) < 0.3
    V = kind(W=W, phi=logistic(1.0), leak=leak, I_ext=drive).potentials(X)
    for i in range(N):
        for t in range(steps):
            since = range(np.flatnonzero(X[:t, i]).max(initial=-1) + 1, t)
            if abs(V[t, i] - sum(leak**(t - 1 - s) * (W[i] @ X[s] + drive[i])
                                 for s in since)) > 1e-9:
                return False
    return True


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_reset_is_the_definition_and_removing_it_fails(seed):
    assert follows_the_sum(GalvesLocherbach, seed)
    assert not follows_the_sum(NoReset, seed) and not follows_the_sum(Kept, seed)


def test_every_entry_of_the_chain_is_a_product():
    """By hand: P_xy = prod_i p_i^y_i (1 - p_i)^(1 - y_i), p_i = phi((1 - x_i) sum_j W_ij x_j);
    and pi (1 - P + J) = 1.
    """
    W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
    network = GalvesLocherbach(W=W, phi=logistic(1.0))
    x = network.states()
    p = 1 / (1 + np.exp(1 - (1 - x) * (x @ W.T)))
    by_hand = np.array([[np.prod(np.where(y, chance, 1 - chance)) for y in x] for chance in p])
    np.testing.assert_allclose(network.transition_matrix(), by_hand, atol=1e-14)
    np.testing.assert_allclose(network.stationary() @ (np.eye(8) - by_hand + 1), 1, atol=1e-12)


def test_spikes_without_an_index_make_other_networks():
    """E36: read as one's own spikes a network of strangers, read as everybody's one that knows
    only the row sums.
    """
    W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
    everybody = GalvesLocherbach(W=W.sum(axis=1, keepdims=True) * (1 - np.eye(3)),
                                 phi=logistic(1.0))
    np.testing.assert_allclose(everybody.rates(), [0.2120, 0.4508, 0.4347], atol=5e-5)
    np.testing.assert_allclose(
        GalvesLocherbach(W=0 * W, phi=logistic(1.0)).rates(), 1 / (1 + np.e), atol=1e-12)


@pytest.mark.parametrize("kernel, one_number_is_enough", [(lambda k: 0.7**k, True),
                                                          (lambda k: (k + 1) * 0.7**k, False)])
def test_only_a_kernel_that_fades_by_a_factor_needs_one_number(kernel, one_number_is_enough):
    """E37: V(t+1) as a linear rule of V(t) and X(t), over the silent steps of a neuron."""
    W = np.array([0, 1.5, -2])
    X = np.random.default_rng(4).random((300, 3)) < 0.3
    V = np.array([
        sum(
            kernel(t - 1 - s) * W @ X[s]
            for s in range(np.flatnonzero(X[:t, 0]).max(initial=-1) + 1, t))
        for t in range(300)
    ])
    silent = ~X[:-1, 0]
    known = np.column_stack([V[:-1], X[:-1, 1:]])[silent]
    rule = np.linalg.lstsq(known, V[1:][silent], rcond=None)[0]
    error = np.abs(known @ rule - V[1:][silent]).max()
    assert (error < 1e-9) == one_number_is_enough and (one_number_is_enough or error > 0.3)


def test_post_and_pre_are_not_exchanged():
    """Only the neuron whose row has the weight is driven by the other: E39's transpose test."""
    one_way = GalvesLocherbach(W=[[0, 4], [0, 0]], phi=logistic(2.0))
    driven, driver = one_way.rates()
    turned = one_way.but(W=one_way.W.T)
    np.testing.assert_allclose((driven, driver), [0.1925, 0.1192], atol=5e-5)
    np.testing.assert_allclose(turned.rates(), (driver, driven), atol=1e-12)
    X = one_way.simulate(2000, 1, keep_V=False).spikes
    assert one_way.log_likelihood(X) > turned.log_likelihood(X) + 300
    assert driver == pytest.approx(logistic(2.0)(0.0)) and driven > 1.5 * driver
    P = one_way.transition_matrix()
    np.testing.assert_allclose(
        P[1],
        np.outer([1 - logistic(2.0)(4.0), logistic(2.0)(4.0)],
                 [1 - logistic(2.0)(0.0), logistic(2.0)(0.0)]).ravel())


def test_a_chain_with_two_ends_has_no_single_stationary_law():
    silent_or_not = GalvesLocherbach(W=[[0, 0.5], [0.5, 0]], phi=clipped_linear())
    assert silent_or_not.stationary()[0] == pytest.approx(1)  # what dies out stays silent
    turns = GalvesLocherbach(W=[[0, 9], [9, 0]], phi=heaviside(1.0))
    with pytest.raises(ValueError, match="2 sets of patterns"):
        turns.stationary()


# The rule


def test_the_recursion_is_the_sum_since_the_last_spike():
    network = GalvesLocherbach(W=[[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]], phi=logistic(1.0),
                               leak=0.7, I_ext=[0.1, 0, -0.2])
    activity = network.simulate(80, 5)
    X = activity.spikes
    for i in range(3):
        for t in range(80):
            last = np.flatnonzero(X[:t, i]).max(initial=-1)
            total = sum(0.7**(t - 1 - s) * (network.W[i] @ X[s] + network.I_ext[i])
                        for s in range(last + 1, t))
            assert activity.V[t, i] == pytest.approx(total, abs=1e-12)


def test_V_decided_the_spikes_and_potentials_finds_it_again():
    network = GalvesLocherbach(W=np.ones((4, 4)) - np.eye(4), phi=heaviside(2.0), leak=0.5,
                               I_ext=0.3)
    activity = network.simulate(60, 1, start=[0.0, 1.0, 2.0, 3.0])
    assert (activity.spikes == (activity.V >= 2.0)).all() and (activity.V[0] == [0, 1, 2, 3
                                                                                 ]).all()
    from_rest = network.simulate(60, 1)
    np.testing.assert_array_equal(network.potentials(from_rest.spikes), from_rest.V)


def test_the_potential_is_zero_after_each_spike():
    activity = GalvesLocherbach(W=5 * (np.ones((6, 6)) - np.eye(6)), phi=logistic(2.0),
                                leak=0.9, I_ext=1.0).simulate(300, 3)
    assert (activity.V[1:][activity.spikes[:-1]] == 0).all() and activity.spikes.any()


def test_same_seed_same_raster_for_dense_sparse_and_any_phi():
    rng = np.random.default_rng(2)
    W = rng.normal(0, 1, (40, 40)) * (rng.random((40, 40)) < 0.3)
    np.fill_diagonal(W, 0)
    rasters = [
        GalvesLocherbach(W=weights, phi=phi, leak=0.6).simulate(400, 9, keep_V=False).spikes
        for weights in (W, csr_array(W), csc_array(W))
        for phi in (logistic(1.0), logistic(1.0).phi)
    ]
    for raster in rasters[1:]:
        np.testing.assert_array_equal(raster, rasters[0])
    assert rasters[0].any() and not np.array_equal(
        rasters[0],
        GalvesLocherbach(W=W, phi=logistic(1.0), leak=0.6).simulate(400, 10).spikes)
    np.testing.assert_array_equal(
        GalvesLocherbach(W=W, phi=logistic(1.0), leak=0.6).simulate(
            400, np.random.default_rng(9)).spikes, rasters[0])


@pytest.mark.parametrize("N", [3, 900])
@pytest.mark.parametrize("phi, I_ext", [(logistic(3.0, 2.0), 0.3),
                                        (clipped_linear(0.5, 0.4), 0.2),
                                        (escape_rate(1.0, 1.0), -0.2),
                                        (logistic(0.5).phi, 0.0)])
def test_each_spike_has_its_probability(N, phi, I_ext):
    """Whatever the random numbers are used for: given V, a share phi(V) fires, and no residual
    knows of another.
    """
    rng = np.random.default_rng(8)
    W = rng.normal(0.2, 1, (N, N)) * (rng.random((N, N)) < 2 / N) * (1 - np.eye(N))
    network = GalvesLocherbach(W=W, phi=phi, leak=0.8, I_ext=I_ext)
    X, V = network.simulate(400_000 // N, 4)
    p = network.probability(V)
    residual, width = X - p, p * (1 - p)
    bins = np.digitize(p, (0.02, 1 / 16, 0.1, 0.2, 0.4, 0.7))
    for k in np.unique(bins):
        if width[bins == k].sum() > 20:
            assert abs(residual[bins == k].sum()) < 4 * np.sqrt(width[bins == k].sum())
    for a, b in ((slice(1, None), slice(-1)), (slice(
            7, None), slice(-7))):  # other steps, other neurons
        assert abs((residual[a] * residual[b]).sum()) < 4 * np.sqrt((width[a] * width[b]).sum())
        assert abs((residual[:, a] * residual[:, b]).sum()) < 4 * np.sqrt(
            (width[:, a] * width[:, b]).sum()) or N < 8


def test_sparse_synapses_of_even_and_of_uneven_networks():
    rng = np.random.default_rng(5)
    even, uneven = np.zeros((30, 30)), np.zeros((30, 30))
    for j in range(30):
        even[rng.choice(np.delete(np.arange(30), j), 4, replace=False), j] = rng.normal(0, 1, 4)
    uneven[:, 3], uneven[3, :] = rng.normal(0, 1, 30), 1.0
    uneven[3, 3] = 0
    for W in (even, uneven, np.zeros((30, 30))):
        for density in (0, 0.1, 1):
            X = rng.random(30) < density
            np.testing.assert_allclose(synapses(csc_array(W))(X), W @ X, atol=1e-12)
            np.testing.assert_allclose(synapses(W)(X), W @ X, atol=1e-12)


def test_the_raster_of_a_seed_is_known():
    """On any machine: the numbers of a seed come from numpy's PCG64, and no sum depends on the
    hardware here.
    """
    X = GalvesLocherbach(**FIRST).simulate(12, 7, keep_V=False).spikes.astype(int)
    assert ["".join(map(str, row)) for row in X.T] == KNOWN


KNOWN = ["001101100010", "010010100011"]


def test_zero_steps_and_no_potential():
    activity = GalvesLocherbach(**FIRST).simulate(0, 1)
    assert activity.spikes.shape == activity.V.shape == (0, 2)
    assert GalvesLocherbach(**FIRST).simulate(3, 1, keep_V=False).V is None


@pytest.mark.parametrize("link", [
    logistic(0.7, 3.0),
    clipped_linear(0.2, 1.5),
    escape_rate(0.7, 2.0, 0.5),
    probit(0.7, 2.0)
])
def test_a_link_rises_from_0_to_1_and_its_inverse_fits(link):
    V = np.linspace(-2, 3, 301)
    p = link(V)
    assert (np.diff(p)
            >= 0).all() and p.min() >= 0 and p.max() <= 1 and p[0] < 0.02 and p[-1] > 0.95
    inside = (p > 0.01) & (p < 0.99)
    np.testing.assert_allclose(link.inverse(p[inside]), V[inside], atol=1e-9)


def test_a_heaviside_network_is_a_threshold_unit_with_reset():
    assert heaviside(1.0)(np.array([0.999, 1.0, 1.001])).tolist() == [0, 1, 1]
    fires = GalvesLocherbach(W=[[0]], phi=heaviside(1.0), leak=1.0, I_ext=0.25).simulate(
        20, 1).spikes[:, 0]
    assert np.flatnonzero(fires).tolist() == [4, 9, 14,
                                              19]  # four inputs of a quarter, and the lost one


# Likelihood


@pytest.mark.parametrize("kind, leak, expected", [(GalvesLocherbach, 0.0, -13.0250047364),
                                                  (GalvesLocherbach, 0.5, -12.4994863566),
                                                  (GalvesLocherbach, 1.0, -12.1402158935),
                                                  (Kept, 0.5, -14.1805066727),
                                                  (NoReset, 0.5, -14.4706648746)])
def test_log_likelihood_of_ten_steps(kind, leak, expected):
    assert kind(**FIRST, leak=leak).log_likelihood(RASTER) == pytest.approx(expected, abs=1e-9)


def test_log_likelihood_of_two_coins():
    p = RASTER.mean(axis=0)
    coins = GalvesLocherbach(W=np.zeros((2, 2)), phi=logistic(), I_ext=np.log(p / (1 - p)))
    X = np.vstack([RASTER])
    by_hand = (X * np.log(p) + (1 - X) * np.log(1 - p)).sum()
    assert by_hand == pytest.approx(-13.4602333402, abs=1e-9)
    assert coins.log_likelihood(np.zeros((1, 2))) == pytest.approx(2 * np.log(0.5))


def test_log_likelihood_by_hand_and_summed_over_all_rasters():
    pair = GalvesLocherbach(**FIRST)
    at_zero, driven = 1 / (1 + np.e), 1 / (1 + np.exp(-1.0)
                                           )  # phi(0); phi(2), neuron 1 after 2 fired
    assert pair.log_likelihood([[0, 1], [1, 0]]) == pytest.approx(
        np.log((1 - at_zero) * at_zero * driven * (1 - at_zero)))
    rasters = (np.arange(2**6)[:, None] >> np.arange(6)) & 1
    total = sum(np.exp(pair.but(leak=0.5).log_likelihood(r.reshape(3, 2))) for r in rasters)
    assert total == pytest.approx(1, abs=1e-12)


def test_what_can_not_happen_has_log_likelihood_minus_infinity_without_a_warning():
    never = GalvesLocherbach(W=[[0, 1], [1, 0]], phi=clipped_linear())
    assert never.log_likelihood([[1, 0]]) == -np.inf and never.log_likelihood([[0, 0]]) == 0


def test_the_likelihood_finds_the_leak():
    truth = GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(2.0), leak=0.8)
    X = truth.simulate(4000, 2, keep_V=False).spikes
    leaks = np.linspace(0, 0.95, 39)
    best = leaks[np.argmax([truth.but(leak=leak).log_likelihood(X) for leak in leaks])]
    assert best == pytest.approx(0.8, abs=0.06)


# Mean field


@pytest.mark.parametrize("branching_parameter", [1.1, 1.25, 1.5, 2.0])
def test_mean_field_of_the_logistic_map(branching_parameter):
    np.testing.assert_allclose(mean_field(clipped_linear(), branching_parameter),
                               [0, 1 - 1 / branching_parameter], atol=1e-9)
    np.testing.assert_allclose(mean_field(clipped_linear(gain=2.0), branching_parameter / 2),
                               [0, 1 - 1 / branching_parameter], atol=1e-9)
    star, h = 1 - 1 / branching_parameter, 1e-6
    slope = (population_map(star, clipped_linear(), branching_parameter)
             - population_map(star - h, clipped_linear(), branching_parameter)) / h
    assert slope == pytest.approx(2 - branching_parameter,
                                  abs=1e-5)  # from below: at 2 the ceiling begins


@pytest.mark.parametrize("branching_parameter", [0.3, 0.999, 1.0])
def test_silence_alone_below_the_critical_point(branching_parameter):
    assert mean_field(clipped_linear(), branching_parameter).tolist() == [0]


def test_above_two_the_network_flickers():
    phi = clipped_linear()
    first = population_map(0.3, phi, 3.0)
    assert first == pytest.approx(0.63, abs=1e-12)
    assert population_map(first, phi, 3.0) == pytest.approx(0.37, abs=1e-12)
    assert population_map(0.37, phi, 3.0) == pytest.approx(0.63, abs=1e-12)
    np.testing.assert_allclose(mean_field(phi, 3.0), [0, 0.5], atol=1e-9)


@pytest.mark.parametrize("leak, expected", [(0.3, 0.1182354), (0.9, 0.0181108)])
def test_leak_moves_the_critical_point(leak, expected):
    critical = 1 - leak
    np.testing.assert_allclose(mean_field(clipped_linear(), 1.2 * critical, leak),
                               [0, expected], atol=1e-6)
    assert mean_field(clipped_linear(), 0.99 * critical, leak).tolist() == [0]
    assert mean_field(clipped_linear(), 1.01 * critical, leak)[1] > 1e-4


def test_a_threshold_makes_the_transition_jump():
    fold, rho = (1 + np.sqrt(0.1))**2, np.sqrt(0.1) / (1 + np.sqrt(0.1))
    assert (fold, rho) == (pytest.approx(1.7324555, abs=1e-7), pytest.approx(
        0.2402531, abs=1e-7))
    assert mean_field(clipped_linear(0.1), fold - 1e-6).tolist() == [0]
    np.testing.assert_allclose(mean_field(clipped_linear(0.1), fold), [0, rho], atol=1e-7)
    silent, low, high = mean_field(clipped_linear(0.1), fold + 1e-6)
    assert silent == 0 and low < rho < high and high - low < 1e-3


def test_a_squared_phi_wakes_at_two_with_one_half():
    def squared(V):
        return np.clip(V, 0, 1)**2

    assert mean_field(squared, 1.9999).tolist() == [0]
    np.testing.assert_allclose(mean_field(squared, 2.0), [0, 0.5], atol=1e-7)
    np.testing.assert_allclose(mean_field(squared, 2.01)[[0, 2]], [0, 0.5], atol=1e-9)


def test_a_logistic_phi_is_bistable_between_two_folds():
    phi = logistic(1.0, 4.0)
    np.testing.assert_allclose(mean_field(phi, 3.5), [0.0252224846, 0.2133166220, 0.4907595808],
                               atol=1e-8)
    np.testing.assert_allclose(mean_field(phi, 4.0), [0.0273083888, 0.1556794302, 0.5],
                               atol=1e-8)
    h = 1e-6
    slopes = [(population_map(r + h, phi, 4.0) - population_map(r - h, phi, 4.0)) / 2 / h
              for r in mean_field(phi, 4.0)]
    assert abs(slopes[0]) < 1 and slopes[1] > 1 and abs(slopes[2]) < 1
    for fold, inside in ((2.8989424, 1e-4), (5.4533562, -1e-4)):
        assert len(mean_field(phi, fold + inside)) == 3 and len(mean_field(phi,
                                                                           fold - inside)) == 1


def test_mean_field_of_other_links_and_ends():
    assert mean_field(lambda V: np.ones_like(V), 1.0).tolist() == [1.0]
    assert mean_field(heaviside(0.5),
                      0.5).tolist() == [0]  # a jump over the diagonal is no fixed point
    np.testing.assert_allclose(mean_field(heaviside(0.5), 2.0), [0, 0.5], atol=1e-9)
    for phi, w, leak in ((logistic(
            1.0, 4.0), -2.0, 0.0), (probit(1.0), 1.5, 0.6), (escape_rate(1.0), 2.0, 1.0)):
        for rho in mean_field(phi, w, leak):
            assert rho * waiting_time(phi, np.array(w * rho), leak) == pytest.approx(
                1, abs=1e-7)


def test_without_leak_the_waiting_time_is_one_over_phi_and_the_map_is_exact():
    rho = np.linspace(0, 1, 11)
    phi = logistic(1.0, 4.0)
    np.testing.assert_allclose(population_map(rho, phi, 3.0),
                               (1 - rho) * phi(3 * rho) + rho * phi(0.0), atol=1e-14)
    assert waiting_time(clipped_linear(), np.array(0.0)) == np.inf
    assert waiting_time(lambda V: np.full(np.shape(V), 0.05), np.array(1.0),
                        0.5) == pytest.approx(20)


def test_the_path_of_infinitely_many_neurons_ends_at_the_mean_field():
    np.testing.assert_allclose(population_path(clipped_linear(), 3.0, 0.0, 0.3, 4),
                               [0.3, 0.63, 0.37, 0.63], atol=1e-12)
    for w, leak in ((1.5, 0.0), (0.9, 0.5)):
        path = population_path(clipped_linear(), w, leak, 0.3, 400)
        assert path[-1] == pytest.approx(mean_field(clipped_linear(), w, leak)[1], abs=1e-9)


def test_a_thousand_neurons_follow_the_mean_field():
    N, steps = 1000, 400
    network = GalvesLocherbach(W=1.5 / N * (np.ones((N, N)) - np.eye(N)), phi=clipped_linear())
    rate = network.simulate(steps, 1, start=0.3, keep_V=False).spikes[50:].mean()
    assert rate == pytest.approx(0.33121, abs=0.005)


@pytest.mark.parametrize("phi, w, leak, start", [(clipped_linear(), 1.5, 0.0, 0.3),
                                                 (logistic(1.0, 4.0), 4.0, 0.0, 1.0),
                                                 (logistic(1.0, 4.0), 4.0, 0.0, 0.0),
                                                 (clipped_linear(), 0.3, 0.9, 0.3)])
def test_ten_thousand_neurons_follow_the_mean_field(phi, w, leak, start):
    """The model's own line and probability, with its all-to-all sum w k/N from the number k
    that fires (no matrix of 800 MB).
    """
    N, rng = 10_000, np.random.default_rng(1)
    network = GalvesLocherbach(W=csc_array((N, N)), phi=phi, leak=leak)
    V, rate = np.full(N, start), np.empty(800)
    for t in range(len(rate)):
        X = rng.random(N) < network.probability(V)
        V, rate[t] = network.next_potential(V, X, w * X.mean()), X.mean()
    expected = mean_field(phi, w, leak)[0 if start == 0 else -1]
    assert rate[200:].mean() == pytest.approx(expected, abs=0.002)
    assert population_path(phi, w, leak, start, 800)[-1] == pytest.approx(expected, abs=1e-9)


def test_the_folds_are_where_the_weight_turns():
    """W(u) = u (1 + phi(u) - phi(0)) / phi(u), the weight that belongs to an input u."""
    from scipy.optimize import minimize_scalar
    phi = logistic(1.0, 4.0)

    def weight(u):
        return u * (1 + phi(u) - phi(0.0)) / phi(u)

    low = minimize_scalar(weight, bounds=(0.6, 2), method="bounded", options={"xatol": 1e-9})
    high = minimize_scalar(lambda u: -weight(u), bounds=(0.1, 0.6), method="bounded",
                           options={"xatol": 1e-9})
    assert (low.fun, -high.fun) == (pytest.approx(2.89894,
                                                  abs=1e-5), pytest.approx(5.45336, abs=1e-5))
    for rho, slope in zip(mean_field(phi, 4.0), (0.408, 1.840, -0.823)):
        p = phi(4 * rho)
        assert (1 - rho) * 16 * p * (1 - p) - p + phi(0.0) == pytest.approx(slope, abs=5e-4)


@pytest.mark.parametrize(
    "bad",
    [{"phi": logistic(), "w": "x"}, {"phi": logistic(), "w": np.nan}, {"phi": 3.0, "w": 1.0},
     {"phi": np.exp, "w": 1.0}, {"phi": lambda V: 1 - logistic()(V), "w": 1.0},
     {"phi": logistic(), "w": 1.0, "leak": 1.5}, {"phi": logistic(), "w": 1.0, "leak": -0.1}])
def test_bad_arguments_of_the_mean_field(bad):
    with pytest.raises((ValueError, TypeError), match="phi|leak|w must"):
        mean_field(**bad)


# Intervals


def test_a_coin_has_geometric_intervals():
    law = law_statistics(interval_distribution(np.full(2000, 0.05)))
    assert law.mean == pytest.approx(20, abs=1e-9) and law.cv == pytest.approx(
        0.9746794345, abs=1e-9) and law.mode == 1
    np.testing.assert_allclose(survival(np.full(3, 0.05)), 0.95**np.arange(1, 4))


def test_a_neuron_with_memory():
    neuron = SingleNeuron(shape="logistic", threshold=2.0, slope=4.0, leak=0.9, I_ext=0.2)
    law = neuron.statistics()
    assert law.mean == pytest.approx(15.9270153366, abs=1e-8) and law.cv == pytest.approx(
        0.2968903226, abs=1e-8)
    assert law.mode == 16
    k = np.arange(1, 31)
    np.testing.assert_allclose(neuron.potentials(30), 0.2 * (1 - 0.9**(k - 1)) / 0.1,
                               atol=1e-12)
    assert waiting_time(neuron.phi, np.array(0.2), 0.9) == pytest.approx(law.mean, abs=1e-9)
    sample = neuron.sample(20_000, 200)
    assert sample.mean() == pytest.approx(law.mean, abs=0.15)


def test_a_lone_neuron_is_a_network_of_one():
    neuron = SingleNeuron(leak=0.9, I_ext=0.2)
    activity = GalvesLocherbach(W=[[0]], phi=neuron.phi, leak=0.9, I_ext=0.2).simulate(
        40_000, 1)
    gaps = intervals(activity.spikes)
    assert gaps.mean() == pytest.approx(neuron.statistics().mean, abs=0.3)
    assert gaps.std() / gaps.mean() == pytest.approx(neuron.statistics().cv, abs=0.02)
    assert abs(np.corrcoef(
        gaps[:-1], gaps[1:])[0, 1]) < 0.08  # a renewal process: intervals are independent
    first = np.flatnonzero(activity.spikes[:, 0])[0]
    np.testing.assert_allclose(activity.V[first + 1:first + 6, 0], neuron.potentials(5),
                               atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_a_law(shape):
    neuron = SingleNeuron(shape=shape, threshold=1.0, slope=3.0, leak=0.9, I_ext=0.3)
    law = interval_distribution(neuron.hazards(2000))
    assert law.sum() == pytest.approx(1, abs=1e-9) and (law >= 0).all()
    assert neuron.statistics().mean >= 1


def test_a_soft_threshold_in_continuous_time():
    """With shrinking steps the escape rate gives the leaky integrate-and-fire neuron with a
    soft threshold.
    """
    t = np.linspace(0, 200, 400_001)
    rate = np.exp(6 * (2.5 * (1 - np.exp(-t / 10)) - 2))
    still = np.exp(-np.concatenate([[0], np.cumsum((rate[1:] + rate[:-1]) / 2 * np.diff(t))]))
    exact = np.trapezoid(still, t)
    errors = []
    for step in (0.1, 0.05):
        leak = np.exp(-step / 10)
        errors.append(
            waiting_time(escape_rate(2.0, 6.0, step), np.array(2.5 * (1 - leak)), leak) * step
            - exact)
    assert exact == pytest.approx(12.859, abs=0.001) and errors[0] / errors[1] == pytest.approx(
        2, abs=0.05)


def test_only_the_escape_rate_survives_another_step():
    """Rates in Hz at V = 0, slope 3 around 1, for three lengths of a step in ms."""
    for step, fixed, escape in ((1.0, 47.4, 48.6), (0.5, 94.9, 49.2), (0.1, 474.3, 49.7)):
        assert logistic(1.0, 3.0)(0.0) / step * 1000 == pytest.approx(fixed, abs=0.05)
        assert escape_rate(1.0, 3.0, step)(0.0) / step * 1000 == pytest.approx(escape, abs=0.06)


@pytest.mark.parametrize("slope, forgets, remembers", [(2.0, 0.923, 0.550), (4.0, 0.906, 0.235),
                                                       (8.0, 0.906, 0.118)])
def test_memory_makes_intervals_regular(slope, forgets, remembers):
    """The CV at leak 0 and 0.95, each with the input that makes the mean interval 16 steps."""
    from scipy.optimize import brentq
    for leak, expected in ((0.0, forgets), (0.95, remembers)):
        neuron = SingleNeuron(slope=slope, leak=leak)
        drive = brentq(lambda I, phi=neuron.phi, leak=leak: 16 / waiting_time(phi, I, leak) - 1,
                       0.01, 3)
        assert neuron.but(I_ext=drive).statistics().cv == pytest.approx(expected, abs=6e-4)


def test_intervals_of_a_raster_and_bad_laws():
    assert intervals([0, 1, 0, 0, 1, 1]).tolist() == [3, 1]
    assert intervals(np.array([[1, 0], [0, 1], [1, 1]])).tolist() == [2, 1]
    with pytest.raises(ValueError, match="sum to 1"):
        law_statistics([0.5, 0.2])
    with pytest.raises(ValueError, match="hazards"):
        interval_distribution([0.5, 1.2])
    with pytest.raises(ValueError, match="still silent"):
        SingleNeuron(shape="heaviside").statistics()


# Bad input


@pytest.mark.parametrize(
    "W, phi, more, message",
    [([[0, 1]], logistic(), {}, "W must be square"),
     ([0, 1], logistic(), {}, "W must be square"),
     ([[1, 0], [0, 0]], logistic(), {}, "zero diagonal"),
     ([[0, np.nan], [0, 0]], logistic(), {}, "W"), ([[0, "x"], [0, 0]], logistic(), {}, "W"),
     (csc_array((2, 3)), logistic(), {}, "W must be square"),
     (FIRST["W"], 0.5, {}, "phi must be a function"),
     (FIRST["W"], logistic(), {"leak": 1.1}, "leak.*0 to 1"),
     (FIRST["W"], logistic(), {"leak": -0.1}, "leak.*0 to 1"),
     (FIRST["W"], logistic(), {"leak": [0.1, 0.2, 0.3]}, "leak.*per neuron"),
     (FIRST["W"], logistic(), {"I_ext": np.inf}, "I_ext"), ])
def test_a_network_that_can_not_be(W, phi, more, message):
    with pytest.raises((ValueError, TypeError), match=message):
        GalvesLocherbach(W=W, phi=phi, **more)


@pytest.mark.parametrize(
    "phi, error, message",
    [(np.exp, ValueError, r"phi must be a probability.*phi\(2\) = 7.389"),
     (lambda V: -0.1 + 0 * V, ValueError, "phi must be a probability"),
     (lambda V: 1 / (1 + np.exp(V)), ValueError, "phi must not decrease"),
     (lambda V: V * np.nan, ValueError, "phi must be a probability"),
     (lambda V: 0.5 if V > 0 else 0.0, TypeError, "phi must take an array.*np.where"),
     (lambda V: 0.5 + 0j * V, TypeError, "phi must .* a probability for each .*complex"), ])
def test_a_phi_that_is_no_probability(phi, error, message):
    network = GalvesLocherbach(W=FIRST["W"], phi=phi)
    with pytest.raises(error, match=message):
        network.simulate(10, 1)
    with pytest.raises(error, match=message):
        network.transition_matrix()


@pytest.mark.parametrize("arguments, message", [((-1, 1), "steps"), ((2.5, 1), "steps"),
                                                ((10, -1), "rng"), ((10, "seed"), "rng"),
                                                ((10, None), "rng"),
                                                ((10, 1, [0, 1, 2]), "start"),
                                                ((10, 1, np.nan), "start")])
def test_a_simulation_that_can_not_be(arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        GalvesLocherbach(**FIRST).simulate(*arguments)


def test_too_many_neurons_for_the_exact_chain_says_how_much_memory():
    big = GalvesLocherbach(W=np.zeros((20, 20)), phi=logistic())
    for ask in (big.transition_matrix, big.stationary, big.rates, big.states, big.entropy_rate):
        with pytest.raises(
                ValueError,
                match=r"N = 20 neurons has 2\^20 patterns .* take 8\.8e\+03 GB of memory"):
            ask()
    with pytest.raises(ValueError, match="leak 0"):
        GalvesLocherbach(**FIRST, leak=0.5).transition_matrix()


@pytest.mark.parametrize("spikes", [[0, 1], [[0, 1, 0]], [[0, 2]], [[0, np.nan]], "raster"])
def test_a_raster_that_is_none(spikes):
    with pytest.raises((ValueError, TypeError), match="spikes"):
        GalvesLocherbach(**FIRST).log_likelihood(spikes)


@pytest.mark.parametrize("make", [logistic, clipped_linear, escape_rate, probit])
@pytest.mark.parametrize("second", [0, -1, np.nan, "x", None])
def test_a_slope_that_is_not_positive(make, second):
    with pytest.raises((ValueError, TypeError), match="slope|gain"):
        make(0.0, second)


# Chance in large networks: what can't matter is not drawn


def crowd(n=600, strength=0.01, seed=1):
    """A dense network, random weights up to `strength`."""
    W = np.random.default_rng(seed).uniform(0, strength, (n, n))
    np.fill_diagonal(W, 0)
    return GalvesLocherbach(W=W, phi=logistic(4.0, 1.25), leak=0.9, I_ext=0.1)


def test_places_are_drawn_independently_with_their_share():
    size, rng = 400_000, np.random.default_rng(5)
    places = drawn_places(rng, size, FEW)
    assert (np.diff(places) > 0).all() and places[0] >= 0 and places[-1] < size
    assert len(places) == pytest.approx(size * FEW, abs=4 * np.sqrt(size * FEW * (1 - FEW)))
    gaps = np.diff(places)
    for gap in (1, 2, 5, 20):  # P(gap) = share (1 - share)^(gap - 1)
        p = FEW * (1 - FEW)**(gap - 1)
        assert (gaps == gap).sum() == pytest.approx(
            len(gaps) * p, abs=4.5 * np.sqrt(len(gaps) * p))
    assert all(len(drawn_places(rng, size, FEW)) <= size for size in (1, 2, 3))
    first = [0 in drawn_places(rng, 1, 0.25) for _ in range(4000)]
    assert np.mean(first) == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 4000))


def test_levels_of_a_large_network_are_those_of_uniform_numbers():
    phi, shape = logistic(1.0, 2.0), (300, 700)
    chance = SparseRandomThresholds(phi, np.random.default_rng(2), shape)
    low, levels = chance.low(), chance.all()
    U = np.sort(phi(levels).ravel())
    assert np.abs(U - (np.arange(U.size) + 0.5) / U.size).max() < 1.95 / np.sqrt(
        U.size)  # Kolmogorov, 0.1 %
    below = levels <= chance.ceiling
    assert np.array_equal(low[below], levels[below]) and (low[~below] == chance.ceiling).all()
    columns = np.corrcoef(phi(levels[:-1, :5]).ravel(), phi(levels[1:, :5]).ravel())[0, 1]
    assert abs(columns) < 4 / np.sqrt(299 * 5)


@pytest.mark.parametrize("strength, crosses", [(0.004, False), (0.03, True)])
def test_the_raster_is_that_of_all_levels_whether_or_not_they_were_needed(
        strength, crosses, monkeypatch):
    network = crowd(strength=strength)
    quick = network.simulate(1500, 3)
    assert (quick.V.max() > network.phi.inverse(FEW)) == crosses and quick.spikes.any()

    class Thorough(SparseRandomThresholds):
        """All levels are drawn, always."""
        def was_missed(self, spikes):
            """Yes."""
            return True

    monkeypatch.setattr(galves_locherbach, "SparseRandomThresholds", Thorough)
    slow = network.simulate(1500, 3)
    assert np.array_equal(quick.spikes, slow.spikes) and np.array_equal(quick.V, slow.V)


def test_phi_is_looked_at_only_where_the_network_can_be():
    """With w = -1 no V rises above 0, with w = 1 none falls below: what phi does there is its
    own affair.
    """
    def falls_above(V):
        return np.where(V > 0, 0.3 - 0.2 * np.tanh(V), 0.3 + 0.2 * np.tanh(np.minimum(V, 0)))

    def falls_below(V):
        return np.where(V < 0, 0.3 - 0.2 * np.tanh(V), 0.3 + 0.2 * np.tanh(np.maximum(V, 0)))

    assert mean_field(falls_above, -1.0).size == mean_field(falls_below, 1.0).size == 1
    for phi, w in ((falls_above, 1.0), (falls_below, -1.0)):
        with pytest.raises(ValueError, match="phi must not decrease"):
            mean_field(phi, w)


class AsWritten(GalvesLocherbach):
    """The same model under another type: the plain loop."""


class Replayed(np.random.Generator):
    """A Generator whose uniform numbers are given, one row (N,) after the other."""

    def __init__(self, rows):
        super().__init__(np.random.PCG64(0))
        self.rows = iter(rows)

    def random(self, size=None):
        """The next row."""
        return next(self.rows)


def sparse_matrix(N, seed, links):
    rng = np.random.default_rng(seed)
    return rng.normal(0.1, 1, (N, N)) * (rng.random((N, N)) < links / N) * (1 - np.eye(N))


@pytest.mark.parametrize("kind", [np.asarray, csc_array])
@pytest.mark.parametrize("changes", [
    {}, {"leak": 0.0, "I_ext": 2.0}, {"leak": 1.0}, {"leak": np.linspace(0.5, 0.9, 60)},
    {"phi": clipped_linear(0.5, 0.3)}, {"phi": logistic(1.0).phi}, {"phi": heaviside(0.2)}])
def test_the_fast_form_of_a_network_is_the_plain_loop(kind, changes):
    given = {"W": kind(sparse_matrix(60, 1, 10)), "phi": logistic(1.0), "leak": 0.9,
             "I_ext": 0.1} | changes
    fast, plain = (model(**given).simulate(5000, 7, start=0.3)
                   for model in (GalvesLocherbach, AsWritten))
    assert np.array_equal(fast.spikes, plain.spikes) and fast.spikes.any()
    assert fast.V == pytest.approx(plain.V, abs=1e-13)


@pytest.mark.parametrize("kind", [np.asarray, csc_array])
@pytest.mark.parametrize(
    "changes",
    [{}, {"I_ext": np.linspace(0, 0.3, 600)}, {"leak": 0.0, "I_ext": 2.0}, {"leak": 1.0},
     {"phi": clipped_linear(0.5, 0.3)}, {"leak": np.linspace(0.5, 0.9, 600)}])
def test_a_large_network_with_the_same_thresholds_is_the_plain_loop(kind, changes, monkeypatch):
    rng = np.random.default_rng(4)
    W = kind(rng.normal(0.002, 0.02, (600, 600)) * (1 - np.eye(600)))
    given = {"W": W, "phi": logistic(3.0, 1.5), "leak": 0.8, "I_ext": 0.3} | changes
    seen = []

    class Remembered(SparseRandomThresholds):
        """Thresholds that are kept."""

        def __init__(self, *arguments):
            super().__init__(*arguments)
            seen.append(super().all())

        def all(self):
            """The same thresholds as before."""
            return seen[-1]

    monkeypatch.setattr(galves_locherbach, "SparseRandomThresholds", Remembered)
    fast = GalvesLocherbach(**given).simulate(900, 6, start=0.2)
    assert len(seen) == 3  # chunks
    plain = AsWritten(**given).simulate(900, Replayed(given["phi"](np.concatenate(seen))), 0.2)
    assert np.array_equal(fast.spikes, plain.spikes)
    assert fast.spikes[100:].any() and not fast.spikes.all()
    assert fast.V == pytest.approx(plain.V, abs=1e-12)


def test_switched_off_the_fast_form_is_not_used(monkeypatch):
    monkeypatch.setattr(registry, "FAST_FORMS", {})
    monkeypatch.setattr(galves_locherbach, "drawn_thresholds", None)
    assert GalvesLocherbach(**FIRST).simulate(50, 1).spikes.any()


# What arrives from outside


def test_input_from_outside_enters_like_the_spikes_of_its_step():
    rng = np.random.default_rng(3)
    arriving = rng.normal(0, 1, (80, 1))
    alone = GalvesLocherbach(W=[[0]], phi=logistic(0.5), leak=0.7, I_ext=0.2)
    X = rng.random((80, 1)) < 0.3
    V = np.zeros(80)
    for t in range(79):
        V[t + 1] = 0 if X[t, 0] else 0.7 * V[t] + 0.2 + arriving[t, 0]
    assert alone.potentials(X, arriving)[:, 0] == pytest.approx(V, abs=1e-14)
    p = alone.probability(V)
    expected = np.log(np.where(X[:, 0], p, 1 - p)).sum()
    assert alone.log_likelihood(X, arriving) == pytest.approx(expected, abs=1e-10)
    assert alone.log_likelihood(X, 0 * arriving) == alone.log_likelihood(X)


def test_a_neuron_that_brings_its_input_from_outside_is_one_of_the_network():
    """The sender as a neuron, and as input from outside that is known: the same likelihood."""
    rng = np.random.default_rng(5)
    pair = GalvesLocherbach(W=[[0, 2.0], [0, 0]], phi=logistic(1.0), leak=0.5)
    X = pair.simulate(200, rng).spikes
    alone = GalvesLocherbach(W=[[0]], phi=logistic(1.0), leak=0.5)
    assert pair.log_likelihood(X) == pytest.approx(
        alone.log_likelihood(X[:, :1], 2.0 * X[:, 1:]) + alone.log_likelihood(X[:, 1:]))


@pytest.mark.parametrize("arriving", [np.zeros((3, 2)), np.zeros(2), [[np.nan], [0.0]], "input"])
def test_input_from_outside_of_another_shape_is_refused(arriving):
    with pytest.raises((ValueError, TypeError), match="arriving"):
        GalvesLocherbach(**FIRST).log_likelihood([[0, 1], [1, 0]], arriving)


def test_a_run_that_does_not_fit_into_memory_is_refused_and_a_long_one_is_not():
    with pytest.raises(ValueError, match="steps must be at most .* GB of memory"):
        GalvesLocherbach(W=np.zeros((1000, 1000)), phi=logistic()).simulate(10**6, 1)
    with pytest.raises(ValueError, match="steps must be a whole number from 0 to"):
        GalvesLocherbach(**FIRST).simulate(10**10, 1)
    assert len(GalvesLocherbach(W=[[0]], phi=logistic(3.0)).simulate(300_000, 1).V) == 300_000
