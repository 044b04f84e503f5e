"""The words of a campaign: people, meetings, teams, pairs, cohorts, as frozen dataclasses. What they hold is secret.

Nothing in, nothing out, nothing touched. Field names are the keys that organizers write in YAML.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from builder.kinds import Clock, Email, Format, Id, Plan, Url, Verbatim, word


@word
class Person:
    """A facilitator, or one of a pair."""

    name: Verbatim
    email: Email | None = None


@word
class Member:
    """A participant; `attended` names meetings, as far as somebody keeps count."""

    name: Verbatim
    email: Email | None = None
    attended: tuple[Id, ...] = ()


@word
class Start:
    """A day and an hour at which a meeting was once to begin."""

    date: dt.date
    start: Clock | None = None


@word
class Meeting:
    """One meeting of a team; a missing date or start prints as a blank line."""

    module: Id
    date: dt.date | None = None
    start: Clock | None = None
    id: Id | None = None  # the module's id unless a team meets twice on it
    was: tuple[Start, ...] = ()  # where it stood before it was moved, oldest first

    @property
    def key(self) -> str:
        """The permanent id of the meeting within its team."""
        return self.id or self.module


@word
class Team:
    """A small group. `id` is permanent: paths and calendars rest on it."""

    id: Id
    name: Verbatim
    facilitators: tuple[Person, ...] = ()
    members: tuple[Member, ...] = ()
    place: Verbatim | None = None
    link: Url | None = None
    phone: Verbatim | None = None
    meetings: tuple[Meeting, ...] = ()


@word
class Pair:
    """A mentor and a student who meet one to one. `id` is permanent: paths rest on it."""

    id: Id
    mentor: Person
    student: Person


@word
class CohortFile:
    """`cohorts/<cohort>/cohort.yml` as written."""

    format: Format
    name: Verbatim
    start: dt.date
    end: dt.date
    time_zone: Verbatim
    meeting_minutes: Plan
    edition: Verbatim | None = None  # the edition that the teams study, None for the one in work
    changes_since: Verbatim | None = None  # an edition that they have on paper
    certificate_meetings: Annotated[int, Ge(1), Le(100)] | None = None  # how many earn a certificate
    teams: Annotated[tuple[Team, ...], MinLen(1)]
    pairs: tuple[Pair, ...] = ()
    public: tuple[Verbatim, ...] = ()  # names and addresses of this file that may be published, as they stand in it


@word
class Cohort:
    """One campaign's run of the curriculum. Everything in it is secret but the fact that there is one."""

    id: str
    path: str
    file: CohortFile
