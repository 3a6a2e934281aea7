"""The experiments and pictures of the cable notebook, and the exercises on it that have many
right answers.
"""
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.models.cable import (
    Axon,
    Cable,
    backward_euler,
    crank_nicolson,
    green_function,
    modes,
    simulate_cable,
)
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_04 import pictures as draw
from course_utils.notebook_04.exercises import check, soma_voltage, tried
from course_utils.notebook_04.experiments import Dendrite, Dye, FiredAxon, TwoEnds, reached
from course_utils.spikes import spike_times

VIEWS = ((Dendrite(), draw.touched_dendrite), (TwoEnds(), draw.two_ends),
         (FiredAxon(), draw.fired_axon), (Dye(), draw.spreading_dye))


def test_a_touched_dendrite_settles_to_its_steady_voltage_and_a_long_one_to_the_endless_exponential(
):
    dendrite = Dendrite()
    run = dendrite.run()
    assert run.V[120] == pytest.approx(dendrite.steady(),
                                       abs=0.25) and run.V[-1].max() < 0.2 * run.V[120].max()
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
    assert TwoEnds(current=1.0).meeting() is None or TwoEnds(
        current=1.0).active().V[:, 50].max() < 40
    assert TwoEnds(delay=3.0, temperature=30.0).meeting() is None


def test_each_launch_alone_is_what_the_axon_hears_of_one_shock():
    ends = TwoEnds(delay=1.0, place=0.25)
    left, right = ends.heard_alone()
    arrivals = [spike_times(ends.t, V, 40.0)[0] for V in (left, right)]
    assert arrivals[1] - arrivals[0] == pytest.approx(1 + 30 / 18.7, abs=0.03)
    assert len(spike_times(ends.t, ends.active().V[:, 25], 40.0)) == 1  # of the two, one


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
        assert T[changed.density(1.0, T).argmax()] == pytest.approx(
            changed.peak_time(), abs=3e-4)
    assert dye.peak_time() == pytest.approx(0.3090169944,
                                            abs=1e-9) and dye.but(X=0.0).peak_time() == 0


@pytest.mark.parametrize("record, view", VIEWS, ids=[view.__name__ for _, view in VIEWS])
def test_views_say_what_they_show(record, view):
    update = view(Figure(figsize=(8.6, 3.6)))
    assert len(update(record)) > 60
    for name, declared in record.parameters().items():
        for value in (declared.low, declared.high):
            assert update(record.but(**{name: value})) and "nan" not in update(
                record.but(**{name: value}))


def test_the_sentences_tell_the_fates_apart():
    ends, fired = draw.two_ends(Figure()), draw.fired_axon(Figure())
    assert "Two spikes meet 30 mm" in ends(TwoEnds()) and "1 of 2" in ends(TwoEnds())
    assert "too weak for spikes" in ends(TwoEnds(current=1.0)) and "0 of 2" in ends(
        TwoEnds(current=1.0))
    assert "has crossed" in ends(TwoEnds(delay=3.0, temperature=30.0))
    assert "travels at 18.7 m/s" in fired(FiredAxon()) and "too weak" in fired(
        FiredAxon(current=1.0))
    assert "No spike has come through" in fired(FiredAxon(temperature=36.0))


def test_a_tube_is_as_thick_as_the_radius_and_a_kymograph_covers_the_fibre():
    fig, (band, space) = plt.subplots(1, 2)
    x = np.linspace(50, 950, 10)
    draw.tube(band, 0, 1)(x, np.where(x < 500, 2.0, 1.0), np.ones(10))
    upper = band.lines[0]
    assert upper.get_ydata().max() == 2 and upper.get_ydata().min() == 1 and upper.get_xdata(
    )[-1] == 1.0
    draw.kymograph(space)(x, np.array([0.0, 1.0, 2.0]), np.zeros((3, 10)))
    assert space.images[0].get_extent() == [0.0, 1.0, 0.0, 2.0]
    plt.close(fig)


SQUID = Axon(cell=HodgkinHuxley(temperature=18.5))


@pytest.mark.parametrize("changes",
                         [{"radius": 952.0}, {"rho": 35.4 / 4}, {"radius": 476.0, "rho": 17.7}])
def test_each_way_to_be_twice_as_fast_is_right(changes):
    assert check("twice as fast", SQUID.but(**changes)).state == "right"


@pytest.mark.parametrize("changes, word", [({"radius": 476.0}, "too little"),
                                           ({"rho": 17.7}, "too little"), ({}, "started"),
                                           ({"radius": 238 / 4}, "slower"),
                                           ({"radius": 238 * 16.0}, "squaring"),
                                           ({"cell.temperature": 25.0}, "18.5")])
def test_each_wrong_axon_gets_its_hint(changes, word):
    verdict = check("twice as fast", SQUID.but(**changes))
    assert verdict.state == "hint" and word in verdict.text


def test_an_answer_that_is_no_axon_gets_a_sentence():
    assert check("twice as fast", 952.0).state == "wrong" and "Axon" in check(
        "twice as fast", 952.0).text


@pytest.mark.parametrize("starts, word",
                         [([0, 0, 0, 0], "All at once"), ([0, 8, 16, 24], "slowest"),
                          ([60, 40, 20, 0], "gaps"), ([10, 0, 20, 5], "neither")])
def test_each_wrong_order_of_synapses_gets_its_hint(starts, word):
    verdict = check("four synapses", starts)
    assert verdict.state == "hint" and word in verdict.text


def test_four_synapses_in_step_reach_the_target():
    assert soma_voltage([15.75, 12, 7, 0]) == pytest.approx(4.04, abs=0.005)
    order = [soma_voltage(starts) for starts in ([24, 16, 8, 0], [0, 8, 16, 24], [0, 0, 0, 0])]
    assert order == pytest.approx([3.817, 2.497, 3.269],
                                  abs=1e-3)  # towards the soma, away from it, all at once
    assert check("four synapses", [16, 12, 7, 0]).state == "right"
    for bad in ([1, 2, 3], [-1, 0, 0, 0], [0, 0, 0, 99]):
        with pytest.raises(ValueError, match="times"):
            soma_voltage(bad)


# --- the learner's convergence plot
# ------------------------------------------------------------------------------------------

STEPS = 2 / np.array([10, 20, 40, 80, 160])


def half_wave_errors(steps, scheme=crank_nicolson):
    """The largest |V - exact| after 2 ms from cos(pi X) on a sealed cable of one length
    constant, as the notebook asks.
    """
    found = []
    for h in steps:
        n = round(2 / h)
        cable = Cable(length=Cable().length_constant, compartments=n)
        X = cable.x / cable.length
        V = simulate_cable(cable, np.linspace(0, 2, n + 1), [], scheme=scheme, start=np.cos(
            np.pi * X)).V[-1]
        found.append(np.abs(V - np.cos(np.pi * X) * np.exp(-(1 + np.pi**2) / 10)).max())
    return found


@pytest.mark.parametrize("scheme, first, last, order",
                         [(crank_nicolson, 2.354e-3, 9.283e-6, 1.997),
                          (backward_euler, 1.227e-2, 6.324e-4, 1.068)])
def test_the_errors_and_orders_that_the_solution_prints(scheme, first, last, order):
    errors = half_wave_errors(STEPS, scheme)
    assert (errors[0], errors[-1]) == pytest.approx((first, last), rel=1e-3)
    assert np.polyfit(np.log(STEPS), np.log(errors), 1)[0] == pytest.approx(order, abs=1e-3)


def test_errors_by_a_loop_an_array_or_at_the_end_where_they_are_largest_are_right():
    assert check("errors", half_wave_errors).state == "right"
    assert check("errors", lambda steps: np.array(half_wave_errors(steps))).state == "right"


@pytest.mark.parametrize(
    "answer, word",
    [(lambda steps: half_wave_errors(steps, backward_euler), "one number for each step"),
     (lambda steps: half_wave_errors(steps)[::-1], "one number for each step"),
     (lambda steps: half_wave_errors(steps)[0], "one number for each step")])
def test_other_errors_are_not_right(answer, word):
    verdict = check("errors", answer)
    assert verdict.state == "wrong" and word in verdict.text


def test_a_half_filled_stub_is_blank_and_its_picture_has_guides_and_a_note():
    def half_filled(steps):
        return [... for _ in steps]

    assert check("errors", half_filled).state == "blank"
    assert tried(half_filled, STEPS) is None and tried(lambda steps: 1 / 0,
                                                       STEPS) is None and tried(None) is None
    assert tried(lambda: [1, 2]) == pytest.approx(
        [1, 2]) and tried(lambda: 2.0) == 2.0 and tried(lambda: np.nan) is None
    ax = Figure().add_subplot()
    draw.convergence(ax, STEPS, {"yours": (None, None)})
    assert "your errors will stand here" in [text.get_text()
                                             for text in ax.texts] and len(ax.lines) == 2


def test_the_convergence_plot_shows_the_learners_numbers_and_order_beside_the_guides():
    errors = 0.3 * STEPS**2
    for order, label in ((2.0, "yours: order 2.00"), (None, "yours"), (np.array(
        [2.0, 0.1]), "yours")):
        ax = Figure().add_subplot()
        draw.convergence(ax, STEPS, {"yours": (errors, order)})
        assert ax.lines[2].get_label() == label and (ax.lines[2].get_ydata() == errors).all()
        assert (ax.lines[2].get_xdata()
                == STEPS).all() and ax.get_xscale() == ax.get_yscale() == "log"
    slopes = [
        np.diff(np.log(line.get_ydata())) / np.diff(np.log(line.get_xdata()))
        for line in ax.lines[:2]
    ]
    assert slopes == [pytest.approx([1] * 4), pytest.approx([2] * 4)]


def test_errors_that_are_too_few_are_not_drawn():
    ax = Figure().add_subplot()
    draw.convergence(ax, STEPS, {"yours": (np.array([0.1, 0.2]), 2.0)})
    assert len(ax.lines) == 2 and ax.texts[-1].get_text() == "your errors will stand here"


def test_crank_nicolson_against_the_exact_modes_leaves_a_quarter_of_the_error_with_half_the_step(
):
    cable, apart = Cable(length=Cable().length_constant, compartments=100), []
    for h in (0.5, 0.25, 0.125):
        V, exact = (simulate_cable(cable, np.arange(0, 20.01, h), [(500, 0.1)],
                                   scheme=scheme).V[-1] for scheme in (crank_nicolson, modes))
        apart.append(np.abs(V - exact).max())
    assert apart == pytest.approx([1.08e-3, 2.70e-4, 6.74e-5], rel=3e-3)


# --- what else the notebook prints
# ------------------------------------------------------------------------------------------


def test_a_hundred_layers_of_myelin_give_100_times_the_diffusivity_and_10_times_the_reach(
):
    t, there = np.arange(0, 1.001, 0.01), []
    for layers, reach in ((1, 2236), (100, 22361)):
        fibre = Cable(length=20_000, radius=5, g_m=0.05 / layers, c_m=1 / layers,
                      compartments=400)
        assert fibre.length_constant == pytest.approx(
            reach, abs=1) and fibre.time_constant == pytest.approx(20)
        there.append(simulate_cable(fibre, t, [(0, np.where(t < 0.1, 1.0, 0))]).V[:, 20].max())
    assert there == pytest.approx([0.116, 12.387], rel=5e-3)


def test_the_speed_that_is_timed_on_fibres_of_other_radii_keeps_to_the_root_law():
    t = np.arange(0, 9, 0.01)
    for part in (1 / 4, 1 / 2, 1, 2, 4):
        axon = SQUID.but(length=60_000, radius=238 * part, compartments=300)
        run = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4 * part**1.5, 0))])
        first, last = reached(run, [15_000, 45_000])
        assert 30 / (last - first) == pytest.approx(18.7319 * part**0.5, rel=4e-3)


def widened(ratio, width=0.0, n=200):
    """The highest V at 45 mm behind a widening at 30 mm of 6 cm of axon that is `width` mm
    long.
    """
    t, place = np.arange(0, 10, 0.02), (np.arange(n) + 0.5) * 60 / n
    part = np.clip((place - 30 + width / 2) / width, 0, 1) if width else place > 30
    axon = SQUID.but(length=60_000, radius=238 * ratio**part, compartments=n)
    return simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4, 0))]).V[:, 3 * n // 4].max()


@pytest.mark.parametrize("n", [200, 400])
def test_the_step_that_stops_a_spike_lies_where_the_notebook_prints_it(n):
    assert widened(5.42, n=n) > 80 and widened(5.46, n=n) < 10


def test_a_gentle_widening_lets_a_spike_pass_that_a_sudden_one_stops():
    passed = [widened(7, width) for width in (1, 2, 5, 10)]
    assert max(passed[:2]) < 10 and min(passed[2:]) > 85


def test_a_spike_rises_in_a_quarter_of_a_millisecond():
    t = np.arange(0, 4, 0.005)
    V = simulate_cable(SQUID.but(length=60_000, compartments=400), t,
                       [(0, np.where(t < 0.3, 2e4, 0))]).V[:, 200]
    start, end = np.interp([0.1 * V.max(), 0.9 * V.max()], V[:V.argmax()], t[:V.argmax()])
    assert end - start == pytest.approx(0.25, abs=0.01)


def test_what_the_questions_on_the_two_ends_say():
    fails, carries = (TwoEnds(current=current).active().V[:, 50].max()
                      for current in (2.4, 2.7))
    assert fails < 5 and carries > 80  # between 2 and 3 µA, all or nothing
    late = TwoEnds(delay=3.0,
                   temperature=30.0)  # the first has crossed, and the second shock still fails
    assert all(len(spike_times(late.t, late.active().V[:, k], 40.0)) == 1 for k in (20, 50, 80))
