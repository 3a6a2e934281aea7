"""The static pages in headless Chromium with the network refused: every slider of every page
moves its picture.

The pages are those in site/, where `make site` has built them; otherwise those of one small
notebook made here.
"""
import time
from pathlib import Path

import nbformat
import pytest

from tools import baking, browser, build_site
from tools.build_notebooks import parse

ROOT = Path(__file__).parent.parent
SOURCE = '''# %% [markdown]
# # 99 · A page
# **The question.** Does $x^2$ move?

# %%
import matplotlib.pyplot as plt

from course_utils import FitzHughNagumo, Panel

# %% [markdown]
# ## 1 · A line

# %%
def view(fig):
    ax = fig.subplots()
    line, = ax.plot([0, 1], [0, 0], animated=True)
    ax.set(xlim=(0, 1), ylim=(-1, 2))

    def update(model):
        line.set_ydata([model.a, model.b])
        return f"from {model.a:.2f} to {model.b:.2f}"
    return update

Panel(FitzHughNagumo(), view, "a", "b")
'''

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(browser.find_chromium() is None,
                       reason="there is no Chromium on this machine")
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the pages."""
    if (ROOT / "site" / "index.html").exists():
        return ROOT / "site"
    made = tmp_path_factory.mktemp("course")
    (made / "notebooks" / "source").mkdir(parents=True)
    source = made / "notebooks" / "source" / "99_page.py"
    source.write_text(SOURCE, encoding="utf-8")
    notebook = parse(source)
    nbformat.write(notebook, made / "notebooks" / "99_page.ipynb")
    patch = pytest.MonkeyPatch()
    for name, value in ("ROOT", made), ("SITE", made / "site"), ("SOURCES", source.parent):
        patch.setattr(build_site, name, value)
    build_site.main([])
    patch.undo()
    return made / "site"


@pytest.fixture(scope="module")
def page():
    """A page of a browser that refuses every request that leaves the folder; `page.seen` lists
    what went wrong.
    """
    with browser.chromium() as page:
        page.seen = []
        page.route(
            "**/*", lambda route: route.continue_() if route.request.url.startswith(
                ("file:", "data:")) else (page.seen.append(route.request.url), route.abort()))
        page.on(
            "console", lambda message: page.seen.append(message.text)
            if message.type == "error" else None)
        page.on("pageerror", lambda error: page.seen.append(str(error)))
        yield page


def test_every_page_opens_quickly_quietly_and_with_its_mathematics_set(site, page):
    for path in sorted(site.glob("*.html")):
        start = time.perf_counter()
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        paint = page.evaluate(
            """() => new Promise(done => new PerformanceObserver(
                list => done(list.getEntries()[0].startTime)
            ).observe({ type: 'paint', buffered: true }))""")
        assert paint < 2000, f"{path.name}: first paint after {paint:.0f} ms"
        if path.name != "index.html":
            page.wait_for_selector("mjx-container", timeout=30_000)
        seconds = time.perf_counter() - start
        assert page.seen == [], f"{path.name} after {seconds:.1f} s: {page.seen}"


def test_every_slider_changes_picture_alt_text_and_sentence(site, page):
    moved = 0
    for path in sorted(site.glob("[0-9]*.html")):
        page.goto(path.as_uri(), wait_until="load")
        for panel in page.locator(".baked:has([data-slider])").all():
            start = shown(panel)
            for slider in panel.locator("[data-slider]").all():
                seen = set()
                for key in ("Home", "End"):
                    slider.focus()
                    page.keyboard.press(key)
                    seen.add(shown(panel))
                assert len(seen) == 2, f"{path.name}: {slider.get_attribute('data-slider')}"
                moved += 1
            panel.locator("button").click()
            assert shown(panel) == start, f"{path.name}: Reset does not restore the picture"
    assert moved and page.seen == []


def shown(panel):
    """The picture's file of a panel, once it is decoded; its alt text is the sentence below."""
    image = panel.locator("img")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert image.get_attribute("alt") == panel.locator(".readout").inner_text().strip()
    return image.get_attribute("src")


def test_the_map_and_the_contents_lead_to_their_places(site, page):
    page.goto((site / "index.html").as_uri())
    files = {
        link.get_attribute("href")
        for link in page.locator(".course-map a, .course-index a, .course-start").all()
    }
    assert files == {path.name for path in site.glob("[0-9]*.html")}
    for name in files:
        page.goto((site / name).as_uri())
        for link in page.locator(".course-toc a, .course-skip").all():
            anchor = link.get_attribute("href").removeprefix("#")
            assert page.locator(f'[id="{anchor}"]').count() == 1, f"{name}: {anchor}"


def test_pages_and_frames_are_small(site):
    for path in site.glob("[0-9]*.html"):
        first = path.stat().st_size + (site / "assets" / "tex-svg.js").stat().st_size
        assert first < 8_000_000, f"{path.name}: {first:,} bytes"
    frames = list(site.glob("*_frames_*/*.webp"))
    assert frames and all(frame.stat().st_size <= baking.LARGEST for frame in frames)
