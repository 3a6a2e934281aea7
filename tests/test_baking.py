"""Panels and questions as HTML without a kernel: positions, frames, and names that hold
whatever a text may hold.
"""
import importlib
import io
import itertools
import json
import re
import shutil
from dataclasses import fields
from pathlib import Path
from typing import ClassVar

import ipywidgets as widgets
import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from course_utils import Panel
from course_utils.model import Record, parameter
from course_utils.notebook_00 import exercises as introduction
from course_utils.notebook_07 import exercises as conclusion
from course_utils.panel import with_clock
from course_utils.questions.predict import CONFIDENCE
from course_utils.questions.texts import predictions
from tools import asking, baking, build_site, panels
from tools.build_notebooks import parse
from tools.normalise import normalise

AWKWARD = ("+ then −", 'a "b" & <c>', "</script><!--", "$x<1$ 'or' µ")


class Awkward(Record):
    """A record whose words hold all that HTML and JSON treat specially."""

    order: str = parameter(AWKWARD[0], "1", r"\mathrm{order}", choices=AWKWARD,
                           doc='which "kick" <first> & why')
    size: float = parameter(0.3, "µA/cm²", r"\bar g_{<}", 0, 1, "size > 0 & 'small'")
    count: int = parameter(3, "1", "N", 0, 9, "how many", scale="integer")


@pytest.fixture(scope="module")
def baked(tmp_path_factory):
    """(soup of a panel's HTML, its folder, the panel)"""
    def view(fig):
        ax = fig.subplots()
        line, = ax.plot([0, 1], [0, 1], animated=True)
        ax.set(xlim=(0, 1), ylim=(0, 10))

        def update(record):
            line.set_ydata([record.count, 5 * record.size + AWKWARD.index(record.order)])
            return f"{record.order}: {record.size:.2f} < 2 & {record.count}"

        return update

    panel = Panel(Awkward(), view, "order", "size", "count")
    folder = tmp_path_factory.mktemp("site") / "page_frames_1"
    return BeautifulSoup(baking.bake_panel(panel, folder), "html.parser"), folder, panel


def data_of(folder):
    """What the script of a panel's frames says."""
    text = (folder / "frames.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"\(window\.coursePanels \?\?= \{\}\)\[(.+?)\] = (.*);\n", text, re.S)
    assert json.loads(found[1]) == folder.name
    return json.loads(found[2])


def frame_at(data, place):
    """The number of the frame at a place, as the page finds it; None where there is none."""
    away = [c for c, k in enumerate(place) if k != data["controls"][c]["home"]]
    for group in data["groups"]:
        if set(away) <= set(group["controls"]):
            at = 0
            for c in group["controls"]:
                at = at * len(data["controls"][c]["shown"]) + place[c]
            return group["frames"][at]
    return None


def test_any_text_survives_in_controls_choices_and_sentences(baked):
    soup, folder, panel = baked
    data = data_of(folder)
    assert len(soup.find_all(attrs={"data-control": True})) == len(panel.sliders) == 3
    assert [option.text for option in soup.find_all("option")] == list(AWKWARD)
    home = [control["home"] for control in data["controls"]]
    assert [data["sentences"][frame_at(data, [k, *home[1:]])] for k in range(len(AWKWARD))] == [
        f"{order}: 0.30 < 2 & 3" for order in AWKWARD
    ]
    assert soup.find("img")["alt"] == soup.find(
        class_="readout").text == "+ then −: 0.30 < 2 & 3"
    assert soup.find("select")["aria-label"] == 'which "kick" <first> & why'
    assert not soup.find("script") and not soup.find("c")


def test_every_frame_exists_once_small_and_is_a_picture(baked):
    _, folder, _ = baked
    named = set(data_of(folder)["files"])
    assert named == {path.name for path in folder.glob("*.webp")}
    for path in folder.glob("*.webp"):
        with Image.open(path) as picture:
            assert path.stat().st_size <= baking.LARGEST and picture.size == (860, 360)


def test_two_controls_move_together_and_the_third_from_the_start(baked):
    _, folder, _ = baked
    data = data_of(folder)
    home = [control["home"] for control in data["controls"]]
    sizes = [len(control["shown"]) for control in data["controls"]]
    for order, size in np.ndindex(*sizes[:2]):
        said = data["sentences"][frame_at(data, [order, size, home[2]])]
        assert said == f"{AWKWARD[order]}: {float(data['controls'][1]['shown'][size]):.2f} < 2 & 3"
    assert frame_at(data, [home[0], home[1], 0]) is not None
    assert frame_at(data, [1, home[1], 0]) is None


def test_every_control_starts_at_home_and_the_panel_is_left_there(baked):
    soup, folder, panel = baked
    data = data_of(folder)
    home = [control["home"] for control in data["controls"]]
    start = f"{folder.name}/{data['files'][frame_at(data, home)]}"
    assert soup.find("img")["src"] == start and panel.record == Awkward()
    assert [control["value"] for control in soup.find_all("input")] == list(map(str, home[1:]))
    assert soup.find("input")["aria-valuetext"] == soup.find("output").text == "0.3"


class Pressed(Record):
    """A record with buttons that do what its slider does, and one that does more."""

    BUTTONS: ClassVar = {"up": "one more", "flip": "turn the sign", "none": "do nothing"}
    count: int = parameter(3, "1", "N", 0, 5, "how many", scale="integer")
    sign: int = 1

    def touched(self, touch):
        if touch.kind == "up":
            return self.but(count=min(self.count + 1, 5))
        if touch.kind == "flip":
            return self.but(sign=-self.sign)
        return self if touch.axes is None else self.but(count=int(np.clip(round(touch.x), 0, 5)))


@pytest.fixture(scope="module")
def pressed(tmp_path_factory):
    """The data of a panel with buttons and a pointer."""
    def view(fig):
        ax = fig.subplots()
        line, = ax.plot([0, 1], [0, 1], animated=True)
        ax.set(xlim=(0, 5), ylim=(-6, 6))

        def update(record):
            line.set_ydata([0, record.sign * record.count])
            return f"{record.sign * record.count}"

        return update

    folder = tmp_path_factory.mktemp("site") / "page_frames_2"
    soup = BeautifulSoup(baking.bake_panel(Panel(Pressed(), view, "count"), folder), "html.parser")
    return soup, data_of(folder)


def test_buttons_are_steps_between_frames_or_lead_to_frames_of_their_own(pressed):
    soup, data = pressed
    up, flip, none = data["buttons"]
    assert [button.text for button in soup.find_all(attrs={"data-press": True})] == [
        "up", "flip", "none"]
    assert up == {str(k): [k + 1] for k in range(5)} and none == {}
    node = data["nodes"][flip["3"]]
    assert data["sentences"][node["frame"]] == "-3" and node["to"]["flip"] == [3]
    assert data["sentences"][data["nodes"][node["to"]["up"]]["frame"]] == "-4"


def test_a_row_of_presses_that_a_task_needs_has_its_frames(tmp_path, monkeypatch):
    def view(fig):
        line, = fig.subplots().plot([0, 1], [0, 1], animated=True)

        def update(record):
            line.set_ydata([0, record.sign * record.count])
            return f"{record.sign * record.count}"

        return update

    monkeypatch.setattr(baking, "NODES", 4)
    monkeypatch.setattr(baking, "paths", lambda panel: [("flip", "up", "up")])
    baking.bake_panel(Panel(Pressed(), view, "count"), tmp_path / "page_frames_3")
    data = data_of(tmp_path / "page_frames_3")
    node = data["nodes"][data["buttons"][1]["3"]]
    for said in "-4", "-5":
        node = data["nodes"][node["to"]["up"]]
        assert data["sentences"][node["frame"]] == said


def test_the_clock_of_a_panel_is_a_button_of_its_control():
    def view(fig):
        line, = fig.subplots().plot([0, 1], [0, 1], animated=True)
        return lambda record: line.set_ydata([0, record.count]) or "a line"

    panel = Panel(Pressed(), view, "count")
    assert baking.clock_of(panel) is None
    assert baking.clock_of(with_clock(panel, "count", step=1, interval=100)) == 0


def test_the_pointer_works_where_it_does_what_a_control_does(pressed):
    soup, data = pressed
    assert soup.find(attrs={"data-hand": True}) is not None
    pointer = data["pointer"]
    row = pointer["moves"]["0"][(pointer["down"] // 2) * pointer["across"]:][:pointer["across"]]
    inside = [k for k in row if k >= 0]
    assert inside == sorted(inside) and {inside[0], inside[-1]} == {0, 5}


@pytest.mark.parametrize("slider, expected",
                         [(widgets.FloatSlider(0.5, min=0, max=1, step=0.01), 21),
                          (widgets.IntSlider(3, min=0, max=9), 10),
                          (widgets.FloatLogSlider(10, min=0, max=3, step=0.1), 21),
                          (widgets.FloatSlider(0.3, min=0.3, max=34.3, step=0.2), 21)])
def test_positions_ascend_from_end_to_end_and_lie_on_the_slider(slider, expected):
    base = getattr(slider, "base", None)
    slider.ends = (base**slider.min, base**slider.max) if base else (slider.min, slider.max)
    found = baking.positions(slider)
    assert found == sorted(
        set(found)) and (found[0], found[-1]) == slider.ends and slider.value in found
    assert expected <= len(found) <= expected + 1
    if isinstance(slider, widgets.FloatSlider):
        steps = (np.array(found) - slider.min) / slider.step
        assert steps == pytest.approx(steps.round(), abs=1e-6)


@pytest.mark.parametrize("name", panels.JOINT)
def test_what_moves_together_exists_and_is_no_larger_than_allowed(name):
    groups, values = panels.JOINT[name]
    assert all(2 <= len(group) <= 3 for group in groups)
    folder, record = name.split()
    package = importlib.import_module(f"course_utils.notebook_{folder}")
    module = next(file.stem for file in Path(package.__file__).parent.glob("*.py")
                  if f"class {record}(" in file.read_text(encoding="utf-8"))
    made = getattr(importlib.import_module(f"{package.__name__}.{module}"), record)
    for parameter_name in {*itertools.chain(*groups), *values}:
        first, *_ = parameter_name.split(".")
        assert first in {field.name for field in fields(made)}, parameter_name


def test_all_frames_of_a_panel_share_one_palette_that_holds_the_colours(tmp_path):
    frames = []
    for k in range(6):
        pixels = np.full((200, 300, 3), 255, np.uint8)
        pixels[20:40, :50 * k + 20] = (0xD5, 0x5E, 0x00)  # vermillion
        pixels[100:110] = (40 * k, 90, 30)  # a colour that each frame has for itself
        frames.append(as_png(pixels))
    for name in baking.with_one_palette(frames, tmp_path):
        with Image.open(tmp_path / name) as picture:
            picture = picture.convert("RGB")
            assert picture.getpixel((5, 30)) == (0xD5, 0x5E, 0x00)
            assert picture.getpixel((5, 190)) == (255, 255, 255)


def test_a_thicket_is_stored_with_losses_and_noise_is_refused(tmp_path):
    rng = np.random.default_rng(0)
    dots = np.full((360, 860, 3), 255, np.uint8)
    dots[rng.random((360, 860)) < 0.08] = (0, 114, 178)
    name, = baking.with_one_palette([as_png(dots)], tmp_path)
    assert (tmp_path / name).stat().st_size <= baking.LARGEST
    with pytest.raises(ValueError, match="draw fewer points"):
        baking.with_one_palette([as_png(rng.integers(0, 255, (600, 800, 3), np.uint8))],
                                tmp_path)


def as_png(pixels):
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "png")
    return png.getvalue()


def told_by(html):
    """The data of the one script of a form."""
    return json.loads(BeautifulSoup(html, "html.parser").find("script").string)


def test_a_question_is_told_after_the_commit_and_one_asked_twice_is_not():
    name, asked = next(iter(predictions("00").items()))
    html = asking.bake_question(introduction.predict(name))
    soup = BeautifulSoup(html, "html.parser")
    choices, sure = soup.find_all("fieldset")
    assert len(choices.find_all("input", type="radio")) == len(asked.choices)
    assert [each["value"] for each in sure.find_all("input")] == list(CONFIDENCE)
    assert soup.find("button").has_attr("disabled") and not soup.find(class_="verdict").text
    data = told_by(html)
    assert data["right"] == asked.right and "As you said." in data["told"][1]
    assert "It is: " in data["told"][0]
    for question in introduction.predict("pre-test").children:
        told = told_by(asking.bake_question(question))["told"]
        assert len(told) == 1 and told[0].startswith("Kept.")


def test_links_in_answers_lead_to_pages():
    html = "".join(map(asking.bake_question, conclusion.predict("twenty statements").children))
    assert '.html\\"' in html and ".ipynb" not in html


FOLDED_PAGE = '''# %% [markdown]
# # 99 · A page
# **The question.** How far?

# %%
import matplotlib.pyplot as plt

# %% [markdown]
# ## 1 · Seen at once

# %% tags=["folded"]
# Figure: what stands above the question
print("above")

# %%
print("open"), predict("x")

# %% tags=["folded"]
# Figure: what stands below the question
print("below")
'''


def test_what_answers_a_prediction_waits_for_a_click(monkeypatch, tmp_path):
    source = tmp_path / "99_page.py"
    source.write_text(FOLDED_PAGE, encoding="utf-8")
    notebook = normalise(parse(source))
    monkeypatch.setattr(build_site, "run_through", lambda source: panels.RunThrough([], {}, {}))
    page = build_site.with_baked_widgets(notebook, source, tmp_path / "99_page.html")
    soup = BeautifulSoup(build_site.page_text(page, [], "99_page.html"), "html.parser")
    waiting, = soup.find_all("details", class_="course-waits")
    assert waiting.summary.text.startswith("Figure: what stands below the question (commit")
    assert "below" in waiting.text and "above" not in waiting.text and not waiting.has_attr("open")
    assert [each.summary.text for each in soup.find_all("details", class_="course-fold")] == [
        "What this notebook imports", "The code of this figure: what stands above the question",
        "The code of this figure: what stands below the question"]


def test_contents_list_the_sections_in_order_and_further_ones_apart():
    html = ('<h2 id="1-·-A">1 · A</h2><h2 id="F">Further · <em>B</em></h2>'
            '<h2 id="F2">Further · C</h2><h2 id="R">References</h2>')
    soup = BeautifulSoup(build_site.contents(html), "html.parser")
    assert [link["href"] for link in soup.find_all("a")] == ["#1-·-A", "#F", "#F2", "#R"]
    assert [link.text for link in soup.find_all("a")] == ["1 · A", "B", "C", "References"]
    assert [len(group.find_all("li")) for group in soup.find_all("ol")] == [1, 2, 1]


def test_every_page_has_its_question_and_its_place_on_the_map(tmp_path, monkeypatch):
    monkeypatch.setattr(build_site, "SITE", tmp_path)
    (tmp_path / "assets").mkdir()
    pages = build_site.pages()
    assert all(page["question"].endswith((".", "?")) and "**" not in page["question"]
               for page in pages)
    links = build_site.draw_map(pages)
    assert [link["file"] for link in links] == [page["file"] for page in pages]
    first = (tmp_path / "assets" / "map.svg").read_bytes()
    build_site.draw_map(pages)
    assert (tmp_path / "assets"
            / "map.svg").read_bytes() == first, "the map changes from build to build"
    for link in links:
        left, top, width, height = (float(link[side])
                                    for side in ("left", "top", "width", "height"))
        assert 0 <= left < left + width <= 100 and 0 <= top < top + height <= 100 and min(
            width, height) > 5


@pytest.mark.parametrize("kind", ["execute_result", "display_data"])
@pytest.mark.parametrize("data, shown", [
    ({"text/html": "<table><tr><td>cell</td></tr></table>", "text/plain": "no"}, "<td>cell</td>"),
    ({"text/plain": "0.5 mV"}, '<pre class="printed">0.5 mV</pre>')])
def test_what_a_cell_returned_is_shown(kind, data, shown):
    cell = nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output(kind, data)])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert shown in build_site.page_text(notebook, [], "99_page.html")


def test_a_head_of_a_table_that_is_a_formula_has_its_letters_as_its_name():
    cell = nbformat.v4.new_markdown_cell("| $x$ and | $V^2$ |\n|---|---|\n| 1 | 2 |")
    text = build_site.page_text(nbformat.v4.new_notebook(cells=[cell]), [], "99_page.html")
    assert '<math aria-label="V2" display="inline">' in text


@pytest.mark.parametrize("missing", [[], ["Python", "numpy"]])
def test_a_page_leads_to_the_lab_in_the_browser_and_says_what_that_lacks(missing, tmp_path,
                                                                       monkeypatch):
    shutil.copy(build_site.ROOT / "CONTRIBUTING.md", tmp_path)
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    empty = nbformat.v4.new_notebook()
    assert "Run this notebook" not in build_site.page_text(empty, [], "99_page.html")
    (tmp_path / "dist" / "lite").mkdir(parents=True)
    (tmp_path / "dist" / "lite" / "carried.json").write_text(
        json.dumps({"carried": [], "from Pyodide's server": missing}), encoding="utf-8")
    text = build_site.page_text(empty, [], "99_page.html")
    assert 'href="lite/lab/index.html?path=99_page.ipynb"' in text
    assert ("Python, numpy are not part of this site" in text) == bool(missing)


def test_a_page_leads_to_binder_once_the_address_is_filled_in(tmp_path, monkeypatch):
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    for address, found in ("ORG/REPO", False), ("a-lab/course", True):
        (tmp_path / "CONTRIBUTING.md").write_text(
            f"at <https://github.com/{address}/issues>.", encoding="utf-8")
        text = build_site.page_text(nbformat.v4.new_notebook(), [], "99_page.html")
        assert ("mybinder.org/v2/gh/a-lab/course/HEAD" in text) == found
