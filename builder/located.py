"""YAML with the place of every value: parsed by PyYAML's composer, with nothing guessed about types.

In: a `Source`. Out: `Value` trees of mappings, lists and texts, all still as typed; `schema` decides what they are.
Duplicate keys, anchors, aliases, tags and depth are problems here, because PyYAML lets them pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from builder.problems import Place, Problems
from builder.sources import Source, control, told

MAX_DEPTH = 12
"""Nesting of collections; the deepest that the format needs is six."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One YAML value: `content` is a text, None, a list of values, or a mapping of key to value."""

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


def parse(source: Source, problems: Problems) -> Located | None:
    """Read a YAML file; None when nothing can be made of it. What can is read on, so that all problems are told."""
    try:
        if not _bounded(source, problems):
            return None
        node = yaml.compose(source.text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        problems.add(_place_of(error, source), f"not valid YAML: {error.problem or error.context} {_ADVICE}")
        return None
    except yaml.reader.ReaderError as error:
        problems.add(source.place(error.position), f"not valid YAML: {error.reason} (delete the character)")
        return None
    value = _Composer(source, problems).value(node) if node is not None else None
    if value is None or value.content is None:
        problems.add(Place(source.path), "empty file (see docs/authors/format.md)")
        return None
    return Located(source, value)


_ADVICE = "(check indentation, colons and quotes)"


def _place_of(error: yaml.MarkedYAMLError, source: Source) -> Place:
    """Where to look: what was never closed is told where it opens, not at the end of the file."""
    unclosed = "end of stream" in (error.problem or "")
    mark: Any = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    return Place(source.path, mark.line + 1, mark.column + 1) if mark else Place(source.path)


def _bounded(source: Source, problems: Problems) -> bool:
    """Whether the file has no aliases and bounded depth, told from its events before anything recurses into it.

    Anchors and tags are told too; the value that they stand before is still read.
    """
    depth, good = 0, True
    event: Any
    for event in yaml.parse(source.text, Loader=_LOADER):
        mark = event.start_mark
        place = Place(source.path, mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                problems.add(place, f"nested too deeply (at most {MAX_DEPTH} levels)")
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            problems.add(place, f"an alias *{event.anchor} (write the text out again)")
            good = False
            continue
        if getattr(event, "anchor", None):
            problems.add(place, f"an anchor &{event.anchor} (leave it out)")
        if getattr(event, "tag", None):
            problems.add(place, f"a YAML tag {event.tag!r} (write plain values)")
    return good


class _Composer:
    def __init__(self, source: Source, problems: Problems) -> None:
        self._source = source
        self._problems = problems

    def value(self, node: Any) -> Value:
        place = self._place(node)
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode):
            return Value(place, self._scalar(node, place), start, end)
        if isinstance(node, yaml.SequenceNode):
            return Value(place, [self.value(child) for child in node.value], start, end)
        return self._mapping(node, place)

    def _mapping(self, node: Any, place: Place) -> Value:
        content: dict[str, Value] = {}
        keys: dict[str, Place] = {}
        for key_node, value_node in node.value:
            at = self._place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._problems.add(at, "a key must be one word")
                continue
            key = key_node.value
            if key in keys:
                self._problems.add(at, f"duplicate key {key!r} (first on line {keys[key].line})")
                continue
            keys[key] = at
            content[key] = self.value(value_node)
        return Value(place, content, node.start_mark.index, node.end_mark.index, keys)

    def _scalar(self, node: Any, place: Place) -> str | None:
        """The text as typed. Only an empty plain value, `null` and `~` mean that nothing was given."""
        bad = control(node.value)  # written as an escape, such as "\\x02"
        if bad:
            self._problems.add(place, told(bad))
        if not node.style and node.value in {"", "null", "~"}:
            return None
        return str(node.value)

    def _place(self, node: Any) -> Place:
        return Place(self._source.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    if isinstance(value.content, dict):
        for key, child in value.content.items():
            yield from _texts(child, (*path, key))
    elif isinstance(value.content, list):
        for index, child in enumerate(value.content):
            yield from _texts(child, (*path, index))
    elif isinstance(value.content, str):
        yield path, value


def load(text: str) -> Any:
    """Plain typed data from YAML of the project's own, such as `mkdocs.yml`."""
    return yaml.safe_load(text)


def dump(data: Any) -> str:
    """YAML text of plain data, in the order given."""
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120))
