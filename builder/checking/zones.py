"""Time zones: only places, because only a place has rules for its clock changes; and what to write instead of others.

In: names as organizers write them. Out: `zoneinfo.ZoneInfo` values, or what is wrong with a name. Touches nothing: the
lists of the IANA time zone database come with the package `tzdata`.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import zoneinfo
from collections.abc import Iterator, Mapping

from builder.problems import near, shown

_EXAMPLE = "America/Los_Angeles"

_SPOKEN = {
    "America/Anchorage": "alaska alaskan akt akst akdt",
    "America/Chicago": "central ct cst cdt cst6cdt",
    "America/Denver": "mountain mt mst mdt mst7mdt",
    "America/Halifax": "atlantic ast adt",
    "America/Los_Angeles": "pacific pt pst pdt pst8pdt",
    "America/New_York": "eastern et est edt est5edt",
    "America/Phoenix": "arizona",
    "America/St_Johns": "newfoundland nst ndt",
    "Asia/Kolkata": "india",
    "Asia/Tokyo": "jst",
    "Atlantic/Reykjavik": "utc uct universal coordinated zulu z",
    "Australia/Sydney": "aest aedt",
    "Europe/Athens": "eet eest",
    "Europe/Berlin": "cet cest",
    "Europe/London": "gmt bst greenwich greenwich-mean",
    "Pacific/Auckland": "nzst nzdt",
    "Pacific/Honolulu": "hawaii hawaiian hst ht",
}
"""A place for each common name of a time zone; most of these are shared by several places."""

_FILLERS = re.compile(r"\(.*?\)|\b(?:standard|daylight|saving|savings|summer|time|zone|us|etc)\b|/")


def find(name: str) -> zoneinfo.ZoneInfo | None:
    """The time zone of a place, or None if the name is no place of the IANA list."""
    return zoneinfo.ZoneInfo(name) if name in _places() else None


def fault_of_zone(name: str) -> str | None:
    """The message about the name of a time zone, with what to write; None for a place of the IANA list."""
    if name in _places():
        return None
    bare = re.sub(r"^(?:posix|right)/", "", name)
    meant = bare if bare in _places() else near(bare, _places(), likeness=0.85) or _renamed(bare) or _of_city(bare)
    known = bare in _renames() or bare in _zones()
    what = f"time zone {shown(name)} is not a place" if known else f"unknown time zone {shown(name)}"
    if meant is not None:
        return f"{what} (did you mean {meant!r}?)"
    return f"{what} (a name such as {_spoken().get(_plain(bare), _EXAMPLE)})"


def _plain(name: str) -> str:
    """A name without the words that all time zones share."""
    return " ".join(_FILLERS.sub(" ", name[:100].casefold()).split())


def _renamed(name: str) -> str | None:
    """The place that an old name of the IANA list means; None for abbreviations, which are ambiguous."""
    seen = _renames().get(name)
    while seen is not None and seen not in _places():
        seen = _renames().get(seen)
    return seen if _plain(name) not in _spoken() or "/" in name else None


def _of_city(name: str) -> str | None:
    """The place that is named after a city."""
    return _cities().get(name[:100].casefold().replace("_", " ").strip())


@functools.cache
def _spoken() -> Mapping[str, str]:
    return {name: place for place, names in _SPOKEN.items() for name in names.split()}


@functools.cache
def _cities() -> Mapping[str, str]:
    return {place.rpartition("/")[2].casefold().replace("_", " "): place for place in sorted(_places())}


@functools.cache
def _places() -> frozenset[str]:
    """Every place in the list that systems offer: Area/City, without old names."""
    return frozenset(columns[2] for columns in _rows("zone.tab", "\t") if not columns[0].startswith("#"))


@functools.cache
def _renames() -> Mapping[str, str]:
    """The place that each other name of the database means: lines such as `L America/Los_Angeles US/Pacific`."""
    return {row[2]: row[1] for row in _rows("tzdata.zi", " ") if row[0] == "L"}


@functools.cache
def _zones() -> frozenset[str]:
    """Every name of the database that is no link to another: lines such as `Z Etc/GMT+8 -8 - %z`."""
    return frozenset(row[1] for row in _rows("tzdata.zi", " ") if row[0] == "Z")


def _rows(name: str, gap: str) -> Iterator[list[str]]:
    text = importlib.resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (line.split(gap) for line in text.splitlines())
