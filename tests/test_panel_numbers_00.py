"""The numbers that the panels of notebook 00 show, against solvers that share no code with the
course, at random settings over all their sliders.
"""
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from conftest import SETTINGS
from course_utils.notebook_00.experiments import EulerExperiment, FiveBrains


def euler_by_hand(R, C_m, I_ext, h, duration):
    """[(t, V)] of Euler's rule, one line at a time."""
    t, V, found = 0.0, 0.0, [(0.0, 0.0)]
    while t < duration - 1e-9:
        t, V = t + h, V + h / (R * C_m) * (R * I_ext - V)
        found.append((t, V))
    return found


@pytest.mark.parametrize("seed", SETTINGS)
def test_eulers_rule_at_random_settings(seed):
    rng = np.random.default_rng(seed)
    home = EulerExperiment()
    cell = {name: rng.uniform(home.cell.declared(name).low, home.cell.declared(name).high)
            for name in ("I_ext", "R", "C_m")}
    h = rng.uniform(0.5, 25)
    result = home.but(h=h, **{f"cell.{name}": value for name, value in cell.items()}).run()
    t, V = np.transpose(euler_by_hand(h=h, duration=100, **cell))
    assert result.t == pytest.approx(t) and result.V == pytest.approx(V, rel=1e-9)
    tau = cell["R"] * cell["C_m"]
    run = solve_ivp(lambda t, V: (cell["R"] * cell["I_ext"] - V) / tau, (0, 100), [0.0],
                    t_eval=result.exact_t, rtol=1e-10, atol=1e-10)
    assert result.exact_V == pytest.approx(run.y[0], abs=1e-6)
    assert f"{1 - h / tau:.3g}" in result.sentence() and f"{h:.3g} ms" in result.sentence()


def hodgkin_huxley(V, m, h, n, I):
    """The four derivatives of 1952, voltages from rest, 6.3 °C, written out once more."""
    a_m = 1.0 if abs(V - 25) < 1e-7 else 0.1 * (25 - V) / np.expm1((25 - V) / 10)
    a_n = 0.1 if abs(V - 10) < 1e-7 else 0.01 * (10 - V) / np.expm1((10 - V) / 10)
    ionic = 120 * m**3 * h * (V - 115) + 36 * n**4 * (V + 12) + 0.3 * (V - 10.613)
    return (I - ionic,
            a_m * (1 - m) - 4 * np.exp(-V / 18) * m,
            0.07 * np.exp(-V / 20) * (1 - h) - h / (np.exp((30 - V) / 10) + 1),
            a_n * (1 - n) - 0.125 * np.exp(-V / 80) * n)


def fitzhugh_nagumo(v, w, I):
    """The two derivatives, per ms: 2.7 units of time are 1 ms."""
    return 2.7 * (v - v**3 / 3 - w + I / 20), 2.7 * 0.08 * (v + 0.7 - 0.8 * w)


def held(rhs, start, t, I_ext):
    """The first variable at the times t where I_ext is held from each time to the next: the
    stretches of equal current are solved one after the other.
    """
    edges = [0, *(np.flatnonzero(np.diff(I_ext)) + 1), len(t) - 1]
    state, pieces = np.array(start), []
    for a, b in zip(edges[:-1], edges[1:]):
        if a == b:
            continue
        run = solve_ivp(lambda _, y, I=I_ext[a]: rhs(*y, I), (t[a], t[b]), state,
                        t_eval=t[a:b + 1], method="LSODA", rtol=1e-9, atol=1e-9)
        state = run.y[:, -1]
        pieces.append(run.y[0][:-1])
    return np.append(np.concatenate(pieces), state[0])


def crossings(t, V, level):
    """The times of upward crossings, by a straight line between two samples."""
    up = np.flatnonzero((V[:-1] < level) & (V[1:] >= level))
    return t[up] + (level - V[up]) / (V[up + 1] - V[up]) * (t[up + 1] - t[up])


def galves_loecherbach(current, seed, copies=14):
    """How many spikes the stochastic neurons fire, neuron by neuron and step by step."""
    draws = np.random.default_rng(seed).random((200, copies))
    count = 0
    for neuron in range(copies):
        V = 0.0
        for step in range(200):
            fires = draws[step, neuron] < 1 / (1 + np.exp(-0.8 * (V - 6)))
            count += fires
            V = 0.0 if fires else 0.9 * V + 0.1 * current[step]
    return count


def rests():
    """The resting states of the two models, by letting them settle."""
    long = 500.0
    squid = solve_ivp(lambda _, y: hodgkin_huxley(*y, 0.0), (0, long), [0, 0.05, 0.6, 0.32],
                      method="LSODA", rtol=1e-11, atol=1e-11)
    fhn = solve_ivp(lambda _, y: fitzhugh_nagumo(*y, 0.0), (0, long), [-1.2, -0.6],
                    method="LSODA", rtol=1e-11, atol=1e-11)
    return squid.y[:, -1], fhn.y[:, -1]


@pytest.mark.parametrize("seed", SETTINGS)
def test_five_brains_at_random_settings(seed):
    """Shapes that hold the current over long stretches: the solver then needs no grid."""
    rng = np.random.default_rng(seed)
    brains = FiveBrains(amplitude=float(np.exp(rng.uniform(0, np.log(200)))),
                        shape=("step", "pulses")[seed % 2],
                        duration=rng.uniform(1, 180), seed=int(rng.integers(21)))
    result = brains.run()
    t, I_ext = result.t, result.I_ext
    squid, fhn = rests()
    V = held(hodgkin_huxley, squid, t, I_ext)
    v = held(fitzhugh_nagumo, fhn, t, I_ext)
    for spikes, wanted in ((result.V_spikes, crossings(t, V, 50.0)),
                           (result.v_spikes, crossings(t, v, 0.0))):
        assert spikes == pytest.approx(wanted, abs=0.35)  # ms: the panel's step is 0.05 ms
    assert result.V.max() == pytest.approx(V.max(), abs=1.0)
    assert result.unit.max() == int(I_ext.max() >= 2.2403)
    steps = brains.current(np.arange(200) + 0.5)
    assert result.raster.sum() == galves_loecherbach(steps, brains.seed)
    cable = dendrite(t, I_ext)
    assert result.cable.max(axis=0) == pytest.approx(cable, rel=0.02, abs=0.02)


def dendrite(t, I_ext, parts=80):
    """The highest V in mV at 0, 1 and 2 length constants of a sealed cable, one ordinary
    differential equation per part.
    """
    dx, radius, rho, g_m = 50e-4, 2e-4, 0.1, 0.05  # cm, cm, kΩ·cm, mS/cm²
    axial = radius / (2 * rho * dx**2)  # mS/cm²
    into = 0.01e-3 * I_ext / (2 * np.pi * radius * dx)  # µA/cm² into the first part

    def rhs(time, V):
        k = min(int(time / 0.5) * 10, len(t) - 1)  # the panel holds the current for 0.5 ms
        flow = np.diff(V, prepend=V[0], append=V[-1])
        dV = axial * (flow[1:] - flow[:-1]) - g_m * V
        dV[0] += into[k]
        return dV

    run = solve_ivp(rhs, (0, 200), np.zeros(parts), method="BDF", rtol=1e-6, atol=1e-6,
                    max_step=0.5)
    scale = np.sqrt(radius / (2 * rho * g_m)) / dx  # parts per length constant
    centres = np.arange(parts) + 0.5
    return [run.y[np.searchsorted(centres, k * scale)].max() for k in range(3)]
