"""Speed, as ratios in one run: the solvers against their peers, and every panel's CPU time per
step.

    python benchmarks/run.py           # everything that can be run here
    python benchmarks/run.py panels    # one part or more: solvers, panels, browser, drags

What was run is renewed in benchmarks/results.md and in the README, the rest stays.

Peers live in an environment of their own, since brian2 needs an older numpy:
    python3.11 -m venv .venv-peers && .venv-peers/bin/pip install brian2 "numpy<2.3" cython
    setuptools neuron
Each pair takes turns (A B A B ...), CPU time is counted, medians are quoted, and no ratio
counts whose accuracy is not there.
"""
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(ROOT / "tools")]

ROUNDS = 7
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
KERNEL_CHOICES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"
                  )  # unset, so that each numpy takes what suits the processor
MARKS = (
    "<!-- benchmarks -->", "<!-- /benchmarks -->")  # between them the README shows the tables
ROWS = (  # (workload, peer, goal: ours / peer, tolerance, its unit)
    ("one neuron", "peer_neuron", 0.8, 0.01,
     "ms"), ("one neuron", "peer_brian2", 0.25, 0.01,
             "ms"), ("f-I curve", "peer_brian2", 0.8, 0.03,
                     "ms"), ("phase plane", "peer_brian2", 0.7, 1e-3,
                             ""), ("passive cable", "peer_neuron", 0.1, 1e-3, "mV"),
    ("axon 200", "peer_neuron", 0.5, 0.01, "ms"), ("axon 1000", "peer_neuron", 0.5, 0.01, "ms"),
    ("network", "peer_brian2", 0.25, 2e-3, "spikes per step"), ("sparse network", "peer_brian2",
                                                                None, 2e-3, "spikes per step"),
    ("weight matrix", "peer_brian2", 0.2, 1e-9, ""), ("competition", "peer_brian2", 0.03, 0.05,
                                                      "share of weights"))


class Worker:
    """A process with one set of packages that runs workloads on request."""
    def __init__(self, python, module):
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in KERNEL_CHOICES
        } | ONE_THREAD
        self.process = subprocess.Popen([python, str(HERE / "worker.py"), module],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, env=environment)

    def run(self, workload):
        """{"cpu": seconds, "summary": ...} of one run; None where this worker can't."""
        try:
            self.process.stdin.write(workload + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError):
            return None

    def close(self):
        self.process.kill()
        self.process.wait()


def references():
    """{workload: the right summary}, by another scheme or a much finer step."""
    import ours
    return {
        "one neuron": ours.fine_spikes(np.array([10.0]), 100)[0], "f-I curve": ours.fine_spikes(
            ours.FI_CURRENTS, 500), "axon 200": ours.fine_arrivals(200),
        "axon 1000": ours.fine_arrivals(1000)
    }


def worst(found, right):
    """The largest difference between two nested lists of numbers; infinite where their shapes
    differ.
    """
    if isinstance(right, list):
        return (np.inf if not isinstance(found, list) or len(found) != len(right) else max(
            (worst(a, b) for a, b in zip(found, right)), default=0.0))
    return abs(found - right)


def compare(workload, workers, rounds=ROUNDS):
    """{worker: (median CPU, lowest, highest, summary)}, the workers taking turns."""
    taken, summaries = {name: [] for name in workers}, {}
    for _ in range(rounds):
        for name, worker in workers.items():
            done = worker.run(workload)
            if done is None:
                return None
            taken[name].append(done["cpu"])
            summaries[name] = done["summary"]
    return {
        name: (statistics.median(cpu), min(cpu), max(cpu), summaries[name])
        for name, cpu in taken.items()
    }


def solvers():
    """The table of ratios, as Markdown lines."""
    right = references()
    lines = [
        f"CPU time, medians of {ROUNDS} rounds in turn, lowest and highest in brackets. Ratios "
        "nearer to 1 than 1.3 are ties.", "",
        "| work | peer | ours, ms CPU | peer, ms CPU | ours / peer | goal | largest error, "
        "ours and peer |",
        "|---|---|---|---|---|---|---|"
    ]
    peers = ROOT / ".venv-peers" / "bin" / "python"
    for workload, peer, goal, tolerance, unit in ROWS:
        workers = {"ours": Worker(sys.executable, "ours"), peer: Worker(str(peers), peer)
                   } if peers.exists() else {}
        found = compare(workload, workers) if workers else None
        for worker in workers.values():
            worker.close()
        lines.append(
            row(workload, peer.removeprefix("peer_"), goal, tolerance, unit, found,
                right.get(workload)))
        print(lines[-1], flush=True)
    return lines


def row(workload, peer, goal, tolerance, unit, found, right):
    """One line of the table; a peer that was not measured counts as missed."""
    if found is None:
        wanted = f"≤ {goal:g}" if goal else "none"
        return f"| {workload} | {peer} | | | not measured | {wanted} | missed |"
    (mine, low, high, summary), (theirs, peer_low, peer_high, other) = found.values()
    errors = [worst(each, right)
              for each in (summary, other)] if right is not None else [worst(summary, other)]
    accurate = errors[0] <= tolerance
    said = ", ".join(f"{error:.2g}" for error in errors) + f" {unit}"
    met = goal and mine / theirs <= goal and accurate
    verdict = f"≤ {goal:g}, {'met' if met else 'missed'}" if goal else "none set"
    return (
        f"| {workload} | {peer} | {1e3 * mine:.1f} ({1e3 * low:.1f}-{1e3 * high:.1f}) | "
        f"{1e3 * theirs:.1f} "
        f"({1e3 * peer_low:.1f}-{1e3 * peer_high:.1f}) | **{mine / theirs:.2f}** | {verdict} | "
        f"{said} |"
    )


def panels():
    """The table of every panel's CPU time per step, as Markdown lines."""
    from panel_steps import measured

    lines = [
        "| notebook | section | slider | median, ms CPU | worst | in motion, median |",
        "|---|---|---|---|---|---|"
    ]
    for found in measured():
        lines.append(
            f"| {found.notebook} | {found.section} | {found.slider} | {found.median:.1f} | "
            f"{found.worst:.1f} | {found.in_motion:.1f} |"
        )
        print(lines[-1], flush=True)
    return lines


def browser():
    """The table of every panel's latency in a real JupyterLab against `interact` with a new
    figure, as Markdown lines.
    """
    from slider_latency import latencies

    found = []
    for each in latencies():
        found.append(each)
        print(latency_row(each), flush=True)
    return latency_table(found)


def latency_row(found):
    """One line of the table of latencies."""
    ratio = found.panel / found.interact
    return (f"| {found.notebook} | {found.section} | {found.panel:.0f} "
            f"| {found.interact:.0f} | {ratio:.2f} |")


def latency_table(found):
    """The lines of the table of latencies; the last two sum it up."""
    times = [(each.panel, each.interact, each.panel / each.interact) for each in found]
    lines = [
        "| notebook | section | Panel, ms | `interact`, ms | ratio |", "|---|---|---|---|---|",
        *map(latency_row, found)
    ]
    for said, (panel, interact, ratio) in (("median", np.median(
            times, axis=0)), ("largest", np.max(times, axis=0))):
        lines.append(
            f"| all | **{said}** | **{panel:.0f}** | **{interact:.0f}** | **{ratio:.2f}** |")
    return lines


def drags():
    """The table of pictures per second in a drag over a slow link, as Markdown lines."""
    from drags import drags, summary

    found = []
    for each in drags():
        found.append(each)
        print(each, flush=True)
    return summary(found)


PARTS = {
    "solvers": ("Solvers against their peers", solvers),
    "panels": ("Panels, one step of a slider", panels),
    "browser": ("From the key to the picture, in JupyterLab", browser),
    "drags": ("A drag of three seconds over a slow link, median over all panels", drags),
}


def processor():
    """The processor's name."""
    listing = Path("/proc/cpuinfo")
    names = [
        line for line in listing.read_text().splitlines() if line.startswith("model name")
    ] if listing.exists() else []
    return names[0].split(":")[1].strip() if names else platform.machine()


def measured():
    """When, where and how: the line above each table."""
    return (f"Measured on {datetime.date.today()}, {os.cpu_count()} cores ({processor()}), load "
            f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}, numpy "
            f"{np.__version__}.")


def main(chosen):
    """Run the parts, and renew them in results.md and the README's tables."""
    results = HERE / "results.md"
    found = dict(part.split("\n\n", 1)
                 for part in results.read_text(encoding="utf-8").split("\n## ")[1:])
    for name in chosen or PARTS:
        title, run = PARTS[name]
        before = measured()
        found[title] = "\n".join([before, "", *run(), ""])
    known = [title for title, _ in PARTS.values()]
    parts = {title: found[title] for title in (*known, *found) if title in found}
    results.write_text("# Benchmarks\n\n" + "\n".join(
        f"## {title}\n\n{text.rstrip()}\n" for title, text in parts.items()), encoding="utf-8")
    show_in_readme([line for title, text in parts.items()
                    if title in known and title != PARTS["panels"][0]
                    for line in (*shortened(text.rstrip().splitlines()), "")])


def shortened(lines):
    """A table's lines; of one with a line for each panel those that sum it up."""
    total = [line for line in lines if line.startswith("| all |")]
    return [*lines[:4], *total] if total else lines


def show_in_readme(lines):
    """Put the lines between the README's two marks."""
    readme = ROOT / "README.md"
    before, _, after = readme.read_text(encoding="utf-8").partition(MARKS[0])
    text = "\n".join([before + MARKS[0], "", *lines]) + MARKS[1] + after.partition(MARKS[1])[2]
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
