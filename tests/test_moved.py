"""A learner's own copy of a notebook of the first edition still finds all that it imports.

`IMPORTS` are the names that its eight notebooks import. Those in moved.toml come with a
FutureWarning that says where they are now, all others in silence.
"""
import importlib
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import course_utils
from course_utils.moved import listed

ROOT = Path(__file__).parent.parent
IMPORTS = {
    "course_utils": """
        Axon Bands COLOR Cable Chooser ClampExperiment Competition ERRATA EdgeOfChatter
        EulerExperiment FitzHughNagumo FiveBrains GATES GalvesLocherbach HodgkinHuxley
        IntegrateAndFire KINDS LagCounts LayeredNetwork Lesson LoneNeuron McCullochPittsUnit Model
        NOTEBOOKS OneBit OneKick PHENOMENA POTASSIUM_1952 Panel PassiveMembrane PerceptronLesson
        PhasePlane ReducedHodgkinHuxley STDP Speller SpikePair ThreeInputUnit ThresholdUnit
        TrimmedHodgkinHuxley TwoInputUnit TwoKicks Wave alpha_n backward_euler best_margin beta_n
        borel button chooser_table clipped_linear conduction_speed corners correlated_trains
        count_correlation cover_count crank_nicolson decode_logistic decode_windows driven_weight
        ending errata escape_rate euler exponent_of exponential_euler extinction_time fano_factor
        firing_rate fit_exponent fixed_points floquet_multiplier forward_euler functions_of_1943
        functions_of_threshold_units gate_number glossary green_function half_time heaviside
        hopf_currents interval_cv interval_law intervals isochron_map isochrons jacobian jumps
        kick_type kicked_run label_panels lag_correlation learn_perceptron learn_swapped lesson
        limit_cycle links logistic mean_field measured_costs modes noisy_phases notation
        nullclines number_of parameter path peak perceptron_bound period phase_portrait
        phase_response phase_sensitivity poisson_trains population_counts population_map probit
        replay rk4 run_loop sample_avalanches set_up_check show shown_by simulate simulate_cable
        spike_times splitting steady_rate steady_voltage step_response still_active
        survival_forever table_of threshold_functions trace traces unstable_cycle voltage_clamp
        waiting_time winding_number wire with_buttons with_clock wrong_links""",
    "course_utils.exercises.cable_theory": "SYNAPSES check predict soma_voltage tried",
    "course_utils.exercises.conclusion": "Answers check my_scores predict",
    "course_utils.exercises.engineering_the_neuron": "check predict",
    "course_utils.exercises.from_biophysics_to_dynamics": "check predict",
    "course_utils.exercises.introduction": "check predict",
    "course_utils.exercises.learning_stdp": "check predict",
    "course_utils.exercises.neural_biophysics": "check predict",
    "course_utils.exercises.stochastic_neurons": "check predict",
    "course_utils.experiments.edge_of_chatter": "density",
    "course_utils.experiments.fibres": "Dendrite Dye FiredAxon TwoEnds reached",
    "course_utils.pictures": "chance conclusion course fibres plasticity squid threshold_units",
    "course_utils.pictures.course": "neuron",
}
ROOT_NAMES = IMPORTS["course_utils"].split()
STATEMENTS = [(module, name) for module, names in IMPORTS.items() for name in names.split()]


def imported(module, name):
    """(the thing, its warnings, each once) of `from module import name`, as in a fresh kernel."""
    for old in [key for key in sys.modules if key.removeprefix("course_utils.") in OLD]:
        del sys.modules[old]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        names = {}
        exec(f"from {module} import {name}", names)
    return names[name], {(each.category, str(each.message)) for each in said}


OLD = {"exercises", "experiments", "pictures", *listed("modules")}


@pytest.mark.parametrize("module, name", STATEMENTS)
def test_what_a_notebook_of_the_first_edition_imports_is_found(module, name):
    _, said = imported(module, name)
    assert all(category is FutureWarning for category, _ in said), said
    assert bool(said) == (module != "course_utils" or name in listed("names"))


@pytest.mark.parametrize("name", listed("names"))
def test_a_name_that_moved_says_where_it_is_now(name):
    thing, said = imported("course_utils", name)
    place, _, new = listed("names")[name].rpartition(".")
    (category, message), = said
    assert category is FutureWarning
    assert message.endswith(f"write `from course_utils.{place} import {new}`")
    assert thing is getattr(importlib.import_module(f"course_utils.{place}"), new)
    assert name not in course_utils.__all__, f"{name} is at the root: take it off the list"


@pytest.mark.parametrize("old", listed("modules"))
def test_a_module_that_moved_says_where_it_is_now(old):
    new = f"course_utils.{listed('modules')[old]}"
    sys.modules.pop(f"course_utils.{old}", None)
    with pytest.warns(FutureWarning, match=f"write `import {new}`"):
        module = importlib.import_module(f"course_utils.{old}")
    for name in importlib.import_module(new).__all__:
        assert getattr(module, name) is getattr(importlib.import_module(new), name)


def test_a_name_that_changed_within_a_module_that_moved():
    with pytest.warns(FutureWarning, match="duration_survival"):
        avalanches = importlib.import_module("course_utils.avalanches")
        still_active = avalanches.still_active
    assert still_active.__name__ == "duration_survival"


def test_a_warning_points_at_the_learners_line(tmp_path):
    script = tmp_path / "my_notebook.py"
    script.write_text("from course_utils import LoneNeuron\nimport course_utils.stdp\n")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=ROOT,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if "FutureWarning" in line]
    assert [line.split(": ")[0].removeprefix(str(script)) for line in told] == [":1", ":2"]
