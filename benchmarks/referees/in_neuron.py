"""The cases in NEURON; it has no point neuron in steps and no plastic synapse without NMODL."""
import numpy as np
from cases import AXON, CABLE, HH, REST, crossings
from neuron import h

h.load_file("stdrun.hoc")


def squid(length, radius, segments, temperature):
    section = h.Section(name="squid")
    section.L, section.diam, section.nseg = length, 2 * radius, segments
    section.Ra, section.cm = 35.4, 1
    section.insert("hh")
    for segment in section:
        segment.hh.el = -54.387
    section.ena, section.ek = 50, -77
    h.usetable_hh, h.celsius = 0, temperature
    return section


def clamp(segment, current, duration):
    electrode = h.IClamp(segment)
    electrode.delay, electrode.dur, electrode.amp = 0, duration, current
    return electrode


def recorded(places, duration, step, rest):
    """(t (T,), V (T, places)) in mV from rest; a step of 0 is the variable one."""
    every = step or 0.0025
    vectors = [h.Vector().record(place._ref_v, every) for place in places]
    solver = h.CVode()
    solver.active(step == 0)
    solver.atol(1e-7)
    if step:
        h.secondorder, h.dt, h.steps_per_ms = 2, step, 1 / step
    h.finitialize(REST + rest)
    h.continuerun(duration)
    V = np.array([np.array(v) for v in vectors]).T - REST
    return every * np.arange(len(V)), V


def hodgkin_huxley():
    section = squid(10.0, 5.0, 1, 6.3)
    electrode = clamp(section(0.5), HH["I_ext"] * np.pi * 1e-3, 1e9)  # nA on π 1e-6 cm²
    t, V = recorded([section(0.5)], HH["duration"], 0, 0.003620669)
    return crossings(t, V[:, 0], HH["threshold"])[HH["spike"] - 1] + 0 * electrode.amp


def cable():
    section = h.Section(name="dendrite")
    section.L, section.diam = CABLE["length"], 2 * CABLE["radius"]
    section.nseg, section.Ra, section.cm = CABLE["compartments"], CABLE["rho"], CABLE["c_m"]
    section.insert("pas")
    for segment in section:
        segment.pas.g, segment.pas.e = CABLE["g_m"] / 1000, REST
    electrode = clamp(section(0.5 / CABLE["compartments"]), CABLE["current"], 1e9)
    t, V = recorded([section(CABLE["x"] / CABLE["length"])], CABLE["t"] + 0.1, 0, 0.0)
    return float(np.interp(CABLE["t"], t, V[:, 0])) + 0 * electrode.amp


def axon():
    section = squid(AXON["length"], AXON["radius"], AXON["compartments"], AXON["temperature"])
    n = AXON["compartments"]
    ends = [section((k + 0.5) / n) for k in range(n // 100)]
    electrodes = [clamp(end, AXON["current"] / len(ends), 1.0) for end in ends]
    places = [section(AXON[name] / AXON["length"]) for name in ("from", "to")]
    t, V = recorded(places, AXON["duration"], AXON["step"], 0.003620669)
    first, last = (crossings(t, column, 50.0)[0] for column in V.T)
    return (AXON["to"] - AXON["from"]) / 1000 / (last - first) + 0 * len(electrodes)


ANSWERS = {"hodgkin-huxley": hodgkin_huxley, "cable": cable, "axon": axon}
