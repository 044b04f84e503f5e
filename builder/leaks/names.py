"""Names of people, in the ways in which lists, tables, programs and files write them.

In: a full name as an organizer wrote it, and readings. Out: where the name stands. Touches nothing.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from builder.leaks.letters import plain
from builder.leaks.readings import Reading
from builder.leaks.sought import Span, Spelling

Words = tuple[tuple[str, ...], ...]
"""The words of a name, each in pieces where an apostrophe or a hyphen parts it."""

_WORD = re.compile(r"[^\W_]+")
_TITLES = r"(?:\b(?:dra?|prof|professor|mrs?|ms|mx|miss|rev|herr|frau|mme)\b\.?)"
_TITLE = re.compile(_TITLES + r"\s*", re.IGNORECASE)
_DEGREE = re.compile(
    r"\s+(?:jr|sr|ii|iii|iv|md|do|phd|mph|mha|mba|ms|ma|ba|bs|msw|lcsw|lmft|edd|psyd|jd|rn|bsn|msn|dnp|np|arnp|fnp|pa"
    r"|pa-c|cnm|dpt|rd|pharmd|dds|dmd|facp|faafp)\.?$",
    re.IGNORECASE,
)

_MARKS = re.compile(r"[\W_]{0,2}")
_APART = re.compile(r"[\W_]{1,60}")
_ENDED = re.compile(r"[.!?]\s")
"""What may stand within a word of a name and between two; the end of a sentence may not."""

_BETWEEN = re.compile(
    r"[^\W\d_]\.?[\W_]{1,3}"  # an initial
    rf"|{_TITLES}[\W_]{{1,3}}"
    r"|(?<=[\"'(\[])[^\"'()\[\]\n]{1,20}[\"')\]]\s{1,3}"  # what friends say, or which pronouns
    r"|(?:(?:first|last|middle|given|family|fore|sur)[\s_-]?name|first|last|given|family)[\W_]{1,20}"  # a column
)
"""What else may stand between two words of a name, one or two of these."""

_MORE = re.compile(r"[^\W\d_]{2,20}\.?[\W_]{1,9}")
_MOST = 3
"""Places at which the next word of a name may begin."""

_TIGHT = re.compile(r"[ \t\u00a0]*(?:[-_.+/\\*`~]{1,4}|[^\w\s\x00-\x7f]{1,3}|\n[ \t>#*-]*)?[ \t\u00a0]*")
"""What stands between two words of a name that is simply written."""

_BEFORE = re.compile(r"(?:^|[\n\f|,;:\t\"'>()\[\]{}*=/-])[ \t]*$")
_AFTER = re.compile(r"[ \t]*(?:$|[\n\f|,;\t\"'<>()\[\]{}*@/0-9])")
"""The edges of a line, of a cell, of an entry in a list."""

_UMLAUTS = str.maketrans(
    {dotted: f"{letter}e" for dotted, letter in zip("äöüÄÖÜ", "aouAOU", strict=True)} | {"å": "aa", "Å": "Aa"}
)


def spellings(name: str) -> Iterator[Spelling]:
    """Every way to look for a full name. None for a name of a single word: it could be any word."""
    for written in _written(name):
        words = written.split()
        for parts in _in_pieces(words):
            yield from _orders(parts)
        yield from _glued(words)


def _written(name: str) -> Iterator[str]:
    """The words of a name in plain form, without titles and what follows a comma; `Lee, Ann` is turned round.

    A name that is not ASCII is also what other programs make of it: without dots, and read as Latin-1.
    """
    bare = _TITLE.sub("", re.split(r"[,(]", name)[0]).strip()
    given = _TITLE.sub("", name.partition(",")[2]).strip()
    turned = f"{given} {bare}" if given and len(bare.split()) == 1 else bare
    while len(turned.split()) > 2 and _DEGREE.search(turned):
        turned = _DEGREE.sub("", turned)
    ways = [turned] if turned.isascii() else [turned, turned.translate(_UMLAUTS), _misread(turned)]
    for spelling in dict.fromkeys(map(plain, ways)):
        words = [word for word in spelling.split() if _WORD.search(word)]
        if len(words) > 1:
            yield " ".join(words)


def _misread(text: str) -> str:
    return text.encode().decode("cp1252", "replace")


def _in_pieces(words: list[str]) -> Iterator[Words]:
    """The words with their letters apart where something parts them, such as in `o'neil`, and written as one."""
    each = [
        dict.fromkeys(tuple(_WORD.findall(way)) for way in (word, word.replace("'", ""), re.sub(r"[\W_]", "", word)))
        for word in words
    ]
    yield from itertools.islice(itertools.product(*each), 9)


def _orders(words: Words) -> Iterator[Spelling]:
    """A name in its order, without what stands in the middle, and turned round wherever it can be."""
    yield _spelling(words, 0)
    if any(piece.isdigit() for word in words for piece in word):  # a placeholder
        return
    if len(words) > 2 and ("of",) not in words:
        yield _spelling((words[0], words[-1]), 0)
        yield _spelling((words[0], words[-1]), 1)
    for turn in range(1, len(words)):
        yield _spelling(words, turn)


def _spelling(words: Words, turn: int) -> Spelling:
    """A name that begins with its word number `turn`."""
    pieces = frozenset(piece for word in words for piece in word)
    return Spelling(pieces, words[turn][0], functools.partial(_look, words, turn))


def _look(words: Words, turn: int, reading: Reading, start: int) -> Span | None:
    """Whether a name stands at a place: its words, with what may be between them."""
    text, at, gaps = reading.lower, start, []
    for word in words[turn:] + words[:turn]:
        if at > start:
            begin = next((each for each in _onward(reading, at) if text.startswith(word[0], each)), None)
            if begin is None:
                return None
            gaps.append((at, begin))
            at = begin
        end = _through(text, at, word)
        if end is None:
            return None
        at = end
    if text[at : at + 1].isalnum():
        return None
    simple = not turn and all(_TIGHT.fullmatch(text, *gap) for gap in gaps)
    comma = turn and "," in text[slice(*gaps[len(words) - turn - 1])]
    return (start, at) if simple or comma or reading.names or _is_a_name(reading.text, start, gaps[-1][1], at) else None


def _onward(reading: Reading, at: int) -> tuple[int, ...]:
    """Where the next word of a name may begin after a place; worked out once for all names."""
    if at not in reading.onward:
        apart = _APART.match(reading.lower, at)
        found = [] if apart is None or _ENDED.search(reading.lower, at, apart.end()) else [apart.end()]
        while found and len(found) < _MOST and (between := _between(reading, found[-1])):
            found.append(between.end())
        reading.onward[at] = tuple(found)
    return reading.onward[at]


def _between(reading: Reading, at: int) -> re.Match[str] | None:
    """What stands at a place and may stand between two words of a name; another name does if it has a capital."""
    more = _MORE.match(reading.lower, at) if reading.text[at : at + 1].isupper() else None
    return _BETWEEN.match(reading.lower, at) or more


def _through(text: str, at: int, word: tuple[str, ...]) -> int | None:
    """Where a word ends that begins at a place, in its pieces."""
    for nth, piece in enumerate(word):
        marks = _MARKS.match(text, at) if nth else None
        at = marks.end() if marks else at
        if not text.startswith(piece, at):
            return None
        at += len(piece)
    if len(word[-1]) < 3 and text.startswith(".", at):  # an initial, or `St.`
        at += 1
    return at


def _is_a_name(text: str, start: int, last: int, end: int) -> bool:
    """Whether words that could be any words have capitals, or a line or cell for themselves."""
    if not text[start].islower() and not text[last].islower():
        return True
    return bool(_BEFORE.search(text, max(0, start - 20), start) and _AFTER.match(text, end))


def _glued(words: list[str]) -> Iterator[Spelling]:
    """First and last word without a gap, as in names of files and accounts."""
    first, last = ("".join(_WORD.findall(word)) for word in (words[0], words[-1]))
    if len(first + last) > 5 and not (first + last).isdigit():
        for one, other in ((first, last), (last, first)):
            yield Spelling(frozenset({one + other}), one + other, functools.partial(_look_glued, len(one), len(other)))


def _look_glued(one: int, other: int, reading: Reading, start: int) -> Span | None:
    text, end = reading.text, start + one + other
    around = text[start - 1 : start] in {"@", "#", "~"} or text[end : end + 1] == "@"
    return (start, end) if reading.names or around or text[start + one].isupper() else None
