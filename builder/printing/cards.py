"""Question cards of one module or of several, to be printed on both sides and cut.

In: the sheets of a curriculum, modules. Out: a `Job`. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.model import Module
from builder.press import Job
from builder.printing.sheets import Sheets, facts, typographic


def card_job(sheets: Sheets, modules: Sequence[Module], name: str) -> Job:
    """The cards of these modules. Each module begins a new sheet; nothing on them tells whose they are."""
    trees = {f"cards-{module.id}": sheets.cards(module) for module in modules}
    each = [
        {"tree": f"cards-{module.id}", "number": module.number, "title": typographic(module.file.short_title)}
        for module in modules
    ]
    of = modules[0].file.short_title if len(modules) == 1 else sheets.documents.apparatus.curriculum.settings.title
    own: dict[str, Any] = {"title": typographic(f"Question cards: {of}"), "modules": each}
    return Job(
        name=name,
        layout="cards",
        facts=facts(sheets, "cards") | own,
        trees=trees,
        images=sheets.images_of(trees.values()),
        paper=sheets.paper,
    )
