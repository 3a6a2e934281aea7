"""Buttons: for what must not run by itself, and for what in a panel only a pointer could do otherwise.

Timings and versions differ from machine to machine, so they appear when asked for and nothing of them is stored.
"""
from html import escape

import ipywidgets as widgets

__all__ = ["button", "with_buttons", "with_clock"]


class AskedFor(widgets.VBox):
    """A button, and below it what its function returned: a text, an object with an HTML table, or a widget."""

    def __init__(self, label, function):
        self.press = widgets.Button(description=label, button_style="primary", layout=widgets.Layout(width="auto"))
        self.answer = widgets.HTMLMath()
        self._function = function
        self.press.on_click(lambda _: self.run())
        super().__init__([self.press, self.answer], layout=widgets.Layout(align_items="flex-start"))

    def run(self):
        """Do what the button does; what goes wrong is told in its place."""
        self.press.disabled, self.answer.value, self.children = True, "working …", (self.press, self.answer)
        try:
            self._tell(self._function())
        except Exception as error:                            # told to the learner instead of lost
            self.answer.value = f"<p>That did not work: {escape(str(error))}</p>"
        finally:
            self.press.disabled = False

    def _tell(self, result):
        if isinstance(result, widgets.Widget):
            self.answer.value, self.children = "", (self.press, self.answer, result)
            return
        as_html = getattr(result, "_repr_html_", None)
        self.answer.value = as_html() if as_html else f"<p>{escape(str(result))}</p>"


def button(label, function):
    """Return a button that, when pressed, shows what `function()` returns.

    That may be a text, an object with `_repr_html_` such as a Table, or a widget; an error is told in its place.
    """
    return AskedFor(label, function)


def with_buttons(panel, title, meanings):
    """Return the panel with a row of buttons above its picture, so that the keyboard can do what the pointer does.

    title: the word before the row. meanings: what each button does, by its label, such as {"←": "start further left"}. A
    button calls the panel's `grab` with a touch of its own kind: `touch.kind` is its label, and `touch.axes` is None.
    """
    row = [widgets.Button(description=label, tooltip=meaning, layout=widgets.Layout(width="auto", min_width="3em"))
           for label, meaning in meanings.items()]
    for made in row:
        made.on_click(lambda made: panel.touch(None, 0.0, 0.0, made.description))
    above, below = panel.children[:-2], panel.children[-2:]
    panel.children = (*above, widgets.HBox([widgets.Label(title), *row]), *below)
    return panel


def with_clock(panel, name, step, interval):
    """Return the panel with a clock above its picture: it carries the slider `name`, of whole numbers, to its end.

    step: how far the slider moves every `interval` ms of the learner's time.
    """
    slider = panel.sliders[name]
    clock = widgets.Play(value=slider.value, min=slider.min, max=slider.max, step=step, interval=interval)
    widgets.link((clock, "value"), (slider, "value"))
    above, below = panel.children[:-2], panel.children[-2:]
    panel.children = (*above, widgets.HBox([widgets.Label("Let time run"), clock]), *below)
    return panel
