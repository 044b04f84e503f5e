"""What is copied for a group or put on the wall: the sign-in sheet, the forms, the agreements.

In: the sheets of a curriculum, and a team or none. Out: trees, and what a layout must know about each. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal

from builder import dialect, documents
from builder.model.cohorts import Team
from builder.press import Node
from builder.printing.facts import Part
from builder.printing.sheets import Sheets


@dataclass(slots=True)
class Masters:
    """Trees by their names, and the parts that they are, in order."""

    trees: dict[str, Node] = field(default_factory=dict)
    after: list[Part] = field(default_factory=list)

    def add(self, kind: Literal["sign-in", "evaluation", "agreements"], title: str, name: str, tree: Node) -> None:
        """Add one."""
        self.trees[name] = tree
        self.after.append(Part(kind=kind, title=title, tree=name))


def add_masters(made: Masters, sheets: Sheets, team: Team | None, parts: Container[str]) -> None:
    """Add the requested ones that there are; all teams share them, except the sign-in sheet."""
    apparatus, say = sheets.documents.apparatus, sheets.words.say
    if "sign-in" in parts and apparatus.curriculum.facilitation.sign_in:
        made.add("sign-in", say("print.sign-in"), "sign-in", dialect.tree(documents.sign_in(apparatus, team)))
    for form in apparatus.curriculum.facilitation.forms if "evaluation" in parts else ():
        made.add("evaluation", form.title, f"form-{form.id}", sheets.form(form))
    if "agreements" in parts and apparatus.curriculum.settings.agreements:
        made.add("agreements", say("print.agreements"), "agreements", sheets.agreements())
