"""The neuron of 1943, units in a row, and a function of n bits from its number."""
from dataclasses import dataclass

import numpy as np

from ..checks import as_bits, finite_array, whole_number
from ..models.mcculloch_pitts import bits_for, corners

__all__ = ["McCullochPittsUnit", "cascade", "truth_table"]


def truth_table(number, n=2):
    """The truth table (2**n,) of the function with this number, one output per row of `corners`."""
    rows = len(corners(n))
    if whole_number("number", number) >= 2**rows:
        raise ValueError(f"number must be a whole number from 0 to 2^{rows} - 1 for {n} inputs, "
                         f"not {number!r}")
    return np.array([int(number) >> place & 1 for place in reversed(range(rows))])


@dataclass(frozen=True, eq=False)
class McCullochPittsUnit:
    """The neuron of 1943: equal excitatory weights, a whole threshold, absolute inhibition.

    synapses: (n,) how many excitatory synapses, each of weight 1, an input makes. theta:
    how many must be active; in 1943 at least 1, so that a neuron without input is silent.
    With theta 0, which textbooks allow, it fires by itself. inhibitory: (n,) 1 where an
    input vetoes. `unit(x)` is the answer one time step after x (..., n): 1 where no
    inhibitory input is active and the active excitatory synapses number at least theta.

    McCulloch & Pitts, Bull. Math. Biophys. 5:115 (1943), 10.1007/BF02478259.
    """

    synapses: np.ndarray
    theta: int
    inhibitory: np.ndarray = ()

    def __post_init__(self):
        synapses = finite_array("synapses", self.synapses)
        theta = finite_array("theta", self.theta)
        if synapses.ndim != 1 or (synapses < 0).any() or (synapses % 1).any():
            raise ValueError(
                "synapses must hold one whole number, 0 or more, for each input: the unit of 1943 "
                f"has no other weights; given: {synapses.tolist()}")
        if theta.ndim or theta < 0 or theta % 1:
            raise ValueError(f"theta must be a whole number, 0 or more, not {theta.tolist()}")
        veto = 0 * synapses if np.size(self.inhibitory) == 0 else self.inhibitory
        object.__setattr__(self, "synapses", synapses.astype(int))
        object.__setattr__(self, "theta", int(theta))
        object.__setattr__(self, "inhibitory", bits_for("inhibitory", veto, len(synapses)))

    def __call__(self, x):
        x = bits_for("x", x, len(self.synapses))
        return ((x @ self.synapses >= self.theta) & (x @ self.inhibitory == 0)).astype(int)


def cascade(x, *units):
    """The outputs (..., units) of units in a row: each sees x (..., n) and all outputs before it.

    XOR from two units: `cascade(x, ThresholdUnit([1, 1], 2), ThresholdUnit([1, 1, -2],
    1))`, of which the last output counts.
    Derived in notebook 01, section 4.
    """
    x = as_bits("x", x)
    seen = x
    for unit in units:
        seen = np.concatenate([seen, unit(seen)[..., None]], axis=-1)
    return seen[..., x.shape[-1]:]
