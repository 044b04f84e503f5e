"""Rules of a team's meetings: they name modules, are in order, begin at times that occur, and were really moved.

In: a located file, its record if it is whole, and the modules that there are. Out: problems and notices, which are as
secret as the cohort. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import zoneinfo
from dataclasses import dataclass
from typing import TypeVar

from builder.checking import zones
from builder.checking.rules.ids import unique
from builder.model import clock
from builder.model.cohorts import CohortFile, Meeting, Start
from builder.problems import Problems, nearest
from builder.sources import schema
from builder.sources.yaml import Located

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Frame:
    """The needed fields of the cohort; here and below, None means that a field cannot be read."""

    start: dt.date | None
    end: dt.date | None
    time_zone: str | None
    meeting_minutes: int | None
    edition: str | None
    certificate_meetings: int | None


@dataclass(frozen=True, slots=True)
class _Slot:
    """The needed fields of a meeting that cannot be read as a whole."""

    module: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """A team's meetings: the module of each, and each as a whole, or None if it has a problem."""

    team: str | None
    path: tuple[str | int, ...]
    slots: tuple[_Slot, ...]
    meetings: tuple[Meeting | None, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """The needed fields of a start that cannot be read as a whole."""

    date: dt.date | None


def series(team: str | None, at: int, file: CohortFile | None, located: Located) -> Series | None:
    """The meetings of the team number `at`, from 0; None when there is no list of them."""
    path = ("teams", at, "meetings")
    whole = file.teams[at].meetings if file else None
    slots = schema.partial_list(_Slot, Meeting, located, path, whole)
    if slots is None:
        return None
    return Series(team, path, slots, whole or _readable(Meeting, path, len(slots), located))


def check_meetings(
    series: Series, frame: Frame, modules: tuple[str, ...] | None, located: Located, problems: Problems
) -> None:
    """Report everything in a team's meetings that does not fit together, and mention what is missing."""
    _modules(series, modules, located, problems)
    _dates(series, frame, located, problems)
    _hours(series, zones.find(frame.time_zone) if frame.time_zone else None, located, problems)
    _moves(series, located, problems)


def in_range(day: dt.date) -> bool:
    """Whether a day is in the years for which clocks and calendars are computed."""
    return 2000 <= day.year <= 2100


def _readable(word: type[T], path: tuple[str | int, ...], count: int, located: Located) -> tuple[T | None, ...]:
    """Each record in the list at a path, or None if it has a problem."""
    each = [(*path, nth) for nth in range(count)]
    return tuple(schema.build_part(word, located, one, located.at(one).plain(), Problems()) for one in each)


def _modules(series: Series, modules: tuple[str, ...] | None, located: Located, problems: Problems) -> None:
    for nth, slot in enumerate(series.slots):
        if slot.module is not None and modules is not None and slot.module not in modules:
            message = f"unknown module {slot.module!r} ({nearest(slot.module, modules)})"
            problems.add(located.place(*series.path, nth, "module"), message)
    keys = [meeting.key if meeting else None for meeting in series.meetings]
    unique(keys, lambda nth: located.place(*series.path, nth, "module"), problems)


def _dates(series: Series, frame: Frame, located: Located, problems: Problems) -> None:
    before: tuple[dt.date, dt.time] | None = None
    for nth, meeting in enumerate(series.meetings):
        if meeting is None:
            continue
        place = located.place(*series.path, nth, "date")
        if meeting.date is None:
            lack = "is cancelled and has no date (calendars take it back only if its date stays)"
            lack = lack if meeting.cancelled else "has no date yet"
            problems.notice(place, f"meeting {meeting.key!r} of team {series.team!r} {lack}")
            continue
        if meeting.start is None and not meeting.cancelled:
            problems.notice(place, f"meeting {meeting.key!r} of team {series.team!r} has no start yet")
        start, end = frame.start, frame.end
        if start and end and start <= end and not start <= meeting.date <= end:  # else reported already
            problems.add(place, f"{meeting.date} is out of range (from {frame.start} to {frame.end})")
        if meeting.cancelled:
            continue
        now = (meeting.date, meeting.start or dt.time.min)
        if before and now <= before:
            problems.add(place, f"{meeting.date} is out of order (the meeting before it is on {before[0]})")
        before = now


def _hours(series: Series, zone: zoneinfo.ZoneInfo | None, located: Located, problems: Problems) -> None:
    """Report times that do not occur, or occur twice, on a day when clocks change."""
    for nth, meeting in enumerate(series.meetings):
        if meeting and meeting.date and meeting.start and zone and in_range(meeting.date):
            fault = clock.fault_of_hour(meeting.date, meeting.start, zone)
            if fault:
                place = located.place(*series.path, nth, "start")
                problems.add(place, f"{meeting.start:%H:%M} on {meeting.date} {fault} (choose another hour)")


def _moves(series: Series, located: Located, problems: Problems) -> None:
    """Report earlier starts from which the meeting was not moved, because each counts as a move in calendars.

    An earlier start may be outside the cohort, or at a time that clocks skip: this may be why it was moved.
    """
    for nth, meeting in enumerate(series.meetings):
        path = (*series.path, nth, "was")
        days = schema.partial_list(_Day, Start, located, path, meeting.was if meeting else None) or ()
        for at, day in enumerate(days):
            if day.date and not in_range(day.date):
                problems.add(located.place(*path, at, "date"), f"{day.date} is out of range (years 2000 to 2100)")
        starts = meeting.was if meeting else _readable(Start, path, len(days), located)
        present = Start(date=meeting.date, start=meeting.start) if meeting and meeting.date else None
        for at, (before, after) in enumerate(itertools.pairwise((*starts, present))):
            if before is not None and before == after:
                hint = "an earlier start differs from the next one and from the present one"
                problems.add(located.place(*path, at, "date"), f"the meeting was not moved ({hint})")
