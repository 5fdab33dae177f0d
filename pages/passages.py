"""Prose as passages to translate, and the frame of blocks that holds them together.

A translator gets each paragraph, heading or list item as text with numbered marks for what is bold,
in italics or linked. The tags themselves stay here, so that no translation can break or forge them.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import escape, unescape

INLINE = frozenset({"a", "strong", "em"})

_TAG = re.compile(r"""(<(?:[^"'>]|"[^"]*"|'[^']*')*>)""")
_NAME = re.compile(r"</?([a-z0-9]+)")
_BEGINNING = re.compile(r"</?[a-z0-9]+")


@dataclass(frozen=True)
class Mark:
    """Where an inline tag begins or ends. `number` tells it from the others of its passage."""

    number: int
    name: str
    is_end: bool = False


Content = tuple[str | Mark, ...]


@dataclass(frozen=True)
class Passage:
    """A stretch of text with its inline tags as they were written, by their numbers."""

    content: Content
    tags: dict[int, str]

    @property
    def text(self) -> str:
        return text_of(self.content)

    def written(self, content: Content) -> str:
        """Return `content` as markup, with the tags of this passage."""
        return "".join(self._piece(piece) for piece in content)

    def _piece(self, piece: str | Mark) -> str:
        if isinstance(piece, str):
            return escape(piece, quote=False).replace("\xa0", "&nbsp;")
        tag = self.tags[piece.number]
        return f"</{_name(tag)}>" if piece.is_end else tag


@dataclass(frozen=True)
class Prose:
    """A text in passages. `frame` is the markup between them; a number in it is a passage's place."""

    frame: tuple[str | int, ...]
    passages: tuple[Passage, ...]

    @property
    def shape(self) -> tuple[str | int, ...]:
        """The order of blocks and passages, whatever the blocks' attributes and the space between."""
        return tuple(
            piece if isinstance(piece, int) else "".join(_BEGINNING.findall(piece))
            for piece in self.frame
            if isinstance(piece, int) or piece.strip()
        )

    @property
    def texts(self) -> list[str]:
        return [passage.text for passage in self.passages]

    def joined(self, contents: list[Content] | None = None) -> str:
        """Return the markup, with `contents` in place of what the passages hold."""
        new = contents if contents is not None else [p.content for p in self.passages]
        return "".join(
            piece if isinstance(piece, str) else self.passages[piece].written(new[piece])
            for piece in self.frame
        )


def split(html: str) -> Prose:
    """Return clean prose in passages; joined they are `html` again."""
    frame: list[str | int] = []
    passages: list[Passage] = []
    for run in _runs(_TAG.split(html)):
        for tokens in [run] if _is_balanced(run) else [[token] for token in run]:
            if _has_words(tokens):
                frame.append(len(passages))
                passages.append(_passage(tokens))
            else:
                frame.append("".join(tokens))
    return Prose(tuple(frame), tuple(passages))


def plain(text: str) -> Prose:
    """Return text without markup as one passage, or as none where there is no text."""
    return Prose((0,), (Passage((text,), {}),)) if text.strip() else Prose((), ())


def text_of(content: Content) -> str:
    return "".join(piece for piece in content if isinstance(piece, str))


def marks_of(content: Content) -> Counter[int]:
    """Return how often each mark begins in `content`."""
    return Counter(p.number for p in content if isinstance(p, Mark) and not p.is_end)


def worded(content: Content) -> set[int]:
    """Return the marks that have words between their beginning and their end."""
    around: list[int] = []
    found: set[int] = set()
    for piece in content:
        if isinstance(piece, str):
            found |= set(around) if piece.strip() else set()
        elif piece.is_end:
            around.remove(piece.number)
        else:
            around.append(piece.number)
    return found


def aligned(source: Prose, translation: Prose, made_from: Prose | None = None) -> Prose:
    """Return `source` with the contents and tags of `translation`, passage by passage.

    Passages that have no counterpart are empty. Where source and translation are built differently,
    `made_from`, the source that the translation was made from, tells what belongs to what.
    """
    pairs = dict(_pairs(source, translation, made_from))
    is_alike = source.shape == translation.shape
    return Prose(
        translation.frame if is_alike else source.frame,
        tuple(
            _adopted(passage, translation.passages[pairs[place]])
            if place in pairs
            else replace(passage, content=())
            for place, passage in enumerate(source.passages)
        ),
    )


def _pairs(source: Prose, translation: Prose, made_from: Prose | None) -> list[tuple[int, int]]:
    """Return which passages of source and translation say the same."""
    if source.shape == translation.shape:
        return [(place, place) for place in range(len(source.passages))]
    if made_from is None or made_from.shape != translation.shape:
        return []
    matcher = SequenceMatcher(None, made_from.texts, source.texts, autojunk=False)
    return [
        (new + step, old + step)
        for _tag, old, old_end, new, new_end in matcher.get_opcodes()
        if old_end - old == new_end - new
        for step in range(old_end - old)
    ]


def _adopted(passage: Passage, translation: Passage) -> Passage:
    """Return `translation` with the numbers of `passage`; without content if their tags differ."""
    numbers = _numbers_for(passage, translation)
    if len(numbers) != len(translation.tags) or len(numbers) != len(passage.tags):
        return replace(passage, content=())
    content = tuple(
        replace(p, number=numbers[p.number]) if isinstance(p, Mark) else p
        for p in translation.content
    )
    return Passage(content, {numbers[old]: tag for old, tag in translation.tags.items()})


def _numbers_for(passage: Passage, translation: Passage) -> dict[int, int]:
    """Match tags that are written alike first, so that links keep their targets when they change places."""
    found: dict[int, int] = {}
    for likeness in (str, _name):
        for old, tag in translation.tags.items():
            free = passage.tags.keys() - set(found.values())
            alike = [n for n in sorted(free) if likeness(passage.tags[n]) == likeness(tag)]
            if old not in found and alike:
                found[old] = alike[0]
    return found


def _runs(tokens: list[str]) -> list[list[str]]:
    """Return stretches of text and inline tags, and each block's tag by itself."""
    runs: list[list[str]] = []
    for token in filter(None, tokens):
        if _is_block(token) or not runs or _is_block(runs[-1][-1]):
            runs.append([token])
        else:
            runs[-1].append(token)
    return runs


def _passage(tokens: list[str]) -> Passage:
    content: list[str | Mark] = []
    tags: dict[int, str] = {}
    stack: list[Mark] = []
    for token in tokens:
        if not _name(token):
            content.append(unescape(token))
        elif token.startswith("</"):
            content.append(replace(stack.pop(), is_end=True))
        else:
            mark = Mark(len(tags) + 1, _name(token))
            tags[mark.number] = token
            stack.append(mark)
            content.append(mark)
    return Passage(tuple(content), tags)


def _is_balanced(tokens: list[str]) -> bool:
    stack: list[str] = []
    for token in tokens:
        if token.startswith("</"):
            if not stack or stack.pop() != _name(token):
                return False
        elif _name(token):
            stack.append(_name(token))
    return not stack


def _has_words(tokens: list[str]) -> bool:
    return any(not _name(token) and unescape(token).strip() for token in tokens)


def _is_block(token: str) -> bool:
    return bool(_name(token)) and _name(token) not in INLINE


def _name(token: str) -> str:
    """Return the name of a tag, nothing for text."""
    found = _NAME.match(token)
    return found[1] if found else ""
