"""Rules of the conversations of a pair: ids, and parts whose minutes add up.

In: a located file, and its record if it is whole. Out: problems with their places. Touches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.checking.rules.ids import unique
from builder.model.conversations import Conversation, Conversations, Part
from builder.problems import Problems
from builder.sources import schema
from builder.sources.yaml import Located


@dataclass(frozen=True, slots=True)
class _Timed:
    """The needed fields of a conversation and of its parts; None means that a field cannot be read."""

    id: str | None
    minutes: int | None


def check_conversations(file: Conversations | None, located: Located, problems: Problems) -> None:
    """Report everything in the conversations of a pair that does not fit together."""
    whole = file.conversations if file else None
    each = schema.partial_list(_Timed, Conversation, located, ("conversations",), whole) or ()
    unique([one.id for one in each], lambda at: located.place("conversations", at, "id"), problems)
    for at, one in enumerate(each):
        path = ("conversations", at, "parts")
        parts = schema.partial_list(_Timed, Part, located, path, whole[at].parts if whole else None) or ()
        unique([part.id for part in parts], lambda nth, path=path: located.place(*path, nth, "id"), problems)  # type: ignore[misc]
        lengths = [part.minutes for part in parts if part.minutes is not None]
        if not parts or len(lengths) < len(parts) or one.minutes is None:
            continue  # a length cannot be read, so the total is not known
        if sum(lengths) != one.minutes:
            message = f"the parts add up to {sum(lengths)} minutes (the conversation takes {one.minutes})"
            problems.add(located.key(*path), message)
