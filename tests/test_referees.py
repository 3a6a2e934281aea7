"""Cases that were not made here: each recomputed from its public definition by another route.

A case's numbers (lengths, currents, the answer that its makers publish) are facts and stand here
with their source; no file of theirs is copied. Where the published answer is off, the test says
by how much, and compares with a solver of scipy as the judge.
"""
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from course_utils import (
    STDP,
    Axon,
    Cable,
    FitzHughNagumo,
    HodgkinHuxley,
    Model,
    hopf_currents,
    parameter,
    simulate,
    simulate_cable,
    spike_times,
)
from course_utils.model import exp, vtrap
from course_utils.models.membrane import Membrane

# ---------------------------------------------------------------------------------------------
# Cables


def sealed_cable(x, t, source, cable, current, terms=2000):
    """V (mV) at x after a step of current into x = source of a cable with two sealed ends: the
    sum over its cosine modes, each of which relaxes exponentially. Lengths in µm, nA, ms.
    """
    k = np.arange(terms)
    rate = (1 + (cable.length_constant * np.pi * k / cable.length)**2) / cable.time_constant
    capacitance = 1e-5 * cable.c_m * 2 * np.pi * cable.radius * cable.length  # nF
    weight = np.where(k == 0, 1.0, 2.0) / capacitance / rate
    shape = np.cos(np.pi * k * x / cable.length) * np.cos(np.pi * k * source / cable.length)
    return current * (weight * shape) @ (1 - np.exp(-np.outer(rate, t)))


def relative(found, right):
    """(root mean square, largest) difference, as fractions of the range of the right curve."""
    error = np.abs(found - right) / np.ptp(right)
    return np.sqrt(np.mean(error**2)), error.max()


RALLPACK = {"rho": 100.0, "g_m": 1 / 40, "c_m": 1.0}  # Ω cm; mS/cm², that is 40,000 Ω cm²; µF/cm²


def test_rallpack_1():
    """A cable of 1 mm, 0.1 nA at one end, 250 ms. Bhalla, Bilitch and Bower 1992,
    10.1016/0166-2236(92)90009-W; the limits are those of Brian 2's own suite.
    """
    cable = Cable(length=1000.0, radius=0.5, compartments=1000, **RALLPACK)
    t = np.arange(0, 250.025, 0.05)
    V = simulate_cable(cable, t, [(0.0, 0.1)]).V
    for k in (0, -1):
        right = sealed_cable(cable.x[k], t, cable.x[0], cable, 0.1)
        rms, worst = relative(V[:, k], right)
        assert rms < 1e-3 and worst < 5e-3


def test_ball_and_stick_of_neuron():
    """A soma of 10 µm on a dendrite of 200 µm and 1 µm diameter, 0.02 nA into the soma for 10 ms:
    NEURON gives 7.563511 mV there (github.com/brian-team/brian2/issues/632). The judge is the
    exponential of the dense matrix of conductances.
    """
    radius = np.r_[5.0, np.full(20, 0.5)]
    cell = Cable(length=210.0, radius=radius, rho=123.0, g_m=0.3, c_m=1.0, compartments=21)
    t = np.arange(0, 10.005, 0.01)
    soma = simulate_cable(cell, t, [(cell.x[0], 0.02)]).V[-1, 0]
    area = 2 * np.pi * radius * 10 * 1e-8  # cm²
    half = 123.0 * 5e-4 / (np.pi * (1e-4 * radius)**2)  # Ω, from a compartment's centre to its end
    link = 1e3 / (half[:-1] + half[1:])  # mS
    flow = np.diag(link, 1) + np.diag(link, -1)
    flow -= np.diag(flow.sum(1) + 0.3 * area)
    rate = flow / area[:, None]  # 1/ms, the capacitance being 1 µF/cm²
    steady = -np.linalg.solve(rate, np.r_[0.02e-3 / area[0], np.zeros(20)])
    right = (steady - expm(10.0 * rate) @ steady)[0]
    assert right == pytest.approx(7.563511, abs=1e-6)
    assert soma == pytest.approx(right, abs=1e-5)


def test_rallpack_2_as_its_equivalent_cylinder():
    """A tree of ten levels whose radii follow the 3/2 rule, each level 0.008 length constants
    long, is one cylinder as wide as its stem (Rall 1962, 10.1111/j.1749-6632.1962.tb54120.x).
    """
    stem = Cable(length=320.0, radius=8.0, compartments=160, **RALLPACK)
    assert stem.length / 10 / stem.length_constant == pytest.approx(0.008)
    t = np.arange(0, 250.05, 0.1)
    V = simulate_cable(stem, t, [(0.0, 0.1)]).V
    for k in (0, -1):
        rms, worst = relative(V[:, k], sealed_cable(stem.x[k], t, stem.x[0], stem, 0.1))
        assert rms < 2.5e-3 and worst < 5e-3


def test_finite_cable_of_brian2():
    """0.02 nA for 100 ms into the end of 300 µm: the steady state within 1 µV, as there."""
    cable = Cable(length=300.0, radius=0.5, rho=150.0, g_m=0.1, c_m=1.0, compartments=200)
    V = simulate_cable(cable, np.arange(0, 100.01, 0.01), [(0.0, 0.02)]).V[-1]
    length = cable.length_constant
    ends = 10 * cable.rho * length / (np.pi * cable.radius**2) / 1000  # MΩ
    theory = 0.02 * ends * np.cosh((300 - cable.x) / length) / np.sinh(300 / length)
    np.testing.assert_allclose(V, theory, atol=1e-3)


def test_infinite_cable_of_brian2():
    """1 nA for 0.02 ms into the middle of 3 mm: Green's function within 6.32 µV, as there; and
    within 0.1 µV where its time is counted from the middle of the pulse.
    """
    cable = Cable(length=3000.0, radius=0.5, rho=100.0, g_m=0.1, c_m=1.0, compartments=500)
    t = np.arange(0, 3.0205, 0.001)
    V = simulate_cable(cable, t, [(cable.x[250], np.where(t < 0.0195, 1.0, 0.0))]).V[:, 230]

    def theory(t):
        tau, length = cable.time_constant, cable.length_constant
        X, T = 20 * cable.dx / length, t / tau
        charge = 1.0 * 0.02  # pC
        capacitance = 1e-2 * 2 * np.pi * cable.radius * length * cable.c_m  # pF
        G = np.exp(-T - X * X / (4 * T)) / np.sqrt(4 * np.pi * T)
        return 1000 * charge / capacitance * G

    late = t > 0.5
    assert np.abs(V[late] - theory(t[late])).max() < 6.32e-3
    assert np.abs(V[late] - theory(t[late] - 0.01)).max() < 1e-4


EPFL = {"radius": 1.0, "rho": 50.0, "g_m": 0.08, "c_m": 0.8}  # 1.25 MΩ mm², 0.5 kΩ mm


def epfl_pulses(places, compartments=800):
    """The highest V at the soma of three pulses of 0.1 ms and 0.8 nA at 1, 1.5 and 2 ms."""
    cable = Cable(length=800.0, compartments=compartments, **EPFL)
    t = np.arange(0, 5, 0.01)
    pulses = [(x, np.where((t > start - 0.005) & (t < start + 0.095), 0.8, 0.0))
              for x, start in zip(places, (1.0, 1.5, 2.0))]
    return cable, t, simulate_cable(cable, t, pulses).V[:, 0]


@pytest.mark.parametrize("places, peak", [((100.0, 200.0, 300.0), 7.0292),
                                          ((300.0, 200.0, 100.0), 11.7567)])
def test_three_pulses_in_two_orders(places, peak):
    """Neuronal Dynamics' exercise on the passive cable: outwards and inwards, in mV at the soma,
    read every 0.01 ms.
    """
    cable, t, V = epfl_pulses(places)
    series = np.zeros(len(t))
    for x, start in zip(places, (1.0, 1.5, 2.0)):
        for onset, sign in ((start, 1), (start + 0.1, -1)):
            later = np.maximum(t - onset, 0)
            series += sign * sealed_cable(cable.x[0], later, x, cable, 0.8, 600)
    assert series.max() == pytest.approx(peak, abs=1e-4)
    assert V.max() == pytest.approx(series.max(), abs=2e-4)


def test_stationary_cable():
    """Neuronal Dynamics' exercise: 0.1 nA at one end of 500 µm; the closed form at both ends."""
    cable = Cable(length=500.0, compartments=500, **EPFL)
    V = simulate_cable(cable, np.arange(0, 200, 0.1), [(0.0, 0.1)]).V[-1]
    length = cable.length_constant
    ends = 10 * cable.rho * length / (np.pi * cable.radius**2) / 1000
    theory = 0.1 * ends * np.cosh((500 - cable.x) / length) / np.sinh(500 / length)
    np.testing.assert_allclose(V, theory, rtol=1e-3)
    assert 0.1 * ends / np.tanh(500 / length) == pytest.approx(42.407, abs=1e-3)


# ---------------------------------------------------------------------------------------------
# Membranes and phase planes


def oracle_spikes(cell, pieces, start, threshold):
    """Upward crossings of a threshold under a current in pieces [(from, to, µA/cm²), ...], by
    scipy's DOP853 with its own event finder, started anew at each jump of the current.
    """
    def crossing(t, state, current):
        return state[0] - threshold

    crossing.direction = 1
    times, state = [], start
    for begin, end, current in pieces:
        done = solve_ivp(lambda t, y, I: cell.rhs(y, I), (begin, end), state, "DOP853",
                         args=(current,), events=crossing, rtol=1e-10, atol=1e-10)
        times += done.t_events[0].tolist()
        state = done.y[:, -1]
    return np.array(times)


def test_openworm_spike_trains():
    """OpenWorm's Hodgkin-Huxley tutorial: 10 µA/cm² from 100 to 200 ms, 35 from 300 to 400, and
    18 spikes. Its makers allow 0.17 %; their first-order steps are 0.53 ms late at the last one.
    """
    published = [101.94, 116.91, 131.6, 146.29, 160.97, 175.65, 190.34, 300.95, 311.36,
                 321.11, 330.8, 340.48, 350.15, 359.83, 369.5, 379.18, 388.86, 398.53]
    cell = HodgkinHuxley(E_L=-54.387 + 65, I_ext=0.0)
    start = (0.0, 0.05, 0.6, 0.32)
    pieces = [(0, 100, 0.0), (100, 200, 10.0), (200, 300, 0.0), (300, 400, 35.0), (400, 450, 0.0)]
    t = np.arange(0, 450.005, 0.01)
    current = np.zeros(len(t))
    for begin, end, level in pieces:
        current[round(begin / 0.01):round(end / 0.01)] = level
    found = spike_times(t, simulate(cell, t, start=start, I_ext=current).V, 65.0)
    np.testing.assert_allclose(found, oracle_spikes(cell, pieces, start, 65.0), atol=4e-3)
    np.testing.assert_allclose(found, published, rtol=1.7e-3)


def test_a_single_action_potential_of_openworm():
    """The same membrane, another potassium: DOP853 is the judge; the published 9.913 ms is
    0.009 ms late, outside its makers' tolerance against a converged solution.
    """
    cell = HodgkinHuxley(E_Na=63.54 + 65, E_K=-74.16 + 65, E_L=-54.387 + 65, I_ext=0.0)
    pieces = [(0, 1, 10.0), (1, 15, 10.0)]
    t = np.arange(0, 15, 0.01)
    found = spike_times(t, simulate(cell, t, I_ext=10.0 + 0 * t).V, 65.0)
    np.testing.assert_allclose(found, oracle_spikes(cell, pieces, cell.rest(), 65.0), atol=2e-3)


def test_cortical_parameters_that_fall_silent():
    """A public question: sodium and potassium channels of a cortical model fire at 1 to 2.5
    µA/cm² and are silent at 3. The rest regains its stability at 2.8245.
    """
    class Cortical(Membrane):
        """The rates of Neuronal Dynamics' table 2.1 with the gates m³h and n⁴ of 1952; absolute
        mV.
        """

        states = {"V": "mV", "n": "1", "m": "1", "h": "1"}
        rate_parameters = ()
        C_m: float = parameter(1.0, "µF/cm²", "C_m", 0.5, 2)
        I_ext: float = parameter(0.0, "µA/cm²", r"I_\mathrm{ext}", -5, 10)

        def rates(self, V):
            """Opening and closing rates in 1/ms."""
            return {
                "n": (0.02 * 9 * vtrap(-(V - 25) / 9), 0.002 * 9 * vtrap((V - 25) / 9)),
                "m": (0.182 * 9 * vtrap(-(V + 35) / 9), 0.124 * 9 * vtrap((V + 35) / 9)),
                "h": (0.25 * exp(-(V + 90) / 12), 0.25 * exp((V + 62) / 6) / exp((V + 90) / 12)),
            }

        def channels(self, V, n, m, h):
            """Conductances in mS/cm² and reversal potentials in mV."""
            return (40 * m**3 * h, 55.0), (35 * n**4, -77.0), (0.3, -65.0)

    cell = Cortical()
    np.testing.assert_allclose(hopf_currents(cell), [0.4000, 2.8245], atol=2e-4)
    t = np.arange(0, 1600, 0.05)
    for current, rate in ((1.0, 21.38), (2.0, 37.54), (2.5, 61.71), (3.0, 0.0)):
        spikes = spike_times(t, simulate(cell.but(I_ext=current), t).V, -30.0)
        late = spikes[spikes > 1200]
        found = 1000 / np.diff(late).mean() if len(late) > 2 else 0.0
        assert found == pytest.approx(rate, abs=0.02)


def test_where_fitzhugh_nagumo_changes_its_stability():
    """Neuronal Dynamics' exercise, du/dt = u (1 - u²) - w + I and dw/dt = 0.1 (u - w/2 + 1): the
    real parts of the eigenvalues change sign at 1.2590703 and 2.7409297, by hand 1 - 3u² = 0.05.
    """
    class Cubic(Model):
        """The exercise's equations."""

        states = {"u": "1", "w": "1"}
        I_ext: float = parameter(0.0, "1", "I", 0, 4)

        def rhs(self, state, I_ext):
            u, w = state
            return u - u * u * u - w + I_ext, 0.1 * (u - w / 2 + 1)

    u = np.sqrt(0.95 / 3) * np.array([-1, 1])
    np.testing.assert_allclose(hopf_currents(Cubic()), u + 2 + u**3, atol=1e-9)
    np.testing.assert_allclose(hopf_currents(Cubic()), [1.2590703, 2.7409297], atol=1e-7)


def test_fitzhughs_own_equations():
    """FitzHugh 1961: x' = c (y + x - x³/3 + z), y' = -(x - a + b y)/c with c = 3 and z = -0.4 is
    the course's model turned around, with time in units of c and delta = 1/c².
    """
    a, b, c, z = 0.7, 0.8, 3.0, -0.4
    t = np.linspace(0, 40, 4001)
    run = simulate(FitzHughNagumo(delta=1 / c**2, a=a, b=b), t * c, start=(-1.2, -0.6),
                   I_ext=np.full(len(t), -z))
    judge = solve_ivp(lambda _, s: (c * (s[1] + s[0] - s[0]**3 / 3 + z),
                                    -(s[0] - a + b * s[1]) / c),
                      (0, 40), (1.2, -0.6), "DOP853", t_eval=t, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(-run.v, judge.y[0], atol=2e-5)
    np.testing.assert_allclose(run.w, judge.y[1], atol=2e-5)


# ---------------------------------------------------------------------------------------------
# Plasticity


def pair_sum(pre, post, w, rule, nearest):
    """The weight by the definition in pairs, event by event, with no trace: at each spike sum
    over the partner's earlier spikes, or take the last one alone (Morrison, Diesmann and Gerstner
    2008, 10.1007/s00422-008-0233-1, their symmetric scheme).
    """
    events = sorted([(t, 0) for t in pre] + [(t, 1) for t in post])
    for t, is_post in events:
        others = np.array([s for s in (pre if is_post else post) if s < t or (s == t and is_post)])
        tau = rule.tau_plus if is_post else rule.tau_minus
        lags = t - (others[-1:] if nearest else others)
        drive = np.exp(-lags / tau).sum()
        if is_post:
            w += rule.A_plus * (rule.w_max - w)**rule.mu * drive
        else:
            w -= rule.A_minus * (w - rule.w_min)**rule.mu * drive
        w = min(max(w, rule.w_min), rule.w_max)
    return w


@pytest.mark.parametrize("pairing", ["all", "nearest"])
@pytest.mark.parametrize("mu", [0.0, 0.4, 1.0])
def test_nearest_spike_pairing(pairing, mu):
    rng = np.random.default_rng(3)
    pre, post = (np.sort(rng.uniform(0, 2000, 40)) for _ in range(2))
    rule = STDP(A_plus=0.05, A_minus=0.04, tau_plus=17.0, tau_minus=34.0, mu=mu)
    right = pair_sum(pre, post, 0.4, rule, pairing == "nearest")
    assert rule.weight_after(pre, post, 0.4, pairing=pairing) == pytest.approx(right, abs=1e-12)


def test_axonal_and_dendritic_delays():
    """A synapse sees the pre spike after the axon's delay and the post spike after the
    dendrite's: shifted trains are all that it takes (a question to several simulators).
    """
    rng = np.random.default_rng(4)
    pre, post = (np.sort(rng.uniform(0, 2000, 40)) for _ in range(2))
    rule = STDP()
    for axonal, dendritic in ((0.0, 5.0), (5.0, 0.0), (3.0, 8.0)):
        right = pair_sum(pre + axonal, post + dendritic, 0.5, rule, nearest=False)
        found = rule.weight_after(pre + axonal, post + dendritic, 0.5)
        assert found == pytest.approx(right, abs=1e-13)
    assert rule.weight_after([10.0], [12.0], 0.5) > 0.5  # without delay the pair is causal
    assert rule.weight_after([10.0 + 5.0], [12.0], 0.5) < 0.5  # an axonal delay turns it around


def test_the_additive_rule_of_brian2():
    """Brian 2's example of STDP in units of its largest weight: one pair of each order."""
    rule = STDP(A_plus=0.01, A_minus=0.0105, mu=0.0)
    assert rule.weight_after([0.0], [10.0], 0.5) == pytest.approx(0.5 + 0.01 * np.exp(-0.5),
                                                                 abs=1e-15)
    assert rule.weight_after([10.0], [0.0], 0.5) == pytest.approx(0.5 - 0.0105 * np.exp(-0.5),
                                                                 abs=1e-15)
# ---------------------------------------------------------------------------------------------
# Axons


def test_rallpack_3_begins_as_published():
    """An axon of 1 mm, 0.1 nA at one end, V = 0 and gates steady there (which is not its rest):
    the far end fires first at 4.0715 ms and then at 18.688 (Bhalla, Bilitch and Bower 1992; the
    GENESIS trace agrees within 0.002 ms, the NEURON trace of 1992 is late).
    """
    cell = HodgkinHuxley(g_L=1 / 40, E_L=0.0, I_ext=0.0)
    axon = Axon(cell=cell, length=1000.0, radius=0.5, rho=100.0, compartments=200)
    start = {"V": 0.0} | {name: a / (a + b) for name, (a, b) in cell.rates(0.0).items()}
    t = np.arange(0, 25, 0.005)
    run = simulate_cable(axon, t, [(0.0, 0.1)], start=start)
    np.testing.assert_allclose(spike_times(t, run.V[:, -1], 65.0), [4.0715, 18.688], atol=0.01)
