"""What a run changes in a folder of ours: which files are new, which are changed, and which are gone.

In: lists of files, and two folders. Out: a `Difference`. Touches: reads changed files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

MANY = 12
"""Up to this many files are named; more are only counted."""

Compare = Callable[[str, bytes, bytes], str]
"""Takes a changed file's path, its old bytes and its new ones; returns a note on the change."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The sorted paths of files that are new, changed or gone; unchanged files are not listed."""

    made: int
    is_first: bool  # nothing of ours was there before
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)  # on changed files


def between(
    before: Mapping[str, Mapping[str, Any]],
    made: Mapping[str, Mapping[str, Any]],
    prune: bool | Callable[[str], bool],  # noqa: FBT001
) -> Difference:
    """Compare a folder's list before with what a run made; files that are not made are pruned, or stay."""
    return Difference(
        made=len(made),
        is_first=not before,
        new=tuple(sorted(made.keys() - before.keys())),
        changed=tuple(
            sorted(name for name in made.keys() & before.keys() if made[name]["sha256"] != before[name].get("sha256"))
        ),
        removed=tuple(
            sorted(name for name in before.keys() - made.keys() if (prune(name) if callable(prune) else prune))
        ),
    )


def compared(difference: Difference, old: Path, new: Path, compare: Compare) -> Difference:
    """Add notes on changed files, if they are few enough to be named."""
    few = difference.changed if len(difference.changed) <= MANY else ()
    notes = {name: compare(name, (old / name).read_bytes(), (new / name).read_bytes()) for name in few}
    return replace(difference, notes={name: note for name, note in notes.items() if note})
