"""Three checks of the course's English: words, the shape of sentences, pointers and labels.

    python tools/english.py             # how often each check objects, file by file
    python tools/english.py --list      # each objection with its line and its remedy
    python tools/english.py --list 06   # those of one notebook

Read is what a learner reads: text cells, questions and hints, captions, read-outs, messages,
docstrings and the names of sliders. Left out are code, mathematics, addresses, references and
the boxes for instructors. The words are those for which the field has a better one.
"""
import argparse
import ast
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import jupytext

__all__ = ["KINDS", "Objection", "Passage", "groups", "objections", "passages_of", "words"]

ROOT = Path(__file__).resolve().parent.parent
LONGEST, JOINTS, SHORT, IN_A_ROW = 30, 2, 6, 3
KINDS = ("words", "long", "packed", "inverted", "what", "telegram", "pointers", "labels")
BETTER = {  # pattern: the field's word, or a verb that says what happens
    r"(?:lines?|planes?|curve|vector|nothing|none|rule) parts?(?! of)|parts (?:the|these)":
        "separate; linearly separable",
    r"goals?": "steady-state value; target",
    r"(?:neurons?|models?) of chance": "stochastic neuron, stochastic model",
    r"by chance|which chance|chance (?:to|alone|decides|is|pairs?|has|gave|teaches|starts)"
    r"|(?:the|with|equal|rare) chances?": "at random; probability; random seed",
    r"lanes?": "run; trial; element of the batch",
    r"crowds?(?! together)": "set of trajectories",
    r"hears?|heard|listens?(?! for)": "receives; records",
    r"tells?(?! .{0,40}\b(?:apart|from)\b)|(?<!be )(?<!not )told|foretold":
        "shows; reports; predicts",
    r"stands?(?! still)|stood": "is; appears; is printed",
    r"beside": "next to; compared with; in parallel with",
    r"turn(?:ed|s)? round": "reversed",
    r"at home|all else|mend(?:ed)?|a hair|so many (?:whole )?\w+s":
        "at its default; everything else; repair; narrowly; the given number of",
    r"under (?:your|the) hand|in (?:your|the) hand": "interactive; that you control",
    r"(?<!there )(?:is|are|was|were) no (?!longer|more\b|other\b|such\b)\w+": "is not a",
    r"(?:rule|weight|synapse|membrane|neuron)s? (?:wants?|lives?|likes|seeks?|forgives?)":
        "a verb that this subject can do",
}
INVERTED = r"(?:Given|Wanted|Asked) (?:is|are)\b|So (?:do|does|did|can|will)\b|Not so\b|Mind\b"
NO_NAME = r"(?:where|what|which|how|when|whether|from|and|between)\b|$"
ABBREVIATIONS = r"\b(e\.g|i\.e|et al|eq|cf|vs|Fig|approx)\."
CODE = re.compile(r"(?<!erratum )(?<!errata )(?<!and )(?<!, )(?<!to )(?<!\w)E\d{1,2}\b(?! of)")
PLACE = re.compile(r"\b(?:under|in) Further\b(?! ·)|\(Further\b(?! ·)|; Further\)")


class Passage(NamedTuple):
    """A piece of text with its line; prose consists of whole sentences. A docstring does not
    count as prose, since it is full of shapes and units: only its words are checked.
    """

    line: int
    text: str
    prose: bool


class Objection(NamedTuple):
    """What a check objects to: file, line, kind of the check, the words, a remedy."""

    path: Path
    line: int
    kind: str
    found: str
    remedy: str

    def __str__(self):
        place = f"{self.path.relative_to(ROOT)}:{self.line}"
        return f"{place}: {self.kind}: {self.found}  ->  {self.remedy}"


def groups():
    """{name: the files of one notebook, "the package" for what is nobody's}."""
    found = {}
    for source in sorted((ROOT / "notebooks" / "source").glob("[0-9]*.py")):
        number = source.name[:2]
        folder = ROOT / "course_utils" / f"notebook_{number}"
        found[number] = [source, *sorted(folder.glob("*.py")), *sorted(folder.glob("*.toml"))]
    found["the package"] = [
        path for path in sorted((ROOT / "course_utils").rglob("*.py"))
        if not path.relative_to(ROOT / "course_utils").parts[0].startswith("notebook_")]
    return found


def passages_of(path):
    """The Passages of a notebook's source, a module or a TOML file."""
    if path.suffix == ".toml":
        return list(_of_data(path.read_text(encoding="utf-8")))
    if path.parent.name == "source":
        return list(_of_notebook(path))
    return list(_of_code(path.read_text(encoding="utf-8"), 0))


def _of_notebook(path):
    text = path.read_text(encoding="utf-8")
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        line = text.count("\n", 0, max(text.find(_first_line(cell.source)), 0))
        if cell.cell_type == "code":
            yield from _of_code(cell.source, line)
        elif "## For instructors" not in cell.source:
            yield Passage(line + 1, cell.source.split("## References")[0], True)


def _first_line(text):
    return max(text.splitlines()[:3], key=len, default="")


def _of_data(text):
    def strings(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                yield from strings(each)
    for each in strings(tomllib.loads(text)):
        if " " in each:
            line = text.count("\n", 0, max(text.find(each.strip().splitlines()[0][:40]), 0))
            yield Passage(line + 1, each, _is_prose(each))


def _of_code(text, line):
    tree = ast.parse(text)
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in ast.walk(node) if part is not node}
    owners = [node for node in ast.walk(tree)
              if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body]
    docs = {id(node.body[0].value) for node in owners if isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in parts and (said := _string(node)) and " " in said.strip():
            yield Passage(line + node.lineno, said, id(node) not in docs and _is_prose(said))


def _string(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "MATH"
                       for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_prose(text):
    return len(words(text)) > 5 and text.strip().endswith((".", "?"))


def words(text):
    """The words and numbers of a text."""
    return re.findall(r"[A-Za-z0-9][\w'’.-]*", text)


def paragraphs(text):
    """(lines below the first, paragraph) of a text without code, mathematics and addresses; a
    list item and a table's cell are paragraphs, headings and the times of a card are none.
    """
    def blank(name):
        return lambda found: f" {name} " + "\n" * found[0].count("\n")
    text = re.sub(r"```.*?```|`[^`\n]*`", blank("CODE"), text, flags=re.S)
    text = re.sub(r"\$\$.*?\$\$|\$[^$]*?\$", blank("MATH"), text, flags=re.S)
    text = re.sub(r"\]\([^)]*\)|<[^>\n]*>|https?://\S+|[*\[\]]", " ", text)
    here, first = [], 0
    for k, row in enumerate([*text.split("\n"), ""]):
        row = row.strip()
        if here and re.match(r"#|\||-\s|\d+\.\s|$", row):
            yield first, " ".join(here)
            here = []
        if row.startswith("|"):
            yield from ((k, cell.strip()) for cell in row.strip("|").split("|")
                        if len(words(cell)) > 3)
        elif row and not re.match(r"#|Time\b|You need\b|Minutes\b", row):
            first = first if here else k
            here.append(re.sub(r"^(-|\d+\.)\s+", "", row))


def sentences(paragraph):
    """The sentences of a paragraph; an abbreviation's point ends none."""
    text = re.sub(ABBREVIATIONS, r"\1·", paragraph)
    parts = re.split(r"(?<=[.!?])[\"”)]*\s+(?=[A-Z(\"“])", text)
    return [part for part in parts if words(part)]


def of_words(paragraph):
    """(kind, found, remedy) for each word that has a better one."""
    for pattern, better in BETTER.items():
        for found in re.finditer(rf"\b(?:{pattern})(?!\w)", paragraph, re.I):
            yield "words", paragraph[max(found.start() - 20, 0):found.end() + 20], better


def of_shape(paragraph):
    """(kind, found, remedy) for sentences that are too long, too packed, inverted, without a
    noun, or too short in a row.
    """
    row = 0
    for each in sentences(paragraph):
        count = len(words(each))
        joints = len(re.findall(r"[:;(]", each))
        row = row + 1 if count <= SHORT else 0
        if count > LONGEST:
            yield "long", each[:60], f"{count} words: make two sentences"
        if joints > JOINTS:
            yield "packed", each[:60], f"{joints} colons, semicolons and brackets"
        if re.match(INVERTED, each):
            yield "inverted", each[:60], "put the subject first"
        if re.search(r"\bwhat\b", each, re.I) and "?" not in each:
            yield "what", each[:60], "name the thing by a noun"
        if row == IN_A_ROW:
            yield "telegram", each[:60], "join short sentences by because, therefore, but"


def of_pointers(paragraph):
    """(kind, found, remedy) for numbers and places that a newcomer can't look up."""
    for found in CODE.findall(paragraph):
        yield "pointers", found, "the word erratum, and a link to the list"
    for found in PLACE.findall(paragraph):
        yield "pointers", found, "the section's name as a link"


def of_labels(path):
    """(line, kind, found, remedy) for each parameter whose doc can't label a slider."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        call = getattr(node, "value", None)
        if (isinstance(node, ast.AnnAssign) and isinstance(call, ast.Call)
                and getattr(call.func, "id", "") == "parameter"):
            given = [*call.args[5:6], *(k.value for k in call.keywords if k.arg == "doc")]
            doc = _string(given[0]) if given else ""
            if re.match(NO_NAME, doc):
                yield node.lineno, "labels", f"{node.target.id}: {doc}", "a noun phrase"


def objections(path):
    """The list of a file's Objections."""
    found = []
    if path.suffix == ".py" and path.parent.name != "source":
        found += [Objection(path, *each) for each in of_labels(path)]
    for line, text, prose in passages_of(path):
        for below, paragraph in paragraphs(text):
            for check in (of_words, of_pointers, *((of_shape,) if prose else ())):
                found += [Objection(path, line + below, *each) for each in check(paragraph)]
    return found


def main(arguments=None):
    """Print what the checks object to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="print each objection")
    parser.add_argument("names", nargs="*", help="notebooks, as 06")
    chosen = parser.parse_args(arguments)
    print(f"{'':12}" + "".join(f"{kind:>10}" for kind in KINDS))
    for name, paths in groups().items():
        if not chosen.names or name in chosen.names:
            found = [each for path in paths for each in objections(path)]
            counts = Counter(each.kind for each in found)
            print(f"{name:12}" + "".join(f"{counts[kind]:10}" for kind in KINDS))
            if chosen.list:
                print(*found, sep="\n")


if __name__ == "__main__":
    main()
