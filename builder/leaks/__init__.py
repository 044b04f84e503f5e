"""Leaks: what only a cohort may hold is looked for in everything that is about to be public.

In: cohorts, the public sources, and named bytes. Out: problems at public files that say what they hold and whose it is,
never the secret itself. Touches nothing outside. No other room imports `pypdfium2`.

Looked for are e-mail addresses, links, phone numbers and full personal names, however they are written. Not looked for
are what is no secret alone or could be any word: places, dates, names of a single word, and numbers of fewer than seven
digits. Nothing is a secret that a public source holds as well, such as the address of a contact who also facilitates.
Pixels are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.leaks.readings import Closed, Reading, name_of, readings
from builder.leaks.secrets import Secret, Secrets, gather
from builder.problems import Place, Problems

__all__ = ["Secrets", "gather", "tell"]

TOLD = 5
"""In so many files a secret is told; what stands on every page need not be told for each."""


def tell(secrets: Secrets, files: Iterable[tuple[str, bytes]], problems: Problems) -> None:
    """Look through files, each with its path, and tell every secret that one of them holds."""
    found: dict[Secret, dict[Place, str]] = {}
    for path, data in files:
        told, held = _look(secrets, path, data, problems)
        for secret, (line, where) in held.items():
            found.setdefault(secret, {})[Place(told, line)] = where
    for secret, places in found.items():
        for at, (place, where) in enumerate(places.items(), 1):
            if at > TOLD:
                break
            others = len(places) - TOLD if at == TOLD else 0
            more = f"; {others} more file{'s' if others > 1 else ''} too" if others else ""
            why = f"{secret.path}; nothing of a cohort may be public{more}"
            problems.add(place, f"holds{where} {secret.what} ({why})")


def _look(secrets: Secrets, path: str, data: bytes, problems: Problems) -> tuple[str, dict[Secret, tuple[int, str]]]:
    """What one file holds, each with its line and where it is; and the path to tell, which must hold nothing itself."""
    held: dict[Secret, tuple[int, str]] = {}
    place = path
    for secret, *_ in secrets.within(Reading(name_of(path))):
        held[secret] = (1, " in the name of a file")
        place = path.rpartition("/")[0] or "."
    try:
        for reading in readings(path, data):
            for secret, text, at in secrets.within(reading):
                held.setdefault(secret, (reading.line(text, at), reading.where(text, at)))
    except Closed as closed:
        problems.add(Place(place), f"cannot be searched for what only a cohort may hold ({closed})")
    return place, held
