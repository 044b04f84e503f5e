"""Works in the forms of Zotero, Crossref and other programs become entries in our own form.

In: `modules/references.yml` as read. Out: the same with our keys, dates of year, month and day, and DOIs without a
prefix; each value keeps its place. Touches nothing. What no entry shows is left out, and what is not
understood stays as it is: the schema reports it.
"""

from __future__ import annotations

import re
import unicodedata
import urllib.parse
from dataclasses import replace
from typing import Any

from builder.model.kinds import is_id
from builder.model.works import NOT_PRINTED, NOT_PRINTED_OF_NAMES
from builder.problems import Problems, shown
from builder.sources.yaml import Located, Value

_RENAMED = {
    "journalAbbreviation": "container-title-short",
    "short-container-title": "container-title-short",
    "event": "event-title",
    "supplement": "supplement-number",
    "edition-number": "edition",
    "article-number": "page",
    "published": "issued",
    "published-print": "issued",
    "published-online": "issued",
}
"""Keys of other programs, with ours; our key wins if both are there."""

_MEANT = {
    "year": "issued", "date": "issued", "journal": "container-title", "booktitle": "container-title",
    "series": "collection-title", "pages": "page", "school": "publisher", "university": "publisher", "link": "URL",
}  # fmt: skip
"""What people probably mean by keys that are not like ours."""

_TYPES = {
    "book-chapter": "chapter", "dissertation": "thesis", "edited-book": "book", "journal-article": "article-journal",
    "monograph": "book", "posted-content": "article", "proceedings-article": "paper-conference",
    "reference-book": "book", "reference-entry": "entry-encyclopedia", "web-page": "webpage",
}  # fmt: skip
"""Types of Crossref, and of CSL."""

_TITLES = ("title", "container-title", "container-title-short", "collection-title")
_ROLES = ("author", "editor", "translator")
_BESIDE = frozenset({"season", "circa", "date-time", "timestamp", "literal", "raw"})
"""What may be beside the parts of a date: no entry of ours shows it."""

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:T[\d:.]+Z?)?")
_NO_DATE = "not a date: {} (a year, or year-month-day, such as 2021-04-21)"
_DOI = re.compile(r"(?P<address>https?://(?:dx\.|www\.)?doi\.org/)|doi:\s*", re.IGNORECASE)


def understood(located: Located, problems: Problems) -> Located:
    """The file with each work in our own form."""
    works = located.root.content
    if not isinstance(works, list):
        return located
    taken: set[str] = set()
    ours = [_with_id(_work(work, problems), taken, problems) for work in works]
    return replace(located, root=replace(located.root, content=ours))


def _work(work: Value, problems: Problems) -> Value:
    if not isinstance(work.content, dict):
        return work
    fields: dict[str, Value] = _with_event(_joined_title(_renamed(work, problems).content))
    keys = work.keys | {_RENAMED[key]: place for key, place in work.keys.items() if _RENAMED.get(key) in fields}
    for key in fields.keys() & {"issued", "accessed"}:
        date = _date(fields.pop(key), problems)
        fields |= {key: date} if date else {}
    for role in fields.keys() & _ROLES:
        fields[role] = _names(fields[role], problems)
    if "type" in fields:
        kind = fields["type"]
        fields["type"] = replace(kind, content=_TYPES.get(str(kind.content), kind.content))
    return replace(work, content=_with_doi(fields), keys=keys)


def _renamed(work: Value, problems: Problems) -> Value:
    """A work with our keys, without those that no entry shows and without empty lists."""
    fields: dict[str, Value] = {}
    for key, value in work.content.items():
        ours = _RENAMED.get(key, key)
        if key in _MEANT and (key not in NOT_PRINTED or isinstance(value.content, str)):
            problems.add(work.keys[key], f"unknown key {key!r} (did you mean {_MEANT[key]!r}?)")
            continue
        if key in NOT_PRINTED or value.content == [] or (ours != key and (ours in work.content or ours in fields)):
            continue
        fields[ours] = value
    return replace(work, content=fields)


def _joined_title(fields: dict[str, Value]) -> dict[str, Value]:
    """Titles as texts: Crossref has lists of one, and the part after the colon by itself."""
    for key in fields.keys() & {*_TITLES, "subtitle"}:
        content = fields[key].content
        if isinstance(content, list) and len(content) == 1:
            fields[key] = content[0]
    title, subtitle = fields.get("title"), fields.pop("subtitle", None)
    if title and subtitle and isinstance(title.content, str) and isinstance(subtitle.content, str):
        is_there = subtitle.content.casefold() in title.content.casefold()
        fields["title"] = title if is_there else replace(title, content=f"{title.content}: {subtitle.content}")
    return fields


def _with_event(fields: dict[str, Value]) -> dict[str, Value]:
    """An event as its title and its place: Crossref has them in one value."""
    event = fields.get("event-title")
    if event is None or not isinstance(event.content, dict):
        return fields
    parts = {"event-title": event.content.get("name"), "event-place": event.content.get("location")}
    rest = {key: field for key, field in fields.items() if key != "event-title"}
    return rest | {key: part for key, part in parts.items() if part is not None}


def _with_doi(fields: dict[str, Value]) -> dict[str, Value]:
    """A DOI without a prefix, also one that is given as an address."""
    given, url = fields.get("DOI"), fields.get("URL")
    if given is None and url and _DOI.match(str(url.content)):
        fields = {("DOI" if key == "URL" else key): value for key, value in fields.items()}
        given = url
    if given is None or not isinstance(given.content, str):
        return fields
    before = _DOI.match(given.content)
    own = given.content[before.end() :] if before else given.content
    is_address = before is not None and before["address"] is not None
    return fields | {"DOI": replace(given, content=urllib.parse.unquote(own) if is_address else own)}


def _date(date: Value, problems: Problems) -> Value | None:
    """A date as year, month and day; None if none is given, or it is reported."""
    if isinstance(date.content, list) and len(date.content) == 1:
        date = date.content[0]
    if isinstance(date.content, str):
        return _of_words(date, problems)
    if not isinstance(date.content, dict):
        return date
    if "date-parts" in date.content:
        return _first_of(date.content["date-parts"], problems)
    words = date.content.get("raw") or date.content.get("literal")
    if words and "year" not in date.content:
        return _of_words(words, problems)
    return replace(date, content={key: part for key, part in date.content.items() if key not in _BESIDE})


def _of_words(date: Value, problems: Problems) -> Value | None:
    written = _DATE.fullmatch(str(date.content).strip())
    if written is None:
        problems.add(date.place, _NO_DATE.format(shown(date.content)))
        return None
    return _of_parts(date, [replace(date, content=part) for part in written.groups() if part])


def _first_of(dates: Value, problems: Problems) -> Value | None:
    """The date in `[[year, month, day]]`."""
    lists = dates.content if isinstance(dates.content, list) else [dates]
    if lists and not isinstance(lists[0].content, list):
        lists = [dates]
    if len(lists) > 1:
        problems.add(lists[1].place, "a second date (give the first one only)")
    parts = lists[0].content if lists else []
    return _of_parts(dates, [part for part in parts if part.content] if isinstance(parts, list) else [dates])


def _of_parts(date: Value, parts: list[Value]) -> Value | None:
    content = dict(zip(("year", "month", "day"), parts, strict=False))
    return replace(date, content=content, keys={}) if content else None


def _names(names: Value, problems: Problems) -> Value:
    if not isinstance(names.content, list):
        return names
    for name in names.content:
        if isinstance(name.content, str):
            problems.add(name.place, f"a name in parts expected ({_parted(name.content)})")
    return replace(names, content=[_name(name) for name in names.content if not isinstance(name.content, str)])


def _name(name: Value) -> Value:
    if not isinstance(name.content, dict):
        return name
    kept = {key: part for key, part in name.content.items() if key not in NOT_PRINTED_OF_NAMES}
    if "name" in kept and not kept.keys() & {"family", "literal"}:  # of an organization, at Crossref
        kept["literal"] = kept.pop("name")
    return replace(name, content=kept)


def _parted(name: str) -> str:
    """How to write a name that is one text."""
    family, comma, given = name.partition(",")
    if not comma:
        *first, last = name.split() or [""]
        family, given = (" ".join(first), last) if first and last.isupper() else (last, " ".join(first))
    person = f"{{family: {family.strip()}, given: {given.strip() or '…'}}}"
    return f"{person} for a person, {{literal: {name}}} for an organization"


def _with_id(work: Value, taken: set[str], problems: Problems) -> Value:
    """A work with an id that we allow; another program's is reported, with a suggestion."""
    given = work.content.get("id") if isinstance(work.content, dict) else None
    if given is None or not isinstance(given.content, str) or is_id(given.content):
        return work
    meant = _id_for(work, taken)
    problems.add(
        given.place,
        f"ill-formed id {shown(given.content)} (small letters, digits and single hyphens, such as {meant!r}; texts "
        f"then cite it as [@{meant}])",
    )
    return replace(work, content=work.content | {"id": replace(given, content=meant)})


def _id_for(work: Value, taken: set[str]) -> str:
    """An id made of the first name and the year, which no other work here was given."""
    fields = work.plain()
    people: list[Any] = [name for role in _ROLES for name in fields.get(role) or () if isinstance(name, dict)]
    person = people[0] if people else {}
    issued = fields.get("issued")
    year = issued.get("year") if isinstance(issued, dict) else None
    words = [str(person.get("family") or person.get("literal") or fields.get("title") or "work"), str(year or "")]
    plain = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode().lower()
    meant = "-".join(re.findall("[a-z0-9]+", plain)[-4:])[:50].strip("-")
    meant = meant if is_id(meant) else f"work-{meant}".rstrip("-")
    meant = next(each for each in (meant, *(f"{meant}-{n}" for n in range(2, 1000))) if each not in taken)
    taken.add(meant)
    return meant
