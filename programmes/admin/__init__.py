"""The editors' forms for what the programme is made of; imported so that the admin finds them."""

from programmes.admin import measures, rules

__all__ = ["measures", "rules"]
