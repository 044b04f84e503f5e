"""Calendar files (iCalendar, RFC 5545): a team's meetings, and all meetings of a cohort.

In: the curriculum, a cohort, a team. Out: bytes, the same for the same sources. Touches nothing (`zoneinfo` reads
`tzdata`); imports `icalendar`, and no other room does. The files are for the people of a team: they contain its link
and its telephone number, but no person.

An event's UID only depends on the permanent ids of cohort, team and meeting, and its SEQUENCE grows with each move and
each cancellation: importing a file again moves or cancels the meeting, and does not double it. METHOD is not set: with
it a file counts as a message between calendars, and PUBLISH then needs an organizer (RFC 5546, 3.2.1), who would be a
person.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
import uuid
import zoneinfo
from collections.abc import Iterable, Iterator

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from builder import dialect
from builder.dialect.marks import fill_blanks
from builder.documents.apparatus import uncited
from builder.model.cohorts import Cohort, Meeting, Team
from builder.model.curriculum import Curriculum, Module, Settings
from builder.words import Words
from builder.words import of as words_of

_MEETINGS = uuid.UUID("6d0b7c6e-4f0e-4b57-9a55-2b8f3f6c0d11")
"""The namespace of our UIDs, chosen at random once. Another one would double every meeting in people's calendars."""

_DAY, _MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


def team_calendar(curriculum: Curriculum, cohort: Cohort, team: Team) -> bytes:
    """A team's meetings that have a date."""
    events = _events(curriculum, cohort, team, "")
    return _calendar(curriculum.settings, cohort, (team,), team.name, events)


def cohort_calendar(curriculum: Curriculum, cohort: Cohort) -> bytes:
    """The meetings of all teams that have a date; each summary names the team."""
    events = (event for team in cohort.file.teams for event in _events(curriculum, cohort, team, f"{team.name}, "))
    return _calendar(curriculum.settings, cohort, cohort.file.teams, cohort.file.name, events)


class _Text(vText):
    """A text escaped as in RFC 5545; the library would read a backslash before an N as a line's end."""

    def to_ical(self) -> bytes:
        return re.sub(r"([\\;,])", r"\\\1", self).replace("\n", r"\n").encode()


def _calendar(settings: Settings, cohort: Cohort, teams: Iterable[Team], whose: str, events: Iterable[Event]) -> bytes:
    title, made = _plain(settings.title, settings), Calendar()
    name = f"{title}: {whose}"
    made.add("prodid", _Text(f"-//{title}//Curriculum builder//EN"))
    made.add("version", "2.0")
    made.add("name", _Text(name))  # RFC 7986
    made.add("x-wr-calname", _Text(name))  # what most calendars read instead
    file = cohort.file
    for zone in dict.fromkeys(map(cohort.zone_of, teams)):  # always: a calendar may not be empty
        made.add_component(_zone(zone, file.start.year, file.end.year))
    for event in events:
        made.add_component(event)
    data: bytes = made.to_ical()
    return data


def _events(curriculum: Curriculum, cohort: Cohort, team: Team, whose: str) -> Iterator[Event]:
    settings, words = curriculum.settings, words_of(curriculum.settings.language)
    stamp = dt.datetime.combine(settings.edition_date, dt.time(12), dt.UTC)
    for number, meeting in enumerate(team.meetings, 1):
        if meeting.date is None:
            continue
        module = curriculum.module(meeting.module)
        title = words.say(
            "calendar.meeting",
            whose=whose,
            curriculum=_plain(settings.title, settings),
            number=number,
            title=module.file.short_title,
        )
        event = Event()
        event.add("uid", str(uuid.uuid5(_MEETINGS, f"{cohort.id}/{team.id}/{meeting.key}")))
        event.add("sequence", meeting.revision)
        event.add("dtstamp", stamp)
        event.add("summary", _Text(words.say("calendar.cancelled", title=title) if meeting.cancelled else title))
        if meeting.cancelled:
            event.add("status", "CANCELLED")
            event.add("transp", "TRANSPARENT")  # people are free at this hour
        lines = [words.say("calendar.not-held")] if meeting.cancelled else _description(settings, words, team, module)
        event.add("description", _Text("\n".join(lines)))
        for name, moment, where in _span(meeting.date, meeting, cohort.zone_of(team), cohort.file.meeting_minutes):
            event.add(name, moment, where)
        if team.place:
            event.add("location", _Text(team.place))
        page = _page(settings, module)
        if page:
            event.add("url", page)
        if not meeting.cancelled:
            event.add_component(_reminder(words, module))
        yield event


def _span(day: dt.date, meeting: Meeting, name: str, minutes: int) -> Iterator[tuple[str, dt.date, dict[str, str]]]:
    """When a meeting begins and ends: the whole day while its start is not known."""
    if meeting.start is None:
        yield "dtstart", day, {}
        yield "dtend", day + _DAY, {}
        return
    here, zone = {"TZID": name}, zoneinfo.ZoneInfo(name)
    begins = dt.datetime.combine(day, meeting.start, zone)
    ends = begins.astimezone(dt.UTC) + minutes * _MINUTE  # clocks may change meanwhile
    local = ends.astimezone(zone)
    yield "dtstart", begins.replace(tzinfo=None), here  # the library would name Reykjavik's time UTC
    if local.fold:  # an hour that occurs twice would be read as the first
        yield "dtend", ends, {}
    else:
        yield "dtend", local.replace(tzinfo=None), here


def _description(settings: Settings, words: Words, team: Team, module: Module) -> Iterator[str]:
    file = module.file
    yield _plain(file.promise, settings)
    minutes, reflection = file.reading_minutes, file.reflection.minutes if file.reflection else None
    keys = {
        (True, True): "calendar.before",
        (True, False): "calendar.before-reading",
        (False, True): "calendar.before-reflection",
        (False, False): "calendar.before-alone",
    }
    key = keys[minutes is not None, reflection is not None]
    yield words.say(key, number=module.number, reading=minutes, reflection=reflection)
    if team.link:
        yield words.say("calendar.join", link=team.link)
    if team.phone:
        yield words.say("calendar.phone", number=team.phone)
    if file.content_note:
        yield words.say("calendar.content-note", note=_plain(file.content_note, settings))
    page = _page(settings, module)
    if page:
        yield words.say("calendar.module", number=module.number, page=page)


def _reminder(words: Words, module: Module) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    minutes = module.file.reading_minutes
    key = "calendar.read" if minutes else "calendar.read-alone"
    made.add("description", words.say(key, number=module.number, minutes=minutes))
    made.add("trigger", -7 * _DAY)
    return made


def _page(settings: Settings, module: Module) -> str | None:
    """The address of a module's page; None while the site has none."""
    return f"{settings.address}modules/{module.id}/index.html" if settings.address else None


def _plain(text: str, settings: Settings) -> str:
    """The words of an authored text: citations left out, blanks filled as on the page."""
    words = fill_blanks(
        uncited(text), settings.supplied, lambda name: words_of(settings.language).say("pages.blank", name=name)
    )
    return dialect.words(dialect.tree(words))


@functools.cache
def _zone(name: str, first: int, last: int) -> Timezone:
    """A time zone's clock changes, from the first of these years to the last, with a rule for each.

    The library's own search is not used: it skips periods of less than 64 days, such as Ramadan in Morocco, and begins
    each summer an hour late.
    """
    place = zoneinfo.ZoneInfo(name)
    made = Timezone()
    made.add("tzid", name)
    day, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC) - _DAY, dt.datetime(last + 1, 1, 2, tzinfo=dt.UTC)
    made.add_component(_rule(day, place))
    while day < end:
        if _offset(day, place) != _offset(day + _DAY, place):
            made.add_component(_rule(_change(day, place), place))
        day += _DAY
    return made


def _change(day: dt.datetime, place: zoneinfo.ZoneInfo) -> dt.datetime:
    """The minute within the next 24 hours at which another offset begins."""
    before = _offset(day, place)
    minutes = range(24 * 60 + 1)
    return day + _MINUTE * bisect.bisect(minutes, x=False, key=lambda at: _offset(day + _MINUTE * at, place) != before)


def _rule(onset: dt.datetime, place: zoneinfo.ZoneInfo) -> TimezoneDaylight | TimezoneStandard:
    """The offset from a moment on; RFC 5545 (3.6.5) gives that moment by the clock used until then."""
    before, after = (onset - _MINUTE).astimezone(place), onset.astimezone(place)
    made = TimezoneDaylight() if after.dst() else TimezoneStandard()
    made.add("dtstart", before.replace(tzinfo=None) + _MINUTE)
    made.add("tzoffsetfrom", before.utcoffset())
    made.add("tzoffsetto", after.utcoffset())
    made.add("tzname", after.tzname())
    return made


def _offset(moment: dt.datetime, place: zoneinfo.ZoneInfo) -> dt.timedelta | None:
    return moment.astimezone(place).utcoffset()
