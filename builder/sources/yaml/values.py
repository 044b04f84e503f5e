"""YAML values with their places, and where in a file the letters of a text are.

In: nothing. Out: `Value` trees of mappings, lists and texts, all still as typed. Touches nothing.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from builder.problems import Place
from builder.sources.files import Source

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One YAML value and its place.

    `content` is a text, None, a list of values, or a mapping of key to value. `start` and `end` are offsets in the
    file; `keys` has the place of each key of a mapping.
    """

    place: Place
    content: Any
    start: int = 0
    end: int = 0
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value as plain lists, dicts and texts."""
        if isinstance(self.content, dict):
            return {key: value.plain() for key, value in self.content.items()}
        if isinstance(self.content, list):
            return [value.plain() for value in self.content]
        return self.content


@dataclass(frozen=True, slots=True)
class Located:
    """A YAML file as read: its source and its root value."""

    source: Source
    root: Value

    def at(self, path: Path) -> Value:
        """The value at a path, or the nearest one above it that exists."""
        value = self.root
        for step in path:
            content = value.content
            inside = (
                step in content
                if isinstance(content, dict)
                else isinstance(content, list) and step in range(len(content))
            )
            if not inside:
                return value
            value = content[step]
        return value

    def place(self, *path: str | int) -> Place:
        """The place of the value at a path; of its key when it is a collection or empty."""
        *above, last = path or ("",)
        parent = self.at(tuple(above))
        value = self.at(path)
        if isinstance(last, str) and last in parent.keys and not isinstance(value.content, str):
            return parent.keys[last]
        return value.place

    def key(self, *path: str | int) -> Place:
        """The place of the key at a path."""
        *above, last = path
        return self.at(tuple(above)).keys.get(str(last)) or self.place(*path)

    def texts(self) -> Iterator[tuple[Path, Value]]:
        """Every text in the file with its path, in order."""
        yield from _texts(self.root, ())


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    if isinstance(value.content, dict):
        for key, child in value.content.items():
            yield from _texts(child, (*path, key))
    elif isinstance(value.content, list):
        for index, child in enumerate(value.content):
            yield from _texts(child, (*path, index))
    elif isinstance(value.content, str):
        yield path, value


_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(.{8})|(.))|(\S)", re.DOTALL)
_BLANKS = frozenset(" \tnrtvfN_LP\n")
"""What after a backslash is white space, or nothing."""


def place_in(source: Source, span: tuple[int, int], content: str, offset: int) -> Place:
    """The place of a character of a text, however the text is quoted, escaped and folded in its file.

    Args:
        source: The file.
        span: The offsets in the file between which the text is written.
        content: The text as parsed.
        offset: The character's offset in `content`, from 0.
    """
    letters = _letters(content)
    nth = bisect_left(letters, offset)
    written = _written_letters(source.text[slice(*span)])
    at = written[min(nth, len(written) - 1)] if written else 0
    return source.place(span[0] + at)


@functools.lru_cache(maxsize=32)
def _letters(text: str) -> list[int]:
    """The offsets of all characters but white space; these have the same order in each way to write the text."""
    return [found.start() for found in re.finditer(r"\S", text)]


@functools.lru_cache(maxsize=32)
def _written_letters(written: str) -> list[int]:
    if written[:1] == "'":
        return [found.start() for found in re.compile(r"''|\S").finditer(written, 1, len(written) - 1)]
    if written[:1] == '"':
        return [found.start() for found in _ESCAPE.finditer(written, 1, len(written) - 1) if not _is_blank(found)]
    header = written.find("\n") + 1 if written[:1] in {"|", ">"} else 0
    return [found.start() for found in re.compile(r"\S").finditer(written, header)]


def _is_blank(found: re.Match[str]) -> bool:
    """Whether an escape means white space."""
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)).isspace()
    return found[4] is not None and found[4] in _BLANKS
