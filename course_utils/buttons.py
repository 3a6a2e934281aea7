"""A button that shows what a function returns."""
from html import escape

import ipywidgets as widgets

__all__ = ["button"]


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
        """Do what the button does; an error is shown in its place."""
        self.press.disabled = True
        self._show("working …")
        try:
            self._tell(self._function())
        except Exception as error:  # told to the learner instead of lost
            said = escape(str(error)).replace("$", r"\$")
            self.answer.value = f"<p>That did not work: {said}</p>"
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
    shown in its place.

    >>> asked = button("How many?", lambda: 6 * 7)
    >>> asked.run()
    >>> asked.answer.value
    '<p>42</p>'
    """
    return AskedFor(label, function)
