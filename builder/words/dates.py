"""Days and hours as a language writes them, whatever the locale of the machine. In: a day, an hour. Out: text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How a language writes them: its names, and patterns whose places are named like the values."""

    weekdays: Sequence[str]  # from Monday
    months: Sequence[str]  # from January
    halves: Sequence[str]  # before and after noon; two empty texts where a day has 24 hours
    day_of_year: str  # {month} {number} {day}
    day: str  # {day_of_year} {year} {number} {month} {day}
    full_day: str  # {weekday} {day}
    moment: str  # {day} {time}
    hour: str  # {hour} of 24, {hour12}, {minute}, {half}
    month_of_year: str  # {month} {year}
    span: str  # {first} {last}

    def write_day(self, date: dt.date) -> str:
        """Write a day, such as June 13, 2021."""
        return self.day.format(day_of_year=self.write_day_of_year(date), year=date.year)

    def write_day_of_year(self, date: dt.date) -> str:
        """Write a day whose year is known, such as June 13."""
        return self.day_of_year.format(day=date.day, number=date.month, month=self.months[date.month - 1])

    def write_weekday(self, date: dt.date) -> str:
        """Name the day of the week."""
        return self.weekdays[date.weekday()]

    def write_moment(self, date: dt.date, start: dt.time | None, gap: str = " ") -> str:
        """Write a day and, where it is known, an hour; `gap` is between an hour and its half of the day."""
        day = self.full_day.format(weekday=self.write_weekday(date), day=self.write_day(date))
        return self.moment.format(day=day, time=self.write_time(start, gap)) if start else day

    def write_time(self, time: dt.time, gap: str = " ") -> str:
        """Write an hour, such as 6:00 pm."""
        half = self.halves[time.hour >= 12]
        parts = {"hour": time.hour, "hour12": (time.hour - 1) % 12 + 1, "minute": f"{time.minute:02d}", "half": half}
        return self.hour.format(**parts).replace(" ", gap)

    def write_months(self, first: dt.date, last: dt.date) -> str:
        """Write the months from one day to another, such as April to September 2021."""
        names = [self.months[date.month - 1] for date in (first, last)]
        begin, end = (
            self.month_of_year.format(month=name, year=date.year)
            for name, date in zip(names, (first, last), strict=True)
        )
        if begin == end:
            return end
        return self.write_span(names[0] if first.year == last.year else begin, end)

    def write_span(self, first: str, last: str) -> str:
        """Write from what to what."""
        return self.span.format(first=first, last=last)
