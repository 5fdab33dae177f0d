"""Where a calendar program can follow the deadlines: one address for each audience, and one for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pages.languages import absolute
from programmes.models import Audience


@dataclass(frozen=True)
class Subscription:
    """`url` is the file's whole address; `webcal` the same for programs that follow it when it is opened."""

    title: str
    url: str

    @property
    def webcal(self) -> str:
        return f"webcal://{self.url.partition('://')[2]}"


def subscriptions(audiences: Iterable[Audience]) -> list[Subscription]:
    every = Subscription(_("All deadlines"), absolute(reverse("tools:deadlines_file")))
    return [every, *(Subscription(one.title, _address(one)) for one in audiences)]


def _address(audience: Audience) -> str:
    return absolute(reverse("tools:deadlines_file", kwargs={"audience": audience.code}))
