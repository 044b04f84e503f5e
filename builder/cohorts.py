"""Loading cohorts: one campaign's teams and meetings, checked against the curriculum. What comes out is secret.

In: a folder of cohorts. Out: `Cohort` values, or problems and notices with their places. Touches: reads, by `sources`.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo

from builder import clock, rules, schema
from builder.kinds import is_id
from builder.located import Located, parse
from builder.model import Cohort, CohortFile, Team
from builder.problems import Place, Problems, nearest
from builder.sources import Reader

FILE = "cohort.yml"


def load(reader: Reader, folder: str, modules: tuple[str, ...], problems: Problems) -> tuple[Cohort, ...]:
    """Read and check every cohort in a folder; `modules` are the ids that meetings may name."""
    cohorts = []
    _strays(reader, folder, problems)
    for id in reader.folders(folder):
        path = f"{folder}/{id}/{FILE}".removeprefix("./")
        place = Place(reader.name(path))
        if not is_id(id) and not is_id(f"c{id}"):  # a year may begin it
            problems.add(place, f"ill-formed folder name {id!r} (small letters, digits and single hyphens)")
        if not reader.exists(path):
            problems.add(place, "missing file (every folder of cohorts has one)")
            continue
        source = reader.text(path)
        located = parse(source, problems) if source else None
        file = schema.build(CohortFile, located, problems) if located else None
        if file and located:
            _check(file, located, modules, problems)
            cohorts.append(Cohort(id=id, path=reader.name(path), file=file))
    return tuple(cohorts)


def _strays(reader: Reader, folder: str, problems: Problems) -> None:
    """YAML files that nobody would read: a cohort that stands beside its folder, or another spelling of its name."""
    for path in reader.files(folder, frozenset({".yml", ".yaml"})):
        if not path.endswith(f"/{FILE}") or path.removeprefix(f"{folder}/").count("/") != 1:
            known = f"a cohort's file is {reader.name(folder).removesuffix('.')}/<cohort>/{FILE}".replace("//", "/")
            problems.add(Place(reader.name(path)), f"unknown file ({known})")


def _check(file: CohortFile, located: Located, modules: tuple[str, ...], problems: Problems) -> None:
    zone = clock.zone(file.time_zone)
    if zone is None:
        near = nearest(file.time_zone, zoneinfo.available_timezones(), likeness=0.85)
        hint = near if near.startswith("did") else "a name such as America/Los_Angeles"
        problems.add(located.place("time_zone"), f"unknown time zone {file.time_zone!r} ({hint})")
    if file.end < file.start:
        problems.add(located.place("end"), f"the cohort ends on {file.end}, before it starts on {file.start}")
    for key, day in (("start", file.start), ("end", file.end)):
        if not _in_range(day):
            problems.add(located.place(key), f"{day} is out of range (years 2000 to 2100)")
    rules.unique([team.id for team in file.teams], lambda at: located.place("teams", at, "id"), problems)
    for at, team in enumerate(file.teams):
        _check_team(file, team, at, located, problems)
        for nth, meeting in enumerate(team.meetings):
            place = located.place("teams", at, "meetings", nth, "module")
            if meeting.module not in modules:
                problems.add(place, f"unknown module {meeting.module!r} ({nearest(meeting.module, modules)})")
            if meeting.date and meeting.start and zone and _in_range(meeting.date):
                fault = clock.fault_of_hour(meeting.date, meeting.start, zone)
                if fault:
                    place = located.place("teams", at, "meetings", nth, "start")
                    problems.add(place, f"{meeting.start:%H:%M} on {meeting.date} {fault} (choose another hour)")


def _in_range(day: dt.date) -> bool:
    return 2000 <= day.year <= 2100


def _check_team(file: CohortFile, team: Team, at: int, located: Located, problems: Problems) -> None:
    here = located.place("teams", at, "id")
    if len(team.facilitators) < 2:
        lacking = "no facilitator" if not team.facilitators else "only one facilitator"
        problems.notice(here, f"team {team.id!r} has {lacking} yet (a blank line prints)")
    if not team.meetings:
        problems.notice(here, f"team {team.id!r} has no meetings yet")
    keys = [meeting.key for meeting in team.meetings]
    rules.unique(keys, lambda nth: located.place("teams", at, "meetings", nth, "module"), problems)
    before: tuple[dt.date, dt.time] | None = None
    for nth, meeting in enumerate(team.meetings):
        place = located.place("teams", at, "meetings", nth, "date")
        if meeting.date is None:
            problems.notice(place, f"meeting {meeting.key!r} of team {team.id!r} has no date yet")
            continue
        if meeting.start is None:
            problems.notice(place, f"meeting {meeting.key!r} of team {team.id!r} has no start yet")
        if not file.start <= meeting.date <= file.end:
            problems.add(place, f"{meeting.date} is out of range (from {file.start} to {file.end})")
        now = (meeting.date, meeting.start or dt.time.min)
        if before and now <= before:
            problems.add(place, f"{meeting.date} is out of order (the meeting before it is on {before[0]})")
        before = now
