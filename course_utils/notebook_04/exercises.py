"""Questions of notebook 04: the length constant, ends, speed, solvers, dye, branches, and the
order of inputs.
"""
from functools import lru_cache

import numpy as np

from ..models.cable import Axon, Cable, conduction_speed, crank_nicolson, simulate_cable
from ..questions.check import Exercise, Prediction, teacher

__all__ = ["EXERCISES", "PREDICTIONS", "SYNAPSES", "check", "predict", "soma_voltage", "tried"]

SYNAPSES = (600.0, 1400.0, 2200.0, 3000.0)  # µm from the soma: where the four synapses sit


def _fibre(rng):
    """a in cm, rho in Ω cm, g_m in S/cm², c_m in F/cm²."""
    return rng.uniform(1e-4, 5e-4), rng.uniform(50, 200), rng.uniform(2e-5, 2e-4), rng.uniform(
        0.5e-6, 2e-6)


def _finite(rng):
    return np.sort(rng.uniform(0.05, 1.5, 5)), rng.uniform(1.6, 3)


def soma_voltage(starts):
    """The highest V in mV at the left end of a 4 mm dendrite whose four synapses start at these
    times (ms, from 0 on).

    Each puts in 0.1 nA for 5 ms; they sit at SYNAPSES.
    """
    starts = np.asarray(starts, float)
    if starts.shape != (4,):
        raise ValueError(
            "four start times in ms are wanted, in the order of the synapses from the soma "
            "outwards"
        )
    if (starts < 0).any() or (starts > 60).any():
        raise ValueError("start times must lie between 0 and 60 ms")
    t = np.arange(0, 120, 0.25)
    return float(
        sum(
            np.interp(t - start, t, alone, left=0.0)
            for start, alone in zip(starts, _each_synapse())).max())


@lru_cache(maxsize=1)
def _each_synapse():
    """V (T,) at the soma of each synapse alone, started at 0."""
    dendrite = Cable(length=4000.0, compartments=160)
    t = np.arange(0, 120, 0.25)
    return [
        simulate_cable(dendrite, t, [(x, np.where(t < 5, 0.1, 0.0))]).V[:, 0] for x in SYNAPSES
    ]


@lru_cache(maxsize=64)
def _speed(axon):
    return conduction_speed(axon)


def _twice_as_fast(axon):
    """Whether an axon conducts twice as fast as the squid axon at 18.5 °C, by its own radius or
    resistivity.
    """
    return isinstance(axon, Axon) and abs(_speed(axon) / _speed(_like(axon, 18.5))
                                          - 2) < 0.02 and (axon.cell.temperature == 18.5)


def _like(axon, temperature):
    """The squid axon with the same kind of membrane, at the standard radius and resistivity."""
    return Axon(cell=type(axon.cell)(temperature=temperature))


def _axon_that_conducts(factor):
    return lambda axon: isinstance(axon, Axon) and abs(
        _speed(axon) / _speed(_like(axon, 18.5)) - factor) < 0.02


def tried(function, *arguments):
    """What a learner's function returns, as floats; None where it is blank, fails or returns
    something else.

    A picture can then be drawn before the function is written, and `check` says what is amiss.
    """
    try:
        found = np.asarray(function(*arguments), float)
    except Exception:  # whatever it is, a picture is not the place to say it
        return None
    return found[()] if found.size and np.isfinite(found).all() else None


# ms, ms, and how fast cos(pi X) fades, per time constant
DURATION, TAU, MODE = 2.0, 20.0, 1 + np.pi**2


@lru_cache(maxsize=64)
def _cosine_run(h):
    """(X (n,), V (n + 1, n)) of the start cos(pi X) on a sealed cable of one length constant, n
    steps h and compartments.
    """
    n = round(DURATION / h)
    cable = Cable(length=Cable().length_constant, compartments=n)
    X = cable.x / cable.length
    t = np.linspace(0, DURATION, n + 1)
    return X, simulate_cable(cable, t, [], scheme=crank_nicolson, start=np.cos(np.pi * X)).V


def _errors(of):
    """A function of step lengths that returns of(X, V) of each run."""
    return lambda steps: np.array([of(*_cosine_run(float(h))) for h in steps])


def _fading(T, rate=MODE):
    return lambda X: np.cos(np.pi * X) * np.exp(-rate * T)


def _largest_error(exact, row=-1):
    """`errors` of a learner who takes `exact` for the solution and compares row `row` of the
    run with it.
    """
    return _errors(lambda X, V: np.abs(V[row] - exact(X)).max())


def _against_a_run(reference):
    """`errors` of a learner who takes the run with the step reference(steps) for the truth."""
    def errors(steps):
        """The largest difference from the run taken for the truth, for each step."""
        X_fine, V_fine = _cosine_run(float(reference(np.asarray(steps))))
        return _largest_error(lambda X: np.interp(X, X_fine, V_fine[-1]))(steps)

    return errors


EXACT = _fading(DURATION / TAU)

EXERCISES = {
    "length constant": Exercise(
        right=lambda a, rho, g_m, c_m: np.sqrt(a / (2 * rho * g_m)), inputs=_fibre, expects=
        "Return a length in cm, from a in cm, rho in Ω cm, g_m in S/cm² and c_m in F/cm²; not "
        "all of them are needed.",
        why=
        "a/(2 rho g_m) is in cm²: current that runs along the core, against current that leaks "
        "out on the way. A steady "
        "state does not charge the capacitor, so c_m has no part in it.", wrong={
            "You put c_m where g_m belongs: the unit is cm per root second. That square is a "
            "diffusivity.": lambda
            a, rho, g_m, c_m: np.sqrt(a / (2 * rho * c_m)),
            "That is an area, in cm². One step is missing.": lambda a, rho, g_m, c_m: a /
            (2 * rho * g_m),
            "That is a diffusivity, in cm²/s, and so it is no length: c_m has no part in a "
            "steady state.": lambda
            a, rho, g_m, c_m: a / (2 * rho * c_m),
            "Compare the perimeter 2 pi a with the cross-section pi a²: a factor is left over.": lambda
            a, rho, g_m, c_m: np.sqrt(a / (rho * g_m)),
            "A quotient of specific resistances alone has the unit of a root of a length. The "
            "radius is missing.": lambda
            a, rho, g_m, c_m: np.sqrt(1 / (rho * g_m)),
            "d/4 with the diameter is a/2 with the radius; you halved twice.": lambda a, rho,
            g_m, c_m: np.sqrt(a / (4 * rho * g_m)),
            "A leakier membrane would reach farther with yours. Look at the unit.": lambda a,
            rho, g_m, c_m: np.sqrt(a * g_m / (2 * rho)),
            "a/2 in code needs care: what stands below the line goes into one pair of brackets.": lambda
            a, rho, g_m, c_m: a / 2 * rho * g_m,
            "The same slip under the root: what stands below the line goes into one pair of "
            "brackets.": lambda
            a, rho, g_m, c_m: np.sqrt(a / 2 * rho * g_m),
        }),
    "killed end": Exercise(
        right=lambda X, L: np.sinh(L - X) / np.sinh(L), inputs=_finite, expects=
        "Return V(X)/V(0) for an array X of distances and the cable's length L, both in length "
        "constants.",
        why=
        "At a killed end V is 0: in A cosh(L - X) + B sinh(L - X) the cosine term must go, and "
        "B = V(0)/sinh L.",
        wrong={
            "That is the sealed end: its slope is 0 at X = L. Here V itself is 0 there.": lambda
            X, L: np.cosh(L - X) / np.cosh(L),
            "That is the endless cable. What is V at X = L?": lambda X, L: np.exp(-X),
            "At X = 0 the quotient V(X)/V(0) must be 1.": lambda X, L: np.sinh(L - X),
            "The right term survived. Put X = 0 into your quotient: is it 1?": lambda X, L: np.
            sinh(L - X) / np.cosh(L),
            "Right at X = 0, but look at X = L: V must be 0 there, not infinite.": lambda X, L:
            np.sinh(L) / np.sinh(L - X),
            "It is negative. Both arguments must have the same sign.": lambda X, L: np.sinh(
                X - L) / np.sinh(L),
            "It must be 1 at X = 0 and 0 at X = L: yours is the other way round.": lambda X, L:
            np.sinh(X) / np.sinh(L),
            "A straight line solves V'' = 0, a cable without a leak. Here V'' = V.": lambda X,
            L: 1 - X / L,
        }),
    "twice as fast": Exercise(
        right=_twice_as_fast, expects=
        "Give an Axon of the same membrane at 18.5 °C whose spike travels at 37.5 m/s: "
        "squid.but(...).",
        why=
        "The speed goes as the root of the diffusivity a/(2 rho C_m): four times the radius, "
        "or a quarter of the "
        "resistivity. An axon 2 mm thick is why the squid has only a few of them.", wrong={
            "Faster, but only 1.41 times: a factor of 2 in the fibre is too little. Look at "
            "the formula for the speed.": _axon_that_conducts(
                2**0.5),
            "That is the speed of the axon you started with: the speed does not depend on what "
            "you changed.": _axon_that_conducts(
                1.0),
            "That one is slower. Which way does the root work?": _axon_that_conducts(0.5),
            "That is four times as fast. Undo one squaring.": _axon_that_conducts(4.0),
            "Keep the membrane at 18.5 °C and change the fibre: warming alone does not take "
            "this membrane so far.": lambda
            axon: axon.cell.temperature != 18.5,
        }),
    "largest step": Exercise(
        right=lambda tau, lam, dx: 2 * tau / (1 + 4 * (lam / dx)**2), inputs=lambda rng:
        (rng.uniform(5, 30), rng.uniform(500, 2000), rng.uniform(20, 300)),
        expects="Return the largest stable step in ms, from tau in ms, lam and dx in µm.", why=
        "The most jagged pattern, + - + -, decays at the rate (1 + 4 lambda²/dx²)/tau, and "
        "Euler's factor 1 - h rate must "
        "stay above -1. Half the dx costs a quarter of the step.", wrong={
            "With that step the factor is 0, not -1: the pattern is wiped out in one step. It "
            "blows up only beyond.": lambda
            tau, lam, dx: tau / (1 + 4 * (lam / dx)**2),
            "That is the limit of a single patch. What does the coupling between neighbours "
            "add to the rate?": lambda
            tau, lam, dx: 2 * tau + 0 * dx,
            "The second difference of + - + - is -4, not -2, times the pattern.": lambda tau,
            lam, dx: 2 * tau / (1 + 2 * (lam / dx)**2),
            "Without the leak you are nearly right, but the leak speeds the decay up as well.": lambda
            tau, lam, dx: tau * dx**2 / (2 * lam**2),
            "The whole fraction is upside down: a fine grid needs shorter steps.": lambda tau,
            lam, dx: tau * (1 + 4 * (lam / dx)**2) / 2,
            "Upside down: lambda/dx must be large on a fine grid.": lambda tau, lam, dx: 2 * tau
            / (1 + 4 * (dx / lam)**2),
        }),
    "errors": Exercise(
        right=_largest_error(EXACT), inputs=lambda rng:
        (DURATION / rng.choice([10.0, 12, 16, 20, 25, 32], 3, replace=False),), expects=
        "Return a list with one number for each step: the largest |V - exact| over the cable "
        "after 2 ms.",
        why=
        "Each error is a distance from the truth, and the truth is a formula here. Half the "
        "step leaves a quarter of it.",
        wrong={
            "That is V itself: yours has no exact solution, or one that has died out. It wants "
            "T = t/tau, not milliseconds.": _largest_error(
                _fading(DURATION)),
            "Two instants are mixed: that V is from one step before the end, the exact "
            "solution from the end.": _largest_error(
                EXACT, row=-2),
            "Two instants are mixed: that difference holds the start of the run, the exact "
            "solution is from the end.": _largest_error(
                EXACT, row=0),
            "Two instants are mixed: your exact solution is still the start, V is from the end.": _largest_error(
                _fading(0.0)),
            "Your exact solution has no leak: dye in a tight tube. How fast does the whole "
            "pattern fade?": _largest_error(
                _fading(DURATION / TAU, np.pi**2)),
            "Your exact solution leaks and does not spread. What does the second derivative of "
            "cos(pi X) add?": _largest_error(
                _fading(DURATION / TAU, 1.0)),
            "That is the distance from the finest of your own runs. A run can't judge itself: "
            "take the exact solution.": _against_a_run(
                np.min),
            "That is the distance from the coarsest of your runs, which is the worst of them. "
            "Take the exact solution.": _against_a_run(
                np.max),
            "That is the distance from a run with half the step: near the error, but a run is "
            "no truth. Take the exact one.": lambda
            steps: np.array([_against_a_run(lambda _, h=h: h / 2)([h])[0] for h in steps]),
            "That is an average over the cable. The largest one was asked for.": _errors(
                lambda X, V: np.abs(V[-1] - EXACT(X)).mean()),
            "That is a root mean square over the cable. The largest one was asked for.": _errors(
                lambda X, V: np.sqrt(((V[-1] - EXACT(X))**2).mean())),
            "Signs cancel along the cable: take the size of each difference first.": _errors(
                lambda X, V: (V[-1] - EXACT(X)).sum()),
            "That is a share of V. In mV, please: do not divide.": _errors(
                lambda X, V: np.abs(V[-1] / EXACT(X) - 1).max()),
        }),
    "order": Exercise(
        right=lambda h, error: np.log(error[0] / error[-1]) / np.log(h[0] / h[-1]),
        inputs=lambda rng:
        (rng.uniform(0.1, 0.5) * np.array([1.0, 0.5, 0.25, 0.125]), rng.uniform(0.1, 1) * np.
         array([1.0, 0.5, 0.25, 0.125])**rng.uniform(0.8, 4)), expects=
        "Return p of error = C h^p from the arrays h and error: one number. On logarithmic "
        "axes it is a slope.",
        why=
        "On doubly logarithmic axes the error is a straight line, and the order is its slope: "
        "first over last, or a fit "
        "through all points.", wrong={
            "That is a slope on linear axes. Take logarithms of both.": lambda h, error:
            (error[0] - error[-1]) / (h[0] - h[-1]),
            "That is a fit on linear axes: its slope is in mV per ms. Take logarithms of both.": lambda
            h, error: np.polyfit(h, error, 1)[0],
            "Only the errors went through the logarithm. The steps need it too.": lambda h,
            error: np.polyfit(h, np.log(error), 1)[0],
            "That is by how much the error falls. By which power of the step does it?": lambda
            h, error: error[0] / error[-1],
            "The error falls when the step falls: the order is positive.": lambda h, error: np.
            log(error[-1] / error[0]) / np.log(h[0] / h[-1]),
            "Upside down: how many times does the logarithm of the error change for that of "
            "the step?": lambda
            h, error: np.log(h[0] / h[-1]) / np.log(error[0] / error[-1]),
            "From first to last the step is halved more than once: what must the logarithm of "
            "the errors be divided by?": lambda
            h, error: np.log2(error[0] / error[-1]),
            "That fit gives the slope and the height of the line. Only the slope is the order.": lambda
            h, error: np.polyfit(np.log(h), np.log(error), 1),
        }),
    "time of the peak": Exercise(
        right=lambda X: (np.sqrt(1 + 4 * X * X) - 1) / 4, inputs=lambda rng:
        (rng.uniform(0.2, 4),), expects=
        "Return the time T, in membrane time constants, at which G(X, T) is highest at the "
        "distance X.",
        why=
        "The slope of log G in time is -1 + X²/(4T²) - 1/(2T); it vanishes where 4T² + 2T = "
        "X². Far away T is about X/2: "
        "the peak of the dye moves at two length constants per time constant.", wrong={
            "That is the peak without the leak: leave the -1 in the slope of log G.": lambda X:
            X * X / 2,
            "That is the limit far away, and what you get without the factor 1/root(T) of G: "
            "it belongs into the slope too.": lambda
            X: X / 2, "That is the centre of gravity in time, later than the peak.": lambda X:
            (X + 1) / 2,
            "The other root of the quadratic equation is negative: no time.": lambda X:
            (-np.sqrt(1 + 4 * X * X) - 1) / 4,
            "Check X = 0: there the peak is at the very start, at T = 0. A sign in the "
            "quadratic formula.": lambda
            X: (np.sqrt(1 + 4 * X * X) + 1) / 4,
            "Twice too late: in the quadratic formula you divide by twice the first "
            "coefficient.": lambda
            X: (np.sqrt(1 + 4 * X * X) - 1) / 2,
        }),
    "matched branches": Exercise(
        right=lambda a, n: a / n**(2 / 3), inputs=lambda rng:
        (rng.uniform(1, 5), int(rng.integers(2, 6))), expects=
        "Return the radius of each of n equal branches that load a parent of radius a as its "
        "own continuation would.",
        why=
        "The input conductance of an endless cable goes as a^(3/2), so n branches match if n "
        "b^(3/2) = a^(3/2). Rall's rule "
        "turns such a tree into one cable.", wrong={
            "With those the cross-sections add up. The conductance of a leaky cable grows less "
            "steeply than its cross-section.": lambda
            a, n: a / n**(1 / 2),
            "With those the circumferences add up. A leak is not all that a branch draws.": lambda
            a, n: a / n,
            "Turn the exponent round: which power of b makes n b^(3/2)?": lambda a, n: a / n**
            (3 / 2),
            "Solve n b^(3/2) = a^(3/2) step by step: the root of what stands beside b does not "
            "end at 1/3.": lambda
            a, n: a / n**(1 / 3),
            "The radius is to scale with the parent's: only n carries an exponent.": lambda a,
            n: (a / n)**(2 / 3),
            "Branches thicker than their parent? The sum must come out, not one of them.": lambda
            a, n: a * n**(2 / 3),
        }),
    "four synapses": Exercise(
        right=lambda starts: soma_voltage(starts) >= 4.0, expects=
        "Give four start times in ms, from 0 to 60, in the order of the synapses from the soma "
        "outwards.",
        why=
        "A peak from afar is late and flat, so the far synapse must start first and the near "
        "one last: then all four peaks "
        "arrive together, and in a linear cable they add up.", wrong={
            "All at once: the near peak is over before the far one arrives.": lambda starts: np.
            ptp(starts) < 1,
            "From the soma outwards the peaks come apart. Which synapse is the slowest to be "
            "heard?": lambda
            starts: (np.diff(starts) > 0).all(),
            "The order is right. Now the gaps: read off when each peak arrives at the soma.": lambda
            starts: (np.diff(starts) < 0).all(),
            "That is neither towards the soma nor away from it. When does each peak arrive?": lambda
            starts: soma_voltage(starts) < 4.0,
        }),
}

PREDICTIONS = {
    "twice the capacitance": Prediction(
        "You double the membrane's capacitance and change nothing else. What happens to the "
        "distance over which a steady "
        "voltage fades, and to the time that it takes to settle?",
        ("both grow by the factor 1.4", "the distance shrinks by 1.4, the time doubles",
         "the distance stays, the time doubles", "both stay"), 2,
        "The length constant is sqrt(a/(2 rho g_m)), without c_m; the time constant is "
        "c_m/g_m. The article's printed formula "
        "would have the distance shrink by 1.4."),
    "touch the end": Prediction(
        "You move an electrode with a constant current from the middle of a very long dendrite "
        "to its sealed end. The steady "
        "voltage under the electrode ...",
        ("falls to half: one neighbour less to share it",
         "stays, since the current is the same", "doubles", "becomes four times as high"), 2,
        "At a sealed end the current can leave in one direction only. In the middle of a long "
        "cable it has two: half the "
        "resistance."),
    "two spikes": Prediction(
        "You stimulate both ends of an axon at the same moment. Two spikes run towards each "
        "other. When they meet they ...",
        ("pass through each other", "add up to one spike of twice the height", "are reflected",
         "both vanish"), 3,
        "Behind each spike the sodium channels are inactivated: each runs into the other's "
        "refractory wake. In the passive "
        "fibre the same two pulses pass and add."),
    "finer grid": Prediction(
        "Forward Euler on a cable just survives with a certain step. You make the compartments "
        "half as long. The largest step "
        "that survives becomes ...",
        ("the same", "half as long", "a quarter as long", "an eighth as long"), 2,
        "It is 2 tau/(1 + 4 lambda²/dx²), nearly proportional to dx². Crank-Nicolson has no "
        "such limit."
    ), "warmer": Prediction(
        "You warm the squid axon from 18 °C to 36 °C, and all its gates move faster. Its spike "
        "...",
        ("travels faster and faster", "travels at the same speed, but is shorter",
         "gets lost on the way", "travels slower, since it is shorter"), 2,
        "Up to about 30 °C it speeds up, then it slows down. The sodium gates open sooner, but "
        "they also close and the "
        "potassium gates open sooner: the spike shrinks until it can't charge the membrane "
        "ahead. Near 33.7 °C it ends."
    ), "which direction": Prediction(
        "An axon becomes seven times as thick half way. A spike can cross that place ...",
        ("in both directions", "only from the thick to the thin part",
         "only from the thin to the thick part", "in neither"), 1,
        "The thin part can't deliver the current that the thick part draws: its membrane is "
        "seven times as large and its core "
        "conducts 49 times as well. From thick to thin there is current in plenty."),
    "order of inputs": Prediction(
        "Four synapses on a dendrite fire one after the other, 8 ms apart, all equally strong. "
        "The soma's peak is highest if the "
        "order runs ...", ("from the tip to the soma", "from the soma to the tip",
                           "it is the same: a passive dendrite adds up"), 0,
        "It does add up, but at each moment: the far peak comes late, so it must start first. "
        "A passive dendrite tells a "
        "direction of motion."),
}

check, predict = teacher("04", EXERCISES, PREDICTIONS)
