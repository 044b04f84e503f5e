"""Addresses, links and numbers in any text of a cohort, such as a place or a name.

In: texts as organizers wrote them. Out: what of them is secret alone. Touches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|(?<![\w@.-])(?=[\w-]+\.))[\w-]+(?:\.[\w-]+)+/[^\s,;<>()\"']+")


@dataclass(frozen=True, slots=True)
class Contacts:
    """What a text holds: e-mail addresses, links with a path, and the rest of it, where numbers may stand."""

    emails: tuple[str, ...]
    links: tuple[str, ...]
    rest: str


def parse_contacts(text: str) -> Contacts:
    """Take a text apart."""
    links = tuple(match[0].rstrip(".:") for match in _LINK.finditer(text))
    bare = _LINK.sub(" ; ", text)
    return Contacts(tuple(match[0].rstrip(".") for match in _EMAIL.finditer(bare)), links, _EMAIL.sub(" ; ", bare))
