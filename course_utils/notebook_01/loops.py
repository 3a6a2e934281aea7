"""Units that also see each other, one time step late: a loop remembers."""
import numpy as np

from ..checks import as_bits
from ..models.mcculloch_pitts import bits_for

__all__ = ["run_loop"]


def run_loop(units, x, start=None):
    """The outputs (T + 1, units) of units that also see each other, one time step late.

    x: (T, n) inputs. In each step every unit sees the n inputs and then the outputs of
    all units. start: the outputs before the first step, by default all 0.
    """
    if isinstance(units, str | bytes) or not np.iterable(units) or not all(map(callable, units)):
        raise TypeError(
            f"units must be a list of units, such as ThresholdUnit([1, 1], 2), not {units!r}")
    x = as_bits("x", x)
    if x.ndim != 2:
        raise ValueError("x must hold one row of inputs for each time step, shape (T, n), but has "
                         f"shape {x.shape}")
    outputs = [bits_for("start", np.zeros(len(units)) if start is None else start, len(units))]
    for row in x:
        seen = np.concatenate([row, outputs[-1]])
        outputs.append(np.array([unit(seen) for unit in units]))
    return np.array(outputs)
