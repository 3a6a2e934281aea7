"""Panels without a kernel: what their controls do is swept when the page is built.

The controls of a group move together, so a group has a frame for each combination of their
positions; which controls those are stands in `panels.joint`. Buttons are steps between frames,
or lead to frames of their own; the pointer works where it does what the controls do. All frames
of a panel share one palette.
"""
import hashlib
import io
import itertools
import json
from html import escape
from math import nan, prod
from pathlib import Path
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.colors import to_rgb
from PIL import Image

from course_utils.panel import Touch
from course_utils.plots import COLOR
from course_utils.sliders import slider_for
from formulas import typeset
from panels import joint, paths

__all__ = ["LARGEST", "MOST", "Control", "bake_panel", "controls_of", "folder_of", "positions"]

ALONE, TOGETHER = 21, 13  # positions of a slider that moves alone, or in a group
MOST_FRAMES = 240  # of all groups of several controls
SLOWLY = 9, 49  # the two numbers for a panel that is slow
SHORT = 16  # values that a control in a group keeps all
NODES = 48  # frames of buttons that do what no control does
LARGEST = 27_000  # bytes of a frame
MOST = 2_700_000  # bytes of all frames of a panel
FORMS = (  # of a panel's frames, the next one where they would be too large:
    (1, 128, None), (1, 64, None), (1, 32, None),  # share of the size, colours without loss,
    (1, None, 60), (1, None, 45), (1, None, 30),  # or quality with loss
    (0.8, None, 45), (0.8, None, 30), (0.66, None, 45), (0.66, None, 20))
SAMPLE = 12  # frames from which the palette is taken and a form tried
OWN = sorted({tuple(round(255 * part) for part in to_rgb(each)) for each in COLOR.values()}
             | {(255, 255, 255), (0, 0, 0)})  # the course's colours, which stay as they are
TOUCHES = 48, 24  # places across and down at which the pointer is tried


class Control(NamedTuple):
    """A parameter that the page moves: its name, title and explanation, the values at which it
    is baked, the number of its start among them, and whether it is a choice.
    """

    name: str
    title: str
    doc: str
    values: list
    home: int
    is_choice: bool

    def shown(self, k):
        """The value at a position as a text."""
        value = self.values[k]
        return f"{value:.4g}" if isinstance(value, float) else str(value)


# Controls and their positions


def positions(slider, count=ALONE):
    """About `count` values at which a slider is baked, its present one among them, ascending;
    they lie on its own grid.
    """
    if isinstance(slider, widgets.Dropdown):
        return list(slider.options)
    low, high = slider.ends
    if isinstance(slider, widgets.IntSlider):
        grid = np.linspace(low, high, count).round().astype(int).tolist()
    elif isinstance(slider, widgets.FloatLogSlider):
        grid = [low, *(float(f"{value:.3g}") for value in np.geomspace(low, high, count)[1:-1]),
                high]
    else:
        steps = np.linspace(0, (high - low) / slider.step, count)[1:-1].round()
        grid = [low, *(round(low + slider.step * step, 10) for step in steps.tolist()), high]
    return sorted({*grid, slider.value})


def controls_of(panel):
    """(controls, groups) of a panel: its sliders and what `panels.joint` adds; each group a
    tuple of numbers of controls that move together.
    """
    declared, fixed = joint(panel)
    sliders = dict(panel.sliders)
    for name in dict.fromkeys([*itertools.chain(*declared), *fixed]):
        if name not in sliders:
            sliders[name] = slider_for(panel.record, name)
    names = list(sliders)
    alone = [(name,) for name in names if not any(name in group for group in declared)]
    count, most = SLOWLY if panel._busy.value else (ALONE, MOST_FRAMES)
    values = {name: sorted({*fixed[name], slider.value}) if name in fixed
              else positions(slider, count) for name, slider in sliders.items()}
    for group in declared:
        free = {name: sliders[name] for name in group if name not in fixed}
        values |= _fewer(values, group, free, most / len(declared))
    controls = [Control(name, slider.title, slider.tooltip or name, values[name],
                        values[name].index(slider.value), isinstance(slider, widgets.Dropdown))
                for name, slider in sliders.items()]
    return controls, [tuple(map(names.index, group)) for group in (*declared, *alone)]


def _fewer(values, group, free, most):
    """The values {name: list} of the controls of a group, those of the sliders in `free` thinned
    until there are at most so many combinations.
    """
    kept = {name: values[name] for name in group}
    counts = {name: min(TOGETHER, len(kept[name])) for name, slider in free.items()
              if not isinstance(slider, widgets.Dropdown)}
    for name in counts:
        if len(kept[name]) > SHORT:
            kept[name] = positions(free[name], counts[name])
    while prod(map(len, kept.values())) > most and any(count > 4 for count in counts.values()):
        largest = max(counts, key=lambda name: (counts[name] > 4, len(kept[name])))
        counts[largest] = min(counts[largest], len(kept[largest])) - 1
        kept[largest] = positions(free[largest], counts[largest])
    return kept


# What is seen at each place


class Sweep:
    """A panel that is put at places, each a tuple with one position per control; pictures and
    sentences are kept.
    """

    def __init__(self, panel, controls):
        self.panel, self.controls = panel, controls
        self.home = tuple(control.home for control in controls)
        self.pictures, self.sentences, self.known = [], [], {}

    def record(self, place):
        """The record at a place."""
        moved = {control.name: control.values[k]
                 for control, k, home in zip(self.controls, place, self.home) if k != home}
        return self.panel._home.but(**moved) if moved else self.panel._home

    def frame(self, place):
        """The number of the frame at a place."""
        if place not in self.known:
            self.known[place] = self.drawn(lambda: self.record(place))
        return self.known[place]

    def drawn(self, record):
        """The number of a frame of the record that `record()` returns."""
        self.panel._show(record)
        self.pictures.append(self.panel.picture.value)
        self.sentences.append(self.panel.readout.value)
        return len(self.pictures) - 1

    def place_of(self, record, near):
        """The place of a record that differs from the start in controls alone, by the nearest
        positions; None for another one. One that moved from `near` is not sent back there.
        """
        found = []
        for control, before in zip(self.controls, near):
            value = record.get(control.name)
            if control.is_choice or isinstance(value, str):
                k = control.values.index(value) if value in control.values else None
            else:
                k = int(np.argmin(np.abs(np.array(control.values, float) - value)))
                old = control.values[before]
                if k == before and not np.isclose(value, old):
                    k += 1 if value > old else -1
                    k = min(max(k, 0), len(control.values) - 1)
            if k is None:
                return None
            found.append(k)
        names = {control.name: record.get(control.name) for control in self.controls}
        return tuple(found) if _alike(self.panel._home.but(**names), record) else None


def _alike(a, b):
    """Whether two records are the same but for what a hand holds (a field called grabbed,
    dragged or pen).
    """
    for name, value in vars(a).items():
        other = getattr(b, name)
        if name in ("grabbed", "dragged", "pen") or value is other:
            continue
        if hasattr(value, "but"):
            if not _alike(value, other):
                return False
        elif isinstance(value, float) and isinstance(other, float):
            if not np.isclose(value, other, rtol=1e-9, atol=1e-12):
                return False
        elif not _equal(value, other):
            return False
    return True


def _equal(a, b):
    try:
        return bool(np.array_equal(a, b)) if np.ndim(a) or np.ndim(b) else bool(a == b)
    except (TypeError, ValueError):
        return False


def group_frames(sweep, group):
    """The frames of a group in the order of its places, the last control running fastest, all
    other controls at their start.
    """
    frames = []
    for chosen in itertools.product(*(range(len(sweep.controls[c].values)) for c in group)):
        place = list(sweep.home)
        for c, k in zip(group, chosen):
            place[c] = k
        frames.append(sweep.frame(tuple(place)))
    return frames


class Presses:
    """Where the buttons of a panel lead; `seen` are the records of the nodes met so far."""

    def __init__(self, sweep, groups):
        self.sweep, self.groups, self.seen = sweep, groups, []

    def walk(self, labels):
        """Meet the nodes along a row of presses from the start."""
        record = self.sweep.record(self.sweep.home)
        for label in labels:
            found = self.target(record, label, self.sweep.home)
            if not isinstance(found, int):
                return
            record = self.seen[found]

    def target(self, record, label, near, may_add=True):
        """The place (a list) or the number of the node to which a button leads, or None."""
        try:
            pressed = self.sweep.panel._grab(record, Touch(label, None, nan, nan))
        except Exception:  # a button that can't be pressed here
            return None
        place = self.sweep.place_of(pressed, near)
        if place is not None and _is_baked(place, self.sweep.home, self.groups):
            return list(place)
        for number, other in enumerate(self.seen):
            if _alike(other, pressed):
                return number
        if len(self.seen) >= NODES or not may_add:
            return None
        self.seen.append(pressed)
        return len(self.seen) - 1


def buttons_of(sweep, groups):
    """[{label, doc, to}] and the nodes. `to` says for each place, by its text, where a button
    leads: to another place (a list), or to a node (its number), a frame that no control reaches.
    A node is {frame, to: {label: place or node}}.
    """
    meanings = getattr(sweep.panel.record, "BUTTONS", None) or {}
    presses = Presses(sweep, groups)
    for labels in paths(sweep.panel):
        presses.walk(labels)
    places = sorted(place for place in sweep.known if _is_baked(place, sweep.home, groups))
    buttons, nodes = [], []
    for label, doc in meanings.items():
        everywhere = _steps(sweep, label)
        to = {}
        for place in places if everywhere else [sweep.home]:
            found = presses.target(sweep.record(place), label, place, place == sweep.home)
            if found is not None and found != list(place):
                to[",".join(map(str, place))] = found
        buttons.append({"label": label, "doc": doc, "to": to})
    while len(nodes) < len(presses.seen):
        record = presses.seen[len(nodes)]
        to = {label: presses.target(record, label, sweep.home) for label in meanings}
        nodes.append({"frame": sweep.drawn(lambda record=record: record),
                      "to": {label: found for label, found in to.items() if found is not None}})
    return buttons, nodes


def _steps(sweep, label):
    """Whether a button does at the start what controls do, so that it is tried everywhere."""
    pressed = sweep.panel._grab(sweep.panel._home, Touch(label, None, nan, nan))
    return sweep.place_of(pressed, sweep.home) is not None


def _is_baked(place, home, groups):
    moved = {c for c, (k, start) in enumerate(zip(place, home)) if k != start}
    return any(moved <= set(group) for group in groups)


def pointer_of(sweep):
    """{across, down, moves}: for each control that the pointer moves, its position for a touch
    at each place of the picture, row by row from the top, -1 where nothing is meant.
    """
    panel, (across, down) = sweep.panel, TOUCHES
    if panel._grab is None:
        return None
    moves = {c: [] for c in range(len(sweep.controls))}
    panel._show(lambda: panel._home)
    for row, column in itertools.product(range(down), range(across)):
        spot = ((column + 0.5) / across * panel.figure.bbox.width,
                (1 - (row + 0.5) / down) * panel.figure.bbox.height)
        place = _touched(sweep, spot)
        for c, k in enumerate(place or sweep.home):
            moves[c].append(k if place and k != sweep.home[c] else -1)
    moves = {c: ks for c, ks in moves.items() if max(ks) >= 0}
    for c, ks in moves.items():  # where the hand meets the start it means the start
        moves[c] = _with_home(ks, sweep.home[c], across)
    return {"across": across, "down": down, "moves": moves} if moves else None


def _touched(sweep, spot):
    """The place to which a press and a drag at a spot of the picture lead from the start."""
    panel = sweep.panel
    for axes in reversed(panel.figure.axes):
        if axes.bbox.contains(*spot):
            x, y = map(float, axes.transData.inverted().transform(spot))
            try:
                record = panel._grab(panel._home, Touch("down", axes, x, y))
                record = panel._grab(record, Touch("drag", axes, x, y))
            except Exception:
                return None
            return sweep.place_of(record, [-1] * len(sweep.controls))
    return None


def _with_home(ks, home, across):
    """Fill gaps between two neighbours in a row that are meant with the start."""
    filled = list(ks)
    for k in range(1, len(ks) - 1):
        if ks[k] < 0 and k % across and ks[k - 1] >= 0 <= ks[k + 1]:
            filled[k] = home
    return filled


# Pictures


def with_one_palette(pngs, folder):
    """Save pictures in one form and, without losses, in one palette; returns their files' names,
    which are made from their content.
    """
    pictures = [Image.open(io.BytesIO(png)).convert("RGB") for png in pngs]
    sample = pictures[::max(1, len(pictures) // SAMPLE)]
    for form in FORMS:
        palette = form[1] and shared_palette(sample, form[1])
        tried = [len(in_form(each, form, palette)) for each in sample]
        if max(tried) > 0.95 * LARGEST or sum(tried) / len(tried) * len(pictures) > MOST:
            continue
        made = [in_form(each, form, palette) for each in pictures]
        if max(map(len, made)) <= LARGEST and sum(map(len, set(made))) <= 1.1 * MOST:
            return [_saved(each, folder) for each in made]
    raise ValueError(f"{len(pictures)} frames have up to {max(tried):,} bytes each in their "
                     f"smallest form; at most {LARGEST:,} each and {MOST:,} together are allowed: "
                     "draw fewer points, or fewer positions in panels.JOINT")


def shared_palette(pictures, colors):
    """A palette picture for all: the course's own colours, and the commonest others."""
    wide = max(each.width for each in pictures)
    sheet = Image.new("RGB", (wide, sum(each.height for each in pictures)), "white")
    top = 0
    for each in pictures:
        sheet.paste(each, (0, top))
        top += each.height
    others = sheet.quantize(max(2, colors - len(OWN)), dither=Image.Dither.NONE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*itertools.chain(*OWN), *others][:768])
    return palette


def with_palette(picture, palette):
    """A picture in the colours of a palette; the course's own colours stay exactly (Pillow looks
    up the nearest colour on a coarse grid, where white may turn into a light grey).
    """
    few = np.array(picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB"))
    codes = packed(np.asarray(picture))
    kept = np.isin(codes, packed(np.array(OWN, np.uint8)))
    few[kept] = np.asarray(picture)[kept]
    return Image.fromarray(few)


def packed(pixels):
    """Colours (..., 3) as whole numbers (...,)."""
    return pixels.astype(np.int32) @ np.array([65536, 256, 1], np.int32)


def in_form(picture, form, palette):
    """The bytes of a picture as WebP: shrunk to a share of its size, in a palette and without
    loss, or with losses.
    """
    share, _, quality = form
    if share < 1:
        picture = picture.resize([round(share * side) for side in picture.size],
                                 Image.Resampling.LANCZOS)
    small = io.BytesIO()
    if palette:
        with_palette(picture, palette).save(small, "webp", lossless=True, quality=40, method=2)
    else:
        picture.save(small, "webp", quality=quality, method=4)
    return small.getvalue()


def _saved(small, folder):
    name = hashlib.sha256(small).hexdigest()[:16] + ".webp"
    (folder / name).write_bytes(small)
    return name


# The page


def bake_panel(panel, folder):
    """The HTML of a panel whose frames are saved in `folder` (a Path beside the page), with the
    script frames.js that says where each is; the page loads it when the panel is touched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    panel.reset()
    controls, groups = controls_of(panel)
    sweep = Sweep(panel, controls)
    start = sweep.frame(sweep.home)
    listed = [{"controls": group, "frames": group_frames(sweep, group)} for group in groups]
    buttons, nodes = buttons_of(sweep, groups)
    pointer = pointer_of(sweep)
    panel.reset()
    files = with_one_palette(sweep.pictures, folder)
    data = {
        "files": files, "sentences": sweep.sentences, "groups": listed, "nodes": nodes,
        "buttons": [button["to"] for button in buttons], "pointer": pointer,
        "controls": [{"home": control.home, "shown": list(map(control.shown, range(len(
            control.values))))} for control in controls]
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (folder / "frames.js").write_text(
        f"(window.coursePanels ??= {{}})[{json.dumps(folder.name)}] = {text};\n", encoding="utf-8")
    wide, high = Image.open(io.BytesIO(panel.picture.value)).size
    return _html(folder.name, controls, groups, buttons, pointer, f"{folder.name}/{files[start]}",
                 sweep.sentences[start], (wide, high), clock_of(panel))


def clock_of(panel):
    """The number of the control that the panel's clock carries, None without a clock."""
    clocks = [part for row in panel.children for part in getattr(row, "children", ())
              if isinstance(part, widgets.Play)]
    for clock in clocks:
        for number, slider in enumerate(panel.sliders.values()):
            ends = [getattr(slider, end, None) for end in ("min", "max", "value")]
            if isinstance(slider, widgets.IntSlider) and ends == [clock.min, clock.max,
                                                                  clock.value]:
                return number
    return None


def _html(name, controls, groups, buttons, pointer, file, sentence, size, clock=None):
    together = [group for group in groups if len(group) > 1]
    rows = "".join(_control(control, c) for c, control in enumerate(controls))
    presses = "".join(
        f'<button type="button" data-press="{k}" title="{escape(each["doc"])}">'
        f'{escape(each["label"])}</button>' for k, each in enumerate(buttons))
    if presses:
        presses = f'<p class="presses" role="group" aria-label="Buttons">{presses}</p>'
    time = "" if clock is None else (
        f'<button type="button" class="clock" data-clock="{clock}" aria-pressed="false">'
        "Let time run</button>")
    alt = escape(sentence)
    hand = ' data-hand=""' if pointer else ""
    return (
        f'<div class="baked panel" data-panel="{name}"{hand}><div class="controls">{rows}</div>'
        f'{presses}<p class="switches">{time}<button type="button" class="reset">Reset</button>'
        '<button type="button" class="keep" aria-pressed="false">Keep a ghost</button>'
        '<button type="button" class="full" aria-pressed="false">Full size</button></p>'
        f'<div class="picture"><img class="frame" src="{file}" width="{size[0]}" '
        f'height="{size[1]}" alt="{alt}" loading="lazy" draggable="false"></div>'
        f'<p class="readout" role="status">{alt}</p>{_note(controls, together)}</div>')


def _note(controls, together):
    """Which controls move together, as a sentence."""
    named = ["; ".join(", ".join(typeset(escape(controls[c].title)) for c in group)
                       for group in together)]
    return f'<p class="together">Move together on this page: {named[0]}.</p>' if together else ""


def _control(control, c):
    """The HTML of one control: a range, or a menu of choices."""
    title, doc = typeset(escape(control.title)), escape(control.doc)
    if control.is_choice:
        options = "".join(
            f'<option value="{k}"{" selected" if k == control.home else ""}>'
            f"{escape(control.shown(k))}</option>" for k in range(len(control.values)))
        return (f'<label><span>{title}</span><select data-control="{c}" '
                f'data-name="{control.name}" aria-label="{doc}">'
                f"{options}</select></label>")
    value = escape(control.shown(control.home))
    return (
        f'<label title="{doc}"><span>{title}</span><input type="range" data-control="{c}" '
        f'data-name="{control.name}" min="0" '
        f'max="{len(control.values) - 1}" step="1" value="{control.home}" aria-label="{doc}" '
        f'aria-valuetext="{value}"><output>{value}</output></label>')


def folder_of(page, cell):
    """The folder of a panel's frames, beside its page."""
    return Path(page).with_suffix("").parent / f"{Path(page).stem}_frames_{cell}"
