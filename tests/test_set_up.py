"""The button, and the check of a new computer behind it."""
import io

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from course_utils.buttons import button
from course_utils.notebook_00 import set_up
from course_utils.notebook_00.set_up import set_up_check
from course_utils.tables import Table


@pytest.fixture
def quick(monkeypatch):
    """A benchmark that takes no second."""
    speed = set_up._speed
    monkeypatch.setattr(set_up, "_speed", lambda: speed(0.01))


def test_nothing_runs_before_the_button_is_pressed():
    ran = []
    asked = button("Do it", lambda: ran.append(1))
    assert not ran and asked.answer.value == "" and asked.press.description == "Do it"
    asked.press.click()
    assert ran == [1] and not asked.press.disabled


@pytest.mark.parametrize("result, shown", [("2 < 3", "2 &lt; 3"),
                                           (Table("T", ("a",), [(1,)]), "<table>"),
                                           (3.5, "3.5")])
def test_the_answer_is_shown_below(result, shown):
    asked = button("Do it", lambda: result)
    asked.run()
    assert shown in asked.answer.value


def test_a_widget_is_shown_below_and_gone_at_the_next_answer():
    results = [widgets.Label("a widget"), "a text"]
    asked = button("Do it", lambda: results.pop(0))
    asked.run()
    assert asked.children[-1].value == "a widget"
    asked.run()
    assert len(asked.children) == 2 and "a text" in asked.answer.value


def test_an_error_is_told_and_the_button_lives_on():
    asked = button("Do it", lambda: 1 / 0)
    asked.run()
    assert "That did not work: division by zero" in asked.answer.value and not asked.press.disabled


def test_the_check_lists_versions_and_speed_and_its_slider_moves_its_bar(quick):
    check = set_up_check()
    tables, heard, (slider,
                    bar) = check.children[0], check.children[1], check.children[2].children
    for name in ("python", "numpy", "anywidget"):
        assert f">{name}</td>" in tables.value
    assert "✗" not in tables.value.split("</table>")[0] and "Hodgkin-Huxley" in tables.value
    before = bar.value
    slider.value = 75
    assert bar.value != before and "75" in bar.alt and "✓ Python received 75" in heard.value
    pixels = np.asarray(Image.open(io.BytesIO(bar.value)))
    assert (pixels[:, :, 2] == 178).mean() == pytest.approx(0.75)


@pytest.mark.parametrize("have, least, good", [("2.1.0rc1", "2.0", True),
                                               ("1.26.4", "2.0", False), ("", "8.1", False),
                                               ("0.9.13", "0.9.13", True),
                                               ("0.9.9", "0.9.13", False),
                                               ("3.12.1", "3.9", True)])
def test_a_version_is_judged_by_its_numbers_and_a_bad_one_says_what_to_do(have, least, good):
    said = set_up._verdict("numpy", have, least)
    assert said == "✓" if good else "pip install -U numpy" in said


def test_a_slow_computer_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(set_up, "COMFORTABLE", 1e9)
    assert set_up._speed(0.01).startswith("✗") and "close other programs" in set_up._speed(0.01)
    monkeypatch.setattr(set_up, "COMFORTABLE", 0)
    assert set_up._speed(0.01).startswith("✓")
