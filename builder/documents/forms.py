"""Forms, a sign-in sheet and the poster of the agreements: a page of all of them, and each as a text for print.

In: the curriculum, and for a team's sign-in sheet its members. Out: a `Document` for everyone; Markdown, finished.
Touches nothing.
"""

from __future__ import annotations

from builder.dialect.escaping import block, inline, plain
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.model.cohorts import Team
from builder.model.documents import Document
from builder.model.facilitation import Facilitation, Form
from builder.model.pages import FACILITATION, FORMS

ROWS = 12
"""Rows of a sign-in sheet without names: a group has at most eight, and two who lead."""

MORE_ROWS = 5
"""Rows below the names of a team: for those who lead, and for people who are not on the list yet."""


def forms(apparatus: Apparatus) -> Document | None:
    """Compose the page with all forms; None where there are no forms, no sign-in sheet and no agreements.

    It links no terms, because forms are filled in on paper.
    """
    curriculum, given, say = apparatus.curriculum, apparatus.curriculum.facilitation, apparatus.words.say
    agreements = curriculum.settings.agreements
    to_fill = bool(given.forms or given.sign_in)
    if not (to_fill or agreements):
        return None
    parts = {
        "titles.evaluation-forms": given.forms,
        "titles.a-sign-in-sheet": given.sign_in,
        "titles.the-agreements": agreements,
    }
    there = [say(key) for key, part in parts.items() if part]
    title = say("titles.forms" if to_fill and agreements else "titles.forms-only" if to_fill else "titles.poster-only")
    text = fill(
        "forms",
        apparatus.words,
        c=curriculum,
        title=title,
        explained=any(page.path == "docs/facilitate/evaluation.md" for page in curriculum.pages),
        text=curriculum.facilitation.sign_in,
        names=[""] * ROWS,
        team="",
    )
    return Document(
        path=FORMS,
        title=title,
        description=say("titles.forms-about", parts=apparatus.words.listed(there)),
        audience="everyone",
        markdown=apparatus.finish(FORMS, text, link_terms=False),
        sources=(*([FACILITATION] if given != Facilitation() else []), curriculum.path),
    )


def form(apparatus: Apparatus, form: Form) -> str:
    """A form, to copy for each person, as Markdown."""
    text = f"# {plain(form.title)}\n\n{inline(form.when)}\n{{: .facts }}\n\n{block(form.text)}\n"
    return apparatus.finish("packet.md", text, link_terms=False)


def sign_in(apparatus: Apparatus, team: Team | None) -> str:
    """A sign-in sheet for one meeting, as Markdown, with the names of a team's members and empty rows."""
    names = [*(member.name for member in team.members), *[""] * MORE_ROWS] if team else [""] * ROWS
    text = fill(
        "sign-in",
        apparatus.words,
        text=apparatus.curriculum.facilitation.sign_in or "",
        names=names,
        team=team.name if team else "",
    )
    return apparatus.finish("packet.md", f"# {apparatus.words.say('print.sign-in')}\n\n{text}", link_terms=False)
