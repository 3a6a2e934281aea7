"""Exercises of notebook 07 with their acceptance tests, the post-test and the twenty
statements. Their words are in questions.toml and statements.toml.
"""
import tomllib
from functools import lru_cache
from importlib.resources import files

import ipywidgets as widgets
import numpy as np

from ..analysis.dynamics import period
from ..models.fitzhugh_nagumo import FitzHughNagumo
from ..models.hodgkin_huxley import HodgkinHuxley
from ..models.stdp import STDP
from ..notebook_00.course import NOTEBOOKS
from ..questions.check import Exercise, teacher
from ..questions.predict import Prediction, Question
from ..questions.recall import warm_ups
from ..questions.texts import predictions
from ..spikes import spike_times
from ..tables import Table
from .recording import far_electrode, lost_header, true_spikes
from .speller import Speller

__all__ = ["EXERCISES", "Answers", "check", "predict", "recall"]

# The fast teacher

FAST = Speller(interval=8)
JUDGES = range(200, 203)  # seeds that neither the tuning nor the evaluation has seen


def _is_fast(speller):
    return (isinstance(speller, Speller) and speller.interval == FAST.interval
            and speller.word == FAST.word)


def _only_the_rule(speller):
    return speller.but(stdp=FAST.stdp) == FAST


def _spells(speller):
    return speller.scores(JUDGES)[0].mean() >= 0.85


def _other_amplitudes_alone(speller):
    home = FAST.stdp
    changed = speller.stdp != home
    return changed and speller.stdp.but(A_plus=home.A_plus, A_minus=home.A_minus) == home


def _solved(speller):
    return _is_fast(speller) and _only_the_rule(speller) and _spells(speller)


# Open projects

MEASURED = (10.0, 15.0, 20.0)  # µA/cm² at which the periods are compared


@lru_cache
def _squid_periods():
    return np.array([period(HodgkinHuxley(I_ext=I_ext)) for I_ext in MEASURED])


def _period_ratios(answer):
    """The periods of a fit (model, ms_per_unit, current) over those of the squid, at the
    currents `MEASURED`.
    """
    model, ms_per_unit, current = answer
    if not isinstance(model, FitzHughNagumo):
        raise TypeError(f"the first of the three must be a FitzHughNagumo, not {model!r}")
    periods = [period(model.but(I_ext=current(I_ext))) for I_ext in MEASURED]
    return ms_per_unit * np.array(periods) / _squid_periods()


def _fits(answer):
    return bool((np.abs(_period_ratios(answer) - 1) <= 0.05).all())


def _fits_at_ten_alone(answer):
    errors = np.abs(_period_ratios(answer) - 1)
    return errors[0] <= 0.05 < errors.max()


def _off_by_a_factor(answer):
    ratios = _period_ratios(answer)
    return bool((np.abs(ratios / ratios.mean() - 1) <= 0.05).all())


def _weight_at(X, lag, tau_m):
    """The mean weight of a synapse at X length constants: the news of the postsynaptic spike
    reaches it X/2 time constants late.
    """
    return STDP().correlated_fixed_point(10.0, 0.3, lag + X * tau_m / 2)


NETWORKS = ((0.6, 0.5), (1.7, 1.5))  # (weights, first gain): one too quiet, one too lively


def tuned(adapt, weights, start, steps=20_000, neurons=1000, seed=0):
    """The mean number of spikes that a single spike causes, over the last half of a run whose
    gain follows `adapt`.

    adapt(gain, active) returns the gain of the next step; active: the fraction of the neurons
    that fired in this one. In the mean-field network each fires with probability gain * weights
    * active unless it just has; in silence one neuron is restarted.
    """
    rng = np.random.default_rng(seed)
    gain, firing, caused = float(start), 1, []
    for _ in range(steps):
        probability = min(1.0, gain * weights * firing / neurons)
        firing = rng.binomial(neurons - firing, probability) or 1
        gain = min(max(float(adapt(gain, firing / neurons)), 0.0), 10.0)
        caused.append(gain * weights)
    return float(np.mean(caused[steps // 2:]))


def _ends_between(low, high):
    return lambda adapt: all(low <= tuned(adapt, *network) <= high for network in NETWORKS)


def _stays(adapt):
    return all(abs(tuned(adapt, weights, start) - weights * start) < 0.01
               for weights, start in NETWORKS)


def _runs_away(adapt):
    return any(not 0.2 < tuned(adapt, *network) < 3 for network in NETWORKS)


def _window(near, far, inhibition, threshold, leak, q):
    """The lowest and the highest gain at which a word is spelled by neurons that keep a
    fraction `leak` of their potential.
    """
    need = (threshold + inhibition / (1 - leak)) * (1 - leak * q)
    return need / near, need / far


def _at(question, *notebooks):
    """Whether an answer names one of these notebooks for a question."""
    return lambda answer: list(answer)[question - 1] in notebooks


# Recordings with a fault


def _count_and_rate(offset=65.0, unit=1.0, first=1):
    """(spikes, rate in Hz) that one reads off `lost_header`, with slips where asked for."""
    time, _, V = lost_header().T
    gaps = unit * np.diff(spike_times(1000 * time, V + offset, 50.0))
    return len(gaps) + 1, 1000 / gaps[first:].mean()


def _found(threshold, dead_time):
    t, V = far_electrode()
    return spike_times(t, V, threshold, dead_time=dead_time)


def _finds_each_spike_once(answer):
    found, wanted = _found(*answer), true_spikes()
    return len(found) == len(wanted) and bool((np.abs(found - wanted) < 2).all())


def _counts_twice(answer):
    """Whether every spike is found, and some of them more than once."""
    found, wanted = _found(*answer), true_spikes()
    near = np.abs(found[:, None] - wanted) < 6
    return bool(near.any(axis=0).all() and near.any(axis=1).all()) and len(found) > len(wanted)


EXERCISES = {
    "gain window": Exercise(
        right=_window,
        inputs=lambda rng: (rng.uniform(0.5, 0.7), rng.uniform(0.1, 0.2), rng.uniform(5, 10),
                            rng.uniform(2, 6), rng.uniform(0.2, 0.5), rng.uniform(0.2, 0.4)),
        wrong={
            "no_memory": lambda *given: _window(*given[:4], 0, given[5]),
            "only_inhibition": lambda *given: _window(*given[:5], 0),
            "same_ratio": lambda *given: _window(*given[:5], 1),
            "exchanged": lambda near, far, *others: _window(far, near, *others),
        }),
    "share of the letter before": Exercise(
        right=lambda interval, tau: 1 - np.exp(-interval / tau),
        inputs=lambda rng: (rng.uniform(5, 40), rng.uniform(5, 40)),
        wrong={
            "trace": lambda interval, tau: np.exp(-interval / tau),
            "exchanged": lambda interval, tau: 1 - np.exp(-tau / interval),
            "sum": lambda interval, tau: 1 / (1 - np.exp(-interval / tau)),
        }),
    "a file without a header": Exercise(
        right=_count_and_rate(),
        wrong={
            "no_spikes": lambda answer: list(answer)[0] == 0,
            "seconds": _count_and_rate(unit=1e-3),
            "first_interval": _count_and_rate(first=0),
            "over_the_step": lambda answer: abs(list(answer)[1] - 80) < 0.01,
        }),
    "an electrode far away": Exercise(
        right=_finds_each_spike_once,
        wrong={
            "noise": lambda answer: list(answer)[0] < 5 and len(_found(*answer)) > 12,
            "twice": _counts_twice,
            "misses": lambda answer: len(_found(*answer)) < 12,
        }),
    "which model": Exercise(
        right=["03", "02", "04", "05", "06"],
        wrong={
            "all_02": ["02"] * 5,
            "q1_02": _at(1, "02"),
            "q1_cable": _at(1, "04"),
            "q1_other": _at(1, "00", "01", "05", "06"),
            "q2": _at(2, "00", "01", "03", "05", "06"),
            "q3": _at(3, "00", "01", "02", "03", "05", "06"),
            "q4": _at(4, "00", "01", "02", "03", "04"),
            "q5": _at(5, "00", "01", "02", "03", "04", "05"),
        }),
    "fast teacher": Exercise(
        right=_solved,
        wrong={
            "other_task": lambda speller: isinstance(speller, Speller) and not _is_fast(speller),
            "other_parameters": lambda speller: _is_fast(speller)
                and not _only_the_rule(speller),
            "amplitudes": lambda speller: _is_fast(speller) and _other_amplitudes_alone(speller),
            "additive": lambda speller: _is_fast(speller) and speller.stdp.mu > 0,
            "ratio": lambda speller: _is_fast(speller) and not _spells(speller),
        }),
    "FitzHugh-Nagumo as a squid axon": Exercise(
        right=_fits,
        wrong={"at_ten": _fits_at_ten_alone, "factor": _off_by_a_factor}),
    "a synapse far out": Exercise(
        right=_weight_at,
        tolerance=0.05,
        inputs=lambda rng: (rng.uniform(0.2, 2), rng.uniform(-15, 5), rng.uniform(10, 20)),
        wrong={
            "at_soma": lambda X, lag, tau_m: _weight_at(0, lag, tau_m),
            "sign": lambda X, lag, tau_m: _weight_at(-X, lag, tau_m),
            "full": lambda X, lag, tau_m: _weight_at(2 * X, lag, tau_m),
        }),
    "a network that tunes itself": Exercise(
        right=_ends_between(0.98, 1.02),
        wrong={
            "stays": _stays,
            "runs_away": _runs_away,
            "too_lively": _ends_between(1.02, 3),
            "almost": _ends_between(0.9, 1.1),
        }),
}

POSTTEST = predictions("07", "posttest")

# The twenty statements

VERDICTS = ("true", "false", "it depends")
ROWS = tomllib.loads(files(__package__).joinpath("statements.toml").read_text(encoding="utf-8"))
STATEMENTS = tuple(
    (Prediction(row["text"], VERDICTS, VERDICTS.index(row["verdict"]), row["because"],
                "written"), row["notebook"]) for row in ROWS.values())


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
        return ("<details><summary>Statements and verdicts: judge first</summary>"
                f"{table._repr_html_()}</details>")


class Statement(Question):
    """A statement that the learner judges; the answer links to the notebook that decides it."""

    asks = "Judge."


class AskedAgain(Question):
    """A question of the post-test: an idea of the pre-test in another situation."""

    asks = "Again."


check, _ask = teacher("07", EXERCISES)
recall = warm_ups("07", {})


def predict(name):
    """Ask one of this notebook's questions, the "post-test" of eight, or the "twenty
    statements".
    """
    if name == "post-test":
        return widgets.VBox([AskedAgain(f"07: parallel post-test, {each}", question)
                             for each, question in POSTTEST.items()])
    if name == "twenty statements":
        return widgets.VBox([Statement(f"07: statement {k}", linked(k, *each))
                             for k, each in enumerate(STATEMENTS, 1)])
    return _ask(name)


LINK = 'target="_blank" style="color:#0072B2;text-decoration:underline"'


def linked(number, statement, notebook):
    """A statement with its number in front and, in its answer, a link to the notebook that
    decides it, which opens in another tab.
    """
    file, title, *_ = NOTEBOOKS[notebook]
    link = f'<a href="{file}.ipynb" {LINK}>{notebook} {title}</a>'
    return Prediction(f"{number}. {statement.question}", statement.choices, statement.right,
                      f"{statement.because} {link}.", statement.order)
