"""A module's question cards: each question, and its notes for the back. For facilitators.

In: the curriculum and one module. Out: a `Document`. Touches nothing.
"""

from __future__ import annotations

from builder.documents.apparatus import Apparatus, uncited
from builder.documents.templating import fill
from builder.model.curriculum import Module
from builder.model.documents import Document


def cards(apparatus: Apparatus, module: Module) -> Document:
    """Compose the cards of a module. A card has no room for a list of works, so it cites none; the guide does."""
    path = f"modules/{module.id}/cards.md"
    text = uncited(fill("cards", apparatus.words, m=module))
    return Document(
        path=path,
        title=apparatus.words.say("titles.cards", module=module.file.short_title),
        audience="facilitators",
        markdown=apparatus.finish(path, text, link_terms=False),
        sources=(module.path,),
    )
