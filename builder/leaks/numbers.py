"""Telephone numbers and meeting numbers, whatever is between their digits.

In: what an organizer wrote, and searchable texts. Out: where the numbers occur. Touches nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import unquote

from builder.leaks.letters import plain
from builder.leaks.readings import SearchableText
from builder.leaks.sought import Span

T = TypeVar("T")

SHORTEST = 7
"""A number of fewer digits could be any number."""

_LONGEST = 15
"""Digits of the longest telephone number, by ITU-T E.164."""

_LONG = 9
"""A number of this many digits never occurs by chance; a shorter one has few groups, close to each other."""

_GROUPS = 3

_WRITTEN = re.compile(r"(?<![0-9])\+?[0-9](?:[\s.()/+-]{0,3}[0-9]){6,}")
"""A number in what an organizer wrote, such as `206-555-0100, code 4711`."""

_RUN = re.compile(r"(?<![0-9])\+?[0-9](?:[\W_]{0,40}[0-9])+")
LETTERED = re.compile(r"(?<![^\W_])\+?[0-9]{1,3}[0-9.() -]{2,12}[.() -][a-z][a-z-]{2,8}(?![^\W_])")
_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
"""A number with a word at its end, and the keys of a telephone, by ITU-T E.161."""

_DIGITS = re.compile(r"[0-9]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]*\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]*")
_HEX = frozenset("abcdef")
_PARTED = re.compile(r"[0-9][^0-9a-z<>]{0,40}(?:<[^<>]*>[^0-9a-z<>]{0,40})+[0-9]")
"""A number with tags in it."""

_ABROAD = re.compile(r"\+|00|011")
_CODES = (1, 2, 3)
"""Digits of a country's code."""


@dataclass(frozen=True, slots=True)
class Number:
    """The digits that identify a number, and whether it is the short form within a North American area."""

    digits: str
    local: bool = False
    groups: int = field(default=_GROUPS, compare=False)


def _by_keys(text: str) -> str:
    """Replace letters in numbers, such as `206-555-CATS`, by the digits of their telephone keys."""
    return LETTERED.sub(lambda match: match[0].translate(_KEYS), text)


def of_text(text: str) -> Iterator[Number]:
    """Every number in a text that an organizer wrote."""
    text = plain(text)
    for match in itertools.chain(_WRITTEN.finditer(text), _WRITTEN.finditer(_by_keys(text))):
        digits = "".join(_DIGITS.findall(match[0]))
        groups = max(_GROUPS, len(_DIGITS.findall(match[0])))  # a number is always found as the organizer writes it
        for known in _known(digits, abroad=bool(_ABROAD.match(match[0]))):
            yield Number(known, groups=groups)
        national = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
        if len(national) == 10:
            yield Number(national[3:], local=True)


def parts(text: str) -> Iterator[str]:
    """The numbers in a text, each as it was written."""
    return (match[0] for match in _WRITTEN.finditer(plain(text)))


def in_link(link: str) -> Iterator[str]:
    """The meeting numbers in a link, digits only; none is part of a key, or identifies a whole organization."""
    bare = re.sub(r"[?&]context=[^&#]*", "", unquote(link))
    for match in re.finditer(rf"(?<![^\W_])[0-9]{{{SHORTEST},}}(?![^\W_])", plain(bare)):
        yield match[0]


def _known(digits: str, *, abroad: bool) -> Iterator[str]:
    """A number as dialed within its country; a country code may have one to three digits."""
    bare = re.sub(r"^(?:011|0+)", "", digits) if abroad else digits.lstrip("0")
    if len(bare) == 11 and bare.startswith("1"):
        bare = bare[1:]
        abroad = False
    yield bare
    if abroad:
        yield from (bare[code:].lstrip("0") for code in _CODES if len(bare[code:].lstrip("0")) >= _LONG - 1)


class Numbers(Generic[T]):
    """All numbers to look for, each with what it belongs to."""

    def __init__(self, known: Mapping[Number, T]) -> None:
        self._groups = {number.digits: number.groups for number in known}
        self._known = {number.digits: owner for number, owner in known.items() if not number.local}
        self._local = {number.digits: owner for number, owner in known.items() if number.local}
        self._ends = {digits[-SHORTEST:] for digits in (*self._known, *self._local)}

    def is_parted(self, reading: SearchableText) -> bool:
        """Whether a tag is within a number, which is then found only without tags."""
        return bool(self._ends) and _PARTED.search(reading.lower) is not None

    def within(self, reading: SearchableText) -> Iterator[tuple[T, Span]]:
        """Each known number, and where it occurs."""
        digits = "".join(_DIGITS.findall(reading.text))
        ends = range(len(digits) - SHORTEST + 1)
        if not self._ends or not any(digits[at : at + SHORTEST] in self._ends for at in ends):
            return
        for run in _RUN.finditer(reading.text):
            groups = [(each[0], each.start(), each.end()) for each in _DIGITS.finditer(reading.text, *run.span())]
            yield from self._in_run(groups, reading)

    def _in_run(self, groups: list[tuple[str, int, int]], reading: SearchableText) -> Iterator[tuple[T, Span]]:
        for first, (_, start, _) in enumerate(groups):
            digits = ""
            for count, (more, _, end) in enumerate(groups[first:], 1):
                digits += more
                if len(digits) > _LONGEST + 3:
                    break
                if len(digits) < SHORTEST:
                    continue
                short = not _is_in_checksum(reading.lower, start, end)
                near = short and not re.search(r"[\W_]{4}|\n", reading.text[start:end])
                plus = reading.text[start - 1 : start] == "+"
                abroad = plus or _ABROAD.match(digits) is not None
                for known in dict.fromkeys((digits, *_known(digits, abroad=abroad))):
                    if known in self._known and (len(known) >= _LONG or (near and count <= self._groups[known])):
                        yield self._known[known], (start - plus, end)
                if digits in self._local and short and _is_local(groups, first, count):
                    yield self._local[digits], (start, end)


def _is_local(groups: list[tuple[str, int, int]], first: int, count: int) -> bool:
    """Whether seven digits are written as three and four, without an area code before them."""
    apart = [len(digits) for digits, _, _ in groups[first : first + count]] == [3, 4]
    near = first and groups[first][1] - groups[first - 1][2] <= 3
    return apart and not near and groups[first + 1][1] - groups[first][2] == 1


def _is_in_checksum(text: str, start: int, end: int) -> bool:
    """Whether letters beside a number make it part of a checksum, where digits are random; `cell` or `id` do not."""
    before = _LETTERS_BEFORE.search(text, max(0, start - 20), start)
    after = _LETTERS_AFTER.match(text, end, end + 20)
    return any(match and match[0] and set(match[0]) <= _HEX for match in (before, after))
