"""Limits of a YAML file, checked on its events, before anything recurses into its values or compares them.

In: a source. Out: whether it can be read on, and problems.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from builder.problems import Place, Problems, shown
from builder.sources import limits
from builder.sources.files import Source
from builder.sources.yaml.slips import LOADER

MAX_DEPTH = 12
"""Nesting of collections; the deepest that the format needs is six."""

_TEXT = re.compile(r"\*\S+ +[^\s:#,\]}]")
"""What looks like an alias and is the beginning of a text; the parser's error reports it as a text."""


def is_bounded(source: Source, problems: Problems) -> bool:
    """Whether the file has no aliases, and no more values, entries and levels than can be read in time.

    Anchors and tags are problems too; the value after them is still read.
    """
    good, counted = True, _Counted()
    event: Any
    for event in yaml.parse(source.text, Loader=LOADER):
        mark = event.start_mark
        place = Place(source.path, mark.line + 1, mark.column + 1)
        if fault := counted.fault(event):
            problems.add(place, fault)
            return False
        if isinstance(event, yaml.AliasEvent):
            if not _TEXT.match(source.text, mark.index):
                problems.add(place, f"an alias *{shown(event.anchor)[1:-1]} (write the text out again)")
            good = False
            continue
        if getattr(event, "anchor", None):
            problems.add(place, f"an anchor &{shown(event.anchor)[1:-1]} (leave it out)")
        if getattr(event, "tag", None):
            problems.add(place, f"a YAML tag {shown(event.tag)} (write plain values)")
    return good


class _Counted:
    """Counts values: in all, and in each collection that is still open."""

    def __init__(self) -> None:
        self._values = 0
        self._open: list[tuple[bool, int]] = []  # whether it is a mapping, and how many nodes it has

    def fault(self, event: Any) -> str | None:
        """The message about a limit that one more event exceeds; None if it exceeds none."""
        if isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            return None
        if not isinstance(event, yaml.NodeEvent):
            return None
        fault = self._node(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open.append((isinstance(event, yaml.MappingStartEvent), 0))
            if len(self._open) > MAX_DEPTH:
                return f"nested too deeply (at most {MAX_DEPTH} levels)"
        return fault

    def _node(self, event: Any) -> str | None:
        self._values += 1
        if self._values > limits.MAX_VALUES:
            return f"more than {limits.MAX_VALUES:,} values in one file (part it)"
        mapping, nodes = self._open.pop() if self._open else (False, 0)
        if self._values > 1:
            self._open.append((mapping, nodes + 1))
        key = mapping and nodes % 2 == 0
        if key and nodes // 2 >= limits.MAX_KEYS:
            return f"more than {limits.MAX_KEYS} keys in one mapping"
        if not mapping and nodes >= limits.MAX_ENTRIES:
            return f"more than {limits.MAX_ENTRIES:,} entries in one list"
        length = len(event.value) if isinstance(event, yaml.ScalarEvent) else 0
        if key and length > limits.MAX_KEY:
            return f"a key of {length:,} characters (at most {limits.MAX_KEY})"
        return f"a text of {length:,} characters (at most {limits.MAX_TEXT:,})" if length > limits.MAX_TEXT else None
