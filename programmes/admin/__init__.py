"""The editors' forms for what the programme is made of; imported so that the admin finds them."""

from programmes.admin import (
    calls,
    former_names,
    glossary,
    measures,
    plans,
    rates,
    rules,
    sources,
)

__all__ = [
    "calls",
    "former_names",
    "glossary",
    "measures",
    "plans",
    "rates",
    "rules",
    "sources",
]
