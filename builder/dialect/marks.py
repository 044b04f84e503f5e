"""The marks that texts of a curriculum may have besides Markdown: each has one pattern, which all rooms use.

In: text. Out: patterns, and what a mark contains. Touches nothing. Capitals make no difference in a mark, so that it is
the same on a page, in print, in a calendar and in a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

CITATION = r"\[(?P<ids>@[^\[\]\n]+)\]"
"""Works that a text cites."""

BLANK = r"\[(?i:program[ ]to[ ]supply):\s*+(?P<blank>[^\[\]]+)\]"
"""A blank that a program has to fill in."""

BLANK_BEGINS = r"\[(?i:program\s+to\s+supply)\s*:"
"""What was meant as the beginning of a blank, on one line or two."""

WRITE = r"\[(?i:write):\s*(?P<lines>\d{1,2})\]"
"""Lines to write on."""

TO_WRITE = "TO WRITE:"
"""How a text begins that an author has yet to write."""

_BLANK = re.compile(BLANK)


def citation_ids(marks: str) -> tuple[str, ...]:
    """The ids in a citation, given its text within the brackets, such as `@hall-2015; @sue-2007`."""
    return tuple(part.strip().removeprefix("@") for part in re.split(r"[;,]", marks) if part.strip())


def blanks(text: str) -> list[re.Match[str]]:
    """All blanks in a text."""
    return list(_BLANK.finditer(text))


def blank_name(written: str) -> str:
    """The name of a blank, on one line and without the marks of a quotation."""
    return " ".join(re.sub(r"\n[ >]*", " ", written).split())


def supplied(name: str, facts: Mapping[str, str]) -> str | None:
    """What a program filled in for a blank of this name, whatever its capitals; None if nothing.

    Args:
        name: The blank's name, as `blank_name` returns it.
        facts: The settings' `supplied`: the text for each blank.
    """
    if name in facts:
        return facts[name]
    return next((fact for key, fact in facts.items() if key.casefold() == name.casefold()), None)


def fill_blanks(text: str, facts: Mapping[str, str], otherwise: Callable[[str], str]) -> str:
    """A text with its blanks filled in.

    Args:
        text: The text.
        facts: The settings' `supplied`: the text for each blank.
        otherwise: Gives the text for a blank that is not in `facts`, from its name.
    """

    def fact(blank: re.Match[str]) -> str:
        name = blank_name(blank["blank"])
        found = supplied(name, facts)
        return otherwise(name) if found is None else found

    return _BLANK.sub(fact, text)
