"""Avalanches, extinction, decoding and the networks that panels turn, against theory and
against the model itself.
"""
import itertools

import numpy as np
import pytest

from course_utils import GalvesLocherbach, clipped_linear, logistic, mean_field
from course_utils.notebook_05 import pictures
from course_utils.notebook_05.avalanches import (
    borel,
    duration_survival,
    escape_probability,
    exponent_of,
    extinction_time,
    fit_exponent,
    population_counts,
    sample_avalanches,
)
from course_utils.notebook_05.decoding import (
    decode_logistic,
    decode_windows,
    lag_correlation,
    wrong_links,
)
from course_utils.notebook_05.exercises import EXERCISES, check
from course_utils.notebook_05.experiments import CriticalNetwork, LayeredNetwork, density
from course_utils.notebook_05.one_step import (
    EXACT,
    THREE,
    joint_probabilities,
    measured,
)
from course_utils.notebook_05.renewal import interval_distribution, law_statistics
from course_utils.panel import Panel, Touch
from course_utils.questions.texts import texts

CRITICAL = sample_avalanches(400_000, 100_000, 1.0, 1)

# The number that fires


@pytest.mark.parametrize("N, expected, tolerance", [(1000, 0.33121, 0.0025),
                                                    (10_000, 0.33302, 0.002),
                                                    (100_000, 0.33334, 0.002)])
def test_large_networks_follow_the_mean_field(N, expected, tolerance):
    counts = population_counts(N, 1.5, round(0.3 * N), 3000, 1)[500:]
    assert counts.mean() / N == pytest.approx(expected, abs=tolerance)
    assert counts.std() / np.sqrt(N) == pytest.approx(0.471, abs=0.03)  # theory below


def test_the_fluctuation_is_that_of_the_linearised_map():
    """Var = q (1 - q) (1 - rho) / (1 - multiplier^2) with q = phi(W rho) = 1/2, rho = 1/3,
    multiplier 1/2.
    """
    assert np.sqrt(0.25 * (2 / 3) / (1 - 0.25)) == pytest.approx(0.4714, abs=1e-4)
    counts = population_counts(100_000, 1.5, 33_333, 20_000, 2)[500:]
    assert counts.std() / np.sqrt(100_000) == pytest.approx(0.4714, abs=0.02)


def test_the_count_is_the_network():
    """The distribution of the number that fires in the next step, against the full network:
    mean and variance.
    """
    N, k = 40, 12
    network = GalvesLocherbach(W=1.8 / N * (np.ones((N, N)) - np.eye(N)), phi=clipped_linear())
    V = network.next_potential(0.0, np.arange(N) < k, network.W @ (np.arange(N) < k))
    p = network.probability(V)
    counts = population_counts(N, 1.8, np.full(200_000, k), 1, 3)[1]
    assert counts.mean() == pytest.approx(p.sum(), abs=0.03)
    assert counts.var() == pytest.approx((p * (1 - p)).sum(), rel=0.02)


def test_the_frozen_network_is_the_model():
    """The fast all-to-all network makes the raster of the full weight matrix with the same
    random numbers.
    """
    from course_utils.notebook_05.experiments import _noise
    for leak, threshold in ((0.0, 0.0), (0.6, 0.1)):
        experiment = CriticalNetwork(branching_parameter=1.7, leak=leak, threshold=threshold,
                                     N=150)
        W = 1.7 / 150 * (np.ones((150, 150)) - np.eye(150))
        model = GalvesLocherbach(W=W, phi=experiment.phi, leak=leak)
        run, V = experiment.run(), np.full(150, threshold + 0.3)
        for fires, chance in zip(run.spikes, _noise(1)[0]):
            X = V > model.phi.inverse(chance[:150])
            np.testing.assert_array_equal(fires, X)
            V = model.next_potential(V, X, W @ X)
        assert not run.restarted.any()


def test_three_regimes():
    silent, active, period_two = (CriticalNetwork(branching_parameter=g).run()
                                for g in (0.5, 1.5, 3.0))
    assert silent.restarted.sum() > 40 and silent.avalanches.mean() < 3
    assert active.rate[40:].mean() == pytest.approx(1 / 3,
                                                     abs=0.01) and not active.restarted.any()
    np.testing.assert_array_equal(period_two.spikes[-1], period_two.spikes[-3])
    np.testing.assert_array_equal(period_two.spikes[-1], ~period_two.spikes[-2])
    assert sorted(period_two.rate[-2:]) == pytest.approx([0.37, 0.63], abs=0.02)
    assert CriticalNetwork(branching_parameter=0.0).run().avalanches.tolist() == [1] * 79


def test_theory_of_the_panel():
    for leak in (0.0, 0.5):
        network = CriticalNetwork(branching_parameter=1.4, leak=leak)
        rho = mean_field(network.phi, 1.4, leak)[-1]
        assert network.run().expected[-1] == pytest.approx(rho, abs=1e-6)
        assert network.next_fraction(rho) == pytest.approx(rho, abs=1e-9)
    with pytest.raises(ValueError, match="N must be at most 4000"):
        CriticalNetwork(N=10_000).run()


def test_density_keeps_the_number_of_spikes():
    spikes = np.random.default_rng(1).random((50, 730)) < 0.2
    assert density(spikes).shape == (200, 50) and density(spikes[:, :120]).shape == (120, 50)
    np.testing.assert_array_equal(density(spikes[:, :120]), spikes[:, :120].T)
    np.testing.assert_allclose(
        density(spikes[:, :600]).mean(axis=0), spikes[:, :600].mean(axis=1))


# Avalanches


def test_borel_law_and_its_simulation():
    np.testing.assert_allclose(borel([1, 2, 3]), [0.367879, 0.135335, 0.074681], atol=1e-6)
    assert borel(np.arange(1, 200), 0.5).sum() == pytest.approx(1)
    assert borel(np.arange(1, 500), 0.8) @ np.arange(1, 500) == pytest.approx(5, abs=1e-3)
    many = sample_avalanches(2_000_000, 100_000, 1.0, 1,
                             longest=4)  # cut off early: sizes up to 3 are complete
    for size, expected in ((1, 0.36706), (2, 0.13538), (3, 0.07424)):
        assert (many.sizes == size).mean() == pytest.approx(expected, abs=0.002)
        assert (CRITICAL.sizes == size).mean() == pytest.approx(float(borel(size)), abs=0.002)


def test_durations():
    active = duration_survival(10_000)
    np.testing.assert_allclose(active[[1, 2, 3, 100]],
                               [0.632121, 0.468536, 0.374082, 0.0193529], atol=1e-6)
    assert active[0] == 1 and 10_000 * active[-1] == pytest.approx(2, abs=0.01)
    for t in (1, 2, 3):
        assert (CRITICAL.durations > t).mean() == pytest.approx(active[t], abs=0.003)


def test_exponents_by_maximum_likelihood():
    size = fit_exponent(CRITICAL.sizes, 30, 3162)
    assert size.exponent == pytest.approx(1.50, abs=0.02) and size.error < 0.005
    assert 1.85 < fit_exponent(CRITICAL.durations, 30, 316).exponent < 2.0
    assert fit_exponent(CRITICAL.durations, 10, 316).exponent == pytest.approx(1.89, abs=0.03)


def test_durations_converge_slowly_and_sizes_do_not():
    """What infinitely many avalanches would give: the fit's distance from 2 is the law's own,
    no chance and no fault.
    """
    durations, sizes = -np.diff(duration_survival(100_000)), borel(np.arange(1, 100_001))
    for low, high, expected in ((10, 316, 1.883), (30, 316, 1.941), (1000, 100_000, 1.998)):
        assert exponent_of(durations, low, high) == pytest.approx(expected, abs=5e-4)
    assert exponent_of(sizes, 30, 3162) == pytest.approx(1.499, abs=5e-4)
    for low in (10, 30):
        fit = fit_exponent(CRITICAL.durations, low, 316)
        assert fit.exponent == pytest.approx(exponent_of(durations, low, 316),
                                             abs=3 * fit.error)
    t = np.array([100, 1000, 10_000])
    rest = 1 / duration_survival(10_000)[t] - t / 2 - np.log(
        t) / 6  # 1 / P(D > t) = t / 2 + ln(t) / 6 + const
    assert np.ptp(rest) < 0.006 and rest[-1] == pytest.approx(0.8992, abs=1e-4)
    n = 30
    assert np.log2(sizes[n - 1] / sizes[2 * n - 1]) == pytest.approx(1.5, abs=0.0021)


def test_borel_by_its_derivation():
    """P(S = n) = P(n Poisson numbers sum to n - 1) / n, and of n rotations exactly one stays
    above until the end.
    """
    from scipy.stats import poisson
    for mean in (0.7, 1.0):
        n = np.arange(1, 40)
        np.testing.assert_allclose(borel(n, mean), poisson.pmf(n - 1, n * mean) / n, rtol=1e-10)
    steps = np.random.default_rng(1).permutation([-1] * 9 + [3, 2, 2, 1])
    assert steps.sum() == -1
    first = [(np.cumsum(np.roll(steps, k)) == -1).argmax() == len(steps) - 1
             for k in range(len(steps))]
    assert sum(first) == 1


def test_the_fit_finds_the_exponent_of_an_exact_sample():
    x = np.arange(5, 501)
    p = x**-2.3
    sample = np.random.default_rng(1).choice(x, 200_000, p=p / p.sum())
    fit = fit_exponent(sample, 5, 500)
    assert fit.exponent == pytest.approx(2.3, abs=4 * fit.error) and 0.002 < fit.error < 0.006


@pytest.mark.parametrize("branching_parameter, mean", [(0.8, 5), (0.9, 10)])
def test_mean_size_below_the_critical_point(branching_parameter, mean):
    assert sample_avalanches(100_000, 100_000, branching_parameter,
                             3).sizes.mean() == pytest.approx(mean, rel=0.03)


def test_survival_above_the_critical_point():
    assert escape_probability(1.1) == pytest.approx(0.1761341, abs=1e-7)
    assert escape_probability(1.0) == escape_probability(0.5) == 0
    q = 1 - escape_probability(1.7)
    assert q == pytest.approx(np.exp(1.7 * (q - 1)))
    assert duration_survival(3000, 1.1)[-1] == pytest.approx(escape_probability(1.1))
    lasting = sample_avalanches(100_000, 100_000, 1.1, 4, longest=200).durations == 200
    assert lasting.mean() == pytest.approx(0.17562, abs=0.003)


def test_a_small_network_cuts_the_tail():
    small = sample_avalanches(100_000, 1000, 1.0, 5)
    assert (small.sizes > 10_000).mean() < 0.1 * (CRITICAL.sizes > 10_000).mean()
    assert fit_exponent(small.durations, 30,
                        316).exponent > 2.1  # not the exponent of the process
    assert fit_exponent(small.durations, 30, 100).exponent == pytest.approx(
        1.78, abs=0.08)  # and no better higher up


def test_avalanches_are_repeated_by_their_seed_and_agree_with_each_other():
    again = sample_avalanches(1000, 500, 1.0, 7)
    np.testing.assert_array_equal(
        again.sizes,
        sample_avalanches(1000, 500, 1.0, np.random.default_rng(7)).sizes)
    assert (again.sizes >= again.durations).all() and again.durations.min() == 1
    assert sample_avalanches(10, 500, 5.0, 1, longest=3).durations.max() == 3


def test_extinction_time_against_simulation_and_by_hand():
    assert extinction_time(1, 3.0) == 1  # alone: it fires once
    m = 1.0  # two neurons, one fires: the other with m/2
    assert extinction_time(2, m, start=1) == pytest.approx(1 / (1 - m / 2))
    counts = population_counts(30, 1.2, np.full(20_000, 10), 400, 1)
    assert (counts > 0).sum(axis=0).mean() == pytest.approx(extinction_time(30, 1.2), rel=0.03)
    for N, lively, quiet in ((20, 103.0, 6.342), (40, 2076, 9.286), (80, 1.261e6, 12.87)):
        assert extinction_time(N, 1.5) == pytest.approx(lively, rel=5e-4)
        assert extinction_time(N, 0.9) == pytest.approx(quiet, rel=5e-4)
    grows = [extinction_time(N, 1.5) for N in (20, 40, 80)]
    assert grows[2] / grows[1] > 100 and extinction_time(80, 0.9) < 15


# Decoding


def hidden():
    W = np.zeros((5, 5))
    for post, pre, weight in ((1, 2, 2), (1, 5, -2), (2, 1, 2), (3, 2, 2), (3, 4, 2),
                              (4, 3, -2), (5, 4, 2)):
        W[post - 1, pre - 1] = weight
    return GalvesLocherbach(W=W, phi=logistic(1.5))


RECORDINGS = [hidden().simulate(30_000, seed, keep_V=False).spikes for seed in range(3)]


def test_rates_of_the_hidden_network():
    np.testing.assert_allclose(hidden().rates(),
                               [0.231721, 0.259595, 0.303292, 0.143368, 0.230171], atol=1e-6)


@pytest.mark.parametrize("steps, error", [(3000, 0.32), (10_000, 0.155), (30_000, 0.089)])
def test_logistic_regression_finds_the_links(steps, error):
    W, worst = hidden().W, []
    for X in RECORDINGS:
        found = decode_logistic(X[:steps])
        assert wrong_links(np.abs(found.z) > 3.3, W) <= 1
        worst.append(np.abs(found.W - W).max())
    assert np.mean(worst) == pytest.approx(error, rel=0.35)


def test_standard_errors_are_honest():
    z = np.concatenate([((found.W - hidden().W) / np.where(
        found.z == 0, 1, found.W / np.where(found.z == 0, 1, found.z)))[~np.eye(5, dtype=bool)]
                        for found in map(decode_logistic, RECORDINGS)])
    assert z.std() == pytest.approx(1, abs=0.3) and abs(z.mean()) < 0.4


def test_windows_find_the_links_in_long_recordings():
    W = hidden().W
    few = np.mean([wrong_links(decode_windows(X[:1000]), W) for X in RECORDINGS])
    many = np.mean([wrong_links(decode_windows(X), W) for X in RECORDINGS])
    assert many <= 1 < few


def test_correlation_is_not_connection():
    network = hidden()
    law, states = network.stationary(), network.states()
    p = states @ np.zeros((5, 5)) + network.probability(
        network.next_potential(0.0, states, (network.W @ states.T).T))
    rate = network.rates()
    covariance = np.einsum("x,xi,xj->ij", law, p, states) - np.outer(rate, rate)
    exact = covariance / np.sqrt(np.outer(rate * (1 - rate), rate * (1 - rate)))
    assert exact[1, 2] == pytest.approx(0.0350, abs=5e-5) and exact[0, 2] == pytest.approx(
        -0.0231, abs=5e-5)
    assert network.W[1, 2] == network.W[0, 2] == 0
    np.testing.assert_allclose(np.mean([lag_correlation(X) for X in RECORDINGS], axis=0), exact,
                               atol=0.012)


def test_the_error_of_the_weights_falls_as_one_over_the_square_root():
    error = [
        np.mean([np.abs(decode_logistic(X[:T]).W - hidden().W).max()
                 for X in RECORDINGS])
        for T in (1900, 30_000)
    ]
    assert error[0] / error[1] == pytest.approx(4, rel=0.5)


def test_correlations_invent_four_links_that_no_recording_removes():
    network = hidden()
    law, states, rate = network.stationary(), network.states(), network.rates()
    p = network.probability(network.next_potential(0.0, states, (network.W @ states.T).T))
    covariance = np.einsum("x,xi,xj->ij", law, p, states) - np.outer(rate, rate)
    seen = np.abs(covariance / np.sqrt(np.outer(rate * (1 - rate), rate *
                                                (1 - rate)))) > 3.3 / np.sqrt(100_000)
    assert wrong_links(seen, network.W) == 4 and (seen[network.W != 0]).all()


def test_wrong_links_counts_misses_and_inventions():
    W = np.array([[0, 1.0], [0, 0]])
    assert wrong_links([[0, 1], [0, 0]], W) == 0 and wrong_links([[0, 0], [1, 0]], W) == 2
    assert wrong_links([[1, 1], [0, 1]], W) == 0  # the diagonal does not count


# The layered network


def test_the_layered_network_and_its_turning():
    network = LayeredNetwork()
    model, (step, layer, place) = network.model(), network.spikes()
    assert model.N == 4000 and model.W.diagonal().sum() == 0
    # down, never up
    assert model.W[:1000, 1000:].nnz == 0 and model.W[1000:2000, :1000].nnz > 0
    excitatory = np.arange(4000) % 1000 < 800
    assert (model.W[:, excitatory].data > 0).all() and (model.W[:, ~excitatory].data < 0).all()
    assert set(layer) == {0, 1, 2, 3} and step.max() < 180 and place.max() < 1000
    assert network.but(azimuth=80.0).spikes()[0] is step  # turning simulates nothing
    assert network.but(down=0.1).spikes()[0] is not step


def test_what_is_thinned_out_is_still_counted():
    """Of a storm only some spikes are drawn, but its layers' counts are those of the network.
    """
    storm = LayeredNetwork(inhibition=0.4)
    raster = storm.model().simulate(180, 2, keep_V=False).spikes
    result = storm.run()
    counts = raster.sum(axis=0).reshape(4, 1000).sum(axis=1)
    assert result.counts.tolist() == counts.tolist() and result.every > 1
    drawn = len(result.excitatory[0]) + len(result.inhibitory[0])
    assert drawn <= 30_000 and f"one in {result.every} is drawn" in result.sentence()
    assert (counts > LayeredNetwork().run().counts).all()  # less inhibition: more in all layers


def test_the_hand_turns_it():
    def drag(network, x, y, kind="drag"):
        return network.touched(Touch(kind, None, x, y))

    network = LayeredNetwork()
    grabbed = drag(network, 0.0, 0.0, "down")
    turned = drag(grabbed, -0.1, 0.05)
    assert (turned.azimuth, turned.elevation) == (pytest.approx(34), pytest.approx(19))
    assert drag(turned, -0.1, 0.05, "up").grabbed is None
    assert grabbed.azimuth == network.azimuth and drag(grabbed, -9.0, -9.0).azimuth == 90
    front = network.but(azimuth=0.0, elevation=0.0)
    x, y = front.project([0, 180], [0, 3], [0, 1000])
    np.testing.assert_allclose(x, [-0.8, 0.8])
    np.testing.assert_allclose(y, [0.75, -0.75])


def test_an_axis_that_points_to_the_viewer_has_no_label():
    def seen(**angles):
        labels = LayeredNetwork(**angles).run().labels
        return {text for text, (_, _, shown) in labels.items() if shown}

    time = {"time (steps)", "0", "60", "120", "180"}
    layers = {f"layer {k}" for k in (1, 2, 3, 4)}
    assert seen(azimuth=0.0, elevation=0.0) == time | layers
    assert seen(azimuth=90.0, elevation=0.0) == {"1000 neurons"} | layers
    assert seen(azimuth=0.0, elevation=90.0) == time | {"1000 neurons"}


def view(fig):
    draw = pictures.layers(fig.subplots(), animated=True)
    return lambda network, activity: draw(activity)


def test_no_label_leaves_the_picture_and_the_box_looks_the_same_however_it_was_turned():
    panel = Panel(LayeredNetwork(), view, "azimuth", "elevation")
    for angles in itertools.product((0.0, 30.0, 90.0), (0.0, 55.0, 90.0)):
        panel.sliders["azimuth"].value, panel.sliders["elevation"].value = angles
        for text in panel.figure.axes[0].texts:
            box = text.get_window_extent()
            inside = 0 <= box.x0 and box.x1 <= 860 and 0 <= box.y0 and box.y1 <= 360
            assert inside or not text.get_visible(), f"{text.get_text()} at {angles}: {box}"
        assert panel.picture.value == Panel(panel.record, view).picture.value, angles


@pytest.mark.parametrize(
    "azimuth, elevation", [(0.0, 0.0), (28.0, 22.0), (0.0, 90.0), (60.0, 45.0)])
def test_the_ticks_of_time_lie_along_the_box_and_apart(azimuth, elevation):
    network = LayeredNetwork(azimuth=azimuth, elevation=elevation)
    labels = network.run().labels
    x, y = np.array([labels[str(step)][:2] for step in (0, 60, 120, 180)]).T
    right_x, right_y = network.project([0, 60, 120, 180], 3.12, -40)
    np.testing.assert_allclose((x, y), (right_x, right_y))
    assert np.hypot(np.diff(x), np.diff(y)).min() > 0.2


def test_the_sentences_of_the_critical_network():
    said = [CriticalNetwork(branching_parameter=m).run().sentence() for m in (0.5, 1.5, 3.0)]
    assert "was restarted 56 times" in said[0] and "silence is stable below 1.00" in said[0]
    assert "sustains itself" in said[1] and "0.338 ± 0.008" in said[1]
    assert "alternates between 0.624 and 0.377" in said[2]
    assert "stable below" not in CriticalNetwork(threshold=0.1).run().sentence()
    assert CriticalNetwork(leak=0.5).run().edge == 0.5


def test_beyond_two_every_start_reaches_the_band_in_which_two_values_alternate():
    """Notebook 05, section 5, step 6, by the map itself; a start of 1 falls silent."""
    for m in (2.01, 2.5, 3.0):
        rho = np.linspace(0.001, 0.999, 999)
        for _ in range(300):
            rho = (1 - rho) * np.minimum(1, m * rho)
        assert ((rho >= 1 / m - 1e-9) & (rho <= 1 - 1 / m + 1e-9)).all()
        assert (1 - 1.0) * min(1, m) == 0


@pytest.mark.parametrize("leak, without, with_reset", [
    (0.0, (0.138, 0.128), (0.135, 0.127)), (0.5, (0.161, 0.139), (0.146, 0.133)),
    (0.9, (0.999, 0.953), (0.172, 0.153))])
def test_without_the_reset_the_rates_run_to_1_only_where_nearly_nothing_leaks(leak, without,
                                                                              with_reset):
    class AsPrinted(GalvesLocherbach):
        def next_potential(self, V, X, arriving):
            return self.leak * V + arriving + self.I_ext

    for kind, expected in ((AsPrinted, without), (GalvesLocherbach, with_reset)):
        pair = kind(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=leak)
        rates = pair.simulate(40_000, 1, keep_V=False).spikes[200:].mean(axis=0)
        np.testing.assert_allclose(rates, expected, atol=0.01)


def test_the_squared_phi_touches_the_ceiling_and_the_diagonal_at_the_same_weight():
    """1 = w² ρ (1 - ρ) is first possible at w = 2 and ρ = 1/2, where the input w ρ is 1."""
    def squared(V):
        return np.clip(V, 0, 1)**2

    assert mean_field(squared, 1.999).tolist() == [0.0]
    just_above = mean_field(squared, 2.0001)
    assert just_above[1] == pytest.approx(0.495, abs=1e-3) and just_above[1] * 2.0001 < 1
    w = 2.0001  # without the ceiling the two roots of w² ρ (1 - ρ) = 1
    roots = np.roots([-w * w, w * w, -1])
    assert sorted(roots) == pytest.approx([0.495, 0.505], abs=1e-3)


# Bad input


@pytest.mark.parametrize("call, message",
                         [(lambda: sample_avalanches(-1, 10, 1.0, 1), "count"),
                          (lambda: sample_avalanches(5, 0, 1.0, 1), "N must"),
                          (lambda: sample_avalanches(5, 10, -1.0, 1), "branching_parameter"),
                          (lambda: sample_avalanches(5, 10, np.nan, 1), "branching_parameter"),
                          (lambda: sample_avalanches(5, 10, 1.0, "x"), "rng"),
                          (lambda: sample_avalanches(5, 10, 1.0, 1, longest=0), "longest"),
                          (lambda: population_counts(10, 1.0, 11, 5, 1), "start"),
                          (lambda: population_counts(10, 1.0, 2.5, 5, 1), "start"),
                          (lambda: population_counts(10, 1.0, 2, -5, 1), "steps"),
                          (lambda: extinction_time(5000, 1.0), "N must be .* to 2000"),
                          (lambda: extinction_time(10, 1.0, start=11), "start"),
                          (lambda: fit_exponent([1, 1, 1], 1, 10), "all equal"),
                          (lambda: fit_exponent([1, 2, np.inf], 1, 10), "values"),
                          (lambda: fit_exponent([1, 2, 3], 5, 3), "low = 5"),
                          (lambda: exponent_of([0.5, 0.5], 1, 3), "law"),
                          (lambda: exponent_of([[1.0]], 1, 2), "law"),
                          (lambda: exponent_of([0.5, 0.2, 0.3], 3, 2), "low = 3"),
                          (lambda: decode_logistic([[0, 1]]), "three steps"),
                          (lambda: decode_windows([0, 1, 0]), "spikes"),
                          (lambda: lag_correlation([[0, 2], [1, 0], [0, 1]]), "0 and 1"),
                          (lambda: duration_survival(-1), "steps")])
def test_bad_arguments(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()


def test_supercritical_avalanches_live_on_with_the_probability_of_theory():
    above = sample_avalanches(5_000, 100_000, 1.1, 5, longest=300)
    error = np.sqrt(0.176 * 0.824 / 5000)
    assert (above.durations == 300).mean() == pytest.approx(escape_probability(1.1),
                                                            abs=3 * error)


# One step, right and wrong

W, PHI, LEAK, I = THREE.W, THREE.phi, THREE.leak, THREE.I_ext


def step(weights=W, leak=LEAK, outside=I):
    """A step with these weights, this leak and this input."""
    def chosen(V, rng):
        X = rng.random(3) < PHI(V)
        return X, np.where(X, 0.0, leak * V + weights @ X + outside)
    return chosen


def half_drawn(V, rng):
    """A loop in which V takes X before the neurons further on have drawn."""
    V, X = V.copy(), np.zeros(3)
    for i in range(3):
        X[i] = rng.random() < PHI(V[i])
        V[i] = 0 if X[i] else LEAK * V[i] + W[i] @ X + I
    return X, V


def at_once(V, rng):
    """A loop in which a spike reaches neurons that have not drawn yet."""
    V, X = V.copy(), np.zeros(3)
    for i in range(3):
        X[i] = rng.random() < PHI(V[i])
        V += X[i] * W[:, i]
    return X, np.where(X, 0.0, LEAK * V + I)


def reset_first(V, rng):
    X = rng.random(3) < PHI(V)
    return X, np.where(X, 0.0, LEAK * V) + W @ X + I


def drawn_again(V, rng):
    X = rng.random(3) < PHI(V)
    return rng.random(3) < PHI(V), np.where(X, 0.0, LEAK * V + W @ X + I)


def no_reset(V, rng):
    X = rng.random(3) < PHI(V)
    return X, LEAK * V + W @ X + I


@pytest.mark.parametrize("wrong, hint", [
    (step(leak=0), "no leak"), (step(outside=0), "no input"), (half_drawn, "half drawn"),
    (at_once, "at once"), (reset_first, "input kept"), (step(W.T), "transposed"),
    (drawn_again, "drawn again")])
def test_a_wrong_step_is_recognised_by_its_statistics(wrong, hint):
    found = measured(wrong)
    assert check("one step", found).text == texts("05")["exercises"]["one step"]["hints"][hint]
    np.testing.assert_allclose(found, EXERCISES["one step"].wrong[hint], atol=0.012)


def test_a_right_step_is_right_and_a_stub_is_blank():
    found = measured(step())
    np.testing.assert_allclose(found, EXACT, atol=0.012)
    assert check("one step", found).state == "right"
    assert check("one step", measured(no_reset)).state == "wrong"
    assert measured(lambda V, rng: None) is ...


def of_the_last_patterns(network, k):
    """The six statistics from the chain of the last k patterns, oldest first."""
    past = np.indices((2,) * (3 * k)).reshape(3 * k, -1).T
    V = np.zeros(3)
    for X in np.split(past, k, axis=1):
        V = network.next_potential(V, X, X @ network.W.T)
    p = network.phi(V)
    P = np.where(X[:8], p[:, None], 1 - p[:, None]).prod(axis=2)
    law = np.full(8**k, 8.0**-k)
    for _ in range(60):
        law = (law[:, None] * P).reshape(8, -1, 8).sum(axis=0).ravel()
    same, later = X.T * law @ X, (X.T * law @ p).T
    return [*same.diagonal(), later[0, 0], same[0, 1], later[0, 1]]


class KeptInput(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return np.where(X, 0.0, self.leak * V) + arriving + self.I_ext


def test_the_exact_statistics_are_those_of_a_chain():
    """At leak 0 the chain of one pattern is exact, and the reference of the three neurons without
    a leak comes back. With a leak each further pattern changes less.
    """
    np.testing.assert_allclose(
        of_the_last_patterns(GalvesLocherbach(W=W, phi=logistic(1.2)), 1),
        (0.3428464579, 0.3628632256, 0.2690088339, 0.0793604581, 0.1029283, 0.2102946), atol=1e-7)
    chains = [of_the_last_patterns(THREE, k) for k in range(1, 7)]
    np.testing.assert_allclose(chains[-1], EXACT, atol=1.1e-4)
    changes = np.abs(np.diff(chains, axis=0)).max(axis=1)
    assert (changes[1:] < LEAK * changes[:-1]).all()


@pytest.mark.parametrize("wrong, hint", [
    (THREE.but(leak=0.0), "no leak"), (THREE.but(I_ext=0.0), "no input"),
    (THREE.but(W=np.tril(W)), "half drawn"), (THREE.but(W=W.T), "transposed"),
    (KeptInput(W=W, phi=PHI, leak=LEAK, I_ext=I), "input kept")])
def test_the_statistics_of_wrong_steps_are_those_of_their_chains(wrong, hint):
    """A loop that uses X before it is drawn misses the weights above the diagonal."""
    np.testing.assert_allclose(of_the_last_patterns(wrong, 5), EXERCISES["one step"].wrong[hint],
                               atol=6e-4)


@pytest.mark.parametrize("name, answer, word", [
    ("inside the band", [True, True, True, False], "Sort the rescaled"),
    ("inside the band", [False, True, True, True], "printed scores"),
    ("faulty step", [2, 4, 6], "This line is right"), ("faulty step", [4, 1, 4], "rates"),
    ("faulty step", [4, 4, 5], "Statistic 5"), ("dead time", [0, 1 / 9], "determines"),
    ("dead time", [5, 1 / 9], "add up"), ("opposite effects", [1, 1, 1, 0], "more or less"),
    ("opposite effects", [0, 0, 0, 0], "more or less")])
def test_other_wrong_answers_get_their_hints(name, answer, word):
    verdict = check(name, answer)
    assert verdict.state == "hint" and word in verdict.text


def test_the_answers_to_the_questions_on_counts_and_correlations_are_what_is_found():
    found = measured(drawn_again)
    apart = np.abs(np.subtract(found, EXACT))
    assert (np.flatnonzero(apart > 0.015) + 1).tolist() == [4, 6]
    shares = np.divide(EXERCISES["one step"].wrong["input kept"], EXACT)  # of the prediction
    assert shares[3] > 3 and 1.3 < shares[0] < 1.4 and 1.9 < shares[4] < 2.1
    law = law_statistics(interval_distribution(np.append(np.zeros(5), np.full(300, 0.25))))
    assert (law.mean, law.cv * law.mean) == pytest.approx((9.0, 3.4641), abs=1e-4)
    shared = GalvesLocherbach(W=[[0, 0, 0], [3, 0, 0], [-2, 0, 0]], phi=logistic(1.2),
                              I_ext=[1, 0, 0])
    same, later = (joint - np.outer(shared.rates(), shared.rates())
                   for joint in joint_probabilities(shared))
    signs = np.sign([same[1, 2], later[2, 1], later[1, 2]])
    assert check("opposite effects", [*signs, 0]).state == "right"
    assert check("dead time", (5, 0.25)).state == check("faulty step", [4, 4, 6]).state == "right"


def test_the_waves_grow_sharper_from_layer_to_layer():
    when, layer, place = LayeredNetwork().spikes()
    ratios = []
    for k in range(4):
        here = (layer == k) & (place < 800)
        patches = np.histogram2d(when[here], place[here],
                                 [np.arange(0, 181, 4), np.arange(0, 801, 25)])[0]
        ratios.append(patches.var() / patches.mean())
    assert ratios == sorted(ratios) and ratios[0] < 7 and ratios[3] > 18
    weak, apart = LayeredNetwork(inhibition=0.4).run(), LayeredNetwork(down=0.0).run()
    assert (weak.counts > 2 * LayeredNetwork().run().counts).all()
    assert apart.counts[0] > 9 * apart.counts[1]


def test_with_a_threshold_the_activity_of_the_panel_ends_at_the_fold():
    rates = {w: CriticalNetwork(branching_parameter=w, threshold=0.1).run().rate[-1]
             for w in (1.73, 1.74)}
    assert rates[1.73] < 0.002 and rates[1.74] == pytest.approx(0.28, abs=0.02)
