"""The coming deadlines in the terms of schema.org.

A list of offers, each with the moment until which it can be had. Not an Event: nobody meets anywhere, and
search engines ask that only what people go to is called one. What is only expected is not told: there is
no day to tell.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pages.discovery.structured_data import Node, node
from programmes.models import Deadline
from programmes.tools.deadlines.entries import address_of


def list_of(upcoming: Iterable[Deadline]) -> Node | None:
    """Return the list, None while no day is known."""
    known = [one for one in upcoming if not one.is_cancelled]
    offers = [_offer(one, moment) for one in known if (moment := one.when.moment)]
    if not offers:
        return None
    items = [
        node("ListItem", position=position, item=offer)
        for position, offer in enumerate(offers, start=1)
    ]
    return node("ItemList", name=_("Coming deadlines"), itemListElement=items)


def _offer(deadline: Deadline, moment: datetime) -> Node:
    return node(
        "Offer",
        name=deadline.name,
        url=address_of(deadline),
        availabilityEnds=localtime(moment).isoformat(timespec="seconds"),
    )
