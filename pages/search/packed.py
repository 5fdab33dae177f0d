"""Weights of stems, packed so that some of them are found without reading all. Pure.

A search looks at hundreds of entries, and in each at a dozen of its hundreds of stems: taken out of JSON
that would be most of its work. A stem is known by a sum of its letters; the sums stand in order.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

_SUM, _WEIGHT = "Q", "H"
_SIZE = array(_SUM).itemsize + array(_WEIGHT).itemsize


@lru_cache(maxsize=50_000)
def sum_of(stem: str) -> int:
    return int.from_bytes(blake2b(stem.encode(), digest_size=8).digest(), "little")


def pack(weights: Mapping[str, int]) -> bytes:
    """Return weights, whole numbers below 65,536, as they are stored."""
    found = sorted((sum_of(stem), weight) for stem, weight in weights.items())
    parts = array(_SUM, (s for s, _weight in found)), array(_WEIGHT, (w for _sum, w in found))
    return b"".join(_in_order(part).tobytes() for part in parts)


def unpack(packed: bytes, stems: Iterable[str]) -> dict[str, int]:
    """Return the weights of those of `stems` that have one."""
    number = len(packed) // _SIZE
    sums, weights = array(_SUM), array(_WEIGHT)
    sums.frombytes(packed[: number * sums.itemsize])
    weights.frombytes(packed[number * sums.itemsize :])
    sums, weights = _in_order(sums), _in_order(weights)
    found = {}
    for stem in stems:
        wanted = sum_of(stem)
        place = bisect_left(sums, wanted)
        if place < number and sums[place] == wanted:
            found[stem] = weights[place]
    return found


def _in_order(part: array) -> array:
    """The same on every machine."""
    if sys.byteorder == "big":
        part.byteswap()
    return part
