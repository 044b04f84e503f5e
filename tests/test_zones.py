"""Time zones are places: every other name is refused, with what to write."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest
from planting import COHORT, Fault, assert_told, lines, small

from builder.checking import zones

NO_PLACES = {
    "EST": "America/New_York",
    "MST": "America/Denver",
    "HST": "Pacific/Honolulu",
    "EST5EDT": "America/New_York",
    "CST6CDT": "America/Chicago",
    "MST7MDT": "America/Denver",
    "PST8PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "ET": "America/New_York",
    "Pacific Time": "America/Los_Angeles",
    "Pacific Standard Time": "America/Los_Angeles",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "US Eastern": "America/New_York",
    "Eastern Daylight Time": "America/New_York",
    "US/Pacific": "America/Los_Angeles",
    "US/Hawaii": "Pacific/Honolulu",
    "Canada/Eastern": "America/Toronto",
    "Japan": "Asia/Tokyo",
    "GB": "Europe/London",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Montreal": "America/Toronto",
    "Asia/Calcutta": "Asia/Kolkata",
    "Europe/Kiev": "Europe/Kyiv",
    "right/America/New_York": "America/New_York",
    "posix/Europe/Paris": "Europe/Paris",
    "america/los_angeles": "America/Los_Angeles",
    "America/Los Angeles": "America/Los_Angeles",
    "Los Angeles": "America/Los_Angeles",
    "New York": "America/New_York",
    "phoenix": "America/Phoenix",
    "GMT": "Europe/London",
    "UTC": "Atlantic/Reykjavik",
    "Etc/UTC": "Atlantic/Reykjavik",
    "right/UTC": "Atlantic/Reykjavik",
    "CET": "Europe/Berlin",
}
"""Names that are no place of the list, each with the place that its message names."""

NOWHERE = (
    "Etc/GMT+8", "Etc/GMT-14", "Factory", "leapseconds", "localtime", "posixrules", "posix/Factory", "GMT+8",
    "UTC-08:00", "-08:00", "tzdata.zi", "zone.tab", "America", "America/", "/America/New_York", "../America/New_York",
    "Mars/Olympus", "x" * 5000,
)  # fmt: skip
"""Names that stand for no place at all; their messages show what a place looks like."""


@pytest.mark.parametrize(("name", "place"), NO_PLACES.items())
def test_a_name_that_is_no_place_comes_back_with_one(name: str, place: str) -> None:
    """An abbreviation, an old name or a city is refused, and the message says which place to write."""
    assert place in (zones.fault_of_zone(name) or "")
    assert zones.find(name) is None
    assert zones.fault_of_zone(place) is None


@pytest.mark.parametrize("name", NOWHERE)
def test_a_name_of_nowhere_is_refused(name: str) -> None:
    """Offsets, files of the database, the machine's own zone and nonsense are refused, with an example."""
    said = zones.fault_of_zone(name) or ""
    assert "(a name such as America/Los_Angeles)" in said or "(did you mean 'America/New_York'?)" in said
    assert len(said) < 200
    assert zones.find(name) is None


def test_every_name_of_the_database_is_a_place_or_refused() -> None:
    """Of all names that this system's time zone database has, only places on a continent or an ocean are taken."""
    areas = {
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
    }  # fmt: skip
    taken = {name for name in zoneinfo.available_timezones() if zones.find(name)}
    assert {name.partition("/")[0] for name in taken} == areas
    assert all("/" in name for name in taken)
    assert len(taken) > 400


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("EST", "time zone 'EST' is not a place (a name such as America/New_York)"),
        ("US/Pacific", "time zone 'US/Pacific' is not a place (did you mean 'America/Los_Angeles'?)"),
        ("Etc/GMT+8", "time zone 'Etc/GMT+8' is not a place (a name such as America/Los_Angeles)"),
        ("localtime", "unknown time zone 'localtime' (a name such as America/Los_Angeles)"),
    ],
)
def test_a_time_zone_that_is_no_place_is_a_problem_at_its_line(name: str, message: str, tmp_path: Path) -> None:
    """The check reports it where it is written."""
    assert_told(Fault(COHORT, "America/Los_Angeles", f"¦{name}", message), tmp_path)


def test_a_time_zone_of_a_team_that_is_no_place_is_a_problem_at_its_line(tmp_path: Path) -> None:
    """A team's own time zone is checked like that of its cohort, and its hours by it."""
    assert_told(
        Fault(
            COHORT,
            "  - id: cedar\n",
            "  - id: cedar\n    time_zone: ¦CST\n",
            "unknown time zone 'CST' (a name such as America/Chicago)",
        ),
        tmp_path / "zone",
    )
    assert_told(
        Fault(
            COHORT,
            '2021-04-02\n        start: "17:30"',
            '2021-03-14\n        start: ¦"02:30"\n    time_zone: America/Chicago',
            "02:30 on 2021-03-14 does not occur, because clocks go forward (choose another hour)",
        ),
        tmp_path / "hour",
    )
    root = small(tmp_path / "right")
    new = '2021-03-14\n        start: "02:30"\n    time_zone: America/Phoenix'
    Fault(COHORT, '2021-04-02\n        start: "17:30"', new, "", at="1:1").plant(root)
    assert lines(root) == []
