"""Footnotes of a text: which there are, and whether print can set them.

In: a text's HTML as elements. Out: its notes by their ids. Print sets a note wherever it is referred to. None may refer
to another: the typesetter can lose the second at the end of a page (https://github.com/typst/typst/issues/6437).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MAX_NOTES = 1_000
"""Footnotes of one text, each counted as often as it is referred to; a long text has some fifty."""


@dataclass(frozen=True, slots=True)
class Tangle:
    """Footnotes that print cannot set, with the name of one of them."""

    name: str
    fault: str


def take_out(root: Any) -> dict[str, Any]:
    """Remove the notes at the end of a text from its elements, and return them by id."""
    notes = {note.get("id", ""): note for note in root.xpath(".//div[@class='footnote']/ol/li")}
    for box in root.xpath(".//div[@class='footnote']"):
        box.getparent().remove(box)
    return notes


def referred(element: Any) -> str | None:
    """The id of the note that an element refers to; None if it is no reference."""
    if element.tag != "sup" or element.find("a[@class='footnote-ref']") is None:
        return None
    return str(element.find("a").get("href", "#")[1:])


def find_tangle(root: Any, notes: Mapping[str, Any]) -> Tangle | None:
    """The first note that refers to another; or, if there are too many, the one that is referred to most often."""
    for id, note in notes.items():
        other = next((each for each in _marks(note) if each in notes), None)
        if other is not None:
            return Tangle(_name(id), f"refers to footnote [^{_name(other)}]")
    marks = Counter(id for id in _marks(root) if id in notes)
    if marks.total() <= MAX_NOTES:
        return None
    return Tangle(_name(marks.most_common(1)[0][0]), f"is one of {marks.total():,} (at most {MAX_NOTES:,})")


def _marks(element: Any) -> Iterator[str]:
    return (id for each in element.iterdescendants("sup") if (id := referred(each)) is not None)


def _name(id: str) -> str:
    """A note's name as its author wrote it."""
    return id.partition(":")[2]
