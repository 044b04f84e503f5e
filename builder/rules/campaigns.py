"""Rules of a cohort: its days and hours, its teams, and meetings that name modules and follow each other.

In: a located file, what it became where it is whole, and the modules that there are. Out: problems and notices, which
are as secret as the cohort. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from typing import Any

from builder import clock, schema
from builder.located import Located
from builder.problems import Problems, near, nearest
from builder.rules.ids import unique
from builder.teams import CohortFile, Meeting, Team


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is needed of the cohort as a whole; here as below, None is what cannot be read."""

    start: dt.date | None
    end: dt.date | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class _Group:
    """What is needed of a team."""

    id: str | None
    facilitators: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class _Slot:
    """What is needed of a meeting that cannot be read as a whole."""

    module: str | None


@dataclass(frozen=True, slots=True)
class _Series:
    """A team's meetings: what module each is on, and each as a whole, or None where it has a slip."""

    team: str | None
    path: tuple[str | int, ...]
    slots: tuple[_Slot, ...]
    meetings: tuple[Meeting | None, ...]


def check_cohort(file: CohortFile | None, located: Located, modules: tuple[str, ...], problems: Problems) -> None:
    """Tell everything in a cohort that does not fit together, and what is not known yet."""
    frame = schema.seen(_Frame, CohortFile, located, ())
    _days(frame, located, problems)
    zone = _zone(frame, located, problems)
    teams = schema.views(_Group, Team, located, ("teams",), file.teams if file else None) or ()
    unique([team.id for team in teams], lambda at: located.place("teams", at, "id"), problems)
    for at, team in enumerate(teams):
        here = located.place("teams", at, "id")
        if team.facilitators is not None and len(team.facilitators) < 2:
            lacking = "only one facilitator" if team.facilitators else "no facilitator"
            problems.notice(here, f"team {team.id!r} has {lacking} yet (a blank line prints)")
        series = _series(team, at, file, located)
        if series is None:
            continue
        if not series.slots:
            problems.notice(here, f"team {team.id!r} has no meetings yet")
        _modules(series, modules, located, problems)
        _dates(series, frame, located, problems)
        _hours(series, zone, located, problems)


def _days(frame: _Frame, located: Located, problems: Problems) -> None:
    if frame.start and frame.end and frame.end < frame.start:
        message = f"the cohort ends on {frame.end}, before it starts on {frame.start}"
        problems.add(located.place("end"), message)
    for key, day in (("start", frame.start), ("end", frame.end)):
        if day and not _in_range(day):
            problems.add(located.place(key), f"{day} is out of range (years 2000 to 2100)")


def _zone(frame: _Frame, located: Located, problems: Problems) -> zoneinfo.ZoneInfo | None:
    zone = clock.zone(frame.time_zone) if frame.time_zone else None
    if frame.time_zone and zone is None:
        meant = near(frame.time_zone, zoneinfo.available_timezones(), likeness=0.85)
        hint = f"did you mean {meant!r}?" if meant else "a name such as America/Los_Angeles"
        problems.add(located.place("time_zone"), f"unknown time zone {frame.time_zone!r} ({hint})")
    return zone


def _in_range(day: dt.date) -> bool:
    return 2000 <= day.year <= 2100


def _series(team: _Group, at: int, file: CohortFile | None, located: Located) -> _Series | None:
    path = ("teams", at, "meetings")
    whole = file.teams[at].meetings if file else None
    slots = schema.views(_Slot, Meeting, located, path, whole)
    if slots is None:
        return None
    each = [(*path, nth) for nth in range(len(slots))]
    meetings = whole or [schema.build_part(Meeting, located, one, located.at(one).plain(), Problems()) for one in each]
    return _Series(team.id, path, slots, tuple(meetings))


def _modules(series: _Series, modules: tuple[str, ...], located: Located, problems: Problems) -> None:
    for nth, slot in enumerate(series.slots):
        if slot.module is not None and slot.module not in modules:
            message = f"unknown module {slot.module!r} ({nearest(slot.module, modules)})"
            problems.add(located.place(*series.path, nth, "module"), message)
    keys = [meeting.key if meeting else None for meeting in series.meetings]
    unique(keys, lambda nth: located.place(*series.path, nth, "module"), problems)


def _dates(series: _Series, frame: _Frame, located: Located, problems: Problems) -> None:
    before: tuple[dt.date, dt.time] | None = None
    for nth, meeting in enumerate(series.meetings):
        if meeting is None:
            continue
        place = located.place(*series.path, nth, "date")
        if meeting.date is None:
            problems.notice(place, f"meeting {meeting.key!r} of team {series.team!r} has no date yet")
            continue
        if meeting.start is None:
            problems.notice(place, f"meeting {meeting.key!r} of team {series.team!r} has no start yet")
        start, end = frame.start, frame.end
        if start and end and start <= end and not start <= meeting.date <= end:  # days turned round are told already
            problems.add(place, f"{meeting.date} is out of range (from {frame.start} to {frame.end})")
        now = (meeting.date, meeting.start or dt.time.min)
        if before and now <= before:
            problems.add(place, f"{meeting.date} is out of order (the meeting before it is on {before[0]})")
        before = now


def _hours(series: _Series, zone: zoneinfo.ZoneInfo | None, located: Located, problems: Problems) -> None:
    """Tell hours that do not occur, or occur twice, on a day when clocks are changed."""
    for nth, meeting in enumerate(series.meetings):
        if meeting and meeting.date and meeting.start and zone and _in_range(meeting.date):
            fault = clock.fault_of_hour(meeting.date, meeting.start, zone)
            if fault:
                place = located.place(*series.path, nth, "start")
                problems.add(place, f"{meeting.start:%H:%M} on {meeting.date} {fault} (choose another hour)")
