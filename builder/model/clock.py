"""Time: an agenda's running clock, and the clock times of a meeting in its own time zone.

In: agendas, meetings, time zones. Out: `Slot` rows and times. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder.model.cohorts import Meeting
from builder.model.curriculum import Activity, Module
from builder.words import Dates


@dataclass(frozen=True, slots=True)
class Slot:
    """One activity in one plan: its minutes, and its start and end as people read them."""

    activity: Activity
    minutes: int
    clock: str
    until: str


def running(module: Module, plan: int) -> tuple[Slot, ...]:
    """The agenda of one plan (a length in minutes), timed from 0:00; activities of 0 minutes are left out."""
    return _slots(module, plan, _elapsed)


def on_the_day(module: Module, plan: int, start: dt.time, dates: Dates) -> tuple[Slot, ...]:
    """The agenda of one plan (a length in minutes), with clock times from the meeting's start."""
    return _slots(module, plan, lambda minutes: dates.write_time(_later(start, minutes)))


def starts(lengths: Iterable[int]) -> Iterator[str]:
    """When each of several parts, given in minutes, begins, timed from 0:00."""
    return map(_elapsed, itertools.accumulate([*lengths][:-1], initial=0))


def when(meeting: Meeting, dates: Dates, gap: str = " ") -> str | None:
    """The meeting's day and, if it is known, its time, as people write them; None without a date."""
    return None if meeting.date is None else dates.write_moment(meeting.date, meeting.start, gap)


def until(meeting: Meeting, minutes: int, dates: Dates, gap: str = " ") -> str | None:
    """The time at which a meeting of so many minutes ends, as people write it; None without a start."""
    return None if meeting.start is None else dates.write_time(_later(meeting.start, minutes), gap)


def fault_of_hour(date: dt.date, start: dt.time, place: zoneinfo.ZoneInfo) -> str | None:
    """Say if clocks skip or repeat a local time on a day (PEP 495: `fold` distinguishes the two readings).

    Returns:
        The message; None for a time that occurs exactly once.
    """
    first = dt.datetime.combine(date, start, tzinfo=place)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return None
    there = first.astimezone(dt.UTC).astimezone(place).replace(tzinfo=None) == first.replace(tzinfo=None)
    return "occurs twice, because clocks go back" if there else "does not occur, because clocks go forward"


def _slots(module: Module, plan: int, as_text: Callable[[int], str]) -> tuple[Slot, ...]:
    """The activities of one plan in turn; `as_text` formats the time after so many minutes."""
    activities = [activity for activity in module.file.agenda if activity.minutes.get(plan, 0)]
    lengths = [activity.minutes[plan] for activity in activities]
    turns = itertools.pairwise(itertools.accumulate(lengths, initial=0))
    return tuple(
        Slot(activity, length, as_text(begins), as_text(ends))
        for activity, length, (begins, ends) in zip(activities, lengths, turns, strict=True)
    )


def _elapsed(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _later(start: dt.time, minutes: int) -> dt.time:
    """A wall-clock time some minutes later; it wraps at midnight."""
    return (dt.datetime.combine(dt.date(2000, 1, 1), start) + dt.timedelta(minutes=minutes)).time()
