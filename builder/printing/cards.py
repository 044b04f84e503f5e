"""Question cards of one module or of several, to be printed on both sides and cut.

In: the sheets of a curriculum, modules. Out: a `Job`. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.model.curriculum import Module
from builder.press import Job
from builder.printing.facts import CardFacts, CardModule
from builder.printing.sheets import Sheets


def card_job(sheets: Sheets, modules: Iterable[Module], name: str) -> Job:
    """The cards of some modules, each once and in the order of the curriculum.

    Each module begins a new sheet. No team is named on them, so the same modules give the same bytes. A card is too
    small for images: it shows their text alternatives.
    """
    chosen = sorted({module.number: module for module in modules}.values(), key=lambda module: module.number)
    each = [
        CardModule(tree=f"cards-{module.id}", number=module.number, title=module.file.short_title) for module in chosen
    ]
    of = chosen[0].file.short_title if len(chosen) == 1 else sheets.documents.apparatus.curriculum.settings.title
    facts = CardFacts(**sheets.imprint(), title=sheets.words.say("prints.cards-for", title=of), modules=tuple(each))
    return sheets.job(name, facts, {f"cards-{module.id}": sheets.cards(module) for module in chosen}, images=False)
