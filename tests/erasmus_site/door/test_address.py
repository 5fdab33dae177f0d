"""Where the admin lies, and where somebody comes from."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory, override_settings
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from erasmus_site.door.address import client_address, refuse_to_shadow
from erasmus_site.door.counts import CountCache
from erasmus_site.urls import urlpatterns

addresses = st.ip_addresses().map(str)


@given(
    spoofed=st.lists(st.text("0123456789abcdef.:, x", max_size=20), max_size=4),
    client=addresses,
    proxies=st.lists(addresses, min_size=1, max_size=3),
)
def test_what_a_visitor_writes_changes_nothing(spoofed, client, proxies):
    """Each proxy adds whom it heard from; the last of them is the one that we hear from."""
    heard = [*spoofed, client, *proxies[:-1]]
    request = RequestFactory().get(
        "/", HTTP_X_FORWARDED_FOR=", ".join(heard), REMOTE_ADDR=proxies[-1]
    )
    with override_settings(PROXY_COUNT=len(proxies)):
        assert client_address(request) == client
    with override_settings(PROXY_COUNT=0):
        assert client_address(request) == proxies[-1]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_proxy_that_says_nothing_is_taken_for_the_visitor(settings, count):
    settings.PROXY_COUNT = count
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"


@pytest.mark.parametrize("written", ["192.0.2.1:4711", " 192.0.2.1 "])
def test_a_connection_is_no_address_of_its_own(settings, written):
    settings.PROXY_COUNT = 1
    assert client_address(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=written)) == "192.0.2.1"


@pytest.mark.parametrize(
    "path",
    [
        *("stil/", "forhandsvisning/", "lenke/", "media/", "static/", "nn/", "en/"),
        "for-skole-og-barnehage/",
    ],
)
def test_the_admin_lies_before_no_address_of_the_site(path):
    with pytest.raises(ImproperlyConfigured, match=re.escape(repr(path))):
        refuse_to_shadow(path, urlpatterns[2:])


@pytest.mark.parametrize("path", ["admin/", "redigering/", "nnn/", "skriv-her-2/"])
def test_any_other_address_will_do(path):
    refuse_to_shadow(path, urlpatterns[2:])


def test_the_editors_two_come_first_and_are_left_out():
    beginnings = [str(pattern.pattern) for pattern in get_resolver().url_patterns[:2]]
    assert beginnings == ["admin/konto/", "admin/"]


def test_only_one_gets_a_lock(tmp_path):
    """Two that both got it would have their tries counted as one."""
    counts = CountCache(str(tmp_path), {})
    together = Barrier(16)

    def take(number: int) -> bool:
        together.wait()
        return counts.add("lock", number)

    with ThreadPoolExecutor(16) as pool:
        for _time in range(5):
            assert sum(pool.map(take, range(16))) == 1
            counts.clear()
