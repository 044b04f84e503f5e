"""What hangs on the wall or is copied at every meeting: the poster of the agreements, and the forms.

In: the sheets of a curriculum. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

from typing import Any

from builder import dialect, documents
from builder.press import Job
from builder.printing.masters import Masters, add_masters
from builder.printing.sheets import Sheets, facts


def forms_job(sheets: Sheets) -> Job:
    """The sign-in sheet and every form, each on a page of its own."""
    made = Masters()
    add_masters(made, sheets, None, ("sign-in", "evaluation"))
    own: dict[str, Any] = {"title": "Forms", "team": None, "whole": False, "meetings": [], "after": made.after}
    return Job(
        name="facilitate/forms.pdf",
        layout="packet",
        facts=facts(sheets, "packet") | own,
        trees=made.trees,
        images=sheets.images_of(made.trees.values()),
        paper=sheets.paper,
    )


def poster_job(sheets: Sheets) -> Job:
    """The agreements on one page."""
    apparatus = sheets.documents.apparatus
    tree = dialect.tree(documents.agreements(apparatus))
    listed = {**tree, "c": [node for node in tree["c"] if isinstance(node, dict) and node["t"] == "ol"]}
    note = dialect.words(dialect.tree(apparatus.curriculum.facilitation.poster))
    own: dict[str, Any] = {"title": "Our agreements", "note": note}
    return Job(
        name="facilitate/agreements-poster.pdf",
        layout="poster",
        facts=facts(sheets, "poster") | own,
        trees={"agreements": listed},
        images=sheets.images_of([listed]),
        paper=sheets.paper,
    )
