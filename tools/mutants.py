"""Break solvers and models by rule and count what the tests catch.

    python tools/mutants.py                  # 100 mutants drawn with a fixed seed: an hour
    python tools/mutants.py --draw 20 stdp   # fewer, of modules with this name

The rules are cosmic-ray's: numbers, signs, operators, comparisons, conditions. Each mutant
lives in a copy of the package, and the module's own tests run on it first, then the others; the
working tree is not touched. A mutant whose tests run out of time has not been caught: on a busy
machine any of them can be late. Those are run again alone, with three times the limit, and what
is late even then is counted apart. Survivors are listed with their line; those of `EQUIVALENT`
have been looked at and compute the same.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import Queue

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("models", "analysis", "fast", "notebook_05", "notebook_06")
ROOT_MODULES = ("equilibria", "model", "solve", "spikes")
NOT_COMPUTING = ("__init__", "exercises", "experiments", "pictures")
SWAPS = ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "Add_Mul", "Mul_Add", "Pow_Mul", "Sub_Mul")
OTHERS = ("NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot",
          "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceUnaryOperator_USub_UAdd",
          "ReplaceUnaryOperator_Delete_Not")
COMPARISONS = ("Lt_Gt", "Gt_Lt", "LtE_Lt", "GtE_Gt", "Lt_LtE", "Gt_GtE", "Eq_NotEq", "NotEq_Eq")
RULES = {f"core/{name}" for name in (
    *OTHERS, *(f"ReplaceBinaryOperator_{swap}" for swap in SWAPS),
    *(f"ReplaceComparisonOperator_{swap}" for swap in COMPARISONS))}
OWN_TESTS = {  # stem of a module: stems of the tests that know it best, where the names differ
    "equilibria": ("dynamics",), "phases": ("dynamics",), "membrane": ("hodgkin_huxley", "solve"),
    "cable": ("cable", "axon"), "batch_rk4": ("solve", "fitzhugh_nagumo"),
    "firing": ("galves_locherbach",), "populations": ("galves_locherbach",),
    "competition": ("stdp", "plasticity"), "renewal": ("galves_locherbach",),
    "decoding": ("galves_locherbach",)
}
NOT_OURS = ("accessibility", "adoption", "architecture", "baking", "browser", "build_twice",
            "clients", "core_tasks", "editions", "english", "exercises", "folded", "guard",
            "installation", "lab", "layout", "lite", "minutes", "moved", "mutants", "notebooks",
            "pages", "panels", "sections", "site", "words")
# lines whose listed part changes no result: why no test can tell
EQUIVALENT = {
    ("dynamics", "if rates else 100.0"): "how long to look for a cycle where there is no fixed "
                                       "point; any long time will do",
    ("cable", "overwrite_"): "whether a scratch array is overwritten",
    ("spikes", "rows.max(initial="): "counts only where there are no trains, times their number",
}
CAUGHT, SURVIVED, LATE, SAME = "caught", "SURVIVED", "out of time", "the same"
# how pytest ends; a mutant that can't be imported is the last
FINE, FAILED, NOT_COLLECTED = 0, 1, 2


def modules(names=()):
    """The paths of the modules to break: all models and solvers, or those with these names."""
    package = ROOT / "course_utils"
    every = [package / f"{name}.py" for name in ROOT_MODULES]
    every += [path for place in PLACES for path in sorted((package / place).glob("*.py"))]
    computing = [path for path in every if path.stem not in NOT_COMPUTING]
    return [path for path in computing if not names or path.stem in names]


def mutations(paths):
    """All mutations of the modules by the rules, in a fixed order."""
    with tempfile.TemporaryDirectory() as folder:
        with use_db(Path(folder, "work.sqlite"), WorkDB.Mode.create) as work:
            init(paths, work, {})
            found = [item.mutations[0] for item in work.work_items]
    found = [each for each in found if each.operator_name in RULES and not _is_told(each)]
    return sorted(
        found, key=lambda m: (str(m.module_path), m.start_pos, m.operator_name, m.occurrence))


@cache
def text_of(path):
    """The text of a module as it was when the run began."""
    return Path(path).read_text(encoding="utf-8")


def _is_told(mutation):
    """Whether a mutation only changes a slider's range or a message's words."""
    line = text_of(mutation.module_path).splitlines()[mutation.start_pos[0] - 1]
    return "parameter(" in line or 'f"' in line


def mutated(mutation):
    """The module's text with one mutation."""
    operator = get_operator(mutation.operator_name)(**(mutation.operator_args or {}))
    return mutate_code(text_of(mutation.module_path), operator, mutation.occurrence)


def changed_line(mutation):
    """(number, before, after) of the first line that a mutation changes."""
    lines = zip(text_of(mutation.module_path).splitlines(), mutated(mutation).splitlines())
    return next((k + 1, old.strip(), new.strip()) for k, (old, new) in enumerate(lines)
                if old != new)


def describe(mutation):
    """One line that says where a mutation is and what it does."""
    number, before, after = changed_line(mutation)
    return f"{Path(mutation.module_path).name}:{number}: {before}  ->  {after}"


def equivalent(mutation):
    """Why no test can tell this mutant from the original, or None; on such a line only numbers
    change nothing.
    """
    _, before, after = changed_line(mutation)
    for (module, part), why in EQUIVALENT.items():
        if Path(mutation.module_path).stem == module and part in before and part in after:
            return why if "NumberReplacer" in mutation.operator_name else None
    return None


def tests_for(stem, copy):
    """The test files in a copy of the project to run on a mutant of this module, its own first."""
    there = {path.stem.removeprefix("test_"): f"tests/{path.name}"
             for path in sorted((copy / "tests").glob("test_*.py"))}
    own = [there[name] for name in OWN_TESTS.get(stem, (stem,)) if name in there]
    rest = [path for name, path in there.items() if name not in NOT_OURS and path not in own]
    return [*own, *rest]


def passes(stem, copy, seconds=None):
    """Whether the tests pass in a copy of the project; TimeoutExpired where they take longer."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m",
               "not slow and not browser and not release", *tests_for(stem, copy)]
    environment = {"PYTHONPATH": str(copy), "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False,
                          timeout=seconds, env=os.environ | environment)
    if done.returncode not in (FINE, FAILED, NOT_COLLECTED):
        raise RuntimeError(
            f"pytest ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.returncode == FINE


def verdict(mutation, copy, seconds):
    """What the tests say of a mutant in a copy of the project: CAUGHT, SURVIVED or LATE."""
    target = copy / Path(mutation.module_path).relative_to(ROOT)
    target.write_text(mutated(mutation), encoding="utf-8")
    try:
        return SURVIVED if passes(target.stem, copy, seconds) else CAUGHT
    except subprocess.TimeoutExpired:
        return LATE
    finally:
        target.write_text(text_of(mutation.module_path), encoding="utf-8")


def project_copy(folder):
    """A copy of what the tests need."""
    for name in ("course_utils", "tests", "tools", "notebooks"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name,
                            ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("conftest.py", "pyproject.toml", "requirements.txt", "environment.yml"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    return folder


def judged(drawn, copies, seconds):
    """[(mutation, verdict)]: as many at a time as there are copies; the late ones again, alone."""
    free = Queue()
    for copy in copies:
        free.put(copy)

    def judge(mutation):
        if why := equivalent(mutation):
            print(SAME, describe(mutation), f"({why})", flush=True)
            return mutation, SAME
        copy = free.get()
        said = verdict(mutation, copy, seconds)
        free.put(copy)
        print(f"{said:11}", describe(mutation), flush=True)
        return mutation, said

    with ThreadPoolExecutor(len(copies)) as pool:
        found = list(pool.map(judge, drawn))
    for k, (mutation, said) in enumerate(found):
        if said == LATE:
            found[k] = mutation, verdict(mutation, copies[0], 3 * seconds)
            print(f"alone: {found[k][1]}", describe(mutation), flush=True)
    return found


def summary(found, every):
    """(the share that was caught, the sentence that says so); a late mutant was not caught."""
    counts = Counter(said for _, said in found)
    different = len(found) - counts[SAME]
    share = counts[CAUGHT] / different if different else 1.0
    return share, (
        f"{len(found)} of {every} mutants drawn; {counts[SAME]} change nothing; of the other "
        f"{different} the tests caught {counts[CAUGHT]} ({share:.1%}), {counts[SURVIVED]} "
        f"survived, {counts[LATE]} ran out of time even alone")


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("modules", nargs="*", help="by default all models and solvers")
    options.add_argument("--draw", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    every = mutations(modules(chosen.modules))
    drawn = random.Random(chosen.seed).sample(every, min(chosen.draw, len(every)))
    with tempfile.TemporaryDirectory() as home:
        copies = [project_copy(Path(home, str(k))) for k in range(2)]
        start = time.monotonic()
        if not passes("model", copies[0]):
            raise SystemExit("the tests fail without any mutant: nothing could be learned")
        seconds = 60 + 3 * (time.monotonic() - start)
        share, said = summary(judged(drawn, copies, seconds), len(every))
    print(said)
    return share < 0.95


if __name__ == "__main__":
    sys.exit(main())
