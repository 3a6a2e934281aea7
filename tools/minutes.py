"""The minutes that the core of a notebook takes, by one formula, part by part.

    python tools/minutes.py                                  # all notebooks
    python tools/minutes.py notebooks/source/06_*.py         # some of them

Counted is what a learner sees: the sections between the header card and "What you saw", without
optional ones (## Further), folded text, instructor's boxes and solutions. A heading
`### Exercise · find the fault` names the kind of the exercise below it; `**End of the first
sitting.**` ends a sitting.
"""
import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import jupytext

__all__ = ["EXERCISE_MINUTES", "Part", "minutes_of", "sittings", "stated"]

SOURCES = Path(__file__).resolve().parent.parent / "notebooks" / "source"
WORDS_A_MINUTE, CODE_LINES_A_MINUTE = 100, 12
FORMULA, FIGURE, PREDICTION, WARM_UP, TEST = 1.5, 1.5, 3.0, 3.0, 5.0
STATEMENTS = 10.0  # twenty, half a minute each
PANEL, TASKS_INCLUDED = 8.0, 2  # a panel with its first tasks; each further task takes a minute
EXERCISE_MINUTES = {
    "measure": 8, "choose": 8, "predict": 5, "read": 7, "find": 7, "judge": 5, "write": 10,
    "derive": 12}
UNKNOWN_EXERCISE = 8.0  # where no heading names its kind
OPTIONAL = re.compile(r"(Further|Optional)\b")
FOOT = re.compile(r"(What you saw|Questions to close|References|For instructors)\b")
END_OF_SITTING = re.compile(r"\*\*End of the \w+ sitting")
CALLS = {"figure": r"\bshow\(", "panel": r"\bPanel\(", "predict": r"\bpredict\(",
         "check": r"\bcheck\(", "warm-up": r"(?<![.\w])recall\(",
         "test": r"\bpredict\(\"(?:pre|post)-test\"",
         "statements": r"\bpredict\(\"twenty statements\""}


class Part(NamedTuple):
    """One kind of work in a sitting: how often it occurs, and the minutes it takes."""

    kind: str
    count: int
    minutes: float


def sittings(source):
    """[[Part, ...], ...] of the core of a notebook's source file, one list for each sitting."""
    found, counts, heading, kind = [], Counter(), "", ""
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "markdown":
            for text in re.split(r"^(?=## )", cell.source, flags=re.M):
                heading = (re.findall(r"^## (.+)", text, re.M) or [heading])[0]
                if heading and not OPTIONAL.match(heading) and not FOOT.match(heading):
                    counts += Counter(of_text(text))
                    kind, counts["tasks"] = exercise_kind(text), tasks(text)
            if FOOT.match(heading):
                break
        elif heading and not OPTIONAL.match(heading) and "solution" not in tags(cell):
            counts += Counter(of_code(cell, kind, counts.pop("tasks", 0)))
        if END_OF_SITTING.search(cell.source):
            found.append(parts(counts))
            counts = Counter()
    return [*found, parts(counts)]


def tags(cell):
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def of_text(text):
    """{kind: count} of a Markdown cell: its words and its displayed formulas."""
    text = re.sub(r"<details>.*?</details>", " ", text, flags=re.S)
    text, formulas = re.subn(r"\$\$.*?\$\$", " ", text, flags=re.S)
    return {"words": words(text), "formulas": formulas}


def words(text):
    """The number of words of a text; a formula in a line counts as one."""
    text = re.sub(r"\$[^$\n]+\$|`[^`\n]+`", " formula ", text)
    text = re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S+", " ", text)
    return len(re.findall(r"[^\W_][\w'’.,-]*", text))


def exercise_kind(text):
    """The kind that a heading `### Exercise · kind` names, "" without one."""
    named = re.findall(r"^### Exercise · (\w+)", text, re.M)
    return named[-1].lower() if named else ""


def tasks(text):
    """The number of numbered tasks of a Markdown cell, folded answers left out."""
    return len(re.findall(r"^\d+\. ", re.sub(r"<details>.*?</details>", "", text, flags=re.S),
                          re.M))


def of_code(cell, kind, tasks):
    """{kind: count} of a code cell: open lines, figures and their captions, what it asks."""
    called = {name: bool(re.search(call, cell.source)) for name, call in CALLS.items()}
    called["predict"] &= not (called["test"] or called["statements"])
    counts = {name: 1 for name in ("warm-up", "test", "statements", "predict") if called[name]}
    if called["check"]:
        counts[f"exercise: {kind or 'of no named kind'}"] = 1
    if called["panel"]:
        counts |= {"panels": 1, "further tasks": max(0, tasks - TASKS_INCLUDED)}
    elif called["figure"]:
        counts |= {"figures": 1, "words": words(caption(cell.source))}
    if "folded" not in tags(cell) and not re.search(r"\bpredict\(", cell.source):
        counts["code lines"] = sum(bool(line.strip()) for line in cell.source.splitlines())
    return counts


def caption(code):
    """The caption that a cell gives to `show`: its strings, joined."""
    return " ".join(re.findall(r'"([^"]*)"', code.rpartition("show(")[2]))


def parts(counts):
    """The Parts of one sitting, without what does not occur."""
    minutes = {"words": 1 / WORDS_A_MINUTE, "formulas": FORMULA, "figures": FIGURE,
               "code lines": 1 / CODE_LINES_A_MINUTE, "predict": PREDICTION, "warm-up": WARM_UP,
               "test": TEST, "statements": STATEMENTS, "panels": PANEL, "further tasks": 1.0}
    return [Part(kind, count, count * minutes.get(kind, of_exercise(kind)))
            for kind, count in sorted(counts.items()) if count and kind != "tasks"]


def of_exercise(kind):
    """The minutes of a part "exercise: kind"."""
    return EXERCISE_MINUTES.get(kind.removeprefix("exercise: "), UNKNOWN_EXERCISE)


def minutes_of(source):
    """The minutes of each sitting of a notebook's core, a list."""
    return [sum(part.minutes for part in sitting) for sitting in sittings(source)]


def stated(source):
    """(sittings, minutes of one) that the header card states, as in "two sittings of 75 minutes".
    """
    header = jupytext.read(source, fmt="py:percent").cells[0].source
    found = re.search(r"(one|two) sittings? of (?:about )?(\d+) minutes", header)
    if not found:
        raise ValueError(f"{Path(source).name}: the header card must say **Time.** ... one "
                         "sitting (two sittings) of N minutes")
    return ("one", "two").index(found[1]) + 1, int(found[2])


def main(arguments=None):
    """Print the parts of the notebooks named on the command line, by default all."""
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sources", nargs="*", type=Path, help="notebooks/source/*.py")
    for source in options.parse_args(arguments).sources or sorted(SOURCES.glob("[0-9]*.py")):
        print(source.stem)
        for number, sitting in enumerate(sittings(source), 1):
            print(f"  sitting {number}: {sum(part.minutes for part in sitting):.0f} minutes")
            for part in sitting:
                print(f"    {part.minutes:5.1f}  {part.count:5} {part.kind}")


if __name__ == "__main__":
    sys.exit(main())
