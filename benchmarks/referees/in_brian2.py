"""The cases in Brian 2; times in ms are written without units, as plain numbers."""
import brian2 as b2
import numpy as np
from cases import AXON, CABLE, FHN, HH, HH_REST, POINT, STDP, crossings, spike_trains

b2.prefs.codegen.target = "cython"
b2.BrianLogger.suppress_name("method_choice")
RATES = """
dm/dt = phi*(1/exprel((25 - U)/10)*(1 - m) - 4*exp(-U/18)*m)/ms : 1
dh/dt = phi*(0.07*exp(-U/20)*(1 - h) - h/(exp((30 - U)/10) + 1))/ms : 1
dn/dt = phi*(0.1/exprel((10 - U)/10)*(1 - n) - 0.125*exp(-U/80)*n)/ms : 1
"""


def hodgkin_huxley():
    step = 0.01 * b2.ms
    group = b2.NeuronGroup(1, """
        dU/dt = (I - 120*m**3*h*(U - 115) - 36*n**4*(U + 12) - 0.3*(U - 10.613))/ms : 1
        """ + RATES, method="rk4", dt=step, namespace={"I": HH["I_ext"], "phi": 1.0})
    group.U, group.m = HH_REST["V"], HH_REST["m"]
    group.h, group.n = HH_REST["h"], HH_REST["n"]
    monitor = b2.StateMonitor(group, "U", record=True, dt=step)
    b2.Network(group, monitor).run(HH["duration"] * b2.ms)
    times = crossings(np.array(monitor.t / b2.ms), np.array(monitor.U[0]), HH["threshold"])
    return times[HH["spike"] - 1]


def fitzhugh_nagumo():
    step = 0.01 * b2.ms
    numbers = {name: FHN[name] for name in ("delta", "a", "b")} | {"I": FHN["I_ext"]}
    group = b2.NeuronGroup(1, """
        dv/dt = (v - v**3/3 - w + I)/ms : 1
        dw/dt = delta*(v + a - b*w)/ms : 1""", method="rk4", dt=step, namespace=numbers)
    group.v = 1.0
    monitor = b2.StateMonitor(group, "v", record=True, dt=step)
    b2.Network(group, monitor).run(FHN["duration"] * b2.ms)
    return np.diff(crossings(np.array(monitor.t / b2.ms), np.array(monitor.v[0]), 0.0))[-1]


def cylinder(length, radius, compartments, **arguments):
    morphology = b2.Cylinder(diameter=2 * radius * b2.um, length=length * b2.um, n=compartments)
    return b2.SpatialNeuron(morphology, Cm=1 * b2.uF / b2.cm**2, **arguments)


def cable():
    step = 0.005 * b2.ms
    neuron = cylinder(CABLE["length"], CABLE["radius"], CABLE["compartments"], model="""
        Im = -g*v : amp/meter**2
        I : amp (point current)""", Ri=CABLE["rho"] * b2.ohm * b2.cm, dt=step,
                      namespace={"g": CABLE["g_m"] * b2.mS / b2.cm**2})
    neuron.I[0] = CABLE["current"] * b2.nA
    b2.Network(neuron).run(CABLE["t"] * b2.ms)
    return float(np.interp(CABLE["x"], neuron.distance / b2.um, neuron.v / b2.mV))


def axon():
    step = AXON["step"] * b2.ms
    neuron = cylinder(AXON["length"], AXON["radius"], AXON["compartments"], model="""
        U = v/mV : 1
        Im = (120*m**3*h*(115 - U) + 36*n**4*(-12 - U) + 0.3*(10.613 - U))*uA/cm**2 : amp/meter**2
        I : amp (point current)""" + RATES, Ri=AXON["rho"] * b2.ohm * b2.cm, dt=step,
                      method="exponential_euler",
                      namespace={"phi": 3**((AXON["temperature"] - 6.3) / 10), "uA": b2.uA})
    neuron.v, neuron.m = HH_REST["V"] * b2.mV, HH_REST["m"]
    neuron.h, neuron.n = HH_REST["h"], HH_REST["n"]
    ends = AXON["compartments"] // 100
    neuron.I[:ends] = AXON["current"] / ends * b2.nA
    places = [round(AXON[name] / AXON["length"] * AXON["compartments"] - 0.5)
              for name in ("from", "to")]
    monitor = b2.StateMonitor(neuron, "v", record=places, dt=step)
    network = b2.Network(neuron, monitor)
    network.run(1 * b2.ms)
    neuron.I = 0 * b2.nA
    network.run((AXON["duration"] - 1) * b2.ms)
    t = np.array(monitor.t / b2.ms)
    first, last = (crossings(t, np.array(V / b2.mV), 50.0)[0] for V in monitor.v)
    return (AXON["to"] - AXON["from"]) / 1000 / (last - first)


def point_neuron():
    copies = 1000
    leak = np.exp(-1 / POINT["tau"])
    group = b2.NeuronGroup(
        copies, "V : 1", threshold="rand() < 1 - exp(-base*exp(V/width))", reset="V = 0",
        dt=1 * b2.ms, namespace={"base": POINT["base"], "width": POINT["width"]})
    group.run_regularly(f"V = {leak}*V + {(1 - leak) * POINT['drive']}", dt=1 * b2.ms,
                        when="after_resets")
    monitor = b2.SpikeMonitor(group)
    b2.seed(1)
    b2.Network(group, monitor).run(POINT["steps"] / copies * b2.ms)
    late = np.array(monitor.t / b2.ms) >= 100
    return late.sum() / copies / (POINT["steps"] / copies - 100)


def stdp():
    pre, post = (b2.SpikeGeneratorGroup(1, np.zeros(len(times), int), times * b2.ms, dt=1 * b2.ms)
                 for times in spike_trains())
    synapse = b2.Synapses(pre, post, f"""
        w : 1
        dx/dt = -x/({STDP['tau_plus']}*ms) : 1 (event-driven)
        dy/dt = -y/({STDP['tau_minus']}*ms) : 1 (event-driven)""",
                          on_pre=f"w -= {STDP['A_minus']}*w*y\nx += 1",
                          on_post=f"w += {STDP['A_plus']}*(1 - w)*x\ny += 1", dt=1 * b2.ms)
    synapse.connect()
    synapse.w = STDP["w"]
    b2.Network(pre, post, synapse).run(STDP["duration"] * b2.ms)
    return float(synapse.w[0])


ANSWERS = {
    "hodgkin-huxley": hodgkin_huxley, "fitzhugh-nagumo": fitzhugh_nagumo, "cable": cable,
    "axon": axon, "point neuron": point_neuron, "stdp": stdp,
}
