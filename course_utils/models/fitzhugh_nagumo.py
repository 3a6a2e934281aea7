"""FitzHugh and Nagumo's two-variable neuron: a fast v, a slow w, no units.

FitzHugh, Biophys. J. 1:445 (1961), 10.1016/S0006-3495(61)86902-6, in the variables that
became usual later; Nagumo, Arimoto and Yoshizawa, Proc. IRE 50:2061 (1962),
10.1109/JRPROC.1962.288235, built it as a circuit.
"""

import numpy as np

from ..checks import finite_array
from ..model import Model, parameter

__all__ = ["FitzHughNagumo"]


class FitzHughNagumo(Model):
    """dv/dt = v - v^3/3 - w + I_ext, dw/dt = delta (v + a - b w): v voltage-like, w slow
    recovery, all dimensionless.

    >>> from course_utils import FitzHughNagumo
    >>> v, w = FitzHughNagumo().rest()
    >>> round(v, 4), round(w, 4)
    (-1.1994, -0.6243)
    """

    states = {"v": "1", "w": "1"}
    time_unit = "1"

    I_ext: float = parameter(0.5, "1", r"I_\mathrm{ext}", -0.2, 1.8,
                             "stimulus current: dimensionless")
    delta: float = parameter(0.08, "1", r"\delta", 0.005, 0.6,
                             "time-scale ratio: a smaller value makes w slower",
                             "positive", scale="log")
    a: float = parameter(0.7, "1", "a", 0, 1.2, "nullcline offset: shifts the w-nullcline along v")
    b: float = parameter(0.8, "1", "b", 0.2, 1.5,
                         "recovery feedback: the w-nullcline has the slope 1/b")

    def rhs(self, state, I_ext):
        """dv/dt and dw/dt.

        Derived in notebook 03, section 1, step 4.
        """
        v, w = state
        dv = v - v * v * v / 3 - w + I_ext
        dw = self.delta * (v + self.a - self.b * w)
        return dv, dw

    def nullclines(self, v):
        """(w where dv/dt = 0, w where dw/dt = 0) at v, each of the shape of v.

        Raises ValueError at b = 0, where dw/dt = 0 is the vertical line v = -a, which no
        function of v describes.

        Derived in notebook 03, section 2.
        """
        if not np.all(self.b):
            raise ValueError(
                f"at b = 0 the w-nullcline is the vertical line v = -a = {-np.mean(self.a):g}: "
                "it has no w for a given v; choose b other than 0, for example 0.8")
        v = finite_array("v", v)[()]
        return self.rhs((v, 0.0), self.I_ext)[0], (v + self.a) / self.b

    def jacobian(self, state):
        """The matrix (2, 2) of derivatives of (dv/dt, dw/dt) by (v, w); (*batch, 2, 2) for a
        batch of states.
        """
        v, _ = state
        entries = 1 - np.asarray(v, float)**2, -1.0, self.delta, -self.b * self.delta
        rows = np.array(np.broadcast_arrays(*entries))
        return np.moveaxis(rows.reshape(2, 2, *rows.shape[1:]), (0, 1), (-2, -1))

    def clamped_at(self, v):
        """w on the w-nullcline at v and the current that keeps v there."""
        with np.errstate(divide="ignore"):
            w = np.divide(v + self.a, self.b)
        return w, -self.rhs((v, w), 0.0)[0]

    def fixed_states(self, I_ext):
        """All fixed points at I_ext, (v, w) sorted by v: the real roots of b v^3/3 + (1 - b) v
        + a - b I_ext = 0.
        """
        roots = np.roots([self.b / 3, 0.0, 1 - self.b, self.a - self.b * I_ext])
        real = np.sort(roots.real[np.abs(roots.imag) <= 1e-7 * (1 + np.abs(roots))])
        return [(v, self.rhs((v, 0.0), I_ext)[0]) for v in real.tolist()]
