"""What a request says of itself is believed only where that does no harm."""

import pytest

from erasmus_site.handler import Request
from tests.hostile.asking import Stranger, environ_of
from tests.hostile.conftest import stranger

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
__all__ = ["stranger"]


@pytest.mark.parametrize(
    "kind", ["text/plain; charset=hex", "a/b; charset=undefined", "a/b; charset*=utf-8''%00"]
)
def test_an_encoding_that_is_none_is_not_used(stranger: Stranger, kind):
    """Anyone could have any page answered with a 500."""
    for path in (b"/finnes-ikke", b"/admin/konto/logg-inn/"):
        assert stranger.ask(path, b"a=%C3%A6", CONTENT_TYPE=kind).status in (200, 404)
    assert Request(environ_of(b"/", b"a=%C3%A6", CONTENT_TYPE=kind)).GET["a"] == "æ"


def test_a_cookie_spells_no_nul():
    """PostgreSQL takes none in the key of a session: a made-up cookie was answered with a 500."""
    request = Request(environ_of(b"/", HTTP_COOKIE='sessionid="aaaaaaaaaa\\000"; a=b'))
    assert request.COOKIES == {"a": "b"}
