"""One panel in every client: the hand drags, types, presses keys and grabs the picture.

JupyterLab as installed is tried always, the others in a release: they are looked for in
environments of their own, in the folder that COURSE_CLIENTS names (README, "What was tried where").
"""
import contextlib
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
import pytest

from benchmarks.slow_link import SlowLink
from tools import browser

ROOT = Path(__file__).parent.parent
OTHERS = Path(os.environ.get("COURSE_CLIENTS", ROOT / ".venv-clients"))
PANEL = """
import time
import numpy as np
from course_utils import Panel, Record, parameter

class Wave(Record):
    height: float = parameter(0.5, "mV", "h", 0, 1, "height: of the wave")
    rate: float = parameter(2.5, "Hz", "r", 0.5, 20, "rate: how fast", scale="log",
                            domain="positive")
    wait: int = parameter(0, "s", "w", 0, 60, "pause: before it is drawn", scale="integer")

    def touched(self, touch):
        if touch.axes.get_label() == "right":
            return self
        return self.but(height=float(np.clip(touch.y, 0, 1)))

x = np.linspace(0, 1, 400)

def view(fig):
    left, right = fig.subplots(1, 2)
    line, = left.plot([], [], animated=True)
    left.set(xlim=(0, 1), ylim=(-1, 1))
    right.set_label("right")

    def update(wave):
        time.sleep(wave.wait)
        line.set_data(x, wave.height * np.sin(wave.rate * x))
        return f"height {wave.height:.4f}, rate {wave.rate:.4f}, pause {wave.wait}"

    return update

panel = Panel(Wave(), view, "height", "rate", "wait")
panel
"""
MANY = """
import gc, resource
def moves(count):
    for k in range(count):
        panel._answer({"height": k % 97 / 97}, [], k % 50 == 0, n=k, t=0.0)
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
panel.picture.send = lambda *answer: None  # nobody asked: a page gets no more than it asks for
warm = moves(500)
print("grown by", moves(5000) - warm, "MB")
del panel.picture.send
"""
SEEN = """
Object.assign(window, { sketches: 0, asked: 0, answered: 0 });
document.addEventListener("load", event => {
  if (event.target.className === "course-sketch") window.sketches += 1;
}, true);
const number = (data, last) => { // of a question or an answer
  const told = typeof data === "string" ? data : new TextDecoder("latin1").decode(data);
  return told.match(new RegExp(`"n": ?(\\d+),.*"${last}": ?`))?.[1];
};
window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    this.addEventListener("message", ({ data }) => { window.answered += !!number(data, "cost"); });
  }
  send(data) { window.asked += !!number(data, "rest"); super.send(data); }
};"""
STATE = """() => [window.asked === window.answered,
  document.querySelector(".jp-Notebook-ExecutionIndicator")?.dataset.status ?? "idle"]"""


class Client(NamedTuple):
    """How a client is started: its environment ("" is this one), the module and its options,
    the path of the page, whether cells are run by hand, and whether widgets may have a thread
    of their own in the kernel, as JupyterLab's default is.
    """

    env: str
    module: str
    options: tuple
    page: str
    runs: bool = True
    threads: bool = True


QUIET = ("--no-browser", "--allow-root", "--IdentityProvider.token=",
         "--ServerApp.port_retries=0", "--ServerApp.port={port}", "--ServerApp.root_dir={folder}")
CLIENTS = {
    "JupyterLab": Client("", "jupyterlab", QUIET, "/lab/tree/panel.ipynb?reset"),
    "JupyterLab under a prefix": Client(
        "", "jupyterlab", (*QUIET, "--ServerApp.base_url=/user/jo/"),
        "/user/jo/lab/tree/panel.ipynb?reset"),
    "JupyterLab 4.2": Client("lab42", "jupyterlab", QUIET, "/lab/tree/panel.ipynb?reset"),
    "Notebook 7": Client("notebook7", "notebook", QUIET, "/notebooks/panel.ipynb"),
    "Voilà": Client("voila", "voila", ("{folder}/panel.ipynb", "--no-browser", "--port={port}",
                                       "--Voila.ip=127.0.0.1"), "/", runs=False),
}
ONE_THREAD = "JupyterLab, comms over subshells disabled"

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(browser.find_chromium() is None,
                       reason="there is no Chromium on this machine")
]
EACH = [pytest.param(name, marks=() if name == "JupyterLab" else pytest.mark.release)
        for name in CLIENTS]
CLIENTS[ONE_THREAD] = CLIENTS["JupyterLab"]._replace(threads=False)


@contextlib.contextmanager
def started(client, folder):
    """The client's server, run on a folder; yields its port."""
    python = OTHERS / client.env / "bin" / "python" if client.env else Path(sys.executable)
    if not python.exists():
        pytest.skip(f"there is no environment {OTHERS / client.env}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [each.format(port=port, folder=folder) for each in client.options]
    homes = {name: str(folder / "home") for name in (
        "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
        "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR")}
    settings = folder / "home" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "kernels-settings.jupyterlab-settings").write_text(
        "{}" if client.threads else '{"commsOverSubshells": "disabled"}', encoding="utf-8")
    server = subprocess.Popen(
        [python, "-m", client.module, *options], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=os.environ | homes | {
            "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)})
    try:
        address = f"http://127.0.0.1:{port}{client.page}"
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=60):
                break
            time.sleep(0.3)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


class Seen:
    """A page with the panel: what stands in it, and what a hand does there."""
    def __init__(self, page, client, link):
        self.page, self.link, self.errors = page, link, []
        self.address = f"http://127.0.0.1:{link.port}"
        page.add_init_script(SEEN)
        page.on("pageerror", lambda error: self.errors.append(str(error)[:300]))
        page.add_locator_handler(  # a slow start asks for a kernel, with the right one chosen
            page.locator(".jp-Dialog"),
            lambda dialog: dialog.locator("button.jp-mod-accept").click())
        page.goto(self.address + client.page, wait_until="domcontentloaded")
        if client.runs:
            page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]',
                                   timeout=120_000)
            self.run_all()
        page.wait_for_selector("img.course-picture", timeout=120_000)
        page.wait_for_timeout(1500)
        self.errors.clear()  # the clients' own, from before

    def run_all(self):
        notebook = browser.Notebook.__new__(browser.Notebook)
        notebook.page = self.page
        notebook.run_all(600)

    def settled(self):
        """The sentences and the picture's hash of each view, once all questions are answered, the
        kernel is idle, and nothing changes any more.
        """
        before, same = None, 0
        while same < 5:
            now = [(image.get_attribute("alt"), image.evaluate(browser.HASH))
                   for image in self.page.locator("img.course-picture").all()]
            over = self.page.locator("img.course-sketch:visible").count()
            done = self.page.evaluate(STATE) == [True, "idle"]
            same = same + 1 if now == before and done and not over else 0
            before = now
            self.page.wait_for_timeout(100)
        return before

    def sentence(self):
        return self.settled()[0][0]

    def slider(self, number):
        return self.page.locator(".widget-hslider").nth(number)

    def key(self, number, key):
        self.slider(number).scroll_into_view_if_needed()
        self.slider(number).locator(".noUi-handle").focus()
        self.page.keyboard.press(key)

    def type_in(self, number, text):
        self.slider(number).locator(".widget-readout").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def drag(self, number, by, moves=20):
        browser.Notebook.drag(self, self.slider(number), by, moves)

    def grab(self, across, up):
        """Press the first picture at one height and drag to another, in fractions."""
        image = self.page.locator("img.course-picture").first
        image.scroll_into_view_if_needed()
        box = image.bounding_box()
        spots = [(box["x"] + across * box["width"], box["y"] + (1 - y) * box["height"])
                 for y in up]
        self.page.mouse.move(*spots[0])
        cursor = image.evaluate("image => image.style.cursor")
        self.page.mouse.down()
        self.page.mouse.move(*spots[1], steps=15)
        self.page.mouse.up()
        return cursor


@pytest.fixture
def opened(tmp_path):
    """A function (client's name, more cells) -> the page with the panel, behind a link."""
    with contextlib.ExitStack() as stack:

        def open_it(name, *more, panel=PANEL):
            client = CLIENTS[name]
            made = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(code) for code in (panel, *more)])
            made.metadata["kernelspec"] = {
                "display_name": "Python 3", "language": "python", "name": "python3"}
            nbformat.write(made, tmp_path / "panel.ipynb")
            link = stack.enter_context(SlowLink(stack.enter_context(started(client, tmp_path))))
            return Seen(stack.enter_context(browser.chromium()), client, link)

        yield open_it


@pytest.mark.parametrize("name", EACH)
def test_the_hand_is_followed_in(opened, name):
    seen = opened(name)
    assert seen.sentence() == "height 0.5000, rate 2.5000, pause 0"
    seen.drag(0, 60)
    moved = seen.sentence()
    assert moved != "height 0.5000, rate 2.5000, pause 0"
    assert f"height {float(seen.slider(0).locator('.widget-readout').inner_text()):.4f}" in moved
    assert seen.page.evaluate("window.sketches") > 2
    for key, more in (("ArrowRight", 1), ("ArrowLeft", -1)):
        before = float(re.findall(r"[\d.]+", seen.sentence())[0])
        seen.key(0, key)
        after = float(re.findall(r"[\d.]+", seen.sentence())[0])
        assert (after - before) * more > 0, f"{key} does not move a slider"
    seen.type_in(1, "2.24")
    assert "rate 2.2400" in seen.sentence()
    seen.type_in(0, "0.1234")
    assert seen.sentence() == "height 0.1234, rate 2.2400, pause 0"
    assert seen.grab(0.25, (0.55, 0.75)) == "grab"
    assert "height 0.1234" not in seen.sentence()
    before = seen.sentence()
    assert seen.grab(0.75, (0.55, 0.75)) == "default" and seen.sentence() == before
    seen.page.locator('button:has-text("Reset")').click()
    assert seen.sentence() == "height 0.5000, rate 2.5000, pause 0"
    assert seen.errors == []


@pytest.mark.release
def test_two_views_a_burst_a_reload_and_a_flat_memory(opened):
    seen = opened("JupyterLab", "panel", MANY)
    first, second = seen.settled()
    assert first == second
    seen.drag(0, 60)
    assert seen.settled()[0] == seen.settled()[1] != first
    for _ in range(4):
        seen.drag(0, 100, 250)
        seen.drag(0, -100, 250)
    readout = float(seen.slider(0).locator(".widget-readout").inner_text())
    (sentence, _), other = seen.settled()
    assert f"height {readout:.4f}" in sentence and other[0] == sentence
    grown = seen.page.locator(".jp-OutputArea-output:has-text('grown by')").last.inner_text()
    assert float(re.findall(r"-?[\d.]+", grown)[0]) < 20
    before = seen.settled()
    seen.page.click('.lm-MenuBar-itemLabel:text-is("File")')
    seen.page.click('.lm-Menu-itemLabel:text-is("Save Notebook")')
    seen.page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")
    seen.page.reload(wait_until="domcontentloaded")
    seen.page.wait_for_selector("img.course-picture", timeout=120_000)
    seen.page.wait_for_timeout(1500)
    assert seen.settled()[0] == before[0]
    seen.drag(0, 60)
    assert seen.settled()[0] != before[0]


@pytest.mark.release
def test_one_interrupt_ends_a_computation_also_for_what_the_hand_asked_at_rest(opened):
    seen = opened(ONE_THREAD)
    seen.drag(0, 60)
    (before, _), = seen.settled()
    seen.type_in(2, "60")
    seen.page.wait_for_timeout(2000)  # the question at rest waits, too
    seen.page.evaluate(INTERRUPT)
    (sentence, _), = seen.settled()
    assert sentence == "Not drawn: interrupted; move a slider again"
    assert seen.slider(2).locator(".widget-readout").inner_text() == "0"
    seen.key(0, "Home")
    assert seen.sentence() == re.sub("height [0-9.]+", "height 0.0000", before)


BUSY, ROUNDS = "time.sleep(1)", 30
IDLE = """() => ![...document.querySelectorAll(".jp-InputPrompt")].some(
  each => each.textContent.includes("*"))"""
INTERRUPT = """async () => {
  const headers = { "X-XSRFToken": document.cookie.match(/_xsrf=([^;]*)/)?.[1] ?? "" };
  for (const { id } of await (await fetch("/api/kernels")).json())
    await fetch(`/api/kernels/${id}/interrupt`, { method: "POST", headers });
}"""
LINKS = ((0, None), (0.15, None), (0.05, 2))  # round trip in s, Mbit/s
SHOWN = """async image => {
  if (!image.parentElement.querySelector(".course-sketch").hidden) return "a sketch";
  const hash = await crypto.subtle.digest("SHA-256", await (await fetch(image.src)).arrayBuffer());
  return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}"""


class Hand:
    """A hand that does what it likes to the page, from a seed."""

    def __init__(self, seen, rng):
        self.seen, self.page, self.rng = seen, seen.page, rng

    def drag(self):
        """Over a slider, in any rhythm, with rests; the button may come up outside the page."""
        slider = self.seen.slider(self.rng.integers(2))
        box, track = (slider.locator(of).bounding_box() for of in (".noUi-handle", ".noUi-base"))
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + box["width"] / 2, y)
        self.page.mouse.down()
        for _ in range(self.rng.integers(1, 25)):
            self.page.mouse.move(track["x"] + self.rng.uniform(-20, track["width"] + 20),
                                 y + self.rng.uniform(-30, 30))
            self.page.wait_for_timeout(float(self.rng.choice([0, 0, 5, 20, 60, 300])))
        self.page.mouse.up()

    def grab(self):
        self.seen.grab(0.25, self.rng.uniform(0.2, 0.9, 2))

    def key(self):
        for _ in range(self.rng.integers(1, 8)):
            self.seen.key(self.rng.integers(2), self.rng.choice(
                ["ArrowLeft", "ArrowRight", "PageUp", "Home", "End"]))

    def typed(self):
        self.seen.type_in(0, f"{self.rng.uniform():.2f}")

    def reset(self):
        self.page.locator('button:has-text("Reset")').click()

    def busy(self):
        """Another cell keeps the kernel."""
        self.page.locator(".jp-CodeCell .cm-content").last.click()
        self.page.keyboard.press("Control+Enter")

    def wait(self):
        """Until the kernel has done all that was asked. Widgets have a thread of their own there,
        so that the end of a cell tells nothing about them.
        """
        self.page.wait_for_timeout(1000)
        self.page.wait_for_function(IDLE)
        self.seen.settled()

    def interrupt(self):
        self.page.evaluate(INTERRUPT)

    def focus(self):
        """The page is left, and seen again."""
        self.page.evaluate("document.activeElement.blur(); "
                           "document.dispatchEvent(new Event('visibilitychange'))")

    def something(self):
        """A few deeds, without waiting for what comes of them."""
        deeds = (self.drag, self.drag, self.grab, self.key, self.typed, self.reset, self.busy,
                 self.interrupt, self.focus)
        for _ in range(self.rng.integers(1, 5)):
            deeds[self.rng.integers(len(deeds))]()


@pytest.mark.release
@pytest.mark.parametrize("seed, name", [(0, "JupyterLab"), (1, "JupyterLab"), (2, ONE_THREAD)])
def test_the_last_picture_is_that_of_the_last_value_whatever_the_hand_does(opened, seed, name):
    """The picture is, byte for byte, that of a new panel at what the sliders say."""
    exact, made = PANEL.replace(":.4f", "!r"), {}
    exec(exact, made)
    seen = opened(name, BUSY, panel=exact)
    hand = Hand(seen, np.random.default_rng(seed))
    for turn in range(ROUNDS):
        seen.link.set(*LINKS[hand.rng.integers(len(LINKS))])
        hand.something()
        seen.link.set()
        hand.wait()
        sentence = seen.sentence()
        if sentence.startswith("Not drawn"):  # interrupted: as it says
            seen.key(0, hand.rng.choice(["Home", "End"]))
            hand.wait()
            sentence = seen.sentence()
        height, rate, wait = map(float, re.findall(r"\d[\d.e-]*", sentence))
        panel = made["Panel"](made["Wave"](height=height, rate=rate, wait=int(wait)),
                              made["view"])
        says = [float(seen.slider(k).locator(".widget-readout").inner_text()) for k in (0, 1)]
        where = f"seed {seed}, turn {turn}: {sentence}, sliders {says}"
        assert says == pytest.approx((height, rate), abs=0.0051, rel=0.0051), where
        shown = seen.page.locator("img.course-picture").first.evaluate(SHOWN)
        assert shown == hashlib.sha256(panel.picture.value).hexdigest(), where
