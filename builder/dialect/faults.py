"""What is wrong with a value, and at which of its characters.

Nothing in, nothing out, nothing touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SignFault:
    """An excerpt that a value may not contain: its offset in the value, its text, and a message about it."""

    at: int
    sign: str
    words: str


def first_of(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> SignFault | None:
    """The first match in a text of the first rule that matches at all.

    Args:
        text: The value.
        rules: Patterns, each with its message. Of a pattern with a group named `sign`, only that group is reported.
    """
    found = []
    for pattern, words in rules:
        match = pattern.search(text)
        if match:
            group = "sign" if "sign" in pattern.groupindex else 0
            found.append(SignFault(match.start(group), match[group], words))
    return min(found, key=lambda fault: fault.at, default=None)
