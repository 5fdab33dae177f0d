"""Dicts for JSON-LD in the terms of schema.org; no HTML here."""

from collections.abc import Sequence

from pages.languages import absolute
from pages.navigation import Crumb


def breadcrumb_list(crumbs: Sequence[Crumb]) -> dict:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb.title,
                "item": absolute(crumb.url),
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }
