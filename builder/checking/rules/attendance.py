"""Rules of attendance and of what follows from it: who was where, which teams joined others, what earns a certificate.

In: a located file, its record if it is whole, and each team's meetings. Out: problems and notices, which are as secret
as the cohort. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.checking.rules.gatherings import Frame, Series
from builder.checking.rules.ids import unique
from builder.model.cohorts import CohortFile, Meeting, Member
from builder.problems import Problems, nearest
from builder.sources import schema
from builder.sources.yaml import Located


@dataclass(frozen=True, slots=True)
class Group:
    """The needed fields of a team; here and below, None means that a field cannot be read."""

    id: str | None
    facilitators: tuple[Any, ...] | None
    members: tuple[Any, ...] | None
    time_zone: str | None
    joined: str | None


@dataclass(frozen=True, slots=True)
class _Presence:
    """The needed fields of a member."""

    attended: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Meetings:
    """A team's meetings by their keys, and whether these are all: others may be unreadable."""

    by_key: Mapping[str, Meeting]
    are_all: bool


def check_attendance(
    teams: Sequence[Group], each: Sequence[Series | None], file: CohortFile | None, located: Located, problems: Problems
) -> None:
    """Report attended meetings that do not exist, were cancelled, are named twice, or have no date."""
    gathered = [_meetings(series) for series in each]
    known = {team.id: meetings for team, meetings in zip(teams, gathered, strict=True)}
    for at, team in enumerate(teams):
        path = ("teams", at, "members")
        members = schema.partial_list(_Presence, Member, located, path, file.teams[at].members if file else None)
        for nth, member in enumerate(members or ()):
            names, here = [name.removeprefix(f"{team.id}/") for name in member.attended or ()], (*path, nth, "attended")
            unique(names, lambda one, here=here: located.place(*here, one), problems)  # type: ignore[misc]
            for one, name in enumerate(names):
                place = located.place(*here, one)
                found = _find(name, gathered[at], known)
                if isinstance(found, str):
                    problems.add(place, found)
                elif found and found.cancelled:
                    problems.add(place, f"meeting {name!r} was cancelled, so nobody attended it")
                elif found and found.date is None:
                    problems.notice(place, f"meeting {name!r} counts as attended, but has no date yet")


def _meetings(series: Series | None) -> _Meetings:
    each = series.meetings if series else (None,)
    return _Meetings({meeting.key: meeting for meeting in each if meeting}, None not in each)


def _find(name: str, own: _Meetings, known: Mapping[str | None, _Meetings]) -> Meeting | str | None:
    """The meeting with this name; a message about the name; or None if it may be a meeting that cannot be read."""
    team, slash, key = name.rpartition("/")
    if slash and team not in known:
        return None if None in known else f"unknown team {team!r} ({nearest(team, filter(None, known))})"
    meetings = known[team] if slash else own
    if key in meetings.by_key or not meetings.are_all:
        return meetings.by_key.get(key)
    return f"unknown meeting {key!r} ({nearest(key, meetings.by_key)})"


def check_joined(teams: Sequence[Group], located: Located, problems: Problems) -> None:
    """Report teams that joined an unknown team, and members who are still in a team that joined another."""
    known = {team.id: team for team in teams}
    for at, team in enumerate(teams):
        if team.joined is None:
            continue
        fault, other = None, known.get(team.joined)
        if team.joined == team.id:
            fault = "a team cannot join itself"
        elif other is None and None not in known:
            fault = f"unknown team {team.joined!r} ({nearest(team.joined, filter(None, known))})"
        elif other is not None and other.joined is not None:
            fault = f"team {team.joined!r} joined another itself (name the team in which its people are now)"
        if fault is not None:
            problems.add(located.place("teams", at, "joined"), fault)
        if team.members:
            hint = f"move them there; meetings at which they were are then named '{team.id}/…' under attended"
            problems.add(located.place("teams", at, "members"), f"members of a team that joined another ({hint})")


def check_ended(file: CohortFile | None, located: Located, problems: Problems) -> None:
    """Mention meetings that nobody attended of a team that joined another, if attendance is kept at all."""
    teams = file.teams if file else ()
    attended = {
        name if "/" in name else f"{team.id}/{name}"
        for team in teams
        for member in team.members
        for name in member.attended
    }
    for at, team in enumerate(teams):
        for nth, meeting in enumerate(team.meetings if team.joined and attended else ()):
            if not meeting.cancelled and f"{team.id}/{meeting.key}" not in attended:
                hint = "cancelled: true takes it out of calendars, if it did not take place"
                message = f"nobody attended meeting {meeting.key!r} of a team that joined another ({hint})"
                problems.notice(located.place("teams", at, "meetings", nth, "module"), message)


def check_certificate(meetings: Series, frame: Frame, located: Located, problems: Problems) -> None:
    """Report a team with too few meetings for a certificate; one without any has yet to plan them."""
    due = frame.certificate_meetings
    planned = sum(each is None or not each.cancelled for each in meetings.meetings)
    if due is not None and planned and due > planned:
        message = f"{due} is too large (meetings of team {meetings.team!r}: {planned})"
        problems.add(located.place("certificate_meetings"), message)


def check_counted(file: CohortFile | None, located: Located, problems: Problems) -> None:
    """Report once that attendance earns nothing; only for a whole file, in which the key cannot be misspelled."""
    if file is None or file.certificate_meetings is not None:
        return
    for at, team in enumerate(file.teams):
        for nth, member in enumerate(team.members):
            if member.attended:
                place = located.place("teams", at, "members", nth, "attended")
                hint = "certificate_meetings says how many meetings earn a certificate"
                problems.notice(place, f"attendance is kept, but earns no certificate yet ({hint})")
                return
