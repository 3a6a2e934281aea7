"""The phase plane under the hand: one run from a chosen start among 400 others, and what they come to."""
from typing import NamedTuple

import numpy as np

from ..fitzhugh_nagumo import FitzHughNagumo
from ..model import Record, parameter
from ..solve import Run, simulate
from ..spikes import spike_times
from ..steady import is_stable

__all__ = ["FRAME", "PhasePlane", "Portrait"]

FRAME = (-2.6, 2.6), (-1.3, 2.7)                              # v and w in every phase plane
CROWD = tuple(x.ravel() for x in np.meshgrid(np.linspace(-2.5, 2.5, 20), np.linspace(-1.2, 2.6, 20)))   # 400 starts


class Portrait(NamedTuple):
    """What a phase plane shows: one run, a crowd of 400 runs, and the fixed points (v, w), stable and unstable."""

    model: FitzHughNagumo
    run: Run
    crowd: Run
    stable: list
    unstable: list

    def sentence(self):
        """What is seen, in words and numbers."""
        v, w = (self.stable or self.unstable)[0]
        pair = np.linalg.eigvals(self.model.jacobian((v, w)))
        values = (f"{pair[0].real:.3f} ± {abs(pair[0].imag):.3f}i" if np.iscomplexobj(pair)
                  else f"{pair.max():.3f} and {pair.min():.3f}")
        return (f"I_ext = {self.model.I_ext:.4g}: the fixed point ({v:.3f}, {w:.3f}) is {'' if self.stable else 'un'}stable, "
                f"eigenvalues {values}. {self.run_in_words()} Of 400 starts {self.rounds()} still go round at the end.")

    def run_in_words(self):
        """Whether the run goes round at the end, and how long a turn takes."""
        before, after = map(np.ptp, np.array_split(self.run.v, 4)[2:])
        if max(before, after) < 1:
            way = "less and less" if after < before else "more and more"
            return (f"The run ends near v = {self.run.v[-1]:.3f}." if after < 0.02 else
                    f"The run swings {way} round the fixed point, by {after:.2f} at the end.")
        turns = np.diff(spike_times(self.run.t, self.run.v, 0.0))
        return f"The run goes round with period {turns[-1]:.4g}." if turns.size else "The run makes no full turn in this time."

    def rounds(self):
        """How many of the 400 starts swing by more than 1 in v during the second half of the time."""
        return int((np.ptp(self.crowd.v[len(self.crowd.t) // 2:], axis=0) > 1).sum())


class PhasePlane(Record):
    """The experiment of the phase plane: a neuron, where one run of it starts, and 400 other starts on a grid."""

    neuron: FitzHughNagumo = FitzHughNagumo()
    v0: float = parameter(-1.2, "1", "v_0", *FRAME[0], "v at the start")
    w0: float = parameter(-0.62, "1", "w_0", *FRAME[1], "w at the start")

    def portrait(self):
        """The `Portrait` of this neuron over 200 units of time."""
        neuron, found = self.neuron, self.neuron.fixed_states(self.neuron.I_ext)
        stable = [point for point in found if is_stable(neuron, point, neuron.I_ext)]
        return Portrait(neuron, simulate(neuron, np.linspace(0, 200, 2001), (self.v0, self.w0)),
                        simulate(neuron, np.linspace(0, 200, 801), CROWD),
                        stable, [point for point in found if point not in stable])

    def started_at(self, v, w):
        """The same experiment, started at (v, w) or as near to it as the frame allows."""
        return self.but(v0=float(np.clip(v, *FRAME[0])), w0=float(np.clip(w, *FRAME[1])))
