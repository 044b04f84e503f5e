"""YAML with the place of every value: parsed by PyYAML's composer, with nothing guessed about types.

In: a `Source`. Out: `Value` trees of mappings, lists and texts, all still as typed; `schema` decides what they are.
Duplicate keys, anchors, aliases, tags and depth are problems here, because PyYAML lets them pass.
"""

from __future__ import annotations

import re
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
        problems.add(*_explained(error, source))
        return None
    except yaml.reader.ReaderError as error:
        problems.add(source.place(error.position), f"not valid YAML: {error.reason} (delete the character)")
        return None
    value = _Composer(source, problems).value(node) if node is not None else None
    if value is None or value.content is None:
        problems.add(Place(source.path), "empty file (see docs/authors/format.md)")
        return None
    return Located(source, value)


_BEGINS = "a text that begins with {sign} needs quotation marks ({marks}"
_OPEN = "a quotation mark that is opened here is not closed (close it where the text ends"
_AFTER = "words follow the closing quotation mark ({marks}"
_CUT = (
    "the text ends here, because # after one space begins a comment "
    "(put the whole text in quotation marks, or two spaces before a comment"
)
_UNSPACED = "no space after the colon (write '{key}: ' and then its value"
_SLIPS = (
    ("mapping values.*\n.*: ", "a colon in a text without quotation marks ({marks}"),
    ("mapping values", 'a colon in a line indented further than its key (indent it like that, or put the text in "…"'),
    (r"token(?s:.*)\n\t|tab character", "a tab at the beginning (indent with spaces"),
    ("start any token|scanning an? (alias|anchor|tag)|tag handle|directive name|node content", _BEGINS),
    ("quoted scalar.*(end of stream|document indicator)", _OPEN),
    ("quoted scalar", "a backslash in a text in quotation marks (write it twice, or put the text in '…'"),
    ("block scalar", 'words on the line of {sign} (begin the text on the next line, or put the whole text in "…"'),
    ("simple key", "neither a key with its value nor part of the text above (indent it, or write 'key: value'"),
    ("sequence entries", 'a list on the line of its key (begin it on the next line; a text with - at first needs "…"'),
    ("another document|document start", "a line of --- or ... within the file (leave it out"),
    ("a flow", 'a bracket opened here is not closed, or lacks a comma (a text that begins with {sign} needs "…"'),
    (
        "block collection",
        "a line of a list without '- ' (begin it with '- ', or indent it like the lines it belongs to",
    ),
    ("block mapping(?s:.*)\n- ", "an entry of a list where a key is due (check how far the line is indented"),
    ("block mapping", "a line that is not indented like those it belongs to (begin them in the same column"),
)
"""What the parser says, with the line before and after where it stumbled: what is wrong, and what to do."""

_BEGUN = re.compile("while (scanning an? (alias|anchor|directive|quoted|block|simple)|parsing a flow)|end of stream")
"""Where the parser tells what it was at, that place is better than where it noticed."""

_SWALLOWED = re.compile(r"\n *(- |[\w-]+:\s)")
"""A line that was meant to stand for itself, within a text in quotation marks."""


def _explained(error: yaml.MarkedYAMLError, source: Source) -> tuple[Place, str]:
    """Where and what is wrong with a file that is not YAML, in words for those who do not know the parser's."""
    text, said = source.text, f"{error.context}: {error.problem}"
    noticed: Any = error.problem_mark or error.context_mark
    mark: Any = error.context_mark if error.context_mark and _BEGUN.search(said) else noticed
    at, words = _slip(text, said, mark.index, noticed.index)
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    twice = ", and write each apostrophe in it twice" if "'" in line else ""
    marks = f"put the whole text in '…'{twice}" if '"' in line else 'put the whole text in "…"'
    key = line.strip(" -").partition(":")[0]
    words = words.format(sign=text[at : at + 1], marks=marks, key=key, said=f"; the parser says: {error.problem}")
    return source.place(at), f"not valid YAML: {words})"


def _slip(text: str, said: str, at: int, noticed: int) -> tuple[int, str]:
    """Where it is, and what is wrong there."""
    start, piece = _piece(text[:noticed])
    if piece[:1] in {'"', "'"} and _SWALLOWED.search(piece):
        return start, _OPEN
    if piece and "while parsing a block" in said:
        return start, _AFTER if piece[0] in "\"'" else _BEGINS
    begin = text.rfind("\n", 0, at) + 1
    above = text[text.rfind("\n", 0, max(begin - 1, 0)) + 1 : begin]
    if "mapping values" in said or "simple key" in said:
        for offset, line in ((begin - len(above), above), (begin, text[begin:].partition("\n")[0])):
            if found := re.match(r" *(- +)*(?=[\w-]+:[^\s:/])(?!.*: )", line):
                return offset + found.end(), _UNSPACED
    if " #" in above and not text[begin:at].strip() and re.search("simple key|parsing a block", said):
        return begin - len(above) + above.index(" #") + 1, _CUT
    seen = f"{said}\n{text[begin:at]}\n{text[at:]}"
    words = next((words for pattern, words in _SLIPS if re.match(f".*({pattern})", seen)), "")
    return at, words or "something is not as YAML has it (check indentation, colons and quotation marks{said}"


def _piece(text: str) -> tuple[int, str]:
    """The alias, or the piece in quotation marks or brackets, with which the text ends or which swallowed lines."""
    starts: list[int] = []
    end = len(text.rstrip())
    event: Any
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            start = event.start_mark.index
            if isinstance(event, yaml.CollectionStartEvent):
                starts.append(start)
            elif isinstance(event, yaml.CollectionEndEvent):
                start = starts.pop()
            piece = text[start : event.end_mark.index]
            if piece[:1] in {'"', "'"} and _SWALLOWED.search(piece):
                return start, piece
            if piece[:1] in {'"', "'", "[", "{", "*"} and event.end_mark.index == end:
                return start, piece
    except yaml.MarkedYAMLError:
        pass
    return 0, ""


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
            if not re.match(r"\*\S+ +[^\s:#,\]}]", source.text[mark.index :]):  # a text, which is told as one
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
        end = node.end_mark.index
        if not node.style and _cut(node.value, self._source.text[end : end + 3]):
            self._problems.add(self._source.place(end + 1), f"{_CUT})")
        return str(node.value)

    def _place(self, node: Any) -> Place:
        return Place(self._source.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _cut(text: str, rest: str) -> bool:
    """Whether what comes after a text is more of it and no comment: that has two spaces, or follows an id or number."""
    if not re.search(r"[^\W\d_]", text):
        return False
    more = "" if " " in text else "[A-Z0-9]" if re.fullmatch("[a-z][a-z0-9-]*", text) else r"\S"
    return re.match(f" #{more}", rest) is not None


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
