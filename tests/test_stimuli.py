"""The stimulus currents: where they are on, what they are worth, and that the noise is fixed by
its seed.
"""
import numpy as np
import pytest

from course_utils.notebook_00.waveforms import noise, pulses, ramp
from course_utils.stimuli import step

t = np.arange(0, 100, 0.5)


def test_step_is_on_from_its_start_for_its_duration():
    I = step(t, 3.0, start=10, duration=20)
    assert set(t[I == 3.0]) == set(np.arange(10, 30, 0.5)) and set(I) == {0.0, 3.0}


def test_ramp_grows_evenly_and_ends():
    I = ramp(t, 4.0, start=10, duration=40)
    assert I[t == 30] == 2.0 and I[t < 10].max() == 0 and I[t >= 50].max() == 0


def test_pulses_carry_the_charge_of_their_width():
    I = pulses(t, 2.0, start=5, duration=60, width=2, interval=15)
    assert I.sum() * 0.5 == 2.0 * 2 * 4
    assert np.flatnonzero(np.diff(I) > 0).tolist() == [9, 39, 69, 99]


def test_pulses_do_not_depend_on_rounding_of_the_grid():
    fine = np.arange(0, 100, 0.1)
    assert (pulses(fine, 1.0, width=2, interval=15) > 0).sum() == 7 * 20


def test_noise_has_its_standard_deviation_and_is_fixed_by_its_seed():
    long = np.arange(20000.0)
    I = noise(long, 2.0, 1)
    assert I.std() == pytest.approx(2, abs=0.05) and abs(I.mean()) < 0.05
    assert np.array_equal(I, noise(
        long, 2.0, np.random.default_rng(1))) and not np.array_equal(I, noise(long, 2.0, 2))


def test_noise_holds_its_value():
    I = noise(t, 1.0, 3, hold=2.0).reshape(-1, 4)
    assert (I == I[:, :1]).all()


@pytest.mark.parametrize("shape", [step, pulses, ramp, lambda t, a, **k: noise(t, a, 0, **k)])
def test_every_shape_is_zero_outside_its_window_and_scales_with_its_amplitude(shape):
    I = shape(t, 1.0, start=20, duration=30)
    assert (I[(t < 20) | (t >= 50)] == 0).all() and I.any()
    assert np.allclose(shape(t, -7.0, start=20, duration=30), -7 * I)


def test_bad_lengths_are_named():
    with pytest.raises(ValueError, match="interval"):
        pulses(t, 1.0, interval=0)
    with pytest.raises(ValueError, match="duration"):
        ramp(t, 1.0, duration=-1)
    with pytest.raises(ValueError, match="hold"):
        noise(t, 1.0, 0, hold=0)
    with pytest.raises(ValueError, match="t must"):
        step([[0, 1]], 1.0)


@pytest.mark.parametrize("word, call", [
    ("start", lambda: step(t, 1.0, start="early")), ("start", lambda: ramp(t, 1.0, start=np.nan)),
    ("duration", lambda: step(t, 1.0, duration=np.nan)),
    ("duration", lambda: pulses(t, 1.0, duration=-1)), ("amplitude", lambda: step(t, "strong")),
    ("amplitude", lambda: noise(t, np.inf, 1)), ("width", lambda: pulses(t, 1.0, width=0)),
    ("rng", lambda: noise(t, 1.0, None)), ("rng", lambda: noise(t, 1.0, "seed")),
    ("hold", lambda: noise(t, 1.0, 1, hold=1e-12))])
def test_bad_values_are_named(word, call):
    with pytest.raises((ValueError, TypeError), match=word):
        call()
