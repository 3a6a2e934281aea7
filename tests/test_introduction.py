"""What notebook 00 says in numbers and draws, and its pre-test. The reference numbers of its
membrane: test_passive_membrane.
"""
import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_00 import pictures as drawings
from course_utils.notebook_00.course import NOTEBOOKS
from course_utils.notebook_00.exercises import (
    EXERCISES,
    PRETEST,
    SLOPES,
    STARTS,
    AskedTwice,
    check,
    predict,
)
from course_utils.notebook_00.experiments import EulerExperiment
from course_utils.notebook_00.membranes import IntegrateAndFire, PassiveMembrane
from course_utils.solve import euler, simulate
from course_utils.spikes import spike_times, steady_rate

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "notebooks" / "source"


def rheobase(cell):
    """The current above which it fires, found by trying: where the rate leaves 0."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if cell.but(I_ext=middle).rate() else (middle, high)
    return high


def test_a_rectified_line_is_the_far_field_of_integrate_and_fire():
    cell = IntegrateAndFire(I_ext=np.array([5.0, 50.0, 500.0]))
    line = 1000 / cell.time_constant * (cell.R * cell.I_ext / cell.theta - 0.5)
    assert cell.rate()[0] == pytest.approx(280.4, abs=0.05) and line[0] == pytest.approx(
        283.3, abs=0.05)
    gaps = np.abs(cell.rate() - line)
    assert (gaps[1:] < gaps[:-1] / 5).all()  # the next term falls as 1/I


def test_capacitance_leaves_the_rheobase_and_resistance_leaves_the_slope():
    home = IntegrateAndFire(I_ext=np.array([40.0, 50.0]))
    slope = np.diff(home.rate())[0]
    assert rheobase(home.but(C_m=2.0)) == rheobase(home) and np.diff(
        home.but(C_m=2.0).rate())[0] == pytest.approx(slope / 2)
    assert np.diff(home.but(R=20.0).rate())[0] == pytest.approx(slope, rel=1e-3)
    assert slope / 10 == pytest.approx(1000 / (home.C_m * home.theta), rel=1e-3)


def test_three_neurons_of_a_layer():
    W, x = np.array([[0.10, 0.02], [0.03, 0.09], [0.01, 0.02]]), np.array([30.0, 20.0])
    assert IntegrateAndFire(I_ext=W @ x).rate() == pytest.approx([171.8, 123.3, 0.0], abs=0.05)


def test_the_squids_curve_jumps_rises_and_ends():
    run = simulate(HodgkinHuxley(I_ext=np.array([6.0, 6.5, 150.0, 160.0])),
                   np.arange(0, 800, 0.05))
    rates = steady_rate(run.t, run.V, since=400)
    assert rates[[0, 3]] == pytest.approx([0, 0]) and rates[2] == pytest.approx(
        167.8536, abs=0.1) and 50 < rates[1] < 56


def test_a_second_pulse_meets_a_neuron_that_remembers_the_first():
    t, peaks = np.arange(0, 45, 0.01), []
    for interval in (6.0, 10.0, 12.0, 20.0):
        V = simulate(HodgkinHuxley(), t, I_ext=20.0 *
                     ((t < 1) | ((t >= interval) & (t < interval + 1)))).V
        peaks.append(V[t >= interval].max())
    assert [V > 50 for V in peaks] == [False, False, True, True]


@pytest.mark.parametrize("h, words", [
    (2.0, "from one side"), (10.0, "in one step"), (15.0, "rings and settles"),
    (20.0, "rings indefinitely"), (25.0, "blows up")])
def test_the_regimes_of_eulers_rule_are_what_its_run_does(h, words):
    trial = EulerExperiment(h=h)
    away = trial.run().V - 20
    assert words in trial.regime() and away[1:] == pytest.approx(trial.factor * away[:-1],
                                                                 abs=1e-9)
    assert trial.run().t[-1] >= 100


def test_the_factor_follows_the_membrane_too():
    assert EulerExperiment(cell=PassiveMembrane(R=5.0, C_m=2.0),
                           h=5.0).factor == pytest.approx(0.5)
    assert EulerExperiment().but(**{"cell.R": 3.0}).regime() == "rings indefinitely"


def test_the_pre_test_keeps_eight_choices_and_gives_nothing_away(tmp_path, monkeypatch):
    file = tmp_path / "scores.json"
    monkeypatch.setenv("COURSE_SCORES", str(file))
    questions = predict("pre-test").children
    assert len(questions) == len(PRETEST) == 8 and all(
        isinstance(q, AskedTwice) for q in questions)
    for question in questions:
        question.choice.index = question.order.index(question.prediction.right)
        question.sure.index = 0
        question.commit.click()
        assert "07" in question.answer.value
        assert question.prediction.because not in question.answer.value
        assert question.prediction.choices[
            question.prediction.right] not in question.answer.value
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert set(kept) == {f"00: pre-test, {name}"
                         for name in PRETEST} and all(score["right"] for score in kept.values())


@pytest.mark.parametrize("draw",
                         [drawings.neuron, drawings.threshold_unit, drawings.course_map])
def test_a_drawing_keeps_inside_its_axes_and_is_the_same_twice(draw):
    pictures = []
    for _ in range(2):
        fig, ax = plt.subplots(figsize=(9.6, 4.8))
        draw(ax)
        fig.canvas.draw()
        pictures.append(np.asarray(fig.canvas.buffer_rgba()).copy())
        box = ax.get_window_extent()
        for text in ax.texts:
            inside = text.get_window_extent()
            assert box.x0 - 60 < inside.x0 and inside.x1 < box.x1 + 60, text.get_text()
        plt.close(fig)
    assert np.array_equal(*pictures)


def test_the_map_shows_the_eight_notebooks_each_reached_from_an_earlier_one():
    assert list(NOTEBOOKS) == [f"{k:02d}" for k in range(8)]
    for number, notebook in NOTEBOOKS.items():
        assert (ROOT / "notebooks" / f"{notebook.file}.ipynb").exists()
        assert all(other < number for other in notebook.needs)
        assert notebook.needs or number == "00"


def test_the_map_and_the_table_of_the_introduction_name_the_same_notebooks_to_start_from():
    source = (ROOT / "notebooks" / "source" / "00_introduction.py").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[(\d\d) [^|]*\|.*\| ([\d, –]+) \|$", source, re.M))
    for number, notebook in NOTEBOOKS.items():
        assert rows[number] == (", ".join(notebook.needs) or "–")


# The exercise on what moves the f-I curve, judged part by part


@pytest.mark.parametrize("answer, state, words", [
    ((["R", "theta"], ["C_m", "theta"]), "right", "R drops out"),
    ((("theta", "R"), ("theta", "C_m")), "right", "R drops out"),
    ((["R"], ["C_m", "theta"]), "hint", "second list is right"),
    ((["R", "theta"], ["R", "C_m", "theta"]), "hint", "first list is right"),
    ((["C_m"], ["R"]), "hint", "Neither"), ((["tau"], ["C_m", "theta"]), "hint", "names are"),
    (([...], ["C_m", "theta"]), "blank", "Two lists"), ((1, 2), "error", "Two lists")])
def test_what_moves_the_curve_is_judged_part_by_part(answer, state, words):
    verdict = check("what moves the curve", answer)
    assert (verdict.state, words in verdict.text) == (state, True), verdict


def test_what_moves_the_curve_is_what_the_curve_does():
    home = IntegrateAndFire(I_ext=np.array([40.0, 50.0]))
    for name, factor in ("R", 1.5), ("C_m", 1.5), ("theta", 1.5):
        other = home.but(**{name: factor * getattr(home, name)})
        slopes = [np.diff(each.rate())[0] for each in (home, other)]
        moved = rheobase(other) != pytest.approx(rheobase(home))
        steeper = abs(slopes[1] / slopes[0] - 1) > 0.02
        assert (moved, steeper) == (name in STARTS, name in SLOPES), name


# Exercises that are judged by experiment


def responses(level, begin, end):
    """(the unit's highest answer, the squid's spikes): the membrane in fine steps."""
    t = np.arange(0, 200, 0.01)
    current = np.where((t >= begin) & (t < end), level, 0.0)
    V = simulate(HodgkinHuxley(), t, I_ext=current).V
    return int(current.max() >= 2.2403), len(spike_times(t, V, 50.0))


@pytest.mark.parametrize("answer, state, words", [
    ((-6, 20, 60), "right", "rebound"), ((-20, 50, 52), "right", "rebound"),
    ((3, 10, 100), "hint", "reaches 2.24"), ((2, 10, 100), "hint", "positive current"),
    ((-1, 20, 100), "hint", "sign is right"), ((-6, 100, 199), "hint", "almost to the end"),
    ((..., ..., ...), "blank", "three numbers"), ((1, 2), "error", "three numbers"),
    (("a", 1, 2), "error", "three numbers")])
def test_the_squid_alone_is_judged_by_what_the_models_do(answer, state, words):
    verdict = check("the squid alone", answer)
    assert (verdict.state, words in verdict.text) == (state, True), verdict
    if state in ("right", "hint"):
        unit, spikes = responses(*answer)
        assert (unit == 0 and spikes > 0) == (state == "right")


@pytest.mark.parametrize("h, state, words", [
    (0.04, "right", "proportional"), (0.0395, "right", "proportional"),
    (10, "hint", "12.64"), (1.0, "hint", "too large"), (0.079, "hint", "shorter step"),
    (0.01, "hint", "longer step"), (..., "blank", "a step"), (0, "error", "above 0"),
    ("short", "error", "a step")])
def test_a_step_for_a_wanted_error_is_judged_by_its_error(h, state, words):
    verdict = check("a wanted error", h)
    assert (verdict.state, words in verdict.text) == (state, True), verdict
    if state in ("right", "hint"):
        t = np.linspace(0, 10, max(1, round(10 / h)) + 1)
        cell = PassiveMembrane()
        error = simulate(cell, t, (0.0,), scheme=euler).V[-1] - cell.exact(10.0)
        assert (0.01 <= error <= 0.02) == (state == "right")


def alternating(tau, high, low, D, total=20_000.0):
    """The rate in Hz of an integrate-and-fire neuron in small steps of its exact solution."""
    cell = IntegrateAndFire(C_m=tau / 10)
    h = D / 400
    V = 0.0
    spikes = 0
    for k in range(2 * round(total / h)):
        V_inf = 10 * (high if (k // 400) % 2 == 0 else low)
        V = V_inf + (V - V_inf) * np.exp(-h / tau)
        if V >= cell.theta:
            V = 0.0
            spikes += k * h >= total
    return 1000 * spikes / total


@pytest.mark.parametrize("number, tau, high, low, D", [
    (0, 10, 2.4, 1.0, 200), (1, 10, 2.2, 0.4, 1), (2, 1, 2.2, 0.4, 20),
    (3, 100, 2.2, 0.4, 40)])
def test_where_the_unit_agrees(number, tau, high, low, D):
    rates = IntegrateAndFire(C_m=tau / 10, I_ext=np.array([high, low])).rate()
    total = max(100 * D, 2000.0)
    agrees = abs(alternating(tau, high, low, D, total) / rates.mean() - 1) < 0.1
    assert agrees == EXERCISES["where the unit agrees"].right[number]


@pytest.mark.parametrize("name", ["the same curve", "where the unit agrees",
                                  "which parameter decides"])
def test_each_claim_has_its_hint(name):
    right = list(EXERCISES[name].right)
    said = set()
    for k, value in enumerate(right):
        other = (not value) if isinstance(value, bool) else "R" if value != "R" else "C_m"
        verdict = check(name, [*right[:k], other, *right[k + 1:]])
        assert verdict.state == "hint"
        said.add(verdict.text)
    assert len(said) == len(right) and check(name, right).state == "right"


# The glossary


def glossary_rows():
    """(term, notebook's file, anchor) of each row of the glossary."""
    source = (SOURCES / "00_introduction.py").read_text(encoding="utf-8")
    table = source.split("## Further · Glossary")[1].split("## ")[0]
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| .+ \| \[.+?\]\((.*?)#(.+?)\) \|$", table, re.M)
    return [(term, (file or "00_introduction.ipynb")[:-6], anchor) for term, file, anchor in rows]


def section_of(file, anchor):
    """The text of the section with this anchor, "" where there is none."""
    source = (SOURCES / f"{file}.py").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", source, flags=re.M)
    found = {heading.replace(" ", "-"): text for heading, text in zip(parts[1::2], parts[2::2])}
    return found.get(anchor, "")


def test_the_glossary_is_long_and_in_order():
    terms = [term for term, _, _ in glossary_rows()]
    assert len(terms) > 55 and terms == sorted(terms, key=str.lower)
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize("term, file, anchor", glossary_rows())
def test_a_term_of_the_glossary_is_in_the_section_it_leads_to(term, file, anchor):
    assert term.lower() in section_of(file, anchor).lower()


def test_the_glossary_reaches_every_notebook_that_introduces_terms():
    assert {file[:2] for _, file, _ in glossary_rows()} == {f"{k:02d}" for k in range(7)}
