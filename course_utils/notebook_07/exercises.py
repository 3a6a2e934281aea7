"""Questions of notebook 07: the post-test, twenty statements, the open projects, and the scores
of the whole course.
"""
from functools import lru_cache
from html import escape

import ipywidgets as widgets
import numpy as np

from ..analysis.dynamics import period
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..models.hodgkin_huxley import HodgkinHuxley
from ..models.stdp import STDP
from ..notebook_00.exercises import PRETEST
from ..questions.check import Exercise, Prediction, teacher
from ..questions.predict import CONFIDENCE, Question
from ..questions.scores import load_scores
from ..tables import Table
from .errata import NOTEBOOKS
from .speller import Speller

__all__ = [
    "EXERCISES", "PREDICTIONS", "STATEMENTS", "Answers", "Scoreboard", "check", "my_scores",
    "predict"
]

# The slow teacher

SLOW = Speller(interval=25)
JUDGES = range(200, 203)  # seeds that neither the tuning nor the evaluation has seen


def _is_slow(speller):
    return isinstance(
        speller, Speller) and speller.interval == SLOW.interval and speller.word == SLOW.word


def _spells(speller):
    return speller.scores(JUDGES)[0].mean() >= 0.85


def _only_the_memory(speller):
    return speller.but(stdp=SLOW.stdp) == SLOW


def _other_amplitudes_alone(speller):
    home = SLOW.stdp
    return speller.stdp != home == speller.stdp.but(A_plus=home.A_plus, A_minus=home.A_minus)


def _mended(speller):
    return _is_slow(speller) and _only_the_memory(speller) and _spells(speller)


# Open projects

MEASURED = (10.0, 15.0, 20.0)  # µA/cm² at which the periods are compared


@lru_cache
def _squid_periods():
    return np.array([period(HodgkinHuxley(I_ext=I_ext)) for I_ext in MEASURED])


def _period_errors(answer):
    """The relative errors of a fit (model, ms_per_unit, current) of the squid's period at the
    currents `MEASURED`.
    """
    model, ms_per_unit, current = answer
    if not isinstance(model, FitzHughNagumo):
        raise TypeError(f"the first of the three must be a FitzHughNagumo, not {model!r}")
    fitted = np.array(
        [ms_per_unit * period(model.but(I_ext=current(I_ext))) for I_ext in MEASURED])
    return fitted / _squid_periods() - 1


def _fits(answer):
    return bool(np.all(np.abs(_period_errors(answer)) <= 0.05))


def _fits_at_ten_alone(answer):
    errors = np.abs(_period_errors(answer))
    return errors[0] <= 0.05 < errors.max()


def _off_by_a_factor(answer):
    errors = 1 + _period_errors(answer)
    return bool(np.all(np.abs(errors / errors.mean() - 1) <= 0.05))


def _weight_at(X, lag, tau_m):
    """The mean weight of a synapse at X length constants: the post spike's news reaches it X/2
    time constants late.
    """
    return STDP().correlated_fixed_point(10.0, 0.3, lag + X * tau_m / 2)


NETWORKS = (
    (0.6, 0.5), (1.7, 1.5))  # (weights, gain at the start): one too quiet, one too lively


def tuned(adapt, weights, start, steps=20_000, neurons=1000, seed=0):
    """The mean number of spikes that a lone spike breeds, over the last half of a run whose
    gain follows `adapt`.

    adapt(gain, active) returns the gain of the next step; active: the part of the neurons that
    fired in this one. In the mean-field network each fires with chance gain * weights * active
    unless it just has; in silence one is woken.
    """
    rng, gain, firing, bred = np.random.default_rng(seed), float(start), 1, []
    for _ in range(steps):
        firing = rng.binomial(neurons - firing, min(1.0,
                                                    gain * weights * firing / neurons)) or 1
        gain = min(max(float(adapt(gain, firing / neurons)), 0.0), 10.0)
        bred.append(gain * weights)
    return float(np.mean(bred[steps // 2:]))


def _tunes_itself(adapt):
    return all(abs(tuned(adapt, *network) - 1) <= 0.02 for network in NETWORKS)


def _stays_where_it_starts(adapt):
    return all(
        abs(tuned(adapt, weights, start) - weights * start) < 0.01
        for weights, start in NETWORKS)


def _runs_away(adapt):
    return any(not 0.2 < tuned(adapt, *network) < 3 for network in NETWORKS)


def _too_lively(adapt):
    return all(1.02 < tuned(adapt, *network) < 3 for network in NETWORKS)


def _window(near, far, inhibition, threshold, leak, q):
    """The lowest and the highest gain at which a word is spelled by neurons that keep a part
    `leak` of their potential.
    """
    need = (threshold + inhibition / (1 - leak)) * (1 - leak * q)
    return need / near, need / far


EXERCISES = {
    "gain window": Exercise(
        right=_window, inputs=lambda rng:
        (rng.uniform(0.5, 0.7), rng.uniform(0.1, 0.2), rng.uniform(5, 10), rng.uniform(2, 6),
         rng.uniform(0.2, 0.5), rng.uniform(0.2, 0.4)),
        expects="Return two numbers: the lowest and the highest J at which the word is spelled.",
        why=
        "Old inhibition adds up with the ratio leak, old links with the smaller ratio leak "
        "times q. So memory costs more "
        "than it brings, and both ends of the window move to larger gains.", wrong={
            "That is the window of a neuron without memory. What is left of the inhibition of "
            "the steps before?": lambda
            near, far, inhibition, threshold, leak, q: _window(near, far, inhibition, threshold,
                                                               0, q),
            "Inhibition is remembered; so is what came through the links, and that sum has "
            "another ratio.": lambda
            near, far, inhibition, threshold, leak, q: _window(near, far, inhibition, threshold,
                                                               leak, 0),
            "The links' sum fades faster than that of the inhibition: each step back is also a "
            "weaker link.": lambda
            near, far, inhibition, threshold, leak, q: _window(near, far, inhibition, threshold,
                                                               leak, 1),
            "The two ends are exchanged: the stronger link needs the smaller gain.": lambda
            near, far, *others: _window(far, near, *others),
        }),
    "share of the letter before": Exercise(
        right=lambda interval, tau: 1 - np.exp(-interval / tau), inputs=lambda rng:
        (rng.uniform(5, 40), rng.uniform(5, 40)), expects="Return a share between 0 and 1.",
        why=
        "The letters before it count with q, q squared, q cubed and so on, q = exp(-T/tau); "
        "the first of them over the sum "
        "of all is q/(q/(1 - q)) = 1 - q.", wrong={
            "That is what one step further back keeps of the trace. Which part of the total is "
            "the first?": lambda
            interval, tau: np.exp(-interval / tau),
            "Interval and time constant changed places.": lambda interval, tau: 1 - np.exp(
                -tau / interval),
            "That is the sum of all of them, if the first counts 1.": lambda interval, tau: 1 /
            (1 - np.exp(-interval / tau)),
        }),
    "which model": Exercise(
        right=["03", "02", "04", "05", "06"], expects=
        "Give five numbers of notebooks as texts, such as \"01\", in the order of the "
        "questions.",
        why=
        "A plane can be drawn for two variables; drugs act on conductances; distance needs a "
        "cable; a spread from trial to "
        "trial needs chance; order in time needs plasticity. None of the five models answers "
        "all five questions.",
        wrong={
            "You took the membrane of 1952 each time. It answers much, but for which of these "
            "would less do, and which can it "
            "not answer at all?": ["02"] * 5,
            "A cable adds space. Does the first question ask about space?": lambda answer: list(
                answer)[0] == "04",
            "Which of the models knows a conductance that a drug could block?": lambda answer:
            list(answer)[1] in ("03", "01"),
            "Identical trials give identical traces there. Which model differs from trial to "
            "trial?": lambda
            answer: list(answer)[3] in ("02", "03", "04"),
        }),
    "slow teacher": Exercise(
        right=_mended, expects=
        f"Hand in a Speller with interval={SLOW.interval} and another stdp, all else at home.",
        why=
        "The time constant must grow with the interval: what decides is T/tau. With 20 ms for "
        "25 the ratio is what 12 for 15 "
        "gave, and with it the share of the letter before.", wrong={
            "This network is taught at another pace than the slow teacher's, or another word.": lambda
            speller: isinstance(speller, Speller) and not _is_slow(speller),
            "More lessons, more gain or less inhibition cover the loss for a while. Leave them "
            "at home and mend what is lost: "
            "look at what the trace still holds when the next letter comes.": lambda speller:
            _is_slow(speller) and not _only_the_memory(speller),
            "Amplitudes change how fast it learns, not how far back the rule looks.": lambda
            speller: _is_slow(speller) and _other_amplitudes_alone(speller),
            "What fixed how much of the trace was left when the next letter came? Keep that "
            "ratio.": lambda
            speller: _is_slow(speller) and not _spells(speller),
        }),
    "FitzHugh-Nagumo as a squid axon": Exercise(
        right=_fits, expects=
        "Hand in (model, ms_per_unit, current): a FitzHughNagumo, one number, and a function "
        "from µA/cm² to its I.",
        why=
        "Within 5 % at 10, 15 and 20 µA/cm². The same three numbers fail at 60: a fit of the "
        "period is no theory of it.",
        wrong={
            "It fits where the squid fires slowest, and not beyond. Let the current run over "
            "the steep part of the curve.": _fits_at_ten_alone,
            "The course of the period is right, its size isn't: one factor is missing.": _off_by_a_factor,
        }),
    "a synapse far out": Exercise(
        right=_weight_at, inputs=lambda rng:
        (rng.uniform(0.2, 2), rng.uniform(-15, 5), rng.uniform(10, 20)), tolerance=0.05,
        expects="Return a weight between 0 and 1.", why=
        "The synapse hears of the post spike X/2 time constants late. A pair that is acausal "
        "at the soma can be causal far "
        "out and strengthen; one that was causal at the soma only comes farther apart, and "
        "strengthens less.",
        wrong={
            "That is the weight beside the soma. When does a synapse far out hear of the spike?": lambda
            X, lag, tau_m: _weight_at(0, lag, tau_m),
            "The delay has the other sign: it is the post spike's news that travels.": lambda X,
            lag, tau_m: _weight_at(-X, lag, tau_m),
            "A pulse's centre of mass needs half a time constant per length constant.": lambda
            X, lag, tau_m: _weight_at(2 * X, lag, tau_m),
        }),
    "a network that tunes itself": Exercise(
        right=_tunes_itself,
        expects="Hand in a function adapt(gain, active) that returns the gain of the next step.",
        why=
        "A gain that falls with activity and rises in silence finds the edge from both sides: "
        "there, where one spike breeds "
        "one, it has nothing left to correct.", wrong={
            "The gain stays where it starts: what tells it to move?": _stays_where_it_starts,
            "It runs away from the edge: should much activity raise the gain, or lower it?": _runs_away,
            "It settles above the edge. How much activity do you ask for, and which gain does "
            "that take?": _too_lively,
        }),
}

PREDICTIONS = {
    "what a step costs": Prediction(
        "Count floating-point operations per millisecond, an exponential as ten. A "
        "Hodgkin-Huxley membrane takes about ... "
        "times as many as an integrate-and-fire neuron.",
        ("4, since it has four variables instead of one",
         "20, since its rates hold exponentials",
         "100 or more, since it also needs smaller steps"), 2,
        "One step takes 120 operations against 5, and a spike needs ten steps where "
        "integrate-and-fire gets by with one: 1200 "
        "against 5 in Izhikevich's count."),
    "one swapped line": Prediction(
        "The network is taught S-Y-N-A-P-T-I-C sixty times. In the rule of learning the two "
        "lines are swapped, as the article "
        "prints them. You fire the last letter, C. What will the network spell?",
        ("nothing beyond C: the swapped rule learns nothing",
         "SYNAPTIC, since it has only ever heard that", "CITPANYS, the word backwards"), 2,
        "Swapped, a synapse grows when its receiver fired first. Every link is laid against "
        "the direction in which it was "
        "taught, and the network walks along its links."),
    "too much of a good thing": Prediction(
        "The network spells after 60 lessons. You take the limit off the total input of a "
        "neuron and give it 100. It ...",
        ("spells more reliably", "spells as before, faster learning being the only gain",
         "no longer spells the word"), 2,
        "All links grow, also the weaker ones from the letter before the letter before. Once "
        "those fire their target alone, "
        "letters are skipped."),
    "the cheapest": Prediction(
        "You want to show a neuron that fires when inhibition ends. What is the cheapest model "
        "of this course that does it?",
        ("integrate-and-fire", "FitzHugh-Nagumo", "Hodgkin-Huxley"), 1,
        "It needs a slow variable that inhibition moves and that outlasts it. "
        "Integrate-and-fire has none; two variables are "
        "enough."),
}

TRUE, FALSE, DEPENDS = range(3)
VERDICTS = ("true", "false", "it depends")

STATEMENTS = tuple(
    (Prediction(text, VERDICTS, verdict, because), notebook)
    for text, verdict, because, notebook in
    (("A McCulloch-Pitts unit learns to classify.", FALSE,
      "Its formula holds no rule that changes a weight. Learning came with Rosenblatt (E6).",
      "01"), ("One threshold unit can compute exclusive or.", FALSE,
              "Four inequalities contradict each other, whatever the weights are.",
              "01"), ("One threshold unit computes 14 of the 16 functions of two inputs.", TRUE,
                      "All but exclusive or and its negation: enumerated.", "01"),
     ("A neuron fires if and only if the current exceeds a threshold.", FALSE,
      "Rebound, slow ramps, block and short pulses each contradict it (E21).",
      "02"), ("Hyperpolarisation can cause a spike.", TRUE,
              "On release: -5 µA/cm² for 50 ms, then nothing, and the membrane fires.", "02"),
     ("A stronger current always brings more spikes.", FALSE,
      "Above 154.5 µA/cm² the membrane stands still: depolarisation block.", "02"),
     ("The Hodgkin-Huxley membrane spikes even without its leak.", TRUE,
      "It does, at 70.8 instead of 68.3 Hz at 10 µA/cm²; its rest moves to -10.9 mV (E14).",
      "02"),
     ("During a spike the sodium inactivation h hardly changes.", FALSE,
      "It runs from 0.069 to 0.459, and without it there is one spike and no second (E18).",
      "02"), ("Setting m³h to 1 gives a spiking model of two variables.", FALSE,
              "For no current and no positive conductances: Bendixson's criterion (E20).",
              "02"), ("Beside an unstable fixed point the voltage can stay bounded for ever.",
                      TRUE, "It leaves the fixed point and ends on a limit cycle.", "03"),
     ("A neuron that oscillates keeps the sum of the kicks it received.", FALSE,
      "Kicks act through the phase they meet: +0.10 cycle in one order, -0.08 in the other "
      "(E27).",
      "03"),
     ("A single neuron without noise can store one bit.", TRUE,
      "Between 6.26 and 9.78 µA/cm² the membrane is silent or fires, as its past decides.",
      "02"),
     ("A steady voltage reaches equally far along a cable, whatever the capacitance.", TRUE,
      "The length constant is √(a/(2ρg_m)): no capacitance in it. What is printed with c_m is "
      "a diffusivity (E29).",
      "04"), ("A passive cable carries a spike along.", FALSE,
              "Its peak decays with distance: it spreads, and nothing makes it anew (E32).",
              "04"),
     ("In an axon without myelin the speed grows with the square root of the radius.", TRUE,
      "Rescale length by the root of the radius and the equation stays the same.",
      "04"), ("Warming an axon always makes its spike travel faster.", FALSE,
              "The speed has a maximum near 30 °C; at 33.7 °C conduction fails.", "04"),
     ("The reset hardly matters for a Galves-Löcherbach network.", FALSE,
      "Without it both rates run to 1; with it they stay at 0.186 and 0.166 (E34).", "05"),
     ("A straight line on double-logarithmic axes proves that a network is critical.", FALSE,
      "A slope read off a histogram depends on the range that you fit, and other processes "
      "draw such lines too.",
      "05"), ("With A- above A+ a synapse gets weaker on balance.", DEPENDS,
              "The areas A times τ decide, not the amplitudes.", "06"),
     ("STDP weakens the synapses between correlated neurons.", DEPENDS,
      "With the right rule, jittered groups and τ- above τ+ it strengthens them; with τ- below "
      "τ+, or with the swapped rule, it "
      "weakens them; exact ties follow the rule for ties (E52).", "06"),
     ))


class Answers:
    """The verdicts on the twenty statements, with their evidence, folded until they are asked
    for.
    """
    def __repr__(self):
        return f"{len(STATEMENTS)} statements with verdict and evidence"

    def _repr_html_(self):
        rows = [(k, each.question, each.choices[each.right],
                 f"{each.because} Notebook {notebook}.")
                for k, (each, notebook) in enumerate(STATEMENTS, 1)]
        table = Table("The verdicts", ("", "statement", "verdict", "evidence"), rows)
        return f"<details><summary>Statements and verdicts: judge first</summary>{table._repr_html_()}</details>"


class Statement(Question):
    """A statement that the learner judges; the answer links to the notebook that decides it."""

    asks = "Judge."


class AskedAgain(Question):
    """A question of the pre-test, asked after the evidence."""

    asks = "Again."


check, _ask = teacher("07", EXERCISES, PREDICTIONS)


def predict(name):
    """Ask one of this notebook's questions, the "post-test" of eight, or the "twenty
    statements".
    """
    if name == "post-test":
        return widgets.VBox([
            AskedAgain(f"07: post-test, {each}", question)
            for each, question in PRETEST.items()
        ])
    if name == "twenty statements":
        return widgets.VBox([
            Statement(f"07: statement {k}", linked(k, *each))
            for k, each in enumerate(STATEMENTS, 1)
        ])
    return _ask(name)


def linked(number, statement, notebook):
    """A statement with its number in front and, in its answer, a link to the notebook that
    decides it.
    """
    file, title = NOTEBOOKS[notebook]
    link = f'<a href="{file}.ipynb">{notebook} {escape(title)}</a>'
    return Prediction(f"{number}. {statement.question}", statement.choices, statement.right,
                      f"{statement.because} {link}.")


# The scores of the whole course


class Scoreboard:
    """What the learner committed over the course: pre- and post-test, predictions by notebook,
    and by confidence.

    scores: as `load_scores` returns them. Where there are none, it says how they are kept.
    """
    def __init__(self, scores):
        self.scores = {
            name: score
            for name, score in scores.items()
            if isinstance(score["right"], bool | np.bool_)
        }

    def gain(self):
        """(questions answered twice, right before, right after)."""
        pairs = [(self.scores[before]["right"], self.scores[after]["right"])
                 for each in PRETEST
                 if (before := f"00: pre-test, {each}") in self.scores and (
                     after := f"07: post-test, {each}") in self.scores]
        return len(pairs), sum(before for before, _ in pairs), sum(after for _, after in pairs)

    def by_notebook(self):
        """{notebook: (right, answered)} of the predictions, without the two tests and the
        statements.
        """
        told = [(name.split(":")[0], score["right"])
                for name, score in self.scores.items()
                if "-test, " not in name and ": statement" not in name]
        found = {
            each: [right
                   for notebook, right in told
                   if notebook == each]
            for each in NOTEBOOKS
        }
        return {each: (sum(right), len(right)) for each, right in found.items() if right}

    def by_confidence(self):
        """{confidence: (right, answered)} over all that was committed."""
        told = [(score.get("sure"), score["right"]) for score in self.scores.values()]
        found = {word: [right for sure, right in told if sure == word] for word in CONFIDENCE}
        return {word: (sum(right), len(right)) for word, right in found.items()}

    def gain_sentence(self):
        """The gain from pre- to post-test in words and numbers."""
        twice, before, after = self.gain()
        if not twice:
            return "Answer the pre-test of notebook 00 and the post-test here, and your gain stands in this place."
        said = f"Of {twice} questions you answered {before} right before the course and {after} after it."
        if before == twice:
            return said + " There was nothing left to gain."
        if after < before:
            return said + " Look again at the ones where you changed your mind."
        return said + f" That is {(after - before) / (twice - before):.0%} of what there was to gain."

    def calibration_sentence(self):
        """What the learner's words of confidence are worth."""
        shares = {
            word: right / told
            for word, (right, told) in self.by_confidence().items()
            if told
        }
        if len(shares) < 2:
            return "Say more than one degree of confidence, and your calibration stands in this place."
        word, share = list(shares.items())[-1]
        said = f"Of the answers you called {word!r}, {share:.0%} were right. "
        if (np.diff(list(shares.values())) <= 0).any():
            return said + "Your hits don't rise with your words: look at the answers you were sure of and that were wrong."
        if word == "certain" and share < 0.8:
            return said + "Your hits rise with your words, but \"certain\" promises more than that."
        return said + "Your hits rise with your words: you know what you know."

    def _repr_html_(self):
        if not self.scores:
            return (
                "<p>No scores are kept here. They are in the learner's copy that <code>make "
                "lab</code> opens; elsewhere set "
                "the variable COURSE_SCORES to a file before you start JupyterLab.</p>")
        statements = [
            score["right"]
            for name, score in self.scores.items()
            if name.startswith("07: statement")
        ]
        judged = f"<p>Of the twenty statements you judged {len(statements)}, {sum(statements)} of them right.</p>"
        parts = (("Predictions", "notebook", {
            f"{n} {NOTEBOOKS[n][1]}": v
            for n, v in self.by_notebook().items()
        }), ("Calibration, over all answers", "you said", self.by_confidence()))
        tables = [
            Table(caption, (head, "right", "of", ""),
                  [(name, right, told, bar(right, told))
                   for name, (right, told) in rows.items()])._repr_html_()
            for caption, head, rows in parts
        ]
        return f"<p><b>{self.gain_sentence()}</b></p>{judged}{tables[0]}{tables[1]}<p>{self.calibration_sentence()}</p>"


def bar(right, told):
    """The share of right answers as ten blocks and a percentage; empty where nothing was told.
    """
    if not told:
        return ""
    full = round(10 * right / told)
    return "█" * full + "░" * (10 - full) + f" {right / told:.0%}"


def my_scores():
    """The `Scoreboard` of the file in which this learner's answers are kept."""
    return Scoreboard(load_scores())
