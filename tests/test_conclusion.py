"""Notebook 07: the chooser, the costs, the verdicts, the open projects' acceptance tests, and
the scores of the course.
"""
import json
import re
from html import escape
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_utils import hopf_currents, phase_response
from course_utils.checks import CourseWarning
from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.models.stdp import STDP
from course_utils.notebook_00.course import NOTEBOOKS
from course_utils.notebook_00.exercises import PRETEST
from course_utils.notebook_07 import recording
from course_utils.notebook_07.exercises import (
    POSTTEST,
    STATEMENTS,
    Answers,
    check,
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
from course_utils.notebook_07.scoreboard import Scoreboard, bar, my_scores
from course_utils.notebook_07.speller import Speller
from course_utils.questions.texts import texts
from course_utils.solve import euler, simulate
from course_utils.spikes import spike_times

SOURCES = Path(__file__).parent.parent / "notebooks" / "source"

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
                          ("decay and delay in a dendrite", "passive cable"),
                          ("a spike that travels", "Hodgkin-Huxley axon"),
                          ("avalanches", "Galves-Löcherbach"),
                          ("learning from spike order", "Galves-Löcherbach with STDP")])
def test_the_simplest_model_is_the_one_of_the_table(wanted, simplest):
    assert Chooser(wanted=wanted, also=wanted).run().able[0] == simplest
    assert any(row[:2] == (wanted, simplest) for row in chooser_table().rows)


def test_two_wishes_take_the_simplest_that_grants_both():
    both = Chooser(wanted="two states at one current", also="the shape of a spike")
    assert both.run().able == ("Hodgkin-Huxley", "Hodgkin-Huxley axon")
    assert "Hodgkin-Huxley, 1,200" in both.run().sentence()
    neither = both.but(also="avalanches").run()
    assert neither.able == () and "No single model" in neither.sentence()
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
        1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 2, 1, 2, 2
    ]
    asked = predict("twenty statements").children
    for k, (question, (statement, notebook)) in enumerate(zip(asked, STATEMENTS), 1):
        assert question.prediction.question.startswith(f"{k}. ")
        assert f'href="{NOTEBOOKS[notebook].file}.ipynb"' in question.prediction.because
        assert "underline" in question.prediction.because
        assert "_blank" in question.prediction.because
        assert escape(statement.because) in Answers()._repr_html_()
    assert Answers()._repr_html_().startswith("<details>") and "20" in repr(Answers())


def test_the_post_test_asks_about_the_same_eight_ideas_in_other_words():
    again = predict("post-test").children
    assert [question.prediction for question in again] == list(POSTTEST.values())
    assert list(POSTTEST) == list(PRETEST) and len(POSTTEST) == 8
    for name, asked in PRETEST.items():
        assert asked.question != POSTTEST[name].question
        assert set(asked.choices) != set(POSTTEST[name].choices) or (
            asked.right != POSTTEST[name].right), name


def test_no_option_of_the_two_tests_gives_itself_away():
    """The right one is neither the longest nor the shortest by more than two words, and it is
    the longest in at most half of the items.
    """
    longest = []
    for item in [*PRETEST.values(), *POSTTEST.values()]:
        lengths = [len(choice.split()) for choice in item.choices]
        right = lengths.pop(item.right)
        assert min(lengths) - 2 <= right <= max(lengths) + 2, item.question
        longest.append(right > max(lengths))
    assert sum(longest) <= len(longest) // 2


def test_the_post_test_stands_above_all_that_answers_it():
    """Nothing in 07 before it but the header; and 00 asks before it teaches."""
    for stem, asked in ("07_conclusion", 'predict("post-test")'), (
            "00_introduction", 'predict("pre-test")'):
        above = (SOURCES / f"{stem}.py").read_text(encoding="utf-8").split(asked)[0]
        assert "check(" not in re.sub(r"import.*", "", above) and "Panel(" not in above
        assert "chooser_table()" not in above and "errata()" not in above


# What the post-test says in numbers


def test_a_clamped_inactivation_gate_leaves_the_membrane_depolarised():
    rest = HodgkinHuxley(I_ext=0.0).rest()

    def rhs(t, y, current):
        V, m, n = y
        rates = HodgkinHuxley().rates(V)
        (am, bm), (an, bn) = rates["m"], rates["n"]
        ionic = 120 * m**3 * rest[2] * (V - 115) + 36 * n**4 * (V + 12) + 0.3 * (V - 10.613)
        return current - ionic, am * (1 - m) - bm * m, an * (1 - n) - bn * n

    V = [rest[0], rest[1], rest[3]]
    for span, current in ((1.0, 20.0), (60.0, 0.0)):
        V = solve_ivp(rhs, (0, span), V, args=(current,), method="LSODA", rtol=1e-8,
                      atol=1e-8).y[:, -1]
    assert V[0] == pytest.approx(78.65, abs=0.05)


def test_without_leak_firing_begins_earlier_and_one_kick_can_delay_or_advance():
    assert hopf_currents(HodgkinHuxley(g_L=0.0))[0] == pytest.approx(6.178, abs=1e-3)
    late, early = phase_response(FitzHughNagumo(I_ext=0.5), 0.5, np.array([0.75, 0.87]))
    assert late == pytest.approx(-0.02, abs=0.002) and early == pytest.approx(0.10, abs=0.002)


# The exercises with predicates: each hint has an answer that earns it


def fast(**change):
    rule = {"A_plus": 0.01, "A_minus": 0.012, "tau_plus": 12.0, "tau_minus": 12.0, "mu": 0.0}
    inside = {name: change.pop(name) for name in list(change) if name in rule}
    return Speller(**{"interval": 8, "stdp": STDP(**rule | inside)} | change)


def adapting(gain, active):
    return gain + 0.1 * (0.01 - active)


GOOD = {
    "which model": (["03", "02", "04", "05", "06"], ("03", "02", "04", "05", "06")),
    "fast teacher": (fast(tau_plus=6.4, tau_minus=6.4), fast(tau_plus=5.0, tau_minus=5.0),
                     fast(tau_plus=6.4, tau_minus=6.4, A_minus=0.013)),
    "FitzHugh-Nagumo as a squid axon": ((FitzHughNagumo(), 0.3105, lambda I: 0.34 + 0.026 *
                                         (I - 10)),),
    "a network that tunes itself": (adapting,),
}
BAD = [("which model", ["02"] * 5, "each time"),
       ("which model", ["02", "02", "04", "05", "06"], "Question 1: the membrane"),
       ("which model", ["04", "02", "04", "05", "06"], "a cable adds space"),
       ("which model", ["00", "02", "04", "05", "06"], "Question 1: which"),
       ("which model", ["03", "01", "04", "05", "06"], "Question 2"),
       ("which model", ["03", "02", "06", "05", "06"], "Question 3"),
       ("which model", ["03", "02", "02", "02", "06"], "Question 3"),
       ("which model", ["03", "02", "04", "02", "06"], "Question 4"),
       ("which model", ["03", "02", "04", "05", "05"], "Question 5"),
       ("fast teacher", Speller(), "another interval"),
       ("fast teacher", fast(word="AXON"), "another word"),
       ("fast teacher", fast(trials=30), "defaults"),
       ("fast teacher", fast(J=60.0), "defaults"),
       ("fast teacher", fast(A_plus=0.02, A_minus=0.024), "how far back"),
       ("fast teacher", fast(tau_plus=20.0, tau_minus=20.0, mu=1.0), "mu above 0"),
       ("fast teacher", fast(), "Keep that ratio"),
       ("fast teacher", Speller(interval=8, stdp=STDP(mu=0.0)), "Keep that ratio"),
       ("fast teacher", fast(tau_plus=2.0, tau_minus=2.0), "Keep that ratio"),
       ("FitzHugh-Nagumo as a squid axon", (FitzHughNagumo(), 14.636 / 39.477, lambda I: 0.5),
        "and not beyond"),
       ("FitzHugh-Nagumo as a squid axon", (FitzHughNagumo(), 1.0, lambda I: 0.34 + 0.026 *
                                            (I - 10)), "one factor"),
       ("a network that tunes itself", lambda gain, active: gain, "stays where it starts"),
       ("a network that tunes itself", lambda gain, active: gain + 0.1 *
        (active - 0.01), "moves away"),
       ("a network that tunes itself", lambda gain, active: gain + 0.1 *
        (0.05 - active), "above the critical point"),
       ("a network that tunes itself", lambda gain, active: gain + 0.05 *
        (0.005 - active), "between 0.9 and 1.1"), ]


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
    hints = {hint for name in GOOD for hint in texts("07")["exercises"][name]["hints"].values()}
    assert hints <= given, hints - given


@pytest.mark.parametrize(
    "name, answer",
    [
        ("FitzHugh-Nagumo as a squid axon", ("model", 1.0, lambda I: 0.5)),
        ("FitzHugh-Nagumo as a squid axon",
         (FitzHughNagumo(), 0.3, lambda I: 0.1)),  # it does not oscillate there
        ("a network that tunes itself", lambda gain: gain),
        ("fast teacher", 3)
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
    monkeypatch.setenv("COURSE_SCORES", "")
    assert "No choices were found" in my_scores()._repr_html_()


def test_the_scoreboard_counts(tmp_path, monkeypatch):
    names = list(PRETEST)
    kept = {f"00: pre-test, {name}": score(k < 3, "a guess") for k, name in enumerate(names)}
    kept |= {f"07: parallel post-test, {name}": score(k < 6) for k, name in enumerate(names[:7])}
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
    assert "which is a good guide" in board.calibration_sentence()
    page = board._repr_html_()
    for part in ("02 Neural biophysics", "██████████ 100%", "judged 1, 1 of them right"):
        assert part in page


@pytest.mark.parametrize(
    "kept, said",
    [({}, "pre-test of notebook 00"),
     ({"00: pre-test, warm axon": score(True), "07: parallel post-test, warm axon": score(True)
       }, "nothing left"),
     ({
         "00: pre-test, warm axon": score(True), "00: pre-test, without leak": score(False),
         "07: parallel post-test, warm axon": score(False),
         "07: parallel post-test, without leak": score(False)
     }, "right before"), ])
def test_gains_that_can_not_be_divided(kept, said):
    assert said in Scoreboard(kept).gain_sentence()


def test_overconfidence_is_told():
    board = Scoreboard({"01: a": score(False), "01: b": score(True, "a guess")})
    assert "'certain', 0% were right" in board.calibration_sentence()
    assert "you were sure and that were wrong" in board.calibration_sentence()
    evenly = Scoreboard({"01: a": score(True), "01: b": score(True, "a guess")})
    assert "does not rise" in evenly.calibration_sentence()
    often = {f"02: {k}": score(k < 6) for k in range(10)} | {"02: x": score(False, "a guess")}
    assert "60% were right" in (
        said := Scoreboard(often).calibration_sentence()) and "promises more" in said
    assert "more than one degree" in Scoreboard({"01: a": score(True)}).calibration_sentence()
    assert "certain" in board._repr_html_() and bar(0, 0) == "" and bar(1, 4) == "██░░░░░░░░ 25%"


@pytest.mark.parametrize("right", [None, "yes", [1], 3.5, {}])
def test_scores_that_are_no_scores_are_left_out(right):
    board = Scoreboard(
        {"02: a": {"right": right, "sure": ["x"]}, "02: b": {"right": True, "sure": ["x"]}})
    assert board.by_notebook() == {"02": (1, 1)} and board._repr_html_()


def test_scores_of_a_stranger_file_do_no_harm():
    assert "right" in Scoreboard(
        {"x": {"right": True}, "02: y": {"right": np.True_, "sure": "very"}})._repr_html_()


# Bring your own data


def test_the_file_is_the_synthetic_recording_that_it_says():
    assert "SYNTHETIC" in recording.EXAMPLE.read_text(encoding="utf-8").splitlines()[0]
    columns = np.loadtxt(recording.EXAMPLE, delimiter=",", skiprows=4).T
    for column, made, digit in zip(columns, recording.synthetic_recording(), (1e-4, 1e-5, 1e-12)):
        np.testing.assert_allclose(column, made, rtol=0, atol=0.6 * digit)


@pytest.fixture(scope="module")
def clamp():
    """(t, V, I) of the file in the course's units: ms, mV from rest, µA/cm²."""
    time, voltage, current = np.loadtxt(recording.EXAMPLE, delimiter=",", skiprows=4).T
    return 1000 * time, 1000 * voltage + 65, current * 1e11


def test_what_a_right_analysis_gets(clamp):
    t, V, current = clamp
    rest = V[t < 20].mean()
    small_step = V[(t >= 40) & (t < 60)].mean() - rest
    assert rest - 65 == pytest.approx(-64.77, rel=1e-3)
    assert V[t < 20].std() == pytest.approx(0.75, abs=0.01)
    assert small_step / current[t == 50][0] == pytest.approx(1.092, rel=1e-3)
    spikes = spike_times(t, V, 50)
    gaps = np.diff(spikes)[1:]
    assert len(spikes) == 12 and ((spikes > 100) & (spikes < 275)).all()
    assert spikes[0] - 100 == pytest.approx(1.994, abs=0.01)
    assert 1000 / gaps.mean() == pytest.approx(69.04, rel=1e-3)
    assert gaps.std() / gaps.mean() == pytest.approx(0.040, abs=5e-4)


def test_what_slips_give(clamp):
    t, V, _ = clamp
    assert not len(spike_times(t, V - 65, 50))  # absolute voltage against a threshold from rest
    with pytest.warns(CourseWarning, match="is it in volts"):
        assert not len(spike_times(t, (V - 65) / 1000, 50))  # volts taken for millivolts
    assert len(spike_times(t, V, 5)) == 17
    assert 1000 / np.diff(spike_times(t, V, 50)).mean() == pytest.approx(68.82, abs=0.01)


def test_the_truth_without_noise():
    command = recording.simulated(10.0, 11)[2]
    run = simulate(HodgkinHuxley(), np.arange(27_500) / 100, I_ext=np.repeat(command, 20))
    assert run.V[4000:6000].mean() / -2 == pytest.approx(1.002, abs=0.0015)
    spikes = spike_times(run.t, run.V, 50)
    assert len(spikes) == 12 and spikes[0] - 100 == pytest.approx(1.843, abs=0.005)


@pytest.mark.parametrize("threshold", [5, 6, 7, 8, 9, 10, 12])
def test_no_threshold_replaces_a_dead_time(threshold):
    t, V = recording.far_electrode()
    assert len(spike_times(t, V, threshold)) > 12
    assert len(spike_times(t, V, threshold, dead_time=5)) == len(recording.true_spikes()) == 12
    assert len(spike_times(t, V, threshold, dead_time=14)) < 12


@pytest.mark.parametrize("answer, says", [
    ((14, 77.53), "Right"), ((0, 0.0), "no spike"), ((14, 77533), "thousand"),
    ((14, 77.356), "first interval"), ((14, 80.0), "duration"), ((13, 77.5), "Not yet")])
def test_a_file_without_a_header(answer, says):
    assert says in repr(check("a file without a header", answer))


@pytest.mark.parametrize("answer, says", [
    ((7, 5), "Right"), ((9, 3), "Right"), ((2, 3), "within the noise"),
    ((7, 0), "more than once"), ((7, 20), "missing"), ((40, 2), "missing")])
def test_an_electrode_far_away(answer, says):
    assert says in repr(check("an electrode far away", answer))
