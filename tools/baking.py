"""Panels without a kernel: every slider is swept when the page is built, and its frames stand
beside the page.

A slider moves alone, the others at their start; so the frames of a panel are the sum of its
sliders' positions, not their product.
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

from course_utils.questions.recall import filled

__all__ = ["Frame", "bake_panel", "bake_question", "bake_warm_up", "positions"]

POSITIONS = 40  # of a slider
LARGEST = 20_000  # bytes of a frame
FORMS = (  # of a frame, the next one where it would be too large:
    (1, 64, None),
    (1, 32, None),  # share of the size, colours without loss or quality with loss
    (1, None, 60),
    (1, None, 45),
    (1, None, 30),
    (0.8, None, 45),
    (0.8, None, 30),
    (0.66, None, 45),
    (0.66, None, 20))


class Frame(NamedTuple):
    """One state of a panel: the picture's file, the sentence that is also its alt text, the
    slider's value as text.
    """

    file: str
    sentence: str
    value: str


def positions(slider):
    """The values at which a slider is baked, its present one among them, ascending; they lie on
    its own grid.
    """
    if isinstance(slider, widgets.Dropdown):
        return list(slider.options)
    low, high = slider.ends
    if isinstance(slider, widgets.IntSlider):
        grid = np.linspace(low, high, POSITIONS).round().astype(int).tolist()
    elif isinstance(slider, widgets.FloatLogSlider):
        grid = [
            low, *(float(f"{value:.3g}") for value in np.geomspace(low, high, POSITIONS)[1:-1]),
            high
        ]
    else:
        steps = np.linspace(0, (high - low) / slider.step, POSITIONS)[1:-1].round()
        grid = [low, *(round(low + slider.step * step, 10) for step in steps.tolist()), high]
    return sorted({*grid, slider.value})


def frame_file(png, folder):
    """Save a picture, small enough, under a name made from its content; returns the file's
    name.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for form in FORMS:
        small = in_form(picture, *form)
        if len(small) <= LARGEST:
            break
    else:
        raise ValueError(
            f"a frame has {len(small):,} bytes in its smallest form; at most {LARGEST:,} are "
            "allowed: "
            "draw fewer points")
    name = hashlib.sha256(small).hexdigest()[:16] + ".webp"
    (folder / name).write_bytes(small)
    return name


def in_form(picture, share, colors, quality):
    """The bytes of a picture as WebP: shrunk to a share of its size, with few colours and no
    loss, or with losses.
    """
    if share < 1:
        picture = picture.resize([round(share * side) for side in picture.size],
                                 Image.Resampling.LANCZOS)
    small = io.BytesIO()
    if colors:
        few = picture.quantize(colors, dither=Image.Dither.NONE).convert("RGB")
        few.save(small, "webp", lossless=True, quality=50, method=3)
    else:
        picture.save(small, "webp", quality=quality, method=4)
    return small.getvalue()


def sweep(panel, name, folder, prefix):
    """{"home": index of the start, "frames": [Frame, ...]} of one slider, the others at their
    start.
    """
    slider = panel.sliders[name]
    home, values, frames = slider.value, positions(slider), []
    for value in values:
        slider.value = value
        shown = f"{value:.4g}" if isinstance(value, float) else str(value)
        frames.append(
            Frame(prefix + frame_file(panel.picture.value, folder), panel.readout.value,
                  shown)._asdict())
    panel.reset()
    return {"home": values.index(home), "frames": frames}


def bake_panel(panel, folder):
    """The HTML of a panel whose frames are saved in `folder` (a Path beside the page)."""
    folder.mkdir(parents=True, exist_ok=True)
    panel.reset()
    data = {name: sweep(panel, name, folder, f"{folder.name}/") for name in panel.sliders}
    first = next(iter(data.values()))
    start = first["frames"][first["home"]]
    controls = "".join(
        _control(panel.sliders[name], name, swept) for name, swept in data.items())
    wide, high = Image.open(io.BytesIO(panel.picture.value)).size
    text, alt = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"), escape(
        start["sentence"])
    return (
        f'<div class="baked"><script type="application/json">{text}</script><div '
        f'class="controls">{controls}'
        f'<button type="button">Reset</button></div><img src="{start["file"]}" width="{wide}" '
        f'height="{high}" alt="{alt}">'
        f'<p class="readout" aria-live="polite">{alt}</p></div>')


def _control(slider, name, swept):
    """The HTML of one slider: a range, or a menu of choices."""
    title, doc, home, key = escape(slider.title), escape(slider.tooltip
                                                         or name), swept["home"], escape(name)
    if isinstance(slider, widgets.Dropdown):
        options = "".join(
            '<option '
            f'value="{k}"{" selected" if k == home else ""}>{escape(frame["value"])}</option>'
            for k, frame in enumerate(swept["frames"]))
        return (f'<label><span>{title}</span><select data-slider="{key}" '
                f'aria-label="{doc}">{options}</select></label>')
    value = escape(swept["frames"][home]["value"])
    return (
        f'<label title="{doc}"><span>{title}</span><input type="range" data-slider="{key}" '
        'min="0" '
        f'max="{len(swept["frames"]) - 1}" step="1" value="{home}" aria-label="{doc}" '
        f'aria-valuetext="{value}">'
        f"<output>{value}</output></label>")


def bake_question(question):
    """The HTML of a Question: its choices to tick and, where it tells an answer, that answer
    folded away.
    """
    asked = question.prediction
    name = "q" + hashlib.sha256(question.name.encode()).hexdigest()[:12]
    choices = "".join(
        '<label class="choice"><input type="radio" '
        f'name="{name}"><span>{escape(choice)}</span></label>'
        for choice in question.choice.options)
    told = question.told(False)
    shown = told.replace('.ipynb"', '.html"')
    answer = f"<details><summary>Commit to a choice, then open</summary><p>{shown}</p></details>"
    return (
        f'<div class="baked"><fieldset><legend><b>{question.asks}</b> '
        f'{asked.question}</legend>{choices}</fieldset>'
        f"{answer if asked.because in told else ''}</div>")


def bake_warm_up(warm_up):
    """The HTML of a WarmUp, with the same numbers at each build: its answer folded away."""
    asked = filled(warm_up.words, np.random.default_rng(0))
    right, choices = asked["right"], asked.get("choices", ())
    told = f"{choices[right]}." if choices else f"{right:.4g}."
    listed = "".join(f"<li>{escape(choice)}</li>" for choice in choices)
    return (f'<div class="baked"><p><b>From notebook {asked["of"][:2]}.</b> '
            f'{escape(asked["question"])}</p><ul>{listed}</ul><details><summary>Answer, then open'
            f'</summary><p><b>{escape(told)}</b> {escape(asked["why"])}</p></details></div>')


def folder_of(page, cell):
    """The folder of a panel's frames, beside its page."""
    return Path(page).with_suffix("").parent / f"{Path(page).stem}_frames_{cell}"
