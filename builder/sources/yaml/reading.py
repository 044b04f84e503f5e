"""YAML files parsed by PyYAML's composer, with nothing guessed about types.

In: a `Source`. Out: `Located` values. Duplicate keys, anchors, aliases, tags and depth are problems here, because
PyYAML accepts them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from builder.problems import Place, Problems, shown
from builder.sources import leftovers, signs
from builder.sources.files import Source
from builder.sources.limits import Budget
from builder.sources.yaml.bounds import is_bounded
from builder.sources.yaml.slips import CUT, LOADER, diagnose
from builder.sources.yaml.values import Located, Value, place_in


def parse(source: Source, problems: Problems) -> Located | None:
    """Read a YAML file with the place of each value.

    Args:
        source: The file.
        problems: Takes all that is wrong in it; reading continues after a problem wherever it can.

    Returns:
        None when the file is empty, is no YAML, or exceeds a limit.
    """
    merges = list(leftovers.merges(source.text))
    for at, message in merges:
        problems.add(source.place(at), message)
    if merges:
        return None
    source = _spaced(source)
    try:
        if not is_bounded(source, problems):
            return None
        node = yaml.compose(source.text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        problems.add(*diagnose(error, source))
        return None
    except yaml.reader.ReaderError as error:
        problems.add(source.place(error.position), f"not valid YAML: {error.reason} (delete the character)")
        return None
    composer = _Composer(source, problems)
    value = composer.value(node) if node is not None else None
    if value is None or value.content is None:
        problems.add(Place(source.path), "empty file (see docs/authors/format.md)")
        return None
    return Located(source, value) if composer.is_bounded else None


_CURLY = re.compile(
    r"[\u201c-\u201f\xab][^\u201c-\u201f\xab\xbb]+[\u201c-\u201f\xbb]|[\u2018\u201a][^\u2018]+[\u2019\u2018]"
)
_STRAIGHT = "curly quotation marks are part of this text (type straight ones, \"…\"; to show them, write '“…”')"
_TABS = re.compile(r"^[ ]*\t[ \t]*(?=[\"{}\[\]]|(?:\d+|true|false|null),?$)", re.MULTILINE)
"""How lines of JSON are indented by programs that indent by tabs."""


def _spaced(source: Source) -> Source:
    """The file with spaces for the tabs of pasted JSON: YAML allows tabs between brackets, PyYAML only spaces."""
    if not _TABS.search(source.text):
        return source
    try:
        list(yaml.parse(source.text, Loader=LOADER))
    except yaml.MarkedYAMLError:
        return replace(source, text=_TABS.sub(lambda tabs: " " * len(tabs[0]), source.text))
    return source


class _Composer:
    def __init__(self, source: Source, problems: Problems) -> None:
        self._source = source
        self._problems = problems
        self._budget = Budget()
        self.is_bounded = True  # whether its texts can be read in time

    def value(self, node: Any) -> Value:
        place = self._place(node)
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode):
            self._text(node.value, (start, end))
            return Value(place, self._scalar(node), start, end)
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
            key, given = self._key(key_node.value, at)
            if key in keys:
                self._problems.add(at, f"duplicate key {shown(key)} (first on line {keys[key].line})")
                continue
            keys[key] = at
            value = self.value(value_node)
            content[key] = Value(value.place, given, value.start, value.end) if given else value
        return Value(place, content, node.start_mark.index, node.end_mark.index, keys)

    def _key(self, key: str, at: Place) -> tuple[str, str | None]:
        """A key as it was meant, and its value if the space between them only looks like one."""
        space = re.search(f"[{signs.SPACES}]", key)
        if space is None:
            return key, None
        place = Place(at.path, at.line, at.column + space.start())
        self._problems.add(place, f"{signs.describe_lookalike(space[0])} (delete it and type a space)")
        name, _, given = key.partition(f":{space[0]}")
        return name.strip(), given.strip() or None

    def _text(self, text: str, span: tuple[int, int]) -> None:
        """Report forbidden characters and exceeded limits in a text."""
        bad = signs.find_control_character(text)  # written as an escape, such as "\\x02"
        if bad:
            self._problems.add(place_in(self._source, span, text, bad.start()), signs.describe_character(bad))
        for at, message in (*signs.odd_spaces(text), *signs.invisible_characters(text)):
            self._problems.add(place_in(self._source, span, text, at), message)
        for at, message in self._budget.excess(text):
            self._problems.add(place_in(self._source, span, text, at), message)
            self.is_bounded = False

    def _scalar(self, node: Any) -> str | None:
        """The text as typed; None for an empty plain value, `null` and `~`."""
        if not node.style and node.value in {"", "null", "~"}:
            return None
        end = node.end_mark.index
        if not node.style and _cut(node.value, self._source.text[end : end + 3]):
            self._problems.add(self._source.place(end + 1), f"{CUT})")
        if not node.style and _CURLY.fullmatch(node.value):
            self._problems.add(self._place(node), _STRAIGHT)
        return str(node.value)

    def _place(self, node: Any) -> Place:
        return Place(self._source.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _cut(text: str, rest: str) -> bool:
    """Whether a `#` after a text is part of it: a comment has two spaces before it, or follows an id or a number."""
    if not re.search(r"[^\W\d_]", text):
        return False
    more = "" if " " in text else "[A-Z0-9]" if re.fullmatch("[a-z][a-z0-9-]*", text) else r"\S"
    return re.match(f" #{more}", rest) is not None


def load_plain(text: str) -> Any:
    """Plain data from YAML of the project's own, such as `mkdocs.yml`, with types as YAML guesses them."""
    return yaml.safe_load(text)


def dump(data: Any) -> str:
    """YAML text of plain data, in the order given."""
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120))
