"""A module's question cards: each question, and its notes for the back. For facilitators.

In: the curriculum and one module. Out: Markdown, finished. Touches nothing.
"""

from __future__ import annotations

import re

from builder.documents.apparatus import CITATION, Apparatus
from builder.documents.templating import fill
from builder.model import Module

_CITED = re.compile(r"\s*" + CITATION)


def cards(apparatus: Apparatus, module: Module) -> str:
    """Compose the cards of a module. A card has no room for a list of works, so it cites none; the guide does."""
    text = _CITED.sub("", fill("cards", m=module))
    return apparatus.finish("cards.md", text, link_terms=False)
