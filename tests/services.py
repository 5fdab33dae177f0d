"""What tests need beside Python: services of Debian's packages, on a free port, and files from npm."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

NPM_PACKAGES = Path(__file__).resolve().parent.parent / ".ci" / "node_modules"


def missing(what: str, remedy: str) -> None:
    """Skip the test that lacks a tool, or fail where every tool is to be there, as in `.ci/run`."""
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"{what} is missing: {remedy}")
    pytest.skip(f"{what} is missing: {remedy}")


def npm_file(name: str) -> Path:
    """Return the path of a file from an npm package of `.ci/package.json`."""
    path = NPM_PACKAGES / name
    if not path.exists():
        missing(name, "npm ci --prefix .ci")
    return path


def chromium() -> str:
    """Return the path of Chromium: its headless shell, where that is found, for it is three times as quick."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        missing("Chromium", "apt-get install chromium-headless-shell")
    return program


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(
    command: list[str], port: int, seconds: float = 20, end=signal.SIGTERM, **options
) -> Iterator[subprocess.Popen]:
    """Run a server until the block ends; it is there once `port` takes a connection.

    With what it has started, where it is given a session of its own.
    """
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quiet, **options)
    try:
        wait_for(lambda: _listens(port), f"{command[0]} on port {port}", seconds)
        yield process
    finally:
        if options.get("start_new_session"):
            os.killpg(process.pid, end)
        else:
            process.send_signal(end)
        process.wait(20)


@contextmanager
def redis(port: int = 0, *options: str) -> Iterator[str]:
    """Give the address of a Redis that keeps nothing when it ends."""
    program = shutil.which("redis-server")
    if program is None:
        missing("Redis", "apt-get install redis-server")
    port = port or free_port()
    command = [str(program), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", "/"]
    with running([*command, *options], port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def s3() -> Iterator[str]:
    """Give the address of an empty bucket, in a store that keeps nothing when it ends."""
    port = free_port()
    with running([sys.executable, "-m", "moto.server", "-p", str(port)], port):
        with urlopen(Request(f"http://127.0.0.1:{port}/pictures", method="PUT")):
            pass
        yield f"s3+http://key:secret@127.0.0.1:{port}/pictures/media?region=eu-north-1"


@contextmanager
def nginx(configuration: str, folder: Path, port: int) -> Iterator[subprocess.Popen]:
    """Run nginx with a whole configuration that keeps all it writes in `folder`."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        missing("nginx", "apt-get install nginx-light")
    file = folder / "nginx.conf"
    file.write_text(configuration)
    command = [str(program), "-c", str(file), "-p", str(folder), "-e", str(folder / "error.log")]
    with running(command, port) as process:
        yield process


@contextmanager
def caddy(configuration: str, folder: Path, port: int, **environment: str) -> Iterator[None]:
    """Run Caddy with a whole Caddyfile that keeps all it writes in `folder`."""
    program = shutil.which("caddy")
    if program is None:
        missing("Caddy", "apt-get install caddy")
    file = folder / "Caddyfile"
    file.write_text(configuration)
    names = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), **environment}
    settings = [f"{name}={value}" for name, value in names.items()]
    command = ["env", *settings, str(program), "run", "--config", str(file)]
    with running([*command, "--adapter", "caddyfile"], port):
        yield


class Cluster:
    """A PostgreSQL in a folder, which runs for as long as a test lets it, as often as it wants."""

    def __init__(self, folder: str, *options: str):
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not programs:
            missing("PostgreSQL", "apt-get install postgresql")
        self.port = free_port()
        self._folder = folder
        self._as_its_user: dict = {"cwd": "/"}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root: the package's own user gets the folder.
            shutil.chown(folder, "postgres")
            self._as_its_user |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        initdb = [str(programs[-1] / "initdb"), "-D", f"{folder}/data", "-A", "trust", "-U", "test"]
        subprocess.run([*initdb, "-N"], check=True, capture_output=True, **self._as_its_user)
        server = [str(programs[-1] / "postgres"), "-D", f"{folder}/data", "-p", str(self.port)]
        self._command = [*server, "-k", folder, "-h", "127.0.0.1", *options]
        ready = str(programs[-1] / "pg_isready")
        self._is_ready = [ready, "--quiet", "-h", "127.0.0.1", "-p", str(self.port)]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it until the block ends, and wait for nobody then."""
        with running(self._command, self.port, end=signal.SIGINT, **self._as_its_user):
            # It listens before it answers.
            wait_for(lambda: subprocess.run(self._is_ready).returncode == 0, "PostgreSQL")
            yield

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Stop all its processes until the block ends: what is sent is taken, and nothing is answered."""
        main = Path(self._folder, "data", "postmaster.pid").read_text().split()[0]
        others = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        processes = [int(main), *map(int, others)]
        try:
            for process in processes:
                os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def address(self, name: str = "postgres") -> str:
        return f"postgres://test@127.0.0.1:{self.port}/{name}"


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of an empty database, in a cluster of its own that is gone afterwards.

    It waits for no disk: what it holds need outlive nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(folder, "-c", "fsync=off", "-c", "full_page_writes=off")
        with cluster.running():
            yield cluster.address()


def wait_for(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            pytest.fail(f"waited {seconds} seconds in vain for {what}")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
