"""The house: imports run one way, models know nothing of their fast forms, all is declared and
documented. How much there is and how it is written: test_layout.py.
"""
import ast
import graphlib
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from matplotlib.mathtext import MathTextParser

import course_utils
from course_utils.model import Model, Record

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "course_utils"

# from the ground up: a module imports from floors below, and on its own floor without a circle
FLOORS = ("root", "models", "analysis", "fast", "questions", "notebook")
# what is slow to import or needs a screen: where it may stand at the top of a module
HEAVY = {
    "matplotlib": ("plots", "panel", "pictures"), "PIL": ("plots", "panel", "set_up"),
    "IPython": ("plots",),
    "ipywidgets": ("panel", "buttons", "sliders", "set_up", "exercises", "predict", "recall"),
    "anywidget": ("panel",), "traitlets": ("panel",), "scipy": ()
}
# 01 borrows a drawing; 07 the pre-test, the file to hand in, noise, the integrate-and-fire neuron
ALLOWED = {("notebook_01", "notebook_00"), ("notebook_07", "notebook_00")}
LIGHT = {"numpy", "course_utils", "__future__"}

CONTRACT = """
    simulate euler rk4 exponential_euler splitting Run
    HodgkinHuxley TrimmedHodgkinHuxley ReducedHodgkinHuxley voltage_clamp FitzHughNagumo
    spike_times fixed_points hopf_currents period phase_response
    ThresholdUnit learn_perceptron threshold_functions
    Cable Axon simulate_cable conduction_speed
    GalvesLocherbach logistic clipped_linear mean_field
    STDP poisson_trains correlated_trains Panel""".split()


def modules():
    """{name: its syntax tree} of all modules of the package, `exercises.check` with a dot."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if not name.endswith("__init__"):
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def room(name):
    """The folder in which a module stands, "root" for none."""
    folder, dot, _ = name.partition(".")
    return folder if dot else "root"


def floor(name):
    """The number of a module's floor."""
    return FLOORS.index(room(name).split("_")[0])


RECORDS = []


def records():
    """All Records of the package, each class once."""
    if not RECORDS:
        for name in MODULES:
            importlib.import_module(f"course_utils.{name}")
        waiting = [Record]
        while waiting:
            for kind in waiting.pop().__subclasses__():
                if kind.__module__.startswith("course_utils") and kind not in RECORDS:
                    RECORDS.append(kind)
                waiting.append(kind)
    return RECORDS


def imported(name, tree):
    """(module of the package or first part of another one, stands at the top) of every import
    of a module.
    """
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if not node.level:
                yield node.module.split(".")[0], id(node) in top
                continue
            package = name.split(".")[:-1]
            base = package[:len(package) - node.level + 1]
            targets = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ((".".join([*base, target]), id(node) in top) for target in targets)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_run_one_way(name, keep):
    others = [other for other, _ in imported(name, MODULES[name]) if other in MODULES]
    above = [other for other in others if floor(other) > floor(name)]
    keep(f"imports of {name} from above", len(above), 0, ", ".join(above))
    for other in others:
        if room(other).startswith("notebook") and room(other) != room(name):
            pair = (room(name), room(other))
            assert pair in ALLOWED, f"{name} imports {other}, another notebook's"


def test_only_the_package_itself_knows_the_fast_forms(keep):
    knowing = {name for name, tree in MODULES.items() for other, _ in imported(name, tree)
               if other.split(".")[0] == "fast" and room(name) != "fast"}
    keep("modules that import fast forms", len(knowing), 0, ", ".join(sorted(knowing)))


def test_the_root_imports_no_notebook():
    root = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    found = {other.split(".")[0] for other, _ in imported("__init__", root)}
    assert not [name for name in found if name.startswith("notebook")]


def test_no_module_imports_itself_by_way_of_others():
    arrows = {name: {other for other, _ in imported(name, tree) if other in MODULES}
              for name, tree in MODULES.items()}
    graphlib.TopologicalSorter(arrows).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("name", sorted(MODULES))
def test_what_is_heavy_is_imported_where_it_is_used(name):
    for other, at_top in imported(name, MODULES[name]):
        if other in HEAVY and at_top:
            assert name.split(".")[-1] in HEAVY[other], f"{name} imports {other} at its top"
        if other not in HEAVY and other not in MODULES:
            known = other in LIGHT or other in sys.stdlib_module_names
            assert known, f"{name} imports {other}: a new dependency"


def test_the_models_need_numpy_alone():
    """Importing the package loads neither a plotting library nor widgets nor scipy."""
    said = f"import sys, course_utils; print(*{set(HEAVY)} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True,
                          check=True, cwd=ROOT)
    assert done.stdout.strip() == "" and done.stderr == ""


def functions(tree):
    return (node for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", sorted((ROOT / "tools").glob("*.py")), ids=lambda p: p.stem)
def test_no_function_of_a_tool_is_long(path):
    for function in functions(ast.parse(path.read_text(encoding="utf-8"))):
        length = function.end_lineno - function.lineno + 1
        assert length <= 40, f"{path.name}: {function.name} has {length} lines"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_what_a_module_offers_exists_and_says_what_it_is(name):
    module = importlib.import_module(f"course_utils.{name}")
    every = getattr(module, "__all__", () if room(name) == "fast" else None)
    assert (module.__doc__ or "").strip() and len(set(every)) == len(every)
    for offered in every:
        thing = getattr(module, offered)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert (thing.__doc__ or "").strip(), f"{name}.{offered} has no docstring"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_public_functions_and_methods_say_what_they_return(name):
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name}.{node.name} has no docstring"
        body = node.body if isinstance(node, ast.ClassDef | ast.Module) else ()
        for function in body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                assert ast.get_docstring(function), f"{name}.{function.name} has no docstring"


def test_every_parameter_declares_its_unit_symbol_and_meaning():
    parser = MathTextParser("path")
    for kind in records():
        for name, declared in kind.parameters().items():
            where = f"{kind.__name__}.{name}"
            for each in ("unit", "symbol", "doc"):
                assert getattr(declared, each), f"{where} has no {each}"
            parser.parse(f"${declared.symbol}$")  # raises where matplotlib can't set this TeX
            low, high = declared.low, declared.high
            assert (low is None) == (high is None), f"{where} has half a range"
            assert low is None or low < high, where
            assert declared.scale != "log" or low is None or low > 0, f"{where}: a log scale from 0"
            assert not declared.doc.endswith("."), f"{where}: {declared.doc!r} is no sentence"


def test_every_default_lies_in_the_range_of_its_slider():
    for kind in records():
        for field in kind.__dataclass_fields__.values():
            declared = field.metadata.get("parameter")
            if declared and declared.low is not None and isinstance(field.default, int | float):
                said = f"{kind.__name__}.{field.name} = {field.default}"
                assert declared.low <= field.default <= declared.high, said


def test_records_are_frozen_and_models_name_their_states():
    for kind in records():
        assert kind.__dataclass_params__.frozen, kind
        assert all(field.kw_only for field in kind.__dataclass_fields__.values()), kind
        if issubclass(kind, Model):
            assert all(isinstance(unit, str) and unit for unit in kind.states.values()), kind


def public_names():
    """The names that course_utils gathers for the notebooks."""
    own = {"import_module", "DRAWN", "fast", "moved"}
    names = set()
    for node in ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return sorted((names | set(course_utils.DRAWN)) - own)


def test_every_name_of_the_contract_is_there():
    assert set(CONTRACT) <= set(public_names()) and set(CONTRACT) <= set(dir(course_utils))


@pytest.mark.parametrize("name", public_names())
def test_a_public_name_works_and_says_what_it_is(name):
    thing = getattr(course_utils, name)
    assert thing is not None and not inspect.ismodule(thing)
    assert not callable(thing) or thing.__doc__, f"{name} has no docstring"


def test_star_brings_all_public_names():
    names = {}
    exec("from course_utils import *", names)
    assert set(public_names()) <= set(names)


def test_a_name_that_is_not_there_is_told():
    with pytest.raises(AttributeError, match="no name 'simulat'"):
        course_utils.simulat  # noqa: B018


def test_nothing_touches_global_state():
    for name, tree in MODULES.items():
        others = {other for other, _ in imported(name, tree)}
        assert "random" not in others, f"{name}: numpy's Generator does it"
        for node in ast.walk(tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            forbidden = r"np\.random\.(?!default_rng|Generator).*|np\.seterr"
            assert not re.fullmatch(forbidden, called), f"{name}: {called}"
            assert not isinstance(node, ast.Global), name


# What is to be installed


def bounds(lines):
    """{package: bound} of lines such as 'numpy>=2.0'."""
    said = (line.split("#")[0].strip() for line in lines)
    return dict(re.fullmatch(r"([\w-]+)(\S*)", line).groups() for line in said if line)


REQUIREMENTS = bounds((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_conda_and_pip_install_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = bounds(line for line in environment["dependencies"]
                   if isinstance(line, str) and not line.startswith("python="))
    conda["matplotlib"] = conda.pop("matplotlib-base")
    assert conda.pop("nbgitpuller"), "the README's links for a hub need it in the image"
    assert conda.pop("pip") == "" and conda == REQUIREMENTS
    assert "\n  - python=3.12\n" in (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_what_the_package_imports_is_what_it_asks_for():
    asked = bounds(PROJECT["dependencies"])
    assert asked.items() <= REQUIREMENTS.items()
    every = (other for name, tree in MODULES.items() for other, _ in imported(name, tree))
    used = {other for other in every if other in HEAVY} | {"numpy"}
    assert set(asked) == used - {"PIL", "IPython", "traitlets"}  # come with the others
    assert PROJECT["requires-python"] == ">=3.11"


def test_every_direct_dependency_has_a_lower_bound_and_stands_in_the_lock():
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    for package, bound in REQUIREMENTS.items():
        assert re.fullmatch(r">=[\d.]+", bound), f"{package}{bound}"
        there = re.search(rf"^{package}==", locked, re.M)
        assert there, f"{package} is not in requirements.lock"
