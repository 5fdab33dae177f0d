"""The editors' forms for what the programme is made of; imported so that the admin finds them."""

from programmes.admin import (
    former_names,
    measures,
    rates,
)

__all__ = [
    "former_names",
    "measures",
    "rates",
]
