"""What changed between two states of a curriculum, compared on the model and described for people.

In: two curricula. Out: `Changes`, and their descriptions. Touches nothing.
"""

from __future__ import annotations

from builder.changes.comparing import between
from builder.changes.formats import MATTERS, as_data, as_markdown, as_text
from builder.changes.texts import differing, shortened
from builder.changes.words import ASIDE, BEFORE, ON_PAPER, TONIGHT, Change, Changes, ModuleChanges, WordRun

__all__ = [
    "ASIDE",
    "BEFORE",
    "MATTERS",
    "ON_PAPER",
    "TONIGHT",
    "Change",
    "Changes",
    "ModuleChanges",
    "WordRun",
    "as_data",
    "as_markdown",
    "as_text",
    "between",
    "differing",
    "shortened",
]
