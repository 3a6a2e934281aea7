"""What a class learned: gains per idea, and intervals that hold the truth as often as they say."""
import json
import math

import numpy as np
import pytest

from gains import answers, gain, paired, ratio_interval, table


def classroom(rng, n, before, learns, forgets):
    """[(right before, right after), ...] of n simulated learners, and the true normalised gain."""
    knew = rng.random(n) < before
    knows = np.where(knew, rng.random(n) >= forgets, rng.random(n) < learns)
    truth = learns - before * forgets / (1 - before)
    return list(zip(knew.tolist(), knows.tolist())), truth


def test_a_gain_by_hand():
    """Ten learners: four right before, eight after, one of whom forgot: (0.8 - 0.4)/0.6."""
    pairs = 3 * [(True, True)] + [(True, False)] + 5 * [(False, True)] + [(False, False)]
    found = gain(pairs)
    assert (found.learners, found.before, found.after) == (10, 0.4, 0.8)
    assert found.gain == pytest.approx(2 / 3) and found.low < 2 / 3 < found.high < 1


@pytest.mark.parametrize("n", [20, 60, 300])
@pytest.mark.parametrize("learns, forgets", [(0.2, 0.05), (0.5, 0.02), (0.8, 0.0), (0.5, 0.2)])
def test_the_interval_holds_the_truth_in_95_of_100_classes(n, learns, forgets):
    rng = np.random.default_rng([n, round(100 * learns), round(100 * forgets)])
    held = []
    for before in (0.1, 0.3, 0.6):
        for _ in range(500):
            pairs, truth = classroom(rng, n, before, learns, forgets)
            found = gain(pairs)
            held.append(found.low <= truth <= found.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_the_interval_is_that_of_another_program():
    """The example in the manual of the R package statpsych: 6 in both, 32 and 10 in each."""
    np.testing.assert_allclose(ratio_interval(32, 10, 6), (1.766544, 5.796628), rtol=1e-6)


def test_who_knew_all_before_gains_nothing_that_could_be_measured():
    assert math.isnan(gain([(True, True)] * 5).gain)
    with pytest.raises(ValueError, match="both questions"):
        gain([])


def test_score_files_are_read_and_only_pairs_count(tmp_path):
    first = {"00: pre-test, one bit": {"chosen": 1, "right": False, "sure": "certain"},
             "07: parallel post-test, one bit": {"chosen": 2, "right": True, "sure": "certain"},
             "00: pre-test, exclusive or": {"chosen": 0, "right": True, "sure": "a guess"}}
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(first), encoding="utf-8-sig")
    assert paired([answers(path)]) == {"one bit": [(False, True)]}
    assert "one bit" in table([answers(path)])[1]
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="not a score file"):
        answers(path)
