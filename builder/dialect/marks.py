"""The marks that texts of this curriculum may hold beside Markdown: each has one pattern, and every room asks here.

In: text. Out: patterns, and what a mark says. Touches nothing. Words in a mark count in capitals and in small letters
alike, so that a mark is the same on a page, in print, in a calendar and in a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

CITATION = r"\[(?P<ids>@[^\[\]\n]+)\]"
"""Works that a text cites."""

BLANK = r"\[(?i:program[ ]to[ ]supply):\s*+(?P<blank>[^\[\]]+)\]"
"""What a program has to fill in."""

BLANK_BEGINS = r"\[(?i:program\s+to\s+supply)\s*:"
"""What was meant for the beginning of a blank, on one line or two."""

WRITE = r"\[(?i:write):\s*(?P<lines>\d{1,2})\]"
"""Lines to write on."""

_BLANK = re.compile(BLANK)


def citation_ids(marks: str) -> tuple[str, ...]:
    """The ids in the inside of a citation such as `@hall-2015; @sue-2007`."""
    return tuple(part.strip().removeprefix("@") for part in re.split(r"[;,]", marks) if part.strip())


def blanks(text: str) -> list[re.Match[str]]:
    """Every blank of a text."""
    return list(_BLANK.finditer(text))


def blank_name(written: str) -> str:
    """The name of a blank, on one line and without the signs that set a quotation in."""
    return " ".join(re.sub(r"\n[ >]*", " ", written).split())


def supplied(name: str, facts: Mapping[str, str]) -> str | None:
    """What a program has filled in for a blank of this name, in capitals or not; None if nothing."""
    if name in facts:
        return facts[name]
    return next((fact for key, fact in facts.items() if key.casefold() == name.casefold()), None)


def filled(text: str, facts: Mapping[str, str], otherwise: Callable[[str], str]) -> str:
    """A text with each blank filled in, or with what `otherwise` says of its name."""

    def fact(blank: re.Match[str]) -> str:
        name = blank_name(blank["blank"])
        found = supplied(name, facts)
        return otherwise(name) if found is None else found

    return _BLANK.sub(fact, text)
