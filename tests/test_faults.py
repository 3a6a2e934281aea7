"""Faults a learner can make: every parameter of every public name gets nonsense, and says so by
its name.

For each public function `CALLS` holds one good call; what it leaves out is taken from the
signature. Each argument is then replaced by values that can't be right; the answer must be a
ValueError or TypeError whose message names the parameter.
"""
import importlib
import inspect
import re
import signal
import traceback
import warnings
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from test_architecture import MODULES, public_names, records

from course_utils.checks import short
from course_utils.moved import listed
from course_utils.notebook_07.experiments import KINDS

cu = SimpleNamespace()  # whatever some module of the package offers, by its name
for module in map(importlib.import_module,
                  ["course_utils", *(f"course_utils.{name}" for name in MODULES)]):
    vars(cu).update(
        (name, getattr(module, name)) for name in getattr(module, "__all__", dir(module)))
for old in ("exact_step", "spike_counts", "survival"):  # offered once, used by their modules now
    home, _, new = listed("names")[old].rpartition(".")
    setattr(cu, old, getattr(importlib.import_module(f"course_utils.{home}"), new))
NAN, INF = float("nan"), float("inf")
T = np.arange(0, 2, 0.05)
HH, FHN, CELL = cu.HodgkinHuxley(), cu.FitzHughNagumo(), cu.PassiveMembrane()
CABLE = cu.Cable(length=1000.0, radius=2.0, rho=100.0, g_m=0.1, c_m=1.0, compartments=20)
W = np.array([[0.0, 1.0], [0.5, 0.0]])
PHI = cu.logistic(1.0, 2.0)
GL = cu.GalvesLocherbach(W=W, phi=PHI)
RULE = cu.STDP()
X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 0, 0, 1])
TRAIN = np.array([1.0, 5.0, 9.0])
RASTER = np.random.default_rng(1).random((60, 3)) < 0.3

CALLS = {  # name: the arguments of one good call
    "asymptotic_phase": {"model": FHN, "state": (1.0, 0.5)},
    "best_margin": {"x": X, "y": Y}, "perceptron_bound": {"x": X, "y": Y},
    "borel": {"n": 3, "mean": 0.9},
    "clipped_linear": {"threshold": 0.0, "gain": 1.0},
    "escape_rate": {"threshold": 0.0, "slope": 1.0, "step": 1.0},
    "heaviside": {"threshold": 0.0},
    "logistic": {"threshold": 0.0, "slope": 1.0},
    "probit": {"threshold": 0.0, "slope": 1.0},
    "conduction_speed": {
        "axon": cu.Axon(cell=HH, length=1e4, radius=238.0, rho=35.4, compartments=100)},
    "corners": {"n": 2}, "threshold_functions": {"n": 2}, "functions_of_threshold_units": {"n": 2},
    "mcculloch_pitts_functions": {"n": 2, "synapses": 1, "lowest": 0},
    "cover_count": {"N": 4, "d": 2},
    "correlated_trains": {
        "n": 2, "rate": 20.0, "duration": 200.0, "correlation": 0.3, "rng": 1,
        "lag": 1.0, "jitter": 1.0},
    "poisson_trains": {"n": 2, "rate": 20.0, "duration": 200.0, "rng": 1},
    "count_correlation": {"trains": [TRAIN, TRAIN + 1], "duration": 12.0, "window": 3.0},
    "spike_counts": {"trains": [TRAIN, TRAIN + 1], "duration": 12.0, "window": 3.0},
    "fano_factor": {"train": TRAIN, "duration": 12.0, "window": 3.0},
    "firing_rate": {"train": TRAIN, "duration": 12.0}, "interval_cv": {"train": TRAIN},
    "decode_logistic": {"spikes": RASTER}, "decode_windows": {"spikes": RASTER},
    "lag_correlation": {"spikes": RASTER}, "intervals": {"spikes": RASTER},
    "euler": {"model": FHN, "h": 0.1},
    "rk4": {"model": FHN, "h": 0.1},
    "exact_step": {"membrane": CELL, "h": 0.1},
    "exponential_euler": {"cell": HH, "h": 0.1},
    "splitting": {"cell": HH, "h": 0.1},
    "extinction_time": {"N": 5, "branching_parameter": 0.9, "start": 1},
    "fit_exponent": {"values": np.arange(1.0, 50), "low": 1, "high": 40},
    "exponent_of": {"law": np.arange(1.0, 50) ** -1.5, "low": 1, "high": 40},
    "population_counts": {"N": 5, "branching_parameter": 0.9, "start": 1, "steps": 5, "rng": 1},
    "sample_avalanches": {"count": 3, "N": 5, "branching_parameter": 0.9, "rng": 1, "longest": 20},
    "duration_survival": {"steps": 5, "mean": 0.9}, "escape_probability": {"mean": 1.2},
    "fixed_points": {"model": FHN},
    "hopf_currents": {"model": FHN},
    "floquet_multiplier": {"model": FHN},
    "limit_cycle": {"model": FHN, "points": 101}, "period": {"model": FHN},
    "unstable_cycle": {"model": cu.FitzHughNagumo(I_ext=0.327)},
    "relaxation_period": {"neuron": FHN},
    "kicked_run": {"model": FHN, "kicks": [(0.3, 0.5)], "turns": 2.0, "steps": 40},
    "noisy_phases": {
        "neuron": FHN, "strength": 0.01, "turns": [1], "copies": 3,
        "rng": np.random.default_rng(1), "steps": 100},
    "phase_response": {"model": FHN, "kick": 0.2, "phases": [0.1, 0.5]},
    "infinitesimal_prc": {"model": FHN, "phases": [0.1, 0.5]},
    "winding_number": {"phases": np.linspace(0, 0.9, 10), "shifts": np.zeros(10)},
    "resetting_type": {"neuron": FHN, "kick": 0.2},
    "gate_number": {"w1": 1.0, "w2": 1.0, "theta": 1.5},
    "function_number": {"table": (0, 0, 0, 1)}, "truth_table": {"number": 8, "n": 2},
    "green_function": {"X": 1.0, "T": 0.5},
    "step_response": {"X": 1.0, "T": 0.5},
    "half_time": {"X": 1.0},
    "interval_distribution": {"hazards": [0.1, 0.5, 1.0]}, "survival": {"hazards": [0.1, 0.5, 1.0]},
    "law_statistics": {"law": cu.interval_distribution([0.1, 0.5, 1.0])},
    "learn_perceptron": {"x": X, "y": Y, "max_epochs": 20, "start": np.zeros(3)},
    "learn_swapped": {
        "rule": RULE, "pre_trains": [TRAIN], "post_trains": [TRAIN + 1], "W": np.array([[0.5]])},
    "mean_field": {"phi": PHI, "w": 1.0, "leak": 0.0},
    "population_map": {"rho": 0.2, "phi": PHI, "w": 1.0, "leak": 0.0},
    "waiting_time": {"phi": PHI, "drive": 1.0, "leak": 0.5, "V": 0.0},
    "peak": {"t": T, "V": np.sin(T)}, "spike_times": {"t": T, "V": np.sin(9 * T), "threshold": 0.5},
    "steady_rate": {"t": T, "V": np.sin(9 * T), "since": 0.5, "least_swing": 0.1},
    "replay": {"pre": TRAIN, "post": TRAIN + 1, "w": 0.5, "at_pre": lambda w, y, gap: -0.1 * w * y,
               "at_post": lambda w, x, gap: 0.1 * x,
               "tau_x": 20.0, "tau_y": 20.0, "ties": "potentiate", "pairing": "all"},
    "run_loop": {"units": [cu.McCullochPittsUnit([1, 0], 1)], "x": [[1], [0]], "start": [0]},
    "simulate": {"model": HH, "t": T, "start": (0.0, 0.1, 0.6, 0.3), "I_ext": 5.0},
    "simulate_cable": {"cable_or_axon": CABLE, "t": T, "injections": [(0.0, 0.1)]},
    "steady_voltage": {"cable": CABLE, "injections": [(0.0, 0.1)]},
    "trace": {"spikes": TRAIN, "at": [4.0], "tau": 20.0, "side": "right", "pairing": "all"},
    "voltage_clamp": {"cell": HH, "V_command": 40.0, "t": T},
    "driven_weight": {
        "rule": RULE, "seconds": 0.2, "rng": 1, "gain": 0.8},
    "errata": {"kind": "A", "notebook": "02"}, "shown_by": {"name": next(iter(KINDS))},
    "wrong_links": {"found": W != 0, "W": W},
}


METHODS = {  # the same for methods
    "Record.but": (FHN.but, {"I_ext": 0.5}),
    "PassiveMembrane.exact": (CELL.exact, {"t": T, "V0": 1.0}),
    "GalvesLocherbach.simulate": (GL.simulate, {"steps": 5, "rng": 1, "start": 0.0}),
    "GalvesLocherbach.log_likelihood": (GL.log_likelihood, {"spikes": RASTER[:, :2]}),
    "GalvesLocherbach.potentials": (GL.potentials, {"spikes": RASTER[:, :2]}),
    "STDP.window": (RULE.window, {"dt": 5.0, "w": 0.5}),
    "STDP.weight_after": (RULE.weight_after, {
        "pre": TRAIN, "post": TRAIN + 1, "w": 0.5, "ties": "depress", "pairing": "all"}),
    "STDP.trajectory": (RULE.trajectory, {
        "pre": TRAIN, "post": TRAIN + 1, "w": 0.5, "ties": "depress", "pairing": "nearest"}),
    "STDP.learn": (RULE.learn, {
        "pre_trains": [TRAIN], "post_trains": [TRAIN + 1], "W": np.array([[0.5]]),
        "ties": "ignore", "pairing": "all"}),
    "STDP.history": (RULE.history, {
        "pre_trains": [TRAIN], "post_trains": [TRAIN + 1], "W": np.array([[0.5]])}),
    "STDP.correlated_fixed_point": (RULE.correlated_fixed_point, {
        "rate": 10.0, "correlation": 0.3}),
    "FitzHughNagumo.nullclines": (FHN.nullclines, {"v": 0.5}),
    "ThresholdUnit": (cu.ThresholdUnit, {"w": np.ones(2), "theta": 1.0}),
    "ThresholdUnit()": (cu.ThresholdUnit([1, 1], 2), {"x": X}),
    "McCullochPittsUnit": (cu.McCullochPittsUnit, {
        "synapses": np.ones(2), "theta": 1.0, "inhibitory": np.zeros(2)}),
    "GalvesLocherbach": (cu.GalvesLocherbach, {"W": W, "phi": PHI}),
    "Axon": (cu.Axon, {"cell": HH}), "EulerExperiment": (cu.EulerExperiment, {"cell": CELL}),
    "FiveBrains": (cu.FiveBrains, {"drawn": np.zeros(200)}),
    "FiveBrains.draw": (cu.FiveBrains().draw, {"x": 5.0, "y": 2.0}),
}
INNER = {  # methods of models that a learner reads and a loop calls: formulas without checks
    "rhs", "rates", "channels", "clamped_at", "fixed_states", "steady_gates", "steady_current",
    "check_start", "next_potential", "probability", "ready", "at_pre", "at_post", "balance",
    "jacobian", "scheme", "solver", "field"
}
NOT_TRIED = {  # public functions without numbers of the learner's, and why
    "alpha_n": "a formula in the innermost loop", "beta_n": "a formula in the innermost loop",
    "modal_solution": "simulate_cable checks for it",
    "backward_euler": "simulate_cable checks for it",
    "crank_nicolson": "simulate_cable checks for it",
    "forward_euler": "simulate_cable checks for it",
    "equilibrium_curve": "fixed_points checks for it",
    "is_stable": "fixed_points checks for it", "jacobian": "any function",
    "button": "its own test", "with_buttons": "its own test", "with_clock": "its own test",
    "ending": "reads a PhasePlane's run", "set_up_check": "its own test",
    "parameter": "test_model", "glossary": "takes classes", "notation": "takes classes",
    "cascade": "takes any number of units", "chooser_table": "takes nothing",
    "measured_costs": "its own test", "lesson": "Speller checks for it",
    "links": "reads a Speller's weights", "my_scores": "takes nothing"
}
OPTIONAL = {  # what a parameter may be that is left out, by default None, in most good calls
    "threshold": 0.5, "least": 2.5, "scheme": cu.rk4, "arriving": 0.5, "times": [4.0, 12.0],
}
OPTIONAL_OF = {  # the same where a call has its own
    ("simulate_cable", "scheme"): cu.crank_nicolson, ("simulate_cable", "start"): 1.0,
    ("voltage_clamp", "start"): (0.0, 0.1, 0.6, 0.3),
    ("perceptron_bound", "start"): (0.5, -0.5, 0.0),
}
LEFT_OUT = {  # (call, argument): why it is not tried
    ("GalvesLocherbach.simulate", "keep_V"): "anything is true or false",
    ("FiveBrains", "pen"): "set by draw alone",
    ("FiveBrains.draw", "kind"): "any word of a pointer or a button",
}
FREE = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD


def completed(name, function, arguments):
    """The arguments of a good call with all that it leaves out: a new parameter is tried on the
    day it is written.
    """
    for each in inspect.signature(function).parameters.values():
        tried = (name, each.name) not in LEFT_OUT and each.kind not in FREE
        if tried and each.name not in arguments:
            left = each.default in (None, each.empty)
            usual = OPTIONAL.get(each.name) if left else each.default
            arguments = arguments | {each.name: OPTIONAL_OF.get((name, each.name), usual)}
    return arguments


GOOD = {
    name: (function, completed(name, function, arguments))
    for name, (function, arguments) in {
        **{name: (getattr(cu, name), arguments) for name, arguments in CALLS.items()
           if hasattr(cu, name)}, **METHODS}.items()
}


def nonsense(value, default):
    """Values that can't stand for a good one of this kind."""
    if isinstance(value, str):
        return ["nonsense", 7]
    if isinstance(value, cu.Record) or callable(value):
        return ["text", 7]
    if isinstance(value, int):
        return [NAN, 1.5, -1, "text", {}]
    if isinstance(value, float):
        return [NAN, INF, "text", {}, [1.0, "x"]] + [None] * (default is not None)
    return [NAN, "text", [NAN, 1.0]] + [None] * (default is not None)


MEANT = {  # what looks like nonsense and is none
    ("simulate_cable", "start", "{}"): "names no state, so that all start at rest",
    ("STDP.history", "times", "None"): "after all spikes",
}


def drawn(function):
    """Whether a function draws: the faults of a drawing are seen."""
    return function.__module__.endswith("plots") or function.__module__.endswith("pictures")


def refused(function, arguments, name):
    """None where the call is refused with the parameter's name, else what happened instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            function(**arguments)
        except (TypeError, ValueError) as error:
            return None if re.search(rf"\b{name}\b",
                                     str(error)) else f"a message that doesn't name it: {error}"
        except Exception as error:  # any other error is a fault of ours
            return f"{type(error).__name__}: {error}"
    return "it was taken"


def test_every_public_function_is_tried():
    functions = {
        name
        for name in {*public_names(), *listed("names")}
        if inspect.isfunction(getattr(cu, name, None)) and not drawn(getattr(cu, name))
    }
    missing = functions - set(CALLS) - set(NOT_TRIED)
    assert not missing, f"give a good call in CALLS to {', '.join(sorted(missing))}"


def test_every_parameter_is_tried():
    left = [f"{name}({argument}=)" for name, (_, arguments) in GOOD.items()
            for argument, value in arguments.items() if value is None]
    assert not left, f"say in OPTIONAL what {', '.join(left)} may be"


def test_every_method_of_a_model_is_tried():
    kinds = {getattr(cu, name) for name in public_names() if inspect.isclass(getattr(cu, name))}
    methods = {
        f"{kind.__name__}.{name}" for kind in kinds if ".models." in kind.__module__
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_")
        and len(inspect.signature(method).parameters) > 1}
    missing = {each for each in methods - set(METHODS) if each.partition(".")[2] not in INNER}
    assert not missing, f"give a good call in METHODS to {', '.join(sorted(missing))}"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_call_is_good(name):
    function, arguments = GOOD[name]
    function(**arguments)


@pytest.mark.parametrize("name, argument", [(name, argument)
                                            for name, (_, arguments) in GOOD.items()
                                            for argument in arguments])
def test_nonsense_is_refused_by_name(name, argument):
    function, arguments = GOOD[name]
    good, default = arguments[argument], inspect.signature(function).parameters.get(argument)
    tried = ["text", -1, 1.5] if argument == "rng" else nonsense(
        good, default.default if default else inspect.Parameter.empty)
    said = {
        repr(bad): refused(function, arguments | {argument: bad}, argument)
        for bad in tried if (name, argument, repr(bad)) not in MEANT
    }
    assert not any(said.values()), {bad: what for bad, what in said.items() if what}


# Slips of kind: generated for every argument of every call, so that a new one is covered at once


def slips_for_a_number(good):
    """What a learner gives in place of a number, and numpy would take or choke on."""
    yield from (5 + 1j, np.complex128(5 + 1j), np.array(5 + 1j), np.datetime64("2020-01-01"))
    yield from (b"5", "5", np.array("5"), np.array([True, False]), {5}, (x for x in [5]))
    yield from (np.ma.masked, 10**400, type(good))


def slips_for_numbers(good):
    """What a learner gives in place of an array or a list of numbers."""
    yield from ({1.0, 2.0}, 5 + 1j, b"ab")
    array = np.asarray(good, float)
    if array.size:
        last = np.arange(array.size).reshape(array.shape) == array.size - 1
        yield np.ma.masked_array(array, mask=last)
        yield from (array + 1j, array.astype(str), array.astype("S8"), array.astype(bool))
        yield array.astype(int).astype("datetime64[s]")


def slips(good):
    """Values of another kind than a good one."""
    if isinstance(good, cu.Record):
        return [type(good)]
    if isinstance(good, int | float) and not isinstance(good, bool):
        return list(slips_for_a_number(good))
    if isinstance(good, np.ndarray) or is_flat(good):
        return list(slips_for_numbers(good))
    return [5 + 1j, b"text"]


def is_flat(good):
    """Whether this is a list or tuple of numbers."""
    return isinstance(good, list | tuple) and all(isinstance(x, int | float) for x in good)


BITS = {"spikes", "x", "y", "found", "table", "inhibitory", "run_loop"}  # arguments and calls
SLIPS = [(name, argument) for name, (_, arguments) in GOOD.items() for argument in arguments
         if argument != "rng" and not callable(arguments[argument])]


def test_slips_are_many(record_property):
    count = sum(len(slips(GOOD[name][1][argument])) for name, argument in SLIPS)
    record_property("figure", f"bad inputs generated from the signatures: {count}, at least 1000")
    assert count >= 1000


@pytest.mark.parametrize("name, argument", SLIPS)
def test_a_value_of_another_kind_is_refused_by_name(name, argument):
    function, arguments = GOOD[name]
    said = {short(bad): refused(function, arguments | {argument: bad}, argument)
            for bad in slips(arguments[argument])
            if not BITS & {name, argument} or getattr(bad, "dtype", "") != "bool"}
    wrong = {bad: what for bad, what in said.items() if what}
    assert not wrong, wrong


@pytest.mark.parametrize("value", [5, 5.0, np.float32(5), np.int8(5), np.array(5), Fraction(5)])
def test_numbers_of_every_legitimate_kind_are_taken(value):
    assert cu.FitzHughNagumo(I_ext=value).I_ext == 5
    assert np.asarray(cu.spike_times(T, np.sin(9 * T), value / 10)).size


def test_a_masked_array_without_masked_values_is_an_array():
    whole = np.ma.masked_array(np.sin(9 * T), mask=False)
    assert np.array_equal(cu.spike_times(T, whole, 0.5), cu.spike_times(T, whole.data, 0.5))


SPECIAL = [  # (function, argument, what can't be: wrong signs, shapes and orders)
    ("simulate", "t", T[::-1]), ("simulate", "t", [0.0]), ("simulate", "t", [0.0, 0.0, 1.0]),
    ("simulate", "t", T[None]), ("simulate", "start", (0.0, 0.1)),
    ("simulate", "I_ext", np.zeros(3)), ("simulate", "start", 5.0),
    ("simulate_cable", "injections", [(-1.0, 0.1)]),
    ("simulate_cable", "injections", [(2000.0, 0.1)]),
    ("simulate_cable", "injections", [(0.0, np.zeros(3))]),
    ("simulate_cable", "injections", [0.1]), ("simulate_cable", "t", T[::-1]),
    ("voltage_clamp", "V_command", np.zeros(3)), ("voltage_clamp", "t", T[::-1]),
    ("euler", "h", 0.0), ("rk4", "h", -0.1), ("splitting", "h", 0.0),
    ("exponential_euler", "h", -1.0), ("exact_step", "h", 0.0), ("spike_times", "t", T[::-1]),
    ("spike_times", "V", np.zeros(3)), ("peak", "V", np.zeros(3)),
    ("steady_rate", "since", 100.0), ("poisson_trains", "rate", -1.0),
    ("poisson_trains", "duration", -5.0), ("correlated_trains", "correlation", 1.5),
    ("correlated_trains", "correlation", -0.1), ("correlated_trains", "jitter", -1.0),
    ("correlated_trains", "rate", -1.0), ("firing_rate", "train", [3.0, 1.0]),
    ("firing_rate", "duration", 0.0), ("interval_cv", "train", [-1.0, 2.0]),
    ("spike_counts", "window", 0.0), ("spike_counts", "window", 100.0),
    ("fano_factor", "train", [[1.0]]), ("learn_perceptron", "y", Y[:2]),
    ("learn_perceptron", "y", 2 * Y), ("learn_perceptron", "max_epochs", 0),
    ("threshold_functions", "n", 5), ("truth_table", "number", 16),
    ("function_number", "table", (0, 1, 2, 0)), ("corners", "n", 0),
    ("mean_field", "leak", 1.5), ("mean_field", "leak", -0.1), ("waiting_time", "leak", 2.0),
    ("population_map", "leak", -1.0), ("logistic", "slope", 0.0),
    ("clipped_linear", "gain", -1.0), ("escape_rate", "step", 0.0), ("probit", "slope", -1.0),
    ("borel", "n", 0), ("borel", "mean", 0.0), ("escape_probability", "mean", -1.0),
    ("fit_exponent", "low", 0), ("extinction_time", "branching_parameter", -1.0),
    ("sample_avalanches", "branching_parameter", -0.5), ("decode_windows", "spikes", RASTER[0]),
    ("decode_logistic", "spikes", 2 * RASTER), ("lag_correlation", "spikes", RASTER[0]),
    ("interval_distribution", "hazards", [0.5, 1.5]), ("survival", "hazards", [-0.1]),
    ("wrong_links", "found", np.ones(
        (3, 3))), ("green_function", "T", 0.0), ("step_response", "T", -1.0),
    ("half_time", "X", -1.0), ("phase_response", "threshold", 50.0),
    ("period", "model", cu.FitzHughNagumo(I_ext=0.0)),
    ("period", "model", cu.FitzHughNagumo(I_ext=np.array([0.5, 0.6]))),
    ("kicked_run", "kicks", [(5.0, 0.1)]), ("kicked_run", "turns", -1.0),
    ("limit_cycle", "points", 1), ("noisy_phases", "copies", 0),
    ("winding_number", "shifts", np.zeros(3)), ("trace", "tau", 0.0),
    ("trace", "at", [3.0, 1.0]), ("trace", "side", "middle"), ("replay", "tau_x", -1.0),
    ("STDP.weight_after", "pre", [3.0, 1.0]), ("STDP.weight_after", "post", [[1.0]]),
    ("STDP.learn", "W", np.ones((2, 2))), ("STDP.learn", "W", np.ones(1)),
    ("STDP.window", "w", 2.0), ("STDP.weight_after", "w", -0.5),
    ("GalvesLocherbach", "W", np.ones((2, 3))), ("GalvesLocherbach", "W", np.ones((2, 2))),
    ("GalvesLocherbach", "W", np.ones(2)), ("GalvesLocherbach.simulate", "start", np.zeros(3)),
    ("GalvesLocherbach.log_likelihood", "spikes", RASTER),
    ("GalvesLocherbach.log_likelihood", "spikes", 2.0 * RASTER[:, :2]),
    ("ThresholdUnit", "w", np.ones((2, 2))), ("ThresholdUnit()", "x", [1, 0, 1]),
    ("ThresholdUnit()", "x", [0.5, 1]), ("McCullochPittsUnit", "synapses", [0.5, 1]),
    ("McCullochPittsUnit", "inhibitory", [1]), ("FiveBrains", "drawn", np.zeros(3)),
    ("cover_count", "N", 0), ("cover_count", "d", 0),
]
OTHER_WORDS = {("period", "model"): "I_ext"}


@pytest.mark.parametrize(
    "name, argument, bad", SPECIAL,
    ids=[f"{name}-{argument}-{k}" for k, (name, argument, _) in enumerate(SPECIAL)])
def test_wrong_signs_shapes_and_orders_are_refused_by_name(name, argument, bad):
    function, arguments = GOOD[name]
    said = refused(function, arguments | {argument: bad},
                   OTHER_WORDS.get((name, argument), argument))
    assert said is None, f"{bad!r}: {said}"


# Numbers of the right kind, far too large or small: a learner's slip by a unit or a zero too many


def far_from(good):
    """Numbers that are far from a good one."""
    if isinstance(good, int):
        return [1000 * max(good, 1), 10**7, 10**12]
    return [1000 * good, good / 1000, 1e9, -1e9, 1e50, 1e200, 1e-9, 5e-324]


NUMBERS = [(name, argument) for name, (_, arguments) in GOOD.items()
           for argument, good in arguments.items() if type(good) in (int, float)]


@contextmanager
def bounded(seconds=5, memory=1e9):
    """The block may use this much computing time (s) and so much more memory (bytes)."""
    resource = pytest.importorskip("resource")  # there is none on Windows

    def late(*_):
        raise RuntimeError(f"not done after {seconds} s")

    with open("/proc/self/statm", encoding="ascii") as pages:
        now = int(pages.read().split()[0]) * resource.getpagesize()
    kept = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGPROF, late)
    resource.setrlimit(resource.RLIMIT_AS, (int(now + memory), kept[1]))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, kept)
        signal.signal(signal.SIGPROF, before)


def goes_wrong(function, arguments):
    """What a call ends in besides a result or a sentence of the course's own, else None."""
    try:
        with bounded(), warnings.catch_warnings():
            warnings.simplefilter("ignore", cu.CourseWarning)
            function(**arguments)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1].filename
        if not isinstance(error, TypeError | ValueError) or "course_utils" not in where:
            return f"{type(error).__name__} in {where}: {error}"
    return None


def test_far_numbers_are_many(record_property):
    count = sum(len(far_from(GOOD[name][1][argument])) for name, argument in NUMBERS)
    record_property("figure", f"numbers far too large or small: {count}, at least 500")
    assert count >= 500


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("name, argument", NUMBERS)
def test_a_number_far_too_large_or_small_ends_in_seconds_or_in_a_sentence(name, argument):
    function, arguments = GOOD[name]
    ended = {bad: goes_wrong(function, arguments | {argument: bad})
             for bad in far_from(arguments[argument])}
    wrong = {bad: what for bad, what in ended.items() if what}
    assert not wrong, wrong


# Records: all that is declared with `parameter`

EXAMPLES = {"GalvesLocherbach": {"W": W, "phi": PHI}, "Axon": {"cell": HH}}
RECORDS = [kind for kind in records() if kind.__name__ != "SteadyStateWeights"]
SETTINGS = [(kind, name) for kind in RECORDS if hasattr(kind, "run")
            for name, field in kind.__dataclass_fields__.items()
            if name in kind.parameters() and type(field.default) in (int, float)]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("kind, name", SETTINGS)
def test_an_experiment_far_from_its_sliders_ends_in_seconds_or_in_a_sentence(kind, name):
    good = kind.__dataclass_fields__[name].default or 1.0
    short = {"seconds": 3} if kind is cu.Competition else {}
    ended = {bad: goes_wrong(lambda **setting: kind(**short | setting).run(), {name: bad})
             for bad in far_from(good)}
    wrong = {bad: what for bad, what in ended.items() if what}
    assert not wrong, wrong


def test_a_range_that_refuses_names_its_ends_and_takes_them():
    for kind in RECORDS:
        for name, declared in kind.parameters().items():
            if declared.domain == "range":
                ends = f"from {declared.low:g} to {declared.high:g}"
                for end, beyond in ((declared.low, -1), (declared.high, 1)):
                    assert kind(**{name: end}).get(name) == end
                    with pytest.raises(ValueError, match=f"{name} of {kind.__name__}.*{ends}"):
                        kind(**{name: end + beyond})


def off_limits(declared):
    """Values that a parameter must not take: no number, out of its domain."""
    if declared.choices:
        return ["nonsense", None, 7]
    signs = {
        "positive": [-1.0, 0.0, np.array([1.0, -1.0])], "nonnegative": [-1.0],
        "probability": [-0.1, 1.1], "temperature": [-273.15, 300.0], "real": [],
        "range": [1e9, -1e9]
    }
    return [
        NAN, INF, -INF, "text", None, {}, [1.0, "x"], True, *signs[declared.domain], *[1.5] *
        (declared.scale == "integer")
    ]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_parameter_out_of_its_domain_is_refused_by_name_value_and_unit(kind):
    example = EXAMPLES.get(kind.__name__, {})
    for name, declared in kind.parameters().items():
        for bad in off_limits(declared):
            said = refused(kind, example | {name: bad}, name)
            assert said is None, f"{kind.__name__}.{name} = {bad!r}: {said}"
        if declared.unit != "1" and not declared.choices and declared.scale != "integer":
            with pytest.raises((TypeError, ValueError), match=re.escape(declared.unit)):
                kind(**example | {name: NAN})


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_an_unknown_or_unnamed_parameter_is_told_what_there_is(kind):
    example = EXAMPLES.get(kind.__name__, {})
    with pytest.raises(TypeError, match=f"{kind.__name__} has no parameter g_Naa"):
        kind(**example, g_Naa=1.0)
    if kind.__dataclass_fields__:
        with pytest.raises(TypeError, match="by name|takes"):
            kind(1.0)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_record_inside_a_record_must_be_one(kind):
    for field in kind.__dataclass_fields__.values():
        if isinstance(field.default, cu.Record):
            assert refused(kind,
                           EXAMPLES.get(kind.__name__, {}) | {field.name: "text"},
                           field.name) is None


@pytest.mark.parametrize("kind", [
    kind for kind in RECORDS if issubclass(kind, cu.Model) and kind.parameters() and kind.states
], ids=lambda kind: kind.__name__)
def test_sweeps_whose_shapes_do_not_fit_are_refused_by_name(kind):
    names = [name for name, declared in kind.parameters().items() if name != "I_ext"][:2]
    if len(names) < 2 or kind.rhs is cu.Model.rhs:
        pytest.skip("one parameter")
    first, second = (kind.__dataclass_fields__[name].default for name in names)
    model = kind(**{names[0]: np.full(2, first), names[1]: np.full(3, second)})
    with pytest.raises(ValueError, match=names[1]):
        cu.simulate(model, T, start=tuple(np.zeros(1) for _ in kind.states))


# Extremes that are not nonsense: they work, or say what would do


def test_a_current_that_lasts_longer_than_the_picture_lasts_until_its_end():
    assert cu.FiveBrains(duration=250.0).run().sentence() == (
        cu.FiveBrains(duration=1e6).run().sentence())


def test_the_phase_of_a_first_kick_counts_modulo_one():
    here, later = (cu.KickedRhythm(first=first)._arrivals() for first in (0.25, 7.25))
    assert np.array_equal(here, later)


def test_empty_trains_are_silent_trains():
    assert cu.firing_rate([], 10.0) == 0 and np.isnan(cu.interval_cv([]))
    assert cu.spike_counts([[]], 10.0, 5.0).tolist() == [[0, 0]]
    assert RULE.weight_after([], [], 0.5) == 0.5 and RULE.weight_after(TRAIN, [], 0.5) == 0.5
    assert len(RULE.trajectory([], [], 0.5)[0]) == 0


@pytest.mark.parametrize("name", ["length", "radius", "rho", "g_m", "c_m"])
@pytest.mark.parametrize("bad", [0.0, -1.0])
def test_a_cable_of_no_length_is_refused(name, bad):
    good = {"length": 1000.0, "radius": 2.0, "rho": 100.0, "g_m": 0.1, "c_m": 1.0}
    assert refused(cu.Cable, good | {name: bad}, name) is None


def test_a_huge_step_says_which_one_would_do():
    with pytest.raises(ValueError, match=r"blew up at t = .*; try a step of [\d.]+ or less"):
        cu.simulate(FHN, np.arange(0, 400, 4.0), scheme=cu.euler)
    with pytest.raises(ValueError, match="blew up|no step"):
        cu.simulate(HH, np.arange(0, 500, 5.0), scheme=cu.rk4)


def test_what_is_given_is_not_changed():
    given = T.copy(), np.array([[0.0, 0.3], [0.2, 0.0]]), TRAIN.copy()
    cu.simulate(HH, given[0], I_ext=given[0])
    RULE.learn([given[2], given[2]], [given[2], given[2]], given[1])
    cu.GalvesLocherbach(W=given[1], phi=PHI).simulate(5, 1)
    for now, before in zip(given, (T, [[0.0, 0.3], [0.2, 0.0]], TRAIN)):
        assert np.array_equal(now, before)
