"""The records of one-to-one mentoring: the conversations of a pair, a mentor and a student, as frozen dataclasses.

Nothing in, nothing out, nothing touched. Both copies, the mentor's and the student's, come from these records. What
only one of the two reads has a key of its own; everything else is in both copies.
"""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, Le, MinLen

from builder.model.kinds import Id, Inline, Plain, Text, record


@record
class Each:
    """What each of the two does before they meet: only their own copy shows it."""

    mentor: Text
    student: Text


@record
class Notes:
    """What a mentor keeps in mind throughout a conversation."""

    listen_for: Annotated[tuple[Text, ...], MinLen(1)]
    do_not: Annotated[tuple[Text, ...], MinLen(1)]
    cost: Text  # what it may cost the student
    refer: Text  # when, and to whom


@record
class Part:
    """One timed part of a conversation: what both do or ask, and what only one of them reads."""

    id: Id
    title: Plain
    minutes: Annotated[int, Ge(1), Le(240)]
    together: Text
    mentor: Text | None = None
    student: Text | None = None


@record
class Sheet:
    """What both write on in a conversation: a sheet of its own, the same in both copies."""

    title: Plain
    text: Text


@record
class Conversation:
    """One conversation of a pair, some of it for both and some for one of them."""

    id: Id
    title: Plain
    promise: Inline
    when: Inline
    minutes: Annotated[int, Ge(1), Le(240)]
    before: Each
    mentor: Notes
    student: Text
    parts: Annotated[tuple[Part, ...], MinLen(1)]
    after: Text
    if_it_is_hard: Text  # the mentor's
    sheet: Sheet | None = None


@record
class Conversations:
    """`modules/conversations.yml`: the conversations of a pair, in order."""

    title: Plain
    introduction: Text
    mentor: Text
    student: Text
    to_mentor: Inline | None = None  # what the introduction says of the mentor's copy
    to_student: Inline | None = None  # and of the student's
    conversations: Annotated[tuple[Conversation, ...], MinLen(1)]
