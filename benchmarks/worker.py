"""A process that times workloads on request: one per package set, so that two sets take turns
in one run.

    python worker.py MODULE      MODULE.WORKLOADS is {name: prepare}; prepare() returns (run,
    summary)

Each line on standard input names a workload. `run()` is timed; the answer is one line of JSON
with its CPU seconds, children included, and `summary(what it returned)`, by which the accuracy
is judged. The first run, which compiles, is not timed.
"""
import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path

import numpy as np


def cpu_seconds():
    """CPU time of this process and of its children so far."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def crossings(t, V, threshold):
    """Times at which V (T,) crosses the threshold upwards, from the cubic through the four
    samples around; a list.
    """
    found = []
    for k in np.flatnonzero((V[1:-2] < threshold) & (V[2:-1] >= threshold)) + 1:
        cubic = np.polyfit((-1.0, 0.0, 1.0, 2.0), V[k - 1:k + 3] - threshold, 3)
        inside = [
            root.real
            for root in np.roots(cubic)
            if abs(root.imag) < 1e-9 and 0 <= root.real <= 1
        ]
        found.append(float(t[k] + inside[0] * (t[k + 1] - t[k])))
    return found


def main(module):
    sys.path.insert(0, str(Path(__file__).parent))
    workloads, ready = importlib.import_module(module).WORKLOADS, {}
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a package prints goes to standard error
    for line in sys.stdin:
        name = line.strip()
        if name not in ready:
            ready[name] = workloads[name]()
            ready[name][0]()
            gc.collect()
            gc.freeze()
        run, summary = ready[name]
        start = cpu_seconds()
        result = run()
        print(json.dumps({"cpu": cpu_seconds() - start, "summary": summary(result)}), file=out,
              flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
