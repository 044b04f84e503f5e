"""What the model's annotations say about a type: its keys, the type at a path inside it, and the markers of a leaf.

In: types of the model. Out: their parts. Touches nothing.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from typing import Any, TypeVar

import typing_extensions

from builder.model.kinds import Markdown
from builder.sources.yaml import Path

T = TypeVar("T")


def keys(kind: Any) -> tuple[str, ...]:
    """The keys of a record or of a typed dictionary, in order."""
    if dataclasses.is_dataclass(kind):
        return tuple(each.name for each in dataclasses.fields(kind))
    return tuple(getattr(kind, "__annotations__", ()))


def at(kind: Any, steps: Path) -> Any:
    """The type at a path inside a type, without its constraints; None if the path does not exist."""
    return bare(_annotated(kind, steps))


def markdown(kind: Any, steps: Path) -> Markdown | None:
    """How much Markdown a text at this path may contain.

    Args:
        kind: The type of the whole file.
        steps: The text's path: keys, and indexes from 0.

    Returns:
        None for values that are not Markdown. For a path that the type does not have, such as below a misspelled key,
        the Markdown of most texts: blocks.
    """
    return _markdown(kind, tuple("" if isinstance(step, int) else step for step in steps))


@functools.lru_cache(maxsize=1024)
def _markdown(kind: Any, steps: tuple[str, ...]) -> Markdown | None:
    """As above, computed once for all items of a list: a file has many texts and few paths."""
    found = _annotated(kind, steps)
    return Markdown("blocks") if found is None else _marker(Markdown, found)


def is_marked(marker: Any, kind: Any, steps: Path) -> bool:
    """Whether the annotation of the type at a path has a marker of this class."""
    return _marker(marker, _annotated(kind, steps)) is not None


def _marker(marker: type[T], kind: Any) -> T | None:
    """The marker of this class in an annotation, also within optional and not-required types."""
    own = [each for each in getattr(kind, "__metadata__", ()) if isinstance(each, marker)]
    inside = (_marker(marker, each) for each in typing.get_args(kind) if each is not type(None))
    return own[0] if own else next((each for each in inside if each is not None), None)


def _annotated(kind: Any, steps: Path) -> Any:
    """The annotation at a path, constraints included; None if the path does not exist."""
    for step in steps:
        kind = bare(kind)
        if dataclasses.is_dataclass(kind) or typing_extensions.is_typeddict(kind):
            kind = hints(kind).get(str(step))
        else:
            arguments = [each for each in typing.get_args(kind) if each is not Ellipsis]
            kind = arguments[-1] if arguments else None
    return kind


@functools.cache
def hints(kind: Any) -> dict[str, Any]:
    """The annotation of each key, constraints included."""
    return typing.get_type_hints(kind, include_extras=True)


def bare(kind: Any) -> Any:
    """A type without its constraints, its `NotRequired` and its `| None`."""
    while True:
        origin = typing.get_origin(kind)
        if origin in {typing.Annotated, typing_extensions.Required, typing_extensions.NotRequired}:
            kind = typing.get_args(kind)[0]
        elif type(None) in typing.get_args(kind):
            kind = next(each for each in typing.get_args(kind) if each is not type(None))
        else:
            return kind
