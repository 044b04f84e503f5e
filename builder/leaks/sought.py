"""What to search for: words that a text must contain, and a look at each place where the first of them occurs.

In: nothing. Out: types. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder.leaks.readings import SearchableText

Span = tuple[int, int]
"""Where something begins and ends in a text."""

Look = Callable[[SearchableText, int], Span | None]
"""Gives the span of what is sought if it begins with the word at a place."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write something. A pattern is tried only where the first word occurs, so that many cost little."""

    words: frozenset[str]
    first: str
    look: Look
    melted: bool = False
    """Whether its first word may be pasted to the end of another one."""

    def within(self, reading: SearchableText) -> Iterator[Span]:
        """Every place where it occurs."""
        for start in reading.starts(self.first, within=self.melted):
            if span := self.look(reading, start):
                yield span
