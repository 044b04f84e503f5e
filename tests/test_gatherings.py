"""What an organizer gets wrong of moves, attendance, certificates and pairs comes back with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import COHORT, Fault, assert_told, everything, lines, small

_KEPT = "teams:\n  - id: hemlock\n", "certificate_meetings: 1\nteams:\n  - id: hemlock\n    members:\n"
_BEN, _MOVED = "      - {name: Ben}\n", '2021-05-01\n        start: "17:30"'

FAULTS = [
    Fault(
        COHORT,
        _MOVED,
        f'{_MOVED}\n        was:\n          - {{date: ¦2021-05-01, start: "17:30"}}',
        "the meeting was not moved (an earlier start differs from the next one and from the present one)",
    ),
    Fault(
        COHORT,
        _MOVED,
        f"{_MOVED}\n        was: [{{date: ¦2021-04-09}}, {{date: 2021-04-09}}, {{date: 2021-04-10}}]",
        "the meeting was not moved",
    ),
    Fault(
        COHORT,
        _MOVED,
        f"{_MOVED}\n        was: [{{date: ¦1921-05-01}}]",
        "1921-05-01 is out of range (years 2000 to 2100)",
    ),
    Fault(COHORT, _MOVED, f"{_MOVED}\n        was: [{{date: ¦soon}}]", "not a date: 'soon'"),
    Fault(COHORT, _MOVED, f"{_MOVED}\n        was: [{{¦dat: 2021-04-09}}]", "unknown key 'dat'"),
    Fault(COHORT, _MOVED, f'{_MOVED}\n        was: [{{date: 2021-04-09, start: ¦"5 pm"}}]', "not a clock time"),
    Fault(
        COHORT,
        "format: 1\n",
        "format: 1\ncertificate_meetings: ¦2\n",
        "2 is too large (meetings of team 'cedar': 1)",
    ),
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: ¦0\n", "0 is too small (at least 1)"),
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: ¦most\n", "a whole number expected, not 'most'"),
    Fault(
        COHORT,
        _KEPT[0],
        f"{_KEPT[1]}      - {{name: Eve, attended: [¦first-step]}}\n",
        "unknown meeting 'first-step' (did you mean 'first-steps'?)",
    ),
    Fault(
        COHORT,
        _KEPT[0],
        f"{_KEPT[1]}      - {{name: Eve, attended: [first-steps, ¦first-steps]}}\n",
        "'first-steps' twice",
    ),
    Fault(COHORT, _BEN, f"{_BEN}    members:\n      - {{name: Eve, attended: ¦all}}\n", "a list expected"),
    Fault(
        COHORT,
        "teams:\n",
        "pairs:\n  - {id: one, mentor: {name: Ann}, student: {name: Eve}}\n"
        "  - {id: ¦one, mentor: {name: Ann}, student: {name: Kim}}\nteams:\n",
        "'one' twice",
    ),
    Fault(
        COHORT,
        "teams:\n",
        "pairs:\n  - {id: one, mentor: {name: Ann Lee}, student: {name: ¦ann  lee}}\nteams:\n",
        "mentor and student of pair 'one' have the same name (make the names different)",
    ),
    Fault(COHORT, "teams:\n", "pairs:\n  - ¦{id: one, mentor: {name: Ann}}\nteams:\n", "missing key 'student'"),
    Fault(COHORT, _MOVED, f"{_MOVED}\n        cancelled: ¦soon", "true or false expected, not 'soon'"),
    Fault(COHORT, _MOVED, f"{_MOVED}\n        ¦canceled: true", "unknown key 'canceled' (did you mean 'cancelled'?)"),
    Fault(
        COHORT,
        f"        date: {_MOVED}",
        "        ¦cancelled: true",
        "notice: meeting 'next-steps' of team 'hemlock' is cancelled and has no date (calendars take it back only if",
        at="module: next-steps",
    ),
    Fault(
        COHORT,
        _KEPT[0],
        f"{_KEPT[1]}      - {{name: Eve, attended: [first-steps, ¦hemlock/first-steps]}}\n",
        "'first-steps' twice",
    ),
    Fault(
        COHORT,
        _KEPT[0],
        f"{_KEPT[1]}      - {{name: Eve, attended: [¦cedars/first-steps]}}\n",
        "unknown team 'cedars' (did you mean 'cedar'?)",
    ),
    Fault(
        COHORT,
        _KEPT[0],
        f"{_KEPT[1]}      - {{name: Eve, attended: [¦cedar/next-steps]}}\n",
        "unknown meeting 'next-steps' (did you mean 'first-steps'?)",
    ),
    Fault(
        COHORT,
        _KEPT[0],
        f"{_KEPT[1]}      - {{name: Eve, attended: [¦a/b/c]}}\n",
        "ill-formed name of a meeting 'a/b/c' ('its-id', or 'team-id/its-id' at another team)",
    ),
    Fault(COHORT, "id: cedar", "id: cedar\n    joined: ¦hemlok", "unknown team 'hemlok' (did you mean 'hemlock'?)"),
    Fault(COHORT, "id: cedar", "id: cedar\n    joined: ¦cedar", "a team cannot join itself"),
    Fault(
        COHORT,
        "teams:\n",
        "teams:\n  - {id: fir, name: Fir, joined: ¦oak}\n  - {id: oak, name: Oak, joined: cedar}\n",
        "team 'oak' joined another itself (name the team in which its people are now)",
    ),
    Fault(
        COHORT,
        "id: cedar",
        "id: cedar\n    joined: hemlock\n    ¦members:\n      - {name: Eve}",
        "members of a team that joined another (move them there; meetings at which they were are then named 'cedar/…'",
    ),
    Fault(COHORT, "id: cedar", "id: ¦pairs", "a team cannot have the id 'pairs' (a folder with that name has other"),
    Fault(COHORT, "id: cedar", "id: ¦index", "a team cannot have the id 'index' (a folder with that name has other"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_in_what_became_of_a_meeting_is_told_at_its_place(fault: Fault, tmp_path: Path) -> None:
    """A slip in what became of a cohort's meetings is one problem at its own line and column."""
    assert_told(fault, tmp_path)


def test_an_earlier_start_is_held_against_nothing_but_the_years(tmp_path: Path) -> None:
    """A meeting may have been moved from outside the cohort, from an hour that clocks skip, and back again."""
    root = small(tmp_path)
    was = ["{date: 2022-02-02}", '{date: 2021-03-14, start: "02:30"}', '{date: 2021-05-01, start: "17:30"}']
    was += ["{date: 2021-05-01}", '{date: 2021-05-01, start: "17:00"}']
    Fault(COHORT, _MOVED, f"{_MOVED}\n        was: [{', '.join(was)}]", "", at="1:1").plant(root)
    assert lines(root) == []


def test_what_cohorts_may_also_hold_is_no_problem(tmp_path: Path) -> None:
    """Attendance, a certificate, a telephone number and pairs that fit together are not reported."""
    root = small(tmp_path)
    attended = "    phone: +1 206 555 0100\n    members:\n      - {name: Eve, attended: [next-steps, first-steps]}\n"
    pairs = "pairs:\n  - {id: hemlock, mentor: {name: Ann}, student: {name: Eve}}\n"
    Fault(COHORT, _BEN, f"{_BEN}{attended}", "", at="1:1").plant(root)
    Fault(COHORT, "teams:\n", f"{pairs}certificate_meetings: 1\nteams:\n", "", at="1:1").plant(root)
    assert lines(root) == []


def test_what_became_of_meetings_and_teams_is_no_problem(tmp_path: Path) -> None:
    """A cancelled meeting stands out of order and without an hour, a team joins another, and its meetings are named."""
    root = small(tmp_path)
    again = '{date: 2021-05-01, start: "17:30", cancelled: true}'
    cancelled = "      - {module: first-steps, id: again, date: 2021-04-20, cancelled: true}\n"
    members = "    members:\n      - {name: Eve, attended: [first-steps, cedar/first-steps]}\n"
    Fault(COHORT, _MOVED, f"{_MOVED}\n        was: [{again}]", "", at="1:1").plant(root)
    Fault(COHORT, "  - id: cedar\n", f"{cancelled}  - id: cedar\n    joined: hemlock\n", "", at="1:1").plant(root)
    Fault(COHORT, _BEN, f"{_BEN}{members}", "", at="1:1").plant(root)
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: 2\n", "", at="1:1").plant(root)
    assert lines(root) == []


def test_a_meeting_of_a_team_that_ended_at_which_nobody_was_is_a_notice(tmp_path: Path) -> None:
    """Where attendance is kept, meetings that a team may have left uncancelled when it joined another are mentioned."""
    root = small(tmp_path)
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: 1\n", "", at="1:1").plant(root)
    Fault(COHORT, "  - id: cedar\n", "  - id: cedar\n    joined: hemlock\n", "", at="1:1").plant(root)
    assert lines(root) == []
    Fault(COHORT, _BEN, f"{_BEN}    members:\n      - {{name: Eve, attended: [next-steps]}}\n", "", at="1:1").plant(
        root
    )
    cedar = "      - {name: Dan}\n    meetings:\n      - module: "
    place = Fault(COHORT, f"{cedar}first", f"{cedar}¦first", "").plant(root)
    assert [line.partition(" (")[0] for line in lines(root)] == [
        f"{place}: notice: nobody attended meeting 'first-steps' of a team that joined another"
    ]


def test_nobody_attends_a_cancelled_meeting(tmp_path: Path) -> None:
    """Attendance at a cancelled meeting is a problem where it is written, also from another team."""
    root = small(tmp_path)
    Fault(COHORT, _MOVED, f"{_MOVED}\n        cancelled: true", "", at="1:1").plant(root)
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: 1\n", "", at="1:1").plant(root)
    dan = "      - {name: Dan}\n"
    place = Fault(
        COHORT, dan, f"{dan}    members:\n      - {{name: Eve, attended: [¦hemlock/next-steps]}}\n", ""
    ).plant(root)
    assert lines(root) == [f"{place}: meeting 'hemlock/next-steps' was cancelled, so nobody attended it"]


def test_a_cancelled_meeting_earns_nothing(tmp_path: Path) -> None:
    """What a certificate asks for is compared with the meetings that take place."""
    root = small(tmp_path)
    Fault(COHORT, _MOVED, f"{_MOVED}\n        cancelled: true", "", at="1:1").plant(root)
    place = Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: ¦2\n", "").plant(root)
    assert f"{place}: 2 is too large (meetings of team 'hemlock': 1)" in lines(root)


def test_a_meeting_that_cannot_be_read_may_be_the_one_that_was_attended(tmp_path: Path) -> None:
    """A slip in a meeting is one problem, and not another one for each member who attended it."""
    root = small(tmp_path)
    members = "    members:\n      - {name: Eve, attended: [next-steps, again]}\n"
    Fault(COHORT, _BEN, f"{_BEN}{members}", "", at="1:1").plant(root)
    place = Fault(COHORT, "module: next-steps", "module: next-steps\n        ¦di: again", "").plant(root)
    assert [line.split(" (")[0] for line in lines(root)] == [f"{place}: unknown key 'di'"]


def test_a_team_that_is_yet_to_plan_its_meetings_may_still_earn_certificates(tmp_path: Path) -> None:
    """How many meetings earn a certificate is not held against a team that has none yet."""
    root = small(tmp_path)
    cedar = '    meetings:\n      - module: first-steps\n        date: 2021-04-02\n        start: "17:30"\n'
    Fault(COHORT, cedar, "", "", at="1:1").plant(root)
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: 2\n", "", at="1:1").plant(root)
    assert [problem.message for problem in everything(root)] == ["team 'cedar' has no meetings yet"]


def test_attendance_that_earns_nothing_is_a_notice(tmp_path: Path) -> None:
    """Attendance without a number that earns a certificate is reported once, where it is first kept."""
    assert_told(
        Fault(
            COHORT,
            _BEN,
            f"{_BEN}    members: [{{name: Eve, ¦attended: [first-steps]}}, {{name: Kim, attended: [next-steps]}}]\n",
            "notice: attendance is kept, but earns no certificate yet (certificate_meetings says how many",
        ),
        tmp_path,
    )


def test_attendance_before_a_meeting_has_a_date_is_a_notice(tmp_path: Path) -> None:
    """Who attended a meeting without a date is reported where that is written, without the name."""
    root = small(tmp_path)
    Fault(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: 1\n", "", at="1:1").plant(root)
    Fault(COHORT, f"\n        date: {_MOVED}", "", "", at="1:1").plant(root)
    members = "    members:\n      - {name: Eve, attended: [¦next-steps]}\n"
    place = Fault(COHORT, _BEN, f"{_BEN}{members}", "").plant(root)
    told = f"{place}: notice: meeting 'next-steps' counts as attended, but has no date yet"
    assert told in lines(root)
    assert len(lines(root)) == 2
