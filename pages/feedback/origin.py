"""Whether a form was sent by one of the site's own pages, as far as browsers tell."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_own(request: HttpRequest) -> bool:
    """Return False where the browser says that another site's page sent the form.

    Browsers of today say so with `Sec-Fetch-Site`, older ones with `Origin` or `Referer`. What says nothing is
    no browser, or one from long ago: it is let in, as it could lie about all three.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    for name in ("Origin", "Referer"):
        told = request.headers.get(name)
        if told is not None and told != "null":
            return _is_here(told, request)
    return True


def _is_here(address: str, request: HttpRequest) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
