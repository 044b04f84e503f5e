"""Kinds of values: ids, texts, addresses, times, and the rules for each, as `annotated-types` constraints.

In: single values. Out: whether they are well formed. Touches nothing. `schema` enforces this and words the problems.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar, dataclass_transform

from annotated_types import Ge, Le, MaxLen, MinLen, Predicate

from builder.dialect.links import fault_of_doi, fault_of_email, fault_of_site, fault_of_url
from builder.model.filenames import fault_of_name
from builder.model.kinds.words import fault_of_cited, fault_of_plain, fault_of_supplied, fault_of_verbatim
from builder.words import has as has_words

T = TypeVar("T")

FORMATS = (1,)
"""Every source format ever released; all stay readable."""

_NUMBER = "(0|[1-9][0-9]*)"
_RELEASE = re.compile(rf"{_NUMBER}(\.{_NUMBER})*((a|b|rc){_NUMBER})?(\.post{_NUMBER})?(\.dev{_NUMBER})?")
"""A version number in its shortest spelling (PEP 440), without epoch and local part."""

ID_PATTERN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Whether `text` may be a permanent id: small ASCII letters and digits in words joined by single hyphens."""
    return len(text) <= 64 and ID_PATTERN.fullmatch(text) is not None


def is_former(text: str) -> bool:
    """Whether `text` may be a question's former name: its id, or its module's id, a slash and its own."""
    parts = text.split("/")
    return len(parts) <= 2 and all(map(is_id, parts))


def is_attendance(text: str) -> bool:
    """Whether `text` may name a meeting: its id, or its team's id, a slash and its own."""
    return is_former(text)


def is_name(text: str) -> bool:
    """Whether `text` names something that has an address of its own, such as `module:first-steps`."""
    kind, _, name = text.partition(":")
    first, *rest = name.split("/")
    if kind in {"module", "term"}:
        return is_id(name)
    if kind == "question":
        return is_id(first) and len(rest) == 1 and is_id(rest[0])
    if kind == "handout":
        return is_id(first) and len(rest) == 1 and _is_file(rest[0])
    return kind == "page" and first.lower() not in _NO_PAGES and all(map(_is_file, (first, *rest)))


_NO_PAGES = frozenset({"modules", "sources", "search", "assets", "404"})
"""Names and folders at the top of the site where no author can have put a page."""


def _is_file(name: str) -> bool:
    """Whether a published file or folder can have this name."""
    return bool(name) and not name.startswith(".") and fault_of_name(name) is None


def is_email(text: str) -> bool:
    """Whether `text` is one e-mail address: a person at a host with a dot."""
    return fault_of_email(text) is None


def is_url(text: str) -> bool:
    """Whether `text` is an absolute web address that can be written anywhere as it is."""
    return fault_of_url(text) is None


def is_site(text: str) -> bool:
    """Whether `text` is an absolute web address that others can begin with."""
    return fault_of_site(text) is None


def is_doi(text: str) -> bool:
    """Whether this is a DOI itself: not its address, and not nonsense."""
    return fault_of_doi(text) is None


def is_plain(text: str) -> bool:
    """Whether `text` is one line of words without markup, fit for titles, menus, links and cells."""
    return fault_of_plain(text) is None


def is_verbatim(text: str) -> bool:
    """Whether `text` is one line that can be shown character for character, such as a name or a place."""
    return fault_of_verbatim(text) is None


def is_cited(text: str) -> bool:
    """Whether `text` is one line of a reference list: shown character for character, except for CSL's tags."""
    return fault_of_cited(text) is None


def is_supplied(text: str) -> bool:
    """Whether `text` may fill a blank: it has none itself."""
    return fault_of_supplied(text) is None


def is_language(text: str) -> bool:
    """Whether `text` is a BCP 47 tag, such as en or en-US, for a language that the program has words for."""
    return re.fullmatch("[a-z]{2,3}(-([A-Z]{2}|[0-9]{3}))?", text) is not None and has_words(text)


def is_edition(text: str) -> bool:
    """Whether `text` may name the edition in work: as `editions.names` wants it, with or without `-draft`."""
    release = text.removesuffix("-draft")
    return len(release) <= 32 and _RELEASE.fullmatch(release) is not None


def is_placeholder(address: str) -> bool:
    """Whether an address or e-mail address is at a name set aside for examples (RFC 2606, RFC 6761)."""
    host = re.sub(r"^.*?(//|@)", "", address).partition("/")[0].partition(":")[0].lower()
    return re.search(r"(^|\.)(example(\.(com|net|org))?|invalid|test|localhost)$", host) is not None


def is_minute(time: dt.time) -> bool:
    """Whether a clock time is given in whole minutes and without an offset of its own."""
    return time.second == time.microsecond == 0 and time.tzinfo is None


def is_stamp(day: dt.date) -> bool:
    """Whether files can have this date: gzip counts the seconds since 1970 in 32 bits."""
    return 1970 <= day.year <= 2105


def is_release_date(day: dt.date) -> bool:
    """Whether an archive can have this date: in a zip file, time begins in 1980."""
    return 1980 <= day.year <= 2105


def is_format(number: int) -> bool:
    """Whether this is a source format that the builder reads."""
    return number in FORMATS


@dataclass(frozen=True, slots=True)
class Markdown:
    """Marks a type whose texts are Markdown, and how much of it they may contain; `checking.texts` enforces it."""

    extent: Literal["blocks", "line"]


@dataclass(frozen=True, slots=True)
class Followed:
    """Marks a type whose texts name what a link can name; `checking.texts` follows them."""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """Marks a type whose texts are for editors of the sources, and shown nowhere."""


Id = Annotated[str, Predicate(is_id)]
Attendance = Annotated[str, Predicate(is_attendance)]
Former = Annotated[str, Predicate(is_former)]
Name = Annotated[str, Predicate(is_name)]
Text = Annotated[str, MinLen(1), Markdown("blocks")]
Inline = Annotated[str, MinLen(1), Markdown("line")]
Supplied = Annotated[str, MinLen(1), Predicate(is_supplied), Markdown("line")]
Plain = Annotated[str, MinLen(1), Predicate(is_plain)]
Phrase = Annotated[str, MinLen(1), MaxLen(100), Predicate(is_plain)]  # is looked for in every text
Verbatim = Annotated[str, MinLen(1), Predicate(is_verbatim)]
Cited = Annotated[str, MinLen(1), Predicate(is_cited)]
Target = Annotated[str, MinLen(1), Followed()]
Memo = Annotated[str, MinLen(1), Unprinted()]
Language = Annotated[str, MinLen(1), Predicate(is_language)]
Edition = Annotated[str, MinLen(1), Predicate(is_edition)]
Url = Annotated[str, Predicate(is_url)]
Site = Annotated[str, Predicate(is_site)]
Doi = Annotated[str, Predicate(is_doi)]
Email = Annotated[str, Predicate(is_email)]
Minutes = Annotated[int, Ge(0), Le(240)]
Clock = Annotated[dt.time, Predicate(is_minute)]
Stamp = Annotated[dt.date, Predicate(is_stamp)]
Plan = Annotated[int, Ge(15), Le(240)]  # minutes of a meeting: shorter ones have no room to open and to close
Format = Annotated[int, Predicate(is_format)]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a class a record of the domain: a frozen, slotted, keyword-only dataclass without unknown keys."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid", "str_strip_whitespace": True}  # type: ignore[attr-defined]
    return made
