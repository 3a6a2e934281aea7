"""Look at a notebook as a student sees it: screenshots of the whole page and of each panel at
its sliders' ends.

    python tools/look.py 02                       # says where the pictures are
    python tools/look.py 02 --panels-only --grey  # the panels alone, also in greyscale
    python tools/look.py 02 --time                # from a key on a slider to the picture, in ms
"""
import argparse
import statistics
import tempfile
import time
from pathlib import Path

from PIL import Image

from browser import Notebook, chromium, cleared_copy, jupyterlab

ROOT = Path(__file__).resolve().parent.parent


def photograph_page(page, folder, height):
    """Save the whole notebook, one screen after the other."""
    scroller = page.locator(".jp-WindowedPanel-outer").first
    total, visible = (scroller.evaluate(f"e => e.{side}")
                      for side in ("scrollHeight", "clientHeight"))
    for k, top in enumerate(range(0, total, visible - 40)):
        scroller.evaluate("(e, top) => { e.scrollTop = top; }", top)
        page.wait_for_timeout(250)
        page.screenshot(path=folder / f"page_{k:02d}.png")


def photograph_panels(notebook, folder):
    """Save every panel as it starts and with each slider at both ends."""
    for k, panel in enumerate(notebook.panels):
        panel.scroll_into_view_if_needed()
        notebook.still_picture(panel)
        panel.screenshot(path=folder / f"panel_{k}.png")
        for i, slider in enumerate(panel.locator(".widget-hslider").all()):
            for key in ("Home", "End"):
                notebook.key(slider, key)
                notebook.still_picture(panel)
                panel.screenshot(path=folder / f"panel_{k}_slider_{i}_{key.lower()}.png")
            panel.locator('button:has-text("Reset")').first.click()
            notebook.still_picture(panel)


def latency(notebook, slider, panel, presses=15):
    """The median time in ms from a key on a slider to a new picture, as the page sees it."""
    taken = []
    for k in range(presses):
        notebook.still_picture(panel, 150)
        image = panel.locator("img.course-picture").first
        source, start = image.get_attribute("src"), time.perf_counter()
        notebook.key(slider, "ArrowRight" if k % 2 else "ArrowLeft")
        while image.get_attribute("src") == source and time.perf_counter() - start < 3:
            pass
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("number", help="the notebook's number, such as 02")
    options.add_argument("--out", type=Path,
                         help="folder for the pictures; by default a new temporary one")
    options.add_argument("--panels-only", action="store_true")
    options.add_argument("--grey", action="store_true",
                         help="also turn all pictures into greyscale ones")
    options.add_argument("--time", action="store_true", help="measure instead of photographing")
    chosen = options.parse_args()
    folder = chosen.out or Path(tempfile.mkdtemp(prefix=f"look_{chosen.number}_"))
    folder.mkdir(parents=True, exist_ok=True)
    found, = (ROOT / "notebooks").glob(f"{chosen.number}_*.ipynb")
    with tempfile.TemporaryDirectory() as copy, chromium() as page:
        cleared_copy(found, Path(copy))
        with jupyterlab(copy) as address:
            notebook = Notebook(page, address, found.name)
            notebook.run_all()
            for error in notebook.tracebacks():
                print("error:", error)
            print(f"{len(notebook.panels)} panels")
            if chosen.time:
                for k, panel in enumerate(notebook.panels):
                    for slider in panel.locator(".widget-hslider").all():
                        name = slider.inner_text().splitlines()[0]
                        print(f"panel {k}, {name}: {latency(notebook, slider, panel):.0f} ms")
                return
            if not chosen.panels_only:
                photograph_page(page, folder, 1400)
            photograph_panels(notebook, folder)
    for picture in sorted(folder.glob("*.png")):
        if chosen.grey:
            Image.open(picture).convert("L").save(picture.with_name(f"grey_{picture.name}"))
        print(picture)


if __name__ == "__main__":
    main()
