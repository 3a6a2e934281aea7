"""The numbers behind the panels of notebook 05 against plain loops that share no code with the
course, at random settings of all sliders.
"""
import numpy as np
import pytest
from scipy.stats import norm

from conftest import SETTINGS
from course_utils.notebook_05.experiments import CriticalNetwork, LayeredNetwork
from course_utils.notebook_05.renewal import SHAPES, SingleNeuron


def anywhere(kind, seed):
    """A record of a kind with every slider somewhere between its ends."""
    rng = np.random.default_rng([seed, len(kind.__name__)])
    values = {}
    for name, declared in kind.parameters().items():
        low, high = declared.low, declared.high
        if declared.choices:
            values[name] = declared.choices[seed % len(declared.choices)]
        elif declared.scale == "integer":
            values[name] = int(rng.integers(low, high + 1))
        elif declared.scale == "log":
            values[name] = float(np.exp(rng.uniform(np.log(low), np.log(high))))
        else:
            values[name] = float(rng.uniform(low, high))
    return kind(**values)


def phi(neuron, V):
    """The firing probability at one potential, as the table of notebook 05 prints it."""
    u = neuron.slope * (V - neuron.threshold)
    return {
        "logistic": lambda: 1 / (1 + np.exp(-u)),
        "probit": lambda: norm.cdf(u),
        "escape rate": lambda: 1 - np.exp(-np.exp(u)),
        "clipped linear": lambda: min(max(u, 0.0), 1.0),
        "heaviside": lambda: float(V >= neuron.threshold),
    }[neuron.shape]()


@pytest.mark.parametrize("seed", SETTINGS)
def test_single_neuron(seed):
    neuron = anywhere(SingleNeuron, seed)
    result = neuron.run()
    V, silent = 0.0, 1.0
    for k in range(120):
        h = phi(neuron, V)
        assert result.V[k] == pytest.approx(V, abs=1e-12)
        assert result.h[k] == pytest.approx(h, abs=1e-12)
        assert result.f[k] == pytest.approx(silent * h, abs=1e-12)
        silent *= 1 - h
        V = neuron.leak * V + neuron.I_ext
    seen = np.bincount(result.sample, minlength=121) / 3000
    expected = np.append(silent, result.f)
    error = np.sqrt(expected * (1 - expected) / 3000)
    assert (np.abs(seen - expected) <= 5 * error + 1e-3).all()
    assert set(SHAPES) == set(neuron.declared("shape").choices)


@pytest.mark.parametrize("seed", SETTINGS)
def test_critical_network(seed):
    network = anywhere(CriticalNetwork, seed)
    result = network.run()
    rng = np.random.default_rng(network.seed)
    noise, chosen = rng.random((160, 4000), dtype=np.float32), rng.random(160)
    N, w, V_T = network.N, network.branching_parameter, network.threshold
    V, fired = np.full(N, V_T + network.start), 1
    counts, sizes = [], []
    for t in range(160):
        X = noise[t, :N] < np.clip(V - V_T, 0, 1)
        if not fired:
            X[int(chosen[t] * N)] = True
            sizes.append(0)
        fired = int(X.sum())
        counts.append(fired)
        if sizes:
            sizes[-1] += fired
        V = np.where(X, 0.0, network.leak * V + w * fired / N)
    np.testing.assert_array_equal(np.round(result.rate * N), counts)
    assert result.avalanches.tolist() == sizes
    assert result.edge == (None if V_T else 1 - network.leak)
    expect(network, result)
    cobweb(network, result)


def expect(network, result):
    """The fraction of infinitely many neurons, by groups of equal last spike."""
    groups = [(network.threshold + network.start, 1.0)]  # potential, fraction
    for rho in result.expected:
        p = [min(max(V - network.threshold, 0.0), 1.0) for V, _ in groups]
        fires = sum(each * share for each, (_, share) in zip(p, groups))
        assert rho == pytest.approx(fires, abs=1e-12)
        arriving = network.branching_parameter * fires
        groups = [(network.leak * V + arriving, (1 - each) * share)
                  for each, (V, share) in zip(p, groups)] + [(0.0, fires)]


def cobweb(network, result):
    """The map by its waiting times, and the staircase by the map."""
    rho, after = result.curve
    for k in range(1, 401, 57):
        drive = network.branching_parameter * rho[k]
        V, silent, steps = drive, 1.0, 0.0
        for _ in range(5000):
            steps += silent
            silent *= 1 - min(max(V - network.threshold, 0.0), 1.0)
            V = network.leak * V + drive
        fires = min(max(V - network.threshold, 0.0), 1.0)
        rest = silent / fires if fires else np.inf if silent > 0 else 0.0
        assert after[k] == pytest.approx((1 - rho[k]) / (steps + rest), abs=1e-9)
    x, y = result.stairs
    assert x[0] == network.start and y[0] == 0
    np.testing.assert_allclose(y[1::2], np.interp(x[1::2], rho, after), atol=1e-12)
    np.testing.assert_allclose(x[2::2], y[1:-1:2], atol=1e-12)


@pytest.mark.parametrize("seed", SETTINGS)
def test_layered_network(seed):
    network = anywhere(LayeredNetwork, seed)
    result = network.run()
    model = network.model()
    W, drive = model.W.tocsr(), np.where(np.arange(4000) < 1000, 0.08, 0.024)
    excites = np.arange(4000) % 1000 < 800
    assert set(np.round(W.data[W.data < 0], 12)) <= {
        round(-k * network.inhibition, 12) for k in range(1, 21)}
    same_layer = (np.arange(4000) // 1000)[:, None] == (np.arange(4000) // 1000)
    fast = model.simulate(180, 2, keep_V=False).spikes
    V, counts = np.zeros(4000), np.zeros(4, int)
    for X in fast:  # each step's spikes are as probable as phi of the potential says
        p = 1 / (1 + np.exp(-5 * (V - 2)))
        counts += X.reshape(4, 1000).sum(axis=1)
        spread = np.sqrt((p * (1 - p)).sum())
        assert abs(X.sum() - p.sum()) < 6 * spread + 1
        V = np.where(X, 0.0, 0.9 * V + W @ X + drive)
    assert result.counts.tolist() == counts.tolist()
    between = W.toarray() * ~same_layer
    assert (between[:, ~excites] == 0).all() and (between >= 0).all()
    a, b = np.radians([network.azimuth, network.elevation])
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    step, layer, place = (each[::result.every] for each in network.spikes())
    across, depth = turn @ [1.6 * (step / 180 - 0.5), place / 1000 - 0.5]
    up = 0.75 * (1 - layer / 1.5) * np.cos(b) + depth * np.sin(b)
    excited = place < 800
    np.testing.assert_allclose(result.excitatory, (across[excited], up[excited]), atol=1e-12)
    np.testing.assert_allclose(result.inhibitory, (across[~excited], up[~excited]), atol=1e-12)
