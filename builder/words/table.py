"""Words by their keys, with values in their places. In: a table. Out: text. Touches nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from builder.words.dates import Dates

Forms = str | Mapping[Literal["one", "other"], str]
"""A text, or the two forms of a plural."""

PLACE = re.compile(r"\{(\w+)\}")
"""The place of a value in a text."""

_HABITS = {"direction", "paper", "numbers", "dates", "regions"}
"""Keys of a language that are no groups of words."""


class Words:
    """What the program says in one language.

    Attributes:
        direction: Which way the language is read, `ltr` or `rtl`.
        paper: What its print is for, `letter` or `a4`.
        dates: How days and hours are written.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.direction: Literal["ltr", "rtl"] = table["direction"]
        self.paper: Literal["letter", "a4"] = table["paper"]
        self._numbers: list[str] = table["numbers"]
        self.dates = Dates(**table["dates"])
        self._groups: Mapping[str, Mapping[str, Any]] = {
            name: group for name, group in table.items() if name not in _HABITS
        }

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """Give the words of a key such as `guide.prepare`, with values in their places.

        `n` chooses the form of a plural, and is the value of `{n}`. Raises KeyError where there is no such key.
        """
        return filled(self.form(key, n), {"n": n, **values})

    def form(self, key: str, n: int | None = None) -> str:
        """Give the words of a key with the places of values in them."""
        found = self.forms(key)
        return found if isinstance(found, str) else found["one" if n == 1 else "other"]

    def forms(self, key: str) -> Forms:
        """Give what the table has for a key."""
        group, _, name = key.partition(".")
        found: Forms = self._groups[group][name]
        return found

    def group(self, name: str) -> Mapping[str, Any]:
        """Give all words of a group by their keys within it."""
        return self._groups[name]

    def number(self, n: int) -> str:
        """Give a small number in words, others in digits."""
        return self._numbers[n] if n < len(self._numbers) else str(n)

    def write_size(self, size: int) -> str:
        """Write a number of bytes for readers, such as 12 KB or 1.4 MB."""
        if size < 999_500:
            return self.say("files.kilobytes", max(1, round(size / 1000)))
        whole, _, tenths = f"{size / 1_000_000:.1f}".partition(".")
        return self.say("files.megabytes", whole=whole, tenths=tenths)

    def listed(self, names: list[str], join: Literal["and", "or"] = "and") -> str:
        """Give several names as one text, with a word before the last of them."""
        *some, last = names
        return self.say(f"lists.{join}", some=self.say("lists.comma").join(some), last=last) if some else last

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, in the order of the table."""
        return tuple(f"{group}.{name}" for group, words in self._groups.items() for name in words)


def filled(text: str, values: Mapping[str, object]) -> str:
    """Put values in their places. Raises KeyError for a place that has none."""
    return PLACE.sub(lambda place: str(values[place[1]]), text)
