"""What an organizer gets wrong in a cohort comes back with its place; what is not known yet stops nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from planting import COHORT, CURRICULUM, MODULE, Fault, assert_told, everything, lines, small

FIRST = 'module: first-steps\n        date: 2021-04-01\n        start: "17:30"'

FAULTS = [
    Fault(COHORT, "name: Trial", "name: Trial\n¦tiem_zone: UTC", "unknown key 'tiem_zone' (did you mean 'time_zone'?)"),
    Fault(COHORT, "    name: Hemlock", "    ¦nmae: Hemlock", "unknown key 'nmae' (did you mean 'name'?)"),
    Fault(COHORT, "{name: Ben}", "{name: Ben, ¦mail: b@c.de}", "unknown key 'mail' (did you mean 'email'?)"),
    Fault(COHORT, "name: Trial\n", "", "missing key 'name'", at="1:1"),
    Fault(COHORT, "format: 1", "format: ¦3", "unknown format '3' (this program reads format 1)"),
    Fault(
        COHORT,
        "meeting_minutes: 60",
        "meeting_minutes: ¦50",
        "there is no 50-minute plan (meetings take 60, 45 or 30 minutes)",
    ),
    Fault(COHORT, "id: hemlock", "id: ¦Hemlock", "ill-formed id 'Hemlock' (small letters"),
    Fault(COHORT, "id: cedar", "id: ¦hemlock", "'hemlock' twice (first on line 8)"),
    Fault(COHORT, "ann@steps.example.edu", "¦ann at steps", "not an e-mail address: 'ann at steps'"),
    Fault(
        COHORT,
        "name: Hemlock",
        "name: Hemlock\n    link: ¦zoom.example.edu/1",
        "not a web address: 'zoom.example.edu/1'",
    ),
    Fault(
        COHORT, "module: next-steps", "module: ¦next-step", "unknown module 'next-step' (did you mean 'next-steps'?)"
    ),
    Fault(COHORT, "module: next-steps", "module: ¦first-steps", "'first-steps' twice (first on line 14)"),
    Fault(COHORT, "module: next-steps", "module: next-steps\n        id: ¦Next", "ill-formed id 'Next'"),
    Fault(COHORT, "2021-04-01", "¦2021-02-28", "2021-02-28 is out of range (from 2021-03-01 to 2021-11-30)"),
    Fault(COHORT, "2021-05-01", "¦2021-12-01", "2021-12-01 is out of range (from 2021-03-01 to 2021-11-30)"),
    Fault(COHORT, "2021-05-01", "¦2021-03-31", "2021-03-31 is out of order (the meeting before it is on 2021-04-01)"),
    Fault(COHORT, "2021-05-01", "¦2021-04-01", "2021-04-01 is out of order (the meeting before it is on 2021-04-01)"),
    Fault(COHORT, "2021-05-01", "¦soon", "not a date: 'soon' (year-month-day, such as 2021-04-21)"),
    Fault(COHORT, "2021-05-01", "¦05/01/2021", "not a date: '05/01/2021'"),
    Fault(COHORT, "2021-05-01", "¦20210501", "not a date: '20210501'"),
    Fault(COHORT, "2021-05-01", "¦2021-05-01T00:00", "not a date: '2021-05-01T00:00'"),
    Fault(COHORT, "2021-04-31".replace("31", "01"), "¦2021-04-31", "not a date: '2021-04-31'"),
    Fault(COHORT, '"17:30"', "¦half past five", "not a clock time: 'half past five' (hours and minutes"),
    Fault(COHORT, '"17:30"', "¦1730", "not a clock time: '1730'"),
    Fault(COHORT, '"17:30"', "¦1800", 'not a clock time: \'1800\' (hours and minutes, such as "07:30" or "17:30")'),
    Fault(COHORT, '"17:30"', "¦5:30 pm", "not a clock time: '5:30 pm'"),
    Fault(COHORT, '"17:30"', '¦"24:00"', "not a clock time: '24:00'"),
    Fault(COHORT, '"17:30"', '¦"17:30:20"', "not a clock time: '17:30:20'"),
    Fault(COHORT, '"17:30"', '¦"17:30Z"', "not a clock time: '17:30Z'"),
    Fault(
        COHORT,
        '2021-04-01\n        start: "17:30"',
        '2021-03-14\n        start: ¦"02:30"',
        "02:30 on 2021-03-14 does not occur, because clocks go forward (choose another hour)",
    ),
    Fault(
        COHORT,
        '2021-05-01\n        start: "17:30"',
        "2021-11-07\n        start: ¦01:30",
        "01:30 on 2021-11-07 occurs twice, because clocks go back (choose another hour)",
    ),
    Fault(COHORT, "America/Los_Angeles", "¦America/Los_Angelos", "(did you mean 'America/Los_Angeles'?)"),
    Fault(
        COHORT, "America/Los_Angeles", "¦Pacific time", "unknown time zone 'Pacific time' (a name such as America/Los"
    ),
    Fault(COHORT, "America/Los_Angeles", "¦../../etc/passwd", "unknown time zone '../../etc/passwd'"),
    Fault(COHORT, "America/Los_Angeles", "¦America", "unknown time zone 'America'"),
    Fault(COHORT, "name: Trial", "name: ¦''", "empty text"),
    Fault("cohorts/cohort.yml", "", "a: b", "unknown file (a cohort's file is cohorts/<cohort>/cohort.yml)", at="1:1"),
    Fault(
        "cohorts/trial/cohort.yaml",
        "",
        "a: b",
        "unknown file (a cohort's file is cohorts/<cohort>/cohort.yml)",
        at="1:1",
    ),
    Fault(
        "cohorts/spring/notes.txt",
        "",
        "x",
        "missing file (every folder of cohorts has one)",
        at="1:1",
        told="cohorts/spring/cohort.yml",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_in_a_cohort_is_told_at_its_place(fault: Fault, tmp_path: Path) -> None:
    """A slip in a cohort is one problem at its own line and column."""
    assert_told(fault, tmp_path)


def test_an_end_before_the_start_is_told(tmp_path: Path) -> None:
    """A cohort that ends before it starts is reported at its end, and its meetings are out of range."""
    root = small(tmp_path)
    place = Fault(COHORT, "end: 2021-11-30", "end: ¦2021-01-30", "").plant(root)
    assert f"{place}: the cohort ends on 2021-01-30, before it starts on 2021-03-01" in lines(root)


@pytest.mark.parametrize(
    ("key", "day"), [("start: 2021-03-01", "start: ¦0001-01-01"), ("end: 2021-11-30", "end: ¦9999-12-31")]
)
def test_years_that_no_clock_reaches_are_told(key: str, day: str, tmp_path: Path) -> None:
    """Years at the ends of the calendar are out of range, and nothing overflows on them."""
    root = small(tmp_path)
    place = Fault(COHORT, key, day, "").plant(root)
    Fault(COHORT, '2021-04-01\n        start: "17:30"', f'{day[-10:]}\n        start: "00:00"', "", at="1:1").plant(
        root
    )
    assert f"{place}: {day[-10:]} is out of range (years 2000 to 2100)" in lines(root)


_MOVED = '2021-05-01\n        start: "17:30"'

SLIPS = [
    Fault(COHORT, "name: Trial", "¦nmae: Trial", "unknown key 'nmae'"),
    Fault(COHORT, "    name: Hemlock", "    ¦nmae: Hemlock", "unknown key 'nmae'"),
    Fault(COHORT, "2021-04-02", "¦04/02/2021", "not a date"),
    Fault(COHORT, "{name: Ben}", "{name: Ben, ¦mail: b@c.de}", "unknown key 'mail'"),
]
BEHIND = [
    Fault(COHORT, "module: next-steps", "module: ¦next-step", "unknown module 'next-step'"),
    Fault(COHORT, "America/Los_Angeles", "¦America/Los_Angelos", "unknown time zone"),
    Fault(COHORT, "id: cedar", "id: ¦hemlock", "'hemlock' twice"),
    Fault(COHORT, "2021-05-01", "¦2021-03-31", "is out of order"),
    Fault(COHORT, "2021-05-01", "¦2021-12-01", "is out of range"),
    Fault(
        COHORT,
        '2021-05-01\n        start: "17:30"',
        "2021-11-07\n        start: ¦01:30",
        "occurs twice, because clocks",
    ),
    Fault(COHORT, _MOVED, f'{_MOVED}\n        was: [{{date: ¦2021-05-01, start: "17:30"}}]', "was not moved"),
    Fault(COHORT, _MOVED, f"{_MOVED}\n        was: [{{date: ¦1921-05-01}}]", "is out of range (years"),
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: ¦2\n", "(meetings of team 'cedar': 1)"),
    Fault(
        COHORT,
        "    meetings:\n      - module: first-steps\n        date: 2021-04-01",
        "    members: [{name: Eve, attended: [¦second-steps]}]\n"
        "    meetings:\n      - module: first-steps\n        date: 2021-04-01",
        "unknown meeting 'second-steps'",
    ),
    Fault(
        COHORT,
        "teams:\n",
        "pairs:\n  - {id: one, mentor: {name: Ann}, student: {name: ¦Ann}}\nteams:\n",
        "have the same name",
    ),
    Fault(COHORT, "id: cedar", "id: ¦pairs", "a team cannot have the id 'pairs'"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
@pytest.mark.parametrize("behind", BEHIND, ids=str)
def test_a_slip_in_a_cohort_hides_nothing_behind_it(slip: Fault, behind: Fault, tmp_path: Path) -> None:
    """What does not fit together in a cohort is reported also when a key or a date elsewhere in its file is wrong."""
    root = small(tmp_path)
    behind.plant(root)
    slip.plant(root)
    found = lines(root)
    assert [line for line in found if slip.message in line], found
    assert [line for line in found if behind.message in line], found
    assert len(found) == 2, found


@pytest.mark.parametrize(
    "fault",
    [
        Fault(COHORT, "start: 2021-03-01", "start: ¦soon", "not a date"),
        Fault(COHORT, "time_zone:", "¦tme_zone:", "unknown key 'tme_zone'"),
        Fault(COHORT, "module: next-steps", "¦modul: next-steps", "unknown key 'modul'"),
        Fault(COHORT, "teams:", "¦taems:", "unknown key 'taems'"),
        Fault(COHORT, "    meetings:", "    ¦meetngs:", "unknown key 'meetngs'"),
        Fault(COHORT, "    facilitators:", "    ¦facilitatros:", "unknown key 'facilitatros'"),
    ],
    ids=str,
)
def test_a_part_of_a_cohort_that_cannot_be_read_is_told_once(fault: Fault, tmp_path: Path) -> None:
    """Rules that need a part which is wrong stay silent, so that one slip is one problem."""
    assert_told(fault, tmp_path)


def test_two_meetings_on_one_day_are_in_order_of_their_hours(tmp_path: Path) -> None:
    """A team may meet twice on a day, in the order of the hours, under two ids."""
    root = small(tmp_path)
    Fault(
        COHORT,
        "module: next-steps\n        date: 2021-05-01",
        "module: first-steps\n        id: again\n        date: 2021-04-01",
        "",
        at="1:1",
    ).plant(root)
    assert [line for line in lines(root) if "is out of order" in line]
    Fault(COHORT, 'start: "17:30"', 'start: "09:30"', "", at="1:1").plant(root)
    assert lines(root) == []


NOTICES = [
    Fault(COHORT, "      - {name: Ben}\n", "", "notice: team 'hemlock' has only one facilitator yet", at="8:9"),
    Fault(
        COHORT,
        "    facilitators:\n      - {name: Cleo}\n      - {name: Dan}\n",
        "",
        "notice: team 'cedar' has no facilitator yet",
        at="20:9",
    ),
    Fault(
        COHORT,
        '\n        date: 2021-05-01\n        start: "17:30"',
        "",
        "notice: meeting 'next-steps' of team 'hemlock' has no date",
        at="module: next-steps",
    ),
    Fault(COHORT, "date: 2021-05-01", "¦date:", "notice: meeting 'next-steps' of team 'hemlock' has no date yet"),
    Fault(
        COHORT,
        '\n        start: "17:30"\n      - module',
        "\n      - module",
        "notice: meeting 'first-steps' of team 'hemlock' has no start yet",
        at="15:15",
    ),
    Fault(
        COHORT,
        '    meetings:\n      - module: first-steps\n        date: 2021-04-02\n        start: "17:30"\n',
        "",
        "notice: team 'cedar' has no meetings yet",
        at="20:9",
    ),
]


@pytest.mark.parametrize("fault", NOTICES, ids=str)
def test_what_is_not_known_yet_is_a_notice(fault: Fault, tmp_path: Path) -> None:
    """A facilitator, date, hour or meeting still to come is reported, and stops nothing."""
    assert_told(fault, tmp_path)


def test_an_ill_formed_folder_is_told(tmp_path: Path) -> None:
    """The folder of a cohort is its id, and is checked like one; a year may begin it."""
    root = small(tmp_path)
    shutil.copytree(root / "cohorts/trial", root / "cohorts/2021-spring")
    assert lines(root) == []
    shutil.copytree(root / "cohorts/trial", root / "cohorts/Spring Trial")
    shutil.copytree(root / "cohorts/trial", root / "cohorts/2021 (old)")
    assert [line.split("(")[0] for line in lines(root)] == [
        "cohorts/2021 ",
        "cohorts/Spring Trial/cohort.yml:1:1: ill-formed folder name 'Spring Trial' ",
    ]


def test_cohorts_elsewhere_are_told_with_their_folder(tmp_path: Path) -> None:
    """Cohorts that are outside the project are read there, and places lead there."""
    root = small(tmp_path)
    elsewhere = tmp_path / "private"
    shutil.move(root / "cohorts", elsewhere)
    Fault("trial/cohort.yml", "id: cedar", "id: ¦Cedar", "").plant(elsewhere)
    (elsewhere / "cohort.yml").write_text("a: b")
    assert lines(root) == []
    found = lines(root, elsewhere)
    assert found[0].startswith(
        f"{elsewhere.as_posix()}/cohort.yml:1:1: this folder is itself a cohort (name the folder above it"
    )
    assert found[1].startswith(f"{elsewhere.as_posix()}/trial/cohort.yml:20:9: ill-formed id 'Cedar'")
    assert len(found) == 2


def test_a_missing_folder_of_cohorts_is_told(tmp_path: Path) -> None:
    """A folder that is named and is not there is a problem; `cohorts/` itself need not exist."""
    root = small(tmp_path)
    shutil.rmtree(root / "cohorts")
    assert lines(root) == []
    missing = tmp_path / "missing"
    assert lines(root, missing) == [f"{missing}:1:1: no such folder of cohorts"]


def test_problems_of_the_curriculum_hide_none_of_the_cohorts(tmp_path: Path) -> None:
    """Cohorts are checked also when the curriculum has problems, and are not blamed for what it lacks."""
    root = small(tmp_path)
    places = [
        Fault(COHORT, "id: cedar", "id: ¦Cedar", "").plant(root),
        Fault(MODULE, "kind: opening", "kind: ¦opning", "").plant(root),
    ]
    assert [line.split(": ")[0] for line in lines(root)] == sorted(places)
    (root / CURRICULUM).write_text("a: [\n")
    found = everything(root)
    assert [problem.place.path for problem in found] == [COHORT, CURRICULUM, MODULE]
