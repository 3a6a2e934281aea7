"""How much there is to read, and how it is written: budgets, lines, statements, names, reasons.

Every figure is handed to the summary at the end of the run, so that what grows is seen before
it is too much. Tokens are Python's own, without comments and docstrings: narrow lines and good
explanations cost nothing.
"""
import ast
import importlib
import io
import re
import tokenize
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import jupytext
import pytest
import yaml
from test_architecture import CONTRACT, MODULES, PACKAGE, ROOT, functions, imported, public_names

import course_utils
from conftest import TOLD

TOKENS = {"core": 32_000, "folder": 9_500, "all": 115_000}
LONGEST_LINE, USUAL_LINE, LONGEST_IN_CELLS = 100, 90, 88
PAIRS = 0.05  # the largest share of assignments that pair tuples
SCRIPT_LINES = 400
LONGEST_FUNCTION = 40
NOUNS = {"Model", "Record", "parameter", "CourseWarning"}  # a learner's own model, and its warning
# by the tests, in every notebook's exercises; by whoever switches the fast forms off
READ_BY_NAME = {"EXERCISES", "FAST_FORMS", "SWITCH"}
EVENTS = {"terminal", "direction"}  # what scipy's solve_ivp reads from an event

SOURCES = sorted((ROOT / "notebooks" / "source").glob("[0-9]*.py"))
FOLDERS = sorted(path for path in PACKAGE.glob("notebook_[0-9][0-9]"))
IDLE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENCODING, tokenize.ENDMARKER
}
# from Python 3.12 on the parts of an f-string are tokens, too: it counts as one, as before
F_BEGINS, F_ENDS = (getattr(tokenize, f"FSTRING_{name}", None) for name in ("START", "END"))
IDLE |= {F_ENDS}
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@cache
def text_of(path):
    return path.read_text(encoding="utf-8")


def python_files():
    """The files of the package, `__init__` among them."""
    return sorted(PACKAGE.rglob("*.py"))


def short(path):
    """A path as one says it: from the package on."""
    return path.relative_to(PACKAGE).as_posix()


# Budgets


def tokens(text):
    """How many tokens of code a Python text has, comments and docstrings left out."""
    told = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            told |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    count = inside = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        inside -= token.type == F_ENDS
        count += not inside and token.type not in IDLE and token.start[0] not in told
        inside += token.type == F_BEGINS
    return count


@cache
def sizes():
    """{part: tokens}: "core", "fast" and each notebook's folder."""
    found = Counter()
    for path in python_files():
        part = short(path).split("/")[0]
        apart = part == "fast" or part.startswith("notebook_")
        found[part if apart else "core"] += tokens(text_of(path))
    return found


def test_only_code_is_counted():
    assert tokens('"""Why."""\nx = f(1)  # because\n') == tokens("x = f(1)") == 6
    assert tokens('f"{x + 1:.{n}f} of {f(y)}"') == 1


def test_the_core_is_read_in_an_evening(keep):
    largest = Counter({
        name: tokens(text_of(PACKAGE / f"{name.replace('.', '/')}.py"))
        for name in MODULES if not name.startswith(("notebook_", "fast"))
    })
    worst = ", ".join(f"{name} {size}" for name, size in largest.most_common(5))
    keep("tokens of the core", sizes()["core"], TOKENS["core"], f"Largest: {worst}")


@pytest.mark.parametrize("folder", [path.name for path in FOLDERS])
def test_a_notebooks_folder_is_small(folder, keep):
    keep(f"tokens of {folder}", sizes()[folder], TOKENS["folder"])


def test_the_whole_package_is_small(keep):
    keep("tokens of course_utils", sum(sizes().values()), TOKENS["all"])


def test_javascript_stands_in_its_own_files(keep):
    scripts = [*PACKAGE.rglob("*.js"), *(ROOT / "tools").rglob("*.js")]
    keep("lines of JavaScript", sum(len(text_of(path).splitlines()) for path in scripts),
         SCRIPT_LINES)


def test_no_module_hides_a_script(keep):
    hidden = [short(path) for path in python_files() if "export default" in text_of(path)]
    keep("modules with JavaScript in a string", len(hidden), 0, ", ".join(hidden))


# Lines and statements


def test_lines_are_narrow(keep):
    widths = sorted(len(line) for path in python_files()
                    for line in text_of(path).splitlines() if line.strip())
    keep("longest line of the package", widths[-1], LONGEST_LINE)
    keep("90th percentile of line widths", widths[9 * len(widths) // 10], USUAL_LINE)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_lines_in_cells_are_narrow(source, keep):
    cells = [cell for cell in jupytext.read(source).cells if cell.cell_type == "code"]
    longest = max((line for cell in cells for line in cell.source.splitlines()), key=len)
    keep(f"longest line in a cell of {source.stem[:2]}", len(longest), LONGEST_IN_CELLS, longest)


def doubled(tree):
    """The line numbers on which a second statement starts."""
    starts = Counter(node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return sorted(line for line, count in starts.items() if count > 1)


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_one_statement_a_line(path):
    assert doubled(ast.parse(text_of(path))) == []


def test_a_second_statement_on_a_line_is_seen():
    assert doubled(ast.parse("a = 1; b = 2\nif a: b = 3\nc = 4")) == [1, 2]


def pairs(tree):
    """(all assignments, those of several values to several names)."""
    every = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    paired = [node for node in every
              if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple)]
    return len(every), len(paired)


def test_few_assignments_pair_tuples(keep):
    assert pairs(ast.parse("a, b = 1, 2\nc = 3, 4\nd, e = f")) == (3, 1)
    found = {short(path): pairs(ast.parse(text_of(path))) for path in python_files()}
    worst = sorted(found, key=lambda name: -found[name][1])[:8]
    said = "Most: " + ", ".join(f"{name} {found[name][1]} of {found[name][0]}" for name in worst)
    every, paired = map(sum, zip(*found.values()))
    keep("share of assignments that pair tuples", round(paired / every, 3), PAIRS, said)


def test_functions_are_short(keep):
    lengths = sorted((node.end_lineno - node.lineno + 1, name, node.name)
                     for name, tree in MODULES.items() for node in functions(tree))
    keep("lines of the longest function", lengths[-1][0], LONGEST_FUNCTION, str(lengths[-1]))
    keep("lines of the middle one of all functions", lengths[len(lengths) // 2][0], 10)


def hung(tree):
    """(function, attribute) wherever something is hung on a function of this file."""
    names = {node.name for node in functions(tree)}
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                if target.value.id in names and target.attr not in EVENTS:
                    yield target.value.id, target.attr


def test_nothing_is_hung_on_a_function(keep):
    found = [f"{name}: {function}.{attribute}" for name, tree in MODULES.items()
             for function, attribute in hung(tree)]
    keep("attributes hung on functions", len(found), 0, ", ".join(found))


# Names: what is offered is taken, what is taken is offered


def offered(name):
    """The names that a module offers."""
    return set(getattr(importlib.import_module(f"course_utils.{name}"), "__all__", ()))


def taken(name, tree):
    """(module of the package, name) of all that a module of it takes from another."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level:
            base = name.split(".")[:-1]
            base = base[:len(base) - node.level + 1]
            module = ".".join([*base, node.module])
            if module in MODULES:
                yield from ((module, alias.name) for alias in node.names)


def test_walls_have_no_holes(keep):
    holes = [f"{name} takes {thing} from {module}" for name, tree in MODULES.items()
             for module, thing in taken(name, tree) if thing not in offered(module)]
    keep("names taken that are not offered", len(holes), 0, "; ".join(holes))


def absolute(tree):
    """(module of the package or "", name) of all that a file outside it takes."""
    seen_as = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            package, _, module = node.module.partition(".")
            for alias in node.names if package == "course_utils" else ():
                yield module, alias.name
                inside = ".".join(filter(None, [module, alias.name]))
                seen_as[alias.asname or alias.name] = inside
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = seen_as.get(node.value.id)
            if module in MODULES:
                yield module, node.attr


def inside(name, tree):
    """(module, name) of what a module takes, also by way of a module: `pictures.matrix`."""
    yield from taken(name, tree)
    as_module = {other.split(".")[-1]: other for other, _ in imported(name, tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = as_module.get(node.value.id)
            if module in MODULES:
                yield module, node.attr


@cache
def users():
    """{(module, name)} that the package, its notebooks, tools or benchmarks take."""
    files = [*SOURCES, *(ROOT / "tools").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
    found = {pair for path in files for pair in absolute(ast.parse(text_of(path)))}
    for name, tree in MODULES.items():
        found |= set(inside(name, tree))
    root = ast.parse(text_of(PACKAGE / "__init__.py"))
    found |= set(inside("", root))
    return found | {(module, name) for name, module in course_utils.DRAWN.items()}


def is_class(name, thing):
    """Whether a module offers this as a class: what its functions return may be looked up."""
    return isinstance(getattr(importlib.import_module(f"course_utils.{name}"), thing), type)


def test_what_is_offered_is_taken(keep):
    used = users()
    idle = [f"{name}.{thing}" for name in MODULES
            for thing in sorted(offered(name) - READ_BY_NAME)
            if (name, thing) not in used and not is_class(name, thing)]
    keep("names offered that nobody takes", len(idle), 0, ", ".join(idle))


def test_the_root_gathers_what_two_notebooks_use(keep):
    used = Counter(thing for path in SOURCES
                   for module, thing in set(absolute(ast.parse(text_of(path)))) if not module)
    others = set(public_names()) - NOUNS.union(CONTRACT)
    alone = sorted(name for name in others if used[name] < 2)
    keep("names of the root", len(public_names()), 45)
    keep("names of the root that fewer than two notebooks use", len(alone), 0, ", ".join(alone))


# Reasons: from the code back to the text


def sections(number):
    """{number of a section: its text} of a notebook's source."""
    source, = (path for path in SOURCES if path.name.startswith(number))
    parts = re.split(r"^(?:# )?## (\d+|[^\d\s].*?)(?= |$)", text_of(source), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def derivations():
    """(module, notebook, section, step or "") of all docstrings that name their derivation."""
    pattern = r"Derived in notebook (\d\d), section (\d+)(?:, step (\d+))?"
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, DOCUMENTED):
                said = re.sub(r"\s+", " ", ast.get_docstring(node) or "")
                yield from ((name, *found) for found in re.findall(pattern, said))


def test_a_derivation_that_is_named_is_there():
    for name, notebook, section, step in derivations():
        where = f"{name} names notebook {notebook}, section {section}"
        found = sections(notebook)
        assert section in found, f"{where}, and there are {', '.join(found)}"
        if step:
            steps = rf"\*\*?Step {step}\b|^(?:# )?{step}\. "
            assert re.search(steps, found[section], re.M), f"{where}, step {step}: no such step"


def test_every_model_says_where_it_is_derived(keep):
    told = {name for name, *_ in derivations()}
    silent = [name for name in MODULES if name.startswith("models.") and name not in told]
    keep("files of models that name no derivation", len(silent), 0, ", ".join(silent))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_notebooks_folder_says_what_is_in_it(folder, keep):
    page = folder / "README.md"
    keep(f"{folder.name} without a README", int(not page.exists()), 0)
    for path in sorted(folder.glob("*.py")):
        if path.stem != "__init__":
            assert path.name in text_of(page), f"{folder.name}/README.md leaves out {path.name}"


def texts(value):
    """All texts of a table of data."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def test_data_are_no_code():
    for path in PACKAGE.rglob("*.toml"):
        for text in texts(tomllib.loads(text_of(path))):
            prose = re.sub(r"`[^`]*`", "", text)
            found = re.search(r"\blambda\b.*:|\bdef \w+\(|\bimport \w+$|__\w+__", prose)
            assert not found, f"{short(path)} holds code: {text}"
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert called not in ("eval", "exec"), f"{name} runs a text as code"


def test_one_version_everywhere():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["version"]
    cited = yaml.safe_load(text_of(ROOT / "CITATION.cff"))["version"]
    first = re.search(r"^## (\d\S*)", text_of(ROOT / "CHANGELOG.md"), re.M)[1]
    assert project == str(cited) == first == course_utils.__version__


def test_paths_in_the_notes_exist():
    for page in [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]:
        for name in re.findall(r"`((?:[\w.]+/)+[\w.]+\.\w+)`", Path(page).read_text("utf-8")):
            name = name.replace("_NN", "_00")
            assert (ROOT / name).exists() or (PACKAGE / name).exists(), f"{page.name}: {name}"


def test_every_test_file_stands_in_the_table_of_layers(keep):
    files = {path.stem.removeprefix("test_") for path in (ROOT / "tests").glob("test_*.py")}
    left_out = sorted(files - set(TOLD))
    keep("test files without a layer", len(left_out), 0, ", ".join(left_out))
