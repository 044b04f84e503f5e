"""The order of modules in a curriculum's settings, with one more in it and all comments kept.

In: the settings as read. Out: their text with one id more. Touches nothing.
"""

from __future__ import annotations

from builder.problems import Problems
from builder.sources.files import Source
from builder.sources.yaml import Located, parse

_KEY = "modules"


def with_module(located: Located, id: str, after: str | None) -> str | None:
    """Add an id to the order of modules, behind another one or at the end; None where only an author can do that."""
    entries = located.at((_KEY,)).content
    ids = [entry.content for entry in entries] if isinstance(entries, list) else []
    if not ids or (after is not None and after not in ids):
        return None
    at = len(ids) - 1 if after is None else ids.index(after)
    text = _added(located.source.text, entries[at].start, entries[at].end, id)
    again = parse(Source(located.source.path, text), Problems())
    return text if again and again.at((_KEY,)).plain() == [*ids[: at + 1], id, *ids[at + 1 :]] else None


def _added(text: str, start: int, end: int, id: str) -> str:
    """Write an id behind an entry: on a line of its own if the entry has one, else behind a comma."""
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin:start]
    if before.strip() != "-":
        return f"{text[:end]}, {id}{text[end:]}"
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    return f"{text[:stop]}\n{before}{id}{text[stop:]}"
