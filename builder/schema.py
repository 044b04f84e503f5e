"""The table of keys, types and rules: YAML values become words of the model, or problems with their places.

In: `Located` files. Out: dataclasses of `model`, by pydantic, which reads their annotations and constraints.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from typing import Any

import pydantic
import pydantic_core
import typing_extensions

from builder.located import Located, Path
from builder.problems import Place, Problems, nearest

_PREDICATES = {
    "is_id": "ill-formed id {input!r} (small letters, digits and single hyphens, such as 'two-boxes')",
    "is_email": "not an e-mail address: {input!r}",
    "is_url": "not a web address: {input!r} (it begins with https://)",
    "is_plan": "no such meeting length: {input!r} (60, 45 or 30)",
    "is_format": "unknown format {input!r} (this program reads format 1)",
    "is_minute": 'not a clock time: {input!r} (hours and minutes, such as "17:30")',
}

_MEANINGS = {
    "string_type": "text expected",
    "string_too_short": "empty text",
    "too_short": "an empty list (at least one is needed)",
    "int_type": "a whole number expected",
    "int_parsing": "a whole number expected, not {input!r}",
    "int_from_float": "a whole number expected, not {input!r}",
    "bool_parsing": "true or false expected, not {input!r}",
    "bool_type": "true or false expected",
    "tuple_type": "a list expected (each item on a line that begins with '- ')",
    "mapping_type": "keys and values expected",
    "dict_type": "keys and values expected",
    "dataclass_type": "keys and values expected",
    "dataclass_exact_type": "keys and values expected",
    "greater_than_equal": "{input} is too small (at least {ge})",
    "less_than_equal": "{input} is too large (at most {le})",
    "literal_error": "{input!r} is not one of {expected}",
}


def build(kind: Any, located: Located, problems: Problems) -> Any:
    """Make one word of the model from a file, or None after telling everything that is wrong with it."""
    return build_part(kind, located, (), located.root.plain(), problems)


def build_part(kind: Any, located: Located, path: Path, data: Any, problems: Problems) -> Any:
    """Make a value of any type from the part of a file that stands at `path`."""
    try:
        return _adapter(kind).validate_python(data)
    except pydantic.ValidationError as error:
        for found in error.errors(include_url=False):
            _tell(found, kind, located, path, problems)
        return None


def json_schema(kind: Any) -> dict[str, Any]:
    """Describe the keys and types of a word as JSON Schema, for editors that complete and check while one types."""
    return _adapter(kind).json_schema()


@functools.cache
def _adapter(kind: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(kind)


def _tell(found: pydantic_core.ErrorDetails, kind: Any, located: Located, path: Path, problems: Problems) -> None:
    steps = tuple(step for step in found["loc"] if step != "[key]")
    where = (*path, *steps)
    what = found["type"]
    if what in {"missing", "missing_keyword_only_argument"}:
        problems.add(_owner(located, where), f"missing key {steps[-1]!r}")
    elif what in {"unexpected_keyword_argument", "extra_forbidden"}:
        known = _keys(_at(kind, steps[:-1]))
        problems.add(located.key(*where), f"unknown key {steps[-1]!r} ({nearest(str(steps[-1]), known)})")
    else:
        problems.add(located.place(*where), _message(found))


def _owner(located: Located, where: Path) -> Place:
    """The place of the mapping that lacks a key: its first line, where one would add it."""
    return located.at(where[:-1]).place


def _message(found: pydantic_core.ErrorDetails) -> str:
    context = found.get("ctx", {})
    given = found["input"]
    if given is None:
        return "empty (text or a value expected)"
    if found["type"] == "predicate_failed":
        template = next((text for name, text in _PREDICATES.items() if f"'{name}'" in found["msg"]), None)
        return template.format(input=given) if template else found["msg"]
    if found["type"].startswith("date"):
        return f"not a date: {given!r} (year-month-day, such as 2021-04-21)"
    if found["type"].startswith("time"):
        return _PREDICATES["is_minute"].format(input=given)
    template = _MEANINGS.get(found["type"])
    return template.format(input=given, **context) if template else found["msg"]


def _keys(kind: Any) -> tuple[str, ...]:
    if dataclasses.is_dataclass(kind):
        return tuple(each.name for each in dataclasses.fields(kind))
    return tuple(getattr(kind, "__annotations__", ()))


def _at(kind: Any, steps: Path) -> Any:
    """The type that stands at a path inside a type."""
    for step in steps:
        kind = _bare(kind)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            kind = typing.get_type_hints(kind, include_extras=True).get(str(step))
        elif typing_extensions.is_typeddict(kind):
            kind = typing.get_type_hints(kind).get(str(step))
        else:
            arguments = [each for each in typing.get_args(kind) if each is not Ellipsis]
            kind = arguments[-1] if arguments else None
    return _bare(kind)


def _bare(kind: Any) -> Any:
    """A type without its constraints, its `NotRequired` and its `| None`."""
    while True:
        origin = typing.get_origin(kind)
        if origin in {typing.Annotated, typing_extensions.Required, typing_extensions.NotRequired}:
            kind = typing.get_args(kind)[0]
        elif type(None) in typing.get_args(kind):
            kind = next(each for each in typing.get_args(kind) if each is not type(None))
        else:
            return kind
