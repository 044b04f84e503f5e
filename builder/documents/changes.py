"""What changed since the edition before: a page of it, and what of it matters to whoever printed the older one.

In: the curriculum, a release, a comparison. Out: a `Document` for everyone; groups of changes. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from builder.changes import ON_PAPER, Change, Changes, ModuleChanges, shortened
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill, paragraphs
from builder.model.curriculum import Document
from builder.model.pages import CHANGES
from builder.model.release import Release
from builder.words import Words


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """What differs on the pages that somebody printed of the older edition."""

    old: str
    new: str
    groups: tuple[ModuleChanges, ...]
    others: int  # so many changes more that are on no printed page


def changes_page(apparatus: Apparatus, release: Release | None, changes: Changes | None) -> Document:
    """Compose the page of what changed. Searching does not find it: it repeats words that hold no longer."""
    sheet = change_sheet(changes) if changes else None
    text = fill(
        "changes",
        apparatus.words,
        release=release,
        date=apparatus.words.dates.write_day(release.date) if release else "",
        notes=paragraphs(release.notes) if release else [],
        changes=changes,
        printed=sheet.groups if sheet else (),
        groups=[_parted(apparatus.words, group) for group in changes.groups] if changes else [],
        shortened=shortened,
    )
    return Document(
        path=CHANGES,
        title=apparatus.words.say("titles.changes"),
        description=apparatus.words.say("titles.changes-about"),
        audience="everyone",
        markdown=apparatus.finish(CHANGES, text, link_terms=False),
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


def _parted(words: Words, group: ModuleChanges) -> tuple[ModuleChanges, list[tuple[str, list[Change]]]]:
    """A group, and its changes apart: those on printed pages first."""
    parts = [
        (words.say("changes.on-paper"), [change for change in group.changes if is_on_paper(change)]),
        (words.say("changes.to-read"), [change for change in group.changes if not is_on_paper(change)]),
    ]
    return group, [(label, changes) for label, changes in parts if changes]
