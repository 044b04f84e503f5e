"""What changed since the edition before: a page about it, and the changes on pages that people have printed.

In: the curriculum, a release, a comparison. Out: a `Document` for everyone; groups of changes. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from builder.changes import ON_PAPER, Change, Changes, ModuleChanges, shortened
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill, paragraphs
from builder.model.documents import Document
from builder.model.pages import CHANGES
from builder.model.release import Release
from builder.words import Words


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """The changes on printed pages of the older edition."""

    old: str
    new: str
    groups: tuple[ModuleChanges, ...]
    others: int  # how many more changes there are that are on no printed page


def changes_page(apparatus: Apparatus, release: Release | None, changes: Changes | None) -> Document:
    """Compose the page about changes. It is kept out of search, because it quotes text that is no longer valid."""
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
    """The changes on printed pages: of all modules, or of some, with what is common to all modules."""
    chosen = [group for group in changes.groups if modules is None or group.id is None or group.id in modules]
    printed = [(group, tuple(change for change in group.changes if is_on_paper(change))) for group in chosen]
    groups = tuple(replace(group, changes=kept) for group, kept in printed if kept)
    others = sum(len(group.changes) for group in chosen) - sum(len(group.changes) for group in groups)
    return ChangeSheet(changes.old, changes.new, groups, others)


def is_on_paper(change: Change) -> bool:
    """Whether a change matters to people who lead a meeting with a guide of the older edition."""
    return change.weight <= ON_PAPER


def _parted(words: Words, group: ModuleChanges) -> tuple[ModuleChanges, list[tuple[str, list[Change]]]]:
    """A group, and its changes apart: those on printed pages first."""
    parts = [
        (words.say("changes.on-paper"), [change for change in group.changes if is_on_paper(change)]),
        (words.say("changes.to-read"), [change for change in group.changes if not is_on_paper(change)]),
    ]
    return group, [(label, changes) for label, changes in parts if changes]
