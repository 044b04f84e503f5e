"""Addresses, links and numbers in any text of a cohort, such as a place or a name.

In: texts as organizers wrote them. Out: the parts that are secret by themselves. Touches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|(?<![\w@.-])(?=[\w-]+\.))[\w-]+(?:\.[\w-]+)+/[^\s,;<>()\"']+")


@dataclass(frozen=True, slots=True)
class Contacts:
    """The e-mail addresses in a text, its links with a path, and the rest, which may contain numbers."""

    emails: tuple[str, ...]
    links: tuple[str, ...]
    rest: str


def parse_contacts(text: str) -> Contacts:
    """Split a text into addresses, links and the rest."""
    links = tuple(match[0].rstrip(".:") for match in _LINK.finditer(text))
    bare = _LINK.sub(" ; ", text)
    return Contacts(tuple(match[0].rstrip(".") for match in _EMAIL.finditer(bare)), links, _EMAIL.sub(" ; ", bare))
