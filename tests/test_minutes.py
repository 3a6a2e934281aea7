"""An hour is an hour: the minutes of each core by the formula, and what they are made of.

The formula stands in tools/minutes.py. What it finds is printed by part at the end of the run,
and compared with the header card of the notebook and with the table in the README.
"""
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from minutes import EXERCISE_MINUTES, minutes_of, sittings, stated

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "notebooks" / "source").glob("[0-9]*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
APART = 15  # per cent by which formula, header and README may differ
LONGEST_SITTING, MOST_SITTINGS = 75, 2
FEWEST_EXERCISES, MOST_EXERCISES, CLOSED_FORMS, PANELS = 3, 5, 1, 2


def each(function):
    """A test of every notebook."""
    return pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)(function)


@cache
def parts(source):
    """The sittings of a notebook's core, read once."""
    return sittings(source)


def minutes(source):
    """The minutes of each sitting."""
    return [sum(part.minutes for part in sitting) for sitting in parts(source)]


def core(source):
    """{kind of work: how often it occurs} in the core of a notebook."""
    found = Counter()
    for part in (part for sitting in parts(source) for part in sitting):
        found[part.kind] += part.count
    return found


def exercises(source):
    """{kind: how many} of the core's exercises."""
    return {kind.removeprefix("exercise: "): count for kind, count in core(source).items()
            if kind.startswith("exercise: ")}


def listed(source, page=README):
    """(sittings, minutes of one) that the table in the README names."""
    cell = re.search(rf"\(notebooks/{source.stem}\.ipynb\) \| ([^|]+) \|", page)[1].strip()
    count, minutes = re.fullmatch(r"(?:(\d) × )?(\d+)", cell).groups()
    return int(count or 1), int(minutes)


def apart(found, named):
    """By how many per cent the sittings found differ from (sittings, minutes of one)."""
    number, minutes = named
    if len(found) != number:
        return 100.0
    return round(max(abs(each / minutes - 1) for each in found) * 100, 1)


@each
def test_a_sitting_is_at_most_75_minutes(source, keep, record_property):
    found = minutes(source)
    for number, sitting in enumerate(parts(source), 1):
        said = " + ".join(f"{part.kind} {part.minutes:.1f}"
                          for part in sorted(sitting, key=lambda part: -part.minutes))
        record_property("figure", f"minutes of {source.stem[:2]}, sitting {number}: "
                                  f"{found[number - 1]:.0f} = {said}")
    said = ", ".join(f"{minutes:.0f}" for minutes in found)
    keep(f"sittings of {source.stem[:2]}", len(found), MOST_SITTINGS, said)
    keep(f"minutes of the longest sitting of {source.stem[:2]}", round(max(found), 1),
         LONGEST_SITTING, said)


@each
def test_the_header_names_the_minutes_of_the_formula(source, keep):
    what = f"per cent between formula and header of {source.stem[:2]}"
    try:
        named = stated(source)
    except ValueError as error:
        keep(what, 100, APART, str(error))
    keep(what, apart(minutes(source), named), APART, f"{named} stated, {minutes(source)} found")


@each
def test_the_readme_names_the_minutes_of_the_formula(source, keep):
    keep(f"per cent between formula and README of {source.stem[:2]}",
         apart(minutes(source), listed(source)), APART,
         f"{listed(source)} listed, {minutes(source)} found")


@each
def test_at_most_one_exercise_asks_for_a_closed_form(source, keep):
    keep(f"exercises of no named kind in {source.stem[:2]}",
         exercises(source).get("of no named kind", 0), 0, "name it: ### Exercise · kind")
    keep(f"closed forms asked for in {source.stem[:2]}", exercises(source).get("derive", 0),
         CLOSED_FORMS)


@each
def test_the_core_has_three_to_five_exercises(source, keep):
    count = sum(exercises(source).values())
    missing = max(0, FEWEST_EXERCISES - count)
    keep(f"exercises of {source.stem[:2]}", count, MOST_EXERCISES, str(exercises(source)))
    keep(f"exercises missing in {source.stem[:2]}", missing, 0, str(exercises(source)))


@each
def test_the_core_has_at_most_two_panels(source, keep):
    keep(f"panels of {source.stem[:2]}", core(source)["panels"], PANELS)


# The formula itself, on a small notebook

SMALL = '''# %% [markdown]
# # 99 · Small
#
# **Time.** Core: two sittings of 20 minutes. This header does not count.

# %%
import numpy

# %%
Model()

# %% [markdown]
# ## Warm-up

# %%
recall()

# %% [markdown]
# ## 1 · One
# {words}
# $$x=1$$
# <details>
# <summary>Answer</summary>
# {words}
# </details>

# %%
a = 1

b = 2

# %% tags=["folded"]
# Figure: two
show(fig, "one two " "three")

# %% [markdown]
# **End of the first sitting.**

# %% [markdown]
# ## 2 · Two
# 1. Why?
# 2. How?
# 3. When?

# %% tags=["folded"]
# Panel: three
Panel(Model(), view)

# %% [markdown]
# ### Exercise · find the fault

# %%
line = ...

check("a fault", line)

# %% tags=["solution"]
check("a fault", 7)

# %% [markdown]
# ## Further · Three

# %%
Panel(Model(), view)

# %% [markdown]
# ## What you saw
# {words}
'''


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "99_small.py"
    path.write_text(SMALL.replace("{words}", 99 * "word "), encoding="utf-8")
    return path


def test_the_formula_by_hand(small):
    first, second = ({part.kind: part.count for part in sitting} for sitting in sittings(small))
    # "Warm-up", "1 One", the text, the caption, the mark; neither header, answer nor foot
    assert first == {"words": 1 + 2 + 99 + 3 + 5, "formulas": 1, "code lines": 3, "figures": 1,
                     "warm-up": 1}
    assert second == {"words": 2 + 6 + 4, "code lines": 2, "panels": 1, "further tasks": 1,
                      "exercise: find": 1}
    assert minutes_of(small) == pytest.approx([1.10 + 1.5 + 0.25 + 1.5 + 3,
                                               0.12 + 1 / 6 + 8 + 1 + 7])
    assert stated(small) == (2, 20)


def test_what_differs_is_seen():
    assert apart([50, 60], (2, 55)) == 9.1
    assert apart([50, 64], (2, 55)) > APART
    assert apart([55], (2, 55)) == apart([55, 55], (1, 55)) == 100
    page = "| [Small](notebooks/99_small.ipynb) | 2 × 20 | count |"
    assert listed(Path("99_small.py"), page) == (2, 20)
    assert listed(Path("99_small.py"), page.replace("2 × 20", "45")) == (1, 45)


def test_a_header_without_minutes_is_refused(small):
    small.write_text(small.read_text().replace("two sittings", "some time"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"must say \*\*Time"):
        stated(small)


def test_an_exercise_without_a_kind_is_seen(small):
    small.write_text(small.read_text().replace("### Exercise · find the fault", "### Exercise"),
                     encoding="utf-8")
    assert exercises(small) == {"of no named kind": 1}


def test_the_kinds_have_the_minutes_of_the_design():
    assert EXERCISE_MINUTES == {"measure": 8, "choose": 8, "predict": 5, "read": 7, "find": 7,
                                "judge": 5, "write": 10, "derive": 12}
