"""The widget for one parameter: what the parameter declares decides its kind and range."""
import ipywidgets as widgets
import numpy as np

__all__ = ["slider_for"]


def slider_for(record, name, low=None, high=None, slow=False):
    """The widget for one parameter of a record: what it declares decides its kind and range."""
    declared = record.declared(name)
    value = record.get(name)
    words = declared.doc.partition(":")[0]
    is_word = declared.symbol.startswith(r"\mathrm")
    title = words if is_word else f"{words} {declared.label()}".strip()
    common = {"description": title, "tooltip": declared.doc}
    if declared.choices:
        made = widgets.Dropdown(options=declared.choices, value=value, **common)
        ends = None
    else:
        low = declared.low if low is None else low
        high = declared.high if high is None else high
        least = 0 if declared.scale == "log" else -np.inf
        if low is None or high is None or not least < low < high < np.inf or np.ndim(value):
            raise ValueError(
                f"a slider for {name} of {type(record).__name__} needs one number as its value and "
                f"a range that grows, as in ({name!r}, low, high)")
        ends = min(low, value), max(high, value)
        common["continuous_update"] = not slow
        made = _number_slider(declared.scale, value, *ends, common)
    vars(made).update(title=title, ends=ends)
    return made.add_class("course-slider")


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

    The browser rounds to the grid, so a start off the grid would move by itself.
    """
    power = int(np.floor(np.log10(span)))
    ladder = [float(f"{digit}e{power - k}") for k in range(1, 6) for digit in (5, 2, 1)]
    steps = [step for step in ladder if step <= span / 100]
    on_grid = (step for step in steps if abs(start / step - round(start / step)) < 1e-6)
    return next(on_grid, steps[0])
