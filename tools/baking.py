"""Panels without a kernel: every slider is swept when the page is built, and its frames stand beside the page.

A slider moves alone, the others at their start; so the frames of a panel are the sum of its sliders' positions, not their
product.
"""
import hashlib
import io
import json
from html import escape
from pathlib import Path
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np
from PIL import Image

__all__ = ["Frame", "bake_panel", "bake_question", "positions"]

POSITIONS = 40                                                # of a slider
LARGEST = 20_000                                              # bytes of a frame
PALETTES = (64, 32, 16, 8)                                    # colours, fewer where a frame is too large


class Frame(NamedTuple):
    """One state of a panel: the picture's file, the sentence that is also its alt text, the slider's value as text."""

    file: str
    sentence: str
    value: str


def positions(slider):
    """The values at which a slider is baked, its present one among them, ascending."""
    if isinstance(slider, widgets.Dropdown):
        return list(slider.options)
    low, high = slider.ends
    if isinstance(slider, widgets.IntSlider):
        grid = np.unique(np.linspace(low, high, POSITIONS).round().astype(int)).tolist()
    elif isinstance(slider, widgets.FloatLogSlider):
        grid = np.geomspace(low, high, POSITIONS).tolist()
    else:
        grid = np.linspace(low, high, POSITIONS).tolist()
    return sorted({*grid, slider.value})


def frame_file(png, folder):
    """Save a PNG with a palette, small enough, under a name made from its content; returns the file's name."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colors in PALETTES:
        small = io.BytesIO()
        picture.quantize(colors, dither=Image.Dither.NONE).save(small, "png", optimize=True)
        if len(small.getvalue()) <= LARGEST:
            break
    else:
        raise ValueError(f"a frame has {len(small.getvalue()):,} bytes with {colors} colours; at most {LARGEST:,} are allowed: "
                         "draw fewer points")
    name = hashlib.sha256(small.getvalue()).hexdigest()[:16] + ".png"
    (folder / name).write_bytes(small.getvalue())
    return name


def sweep(panel, name, folder, prefix):
    """{"home": index of the start, "frames": [Frame, ...]} of one slider, the others at their start."""
    slider = panel.sliders[name]
    home, values, frames = slider.value, positions(slider), []
    for value in values:
        slider.value = value
        shown = f"{value:.4g}" if isinstance(value, float) else str(value)
        frames.append(Frame(prefix + frame_file(panel.picture.value, folder), panel.readout.value, shown)._asdict())
    panel.reset()
    return {"home": values.index(home), "frames": frames}


def bake_panel(panel, folder):
    """The HTML of a panel whose frames are saved in `folder` (a Path beside the page)."""
    folder.mkdir(parents=True, exist_ok=True)
    panel.reset()
    data = {name: sweep(panel, name, folder, f"{folder.name}/") for name in panel.sliders}
    first = next(iter(data.values()))
    start = first["frames"][first["home"]]
    controls = "".join(_control(panel.sliders[name], name, swept) for name, swept in data.items())
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return (f'<div class="baked"><script type="application/json">{text}</script><div class="controls">{controls}'
            f'<button type="button">Reset</button></div><img src="{start["file"]}" alt="{escape(start["sentence"])}">'
            f'<p class="readout" aria-live="polite">{escape(start["sentence"])}</p></div>')


def _control(slider, name, swept):
    """The HTML of one slider: a range, or a menu of choices."""
    title, home, key = escape(slider.title), swept["home"], escape(name)
    if isinstance(slider, widgets.Dropdown):
        options = "".join(f'<option value="{k}"{" selected" if k == home else ""}>{escape(frame["value"])}</option>'
                          for k, frame in enumerate(swept["frames"]))
        return f'<label><span>{title}</span><select data-slider="{key}">{options}</select></label>'
    return (f'<label><span>{title}</span><input type="range" data-slider="{key}" min="0" max="{len(swept["frames"]) - 1}" '
            f'step="1" value="{home}" aria-label="{escape(slider.tooltip or name)}"><output>{swept["frames"][home]["value"]}'
            "</output></label>")


def bake_question(prediction):
    """The HTML of a question: its choices, and the answer folded away."""
    choices = "".join(f"<li>{escape(choice)}</li>" for choice in prediction.choices)
    return (f'<div class="baked"><p><b>Predict.</b> {escape(prediction.question)}</p><ol>{choices}</ol><details>'
            f"<summary>Commit to a choice, then open</summary><p>{escape(prediction.choices[prediction.right])}. "
            f"{escape(prediction.because)}</p></details></div>")


def folder_of(page, cell):
    """The folder of a panel's frames, beside its page."""
    return Path(page).with_suffix("").parent / f"{Path(page).stem}_frames_{cell}"
