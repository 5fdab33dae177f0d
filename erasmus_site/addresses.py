"""What an address in the environment says: a database, a cache, a store of files.

Pure, since the settings are made from it. Raises ImproperlyConfigured with the one sentence that the
operator is to read.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_INSTALL = "run `make scale`, which installs what PostgreSQL, Redis and S3 need"


def database(url: str, setting: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's configuration of the database at `url`."""
    try:
        found: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:
        found = {}
    if not found.get("ENGINE", "").startswith("django.db.backends."):
        raise ImproperlyConfigured(
            f"{setting} is not an address of a database; write one such as "
            "postgres://user:password@host/name, or leave it out for SQLite."
        )
    found["CONN_MAX_AGE"] = None
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            # Take the write lock at the start: a reader that turns writer would fail at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an acknowledged save survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000",
        }
    elif found["ENGINE"].endswith("postgresql"):
        _require("psycopg", f"{setting} names a PostgreSQL")
        found["ENGINE"] = "erasmus_site.postgresql"
        # A connection from before a restart is noticed, and made anew, before anything is lost by it.
        found["CONN_HEALTH_CHECKS"] = True
        # A machine that is switched off does not answer at all.
        found["OPTIONS"] = {"connect_timeout": 10} | found.get("OPTIONS", {})
    return found


def cache(url: str) -> dict[str, Any]:
    """Return Django's configuration of the cache at `url`."""
    try:
        found: dict[str, Any] = environ.Env.cache_url_config(url)
    except environ.ImproperlyConfigured:
        found = {}
    if not found.get("BACKEND"):
        raise ImproperlyConfigured(
            "CACHE_URL is not an address of a cache; write one such as "
            "rediscache://host:6379/0, or leave it out for files in DATA_DIR."
        )
    if "redis" in found["BACKEND"].lower():
        _require("redis", "CACHE_URL names a Redis")
        # A Redis that does not answer at all must not hold visitors up.
        patience = {"socket_connect_timeout": 1, "socket_timeout": 1}
        found["OPTIONS"] = patience | found.get("OPTIONS", {})
    return found


def store(url: str, setting: str = "MEDIA_STORE_URL") -> dict[str, Any]:
    """Return Django's configuration of the store of files at `url`: a folder or a bucket.

    `file:///folder`, or `s3://key:secret@host/bucket/prefix?region=…`. Without key and secret, the
    machine's own are used, as Amazon's tools do. `s3+http` is for a store on the same machine.
    """
    wrong = ImproperlyConfigured(
        f"{setting} is not an address of a store; write one such as "
        "s3://key:secret@host/bucket?region=name, or leave it out for files in DATA_DIR."
    )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme == "file" and not host and Path(parts.path).is_absolute():
        location = {"location": unquote(parts.path)}
        return {"BACKEND": "pages.files.WholeFileStorage", "OPTIONS": location}
    bucket, _slash, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in ("s3", "s3+http") or not host or not bucket:
        raise wrong
    _require("storages", f"{setting} names a bucket")
    scheme = "http" if parts.scheme == "s3+http" else "https"
    endpoint = f"{scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    options = {
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": endpoint,
        "bucket_name": unquote(bucket),
        "location": unquote(prefix),
        "region_name": parse_qs(parts.query).get("region", [None])[0],
    }
    return {"BACKEND": "erasmus_site.stores.Bucket", "OPTIONS": options}


def _require(package: str, why: str) -> None:
    if find_spec(package) is None:
        raise ImproperlyConfigured(f"{why}, but its package is not installed: {_INSTALL}.")
