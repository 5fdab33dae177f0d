"""What follows from the environment, and what a wrong one is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def manage(tmp_path, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def test_a_public_site_passes_djangos_own_inspection(tmp_path):
    answer = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        SECRET_KEY="x7-" * 20 + "en-lang-hemmelighet",
        SITE_URL="https://erasmus.example.no",
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "x", "SITE_URL": "erasmus.example.no"}, "SITE_URL is"),
        ({"SECRET_KEY": "x", "SITE_URL": "https://a.no/sti"}, "SITE_URL is"),
        ({"SECRET_KEY": "x", "SITE_URL": "https://a.no?x"}, "SITE_URL is"),
        ({"SECRET_KEY": "x", "SITE_URL": "https://bruker:ord@a.no"}, "SITE_URL is"),
        ({"SECRET_KEY": "x", "SITE_URL": "https://[::1"}, "SITE_URL is"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "foo"}, "DATABASE_URL is not"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "tull://a/b"}, "DATABASE_URL is not"),
        ({"SECRET_KEY": "x", "LOG_FORMAT": "xml"}, "LOG_FORMAT is"),
        ({"SECRET_KEY": "x", "SLOW_QUERY_MS": "fort"}, "SLOW_QUERY_MS is"),
        ({"SECRET_KEY": "x", "CDN_SECONDS": "-1"}, "CDN_SECONDS is"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(tmp_path, environment, words):
    answer = manage(tmp_path, "check", **environment)
    assert answer.returncode != 0
    assert words in answer.stderr.splitlines()[-1]


def test_tls_follows_from_the_origin(tmp_path):
    script = (
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )
    for url, told in [
        ("https://a.no", "True True True False"),
        ("http://localhost", "False False False False"),
    ]:
        answer = manage(
            tmp_path, "shell", "--no-imports", "-c", script, SECRET_KEY="x", SITE_URL=url
        )
        assert answer.stdout.strip() == told, answer.stderr
