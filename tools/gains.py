"""What a class learned: for each idea of the pre-test and the post-test its normalised gain.

    python tools/gains.py scores/*.json

Each file holds one learner's committed answers: the one that the button "Make one file to hand
in" wrote, or scores.json itself. The normalised gain is the fraction of what could
still be learned that was learned, (after - before)/(1 - before), for the learners who answered
both questions (Hake 1998, 10.1119/1.18809). It is 1 minus a ratio of two paired proportions, the
wrong answers after and before; its 95 % interval is that of Bonett and Price 2006,
10.1002/sim.2440, which holds for classes of any size. Files stay where they are, and nothing is
sent anywhere.
"""
import json
import sys
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

__all__ = ["Gain", "answers", "gain", "paired", "ratio_interval", "table"]

BEFORE = "00: pre-test, "
AFTER = "07: parallel post-test, "
Z = NormalDist().inv_cdf(0.975)


class Gain(NamedTuple):
    """One idea in a class: how many answered both questions, the fractions that were right before
    and after, the normalised gain and its 95 % interval (nan where nobody was wrong before).
    """

    learners: int
    before: float
    after: float
    gain: float
    low: float
    high: float


def answers(path):
    """{question: whether it was answered rightly} of one score file."""
    try:
        scores = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} is not a score file: {error}") from None
    kept = scores.get("scores", scores) if isinstance(scores, dict) else {}
    return {name: bool(score["right"]) for name, score in kept.items()
            if isinstance(score, dict) and "right" in score}


def paired(classroom):
    """{idea: [(right before, right after), ...]} of the learners who answered both questions."""
    found = {}
    for learner in classroom:
        for name in learner:
            idea = name.removeprefix(BEFORE)
            if idea != name and AFTER + idea in learner:
                found.setdefault(idea, []).append((learner[name], learner[AFTER + idea]))
    return found


def gain(pairs):
    """The `Gain` of pairs (right before, right after)."""
    n = len(pairs)
    if not n:
        raise ValueError("no learner answered both questions, so there is no gain to compute")
    wrong_before = sum(not before for before, _ in pairs)
    wrong_after = sum(not after for _, after in pairs)
    both = sum(not before and not after for before, after in pairs)
    if not wrong_before:
        return Gain(n, 1.0, 1 - wrong_after / n, float("nan"), float("nan"), float("nan"))
    low, high = ratio_interval(wrong_after, wrong_before, both)
    return Gain(n, 1 - wrong_before / n, 1 - wrong_after / n, 1 - wrong_after / wrong_before,
                1 - high, 1 - low)


def ratio_interval(x1, x0, both):
    """The 95 % interval of the ratio of two paired proportions with the counts x1 and x0, of
    which `both` are common (Bonett and Price 2006, equation 7).
    """
    n = x1 + x0 - both
    apart = sqrt((x1 + x0 - 2 * both + 2) / ((x1 + 1) * (x0 + 1)))
    each = [sqrt((1 - (x + 1) / (n + 2)) / (x + 1)) for x in (x1, x0)]
    z = Z * apart / sum(each)
    (low1, high1), (low0, high0) = (wilson(x, n, z) for x in (x1, x0))
    return low1 / high0, high1 / low0


def wilson(x, n, z):
    """Wilson's interval of the proportion x/n at z standard errors."""
    middle = 2 * x + z * z
    half = z * sqrt(z * z + 4 * x * (1 - x / n))
    return (middle - half) / (2 * (n + z * z)), (middle + half) / (2 * (n + z * z))


def table(classroom):
    """The lines of the table, an idea each, for a list of {question: right}."""
    lines = [f"{'idea':32} {'n':>4} {'before':>7} {'after':>6} {'gain':>6}   95 % interval"]
    for idea, pairs in sorted(paired(classroom).items()):
        g = gain(pairs)
        lines.append(f"{idea:32} {g.learners:4d} {g.before:7.2f} {g.after:6.2f} {g.gain:6.2f}   "
                     f"{g.low:.2f} to {g.high:.2f}")
    return lines


def main():
    if len(sys.argv) < 2:
        sys.exit("Name the score files of your class, as in: python tools/gains.py scores/*.json")
    try:
        classroom = [answers(path) for path in sys.argv[1:]]
    except ValueError as error:
        sys.exit(str(error))
    print(f"{len(classroom)} files")
    print("\n".join(table(classroom)))


if __name__ == "__main__":
    main()
