"""What a voltage clamp showed in 1952 of the potassium conductance."""
from typing import NamedTuple

import numpy as np

from ..tables import Table

__all__ = ["POTASSIUM_1952", "PotassiumTable"]


class PotassiumTable(NamedTuple):
    """What a voltage clamp showed of the potassium conductance: one entry per voltage."""

    V: np.ndarray  # mV from rest, depolarisation positive
    g_K: np.ndarray  # mS/cm² in the end
    n_inf: np.ndarray  # fourth root of g_K over its largest value, 24.31 mS/cm²
    tau_n: np.ndarray  # ms

    def _repr_html_(self):
        head = "$V$ (mV)", "$g_K$ (mS/cm²)", r"$n_\infty$", r"$\tau_n$ (ms)"
        rows = [(f"{V:g}", f"{g:.2f}", f"{n:.3f}", f"{tau:.2f}") for V, g, n, tau in zip(*self)]
        return Table("Potassium conductance of a squid axon, 1952", head, rows)._repr_html_()


# Hodgkin and Huxley 1952, 10.1113/jphysiol.1952.sp004764, table 1: axon 17, 6 to 7 °C
POTASSIUM_1952 = PotassiumTable(
    V=np.array([109, 100, 88, 76, 63, 51, 38, 32, 26, 19, 10, 6.0]),
    g_K=np.array([20.70, 20.00, 18.60, 17.00, 15.30, 13.27,
                  10.29, 8.62, 6.84, 5.00, 1.47, 0.98]),
    n_inf=np.array([0.961, 0.953, 0.935, 0.915, 0.891, 0.859,
                    0.806, 0.772, 0.728, 0.674, 0.496, 0.448]),
    tau_n=np.array([1.05, 1.10, 1.25, 1.50, 1.70, 2.05,
                    2.60, 3.20, 3.80, 4.50, 5.25, 5.25]),
)
