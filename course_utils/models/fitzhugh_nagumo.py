"""FitzHugh and Nagumo's two-variable neuron: a fast v, a slow w, no units.

FitzHugh, Biophys. J. 1:445 (1961), 10.1016/S0006-3495(61)86902-6, in the variables that became
usual later; Nagumo, Arimoto and Yoshizawa, Proc. IRE 50:2061 (1962),
10.1109/JRPROC.1962.288235, built it as a circuit.
"""
from typing import ClassVar

import numpy as np

from ..fast.batch_rk4 import Form, march_rk4
from ..model import Model, parameter
from ..solve import rk4

__all__ = ["FitzHughNagumo", "rk4_by_matrices"]


def rk4_by_matrices(model, h):
    """The classical Runge-Kutta scheme for FitzHugh-Nagumo: the states of `rk4` up to rounding,
    three times as fast.

    A single run goes on Python floats, a batch in place. Where a parameter is an array it is
    `rk4` itself.
    """
    advance = rk4(model, h)

    def march(start, drive):
        """All states of a run, by the way that suits its start."""
        return march_rk4(model.form(), h, start, drive) if np.ndim(
            start[0]) == 1 else _march_one(model, h, start, drive)

    if not any(np.ndim(x) for x in (model.delta, model.a, model.b)):
        advance.march = march
    return advance


def _march_one(model, h, start, drive):
    """All states (2, T) of one run; also of a batch of any shape."""
    delta, a, b = model.delta, model.a, model.b
    v, w = start
    half, sixth, states = h / 2, h / 6, [start]
    for I in drive[:-1]:
        k1, l1 = v - v * v * v / 3 - w + I, delta * (v + a - b * w)
        x, y = v + half * k1, w + half * l1
        k2, l2 = x - x * x * x / 3 - y + I, delta * (x + a - b * y)
        x, y = v + half * k2, w + half * l2
        k3, l3 = x - x * x * x / 3 - y + I, delta * (x + a - b * y)
        x, y = v + h * k3, w + h * l3
        k4, l4 = x - x * x * x / 3 - y + I, delta * (x + a - b * y)
        v, w = v + sixth * (k1 + 2 * (k2 + k3) + k4), w + sixth * (l1 + 2 * (l2 + l3) + l4)
        states.append((v, w))
    return np.moveaxis(np.array(states), 1, 0)


class FitzHughNagumo(Model):
    """dv/dt = v - v^3/3 - w + I_ext, dw/dt = delta (v + a - b w): v voltage-like, w slow
    recovery, all dimensionless.
    """

    states: ClassVar = {"v": "1", "w": "1"}
    time_unit: ClassVar = "1"
    scheme = staticmethod(rk4_by_matrices)

    I_ext: float = parameter(0.5, "1", r"I_\mathrm{ext}", -0.2, 1.8, "stimulus")
    delta: float = parameter(0.08, "1", r"\delta", 0.005, 0.6, "how slow w is beside v",
                             scale="log", domain="positive")
    a: float = parameter(0.7, "1", "a", 0, 1.2, "place of the line dw/dt = 0")
    b: float = parameter(0.8, "1", "b", 0.2, 1.5, "how strongly w holds itself back")

    def rhs(self, state, I_ext):
        """dv/dt and dw/dt."""
        v, w = state
        return v - v * v * v / 3 - w + I_ext, self.delta * (v + self.a - self.b * w)

    def form(self):
        """The same vector field as a `Form` with one product, v^3."""
        def filler(states, products):
            """What fills the row of the cube."""
            (v, _), (cube,) = states, products

            def fill():
                """v^3, in place."""
                np.multiply(v, v, cube)
                np.multiply(cube, v, cube)

            return fill

        return Form(
            np.array([[0, 1, -1 / 3, 1, -1],
                      [self.delta * self.a, 0, 0, self.delta, -self.delta * self.b]]), filler)

    def nullclines(self, v):
        """(w where dv/dt = 0, w where dw/dt = 0) at v, each of the shape of v.

        Raises ValueError at b = 0, where dw/dt = 0 is the upright line v = -a, which no
        function of v describes.
        """
        if not np.all(self.b):
            raise ValueError(
                f"at b = 0 the w-nullcline is the upright line v = -a = {-np.mean(self.a):g}: "
                "it has no w "
                "for a given v; choose b other than 0, for example 0.8")
        v = np.asarray(v, float)
        return v - v * v * v / 3 + self.I_ext, (v + self.a) / self.b

    def jacobian(self, state):
        """The matrix (2, 2) of derivatives of (dv/dt, dw/dt) by (v, w); (*batch, 2, 2) for a
        batch of states.
        """
        v, _ = state
        rows = np.array(
            np.broadcast_arrays(1 - np.asarray(v, float)**2, -1.0, self.delta,
                                -self.b * self.delta))
        return np.moveaxis(rows.reshape(2, 2, *rows.shape[1:]), (0, 1), (-2, -1))

    def held(self, v):
        """w on the w-nullcline at v and the current that keeps v there."""
        with np.errstate(divide="ignore"):
            w = np.divide(v + self.a, self.b)
        return w, v * v * v / 3 - v + w

    def fixed_states(self, I_ext):
        """All fixed points at I_ext, (v, w) sorted by v: the real roots of b v^3/3 + (1 - b) v
        + a - b I_ext = 0.
        """
        roots = np.roots([self.b / 3, 0.0, 1 - self.b, self.a - self.b * I_ext])
        real = np.sort(roots.real[np.abs(roots.imag) <= 1e-7 * (1 + np.abs(roots))])
        return [(float(v), float(v - v * v * v / 3 + I_ext)) for v in real]

    def relaxation_period(self):
        """delta times the period in the limit delta -> 0: the time on the two slow branches,
        since the jumps take none.

        Raises ValueError where an orbit would stop on an outer branch of the cubic, so that
        there is no such cycle.
        """
        from scipy.integrate import quad

        def time_along(v):
            """delta dt/dv on the cubic."""
            return (1 - v * v) / (v + self.a - self.b * (v - v * v * v / 3 + self.I_ext))

        if stops := [v for v, _ in self.fixed_states(self.I_ext) if abs(v) >= 1]:
            raise ValueError(
                f"at I_ext = {self.I_ext:g} the w-nullcline crosses an outer branch of the "
                "cubic at v = "
                f"{stops[0]:.4g}: the orbit stops there; try a current nearer to a/b")
        return quad(time_along, -2, -1)[0] + quad(time_along, 2, 1)[0]
