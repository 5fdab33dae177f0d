"""Many who save and search at once: each finds what it has saved, and the index is whole afterwards."""

import subprocess
import sys
from uuid import uuid4

import pytest
from django.conf import settings

from tests.command import ROOT, environment, succeed

# A process of its own, as a worker of the web server is one: two editors and two visitors at once.
WORKER = """
import sys, threading, time
import django
django.setup()
from django.db import connection
from django.utils import timezone
from pages.models import Page
from pages.search import finding

problems = []

def edit(name):
    page = Page(publish_at=timezone.now())
    for number in range(6):
        word = str(int(f"0x{name}{number:02}", 16) * 1_000_003)
        page.title_nb = f"Side {name}"
        page.lead_nb = f"Her er {word}."
        page.save()
        found = [hit.record[1] for hit in finding.find(word, "nb").own]
        if found != [page.pk]:
            problems.append((word, found))

def look():
    for _time in range(15):
        finding.find("side", "nb")

def quietly(work, *given):
    try:
        work(*given)
    except Exception as error:
        problems.append(repr(error))
    finally:
        connection.close()

threads = [threading.Thread(target=quietly, args=(edit, f"{sys.argv[1]}{n}")) for n in range(2)]
threads += [threading.Thread(target=quietly, args=(look,)) for _visitor in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert problems == [], problems
"""

AFTERWARDS = """
import django
django.setup()
from pages.models import *
from pages.search import finding, index
count = lambda: (
    sorted(SearchStem.objects.values_list("shelf", "stem", "entries")),
    sorted(SearchForm.objects.values_list("shelf", "form", "entries")),
)
found = count()
assert not SearchChange.objects.exists()
index.forget()
index.note_all()
index.catch_up()
assert count() == found
print(finding.find("side", "nb").total)
"""


@pytest.fixture
def database():
    """The settings that name an empty database of the test's own."""
    known = settings.DATABASES["default"]
    if not known["ENGINE"].endswith("postgresql"):
        yield {}
        return
    import psycopg

    name, to = f"together_{uuid4().hex[:8]}", f"{known['USER']}@{known['HOST']}:{known['PORT']}"
    with psycopg.connect(f"postgres://{to}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"postgres://{to}/{name}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_who_saves_and_searches_at_once_is_told_the_truth(tmp_path, database):
    succeed(tmp_path, "migrate", "-v", "0", **database)
    own = {"DJANGO_SETTINGS_MODULE": "erasmus_site.settings"}
    known = environment(tmp_path, **own, PYTHONPATH=str(ROOT), **database)
    run = [sys.executable, "-c"]
    workers = [subprocess.Popen([*run, WORKER, name], cwd=ROOT, env=known) for name in ("a", "b")]
    assert [worker.wait(120) for worker in workers] == [0, 0]
    answer = subprocess.run([*run, AFTERWARDS], cwd=ROOT, env=known, capture_output=True, text=True)
    assert answer.stdout == "4\n", answer.stderr
