"""The phase plane under the hand: one run from a chosen start among 400 others, and what they
come to.
"""
from typing import ClassVar, NamedTuple

import numpy as np

from ..equilibria import is_stable
from ..model import Record, parameter
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..solve import Run, simulate
from ..spikes import spike_times

__all__ = ["FRAME", "PhasePlane", "Portrait", "ending"]

FRAME = (-2.6, 2.6), (-1.3, 2.7)  # v and w in every phase plane
SLOW_TURNS = 12  # four times delta times a usual period
STEPS = {"←": (-0.1, 0), "→": (0.1, 0), "↓": (0, -0.1),
         "↑": (0, 0.1)}  # by which a button moves the start
CROWD = tuple(
    x.ravel()
    for x in np.meshgrid(np.linspace(-2.5, 2.5, 20), np.linspace(-1.2, 2.6, 20)))  # 400 starts


class Portrait(NamedTuple):
    """What a phase plane shows: one run, a crowd of 400 runs, and the fixed points (v, w),
    stable and unstable.
    """

    model: FitzHughNagumo
    run: Run
    crowd: Run
    stable: list
    unstable: list

    def sentence(self):
        """What is seen, in words and numbers."""
        v, w = (self.stable or self.unstable)[0]
        pair = np.linalg.eigvals(self.model.jacobian((v, w)))
        values = (f"{pair[0].real:.3f} ± {abs(pair[0].imag):.3f}i"
                  if np.iscomplexobj(pair) else f"{pair.max():.3f} and {pair.min():.3f}")
        count = len(self.stable) + len(self.unstable)
        which = "the fixed point" if count == 1 else f"of {count} fixed points"
        return (
            f"I_ext = {self.model.I_ext:.4g}: {which} ({v:.3f}, {w:.3f}) is "
            f"{'' if self.stable else 'un'}stable, "
            f"eigenvalues {values}. From ({self.run.v[0]:.2f}, {self.run.w[0]:.2f}) the run "
            f"{ending(self.run)}. "
            f"{self.others()}")

    def oscillating(self):
        """Which of the 400 starts (400,) swing by more than 1 in v during the second half of
        the time.
        """
        return np.ptp(self.crowd.v[len(self.crowd.t) // 2:], axis=0) > 1

    def others(self):
        """How many of the 400 starts go round at the end, in words; with their period where the
        run itself has none.
        """
        going = self.oscillating()
        turns = np.diff(spike_times(self.crowd.t, self.crowd.v[:, going.argmax()],
                                    0.0)) if going.any() else np.array([])
        period = f", with period {turns[-1]:.3g}" if turns.size and np.ptp(_late(
            self.run)) < 1 else ""
        return f"Of 400 starts {going.sum()} still go round at the end{period}."


def ending(run):
    """How a `Run` of a FitzHugh-Nagumo neuron ends, in words: at rest, in a spiral, or going
    round, and with which period.
    """
    run = _long_enough(run)
    before, after = map(np.ptp, np.array_split(run.v, 4)[2:])
    if after < 0.02:
        return f"ends near v = {run.v[-1]:.3f}"
    if before < 1 and abs(after - before) > 0.005 * after:
        return f"swings {'less and less' if after < before else 'more and more'} round the fixed point, by {after:.2f} at the end"
    late = _late(run)
    turns = np.diff(spike_times(run.t, run.v, (late.min() + late.max()) / 2))
    return f"goes round with period {turns[-1]:.4g}" if turns.size else "makes no full turn in this time"


def _late(run):
    """v in the second half of a run."""
    return run.v[len(run.t) // 2:]


def _long_enough(run):
    """The run or, where w is so slow that a quarter of it holds no full turn, what follows
    after it.
    """
    turns = np.arange(0, SLOW_TURNS / run.model.delta, 0.2)
    return run if turns[-1] < run.t[-1] else simulate(run.model, turns, run.last)


class PhasePlane(Record):
    """The experiment of the phase plane: a neuron, where one run of it starts, and 400 other
    starts on a grid.
    """

    neuron: FitzHughNagumo = FitzHughNagumo()
    v0: float = parameter(-1.2, "1", "v_0", *FRAME[0], "v at the start")
    w0: float = parameter(-0.62, "1", "w_0", *FRAME[1], "w at the start")

    BUTTONS: ClassVar = {
        "←": "start at a smaller v", "→": "start at a larger v", "↓": "start at a smaller w",
        "↑": "start at a larger w"
    }

    def run(self):
        """The `Run` of this neuron from the start, over 200 units of time."""
        return simulate(self.neuron, np.linspace(0, 200, 2001), (self.v0, self.w0))

    def portrait(self):
        """The `Portrait` of this neuron over 200 units of time."""
        neuron, found = self.neuron, self.neuron.fixed_states(self.neuron.I_ext)
        stable = [point for point in found if is_stable(neuron, point, neuron.I_ext)]
        return Portrait(neuron, self.run(), simulate(neuron, np.linspace(0, 200, 801), CROWD),
                        stable, [point for point in found if point not in stable])

    def started_at(self, v, w):
        """The same experiment, started at (v, w) or as near to it as the frame allows."""
        return self.but(v0=float(np.clip(v, *FRAME[0])), w0=float(np.clip(w, *FRAME[1])))

    def nudged(self, button):
        """The same experiment with its start moved a step by one of the buttons ←, →, ↓ and ↑.
        """
        dv, dw = STEPS[button]
        return self.started_at(round(self.v0 + dv, 6), round(self.w0 + dw, 6))
