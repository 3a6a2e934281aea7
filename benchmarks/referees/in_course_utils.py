"""The six cases in this course's own code."""
import numpy as np
from cases import AXON, CABLE, FHN, HH, POINT, STDP, spike_trains

import course_utils as cu


def hodgkin_huxley():
    t = np.arange(0, HH["duration"], 0.01)
    run = cu.simulate(cu.HodgkinHuxley(I_ext=HH["I_ext"]), t)
    return cu.spike_times(t, run.V, HH["threshold"])[HH["spike"] - 1]


def fitzhugh_nagumo():
    return cu.period(cu.FitzHughNagumo(**{k: FHN[k] for k in ("I_ext", "delta", "a", "b")}))


def cable():
    names = ("length", "radius", "rho", "g_m", "c_m", "compartments")
    dendrite = cu.Cable(**{name: CABLE[name] for name in names})
    t = np.arange(0, CABLE["t"] + 0.01, 0.02)
    run = cu.simulate_cable(dendrite, t, [(0.0, CABLE["current"])])
    return np.interp(CABLE["x"], dendrite.x, run.V[-1])


def axon():
    cell = cu.HodgkinHuxley(temperature=AXON["temperature"], I_ext=0.0)
    names = ("length", "radius", "rho", "compartments")
    fibre = cu.Axon(cell=cell, **{name: AXON[name] for name in names})
    t = np.arange(0, AXON["duration"], AXON["step"])
    ends = fibre.x[:AXON["compartments"] // 100]
    current = np.where(t < 1.0, AXON["current"] / len(ends), 0.0)
    run = cu.simulate_cable(fibre, t, [(x, current) for x in ends])
    places = [int(np.argmin(np.abs(fibre.x - AXON[name]))) for name in ("from", "to")]
    first, last = (cu.spike_times(t, run.V[:, k], 50.0)[0] for k in places)
    return (fibre.x[places[1]] - fibre.x[places[0]]) / 1000 / (last - first)


def point_neuron():
    """With V counted from c = (1 - leak) drive no input is lost in the step of a spike."""
    leak = np.exp(-1 / POINT["tau"])
    c = (1 - leak) * POINT["drive"]

    def phi(V):
        return 1 - np.exp(-POINT["base"] * np.exp((np.asarray(V) + c) / POINT["width"]))

    neuron = cu.GalvesLocherbach(W=np.zeros((1, 1)), phi=phi, leak=leak, I_ext=leak * c)
    return neuron.simulate(POINT["steps"], 1, keep_V=False).spikes[1000:].mean()


def stdp():
    rule = cu.STDP(**{k: STDP[k] for k in ("A_plus", "A_minus", "tau_plus", "tau_minus")})
    return rule.weight_after(*spike_trains(), STDP["w"])


ANSWERS = {
    "hodgkin-huxley": hodgkin_huxley, "fitzhugh-nagumo": fitzhugh_nagumo, "cable": cable,
    "axon": axon, "point neuron": point_neuron, "stdp": stdp,
}
