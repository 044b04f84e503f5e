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

    opening: Text
    parked: Text
    feedback: Text
    support: Text
    closing: Text
    after_last: Text  # in place of the next meeting, after the last


@record
class Form:
    """A form that people fill in: a text with tables and lines to write on."""

    id: Id
    title: Plain
    when: Inline  # when it is handed out
    text: Text


@record
class Facilitation:
    """`modules/facilitation.yml`: how every meeting is prepared, led and closed."""

    short_notice: Text  # for someone who gets all this on the evening before
    week_before: Texts
    day_before: Texts
    room: Texts
    call: Texts
    pausing: Text  # how to pause, and what to do when someone is hurt
    late: Text  # for plans without advice of their own
    early: Text
    latecomer: Text
    parking: Text
    after: Texts
    message: Message
    sign_in: Text
    poster: Text
    certificate: Text
    forms: Annotated[tuple[Form, ...], MinLen(1)]
