"""What is wrong with a value, and at which of its signs.

Nothing in, nothing out, nothing touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A sign that a value may not hold: its offset in the value, the sign, and what is wrong and meant in words."""

    at: int
    sign: str
    words: str


def first_of(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> Fault | None:
    """The first place in a text that one of these patterns matches, with the rule's words; earlier rules go first.

    A pattern with a group named `sign` reports that group alone.
    """
    found = []
    for pattern, words in rules:
        match = pattern.search(text)
        if match:
            group = "sign" if "sign" in pattern.groupindex else 0
            found.append(Fault(match.start(group), match[group], words))
    return min(found, key=lambda fault: fault.at, default=None)
