"""The editors' forms for what the programme is made of; imported so that the admin finds them."""

from programmes.admin import (
    former_names,
    glossary,
    measures,
    rates,
)

__all__ = [
    "former_names",
    "glossary",
    "measures",
    "rates",
]
