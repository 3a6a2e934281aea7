"""The README's pictures: six live panels of the course, each set to a telling place; and a loop
of some whose slider moves.

    python tools/readme_picture.py            # writes course.png
    python tools/readme_picture.py moving     # writes course_moving.webp
"""
import io
import sys
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.font_manager import findfont
from matplotlib.transforms import Bbox
from PIL import Image, ImageDraw, ImageFont, ImageOps

from panels import SOURCES, panels

ROOT = Path(__file__).resolve().parent.parent
WIDE, HIGH, HEAD, GAP = 440, 300, 34, 22  # pixels: a tile's picture, its caption, the space
COLUMNS = 3
LARGEST, COLORS, INK = 300_000, 256, "#222222"


class Tile(NamedTuple):
    """The panel of a notebook to remember, the first that has these sliders, else the second:
    where its sliders stand, what shows of it, and words for it.

    axes: groups of the numbers of the panel's Axes; each group is cut out as one, and they
    stand side by side.
    """

    notebook: str
    sliders: dict
    axes: tuple
    caption: str


TILES = (Tile("02", {}, ((0,),), "One neuron stores a bit"),
         Tile("03", {}, ((0,),), "A phase remembers the order of two kicks"),
         Tile("04", {}, ((0, 1),), "Spikes annihilate, pulses pass and add"),
         Tile("05", {"branching_parameter": 1.0}, ((0, 1),),
              "A network at its critical point"),
         Tile("06", {"rule.A_plus": 0.008, "correlation": 0.5}, ((1,), (4,)),
              "Correlation paints bands into a matrix"),
         Tile("07", {}, ((0,), (2,)), "Spike order teaches a network to spell"),
         )


def tile_picture(tile):
    """The part of a panel's picture that a tile shows, as an RGB picture."""
    source, = SOURCES.glob(f"{tile.notebook}_*.py")
    found = [each.panel for each in panels(source)]
    having = [panel for panel in found if tile.sliders.keys() <= panel.sliders.keys()]
    panel = having[0] if tile.sliders else found[1]
    for name, value in tile.sliders.items():
        panel.sliders[name].value = value
    picture = Image.open(io.BytesIO(panel.picture.value)).convert("RGB")
    return beside([cut(picture, [panel.figure.axes[k] for k in group]) for group in tile.axes])


def cut(picture, axes):
    """The part of a picture that holds these Axes with all their labels."""
    left, bottom, right, top = Bbox.union(
        [each.get_tightbbox() for each in axes]).padded(3).extents
    return picture.crop((max(0, left), max(0, picture.height - top), min(
        picture.width, right), picture.height - max(0, bottom)))


def beside(pictures):
    """One picture of some, side by side and centred."""
    high = max(picture.height for picture in pictures)
    joined = Image.new("RGB", (sum(picture.width + GAP for picture in pictures) - GAP, high),
                       "white")
    x = 0
    for picture in pictures:
        joined.paste(picture, (x, (high - picture.height) // 2))
        x += picture.width + GAP
    return joined


def composite(tiles):
    """One picture of all tiles, each with its caption above."""
    rows = -(-len(tiles) // COLUMNS)
    canvas = Image.new("RGB", (COLUMNS * (WIDE + GAP) + GAP, rows * (HEAD + HIGH + GAP) + GAP),
                       "white")
    pen, font = ImageDraw.Draw(canvas), ImageFont.truetype(findfont("DejaVu Sans:bold"), 17)
    for k, tile in enumerate(tiles):
        x, y = GAP + k % COLUMNS * (WIDE + GAP), GAP + k // COLUMNS * (HEAD + HIGH + GAP)
        pen.text((x + WIDE / 2, y), tile.caption, INK, font, anchor="ma")
        picture = tile_picture(tile)
        picture.thumbnail((WIDE, HIGH), Image.Resampling.LANCZOS)
        canvas.paste(picture, (x + (WIDE - picture.width) // 2, y + HEAD +
                               (HIGH - picture.height) // 2))
    return canvas


class Scene(NamedTuple):
    """A panel of the loop: its notebook, which of its panels, the slider that moves, the values
    it moves through and back, and words for what is seen.
    """

    notebook: str
    panel: int
    slider: str
    ends: tuple
    caption: str


SCENES = (
    Scene("00", 1, "amplitude", (1.5, 200), "One current, five models: which of them fires?"),
    Scene("06", 1, "rule.tau_minus", (34, 10), "The same spikes, another rule: bands turn dark"),
    Scene("04", 1, "delay", (-2.5, 2.5), "Two spikes meet: they annihilate, wherever they meet"),
)
STEPS, HOLD, TICK = 15, 5, 110  # frames of a way, at its ends, and ms of each
SIZE, BAR = (720, 360), 40  # pixels of a panel, and of the slider below it
LARGEST_LOOP = 2_000_000


def frames_of(scene):
    """The pictures of a scene, with its slider below, there and back."""
    source, = SOURCES.glob(f"{scene.notebook}_*.py")
    panel = panels(source)[scene.panel].panel
    slider = panel.sliders[scene.slider]
    low, high = scene.ends
    if min(low, high) > 0 and hasattr(slider, "base"):
        values = np.geomspace(low, high, STEPS)
    else:
        values = np.linspace(low, high, STEPS)
    way = []
    for share, value in zip(np.linspace(0, 1, STEPS), values):
        slider.value = int(value) if isinstance(slider.value, int) else float(value)
        picture = Image.open(io.BytesIO(panel.picture.value)).convert("RGB")
        small = ImageOps.contain(picture, SIZE, Image.Resampling.LANCZOS)
        way.append(with_slider(small, share, scene))
    return [*[way[0]] * HOLD, *way, *[way[-1]] * HOLD, *way[::-1]]


def with_slider(picture, share, scene):
    """A panel's picture with its caption above and below it a slider at a share of its way."""
    canvas = Image.new("RGB", (SIZE[0], HEAD + SIZE[1] + BAR), "white")
    canvas.paste(picture, ((SIZE[0] - picture.width) // 2, HEAD + (SIZE[1] - picture.height) // 2))
    pen, font = ImageDraw.Draw(canvas), ImageFont.truetype(findfont("DejaVu Sans:bold"), 18)
    pen.text((SIZE[0] / 2, 6), scene.caption, INK, font, anchor="ma")
    left, right, y = 160, SIZE[0] - 160, HEAD + SIZE[1] + BAR // 2
    x = left + share * (right - left)
    pen.line((left, y, right, y), "#bbbbbb", 5)
    pen.line((left, y, x, y), "#0072B2", 5)
    pen.ellipse((x - 10, y - 10, x + 10, y + 10), "#E69F00", INK)
    return canvas


def moving():
    """Write course_moving.webp, the loop of all scenes; ValueError where it is too large."""
    frames = [frame for scene in SCENES for frame in frames_of(scene)]
    target = ROOT / "course_moving.webp"
    frames[0].save(target, save_all=True, append_images=frames[1:], duration=TICK, loop=0,
                   quality=50, method=4)
    if target.stat().st_size > LARGEST_LOOP:
        raise ValueError(f"{target.name} has {target.stat().st_size:,} bytes; at most "
                         f"{LARGEST_LOOP:,} are allowed")
    print(f"{target.name}: {len(frames)} frames, {target.stat().st_size:,} bytes")


def main():
    """Write course.png; an error where it is too large."""
    target = ROOT / "course.png"
    composite(TILES).quantize(COLORS, dither=Image.Dither.NONE).save(target, optimize=True)
    if (size := target.stat().st_size) > LARGEST:
        raise SystemExit(f"course.png has {size:,} bytes; at most {LARGEST:,} are allowed")


if __name__ == "__main__":
    matplotlib.use("agg")
    moving() if "moving" in sys.argv[1:] else main()
