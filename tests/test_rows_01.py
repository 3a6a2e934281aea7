"""Vetoes, learning rates, floats at equality and certificates of separability: reference numbers
of notebook 01, by counting, exact fractions and linear programs.
"""
import math
from collections import defaultdict
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy.optimize import linprog

from course_utils.models.mcculloch_pitts import (
    ThresholdUnit,
    corners,
    functions_of_threshold_units,
    learn_perceptron,
)
from course_utils.notebook_01.units import McCullochPittsUnit, truth_table

# --- A negative weight as a veto


@pytest.mark.parametrize("n, theta, k", [(6, 3, 4), (12, 5, 8), (25, 4, 22), (100, 1, 100)])
def test_how_strong_a_weight_must_be_to_veto(n, theta, k):
    """With all n excitatory inputs on the unit must stay silent: k >= n - theta + 1, which grows
    with n. A unit of 1943 vetoes at any n.
    """
    assert k == n - theta + 1
    all_on = [*np.ones(n, int), 1]
    assert ThresholdUnit([*np.ones(n), -k], theta)(all_on) == 0
    assert ThresholdUnit([*np.ones(n), 1 - k], theta)(all_on) == 1
    inhibitory = [*np.zeros(n, int), 1]
    assert McCullochPittsUnit([*np.ones(n, int), 0], theta, inhibitory)(all_on) == 0


@pytest.mark.parametrize("k, escape", [(5, 79), (3, 794), (8, 0)])
def test_how_many_patterns_escape_a_weak_veto(k, escape):
    """Of 4096 patterns on 12 inputs, threshold 5, the inhibitory input being on."""
    x = np.column_stack([corners(12), np.ones(4096, int)])
    assert ThresholdUnit([*np.ones(12), -k], 5)(x).sum() == escape


def test_each_of_several_inhibitory_inputs_needs_that_weight_by_itself():
    unit = ThresholdUnit([*np.ones(12), -4, -4], 5)  # together 8, alone 4
    assert unit([*np.ones(12, int), 1, 1]) == 0 and unit([*np.ones(12, int), 1, 0]) == 1


# --- The learning rate

GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0)}


def learned(labels, rate, start):
    """(mistakes, epochs, (w1, w2, b)) of Rosenblatt's rule on four corners, added from left to
    right, in whatever numbers the rate and the start are.
    """
    w, mistakes = list(start), 0
    for epoch in range(1, 1000):
        before = mistakes
        for x, label in zip(product((0, 1), repeat=2), labels):
            x = (*x, 1)
            error = label - int(sum(a * b for a, b in zip(w, x)) >= 0)
            w = [a + rate * error * b for a, b in zip(w, x)]
            mistakes += error != 0
        if mistakes == before:
            return mistakes, epoch, w
    return None


@pytest.mark.parametrize("gate", GATES)
def test_from_zero_weights_the_rate_only_rescales(gate):
    """In exact arithmetic mistakes, epochs and weights over rate are the same at every rate."""
    found = learn_perceptron(corners(2), GATES[gate])
    for rate in (Fraction(1, 10), Fraction(3, 7), Fraction(1), Fraction(25)):
        mistakes, epochs, w = learned(GATES[gate], rate, [Fraction(0)] * 3)
        assert (mistakes, epochs) == (found.mistakes, found.epochs)
        assert [a / rate for a in w] == [*found.w, found.b]


@pytest.mark.parametrize("rate, mistakes, epochs", [("0.1", 39, 25), ("0.5", 12, 8),
                                                    ("1", 11, 6), ("5", 6, 4)])
def test_from_other_weights_only_start_over_rate_counts(rate, mistakes, epochs):
    rate, start = Fraction(rate), [Fraction(2), Fraction(-1), Fraction(1, 2)]
    found = learned(GATES["AND"], rate, start)
    assert found[:2] == (mistakes, epochs)
    scaled = learned(GATES["AND"], Fraction(1), [a / rate for a in start])
    assert scaled[:2] == found[:2] and scaled[2] == [a / rate for a in found[2]]


# --- Floats at equality


def test_rounding_can_make_a_rule_stop_early():
    """AND from zero weights at rate 0.1: 8 mistakes in 4 epochs in place of 11 in 6, since a sum
    that should be 0 is -2.8e-17, and the unit is silent where it would fire.
    """
    mistakes, epochs, w = learned(GATES["AND"], 0.1, [0.0] * 3)
    assert (mistakes, epochs) == (8, 4)
    assert w == [0.2, 0.1, -0.20000000000000004]
    assert -5e-17 < 0.2 * 1 + 0.1 * 0 + w[2] < 0
    exact = learned(GATES["AND"], Fraction(1, 10), [Fraction(0)] * 3)
    assert exact[:2] == (11, 6)


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.4, 0.8, 0.9, 0.25, 0.3, 0.5, 0.6, 0.7])
def test_at_which_rates_it_does(rate):
    early = rate in (0.05, 0.2, 0.4, 0.8, 0.9)
    found = learned(GATES["AND"], rate, [0.0] * 3)[:2]
    assert found == ((8, 4) if early else (11, 6))


def test_ten_tenths_are_not_one():
    """A loop of ten weights of 0.1 stays below the threshold 1; `ThresholdUnit` allows for
    rounding.
    """
    total = 0.0
    for weight in [0.1] * 10:
        total += weight
    assert total == 0.9999999999999999 and total < 1
    assert math.fsum([0.1] * 10) == 10 * 0.1 == 1
    assert ThresholdUnit([0.1] * 10, 1.0)([1] * 10) == 1


def test_the_order_of_adding_counts():
    assert 0.1 + 0.2 + 0.3 == 0.6000000000000001 and 0.3 + 0.2 + 0.1 == 0.6
    for w in ([0.1, 0.2, 0.3], [0.3, 0.2, 0.1]):
        assert ThresholdUnit(w, 0.6)([1, 1, 1]) == 1


# --- Separable or not: a certificate either way


def signed(n, table):
    """s (x, 1) of each corner (2**n, n + 1): s is +1 where the function is 1 and -1 where 0."""
    return (2 * np.asarray(table) - 1)[:, None] * np.column_stack([corners(n), np.ones(2**n)])


def separating(n, table):
    """(w, b) with s (w.x + b) >= 1 at every corner, or None."""
    A = signed(n, table)
    found = linprog(np.zeros(n + 1), A_ub=-A, b_ub=-np.ones(2**n), bounds=(None, None))
    return found.x if found.status == 0 else None


def certificate(n, table):
    """lambda >= 0 with sum 1 and sum of lambda s (x, 1) = 0, or None."""
    A = np.vstack([signed(n, table).T, np.ones(2**n)])
    found = linprog(np.zeros(2**n), A_eq=A, b_eq=[*np.zeros(n + 1), 1])
    return found.x if found.status == 0 else None


@pytest.mark.parametrize("n, count", [(2, 14), pytest.param(3, 104, marks=pytest.mark.slow)])
def test_a_linear_program_finds_the_unit_or_a_certificate_that_there_is_none(n, count):
    """Exactly one of the two exists for each function (Farkas)."""
    tables = [truth_table(number, n) for number in range(2**2**n)]
    separable = [number for number, table in enumerate(tables)
                 if (separating(n, table) is None) is not (certificate(n, table) is None)
                 and separating(n, table) is not None]
    assert len(separable) == count
    assert separable == functions_of_threshold_units(n).tolist()
    for number in separable:
        w = separating(n, tables[number])
        assert (ThresholdUnit(w[:-1], -w[-1])(corners(n)) == tables[number]).all()


def test_the_certificate_of_xor_is_half_its_corners():
    """Two ones and two zeros with the same sum: 10 + 01 = 11 + 00."""
    assert certificate(2, (0, 1, 1, 0)) == pytest.approx([0.25] * 4)
    assert separating(2, (0, 1, 1, 0)) is None


def test_an_or_of_two_ands_is_not_separable():
    """1100 + 0011 = 0110 + 1001: ones on the left, zeros on the right."""
    x = corners(4)
    table = (x[:, 0] & x[:, 1]) | (x[:, 2] & x[:, 3])
    assert separating(4, table) is None
    spots = [int(bits, 2) for bits in ("1100", "0011", "0110", "1001")]
    assert table[spots].tolist() == [1, 1, 0, 0]
    weights = np.zeros(16)
    weights[spots] = 0.25
    assert weights @ signed(4, table) == pytest.approx(np.zeros(5))
    found = certificate(4, table)
    assert found @ signed(4, table) == pytest.approx(np.zeros(5), abs=1e-9)
    assert found.sum() == pytest.approx(1)


@cache
def with_four_corners(n):
    """How many functions have two ones and two zeros with the same sum; a corner may count
    twice.
    """
    by_sum = defaultdict(list)
    for i, j in combinations_with_replacement(range(2**n), 2):
        by_sum[tuple(corners(n)[i] + corners(n)[j])].append(1 << i | 1 << j)
    functions, found = np.arange(2**2**n), np.zeros(2**2**n, bool)
    for pairs in by_sum.values():
        for ones, zeros in product(pairs, repeat=2):
            if not ones & zeros:
                found |= (functions & ones == ones) & (functions & zeros == 0)
    return int(found.sum())


@pytest.mark.parametrize("n, count", [(2, 2), (3, 152),
                                      pytest.param(4, 63654, marks=pytest.mark.slow)])
def test_up_to_four_inputs_four_corners_are_always_enough(n, count):
    """All functions that are not separable have a certificate by eye."""
    assert with_four_corners(n) == count
    assert count == 2**2**n - len(functions_of_threshold_units(n))
