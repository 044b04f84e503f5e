"""What changed since the edition before: a page of it, and what of it matters to whoever printed the older one.

In: the curriculum, a release, a comparison. Out: a `Document` for everyone; groups of changes. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from builder import clock
from builder.changes import ON_PAPER, Change, Changes, Piece, Told
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.kinds import word
from builder.model import Document

PATH = "changes.md"
TITLE = "What changed"

AROUND = 6
"""Words that are shown of a stretch that stayed, on either side of what did not: enough to find the place."""


@word
class Release:
    """A curriculum as an edition: its name and day, what is said of it, and how it differs from the one before."""

    name: str
    date: dt.date
    notes: str = ""  # plain text; an empty line parts paragraphs
    root: str | None = None  # the address below which all editions lie
    before: str | None = None  # the edition before this one
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """What differs on the pages that somebody printed of the older edition."""

    old: str
    new: str
    groups: tuple[Told, ...]
    others: int  # so many changes more that are on no printed page


def changes_page(apparatus: Apparatus, release: Release | None) -> Document:
    """Compose the page of what changed. Searching does not find it: it repeats words that hold no longer."""
    changes = release.changes if release else None
    sheet = change_sheet(changes) if changes else None
    text = fill(
        "changes",
        release=release,
        date=clock.day(release.date) if release else "",
        notes=_paragraphs(release.notes) if release else [],
        changes=changes,
        printed=sheet.groups if sheet else (),
        groups=[_parted(group) for group in changes.groups] if changes else [],
        shortened=shortened,
    )
    return Document(
        path=PATH,
        title=TITLE,
        description="What differs in this edition from the one before.",
        audience="everyone",
        markdown=apparatus.finish(PATH, text, link_terms=False),
        sources=(apparatus.curriculum.path,),  # which names the edition and its day
        searched=False,
    )


def change_sheet(changes: Changes, modules: Container[str] | None = None) -> ChangeSheet:
    """What differs on printed pages: of all modules, or of these ones and of what holds for every module."""
    told = [group for group in changes.groups if modules is None or group.id is None or group.id in modules]
    printed = [(group, tuple(change for change in group.changes if is_on_paper(change))) for group in told]
    groups = tuple(replace(group, changes=kept) for group, kept in printed if kept)
    others = sum(len(group.changes) for group in told) - sum(len(group.changes) for group in groups)
    return ChangeSheet(changes.old, changes.new, groups, others)


def is_on_paper(change: Change) -> bool:
    """Whether a change matters to whoever leads a meeting from a guide of the older edition."""
    return change.weight <= ON_PAPER


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces; of a long stretch that stayed, only the words next to what did not."""
    last = len(pieces) - 1
    return [
        replace(piece, text=_around(piece.text, before=at > 0, after=at < last)) if piece.fate == "kept" else piece
        for at, piece in enumerate(pieces)
    ]


def _around(text: str, *, before: bool, after: bool) -> str:
    """The first words of a text if something stands before it, and the last if something stands after it."""
    words = text.split()
    first, last = (AROUND if before else 0), (AROUND if after else 0)
    if len(words) <= first + last + 3:
        return " ".join(words)
    return " ".join([*words[:first], "…", *words[len(words) - last :]])


def _parted(group: Told) -> tuple[Told, list[tuple[str, list[Change]]]]:
    """A group, and its changes apart: those on printed pages first."""
    parts = [
        ("On paper", [change for change in group.changes if is_on_paper(change)]),
        ("To read", [change for change in group.changes if not is_on_paper(change)]),
    ]
    return group, [(label, changes) for label, changes in parts if changes]


def _paragraphs(text: str) -> list[str]:
    return list(_joined(text.splitlines()))


def _joined(lines: list[str]) -> Iterator[str]:
    """Paragraphs of lines: an empty one ends each."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            yield " ".join(paragraph)
            paragraph = []
