"""The numbers that the panels of notebook 02 show, against solvers that share no code with the
course, at random settings over all their sliders.
"""
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from conftest import SETTINGS
from course_utils.notebook_02.experiments import (
    RISE,
    ClampExperiment,
    CurrentStep,
    OneBit,
    ThreeModels,
)

V_OUT = (115.0, -12.0, 10.613)  # reversal potentials, mV from rest


def rates(V):
    """(alpha, beta) of m, h and n at 6.3 °C in 1/ms, written out once more."""
    a_m = 1.0 if abs(V - 25) < 1e-7 else 0.1 * (25 - V) / np.expm1((25 - V) / 10)
    a_n = 0.1 if abs(V - 10) < 1e-7 else 0.01 * (10 - V) / np.expm1((10 - V) / 10)
    return ((a_m, 4 * np.exp(-V / 18)),
            (0.07 * np.exp(-V / 20), 1 / (np.exp((30 - V) / 10) + 1)),
            (a_n, 0.125 * np.exp(-V / 80)))


def steady(V):
    """The steady-state values of m, h, n."""
    return [a / (a + b) for a, b in rates(V)]


def full(I_ext, g_Na=120.0, g_K=36.0, E_Na=115.0, temperature=6.3):
    """The field of the full model as scipy calls it."""
    q = 3**((temperature - 6.3) / 10)

    def field(t, y):
        V, *gates = y
        m, h, n = gates
        outward = (g_Na * m**3 * h * (V - E_Na) + g_K * n**4 * (V - V_OUT[1])
                   + 0.3 * (V - V_OUT[2]))
        moves = [q * (a * (1 - x) - b * x) for (a, b), x in zip(rates(V), gates)]
        return [I_ext - outward, *moves]

    return field


def rest(field, V=0.0, instead=()):
    """The fixed point that a membrane without current settles at, from V: (V, m, h, n)."""
    found = solve_ivp(field, (0, 400), [V, *steady(V)], method="LSODA", rtol=1e-10, atol=1e-12)
    return found.y[:, -1]


def solved(field, start, end, **options):
    return solve_ivp(field, (0, end), start, method="DOP853", rtol=1e-10, atol=1e-10,
                     **options)


def drawn(home, rng, ranges):
    """A record with every slider at a random place: {name: (low, high) or None}."""
    values = {}
    for name, ends in ranges.items():
        low, high = ends or (home.declared(name).low, home.declared(name).high)
        values[name] = float(rng.uniform(low, high))
    return home.but(**values)


@pytest.mark.parametrize("seed", SETTINGS)
def test_the_drug_bench(seed):
    sliders = {"cell.I_ext": None, "onset": None, "width": None, "cell.g_Na": None,
               "cell.g_K": None, "cell.E_Na": (60, 140), "cell.temperature": None}
    record = drawn(CurrentStep(), np.random.default_rng(seed), sliders)
    cell, result = record.cell, record.run()
    drugs = {name: getattr(cell, name) for name in ("g_Na", "g_K", "E_Na", "temperature")}
    run, onset = result.run, int(np.searchsorted(result.run.t, record.onset))
    at_first, start = ([getattr(run, name)[k] for name in "Vmhn"] for k in (0, max(onset - 1, 0)))
    assert np.abs(full(0.0, **drugs)(0, at_first)).max() < 1e-5  # it does start at a rest,
    # which may be unstable: then it drifts away until the onset, from where we compare
    times, V = [run.t[max(onset - 1, 0)]], []
    for current, end in ((0.0, record.onset), (cell.I_ext, record.end), (0.0, 60.0)):
        if end - times[-1] < 1e-9:
            continue
        piece = solve_ivp(full(current, **drugs), (times[-1], end), start, method="DOP853",
                          rtol=1e-10, atol=1e-10, dense_output=True, max_step=0.1)
        V.append(piece.sol(np.linspace(times[-1], end, 20_001))[0])
        times.append(end)
        start = piece.y[:, -1]
    V = np.concatenate(V)
    turns = np.flatnonzero(np.diff(np.sign(np.diff(V)))) + 1  # minima and maxima
    levels = np.concatenate([V[:1], V[turns]])
    rises = [high - low for low, high in zip(levels, levels[1:]) if high > low]
    count = sum(rise > RISE for rise in rises)
    at_the_edge = any(abs(rise - RISE) < 1 for rise in rises)
    counted = int((result.times > record.onset).sum())
    assert counted == count or at_the_edge, (record, result.sentence())
    after = slice(max(onset - 1, 0), None)
    assert run.V[after].max() == pytest.approx(V.max(), abs=0.4)
    assert run.V[after].min() == pytest.approx(V.min(), abs=0.4)


@pytest.mark.parametrize("seed", SETTINGS)
def test_the_clamp(seed):
    sliders = {"V_command": None, "V_hold": None, "duration": (0, 40), "cell.g_Na": (0, 120),
               "cell.g_K": (0, 36)}
    record = drawn(ClampExperiment(), np.random.default_rng(seed), sliders)
    V, cell, result = record.V_command, record.cell, record.run()

    def gates(V):
        return lambda t, x: [a * (1 - each) - b * each for (a, b), each in zip(rates(V), x)]

    held = solved(gates(record.V_hold), steady(0.0), record.duration).y[:, -1]
    exact = solved(gates(V), held, 12.0, t_eval=result.run.t[:-1])
    m, h, n = exact.y
    assert result.run.I_Na[:-1] == pytest.approx(cell.g_Na * m**3 * h * (V - 115), abs=1e-4)
    assert result.run.I_K[:-1] == pytest.approx(cell.g_K * n**4 * (V + 12), abs=1e-4)
    assert f"At the step h was {held[1]:.2f}." in result.sentence()


@pytest.mark.parametrize("seed", SETTINGS)
def test_the_three_models(seed):
    record = drawn(ThreeModels(), np.random.default_rng(seed), {"I_ext": None})
    result, I = record.run(), record.I_ext

    def reduced(t, y):
        V, n = y
        m, (a, b) = steady(V)[0], rates(V)[2]
        outward = (120 * m**3 * (0.85 - n) * (V - 115) + 36 * n**4 * (V + 12)
                   + 0.3 * (V - V_OUT[2]))
        return [I - outward, a * (1 - n) - b * n]

    def trimmed(t, y):
        V, n = y
        a, b = rates(V)[2]
        return [I - 120 * (V - 115) - 36 * n**4 * (V + 12), a * (1 - n) - b * n]

    for name, field in (("full", full(I)), ("reduced", reduced), ("trimmed", trimmed)):
        run = result.runs[name]
        start = [getattr(run, state)[0] for state in run.model.states]
        exact = solved(field, start, run.t[-1] * (1 + 1e-12), t_eval=run.t)
        early = run.t < 0.25 * run.t[-1]  # later a small error of the period moves the flanks
        assert run.V[early].max() == pytest.approx(exact.y[0][early].max(), abs=0.3)
        half = len(run.t) // 2
        swing = np.ptp(exact.y[0][half:])
        assert np.ptp(run.V[half:]) == pytest.approx(swing, abs=0.6), name
        for state in result.fixed[name]:
            assert np.abs(field(0, state)).max() < 1e-6, name


@pytest.mark.parametrize("seed", SETTINGS)
def test_one_bit(seed):
    sliders = {"write": (2.8, 4.8), "erase": None, "phase": None, "I_ext": None}
    record = drawn(OneBit(), np.random.default_rng(seed), sliders)
    result, field = record.run(), full(record.I_ext)
    state = np.array(rest(field, result.rest[0]) if record.I_ext < 9.7 else
                     [result.rest[0], *steady(result.rest[0])])
    assert state[0] == pytest.approx(result.rest[0], abs=1e-3)
    state[0] += record.write
    first, second = result.kicks
    before = solved(field, state, second.t - first.t, dense_output=True, events=_passes(20))
    after = before.y[:, -1].copy()
    assert after[0] == pytest.approx(second.before, abs=0.02 * np.ptp(result.V) + 0.05)
    after[0] += record.erase
    late = solved(field, after, result.t[-1] - second.t, events=_passes(20))
    spikes = [*(first.t + before.t_events[0]), *(second.t + late.t_events[0])]
    assert abs(len(spikes) - len(result.spikes)) <= 1  # one may lie at the edge of the window
    quiet = result.t[-1] - max([t for t in spikes if t <= result.t[-1]], default=-np.inf)
    assert result.bits[2] == int(quiet < 1.7 * result.cycle)


def _passes(level):
    def crosses(t, y):
        return y[0] - level

    crosses.direction = 1
    return crosses
