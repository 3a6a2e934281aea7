"""The static pages in headless Chromium with the network refused: by keys alone and by touch on a
phone, controls move pictures, predictions commit, exercises are judged, and axe-core finds nothing.

The pages are those in site/ (or in the folder COURSE_SITE), where `make site` has built them;
otherwise those of one small notebook made here.
"""
import base64
import json
import os
import re
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from matplotlib.figure import Figure

from course_utils.questions.check import Exercise
from tools import baking, browser, build_site
from tools.build_notebooks import parse

ROOT = Path(__file__).parent.parent
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
         "device_scale_factor": 2}
SOURCE = '''# %% [markdown]
# # 99 · A page
# **The question.** Does $x^2$ move?
#
# The *course map* of one page. What `print??` computes you can read.

# %%
import matplotlib.pyplot as plt

from course_utils import FitzHughNagumo, Panel, show
from course_utils.questions.predict import Prediction, Question


def predict(name):
    return Question("99: " + name, Prediction("Which is it?", ("one $a^2$", "two"), 1,
                                              "Since it is.", "written"))


def check(name, answer=...):
    return "○ Not answered yet."

# %% [markdown]
# ## 1 · A line
#
# $$\\\\frac{dv}{dt} = v - \\\\frac{v^3}{3}$$

# %%
predict("line")

# %% tags=["folded"]
# Figure: a line
fig, ax = plt.subplots()
ax.plot([0, 1])
show(fig, "A line that rises from zero to one and says nothing else.")

# %%
def view(fig):
    ax = fig.subplots()
    line, = ax.plot([0, 1], [0, 0], animated=True)
    ax.set(xlim=(0, 1), ylim=(-1, 2))

    def update(model):
        line.set_ydata([model.a, model.b])
        return f"from {model.a:.2f} to {model.b:.2f}"
    return update


def grab(model, touch):
    return model.but(a=touch.y)

Panel(FitzHughNagumo(), view, "a", "b", grab=grab)

# %%
answer = ...

check("a number", answer)

# %% tags=["solution"]
check("a number", 3.0)

# %%
def area(r):
    ...


check("a function", area)
'''
EXERCISES = {
    "a number": Exercise(right=3.0, why="Since it is.", wrong={"half": 1.5}, expects="A number.",
                         hints={"half": "You have half of it."}),
}
OPEN = "document.querySelectorAll('main details').forEach(each => { each.open = true })"
INSIDE = ("file:", "data:", "blob:")

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(browser.find_chromium() is None,
                       reason="there is no Chromium on this machine")
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the pages."""
    built = Path(os.environ.get("COURSE_SITE", ROOT / "site"))
    if (built / "index.html").exists():
        return built
    made = tmp_path_factory.mktemp("course")
    (made / "notebooks" / "source").mkdir(parents=True)
    source = made / "notebooks" / "source" / "99_page.py"
    source.write_text(SOURCE, encoding="utf-8")
    shutil.copy(ROOT / "CONTRIBUTING.md", made)
    notebook = parse(source)
    nbformat.write(run(notebook, made), made / "notebooks" / "99_page.ipynb")
    patch = pytest.MonkeyPatch()
    for name, value in (("ROOT", made), ("SITE", made / "site"), ("SOURCES", source.parent),
                        ("exercises_of", lambda number: EXERCISES)):
        patch.setattr(build_site, name, value)
    build_site.main([])
    patch.undo()
    return made / "site"


def run(notebook, folder):
    """The notebook with the output of its figure, as a build would store it."""
    Figure(figsize=(4, 2)).savefig(folder / "line.png")
    picture = base64.b64encode((folder / "line.png").read_bytes()).decode()
    for cell in notebook.cells:
        if cell.source.startswith("# Figure"):
            cell.outputs = [nbformat.v4.new_output(
                "display_data", {"image/png": picture},
                metadata={"image/png": {"alt": "A line that rises from zero to one."}})]
    return notebook


@pytest.fixture(scope="module")
def chromium():
    """A function that opens a page which refuses every request that leaves the folder, with
    options such as those of a phone; `page.seen` lists what went wrong.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser.find_chromium(),
                                            args=list(browser.FLAGS))

        def open_page(**options):
            page = opened.new_page(**({"viewport": {"width": 1280, "height": 1000}} | options))
            page.seen = []
            page.route("**/*", lambda route: route.continue_()
                       if route.request.url.startswith(INSIDE)
                       else (page.seen.append(route.request.url), route.abort()))
            page.on("console", lambda message: page.seen.append(message.text)
                    if message.type == "error" else None)
            page.on("pageerror", lambda error: page.seen.append(str(error)))
            return page

        yield open_page
        opened.close()


@pytest.fixture(scope="module")
def page(chromium):
    return chromium()


def notebooks(site):
    return sorted(site.glob("[0-9]*.html"))


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
            assert page.locator("math").count() > 0
            words = page.locator("main").inner_text()
            assert not re.search(r"\$[^$\n]*\\[a-z]+[^$\n]*\$", words), path.name
        seconds = time.perf_counter() - start
        assert page.seen == [], f"{path.name} after {seconds:.1f} s: {page.seen}"


def test_every_control_changes_picture_alt_text_and_sentence(site, page):
    moved = 0
    for path in notebooks(site):
        page.goto(path.as_uri(), wait_until="load")
        page.evaluate(OPEN)
        for panel in page.locator(".baked.panel").all():
            start = shown(panel)
            for control in panel.locator("[data-control]").all():
                seen = set()
                for key in ("Home", "End"):
                    control.focus()
                    page.keyboard.press(key)
                    seen.add(settled(page, panel))
                assert len(seen) == 2, f"{path.name}: {control.get_attribute('aria-label')}"
                moved += 1
            panel.locator(".reset").click()
            assert settled(page, panel) == start, f"{path.name}: Reset does not restore it"
    assert moved and page.seen == []


def shown(panel):
    """The picture's file of a panel, once it is decoded; its alt text is the sentence below."""
    image = panel.locator("img.frame")
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => { image.loading = 'eager';"
                          " return image.decode().then(() => image.naturalWidth) }") > 0
    assert image.get_attribute("alt").split() == panel.locator(".readout").text_content().split()
    return image.get_attribute("src")


def settled(page, panel):
    """The picture's file of a panel after its frames were loaded."""
    page.wait_for_function("panel => panel.panel.data !== undefined", arg=panel.element_handle())
    page.wait_for_timeout(20)
    return shown(panel)


def joint_pair(panel):
    """Two controls of a panel that move together, None where there are none."""
    groups = panel.evaluate(
        "root => root.panel.load().then(data => data.groups.map(group => group.controls))")
    return next((group[:2] for group in groups if len(group) > 1), None)


def core_task(path, page, choose, fill, step, press):
    """Commit to the first prediction of a page, move two controls of the first panel that has
    them together, and answer the first exercise that can be judged; returns what was done.
    """
    page.goto(path.as_uri(), wait_until="load")
    done = []
    if page.locator("form.ask").count():
        form = page.locator("form.ask").first
        assert form.locator("button").is_disabled() and not form.locator(".verdict").inner_text()
        choose(form.locator("fieldset").nth(0).locator("input").first)
        choose(form.locator("fieldset").nth(1).locator("input").first)
        press(form.locator("button"))
        said = form.locator(".verdict").inner_text()
        assert said
        page.reload(wait_until="load")
        assert page.locator("form.ask").first.locator(".verdict").inner_text() == said
        done.append("prediction")
    page.evaluate(OPEN)
    for panel in page.locator(".baked.panel").all():
        pair = joint_pair(panel)
        if not pair:
            continue
        frames = {settled(page, panel)}
        for c in pair:
            step(panel.locator(f"[data-control='{c}']"))
            frames.add(settled(page, panel))
        assert all("moved" in panel.locator(f"[data-control='{c}']").locator("..").get_attribute(
            "class") for c in pair), f"{path.name}: the two controls do not move together"
        assert len(frames) > 1
        done.append("panel")
        break
    if page.locator("form.judge:visible").count():
        form = page.locator("form.judge:visible").first
        for field in form.locator(".fields input[type=text]").all():
            fill(field, "3")
        for field in form.locator("select").all():
            field.select_option(index=1)
        if form.locator("input[type=radio]").count():
            choose(form.locator("input[type=radio]").first)
        press(form.locator("button"))
        assert form.locator(".verdict").inner_text()[0] in "✓✗"
        done.append("exercise")
    assert page.seen == []
    return done


def test_a_core_task_of_each_page_is_done_by_keys_alone(site, chromium):
    page = chromium()

    def choose(radio):
        radio.focus()
        page.keyboard.press("Space")

    def fill(field, text):
        field.focus()
        page.keyboard.type(text)

    def step(control):
        control.focus()
        first = control.input_value()
        page.keyboard.press("End")
        if control.input_value() == first:
            page.keyboard.press("Home")

    def press(button):
        button.focus()
        page.keyboard.press("Enter")

    for path in notebooks(site):
        assert core_task(path, page, choose, fill, step, press), path.name


def test_a_core_task_of_each_page_is_done_by_touch_on_a_phone(site, chromium):
    page = chromium(**PHONE)

    def step(control):
        first = control.input_value()
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(index=0 if first != "0" else 1)
            return
        control.evaluate("each => each.scrollIntoView({ block: 'nearest', behavior: 'instant' })")
        box = control.bounding_box()
        assert box["height"] >= 24, "a slider is lower than 24 px"
        share = 0.9 if int(first) < int(control.get_attribute("max")) / 2 else 0.1
        page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + box["height"] / 2)

    for path in notebooks(site):
        assert core_task(path, page, lambda each: each.tap(), lambda field, text: field.fill(text),
                         step, lambda each: each.tap()), path.name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{path.name} is {wide} px wide on a phone"


def test_the_tab_key_reaches_every_control_and_stops_at_no_formula(site, page):
    for path in notebooks(site):
        page.goto(path.as_uri(), wait_until="load")
        stops = page.evaluate("""() => [...document.querySelectorAll(
            'a[href], button, input, select, summary, [tabindex="0"]')].filter(
            e => e.tabIndex >= 0).map(e => e.closest('math') ? 'math' : e.tagName)""")
        assert "math" not in stops
        reached = page.evaluate("""() => [...document.querySelectorAll(
            '[data-control], .judge .fields input, .ask input')].every(
            e => e.tabIndex >= 0)""")
        assert reached


AXE = r"""() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa',
  'best-practice']}).then(found => found.violations.map(each => each.id + ': ' + each.help + ' '
  + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(site, chromium, scheme):
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    page = chromium(color_scheme=scheme)
    for path in sorted(site.glob("*.html")):
        page.goto(path.as_uri(), wait_until="load")
        page.evaluate(OPEN)
        page.add_script_tag(path=str(script))
        found = page.evaluate(AXE)
        assert found == [], f"{path.name}, {scheme}: " + "\n".join(found)


def test_a_picture_opens_in_full_size_with_words_of_eleven_pixels(site, chromium):
    page = chromium(**PHONE)
    path = next(path for path in notebooks(site) if 'class="figure"' in path.read_text("utf-8"))
    page.goto(path.as_uri(), wait_until="load")
    page.evaluate(OPEN)
    link = page.locator("a.figure").first
    link.tap()
    full = page.locator(".course-zoom img")
    assert full.bounding_box()["width"] == int(link.locator("img").get_attribute("width"))
    page.keyboard.press("Escape")
    assert not page.locator(".course-zoom").is_visible()
    panel = page.locator(".baked.panel").first
    panel.locator(".full").tap()
    image = panel.locator("img.frame")
    assert image.bounding_box()["width"] == int(image.get_attribute("width"))


def test_on_paper_solutions_stand_at_the_end(site, chromium):
    page = chromium()
    path = notebooks(site)[-1]
    page.goto(path.as_uri(), wait_until="load")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".course-print")
    assert printed.is_visible() and printed.locator("h3").count() > 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not printed.is_visible()


def test_what_was_answered_can_be_saved_and_forgotten(site, chromium, tmp_path):
    page = chromium()
    path = next(each for each in notebooks(site) if 'class="baked ask"' in each.read_text("utf-8"))
    page.goto(path.as_uri(), wait_until="load")
    form = page.locator("form.ask").first
    for k in range(2):
        form.locator("fieldset").nth(k).locator("input").first.check()
    form.locator("button").click()
    with page.expect_download() as download:
        page.locator(".course-kept .save").click()
    download.value.save_as(tmp_path / "hand_in.json")
    kept = json.loads((tmp_path / "hand_in.json").read_text(encoding="utf-8"))
    name = form.get_attribute("data-name")
    assert set(kept["scores"][name]) == {"chosen", "right", "sure"} and kept["exercises"] == {}
    page.locator(".course-kept .forget").click()
    page.wait_for_load_state()
    assert not page.locator("form.ask").first.locator(".verdict").inner_text()


def test_the_map_and_the_contents_lead_to_their_places(site, page):
    page.goto((site / "index.html").as_uri())
    files = {
        link.get_attribute("href")
        for link in page.locator(".course-map a, .course-index a, .course-start").all()
    }
    assert files == {path.name for path in notebooks(site)}
    for name in files:
        page.goto((site / name).as_uri())
        for link in page.locator(".course-toc a, .course-menu a, .course-skip").all():
            anchor = link.get_attribute("href").removeprefix("#")
            assert page.locator(f'[id="{anchor}"]').count() == 1, f"{name}: {anchor}"
        for link in page.locator(".course-next a").all():
            assert (site / link.get_attribute("href")).exists()


FIRST, PANEL, ALL = 500_000, 3_000_000, 150_000_000  # bytes: a first view, a panel, the site


def test_pages_panels_and_the_site_are_small(site):
    assets = sum(file.stat().st_size for file in (site / "assets").glob("*.[cj]s*"))
    for path in notebooks(site):
        first = path.stat().st_size + assets
        text = path.read_text(encoding="utf-8")
        seen = re.findall(r'<img [^>]*src="([^"]+)"', text)[:2]  # those near the top are loaded
        first += sum((site / each).stat().st_size for each in seen)
        assert first <= FIRST, f"{path.name}: {first:,} bytes"
    for folder in site.glob("*_frames_*"):
        size = sum(file.stat().st_size for file in folder.iterdir())
        assert size <= PANEL, f"{folder.name}: {size:,} bytes"
        assert all(frame.stat().st_size <= baking.LARGEST for frame in folder.glob("*.webp"))
    assert sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) <= ALL
