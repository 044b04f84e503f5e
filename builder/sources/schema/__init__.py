"""The table of keys, types and rules: YAML values become records of the model, or problems with their places.

In: `Located` files. Out: dataclasses of `model`, by pydantic, which reads their annotations and constraints.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import pydantic
import pydantic_core

from builder.problems import Place, Problems, near, nearest, shown
from builder.sources.schema.types import at, hints, is_marked, keys, markdown
from builder.sources.schema.wording import NO_DATE, PREDICATES, message, place
from builder.sources.yaml import Located, Path, Value

__all__ = ["build", "build_part", "from_json", "is_marked", "json_schema", "markdown", "partial", "partial_list"]

T = TypeVar("T")

_UNSPACED = "no space after the colon in {key} (write '{name}: ' and then its value)"

_UNKNOWN = frozenset({"unexpected_keyword_argument", "extra_forbidden"})
_MISSING = frozenset({"missing", "missing_keyword_only_argument"})

_KEY = "[key]"
"""How pydantic marks that a key is wrong, not the value under it."""


def build(kind: Any, located: Located, problems: Problems) -> Any:
    """Make a record of the model from a file.

    Args:
        kind: The record's class; its annotations are the table of keys and rules.
        located: The file as read.
        problems: Takes everything that is wrong, each problem at its place.

    Returns:
        The record, or None after any problem.
    """
    return build_part(kind, located, (), located.root.plain(), problems)


def build_part(kind: Any, located: Located, path: Path, data: Any, problems: Problems) -> Any:
    """Make a value of any type from a part of a file.

    Args:
        kind: The type.
        located: The file as read.
        path: The part's path in the file: keys, and indexes from 0.
        data: The part as plain lists, dicts and texts.
        problems: Takes everything that is wrong, each problem at its place.

    Returns:
        The value, or None after any problem.
    """
    misread = _misread(kind, located, path, problems)
    try:
        made = _adapter(kind).validate_python(data)
    except pydantic.ValidationError as error:
        found = error.errors(include_url=False)
        meant = {_meant(each, kind) for each in found if each["type"] in _UNKNOWN}
        glued = _glued(located.at(path), (), problems)
        later = any(each["loc"] == ("format",) and each["type"] == "predicate_failed" for each in found)
        for each in found:
            within = any(each["loc"][: len(steps)] == steps for steps in glued)
            foreign = later and each["type"] in _UNKNOWN | _MISSING
            if each["loc"] not in meant and not _follows(each) and not within and not foreign:
                _report(each, kind, located, path, problems)
        return None
    return None if misread else made


def partial_list(
    view: type[T], record: Any, located: Located, path: Path, whole: Sequence[Any] | None
) -> tuple[T, ...] | None:
    """Make a view of each record in a list of a file, with the fields that a rule needs.

    Args:
        view: A dataclass with a part of the record's fields.
        record: The record's class.
        located: The file as read.
        path: The list's path in the file.
        whole: The records, if they could be made. Otherwise each key is read by itself, so that a problem in one does
            not hide the others, and a field that is wrong or missing is None.

    Returns:
        None when there is no list at the path.
    """
    if whole is not None:
        return tuple(view(**{name: getattr(each, name) for name in keys(view)}) for each in whole)
    entries = _value(located, path)
    if not isinstance(entries, list) or not entries:
        return None
    return tuple(partial(view, record, located, (*path, at)) for at in range(len(entries)))


def partial(view: type[T], record: Any, located: Located, path: Path) -> T:
    """Make a view of a record, with the fields that a rule needs, from whatever can be read of it.

    Args:
        view: A dataclass with a part of the record's fields; a field that is wrong or missing in the file is None.
        record: The record's class.
        located: The file as read.
        path: The record's path in the file.
    """
    return view(**{name: _key_alone(record, located, path, name) for name in keys(view)})


def _key_alone(record: Any, located: Located, path: Path, name: str) -> Any:
    """The value of one key of a record; None when it is wrong, missing, or perhaps there under a misspelled name."""
    entry = _value(located, path)
    if not isinstance(entry, dict):
        return None
    if name in entry:
        return build_part(hints(record)[name], located, (*path, name), entry[name].plain(), Problems())
    field = next(each for each in dataclasses.fields(record) if each.name == name)
    known = keys(record)
    if field.default is dataclasses.MISSING or any(near(key, known) == name for key in entry if key not in known):
        return None
    return field.default


def _value(located: Located, path: Path) -> Any:
    """The content at a path; None if the path does not exist."""
    content = located.root.content
    for step in path:
        within = (
            step in content if isinstance(content, dict) else isinstance(content, list) and step in range(len(content))
        )
        if not within:
            return None
        content = content[step].content
    return content


def _misread(kind: Any, located: Located, path: Path, problems: Problems) -> bool:
    """Report numbers and timestamps where a date or time of day is due: pydantic would count 1800 as seconds."""
    misread = False
    for steps, value in Located(located.source, located.at(path)).texts():
        if not re.fullmatch(r"[-+\d.:TtZz_ eE]+", value.content):
            continue
        due = at(kind, steps)
        if due is dt.date and not re.fullmatch(r"\d{4}-\d\d-\d\d", value.content):
            problems.add(value.place, NO_DATE.format(input=shown(value.content)))
            misread = True
        elif due is dt.time and not re.fullmatch(r"\d\d:\d\d(:00)?", value.content):
            problems.add(value.place, PREDICATES["is_minute"].format(input=shown(value.content)))
            misread = True
    return misread


def _meant(found: pydantic_core.ErrorDetails, kind: Any) -> tuple[str | int, ...] | None:
    """The path of the key that an unknown key probably meant, so that it is not reported as missing too."""
    *above, last = found["loc"]
    key = near(str(last), keys(at(kind, tuple(above))))
    return (*above, key) if key else None


def _glued(value: Value, steps: Path, problems: Problems) -> list[Path]:
    """Report keys without a space before their value, once per mapping, and return the paths of such mappings."""
    content = value.content
    for key, child in content.items() if isinstance(content, dict) else ():
        name, colon, rest = key.partition(":")
        if colon and name and rest[:1] not in {"", " ", "/"} and child.content is None:
            problems.add(value.keys[key], _UNSPACED.format(key=shown(key), name=name))
            return [steps]
    each = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [found for step, child in each for found in _glued(child, (*steps, step), problems)]


def _follows(found: pydantic_core.ErrorDetails) -> bool:
    """Whether this only follows from another problem: a list is too short when its one item is wrong."""
    return found["type"] == "too_short" and bool(found["input"])


def json_schema(kind: Any) -> dict[str, Any]:
    """Describe the keys and types of a record as JSON Schema, for editors that complete and check while one types."""
    return _adapter(kind).json_schema()


def from_json(kind: Any, data: bytes) -> Any:
    """Make a record from JSON that this program wrote.

    Raises:
        ValueError: The data is no JSON, or not such a record.
    """
    return _adapter(kind).validate_json(data)


@functools.cache
def _adapter(kind: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(kind)


def _report(found: pydantic_core.ErrorDetails, kind: Any, located: Located, path: Path, problems: Problems) -> None:
    steps = tuple(step for step in found["loc"] if step != _KEY)
    where = (*path, *steps)
    what = found["type"]
    if what in _MISSING:
        problems.add(_owner(located, where), f"missing key {steps[-1]!r}")
    elif what in _UNKNOWN:
        problems.add(located.key(*where), _unknown(located, where, keys(at(kind, steps[:-1]))))
    elif _KEY in found["loc"]:
        problems.add(located.key(*where), message(found, None))
    else:
        problems.add(place(found, located, where), message(found, at(kind, steps)))


def _unknown(located: Located, where: Path, known: Iterable[str]) -> str:
    """The message about an unknown key; after a comma in braces it is mostly the rest of a text."""
    key, above = str(where[-1]), located.at(where[:-1])
    braces = located.source.text[above.start : above.start + 1] == "{"
    if braces and located.at(where).content is None and not near(key, known):
        before = [each for each in above.content if each in known]
        value = above.content[before[-1]].content if before else None
        text = f"{value}, {key}" if isinstance(value, str) else f"…, {key}"
        meant = f'put the text in quotation marks: "{text}"'
        return f"{shown(key)} is no key; a comma in {{ }} begins one ({meant})"
    return f"unknown key {shown(key)} ({nearest(key, known)})"


def _owner(located: Located, where: Path) -> Place:
    """The place of the mapping that lacks a key: its first line, where one would add it."""
    return located.at(where[:-1]).place
