"""What modules choose from: the plans, kinds of activity and verbs of the settings, besides those of every curriculum.

In: the located settings. Out: the choices, and problems with the lists. Touches nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.checking.rules.ids import unique
from builder.model.curriculum import Settings
from builder.model.pages import SETTINGS
from builder.problems import Problems, in_words, near, nearest
from builder.sources import schema
from builder.sources.yaml import Located

ACTIVITY_KINDS = (
    "opening", "round", "practice", "presentation", "pairs", "discussion", "writing", "commitment", "break", "closing",
)  # fmt: skip
"""Kinds of activity that every curriculum has. Only opening, commitment and closing decide what is printed."""

MEASURABLE = frozenset(
    [
        "Agree", "Analyze", "Apply", "Appraise", "Arrange", "Assess", "Build", "Calculate", "Choose", "Classify",
        "Compare", "Compose", "Construct", "Contrast", "Correct", "Create", "Critique", "Decide", "Define",
        "Deliver", "Demonstrate", "Describe", "Design", "Develop", "Diagram", "Differentiate", "Discuss",
        "Distinguish", "Draft", "Draw", "Evaluate", "Examine", "Explain", "Formulate", "Identify", "Illustrate",
        "Interpret", "Judge", "Label", "List", "Map", "Match", "Name", "Organize", "Outline", "Paraphrase",
        "Perform", "Plan", "Practice", "Predict", "Prepare", "Propose", "Rank", "Recall", "Recite", "Recognize",
        "Rehearse", "Reframe", "Respond", "Restate", "Revise", "Select", "Sequence", "Sketch", "Solve", "Sort",
        "State", "Summarize", "Test", "Trace", "Translate", "Use", "Write",
    ]
)  # fmt: skip
"""Verbs whose result can be observed, after Bloom's revised taxonomy (Anderson and Krathwohl, 2001)."""

_LIKENESS = 0.8
"""How similar a word must be to one that every curriculum has to count as a typo, if a curriculum's own are unknown."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The lists in the settings; None for a list that cannot be read."""

    meeting_lengths: tuple[int, ...] | None = None
    activity_kinds: tuple[str, ...] | None = None
    verbs: tuple[str, ...] | None = None

    @property
    def plans(self) -> tuple[int, ...]:
        """The plans, in minutes, each once; none if they cannot be read."""
        return tuple(dict.fromkeys(self.meeting_lengths or ()))

    def hint(self, word: str, known: Collection[str], key: Literal["activity_kinds", "verbs"]) -> str | None:
        """A hint on an unknown word that is not listed under `key` either; None if the word is known."""
        own: tuple[str, ...] | None = getattr(self, key)
        every = (*known, *(own or ()))
        if word in every:
            return None
        if own is None:
            meant = near(word, every, _LIKENESS)
            return f"did you mean {meant!r}?" if meant else None
        listed = max(24, len(ACTIVITY_KINDS) + len(own))
        return f"{nearest(word, every, listed=listed)}; a curriculum's own go under {key} in {SETTINGS}"


def read_choices(located: Located | None) -> Choices:
    """Read the choices in the settings, as far as they can be read."""
    return Choices() if located is None else schema.partial(Choices, Settings, located, ())


def check_choices(located: Located, problems: Problems) -> None:
    """Report plans out of order, and entries that are listed twice or are there for every curriculum."""
    choices = read_choices(located)
    lengths = choices.meeting_lengths or ()
    unique([str(length) for length in lengths], lambda at: located.place("meeting_lengths", at), problems)
    ordered = sorted(choices.plans, reverse=True)
    for before, length in itertools.pairwise(choices.plans):
        if length > before:
            message = f"{length} comes after {before} (the longest is first: {in_words(ordered)})"
            problems.add(located.place("meeting_lengths", lengths.index(length)), message)
    _own(choices.activity_kinds or (), ACTIVITY_KINDS, "activity_kinds", located, problems)
    _own(choices.verbs or (), MEASURABLE, "verbs", located, problems)


def _own(words: Sequence[str], known: Collection[str], key: str, located: Located, problems: Problems) -> None:
    unique(words, lambda at: located.place(key, at), problems)
    for at, word in enumerate(words):
        if word in known:
            problems.add(located.place(key, at), f"{word!r} is there for every curriculum (take it out of this list)")
