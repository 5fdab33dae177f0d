"""Pairs of colours that belong together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """`strong` is for shapes, `tint` for the paper behind them."""

    strong: str
    tint: str


FJORD = Theme(strong="#2f6690", tint="#dcecf1")
