"""Names of people, in the spellings of lists, tables, programs and files.

In: a full name as an organizer wrote it, and searchable texts. Out: where the name occurs. Touches nothing.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder.leaks.ordinary import ORDINARY
from builder.leaks.people import TITLES, written
from builder.leaks.readings import SearchableText
from builder.leaks.sought import Span, Spelling
from builder.leaks.words import WORD

Words = tuple[tuple[str, ...], ...]
"""The words of a name, each split at its apostrophes and hyphens."""

_LETTERS = re.compile(r"[^\W_]+")
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "ter", "del", "dos", "das", "des", "les", "bin", "ibn", "abu", "and"}
)
"""What begins a last name and is none by itself."""

_MARKS = re.compile(r"[\W_]{0,2}")
_APART = re.compile(r"(?:\[\^[\w-]{1,20}\]|[0-9]{1,2}(?![0-9]))?[\W_]{1,60}")
_ENDED = re.compile(r"[.!?]\s")
"""What may be within a word of a name and between two, after a footnote's mark; the end of a sentence may not."""

_BETWEEN = re.compile(
    r"[^\W\d_]\.?[\W_]{1,3}"  # an initial
    r"|[0-9]{1,2}[\W_]{1,3}"  # a footnote's mark
    rf"|{TITLES}[\W_]{{1,3}}"
    r"|(?<=[\"'(\[])[^\"'()\[\]\n]{1,20}[\"')\]]\s{1,3}"  # a nickname, or pronouns
    r"|(?:(?:first|last|middle|given|family|fore|sur)[\s_-]?name|first|last|given|family)[\W_]{1,20}"  # a column
)
"""What else may be between two words of a name, once or twice."""

_MORE = re.compile(r"[^\W\d_]{2,20}\.?[\W_]{1,9}")
_MOST = 3
"""Places at which the next word of a name may begin."""

_TIGHT = re.compile(r"[ \t\u00a0]*(?:[-_.+/\\*`~]{1,4}|[^\w\s\x00-\x7f]{1,3}|\n[ \t>#*-]*)?[ \t\u00a0]*")
"""What is between two words of a name in its plain spelling."""

_MELTED = re.compile(r"[a-z0-9][\w.+-]{0,63}@|[a-z]{3,6}://|www\.|mailto:")
"""What a name may be pasted to without a gap: an e-mail address or a link."""

_GOES_ON = re.compile(r"[ \t\u00a0-]{1,2}([^\W\d_])")
"""What follows a name that has another word."""

_BEFORE = re.compile(r"(?:^|[\n\f|,;:\t\"'>()\[\]{}*=/~-])[ \t]*$")
_AFTER = re.compile(r"[ \t]*(?:$|[\n\f|,;\t\"'<>()\[\]{}*@/0-9])")
"""The edges of a line, of a cell, of an entry in a list."""

_LINE_BEFORE = re.compile(r"(?:^|[\n\f|;:\t>*=/~@]|[\n>|][ \t]*[-+][ \t])[ \t]*$")
_LINE_AFTER = re.compile(r"[ \t]*(?:$|[\n\f|;:\t<*@/0-9])")
"""The edges of a line and of a cell, and not those within a sentence."""


def spellings(name: str, *, as_words: bool = False) -> Iterator[Spelling]:
    """Every spelling of a full name; none for a single word, because it could be any word.

    `as_words` says that the name consists of ordinary words, which then count only where they look like a name.
    """
    for full in written(name):
        words = full.split()
        for parts in _in_pieces(words):
            yield from _orders(parts, as_words=as_words)
        yield from _glued(words)


def halves(name: str) -> Iterator[tuple[str, tuple[Spelling, ...]]]:
    """Shorter forms of a name with a double first or last name: the shorter name, and its spellings."""
    for full in written(name):
        words = full.split()
        if "of" in words or any(letter.isdigit() for letter in full):  # a placeholder
            continue
        firsts, lasts = words[0].split("-"), words[-1].split("-")
        lasts += [words[-2]] if len(words) > 2 and len(words[-2]) > 2 and words[-2] not in _PARTICLES else []
        pairs = itertools.product(dict.fromkeys((words[0], *firsts)), dict.fromkeys((words[-1], *lasts)))
        for pair in itertools.islice(pairs, 1, 12):  # the first pair is the whole name
            if all(len("".join(WORD.findall(word))) > 1 for word in pair):
                orders = (_spelling(parts, turn, _is_half) for parts in _in_pieces(list(pair)) for turn in (0, 1))
                yield " ".join(pair), tuple(orders)


def _in_pieces(words: list[str]) -> Iterator[Words]:
    """The words split at their marks, such as `o'neil`, and written as one."""
    each = [
        dict.fromkeys(tuple(WORD.findall(way)) for way in (word, word.replace("'", ""), re.sub(r"[\W_]", "", word)))
        for word in words
    ]
    yield from itertools.islice(itertools.product(*each), 9)


def _orders(words: Words, *, as_words: bool) -> Iterator[Spelling]:
    """A name in its order, without its middle names, and in each turned order."""
    if any(piece.isdigit() for word in words for piece in word):  # a placeholder
        yield _spelling(words, 0, _is_whole)
        return
    if len(words) > 2 and ("of",) not in words:
        short = (words[0], words[-1])
        yield from (_spelling(short, turn, _judge(short, as_words=as_words)) for turn in (0, 1))
    for turn in range(len(words)):
        yield _spelling(words, turn, _judge(words, as_words=as_words))


def _judge(words: Words, *, as_words: bool) -> _Judge:
    """The judge of whether these words are a name where they occur."""
    return _is_no_sentence if as_words or {"".join(word) for word in words} <= ORDINARY else _is_whole


def _spelling(words: Words, turn: int, judge: _Judge) -> Spelling:
    """The spelling of a name that begins with its word number `turn`."""
    pieces = frozenset(piece for word in words for piece in word)
    return Spelling(pieces, words[turn][0], functools.partial(_look, words, turn, judge))


def _look(words: Words, turn: int, judge: _Judge, reading: SearchableText, start: int) -> Span | None:
    """The span of a name at a place: its words, with what may be between them."""
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
    if not reading.is_edge(at) and not _MELTED.match(text, at):
        return None
    comma = "," in text[slice(*gaps[len(words) - turn - 1 if turn else -1])]
    found = _Found(reading, start, tuple(gaps), at, comma, is_turned=turn > 0)
    return (start, at) if reading.names or judge(found) else None


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of a name that follow each other in a text, and whether a comma is between first and last name."""

    reading: SearchableText
    start: int
    gaps: tuple[Span, ...]
    end: int
    comma: bool
    is_turned: bool

    @property
    def is_simple(self) -> bool:
        """Whether the name has its plain spelling, in its order."""
        return not self.is_turned and all(_TIGHT.fullmatch(self.reading.lower, *gap) for gap in self.gaps)

    @property
    def has_capitals(self) -> bool:
        """Whether neither first nor last name begins with a small letter."""
        return not any(self.reading.text[at].islower() for at in (self.start, self.gaps[-1][1]))

    def is_alone(self, before: re.Pattern[str] = _BEFORE, after: re.Pattern[str] = _AFTER) -> bool:
        """Whether the name has a line, a cell or a list entry to itself."""
        text = self.reading.text
        return bool(before.search(text, max(0, self.start - 20), self.start) and after.match(text, self.end))


_Judge = Callable[[_Found], bool]


def _is_whole(found: _Found) -> bool:
    """Whether the words of a full name are one: in their order they always are."""
    return found.is_simple or (found.is_turned and found.comma) or found.has_capitals or found.is_alone()


def _is_no_sentence(found: _Found) -> bool:
    """Whether ordinary words are a name: with capitals, or outside of sentences."""
    enumerated = found.comma and not found.is_turned  # such as `in April, March and May`
    return (found.has_capitals and not enumerated) or found.is_alone(_LINE_BEFORE, _LINE_AFTER)


def _is_half(found: _Found) -> bool:
    """Whether half a name is meant as a name: with capitals, in its order, and with no other name after it."""
    more = _GOES_ON.match(found.reading.text, found.end)
    if more and more[1].isupper():
        return False
    return (found.has_capitals and not found.is_turned and not found.comma) or found.is_alone()


def _onward(reading: SearchableText, at: int) -> tuple[int, ...]:
    """Where the next word of a name may begin after a place; computed once for all names."""
    if at not in reading.onward:
        apart = _APART.match(reading.lower, at)
        found = [] if apart is None or _ENDED.search(reading.lower, at, apart.end()) else [apart.end()]
        while found and len(found) < _MOST and (between := _between(reading, found[-1])):
            found.append(between.end())
        reading.onward[at] = tuple(found)
    return reading.onward[at]


def _between(reading: SearchableText, at: int) -> re.Match[str] | None:
    """The match of what may be between two words of a name; another name may be if it has a capital."""
    more = _MORE.match(reading.lower, at) if reading.text[at : at + 1].isupper() else None
    return _BETWEEN.match(reading.lower, at) or more


def _through(text: str, at: int, word: tuple[str, ...]) -> int | None:
    """The end of a word that begins at a place, piece by piece; None if it does not."""
    for nth, piece in enumerate(word):
        marks = _MARKS.match(text, at) if nth else None
        at = marks.end() if marks else at
        if not text.startswith(piece, at):
            return None
        at += len(piece)
    if len(word[-1]) < 3 and text.startswith(".", at):  # an initial, or `St.`
        at += 1
    return at


def _glued(words: list[str]) -> Iterator[Spelling]:
    """First and last word without a gap, as in names of files and accounts."""
    first, last = ("".join(_LETTERS.findall(word)) for word in (words[0], words[-1]))
    if len(first + last) > 5 and not (first + last).isdigit():
        for one, other in ((first, last), (last, first)):
            look = functools.partial(_look_glued, len(one), len(other))
            yield Spelling(frozenset(WORD.findall(one + other)), one + other, look)


def _look_glued(one: int, other: int, reading: SearchableText, start: int) -> Span | None:
    text, end = reading.text, start + one + other
    around = text[start - 1 : start] in {"@", "#", "~", "/", "="} or text[end : end + 1] == "@"
    capitals = text[start + one].isupper() and (
        text[start].isupper() or not _is_ordinary(reading.lower, start, one, end)
    )
    return (start, end) if reading.names or around or capitals else None


def _is_ordinary(text: str, start: int, one: int, end: int) -> bool:
    """Whether both halves are words, as in names within programs, such as `pageTurner`."""
    return {text[start : start + one], text[start + one : end]} <= ORDINARY
