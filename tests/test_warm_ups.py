"""Warm-ups: each is judged rightly for whatever numbers are drawn, and what comes back where."""
import importlib
import itertools
import re

import ipywidgets as widgets
import numpy as np
import pytest
from bs4 import BeautifulSoup

from course_utils.questions.recall import TOLERANCE, WarmUp, filled
from course_utils.questions.texts import texts
from tools.asking import bake_warm_up
from tools.panels import SOURCES

NOTEBOOKS = [f"{k:02d}" for k in range(1, 8)]
RECALL = {notebook: importlib.import_module(f"course_utils.notebook_{notebook}.exercises").recall
          for notebook in NOTEBOOKS}
RECALLED = {notebook: [each for each in recall(0, count=None).children if hasattr(each, "asked")]
            for notebook, recall in RECALL.items()}
WARM_UPS = [pytest.param(notebook, each.words, id=f"{notebook}: {each.words['question'][:30]}")
            for notebook, every in RECALLED.items() for each in every]
WORDS = {"question": "What is {x} + 1?", "why": "It is {right}.", "of": "00.1",
         "draw": {"x": [1, 2, 3, 4, 5, 6]}, "right": lambda x: x + 1,
         "wrong": {"minus": lambda x: x - 1}, "hints": {"minus": "You subtract from {x}."}}


class Chosen:
    """A generator that draws the values with these indices, one after another."""

    def __init__(self, indices):
        self.indices = iter(indices)

    def integers(self, _):
        return next(self.indices)


def every_drawing(words):
    """The warm-up with each combination of its values."""
    sizes = [range(len(values)) for values in words["draw"].values()]
    return [filled(words, Chosen(indices)) for indices in itertools.product(*sizes)]


def answered(warm_up, value):
    """The Verdict on an answer, given as a learner would: as a text, or by a choice."""
    if isinstance(warm_up.answer, widgets.Text):
        warm_up.answer.value = str(value)
    else:
        warm_up.answer.index = value
    return warm_up.judge()


@pytest.mark.parametrize("notebook, words", WARM_UPS)
def test_right_and_wrong_answers_are_told_apart_for_all_numbers(notebook, words):
    assert set(words["wrong"]) == set(words["hints"]) and len(words["why"]) > 20
    rights = set()
    for asked in every_drawing(words):
        assert not re.search(r"[{}]", asked["question"] + asked["why"])
        warm_up = WarmUp(words, np.random.default_rng(0))
        warm_up.asked = asked
        if "choices" in words:
            warm_up.answer.options = asked["choices"]
        rights.add(asked["right"])
        told = answered(warm_up, asked["right"])
        assert told.state == "right" and told.text == asked["why"]
        for key, wrong in asked["wrong"].items():
            if "choices" not in words:
                assert abs(wrong / asked["right"] - 1) > 2 * TOLERANCE, (key, asked["draw"])
            if wrong != asked["right"]:
                told = answered(warm_up, wrong)
                assert told.state == "hint" and told.text == asked["hints"][key]
    assert len(rights) > 1, "the answer is the same whatever is drawn"
    if "choices" in words:
        assert rights <= set(range(len(words["choices"]))) == set(asked["wrong"].values())


@pytest.mark.parametrize("notebook, words", WARM_UPS)
def test_it_returns_to_an_objective_of_an_earlier_notebook(notebook, words):
    earlier, number = words["of"].split(".")
    assert earlier < notebook and 1 <= int(number) <= len(objectives()[earlier])


@pytest.mark.parametrize("notebook, words", WARM_UPS)
def test_nothing_raises_and_a_blank_says_so(notebook, words):
    warm_up = WarmUp(words, np.random.default_rng(3))
    assert warm_up.judge().state == "blank"
    for answer in () if "choices" in words else ("five", "5 ms", "nan", "1e999", "[", " "):
        assert answered(warm_up, answer).state in ("wrong", "blank")
    warm_up.check.click()
    assert "○" in warm_up.verdict.value or "✗" in warm_up.verdict.value


def test_numbers_are_drawn_anew_each_time():
    shown = {filled(WORDS, np.random.default_rng())["question"] for _ in range(60)}
    assert len(shown) > 2
    first, again = (WarmUp(WORDS, np.random.default_rng(5)).asked["draw"] for _ in range(2))
    assert first == again
    warm_up = WarmUp(WORDS, np.random.default_rng(5))
    x = warm_up.asked["draw"]["x"]
    assert answered(warm_up, x + 1).text == f"It is {x + 1}."
    assert answered(warm_up, x - 1).text == f"You subtract from {x}."


def test_a_page_asks_without_showing_the_answer_and_is_the_same_at_each_build():
    html = bake_warm_up(WarmUp(WORDS, np.random.default_rng()))
    assert html == bake_warm_up(WarmUp(WORDS, np.random.default_rng()))
    seen = BeautifulSoup(html, "html.parser").text
    assert "It is" in html and "It is" not in seen and "What is" in seen


def objectives():
    """{notebook: its objectives, as the header card lists them}."""
    found = {}
    for source in sorted(SOURCES.glob("[0-9]*.py")):
        card = re.search(r"\*\*You will be able to\*\*\n+((?:- .+\n|  .+\n)+)",
                         source.read_text(encoding="utf-8"))
        found[source.name[:2]] = re.findall(r"^- (.+)", card[1], re.M)
    return found


def test_each_objective_returns_in_the_next_notebook_and_two_or_three_later():
    back = {(each.words["of"], int(notebook)) for notebook, every in RECALLED.items()
            for each in every}
    for notebook, every in list(objectives().items())[:-1]:
        for number, objective in enumerate(every, 1):
            here = {later - int(notebook) for of, later in back if of == f"{notebook}.{number}"}
            said = f"objective {notebook}.{number} ({objective[:60]}) returns after {sorted(here)}"
            assert 1 in here, said
            assert here & {2, 3} or notebook == "06", said


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_three_are_drawn_and_each_has_its_turn(notebook):
    asked = [[each.words["question"] for each in RECALL[notebook](seed).children
              if hasattr(each, "asked")] for seed in range(80)]
    assert {len(set(each)) for each in asked} == {3}
    assert set(sum(asked, [])) == {each.words["question"] for each in RECALLED[notebook]}


def test_what_returns_has_a_name_of_its_own_and_needs_no_code():
    names = [name for notebook in NOTEBOOKS for name in texts(notebook)["recalls"]]
    assert len(set(names)) == len(names)
    for notebook in NOTEBOOKS:
        for name, words in texts(notebook)["recalls"].items():
            also = words.get("also", [])
            assert set(also) <= set(NOTEBOOKS) - {notebook}, name
            assert not also or "wrong" in words, name
