"""What hangs on the wall or is copied at every meeting: the poster of the agreements, and the forms.

In: the sheets of a curriculum. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

from builder import dialect, documents
from builder.press import Job
from builder.printing.facts import PacketFacts, PosterFacts
from builder.printing.masters import Masters, add_masters
from builder.printing.sheets import Sheets, words_of


def forms_job(sheets: Sheets) -> Job:
    """The sign-in sheet and every form, each on a page of its own."""
    made = Masters()
    add_masters(made, sheets, None, ("sign-in", "evaluation"))
    facts = PacketFacts(**sheets.imprint(), title=sheets.words.say("prints.forms"), after=tuple(made.after))
    return sheets.job("facilitate/forms.pdf", facts, made.trees)


def poster_job(sheets: Sheets) -> Job:
    """The agreements on one page."""
    apparatus = sheets.documents.apparatus
    tree = dialect.tree(documents.agreements(apparatus))
    listed = next(node for node in dialect.walk(tree) if "agreements" in dialect.classes(node))
    note = words_of(apparatus.curriculum.facilitation.poster)
    facts = PosterFacts(**sheets.imprint(), title=sheets.words.say("prints.poster"), note=note)
    return sheets.job("facilitate/agreements-poster.pdf", facts, {"agreements": listed})
