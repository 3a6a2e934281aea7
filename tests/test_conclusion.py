"""Notebook 07: the chooser, the costs, the verdicts, the open projects' acceptance tests, and
the scores of the course.
"""
import json
from html import escape

import numpy as np
import pytest

from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.models.stdp import STDP
from course_utils.notebook_00.exercises import PRETEST
from course_utils.notebook_07 import exercises as conclusion
from course_utils.notebook_07.errata import NOTEBOOKS
from course_utils.notebook_07.exercises import (
    EXERCISES,
    STATEMENTS,
    Answers,
    Scoreboard,
    check,
    my_scores,
    predict,
    tuned,
)
from course_utils.notebook_07.experiments import (
    HIS,
    KINDS,
    PHENOMENA,
    TIMED,
    Chooser,
    chooser_table,
    measured_costs,
    shown_by,
)
from course_utils.notebook_07.speller import Speller
from course_utils.solve import euler, simulate
from course_utils.spikes import spike_times

# Which model


def test_kinds_stand_in_the_order_of_their_cost_and_every_phenomenon_has_one():
    costs = [kind.operations for kind in KINDS.values()]
    assert costs == sorted(costs) and all(kind.notebook in NOTEBOOKS for kind in KINDS.values())
    assert all(able and set(able) <= set(KINDS) for able in PHENOMENA.values())
    assert [shown_by(name) for name in KINDS] == [1, 2, 4, 5, 7, 8, 1, 10]


def test_the_published_counts():
    cited = {name: kind.operations for name, kind in KINDS.items() if kind.counted == HIS}
    assert cited == {"integrate-and-fire": 5, "FitzHugh-Nagumo": 72, "Hodgkin-Huxley": 1200}


@pytest.mark.parametrize("wanted, simplest",
                         [("a yes or no from many inputs", "threshold unit"),
                          ("the shape of a spike", "Hodgkin-Huxley"),
                          ("two states at one current", "FitzHugh-Nagumo"),
                          ("decay and delay along a dendrite", "passive cable"),
                          ("a spike that travels", "Hodgkin-Huxley axon"),
                          ("avalanches", "Galves-Löcherbach"),
                          ("learning from the order of spikes", "Galves-Löcherbach with STDP")])
def test_the_simplest_model_is_the_one_of_the_table(wanted, simplest):
    assert Chooser(wanted=wanted, also=wanted).able[0] == simplest
    assert any(row[:2] == (wanted, simplest) for row in chooser_table().rows)


def test_two_wishes_take_the_simplest_that_grants_both():
    both = Chooser(wanted="two states at one current", also="the shape of a spike")
    assert both.able == ["Hodgkin-Huxley", "Hodgkin-Huxley axon"
                         ] and "Hodgkin-Huxley, 1,200" in both.advice
    assert both.but(also="avalanches").able == [] and "No single model" in both.but(
        also="avalanches").advice
    with pytest.raises(ValueError, match="wanted"):
        Chooser(wanted="consciousness")


def test_costs_are_measured_not_stored():
    table = measured_costs(repeats=1)
    assert [row[0] for row in table.rows] == list(TIMED)
    assert all(float(row[2].replace(",", "")) > 0 for row in table.rows)


def test_the_two_schemes_that_are_timed_make_the_same_error():
    neuron, errors = HodgkinHuxley(I_ext=10.0), []
    for scheme, h in ((None, 0.05), (euler, 0.02)):
        run = simulate(neuron, np.arange(0, 200, h), scheme=scheme)
        errors.append(abs(np.diff(spike_times(run.t, run.V, 40.0)[-5:]).mean() - 14.636210))
    assert errors == pytest.approx([0.009, 0.009], abs=0.001)


# Twenty statements


def test_twenty_statements_each_with_verdict_evidence_and_link():
    assert len(STATEMENTS) == 20
    assert [each.right for each, _ in STATEMENTS] == [
        1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 2, 2
    ]
    asked = predict("twenty statements").children
    for k, (question, (statement, notebook)) in enumerate(zip(asked, STATEMENTS), 1):
        assert question.prediction.question.startswith(f"{k}. ")
        assert f'href="{NOTEBOOKS[notebook][0]}.ipynb"' in question.prediction.because
        assert escape(statement.because) in Answers()._repr_html_()
    assert Answers()._repr_html_().startswith("<details>") and "20" in repr(Answers())


def test_the_post_test_asks_the_pre_test_again():
    again = predict("post-test").children
    assert [question.prediction for question in again] == list(PRETEST.values())


# The exercises with predicates: each hint has an answer that earns it


def slow(**change):
    rule = {"A_plus": 0.01, "A_minus": 0.012, "tau_plus": 12.0, "tau_minus": 12.0, "mu": 0.0}
    inside = {name: change.pop(name) for name in list(change) if name in rule}
    return Speller(**{"interval": 25, "stdp": STDP(**rule | inside)} | change)


def adapting(gain, active):
    return gain + 0.1 * (0.01 - active)


GOOD = {
    "which model": (["03", "02", "04", "05", "06"],), "slow teacher": (slow(
        tau_plus=20.0, tau_minus=20.0), slow(tau_plus=20.0, tau_minus=20.0, A_minus=0.013)),
    "FitzHugh-Nagumo as a squid axon": ((FitzHughNagumo(), 0.3105, lambda I: 0.34 + 0.026 *
                                         (I - 10)),),
    "a network that tunes itself": (adapting,),
}
BAD = [("which model", ["02"] * 5, "1952"),
       ("which model", ["04", "02", "04", "05", "06"], "cable adds space"),
       ("which model", ["03", "01", "04", "05", "06"], "conductance"),
       ("which model", ["03", "02", "04", "02", "06"], "trial"),
       ("slow teacher", Speller(), "another pace"),
       ("slow teacher", slow(word="AXON"), "another word"),
       ("slow teacher", slow(trials=100), "Leave them at home"),
       ("slow teacher", slow(J=60.0), "Leave them at home"),
       ("slow teacher", slow(A_plus=0.02, A_minus=0.024), "how far back"),
       ("slow teacher", slow(), "Keep that ratio"),
       ("slow teacher", slow(tau_plus=48.0, tau_minus=48.0), "Keep that ratio"),
       ("FitzHugh-Nagumo as a squid axon", (FitzHughNagumo(), 14.636 / 39.477, lambda I: 0.5),
        "and not beyond"),
       ("FitzHugh-Nagumo as a squid axon", (FitzHughNagumo(), 1.0, lambda I: 0.34 + 0.026 *
                                            (I - 10)), "one factor"),
       ("a network that tunes itself", lambda gain, active: gain, "stays where it starts"),
       ("a network that tunes itself", lambda gain, active: gain + 0.1 *
        (active - 0.01), "runs away"),
       ("a network that tunes itself", lambda gain, active: gain + 0.1 *
        (0.05 - active), "above the edge"), ]


@pytest.mark.parametrize(
    "name, answer", [(name, answer) for name, answers in GOOD.items() for answer in answers])
def test_good_answers_are_accepted(name, answer):
    assert check(name, answer).state == "right"


@pytest.mark.parametrize("name, answer, said", BAD)
def test_known_mistakes_get_their_hint(name, answer, said):
    verdict = check(name, answer)
    assert verdict.state == "hint" and said in verdict.text, verdict


def test_every_hint_that_is_a_predicate_has_its_example():
    given = {check(name, answer).text for name, answer, _ in BAD}
    hints = {hint for name in GOOD for hint in EXERCISES[name].wrong}
    assert hints <= given, hints - given


@pytest.mark.parametrize(
    "name, answer",
    [
        ("FitzHugh-Nagumo as a squid axon", ("model", 1.0, lambda I: 0.5)),
        ("FitzHugh-Nagumo as a squid axon",
         (FitzHughNagumo(), 0.3, lambda I: 0.1)),  # it does not oscillate there
        ("a network that tunes itself", lambda gain: gain),
        ("slow teacher", 3)
    ])
def test_what_can_not_be_judged_is_told_and_not_raised(name, answer):
    assert check(name, answer).state in ("error", "wrong")


def test_a_gain_that_knows_the_answer_beforehand_is_not_accepted():
    assert check("a network that tunes itself", lambda gain, active: 1.0).state != "right"
    assert tuned(lambda gain, active: gain, 1.0, 0.8) == pytest.approx(0.8)


# The scores


def score(right, sure="certain"):
    return {"chosen": 0, "right": right, "sure": sure}


def test_no_scores_say_how_they_are_kept(monkeypatch):
    monkeypatch.delenv("COURSE_SCORES", raising=False)
    assert "COURSE_SCORES" in my_scores()._repr_html_()


def test_the_scoreboard_counts(tmp_path, monkeypatch):
    names = list(PRETEST)
    kept = {f"00: pre-test, {name}": score(k < 3, "a guess") for k, name in enumerate(names)}
    kept |= {f"07: post-test, {name}": score(k < 6) for k, name in enumerate(names[:7])}
    kept |= {
        "02: rebound": score(True), "02: ramp": score(False, "fairly sure"), "05: edge": score(
            True, "fairly sure"), "07: statement 4": score(True)
    }
    file = tmp_path / "scores.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    monkeypatch.setenv("COURSE_SCORES", str(file))
    board = my_scores()
    assert board.gain() == (7, 3, 6) and "75%" in board.gain_sentence()
    assert board.by_notebook() == {"02": (1, 2), "05": (1, 1)}
    assert board.by_confidence() == {
        "a guess": (3, 8), "fairly sure": (1, 2), "certain": (8, 9)
    }
    assert "know what you know" in board.calibration_sentence()
    page = board._repr_html_()
    for part in ("02 Neural biophysics", "██████████ 100%", "judged 1, 1 of them right"):
        assert part in page


@pytest.mark.parametrize(
    "kept, said",
    [({}, "pre-test of notebook 00"),
     ({"00: pre-test, rebound": score(True), "07: post-test, rebound": score(True)
       }, "nothing left"),
     ({
         "00: pre-test, rebound": score(True), "00: pre-test, more current": score(False),
         "07: post-test, rebound": score(False), "07: post-test, more current": score(False)
     }, "changed your mind"), ])
def test_gains_that_can_not_be_divided(kept, said):
    assert said in Scoreboard(kept).gain_sentence()


def test_overconfidence_is_told():
    board = Scoreboard({"01: a": score(False), "01: b": score(True, "a guess")})
    assert "'certain', 0% were right" in board.calibration_sentence()
    assert "sure of and that were wrong" in board.calibration_sentence()
    evenly = Scoreboard({"01: a": score(True), "01: b": score(True, "a guess")})
    assert "don't rise" in evenly.calibration_sentence()
    often = {f"02: {k}": score(k < 6) for k in range(10)} | {"02: x": score(False, "a guess")}
    assert "60% were right" in (
        said := Scoreboard(often).calibration_sentence()) and "promises more" in said
    assert "more than one degree" in Scoreboard({"01: a": score(True)}).calibration_sentence()
    assert "certain" in board._repr_html_() and conclusion.bar(0, 0) == "" and conclusion.bar(
        1, 4) == "██░░░░░░░░ 25%"


@pytest.mark.parametrize("right", [None, "yes", [1], 3.5, {}])
def test_scores_that_are_no_scores_are_left_out(right):
    board = Scoreboard(
        {"02: a": {"right": right, "sure": ["x"]}, "02: b": {"right": True, "sure": ["x"]}})
    assert board.by_notebook() == {"02": (1, 1)} and board._repr_html_()


def test_scores_of_a_stranger_file_do_no_harm():
    assert "right" in Scoreboard(
        {"x": {"right": True}, "02: y": {"right": np.True_, "sure": "very"}})._repr_html_()
