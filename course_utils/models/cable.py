"""Voltage along a fibre: the passive cable, and the active axon whose membrane carries a spike.

    2 pi a (c_m dV/dt + i_ion) = d/dx( pi a^2 / rho  dV/dx ) + i_inj

with the radius a(x), the axial resistivity rho, the outward ionic current i_ion per area (g_m V
in a passive cable) and the injected current i_inj per length. The fibre is cut into compartments
of equal length with V at their centres: what flows out of one flows into the next, so that
charge is conserved for any profile of the radius.

Lengths and radii are in µm, rho in Ω cm, currents in nA, resistances in MΩ, conductances in µS,
capacitances in nF, times in ms, V in mV from rest. The outside is taken as isopotential. Rall,
Handbook of Physiology, The Nervous System 1:39 (1977), 10.1002/cphy.cp010103.
"""
import math
from itertools import product

import numpy as np

from ..checks import finite_array, fits_in_memory, require, scalar_or_per
from ..model import Record, parameter
from ..registry import has_fast_form
from ..solve import Run, advise_on_step, checked_start, checked_times, simulate, step_lengths
from ..spikes import spike_times
from .membrane import Membrane, Splitting

__all__ = [
    "Axon", "Cable", "conduction_speed", "crank_nicolson", "injected",
    "modal_solution", "simulate_cable", "steady_voltage", "steps_of"
]

PER_UM2 = 1e-5  # mS/cm² in µS/µm², and µF/cm² in nF/µm²: a density times an area in µm²
MOHM_UM = 1e-2  # Ω cm in MΩ µm
ENDS = ("sealed", "killed")


class CoreConductor(Record):
    """What cable and axon share: a rod of axoplasm, cut into compartments."""

    may_vary = ("radius",)

    length: float = parameter(2000.0, "µm", r"\ell", 200, 7000, "length", "positive")
    radius: float = parameter(2.0, "µm", "a", 0.1, 10, "radius, or one per compartment",
                              "positive", scale="log")
    rho: float = parameter(100.0, "Ω cm", r"\rho", 30, 300, "resistivity of the core",
                           "positive")
    compartments: int = parameter(200, "1", "n", 20, 400, "number of compartments",
                                  "positive", scale="integer")

    def __post_init__(self):
        super().__post_init__()
        kind = type(self).__name__
        if self.compartments < 3:
            raise ValueError(
                f"compartments of {kind} must be 3 or more, not {self.compartments}; try 200")
        fits_in_memory(f"compartments of {kind}", self.compartments, 200)
        scalar_or_per(f"radius of {kind}", self.radius, (self.compartments,), "compartment",
                      "number in µm")

    @property
    def dx(self):
        """The length of a compartment in µm."""
        return self.length / self.compartments

    @property
    def x(self):
        """The centres of the compartments in µm, (n,), counted from the left end."""
        return (np.arange(self.compartments) + 0.5) * self.dx

    @property
    def area(self):
        """The membrane area of each compartment in µm², (n,)."""
        return 2 * math.pi * np.broadcast_to(self.radius, self.compartments) * self.dx

    @property
    def half_resistance(self):
        """The axial resistance of half of each compartment in MΩ, (n,)."""
        radius = np.broadcast_to(self.radius, self.compartments)
        return MOHM_UM * self.rho * self.dx / 2 / (math.pi * radius * radius)

    @property
    def coupling(self):
        """The axial conductance between neighbours in µS, (n - 1,): two halves in series."""
        half = self.half_resistance
        return 1 / (half[:-1] + half[1:])

    def axial(self, leak=0.0):
        """The symmetric matrix from V to the current out of each compartment, in µS.

        Its diagonal (n,) and its side (n - 1,). leak: what flows out otherwise, µS, one number
        or (n,). The ends are sealed: nothing flows through them.
        Derived in notebook 04, section 1.
        """
        between = self.coupling
        diagonal = leak + np.pad(between, (0, 1)) + np.pad(between, (1, 0))
        return diagonal, -between

    def axial_current(self, V):
        """The current in nA from each compartment to the next on the right, (..., n - 1)."""
        return self.coupling * (V[..., :-1] - V[..., 1:])

    def compartments_at(self, x):
        """The compartments that contain the place x in µm: one, or the two that meet there."""
        x = finite_array("x in injections", x, "a place in µm")
        if x.ndim or not 0 <= x <= self.length:
            raise ValueError(f"x in injections must be one place from 0 to {self.length:g} µm, "
                             f"the fibre's length, not {x}")
        place = float(x) / self.dx
        face = round(place)
        if abs(place - face) < 1e-9 and 0 < face < self.compartments:
            return (face - 1, face)
        return (min(int(place), self.compartments - 1),)


class Cable(CoreConductor):
    """A passive cable: the membrane is a capacitor in parallel with a constant leak, both per area.

    ends: "sealed" (nothing flows through), "killed" (V is 0 there) or a pair (left, right).

    >>> cable = Cable(length=2000.0, radius=2.0, rho=100.0, g_m=0.05, c_m=1.0)
    >>> round(cable.length_constant, 1), cable.time_constant
    (1414.2, 20.0)
    """

    states = {"V": "mV"}
    time_unit = "ms"

    g_m: float = parameter(0.05, "mS/cm²", "g_m", 0.01, 0.5, "leak conductance per area",
                           "positive", scale="log")
    c_m: float = parameter(1.0, "µF/cm²", "c_m", 0.5, 2, "capacitance per area",
                           "positive")
    ends: object = parameter("sealed", "1", r"\mathrm{ends}", doc="left and right end",
                             choices=(*ENDS, *product(ENDS, ENDS)))

    @property
    def end_pair(self):
        """The kinds of the left and the right end."""
        return (self.ends, self.ends) if isinstance(self.ends, str) else self.ends

    @property
    def length_constant(self):
        """sqrt(a / (2 rho g_m)) in µm, one number, or (n,) where the radius varies.

        Derived in notebook 04, section 3.
        """
        value = np.sqrt(self.radius / (2 * MOHM_UM * self.rho * PER_UM2 * self.g_m))
        return value if np.ndim(value) else float(value)

    @property
    def time_constant(self):
        """c_m / g_m in ms."""
        return self.c_m / self.g_m

    @property
    def input_resistance(self):
        """V per current at the left end in the steady state, MΩ: R coth L, or R tanh L.

        R = rho lambda / (pi a^2) is that of a semi-infinite cable, L = length / lambda; coth is
        for a sealed far end, tanh for a killed one. Raises ValueError where the radius varies or
        the left end is killed, because there is no such closed form.
        Derived in notebook 04, section 3.
        """
        left, right = self.end_pair
        varies = np.ndim(self.radius)
        if varies or left == "killed":
            why = "the radius varies" if varies else "the left end is killed"
            raise ValueError("input_resistance is known in closed form for a uniform cable with a "
                             f"sealed left end; here {why}: use steady_voltage of notebook_04")
        infinite = MOHM_UM * self.rho * self.length_constant / (math.pi * self.radius**2)
        tanh = math.tanh(self.length / self.length_constant)
        return infinite * tanh if right == "killed" else infinite / tanh

    @property
    def capacitance(self):
        """The capacitance of each compartment in nF, (n,)."""
        return PER_UM2 * self.c_m * self.area

    def conductance(self):
        """The matrix G of C dV/dt = I - G V in µS: its diagonal (n,) and its side (n - 1,).

        Leak and ends are included.
        """
        diagonal, side = self.axial(PER_UM2 * self.g_m * self.area)
        for end, kind in zip((0, -1), self.end_pair):
            if kind == "killed":  # V is 0 half a compartment away
                diagonal[end] += 1 / self.half_resistance[end]
        return diagonal, side

    def solver(self, extra=0.0):
        """A function of the source (n,) in nA that solves (extra + G) V = source for V.

        extra: a conductance to ground in µS, one number or (n,). The system is tridiagonal.
        """
        from scipy.linalg.lapack import dpttrf, dpttrs

        diagonal, side = self.conductance()
        factors = dpttrf(extra + diagonal, side)[:2]
        return lambda source: dpttrs(*factors, source)[0]

    def rest(self):
        """The state at rest, V = 0."""
        return (0.0,)


class Axon(CoreConductor):
    """An active cable with sealed ends, whose membrane is `cell`, any `Membrane`, all along.

    The current that enters is what is injected: the cell's own I_ext plays no part. Defaults: the
    squid axon of Hodgkin and Huxley, J. Physiol. 117:500 (1952), 10.1113/jphysiol.1952.sp004764.

    >>> from course_utils import HodgkinHuxley
    >>> axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000.0, compartments=120)
    >>> axon.dx, axon.x[:2].tolist()
    (500.0, [250.0, 750.0])
    """

    cell: Membrane
    length: float = parameter(100_000.0, "µm", r"\ell", 20_000, 200_000, "length",
                              "positive")
    radius: float = parameter(238.0, "µm", "a", 20, 1000, "radius, or one per compartment",
                              "positive", scale="log")
    rho: float = parameter(35.4, "Ω cm", r"\rho", 20, 100, "resistivity of the core",
                           "positive")

    def __post_init__(self):
        super().__post_init__()
        require("cell of Axon", self.cell, "channels", "a membrane such as HodgkinHuxley()")
        for name in self.cell.sweeps():
            raise ValueError(f"cell of Axon must be the same membrane all along, but its {name} is "
                             "an array")

    @property
    def states(self):
        """{state: unit} of the membrane."""
        return self.cell.states

    @property
    def time_unit(self):
        """The membrane's unit of time."""
        return self.cell.time_unit

    @property
    def diffusivity(self):
        """a / (2 rho C_m) in µm²/ms: how fast V spreads along the core."""
        return self.radius / (2 * MOHM_UM * self.rho * PER_UM2 * self.cell.C_m)

    def rest(self):
        """The state of the membrane at rest."""
        return self.cell.rest()

    def scheme(self, cell, h):
        """One step of the membrane's own splitting, whose equation for V couples neighbours.

        It is stiffness * V = source for a patch, and here the axial currents are added: a
        tridiagonal system for V at the middle of the step.
        Derived in notebook 04, section 5.
        """
        from scipy.linalg.lapack import dptsv

        weight = PER_UM2 * self.area  # from densities to µS and nA, which makes it symmetric
        axial, side = self.axial()

        def middle(stiffness, source):
            return dptsv(axial + weight * stiffness, side, weight * source)[2]

        return Splitting(cell, h, middle)


def simulate_cable(cable_or_axon, t, injections, scheme=None, start=None):
    """The `Run` of a `Cable` or an `Axon` through the times t: V (T, n), and an axon's gates.

    t: (T,) ms, increasing. injections: list of (x, current), x in µm from the left end, current
    in nA, one number or (T,), held from t[k] to t[k+1]; it enters the compartment that contains x
    (half each where two of them meet). scheme: for a cable, by default `modal_solution` where the
    radius is uniform (exact in time) and `crank_nicolson` where it varies. start: V in mV at t[0],
    one number or (n,), or a dict of such values by state; by default, and for states that are not
    named, at rest.

    Raises ValueError or TypeError where the times, a place or a current can't be, and where the
    solution blows up.

    >>> run = simulate_cable(Cable(compartments=100), [0.0, 20.0, 40.0], [(0.0, 0.1)])
    >>> run.V.shape, bool(run.V[-1, 0] > run.V[-1, -1] > 0)
    ((3, 100), True)
    """
    t = checked_times(t)
    require("cable_or_axon", cable_or_axon, "half_resistance", "a Cable or an Axon")
    states = len(cable_or_axon.states)
    fits_in_memory("the number of times in t", len(t), 8 * cable_or_axon.compartments * states)
    where, current = injected(cable_or_axon, t, injections)
    start = _checked_start(cable_or_axon, start)
    if isinstance(cable_or_axon, Axon):
        if scheme is not None:
            raise ValueError("scheme is for a Cable: an Axon has its own")
        advise_on_step(cable_or_axon.cell, step_lengths(t).max())
        density = np.zeros((len(t), cable_or_axon.compartments))
        density[:, where] = current / (PER_UM2 * cable_or_axon.area[where])
        run = simulate(cable_or_axon.cell, t, start, density, cable_or_axon.scheme)
        run.model = cable_or_axon  # not its membrane alone
        return run
    usual = crank_nicolson if np.ndim(cable_or_axon.radius) else modal_solution
    scheme = require("scheme", scheme or usual, "__call__", "a scheme, such as crank_nicolson")
    return Run(cable_or_axon, t, {"V": scheme(cable_or_axon, t, where, current, start[0])})


def _checked_start(fibre, start):
    """The value of each state at the start, a list of arrays (n,)."""
    names = list(fibre.states)
    if not isinstance(start, dict):
        start = {} if start is None else {names[0]: start}
    values = checked_start(fibre, dict(zip(names, fibre.rest())) | start)
    shape = (fibre.compartments,)
    return [np.broadcast_to(scalar_or_per(f"{name} in start", value, shape, "compartment"), shape)
            for name, value in zip(names, values)]


def steady_voltage(cable, injections):
    """V (n,) in mV long after constant currents were switched on, for any radius.

    injections: as in `simulate_cable`.
    """
    require("cable", cable, "solver", "a cable, such as Cable()")
    where, current = injected(cable, np.zeros(1), injections)
    source = np.zeros(cable.compartments)
    source[where] = current[0]
    return cable.solver()(source)


def injected(fibre, t, injections):
    """The compartments that receive current (u,) and their currents in nA (T, u).

    injections: list of (x, current), or (number of a cable, x, current) in a tree.
    """
    try:
        injections = [(fibre.compartments_at(*where), current) for *where, current in injections]
    except TypeError:
        raise TypeError("injections must be a list of pairs (x in µm, current in nA), as in "
                        f"[(0, 0.1)], not {injections!r}") from None
    found = {}
    for places, current in injections:
        current = scalar_or_per("current in injections", current, t.shape, "time",
                                "current in nA")
        for place in places:
            found[place] = found.get(place, 0) + np.broadcast_to(current, t.shape) / len(places)
    currents = np.reshape(list(found.values()), (len(found), len(t)))
    return np.array(list(found), int), currents.T


def conduction_speed(axon):
    """The speed in m/s of the steady spike on a long uniform axon, a float.

    Membrane, radius and rho are the axon's; length and compartments don't matter. The spike is
    launched on an axon that suits it, timed between two places, and once more on a grid twice as
    fine; the two, both of second order, are extrapolated. Off by less than 0.1 %. Raises
    ValueError where the radius varies and where no spike propagates.
    Derived in notebook 04, section 5.

    >>> from course_utils import HodgkinHuxley
    >>> round(conduction_speed(Axon(cell=HodgkinHuxley(temperature=18.5))), 2)
    18.73
    """
    require("axon", axon, "diffusivity", "an Axon")
    if np.ndim(axon.radius):
        raise ValueError("axon must have one radius for a conduction speed; here the radius "
                         "varies along it")
    rates = axon.cell.rates(axon.cell.rest()[0] + 50.0).values()
    open_rate = max((alpha + beta for alpha, beta in rates), default=1.0)
    # a first guess, µm/ms: as far as V spreads while the fastest gate opens
    guess = math.sqrt(axon.diffusivity * open_rate)
    dx = 0.6 * guess / open_rate
    h = 1 / (8 * open_rate)
    coarse, arrival = _timed_spike(axon, 240, dx, h, duration=440 / open_rate)
    fine, _ = _timed_spike(axon, 480, dx / 2, h / 2, duration=1.1 * arrival)
    return float((4 * fine - coarse) / 3 / 1000)


def _timed_spike(axon, n, dx, h, duration):
    """The speed in µm/ms between 50 % and 80 % of n compartments, and when the spike was there.

    It is timed at half of its peak, and launched from the first twelfth, which starts 100 mV up.
    """
    axon = axon.but(length=dx * n, compartments=n)
    rest = axon.cell.rest()
    start = [np.full(n, x) for x in rest]
    start[0][:n // 12] += 100
    t = np.arange(0, duration, h)
    places = [n // 2, 4 * n // 5]
    V = simulate(axon.cell, t, start, 0.0, axon.scheme).V[:, places] - rest[0]
    peaks = V.max(axis=0)
    arrivals = spike_times(t, V, peaks[1] / 2)
    if peaks[1] < max(1.0, 0.9 * peaks[0]) or not all(map(len, arrivals)):
        raise ValueError(
            "no spike propagates along this axon: it dies out on the way (its peak falls from "
            f"{peaks[0]:.3g} to {peaks[1]:.3g} mV above rest); try a lower temperature or more "
            "sodium conductance")
    first, last = (times[0] for times in arrivals)
    return (places[1] - places[0]) * dx / (last - first), last


# ---- the passive cable's schemes: scheme(cable, t, where, current, start) -> V (T, n)


@has_fast_form
def modal_solution(cable, t, where, current, start):
    """V (T, n), exact in time: each spatial mode relaxes exponentially and independently.

    The modes are the eigenvectors of the cable's matrix. For a uniform cable they are cosines
    and sines, and a fast transform takes their place.
    """
    from scipy.linalg import eigh_tridiagonal

    diagonal, side = cable.conductance()
    root = np.sqrt(cable.capacitance)  # with root V in place of V the matrix is symmetric
    rate, modes = eigh_tridiagonal(diagonal / root**2, side / (root[1:] * root[:-1]))
    drive = modes[where] / root[where, None]  # of each mode by 1 nA at each place
    steps = step_lengths(t)
    factors = {h: (np.exp(-h * rate), -np.expm1(-h * rate) / rate) for h in np.unique(steps)}
    amplitudes = np.empty((len(t), len(rate)))
    amplitudes[0] = (root * start) @ modes
    for k, h in enumerate(steps):
        decay, gain = factors[h]
        amplitudes[k + 1] = decay * amplitudes[k] + gain * (current[k] @ drive)
    return amplitudes @ modes.T / root


def crank_nicolson(cable, t, where, current, start):
    """V (T, n) by Crank-Nicolson, order 2, stable at any step.

    A step is half a step of backward Euler to the middle, (2 C / h + G) V_mid = 2 C / h V + I,
    and as far again. It would ring after a sudden change at one point, so the two steps after a
    steady current was switched on or changed take backward Euler to their ends (Rannacher 1984,
    10.1007/BF01390130). Order 2 is kept. A `start` with a jump in it would ring too: give it to
    `modal_solution`.
    """
    calm = ~_after_switch(current)

    def step(half, V, k):
        V_mid = half(V, where, current[k])
        return 2 * V_mid - V if calm[k] else half(V_mid, where, current[k])

    return steps_of(cable, t, start, step)


def _after_switch(current):
    """Which steps are the first or second after a steady current changed, (T,) bool."""
    changed = np.diff(current, axis=0, prepend=0) != 0
    switched = (changed & np.diff(changed, axis=0, prepend=False)).any(axis=1)
    return switched | np.append(False, switched[:-1])


def half_step(cable, h):
    """V and the current -> V half a step later by backward Euler, (2 C / h + G) V = source."""
    twice = 2 * cable.capacitance / h
    solve = cable.solver(twice)

    def half(V, where, current):
        source = twice * V
        source[where] += current
        return solve(source)

    return half


def steps_of(cable, t, start, step, prepare=half_step):
    """V (T, n) from `start`: step(prepared, V, k) makes step k of length h = t[k + 1] - t[k].

    prepare(cable, h) is called once for each length h.
    """
    steps = step_lengths(t)
    prepared = {h: prepare(cable, float(h)) for h in np.unique(steps)}
    V = np.empty((len(t), cable.compartments))
    V[0] = start
    for k, h in enumerate(steps):
        V[k + 1] = step(prepared[h], V[k], k)
    return V
