"""Seen in poor light, in grey, or not at all: contrast by the WCAG's formula, colours told
apart, pictures in words.
"""
import itertools
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb

from course_utils import FitzHughNagumo, Panel, plots
from course_utils.questions.check import Verdict
from tools import build_site
from tools.normalise import read

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
# least contrast of words and lines; least step of lightness
WORDS, LINES, APART = 4.5, 3.0, 7.0
# colours that lines on white may have with less contrast, and why
FAINT = {
    "stimulus": "Okabe and Ito's orange; a stimulus stands in Axes of its own or has a label",
    "sky": "fills areas and draws what is past beside the same in blue",
    "ghost": "is there to stand back: what was, behind what is",
}
TOGETHER = (  # quantities that share Axes
    ("V", "stimulus", "theory", "ghost"), ("m", "h", "n"), ("I_Na", "I_K", "I_L"),
    ("v", "w", "theory", "ghost"))


def luminance(color):
    """The relative luminance of a colour as WCAG 2.2 defines it."""
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055)**2.4 for x in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(color, ground="white"):
    """The contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted(luminance(each) + 0.05 for each in (color, ground))
    return light / dark


def lightness(color):
    """CIE's L*, 0 black to 100 white: what is left of a colour in grey."""
    y = luminance(color)
    return 116 * y**(1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


@pytest.mark.parametrize("color, published", [("black", 21), ("#777777", 4.48),
                                              ("#767676", 4.54), ("#FF0000", 4), ("white", 1)])
def test_our_formula_gives_the_contrasts_that_are_known(color, published):
    assert contrast(color) == pytest.approx(published, abs=0.005)
    assert plots.contrast(color) == pytest.approx(contrast(color))


@pytest.mark.parametrize("state", Verdict.MARKS)
def test_a_verdict_can_be_read_and_does_not_speak_by_colour_alone(state):
    html = Verdict(state, "why")._repr_html_()
    for color in re.findall(r"#[0-9A-Fa-f]{6}", html):
        assert contrast(color) >= WORDS, color
    assert Verdict.MARKS[state] in html


CSS = (ROOT / "tools" / "site_template" / "site.css").read_text(encoding="utf-8")
SCHEMES = dict(zip(("light", "dark"), (
    dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S))))
ON = {  # words and edges of the static pages: the grounds on which they stand
    "ink": ("paper", "ground", "box"), "quiet": ("paper", "ground"),
    "link": ("paper", "ground", "box"), "moved": ("paper",), "right": ("paper",),
    "keyword": ("ground",), "string": ("ground",), "comment": ("ground",), "number": ("ground",),
    "onstrong": ("strong",),
}
EDGES = {"edge": "paper", "strong": "paper", "boxline": "box"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_and_edges_of_the_static_pages_stand_out(scheme):
    colors = SCHEMES[scheme]
    assert set(colors) == {*ON, *EDGES, "paper", "ground", "box", "line"}
    for name, grounds in ON.items():
        for ground in grounds:
            assert contrast(colors[name], colors[ground]) >= WORDS, f"{name} on {ground}"
    for name, ground in EDGES.items():
        assert contrast(colors[name], colors[ground]) >= LINES, f"{name} on {ground}"


def test_the_pages_take_their_colours_from_the_schemes():
    """A colour that stands elsewhere would be the same in the light and in the dark; white behind
    a picture is meant.
    """
    rules = re.sub(r"/\*.*?\*/|:root \{.*?\}", "", CSS, flags=re.S)
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", rules)) <= {"#ffffff"}


def test_frames_ticks_and_labels_of_figures_stand_out():
    for name, least in (("axes.edgecolor", LINES), ("xtick.color", WORDS),
                        ("ytick.color", WORDS), ("axes.labelcolor", WORDS), ("text.color",
                                                                             WORDS)):
        assert contrast(plt.rcParams[name]) >= least, name


@pytest.mark.parametrize("name", plots.COLOR)
def test_lines_stand_out_from_white_or_it_is_said_why_not(name):
    assert (contrast(plots.COLOR[name]) >= LINES) != (name in FAINT)


@pytest.mark.parametrize("name", plots.COLOR)
def test_words_in_a_palette_colour_are_darkened_until_they_can_be_read(name):
    fig, ax = plt.subplots()
    words = [
        ax.text(0, 0, "words", color=plots.COLOR[name]),
        ax.set_ylabel("words", color=plots.COLOR[name])
    ]
    plots.darken_words(fig)
    plt.close(fig)
    for each in words:
        now, was = to_rgb(each.get_color()), to_rgb(plots.COLOR[name])
        assert contrast(now) >= WORDS
        assert now == was if contrast(was) >= WORDS else max(
            b * was[0] - a * now[0] for a, b in zip(was, now)) < 1


def test_figures_and_panels_darken_their_words(monkeypatch):
    monkeypatch.setattr(plots, "display", lambda *data, **options: None)
    fig, ax = plt.subplots()
    shown = ax.text(0, 0, "words", color=plots.COLOR["stimulus"])
    on_dark = ax.text(0, 0, "words", color="white")
    plots.show(fig, "words")

    def view(fig):
        view.words = fig.subplots().text(0, 0, "words", color=plots.COLOR["stimulus"],
                                         animated=True)
        return lambda model: "words"

    Panel(FitzHughNagumo(), view, "a")
    assert contrast(shown.get_color()) >= WORDS and contrast(view.words.get_color()) >= WORDS
    assert on_dark.get_color() == "white"


@pytest.mark.parametrize("names", TOGETHER, ids=" ".join)
def test_quantities_that_share_axes_differ_in_grey_or_by_line_style(names):
    for a, b in itertools.combinations(names, 2):
        apart = abs(lightness(plots.COLOR[a]) - lightness(plots.COLOR[b]))
        assert apart >= APART or plots.LINES.get(a, "-") != plots.LINES.get(
            b, "-"), f"{a} and {b}: {apart:.1f}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_picture_of_a_page_is_told_in_words(path, tmp_path, monkeypatch):
    """The panels' pictures are not on this page: tests/test_panels.py and tests/test_baking.py
    have their alt texts.
    """
    monkeypatch.setattr(build_site, "SITE", tmp_path)
    html = build_site.page_text(read(path), build_site.pages(), "")
    pictures = re.findall(r"<img\b[^>]*>", html)
    assert pictures
    for picture in pictures:
        alt = re.search(r'\balt="([^"]*)"', picture)
        assert alt and len(alt[1]) > 20 and "No description" not in alt[1], re.sub(
            r'src="[^"]*"', "", picture)
    assert re.search(r'<html lang="en"', html)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_headings_form_a_tree(path):
    """A reader who hears the page jumps from heading to heading: one first level, and no level
    left out below.
    """
    prose = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    prose = re.sub(r"^```.*?^```", "", prose, flags=re.M | re.S)  # a comment in code is no heading
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.M)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:]))
