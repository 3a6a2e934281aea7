"""The course's side of every benchmark: the public functions, as a notebook calls them."""
import numpy as np
from common import (
    AXON_DURATION,
    COMPETITION,
    DENDRITE,
    FHN_STARTS,
    FI_CURRENTS,
    MATRIX,
    NETWORK,
    SPARSE,
    SQUID_AXON,
    crossings,
    grid_trains,
    network_weights,
    sparse_targets,
)

from course_utils import (
    STDP,
    Axon,
    Cable,
    FitzHughNagumo,
    GalvesLocherbach,
    HodgkinHuxley,
    fast,
    logistic,
    rk4,
    simulate,
    simulate_cable,
)


def times(duration, h):
    return np.linspace(0, duration, round(duration / h) + 1)


def one_neuron():
    """Hodgkin-Huxley, 100 ms at 10 µA/cm²: spike times."""
    t = times(100, 0.02)
    return lambda: simulate(HodgkinHuxley(I_ext=10.0), t), lambda run: crossings(
        run.t, run.V, 50.0)


def f_i_curve():
    """200 currents, 500 ms each, all V kept: spike times of every lane."""
    t, cell = times(500, 0.08), HodgkinHuxley(I_ext=FI_CURRENTS)
    return (lambda: simulate(cell, t, scheme=rk4),
            lambda run: [crossings(run.t, V, 50.0) for V in run.V.T])


def phase_plane():
    """400 starts in the phase plane, 200 units of time: v and w at the end."""
    t, cell = times(200, 0.1), FitzHughNagumo(I_ext=0.5)
    return lambda: simulate(cell, t, start=FHN_STARTS
                            ), lambda run: [run.v[-1].tolist(), run.w[-1].tolist()]


def passive_cable():
    """1000 compartments, 100 ms, a current at one end for the first half: V at the end of the
    current, three places.
    """
    t = times(100, 0.5)
    cable = Cable(length=DENDRITE["length"], radius=DENDRITE["radius"], rho=DENDRITE["rho"],
                  g_m=DENDRITE["g_m"], c_m=DENDRITE["c_m"], compartments=1000)
    current = np.where(t < 50, DENDRITE["current"], 0.0)
    return (lambda: simulate_cable(cable, t, [(cable.x[0], current)]),
            lambda run: run.V[100, [0, 100, 300]].tolist())


def axon(compartments, h=0.025):
    """A squid axon of 10 cm, 20 ms: when the spike passes 25, 50 and 75 %."""
    def prepare():
        t = times(AXON_DURATION, h)
        fibre = Axon(cell=HodgkinHuxley(I_ext=0.0), length=SQUID_AXON["length"],
                     radius=SQUID_AXON["radius"], rho=SQUID_AXON["rho"],
                     compartments=compartments)
        current = np.where(t < 1 - 1e-9, SQUID_AXON["current"], 0.0)
        places = [fibre.compartments // 4, fibre.compartments // 2, 3 * fibre.compartments // 4]
        ends = fibre.x[:max(1, compartments // 100)]
        share = [(x, current / len(ends)) for x in ends]
        return (lambda: simulate_cable(fibre, t, share),
                lambda run: [crossings(run.t, run.V[:, k], 50.0) for k in places])

    return prepare


def network():
    """1000 Galves-Löcherbach neurons, all to all, 10,000 steps: the mean rate."""
    return network_of(network_weights())


def network_of(W):
    """A network's 10,000 steps and their mean rate."""
    neurons = GalvesLocherbach(W=W, phi=logistic(NETWORK["threshold"], NETWORK["slope"]),
                               leak=NETWORK["leak"], I_ext=NETWORK["I_ext"])
    return (lambda: neurons.simulate(NETWORK["steps"], 2, keep_V=False),
            lambda activity: float(activity.spikes[1000:].mean()))


def sparse_network():
    """10,000 such neurons, each with 100 targets, 10,000 steps: the mean rate."""
    from scipy.sparse import csc_array

    (targets, weights), n = sparse_targets(), SPARSE["neurons"]
    senders = np.repeat(np.arange(n), SPARSE["targets"])
    return network_of(csc_array((weights[senders], (targets.ravel(), senders)), shape=(n, n)))


def weight_matrix():
    """100 x 100 synapses, 100 s at 10 Hz, all pairs: the weights."""
    pre, post = (grid_trains(seed) for seed in (1, 2))
    rule = STDP(A_plus=MATRIX["A_plus"], A_minus=MATRIX["A_minus"], tau_plus=20.0,
                tau_minus=20.0)
    W = np.full((100, 100), 0.5)
    return lambda: rule.learn(pre, post, W), lambda W: np.asarray(W).ravel().tolist()


def competition():
    """1000 inputs onto one neuron, 100 s: shares of losers and winners, and the output's rate
    in kHz.
    """
    from course_utils.notebook_06.competition import Competition

    record = Competition(**COMPETITION)
    return (lambda: record.run(100, 1),
            lambda out: [out.losers(
            ), out.winners(), len(out.spikes) / 100 / 1000])


def fine_spikes(currents, duration):
    """The spike times of Hodgkin-Huxley neurons by another scheme (Runge-Kutta) at a fine step:
    lists, one per current.
    """
    t = times(duration, 0.005)
    with fast.off():
        run = simulate(HodgkinHuxley(I_ext=np.asarray(currents, float)), t, scheme=rk4)
    return [crossings(run.t, V, 50.0) for V in run.V.T]


def fine_arrivals(compartments):
    """When the spike passes three places of the axon, extrapolated from two fine steps of the
    second-order scheme.
    """
    coarse, fine = (summary(run()) for run, summary in (axon(compartments, 0.0025)(),
                                                        axon(compartments, 0.00125)()))
    return [[(4 * b - a) / 3 for a, b in zip(*pair)] for pair in zip(coarse, fine)]


WORKLOADS = {
    "one neuron": one_neuron, "f-I curve": f_i_curve, "phase plane": phase_plane,
    "passive cable": passive_cable, "axon 200": axon(200), "axon 1000": axon(1000),
    "network": network, "sparse network": sparse_network, "weight matrix": weight_matrix,
    "competition": competition
}
