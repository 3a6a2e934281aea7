"""The experiments and pictures of the cable notebook, and the exercises on it that have many
right answers.
"""
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.models.cable import (
    Axon,
    Cable,
    crank_nicolson,
    modal_solution,
    simulate_cable,
)
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.models.tree import Tree
from course_utils.notebook_04 import pictures as draw
from course_utils.notebook_04.exercises import check, soma_voltage, tried
from course_utils.notebook_04.experiments import Dendrite, Dye, FiredAxon, TwoEnds, reached
from course_utils.notebook_04.theory import backward_euler, green_function
from course_utils.panel import Touch
from course_utils.spikes import spike_times


def test_a_touched_dendrite_settles_and_a_long_one_is_like_an_infinite_cable():
    result = Dendrite().run()
    assert result.V[120] == pytest.approx(result.steady, abs=0.25)
    assert result.V[-1].max() < 0.2 * result.V[120].max()
    middle = Dendrite(length=8000.0, position=0.5).run()
    near = (np.abs(middle.x - 4000) > 100) & (np.abs(middle.x - 4000) < 1200)
    assert middle.steady[near] == pytest.approx(middle.infinite[near], rel=0.025)


def test_touching_a_sealed_end_doubles_the_voltage_of_an_infinite_cable():
    end = Dendrite(length=8000.0, position=0.0).run()
    assert end.steady[0] / end.infinite[0] == pytest.approx(2, rel=0.02)


def test_two_ends_meet_where_arithmetic_says_and_nothing_is_left():
    for delay in (-1.5, 0.0, 2.0):
        ends = TwoEnds(delay=delay)
        x, when = ends.meeting()
        assert x / 1000 == pytest.approx(30 + 18.7 * delay / 2, abs=0.15)
        run = ends.active()
        last = run.V[:, ends.axon.compartments_at(x)[0]].argmax()
        assert run.t[last] == pytest.approx(when, abs=0.3) and run.V[run.t > when + 2].max() < 5


def test_two_ends_too_weak_or_too_late_do_not_meet():
    weak = TwoEnds(current=1.0)
    assert weak.meeting() is None or weak.active().V[:, 50].max() < 40
    assert TwoEnds(delay=3.0, temperature=30.0).meeting() is None


def test_each_pulse_alone_is_what_the_axon_does_after_one_pulse():
    result = TwoEnds(delay=1.0, position=0.25).run()
    arrivals = [spike_times(result.t, V, 40.0)[0] for V in result.V_alone]
    assert arrivals[1] - arrivals[0] == pytest.approx(1 + 30 / 18.7, abs=0.03)
    assert len(spike_times(result.t, result.V[:, result.k], 40.0)) == 1  # of the two, one


def test_passive_pulses_add_up_and_are_mirror_images():
    ends = TwoEnds(delay=0.0)
    left, right = ends.passive()
    assert left == pytest.approx(right[:, ::-1], abs=1e-9) and left[:, 50].max() > 0.1


def test_reached_is_nan_where_no_spike_comes():
    hot, squid = FiredAxon(temperature=36.0).run(), FiredAxon().run()
    assert np.isnan(hot.arrivals[-1]) and np.isnan(hot.speed)
    assert squid.speed == pytest.approx(18.73, rel=0.01) and squid.predicted == 18.73


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


@pytest.mark.parametrize("record", [Dendrite(), TwoEnds(), FiredAxon(), Dye()],
                         ids=lambda record: type(record).__name__)
def test_each_result_has_a_sentence_at_the_ends_of_each_slider(record):
    for name, declared in record.parameters().items():
        for value in (declared.low, declared.high):
            sentence = record.but(**{name: value}).run().sentence()
            assert len(sentence) > 60 and "nan" not in sentence


def test_the_sentences_tell_the_fates_apart():
    def said(record):
        return record.run().sentence()

    assert "Two spikes meet 30 mm" in said(TwoEnds()) and "one spike passes" in said(TwoEnds())
    assert "too weak" in said(TwoEnds(current=1.0)) and "no spike" in said(TwoEnds(current=1.0))
    assert "has crossed" in said(TwoEnds(delay=3.0, temperature=30.0))
    assert "propagates at 18.7 m/s" in said(FiredAxon())
    assert "too weak" in said(FiredAxon(current=1.0))
    assert "an axon of this radius" in said(FiredAxon(radius=950.0))
    assert "No spike has come through" in said(FiredAxon(temperature=36.0))
    assert "1.21 times that of an infinite cable" in said(Dendrite())
    assert "maximum at T = 0.54" in said(Dye())


def test_the_pointer_moves_what_it_touches():
    fig = Figure()
    fibre, time = (fig.add_subplot(label=label) for label in ("fibre", "time"))
    dendrite, ends, dye = Dendrite(), TwoEnds(), Dye()
    assert dendrite.touched(Touch("drag", fibre, 2.0, 5.0)).position == 0.5
    assert dendrite.touched(Touch("drag", fibre, 99.0, 5.0)).position == 1
    assert dendrite.touched(Touch("drag", time, 2.0, 5.0)) is dendrite
    assert ends.touched(Touch("down", fibre, 45.0, 2.0)).position == 0.75
    assert ends.touched(Touch("down", fibre, 58.0, 2.0)).delay == 1.5
    assert ends.touched(Touch("down", time, 5.0, 2.0)) is ends
    assert dye.touched(Touch("drag", fibre, -2.0, 0.5)).X == 2
    assert dye.touched(Touch("drag", time, 9.0, 0.5)).T == 3


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
                                           ({"radius": 600.0}, "less than twice"),
                                           ({"radius": 1500.0}, "more than twice"),
                                           ({"cell.C_m": 0.5}, "membrane"),
                                           ({"cell.g_Na": 200.0}, "membrane"),
                                           ({"rho": 17.7}, "too little"), ({}, "started with"),
                                           ({"radius": 238 / 4}, "slower"),
                                           ({"radius": 238 * 16.0}, "four times"),
                                           ({"cell.temperature": 25.0}, "18.5")])
def test_each_wrong_axon_gets_its_hint(changes, word):
    verdict = check("twice as fast", SQUID.but(**changes))
    assert verdict.state == "hint" and word in verdict.text


def test_an_answer_that_is_no_axon_gets_a_sentence():
    for answer in (952.0, {"radius": 952.0}):
        verdict = check("twice as fast", answer)
        assert verdict.state == "hint" and "not an Axon" in verdict.text


LAMBDA = {radius: Cable(radius=radius).length_constant for radius in (1.0, 1.5, 1.8)}
MATCH = (2**1.5 - 1.5**1.5)**(2 / 3)  # the radius that completes 1.5 µm to a stem of 2 µm
OWN = Cable(radius=MATCH).length_constant


@pytest.mark.parametrize("name, answer, word", [
    ("faulty length", [1, 0.707], "Line 1 is right"),
    ("faulty length", [2, 0.707], "Line 2 is right"),
    ("faulty length", [4, 0.707], "Line 4 is right"),
    ("faulty length", [3, 9.00e7], "prints"),
    ("ignition", [56.4, 5.58], "steepest"), ("ignition", [0.2, 5.58], "At rest"),
    ("ignition", [13.2, 41.2], "Divide"), ("ignition", [13.2, 1.83], "moment of ignition"),
    ("ignition", [13.2, 0.179], "reciprocal"),
    ("compartments", 155, "square"), ("compartments", 80, "fewer"), ("compartments", 50, "above"),
    ("equivalent tree", [(1.26, 561), (1.26, 561)], "less than 0.2"),
    ("equivalent tree", [(1.6, 500), (1.2, 500)], "cross-sections"),
    ("equivalent tree", [(1.6, 500), (1.1, 500)], "powers|power 3/2"),
    ("equivalent tree", [(1.5, 600), (MATCH, 600)], "its own λ"),
    ("equivalent tree", [(1.5, LAMBDA[1.5]), (MATCH, OWN)], "together"),
])
def test_other_wrong_answers_get_their_hints(name, answer, word):
    verdict = check(name, answer)
    assert verdict.state == "hint" and re.search(word, verdict.text)


def test_more_than_one_answer_is_right():
    assert check("faulty length", (3, "0.707")).state == "right"
    for volts in (12.9, 13.2, 13.3):  # by grids of 300, 600 and 240 compartments
        assert check("ignition", [volts, 5.58]).state == "right"
    assert check("compartments", 64).state == check("compartments", 70).state == "right"
    for radius in (1.0, 1.5, 1.8):
        other = (2**1.5 - radius**1.5)**(2 / 3)
        pair = [(r, 0.5 * Cable(radius=r).length_constant) for r in (radius, other)]
        assert check("equivalent tree", pair).state == "right"
        tree = Tree(cables=tuple(Cable(radius=r, length=length, compartments=200) for r, length
                                 in [(2.0, 0.6 * Cable().length_constant), *pair]),
                    parents=(None, 0, 0))
        start = tree.steady_voltage([(0, 0.0, 1.0)])[0] + tree.cables[0].half_resistance[0]
        assert start == pytest.approx(140.586730, rel=1e-4)  # one cable of 1.1 λ


def test_sixty_four_compartments_leave_less_than_one_per_cent_at_1000_hz():
    def far_end(n, omega=2 * np.pi):  # the relative error of the amplitude
        cable = Cable(length=Cable().length_constant, compartments=n)
        diagonal, side = cable.conductance()
        G = np.diag(diagonal + 1j * omega * cable.capacitance)
        G += np.diag(side, 1) + np.diag(side, -1)
        X, q = cable.x / cable.length, np.sqrt(1 + 1j * omega * cable.time_constant)
        exact = Cable(length=60_000).input_resistance / q / np.sinh(q)
        exact *= np.cosh(q * X[0]) * np.cosh(q * (1 - X[-1]))
        return abs(np.linalg.inv(G)[-1, 0] / exact) - 1

    assert abs(far_end(64)) < 0.01 < abs(far_end(63))


@pytest.mark.parametrize("share, propagates", [(0.42, True), (0.37, False)])
def test_two_fifths_of_the_sodium_channels_are_enough(share, propagates):
    t = np.arange(0, 8, 0.02)
    axon = Axon(cell=HodgkinHuxley(temperature=18.5, g_Na=120 * share), length=60_000,
                compartments=240)
    V = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4, 0))]).V
    assert (V[:, 220].max() > 50) == propagates


@pytest.mark.parametrize("starts, word",
                         [([0, 0, 0, 0], "start together"), ([0, 8, 16, 24], "longest"),
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


def two_waves(h, A, B, scheme=crank_nicolson):
    """(V after 2 ms, exact V) of A cos πX + B cos 2πX on a sealed cable of one length constant.
    """
    n = round(2 / h)
    cable = Cable(length=Cable().length_constant, compartments=n)
    waves = [(each, np.cos(k * np.pi * cable.x / cable.length), k)
             for k, each in ((1, A), (2, B))]
    start = sum(each * wave for each, wave, _ in waves)
    V = simulate_cable(cable, np.linspace(0, 2, n + 1), [], scheme=scheme, start=start).V[-1]
    return V, sum(each * wave * np.exp(-(1 + (k * np.pi)**2) / 10) for each, wave, k in waves)


def errors_by(of):
    """A learner's `errors` that returns of(V, exact) for each step."""
    return lambda steps, A, B: [of(*two_waves(h, A, B)) for h in steps]


def half_wave_errors(steps, scheme=crank_nicolson):
    found = (two_waves(h, 1.0, 0.0, scheme) for h in steps)
    return [np.abs(V - exact).max() for V, exact in found]


def wave_errors(steps, A, B):
    return errors_by(lambda V, exact: np.abs(V - exact).max())(steps, A, B)


@pytest.mark.parametrize("scheme, first, last, order",
                         [(crank_nicolson, 2.354e-3, 9.283e-6, 1.997),
                          (backward_euler, 1.227e-2, 6.324e-4, 1.068)])
def test_the_errors_and_orders_that_the_solution_prints(scheme, first, last, order):
    errors = half_wave_errors(STEPS, scheme)
    assert (errors[0], errors[-1]) == pytest.approx((first, last), rel=1e-3)
    assert np.polyfit(np.log(STEPS), np.log(errors), 1)[0] == pytest.approx(order, abs=1e-3)


def test_errors_by_a_loop_or_as_an_array_are_right():
    assert check("errors", wave_errors).state == "right"
    assert check("errors", lambda *given: np.array(wave_errors(*given))).state == "right"


@pytest.mark.parametrize("of, word", [
    (lambda V, exact: (V - exact).max(), "its size"),
    (lambda V, exact: (exact - V).max(), "its size"),
    (lambda V, exact: abs(V[0] - exact[0]), "first compartment"),
    (lambda V, exact: abs(V[-1] - exact[-1]), "last compartment")])
def test_errors_without_a_size_or_at_one_place_meet_their_hint(of, word):
    verdict = check("errors", errors_by(of))
    assert verdict.state == "hint" and word in verdict.text


@pytest.mark.parametrize("answer, word", [
    (lambda steps, A, B: half_wave_errors(steps, backward_euler), "one number for each step"),
    (lambda steps, A, B: wave_errors(steps, A, B)[::-1], "one number for each step"),
    (lambda steps, A, B: wave_errors(steps, A, B)[0], "one number for each step")])
def test_other_errors_are_not_right(answer, word):
    verdict = check("errors", answer)
    assert verdict.state == "wrong" and word in verdict.text


def test_a_half_filled_stub_is_blank_and_its_picture_has_guides_and_a_note():
    def half_filled(steps, A=1.0, B=0.0):
        return [... for _ in steps]

    assert check("errors", half_filled).state == "blank"
    assert tried(half_filled, STEPS) is None and tried(lambda steps: 1 / 0,
                                                       STEPS) is None and tried(None) is None
    assert tried(lambda: [1, 2]) == pytest.approx(
        [1, 2]) and tried(lambda: 2.0) == 2.0 and tried(lambda: np.nan) is None
    ax = Figure().add_subplot()
    draw.convergence(ax, STEPS, {"yours": (None, None)})
    assert "your errors will appear here" in [text.get_text()
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
    assert len(ax.lines) == 2 and ax.texts[-1].get_text() == "your errors will appear here"


def test_crank_nicolson_against_the_exact_modes_leaves_a_quarter_of_the_error_with_half_the_step(
):
    cable, apart = Cable(length=Cable().length_constant, compartments=100), []
    for h in (0.5, 0.25, 0.125):
        t = np.arange(0, 20.01, h)
        V, exact = (simulate_cable(cable, t, [(500, 0.1)], scheme=scheme).V[-1]
                    for scheme in (crank_nicolson, modal_solution))
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
    late = TwoEnds(delay=3.0, temperature=30.0).active()
    # the first has crossed, and the second pulse still fails
    assert all(len(spike_times(late.t, late.V[:, k], 40.0)) == 1 for k in (20, 50, 80))


def test_an_anode_break_starts_in_the_middle_when_it_is_cold_and_the_push_is_moderate():
    """Question 4: -3 µA for 15 ms into the middle at 6.3 °C; nothing at 18.5 °C; at -30 µA the
    ends come first."""
    t = np.arange(0, 30, 0.02)

    def arrivals(temperature, current):
        axon = Axon(cell=HodgkinHuxley(temperature=temperature), length=60_000,
                    compartments=200)
        V = simulate_cable(axon, t, [(30_000, np.where(t < 15, current, 0.0))]).V
        fired = (V > 50) & (t > 15)[:, None]
        return V, [t[fired[:, k]].min(initial=np.inf) for k in (5, 99, 195)]

    V, (left, middle, right) = arrivals(6.3, -3e3)
    assert middle < left - 1 and left == pytest.approx(right, abs=0.05) and -25 < V.min() < -22
    V, (left, middle, right) = arrivals(6.3, -30e3)
    assert left < middle and V.min() == pytest.approx(-300, abs=5)
    for current in (-3e3, -30e3):
        V, times = arrivals(18.5, current)
        assert np.isinf(times).all() and V[t > 15].max() < 5


def test_the_first_13_mV_are_charged_by_axial_current_alone():
    """Above 13.18 mV the net ionic current of a patch is inward (18.5 °C, by shooting)."""
    axon = SQUID.but(length=60_000, compartments=600)
    t = np.arange(0, 3, 0.005)
    V = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4, 0))]).V[:, 299:302]
    axial = axon.diffusivity * (V[:, 0] - 2 * V[:, 1] + V[:, 2]) / axon.dx**2  # mV/ms
    ionic = axial - np.gradient(V[:, 1], t)  # outward
    turn = np.flatnonzero((ionic < 0) & (V[:, 1] > 1))[0]
    assert V[turn, 1] == pytest.approx(13.2, abs=0.5)


def test_matched_branches_make_one_cable_only_if_their_tips_are_equally_far():
    """A fork by finite differences, stem 0.5 λ and two matched daughters: 0.796 against 0.905.
    """
    def input_conductance(stem, *daughters, n=400):
        lengths = (stem, *daughters)
        strength = (1.0, *[1 / len(daughters)] * len(daughters))  # 1/R_∞ of each piece
        size = n * len(lengths)
        A = np.zeros((size, size))
        for k, (length, g) in enumerate(zip(lengths, strength)):
            first, dX = k * n, length / n
            for i in range(first, first + n):
                A[i, i] += g * dX
                j = i + 1 if i < first + n - 1 else None
                if j is not None:
                    between = g / dX
                    A[[i, j], [i, j]] += between
                    A[[i, j], [j, i]] -= between
        fork = n - 1
        for k, (length, g) in enumerate(zip(daughters, strength[1:]), 1):
            half = 0.5 * stem / n / 1.0 + 0.5 * length / n / g
            i, j = fork, k * n
            A[[i, j], [i, j]] += 1 / half
            A[[i, j], [j, i]] -= 1 / half
        current = np.zeros(size)
        current[0] = 1.0
        V = np.linalg.solve(A, current)
        return 1 / (V[0] + 0.5 * stem / n)

    assert input_conductance(0.5, 1.0, 1.0) == pytest.approx(np.tanh(1.5), abs=0.003)
    assert input_conductance(0.5, 0.1, 1.9) == pytest.approx(0.796, abs=0.003)
    assert np.tanh(1.5) == pytest.approx(0.905, abs=5e-4)
