"""What is copied for a group or put on the wall: the sign-in sheet, the forms, the agreements.

In: the sheets of a curriculum, and a team or none. Out: trees, and what a layout must know of each. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from builder import dialect, documents
from builder.model.cohorts import Team
from builder.press import Node
from builder.printing.sheets import Sheets, typographic


@dataclass(slots=True)
class Masters:
    """Trees by their names, and the parts that they are, in order."""

    trees: dict[str, Node] = field(default_factory=dict)
    after: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: str, title: str, name: str, tree: Node) -> None:
        """Add one."""
        self.trees[name] = tree
        self.after.append({"kind": kind, "title": title, "tree": name})


def add_masters(made: Masters, sheets: Sheets, team: Team | None, parts: Container[str]) -> None:
    """Add those that are asked for; but for the sign-in sheet all teams share them."""
    apparatus = sheets.documents.apparatus
    if "sign-in" in parts:
        made.add("sign-in", "Sign-in sheet", "sign-in", dialect.tree(documents.sign_in(apparatus, team)))
    for form in apparatus.curriculum.facilitation.forms if "evaluation" in parts else ():
        made.add("evaluation", typographic(form.title), f"form-{form.id}", sheets.form(form))
    if "agreements" in parts:
        made.add("agreements", "Agreements", "agreements", sheets.agreements())
