"""The PDFs that the site offers: documents become jobs for the press.

In: the sheets of a curriculum. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.model import Document, Module
from builder.press import Job, Layout, Node
from builder.printing.sheets import Sheets, facts, typographic


def module_jobs(sheets: Sheets) -> Iterator[Job]:
    """The PDFs that the site offers: a guide and a handout for each module."""
    curriculum = sheets.documents.apparatus.curriculum
    plan = max(curriculum.settings.meeting_lengths)
    for module in curriculum.modules:
        yield _module_job(sheets, module, "guide", sheets.guide(module.id, plan), sheets.documents.guides[module.id])
        yield _module_job(sheets, module, "handout", sheets.handout(module.id), sheets.documents.handouts[module.id])


def _module_job(sheets: Sheets, module: Module, layout: Layout, tree: Node, document: Document) -> Job:
    own = {
        "title": document.title,
        "module_title": typographic(module.file.short_title),
        "module_number": module.number,
    }
    return Job(
        name=f"modules/{module.id}/{module.id}-{layout}.pdf",
        layout=layout,
        facts=facts(sheets, layout) | own,
        trees={layout: tree},
        images=sheets.images_of([tree]),
        paper=sheets.paper,
    )


def copy_jobs(sheets: Sheets) -> Iterator[Job]:
    """The PDFs of the conversations of a pair, where there are any: one for each of the two."""
    for reader in ("mentor", "student") if sheets.documents.conversations else ():
        tree = sheets.copy(reader)
        kind = typographic(f"{reader.capitalize()}'s copy")
        own = {
            "title": sheets.documents.conversations[reader].title,
            "short_title": "One to one",
            "copy": kind,
        }
        yield Job(
            name=f"one-to-one/one-to-one-{reader}.pdf",
            layout="copy",
            facts=facts(sheets, "copy") | own,
            trees={"copy": tree},
            images=sheets.images_of([tree]),
            paper=sheets.paper,
        )
