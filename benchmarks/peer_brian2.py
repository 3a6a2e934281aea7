"""The same workloads in brian2 (cython target); times in ms are written without units, as plain
numbers.
"""
import brian2 as b2
import numpy as np
from common import (
    COMPETITION,
    FHN_STARTS,
    FI_CURRENTS,
    MATRIX,
    NETWORK,
    SPARSE,
    crossings,
    grid_trains,
    network_weights,
    sparse_targets,
)

b2.prefs.codegen.target = "cython"
b2.BrianLogger.suppress_name("method_choice")

HH = """
dV/dt = (I - 120*m**3*h*(V - 115) - 36*n**4*(V + 12) - 0.3*(V - 10.613))/ms : 1
dm/dt = (1/exprel((25 - V)/10)*(1 - m) - 4*exp(-V/18)*m)/ms : 1
dh/dt = (0.07*exp(-V/20)*(1 - h) - h/(exp((30 - V)/10) + 1))/ms : 1
dn/dt = (0.1/exprel((10 - V)/10)*(1 - n) - 0.125*exp(-V/80)*n)/ms : 1
I : 1
"""
REST = {"V": 0.003620669, "m": 0.052955087, "h": 0.595994125, "n": 0.317732400}


def repeated(objects, duration):
    """A function that runs the network from its start; the first `store` is what it goes back
    to.
    """
    network = b2.Network(*objects)
    network.store()

    def run():
        network.restore()
        network.run(duration * b2.ms,
                    namespace={"ms": b2.ms, "exp": b2.exp, "exprel": b2.exprel})

    return run


def squid(currents, duration, h):
    group = b2.NeuronGroup(len(currents), HH, method="rk4", dt=h * b2.ms)
    group.set_states(REST)
    group.I = currents
    monitor = b2.StateMonitor(group, "V", record=True, dt=h * b2.ms)
    run = repeated([group, monitor], duration)

    def simulate():
        run()
        return np.array(monitor.t / b2.ms), np.array(monitor.V)

    return simulate


def one_neuron():
    return squid(np.array([10.0]), 100, 0.05), lambda out: crossings(out[0], out[1][0], 50.0)


def f_i_curve():
    return squid(FI_CURRENTS, 500,
                 0.05), lambda out: [crossings(out[0], V, 50.0) for V in out[1]]


def phase_plane():
    group = b2.NeuronGroup(
        400, "dv/dt = (v - v**3/3 - w + 0.5)/ms : 1\ndw/dt = 0.08*(v + 0.7 - 0.8*w)/ms : 1",
        method="rk4", dt=0.1 * b2.ms)
    group.v, group.w = FHN_STARTS
    monitor = b2.StateMonitor(group, ["v", "w"], record=True, dt=0.1 * b2.ms)
    run = repeated([group, monitor], 200)

    def simulate():
        run()
        return np.array(monitor.v), np.array(
            monitor.w), group.v[:].tolist(), group.w[:].tolist()

    return simulate, lambda out: list(out[2:])


def network():
    i, j = (grid.ravel() for grid in np.indices((1000, 1000)))
    return network_of(1000, i, j, network_weights().T.ravel())


def sparse_network():
    (targets, weights), n = sparse_targets(), SPARSE["neurons"]
    senders = np.repeat(np.arange(n), SPARSE["targets"])
    return network_of(n, senders, targets.ravel(), weights[senders])


def network_of(n, senders, receivers, weights):
    group = b2.NeuronGroup(
        n, "V : 1", threshold="rand() < 1/(1 + exp(-slope*(V - threshold)))", reset="V = 0",
        dt=1 * b2.ms, namespace={"slope": NETWORK["slope"], "threshold": NETWORK["threshold"]})
    group.run_regularly(f"V = {NETWORK['leak']}*V + {NETWORK['I_ext']}", dt=1 * b2.ms,
                        when="after_thresholds")
    synapses = b2.Synapses(group, group, "w : 1", on_pre="V_post += w", dt=1 * b2.ms)
    synapses.connect(i=senders, j=receivers)
    synapses.w = weights
    monitor = b2.SpikeMonitor(group)
    run = repeated([group, synapses, monitor], NETWORK["steps"])

    def simulate():
        run()
        return np.array(monitor.t / b2.ms)

    return simulate, lambda t: float((t >= 1000).sum() / (NETWORK["steps"] - 1000) / n)


def generator(trains):
    index = np.concatenate([np.full(len(train), k) for k, train in enumerate(trains)])
    return b2.SpikeGeneratorGroup(len(trains), index,
                                  np.concatenate(trains) * b2.ms, dt=1 * b2.ms)


def weight_matrix():
    pre, post = (generator(grid_trains(seed)) for seed in (1, 2))
    synapses = b2.Synapses(
        pre, post,
        "w : 1\ndx/dt = -x/(20*ms) : 1 (event-driven)\ndy/dt = -y/(20*ms) : 1 (event-driven)",
        on_pre=f"w = w - {MATRIX['A_minus']}*w*y\nx += 1",
        on_post=f"w = w + {MATRIX['A_plus']}*(1 - w)*x\ny += 1", dt=1 * b2.ms)
    synapses.connect()
    synapses.w = 0.5
    run = repeated([pre, post, synapses], MATRIX["duration"])

    def simulate():
        run()
        return np.array(synapses.w).reshape(100, 100).T.ravel().tolist()

    return simulate, lambda W: W


def competition():
    h, inputs = 0.1 * b2.ms, 1000
    pre = b2.PoissonGroup(inputs, COMPETITION["rate"] * b2.Hz, dt=h)
    neuron = b2.NeuronGroup(1,
                            "dV/dt = (-74 - V + g*(0 - V))/(10*ms) : 1\ndg/dt = -g/(5*ms) : 1",
                            threshold="V > -54", reset="V = -60", method="euler", dt=h)
    neuron.V = -60
    A_plus, A_minus = COMPETITION["A_plus"], COMPETITION["ratio"] * COMPETITION["A_plus"]
    synapses = b2.Synapses(
        pre, neuron,
        "w : 1\ndx/dt = -x/(20*ms) : 1 (event-driven)\ndy/dt = -y/(20*ms) : 1 (event-driven)",
        on_pre=f"g_post += {COMPETITION['g_max']}*w\nw = clip(w - {A_minus}*y, 0, 1)\nx += 1",
        on_post=f"w = clip(w + {A_plus}*x, 0, 1)\ny += 1", dt=h)
    synapses.connect()
    synapses.w = np.random.default_rng(1).random(inputs)
    monitor = b2.SpikeMonitor(neuron)
    run = repeated([pre, neuron, synapses, monitor], 100_000)

    def simulate():
        run()
        return np.array(synapses.w), monitor.num_spikes

    return simulate, lambda out: [
        float((out[0] < 0.1).mean()),
        float((out[0] > 0.9).mean()), out[1] / 100 / 1000
    ]


WORKLOADS = {
    "one neuron": one_neuron, "f-I curve": f_i_curve, "phase plane": phase_plane,
    "network": network, "sparse network": sparse_network, "weight matrix": weight_matrix,
    "competition": competition
}
