"""A real JupyterLab in headless Chromium: open a notebook, run it, move its sliders, see its
pictures.

Used by the browser test and by tools/look.py. Chromium is the system's own (Debian: apt-get
install chromium); nothing is downloaded. JupyterLab runs on a free port with settings of its
own and leaves nothing behind.
"""
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat

__all__ = [
    "CHROMIUM_NAMES", "Notebook", "chromium", "cleared_copy", "find_chromium", "jupyterlab"
]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")
SETTINGS = {  # extension: what differs from JupyterLab's defaults
    "notebook-extension/tracker": '{"windowingMode": "none"}',  # all cells exist in the page
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent)"
STARTED = f"() => {PROMPTS}.some(text => /\\[(\\*|\\d+)\\]/.test(text))"
DONE = f"() => ({STARTED})() && !{PROMPTS}.some(text => /\\[\\*\\]/.test(text))"
HASH = """async image => {
  const canvas = document.createElement('canvas');
  try { await image.decode(); } catch { return null; }
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const g = canvas.getContext('2d'); g.drawImage(image, 0, 0);
  const pixels = g.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.reduce((h, x) => (h * 31 + x) | 0, 0);
}"""


def cleared_copy(path, folder):
    """Write a notebook without outputs and counts into a folder; returns its path there."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    nbformat.write(notebook, folder / path.name)
    return folder / path.name


def find_chromium():
    """The path of the system's Chromium, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@contextlib.contextmanager
def jupyterlab(folder, seconds=120):
    """Run JupyterLab on the notebooks in `folder`; yields its address."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        for name, text in SETTINGS.items():
            file = Path(home, "settings", "@jupyterlab", f"{name}.jupyterlab-settings")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        places = {
            name: str(Path(home, name))
            for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
                         "IPYTHONDIR", "JUPYTERLAB_WORKSPACES_DIR")
        }
        server = subprocess.Popen([
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
            "--LabApp.news_url=None", f"--LabApp.user_settings_dir={Path(home, 'settings')}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            f"--ServerApp.root_dir={folder}"
        ], env=os.environ | places | {"OMP_NUM_THREADS": "1"}, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, seconds)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:  # many kernels take their time
                server.kill()
                server.wait()


def _wait_for(address, server, seconds):
    """Return as soon as the server answers; TimeoutError where it doesn't."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api", timeout=5):
            return
        time.sleep(0.2)
    raise TimeoutError(f"JupyterLab did not answer at {address} within {seconds} s")


@contextlib.contextmanager
def chromium(width=1280, height=1400):
    """A page (playwright's) in headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            yield browser.new_page(viewport={"width": width, "height": height})
        finally:
            browser.close()


class Notebook:
    """A notebook open in JupyterLab: run it, find its sliders and pictures, look at it."""
    def __init__(self, page, address, name, seconds=90):
        self.page, self.errors = page, []
        page.on("pageerror", lambda error: self.errors.append(str(error)[:300]))
        page.add_locator_handler(
            page.locator(
                ".jp-Dialog"),  # a slow start asks "Select Kernel", with the right one chosen
            lambda dialog: dialog.locator("button.jp-mod-accept").click())
        page.goto(f"{address}/lab/tree/{name}?reset", wait_until="domcontentloaded")
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]',
                               timeout=1000 * seconds)
        self._only_the_notebook()

    def _only_the_notebook(self):
        """Fold the file browser away, for a page as wide as the window."""
        self.page.keyboard.press("Control+b")
        self.page.wait_for_timeout(300)

    def run_all(self, seconds=180):
        """Run all cells and wait until the last has finished; asked again where JupyterLab
        ignores the first click. A notebook that stores execution counts looks as if it had run:
        open a `cleared_copy`.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._accept()
            if not self.page.evaluate(STARTED):
                self.page.click('.lm-MenuBar-itemLabel:text-is("Run")')
                self.page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
            with contextlib.suppress(Exception):
                self.page.wait_for_function(DONE, timeout=6000)
                self.page.wait_for_timeout(1500)
                return
        raise TimeoutError(f"the cells were not finished after {seconds} s")

    def _accept(self):
        """Say yes to the question for a kernel, with the right one chosen: a slow start asks."""
        if self.page.locator(".jp-Dialog").count():
            with contextlib.suppress(Exception):  # the page's own handler may have been faster
                self.page.click(".jp-Dialog button.jp-mod-accept", timeout=2000)

    @property
    def panels(self):
        """The panels' output areas, playwright locators in the order of the page."""
        return self.page.locator(".jp-OutputArea-output:has(img.course-picture)").all()

    def still_picture(self, panel, quiet=400):
        """A hash of the pixels of a panel's picture, once they have not changed for `quiet` ms.
        """
        image = panel.locator("img.course-picture").first
        last, since = image.evaluate(HASH), time.monotonic()
        while time.monotonic() - since < quiet / 1000:
            self.page.wait_for_timeout(30)
            now = image.evaluate(HASH)
            if now is not None and now != last:
                last, since = now, time.monotonic()
        return last

    def key(self, slider, key):
        """Press a key on a slider's handle."""
        slider.scroll_into_view_if_needed()
        slider.locator(".noUi-handle").focus()
        self.page.keyboard.press(key)

    def drag(self, slider, by=60, moves=20):
        """Drag a slider's handle by so many pixels."""
        slider.scroll_into_view_if_needed()
        box = slider.locator(".noUi-handle").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for k in range(1, moves + 1):
            self.page.mouse.move(x + by * k / moves, y)
        self.page.mouse.up()

    def tracebacks(self):
        """The outputs that show an error, and the page's own errors."""
        outputs = self.page.locator(
            '.jp-OutputArea-output[data-mime-type*="error"], '
            '.jp-RenderedText[data-mime-type*="stderr"]'
        )
        return [text[:300] for text in outputs.all_inner_texts()] + self.errors
