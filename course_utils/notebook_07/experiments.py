"""Which model for which question: the phenomena that the models of this course show, where the
models end, and the cost of a millisecond.

Costs in floating-point operations per millisecond of one neuron, without its synapses.
Those of integrate-and-fire, FitzHugh-Nagumo and Hodgkin-Huxley are Izhikevich's, IEEE
Trans. Neural Netw. 15:1063 (2004), 10.1109/TNN.2004.832719; the others are counted in his
way, an exponential as ten.
"""
from time import process_time
from typing import NamedTuple

import numpy as np

from ..model import Record, parameter
from ..models.cable import Cable, simulate_cable
from ..models.firing import logistic
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..models.galves_locherbach import GalvesLocherbach
from ..models.hodgkin_huxley import HodgkinHuxley
from ..models.mcculloch_pitts import ThresholdUnit
from ..notebook_00.membranes import IntegrateAndFire
from ..solve import euler, simulate
from ..tables import Table

__all__ = [
    "KINDS", "PHENOMENA", "Advice", "Chooser", "Kind", "chooser_table", "measured_costs",
    "shown_by"
]


class Kind(NamedTuple):
    """A kind of model: its name, operations per ms, who counted them, the notebook, and where
    it breaks.
    """

    name: str
    operations: int
    counted: str
    notebook: str
    breaks: str


HIS = "Izhikevich 2004"
OURS = "counted here"

KINDS = {  # from cheap to costly
    name: Kind(name, operations, counted, notebook, breaks)
    for name, operations, counted, notebook, breaks in (
        ("threshold unit", 1, OURS, "01", "time, learning, exclusive or in one unit"),
        ("integrate-and-fire", 5, HIS, "00", "the shape of a spike, rebound, block"),
        ("Galves-Löcherbach", 20, OURS, "05",
         "the shape of the voltage, timing below a millisecond"),
        ("Galves-Löcherbach with STDP", 30, OURS, "06",
         "the frequency of pairings, reward, what limits the weights"),
        ("FitzHugh-Nagumo", 72, HIS, "03",
         "units, the shape of a spike, a drug for one channel"),
        ("Hodgkin-Huxley", 1200, HIS, "02", "space, chance, cost"),
        ("passive cable", 10_000, OURS, "04", "carries no spike"),
        ("Hodgkin-Huxley axon", 130_000, OURS, "04", "chance, cost"),
    )
}

UNIT, IF, GL, GL_STDP, FHN, HH, CABLE, AXON = KINDS

# what one may want to show: the kinds that show it
PHENOMENA = {
    "a yes or no from many inputs": (UNIT, IF, GL, GL_STDP, FHN, HH, AXON),
    "a rate that grows with current": (IF, GL, GL_STDP, FHN, HH, AXON),
    "answers that vary by trial": (GL, GL_STDP),
    "avalanches": (GL, GL_STDP),
    "learning from spike order": (GL_STDP,),
    "all motion in one picture": (FHN,),
    "one kick: advance or delay": (FHN, HH, AXON),
    "a spike when inhibition ends": (FHN, HH, AXON),
    "silence from too much current": (FHN, HH, AXON),
    "two states at one current": (FHN, HH, AXON),
    "the shape of a spike": (HH, AXON),
    "a drug, or the temperature": (HH, AXON),
    "decay and delay in a dendrite": (CABLE, AXON),
    "a spike that travels": (AXON,),
}


class Advice(NamedTuple):
    """Which kinds show two phenomena: `wanted`, `also`, and the names that are `able`, the
    cheapest first.
    """

    wanted: str
    also: str
    able: tuple

    def sentence(self):
        """The simplest kind, its cost and where it ends."""
        both = f'"{self.wanted}"'
        if self.also != self.wanted:
            both += f' and "{self.also}"'
        if not self.able:
            return (f"No single model of this course shows {both}: join two models, or ask two "
                    "questions.")
        kind = KINDS[self.able[0]]
        return (f"The simplest model that shows {both} is {kind.name}, "
                f"{kind.operations:,} operations per ms (notebook {kind.notebook}). It leaves "
                f"out or cannot show: {kind.breaks}.")


class Chooser(Record):
    """A question for the course's models: one phenomenon to show, and another one that the same
    model must show too.
    """

    wanted: str = parameter("two states at one current", "1", r"\mathrm{show}",
                            doc="first phenomenon: the model must show it",
                            choices=tuple(PHENOMENA))
    also: str = parameter("two states at one current", "1", r"\mathrm{and\ also}",
                          doc="second phenomenon: the same model must show it, too",
                          choices=tuple(PHENOMENA))

    def run(self):
        """The `Advice` on this question."""
        able = [name for name in KINDS
                if name in PHENOMENA[self.wanted] and name in PHENOMENA[self.also]]
        return Advice(self.wanted, self.also, tuple(able))


def shown_by(name):
    """How many of the `PHENOMENA` a kind of model shows."""
    if name not in KINDS:
        raise ValueError(f"name must be one of {', '.join(KINDS)}, not {name!r}")
    return sum(name in able for able in PHENOMENA.values())


def chooser_table():
    """The Table phenomenon, simplest model, operations per ms, notebook, where the model ends.
    """
    rows = []
    for phenomenon, able in PHENOMENA.items():
        kind = KINDS[able[0]]
        rows.append((phenomenon, kind.name, f"{kind.operations:,}", kind.notebook, kind.breaks))
    return Table("Which model for which question",
                 ("to show", "simplest model", "operations per ms", "notebook", "where it ends"),
                 rows)


# The cost of a millisecond on this machine

NEURONS = 1000


def _units(rng):
    x = rng.random((NEURONS, 10)) < 0.5
    unit = ThresholdUnit(rng.normal(size=10), 0.5)
    return lambda: [unit(x) for _ in range(50)], 50, "1 ms, 10 inputs"


def _mean_field(rng):
    network = GalvesLocherbach(W=np.zeros((2, 2)), phi=logistic(2.0), leak=0.9)

    def run():
        """Fifty steps."""
        V = np.zeros(NEURONS)
        for _ in range(50):
            X = rng.random(NEURONS) < network.phi(V)
            V = network.next_potential(V, X, X.mean())

    return run, 50, "1 ms, mean field"


def _network(rng):
    network = GalvesLocherbach(W=(1 - np.eye(NEURONS)) / NEURONS, phi=logistic(2.0), leak=0.9)
    return lambda: network.simulate(50, rng, keep_V=False), 50, "1 ms, all to all"


def _simulated(model, h, duration, scheme=None):
    def prepare(rng):
        """(what to run, how long it lasts, its step in words), from random starts."""
        t = np.arange(0, duration + h / 2, h)
        start = [rng.uniform(0, 0.2, NEURONS) for _ in model.states]
        return lambda: simulate(model, t, start, scheme=scheme), duration, f"{h:g} ms"

    return prepare


def _fitzhugh_nagumo(rng):
    run, duration, _ = _simulated(FitzHughNagumo(), 0.25, 25, euler)(rng)
    return run, duration / 2.7, "0.09 ms (0.25 of its units)"


def _cable(rng):
    cable = Cable(length=1000.0, radius=1.0, rho=100.0, g_m=0.1, c_m=1.0, compartments=100)
    t = np.arange(0, 200, 0.1)
    return (lambda: simulate_cable(cable, t, [(10.0, 0.1)]), 200 / NEURONS,
            "0.1 ms, 100 compartments")


TIMED = {
    UNIT: _units,
    f"{GL}, mean field": _mean_field,
    f"{GL}, 1000 inputs each": _network,
    IF: _simulated(IntegrateAndFire(), 0.1, 10, euler),
    FHN: _fitzhugh_nagumo,
    f"{HH}, gates exact": _simulated(HodgkinHuxley(), 0.05, 5),
    f"{HH}, Euler": _simulated(HodgkinHuxley(), 0.02, 4, euler),
    CABLE: _cable,
}


def measured_costs(repeats=3):
    """The Table of the cost of one neuron and one millisecond here, in ns of processor time:
    the best of some repeats.
    """
    rows = []
    first = None
    for name, prepare in TIMED.items():
        run, duration, step = prepare(np.random.default_rng(1))
        taken = min(_seconds(run) for _ in range(repeats)) * 1e9 / (NEURONS * duration)
        first = first or taken
        rows.append((name, step, f"{taken:,.0f}", f"{float(f'{taken / first:.2g}'):,g}"))
    return Table("One neuron, one millisecond, on this machine",
                 ("model", "step", "ns", "times the first"), rows)


def _seconds(run):
    start = process_time()
    run()
    return process_time() - start
