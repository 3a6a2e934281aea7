"""What is right in the exercises of notebook 04, and the wrong answers that meet a hint; their
words are in questions.toml.
"""
from functools import lru_cache, partial

import numpy as np

from ..models.cable import Axon, Cable, conduction_speed, crank_nicolson, simulate_cable
from ..models.hodgkin_huxley import HodgkinHuxley
from ..questions.check import Exercise, teacher
from ..questions.recall import warm_ups

__all__ = ["EXERCISES", "SYNAPSES", "check", "predict", "recall", "soma_voltage", "tried"]

# --- Section 1: a faulty program

FAULTY_LENGTH = Exercise(
    right=[3, np.sqrt(0.5)],
    wrong={
        "line 1": lambda answer: answer[0] == 1,
        "line 2": lambda answer: answer[0] == 2,
        "line 4": lambda answer: answer[0] == 4,
        "as printed": lambda answer: answer[1] > 1e4,
        "in cm": [3, np.sqrt(0.5) / 10],
        "half of the cross-section": [3, 0.5],
        "radius": [3, np.sqrt(2)],
    })

# --- Section 3: the killed end


def _finite(rng):
    """Random distances X (3,) and a length L beyond them, in length constants."""
    return np.sort(rng.uniform(0.05, 1.5, 3)), rng.uniform(1.6, 3)


KILLED_END = Exercise(
    right=lambda X, L: np.sinh(L - X) / np.sinh(L), inputs=_finite,
    wrong={
        "sealed": lambda X, L: np.cosh(L - X) / np.cosh(L),
        "infinite": lambda X, L: np.exp(-X),
        "cosh over sinh": lambda X, L: np.cosh(L - X) / np.sinh(L),
        "not divided": lambda X, L: np.sinh(L - X),
        "sinh over cosh": lambda X, L: np.sinh(L - X) / np.cosh(L),
        "negative": lambda X, L: np.sinh(X - L) / np.sinh(L),
        "mirrored": lambda X, L: np.sinh(X) / np.sinh(L),
    })

# --- Section 5: the charge ahead of a spike, twice as fast

IGNITION = Exercise(
    right=[13.2, 5.58], tolerance=0.03,
    wrong={
        "steepest": lambda answer: 50 < answer[0] < 62,
        "at rest": lambda answer: abs(answer[0]) < 1.5,
        "charge": lambda answer: abs(answer[1] - 41.2) < 0.5,
        "charge so far": lambda answer: abs(answer[1] - 1.83) < 0.1,
        "upside down": lambda answer: abs(answer[1] - 0.179) < 0.01,
    })

SQUID = Axon(cell=HodgkinHuxley(temperature=18.5))


@lru_cache(maxsize=64)
def _speed(axon):
    return conduction_speed(axon)


def _ratio(axon):
    """How many times as fast as the squid axon at 18.5 °C."""
    return _speed(axon) / _speed(SQUID)


def _membrane_changed(axon):
    mine = axon.cell
    if not isinstance(mine, HodgkinHuxley):
        return True
    names = set(mine.parameters()) - {"I_ext", "temperature"}
    return any(mine.get(name) != SQUID.cell.get(name) for name in names)


def _twice_as_fast(axon):
    """Whether an axon conducts twice as fast by its radius or its resistivity alone."""
    same = isinstance(axon, Axon) and axon.cell.temperature == 18.5
    return same and not _membrane_changed(axon) and abs(_ratio(axon) - 2) < 0.02


def _between(low, high):
    return lambda axon: low < _ratio(axon) < high


TWICE_AS_FAST = Exercise(
    right=_twice_as_fast,
    wrong={
        "no axon": lambda axon: not isinstance(axon, Axon),
        "warmer": lambda axon: axon.cell.temperature != 18.5,
        "membrane": _membrane_changed,
        "as before": _between(0.99, 1.01),
        "slower": lambda axon: _ratio(axon) < 1,
        "twice the radius": _between(1.39, 1.43),
        "four times as fast": _between(3.9, 4.1),
        "too slow": _between(1, 2),
        "too fast": lambda axon: _ratio(axon) > 2,
    })

# --- A solver that you can trust: the largest step, the learner's convergence plot

LARGEST_STEP = Exercise(
    right=lambda tau, lam, dx: 2 * tau / (1 + 4 * (lam / dx)**2),
    inputs=lambda rng: (rng.uniform(5, 30), rng.uniform(500, 2000), rng.uniform(20, 300)),
    wrong={
        "factor 0": lambda tau, lam, dx: tau / (1 + 4 * (lam / dx)**2),
        "one patch": lambda tau, lam, dx: 2 * tau,
        "-2 for -4": lambda tau, lam, dx: 2 * tau / (1 + 2 * (lam / dx)**2),
        "no leak": lambda tau, lam, dx: tau * dx**2 / (2 * lam**2),
        "upside down": lambda tau, lam, dx: tau * (1 + 4 * (lam / dx)**2) / 2,
        "dx over lambda": lambda tau, lam, dx: 2 * tau / (1 + 4 * (dx / lam)**2),
    })

DURATION = 2.0  # ms
TAU = 20.0  # ms


@lru_cache(maxsize=256)
def _two_waves(h, A, B):
    """(X (n,), V (n + 1, n)) of the start A cos πX + B cos 2πX on a sealed cable of one length
    constant, in n steps h and n compartments.
    """
    n = round(DURATION / h)
    cable = Cable(length=Cable().length_constant, compartments=n)
    X = cable.x / cable.length
    start = A * np.cos(np.pi * X) + B * np.cos(2 * np.pi * X)
    t = np.linspace(0, DURATION, n + 1)
    return X, simulate_cable(cable, t, [], scheme=crank_nicolson, start=start).V


def _exact(X, A, B, T=DURATION / TAU, leak=1.0, spread=1.0):
    """The solution at T of the two cosines; leak and spread 0 leave a term out of its rates."""
    first = A * np.cos(np.pi * X) * np.exp(-(leak + spread * np.pi**2) * T)
    return first + B * np.cos(2 * np.pi * X) * np.exp(-(leak + spread * 4 * np.pi**2) * T)


def _errors(of, exact=_exact, row=-1):
    """A learner's `errors` that returns of(V - exact) of each run, V taken at one row of it."""
    def errors(steps, A, B):
        runs = (_two_waves(float(h), A, B) for h in steps)
        return np.array([of(V[row] - exact(X, A, B)) for X, V in runs])

    return errors


def _size(difference):
    return np.abs(difference).max()


def _against_a_run(reference):
    """A learner's `errors` that takes the run with the step reference(steps, h) for the truth.
    """
    def errors(steps, A, B):
        found = []
        for h in steps:
            X, V = _two_waves(float(h), A, B)
            truth = _two_waves(float(reference(np.asarray(steps), h)), A, B)
            found.append(_size(V[-1] - np.interp(X, truth[0], truth[1][-1])))
        return np.array(found)

    return errors


def _steps_and_waves(rng):
    """Random steps (3,) and amplitudes A, B of either sign, so that the largest difference is
    now at one end and now at the other, now positive and now negative.
    """
    steps = DURATION / rng.choice([10.0, 12, 16, 20, 25, 32], 3, replace=False)
    A = rng.uniform(0.5, 1.5) * rng.choice([-1, 1])
    B = rng.uniform(1.0, 3.0) * rng.choice([-1, 1])
    return steps, float(A), float(B)


ERRORS = Exercise(
    right=_errors(_size), inputs=_steps_and_waves,
    wrong={
        "V itself": _errors(_size, partial(_exact, T=DURATION)),
        "one step early": _errors(_size, row=-2),
        "exact at its start": _errors(_size, partial(_exact, T=0.0)),
        "no leak": _errors(_size, partial(_exact, leak=0.0)),
        "no spread": _errors(_size, partial(_exact, spread=0.0)),
        "A and B ignored": _errors(_size, lambda X, A, B: _exact(X, 1.0, 0.0)),
        "first cosine only": _errors(_size, lambda X, A, B: _exact(X, A, 0.0)),
        "no size": _errors(np.max),
        "no size, turned": _errors(lambda difference: (-difference).max()),
        "first place": _errors(lambda difference: abs(difference[0])),
        "last place": _errors(lambda difference: abs(difference[-1])),
        "finest run": _against_a_run(lambda steps, h: steps.min()),
        "half the step": _against_a_run(lambda steps, h: h / 2),
    })


def _powers(rng):
    """Random steps h (4,), each half of the last, and errors C h^p."""
    h = rng.uniform(0.1, 0.5) * 0.5**np.arange(4)
    return h, rng.uniform(0.1, 1) * (h / h[0])**rng.uniform(0.8, 4)


ORDER = Exercise(
    right=lambda h, error: np.log(error[0] / error[-1]) / np.log(h[0] / h[-1]), inputs=_powers,
    wrong={
        "linear axes": lambda h, error: (error[0] - error[-1]) / (h[0] - h[-1]),
        "linear fit": lambda h, error: np.polyfit(h, error, 1)[0],
        "ratio": lambda h, error: error[0] / error[-1],
        "negative": lambda h, error: np.log(error[-1] / error[0]) / np.log(h[0] / h[-1]),
        "upside down": lambda h, error: np.log(h[0] / h[-1]) / np.log(error[0] / error[-1]),
        "one halving": lambda h, error: np.log2(error[0] / error[-1]),
    })

# --- Green's function, what everything scales with

PEAK_TIME = Exercise(
    right=lambda X: (np.sqrt(1 + 4 * X * X) - 1) / 4, inputs=lambda rng: (rng.uniform(0.2, 4),),
    wrong={
        "no leak": lambda X: X * X / 2,
        "far away": lambda X: X / 2,
        "other root": lambda X: (-np.sqrt(1 + 4 * X * X) - 1) / 4,
        "sign": lambda X: (np.sqrt(1 + 4 * X * X) + 1) / 4,
        "twice": lambda X: (np.sqrt(1 + 4 * X * X) - 1) / 2,
    })

CHANGED_DENDRITE = Exercise(
    right=[2.0, 2.0, 0.5], tolerance=0.02,
    wrong={
        "radius alone": [2**0.5, 1.0, 2**-1.5],
        "conductance alone": [2**0.5, 2.0, 2**0.5],
        "conductance doubled": [1.0, 0.5, 0.25],
        "short": [2.0, 2.0, 1.0],
    })

HALF_THE_COMPARTMENT = Exercise(
    right=4, tolerance=0.1,
    wrong={"no square": 2, "upside down": 0.25, "difference": 0.08})

# --- How fine a grid must be: at 1000 Hz 63.8 compartments leave an error of 1 %

COMPARTMENTS = Exercise(
    right=lambda n: 64 <= n <= 71,
    wrong={"square": lambda n: n > 140, "too many": lambda n: n > 71,
           "too few": lambda n: n < 64})

# --- A dendrite with branches

STEM, LENGTH = 2.0, 0.5  # µm; in length constants


def _matched(branches):
    """The sum of the radii to the power 3/2 over that of the stem."""
    return sum(radius**1.5 for radius, _ in branches) / STEM**1.5


def _lengths(branches):
    """The electrotonic lengths of the branches over the wanted one."""
    return [length / Cable(radius=radius).length_constant / LENGTH
            for radius, length in branches]


def _about_1(*values):
    return all(abs(value - 1) < 0.01 for value in values)


EQUIVALENT_TREE = Exercise(
    right=lambda branches: (abs(branches[0][0] - branches[1][0]) >= 0.2
                            and _about_1(_matched(branches), *_lengths(branches))),
    wrong={
        "alike": lambda branches: abs(branches[0][0] - branches[1][0]) < 0.2,
        "cross-sections": lambda branches: _about_1(sum(r**2 for r, _ in branches) / STEM**2),
        "not matched": lambda branches: not _about_1(_matched(branches)),
        "same length": lambda branches: _about_1(branches[0][1] / branches[1][1]),
        "length": lambda branches: len(_lengths(branches)) == 2,
    })

# --- Four synapses in a row

SYNAPSES = (600.0, 1400.0, 2200.0, 3000.0)  # µm from the soma
TIMES = np.arange(0, 120, 0.25)  # ms


def soma_voltage(starts):
    """The maximum of V (mV) at the left end of a 4 mm dendrite whose four synapses start at
    these times (ms, from 0 to 60).

    Each injects 0.1 nA for 5 ms; they are at SYNAPSES.
    """
    starts = np.asarray(starts, float)
    if starts.shape != (4,):
        raise ValueError("give four start times in ms, in the order of the synapses from the "
                         "soma outwards")
    if not ((starts >= 0) & (starts <= 60)).all():
        raise ValueError("start times must lie between 0 and 60 ms")
    alone = zip(starts, _each_synapse())
    return float(sum(np.interp(TIMES - start, TIMES, V, left=0.0) for start, V in alone).max())


@lru_cache(maxsize=1)
def _each_synapse():
    """V (T,) at the soma for each synapse alone, started at 0."""
    dendrite = Cable(length=4000.0, compartments=160)
    pulse = np.where(TIMES < 5, 0.1, 0.0)
    return [simulate_cable(dendrite, TIMES, [(x, pulse)]).V[:, 0] for x in SYNAPSES]


FOUR_SYNAPSES = Exercise(
    right=lambda starts: soma_voltage(starts) >= 4.0,
    wrong={
        "at once": lambda starts: np.ptp(starts) < 1,
        "outwards": lambda starts: (np.diff(starts) > 0).all(),
        "inwards": lambda starts: (np.diff(starts) < 0).all(),
        "mixed": lambda starts: soma_voltage(starts) < 4.0,
    })

EXERCISES = {
    "faulty length": FAULTY_LENGTH,
    "killed end": KILLED_END,
    "ignition": IGNITION,
    "twice as fast": TWICE_AS_FAST,
    "largest step": LARGEST_STEP,
    "errors": ERRORS,
    "order": ORDER,
    "time of the peak": PEAK_TIME,
    "half the compartment": HALF_THE_COMPARTMENT,
    "compartments": COMPARTMENTS,
    "a changed dendrite": CHANGED_DENDRITE,
    "equivalent tree": EQUIVALENT_TREE,
    "four synapses": FOUR_SYNAPSES,
}

check, predict = teacher("04", EXERCISES)
recall = warm_ups("04", {})


def tried(function, *arguments):
    """The result of a learner's function as floats; None where it is blank, fails or returns
    something else, so that a picture can be drawn before the function is written.
    """
    try:
        found = np.asarray(function(*arguments), float)
    except Exception:  # whatever it is, a picture is not the place to say it
        return None
    return found[()] if found.size and np.isfinite(found).all() else None
