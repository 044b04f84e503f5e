"""Ids that texts and files may name.

In: an id, and what is known. Out: whether it is wrong. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Set

Ids = Set[str] | None
"""Ids that may be named; None if their file could not be read, and then naming any id is no further problem."""


def is_unknown(id: str, ids: Ids) -> bool:
    """Whether an id is certainly not one of those that may be named."""
    return ids is not None and id not in ids
