"""Questions of notebook 02: the membrane equation, gates, a dose, the trimmed model, the clamp.
"""
import numpy as np

from ..model import Model
from ..models.hodgkin_huxley import HodgkinHuxley
from ..questions.check import Exercise, Prediction, teacher
from ..solve import simulate
from ..spikes import spike_times

__all__ = ["EXERCISES", "PREDICTIONS", "check", "predict", "spikes_of"]

CELL = HodgkinHuxley()


def spikes_of(cell, duration=100.0):
    """How many spikes (crossings of 50 mV) a membrane fires in `duration` ms after its current
    is switched on.
    """
    run = simulate(cell, np.linspace(0, duration, round(duration / 0.02) + 1))
    return len(spike_times(run.t, run.V, 50))


# The first equation: dV/dt in mV/ms from the state and the stimulus


def _state(rng):
    return (rng.uniform(-20, 110), *rng.uniform(0.1, 0.9, 3), rng.uniform(5, 60))


def _slope(V, m, h, n, I_ext):
    return CELL.rhs((V, m, h, n), I_ext)[0]


def _slope_with(**changes):
    return lambda V, m, h, n, I_ext: CELL.but(**changes).rhs((V, m, h, n), I_ext)[0]


# The two states of a gate


def _settle(alpha, beta):
    return alpha / (alpha + beta), 1 / (alpha + beta)


# A dose: models, so the answers are judged by what they do


def _only_sodium(cell):
    return isinstance(cell, HodgkinHuxley) and cell == CELL.but(g_Na=cell.g_Na) and np.ndim(
        cell.g_Na) == 0


# The two derivatives that make the divergence of the trimmed field


def _field(rng):
    return (*rng.uniform(0.1, 0.9, 3), rng.uniform(50, 150), rng.uniform(10,
                                                                         50), rng.uniform(
                                                                             0.5, 2))


def _divergence(n, alpha, beta, g_Na, g_K, C_m):
    return -(g_K * n**4 + g_Na) / C_m, -(alpha + beta)


# Clamp: where the peaks change sign


def _peaks(rng):
    V = np.arange(80.0, 141.0, 20)
    E = rng.uniform(95, 125)
    return V, np.round(rng.uniform(8, 12) * (V - E), 3)


def _reversal(V, peaks):
    return float(np.interp(0, peaks, V))


# A straight line for h


def _cloud(rng):
    n = rng.uniform(0.35, 0.75, 40)
    return n, rng.uniform(0.8, 0.95) - rng.uniform(0.8, 1.2) * n + rng.normal(0, 0.003, 40)


def _line(n, h):
    slope, h0 = np.polyfit(n, h, 1)
    return h0, -slope


def _through_rest(n, h):
    return float(h[np.argmin(n)] + n.min()), 1.0


EXERCISES = {
    "first equation": Exercise(
        right=_slope, inputs=_state, expects=
        "Return dV/dt in mV/ms for C_m = 1 µF/cm², with the values of the table at the top.",
        why=
        "Stimulus in, ionic currents out: C_m dV/dt = I_ext - I_Na - I_K - I_L. Divided by 1 "
        "µF/cm², µA/cm² are mV/ms.",
        wrong={
            "Two currents only? At rest the three must balance: one kind of channel has no "
            "gate.": _slope_with(
                g_L=0.0),
            "Which way does an outward current push V? Look at the sign of the ionic currents.": lambda
            *s: 2 * s[-1] - _slope(*s),
            "The stimulus is positive inward: does it raise or lower V?": lambda *s: _slope(
                *s) - 2 * s[-1], "The stimulus is missing.": lambda *s: _slope(*s) - s[-1],
            "Count the gates: how many m, how many h, how many n must be open at once?": lambda
            V, m, h, n, I: _slope(V, m**(1 / 3), h, n**(1 / 4), I),
            "Sodium channels have a second kind of gate, which shuts.": lambda V, m, h, n, I:
            _slope(V, m, 1.0, n, I),
            "You let all gates stand open: a maximal conductance is reached only then.": lambda
            V, m, h, n, I: _slope(V, 1.0, 1.0, 1.0, I),
            "Ohm's law needs the distance from the battery, not from rest: the driving force.": _slope_with(
                E_Na=0.0, E_K=0.0, E_L=0.0),
            "Look at the sign of the potassium battery in the table, and what subtracting it "
            "does.": _slope_with(
                E_K=12.0),
            "Those reversal potentials are counted from outside; here V is counted from rest.": _slope_with(
                E_Na=50.0, E_K=-77.0, E_L=-54.4),
        }),
    "settled gate": Exercise(
        right=_settle, inputs=lambda rng: tuple(rng.uniform(0.1, 3, 2)), expects=
        "Return two numbers: where the gate settles (a fraction), and its time constant in ms.",
        why=
        "Set dx/dt = 0 for the first; what multiplies x, alpha + beta, is one over the second. "
        "Both rates, opening and "
        "closing, make a gate settle faster.", wrong={
            "That is the fraction of closed gates.": lambda a, b: (b / (a + b), 1 / (a + b)),
            "Check the unit of the second one: 1/ms is a rate.": lambda a, b: (a /
                                                                               (a + b), a + b),
            "A gate also closes while it settles: both rates count in the time constant.": lambda
            a, b: (a / (a + b), 1 / a),
            "Closed gates open while it settles: both rates count in the time constant.": lambda
            a, b: (a / (a + b), 1 / b),
            "Rates add, times do not: what stands before x when you have multiplied out?": lambda
            a, b: (a / (a + b), 1 / a + 1 / b),
            "The order is: first where it settles, then the time constant.": lambda a, b:
            (1 / (a + b), a / (a + b)),
            "That is where it settles. The time constant is wanted as well.": lambda a, b: a /
            (a + b), "A fraction can't exceed 1: try alpha much larger than beta.": lambda a, b:
            (a / b, 1 / (a + b)),
        }),
    "one spike only": Exercise(
        right=lambda cell: _only_sodium(cell) and spikes_of(cell) == 1, expects=
        "Give a membrane: HodgkinHuxley() with another g_Na, nothing else changed. Spikes are "
        "counted for 100 ms.",
        why=
        "With fewer sodium channels one spike still takes off, but after it the sodium current "
        "no longer wins against "
        "potassium: the membrane stays excitable and loses its rhythm. A poison of these "
        "channels acts like this.",
        wrong={
            "It still fires a train. A stronger dose?": lambda cell: _only_sodium(
                cell) and spikes_of(cell) > 1,
            "No spike is left: that dose is too strong.": lambda cell: _only_sodium(
                cell) and spikes_of(cell) == 0,
            "Leave the current and all else as they are: change g_Na alone.": lambda cell:
            isinstance(cell, Model) and not _only_sodium(cell),
            "That is a number. Give the membrane that has it, as in HodgkinHuxley(g_Na=...).": lambda
            cell: isinstance(cell, int | float),
        }),
    "divergence": Exercise(
        right=_divergence, inputs=_field,
        expects="Return the two derivatives, dF/dV and dG/dn, each in 1/ms.", why=
        "F falls with V, since the open channels pull V back; G falls with n, since both rates "
        "pull n back. Their sum is "
        "negative at every V and n, for every current and all positive conductances: that is "
        "all Bendixson asks for.",
        wrong={
            "F holds (E - V): what sign does its derivative by V have?": lambda n, a, b, g, k,
            C: ((k * n**4 + g) / C, -(a + b)),
            "How does G change with n? Multiply out before you differentiate.": lambda n, a, b,
            g, k, C: (-(k * n**4 + g) / C, a - b),
            "G holds alpha (1 - n): which sign does n have there?": lambda n, a, b, g, k, C:
            (-(k * n**4 + g) / C, a + b),
            "Both need the unit 1/ms. What divides the conductances?": lambda n, a, b, g, k, C:
            (-(k * n**4 + g), -(a + b)),
            "The sodium channels that are always open pull on V as well.": lambda n, a, b, g, k,
            C: (-k * n**4 / C, -(a + b)),
            "Differentiate F by V and hold n: the power of n stays.": lambda n, a, b, g, k, C:
            (-(4 * k * n**3 + g) / C, -(a + b)),
            "That is their sum. Give the two one by one.": lambda *field: sum(
                _divergence(*field)),
        }),
    "reversal": Exercise(
        right=_reversal, inputs=_peaks, tolerance=2e-3, expects=
        "Return the command voltage in mV at which the peak current would be 0, by a straight "
        "line between the "
        "two neighbours.", why=
        "Where driving force is 0 no current flows, however many channels are open. That is "
        "how a clamp measures E.",
        wrong={
            "That is the largest current, not the one that vanishes.": lambda V, p: float(V[
                np.argmax(np.abs(p))]),
            "That is the nearest command that was tried; the zero lies between two of them.": lambda
            V, p: float(V[np.argmin(np.abs(p))]),
            "That holds for the membrane of the table. This one is another: use V and peaks.": lambda
            V, p: 115.0,
            "np.interp needs the known quantity first, and it is the current that you know: 0.": lambda
            V, p: float(np.interp(0, V, p)),
        }),
    "Nernst": Exercise(
        right=lambda c_out, c_in, T: 8.314462618 *
        (T + 273.15) / 96485.33212 * 1000 * np.log(c_out / c_in), inputs=lambda rng:
        (rng.uniform(5, 50), rng.uniform(100, 500), rng.uniform(0, 37)),
        expects="Return E in mV for an ion of charge +1; T is in °C.", why=
        "E = (RT/F) ln(outside/inside): more ions inside make the inside negative when they "
        "are let out.",
        wrong={
            "Outside over inside: potassium, plentiful inside, must come out negative.": lambda
            o, i, T: 8.314462618 * (T + 273.15) / 96485.33212 * 1000 * np.log(i / o),
            "The temperature must be absolute, in kelvin.": lambda o, i, T: 8.314462618 * T /
            96485.33212 * 1000 * np.log(o / i),
            "That is in volts.": lambda o, i, T: 8.314462618 *
            (T + 273.15) / 96485.33212 * np.log(o / i),
            "The logarithm is missing: the ratio itself would never change sign.": lambda o, i,
            T: 8.314462618 * (T + 273.15) / 96485.33212 * 1000 * o / i,
            "RT/F goes with the natural logarithm.": lambda o, i, T: 8.314462618 *
            (T + 273.15) / 96485.33212 * 1000 * np.log10(o / i),
        }),
    "straight line": Exercise(
        right=_line, inputs=_cloud, tolerance=1e-3,
        expects="Return (h0, s) of the least-squares line h = h0 - s n.", why=
        "On the cycle h falls as n rises, nearly on a line: one variable tells the other, so "
        "one can go.",
        wrong={
            "s is defined with a minus sign: h = h0 - s n.": lambda n, h: tuple(
                np.polyfit(n, h, 1)[::-1]),
            "np.polyfit gives the slope first, and you want h0 first; mind the sign of s as "
            "well.": lambda
            n, h: tuple(np.polyfit(n, h, 1)),
            "Those are the notebook's numbers. Fit the n and h that you are given.": lambda n,
            h: (0.85, 1.0), "The order is (h0, s).": lambda n, h: _line(n, h)[::-1],
            "A line of slope 1 through one point is not a fit. At rest it even makes three "
            "fixed points.": _through_rest,
            "That is n as a line of h. You want h from n.": lambda n, h:
            (np.polyfit(h, n, 1)[1], -np.polyfit(h, n, 1)[0]),
        }),
}

PREDICTIONS = {
    "charge": Prediction(
        "A spike of 100 mV passes through a squid axon (radius 238 µm). Which share of the "
        "potassium ions inside has to "
        "leave to move the voltage that far?",
        ("about one in ten", "about one in a thousand", "about one in five million"), 2,
        "A capacitor of 1 µF/cm² needs only 10⁻⁷ C/cm² for 100 mV: 6·10¹¹ ions per cm², beside "
        "3·10¹⁸ that wait inside. "
        "Concentrations, and with them the batteries, stay put during a spike; pumps are not "
        "needed to make one."
    ), "slow ramp": Prediction(
        "A current that is switched on at once makes the membrane fire from 2.2403 µA/cm² on. "
        "Now you raise it slowly, by "
        "0.3 µA/cm² every millisecond. At which current does the membrane fire?",
        ("2.2 µA/cm²", "about 3 µA/cm², one millisecond or two late", "about 10 µA/cm²",
         "none: it gets used to any current"), 2,
        "At 10.48 µA/cm². On the way up sodium channels inactivate and potassium channels "
        "open: the threshold runs ahead of "
        "the current. There is no fixed threshold, neither of current nor of voltage."),
    "erase": Prediction(
        "At 8 µA/cm² a neuron fires steadily. You want to silence it with one short kick of V, "
        "and the current stays on. "
        "Which kick can do that?",
        ("a downward one, at any moment, if it is strong enough",
         "a downward one, but only at the right moment",
         "one upwards or downwards, at the right moment", "none: the current starts it again"),
        2,
        "Rest and firing are both stable at this current. A kick that carries the state across "
        "the border between the two "
        "ends the firing. From phase 0.60 the way across is upwards, +6 mV; from phase 0.90 it "
        "is downwards."
    ), "frozen h": Prediction(
        "You freeze h at its rest value and leave all else. At 10 µA/cm² the membrane now ...",
        ("fires as before", "fires faster", "fires once and stays depolarised",
         "fires once and returns to rest"), 2,
        "It latches at 78.7 mV. On the cycle h runs from 0.07 to 0.46: without its fall the "
        "sodium current holds V up."
    ), "warm": Prediction(
        "All gates triple their speed for every 10 °C. The membrane fires at 20 µA/cm² and 6.3 "
        "°C. You warm it to 30 °C. "
        "The train of spikes ...",
        ("is about thirteen times as fast, as tall as before", "is faster, and smaller",
         "is slower, and taller", "is gone"), 3,
        "The gates outrun the capacitor: potassium opens before V has risen. The spikes come "
        "faster and shrink on the way; "
        "between 26 and 28 °C the train is gone, and at 30 °C no current makes this patch "
        "oscillate."
    ),
}

check, predict = teacher("02", EXERCISES, PREDICTIONS)
