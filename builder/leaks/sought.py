"""What is looked for: words that a text must have, and a look at each place where the first of them stands.

In: nothing. Out: types. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder.leaks.readings import SearchableText

Span = tuple[int, int]
"""Where something begins and ends in a reading."""

Look = Callable[[SearchableText, int], Span | None]
"""Asked of a place in a reading whether something stands there."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write something. Only where its first word stands a pattern is tried, so that many cost little."""

    words: frozenset[str]
    first: str
    look: Look
    melted: bool = False
    """Whether its first word may end another one, to which it was pasted."""

    def within(self, reading: SearchableText) -> Iterator[Span]:
        """Every place where it stands."""
        for start in reading.starts(self.first, within=self.melted):
            if span := self.look(reading, start):
                yield span
