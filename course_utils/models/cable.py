"""Voltage along a fibre: the passive cable, and the active axon whose membrane carries a spike.

    2 pi a (c_m dV/dt + i_ion) = d/dx( pi a^2 / rho  dV/dx ) + i_inj

with the radius a (x), the axial resistivity rho, the outward ionic current i_ion per area (g_m
V in a passive cable) and the injected current i_inj per length. The fibre is cut into
compartments of equal length with V at their centres: what flows out of one flows into the next,
so charge is conserved for any profile of the radius.

Lengths and radii are in µm, rho in Ω cm, currents in nA, resistances in MΩ, conductances in µS,
capacitances in nF, times in ms, V in mV from rest. The outside is taken as isopotential. Rall,
Handbook of Physiology, The Nervous System 1:39 (1977), 10.1002/cphy.cp010103.
"""
import math
from functools import partial
from typing import ClassVar

import numpy as np

from ..checks import finite_array, number, require, scalar_or_per
from ..model import Record, parameter
from ..solve import Run, checked_times, simulate, step_lengths
from ..spikes import spike_times
from .membrane import Membrane, Splitting

__all__ = [
    "Axon", "Cable", "backward_euler", "conduction_speed", "crank_nicolson", "forward_euler",
    "green_function", "half_time", "modes", "simulate_cable", "steady_voltage", "step_response"
]

PER_UM2 = 1e-5  # mS/cm² in µS/µm², and µF/cm² in nF/µm²: a density times an area in µm²
MOHM_UM = 1e-2  # Ω cm in MΩ µm


class CoreConductor(Record):
    """What the passive cable and the active axon share: a rod of core conductor, cut into
    compartments.
    """

    may_vary: ClassVar = ("radius",)

    length: float = parameter(2000.0, "µm", r"\ell", 200, 7000, "length", domain="positive")
    radius: float = parameter(2.0, "µm", "a", 0.1, 10, "radius, or one per compartment",
                              scale="log", domain="positive")
    rho: float = parameter(100.0, "Ω cm", r"\rho", 30, 300, "resistivity of the core",
                           domain="positive")
    compartments: int = parameter(200, "1", "n", 20, 400, "number of compartments",
                                  scale="integer", domain="positive")

    def __post_init__(self):
        super().__post_init__()
        kind = type(self).__name__
        if self.compartments < 3:
            raise ValueError(
                f"compartments of {kind} must be 3 or more, not {self.compartments}; try 200")
        scalar_or_per(f"radius of {kind}", self.radius, (self.compartments,), "compartment",
                      "number in µm")

    @property
    def dx(self):
        """The length of a compartment in µm."""
        return self.length / self.compartments

    @property
    def x(self):
        """The compartments' centres in µm, (n,), counted from the left end."""
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
        """The axial conductance between neighbours in µS, (n - 1,): two half compartments in
        series.
        """
        half = self.half_resistance
        return 1 / (half[:-1] + half[1:])

    def axial(self, leak=0.0):
        """The symmetric matrix that takes V to the current out of each compartment, µS: its
        diagonal (n,), its side (n-1,).

        leak: what flows out otherwise, µS, one number or (n,). The ends are sealed: nothing
        flows through them.
        """
        between = self.coupling
        diagonal = leak + np.pad(between, (0, 1)) + np.pad(between, (1, 0))
        return diagonal, -between

    def axial_current(self, V):
        """The current in nA that flows to the right from each compartment to the next, (..., n
        - 1), from V (..., n) in mV.
        """
        return self.coupling * (V[..., :-1] - V[..., 1:])

    def compartments_at(self, x):
        """The compartments that contain the place x in µm: one, or the two that meet there."""
        place = x / self.dx
        face = round(place)
        if abs(place - face) < 1e-9 and 0 < face < self.compartments:
            return (face - 1, face)
        return (min(int(place), self.compartments - 1),)


END_KINDS = ("sealed", "killed", ("sealed", "killed"), ("killed", "sealed"))


class Cable(CoreConductor):
    """A passive cable: the membrane is a capacitor beside a constant leak, both per area.

    ends: "sealed" (nothing flows through), "killed" (V is 0 there) or a pair (left, right).
    """

    states: ClassVar = {"V": "mV"}
    time_unit: ClassVar = "ms"

    g_m: float = parameter(0.05, "mS/cm²", "g_m", 0.01, 0.5, "leak conductance per area",
                           scale="log", domain="positive")
    c_m: float = parameter(1.0, "µF/cm²", "c_m", 0.5, 2, "capacitance per area",
                           domain="positive")
    ends: object = parameter("sealed", "1", r"\mathrm{ends}", doc="left and right end",
                             choices=END_KINDS)

    def __post_init__(self):
        if isinstance(self.ends, (list, tuple)):
            same = len(self.ends) == 2 and self.ends[0] == self.ends[1]
            object.__setattr__(self, "ends", self.ends[0] if same else tuple(self.ends))
        super().__post_init__()

    @property
    def end_pair(self):
        """The kinds of the left and the right end."""
        return (self.ends, self.ends) if isinstance(self.ends, str) else self.ends

    @property
    def length_constant(self):
        """sqrt(a / (2 rho g_m)) in µm, one number, or (n,) where the radius varies."""
        value = np.sqrt(self.radius / (2 * MOHM_UM * self.rho * PER_UM2 * self.g_m))
        return value if np.ndim(value) else float(value)

    @property
    def time_constant(self):
        """c_m / g_m in ms."""
        return self.c_m / self.g_m

    def length_constant_at(self, frequency):
        """How far a sinusoid of `frequency` in Hz reaches before it has shrunk by e, µm:
        shorter, the faster it swings.
        """
        angle = 2 * math.pi * frequency / 1000 * self.time_constant
        return self.length_constant * math.sqrt(2 / (1 + math.hypot(1, angle)))

    @property
    def input_resistance(self):
        """V per current at the left end in the steady state, MΩ: R coth L with a sealed far
        end, R tanh L with a killed one.

        R = rho lambda / (pi a^2) is that of an endless cable, L = length / lambda. Raises
        ValueError where the radius varies or the left end is killed: there is no such closed
        form; `steady_voltage` serves.
        """
        left, right = self.end_pair
        if np.ndim(self.radius) or left == "killed":
            why = "the radius varies" if np.ndim(self.radius) else "the left end is killed"
            raise ValueError(
                "input_resistance is known in closed form for a uniform cable with a sealed "
                "left end; here "
                f"{why}: use steady_voltage")
        endless = MOHM_UM * self.rho * self.length_constant / (math.pi * self.radius**2)
        tanh = math.tanh(self.length / self.length_constant)
        return endless * tanh if right == "killed" else endless / tanh

    @property
    def capacitance(self):
        """The capacitance of each compartment in nF, (n,)."""
        return PER_UM2 * self.c_m * self.area

    def conductance(self):
        """The matrix G of C dV/dt = I - G V in µS, leak and ends included: its diagonal (n,)
        and its side (n - 1,).
        """
        diagonal, side = self.axial(PER_UM2 * self.g_m * self.area)
        for end, kind in zip((0, -1), self.end_pair):
            if kind == "killed":  # V is 0 half a compartment away
                diagonal[end] += 1 / self.half_resistance[end]
        return diagonal, side


class Axon(CoreConductor):
    """An active cable with sealed ends: its membrane is `cell`, any `Membrane`, the same all
    along.

    The current that enters is what is injected: the cell's own I_ext plays no part. Defaults:
    the squid axon of Hodgkin and Huxley, J. Physiol. 117:500 (1952),
    10.1113/jphysiol.1952.sp004764.
    """

    cell: Membrane
    length: float = parameter(100_000.0, "µm", r"\ell", 20_000, 200_000, "length",
                              domain="positive")
    radius: float = parameter(238.0, "µm", "a", 20, 1000, "radius, or one per compartment",
                              scale="log", domain="positive")
    rho: float = parameter(35.4, "Ω cm", r"\rho", 20, 100, "resistivity of the core",
                           domain="positive")

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.cell, Membrane):
            raise TypeError(
                f"cell of Axon must be a membrane such as HodgkinHuxley(), not {self.cell!r}")
        if varying := list(self.cell.sweeps()):
            raise ValueError(
                f"cell of Axon must be the same membrane all along, but its {varying[0]} is an "
                "array"
            )

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

    def scheme(self, cell, h):
        """One step of the membrane's own splitting; only the equation for V now couples
        neighbours.
        """
        from scipy.linalg.lapack import dptsv

        weight = PER_UM2 * self.area  # from densities to µS and nA, which makes it symmetric
        diagonal, side = self.axial()

        def middle(stiffness, source):
            """V at the middle of a step."""
            return dptsv(weight * stiffness + diagonal, side, weight * source, overwrite_d=1,
                         overwrite_b=1)[2]

        return Splitting(cell, h, middle)


def simulate_cable(cable_or_axon, t, injections, scheme=None, start=None):
    """Return the `Run` of a `Cable` or an `Axon` through the times t, from rest: V (T, n), and
    an axon's gates.

    t: (T,) ms, increasing. injections: list of (x, current), x in µm from the left end, current
    in nA, one number or (T,), held from t[k] to t[k+1]; it enters the compartment that contains
    x (half each where two of them meet). scheme: for a cable, by default `modes` where the
    radius is uniform (exact in time) and `crank_nicolson` where it varies. start: V in mV at
    t[0], one number or (n,), by default at rest; an axon's gates start from rest.

    Raises ValueError or TypeError where the times, a place or a current can't be.
    """
    t = checked_times(t)
    if not isinstance(cable_or_axon, (Cable, Axon)):
        raise TypeError(f"cable_or_axon must be a Cable or an Axon, not {cable_or_axon!r}")
    where, current = _injected(cable_or_axon, t, injections)
    rest = cable_or_axon.cell.rest() if isinstance(cable_or_axon, Axon) else (0.0,)
    start = _checked_profile(cable_or_axon, rest[0] if start is None else start)
    if isinstance(cable_or_axon, Axon):
        if scheme is not None:
            raise ValueError("scheme is for a Cable: an Axon has its own")
        return _simulate_axon(cable_or_axon, t, where, current, (start, *rest[1:]))
    scheme = scheme or (crank_nicolson if np.ndim(cable_or_axon.radius) else modes)
    return Run(cable_or_axon, t, {"V": scheme(cable_or_axon, t, where, current, start)})


def _checked_profile(fibre, start):
    """V (n,) at the start."""
    start = scalar_or_per("start", start, (fibre.compartments,), "compartment",
                          "voltage in mV")
    return np.broadcast_to(start, fibre.compartments)


def _injected(fibre, t, injections):
    """The compartments that receive current (u,) and their currents in nA (T, u)."""
    wanted = "a list of pairs (x in µm, current in nA)"
    try:
        pairs = [(x, current) for x, current in injections]
    except (TypeError, ValueError):
        raise TypeError(
            f"injections must be {wanted}, as in [(0, 0.1)], not {injections!r}") from None
    found = {}
    for x, current in pairs:
        x = finite_array("x in injections", x, "a place in µm")
        if x.ndim or not 0 <= x <= fibre.length:
            raise ValueError(
                f"x in injections must be one place from 0 to {fibre.length:g} µm, the fibre's "
                f"length, not {x}"
            )
        current = scalar_or_per("current in injections", current, t.shape, "time",
                                "current in nA")
        places = fibre.compartments_at(float(x))
        for place in places:
            found[place] = found.get(place, 0) + np.broadcast_to(current, t.shape) / len(places)
    return np.array(list(found), int), np.array(list(found.values())).reshape(
        len(found), len(t)).T


def _simulate_axon(axon, t, where, current, start):
    """The run of an axon: its membrane simulated as a batch of patches, with a scheme that
    couples them.
    """
    density = np.zeros((len(t), axon.compartments))
    density[:, where] = current / (PER_UM2 * axon.area[where])
    start = [np.broadcast_to(x, axon.compartments) for x in start]
    return simulate(axon.cell, t, start, density, axon.scheme).with_model(axon)


def conduction_speed(axon):
    """The speed in m/s of the steady spike on a long uniform axon of this membrane, radius and
    rho.

    The axon's length and compartments don't matter: the spike is launched on one that suits it,
    timed between two places, and once more on a grid twice as fine; the two, both of second
    order, are extrapolated. Off by less than 0.1 %. Raises ValueError where the radius varies
    and where no spike propagates.
    """
    if not isinstance(axon, Axon):
        raise TypeError(f"axon must be an Axon, not {axon!r}")
    if np.ndim(axon.radius):
        raise ValueError(
            "axon must have one radius for a conduction speed; here the radius varies along it")
    rates = axon.cell.rates(axon.cell.rest()[0] + 50.0).values()
    if not rates:
        raise ValueError(
            f"no spike propagates along this axon: its cell, {type(axon.cell).__name__}, has "
            "no gates"
        )
    open_rate = max(alpha + beta for alpha, beta in rates)
    guess = math.sqrt(
        axon.diffusivity * open_rate)  # µm/ms: as far as V spreads while the fastest gate opens
    grid = 0.6 * guess / open_rate, 1 / (8 * open_rate)
    coarse, arrival = _timed_spike(axon, *grid, duration=440 / open_rate)
    fine, _ = _timed_spike(axon, grid[0] / 2, grid[1] / 2, duration=1.1 * arrival, finer=2)
    return (4 * fine - coarse) / 3 / 1000


def _timed_spike(axon, dx, h, duration, finer=1, n=240, launched=20):
    """The speed in µm/ms between 50 % and 80 % of n compartments, timed at half of the peak,
    and when it passed there.

    The spike is launched from `launched` compartments that start 100 mV up. `finer` multiplies
    both numbers.
    """
    axon = axon.but(length=dx * n * finer, compartments=n * finer)
    rest = axon.cell.rest()
    start = [np.full(axon.compartments, x) for x in rest]
    start[0][:launched * finer] += 100
    t = np.arange(0, duration, h)
    places = np.array([n // 2, 4 * n // 5]) * finer
    V = simulate(axon.cell, t, start, 0.0, axon.scheme).V[:, places] - rest[0]
    peaks = V.max(axis=0)
    arrivals = [spike_times(t, V[:, k], peaks[1] / 2) for k in (0, 1)]
    if peaks[1] < max(1.0, 0.9 * peaks[0]) or not all(len(times) for times in arrivals):
        raise ValueError(
            "no spike propagates along this axon: it dies out on the way (its peak falls from "
            f"{peaks[0]:.3g} "
            f"to {peaks[1]:.3g} mV above rest); try a lower temperature or more sodium "
            "conductance"
        )
    first, last = (times[0] for times in arrivals)
    return (places[1] - places[0]) * dx / (last - first), last


# ---- the passive cable's schemes: scheme(cable, t, where, current, start) -> V (T, n)


def modes(cable, t, where, current, start):
    """V (T, n) of a uniform cable, exact in time: every mode of the compartments relaxes by
    itself.

    The modes are cosines where an end is sealed and sines where it is killed, so a fast
    transform of the type that suits the two ends takes V apart. Raises ValueError where the
    radius varies.
    """
    if np.ndim(cable.radius):
        raise ValueError(
            "modes are known for a uniform cable; here the radius varies: use crank_nicolson")
    forward, backward, wave = _transform(cable)
    rate = (1 +
            (2 * cable.length_constant / cable.dx * np.sin(wave / 2))**2) / cable.time_constant
    unit = np.zeros((len(where), cable.compartments))
    unit[np.arange(len(where)), where] = 1 / cable.capacitance[where]
    drive = forward(unit)  # what 1 nA at each place gives each mode, mV/ms
    steps = step_lengths(t)
    relax = {
        h: (np.exp(-h * rate), drive * (-np.expm1(-h * rate) / rate))
        for h in np.unique(steps)
    }
    values = np.empty((len(t), cable.compartments))
    values[0] = forward(start)
    for k, h in enumerate(steps):
        decay, gain = relax[h]
        values[k + 1] = decay * values[k] + current[k] @ gain
    return backward(values, overwrite_x=True)


def _transform(cable):
    """The transform into a uniform cable's modes, its inverse, and the modes' waves in radians
    per compartment.
    """
    from scipy import fft

    left, right = cable.end_pair
    of, inverse = (fft.dct, fft.idct) if left == "sealed" else (fft.dst, fft.idst)
    kind = 2 if left == right else 4
    first = 0.5 if kind == 4 else 0 if left == "sealed" else 1
    wave = math.pi * (np.arange(cable.compartments) + first) / cable.compartments
    return partial(of, type=kind, norm="ortho"), partial(inverse, type=kind, norm="ortho"), wave


def _half_step(cable, h):
    """V and the current -> V half a step later by backward Euler: solves (2 C / h + G) V_new =
    2 C / h V + I.
    """
    from scipy.linalg.lapack import dpttrf, dpttrs

    diagonal, side = cable.conductance()
    twice = 2 * cable.capacitance / h
    diagonal, side, _ = dpttrf(twice + diagonal, side)

    def half(V, where, current):
        """V half a step later."""
        source = twice * V
        source[where] += current
        return dpttrs(diagonal, side, source, overwrite_b=1)[0]

    return half


def _march(cable, t, start, stepper, make=_half_step):
    """V (T, n) from `start`: `stepper(half, V, k)` makes step k with what `make(cable, h)`
    prepared for its length.
    """
    steps = step_lengths(t)
    prepared = {h: make(cable, float(h)) for h in np.unique(steps)}
    V = np.empty((len(t), cable.compartments))
    V[0] = start
    for k in range(len(steps)):
        V[k + 1] = stepper(prepared[steps[k]], V[k], k)
    return V


def backward_euler(cable, t, where, current, start):
    """V (T, n) by two backward-Euler half steps a step: never rings, but only of order 1."""
    def step(half, V, k):
        """V a step later."""
        return half(half(V, where, current[k]), where, current[k])

    return _march(cable, t, start, step)


def crank_nicolson(cable, t, where, current, start):
    """V (T, n) by Crank-Nicolson: half a step of backward Euler to the middle, then as far
    again. Order 2, stable at any step.

    It would ring after a sudden change at one point, so the two steps after a steady current
    was switched on or changed take backward Euler to their ends (Rannacher 1984,
    10.1007/BF01390130). Order 2 is kept. A `start` with a jump in it would ring too: give it to
    `modes` or `backward_euler`.
    """
    calm = ~_after_switch(current)

    def step(half, V, k):
        """V a step later: from the middle as far again, or on by backward Euler."""
        middle = half(V, where, current[k])
        return 2 * middle - V if calm[k] else half(middle, where, current[k])

    return _march(cable, t, start, step)


def _after_switch(current):
    """Which steps are the first or second after a steady current changed or was switched on,
    (T,) bool.
    """
    changed = np.diff(current, axis=0, prepend=0) != 0
    before = np.concatenate([np.zeros_like(changed[:1]), changed[:-1]])
    switched = (changed & ~before).any(axis=1)
    return switched | np.concatenate([[False], switched[:-1]])


def forward_euler(cable, t, where, current, start):
    """V (T, n) by forward Euler: order 1, and stable only for steps up to 2 tau / (1 + 4
    lambda^2 / dx^2).
    """
    diagonal, side = cable.conductance()

    def make(cable, h):
        """What a step of length h makes of 1 nA, mV."""
        return h / cable.capacitance

    def step(factor, V, k):
        """V a step later."""
        out = diagonal * V
        out[1:] += side * V[:-1]
        out[:-1] += side * V[1:]
        out[where] -= current[k]
        return V - factor * out

    return _march(cable, t, start, step, make)


def steady_voltage(cable, injections):
    """V (n,) in mV long after constant currents were switched on; injections as in
    `simulate_cable`, radius as you like.
    """
    from scipy.linalg.lapack import dptsv

    require("cable", cable, "compartments", "a cable, such as Cable()")
    where, current = _injected(cable, np.array([0.0, 1.0]), injections)
    source = np.zeros(cable.compartments)
    source[where] = current[0]
    return dptsv(*cable.conductance(), source)[2]


# ---- the endless passive cable in X = x / lambda and T = t / tau_m


def green_function(X, T):
    """e^(-T - X^2 / 4T) / sqrt(4 pi T): V at distance X, a time T > 0 after a charge 1 was put
    at X = 0.
    """
    X, T = _distance_and_time(X, T)
    return np.exp(-T - X * X / (4 * T)) / np.sqrt(4 * math.pi * T)


def _distance_and_time(X, T):
    """X and T as arrays, or an error that names the one that can't be."""
    X, T = finite_array("X", X, "a distance in length constants"), finite_array(
        "T", T, "a time in time constants")
    if (T <= 0).any():
        raise ValueError(f"T must be above 0: at T = {T.min():g} nothing has spread yet")
    return X[()], T[()]


def step_response(X, T):
    """V(X, T) / V(0, infinity) after a steady current was switched on at X = 0 of an endless
    cable; X >= 0, T > 0.

    The second term of the textbook formula, e^X erfc(...), overflows at large X; erfcx carries
    the factor inside.
    """
    from scipy.special import erfc, erfcx

    X, T = _distance_and_time(X, T)
    root = np.sqrt(T)
    near, far = X / (2 * root) - root, X / (2 * root) + root
    return (np.exp(-X) * erfc(near) - np.exp(-X * X / (4 * T) - T) * erfcx(far)) / 2


def half_time(X):
    """The time T at which the step response at X reaches half of its final value there, e^-X /
    2; close to X/2 + 1/4.
    """
    from scipy.optimize import brentq

    X = number("X", X, "nonnegative")
    return brentq(lambda T: step_response(X, T) - math.exp(-X) / 2, 1e-3, X + 2, xtol=1e-13)
