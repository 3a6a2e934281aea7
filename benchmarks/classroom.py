"""What a class needs: a real JupyterHub on this machine, with N simulated students who open a
notebook, run it, and drag a slider.

    python benchmarks/classroom.py 1 5 10 20 [--notebook 03] [--seconds 10]

Run it by the Python of an environment that holds jupyterhub, this course (`pip install
jupyterhub .`) and, beside it or on the PATH, the proxy (`npm install configurable-http-proxy`).
A student is no browser: a websocket through the hub's proxy sends what the page would send, as
many questions under way as panel.js allows, and waits for the pictures. How long one takes is
told from a drag before that, with one question at a time: none waits behind its student's own.
Hub, servers, kernels and students share the machine, so that CPU time is told for each kind of
process; memory is the proportional share (PSS). At the end the hub is killed, every student
commits one answer more, then the kernels are killed, and all answers are looked for on the
disk.
"""
import argparse
import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import numpy as np
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

ROOT = Path(__file__).resolve().parent.parent
TOKEN = uuid.uuid4().hex
MOST, EVERY = 10, 0.016  # as in panel.js; s from move to move
KINDS = {"jupyterhub-singleuser": "servers", "ipykernel_launcher": "kernels",
         "configurable-http-proxy": "proxy", "-m jupyterhub": "hub"}
SIZES = (30, 300)  # of classes to extrapolate to
CONFIG = """
c.JupyterHub.authenticator_class = "dummy"  # a name is enough: for a measurement only
c.JupyterHub.spawner_class = "simple"  # local processes, no accounts of the system
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/class/"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.cleanup_servers = True
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/secret"
c.Authenticator.allow_all = True
c.Spawner.args = ["--allow-root", "--ServerApp.root_dir={folder}"]
c.Spawner.environment = {{"OMP_NUM_THREADS": "1", "COURSE_SCORES": "scores.json"}}
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/{{username}}"
c.JupyterHub.concurrent_spawn_limit = 4
c.JupyterHub.services = [{{"name": "class", "api_token": "{token}", "admin": True}}]
c.JupyterHub.load_roles = [
    {{"name": "class", "services": ["class"], "scopes": ["admin:users", "admin:servers",
     "access:servers"]}}]
"""
COMMIT = """
from course_utils.questions.scores import save_score
save_score("classroom %s", {"chosen": "this", "right": True, "sure": 1})
"""
WHEN = "before", "after"  # the hub was killed


def free_ports(count):
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def proxy_command():
    """Where the hub finds its proxy."""
    beside = [path / "node_modules" / ".bin" / "configurable-http-proxy"
              for path in (Path.cwd(), Path(sys.prefix), Path(sys.prefix).parent)]
    found = next((str(path) for path in beside if path.exists()),
                 shutil.which("configurable-http-proxy"))
    if not found:
        raise SystemExit("the hub's proxy is missing: npm install configurable-http-proxy")
    return [found]


@contextlib.contextmanager
def hub():
    """A running JupyterHub; yields its process, its address and its folder."""
    with tempfile.TemporaryDirectory() as folder:
        port, hub_port, api = free_ports(3)
        config = Path(folder, "config.py")
        config.write_text(CONFIG.format(port=port, hub=hub_port, api=api, folder=folder,
                                        token=TOKEN, proxy=proxy_command()), encoding="utf-8")
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        with open(Path(folder, "log"), "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(config)], cwd=folder,
                env=os.environ | {"PATH": path}, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process, f"http://127.0.0.1:{port}/class", Path(folder)
        finally:
            for pid in below(process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()


def below(pid):
    """A process and all that it started, directly or not."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def command_of(pid):
    """The command line of a process; "" where it has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def used(hub_pid):
    """{kind of process: (CPU s, MB of memory, count)}; the students are this process."""
    told = {kind: np.zeros(3) for kind in (*KINDS.values(), "students")}
    for pid in (*below(hub_pid), os.getpid()):
        with contextlib.suppress(OSError):
            command = command_of(pid)
            times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            memory = float(rollup.split("\nPss:")[1].split()[0]) / 1024
            kind = next((KINDS[mark] for mark in KINDS if mark in command), None)
            kind = "students" if pid == os.getpid() else kind
            if kind:
                ticks = os.sysconf("SC_CLK_TCK")
                told[kind] += sum(map(int, times)) / ticks, memory, 1
    return told


class Student:
    """One student: a server of the hub, a kernel, a websocket to it."""
    def __init__(self, address, name):
        self.address, self.name = address, name
        self.http, self.waiting, self.models = AsyncHTTPClient(), {}, {}

    async def ask(self, path, body=None, method=None):
        method = method or ("GET" if body is None else "POST")
        answer = await self.http.fetch(HTTPRequest(
            self.address + path, method=method, body=None if method == "GET" else json.dumps(body),
            headers={"Authorization": f"token {TOKEN}"}, request_timeout=300))
        return json.loads(answer.body or "null")

    async def ask_for_server(self):
        """Ask again, as a page does, while the hub starts as many as it may at once."""
        while True:
            try:
                return await self.ask(f"/hub/api/users/{self.name}/server", {})
            except HTTPClientError as error:
                if error.code != 429:
                    raise
                await asyncio.sleep(1)

    async def come(self, notebook):
        """Log in, get a server, open the notebook."""
        with contextlib.suppress(Exception):  # known already
            await self.ask(f"/hub/api/users/{self.name}", {})
        server = None
        while not (server and server["ready"]):
            if not server:  # none yet, or its start has failed
                await self.ask_for_server()
            await asyncio.sleep(0.5)
            server = (await self.ask(f"/hub/api/users/{self.name}"))["servers"].get("")
        session = await self.ask(f"/user/{self.name}/api/sessions", {
            "path": f"{self.name}/{notebook}", "type": "notebook", "name": notebook,
            "kernel": {"name": "python3"}})
        address = self.address.replace("http:", "ws:")
        self.socket = await websocket_connect(HTTPRequest(
            f"{address}/user/{self.name}/api/kernels/{session['kernel']['id']}/channels",
            headers={"Authorization": f"token {TOKEN}"}, request_timeout=300),
            max_message_size=2**28)
        self.hears = asyncio.ensure_future(self.hear())

    async def hear(self):
        while (data := await self.socket.read_message()) is not None:
            told = message(data)
            kind, content = told["msg_type"], told["content"]
            if kind == "comm_open":
                self.models[content["comm_id"]] = content["data"].get("state", {})
            elif kind == "comm_msg" and content["data"].get("method") == "custom":
                self.waiting["answer"](content["data"]["content"])
            elif kind == "execute_reply":
                done = self.waiting.pop(told["parent_header"]["msg_id"], None)
                if done:
                    done.set_result(content["status"])

    async def send(self, kind, content):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.name,
                  "username": self.name, "version": "5.3", "date": ""}
        await self.socket.write_message(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "content": content,
            "channel": "shell", "buffers": []}))
        return header["msg_id"]

    async def run(self, code):
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False,
                   "user_expressions": {}, "stop_on_error": True}
        done = asyncio.get_running_loop().create_future()
        self.waiting[await self.send("execute_request", content)] = done
        return await done

    def panel(self):
        """(the picture, its first slider's name and state) of the first panel."""
        for picture, state in self.models.items():
            for name, slider in (state.get("sliders") or {}).items():
                if "min" in self.models[slider] and "base" not in self.models[slider]:
                    return picture, name, self.models[slider]
        raise ValueError("no panel with a slider was made")

    async def drag(self, seconds, most=MOST):
        """Drag back and forth for so long, with at most so many questions under way; returns the
        ms that each picture took, and how many came in each second.
        """
        picture, name, slider = self.panel()
        taken, sent, room, best = [], {}, 1, np.inf
        newest, news = None, asyncio.Event()

        async def ask(rest=False):
            n = len(sent) + 1
            sent[n] = time.perf_counter()
            values = {} if newest is None else {name: newest}
            await self.send("comm_msg", {"comm_id": picture, "data": {
                "method": "custom", "content": {"n": n, "t": sent[n], "values": values,
                                                "touches": [], "rest": rest}}})

        def answered(content):
            nonlocal room, best
            took = time.perf_counter() - sent[content["n"]]
            taken.append(1e3 * took)
            best = min(best, took)
            under_way = len(sent) - len(taken)
            busy = round(1e3 * best / content["cost"])
            room = max(1, min(most, busy, round(under_way * best / took) + 1))
            news.set()

        self.waiting["answer"] = answered
        begun, span = time.perf_counter(), slider["max"] - slider["min"]
        while (now := time.perf_counter() - begun) < seconds:
            newest = slider["min"] + span * abs((0.57 * now + 1) % 2 - 1)
            newest = round(newest) if isinstance(slider["value"], int) else newest
            if len(sent) - len(taken) < room:
                await ask()
            await asyncio.sleep(EVERY)
        in_time = len(taken)
        await ask(rest=True)
        while len(taken) < len(sent):
            news.clear()
            await news.wait()
        return taken, in_time / seconds


def message(data):
    """A message of the kernel: text, or JSON and buffers in one."""
    if isinstance(data, str):
        return json.loads(data)
    count = struct.unpack(">I", data[:4])[0]
    ends = struct.unpack(f">{count}I", data[4:4 + 4 * count])
    return json.loads(data[ends[0]:ends[1] if count > 1 else None])


async def lesson(process, address, folder, count, notebook, seconds):
    """One class of so many students; prints its line, returns what one student uses."""
    codes = [cell["source"] for cell in json.loads(notebook.read_text("utf-8"))["cells"]
             if cell["cell_type"] == "code"]
    codes = ["".join(code) for code in codes]
    students = [Student(address, f"s{count}x{k}") for k in range(count)]
    for student in students:
        Path(folder, student.name).mkdir()
        shutil.copy(notebook, Path(folder, student.name))
    begun = time.perf_counter()
    await asyncio.gather(*(student.come(notebook.name) for student in students))
    came = time.perf_counter() - begun

    async def all_cells(student):
        for code in codes:
            await student.run(code)
        return time.perf_counter() - begun - came

    ran = await asyncio.gather(*map(all_cells, students))
    one_by_one = await asyncio.gather(*(student.drag(seconds, 1) for student in students))
    before = used(process.pid)
    dragged = await asyncio.gather(*(student.drag(seconds) for student in students))
    after = used(process.pid)
    cpu = {kind: (after[kind][0] - before[kind][0]) / seconds / count for kind in after}
    memory = (after["servers"][1] + after["kernels"][1]) / count
    taken = np.concatenate([each for each, _ in one_by_one])
    rate = np.median([each for _, each in dragged])
    said = " · ".join(f"{kind} {1e3 * each:.0f}" for kind, each in cpu.items())
    low, mid, high = np.percentile(taken, (50, 90, 99))
    print(f"| {count} | {came:.0f} | {max(ran):.0f} | {memory:.0f} | {said} | "
          f"{low:.0f} / {mid:.0f} / {high:.0f} | {rate:.1f} |", flush=True)
    kept = await kill_and_look(process, students, folder)
    return memory, sum(cpu[kind] for kind in KINDS.values()) / rate, kept


async def kill_and_look(process, students, folder):
    """Let each student commit to an answer, kill the hub, let each commit to one more, kill the
    kernels at once; returns how many answers are on the disk.
    """
    everything = below(process.pid)
    await asyncio.gather(*(student.run(COMMIT % WHEN[0]) for student in students))
    process.kill()
    process.wait()
    await asyncio.gather(*(student.run(COMMIT % WHEN[1]) for student in students))
    kernels = [pid for pid in everything if "ipykernel_launcher" in command_of(pid)]
    for pid in (*kernels, *everything):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    for student in students:
        student.hears.cancel()
        student.socket.close()
    return sum(f"classroom {when}" in path.read_text("utf-8") for student in students
               for path in Path(folder, student.name).glob("scores.json") for when in WHEN)


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("counts", nargs="*", type=int, default=(1, 5, 10, 20))
    options.add_argument("--notebook", default="03")
    options.add_argument("--seconds", type=float, default=10.0)
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the hub ends, too
    notebook, = (ROOT / "notebooks").glob(f"{chosen.notebook}_*.ipynb")
    print("| students | all in, s | all have run all, s | MB a student | CPU, ms a student and "
          "second of dragging | a picture alone, ms: median / 90 % / 99 % | pictures a second |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for count in chosen.counts:
        with hub() as (process, address, folder):
            until_it_answers(address)
            memory, a_picture, kept = asyncio.run(
                lesson(process, address, folder, count, notebook, chosen.seconds))
        print(f"(answers on the disk after hub and kernels were killed: {kept} of {2 * count}; "
              f"load of the machine {os.getloadavg()[0]:.1f})", flush=True)
    for size in SIZES:
        print(f"Extrapolated, {size} students: {size * memory / 1024:.0f} GB; if one in five drags "
              f"at 10 pictures a second, {size / 5 * 10 * a_picture:.1f} cores.")


def until_it_answers(address, seconds=60):
    import urllib.request

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/hub/api", timeout=5):
            return
        time.sleep(0.3)
    raise TimeoutError(f"the hub did not answer within {seconds} s")


if __name__ == "__main__":
    main()
