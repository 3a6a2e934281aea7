"""What a hand can do to threshold units: set the weights of one, and place the examples from
which one learns.
"""
from typing import ClassVar

import numpy as np

from ..checks import finite_array
from ..model import Record, parameter
from ..models.mcculloch_pitts import ThresholdUnit, as_bits, learn_perceptron, truth_table

__all__ = ["PerceptronLesson", "ThreeInputUnit", "TwoInputUnit"]

STEPS = {"←": (-0.1, 0), "→": (0.1, 0), "↓": (0, -0.1),
         "↑": (0, 0.1)}  # by which a button moves the chosen example


class TwoInputUnit(Record):
    """One threshold unit with two inputs."""

    w1: float = parameter(1.0, "1", "w_1", -2, 2, "weight of input x1")
    w2: float = parameter(1.0, "1", "w_2", -2, 2, "weight of input x2")
    theta: float = parameter(1.5, "1", r"\theta", -2, 3, "threshold")

    @property
    def unit(self):
        """The `ThresholdUnit` with these weights and this threshold."""
        return ThresholdUnit([self.w1, self.w2], self.theta)


class ThreeInputUnit(Record):
    """One threshold unit with three inputs."""

    w1: float = parameter(1.0, "1", "w_1", -2, 2, "weight of input x1")
    w2: float = parameter(1.0, "1", "w_2", -2, 2, "weight of input x2")
    w3: float = parameter(1.0, "1", "w_3", -2, 2, "weight of input x3")
    theta: float = parameter(1.5, "1", r"\theta", -2, 3, "threshold")

    @property
    def unit(self):
        """The `ThresholdUnit` with these weights and this threshold."""
        return ThresholdUnit([self.w1, self.w2, self.w3], self.theta)


class PerceptronLesson(Record):
    """Four examples near the corners of the square, and any that were added, learned up to a
    step.

    `gate` labels the four, p1 and p2 place the fourth; `others` (3, 2) places the first three;
    `added` (M, 3) holds further examples, x1, x2 and label in a row. `held` is the example
    under the pointer: its index and where the pointer took it, or None; `dragged` whether it
    has moved since. `chosen` is the index of the example that the buttons act on, or None as
    long as no button was pressed.
    """

    BUTTONS: ClassVar = {
        "next": "choose the next example", "←": "move the chosen example to a smaller x1",
        "→": "move it to a larger x1", "↓": "move it to a smaller x2",
        "↑": "move it to a larger x2", "flip": "flip its label",
        "add": "add an example in the middle of the square, and choose it"
    }

    gate: int = parameter(1, "1", r"\mathrm{gate}", 0, 15,
                          "number of the gate: the four labels 00 01 10 11 in binary",
                          scale="integer")
    step: int = parameter(0, "1", "k", 0, 60, "examples presented so far", scale="integer",
                          domain="nonnegative")
    p1: float = parameter(1.0, "1", "p_1", -0.5, 1.5, "first coordinate of the fourth example")
    p2: float = parameter(1.0, "1", "p_2", -0.5, 1.5, "second coordinate of the fourth example")
    others: object = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0))
    added: object = ()
    held: object = None
    dragged: object = False
    chosen: object = None

    def __post_init__(self):
        super().__post_init__()
        truth_table(self.gate)
        for name, columns in ("others", 2), ("added", 3):
            value = finite_array(name, getattr(self, name))
            value = value if value.size else np.empty((0, columns))
            if value.ndim != 2 or value.shape[1] != columns:
                raise ValueError(
                    f"{name} must have {columns} columns, but has shape {value.shape}")
            object.__setattr__(self, name, value)
        if len(self.others) != 3:
            raise ValueError(f"others must place three examples, not {len(self.others)}")
        as_bits("the labels in added", self.added[:, 2])

    @property
    def x(self):
        """All examples, (4 + M, 2)."""
        return np.vstack([self.others, [[self.p1, self.p2]], self.added[:, :2]])

    @property
    def y(self):
        """Their labels, (4 + M,)."""
        return np.append(truth_table(self.gate), self.added[:, 2].astype(int))

    @property
    def learning(self):
        """The `Learning` on these examples, long enough for every step of the slider."""
        return learn_perceptron(self.x, self.y,
                                max_epochs=-(-self.declared("step").high // len(self.y)))

    def moved(self, index, x1, x2):
        """A copy in which the example with this index lies at (x1, x2)."""
        if index == 3:
            return self.but(p1=x1, p2=x2)
        name, row = ("others", index) if index < 3 else ("added", index - 4)
        places = np.array(getattr(self, name))
        places[row, :2] = x1, x2
        return self.but(**{name: places})

    def relabelled(self, index):
        """A copy in which the label of the example with this index is flipped."""
        if index < 4:
            return self.but(gate=self.gate ^ 8 >> index)
        added = self.added.copy()
        added[index - 4, 2] = 1 - added[index - 4, 2]
        return self.but(added=added)

    def touched(self, kind, x1, x2, reach=0.12):
        """A copy after the pointer's "down", "drag" or "up" at (x1, x2).

        An example that lies within `reach` is taken: dragged it moves, let go where it was
        taken its label flips. Where there is none, a new one is added.
        """
        x1, x2 = np.clip((x1, x2), self.declared("p1").low, self.declared("p1").high)
        distance = np.hypot(*(self.x - (x1, x2)).T)
        if kind == "down" and distance.min() > reach:
            return self.but(added=np.vstack([self.added, [[x1, x2, 1]]]), held=(len(
                self.x), x1, x2), dragged=True)
        if kind == "down":
            return self.but(held=(int(distance.argmin()), x1, x2), dragged=False)
        if self.held is None:
            return self
        index, *taken = self.held
        if kind == "up":
            return (self if self.dragged else self.relabelled(index)).but(
                held=None, dragged=False)
        if not self.dragged and np.hypot(
                x1 - taken[0], x2 - taken[1]) < reach / 4:  # a hand that clicks trembles
            return self
        return self.but(dragged=True).moved(index, x1, x2)

    def pressed(self, button):
        """A copy after one of `BUTTONS`: another example is chosen, or the chosen one moved or
        relabelled, or one added.
        """
        index = 3 if self.chosen is None else self.chosen
        if button == "next":
            return self.but(chosen=(index + 1) % len(self.x))
        if button == "add":
            return self.but(added=np.vstack([self.added, [[0.5, 0.5, 1]]]), chosen=len(self.x))
        if button == "flip":
            return self.relabelled(index).but(chosen=index)
        place = np.round(self.x[index] + STEPS[button], 6).clip(
            self.declared("p1").low,
            self.declared("p1").high)
        return self.moved(index, *place.tolist()).but(chosen=index)

    def choice(self):
        """Which example the buttons act on, in words; empty where none is chosen."""
        if self.chosen is None:
            return ""
        x1, x2 = self.x[self.chosen]
        return f" Chosen: the example at ({x1:.2f}, {x2:.2f}), label {self.y[self.chosen]}."
