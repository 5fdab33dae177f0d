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
        ({"SECRET_KEY": "x", "PROXY_COUNT": "-1"}, "PROXY_COUNT is -1"),
        ({"SECRET_KEY": "x", "ADMIN_PATH": "/redigering/"}, "ADMIN_PATH is '/redigering/'; write"),
        ({"SECRET_KEY": "x", "ADMIN_PATH": "redigering"}, "ADMIN_PATH is 'redigering'; write"),
        (
            {"SECRET_KEY": "x", "ADMIN_PATH": "stil/"},
            "ADMIN_PATH is 'stil/', which is an address of the site",
        ),
        ({"SECRET_KEY": "x", "DATABASE_URL": "foo"}, "DATABASE_URL is not"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "tull://a/b"}, "DATABASE_URL is not"),
        ({"SITE_URL": "erasmus.example.no"}, "SITE_URL is"),
        ({"SITE_URL": "https://a.no/sti"}, "SITE_URL is"),
        ({"SITE_URL": "https://a.no?x"}, "SITE_URL is"),
        ({"SITE_URL": "https://bruker:ord@a.no"}, "SITE_URL is"),
        ({"SITE_URL": "https://[::1"}, "SITE_URL is"),
        ({"DATABASE_URL": "foo"}, "DATABASE_URL is not"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is"),
        ({"SLOW_QUERY_MS": "fort"}, "SLOW_QUERY_MS is"),
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


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SITE_URL": "https://a.no"}, "True 1 CountCache"),
        ({"SITE_URL": "https://a.no", "PROXY_COUNT": "2"}, "True 2 CountCache"),
        ({"SITE_URL": "https://a.no", "BEHIND_PROXY": "no"}, "True 0 CountCache"),
        ({"REQUIRE_SECOND_FACTOR": "yes", "CACHE_URL": "locmemcache://"}, "True 0 CountCache"),
        ({"CACHE_URL": "rediscache://127.0.0.1/1"}, "False 0 SharedCounts"),
    ],
)
def test_the_door_follows_from_the_origin(tmp_path, environment, told):
    """Behind a proxy that nobody counts all editors would share one number of tries; and in a cache
    that each process has for itself, every process would give tries of its own."""
    script = (
        "from django.conf import settings as s;"
        "print(s.REQUIRE_SECOND_FACTOR, s.PROXY_COUNT, s.CACHES['default']['BACKEND'].split('.')[-1])"
    )
    answer = manage(tmp_path, "shell", "--no-imports", "-c", script, SECRET_KEY="x", **environment)
    assert answer.stdout.strip() == told, answer.stderr


def test_everything_follows_the_admin_to_another_address(tmp_path):
    """What still said /admin/ would tell where to look, or lead editors into nothing."""
    script = """
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from erasmus_site import views
from pages.cache.asked import asked_by
host = {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost"}
asked = [asked_by({**host, "PATH_INFO": p}) is None for p in ("/skriv-her/konto/", "/admin/")]
robots = views.robots(RequestFactory().get("/robots.txt")).content.decode()
print(reverse("account_login"), reverse("admin:index"), settings.LANGUAGE_COOKIE_PATH, *asked,
      "skriv-her" in robots, "admin" in robots)
"""
    answer = manage(tmp_path, "shell", "-c", script, SECRET_KEY="x", ADMIN_PATH="skriv-her/")
    told = "/skriv-her/konto/logg-inn/ /skriv-her/ /skriv-her/ True False False False"
    assert answer.stdout.splitlines()[-1] == told, answer.stderr
