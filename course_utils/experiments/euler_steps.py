"""Euler's rule on a passive membrane: what a longer and longer step does to the solution."""
import numpy as np

from ..model import Record, parameter
from ..passive_membrane import PassiveMembrane
from ..solve import euler, simulate

__all__ = ["EulerExperiment"]


class EulerExperiment(Record):
    """A passive membrane under a step of current, computed by Euler's rule with steps of length h."""

    cell: PassiveMembrane = PassiveMembrane()
    h: float = parameter(6.0, "ms", "h", 0.5, 25, "step of Euler's rule", domain="positive")

    @property
    def factor(self):
        """1 - h/tau: what one step makes of the distance to the steady voltage."""
        return 1 - self.h / self.cell.time_constant

    def run(self, duration=100.0):
        """The Run of Euler's rule from V = 0, until `duration` in ms is passed."""
        return simulate(self.cell, np.arange(int(np.ceil(duration / self.h)) + 1) * self.h, scheme=euler)

    def regime(self):
        """What the factor does to the solution, in words."""
        words = ((0, "creeps towards its goal"), (-1, "overshoots, rings and settles"), (-np.inf, "blows up"))
        if np.isclose(self.factor, [0, -1], atol=1e-12).any():
            return "lands on its goal at once" if self.factor > -0.5 else "rings for ever"
        return next(said for above, said in words if self.factor > above)
