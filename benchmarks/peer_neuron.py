"""The same workloads in NEURON; voltages are turned into mV from rest."""
import numpy as np
from common import AXON_DURATION, DENDRITE, SQUID_AXON, crossings
from neuron import h

h.load_file("stdrun.hoc")
REST = -65.0


def squid_section(length, diameter, segments):
    section = h.Section(name="axon")
    section.L, section.diam, section.nseg = length, diameter, segments
    section.Ra, section.cm = 35.4, 1
    section.insert("hh")
    for segment in section:
        segment.hh.el = -54.387
    section.ena, section.ek = 50, -77
    h.usetable_hh, h.celsius = 0, 6.3
    return section


def clamp(segment, current, start, duration):
    electrode = h.IClamp(segment)
    electrode.delay, electrode.dur, electrode.amp = start, duration, current
    return electrode


def runner(recorded, duration, prepare):
    """A function that runs the simulation and returns t (T,) and V (T, recorded) from rest."""
    t = h.Vector().record(h._ref_t)
    vectors = [h.Vector().record(segment._ref_v) for segment in recorded]

    def run():
        prepare()
        h.finitialize(REST + 0.003620669)
        h.continuerun(duration)
        return np.array(t), np.array([np.array(v) for v in vectors]).T - REST

    return run


def fixed(step):
    def prepare():
        h.cvode.active(0)
        h.secondorder, h.dt, h.steps_per_ms = 2, step, 1 / step

    return prepare


def one_neuron():
    section = squid_section(10.0, 10.0, 1)
    electrode = clamp(section(0.5), 10 * np.pi * 1e-6 * 1e3, 0, 1e9)  # 10 µA/cm² in nA
    cvode = h.CVode()

    def prepare():
        cvode.active(1)
        cvode.atol(1e-5)

    keep = (section, electrode)
    return runner([section(0.5)], 100,
                  prepare), lambda out, _=keep: crossings(out[0], out[1][:, 0], 50.0)


def passive_cable():
    section = h.Section(name="dendrite")
    section.L, section.diam, section.nseg = DENDRITE["length"], 2 * DENDRITE["radius"], 1000
    section.Ra, section.cm = DENDRITE["rho"], DENDRITE["c_m"]
    section.insert("pas")
    for segment in section:
        segment.pas.g, segment.pas.e = DENDRITE["g_m"] / 1000, REST
    electrode = clamp(section(0.5 / 1000), DENDRITE["current"], 0, 50)
    run = runner(list(section), 100, fixed(0.025))

    def simulate(_=(section, electrode)):  # NEURON forgets what Python no longer holds
        run_t, V = run()
        return run_t, V - 0.003620669 * np.exp(-run_t * DENDRITE["g_m"] / DENDRITE["c_m"])[:,
                                                                                           None]

    return simulate, lambda out: [
        float(np.interp(50.0, out[0], out[1][:, k])) for k in (0, 100, 300)
    ]


def axon(segments, step):
    def prepare():
        section = squid_section(SQUID_AXON["length"], 2 * SQUID_AXON["radius"], segments)
        ends = [section((k + 0.5) / segments) for k in range(max(1, segments // 100))]
        electrodes = [clamp(end, SQUID_AXON["current"] / len(ends), 0, 1) for end in ends]
        places = [segments // 4, segments // 2, 3 * segments // 4]
        run = runner(list(section), AXON_DURATION, fixed(step))
        return run, lambda out, _=(section, electrodes
                                   ): [crossings(out[0], out[1][:, k], 50.0) for k in places]

    return prepare


WORKLOADS = {
    "one neuron": one_neuron, "passive cable": passive_cable, "axon 200": axon(200, 0.025),
    "axon 1000": axon(1000, 0.025)
}
