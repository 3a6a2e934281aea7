"""The README's picture: six live panels of the course, each set to a telling place.

    python tools/readme_picture.py       # writes course.png
"""
import io
from pathlib import Path
from typing import NamedTuple

import matplotlib
from matplotlib.font_manager import findfont
from matplotlib.transforms import Bbox
from PIL import Image, ImageDraw, ImageFont

from panels import SOURCES, panels

ROOT = Path(__file__).resolve().parent.parent
WIDE, HIGH, HEAD, GAP = 440, 300, 34, 22  # pixels: a tile's picture, its caption, the space
COLUMNS = 3
LARGEST, COLORS, INK = 300_000, 256, "#222222"


class Tile(NamedTuple):
    """The second panel of a notebook, the one to remember: where its sliders stand, what shows
    of it, and words for it.

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
              "A network on the edge of chatter"),
         Tile("06", {"rule.A_plus": 0.008}, ((1,), (2,)),
              "Correlation paints bands into a matrix"),
         Tile("07", {}, ((0,), (2,)), "Spike order teaches a network to spell"),
         )


def tile_picture(tile):
    """The part of a panel's picture that a tile shows, as an RGB picture."""
    source, = SOURCES.glob(f"{tile.notebook}_*.py")
    panel = panels(source)[1].panel
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


def main():
    """Write course.png; an error where it is too large."""
    matplotlib.use("agg")
    target = ROOT / "course.png"
    composite(TILES).quantize(COLORS, dither=Image.Dither.NONE).save(target, optimize=True)
    if (size := target.stat().st_size) > LARGEST:
        raise SystemExit(f"course.png has {size:,} bytes; at most {LARGEST:,} are allowed")


if __name__ == "__main__":
    main()
