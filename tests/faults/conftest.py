"""Real gunicorns, a real nginx, PostgreSQL and Redis on loopback, and what can happen to them.

Every test ends only what it has started.
"""

import getpass
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests import services
from tests.browser.conftest import Server, Site, served
from tests.faults.load import Editor
from tests.prepared import add_editor

NGINX = """
daemon off; pid nginx.pid; worker_processes 1; user {user};
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4;
  scgi_temp_path t5;
  # Short, so that a test need not wait long. deploy/nginx.conf has some ten times as much.
  client_header_timeout 2s; client_body_timeout 2s; send_timeout 2s;
  client_max_body_size 30m;
  upstream site {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://site;
      proxy_set_header Host $http_host;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_connect_timeout 1s;
      # Nothing that changes anything is asked a second time: nginx leaves POST alone by itself.
      proxy_next_upstream error timeout;
      add_header X-Node $upstream_addr always;
    }}
  }}
}}
"""


SETTINGS = "tests.faults.site_settings"


def _new_site(folder: Path, **settings: str) -> Site:
    """A site without content, at a port of its own."""
    port = services.free_port()
    folder.mkdir(exist_ok=True)
    environment = {
        **{"PATH": os.environ["PATH"], "HOME": str(folder), "DATA_DIR": str(folder / "data")},
        **{"SECRET_KEY": "tests-only", "DJANGO_SETTINGS_MODULE": SETTINGS},
        **{"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}", **settings},
    }
    return Site(environment["SITE_URL"], environment)


@pytest.fixture(scope="session")
def edited(filled, tmp_path_factory) -> Path:
    """A folder of data with the whole seed in SQLite, and an editor."""
    data = shutil.copytree(filled, tmp_path_factory.mktemp("edited") / "data")
    add_editor(data, DJANGO_SETTINGS_MODULE=SETTINGS)
    return data


@pytest.fixture
def site(edited, tmp_path) -> Site:
    """A filled site of the test's own, on SQLite."""
    shutil.copytree(edited, tmp_path / "data")
    return _new_site(tmp_path)


@pytest.fixture(scope="session")
def _filled_cluster() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        cluster = services.Cluster(folder)
        with cluster.running():
            site = _new_site(Path(home), DATABASE_URL=cluster.address())
            site.manage("migrate", "-v", "0")
            site.manage("seed_content")
            add_editor(Path(home) / "data", **site.environment)
        yield cluster


@dataclass
class Postgres:
    """A cluster that can be stopped and started, with the whole seed in it."""

    cluster: services.Cluster
    _running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        self._running.enter_context(self.cluster.running())

    def stop(self) -> None:
        self._running.close()


@pytest.fixture
def postgres(_filled_cluster) -> Iterator[Postgres]:
    postgres = Postgres(_filled_cluster)
    postgres.start()
    yield postgres
    postgres.stop()


@pytest.fixture
def on_postgres(postgres, tmp_path) -> Site:
    """A filled site on PostgreSQL."""
    return _new_site(tmp_path, DATABASE_URL=postgres.cluster.address())


@pytest.fixture
def serve(tmp_path):
    """Serve a site while a block lasts, or for as long as the test does."""

    def serve(site: Site, **options) -> Iterator[Server]:
        return served(site, tmp_path / "gunicorn.log", **options)

    yield serve
    log = (tmp_path / "gunicorn.log").read_text()
    # For whoever has to find out why a test failed.
    print(log[-6000:])


@contextmanager
def before(nodes: list[Site], folder: Path) -> Iterator[str]:
    """Put nginx before the nodes and give its origin. A single one is tried twice: it has two workers."""
    names = [f"127.0.0.1:{node.environment['PORT']}" for node in nodes]
    rule = "max_fails=1 fail_timeout=1s" if len(nodes) > 1 else "max_fails=0"
    servers = " ".join(f"server {name} {rule};" for name in (names * 2)[: max(2, len(nodes))])
    port = services.free_port()
    configuration = NGINX.format(port=port, servers=servers, user=getpass.getuser())
    with services.nginx(configuration, folder, port):
        yield f"http://127.0.0.1:{port}"


def another(site: Site) -> Site:
    """A further node of the same site: the same data, at a port of its own."""
    port = str(services.free_port())
    own = {"PORT": port, "SITE_URL": f"http://127.0.0.1:{port}"}
    # The pages of all nodes print the same address.
    environment = {**site.environment, **own, "SITE_URL": site.environment["SITE_URL"]}
    return replace(site, origin=own["SITE_URL"], environment=environment)


def editor_at(origin: str) -> Editor:
    editor = Editor(origin)
    assert editor.sign_in().status == 302
    assert editor.get("/admin/").status == 200
    return editor


def form_of_about(editor: Editor) -> str:
    """Return the address of the form of «Om nettstedet»."""
    pages = editor.get("/admin/pages/page/?q=Om+nettstedet").text
    return re.search(r'href="(/admin/pages/page/\d+/change/)[^>]*>Om nettstedet', pages)[1]
