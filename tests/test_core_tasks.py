"""Every core task of every page, done in headless Chromium with the network refused: by touch on
a phone 390 px wide, and by keys alone.

A reader goes down the page: commits to each prediction, answers the warm-ups, does each task of
each panel, gives every exercise that the page judges a wrong and a right answer, and finds at the
others that they need Python. What a panel's sentence must then say is in tests/core_tasks.toml.
"""
import itertools
import re
import tomllib
from pathlib import Path

import pytest
from test_site import chromium, site  # noqa: F401  (fixtures)

from tools import browser, build_site

TASKS = tomllib.loads(Path(__file__).with_name("core_tasks.toml").read_text(encoding="utf-8"))
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
         "device_scale_factor": 2}
NOTEBOOKS = [page["file"] for page in build_site.pages()]
# what is to be done in the core, from top to bottom: elements before the first optional section
TO_DO = """() => {
  const further = [...document.querySelectorAll('main h2')].find(
    each => each.textContent.startsWith('Further'));
  return [...document.querySelectorAll('form.ask, form.judge, .baked.panel, .needs-python')].filter(
    each => !further || each.compareDocumentPosition(further) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
ACTIVE = "element => document.activeElement === element"
STOPS = 2500  # of the Tab key until something counts as out of reach

pytestmark = [
    pytest.mark.browser, pytest.mark.release,
    pytest.mark.skipif(browser.find_chromium() is None,
                       reason="there is no Chromium on this machine")
]


class Keys:
    """A hand that has a keyboard and nothing else: Tab leads to what is meant."""

    options = {"viewport": {"width": 1100, "height": 900}}  # noqa: RUF012

    def __init__(self, page):
        self.page = page

    def reach(self, element):
        """Press Tab until the element has the focus, backwards where it lies before."""
        before = element.evaluate("""element => Boolean(
            document.activeElement.compareDocumentPosition(element)
            & Node.DOCUMENT_POSITION_PRECEDING)""")
        for _ in range(STOPS):
            if element.evaluate(ACTIVE):
                return
            self.page.keyboard.press("Shift+Tab" if before else "Tab")
        raise AssertionError("the Tab key does not reach " + element.evaluate(
            "element => element.outerHTML.slice(0, 200)"))

    def choose(self, radio):
        """A group of radio buttons is one stop; the arrows lead on from there."""
        group = radio.evaluate_handle("""radio => {
            const all = [...document.getElementsByName(radio.name)];
            return all.find(each => each.checked) ?? all[0];
        }""").as_element()
        self.reach(group)
        self.page.keyboard.press("Space")
        for _ in range(12):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrow keys do not reach a choice")

    def write(self, field, text):
        self.reach(field.element_handle())
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def select(self, menu, index):
        self.reach(menu.element_handle())
        self.page.keyboard.press("Home")
        for _ in range(index):
            self.page.keyboard.press("ArrowDown")

    def slide(self, slider, position):
        self.reach(slider.element_handle())
        now = int(slider.input_value())
        for _ in range(abs(position - now)):
            self.page.keyboard.press("ArrowRight" if position > now else "ArrowLeft")

    def press(self, button):
        self.reach(button.element_handle())
        self.page.keyboard.press("Enter")


class Finger:
    """A hand that has a finger and nothing else."""

    options = PHONE

    def __init__(self, page):
        self.page = page

    def choose(self, radio):
        radio.tap()

    def write(self, field, text):
        field.tap()
        field.fill(text)

    def select(self, menu, index):
        assert menu.bounding_box()["height"] >= 24
        menu.select_option(index=index)  # a list of the system's own, which Playwright can't tap

    def slide(self, slider, position):
        slider.evaluate("each => each.scrollIntoView({ block: 'nearest', behavior: 'instant' })")
        box = slider.bounding_box()
        assert box["height"] >= 24, "a slider is lower than 24 px"
        share = position / int(slider.get_attribute("max"))
        self.page.touchscreen.tap(box["x"] + 8 + share * (box["width"] - 16),
                                  box["y"] + box["height"] / 2)

    def press(self, button):
        assert button.bounding_box()["height"] >= 24
        button.tap()


def told(form):
    return form.locator(".verdict").inner_text()


def predict(hand, form, number):
    """Commit to a choice and a certainty; nothing is told before."""
    choices, sure = form.locator("fieldset").nth(0), form.locator("fieldset").nth(1)
    assert form.locator("button").is_disabled() and not told(form)
    choices = choices.locator("input").all()
    hand.choose(choices[number % len(choices)])
    hand.choose(sure.locator("input").nth(1))
    hand.press(form.locator("button"))
    assert len(told(form)) > 5
    assert not form.evaluate("""form => {
        const all = [...document.querySelectorAll('details.course-waits, form.ask')].filter(
            each => form.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
        return all[0]?.matches('details') && !all[0].open;
    }"""), "what waited for the prediction stays closed"


ANSWERS = """form => {  // an answer that is right and one that is not: a position or number a part
  const { parts, table, verdicts } = JSON.parse(form.querySelector('script').textContent);
  const sizes = parts.map(part => Array.isArray(part) ? part.length + 1 : part);
  const answer = wanted => {
    let at = 0;
    for (const [number, count] of table) {
      if (wanted(verdicts[number][0])) break;
      at += count;
    }
    const places = [];
    for (let k = parts.length - 1; k >= 0; k--) {
      places.unshift(at % sizes[k]);
      at = Math.floor(at / sizes[k]);
    }
    return places.map((place, k) => {
      const cuts = parts[k];
      if (!Array.isArray(cuts)) return place;
      if (place === 0) return String(cuts[0] - 1);
      if (place === cuts.length) return String(cuts[place - 1] + 1);
      return String((cuts[place - 1] + cuts[place]) / 2);
    });
  };
  return [answer(state => state !== 'right'), answer(state => state === 'right')];
}"""


def answer(hand, form):
    """Give an exercise a wrong answer, then a right one."""
    assert not told(form)
    for values, mark in zip(form.evaluate(ANSWERS), "✗✓"):
        radios = form.locator("input[type=radio]").all()
        if radios:
            hand.choose(radios[values[0]])
        for field, value in zip(form.locator(".fields select, .fields input[type=text]").all(),
                                values if not radios else ()):
            if isinstance(value, int):
                hand.select(field, value + 1)  # after "choose"
            else:
                hand.write(field, value)
        hand.press(form.locator("button"))
        assert told(form).startswith(mark), f"{form.get_attribute('data-name')}: {values}"


def put(hand, panel, name, value):
    """Move the control of a panel to a value that it shows."""
    control = panel.locator(f"[data-name='{name}']")
    shown = panel.evaluate(
        "(panel, c) => panel.panel.load().then(data => data.controls[c].shown)",
        int(control.get_attribute("data-control")))
    assert value in shown, f"{name} offers {', '.join(shown)}"
    move = hand.select if control.evaluate("each => each.matches('select')") else hand.slide
    move(control, shown.index(value))


def sentence(page, panel):
    """The sentence below the picture, which is the picture's alt text."""
    page.wait_for_timeout(30)
    image = panel.locator("img.frame")
    said = panel.locator(".readout").text_content()
    assert image.get_attribute("alt") == said
    assert image.evaluate("image => { image.loading = 'eager';"
                          " return image.decode().then(() => image.naturalWidth) }") > 0
    return said


def work_at(hand, page, panel, tasks):
    """Do the tasks of a panel: each a list of steps, {control: value}, a button's label, or what
    the sentence must then say.
    """
    for task in tasks:
        hand.press(panel.locator(".reset"))
        sentence(page, panel)
        for step in task:
            if isinstance(step, dict):
                for name, value in step.items():
                    put(hand, panel, name, value)
                    sentence(page, panel)
                shown = panel.evaluate("""(panel, names) => names.map(name => {
                    const control = panel.querySelector(`[data-name="${name}"]`);
                    return panel.panel.data.controls[control.dataset.control].shown[
                        panel.panel.place[control.dataset.control]];
                })""", list(step))
                assert shown == list(step.values()), f"not together: {step}, but {shown}"
            elif step.startswith("press "):
                hand.press(panel.get_by_role("button", name=step.removeprefix("press "),
                                             exact=True))
            else:
                said = sentence(page, panel)
                assert re.search(step, said), f"{step!r} is not in {said!r}"
    hand.press(panel.locator(".reset"))


def touch(page, panel):
    """Tap the picture of a panel where the pointer is meant to do something."""
    spot = panel.evaluate("""panel => panel.panel.load().then(({ pointer, controls }) => {
        if (!pointer) return null;
        for (const [c, ks] of Object.entries(pointer.moves)) {
            const cell = ks.findIndex(k => k >= 0 && k !== controls[c].home);
            if (cell >= 0) return [(cell % pointer.across + 0.5) / pointer.across,
                                   (Math.floor(cell / pointer.across) + 0.5) / pointer.down];
        }
    })""")
    if spot is None:
        return
    image = panel.locator("img.frame")
    image.scroll_into_view_if_needed()
    before, box = image.get_attribute("src"), image.bounding_box()
    page.touchscreen.tap(box["x"] + spot[0] * box["width"], box["y"] + spot[1] * box["height"])
    page.wait_for_timeout(60)
    assert image.get_attribute("src") != before, "a tap on the picture changes nothing"


@pytest.mark.parametrize("file", NOTEBOOKS)
@pytest.mark.parametrize("hand", [Finger, Keys], ids=["touch at 390 px", "keys alone"])
def test_every_core_task_of_a_page_can_be_done(site, chromium, file, hand):  # noqa: F811
    if not (site / file).exists():
        pytest.skip("make site has not built this page")
    page = chromium(**hand.options)
    page.goto((site / file).as_uri(), wait_until="load")
    hand, done = hand(page), {"predictions": 0, "panels": 0, "tasks": 0, "judged": 0, "Python": 0}
    tasks = iter(TASKS[file[:2]])
    count = len(page.evaluate(f"({TO_DO})().map(each => each.className)"))
    for k in range(count):
        element = page.evaluate_handle(f"({TO_DO})()[{k}]").as_element()
        element.evaluate("(element, k) => { element.dataset.todo = k }", k)
        found = page.locator(f"[data-todo='{k}']")
        kind = element.get_attribute("class")
        if "panel" in kind:
            mine = next(tasks)
            work_at(hand, page, found, mine)
            if isinstance(hand, Finger):
                touch(page, found)
            done["panels"] += 1
            done["tasks"] += len(mine)
        elif "ask" in kind:
            predict(hand, found, k)
            done["predictions"] += 1
        elif "judge" in kind and element.is_visible():
            answer(hand, found)
            done["judged"] += 1
        elif "needs" in kind:
            done["Python"] += 1
    assert next(tasks, None) is None, "there are tasks for a panel that the page does not have"
    verdicts = page.locator("form.ask .verdict").all_inner_texts()
    page.reload(wait_until="load")
    assert page.locator("form.ask .verdict").all_inner_texts() == verdicts
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.seen == [] and all(done[each] for each in ("panels", "judged"))
    print(file, *itertools.chain(*done.items()))
    page.close()
