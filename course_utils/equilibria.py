"""Where a model can stand still: its equilibrium curve, its fixed points at one current, their
stability.

Hold the first state at x, let the others settle, and read off the input current that keeps it
there. That gives one curve I(x); the fixed points at a current I are where it crosses I. It
works for any `Model` from its `rhs` alone.
"""
from functools import lru_cache

import numpy as np

__all__ = [
    "clamped_at", "equilibrium_curve", "fixed_states", "is_stable", "jacobian", "rest_state",
    "root_between"
]


REACHES = (300.0, 1e6)  # of the first state


def jacobian(rhs, x, scale=1e-3):
    """The matrix (n, n) of derivatives of `rhs`, a function of n numbers, at x by differences
    of fourth order.

    x: n numbers or n arrays of one batch shape; then the result is (*batch, n, n).
    """
    x = np.asarray(x, float)
    columns = []
    for k in range(len(x)):
        step = np.zeros_like(x)
        step[k] = scale * (1 + np.abs(x[k]))
        near, far = (np.subtract(rhs(x + d * step), rhs(x - d * step)) for d in (1, 2))
        columns.append((8 * near - far) / (12 * step[k]))
    return np.moveaxis(np.array(columns), (0, 1), (-1, -2))


def clamped_at(model, x):
    """What holds the first state at x (U,): the other states and the input current, one array
    (U,) each, by Newton's method; nan where it finds nothing.
    """
    x = np.atleast_1d(np.asarray(x, float))
    unknown = np.full((len(model.states), len(x)), 0.5)

    def slope(y):
        return model.field((x, *y[:-1]), y[-1])

    with np.errstate(all="ignore"):
        for _ in range(25):
            matrix = jacobian(slope, unknown)
            wrong = slope(unknown)
            good = np.isfinite(matrix).all(axis=(1, 2)) & (np.linalg.det(matrix) != 0)
            change = np.full_like(unknown, np.nan)
            steps = np.linalg.solve(matrix[good], wrong.T[good][..., None])
            change[:, good] = steps[..., 0].T
            unknown = unknown - change
            if not (np.abs(change) > 1e-13 * (1 + np.abs(unknown))).any():
                break
    unknown[:, (np.abs(change) > 1e-6 * (1 + np.abs(unknown))).any(axis=0)] = np.nan
    return tuple(unknown)


def equilibrium_curve(model, reach=REACHES[0]):
    """The equilibria over all currents, an array with the rows x (U,), ascending, the other states
    and the current I.

    x runs to -reach and +reach in steps that grow with |x|, so that models in mV and
    dimensionless ones are both served.
    """
    x = np.sinh(np.linspace(-np.arcsinh(reach), np.arcsinh(reach), 2001))
    with np.errstate(all="ignore"):
        curve = np.array([x, *model.clamped_at(x)])
    return curve[:, np.isfinite(curve).all(axis=0)]


def fixed_states(model, I_ext):
    """All fixed points at the current I_ext, a list of state tuples sorted by the first state,
    which is looked for from -300 to 300, and where nothing is found from -1e6 to 1e6.
    """
    for reach in REACHES:
        x, *_, I = equilibrium_curve(model, reach)
        side = np.sign(I - I_ext)
        left = np.flatnonzero(side[:-1] * side[1:] < 0)
        if left.size or not side.all():
            break
    between = root_between(lambda z: model.clamped_at(z)[-1] - I_ext, x[left], x[left + 1])
    roots = np.sort([*between, *x[I == I_ext]])
    *others, _ = model.clamped_at(roots)
    return [tuple(float(value) for value in state) for state in zip(roots, *others)]


def root_between(f, low, high):
    """Where f, of opposite signs at low and high (U,), is zero, an array (U,).

    f is called with fewer elements as more of them are found.
    """
    from scipy.optimize import elementwise

    return elementwise.find_root(f, (low, high)).x if len(low) else low


def is_stable(model, state, I_ext):
    """Whether all eigenvalues of the linearisation have a negative real part."""
    matrix = jacobian(lambda x: model.field(x, I_ext), state)
    return bool((np.linalg.eigvals(matrix).real < 0).all())


def rest_state(model):
    """The lowest stable fixed point at I_ext = 0 (the lowest one where none is stable), one
    value per state.

    Where parameters are arrays each value has their common shape.
    """
    model = model.but(I_ext=0.0)
    sweeps = model.sweeps()
    if not sweeps:
        return _only_rest(model)
    lanes = np.broadcast(*sweeps.values())
    found = [_only_rest(model.but(**dict(zip(sweeps, lane)))) for lane in lanes]
    return tuple(np.moveaxis(np.reshape(found, (*lanes.shape, len(model.states))), -1, 0))


@lru_cache(maxsize=256)
def _only_rest(model):
    """`rest_state` of a model whose parameters are single numbers; sliders ask for the same one
    again and again.
    """
    found = model.fixed_states(0.0)
    if not found:
        raise ValueError(
            f"{type(model).__name__} has no fixed point at I_ext = 0 with these parameters: "
            "give a start")
    return next((state for state in found if is_stable(model, state, 0.0)), found[0])
