"""The course inside the browser: every version is named, and where `make lite` has built the site,
the lab opens a notebook.

What runs in it is not tested here: its Python comes from Pyodide's server unless a copy is carried.
"""
import contextlib
import functools
import http.server
import json
import re
import threading
from pathlib import Path

import pytest

from tools import browser, build_lite, build_site
from tools.normalise import read

ROOT = Path(__file__).parent.parent
LITE = ROOT / "dist" / "lite"


def test_nothing_unpinned_is_installed_when_a_page_is_opened(tmp_path):
    line = build_lite.install_line("2.0.0")
    names = line.removeprefix("%pip install -q ").split()
    assert {re.split("==", name)[0] for name in names} == {"course-utils", *build_lite.PURE}
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", name) for name in names)
    for path in build_lite.contents(tmp_path, "2.0.0").iterdir():
        code = [cell for cell in read(path).cells if cell.cell_type == "code"]
        assert code[0].source == line and not any(cell.outputs for cell in code)


def test_what_the_package_needs_is_carried_or_numeric():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needs = re.findall(r'"([\w-]+)>=', text.partition("dependencies = [")[2].partition("]")[0])
    assert set(needs) <= {*build_lite.PURE, *build_lite.NUMERIC}


def test_the_lock_names_every_version():
    for line in (ROOT / "requirements-lite.lock").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[\w.]+( ; .+)?|#.*|", line), line


WITH_BROWSER = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(browser.find_chromium() is None, reason="there is no Chromium")
]


@contextlib.contextmanager
def served(folder):
    """The address of a server that shows a folder."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,),
                 {"log_message": lambda *words: None})
    handler = functools.partial(quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def opened(page, title):
    """Wait until the lab shows a notebook with this title, its first cell the one that installs;
    those that were opened before may stand behind it.
    """
    front = page.locator(".jp-NotebookPanel:visible").filter(
        has=page.locator(".jp-MarkdownCell h1", has_text=title))
    front.wait_for(timeout=90_000)
    assert "%pip install" in front.locator(".jp-CodeCell").first.inner_text()


@pytest.mark.skipif(not (LITE / "lab" / "index.html").exists(), reason="make lite was not run")
class TestLab:
    """The lab that `make lite` has built."""

    pytestmark = WITH_BROWSER

    def test_opens_a_notebook(self):
        carried = json.loads((LITE / "carried.json").read_text(encoding="utf-8"))
        assert any(name.startswith("course_utils-") for name in carried["carried"])
        page = build_site.pages()[0]
        with served(LITE) as address, browser.chromium() as tab:
            tab.goto(f"{address}/lab/index.html?path={page['file'].replace('.html', '.ipynb')}")
            opened(tab, page["name"])

    @pytest.mark.skipif(not (ROOT / "site" / "lite").exists(),
                        reason="make site was not run after make lite")
    @pytest.mark.release
    def test_is_opened_by_the_button_of_each_page(self):
        with served(ROOT / "site") as address, browser.chromium() as tab:
            for page in build_site.pages():
                tab.goto(f"{address}/{page['file']}", wait_until="domcontentloaded")
                tab.get_by_text("Run this notebook in the browser").click()
                opened(tab, page["name"])
