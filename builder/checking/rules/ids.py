"""Ids of entries, and ids that are used twice.

In: ids in their order. Out: problems. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.problems import Place, Problems


@dataclass(frozen=True, slots=True)
class Named:
    """The id of an entry, which rules need of a prompt, a form or an agreement; None if it cannot be read."""

    id: str | None


def unique(ids: Sequence[str | None], place: Callable[[int], Place], problems: Problems) -> None:
    """Report each id that repeats an earlier one.

    Args:
        ids: The ids in order; None for one that cannot be read.
        place: Gives the place of an id by its index, from 0.
        problems: Takes the problems.
    """
    first: dict[str, int] = {}
    for at, id in enumerate(ids):
        if id is not None and first.setdefault(id, at) != at:
            problems.add(place(at), f"{id!r} twice (first on line {place(first[id]).line})")
