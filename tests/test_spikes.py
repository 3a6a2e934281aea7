"""Spike trains: crossings of a trace, the statistics of random trains, and every refusal."""
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from course_utils import spikes
from course_utils.checks import CourseWarning
from course_utils.notebook_02.peaks import peak
from course_utils.notebook_06.statistics import (
    count_correlation,
    fano_factor,
    firing_rate,
    interval_cv,
    spike_counts,
)
from course_utils.spikes import (
    as_generator,
    correlated_trains,
    merged,
    poisson_trains,
    spike_times,
    spike_train,
    steady_rate,
)

DURATION = 2e6  # ms: 40,000 spikes at 20 Hz stand behind a figure


def test_crossings_are_interpolated_and_only_upward():
    t = np.linspace(0, 10, 1001)
    exact = np.array([np.arcsin(0.5), 2 * np.pi + np.arcsin(0.5)])
    assert np.allclose(spike_times(t, np.sin(t), 0.5), exact, atol=1e-5)
    assert np.array_equal(spike_times([0, 1, 2, 3], [0.0, 4, 4, 0], 1), [0.25])


def test_a_sample_on_the_threshold_counts_once():
    assert np.array_equal(spike_times([0, 1, 2, 3], [0.0, 1, 2, 1], 1), [1.0])
    assert len(spike_times([0, 1, 2], [1.0, 2, 3], 1)) == 0


def test_a_batch_gives_a_list_of_arrays():
    t = np.linspace(0, 10, 1001)
    trains = spike_times(t, np.column_stack([np.sin(t), np.cos(t), 0 * t]), 0.5)
    assert [len(train) for train in trains] == [2, 1, 0]
    assert np.array_equal(trains[0], spike_times(t, np.sin(t), 0.5))


@given(st.floats(0.05, 20), st.floats(-50, 50))
@settings(max_examples=30, deadline=None)
def test_crossings_do_not_depend_on_the_scale_of_the_voltage(gain, offset):
    t = np.linspace(0, 30, 400)
    V = np.sin(t) + 0.3 * np.sin(3.1 * t)
    assert np.allclose(spike_times(t, V, 0.2),
                       spike_times(t, gain * V + offset, gain * 0.2 + offset), atol=1e-9)


def test_poisson_rate_fano_and_cv():
    train = poisson_trains(1, 20, DURATION, 1)[0]
    assert firing_rate(train, DURATION) == pytest.approx(20, abs=3 * np.sqrt(20 / 2000))
    assert interval_cv(train) == pytest.approx(1, abs=3 / np.sqrt(len(train)))
    assert fano_factor(train, DURATION, 1000) == pytest.approx(1, abs=3 * np.sqrt(2 / 2000))


@pytest.mark.parametrize("dead_time", [0.0, 2.0, 6.0])
def test_a_dead_time_keeps_the_rate_and_makes_a_train_regular(dead_time):
    """The intervals are the dead time and an exponential rest: CV 1 - rate * dead time, and in
    long windows a Fano factor of the CV squared.
    """
    duration = 1e6
    train, = poisson_trains(1, 80.0, duration, 3, dead_time=dead_time)
    cv = 1 - 80.0 * dead_time / 1000
    N = len(train)
    assert np.diff(train).min() >= dead_time
    assert firing_rate(train, duration) == pytest.approx(80, rel=4 * cv / np.sqrt(N))
    assert interval_cv(train) == pytest.approx(cv, rel=4 / np.sqrt(N))
    windows = duration / 500
    assert fano_factor(train, duration, 500) == pytest.approx(cv**2, rel=4 * np.sqrt(2 / windows))
    rest = (np.diff(train) - dead_time) * 80 / cv / 1000  # exponential with mean 1
    assert kstest(rest, "expon").pvalue > 1e-3


@pytest.mark.parametrize("dead_time", [0.0, 4.0])
def test_a_rate_that_varies_is_followed_bin_by_bin(dead_time):
    rate = 30 + 25 * np.sin(np.linspace(0, 4 * np.pi, 1000))  # one per ms
    trains = poisson_trains(2000, rate[None], 1000.0, 5, dead_time)
    found = np.histogram(np.concatenate(trains), 20, (0, 1000))[0]
    wanted = 2000 * rate.reshape(20, 50).mean(axis=1) * 0.05
    late = slice(1 if dead_time else 0, None)  # the first bin begins without a spike before it
    assert np.abs((found - wanted) / np.sqrt(wanted))[late].max() < 4
    if not dead_time:
        assert np.array([len(train) for train in trains]).var() == pytest.approx(
            rate.mean(), rel=0.15)


def test_time_rescaled_by_a_varying_rate_is_an_even_poisson_train():
    rate = np.repeat([5.0, 0.0, 60.0, 20.0], 5)
    train, = poisson_trains(1, np.tile(rate, 100)[None], 1e5, 6)
    passed = np.append(0, np.cumsum(np.tile(rate, 100))) * 0.05
    rescaled = np.interp(train, np.linspace(0, 1e5, 2001), passed)
    assert kstest(np.diff(rescaled), "expon").pvalue > 1e-3


def test_each_train_may_have_rates_of_its_own():
    first, second = poisson_trains(2, [[0, 50], [50, 0]], 1000.0, 7)
    assert first.min() > 500 > second.max()


@pytest.mark.parametrize("rate, dead_time", [([1, 2, 3], 0), ([[1], [2], [3]], 0), ([[]], 0),
                                             (300.0, 5), ([[-1, 1]], 0)])
def test_rates_that_cannot_be(rate, dead_time):
    with pytest.raises(ValueError, match="rate must be"):
        poisson_trains(2, rate, 100.0, 1, dead_time)


def test_a_clock_has_no_variation():
    clock = np.arange(0.5, 1000) * 100
    assert interval_cv(clock) == pytest.approx(0, abs=1e-9) and fano_factor(clock, 1e5,
                                                                            1000) == 0


def test_trains_are_sorted_inside_the_duration_and_repeatable():
    for make in (lambda rng: poisson_trains(5, [1, 5, 10, 20, 0], 5000, rng),
                 lambda rng: correlated_trains(5, 10, 5000, 0.4, rng, lag=-300, jitter=50)):
        trains, again = make(7), make(np.random.default_rng(7))
        assert all(np.array_equal(a, b) for a, b in zip(trains, again, strict=True))
        assert all((np.diff(train) >= 0).all() and (train >= 0).all() and (train <= 5000).all()
                   for train in trains)
        assert len(trains) == 5


@pytest.mark.parametrize("window", [5, 50, 1000])
def test_mother_thinning_correlates_counts_by_c_at_any_window(window):
    trains = correlated_trains(2, 10, DURATION, 0.3, 2)
    error = 3 / np.sqrt(DURATION / max(window, 20))
    assert count_correlation(trains, DURATION, window)[0, 1] == pytest.approx(
        0.3, abs=max(0.01, error))
    assert firing_rate(trains[0], DURATION) == pytest.approx(10, abs=3 * np.sqrt(10 / 2000))


@pytest.mark.parametrize("window, expected", [(5, 0.041), (50, 0.232), (1000, 0.298)])
def test_jitter_of_10_ms_hides_the_correlation_in_short_windows(window, expected):
    trains = correlated_trains(6, 10, DURATION, 0.3, 3, jitter=10)
    found = count_correlation(trains, DURATION, window)[np.triu_indices(6, 1)].mean()
    assert found == pytest.approx(expected,
                                  abs=0.012)  # 15 pairs; the window of 1 s is the noisiest


def test_lag_moves_each_train_by_its_number():
    first, second, third = correlated_trains(3, 10, 1e4, 1, 4, lag=7)
    assert np.allclose(second, first[first <= 1e4 - 7] + 7) and np.allclose(
        third, first[first <= 1e4 - 14] + 14)


def test_correlation_zero_gives_independent_trains():
    trains = correlated_trains(2, 10, DURATION, 0, 5)
    assert abs(count_correlation(trains, DURATION, 50)[0, 1]) < 3 / np.sqrt(DURATION / 50)


def test_counts_and_short_trains():
    assert np.array_equal(spike_counts([[1, 2, 11], []], 20, 10), [[2, 1], [0, 0]])
    assert np.isnan(interval_cv([])) and np.isnan(interval_cv([1, 2])) and np.isnan(
        fano_factor([], 100, 10))
    assert firing_rate([], 1000) == 0 and poisson_trains(0, 10, 100, 1) == [] and len(
        poisson_trains(2, 0, 100, 1)) == 2


def test_generators_are_used_and_seeds_accepted():
    rng = np.random.default_rng(1)
    assert as_generator(rng) is rng
    assert as_generator(3).random() == np.random.default_rng(3).random()


BAD = {
    "n": [(lambda: poisson_trains(-1, 10, 100, 1)), (lambda: poisson_trains(2.5, 10, 100, 1))],
    "rate": [
        lambda: poisson_trains(2, -1, 100, 1), lambda: poisson_trains(2, "fast", 100, 1),
        lambda: poisson_trains(2, np.nan, 100, 1), lambda: poisson_trains(2, [1, 2, 3], 100, 1),
        lambda: correlated_trains(2, [1, 2], 100, 0.1, 1)
    ], "duration": [
        lambda: poisson_trains(2, 1, -100, 1), lambda: poisson_trains(2, 1, np.inf, 1),
        lambda: firing_rate([1], 0)
    ], "rng": [
        lambda: poisson_trains(2, 1, 100, None), lambda: poisson_trains(2, 1, 100, "seed"),
        lambda: correlated_trains(2, 1, 100, 0.1, -3)
    ], "correlation": [
        lambda: correlated_trains(2, 1, 100, 1.2, 1),
        lambda: correlated_trains(2, 1, 100, -0.1, 1),
        lambda: correlated_trains(2, 1, 100, 1e-12, 1)
    ], "jitter": [lambda: correlated_trains(2, 1, 100, 0.2, 1, jitter=-1)], "lag": [
        lambda: correlated_trains(2, 1, 100, 0.2, 1, lag=np.nan)
    ], "window": [lambda: spike_counts([[1]], 100, 0), lambda: spike_counts([[1]], 100, 200)],
    "sorted": [lambda: spike_train("pre", [3, 1])], "negative": [
        lambda: spike_train("pre", [-1, 3])
    ], "pre": [
        lambda: spike_train("pre", [[1, 3]]), lambda: spike_train("pre", "abc"),
        lambda: spike_train("pre", None)
    ], "V": [
        lambda: spike_times([0, 1], [0, 1, 2], 1), lambda: spike_times([0, 1], [0, np.nan], 1),
        lambda: spike_times([0, 1], np.zeros((2, 2, 2)), 1)
    ], "t must": [lambda: spike_times([1, 0], [0, 1], 1)], "threshold": [
        lambda: spike_times([0, 1], [0, 1], "high")
    ],
}


@pytest.mark.parametrize("word, call",
                         [(word, call) for word, calls in BAD.items() for call in calls])
def test_refusals_name_what_is_wrong(word, call):
    with pytest.raises((ValueError, TypeError), match=word):
        call()


def test_module_needs_numpy_only():
    source = Path(spikes.__file__).read_text(encoding="utf-8")
    assert "scipy" not in source and "matplotlib" not in source


@pytest.mark.parametrize("top, height", [(0.3, 5.0), (0.45, -2.0), (0.62, 100.0)])
def test_the_peak_of_a_parabola_is_found_exactly_between_the_samples(top, height):
    t = np.linspace(0, 1, 11)
    assert peak(t, height - 7 * (t - top)**2) == pytest.approx((top, height), abs=1e-12)


def test_a_peak_at_an_end_is_the_sample_itself():
    t = np.linspace(0, 1, 11)
    assert peak(t, t) == (1.0, 1.0) and peak(t, -t) == (0.0, 0.0)


@pytest.mark.parametrize("window, wanted", [(5, 0.04188), (25, 0.16985), (100, 0.26615),
                                            (500, 0.29323)])
def test_jitter_hides_a_correlation_from_short_windows(window, wanted):
    """Copies S apart meet in a window with probability 1 - |S|/window; S is normal, its
    deviation sqrt(2) jitter.
    """
    S = np.sqrt(2) * 10 * np.random.default_rng(1).standard_normal(1_000_000)
    assert 0.3 * np.maximum(0, 1 - np.abs(S) / window).mean() == pytest.approx(wanted, abs=4e-4)
    trains = correlated_trains(2, 10, DURATION, 0.3, np.random.default_rng(67), jitter=10)
    found = count_correlation(trains, DURATION, window)[0, 1]
    assert found == pytest.approx(wanted, abs=4 / np.sqrt(DURATION / window))


class Known(np.random.Generator):
    """A Generator that keeps the means it was asked to draw around."""
    def poisson(self, lam, size):
        """As usual."""
        self.means = np.broadcast_to(lam, size)
        return super().poisson(lam, size)


def test_the_rate_of_a_train_is_spikes_per_second():
    assert firing_rate([1.0, 2.0, 3.0], 1500.0) == pytest.approx(2.0, rel=1e-12)


def test_the_mean_number_of_spikes_is_rate_times_duration():
    """Exactly: chance would hide an error of a tenth of a per cent."""
    rng = Known(np.random.PCG64(1))
    poisson_trains(2, [10.0, 25.0], 2000.0, rng)
    assert rng.means == pytest.approx([20.0, 50.0], rel=1e-12)


def test_small_swings_are_no_firing():
    """By default 2 units of V are the least; here sines that swing by 1.9 and by 2.1, and then
    by more than is asked for.
    """
    t = np.linspace(0, 1000, 20_001)
    waves = np.stack([swing / 2 * np.sin(2 * np.pi * t / 50) for swing in (1.9, 2.1, 5.0)],
                     axis=1)
    assert steady_rate(t, waves) == pytest.approx([0, 20, 20], rel=1e-3)
    assert steady_rate(t, waves, least_swing=4.9) == pytest.approx([0, 0, 20], rel=1e-3)


# Noisy recordings, other windows, other units


def test_within_the_dead_time_no_crossing_counts():
    t = np.arange(7.0)
    V = np.array([0.0, 4, 0, 4, 0, 4, 0])
    assert spike_times(t, V, 1).tolist() == [0.25, 2.25, 4.25]
    assert spike_times(t, V, 1, dead_time=2).tolist() == [0.25, 2.25, 4.25]  # not within it
    assert spike_times(t, V, 1, dead_time=2.01).tolist() == [0.25, 4.25]
    assert spike_times(t, V, 1, 4.5).tolist() == [0.25]
    assert [x.tolist() for x in spike_times(t, np.stack([V, 0 * V], 1), 1, 3)] == [[0.25, 4.25], []]
    for bad in (-1.0, np.nan, "long", [1.0, 2.0]):
        with pytest.raises((ValueError, TypeError), match="dead_time"):
            spike_times(t, V, 1, dead_time=bad)
    with pytest.raises((ValueError, TypeError), match="threshold"):
        spike_times(t, V, [1.0, 2.0])


@pytest.mark.parametrize("noise", [1.0, 2.0, 3.0])
def test_a_noisy_recording_is_counted_right_with_a_dead_time(noise):
    t = np.arange(0, 500, 0.05)  # 20 kHz
    V = 100 * np.exp(-((t % 15.6 - 7) / 0.8)**2)
    truth = len(spike_times(t, V, 50))
    recorded = V + noise * np.random.default_rng(1).standard_normal(len(t))
    assert len(spike_times(t, recorded, 50, dead_time=2.0)) == truth == 32


def test_all_statistics_have_the_window_from_0_to_the_duration():
    late = [100.0, 200.0, 1500.0]
    for call in (lambda: firing_rate(late, 1000), lambda: spike_counts([late], 1000, 100),
                 lambda: fano_factor(late, 1000, 100),
                 lambda: count_correlation([[1.0], late], 1000, 100)):
        with pytest.raises(ValueError, match="1500 ms, after the duration of 1000 ms"):
            call()
    at_the_end = [0.0, 500.0, 1000.0]
    assert firing_rate(at_the_end, 1000) == spike_counts([at_the_end], 1000, 1000)[0, 0] == 3
    assert spike_counts([at_the_end], 1000, 250).tolist() == [[1, 0, 1, 1]]


def test_seconds_for_milliseconds_are_told_and_a_fast_train_is_not():
    seconds = poisson_trains(1, 20.0, 100e3, 1)[0] / 1000
    with pytest.warns(CourseWarning, match="times in seconds"):
        assert firing_rate(seconds, 100.0) > 10_000
    assert firing_rate(poisson_trains(1, 500.0, 1000.0, 1)[0], 1000.0) > 400
    assert firing_rate([1.0, 1.5], 10.0) == 200


def test_a_train_without_variation_has_no_correlation_and_that_is_quiet():
    found = count_correlation([[10.0, 20.0], [], [10.0, 20.0]], 100, 10)
    assert np.isnan(found[1]).all() and np.isnan(found[:, 1]).all()
    assert found[0, 2] == found[0, 0] == pytest.approx(1)
    assert np.isnan(count_correlation([[1.0]], 100, 100)).all()


def test_merged_trains_keep_the_order_of_ties():
    times, number = merged([[1.0, 3.0], [], [1.0, 2.0]])
    assert times.tolist() == [1, 1, 2, 3] and number.tolist() == [0, 2, 2, 0]


@pytest.mark.parametrize("word, call", [
    ("n must be a whole number from 0 to", lambda: poisson_trains(10**9, 20, 100, 1)),
    ("duration must.*memory", lambda: poisson_trains(1, 20, 1e12, 1)),
    ("n must be a whole number from 0 to", lambda: correlated_trains(10**9, 20, 100, 0.2, 1)),
    ("n must.*memory", lambda: correlated_trains(1000, 100, 1e9, 1.0, 1))])
def test_trains_that_do_not_fit_into_memory_are_refused(word, call):
    with pytest.raises(ValueError, match=word):
        call()


def test_a_long_recording_of_many_neurons_is_drawn():
    assert sum(map(len, poisson_trains(100, 20, 1e6, 1))) == pytest.approx(2e6, rel=0.01)
