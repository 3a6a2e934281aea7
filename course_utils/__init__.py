"""The names that the notebooks import; each is explained by `name??`.

What draws (`Panel`, `show`, ...) is imported when it is first asked for, so that models and solvers need numpy alone.
"""
from importlib import import_module

from .avalanches import (
    borel,
    exponent_of,
    extinction_time,
    fit_exponent,
    population_counts,
    sample_avalanches,
    still_active,
    survival_forever,
)
from .cable import (
    Axon,
    Cable,
    backward_euler,
    conduction_speed,
    crank_nicolson,
    forward_euler,
    green_function,
    half_time,
    modes,
    simulate_cable,
    steady_voltage,
    step_response,
)
from .capstone import Speller, lesson, links
from .decoding import decode_logistic, decode_windows, lag_correlation, wrong_links
from .dynamics import fixed_points, floquet_multiplier, hopf_currents, limit_cycle, period, unstable_cycle
from .errata import ERRATA, NOTEBOOKS, errata
from .experiments.chooser import KINDS, PHENOMENA, Chooser, chooser_table, measured_costs, shown_by
from .experiments.clamp import ClampExperiment
from .experiments.competition import Competition
from .experiments.edge_of_chatter import EdgeOfChatter
from .experiments.euler_steps import EulerExperiment
from .experiments.five_brains import FiveBrains
from .experiments.layered_network import LayeredNetwork
from .experiments.one_bit import OneBit
from .experiments.phase_memory import OneKick, TwoKicks, isochron_map, kick_type, noisy_phases, winding_number
from .experiments.phase_plane import PhasePlane, ending
from .experiments.plasticity import Bands, FrozenMatrix, LagCounts, Lesson, SpikePair, Wave, driven_weight
from .experiments.threshold_units import PerceptronLesson, ThreeInputUnit, TwoInputUnit
from .firing import clipped_linear, escape_rate, heaviside, logistic, probit
from .fitzhugh_nagumo import FitzHughNagumo
from .galves_locherbach import GalvesLocherbach
from .hodgkin_huxley import (
    POTASSIUM_1952,
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    alpha_n,
    beta_n,
    voltage_clamp,
)
from .mcculloch_pitts import (
    GATES,
    Learning,
    McCullochPittsUnit,
    ThresholdUnit,
    best_margin,
    corners,
    cover_count,
    functions_of_1943,
    functions_of_threshold_units,
    gate_number,
    learn_perceptron,
    number_of,
    perceptron_bound,
    run_loop,
    table_of,
    threshold_functions,
    wire,
)
from .membrane import Membrane, exponential_euler, rk4_from_table, splitting
from .model import Model, Record, parameter
from .passive_membrane import IntegrateAndFire, PassiveMembrane, exact_step
from .phases import asymptotic_phase, kicked_run, phase_response, phase_sensitivity
from .populations import mean_field, population_map, waiting_time
from .renewal import LoneNeuron, interval_law, intervals, law_statistics, survival
from .solve import Run, euler, rk4, simulate
from .spikes import (
    correlated_trains,
    count_correlation,
    fano_factor,
    firing_rate,
    interval_cv,
    peak,
    poisson_trains,
    spike_counts,
    spike_times,
    steady_rate,
)
from .stdp import STDP, learn_swapped, replay, trace
from .steady import equilibrium_curve, is_stable, jacobian
from .tables import glossary, notation

DRAWN = {                                                     # name: the module that has it, imported when asked for
    "COLOR": "plots", "label_panels": "plots", "path": "plots", "show": "plots", "traces": "plots",
    "isochrons": "pictures.phase_plane", "jumps": "pictures.phase_plane", "nullclines": "pictures.phase_plane",
    "phase_portrait": "pictures.phase_plane",
    "Panel": "panel", "button": "buttons", "with_buttons": "buttons", "with_clock": "buttons", "set_up_check": "set_up",
}


def __getattr__(name):
    if name not in DRAWN:
        raise AttributeError(f"course_utils has no name {name!r}; dir(course_utils) lists what there is")
    return getattr(import_module(f".{DRAWN[name]}", __name__), name)


def __dir__():
    return sorted([*globals(), *DRAWN])
