"""Footnotes of a text: which there are, and whether those that refer to one another can be set.

In: a text's HTML as elements. Out: its notes by their ids. Print sets a note in wherever it is referred to, so notes
that refer to notes are bounded: a few hundred bytes could otherwise stand for millions of notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MAX_CHAIN = 3
"""Footnotes of which each is referred to in the one before; a reader at the foot of a page follows one."""

MAX_NOTES = 1_000
"""Footnotes of one text as print sets them, each as often as it is referred to; a long text has some fifty."""


@dataclass(frozen=True, slots=True)
class Tangle:
    """Footnotes that refer to one another too deeply or too often, with the name of one that does."""

    name: str
    fault: str


def taken_out(root: Any) -> dict[str, Any]:
    """Take the notes at the end of a text out of its elements; answer them by id."""
    notes = {note.get("id", ""): note for note in root.xpath(".//div[@class='footnote']/ol/li")}
    for box in root.xpath(".//div[@class='footnote']"):
        box.getparent().remove(box)
    return notes


def referred(element: Any) -> str | None:
    """The id of the note to which an element refers, if it is such a mark."""
    if element.tag != "sup" or element.find("a[@class='footnote-ref']") is None:
        return None
    return str(element.find("a").get("href", "#")[1:])


def tangled(root: Any, notes: Mapping[str, Any]) -> Tangle | None:
    """The note with which notes go too deep or become too many, counted without setting any in."""
    within = {id: [other for other in _marks(note) if other in notes] for id, note in notes.items()}
    deep, sizes = set(within), dict.fromkeys(within, 1)
    for _ in range(MAX_CHAIN):
        deep = {id for id in deep if not deep.isdisjoint(within[id])}
        sizes = {id: 1 + sum(sizes[other] for other in others) for id, others in within.items()}
    for id in within:
        if id in deep:
            return Tangle(_name(id), f"refers to footnotes that refer to others (at most {MAX_CHAIN} in a row)")
    marks = [id for id in _marks(root) if id in notes]
    count = sum(sizes[id] for id in marks)
    if count <= MAX_NOTES:
        return None
    largest = max(marks, key=sizes.__getitem__)
    return Tangle(_name(largest), f"is one of {count:,}, with those to which footnotes refer (at most {MAX_NOTES:,})")


def _marks(element: Any) -> Iterator[str]:
    return (id for each in element.iterdescendants("sup") if (id := referred(each)) is not None)


def _name(id: str) -> str:
    """A note's name as its author wrote it."""
    return id.partition(":")[2]
