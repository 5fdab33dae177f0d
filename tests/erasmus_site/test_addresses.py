"""What addresses in the environment are read as."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from erasmus_site import addresses


def test_a_bucket_has_its_key_place_and_region():
    found = addresses.store("s3://n%2Fk:h%40m@s3.example.no:9000/bilder/erasmus/a?region=oslo")
    assert found["BACKEND"] == "erasmus_site.stores.Bucket"
    assert found["OPTIONS"] == {
        **{"access_key": "n/k", "secret_key": "h@m", "endpoint_url": "https://s3.example.no:9000"},
        **{"bucket_name": "bilder", "location": "erasmus/a", "region_name": "oslo"},
    }


def test_without_a_key_the_machines_own_is_used():
    options = addresses.store("s3://s3.example.no/bilder")["OPTIONS"]
    assert options["access_key"] is None
    assert options["location"] == ""


def test_a_folder_is_a_store_too():
    found = addresses.store("file:///srv/bilder%20her")
    assert found["OPTIONS"] == {"location": "/srv/bilder her"}


@pytest.mark.parametrize(
    "url",
    [
        *("", "/srv/bilder", "file://srv/bilder", "file:bilder", "s3://", "s3://vert", "s3:///b"),
        *("http://vert/b", "s3://vert:port/b", "s3://[::1/b"),
    ],
)
def test_what_is_no_store_is_told(url):
    with pytest.raises(ImproperlyConfigured, match="is not an address of a store"):
        addresses.store(url)


@pytest.mark.parametrize(
    ("read", "url", "package"),
    [
        (addresses.database, "postgres://a@b/c", "psycopg"),
        (addresses.cache, "rediscache://b:6379/0", "redis"),
        (addresses.store, "s3://b/c", "storages"),
    ],
)
def test_a_missing_package_is_told_with_the_command_that_brings_it(monkeypatch, read, url, package):
    """Who sets one line in .env must not be met by an ImportError."""
    monkeypatch.setattr(addresses, "find_spec", lambda name: None if name == package else name)
    with pytest.raises(ImproperlyConfigured, match="make scale"):
        read(url)
