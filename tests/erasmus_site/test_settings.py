"""What follows from the environment, and what a wrong one is told."""

import os
import subprocess
import sys

import pytest

from tests.command import ROOT, environment, manage, refuse


def test_a_public_site_passes_djangos_own_inspection(tmp_path):
    answer = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        SECRET_KEY="x7-" * 20 + "en-lang-hemmelighet",
        SITE_URL="https://erasmus.example.no",
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SITE_URL": "erasmus.example.no"}, "SITE_URL is"),
        ({"SITE_URL": "https://a.no/sti"}, "SITE_URL is"),
        ({"SITE_URL": "https://a.no?x"}, "SITE_URL is"),
        ({"SITE_URL": "https://bruker:ord@a.no"}, "SITE_URL is"),
        ({"SITE_URL": "https://[::1"}, "SITE_URL is"),
        ({"DATABASE_URL": "foo"}, "DATABASE_URL is not"),
        ({"DATABASE_URL": "tull://a/b"}, "DATABASE_URL is not"),
        ({"CACHE_URL": "tull://a/b"}, "CACHE_URL is not"),
        ({"MEDIA_STORE_URL": "s3://"}, "MEDIA_STORE_URL is not"),
        ({"BACKUP_KEEP": "mange"}, "BACKUP_KEEP is 'mange'; write a whole number."),
        ({"DATA_DIR": "/proc/ingen"}, "DATA_DIR is '/proc/ingen', which cannot be made"),
        ({"INDEXNOW_KEY": "kort"}, "INDEXNOW_KEY is 'kort'"),
        ({"INDEXNOW_KEY": "a" * 129}, "INDEXNOW_KEY is"),
        ({"INDEXNOW_KEY": "../../passwd"}, "INDEXNOW_KEY is"),
        ({"INDEXNOW_ENDPOINT": "file:///etc"}, "INDEXNOW_ENDPOINT is"),
        ({"CONTENT_LICENCE": "CC BY 4.0"}, "CONTENT_LICENCE is"),
        ({"CONTENT_LICENCE": "https://a.no/"}, "CONTENT_LICENCE is"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(tmp_path, settings, words):
    told = refuse(tmp_path, "check", **settings)
    assert told.startswith(words)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DATABASE_URL": "postgres://a:hemmelig@127.0.0.1:1/b"}, "The database that DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////proc/ingen/fil"}, "The database that DATABASE_URL"),
        ({"CACHE_URL": "rediscache://127.0.0.1:1/0"}, "The cache that CACHE_URL"),
        ({"MEDIA_STORE_URL": "s3+http://k:hemmelig@127.0.0.1:1/b"}, "Pictures cannot be written"),
        ({"MEDIA_STORE_URL": "file:///proc/ingen"}, "Pictures cannot be written"),
    ],
)
def test_what_is_not_there_is_told_before_anything_is_done(tmp_path, settings, words):
    told = refuse(tmp_path, "prepare", **settings)
    assert words in told
    assert "mend the address" in told
    assert "hemmelig" not in told


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"DATABASE_URL": "postgres://a@127.0.0.1:1/b"}, "The database that DATABASE_URL"),
    ],
)
def test_a_server_that_cannot_work_says_why_and_does_not_start(tmp_path, settings, words):
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    answer = subprocess.run(
        [*gunicorn, "erasmus_site.wsgi"],
        **{"cwd": ROOT, "env": environment(tmp_path, **settings), "capture_output": True},
        text=True,
        timeout=60,
    )
    assert answer.returncode != 0
    assert answer.stderr.startswith(words)
    assert "Traceback" not in answer.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    (tmp_path / "media").mkdir(mode=0o500)
    assert "Pictures cannot be written to DATA_DIR/media" in refuse(tmp_path, "prepare")


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
        answer = manage(tmp_path, "shell", "--no-imports", "-c", script, SITE_URL=url)
        assert answer.stdout.strip() == told, answer.stderr
