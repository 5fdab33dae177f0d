"""Which form of a page is asked for: HTML, or Markdown by its address or by the `Accept` header."""

from functools import lru_cache

from django.http import HttpRequest

HTML, MARKDOWN = "text/html", "text/markdown"
# What an address ends in where it asks for Markdown whatever the header says.
FILE = "index.md"


def prefers_markdown(accept: str) -> bool:
    """Whether an `Accept` header prefers Markdown. No browser's names it, and so none is parsed."""
    return "markdown" in accept.lower() and _prefers(accept)


@lru_cache(maxsize=64)
def _prefers(accept: str) -> bool:
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return request.get_preferred_type([HTML, MARKDOWN]) == MARKDOWN


def is_file(path: str) -> bool:
    return path.endswith(f"/{FILE}")


def page_of(path: str) -> str:
    """Return the address of the page whose Markdown may stand at `path`."""
    return path[: -len(FILE)] if is_file(path) else path
