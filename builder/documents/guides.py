"""A module's discussion guide, in order of time, for facilitators.

In: the curriculum and one module. Out: a `Document` that becomes a page, a PDF and part of every packet.
"""

from __future__ import annotations

from builder import clock
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.model import Document, Module
from builder.prose import split_audiences

PDF_HERE = "[PDF]"
"""Stands in a guide's text where the page offers the PDF; the PDF itself drops it."""


def guide(apparatus: Apparatus, module: Module, plan: int | None = None) -> Document:
    """Compose a module's guide for meetings of one length (the longest if none is named), with its running clock."""
    lengths = apparatus.curriculum.settings.meeting_lengths
    notes = {part.path: split_audiences(part.text)[1] for part in (module.reading, *module.handouts)}
    path = f"modules/{module.id}/guide.md"
    markdown = fill(
        "guide",
        c=apparatus.curriculum,
        m=module,
        slots=clock.running(module, plan or max(lengths)),
        plans={plan: clock.running(module, plan) for plan in lengths},
        notes=[note for part in notes.values() for note in part],
    )
    return Document(
        path=path,
        title=f"{module.file.short_title}: discussion guide",
        description=f"For facilitators: how to lead the meeting on module {module.number}, {module.file.title}.",
        audience="facilitators",
        markdown=apparatus.finish(path, markdown),
        sources=(module.path, *(path for path, part in notes.items() if part or path == module.reading.path)),
    )
