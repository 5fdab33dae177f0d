"""Many who ask for the same page at once: it is rendered for one of them and shown to all."""

import os
import subprocess
import sys

from django.conf import settings

from pages.cache.locks import one_at_a_time

# A process of its own, as a worker of the web server is one: eight visitors at once.
WORKER = """
import sys, threading, time
import django
django.setup()
from pages.cache import generation, wsgi
generation.current = lambda: "g"
wsgi.next_moment = lambda *_given: None

class Text(list):
    streaming = False

def slow_page(environ, start_response):
    open(sys.argv[1], "a").write("rendered\\n")
    time.sleep(0.3)
    start_response("200 OK", [("Cache-Control", "public"), ("Content-Type", "text/html")])
    return Text([b"the page"])

cache = wsgi.PageCache(slow_page)
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "localhost"}
environ |= {"wsgi.url_scheme": "http"}
seen = []
visit = lambda: seen.extend(cache(dict(environ), lambda *_given: None))
threads = [threading.Thread(target=visit) for _visitor in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert seen == [b"the page"] * 8, seen
"""


def test_a_page_is_rendered_once_and_not_once_per_worker(tmp_path):
    """After each save, every worker would otherwise be busy with the same page."""
    count = tmp_path / "rendered"
    environment = {
        **{"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "erasmus_site.settings"},
        **{"DATA_DIR": str(tmp_path), "SECRET_KEY": "tests-only", "PYTHONPATH": "."},
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(count)], cwd=settings.BASE_DIR, env=environment
        )
        for _worker in range(2)
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert count.read_text() == "rendered\n"


def test_where_no_lock_can_be_made_all_pass(settings, tmp_path):
    """A disk that is full or shut must cost no page."""
    settings.DATA_DIR = tmp_path / "not" / "there"
    with one_at_a_time("name") as waited:
        assert waited is False
