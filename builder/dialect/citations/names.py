"""Names in AMA style: family name, initials without periods, suffix, as in `van Gogh VW` and `King ML Jr`.

In: names of CSL-JSON. Out: one text for each. Touches nothing. The citation processor gets names that are complete:
its own initials lose letters ("JL" becomes "J", "Chi-chen" becomes "C chen") and it moves some particles after the
initials, where AMA keeps them before the family name (AMA Manual of Style, 11th ed., 3.7).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_PARTICLES = ("dropping-particle", "non-dropping-particle")
_MOST_INITIALS = 3
"""How many capitals in a row are initials, and not a name typed in capitals."""


def in_ama_style(name: Mapping[str, str]) -> str:
    """A person's name as a reference list writes it; an organization's as it is."""
    if "literal" in name:
        return name["literal"]
    particles = [name[part] for part in _PARTICLES if part in name]
    given, behind = _without_particles(name.get("given", ""))
    words = [*particles, *behind, *([name["family"]] if "family" in name else [])]
    family = re.sub(r"(?<=[-'’]) ", "", " ".join(words)) if particles else " ".join(words)  # noqa: RUF001
    return " ".join(part for part in (family, _initials(given), name.get("suffix", "").rstrip(".")) if part)


def _without_particles(given: str) -> tuple[list[str], list[str]]:
    """A given name's words, and the particles after them, which belong before the family name: `Alexander von`."""
    words = given.split()
    last = next((at for at in range(len(words), 0, -1) if not words[at - 1].islower()), len(words))
    return words[:last], words[last:]


def _initials(words: list[str]) -> str:
    """The first letter of each part of a given name; a name in a script without capitals stays whole."""
    parts = [part for word in words for part in re.split(r"[-‐‑.]", word) if _first_letter(part)]  # noqa: RUF001
    if any(unicodedata.category(_first_letter(part)) == "Lo" for part in parts):
        return " ".join(words)
    return "".join(part if _is_initials(part) else _first_letter(part).upper() for part in parts)


def _first_letter(part: str) -> str:
    return next((char for char in part if unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"}), "")


def _is_initials(part: str) -> bool:
    return part.isalpha() and part.isupper() and len(part) <= _MOST_INITIALS
