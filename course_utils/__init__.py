"""The names that two or more notebooks use; each is explained by `name??`.

What a single notebook uses is in its own folder, as in `from course_utils.notebook_05
import pictures`. What draws (`Panel`, `show`, ...) is imported when it is first asked for, so
that models and solvers need numpy alone.
"""
from importlib import import_module

from . import fast, moved
from .analysis.dynamics import fixed_points, hopf_currents, period
from .analysis.phases import phase_response
from .checks import CourseWarning
from .model import Model, Record, parameter
from .models.cable import Axon, Cable, conduction_speed, simulate_cable
from .models.firing import clipped_linear, logistic
from .models.fitzhugh_nagumo import FitzHughNagumo
from .models.galves_locherbach import GalvesLocherbach
from .models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    voltage_clamp,
)
from .models.mcculloch_pitts import ThresholdUnit, learn_perceptron, threshold_functions
from .models.membrane import exponential_euler, splitting
from .models.populations import mean_field
from .models.stdp import STDP
from .solve import Run, euler, rk4, simulate
from .spikes import correlated_trains, poisson_trains, spike_times, steady_rate

# name: the module that has it, imported when asked for
DRAWN = {
    "COLOR": "plots", "label_panels": "plots", "show": "plots", "traces": "plots",
    "Panel": "panel", "button": "buttons",
}
__version__ = "2.0.0"
__all__ = [*DRAWN, *(name for name, thing in globals().items()
                     if getattr(thing, "__module__", "").startswith(f"{__name__}."))]


def __getattr__(name):
    if name in DRAWN:
        return getattr(import_module(f".{DRAWN[name]}", __name__), name)
    return moved.found(name)


def __dir__():
    return sorted([*globals(), *DRAWN])
