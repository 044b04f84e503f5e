"""E-mail addresses and links of meetings, in the ways in which they are written, and what is secret in a link alone.

In: an address as an organizer wrote it, and readings. Out: where it stands. Touches nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from builder.leaks.letters import plain
from builder.leaks.readings import Reading
from builder.leaks.sought import Span, Spelling

_WORD = re.compile(r"[^\W_]+")

_AT = r"(?:[\W_]{0,20}@[\W_]{0,20}|[\W_]{1,6}at[\W_]{1,6})"
_GAP = r"[\s\\#>*]{0,20}"
_DOT = rf"(?:{_GAP}\.{_GAP}|[\W_]{{1,6}}dot[\W_]{{1,6}})"
_TAGGED = r"(?:\+[\w.-]{1,30}?)?"
"""What some put after their name, so that mail sorts itself."""

_EDGE = re.compile(r"(?<![^\W_])(?<![^\W_][.+_-])")
_AFTER = r"(?![^\W_]|[.-][^\W_])"
"""What may stand around an address: `joann@…` is not `ann@…`."""

_LEAD = r"(?:[a-z]{2,10}://)?(?:www\.)?"
_REST = r"(?:[?#&][^\s\"'<>()]*)?"
"""What stands before and after a link without a gap; a passcode in it is part of the link."""

_GENERIC = re.compile(
    r"(?:watch|search|join|index|open|view|start|launch|meet(?:ings?)?|rooms?|meetup-join|home)(?:\.\w+)?"
)
"""Last parts of a path that say nothing, so that what follows the `?` does."""

_SECRET_KEYS = ("pwd", "passcode", "password", "pass", "code", "pin", "key", "k", "p", "token")
_SAID = r"(?:pass ?(?:code|word)|pwd|pin|code|kennwort)(?:[\W_]{1,5}is)?[\W_]{1,5}"
_STRONG = re.compile(r"(?=.*[a-z])(?=.*[0-9])[\w.-]{6,}|[a-z]{3}-[a-z]{4}-[a-z]{3}")
"""What is nothing else by chance: letters with digits, or the three groups of a meeting's code."""


def of_email(email: str) -> Iterator[Spelling]:
    """Every way to look for an e-mail address; with and without a tag after a `+`."""
    local, _, host = plain(email).rpartition("@")
    for name in dict.fromkeys((local, local.partition("+")[0] or local)):
        yield _spelling(f"{name} {host}", f"{_loose(name, _DOT)}{_TAGGED}{_AT}{_loose(host, _DOT)}{_AFTER}")
        named = re.sub(r"[\W_]+", " ", f"{name} at {host}")  # as `of_name` reads it
        yield _spelling(named, rf"{named}(?![^\W_])")


def of_link(link: str) -> Iterator[Spelling]:
    """Every way to look for a link, without its scheme; without its query too, if its path says enough."""
    short = plain(re.sub(r"^https?://(www\.)?|/+$", "", unquote(link), flags=re.IGNORECASE))
    path = re.split(r"[?#]", short)[0].rstrip("/")
    last = path.rpartition("/")[2]
    if "/" in path and not _GENERIC.fullmatch(last):
        short = path
    end = rf"(?![^\W_]){_REST}" if re.search(r"[/?#]", short) else r"(?!\w|[.-]\w|/\w|[?#])"
    yield _spelling(short, _loose(short, None) + end, _LEAD)
    if "/" in path and _STRONG.fullmatch(last) and len(last) >= 8:
        yield _spelling(last, rf"{re.escape(last)}(?![\w-])")


def of_passcodes(link: str) -> Iterator[Spelling]:
    """The passcodes in a link."""
    for key, value in parse_qsl(link.partition("?")[2].partition("#")[0]):
        if key.lower() in _SECRET_KEYS:
            yield from _of_passcode(value)


def of_said_passcodes(text: str) -> Iterator[Spelling]:
    """The passcodes in what an organizer wrote beside a telephone number."""
    for match in re.finditer(rf"(?<![^\W_]){_SAID}([^\s,;]{{3,}})", plain(text)):
        yield from _of_passcode(match[1].rstrip(".)"))


def _of_passcode(value: str) -> Iterator[Spelling]:
    """A passcode alone; one that might be anything only where the text says what it is."""
    code = plain(value)
    if len(code) >= 3 and _WORD.search(code):
        said = "" if _STRONG.fullmatch(code) else _SAID
        yield _spelling(code, rf"{re.escape(code)}(?![^\W_])", said=said)


@dataclass(frozen=True, slots=True)
class _Look:
    """A look for a pattern that begins some signs before a word: after `lead`, which belongs to it, or after `said`."""

    pattern: str
    begins: int
    lead: str = ""
    said: str = ""

    def __call__(self, reading: Reading, start: int) -> Span | None:
        text, first = reading.lower, start - self.begins
        match = _compiled(self.pattern).match(text, first) if first >= 0 else None
        if match is None or (self.said and not _ends(self.said, text, first)):
            return None
        led = _ends(self.lead, text, first) if self.lead else None
        begin = led.start() if led else first
        return (begin, match.end()) if _EDGE.match(text, begin) else None


def _ends(pattern: str, text: str, at: int) -> re.Match[str] | None:
    """Whether what stands before a place ends so."""
    return _compiled(rf"(?<![a-z])(?:{pattern})\Z").search(text, max(0, at - 40), at)


def _spelling(written: str, pattern: str, lead: str = "", said: str = "") -> Spelling:
    """What is found by a pattern, which begins with the first word of what is written."""
    words = _WORD.findall(written)
    return Spelling(frozenset(words), words[0], _Look(pattern, written.index(words[0]), lead, said))


def _loose(address: str, dot: str | None) -> str:
    """A pattern for an address that may be escaped, or go over the end of a line at its marks."""
    parts = re.findall(r"[^\W_]+|[\W_]", address)
    marks = {".": dot} if dot else {}
    return "".join(part if part.isalnum() else marks.get(part) or _mark(part) for part in parts)


def _mark(sign: str) -> str:
    return f"{_GAP}{re.escape(sign)}{_GAP}"


_compiled = functools.lru_cache(maxsize=4096)(re.compile)
