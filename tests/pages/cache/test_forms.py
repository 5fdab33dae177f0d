"""Two forms at one address: none is ever shown to who asked for the other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.test_negotiation import BROWSERS

PAGE = "/for-skole-og-barnehage/"
MARKDOWN = "text/markdown, */*;q=0.1"


def kind(answer) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize("order", [[MARKDOWN, "*/*"], ["*/*", MARKDOWN]])
def test_each_gets_the_form_asked_for_whoever_came_first(visitor, order):
    for accept in order * 2:
        answer = visitor.get(PAGE, accept=accept)
        assert kind(answer) == ("text/markdown" if accept == MARKDOWN else "text/html")
        assert "Accept" in answer.headers["Vary"].split(", ")
    assert visitor.rendered == [PAGE, PAGE], "each form is rendered once"


def test_all_browsers_share_one_page_and_all_assistants_another(visitor):
    """The cache would otherwise hold a page for each wording of a header."""
    for accept in BROWSERS.values():
        assert kind(visitor.get(PAGE, accept=accept)) == "text/html"
    for accept in ("text/markdown", MARKDOWN, "text/markdown;q=0.9,text/html;q=0.1"):
        assert kind(visitor.get(PAGE, accept=accept)) == "text/markdown"
    assert visitor.rendered == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("path", "headers"), [(f"{PAGE}index.md", {}), (PAGE, {"accept": "text/markdown"})]
)
def test_markdown_is_kept_as_pages_are(visitor, path, headers):
    first = visitor.get(path, **headers)
    with CaptureQueriesContext(connection) as queries:
        small = visitor.get(path, accept_encoding="br", **headers)
    assert len(queries) == 0
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.body) < len(first.body) / 2
    head = visitor.get(path, method="HEAD", **headers)
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(first.body)))
    known = visitor.get(path, if_none_match=first.headers["ETag"], **headers)
    assert (known.status, known.body) == (304, b"")
    assert known.headers["Vary"] == first.headers["Vary"]
    assert "Set-Cookie" not in first.headers
    assert visitor.rendered == [path]


def test_the_forms_have_tags_of_their_own(visitor):
    """A cache would take one form for the other when it asks whether its own still holds."""
    html, markdown = visitor.get(PAGE), visitor.get(PAGE, accept="text/markdown")
    assert html.headers["ETag"] != markdown.headers["ETag"]
    assert (
        visitor.get(PAGE, accept="text/markdown", if_none_match=html.headers["ETag"]).status == 200
    )


def test_parts_of_a_list_are_kept_apart_in_markdown_too(visitor):
    path = f"{PAGE}mobilitet/index.md"
    assert visitor.get(f"{path}?utm=x").body == visitor.get(path).body
    assert visitor.get(f"{path}?side=2").status == 404
