"""Panels and questions as HTML without a kernel: positions, frames, and names that hold
whatever a text may hold.
"""
import io
import json

import ipywidgets as widgets
import numpy as np
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from course_utils import Panel
from course_utils.model import Record, parameter
from course_utils.notebook_00 import exercises as introduction
from course_utils.notebook_07 import exercises as conclusion
from course_utils.questions.texts import predictions
from tools import baking, build_site
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


def swept(baked):
    return json.loads(baked[0].find("script").string)


def test_any_text_survives_in_sliders_choices_and_sentences(baked):
    soup, _, panel = baked
    data = swept(baked)
    assert [control["data-slider"] for control in soup.find_all(attrs={"data-slider": True})
            ] == list(data) == list(panel.sliders)
    assert [option.text for option in soup.find_all("option")] == list(AWKWARD)
    assert [frame["sentence"] for frame in data["order"]["frames"]] == [
        f"{order}: 0.30 < 2 & 3" for order in AWKWARD
    ]
    assert soup.find("img")["alt"] == soup.find(
        class_="readout").text == "+ then −: 0.30 < 2 & 3"
    assert soup.find("select")["aria-label"] == 'which "kick" <first> & why'
    assert len(soup.find_all("script")) == 1 and not soup.find("c")


def test_every_frame_exists_once_small_and_is_a_picture(baked):
    _, folder, _ = baked
    named = {frame["file"] for slider in swept(baked).values() for frame in slider["frames"]}
    assert named == {f"{folder.name}/{path.name}" for path in folder.iterdir()}
    for path in folder.iterdir():
        with Image.open(path) as picture:
            assert path.stat().st_size <= baking.LARGEST and picture.size == (860, 360)


def test_every_slider_starts_at_home_and_the_panel_is_left_there(baked):
    soup, _, panel = baked
    data = swept(baked)
    homes = {slider["frames"][slider["home"]]["file"] for slider in data.values()}
    assert homes == {soup.find("img")["src"]} and panel.record == Awkward()
    assert [control["value"] for control in soup.find_all("input")] == [
        str(data[name]["home"]) for name in ("size", "count")
    ]
    assert soup.find("input")["aria-valuetext"] == soup.find("output").text == "0.3"


@pytest.mark.parametrize("slider, expected",
                         [(widgets.FloatSlider(0.5, min=0, max=1, step=0.01), 40),
                          (widgets.IntSlider(3, min=0, max=9), 10),
                          (widgets.FloatLogSlider(10, min=0, max=3, step=0.1), 40),
                          (widgets.FloatSlider(0.3, min=0.3, max=34.3, step=0.2), 40)])
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


def test_a_thicket_is_stored_with_losses_and_noise_is_refused(tmp_path):
    rng = np.random.default_rng(0)
    dots = np.full((360, 860, 3), 255, np.uint8)
    dots[rng.random((360, 860)) < 0.08] = (0, 114, 178)
    assert (tmp_path
            / baking.frame_file(as_png(dots), tmp_path)).stat().st_size <= baking.LARGEST
    with pytest.raises(ValueError, match="draw fewer points"):
        baking.frame_file(as_png(rng.integers(0, 255, (1200, 1600, 3), np.uint8)), tmp_path)


def as_png(pixels):
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "png")
    return png.getvalue()


def test_a_question_shows_its_answer_folded_and_one_asked_twice_does_not():
    name, asked = next(iter(predictions("00").items()))
    soup = BeautifulSoup(baking.bake_question(introduction.predict(name)), "html.parser")
    assert len(soup.find_all("input", type="radio")) == len(asked.choices)
    assert asked.because[:20] in soup.find("details").text
    for question in introduction.predict("pre-test").children:
        assert "<details>" not in baking.bake_question(question)


def test_links_in_answers_lead_to_pages():
    html = "".join(map(baking.bake_question, conclusion.predict("twenty statements").children))
    assert '.html"' in html and ".ipynb" not in html


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
    monkeypatch.setattr(build_site, "widgets_of", lambda source: [])
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
