"""A button for what must not run by itself: timings and versions differ from machine to machine, so nothing is stored."""
from html import escape

import ipywidgets as widgets

__all__ = ["button"]


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
