"""What each step from one machine to many costs and gives, as ratios within one run.

    python benchmarks/scaling.py

The same seeded site four times on this machine: on SQLite and files; on PostgreSQL and Redis; two nodes
of that behind nginx; and behind nginx as a cache that need not ask each time. A stored page is asked for
in turn of each, round after round, and a page rendered anew of the first two. Prints Markdown.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from content import ROOT, set_up
from servers import Server, gunicorn, ratio, rounds_of

sys.path.insert(0, str(ROOT))

from tests import services

ROUNDS = 7
PATH = "/for-skole-og-barnehage/"
STORED, RENDERED = "erasmus_site.wsgi", "erasmus_site.wsgi:django_application"
_NGINX = """
daemon off; pid nginx.pid; worker_processes 2; error_log stderr crit; user {user};
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000;
  proxy_cache_path {folder}/cache keys_zone=pages:1m inactive=1h;
  upstream site {{ {nodes} keepalive 32; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host 127.0.0.1; {cache}
    }}
  }}
}}
"""
_CACHE = "proxy_cache pages; proxy_cache_revalidate on; proxy_cache_lock on;"


@contextmanager
def nginx(nodes: list[Server], cache: str = "") -> Iterator[Server]:
    """Stand in front of `nodes`."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), services.free_port()
        folder.chmod(0o755)
        listed = " ".join(f"server 127.0.0.1:{node.port};" for node in nodes)
        user = os.environ.get("USER") or "root"
        text = _NGINX.format(user=user, folder=folder, port=port, nodes=listed, cache=cache)
        with services.nginx(text, folder, port) as process:
            yield Server(process, port, 0.0)


def prepare(environment: dict[str, str]) -> None:
    """Fill the database that `environment` names."""
    for command in (["migrate", "-v", "0"], ["seed_content"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            **{"cwd": ROOT, "env": {**os.environ, **environment}, "check": True},
            stdout=subprocess.DEVNULL,
        )


def many_machines(stack: ExitStack) -> dict[str, str]:
    """Start a PostgreSQL and a Redis, and return the settings that lead to them."""
    database, redis = (
        stack.enter_context(services.postgresql()),
        stack.enter_context(services.redis()),
    )
    environment = {
        "DATABASE_URL": database,
        "CACHE_URL": redis.replace("redis://", "rediscache://"),
    }
    prepare(environment)
    return environment


def steps(stack: ExitStack, environment: dict[str, str]) -> dict[tuple[str, str], Server]:
    """Start the site as at each step, by the step's name and what becomes of the page."""

    def node(application: str, **more: str) -> Server:
        return stack.enter_context(gunicorn(application, **more))

    nodes = [node(STORED, **environment), node(STORED, **environment)]
    patient = node(STORED, **environment, CDN_SECONDS="60")
    return {
        ("one machine", "stored"): node(STORED),
        ("PostgreSQL and Redis", "stored"): nodes[0],
        ("two nodes behind nginx", "stored"): stack.enter_context(nginx(nodes)),
        ("cache in front", "stored"): stack.enter_context(nginx([patient], _CACHE)),
        ("one machine", "rendered"): node(RENDERED),
        ("PostgreSQL and Redis", "rendered"): node(RENDERED, **environment),
    }


def main() -> None:
    set_up()
    with ExitStack() as stack:
        servers = steps(stack, many_machines(stack))
        asked = {
            key: lambda server=server: server.requests_a_second(PATH, Accept_Encoding="br")
            for key, server in servers.items()
        }
        rates = rounds_of(ROUNDS, asked)
    print("| step | page | requests/s | to one machine |")
    print("|---|---|---:|---:|")
    for (step, kind), found in rates.items():
        to_one = ratio(rates, (step, kind), ("one machine", kind))
        print(f"| {step} | {kind} | {statistics.median(found):,.0f} | {to_one:.2f} |")


if __name__ == "__main__":
    main()
