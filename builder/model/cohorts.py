"""The records of a campaign: people, meetings, teams, pairs, cohorts, as frozen dataclasses. Their contents are secret.

Nothing in, nothing out, nothing touched. Field names are the keys that organizers write in YAML.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from builder.model.kinds import Attendance, Clock, Email, Format, Id, Url, Verbatim, record


@record
class Person:
    """A facilitator, or one of a pair."""

    name: Verbatim
    email: Email | None = None


@record
class Member:
    """A participant; `attended` names meetings of the team, or of another one as `team/meeting`."""

    name: Verbatim
    email: Email | None = None
    attended: tuple[Attendance, ...] = ()


@record
class Start:
    """A day and time at which a meeting was once to begin, and whether people heard that it was cancelled."""

    date: dt.date
    start: Clock | None = None
    cancelled: bool = False


@record
class Meeting:
    """One meeting of a team; a missing date or start prints as a blank line."""

    module: Id
    date: dt.date | None = None
    start: Clock | None = None
    id: Id | None = None  # the module's id unless a team meets twice on it
    was: tuple[Start, ...] = ()  # when it was to begin before it was moved, oldest first
    cancelled: bool = False

    @property
    def key(self) -> str:
        """The permanent id of the meeting within its team."""
        return self.id or self.module

    @property
    def moved_from(self) -> Start | None:
        """The last start on another day or at another hour, if there was one."""
        now = (self.date, self.start)
        return next((each for each in reversed(self.was) if (each.date, each.start) != now), None)

    @property
    def revision(self) -> int:
        """How many changes people have heard of: each move and each cancellation counts."""
        return sum(1 + each.cancelled for each in self.was) + self.cancelled


@record
class Team:
    """A small group. `id` is permanent, because paths and calendars use it."""

    id: Id
    name: Verbatim
    facilitators: tuple[Person, ...] = ()
    members: tuple[Member, ...] = ()
    place: Verbatim | None = None
    link: Url | None = None
    phone: Verbatim | None = None
    meetings: tuple[Meeting, ...] = ()
    time_zone: Verbatim | None = None  # None for that of its cohort
    joined: Id | None = None  # the team that its people are in now; its own meetings stay as they were

    @property
    def taking_place(self) -> tuple[tuple[int, Meeting], ...]:
        """The meetings that are not cancelled, each with its number, which never changes: cancelled ones count."""
        return tuple((number, each) for number, each in enumerate(self.meetings, 1) if not each.cancelled)


@record
class Pair:
    """A mentor and a student who meet one to one. `id` is permanent, because paths use it."""

    id: Id
    mentor: Person
    student: Person


@record
class CohortFile:
    """`cohorts/<cohort>/cohort.yml` as written."""

    format: Format
    name: Verbatim
    start: dt.date
    end: dt.date
    time_zone: Verbatim
    meeting_minutes: int  # one of the plans of the edition that they study
    edition: Verbatim | None = None  # the edition that the teams study, None for the one in work
    changes_since: Verbatim | None = None  # an edition that they have on paper
    certificate_meetings: Annotated[int, Ge(1), Le(100)] | None = None  # how many earn a certificate
    teams: Annotated[tuple[Team, ...], MinLen(1)]
    pairs: tuple[Pair, ...] = ()
    public: tuple[Verbatim, ...] = ()  # names and addresses in this file that may be published, as written


@record
class Cohort:
    """One campaign's run of the curriculum. Everything in it is secret except that it exists."""

    id: str
    path: str
    file: CohortFile

    def zone_of(self, team: Team) -> str:
        """The time zone of a team's meetings."""
        return team.time_zone or self.file.time_zone


@record
class Outline:
    """What cohorts may name of a curriculum: its modules, by their ids, and its plans; None for what cannot be read."""

    modules: tuple[str, ...]
    plans: tuple[int, ...] | None
    leaders: int | None = None  # of a meeting
