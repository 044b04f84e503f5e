"""Ids that are used twice.

In: ids in their order. Out: problems. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.problems import Place, Problems


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
