"""The records of a comparison: what differs between two states of a curriculum, as frozen dataclasses.

Nothing in, nothing out, nothing touched. All texts in them are plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Fate = Literal["kept", "removed", "added"]
Kind = Literal["added", "removed", "changed", "moved"]
Part = Literal[
    "module", "agenda", "question", "handout", "materials", "commitment", "late", "care", "agreements", "leading",
    "message", "objective", "reflection", "reading", "key-points", "further-reading", "reference", "term",
    "conversation", "page", "settings",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of words that both texts have, or only one of them."""

    text: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, described in one sentence for someone who knows the older state."""

    module: str | None  # id; None for what is common to all modules
    part: Part
    id: str  # permanent id of what changed, within its part; a heading's anchor in a reading
    kind: Kind
    what: str  # a plain sentence, such as: Activity "In pairs" takes 15 minutes instead of 10.
    weight: int
    words: tuple[WordRun, ...] = ()  # of a text that was reworded


@dataclass(frozen=True, slots=True)
class ModuleChanges:
    """The changes of one module, or of what is common to all, the weightiest first."""

    id: str | None
    title: str  # such as: Module 2, Race and medicine
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two editions."""

    old: str
    new: str
    groups: tuple[ModuleChanges, ...]

    def __iter__(self) -> Iterator[Change]:
        return (change for group in self.groups for change in group.changes)

    def __bool__(self) -> bool:
        return bool(self.groups)


TONIGHT, ON_PAPER, BEFORE, ASIDE = 1, 2, 3, 4
"""Weights, for a facilitator who printed the older state: what changes the meeting; what changes the printed guide or
handout; what changes what participants read or do before; what changes nothing that was printed."""
