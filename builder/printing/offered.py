"""The PDFs that the site offers: documents become jobs for the press, each in three variants.

In: the sheets of a curriculum. Out: `Offer` values. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder import documents as composed
from builder.changes import Changes
from builder.documents import Documents
from builder.model.curriculum import Module
from builder.model.documents import Document
from builder.model.pages import CHANGES, FORMS, PRINTED, ModulePage, page_of
from builder.press import Job, Paper
from builder.printing.cards import card_job
from builder.printing.changes import change_job
from builder.printing.facts import CopyFacts, ModulePageFacts
from builder.printing.posters import forms_job, poster_job
from builder.printing.sheets import Sheets, in_large_print, varied

OTHER: dict[Paper, Paper] = {"letter": "a4", "a4": "letter"}
PAPERS: dict[Paper, str] = {"letter": "Letter", "a4": "A4"}
POSTER = "poster"
VARIANTS = 3
"""The paper of the site, the other paper, and large print."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A PDF that a page offers, and the words of the link to it."""

    page: str  # path of the document
    label: str
    job: Job


def offers(sheets: Sheets) -> Iterator[Offer]:
    """All PDFs of the site."""
    for job, document, what in _jobs(sheets):
        yield from _variants(sheets, job, document.path, what)
    say = sheets.words.say
    for module in _with_questions(sheets.documents):
        job = card_job(sheets, [module], f"modules/{module.id}/{module.id}-cards.pdf")
        yield Offer(page_of("guide", module.id), say("prints.cards"), job)
    for key in _to_copy(sheets.documents):
        job, label = poster_job(sheets) if key == POSTER else forms_job(sheets), say(f"prints.{key}-to-copy")
        yield Offer(FORMS, label, job)
        yield Offer(FORMS, say("prints.on-paper", label=label, paper=PAPERS[OTHER[job.paper]]), _on_other_paper(job))
    if changes := _on_paper(sheets.documents):
        yield from _variants(
            sheets, change_job(sheets, changes, "change-sheet.pdf"), CHANGES, say("prints.print-changes")
        )


def how_many(documents: Documents) -> int:
    """How many PDFs `offers` will make."""
    pages = sum(len(documents.of_modules[page.scheme]) for page in PRINTED)
    in_variants = pages + (2 if documents.conversations else 0) + (1 if _on_paper(documents) else 0)
    return VARIANTS * in_variants + len(_with_questions(documents)) + 2 * len(_to_copy(documents))


def _with_questions(documents: Documents) -> list[Module]:
    """The modules that have question cards."""
    return [module for module in documents.apparatus.curriculum.modules if module.file.questions]


def _to_copy(documents: Documents) -> list[str]:
    """What is copied or put on the wall, as far as there is any, by the keys of its words."""
    curriculum = documents.apparatus.curriculum
    given = curriculum.facilitation
    both = {(True, True): "sign-in-and-forms", (True, False): "sign-in", (False, True): "forms"}
    forms = both.get((bool(given.sign_in), bool(given.forms)), "")
    return [label for label in (POSTER if curriculum.settings.agreements else "", forms) if label]


def _on_paper(documents: Documents) -> Changes | None:
    """The changes since the edition before, if any of them is on printed pages."""
    changes = documents.changes
    return changes if changes and composed.change_sheet(changes).groups else None


def _jobs(sheets: Sheets) -> Iterator[tuple[Job, Document, str]]:
    for module in sheets.documents.apparatus.curriculum.modules:
        for page in (each for each in module.pages if each.printed):
            document = sheets.documents.of_modules[page.scheme][module.id]
            yield _module_job(sheets, module, page), document, sheets.words.say(f"kinds.print-{page.scheme}")
    for reader in ("mentor", "student") if sheets.documents.conversations else ():
        yield copy_job(sheets, reader), sheets.documents.conversations[reader], sheets.words.say("prints.print-copy")


def _variants(sheets: Sheets, job: Job, page: str, what: str) -> Iterator[Offer]:
    """The paper of the site, the other paper, and large print."""
    yield Offer(page, what, job)
    yield Offer(page, PAPERS[OTHER[job.paper]], _on_other_paper(job))
    yield Offer(page, sheets.words.say("prints.large-print"), in_large_print(job))


def _on_other_paper(job: Job) -> Job:
    other = OTHER[job.paper]
    return replace(varied(job, other, PAPERS[other]), paper=other)


def _module_job(sheets: Sheets, module: Module, page: ModulePage) -> Job:
    own = sheets.documents.of_modules[page.scheme][module.id].title
    title = sheets.words.say("prints.of-module", number=module.number, title=own)
    facts = ModulePageFacts(**sheets.imprint(), title=title, module_title=module.file.short_title)
    trees = {page.scheme: sheets.page(page.scheme, module.id)}
    return sheets.job(f"modules/{module.id}/{module.id}-{page.scheme}.pdf", facts, trees, layout=page.scheme)


def copy_job(sheets: Sheets, reader: str) -> Job:
    """The mentor's or the student's copy of the conversations of a pair."""
    facts = CopyFacts(
        **sheets.imprint(),
        title=sheets.documents.conversations[reader].title,
        short_title=sheets.words.say("prints.one-to-one"),
        copy=sheets.words.say(f"prints.{reader}-copy"),
    )
    return sheets.job(f"one-to-one/one-to-one-{reader}.pdf", facts, {"copy": sheets.copy(reader)})
