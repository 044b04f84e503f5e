"""Composing: the curriculum becomes documents, each ordinary Markdown with a path, an audience and its sources.

In: a complete `Curriculum`. Out: `Documents`. Touches nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from builder.changes import Changes
from builder.dialect import citations
from builder.documents.apparatus import Apparatus
from builder.documents.cards import cards
from builder.documents.changes import ChangeSheet, change_sheet, changes_page
from builder.documents.conversations import conversations
from builder.documents.forms import form, sign_in
from builder.documents.guides import PDF_HERE, guide
from builder.documents.messages import LabeledText, message, messages
from builder.documents.moved import Moved, moved
from builder.documents.overview import overview
from builder.documents.packets import agenda, agreements, calendar, run_sheet
from builder.documents.pages import pages
from builder.documents.scripts import POLICIES, SCRIPTS
from builder.model.curriculum import Curriculum, Module
from builder.model.documents import Document
from builder.model.pages import MODULE_PAGES, ModulePage
from builder.model.release import Release

__all__ = [
    "PDF_HERE",
    "POLICIES",
    "SCRIPTS",
    "Apparatus",
    "ChangeSheet",
    "Documents",
    "LabeledText",
    "Moved",
    "agenda",
    "agreements",
    "calendar",
    "cards",
    "change_sheet",
    "compose",
    "form",
    "message",
    "messages",
    "moved",
    "overview",
    "run_sheet",
    "sign_in",
]


@dataclass(frozen=True, slots=True)
class Documents:
    """Every document of the site."""

    apparatus: Apparatus
    of_modules: Mapping[str, Mapping[str, Document]]  # by the scheme of `MODULE_PAGES`, then by the module's id
    pages: tuple[Document, ...]
    conversations: Mapping[str, Document]  # index, mentor, student; empty where there are none
    release: Release | None = None  # None for the edition in work
    changes: Changes | None = None  # since the edition before; None if there is none, or it is not at hand

    def guide(self, id: str, plan: int) -> Document:
        """A module's guide for meetings of this length, in minutes; shorter ones are composed when they are needed."""
        curriculum = self.apparatus.curriculum
        if plan == max(curriculum.settings.meeting_lengths):
            return self.of_modules["guide"][id]
        return guide(self.apparatus, curriculum.module(id), plan)

    @property
    def all(self) -> tuple[Document, ...]:
        """All documents, sorted by path."""
        of_modules = (document for each in self.of_modules.values() for document in each.values())
        every = (*of_modules, *self.pages, *self.conversations.values())
        return tuple(sorted(every, key=lambda document: document.path))


def _composer(page: ModulePage) -> Callable[[Apparatus, Module], Document]:
    """The function that `MODULE_PAGES` names for a kind of page."""
    found: Callable[[Apparatus, Module], Document] = pkgutil.resolve_name(f"{__name__}.{page.composer}")
    return found


def compose(curriculum: Curriculum, release: Release | None = None, changes: Changes | None = None) -> Documents:
    """Compose every document of a curriculum.

    Args:
        curriculum: The curriculum.
        release: The release, for an edition; None for the curriculum in work.
        changes: The changes since the edition before, for the page that lists them.
    """
    apparatus = Apparatus(curriculum, citations.entries(curriculum.references))
    return Documents(
        apparatus=apparatus,
        of_modules={
            page.scheme: {
                module.id: _composer(page)(apparatus, module) for module in curriculum.modules if page in module.pages
            }
            for page in MODULE_PAGES
        },
        pages=(*pages(apparatus), changes_page(apparatus, release, changes)),
        conversations=conversations(apparatus),
        release=release,
        changes=changes,
    )
