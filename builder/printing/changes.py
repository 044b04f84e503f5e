"""The change sheet: one page with what to correct by hand on the printed pages of an older edition.

In: the sheets of a curriculum, a comparison. Out: a `Job`, or the facts of the sheet for a packet. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from builder import documents
from builder.changes import Change, Changes, ModuleChanges, WordRun, shortened
from builder.model.pages import CHANGES
from builder.press import Job
from builder.printing.facts import ChangedWords, ChangeFacts, ChangeGroup, ChangeOnPaper, ChangeSheet
from builder.printing.sheets import Sheets
from builder.words import Words

_BY_HAND = 60
"""Words that one can write between the lines; with more, it is better to print the page again."""

_LETTERS = 7
"""Letters that a word takes, with the space after it."""

_ENDS = 8
"""Words shown at each end of a long passage to cross out."""


def change_job(sheets: Sheets, changes: Changes, name: str) -> Job:
    """The change sheet of all modules."""
    sheet = change_facts(sheets, changes)
    if sheet is None:
        raise ValueError("no printed page differs, so there is no change sheet")
    return sheets.job(name, ChangeFacts(**sheets.imprint(), title=sheet.title, changes=sheet), {})


def change_facts(sheets: Sheets, changes: Changes | None, modules: Container[str] | None = None) -> ChangeSheet | None:
    """The contents of a change sheet, of all modules or of some; None if no printed page differs.

    The rank of each change decides which are shown if not all fit: first those that change a meeting, of any module.
    """
    sheet = documents.change_sheet(changes, modules) if changes else None
    if sheet is None or not sheet.groups:
        return None
    ranked = sorted((change for group in sheet.groups for change in group.changes), key=lambda each: each.weight)
    ranks = {id(change): rank for rank, change in enumerate(ranked)}
    address = sheets.documents.apparatus.curriculum.settings.address
    return ChangeSheet(
        title=_title(sheets.words, sheet.old, sheet.new, len(ranked)),
        old=sheet.old,
        groups=tuple(_group(group, ranks) for group in sheet.groups),
        count=len(ranked),
        others=sheet.others,
        where=f"{address}{CHANGES.removesuffix('.md')}.html" if address else None,
    )


def _group(group: ModuleChanges, ranks: dict[int, int]) -> ChangeGroup:
    return ChangeGroup(title=group.title, changes=tuple(_change(change, ranks[id(change)]) for change in group.changes))


def _change(change: Change, rank: int) -> ChangeOnPaper:
    pieces = shortened(change.words)
    long = _words(piece.text for piece in pieces if piece.fate == "added") > _BY_HAND
    shown = () if long else tuple(ChangedWords(fate=piece.fate, text=_ends(piece)) for piece in pieces)
    return ChangeOnPaper(what=_cut(change.what), long=long, words=shown, rank=rank)


def _title(words: Words, old: str, new: str, count: int) -> str:
    return words.say("prints.changes", count, old=old, new=new, count=words.number(count))


def _words(texts: Iterable[str]) -> int:
    return sum(len(text) for text in texts) // _LETTERS


def _ends(piece: WordRun) -> str:
    """A piece; if it is a long one to cross out, from where to where."""
    words = piece.text.split()
    if piece.fate == "added" or len(words) <= 2 * _ENDS + 3:
        return piece.text
    return " ".join([*words[:_ENDS], "…", *words[-_ENDS:]])


def _cut(text: str) -> str:
    """A sentence as far as the sheet has room for it."""
    most = _BY_HAND * _LETTERS
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"
