"""What notebook 01 says: the hints of its open questions, the numbers it prints, and its
drawings.
"""
import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from course_utils import HodgkinHuxley, ThresholdUnit, learn_perceptron, simulate, spike_times
from course_utils.models.mcculloch_pitts import (
    corners,
    function_number,
    functions_of_threshold_units,
)
from course_utils.notebook_01 import pictures as draw
from course_utils.notebook_01.counting import (
    GATES,
    best_margin,
    gate_number,
    mcculloch_pitts_functions,
    perceptron_bound,
)
from course_utils.notebook_01.exercises import EXERCISES, check
from course_utils.notebook_01.experiments import TeachingSession, ThreeInputUnit, TwoInputUnit
from course_utils.notebook_01.units import McCullochPittsUnit, cascade, truth_table
from course_utils.questions.texts import texts

SQUARE, CUBE = corners(2), corners(3)
WEIGHT = some.integers(-8, 8).map(lambda k: k / 4)

OPEN = [  # question, answer, what it is a case of: "right" or words of the hint
    ("five claims", [True, False, True, False, True], "right"),
    ("five claims", [False, False, True, False, True], "Claim 1"),
    ("five claims", [True, True, True, False, True], "Claim 2"),
    ("five claims", [True, False, False, False, True], "Claim 3"),
    ("five claims", [True, False, True, True, True], "Claim 4"),
    ("five claims", [True, False, True, False, False], "Claim 5"),
    ("strong enough", [15, 22, True], "right"),
    ("strong enough", [20, 25, True], "need not be 0"),
    ("strong enough", [6, 4, True], "threshold alone"),
    ("strong enough", [14, 21, True], "equal the threshold"),
    ("strong enough", [15, 22, False], "two numbers are right"),
    ("the same mistakes", [4, -2, 1], "right"),
    ("the same mistakes", [2, -1, 0.5], "not 12"),
    ("the same mistakes", [1, -0.5, 0.25], "made the start smaller"),
    ("the same mistakes", [0, 0, 0], "From zero"),
    ("a case that fails", ([0.7, 0.1], [1, 1], 0.8), "right"),
    ("a case that fails", ([0.1] * 10, [1] * 10, 1), "right"),
    ("a case that fails", ([0.2, 0.3], [1, 1], 0.5), "gets it right"),
    ("a case that fails", ([0.2, 0.3], [1, 1], 0.6), "differs from the threshold"),
    ("a case that fails", ([0.25, 0.25], [1, 1], 0.5), "multiples of 0.1"),
    ("a certificate", ([[1, 1, 0], [0, 0, 1]], [[0, 1, 0], [1, 0, 1]]), "right"),
    ("a certificate", ([[0, 1, 0], [1, 0, 1]], [[1, 1, 0], [0, 0, 1]]), "exchanged"),
    ("a certificate", ([[1, 1, 0], [0, 0, 0]], [[0, 1, 0], [1, 0, 1]]), "wrong list"),
    ("a certificate", ([[1, 1, 1], [0, 0, 1]], [[0, 1, 0], [1, 0, 1]]), "sums differ"),
    ("NAND", (-1, -1, -1.5), "right"), ("NAND", (-2, -3, -4), "right"),
    ("NAND", (1, 1, 1.5), "answers AND"), ("NAND", (-1, -1, -0.5), "as soon as one input"),
    ("NAND", (-1, -1, -2), "equality counts"), ("NAND", (-1, -1, 1), "never fires"),
    ("NAND", (-1, 0, -0.5), "no influence"), ("NAND", (0.5, 0.5, 0.5), "fires for 11"),
    ("NAND", (1, 1, -1.5), "fires for 11"), ("the sum bit", ([1, 1, 1, -2], 1), "right"),
    ("the sum bit", ([2, 2, 2, -4], 1.5), "right"),
    ("the sum bit", ([1, 1, 1, 2], 1), "subtracts nothing"),
    ("the sum bit", ([1, 1, 1, -1], 1), "too little"),
    ("the sum bit", ([1, 1, 1, -3], 1), "too much"),
    ("the sum bit", ([1, 1, 1, -2], 0), "without any input"),
    ("NAND of 1943", ([0, 0, 1, 0], 1, [0, 0, 0, 1]), "right"),
    ("NAND of 1943", ([0, 0, 2, 0], 2, [0, 0, 0, 1]), "right"),
    ("NAND of 1943", ([0, 0, 0, 0], 0, [0, 0, 0, 1]), "without any input"),
    ("NAND of 1943", ([1, 1, 0, 0], 1, [0, 0, 0, 1]), "silent for 00"),
    ("NAND of 1943", ([0, 0, 1, 0], 1, [0, 0, 0, 0]), "always"),
    ("NAND of 1943", ([0, 0, 1, 0], 1, [1, 1, 0, 0]), "One active input"),
]


@pytest.mark.parametrize("name, answer, case", OPEN)
def test_open_questions_accept_every_right_answer_and_hint_at_each_misconception(
        name, answer, case):
    verdict = check(name, answer)
    assert verdict.state == ("right" if case == "right" else "hint"), verdict
    assert case == "right" or case in verdict.text


def test_each_hint_of_an_open_question_has_its_example():
    for name in {name for name, _, _ in OPEN}:
        said = {check(name, answer).text for asked, answer, _ in OPEN if asked == name}
        assert set(texts("01")["exercises"][name]["hints"].values()) <= said, name


@pytest.mark.parametrize("answer", [(1, 2), ([1, 1], 1), "NAND", ([1, -1, 0, 0], 1, [0, 0, 0, 1]),
                                    (np.nan, 1, 1)])
def test_answers_of_the_wrong_form_are_told_so_and_raise_nothing(answer):
    for name in ("NAND", "the sum bit", "NAND of 1943"):
        verdict = check(name, answer)
        assert verdict.state in ("error", "wrong", "hint")
        assert verdict.state == "hint" or texts("01")["exercises"][name]["expects"] in verdict.text


# The map of gates


@given(WEIGHT, WEIGHT, WEIGHT)
def test_the_map_of_gates_agrees_with_the_unit(w1, w2, theta):
    assert gate_number(w1, w2, theta) == function_number(ThresholdUnit([w1, w2], theta)(SQUARE))


def test_seven_pieces_above_zero_and_seven_below_make_fourteen():
    grid = np.linspace(-2, 2, 81)
    above, below = (set(gate_number(grid, grid[:, None], theta).ravel().tolist())
                    for theta in (0.8, -0.8))
    assert len(above) == len(below) == 7 and not above & below
    assert above | below == set(functions_of_threshold_units(2).tolist())


def test_the_gate_changes_exactly_where_theta_crosses_one_of_four_sums():
    theta = np.linspace(-3, 3, 1201) + 0.0013
    gates = gate_number(1.3, -0.6, theta)
    crossed = [theta[k] for k in np.flatnonzero(np.diff(gates))]
    assert crossed == pytest.approx(sorted([0, 1.3, -0.6, 0.7]), abs=0.006)


def test_without_a_threshold_six_functions_are_left():
    grid = np.linspace(-2, 2, 41)
    assert len(np.unique(gate_number(grid, grid[:, None],
                                     0))) == 6 == EXERCISES["without a threshold"].right


def test_seven_of_the_fourteen_answer_one_to_00_and_nand_is_the_one_that_needs_theta_below_zero(
):
    fires = {k for k in functions_of_threshold_units(2).tolist() if truth_table(k)[0]}
    grid = np.linspace(-2, 2, 41)
    assert len(fires) == 7
    assert {
        GATES[k]
        for k in fires - set(np.unique(gate_number(grid, grid[:, None], 0)).tolist())
    } == {"NAND"}


# Numbers that the notebook states


def test_a_label_flipped_in_and_makes_the_staircase_pass_the_old_bound_within_the_panel():
    session = TeachingSession(step=60)
    assert np.flatnonzero(session.run().learning.changed)[-1] + 1 == 18
    assert session.run().learning.mistakes == 11
    flipped = session.relabelled(0)
    assert flipped.gate == "XNOR" and np.isinf(perceptron_bound(flipped.x, flipped.y))
    learning = flipped.run().learning
    assert flipped.before == pytest.approx(51)
    assert learning.changed[:60].sum() > 51 and not learning.converged


def test_xor_passes_the_old_bound_at_the_54th_example_and_its_weights_run_in_a_circle():
    xor = TeachingSession(gate="XOR", step=60).run()
    assert np.cumsum(xor.learning.changed)[[52, 53]].tolist() == [51, 52]
    assert (xor.path[-5] == xor.path[-1]).all() and "never settles" in xor.sentence()


def test_a_step_is_the_arrow_that_was_drawn():
    session = TeachingSession()
    for k in range(30):
        result = session.but(step=k).run()
        after = session.but(step=k).pressed("Step").run()
        assert after.v == pytest.approx(result.v + result.change)
        assert result.wrong[result.next] == bool(result.change.any())
    assert not session.but(step=60).run().wrong.any()


def test_learning_begins_where_the_weights_are_placed():
    session = TeachingSession(step=18)
    placed = session.started(-2.5, 1.5)
    assert (placed.w1, placed.w2, placed.b, placed.step) == (-2.5, 1.5, -3.0, 0)
    result = placed.but(step=60).run()
    assert result.learning.converged and not result.wrong.any()
    assert result.learning.mistakes == 8 <= result.bound < 51


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_holds_from_any_start_and_is_the_known_one_from_zero(seed):
    rng = np.random.default_rng(seed)
    x, start = rng.uniform(-1, 1, (8, 2)), rng.uniform(-3, 3, 3)
    y = (x @ rng.normal(size=2) >= 0.1).astype(int)
    gamma = best_margin(x, y)[0]
    R2 = 1 + (x * x).sum(axis=1).max()
    assert perceptron_bound(x, y, [0, 0, 0]) == pytest.approx(R2 / gamma**2)
    bound = perceptron_bound(x, y, start)
    learned = learn_perceptron(x, y, 5000, start)
    assert learned.mistakes <= bound
    assert learned.history[0] == pytest.approx(start)


@pytest.mark.parametrize("n, theta, k", [(20, 6, 15), (25, 4, 22)])
def test_how_strong_the_veto_of_the_exercise_must_be(n, theta, k):
    def fires(weight):
        return ThresholdUnit([*np.ones(n), -weight], theta)([1] * (n + 1))

    assert fires(k) == 0 and fires(k - 1) == 1


def test_only_the_start_divided_by_the_rate_counts():
    """The exercise: from (2, -1, 1/2) at the rate 1/2 as from (4, -2, 1) at the rate 1."""
    assert learn_perceptron(SQUARE, truth_table(1), start=[4, -2, 1]).mistakes == 12
    assert learn_perceptron(SQUARE, truth_table(1), start=[2, -1, 0.5]).mistakes == 11


def test_the_five_claims_are_as_the_exercise_judges_them():
    alone = {GATES[k] for k in mcculloch_pitts_functions(2, lowest=1).tolist()}
    units = {GATES[k] for k in functions_of_threshold_units(2).tolist()}
    moved = TeachingSession(gate="XNOR").moved(3, 0.2, 0.2)
    found = ["x1 and not x2" in alone, False, "x2 or not x1" in units, "XOR" in units,
             bool(best_margin(moved.x, moved.y)[0] > 0)]
    x1, x2 = (tuple(column.tolist()) for column in SQUARE.T)
    found[1] = tuple(truth_table(GATES.index("NOR")).tolist()) in nets([x1, x2], MORE)
    assert found == EXERCISES["five claims"].right


@pytest.mark.parametrize("passes", [10, 100, 1000])
def test_xnor_makes_four_mistakes_a_pass_and_comes_back_to_the_same_weights(passes):
    learned = learn_perceptron(SQUARE, truth_table(GATES.index("XNOR")), passes)
    assert learned.mistakes == 4 * passes - 3
    assert (learned.history[-5] == learned.history[-1]).all()


def test_dragging_an_example_towards_the_others_raises_the_bound():
    bounds = [TeachingSession().moved(3, p, p).bound for p in (1, 0.8, 0.65)]
    assert bounds == sorted(bounds) and bounds[-1] > 2 * bounds[0]


def test_a_bound_does_not_forecast_a_nearer_example_can_mean_fewer_mistakes():
    nearer = TeachingSession(step=60).moved(3, 0.8, 0.8).run()
    assert nearer.learning.mistakes == 3 < 11 and nearer.bound == pytest.approx(93.5, abs=0.1)


# The neuron of 1943: Theorem 3, and the constant input that changes it


KINDS = [McCullochPittsUnit([1, 1], 2), McCullochPittsUnit([1, 1], 1),
         McCullochPittsUnit([1, 0], 1, [0, 1])]
MORE = [McCullochPittsUnit(synapses, theta, veto)
        for synapses in ([1, 0], [1, 1], [2, 1]) for theta in (1, 2, 3)
        for veto in ([0, 0], [0, 1])]


def nets(inputs, neurons):
    """The truth tables that nets without loops compute from these, by such neurons of 1943 with
    two inputs.
    """
    found = set(inputs)
    while True:
        pairs = np.moveaxis(np.array(list(itertools.product(found, repeat=2))), 1, 2)
        new = {tuple(table) for neuron in neurons for table in neuron(pairs).tolist()}
        if new <= found:
            return found
        found |= new


def test_nets_of_1943_compute_eight_functions_and_all_with_a_constant_input():
    x1, x2 = (tuple(column.tolist()) for column in SQUARE.T)
    alone = set(mcculloch_pitts_functions(2, synapses=3, lowest=1).tolist())
    assert len(alone) == 7
    without = {int(function_number(table)) for table in nets([x1, x2], MORE)}
    assert without == alone | {GATES.index("XOR")} == set(range(8))  # 00 gives 0
    assert len(nets([x1, x2, (1, 1, 1, 1)], KINDS)) == 16


def test_a_net_of_1943_is_silent_when_its_inputs_are():
    """Theorem 3, with three inputs: no function of the net answers 1 to 000."""
    found = nets([tuple(column.tolist()) for column in CUBE.T], KINDS)
    assert not any(table[0] for table in found) and len(found) == 128


def test_a_membrane_fires_at_a_voltage_below_one_at_which_it_is_silent():
    """E11: raised to 7 mV at once it fires; by a slow current it reaches 7.9 mV in silence."""
    t = np.arange(0, 40, 0.01)
    rest = HodgkinHuxley(I_ext=0.0).rest()
    sudden = simulate(HodgkinHuxley(I_ext=0.0), t, start=(7.0, *rest[1:]))
    slow = simulate(HodgkinHuxley(I_ext=0.0), t, I_ext=0.3 * np.minimum(t, 30))
    assert sudden.V.max() > 100 and slow.V.max() == pytest.approx(7.90, abs=0.01)


def test_four_units_of_two_kinds_add_two_numbers_and_five_units_multiply_them():
    units = [
        ThresholdUnit([1, 0, 1, 0], 2),
        ThresholdUnit([1, 1, 1, 1, 0], 4),  # p0, p3; x = a0 a1 b0 b1
        ThresholdUnit([0, 1, 0, 1, 0, -1], 2),
        ThresholdUnit([0, 1, 1, 0, 0, 0, 0], 2),  # p2, h
        ThresholdUnit([1, 0, 0, 1, 0, -3, 0, 2], 2)
    ]  # p1
    for a in range(4):
        for b in range(4):
            p0, p3, p2, _, p1 = cascade([a & 1, a >> 1, b & 1, b >> 1], *units)
            assert p0 + 2 * p1 + 4 * p2 + 8 * p3 == a * b


def test_two_shapes_of_four_corners_can_be_cut_off_the_cube():
    """A face, 6 times, or a corner with its three neighbours, 8 times."""
    four = [
        number for number in functions_of_threshold_units(3)
        if truth_table(number, 3).sum() == 4
    ]
    spread = [np.ptp(CUBE[truth_table(number, 3) == 1], axis=0).sum() for number in four]
    assert (spread.count(2), spread.count(3), len(four)) == (6, 8, 14)


def test_one_bit_hides_rate_times_and_what_happens_below_threshold():
    """E9: the same two bits from 7 and 20 µA/cm², and a membrane that answers with the bit 0.
    """
    t = np.arange(0, 100.01, 0.02)
    quiet, slow, fast = (simulate(HodgkinHuxley(I_ext=current), t) for current in (2, 7, 20))
    assert [len(spike_times(t, run.V, 50)) for run in (quiet, slow, fast)] == [0, 6, 9]
    assert quiet.V.max() == pytest.approx(
        4.946, abs=0.01) and quiet.V[500:1000].min() < 0.5 < quiet.V[-1]


def test_with_the_same_bits_the_weight_decides_what_a_membrane_computes():
    """E7: two inputs, a pulse of 1 ms and w for each spike; 5 µA/cm² make AND, 8 make OR, and
    theta lies near 7.
    """
    t = np.arange(0, 30, 0.01)
    pulse = (t < 1)[:, None]

    def fires(currents):
        run = simulate(HodgkinHuxley(I_ext=0.0), t, I_ext=pulse * np.asarray(currents, float))
        return [int(len(spikes) > 0) for spikes in spike_times(t, run.V, 50)], run.V.max(axis=0)

    for w, gate, highest in ((5, "AND", [0.0036, 4.21, 4.21,
                                         104.1]), (8, "OR", [0.0036, 102.9, 102.9, 105.2])):
        answers, peaks = fires(SQUARE @ [w, w])
        assert GATES[function_number(answers)] == gate and peaks == pytest.approx(
            highest, abs=0.06)
    assert fires([6.5, 7.0])[0] == [0, 1]


def test_a_step_hides_almost_every_nudge_and_a_smooth_curve_almost_none():
    """E8: the share of nudges by 0.01 that change any answer of a net of two units."""
    rng = np.random.default_rng(11)

    def net(p, curve):
        h = curve(p[0] * SQUARE[:, 0] + p[1] * SQUARE[:, 1] - p[2])
        return curve(p[3] * SQUARE[:, 0] + p[4] * SQUARE[:, 1] + p[5] * h - p[6])

    def share(curve):
        return np.mean([
            np.abs(net(p + nudge, curve) - net(p, curve)).max() > 1e-9
            for p in rng.uniform(-2, 2, (500, 7))
            for nudge in 0.01 * np.eye(7)
        ])

    assert share(lambda u: (u >= 0).astype(float)) < 0.01
    assert share(lambda u: 1 / (1 + np.exp(-4 * u))) > 0.95


def test_overlapping_clouds_are_never_settled_and_the_weights_stay_bounded():
    rng = np.random.default_rng(43)
    y = np.arange(40) % 2
    x = rng.normal(size=(40, 2)) + np.where(y, 0.8, -0.8)[:, None]
    short, long = (learn_perceptron(x, y, max_epochs=passes) for passes in (100, 1000))
    assert best_margin(x, y)[0] == 0 and not long.converged
    assert np.linalg.norm(long.history,
                          axis=1).max() < 1.5 * np.linalg.norm(short.history, axis=1).max()


# Drawings


def test_the_plane_cuts_the_cube_in_points_of_that_plane_in_order():
    edges = [
        np.array([p, p + step])
        for p in CUBE
        for step in np.eye(3, dtype=int)
        if (p + step).max() == 1
    ]
    assert len(edges) == 12
    for w, theta, corners_of_cut in (([1, 1, 1], 0.5, 3), ([1, 1, 1], 1.5, 6), ([1, 0,
                                                                                 0], 0.5, 4), ([
                                                                                     0, 0, 0
                                                                                 ], 1, 1)):
        cut = draw._cut(edges, np.array(w), theta)
        assert len(cut) == corners_of_cut
        assert len(cut) == 1 or cut @ w == pytest.approx(theta)
    hexagon = draw._cut(edges, np.array([1, 1, 1]), 1.5)
    sides = np.linalg.norm(hexagon - np.roll(hexagon, 1, axis=0), axis=1)
    assert sides == pytest.approx(np.full(6, np.sqrt(0.5)))


def test_drawings_show_what_they_are_given():
    fig, axes = plt.subplots(1, 4)
    draw.weighted_sums(axes[0])([0, 1, 1, 2], 1.5, [0, 0, 0, 1])
    assert [text.get_text() for text in axes[0].texts[-4:]] == ["0", "0", "0", "1"]
    full, empty = (line for line in axes[0].lines if line.get_marker() == "o")
    assert full.get_xydata().tolist() == [[2, 3]] and len(empty.get_xydata()) == 3
    draw.mistakes_chart(axes[1], 8, 60)([True, False, True], 2, 51.0)
    future, past, now, bar = axes[1].lines
    assert future.get_ydata()[-1] == 2 and past.get_ydata().tolist() == [
        0, 1, 1
    ] and now.get_ydata() == [1]
    assert list(bar.get_ydata()) == [51, 51] and "51" in axes[1].texts[0].get_text()
    draw.gate_square(axes[2], truth_table(7), "OR", (1, 1, -0.5))
    assert axes[2].get_title(loc="center") == "OR"
    update = draw.half_plane(axes[3])
    for w, b, inside in (((1, 1), -0.5, (1, 1)), ((0, 0), 1, (0.5, 0.5)), ((0, -2), 1, (7, 0))):
        update(w, b)
        assert axes[3].patches[0].get_path().contains_point(inside)
        assert not len(axes[3].patches) > 1
    update((0, 0), -1)
    assert not axes[3].patches[0].get_path().contains_point((0.5, 0.5))
    plt.close(fig)


def test_units_for_panels_are_their_threshold_units():
    assert TwoInputUnit().unit.w.tolist() == [1, 1] and TwoInputUnit().unit.theta == 1.5
    assert ThreeInputUnit(w3=-2).unit(CUBE).tolist() == [
        int(x @ [1, 1, -2] >= 1.5) for x in CUBE
    ]


@pytest.mark.parametrize("call, name", [(lambda: gate_number("a", 1, 1), "w1"),
                                        (lambda: gate_number(1, np.nan, 1), "w2"),
                                        (lambda: gate_number(1, 1, np.inf), "theta"),
                                        (lambda: ThreeInputUnit(w3="x"), "w3"),
                                        (lambda: TwoInputUnit(w4=1), "w4"),
                                        (lambda: TeachingSession(step=-1), "step"),
                                        (lambda: TeachingSession(gate="and"), "gate"),
                                        (lambda: learn_perceptron(SQUARE, [0, 0, 0, 1],
                                                                  start=[1, 2]), "start")])
def test_bad_input_is_named(call, name):
    with pytest.raises((ValueError, TypeError), match=name):
        call()
