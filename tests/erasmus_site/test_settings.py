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
        ({"SECRET_KEY": "x", "INDEXNOW_KEY": "kort"}, "INDEXNOW_KEY is 'kort'"),
        ({"SECRET_KEY": "x", "INDEXNOW_KEY": "a" * 129}, "INDEXNOW_KEY is"),
        ({"SECRET_KEY": "x", "INDEXNOW_KEY": "../../passwd"}, "INDEXNOW_KEY is"),
        ({"SECRET_KEY": "x", "INDEXNOW_ENDPOINT": "file:///etc"}, "INDEXNOW_ENDPOINT is"),
        ({"SECRET_KEY": "x", "CONTENT_LICENCE": "CC BY 4.0"}, "CONTENT_LICENCE is"),
        ({"SECRET_KEY": "x", "CONTENT_LICENCE": "https://a.no/"}, "CONTENT_LICENCE is"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "foo"}, "DATABASE_URL is not"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "tull://a/b"}, "DATABASE_URL is not"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(tmp_path, environment, words):
    answer = manage(tmp_path, "check", **environment)
    assert answer.returncode != 0
    assert words in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("", "{'name': '', 'url': ''}"),
        ("NLOD 2.0 https://a.no/2", "{'name': 'NLOD 2.0', 'url': 'https://a.no/2'}"),
    ],
)
def test_the_operator_decides_the_licence(tmp_path, licence, told):
    script = "from django.conf import settings as s; print(s.CONTENT_LICENCE)"
    answer = manage(
        tmp_path,
        *("shell", "--no-imports", "-c", script),
        SECRET_KEY="x",
        CONTENT_LICENCE=licence,
    )
    assert answer.stdout.strip() == told, answer.stderr


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
