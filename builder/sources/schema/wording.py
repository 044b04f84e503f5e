"""The messages about wrong values, for people who do not know the checker, and at which character each is wrong.

In: what pydantic found, and the value. Out: messages and places. Touches nothing.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from typing import Any

import pydantic_core

from builder import words
from builder.dialect.faults import SignFault
from builder.dialect.links import fault_of_doi, fault_of_email, fault_of_site, fault_of_url
from builder.model.kinds.words import fault_of_cited, fault_of_plain, fault_of_supplied, fault_of_verbatim
from builder.problems import Place, shown
from builder.sources.schema.types import bare, keys
from builder.sources.yaml import Located, Path

PREDICATES = {
    "is_id": "ill-formed id {input} (small letters, digits and single hyphens, such as 'two-boxes')",
    "is_former": "ill-formed former id {input} ('old-id', or 'module-id/old-id' if it was in another module)",
    "is_attendance": "ill-formed name of a meeting {input} ('its-id', or 'team-id/its-id' at another team)",
    "is_name": "ill-formed name {input} (module:id, question:module/id, handout:module/file, term:id or page:path)",
    "is_email": "not an e-mail address: {input}",
    "is_url": "not a web address: {input} (it begins with https://)",
    "is_site": "not a web address: {input} (it begins with https://)",
    "is_language": "not a language of the program's own words: {input} ({languages}, or with a region, such as en-US)",
    "is_edition": "ill-formed edition {input} (a year and a number, such as 2026.1, or 2026.1-draft while in work)",
    "is_stamp": "no date of an edition: {input} (from 1970 to 2105)",
    "is_format": "unknown format {input} (this program reads format 1)",
    "is_doi": "not a DOI: {input} (such as 10.1056/NEJMp0806230)",
    "is_named": "a name without words (family and given, or literal for an organization)",
    "is_in_calendar": "no such day (a day has its month, and the month has that day)",
    "is_minute": 'not a clock time: {input} (hours and minutes, such as "07:30" or "17:30")',
}

_MEANINGS = {
    "string_type": "text expected",
    "string_too_short": "empty text",
    "too_short": "an empty list (at least one is needed)",
    "int_type": "a whole number expected",
    "int_parsing": "a whole number expected, not {input}",
    "int_parsing_size": "a whole number expected, not {input}",
    "int_from_float": "a whole number expected, not {input}",
    "bool_parsing": "true or false expected, not {input}",
    "bool_type": "true or false expected",
    "tuple_type": "a list expected (each item on a line that begins with '- ')",
    "mapping_type": "keys and values expected ({example})",
    "dict_type": "keys and values expected ({example})",
    "dataclass_type": "keys and values expected ({example})",
    "dataclass_exact_type": "keys and values expected ({example})",
    "greater_than_equal": "{bare} is too small (at least {ge})",
    "less_than_equal": "{bare} is too large (at most {le})",
    "literal_error": "{input} is not one of {expected}",
}

_FAULTS = {
    "is_plain": fault_of_plain,
    "is_verbatim": fault_of_verbatim,
    "is_cited": fault_of_cited,
    "is_supplied": fault_of_supplied,
    "is_url": fault_of_url,
    "is_site": fault_of_site,
    "is_email": fault_of_email,
    "is_doi": fault_of_doi,
}
"""What finds the excerpt that fails a predicate, where a single one does."""

_COLON = 'text expected, but a colon makes it a key with a value (put the whole text in "…")'
_BRACKET = 'text expected, but this makes a list (put a text that begins with [ or - in "…")'

NO_DATE = "not a date: {input} (year-month-day, such as 2021-04-21)"


def message(found: pydantic_core.ErrorDetails, kind: Any) -> str:
    """What is wrong with a value, and what is allowed or meant."""
    context = found.get("ctx", {}) | {"example": _example(kind)}
    if found["input"] is None:
        return "empty (text or a value expected)"
    given = shown(found["input"])
    context["bare"] = given.strip("'")
    if found["type"] == "predicate_failed":
        return _unfulfilled(found)
    if found["type"] == "string_type" and isinstance(found["input"], dict | list):
        return _COLON if isinstance(found["input"], dict) else _BRACKET
    if found["type"].startswith("date"):
        return NO_DATE.format(input=given)
    if found["type"].startswith("time"):
        return PREDICATES["is_minute"].format(input=given)
    template = _MEANINGS.get(found["type"])
    return template.format(input=given, **context) if template else found["msg"]


def _unfulfilled(found: pydantic_core.ErrorDetails) -> str:
    """What is wrong with a value that fails a predicate."""
    if fault := _fault(found):
        return f"{shown(fault.sign)} {fault.words}"
    template = next((text for name, text in PREDICATES.items() if f"'{name}'" in found["msg"]), None)
    languages = " or ".join(words.languages())
    return template.format(input=shown(found["input"]), languages=languages) if template else found["msg"]


def place(found: pydantic_core.ErrorDetails, located: Located, where: Path) -> Place:
    """Where a value is wrong: at the wrong excerpt, if it can be found in the file, else at the value's beginning."""
    fault, value = _fault(found), located.at(where)
    if fault is None or not isinstance(value.content, str):
        return located.place(*where)
    source = located.source
    begin = value.start + (source.text[value.start : value.start + 1] in {'"', "'"})
    doubled = fault.sign.replace("'", "''") if source.text[value.start : begin] == "'" else fault.sign
    nth = _folded(fault.sign).findall(found["input"], 0, fault.at)
    written = list(_folded(doubled).finditer(source.text, begin, value.end))
    return source.place(written[len(nth)].start()) if len(written) > len(nth) else located.place(*where)


def _fault(found: pydantic_core.ErrorDetails) -> SignFault | None:
    """The excerpt that fails a predicate; None where no single one does."""
    fault_of = next((each for name, each in _FAULTS.items() if f"'{name}'" in found["msg"]), None)
    fault = fault_of(found["input"]) if fault_of and isinstance(found["input"], str) else None
    return fault if fault and fault.words else None


def _folded(excerpt: str) -> re.Pattern[str]:
    """A pattern for an excerpt of a value as it may be in the file: with its lines folded anywhere."""
    return re.compile(r"\s+".join(map(re.escape, excerpt.split())) or re.escape(excerpt))


def _example(kind: Any) -> str:
    """An example of a type's keys: the required ones, or all if none is."""
    if dataclasses.is_dataclass(kind):
        due = [each.name for each in dataclasses.fields(kind) if each.default is dataclasses.MISSING]
    else:
        due = sorted(getattr(kind, "__required_keys__", ()))
    first, *others = due or keys(kind) or ("60" if int in map(bare, typing.get_args(kind)) else "key",)
    more = f", then {', '.join(others[:3])}{' and others' if others[3:] else ''}" if others else ""
    return f"such as '{first}: …'{more}"
