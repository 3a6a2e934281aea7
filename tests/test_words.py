"""What is written: links lead somewhere, words are spelled, spelling is British, and nothing of
a workshop is left lying.
"""
import ast
import io
import re
import subprocess
import sys
import tokenize
from functools import cache
from pathlib import Path

import pytest

from tools.normalise import read

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
PAGES = [
    ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")), *NOTEBOOKS
]
AMERICAN = """
    analyze analyzed behavior behavioral behaviors center centered color colored colors
    depolarization depolarize depolarized favor favorite fiber fibers gray hyperpolarization
    hyperpolarize hyperpolarized judgment labeled labeling linearization linearize
    linearized memorize memorizes modeled modeling neighbor neighboring neighbors normalize
    normalized organize organized recognize recognized synchronize synchronized traveled
    traveling
""".split()
LEFT_LYING = (  # what must not stand in a file that is kept
    r"/(root|work|home|Users)/\w", r"[A-Z]:\\Users", r"\b(TODO"
    r"|FIXME|XXX)\b", r"\b(place"
    r"holder|lorem"
    r" ipsum)\b")
MAY_NAME = {"tests/test_notebooks.py", "tests/test_words.py"}  # they name what they forbid


@cache
def kept():
    """The paths (relative, as text) of the files that are kept: those that git knows, else all
    but what is made.
    """
    try:
        said = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True,
                              check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout: which files are kept can't be asked")
    return [name for name in said.splitlines() if (ROOT / name).exists()]


def markdown(path):
    """The prose of a page: a Markdown file, or the text cells of a notebook."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def plain(text):
    """Markdown without what is no prose: code, mathematics, addresses, HTML tags."""
    text = re.sub(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", " ", text, flags=re.S)
    return re.sub(r"\]\([^)]*\)|<[^>\n]*>|https?://\S+", " ", text)


def anchors(text):
    """The anchors that JupyterLab and GitHub give the headings of a page, as both write them.
    """
    headings = re.findall(r"^#+ +(.+?)\s*$", text, re.M)
    return {
        name
        for heading in headings
        for name in (heading.replace(" ", "-"),
                     re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-"))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_inside_the_course_lead_somewhere(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", markdown(page), flags=re.S)
    for target in re.findall(r"\]\(<?([^)>\s]+)>?\)|(?:href|src)=\"([^\"]+)\"", text):
        address, _, anchor = (target[0] or target[1]).partition("#")
        if re.match(r"[a-z]+:", address):
            assert address.startswith("https://"), address
            continue
        there = (page.parent / address).resolve() if address else page
        assert there.exists(), f"{page.name} links to {address}"
        if anchor:
            assert anchor in anchors(
                markdown(there)), f"{page.name} links to {address}#{anchor}"


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: page.stem)
def test_files_and_commands_that_a_page_names_exist(page):
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = markdown(page)
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s]*(?:#|`|$| NB=))", text, re.M)) <= targets
    for name in re.findall(r"`((?:tools|tests|notebooks|course_utils|benchmarks)/[\w./]+)`",
                           text):
        assert (ROOT / name.replace("_NN", "_00")).exists(), name
    for name in re.findall(r"python ((?:tools|tests|benchmarks)/[\w./]+\.py)", text):
        assert (ROOT / name).exists(), name


def test_words_are_spelled():
    files = [name for name in kept()
             if not name.endswith((".lock", ".ipynb", ".png")) and "/data/" not in name]
    found = subprocess.run([sys.executable, "-m", "codespell_lib", *files], cwd=ROOT,
                           capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def sentences(path):
    """(line, text) of the prose in a Python file: its comments and every string of at least
    four words.
    """
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], plain(token.string)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(
                node.value.split()) > 3:
            yield node.lineno, plain(node.value.split("## References")[0])


def american(text):
    """The American spellings in a text; a word before : or = is the name of a setting, one in
    capitals that of a constant.
    """
    found = re.findall(rf"\b(?:{'|'.join(AMERICAN)})\b(?! *[:=])", text, re.I)
    return [word for word in found if not word.isupper()]


def test_spelling_is_british():
    found = []
    for name in kept():
        path = ROOT / name
        if path.suffix == ".md":
            found += [
                f"{name}: {word}" for word in american(plain(path.read_text(encoding="utf-8")))
            ]
        elif path.suffix == ".py" and name not in MAY_NAME:
            found += [
                f"{name}:{line}: {word}" for line, text in sentences(path)
                for word in american(text)
            ]
    assert not found, "\n".join(found)


def test_american_words_are_seen():
    text = "The `color` of $color$ and its [color](color.md), <b style='color:red'>Color</b>"
    assert american(plain(text)) == ["color", "Color"]
    assert american("color: red; colour") == []


def test_nothing_is_left_lying_about():
    for name in kept():
        if name not in MAY_NAME and not name.endswith((".png", ".webp")):
            text = (ROOT / name).read_text(encoding="utf-8")
            for pattern in LEFT_LYING:
                found = re.search(pattern, text)
                assert not found, f"{name} holds {found[0]!r}"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_versions_and_no_hosts(name):
    """A lock that names a host would install from there: mirrors and indices are the user's own
    choice.
    """
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[a-z0-9._-]+==[\w.]+( ; .+)?|#.*|", line), line
        assert not re.search(r"https?:|--|\.(com|org|net|io)\b", line), line


def minutes(text):
    """The minutes of a core path that a header or a table names, as (sittings, minutes)."""
    found = re.search(r"(two sittings of|2 ×)? ?(\d+)", text)
    return 2 if found[1] else 1, int(found[2])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_readme_and_header_name_the_same_minutes(notebook):
    header = re.search(r"\*\*Time\.?\*\*(.*)", markdown(notebook))[1]
    page = PAGES[0].read_text(encoding="utf-8")
    told = re.search(rf"\(notebooks/{notebook.name}\) \| ([^|]+) \|", page)[1]
    assert minutes(told) == minutes(header)
