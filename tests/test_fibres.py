"""The experiments and pictures of the cable notebook, and the exercises on it that have many right answers."""
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.cable import Axon, green_function
from course_utils.exercises.cable_theory import check, soma_voltage
from course_utils.experiments.fibres import Dendrite, Dye, FiredAxon, TwoEnds, reached
from course_utils.hodgkin_huxley import HodgkinHuxley
from course_utils.pictures import fibres as draw
from course_utils.spikes import spike_times

VIEWS = ((Dendrite(), draw.touched_dendrite), (TwoEnds(), draw.two_ends), (FiredAxon(), draw.fired_axon),
         (Dye(), draw.spreading_dye))


def test_a_touched_dendrite_settles_to_its_steady_voltage_and_a_long_one_to_the_endless_exponential():
    dendrite = Dendrite()
    run = dendrite.run()
    assert run.V[120] == pytest.approx(dendrite.steady(), abs=0.25) and run.V[-1].max() < 0.2 * run.V[120].max()
    middle = Dendrite(length=8000.0, place=0.5)
    x = middle.cable.x
    near = (np.abs(x - 4000) > 100) & (np.abs(x - 4000) < 1200)
    assert middle.steady()[near] == pytest.approx(middle.endless(x)[near], rel=0.025)


def test_touching_a_sealed_end_doubles_the_voltage_of_an_endless_cable():
    end = Dendrite(length=8000.0, place=0.0)
    assert end.steady()[0] / end.endless(end.cable.x[0]) == pytest.approx(2, rel=0.02)


def test_two_ends_meet_where_arithmetic_says_and_nothing_is_left():
    for delay in (-1.5, 0.0, 2.0):
        ends = TwoEnds(delay=delay)
        x, when = ends.meeting()
        assert x / 1000 == pytest.approx(30 + 18.7 * delay / 2, abs=0.15)
        run = ends.active()
        last = run.V[:, ends.axon.compartments_at(x)[0]].argmax()
        assert run.t[last] == pytest.approx(when, abs=0.3) and run.V[run.t > when + 2].max() < 5


def test_two_ends_too_weak_or_too_late_do_not_meet():
    assert TwoEnds(current=1.0).meeting() is None or TwoEnds(current=1.0).active().V[:, 50].max() < 40
    assert TwoEnds(delay=3.0, temperature=30.0).meeting() is None


def test_each_launch_alone_is_what_the_axon_hears_of_one_shock():
    ends = TwoEnds(delay=1.0, place=0.25)
    left, right = ends.heard_alone()
    arrivals = [spike_times(ends.t, V, 40.0)[0] for V in (left, right)]
    assert arrivals[1] - arrivals[0] == pytest.approx(1 + 30 / 18.7, abs=0.03)
    assert len(spike_times(ends.t, ends.active().V[:, 25], 40.0)) == 1      # of the two, one


def test_passive_pulses_add_up_and_are_mirror_images():
    ends = TwoEnds(delay=0.0)
    left, right = ends.passive()
    assert left == pytest.approx(right[:, ::-1], abs=1e-9) and left[:, 50].max() > 0.1


def test_reached_is_nan_where_no_spike_comes():
    run = FiredAxon(temperature=36.0).run()
    assert np.isnan(reached(run, 45_000.0)).all()
    first, last = reached(FiredAxon().run(), [15_000.0, 45_000.0])
    assert 30 / (last - first) == pytest.approx(18.73, rel=0.01)


def test_dye_with_the_membranes_leak_is_greens_function_and_peaks_in_time():
    dye = Dye(X=1.0)
    T = np.linspace(0.05, 3, 20_000)
    assert dye.density(1.0, T) == pytest.approx(green_function(1.0, T), rel=1e-12)
    for leak in (0.0, 0.5, 1.0, 2.0):
        changed = dye.but(leak=leak)
        assert T[changed.density(1.0, T).argmax()] == pytest.approx(changed.peak_time(), abs=3e-4)
    assert dye.peak_time() == pytest.approx(0.3090169944, abs=1e-9) and dye.but(X=0.0).peak_time() == 0


@pytest.mark.parametrize("record, view", VIEWS, ids=[view.__name__ for _, view in VIEWS])
def test_views_say_what_they_show(record, view):
    update = view(Figure(figsize=(8.6, 3.6)))
    assert len(update(record)) > 60
    for name, declared in record.parameters().items():
        for value in (declared.low, declared.high):
            assert update(record.but(**{name: value})) and "nan" not in update(record.but(**{name: value}))


def test_the_sentences_tell_the_fates_apart():
    ends, fired = draw.two_ends(Figure()), draw.fired_axon(Figure())
    assert "Two spikes meet 30 mm" in ends(TwoEnds()) and "1 of 2" in ends(TwoEnds())
    assert "too weak for spikes" in ends(TwoEnds(current=1.0)) and "0 of 2" in ends(TwoEnds(current=1.0))
    assert "has crossed" in ends(TwoEnds(delay=3.0, temperature=30.0))
    assert "travels at 18.7 m/s" in fired(FiredAxon()) and "too weak" in fired(FiredAxon(current=1.0))
    assert "No spike has come through" in fired(FiredAxon(temperature=36.0))


def test_a_tube_is_as_thick_as_the_radius_and_a_kymograph_covers_the_fibre():
    fig, (band, space) = plt.subplots(1, 2)
    x = np.linspace(50, 950, 10)
    draw.tube(band, 0, 1)(x, np.where(x < 500, 2.0, 1.0), np.ones(10))
    upper = band.lines[0]
    assert upper.get_ydata().max() == 2 and upper.get_ydata().min() == 1 and upper.get_xdata()[-1] == 1.0
    draw.kymograph(space)(x, np.array([0.0, 1.0, 2.0]), np.zeros((3, 10)))
    assert space.images[0].get_extent() == [0.0, 1.0, 0.0, 2.0]
    plt.close(fig)


SQUID = Axon(cell=HodgkinHuxley(temperature=18.5))


@pytest.mark.parametrize("changes", [{"radius": 952.0}, {"rho": 35.4 / 4}, {"radius": 476.0, "rho": 17.7}])
def test_each_way_to_be_twice_as_fast_is_right(changes):
    assert check("twice as fast", SQUID.but(**changes)).state == "right"


@pytest.mark.parametrize("changes, word", [({"radius": 476.0}, "too little"), ({"rho": 17.7}, "too little"),
                                           ({}, "started"), ({"radius": 238 / 4}, "slower"),
                                           ({"radius": 238 * 16.0}, "squaring"), ({"cell.temperature": 25.0}, "18.5")])
def test_each_wrong_axon_gets_its_hint(changes, word):
    verdict = check("twice as fast", SQUID.but(**changes))
    assert verdict.state == "hint" and word in verdict.text


def test_an_answer_that_is_no_axon_gets_a_sentence():
    assert check("twice as fast", 952.0).state == "wrong" and "Axon" in check("twice as fast", 952.0).text


@pytest.mark.parametrize("starts, word", [([0, 0, 0, 0], "All at once"), ([0, 8, 16, 24], "slowest"), ([60, 40, 20, 0], "gaps"),
                                          ([10, 0, 20, 5], "neither")])
def test_each_wrong_order_of_synapses_gets_its_hint(starts, word):
    verdict = check("four synapses", starts)
    assert verdict.state == "hint" and word in verdict.text


def test_four_synapses_in_step_reach_the_target():
    assert soma_voltage([15.75, 12, 7, 0]) == pytest.approx(4.04, abs=0.005)
    order = [soma_voltage(starts) for starts in ([24, 16, 8, 0], [0, 8, 16, 24], [0, 0, 0, 0])]
    assert order == pytest.approx([3.817, 2.497, 3.269], abs=1e-3)         # towards the soma, away from it, all at once
    assert check("four synapses", [16, 12, 7, 0]).state == "right"
    for bad in ([1, 2, 3], [-1, 0, 0, 0], [0, 0, 0, 99]):
        with pytest.raises(ValueError, match="times"):
            soma_voltage(bad)
