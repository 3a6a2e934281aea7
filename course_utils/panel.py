"""Sliders over a live figure.

Most of a redraw goes into ticks and text, which don't move. So a panel draws them once, keeps
the pixels, and for each move of a slider puts them back, draws the moving artists on top and
sends the picture.

At rest that is a PNG, `panel.picture.value`: the same record gives the same bytes. While the
hand moves, the browser asks for pictures by number (panel.js) and gets sketches: the pixels
that differ from the last PNG, in fewer colours.
"""
import gc
import io
from math import nan
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from .checks import require
from .model import Model
from .plots import STANDARD_DPI, darken_words  # which also sets the course's style
from .sliders import slider_for

__all__ = ["Panel", "Picture", "Touch", "with_clock"]

MOST_SLIDERS = 6
GHOST = 184  # grey of a kept picture, from 0 to 255
THICK = 4  # pixels: what reaches further to all sides is an area, not a line
# of an Axes' width and height: where it is tried whether it can be grabbed
PROBES = np.stack(np.meshgrid((0.2, 0.5, 0.8), (0.2, 0.5, 0.8)), -1).reshape(-1, 2)
OF_CELL: dict = {}  # cell: (its latest run, the panels that this run made)


class Touch(NamedTuple):
    """What the hand did: kind "down", "drag" or "up", the Axes that the pointer is in, and x, y
    in the data of those Axes; of a button kind is its label, axes None, and x and y are nan.
    """

    kind: str
    axes: Axes | None
    x: float
    y: float


class Picture(anywidget.AnyWidget):
    """A PNG that can be grabbed: `value` its bytes, `alt` its text.

    sliders: {name: the slider's model}; readout: the Label's model; grabs: [left, bottom,
    right, top, whether a drag keeps to one direction] of what can be grabbed, in fractions of
    its size. What the hand does comes as messages {who, n, t, values, touches, rest}, each
    answered by {who, n, t, alt, cost} and, in motion, a sketch.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    value = traitlets.Bytes(b"").tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)
    sliders = traitlets.Dict({}).tag(sync=True)
    readout = traitlets.Unicode("").tag(sync=True)
    grabs = traitlets.List([]).tag(sync=True)


class Panel(widgets.VBox):
    """Sliders, a picture that follows them, and a sentence that says in numbers what is seen.

    record: a Model or any other Record; one with `run()` is an experiment. view(fig): draws
    once what stands still, creates the moving artists with `animated=True` and returns
    update(record), for an experiment update(record, record.run()), which moves them and returns
    the sentence, or None where the result has its own `sentence()`. sliders: names of
    parameters, dotted where the record holds records, or (name, low, high) to zoom; six at
    most. slow: for a view that takes over 50 ms; it is drawn when a slider is let go.

    A record with `touched(touch)`, which returns a changed copy, can be grabbed in the picture;
    its `BUTTONS`, {label: what it does}, do the same for the keyboard; in Axes whose label
    is in its `ONE_WAY` a drag keeps to the direction that it takes first. grab(record, touch)
    takes the place of `touched`. `panel.record` (for a Model also `panel.model`) is what is on
    screen, `panel.view` what drew it.

    >>> from course_utils import FitzHughNagumo, simulate, traces
    >>> t = np.arange(0, 50, 0.1)
    >>> def view(fig):
    ...     move = traces(fig.subplots(), simulate(FitzHughNagumo(), t), animated=True)
    ...     def update(model):
    ...         run = simulate(model, t)
    ...         move(run)
    ...         return f"v ends at {run.v[-1]:.2f}"
    ...     return update
    >>> panel = Panel(FitzHughNagumo(), view, "I_ext")
    >>> panel.sliders["I_ext"].value = 0.0
    >>> panel.readout.value
    'v ends at -1.20'
    """
    _settling = False  # the sliders follow the record
    _still = None  # the pixels that the picture shows at rest
    _hand = None  # {slider: value} under the hand, while it moves
    _stopped = False  # an interrupt holds until the hand rests, also for what it asked meanwhile

    def __init__(self, record, view, *sliders, grab=None, slow=False):
        if len(sliders) > MOST_SLIDERS:
            raise ValueError(f"a panel takes {MOST_SLIDERS} sliders at most, not {len(sliders)}: "
                             "which ones matter?")
        require("record", record, "parameters", "a record or model, such as FitzHughNagumo()")
        self._home = self.record = record
        self.view = view
        self._grab = grab or getattr(type(record), "touched", None)
        self.figure = Figure(figsize=(8.6, 3.6))
        self._canvas = FigureCanvasAgg(self.figure)
        self._update = _updater(view, self.figure)
        darken_words(self.figure)
        specs = [(each,) if isinstance(each, str) else each for each in sliders]
        self.sliders = {spec[0]: slider_for(record, *spec, slow=slow) for spec in specs}
        self.readout = widgets.Label().add_class("course-readout")
        followed = {name: each.model_id for name, each in self.sliders.items() if each.ends}
        self.picture = Picture(sliders=followed, readout=self.readout.model_id)
        self._busy = widgets.Label("computing …" if slow else "",
                                   layout={"visibility": "hidden"})
        rows = widgets.Box(list(self.sliders.values())).add_class("course-sliders")
        super().__init__([rows, self.picture, self.readout, self._controls()])
        if self.figure.dpi > STANDARD_DPI:
            self.add_class("course-projector")
        if meanings := getattr(record, "BUTTONS", None):
            with_buttons(self, "", meanings)
        sentence = self._move()  # before the layout, which makes room for what moves as well
        self._freeze_background()
        self.figure.set_layout_engine("none")  # laid out once: from here on the axes stand still
        self._paint(sentence)
        if not any(artist.get_animated() for artist in self.figure.findobj()):
            raise ValueError(
                "nothing in this view can move: create what `update` changes with animated=True, "
                "as in line, = ax.plot([], [], animated=True)")
        for name, slider in self.sliders.items():
            slider.observe(lambda change, name=name: self._settling or self._take(
                {name: change["new"]}), "value")
        self.picture.grabs = self._grips()
        self.picture.on_msg(self._asked)
        _replace_earlier(self)

    def __repr__(self):
        return "(interactive panel: run this cell)"

    @property
    def model(self):
        """The Model on screen."""
        if not isinstance(self.record, Model):
            raise AttributeError("this panel shows a record, not a Model; use panel.record")
        return self.record

    def reset(self):
        """Put every slider back, and the record with them."""
        self._keep.value = False
        self._show(lambda: self._home)

    def touch(self, axes, x, y, kind="drag"):
        """Do what the pointer does at x, y in the data of `axes`."""
        if self._grab is not None:
            self._show(lambda: self._grab(self.record, Touch(kind, axes, x, y)))

    def _touched(self, record, kind, axes, spot):
        """The record after a touch at a spot of the picture, in pixels."""
        x, y = axes.transData.inverted().transform(spot)
        return self._grab(record, Touch(kind, axes, float(x), float(y)))

    def _grips(self):
        """What can be grabbed, as `Picture.grabs` wants it: the Axes in which a touch changes
        the record.
        """
        one_way, size = getattr(self._home, "ONE_WAY", ()), self.figure.bbox.size
        return [[*axes.bbox.min / size, *axes.bbox.max / size, axes.get_label() in one_way]
                for axes in self.figure.axes if self._grab and self._reacts(axes)]

    def _reacts(self, axes):
        spots = axes.bbox.min + axes.bbox.size * PROBES
        try:
            return any(self._touched(self.record, kind, axes, spot) != self.record
                       for spot in spots for kind in ("down", "drag"))
        except Exception:  # shown when it is touched
            return True

    def _controls(self):
        reset = widgets.Button(description="Reset")
        reset.on_click(lambda _: self.reset())
        self._keep = widgets.ToggleButton(
            description="Keep for comparison", tooltip="keep the outlines of this picture in grey")
        self._keep.observe(lambda change: self._set_ghost(change["new"]), "value")
        return widgets.HBox([reset, self._keep, self._busy]).add_class("course-buttons")

    def _take(self, values, touches=()):
        """Draw what the hand did to sliders and picture; nothing where all is as it was."""
        meant = {name: self._meant(name, values[name]) for name in values}
        if touches or any(self.record.get(name) != meant[name] for name in meant):
            self._show(lambda: self._handled(meant, touches))

    def _meant(self, name, value):
        """A slider's value: the browser rounds, so the default may come slightly off."""
        home = self._home.get(name)
        near = isinstance(home, float) and np.isclose(value, home, 1e-9, 1e-12)
        return home if near else value

    def _asked(self, _, question, __):
        """Answer the page; once more where an interrupt came between."""
        try:
            self._answer(**question)
        except KeyboardInterrupt:
            self.picture.send_state("value")  # which may have been on its way
            self._answer(**question)

    def _answer(self, values, touches, rest, **question):
        """Do what the hand did; answer with a sketch, or at rest with the PNG, and give the
        sliders back what was made of their values.
        """
        begun = perf_counter()
        self._hand = values
        if not self._stopped:
            self._take(values, touches)
        self._hand = None
        if rest:
            self._stopped = False
            self._publish()
            self._settle()
            for name in values:
                self.sliders[name].send_state("value")
        sketch = [] if rest else [_sketch(self._drawn, self._still)]
        self.picture.send(question | {
            "alt": self._said, "cost": 1e3 * (perf_counter() - begun)}, sketch)

    def _handled(self, values, touches):
        """The record after what the hand did to sliders and picture."""
        record = self.record.but(**values)
        for kind, *place in touches:
            spot = place * self.figure.bbox.size
            hit = [axes for axes in self.figure.axes if axes.bbox.contains(*spot)]
            if hit:
                record = self._touched(record, kind, hit[-1], spot)
        return record

    def _settle(self):
        """Let the sliders follow the record, but for those that the hand moves."""
        self._settling = True
        try:
            for name in self.sliders.keys() - (self._hand or {}):
                slider = self.sliders[name]
                value = self.record.get(name)
                slider.value = float(np.clip(value, *slider.ends)) if slider.ends else value
        finally:
            self._settling = False

    def _show(self, changed):
        """Draw the record that `changed()` returns, and let the sliders follow; the read-out
        shows what goes wrong, and all stays as it was.
        """
        before = self.record, self._drawn
        if self._busy.value:
            self._busy.layout.visibility = "visible"
        try:
            self.record = changed()
            sentence = self._move()
            if self._limits() != self._frozen:
                self._freeze_background()
            self._paint(sentence)
        except (Exception, KeyboardInterrupt) as error:  # the panel stays alive
            self.record, self._drawn = before
            said = str(error) or "interrupted; move a slider again"
            self._stopped = self._hand and not str(error)
            self._said = f"Not drawn: {said}".replace("$", r"\$")  # two would enclose TeX
            self._publish()
        finally:
            self._settle()
            self._busy.layout.visibility = "hidden"

    def _paint(self, sentence):
        """Draw what moves on the background, and say what is seen."""
        pixels = np.asarray(self._canvas.buffer_rgba())
        pixels[...] = self._background
        for axes in self.figure.axes:
            for artist in _animated(axes):
                axes.draw_artist(artist)
        self._drawn = pixels.copy()
        self._said = sentence
        self._publish()
        for name, slider in self.sliders.items():
            away = not np.array_equal(self.record.get(name), self._home.get(name))
            slider.description = ("● " if away else "") + slider.title

    def _publish(self):
        """Show the picture as it is drawn, with its sentence; in motion the answer does."""
        if self._hand is None:
            if self._still is not self._drawn:
                self._still = None  # until it is on its way
                self.picture.value = _png(Image.fromarray(self._drawn[:, :, :3]))
            self._still = self._drawn
            self.picture.alt = self.readout.value = self._said

    def _move(self):
        """Move the artists to where the record wants them; the sentence that goes with them."""
        if not hasattr(self.record, "run"):
            return str(self._update(self.record) or "")
        result = self.record.run()
        said = self._update(self.record, result)
        return str(result.sentence() if said is None else said)

    def _freeze_background(self):
        """Draw all that stands still and keep its pixels."""
        self._canvas.draw()
        self._frozen = self._limits()
        self._plain = np.array(self._canvas.buffer_rgba())
        self._background = self._plain

    def _set_ghost(self, wanted):
        """Keep the outlines of what moves, as it is now, in grey behind; or drop them."""
        self._background = self._plain.copy()
        if wanted:
            self._background[self._outlines(), :3] = GHOST
        self._show(lambda: self.record)

    def _outlines(self):
        """Which pixels belong to a line or an edge of what moves, each artist by itself; images
        and words have none.
        """
        pixels = np.asarray(self._canvas.buffer_rgba())
        kept = np.zeros(pixels.shape[:2], bool)
        for axes in self.figure.axes:
            for artist in _animated(axes):
                image = isinstance(artist, ScalarMappable) and artist.get_array() is not None
                if image or isinstance(artist, Text):
                    continue
                pixels[...] = self._plain
                axes.draw_artist(artist)
                changed = (pixels != self._plain).any(axis=2)
                around = [np.roll(changed, far, axis) for far in (-THICK, THICK) for axis in (0, 1)]
                kept |= changed & ~np.logical_and.reduce(around)
        return kept

    def _limits(self):
        return [(*axes.get_xlim(), *axes.get_ylim(), axes.get_title(loc="left"))
                for axes in self.figure.axes]


def _updater(view, fig):
    """What the view returns, once it has drawn; it must be a function."""
    update = view(fig)
    if not callable(update):
        raise TypeError(
            f"{getattr(view, '__name__', 'the view')} must return the function that moves what "
            f"it drew, but returned {update!r}: end it with `return update`")
    return update


def _replace_earlier(panel):
    """Close the panels that an earlier run of the same cell made: nobody sees them any more, and
    their open channels would keep their pixels in memory.
    """
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent() if kernel else {}
    cell = parent.get("metadata", {}).get("cellId")
    if cell is None:
        return
    run = parent["header"]["msg_id"]
    before, panels = OF_CELL.get(cell, (run, []))
    if before != run:
        for each in panels:
            _close(each)
        panels = []
        gc.collect()  # pixels wait in cycles of few objects, which Python would leave for long
    OF_CELL[cell] = run, [*panels, panel]


def _close(widget):
    """Close a widget with all that it is made of."""
    for part in (*getattr(widget, "children", ()), getattr(widget, "style", None), widget.layout):
        if isinstance(part, widgets.DOMWidget):
            _close(part)
        elif part is not None:
            part.close()
    widget.close()


def _animated(axes):
    """The moving artists of Axes, those of lower zorder first."""
    return sorted((artist for artist in axes.get_children()
                   if artist.get_animated() and artist.get_visible()),
                  key=lambda artist: artist.get_zorder())


def _png(image, **options):
    """A picture as a PNG, compressed in a hurry."""
    png = io.BytesIO()
    image.save(png, "png", compress_level=1, **options)
    return png.getvalue()


def _sketch(pixels, still):
    """The pixels that differ from a still picture, a PNG in 255 colours, clear elsewhere."""
    moved = pixels.view("<u4")[:, :, 0] != still.view("<u4")[:, :, 0]
    moved[0, 0] = True  # one at least
    few = Image.fromarray(pixels[moved][None, :, :3]).quantize(255, Image.Quantize.FASTOCTREE)
    index = np.zeros(moved.shape, np.uint8)
    index[moved] = np.asarray(few)[0] + 1
    sketch = Image.fromarray(index)
    sketch.putpalette([0, 0, 0, *few.getpalette()])
    return _png(sketch, transparency=0)


def with_buttons(panel, title, meanings):
    """Return the panel with a row of buttons below its picture, so that the keyboard can do
    what the pointer does.

    title: the word before the row. meanings: what each button does, by its label, such as {"←":
    "start further left"}. A button calls the panel's `grab` with Touch(label, None, nan, nan).

    >>> from course_utils import FitzHughNagumo
    >>> def view(fig):
    ...     line, = fig.subplots().plot([], [], animated=True)
    ...     return lambda model: f"I = {model.I_ext:.1f}"
    >>> def grab(model, touch):
    ...     return model.but(I_ext=model.I_ext + 0.1)
    >>> panel = Panel(FitzHughNagumo(), view, "I_ext", grab=grab)
    >>> panel = with_buttons(panel, "Current", {"+": "a tenth more"})
    >>> panel.children[-2].children[1].click()
    >>> panel.readout.value
    'I = 0.6'
    """
    row = [widgets.Button(description=label, tooltip=meaning)
           for label, meaning in meanings.items()]
    for made in row:
        made.on_click(lambda made: panel.touch(None, nan, nan, made.description))
    return _below_picture(panel, title, row)


def with_clock(panel, name, step, interval):
    """Return the panel with a clock below its picture: it carries the slider `name`, of whole
    numbers, to its end.

    step: how far the slider moves every `interval` ms of the learner's time.
    """
    slider = panel.sliders[name]
    clock = widgets.Play(value=slider.value, min=slider.min, max=slider.max, step=step,
                         interval=interval)
    widgets.link((clock, "value"), (slider, "value"))
    return _below_picture(panel, "Let time run", [clock])


def _below_picture(panel, title, row):
    """The panel with one row more, below its picture and sentence."""
    words = [widgets.Label(title)] if title else []
    added = widgets.HBox([*words, *row]).add_class("course-buttons")
    panel.children = (*panel.children[:-1], added, panel.children[-1])
    return panel
