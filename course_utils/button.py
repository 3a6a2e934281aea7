"""A button for what must not run by itself: timings and versions differ from machine to machine, so nothing is stored."""
from html import escape

import ipywidgets as widgets

__all__ = ["button"]


class AskedFor(widgets.VBox):
    """A button, and below it what its function returned: a text, or any object with an HTML table."""

    def __init__(self, label, function):
        self.press = widgets.Button(description=label, button_style="primary", layout=widgets.Layout(width="auto"))
        self.answer = widgets.HTMLMath()
        self._function = function
        self.press.on_click(lambda _: self.run())
        super().__init__([self.press, self.answer], layout=widgets.Layout(align_items="flex-start"))

    def run(self):
        """Do what the button does; what goes wrong is told in its place."""
        self.press.disabled, self.answer.value = True, "working …"
        try:
            result = self._function()
            as_html = getattr(result, "_repr_html_", None)
            self.answer.value = as_html() if as_html else f"<p>{escape(str(result))}</p>"
        except Exception as error:                            # told to the learner instead of lost
            self.answer.value = f"<p>That did not work: {escape(str(error))}</p>"
        finally:
            self.press.disabled = False


def button(label, function):
    """Return a button that, when pressed, shows what `function()` returns: a text or an object with `_repr_html_`."""
    return AskedFor(label, function)
