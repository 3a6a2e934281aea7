"""What a fibre's numbers scale with, why a spike travels, how fine to cut: reference numbers of
notebook 04, from closed forms and from the travelling wave's own equation, solved by shooting.
"""
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from course_utils.models.cable import Axon, Cable, conduction_speed, simulate_cable
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_04.theory import green_function, length_constant_at
from course_utils.solve import simulate
from course_utils.stimuli import step

WARM = HodgkinHuxley(temperature=18.5)
SQUID = Axon(cell=WARM)
CABLE = Cable(radius=2.0, rho=100.0, g_m=0.05, c_m=1.0)  # the course's dendrite


# --- Exponents


def exponents(quantity):
    """d ln quantity / d ln of radius, resistivity, leak conductance and capacitance of a cable."""
    def slope(name):
        value = getattr(CABLE, name)
        more, less = (CABLE.but(**{name: value * f}) for f in (1.001, 1 / 1.001))
        return np.log(quantity(more) / quantity(less)) / (2 * np.log(1.001))

    return [slope(name) for name in ("radius", "rho", "g_m", "c_m")]


def at_100_hz(cable):
    """How far 100 Hz reaches where the leak hardly counts, in µm."""
    return np.sqrt(cable.radius * 1e-4 / (2 * np.pi * 100 * cable.rho * cable.c_m * 1e-6)) * 1e4


def jump(cable):
    """By how much a point charge of 1 pC raises the scale of V, in mV."""
    area = 2 * np.pi * cable.radius * cable.length_constant * 1e-8  # cm²
    return 1e-3 / (cable.c_m * area)


EXPONENTS = {  # quantity: exponents of radius, resistivity, leak conductance, capacitance
    "length constant": (lambda c: c.length_constant, (1 / 2, -1 / 2, -1 / 2, 0)),
    "time constant": (lambda c: c.time_constant, (0, 0, -1, 1)),
    "long cable": (lambda c: c.but(length=60_000.0).input_resistance, (-3 / 2, 1 / 2, -1 / 2, 0)),
    "short sealed cable": (lambda c: c.but(length=5.0).input_resistance, (-1, 0, -1, 0)),
    "pseudo-velocity": (lambda c: 2 * c.length_constant / c.time_constant,
                        (1 / 2, -1 / 2, 1 / 2, -1)),
    "reach of 100 Hz": (at_100_hz, (1 / 2, -1 / 2, 0, -1 / 2)),
    "jump by a charge": (jump, (-3 / 2, 1 / 2, 1 / 2, -1)),
}


@pytest.mark.parametrize("name", EXPONENTS)
def test_exponents_of_the_passive_cable(name):
    quantity, wanted = EXPONENTS[name]
    assert exponents(quantity) == pytest.approx(wanted, abs=1e-4)


def wave(cell, K):
    """V'' = K (V' + I_ion / C_m) and the gates: a spike that travels, seen from one place."""
    def rhs(_, state):
        V, slope, *gates = state
        flow = cell.rhs((V, *gates), 0.0)
        return [slope, K * (slope - flow[0]), *flow[1:]]

    return rhs


def shot(cell, K, dense=False, beside=1e-3):
    """(+1 or -1 for where V runs away to, growth rate of the foot in 1/ms, scipy's solution)."""
    rest, rhs = np.insert(cell.rest(), 1, 0.0), wave(cell, K)
    columns = [np.subtract(rhs(0, rest + d), rhs(0, rest - d)) / 2e-6 for d in 1e-6 * np.eye(5)]
    growth, modes = np.linalg.eig(np.array(columns).T)
    fastest = growth.real.argmax()
    leaving = modes[:, fastest].real / modes[0, fastest].real

    def away(_, state):
        return (state[0] - 160) * (state[0] + 60)

    away.terminal = True
    run = solve_ivp(rhs, (0, 60), rest + beside * leaving, "LSODA", rtol=1e-9, atol=1e-10,
                    events=away, dense_output=dense)
    return np.sign(run.y[0, -1]), growth[fastest].real, run


@cache
def K_of(cell, low, high, accuracy=1e-9):
    """The K in 1/ms between two that send V to opposite sides."""
    side = shot(cell, low)[0]
    assert shot(cell, high)[0] != side
    while high - low > accuracy * low:
        middle = (low + high) / 2
        low, high = (middle, high) if shot(cell, middle)[0] == side else (low, middle)
    return (low + high) / 2


def speed(K, cell=WARM):
    """The speed in m/s on the squid axon."""
    return np.sqrt(K * SQUID.but(cell=cell).diffusivity) / 1000


K_WARM = 10.438


def shot_speed(changes, factor):
    """The speed in m/s with other membranes, `factor` being about what K becomes."""
    cell = WARM.but(**changes)
    return speed(K_of(cell, K_WARM * factor * 0.92, K_WARM * factor * 1.08, 1e-8), cell)


def test_the_speed_depends_on_radius_and_resistivity_as_a_root():
    base = conduction_speed(SQUID)
    assert conduction_speed(SQUID.but(radius=4 * 238.0)) / base == pytest.approx(2, rel=1e-6)
    assert conduction_speed(SQUID.but(rho=4 * 35.4)) / base == pytest.approx(0.5, rel=1e-6)


def all_conductances(s, **others):
    return {"g_Na": 120 * s, "g_K": 36 * s, "g_L": 0.3 * s} | others


def test_more_capacitance_and_conductance_alike_is_a_root_again():
    """C_m and all conductances times s leave the spike's shape, and divide its speed by the root
    of s: the two exponents add up to -1/2.
    """
    twice = conduction_speed(SQUID.but(cell=WARM.but(**all_conductances(2, C_m=2.0))))
    assert conduction_speed(SQUID) / twice == pytest.approx(np.sqrt(2), rel=1e-6)


FACTORS = [({"C_m": 1.5}, 0.736928, 0.8146), ({"g_Na": 72.0}, 0.820102, 0.6726),
           ({"g_Na": 180.0}, 1.128860, 1.2743), ({"g_K": 72.0}, 0.953321, 0.9088)]


def test_more_capacitance_slows_a_spike():
    cell = WARM.but(C_m=1.5)
    ratio = conduction_speed(SQUID.but(cell=cell)) / conduction_speed(SQUID)
    assert ratio == pytest.approx(0.736928, rel=2e-3)


@pytest.mark.slow
@pytest.mark.parametrize("changes, ratio, K", FACTORS)
def test_the_speed_is_no_power_of_the_membranes_numbers(changes, ratio, K):
    base = speed(K_of(WARM, K_WARM * 0.97, K_WARM * 1.03))
    assert base == pytest.approx(18.731888248, rel=1e-7)
    assert shot_speed(changes, K) / base == pytest.approx(ratio, abs=1e-4)
    by_the_grid = conduction_speed(SQUID.but(cell=WARM.but(**changes))) / conduction_speed(SQUID)
    assert by_the_grid == pytest.approx(ratio, rel=2e-3)


@pytest.mark.slow
def test_local_exponents_of_the_speed():
    """At 18.5 °C: C_m -0.7336, all conductances 0.2336, of which sodium has 0.3251, and the
    rates' 0.2664; e_C + e_g = -1/2 and e_g + e_rates = 1/2.
    """
    def slope(more, less, K):
        return np.log(shot_speed(more, K) / shot_speed(less, 1 / K)) / (2 * np.log(1.01))

    s = 1.01  # a change by 1 %
    e = {name: slope({name: value * s}, {name: value / s}, K)
         for name, value, K in (("C_m", 1.0, s**-0.467), ("g_Na", 120.0, s**0.65),
                                ("g_K", 36.0, s**-0.11), ("g_L", 0.3, s**-0.07))}
    assert e["C_m"] == pytest.approx(-0.7336, abs=1e-3)
    assert (e["g_Na"], e["g_K"], e["g_L"]) == pytest.approx((0.3251, -0.0562, -0.0353), abs=1e-3)
    together = e["g_Na"] + e["g_K"] + e["g_L"]
    assert together == pytest.approx(0.2336, abs=1e-3)
    degrees = 10 * np.log(s) / np.log(3)  # these make all rates 1 % faster
    rates = slope({"temperature": 18.5 + degrees}, {"temperature": 18.5 - degrees}, s**0.53)
    assert rates == pytest.approx(0.2664, abs=1e-3)
    assert e["C_m"] + together == pytest.approx(-0.5, abs=1e-4)
    assert together + rates == pytest.approx(0.5, abs=1e-4)


# --- Why a spike travels


def lone_charge(cell):
    """The charge in nC/cm² that makes a patch fire when it is put in at once."""
    V, *gates = cell.rest()
    low, high = 4.0, 10.0
    t = np.arange(0, 15, 0.01)
    while high - low > 2e-4:
        Q = np.linspace(low, high, 16)
        V_after = simulate(cell, t, (V + Q / cell.C_m, *(np.full(16, x) for x in gates)), 0.0).V
        k = int(np.argmax(V_after.max(axis=0) > 50))
        low, high = Q[k - 1], Q[k]
    return high


UPSTROKE = {  # temperature: (K, 1/mu in ms, foot in mm, V inward, charge by then, lost, V
    # steepest, slope there, most charge, needed, ratio)
    18.5: (10.438, 0.091810, 1.71977, 13.1793, 13.5280, 0.3487, 56.3807, 430, 41.1798, 7.3835,
           5.577),
    6.3: (4.5106, 0.201044, 2.47561, 21.8052, 23.2055, 1.4003, 63.9219, 221, 49.0679, 6.5051,
          7.543),
}


@pytest.mark.parametrize("temperature", [18.5, pytest.param(6.3, marks=pytest.mark.slow)])
def test_axial_charge_comes_before_the_patchs_own_current_turns_inward(temperature):
    """In the wave the charge from the neighbours is C_m V' / K. Until the net ionic current turns
    inward only that charges the patch; at the steepest point it has received the most, several
    times what a lone patch needs to fire.
    """
    guess, foot, length, *inward_row, needed, ratio = UPSTROKE[temperature]
    V_in, Q_in, lost, V_steep, slope, most = inward_row
    cell = WARM.but(temperature=temperature)
    K = K_of(cell, guess * 0.97, guess * 1.03, 1e-12)
    _, mu, run = shot(cell, K, dense=True)
    assert 1 / mu == pytest.approx(foot, rel=1e-4)
    assert speed(K, cell) / mu == pytest.approx(length, rel=1e-4)  # m/s times ms is mm
    rest = cell.rest()[0]

    def ionic(t):
        V, _, *gates = run.sol(t)
        return -cell.C_m * cell.rhs((V, *gates), 0.0)[0]

    def bend(t):
        return run.sol(t)[1] + ionic(t) / cell.C_m

    t = np.linspace(0, run.t[-1], 40_001)
    V, rise = run.sol(t)[:2]
    steepest = int(np.argmax(rise[:np.argmax(V > 85)]))  # in the end V may run away upwards
    inward = brentq(ionic, t[np.argmax(V > rest + 5)], t[steepest])
    steep = brentq(bend, t[steepest] - 0.02, t[steepest] + 0.02)

    def charge(t):
        return cell.C_m * run.sol(t)[1] / K

    assert run.sol(inward)[0] - rest == pytest.approx(V_in, abs=1e-3)
    assert charge(inward) == pytest.approx(Q_in, abs=1e-3)
    assert charge(inward) - cell.C_m * (run.sol(inward)[0] - rest) == pytest.approx(lost, abs=1e-3)
    assert run.sol(steep)[0] - rest == pytest.approx(V_steep, abs=1e-2)
    assert run.sol(steep)[1] == pytest.approx(slope, abs=1)
    assert charge(steep) == pytest.approx(most, abs=1e-2)
    alone = lone_charge(cell)
    assert alone == pytest.approx(needed, abs=1e-2)
    assert charge(steep) / alone == pytest.approx(ratio, abs=1e-2)


@pytest.mark.slow
def test_with_too_few_sodium_channels_fast_and_slow_pulse_merge():
    """At 18.5 °C near 45.94 mS/cm², 2.61 times less than there are, and 9.8 m/s: the square of the
    distance between the two K falls linearly.
    """
    apart, middle = [], []
    for g_Na in (47.0, 46.5):
        cell = WARM.but(g_Na=g_Na)
        K = np.geomspace(2.0, 4.0, 30)
        side = [shot(cell, k)[0] for k in K]
        slow, fast = (K_of(cell, K[i], K[i + 1]) for i in np.flatnonzero(np.diff(side)))
        apart.append((fast - slow)**2)
        middle.append(speed((fast + slow) / 2))
    g_Na = 46.5 - apart[1] * 0.5 / (apart[0] - apart[1])
    assert g_Na == pytest.approx(45.94, abs=0.01)
    assert 120 / g_Na == pytest.approx(2.61, abs=0.005)
    assert middle[1] == pytest.approx(9.8, abs=0.05)


# --- How fine to cut


def test_the_length_at_100_hz():
    assert at_100_hz(CABLE) == pytest.approx(564.190, abs=1e-3)
    assert length_constant_at(CABLE, 100.0) == pytest.approx(542.205, abs=1e-3)  # with the leak
    assert at_100_hz(Cable(radius=238.0, rho=35.4)) == pytest.approx(10344.2, abs=0.1)


@pytest.mark.parametrize("frequency, near, far", [(0.0, -0.016, -0.011), (100.0, -0.029, -0.206),
                                                  (1000.0, -0.17, -6.2)])
def test_impedances_of_a_length_constant_in_25_compartments(frequency, near, far):
    """By how many per cent input and transfer impedance are off: at 1000 Hz the far end has
    become too quiet by 6.2 %.
    """
    cable = CABLE.but(length=CABLE.length_constant, compartments=25)
    diagonal, side = cable.conductance()
    omega = 2 * np.pi * frequency / 1000
    G = np.diag(diagonal + 1j * omega * cable.capacitance) + np.diag(side, 1) + np.diag(side, -1)
    found = np.linalg.inv(G)[0, [0, -1]]
    q = np.sqrt(1 + 1j * omega * cable.time_constant)
    R = cable.but(length=60_000.0).input_resistance
    x = cable.x / cable.length_constant

    def exact(x, y):
        return R / q * np.cosh(q * min(x, y)) * np.cosh(q * (1 - max(x, y))) / np.sinh(q)

    off = [100 * (abs(Z) / abs(exact(x[0], y)) - 1) for Z, y in zip(found, x[[0, -1]])]
    assert off == pytest.approx([near, far], abs=0.05 if frequency == 1000 else 1e-3)


# --- Green's function on a run

SPOTS = ((0.5, 0.1), (0.5, 0.25), (1.0, 0.25), (1.5, 0.8))  # X, T
THEORY = (2.431122, 1.925542, 0.909562, 0.394754)  # mV after 1 pC


def after_a_charge(per):
    """(V in mV at the spots by a run in compartments of 1/per length constants, the same by a pulse
    of 0.1 ms): 1 pC in the middle of 20 length constants.
    """
    middle = 10 * per
    cable = CABLE.but(length=(2 * middle + 1) * CABLE.length_constant / per,
                      compartments=2 * middle + 1)
    start = np.zeros(cable.compartments)
    start[middle] = 1.0 / cable.capacitance[middle]  # 1 pC over nF, in mV
    tau = cable.time_constant
    times = sorted({T * tau for _, T in SPOTS})
    charged = simulate_cable(cable, [0.0, *times], [], start=start).V
    t = np.array([0.0, 0.1, *times])
    pulsed = simulate_cable(cable, t, [(cable.length / 2, step(t, 10.0, duration=0.1))]).V[1:]
    places = [(1 + times.index(T * tau), middle + round(X * per)) for X, T in SPOTS]
    return np.array([charged[p] for p in places]), np.array([pulsed[p] for p in places])


def test_a_run_after_a_point_charge_is_greens_function():
    """1 pC gives 5.626977 mV times G(X, T); a pulse of 0.1 ms is a charge at its middle."""
    assert jump(CABLE) == pytest.approx(5.626977, abs=1e-6)
    X, T = np.array(SPOTS).T
    theory = 5.626977 * green_function(X, T)
    assert theory == pytest.approx(THEORY, abs=1e-6)
    run, pulsed = after_a_charge(20)
    assert 100 * (run / theory - 1) == pytest.approx([-0.155, 0.005, -0.104, -0.023], abs=1e-3)
    later = 5.626977 * green_function(X, T - 0.05 / CABLE.time_constant)
    assert pulsed == pytest.approx(later, rel=2e-3)


@pytest.mark.slow
def test_half_the_compartment_leaves_a_quarter_of_the_error():
    X, T = np.array(SPOTS).T
    theory = 5.626977 * green_function(X, T)
    coarse, fine = (after_a_charge(per)[0] / theory - 1 for per in (20, 40))
    assert (fine / coarse)[[0, 2, 3]] == pytest.approx([0.25] * 3, abs=0.03)
