"""What each layout prints beside trees of text: one frozen dataclass for each, and how it travels to the press.

In: the values of a document. Out: a mapping of strings, numbers and lists, ready for JSON. Touches nothing. Every field
is read by its layout in `press/layouts`, and a layout reads no other; a test compares the two.

The encoder is the one place where words get the typographic signs that the pages have. So a field is one of three
kinds of text: `str` is spelled as the pages spell it, `Verbatim` is never changed, and `Narrow` is spelled and may be
divided.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, ClassVar, Literal

from builder import dialect
from builder.dialect.escaping import plain
from builder.words import Forms

_UNBROKEN = 28
"""Letters in a row that fit on a line of the change sheet; a longer word may be broken after as many."""


def typographic(text: str) -> str:
    """Plain text with typographic apostrophes, quotation marks, dashes and ellipses, as the converter makes them."""
    return dialect.words(dialect.tree(plain(text))) if re.search(r"['\"]|--|\.\.\.", text) else text


def _as_it_is(text: str) -> str:
    return text


def _divisible(text: str) -> str:
    """A text on one line, with break points in each word that is longer than a line."""
    return re.sub(rf"(\S{{{_UNBROKEN}}})(?=\S{{4}})", "\\1\u200b", typographic(" ".join(text.split())))


Verbatim = Annotated[str, _as_it_is]
"""An address, an id, code, or words of a tree, which the converter has already spelled."""

Narrow = Annotated[str, _divisible]
"""Words with little room, in which a long one may be divided anywhere."""


PrintWords = Mapping[str, Forms | Sequence[str]]
"""The words of the group `print`, and the halves of a day; with their typographic signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every PDF says about itself and its source."""

    layout: ClassVar[str]  # the name of its file in press/layouts

    language: Verbatim  # a tag such as en-US
    direction: Literal["ltr", "rtl"]  # which way it is read
    words: PrintWords  # the program's own, by their keys
    title: str  # of this document; the title in its metadata
    variant: str | None = None  # what sets it apart from the same document on other paper or in other print
    curriculum: str  # its title
    edition: Verbatim  # its number
    license: str  # its name
    provenance: Verbatim | None  # who wrote the text and who reviewed it
    contact: Verbatim | None  # an address for mail; None while it is a placeholder
    timestamp: int  # when the edition was made, in seconds since 1970, UTC: the date in the PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class ModulePageFacts(Facts):
    """A page of a module. Its layout has the name by which links name the page, such as `handout`."""

    module_title: str  # the short one, for the running header


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts(Facts):
    """One reader's copy of the conversations of a pair, for any pair."""

    layout = "copy"

    short_title: str  # of the conversations, for the running header
    copy: str  # whose it is


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFacts(Facts):
    """One reader's copy with the names of a pair on its cover."""

    layout = "pair"

    copy: str  # whose it is
    mentor: str
    student: str
    cohort: str
    conversations: tuple[str, ...]  # their titles, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class CardModule:
    """A module whose question cards are printed."""

    tree: Verbatim  # the name of the tree that has its cards
    number: int  # of the module in the curriculum, from 1
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts(Facts):
    """Question cards."""

    layout = "cards"

    modules: tuple[CardModule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterFacts(Facts):
    """The poster of the agreements."""

    layout = "poster"

    note: Verbatim | None  # below the agreements


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """A meeting that somebody attended, or all of them on one module."""

    title: str  # of the module
    days: str | None  # its day, or how many there were and the first and the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts(Facts):
    """A certificate of participation."""

    layout = "certificate"

    name: str  # of the member
    teams: str  # with which the member met
    team_count: int
    cohort: str
    months: str  # the first and the last of the cohort, with their years
    attended: int  # meetings
    planned: int | None  # meetings of the team; None for who met with several teams
    meetings: tuple[Attended, ...]
    signing: tuple[str, ...]  # who signs, each with a line
    note: Verbatim | None  # what the certificate is not


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWords:
    """A stretch of words in which two editions agree or differ."""

    fate: Literal["kept", "removed", "added"]
    text: Narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOnPaper:
    """One thing to correct by hand."""

    what: Narrow  # a sentence
    long: bool  # too much to write in by hand, so that no words are shown
    words: tuple[ChangedWords, ...]
    rank: int  # from 0; where the sheet has too little room, it shows those below some rank


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """The changes of a module, or of what all modules share."""

    title: Narrow
    changes: tuple[ChangeOnPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSheet:
    """What to correct by hand on the pages of an older edition."""

    title: str
    old: Verbatim  # the number of the older edition
    groups: tuple[ChangeGroup, ...]
    count: int  # changes in all groups
    others: int  # changes that are on no printed page
    where: Verbatim | None  # the address of the page that lists all changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts(Facts):
    """The change sheet of all modules."""

    layout = "changes"

    changes: ChangeSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a packet that begins on a page of its own."""

    kind: Literal["run-sheet", "guide", "handout", "sign-in", "evaluation", "agreements"]
    title: str
    tree: Verbatim  # the name of the tree that has its text


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingParts:
    """What a packet has for one meeting."""

    title: str
    number: int  # among the meetings of the team, from 1
    start: int | None  # minutes after midnight; None while it is not fixed
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover of a packet. What is None or empty has a line to write on."""

    subtitle: str | None  # of the curriculum
    cohort: str
    dates: str  # the first and the last day of the cohort
    time_zone: Verbatim  # such as America/Chicago
    facilitators: tuple[str, ...]
    facilitators_missing: int  # people still to be found, each with a line to write on
    members: tuple[str, ...]
    place: str | None
    link: Verbatim | None
    phone: Verbatim | None
    url: Verbatim | None  # of the site
    qr: Verbatim | None  # the same as a drawing, in SVG


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFacts(Facts):
    """A team's packet, one of its parts alone, or forms for any team."""

    layout = "packet"

    team: str | None = None  # None where any team may use it
    cover: Cover | None = None  # of a whole packet, which has contents and a calendar too
    meetings: tuple[MeetingParts, ...] = ()
    cards: bool = False  # whether question cards are beside it
    after: tuple[Part, ...]  # what is copied or posted at every meeting
    blanks: tuple[Verbatim, ...] = ()  # names of what the program has yet to supply
    changes: ChangeSheet | None = None


def encoded(facts: Facts) -> Mapping[str, Any]:
    """Facts as they travel to the press, with each text spelled as its field asks."""
    return _record(facts)


def _record(record: Any) -> dict[str, Any]:
    return {name: _value(getattr(record, name), spell) for name, spell in _spellings(record.__class__).items()}


def _value(value: Any, spell: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, tuple):
        return [_value(each, spell) for each in value]
    return _record(value) if is_dataclass(value) else value


@functools.cache
def _spellings(kind: Any) -> Mapping[str, Callable[[str], str]]:
    """The function that spells the text of each field."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {each.name: _spelling(hints[each.name]) or typographic for each in fields(kind)}


def _spelling(hint: Any) -> Callable[[str], str] | None:
    """The function that spells texts of a type, at any depth; None if it has no text."""
    if typing.get_origin(hint) is Literal:
        return _as_it_is
    if typing.get_origin(hint) is Annotated:
        return typing.cast("Callable[[str], str]", hint.__metadata__[0])
    return next(filter(None, map(_spelling, typing.get_args(hint))), None)
