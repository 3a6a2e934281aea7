"""Threshold units whose weights are set by hand, and a perceptron whose examples are placed by
hand.
"""
from typing import NamedTuple

import numpy as np

from ..checks import as_bits, finite_array
from ..model import Record, parameter
from ..models.mcculloch_pitts import (
    Learning,
    ThresholdUnit,
    corners,
    function_number,
    learn_perceptron,
)
from .counting import GATES, gate_number, perceptron_bound
from .units import truth_table

__all__ = ["TeachingSession", "ThreeInputUnit", "TwoInputUnit"]

GRID = np.linspace(-2, 2, 81)  # weights at which the plane of weights is looked at
STEPS = {  # by which a button moves the chosen point
    "←": (-0.1, 0),
    "→": (0.1, 0),
    "↓": (0, -0.1),
    "↑": (0, 0.1),
}
REACH = 0.12  # how near to a point the pointer must come down to take it
SQUARE = -0.5, 1.5  # where points can be placed, in x1 and in x2
REACHED = 3.0  # the largest weights from which learning can begin
MOST_STEPS = 60  # examples that can be presented


class TwoInputAnswers(NamedTuple):
    """What a unit with two inputs computes: its weights `w` (2,) and `theta`, `sums` (4,) and
    `fires` (4,) for the inputs 00 01 10 11, the number of its `gate`, and `same` (81, 81), 1
    where the unit with the weights (column, row) of the grid computes that gate.
    """

    w: np.ndarray
    theta: float
    sums: np.ndarray
    fires: np.ndarray
    gate: int
    same: np.ndarray

    @property
    def name(self):
        """The name of the gate."""
        return GATES[self.gate]

    def sentence(self):
        """The gate, the sums against the threshold, and where the line lies."""
        sums = ", ".join(f"{total:.2f}" for total in self.sums[1:])
        length = np.linalg.norm(self.w)
        line = "there is no line" if length == 0 else (
            f"the line lies {abs(self.theta) / length:.2f} from the origin")
        return (f"The answers {''.join(map(str, self.fires))} are those of {self.name}, "
                f"function {self.gate}. The sums are 0, {sums} and θ = {self.theta:.2f}; "
                f"{line}.")


class TwoInputUnit(Record):
    """One threshold unit with two inputs."""

    w1: float = parameter(1.0, "1", "w_1", -2, 2, "weight of input x1")
    w2: float = parameter(1.0, "1", "w_2", -2, 2, "weight of input x2")
    theta: float = parameter(1.5, "1", r"\theta", -2, 3, "threshold")

    @property
    def unit(self):
        """The `ThresholdUnit` with these weights and this threshold."""
        return ThresholdUnit([self.w1, self.w2], self.theta)

    def run(self):
        """What the unit computes, as `TwoInputAnswers`."""
        w = self.unit.w
        gate = int(gate_number(*w, self.theta))
        same = gate_number(GRID, GRID[:, None], self.theta) == gate
        return TwoInputAnswers(w, self.theta, corners(2) @ w, self.unit(corners(2)), gate, same)

    def touched(self, touch):
        """A copy whose line passes through the pointer (first Axes), whose threshold is the
        pointer's sum (second) or whose weights are the pointer's place (third).
        """
        square, sums, _ = touch.axes.figure.axes
        if touch.axes is square:
            theta = self.unit.w @ [touch.x, touch.y]
        elif touch.axes is sums:
            theta = touch.x
        else:
            return self.but(w1=touch.x, w2=touch.y)
        return self.but(theta=np.clip(theta, -2, 3))


class ThreeInputAnswers(NamedTuple):
    """What a unit with three inputs computes: its weights `w` (3,) and `theta`, and `sums` (8,)
    and `fires` (8,) for the inputs 000 to 111.
    """

    w: np.ndarray
    theta: float
    sums: np.ndarray
    fires: np.ndarray

    def sentence(self):
        """How many corners fire, and the function's number."""
        return (f"{self.fires.sum()} of 8 corners fire: function {function_number(self.fires)} "
                "of three bits, one of the 104 of 256 that a unit computes.")


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

    def run(self):
        """What the unit computes, as `ThreeInputAnswers`."""
        w = self.unit.w
        return ThreeInputAnswers(w, self.theta, corners(3) @ w, self.unit(corners(3)))


class Learned(NamedTuple):
    """A perceptron after `step` presentations of the examples `x` (N, 2) with labels `y` (N,):
    the whole `learning`, the mistake `bound` (infinite where the examples are not linearly
    separable), the last finite bound `before`, and the index of the `chosen` example or None.
    """

    x: np.ndarray
    y: np.ndarray
    step: int
    learning: Learning
    bound: float
    before: float
    chosen: int | None

    @property
    def presented(self):
        """How many examples were presented: the rule stops after an epoch without a mistake."""
        return min(self.step, len(self.learning.changed))

    @property
    def path(self):
        """The weights and the bias (k + 1, 3) at the start and after each presentation so far."""
        return self.learning.history[:self.presented + 1]

    @property
    def v(self):
        """The weights and the bias (3,) at this step."""
        return self.path[-1]

    @property
    def wrong(self):
        """Which examples (N,) the unit answers wrongly at this step."""
        return (self.x @ self.v[:2] + self.v[2] >= 0) != self.y

    @property
    def next(self):
        """The index of the example that is presented next."""
        return self.presented % len(self.y)

    @property
    def change(self):
        """The change (3,) of weights and bias that the next example will cause."""
        sign = (2 * self.y[self.next] - 1) * self.wrong[self.next]
        return sign * np.append(self.x[self.next], 1.0)

    def sentence(self):
        """Mistakes and weights so far, and how many mistakes there can be."""
        made = int(self.learning.changed[:self.step].sum())
        w1, w2, b = (f"{each:.3g}" for each in self.v)
        wrong = int(self.wrong.sum())
        so_far = (f"After {_count(self.step, 'example')} and {_count(made, 'mistake')} the "
                  f"weights are {w1} and {w2}, the bias is {b}, and {wrong} of "
                  f"{len(self.y)} points {'is' if wrong == 1 else 'are'} misclassified. ")
        if np.isinf(self.bound):
            return (so_far + "The points are not linearly separable, so the rule never settles."
                    + self._chosen())
        total = f", and {self.learning.mistakes} are made" if self.learning.converged else ""
        return (so_far + f"The rule settles: at most {self.bound:,.0f} mistakes are "
                f"possible{total}." + self._chosen())

    def _chosen(self):
        if self.chosen is None:
            return ""
        x1, x2 = self.x[self.chosen]
        return f" Chosen: the point at ({x1:.2f}, {x2:.2f}), label {self.y[self.chosen]}."


def _count(number, noun):
    return f"{number} {noun}{'s' * (number != 1)}"


class TeachingSession(Record):
    """Examples at and near the corners of the square, learned up to a step from given weights.

    `gate` labels the first four points, `places` (4, 2) holds where they are; `added` (M, 3)
    holds further points, x1, x2 and label in a row. `grabbed` is the point under the pointer:
    its index and where the pointer took it, or None; `dragged` whether it has moved since.
    `chosen` is the index of the point that the buttons act on, or None as long as no button
    was pressed. `before` is the last finite mistake bound.
    """

    BUTTONS = {
        "Step": "present the next example",
        "Next point": "choose the next point, for the buttons to its right",
        "←": "move the chosen point to a smaller x1",
        "→": "move it to a larger x1",
        "↓": "move it to a smaller x2",
        "↑": "move it to a larger x2",
        "Flip": "flip its label",
        "Add": "add a point in the middle of the square, and choose it",
    }

    gate: str = parameter("AND", "1", r"\mathrm{gate}",
                          doc="logic gate: it labels the four corners", choices=GATES)
    step: int = parameter(0, "1", "k", 0, MOST_STEPS, "learning step: examples presented so far",
                          scale="integer", domain="nonnegative")
    w1: float = parameter(0.0, "1", "w_1", -REACHED, REACHED,
                          "first start weight: learning begins from it")
    w2: float = parameter(0.0, "1", "w_2", -REACHED, REACHED,
                          "second start weight: learning begins from it")
    b: float = parameter(0.0, "1", "b", -REACHED, REACHED,
                         "start bias: minus the threshold")
    places: object = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
    added: object = ()
    grabbed: object = None
    dragged: object = False
    chosen: object = None
    before: object = 51.0

    def __post_init__(self):
        super().__post_init__()
        for name, columns in ("places", 2), ("added", 3):
            value = finite_array(name, getattr(self, name))
            value = value if value.size else np.empty((0, columns))
            if value.ndim != 2 or value.shape[1] != columns:
                raise ValueError(
                    f"{name} must have {columns} columns, but has shape {value.shape}")
            object.__setattr__(self, name, value)
        if len(self.places) != 4:
            raise ValueError(f"places must hold four points, not {len(self.places)}")
        as_bits("the labels in added", self.added[:, 2])

    @property
    def x(self):
        """All points, (4 + M, 2)."""
        return np.vstack([self.places, self.added[:, :2]])

    @property
    def y(self):
        """Their labels, (4 + M,)."""
        return np.append(truth_table(GATES.index(self.gate)), self.added[:, 2].astype(int))

    @property
    def bound(self):
        """The mistake bound of these points, from these weights."""
        return perceptron_bound(self.x, self.y, (self.w1, self.w2, self.b))

    def run(self):
        """What the perceptron has learned, as `Learned`; long enough for every step."""
        epochs = -(-MOST_STEPS // len(self.y))
        learning = learn_perceptron(self.x, self.y, epochs, (self.w1, self.w2, self.b))
        return Learned(self.x, self.y, self.step, learning, self.bound, self.before,
                       self.chosen)

    def moved(self, index, x1, x2):
        """A copy in which the point with this index lies at (x1, x2)."""
        name, row = ("places", index) if index < 4 else ("added", index - 4)
        points = getattr(self, name).copy()
        points[row, :2] = x1, x2
        return self._changed(**{name: points})

    def relabelled(self, index):
        """A copy in which the label of the point with this index is flipped."""
        if index < 4:
            return self._changed(gate=GATES[GATES.index(self.gate) ^ 8 >> index])
        added = self.added.copy()
        added[index - 4, 2] = 1 - added[index - 4, 2]
        return self._changed(added=added)

    def with_example(self, x1, x2):
        """A copy with one more point, of label 1."""
        return self._changed(added=np.vstack([self.added, [[x1, x2, 1]]]))

    def started(self, w1, w2):
        """A copy that begins to learn again from these weights, with the bias of now."""
        v = np.array([w1, w2, self.run().v[2]]).clip(-REACHED, REACHED).tolist()
        return self.but(**dict(zip(("w1", "w2", "b"), v)), step=0)

    def _changed(self, **examples):
        """A copy with other points, which keeps the last finite mistake bound."""
        bound = self.bound
        return self.but(before=bound if np.isfinite(bound) else self.before, **examples)

    def touched(self, touch):
        """A copy after a button of `BUTTONS`, or after the pointer: in the first Axes it takes,
        moves, flips or adds a point; in the second it places the weights; in the third it
        sets the step.
        """
        if touch.kind in self.BUTTONS:
            return self.pressed(touch.kind)
        square, weights, _ = touch.axes.figure.axes
        if touch.axes is square:
            return self.pointed(touch.kind, touch.x, touch.y)
        if self.grabbed is not None:
            return self if touch.kind == "drag" else self.but(grabbed=None, dragged=False)
        if touch.axes is weights:
            return self.started(touch.x, touch.y)
        return self.but(step=int(np.clip(touch.x, 0, MOST_STEPS)))

    def pointed(self, kind, x1, x2):
        """A copy after the pointer's "down", "drag" or "up" at (x1, x2) in the square.

        A point within reach is taken: dragged it moves, let go where it was taken its label
        flips. Where there is none, a new one is added.
        """
        x1, x2 = np.clip((x1, x2), *SQUARE)
        if kind == "down":
            return self._taken(x1, x2)
        if self.grabbed is None:
            return self
        index, *start = self.grabbed
        if kind == "up":
            left = self if self.dragged else self.relabelled(index)
            return left.but(grabbed=None, dragged=False)
        trembles = np.hypot(x1 - start[0], x2 - start[1]) < REACH / 4  # a hand that clicks
        if trembles and not self.dragged:
            return self
        return self.but(dragged=True).moved(index, x1, x2)

    def _taken(self, x1, x2):
        """A copy whose point nearest to the pointer is grabbed, a new one if none is near."""
        distance = np.hypot(*(self.x - (x1, x2)).T)
        if distance.min() > REACH:
            grabbed = len(self.x), x1, x2
            return self.with_example(x1, x2).but(grabbed=grabbed, dragged=True)
        return self.but(grabbed=(int(distance.argmin()), x1, x2), dragged=False)

    def pressed(self, button):
        """A copy after one of `BUTTONS`: the next example is presented, another point chosen, or
        the chosen one moved or relabelled, or one added.
        """
        index = 3 if self.chosen is None else self.chosen
        if button == "Step":
            return self.but(step=min(self.step + 1, MOST_STEPS))
        if button == "Next point":
            return self.but(chosen=(index + 1) % len(self.x))
        if button == "Add":
            return self.with_example(0.5, 0.5).but(chosen=len(self.x))
        if button == "Flip":
            return self.relabelled(index).but(chosen=index)
        place = np.round(self.x[index] + STEPS[button], 6).clip(*SQUARE)
        return self.moved(index, *place.tolist()).but(chosen=index)
