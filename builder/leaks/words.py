"""Where words begin and end, also where text was pasted without a gap.

In: texts as they are compared. Out: words, edges. Touches nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from builder.leaks.letters import lowered

WORD = re.compile(r"[^\W\d_]+|\d+")
"""Letters alone or digits alone: where they change, one value ends and another begins."""

_NAMELIKE = ("mc", "mac", "de", "di", "du", "la", "le", "van", "von", "fitz", "jo")
"""Beginnings of single names with a capital inside, such as `McNeil`."""

_MELTED = re.compile(r"@|://|www\.|mailto:", re.IGNORECASE)
_REACH = 64
"""Characters before the `@` of an address that belong to it: a local part has at most 64 (RFC 5321)."""


def words_of(text: str) -> frozenset[str]:
    """Every word and number, in small letters; also the parts of those that were pasted together."""
    runs = set(WORD.findall(" ".join(set(text.split()))))
    found = set(map(lowered, runs))
    for run in runs:
        if run[1:] not in {run[1:].lower(), run[1:].upper()}:
            humps = _humps(run)
            found.update(map(lowered, (*humps, *map("".join, itertools.pairwise(humps)))))
    found.update(_melted(text))
    return frozenset(found)


def all_of(text: str, part: str) -> Iterator[int]:
    """Every offset at which a part occurs."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def is_edge(text: str, at: int) -> bool:
    """Whether a word may end, and another begin, between two characters.

    Letters that follow digits are another word, and so is a capital after a small letter, but for `McNeil`.
    """
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if not before.isalnum() or not after.isalnum() or before.isdigit() != after.isdigit():
        return True
    return before.islower() and after.isupper() and not _is_namelike(text, at)


def _is_namelike(text: str, at: int) -> bool:
    begun = text[max(0, at - 5) : at].lower()
    return any(begun.endswith(each) and not begun[: -len(each)][-1:].isalpha() for each in _NAMELIKE)


def _humps(run: str) -> list[str]:
    """The parts of a word with capitals inside."""
    parted = (
        f" {after}" if after.isupper() and before.islower() else after for before, after in itertools.pairwise(run)
    )
    return (run[0] + "".join(parted)).split(" ")


def _melted(text: str) -> set[str]:
    """All beginnings and ends of the words that are pasted to an e-mail address or a link."""
    heads = {text[max(0, match.start() - _REACH) : match.end()] for match in _MELTED.finditer(text)}
    words = {word for head in heads for word in WORD.findall(lowered(head).split()[-1])}
    return {part for word in words for at in range(2, len(word)) for part in (word[:at], word[at:])}
