"""Threshold units, the unit of 1943, wiring, counting and Rosenblatt's rule, against exact
numbers.
"""
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from matplotlib.figure import Figure
from scipy.optimize import linprog

from course_utils.models.mcculloch_pitts import (
    ThresholdUnit,
    corners,
    function_number,
    functions_of_threshold_units,
    learn_perceptron,
    threshold_functions,
)
from course_utils.notebook_01.counting import (
    GATES,
    best_margin,
    cover_count,
    mcculloch_pitts_functions,
    perceptron_bound,
)
from course_utils.notebook_01.experiments import TeachingSession, TwoInputUnit
from course_utils.notebook_01.loops import run_loop
from course_utils.notebook_01.units import McCullochPittsUnit, cascade, truth_table
from course_utils.panel import Touch

NUMBER = {name: number for number, name in enumerate(GATES)}
SQUARE = corners(2)
WHOLE = some.integers(-5, 5)

# Units


@given(some.lists(WHOLE, min_size=1, max_size=5), WHOLE)
def test_a_threshold_unit_fires_exactly_where_the_sum_reaches_theta(w, theta):
    x = corners(len(w))
    expected = [int(sum(a * b for a, b in zip(w, row)) >= theta) for row in x.tolist()]
    assert ThresholdUnit(w, theta)(x).tolist() == expected


def test_a_threshold_unit_answers_in_the_shape_of_its_inputs():
    unit = ThresholdUnit([1, 1], 2)
    assert unit([1, 1]) == 1 and unit([1, 1]).shape == ()
    assert unit(np.ones((3, 4, 2), bool)).shape == (3, 4)
    assert set(np.unique(unit(SQUARE))) == {0, 1}


def test_a_sum_equal_to_theta_fires_also_where_floats_miss_it():
    assert 0.7 + 0.1 < 0.8
    assert ThresholdUnit([0.7, 0.1], 0.8)([1, 1]) == 1
    assert ThresholdUnit([0.7, 0.1], 0.8 + 1e-12)([1, 1]) == 0


def test_equality_decides_the_corners_so_more_than_theta_is_another_gate():
    unit = ThresholdUnit([1, 1], 1)
    assert function_number(unit(SQUARE)) == NUMBER["OR"]
    assert function_number((SQUARE @ unit.w > unit.theta).astype(int)) == NUMBER["AND"]


@given(some.lists(some.integers(0, 3), min_size=1, max_size=4), some.integers(0, 5),
       some.data())
def test_in_the_unit_of_1943_any_active_inhibitory_input_vetoes(synapses, theta, data):
    veto = data.draw(
        some.lists(some.integers(0, 1), min_size=len(synapses), max_size=len(synapses)))
    x = corners(len(synapses))
    answers = McCullochPittsUnit(synapses, theta, veto)(x)
    assert not answers[(x & veto).any(axis=1)].any()
    free = ~(x & veto).any(axis=1)
    assert (answers[free] == (x[free] @ synapses >= theta)).all()


# Numbers of functions


def test_the_sixteen_gates_have_the_tables_that_their_names_say():
    meant = {
        "AND": lambda a, b: a and b, "OR": lambda a, b: a or b, "XOR": lambda a, b: a != b,
        "NAND": lambda a, b: not (a and b), "NOR": lambda a, b: not (a or b),
        "XNOR": lambda a, b: a == b, "x1": lambda a, b: a, "x2": lambda a, b: b,
        "not x1": lambda a, b: not a, "not x2": lambda a, b: not b,
        "x1 and not x2": lambda a, b: a and not b, "x2 and not x1": lambda a, b: b and not a,
        "x1 or not x2": lambda a, b: a or not b, "x2 or not x1": lambda a, b: b or not a,
        "never": lambda a, b: False, "always": lambda a, b: True
    }
    for name, function in meant.items():
        assert truth_table(NUMBER[name]).tolist() == [
            int(bool(function(a, b))) for a, b in SQUARE.tolist()
        ], name


@given(some.integers(1, 4), some.data())
def test_a_number_and_its_table_are_the_same_thing(n, data):
    number = data.draw(some.integers(0, 2**2**n - 1))
    assert function_number(truth_table(number, n)) == number


# Reference numbers: counting


@pytest.mark.parametrize("n, count", [(1, 4), (2, 14), (3, 104), (4, 1882)])
def test_threshold_functions_of_n_bits_match_oeis_a000609(n, count):
    assert threshold_functions(n) == count


@pytest.mark.parametrize("n, count", [(2, 2), (3, 152), (4, 63654)])
def test_functions_no_unit_computes_match_oeis_a064436(n, count):
    assert 2**2**n - threshold_functions(n) == count


def test_fractions_of_functions_that_one_unit_computes_in_percent():
    fractions = [100 * threshold_functions(n) / 2**2**n for n in (1, 2, 3, 4)]
    assert fractions == pytest.approx([100, 87.5, 40.6, 2.87], rel=2e-3)


def test_one_unit_of_two_inputs_misses_xor_and_xnor_alone():
    assert set(range(16)) - set(functions_of_threshold_units(2)) == {
        NUMBER["XOR"], NUMBER["XNOR"]
    }


@pytest.mark.parametrize("n", [2, 3])
def test_a_linear_program_certifies_every_function_and_every_gap(n):
    x = np.column_stack([corners(n), np.ones(2**n)])
    found = set(functions_of_threshold_units(n).tolist())
    for number in range(2**2**n):
        signed = np.where(truth_table(number, n), 1, -1)[:, None] * x
        feasible = linprog(np.zeros(n + 1), A_ub=-signed, b_ub=-np.ones(2**n),
                           bounds=(None, None)).status == 0
        assert feasible == (number in found), number


def test_the_neuron_of_1943_computes_7_of_16_functions():
    """Those that are 0 where all inputs are 0 (Theorem 3), but for XOR."""
    found = {GATES[number] for number in mcculloch_pitts_functions(2).tolist()}
    assert found == {"never", "AND", "x1 and not x2", "x1", "x2 and not x1", "x2", "OR"}
    silent = {gate for number, gate in enumerate(GATES) if truth_table(number)[0] == 0}
    assert silent - found == {"XOR"}


def test_only_with_threshold_0_a_unit_computes_11_of_16_and_misses_these_five():
    found = mcculloch_pitts_functions(2, lowest=0).tolist()
    missing = {GATES[number] for number in set(range(16)) - set(found)}
    assert missing == {"XOR", "XNOR", "NAND", "x1 or not x2", "x2 or not x1"}
    assert [len(mcculloch_pitts_functions(2, synapses, lowest=0))
            for synapses in (1, 2, 3)] == [11, 11, 11]


@pytest.mark.parametrize(
    "n, synapses, lowest, count", [(3, 1, 0, 36), (3, 2, 0, 42), (3, 3, 0, 42), (2, 1, 1, 7),
                                   (2, 2, 1, 7), (2, 3, 1, 7), (3, 1, 1, 28), (3, 2, 1, 34),
                                   (3, 3, 1, 34)])
def test_functions_of_1943_by_inputs_synapses_and_lowest_threshold(n, synapses, lowest, count):
    assert len(mcculloch_pitts_functions(n, synapses, lowest)) == count


def test_covers_count_is_exact_for_the_square_and_a_bound_for_the_cube():
    assert cover_count(4, 3) == 14 == threshold_functions(2)
    assert cover_count(8, 4) == 128 > threshold_functions(3)


# Reference numbers: wiring


def test_xor_and_the_half_adder_by_two_units():
    carry, total = cascade(SQUARE, ThresholdUnit([1, 1], 2), ThresholdUnit([1, 1, -2], 1)).T
    assert function_number(total) == NUMBER["XOR"]
    assert (2 * carry + total == SQUARE.sum(axis=1)).all()


def test_full_adder_by_two_units_adds_three_bits():
    carry, total = cascade(corners(3), ThresholdUnit([1, 1, 1], 2), ThresholdUnit([1, 1, 1, -2],
                                                                               1)).T
    assert (2 * carry + total == corners(3).sum(axis=1)).all()


def test_a_loop_of_one_unit_of_1943_keeps_what_was_set_until_it_is_reset():
    latch = McCullochPittsUnit([1, 0, 1], 1, inhibitory=[0, 1, 0])  # set, reset, its own output
    set_reset = [[0, 0], [1, 0], [0, 0], [0, 0], [0, 1], [0, 0]]
    assert run_loop([latch], set_reset)[:, 0].tolist() == [0, 0, 1, 1, 1, 0, 0]


def test_a_latch_of_two_units_holds_and_blinks_where_both_start_alike():
    """Each is silenced by the other, by 'reset' or by 'set': with a threshold of 0 it is active
    when nothing vetoes.
    """
    units = [
        McCullochPittsUnit([0, 0, 0, 0], 0, inhibitory=[0, 1, 0, 1]),
        McCullochPittsUnit([0, 0, 0, 0], 0, inhibitory=[1, 0, 1, 0])
    ]
    quiet = np.zeros((4, 2), int)
    for start in ([0, 1], [1, 0]):
        assert run_loop(units, quiet, start).tolist() == [start] * 5
    assert run_loop(units, quiet).tolist() == [[0, 0], [1, 1], [0, 0], [1, 1], [0, 0]]
    assert run_loop(units, [[1, 0], [1, 0], [0, 0]], [0, 1])[-1].tolist() == [1, 0]
    assert run_loop(units, [[0, 1], [0, 1], [0, 0]], [1, 0])[-1].tolist() == [0, 1]


# Reference numbers: learning


@pytest.mark.parametrize("gate, mistakes, epochs, w, b, bound, gamma, best",
                         [("AND", 11, 6, [2, 1], -3, 51, 1 / math.sqrt(17), [2, 2, -3]),
                          ("OR", 5, 4, [1, 1], -1, 27, 1 / 3, [2, 2, -1]),
                          ("NAND", 10, 6, [-2, -1], 2, 51, 1 / math.sqrt(17), [-2, -2, 3])])
def test_perceptron_updates_epochs_weights_bound_and_best_margin(gate, mistakes, epochs, w, b,
                                                                 bound, gamma, best):
    labels = truth_table(NUMBER[gate])
    learned = learn_perceptron(SQUARE, labels)
    assert (learned.mistakes, learned.epochs, learned.w.tolist(), learned.b) == (mistakes,
                                                                                 epochs, w, b)
    assert learned.converged
    assert perceptron_bound(SQUARE, labels) == pytest.approx(bound, rel=1e-9)
    margin, vector = best_margin(SQUARE, labels)
    assert margin == pytest.approx(gamma, rel=1e-9)
    assert vector == pytest.approx(np.array(best) / np.linalg.norm(best), abs=1e-9)


@pytest.mark.parametrize("epochs", [1, 10, 100, 1000])
def test_xor_is_never_learned_and_the_weights_go_round_in_a_circle(epochs):
    learned = learn_perceptron(SQUARE, truth_table(NUMBER["XOR"]), epochs)
    assert (learned.converged, learned.epochs) == (False, epochs)
    assert np.abs(learned.history).max() == 1
    if epochs > 2:
        assert (learned.history[8:12] == learned.history[12:16]).all()
    assert perceptron_bound(SQUARE, truth_table(NUMBER["XOR"])) == math.inf


def test_the_history_starts_at_zero_and_moves_exactly_at_mistakes():
    learned = learn_perceptron(SQUARE, truth_table(1))
    assert learned.history.shape == (4 * learned.epochs + 1, 3) and not learned.history[0].any()
    assert (np.diff(learned.history, axis=0).any(axis=1) == learned.changed).all()
    assert learned.changed.sum() == learned.mistakes and not learned.changed[-4:].any()
    assert learned.history[-1].tolist() == [*learned.w, learned.b]


@settings(max_examples=60, deadline=None)
@given(some.integers(0, 2**32 - 1), some.integers(1, 4), some.integers(2, 12))
def test_mistakes_never_exceed_the_bound_on_separable_data(seed, n, N):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(N, n))
    y = (x @ rng.normal(size=n) + rng.normal() >= 0).astype(int)
    bound = perceptron_bound(x, y)
    learned = learn_perceptron(x, y, max_epochs=3000)
    assert learned.mistakes <= bound * (1 + 1e-9)
    assert ((x @ learned.w + learned.b >= 0) == y).all() or not learned.converged


@settings(max_examples=40, deadline=None)
@given(some.integers(0, 2**32 - 1))
def test_no_random_direction_has_a_wider_margin_than_the_best(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(6, 2))
    y = (x[:, 0] + 0.3 * x[:, 1] > 0.1).astype(int)
    gamma, vector = best_margin(x, y)
    biased = np.where(y, 1, -1)[:, None] * np.column_stack([x, np.ones(6)])
    assert (biased @ vector).min() == pytest.approx(gamma, rel=1e-6)
    others = rng.normal(size=(2000, 3))
    others = others / np.linalg.norm(others, axis=1)[:, None]
    assert (biased @ others.T).min(axis=0).max() <= gamma * (1 + 1e-9)


@pytest.mark.parametrize("number", range(16))
def test_the_margin_is_positive_exactly_for_the_functions_one_unit_computes(number):
    gamma, vector = best_margin(SQUARE, truth_table(number))
    assert (gamma > 0) == (number in functions_of_threshold_units(2))
    assert np.isnan(vector).all() == (gamma == 0)


def test_the_bound_needs_the_square():
    """The ratio without its square is no ceiling: AND makes more mistakes than that."""
    assert learn_perceptron(SQUARE, truth_table(1)).mistakes > math.sqrt(
        perceptron_bound(SQUARE, truth_table(1)))


# Errata of the article


def test_a_threshold_unit_does_not_learn_from_what_it_is_shown():
    unit = ThresholdUnit([0.0, 0.0], 0.0)
    for _ in range(100):
        unit(SQUARE)
    assert unit.w.tolist() == [0, 0] and unit.theta == 0
    assert function_number(unit(SQUARE)) != NUMBER["AND"]
    assert learn_perceptron(SQUARE, truth_table(NUMBER["AND"])).converged


def test_the_printed_unit_with_real_weights_is_not_the_unit_of_1943():
    assert set(mcculloch_pitts_functions(2, lowest=1)) < set(functions_of_threshold_units(2))


# Experiments for panels


@pytest.mark.parametrize("gate, index, becomes", [("OR", 3, "XOR"), ("NAND", 0, "XOR"),
                                                  ("AND", 0, "XNOR")])
def test_flipping_one_label_makes_a_gate_that_one_unit_can_compute_one_that_it_cannot(
        gate, index, becomes):
    session = TeachingSession(gate=gate)
    flipped = session.relabelled(index)
    assert (flipped.gate, session.gate) == (becomes, gate)
    assert np.flatnonzero(flipped.y != session.y).tolist() == [index]
    assert flipped.relabelled(index).but(before=session.before) == session


def test_a_session_moves_adds_and_relabels_without_changing_itself():
    session = TeachingSession(added=[[0.5, 0.5, 1]])
    changed = session.moved(0, -0.2, 0.1).moved(3, 0.9, 0.8).moved(4, 0.4, 0.3).relabelled(4)
    assert changed.x.tolist() == [[-0.2, 0.1], [0, 1], [1, 0], [0.9, 0.8], [0.4, 0.3]]
    assert changed.y.tolist() == [0, 0, 0, 1, 0]
    assert session == TeachingSession(added=[[0.5, 0.5, 1]])


def test_the_pointer_flips_drags_and_adds():
    session = TeachingSession(gate="AND")
    clicked = session.pointed("down", 0.02, 0.03).pointed("drag", 0.03, 0.02).pointed(
        "up", 0.03, 0.02)
    assert clicked == session.relabelled(0)
    dragged = session.pointed("down", 1.0, 0.97).pointed("drag", 0.5, 0.6).pointed(
        "drag", 0.1, 0.2)
    dropped = dragged.pointed("up", 0.1, 0.2)
    moved = session.moved(3, 0.1, 0.2)
    assert dropped.but(before=moved.before) == moved
    added = session.pointed("down", 0.5, 0.4).pointed("up", 0.5, 0.4)
    assert added.x[4].tolist() == [0.5, 0.4] and added.y.tolist() == [0, 0, 0, 1, 1]
    assert session.pointed("drag", 0.5, 0.5) == session == TeachingSession(gate="AND")


def test_buttons_do_what_the_pointer_does():
    session = TeachingSession(gate="AND")
    assert "Chosen" not in session.run().sentence()
    assert session.pressed("Flip") == session.relabelled(3).but(chosen=3)
    first = session.pressed("Next point")
    assert first.chosen == 0 and first.pressed("Next point").chosen == 1
    assert first.pressed("Flip").but(chosen=None) == session.relabelled(0)
    pushed = first.pressed("→").pressed("→").pressed("↑").pressed("←").pressed("↓")
    assert pushed.x[0].tolist() == [0.1, 0.0] and pushed.x[1:].tolist() == session.x[1:].tolist()
    added = session.pressed("Add").pressed("↓")
    assert added.x[4].tolist() == [0.5, 0.4] and added.y.tolist() == [0, 0, 0, 1, 1]
    assert added.run().sentence().endswith("Chosen: the point at (0.50, 0.40), label 1.")
    assert added.pressed("Flip").y[4] == 0 and added.pressed("Next point").chosen == 0
    far = session
    for _ in range(9):
        far = far.pressed("→")
    assert far.x[3].tolist() == [1.5, 1.0]  # the edge of the square
    assert session.pressed("Step").step == 1 and far.but(step=60).pressed("Step").step == 60
    assert set(TeachingSession.BUTTONS) == {"Step", "Next point", "Flip", "Add", *"←→↑↓"}


def test_the_pointer_places_weights_and_sets_the_step():
    fig = Figure()
    square, weights, chart = fig.subplots(1, 3)
    session = TeachingSession(step=18)
    placed = session.touched(Touch("down", weights, 1.0, -9.0))
    assert (placed.w1, placed.w2, placed.b, placed.step) == (1.0, -3.0, -3.0, 0)
    assert session.touched(Touch("drag", chart, 12.4, 3.0)).step == 12
    held = session.touched(Touch("down", square, 1.0, 1.0))
    assert held.touched(Touch("drag", weights, 1.0, 1.0)) is held  # a point is being dragged
    assert held.touched(Touch("up", weights, 1.0, 1.0)).grabbed is None


def test_a_session_learns_far_enough_for_its_slider():
    for added in (), [[0.5, 0.5, 1]]:
        session = TeachingSession(gate="XOR", added=added)
        assert len(session.run().learning.history) > TeachingSession.parameters()["step"].high


def test_a_two_input_unit_is_its_threshold_unit():
    assert function_number(TwoInputUnit(w1=1, w2=1, theta=1.5).unit(SQUARE)) == NUMBER["AND"]


# Bad input


@pytest.mark.parametrize(
    "call, names",
    [(lambda: ThresholdUnit([1, 1], 1)([1, 0, 1]), ("x", "2 weights")),
     (lambda: ThresholdUnit([1, 1], 1)(1), ("x", "2 weights")),
     (lambda: ThresholdUnit([1, 1], 1)([0.5, 1]), ("x", "0.5")),
     (lambda: ThresholdUnit([1, 1], 1)([2, 1]), ("x", "2")),
     (lambda: ThresholdUnit([1, 1], 1)([math.nan, 1]), ("x", "nan")),
     (lambda: ThresholdUnit([1, 1], 1)("ab"), ("x", "ab")),
     (lambda: ThresholdUnit([1, math.inf], 1), ("w", "inf")),
     (lambda: ThresholdUnit([], 1), ("w", "one for each input")),
     (lambda: ThresholdUnit([[1, 1]], 1), ("w", "shape")),
     (lambda: ThresholdUnit([1, 1], [1, 2]), ("theta", "a finite number")),
     (lambda: ThresholdUnit([1, 1], "high"), ("theta", "high")),
     (lambda: McCullochPittsUnit([1, -1], 1), ("synapses", "-1")),
     (lambda: McCullochPittsUnit([1, 0.5], 1), ("synapses", "0.5")),
     (lambda: McCullochPittsUnit([1, 1], -1), ("theta", "-1")),
     (lambda: McCullochPittsUnit([1, 1], 1.5), ("theta", "1.5")),
     (lambda: McCullochPittsUnit([1, 1], 1, [1]), ("inhibitory", "2")),
     (lambda: McCullochPittsUnit([1, 1], 1)([[1, 1, 1]]), ("x", "2 weights")),
     (lambda: learn_perceptron(SQUARE, [0, 1, 1]), ("y", "4 examples")),
     (lambda: learn_perceptron(SQUARE, [-1, 1, 1, -1]), ("y", "-1")),
     (lambda: learn_perceptron([0, 1], [0, 1]), ("x", "shape")),
     (lambda: learn_perceptron(SQUARE, [0, 1, 1, 0], 0), ("max_epochs", "0")),
     (lambda: learn_perceptron(SQUARE, [0, 1, 1, 0], 2.5), ("max_epochs", "2.5")),
     (lambda: best_margin([[math.nan, 0]], [1]), ("x", "nan")),
     (lambda: threshold_functions(0), ("n", "0")),
     (lambda: threshold_functions(2.0), ("n", "2.0")),
     (lambda: threshold_functions(5), ("n", "2^(2^5)")),
     (lambda: threshold_functions(10), ("n", "2^(2^10)")),
     (lambda: mcculloch_pitts_functions(9), ("n", "too many")),
     (lambda: cover_count(0, 3), ("N", "0")), (lambda: truth_table(16), ("number", "16")),
     (lambda: corners(40), ("n", "2^40 inputs")),
     (lambda: truth_table(0, 40), ("n", "at most 20")),
     (lambda: truth_table(-1), ("number", "-1")),
     (lambda: run_loop([ThresholdUnit([1, 1, 1], 1)], [1, 0]), ("x", "time step")),
     (lambda: run_loop([ThresholdUnit([1, 1, 1], 1)], [[1, 0]], [1, 0]), ("start", "1")),
     (lambda: TeachingSession(gate="16"), ("gate", "16")),
     (lambda: TeachingSession(added=[[1, 2]]), ("added", "3 columns")),
     (lambda: TeachingSession(added=[[0, 0, 3]]), ("added", "3")), ])
def test_bad_input_is_refused_in_a_sentence_that_names_it(call, names):
    with pytest.raises((ValueError, TypeError)) as caught:
        call()
    for name in names:
        assert name in str(caught.value)


def test_where_nothing_parts_the_examples_the_margin_is_zero_and_the_vector_nan():
    gamma, vector = best_margin([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    assert gamma == 0 and vector.shape == (3,) and np.isnan(vector).all()
