"""The errata of the article that the course retells: 53 claims, what is right instead, and how
the course shows it.

Class A changes a result and has its box and its experiment in a notebook; class B leaves
something open or loose; class C is notation, history or a slip. Every row says in our words
what the article says.
"""
from html import escape
from typing import NamedTuple

__all__ = ["ERRATA", "NOTEBOOKS", "Erratum", "Ledger", "errata"]

NOTEBOOKS = {                                                 # number: (file, title)
    "00": ("00_introduction", "Introduction"),
    "01": ("01_engineering_the_neuron", "Engineering the neuron"),
    "02": ("02_neural_biophysics", "Neural biophysics"),
    "03": ("03_from_biophysics_to_dynamics", "From biophysics to dynamics"),
    "04": ("04_cable_theory", "Cable theory"),
    "05": ("05_stochastic_neurons", "Stochastic neurons"),
    "06": ("06_learning_stdp", "Learning: STDP"),
    "07": ("07_conclusion", "Conclusion"),
}
KINDS = {"A": "changes a result", "B": "open or loose", "C": "notation, history, slip"}


class Erratum(NamedTuple):
    """One claim: its number, class A, B or C, the verdict, what the article says, what is
    right, how we know, and where.
    """

    number: int
    kind: str
    notebook: str
    verdict: str
    says: str
    right: str
    evidence: str

    @property
    def link(self):
        """The address of the notebook that holds the experiment."""
        return NOTEBOOKS[self.notebook][0] + ".ipynb"


ERRATA = tuple(
    Erratum(*row) for row in
    ((1, "B", "01", "left open", "Asks whether the brain is a CPU and the neuron a transistor.",
      "A neuron is slow (about 10 ms of refractoriness in the squid axon at 6.3 °C), graded "
      "below threshold, dependent on its "
      "history, and it remembers. A logic gate is none of these.",
      "Two stimuli in a row, a ramp beside a step, two states at one current: notebooks 02 and "
      "03."
      ),
     (2, "B", "05", "does not follow",
      "People invent, so brains sample, so neurons are stochastic.",
      "Sampling is a hypothesis. Where the noise comes from is known: channels, vesicles, "
      "input that nobody recorded.",
      "A neuron that fires by chance has Fano factor 1.03 ± 0.03 and CV 0.996 ± 0.006, close "
      "to cortex."
      ),
     (3, "B", "05", "true in part", "Deterministic models represent recordings rather well.",
      "They do for a current injected into a cell in the dish; not for a cell in an awake "
      "brain.",
      "One stimulus, twenty times: identical traces, where recordings differ each time."),
     (4, "B", "07", "asked, not shown",
      "Structure gives function, networks organise themselves, a copied brain might be a "
      "digital human; the list of topics "
      "leaves out chance and plasticity.",
      "None of it is shown in the article. A small part is shown here: order in time becomes "
      "structure, and structure replays "
      "it, but only with a limit on the weights.",
      "The network that spells, with and without homeostasis."),
     (5, "A", "01", "another unit",
      "The weighted sum against a threshold is the model of 1943.",
      "The unit of 1943 has binary inputs, equal excitatory weights, absolute inhibition and a "
      "delay. It computes 11 of the 16 "
      "functions of two inputs, the unit with real weights 14.",
      "Both enumerated over all weights and thresholds."),
     (6, "A", "01", "not in the formula", "The equation learns to classify.",
      "It holds no learning rule. Rosenblatt's rule of 1958 does, and it comes to rest only "
      "where a line can separate.",
      "The rule on XOR never stops."),
     (7, "C", "01", "a slip", "x is an input current.",
      "x is 0 or 1, the activity of the senders; what resembles a current is w·x.", "Units."),
     (8, "B", "01", "accepted, with a gap", "The unit is the foundation of deep learning.",
      "Its step has no slope to follow, and one unit can't do XOR. Layers and smooth curves "
      "came in between.",
      "Four inequalities that contradict each other."),
     (9, "B", "01", "contradicts itself", "Firing can't be a zero or a one.",
      "A spike is all or none. What a bit leaves out is time, rate and everything below "
      "threshold; the article's own model of "
      "chance uses 0 and 1.", "A raster beside the voltage that made it."),
     (10, "C", "01", "history", "First came 1943; the work of 1952 answered its failure.",
      "Lapicque's leaky membrane is of 1907, and the work of 1952 grew out of the voltage "
      "clamp.",
      "Dates of the papers."),
     (11, "B", "01", "no such number", "A neuron has a threshold voltage.",
      "The Hodgkin-Huxley membrane has none: what fires it depends on its history.",
      "Rebound after inhibition, and a slow ramp."),
     (12, "B", "02", "a convention",
      "The capacitor's current is the sum of the ionic currents.",
      "Right if currents are counted inward; signs and areas are unsaid. The charge that a "
      "spike moves is tiny: 2.2e-7 of the "
      "axon's potassium.", "Arithmetic with the axon's radius."),
     (13, "B", "02", "a convention", "Driving force E - V; channels are probabilistic.",
      "Right for inward currents. The printed equation is the mean over many channels and "
      "holds no chance.",
      "N channels: the fluctuation falls as one over the root of N."),
     (14, "A", "02", "a term is missing", "The membrane equation without a leak.",
      "With the leak the rest is 0.0036 instead of -10.88 mV, the oscillation begins at 9.775 "
      "instead of 6.178 µA/cm². It "
      "spikes either way.", "Both models side by side."),
     (15, "C", "02", "can't be run",
      "No values of capacitance, conductances, reversal potentials, and no rates of m and h.",
      "The table of 1952.",
      "The table that the model prints."), (16, "C", "02", "a slip",
                                            "The closing rate of h lacks its index.",
                                            "It is the rate of h.", "The rates of 1952."),
     (17, "C", "02", "loose", "Four gating variables must activate; g is a conductance.",
      "One variable to the fourth power: four gates alike and independent. g is the highest "
      "conductance, n, m and h are the "
      "parts of gates that are open.", "Channels of four gates each, opened by chance."),
     (18, "A", "02", "false", "The h gate changes little.",
      "On the cycle at 10 µA/cm² it runs from 0.069 to 0.459. Hold it, and the membrane fires "
      "once and stays at 78.7 mV.",
      "One variable held at a time."),
     (19, "A", "02", "the wrong one", "The slow gates are trimmed, and m is struck out.",
      "m is the fast one (0.24 ms against 5.5 and 8.5). A fast variable follows V; it is never "
      "set to 1.",
      "The three time constants."),
     (20, "A", "02", "impossible", "The trimmed two-variable membrane, simulated, spikes.",
      "It can't, for any current and any positive conductances: Bendixson's criterion.",
      "It rises to 114.4 mV and settles at 89.9 mV for good."),
     (21, "A", "02", "false, four times",
      "A neuron fires if and only if the current exceeds a threshold.",
      "It fires after inhibition; a slow ramp needs 10.5 where a step needs 2.24; above 154.5 "
      "it stops; a short pulse needs "
      "more than a long one.", "All four, run."),
     (22, "A", "02", "will mislead",
      "Rates without the zero from which V is measured, and 0/0 at V = 10 mV.",
      "From rest, depolarisation positive. The limit at 10 mV is 0.1 per ms.",
      "Potentials of the other convention give no spike; naive code gives nan."),
     (23, "B", "03", "not the main reason",
      "Hodgkin-Huxley takes long to run, so one simplifies.",
      "In networks it does. The better reason is that two variables can be drawn.",
      "Both timed, both drawn."),
     (24, "B", "03", "history", "FitzHugh and Nagumo reduced the Hodgkin-Huxley equations.",
      "FitzHugh changed van der Pol's oscillator and showed that it mimics a projection of "
      "theirs.",
      "Substitution of variables, Hopf points at 0.3465 and 1.4035 for his parameters."),
     (25, "C", "03", "a slip", "A capital V in the second equation; a, b and δ are undefined.",
      "It is v; the system has no units.", "Dimension check."),
     (26, "A", "03", "true for some currents",
      "A neuron that oscillates around an unstable fixed point.",
      "Only for 0.3313 < I < 1.4187. From 0.3242 on a cycle exists beside a stable fixed point.",
      "Eigenvalues, and a start on either side."),
     (27, "A", "03", "overstated", "One neuron remembers its inputs by its phase.",
      "It keeps one number. Kicks act through the phase they meet, so their order matters; "
      "noise wipes the phase out. One "
      "bit needs bistability.",
      "Kicks of +0.5 and -0.5: +0.10 cycle in one order, -0.08 in the other."),
     (28, "B", "03", "a hypothesis",
      "So single neurons recognise sequences and serve as working memory.",
      "That may be; phase alone does not show it.",
      "As the row above."), (29, "A", "04", "a wrong letter",
                             "The squared length constant is a/(2ρc_m).",
                             "a/(2ρg_m). What is printed is a diffusivity, in cm²/s.",
                             "Units; 1 cm²/s where 0.02 cm² is right."),
     (30, "A", "04", "contradicts itself",
      "Injected current with a minus in one equation, a plus in the other.", "A plus in both.",
      "With the minus, a current that should excite inhibits."),
     (31, "B", "04", "units", "g_m is per length; the injected current has no unit.",
      "With 2πa beside them c_m and g_m are per area, the injected current is per length.",
      "Both conventions give the same length constant."),
     (32, "B", "04", "another part of the cell",
      "The passive equation describes the axon, like dye in a tube.",
      "It describes dendrites, and dye that also leaks. It carries no spike.",
      "The passive peak dies as exp(-x/λ), the active pulse keeps its shape."),
     (33, "B", "04", "unsaid", "Capacitor and channels in parallel.",
      "And the axial resistance in series, which is what makes it a cable. The radius is "
      "constant, the outside has no "
      "resistance.", "The derivation, step by step."),
     (34, "A", "05", "the point is lost", "The potential sums all past input from a time t0.",
      "From the neuron's own last spike on: it forgets at its spikes.",
      "Without the reset both rates run to 1; with it they are 0.186 and 0.166."),
     (35, "A", "05", "circular", "The sum includes the present step.",
      "It ends one step before: V decides the spike, so it can't contain it.",
      "Try to simulate it."),
     (36, "C", "05", "a slip", "The spikes of the senders lack their index.",
      "It is the j-th sender's.",
      "Three readings give three networks, each with its exact rates."),
     (37, "C", "05", "two in one", "One symbol for weight and time course.",
      "A weight times a kernel; a kernel that fades by a factor per step gives a recursion in "
      "one line.",
      "Doubled weights with half a kernel do the same; only a kernel that fades by a factor "
      "leaves one number per neuron."
      ),
     (38, "A", "05", "a probability", "φ is an activation function.",
      "φ is a probability that never falls with V, and within a step neurons are independent "
      "given the past.",
      "An exponential φ passes 1; with the independence stated the likelihood exists."),
     (39, "C", "05", "turned round",
      "The first index is the receiver here and the sender in the section on learning.",
      "Receiver first, in both.",
      "A matrix that isn't symmetric, transposed: other rates, and a raster tells which it was."
      ), (40, "A", "06", "one side grows", "Both branches with the exponential of +Δt.",
          "exp(-|Δt|/τ). No sign of Δt makes both printed branches fade.",
          "At 50 ms it is 12.2 instead of 0.082."),
     (41, "A", "06", "two signs", "A minus is added in one rule and subtracted in the other.",
      "Both amplitudes positive, the minus in the rule.",
      "With one sign, one of the rules strengthens both orders."),
     (42, "A", "06", "a tie decides", "Equal times count as pre before post.",
      "That is a rule of its own: say it, and leave out a neuron's synapse onto itself.",
      "On a grid of 5 ms it lifts the mean weight from 0.455 to 0.517."),
     (43, "A", "06", "roles swapped",
      "Pre spikes strengthen by the trace of post spikes, post spikes weaken.",
      "The other way round.", "One pair at ±10 ms; here, the word that is spelled backwards."),
     (44, "A", "06", "counted twice", "The trace times an exponential.",
      "The trace is the exponential already.",
      "Without the factor, traces and pair sum agree to 2e-16."),
     (45, "A", "06", "areas mixed", "Which time constant goes with which amplitude.",
      "A+ with τ+, A- with τ-. Swapped roles mix the areas.",
      "The mean weight of independent trains."),
     (46, "C", "06", "a unit",
      "τ stands before the derivative of the trace, so a spike adds 1/τ.", "A spike adds 1.",
      "Integrate over one spike."), (47, "C", "06", "twice the same",
                                     "A learning rate beside amplitudes.",
                                     "One of them is enough.", "They only appear as a "
                                     "product."),
     (48, "B", "06", "unsaid", "Which spikes pair with which.",
      "All with all, or nearest only: with the second the mean weight depends on the rates.",
      "0.333 at 50 and 10 Hz, 0.581 at 10 and 50 Hz."),
     (49, "A", "06", "not always", "Soft bounds keep the weight inside.",
      "Only while A times the trace stays below 1.",
      "A = 0.5 at 100 Hz leaves the bounds; clip."),
     (50, "B", "06", "symmetric words", "Fire together, wire together, in Hebb's name.",
      "Hebb wrote that one cell takes part in firing the other. That is causal, and so is the "
      "rule.",
      "Reverse time: strengthening turns into weakening."), (
          51, "B", "06", "loose", "And vice versa, for one pair.",
          "Name the depression; measured windows come from about 60 pairings.",
          "Sixty pairings at ±10 ms."),
     (52, "A", "06", "by the swapped rule",
      "Correlated neurons depress each other along bands.",
      "The right rule with τ- above τ+ strengthens them. The swapped rule depresses them.",
      "0.333 within against 0.299 between groups; swapped 0.583 against 0.622."),
     (53, "B", "06", "unsaid", "Whether the weights act on the spikes.",
      "With given trains the matrix only reads; in a driven neuron cause feeds back and lifts "
      "it.",
      "0.666 in the closed loop against 0.455."),
     ))


class Ledger:
    """Some `ERRATA` as tables that open by a click, one per notebook, each row with a link to
    its experiment.
    """
    def __init__(self, rows):
        self.rows = tuple(rows)

    def __len__(self):
        return len(self.rows)

    def __repr__(self):
        return "\n".join(
            f"E{row.number} ({row.kind}, {row.verdict}): {row.right}" for row in self.rows)

    def _repr_html_(self):
        return "".join(
            _table(notebook, rows)
            for notebook in NOTEBOOKS
            if (rows := [row for row in self.rows if row.notebook == notebook]))


def _table(notebook, rows):
    left = "text-align:left;vertical-align:top"
    head = "".join(
        f'<th style="{left}">{title}</th>' for title in ("number", "class", "the article says",
                                                         "verdict", "what is right",
                                                         "how we know"))
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{left}">{cell}</td>'
                  for cell in (f'<a href="{row.link}">E{row.number}</a>', row.kind,
                               *map(escape, (row.says, row.verdict, row.right, row.evidence))))
        + "</tr>"
        for row in rows)
    name = f"{notebook} {NOTEBOOKS[notebook][1]}: {len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    return f"<details><summary><b>{escape(name)}</b></summary><table><tr>{head}</tr>{body}</table></details>"


def errata(kind=None, notebook=None):
    """The `Ledger` of all errata, of one class ("A", "B", "C"), or of one notebook ("02")."""
    if kind not in (None, *KINDS):
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
    if notebook not in (None, *NOTEBOOKS):
        raise ValueError(f"notebook must be one of {', '.join(NOTEBOOKS)}, not {notebook!r}")
    return Ledger(
        row for row in ERRATA if kind in (None, row.kind) and notebook in (None, row.notebook))
