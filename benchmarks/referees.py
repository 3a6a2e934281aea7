"""One number from several programs: the six cases of referees/cases.py in this course, NEURON,
Brian 2 and NEST, written to referees.md and, between two marks, to the README.

    python benchmarks/referees.py

The peers live in an environment of their own, since Brian 2 needs an older numpy:
    python3.11 -m venv .venv-peers
    .venv-peers/bin/pip install brian2 "numpy<2.3" cython setuptools neuron nest-simulator
"""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "referees"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
MARKS = ("<!-- referees -->", "<!-- /referees -->")
PROGRAMS = {  # name in the table: (module, Python, package whose version is said)
    "this course": ("in_course_utils", sys.executable, "numpy"),
    "NEURON": ("in_neuron", PEERS, "neuron"),
    "Brian 2": ("in_brian2", PEERS, "brian2"),
    "NEST": ("in_nest", PEERS, "nest-simulator"),
}
ASK = """
import importlib, importlib.metadata, json, os, sys
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)                      # whatever a package prints goes to standard error
answers = importlib.import_module(sys.argv[1]).ANSWERS
found = {name: float(answer()) for name, answer in answers.items()}
print(json.dumps([importlib.metadata.version(sys.argv[2]), found]), file=out)
"""


def answers(module, python, package):
    """(version, {case: number}) of one program; None where it is not installed or fails."""
    done = subprocess.run([python, "-c", ASK, module, package], cwd=CASES, capture_output=True,
                          text=True)
    if done.returncode:
        print(done.stderr[-600:], file=sys.stderr)
        return None
    return json.loads(done.stdout)


def verdict(numbers, tolerance):
    """Which programs differ from this course by more than the tolerance, and by how much."""
    ours = numbers["this course"]
    off = {name: number - ours for name, number in numbers.items()
           if abs(number - ours) > tolerance}
    return ", ".join(f"{name} is off by {by:+.2g}" for name, by in off.items()) or "all agree"


def table(found):
    """The lines of the table, from {program: (version, {case: number})}."""
    sys.path.insert(0, str(CASES))
    from cases import CASES as cases
    heads = [name if name == "this course" else f"{name} {version}"
             for name, (version, _) in found.items()]
    lines = ["| case | unit | " + " | ".join(heads) + " | tolerance | verdict |",
             "|---|---|" + "---|" * (len(heads) + 2)]
    for case, (what, unit, tolerance) in cases.items():
        numbers = {name: result[case] for name, (_, result) in found.items() if case in result}
        shown = [f"{numbers[name]:.7g}" if name in numbers else "–" for name in found]
        lines.append(f"| {what} | {unit} | " + " | ".join(shown)
                     + f" | {tolerance:g} | {verdict(numbers, tolerance)} |")
    return lines


def written(path, lines):
    """Put the lines between the marks of a file."""
    before, _, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    path.write_text("\n".join([before + MARKS[0], *lines, MARKS[1] + after]), encoding="utf-8")


def main():
    asked = {name: answers(*program) for name, program in PROGRAMS.items()}
    found = {name: result for name, result in asked.items() if result}
    if len(found) < 3:
        sys.exit(f"Only {', '.join(found)} could be run; three programs are needed. "
                 "The first lines of this file say how to install the others.")
    lines = table(found)
    print("\n".join(lines))
    head = ["# One number, several programs", "", *lines, ""]
    (ROOT / "benchmarks" / "referees.md").write_text("\n".join(head), encoding="utf-8")
    if MARKS[0] in (ROOT / "README.md").read_text(encoding="utf-8"):
        written(ROOT / "README.md", lines)


if __name__ == "__main__":
    main()
