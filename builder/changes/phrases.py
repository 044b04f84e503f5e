"""Phrases that sentences on changes share: names of modules, minutes, and positions.

In: words of the model. Out: plain text. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from builder.changes.texts import plain
from builder.model.curriculum import Module

T = TypeVar("T")


def module_name(module: Module, before: Module | None = None) -> str:
    """A module's number and short title, with its former number if that was another."""
    was = f" (was {before.number})" if before and before.number != module.number else ""
    return f"Module {module.number}{was}, {plain(module.file.short_title)}"


def lasting(minutes: int) -> str:
    """A number of minutes in words."""
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def after(entry: T, entries: Sequence[T], name: Callable[[T], str]) -> str:
    """The position of an entry among others: first, or after the one before it."""
    at = entries.index(entry)
    return f"after {name(entries[at - 1])}" if at else "first"
