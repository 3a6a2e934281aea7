"""Pictures per second while a slider is dragged, in a real JupyterLab behind a slow link: every
live panel.

    python benchmarks/drags.py [LINK ...] [--panels 02,03] [--repeats 1]

A LINK is a round trip in ms, or that and a bandwidth: 0, 150, 50/2 (Mbit/s). Of each drag of
three seconds: the pictures per second, the time from the last move to the picture of the last
value (a sketch may do) and to the exact one, and whether that is, byte for byte, the picture of
a new panel at that value.
"""
import argparse
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
from slow_link import SlowLink

from browser import Notebook, chromium, jupyterlab
from panels import SOURCES, sections

LINKS = ("0", "150", "50/2")
SECONDS, EVERY = 3.0, 0.016  # of a drag; from move to move
SEEN = """
window.seen = []; window.moves = [];
document.addEventListener("load", event => {
  const kind = event.target.className;
  if (kind === "course-picture" || kind === "course-sketch")
    requestAnimationFrame(frame => window.seen.push([performance.now(), frame, kind]));
}, true);
document.addEventListener("pointermove", () => window.moves.push(performance.now()), true);
"""
SHOWN = """async image => {
  const over = image.parentElement.querySelector(".course-sketch");
  if (over && !over.hidden) return "a sketch";
  const bytes = await (await fetch(image.src)).arrayBuffer();
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}"""
CHECK = """import hashlib
_new = type(_panel)(_panel.record, _panel.view)
print("exact", *(hashlib.sha256(each.picture.value).hexdigest() for each in (_panel, _new)))"""


class Drag(NamedTuple):
    """One drag: pictures per second; ms from the last move to the last value's picture and to
    the exact one; kB for each picture; whether the exact one was right.
    """

    notebook: str
    section: str
    link: str
    rate: float
    sketch: float
    exact: float
    kB: float
    right: bool


def with_panel(chosen=()):
    """Yield (notebook, section, cells of code) for each live panel; the last cell shows it."""
    for source in sorted(SOURCES.glob("[0-9]*.py")):
        imports, parts = sections(source)
        for heading, cells in parts if not chosen or source.stem[:2] in chosen else ():
            codes = [code for _, code in cells]
            for k, code in enumerate(codes):
                if "Panel(" in code and "slow=True" not in code:
                    yield source.stem[:2], heading, [imports, *codes[:k + 1]]


def drags(links=LINKS, chosen=(), repeats=1):
    """Yield a `Drag` for each live panel with a slider and each link."""
    with tempfile.TemporaryDirectory() as folder, jupyterlab(folder) as address, SlowLink(
            int(address.rpartition(":")[2])) as link, chromium(1100, 900) as page:
        page.add_init_script(SEEN)
        for k, (notebook, section, codes) in enumerate(with_panel(chosen)):
            write(Path(folder, f"drag_{k}.ipynb"), [*codes, "_panel = Out[max(Out)]", CHECK])
            link.set()
            opened = Notebook(page, f"http://127.0.0.1:{link.port}", f"drag_{k}.ipynb")
            opened.run_all()
            panel = page.locator(".jp-OutputArea-output:has(img.course-picture)").last
            if panel.locator(".widget-hslider").count():
                for each in links:
                    for turn in range(repeats):
                        yield Drag(notebook, section, each, *trial(page, link, panel, each, turn))


def write(path, codes):
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code.strip()) for code in codes])
    made.metadata["kernelspec"] = {
        "display_name": "Python 3", "language": "python", "name": "python3"
    }
    nbformat.write(made, path)


def trial(page, link, panel, each, turn):
    """One drag of the panel's first slider over a link: what `Drag` holds after its name."""
    rtt, _, mbit = each.partition("/")
    slider = panel.locator(".widget-hslider").first
    slider.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    link.set(float(rtt) / 1e3, float(mbit) if mbit else None)
    page.evaluate("window.seen.length = window.moves.length = 0")
    carried = link.down.carried
    drag(page, slider, turn)
    until_quiet(page, 1.0 + 4e-3 * float(rtt))
    carried = link.down.carried - carried
    seen, moves = page.evaluate("[window.seen, window.moves]")
    link.set()
    page.wait_for_timeout(300)
    first, last = moves[0], moves[-1]
    frames = {frame for at, frame, _ in seen if first <= at <= last}
    after = {kind: at - last for at, _, kind in seen if at > last}
    exact = after.get("course-picture", 0.0)
    return (1e3 * len(frames) / (last - first), after.get("course-sketch", exact), exact,
            carried / 1e3 / max(1, len(seen)), is_right(page, panel))


def drag(page, slider, turn):
    """Back and forth over 1.7 lengths of the track in three seconds."""
    track = slider.locator(".noUi-base").bounding_box()
    box = slider.locator(".noUi-handle").bounding_box()
    left, right = track["x"] + 4, track["x"] + track["width"] - 4
    start, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(start, y)
    page.mouse.down()
    begun, made = time.perf_counter(), 0
    while (now := time.perf_counter() - begun) < SECONDS:
        phase = (start - left) / (right - left) + (-1)**turn * 1.7 * now / SECONDS
        page.mouse.move(left + (right - left) * abs((phase + 1) % 2 - 1), y)
        made += 1
        time.sleep(max(0.0, begun + made * EVERY - time.perf_counter()))
    page.mouse.up()


def until_quiet(page, seconds):
    count, since = -1, time.monotonic()
    while time.monotonic() - since < seconds:
        page.wait_for_timeout(100)
        now = page.evaluate("window.seen.length")
        if now != count:
            count, since = now, time.monotonic()


def is_right(page, panel):
    """Whether the page shows, byte for byte, what the kernel's panel and a new one draw."""
    shown = panel.locator("img.course-picture").first.evaluate(SHOWN)
    cell = page.locator(".jp-CodeCell").last
    before = cell.locator(".jp-InputPrompt").inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    while (text := cell.locator(".jp-InputPrompt").inner_text()) == before or "*" in text:
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)
    told = cell.locator(".jp-OutputArea-output").last.inner_text().split()
    return told == ["exact", shown, shown]


def summary(found):
    """Markdown lines: for each link the median over all panels, and the worst."""
    lines = ["| link | pictures a second, median (least) | last value's picture, ms | "
             "exact picture, ms | kB a picture | last picture right |", "|---|---|---|---|---|---|"]
    for link in dict.fromkeys(each.link for each in found):
        rows = [each for each in found if each.link == link]
        rate, sketch, exact, size = (np.median([getattr(each, name) for each in rows])
                                     for name in ("rate", "sketch", "exact", "kB"))
        least = min(each.rate for each in rows)
        rtt, _, mbit = link.partition("/")
        name = f"{rtt} ms" + (f", {mbit} Mbit/s" if mbit else "")
        lines.append(f"| {name} | **{rate:.1f}** ({least:.1f}) | {sketch:.0f} | {exact:.0f} | "
                     f"{size:.0f} | {sum(each.right for each in rows)} of {len(rows)} |")
    return lines


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("links", nargs="*", default=LINKS)
    options.add_argument("--panels", default="")
    options.add_argument("--repeats", type=int, default=1)
    chosen = options.parse_args()
    found = []
    for each in drags(chosen.links, tuple(filter(None, chosen.panels.split(","))), chosen.repeats):
        found.append(each)
        print(f"{each.notebook} {each.section[:32]:32s} {each.link:6s} {each.rate:5.1f}/s "
              f"sketch {each.sketch:4.0f} exact {each.exact:4.0f} ms {each.kB:5.1f} kB "
              f"{'right' if each.right else 'WRONG'}", flush=True)
    print("\n".join(summary(found)))


if __name__ == "__main__":
    main()
