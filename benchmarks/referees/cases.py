"""Six cases that other programs can compute, too: the numbers that define them, nothing else.

Voltages are in mV from rest; a program that counts from outside adds REST.
"""
import numpy as np

__all__ = [
    "AXON", "CABLE", "CASES", "FHN", "HH", "POINT", "REST", "STDP", "crossings", "spike_trains",
]

REST = -65.0
CASES = {  # name: (what is compared, unit, tolerance within which two programs agree)
    "hodgkin-huxley": ("seventh spike at 10 µA/cm², upward through 50 mV", "ms", 0.01),
    "fitzhugh-nagumo": ("period at I = 0.5", "1", 1e-3),
    "cable": ("V at 1 mm from the end at 20 ms, 0.1 nA put in at the end", "mV", 5e-3),
    "axon": ("speed of a spike at 18.5 °C, radius 238 µm", "m/s", 0.05),
    "point neuron": ("firing probability in a step of 1 ms", "1", 2e-3),
    "stdp": ("weight after 200 s of two Poisson trains", "1", 1e-6),
}
HH = {"I_ext": 10.0, "duration": 100.0, "spike": 7, "threshold": 50.0}
HH_REST = {"V": 0.003620669, "m": 0.052955087, "h": 0.595994125, "n": 0.317732400}
FHN = {"I_ext": 0.5, "delta": 0.08, "a": 0.7, "b": 0.8, "duration": 400.0}
CABLE = {  # µm, Ω cm, mS/cm², µF/cm², nA; recorded at this place (µm) and time (ms)
    "length": 4000.0, "radius": 2.0, "rho": 100.0, "g_m": 0.05, "c_m": 1.0, "current": 0.1,
    "compartments": 400, "x": 1005.0, "t": 20.0,
}
AXON = {  # a stimulus of 1 ms into the first hundredth; timed between two places (µm)
    "length": 100_000.0, "radius": 238.0, "rho": 35.4, "temperature": 18.5,
    "compartments": 1000, "current": 2243.1, "from": 40_050.0, "to": 70_050.0, "duration": 15.0,
    "step": 0.0025,
}
POINT = {  # in each step V becomes leak V + (1 - leak) drive, then the neuron fires with the
    # probability 1 - exp(-base exp(V / width)), which resets V to 0
    "tau": 10.0, "drive": 12.0, "base": 0.01, "width": 4.0, "steps": 1_000_000,
}
STDP = {"A_plus": 0.005, "A_minus": 0.00525, "tau_plus": 17.0, "tau_minus": 34.0, "w": 0.5,
        "rate": 10.0, "duration": 200_000, "seed": 1}


def spike_trains():
    """(pre, post): two Poisson trains on a grid of 1 ms without a common time, in ms."""
    rng = np.random.default_rng(STDP["seed"])
    fired = rng.random((2, STDP["duration"])) < STDP["rate"] / 1000
    fired[1] &= ~fired[0]
    fired[:, :5] = fired[:, -5:] = False
    return [np.flatnonzero(train).astype(float) for train in fired]


def crossings(t, V, threshold):
    """Times at which V (T,) crosses the threshold upwards, by the cubic through four samples."""
    found = []
    for k in np.flatnonzero((V[1:-2] < threshold) & (V[2:-1] >= threshold)) + 1:
        cubic = np.polyfit((-1.0, 0.0, 1.0, 2.0), V[k - 1:k + 3] - threshold, 3)
        inside = [r.real for r in np.roots(cubic) if abs(r.imag) < 1e-9 and 0 <= r.real <= 1]
        found.append(float(t[k] + inside[0] * (t[k + 1] - t[k])))
    return found
