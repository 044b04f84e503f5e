"""Changes in what participants read, by section: a module's reading and its handouts; and in the notes on them.

In: a module of two states. Out: `Change` values in the order of the text. Touches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder import dialect
from builder.changes.matching import matched
from builder.changes.phrases import after
from builder.changes.places import Subject
from builder.changes.texts import cited, differing, ended, quoted, unmarked
from builder.changes.words import BEFORE, ON_PAPER, Change
from builder.model.curriculum import Module, Prose

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it; without a title, the text before the first heading."""

    id: str
    title: str
    text: str  # plain
    cited: tuple[str, ...]


def texts(where: Subject, old: Module, new: Module) -> Iterator[Change]:
    """All changes in the words of a module's Markdown files."""
    yield from _written(where.at("handout", "handout"), "the handout", old.handouts, new.handouts, ON_PAPER)
    notes = [[note for part in (each.reading, *each.handouts) for note in _notes(part)] for each in (old, new)]
    yield from where.at("reading-notes", "reading").list(
        "in the notes on the reading", "*The notes on the reading", notes[0], notes[1], ON_PAPER
    )
    yield from _written(where.at("reading", "reading"), "the reading", (old.reading,), (new.reading,), BEFORE)


def _notes(part: Prose) -> tuple[str, ...]:
    return dialect.split_audiences(part.text)[1]


def _written(here: Subject, name: str, old: Sequence[Prose], new: Sequence[Prose], weight: int) -> Iterator[Change]:
    before, now = ([dialect.split_audiences(part.text)[0] for part in parts] for parts in (old, new))
    if before == now:
        return
    sections = _parted(now)
    entries = matched(_parted(before), sections, text=lambda section: section.text)
    was = {section.id: before for before, section in entries.both}
    for section in sections:
        place = here.at(section.id.lstrip("/") or here.id)
        if section.id not in was:
            yield place.change("added", f"New in {name}: {_called(section)}.", weight)
            continue
        if section in entries.moved:
            where = after(section, sections, _called)
            yield place.change("moved", f"In {name}, {_called(section)} now comes {where}.", weight)
        yield from _section(place, name, was[section.id], section, weight)
    for section in entries.removed:
        place = here.at(section.id.lstrip("/") or here.id)
        yield place.change("removed", f"Gone from {name}: {_called(section)}.", weight)


def _section(here: Subject, name: str, old: Section, new: Section, weight: int) -> Iterator[Change]:
    called = _called(new)
    if old.title != new.title:
        what = f"In {name}, {_called(old)} is now called {ended(new.title)}"
        yield here.change("changed", what, weight)
    if words := differing(old.text, new.text):
        yield here.change("changed", f"In {name}, {called} is reworded.", weight, words)
    yield from here.citations(f"In {name}, {called}", old.cited, new.cited)


def _called(section: Section) -> str:
    return f"the section {quoted(section.title)}" if section.title else "the beginning"


def _parted(texts: Sequence[str]) -> list[Section]:
    """The sections of several texts as one list; a repeated or missing id is made unique with slashes."""
    counts: Counter[str] = Counter()
    made = []
    for text in texts:
        parts: list[list[dialect.Node]] = [[]]
        for node in dialect.tree(text)["c"]:
            if isinstance(node, dict):
                if node["t"] in _HEADINGS:
                    parts.append([])
                parts[-1].append(node)
        made += [_made(part, counts) for part in parts if part]
    return made


def _made(part: list[dialect.Node], counts: Counter[str]) -> Section:
    head = part[0] if part[0]["t"] in _HEADINGS else None
    id = head.get("id", "") if head else ""
    counts[id] += 1
    words = " ".join(dialect.words(node) for node in (part[1:] if head else part))
    return Section(
        id="/" * (counts[id] - 1) + id,
        title=unmarked(dialect.words(head)) if head else "",
        text=unmarked(words),
        cited=cited(words),
    )
