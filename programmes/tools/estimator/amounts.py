"""Amounts in whole euro that may be a range, or known from above only."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Amount:
    """From `low` to `high` euro. `low` is None where only the ceiling is known."""

    low: Decimal | None
    high: Decimal

    def __add__(self, other: "Amount") -> "Amount":
        low = None if self.low is None or other.low is None else self.low + other.low
        return Amount(low, self.high + other.high)

    def __mul__(self, number: int) -> "Amount":
        return Amount(None if self.low is None else self.low * number, self.high * number)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def part(self, share: Decimal) -> "Amount":
        """Return a share of it, rounded to whole euro as the rules round: halves upwards."""
        return Amount(
            None if self.low is None else whole(self.low * share), whole(self.high * share)
        )

    def capped(self, most: Decimal) -> "Amount":
        return Amount(None if self.low is None else min(self.low, most), min(self.high, most))


NOTHING = Amount(Decimal(0), Decimal(0))


def exactly(euro: int | Decimal) -> Amount:
    return Amount(Decimal(euro), Decimal(euro))


def total(amounts: Iterable[Amount]) -> Amount:
    return sum(amounts, NOTHING)


def whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
