"""Leaks: searches everything that is public, or about to be, for data that only a cohort may contain.

In: cohorts, and named bytes. Out: problems at the files that contain a secret; each says what it is and whose, never
the secret itself. Touches nothing outside.

We search for e-mail addresses, links and what identifies a meeting in them, telephone numbers, passcodes, full
personal names and halves of double ones, in many spellings, also pasted without a gap. We do not search for what is no
secret by itself or could be any word: places, dates, names of a single word, initials, names that are words of a
sentence in small letters, and numbers of fewer than seven digits. What a cohort's file lists as public is allowed, and
so is what a caller names. Pixels are not searched, and audio and video only for their text.
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

PLACES_SHOWN = 5
"""How many places are reported for one secret; what is on every page need not be reported for each."""

IN_SOURCES = "take it out, or list it under public: in the cohort file"
IN_OUTPUT = "nothing of a cohort may be public"
IN_EDITIONS = "withdraw this edition, or list it under public: in the cohort file"
"""What to do about a secret, depending on where it was found."""


def report_secrets(
    secrets: Secrets, files: Iterable[tuple[str, bytes]], advice: str, problems: Problems, below: str = ""
) -> None:
    """Report every secret that a file contains.

    Args:
        secrets: What to search for, as `gather` makes it.
        files: Each file's path and its bytes.
        advice: What to do about a secret: `IN_SOURCES`, `IN_OUTPUT` or `IN_EDITIONS`.
        problems: Takes one problem for each line that contains a secret, at most `PLACES_SHOWN` for one secret, and
            one for each file that cannot be searched.
        below: Put before each path. It is never searched, because the folder's own name may be that of an account.
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
            problems.add(Place(bare), f"cannot be searched for what only a cohort may contain ({closed})")
    for secret, places in found.items():
        others = len(places) - PLACES_SHOWN
        more = f"; {others} more place{'s' if others > 1 else ''} too" if others > 0 else ""
        for at, (place, where, words) in enumerate(list(places.values())[:PLACES_SHOWN], 1):
            last = more if at == PLACES_SHOWN else ""
            problems.add(
                place,
                f"contains{where} {secret.what} ({secret.path}; {advice}{words if advice == IN_SOURCES else ''}{last})",
            )


def _words(hit: Hit) -> str:
    """What else one may do about a name that could be ordinary words of a sentence."""
    small = hit.secret.what.startswith("the name of") and hit.reading.text[slice(*hit.span)].islower()
    return ", in small letters if these are words and no person" if small and not hit.reading.names else ""


def veiled(secrets: Secrets, problem: Problem) -> Problem:
    """Remove from a problem the secrets in its path and its message.

    Returns:
        The problem itself when it contains no secret. Otherwise a copy with an ellipsis for each secret in the
        message; a path is cut at the first folder or file whose name contains one, and its line and column dropped.
    """
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
    """The longest beginning of a path, folder by folder, that contains no secret."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        kept = "/".join(parts[:length])
        if not any(secrets.within(of_name(kept))):
            return kept
    return ""
