"""A real JupyterLab in headless Chromium: a notebook opens, runs, and every slider of every
panel moves its picture.

One notebook by default; with --all-notebooks all of them. The negative control is a slider
whose picture must stand still: a test that sees it move would see anything move. A screenshot
of a failure is kept in browser_failures/.
"""
from pathlib import Path

import nbformat
import pytest

from tools import browser

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
BY_DEFAULT = "02_neural_biophysics"
FAILURES = ROOT / "browser_failures"
TRACK = 220  # pixels: the least width of a slider's track
DEAD = """
from course_utils import FitzHughNagumo, Panel

def view(fig):
    ax = fig.subplots()
    line, = ax.plot([0, 1], [0, 0], animated=True)
    ax.set(xlim=(0, 1), ylim=(-1, 1))

    def update(model):
        line.set_ydata([model.a, 0])
        return f"b is {model.b:.2f}, and nothing shows it"
    return update

Panel(FitzHughNagumo(), view, "a", "b")
"""

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(browser.find_chromium() is None,
                       reason="there is no Chromium on this machine")
]


@pytest.fixture
def page():
    with browser.chromium() as page:
        yield page


@pytest.fixture
def opened(page, tmp_path, request):
    """A function path -> the notebook, opened in JupyterLab and run."""
    with browser.jupyterlab(tmp_path) as address:

        def open_and_run(path):
            browser.cleared_copy(path, tmp_path)
            notebook = browser.Notebook(page, address, path.name)
            notebook.run_all()
            return notebook

        yield open_and_run


def pytest_generate_tests(metafunc):
    if "path" in metafunc.fixturenames:
        every = metafunc.config.getoption("--all-notebooks")
        chosen = [path for path in NOTEBOOKS if every or path.stem == BY_DEFAULT]
        metafunc.parametrize("path", chosen, ids=lambda path: path.stem)


def answers(notebook, panel, slider, key):
    """Whether the panel's picture changes when the key is pressed on the slider."""
    before = notebook.still_picture(panel)
    notebook.key(slider, key)
    notebook.page.wait_for_timeout(600)
    return notebook.still_picture(panel) != before


@pytest.fixture
def small(opened, tmp_path):
    """A function codes -> a small notebook of these cells, opened in JupyterLab and run."""
    def made_of(*codes):
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes])
        made.metadata["kernelspec"] = {
            "display_name": "Python 3", "language": "python", "name": "python3"
        }
        path = tmp_path / "control.ipynb"
        nbformat.write(made, path)
        return opened(path)

    return made_of


def test_a_dead_slider_leaves_its_picture_alone(small):
    notebook = small(DEAD)
    panel, = notebook.panels
    alive, dead = panel.locator(".widget-hslider").all()
    assert answers(notebook, panel, alive,
                   "ArrowRight") and not answers(notebook, panel, dead, "ArrowRight")


DOLLARS = """
from course_utils import FitzHughNagumo, Panel, button

def view(fig):
    line, = fig.subplots().plot([0, 1], [0, 0], animated=True)

    def update(model):
        if model.a != 0.7:
            raise ValueError("it costs $5 or $6")
        return "as it was"
    return update

def asked():
    raise ValueError("that costs $7 or $8")

display(Panel(FitzHughNagumo(), view, "a"), button("Ask", asked))
"""


def test_dollars_in_an_error_are_no_formula(small):
    notebook = small(DOLLARS)
    notebook.key(notebook.page.locator(".widget-hslider").first, "ArrowRight")
    notebook.page.click('button:has-text("Ask")')
    notebook.page.wait_for_timeout(5000)  # in which formulas are set
    words = notebook.page.locator(".course-readout").first.inner_text().split()
    assert "".join(words) == "Notdrawn:itcosts$5or$6"
    assert notebook.page.locator("mjx-container").count() == 1  # the slider's symbol


@pytest.fixture
def learners_own(monkeypatch):
    """An environment in which choices are kept, as a learner's is."""
    monkeypatch.delenv("COURSE_SCORES", raising=False)


ASKED = """
from course_utils.questions.predict import Prediction, Question

Question("02: which", Prediction("Which?", ("this", "that"), 0, "because"))
"""


def test_a_restarted_kernel_is_told_and_a_committed_choice_is_still_there(
        learners_own, small, tmp_path):
    notebook = small(DEAD, ASKED)
    page = notebook.page
    gone = page.locator(".course-gone")
    assert gone.count() == 0
    page.locator('input[type="radio"]').first.check()
    page.locator('button:has-text("certain")').click()
    page.locator('button:has-text("Commit")').click()
    page.wait_for_timeout(1000)
    assert (tmp_path / "scores.json").exists()
    page.click('.lm-MenuBar-itemLabel:text-is("Kernel")')
    page.click('.lm-Menu-itemLabel:text-is("Restart Kernel…")')
    gone.first.wait_for(timeout=20_000)
    assert gone.all_inner_texts() == 2 * ["The kernel was restarted: run this cell again."]
    page.wait_for_timeout(1000)
    page.click('.lm-MenuBar-itemLabel:text-is("Run")')
    page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
    page.wait_for_function("() => !document.querySelector('.course-gone')", timeout=60_000)
    page.locator('button:has-text("Commit")').wait_for()
    assert page.locator('button:has-text("Commit")').is_disabled()


def test_every_slider_moves_its_picture(opened, page, path):
    notebook = opened(path)
    try:
        assert notebook.tracebacks() == []
        assert notebook.panels
        for k, panel in enumerate(notebook.panels):
            tracks = [track.bounding_box()["width"] for track in panel.locator(".noUi-base").all()]
            assert min(tracks, default=TRACK) >= TRACK, f"panel {k}: tracks of {tracks} pixels"
            image = panel.locator("img.course-picture").first
            for slider in panel.locator(".widget-hslider").all():
                name = slider.inner_text().splitlines()[0]
                assert answers(notebook, panel, slider, "End") or answers(
                    notebook, panel, slider, "Home"), f"panel {k}, {name}"
                assert image.get_attribute("alt") and not image.get_attribute("alt").startswith(
                    "Not drawn"), f"panel {k}, {name}"
        first = notebook.panels[0]
        first.locator('button:has-text("Reset")').first.click()
        before = notebook.still_picture(first)
        notebook.drag(first.locator(".widget-hslider").first)
        assert notebook.still_picture(first) != before, "a drag changes nothing"
    except BaseException:
        FAILURES.mkdir(exist_ok=True)
        page.screenshot(path=FAILURES / f"{path.stem}.png")
        raise
