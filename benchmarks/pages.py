"""The first load of each static page on a slow link: `python benchmarks/pages.py [SITE]`.

Each page of site/ (or SITE) is opened cold in headless Chromium, at 1.6 Mbit/s and with a round
trip of 100 ms as Chromium's own throttle makes them, from a plain server that compresses nothing.
The table has what was fetched until the page was still, the first paint, and the load event; then
what the page would still fetch if every panel were moved to every position.
"""
import functools
import http.server
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from browser import FLAGS, find_chromium

ROOT = Path(__file__).resolve().parent.parent
LINK = {"offline": False, "latency": 100, "downloadThroughput": 1.6e6 / 8,
        "uploadThroughput": 1.6e6 / 8}
TIMES = """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
    performance.getEntriesByType('navigation')[0].loadEventEnd]"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that does not tell of each file."""

    def log_message(self, *words):
        """Say nothing."""


def first_load(chromium, address):
    """(bytes fetched, first paint in s, load event in s) of a page, nothing of it kept before."""
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    session = page.context.new_cdp_session(page)
    fetched = []
    session.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", LINK)
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_load_state("networkidle", timeout=120_000)
    paint, load = page.evaluate(TIMES)
    page.close()
    return sum(fetched), paint / 1000, load / 1000


def main(site):
    """Print the table of the pages in a folder, and the size of all."""
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, \
            sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        chromium = playwright.chromium.launch(executable_path=find_chromium(),
                                              args=list(FLAGS))
        print("| page | fetched (kB) | first paint (s) | load event (s) | panels (MB) |")
        print("|---|---|---|---|---|")
        for path in sorted(site.glob("*.html")):
            size, paint, load = first_load(
                chromium, f"http://127.0.0.1:{server.server_port}/{path.name}")
            panels = sum(file.stat().st_size for folder in site.glob(f"{path.stem}_frames_*")
                         for file in folder.iterdir()) / 1e6
            print(f"| {path.stem} | {size / 1e3:.0f} | {paint:.1f} | {load:.1f} | {panels:.1f} |",
                  flush=True)
        chromium.close()
        server.shutdown()
    whole = sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) / 1e6
    print(f"\nThe whole site: {whole:.0f} MB.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")
