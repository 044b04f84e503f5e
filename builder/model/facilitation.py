"""The records of leading meetings: what applies to every meeting of a curriculum, as frozen dataclasses.

Nothing in, nothing out, nothing touched. Guides, packets and the page of forms print these texts; what belongs to one
module is in its own file.
"""

from __future__ import annotations

from typing import Annotated

from annotated_types import MinLen

from builder.model.kinds import Id, Inline, Plain, Text, record

Texts = Annotated[tuple[Text, ...], MinLen(1)]


@record
class Message:
    """The message to the group after a meeting, without what modules say about that meeting and the next."""

    opening: Text | None = None
    parked: Text | None = None
    feedback: Text | None = None
    support: Text | None = None
    closing: Text | None = None
    after_last: Text | None = None  # in place of the next meeting, after the last


@record
class Form:
    """A form that people fill in: a text with tables and lines to write on."""

    id: Id
    title: Plain
    when: Inline  # when it is handed out
    text: Text


@record
class Facilitation:
    """`modules/facilitation.yml`: how every meeting is prepared, led and closed. Pages and print show what is given."""

    short_notice: Text | None = None  # for a facilitator who gets all this on the evening before
    week_before: Texts = ()
    day_before: Texts = ()
    room: Texts = ()
    call: Texts = ()
    pausing: Text | None = None  # how to pause, and what to do when someone is hurt
    late: Text | None = None  # where a plan has no advice of its own
    early: Text | None = None
    latecomer: Text | None = None
    parking: Text | None = None  # what becomes of what does not fit
    after: Texts = ()
    message: Message = Message()
    sign_in: Text | None = None  # without it there is no sign-in sheet
    poster: Text | None = None  # a note below the agreements
    certificate: Text | None = None  # what it is not
    forms: Annotated[tuple[Form, ...], MinLen(1)] = ()
