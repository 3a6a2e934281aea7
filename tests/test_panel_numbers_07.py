"""The numbers that the panels of notebook 07 show, against a network written out neuron by
neuron, at random settings over all their sliders.
"""
import re

import numpy as np
import pytest

from conftest import SETTINGS
from course_utils.notebook_07.experiments import KINDS, PHENOMENA, Chooser
from course_utils.notebook_07.speller import Speller

TAU, GAIN, LOSS, LETTERS = 12.0, 0.01, 0.012, 8


def one_trial(W, raster, rule):
    """The weights after one trial: each synapse by itself, from the spike times of its two
    neurons, traces by a sum over earlier spikes, clipped at 0 and 1 after every event. Within a
    step the event that depresses comes first.
    """
    if rule == "swapped":  # the right rule, with the roles of the two neurons exchanged
        return one_trial(W.T.copy(), raster, "right").T.copy()
    times = np.arange(len(raster))
    kernel = np.where(times > 0, np.exp(-times / TAU), 0.0)
    traces = np.array([np.convolve(train, kernel)[:len(raster)] for train in 1.0 * raster.T])
    diagonal = range(len(W))
    for t in times:
        for sender in np.flatnonzero(raster[t]):
            W[:, sender] = np.clip(W[:, sender] - LOSS * traces[:, t], 0, 1)
            W[diagonal, diagonal] = 0
        for receiver in np.flatnonzero(raster[t]):
            W[receiver] = np.clip(W[receiver] + GAIN * traces[:, t], 0, 1)
            W[diagonal, diagonal] = 0
    return W


def trained(rule, trials, seed, size=80):
    """W[post, pre] after training, written out; the random numbers are those of the course."""
    rng = np.random.default_rng([seed, 0])
    W = rng.uniform(0.5, 1.5, (size, size))
    W[range(size), range(size)] = 0
    W /= W.sum(axis=1, keepdims=True)
    for _ in range(trials):
        probability = np.full((40 + 7 * 15 + 1, size), 0.003)
        for k in range(LETTERS):
            probability[20 + 15 * k, 10 * k:10 * k + 10] = 0.9
        W = one_trial(W, rng.random(probability.shape) < probability, rule)
        for row in W:
            row /= max(row.sum(), 1.0)
    return W


def recalled(W, J, inhibition, seed, cue):
    """The letters in order, with dots between steps where letters come together, and the share
    that comes in order.
    """
    size = len(W)
    rng = np.random.default_rng([seed, 1 + cue])
    V = np.zeros(size)
    V[10 * cue:10 * cue + 10] = 4 + np.log(0.95 / 0.05) / 2
    first = {}
    for step in range(25):
        spikes = rng.random(size) < 1 / (1 + np.exp(-2 * (V - 4)))
        for k in range(LETTERS):
            if spikes[10 * k:10 * k + 10].sum() >= 5:
                first.setdefault(k, step)
        arriving = J * (W @ spikes) - inhibition / 10 * (spikes.sum() - spikes)
        V = np.where(spikes, 0.0, 0.3 * V + arriving)
    order = range(LETTERS) if cue == 0 else range(LETTERS - 1, -1, -1)
    count, last = 0, -1
    for k in order:
        if first.get(k, -1) <= last:
            break
        last, count = first[k], count + 1
    steps = sorted(set(first.values()))
    groups = ["".join("SYNAPTIC"[k] for k in range(LETTERS) if first.get(k) == s) for s in steps]
    return ("·" if any(len(group) > 1 for group in groups) else "").join(groups), count


@pytest.mark.parametrize("seed", SETTINGS)
def test_the_speller_at_random_settings(seed):
    rng = np.random.default_rng(seed)
    speller = Speller(rule=("right", "swapped")[seed % 2], trials=int(rng.integers(101)),
                      J=rng.uniform(10, 80), inhibition=rng.uniform(0, 20), seed=seed)
    result = speller.run()
    W = trained(speller.rule, speller.trials, seed)
    np.testing.assert_allclose(result.weights, W, atol=1e-9)
    sentence = result.sentence()
    for cue, found in (0, result.from_first), (7, result.from_last):
        spelled, count = recalled(W, speller.J, speller.inhibition, seed, cue)
        assert (found.spelled, found.score) == (spelled, count / 8)
        assert f"it spells {spelled}, {count}" in sentence
    block = W.reshape(8, 10, 8, 10).sum(axis=3)  # [letter, neuron, sending letter]
    back = 1 if speller.rule == "right" else -1
    near = [block[k, :, k - back].mean() for k in range(8) if 0 <= k - back < 8]
    far = [block[k, :, k - 2 * back] for k in range(8) if 0 <= k - 2 * back < 8]
    numbers = [float(each) for each in re.findall(r"(?<!\d)(\d\.\d{3})", sentence)]
    q = np.exp(-15 / 12)
    need = (4 + speller.inhibition / 0.7) * (1 - 0.3 * q) / speller.J
    assert numbers == pytest.approx([need, min(near), np.max(far)], abs=6e-4)


@pytest.mark.parametrize("seed", SETTINGS)
def test_the_chooser_at_random_settings(seed):
    rng = np.random.default_rng(seed)
    wanted, also = rng.choice(list(PHENOMENA), 2)
    sentence = Chooser(wanted=str(wanted), also=str(also)).run().sentence()
    able = sorted(set(PHENOMENA[wanted]) & set(PHENOMENA[also]),
                  key=lambda name: KINDS[name].operations)
    if able:
        assert f"is {able[0]}, {KINDS[able[0]].operations:,} operations" in sentence
    else:
        assert "No single model" in sentence
