"""One form for each letter, without accents, ligatures and invisible characters, and steps that can be traced back.

In: texts. Out: texts as they are compared, in which small and capital letters still differ. Touches nothing.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Callable, Sequence

Step = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""A pattern and its replacement; a text is inserted as it is."""

_FOREIGN = re.compile(r"[^\x00-\x7f]+")

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "\u0131": "i", "ŋ": "n", "ƒ": "f",
}  # fmt: skip
"""Letters that Unicode does not decompose, and variants of quotes and hyphens."""

_UNSEEN = frozenset({"Mn", "Me", "Cf"})
"""Unicode's categories of combining accents, and of characters without a shape."""


class _Letters(dict[int, str]):
    """What each letter becomes, computed at its first use."""

    def __missing__(self, number: int) -> str:
        decomposed = unicodedata.normalize("NFKD", _PLAIN.get(chr(number), chr(number)))
        visible = (letter for letter in decomposed if unicodedata.category(letter) not in _UNSEEN)
        self[number] = "".join(_plain_letter(letter) for letter in visible)
        return self[number]


def _plain_letter(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return _PLAIN.get(letter, letter) if digit is None else str(digit)


_LETTERS = _Letters()

FOLD: Step = (_FOREIGN, lambda match: match[0].translate(_LETTERS))
"""The last step of every searchable text."""


def fold(text: str) -> str:
    """Give each letter one form; capitals stay."""
    return text if text.isascii() else _FOREIGN.sub(FOLD[1], text)


def plain(text: str) -> str:
    """The text as it is compared: folded, in small letters."""
    return fold(text).lower()


def lowered(text: str) -> str:
    """The text in small letters, with the same length."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(small if len(small := one.lower()) == 1 else one for one in text)
    )


def run(steps: Sequence[Step], text: str) -> str:
    """Apply all steps in order."""
    for pattern, new in steps:
        if pattern is not _FOREIGN or not text.isascii():
            text = pattern.sub(new, text)
    return text


Origin = Callable[[int], tuple[int, int]]
"""Maps a character's offset to those of the first and last character of the source that it comes from."""


def tracer(steps: Sequence[Step], text: str) -> Origin:
    """Make a function that maps an offset after all steps back to offsets in the text before them."""
    moves = []
    for pattern, new in steps:
        moves.append(_moves(pattern, new, text))
        text = pattern.sub(new, text)
    moves.reverse()

    def origin(at: int) -> tuple[int, int]:
        first = last = at
        for each in moves:
            first, last = _back(each, first)[0], _back(each, last)[1]
        return first, last

    return origin


_Move = tuple[int, int, int, int]
"""Where a replacement begins and ends, and where the replaced text did."""


def _moves(pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], text: str) -> list[_Move]:
    grown, moves = 0, []
    for match in pattern.finditer(text):
        start, length = match.start() + grown, len(new if isinstance(new, str) else new(match))
        moves.append((start, start + length, *match.span()))
        grown += length - len(match[0])
    return moves


def _back(moves: list[_Move], at: int) -> tuple[int, int]:
    """Where a character was before one step; the whole replaced text if the step inserted the character."""
    last = bisect.bisect_right(moves, at, key=lambda move: move[0]) - 1
    if last < 0:
        return at, at
    _, end, old_start, old_end = moves[last]
    return (old_start, old_end - 1) if at < end else (at - end + old_end,) * 2
