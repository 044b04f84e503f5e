"""One form for each letter, without accents, ligatures and what nobody sees; and steps that can be traced back.

In: texts. Out: texts as they are compared, in which small and capital letters still differ. Touches nothing.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Callable, Sequence

Step = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""What is replaced, and by what; a text is put in as it is."""

_FOREIGN = re.compile(r"[^\x00-\x7f]+")

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "\u0131": "i", "ŋ": "n", "ƒ": "f",
}  # fmt: skip
"""Letters that Unicode does not take apart, and signs of which there are many for one."""

_UNSEEN = frozenset({"Mn", "Me", "Cf"})
"""Unicode's categories of accents on their own, and of characters without a shape."""


class _Letters(dict[int, str]):
    """What each letter becomes, worked out when it is met first."""

    def __missing__(self, number: int) -> str:
        taken_apart = unicodedata.normalize("NFKD", _PLAIN.get(chr(number), chr(number)))
        seen = (letter for letter in taken_apart if unicodedata.category(letter) not in _UNSEEN)
        self[number] = "".join(_sign(letter) for letter in seen)
        return self[number]


def _sign(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return _PLAIN.get(letter, letter) if digit is None else str(digit)


_LETTERS = _Letters()

FOLD: Step = (_FOREIGN, lambda match: match[0].translate(_LETTERS))
"""The last step of every reading."""


def fold(text: str) -> str:
    """Text with one form for each letter; capitals stay."""
    return text if text.isascii() else _FOREIGN.sub(FOLD[1], text)


def plain(text: str) -> str:
    """Text as it is compared."""
    return fold(text).lower()


def lowered(text: str) -> str:
    """Text in small letters, each in the place of its capital."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(small if len(small := one.lower()) == 1 else one for one in text)
    )


def run(steps: Sequence[Step], text: str) -> str:
    """Take all steps, one after the other."""
    for pattern, new in steps:
        if pattern is not _FOREIGN or not text.isascii():
            text = pattern.sub(new, text)
    return text


Origin = Callable[[int], tuple[int, int]]
"""Maps a character to where the first and the last character were of which it was made."""


def tracer(steps: Sequence[Step], text: str) -> Origin:
    """Answer what tells of what in a text a character was made that stands at some place after all steps."""
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
"""Where something new begins and ends, and where what it replaced did."""


def _moves(pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], text: str) -> list[_Move]:
    grown, moves = 0, []
    for match in pattern.finditer(text):
        start, length = match.start() + grown, len(new if isinstance(new, str) else new(match))
        moves.append((start, start + length, *match.span()))
        grown += length - len(match[0])
    return moves


def _back(moves: list[_Move], at: int) -> tuple[int, int]:
    """Where a character stood before one step; all of what was replaced if the step has put it there."""
    last = bisect.bisect_right(moves, at, key=lambda move: move[0]) - 1
    if last < 0:
        return at, at
    _, end, old_start, old_end = moves[last]
    return (old_start, old_end - 1) if at < end else (at - end + old_end,) * 2
