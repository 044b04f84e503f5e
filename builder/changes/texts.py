"""Texts as a comparison sees them: their words without marks, how two wordings differ, and how they are quoted.

In: authored Markdown. Out: plain words, ids of cited works, `WordRun` values. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from builder import dialect
from builder.changes.words import Fate, WordRun
from builder.dialect.marks import BLANK, CITATION, WRITE, citation_ids

ISLAND = 4
"""Unchanged words in a row that count as changed between two changes that are no shorter: fewer pieces read better."""

ALIKE = 0.25
"""Two wordings that share less than this are shown as removed and added as a whole."""

_LARGE = 4_000_000  # pairs of words, beyond which frequent words are skipped to save time

_BARE = re.compile(r"[A-Za-z](?:[\w ,;:?()%…]|\.(?!\.)|-(?!-)|(?<=[A-Za-z])'(?=[A-Za-z]))*")
_CITED = re.compile(rf"(?<!\s)\s*+{CITATION}")
_WRITE = re.compile(WRITE)
_BLANK = re.compile(BLANK)
_TASK = re.compile(r"(?:^|(?<=\s))\[[ xX]\] ")


def plain(text: str) -> str:
    """The words of a Markdown text, without its marks and its citations, with single spaces."""
    if _BARE.fullmatch(text):  # most sentences have no marks, and converting takes long
        return " ".join(text.replace("'", "’").split())  # noqa: RUF001
    return unmarked(dialect.words(dialect.tree(text)))


def unmarked(words: str) -> str:
    """The words of a tree without the marks that the dialect leaves in them."""
    words = _TASK.sub("", _BLANK.sub(r"[\g<blank>]", _CITED.sub("", words)))
    return " ".join(_WRITE.sub(_lines, words).split())


def cited(text: str) -> tuple[str, ...]:
    """Ids of the works that a text cites, each once, in order."""
    return tuple(dict.fromkeys(id for found in _CITED.finditer(text) for id in citation_ids(found["ids"])))


def differing(old: str, new: str) -> tuple[WordRun, ...]:
    """How two plain texts differ, word by word, in order; nothing if they have the same words."""
    before, after = old.split(), new.split()
    if before == after:
        return ()
    return tuple(_pieces(_together(_runs(before, after))))


def share(old: str, new: str) -> float:
    """How much of two plain texts is the same, from 0 to 1."""
    before, after = old.split(), new.split()
    if not before or not after:
        return 0.0
    return _matcher(before, after).ratio()


def shortened(pieces: Iterable[WordRun], around: int = 6) -> tuple[WordRun, ...]:
    """Shorten runs of unchanged words, so that only some words around each change are left.

    Args:
        pieces: The runs of words, as `differing` returns them.
        around: How many unchanged words to keep on each side of a change.
    """
    pieces = tuple(pieces)
    last = len(pieces) - 1
    return tuple(
        WordRun(_middle_out(piece.text, around if at else 0, around if at < last else 0), piece.fate)
        if piece.fate == "kept"
        else piece
        for at, piece in enumerate(pieces)
    )


def quoted(text: str, most: int = 25) -> str:
    """A plain text in quotation marks, cut after `most` words; marks within it become single ones."""
    words = text.split()
    shown = " ".join(words if len(words) <= most + 3 else [*words[:most], "…"])
    shown = re.sub(r'"([^"]*)"', r"‘\1’", shown)  # noqa: RUF001  typographic marks are meant
    return f"“{shown.translate(_SINGLE)}”"


def ended(text: str, most: int = 25) -> str:
    """A plain text in quotation marks that ends a sentence, with a period inside the marks."""
    shown = quoted(text, most)
    return shown if shown[-2] in ".?!…" else f"{shown[:-1]}.”"


_SINGLE = str.maketrans("“”", "‘’")  # noqa: RUF001

_Run = tuple[list[str], list[str], list[str]]  # words that are kept, then those removed and those added


def _lines(mark: re.Match[str]) -> str:
    return f"[{mark[1]} {'line' if mark[1] == '1' else 'lines'} to write on]"


def _matcher(before: list[str], after: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, before, after, autojunk=len(before) * len(after) > _LARGE)


def _runs(before: list[str], after: list[str]) -> list[_Run]:
    """Each run of kept words with the change after it; the first may keep nothing, the last change nothing."""
    matcher = _matcher(before, after)
    if matcher.ratio() < ALIKE:
        return [([], before, after)]
    runs: list[_Run] = [([], [], [])]
    for fate, start, end, new_start, new_end in matcher.get_opcodes():
        if fate == "equal":
            runs.append((before[start:end], [], []))
        else:
            runs[-1][1].extend(before[start:end])
            runs[-1][2].extend(after[new_start:new_end])
    return runs


def _together(runs: list[_Run]) -> list[_Run]:
    """Count short runs of kept words as changed, so that a reworded sentence is not shown word by word."""
    made: list[_Run] = []
    for kept, gone, come in runs:
        if made and (gone or come) and _is_island(kept, made[-1], (kept, gone, come)):
            made[-1] = (made[-1][0], [*made[-1][1], *kept, *gone], [*made[-1][2], *kept, *come])
        else:
            made.append((kept, gone, come))
    return made


def _is_island(kept: list[str], before: _Run, after: _Run) -> bool:
    """Whether a run of kept words is no longer than each of the changes around it."""
    sizes = [max(len(run[1]), len(run[2])) for run in (before, after)]
    return 0 < len(kept) <= min(ISLAND, *sizes)


def _pieces(runs: list[_Run]) -> Iterator[WordRun]:
    fates: tuple[Fate, Fate, Fate] = ("kept", "removed", "added")
    for run in runs:
        for words, fate in zip(run, fates, strict=True):
            if words:
                yield WordRun(" ".join(words), fate)


def _middle_out(text: str, first: int, last: int) -> str:
    words = text.split()
    if len(words) <= first + last + 3:
        return text
    return " ".join([*words[:first], "…", *words[len(words) - last :]])
