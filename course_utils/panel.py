"""Sliders over a live figure.

Most of a redraw goes into ticks and text, which don't move. So a panel draws them once, keeps
the pixels, and for each move of a slider puts them back, draws the moving artists on top and
sends one PNG. The redraw runs inside the slider's own callback: the browser keeps only the
newest value while Python is busy, so nothing queues up.
"""
import gc
import io
from html import escape
from math import nan
from pathlib import Path
from typing import NamedTuple

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .checks import require
from .model import Model
from .plots import darken_words  # which also sets the course's style

__all__ = ["Panel", "Picture", "Touch", "button", "with_clock"]

MOST_SLIDERS = 6
MOVED = "#E69F00"  # colour of the handle of a slider that was moved
HOME = "#FFFFFF"
GHOST = 184  # grey of a kept picture, from 0 to 255
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
    """A PNG that can be grabbed: `value` its bytes, `alt` its text, `pointer` [kind, x, y] in
    fractions of its size.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    value = traitlets.Bytes(b"").tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)
    grabs = traitlets.Bool(False).tag(sync=True)
    pointer = traitlets.List([]).tag(sync=True)


class Panel(widgets.VBox):
    """Sliders, a picture that follows them, and a sentence that says in numbers what is seen.

    record: a Model or any other Record; one with `run()` is an experiment. view(fig): draws
    once what stands still, creates the moving artists with `animated=True` and returns
    update(record), for an experiment update(record, record.run()), which moves them and returns
    the sentence, or None where the result has its own `sentence()`. sliders: names of
    parameters, dotted where the record holds records, or (name, low, high) to zoom; six at
    most. slow: for a view that takes over 50 ms; it is drawn when a slider is let go.

    A record with `touched(touch)`, which returns a changed copy, can be grabbed in the picture;
    its `BUTTONS`, {label: what it does}, do the same for the keyboard. grab(record, touch)
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
        self.sliders = {spec[0]: _slider(record, *spec, slow=slow) for spec in specs}
        self.picture = Picture(grabs=self._grab is not None)
        self.readout = widgets.Label(layout={"width": "auto", "min_height": "2em"})
        self.readout.add_class("course-readout")
        self._busy = widgets.Label("computing …" if slow else "", layout={"visibility": "hidden"})
        self._settling = False
        rows = widgets.Box(list(self.sliders.values()), layout={
            "flex_flow": "row wrap", "width": "54em", "max_width": "100%"})
        super().__init__([rows, self._controls(), self.picture, self.readout])
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
            slider.observe(lambda change, name=name: self._moved(name, change["new"]), "value")
        self.picture.observe(lambda change: self._pointed(*change["new"]), "pointer")
        _replace_earlier(self)

    def __repr__(self):
        return "(interactive panel: run this cell)"

    @property
    def model(self):
        """The Model on screen."""
        if not isinstance(self.record, Model):
            raise AttributeError("this panel shows a record that is no Model; use panel.record")
        return self.record

    def reset(self):
        """Put every slider back, and the record with them."""
        self._keep.value = False
        self._show(lambda: self._home)

    def touch(self, axes, x, y, kind="drag"):
        """Do what the pointer does at x, y in the data of `axes`."""
        if self._grab is not None:
            self._show(lambda: self._grab(self.record, Touch(kind, axes, x, y)))

    def _controls(self):
        reset = widgets.Button(description="Reset", layout={"width": "6em"})
        reset.on_click(lambda _: self.reset())
        self._keep = widgets.ToggleButton(False, description="Keep a ghost",
                                          layout={"width": "10em"},
                                          tooltip="keep this picture in grey, to compare")
        self._keep.observe(lambda change: self._set_ghost(change["new"]), "value")
        return widgets.HBox([reset, self._keep, self._busy])

    def _moved(self, name, value):
        """Take what a slider says; the browser rounds to its grid, so the value at home may
        come back slightly off.
        """
        home = self._home.get(name)
        if isinstance(home, float) and np.isclose(value, home, rtol=1e-9, atol=1e-12):
            value = home
        if not self._settling and value != self.record.get(name):
            self._show(lambda: self.record.but(**{name: value}))

    def _pointed(self, kind, x, y):
        """Turn fractions of the picture into the data of the Axes that they hit."""
        spot = self.figure.bbox.width * x, self.figure.bbox.height * y
        for axes in reversed(self.figure.axes):
            if axes.bbox.contains(*spot):
                self.touch(axes, *map(float, axes.transData.inverted().transform(spot)), kind)
                return

    def _settle(self):
        """Let the sliders follow the record."""
        self._settling = True
        for name, slider in self.sliders.items():
            value = self.record.get(name)
            slider.value = float(np.clip(value, *slider.ends)) if slider.ends else value
        self._settling = False

    def _show(self, changed):
        """Draw the record that `changed()` returns, and let the sliders follow; what goes wrong
        is told in the read-out, and all stays as it was.
        """
        before = self.record
        self._busy.layout.visibility = "visible"
        try:
            self.record = changed()
            self._refresh()
        except Exception as error:  # whatever a view raises, the panel stays alive
            self.record = before
            self.readout.value = self.picture.alt = f"Not drawn: {error}"
        finally:
            self._settle()
            self._busy.layout.visibility = "hidden"

    def _refresh(self):
        sentence = self._move()
        if self._limits() != self._frozen:
            self._freeze_background()
        self._paint(sentence)

    def _paint(self, sentence):
        """Draw what moves on the background, and say what is seen."""
        pixels = np.asarray(self._canvas.buffer_rgba())
        pixels[...] = self._background
        for axes in self.figure.axes:
            for artist in _animated(axes):
                axes.draw_artist(artist)
        self._drawn = pixels
        self.picture.value = _png(pixels)
        self.picture.alt = self.readout.value = sentence
        for name, slider in self.sliders.items():
            away = not np.array_equal(self.record.get(name), self._home.get(name))
            if hasattr(slider.style, "handle_color"):
                slider.style.handle_color = MOVED if away else HOME
            slider.description = ("● " if away else "") + slider.title

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
        """Keep what moves, as it is now, as a grey picture behind; or drop it."""
        self._background = self._plain
        if wanted:
            self._background = self._plain.copy()
            self._background[(self._drawn != self._plain).any(axis=-1), :3] = GHOST
        self._show(lambda: self.record)

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


def _png(pixels):
    """The pixels (rows, columns, 4) as a PNG, compressed in a hurry."""
    png = io.BytesIO()
    Image.fromarray(pixels[:, :, :3]).save(png, "png", compress_level=1)
    return png.getvalue()


def _slider(record, name, low=None, high=None, slow=False):
    """The widget for one parameter of a record: what it declares decides its kind and range."""
    declared = record.declared(name)
    value = record.get(name)
    title = declared.label()
    common = {"description": title, "tooltip": declared.doc, "layout": {"width": "26em"},
              "style": {"description_width": "9em"}}
    if declared.choices:
        made = widgets.Dropdown(options=declared.choices, value=value, **common)
        ends = None
    else:
        low = declared.low if low is None else low
        high = declared.high if high is None else high
        if low is None or high is None or not low < high or np.ndim(value):
            raise ValueError(
                f"a slider for {name} of {type(record).__name__} needs one number as its value and "
                f"a range that grows, as in ({name!r}, low, high)")
        ends = min(low, value), max(high, value)
        common["continuous_update"] = not slow
        made = _number_slider(declared.scale, value, *ends, common)
    vars(made).update(title=title, ends=ends)
    return made


def _number_slider(scale, value, low, high, common):
    if scale == "integer":
        return widgets.IntSlider(value, low, high, **common)
    if scale == "log":
        step, start = log_grid(value, low, high)
        return widgets.FloatLogSlider(value, min=start, max=np.log10(high), step=step,
                                      readout_format=".3g", **common)
    step = nice_step(high - low, value - low)
    digits = max(0, -int(np.floor(np.log10(step))))
    return widgets.FloatSlider(value, min=low, max=high, step=step,
                               readout_format=f".{digits}f", **common)


def log_grid(value, low, high, parts=200):
    """(step, start) of a grid of exponents from low to high with `value` on it: the browser
    rounds to the grid.
    """
    below, span = np.log10(value / low), np.log10(high / low)
    step = below / max(1, round(parts * below / span)) or span / parts
    return step, np.log10(value) - below


def nice_step(span, start=0.0):
    """A step of 1, 2 or 5 times a power of ten that divides a span into 100 to 250 parts, or
    finer until `start` is on it.

    The browser rounds to the grid, so a start beside it would move by itself.
    """
    power = int(np.floor(np.log10(span)))
    ladder = [float(f"{digit}e{power - k}") for k in range(1, 6) for digit in (5, 2, 1)]
    steps = [step for step in ladder if step <= span / 100]
    on_grid = (step for step in steps if abs(start / step - round(start / step)) < 1e-6)
    return next(on_grid, steps[0])


class AskedFor(widgets.VBox):
    """A button, and below it what its function returned: a text, an object with an HTML table,
    or a widget.
    """
    def __init__(self, label, function):
        self.press = widgets.Button(description=label, button_style="primary",
                                    layout={"width": "auto"})
        self.answer = widgets.HTMLMath()
        self._function = function
        self.press.on_click(lambda _: self.run())
        super().__init__([self.press, self.answer], layout={"align_items": "flex-start"})

    def run(self):
        """Do what the button does; what goes wrong is told in its place."""
        self.press.disabled = True
        self._show("working …")
        try:
            self._tell(self._function())
        except Exception as error:  # told to the learner instead of lost
            self.answer.value = f"<p>That did not work: {escape(str(error))}</p>"
        finally:
            self.press.disabled = False

    def _tell(self, result):
        if isinstance(result, widgets.Widget):
            return self._show("", result)
        as_html = getattr(result, "_repr_html_", None)
        return self._show(as_html() if as_html else f"<p>{escape(str(result))}</p>")

    def _show(self, html, *more):
        self.answer.value = html
        self.children = (self.press, self.answer, *more)


def button(label, function):
    """Return a button that, when pressed, shows what `function()` returns.

    That may be a text, an object with `_repr_html_` such as a Table, or a widget; an error is
    told in its place.

    >>> asked = button("How many?", lambda: 6 * 7)
    >>> asked.run()
    >>> asked.answer.value
    '<p>42</p>'
    """
    return AskedFor(label, function)


def with_buttons(panel, title, meanings):
    """Return the panel with a row of buttons above its picture, so that the keyboard can do
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
    >>> panel.children[-3].children[1].click()
    >>> panel.readout.value
    'I = 0.6'
    """
    row = [widgets.Button(description=label, tooltip=meaning,
                          layout={"width": "auto", "min_width": "3em"})
           for label, meaning in meanings.items()]
    for made in row:
        made.on_click(lambda made: panel.touch(None, nan, nan, made.description))
    return _above_picture(panel, title, row)


def with_clock(panel, name, step, interval):
    """Return the panel with a clock above its picture: it carries the slider `name`, of whole
    numbers, to its end.

    step: how far the slider moves every `interval` ms of the learner's time.
    """
    slider = panel.sliders[name]
    clock = widgets.Play(value=slider.value, min=slider.min, max=slider.max, step=step,
                         interval=interval)
    widgets.link((clock, "value"), (slider, "value"))
    return _above_picture(panel, "Let time run", [clock])


def _above_picture(panel, title, row):
    """The panel with one row more, right above its picture."""
    added = widgets.HBox([widgets.Label(title), *row])
    panel.children = (*panel.children[:-2], added, *panel.children[-2:])
    return panel
