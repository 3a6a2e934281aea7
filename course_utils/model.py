"""Named numbers with units: `parameter` declares one, `Record` holds some, `Model` adds a
vector field.

A parameter is declared once, and that one line feeds its default, its axis label, its slider,
its row in the table at the top of a notebook and the range that the tests sweep:

    class FitzHughNagumo(Model):
        states = {"v": "1", "w": "1"}
        I_ext: float = parameter(0.5, "1", r"I_\\mathrm{ext}", -0.2, 1.8, "stimulus")

Subclasses of `Record` become frozen, keyword-only dataclasses by themselves.
"""
import math
from dataclasses import dataclass, field, fields, replace
from numbers import Real
from typing import ClassVar, dataclass_transform

import numpy as np

from . import equilibria
from .checks import DOMAINS, short, within
from .tables import Table

__all__ = ["Model", "Parameter", "Record", "exp", "parameter", "vtrap"]

SCALES = ("linear", "log", "integer")


@dataclass(frozen=True)
class Parameter:
    """What is known of one parameter besides its value; see `parameter`."""

    unit: str = "1"
    symbol: str = ""
    low: float | None = None
    high: float | None = None
    doc: str = ""
    scale: str = "linear"
    domain: str = "real"
    choices: tuple = ()

    def label(self):
        """The axis label: symbol and unit, as in '$I_\\mathrm{ext}$ (mV)'."""
        return f"${self.symbol}$" + (f" ({self.unit})" if self.unit != "1" else "")


def parameter(default, unit="1", symbol="", low=None, high=None, doc="", domain="real", *,
              scale="linear", choices=()):
    """A dataclass field that declares a parameter of a Record or Model, default first.

    unit: text, "1" where there is none. symbol: TeX without dollars. low, high: the range a
    slider spans. scale: "linear", "log" or "integer". domain: "real", "positive", "nonnegative",
    "probability", "temperature" (°C) or "range" (from low to high); it alone decides which values
    are refused. choices: the allowed values of a parameter that is not a number. Raises
    ValueError for a scale or domain that there is none of.

    >>> from course_utils import Record, parameter
    >>> class Battery(Record):
    ...     emf: float = parameter(1.5, "V", "E", 0, 9, "voltage without load", domain="positive")
    >>> Battery.parameters()["emf"].label()
    '$E$ (V)'
    """
    if domain not in DOMAINS:
        raise ValueError(f"no domain {domain!r}; there are {', '.join(DOMAINS)}")
    if scale not in SCALES:
        raise ValueError(f"no scale {scale!r}; there are {', '.join(SCALES)}")
    return field(
        default=default, metadata={
            "parameter": Parameter(unit, symbol, low, high, doc, scale, domain, tuple(choices))
        })


def exp(x):
    """e to the x, for a Python float (fast) and for an array of any shape."""
    return math.exp(x) if type(x) is float else np.exp(x)


def vtrap(u):
    """u / (e^u - 1), exact at the removable 0/0 at u = 0, for a Python float and for an array
    of any shape.

    `expm1` keeps all digits for small u; the limit at u = 0 is 1.
    """
    if type(u) is float:
        return u / math.expm1(u) if u else 1.0
    u = np.asarray(u, float)
    return np.divide(u, np.expm1(u), out=np.ones_like(u), where=u != 0)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record:
    """Named parameters in a frozen, keyword-only dataclass.

    Raises TypeError for an unknown name or a value that is not a number, ValueError for one that
    is out of its domain; the message names the parameter, the value, what is allowed and the
    unit. A parameter may be an array: then the record is a sweep, a batch with one element for
    each value. A class whose `may_vary` names some parameters lets only these be arrays.

    >>> from course_utils import Record, parameter
    >>> class Kick(Record):
    ...     size: float = parameter(2.0, "mV", "k", -20, 20, "added to V at once")
    >>> Kick().but(size=5).size
    5.0
    """

    may_vary: ClassVar[tuple | None] = None  # which parameters may be arrays; None: all

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        dataclass(frozen=True, kw_only=True, eq=False)(cls)

    def __new__(cls, *positional, **values):
        known = [f.name for f in fields(cls)]
        if positional:
            raise TypeError(
                f"{cls.__name__} takes its parameters by name, as in "
                f"{cls.__name__}({[*known, 'name'][0]}=...)"
            )
        for name in values:
            if name not in known:
                raise TypeError(
                    f"{cls.__name__} has no parameter {name}; it has {', '.join(known)}")
        return super().__new__(cls)

    def __post_init__(self):
        owner = type(self).__name__
        for name, declared in self.parameters().items():
            value = _accepted(owner, name, declared, getattr(self, name))
            object.__setattr__(self, name, value)
        for name, values in self.sweeps().items():
            if self.may_vary is not None and name not in self.may_vary:
                raise ValueError(
                    f"{name} of {owner} must be one number, but has shape {values.shape}; for "
                    f"several values make several, as in [{owner.lower()}.but({name}=value) "
                    "for value in ...]")
        for f in fields(self):
            if isinstance(f.default, Record) and not isinstance(getattr(self, f.name), Record):
                raise TypeError(
                    f"{f.name} of {owner} must be a {type(f.default).__name__} or the like, "
                    f"not {short(getattr(self, f.name))}")

    @classmethod
    def parameters(cls):
        """{name: Parameter} of every field that was declared with `parameter`, in the order
        written.
        """
        return {
            f.name: f.metadata["parameter"]
            for f in fields(cls)
            if "parameter" in f.metadata
        }

    def sweeps(self):
        """{name: array} of the parameters that are arrays; empty where each is one value."""
        values = {name: getattr(self, name) for name in self.parameters()}
        return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}

    def but(self, **changes):
        """A copy with some values changed: `cell.but(I_ext=1.0)`; a dotted name reaches into a
        record inside.
        """
        flat = {name: value for name, value in changes.items() if "." not in name}
        for dotted in changes.keys() - flat.keys():
            outer, inner = dotted.split(".", 1)
            flat[outer] = flat.get(outer, self.get(outer)).but(**{inner: changes[dotted]})
        return replace(self, **flat)

    def get(self, name):
        """The value of `name`; a dotted name reaches into a record inside."""
        outer, _, inner = name.partition(".")
        if outer not in (known := [f.name for f in fields(self)]):
            raise AttributeError(
                f"{type(self).__name__} has no parameter {outer}; it has {', '.join(known)}")
        value = getattr(self, outer)
        return value.get(inner) if inner else value

    def declared(self, name):
        """The `Parameter` of `name`, dotted or not."""
        inside, _, last = name.rpartition(".")
        known = (self.get(inside) if inside else self).parameters()
        if last not in known:
            raise ValueError(f"{type(self).__name__} has no parameter {last}; it has "
                             f"{', '.join(known)}")
        return known[last]

    def __eq__(self, other):
        return type(self) is type(other) and all(
            np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    def __hash__(self):
        values = (getattr(self, f.name) for f in fields(self))
        return hash((type(self), *(value for value in values if isinstance(value, Real | str))))

    def _repr_html_(self):
        """The table of symbols, values and units at the top of a notebook."""
        rows = [(f"${p.symbol}$", name, _value_text(getattr(self, name)),
                 "" if p.unit == "1" else p.unit, p.doc) for name, p in self.parameters().items()]
        columns = "symbol", "name", "value", "unit", "meaning"
        return Table(type(self).__name__, columns, rows)._repr_html_()


def _value_text(value):
    """A value as the table shows it: numbers to 6 digits, an array by its shape."""
    if isinstance(value, Real):
        return f"{value:.6g}"
    return f"array {value.shape}" if isinstance(value, np.ndarray) else str(value)


def _accepted(owner, name, declared, value):
    """`value` as the record keeps it (float, int, array or one of the choices), or an error
    that says what is allowed.
    """
    if declared.choices:
        given = tuple(value) if isinstance(value, list | np.ndarray) else value
        for choice in declared.choices:
            if given == choice:
                return choice
        raise ValueError(f"{name} of {owner} must be one of "
                         f"{', '.join(map(repr, declared.choices))}, not {value!r}")
    unit = "" if declared.unit == "1" else declared.unit
    array = within(f"{name} of {owner}", value, declared.domain, unit)
    if declared.domain == "range" and (np.clip(array, declared.low, declared.high) != array).any():
        raise ValueError(f"{name} of {owner} must be from {declared.low:g} to {declared.high:g} "
                         f"{unit}, the range of its slider, not {short(value)}")
    if declared.scale == "integer" and (array != np.round(array)).any():
        raise ValueError(f"{name} of {owner} must be a whole number, not {short(value)}")
    if array.ndim == 0:
        return int(array) if declared.scale == "integer" else float(array)
    array = array.copy()
    array.flags.writeable = False
    return array


class Model(Record):
    """A dynamical system with an input current: parameters, named states and a vector field.

    A subclass declares `states` ({name: unit}), its parameters (one of them `I_ext`) and `rhs`.
    Nothing else is needed to simulate it or to look for its fixed points, Hopf points, cycles
    and phase response.

    >>> from course_utils import Model, fixed_points, parameter
    >>> class Leaky(Model):
    ...     states = {"V": "mV"}
    ...     I_ext: float = parameter(2.0, "µA/cm²", "I", 0, 5, "stimulus")
    ...     def rhs(self, state, I_ext):
    ...         return (I_ext - state[0] / 10,)
    >>> [round(V, 6) for V, in fixed_points(Leaky())]
    [20.0]
    """

    states: ClassVar[dict[str, str]] = {}
    time_unit: ClassVar[str] = "ms"

    # found from `rhs`; a model that knows one of them in closed form gives its own
    clamped_at = equilibria.clamped_at
    fixed_states = equilibria.fixed_states
    rest = equilibria.rest_state

    def rhs(self, state, I_ext):
        """The time derivatives, a plain tuple with one entry per state.

        state: one float per state, or one array per state of any common batch shape; I_ext: the
        input current, a float or an array that broadcasts with them.
        """
        raise NotImplementedError(
            f"{type(self).__name__} has no vector field yet: define rhs(self, state, I_ext)")

    def field(self, x, I_ext=None):
        """`rhs` at x, an array or tuple (states, *batch), as one array of that shape; the
        current is the model's own where none is given.
        """
        I_ext = self.I_ext if I_ext is None else I_ext
        slopes = self.rhs(tuple(x), I_ext)
        if not isinstance(slopes, tuple | list) or len(slopes) != len(self.states):
            raise TypeError(f"rhs of {type(self).__name__} must return a tuple with one derivative "
                            f"for each of {', '.join(self.states)}, not {short(slopes)}")
        return np.array(np.broadcast_arrays(*slopes))

    @classmethod
    def axis_label(cls, state):
        """The axis label of a state, as in '$V$ (mV)'."""
        return Parameter(cls.states[state], state).label()
