"""Servers to measure, each on a free port of this machine, stopped by the block that started them."""

import http.client
import os
import pickle
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content import ROOT

# Connections at once, and seconds of each round.
CONNECTIONS, SECONDS = 8, 1
_PER_SECOND = re.compile(r"Requests/sec:\s+([\d.]+)")
_NGINX = """
daemon off; pid nginx.pid; worker_processes 2; error_log stderr crit; user {user};
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen
    port: int
    started_in: float

    def ask(self, path: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """Return status, headers and body as they are sent."""
        return _ask(self.port, path, headers)

    def requests_a_second(self, path: str, **headers: str) -> float:
        """Ask from many connections at once for some seconds, with wrk."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}"]
        for name, value in headers.items():
            command += ["-H", f"{name.replace('_', '-')}: {value}"]
        said = subprocess.run(
            [*command, f"http://127.0.0.1:{self.port}{path}"],
            **{"capture_output": True, "text": True, "check": True},
        ).stdout
        if "Socket errors" in said:
            raise RuntimeError(said)
        return float(_PER_SECOND.findall(said)[0])

    def megabytes_per_worker(self) -> list[float]:
        """Return what each worker takes, its share of what is shared included."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [_proportional(int(pid)) for pid in children.split()]


@contextmanager
def gunicorn(
    application: str, configuration: str = "deploy/gunicorn.conf.py", **environment: str
) -> Iterator[Server]:
    """Serve as the site is served, `application` being a module and a name in it."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", str(ROOT / configuration)),
        *("--bind", f"127.0.0.1:{port}", "--pythonpath", str(Path(__file__).parent), application),
    ]
    with _running(command, port, {**os.environ, **environment}) as server:
        yield server


def bare_gunicorn(file: str) -> AbstractContextManager[Server]:
    """Serve what `file` holds, as bare Django does."""
    return gunicorn("bare:application", "benchmarks/bare.conf.py", BARE_ANSWER=file)


@contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    """Serve the files below `folder/pages`."""
    port = _free_port()
    (folder / "nginx.conf").write_text(
        _NGINX.format(port=port, folder=folder, user=os.environ.get("USER") or "root")
    )
    command = ["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _running(command, port, dict(os.environ)) as server:
        yield server


def answer_file(folder: Path, name: str, answer: tuple[int, list, bytes]) -> str:
    """Write an answer for `bare.py`; what the server adds itself is left out."""
    status, headers, body = answer
    added = {"server", "date", "connection", "content-length"}
    kept = {key: value for key, value in headers if key.lower() not in added}
    path = folder / name
    path.write_bytes(pickle.dumps((status, kept, body)))
    return str(path)


def rounds_of(
    rounds: int, measured: Mapping[Hashable, Callable[[], float]]
) -> dict[Any, list[float]]:
    """Call each in turn, `rounds` times over, and return each one's results, round by round."""
    results: dict[Any, list[float]] = {name: [] for name in measured}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds} …", file=sys.stderr, flush=True)
        for name, measure in measured.items():
            results[name].append(measure())
    return results


def ratio(results: Mapping[Any, list[float]], name: Hashable, other: Hashable) -> float:
    """Return the median of the rounds' own ratios: what slows a machine for a while slows both."""
    pairs = zip(results[name], results[other], strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - begun > 30:
                raise RuntimeError(f"{command[0]} did not start: {' '.join(command)}")
            time.sleep(0.005)
        yield Server(process, port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    try:
        _ask(port, "/", {})
    except OSError:
        return False
    return True


def _ask(port: int, path: str, headers: dict[str, str]):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def _proportional(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[0]) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
