"""Leaks: what only a cohort may hold is looked for in everything that is public or about to be.

In: cohorts, and named bytes. Out: problems at the files that hold something, which say what it is and whose, never the
secret itself. Touches nothing outside. No other room imports `pypdfium2`.

Looked for are e-mail addresses, links and what identifies a meeting in them, telephone numbers, passcodes, full
personal names and halves of double ones, in many writings, also pasted without a gap. Not looked for are what is no
secret alone or could be any word: places, dates, names of a single word, initials for a name, names that are words in
a sentence in small letters, and numbers of fewer than seven digits. Let through is what a cohort's file lists as
public, and what a caller names. Pixels are not looked at, and sounds and films only for their words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from builder.leaks.carriers import Unsearchable, searchable_texts
from builder.leaks.readings import of_name, of_text
from builder.leaks.secrets import Hit, Secret, Secrets, gather
from builder.problems import Place, Problem, Problems

__all__ = ["IN_EDITIONS", "IN_OUTPUT", "IN_SOURCES", "Secret", "Secrets", "gather", "report_secrets", "veiled"]

TOLD = 5
"""At so many places a secret is told; what stands on every page need not be told for each."""

IN_SOURCES = "take it out, or list it under public: in the cohort file"
IN_OUTPUT = "nothing of a cohort may be public"
IN_EDITIONS = "withdraw this edition, or list it under public: in the cohort file"
"""What to do about a secret, by where it was found."""


def report_secrets(
    secrets: Secrets, files: Iterable[tuple[str, bytes]], advice: str, problems: Problems, below: str = ""
) -> None:
    """Look through files, each with its path, and tell every secret that one of them holds.

    Their paths are those `below` a folder, whose own name is nobody's business: it may be that of an account.
    """
    found: dict[Secret, dict[tuple[str, int], tuple[Place, str, str]]] = {}
    for path, data in files:
        bare = "/".join(filter(None, (below, _bare(secrets, path)))) or "."
        try:
            for hit in itertools.chain(secrets.within(of_name(path)), secrets.within(searchable_texts(path, data))):
                line, column = hit.reading.place(hit.span[0])
                where = " in the name of a file" if hit.reading.names else ""
                note = Place(bare, line, column), hit.reading.where(hit.span[0]) or where, _words(hit)
                found.setdefault(hit.secret, {}).setdefault((path, line), note)  # once for each line
        except Unsearchable as closed:
            problems.add(Place(bare), f"cannot be searched for what only a cohort may hold ({closed})")
    for secret, places in found.items():
        others = len(places) - TOLD
        more = f"; {others} more place{'s' if others > 1 else ''} too" if others > 0 else ""
        for at, (place, where, words) in enumerate(list(places.values())[:TOLD], 1):
            last = more if at == TOLD else ""
            problems.add(
                place,
                f"holds{where} {secret.what} ({secret.path}; {advice}{words if advice == IN_SOURCES else ''}{last})",
            )


def _words(hit: Hit) -> str:
    """What may be done besides about a name that may be words of a sentence."""
    small = hit.secret.what.startswith("the name of") and hit.reading.text[slice(*hit.span)].islower()
    return ", in small letters if these are words and no person" if small and not hit.reading.names else ""


def veiled(secrets: Secrets, problem: Problem) -> Problem:
    """A problem without the secrets that its path or its message would say."""
    path, message = _bare(secrets, problem.place.path) or ".", problem.message
    hidden: set[int] = set()
    for hit in secrets.within(of_text(message)):
        hidden.update(range(hit.reading.origin(hit.span[0])[0], hit.reading.origin(hit.span[1] - 1)[1] + 1))
    message = re.sub("\0+", "…", "".join("\0" if at in hidden else sign for at, sign in enumerate(message)))
    if path == problem.place.path and message == problem.message:
        return problem
    place = problem.place if path == problem.place.path else Place(path)
    return Problem(place, message, problem.severity)


def _bare(secrets: Secrets, path: str) -> str:
    """As much of a path, folder by folder, as holds no secret."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        kept = "/".join(parts[:length])
        if not any(secrets.within(of_name(kept))):
            return kept
    return ""
