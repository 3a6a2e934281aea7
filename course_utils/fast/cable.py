"""`modal_solution` of a uniform cable by a fast transform: its modes are cosines and sines."""
import math

import numpy as np

from ..models.cable import Cable, modal_solution
from ..registry import fast_form
from ..solve import step_lengths

__all__: list[str] = []


@fast_form(modal_solution, Cable)
def transformed(cable, t, where, current, start):
    """V (T, n) of a uniform cable, exact in time; NotImplemented where the radius varies."""
    if np.ndim(cable.radius):
        return NotImplemented
    transform, inverse, kind, wave = transforms(cable)
    curvature = 2 * cable.length_constant / cable.dx * np.sin(wave / 2)
    rate = (1 + curvature**2) / cable.time_constant
    unit = np.zeros((len(where), cable.compartments))
    unit[np.arange(len(where)), where] = 1 / cable.capacitance[where]
    drive = transform(unit, type=kind, norm="ortho")  # of each mode by 1 nA at each place, mV/ms
    steps = step_lengths(t)
    factors = {}
    for h in np.unique(steps):
        factors[h] = np.exp(-h * rate), drive * (-np.expm1(-h * rate) / rate)
    modes = np.empty((len(t), cable.compartments))
    modes[0] = transform(start, type=kind, norm="ortho")
    for k, h in enumerate(steps):
        decay, gain = factors[h]
        modes[k + 1] = decay * modes[k] + current[k] @ gain
    return inverse(modes, type=kind, norm="ortho", overwrite_x=True)


def transforms(cable):
    """The transform into the modes, its inverse, its type, and the waves in radians per dx.

    The modes are cosines where an end is sealed and sines where it is killed.
    """
    from scipy import fft

    left, right = cable.end_pair
    transform, inverse = (fft.dct, fft.idct) if left == "sealed" else (fft.dst, fft.idst)
    kind = 2 if left == right else 4
    first = 0.5 if kind == 4 else 0 if left == "sealed" else 1
    wave = math.pi * (np.arange(cable.compartments) + first) / cable.compartments
    return transform, inverse, kind, wave
