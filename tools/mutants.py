"""Break solvers and models by rule and count what the tests catch.

    python tools/mutants.py                  # 100 mutants drawn with a fixed seed; about half
    an hour on two cores python tools/mutants.py --draw 20 stdp   # fewer, of one module

The rules are cosmic-ray's: numbers, signs, operators, comparisons, conditions. Each mutant
lives in a copy of the package, and the module's own tests run on it first, then the others; the
working tree is not touched. Survivors are listed with their line; those of `EQUIVALENT` have
been looked at and compute the same.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import Queue

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("model", "solve", "lanes", "steady", "membrane", "hodgkin_huxley", "fitzhugh_nagumo",
           "dynamics", "phases", "cable", "mcculloch_pitts", "passive_membrane", "firing",
           "galves_locherbach", "populations", "stdp", "spikes")
SWAPS = ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "Add_Mul", "Mul_Add", "Pow_Mul", "Sub_Mul")
OTHERS = ("NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot",
          "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceUnaryOperator_USub_UAdd",
          "ReplaceUnaryOperator_Delete_Not")
COMPARISONS = ("Lt_Gt", "Gt_Lt", "LtE_Lt", "GtE_Gt", "Lt_LtE", "Gt_GtE", "Eq_NotEq", "NotEq_Eq")
RULES = {
    f"core/{name}"
    for name in (*OTHERS, *(f"ReplaceBinaryOperator_{swap}" for swap in SWAPS),
                 *(f"ReplaceComparisonOperator_{swap}" for swap in COMPARISONS))
}
OWN_TESTS = {
    "steady": ("dynamics",), "phases": ("dynamics",), "membrane": ("hodgkin_huxley", "solve"),
    "cable": ("cable", "axon"), "lanes": ("solve", "fitzhugh_nagumo"),
    "firing": ("galves_locherbach",), "populations": ("galves_locherbach",)
}
NOT_OURS = ("notebooks", "panels", "sections", "guard", "browser", "site", "baking", "editions",
            "architecture", "exercises", "words", "accessibility")
# lines whose listed part changes no result: why no test can tell
EQUIVALENT = {
    ("populations", "np.linspace(low, high, 6"): "how finely a bracket is cut; the root found "
                                                 "is the same",
    ("dynamics", "if values else 10"): "how long to look for a cycle where there is no fixed "
                                       "point; any long time will do",
    ("membrane", "np.ndim(start["): "the states of a batch have one shape, so any of them "
                                    "tells it",
    ("phases", "reshape(start["): "they are broadcast to one shape before",
    ("stdp", "np.zeros(len(trains)), "): "when a trace of zero was last read",
    ("cable", "overwrite_"): "whether a scratch array is overwritten",
    ("cable", "axon.cell.rest()[0] + "): "a first guess of the speed, which sets the grid, not "
                                         "the result",
    ("cable", "grid[1] / 2, duration="): "how long to go on after the spike has passed",
}
SECONDS = 300
# how pytest ends; a mutant that can't be imported is the last
FINE, FAILED, NOT_COLLECTED = 0, 1, 2


def mutations(modules):
    """All mutations of the modules by the rules, in a fixed order."""
    with tempfile.TemporaryDirectory() as folder, use_db(Path(folder, "work.sqlite"),
                                                         WorkDB.Mode.create) as work:
        init([ROOT / "course_utils" / f"{module}.py" for module in modules], work, {})
        found = [item.mutations[0] for item in work.work_items]
    found = [
        mutation for mutation in found
        if mutation.operator_name in RULES and not _is_told(mutation)
    ]
    return sorted(
        found, key=lambda m: (str(m.module_path), m.start_pos, m.operator_name, m.occurrence))


@cache
def text_of(path):
    """The text of a module as it was when the run began."""
    return Path(path).read_text(encoding="utf-8")


def _is_told(mutation):
    """Whether a mutation only changes the range of a slider or the words of a message: nothing
    is computed there.
    """
    line = text_of(mutation.module_path).splitlines()[mutation.start_pos[0] - 1]
    return "parameter(" in line or 'f"' in line


def mutated(mutation):
    """The module's text with one mutation."""
    operator = get_operator(mutation.operator_name)(**(mutation.operator_args or {}))
    return mutate_code(text_of(mutation.module_path), operator, mutation.occurrence)


def tests_for(module, copy):
    """The test files in a copy of the project to run on a mutant of this module, its own first.
    """
    names = OWN_TESTS.get(module, (module,))
    own = [
        f"tests/test_{name}.py" for name in names
        if (copy / "tests" / f"test_{name}.py").exists()
    ]
    rest = [
        f"tests/{path.name}" for path in sorted((copy / "tests").glob("test_*.py"))
        if path.stem.removeprefix("test_") not in NOT_OURS
    ]
    return [*own, *(name for name in rest if name not in own)]


def is_caught(mutation, copy):
    """Whether a test fails on the mutant, in a copy of the project."""
    target = copy / "course_utils" / Path(mutation.module_path).name
    target.write_text(mutated(mutation), encoding="utf-8")
    try:
        return not passes(target.stem, copy)
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(text_of(mutation.module_path), encoding="utf-8")


def passes(module, copy):
    """Whether the tests pass in a copy of the project; an error where pytest could not run
    them.
    """
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m",
        "not slow and not browser"
    ]
    done = subprocess.run(
        [*command, *tests_for(module, copy)], cwd=copy, capture_output=True, text=True,
        timeout=SECONDS, env=os.environ
        | {"PYTHONPATH": str(copy), "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        check=False)
    if done.returncode not in (FINE, FAILED, NOT_COLLECTED):
        raise RuntimeError(
            f"pytest ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.returncode == FINE


def project_copy(folder):
    """A copy of what the tests need."""
    for name in ("course_utils", "tests", "tools", "notebooks/source"):
        shutil.copytree(ROOT / name, folder / name,
                        ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("conftest.py", "pyproject.toml", "requirements.txt", "environment.yml"):
        shutil.copy(ROOT / name, folder)
    return folder


def describe(mutation):
    """One line that says where a mutation is and what it does."""
    path = Path(mutation.module_path)
    before = text_of(path).splitlines()
    after = mutated(mutation).splitlines()
    line = next(k for k, (old, new) in enumerate(zip(before, after)) if old != new)
    return f"{path.name}:{line + 1}: {before[line].strip()}  ->  {after[line].strip()}"


def equivalent(mutation):
    """Why no test can tell this mutant from the original, or None. Only numbers are changed on
    such a line.
    """
    path = Path(mutation.module_path)
    before, after = text_of(path).splitlines(), mutated(mutation).splitlines()
    old, new = next((old, new) for old, new in zip(before, after) if old != new)
    found = [
        why for (module, part), why in EQUIVALENT.items()
        if path.stem == module and part in old and part in new
    ]
    return found[0] if found and "NumberReplacer" in mutation.operator_name else None


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("modules", nargs="*", help="by default all models and solvers")
    options.add_argument("--draw", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    every = mutations(chosen.modules or MODULES)
    drawn = random.Random(chosen.seed).sample(every, min(chosen.draw, len(every)))
    with tempfile.TemporaryDirectory() as home:
        copies = Queue()
        for k in range(2):
            copies.put(project_copy(Path(home, str(k))))
        if not passes("model", copies.queue[0]):
            raise SystemExit("the tests fail without any mutant: nothing could be learned")

        def judge(mutation):
            if why := equivalent(mutation):
                print("the same", describe(mutation), f"({why})", flush=True)
                return None
            copy = copies.get()
            caught = is_caught(mutation, copy)
            copies.put(copy)
            print("caught  " if caught else "SURVIVED", describe(mutation), flush=True)
            return caught

        with ThreadPoolExecutor(2) as pool:
            judged = list(pool.map(judge, drawn))
    caught = [each for each in judged if each is not None]
    share = sum(caught) / len(caught)
    print(
        f"{len(drawn)} of {len(every)} mutants drawn; {len(drawn) - len(caught)} change "
        f"nothing; {sum(caught)} of the other "
        f"{len(caught)} caught ({share:.1%})")
    return share < 0.95


if __name__ == "__main__":
    sys.exit(main())
