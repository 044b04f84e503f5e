"""A module's handout: what a participant has on paper in the meeting. For everyone; nothing for facilitators.

In: the curriculum and one module. Out: a `Document` that becomes a page, a PDF and the master in every packet.
"""

from __future__ import annotations

from builder.dialect import split_audiences
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.model.curriculum import Module
from builder.model.documents import Document
from builder.model.pages import page_of


def handout(apparatus: Apparatus, module: Module) -> Document:
    """Compose a module's handout around its authored worksheets."""
    path = page_of("handout", module.id)
    worksheets = [split_audiences(part.text)[0] for part in module.handouts]
    markdown = fill("handout", apparatus.words, c=apparatus.curriculum, m=module, worksheets=worksheets)
    say = apparatus.words.say
    return Document(
        path=path,
        title=say("titles.handout", module=module.file.short_title),
        description=say("titles.handout-about", number=module.number, module=module.file.title),
        audience="everyone",
        markdown=apparatus.finish(path, markdown),
        sources=(module.path, *(part.path for part in module.handouts)),
    )
