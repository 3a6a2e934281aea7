"""One current into five models: its shapes, the pen, what each model answers, and the table of
notebook 00.
"""
import itertools

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_00.experiments import CENTRES, SHAPES, STRONGEST, FiveBrains
from course_utils.notebook_00.pictures import five_answers
from course_utils.panel import Touch
from course_utils.solve import simulate
from course_utils.spikes import spike_times

HOME = FiveBrains()


def answers(**changes):
    return HOME.but(**changes).run()


@pytest.mark.parametrize("amplitude, unit, squid, fhn", [(2.0, 0, 0, 0), (2.5, 1, 1, 0),
                                                         (6.0, 1, 2, 1), (6.5, 1, 9, 8),
                                                         (10.0, 1, 11, 11), (50.0, 1, 18, 1),
                                                         (100.0, 1, 2, 1), (150.0, 1, 1, 1),
                                                         (170.0, 1, 1, 1)])
def test_spikes_of_the_three_deterministic_models_at_a_step(amplitude, unit, squid, fhn):
    a = answers(amplitude=amplitude)
    assert (a.unit.max(), len(a.V_spikes), len(a.v_spikes)) == (unit, squid, fhn)


def test_the_threshold_unit_flips_once_and_the_squid_three_times():
    """Around 2.2403 one spike begins, around 6.2603 a train that lasts, around 154.52 it falls
    silent.
    """
    assert [len(answers(amplitude=I).V_spikes) for I in (2.23, 2.25)] == [0, 1]
    assert answers(amplitude=6.1).swing < 10 < 100 < answers(amplitude=6.5).swing
    assert answers(amplitude=150.0).swing == pytest.approx(26.02 - 17.81 + 0.05, abs=0.3)
    assert answers(amplitude=170.0).swing < 0.1
    flips = [answers(amplitude=I).unit.max() for I in (1.0, 2.24, 2.2403, 6.26, 154.5, 200.0)]
    assert flips == [0, 0, 1, 1, 1, 1]


def test_both_oscillators_keep_the_same_time_at_ten():
    a = answers(duration=180.0)
    squid, fhn = (np.diff(times[2:-1]).mean() for times in (a.V_spikes, a.v_spikes))
    assert squid == pytest.approx(14.636, abs=0.01) and fhn == pytest.approx(squid, rel=0.02)


def test_the_coarse_step_of_the_panel_keeps_the_spikes_of_a_fine_one():
    t = np.arange(0, 200, 0.01)
    fine = simulate(HodgkinHuxley(), t, I_ext=HOME.current(t)).V
    assert answers().V_spikes == pytest.approx(spike_times(t, fine, 50.0), abs=0.1)
    assert answers().V.max() == pytest.approx(fine.max(), abs=0.5)


def test_the_cable_decays_along_its_length_and_settles():
    cable = answers(duration=180.0).cable
    end = cable[np.searchsorted(HOME.t, 189)]
    assert end[1] / end[0] == pytest.approx(np.exp(-1), abs=0.02)
    assert (np.diff(end) < 0).all() and np.abs(cable[HOME.t < 10]).max() < 1e-6


def test_chance_is_frozen_by_the_seed_and_follows_the_current():
    assert np.array_equal(answers().raster, answers().raster)
    assert not np.array_equal(answers().raster, answers(seed=2).raster)
    counts = [answers(amplitude=I).raster.sum() for I in (1.0, 5.0, 20.0)]
    assert counts[0] < counts[1] < counts[2]
    raster = answers(amplitude=200.0).raster
    assert (raster[1:] &
            raster[:-1]).sum() < 0.02 * raster.sum()  # after a spike V is 0, where phi is 0.8 %


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_finite_bounded_and_answered_in_a_sentence(shape):
    for amplitude, duration in itertools.product((1.0, 200.0), (1.0, 180.0)):
        brains = HOME.but(shape=shape, amplitude=amplitude, duration=duration)
        I_ext = brains.current(brains.t)
        assert STRONGEST[0] <= I_ext.min() and I_ext.max() <= STRONGEST[1] and (
            I_ext[brains.t < 10] == 0).all()
        a = brains.run()
        assert all(np.isfinite(values).all() for values in a if values is not None)
        assert a.sentence().endswith(".") and "nan" not in a.sentence()


def test_the_first_drawing_rebounds_on_release():
    a = answers(shape="drawn")
    release = HOME.t[np.flatnonzero(a.I_ext < 0)[-1]]
    assert 0 < a.V_spikes[-1] - release < 10 and (a.unit[HOME.t > release] == 0).all()


def test_a_pen_draws_a_line_where_it_goes_and_nowhere_else():
    brains = HOME.draw(20.0, 5.0, "down").draw(40.0, 9.0, "drag").draw(30.0, 2.0, "up")
    drawn = brains.current(CENTRES)
    before = HOME.current(CENTRES)
    assert brains.shape == "drawn" and brains.pen is None
    untouched = (CENTRES < 19) | (CENTRES > 41)
    assert drawn[untouched] == pytest.approx(before[untouched])
    assert drawn[25] == pytest.approx(np.interp(25.5, [20, 40], [5, 9]))
    assert drawn[35] == pytest.approx(np.interp(35.5, [30, 40], [2, 9]))


def test_a_pen_set_down_again_does_not_draw_a_line_from_where_it_was():
    brains = HOME.draw(20.0, 5.0, "down").draw(100.0, 0.0, "down")
    assert brains.current(CENTRES)[50] == pytest.approx(HOME.current(CENTRES)[50])


def test_the_swing_is_that_of_the_last_50_ms_of_the_current_and_none_of_a_shorter_one():
    a = answers(duration=60.0)
    late = (a.t >= 20) & (a.t < 70)
    assert a.swing == np.ptp(a.V[late]) and "last 50 ms" in a.sentence()
    short = answers(duration=30.0)
    assert short.swing is None and "last 50 ms" not in short.sentence()


def test_a_touch_draws_in_the_first_axes_alone_and_a_button_clears_the_sheet():
    fig = Figure()
    top, *below = fig.subplots(6)
    assert HOME.touched(Touch("down", top, 20.0, 5.0)).shape == "drawn"
    assert HOME.touched(Touch("down", below[2], 20.0, 5.0)) is HOME
    (label,) = HOME.BUTTONS
    cleared = HOME.touched(Touch(label, None, np.nan, np.nan))
    assert not cleared.run().I_ext.any() and len(cleared.run().V_spikes) == 0


def test_a_drawing_scales_with_the_amplitude_and_lasts_when_other_sliders_move():
    brains = HOME.draw(20.0, 5.0, "down").draw(60.0, 5.0, "up")
    assert brains.but(amplitude=20.0).current(CENTRES)[30] == pytest.approx(10)
    assert np.array_equal(brains.but(seed=4).drawn, brains.drawn)


@pytest.mark.parametrize("drawn, said", [(np.zeros(3), "drawn must hold 200 numbers"),
                                         (np.full(200, np.nan), "drawn"),
                                         ("a hill", "drawn must be")])
def test_a_drawing_that_cannot_be_is_refused(drawn, said):
    with pytest.raises((ValueError, TypeError), match=said):
        FiveBrains(drawn=drawn)


def test_the_strongest_current_is_within_reach_of_the_step():
    t = np.arange(0, 200, 0.05)
    for level in STRONGEST:
        run = simulate(FitzHughNagumo(), 2.7 * t, I_ext=np.full(t.shape, level / 20))
        assert np.isfinite(run.v).all() and np.abs(run.v).max() < 4


def test_the_drawing_of_the_answers_moves_to_the_next_ones():
    fig = Figure()
    update = five_answers(fig, answers())
    update(answers(amplitude=3.0))
    current, unit, squid, *_ = fig.axes
    assert len(fig.axes) == 6 and current.lines[-1].get_ydata().max() == pytest.approx(3)
    assert squid.lines[0].get_ydata().max() == pytest.approx(answers(amplitude=3.0).V.max())
