"""Links between records: from an address to the record that has or had it, and back."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from django.conf import settings

from pages import links
from pages.links import Place, Reference
from pages.models.address import Address


def refer(texts: Mapping[str, str]) -> dict[str, str]:
    """Return these texts with references for addresses, old or present, of records: one query."""
    paths = set().union(*(links.paths(text, settings.SITE_URL) for text in texts.values()))
    rows = Address.objects.filter(path__in=paths) if paths else []
    owners = {row.path: Reference(row.model, row.object_id) for row in rows}
    return {name: links.refer(text, owners, settings.SITE_URL) for name, text in texts.items()}


def spell_out(html: str, language: str) -> str:
    """Return `html` with readable addresses for references, also for records that are gone."""
    found = links.references(html)
    return links.spell_out(html, _places(found, language, Address.objects.all())) if found else html


def spell_out_href(found: Iterable[Reference]) -> Callable[[str, str], str]:
    """Return what makes one link to any of these records readable in a language: one query."""
    rows = list(Address.objects.of_rows(_keys(found)))
    places_in = cache(lambda language: _best(rows, language))

    def readable(href: str, language: str) -> str:
        split = links.reference_in(href)
        place = places_in(language).get(split[0]) if split else None
        return f"{place.path}{split[1]}" if split and place else href

    return readable


def publish(page: str, language: str) -> str:
    """Return a page as visitors get it: references lead to where records stand now, in one query."""
    found = links.references(page)
    return links.publish(page, places(found, language), language) if found else page


def publish_markdown(page: str, language: str) -> str:
    """The same for a page of Markdown."""
    found = links.references_in_markdown(page, settings.SITE_URL)
    here = places(found, language) if found else {}
    return links.publish_markdown(page, here, settings.SITE_URL) if found else page


def places(found: Iterable[Reference], language: str) -> dict[Reference, Place]:
    """Return where records stand, in `language` or else in another that they have."""
    return _places(found, language, Address.objects.current())


def _places(found: Iterable[Reference], language: str, addresses) -> dict[Reference, Place]:
    return _best(addresses.of_rows(_keys(found)), language)


def _keys(found: Iterable[Reference]) -> dict[str, list[int]]:
    keys: dict[str, list[int]] = {}
    for reference in found:
        keys.setdefault(reference.model, []).append(reference.pk)
    return keys


def _best(addresses: Iterable[Address], language: str) -> dict[Reference, Place]:
    order = [language, *(code for code, _name in settings.LANGUAGES)]
    rows = [row for row in addresses if row.language in order]
    # The best stands last and so is what the dict keeps: a present one, in the wanted language.
    rows.sort(key=lambda row: (row.is_current, -order.index(row.language)))
    return {Reference(row.model, row.object_id): Place(row.path, row.language) for row in rows}
