"""Calendar files that every calendar takes: what is in them, what stays the same, and how they are written."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import zoneinfo
from dataclasses import replace
from typing import Any

import icalendar
import pytest
import vobject
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from once import OURS, SMALL

from builder.model.cohorts import Cohort, Meeting, Start, Team
from builder.model.curriculum import Curriculum
from builder.packets import calendars

AWKWARD = 'Zoë, Łukasz; 李\n\N{FACE WITH TEARS OF JOY} says: "C:\\North\\new" ' + "é𝔞" * 60
"""A name with all that a calendar file must escape or fold."""


def trial() -> Cohort:
    """The small cohort."""
    return SMALL.cohorts[0]


def hemlock() -> Team:
    """The first team of the small cohort."""
    return trial().file.teams[0]


def with_teams(*teams: Team, **changed: Any) -> Cohort:
    return replace(trial(), file=replace(trial().file, teams=teams, **changed))


def meeting(day: str, start: str | None = "17:30", **changed: Any) -> Meeting:
    hour = dt.time.fromisoformat(start) if start else None
    return replace(hemlock().meetings[0], date=dt.date.fromisoformat(day), start=hour, **changed)


def team(*meetings: Meeting, **changed: Any) -> Team:
    return replace(hemlock(), meetings=meetings, **changed)


def of_team(one: Team, curriculum: Curriculum | None = None, **changed: Any) -> bytes:
    return calendars.team_calendar(curriculum or SMALL.curriculum, with_teams(one, **changed), one)


def unfolded(data: bytes) -> list[str]:
    return re.sub(rb"\r\n ", b"", data).decode().removesuffix("\r\n").split("\r\n")


def values(data: bytes, name: str, within: str = "VEVENT") -> list[str]:
    """What comes after each property of this name directly in each component of a kind, as it is written."""
    found, open_ = [], []
    for line in unfolded(data):
        head, _, value = line.partition(":")
        if head == "BEGIN":
            open_.append(value)
        elif head == "END":
            assert open_.pop() == value
        elif head.partition(";")[0] == name and open_[-1] == within:
            found.append(value)
    return found


def unescaped(value: str) -> str:
    """A TEXT as RFC 5545, 3.3.11 reads it; anything else after a backslash is a fault."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
    pieces = re.findall(r"\\.|[^\\]", value)
    assert all(piece in {r"\n", r"\;", r"\,", r"\\"} for piece in pieces if piece[0] == "\\"), value
    return "".join("\n" if piece == r"\n" else piece[-1] for piece in pieces)


def events(data: bytes | str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def assert_well_formed(data: bytes) -> None:
    """What RFC 5545 asks of every line, and of what lines say together."""
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data), "an end of line that is not CRLF"
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", line.decode()), line  # decode fails within a letter
    for line in unfolded(data):
        assert re.match(r'[A-Z-]+(;[A-Z-]+=("[^"]*"|[^";:,]+))*:', line), line
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        for kind in ("VEVENT", "VALARM"):
            assert all(unescaped(value) for value in values(data, name, kind))
    assert len({*values(data, "UID")}) == len(values(data, "UID")) == data.count(b"BEGIN:VEVENT")
    assert {*re.findall(rb"^DT(?:START|END);TZID=([^:;]+):", data, re.MULTILINE)} <= {
        *re.findall(rb"^TZID:(.+)\r$", data, re.MULTILINE)
    }
    for event in events(data):
        assert not event.errors
        assert type(event["DTSTART"].dt) is type(event["DTEND"].dt)
        assert event["DTEND"].dt > event["DTSTART"].dt
        assert {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DESCRIPTION"} <= {*event}
    assert vobject.readOne(data.decode()).validate(raiseException=True)


@pytest.mark.slow("makes 26 calendars")
def test_calendars_of_a_whole_campaign_are_well_formed() -> None:
    """Every team's calendar and the cohort's, of the sample and of the small cohort, hold what RFC 5545 asks for."""
    for read in (OURS, SMALL):
        curriculum, (cohort,) = read.curriculum, read.cohorts
        whole = calendars.cohort_calendar(curriculum, cohort)
        assert_well_formed(whole)
        for one in cohort.file.teams:
            data = calendars.team_calendar(curriculum, cohort, one)
            assert_well_formed(data)
            assert {*values(data, "UID")} <= {*values(whole, "UID")}
            assert len(values(data, "UID")) == sum(each.date is not None for each in one.meetings)


def test_awkward_names_come_back_as_they_were() -> None:
    """Commas, semicolons, line ends, backslashes, letters of four bytes and long lines survive in every text."""
    settings = replace(SMALL.curriculum.settings, url="https://x.test/")
    awkward = team(*hemlock().meetings, name=AWKWARD, place=AWKWARD, phone=AWKWARD)
    cohort = with_teams(awkward, name=AWKWARD)
    data = calendars.cohort_calendar(replace(SMALL.curriculum, settings=settings), cohort)
    assert_well_formed(data)
    assert unescaped(values(data, "LOCATION")[0]) == AWKWARD
    assert unescaped(values(data, "SUMMARY")[0]) == f"Small steps, {AWKWARD}, meeting 1: First steps"
    assert f"\nPhone: {AWKWARD}\n" in unescaped(values(data, "DESCRIPTION")[0])
    for name in ("NAME", "X-WR-CALNAME"):
        assert unescaped(values(data, name, "VCALENDAR")[0]) == f"Small steps: {AWKWARD}"


@given(name=st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029"), min_size=1))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    """Whatever an organizer may write as a place is in the calendar, and hurts nothing beside it."""
    data = of_team(team(meeting("2021-04-01"), place=name))
    assert_well_formed(data)
    assert unescaped(values(data, "LOCATION")[0]) == name


@pytest.mark.parametrize(
    "reader",
    [lambda text: events(text)[0]["LOCATION"], lambda text: vobject.readOne(text).vevent.location.value],
    ids=["icalendar", "vobject"],
)
def test_other_programs_read_the_names(reader: Any) -> None:
    """Two readers of calendar files find the place that was written."""
    place = "Room 5; Łódź, second floor\n\N{FACE WITH TEARS OF JOY} " + "é" * 90
    data = of_team(team(meeting("2021-04-01"), place=place))
    assert reader(data.decode()) == place


def test_an_event_says_what_to_know() -> None:
    """An event contains the promise, what to do before, how to join, the content note, and the page; and the place."""
    one = team(*hemlock().meetings, place="Library", link="https://meet.example.edu/1", phone="+1 206 555 0100")
    data = of_team(one)
    assert unescaped(values(data, "SUMMARY")[1]) == "Small steps, meeting 2: Next steps"
    assert unescaped(values(data, "DESCRIPTION")[0]).split("\n") == [
        "You will leave with a plan.",
        "Before the meeting: read module 1 (5 min), then reflect (5 min).",
        "Join: https://meet.example.edu/1",
        "Phone: +1 206 555 0100",
        "Content note: Some paths were hard.",
        "Module 1: https://steps.example.edu/modules/first-steps/index.html",
    ]
    assert values(data, "LOCATION") == ["Library", "Library"]
    assert values(data, "URL")[0] == "https://steps.example.edu/modules/first-steps/index.html"
    assert values(data, "PRODID", "VCALENDAR") == ["-//Small steps//Curriculum builder//EN"]
    assert values(data, "X-WR-CALNAME", "VCALENDAR") == values(data, "NAME", "VCALENDAR") == ["Small steps: Hemlock"]
    assert values(calendars.cohort_calendar(SMALL.curriculum, trial()), "NAME", "VCALENDAR") == ["Small steps: Trial"]


def test_a_site_without_an_address_is_not_named() -> None:
    """While the site's address is a placeholder, no event leads there."""
    settings = replace(SMALL.curriculum.settings, url="https://example.org/steps/")
    data = of_team(hemlock(), replace(SMALL.curriculum, settings=settings))
    assert not values(data, "URL")
    assert "example.org" not in "".join(unfolded(data))


def test_a_week_before_one_is_reminded_to_read() -> None:
    """Each event has one reminder, seven days before, that says what to read and how long that takes."""
    data = of_team(hemlock())
    assert values(data, "TRIGGER", "VALARM") == ["-P7D"] * 2
    assert values(data, "ACTION", "VALARM") == ["DISPLAY"] * 2
    assert values(data, "DESCRIPTION", "VALARM") == ["Read module 1: 5 min", "Read module 2: 5 min"]


def test_marks_of_authors_do_not_reach_a_calendar() -> None:
    """Emphasis, links and citations become plain words, and blanks hold what the program supplied."""
    module = SMALL.curriculum.modules[0]
    note = "*Some* [paths](term:path) were hard [@sue-2007]. Ask: [PROGRAM TO SUPPLY: reporting duties]"
    changed = replace(module, file=replace(module.file, content_note=note, promise="[PROGRAM TO SUPPLY: a promise]"))
    data = of_team(hemlock(), replace(SMALL.curriculum, modules=(changed, *SMALL.curriculum.modules[1:])))
    said = unescaped(values(data, "DESCRIPTION")[0]).split("\n")
    assert said[0] == "Your program writes here: a promise"
    assert said[2] == "Content note: Some paths were hard. Ask: Ask the office."


def test_people_are_not_in_calendars() -> None:
    """No name, no address of a person, no guest and no organizer is in a calendar; nor a method, which wants one."""
    whole = unfolded(calendars.cohort_calendar(SMALL.curriculum, trial()))
    for word in ("Ann", "Ben", "Cleo", "Dan", "@", "ATTENDEE", "ORGANIZER", "METHOD"):
        assert not [line for line in whole if word in line], word


def test_the_name_of_an_event_is_for_ever() -> None:
    """UIDs are these and no others, and those of a team's calendar and of its cohort's are the same."""
    expected = ["778f2a63-3cd9-5907-af2a-22b556646d1d", "d6d40294-90ed-5c64-8d08-617bd10e0c9a"]
    assert values(of_team(hemlock()), "UID") == expected
    assert values(calendars.cohort_calendar(SMALL.curriculum, trial()), "UID")[:2] == expected


def test_the_name_of_an_event_rests_on_ids_alone() -> None:
    """Renaming a team or the curriculum, moving a meeting or the site, and a new edition leave every UID."""
    settings = replace(
        SMALL.curriculum.settings, url="https://b.test/", title="B", edition="2", edition_date=dt.date(2027, 1, 1)
    )
    first, second = hemlock().meetings
    moved = replace(second, date=dt.date(2021, 6, 1), start=None, was=(Start(date=dt.date(2021, 5, 1)),))
    changed = replace(hemlock(), name="B", place="B", facilitators=(), meetings=(first, moved))
    data = of_team(changed, replace(SMALL.curriculum, settings=settings), name="B", meeting_minutes=30)
    assert values(data, "UID") == values(of_team(hemlock()), "UID")
    others = (
        replace(hemlock(), id="b"),
        replace(hemlock(), meetings=(replace(first, id="b"), replace(second, id="c"))),
    )
    assert not any({*values(of_team(other), "UID")} & {*values(data, "UID")} for other in others)


def test_each_move_counts() -> None:
    """A meeting's SEQUENCE is the number of its moves, so that a calendar takes the later file for the newer."""
    was = tuple(Start(date=dt.date(2021, 3, day)) for day in (3, 4))
    assert values(of_team(team(meeting("2021-04-01"), meeting("2021-05-01", id="b", was=was))), "SEQUENCE") == [
        "0",
        "2",
    ]


def test_a_team_with_a_place_of_its_own_has_its_hours() -> None:
    """The hours of a team with its own time zone are those of that place, in its calendar and in the cohort's."""
    away = team(meeting("2021-04-01"), id="away", time_zone="America/Chicago")
    cohort = with_teams(team(meeting("2021-04-01")), away)
    ours = calendars.team_calendar(SMALL.curriculum, cohort, away)
    assert "DTSTART;TZID=America/Chicago:20210401T173000" in unfolded(ours)
    assert values(ours, "TZID", "VTIMEZONE") == ["America/Chicago"]
    whole = calendars.cohort_calendar(SMALL.curriculum, cohort)
    assert_well_formed(whole)
    assert values(whole, "TZID", "VTIMEZONE") == ["America/Los_Angeles", "America/Chicago"]
    moments = [event["DTSTART"].dt.astimezone(dt.UTC).hour for event in events(whole)]
    assert moments == [0, 22]


def test_a_cancelled_meeting_is_taken_back() -> None:
    """The event of a cancelled meeting keeps its UID, has a higher SEQUENCE and the status CANCELLED, and no alarm."""
    planned = meeting("2021-04-01")
    before, after = (of_team(team(each)) for each in (planned, replace(planned, cancelled=True)))
    assert_well_formed(after)
    assert values(after, "UID") == values(before, "UID")
    assert values(after, "DTSTART") == values(before, "DTSTART")
    assert [values(data, "SEQUENCE") for data in (before, after)] == [["0"], ["1"]]
    assert [values(data, "STATUS") for data in (before, after)] == [[], ["CANCELLED"]]
    assert values(after, "TRANSP") == ["TRANSPARENT"]
    assert values(after, "SUMMARY") == [f"Cancelled: {values(before, 'SUMMARY')[0]}"]
    assert values(after, "TRIGGER", "VALARM") == []
    assert vobject.readOne(after.decode()).vevent.status.value == "CANCELLED"


def test_each_later_plan_counts_for_more() -> None:
    """A meeting that is moved, cancelled, and takes place after all, has a higher SEQUENCE each time."""
    day, other = dt.date(2021, 4, 1), dt.date(2021, 4, 8)
    on, moved, off = Start(date=day), Start(date=other), Start(date=other, cancelled=True)
    plans = (
        meeting("2021-04-01", None),
        meeting("2021-04-08", None, was=(on,)),
        meeting("2021-04-08", None, was=(on,), cancelled=True),
        meeting("2021-04-08", None, was=(on, off)),
        meeting("2021-04-15", None, was=(on, off, moved)),
    )
    found = [int(values(of_team(team(plan)), "SEQUENCE")[0]) for plan in plans]
    assert found == sorted({*found})
    assert plans[3].moved_from == on


def test_a_meeting_without_a_date_is_left_out() -> None:
    """Meetings without a date are in no calendar, and keep their place in the count of the others."""
    first, second = hemlock().meetings
    data = of_team(team(replace(first, date=None), second))
    assert [unescaped(value) for value in values(data, "SUMMARY")] == ["Small steps, meeting 2: Next steps"]
    assert_well_formed(data)
    assert_well_formed(of_team(team(replace(first, date=None, start=None))))


def test_a_meeting_without_an_hour_takes_the_day() -> None:
    """A meeting whose hour is not known yet is an event of the whole day, which ends the next day."""
    lines = unfolded(of_team(team(meeting("2021-12-31", None))))
    assert "DTSTART;VALUE=DATE:20211231" in lines
    assert "DTEND;VALUE=DATE:20220101" in lines


@pytest.mark.parametrize(
    ("zone", "day", "start", "begins", "ends"),
    [
        ("America/Los_Angeles", "2021-04-01", "17:30", "20210401T173000", "20210401T183000"),
        ("America/Los_Angeles", "2021-04-01", "23:30", "20210401T233000", "20210402T003000"),
        ("America/Los_Angeles", "2021-03-14", "01:30", "20210314T013000", "20210314T033000"),
        ("America/Los_Angeles", "2021-11-07", "00:45", "20211107T004500", "20211107T014500"),
        ("Atlantic/Reykjavik", "2021-07-01", "17:30", "20210701T173000", "20210701T183000"),
        ("Europe/Berlin", "2021-12-31", "23:30", "20211231T233000", "20220101T003000"),
    ],
)
def test_a_meeting_ends_after_its_minutes(zone: str, day: str, start: str, begins: str, ends: str) -> None:
    """The end is as many minutes later as the meeting takes, past midnight and over a change of clocks."""
    lines = unfolded(of_team(team(meeting(day, start)), time_zone=zone))
    assert f"DTSTART;TZID={zone}:{begins}" in lines
    assert f"DTEND;TZID={zone}:{ends}" in lines


def test_an_end_in_an_hour_that_comes_twice_is_told_without_doubt() -> None:
    """Where clocks go back by half an hour, a meeting's end is given in universal time when it would be misread."""
    lines = unfolded(of_team(team(meeting("2021-04-04", "01:10")), time_zone="Australia/Lord_Howe"))
    assert "DTSTART;TZID=Australia/Lord_Howe:20210404T011000" in lines
    assert "DTEND:20210403T151000Z" in lines


def test_universal_time_is_written_as_such() -> None:
    """A cohort whose clock is UTC has hours that end in Z, which no program takes for its own."""
    lines = unfolded(of_team(team(meeting("2021-07-01")), time_zone="UTC"))
    assert "DTSTART:20210701T173000Z" in lines
    assert "DTEND:20210701T183000Z" in lines


ZONES = (
    "America/Los_Angeles", "America/Havana", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu", "Asia/Tokyo",
    "Australia/Lord_Howe", "Australia/Sydney", "Europe/Dublin", "Etc/GMT+8", "UTC",
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_the_time_zone_is_written_out_as_it_is(zone: str) -> None:
    """At every hour of a cohort's years, the rules in the file say of the clocks what the time zone says."""
    first, last = dt.date(2017, 2, 1), dt.date(2019, 11, 30)
    data = of_team(hemlock(), time_zone=zone, start=first, end=last)
    (rules,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    assert rules["TZID"] == zone
    onsets = [(part["DTSTART"].dt - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) for part in rules.subcomponents]
    assert all(dt.datetime(2016, 12, 31) <= onset < dt.datetime(2020, 1, 2) for onset, _ in onsets)  # noqa: DTZ001
    hour = dt.datetime(2016, 12, 31, tzinfo=dt.UTC)
    while hour < dt.datetime(2020, 1, 2, tzinfo=dt.UTC):
        _, now = max(rule for rule in onsets if rule[0] <= hour.replace(tzinfo=None))
        assert hour.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() == now, hour
        hour += dt.timedelta(minutes=30)


@pytest.mark.parametrize(
    "environment", [{"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}, {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}]
)
def test_the_same_sources_make_the_same_bytes(environment: dict[str, str]) -> None:
    """Neither the machine's time zone nor its language nor chance changes a byte."""
    program = (
        "import sys, test_calendars as t; "
        "sys.stdout.buffer.write(t.calendars.cohort_calendar(t.SMALL.curriculum, t.trial()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT / "tests",
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=True,
    )
    assert done.stdout == calendars.cohort_calendar(SMALL.curriculum, trial())
    assert b"DTSTAMP:20260105T120000Z\r\n" in done.stdout
