"""The cases in NEST; it has no cable, and FitzHugh-Nagumo would need a compiled model."""
import nest
from cases import HH, HH_REST, POINT, REST, STDP, crossings, spike_trains

nest.verbosity = nest.VerbosityLevel.ERROR


def fresh(resolution):
    nest.ResetKernel()
    nest.resolution = resolution
    nest.rng_seed = 1


def hodgkin_huxley():
    fresh(0.01)
    neuron = nest.Create("hh_psc_alpha", params={
        "E_L": -54.387, "E_Na": 50.0, "E_K": -77.0, "C_m": 100.0, "I_e": 100.0 * HH["I_ext"],
        "V_m": REST + HH_REST["V"], "Act_m": HH_REST["m"], "Inact_h": HH_REST["h"],
        "Act_n": HH_REST["n"], "g_Na": 12000.0, "g_K": 3600.0, "g_L": 30.0})
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": 0.01})
    nest.Connect(meter, neuron)
    nest.Simulate(HH["duration"])
    events = meter.get("events")
    return crossings(events["times"], events["V_m"] - REST, HH["threshold"])[HH["spike"] - 1]


def point_neuron():
    fresh(1.0)
    copies = 1000
    rate = 1000 * POINT["base"]  # Hz: the hazard is this times exp(V / width)
    group = nest.Create("pp_psc_delta", copies, params={
        "tau_m": POINT["tau"], "C_m": 1.0, "I_e": POINT["drive"] / POINT["tau"],
        "c_1": 0.0, "c_2": rate, "c_3": 1 / POINT["width"], "with_reset": True,
        "dead_time": 0.0, "dead_time_random": False, "t_ref_remaining": 0.0})
    recorder = nest.Create("spike_recorder")
    nest.Connect(group, recorder)
    steps = POINT["steps"] / copies
    nest.Simulate(steps)
    events = recorder.get("events")
    fired = {*zip(events["senders"], events["times"])}  # without dead time a step may hold several
    return sum(t > 100 for _, t in fired) / copies / (steps - 100)


def stdp():
    fresh(1.0)
    pre, post = spike_trains()
    sources = [nest.Create("spike_generator", params={"spike_times": times + 10.0})
               for times in (pre, post - 1.0)]  # the post spike reaches the synapse 1 ms later
    neurons = nest.Create("parrot_neuron", 2)
    neurons[1].tau_minus = STDP["tau_minus"]
    for source, neuron in zip(sources, neurons):
        nest.Connect(source, neuron)
    nest.Connect(neurons[0], neurons[1], syn_spec={
        "synapse_model": "stdp_synapse", "weight": STDP["w"], "delay": 1.0, "receptor_type": 1,
        "Wmax": 1.0, "lambda": STDP["A_plus"], "alpha": STDP["A_minus"] / STDP["A_plus"],
        "mu_plus": 1.0, "mu_minus": 1.0, "tau_plus": STDP["tau_plus"]})
    synapse = nest.GetConnections(neurons[0], neurons[1])
    nest.Simulate(STDP["duration"] + 20.0)
    return synapse.get("weight")


ANSWERS = {"hodgkin-huxley": hodgkin_huxley, "point neuron": point_neuron, "stdp": stdp}
