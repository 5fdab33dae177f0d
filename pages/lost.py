"""Help for the lost: what an address that leads nowhere was meant to lead to.

An old, misspelt or wrongly translated address leads on in one hop; what is gone says so; for all else
the words of the address are looked for in the addresses there are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language

from pages.answers import answer, in_same_form
from pages.languages import LANGUAGE_CODES, language_from_path, url_in
from pages.models import Address, Publishable

# How alike words must be, from 0 to 1, for one to be taken for a misspelling of the other.
ALIKE = 0.75
SUGGESTED = 5
# Bounds on what one request for nothing may cost.
LONGEST, MOST_WORDS, LONGEST_WORD, MOST_ADDRESSES = 400, 5, 40, 300
# Letters that a word and its misspelling begin with alike.
BEGINNING = 4


def not_found(request, exception=None) -> HttpResponse:
    """Django's handler of status 404: redirects with 301, or answers 410 or 404 with a way on."""
    user = getattr(request, "user", None) or AnonymousUser()
    path = escape_uri_path(request.path)
    asked = {} if len(path) > LONGEST else _addresses_meant(path)
    if request.method in ("GET", "HEAD") and (present := _present(path, asked, user)):
        return _redirect(request, in_same_form(request, present))
    was = asked.get(tidy(path))
    is_gone = was is not None and _is_gone(was)
    context = {
        "is_gone": is_gone,
        "suggestions": suggestions(path[:LONGEST], user),
        "words": words_to_search(request.path[:LONGEST]),
    }
    return answer(request, "404", context, status=410 if is_gone else 404)


def tidy(path: str) -> str:
    """Return `path` as addresses are written: small letters, single slashes, one at the end."""
    return re.sub("/+", "/", f"/{path.lower()}/")


def _addresses_meant(path: str) -> dict[str, Address]:
    """Return the known addresses that may be meant, the likeliest first: one query."""
    meant = tidy(path)
    wanted = list(dict.fromkeys([meant, *_in_other_languages(meant)]))
    found = {row.path: row for row in Address.objects.filter(path__in=wanted)}
    return {name: found[name] for name in wanted if name in found}


def _in_other_languages(path: str) -> list[str]:
    rest = _without_language(path)
    prefixes = ["" if code == settings.LANGUAGE_CODE else f"/{code}" for code in _codes()]
    return [f"{prefix}/{rest}" for prefix in prefixes]


def _without_language(path: str) -> str:
    first, _slash, rest = path.removeprefix("/").partition("/")
    return rest if first in LANGUAGE_CODES else path.removeprefix("/")


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _present(path: str, asked: dict[str, Address], user) -> str | None:
    """Return where the first of these that `user` may see stands now; None where that is `path`."""
    for address in asked.values():
        if record := address.record_for(user):
            language = _language_of(path, address, record)
            present = url_in(record, language) if language else None
            return present if present != path else None
    return None


def _language_of(path: str, address: Address, record: Publishable) -> str | None:
    """Return the language to lead to: the one `path` names; None if the record is not in it.

    Who asks for English is not led to bokmål. An address without a language may be of any.
    """
    named = language_from_path(tidy(path))
    if named == settings.LANGUAGE_CODE and address.path != tidy(path):
        return address.language
    return named if record.exists_in(named) else None


def _redirect(request, present: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{present}?{query}" if query else present)
    # A browser that kept a redirect for good would run in circles when a page gets its old name back.
    response["Cache-Control"] = "no-cache"
    return response


def _is_gone(address: Address) -> bool:
    """Whether visitors could see there what they cannot see any more, in any language."""
    rows = apps.get_model(address.model)._default_manager.with_address()
    record = rows.filter(pk=address.object_id).first()
    return record is None or record.was_published


@dataclass(frozen=True)
class Suggestion:
    title: str
    url: str


def suggestions(path: str, user) -> list[Suggestion]:
    """Return what stands above `path`, and what has words like its own, in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    current = Address.objects.current().filter(language=language)
    above = list(current.filter(path__in=_paths_above(tidy(path))).order_by("-path"))
    words = _words(_without_language(tidy(path)))
    near = (
        list(current.filter(_begins_like(words)).order_by("pk")[:MOST_ADDRESSES]) if words else []
    )
    likeness = {address.path: _likeness(words, address.path) for address in near}
    likely = [address for address in near if likeness[address.path] >= ALIKE]
    likely.sort(key=lambda address: -likeness[address.path])
    return _shown([*likely[: SUGGESTED - 1], *above], language, user)


def words_to_search(path: str) -> str:
    """Return what the address may be about, for who wants to search for it."""
    words = re.findall(r"[^\W_]+", _without_language(path))
    return " ".join(word[:LONGEST_WORD] for word in words[-MOST_WORDS:])


def _paths_above(path: str) -> list[str]:
    steps = path.strip("/").split("/")
    return [f"/{'/'.join(steps[:depth])}/" for depth in range(1, len(steps))]


def _words(path: str) -> list[str]:
    words = re.split(r"[^a-z0-9]+", path)
    asked = dict.fromkeys(word[:LONGEST_WORD] for word in words if len(word) >= BEGINNING)
    return list(asked)[-MOST_WORDS:]


def _begins_like(words: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for word in words:
        condition |= Q(path__contains=word[:BEGINNING])
    return condition


def _likeness(words: list[str], path: str) -> float:
    """Return how like any of `words` is to a word that ends `path`, or to its beginning, from 0 to 1."""
    last = _words(path.rstrip("/").rpartition("/")[2])
    pairs = ((a, b) for a in words for b in last if a[:BEGINNING] == b[:BEGINNING])
    return max((_alike(asked, present) for asked, present in pairs), default=0.0)


def _alike(asked: str, present: str) -> float:
    # Norwegian puts words together: who asks for the first part of one means it.
    return max(_ratio(asked, b) for b in {present, present[: len(asked)]})


def _ratio(a: str, b: str) -> float:
    """Return how alike two words are, or 0 where that is less than ALIKE."""
    matcher = SequenceMatcher(None, a, b)
    # Two upper bounds, a hundredth of the price: most words are told apart by one of them.
    is_near = matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE
    return matcher.ratio() if is_near else 0.0


def _shown(addresses: list[Address], language: str, user) -> list[Suggestion]:
    """Return those that `user` may see, once each, without the pages that are always named."""
    keys: dict[str, set[int]] = {}
    for address in addresses:
        keys.setdefault(address.model, set()).add(address.object_id)
    records = {
        (label, record.pk): record
        for label, wanted in keys.items()
        for record in apps.get_model(label)
        ._default_manager.visible_to(user)
        .in_language(language)
        .with_address()
        .filter(pk__in=wanted)
    }
    found = (records.get(address.owner) for address in addresses)
    named = [r for r in found if r is not None and not getattr(r, "route", "")]
    return [Suggestion(r.title, r.get_absolute_url()) for r in dict.fromkeys(named)][:SUGGESTED]
