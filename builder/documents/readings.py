"""A module's page: promise, facts, objectives, reading, key points. For everyone.

In: the curriculum and one module. Out: a `Document`. Touches nothing.
"""

from __future__ import annotations

from builder.dialect import split_audiences, tree, words
from builder.documents.apparatus import Apparatus, spoken
from builder.documents.templating import fill
from builder.model.curriculum import Module
from builder.model.documents import Document
from builder.model.pages import page_of


def reading(apparatus: Apparatus, module: Module) -> Document:
    """Compose a module's page from its file and its reading, without what is for facilitators."""
    modules = apparatus.curriculum.modules
    at = modules.index(module)
    text, _ = split_audiences(module.reading.text)
    path = page_of("module", module.id)
    markdown = fill(
        "reading",
        apparatus.words,
        c=apparatus.curriculum,
        m=module,
        reading=text,
        lengths=apparatus.words.listed([str(length) for length in apparatus.curriculum.settings.meeting_lengths], "or"),
        sections=[(node["id"], words(node)) for node in tree(module.reading.text)["c"] if node["t"] == "h2"],
        previous=modules[at - 1] if at else None,
        next=modules[at + 1] if at + 1 < len(modules) else None,
    )
    return Document(
        path=path,
        title=module.file.title,
        description=spoken(module.file.promise),
        audience="everyone",
        markdown=apparatus.finish(path, markdown),
        sources=(module.reading.path, module.path),
    )
