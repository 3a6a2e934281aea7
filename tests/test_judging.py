"""Exercises judged on a page: the table says what `check` says, and gives no answer away."""
import importlib

import numpy as np
import pytest

from course_utils.questions.check import Exercise
from course_utils.questions.texts import with_texts
from tools import asking, judging
from tools.panels import RunThrough

WORDS = {"why": "Since it is.", "expects": "Say it."}


def agree(exercise, form, data, answers):
    """Hold the page to `check` on some answers, lists of parts."""
    for answer in answers:
        verdict = exercise.judge(form.build(list(answer)))
        assert tuple(judging.looked_up(data, answer)) == (verdict.state, verdict.text), answer


@pytest.mark.parametrize("code, labels, built", [
    ("x = ...\ncheck('a', x)", ("x",), 1),
    ("a, b = ..., ...\ncheck('a', (a, b))", ("a", "b"), (1, 2)),
    ("w, t = [..., ...], ...\ncheck('a', (w, t))", ("w 1", "w 2", "t"), ([1, 2], 3)),
    ("check('a', [..., ...])", ("1", "2"), [1, 2]),
    ("s = [..., ...]\ne = ...\ncheck('a', [*s, e])", ("s 1", "s 2", "e"), [1, 2, 3]),
    ("h = dict(A=..., B=...)\ncheck('a', h)", ("A", "B"), {"A": 1, "B": 2}),
    ("m = ...  # Point(x=..., y=...)\ncheck('a', m)", ("x", "y"), {"x": 1, "y": 2}),
    ("a, x = [..., ...], [7, 8]\ncheck('a', (a, x))", ("a 1", "a 2"), ([1, 2], [7, 8])),
    ("a = [..., ...]  # V in mV, safety: both\ncheck('a', a)", ("V in mV", "safety"), [1, 2]),
    ("def given(x):\n    return x\n\n\ncheck('a', [..., ...])", ("1", "2"), [1, 2]),
])
def test_the_form_follows_from_the_stub(code, labels, built):
    form = judging.form_of(code, {"Point": dict})
    assert form.labels == labels and form.build([1, 2, 3][:len(labels)]) == built


@pytest.mark.parametrize("code", [
    "def f(x):\n    ...\n\n\ncheck('a', f)", "x = [...]\ncheck('a', x)",
    "x = ...\ncheck('a', (Model(), x))", "print(1)", "check('a', len(found))"])
def test_what_is_code_or_of_any_length_has_no_form(code):
    assert judging.form_of(code, {}) is None


def test_a_list_of_words_is_a_yes_or_no_for_each_word():
    form = judging.form_of("a, b = [...], [...]\ncheck('a', (a, b))", {}, (["R"], ["C", "R"]))
    assert form.labels == ("a: C", "a: R", "b: C", "b: R")
    assert form.build([False, True, True, True]) == (["R"], ["C", "R"])
    assert form.parts((["R"], ["C", "R"])) == [False, True, True, True]
    exercise = Exercise(right=lambda answer: answer == (["R"], ["C", "R"]), wrong={
        "none": lambda answer: not answer[0]}, hints={"none": "One at least."}, **WORDS)
    data = judging.tabulated(exercise, form, (["R"], ["C", "R"]))
    agree(exercise, form, data, [[bool(k & bit) for bit in (1, 2, 4, 8)] for k in range(16)])


def test_a_list_of_numbers_is_one_number_or_none():
    form = judging.form_of("a = (..., [...])  # line, spikes\ncheck('a', a)", {}, (7, [10]))
    assert form.labels == ("line", "spikes (one, or none)")
    assert form.build([7, "none"]) == (7, []) and form.build([7, 10]) == (7, [10])
    exercise = Exercise(right=lambda answer: answer[0] == 7 and answer[1], wrong={
        "no spike": lambda answer: answer[0] == 7}, hints={"no spike": "Show it."}, **WORDS)
    data = judging.tabulated(exercise, form, (7, [10]))
    agree(exercise, form, data, [(7.0, "none"), (7.0, 10), (3.0, 10), (3.0, "none")])


def test_many_bits_are_offered_as_digits():
    code = "a = [..., ..., ..., ..., ..., ...]\ncheck('a', a)"
    exercise = Exercise(right=lambda bits: sum(bits) == 2, **WORDS)
    data = judging.tabulated(exercise, judging.form_of(code, {}), [1, 0, 0, 1, 0, 0])
    assert {tuple(part["options"]) for part in data["parts"]} == {("0", "1", "2")}
    agree(exercise, judging.form_of(code, {}), data, [(1, 0, 1, 0, 0, 0), (1, 1, 1, 1, 1, 1)])


def test_a_slow_verdict_of_several_numbers_is_asked_on_a_coarse_grid(monkeypatch):
    monkeypatch.setattr(judging, "SLOW", -1.0)  # so that every verdict is a slow one
    monkeypatch.setattr(judging, "COARSE", (8, 5))
    exercise = Exercise(right=lambda each: each[0] * each[1] > 11, **WORDS)
    form = judging.form_of("a, b = ..., ...\ncheck('a', (a, b))", {})
    data = judging.tabulated(exercise, form, (3.0, 4.0))
    assert all(len(part["options"]) <= 9 for part in data["parts"])
    agree(exercise, form, data, [(1.0, 6.0), (3.0, 5.0), (0.0, 0.0)])


def test_a_number_is_judged_with_its_hints_on_both_sides_of_each_border():
    exercise = Exercise(right=lambda x: 9.9 < x < 10.1, wrong={
        "half": lambda x: abs(x - 5) < 0.1, "low": lambda x: x < 9.9, "high": lambda x: x > 10.1},
        hints={"half": "You have half of it.", "low": "More.", "high": "Less."}, **WORDS)
    form = judging.Form(("x",), lambda values: values[0])
    data = judging.tabulated(exercise, form, 10.0)
    assert "cuts" in data["parts"][0]
    agree(exercise, form, data, [(x,) for x in (-1e9, -3.0, 0.0, 4.8, 4.95, 5.2, 9.89, 9.91, 10.0,
                                               10.09, 10.11, 77.0, 1e9)])


def test_several_numbers_words_and_truths_are_judged_part_by_part():
    exercise = Exercise(right=["R", 8, True], wrong={
        "all": lambda answer: list(answer)[1] == 12, "shared": ["R", 8, False],
        "other": ["C", 8, True]}, hints={"all": "All of them?", "shared": "Each?", "other": "C?"},
        **WORDS)
    form = judging.form_of("check('a', [..., ..., ...])", {})
    data = judging.tabulated(exercise, form, ["R", 8, True])
    agree(exercise, form, data, [(word, number, truth) for word in "RC" for truth in (True, False)
                                 for number in (-1.0, 7.9, 8.0, 8.001, 12.0, 13.0)])


def test_where_a_sum_decides_round_numbers_are_offered_and_none_stands_out():
    exercise = Exercise(right=lambda answer: np.isclose(sum(answer), 4), wrong={
        "low": lambda answer: sum(answer) < 4}, hints={"low": "More."}, **WORDS)
    form = judging.form_of("a, b = ..., ...\ncheck('a', (a, b))", {})
    data = judging.tabulated(exercise, form, (1.5, 2.5))
    for part in data["parts"]:
        steps = np.diff(np.array(part["options"], float))
        assert np.allclose(steps, steps[0]) and len(steps) > 5
    agree(exercise, form, data, [(1.5, 2.5), (0.0, 0.5), (1.0, 2.0), (2.5, 1.5)])


def test_what_takes_too_long_or_is_no_number_needs_python(monkeypatch):
    form = judging.Form(("x",), lambda values: values[0])
    assert judging.tabulated(Exercise(right=object()), form, object()) is None
    monkeypatch.setattr(judging, "SECONDS", 0.0)
    assert judging.tabulated(Exercise(right=3.0), form, 3.0) is None


@pytest.mark.parametrize("number, name, code", [
    ("06", "again and again", "x = ...\ncheck('again and again', x)"),
    ("07", "which model", "n = [..., ..., ..., ..., ...]\ncheck('which model', n)")])
def test_an_exercise_of_the_course_is_judged_as_in_its_notebook(number, name, code):
    module = importlib.import_module(f"course_utils.notebook_{number}.exercises")
    exercise = with_texts(number, module.EXERCISES).get(name)
    if exercise is None:
        pytest.skip(f"notebook {number} has no exercise {name!r} any more")
    form = judging.form_of(code, {})
    right = exercise.right if isinstance(exercise.right, list) else 53.0
    data = judging.tabulated(exercise, form, right)
    values = [right] if isinstance(right, float) else [right, ["02"] * 5, ["00"] * 5]
    agree(exercise, form, data, [each if isinstance(each, list) else (each,) for each in values])
    run = RunThrough([], {name: right}, {name: {}})
    html = asking.bake_exercise(f"{number}: {name}", exercise, code, run)
    assert html.count("<label") == len(form.labels) and 'class="baked judge"' in html
