"""Ids that stand twice.

In: ids in their order. Out: problems. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.problems import Place, Problems


def unique(ids: Sequence[str | None], place: Callable[[int], Place], problems: Problems) -> None:
    """Tell each id after the first of its kind; `place` answers where the nth stands. None is what cannot be read."""
    first: dict[str, int] = {}
    for at, id in enumerate(ids):
        if id is not None and first.setdefault(id, at) != at:
            problems.add(place(at), f"{id!r} twice (first on line {place(first[id]).line})")
