"""E-mail addresses and meeting links in all their spellings, and the parts of a link that are secret by themselves.

In: an address as an organizer wrote it, and searchable texts. Out: where it occurs. Touches nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus

from builder.leaks import numbers
from builder.leaks.letters import plain
from builder.leaks.readings import SearchableText
from builder.leaks.sought import Span, Spelling
from builder.leaks.words import WORD, is_edge

_AT = r"(?:[\W_]{0,20}@[\W_]{0,20}|[\W_]{1,6}at[\W_]{1,6})"
_GAP = r"[\s\\#>*]{0,20}"
_DOT = rf"(?:{_GAP}\.{_GAP}|[\W_]{{1,6}}dot[\W_]{{1,6}})"
_TAGGED = r"(?:\+[\w.-]{1,30}?)?"
"""A tag that some people add after their name to sort their mail."""

_LEAD = r"(?:[a-z]{2,10}://)?(?:www\.)?"
_REST = r"(?:[?#&][^\s\"'<>()]*)?"
"""What may come right before and after a link; a passcode in it is part of the link."""

_GENERIC = re.compile(
    r"(?:watch|search|join|index|open|view|start|launch(?:er)?|meet(?:ings?)?|rooms?|meetup-join|home|default|wc|v[0-9]+"
    r"|[a-z])(?:\.\w+)?"
)
"""Last parts of a path that identify nothing, so that the query after `?` counts too."""

_SECRET_KEYS = ("pwd", "passcode", "password", "pass", "code", "pin", "key", "k", "p", "token")
_CALLED = r"(?:pass ?(?:code|word)|pwd|pin|code|kennwort)(?:[\W_]{1,5}is)?[\W_]{0,5}"
_STRONG = re.compile(r"(?=.*[a-z])(?=.*[0-9])[\w.-]{6,}|[a-z]{3}-[a-z]{4}-[a-z]{3}")
"""What does not occur by chance: letters with digits, or the three groups of a meeting's code."""

_QUERY = re.compile(r"[?&#;]([\w-]+)=([^&#;\s]*)")
_THREAD = re.compile(r"19:(?:meeting_)?([\w+=-]{8,})@")
_KEYS_OF_MEETINGS = ("mtid", "meetingid", "meeting_id", "confid", "roomkey", "room", "uuid")
_CODE = re.compile(r"/([a-z]{3}-[a-z]{4}-[a-z]{3})(?![\w-])")
"""What identifies a meeting in the links of Teams, of Webex and others, and of Google Meet."""

_PIECE = 8
"""Characters of a key that no other key shares by chance, so that a key broken by a line's end is still found."""


def of_email(email: str) -> Iterator[Spelling]:
    """Every spelling of an e-mail address, with and without a tag after a `+`."""
    local, _, host = plain(email).rpartition("@")
    clear = len(WORD.findall(local)) > 1
    for name in dict.fromkeys((local, local.partition("+")[0] or local)):
        pattern = f"({_loose(name, _DOT)}{_TAGGED}{_AT}{_loose(host, _DOT)})"
        yield _spelling(f"{name} {host}", pattern, ends=_ends_clearly if clear else _ends_address, clear=clear)
        named = re.sub(r"[\W_]+", " ", f"{name} at {host}")  # as `of_name` reads it
        yield _spelling(named, f"({named})")


def of_link(link: str) -> Iterator[Spelling]:
    """Every spelling of a link, without its scheme, and without its query if its path identifies enough."""
    short = plain(re.sub(r"^https?://(www\.)?|/+$", "", unquote(link), flags=re.IGNORECASE))
    path = re.split(r"[?#]", short)[0].rstrip("/")
    last = path.rpartition("/")[2]
    if "/" in path and not _GENERIC.fullmatch(last):
        short = path
    end = _REST if re.search(r"[/?#]", short) else r"(?!\w|[.-]\w|/\w|[?#])"
    yield _spelling(short, f"({_loose(short, None)}){end}", _LEAD)
    if "/" in path and _STRONG.fullmatch(last) and len(last) >= _PIECE:
        yield _spelling(last, rf"({re.escape(last)})(?!-)")
    for key in _keys(plain(unquote(unquote(link)))):
        yield from (_spelling(piece, f"({re.escape(piece)})", ends=_ends_anywhere) for piece in _pieces(key))


def _keys(link: str) -> Iterator[str]:
    """What identifies the meeting in a link, whatever else the link contains."""
    yield from _THREAD.findall(link)
    for key, value in _QUERY.findall(link):
        if key in _KEYS_OF_MEETINGS and len(value) >= _PIECE and _STRONG.fullmatch(value):
            yield value
    for code in _CODE.findall(link):
        yield from (code, code.replace("-", ""), code.replace("-", " "))


def _pieces(key: str) -> Iterator[str]:
    """Parts of a key that identify it, each between two changes from letters to digits or back."""
    begin = 0
    for match in WORD.finditer(key):
        piece = key[begin : match.end()].lstrip("_-+=")
        if len(piece) >= _PIECE and _STRONG.fullmatch(piece) and not _CODE.fullmatch(f"/{piece}"):
            yield piece
            begin = match.end()
    if not begin and len(key) >= _PIECE:
        yield key


def of_lettered(phone: str) -> Iterator[Spelling]:
    """Telephone numbers that end in a word, as written; `numbers` finds their digits."""
    for match in numbers.LETTERED.finditer(plain(phone)):
        words = WORD.findall(match[0])
        yield _spelling(" ".join(words), "(" + r"[\W_]{0,3}".join(words) + ")")


def passcodes(link: str) -> Iterator[str]:
    """The passcodes in a link."""
    for key, value in _QUERY.findall(link):
        if key.lower() in _SECRET_KEYS and _is_passcode(value):
            yield unquote_plus(value)


def said_passcodes(text: str) -> Iterator[str]:
    """The passcodes in what an organizer wrote beside a telephone number."""
    for match in re.finditer(rf"(?<![^\W_]){_CALLED}([^\s,;]{{3,}})", text, re.IGNORECASE):
        if _is_passcode(code := match[1].rstrip(".)")):
            yield code


def _is_passcode(value: str) -> bool:
    return len(value) >= 3 and WORD.search(value) is not None


def of_passcode(value: str) -> Iterator[Spelling]:
    """A passcode alone; one that could be anything counts only where the text calls it a passcode."""
    code = plain(value)
    if WORD.search(code):
        yield _spelling(code, f"({re.escape(code)})", said="" if _STRONG.fullmatch(code) else _CALLED)


_Ends = Callable[[str, int], bool]


def _ends_address(text: str, end: int) -> bool:
    """Whether the host of an e-mail address ends here: `.au` continues it, `Yes` or a new sentence does not."""
    after = text[end + 1 : end + 2] if text[end : end + 1] in {".", "-"} else ""
    if after.isalpha():
        return after.isupper() and text[end - 1].islower()
    return is_edge(text, end)


def _ends_clearly(text: str, end: int) -> bool:
    """As for any address, or where small letters follow: no other address has both words and such a host."""
    return text[end : end + 1].isalpha() or _ends_address(text, end)


def _ends_anywhere(text: str, end: int) -> bool:  # noqa: ARG001  has the signature of `_Ends`
    """Always true: anything may follow a part of a key."""
    return True


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks for a pattern that begins `begins` characters before a word.

    `lead` may come before the pattern and belongs to it; `said` must come before it, unless it is empty.
    """

    pattern: str
    begins: int
    lead: str
    said: str
    ends: _Ends
    clear: bool

    def __call__(self, reading: SearchableText, start: int) -> Span | None:
        text, first = reading.lower, start - self.begins
        match = _compiled(self.pattern).match(text, first) if first >= 0 else None
        if (
            match is None
            or not self.ends(reading.text, match.end(1))
            or (self.said and not _ends(self.said, text, first))
        ):
            return None
        led = _ends(self.lead, text, first) if self.lead else None
        begin = led.start() if led else first
        return (begin, match.end()) if self._is_begun(text, begin) else None

    def _is_begun(self, text: str, at: int) -> bool:
        """Whether a value begins here: `joann@…` is not `ann@…`, but one of two words may follow any letter."""
        before, more = text[at - 1 : at] if at else "", text[at - 2 : at - 1] if at > 1 else ""
        if before and before in ".+_-" and more.isalnum():
            return self.clear and more.isdigit()
        return self.clear or is_edge(text, at)


def _ends(pattern: str, text: str, at: int) -> re.Match[str] | None:
    """The match of a pattern that ends right before a place."""
    return _compiled(rf"(?<![a-z])(?:{pattern})\Z").search(text, max(0, at - 40), at)


def _spelling(  # noqa: PLR0913, PLR0917  each kind of address needs some of these
    written: str,
    pattern: str,
    lead: str = "",
    said: str = "",
    ends: _Ends = is_edge,
    clear: bool = False,  # noqa: FBT001, FBT002
) -> Spelling:
    """A spelling found by a pattern that begins with the first word of what is written."""
    words = WORD.findall(written)
    known = words[:-1] if clear else words  # the last may have run into another
    return Spelling(frozenset(known), words[0], _Look(pattern, written.index(words[0]), lead, said, ends, clear), clear)


def _loose(address: str, dot: str | None) -> str:
    """A pattern for an address that may be escaped, or broken over a line's end at its punctuation."""
    parts = re.findall(r"[^\W_]+|[\W_]", address)
    marks = {".": dot} if dot else {}
    return "".join(part if part.isalnum() else marks.get(part) or _mark(part) for part in parts)


def _mark(char: str) -> str:
    return f"{_GAP}{re.escape(char)}{_GAP}"


_compiled = functools.lru_cache(maxsize=4096)(re.compile)
